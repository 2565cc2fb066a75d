/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-display-render"

#include "config.h"

#include <math.h>

#include "lodge-display-render.h"

/* Two ways to the same pixels, see docs/ARCHITECTURE.md.
 *
 * LIVE leans on three habits of GTK 4.18's Cairo renderer: the same node in two frames is no
 * difference; a Cairo node's image is read when it is drawn; a transparent color node counts in the
 * difference. So the picture is one lasting node over the protocol library's own memory, and
 * invisible markers carry the damage: nothing is copied but what is repainted.
 *
 * TEXTURE keeps a copy of the picture and gives GTK a new texture over it for each frame.
 *
 * A test compares the two, and partial with whole repaints, so that a GTK with other habits is
 * noticed.
 */

/* Above about thirty differences GTK repaints all of the node */
#define MAX_MARKERS 8
#define MAX_MERGE 64

struct _LodgeDisplayRender
{
  cairo_region_t *damage;     /* guest pixels, since the last frame */
  guint           frame;

  /* LIVE */
  GskRenderNode  *node;
  LodgeGeometry   node_geometry;

  /* TEXTURE */
  GdkTexture     *texture;
  GBytes         *bytes;
  guchar         *pixels;     /* inside @bytes */
  int             width;
  int             height;
};

/**
 * lodge_display_render_new:
 *
 * Returns: (transfer full): what draws a picture
 */
LodgeDisplayRender *
lodge_display_render_new (void)
{
  LodgeDisplayRender *self = g_new0 (LodgeDisplayRender, 1);

  self->damage = cairo_region_create ();

  return self;
}

void
lodge_display_render_free (LodgeDisplayRender *self)
{
  lodge_display_render_reset (self);
  g_clear_pointer (&self->damage, cairo_region_destroy);
  g_free (self);
}

/**
 * lodge_display_render_reset:
 * @self: a renderer
 *
 * Forgets everything: the picture lies in other memory now.
 */
void
lodge_display_render_reset (LodgeDisplayRender *self)
{
  g_clear_pointer (&self->node, gsk_render_node_unref);
  g_clear_object (&self->texture);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  self->pixels = NULL;
  cairo_region_destroy (self->damage);
  self->damage = cairo_region_create ();
}

/**
 * lodge_display_render_add_damage:
 * @self: a renderer
 * @x: guest pixels, inside the picture
 * @y: likewise
 * @width: likewise
 * @height: likewise
 *
 * Notes what the next frame must show anew.
 */
void
lodge_display_render_add_damage (LodgeDisplayRender *self,
                                 int                 x,
                                 int                 y,
                                 int                 width,
                                 int                 height)
{
  const cairo_rectangle_int_t part = { x, y, width, height };

  cairo_region_union_rectangle (self->damage, &part);
  /* Nobody looks at the moment, or the guest paints dots: stay small */
  if (cairo_region_num_rectangles (self->damage) > 1024)
    {
      cairo_rectangle_int_t all;

      cairo_region_get_extents (self->damage, &all);
      cairo_region_union_rectangle (self->damage, &all);
    }
}

/* Filters look at the neighbors: what is drawn anew is larger than what has changed. */
static int
get_growth (double zoom)
{
  if (zoom == 1)
    return 0;

  return zoom < 1 ? 1 + (int) ceil (1 / zoom) : 1;
}

static cairo_rectangle_int_t
grow (cairo_rectangle_int_t part,
      int                   by,
      int                   width,
      int                   height)
{
  const int x1 = MAX (0, part.x - by);
  const int y1 = MAX (0, part.y - by);
  const int x2 = MIN (width, part.x + part.width + by);
  const int y2 = MIN (height, part.y + part.height + by);

  return (cairo_rectangle_int_t) { x1, y1, MAX (0, x2 - x1), MAX (0, y2 - y1) };
}

static cairo_rectangle_int_t
unite (const cairo_rectangle_int_t *a,
       const cairo_rectangle_int_t *b)
{
  const int x1 = MIN (a->x, b->x);
  const int y1 = MIN (a->y, b->y);
  const int x2 = MAX (a->x + a->width, b->x + b->width);
  const int y2 = MAX (a->y + a->height, b->y + b->height);

  return (cairo_rectangle_int_t) { x1, y1, x2 - x1, y2 - y1 };
}

static gint64
area (const cairo_rectangle_int_t *part)
{
  return (gint64) part->width * part->height;
}

