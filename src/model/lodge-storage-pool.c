/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lodge-host-list.h"
#include "lodge-libvirt-error.h"
#include "lodge-storage-private.h"
#include "xml/lodge-xml-document.h"

/* A storage pool as it was when it was read. Immutable. */
struct _LodgeStoragePool
{
  GObject   parent_instance;

  char     *name;
  char     *uuid;
  char     *pool_type;  /* nullable */
  char     *path;       /* nullable */
  guint64   capacity;
  guint64   available;
  gboolean  active;
};

enum
{
  PROP_NAME = 1,
  N_PROPERTIES,
};

static GParamSpec *properties[N_PROPERTIES];

/* Kinds of pools that libvirt can make a volume in */
static const char * const creating_types[] = {
  "dir", "fs", "netfs", "logical", "disk", "rbd", "sheepdog", "zfs", "gluster", "vstorage", NULL
};
/* … and those whose volumes are files of a format */
static const char * const format_types[] = { "dir", "fs", "netfs", "gluster", "vstorage", NULL };

G_DEFINE_FINAL_TYPE (LodgeStoragePool, lodge_storage_pool, G_TYPE_OBJECT)

static void
lodge_storage_pool_get_property (GObject    *object,
                                 guint       prop_id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_NAME:
      g_value_set_string (value, LODGE_STORAGE_POOL (object)->name);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
lodge_storage_pool_finalize (GObject *object)
{
  LodgeStoragePool *self = LODGE_STORAGE_POOL (object);

  g_free (self->name);
  g_free (self->uuid);
  g_free (self->pool_type);
  g_free (self->path);

  G_OBJECT_CLASS (lodge_storage_pool_parent_class)->finalize (object);
}

static void
lodge_storage_pool_class_init (LodgeStoragePoolClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = lodge_storage_pool_get_property;
  object_class->finalize = lodge_storage_pool_finalize;
  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL,
                                               G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
lodge_storage_pool_init (LodgeStoragePool *self)
{
}

static LodgeStoragePool *
read_pool (virStoragePoolPtr pool)
{
  LodgeStoragePool *self = g_object_new (LODGE_TYPE_STORAGE_POOL, NULL);
  g_autoptr(LodgeXmlDocument) doc = NULL;
  char uuid[VIR_UUID_STRING_BUFLEN] = "";
  virStoragePoolInfo info;
  char *xml = virStoragePoolGetXMLDesc (pool, 0);

  virStoragePoolGetUUIDString (pool, uuid);
  self->uuid = g_strdup (uuid);
  self->name = g_utf8_make_valid (virStoragePoolGetName (pool), -1);
  if (virStoragePoolGetInfo (pool, &info) == 0)
    {
      self->active = info.state != VIR_STORAGE_POOL_INACTIVE;
      self->capacity = info.capacity;
      self->available = info.available;
    }
  doc = xml != NULL ? lodge_xml_document_new (xml, -1, NULL) : NULL;
  free (xml);
  if (doc != NULL)
    {
      LodgeXmlNode root = lodge_xml_document_get_root (doc);

      self->pool_type = lodge_xml_document_get_attribute (doc, root, "type");
      self->path = lodge_xml_document_get_value (doc, root, "target/path");
    }
  return self;
}

static GPtrArray *
read_pools (virConnectPtr   connection,
            GError        **error)
{
  virStoragePoolPtr *pools = NULL;
  int n = virConnectListAllStoragePools (connection, &pools, 0);
  GPtrArray *items;

  if (n < 0)
    {
      g_propagate_error (error, lodge_error_new_from_libvirt (NULL));
      return NULL;
    }
  items = g_ptr_array_new_full (n, g_object_unref);
  for (int i = 0; i < n; i++)
    {
      g_ptr_array_add (items, read_pool (pools[i]));
      virStoragePoolFree (pools[i]);
    }
  free (pools);
  return items;
}

GListModel *
lodge_storage_pool_list_new (LodgeConnection *connection)
{
  return G_LIST_MODEL (lodge_host_list_new (connection, LODGE_TYPE_STORAGE_POOL, read_pools));
}

void
lodge_storage_pool_list_changed (GListModel *self,
                                 const char *uuid,
                                 gboolean    volumes)
{
  lodge_host_list_changed (LODGE_HOST_LIST (self));
}

const char *
lodge_storage_pool_get_name (LodgeStoragePool *self)
{
  g_return_val_if_fail (LODGE_IS_STORAGE_POOL (self), NULL);

  return self->name;
}

const char *
lodge_storage_pool_get_uuid (LodgeStoragePool *self)
{
  g_return_val_if_fail (LODGE_IS_STORAGE_POOL (self), NULL);

  return self->uuid;
}

const char *
lodge_storage_pool_get_pool_type (LodgeStoragePool *self)
{
  g_return_val_if_fail (LODGE_IS_STORAGE_POOL (self), NULL);

  return self->pool_type;
}

const char *
lodge_storage_pool_get_path (LodgeStoragePool *self)
{
  g_return_val_if_fail (LODGE_IS_STORAGE_POOL (self), NULL);

  return self->path;
}

gboolean
lodge_storage_pool_get_active (LodgeStoragePool *self)
{
  g_return_val_if_fail (LODGE_IS_STORAGE_POOL (self), FALSE);

  return self->active;
}

guint64
lodge_storage_pool_get_capacity (LodgeStoragePool *self)
{
  g_return_val_if_fail (LODGE_IS_STORAGE_POOL (self), 0);

  return self->capacity;
}

guint64
lodge_storage_pool_get_available (LodgeStoragePool *self)
{
  g_return_val_if_fail (LODGE_IS_STORAGE_POOL (self), 0);

  return self->available;
}

gboolean
lodge_storage_pool_can_create (LodgeStoragePool *self)
{
  g_return_val_if_fail (LODGE_IS_STORAGE_POOL (self), FALSE);

  return self->active && self->pool_type != NULL
         && g_strv_contains (creating_types, self->pool_type);
}

gboolean
lodge_storage_pool_has_formats (LodgeStoragePool *self)
{
  g_return_val_if_fail (LODGE_IS_STORAGE_POOL (self), FALSE);

  return self->pool_type != NULL && g_strv_contains (format_types, self->pool_type);
}
