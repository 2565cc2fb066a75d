/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "lodge-machine-filter.h"
#include "lodge-machine-view.h"
#include "model/lodge-connection-list.h"
#include "widgets/lodge-domain-actions.h"

G_BEGIN_DECLS

#define LODGE_TYPE_MACHINE_LIST (lodge_machine_list_get_type ())
G_DECLARE_FINAL_TYPE (LodgeMachineList, lodge_machine_list, LODGE, MACHINE_LIST, GtkWidget)

/* The machines of one connection or of all: filter row, one of the views, bar of actions. Statistics are read while it
 * is seen. Properties: width-class (int, a LodgeListWidth), summary (string, read-only: “16 of 30 running”). */
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
/* The view that is seen, or will be */
LodgeMachineView   *lodge_machine_list_get_view       (LodgeMachineList    *self);
/* “list.…”: clear-selection, search and select (toggles), and the view menu's */
GActionGroup       *lodge_machine_list_get_options    (LodgeMachineList    *self);
/* A search and a state, in place of those in force */
void                lodge_machine_list_apply_filter   (LodgeMachineList    *self,
                                                       const char          *text,
                                                       LodgeMachineStateFilter state);
const char         *lodge_machine_list_get_filter_text (LodgeMachineList   *self);
LodgeMachineStateFilter lodge_machine_list_get_filter_state (LodgeMachineList *self);
/* There is a search or a state that leaves machines out */
gboolean            lodge_machine_list_is_filtered    (LodgeMachineList    *self);
void                lodge_machine_list_focus_search   (LodgeMachineList    *self);

G_END_DECLS
