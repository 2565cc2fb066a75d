/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-connection"

#include "config.h"

#include "lodge-connection.h"

#include <glib/gi18n-lib.h>

#include "lodge-connection-private.h"
#include "lodge-credential-request.h"
#include "lodge-details-reader.h"
#include "lodge-domain-table.h"
#include "lodge-event-log-private.h"
#include "lodge-event-loop.h"
#include "lodge-inventory.h"
#include "lodge-opening.h"
#include "lodge-reconnect.h"
#include "lodge-stats.h"
#include "lodge-storage-private.h"
#include "util/lodge-error.h"

/* A host that does not answer a simple question for so long after the computer woke up is gone */
#define PROBE_PATIENCE 5  /* s */
/* What changed is written into the inventory together */
#define INVENTORY_QUIET 10  /* s */

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
  GCancellable         *generation;    /* owned, nullable: cancelled when the worker's results are void */
  GPtrArray            *open_tasks;    /* of GTask: who waits for the opening */
  int                   closed;        /* virConnectCloseReason of a loss while it was opening, -1: none */
  gboolean              opened_read_only;
  char                 *host_name;
  guint                 host_cpus;
  guint64               host_memory;
  gulong                libvirt_version;
  gulong                hypervisor_version;

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
  GListModel           *networks;      /* owned, nullable */
  GListModel           *pools;         /* owned, nullable */
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

static GParamSpec *properties[N_PROPERTIES];
static guint signals[N_SIGNALS];

G_DEFINE_ENUM_TYPE (LodgeConnectionState, lodge_connection_state,
                    G_DEFINE_ENUM_VALUE (LODGE_CONNECTION_DISCONNECTED, "disconnected"),
                    G_DEFINE_ENUM_VALUE (LODGE_CONNECTION_CONNECTING, "connecting"),
                    G_DEFINE_ENUM_VALUE (LODGE_CONNECTION_WAITING_FOR_CREDENTIALS, "waiting-for-credentials"),
                    G_DEFINE_ENUM_VALUE (LODGE_CONNECTION_CONNECTED, "connected"),
                    G_DEFINE_ENUM_VALUE (LODGE_CONNECTION_FAILED, "failed"))

G_DEFINE_FINAL_TYPE (LodgeConnection, lodge_connection, G_TYPE_OBJECT)

static void start_opening (LodgeConnection *self, gboolean automatic);
static void save_inventory (LodgeConnection *self);

static void
set_state (LodgeConnection      *self,
           LodgeConnectionState  state,
           const GError         *error)
{
  gboolean had_error = self->error != NULL;

  g_clear_error (&self->error);
  if (error != NULL)
    self->error = g_error_copy (error);
  if (had_error || error != NULL)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ERROR]);
  if (self->state != state)
    {
      self->state = state;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
    }
}

static void
end_open_tasks (LodgeConnection *self,
                const GError    *error)
{
  g_autoptr(GPtrArray) tasks = g_steal_pointer (&self->open_tasks);

  self->open_tasks = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < tasks->len; i++)
    {
      if (error != NULL)
        g_task_return_error (tasks->pdata[i], g_error_copy (error));
      else
        g_task_return_boolean (tasks->pdata[i], TRUE);
    }
}

/* Everything that was true of the open connection only */
static void
drop_generation (LodgeConnection *self)
{
  if (self->inventory_source != 0)
    save_inventory (self);
  lodge_stats_stop (self->stats);
  lodge_domain_table_stop (self->table);
  lodge_details_reader_stop (self->details);
  g_clear_handle_id (&self->probe_source, g_source_remove);
  g_clear_pointer (&self->opening, lodge_opening_abandon);
  if (self->generation != NULL)
    g_cancellable_cancel (self->generation);
  g_clear_object (&self->generation);
  if (self->events != NULL)
    lodge_host_events_mute (self->events);
  g_clear_pointer (&self->events, lodge_host_events_unref);
  g_clear_pointer (&self->worker, lodge_worker_stop);
}

/* What may be better in a minute. A password is never tried again by itself: hosts lock people out for that. */
static gboolean
may_pass (const GError *error)
{
  return g_error_matches (error, LODGE_ERROR, LODGE_ERROR_UNREACHABLE)
         || g_error_matches (error, LODGE_ERROR, LODGE_ERROR_NOT_CONNECTED)
         || g_error_matches (error, LODGE_ERROR, LODGE_ERROR_TIMED_OUT);
}

static void
set_last_seen (LodgeConnection *self,
               gint64           time)
{
  if (self->last_seen == time)
    return;
  self->last_seen = time;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LAST_SEEN]);
}