/* At most MAX_MARKERS rectangles that cover the damage, wasting little */
static guint
merge_damage (cairo_region_t        *damage,
              cairo_rectangle_int_t *parts)
{
  guint n = (guint) cairo_region_num_rectangles (damage);

  if (n > MAX_MERGE)
    {
      cairo_region_get_extents (damage, &parts[0]);
      return 1;
    }

  for (guint i = 0; i < n; i++)
    cairo_region_get_rectangle (damage, (int) i, &parts[i]);

  while (n > MAX_MARKERS)
    {
      gint64 best_waste = G_MAXINT64;
      guint best_a = 0;
      guint best_b = 1;
      cairo_rectangle_int_t united;

      for (guint a = 0; a < n; a++)
        {
          for (guint b = a + 1; b < n; b++)
            {
              gint64 waste;

              united = unite (&parts[a], &parts[b]);
              waste = area (&united) - area (&parts[a]) - area (&parts[b]);
              if (waste < best_waste)
                {
                  best_waste = waste;
                  best_a = a;
                  best_b = b;
                }
            }
        }
      parts[best_a] = unite (&parts[best_a], &parts[best_b]);
      parts[best_b] = parts[--n];
    }

  return n;
}

static graphene_rect_t
to_device (const LodgeGeometry         *geometry,
           const cairo_rectangle_int_t *part)
{
  double x;
  double y;

  lodge_geometry_get_origin (geometry, &x, &y);

  return GRAPHENE_RECT_INIT ((float) (x + part->x * geometry->zoom),
                             (float) (y + part->y * geometry->zoom),
                             (float) (part->width * geometry->zoom),
                             (float) (part->height * geometry->zoom));
}

/* The widget, in whole device pixels of the surface */
static graphene_rect_t
get_widget_area (const LodgeGeometry *geometry)
{
  const double s = geometry->scale;
  const double x1 = floor (geometry->widget_x * s);
  const double y1 = floor (geometry->widget_y * s);
  const double x2 = ceil ((geometry->widget_x + geometry->widget_width) * s);
  const double y2 = ceil ((geometry->widget_y + geometry->widget_height) * s);

  return GRAPHENE_RECT_INIT ((float) x1, (float) y1, (float) (x2 - x1), (float) (y2 - y1));
}

static gboolean
is_whole (double zoom)
{
  return zoom >= 1 && zoom == floor (zoom);
}

static cairo_filter_t
get_cairo_filter (double zoom)
{
  if (is_whole (zoom))
    return CAIRO_FILTER_NEAREST;

  return zoom < 0.5 ? CAIRO_FILTER_GOOD : CAIRO_FILTER_BILINEAR;
}

static GskScalingFilter
get_gsk_filter (double zoom)
{
  if (is_whole (zoom))
    return GSK_SCALING_FILTER_NEAREST;

  return zoom < 0.5 ? GSK_SCALING_FILTER_TRILINEAR : GSK_SCALING_FILTER_LINEAR;
}

static gboolean
geometry_equal (const LodgeGeometry *a,
                const LodgeGeometry *b)
{
  return a->scale == b->scale
         && a->widget_x == b->widget_x && a->widget_y == b->widget_y
         && a->widget_width == b->widget_width && a->widget_height == b->widget_height
         && a->scroll_x == b->scroll_x && a->scroll_y == b->scroll_y
         && a->guest_width == b->guest_width && a->guest_height == b->guest_height
         && a->zoom == b->zoom;
}

static GskRenderNode *
make_node (cairo_surface_t       *surface,
           const LodgeGeometry   *geometry,
           const graphene_rect_t *picture)
{
  const graphene_rect_t widget = get_widget_area (geometry);
  graphene_rect_t bounds;
  GskRenderNode *node;
  cairo_pattern_t *pattern;
  cairo_matrix_t matrix;
  cairo_t *cr;
  double x;
  double y;

  if (!graphene_rect_intersection (picture, &widget, &bounds))
    return NULL;

  lodge_geometry_get_origin (geometry, &x, &y);
  node = gsk_cairo_node_new (&bounds);
  cr = gsk_cairo_node_get_draw_context (node);
  pattern = cairo_pattern_create_for_surface (surface);
  cairo_matrix_init_scale (&matrix, 1 / geometry->zoom, 1 / geometry->zoom);
  cairo_matrix_translate (&matrix, -x, -y);
  cairo_pattern_set_matrix (pattern, &matrix);
  cairo_pattern_set_extend (pattern, CAIRO_EXTEND_PAD);
  cairo_pattern_set_filter (pattern, get_cairo_filter (geometry->zoom));
  cairo_set_source (cr, pattern);
  cairo_set_operator (cr, CAIRO_OPERATOR_SOURCE);
  cairo_paint (cr);
  cairo_pattern_destroy (pattern);
  cairo_destroy (cr);

  return node;
}

