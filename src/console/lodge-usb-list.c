/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-usb"

#include "config.h"

#include "lodge-usb-list-private.h"

/* This computer's USB devices, as the SPICE library follows them */

struct _LodgeUsbList
{
  GObject                parent_instance;

  SpiceUsbDeviceManager *manager;    /* owned, nullable */
  GListStore            *devices;    /* owned: LodgeUsbDevice */
  GStrv                  wanted;     /* owned, nullable: ids */
  char                  *obstacle;   /* nullable */
};

enum
{
  PROP_0,
  PROP_OBSTACLE,
  N_PROPS,
};

enum
{
  FAILED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static GType
get_item_type (GListModel *model)
{
  return LODGE_TYPE_USB_DEVICE;
}

static guint
get_n_items (GListModel *model)
{
  return g_list_model_get_n_items (G_LIST_MODEL (LODGE_USB_LIST (model)->devices));
}

static gpointer
get_item (GListModel *model,
          guint       position)
{
  return g_list_model_get_item (G_LIST_MODEL (LODGE_USB_LIST (model)->devices), position);
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (LodgeUsbList, lodge_usb_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static LodgeUsbDevice *
find_device (LodgeUsbList   *self,
             SpiceUsbDevice *device,
             guint          *position)
{
  for (guint i = 0; i < get_n_items (G_LIST_MODEL (self)); i++)
    {
      g_autoptr(LodgeUsbDevice) item = get_item (G_LIST_MODEL (self), i);

      if (lodge_usb_device_get_spice (item) != device)
        continue;
      *position = i;
      return item;
    }
  return NULL;
}

static void
connect_wanted (LodgeUsbList   *self,
                LodgeUsbDevice *device)
{
  if (self->wanted != NULL && g_strv_contains ((const char * const *) self->wanted, lodge_usb_device_get_id (device))
      && lodge_usb_device_get_obstacle (device) == NULL)
    lodge_usb_device_set_connected (device, TRUE);
}

/* A channel that became free, or that is taken now, counts for all */
static void
update_all (LodgeUsbList *self)
{
  for (guint i = 0; i < get_n_items (G_LIST_MODEL (self)); i++)
    {
      g_autoptr(LodgeUsbDevice) item = get_item (G_LIST_MODEL (self), i);

      if (!lodge_usb_device_get_busy (item))
        lodge_usb_device_update (item);
    }
}

static void
device_failed_cb (LodgeUsbList   *self,
                  const char     *reason,
                  LodgeUsbDevice *device)
{
  g_signal_emit (self, signals[FAILED], 0, device, reason);
}

static void
add_device (LodgeUsbList   *self,
            SpiceUsbDevice *device)
{
  g_autoptr(LodgeUsbDevice) item = lodge_usb_device_new (self->manager, device);

  g_signal_connect_object (item, "failed", G_CALLBACK (device_failed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (item, "notify::connected", G_CALLBACK (update_all), self, G_CONNECT_SWAPPED);
  g_list_store_append (self->devices, item);
  connect_wanted (self, item);
}

static void
removed_cb (LodgeUsbList   *self,
            SpiceUsbDevice *device)
{
  guint position;

  if (find_device (self, device, &position) != NULL)
    g_list_store_remove (self->devices, position);
  update_all (self);
}

static void
error_cb (LodgeUsbList   *self,
          SpiceUsbDevice *device,
          GError         *error)
{
  guint position;
  LodgeUsbDevice *item = find_device (self, device, &position);

  if (item != NULL)
    lodge_usb_device_fail (item, error);
}

static void
items_changed_cb (LodgeUsbList *self,
                  guint         position,
                  guint         n_removed,
                  guint         n_added)
{
  g_list_model_items_changed (G_LIST_MODEL (self), position, n_removed, n_added);
}

static void
lodge_usb_list_dispose (GObject *object)
{
  LodgeUsbList *self = LODGE_USB_LIST (object);

  if (self->manager != NULL)
    g_signal_handlers_disconnect_by_data (self->manager, self);
  g_clear_object (&self->manager);
  g_clear_object (&self->devices);
  g_clear_pointer (&self->wanted, g_strfreev);
  g_clear_pointer (&self->obstacle, g_free);

  G_OBJECT_CLASS (lodge_usb_list_parent_class)->dispose (object);
}

static void
lodge_usb_list_get_property (GObject    *object,
                             guint       prop_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_OBSTACLE:
      g_value_set_string (value, LODGE_USB_LIST (object)->obstacle);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
lodge_usb_list_class_init (LodgeUsbListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = lodge_usb_list_dispose;
  object_class->get_property = lodge_usb_list_get_property;
  properties[PROP_OBSTACLE] = g_param_spec_string ("obstacle", NULL, NULL, NULL,
                                                   G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[FAILED] = g_signal_new ("failed", LODGE_TYPE_USB_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 2, LODGE_TYPE_USB_DEVICE, G_TYPE_STRING);
}

static void
lodge_usb_list_init (LodgeUsbList *self)
{
  self->devices = g_list_store_new (LODGE_TYPE_USB_DEVICE);
  g_signal_connect_object (self->devices, "items-changed", G_CALLBACK (items_changed_cb), self, G_CONNECT_SWAPPED);
}

/* The guest gets nothing by itself: what it is to have by the library's own rules is switched off */
LodgeUsbList *
lodge_usb_list_new_for_session (SpiceSession *session)
{
  LodgeUsbList *self = g_object_new (LODGE_TYPE_USB_LIST, NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) devices = NULL;
  SpiceUsbDeviceManager *manager = spice_usb_device_manager_get (session, &error);

  if (manager == NULL)
    {
      self->obstacle = g_strdup (error->message);
      return self;
    }
  self->manager = g_object_ref (manager);
  g_object_set (manager, "auto-connect", FALSE, NULL);
  g_signal_connect_swapped (manager, "device-added", G_CALLBACK (add_device), self);
  g_signal_connect_swapped (manager, "device-removed", G_CALLBACK (removed_cb), self);
  g_signal_connect_swapped (manager, "device-error", G_CALLBACK (error_cb), self);
  g_signal_connect_swapped (manager, "notify::free-channels", G_CALLBACK (update_all), self);
  devices = spice_usb_device_manager_get_devices (manager);
  for (guint i = 0; devices != NULL && i < devices->len; i++)
    add_device (self, g_ptr_array_index (devices, i));
  return self;
}

const char *
lodge_usb_list_get_obstacle (LodgeUsbList *self)
{
  g_return_val_if_fail (LODGE_IS_USB_LIST (self), NULL);

  return self->obstacle;
}

/**
 * lodge_usb_list_set_wanted:
 * @self: a list
 * @ids: (nullable): of devices, “1d6b:0002”
 */
void
lodge_usb_list_set_wanted (LodgeUsbList       *self,
                           const char * const *ids)
{
  g_return_if_fail (LODGE_IS_USB_LIST (self));

  g_strfreev (self->wanted);
  self->wanted = g_strdupv ((char **) ids);
  for (guint i = 0; i < get_n_items (G_LIST_MODEL (self)); i++)
    {
      g_autoptr(LodgeUsbDevice) item = get_item (G_LIST_MODEL (self), i);

      connect_wanted (self, item);
    }
}
