/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-domain-cell"

#include "config.h"

#include "lodge-domain-cell.h"

#include <adwaita.h>

#include "lodge-sparkline.h"
#include "model/lodge-domain-details.h"
#include "util/lodge-format.h"

#define ICON_SIZE     16
#define MIN_WIDTH     24
#define NATURAL_WIDTH 100
#define ICON_GAP      8
#define SPARK_GAP     8
#define PILL_PADDING  7
#define PILL_GAP      4
#define NUMBER_WIDTH  40   /* sp: “100 %” */

struct _LodgeDomainCell
{
  LodgeDomainWidget  parent_instance;

  PangoLayout       *layout;     /* owned, nullable: while it is mapped */
  GdkPaintable      *icon;       /* owned, nullable */
  const char        *icon_name;  /* of @icon */
  const char        *css_class;  /* the one that is set, nullable */
  LodgeColumn        column;
};

G_DEFINE_FINAL_TYPE (LodgeDomainCell, lodge_domain_cell, LODGE_TYPE_DOMAIN_WIDGET)

/* A state has its color on its symbol; words keep the color of the row, but for what is wrong */
static const struct { gboolean icon, spark, number; } looks[LODGE_N_COLUMNS] = {
  [LODGE_COLUMN_NAME] = { .icon = TRUE },
  [LODGE_COLUMN_STATE] = { .icon = TRUE },
  [LODGE_COLUMN_CPU] = { .spark = TRUE, .number = TRUE },
  [LODGE_COLUMN_MEMORY] = { .number = TRUE },
  [LODGE_COLUMN_DISK] = { .number = TRUE },
  [LODGE_COLUMN_NETWORK] = { .number = TRUE },
  [LODGE_COLUMN_HOST_CPU] = { .number = TRUE },
  [LODGE_COLUMN_ADDRESS] = { .number = TRUE },
  [LODGE_COLUMN_UUID] = { .number = TRUE },
};

static const char *
get_icon_name (LodgeDomainCell *self,
               LodgeDomain     *domain)
{
  const char *mark = lodge_domain_widget_get_mark_icon (LODGE_DOMAIN_WIDGET (self));

  if (self->column == LODGE_COLUMN_NAME)
    return mark != NULL ? mark : lodge_domain_get_system_icon (domain);
  return lodge_domain_state_get_icon_name (lodge_domain_get_stale (domain) ? LODGE_DOMAIN_STATE_UNKNOWN
                                                                           : lodge_domain_get_state (domain));
}

static const char *
get_css_class (LodgeDomainCell *self,
               LodgeDomain     *domain)
{
  const LodgeDomainState state = lodge_domain_get_state (domain);

  if (lodge_domain_get_stale (domain))
    return "dimmed";
  switch (self->column)
    {
    case LODGE_COLUMN_STATE:
      return lodge_domain_state_get_css_class (state);
    case LODGE_COLUMN_CPU:
      return "accent";
    case LODGE_COLUMN_MEMORY:
      return lodge_domain_get_memory (domain) < 0 ? "dimmed" : NULL;
    case LODGE_COLUMN_LAST_ERROR:
      return "error";
    case LODGE_COLUMN_CONNECTION:
    case LODGE_COLUMN_UUID:
      return "dimmed";
    case LODGE_COLUMN_NAME:
    case LODGE_COLUMN_DISK:
    case LODGE_COLUMN_NETWORK:
    case LODGE_COLUMN_ADDRESS:
    case LODGE_COLUMN_TAGS:
    case LODGE_COLUMN_TITLE:
    case LODGE_COLUMN_HOST_CPU:
    case LODGE_N_COLUMNS:
    default:
      return NULL;
    }
}

static void
update_look (LodgeDomainCell *self,
             LodgeDomain     *domain)
{
  const char *wanted = get_css_class (self, domain);

  if (g_strcmp0 (wanted, self->css_class) == 0)
    return;
  if (self->css_class != NULL)
    gtk_widget_remove_css_class (GTK_WIDGET (self), self->css_class);
  self->css_class = wanted;
  if (wanted != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self), wanted);
}

