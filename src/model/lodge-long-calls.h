/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lodge-worker.h"

G_BEGIN_DECLS

/* Calls that take minutes: saving, restoring, snapshots, making and wiping volumes, transfers.
 *
 * libvirtd carries out five calls of a client at once and then stops reading from it, so these go over a connection of
 * their own, which is opened for the first of them and closed when there were none for a while. Where a second connection
 * is another host (drivers inside of this process), or could ask the person again, they share the first one, on its long
 * lane. Main thread. */
typedef struct _LodgeLongCalls LodgeLongCalls;

/* @uri: of the person; @libvirt_uri: what libvirt is given; @peer: (nullable): where that leads. @first: is not stopped
 * before this is. */
LodgeLongCalls *lodge_long_calls_new  (const char     *uri,
                                       const char     *libvirt_uri,
                                       LodgePeer      *peer,
                                       gboolean        read_only,
                                       LodgeWorker    *first);
/* As lodge_worker_run(): @func gets either connection, and a domain's handle may belong to the other one */
void            lodge_long_calls_run  (LodgeLongCalls *self,
                                       GTask          *task,
                                       LodgeWorkFunc   func);
/* What waits is refused, what runs is let end. Takes the reference. */
void            lodge_long_calls_stop (LodgeLongCalls *self);
/* Of those that are open from now on: how long one without calls stays so */
void            lodge_long_calls_set_idle_time (guint seconds);

G_END_DECLS
