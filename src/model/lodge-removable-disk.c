/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-removable-disk"

#include "config.h"

#include "lodge-connection-private.h"
#include "lodge-libvirt-error.h"
#include "lodge-machine-removal.h"

#include <glib/gi18n.h>

#include "util/lodge-format.h"
#include "xml/lodge-xml-document.h"

#define MAX_DISKS 256

struct _LodgeRemovableDisk
{
  GObject   parent_instance;

  char     *target;
  char     *path;        /* nullable: a network disk */
  char     *pool;        /* nullable */
  char     *volume;      /* nullable: its name in @pool */
  char     *obstacle;    /* nullable */
  guint64   allocation;
  guint64   capacity;
  gboolean  can_erase;
};

G_DEFINE_FINAL_TYPE (LodgeRemovableDisk, lodge_removable_disk, G_TYPE_OBJECT)

static void
lodge_removable_disk_finalize (GObject *object)
{
  LodgeRemovableDisk *self = LODGE_REMOVABLE_DISK (object);

  g_free (self->target);
  g_free (self->path);
  g_free (self->pool);
  g_free (self->volume);
  g_free (self->obstacle);

  G_OBJECT_CLASS (lodge_removable_disk_parent_class)->finalize (object);
}

static void
lodge_removable_disk_class_init (LodgeRemovableDiskClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lodge_removable_disk_finalize;
}

static void
lodge_removable_disk_init (LodgeRemovableDisk *self)
{
}

static char *
dup_source (LodgeXmlDocument *document,
            LodgeXmlNode      disk,
            virConnectPtr     connection)
{
  g_autofree char *pool_name = lodge_xml_document_get_value (document, disk, "source/@pool");
  g_autofree char *volume_name = lodge_xml_document_get_value (document, disk, "source/@volume");
  char *path = lodge_xml_document_get_value (document, disk, "source/@file");

  if (path == NULL)
    path = lodge_xml_document_get_value (document, disk, "source/@dev");
  if (path == NULL && pool_name != NULL && volume_name != NULL)
    {
      virStoragePoolPtr pool = virStoragePoolLookupByName (connection, pool_name);
      virStorageVolPtr volume = pool != NULL ? virStorageVolLookupByName (pool, volume_name) : NULL;
      char *found = volume != NULL ? virStorageVolGetPath (volume) : NULL;

      path = g_strdup (found);
      free (found);
      if (volume != NULL)
        virStorageVolFree (volume);
      if (pool != NULL)
        virStoragePoolFree (pool);
    }
  return path;
}

static gboolean
has_child (LodgeXmlDocument *document,
           LodgeXmlNode      node,
           const char       *name)
{
  return lodge_xml_document_get_first_child (document, node, name) != LODGE_XML_NONE;
}

/* What of it is a volume, and why it may not be erased */
static LodgeRemovableDisk *
read_disk (LodgeXmlDocument *document,
           LodgeXmlNode      node,
           virConnectPtr     connection)
{
  LodgeRemovableDisk *self = g_object_new (LODGE_TYPE_REMOVABLE_DISK, NULL);
  g_autofree char *device = lodge_xml_document_get_attribute (document, node, "device");
  virStorageVolPtr volume;
  virStoragePoolPtr pool;
  virStorageVolInfo info;

  self->target = lodge_xml_document_get_value (document, node, "target/@dev");
  self->path = dup_source (document, node, connection);
  volume = self->path != NULL ? virStorageVolLookupByPath (connection, self->path) : NULL;
  if (volume != NULL)
    {
      pool = virStoragePoolLookupByVolume (volume);
      if (pool != NULL)
        {
          self->pool = g_strdup (virStoragePoolGetName (pool));
          self->volume = g_strdup (virStorageVolGetName (volume));
          virStoragePoolFree (pool);
        }
      if (virStorageVolGetInfo (volume, &info) == 0)
        {
          self->capacity = info.capacity;
          self->allocation = info.allocation;
        }
      virStorageVolFree (volume);
    }

  if (g_strcmp0 (device, "cdrom") == 0 || g_strcmp0 (device, "floppy") == 0)
    self->obstacle = g_strdup (_("Disc image, kept"));
  else if (self->path == NULL)
    self->obstacle = g_strdup (_("Not on a storage of this host"));
  else if (has_child (document, node, "readonly"))
    self->obstacle = g_strdup (_("Read-only for this machine, kept"));
  else if (has_child (document, node, "shareable"))
    self->obstacle = g_strdup (_("Shared with other machines"));
  else if (self->pool == NULL)
    self->obstacle = g_strdup (_("In no storage pool, so it cannot be erased from here"));
  self->can_erase = self->obstacle == NULL;
  return self;
}

