/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-domain-cell"

#include "config.h"

#include "lodge-domain-cell.h"

#include <glib/gi18n.h>

#include "model/lodge-connection.h"
#include "util/lodge-format.h"

#define ICON_SIZE    16
#define ICON_GAP     8
#define SPARK_WIDTH  56
#define SPARK_HEIGHT 16
#define MAX_CHARS    256

struct _LodgeDomainCell
{
  GtkWidget    parent_instance;

  LodgeDomain *domain;   /* owned, nullable */
  PangoLayout *layout;   /* owned, nullable: while it is mapped */
  GdkPaintable *icon;    /* owned, nullable */
  const char  *icon_name; /* of @icon */
  LodgeColumn  column;
};

G_DEFINE_FINAL_TYPE (LodgeDomainCell, lodge_domain_cell, GTK_TYPE_WIDGET)

static const struct { gboolean icon, spark, number, right; } looks[LODGE_N_COLUMNS] = {
  [LODGE_COLUMN_NAME] = { .icon = TRUE },
  [LODGE_COLUMN_STATE] = { .icon = TRUE },
  [LODGE_COLUMN_CPU] = { .spark = TRUE, .number = TRUE, .right = TRUE },
  [LODGE_COLUMN_MEMORY] = { .number = TRUE },
  [LODGE_COLUMN_DISK] = { .number = TRUE },
  [LODGE_COLUMN_NETWORK] = { .number = TRUE },
};

/* What is under way, in the state's place */
static const char *
get_pending_label (LodgeDomain *domain)
{
  static const char * const labels[LODGE_DOMAIN_N_OPERATIONS] = {
    [LODGE_DOMAIN_START] = N_("Starting"),
    [LODGE_DOMAIN_START_PAUSED] = N_("Starting"),
    [LODGE_DOMAIN_START_FRESH] = N_("Starting"),
    [LODGE_DOMAIN_SAVE] = N_("Saving"),
    [LODGE_DOMAIN_FORCE_OFF] = N_("Shutting Down"),
  };
  LodgeDomainOperation operation;

  if (!lodge_domain_get_operation_pending (domain, &operation) || labels[operation] == NULL)
    return NULL;
  return _(labels[operation]);
}

char *
lodge_domain_cell_dup_text (LodgeDomain *domain,
                            LodgeColumn  column)
{
  LodgeConnection *connection = lodge_domain_get_connection (domain);
  gint64 memory = lodge_domain_get_memory (domain);
  gint64 memory_max = lodge_domain_get_memory_max (domain);
  const char *text = NULL;

  switch (column)
    {
    case LODGE_COLUMN_NAME:
      text = lodge_domain_get_name (domain);
      break;
    case LODGE_COLUMN_STATE:
      if (lodge_domain_get_stale (domain))
        text = _("Unreachable");
      else
        text = get_pending_label (domain);
      if (text == NULL)
        text = lodge_domain_state_get_label (lodge_domain_get_state (domain));
      break;
    case LODGE_COLUMN_CONNECTION:
      text = connection != NULL ? lodge_connection_get_label (connection) : NULL;
      break;
    case LODGE_COLUMN_CPU:
      return lodge_domain_get_cpu (domain) < 0 ? g_strdup ("")
                                               : lodge_format_percent (lodge_domain_get_cpu (domain));
    case LODGE_COLUMN_MEMORY:
      if (memory >= 0 && memory_max >= 0)
        return lodge_format_size_of (memory, memory_max);
      return memory_max >= 0 ? lodge_format_size (memory_max) : g_strdup ("");
    case LODGE_COLUMN_DISK:
      return lodge_domain_get_disk_rate (domain) < 0
             ? g_strdup ("") : lodge_format_rate (lodge_domain_get_disk_rate (domain));
    case LODGE_COLUMN_NETWORK:
      return lodge_domain_get_network_rate (domain) < 0
             ? g_strdup ("") : lodge_format_rate (lodge_domain_get_network_rate (domain));
    case LODGE_COLUMN_LAST_ERROR:
      text = lodge_domain_get_last_error (domain);
      break;
    case LODGE_COLUMN_UUID:
      text = lodge_domain_get_uuid (domain);
      break;
    case LODGE_COLUMN_TITLE:
      text = lodge_domain_get_title (domain);
      break;
    case LODGE_N_COLUMNS:
    default:
      break;
    }
  return lodge_display_text (text != NULL ? text : "", MAX_CHARS);
}

