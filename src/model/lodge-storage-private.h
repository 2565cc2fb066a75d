/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lodge-storage.h"

G_BEGIN_DECLS

/* The lists behind lodge_connection_get_networks() and lodge_connection_get_storage_pools(). The connection makes
 * each on the first call and owns it; a list holds @connection weakly. It follows the connection's state by itself:
 * it reads when the connection is (or becomes) connected and is empty while it is not. Main context only. */
GListModel *lodge_network_list_new          (LodgeConnection *connection);   /* (transfer full) */
GListModel *lodge_storage_pool_list_new     (LodgeConnection *connection);   /* (transfer full) */

/* An event of the host that concerns one of them (any detail: what changed is read again, many events in one
 * read). Call it at the connection's flush; @uuid may be NULL: read everything again. A pool's refresh or a
 * volume's coming and going makes the volumes that were read stale: @volumes. */
void        lodge_network_list_changed      (GListModel      *self,
                                             const char      *uuid);
void        lodge_storage_pool_list_changed (GListModel      *self,
                                             const char      *uuid,
                                             gboolean         volumes);

G_END_DECLS
