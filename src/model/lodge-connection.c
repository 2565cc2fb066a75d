/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-connection"

#include "config.h"

#include "lodge-connection-internal.h"

#include <glib/gi18n-lib.h>

#include "lodge-credential-request.h"
#include "lodge-event-log-private.h"
#include "util/lodge-error.h"

GParamSpec *lodge_connection_properties[N_PROPERTIES];
guint lodge_connection_signals[N_SIGNALS];

G_DEFINE_ENUM_TYPE (LodgeConnectionState, lodge_connection_state,
                    G_DEFINE_ENUM_VALUE (LODGE_CONNECTION_DISCONNECTED, "disconnected"),
                    G_DEFINE_ENUM_VALUE (LODGE_CONNECTION_CONNECTING, "connecting"),
                    G_DEFINE_ENUM_VALUE (LODGE_CONNECTION_WAITING_FOR_CREDENTIALS, "waiting-for-credentials"),
                    G_DEFINE_ENUM_VALUE (LODGE_CONNECTION_CONNECTED, "connected"),
                    G_DEFINE_ENUM_VALUE (LODGE_CONNECTION_FAILED, "failed"))

G_DEFINE_FINAL_TYPE (LodgeConnection, lodge_connection, G_TYPE_OBJECT)

void
lodge_connection_set_state (LodgeConnection      *self,
                            LodgeConnectionState  state,
                            const GError         *error)
{
  gboolean had_error = self->error != NULL;

  g_clear_error (&self->error);
  if (error != NULL)
    self->error = g_error_copy (error);
  if (had_error || error != NULL)
    g_object_notify_by_pspec (G_OBJECT (self), lodge_connection_properties[PROP_ERROR]);
  if (self->state != state)
    {
      self->state = state;
      g_object_notify_by_pspec (G_OBJECT (self), lodge_connection_properties[PROP_STATE]);
    }
}

void
lodge_connection_set_last_seen (LodgeConnection *self,
                                gint64           time)
{
  if (self->last_seen == time)
    return;
  self->last_seen = time;
  g_object_notify_by_pspec (G_OBJECT (self), lodge_connection_properties[PROP_LAST_SEEN]);
}

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
    g_object_notify_by_pspec (G_OBJECT (self), lodge_connection_properties[PROP_LABEL]);
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
  lodge_connection_drop_generation (self);
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
  g_free (self->host.name);

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

  lodge_connection_properties[PROP_URI] = g_param_spec_string ("uri", NULL, NULL, NULL,
                                                               G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY
                                                               | G_PARAM_STATIC_STRINGS);
  lodge_connection_properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, writable);
  lodge_connection_properties[PROP_LABEL] = g_param_spec_string ("label", NULL, NULL, NULL, readable);
  lodge_connection_properties[PROP_STATE] = g_param_spec_enum ("state", NULL, NULL, LODGE_TYPE_CONNECTION_STATE,
                                                               LODGE_CONNECTION_DISCONNECTED, readable);
  lodge_connection_properties[PROP_ERROR] = g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, readable);
  lodge_connection_properties[PROP_READ_ONLY] = g_param_spec_boolean ("read-only", NULL, NULL, FALSE, writable);
  lodge_connection_properties[PROP_AUTOCONNECT] = g_param_spec_boolean ("autoconnect", NULL, NULL, FALSE, writable);
  lodge_connection_properties[PROP_DOMAINS] = g_param_spec_object ("domains", NULL, NULL, G_TYPE_LIST_MODEL, readable);
  lodge_connection_properties[PROP_N_RUNNING] = g_param_spec_uint ("n-running", NULL, NULL, 0, G_MAXUINT, 0, readable);
  lodge_connection_properties[PROP_RETRY_TIME] = g_param_spec_int64 ("retry-time", NULL, NULL, 0, G_MAXINT64, 0, readable);
  lodge_connection_properties[PROP_LAST_SEEN] = g_param_spec_int64 ("last-seen", NULL, NULL, 0, G_MAXINT64, 0, readable);
  g_object_class_install_properties (object_class, N_PROPERTIES, lodge_connection_properties);

  lodge_connection_signals[SIGNAL_CREDENTIALS_REQUESTED] =
    g_signal_new ("credentials-requested", LODGE_TYPE_CONNECTION, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                  NULL, G_TYPE_NONE, 1, LODGE_TYPE_CREDENTIAL_REQUEST);
  lodge_connection_signals[SIGNAL_DOMAINS_CHANGED] =
    g_signal_new ("domains-changed", LODGE_TYPE_CONNECTION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);
  lodge_connection_signals[SIGNAL_STATS_UPDATED] =
    g_signal_new ("stats-updated", LODGE_TYPE_CONNECTION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);
}

static void
lodge_connection_init (LodgeConnection *self)
{
  lodge_connection_init_domains (self);
  lodge_connection_init_life (self);
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

void
lodge_connection_run (LodgeConnection *self,
                      LodgeLane        lane,
                      GTask           *task,
                      LodgeWorkFunc    func)
{
  if (self->worker == NULL)
    g_task_return_new_error (task, LODGE_ERROR, LODGE_ERROR_NOT_CONNECTED,
                             _("“%s” is not connected."), self->label);
  else if (lane == LODGE_LANE_LONG)
    lodge_long_calls_run (self->long_calls, task, func);
  else
    lodge_worker_run (self->worker, lane, task, func);
}

LodgeDetailsReader *
lodge_connection_get_details_reader (LodgeConnection *self)
{
  return self->details;
}

LodgeSshTransport *
lodge_connection_get_transport (LodgeConnection *self)
{
  return self->opening != NULL ? lodge_opening_get_transport (self->opening) : NULL;
}

void
lodge_connection_add_lacking (LodgeConnection      *self,
                              LodgeDomainOperation  operation)
{
  self->lacking |= 1u << operation;
}

gboolean
lodge_connection_is_lacking (LodgeConnection      *self,
                             LodgeDomainOperation  operation)
{
  return (self->lacking & 1u << operation) != 0;
}

LodgeWorker *
lodge_connection_get_worker (LodgeConnection *self)
{
  return self->worker;
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
  g_object_notify_by_pspec (G_OBJECT (self), lodge_connection_properties[PROP_NAME]);
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
  g_object_notify_by_pspec (G_OBJECT (self), lodge_connection_properties[PROP_READ_ONLY]);
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
  g_object_notify_by_pspec (G_OBJECT (self), lodge_connection_properties[PROP_AUTOCONNECT]);
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

  return self->host.cpus;
}

guint64
lodge_connection_get_host_memory (LodgeConnection *self)
{
  g_return_val_if_fail (LODGE_IS_CONNECTION (self), 0);

  return self->host.memory;
}

const char *
lodge_connection_get_host_name (LodgeConnection *self)
{
  g_return_val_if_fail (LODGE_IS_CONNECTION (self), NULL);

  return self->host.name;
}

gulong
lodge_connection_get_libvirt_version (LodgeConnection *self)
{
  g_return_val_if_fail (LODGE_IS_CONNECTION (self), 0);

  return self->host.libvirt_version;
}

gulong
lodge_connection_get_hypervisor_version (LodgeConnection *self)
{
  g_return_val_if_fail (LODGE_IS_CONNECTION (self), 0);

  return self->host.hypervisor_version;
}
