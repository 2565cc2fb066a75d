/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * LodgeDbusListenerFuncs:
 * @picture: there is a new picture: native xRGB, @stride bytes a row, valid until the next @picture or the end of the
 *   listener; @pixels is %NULL when the guest shows nothing
 * @damage: a part of the picture has changed; not clipped
 * @cursor: straight RGBA; @rgba is %NULL when the guest shows none
 * @cursor_position: where the guest has put its cursor
 * @failed: takes @error; QEMU sent what cannot be shown, or went away. Nothing else is told after that.
 *
 * What a listener tells, on the main thread.
 */
typedef struct
{
  void (*picture)         (gpointer user_data, guchar *pixels, int width, int height, int stride);
  void (*damage)          (gpointer user_data, int x, int y, int width, int height);
  void (*cursor)          (gpointer user_data, const guchar *rgba, int width, int height, int hotspot_x, int hotspot_y);
  void (*cursor_position) (gpointer user_data, int x, int y);
  void (*failed)          (gpointer user_data, GError *error);
} LodgeDbusListenerFuncs;

typedef struct _LodgeDbusListener LodgeDbusListener;

LodgeDbusListener *lodge_dbus_listener_new  (GDBusConnection              *connection,
                                             const LodgeDbusListenerFuncs *funcs,
                                             gpointer                      user_data,
                                             GError                      **error);
void               lodge_dbus_listener_free (LodgeDbusListener            *self);

G_END_DECLS