/* The host is gone: the rows stay, as what was last known */
static void
lose (LodgeConnection *self,
      const GError    *error)
{
  if (self->state == LODGE_CONNECTION_CONNECTED)
    {
      set_last_seen (self, g_get_real_time () / G_USEC_PER_SEC);
      lodge_event_log_add (self->log, LODGE_LOG_CONNECTION_LOST, NULL, NULL, error->message);
    }
  drop_generation (self);
  lodge_domain_table_set_stale (self->table);
  if (self->wanted && self->was_open && may_pass (error))
    lodge_reconnect_plan (self->reconnect);
  else
    lodge_reconnect_cancel (self->reconnect, FALSE);
  set_state (self, LODGE_CONNECTION_FAILED, error);
}

static void
lose_closed (LodgeConnection *self,
             int              reason)
{
  g_autoptr(GError) error = NULL;

  lodge_set_error (&error, LODGE_ERROR_UNREACHABLE,
                   reason == VIR_CONNECT_CLOSE_REASON_KEEPALIVE
                   ? _("The host stopped answering.") : _("The host closed the connection."));
  lodge_error_set_details (error, reason == VIR_CONNECT_CLOSE_REASON_KEEPALIVE
                                  ? "keepalive timeout" : "end of file while reading data", 0, 0);
  lodge_error_set_uri (error, self->uri);
  lodge_error_set_hint (error, _("Connect again when the host and its libvirt service run."));
  lose (self, error);
}

static void
save_inventory (LodgeConnection *self)
{
  g_clear_handle_id (&self->inventory_source, g_source_remove);
  lodge_inventory_save (self->uri, lodge_domain_table_get_model (self->table), g_get_real_time () / G_USEC_PER_SEC);
}

static gboolean
inventory_cb (gpointer user_data)
{
  LodgeConnection *self = user_data;

  self->inventory_source = 0;
  save_inventory (self);
  return G_SOURCE_REMOVE;
}

static void
table_changed_cb (gpointer user_data)
{
  LodgeConnection *self = user_data;
  const guint n = lodge_domain_table_get_n_running (self->table);

  if (self->n_running != n)
    {
      self->n_running = n;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_RUNNING]);
    }
  lodge_connection_domains_changed (self);
}

static void
event_cb (const LodgeHostEvent *event,
          gpointer              user_data)
{
  LodgeConnection *self = user_data;

  switch (event->kind)
    {
    case LODGE_HOST_EVENT_CLOSED:
      /* While it opens the opening may have ended well just before: done_cb() looks at this */
      if (self->worker == NULL)
        self->closed = event->reason;
      else
        lodge_opening_host_closed (self->opening, event->reason);
      break;
    case LODGE_HOST_EVENT_NETWORK:
      if (self->networks != NULL)
        lodge_network_list_changed (self->networks, event->uuid);
      break;
    case LODGE_HOST_EVENT_POOL:
    case LODGE_HOST_EVENT_VOLUMES:
      if (self->pools != NULL)
        lodge_storage_pool_list_changed (self->pools, event->uuid, event->kind == LODGE_HOST_EVENT_VOLUMES);
      break;
    case LODGE_HOST_EVENT_DOMAIN:
      lodge_domain_table_take_event (self->table, event);
      lodge_event_log_add_event (self->log, event);
      break;
    default:
      g_return_if_reached ();
    }
}

typedef struct
{
  LodgeHostEvents   *events;
  LodgeWorker       *worker;
  LodgeCallbackKind  kind;
} Listening;

static void
listening_free (gpointer data)
{
  Listening *listening = data;

  lodge_host_events_unref (listening->events);
  g_free (listening);
}

static void
listen_worker (GTask         *task,
               virConnectPtr  connection,
               gpointer       task_data,
               GCancellable  *cancellable)
{
  Listening *listening = task_data;

  lodge_host_events_listen (listening->events, listening->worker, connection, listening->kind);
  g_task_return_boolean (task, TRUE);
}

/* Events of networks and pools, from when somebody looks at these: before their list is read, on the same lane */
static void
start_listening (LodgeConnection   *self,
                 LodgeCallbackKind  kind)
{
  g_autoptr(GTask) task = NULL;
  Listening *listening;

  if (self->worker == NULL)
    return;
  task = g_task_new (self, self->generation, NULL, NULL);
  g_task_set_source_tag (task, start_listening);
  listening = g_new0 (Listening, 1);
  listening->events = lodge_host_events_ref (self->events);
  listening->worker = self->worker;
  listening->kind = kind;
  g_task_set_task_data (task, listening, listening_free);
  lodge_worker_run (self->worker, LODGE_LANE_BULK, task, listen_worker);
}

