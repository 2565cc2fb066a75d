/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-worker"

#include "config.h"

#include "lodge-worker.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "util/lodge-error.h"

#define MAX_CALLS         4
#define MAX_OTHER_CALLS   3   /* that are not of the control lane */
#define WATCH_INTERVAL    G_TIME_SPAN_SECOND
#define N_FREE_THREADS    4

typedef struct
{
  GTask         *task;
  LodgeWorkFunc  func;
  LodgeLane      lane;
} Work;

/* Lives until the last call on its connection has ended */
struct _LodgeWorker
{
  virConnectPtr        connection;  /* owned */
  virConnectCloseFunc  close_callback;
  LodgePeer           *peer;        /* owned, nullable */
  GThreadPool         *pool;        /* of the calls */

  GMutex               mutex;       /* for all below */
  GCond                changed;     /* what is under way, or @closed */
  GQueue               queues[LODGE_N_LANES];   /* of Work */
  guint                running[LODGE_N_LANES];
  guint                sizes[LODGE_N_LANES];
  guint                n_running;
  gboolean             stopped;
  gboolean             closed;
  GArray              *callbacks[LODGE_N_CALLBACKS];   /* of int */
};

static const guint lane_sizes[LODGE_N_LANES] = { 2, 1, 1, 1, 2, 2 };

static gboolean
release_cb (gpointer task)
{
  g_object_unref (task);
  return G_SOURCE_REMOVE;
}

static void
work_free (Work *work)
{
  g_autoptr(GSource) source = g_idle_source_new ();

  /* The last reference to a model object belongs to the main thread */
  g_source_set_callback (source, release_cb, work->task, NULL);
  g_source_attach (source, NULL);
  g_free (work);
}

/* With the mutex: hands over what may run now */
static void
dispatch (LodgeWorker *self)
{
  for (guint lane = 0; lane < LODGE_N_LANES; lane++)
    {
      while (!g_queue_is_empty (&self->queues[lane]) && self->running[lane] < self->sizes[lane]
             && self->n_running < MAX_CALLS
             && (lane == LODGE_LANE_CONTROL
                 || self->n_running - self->running[LODGE_LANE_CONTROL] < MAX_OTHER_CALLS))
        {
          self->running[lane]++;
          self->n_running++;
          g_thread_pool_push (self->pool, g_queue_pop_head (&self->queues[lane]), NULL);
        }
    }
}

static void
work_cb (gpointer data,
         gpointer user_data)
{
  LodgeWorker *self = user_data;
  Work *work = data;
  const LodgeLane lane = work->lane;
  gboolean stopped;

  g_mutex_lock (&self->mutex);
  stopped = self->stopped;
  g_mutex_unlock (&self->mutex);
  if (stopped)
    g_task_return_new_error (work->task, LODGE_ERROR, LODGE_ERROR_NOT_CONNECTED, _("The connection was closed."));
  else if (!g_task_return_error_if_cancelled (work->task))
    work->func (work->task, self->connection, g_task_get_task_data (work->task),
                g_task_get_cancellable (work->task));
  work_free (work);

  g_mutex_lock (&self->mutex);
  self->running[lane]--;
  self->n_running--;
  dispatch (self);
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->mutex);
}

static void
worker_clear (gpointer data)
{
  LodgeWorker *self = data;

  lodge_peer_disclaim (self);
  g_clear_pointer (&self->peer, lodge_peer_unref);
  for (guint i = 0; i < LODGE_N_CALLBACKS; i++)
    g_array_unref (self->callbacks[i]);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->changed);
}

static void
worker_unref (gpointer self)
{
  g_atomic_rc_box_release_full (self, worker_clear);
}

void
lodge_worker_give_up (LodgeWorker *self)
{
  if (self->peer != NULL)
    lodge_peer_cut (self->peer, self);
}

/* A connection that is dead by libvirt's own judgement, and whose calls do not end all the same: with two pending at
 * the end of keepalive, libvirt (11.3) wakes only the first. Sleeps while nothing is asked of the host. */
static gpointer
watch_thread (gpointer data)
{
  LodgeWorker *self = data;

  g_mutex_lock (&self->mutex);
  while (!self->closed)
    {
      gboolean told;

      if (self->n_running == 0 && !self->stopped)
        {
          g_cond_wait (&self->changed, &self->mutex);
          continue;
        }
      told = g_cond_wait_until (&self->changed, &self->mutex, g_get_monotonic_time () + WATCH_INTERVAL);
      if (told || self->closed)
        continue;
      g_mutex_unlock (&self->mutex);
      if (virConnectIsAlive (self->connection) == 0)
        lodge_worker_give_up (self);
      g_mutex_lock (&self->mutex);
    }
  g_mutex_unlock (&self->mutex);
  virConnectClose (self->connection);
  worker_unref (self);
  return NULL;
}

