/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-jobs-button"

#include "config.h"

#include "lodge-jobs-button.h"

#include <glib/gi18n.h>

#include "util/lodge-format.h"
#include "widgets/lodge-error-dialog.h"

struct _LodgeJobsButton
{
  GtkWidget     parent_instance;

  GtkWidget    *button;
  GtkWidget    *list;
  LodgeJobList *jobs;     /* owned */
};

G_DEFINE_FINAL_TYPE (LodgeJobsButton, lodge_jobs_button, GTK_TYPE_WIDGET)

static void
update (LodgeJobsButton *self)
{
  const guint n = lodge_job_list_get_n_running (self->jobs);
  g_autofree char *label = n > 0 ? g_strdup_printf (g_dngettext (NULL, "Jobs, %u running", "Jobs, %u running", n), n)
                                 : g_strdup (_("Jobs"));

  gtk_widget_set_tooltip_text (self->button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  if (n > 0)
    gtk_widget_add_css_class (self->button, "accent");
  else
    gtk_widget_remove_css_class (self->button, "accent");
}

static void
details_cb (GtkButton *button,
            LodgeJob  *job)
{
  g_autofree char *title = lodge_display_text (lodge_job_get_title (job), 120);

  if (lodge_job_get_error (job) != NULL)
    lodge_error_present (GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (button))), title, lodge_job_get_error (job));
}

/* What a row shows of its job, kept on the row */
typedef struct
{
  GtkLabel       *detail;
  GtkProgressBar *bar;
  GtkWidget      *cancel;
  GtkWidget      *details;
} RowParts;

static void
job_changed_cb (LodgeJob   *job,
                GParamSpec *pspec,
                GtkWidget  *row)
{
  RowParts *parts = g_object_get_data (G_OBJECT (row), "lodge-parts");
  const LodgeJobState state = lodge_job_get_state (job);
  const double fraction = lodge_job_get_fraction (job);
  g_autofree char *detail = NULL;

  switch (state)
    {
    case LODGE_JOB_DONE:
      detail = g_strdup (_("Done"));
      break;
    case LODGE_JOB_CANCELLED:
      detail = g_strdup (_("Cancelled"));
      break;
    case LODGE_JOB_FAILED:
      detail = lodge_display_text (lodge_job_get_error (job)->message, 300);
      break;
    case LODGE_JOB_RUNNING:
    default:
      detail = lodge_display_text (lodge_job_get_detail (job) != NULL ? lodge_job_get_detail (job) : "", 300);
      break;
    }
  gtk_label_set_text (parts->detail, detail);
  gtk_widget_set_visible (GTK_WIDGET (parts->detail), *detail != '\0');
  gtk_widget_set_visible (GTK_WIDGET (parts->bar), state == LODGE_JOB_RUNNING);
  if (fraction >= 0)
    gtk_progress_bar_set_fraction (parts->bar, fraction);
  else
    gtk_progress_bar_pulse (parts->bar);
  gtk_widget_set_visible (parts->cancel, state == LODGE_JOB_RUNNING && lodge_job_can_cancel (job));
  gtk_widget_set_visible (parts->details, state == LODGE_JOB_FAILED);
  if (state == LODGE_JOB_FAILED)
    gtk_widget_add_css_class (GTK_WIDGET (parts->detail), "error");
}

