/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-connection-domains"

#include "config.h"

#include "lodge-connection-internal.h"

#include "lodge-event-log-private.h"
#include "lodge-inventory.h"
#include "lodge-storage-private.h"

/* What changed is written into the inventory together */
#define INVENTORY_QUIET 10  /* s */
#define POLL_INTERVAL   5   /* s */

void
lodge_connection_save_inventory (LodgeConnection *self)
{
  g_clear_handle_id (&self->inventory_source, g_source_remove);
  lodge_inventory_save (self->uri, lodge_domain_table_get_model (self->table), g_get_real_time () / G_USEC_PER_SEC);
}

static gboolean
inventory_cb (gpointer user_data)
{
  LodgeConnection *self = user_data;

  self->inventory_source = 0;
  lodge_connection_save_inventory (self);
  return G_SOURCE_REMOVE;
}

static void
table_changed_cb (gpointer user_data)
{
  LodgeConnection *self = user_data;
  const guint n = lodge_domain_table_get_n_running (self->table);

  if (self->n_running != n)
    {
      self->n_running = n;
      g_object_notify_by_pspec (G_OBJECT (self), lodge_connection_properties[PROP_N_RUNNING]);
    }
  lodge_connection_domains_changed (self);
}

void
lodge_connection_host_event_cb (const LodgeHostEvent *event,
                                gpointer              user_data)
{
  LodgeConnection *self = user_data;

  switch (event->kind)
    {
    case LODGE_HOST_EVENT_CLOSED:
      /* While it opens the opening may have ended well just before: done_cb() looks at this */
      if (self->worker == NULL)
        self->closed = event->reason;
      else
        lodge_opening_host_closed (self->opening, event->reason);
      break;
    case LODGE_HOST_EVENT_NETWORK:
      if (self->networks != NULL)
        lodge_network_list_changed (self->networks, event->uuid);
      break;
    case LODGE_HOST_EVENT_POOL:
    case LODGE_HOST_EVENT_VOLUMES:
      if (self->pools != NULL)
        lodge_storage_pool_list_changed (self->pools, event->uuid, event->kind == LODGE_HOST_EVENT_VOLUMES);
      break;
    case LODGE_HOST_EVENT_DOMAIN:
      lodge_domain_table_take_event (self->table, event);
      lodge_event_log_add_event (self->log, event);
      break;
    default:
      g_return_if_reached ();
    }
}

static gboolean
poll_cb (gpointer user_data)
{
  LodgeConnection *self = user_data;

  /* A host that is slower than this is not asked twice at once */
  if (lodge_worker_get_n_calls (self->worker) == 0)
    lodge_connection_refresh (self);
  return G_SOURCE_CONTINUE;
}

void
lodge_connection_start_polling (LodgeConnection *self)
{
  self->poll_source = g_timeout_add_seconds (POLL_INTERVAL, poll_cb, self);
}

typedef struct
{
  LodgeHostEvents *events;
  LodgeWorker     *worker;
  LodgeEventSet    set;
} Listening;

static void
listening_free (gpointer data)
{
  Listening *listening = data;

  lodge_host_events_unref (listening->events);
  g_free (listening);
}

static void
listen_worker (GTask         *task,
               virConnectPtr  connection,
               gpointer       task_data,
               GCancellable  *cancellable)
{
  Listening *listening = task_data;

  lodge_host_events_listen (listening->events, listening->worker, connection, listening->set);
  g_task_return_boolean (task, TRUE);
}

void
lodge_connection_start_listening (LodgeConnection *self,
                                  LodgeEventSet    set)
{
  g_autoptr(GTask) task = NULL;
  Listening *listening;

  if (self->worker == NULL)
    return;
  task = g_task_new (self, self->generation, NULL, NULL);
  g_task_set_source_tag (task, lodge_connection_start_listening);
  listening = g_new0 (Listening, 1);
  listening->events = lodge_host_events_ref (self->events);
  listening->worker = self->worker;
  listening->set = set;
  g_task_set_task_data (task, listening, listening_free);
  lodge_worker_run (self->worker, LODGE_LANE_BULK, task, listen_worker);
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
      LodgeDomain *domain = lodge_domain_table_find (self->table, sample->uuid);

      if (domain != NULL)
        lodge_domain_apply_sample (domain, sample, time);
    }
  g_signal_emit (self, lodge_connection_signals[SIGNAL_STATS_UPDATED], 0);
}

void
lodge_connection_init_domains (LodgeConnection *self)
{
  self->table = lodge_domain_table_new (self, table_changed_cb, self);
  self->details = lodge_details_reader_new (self);
  self->stats = lodge_stats_new (self, stats_tick_cb);
}

void
lodge_connection_domains_changed (LodgeConnection *self)
{
  if (self->remembered && self->worker != NULL && self->inventory_source == 0)
    self->inventory_source = g_timeout_add_seconds_full (G_PRIORITY_LOW, INVENTORY_QUIET, inventory_cb, self, NULL);
  g_signal_emit (self, lodge_connection_signals[SIGNAL_DOMAINS_CHANGED], 0);
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
  lodge_domain_table_mark_all (self->table);
  lodge_stats_want_all (self->stats);
  if (self->networks != NULL)
    lodge_network_list_changed (self->networks, NULL);
  if (self->pools != NULL)
    lodge_storage_pool_list_changed (self->pools, NULL, TRUE);
}

