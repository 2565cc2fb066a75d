/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-hardware-check"

#include "config.h"

#include "lodge-hardware-view-private.h"

#include <glib/gi18n.h>

#include "lodge-device-key.h"
#include "lodge-hardware-items.h"
#include "model/lodge-connection.h"
#include "util/lodge-format.h"
#include "widgets/lodge-error-dialog.h"
#include "widgets/lodge-findings.h"

/* The check-up on the pages: what it says of a device is on its page, and all of it on the first one. What it mends in
 * the definition is an edit like any other; what it does on the host can be taken back from a toast. */

static void
facts_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(LodgeHardwareView) self = user_data;
  g_autoptr(GError) error = NULL;
  LodgeCheckFacts *facts = lodge_check_facts_read_finish (LODGE_CONNECTION (object), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->edits == NULL)
    {
      g_clear_pointer (&facts, lodge_check_facts_free);
      return;
    }
  g_clear_object (&self->checking);
  g_clear_pointer (&self->facts, lodge_check_facts_free);
  self->facts = facts;
  lodge_hardware_check_update (self);
}

/* Once for each definition that the host has: edits do not change the host */
static void
read_facts (LodgeHardwareView *self)
{
  LodgeXmlDocument *base = lodge_edits_get_base (self->edits);
  LodgeConnection *connection = lodge_hardware_view_get_connection (self);
  const char *text = base != NULL ? lodge_xml_document_get_text (base) : NULL;

  if (text == NULL || connection == NULL || lodge_connection_get_state (connection) != LODGE_CONNECTION_CONNECTED
      || g_strcmp0 (text, self->checked_text) == 0)
    return;
  g_set_str (&self->checked_text, text);
  if (self->checking != NULL)
    g_cancellable_cancel (self->checking);
  g_clear_object (&self->checking);
  self->checking = g_cancellable_new ();
  lodge_check_facts_read_async (connection, text, self->checking, facts_cb, g_object_ref (self));
}

void
lodge_hardware_check_again (LodgeHardwareView *self)
{
  g_clear_pointer (&self->checked_text, g_free);
  read_facts (self);
}

static gboolean
is_of_page (LodgeHardwareView  *self,
            LodgeXmlDocument   *document,
            const LodgeFinding *finding)
{
  g_autofree char *key = NULL;

  /* The images of a machine that no host has yet are made with it */
  if (lodge_edits_get_domain (self->edits) == NULL && finding->object != NULL && *finding->object != '/'
      && (g_str_equal (finding->rule, "image-missing") || g_str_equal (finding->rule, "pool-off")))
    return FALSE;
  if (g_strcmp0 (self->shown, LODGE_HARDWARE_OVERVIEW) == 0)
    return TRUE;
  if (finding->page != NULL)
    return g_strcmp0 (finding->page, self->shown) == 0;
  key = lodge_device_key_of (document, finding->node);
  return g_strcmp0 (key, self->shown) == 0;
}

void
lodge_hardware_check_update (LodgeHardwareView *self)
{
  LodgeXmlDocument *document = lodge_edits_get_document (self->edits);
  LodgeFindings *widget = lodge_device_page_get_findings (self->page);
  g_autoptr(GPtrArray) findings = NULL;

  read_facts (self);
  if (document == NULL || self->facts == NULL)
    return;
  findings = lodge_check_up (document, self->facts);
  for (guint i = findings->len; i > 0; i--)
    {
      if (!is_of_page (self, document, g_ptr_array_index (findings, i - 1)))
        g_ptr_array_remove_index (findings, i - 1);
    }
  lodge_findings_set (widget, findings, lodge_hardware_view_can_edit (self));
}

/* Mending */

typedef struct
{
  LodgeHardwareView *view;        /* owned */
  LodgeConnection   *connection;  /* owned */
  LodgeRepairKind    kind;
  char              *name;
  char              *token;       /* nullable: how it is taken back */
} Repair;

static void
repair_free (Repair *repair)
{
  g_object_unref (repair->view);
  g_object_unref (repair->connection);
  g_free (repair->name);
  g_free (repair->token);
  g_free (repair);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Repair, repair_free)