static void
update_accessible (LodgeDomainCell *self,
                   LodgeDomain     *domain)
{
  g_autofree char *text = NULL;
  float samples[LODGE_DOMAIN_HISTORY];

  if (looks[self->column].spark && lodge_domain_get_cpu (domain) >= 0)
    text = lodge_sparkline_dup_spoken (samples, lodge_domain_get_cpu_history (domain, samples));
  else
    text = lodge_column_dup_text (self->column, domain);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

static void
lodge_domain_cell_update (LodgeDomainWidget *widget,
                          LodgeDomain       *domain)
{
  LodgeDomainCell *self = LODGE_DOMAIN_CELL (widget);

  update_look (self, domain);
  update_accessible (self, domain);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
lodge_domain_cell_tick (LodgeDomainWidget *widget,
                        LodgeDomain       *domain)
{
  LodgeDomainCell *self = LODGE_DOMAIN_CELL (widget);
  g_autofree char *text = NULL;

  if (!looks[self->column].number)
    return;
  text = lodge_column_dup_text (self->column, domain);
  /* A number that stayed the same costs nothing; a line moves on with every sample */
  if (self->layout != NULL && g_str_equal (text, pango_layout_get_text (self->layout))
      && !(looks[self->column].spark && lodge_domain_get_cpu (domain) >= 0))
    return;
  update_look (self, domain);
  update_accessible (self, domain);
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
  /* The style sheet gives the height of a line, in em: no cell needs a Pango context before it is drawn */
  *minimum = orientation == GTK_ORIENTATION_VERTICAL ? ICON_SIZE : MIN_WIDTH;
  *natural = orientation == GTK_ORIENTATION_VERTICAL ? ICON_SIZE : NATURAL_WIDTH;
}

static void
snapshot_icon (LodgeDomainCell *self,
               GtkSnapshot     *snapshot,
               LodgeDomain     *domain,
               double           x,
               int              height,
               const GdkRGBA   *color)
{
  const char *name = get_icon_name (self, domain);

  if (self->icon == NULL || self->icon_name != name)
    {
      GtkIconTheme *theme = gtk_icon_theme_get_for_display (gtk_widget_get_display (GTK_WIDGET (self)));

      g_clear_object (&self->icon);
      self->icon = GDK_PAINTABLE (gtk_icon_theme_lookup_icon (theme, name, NULL, ICON_SIZE,
                                                              gtk_widget_get_scale_factor (GTK_WIDGET (self)),
                                                              gtk_widget_get_direction (GTK_WIDGET (self)), 0));
      self->icon_name = name;
    }
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (x, (height - ICON_SIZE) / 2));
  gtk_symbolic_paintable_snapshot_symbolic (GTK_SYMBOLIC_PAINTABLE (self->icon), snapshot, ICON_SIZE, ICON_SIZE,
                                            color, 1);
  gtk_snapshot_restore (snapshot);
}

static void
snapshot_spark (GtkSnapshot   *snapshot,
                LodgeDomain   *domain,
                double         x,
                int            height,
                const GdkRGBA *color)
{
  float samples[LODGE_DOMAIN_HISTORY];
  const guint n = lodge_domain_get_cpu_history (domain, samples);

  if (lodge_domain_get_cpu (domain) < 0)
    return;
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (x, (height - LODGE_SPARKLINE_HEIGHT) / 2));
  lodge_sparkline_snapshot (snapshot, samples, n, LODGE_DOMAIN_HISTORY, LODGE_SPARKLINE_WIDTH,
                            LODGE_SPARKLINE_HEIGHT, color);
  gtk_snapshot_restore (snapshot);
}

static void
snapshot_text (LodgeDomainCell *self,
               GtkSnapshot     *snapshot,
               LodgeDomain     *domain,
               double           lead,
               const GdkRGBA   *color)
{
  GtkWidget *widget = GTK_WIDGET (self);
  const gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  const int width = gtk_widget_get_width (widget);
  g_autofree char *text = lodge_column_dup_text (self->column, domain);
  double room = MAX (0, width - lead), x;
  int text_width, text_height;

  if (self->layout == NULL)
    {
      self->layout = gtk_widget_create_pango_layout (widget, NULL);
      pango_layout_set_ellipsize (self->layout, PANGO_ELLIPSIZE_END);
      pango_layout_set_single_paragraph_mode (self->layout, TRUE);
    }
  pango_layout_set_width (self->layout, (int) room * PANGO_SCALE);
  pango_layout_set_text (self->layout, text, -1);
  if (*text == '\0')
    return;
  pango_layout_get_pixel_size (self->layout, &text_width, &text_height);

  x = rtl ? room - text_width : lead;
  /* Percentages end under each other beside their line */
  if (looks[self->column].spark)
    {
      const double number = adw_length_unit_to_px (ADW_LENGTH_UNIT_SP, NUMBER_WIDTH, gtk_widget_get_settings (widget));

      x = rtl ? MAX (0, room - number) : lead + MIN (number, room) - text_width;
    }
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot,
                          &GRAPHENE_POINT_INIT (MAX (x, 0), (gtk_widget_get_height (widget) - text_height) / 2));
  gtk_snapshot_append_layout (snapshot, self->layout, color);
  gtk_snapshot_restore (snapshot);
}

