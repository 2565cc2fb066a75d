/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "lodge-libvirt.h"

G_BEGIN_DECLS

/**
 * LodgeLane:
 * @LODGE_LANE_CONTROL: what a person asked for
 * @LODGE_LANE_POLL: statistics; one call at a time
 * @LODGE_LANE_BULK: reading what changed
 * @LODGE_LANE_LONG: creating, deleting, saving: minutes
 *
 * Calls of one lane wait for each other; a slow one does not hold up the other lanes. Together they stay
 * below the five requests that libvirtd carries out at once for a client.
 */
typedef enum
{
  LODGE_LANE_CONTROL,
  LODGE_LANE_POLL,
  LODGE_LANE_BULK,
  LODGE_LANE_LONG,
  LODGE_N_LANES,
} LodgeLane;

/* Runs on a worker thread. Ends @task; may keep neither @connection nor the task. */
typedef void (*LodgeWorkFunc) (GTask         *task,
                               virConnectPtr  connection,
                               gpointer       task_data,
                               GCancellable  *cancellable);

typedef struct _LodgeWorker LodgeWorker;

/* Takes the reference; @close_callback is what was registered on it, or is taken back in vain */
LodgeWorker *lodge_worker_new  (virConnectPtr        connection,
                                virConnectCloseFunc  close_callback);
void         lodge_worker_run  (LodgeWorker   *self,
                                LodgeLane      lane,
                                GTask         *task,
                                LodgeWorkFunc  func);
/* Lets what runs end, refuses what waits, and closes the connection on a thread of its own. Returns at once. */
void         lodge_worker_stop (LodgeWorker   *self,
                                const int     *domain_events,
                                guint          n_domain_events,
                                const int     *network_events,
                                guint          n_network_events,
                                const int     *pool_events,
                                guint          n_pool_events);
/* Frees a handle where a last reference may talk to the host */
void         lodge_worker_free_domain (virDomainPtr domain);

G_END_DECLS
