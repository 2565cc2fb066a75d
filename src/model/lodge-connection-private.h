/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lodge-connection.h"
#include "lodge-domain.h"
#include "lodge-ssh-transport.h"
#include "lodge-worker.h"

G_BEGIN_DECLS

/* For the files of model/ only */

/* What is known of one domain after a look at the host. Plain data, made on a worker thread. */
typedef struct
{
  virDomainPtr  handle;   /* owned, nullable */
  char          uuid[VIR_UUID_STRING_BUFLEN];
  char         *name;
  int           id;
  int           state;    /* virDomainState */
  int           reason;
  gboolean      persistent;
  gboolean      autostart;
  gboolean      managed_save;
  gboolean      gone;     /* it is not on the host any more */
  gint64        memory_max;   /* bytes, -1 unknown */
  guint         vcpus;        /* 0 unknown */
} LodgeDomainRecord;

void              lodge_domain_record_free      (LodgeDomainRecord *record);

/* What is known of a host since it was opened; what it did not tell is 0 */
typedef struct
{
  char    *name;                /* nullable */
  guint    cpus;
  guint64  memory;              /* bytes */
  gulong   libvirt_version;
  gulong   hypervisor_version;
} LodgeHostInfo;

/* One reading of a domain's statistics */
typedef struct
{
  char    uuid[VIR_UUID_STRING_BUFLEN];
  gboolean active;       /* else only what it could use is known */
  gint64  cpu_time;      /* ns, -1 unknown */
  gint64  memory;        /* bytes, -1 unknown */
  gint64  memory_max;    /* bytes, -1 unknown */
  guint   vcpus;         /* 0 unknown */
  gint64  counters[4];   /* bytes so far, -1 unknown: LODGE_METRIC_DISK_READ … */
} LodgeDomainSample;

LodgeDomain      *lodge_domain_new              (LodgeConnection         *connection,
                                                 LodgeDomainRecord       *record);
void              lodge_domain_apply_record     (LodgeDomain             *self,
                                                 LodgeDomainRecord       *record);
void              lodge_domain_apply_event      (LodgeDomain             *self,
                                                 int                      state,
                                                 int                      reason);
void              lodge_domain_apply_sample     (LodgeDomain             *self,
                                                 const LodgeDomainSample *sample,
                                                 gint64                   time);
void              lodge_domain_definition_changed (LodgeDomain          *self);
/* Of the details: lodge-domain-details.c */
typedef struct _LodgeDetailsReader LodgeDetailsReader;
LodgeDetailsReader *lodge_connection_get_details_reader (LodgeConnection *self);
/* The rows have something new to show: tells it once in a while */
void              lodge_connection_domains_changed (LodgeConnection      *self);
virDomainPtr      lodge_domain_ref_handle       (LodgeDomain             *self);
void              lodge_domain_get_wants        (LodgeDomain             *self,
                                                 gboolean                *details,
                                                 gboolean                *addresses);
void              lodge_domain_forget_details   (LodgeDomain             *self);
void              lodge_domain_clear_addresses  (LodgeDomain             *self);
void              lodge_domain_clear_numbers    (LodgeDomain             *self);
void              lodge_domain_set_stale        (LodgeDomain             *self,
                                                 gboolean                 stale);
void              lodge_domain_left             (LodgeDomain             *self);

/* (nullable): of a connection over SSH, from the start of its login on */
LodgeSshTransport *lodge_connection_get_transport (LodgeConnection       *self);
/* What the hypervisor's driver has refused as unknown to it is not offered again while the connection is open */
void              lodge_connection_add_lacking  (LodgeConnection         *self,
                                                 LodgeDomainOperation     operation);
gboolean          lodge_connection_is_lacking   (LodgeConnection         *self,
                                                 LodgeDomainOperation     operation);
/* NULL while the connection is not open */
LodgeWorker      *lodge_connection_get_worker   (LodgeConnection         *self);
/* Ends @task with NOT_CONNECTED when it is not open. @func gets the open connection. */
void              lodge_connection_run          (LodgeConnection         *self,
                                                 LodgeLane                lane,
                                                 GTask                   *task,
                                                 LodgeWorkFunc            func);

/* The domain's own handle, for a worker: lodge_domain_run_call() passes it on */
typedef void (*LodgeDomainFunc) (GTask        *task,
                                 virDomainPtr  domain,
                                 gpointer      task_data,
                                 GCancellable *cancellable);
void              lodge_domain_run_call         (LodgeDomain             *self,
                                                 LodgeLane                lane,
                                                 GTask                   *task,
                                                 LodgeDomainFunc          func);
/* libvirt's last error of this worker thread, with the connection's URI */
GError           *lodge_domain_new_error        (virDomainPtr             domain);
/* Asks for a re-read of one domain, as if an event had named it */
void              lodge_connection_mark_dirty   (LodgeConnection         *self,
                                                 virDomainPtr             handle);
void              lodge_connection_remove_domain (LodgeConnection        *self,
                                                  LodgeDomain            *domain);
LodgeDomain      *lodge_connection_take_record  (LodgeConnection         *self,
                                                 LodgeDomainRecord       *record);
/* On a worker thread */
LodgeDomainRecord *lodge_domain_record_read     (virDomainPtr             domain);

G_END_DECLS
