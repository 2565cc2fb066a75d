/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lodge-connection-private.h"
#include "lodge-credential-request.h"

G_BEGIN_DECLS

/* What the opening thread brings back. Plain data; whoever has it closes and frees. */
typedef struct
{
  virConnectPtr  handle;        /* NULL: @error says why */
  GError        *error;
  GPtrArray     *domains;       /* of LodgeDomainRecord */
  GArray        *domain_events; /* callback numbers, int */
  GArray        *network_events;
  GArray        *pool_events;
  char          *host_name;
  guint          host_cpus;
  guint64        host_memory;   /* bytes */
  gulong         libvirt_version;
  gulong         hypervisor_version;
} LodgeOpenResult;

/* What happened on a host, told on the main context. @user_data is the LodgeOpening's owner's. */
typedef enum
{
  LODGE_HOST_EVENT_DOMAIN,
  LODGE_HOST_EVENT_NETWORK,
  LODGE_HOST_EVENT_POOL,
  LODGE_HOST_EVENT_VOLUMES,
  LODGE_HOST_EVENT_CLOSED,
} LodgeHostEventKind;

typedef struct
{
  LodgeHostEventKind  kind;
  virDomainPtr        domain;   /* of DOMAIN; borrowed */
  const char         *uuid;
  int                 state;    /* virDomainState that a lifecycle event implies, -1: none */
  int                 reason;
  gboolean            removed;  /* undefined */
} LodgeHostEvent;

typedef struct _LodgeOpening LodgeOpening;

/* Called on the main context; none of them after lodge_opening_abandon() */
typedef struct
{
  void (*done)        (LodgeOpening           *opening,
                       LodgeOpenResult        *result,    /* (transfer full) */
                       gpointer                user_data);
  void (*credentials) (LodgeOpening           *opening,
                       LodgeCredentialRequest *request,   /* (transfer none) */
                       gpointer                user_data);
  void (*event)       (LodgeOpening           *opening,
                       const LodgeHostEvent   *event,
                       gpointer                user_data);
} LodgeOpeningFuncs;

/* Opens @uri on a thread of its own. The object stays the address of the open connection's events. */
LodgeOpening *lodge_opening_start     (const char              *uri,
                                       const LodgeOpeningFuncs *funcs,
                                       gpointer                 user_data);
/* Forgets it: a connection that opens later is closed again. Takes the reference. */
void          lodge_opening_abandon   (LodgeOpening            *self);

void          lodge_open_result_free  (LodgeOpenResult         *result);

/* The virConnectCloseFunc of what was opened here, for lodge_worker_new() */
void          lodge_opening_close_cb  (virConnectPtr            connection,
                                       int                      reason,
                                       void                    *opaque);

G_END_DECLS