static const char *
get_icon_name (LodgeDomainCell *self)
{
  if (self->column == LODGE_COLUMN_NAME)
    return "lodge-machine-symbolic";
  if (lodge_domain_get_stale (self->domain))
    return lodge_domain_state_get_icon_name (LODGE_DOMAIN_STATE_UNKNOWN);
  return lodge_domain_state_get_icon_name (lodge_domain_get_state (self->domain));
}

/* A state is shape, word and color; what is off or cannot be reached is dimmed */
static void
update_look (LodgeDomainCell *self)
{
  static const char * const classes[] = { "success", "warning", "error", "dimmed" };
  const char *wanted = NULL;

  if (self->domain != NULL)
    {
      LodgeDomainState state = lodge_domain_get_state (self->domain);

      if (lodge_domain_get_stale (self->domain))
        wanted = "dimmed";
      else if (self->column == LODGE_COLUMN_STATE)
        wanted = lodge_domain_state_get_css_class (state);
      else if (self->column == LODGE_COLUMN_CONNECTION
               || (self->column == LODGE_COLUMN_MEMORY && state != LODGE_DOMAIN_STATE_RUNNING))
        wanted = "dimmed";
    }
  for (guint i = 0; i < G_N_ELEMENTS (classes); i++)
    {
      if (g_strcmp0 (wanted, classes[i]) == 0)
        gtk_widget_add_css_class (GTK_WIDGET (self), classes[i]);
      else
        gtk_widget_remove_css_class (GTK_WIDGET (self), classes[i]);
    }
}

