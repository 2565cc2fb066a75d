/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lodge-worker.h"

G_BEGIN_DECLS

/**
 * LodgeEventSet:
 * @LODGE_EVENTS_LIFECYCLE: without which a list of machines is not true: before it is read
 * @LODGE_EVENTS_MACHINES: the rest of what becomes known of machines: soon after
 * @LODGE_EVENTS_TRAYS: discs that a guest ejects: while somebody looks at the hardware of a machine
 * @LODGE_EVENTS_NETWORKS: while somebody looks at networks
 * @LODGE_EVENTS_POOLS: while somebody looks at storage
 *
 * Each event is a call to the host, so that they are listened to when they are of use.
 */
typedef enum
{
  LODGE_EVENTS_LIFECYCLE,
  LODGE_EVENTS_MACHINES,
  LODGE_EVENTS_TRAYS,
  LODGE_EVENTS_NETWORKS,
  LODGE_EVENTS_POOLS,
} LodgeEventSet;

typedef enum
{
  LODGE_HOST_EVENT_DOMAIN,
  LODGE_HOST_EVENT_NETWORK,
  LODGE_HOST_EVENT_POOL,
  LODGE_HOST_EVENT_VOLUMES,
  LODGE_HOST_EVENT_CLOSED,
} LodgeHostEventKind;

/* What happened on a host */
typedef struct
{
  LodgeHostEventKind  kind;
  virDomainPtr        domain;      /* of DOMAIN; borrowed */
  const char         *uuid;
  int                 state;       /* virDomainState that it implies, -1: none */
  int                 reason;      /* of the state; of CLOSED: virConnectCloseReason */
  gboolean            definition;  /* the domain's XML is another one now */
  int                 id;          /* VIR_DOMAIN_EVENT_ID_*, */
  int                 event;       /* … its event */
  int                 detail;      /* … and detail */
  const char         *text;        /* nullable: what else it says: a device, a disk */
} LodgeHostEvent;

/* Who is told of a host's events, on the main context; counted. Callbacks do no libvirt call. */
typedef struct _LodgeHostEvents LodgeHostEvents;

typedef void (*LodgeHostEventFunc) (const LodgeHostEvent *event,
                                    gpointer              user_data);

LodgeHostEvents *lodge_host_events_new      (LodgeHostEventFunc  func,
                                             gpointer            user_data);
LodgeHostEvents *lodge_host_events_ref      (LodgeHostEvents    *self);
void             lodge_host_events_unref    (LodgeHostEvents    *self);
/* The hypervisor's driver has no events of machines; known when those of their lifecycle were asked for. Any thread. */
gboolean         lodge_host_events_is_deaf  (LodgeHostEvents    *self);
/* Nothing is told any more */
void             lodge_host_events_mute     (LodgeHostEvents    *self);
void             lodge_host_events_listen   (LodgeHostEvents    *self,
                                             LodgeWorker        *worker,
                                             virConnectPtr       connection,
                                             LodgeEventSet       set);
/* The virConnectCloseFunc, with a LodgeHostEvents */
void             lodge_host_events_close_cb (virConnectPtr       connection,
                                             int                 reason,
                                             void               *opaque);

G_END_DECLS
