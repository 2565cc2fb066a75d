/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lodge-connection-private.h"

G_BEGIN_DECLS

/* On a worker thread: every object of its kind on the host, or NULL and an error */
typedef GPtrArray *(*LodgeHostListRead)  (virConnectPtr   connection,
                                          GError        **error);

#define LODGE_TYPE_HOST_LIST (lodge_host_list_get_type ())
G_DECLARE_FINAL_TYPE (LodgeHostList, lodge_host_list, LODGE, HOST_LIST, GObject)

/* A GListModel that holds what a host has of one kind (networks, pools): read by one call when the connection
 * opens and again when something changed, empty while it is closed. An item is replaced by its newer self. */
LodgeHostList *lodge_host_list_new     (LodgeConnection   *connection,
                                        GType              item_type,
                                        LodgeHostListRead  read);
void           lodge_host_list_changed (LodgeHostList     *self);

G_END_DECLS
