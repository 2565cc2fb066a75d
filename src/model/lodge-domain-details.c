/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-domain-details"

#include "config.h"

#include "lodge-domain-details.h"

#include <glib/gi18n-lib.h>

#include "lodge-details-reader.h"
#include "lodge-domain-private.h"
#include "lodge-libvirt-error.h"
#include "lodge-local-metadata.h"
#include "util/lodge-error.h"

/* Addresses come and go without an event: they are asked for again after … */
#define ADDRESS_AGE      60   /* s */
/* … or when there was none, as a guest that has just started will have one soon */
#define NO_ADDRESS_AGE   5

static const char * const nothing[] = { NULL };

/* Which of the details are worth reading now */
void
lodge_domain_get_wants (LodgeDomain *self,
                        gboolean    *details,
                        gboolean    *addresses)
{
  const gint64 age = g_get_monotonic_time () - self->address_time;
  const gint64 max_age = self->addresses != NULL ? ADDRESS_AGE : NO_ADDRESS_AGE;

  *details = !self->details_known;
  *addresses = self->wants_addresses && self->state == LODGE_DOMAIN_STATE_RUNNING
               && (self->address_time == 0 || age > max_age * G_USEC_PER_SEC);
}

virDomainPtr
lodge_domain_ref_handle (LodgeDomain *self)
{
  if (self->handle != NULL)
    virDomainRef (self->handle);
  return self->handle;
}

void
lodge_domain_want_details (LodgeDomain *self)
{
  gboolean details, addresses;

  g_return_if_fail (LODGE_IS_DOMAIN (self));

  if (self->connection == NULL || self->handle == NULL)
    return;
  self->wants_addresses = TRUE;
  lodge_domain_get_wants (self, &details, &addresses);
  if (details || addresses)
    lodge_details_reader_want (lodge_connection_get_details_reader (self->connection), self);
}

void
lodge_connection_load_details (LodgeConnection *self)
{
  GListModel *domains = lodge_connection_get_domains (self);

  for (guint i = 0; i < g_list_model_get_n_items (domains); i++)
    {
      g_autoptr(LodgeDomain) domain = g_list_model_get_item (domains, i);

      if (!domain->details_known)
        lodge_details_reader_want (lodge_connection_get_details_reader (self), domain);
    }
}

static gboolean
set_strv (GStrv *place,
          GStrv  value)
{
  if (value != NULL && value[0] == NULL)
    value = NULL;
  if (*place == value
      || (*place != NULL && value != NULL && g_strv_equal ((const char * const *) *place, (const char * const *) value)))
    return FALSE;
  g_strfreev (*place);
  *place = g_strdupv (value);
  return TRUE;
}

static void
set_text (LodgeDomain  *self,
          char        **place,
          const char   *value,
          const char   *property)
{
  if (g_set_str (place, value))
    g_object_notify (G_OBJECT (self), property);
}

/* @details: (nullable): the host did not answer; it is asked again when somebody wants it then */
void
lodge_domain_apply_details (LodgeDomain        *self,
                            const LodgeDetails *details,
                            gboolean            asked_details,
                            gboolean            asked_addresses)
{
  if (asked_addresses)
    self->address_time = g_get_monotonic_time ();
  /* Also when there was no answer: a host that cannot tell must not be asked for every frame. An event asks again. */
  if (asked_details)
    self->details_known = TRUE;
  if (details == NULL)
    return;

  /* Before anybody is told */
  lodge_domain_drop_search_text (self);
  if (details->details)
    {
      set_text (self, &self->title, details->title, "title");
      set_text (self, &self->description, details->description, "description");
      set_text (self, &self->os_id, details->os_id, "os-id");
      set_text (self, &self->folder, details->folder, "folder");
      if (set_strv (&self->tags, details->tags))
        g_object_notify (G_OBJECT (self), "tags");
      if (details->vcpus > 0 && self->vcpus == 0)
        self->vcpus = details->vcpus;
      if (details->memory_max >= 0 && self->memory_max < 0)
        self->memory_max = details->memory_max;
    }
  if (details->has_addresses && set_strv (&self->addresses, details->addresses))
    g_object_notify (G_OBJECT (self), "addresses");
}

