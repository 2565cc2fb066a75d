/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gdk/gdk.h>

G_BEGIN_DECLS

/* Logical pixels, but for device_width and device_height */
typedef struct
{
  double zoom;
  int    width;
  int    height;
  int    hotspot_x;
  int    hotspot_y;
  int    device_width;
  int    device_height;
} LodgeCursorSize;

LodgeCursorSize lodge_cursor_compute_size (int    texture_width,
                                           int    texture_height,
                                           int    hotspot_x,
                                           int    hotspot_y,
                                           double zoom,
                                           double scale);

GdkCursor *lodge_cursor_new     (GdkTexture *texture,
                                 int         hotspot_x,
                                 int         hotspot_y,
                                 double      zoom);
GdkCursor *lodge_cursor_new_dot (void);

G_END_DECLS
