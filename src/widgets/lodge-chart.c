/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-chart"

#include "config.h"

#include "lodge-chart.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <math.h>

#include "util/lodge-format.h"

/* sp: what holds text grows with it */
#define AXIS_WIDTH   66   /* of the numbers at the end */
#define AXIS_HEIGHT  20   /* of the times below */
#define TIME_SPACE  110   /* that a time takes at least */
/* px */
#define TOP_SPACE     2
#define LINE_WIDTH    1.5f
#define MIN_WIDTH   180
#define PLOT_HEIGHT 110

struct _LodgeChart
{
  GtkWidget       parent_instance;

  char           *title;      /* nullable */
  char           *names[LODGE_CHART_MAX_SERIES];      /* nullable */
  double         *samples[LODGE_CHART_MAX_SERIES];    /* nullable; NAN: unknown */
  guint           n_samples[LODGE_CHART_MAX_SERIES];
  char           *reading;    /* nullable */
  LodgeChartUnit  unit;
  double          maximum;    /* 0: of the numbers */
  double          period;     /* s from one sample to the next */
  guint           capacity;   /* samples that the width shows */
  int             cursor;     /* samples before the newest; -1: none */
};

enum
{
  PROP_0,
  PROP_READING,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (LodgeChart, lodge_chart, GTK_TYPE_WIDGET)

double
lodge_chart_round_up (double         value,
                      LodgeChartUnit unit)
{
  static const double steps[] = { 1, 2, 5, 10 };
  double power;

  if (unit == LODGE_CHART_PERCENT)
    return 1;
  if (unit == LODGE_CHART_SIZE)
    return value <= 1024 ? 1024 : exp2 (ceil (log2 (value)));
  if (value <= 1000)
    return 1000;
  power = pow (10, floor (log10 (value)));
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      if (steps[i] * power >= value)
        return steps[i] * power;
    }
  return value;
}

char *
lodge_chart_dup_value (LodgeChart *self,
                       double      value)
{
  g_return_val_if_fail (LODGE_IS_CHART (self), NULL);

  if (isnan (value) || value < 0)
    return g_strdup ("–");
  switch (self->unit)
    {
    case LODGE_CHART_PERCENT:
      return lodge_format_percent (value);
    case LODGE_CHART_SIZE:
      return lodge_format_size (value);
    case LODGE_CHART_RATE:
    default:
      return lodge_format_rate (value);
    }
}

static double
get_scale (LodgeChart *self)
{
  double highest = 0;

  if (self->maximum > 0)
    return self->maximum;
  for (guint series = 0; series < LODGE_CHART_MAX_SERIES; series++)
    {
      for (guint i = 0; i < self->n_samples[series]; i++)
        {
          if (!isnan (self->samples[series][i]))
            highest = MAX (highest, self->samples[series][i]);
        }
    }
  /* Nothing is known yet: a scale that a number may well have */
  if (highest <= 0 && self->unit == LODGE_CHART_SIZE)
    return 1024.0 * 1024 * 1024;
  return lodge_chart_round_up (highest, self->unit);
}

/* @back samples before the newest */
static double
get_sample (LodgeChart *self,
            guint       series,
            guint       back)
{
  return back < self->n_samples[series] ? self->samples[series][self->n_samples[series] - 1 - back] : NAN;
}

static char *
dup_time (LodgeChart *self,
          guint       back)
{
  g_autoptr(GDateTime) now = g_date_time_new_now_local ();
  g_autoptr(GDateTime) then = g_date_time_add_seconds (now, -self->period * back);

  /* Translators: hours and minutes, with seconds where they matter */
  return g_date_time_format (then, self->period * self->capacity < 900 ? "%T" : "%R");
}

/* What assistive technologies say of it: now, and between which numbers */
static void
update_label (LodgeChart *self)
{
  g_autoptr(GString) label = g_string_new (self->title != NULL ? self->title : "");

  for (guint series = 0; series < LODGE_CHART_MAX_SERIES; series++)
    {
      double lowest = INFINITY, highest = -1;
      g_autofree char *now = NULL;
      g_autofree char *low = NULL;
      g_autofree char *high = NULL;

      for (guint i = 0; i < self->n_samples[series]; i++)
        {
          if (isnan (self->samples[series][i]))
            continue;
          lowest = MIN (lowest, self->samples[series][i]);
          highest = MAX (highest, self->samples[series][i]);
        }
      if (highest < 0)
        continue;
      now = lodge_chart_dup_value (self, get_sample (self, series, 0));
      low = lodge_chart_dup_value (self, lowest);
      high = lodge_chart_dup_value (self, highest);
      g_string_append_c (label, ' ');
      if (self->names[series] != NULL)
        g_string_append_printf (label, "%s ", self->names[series]);
      /* Translators: a chart for people who do not see it: the number now, the lowest and the highest */
      g_string_append_printf (label, _("%s, between %s and %s."), now, low, high);
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label->str, -1);
}

