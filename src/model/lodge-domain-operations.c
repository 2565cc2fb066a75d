/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-domain"

#include "config.h"

#include "lodge-domain-private.h"

#include <glib/gi18n-lib.h>

#include "lodge-libvirt-error.h"
#include "util/lodge-error.h"

/* What is asked of a domain: calls on a worker thread, and when they make sense */

#define STATE(state) (1u << LODGE_DOMAIN_STATE_##state)

/* In which states libvirt accepts an operation */
static const guint operation_states[LODGE_DOMAIN_N_OPERATIONS] = {
  [LODGE_DOMAIN_START] = STATE (OFF) | STATE (SAVED) | STATE (CRASHED),
  [LODGE_DOMAIN_START_PAUSED] = STATE (OFF) | STATE (CRASHED),
  [LODGE_DOMAIN_START_FRESH] = STATE (SAVED),
  [LODGE_DOMAIN_PAUSE] = STATE (RUNNING),
  [LODGE_DOMAIN_RESUME] = STATE (PAUSED) | STATE (SUSPENDED),
  [LODGE_DOMAIN_SHUT_DOWN] = STATE (RUNNING),
  [LODGE_DOMAIN_REBOOT] = STATE (RUNNING),
  [LODGE_DOMAIN_SAVE] = STATE (RUNNING) | STATE (PAUSED),
  [LODGE_DOMAIN_FORCE_OFF] = STATE (RUNNING) | STATE (PAUSED) | STATE (SHUTTING_DOWN) | STATE (SUSPENDED),
  [LODGE_DOMAIN_FORCE_RESET] = STATE (RUNNING) | STATE (PAUSED),
  [LODGE_DOMAIN_DISCARD_SAVED] = STATE (SAVED),
};

typedef struct
{
  virDomainPtr     handle;
  LodgeDomainFunc  func;
  gpointer         data;
  GDestroyNotify   destroy;
} DomainCall;

static void
domain_call_free (gpointer data)
{
  DomainCall *call = data;

  lodge_worker_free_domain (call->handle);
  if (call->destroy != NULL)
    call->destroy (call->data);
  g_free (call);
}

static void
domain_call_worker (GTask         *task,
                    virConnectPtr  connection,
                    gpointer       task_data,
                    GCancellable  *cancellable)
{
  DomainCall *call = task_data;
  char uuid[VIR_UUID_STRING_BUFLEN] = "";
  virDomainPtr domain;

  if (virDomainGetConnect (call->handle) == connection)
    {
      call->func (task, call->handle, call->data, cancellable);
      return;
    }
  /* A long call goes over another connection, where the machine has another handle */
  virDomainGetUUIDString (call->handle, uuid);
  domain = virDomainLookupByUUIDString (connection, uuid);
  if (domain == NULL)
    {
      g_task_return_error (task, lodge_domain_new_error (call->handle));
      return;
    }
  call->func (task, domain, call->data, cancellable);
  virDomainFree (domain);
}

void
lodge_domain_run_call_full (LodgeDomain     *self,
                            LodgeLane        lane,
                            GTask           *task,
                            LodgeDomainFunc  func,
                            gpointer         data,
                            GDestroyNotify   destroy)
{
  DomainCall *call;

  if (self->connection == NULL || self->handle == NULL)
    {
      if (destroy != NULL)
        destroy (data);
      g_task_return_new_error (task, LODGE_ERROR, LODGE_ERROR_NOT_CONNECTED,
                               _("“%s” cannot be reached: its connection is closed."), self->name);
      return;
    }

  call = g_new0 (DomainCall, 1);
  call->handle = self->handle;
  virDomainRef (call->handle);
  call->func = func;
  call->data = data;
  call->destroy = destroy;
  g_task_set_task_data (task, call, domain_call_free);
  lodge_connection_run (self->connection, lane, task, domain_call_worker);
}

gpointer
lodge_domain_get_call_data (GTask *task)
{
  DomainCall *call = g_task_get_task_data (task);

  return call->data;
}

/**
 * lodge_domain_run_call:
 * @self: a domain
 * @lane: whom to wait behind
 * @task: of the caller; it must have no task data, use its source object or qdata
 * @func: runs on a worker thread with the domain's handle
 */
