/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-hardware-apply"

#include "config.h"

#include "lodge-hardware-view-private.h"

#include <glib/gi18n.h>

#include "lodge-add-hardware-dialog.h"
#include "lodge-compare-dialog.h"
#include "lodge-device-key.h"
#include "lodge-hardware-items.h"
#include "lodge-live-changes.h"
#include "lodge-hardware-xml.h"
#include "model/lodge-capabilities.h"
#include "model/lodge-machine-creation.h"
#include "util/lodge-error.h"
#include "util/lodge-format.h"
#include "widgets/lodge-error-dialog.h"

/* What becomes of the edits: applied, given up, or weighed against another program's */

typedef struct
{
  LodgeHardwareView    *view;   /* owned */
  LodgeDomainEditFlags  flags;
  gboolean              live;
} Apply;

static void start_apply (LodgeHardwareView    *self,
                         gboolean              live,
                         LodgeDomainEditFlags  flags);

static void
apply_free (Apply *apply)
{
  g_object_unref (apply->view);
  g_free (apply);
}

static char *
dup_name (LodgeHardwareView *self)
{
  return lodge_display_text (lodge_domain_get_name (lodge_edits_get_domain (self->edits)), 80);
}

static void
unvalidated_response_cb (AdwAlertDialog *dialog,
                         const char     *response,
                         gpointer        user_data)
{
  Apply *apply = user_data;

  if (g_str_equal (response, "save"))
    start_apply (apply->view, apply->live, apply->flags | LODGE_DOMAIN_EDIT_NO_VALIDATION);
}

/* The host's schema may be older than what the machine needs: it has not the last word */
static void
ask_without_validation (Apply        *apply,
                        const GError *error)
{
  AdwDialog *dialog = adw_alert_dialog_new (_("The Host Does Not Accept the XML"), NULL);
  g_autofree char *text = lodge_display_text (error->message, 600);
  g_autofree char *body =
    g_strdup_printf ("%s\n\n%s", text,
                     _("Nothing was changed. A host with an older libvirt refuses what is newer than itself; it then may "
                       "drop that, or the machine may not start."));

  adw_alert_dialog_set_body (ADW_ALERT_DIALOG (dialog), body);
  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "cancel", _("_Cancel"), "save",
                                  _("_Save Without Validation"), NULL);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "cancel");
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (dialog), "cancel");
  g_signal_connect_data (dialog, "response", G_CALLBACK (unvalidated_response_cb), apply,
                         (GClosureNotify) (GCallback) apply_free, 0);
  adw_dialog_present (dialog, GTK_WIDGET (apply->view));
}

/* Says exactly what was done and what was not */
static void
tell_failed_changes (LodgeHardwareView *self,
                     GPtrArray         *changes)
{
  g_autoptr(GString) body = g_string_new (_("The definition was saved. While the machine runs, this could not be done; "
                                            "it takes effect at the next start:"));
  AdwDialog *dialog;
  guint n_failed = 0;

  for (guint i = 0; changes != NULL && i < changes->len; i++)
    {
      const LodgeLiveChange *change = g_ptr_array_index (changes, i);
      g_autofree char *text = NULL;

      if (change->error == NULL)
        continue;
      text = lodge_display_text (change->error->message, 300);
      g_string_append_printf (body, "\n\n%s: %s", change->label, text);
      n_failed++;
    }
  if (n_failed == 0)
    {
      adw_toast_overlay_add_toast (self->toasts, adw_toast_new (_("Changes applied")));
      return;
    }
  dialog = adw_alert_dialog_new (_("Saved for the Next Start"), body->str);
  adw_alert_dialog_add_response (ADW_ALERT_DIALOG (dialog), "close", _("_Close"));
  adw_dialog_present (dialog, GTK_WIDGET (self));
}

static void
applied_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  Apply *apply = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) changes = lodge_edits_apply_finish (LODGE_EDITS (object), result, &error);

  if (lodge_domain_error_is_schema (error))
    {
      ask_without_validation (apply, error);
      return;
    }
  if (g_error_matches (error, LODGE_ERROR, LODGE_ERROR_CONFLICT))
    /* The banner says it, and offers what can be done, as soon as theirs was read */
    adw_toast_overlay_add_toast (apply->view->toasts,
                                 adw_toast_new (_("Not applied: another program has changed the machine")));
  else if (error != NULL)
    {
      g_autofree char *name = dup_name (apply->view);
      g_autofree char *heading = g_strdup_printf (_("Could Not Change “%s”"), name);

      lodge_error_present (GTK_WIDGET (apply->view), heading, error);
    }
  else
    tell_failed_changes (apply->view, changes);
  apply_free (apply);
}

