/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lodge-connection-private.h"
#include "lodge-libvirt-error.h"
#include "lodge-storage.h"
#include "xml/lodge-xml-document.h"

/* A volume as it was when it was read. Immutable. */
struct _LodgeStorageVolume
{
  GObject   parent_instance;

  char     *name;
  char     *path;           /* nullable */
  char     *pool_name;
  char     *format;         /* nullable */
  char     *backing_path;   /* nullable */
  guint64   capacity;
  guint64   allocation;
};

/* A pool with more is shown by its own page */
#define MAX_VOLUMES 20000

G_DEFINE_FINAL_TYPE (LodgeStorageVolume, lodge_storage_volume, G_TYPE_OBJECT)

static void
lodge_storage_volume_finalize (GObject *object)
{
  LodgeStorageVolume *self = LODGE_STORAGE_VOLUME (object);

  g_free (self->name);
  g_free (self->path);
  g_free (self->pool_name);
  g_free (self->format);
  g_free (self->backing_path);

  G_OBJECT_CLASS (lodge_storage_volume_parent_class)->finalize (object);
}

static void
lodge_storage_volume_class_init (LodgeStorageVolumeClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lodge_storage_volume_finalize;
}

static void
lodge_storage_volume_init (LodgeStorageVolume *self)
{
}

static guint64
read_number (LodgeXmlDocument *doc,
             const char       *path)
{
  g_autofree char *text = lodge_xml_document_get_value (doc, lodge_xml_document_get_root (doc), path);

  return text != NULL ? g_ascii_strtoull (text, NULL, 10) : 0;
}

static LodgeStorageVolume *
read_volume (virStorageVolPtr  volume,
             const char       *pool_name)
{
  LodgeStorageVolume *self = g_object_new (LODGE_TYPE_STORAGE_VOLUME, NULL);
  g_autoptr(LodgeXmlDocument) doc = NULL;
  char *xml = virStorageVolGetXMLDesc (volume, 0);

  self->name = g_utf8_make_valid (virStorageVolGetName (volume), -1);
  self->pool_name = g_strdup (pool_name);
  doc = xml != NULL ? lodge_xml_document_new (xml, -1, NULL) : NULL;
  free (xml);
  if (doc != NULL)
    {
      LodgeXmlNode root = lodge_xml_document_get_root (doc);

      self->path = lodge_xml_document_get_value (doc, root, "target/path");
      self->format = lodge_xml_document_get_value (doc, root, "target/format/@type");
      self->backing_path = lodge_xml_document_get_value (doc, root, "backingStore/path");
      self->capacity = read_number (doc, "capacity");
      self->allocation = read_number (doc, "allocation");
    }
  return self;
}

static void
read_pool (virStoragePoolPtr  pool,
           GPtrArray         *items,
           GCancellable      *cancellable)
{
  virStorageVolPtr *volumes = NULL;
  g_autofree char *pool_name = g_utf8_make_valid (virStoragePoolGetName (pool), -1);
  /* A pool that is not active has no volumes to tell of */
  const int n = virStoragePoolListAllVolumes (pool, &volumes, 0);

  for (int i = 0; i < n; i++)
    {
      if (items->len < MAX_VOLUMES && !g_cancellable_is_cancelled (cancellable))
        g_ptr_array_add (items, read_volume (volumes[i], pool_name));
      virStorageVolFree (volumes[i]);
    }
  free (volumes);
}

static int
compare_volumes (gconstpointer a,
                 gconstpointer b)
{
  const LodgeStorageVolume *first = *(LodgeStorageVolume * const *) a;
  const LodgeStorageVolume *second = *(LodgeStorageVolume * const *) b;
  const int pools = g_strcmp0 (first->pool_name, second->pool_name);

  return pools != 0 ? pools : g_strcmp0 (first->name, second->name);
}

static void
list_worker (GTask         *task,
             virConnectPtr  connection,
             gpointer       task_data,
             GCancellable  *cancellable)
{
  virStoragePoolPtr *pools = NULL;
  const int n = virConnectListAllStoragePools (connection, &pools, VIR_CONNECT_LIST_STORAGE_POOLS_ACTIVE);
  g_autoptr(GPtrArray) items = NULL;
  GListStore *store;

  if (n < 0)
    {
      g_task_return_error (task, lodge_error_new_from_libvirt (NULL));
      return;
    }
  items = g_ptr_array_new_with_free_func (g_object_unref);
  for (int i = 0; i < n; i++)
    {
      read_pool (pools[i], items, cancellable);
      virStoragePoolFree (pools[i]);
    }
  free (pools);
  g_ptr_array_sort (items, compare_volumes);
  store = g_list_store_new (LODGE_TYPE_STORAGE_VOLUME);
  g_list_store_splice (store, 0, 0, items->pdata, items->len);
  g_task_return_pointer (task, store, g_object_unref);
}

/**
 * lodge_connection_list_volumes_async:
 * @connection: an open connection
 * @cancellable: (nullable): ends the reading at the next volume
 *
 * virStoragePoolListAllVolumes() of every active pool.
 */
void
lodge_connection_list_volumes_async (LodgeConnection     *connection,
                                     GCancellable        *cancellable,
                                     GAsyncReadyCallback  callback,
                                     gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (connection, cancellable, callback, user_data);

  g_task_set_source_tag (task, lodge_connection_list_volumes_async);
  lodge_connection_run (connection, LODGE_LANE_SLOW, task, list_worker);
}

/**
 * lodge_connection_list_volumes_finish:
 *
 * Returns: (transfer full) (nullable): a model of LodgeStorageVolume by pool and name
 */
GListModel *
lodge_connection_list_volumes_finish (LodgeConnection  *connection,
                                      GAsyncResult     *result,
                                      GError          **error)
{
  g_return_val_if_fail (g_task_is_valid (result, connection), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

const char *
lodge_storage_volume_get_name (LodgeStorageVolume *self)
{
  g_return_val_if_fail (LODGE_IS_STORAGE_VOLUME (self), NULL);

  return self->name;
}

const char *
lodge_storage_volume_get_path (LodgeStorageVolume *self)
{
  g_return_val_if_fail (LODGE_IS_STORAGE_VOLUME (self), NULL);

  return self->path;
}

const char *
lodge_storage_volume_get_pool_name (LodgeStorageVolume *self)
{
  g_return_val_if_fail (LODGE_IS_STORAGE_VOLUME (self), NULL);

  return self->pool_name;
}

const char *
lodge_storage_volume_get_format (LodgeStorageVolume *self)
{
  g_return_val_if_fail (LODGE_IS_STORAGE_VOLUME (self), NULL);

  return self->format;
}

const char *
lodge_storage_volume_get_backing_path (LodgeStorageVolume *self)
{
  g_return_val_if_fail (LODGE_IS_STORAGE_VOLUME (self), NULL);

  return self->backing_path;
}

guint64
lodge_storage_volume_get_capacity (LodgeStorageVolume *self)
{
  g_return_val_if_fail (LODGE_IS_STORAGE_VOLUME (self), 0);

  return self->capacity;
}

guint64
lodge_storage_volume_get_allocation (LodgeStorageVolume *self)
{
  g_return_val_if_fail (LODGE_IS_STORAGE_VOLUME (self), 0);

  return self->allocation;
}
