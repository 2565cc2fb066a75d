/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-activity-view"

#include "config.h"

#include "lodge-activity-view.h"

#include <glib/gi18n.h>
#include <math.h>

#include "lodge-activity-csv.h"
#include "lodge-guest-group.h"
#include "lodge-ui.h"
#include "model/lodge-connection.h"
#include "model/lodge-event-log.h"
#include "util/lodge-format.h"
#include "widgets/lodge-chart.h"

/* What each span's samples are apart, as lodge_domain_get_history() has them */
static const double periods[LODGE_N_SPANS] = {
  [LODGE_SPAN_MINUTES] = 2,
  [LODGE_SPAN_HOUR] = 60,
  [LODGE_SPAN_DAY] = 1200,
};

#define MAX_EVENTS 100

typedef enum
{
  CARD_CPU,
  CARD_MEMORY,
  CARD_DISK,
  CARD_NETWORK,
  N_CARDS,
} Card;

/* The solid and the dashed line of a card; LODGE_N_METRICS: there is none */
static const struct { LodgeMetric metrics[LODGE_CHART_MAX_SERIES]; const char *names[LODGE_CHART_MAX_SERIES]; } cards[] = {
  [CARD_CPU] = { { LODGE_METRIC_CPU, LODGE_N_METRICS }, { NULL, NULL } },
  [CARD_MEMORY] = { { LODGE_METRIC_MEMORY, LODGE_N_METRICS }, { NULL, NULL } },
  [CARD_DISK] = { { LODGE_METRIC_DISK_READ, LODGE_METRIC_DISK_WRITE }, { N_("Read"), N_("Write") } },
  [CARD_NETWORK] = { { LODGE_METRIC_NETWORK_IN, LODGE_METRIC_NETWORK_OUT }, { N_("In"), N_("Out") } },
};

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
  LodgeGuestGroup       *guest_group;
  GtkListBox            *event_list;
  GtkWidget             *no_events;

  LodgeDomain           *domain;       /* owned */
  LodgeConnection       *connection;   /* owned, nullable: while its numbers are read for us */
  GListModel            *events;       /* owned, nullable: of LodgeLogEntry, the newest first */
};

G_DEFINE_FINAL_TYPE (LodgeActivityView, lodge_activity_view, GTK_TYPE_WIDGET)

static LodgeChart *
get_chart (LodgeActivityView *self,
           Card               card)
{
  LodgeChart *charts[N_CARDS] = { self->cpu_chart, self->memory_chart, self->disk_chart, self->network_chart };

  return charts[card];
}

static GtkLabel *
get_label (LodgeActivityView *self,
           Card               card)
{
  GtkLabel *labels[N_CARDS] = { self->cpu_label, self->memory_label, self->disk_label, self->network_label };

  return labels[card];
}

static LodgeSpan
get_span (LodgeActivityView *self)
{
  const char *name = adw_toggle_group_get_active_name (self->span_toggles);

  return g_strcmp0 (name, "day") == 0 ? LODGE_SPAN_DAY : g_strcmp0 (name, "hour") == 0 ? LODGE_SPAN_HOUR
                                                                                          : LODGE_SPAN_MINUTES;
}

/* The head of a card: the numbers of now */
static char *
dup_value (LodgeActivityView *self,
           Card               card)
{
  const gint64 memory = lodge_domain_get_memory (self->domain);
  const gint64 maximum = lodge_domain_get_memory_max (self->domain);
  const guint n = lodge_domain_get_vcpus (self->domain);
  const double first = lodge_domain_get_rate (self->domain, cards[card].metrics[0]);
  double second;
  g_autofree char *a = NULL;
  g_autofree char *b = NULL;

  if (card == CARD_MEMORY)
    return memory < 0 ? g_strdup ("–") : maximum > 0 ? lodge_format_size_of (memory, maximum)
      : lodge_format_size (memory);
  if (card == CARD_CPU)
    {
      if (lodge_domain_get_cpu (self->domain) < 0)
        return g_strdup ("–");
      a = lodge_format_percent (lodge_domain_get_cpu (self->domain));
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s, %u processor", "%s, %u processors", n), a, n);
    }
  second = lodge_domain_get_rate (self->domain, cards[card].metrics[1]);
  a = first >= 0 ? lodge_format_rate (first) : g_strdup ("–");
  b = second >= 0 ? lodge_format_rate (second) : g_strdup ("–");
  /* Translators: the first line of a chart, its number, the second line and its number */
  return g_strdup_printf (_("%s %s · %s %s"), _(cards[card].names[0]), a, _(cards[card].names[1]), b);
}

static void
update_series (LodgeActivityView *self,
               Card               card,
               guint              series)
{
  const LodgeMetric metric = cards[card].metrics[series];
  float past[LODGE_SPAN_LENGTH];
  double samples[LODGE_SPAN_LENGTH];

  if (metric == LODGE_N_METRICS || !lodge_domain_get_history (self->domain, metric, get_span (self), past))
    return;
  for (guint i = 0; i < LODGE_SPAN_LENGTH; i++)
    samples[i] = past[i] < 0 ? NAN : past[i];
  lodge_chart_set_samples (get_chart (self, card), series, samples, LODGE_SPAN_LENGTH);
}

