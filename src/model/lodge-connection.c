/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-connection"

#include "config.h"

#include "lodge-connection.h"

#include <glib/gi18n-lib.h>

#include "lodge-connection-private.h"
#include "lodge-credential-request.h"
#include "lodge-event-loop.h"
#include "lodge-host-snapshot.h"
#include "lodge-opening.h"
#include "lodge-stats.h"
#include "lodge-storage-private.h"
#include "util/lodge-error.h"

/* Changes of a frame are applied together */
#define FLUSH_INTERVAL 16  /* ms */
/* More than this many domains are read again by reading the whole list */
#define FEW_DOMAINS    20

struct _LodgeConnection
{
  GObject               parent_instance;

  char                 *uri;
  char                 *name;          /* nullable */
  char                 *label;
  LodgeUri             *parsed;
  LodgeConnectionState  state;
  GError               *error;         /* nullable */
  gboolean              autoconnect;

  /* of the open generation */
  LodgeOpening         *opening;       /* owned, nullable: opening, or the address of its events */
  LodgeWorker          *worker;        /* owned, nullable */
  GCancellable         *generation;    /* owned, nullable: cancelled when the worker's results are void */
  GArray               *domain_events;
  GArray               *network_events;
  GArray               *pool_events;
  GPtrArray            *open_tasks;    /* of GTask: who waits for the opening */
  char                 *host_name;
  guint                 host_cpus;
  guint64               host_memory;
  gulong                libvirt_version;
  gulong                hypervisor_version;

  /* what is on the host */
  GListStore           *domains;
  GHashTable           *by_uuid;       /* borrowed uuid → borrowed LodgeDomain */
  GListModel           *networks;      /* owned, nullable */
  GListModel           *pools;         /* owned, nullable */
  guint                 n_running;

  /* what is to be read again */
  GHashTable           *dirty;         /* owned uuid → owned virDomainPtr */
  guint                 flush_source;
  gboolean              reading;
  gboolean              read_all;

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
  N_PROPERTIES,
};

enum
{
  SIGNAL_CREDENTIALS_REQUESTED,
  SIGNAL_STATS_UPDATED,
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

static void schedule_flush (LodgeConnection *self);

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

static void
count_running (LodgeConnection *self)
{
  guint n = 0;
  GHashTableIter iter;
  gpointer domain;

  g_hash_table_iter_init (&iter, self->by_uuid);
  while (g_hash_table_iter_next (&iter, NULL, &domain))
    n += lodge_domain_get_state (domain) == LODGE_DOMAIN_STATE_RUNNING
         && !lodge_domain_get_stale (domain);

  if (self->n_running == n)
    return;
  self->n_running = n;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_RUNNING]);
}

static void
remove_domain_at (LodgeConnection *self,
                  guint            position)
{
  g_autoptr(LodgeDomain) domain = g_list_model_get_item (G_LIST_MODEL (self->domains), position);

  g_hash_table_remove (self->by_uuid, lodge_domain_get_uuid (domain));
  g_list_store_remove (self->domains, position);
  lodge_domain_left (domain);
}

static void
remove_all_domains (LodgeConnection *self)
{
  g_autoptr(GPtrArray) left = g_ptr_array_new_with_free_func (g_object_unref);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->domains));

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (left, g_list_model_get_item (G_LIST_MODEL (self->domains), i));
  g_hash_table_remove_all (self->by_uuid);
  g_list_store_remove_all (self->domains);
  for (guint i = 0; i < left->len; i++)
    lodge_domain_left (left->pdata[i]);
  count_running (self);
}