static void
add_user (LodgeRemovableDisk *disk,
          GString            *users,
          const char         *name)
{
  g_autofree char *shown = lodge_display_text (name, 60);

  disk->can_erase = FALSE;
  if (users->len > 0)
    /* Translators: between two names of a list: “web-01”, “web-02” */
    g_string_append (users, _(", "));
  g_string_append_printf (users, "“%s”", shown);
}

/* A definition names a disk by its path, or by pool and volume */
static gboolean
names_disk (const char         *xml,
            LodgeRemovableDisk *disk)
{
  g_autofree char *path = disk->path != NULL ? g_markup_printf_escaped ("='%s'", disk->path) : NULL;
  g_autofree char *volume = disk->volume != NULL
                            ? g_markup_printf_escaped ("pool='%s' volume='%s'", disk->pool, disk->volume) : NULL;

  return (path != NULL && strstr (xml, path) != NULL) || (volume != NULL && strstr (xml, volume) != NULL);
}

/* Machines that have one of the paths too: a volume of two machines is not erased with one of them */
static void
find_sharing (GPtrArray     *disks,
              GPtrArray     *users,
              virDomainPtr   domain,
              virConnectPtr  connection)
{
  virDomainPtr *others = NULL;
  const int n = virConnectListAllDomains (connection, &others, 0);
  char own[VIR_UUID_STRING_BUFLEN] = "";

  virDomainGetUUIDString (domain, own);
  for (int i = 0; i < n; i++)
    {
      char uuid[VIR_UUID_STRING_BUFLEN] = "";
      char *xml;

      virDomainGetUUIDString (others[i], uuid);
      xml = g_str_equal (uuid, own) ? NULL : virDomainGetXMLDesc (others[i], 0);
      for (guint j = 0; xml != NULL && j < disks->len; j++)
        {
          LodgeRemovableDisk *disk = g_ptr_array_index (disks, j);

          if (disk->obstacle == NULL && names_disk (xml, disk))
            add_user (disk, g_ptr_array_index (users, j), virDomainGetName (others[i]));
        }
      free (xml);
      virDomainFree (others[i]);
    }
  free (others);
}

/* Images that are made on one of the paths: without it they are worth nothing, whether a machine has them or not */
static void
find_overlays (GPtrArray     *disks,
               virConnectPtr  connection)
{
  virStoragePoolPtr *pools = NULL;
  const int n_pools = virConnectListAllStoragePools (connection, &pools, VIR_CONNECT_LIST_STORAGE_POOLS_ACTIVE);

  for (int i = 0; i < n_pools; i++)
    {
      virStorageVolPtr *volumes = NULL;
      const int n = virStoragePoolListAllVolumes (pools[i], &volumes, 0);

      for (int j = 0; j < n; j++)
        {
          char *xml = virStorageVolGetXMLDesc (volumes[j], 0);
          const char *backing = xml != NULL ? strstr (xml, "<backingStore>") : NULL;

          for (guint k = 0; backing != NULL && k < disks->len; k++)
            {
              LodgeRemovableDisk *disk = g_ptr_array_index (disks, k);
              g_autofree char *element = disk->path != NULL ? g_markup_printf_escaped ("<path>%s</path>", disk->path)
                                         : NULL;
              g_autofree char *name = NULL;

              if (disk->obstacle != NULL || element == NULL || strstr (backing, element) == NULL)
                continue;
              name = lodge_display_text (virStorageVolGetName (volumes[j]), 60);
              disk->can_erase = FALSE;
              disk->obstacle = g_strdup_printf (_("“%s” is made on it"), name);
            }
          free (xml);
          virStorageVolFree (volumes[j]);
        }
      free (volumes);
      virStoragePoolFree (pools[i]);
    }
  free (pools);
}

