/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lodge-model-types.h"

G_BEGIN_DECLS

#define LODGE_TYPE_CONNECTION_LIST (lodge_connection_list_get_type ())
G_DECLARE_FINAL_TYPE (LodgeConnectionList, lodge_connection_list, LODGE, CONNECTION_LIST, GObject)

/* A GListModel of LodgeConnection in the person's order, remembered in the key "connections" of @settings. */
LodgeConnectionList *lodge_connection_list_new       (GSettings            *settings);
LodgeConnection     *lodge_connection_list_find      (LodgeConnectionList  *self,
                                                      const char           *uri);
/* Adds and remembers; an equal URI gives LODGE_ERROR_EXISTS */
LodgeConnection     *lodge_connection_list_add       (LodgeConnectionList  *self,
                                                      const char           *uri,
                                                      const char           *name,
                                                      GError              **error);
/* In the list for this run only (--connect): remembered once it has opened */
LodgeConnection     *lodge_connection_list_add_unsaved (LodgeConnectionList *self,
                                                        const char          *uri,
                                                        GError             **error);
void                 lodge_connection_list_remove    (LodgeConnectionList  *self,
                                                      LodgeConnection      *connection);
void                 lodge_connection_list_move      (LodgeConnectionList  *self,
                                                      LodgeConnection      *connection,
                                                      guint                 position);
/* Opens those with autoconnect */
void                 lodge_connection_list_open_all  (LodgeConnectionList  *self);

G_END_DECLS