/* Everything that was true of the open connection only */
static void
drop_generation (LodgeConnection *self)
{
  lodge_stats_stop (self->stats);
  g_clear_handle_id (&self->flush_source, g_source_remove);
  g_hash_table_remove_all (self->dirty);
  self->reading = FALSE;
  self->read_all = FALSE;
  g_clear_pointer (&self->opening, lodge_opening_abandon);
  if (self->generation != NULL)
    g_cancellable_cancel (self->generation);
  g_clear_object (&self->generation);
  if (self->worker != NULL)
    lodge_worker_stop (g_steal_pointer (&self->worker),
                       (int *) self->domain_events->data, self->domain_events->len,
                       (int *) self->network_events->data, self->network_events->len,
                       (int *) self->pool_events->data, self->pool_events->len);
  g_array_set_size (self->domain_events, 0);
  g_array_set_size (self->network_events, 0);
  g_array_set_size (self->pool_events, 0);
}

/* The host is gone: the rows stay, as what was last known */
static void
lose (LodgeConnection *self,
      const GError    *error)
{
  drop_generation (self);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->domains)); i++)
    {
      g_autoptr(LodgeDomain) domain = g_list_model_get_item (G_LIST_MODEL (self->domains), i);

      lodge_domain_set_stale (domain, TRUE);
    }
  count_running (self);
  set_state (self, LODGE_CONNECTION_FAILED, error);
}

/* Updates the domain of @record or makes it; @added collects the new ones, or NULL puts it into the list */
static LodgeDomain *
take_record (LodgeConnection   *self,
             LodgeDomainRecord *record,
             GPtrArray         *added)
{
  LodgeDomain *domain = g_hash_table_lookup (self->by_uuid, record->uuid);

  if (domain != NULL)
    {
      lodge_domain_apply_record (domain, record);
      return domain;
    }

  domain = lodge_domain_new (self, record);
  g_hash_table_insert (self->by_uuid, (gpointer) lodge_domain_get_uuid (domain), domain);
  if (added != NULL)
    g_ptr_array_add (added, domain);
  else
    {
      g_list_store_append (self->domains, domain);
      g_object_unref (domain);
    }
  return domain;
}

LodgeDomain *
lodge_connection_take_record (LodgeConnection   *self,
                              LodgeDomainRecord *record)
{
  LodgeDomain *domain = take_record (self, record, NULL);

  count_running (self);
  return domain;
}

static void
apply_list (LodgeConnection *self,
            GPtrArray       *records)
{
  g_autoptr(GHashTable) present = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr(GPtrArray) added = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < records->len; i++)
    {
      LodgeDomainRecord *record = records->pdata[i];

      g_hash_table_add (present, record->uuid);
    }
  for (guint i = g_list_model_get_n_items (G_LIST_MODEL (self->domains)); i > 0; i--)
    {
      g_autoptr(LodgeDomain) domain = g_list_model_get_item (G_LIST_MODEL (self->domains), i - 1);

      if (!g_hash_table_contains (present, lodge_domain_get_uuid (domain)))
        remove_domain_at (self, i - 1);
    }
  for (guint i = 0; i < records->len; i++)
    take_record (self, records->pdata[i], added);
  if (added->len > 0)
    g_list_store_splice (self->domains, g_list_model_get_n_items (G_LIST_MODEL (self->domains)), 0,
                         added->pdata, added->len);
  count_running (self);
}

