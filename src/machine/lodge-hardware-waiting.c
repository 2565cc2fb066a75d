/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-hardware-waiting"

#include "config.h"

#include "lodge-hardware-view-private.h"

#include <glib/gi18n.h>

#include "lodge-compare-dialog.h"
#include "lodge-device-key.h"
#include "lodge-edit-list.h"
#include "lodge-hardware-items.h"
#include "lodge-waiting-dialog.h"
#include "util/lodge-format.h"
#include "widgets/lodge-error-dialog.h"
#include "widgets/lodge-start-failure.h"

/* What was edited and not applied, and what was applied and waits: the lists behind the marks, the bar and 07d */

#define MAX_NAMED 3

static gboolean
has_id (GPtrArray  *list,
        const char *id)
{
  for (guint i = 0; list != NULL && i < list->len; i++)
    {
      if (g_strcmp0 (((LodgeEdit *) g_ptr_array_index (list, i))->id, id) == 0)
        return TRUE;
    }
  return FALSE;
}

static void
update_marks (LodgeHardwareView *self)
{
  GListModel *models[] = { G_LIST_MODEL (self->general), G_LIST_MODEL (self->devices) };

  for (guint i = 0; i < G_N_ELEMENTS (models); i++)
    {
      for (guint j = 0; j < g_list_model_get_n_items (models[i]); j++)
        {
          g_autoptr(LodgeHardwareItem) item = g_list_model_get_item (models[i], j);
          const char *id = lodge_hardware_item_get_id (item);

          lodge_hardware_item_set_marks (item, has_id (self->unapplied, id), has_id (self->waiting, id));
        }
    }
}

/**
 * lodge_hardware_waiting_update:
 * @self: a view whose edits have changed
 *
 * Finds again what differs, and marks it in the list, the banner and the dialog.
 */
void
lodge_hardware_waiting_update (LodgeHardwareView *self)
{
  LodgeXmlDocument *base = lodge_edits_get_base (self->edits);
  LodgeXmlDocument *live = lodge_edits_get_live (self->edits);
  const guint before = self->n_waiting;
  g_autofree char *title = NULL;

  g_clear_pointer (&self->unapplied, g_ptr_array_unref);
  g_clear_pointer (&self->waiting, g_ptr_array_unref);
  self->unapplied = lodge_edit_list_new (base, lodge_edits_get_document (self->edits), FALSE);
  if (live != NULL && !lodge_edits_get_transient (self->edits))
    self->waiting = lodge_edit_list_new (live, base, TRUE);
  self->n_waiting = self->waiting != NULL ? self->waiting->len : 0;
  update_marks (self);

  title = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u change takes effect at the next start",
                                        "%u changes take effect at the next start", self->n_waiting), self->n_waiting);
  adw_banner_set_title (self->waiting_banner, title);
  adw_banner_set_revealed (self->waiting_banner, self->n_waiting > 0);
  if (self->waiting_dialog != NULL)
    lodge_waiting_dialog_set_list (LODGE_WAITING_DIALOG (self->waiting_dialog), self->waiting, TRUE);
  if (before != self->n_waiting)
    g_object_notify (G_OBJECT (self), "n-waiting");
}

char *
lodge_hardware_view_dup_waiting (LodgeHardwareView *self,
                                 guint              position)
{
  const LodgeEdit *edit;
  g_autofree char *label = NULL;
  g_autofree char *change = NULL;

  g_return_val_if_fail (LODGE_IS_HARDWARE_VIEW (self), NULL);
  g_return_val_if_fail (position < self->n_waiting, NULL);

  edit = g_ptr_array_index (self->waiting, position);
  label = lodge_edit_dup_label (edit);
  change = lodge_edit_dup_change (edit);
  /* Translators: a device, its field, and the values before and after */
  return g_strdup_printf (_("%s, %s: %s"), edit->title, label, change);
}

