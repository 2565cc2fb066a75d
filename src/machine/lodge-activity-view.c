/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-activity-view"

#include "config.h"

#include "lodge-activity-view.h"

#include <glib/gi18n.h>
#include <math.h>

#include "lodge-activity-recorder.h"
#include "lodge-ui.h"
#include "model/lodge-connection.h"
#include "util/lodge-format.h"
#include "widgets/lodge-chart.h"

#define MAX_EVENTS 200

struct _LodgeActivityView
{
  GtkWidget              parent_instance;

  /* template children */
  GtkWidget             *bin;
  AdwToggleGroup        *span_toggles;
  LodgeChart            *cpu_chart;
  LodgeChart            *memory_chart;
  LodgeChart            *disk_chart;
  LodgeChart            *network_chart;
  GtkLabel              *cpu_label;
  GtkLabel              *memory_label;
  GtkLabel              *disk_label;
  GtkLabel              *network_label;
  GtkListBox            *event_list;
  GtkWidget             *no_events;

  LodgeDomain           *domain;       /* owned */
  LodgeConnection       *connection;   /* owned, nullable: while its numbers are read for us */
  LodgeActivityRecorder *recorder;     /* owned */
  guint                  n_events;
};

G_DEFINE_FINAL_TYPE (LodgeActivityView, lodge_activity_view, GTK_TYPE_WIDGET)

static LodgeChart *
get_chart (LodgeActivityView *self,
           LodgeMetric        metric)
{
  LodgeChart *charts[LODGE_N_METRICS] = {
    [LODGE_METRIC_CPU] = self->cpu_chart,
    [LODGE_METRIC_MEMORY] = self->memory_chart,
    [LODGE_METRIC_DISK] = self->disk_chart,
    [LODGE_METRIC_NETWORK] = self->network_chart,
  };

  return charts[metric];
}

static GtkLabel *
get_label (LodgeActivityView *self,
           LodgeMetric        metric)
{
  GtkLabel *labels[LODGE_N_METRICS] = {
    [LODGE_METRIC_CPU] = self->cpu_label,
    [LODGE_METRIC_MEMORY] = self->memory_label,
    [LODGE_METRIC_DISK] = self->disk_label,
    [LODGE_METRIC_NETWORK] = self->network_label,
  };

  return labels[metric];
}

static LodgeSpan
get_span (LodgeActivityView *self)
{
  const char *name = adw_toggle_group_get_active_name (self->span_toggles);

  return g_strcmp0 (name, "day") == 0 ? LODGE_SPAN_DAY : g_strcmp0 (name, "hour") == 0 ? LODGE_SPAN_HOUR
                                                                                          : LODGE_SPAN_MINUTES;
}

/* The head of a card: the number of now */
static char *
dup_value (LodgeActivityView *self,
           LodgeMetric        metric)
{
  const gint64 memory = lodge_domain_get_memory (self->domain);
  const gint64 maximum = lodge_domain_get_memory_max (self->domain);
  const double values[LODGE_N_METRICS] = {
    [LODGE_METRIC_CPU] = lodge_domain_get_cpu (self->domain),
    [LODGE_METRIC_MEMORY] = memory,
    [LODGE_METRIC_DISK] = lodge_domain_get_disk_rate (self->domain),
    [LODGE_METRIC_NETWORK] = lodge_domain_get_network_rate (self->domain),
  };
  const guint n = lodge_domain_get_vcpus (self->domain);
  g_autofree char *percent = NULL;

  if (values[metric] < 0)
    return g_strdup ("–");
  if (metric == LODGE_METRIC_MEMORY)
    return maximum > 0 ? lodge_format_size_of (memory, maximum) : lodge_format_size (memory);
  if (metric != LODGE_METRIC_CPU)
    return lodge_format_rate (values[metric]);
  percent = lodge_format_percent (values[metric]);
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s, %u processor", "%s, %u processors", n), percent, n);
}

static void
update (LodgeActivityView *self)
{
  const LodgeSpan span = get_span (self);
  const gint64 memory = lodge_domain_get_memory_max (self->domain);

  if (self->recorder == NULL)
    return;
  lodge_chart_set_maximum (self->memory_chart, memory > 0 ? memory : 0);
  for (guint metric = 0; metric < LODGE_N_METRICS; metric++)
    {
      LodgeChart *chart = get_chart (self, metric);
      double samples[LODGE_ACTIVITY_SAMPLES];
      const guint n = lodge_activity_recorder_get_samples (self->recorder, metric, span, samples);
      g_autofree char *value = dup_value (self, metric);

      lodge_chart_set_samples (chart, 0, samples, n);
      gtk_label_set_text (get_label (self, metric),
                          lodge_chart_get_reading (chart) != NULL ? lodge_chart_get_reading (chart) : value);
    }
}