static void
read_list_worker (GTask         *task,
                  virConnectPtr  connection,
                  gpointer       task_data,
                  GCancellable  *cancellable)
{
  GError *error = NULL;
  GPtrArray *records = lodge_host_snapshot_read_domains (connection, NULL, &error);

  if (records != NULL)
    g_task_return_pointer (task, records, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

static void
read_some_worker (GTask         *task,
                  virConnectPtr  connection,
                  gpointer       task_data,
                  GCancellable  *cancellable)
{
  GHashTable *dirty = task_data;
  GPtrArray *records = g_ptr_array_new_with_free_func ((GDestroyNotify) lodge_domain_record_free);
  GHashTableIter iter;
  gpointer handle;

  g_hash_table_iter_init (&iter, dirty);
  while (g_hash_table_iter_next (&iter, NULL, &handle))
    {
      LodgeDomainRecord *record = lodge_domain_record_read (handle);

      if (record != NULL)
        g_ptr_array_add (records, record);
    }
  g_task_return_pointer (task, records, (GDestroyNotify) g_ptr_array_unref);
}

static void
read_again_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  LodgeConnection *self = LODGE_CONNECTION (object);
  GCancellable *generation = g_task_get_cancellable (G_TASK (result));
  gboolean all = g_task_get_task_data (G_TASK (result)) == NULL;
  g_autoptr(GPtrArray) records = NULL;
  g_autoptr(GError) error = NULL;

  records = g_task_propagate_pointer (G_TASK (result), &error);
  if (generation != self->generation)
    return;
  self->reading = FALSE;

  if (records == NULL)
    g_debug ("%s: reading again failed: %s", self->uri, error->message);
  else if (all)
    apply_list (self, records);
  else
    {
      for (guint i = 0; i < records->len; i++)
        {
          LodgeDomainRecord *record = records->pdata[i];
          LodgeDomain *domain = g_hash_table_lookup (self->by_uuid, record->uuid);

          if (!record->gone)
            take_record (self, record, NULL);
          else if (domain != NULL)
            lodge_connection_remove_domain (self, domain);
        }
      count_running (self);
    }
  schedule_flush (self);
}

static gboolean
flush_cb (gpointer user_data)
{
  LodgeConnection *self = user_data;
  g_autoptr(GTask) task = NULL;

  self->flush_source = 0;
  if (self->reading || self->worker == NULL
      || (!self->read_all && g_hash_table_size (self->dirty) == 0))
    return G_SOURCE_REMOVE;

  task = g_task_new (self, self->generation, read_again_cb, NULL);
  g_task_set_source_tag (task, flush_cb);
  self->reading = TRUE;
  if (self->read_all || g_hash_table_size (self->dirty) > FEW_DOMAINS)
    {
      g_hash_table_remove_all (self->dirty);
      self->read_all = FALSE;
      lodge_worker_run (self->worker, LODGE_LANE_BULK, task, read_list_worker);
    }
  else
    {
      g_task_set_task_data (task, g_steal_pointer (&self->dirty),
                            (GDestroyNotify) g_hash_table_unref);
      self->dirty = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                           (GDestroyNotify) lodge_worker_free_domain);
      lodge_worker_run (self->worker, LODGE_LANE_BULK, task, read_some_worker);
    }
  return G_SOURCE_REMOVE;
}

static void
schedule_flush (LodgeConnection *self)
{
  if (self->flush_source == 0 && (self->read_all || g_hash_table_size (self->dirty) > 0))
    self->flush_source = g_timeout_add_full (G_PRIORITY_DEFAULT_IDLE, FLUSH_INTERVAL, flush_cb, self,
                                             NULL);
}

void
lodge_connection_mark_dirty (LodgeConnection *self,
                             virDomainPtr     handle)
{
  char uuid[VIR_UUID_STRING_BUFLEN];

  if (virDomainGetUUIDString (handle, uuid) < 0)
    return;
  virDomainRef (handle);
  g_hash_table_replace (self->dirty, g_strdup (uuid), handle);
  schedule_flush (self);
}

void
lodge_connection_remove_domain (LodgeConnection *self,
                                LodgeDomain     *domain)
{
  guint position;

  if (g_list_store_find (self->domains, domain, &position))
    {
      remove_domain_at (self, position);
      count_running (self);
    }
}

