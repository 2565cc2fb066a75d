/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Descriptors that lead through a master to what listens on its host: the channels of consoles. Main thread. */
typedef struct _LodgeSshStreams LodgeSshStreams;

LodgeSshStreams *lodge_ssh_streams_new        (void);
void             lodge_ssh_streams_free       (LodgeSshStreams     *self);
/* Ends all of them */
void             lodge_ssh_streams_close      (LodgeSshStreams     *self);
/* For g_task_propagate_int() of a task of @source: see lodge_ssh_transport_open_stream_async() */
void             lodge_ssh_streams_open_async (LodgeSshStreams     *self,
                                               GObject             *source,
                                               const char          *control_path,
                                               const char          *uri,
                                               const char          *host,
                                               guint                port,
                                               const char          *unix_path,
                                               GCancellable        *cancellable,
                                               GAsyncReadyCallback  callback,
                                               gpointer             user_data);

G_END_DECLS