/* Who else needs them */
static void
find_others (GPtrArray     *disks,
             virDomainPtr   domain,
             virConnectPtr  connection)
{
  g_autoptr(GPtrArray) users = g_ptr_array_new ();

  for (guint i = 0; i < disks->len; i++)
    g_ptr_array_add (users, g_string_new (NULL));
  find_sharing (disks, users, domain, connection);
  for (guint i = 0; i < disks->len; i++)
    {
      LodgeRemovableDisk *disk = g_ptr_array_index (disks, i);
      GString *names = g_ptr_array_index (users, i);

      if (names->len > 0)
        disk->obstacle = g_strdup_printf (_("Also used by %s"), names->str);
      g_string_free (names, TRUE);
    }
  find_overlays (disks, connection);
}

static void
list_worker (GTask        *task,
             virDomainPtr  domain,
             gpointer      task_data,
             GCancellable *cancellable)
{
  virConnectPtr connection = virDomainGetConnect (domain);
  char *xml = virDomainGetXMLDesc (domain, VIR_DOMAIN_XML_INACTIVE);
  g_autoptr(LodgeXmlDocument) document = NULL;
  g_autoptr(GPtrArray) disks = g_ptr_array_new_with_free_func (g_object_unref);
  GError *error = NULL;
  GListStore *store;
  LodgeXmlNode node;

  if (xml == NULL)
    {
      g_task_return_error (task, lodge_domain_new_error (domain));
      return;
    }
  document = lodge_xml_document_new (xml, -1, &error);
  free (xml);
  if (document == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  node = lodge_xml_document_find (document, lodge_xml_document_get_root (document), "devices");
  node = node != LODGE_XML_NONE ? lodge_xml_document_get_first_child (document, node, "disk") : LODGE_XML_NONE;
  while (node != LODGE_XML_NONE && disks->len < MAX_DISKS)
    {
      if (has_child (document, node, "source"))
        g_ptr_array_add (disks, read_disk (document, node, connection));
      node = lodge_xml_document_get_next_sibling (document, node, "disk");
    }
  find_others (disks, domain, connection);

  store = g_list_store_new (LODGE_TYPE_REMOVABLE_DISK);
  g_list_store_splice (store, 0, 0, disks->pdata, disks->len);
  g_task_return_pointer (task, store, g_object_unref);
}

/**
 * lodge_domain_list_removable_disks_async:
 * @domain: which machine
 *
 * Reads the definition of @domain, its volumes, and the definitions of the other machines of its connection.
 */
void
lodge_domain_list_removable_disks_async (LodgeDomain         *domain,
                                         GCancellable        *cancellable,
                                         GAsyncReadyCallback  callback,
                                         gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (domain, cancellable, callback, user_data);

  g_task_set_source_tag (task, lodge_domain_list_removable_disks_async);
  lodge_domain_run_call (domain, LODGE_LANE_SLOW, task, list_worker);
}

/**
 * lodge_domain_list_removable_disks_finish:
 *
 * Returns: (transfer full) (nullable): a model of LodgeRemovableDisk
 */
GListModel *
lodge_domain_list_removable_disks_finish (LodgeDomain   *domain,
                                          GAsyncResult  *result,
                                          GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, domain), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

const char *
lodge_removable_disk_get_target (LodgeRemovableDisk *self)
{
  return self->target;
}

const char *
lodge_removable_disk_get_path (LodgeRemovableDisk *self)
{
  return self->path;
}

const char *
lodge_removable_disk_get_pool (LodgeRemovableDisk *self)
{
  return self->pool;
}

guint64
lodge_removable_disk_get_allocation (LodgeRemovableDisk *self)
{
  return self->allocation;
}

guint64
lodge_removable_disk_get_capacity (LodgeRemovableDisk *self)
{
  return self->capacity;
}

gboolean
lodge_removable_disk_can_erase (LodgeRemovableDisk *self)
{
  return self->can_erase;
}

const char *
lodge_removable_disk_get_obstacle (LodgeRemovableDisk *self)
{
  return self->obstacle;
}