static void
update (LodgeActivityView *self)
{
  const gint64 memory = self->domain != NULL ? lodge_domain_get_memory_max (self->domain) : 0;

  if (self->domain == NULL)
    return;
  lodge_chart_set_maximum (self->memory_chart, memory > 0 ? memory : 0);
  for (guint card = 0; card < N_CARDS; card++)
    {
      LodgeChart *chart = get_chart (self, card);
      g_autofree char *value = dup_value (self, card);

      for (guint series = 0; series < LODGE_CHART_MAX_SERIES; series++)
        update_series (self, card, series);
      gtk_label_set_text (get_label (self, card),
                          lodge_chart_get_reading (chart) != NULL ? lodge_chart_get_reading (chart) : value);
    }
}

static void
reading_cb (LodgeActivityView *self)
{
  for (guint card = 0; self->domain != NULL && card < N_CARDS; card++)
    {
      const char *reading = lodge_chart_get_reading (get_chart (self, card));
      g_autofree char *value = reading == NULL ? dup_value (self, card) : NULL;

      gtk_label_set_text (get_label (self, card), reading != NULL ? reading : value);
    }
}

static void
span_cb (LodgeActivityView *self)
{
  for (guint card = 0; card < N_CARDS; card++)
    lodge_chart_set_period (get_chart (self, card), periods[get_span (self)], LODGE_SPAN_LENGTH);
  update (self);
}

static void
export_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  LodgeActivityView *self = LODGE_ACTIVITY_VIEW (widget);

  if (self->domain != NULL)
    lodge_activity_save_csv (widget, self->domain, get_span (self));
}

/* Events, the newest first */

static GtkWidget *
create_event_row (gpointer object,
                  gpointer user_data)
{
  LodgeLogEntry *entry = object;
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *icon = gtk_image_new_from_icon_name (lodge_log_entry_get_icon_name (entry));
  g_autoptr(GDateTime) time = g_date_time_new_from_unix_local (lodge_log_entry_get_time (entry));
  g_autofree char *when = time != NULL ? g_date_time_format (time, "%x %X") : NULL;
  g_autofree char *text = lodge_log_entry_dup_text (entry);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), text);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), when != NULL ? when : "");
  if (lodge_log_entry_is_alert (entry))
    gtk_widget_add_css_class (icon, "warning");
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
  return row;
}

static int
compare_newest_first (gconstpointer a,
                      gconstpointer b,
                      gpointer      user_data)
{
  const gint64 first = lodge_log_entry_get_time ((LodgeLogEntry *) a);
  const gint64 second = lodge_log_entry_get_time ((LodgeLogEntry *) b);

  return first < second ? 1 : first > second ? -1 : 0;
}

static void
events_changed_cb (LodgeActivityView *self)
{
  const gboolean any = g_list_model_get_n_items (self->events) > 0;

  gtk_widget_set_visible (self->no_events, !any);
  gtk_widget_set_visible (GTK_WIDGET (self->event_list), any);
}

static void
show_events (LodgeActivityView *self)
{
  LodgeConnection *connection = lodge_domain_get_connection (self->domain);
  GListModel *entries, *sorted;
  GtkSorter *sorter = GTK_SORTER (gtk_custom_sorter_new (compare_newest_first, NULL, NULL));

  if (connection == NULL)
    {
      g_object_unref (sorter);
      return;
    }
  entries = lodge_event_log_filter (lodge_connection_get_event_log (connection), lodge_domain_get_uuid (self->domain));
  sorted = G_LIST_MODEL (gtk_sort_list_model_new (entries, sorter));
  self->events = G_LIST_MODEL (gtk_slice_list_model_new (sorted, 0, MAX_EVENTS));
  gtk_list_box_bind_model (self->event_list, self->events, create_event_row, NULL, NULL);
  g_signal_connect_object (self->events, "items-changed", G_CALLBACK (events_changed_cb), self, G_CONNECT_SWAPPED);
  events_changed_cb (self);
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
  g_clear_object (&self->events);
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
  g_type_ensure (LODGE_TYPE_GUEST_GROUP);
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
  BIND (guest_group);
  BIND (event_list);
  BIND (no_events);
#undef BIND
  gtk_widget_class_bind_template_callback (widget_class, span_cb);
  gtk_widget_class_install_action (widget_class, "activity.export", NULL, export_action);
}

static void
lodge_activity_view_init (LodgeActivityView *self)
{
  static const struct { LodgeChartUnit unit; const char *title; } charts[N_CARDS] = {
    [CARD_CPU] = { LODGE_CHART_PERCENT, N_("Processors") },
    [CARD_MEMORY] = { LODGE_CHART_SIZE, N_("Memory") },
    [CARD_DISK] = { LODGE_CHART_RATE, N_("Disk") },
    [CARD_NETWORK] = { LODGE_CHART_RATE, N_("Network") },
  };

  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < G_N_ELEMENTS (charts); i++)
    {
      LodgeChart *chart = get_chart (self, i);

      lodge_chart_set_unit (chart, charts[i].unit);
      lodge_chart_set_names (chart, cards[i].names[0] != NULL ? _(cards[i].names[0]) : NULL,
                             cards[i].names[1] != NULL ? _(cards[i].names[1]) : NULL);
      lodge_chart_set_title (chart, _(charts[i].title));
      if (charts[i].unit == LODGE_CHART_PERCENT)
        lodge_chart_set_maximum (chart, 1);
      g_signal_connect_object (chart, "notify::reading", G_CALLBACK (reading_cb), self, G_CONNECT_SWAPPED);
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
  if (lodge_domain_get_connection (domain) != NULL)
    g_signal_connect_object (lodge_domain_get_connection (domain), "stats-updated", G_CALLBACK (update), self,
                             G_CONNECT_SWAPPED);
  lodge_guest_group_set_domain (self->guest_group, domain);
  show_events (self);
  update (self);
  return GTK_WIDGET (self);
}
