/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-stats"

#include "config.h"

#include "lodge-stats.h"

#include "lodge-host-samples.h"

#define DEFAULT_INTERVAL 2   /* s */
#define MAX_INTERVAL     60
#define N_NEEDS          4    /* bits of LodgeStatsNeeds */

struct _LodgeStats
{
  LodgeConnection *connection;   /* borrowed: the owner */
  LodgeStatsFunc   func;
  GCancellable    *generation;   /* owned, nullable: while the connection is open */
  guint            source;
  guint            interval;     /* s, as the person wants it */
  guint            n_watchers[N_NEEDS];
  LodgeStatsSupport support;     /* what this host takes */
  gint64           duration;     /* µs that the last call took */
  gboolean         asking;
};

/* What a tick hands to the worker and gets back with */
typedef struct
{
  guint             needs;
  LodgeStatsSupport support;
  gboolean          all;      /* was asked for */
  gint64            start;
  gint64            end;
} Tick;

static void schedule (LodgeStats *self, gboolean now);

/* What anybody looks at now */
static guint
get_needs (LodgeStats *self)
{
  guint needs = 0;

  for (guint i = 0; i < N_NEEDS; i++)
    needs |= self->n_watchers[i] > 0 ? 1u << i : 0;
  return needs;
}

static void
tick_worker (GTask         *task,
             virConnectPtr  connection,
             gpointer       task_data,
             GCancellable  *cancellable)
{
  Tick *tick = task_data;
  GError *error = NULL;
  GArray *samples;

  tick->start = g_get_monotonic_time ();
  samples = lodge_host_samples_read (connection, NULL, tick->needs, &tick->support, &error);
  tick->end = g_get_monotonic_time ();
  if (samples != NULL)
    g_task_return_pointer (task, samples, (GDestroyNotify) g_array_unref);
  else
    g_task_return_error (task, error);
}

static void
tick_done_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  GTask *task = G_TASK (result);
  LodgeStats *self;
  g_autoptr(GArray) samples = NULL;
  g_autoptr(GError) error = NULL;
  Tick *tick = g_task_get_task_data (task);

  samples = g_task_propagate_pointer (task, &error);
  /* After a stop the statistics may be freed: only a task of the generation may look at them */
  if (g_cancellable_is_cancelled (g_task_get_cancellable (task)))
    return;

  self = user_data;
  self->asking = FALSE;
  /* Somebody may have wanted all again meanwhile */
  tick->support.all |= self->support.all && !tick->all;
  self->support = tick->support;
  self->duration = tick->end - tick->start;
  if (samples != NULL)
    self->func (samples, tick->end, self->connection);
  else
    g_debug ("no statistics: %s", error->message);
  schedule (self, FALSE);
}

static gboolean
tick_cb (gpointer user_data)
{
  LodgeStats *self = user_data;
  g_autoptr(GTask) task = NULL;
  Tick *tick;

  self->source = 0;
  task = g_task_new (self->connection, self->generation, tick_done_cb, self);
  g_task_set_source_tag (task, tick_cb);
  tick = g_new0 (Tick, 1);
  tick->needs = get_needs (self);
  tick->support = self->support;
  tick->all = self->support.all;
  g_task_set_task_data (task, tick, g_free);
  self->asking = TRUE;
  lodge_connection_run (self->connection, LODGE_LANE_POLL, task, tick_worker);
  return G_SOURCE_REMOVE;
}

/* The next tick: a host that takes long to answer is asked less often, a fifth of its time at most */
static void
schedule (LodgeStats *self,
          gboolean    now)
{
  gint64 wait = MAX ((gint64) self->interval * 1000, 5 * self->duration / 1000);

  if (self->generation == NULL || get_needs (self) == 0 || self->asking || self->source != 0)
    return;
  self->source = g_timeout_add_full (G_PRIORITY_LOW, now ? 0 : MIN (wait, MAX_INTERVAL * 1000),
                                     tick_cb, self, NULL);
}

LodgeStats *
lodge_stats_new (LodgeConnection *connection,
                 LodgeStatsFunc   func)
{
  LodgeStats *self = g_new0 (LodgeStats, 1);

  self->connection = connection;
  self->func = func;
  self->interval = DEFAULT_INTERVAL;
  return self;
}

void
lodge_stats_free (LodgeStats *self)
{
  lodge_stats_stop (self);
  g_free (self);
}

void
lodge_stats_start (LodgeStats *self)
{
  lodge_stats_stop (self);
  self->generation = g_cancellable_new ();
  /* NOWAIT passes over a guest whose monitor is busy: without it one frozen guest costs 30 s */
  self->support = (LodgeStatsSupport) {
    .flags = VIR_CONNECT_GET_ALL_DOMAINS_STATS_ACTIVE | VIR_CONNECT_GET_ALL_DOMAINS_STATS_NOWAIT,
    .all = TRUE,
  };
  self->duration = 0;
  schedule (self, TRUE);
}

void
lodge_stats_stop (LodgeStats *self)
{
  g_clear_handle_id (&self->source, g_source_remove);
  if (self->generation != NULL)
    g_cancellable_cancel (self->generation);
  g_clear_object (&self->generation);
  self->asking = FALSE;
}

void
lodge_stats_watch (LodgeStats      *self,
                   LodgeStatsNeeds  needs)
{
  const guint before = get_needs (self);

  for (guint i = 0; i < N_NEEDS; i++)
    self->n_watchers[i] += (needs & 1u << i) != 0;
  /* What is new to be seen is read at once */
  if (get_needs (self) != before)
    {
      g_clear_handle_id (&self->source, g_source_remove);
      schedule (self, TRUE);
    }
}

void
lodge_stats_unwatch (LodgeStats      *self,
                     LodgeStatsNeeds  needs)
{
  for (guint i = 0; i < N_NEEDS; i++)
    {
      if ((needs & 1u << i) == 0)
        continue;
      g_return_if_fail (self->n_watchers[i] > 0);
      self->n_watchers[i]--;
    }
  if (get_needs (self) == 0)
    g_clear_handle_id (&self->source, g_source_remove);
}

void
lodge_stats_want_all (LodgeStats *self)
{
  self->support.all = TRUE;
}

void
lodge_stats_set_interval (LodgeStats *self,
                          guint       seconds)
{
  self->interval = CLAMP (seconds, 1, MAX_INTERVAL);
}
