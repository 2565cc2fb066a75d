/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-domain-edit"

#include "config.h"

#include "lodge-domain-edit.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "lodge-connection-private.h"
#include "lodge-domain-device.h"
#include "lodge-history.h"
#include "lodge-libvirt-error.h"
#include "util/lodge-error.h"
#include "xml/lodge-xml-document.h"

/* A change of a definition, on a worker thread: nothing is sent before the host's own definition was read again
 * and kept. The definition comes first, as it is checked as a whole and changes nothing when it is refused. What
 * is then tried on the running machine and fails simply waits for the next start. */

typedef struct
{
  char                 *base;      /* nullable: none is compared */
  char                 *xml;       /* nullable: the definition stays */
  GPtrArray            *changes;   /* owned, nullable */
  LodgeDomainEditFlags  flags;
} Edit;

static void
edit_free (gpointer data)
{
  Edit *edit = data;

  g_free (edit->base);
  g_free (edit->xml);
  g_clear_pointer (&edit->changes, g_ptr_array_unref);
  g_free (edit);
}

LodgeLiveChange *
lodge_live_change_new (LodgeLiveKind  kind,
                       const char    *label,
                       const char    *text,
                       const char    *target)
{
  LodgeLiveChange *self = g_new0 (LodgeLiveChange, 1);

  self->kind = kind;
  self->label = g_strdup (label);
  self->text = g_strdup (text);
  self->target = g_strdup (target);
  return self;
}

void
lodge_live_change_free (LodgeLiveChange *self)
{
  g_free (self->label);
  g_free (self->text);
  g_free (self->target);
  g_clear_error (&self->error);
  g_free (self);
}

void
lodge_domain_definition_free (LodgeDomainDefinition *self)
{
  g_free (self->inactive);
  g_free (self->live);
  g_clear_pointer (&self->changes, g_ptr_array_unref);
  g_free (self);
}

/* With the passwords where the connection may see them: a definition without them would remove them */
static char *
read_xml (virDomainPtr domain,
          guint        flags)
{
  char *xml = virDomainGetXMLDesc (domain, flags | VIR_DOMAIN_XML_SECURE);
  char *copy;

  if (xml == NULL)
    xml = virDomainGetXMLDesc (domain, flags);
  copy = g_strdup (xml);
  free (xml);
  return copy;
}

static LodgeDomainDefinition *
read_definition (virDomainPtr   domain,
                 GError       **error)
{
  g_autoptr(LodgeDomainDefinition) self = g_new0 (LodgeDomainDefinition, 1);
  const int active = virDomainIsActive (domain);
  const int persistent = virDomainIsPersistent (domain);

  if (active < 0 || persistent < 0)
    {
      g_propagate_error (error, lodge_domain_new_error (domain));
      return NULL;
    }
  if (persistent > 0)
    self->inactive = read_xml (domain, VIR_DOMAIN_XML_INACTIVE);
  if (active > 0)
    self->live = read_xml (domain, 0);
  if ((persistent > 0 && self->inactive == NULL) || (active > 0 && self->live == NULL))
    {
      g_propagate_error (error, lodge_domain_new_error (domain));
      return NULL;
    }
  return g_steal_pointer (&self);
}

static void
read_worker (GTask        *task,
             virDomainPtr  domain,
             gpointer      data,
             GCancellable *cancellable)
{
  GError *error = NULL;
  LodgeDomainDefinition *definition = read_definition (domain, &error);

  if (definition == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, definition, (GDestroyNotify) lodge_domain_definition_free);
}

/**
 * lodge_domain_read_definition_async:
 * @self: a domain
 * @cancellable: (nullable): turns the result into a cancelled error
 * @callback: (scope async) (closure user_data): called in the caller's context
 * @user_data: data for @callback
 *
 * Reads what the machine is at its next start and, when it runs, what it is now. Up to 30 s on a guest whose
 * emulator hangs.
 */