void
lodge_domain_run_call (LodgeDomain     *self,
                       LodgeLane        lane,
                       GTask           *task,
                       LodgeDomainFunc  func)
{
  lodge_domain_run_call_full (self, lane, task, func, NULL, NULL);
}

GError *
lodge_domain_new_error (virDomainPtr domain)
{
  return lodge_error_new_from_libvirt (NULL);
}

/* Writing or reading a guest's memory takes minutes */
static LodgeLane
get_lane (LodgeDomain          *self,
          LodgeDomainOperation  operation)
{
  switch (operation)
    {
    case LODGE_DOMAIN_SAVE:
      return LODGE_LANE_LONG;
    case LODGE_DOMAIN_START:
      return self->state == LODGE_DOMAIN_STATE_SAVED ? LODGE_LANE_LONG : LODGE_LANE_SLOW;
    case LODGE_DOMAIN_START_PAUSED:
    case LODGE_DOMAIN_START_FRESH:
      return LODGE_LANE_SLOW;
    case LODGE_DOMAIN_PAUSE:
    case LODGE_DOMAIN_RESUME:
    case LODGE_DOMAIN_SHUT_DOWN:
    case LODGE_DOMAIN_REBOOT:
    case LODGE_DOMAIN_FORCE_OFF:
    case LODGE_DOMAIN_FORCE_RESET:
    case LODGE_DOMAIN_DISCARD_SAVED:
    case LODGE_DOMAIN_N_OPERATIONS:
    default:
      return LODGE_LANE_CONTROL;
    }
}

/* Some drivers have a call only as it was before it got flags */
static gboolean
lacks_flags (int result)
{
  return result < 0 && virGetLastErrorCode () == VIR_ERR_NO_SUPPORT;
}

static int
start (virDomainPtr domain,
       unsigned int flags)
{
  const int result = virDomainCreateWithFlags (domain, flags);

  return flags == 0 && lacks_flags (result) ? virDomainCreate (domain) : result;
}

static int
shut_down (virDomainPtr domain)
{
  const int result = virDomainShutdownFlags (domain, 0);

  return lacks_flags (result) ? virDomainShutdown (domain) : result;
}

static int
force_off (virDomainPtr domain)
{
  const int result = virDomainDestroyFlags (domain, 0);

  return lacks_flags (result) ? virDomainDestroy (domain) : result;
}

static int
carry_out (virDomainPtr         domain,
           LodgeDomainOperation operation)
{
  switch (operation)
    {
    case LODGE_DOMAIN_START:
      return start (domain, 0);
    case LODGE_DOMAIN_START_PAUSED:
      return start (domain, VIR_DOMAIN_START_PAUSED);
    case LODGE_DOMAIN_START_FRESH:
      return start (domain, VIR_DOMAIN_START_FORCE_BOOT);
    case LODGE_DOMAIN_PAUSE:
      return virDomainSuspend (domain);
    case LODGE_DOMAIN_RESUME:
      {
        int state = 0;

        if (virDomainGetState (domain, &state, NULL, 0) == 0 && state == VIR_DOMAIN_PMSUSPENDED)
          return virDomainPMWakeup (domain, 0);
        return virDomainResume (domain);
      }
    case LODGE_DOMAIN_SHUT_DOWN:
      return shut_down (domain);
    case LODGE_DOMAIN_REBOOT:
      return virDomainReboot (domain, 0);
    case LODGE_DOMAIN_SAVE:
      return virDomainManagedSave (domain, 0);
    case LODGE_DOMAIN_FORCE_OFF:
      return force_off (domain);
    case LODGE_DOMAIN_FORCE_RESET:
      return virDomainReset (domain, 0);
    case LODGE_DOMAIN_DISCARD_SAVED:
      return virDomainManagedSaveRemove (domain, 0);
    case LODGE_DOMAIN_N_OPERATIONS:
    default:
      g_return_val_if_reached (-1);
    }
}

static void
run_worker (GTask        *task,
            virDomainPtr  domain,
            gpointer      data,
            GCancellable *cancellable)
{
  if (carry_out (domain, GPOINTER_TO_UINT (data)) < 0)
    g_task_return_error (task, lodge_domain_new_error (domain));
  else
    g_task_return_boolean (task, TRUE);
}

