/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-cursor"

#include "config.h"

#include <math.h>
#include <gtk/gtk.h>

#include "lodge-cursor.h"

/* Some compositors drop larger ones */
#define MAX_SIDE 256

typedef struct
{
  GdkTexture *texture;
  int         hotspot_x;
  int         hotspot_y;
  double      zoom;       /* device pixels a pixel of @texture */
} Source;

static void
source_free (gpointer data)
{
  Source *source = data;

  g_clear_object (&source->texture);
  g_free (source);
}

static GdkTexture *
resize (GdkTexture *texture,
        int         width,
        int         height,
        double      zoom)
{
  g_autoptr(GdkTextureDownloader) downloader = NULL;
  g_autoptr(GBytes) bytes = NULL;
  cairo_surface_t *from;
  cairo_surface_t *to;
  cairo_t *cr;
  gsize stride;
  GdkTexture *result;

  downloader = gdk_texture_downloader_new (texture);
  gdk_texture_downloader_set_format (downloader, GDK_MEMORY_DEFAULT);
  bytes = gdk_texture_downloader_download_bytes (downloader, &stride);
  from = cairo_image_surface_create_for_data ((guchar *) g_bytes_get_data (bytes, NULL),
                                              CAIRO_FORMAT_ARGB32,
                                              gdk_texture_get_width (texture),
                                              gdk_texture_get_height (texture), stride);
  to = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  cr = cairo_create (to);
  cairo_scale (cr, (double) width / gdk_texture_get_width (texture),
               (double) height / gdk_texture_get_height (texture));
  cairo_set_source_surface (cr, from, 0, 0);
  cairo_pattern_set_extend (cairo_get_source (cr), CAIRO_EXTEND_PAD);
  cairo_pattern_set_filter (cairo_get_source (cr),
                            zoom == trunc (zoom) ? CAIRO_FILTER_NEAREST : CAIRO_FILTER_GOOD);
  cairo_set_operator (cr, CAIRO_OPERATOR_SOURCE);
  cairo_paint (cr);
  cairo_destroy (cr);
  cairo_surface_flush (to);

  g_clear_pointer (&bytes, g_bytes_unref);
  bytes = g_bytes_new (cairo_image_surface_get_data (to),
                       (gsize) cairo_image_surface_get_stride (to) * height);
  result = gdk_memory_texture_new (width, height, GDK_MEMORY_DEFAULT, bytes,
                                   cairo_image_surface_get_stride (to));
  cairo_surface_destroy (from);
  cairo_surface_destroy (to);

  return result;
}

/**
 * lodge_cursor_compute_size:
 * @texture_width: pixels of the guest's cursor
 * @texture_height: likewise
 * @hotspot_x: likewise
 * @hotspot_y: likewise
 * @zoom: device pixels for one of them
 * @scale: device pixels of a logical pixel
 *
 * Returns: how the cursor is shown: at most as large as compositors take
 */
LodgeCursorSize
lodge_cursor_compute_size (int    texture_width,
                           int    texture_height,
                           int    hotspot_x,
                           int    hotspot_y,
                           double zoom,
                           double scale)
{
  LodgeCursorSize size;

  zoom = MIN (zoom, MAX_SIDE / (double) MAX (texture_width, texture_height));
  size.zoom = zoom;
  size.width = (int) MAX (1, round (texture_width * zoom / scale));
  size.height = (int) MAX (1, round (texture_height * zoom / scale));
  size.hotspot_x = (int) CLAMP (round ((hotspot_x + 0.5) * zoom / scale - 0.5), 0, size.width - 1);
  size.hotspot_y = (int) CLAMP (round ((hotspot_y + 0.5) * zoom / scale - 0.5), 0, size.height - 1);
  size.device_width = (int) round (size.width * scale);
  size.device_height = (int) round (size.height * scale);

  return size;
}

/* Called for each scale that the pointer meets. The answer has whole device pixels, and says in
 * logical ones how large it is: only then nobody resamples it. */
static GdkTexture *
make_texture_cb (GdkCursor *cursor,
                 int        cursor_size,
                 double     scale,
                 int       *width,
                 int       *height,
                 int       *hotspot_x,
                 int       *hotspot_y,
                 gpointer   user_data)
{
  Source *source = user_data;
  const int texture_width = gdk_texture_get_width (source->texture);
  const int texture_height = gdk_texture_get_height (source->texture);
  const LodgeCursorSize size = lodge_cursor_compute_size (texture_width, texture_height, source->hotspot_x,
                                                          source->hotspot_y, source->zoom, scale);

  *width = size.width;
  *height = size.height;
  *hotspot_x = size.hotspot_x;
  *hotspot_y = size.hotspot_y;
  if (size.device_width == texture_width && size.device_height == texture_height)
    return g_object_ref (source->texture);

  return resize (source->texture, size.device_width, size.device_height, size.zoom);
}

/**
 * lodge_cursor_new:
 * @texture: the guest's cursor
 * @hotspot_x: in pixels of @texture
 * @hotspot_y: likewise
 * @zoom: device pixels for a pixel of @texture
 *
 * Returns: (transfer full): a cursor that is sharp at every scale
 */
GdkCursor *
lodge_cursor_new (GdkTexture *texture,
                  int         hotspot_x,
                  int         hotspot_y,
                  double      zoom)
{
  g_autoptr(GdkCursor) fallback = NULL;
  Source *source;

  g_return_val_if_fail (GDK_IS_TEXTURE (texture), NULL);

  source = g_new0 (Source, 1);
  source->texture = g_object_ref (texture);
  source->hotspot_x = hotspot_x;
  source->hotspot_y = hotspot_y;
  source->zoom = zoom;
  fallback = gdk_cursor_new_from_name ("default", NULL);

  return gdk_cursor_new_from_callback (make_texture_cb, source, source_free, fallback);
}

/**
 * lodge_cursor_new_dot:
 *
 * Returns: (transfer full): a small dot: for a guest that shows no cursor, or draws its own, so
 *   that the pointer is neither lost nor seen twice
 */
GdkCursor *
lodge_cursor_new_dot (void)
{
  static const char shape[5][6] = { ".ooo.", "oxxxo", "oxxxo", "oxxxo", ".ooo." };
  guchar pixels[5 * 5 * 4];
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(GdkTexture) texture = NULL;

  for (int i = 0; i < 25; i++)
    {
      const char c = shape[i / 5][i % 5];

      memset (pixels + i * 4, c == 'o' ? 0xff : 0, 3);
      pixels[i * 4 + 3] = c == '.' ? 0 : 0xff;
    }
  bytes = g_bytes_new (pixels, sizeof pixels);
  texture = gdk_memory_texture_new (5, 5, GDK_MEMORY_R8G8B8A8, bytes, 5 * 4);

  return lodge_cursor_new (texture, 2, 2, 1);
}
