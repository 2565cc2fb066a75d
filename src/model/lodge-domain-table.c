/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-domain-table"

#include "config.h"

#include "lodge-domain-table.h"

#include "lodge-host-snapshot.h"

/* Changes of a frame are applied together */
#define FLUSH_INTERVAL 16   /* ms */
/* More than this many domains are read again by reading the whole list, when the host has calmed down for … */
#define FEW_DOMAINS    20
#define QUIET          100  /* ms */
/* … or has not for so long */
#define PATIENCE       500  /* ms */

/* What events told of a domain since the last flush */
typedef struct
{
  virDomainPtr handle;      /* owned */
  int          state;       /* virDomainState, -1: none was told */
  int          reason;
  gboolean     definition;  /* its XML is another one now */
} Change;

struct _LodgeDomainTable
{
  LodgeConnection      *connection;   /* borrowed: the owner */
  LodgeDomainTableFunc  changed;
  gpointer              user_data;

  GListStore           *domains;
  GHashTable           *by_uuid;      /* borrowed uuid → borrowed LodgeDomain */
  guint                 n_running;

  GCancellable         *generation;   /* owned, nullable: while the connection is open */
  GHashTable           *fresh;        /* owned uuid → owned Change: not yet applied to the rows */
  GHashTable           *dirty;        /* owned uuid → owned virDomainPtr: to be read again */
  gint64                first_change; /* µs, of what is dirty; 0: nothing is */
  gint64                last_change;
  guint                 flush_source;
  gboolean              reading;
  gboolean              read_all;
};

static void schedule_flush (LodgeDomainTable *self);

static void
change_free (gpointer data)
{
  Change *change = data;

  g_clear_pointer (&change->handle, lodge_worker_free_domain);
  g_free (change);
}

static GHashTable *
new_dirty (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) lodge_worker_free_domain);
}

LodgeDomainTable *
lodge_domain_table_new (LodgeConnection      *connection,
                        LodgeDomainTableFunc  changed,
                        gpointer              user_data)
{
  LodgeDomainTable *self = g_new0 (LodgeDomainTable, 1);

  self->connection = connection;
  self->changed = changed;
  self->user_data = user_data;
  self->domains = g_list_store_new (LODGE_TYPE_DOMAIN);
  self->by_uuid = g_hash_table_new (g_str_hash, g_str_equal);
  self->fresh = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, change_free);
  self->dirty = new_dirty ();
  return self;
}

void
lodge_domain_table_free (LodgeDomainTable *self)
{
  lodge_domain_table_stop (self);
  g_hash_table_unref (self->fresh);
  g_hash_table_unref (self->dirty);
  g_hash_table_unref (self->by_uuid);
  g_object_unref (self->domains);
  g_free (self);
}

GListModel *
lodge_domain_table_get_model (LodgeDomainTable *self)
{
  return G_LIST_MODEL (self->domains);
}

guint
lodge_domain_table_get_n_running (LodgeDomainTable *self)
{
  return self->n_running;
}

LodgeDomain *
lodge_domain_table_find (LodgeDomainTable *self,
                         const char       *uuid)
{
  return g_hash_table_lookup (self->by_uuid, uuid);
}

LodgeDomain *
lodge_domain_table_find_name (LodgeDomainTable *self,
                              const char       *name)
{
  GHashTableIter iter;
  gpointer domain;

  g_hash_table_iter_init (&iter, self->by_uuid);
  while (g_hash_table_iter_next (&iter, NULL, &domain))
    {
      if (g_strcmp0 (lodge_domain_get_name (domain), name) == 0)
        return domain;
    }
  return NULL;
}

/* The rows are as they shall be: counts them, and tells the owner */
static void
tell_changed (LodgeDomainTable *self)
{
  guint n = 0;
  GHashTableIter iter;
  gpointer domain;

  g_hash_table_iter_init (&iter, self->by_uuid);
  while (g_hash_table_iter_next (&iter, NULL, &domain))
    n += lodge_domain_get_state (domain) == LODGE_DOMAIN_STATE_RUNNING && !lodge_domain_get_stale (domain);
  self->n_running = n;
  self->changed (self->user_data);
}

