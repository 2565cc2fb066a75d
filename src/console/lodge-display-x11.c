/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-display-x11"

/* GTK 4.18 calls all of its X11 interface deprecated; there is no other way to the display */
#define GDK_DISABLE_DEPRECATION_WARNINGS
#include "config.h"

#include "lodge-display-private.h"

#ifdef GDK_WINDOWING_X11

#include <cairo-xlib.h>
#include <gdk/x11/gdkx.h>

typedef struct
{
  cairo_surface_t *kept;
  int              width;
  int              height;
} Pool;

/* GTK makes a new surface for each frame, and cairo gives its shared memory back to the X server when nothing is left
 * in it: for each frame 2 ms here and there. A small image that is never freed keeps the memory, which is as large as
 * the largest image before it. It lives as long as the display does. */
void
lodge_display_keep_shared_memory (GdkSurface *surface)
{
  GdkDisplay *display = gdk_surface_get_display (surface);
  const double scale = gdk_surface_get_scale (surface);
  const int width = (int) (gdk_surface_get_width (surface) * scale);
  const int height = (int) (gdk_surface_get_height (surface) * scale);
  cairo_surface_t *root;
  cairo_surface_t *large;
  Display *xdisplay;
  Pool *pool;

  if (!GDK_IS_X11_DISPLAY (display))
    return;

  pool = g_object_get_data (G_OBJECT (display), "lodge-shared-memory");
  if (pool == NULL)
    {
      pool = g_new0 (Pool, 1);
      g_object_set_data (G_OBJECT (display), "lodge-shared-memory", pool);
    }
  if (width <= pool->width && height <= pool->height)
    return;

  pool->width = MAX (width, pool->width);
  pool->height = MAX (height, pool->height);
  xdisplay = gdk_x11_display_get_xdisplay (display);
  root = cairo_xlib_surface_create (xdisplay, DefaultRootWindow (xdisplay),
                                    DefaultVisual (xdisplay, DefaultScreen (xdisplay)), pool->width, pool->height);
  g_clear_pointer (&pool->kept, cairo_surface_destroy);
  large = cairo_surface_create_similar_image (root, CAIRO_FORMAT_ARGB32, pool->width, pool->height);
  pool->kept = cairo_surface_create_similar_image (root, CAIRO_FORMAT_ARGB32, 32, 32);
  cairo_surface_destroy (large);
  cairo_surface_destroy (root);
}

#else

void
lodge_display_keep_shared_memory (GdkSurface *surface)
{
}

#endif
