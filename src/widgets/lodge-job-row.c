/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-job-row"

#include "config.h"

#include "lodge-job-row.h"

#include <glib/gi18n.h>

#include "lodge-ui.h"
#include "util/lodge-format.h"

#define PULSE_MS 200

struct _LodgeJobRow
{
  GtkListBoxRow   parent_instance;

  /* template children */
  GtkImage       *icon;
  GtkLabel       *title_label;
  GtkLabel       *detail_label;
  GtkProgressBar *bar;
  GtkWidget      *cancel_button;
  GtkWidget      *details_button;

  LodgeJob       *job;        /* owned */
  guint           pulse_id;
};

enum
{
  SIGNAL_DETAILS,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LodgeJobRow, lodge_job_row, GTK_TYPE_LIST_BOX_ROW)

static gboolean
pulse_cb (gpointer user_data)
{
  LodgeJobRow *self = user_data;

  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    gtk_progress_bar_pulse (self->bar);
  return G_SOURCE_CONTINUE;
}

/* “14:02”: when it began */
static char *
dup_time (LodgeJob *job)
{
  g_autoptr(GDateTime) time = g_date_time_new_from_unix_local (lodge_job_get_start_time (job));

  return time != NULL ? g_date_time_format (time, "%H:%M") : g_strdup ("");
}

static char *
dup_detail (LodgeJob *job)
{
  g_autofree char *time = dup_time (job);

  switch (lodge_job_get_state (job))
    {
    case LODGE_JOB_DONE:
      /* Translators: when it began and how long it took: “14:02, 41 s” */
      return g_strdup_printf (_("%s, %d s"), time, (int) lodge_job_get_duration (job));
    case LODGE_JOB_CANCELLED:
      return g_strdup_printf (_("%s, cancelled"), time);
    case LODGE_JOB_FAILED:
      return lodge_display_text (lodge_job_get_error (job)->message, 300);
    case LODGE_JOB_RUNNING:
    default:
      return lodge_display_text (lodge_job_get_detail (job) != NULL ? lodge_job_get_detail (job) : "", 300);
    }
}

static void
set_class (GtkWidget  *widget,
           const char *wanted)
{
  static const char * const classes[] = { "success", "error", "dimmed" };

  for (guint i = 0; i < G_N_ELEMENTS (classes); i++)
    {
      if (g_strcmp0 (wanted, classes[i]) == 0)
        gtk_widget_add_css_class (widget, classes[i]);
      else
        gtk_widget_remove_css_class (widget, classes[i]);
    }
}

static void
update_icon (LodgeJobRow   *self,
             LodgeJobState  state)
{
  static const struct { const char *name, *css_class; } icons[] = {
    [LODGE_JOB_RUNNING] = { "content-loading-symbolic", "dimmed" },
    [LODGE_JOB_DONE] = { "object-select-symbolic", "success" },
    [LODGE_JOB_FAILED] = { "lodge-state-crashed-symbolic", "error" },
    [LODGE_JOB_CANCELLED] = { "process-stop-symbolic", "dimmed" },
  };

  gtk_image_set_from_icon_name (self->icon, icons[state].name);
  set_class (GTK_WIDGET (self->icon), icons[state].css_class);
}

static void
update (LodgeJobRow *self)
{
  const LodgeJobState state = lodge_job_get_state (self->job);
  const double fraction = lodge_job_get_fraction (self->job);
  const gboolean running = state == LODGE_JOB_RUNNING;
  g_autofree char *title = lodge_display_text (lodge_job_get_title (self->job), 120);
  g_autofree char *detail = dup_detail (self->job);
  g_autofree char *label = g_strdup_printf ("%s, %s", title, detail);

  gtk_label_set_text (self->title_label, title);
  gtk_label_set_text (self->detail_label, detail);
  gtk_widget_set_visible (GTK_WIDGET (self->detail_label), *detail != '\0');
  set_class (GTK_WIDGET (self->detail_label), state == LODGE_JOB_FAILED ? "error" : "dimmed");
  update_icon (self, state);
  gtk_widget_set_visible (GTK_WIDGET (self->bar), running);
  gtk_widget_set_visible (self->cancel_button, running && lodge_job_can_cancel (self->job));
  gtk_widget_set_visible (self->details_button, state == LODGE_JOB_FAILED);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->bar), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);

  if (running && fraction < 0 && self->pulse_id == 0)
    self->pulse_id = g_timeout_add (PULSE_MS, pulse_cb, self);
  else if (!running || fraction >= 0)
    g_clear_handle_id (&self->pulse_id, g_source_remove);
  if (fraction >= 0)
    gtk_progress_bar_set_fraction (self->bar, fraction);
}

static void
cancel_cb (LodgeJobRow *self)
{
  lodge_job_cancel (self->job);
}

static void
details_cb (LodgeJobRow *self)
{
  g_signal_emit (self, signals[SIGNAL_DETAILS], 0);
}

static void
lodge_job_row_dispose (GObject *object)
{
  LodgeJobRow *self = LODGE_JOB_ROW (object);

  g_clear_handle_id (&self->pulse_id, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (object), LODGE_TYPE_JOB_ROW);
  g_clear_object (&self->job);

  G_OBJECT_CLASS (lodge_job_row_parent_class)->dispose (object);
}

static void
lodge_job_row_class_init (LodgeJobRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lodge_job_row_dispose;
  signals[SIGNAL_DETAILS] = g_signal_new ("details", LODGE_TYPE_JOB_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, LODGE_UI ("widgets/lodge-job-row.ui"));
  gtk_widget_class_bind_template_child (widget_class, LodgeJobRow, icon);
  gtk_widget_class_bind_template_child (widget_class, LodgeJobRow, title_label);
  gtk_widget_class_bind_template_child (widget_class, LodgeJobRow, detail_label);
  gtk_widget_class_bind_template_child (widget_class, LodgeJobRow, bar);
  gtk_widget_class_bind_template_child (widget_class, LodgeJobRow, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, LodgeJobRow, details_button);
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
  gtk_widget_class_bind_template_callback (widget_class, details_cb);
}

static void
lodge_job_row_init (LodgeJobRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
lodge_job_row_new (LodgeJob *job)
{
  LodgeJobRow *self = g_object_new (LODGE_TYPE_JOB_ROW, NULL);

  self->job = g_object_ref (job);
  g_signal_connect_object (job, "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}

/**
 * lodge_job_row_get_job:
 *
 * Returns: (transfer none): what it shows
 */
LodgeJob *
lodge_job_row_get_job (LodgeJobRow *self)
{
  g_return_val_if_fail (LODGE_IS_JOB_ROW (self), NULL);

  return self->job;
}