static void
remove_at (LodgeDomainTable *self,
           guint             position,
           guint             n)
{
  g_autoptr(GPtrArray) left = g_ptr_array_new_full (n, g_object_unref);

  for (guint i = 0; i < n; i++)
    {
      LodgeDomain *domain = g_list_model_get_item (G_LIST_MODEL (self->domains), position + i);

      g_ptr_array_add (left, domain);
      g_hash_table_remove (self->by_uuid, lodge_domain_get_uuid (domain));
    }
  g_list_store_splice (self->domains, position, n, NULL, 0);
  for (guint i = 0; i < left->len; i++)
    lodge_domain_left (left->pdata[i]);
}

void
lodge_domain_table_clear (LodgeDomainTable *self)
{
  const guint n = g_list_model_get_n_items (G_LIST_MODEL (self->domains));

  if (n == 0)
    return;
  remove_at (self, 0, n);
  tell_changed (self);
}

void
lodge_domain_table_set_stale (LodgeDomainTable *self)
{
  GHashTableIter iter;
  gpointer domain;

  g_hash_table_iter_init (&iter, self->by_uuid);
  while (g_hash_table_iter_next (&iter, NULL, &domain))
    lodge_domain_set_stale (domain, TRUE);
  tell_changed (self);
}

void
lodge_domain_table_start (LodgeDomainTable *self,
                          GCancellable     *generation)
{
  g_set_object (&self->generation, generation);
  schedule_flush (self);
}

void
lodge_domain_table_stop (LodgeDomainTable *self)
{
  g_clear_handle_id (&self->flush_source, g_source_remove);
  g_hash_table_remove_all (self->fresh);
  g_hash_table_remove_all (self->dirty);
  g_clear_object (&self->generation);
  self->first_change = 0;
  self->reading = FALSE;
  self->read_all = FALSE;
}

/* Updates the domain of @record or makes it; @added collects the new ones, or NULL puts it into the list */
static LodgeDomain *
take_record (LodgeDomainTable  *self,
             LodgeDomainRecord *record,
             GPtrArray         *added)
{
  LodgeDomain *domain = g_hash_table_lookup (self->by_uuid, record->uuid);

  if (domain != NULL)
    {
      lodge_domain_apply_record (domain, record);
      return domain;
    }

  domain = lodge_domain_new (self->connection, record);
  g_hash_table_insert (self->by_uuid, (gpointer) lodge_domain_get_uuid (domain), domain);
  if (added != NULL)
    g_ptr_array_add (added, domain);
  else
    {
      g_list_store_append (self->domains, domain);
      g_object_unref (domain);
    }
  return domain;
}

LodgeDomain *
lodge_domain_table_take_record (LodgeDomainTable  *self,
                                LodgeDomainRecord *record)
{
  LodgeDomain *domain = take_record (self, record, NULL);

  tell_changed (self);
  return domain;
}

void
lodge_domain_table_remove (LodgeDomainTable *self,
                           LodgeDomain      *domain)
{
  guint position;

  if (!g_list_store_find (self->domains, domain, &position))
    return;
  remove_at (self, position, 1);
  tell_changed (self);
}

/* An event came after the list was asked for: what the list says of this one may be older than the event */
static gboolean
is_newer_than_list (LodgeDomainTable *self,
                    const char       *uuid)
{
  return g_hash_table_contains (self->fresh, uuid) || g_hash_table_contains (self->dirty, uuid);
}

static void
remove_absent (LodgeDomainTable *self,
               GHashTable       *present)
{
  guint run = 0;

  /* From the end, whole runs at a time: views are told once for each run */
  for (guint i = g_list_model_get_n_items (G_LIST_MODEL (self->domains)); i > 0; i--)
    {
      g_autoptr(LodgeDomain) domain = g_list_model_get_item (G_LIST_MODEL (self->domains), i - 1);
      const char *uuid = lodge_domain_get_uuid (domain);

      if (!g_hash_table_contains (present, uuid) && !is_newer_than_list (self, uuid))
        run++;
      else if (run > 0)
        {
          remove_at (self, i, run);
          run = 0;
        }
    }
  if (run > 0)
    remove_at (self, 0, run);
}

void
lodge_domain_table_apply_list (LodgeDomainTable *self,
                               GPtrArray        *records)
{
  g_autoptr(GHashTable) present = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr(GPtrArray) added = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < records->len; i++)
    {
      LodgeDomainRecord *record = records->pdata[i];

      g_hash_table_add (present, record->uuid);
    }
  remove_absent (self, present);
  for (guint i = 0; i < records->len; i++)
    {
      LodgeDomainRecord *record = records->pdata[i];
      LodgeDomain *domain = g_hash_table_lookup (self->by_uuid, record->uuid);

      if (domain == NULL || lodge_domain_get_stale (domain) || !is_newer_than_list (self, record->uuid))
        take_record (self, record, added);
    }
  if (added->len > 0)
    g_list_store_splice (self->domains, g_list_model_get_n_items (G_LIST_MODEL (self->domains)), 0, added->pdata,
                         added->len);
  tell_changed (self);
}

