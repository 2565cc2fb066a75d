/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-jobs-button"

#include "config.h"

#include "lodge-jobs-button.h"

#include <glib/gi18n.h>

#include "lodge-job-ring.h"
#include "lodge-ui.h"
#include "util/lodge-format.h"
#include "widgets/lodge-bulk-results.h"
#include "widgets/lodge-dialog-size.h"
#include "widgets/lodge-error-dialog.h"
#include "widgets/lodge-job-row.h"

/* The popover has the latest, the dialog all */
#define MAX_SHOWN 8

struct _LodgeJobsButton
{
  GtkWidget         parent_instance;

  /* template children */
  GtkMenuButton    *button;
  GtkPopover       *popover;
  GtkWidget        *clear_button;
  GtkWidget        *all_button;
  GtkListBox       *list;

  GtkWidget        *ring;       /* child of @button */
  LodgeJobList     *jobs;       /* owned */
  GtkSorter        *sorter;     /* owned */
  GtkSortListModel *sorted;     /* owned */
  GHashTable       *seen;       /* of failed jobs that were looked at; borrowed pointers */
};

G_DEFINE_FINAL_TYPE (LodgeJobsButton, lodge_jobs_button, GTK_TYPE_WIDGET)

/* Running, then failed, then the others; within them newest first, as the list has them */
static int
compare_jobs (gconstpointer a,
              gconstpointer b,
              gpointer      user_data)
{
  static const int ranks[] = {
    [LODGE_JOB_RUNNING] = 0, [LODGE_JOB_FAILED] = 1, [LODGE_JOB_DONE] = 2, [LODGE_JOB_CANCELLED] = 2,
  };

  return gtk_ordering_from_cmpfunc (ranks[lodge_job_get_state ((LodgeJob *) a)]
                                    - ranks[lodge_job_get_state ((LodgeJob *) b)]);
}

static void
update (LodgeJobsButton *self)
{
  const guint n = lodge_job_list_get_n_running (self->jobs);
  const guint n_jobs = g_list_model_get_n_items (G_LIST_MODEL (self->jobs));
  g_autofree char *label = n > 0 ? g_strdup_printf (g_dngettext (NULL, "Jobs, %u running", "Jobs, %u running", n), n)
                                 : g_strdup (_("Jobs"));
  double sum = 0;
  gboolean failed = FALSE;

  for (guint i = 0; i < n_jobs; i++)
    {
      g_autoptr(LodgeJob) job = g_list_model_get_item (G_LIST_MODEL (self->jobs), i);

      if (lodge_job_get_state (job) == LODGE_JOB_RUNNING)
        sum += MAX (lodge_job_get_fraction (job), 0);
      failed |= lodge_job_get_state (job) == LODGE_JOB_FAILED && !g_hash_table_contains (self->seen, job);
    }
  lodge_job_ring_set (LODGE_JOB_RING (self->ring), n > 0 ? sum / n : -1, failed);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->button), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_widget_set_sensitive (self->clear_button, n_jobs > n);
  gtk_widget_set_visible (self->all_button, n_jobs > MAX_SHOWN);
}

static void
job_changed_cb (LodgeJobsButton *self,
                GParamSpec      *pspec,
                LodgeJob        *job)
{
  if (g_str_equal (pspec->name, "state"))
    gtk_sorter_changed (self->sorter, GTK_SORTER_CHANGE_DIFFERENT);
  update (self);
}

static void
jobs_changed_cb (LodgeJobsButton *self,
                 guint            position,
                 guint            removed,
                 guint            added)
{
  for (guint i = position; i < position + added; i++)
    {
      g_autoptr(LodgeJob) job = g_list_model_get_item (G_LIST_MODEL (self->jobs), i);

      g_signal_handlers_disconnect_by_func (job, job_changed_cb, self);
      g_signal_connect_object (job, "notify", G_CALLBACK (job_changed_cb), self, G_CONNECT_SWAPPED);
    }
  update (self);
}

static void
shown_cb (LodgeJobsButton *self)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->jobs)); i++)
    {
      g_autoptr(LodgeJob) job = g_list_model_get_item (G_LIST_MODEL (self->jobs), i);

      if (lodge_job_get_state (job) == LODGE_JOB_FAILED)
        g_hash_table_add (self->seen, job);
    }
  update (self);
}

static void
details_cb (LodgeJobRow *row)
{
  LodgeJob *job = lodge_job_row_get_job (row);
  GtkWidget *window = GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (row)));
  GtkWidget *popover = gtk_widget_get_ancestor (GTK_WIDGET (row), GTK_TYPE_POPOVER);
  g_autofree char *title = lodge_display_text (lodge_job_get_title (job), 120);

  if (popover != NULL)
    gtk_popover_popdown (GTK_POPOVER (popover));
  /* A job of many machines says more than its first error */
  if (lodge_bulk_run_find (job) != NULL)
    lodge_bulk_results_present (window, lodge_bulk_run_find (job));
  else
    lodge_error_present (window, title, lodge_job_get_error (job));
}

