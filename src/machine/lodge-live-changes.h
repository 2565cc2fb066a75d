/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lodge-edits.h"

G_BEGIN_DECLS

/* (transfer full) (nullable) (element-type LodgeLiveChange): what of @list, the edits that are not applied, is done to
 * the running machine, in order; NULL: nothing */
GPtrArray *lodge_live_changes_new (LodgeEdits *edits,
                                   GPtrArray  *list);

G_END_DECLS