void
lodge_domain_read_definition_async (LodgeDomain         *self,
                                    GCancellable        *cancellable,
                                    GAsyncReadyCallback  callback,
                                    gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (LODGE_IS_DOMAIN (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, lodge_domain_read_definition_async);
  lodge_domain_run_call (self, LODGE_LANE_BULK, task, read_worker);
}

/**
 * lodge_domain_read_definition_finish:
 *
 * Returns: (transfer full) (nullable): both texts
 */
LodgeDomainDefinition *
lodge_domain_read_definition_finish (LodgeDomain   *self,
                                     GAsyncResult  *result,
                                     GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static char *
get_domain_name (const char *xml)
{
  g_autoptr(LodgeXmlDocument) document = lodge_xml_document_new (xml, -1, NULL);

  return document != NULL ? lodge_xml_document_get_value (document, lodge_xml_document_get_root (document), "name")
                          : NULL;
}

/* A definition cannot change a name: that is an operation of its own, and only of a machine that is off */
static gboolean
rename_if_needed (virDomainPtr   domain,
                  Edit          *edit,
                  const char    *current,
                  GError       **error)
{
  g_autofree char *old_name = get_domain_name (current);
  g_autofree char *new_name = get_domain_name (edit->xml);

  if (new_name == NULL || g_strcmp0 (old_name, new_name) == 0)
    return TRUE;
  if (virDomainRename (domain, new_name, 0) == 0)
    return TRUE;
  g_propagate_error (error, lodge_domain_new_error (domain));
  return FALSE;
}

static gboolean
define (virDomainPtr   domain,
        Edit          *edit,
        const char    *current,
        GError       **error)
{
  virConnectPtr connection = virDomainGetConnect (domain);
  const guint flags = edit->flags & LODGE_DOMAIN_EDIT_NO_VALIDATION ? 0 : VIR_DOMAIN_DEFINE_VALIDATE;
  char uuid[VIR_UUID_STRING_BUFLEN] = "";
  g_autofree char *kept = NULL;
  virDomainPtr defined;

  virDomainGetUUIDString (domain, uuid);
  kept = lodge_history_keep (uuid, current, error);
  if (kept == NULL || !rename_if_needed (domain, edit, current, error))
    return FALSE;

  defined = virDomainDefineXMLFlags (connection, edit->xml, flags);
  if (defined == NULL)
    {
      g_propagate_error (error, lodge_domain_new_error (domain));
      return FALSE;
    }
  virDomainFree (defined);
  return TRUE;
}

static gboolean
refuse (GTask          *task,
        LodgeErrorCode  code,
        const char     *message)
{
  g_task_return_new_error (task, LODGE_ERROR, code, "%s", message);
  return FALSE;
}

static gboolean
change_definition (GTask        *task,
                   virDomainPtr  domain,
                   Edit         *edit)
{
  g_autoptr(LodgeDomainDefinition) before = NULL;
  GError *error = NULL;

  if (edit->xml == NULL)
    return TRUE;
  before = read_definition (domain, &error);
  if (before == NULL)
    {
      g_task_return_error (task, error);
      return FALSE;
    }
  if (before->inactive == NULL)
    return refuse (task, LODGE_ERROR_INVALID_STATE,
                   _("This machine has no definition of its own: it is gone when it stops."));
  if (edit->base != NULL && (edit->flags & LODGE_DOMAIN_EDIT_OVERWRITE) == 0
      && !g_str_equal (edit->base, before->inactive))
    return refuse (task, LODGE_ERROR_CONFLICT, _("The machine was changed by another program meanwhile."));
  if (g_str_equal (edit->xml, before->inactive))
    return TRUE;
  if (define (domain, edit, before->inactive, &error))
    return TRUE;
  g_task_return_error (task, error);
  return FALSE;
}

static void
redefine_worker (GTask        *task,
                 virDomainPtr  domain,
                 gpointer      data,
                 GCancellable *cancellable)
{
  Edit *edit = g_object_get_data (G_OBJECT (task), "lodge-edit");
  LodgeDomainDefinition *after;
  GError *error = NULL;

  if (!change_definition (task, domain, edit))
    return;
  for (guint i = 0; edit->changes != NULL && i < edit->changes->len; i++)
    lodge_domain_device_carry_out (domain, g_ptr_array_index (edit->changes, i));

  after = read_definition (domain, &error);
  if (after == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  after->changes = g_steal_pointer (&edit->changes);
  g_task_return_pointer (task, after, (GDestroyNotify) lodge_domain_definition_free);
}

/**
 * lodge_domain_redefine_async:
 * @self: a domain
 * @base: (nullable): the definition that the edit started from; when the host has another one by now, the result
 *   is %LODGE_ERROR_CONFLICT and nothing was changed
 * @xml: (nullable): the new definition; %NULL leaves it as it is
 * @changes: (transfer full) (nullable) (element-type LodgeLiveChange): what to do to the running machine, in order
 * @flags: what to do without
 * @cancellable: (nullable): turns the result into a cancelled error; what was sent to the host happens all the same
 * @callback: (scope async) (closure user_data): called in the caller's context
 * @user_data: data for @callback
 *
 * Keeps the definition that is replaced in the history, replaces it, then carries out @changes. When the definition
 * is refused nothing has been changed, but for the name: a rename comes before it. A change of the running machine
 * that fails has its error set, and the others are still tried.
 */
void
lodge_domain_redefine_async (LodgeDomain          *self,
                             const char           *base,
                             const char           *xml,
                             GPtrArray            *changes,
                             LodgeDomainEditFlags  flags,
                             GCancellable         *cancellable,
                             GAsyncReadyCallback   callback,
                             gpointer              user_data)
{
  g_autoptr(GTask) task = NULL;
  Edit *edit;

  g_return_if_fail (LODGE_IS_DOMAIN (self));

  edit = g_new0 (Edit, 1);
  edit->base = g_strdup (base);
  edit->xml = g_strdup (xml);
  edit->changes = changes;
  edit->flags = flags;
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, lodge_domain_redefine_async);
  /* run_call() has the task's own data */
  g_object_set_data_full (G_OBJECT (task), "lodge-edit", edit, edit_free);
  /* The guest has 20 s to let a device go: not on the lane of what a person does meanwhile */
  lodge_domain_run_call (self, LODGE_LANE_SLOW, task, redefine_worker);
}

/**
 * lodge_domain_redefine_finish:
 *
 * Returns: (transfer full) (nullable): what the machine is now
 */
LodgeDomainDefinition *
lodge_domain_redefine_finish (LodgeDomain   *self,
                              GAsyncResult  *result,
                              GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

gboolean
lodge_domain_error_is_schema (const GError *error)
{
  return error != NULL && error->domain == LODGE_ERROR
         && lodge_error_get_libvirt_code (error) == VIR_ERR_XML_INVALID_SCHEMA;
}
