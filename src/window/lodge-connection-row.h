/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lodge-sidebar-row.h"
#include "model/lodge-connection-list.h"

G_BEGIN_DECLS

#define LODGE_TYPE_CONNECTION_ROW (lodge_connection_row_get_type ())
G_DECLARE_FINAL_TYPE (LodgeConnectionRow, lodge_connection_row, LODGE, CONNECTION_ROW, LodgeSidebarRow)

/* A connection in the sidebar, or all machines together when it has no connection */
GtkWidget       *lodge_connection_row_new            (LodgeConnectionList *connections,
                                                      LodgeConnection     *connection,
                                                      GListModel          *all_domains);
LodgeConnection *lodge_connection_row_get_connection (LodgeConnectionRow  *self);

G_END_DECLS