static void
event_cb (LodgeOpening         *opening,
          const LodgeHostEvent *event,
          gpointer              user_data)
{
  LodgeConnection *self = user_data;
  LodgeDomain *domain;

  switch (event->kind)
    {
    case LODGE_HOST_EVENT_CLOSED:
      {
        g_autoptr(GError) error = NULL;

        /* While opening, the opening itself fails */
        if (self->worker == NULL)
          return;
        lodge_set_error (&error, LODGE_ERROR_UNREACHABLE,
                         event->reason == VIR_CONNECT_CLOSE_REASON_KEEPALIVE
                         ? _("The host stopped answering.") : _("The host closed the connection."));
        lodge_error_set_uri (error, self->uri);
        lodge_error_set_hint (error, _("Connect again when the host and its libvirt service run."));
        lose (self, error);
        return;
      }
    case LODGE_HOST_EVENT_NETWORK:
      if (self->networks != NULL)
        lodge_network_list_changed (self->networks, event->uuid);
      return;
    case LODGE_HOST_EVENT_POOL:
    case LODGE_HOST_EVENT_VOLUMES:
      if (self->pools != NULL)
        lodge_storage_pool_list_changed (self->pools, event->uuid,
                                         event->kind == LODGE_HOST_EVENT_VOLUMES);
      return;
    case LODGE_HOST_EVENT_DOMAIN:
    default:
      break;
    }

  domain = g_hash_table_lookup (self->by_uuid, event->uuid);
  if (domain != NULL && event->state >= 0)
    {
      lodge_domain_apply_event (domain, event->state, event->reason);
      count_running (self);
    }
  /* Whether an undefined one still runs, or a stopped one was transient, is for the re-read to tell */
  lodge_connection_mark_dirty (self, event->domain);
}

static void
credentials_cb (LodgeOpening           *opening,
                LodgeCredentialRequest *request,
                gpointer                user_data)
{
  LodgeConnection *self = user_data;

  set_state (self, LODGE_CONNECTION_WAITING_FOR_CREDENTIALS, NULL);
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
      LodgeDomain *domain = g_hash_table_lookup (self->by_uuid, sample->uuid);

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
  LodgeConnection *self = user_data;

  if (result->handle != NULL)
    self->worker = lodge_worker_new (result->handle, lodge_opening_close_cb);
  g_array_append_vals (self->domain_events, result->domain_events->data, result->domain_events->len);
  g_array_append_vals (self->network_events, result->network_events->data,
                       result->network_events->len);
  g_array_append_vals (self->pool_events, result->pool_events->data, result->pool_events->len);

  if (result->error != NULL)
    {
      g_autoptr(GError) error = g_error_copy (result->error);

      lose (self, error);
      lodge_open_result_free (result);
      end_open_tasks (self, error);
      return;
    }

  self->generation = g_cancellable_new ();
  g_set_str (&self->host_name, result->host_name);
  self->host_cpus = result->host_cpus;
  self->host_memory = result->host_memory;
  self->libvirt_version = result->libvirt_version;
  self->hypervisor_version = result->hypervisor_version;
  apply_list (self, result->domains);
  lodge_open_result_free (result);
  set_state (self, LODGE_CONNECTION_CONNECTED, NULL);
  lodge_stats_start (self->stats);
  schedule_flush (self);
  end_open_tasks (self, NULL);
}

static const LodgeOpeningFuncs opening_funcs = { done_cb, credentials_cb, event_cb };

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
      g_value_set_boolean (value, FALSE);
      break;
    case PROP_AUTOCONNECT:
      g_value_set_boolean (value, self->autoconnect);
      break;
    case PROP_DOMAINS:
      g_value_set_object (value, self->domains);
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
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
lodge_connection_dispose (GObject *object)
{
  LodgeConnection *self = LODGE_CONNECTION (object);

  drop_generation (self);
  remove_all_domains (self);
  g_clear_object (&self->networks);
  g_clear_object (&self->pools);

  G_OBJECT_CLASS (lodge_connection_parent_class)->dispose (object);
}

