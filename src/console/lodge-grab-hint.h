/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lodge-display.h"

G_BEGIN_DECLS

#define LODGE_TYPE_GRAB_HINT (lodge_grab_hint_get_type ())
G_DECLARE_FINAL_TYPE (LodgeGrabHint, lodge_grab_hint, LODGE, GRAB_HINT, GtkWidget)

/* Says for three seconds, over a display, how to get keyboard and pointer back. Lies in the overlay of its @display,
 * whose signals it follows. */
void lodge_grab_hint_set_display (LodgeGrabHint *self,
                                  LodgeDisplay  *display);
/* Another sentence in the same place */
void lodge_grab_hint_say         (LodgeGrabHint *self,
                                  const char    *text);

G_END_DECLS