static GtkWidget *
create_row (gpointer item,
            gpointer user_data)
{
  GtkWidget *row = lodge_job_row_new (item);

  g_signal_connect (row, "details", G_CALLBACK (details_cb), NULL);
  return row;
}

static void
bind_list (LodgeJobsButton *self,
           GtkListBox      *list,
           guint            n)
{
  g_autoptr(GtkSliceListModel) slice = gtk_slice_list_model_new (G_LIST_MODEL (g_object_ref (self->sorted)), 0, n);
  GtkWidget *empty = gtk_label_new (_("Nothing runs, and nothing has run lately."));

  gtk_label_set_wrap (GTK_LABEL (empty), TRUE);
  gtk_widget_add_css_class (empty, "dimmed");
  gtk_widget_set_margin_top (empty, 24);
  gtk_widget_set_margin_bottom (empty, 24);
  gtk_list_box_set_placeholder (list, empty);
  gtk_list_box_bind_model (list, G_LIST_MODEL (slice), create_row, NULL, NULL);
}

static void
show_all_cb (LodgeJobsButton *self)
{
  AdwDialog *dialog = adw_dialog_new ();
  GtkWidget *view = adw_toolbar_view_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Jobs"), -1);
  bind_list (self, GTK_LIST_BOX (list), G_MAXUINT);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), list);
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), adw_header_bar_new ());
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), scroller);
  adw_dialog_set_title (dialog, _("Jobs"));
  lodge_dialog_set_size (dialog, 480, 560);
  adw_dialog_set_child (dialog, view);
  gtk_popover_popdown (self->popover);
  adw_dialog_present (dialog, GTK_WIDGET (self));
}

static void
clear_cb (LodgeJobsButton *self)
{
  lodge_job_list_clear_finished (self->jobs);
}

static void
lodge_jobs_button_dispose (GObject *object)
{
  LodgeJobsButton *self = LODGE_JOBS_BUTTON (object);

  gtk_widget_dispose_template (GTK_WIDGET (object), LODGE_TYPE_JOBS_BUTTON);
  g_clear_object (&self->sorted);
  g_clear_object (&self->sorter);
  g_clear_object (&self->jobs);
  g_clear_pointer (&self->seen, g_hash_table_unref);

  G_OBJECT_CLASS (lodge_jobs_button_parent_class)->dispose (object);
}

static void
lodge_jobs_button_class_init (LodgeJobsButtonClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lodge_jobs_button_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, LODGE_UI ("window/lodge-jobs-button.ui"));
  gtk_widget_class_bind_template_child (widget_class, LodgeJobsButton, button);
  gtk_widget_class_bind_template_child (widget_class, LodgeJobsButton, popover);
  gtk_widget_class_bind_template_child (widget_class, LodgeJobsButton, clear_button);
  gtk_widget_class_bind_template_child (widget_class, LodgeJobsButton, all_button);
  gtk_widget_class_bind_template_child (widget_class, LodgeJobsButton, list);
  gtk_widget_class_bind_template_callback (widget_class, clear_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_all_cb);
  gtk_widget_class_bind_template_callback (widget_class, shown_cb);
}

static void
lodge_jobs_button_init (LodgeJobsButton *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->seen = g_hash_table_new (NULL, NULL);
  self->ring = lodge_job_ring_new ();
  gtk_menu_button_set_child (self->button, self->ring);
}

GtkWidget *
lodge_jobs_button_new (LodgeJobList *jobs)
{
  LodgeJobsButton *self = g_object_new (LODGE_TYPE_JOBS_BUTTON, NULL);

  self->jobs = g_object_ref (jobs);
  self->sorter = GTK_SORTER (gtk_custom_sorter_new (compare_jobs, NULL, NULL));
  self->sorted = gtk_sort_list_model_new (G_LIST_MODEL (g_object_ref (jobs)), g_object_ref (self->sorter));
  bind_list (self, self->list, MAX_SHOWN);
  g_signal_connect_object (jobs, "items-changed", G_CALLBACK (jobs_changed_cb), self, G_CONNECT_SWAPPED);
  jobs_changed_cb (self, 0, 0, g_list_model_get_n_items (G_LIST_MODEL (jobs)));
  return GTK_WIDGET (self);
}

void
lodge_jobs_button_popup (LodgeJobsButton *self)
{
  g_return_if_fail (LODGE_IS_JOBS_BUTTON (self));

  gtk_menu_button_popup (self->button);
}
