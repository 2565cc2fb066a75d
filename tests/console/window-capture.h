/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What somebody would see: xRGB, device pixels */
typedef struct
{
  guint32 *pixels;   /* owned */
  int      width;
  int      height;
} Picture;

/* Reads a window back: on X11 from the server; on Wayland the compositor's whole output, which a window without
 * decorations fills. What is painted must be committed: capture after a frame. */
Picture capture_window (GtkWindow *window);

G_END_DECLS
