/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-os-database"

#include "config.h"

#include "lodge-os-database.h"

#include <glib/gi18n.h>
#include <osinfo/osinfo.h>

#include "util/lodge-error.h"
#include "util/lodge-format.h"

#define LONG_LIFE_DAYS 3653

struct _LodgeOs
{
  GObject        parent_instance;

  LodgeOsTraits *traits;   /* owned */
  gint64         release;  /* days, 0 unknown */
  guint          end;      /* of its support, days, 0 unknown */
};

G_DEFINE_FINAL_TYPE (LodgeOs, lodge_os, G_TYPE_OBJECT)

struct _LodgeOsDatabase
{
  GObject      parent_instance;

  GThreadPool *thread;    /* one: libosinfo may not be used from two */
  OsinfoDb    *db;        /* owned; of the thread only */
};

G_DEFINE_FINAL_TYPE (LodgeOsDatabase, lodge_os_database, G_TYPE_OBJECT)

/* What a device of the database says of a system */
static const struct
{
  const char      *id;
  LodgeOsFeatures  features;
} device_table[] = {
  { "http://pcisig.com/pci/1af4/1000", LODGE_OS_VIRTIO_NET },
  { "http://pcisig.com/pci/1af4/1041", LODGE_OS_VIRTIO_NET | LODGE_OS_VIRTIO_NET_1 },
  { "http://pcisig.com/pci/1af4/1001", LODGE_OS_VIRTIO_BLOCK },
  { "http://pcisig.com/pci/1af4/1042", LODGE_OS_VIRTIO_BLOCK },
  { "http://pcisig.com/pci/1af4/1002", LODGE_OS_VIRTIO_BALLOON },
  { "http://pcisig.com/pci/1af4/1045", LODGE_OS_VIRTIO_BALLOON },
  { "http://pcisig.com/pci/1af4/1003", LODGE_OS_VIRTIO_SERIAL },
  { "http://pcisig.com/pci/1af4/1043", LODGE_OS_VIRTIO_SERIAL },
  { "http://pcisig.com/pci/1af4/1004", LODGE_OS_VIRTIO_SCSI },
  { "http://pcisig.com/pci/1af4/1048", LODGE_OS_VIRTIO_SCSI },
  { "http://pcisig.com/pci/1af4/1005", LODGE_OS_VIRTIO_RNG },
  { "http://pcisig.com/pci/1af4/1044", LODGE_OS_VIRTIO_RNG },
  { "http://pcisig.com/pci/1af4/1050", LODGE_OS_VIRTIO_GPU },
  { "http://pcisig.com/pci/1af4/1052", LODGE_OS_VIRTIO_INPUT },
  { "http://pcisig.com/pci/1b36/0004", LODGE_OS_USB3 },
  { "http://qemu.org/chipset/x86/q35", LODGE_OS_Q35 },
};

static void
lodge_os_finalize (GObject *object)
{
  lodge_os_traits_free (LODGE_OS (object)->traits);

  G_OBJECT_CLASS (lodge_os_parent_class)->finalize (object);
}

static void
lodge_os_class_init (LodgeOsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lodge_os_finalize;
}

static void
lodge_os_init (LodgeOs *self)
{
}

static void
read_devices (LodgeOsTraits *traits,
              OsinfoOs      *os)
{
  g_autoptr(OsinfoDeviceList) devices = osinfo_os_get_all_devices (os, NULL);
  g_autoptr(GStrvBuilder) models = g_strv_builder_new ();

  for (int i = 0; i < osinfo_list_get_length (OSINFO_LIST (devices)); i++)
    {
      OsinfoEntity *entity = osinfo_list_get_nth (OSINFO_LIST (devices), i);
      const char *id = osinfo_entity_get_id (entity);

      for (gsize j = 0; j < G_N_ELEMENTS (device_table); j++)
        {
          if (g_strcmp0 (id, device_table[j].id) == 0)
            traits->features |= device_table[j].features;
        }
      if (g_strcmp0 (osinfo_device_get_class (OSINFO_DEVICE (entity)), "net") == 0)
        g_strv_builder_add (models, osinfo_device_get_name (OSINFO_DEVICE (entity)));
    }
  traits->net_models = g_strv_builder_end (models);
}

static void
read_resources (OsinfoResourcesList *list,
                guint64             *memory,
                guint               *cpus,
                guint64             *storage)
{
  for (int i = 0; list != NULL && i < osinfo_list_get_length (OSINFO_LIST (list)); i++)
    {
      OsinfoResources *resources = OSINFO_RESOURCES (osinfo_list_get_nth (OSINFO_LIST (list), i));
      const gint64 ram = osinfo_resources_get_ram (resources);
      const int n = osinfo_resources_get_n_cpus (resources);
      const gint64 size = osinfo_resources_get_storage (resources);

      /* The largest of all architectures: too much is a number, too little a broken installation */
      if (ram > 0)
        *memory = MAX (*memory, (guint64) ram);
      if (n > 0)
        *cpus = MAX (*cpus, (guint) n);
      if (size > 0)
        *storage = MAX (*storage, (guint64) size);
    }
}