static void
span_cb (LodgeActivityView *self)
{
  const LodgeSpan span = get_span (self);

  for (guint metric = 0; metric < LODGE_N_METRICS; metric++)
    lodge_chart_set_period (get_chart (self, metric), lodge_activity_span_get_period (span),
                            lodge_activity_span_get_n_samples (span));
  if (self->domain != NULL)
    update (self);
}

static void
add_event (LodgeActivityView *self,
           const char        *text)
{
  GtkWidget *row = adw_action_row_new ();
  g_autoptr(GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *time = g_date_time_format (now, "%X");

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), text);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), time);
  gtk_list_box_prepend (self->event_list, row);
  if (++self->n_events > MAX_EVENTS)
    {
      gtk_list_box_remove (self->event_list, GTK_WIDGET (gtk_list_box_get_row_at_index (self->event_list, MAX_EVENTS)));
      self->n_events = MAX_EVENTS;
    }
  gtk_widget_set_visible (self->no_events, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->event_list), TRUE);
}

static void
watch (LodgeActivityView *self,
       gboolean           active)
{
  if (self->connection != NULL)
    lodge_connection_unwatch_stats (self->connection);
  g_clear_object (&self->connection);
  if (!active || lodge_domain_get_connection (self->domain) == NULL)
    return;
  self->connection = g_object_ref (lodge_domain_get_connection (self->domain));
  lodge_connection_watch_stats (self->connection);
}

static void
lodge_activity_view_map (GtkWidget *widget)
{
  LodgeActivityView *self = LODGE_ACTIVITY_VIEW (widget);

  GTK_WIDGET_CLASS (lodge_activity_view_parent_class)->map (widget);
  watch (self, TRUE);
  update (self);
}

static void
lodge_activity_view_unmap (GtkWidget *widget)
{
  watch (LODGE_ACTIVITY_VIEW (widget), FALSE);
  GTK_WIDGET_CLASS (lodge_activity_view_parent_class)->unmap (widget);
}

static void
lodge_activity_view_dispose (GObject *object)
{
  LodgeActivityView *self = LODGE_ACTIVITY_VIEW (object);

  if (self->domain != NULL)
    watch (self, FALSE);
  gtk_widget_dispose_template (GTK_WIDGET (object), LODGE_TYPE_ACTIVITY_VIEW);
  g_clear_object (&self->recorder);
  g_clear_object (&self->domain);

  G_OBJECT_CLASS (lodge_activity_view_parent_class)->dispose (object);
}

static void
lodge_activity_view_class_init (LodgeActivityViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lodge_activity_view_dispose;
  widget_class->map = lodge_activity_view_map;
  widget_class->unmap = lodge_activity_view_unmap;
  g_type_ensure (LODGE_TYPE_CHART);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, LODGE_UI ("machine/lodge-activity-view.ui"));
#define BIND(child) gtk_widget_class_bind_template_child (widget_class, LodgeActivityView, child)
  BIND (bin);
  BIND (span_toggles);
  BIND (cpu_chart);
  BIND (memory_chart);
  BIND (disk_chart);
  BIND (network_chart);
  BIND (cpu_label);
  BIND (memory_label);
  BIND (disk_label);
  BIND (network_label);
  BIND (event_list);
  BIND (no_events);
#undef BIND
  gtk_widget_class_bind_template_callback (widget_class, span_cb);
}

static void
lodge_activity_view_init (LodgeActivityView *self)
{
  static const struct { LodgeMetric metric; LodgeChartUnit unit; const char *title; } charts[] = {
    { LODGE_METRIC_CPU, LODGE_CHART_PERCENT, N_("Processors") },
    { LODGE_METRIC_MEMORY, LODGE_CHART_SIZE, N_("Memory") },
    { LODGE_METRIC_DISK, LODGE_CHART_RATE, N_("Disk") },
    { LODGE_METRIC_NETWORK, LODGE_CHART_RATE, N_("Network") },
  };

  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < G_N_ELEMENTS (charts); i++)
    {
      LodgeChart *chart = get_chart (self, charts[i].metric);

      lodge_chart_set_unit (chart, charts[i].unit);
      lodge_chart_set_title (chart, _(charts[i].title));
      if (charts[i].unit == LODGE_CHART_PERCENT)
        lodge_chart_set_maximum (chart, 1);
      g_signal_connect_object (chart, "notify::reading", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
    }
  span_cb (self);
}

/**
 * lodge_activity_view_new:
 * @domain: a machine; its numbers are read while the view is shown
 */
GtkWidget *
lodge_activity_view_new (LodgeDomain *domain)
{
  LodgeActivityView *self = g_object_new (LODGE_TYPE_ACTIVITY_VIEW, NULL);

  self->domain = g_object_ref (domain);
  self->recorder = g_object_ref (lodge_activity_recorder_get_for (domain));
  g_signal_connect_object (self->recorder, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (domain, "event", G_CALLBACK (add_event), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}
