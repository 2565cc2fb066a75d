/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "lodge-connection-list.h"

G_BEGIN_DECLS

/* A connection that virt-manager remembers */
typedef struct
{
  char     *uri;
  char     *name;         /* nullable: none was given by the person */
  gboolean  autoconnect;
} LodgeSavedConnection;

/* Reads virt-manager's settings: by its schema, or what dconf has where it is not installed any more. Nothing is
 * changed there. An empty array (of LodgeSavedConnection) where there is nothing; cancelling is an error. */
void       lodge_virt_manager_read_async  (GCancellable         *cancellable,
                                           GAsyncReadyCallback   callback,
                                           gpointer              user_data);
GPtrArray *lodge_virt_manager_read_finish (GAsyncResult         *result,
                                           GError              **error);
/* Pure: from what `dconf dump /org/virt-manager/virt-manager/` prints. (transfer full) */
GPtrArray *lodge_virt_manager_parse_dump  (const char           *text);
/* TRUE: the list lacks it, and it can be used */
gboolean   lodge_virt_manager_is_new      (LodgeConnectionList        *connections,
                                           const LodgeSavedConnection *saved);
/* (transfer none) (nullable): the new connection, not open */
LodgeConnection *lodge_virt_manager_import (LodgeConnectionList        *connections,
                                            const LodgeSavedConnection *saved,
                                            GError                    **error);

G_END_DECLS