static void
update_accessible (LodgeDomainCell *self)
{
  g_autofree char *text = self->domain != NULL
                          ? lodge_domain_cell_dup_text (self->domain, self->column) : g_strdup ("");

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

static void
domain_changed_cb (LodgeDomainCell *self)
{
  update_look (self);
  update_accessible (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
lodge_domain_cell_measure (GtkWidget      *widget,
                           GtkOrientation  orientation,
                           int             for_size,
                           int            *minimum,
                           int            *natural,
                           int            *minimum_baseline,
                           int            *natural_baseline)
{
  PangoContext *context = gtk_widget_get_pango_context (widget);
  PangoFontMetrics *metrics = pango_context_get_metrics (context, NULL, NULL);

  if (orientation == GTK_ORIENTATION_VERTICAL)
    *minimum = *natural = MAX (ICON_SIZE, PANGO_PIXELS_CEIL (pango_font_metrics_get_height (metrics)));
  else
    {
      *minimum = 24;
      *natural = 12 * PANGO_PIXELS_CEIL (pango_font_metrics_get_approximate_char_width (metrics));
    }
  pango_font_metrics_unref (metrics);
}

static void
snapshot_icon (LodgeDomainCell *self,
               GtkSnapshot     *snapshot,
               double           x,
               int              height,
               const GdkRGBA   *text_color)
{
  const char *name = get_icon_name (self);
  GdkRGBA color;

  if (self->icon == NULL || self->icon_name != name)
    {
      GtkIconTheme *theme = gtk_icon_theme_get_for_display (gtk_widget_get_display (GTK_WIDGET (self)));

      g_clear_object (&self->icon);
      self->icon = GDK_PAINTABLE (gtk_icon_theme_lookup_icon (theme, name, NULL, ICON_SIZE,
                                                              gtk_widget_get_scale_factor (GTK_WIDGET (self)),
                                                              gtk_widget_get_direction (GTK_WIDGET (self)), 0));
      self->icon_name = name;
    }
  color = *text_color;
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (x, (height - ICON_SIZE) / 2));
  gtk_symbolic_paintable_snapshot_symbolic (GTK_SYMBOLIC_PAINTABLE (self->icon), snapshot, ICON_SIZE,
                                            ICON_SIZE, &color, 1);
  gtk_snapshot_restore (snapshot);
}

static void
snapshot_spark (LodgeDomainCell *self,
                GtkSnapshot     *snapshot,
                double           x,
                int              height)
{
  float samples[LODGE_DOMAIN_HISTORY];
  guint n = lodge_domain_get_cpu_history (self->domain, samples);
  double top = (height - SPARK_HEIGHT) / 2.0;
  const double step = (double) SPARK_WIDTH / (LODGE_DOMAIN_HISTORY - 1);
  g_autoptr(GskPathBuilder) builder = NULL;
  g_autoptr(GskPath) path = NULL;
  GdkRGBA color;

  if (n < 2)
    return;

  /* Filled from the ground; the newest sample is at the right edge */
  builder = gsk_path_builder_new ();
  x += SPARK_WIDTH - (n - 1) * step;
  gsk_path_builder_move_to (builder, x, top + SPARK_HEIGHT);
  for (guint i = 0; i < n; i++)
    gsk_path_builder_line_to (builder, x + i * step,
                              top + (1 - MAX (samples[i], 0.04f)) * SPARK_HEIGHT);
  gsk_path_builder_line_to (builder, x + (n - 1) * step, top + SPARK_HEIGHT);
  gsk_path_builder_close (builder);
  path = gsk_path_builder_to_path (builder);
  gtk_widget_get_color (GTK_WIDGET (self), &color);
  color.alpha *= 0.45f;
  gtk_snapshot_append_fill (snapshot, path, GSK_FILL_RULE_WINDING, &color);
}

static void
lodge_domain_cell_snapshot (GtkWidget   *widget,
                            GtkSnapshot *snapshot)
{
  LodgeDomainCell *self = LODGE_DOMAIN_CELL (widget);
  const int width = gtk_widget_get_width (widget);
  const int height = gtk_widget_get_height (widget);
  const gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  g_autofree char *text = NULL;
  double lead = 0, x;
  int text_width, text_height;
  GdkRGBA color;

  if (self->domain == NULL)
    return;

  gtk_widget_get_color (widget, &color);
  if (looks[self->column].icon)
    {
      snapshot_icon (self, snapshot, rtl ? width - ICON_SIZE : 0, height, &color);
      lead = ICON_SIZE + ICON_GAP;
    }
  else if (looks[self->column].spark)
    {
      snapshot_spark (self, snapshot, rtl ? width - SPARK_WIDTH : 0, height);
      lead = SPARK_WIDTH + ICON_GAP;
    }

  text = lodge_domain_cell_dup_text (self->domain, self->column);
  if (*text == '\0')
    return;
  if (self->layout == NULL)
    {
      self->layout = gtk_widget_create_pango_layout (widget, NULL);
      pango_layout_set_ellipsize (self->layout, PANGO_ELLIPSIZE_END);
      pango_layout_set_single_paragraph_mode (self->layout, TRUE);
    }
  pango_layout_set_width (self->layout, MAX (0, width - (int) lead) * PANGO_SCALE);
  pango_layout_set_text (self->layout, text, -1);
  pango_layout_get_pixel_size (self->layout, &text_width, &text_height);

  x = rtl ? 0 : lead;
  if (looks[self->column].right)
    x = rtl ? 0 : MIN (lead + 40 - text_width + 4, width - text_width);
  if (x < lead && !rtl)
    x = lead;
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (x, (height - text_height) / 2));
  gtk_snapshot_append_layout (snapshot, self->layout, &color);
  gtk_snapshot_restore (snapshot);
}

static void
lodge_domain_cell_unmap (GtkWidget *widget)
{
  LodgeDomainCell *self = LODGE_DOMAIN_CELL (widget);

  GTK_WIDGET_CLASS (lodge_domain_cell_parent_class)->unmap (widget);
  g_clear_object (&self->layout);
}

static void
lodge_domain_cell_css_changed (GtkWidget         *widget,
                               GtkCssStyleChange *change)
{
  LodgeDomainCell *self = LODGE_DOMAIN_CELL (widget);

  GTK_WIDGET_CLASS (lodge_domain_cell_parent_class)->css_changed (widget, change);
  g_clear_object (&self->layout);
  g_clear_object (&self->icon);
}

static void
lodge_domain_cell_dispose (GObject *object)
{
  LodgeDomainCell *self = LODGE_DOMAIN_CELL (object);

  lodge_domain_cell_set_domain (self, NULL);
  g_clear_object (&self->layout);
  g_clear_object (&self->icon);

  G_OBJECT_CLASS (lodge_domain_cell_parent_class)->dispose (object);
}

static void
lodge_domain_cell_class_init (LodgeDomainCellClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lodge_domain_cell_dispose;
  widget_class->measure = lodge_domain_cell_measure;
  widget_class->snapshot = lodge_domain_cell_snapshot;
  widget_class->unmap = lodge_domain_cell_unmap;
  widget_class->css_changed = lodge_domain_cell_css_changed;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LABEL);
  gtk_widget_class_set_css_name (widget_class, "domaincell");
}