static void
closed_cb (LodgeOpening *opening,
           int           reason,
           const GError *error,
           gpointer      user_data)
{
  LodgeConnection *self = user_data;
  g_autoptr(GError) copy = NULL;

  /* While it opens, the opening fails */
  if (self->worker == NULL)
    return;
  if (error == NULL)
    {
      lose_closed (self, reason);
      return;
    }
  copy = g_error_copy (error);
  lose (self, copy);
}

static void
credentials_ended_cb (LodgeConnection *self)
{
  if (self->state == LODGE_CONNECTION_WAITING_FOR_CREDENTIALS)
    set_state (self, LODGE_CONNECTION_CONNECTING, NULL);
}

static void
credentials_cb (LodgeOpening           *opening,
                LodgeCredentialRequest *request,
                gpointer                user_data)
{
  LodgeConnection *self = user_data;

  /* Nobody is there to answer, and a wrong answer of ours would count */
  if (self->automatic)
    {
      lodge_credential_request_cancel (request);
      return;
    }
  set_state (self, LODGE_CONNECTION_WAITING_FOR_CREDENTIALS, NULL);
  g_signal_connect_object (request, "ended", G_CALLBACK (credentials_ended_cb), self, G_CONNECT_SWAPPED);
  if (!g_signal_has_handler_pending (self, signals[SIGNAL_CREDENTIALS_REQUESTED], 0, FALSE))
    lodge_credential_request_cancel (request);
  else
    g_signal_emit (self, signals[SIGNAL_CREDENTIALS_REQUESTED], 0, request);
}

static void
stats_tick_cb (GArray   *samples,
               gint64    time,
               gpointer  user_data)
{
  LodgeConnection *self = user_data;

  for (guint i = 0; i < samples->len; i++)
    {
      const LodgeDomainSample *sample = &g_array_index (samples, LodgeDomainSample, i);
      LodgeDomain *domain = lodge_domain_table_find (self->table, sample->uuid);

      if (domain != NULL)
        lodge_domain_apply_sample (domain, sample, time);
    }
  g_signal_emit (self, signals[SIGNAL_STATS_UPDATED], 0);
}

static void
done_cb (LodgeOpening    *opening,
         LodgeOpenResult *result,
         gpointer         user_data)
{
  /* Whoever opened it may close it and let it go when told how it went */
  g_autoptr(LodgeConnection) self = g_object_ref (user_data);

  self->worker = g_steal_pointer (&result->worker);
  if (result->error != NULL)
    {
      g_autoptr(GError) error = g_error_copy (result->error);

      lodge_open_result_free (result);
      lose (self, error);
      end_open_tasks (self, error);
      return;
    }

  self->generation = g_cancellable_new ();
  self->was_open = TRUE;
  self->opened_read_only = result->read_only;
  g_set_str (&self->host_name, result->host_name);
  self->host_cpus = result->host_cpus;
  self->host_memory = result->host_memory;
  self->libvirt_version = result->libvirt_version;
  self->hypervisor_version = result->hypervisor_version;
  lodge_domain_table_start (self->table, self->generation);
  lodge_details_reader_start (self->details, self->generation);
  lodge_domain_table_apply_list (self->table, result->domains);
  lodge_open_result_free (result);
  if (self->networks != NULL)
    start_listening (self, LODGE_CALLBACK_NETWORK);
  if (self->pools != NULL)
    start_listening (self, LODGE_CALLBACK_POOL);
  lodge_reconnect_cancel (self->reconnect, TRUE);
  set_last_seen (self, g_get_real_time () / G_USEC_PER_SEC);
  lodge_event_log_add (self->log, LODGE_LOG_CONNECTED, NULL, NULL, NULL);
  set_state (self, LODGE_CONNECTION_CONNECTED, NULL);
  lodge_stats_start (self->stats);
  end_open_tasks (self, NULL);
  if (self->closed >= 0 && self->opening == opening)
    lodge_opening_host_closed (self->opening, self->closed);
}

static const LodgeOpeningFuncs opening_funcs = { done_cb, credentials_cb, closed_cb };

static void
start_opening (LodgeConnection *self,
               gboolean         automatic)
{
  lodge_event_loop_start ();
  self->automatic = automatic;
  self->closed = -1;
  lodge_reconnect_cancel (self->reconnect, FALSE);
  set_state (self, LODGE_CONNECTION_CONNECTING, NULL);
  self->events = lodge_host_events_new (event_cb, self);
  self->opening = lodge_opening_start (self->uri, self->read_only, self->events, &opening_funcs, self);
}