static void
lodge_connection_finalize (GObject *object)
{
  LodgeConnection *self = LODGE_CONNECTION (object);

  lodge_stats_free (self->stats);
  g_clear_object (&self->domains);
  g_hash_table_unref (self->by_uuid);
  g_hash_table_unref (self->dirty);
  g_ptr_array_unref (self->open_tasks);
  g_array_unref (self->domain_events);
  g_array_unref (self->network_events);
  g_array_unref (self->pool_events);
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
  properties[PROP_READ_ONLY] = g_param_spec_boolean ("read-only", NULL, NULL, FALSE, readable);
  properties[PROP_AUTOCONNECT] = g_param_spec_boolean ("autoconnect", NULL, NULL, FALSE, writable);
  properties[PROP_DOMAINS] = g_param_spec_object ("domains", NULL, NULL, G_TYPE_LIST_MODEL, readable);
  properties[PROP_N_RUNNING] = g_param_spec_uint ("n-running", NULL, NULL, 0, G_MAXUINT, 0, readable);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);

  signals[SIGNAL_CREDENTIALS_REQUESTED] =
    g_signal_new ("credentials-requested", LODGE_TYPE_CONNECTION, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                  NULL, G_TYPE_NONE, 1, LODGE_TYPE_CREDENTIAL_REQUEST);
  signals[SIGNAL_STATS_UPDATED] =
    g_signal_new ("stats-updated", LODGE_TYPE_CONNECTION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);
}

static void
lodge_connection_init (LodgeConnection *self)
{
  self->domains = g_list_store_new (LODGE_TYPE_DOMAIN);
  self->by_uuid = g_hash_table_new (g_str_hash, g_str_equal);
  self->dirty = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                       (GDestroyNotify) lodge_worker_free_domain);
  self->open_tasks = g_ptr_array_new_with_free_func (g_object_unref);
  self->domain_events = g_array_new (FALSE, FALSE, sizeof (int));
  self->network_events = g_array_new (FALSE, FALSE, sizeof (int));
  self->pool_events = g_array_new (FALSE, FALSE, sizeof (int));
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
 * virConnectOpenAuth(). A call while another is under way joins it; an open connection is a success.
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
  if (self->opening != NULL)
    return;

  lodge_event_loop_start ();
  set_state (self, LODGE_CONNECTION_CONNECTING, NULL);
  self->opening = lodge_opening_start (self->uri, &opening_funcs, self);
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

  drop_generation (self);
  remove_all_domains (self);
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
  self->read_all = TRUE;
  schedule_flush (self);
  if (self->networks != NULL)
    lodge_network_list_changed (self->networks, NULL);
  if (self->pools != NULL)
    lodge_storage_pool_list_changed (self->pools, NULL, TRUE);
}

void
lodge_connection_watch_stats (LodgeConnection *self)
{
  g_return_if_fail (LODGE_IS_CONNECTION (self));

  lodge_stats_watch (self->stats);
}

void
lodge_connection_unwatch_stats (LodgeConnection *self)
{
  g_return_if_fail (LODGE_IS_CONNECTION (self));

  lodge_stats_unwatch (self->stats);
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
    self->networks = lodge_network_list_new (self);
  return self->networks;
}

GListModel *
lodge_connection_get_storage_pools (LodgeConnection *self)
{
  g_return_val_if_fail (LODGE_IS_CONNECTION (self), NULL);

  if (self->pools == NULL)
    self->pools = lodge_storage_pool_list_new (self);
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
  GHashTableIter iter;
  gpointer value;

  g_return_val_if_fail (LODGE_IS_CONNECTION (self), NULL);

  uuid = g_ascii_strdown (name_or_uuid, -1);
  domain = g_hash_table_lookup (self->by_uuid, uuid);
  g_hash_table_iter_init (&iter, self->by_uuid);
  while (domain == NULL && g_hash_table_iter_next (&iter, NULL, &value))
    {
      if (g_strcmp0 (lodge_domain_get_name (value), name_or_uuid) == 0)
        domain = value;
    }
  return domain;
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

gboolean
lodge_connection_get_read_only (LodgeConnection *self)
{
  g_return_val_if_fail (LODGE_IS_CONNECTION (self), FALSE);

  return FALSE;
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

  return G_LIST_MODEL (self->domains);
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
