/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lodge-machine-selection.h"
#include "lodge-machine-view.h"

G_BEGIN_DECLS

#define LODGE_TYPE_MACHINE_VIEWS (lodge_machine_views_get_type ())
G_DECLARE_FINAL_TYPE (LodgeMachineViews, lodge_machine_views, LODGE, MACHINE_VIEWS, GtkWidget)

/* The views of a list, of which one is seen: table, rows where there is no room for a table, grid. A view is made when
 * it is first needed. "details-wanted": groups need what is read of each machine by
 * itself. Signals as of LodgeMachineView: "activated" (guint position), "menu-requested" (LodgeDomain,
 * double x, double y). */
void              lodge_machine_views_set_up               (LodgeMachineViews     *self,
                                                            LodgeMachineSelection *selection,
                                                            LodgeMachineSorter    *sorter,
                                                            GSettings             *settings);
void              lodge_machine_views_set_width_class      (LodgeMachineViews     *self,
                                                            LodgeListWidth         width_class);
/* Machines of more than one connection are shown, and it is said of which they are */
void              lodge_machine_views_set_many_connections (LodgeMachineViews     *self,
                                                            gboolean               many_connections);
/* The one that is seen, nullable: before lodge_machine_views_set_up() */
LodgeMachineView *lodge_machine_views_get_view             (LodgeMachineViews     *self);
/* The numbers of a connection's machines are new */
void              lodge_machine_views_tick                 (LodgeMachineViews     *self,
                                                            LodgeConnection       *connection);
/* States, tags or names have changed: rows move to where they belong now, soon */
void              lodge_machine_views_queue_sort           (LodgeMachineViews     *self);
/* The groups need what is read of each machine by itself */
gboolean          lodge_machine_views_wants_details        (LodgeMachineViews     *self);
/* Rows have check boxes */
void              lodge_machine_views_set_selecting        (LodgeMachineViews     *self,
                                                            gboolean               selecting);
/* Rows stay where they are while a menu is open on one */
void              lodge_machine_views_set_held             (LodgeMachineViews     *self,
                                                            gboolean               held);

G_END_DECLS