/* Invisible, but GTK repaints where one comes or goes. Two frames never have the same color. */
static void
append_markers (LodgeDisplayRender  *self,
                GtkSnapshot         *snapshot,
                const LodgeGeometry *geometry)
{
  const GdkRGBA color = { (float) (self->frame & 0xff) / 255.0f,
                          (float) (self->frame >> 8 & 0xff) / 255.0f, 0, 0 };
  cairo_rectangle_int_t parts[MAX_MERGE];
  const guint n = merge_damage (self->damage, parts);

  for (guint i = 0; i < n; i++)
    {
      const cairo_rectangle_int_t part = grow (parts[i], get_growth (geometry->zoom),
                                               geometry->guest_width, geometry->guest_height);
      const graphene_rect_t bounds = to_device (geometry, &part);
      g_autoptr(GskRenderNode) marker = gsk_color_node_new (&color, &bounds);

      gtk_snapshot_append_node (snapshot, marker);
    }
}

static void
append_live (LodgeDisplayRender    *self,
             GtkSnapshot           *snapshot,
             cairo_surface_t       *surface,
             const LodgeGeometry   *geometry,
             const graphene_rect_t *picture)
{
  if (self->node == NULL || !geometry_equal (&self->node_geometry, geometry))
    {
      g_clear_pointer (&self->node, gsk_render_node_unref);
      self->node = make_node (surface, geometry, picture);
      self->node_geometry = *geometry;
    }
  if (self->node == NULL)
    return;

  gtk_snapshot_append_node (snapshot, self->node);
  append_markers (self, snapshot, geometry);
}

/* Protocols leave the fourth byte undefined; the Cairo renderer is fast with whole alpha only. */
static void
copy_pixels (LodgeDisplayRender          *self,
             cairo_surface_t             *surface,
             const cairo_rectangle_int_t *part)
{
  const guchar *data = cairo_image_surface_get_data (surface);
  const gsize stride = (gsize) cairo_image_surface_get_stride (surface);

  for (int y = part->y; y < part->y + part->height; y++)
    {
      const guint32 *from = (const guint32 *) (gconstpointer) (data + (gsize) y * stride);
      guint32 *to = (guint32 *) (gpointer) self->pixels + (gsize) y * (gsize) self->width;

      for (int x = part->x; x < part->x + part->width; x++)
        to[x] = from[x] | 0xff000000u;
    }
}

static void
update_texture (LodgeDisplayRender *self,
                cairo_surface_t    *surface,
                double              zoom)
{
  const int width = cairo_image_surface_get_width (surface);
  const int height = cairo_image_surface_get_height (surface);
  const int n = cairo_region_num_rectangles (self->damage);
  g_autoptr(GdkMemoryTextureBuilder) builder = NULL;
  g_autoptr(GdkTexture) texture = NULL;
  cairo_region_t *grown;

  if (self->texture != NULL && n == 0)
    return;

  if (self->pixels == NULL || self->width != width || self->height != height)
    {
      const cairo_rectangle_int_t all = { 0, 0, width, height };
      const gsize size = (gsize) width * (gsize) height * 4;

      g_clear_object (&self->texture);
      g_clear_pointer (&self->bytes, g_bytes_unref);
      self->pixels = g_try_malloc (size);
      if (self->pixels == NULL)
        return;

      self->bytes = g_bytes_new_take (self->pixels, size);
      self->width = width;
      self->height = height;
      copy_pixels (self, surface, &all);
    }

  grown = cairo_region_create ();
  for (int i = 0; i < n; i++)
    {
      cairo_rectangle_int_t part;

      cairo_region_get_rectangle (self->damage, i, &part);
      copy_pixels (self, surface, &part);
      part = grow (part, get_growth (zoom), width, height);
      cairo_region_union_rectangle (grown, &part);
    }

  builder = gdk_memory_texture_builder_new ();
  gdk_memory_texture_builder_set_bytes (builder, self->bytes);
  gdk_memory_texture_builder_set_width (builder, width);
  gdk_memory_texture_builder_set_height (builder, height);
  gdk_memory_texture_builder_set_stride (builder, (gsize) width * 4);
  gdk_memory_texture_builder_set_format (builder, GDK_MEMORY_DEFAULT);
  if (self->texture != NULL)
    {
      gdk_memory_texture_builder_set_update_texture (builder, self->texture);
      gdk_memory_texture_builder_set_update_region (builder, grown);
    }
  texture = gdk_memory_texture_builder_build (builder);
  g_set_object (&self->texture, texture);
  cairo_region_destroy (grown);
}

