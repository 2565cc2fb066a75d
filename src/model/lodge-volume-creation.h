/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lodge-storage.h"

G_BEGIN_DECLS

/* Makes a new volume that grows as it is written to, "qcow2" where the pool has formats and @format is NULL. The result
 * is its path. An error leaves nothing behind: LODGE_ERROR_EXISTS, LODGE_ERROR_NO_SPACE, … Cancelling turns the result
 * into a cancelled error; the volume may be there all the same. */
void  lodge_connection_create_volume_async  (LodgeConnection      *connection,
                                             LodgeStoragePool     *pool,
                                             const char           *name,
                                             const char           *format,
                                             guint64               capacity,
                                             GCancellable         *cancellable,
                                             GAsyncReadyCallback   callback,
                                             gpointer              user_data);
/* (transfer full) (nullable) */
char *lodge_connection_create_volume_finish (LodgeConnection      *connection,
                                             GAsyncResult         *result,
                                             GError              **error);

G_END_DECLS
