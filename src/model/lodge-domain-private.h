/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lodge-connection-private.h"
#include "lodge-series.h"

G_BEGIN_DECLS

/* For lodge-domain*.c only: the class is one, its code is in files of one job each. A row of a list: keep it small. */
struct _LodgeDomain
{
  GObject           parent_instance;

  LodgeConnection  *connection;   /* weak */
  virDomainPtr      handle;       /* owned, nullable: of the connection's open generation */
  char              uuid[VIR_UUID_STRING_BUFLEN];
  char             *name;
  char             *title;        /* nullable */
  char             *os_id;        /* nullable */
  char             *description;  /* nullable */
  char             *folder;       /* nullable */
  GStrv             tags;         /* nullable: none */
  GStrv             addresses;    /* nullable: none */
  gint64            address_time; /* µs when they were read, 0: not for this run of the guest */
  char             *last_error;   /* nullable */
  char             *search_text;  /* nullable: made when asked for, dropped when what it is made of changes */
  LodgeSeries      *series;       /* nullable: made with the first number */
  gint64            state_time;
  gint64            memory;
  gint64            memory_max;
  gint64            sample_time;  /* µs */
  gint64            cpu_time;     /* ns */
  gint64            counters[LODGE_N_METRICS - LODGE_METRIC_DISK_READ];
  float             rates[LODGE_N_METRICS];   /* the last values; -1: unknown. Not of the memory */
  int               id;
  guint             vcpus;
  guint8            state;        /* LodgeDomainState */
  guint8            reason;       /* of virDomainState's state */
  guint8            operation;    /* what is pending */
  guint             persistent : 1;
  guint             autostart : 1;
  guint             managed_save : 1;
  guint             stale : 1;
  guint             operation_pending : 1;
  guint             details_known : 1;
  guint             wants_addresses : 1;
};

/* What it is made of has changed */
void lodge_domain_drop_search_text      (LodgeDomain     *self);
/* An operation was asked of libvirt, or is not pending any more */
void lodge_domain_set_operation_pending (LodgeDomain     *self,
                                         gboolean         pending);
void lodge_domain_set_last_error        (LodgeDomain     *self,
                                         const char      *text);
/* lodge_domain_run_call() with data of its own */
void lodge_domain_run_call_full         (LodgeDomain     *self,
                                         LodgeLane        lane,
                                         GTask           *task,
                                         LodgeDomainFunc  func,
                                         gpointer         data,
                                         GDestroyNotify   destroy);
/* The data of such a task */
gpointer lodge_domain_get_call_data     (GTask           *task);

G_END_DECLS
