/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-geometry"

#include "config.h"

#include <math.h>

#include "lodge-geometry.h"

/* All sums are done in device pixels of the surface: only there can a guest pixel be exact.
 *
 *   O     = round (w·s + max (0, (size·s − guest·z) / 2)) − round (scroll·s)
 *   guest = floor (((p + w)·s − O) / z)
 */

/* A fit that would be this close to a whole zoom takes the whole one: sharp beats large */
#define NEARLY_WHOLE 1.05

static double
origin (double widget,
        double size,
        double scroll,
        double guest,
        double scale)
{
  return round (widget * scale + MAX (0, (size * scale - guest) / 2)) - round (scroll * scale);
}

/**
 * lodge_geometry_fit:
 * @self: a geometry; its zoom is not read
 *
 * Returns: the zoom at which the whole picture is just seen
 */
double
lodge_geometry_fit (const LodgeGeometry *self)
{
  double zoom;
  double whole;

  if (self->guest_width <= 0 || self->guest_height <= 0)
    return 1;

  zoom = MIN (self->widget_width * self->scale / self->guest_width,
              self->widget_height * self->scale / self->guest_height);
  whole = floor (zoom);
  if (whole >= 1 && zoom < whole * NEARLY_WHOLE)
    zoom = whole;

  return MAX (zoom, 0.001);
}

/**
 * lodge_geometry_get_origin:
 * @self: a geometry
 * @x: (out): device pixels of the surface
 * @y: (out): likewise
 *
 * Tells where the picture's first pixel begins: always on a whole device pixel.
 */
void
lodge_geometry_get_origin (const LodgeGeometry *self,
                           double              *x,
                           double              *y)
{
  *x = origin (self->widget_x, self->widget_width, self->scroll_x,
               self->guest_width * self->zoom, self->scale);
  *y = origin (self->widget_y, self->widget_height, self->scroll_y,
               self->guest_height * self->zoom, self->scale);
}

/**
 * lodge_geometry_to_guest:
 * @self: a geometry
 * @x: logical pixels in the widget
 * @y: likewise
 * @guest_x: (out): the guest pixel there, or the nearest
 * @guest_y: (out): likewise
 *
 * Returns: %TRUE if the point is inside the picture
 */
gboolean
lodge_geometry_to_guest (const LodgeGeometry *self,
                         double               x,
                         double               y,
                         int                 *guest_x,
                         int                 *guest_y)
{
  double origin_x;
  double origin_y;
  double found_x;
  double found_y;

  lodge_geometry_get_origin (self, &origin_x, &origin_y);
  found_x = floor (((x + self->widget_x) * self->scale - origin_x) / self->zoom);
  found_y = floor (((y + self->widget_y) * self->scale - origin_y) / self->zoom);
  *guest_x = (int) CLAMP (found_x, 0, MAX (0, self->guest_width - 1));
  *guest_y = (int) CLAMP (found_y, 0, MAX (0, self->guest_height - 1));

  return *guest_x == found_x && *guest_y == found_y;
}

/**
 * lodge_geometry_from_guest:
 * @self: a geometry
 * @guest_x: guest pixel
 * @guest_y: guest pixel
 * @x: (out): logical pixels in the widget, the middle of that guest pixel
 * @y: (out): likewise
 */
void
lodge_geometry_from_guest (const LodgeGeometry *self,
                           int                  guest_x,
                           int                  guest_y,
                           double              *x,
                           double              *y)
{
  double origin_x;
  double origin_y;

  lodge_geometry_get_origin (self, &origin_x, &origin_y);
  *x = (origin_x + (guest_x + 0.5) * self->zoom) / self->scale - self->widget_x;
  *y = (origin_y + (guest_y + 0.5) * self->zoom) / self->scale - self->widget_y;
}
