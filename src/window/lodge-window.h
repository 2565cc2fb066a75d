/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "model/lodge-connection-list.h"
#include "model/lodge-job.h"
#include "window/lodge-machine-list.h"

G_BEGIN_DECLS

#define LODGE_TYPE_WINDOW (lodge_window_get_type ())
G_DECLARE_FINAL_TYPE (LodgeWindow, lodge_window, LODGE, WINDOW, AdwApplicationWindow)

/* The main window: connections at the side, their machines beside them */
LodgeWindow      *lodge_window_new               (GtkApplication      *application,
                                                  LodgeConnectionList *connections,
                                                  LodgeJobList        *jobs,
                                                  GSettings           *settings);
/* %NULL: all machines */
void              lodge_window_select_connection (LodgeWindow         *self,
                                                  LodgeConnection     *connection);
LodgeMachineList *lodge_window_get_machine_list  (LodgeWindow         *self);

G_END_DECLS
