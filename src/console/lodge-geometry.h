/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * LodgeGeometry:
 * @scale: device pixels in a logical pixel (fractional)
 * @widget_x: where the widget begins, logical pixels of the surface
 * @widget_y: likewise
 * @widget_width: logical pixels
 * @widget_height: logical pixels
 * @scroll_x: logical pixels scrolled away
 * @scroll_y: likewise
 * @guest_width: guest pixels
 * @guest_height: guest pixels
 * @zoom: device pixels a guest pixel
 *
 * Everything that places the picture; drawing and input use the same.
 */
typedef struct
{
  double scale;
  double widget_x;
  double widget_y;
  double widget_width;
  double widget_height;
  double scroll_x;
  double scroll_y;
  int    guest_width;
  int    guest_height;
  double zoom;
} LodgeGeometry;

double   lodge_geometry_fit        (const LodgeGeometry *self);
void     lodge_geometry_get_origin (const LodgeGeometry *self,
                                    double              *x,
                                    double              *y);
gboolean lodge_geometry_to_guest   (const LodgeGeometry *self,
                                    double               x,
                                    double               y,
                                    int                 *guest_x,
                                    int                 *guest_y);
void     lodge_geometry_from_guest (const LodgeGeometry *self,
                                    int                  guest_x,
                                    int                  guest_y,
                                    double              *x,
                                    double              *y);

G_END_DECLS