/* “Read Limit, Cache Mode and 2 more” of those that are live, or of the others */
static char *
dup_names (GPtrArray *list,
           gboolean   live)
{
  g_autoptr(GString) names = g_string_new (NULL);
  guint n = 0;

  for (guint i = 0; i < list->len; i++)
    {
      const LodgeEdit *edit = g_ptr_array_index (list, i);
      g_autofree char *label = NULL;

      if (lodge_edit_is_live (edit) != live)
        continue;
      n++;
      if (n > MAX_NAMED)
        continue;
      label = lodge_edit_dup_label (edit);
      g_string_append_printf (names, n > 1 ? _(", %s") : "%s", label);
    }
  if (n > MAX_NAMED)
    g_string_append_printf (names, g_dngettext (GETTEXT_PACKAGE, " and %u more", " and %u more", n - MAX_NAMED),
                            n - MAX_NAMED);
  return n > 0 ? g_string_free_and_steal (g_steal_pointer (&names)) : NULL;
}

char *
lodge_hardware_dup_edits_heading (LodgeHardwareView  *self,
                                  char              **caption)
{
  const guint n = self->unapplied != NULL ? self->unapplied->len : 0;
  g_autofree char *now = n > 0 ? dup_names (self->unapplied, TRUE) : NULL;
  g_autofree char *later = n > 0 ? dup_names (self->unapplied, FALSE) : NULL;

  if (!lodge_edits_get_running (self->edits))
    *caption = now != NULL && later != NULL ? g_strdup_printf (_("%s, %s"), now, later)
                                            : g_strdup (now != NULL ? now : later);
  else if (now != NULL && later != NULL)
    /* Translators: names of fields that apply at once, and of those that do not */
    *caption = g_strdup_printf (_("%s: now. %s: at the next start"), now, later);
  else if (now != NULL)
    *caption = g_strdup_printf (_("%s: now"), now);
  else
    *caption = g_strdup_printf (_("%s: at the next start"), later != NULL ? later : "");
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u unapplied change", "%u unapplied changes", n), n);
}

/* What runs, without what only a running machine has */
static char *
dup_definition_of (LodgeXmlDocument *live,
                   const char       *id)
{
  g_autoptr(LodgeXmlDocument) copy = lodge_xml_document_new (lodge_xml_document_get_text (live), -1, NULL);
  LodgeXmlNode node = copy != NULL ? lodge_device_key_find (copy, id) : LODGE_XML_NONE;
  g_autofree char *alias = NULL;

  if (node == LODGE_XML_NONE)
    return NULL;
  alias = lodge_xml_document_get_value (copy, node, "alias/@name");
  if (alias != NULL && !g_str_has_prefix (alias, "ua-"))
    {
      lodge_xml_document_set_value (copy, node, "alias", NULL, NULL);
      node = lodge_device_key_find (copy, id);
    }
  return node != LODGE_XML_NONE ? lodge_xml_document_dup_node_text (copy, node) : NULL;
}

static gboolean
take_back (LodgeHardwareView  *self,
           const LodgeEdit    *edit,
           GError            **error)
{
  LodgeXmlDocument *document = lodge_edits_get_document (self->edits);
  const LodgeXmlNode node = lodge_hardware_find_node (document, edit->id);
  g_autofree char *text = NULL;

  switch (edit->kind)
    {
    case LODGE_EDIT_FIELD:
      return node == LODGE_XML_NONE || lodge_field_set (edit->field, document, node, edit->old_value, error);
    case LODGE_EDIT_ADDED:
      return node == LODGE_XML_NONE || lodge_xml_document_remove (document, node, error);
    case LODGE_EDIT_REMOVED:
      text = dup_definition_of (lodge_edits_get_live (self->edits), edit->id);
      return text == NULL
             || lodge_xml_document_insert (document,
                                           lodge_xml_document_find (document, lodge_xml_document_get_root (document),
                                                                    "devices"), text, error) != LODGE_XML_NONE;
    case LODGE_EDIT_XML:
    default:
      return TRUE;
    }
}

/* With edits of the person's own they stay one list, which is applied as a whole; without, taking back is applied */
static void
take_back_cb (LodgeHardwareView *self,
              guint              position)
{
  const gboolean alone = !lodge_edits_get_has_edits (self->edits);
  g_autoptr(GPtrArray) list = self->waiting != NULL ? g_ptr_array_ref (self->waiting) : NULL;
  g_autoptr(GError) error = NULL;
  gboolean ok = TRUE;

  if (list == NULL || lodge_edits_get_state (self->edits) != LODGE_EDITS_READY)
    return;
  for (guint i = 0; i < list->len && ok; i++)
    {
      if (position == G_MAXUINT || position == i)
        ok = take_back (self, g_ptr_array_index (list, i), &error);
    }
  if (!ok)
    lodge_error_present (GTK_WIDGET (self), _("Could Not Take the Change Back"), error);
  lodge_edits_touch (self->edits);
  if (ok && alone)
    lodge_hardware_view_apply (self, FALSE);
}

