/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-inventory"

#include "config.h"

#include "lodge-inventory.h"

#include <glib/gstdio.h>
#include <string.h>

#include "lodge-domain-details.h"
#include "util/lodge-error.h"

/* A file of lines: the head, the URI, then a machine each. Every line ends in a line break: one that does not was
 * cut. */
#define HEAD     "lodge-inventory 1"
#define MAX_SIZE (16 * 1024 * 1024)

/* The fields of a machine, with tabs between */
enum
{
  FIELD_UUID,
  FIELD_STATE,
  FIELD_FLAGS,
  FIELD_VCPUS,
  FIELD_MEMORY,
  FIELD_NAME,
  FIELD_TITLE,
  FIELD_OS_ID,
  FIELD_FOLDER,
  FIELD_TAGS,
  N_FIELDS,
};

#define FLAG_PERSISTENT (1 << 0)
#define FLAG_AUTOSTART  (1 << 1)
#define FLAG_SAVED      (1 << 2)

/* Between tags, which have no such character: they were cleaned */
#define TAG_SEPARATOR '\x1f'

/* One writer, so that an older picture cannot come after a newer one */
typedef struct
{
  char *uri;
  char *text;   /* NULL: remove */
} Job;

static void
item_clear (gpointer data)
{
  LodgeInventoryItem *item = data;

  g_clear_pointer (&item->record, lodge_domain_record_free);
  g_clear_pointer (&item->details, lodge_details_free);
}

void
lodge_inventory_free (LodgeInventory *self)
{
  g_array_unref (self->items);
  g_free (self);
}

char *
lodge_inventory_get_path (const char *uri)
{
  g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, uri, -1);
  g_autofree char *name = g_strdup_printf ("%.32s.inventory", sum);

  return g_build_filename (g_get_user_cache_dir (), "lodge", "inventory", name, NULL);
}

static void
append_escaped (GString    *text,
                const char *field)
{
  for (const char *p = field != NULL ? field : ""; *p != '\0'; p++)
    {
      if (*p == '\\')
        g_string_append (text, "\\\\");
      else if (*p == '\t')
        g_string_append (text, "\\t");
      else if (*p == '\n')
        g_string_append (text, "\\n");
      else
        g_string_append_c (text, *p);
    }
}

static char *
dup_unescaped (const char *field)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (const char *p = field; *p != '\0'; p++)
    {
      if (*p == '\\' && p[1] != '\0')
        {
          p++;
          g_string_append_c (text, *p == 't' ? '\t' : *p == 'n' ? '\n' : *p);
        }
      else
        g_string_append_c (text, *p);
    }
  return text->len > 0 ? g_utf8_make_valid (text->str, text->len) : NULL;
}

static void
append_domain (GString     *text,
               LodgeDomain *domain)
{
  g_autofree char *tags = g_strjoinv ((char[]) { TAG_SEPARATOR, '\0' }, (char **) lodge_domain_get_tags (domain));
  const LodgeDomainState state = lodge_domain_get_state (domain);
  const guint flags = (lodge_domain_get_persistent (domain) ? FLAG_PERSISTENT : 0)
                      | (lodge_domain_get_autostart (domain) ? FLAG_AUTOSTART : 0)
                      | (state == LODGE_DOMAIN_STATE_SAVED ? FLAG_SAVED : 0);

  g_string_append_printf (text, "%s\t%u\t%u\t%u\t%" G_GINT64_FORMAT "\t", lodge_domain_get_uuid (domain), state, flags,
                          lodge_domain_get_vcpus (domain), lodge_domain_get_memory_max (domain));
  append_escaped (text, lodge_domain_get_name (domain));
  g_string_append_c (text, '\t');
  append_escaped (text, lodge_domain_get_title (domain));
  g_string_append_c (text, '\t');
  append_escaped (text, lodge_domain_get_os_id (domain));
  g_string_append_c (text, '\t');
  append_escaped (text, lodge_domain_get_folder (domain));
  g_string_append_c (text, '\t');
  append_escaped (text, tags);
  g_string_append_c (text, '\n');
}

