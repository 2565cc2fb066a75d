/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-bulk-results"

#include "config.h"

#include "lodge-bulk-results.h"

#include <glib/gi18n.h>

#include "lodge-column.h"
#include "lodge-error-dialog.h"
#include "util/lodge-format.h"

/* More rows say no more */
#define MAX_ROWS 200

static void
retry_cb (AdwAlertDialog *dialog,
          const char     *response,
          LodgeBulkRun   *run)
{
  GtkWidget *parent = g_object_get_data (G_OBJECT (dialog), "lodge-parent");
  g_autoptr(LodgeBulkRun) again = lodge_bulk_run_retry (run, lodge_bulk_run_get_jobs (run));

  lodge_bulk_results_watch (parent, again);
}

static GtkWidget *
create_row (LodgeDomain  *domain,
            const GError *error)
{
  g_autofree char *name = lodge_column_dup_text (LODGE_COLUMN_NAME, domain);
  g_autofree char *reason = lodge_display_text (error->message, 400);
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "use-markup", FALSE, "title", name, "subtitle", reason,
                                 "subtitle-selectable", TRUE, NULL);

  adw_action_row_add_prefix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("lodge-state-crashed-symbolic"));
  return row;
}

void
lodge_bulk_results_present (GtkWidget    *parent,
                            LodgeBulkRun *run)
{
  g_autofree char *summary = lodge_bulk_run_dup_summary (run);
  AdwDialog *dialog = adw_alert_dialog_new (summary, NULL);
  GtkWidget *list = gtk_list_box_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();

  for (guint i = 0; i < MIN (lodge_bulk_run_get_n_failed (run), MAX_ROWS); i++)
    {
      const GError *error;
      LodgeDomain *domain = lodge_bulk_run_get_failed (run, i, &error);

      gtk_list_box_append (GTK_LIST_BOX (list), create_row (domain, error));
    }
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_widget_set_valign (list, GTK_ALIGN_START);
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Failures"), -1);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), 360);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), list);

  adw_alert_dialog_set_extra_child (ADW_ALERT_DIALOG (dialog), scroller);
  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "close", _("_Close"), "retry", _("_Retry"), NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "retry", ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (dialog), "close");
  g_object_set_data_full (G_OBJECT (dialog), "lodge-parent", g_object_ref (parent), g_object_unref);
  g_signal_connect_object (dialog, "response::retry", G_CALLBACK (retry_cb), run, 0);
  g_object_set_data_full (G_OBJECT (dialog), "lodge-run", g_object_ref (run), g_object_unref);
  adw_dialog_present (dialog, parent);
}

static void
show_cb (AdwToast     *toast,
         LodgeBulkRun *run)
{
  GtkWidget *parent = g_object_get_data (G_OBJECT (toast), "lodge-parent");

  lodge_bulk_results_present (parent, run);
}

static void
ended_cb (LodgeBulkRun *run,
          GtkWidget    *parent)
{
  GtkWidget *overlay = gtk_widget_get_ancestor (parent, ADW_TYPE_TOAST_OVERLAY);
  g_autofree char *summary = NULL;
  AdwToast *toast;

  if (lodge_bulk_run_get_n_failed (run) == 0)
    return;
  if (lodge_bulk_run_get_n_domains (run) == 1)
    {
      const GError *error;
      LodgeDomain *domain = lodge_bulk_run_get_failed (run, 0, &error);
      g_autofree char *name = lodge_column_dup_text (LODGE_COLUMN_NAME, domain);

      lodge_error_present (parent, name, error);
      return;
    }
  if (overlay == NULL)
    {
      lodge_bulk_results_present (parent, run);
      return;
    }
  summary = lodge_bulk_run_dup_summary (run);
  toast = adw_toast_new (summary);
  adw_toast_set_use_markup (toast, FALSE);
  adw_toast_set_button_label (toast, _("_Show"));
  g_object_set_data_full (G_OBJECT (toast), "lodge-parent", g_object_ref (parent), g_object_unref);
  g_object_set_data_full (G_OBJECT (toast), "lodge-run", g_object_ref (run), g_object_unref);
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (show_cb), run, 0);
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), toast);
}

void
lodge_bulk_results_watch (GtkWidget    *parent,
                          LodgeBulkRun *run)
{
  LodgeJob *job = lodge_bulk_run_get_job (run);

  /* Its job may be gone with the end */
  if (job == NULL || lodge_job_get_state (job) != LODGE_JOB_RUNNING)
    ended_cb (run, parent);
  else
    g_signal_connect_object (run, "ended", G_CALLBACK (ended_cb), parent, 0);
}
