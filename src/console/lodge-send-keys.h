/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Key combinations that a desktop keeps for itself */
const guint *lodge_send_keys_find     (const char *id,
                                       gsize      *n_codes);
/* For the action console.send-keys */
GMenuModel  *lodge_send_keys_new_menu (void);

G_END_DECLS
