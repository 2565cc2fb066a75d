/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-event-log"

#include "config.h"

#include "lodge-event-log-private.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "lodge-log-entry-private.h"

/* Lines are written together */
#define FLUSH_INTERVAL 2             /* s */
/* A file that has grown to this keeps its newer half */
#define MAX_SIZE       (512 * 1024)
#define MAX_TEXT       200           /* characters of a name or a detail */

/* “TIME TAB KIND TAB UUID TAB NAME TAB DETAIL” */
#define N_FIELDS       5

struct _LodgeEventLog
{
  GObject    parent_instance;

  char      *uri;
  GPtrArray *entries;        /* of LodgeLogEntry */
  GString   *unwritten;      /* lines */
  gint64     created;        /* unix s: what is newer in the file is in @entries already */
  guint      source;
  gboolean   loaded;
  gboolean   forgotten;
};

/* For the writer's thread: one for all, in order */
typedef struct
{
  char *path;
  char *lines;   /* NULL: remove the file */
} Job;

static GType
get_item_type (GListModel *model)
{
  return LODGE_TYPE_LOG_ENTRY;
}

static guint
get_n_items (GListModel *model)
{
  return LODGE_EVENT_LOG (model)->entries->len;
}

static gpointer
get_item (GListModel *model,
          guint       position)
{
  LodgeEventLog *self = LODGE_EVENT_LOG (model);

  return position < self->entries->len ? g_object_ref (self->entries->pdata[position]) : NULL;
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

enum
{
  SIGNAL_ALERT,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE_WITH_CODE (LodgeEventLog, lodge_event_log, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

static void
lodge_event_log_finalize (GObject *object)
{
  LodgeEventLog *self = LODGE_EVENT_LOG (object);

  lodge_event_log_flush (self);
  g_ptr_array_unref (self->entries);
  g_string_free (self->unwritten, TRUE);
  g_free (self->uri);

  G_OBJECT_CLASS (lodge_event_log_parent_class)->finalize (object);
}

static void
lodge_event_log_class_init (LodgeEventLogClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lodge_event_log_finalize;
  signals[SIGNAL_ALERT] = g_signal_new ("alert", LODGE_TYPE_EVENT_LOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 1, LODGE_TYPE_LOG_ENTRY);
}

static void
lodge_event_log_init (LodgeEventLog *self)
{
  self->entries = g_ptr_array_new_with_free_func (g_object_unref);
  self->unwritten = g_string_new (NULL);
  self->created = g_get_real_time () / G_USEC_PER_SEC;
}

LodgeEventLog *
lodge_event_log_new (const char *uri)
{
  LodgeEventLog *self = g_object_new (LODGE_TYPE_EVENT_LOG, NULL);

  self->uri = g_strdup (uri);
  return self;
}

char *
lodge_event_log_get_path (const char *uri)
{
  g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, uri, -1);
  g_autofree char *name = g_strdup_printf ("%.32s.log", sum);

  return g_build_filename (g_get_user_state_dir (), "lodge", "events", name, NULL);
}

/* The newer half, from the beginning of a line on */
static void
halve (const char *path)
{
  g_autofree char *content = NULL;
  gsize length;
  const char *half;

  if (!g_file_get_contents (path, &content, &length, NULL))
    return;
  half = memchr (content + length / 2, '\n', length - length / 2);
  if (half != NULL)
    g_file_set_contents_full (path, half + 1, content + length - half - 1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, NULL);
}

static void
write_cb (gpointer data,
          gpointer user_data)
{
  Job *job = data;
  g_autofree char *folder = g_path_get_dirname (job->path);
  GStatBuf status;
  int fd;

  if (job->lines == NULL)
    g_unlink (job->path);
  else
    {
      g_mkdir_with_parents (folder, 0700);
      fd = g_open (job->path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
      if (fd < 0 || write (fd, job->lines, strlen (job->lines)) < 0)
        g_debug ("%s cannot be written", job->path);
      if (fd >= 0)
        close (fd);
      if (g_stat (job->path, &status) == 0 && status.st_size > MAX_SIZE)
        halve (job->path);
    }
  g_free (job->path);
  g_free (job->lines);
  g_free (job);
}

static void
push (LodgeEventLog *self,
      char          *lines)
{
  static GThreadPool *writer;
  Job *job = g_new0 (Job, 1);

  if (writer == NULL)
    writer = g_thread_pool_new (write_cb, NULL, 1, FALSE, NULL);
  job->path = lodge_event_log_get_path (self->uri);
  job->lines = lines;
  g_thread_pool_push (writer, job, NULL);
}

void
lodge_event_log_flush (LodgeEventLog *self)
{
  g_clear_handle_id (&self->source, g_source_remove);
  if (self->unwritten->len == 0)
    return;
  push (self, g_strndup (self->unwritten->str, self->unwritten->len));
  g_string_truncate (self->unwritten, 0);
}

void
lodge_event_log_forget (LodgeEventLog *self)
{
  self->forgotten = TRUE;
  g_clear_handle_id (&self->source, g_source_remove);
  g_string_truncate (self->unwritten, 0);
  push (self, NULL);
}

static gboolean
flush_cb (gpointer user_data)
{
  LodgeEventLog *self = user_data;

  self->source = 0;
  lodge_event_log_flush (self);
  return G_SOURCE_REMOVE;
}

/* A text of a host fit for one field of a line */
static char *
clean (const char *text)
{
  char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);

  if (g_utf8_strlen (valid, -1) > MAX_TEXT)
    *g_utf8_offset_to_pointer (valid, MAX_TEXT) = '\0';
  return g_strdelimit (valid, "\t\n\r", ' ');
}

/* Adds at the end, takes away at the front what is too much */
static void
append (LodgeEventLog *self,
        GPtrArray     *added)
{
  const guint position = self->entries->len;
  guint removed;

  for (guint i = 0; i < added->len; i++)
    g_ptr_array_add (self->entries, g_object_ref (added->pdata[i]));
  g_list_model_items_changed (G_LIST_MODEL (self), position, 0, added->len);
  if (self->entries->len <= LODGE_LOG_LENGTH)
    return;
  /* A quarter at a time, not one for each that comes */
  removed = self->entries->len - LODGE_LOG_LENGTH * 3 / 4;
  g_ptr_array_remove_range (self->entries, 0, removed);
  g_list_model_items_changed (G_LIST_MODEL (self), 0, removed, 0);
}

void
lodge_event_log_add (LodgeEventLog *self,
                     LodgeLogKind   kind,
                     const char    *uuid,
                     const char    *name,
                     const char    *detail)
{
  g_autofree char *clean_name = clean (name);
  g_autofree char *clean_detail = clean (detail);
  g_autoptr(LodgeLogEntry) entry = NULL;
  g_autoptr(GPtrArray) added = g_ptr_array_new ();
  const gint64 now = g_get_real_time () / G_USEC_PER_SEC;

  entry = lodge_log_entry_new (now, kind, uuid, clean_name, clean_detail);
  g_ptr_array_add (added, entry);
  append (self, added);
  if (!self->forgotten)
    {
      g_string_append_printf (self->unwritten, "%" G_GINT64_FORMAT "\t%s\t%s\t%s\t%s\n", now,
                              lodge_log_kind_get_nick (kind), uuid != NULL ? uuid : "", clean_name, clean_detail);
      if (self->source == 0)
        self->source = g_timeout_add_seconds_full (G_PRIORITY_LOW, FLUSH_INTERVAL, flush_cb, self, NULL);
    }
  if (lodge_log_entry_is_alert (entry))
    g_signal_emit (self, signals[SIGNAL_ALERT], 0, entry);
}

/* What of libvirt's events is worth a line; -1: any */
static const struct { int id, event, detail; LodgeLogKind kind; } rules[] = {
  { VIR_DOMAIN_EVENT_ID_LIFECYCLE, VIR_DOMAIN_EVENT_STARTED, VIR_DOMAIN_EVENT_STARTED_RESTORED, LODGE_LOG_RESTORED },
  { VIR_DOMAIN_EVENT_ID_LIFECYCLE, VIR_DOMAIN_EVENT_STARTED, VIR_DOMAIN_EVENT_STARTED_MIGRATED, LODGE_LOG_MIGRATED_IN },
  { VIR_DOMAIN_EVENT_ID_LIFECYCLE, VIR_DOMAIN_EVENT_STARTED, VIR_DOMAIN_EVENT_STARTED_WAKEUP, LODGE_LOG_RESUMED },
  { VIR_DOMAIN_EVENT_ID_LIFECYCLE, VIR_DOMAIN_EVENT_STARTED, -1, LODGE_LOG_STARTED },
  { VIR_DOMAIN_EVENT_ID_LIFECYCLE, VIR_DOMAIN_EVENT_STOPPED, VIR_DOMAIN_EVENT_STOPPED_DESTROYED, LODGE_LOG_FORCED_OFF },
  { VIR_DOMAIN_EVENT_ID_LIFECYCLE, VIR_DOMAIN_EVENT_STOPPED, VIR_DOMAIN_EVENT_STOPPED_CRASHED, LODGE_LOG_CRASHED },
  { VIR_DOMAIN_EVENT_ID_LIFECYCLE, VIR_DOMAIN_EVENT_STOPPED, VIR_DOMAIN_EVENT_STOPPED_MIGRATED,
    LODGE_LOG_MIGRATED_AWAY },
  { VIR_DOMAIN_EVENT_ID_LIFECYCLE, VIR_DOMAIN_EVENT_STOPPED, VIR_DOMAIN_EVENT_STOPPED_SAVED, LODGE_LOG_SAVED },
  { VIR_DOMAIN_EVENT_ID_LIFECYCLE, VIR_DOMAIN_EVENT_STOPPED, VIR_DOMAIN_EVENT_STOPPED_FAILED, LODGE_LOG_START_FAILED },
  { VIR_DOMAIN_EVENT_ID_LIFECYCLE, VIR_DOMAIN_EVENT_STOPPED, -1, LODGE_LOG_SHUT_DOWN },
  { VIR_DOMAIN_EVENT_ID_LIFECYCLE, VIR_DOMAIN_EVENT_CRASHED, -1, LODGE_LOG_CRASHED },
  { VIR_DOMAIN_EVENT_ID_LIFECYCLE, VIR_DOMAIN_EVENT_SUSPENDED, VIR_DOMAIN_EVENT_SUSPENDED_PAUSED, LODGE_LOG_PAUSED },
  { VIR_DOMAIN_EVENT_ID_LIFECYCLE, VIR_DOMAIN_EVENT_RESUMED, VIR_DOMAIN_EVENT_RESUMED_UNPAUSED, LODGE_LOG_RESUMED },
  { VIR_DOMAIN_EVENT_ID_LIFECYCLE, VIR_DOMAIN_EVENT_PMSUSPENDED, -1, LODGE_LOG_SLEEPING },
  { VIR_DOMAIN_EVENT_ID_LIFECYCLE, VIR_DOMAIN_EVENT_DEFINED, VIR_DOMAIN_EVENT_DEFINED_ADDED, LODGE_LOG_DEFINED },
  { VIR_DOMAIN_EVENT_ID_LIFECYCLE, VIR_DOMAIN_EVENT_DEFINED, -1, LODGE_LOG_CHANGED },
  { VIR_DOMAIN_EVENT_ID_LIFECYCLE, VIR_DOMAIN_EVENT_UNDEFINED, -1, LODGE_LOG_UNDEFINED },
  { VIR_DOMAIN_EVENT_ID_REBOOT, -1, -1, LODGE_LOG_REBOOTED },
  { VIR_DOMAIN_EVENT_ID_WATCHDOG, -1, -1, LODGE_LOG_WATCHDOG },
  { VIR_DOMAIN_EVENT_ID_IO_ERROR_REASON, -1, -1, LODGE_LOG_IO_ERROR },
  { VIR_DOMAIN_EVENT_ID_AGENT_LIFECYCLE, VIR_CONNECT_DOMAIN_EVENT_AGENT_LIFECYCLE_STATE_CONNECTED, -1,
    LODGE_LOG_AGENT_CONNECTED },
  { VIR_DOMAIN_EVENT_ID_AGENT_LIFECYCLE, VIR_CONNECT_DOMAIN_EVENT_AGENT_LIFECYCLE_STATE_DISCONNECTED, -1,
    LODGE_LOG_AGENT_GONE },
  { VIR_DOMAIN_EVENT_ID_DEVICE_ADDED, -1, -1, LODGE_LOG_DEVICE_ADDED },
  { VIR_DOMAIN_EVENT_ID_DEVICE_REMOVED, -1, -1, LODGE_LOG_DEVICE_REMOVED },
};

void
lodge_event_log_add_event (LodgeEventLog        *self,
                           const LodgeHostEvent *event)
{
  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    {
      if (rules[i].id == event->id && (rules[i].event == -1 || rules[i].event == event->event)
          && (rules[i].detail == -1 || rules[i].detail == event->detail))
        {
          lodge_event_log_add (self, rules[i].kind, event->uuid, virDomainGetName (event->domain), event->text);
          return;
        }
    }
}

static LodgeLogEntry *
parse_line (const char *line)
{
  g_auto(GStrv) fields = g_strsplit (line, "\t", N_FIELDS + 1);
  LodgeLogKind kind;
  gint64 time;

  if (g_strv_length (fields) != N_FIELDS || !g_ascii_string_to_signed (fields[0], 10, 0, G_MAXINT64, &time, NULL)
      || !lodge_log_kind_from_nick (fields[1], &kind) || !g_utf8_validate (line, -1, NULL))
    return NULL;
  return lodge_log_entry_new (time, kind, fields[2], fields[3], fields[4]);
}

static void
load_worker (GTask        *task,
             gpointer      source_object,
             gpointer      task_data,
             GCancellable *cancellable)
{
  g_autofree char *content = NULL;
  g_auto(GStrv) lines = NULL;
  GPtrArray *entries = g_ptr_array_new_with_free_func (g_object_unref);
  GStatBuf status;
  guint n;

  if (g_stat (task_data, &status) == 0 && status.st_size <= 4 * MAX_SIZE
      && g_file_get_contents (task_data, &content, NULL, NULL))
    {
      lines = g_strsplit (content, "\n", -1);
      n = g_strv_length (lines);
      /* What stands after the last line break was cut */
      for (guint i = n > LODGE_LOG_LENGTH ? n - LODGE_LOG_LENGTH : 0; i + 1 < n; i++)
        {
          LodgeLogEntry *entry = parse_line (lines[i]);

          if (entry != NULL)
            g_ptr_array_add (entries, entry);
        }
    }
  g_task_return_pointer (task, entries, (GDestroyNotify) g_ptr_array_unref);
}

static void
loaded_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  LodgeEventLog *self = LODGE_EVENT_LOG (object);
  g_autoptr(GPtrArray) entries = g_task_propagate_pointer (G_TASK (result), NULL);

  guint n = 0;

  if (entries == NULL)
    return;
  while (n < entries->len && lodge_log_entry_get_time (entries->pdata[n]) < self->created)
    n++;
  if (n == 0)
    return;
  /* Before what has come since the start */
  g_ptr_array_set_size (entries, n);
  for (guint i = 0; i < self->entries->len; i++)
    g_ptr_array_add (entries, g_object_ref (self->entries->pdata[i]));
  g_ptr_array_unref (self->entries);
  self->entries = g_steal_pointer (&entries);
  g_list_model_items_changed (G_LIST_MODEL (self), 0, 0, n);
}

void
lodge_event_log_load (LodgeEventLog *self)
{
  g_autoptr(GTask) task = NULL;

  if (self->loaded)
    return;
  self->loaded = TRUE;
  task = g_task_new (self, NULL, loaded_cb, NULL);
  g_task_set_source_tag (task, lodge_event_log_load);
  g_task_set_task_data (task, lodge_event_log_get_path (self->uri), g_free);
  g_task_run_in_thread (task, load_worker);
}

typedef struct
{
  GListStore *store;   /* borrowed: owns this */
  char       *uuid;
} Filter;

static void
filter_free (gpointer data,
             GClosure *closure)
{
  Filter *filter = data;

  g_free (filter->uuid);
  g_free (filter);
}

static gboolean
is_of (LodgeLogEntry *entry,
       const char    *uuid)
{
  const char *of = lodge_log_entry_get_uuid (entry);

  return *of == '\0' || g_str_equal (of, uuid);
}

static void
changed_cb (GListModel *log,
            guint       position,
            guint       removed,
            guint       added,
            gpointer    user_data)
{
  Filter *filter = user_data;
  g_autoptr(GPtrArray) matching = g_ptr_array_new_with_free_func (g_object_unref);
  const gboolean all = removed > 0 || position + added < g_list_model_get_n_items (log);

  for (guint i = all ? 0 : position; i < g_list_model_get_n_items (log); i++)
    {
      g_autoptr(LodgeLogEntry) entry = g_list_model_get_item (log, i);

      if (is_of (entry, filter->uuid))
        g_ptr_array_add (matching, g_steal_pointer (&entry));
    }
  g_list_store_splice (filter->store, all ? 0 : g_list_model_get_n_items (G_LIST_MODEL (filter->store)),
                       all ? g_list_model_get_n_items (G_LIST_MODEL (filter->store)) : 0, matching->pdata,
                       matching->len);
}

static void
filter_gone_cb (gpointer  log,
                GObject  *store)
{
  g_object_unref (log);
}

GListModel *
lodge_event_log_filter (LodgeEventLog *self,
                        const char    *uuid)
{
  GListStore *store = g_list_store_new (LODGE_TYPE_LOG_ENTRY);
  Filter *filter = g_new0 (Filter, 1);
  GClosure *closure;

  g_return_val_if_fail (LODGE_IS_EVENT_LOG (self), NULL);

  filter->store = store;
  filter->uuid = g_strdup (uuid);
  closure = g_cclosure_new (G_CALLBACK (changed_cb), filter, filter_free);
  g_object_watch_closure (G_OBJECT (store), closure);
  g_signal_connect_closure (self, "items-changed", closure, FALSE);
  /* The list lives as long as somebody looks at a part of it */
  g_object_weak_ref (G_OBJECT (store), (GWeakNotify) filter_gone_cb, g_object_ref (self));
  changed_cb (G_LIST_MODEL (self), 0, 0, get_n_items (G_LIST_MODEL (self)), filter);
  return G_LIST_MODEL (store);
}
