/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "widgets/lodge-column.h"

G_BEGIN_DECLS

#define LODGE_TYPE_MACHINE_SORTER (lodge_machine_sorter_get_type ())
G_DECLARE_FINAL_TYPE (LodgeMachineSorter, lodge_machine_sorter, LODGE, MACHINE_SORTER, GtkSorter)

/* The order of a list of machines, whatever view shows it: by one column, ties by name. Signal "order-changed": the
 * person wants another order, as opposed to new numbers in the same order ("changed" comes for both). */
LodgeMachineSorter *lodge_machine_sorter_new            (void);
void                lodge_machine_sorter_set_order      (LodgeMachineSorter *self,
                                                         LodgeColumn         column,
                                                         gboolean            descending);
LodgeColumn         lodge_machine_sorter_get_column     (LodgeMachineSorter *self);
gboolean            lodge_machine_sorter_get_descending (LodgeMachineSorter *self);
/* Sorts again, as the numbers are new */
void                lodge_machine_sorter_refresh        (LodgeMachineSorter *self);

G_END_DECLS
