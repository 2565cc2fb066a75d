/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lodge-machine-sorter.h"

G_BEGIN_DECLS

/* Adds the actions of the view menu to @group: sort (string, a column's id), sort-descending, group-by, and column-ID
 * for each column but the name. They follow @settings and @sorter and are gone with @group. */
void        lodge_view_options_add_actions (GSimpleActionGroup *group,
                                            GSettings          *settings,
                                            LodgeMachineSorter *sorter);
/* Columns ▸, Sort By ▸, Group By ▸ for the prefix “list” */
GMenuModel *lodge_view_options_create_menu (void);

G_END_DECLS
