/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "lodge-libvirt.h"
#include "lodge-peer.h"

G_BEGIN_DECLS

/**
 * LodgeLane:
 * @LODGE_LANE_CONTROL: what a person asked for
 * @LODGE_LANE_POLL: statistics; one call at a time
 * @LODGE_LANE_BULK: reading what changed
 * @LODGE_LANE_DETAILS: reading what is nice to know: titles, addresses, pictures
 * @LODGE_LANE_SLOW: starting, reading storage: seconds
 * @LODGE_LANE_LONG: creating, deleting, saving: minutes. lodge_connection_run() sends them over a connection of their own
 *   where there can be one
 *
 * Calls of one lane wait for each other; a slow one does not hold up the other lanes. At most four calls of a
 * connection are under way at once, and at most three that are not of the control lane: with five, libvirtd stops
 * reading from that client, and one frozen guest would stop everything.
 */
typedef enum
{
  LODGE_LANE_CONTROL,
  LODGE_LANE_POLL,
  LODGE_LANE_BULK,
  LODGE_LANE_DETAILS,
  LODGE_LANE_SLOW,
  LODGE_LANE_LONG,
  LODGE_N_LANES,
} LodgeLane;

/* Runs on a worker thread. Ends @task; may keep neither @connection nor the task. */
typedef void (*LodgeWorkFunc) (GTask         *task,
                               virConnectPtr  connection,
                               gpointer       task_data,
                               GCancellable  *cancellable);

typedef enum
{
  LODGE_CALLBACK_DOMAIN,
  LODGE_CALLBACK_NETWORK,
  LODGE_CALLBACK_POOL,
  LODGE_N_CALLBACKS,
} LodgeCallbackKind;

/* An open connection and the threads of its calls */
typedef struct _LodgeWorker LodgeWorker;

/* Takes @connection; @close_callback is what was registered on it, or is taken back in vain. @peer: nullable */
LodgeWorker *lodge_worker_new          (virConnectPtr        connection,
                                        virConnectCloseFunc  close_callback,
                                        LodgePeer           *peer);
/* A callback that was registered, to be taken back before closing. Any thread. */
void         lodge_worker_add_callback (LodgeWorker         *self,
                                        LodgeCallbackKind    kind,
                                        int                  number);
void         lodge_worker_run          (LodgeWorker         *self,
                                        LodgeLane            lane,
                                        GTask               *task,
                                        LodgeWorkFunc        func);
/* How many calls of @lane may be under way together; before the first one */
void         lodge_worker_set_lane_size (LodgeWorker        *self,
                                         LodgeLane           lane,
                                         guint               size);
/* Whether it is the worker of @connection. Any thread. */
gboolean     lodge_worker_is_of        (LodgeWorker         *self,
                                        virConnectPtr        connection);
/* Calls that are under way or wait */
guint        lodge_worker_get_n_calls  (LodgeWorker         *self);
/* Ends every call that is under way with an error, by shutting the connection's sockets down. Any thread. */
void         lodge_worker_give_up      (LodgeWorker         *self);
/* Lets what runs end, refuses what waits, and closes the connection on a thread of its own. Returns at once. Calls that
 * a dead host owes are given up when libvirt says that it is dead. */
void         lodge_worker_stop         (LodgeWorker         *self);
/* Frees a handle where a last reference may talk to the host */
void         lodge_worker_free_domain  (virDomainPtr         domain);

G_END_DECLS
