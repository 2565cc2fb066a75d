/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "model/lodge-connection-list.h"

G_BEGIN_DECLS

#define LODGE_TYPE_CONNECTION_DIALOG (lodge_connection_dialog_get_type ())
G_DECLARE_FINAL_TYPE (LodgeConnectionDialog, lodge_connection_dialog, LODGE, CONNECTION_DIALOG, AdwDialog)

/* Makes a connection from a few answers or from a URI. Signal "added" (LodgeConnection*): it is in the list and opens. */
AdwDialog *lodge_connection_dialog_new (LodgeConnectionList *connections);

G_END_DECLS