static void
lodge_domain_cell_init (LodgeDomainCell *self)
{
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

GtkWidget *
lodge_domain_cell_new (LodgeColumn column)
{
  LodgeDomainCell *self = g_object_new (LODGE_TYPE_DOMAIN_CELL, NULL);

  self->column = column;
  if (looks[column].number)
    gtk_widget_add_css_class (GTK_WIDGET (self), "numeric");
  return GTK_WIDGET (self);
}

void
lodge_domain_cell_set_domain (LodgeDomainCell *self,
                              LodgeDomain     *domain)
{
  static const struct { LodgeColumn column; const char *signal; } watched[] = {
    { LODGE_COLUMN_NAME, "notify::name" },
    { LODGE_COLUMN_STATE, "notify::operation-pending" },
    { LODGE_COLUMN_LAST_ERROR, "notify::last-error" },
    { LODGE_COLUMN_TITLE, "notify::title" },
  };

  if (self->domain == domain)
    return;
  if (self->domain != NULL)
    g_signal_handlers_disconnect_by_data (self->domain, self);
  g_set_object (&self->domain, domain);
  if (domain == NULL)
    return;

  /* Only rows that are bound listen: a connected signal costs 219 bytes */
  g_signal_connect_object (domain, "notify::state", G_CALLBACK (domain_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (domain, "notify::stale", G_CALLBACK (domain_changed_cb), self,
                           G_CONNECT_SWAPPED);
  for (guint i = 0; i < G_N_ELEMENTS (watched); i++)
    {
      if (watched[i].column == self->column)
        g_signal_connect_object (domain, watched[i].signal, G_CALLBACK (domain_changed_cb), self,
                                 G_CONNECT_SWAPPED);
    }
  domain_changed_cb (self);
}

void
lodge_domain_cell_tick (LodgeDomainCell *self)
{
  if (self->domain == NULL || !looks[self->column].number
      || lodge_domain_get_state (self->domain) != LODGE_DOMAIN_STATE_RUNNING)
    return;
  update_accessible (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * lodge_domain_cell_get_domain:
 *
 * Returns: (transfer none) (nullable): the machine that it shows
 */
LodgeDomain *
lodge_domain_cell_get_domain (LodgeDomainCell *self)
{
  g_return_val_if_fail (LODGE_IS_DOMAIN_CELL (self), NULL);

  return self->domain;
}
