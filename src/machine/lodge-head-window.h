/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "console/lodge-display.h"

G_BEGIN_DECLS

#define LODGE_TYPE_HEAD_WINDOW (lodge_head_window_get_type ())
G_DECLARE_FINAL_TYPE (LodgeHeadWindow, lodge_head_window, LODGE, HEAD_WINDOW, AdwWindow)

/* One further monitor of a guest in a window of its own, which closes when the monitor goes away.
 * Signal "placed" (const char *): the window fills the screen of this computer's monitor at that connector. */
LodgeHeadWindow *lodge_head_window_new         (GtkApplication  *application,
                                                const char      *machine_name,
                                                LodgeScreen     *head);
LodgeScreen     *lodge_head_window_get_head    (LodgeHeadWindow *self);
LodgeDisplay    *lodge_head_window_get_display (LodgeHeadWindow *self);

G_END_DECLS
