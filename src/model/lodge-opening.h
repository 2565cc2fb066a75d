/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lodge-connection-private.h"
#include "lodge-credential-request.h"
#include "lodge-host-events.h"
#include "lodge-login-questions.h"
#include "lodge-long-calls.h"
#include "lodge-ssh-transport.h"

G_BEGIN_DECLS

/* What the opening thread brings back. Plain data; whoever has it stops the worker and frees. */
typedef struct
{
  LodgeWorker   *worker;        /* NULL: @error says why */
  GError        *error;         /* with a worker: it opened, but its domains cannot be listed */
  GPtrArray     *domains;       /* of LodgeDomainRecord */
  gboolean       read_only;
  LodgeHostInfo  host;
} LodgeOpenResult;

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
  /* The open connection is lost: @error where it is known why, else virConnectCloseReason */
  void (*closed)      (LodgeOpening           *opening,
                       int                     reason,
                       const GError           *error,     /* (nullable) */
                       gpointer                user_data);
} LodgeOpeningFuncs;

/* Opens @uri on a thread of its own, after the login where it goes over SSH. The object stays: it holds the login. */
LodgeOpening *lodge_opening_start     (const char              *uri,
                                       gboolean                 read_only,
                                       LodgeHostEvents         *events,
                                       const LodgeOpeningFuncs *funcs,
                                       gpointer                 user_data);
/* Forgets it, and ends what libvirt waits for: a connection that opens later is closed again. Takes the reference. */
void          lodge_opening_abandon   (LodgeOpening            *self);

/* libvirt told that the connection is closed: funcs->closed follows, with ssh's reason where that has one */
void          lodge_opening_host_closed (LodgeOpening          *self,
                                         int                    reason);
/* (nullable): of a connection over SSH */
LodgeSshTransport *lodge_opening_get_transport (LodgeOpening   *self);

/* (transfer full): for the long calls of @worker, which it has opened */
LodgeLongCalls *lodge_opening_new_long_calls (LodgeOpening      *self,
                                              LodgeWorker       *worker);

/* virConnectOpenAuth() and keepalive; waits, so on a thread that may. NULL: libvirt's last error says why */
virConnectPtr lodge_open_libvirt      (const char              *uri,
                                       gboolean                 read_only,
                                       LodgeLoginQuestions     *questions);

/* Of connections opened from now on: dead after (count + 1) × interval s without any traffic */
void          lodge_opening_set_keepalive (int                  interval,
                                           unsigned int         count);
/* How long a far host may take to open one, from now on */
void          lodge_opening_set_patience  (guint                seconds);

void          lodge_open_result_free  (LodgeOpenResult         *result);

G_END_DECLS
