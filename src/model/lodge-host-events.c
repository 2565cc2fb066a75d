/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-host-events"

#include "config.h"

#include "lodge-host-events.h"

/* Counted by g_atomic_rc_box: the owner, and every callback that libvirt holds have one. libvirt tells of events on the
 * main thread, of the end of a connection on any, and frees on any. */
struct _LodgeHostEvents
{
  LodgeHostEventFunc func;
  gpointer           user_data;
  gboolean           muted;   /* main thread */
  int                deaf;    /* atomic: the hypervisor tells nothing of machines */
};

LodgeHostEvents *
lodge_host_events_new (LodgeHostEventFunc func,
                       gpointer           user_data)
{
  LodgeHostEvents *self = g_atomic_rc_box_new0 (LodgeHostEvents);

  self->func = func;
  self->user_data = user_data;
  return self;
}

LodgeHostEvents *
lodge_host_events_ref (LodgeHostEvents *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
lodge_host_events_unref (LodgeHostEvents *self)
{
  g_atomic_rc_box_release (self);
}

static void
unref_cb (void *self)
{
  lodge_host_events_unref (self);
}

gboolean
lodge_host_events_is_deaf (LodgeHostEvents *self)
{
  return g_atomic_int_get (&self->deaf);
}

void
lodge_host_events_mute (LodgeHostEvents *self)
{
  self->muted = TRUE;
}

typedef struct
{
  LodgeHostEvents *events;
  int              reason;
} Closing;

static gboolean
closed_idle (gpointer data)
{
  Closing *closing = data;
  const LodgeHostEvent event = { .kind = LODGE_HOST_EVENT_CLOSED, .state = -1, .reason = closing->reason };

  if (!closing->events->muted)
    closing->events->func (&event, closing->events->user_data);
  lodge_host_events_unref (closing->events);
  g_free (closing);
  return G_SOURCE_REMOVE;
}

void
lodge_host_events_close_cb (virConnectPtr  connection,
                            int            reason,
                            void          *opaque)
{
  Closing *closing = g_new0 (Closing, 1);

  /* A call that is under way reads the socket for all, and so this is told on its thread */
  closing->events = lodge_host_events_ref (opaque);
  closing->reason = reason;
  g_idle_add_full (G_PRIORITY_DEFAULT, closed_idle, closing, NULL);
}

static void
tell_domain (LodgeHostEvents *self,
             virDomainPtr     domain,
             LodgeHostEvent  *event)
{
  char uuid[VIR_UUID_STRING_BUFLEN];

  if (self->muted || !lodge_libvirt_get_uuid (domain, uuid))
    return;
  event->kind = LODGE_HOST_EVENT_DOMAIN;
  event->domain = domain;
  event->uuid = uuid;
  self->func (event, self->user_data);
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
  LodgeHostEvent told = { .id = VIR_DOMAIN_EVENT_ID_LIFECYCLE, .event = event, .detail = detail, .state = -1 };

  switch (event)
    {
    case VIR_DOMAIN_EVENT_UNDEFINED:
      /* Of a rename: the DEFINED event with the new name follows */
      if (detail == VIR_DOMAIN_EVENT_UNDEFINED_RENAMED)
        return 0;
      break;
    case VIR_DOMAIN_EVENT_DEFINED:
      told.definition = TRUE;
      break;
    case VIR_DOMAIN_EVENT_STARTED:
      told.definition = TRUE;
      told.state = VIR_DOMAIN_RUNNING;
      break;
    case VIR_DOMAIN_EVENT_RESUMED:
      told.state = VIR_DOMAIN_RUNNING;
      break;
    case VIR_DOMAIN_EVENT_SUSPENDED:
      told.state = VIR_DOMAIN_PAUSED;
      told.reason = paused_reason (detail);
      break;
    case VIR_DOMAIN_EVENT_STOPPED:
      told.definition = TRUE;
      told.state = VIR_DOMAIN_SHUTOFF;
      told.reason = shutoff_reason (detail);
      break;
    case VIR_DOMAIN_EVENT_SHUTDOWN:
      told.state = VIR_DOMAIN_SHUTDOWN;
      break;
    case VIR_DOMAIN_EVENT_PMSUSPENDED:
      told.state = VIR_DOMAIN_PMSUSPENDED;
      break;
    case VIR_DOMAIN_EVENT_CRASHED:
      told.state = VIR_DOMAIN_CRASHED;
      break;
    default:
      break;
    }
  tell_domain (opaque, domain, &told);
  return 0;
}

static void
reboot_cb (virConnectPtr  connection,
           virDomainPtr   domain,
           void          *opaque)
{
  LodgeHostEvent told = { .id = VIR_DOMAIN_EVENT_ID_REBOOT, .state = -1 };

  tell_domain (opaque, domain, &told);
}

static void
watchdog_cb (virConnectPtr  connection,
             virDomainPtr   domain,
             int            action,
             void          *opaque)
{
  LodgeHostEvent told = { .id = VIR_DOMAIN_EVENT_ID_WATCHDOG, .event = action, .state = -1 };

  tell_domain (opaque, domain, &told);
}

static void
io_error_cb (virConnectPtr  connection,
             virDomainPtr   domain,
             const char    *path,
             const char    *alias,
             int            action,
             const char    *reason,
             void          *opaque)
{
  LodgeHostEvent told = { .id = VIR_DOMAIN_EVENT_ID_IO_ERROR_REASON, .event = action, .text = path, .state = -1 };

  tell_domain (opaque, domain, &told);
}

static void
tray_cb (virConnectPtr  connection,
         virDomainPtr   domain,
         const char    *alias,
         int            reason,
         void          *opaque)
{
  LodgeHostEvent told = {
    .id = VIR_DOMAIN_EVENT_ID_TRAY_CHANGE, .event = reason, .text = alias, .definition = TRUE, .state = -1,
  };

  tell_domain (opaque, domain, &told);
}

static void
metadata_cb (virConnectPtr  connection,
             virDomainPtr   domain,
             int            type,
             const char    *uri,
             void          *opaque)
{
  LodgeHostEvent told = {
    .id = VIR_DOMAIN_EVENT_ID_METADATA_CHANGE, .event = type, .text = uri, .definition = TRUE, .state = -1,
  };

  tell_domain (opaque, domain, &told);
}

static void
tell_device (LodgeHostEvents *self,
             virDomainPtr     domain,
             int              id,
             const char      *alias)
{
  LodgeHostEvent told = { .id = id, .text = alias, .definition = TRUE, .state = -1 };

  tell_domain (self, domain, &told);
}

static void
device_added_cb (virConnectPtr  connection,
                 virDomainPtr   domain,
                 const char    *alias,
                 void          *opaque)
{
  tell_device (opaque, domain, VIR_DOMAIN_EVENT_ID_DEVICE_ADDED, alias);
}

static void
device_removed_cb (virConnectPtr  connection,
                   virDomainPtr   domain,
                   const char    *alias,
                   void          *opaque)
{
  tell_device (opaque, domain, VIR_DOMAIN_EVENT_ID_DEVICE_REMOVED, alias);
}

static void
agent_cb (virConnectPtr  connection,
          virDomainPtr   domain,
          int            state,
          int            reason,
          void          *opaque)
{
  LodgeHostEvent told = { .id = VIR_DOMAIN_EVENT_ID_AGENT_LIFECYCLE, .event = state, .detail = reason, .state = -1 };

  tell_domain (opaque, domain, &told);
}

static void
network_cb (virConnectPtr  connection,
            virNetworkPtr  network,
            int            event,
            int            detail,
            void          *opaque)
{
  LodgeHostEvents *self = opaque;
  char uuid[VIR_UUID_STRING_BUFLEN];
  LodgeHostEvent told = { .kind = LODGE_HOST_EVENT_NETWORK, .uuid = uuid, .state = -1 };

  if (!self->muted && virNetworkGetUUIDString (network, uuid) == 0)
    self->func (&told, self->user_data);
}

static void
tell_pool (LodgeHostEvents   *self,
           virStoragePoolPtr  pool,
           gboolean           volumes)
{
  char uuid[VIR_UUID_STRING_BUFLEN];
  LodgeHostEvent told = {
    .kind = volumes ? LODGE_HOST_EVENT_VOLUMES : LODGE_HOST_EVENT_POOL, .uuid = uuid, .state = -1,
  };

  if (!self->muted && virStoragePoolGetUUIDString (pool, uuid) == 0)
    self->func (&told, self->user_data);
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

static const struct
{
  LodgeEventSet                        set;
  int                                  id;
  virConnectDomainEventGenericCallback callback;
} domain_events[] = {
  { LODGE_EVENTS_LIFECYCLE, VIR_DOMAIN_EVENT_ID_LIFECYCLE, VIR_DOMAIN_EVENT_CALLBACK (lifecycle_cb) },
  { LODGE_EVENTS_MACHINES, VIR_DOMAIN_EVENT_ID_REBOOT, VIR_DOMAIN_EVENT_CALLBACK (reboot_cb) },
  { LODGE_EVENTS_MACHINES, VIR_DOMAIN_EVENT_ID_WATCHDOG, VIR_DOMAIN_EVENT_CALLBACK (watchdog_cb) },
  { LODGE_EVENTS_MACHINES, VIR_DOMAIN_EVENT_ID_IO_ERROR_REASON, VIR_DOMAIN_EVENT_CALLBACK (io_error_cb) },
  { LODGE_EVENTS_MACHINES, VIR_DOMAIN_EVENT_ID_METADATA_CHANGE, VIR_DOMAIN_EVENT_CALLBACK (metadata_cb) },
  { LODGE_EVENTS_MACHINES, VIR_DOMAIN_EVENT_ID_DEVICE_ADDED, VIR_DOMAIN_EVENT_CALLBACK (device_added_cb) },
  { LODGE_EVENTS_MACHINES, VIR_DOMAIN_EVENT_ID_DEVICE_REMOVED, VIR_DOMAIN_EVENT_CALLBACK (device_removed_cb) },
  { LODGE_EVENTS_MACHINES, VIR_DOMAIN_EVENT_ID_AGENT_LIFECYCLE, VIR_DOMAIN_EVENT_CALLBACK (agent_cb) },
  { LODGE_EVENTS_TRAYS, VIR_DOMAIN_EVENT_ID_TRAY_CHANGE, VIR_DOMAIN_EVENT_CALLBACK (tray_cb) },
};

static void
keep (LodgeHostEvents   *self,
      LodgeWorker       *worker,
      LodgeCallbackKind  kind,
      int                number)
{
  if (number >= 0)
    lodge_worker_add_callback (worker, kind, number);
  else
    lodge_host_events_unref (self);
}

static void
listen_to_machines (LodgeHostEvents *self,
                    LodgeWorker     *worker,
                    virConnectPtr    connection,
                    LodgeEventSet    set)
{
  for (guint i = 0; i < G_N_ELEMENTS (domain_events); i++)
    {
      int number;

      if (domain_events[i].set != set || g_atomic_int_get (&self->deaf))
        continue;
      number = virConnectDomainEventRegisterAny (connection, NULL, domain_events[i].id, domain_events[i].callback,
                                                 lodge_host_events_ref (self), unref_cb);
      keep (self, worker, LODGE_CALLBACK_DOMAIN, number);
      /* A driver without this one has none of them */
      if (number < 0 && set == LODGE_EVENTS_LIFECYCLE)
        g_atomic_int_set (&self->deaf, TRUE);
    }
}

/**
 * lodge_host_events_listen:
 * @self: who is told
 * @worker: takes the callbacks back before it closes
 * @connection: of @worker
 * @set: of what
 *
 * On a thread that may wait. Before what the events are about is read, so that nothing falls between. What a hypervisor
 * refuses is not there to be heard.
 */
void
lodge_host_events_listen (LodgeHostEvents *self,
                          LodgeWorker     *worker,
                          virConnectPtr    connection,
                          LodgeEventSet    set)
{
  switch (set)
    {
    case LODGE_EVENTS_NETWORKS:
      keep (self, worker, LODGE_CALLBACK_NETWORK,
            virConnectNetworkEventRegisterAny (connection, NULL, VIR_NETWORK_EVENT_ID_LIFECYCLE,
                                               VIR_NETWORK_EVENT_CALLBACK (network_cb),
                                               lodge_host_events_ref (self), unref_cb));
      break;
    case LODGE_EVENTS_POOLS:
      keep (self, worker, LODGE_CALLBACK_POOL,
            virConnectStoragePoolEventRegisterAny (connection, NULL, VIR_STORAGE_POOL_EVENT_ID_LIFECYCLE,
                                                   VIR_STORAGE_POOL_EVENT_CALLBACK (pool_cb),
                                                   lodge_host_events_ref (self), unref_cb));
      keep (self, worker, LODGE_CALLBACK_POOL,
            virConnectStoragePoolEventRegisterAny (connection, NULL, VIR_STORAGE_POOL_EVENT_ID_REFRESH,
                                                   VIR_STORAGE_POOL_EVENT_CALLBACK (pool_refresh_cb),
                                                   lodge_host_events_ref (self), unref_cb));
      break;
    case LODGE_EVENTS_LIFECYCLE:
    case LODGE_EVENTS_MACHINES:
    case LODGE_EVENTS_TRAYS:
    default:
      listen_to_machines (self, worker, connection, set);
    }
}