LodgeWorker *
lodge_worker_new (virConnectPtr        connection,
                  virConnectCloseFunc  close_callback,
                  LodgePeer           *peer)
{
  LodgeWorker *self = g_atomic_rc_box_new0 (LodgeWorker);

  self->connection = connection;
  self->close_callback = close_callback;
  self->peer = peer != NULL ? lodge_peer_ref (peer) : NULL;
  g_mutex_init (&self->mutex);
  g_cond_init (&self->changed);
  for (guint i = 0; i < LODGE_N_CALLBACKS; i++)
    self->callbacks[i] = g_array_new (FALSE, FALSE, sizeof (int));
  for (guint i = 0; i < LODGE_N_LANES; i++)
    g_queue_init (&self->queues[i]);
  memcpy (self->sizes, lane_sizes, sizeof lane_sizes);
  self->pool = g_thread_pool_new (work_cb, self, MAX_CALLS, FALSE, NULL);
  if (self->peer != NULL)
    lodge_peer_claim (self->peer, self);

  /* The watcher has a reference of its own to the connection: closing that one says nothing to the host */
  virConnectRef (connection);
  g_thread_unref (g_thread_new ("lodge-watch", watch_thread, g_atomic_rc_box_acquire (self)));
  return self;
}

void
lodge_worker_set_lane_size (LodgeWorker *self,
                            LodgeLane    lane,
                            guint        size)
{
  self->sizes[lane] = size;
}

gboolean
lodge_worker_is_of (LodgeWorker   *self,
                    virConnectPtr  connection)
{
  return self->connection == connection;
}

void
lodge_worker_add_callback (LodgeWorker       *self,
                           LodgeCallbackKind  kind,
                           int                number)
{
  g_mutex_lock (&self->mutex);
  g_array_append_val (self->callbacks[kind], number);
  g_mutex_unlock (&self->mutex);
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
  work->lane = lane;
  g_mutex_lock (&self->mutex);
  g_queue_push_tail (&self->queues[lane], work);
  dispatch (self);
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->mutex);
}

guint
lodge_worker_get_n_calls (LodgeWorker *self)
{
  guint n;

  g_mutex_lock (&self->mutex);
  n = self->n_running;
  for (guint i = 0; i < LODGE_N_LANES; i++)
    n += self->queues[i].length;
  g_mutex_unlock (&self->mutex);
  return n;
}

static gpointer
stop_thread (gpointer data)
{
  LodgeWorker *self = data;

  /* What runs is waited for, however long its host takes */
  g_mutex_lock (&self->mutex);
  while (self->n_running > 0)
    g_cond_wait (&self->changed, &self->mutex);
  g_mutex_unlock (&self->mutex);
  g_thread_pool_free (self->pool, FALSE, TRUE);

  for (guint i = 0; i < self->callbacks[LODGE_CALLBACK_DOMAIN]->len; i++)
    virConnectDomainEventDeregisterAny (self->connection,
                                        g_array_index (self->callbacks[LODGE_CALLBACK_DOMAIN], int, i));
  for (guint i = 0; i < self->callbacks[LODGE_CALLBACK_NETWORK]->len; i++)
    virConnectNetworkEventDeregisterAny (self->connection,
                                         g_array_index (self->callbacks[LODGE_CALLBACK_NETWORK], int, i));
  for (guint i = 0; i < self->callbacks[LODGE_CALLBACK_POOL]->len; i++)
    virConnectStoragePoolEventDeregisterAny (self->connection,
                                             g_array_index (self->callbacks[LODGE_CALLBACK_POOL], int, i));
  virConnectUnregisterCloseCallback (self->connection, self->close_callback);
  virConnectClose (self->connection);

  g_mutex_lock (&self->mutex);
  self->closed = TRUE;
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->mutex);
  worker_unref (self);
  return NULL;
}

void
lodge_worker_stop (LodgeWorker *self)
{
  GQueue refused = G_QUEUE_INIT;
  Work *work;

  g_mutex_lock (&self->mutex);
  self->stopped = TRUE;
  g_cond_broadcast (&self->changed);
  for (guint i = 0; i < LODGE_N_LANES; i++)
    {
      while ((work = g_queue_pop_head (&self->queues[i])) != NULL)
        g_queue_push_tail (&refused, work);
    }
  g_mutex_unlock (&self->mutex);

  while ((work = g_queue_pop_head (&refused)) != NULL)
    {
      g_task_return_new_error (work->task, LODGE_ERROR, LODGE_ERROR_NOT_CONNECTED, _("The connection was closed."));
      work_free (work);
    }

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
    g_once_init_leave_pointer (&pool, g_thread_pool_new (free_domain_cb, NULL, N_FREE_THREADS, FALSE, NULL));
  g_thread_pool_push (pool, domain, NULL);
}