static LodgeOs *
new_os (OsinfoOs *os)
{
  LodgeOs *self = g_object_new (LODGE_TYPE_OS, NULL);
  LodgeOsTraits *traits = lodge_os_traits_new ();
  g_autoptr(OsinfoResourcesList) minimum = osinfo_os_get_minimum_resources (os);
  g_autoptr(OsinfoResourcesList) recommended = osinfo_os_get_recommended_resources (os);
  GDate *date = osinfo_product_get_release_date (OSINFO_PRODUCT (os));
  GDate *eol = osinfo_product_get_eol_date (OSINFO_PRODUCT (os));
  const char *family = osinfo_os_get_family (os);

  traits->id = g_strdup (osinfo_entity_get_id (OSINFO_ENTITY (os)));
  traits->short_id = g_strdup (osinfo_product_get_short_id (OSINFO_PRODUCT (os)));
  traits->name = g_strdup (osinfo_product_get_name (OSINFO_PRODUCT (os)));
  if (g_strcmp0 (family, "winnt") == 0 || g_strcmp0 (family, "win9x") == 0 || g_strcmp0 (family, "win16") == 0)
    traits->features |= LODGE_OS_WINDOWS;
  if (g_strcmp0 (family, "solaris") == 0)
    traits->features |= LODGE_OS_SOLARIS;
  read_devices (traits, os);
  read_resources (minimum, &traits->minimum_memory, &traits->minimum_cpus, &traits->minimum_storage);
  read_resources (recommended, &traits->recommended_memory, &traits->recommended_cpus, &traits->recommended_storage);
  self->traits = traits;
  if (eol != NULL)
    {
      self->end = g_date_valid (eol) ? g_date_get_julian (eol) : 0;
      g_date_free (eol);
    }
  if (date != NULL)
    {
      self->release = g_date_valid (date) ? g_date_get_julian (date) : 0;
      g_date_free (date);
    }
  return self;
}

static int
compare_os (gconstpointer a,
            gconstpointer b)
{
  const LodgeOs *first = *(LodgeOs * const *) a;
  const LodgeOs *second = *(LodgeOs * const *) b;

  if (first->release != second->release)
    return first->release > second->release ? -1 : 1;
  return g_strcmp0 (first->traits->name, second->traits->name);
}

static gboolean
ensure_db (LodgeOsDatabase  *self,
           GError          **error)
{
  g_autoptr(OsinfoLoader) loader = NULL;

  if (self->db != NULL)
    return TRUE;
  loader = osinfo_loader_new ();
  osinfo_loader_process_default_path (loader, error);
  if (error != NULL && *error != NULL)
    return FALSE;
  self->db = g_object_ref (osinfo_loader_get_db (loader));
  return TRUE;
}

static void
load (LodgeOsDatabase *self,
      GTask           *task)
{
  g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(OsinfoOsList) list = osinfo_db_get_os_list (self->db);
  GListStore *store = g_list_store_new (LODGE_TYPE_OS);

  for (int i = 0; i < osinfo_list_get_length (OSINFO_LIST (list)); i++)
    {
      OsinfoOs *os = OSINFO_OS (osinfo_list_get_nth (OSINFO_LIST (list), i));

      if (osinfo_product_get_name (OSINFO_PRODUCT (os)) != NULL)
        g_ptr_array_add (all, new_os (os));
    }
  g_ptr_array_sort (all, compare_os);
  g_list_store_splice (store, 0, 0, all->pdata, all->len);
  g_task_return_pointer (task, store, g_object_unref);
}

/* A download that broke off has its head, which is all that is looked at otherwise */
static gboolean
is_incomplete (const char   *path,
               OsinfoMedia  *media,
               GError      **error)
{
  const gint64 needed = osinfo_media_get_volume_size (media);
  g_autoptr(GFile) file = g_file_new_for_path (path);
  g_autoptr(GFileInfo) info = g_file_query_info (file,
                                                 G_FILE_ATTRIBUTE_STANDARD_SIZE "," G_FILE_ATTRIBUTE_STANDARD_TYPE,
                                                 G_FILE_QUERY_INFO_NONE, NULL, NULL);
  g_autofree char *whole = NULL;
  g_autofree char *there = NULL;

  if (info == NULL || g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR || needed <= g_file_info_get_size (info))
    return FALSE;
  whole = lodge_format_size ((guint64) needed);
  there = lodge_format_size ((guint64) g_file_info_get_size (info));
  lodge_set_error (error, LODGE_ERROR_INVALID_VALUE,
                   _("The disc image is incomplete: it has %s of %s. Download it again."), there, whole);
  return TRUE;
}

