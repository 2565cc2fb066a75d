/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lodge-model-types.h"
#include "lodge-uri.h"

G_BEGIN_DECLS

typedef enum
{
  LODGE_CONNECTION_DISCONNECTED,
  LODGE_CONNECTION_CONNECTING,
  LODGE_CONNECTION_WAITING_FOR_CREDENTIALS,
  LODGE_CONNECTION_CONNECTED,
  LODGE_CONNECTION_FAILED,
} LodgeConnectionState;

#define LODGE_TYPE_CONNECTION_STATE (lodge_connection_state_get_type ())
GType lodge_connection_state_get_type (void);

#define LODGE_TYPE_CONNECTION (lodge_connection_get_type ())
G_DECLARE_FINAL_TYPE (LodgeConnection, lodge_connection, LODGE, CONNECTION, GObject)

/* Properties (all notify on the main context): uri (string, construct), name (nullable string: given by the
 * person), label (string: name, or derived from the URI), state, error (boxed GError, FAILED only), read-only,
 * autoconnect, domains (GListModel of LodgeDomain), n-running (guint), retry-time (gint64: monotonic µs of the next
 * attempt after a loss, 0: none is planned), last-seen (gint64: unix s).
 * Signals:
 *  "credentials-requested" (LodgeCredentialRequest*): answer or cancel it
 *  "domains-changed": once for all that a flush changed in the domains (state, name, coming, going …)
 *  "stats-updated": once a tick, after all domains' numbers were written (no notify per domain for numbers)
 */

LodgeConnection      *lodge_connection_new             (const char       *uri,
                                                        const char       *name);
const char           *lodge_connection_get_uri         (LodgeConnection  *self);
const LodgeUri       *lodge_connection_get_parsed_uri  (LodgeConnection  *self);
const char           *lodge_connection_get_name        (LodgeConnection  *self);
void                  lodge_connection_set_name        (LodgeConnection  *self,
                                                        const char       *name);
const char           *lodge_connection_get_label       (LodgeConnection  *self);
LodgeConnectionState  lodge_connection_get_state       (LodgeConnection  *self);
const GError         *lodge_connection_get_error       (LodgeConnection  *self);
gboolean              lodge_connection_get_read_only   (LodgeConnection  *self);
void                  lodge_connection_set_read_only   (LodgeConnection  *self,
                                                        gboolean          read_only);
gint64                lodge_connection_get_retry_time  (LodgeConnection  *self);   /* monotonic µs, 0: no retry */
gint64                lodge_connection_get_last_seen   (LodgeConnection  *self);   /* unix s, 0: never */
gboolean              lodge_connection_get_autoconnect (LodgeConnection  *self);
void                  lodge_connection_set_autoconnect (LodgeConnection  *self,
                                                        gboolean          autoconnect);
GListModel           *lodge_connection_get_domains     (LodgeConnection  *self);
guint                 lodge_connection_get_n_running   (LodgeConnection  *self);
LodgeDomain          *lodge_connection_find_domain     (LodgeConnection  *self,
                                                        const char       *name_or_uuid);

/* Opening. The result is also in state and error; a second call while connecting joins the first.
 * Cancelling gives the attempt up: the state goes back to DISCONNECTED at once. */
void                  lodge_connection_open_async      (LodgeConnection     *self,
                                                        GCancellable        *cancellable,
                                                        GAsyncReadyCallback  callback,
                                                        gpointer             user_data);
gboolean              lodge_connection_open_finish     (LodgeConnection     *self,
                                                        GAsyncResult        *result,
                                                        GError             **error);
/* Closes, or gives an opening up. The domains leave the list. */
void                  lodge_connection_close           (LodgeConnection     *self);

/* Which numbers somebody looks at: reading each costs the host something */
typedef enum
{
  LODGE_STATS_CPU     = 1 << 0,
  LODGE_STATS_MEMORY  = 1 << 1,
  LODGE_STATS_DISK    = 1 << 2,
  LODGE_STATS_NETWORK = 1 << 3,
  LODGE_STATS_ALL     = LODGE_STATS_CPU | LODGE_STATS_MEMORY | LODGE_STATS_DISK | LODGE_STATS_NETWORK,
} LodgeStatsNeeds;

/* Numbers are read only while someone watches (a column that is shown, a machine window): nothing for a window that is
 * hidden. Each call with the same @needs as its counterpart; without needs: all. */
void                  lodge_connection_watch_stats_for   (LodgeConnection *self,
                                                          LodgeStatsNeeds  needs);
void                  lodge_connection_unwatch_stats_for (LodgeConnection *self,
                                                          LodgeStatsNeeds  needs);
void                  lodge_connection_watch_stats     (LodgeConnection     *self);
void                  lodge_connection_unwatch_stats   (LodgeConnection     *self);
void                  lodge_connection_set_stats_interval (LodgeConnection  *self,
                                                           guint             seconds);

/* What it shows is kept on the disk and painted before the host answers; or is not any more */
void                  lodge_connection_remember        (LodgeConnection     *self);
void                  lodge_connection_forget          (LodgeConnection     *self);

/* Reads everything again (F5) */
void                  lodge_connection_refresh         (LodgeConnection     *self);

/* Host facts, read when the connection opens; 0 / NULL when unknown */
guint                 lodge_connection_get_host_cpus   (LodgeConnection     *self);
guint64               lodge_connection_get_host_memory (LodgeConnection     *self);  /* bytes */
const char           *lodge_connection_get_host_name   (LodgeConnection     *self);
gulong                lodge_connection_get_libvirt_version    (LodgeConnection *self);
gulong                lodge_connection_get_hypervisor_version (LodgeConnection *self);

/* On bulk lane; cached for the life of the open connection */
void                  lodge_connection_get_capabilities_async  (LodgeConnection     *self,
                                                                GCancellable        *cancellable,
                                                                GAsyncReadyCallback  callback,
                                                                gpointer             user_data);
LodgeCapabilities    *lodge_connection_get_capabilities_finish (LodgeConnection     *self,
                                                                GAsyncResult        *result,
                                                                GError             **error);
void                  lodge_connection_get_domain_capabilities_async  (LodgeConnection     *self,
                                                                       const char          *emulator,
                                                                       const char          *arch,
                                                                       const char          *machine,
                                                                       const char          *virt_type,
                                                                       GCancellable        *cancellable,
                                                                       GAsyncReadyCallback  callback,
                                                                       gpointer             user_data);
LodgeDomainCapabilities *
                      lodge_connection_get_domain_capabilities_finish (LodgeConnection     *self,
                                                                       GAsyncResult        *result,
                                                                       GError             **error);

/* virDomainDefineXMLFlags with VALIDATE; the new domain is in the list when this ends */
void                  lodge_connection_define_domain_async  (LodgeConnection     *self,
                                                             const char          *xml,
                                                             GCancellable        *cancellable,
                                                             GAsyncReadyCallback  callback,
                                                             gpointer             user_data);
LodgeDomain          *lodge_connection_define_domain_finish (LodgeConnection     *self,
                                                             GAsyncResult        *result,
                                                             GError             **error);

/* Networks and pools: read on the first call, then kept fresh by events */
GListModel           *lodge_connection_get_networks        (LodgeConnection     *self);
GListModel           *lodge_connection_get_storage_pools   (LodgeConnection     *self);
void                  lodge_connection_watch_trays         (LodgeConnection     *self);

G_END_DECLS
