/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lodge-model-types.h"

G_BEGIN_DECLS

/* virDomainState, and what ui.md shows beside it */
typedef enum
{
  LODGE_DOMAIN_STATE_UNKNOWN,
  LODGE_DOMAIN_STATE_RUNNING,
  LODGE_DOMAIN_STATE_PAUSED,
  LODGE_DOMAIN_STATE_SHUTTING_DOWN,   /* virDomainState SHUTDOWN: being shut down */
  LODGE_DOMAIN_STATE_OFF,
  LODGE_DOMAIN_STATE_SAVED,           /* off, with a managed save image */
  LODGE_DOMAIN_STATE_CRASHED,
  LODGE_DOMAIN_STATE_SUSPENDED,       /* PMSUSPENDED: the guest sleeps */
} LodgeDomainState;

#define LODGE_TYPE_DOMAIN_STATE (lodge_domain_state_get_type ())
GType lodge_domain_state_get_type (void);

/* What a person can ask of a machine: one table from operation to call, states and label */
typedef enum
{
  LODGE_DOMAIN_START,            /* virDomainCreate; restores when saved */
  LODGE_DOMAIN_START_PAUSED,     /* VIR_DOMAIN_START_PAUSED */
  LODGE_DOMAIN_START_FRESH,      /* VIR_DOMAIN_START_FORCE_BOOT: without the saved state */
  LODGE_DOMAIN_PAUSE,
  LODGE_DOMAIN_RESUME,           /* also pmsuspended: virDomainPMWakeup */
  LODGE_DOMAIN_SHUT_DOWN,
  LODGE_DOMAIN_REBOOT,
  LODGE_DOMAIN_SAVE,             /* virDomainManagedSave */
  LODGE_DOMAIN_FORCE_OFF,        /* virDomainDestroy */
  LODGE_DOMAIN_FORCE_RESET,      /* virDomainReset */
  LODGE_DOMAIN_DISCARD_SAVED,    /* virDomainManagedSaveRemove */
  LODGE_DOMAIN_N_OPERATIONS,
} LodgeDomainOperation;

#define LODGE_TYPE_DOMAIN_OPERATION (lodge_domain_operation_get_type ())
GType lodge_domain_operation_get_type (void);

#define LODGE_DOMAIN_HISTORY 60   /* samples kept for a sparkline */

/* Numbers whose past is kept: a share of all vCPUs, bytes, bytes a second */
typedef enum
{
  LODGE_METRIC_CPU,
  LODGE_METRIC_MEMORY,
  LODGE_METRIC_DISK_READ,
  LODGE_METRIC_DISK_WRITE,
  LODGE_METRIC_NETWORK_IN,
  LODGE_METRIC_NETWORK_OUT,
  LODGE_N_METRICS,
} LodgeMetric;

/* How far back, and in which steps: 2 minutes by 2 s, an hour by 60 s, a day by 20 minutes */
typedef enum
{
  LODGE_SPAN_MINUTES,
  LODGE_SPAN_HOUR,
  LODGE_SPAN_DAY,
  LODGE_N_SPANS,
} LodgeSpan;

#define LODGE_SPAN_LENGTH 72

#define LODGE_TYPE_DOMAIN (lodge_domain_get_type ())
G_DECLARE_FINAL_TYPE (LodgeDomain, lodge_domain, LODGE, DOMAIN, GObject)

/* Properties that notify: name, title (nullable), state, state-reason (translated, nullable), persistent,
 * autostart, stale (connection lost), operation-pending (an operation was asked and its event has not come),
 * os-id (nullable), last-error (nullable string); description, tags, folder, addresses: lodge-domain-details.h.
 * Signals: "event" (const char *translated) for the log; "definition-changed": its XML is another one now (defined again,
 * a device came or went, started, stopped); "removed": it left its connection's list. */