/* What was known is shown on, and read again when it is wanted */
void
lodge_domain_forget_details (LodgeDomain *self)
{
  const gboolean was_known = self->details_known;

  self->details_known = FALSE;
  self->address_time = 0;
  if (was_known && self->connection != NULL && self->handle != NULL)
    lodge_details_reader_want (lodge_connection_get_details_reader (self->connection), self);
}

void
lodge_domain_clear_addresses (LodgeDomain *self)
{
  self->address_time = 0;
  if (set_strv (&self->addresses, NULL))
    {
      lodge_domain_drop_search_text (self);
      g_object_notify (G_OBJECT (self), "addresses");
    }
}

gboolean
lodge_domain_get_details_known (LodgeDomain *self)
{
  g_return_val_if_fail (LODGE_IS_DOMAIN (self), FALSE);

  return self->details_known;
}

const char *
lodge_domain_get_description (LodgeDomain *self)
{
  g_return_val_if_fail (LODGE_IS_DOMAIN (self), NULL);

  return self->description;
}

const char * const *
lodge_domain_get_tags (LodgeDomain *self)
{
  g_return_val_if_fail (LODGE_IS_DOMAIN (self), nothing);

  return self->tags != NULL ? (const char * const *) self->tags : nothing;
}

const char *
lodge_domain_get_folder (LodgeDomain *self)
{
  g_return_val_if_fail (LODGE_IS_DOMAIN (self), NULL);

  return self->folder;
}

const char * const *
lodge_domain_get_addresses (LodgeDomain *self)
{
  g_return_val_if_fail (LODGE_IS_DOMAIN (self), nothing);

  return self->addresses != NULL ? (const char * const *) self->addresses : nothing;
}

/* What is to be set, kept to be applied when it is */
typedef struct
{
  int       type;        /* virDomainMetadataType */
  char     *text;        /* nullable: remove; of ELEMENT the XML */
  char     *folder;      /* of ELEMENT */
  GStrv     tags;
  gboolean  local;       /* the connection may not write */
} Setting;

static void
setting_free (gpointer data)
{
  Setting *setting = data;

  g_free (setting->text);
  g_free (setting->folder);
  g_strfreev (setting->tags);
  g_free (setting);
}

static gboolean
set_on_host (virDomainPtr   domain,
             const Setting *setting)
{
  const gboolean element = setting->type == VIR_DOMAIN_METADATA_ELEMENT;
  unsigned int flags = 0;

  if (virDomainIsPersistent (domain) != 0)
    flags |= VIR_DOMAIN_AFFECT_CONFIG;
  if (virDomainIsActive (domain) == 1)
    flags |= VIR_DOMAIN_AFFECT_LIVE;
  return virDomainSetMetadata (domain, setting->type, setting->text, element ? LODGE_METADATA_PREFIX : NULL,
                               element ? LODGE_METADATA_NAMESPACE : NULL, flags) == 0;
}

static gboolean
set_locally (virDomainPtr    domain,
             const Setting  *setting,
             GError        **error)
{
  char uuid[VIR_UUID_STRING_BUFLEN];

  if (virDomainGetUUIDString (domain, uuid) < 0)
    return lodge_set_error (error, LODGE_ERROR_NOT_FOUND, _("The machine is not there any more."));
  if (setting->type == VIR_DOMAIN_METADATA_ELEMENT)
    return lodge_local_metadata_set (uuid, "folder", setting->folder, error)
           && lodge_local_metadata_set_tags (uuid, (const char * const *) setting->tags, error);
  return lodge_local_metadata_set (uuid, setting->type == VIR_DOMAIN_METADATA_TITLE ? "title" : "description",
                                   setting->text, error);
}

static gboolean
is_refused (int code)
{
  return code == VIR_ERR_NO_SUPPORT || code == VIR_ERR_OPERATION_DENIED || code == VIR_ERR_OPERATION_UNSUPPORTED
         || code == VIR_ERR_ARGUMENT_UNSUPPORTED || code == VIR_ERR_ACCESS_DENIED;
}

