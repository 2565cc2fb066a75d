/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-connection-life"

#include "config.h"

#include "lodge-connection-internal.h"

#include <glib/gi18n-lib.h>

#include "lodge-credential-request.h"
#include "lodge-event-log-private.h"
#include "lodge-event-loop.h"
#include "util/lodge-error.h"

/* A host that does not answer a simple question for so long after the computer woke up is gone */
#define PROBE_PATIENCE 5  /* s */

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

void
lodge_connection_drop_generation (LodgeConnection *self)
{
  /* Whoever is told of a call that was refused must not get at a worker that has stopped */
  LodgeLongCalls *long_calls = g_steal_pointer (&self->long_calls);
  LodgeWorker *worker = g_steal_pointer (&self->worker);

  if (self->inventory_source != 0)
    lodge_connection_save_inventory (self);
  lodge_stats_stop (self->stats);
  lodge_domain_table_stop (self->table);
  lodge_details_reader_stop (self->details);
  g_clear_handle_id (&self->probe_source, g_source_remove);
  g_clear_handle_id (&self->poll_source, g_source_remove);
  self->lacking = 0;
  g_clear_pointer (&self->opening, lodge_opening_abandon);
  if (self->generation != NULL)
    g_cancellable_cancel (self->generation);
  g_clear_object (&self->generation);
  if (self->events != NULL)
    lodge_host_events_mute (self->events);
  g_clear_pointer (&self->events, lodge_host_events_unref);
  g_clear_pointer (&long_calls, lodge_long_calls_stop);
  g_clear_pointer (&worker, lodge_worker_stop);
}

/* What may be better in a minute. A password is never tried again by itself: hosts lock people out for that. */
static gboolean
may_pass (const GError *error)
{
  return g_error_matches (error, LODGE_ERROR, LODGE_ERROR_UNREACHABLE)
         || g_error_matches (error, LODGE_ERROR, LODGE_ERROR_NOT_CONNECTED)
         || g_error_matches (error, LODGE_ERROR, LODGE_ERROR_TIMED_OUT);
}

/* The host is gone: the rows stay, as what was last known */
static void
lose (LodgeConnection *self,
      const GError    *error)
{
  if (self->state == LODGE_CONNECTION_CONNECTED)
    {
      lodge_connection_set_last_seen (self, g_get_real_time () / G_USEC_PER_SEC);
      lodge_event_log_add (self->log, LODGE_LOG_CONNECTION_LOST, NULL, NULL, error->message);
    }
  lodge_connection_drop_generation (self);
  lodge_domain_table_set_stale (self->table);
  if (self->wanted && self->was_open && may_pass (error))
    lodge_reconnect_plan (self->reconnect);
  else
    lodge_reconnect_cancel (self->reconnect, FALSE);
  lodge_connection_set_state (self, LODGE_CONNECTION_FAILED, error);
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
    lodge_connection_set_state (self, LODGE_CONNECTION_CONNECTING, NULL);
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
  lodge_connection_set_state (self, LODGE_CONNECTION_WAITING_FOR_CREDENTIALS, NULL);
  g_signal_connect_object (request, "ended", G_CALLBACK (credentials_ended_cb), self, G_CONNECT_SWAPPED);
  if (!g_signal_has_handler_pending (self, lodge_connection_signals[SIGNAL_CREDENTIALS_REQUESTED], 0, FALSE))
    lodge_credential_request_cancel (request);
  else
    g_signal_emit (self, lodge_connection_signals[SIGNAL_CREDENTIALS_REQUESTED], 0, request);
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

  self->long_calls = lodge_opening_new_long_calls (opening, self->worker);
  self->generation = g_cancellable_new ();
  self->was_open = TRUE;
  self->opened_read_only = result->read_only;
  g_free (self->host.name);
  self->host = result->host;
  result->host.name = NULL;
  lodge_domain_table_start (self->table, self->generation);
  lodge_details_reader_start (self->details, self->generation);
  lodge_domain_table_apply_list (self->table, result->domains);
  if (lodge_host_events_is_deaf (self->events))
    lodge_connection_start_polling (self);
  lodge_open_result_free (result);
  lodge_connection_start_listening (self, LODGE_EVENTS_MACHINES);
  if (self->trays)
    lodge_connection_start_listening (self, LODGE_EVENTS_TRAYS);
  if (self->networks != NULL)
    lodge_connection_start_listening (self, LODGE_EVENTS_NETWORKS);
  if (self->pools != NULL)
    lodge_connection_start_listening (self, LODGE_EVENTS_POOLS);
  lodge_reconnect_cancel (self->reconnect, TRUE);
  lodge_connection_set_last_seen (self, g_get_real_time () / G_USEC_PER_SEC);
  lodge_event_log_add (self->log, LODGE_LOG_CONNECTED, NULL, NULL, NULL);
  lodge_connection_set_state (self, LODGE_CONNECTION_CONNECTED, NULL);
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
  lodge_connection_set_state (self, LODGE_CONNECTION_CONNECTING, NULL);
  self->events = lodge_host_events_new (lodge_connection_host_event_cb, self);
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
  g_object_notify_by_pspec (user_data, lodge_connection_properties[PROP_RETRY_TIME]);
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

void
lodge_connection_init_life (LodgeConnection *self)
{
  self->reconnect = lodge_reconnect_new (&reconnect_funcs, self);
  self->open_tasks = g_ptr_array_new_with_free_func (g_object_unref);
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
  lodge_connection_drop_generation (self);
  lodge_domain_table_clear (self->table);
  lodge_connection_set_state (self, LODGE_CONNECTION_DISCONNECTED, NULL);
  g_set_error_literal (&error, G_IO_ERROR, G_IO_ERROR_CANCELLED, _("The connection was closed."));
  end_open_tasks (self, error);
}