static GtkWidget *
create_row (gpointer item,
            gpointer user_data)
{
  LodgeJob *job = item;
  g_autofree char *title_text = lodge_display_text (lodge_job_get_title (job), 120);
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  GtkWidget *title = gtk_label_new (title_text);
  RowParts *parts = g_new0 (RowParts, 1);

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (lines, TRUE);

  parts->detail = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (parts->detail, 0);
  gtk_label_set_wrap (parts->detail, TRUE);
  gtk_label_set_max_width_chars (parts->detail, 36);
  gtk_widget_add_css_class (GTK_WIDGET (parts->detail), "caption");
  gtk_widget_add_css_class (GTK_WIDGET (parts->detail), "dimmed");

  parts->bar = GTK_PROGRESS_BAR (gtk_progress_bar_new ());
  gtk_accessible_update_property (GTK_ACCESSIBLE (parts->bar), GTK_ACCESSIBLE_PROPERTY_LABEL, title_text, -1);

  parts->cancel = gtk_button_new_from_icon_name ("process-stop-symbolic");
  gtk_widget_set_tooltip_text (parts->cancel, _("Cancel Job"));
  gtk_widget_add_css_class (parts->cancel, "flat");
  gtk_widget_set_valign (parts->cancel, GTK_ALIGN_CENTER);
  g_signal_connect_object (parts->cancel, "clicked", G_CALLBACK (lodge_job_cancel), job, G_CONNECT_SWAPPED);

  parts->details = gtk_button_new_with_label (_("Details"));
  gtk_widget_add_css_class (parts->details, "flat");
  gtk_widget_set_valign (parts->details, GTK_ALIGN_CENTER);
  g_signal_connect_object (parts->details, "clicked", G_CALLBACK (details_cb), job, 0);

  gtk_box_append (GTK_BOX (lines), title);
  gtk_box_append (GTK_BOX (lines), GTK_WIDGET (parts->bar));
  gtk_box_append (GTK_BOX (lines), GTK_WIDGET (parts->detail));
  gtk_box_append (GTK_BOX (row), lines);
  gtk_box_append (GTK_BOX (row), parts->details);
  gtk_box_append (GTK_BOX (row), parts->cancel);
  gtk_widget_set_margin_top (row, 9);
  gtk_widget_set_margin_bottom (row, 9);
  gtk_widget_set_margin_start (row, 9);
  gtk_widget_set_margin_end (row, 9);

  g_object_set_data_full (G_OBJECT (row), "lodge-parts", parts, g_free);
  g_signal_connect_object (job, "notify", G_CALLBACK (job_changed_cb), row, 0);
  job_changed_cb (job, NULL, row);
  return row;
}

static void
lodge_jobs_button_dispose (GObject *object)
{
  LodgeJobsButton *self = LODGE_JOBS_BUTTON (object);

  if (self->jobs != NULL)
    g_signal_handlers_disconnect_by_data (self->jobs, self);
  g_clear_pointer (&self->button, gtk_widget_unparent);
  g_clear_object (&self->jobs);

  G_OBJECT_CLASS (lodge_jobs_button_parent_class)->dispose (object);
}

static void
lodge_jobs_button_class_init (LodgeJobsButtonClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lodge_jobs_button_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
lodge_jobs_button_init (LodgeJobsButton *self)
{
}

GtkWidget *
lodge_jobs_button_new (LodgeJobList *jobs)
{
  LodgeJobsButton *self = g_object_new (LODGE_TYPE_JOBS_BUTTON, NULL);
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *empty = gtk_label_new (_("Nothing runs, and nothing has run lately."));

  self->jobs = g_object_ref (jobs);
  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_list_box_bind_model (GTK_LIST_BOX (self->list), G_LIST_MODEL (jobs), create_row, NULL, NULL);
  gtk_label_set_wrap (GTK_LABEL (empty), TRUE);
  gtk_widget_add_css_class (empty, "dimmed");
  gtk_widget_set_margin_top (empty, 24);
  gtk_widget_set_margin_bottom (empty, 24);
  gtk_list_box_set_placeholder (GTK_LIST_BOX (self->list), empty);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Jobs"), -1);

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), 420);
  gtk_widget_set_size_request (scroller, 300, -1);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->list);
  gtk_popover_set_child (GTK_POPOVER (popover), scroller);

  self->button = gtk_menu_button_new ();
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (self->button), "lodge-jobs-symbolic");
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->button), popover);
  gtk_widget_set_parent (self->button, GTK_WIDGET (self));

  g_signal_connect_object (jobs, "notify::n-running", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}