/* What the picture leaves free stays dark, as around a real screen. It comes before the picture and reaches below its
 * edge where that lies within a device pixel: else the window's background would shine through both. */
static void
append_frame (GtkSnapshot           *snapshot,
              const LodgeGeometry   *geometry,
              const graphene_rect_t *picture)
{
  static const GdkRGBA black = { 0, 0, 0, 1 };
  const graphene_rect_t widget = get_widget_area (geometry);
  const float left = widget.origin.x;
  const float top = widget.origin.y;
  const float right = left + widget.size.width;
  const float bottom = top + widget.size.height;
  const float x1 = CLAMP (ceilf (picture->origin.x), left, right);
  const float y1 = CLAMP (ceilf (picture->origin.y), top, bottom);
  const float x2 = CLAMP (floorf (picture->origin.x + picture->size.width), left, right);
  const float y2 = CLAMP (floorf (picture->origin.y + picture->size.height), top, bottom);
  const graphene_rect_t strips[] = {
    GRAPHENE_RECT_INIT (left, top, right - left, y1 - top),
    GRAPHENE_RECT_INIT (left, y2, right - left, bottom - y2),
    GRAPHENE_RECT_INIT (left, y1, x1 - left, y2 - y1),
    GRAPHENE_RECT_INIT (x2, y1, right - x2, y2 - y1),
  };

  for (gsize i = 0; i < G_N_ELEMENTS (strips); i++)
    {
      if (strips[i].size.width > 0 && strips[i].size.height > 0)
        gtk_snapshot_append_color (snapshot, &black, &strips[i]);
    }
}

/* From the widget's coordinates to device pixels of the surface, clipped to the widget */
static void
begin_device_pixels (GtkSnapshot         *snapshot,
                     const LodgeGeometry *geometry)
{
  gtk_snapshot_push_clip (snapshot, &GRAPHENE_RECT_INIT (0, 0, (float) geometry->widget_width,
                                                         (float) geometry->widget_height));
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) -geometry->widget_x,
                                                          (float) -geometry->widget_y));
  if (geometry->scale != 1)
    gtk_snapshot_scale (snapshot, (float) (1 / geometry->scale), (float) (1 / geometry->scale));
}

static void
end_device_pixels (GtkSnapshot *snapshot)
{
  gtk_snapshot_restore (snapshot);
  gtk_snapshot_pop (snapshot);
}

/**
 * lodge_display_render_snapshot:
 * @self: a renderer
 * @snapshot: in the widget's coordinates
 * @surface: the living picture
 * @geometry: where it goes
 * @mode: how
 *
 * Appends the picture and the dark strips beside it.
 */
void
lodge_display_render_snapshot (LodgeDisplayRender     *self,
                               GtkSnapshot            *snapshot,
                               cairo_surface_t        *surface,
                               const LodgeGeometry    *geometry,
                               LodgeDisplayRenderMode  mode)
{
  const cairo_rectangle_int_t all = { 0, 0, geometry->guest_width, geometry->guest_height };
  const graphene_rect_t picture = to_device (geometry, &all);

  begin_device_pixels (snapshot, geometry);
  append_frame (snapshot, geometry, &picture);
  if (mode == LODGE_DISPLAY_RENDER_LIVE)
    {
      append_live (self, snapshot, surface, geometry, &picture);
    }
  else
    {
      update_texture (self, surface, geometry->zoom);
      if (self->texture != NULL)
        gtk_snapshot_append_scaled_texture (snapshot, self->texture,
                                            get_gsk_filter (geometry->zoom), &picture);
    }
  end_device_pixels (snapshot);

  cairo_region_destroy (self->damage);
  self->damage = cairo_region_create ();
  self->frame++;
}

/**
 * lodge_display_render_snapshot_cursor:
 * @snapshot: in the widget's coordinates
 * @cursor: the guest's cursor
 * @x: guest pixel of its upper left corner
 * @y: likewise
 * @geometry: where the picture is
 *
 * Appends a cursor that the guest moves by itself.
 */
void
lodge_display_render_snapshot_cursor (GtkSnapshot         *snapshot,
                                      GdkTexture          *cursor,
                                      int                  x,
                                      int                  y,
                                      const LodgeGeometry *geometry)
{
  const cairo_rectangle_int_t part = { x, y, gdk_texture_get_width (cursor),
                                       gdk_texture_get_height (cursor) };
  const graphene_rect_t bounds = to_device (geometry, &part);

  begin_device_pixels (snapshot, geometry);
  gtk_snapshot_append_scaled_texture (snapshot, cursor, get_gsk_filter (geometry->zoom),
                                      &bounds);
  end_device_pixels (snapshot);
}