static int
to_libvirt (guint64 state)
{
  switch (state)
    {
    case LODGE_DOMAIN_STATE_RUNNING: return VIR_DOMAIN_RUNNING;
    case LODGE_DOMAIN_STATE_PAUSED: return VIR_DOMAIN_PAUSED;
    case LODGE_DOMAIN_STATE_SHUTTING_DOWN: return VIR_DOMAIN_SHUTDOWN;
    case LODGE_DOMAIN_STATE_OFF:
    case LODGE_DOMAIN_STATE_SAVED: return VIR_DOMAIN_SHUTOFF;
    case LODGE_DOMAIN_STATE_CRASHED: return VIR_DOMAIN_CRASHED;
    case LODGE_DOMAIN_STATE_SUSPENDED: return VIR_DOMAIN_PMSUSPENDED;
    default: return VIR_DOMAIN_NOSTATE;
    }
}

static gboolean
parse_number (const char *text,
              gint64     *number)
{
  return g_ascii_string_to_signed (text, 10, -1, G_MAXINT64, number, NULL);
}

static gboolean
parse_domain (char               *line,
              LodgeInventoryItem *item)
{
  g_auto(GStrv) fields = g_strsplit (line, "\t", N_FIELDS + 1);
  gint64 state, flags, vcpus, memory;
  g_autofree char *name = NULL;
  g_autofree char *tags = NULL;

  if (g_strv_length (fields) != N_FIELDS || !g_uuid_string_is_valid (fields[FIELD_UUID])
      || !parse_number (fields[FIELD_STATE], &state) || !parse_number (fields[FIELD_FLAGS], &flags)
      || !parse_number (fields[FIELD_VCPUS], &vcpus) || !parse_number (fields[FIELD_MEMORY], &memory))
    return FALSE;
  name = dup_unescaped (fields[FIELD_NAME]);
  if (name == NULL)
    return FALSE;

  item->record = g_new0 (LodgeDomainRecord, 1);
  /* Of a valid one, that has its length */
  for (guint i = 0; i < VIR_UUID_STRING_BUFLEN; i++)
    item->record->uuid[i] = g_ascii_tolower (fields[FIELD_UUID][i]);
  item->record->name = g_steal_pointer (&name);
  item->record->id = -1;
  item->record->state = to_libvirt (state);
  item->record->persistent = (flags & FLAG_PERSISTENT) != 0;
  item->record->autostart = (flags & FLAG_AUTOSTART) != 0;
  item->record->managed_save = (flags & FLAG_SAVED) != 0;
  item->record->vcpus = CLAMP (vcpus, 0, 65535);
  item->record->memory_max = memory;

  item->details = g_new0 (LodgeDetails, 1);
  item->details->details = TRUE;
  item->details->memory_max = -1;
  item->details->title = dup_unescaped (fields[FIELD_TITLE]);
  item->details->os_id = dup_unescaped (fields[FIELD_OS_ID]);
  item->details->folder = dup_unescaped (fields[FIELD_FOLDER]);
  tags = dup_unescaped (fields[FIELD_TAGS]);
  if (tags != NULL)
    {
      g_auto(GStrv) list = g_strsplit (tags, (char[]) { TAG_SEPARATOR, '\0' }, -1);

      item->details->tags = lodge_details_clean_tags ((const char * const *) list);
    }
  return TRUE;
}

/* The next whole line of @text, which is moved on; NULL: there is none */
static char *
next_line (char **text)
{
  char *line = *text;
  char *end = strchr (line, '\n');

  if (end == NULL)
    return NULL;
  *end = '\0';
  *text = end + 1;
  return line;
}