LodgeConnection  *lodge_domain_get_connection (LodgeDomain *self);   /* (transfer none) (nullable): gone */
const char       *lodge_domain_get_name       (LodgeDomain *self);
const char       *lodge_domain_get_title      (LodgeDomain *self);
const char       *lodge_domain_get_uuid       (LodgeDomain *self);   /* "8-4-4-4-12" */
int               lodge_domain_get_id         (LodgeDomain *self);   /* -1: not running */
LodgeDomainState  lodge_domain_get_state      (LodgeDomain *self);
const char       *lodge_domain_get_state_reason (LodgeDomain *self);
gint64            lodge_domain_get_state_time (LodgeDomain *self);   /* unix s when we saw it change, 0 unknown */
gboolean          lodge_domain_get_persistent (LodgeDomain *self);
gboolean          lodge_domain_get_autostart  (LodgeDomain *self);
gboolean          lodge_domain_get_stale      (LodgeDomain *self);
gboolean          lodge_domain_get_operation_pending (LodgeDomain *self, LodgeDomainOperation *operation);
const char       *lodge_domain_get_os_id      (LodgeDomain *self);
const char       *lodge_domain_get_last_error (LodgeDomain *self);
/* What a search looks through: casefolded lines */
const char       *lodge_domain_get_search_text (LodgeDomain *self);

/* Numbers of the last tick; negative: unknown */
double            lodge_domain_get_cpu        (LodgeDomain *self);   /* 0–1 of all its vCPUs */
gint64            lodge_domain_get_memory     (LodgeDomain *self);   /* bytes in use (balloon/rss) */
gint64            lodge_domain_get_memory_max (LodgeDomain *self);   /* bytes configured */
guint             lodge_domain_get_vcpus      (LodgeDomain *self);
double            lodge_domain_get_disk_rate  (LodgeDomain *self);   /* bytes/s, read + write */
double            lodge_domain_get_network_rate (LodgeDomain *self); /* bytes/s, both ways */
guint             lodge_domain_get_cpu_history (LodgeDomain *self, float samples[LODGE_DOMAIN_HISTORY]);
double            lodge_domain_get_rate       (LodgeDomain *self, LodgeMetric metric); /* the last value; negative: unknown */
gboolean          lodge_domain_get_history    (LodgeDomain *self, LodgeMetric metric, LodgeSpan span,
                                               float samples[LODGE_SPAN_LENGTH]);

/* “Running”, “Off” … translated; icon name of ui.md section 1.3; css class (“success”, “dimmed” …) */
const char       *lodge_domain_state_get_label     (LodgeDomainState state);
const char       *lodge_domain_state_get_icon_name (LodgeDomainState state);
const char       *lodge_domain_state_get_css_class (LodgeDomainState state);
/* Label of an operation in a state: Start is “Restore” for a saved machine */
const char       *lodge_domain_operation_get_label (LodgeDomainOperation operation, LodgeDomainState state);

/* Exactly when libvirt would accept it (state, connection, read-only) */
gboolean          lodge_domain_can            (LodgeDomain *self, LodgeDomainOperation operation);
gboolean          lodge_domain_can_rename     (LodgeDomain *self);
gboolean          lodge_domain_can_delete     (LodgeDomain *self);
gboolean          lodge_domain_can_set_autostart (LodgeDomain *self);

/* Control lane. Cancelling turns the result into a cancelled error; the operation goes on. */
void     lodge_domain_run_async           (LodgeDomain *self, LodgeDomainOperation operation,
                                           GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean lodge_domain_run_finish          (LodgeDomain *self, GAsyncResult *result, GError **error);
void     lodge_domain_rename_async        (LodgeDomain *self, const char *name,
                                           GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean lodge_domain_rename_finish       (LodgeDomain *self, GAsyncResult *result, GError **error);
void     lodge_domain_set_autostart_async (LodgeDomain *self, gboolean autostart,
                                           GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean lodge_domain_set_autostart_finish (LodgeDomain *self, GAsyncResult *result, GError **error);

typedef enum
{
  LODGE_DOMAIN_XML_LIVE,       /* as it runs now */
  LODGE_DOMAIN_XML_INACTIVE,   /* SECURE | INACTIVE: the base of every edit */
} LodgeDomainXmlKind;
void     lodge_domain_get_xml_async       (LodgeDomain *self, LodgeDomainXmlKind kind,
                                           GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
char    *lodge_domain_get_xml_finish      (LodgeDomain *self, GAsyncResult *result, GError **error);

G_END_DECLS
