/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "model/lodge-connection.h"

G_BEGIN_DECLS

#define LODGE_TYPE_CONNECTION_OVERVIEW (lodge_connection_overview_get_type ())
G_DECLARE_FINAL_TYPE (LodgeConnectionOverview, lodge_connection_overview, LODGE, CONNECTION_OVERVIEW, AdwBin)

/* The page Overview of a connection: what it is, what its host is, and how it opens */
GtkWidget *lodge_connection_overview_new (LodgeConnection *connection);

G_END_DECLS
