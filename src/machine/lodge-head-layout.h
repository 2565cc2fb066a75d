/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Which of this computer's monitors shows which of the guest's in full screen. Pure: monitors are names of connectors. */

#define LODGE_HEAD_NOWHERE (-1)

/* @remembered: a connector for each head, "" for none; may be shorter or longer. @places: of @n_heads, filled with
 * positions in @connectors, LODGE_HEAD_NOWHERE for heads that there is no monitor for. */
void   lodge_head_layout_find     (const char * const *connectors,
                                   const char * const *remembered,
                                   guint               n_heads,
                                   int                *places);
/* (transfer full): @remembered with @connector for @head; no other head has it any more */
char **lodge_head_layout_remember (const char * const *remembered,
                                   guint               head,
                                   const char         *connector);

G_END_DECLS