void
lodge_domain_table_show_inventory (LodgeDomainTable *self,
                                   LodgeInventory   *inventory)
{
  g_autoptr(GPtrArray) added = g_ptr_array_new_with_free_func (g_object_unref);

  if (self->generation != NULL || g_list_model_get_n_items (G_LIST_MODEL (self->domains)) > 0)
    return;
  for (guint i = 0; i < inventory->items->len; i++)
    {
      LodgeInventoryItem *item = &g_array_index (inventory->items, LodgeInventoryItem, i);
      LodgeDomain *domain = take_record (self, item->record, added);

      lodge_domain_apply_details (domain, item->details, TRUE, FALSE);
      lodge_domain_set_stale (domain, TRUE);
    }
  if (added->len > 0)
    g_list_store_splice (self->domains, 0, 0, added->pdata, added->len);
  tell_changed (self);
}

static void
apply_some (LodgeDomainTable *self,
            GPtrArray        *records)
{
  for (guint i = 0; i < records->len; i++)
    {
      LodgeDomainRecord *record = records->pdata[i];
      LodgeDomain *domain = g_hash_table_lookup (self->by_uuid, record->uuid);
      guint position;

      if (!record->gone)
        take_record (self, record, NULL);
      else if (domain != NULL && g_list_store_find (self->domains, domain, &position))
        remove_at (self, position, 1);
    }
  tell_changed (self);
}

