/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "model/lodge-connection-list.h"

G_BEGIN_DECLS

#define LODGE_TYPE_STATUS_PAGE (lodge_status_page_get_type ())
G_DECLARE_FINAL_TYPE (LodgeStatusPage, lodge_status_page, LODGE, STATUS_PAGE, AdwBin)

/* What stands in the place of machines when there are none to show: why, and the next step. Its buttons activate
 * “win.…”; the row Known Machines “win.show-known”. Counts down to the next try by itself. */

/* One connection, in whatever state it is */
void lodge_status_page_show_connection  (LodgeStatusPage     *self,
                                         LodgeConnection     *connection);
/* All of them together, of which none has a machine to show */
void lodge_status_page_show_connections (LodgeStatusPage     *self,
                                         LodgeConnectionList *connections);

G_END_DECLS
