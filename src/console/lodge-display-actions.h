/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lodge-display.h"

G_BEGIN_DECLS

/* What a person does with a display by menus, for the prefix “console”: send-keys (s, as lodge_send_keys_find() takes
 * it), type-clipboard, scaling (s: fit, original), zoom-in, zoom-out, screenshot. What they say is a toast of the
 * AdwToastOverlay above the display. The actions outlive the display without harm. */
void lodge_display_add_actions (LodgeDisplay *self,
                                GActionMap   *map);
/* The keys of the person: release-keys, host-keys */
void lodge_display_follow_settings (LodgeDisplay *self,
                                    GSettings    *settings);

G_END_DECLS
