/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "console/lodge-screen.h"

G_BEGIN_DECLS

/* GTK lets nobody press keys or move pointers from inside: these enter where its events would. */
GtkEventController *find_controller      (GtkWidget *widget, const char *name, GType type);
gboolean            press_key_with_state (GtkWidget *window, guint code, GdkModifierType state);
gboolean            press_key            (GtkWidget *window, guint code);
/* Whether the screen has exactly these pixels; their highest byte does not matter */
gboolean            screen_shows         (LodgeScreen *screen, const guint32 *pixels, int width, int height);
void                release_key          (GtkWidget *window, guint code);

G_END_DECLS