static void
read_list_worker (GTask         *task,
                  virConnectPtr  connection,
                  gpointer       task_data,
                  GCancellable  *cancellable)
{
  GError *error = NULL;
  GPtrArray *records = lodge_host_snapshot_read_domains (connection, NULL, NULL, &error);

  if (records != NULL)
    g_task_return_pointer (task, records, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

static void
read_some_worker (GTask         *task,
                  virConnectPtr  connection,
                  gpointer       task_data,
                  GCancellable  *cancellable)
{
  GHashTable *dirty = task_data;
  GPtrArray *records = g_ptr_array_new_with_free_func ((GDestroyNotify) lodge_domain_record_free);
  GHashTableIter iter;
  gpointer handle;

  g_hash_table_iter_init (&iter, dirty);
  while (g_hash_table_iter_next (&iter, NULL, &handle))
    {
      LodgeDomainRecord *record = lodge_domain_record_read (handle);

      if (record != NULL)
        g_ptr_array_add (records, record);
    }
  g_task_return_pointer (task, records, (GDestroyNotify) g_ptr_array_unref);
}

static void
read_again_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  LodgeDomainTable *self;
  const gboolean all = g_task_get_task_data (G_TASK (result)) == NULL;
  g_autoptr(GPtrArray) records = NULL;
  g_autoptr(GError) error = NULL;

  records = g_task_propagate_pointer (G_TASK (result), &error);
  /* After a stop the table may be freed: only a task of the generation may look at it */
  if (g_cancellable_is_cancelled (g_task_get_cancellable (G_TASK (result))))
    return;

  self = user_data;
  self->reading = FALSE;
  if (records == NULL)
    g_debug ("reading again failed: %s", error->message);
  else if (all)
    lodge_domain_table_apply_list (self, records);
  else
    apply_some (self, records);
  schedule_flush (self);
}

/* What events told at once: the state, before the re-read that follows */
static void
apply_fresh (LodgeDomainTable *self)
{
  GHashTableIter iter;
  gpointer uuid, value;

  if (g_hash_table_size (self->fresh) == 0)
    return;
  g_hash_table_iter_init (&iter, self->fresh);
  while (g_hash_table_iter_next (&iter, &uuid, &value))
    {
      Change *change = value;
      LodgeDomain *domain = g_hash_table_lookup (self->by_uuid, uuid);

      if (domain != NULL && change->state >= 0)
        lodge_domain_apply_event (domain, change->state, change->reason);
      if (domain != NULL && change->definition)
        lodge_domain_definition_changed (domain);
      g_hash_table_replace (self->dirty, g_strdup (uuid), g_steal_pointer (&change->handle));
    }
  g_hash_table_remove_all (self->fresh);
  tell_changed (self);
}

/* How long to wait until the whole list is worth reading, µs */
static gint64
get_unrest (LodgeDomainTable *self)
{
  const gint64 now = g_get_monotonic_time ();

  return MIN (self->last_change + QUIET * 1000, self->first_change + PATIENCE * 1000) - now;
}

static gboolean
flush_cb (gpointer user_data)
{
  LodgeDomainTable *self = user_data;
  g_autoptr(GTask) task = NULL;
  const guint n = g_hash_table_size (self->dirty) + g_hash_table_size (self->fresh);
  const gboolean many = self->read_all || n > FEW_DOMAINS;

  self->flush_source = 0;
  apply_fresh (self);
  if (self->generation == NULL || self->reading || (n == 0 && !self->read_all))
    return G_SOURCE_REMOVE;
  if (!self->read_all && many && get_unrest (self) > 0)
    {
      schedule_flush (self);
      return G_SOURCE_REMOVE;
    }

  task = g_task_new (self->connection, self->generation, read_again_cb, self);
  g_task_set_source_tag (task, flush_cb);
  self->reading = TRUE;
  self->read_all = FALSE;
  self->first_change = 0;
  if (many)
    {
      g_hash_table_remove_all (self->dirty);
      lodge_connection_run (self->connection, LODGE_LANE_BULK, task, read_list_worker);
    }
  else
    {
      g_task_set_task_data (task, g_steal_pointer (&self->dirty), (GDestroyNotify) g_hash_table_unref);
      self->dirty = new_dirty ();
      lodge_connection_run (self->connection, LODGE_LANE_BULK, task, read_some_worker);
    }
  return G_SOURCE_REMOVE;
}

static void
schedule_flush (LodgeDomainTable *self)
{
  const guint n = g_hash_table_size (self->dirty);
  guint wait = FLUSH_INTERVAL;

  if (self->flush_source != 0 || (!self->read_all && n == 0 && g_hash_table_size (self->fresh) == 0))
    return;
  if (n > FEW_DOMAINS && !self->read_all && g_hash_table_size (self->fresh) == 0)
    wait = MAX (FLUSH_INTERVAL, get_unrest (self) / 1000 + 1);
  self->flush_source = g_timeout_add_full (G_PRIORITY_DEFAULT_IDLE, wait, flush_cb, self, NULL);
}

static Change *
get_change (LodgeDomainTable *self,
            const char       *uuid,
            virDomainPtr      handle)
{
  Change *change = g_hash_table_lookup (self->fresh, uuid);

  if (change == NULL)
    {
      change = g_new0 (Change, 1);
      change->state = -1;
      g_hash_table_insert (self->fresh, g_strdup (uuid), change);
    }
  /* The newest handle knows the newest name */
  g_clear_pointer (&change->handle, lodge_worker_free_domain);
  virDomainRef (handle);
  change->handle = handle;

  self->last_change = g_get_monotonic_time ();
  if (self->first_change == 0)
    self->first_change = self->last_change;
  if (self->flush_source != 0 && g_hash_table_size (self->fresh) == 1)
    g_clear_handle_id (&self->flush_source, g_source_remove);
  schedule_flush (self);
  return change;
}

/**
 * lodge_domain_table_take_event:
 * @event: of a domain
 *
 * Only notes it: many can come in one turn of the main loop. Whether an undefined one still runs, or a stopped one was
 * transient, is for the re-read to tell.
 */
void
lodge_domain_table_take_event (LodgeDomainTable     *self,
                               const LodgeHostEvent *event)
{
  Change *change = get_change (self, event->uuid, event->domain);

  if (event->state >= 0)
    {
      change->state = event->state;
      change->reason = event->reason;
    }
  change->definition |= event->definition;
}

void
lodge_domain_table_mark (LodgeDomainTable *self,
                         virDomainPtr      handle)
{
  char uuid[VIR_UUID_STRING_BUFLEN];

  if (lodge_libvirt_get_uuid (handle, uuid))
    get_change (self, uuid, handle);
}

void
lodge_domain_table_mark_all (LodgeDomainTable *self)
{
  self->read_all = TRUE;
  g_clear_handle_id (&self->flush_source, g_source_remove);
  schedule_flush (self);
}
