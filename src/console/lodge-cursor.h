/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gdk/gdk.h>

G_BEGIN_DECLS

GdkCursor *lodge_cursor_new     (GdkTexture *texture,
                                 int         hotspot_x,
                                 int         hotspot_y,
                                 double      zoom);
GdkCursor *lodge_cursor_new_dot (void);

G_END_DECLS