static void
start_apply (LodgeHardwareView    *self,
             gboolean              live,
             LodgeDomainEditFlags  flags)
{
  Apply *apply = g_new0 (Apply, 1);
  GPtrArray *changes = live && self->unapplied != NULL ? lodge_live_changes_new (self->edits, self->unapplied) : NULL;

  apply->view = g_object_ref (self);
  apply->live = live;
  apply->flags = flags;
  lodge_edits_apply_async (self->edits, changes, flags, NULL, applied_cb, apply);
}

static void
anyway_response_cb (AdwAlertDialog *dialog,
                    const char     *response,
                    gpointer        user_data)
{
  Apply *apply = user_data;

  if (g_str_equal (response, "apply"))
    start_apply (apply->view, apply->live, apply->flags);
}

/**
 * lodge_hardware_view_apply:
 * @self: a view with edits
 * @live: whether to change the running machine too where libvirt can
 */
void
lodge_hardware_view_apply (LodgeHardwareView *self,
                           gboolean           live)
{
  const guint n_issues = lodge_xml_view_get_n_issues (self->xml_view);
  AdwDialog *dialog;
  Apply *apply;

  if (!lodge_edits_get_has_edits (self->edits) || lodge_edits_get_state (self->edits) != LODGE_EDITS_READY)
    return;
  if (n_issues == 0 || g_strcmp0 (adw_toggle_group_get_active_name (self->form_toggles), "xml") != 0)
    {
      start_apply (self, live, LODGE_DOMAIN_EDIT_NONE);
      return;
    }

  apply = g_new0 (Apply, 1);
  apply->view = g_object_ref (self);
  apply->live = live;
  dialog = adw_alert_dialog_new (_("Apply in Spite of the Problems?"),
                                 lodge_xml_view_get_issue (self->xml_view, 0)->message);
  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "cancel", _("_Cancel"), "apply", _("_Apply"), NULL);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "cancel");
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (dialog), "cancel");
  g_signal_connect_data (dialog, "response", G_CALLBACK (anyway_response_cb), apply,
                         (GClosureNotify) (GCallback) apply_free, 0);
  adw_dialog_present (dialog, GTK_WIDGET (self));
}

void
lodge_hardware_view_discard (LodgeHardwareView *self)
{
  self->xml_broken = FALSE;
  g_clear_pointer (&self->xml_seen, g_free);
  lodge_device_page_clear_errors (self->page);
  lodge_edits_discard (self->edits);
  lodge_hardware_view_update (self);
}

static void
resolve_response_cb (AdwAlertDialog    *dialog,
                     const char        *response,
                     LodgeHardwareView *self)
{
  if (g_str_equal (response, "theirs"))
    lodge_edits_take_theirs (self->edits);
  else if (g_str_equal (response, "ours"))
    lodge_edits_keep_ours (self->edits);
}

/**
 * lodge_hardware_view_resolve:
 * @self: a view with a conflict
 *
 * The choice of three: theirs, ours, or to go on thinking with both texts side by side.
 */
void
lodge_hardware_view_resolve (LodgeHardwareView *self)
{
  const char *theirs = lodge_edits_get_theirs (self->edits);
  AdwDialog *dialog;

  if (theirs == NULL)
    return;
  dialog = adw_alert_dialog_new (_("Changed by Another Program"),
                                 _("What it has changed touches what you have edited. With your version, its changes show "
                                   "among your edits and are replaced when you apply."));
  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "later", _("_Decide Later"), "theirs",
                                  _("_Take Theirs"), "ours", _("_Keep Mine"), NULL);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "later");
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (dialog), "later");
  adw_alert_dialog_set_extra_child (ADW_ALERT_DIALOG (dialog),
                                    lodge_compare_view_new (theirs, lodge_xml_document_get_text (
                                                                      lodge_edits_get_document (self->edits))));
  g_signal_connect_object (dialog, "response", G_CALLBACK (resolve_response_cb), self, 0);
  adw_dialog_present (dialog, GTK_WIDGET (self));
}

