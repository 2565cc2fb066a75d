/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lodge-job.h"
#include "lodge-model-types.h"

G_BEGIN_DECLS

/* The content of a volume from and to a file of this computer, over the host's connection. It goes as fast as consoles on the
 * same link stay quick (LodgePacer). @job is told how far it is and is finished; cancelling it ends the transfer, and what was
 * copied until then stays on the host, or is removed here. */
void     lodge_connection_upload_volume_async    (LodgeConnection     *connection,
                                                  const char          *pool,
                                                  const char          *volume,
                                                  const char          *path,
                                                  LodgeJob            *job,
                                                  GAsyncReadyCallback  callback,
                                                  gpointer             user_data);
/* @path appears when it is complete */
void     lodge_connection_download_volume_async  (LodgeConnection     *connection,
                                                  const char          *pool,
                                                  const char          *volume,
                                                  const char          *path,
                                                  LodgeJob            *job,
                                                  GAsyncReadyCallback  callback,
                                                  gpointer             user_data);
/* Of both */
gboolean lodge_connection_transfer_volume_finish (LodgeConnection     *connection,
                                                  GAsyncResult        *result,
                                                  GError             **error);

G_END_DECLS
