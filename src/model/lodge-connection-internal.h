/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lodge-connection-private.h"
#include "lodge-details-reader.h"
#include "lodge-domain-table.h"
#include "lodge-event-log.h"
#include "lodge-opening.h"
#include "lodge-reconnect.h"
#include "lodge-stats.h"

G_BEGIN_DECLS

/* For lodge-connection.c (the class), -life.c (opening, loss and closing) and -domains.c (what is on the host) only */
struct _LodgeConnection
{
  GObject               parent_instance;

  char                 *uri;
  char                 *name;          /* nullable */
  char                 *label;
  LodgeUri             *parsed;        /* nullable */
  LodgeConnectionState  state;
  GError               *error;         /* nullable */
  gboolean              autoconnect;
  gboolean              read_only;     /* as the person wants it */

  /* of the open generation */
  LodgeOpening         *opening;       /* owned, nullable: from the start of its opening on; holds the login */
  LodgeHostEvents      *events;        /* owned, nullable */
  LodgeWorker          *worker;        /* owned, nullable */
  LodgeLongCalls       *long_calls;    /* owned, nullable: beside @worker */
  GCancellable         *generation;    /* owned, nullable: cancelled when the worker's results are void */
  GPtrArray            *open_tasks;    /* of GTask: who waits for the opening */
  int                   closed;        /* virConnectCloseReason of a loss while it was opening, -1: none */
  gboolean              opened_read_only;
  guint                 lacking;       /* bits of LodgeDomainOperation: what its driver cannot do */
  LodgeHostInfo         host;

  /* what becomes of a loss */
  LodgeReconnect       *reconnect;
  gboolean              wanted;        /* a person, or the start of the program, opened it */
  gboolean              was_open;      /* since then */
  gboolean              automatic;     /* nobody asked for this opening */
  gint64                last_seen;     /* unix s, 0: never */
  guint                 probe_source;

  /* what is on the host */
  LodgeDomainTable     *table;
  LodgeDetailsReader   *details;
  LodgeEventLog        *log;
  guint                 inventory_source;
  gboolean              remembered;    /* it has an inventory */
  guint                 poll_source;   /* of a host that tells of nothing */
  GListModel           *networks;      /* owned, nullable */
  GListModel           *pools;         /* owned, nullable */
  gboolean              trays;         /* somebody looks at the hardware of machines */
  guint                 n_running;

  LodgeStats           *stats;         /* owned */
};

enum
{
  PROP_URI = 1,
  PROP_NAME,
  PROP_LABEL,
  PROP_STATE,
  PROP_ERROR,
  PROP_READ_ONLY,
  PROP_AUTOCONNECT,
  PROP_DOMAINS,
  PROP_N_RUNNING,
  PROP_RETRY_TIME,
  PROP_LAST_SEEN,
  N_PROPERTIES,
};

enum
{
  SIGNAL_CREDENTIALS_REQUESTED,
  SIGNAL_STATS_UPDATED,
  SIGNAL_DOMAINS_CHANGED,
  N_SIGNALS,
};

extern GParamSpec *lodge_connection_properties[N_PROPERTIES];
extern guint lodge_connection_signals[N_SIGNALS];

void lodge_connection_set_state       (LodgeConnection      *self,
                                       LodgeConnectionState  state,
                                       const GError         *error);
void lodge_connection_set_last_seen   (LodgeConnection      *self,
                                       gint64                time);

/* Of lodge-connection-life.c */
void lodge_connection_init_life       (LodgeConnection      *self);
/* Everything that was true of the open connection only */
void lodge_connection_drop_generation (LodgeConnection      *self);

/* Of lodge-connection-domains.c */
void lodge_connection_init_domains    (LodgeConnection      *self);
void lodge_connection_host_event_cb   (const LodgeHostEvent *event,
                                       gpointer              user_data);
/* Events of what somebody looks at: before its list is read, on the same lane */
void lodge_connection_start_listening (LodgeConnection      *self,
                                       LodgeEventSet         set);
/* Its driver has no events: what is on the host is read again from time to time */
void lodge_connection_start_polling   (LodgeConnection      *self);
void lodge_connection_save_inventory  (LodgeConnection      *self);

G_END_DECLS