/**
 * lodge_domain_run_async:
 * @self: a domain
 * @operation: what to do
 * @cancellable: (nullable): turns the result into a cancelled error; the operation goes on
 * @callback: called in the caller's context
 * @user_data: data for @callback
 *
 * Asks libvirt for an operation. [property@Domain:state] follows libvirt's event, which can come after
 * this ends.
 */
void
lodge_domain_run_async (LodgeDomain          *self,
                        LodgeDomainOperation  operation,
                        GCancellable         *cancellable,
                        GAsyncReadyCallback   callback,
                        gpointer              user_data)
{
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (LODGE_IS_DOMAIN (self));
  g_return_if_fail (operation < LODGE_DOMAIN_N_OPERATIONS);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, lodge_domain_run_async);

  if (!lodge_domain_can (self, operation))
    {
      g_task_return_new_error (task, LODGE_ERROR, LODGE_ERROR_INVALID_STATE,
                               /* Translators: a machine's name, then its state */
                               _("That cannot be done with “%s” now: its state is “%s”."), self->name,
                               lodge_domain_state_get_label (self->state));
      return;
    }

  self->operation = operation;
  lodge_domain_set_operation_pending (self, TRUE);
  lodge_domain_run_call_full (self, get_lane (self, operation), task, run_worker, GUINT_TO_POINTER (operation), NULL);
}

gboolean
lodge_domain_run_finish (LodgeDomain   *self,
                         GAsyncResult  *result,
                         GError       **error)
{
  g_autoptr(GError) local = NULL;

  g_return_val_if_fail (LODGE_IS_DOMAIN (self), FALSE);
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  if (g_task_propagate_boolean (G_TASK (result), &local))
    {
      lodge_domain_set_last_error (self, NULL);
      /* A guest asked to shut down or reboot may take its time, or never do it: nothing is pending
       * in libvirt. A saved state that was discarded has no event. */
      if (self->operation == LODGE_DOMAIN_SHUT_DOWN || self->operation == LODGE_DOMAIN_REBOOT
          || self->operation == LODGE_DOMAIN_FORCE_RESET
          || self->operation == LODGE_DOMAIN_DISCARD_SAVED)
        lodge_domain_set_operation_pending (self, FALSE);
      if (self->connection != NULL && self->handle != NULL)
        lodge_connection_mark_dirty (self->connection, self->handle);
      return TRUE;
    }

  if (lodge_error_get_libvirt_code (local) == VIR_ERR_NO_SUPPORT && self->connection != NULL)
    lodge_connection_add_lacking (self->connection, self->operation);
  if (!g_error_matches (local, G_IO_ERROR, G_IO_ERROR_CANCELLED)
      && !g_error_matches (local, LODGE_ERROR, LODGE_ERROR_INVALID_STATE))
    lodge_domain_set_last_error (self, local->message);
  lodge_domain_set_operation_pending (self, FALSE);
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static void
rename_worker (GTask        *task,
               virDomainPtr  domain,
               gpointer      data,
               GCancellable *cancellable)
{
  if (virDomainRename (domain, data, 0) < 0)
    g_task_return_error (task, lodge_domain_new_error (domain));
  else
    g_task_return_boolean (task, TRUE);
}

/**
 * lodge_domain_rename_async:
 * @self: a domain that is off
 * @name: the new name
 *
 * virDomainRename(). [property@Domain:name] follows libvirt's event.
 */
void
lodge_domain_rename_async (LodgeDomain         *self,
                           const char          *name,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, lodge_domain_rename_async);
  lodge_domain_run_call_full (self, LODGE_LANE_CONTROL, task, rename_worker, g_strdup (name), g_free);
}