void
lodge_connection_watch_stats (LodgeConnection *self)
{
  g_return_if_fail (LODGE_IS_CONNECTION (self));

  lodge_stats_watch (self->stats, LODGE_STATS_ALL);
}

void
lodge_connection_unwatch_stats (LodgeConnection *self)
{
  g_return_if_fail (LODGE_IS_CONNECTION (self));

  lodge_stats_unwatch (self->stats, LODGE_STATS_ALL);
}

void
lodge_connection_watch_stats_for (LodgeConnection *self,
                                  LodgeStatsNeeds  needs)
{
  g_return_if_fail (LODGE_IS_CONNECTION (self));

  lodge_stats_watch (self->stats, needs);
}

void
lodge_connection_unwatch_stats_for (LodgeConnection *self,
                                    LodgeStatsNeeds  needs)
{
  g_return_if_fail (LODGE_IS_CONNECTION (self));

  lodge_stats_unwatch (self->stats, needs);
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
    {
      lodge_connection_start_listening (self, LODGE_EVENTS_NETWORKS);
      self->networks = lodge_network_list_new (self);
    }
  return self->networks;
}

GListModel *
lodge_connection_get_storage_pools (LodgeConnection *self)
{
  g_return_val_if_fail (LODGE_IS_CONNECTION (self), NULL);

  if (self->pools == NULL)
    {
      lodge_connection_start_listening (self, LODGE_EVENTS_POOLS);
      self->pools = lodge_storage_pool_list_new (self);
    }
  return self->pools;
}

/**
 * lodge_connection_watch_trays:
 * @self: a connection
 *
 * Discs that a guest ejects are told, as [signal@Domain::definition-changed], from now on.
 */
void
lodge_connection_watch_trays (LodgeConnection *self)
{
  g_return_if_fail (LODGE_IS_CONNECTION (self));

  if (self->trays)
    return;
  self->trays = TRUE;
  lodge_connection_start_listening (self, LODGE_EVENTS_TRAYS);
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

  g_return_val_if_fail (LODGE_IS_CONNECTION (self), NULL);

  uuid = g_ascii_strdown (name_or_uuid, -1);
  domain = lodge_domain_table_find (self->table, uuid);
  return domain != NULL ? domain : lodge_domain_table_find_name (self->table, name_or_uuid);
}

static void
inventory_loaded_cb (GObject      *object,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr(LodgeConnection) self = user_data;
  LodgeInventory *inventory = lodge_inventory_load_finish (result);

  if (inventory == NULL)
    return;
  /* It opened meanwhile, or somebody closed it: then it shows what is, or nothing */
  if (self->worker == NULL && !self->was_open && self->remembered)
    {
      lodge_domain_table_show_inventory (self->table, inventory);
      if (self->last_seen == 0)
        lodge_connection_set_last_seen (self, inventory->last_seen);
    }
  lodge_inventory_free (inventory);
}

/**
 * lodge_connection_remember:
 * @self: a connection that is not open
 *
 * From now on what it shows is kept in an inventory on the disk, and what is there already is shown, as stale rows, until
 * the host answers.
 */
void
lodge_connection_remember (LodgeConnection *self)
{
  g_return_if_fail (LODGE_IS_CONNECTION (self));

  if (self->remembered)
    return;
  self->remembered = TRUE;
  lodge_inventory_load_async (self->uri, NULL, inventory_loaded_cb, g_object_ref (self));
}

/* Its inventory is removed, and no other is made */
void
lodge_connection_forget (LodgeConnection *self)
{
  g_return_if_fail (LODGE_IS_CONNECTION (self));

  g_clear_handle_id (&self->inventory_source, g_source_remove);
  self->remembered = FALSE;
  lodge_inventory_forget (self->uri);
  lodge_event_log_forget (self->log);
}

/**
 * lodge_connection_get_event_log:
 *
 * Returns: (transfer none): what happened on the host while the program ran
 */
LodgeEventLog *
lodge_connection_get_event_log (LodgeConnection *self)
{
  g_return_val_if_fail (LODGE_IS_CONNECTION (self), NULL);

  lodge_event_log_load (self->log);
  return self->log;
}

void
lodge_connection_mark_dirty (LodgeConnection *self,
                             virDomainPtr     handle)
{
  if (self->worker != NULL)
    lodge_domain_table_mark (self->table, handle);
}

void
lodge_connection_remove_domain (LodgeConnection *self,
                                LodgeDomain     *domain)
{
  lodge_domain_table_remove (self->table, domain);
}

LodgeDomain *
lodge_connection_take_record (LodgeConnection   *self,
                              LodgeDomainRecord *record)
{
  return lodge_domain_table_take_record (self->table, record);
}