static void
update_reading (LodgeChart *self)
{
  g_autoptr(GString) text = NULL;

  if (self->cursor >= 0 && self->n_samples[0] > 0)
    {
      g_autofree char *time = dup_time (self, self->cursor);

      text = g_string_new (time);
      for (guint series = 0; series < LODGE_CHART_MAX_SERIES; series++)
        {
          g_autofree char *value = NULL;

          if (self->n_samples[series] == 0)
            continue;
          value = lodge_chart_dup_value (self, get_sample (self, series, self->cursor));
          g_string_append (text, " · ");
          if (self->names[series] != NULL)
            g_string_append_printf (text, "%s ", self->names[series]);
          g_string_append (text, value);
        }
    }
  if (g_set_str (&self->reading, text != NULL ? text->str : NULL))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_READING]);
}

static void
set_cursor (LodgeChart *self,
            int         cursor)
{
  if (self->cursor == cursor)
    return;
  self->cursor = cursor;
  update_reading (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* Drawing */

static float
from_sp (LodgeChart *self,
         double      length)
{
  return adw_length_unit_to_px (ADW_LENGTH_UNIT_SP, length, gtk_widget_get_settings (GTK_WIDGET (self)));
}

static float
get_plot_width (LodgeChart *self)
{
  return MAX (1, gtk_widget_get_width (GTK_WIDGET (self)) - from_sp (self, AXIS_WIDTH));
}

static float
get_plot_height (LodgeChart *self)
{
  return MAX (1, gtk_widget_get_height (GTK_WIDGET (self)) - from_sp (self, AXIS_HEIGHT) - TOP_SPACE);
}

static float
get_x (LodgeChart *self,
       guint       back)
{
  const float width = get_plot_width (self);
  const float x = width - width * back / MAX (1, self->capacity - 1);

  return gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL
         ? gtk_widget_get_width (GTK_WIDGET (self)) - x : x;
}

static float
get_y (LodgeChart *self,
       double      value,
       double      scale)
{
  return TOP_SPACE + get_plot_height (self) * (1 - CLAMP (value / scale, 0, 1));
}

static void
draw_text (LodgeChart    *self,
           GtkSnapshot   *snapshot,
           const char    *text,
           float          x,
           float          y,
           float          align,
           const GdkRGBA *color)
{
  g_autoptr(PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  g_autoptr(PangoAttrList) attributes = pango_attr_list_new ();
  int width, height;

  pango_attr_list_insert (attributes, pango_attr_scale_new (0.8));
  pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum"));
  pango_layout_set_attributes (layout, attributes);
  pango_layout_get_pixel_size (layout, &width, &height);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (x - width * align, y - height / 2.0f));
  gtk_snapshot_append_layout (snapshot, layout, color);
  gtk_snapshot_restore (snapshot);
}

static void
draw_axes (LodgeChart    *self,
           GtkSnapshot   *snapshot,
           double         scale,
           const GdkRGBA *text)
{
  const gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  const float width = get_plot_width (self);
  const float axis = from_sp (self, AXIS_WIDTH), left = rtl ? axis : 0;
  const guint n_times = CLAMP (width / from_sp (self, TIME_SPACE), 1, 4);
  GdkRGBA grid = *text, faint = *text;

  grid.alpha *= 0.15f;
  faint.alpha *= 0.62f;
  for (guint i = 0; i <= 2; i++)
    {
      const float y = TOP_SPACE + get_plot_height (self) * i / 2;
      const double value = scale * (2 - i) / 2;
      g_autofree char *label = i == 2 ? g_strdup ("0") : lodge_chart_dup_value (self, value);

      gtk_snapshot_append_color (snapshot, &grid, &GRAPHENE_RECT_INIT (left, roundf (y), width, 1));
      draw_text (self, snapshot, label, rtl ? axis - 8 : width + 8,
                 i == 0 ? y + from_sp (self, 6) : i == 2 ? y - 2 : y,
                 rtl ? 1 : 0, &faint);
    }
  for (guint i = 0; i <= n_times; i++)
    {
      const guint back = (self->capacity - 1) * i / n_times;
      g_autofree char *time = i == 0 ? g_strdup (_("Now")) : dup_time (self, back);

      draw_text (self, snapshot, time, get_x (self, back),
                 TOP_SPACE + get_plot_height (self) + from_sp (self, AXIS_HEIGHT / 2.0) + 2,
                 i == 0 ? (rtl ? 0 : 1) : i == n_times ? (rtl ? 1 : 0) : 0.5f, &faint);
    }
}

/* A path for each run of known numbers; closed along the ground for the filling */
static GskPath *
create_path (LodgeChart *self,
             guint       series,
             double      scale,
             gboolean    closed)
{
  GskPathBuilder *builder = gsk_path_builder_new ();
  const guint n = MIN (self->n_samples[series], self->capacity);
  const float ground = get_y (self, 0, scale);
  gboolean open = FALSE;
  float last_x = 0;

  for (guint i = 0; i < n; i++)
    {
      const guint back = n - 1 - i;
      const double value = get_sample (self, series, back);
      const float x = get_x (self, back);

      if (isnan (value))
        {
          if (open && closed)
            {
              gsk_path_builder_line_to (builder, last_x, ground);
              gsk_path_builder_close (builder);
            }
          open = FALSE;
          continue;
        }
      if (!open)
        gsk_path_builder_move_to (builder, x, closed ? ground : get_y (self, value, scale));
      if (!open && !closed)
        last_x = x;
      if (open || closed)
        gsk_path_builder_line_to (builder, x, get_y (self, value, scale));
      open = TRUE;
      last_x = x;
    }
  if (open && closed)
    {
      gsk_path_builder_line_to (builder, last_x, ground);
      gsk_path_builder_close (builder);
    }
  return gsk_path_builder_free_to_path (builder);
}

static void
draw_series (LodgeChart    *self,
             GtkSnapshot   *snapshot,
             guint          series,
             double         scale,
             const GdkRGBA *color)
{
  GskStroke *stroke = gsk_stroke_new (LINE_WIDTH);
  GskPath *line = create_path (self, series, scale, FALSE);

  gsk_stroke_set_line_join (stroke, GSK_LINE_JOIN_ROUND);
  if (series == 0)
    {
      GskPath *area = create_path (self, series, scale, TRUE);
      GdkRGBA fill = *color;

      fill.alpha *= 0.12f;
      gtk_snapshot_append_fill (snapshot, area, GSK_FILL_RULE_WINDING, &fill);
      gsk_path_unref (area);
    }
  else
    gsk_stroke_set_dash (stroke, (const float[]) { 4, 3 }, 2);
  gtk_snapshot_append_stroke (snapshot, line, stroke, color);
  gsk_path_unref (line);
  gsk_stroke_free (stroke);
}

static void
lodge_chart_snapshot (GtkWidget   *widget,
                      GtkSnapshot *snapshot)
{
  LodgeChart *self = LODGE_CHART (widget);
  g_autoptr(GdkRGBA) accent = adw_style_manager_get_accent_color_rgba (adw_style_manager_get_for_display (
                                                                         gtk_widget_get_display (widget)));
  const double scale = get_scale (self);
  GdkRGBA text, dashed;

  gtk_widget_get_color (widget, &text);
  dashed = text;
  dashed.alpha *= 0.75f;
  draw_axes (self, snapshot, scale, &text);
  for (int series = LODGE_CHART_MAX_SERIES - 1; series >= 0; series--)
    {
      if (self->n_samples[series] > 0)
        draw_series (self, snapshot, series, scale, series == 0 ? accent : &dashed);
    }
  if (self->cursor >= 0 && self->cursor < (int) self->capacity)
    {
      const float x = get_x (self, self->cursor);

      gtk_snapshot_append_color (snapshot, &dashed,
                                 &GRAPHENE_RECT_INIT (CLAMP (roundf (x), 0, gtk_widget_get_width (widget) - 1),
                                                      TOP_SPACE, 1, get_plot_height (self)));
    }
}

static void
lodge_chart_measure (GtkWidget      *widget,
                     GtkOrientation  orientation,
                     int             for_size,
                     int            *minimum,
                     int            *natural,
                     int            *minimum_baseline,
                     int            *natural_baseline)
{
  const int height = PLOT_HEIGHT + TOP_SPACE + (int) from_sp (LODGE_CHART (widget), AXIS_HEIGHT);

  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? MIN_WIDTH : height;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 2 * MIN_WIDTH : height;
}

/* The reading line */

static void
motion_cb (LodgeChart *self,
           double      x)
{
  const float width = get_plot_width (self);
  const float from_end = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL
                         ? x - from_sp (self, AXIS_WIDTH) : width - x;
  const int back = roundf (from_end / width * MAX (1, self->capacity - 1));

  set_cursor (self, x < 0 || back < 0 || back >= (int) self->n_samples[0] ? -1 : back);
}

static void
leave_cb (LodgeChart *self)
{
  set_cursor (self, -1);
}

static gboolean
key_cb (LodgeChart *self,
        guint       key)
{
  const int newer = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL ? 1 : -1;
  const int last = (int) MIN (self->n_samples[0], self->capacity) - 1;
  int cursor = self->cursor;

  if (last < 0)
    return GDK_EVENT_PROPAGATE;
  switch (key)
    {
    case GDK_KEY_Right:
    case GDK_KEY_Left:
      cursor = cursor < 0 ? 0 : cursor + (key == GDK_KEY_Right ? newer : -newer);
      break;
    case GDK_KEY_Home:
      cursor = last;
      break;
    case GDK_KEY_End:
      cursor = 0;
      break;
    case GDK_KEY_Escape:
      if (cursor < 0)
        return GDK_EVENT_PROPAGATE;
      set_cursor (self, -1);
      return GDK_EVENT_STOP;
    default:
      return GDK_EVENT_PROPAGATE;
    }
  set_cursor (self, CLAMP (cursor, 0, last));
  if (self->reading != NULL)
    gtk_accessible_announce (GTK_ACCESSIBLE (self), self->reading, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
  return GDK_EVENT_STOP;
}

static void
lodge_chart_get_property (GObject    *object,
                          guint       prop_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_READING:
      g_value_set_string (value, LODGE_CHART (object)->reading);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
lodge_chart_finalize (GObject *object)
{
  LodgeChart *self = LODGE_CHART (object);

  for (guint i = 0; i < LODGE_CHART_MAX_SERIES; i++)
    {
      g_free (self->names[i]);
      g_free (self->samples[i]);
    }
  g_free (self->title);
  g_free (self->reading);

  G_OBJECT_CLASS (lodge_chart_parent_class)->finalize (object);
}

static void
lodge_chart_class_init (LodgeChartClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = lodge_chart_get_property;
  object_class->finalize = lodge_chart_finalize;
  widget_class->snapshot = lodge_chart_snapshot;
  widget_class->measure = lodge_chart_measure;

  properties[PROP_READING] =
    g_param_spec_string ("reading", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_set_css_name (widget_class, "chart");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
lodge_chart_init (LodgeChart *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  self->cursor = -1;
  self->period = 2;
  self->capacity = 60;
  g_signal_connect_swapped (motion, "enter", G_CALLBACK (motion_cb), self);
  g_signal_connect_swapped (motion, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect_swapped (motion, "leave", G_CALLBACK (leave_cb), self);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_cb), self);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (leave_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
}

GtkWidget *
lodge_chart_new (void)
{
  return g_object_new (LODGE_TYPE_CHART, NULL);
}

void
lodge_chart_set_unit (LodgeChart     *self,
                      LodgeChartUnit  unit)
{
  g_return_if_fail (LODGE_IS_CHART (self));

  self->unit = unit;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* For assistive technologies: what the chart is of */
void
lodge_chart_set_title (LodgeChart *self,
                       const char *title)
{
  g_return_if_fail (LODGE_IS_CHART (self));

  g_set_str (&self->title, title);
  update_label (self);
}

void
lodge_chart_set_names (LodgeChart *self,
                       const char *first,
                       const char *second)
{
  g_return_if_fail (LODGE_IS_CHART (self));

  g_set_str (&self->names[0], first);
  g_set_str (&self->names[1], second);
  update_label (self);
}

/**
 * lodge_chart_set_maximum:
 * @self: a chart
 * @maximum: the end of the scale, or 0 for one that fits the numbers
 */
void
lodge_chart_set_maximum (LodgeChart *self,
                         double      maximum)
{
  g_return_if_fail (LODGE_IS_CHART (self));

  self->maximum = maximum;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * lodge_chart_set_period:
 * @self: a chart
 * @seconds: from one sample to the next
 * @n_samples: how many of them the width shows
 */
void
lodge_chart_set_period (LodgeChart *self,
                        double      seconds,
                        guint       n_samples)
{
  g_return_if_fail (LODGE_IS_CHART (self));

  self->period = seconds;
  self->capacity = MAX (2, n_samples);
  set_cursor (self, -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * lodge_chart_set_samples:
 * @self: a chart
 * @series: 0 is the solid line, 1 the dashed one
 * @samples: (array length=n_samples): copied, the newest last, NAN where nothing is known
 */
void
lodge_chart_set_samples (LodgeChart   *self,
                         guint         series,
                         const double *samples,
                         guint         n_samples)
{
  g_return_if_fail (LODGE_IS_CHART (self));
  g_return_if_fail (series < LODGE_CHART_MAX_SERIES);

  g_free (self->samples[series]);
  self->samples[series] = g_memdup2 (samples, n_samples * sizeof *samples);
  self->n_samples[series] = n_samples;
  update_label (self);
  update_reading (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

const char *
lodge_chart_get_reading (LodgeChart *self)
{
  g_return_val_if_fail (LODGE_IS_CHART (self), NULL);

  return self->reading;
}
