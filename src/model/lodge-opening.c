/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-opening"

#include "config.h"

#include "lodge-opening.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "lodge-credential-request-private.h"
#include "lodge-host-snapshot.h"
#include "lodge-libvirt-error.h"

/* Dead after (count + 1) × interval without any traffic */
#define KEEPALIVE_INTERVAL 5  /* s */
#define KEEPALIVE_COUNT    3

/* Counted by g_atomic_rc_box: the owner, the thread, and every callback that libvirt holds have one. */
struct _LodgeOpening
{
  char                    *uri;
  const LodgeOpeningFuncs *funcs;
  gpointer                 user_data;
  gboolean                 abandoned;  /* main thread */
  GMutex                   mutex;
  LodgeCredentialRequest  *request;    /* with @mutex: what the thread waits for */
  gboolean                 cancelled;  /* with @mutex: the person cancelled a question, or abandoned */
  guint                    n_asked;    /* opening thread */
};

typedef struct
{
  LodgeOpening           *opening;
  LodgeOpenResult        *result;
  LodgeCredentialRequest *request;
} Message;

static LodgeOpening *
opening_ref (LodgeOpening *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
opening_clear (gpointer data)
{
  LodgeOpening *self = data;

  g_free (self->uri);
  g_clear_object (&self->request);
  g_mutex_clear (&self->mutex);
}

static void
opening_unref (void *data)
{
  g_atomic_rc_box_release_full (data, opening_clear);
}

/* libvirt's callbacks are called on the main thread, and freed on any */
void
lodge_opening_close_cb (virConnectPtr  connection,
                        int            reason,
                        void          *opaque)
{
  LodgeOpening *self = opaque;
  LodgeHostEvent event = { .kind = LODGE_HOST_EVENT_CLOSED, .state = -1, .reason = reason };

  if (!self->abandoned)
    self->funcs->event (self, &event, self->user_data);
}

static void
tell_domain (LodgeOpening *self,
             virDomainPtr  domain,
             int           state,
             int           reason,
             gboolean      removed)
{
  char uuid[VIR_UUID_STRING_BUFLEN];
  LodgeHostEvent event = {
    .kind = LODGE_HOST_EVENT_DOMAIN, .domain = domain, .uuid = uuid,
    .state = state, .reason = reason, .removed = removed,
  };

  if (!self->abandoned && virDomainGetUUIDString (domain, uuid) == 0)
    self->funcs->event (self, &event, self->user_data);
}

static int
shutoff_reason (int detail)
{
  switch (detail)
    {
    case VIR_DOMAIN_EVENT_STOPPED_SHUTDOWN: return VIR_DOMAIN_SHUTOFF_SHUTDOWN;
    case VIR_DOMAIN_EVENT_STOPPED_DESTROYED: return VIR_DOMAIN_SHUTOFF_DESTROYED;
    case VIR_DOMAIN_EVENT_STOPPED_CRASHED: return VIR_DOMAIN_SHUTOFF_CRASHED;
    case VIR_DOMAIN_EVENT_STOPPED_MIGRATED: return VIR_DOMAIN_SHUTOFF_MIGRATED;
    case VIR_DOMAIN_EVENT_STOPPED_SAVED: return VIR_DOMAIN_SHUTOFF_SAVED;
    case VIR_DOMAIN_EVENT_STOPPED_FAILED: return VIR_DOMAIN_SHUTOFF_FAILED;
    default: return VIR_DOMAIN_SHUTOFF_UNKNOWN;
    }
}

static int
paused_reason (int detail)
{
  switch (detail)
    {
    case VIR_DOMAIN_EVENT_SUSPENDED_PAUSED: return VIR_DOMAIN_PAUSED_USER;
    case VIR_DOMAIN_EVENT_SUSPENDED_MIGRATED: return VIR_DOMAIN_PAUSED_MIGRATION;
    case VIR_DOMAIN_EVENT_SUSPENDED_IOERROR: return VIR_DOMAIN_PAUSED_IOERROR;
    case VIR_DOMAIN_EVENT_SUSPENDED_WATCHDOG: return VIR_DOMAIN_PAUSED_WATCHDOG;
    default: return VIR_DOMAIN_PAUSED_UNKNOWN;
    }
}

static int
lifecycle_cb (virConnectPtr  connection,
              virDomainPtr   domain,
              int            event,
              int            detail,
              void          *opaque)
{
  int state = -1, reason = 0;
  gboolean removed = FALSE;

  switch (event)
    {
    case VIR_DOMAIN_EVENT_UNDEFINED:
      removed = detail != VIR_DOMAIN_EVENT_UNDEFINED_RENAMED;
      break;
    case VIR_DOMAIN_EVENT_STARTED:
    case VIR_DOMAIN_EVENT_RESUMED:
      state = VIR_DOMAIN_RUNNING;
      break;
    case VIR_DOMAIN_EVENT_SUSPENDED:
      state = VIR_DOMAIN_PAUSED;
      reason = paused_reason (detail);
      break;
    case VIR_DOMAIN_EVENT_STOPPED:
      state = VIR_DOMAIN_SHUTOFF;
      reason = shutoff_reason (detail);
      break;
    case VIR_DOMAIN_EVENT_SHUTDOWN:
      state = VIR_DOMAIN_SHUTDOWN;
      break;
    case VIR_DOMAIN_EVENT_PMSUSPENDED:
      state = VIR_DOMAIN_PMSUSPENDED;
      break;
    case VIR_DOMAIN_EVENT_CRASHED:
      state = VIR_DOMAIN_CRASHED;
      break;
    default:
      break;
    }
  if (event == VIR_DOMAIN_EVENT_UNDEFINED && !removed)
    return 0;  /* the DEFINED event with the new name follows */
  tell_domain (opaque, domain, state, reason, removed);
  return 0;
}

/* Events that only say that the domain is to be read again; their further arguments are not looked at */
static void
changed_cb (virConnectPtr  connection,
            virDomainPtr   domain,
            void          *opaque)
{
  tell_domain (opaque, domain, -1, 0, FALSE);
}

static void
reboot_cb (virConnectPtr  connection,
           virDomainPtr   domain,
           void          *opaque)
{
  changed_cb (connection, domain, opaque);
}

static void
metadata_cb (virConnectPtr  connection,
             virDomainPtr   domain,
             int            type,
             const char    *uri,
             void          *opaque)
{
  changed_cb (connection, domain, opaque);
}

static void
device_cb (virConnectPtr  connection,
           virDomainPtr   domain,
           const char    *alias,
           void          *opaque)
{
  changed_cb (connection, domain, opaque);
}

static void
network_cb (virConnectPtr  connection,
            virNetworkPtr  network,
            int            event,
            int            detail,
            void          *opaque)
{
  LodgeOpening *self = opaque;
  char uuid[VIR_UUID_STRING_BUFLEN];
  LodgeHostEvent told = { .kind = LODGE_HOST_EVENT_NETWORK, .uuid = uuid, .state = -1 };

  if (!self->abandoned && virNetworkGetUUIDString (network, uuid) == 0)
    self->funcs->event (self, &told, self->user_data);
}

static void
tell_pool (LodgeOpening      *self,
           virStoragePoolPtr  pool,
           gboolean           volumes)
{
  char uuid[VIR_UUID_STRING_BUFLEN];
  LodgeHostEvent told = {
    .kind = volumes ? LODGE_HOST_EVENT_VOLUMES : LODGE_HOST_EVENT_POOL, .uuid = uuid, .state = -1,
  };

  if (!self->abandoned && virStoragePoolGetUUIDString (pool, uuid) == 0)
    self->funcs->event (self, &told, self->user_data);
}

static void
pool_cb (virConnectPtr      connection,
         virStoragePoolPtr  pool,
         int                event,
         int                detail,
         void              *opaque)
{
  tell_pool (opaque, pool, FALSE);
}

static void
pool_refresh_cb (virConnectPtr      connection,
                 virStoragePoolPtr  pool,
                 void              *opaque)
{
  tell_pool (opaque, pool, TRUE);
}

/* Before the list, so that nothing falls between. What a hypervisor refuses is not there to be heard. */
static void
register_events (LodgeOpening    *self,
                 LodgeOpenResult *result)
{
  static const struct { int id; virConnectDomainEventGenericCallback callback; } domain_events[] = {
    { VIR_DOMAIN_EVENT_ID_LIFECYCLE, VIR_DOMAIN_EVENT_CALLBACK (lifecycle_cb) },
    { VIR_DOMAIN_EVENT_ID_REBOOT, VIR_DOMAIN_EVENT_CALLBACK (reboot_cb) },
    { VIR_DOMAIN_EVENT_ID_METADATA_CHANGE, VIR_DOMAIN_EVENT_CALLBACK (metadata_cb) },
    { VIR_DOMAIN_EVENT_ID_DEVICE_ADDED, VIR_DOMAIN_EVENT_CALLBACK (device_cb) },
    { VIR_DOMAIN_EVENT_ID_DEVICE_REMOVED, VIR_DOMAIN_EVENT_CALLBACK (device_cb) },
  };
  int number;

  for (guint i = 0; i < G_N_ELEMENTS (domain_events); i++)
    {
      number = virConnectDomainEventRegisterAny (result->handle, NULL, domain_events[i].id,
                                                 domain_events[i].callback, opening_ref (self),
                                                 opening_unref);
      if (number >= 0)
        g_array_append_val (result->domain_events, number);
      else
        opening_unref (self);
    }

  number = virConnectNetworkEventRegisterAny (result->handle, NULL, VIR_NETWORK_EVENT_ID_LIFECYCLE,
                                              VIR_NETWORK_EVENT_CALLBACK (network_cb),
                                              opening_ref (self), opening_unref);
  if (number >= 0)
    g_array_append_val (result->network_events, number);
  else
    opening_unref (self);

  number = virConnectStoragePoolEventRegisterAny (result->handle, NULL,
                                                  VIR_STORAGE_POOL_EVENT_ID_LIFECYCLE,
                                                  VIR_STORAGE_POOL_EVENT_CALLBACK (pool_cb),
                                                  opening_ref (self), opening_unref);
  if (number >= 0)
    g_array_append_val (result->pool_events, number);
  else
    opening_unref (self);

  number = virConnectStoragePoolEventRegisterAny (result->handle, NULL,
                                                  VIR_STORAGE_POOL_EVENT_ID_REFRESH,
                                                  VIR_STORAGE_POOL_EVENT_CALLBACK (pool_refresh_cb),
                                                  opening_ref (self), opening_unref);
  if (number >= 0)
    g_array_append_val (result->pool_events, number);
  else
    opening_unref (self);
}

static void
read_host (LodgeOpenResult *result)
{
  virNodeInfo info;
  char *name;

  if (virNodeGetInfo (result->handle, &info) == 0)
    {
      result->host_cpus = info.cpus;
      result->host_memory = (guint64) info.memory * 1024;
    }
  name = virConnectGetHostname (result->handle);
  if (name != NULL)
    result->host_name = g_utf8_make_valid (name, -1);
  free (name);
  virConnectGetLibVersion (result->handle, &result->libvirt_version);
  virConnectGetVersion (result->handle, &result->hypervisor_version);
}

static gboolean
credentials_idle (gpointer data)
{
  Message *message = data;

  if (message->opening->abandoned)
    lodge_credential_request_cancel (message->request);
  else
    message->opening->funcs->credentials (message->opening, message->request,
                                          message->opening->user_data);
  g_object_unref (message->request);
  opening_unref (message->opening);
  g_free (message);
  return G_SOURCE_REMOVE;
}

static void
post (GSourceFunc  func,
      Message     *message)
{
  g_autoptr(GSource) source = g_idle_source_new ();

  /* After input and drawing */
  g_source_set_priority (source, G_PRIORITY_DEFAULT_IDLE);
  g_source_set_callback (source, func, message, NULL);
  g_source_attach (source, NULL);
}

static LodgeCredentialKind
kind_of (int type)
{
  switch (type)
    {
    case VIR_CRED_USERNAME:
    case VIR_CRED_AUTHNAME:
      return LODGE_CREDENTIAL_USERNAME;
    case VIR_CRED_PASSPHRASE:
    case VIR_CRED_NOECHOPROMPT:
      return LODGE_CREDENTIAL_PASSWORD;
    default:
      return LODGE_CREDENTIAL_QUESTION;
    }
}

/* libvirt asks, on the opening thread, which may wait */
static int
credentials_cb (virConnectCredentialPtr  credentials,
                unsigned int             n_credentials,
                void                    *opaque)
{
  LodgeOpening *self = opaque;
  LodgeCredentialRequest *request = lodge_credential_request_new (self->n_asked++ > 0);
  Message *message = g_new0 (Message, 1);
  gboolean answered;

  for (guint i = 0; i < n_credentials; i++)
    lodge_credential_request_add (request, kind_of (credentials[i].type), credentials[i].prompt,
                                  credentials[i].defresult);

  g_mutex_lock (&self->mutex);
  if (self->cancelled)
    lodge_credential_request_cancel (request);
  g_set_object (&self->request, request);
  g_mutex_unlock (&self->mutex);

  message->opening = opening_ref (self);
  message->request = g_object_ref (request);
  post (credentials_idle, message);

  answered = lodge_credential_request_wait (request);
  for (guint i = 0; answered && i < n_credentials; i++)
    {
      const char *answer = lodge_credential_request_get_answer (request, i);

      if (answer == NULL)
        answer = credentials[i].defresult != NULL ? credentials[i].defresult : "";
      /* libvirt frees it */
      credentials[i].result = strdup (answer);
      credentials[i].resultlen = strlen (answer);
    }

  g_mutex_lock (&self->mutex);
  g_clear_object (&self->request);
  self->cancelled |= !answered;
  g_mutex_unlock (&self->mutex);
  g_object_unref (request);
  return answered ? 0 : -1;
}

void
lodge_open_result_free (LodgeOpenResult *result)
{
  g_clear_error (&result->error);
  g_clear_pointer (&result->domains, g_ptr_array_unref);
  g_array_unref (result->domain_events);
  g_array_unref (result->network_events);
  g_array_unref (result->pool_events);
  g_free (result->host_name);
  g_free (result);
}

static gboolean
done_idle (gpointer data)
{
  Message *message = data;

  if (!message->opening->abandoned)
    message->opening->funcs->done (message->opening, message->result, message->opening->user_data);
  else
    {
      LodgeOpenResult *result = message->result;

      if (result->handle != NULL)
        {
          g_clear_pointer (&result->domains, g_ptr_array_unref);
          lodge_worker_stop (lodge_worker_new (result->handle, lodge_opening_close_cb),
                             (int *) result->domain_events->data, result->domain_events->len,
                             (int *) result->network_events->data, result->network_events->len,
                             (int *) result->pool_events->data, result->pool_events->len);
        }
      lodge_open_result_free (result);
    }
  opening_unref (message->opening);
  g_free (message);
  return G_SOURCE_REMOVE;
}

static gpointer
open_thread (gpointer data)
{
  static const int types[] = {
    VIR_CRED_USERNAME, VIR_CRED_AUTHNAME, VIR_CRED_PASSPHRASE, VIR_CRED_NOECHOPROMPT,
    VIR_CRED_ECHOPROMPT, VIR_CRED_REALM,
  };
  LodgeOpening *self = data;
  virConnectAuth auth = { (int *) types, G_N_ELEMENTS (types), credentials_cb, self };
  LodgeOpenResult *result = g_new0 (LodgeOpenResult, 1);
  Message *message = g_new0 (Message, 1);
  gboolean cancelled;

  result->domain_events = g_array_new (FALSE, FALSE, sizeof (int));
  result->network_events = g_array_new (FALSE, FALSE, sizeof (int));
  result->pool_events = g_array_new (FALSE, FALSE, sizeof (int));

  result->handle = virConnectOpenAuth (self->uri, &auth, 0);
  if (result->handle == NULL)
    {
      result->error = lodge_error_new_from_libvirt (self->uri);
      g_mutex_lock (&self->mutex);
      cancelled = self->cancelled;
      g_mutex_unlock (&self->mutex);
      /* libvirt has one code for a wrong password and a cancelled question */
      if (cancelled)
        {
          g_clear_error (&result->error);
          result->error = g_error_new (LODGE_ERROR, LODGE_ERROR_AUTH_CANCELLED,
                                       _("The question for the password was cancelled."));
          lodge_error_set_uri (result->error, self->uri);
        }
    }
  else
    {
      /* Drivers inside of this process have neither: they cannot be lost */
      virConnectSetKeepAlive (result->handle, KEEPALIVE_INTERVAL, KEEPALIVE_COUNT);
      if (virConnectRegisterCloseCallback (result->handle, lodge_opening_close_cb, opening_ref (self),
                                           opening_unref) < 0)
        opening_unref (self);
      register_events (self, result);
      read_host (result);
      result->domains = lodge_host_snapshot_read_domains (result->handle, self->uri, &result->error);
    }

  message->opening = self;
  message->result = result;
  post (done_idle, message);
  return NULL;
}

/**
 * lodge_opening_start:
 * @uri: of the connection
 * @funcs: told on the main context
 * @user_data: for @funcs; need not live longer than until lodge_opening_abandon()
 *
 * virConnectOpenAuth() on a thread of its own, then events, host facts and the list of domains.
 */
LodgeOpening *
lodge_opening_start (const char              *uri,
                     const LodgeOpeningFuncs *funcs,
                     gpointer                 user_data)
{
  LodgeOpening *self = g_atomic_rc_box_new0 (LodgeOpening);

  self->uri = g_strdup (uri);
  self->funcs = funcs;
  self->user_data = user_data;
  g_mutex_init (&self->mutex);
  g_thread_unref (g_thread_new ("lodge-open", open_thread, opening_ref (self)));
  return self;
}

void
lodge_opening_abandon (LodgeOpening *self)
{
  self->abandoned = TRUE;
  g_mutex_lock (&self->mutex);
  self->cancelled = TRUE;
  if (self->request != NULL)
    lodge_credential_request_cancel (self->request);
  g_mutex_unlock (&self->mutex);
  opening_unref (self);
}
