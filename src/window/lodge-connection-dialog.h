/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "model/lodge-connection-list.h"

G_BEGIN_DECLS

#define LODGE_TYPE_CONNECTION_DIALOG (lodge_connection_dialog_get_type ())
G_DECLARE_FINAL_TYPE (LodgeConnectionDialog, lodge_connection_dialog, LODGE, CONNECTION_DIALOG, AdwDialog)

/* Makes a connection from a few answers or from a URI, or changes one. Signal "added" (LodgeConnection*): it is in the
 * list and opens; one whose URI was changed is another object at the place of the old one. */
AdwDialog *lodge_connection_dialog_new      (LodgeConnectionList *connections);
AdwDialog *lodge_connection_dialog_new_edit (LodgeConnectionList *connections,
                                             LodgeConnection     *connection);

G_END_DECLS
