/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lodge-machine-view.h"

G_BEGIN_DECLS

#define LODGE_TYPE_MACHINE_TABLE (lodge_machine_table_get_type ())
G_DECLARE_FINAL_TYPE (LodgeMachineTable, lodge_machine_table, LODGE, MACHINE_TABLE, LodgeMachineView)

/* The machines in columns. Which there are, in which order and how wide is kept in the key “columns” of @settings, and
 * follows it; a click on a column's title changes the order of @sorter. */
GtkWidget *lodge_machine_table_new            (GSettings          *settings,
                                               LodgeMachineSorter *sorter);
/* @many_connections: they are told apart by a column */
void       lodge_machine_table_set_room       (LodgeMachineTable  *self,
                                               LodgeListWidth      width,
                                               gboolean            many_connections);

G_END_DECLS