static char *
dup_text_of (LodgeXmlDocument *document,
             const char       *id)
{
  char *text = document != NULL ? lodge_hardware_xml_dup_text (document, id) : NULL;

  return text != NULL ? text : g_strdup ("");
}

void
lodge_hardware_view_compare (LodgeHardwareView *self)
{
  g_autofree char *stored = dup_text_of (lodge_edits_get_base (self->edits), self->shown);
  g_autofree char *edited = dup_text_of (lodge_edits_get_document (self->edits), self->shown);

  adw_dialog_present (lodge_compare_dialog_new (_("Compare"), _("On the Host"), stored, _("Edited"), edited),
                      GTK_WIDGET (self));
}

static void
remove_response_cb (AdwAlertDialog    *dialog,
                    const char        *response,
                    LodgeHardwareView *self)
{
  LodgeXmlDocument *document = lodge_edits_get_document (self->edits);
  const char *id = g_object_get_data (G_OBJECT (dialog), "lodge-id");
  const LodgeXmlNode node = lodge_hardware_find_node (document, id);
  g_autoptr(GError) error = NULL;

  if (!g_str_equal (response, "remove") || node == LODGE_XML_NONE || !lodge_hardware_id_is_device (id))
    return;
  self->xml_broken = FALSE;
  if (lodge_xml_document_remove (document, node, &error))
    lodge_edits_touch (self->edits);
  else
    lodge_error_present (GTK_WIDGET (self), _("Could Not Remove the Device"), error);
}

/**
 * lodge_hardware_view_remove:
 * @self: a view that shows a device
 *
 * Asks, and takes the device out of the edits: it is gone from the machine when they are applied.
 */
void
lodge_hardware_view_remove (LodgeHardwareView *self)
{
  g_autofree char *title = NULL;
  g_autofree char *heading = NULL;
  AdwDialog *dialog;

  if (!lodge_hardware_id_is_device (self->shown))
    return;
  title = lodge_hardware_dup_title (lodge_edits_get_document (self->edits), self->shown);
  heading = g_strdup_printf (_("Remove “%s”?"), title);
  dialog = adw_alert_dialog_new (heading,
                                 _("It leaves the machine when you apply. Images and folders of the host are kept."));
  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "cancel", _("_Cancel"), "remove", _("_Remove"), NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "remove", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "cancel");
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (dialog), "cancel");
  g_object_set_data_full (G_OBJECT (dialog), "lodge-id", g_strdup (self->shown), g_free);
  g_signal_connect_object (dialog, "response", G_CALLBACK (remove_response_cb), self, 0);
  adw_dialog_present (dialog, GTK_WIDGET (self));
}

static void
added_cb (LodgeHardwareView    *self,
          const char           *xml,
          const LodgeNewVolume *volume)
{
  LodgeXmlDocument *document = lodge_edits_get_document (self->edits);
  const gboolean alone = !lodge_edits_get_has_edits (self->edits);
  g_autoptr(GError) error = NULL;
  g_autofree char *key = NULL;
  LodgeXmlNode node =
    lodge_xml_document_insert (document, lodge_xml_document_find (document, lodge_xml_document_get_root (document),
                                                                  "devices"), xml, &error);

  if (node == LODGE_XML_NONE)
    {
      lodge_error_present (GTK_WIDGET (self), _("Could Not Add the Device"), error);
      return;
    }
  if (volume != NULL)
    g_ptr_array_add (self->volumes, lodge_new_volume_copy (volume));
  key = lodge_device_key_of (document, node);
  lodge_edits_touch (self->edits);
  if (key != NULL)
    lodge_hardware_view_show (self, key);
  /* With edits of the person's own it is one more of them */
  if (alone && lodge_edits_get_domain (self->edits) != NULL)
    lodge_hardware_view_apply (self, TRUE);
}

void
lodge_hardware_view_add_hardware (LodgeHardwareView *self)
{
  AdwDialog *dialog;

  g_return_if_fail (LODGE_IS_HARDWARE_VIEW (self));

  if (lodge_edits_get_document (self->edits) == NULL || self->xml_broken)
    return;
  dialog = lodge_add_hardware_dialog_new (self->edits, lodge_hardware_view_get_connection (self),
                                          self->capabilities != NULL
                                          ? lodge_domain_capabilities_get_document (self->capabilities) : NULL);
  g_signal_connect_object (dialog, "added", G_CALLBACK (added_cb), self, G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, GTK_WIDGET (self));
}