gboolean
lodge_domain_rename_finish (LodgeDomain   *self,
                            GAsyncResult  *result,
                            GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
autostart_worker (GTask        *task,
                  virDomainPtr  domain,
                  gpointer      data,
                  GCancellable *cancellable)
{
  if (virDomainSetAutostart (domain, GPOINTER_TO_INT (data)) < 0)
    g_task_return_error (task, lodge_domain_new_error (domain));
  else
    g_task_return_boolean (task, TRUE);
}

/* virDomainSetAutostart(), which has no event: the property follows a re-read */
void
lodge_domain_set_autostart_async (LodgeDomain         *self,
                                  gboolean             autostart,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, lodge_domain_set_autostart_async);
  lodge_domain_run_call_full (self, LODGE_LANE_CONTROL, task, autostart_worker, GINT_TO_POINTER (autostart), NULL);
}

gboolean
lodge_domain_set_autostart_finish (LodgeDomain   *self,
                                   GAsyncResult  *result,
                                   GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;
  if (self->connection != NULL && self->handle != NULL)
    lodge_connection_mark_dirty (self->connection, self->handle);
  return TRUE;
}

static void
get_xml_worker (GTask        *task,
                virDomainPtr  domain,
                gpointer      data,
                GCancellable *cancellable)
{
  guint flags = GPOINTER_TO_UINT (data);
  char *xml = virDomainGetXMLDesc (domain, flags);

  /* A read-only connection may not see passwords: better without them than nothing */
  if (xml == NULL && (flags & VIR_DOMAIN_XML_SECURE) != 0)
    xml = virDomainGetXMLDesc (domain, flags & ~VIR_DOMAIN_XML_SECURE);
  if (xml == NULL)
    {
      g_task_return_error (task, lodge_domain_new_error (domain));
      return;
    }
  g_task_return_pointer (task, g_strdup (xml), g_free);
  free (xml);
}

/**
 * lodge_domain_get_xml_async:
 * @self: a domain
 * @kind: as it runs, or as it will start
 *
 * virDomainGetXMLDesc(). Takes up to 30 s on a guest whose emulator hangs.
 */
void
lodge_domain_get_xml_async (LodgeDomain         *self,
                            LodgeDomainXmlKind   kind,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (self, cancellable, callback, user_data);
  guint flags = kind == LODGE_DOMAIN_XML_INACTIVE
                ? VIR_DOMAIN_XML_SECURE | VIR_DOMAIN_XML_INACTIVE : 0;

  g_task_set_source_tag (task, lodge_domain_get_xml_async);
  lodge_domain_run_call_full (self, LODGE_LANE_BULK, task, get_xml_worker, GUINT_TO_POINTER (flags), NULL);
}

char *
lodge_domain_get_xml_finish (LodgeDomain   *self,
                             GAsyncResult  *result,
                             GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static gboolean
is_reachable (LodgeDomain *self)
{
  return self->connection != NULL && self->handle != NULL && !self->stale
         && lodge_connection_get_state (self->connection) == LODGE_CONNECTION_CONNECTED
         && !lodge_connection_get_read_only (self->connection);
}

/**
 * lodge_domain_can:
 * @self: a domain
 * @operation: an operation
 *
 * Returns: whether libvirt would accept it now, as far as is known here
 */
gboolean
lodge_domain_can (LodgeDomain          *self,
                  LodgeDomainOperation  operation)
{
  g_return_val_if_fail (LODGE_IS_DOMAIN (self), FALSE);
  g_return_val_if_fail (operation < LODGE_DOMAIN_N_OPERATIONS, FALSE);

  return is_reachable (self) && (operation_states[operation] & (1u << self->state)) != 0
         && (operation != LODGE_DOMAIN_SAVE || self->persistent)
         && !lodge_connection_is_lacking (self->connection, operation);
}

gboolean
lodge_domain_can_rename (LodgeDomain *self)
{
  g_return_val_if_fail (LODGE_IS_DOMAIN (self), FALSE);

  return is_reachable (self) && self->persistent && self->state == LODGE_DOMAIN_STATE_OFF;
}

/* A running one is forced off first; a transient one is gone when it is off */
gboolean
lodge_domain_can_delete (LodgeDomain *self)
{
  g_return_val_if_fail (LODGE_IS_DOMAIN (self), FALSE);

  return is_reachable (self) && self->persistent;
}

gboolean
lodge_domain_can_set_autostart (LodgeDomain *self)
{
  g_return_val_if_fail (LODGE_IS_DOMAIN (self), FALSE);

  return is_reachable (self) && self->persistent;
}