static void
reconnect_due_cb (gpointer user_data)
{
  LodgeConnection *self = user_data;

  if (self->opening == NULL && self->worker == NULL)
    start_opening (self, TRUE);
}

static void
reconnect_planned_cb (gpointer user_data)
{
  g_object_notify_by_pspec (user_data, properties[PROP_RETRY_TIME]);
}

static gboolean
probe_failed_cb (gpointer user_data)
{
  LodgeConnection *self = user_data;

  self->probe_source = 0;
  /* libvirt tells the end of the connection then, and so it is tried again */
  lodge_worker_give_up (self->worker);
  return G_SOURCE_REMOVE;
}

static void
probe_worker (GTask         *task,
              virConnectPtr  connection,
              gpointer       task_data,
              GCancellable  *cancellable)
{
  gulong version;

  virConnectGetLibVersion (connection, &version);
  g_task_return_boolean (task, TRUE);
}

static void
probed_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  LodgeConnection *self = LODGE_CONNECTION (object);

  if (g_task_get_cancellable (G_TASK (result)) == self->generation)
    g_clear_handle_id (&self->probe_source, g_source_remove);
}

/* The computer woke up or the network is another one: an open connection may be a dead one, and one that never opened may
 * open now */
static void
woken_cb (gpointer user_data)
{
  LodgeConnection *self = user_data;
  g_autoptr(GTask) task = NULL;

  if (self->worker != NULL && self->probe_source == 0)
    {
      task = g_task_new (self, self->generation, probed_cb, NULL);
      g_task_set_source_tag (task, woken_cb);
      self->probe_source = g_timeout_add_seconds (PROBE_PATIENCE, probe_failed_cb, self);
      lodge_worker_run (self->worker, LODGE_LANE_CONTROL, task, probe_worker);
    }
  else if (self->wanted && self->state == LODGE_CONNECTION_FAILED && may_pass (self->error))
    start_opening (self, TRUE);
}

static const LodgeReconnectFuncs reconnect_funcs = { reconnect_due_cb, reconnect_planned_cb, woken_cb };

static void
update_label (LodgeConnection *self)
{
  g_autofree char *label = NULL;

  if (self->name != NULL && *self->name != '\0')
    label = g_strdup (self->name);
  else if (self->parsed != NULL)
    label = lodge_uri_dup_label (self->parsed);
  else
    label = g_strdup (self->uri);
  if (g_set_str (&self->label, label))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LABEL]);
}

static void
lodge_connection_constructed (GObject *object)
{
  LodgeConnection *self = LODGE_CONNECTION (object);

  G_OBJECT_CLASS (lodge_connection_parent_class)->constructed (object);
  self->parsed = lodge_uri_parse (self->uri, NULL);
  self->log = lodge_event_log_new (self->uri);
  update_label (self);
}

