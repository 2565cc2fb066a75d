/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gdk/gdk.h>

G_BEGIN_DECLS

guint    lodge_keymap_to_xt      (guint     code);
guint    lodge_keymap_to_qnum    (guint     code);
guint    lodge_keymap_to_keyval  (guint     code,
                                  gboolean  shift);
gboolean lodge_keymap_from_char  (gunichar  character,
                                  guint    *code,
                                  gboolean *shift);
guint    lodge_keymap_from_event (guint     keycode);
/* “left Ctrl + left Alt”, for reading */
char    *lodge_keymap_dup_label  (const guint *codes,
                                  gsize        n_codes);

G_END_DECLS
