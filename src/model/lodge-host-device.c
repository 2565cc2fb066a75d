/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-host-device"

#include "config.h"

#include "lodge-host-device.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "lodge-connection-private.h"
#include "lodge-libvirt-error.h"
#include "util/lodge-format.h"
#include "xml/lodge-xml-document.h"

#define MAX_DEVICES  4096
#define MAX_DOMAINS  1000
#define MAX_CHARS    120

struct _LodgeHostDevice
{
  GObject  parent_instance;

  char    *title;
  char    *caption;
  char    *users;    /* nullable */
  char    *xml;
  char    *key;      /* what is the same in a machine's definition */
};

enum
{
  PROP_0,
  PROP_TITLE,
  PROP_CAPTION,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (LodgeHostDevice, lodge_host_device, G_TYPE_OBJECT)

static const guint flags[LODGE_HOST_DEVICE_N_KINDS] = {
  [LODGE_HOST_DEVICE_USB] = VIR_CONNECT_LIST_NODE_DEVICES_CAP_USB_DEV,
  [LODGE_HOST_DEVICE_PCI] = VIR_CONNECT_LIST_NODE_DEVICES_CAP_PCI_DEV,
  [LODGE_HOST_DEVICE_MEDIATED] = VIR_CONNECT_LIST_NODE_DEVICES_CAP_MDEV,
};

static void
lodge_host_device_get_property (GObject    *object,
                                guint       prop_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  LodgeHostDevice *self = LODGE_HOST_DEVICE (object);

  switch (prop_id)
    {
    case PROP_TITLE:
      g_value_set_string (value, self->title);
      break;
    case PROP_CAPTION:
      g_value_set_string (value, self->caption);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
lodge_host_device_finalize (GObject *object)
{
  LodgeHostDevice *self = LODGE_HOST_DEVICE (object);

  g_free (self->title);
  g_free (self->caption);
  g_free (self->users);
  g_free (self->xml);
  g_free (self->key);

  G_OBJECT_CLASS (lodge_host_device_parent_class)->finalize (object);
}

static void
lodge_host_device_class_init (LodgeHostDeviceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags param_flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = lodge_host_device_get_property;
  object_class->finalize = lodge_host_device_finalize;
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, param_flags);
  properties[PROP_CAPTION] = g_param_spec_string ("caption", NULL, NULL, NULL, param_flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
lodge_host_device_init (LodgeHostDevice *self)
{
}

static char *
get (LodgeXmlDocument *document,
     LodgeXmlNode      node,
     const char       *path)
{
  char *value = lodge_xml_document_get_value (document, node, path);

  return value != NULL ? g_strstrip (value) : g_strdup ("");
}

/* “Vendor Product”, or the numbers of both where the host has no names for them */
static char *
dup_title (LodgeXmlDocument *document,
           LodgeXmlNode      capability)
{
  g_autofree char *vendor = get (document, capability, "vendor");
  g_autofree char *product = get (document, capability, "product");
  g_autofree char *vendor_id = get (document, capability, "vendor/@id");
  g_autofree char *product_id = get (document, capability, "product/@id");
  g_autofree char *text = NULL;

  if (*product != '\0')
    text = g_strdup_printf ("%s%s%s", vendor, *vendor != '\0' ? " " : "", product);
  else if (*vendor_id != '\0')
    text = g_strdup_printf ("%s %s:%s", vendor, vendor_id, product_id);
  else
    return NULL;
  return lodge_display_text (g_strstrip (text), MAX_CHARS);
}

static void
read_usb (LodgeHostDevice  *self,
          LodgeXmlDocument *document,
          LodgeXmlNode      capability)
{
  g_autofree char *bus = get (document, capability, "bus");
  g_autofree char *device = get (document, capability, "device");
  g_autofree char *vendor = get (document, capability, "vendor/@id");
  g_autofree char *product = get (document, capability, "product/@id");
  g_autofree char *class = get (document, capability, "class");

  /* A hub is part of the host's own wiring */
  if (*vendor == '\0' || *product == '\0' || g_str_equal (vendor, "0x1d6b"))
    return;
  self->title = dup_title (document, capability);
  self->caption = g_strdup_printf (_("USB bus %s, device %s"), bus, device);
  self->xml = g_strdup_printf ("<hostdev mode='subsystem' type='usb' managed='yes'>\n  <source>\n"
                               "    <vendor id='%s'/>\n    <product id='%s'/>\n  </source>\n</hostdev>", vendor, product);
  self->key = g_strdup_printf ("<vendor id='%s'/>|<product id='%s'/>", vendor, product);
}

static void
read_pci (LodgeHostDevice  *self,
          LodgeXmlDocument *document,
          LodgeXmlNode      capability)
{
  static const char * const names[] = { "domain", "bus", "slot", "function" };
  guint numbers[G_N_ELEMENTS (names)];
  g_autofree char *group = get (document, capability, "iommuGroup/@number");
  g_autofree char *class = get (document, capability, "class");
  LodgeXmlNode bridge = lodge_xml_document_find (document, capability, "capability[@type='pci-bridge']");

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *text = get (document, capability, names[i]);

      numbers[i] = g_ascii_strtoull (text, NULL, 0);
    }
  /* Bridges carry other devices */
  if (bridge != LODGE_XML_NONE || g_str_has_prefix (class, "0x06"))
    return;
  self->title = dup_title (document, capability);
  self->caption = *group != '\0'
                  ? g_strdup_printf (_("PCI %04x:%02x:%02x.%x, IOMMU group %s"), numbers[0], numbers[1], numbers[2],
                                     numbers[3], group)
                  : g_strdup_printf (_("PCI %04x:%02x:%02x.%x, no IOMMU: it cannot be given away"), numbers[0],
                                     numbers[1],
                                     numbers[2], numbers[3]);
  self->key = g_strdup_printf ("<address domain='0x%04x' bus='0x%02x' slot='0x%02x' function='0x%x'/>", numbers[0],
                               numbers[1], numbers[2], numbers[3]);
  self->xml = g_strdup_printf ("<hostdev mode='subsystem' type='pci' managed='yes'>\n  <source>\n    %s\n  </source>\n"
                               "</hostdev>", self->key);
}

static void
read_mediated (LodgeHostDevice  *self,
               LodgeXmlDocument *document,
               LodgeXmlNode      capability)
{
  g_autofree char *uuid = get (document, capability, "uuid");
  g_autofree char *type = get (document, capability, "type/@id");

  if (!g_uuid_string_is_valid (uuid))
    return;
  self->title = lodge_display_text (*type != '\0' ? type : uuid, MAX_CHARS);
  self->caption = g_strdup (uuid);
  self->key = g_strdup_printf ("<address uuid='%s'/>", uuid);
  self->xml = g_strdup_printf ("<hostdev mode='subsystem' type='mdev' model='vfio-pci'>\n  <source>\n    %s\n  </source>\n"
                               "</hostdev>", self->key);
}

static const struct
{
  const char *type;
  void (*read) (LodgeHostDevice *self, LodgeXmlDocument *document, LodgeXmlNode capability);
} readers[] = {
  { "usb_device", read_usb },
  { "pci", read_pci },
  { "mdev", read_mediated },
};

LodgeHostDevice *
lodge_host_device_new_from_xml (const char *xml)
{
  g_autoptr(LodgeHostDevice) self = g_object_new (LODGE_TYPE_HOST_DEVICE, NULL);
  g_autoptr(LodgeXmlDocument) document = lodge_xml_document_new (xml, -1, NULL);
  LodgeXmlNode root;

  if (document == NULL)
    return NULL;
  root = lodge_xml_document_get_root (document);
  for (guint i = 0; i < G_N_ELEMENTS (readers); i++)
    {
      g_autofree char *path = g_strdup_printf ("capability[@type='%s']", readers[i].type);
      LodgeXmlNode capability = lodge_xml_document_find (document, root, path);

      if (capability != LODGE_XML_NONE)
        readers[i].read (self, document, capability);
    }
  return self->xml != NULL && self->title != NULL ? g_steal_pointer (&self) : NULL;
}

/* Whether the definition has it: all parts of the key, as libvirt prints them */
static gboolean
has_device (const char      *xml,
            LodgeHostDevice *device)
{
  g_auto(GStrv) parts = g_strsplit (device->key, "|", -1);
  const char *place = strstr (xml, "<hostdev");

  for (guint i = 0; parts[i] != NULL; i++)
    {
      if (place == NULL || strstr (place, parts[i]) == NULL)
        return FALSE;
    }
  return TRUE;
}

static void
find_users (virConnectPtr  connection,
            GPtrArray     *devices)
{
  virDomainPtr *domains = NULL;
  const int n = virConnectListAllDomains (connection, &domains, 0);

  for (int i = 0; i < n; i++)
    {
      char *xml = i < MAX_DOMAINS ? virDomainGetXMLDesc (domains[i], VIR_DOMAIN_XML_INACTIVE) : NULL;

      for (guint j = 0; xml != NULL && j < devices->len; j++)
        {
          LodgeHostDevice *device = g_ptr_array_index (devices, j);
          g_autofree char *name = lodge_display_text (virDomainGetName (domains[i]), 60);
          g_autofree char *before = NULL;

          if (!has_device (xml, device))
            continue;
          before = g_steal_pointer (&device->users);
          device->users = before != NULL ? g_strdup_printf ("%s, %s", before, name) : g_strdup (name);
        }
      free (xml);
      virDomainFree (domains[i]);
    }
  free (domains);
}

static int
compare_titles (gconstpointer a,
                gconstpointer b)
{
  const LodgeHostDevice *first = *(LodgeHostDevice * const *) a;
  const LodgeHostDevice *second = *(LodgeHostDevice * const *) b;

  return g_utf8_collate (first->title, second->title);
}

static void
list_worker (GTask         *task,
             virConnectPtr  connection,
             gpointer       task_data,
             GCancellable  *cancellable)
{
  g_autoptr(GPtrArray) devices = g_ptr_array_new_with_free_func (g_object_unref);
  GListStore *store;
  virNodeDevicePtr *nodes = NULL;
  const int n = virConnectListAllNodeDevices (connection, &nodes, flags[GPOINTER_TO_UINT (task_data)]);

  if (n < 0)
    {
      g_task_return_error (task, lodge_error_new_from_libvirt (NULL));
      return;
    }
  for (int i = 0; i < n; i++)
    {
      char *xml = i < MAX_DEVICES ? virNodeDeviceGetXMLDesc (nodes[i], 0) : NULL;
      LodgeHostDevice *device = xml != NULL ? lodge_host_device_new_from_xml (xml) : NULL;

      if (device != NULL)
        g_ptr_array_add (devices, device);
      free (xml);
      virNodeDeviceFree (nodes[i]);
    }
  free (nodes);
  find_users (connection, devices);

  g_ptr_array_sort (devices, compare_titles);
  store = g_list_store_new (LODGE_TYPE_HOST_DEVICE);
  g_list_store_splice (store, 0, 0, devices->pdata, devices->len);
  g_task_return_pointer (task, store, g_object_unref);
}

void
lodge_connection_list_host_devices_async (LodgeConnection     *connection,
                                          LodgeHostDeviceKind  kind,
                                          GCancellable        *cancellable,
                                          GAsyncReadyCallback  callback,
                                          gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (LODGE_IS_CONNECTION (connection));
  g_return_if_fail (kind < LODGE_HOST_DEVICE_N_KINDS);

  task = g_task_new (connection, cancellable, callback, user_data);
  g_task_set_source_tag (task, lodge_connection_list_host_devices_async);
  g_task_set_task_data (task, GUINT_TO_POINTER (kind), NULL);
  lodge_connection_run (connection, LODGE_LANE_BULK, task, list_worker);
}

GListModel *
lodge_connection_list_host_devices_finish (LodgeConnection  *connection,
                                           GAsyncResult     *result,
                                           GError          **error)
{
  g_return_val_if_fail (g_task_is_valid (result, connection), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

const char *
lodge_host_device_get_title (LodgeHostDevice *self)
{
  g_return_val_if_fail (LODGE_IS_HOST_DEVICE (self), NULL);

  return self->title;
}

const char *
lodge_host_device_get_caption (LodgeHostDevice *self)
{
  g_return_val_if_fail (LODGE_IS_HOST_DEVICE (self), NULL);

  return self->caption;
}

const char *
lodge_host_device_get_users (LodgeHostDevice *self)
{
  g_return_val_if_fail (LODGE_IS_HOST_DEVICE (self), NULL);

  return self->users;
}

const char *
lodge_host_device_get_xml (LodgeHostDevice *self)
{
  g_return_val_if_fail (LODGE_IS_HOST_DEVICE (self), NULL);

  return self->xml;
}
