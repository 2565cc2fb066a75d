/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-worker"

#include "config.h"

#include "lodge-worker.h"

#include <glib/gi18n-lib.h>

#include "util/lodge-error.h"

/* Shared with the threads, counted: it lives until the last call on its connection has ended. */
struct _LodgeWorker
{
  virConnectPtr        connection;  /* owned */
  virConnectCloseFunc  close_callback;
  GThreadPool   *lanes[LODGE_N_LANES];
  gboolean       stopped;     /* atomic */

  /* registered callbacks, to be taken back before closing */
  GArray        *domain_events;
  GArray        *network_events;
  GArray        *pool_events;
};

typedef struct
{
  GTask         *task;
  LodgeWorkFunc  func;
} Work;

static const int lane_sizes[LODGE_N_LANES] = { 2, 1, 1, 2 };

static gboolean
release_cb (gpointer task)
{
  g_object_unref (task);
  return G_SOURCE_REMOVE;
}

static void
work_cb (gpointer data,
         gpointer user_data)
{
  LodgeWorker *self = user_data;
  Work *work = data;
  g_autoptr(GSource) source = NULL;

  if (g_atomic_int_get (&self->stopped))
    g_task_return_new_error (work->task, LODGE_ERROR, LODGE_ERROR_NOT_CONNECTED,
                             _("The connection was closed."));
  else if (!g_task_return_error_if_cancelled (work->task))
    work->func (work->task, self->connection, g_task_get_task_data (work->task),
                g_task_get_cancellable (work->task));

  /* The last reference to a model object belongs to the main thread */
  source = g_idle_source_new ();
  g_source_set_callback (source, release_cb, work->task, NULL);
  g_source_attach (source, NULL);
  g_free (work);
}

/**
 * lodge_worker_new:
 * @connection: (transfer full): an open connection
 * @close_callback: the one that is registered on it
 */
LodgeWorker *
lodge_worker_new (virConnectPtr       connection,
                  virConnectCloseFunc close_callback)
{
  LodgeWorker *self = g_new0 (LodgeWorker, 1);

  self->connection = connection;
  self->close_callback = close_callback;
  self->domain_events = g_array_new (FALSE, FALSE, sizeof (int));
  self->network_events = g_array_new (FALSE, FALSE, sizeof (int));
  self->pool_events = g_array_new (FALSE, FALSE, sizeof (int));
  for (guint i = 0; i < LODGE_N_LANES; i++)
    self->lanes[i] = g_thread_pool_new (work_cb, self, lane_sizes[i], FALSE, NULL);
  return self;
}

/**
 * lodge_worker_run:
 * @self: a worker
 * @lane: whom to wait behind
 * @task: ended by @func on the worker thread; its result arrives in its own context
 * @func: the calls
 */
void
lodge_worker_run (LodgeWorker   *self,
                  LodgeLane      lane,
                  GTask         *task,
                  LodgeWorkFunc  func)
{
  Work *work = g_new0 (Work, 1);

  work->task = g_object_ref (task);
  work->func = func;
  g_thread_pool_push (self->lanes[lane], work, NULL);
}

static gpointer
stop_thread (gpointer data)
{
  LodgeWorker *self = data;

  /* What waits ends at once with an error; what runs is waited for, however long its host takes. */
  for (guint i = 0; i < LODGE_N_LANES; i++)
    g_thread_pool_free (self->lanes[i], FALSE, TRUE);

  for (guint i = 0; i < self->domain_events->len; i++)
    virConnectDomainEventDeregisterAny (self->connection,
                                        g_array_index (self->domain_events, int, i));
  for (guint i = 0; i < self->network_events->len; i++)
    virConnectNetworkEventDeregisterAny (self->connection,
                                         g_array_index (self->network_events, int, i));
  for (guint i = 0; i < self->pool_events->len; i++)
    virConnectStoragePoolEventDeregisterAny (self->connection,
                                             g_array_index (self->pool_events, int, i));
  virConnectUnregisterCloseCallback (self->connection, self->close_callback);
  virConnectClose (self->connection);

  g_array_unref (self->domain_events);
  g_array_unref (self->network_events);
  g_array_unref (self->pool_events);
  g_free (self);
  return NULL;
}

void
lodge_worker_stop (LodgeWorker *self,
                   const int   *domain_events,
                   guint        n_domain_events,
                   const int   *network_events,
                   guint        n_network_events,
                   const int   *pool_events,
                   guint        n_pool_events)
{
  g_array_append_vals (self->domain_events, domain_events, n_domain_events);
  g_array_append_vals (self->network_events, network_events, n_network_events);
  g_array_append_vals (self->pool_events, pool_events, n_pool_events);
  g_atomic_int_set (&self->stopped, TRUE);
  g_thread_unref (g_thread_new ("lodge-close", stop_thread, self));
}

static void
free_domain_cb (gpointer data,
                gpointer user_data)
{
  virDomainFree (data);
}

void
lodge_worker_free_domain (virDomainPtr domain)
{
  static GThreadPool *pool;

  if (g_once_init_enter_pointer (&pool))
    g_once_init_leave_pointer (&pool, g_thread_pool_new (free_domain_cb, NULL, 1, FALSE, NULL));
  g_thread_pool_push (pool, domain, NULL);
}
