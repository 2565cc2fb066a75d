/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-stats-watch"

#include "config.h"

#include "lodge-stats-watch.h"

#include "model/lodge-connection.h"
#include "model/lodge-domain-details.h"

struct _LodgeStatsWatch
{
  GObject    parent_instance;

  GPtrArray *watched;   /* of LodgeConnection */
};

enum
{
  SIGNAL_NUMBERS,
  SIGNAL_FACTS,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LodgeStatsWatch, lodge_stats_watch, G_TYPE_OBJECT)

static void
stats_updated_cb (LodgeStatsWatch *self,
                  LodgeConnection *connection)
{
  g_signal_emit (self, signals[SIGNAL_NUMBERS], 0, connection);
}

static void
facts_changed_cb (LodgeStatsWatch *self)
{
  g_signal_emit (self, signals[SIGNAL_FACTS], 0);
}

static void
watch (LodgeStatsWatch *self,
       LodgeConnection *connection)
{
  /* The last: once a flush, for names, tags, addresses … */
  static const char * const facts[] = { "notify::n-running", "notify::state", "domains-changed" };

  g_ptr_array_add (self->watched, g_object_ref (connection));
  g_signal_connect_object (connection, "stats-updated", G_CALLBACK (stats_updated_cb), self, G_CONNECT_SWAPPED);
  for (guint i = 0; i < G_N_ELEMENTS (facts); i++)
    g_signal_connect_object (connection, facts[i], G_CALLBACK (facts_changed_cb), self, G_CONNECT_SWAPPED);
  lodge_connection_watch_stats (connection);
}

static void
lodge_stats_watch_dispose (GObject *object)
{
  lodge_stats_watch_stop (LODGE_STATS_WATCH (object));

  G_OBJECT_CLASS (lodge_stats_watch_parent_class)->dispose (object);
}

static void
lodge_stats_watch_finalize (GObject *object)
{
  g_ptr_array_unref (LODGE_STATS_WATCH (object)->watched);

  G_OBJECT_CLASS (lodge_stats_watch_parent_class)->finalize (object);
}

static void
lodge_stats_watch_class_init (LodgeStatsWatchClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lodge_stats_watch_dispose;
  G_OBJECT_CLASS (klass)->finalize = lodge_stats_watch_finalize;

  signals[SIGNAL_NUMBERS] = g_signal_new ("numbers", LODGE_TYPE_STATS_WATCH, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 1, LODGE_TYPE_CONNECTION);
  signals[SIGNAL_FACTS] = g_signal_new ("facts", LODGE_TYPE_STATS_WATCH, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 0);
}

static void
lodge_stats_watch_init (LodgeStatsWatch *self)
{
  self->watched = g_ptr_array_new_with_free_func (g_object_unref);
}

LodgeStatsWatch *
lodge_stats_watch_new (void)
{
  return g_object_new (LODGE_TYPE_STATS_WATCH, NULL);
}

/**
 * lodge_stats_watch_start:
 * @self: a watch
 * @connections: all that there are
 * @only: (nullable): the one whose machines are looked at; %NULL: all of them
 *
 * In place of those that were watched before.
 */
void
lodge_stats_watch_start (LodgeStatsWatch     *self,
                         LodgeConnectionList *connections,
                         LodgeConnection     *only)
{
  g_return_if_fail (LODGE_IS_STATS_WATCH (self));

  lodge_stats_watch_stop (self);
  if (only != NULL)
    {
      watch (self, only);
      return;
    }
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (connections)); i++)
    {
      g_autoptr(LodgeConnection) connection = g_list_model_get_item (G_LIST_MODEL (connections), i);

      watch (self, connection);
    }
}

void
lodge_stats_watch_stop (LodgeStatsWatch *self)
{
  g_return_if_fail (LODGE_IS_STATS_WATCH (self));

  for (guint i = 0; i < self->watched->len; i++)
    {
      LodgeConnection *connection = g_ptr_array_index (self->watched, i);

      g_signal_handlers_disconnect_by_data (connection, self);
      lodge_connection_unwatch_stats (connection);
    }
  g_ptr_array_set_size (self->watched, 0);
}

void
lodge_stats_watch_load_details (LodgeStatsWatch *self)
{
  g_return_if_fail (LODGE_IS_STATS_WATCH (self));

  for (guint i = 0; i < self->watched->len; i++)
    lodge_connection_load_details (self->watched->pdata[i]);
}