static void
lodge_connection_get_property (GObject    *object,
                               guint       prop_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  LodgeConnection *self = LODGE_CONNECTION (object);

  switch (prop_id)
    {
    case PROP_URI:
      g_value_set_string (value, self->uri);
      break;
    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    case PROP_LABEL:
      g_value_set_string (value, self->label);
      break;
    case PROP_STATE:
      g_value_set_enum (value, self->state);
      break;
    case PROP_ERROR:
      g_value_set_boxed (value, self->error);
      break;
    case PROP_READ_ONLY:
      g_value_set_boolean (value, self->read_only);
      break;
    case PROP_RETRY_TIME:
      g_value_set_int64 (value, lodge_connection_get_retry_time (self));
      break;
    case PROP_LAST_SEEN:
      g_value_set_int64 (value, self->last_seen);
      break;
    case PROP_AUTOCONNECT:
      g_value_set_boolean (value, self->autoconnect);
      break;
    case PROP_DOMAINS:
      g_value_set_object (value, lodge_domain_table_get_model (self->table));
      break;
    case PROP_N_RUNNING:
      g_value_set_uint (value, self->n_running);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
lodge_connection_set_property (GObject      *object,
                               guint         prop_id,
                               const GValue *value,
                               GParamSpec   *pspec)
{
  LodgeConnection *self = LODGE_CONNECTION (object);

  switch (prop_id)
    {
    case PROP_URI:
      self->uri = g_value_dup_string (value);
      break;
    case PROP_NAME:
      lodge_connection_set_name (self, g_value_get_string (value));
      break;
    case PROP_AUTOCONNECT:
      lodge_connection_set_autoconnect (self, g_value_get_boolean (value));
      break;
    case PROP_READ_ONLY:
      lodge_connection_set_read_only (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
lodge_connection_dispose (GObject *object)
{
  LodgeConnection *self = LODGE_CONNECTION (object);

  g_clear_pointer (&self->reconnect, lodge_reconnect_free);
  drop_generation (self);
  lodge_domain_table_clear (self->table);
  g_clear_object (&self->networks);
  g_clear_object (&self->pools);

  G_OBJECT_CLASS (lodge_connection_parent_class)->dispose (object);
}

static void
lodge_connection_finalize (GObject *object)
{
  LodgeConnection *self = LODGE_CONNECTION (object);

  lodge_stats_free (self->stats);
  lodge_details_reader_free (self->details);
  g_clear_object (&self->log);
  lodge_domain_table_free (self->table);
  g_ptr_array_unref (self->open_tasks);
  g_clear_error (&self->error);
  g_clear_pointer (&self->parsed, lodge_uri_free);
  g_free (self->uri);
  g_free (self->name);
  g_free (self->label);
  g_free (self->host_name);

  G_OBJECT_CLASS (lodge_connection_parent_class)->finalize (object);
}

static void
lodge_connection_class_init (LodgeConnectionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags readable = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  const GParamFlags writable = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->constructed = lodge_connection_constructed;
  object_class->get_property = lodge_connection_get_property;
  object_class->set_property = lodge_connection_set_property;
  object_class->dispose = lodge_connection_dispose;
  object_class->finalize = lodge_connection_finalize;

  properties[PROP_URI] = g_param_spec_string ("uri", NULL, NULL, NULL,
                                              G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY
                                              | G_PARAM_STATIC_STRINGS);
  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, writable);
  properties[PROP_LABEL] = g_param_spec_string ("label", NULL, NULL, NULL, readable);
  properties[PROP_STATE] = g_param_spec_enum ("state", NULL, NULL, LODGE_TYPE_CONNECTION_STATE,
                                              LODGE_CONNECTION_DISCONNECTED, readable);
  properties[PROP_ERROR] = g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, readable);
  properties[PROP_READ_ONLY] = g_param_spec_boolean ("read-only", NULL, NULL, FALSE, writable);
  properties[PROP_AUTOCONNECT] = g_param_spec_boolean ("autoconnect", NULL, NULL, FALSE, writable);
  properties[PROP_DOMAINS] = g_param_spec_object ("domains", NULL, NULL, G_TYPE_LIST_MODEL, readable);
  properties[PROP_N_RUNNING] = g_param_spec_uint ("n-running", NULL, NULL, 0, G_MAXUINT, 0, readable);
  properties[PROP_RETRY_TIME] = g_param_spec_int64 ("retry-time", NULL, NULL, 0, G_MAXINT64, 0, readable);
  properties[PROP_LAST_SEEN] = g_param_spec_int64 ("last-seen", NULL, NULL, 0, G_MAXINT64, 0, readable);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);

  signals[SIGNAL_CREDENTIALS_REQUESTED] =
    g_signal_new ("credentials-requested", LODGE_TYPE_CONNECTION, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                  NULL, G_TYPE_NONE, 1, LODGE_TYPE_CREDENTIAL_REQUEST);
  signals[SIGNAL_DOMAINS_CHANGED] =
    g_signal_new ("domains-changed", LODGE_TYPE_CONNECTION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);
  signals[SIGNAL_STATS_UPDATED] =
    g_signal_new ("stats-updated", LODGE_TYPE_CONNECTION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);
}

static void
lodge_connection_init (LodgeConnection *self)
{
  self->table = lodge_domain_table_new (self, table_changed_cb, self);
  self->details = lodge_details_reader_new (self);
  self->reconnect = lodge_reconnect_new (&reconnect_funcs, self);
  self->open_tasks = g_ptr_array_new_with_free_func (g_object_unref);
  self->stats = lodge_stats_new (self, stats_tick_cb);
}

/**
 * lodge_connection_new:
 * @uri: of libvirt
 * @name: (nullable): what the person calls it
 */
LodgeConnection *
lodge_connection_new (const char *uri,
                      const char *name)
{
  g_return_val_if_fail (uri != NULL, NULL);

  return g_object_new (LODGE_TYPE_CONNECTION, "uri", uri, "name", name, NULL);
}

/**
 * lodge_connection_open_async:
 * @self: a connection
 * @cancellable: (nullable): gives the attempt up; the state is DISCONNECTED at once
 * @callback: called when it is open and its domains are in the list, or with the error
 * @user_data: for @callback
 *
 * virConnectOpenAuth(). A call while another is under way joins it; an open connection is a success. From its first
 * success on it is opened again by itself whenever it was lost, until lodge_connection_close().
 */
void
lodge_connection_open_async (LodgeConnection     *self,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (LODGE_IS_CONNECTION (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, lodge_connection_open_async);

  if (self->state == LODGE_CONNECTION_CONNECTED)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }

  if (cancellable != NULL)
    g_signal_connect_object (cancellable, "cancelled", G_CALLBACK (lodge_connection_close), self,
                             G_CONNECT_SWAPPED);
  g_ptr_array_add (self->open_tasks, g_steal_pointer (&task));
  self->wanted = TRUE;
  if (self->opening == NULL)
    start_opening (self, FALSE);
  else
    self->automatic = FALSE;
}

gboolean
lodge_connection_open_finish (LodgeConnection  *self,
                              GAsyncResult     *result,
                              GError          **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * lodge_connection_close:
 * @self: a connection
 *
 * Closes it, or gives its opening up. Returns at once; what a slow host still owes is waited for elsewhere.
 */
void
lodge_connection_close (LodgeConnection *self)
{
  g_autoptr(GError) error = NULL;

  g_return_if_fail (LODGE_IS_CONNECTION (self));

  self->wanted = FALSE;
  self->was_open = FALSE;
  lodge_reconnect_cancel (self->reconnect, TRUE);
  drop_generation (self);
  lodge_domain_table_clear (self->table);
  set_state (self, LODGE_CONNECTION_DISCONNECTED, NULL);
  g_set_error_literal (&error, G_IO_ERROR, G_IO_ERROR_CANCELLED, _("The connection was closed."));
  end_open_tasks (self, error);
}

void
lodge_connection_run (LodgeConnection *self,
                      LodgeLane        lane,
                      GTask           *task,
                      LodgeWorkFunc    func)
{
  if (self->worker == NULL)
    g_task_return_new_error (task, LODGE_ERROR, LODGE_ERROR_NOT_CONNECTED,
                             _("“%s” is not connected."), self->label);
  else
    lodge_worker_run (self->worker, lane, task, func);
}

LodgeDetailsReader *
lodge_connection_get_details_reader (LodgeConnection *self)
{
  return self->details;
}

void
lodge_connection_domains_changed (LodgeConnection *self)
{
  if (self->remembered && self->worker != NULL && self->inventory_source == 0)
    self->inventory_source = g_timeout_add_seconds_full (G_PRIORITY_LOW, INVENTORY_QUIET, inventory_cb, self, NULL);
  g_signal_emit (self, signals[SIGNAL_DOMAINS_CHANGED], 0);
}

LodgeSshTransport *
lodge_connection_get_transport (LodgeConnection *self)
{
  return self->opening != NULL ? lodge_opening_get_transport (self->opening) : NULL;
}

LodgeWorker *
lodge_connection_get_worker (LodgeConnection *self)
{
  return self->worker;
}

/* F5: everything is read again, or a closed connection opened */
void
lodge_connection_refresh (LodgeConnection *self)
{
  g_return_if_fail (LODGE_IS_CONNECTION (self));

  if (self->worker == NULL)
    {
      lodge_connection_open_async (self, NULL, NULL, NULL);
      return;
    }
  lodge_domain_table_mark_all (self->table);
  if (self->networks != NULL)
    lodge_network_list_changed (self->networks, NULL);
  if (self->pools != NULL)
    lodge_storage_pool_list_changed (self->pools, NULL, TRUE);
}

void
lodge_connection_watch_stats (LodgeConnection *self)
{
  g_return_if_fail (LODGE_IS_CONNECTION (self));

  lodge_stats_watch (self->stats, LODGE_STATS_ALL);
}

void
lodge_connection_unwatch_stats (LodgeConnection *self)
{
  g_return_if_fail (LODGE_IS_CONNECTION (self));

  lodge_stats_unwatch (self->stats, LODGE_STATS_ALL);
}

void
lodge_connection_watch_stats_for (LodgeConnection *self,
                                  LodgeStatsNeeds  needs)
{
  g_return_if_fail (LODGE_IS_CONNECTION (self));

  lodge_stats_watch (self->stats, needs);
}

void
lodge_connection_unwatch_stats_for (LodgeConnection *self,
                                    LodgeStatsNeeds  needs)
{
  g_return_if_fail (LODGE_IS_CONNECTION (self));

  lodge_stats_unwatch (self->stats, needs);
}

void
lodge_connection_set_stats_interval (LodgeConnection *self,
                                     guint            seconds)
{
  g_return_if_fail (LODGE_IS_CONNECTION (self));

  lodge_stats_set_interval (self->stats, seconds);
}

GListModel *
lodge_connection_get_networks (LodgeConnection *self)
{
  g_return_val_if_fail (LODGE_IS_CONNECTION (self), NULL);

  if (self->networks == NULL)
    {
      start_listening (self, LODGE_CALLBACK_NETWORK);
      self->networks = lodge_network_list_new (self);
    }
  return self->networks;
}

GListModel *
lodge_connection_get_storage_pools (LodgeConnection *self)
{
  g_return_val_if_fail (LODGE_IS_CONNECTION (self), NULL);

  if (self->pools == NULL)
    {
      start_listening (self, LODGE_CALLBACK_POOL);
      self->pools = lodge_storage_pool_list_new (self);
    }
  return self->pools;
}

/**
 * lodge_connection_find_domain:
 * @self: a connection
 * @name_or_uuid: a name, or a UUID in any case
 *
 * Returns: (transfer none) (nullable): the domain
 */
LodgeDomain *
lodge_connection_find_domain (LodgeConnection *self,
                              const char      *name_or_uuid)
{
  g_autofree char *uuid = NULL;
  LodgeDomain *domain;

  g_return_val_if_fail (LODGE_IS_CONNECTION (self), NULL);

  uuid = g_ascii_strdown (name_or_uuid, -1);
  domain = lodge_domain_table_find (self->table, uuid);
  return domain != NULL ? domain : lodge_domain_table_find_name (self->table, name_or_uuid);
}

static void
inventory_loaded_cb (GObject      *object,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr(LodgeConnection) self = user_data;
  LodgeInventory *inventory = lodge_inventory_load_finish (result);

  if (inventory == NULL)
    return;
  /* It opened meanwhile, or somebody closed it: then it shows what is, or nothing */
  if (self->worker == NULL && !self->was_open && self->remembered)
    {
      lodge_domain_table_show_inventory (self->table, inventory);
      if (self->last_seen == 0)
        set_last_seen (self, inventory->last_seen);
    }
  lodge_inventory_free (inventory);
}

/**
 * lodge_connection_remember:
 * @self: a connection that is not open
 *
 * From now on what it shows is kept in an inventory on the disk, and what is there already is shown, as stale rows, until
 * the host answers.
 */
void
lodge_connection_remember (LodgeConnection *self)
{
  g_return_if_fail (LODGE_IS_CONNECTION (self));

  if (self->remembered)
    return;
  self->remembered = TRUE;
  lodge_inventory_load_async (self->uri, NULL, inventory_loaded_cb, g_object_ref (self));
}

/* Its inventory is removed, and no other is made */
void
lodge_connection_forget (LodgeConnection *self)
{
  g_return_if_fail (LODGE_IS_CONNECTION (self));

  g_clear_handle_id (&self->inventory_source, g_source_remove);
  self->remembered = FALSE;
  lodge_inventory_forget (self->uri);
  lodge_event_log_forget (self->log);
}

/**
 * lodge_connection_get_event_log:
 *
 * Returns: (transfer none): what happened on the host while the program ran
 */
LodgeEventLog *
lodge_connection_get_event_log (LodgeConnection *self)
{
  g_return_val_if_fail (LODGE_IS_CONNECTION (self), NULL);

  lodge_event_log_load (self->log);
  return self->log;
}

void
lodge_connection_mark_dirty (LodgeConnection *self,
                             virDomainPtr     handle)
{
  if (self->worker != NULL)
    lodge_domain_table_mark (self->table, handle);
}

void
lodge_connection_remove_domain (LodgeConnection *self,
                                LodgeDomain     *domain)
{
  lodge_domain_table_remove (self->table, domain);
}

LodgeDomain *
lodge_connection_take_record (LodgeConnection   *self,
                              LodgeDomainRecord *record)
{
  return lodge_domain_table_take_record (self->table, record);
}

const char *
lodge_connection_get_uri (LodgeConnection *self)
{
  g_return_val_if_fail (LODGE_IS_CONNECTION (self), NULL);

  return self->uri;
}

/* NULL for a URI that Lodge cannot take apart, which libvirt may know all the same */
const LodgeUri *
lodge_connection_get_parsed_uri (LodgeConnection *self)
{
  g_return_val_if_fail (LODGE_IS_CONNECTION (self), NULL);

  return self->parsed;
}

const char *
lodge_connection_get_name (LodgeConnection *self)
{
  g_return_val_if_fail (LODGE_IS_CONNECTION (self), NULL);

  return self->name;
}

void
lodge_connection_set_name (LodgeConnection *self,
                           const char      *name)
{
  g_return_if_fail (LODGE_IS_CONNECTION (self));

  if (!g_set_str (&self->name, name))
    return;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NAME]);
  if (self->label != NULL)
    update_label (self);
}

const char *
lodge_connection_get_label (LodgeConnection *self)
{
  g_return_val_if_fail (LODGE_IS_CONNECTION (self), NULL);

  return self->label;
}

LodgeConnectionState
lodge_connection_get_state (LodgeConnection *self)
{
  g_return_val_if_fail (LODGE_IS_CONNECTION (self), LODGE_CONNECTION_DISCONNECTED);

  return self->state;
}

const GError *
lodge_connection_get_error (LodgeConnection *self)
{
  g_return_val_if_fail (LODGE_IS_CONNECTION (self), NULL);

  return self->error;
}

/**
 * lodge_connection_get_read_only:
 *
 * Returns: whether nothing can be changed through it: as it was opened, or else as it will be
 */
gboolean
lodge_connection_get_read_only (LodgeConnection *self)
{
  g_return_val_if_fail (LODGE_IS_CONNECTION (self), FALSE);

  return self->worker != NULL ? self->opened_read_only : self->read_only;
}

/* virConnectOpenReadOnly(), from the next opening on */
void
lodge_connection_set_read_only (LodgeConnection *self,
                                gboolean         read_only)
{
  g_return_if_fail (LODGE_IS_CONNECTION (self));

  if (self->read_only == read_only)
    return;
  self->read_only = read_only;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_READ_ONLY]);
}

