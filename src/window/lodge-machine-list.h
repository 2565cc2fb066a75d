/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "model/lodge-connection-list.h"
#include "widgets/lodge-domain-actions.h"

G_BEGIN_DECLS

/**
 * LodgeListWidth:
 * @LODGE_LIST_WIDE: all columns
 * @LODGE_LIST_MEDIUM: without the columns that are read least
 * @LODGE_LIST_SMALL: name, state and processor
 * @LODGE_LIST_NARROW: rows of two lines instead of a table
 */
typedef enum
{
  LODGE_LIST_WIDE,
  LODGE_LIST_MEDIUM,
  LODGE_LIST_SMALL,
  LODGE_LIST_NARROW,
} LodgeListWidth;

#define LODGE_TYPE_MACHINE_LIST (lodge_machine_list_get_type ())
G_DECLARE_FINAL_TYPE (LodgeMachineList, lodge_machine_list, LODGE, MACHINE_LIST, GtkWidget)

/* The machines of one connection or of all: filter row, table, bar of actions. Statistics are read while it is seen.
 * Properties: width-class (int, a LodgeListWidth), summary (string, read-only: “16 of 30 running”). */
GtkWidget          *lodge_machine_list_new            (LodgeConnectionList *connections,
                                                       GListModel          *all_domains,
                                                       GSettings           *settings);
/* %NULL: all of them */
void                lodge_machine_list_set_connection (LodgeMachineList    *self,
                                                       LodgeConnection     *connection);
/* How many there are, whatever the filter says */
guint               lodge_machine_list_get_total      (LodgeMachineList    *self);
GtkSelectionModel  *lodge_machine_list_get_selection  (LodgeMachineList    *self);
LodgeDomainActions *lodge_machine_list_get_actions    (LodgeMachineList    *self);
void                lodge_machine_list_focus_search   (LodgeMachineList    *self);

G_END_DECLS