static void
identify (LodgeOsDatabase *self,
          GTask           *task)
{
  const char *path = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr(OsinfoMedia) media = osinfo_media_create_from_location (path, g_task_get_cancellable (task), &error);
  OsinfoOs *os = NULL;

  if (media == NULL)
    {
      GError *told = NULL;

      if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        {
          g_task_return_error (task, error);
          return;
        }
      if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
        lodge_set_error (&told, LODGE_ERROR_NOT_FOUND, _("There is no such file"));
      else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED))
        lodge_set_error (&told, LODGE_ERROR_PERMISSION, _("You may not read this file"));
      else
        lodge_set_error (&told, LODGE_ERROR_INVALID_VALUE, _("This is not a bootable disc image: %s"), error->message);
      g_error_free (error);
      g_task_return_error (task, told);
      return;
    }
  if (is_incomplete (path, media, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  if (osinfo_db_identify_media (self->db, media))
    os = osinfo_media_get_os (media);
  g_task_return_pointer (task, os != NULL ? new_os (os) : NULL, g_object_unref);
  g_clear_object (&os);
}

static void
thread_func (gpointer data,
             gpointer user_data)
{
  g_autoptr(GTask) task = data;
  LodgeOsDatabase *self = g_task_get_source_object (task);
  g_autoptr(GMainContext) context = NULL;
  GError *error = NULL;

  if (g_task_return_error_if_cancelled (task))
    return;
  /* libosinfo waits for its own asynchronous reading by turning a main loop: without a context of this thread that
   * would be the program's, whose callbacks would run here, and whose owner would wait for a disc. */
  context = g_main_context_new ();
  g_main_context_push_thread_default (context);
  if (!ensure_db (self, &error))
    g_task_return_error (task, error);
  else if (g_task_get_source_tag (task) == lodge_os_database_load_async)
    load (self, task);
  else
    identify (self, task);
  g_main_context_pop_thread_default (context);
}

static void
lodge_os_database_finalize (GObject *object)
{
  LodgeOsDatabase *self = LODGE_OS_DATABASE (object);

  /* A task in the pool has a reference, so nothing runs any more */
  g_thread_pool_free (self->thread, TRUE, FALSE);
  g_clear_object (&self->db);

  G_OBJECT_CLASS (lodge_os_database_parent_class)->finalize (object);
}

static void
lodge_os_database_class_init (LodgeOsDatabaseClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lodge_os_database_finalize;
}

static void
lodge_os_database_init (LodgeOsDatabase *self)
{
  self->thread = g_thread_pool_new (thread_func, NULL, 1, FALSE, NULL);
}

LodgeOsDatabase *
lodge_os_database_new (void)
{
  return g_object_new (LODGE_TYPE_OS_DATABASE, NULL);
}

void
lodge_os_database_load_async (LodgeOsDatabase     *self,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, lodge_os_database_load_async);
  g_thread_pool_push (self->thread, task, NULL);
}

/**
 * lodge_os_database_load_finish:
 *
 * Returns: (transfer full) (nullable): a model of LodgeOs
 */
GListModel *
lodge_os_database_load_finish (LodgeOsDatabase  *self,
                               GAsyncResult     *result,
                               GError          **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

void
lodge_os_database_identify_async (LodgeOsDatabase     *self,
                                  const char          *path,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, lodge_os_database_identify_async);
  g_task_set_task_data (task, g_strdup (path), g_free);
  g_thread_pool_push (self->thread, task, NULL);
}

/**
 * lodge_os_database_identify_finish:
 *
 * Returns: (transfer full) (nullable): %NULL without @error: a disc of no known system
 */
LodgeOs *
lodge_os_database_identify_finish (LodgeOsDatabase  *self,
                                   GAsyncResult     *result,
                                   GError          **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

const char *
lodge_os_get_name (LodgeOs *self)
{
  g_return_val_if_fail (LODGE_IS_OS (self), NULL);

  return self->traits->name;
}

const char *
lodge_os_get_short_id (LodgeOs *self)
{
  g_return_val_if_fail (LODGE_IS_OS (self), NULL);

  return self->traits->short_id;
}

const LodgeOsTraits *
lodge_os_get_traits (LodgeOs *self)
{
  g_return_val_if_fail (LODGE_IS_OS (self), NULL);

  return self->traits;
}

/**
 * lodge_os_dup_support_end:
 * @self: a system
 *
 * Returns: (transfer full) (nullable): the day its maker ends to support it; %NULL: it is not known, or there is no
 *   such day yet
 */
GDate *
lodge_os_dup_support_end (LodgeOs *self)
{
  g_return_val_if_fail (LODGE_IS_OS (self), NULL);

  return self->end > 0 ? g_date_new_julian (self->end) : NULL;
}

/**
 * lodge_os_dup_release:
 * @self: a system
 *
 * Returns: (transfer full) (nullable): the day it came out
 */
GDate *
lodge_os_dup_release (LodgeOs *self)
{
  g_return_val_if_fail (LODGE_IS_OS (self), NULL);

  return self->release > 0 ? g_date_new_julian ((guint) self->release) : NULL;
}

/**
 * lodge_os_is_supported:
 * @self: a system
 * @today: the day
 *
 * The database names the end of few systems: of the others those older than ten years count as out of support.
 */
gboolean
lodge_os_is_supported (LodgeOs     *self,
                       const GDate *today)
{
  const guint day = g_date_get_julian (today);

  g_return_val_if_fail (LODGE_IS_OS (self), FALSE);

  if (self->end > 0)
    return day <= self->end;
  return self->release == 0 || day <= self->release + LONG_LIFE_DAYS;
}
