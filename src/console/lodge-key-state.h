/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define LODGE_KEY_STATE_MAX_RELEASE 4

typedef struct _LodgeKeyState LodgeKeyState;

/* What is to be sent to the guest */
typedef void (*LodgeKeyStateFunc) (guint    code,
                                   guint    keyval,
                                   gboolean down,
                                   gpointer user_data);

LodgeKeyState *lodge_key_state_new         (LodgeKeyStateFunc  send,
                                            gpointer           user_data);
void           lodge_key_state_free        (LodgeKeyState     *self);
gboolean       lodge_key_state_press       (LodgeKeyState     *self,
                                            guint              code,
                                            guint              keyval);
gboolean       lodge_key_state_release     (LodgeKeyState     *self,
                                            guint              code);
void           lodge_key_state_release_all (LodgeKeyState     *self);
gboolean       lodge_key_state_is_down     (LodgeKeyState     *self,
                                            guint              code);
gsize          lodge_key_state_count       (LodgeKeyState     *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LodgeKeyState, lodge_key_state_free)

void lodge_key_state_set_release_keys (LodgeKeyState *self,
                                       const guint   *codes,
                                       gsize          n_codes);

G_END_DECLS