LodgeInventory *
lodge_inventory_load (const char *uri)
{
  g_autofree char *path = lodge_inventory_get_path (uri);
  g_autofree char *content = NULL;
  g_autoptr(GHashTable) seen = NULL;
  LodgeInventory *self;
  GStatBuf status;
  char *text, *line, *end;
  gint64 last_seen;

  if (g_stat (path, &status) < 0 || status.st_size > MAX_SIZE || !g_file_get_contents (path, &content, NULL, NULL))
    return NULL;
  text = content;
  line = next_line (&text);
  if (line == NULL || !g_str_has_prefix (line, HEAD " "))
    return NULL;
  last_seen = g_ascii_strtoll (line + strlen (HEAD " "), &end, 10);
  line = next_line (&text);
  if (line == NULL || !g_str_equal (line, uri))
    return NULL;

  self = g_new0 (LodgeInventory, 1);
  self->last_seen = MAX (0, last_seen);
  self->items = g_array_new (FALSE, TRUE, sizeof (LodgeInventoryItem));
  g_array_set_clear_func (self->items, item_clear);
  seen = g_hash_table_new (g_str_hash, g_str_equal);
  while (self->items->len < LODGE_INVENTORY_MAX_DOMAINS && (line = next_line (&text)) != NULL)
    {
      LodgeInventoryItem item = { NULL };

      if (parse_domain (line, &item) && g_hash_table_add (seen, item.record->uuid))
        g_array_append_val (self->items, item);
      else
        item_clear (&item);
    }
  return self;
}

static void
load_worker (GTask        *task,
             gpointer      source_object,
             gpointer      task_data,
             GCancellable *cancellable)
{
  g_task_return_pointer (task, lodge_inventory_load (task_data), (GDestroyNotify) lodge_inventory_free);
}

void
lodge_inventory_load_async (const char          *uri,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, lodge_inventory_load_async);
  g_task_set_task_data (task, g_strdup (uri), g_free);
  g_task_run_in_thread (task, load_worker);
}

LodgeInventory *
lodge_inventory_load_finish (GAsyncResult *result)
{
  return g_task_propagate_pointer (G_TASK (result), NULL);
}

static void
write_cb (gpointer data,
          gpointer user_data)
{
  Job *job = data;
  g_autofree char *path = lodge_inventory_get_path (job->uri);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr(GError) error = NULL;

  if (job->text == NULL)
    g_unlink (path);
  else
    {
      g_mkdir_with_parents (folder, 0700);
      /* Not flushed to the disk: a picture that is lost is made again */
      if (!g_file_set_contents_full (path, job->text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, &error))
        g_debug ("%s", error->message);
    }
  g_free (job->uri);
  g_free (job->text);
  g_free (job);
}

static void
push (const char *uri,
      char       *text)
{
  static GThreadPool *writer;
  Job *job = g_new0 (Job, 1);

  if (writer == NULL)
    writer = g_thread_pool_new (write_cb, NULL, 1, FALSE, NULL);
  job->uri = g_strdup (uri);
  job->text = text;
  g_thread_pool_push (writer, job, NULL);
}

void
lodge_inventory_save (const char *uri,
                      GListModel *domains,
                      gint64      last_seen)
{
  const guint n = MIN (g_list_model_get_n_items (domains), LODGE_INVENTORY_MAX_DOMAINS);
  g_autoptr(GString) text = g_string_sized_new (128 + (gsize) n * 112);

  /* A line for a line */
  if (strchr (uri, '\n') != NULL)
    return;
  g_string_append_printf (text, HEAD " %" G_GINT64_FORMAT "\n%s\n", last_seen, uri);
  for (guint i = 0; i < n && text->len < MAX_SIZE; i++)
    {
      g_autoptr(LodgeDomain) domain = g_list_model_get_item (domains, i);

      append_domain (text, domain);
    }
  push (uri, g_string_free_and_steal (g_steal_pointer (&text)));
}

void
lodge_inventory_forget (const char *uri)
{
  push (uri, NULL);
}