static void
set_worker (GTask        *task,
            virDomainPtr  domain,
            gpointer      data,
            GCancellable *cancellable)
{
  Setting *setting = data;
  GError *error = NULL;

  if (!setting->local && set_on_host (domain, setting))
    g_task_return_boolean (task, TRUE);
  else if (!setting->local && !is_refused (virGetLastErrorCode ()))
    g_task_return_error (task, lodge_domain_new_error (domain));
  else if (set_locally (domain, setting, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
set_metadata (LodgeDomain         *self,
              Setting             *setting,
              GCancellable        *cancellable,
              GAsyncReadyCallback  callback,
              gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, set_metadata);
  setting->local = self->connection != NULL && lodge_connection_get_read_only (self->connection);
  lodge_domain_run_call_full (self, LODGE_LANE_CONTROL, task, set_worker, setting, setting_free);
}

/**
 * lodge_domain_set_title_async:
 * @self: a domain
 * @title: (nullable): one line; NULL or empty removes it
 *
 * virDomainSetMetadata(): of the definition and of the running machine. Where the host does not take it, it is kept here.
 */
void
lodge_domain_set_title_async (LodgeDomain         *self,
                              const char          *title,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  Setting *setting = g_new0 (Setting, 1);

  setting->type = VIR_DOMAIN_METADATA_TITLE;
  /* libvirt refuses a title with a line break */
  setting->text = title != NULL && *title != '\0' ? g_strdelimit (g_strdup (title), "\n\r", ' ') : NULL;
  set_metadata (self, setting, cancellable, callback, user_data);
}

/* The same of the description, which may have many lines */
void
lodge_domain_set_description_async (LodgeDomain         *self,
                                    const char          *description,
                                    GCancellable        *cancellable,
                                    GAsyncReadyCallback  callback,
                                    gpointer             user_data)
{
  Setting *setting = g_new0 (Setting, 1);

  setting->type = VIR_DOMAIN_METADATA_DESCRIPTION;
  setting->text = description != NULL && *description != '\0' ? g_strdup (description) : NULL;
  set_metadata (self, setting, cancellable, callback, user_data);
}

/**
 * lodge_domain_set_tags_async:
 * @self: a domain
 * @tags: (nullable): all of them; what is too long or too many is left out
 * @folder: (nullable): “Customers/Blue”
 */
void
lodge_domain_set_tags_async (LodgeDomain         *self,
                             const char * const  *tags,
                             const char          *folder,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  Setting *setting = g_new0 (Setting, 1);

  setting->type = VIR_DOMAIN_METADATA_ELEMENT;
  setting->tags = lodge_details_clean_tags (tags);
  setting->folder = lodge_details_clean_folder (folder);
  if (setting->tags != NULL || setting->folder != NULL)
    {
      g_autoptr(GString) xml = g_string_new ("<machine>");

      if (setting->folder != NULL)
        {
          g_autofree char *text = g_markup_escape_text (setting->folder, -1);

          g_string_append_printf (xml, "<folder>%s</folder>", text);
        }
      for (guint i = 0; setting->tags != NULL && setting->tags[i] != NULL; i++)
        {
          g_autofree char *text = g_markup_escape_text (setting->tags[i], -1);

          g_string_append_printf (xml, "<tag>%s</tag>", text);
        }
      g_string_append (xml, "</machine>");
      setting->text = g_string_free_and_steal (g_steal_pointer (&xml));
    }
  set_metadata (self, setting, cancellable, callback, user_data);
}

gboolean
lodge_domain_set_metadata_finish (LodgeDomain   *self,
                                  GAsyncResult  *result,
                                  GError       **error)
{
  const Setting *setting;

  g_return_val_if_fail (LODGE_IS_DOMAIN (self), FALSE);
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;
  setting = lodge_domain_get_call_data (G_TASK (result));
  if (setting->type == VIR_DOMAIN_METADATA_TITLE)
    set_text (self, &self->title, setting->text, "title");
  else if (setting->type == VIR_DOMAIN_METADATA_DESCRIPTION)
    set_text (self, &self->description, setting->text, "description");
  else
    {
      set_text (self, &self->folder, setting->folder, "folder");
      if (set_strv (&self->tags, setting->tags))
        g_object_notify (G_OBJECT (self), "tags");
    }
  if (self->connection != NULL)
    lodge_connection_domains_changed (self->connection);
  return TRUE;
}