/**
 * lodge_connection_get_retry_time:
 *
 * Returns: when it will be tried again by itself, in g_get_monotonic_time(); 0: it will not
 */
gint64
lodge_connection_get_retry_time (LodgeConnection *self)
{
  g_return_val_if_fail (LODGE_IS_CONNECTION (self), 0);

  return self->reconnect != NULL ? lodge_reconnect_get_time (self->reconnect) : 0;
}

/* Unix s of when it was last known to be there, 0: never */
gint64
lodge_connection_get_last_seen (LodgeConnection *self)
{
  g_return_val_if_fail (LODGE_IS_CONNECTION (self), 0);

  return self->last_seen;
}

gboolean
lodge_connection_get_autoconnect (LodgeConnection *self)
{
  g_return_val_if_fail (LODGE_IS_CONNECTION (self), FALSE);

  return self->autoconnect;
}

void
lodge_connection_set_autoconnect (LodgeConnection *self,
                                  gboolean         autoconnect)
{
  g_return_if_fail (LODGE_IS_CONNECTION (self));

  if (self->autoconnect == autoconnect)
    return;
  self->autoconnect = autoconnect;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_AUTOCONNECT]);
}

GListModel *
lodge_connection_get_domains (LodgeConnection *self)
{
  g_return_val_if_fail (LODGE_IS_CONNECTION (self), NULL);

  return lodge_domain_table_get_model (self->table);
}

guint
lodge_connection_get_n_running (LodgeConnection *self)
{
  g_return_val_if_fail (LODGE_IS_CONNECTION (self), 0);

  return self->n_running;
}

guint
lodge_connection_get_host_cpus (LodgeConnection *self)
{
  g_return_val_if_fail (LODGE_IS_CONNECTION (self), 0);

  return self->host_cpus;
}

guint64
lodge_connection_get_host_memory (LodgeConnection *self)
{
  g_return_val_if_fail (LODGE_IS_CONNECTION (self), 0);

  return self->host_memory;
}

const char *
lodge_connection_get_host_name (LodgeConnection *self)
{
  g_return_val_if_fail (LODGE_IS_CONNECTION (self), NULL);

  return self->host_name;
}

gulong
lodge_connection_get_libvirt_version (LodgeConnection *self)
{
  g_return_val_if_fail (LODGE_IS_CONNECTION (self), 0);

  return self->libvirt_version;
}

gulong
lodge_connection_get_hypervisor_version (LodgeConnection *self)
{
  g_return_val_if_fail (LODGE_IS_CONNECTION (self), 0);

  return self->hypervisor_version;
}
