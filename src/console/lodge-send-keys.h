/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define LODGE_SEND_KEYS_MAX 4

/* Key combinations that a desktop keeps for itself, and those of the person. 0: there is none of this name */
gsize  lodge_send_keys_find     (const char *id,
                                 guint       codes[LODGE_SEND_KEYS_MAX]);
/* For the action console.send-keys */
GMenu *lodge_send_keys_new_menu (void);
/* Keeps the person's own combinations, in the key own-key-combinations, at the end of such a menu */
void   lodge_send_keys_follow   (GMenu      *menu,
                                 GSettings  *settings);

G_END_DECLS