static void
compare_cb (LodgeHardwareView *self)
{
  LodgeXmlDocument *live = lodge_edits_get_live (self->edits);

  if (live == NULL)
    return;
  adw_dialog_present (lodge_compare_dialog_new (_("Compare"), _("Running Now"), lodge_xml_document_get_text (live),
                                                _("Next Start"),
                                                lodge_xml_document_get_text (lodge_edits_get_base (self->edits))),
                      GTK_WIDGET (self));
}

static void
started_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(LodgeHardwareView) self = user_data;
  g_autoptr(GError) error = NULL;

  if (!lodge_domain_run_finish (LODGE_DOMAIN (object), result, &error))
    lodge_start_failure_present (GTK_WIDGET (self), LODGE_DOMAIN (object), LODGE_DOMAIN_START,
                                 _("Could Not Start the Machine"), error);
}

static void
stopped_cb (LodgeHardwareView *self)
{
  LodgeDomain *domain = lodge_edits_get_domain (self->edits);

  if (lodge_domain_get_state (domain) != LODGE_DOMAIN_STATE_OFF)
    return;
  g_signal_handlers_disconnect_by_func (domain, stopped_cb, self);
  lodge_domain_run_async (domain, LODGE_DOMAIN_START, NULL, started_cb, g_object_ref (self));
}

static void
shut_down_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(LodgeHardwareView) self = user_data;
  g_autoptr(GError) error = NULL;

  if (lodge_domain_run_finish (LODGE_DOMAIN (object), result, &error))
    return;
  g_signal_handlers_disconnect_by_func (object, stopped_cb, self);
  lodge_error_present (GTK_WIDGET (self), _("Could Not Shut the Machine Down"), error);
}

static void
restart_response_cb (AdwAlertDialog    *dialog,
                     const char        *response,
                     LodgeHardwareView *self)
{
  LodgeDomain *domain = lodge_edits_get_domain (self->edits);

  if (!g_str_equal (response, "restart"))
    return;
  /* The guest may take its time: it is started when it is off, as long as this page is there */
  g_signal_handlers_disconnect_by_func (domain, stopped_cb, self);
  g_signal_connect_object (domain, "notify::state", G_CALLBACK (stopped_cb), self, G_CONNECT_SWAPPED);
  lodge_domain_run_async (domain, LODGE_DOMAIN_SHUT_DOWN, NULL, shut_down_cb, g_object_ref (self));
}

static void
restart_cb (LodgeHardwareView *self)
{
  g_autofree char *name = lodge_display_text (lodge_domain_get_name (lodge_edits_get_domain (self->edits)), 80);
  g_autofree char *heading = g_strdup_printf (_("Shut Down and Start “%s”?"), name);
  AdwDialog *dialog = adw_alert_dialog_new (heading,
                                            _("The guest is asked to shut down. It is started again as soon as "
                                              "it is off."));

  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "cancel", _("_Cancel"), "restart",
                                  _("_Shut Down and Start"), NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "restart", ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (restart_response_cb), self, 0);
  adw_dialog_present (dialog, GTK_WIDGET (self));
}

static void
closed_cb (LodgeHardwareView *self)
{
  g_clear_weak_pointer (&self->waiting_dialog);
}

void
lodge_hardware_waiting_show (LodgeHardwareView *self)
{
  AdwDialog *dialog;

  if (self->n_waiting == 0)
    return;
  dialog = lodge_waiting_dialog_new ();
  g_set_weak_pointer (&self->waiting_dialog, GTK_WIDGET (dialog));
  g_signal_connect_object (dialog, "closed", G_CALLBACK (closed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (dialog, "take-back", G_CALLBACK (take_back_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (dialog, "compare", G_CALLBACK (compare_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (dialog, "restart", G_CALLBACK (restart_cb), self, G_CONNECT_SWAPPED);
  lodge_waiting_dialog_set_list (LODGE_WAITING_DIALOG (dialog), self->waiting, TRUE);
  adw_dialog_present (dialog, GTK_WIDGET (self));
}