/* A pill a tag, as many as there is room for */
static void
snapshot_tags (LodgeDomainCell *self,
               GtkSnapshot     *snapshot,
               LodgeDomain     *domain,
               const GdkRGBA   *color)
{
  GtkWidget *widget = GTK_WIDGET (self);
  const gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  const int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  const char * const *tags = lodge_domain_get_tags (domain);
  g_autoptr(PangoLayout) layout = gtk_widget_create_pango_layout (widget, NULL);
  g_autoptr(PangoAttrList) attributes = pango_attr_list_new ();
  GdkRGBA fill = *color;
  double x = 0;

  pango_attr_list_insert (attributes, pango_attr_scale_new (PANGO_SCALE_SMALL));
  pango_layout_set_attributes (layout, attributes);
  pango_layout_set_single_paragraph_mode (layout, TRUE);
  fill.alpha *= 0.12f;
  for (guint i = 0; tags[i] != NULL && x < width; i++)
    {
      g_autofree char *text = lodge_display_text (tags[i], 32);
      int text_width, text_height;
      GskRoundedRect pill;
      double left;

      pango_layout_set_text (layout, text, -1);
      pango_layout_get_pixel_size (layout, &text_width, &text_height);
      left = rtl ? width - x - text_width - 2 * PILL_PADDING : x;
      gsk_rounded_rect_init_from_rect (&pill,
                                       &GRAPHENE_RECT_INIT ((float) left, (float) (height - text_height - 2) / 2,
                                                            (float) (text_width + 2 * PILL_PADDING),
                                                            (float) (text_height + 2)),
                                       (float) (text_height + 2) / 2);
      gtk_snapshot_push_rounded_clip (snapshot, &pill);
      gtk_snapshot_append_color (snapshot, &fill, &pill.bounds);
      gtk_snapshot_pop (snapshot);
      gtk_snapshot_save (snapshot);
      gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) left + PILL_PADDING,
                                                              (float) (height - text_height) / 2));
      gtk_snapshot_append_layout (snapshot, layout, color);
      gtk_snapshot_restore (snapshot);
      x += text_width + 2 * PILL_PADDING + PILL_GAP;
    }
}

static void
lodge_domain_cell_snapshot (GtkWidget   *widget,
                            GtkSnapshot *snapshot)
{
  LodgeDomainCell *self = LODGE_DOMAIN_CELL (widget);
  LodgeDomain *domain = lodge_domain_widget_get_domain (LODGE_DOMAIN_WIDGET (self));
  const int width = gtk_widget_get_width (widget);
  const int height = gtk_widget_get_height (widget);
  const gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  double lead = 0;
  GdkRGBA color, text_color;

  if (domain == NULL)
    return;

  gtk_widget_get_color (widget, &color);
  text_color = color;
  if (g_strcmp0 (self->css_class, "error") != 0 && gtk_widget_get_parent (widget) != NULL)
    gtk_widget_get_color (gtk_widget_get_parent (widget), &text_color);

  if (looks[self->column].icon)
    {
      snapshot_icon (self, snapshot, domain, rtl ? width - ICON_SIZE : 0, height, &color);
      lead = ICON_SIZE + ICON_GAP;
    }
  else if (looks[self->column].spark)
    {
      snapshot_spark (snapshot, domain, rtl ? width - LODGE_SPARKLINE_WIDTH : 0, height, &color);
      lead = LODGE_SPARKLINE_WIDTH + SPARK_GAP;
    }
  if (self->column == LODGE_COLUMN_TAGS)
    snapshot_tags (self, snapshot, domain, &text_color);
  else
    snapshot_text (self, snapshot, domain, lead, &text_color);
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

  g_clear_object (&self->layout);
  g_clear_object (&self->icon);

  G_OBJECT_CLASS (lodge_domain_cell_parent_class)->dispose (object);
}

static void
lodge_domain_cell_class_init (LodgeDomainCellClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  LodgeDomainWidgetClass *domain_widget_class = LODGE_DOMAIN_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lodge_domain_cell_dispose;
  widget_class->measure = lodge_domain_cell_measure;
  widget_class->snapshot = lodge_domain_cell_snapshot;
  widget_class->unmap = lodge_domain_cell_unmap;
  widget_class->css_changed = lodge_domain_cell_css_changed;
  domain_widget_class->update = lodge_domain_cell_update;
  domain_widget_class->tick = lodge_domain_cell_tick;
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