static void
undone_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(LodgeHardwareView) self = user_data;
  g_autoptr(GError) error = NULL;

  if (self->edits == NULL)
    return;
  if (!lodge_connection_undo_repair_finish (LODGE_CONNECTION (object), result, &error))
    lodge_error_present (GTK_WIDGET (self), _("Could Not Be Taken Back"), error);
  lodge_hardware_check_again (self);
}

static void
undo_cb (AdwToast *toast,
         Repair   *repair)
{
  lodge_connection_undo_repair_async (repair->connection, repair->kind, repair->token, NULL, undone_cb,
                                      g_object_ref (repair->view));
}

static char *
dup_done_text (const Repair *repair)
{
  g_autofree char *name = lodge_display_text (repair->name, 80);

  switch (repair->kind)
    {
    case LODGE_REPAIR_START_NETWORK:
      return g_strdup_printf (_("Network “%s” started"), name);
    case LODGE_REPAIR_START_POOL:
      return g_strdup_printf (_("Storage pool “%s” started"), name);
    case LODGE_REPAIR_OPEN_FOLDER:
      return g_strdup (_("The hypervisor can reach the image"));
    case LODGE_REPAIR_NONE:
    default:
      g_return_val_if_reached (NULL);
    }
}

static void
repaired_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(Repair) repair = user_data;
  LodgeHardwareView *self = repair->view;
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;
  AdwToast *toast;

  repair->token = lodge_connection_repair_finish (LODGE_CONNECTION (object), result, &error);
  if (self->edits == NULL)
    return;
  lodge_hardware_check_again (self);
  if (repair->token == NULL)
    {
      lodge_error_present (GTK_WIDGET (self), _("Could Not Be Mended"), error);
      return;
    }
  text = dup_done_text (repair);
  toast = adw_toast_new (text);
  adw_toast_set_use_markup (toast, FALSE);
  adw_toast_set_button_label (toast, _("_Undo"));
  g_signal_connect_data (toast, "button-clicked", G_CALLBACK (undo_cb), g_steal_pointer (&repair),
                         (GClosureNotify) (GCallback) repair_free, 0);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

void
lodge_hardware_check_mend (LodgeHardwareView  *self,
                           const LodgeFinding *finding)
{
  LodgeConnection *connection = lodge_hardware_view_get_connection (self);
  g_autoptr(GError) error = NULL;
  Repair *repair;

  if (self->facts == NULL || self->xml_broken || connection == NULL)
    return;
  if (finding->repair == LODGE_REPAIR_NONE)
    {
      if (!lodge_finding_mend (finding, lodge_edits_get_document (self->edits), self->facts, &error))
        lodge_error_present (GTK_WIDGET (self), _("Could Not Be Mended"), error);
      lodge_edits_touch (self->edits);
      return;
    }
  repair = g_new0 (Repair, 1);
  repair->view = g_object_ref (self);
  repair->connection = g_object_ref (connection);
  repair->kind = finding->repair;
  repair->name = g_strdup (finding->object);
  lodge_connection_repair_async (connection, finding->repair, finding->object, NULL, repaired_cb, repair);
}

/* From the first page to where it is */
void
lodge_hardware_check_show (LodgeHardwareView  *self,
                           const LodgeFinding *finding)
{
  LodgeXmlDocument *document = lodge_edits_get_document (self->edits);
  g_autoptr(GPtrArray) findings = self->facts != NULL ? lodge_check_up (document, self->facts) : g_ptr_array_new ();

  for (guint i = 0; i < findings->len; i++)
    {
      const LodgeFinding *now = g_ptr_array_index (findings, i);
      g_autofree char *key = NULL;

      if (now->rule != finding->rule || now->position != finding->position)
        continue;
      key = now->page != NULL ? g_strdup (now->page) : lodge_device_key_of (document, now->node);
      if (key != NULL && lodge_hardware_view_show (self, key) && now->field != NULL)
        lodge_device_page_reveal (self->page, now->field);
      return;
    }
}
