/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Lines [old_start, old_start + n_old) of the one text are lines [new_start, new_start + n_new) of the other; from 0 */
typedef struct
{
  guint old_start;
  guint n_old;
  guint new_start;
  guint n_new;
} LodgeTextHunk;

/* (transfer full) (element-type LodgeTextHunk): what differs, in order, with equal lines between any two */
GArray *lodge_text_diff  (const char *old_text,
                          const char *new_text);
/* (transfer full) (nullable): @base with the changes of both; NULL when they touch each other */
char   *lodge_text_merge (const char *base,
                          const char *ours,
                          const char *theirs);

G_END_DECLS
