/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-usb"

#include "config.h"

#include "lodge-usb-list-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "util/lodge-format.h"

#define MAX_TITLE 80

struct _LodgeUsbDevice
{
  GObject                parent_instance;

  SpiceUsbDeviceManager *manager;    /* owned */
  SpiceUsbDevice        *device;     /* owned, boxed */
  char                  *title;
  char                  *id;
  char                  *obstacle;   /* nullable */
  gboolean               connected;
  gboolean               busy;
};

enum
{
  PROP_0,
  PROP_TITLE,
  PROP_ID,
  PROP_CONNECTED,
  PROP_BUSY,
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

G_DEFINE_FINAL_TYPE (LodgeUsbDevice, lodge_usb_device, G_TYPE_OBJECT)

static void
set_flag (LodgeUsbDevice *self,
          gboolean       *flag,
          gboolean        value,
          guint           property)
{
  if (*flag == value)
    return;
  *flag = value;
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static void
set_obstacle (LodgeUsbDevice *self,
              const char     *obstacle)
{
  g_autofree char *text = obstacle != NULL ? lodge_display_text (obstacle, 200) : NULL;

  if (g_set_str (&self->obstacle, text))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_OBSTACLE]);
}

void
lodge_usb_device_update (LodgeUsbDevice *self)
{
  g_autoptr(GError) error = NULL;
  const gboolean connected = spice_usb_device_manager_is_device_connected (self->manager, self->device);

  set_flag (self, &self->connected, connected, PROP_CONNECTED);
  if (connected || spice_usb_device_manager_can_redirect_device (self->manager, self->device, &error))
    set_obstacle (self, NULL);
  else
    set_obstacle (self, error != NULL ? error->message : _("The guest cannot have this device"));
}

void
lodge_usb_device_fail (LodgeUsbDevice *self,
                       const GError   *error)
{
  set_flag (self, &self->busy, FALSE, PROP_BUSY);
  lodge_usb_device_update (self);
  if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      set_obstacle (self, error->message);
      g_signal_emit (self, signals[FAILED], 0, self->obstacle);
    }
}

static void
connected_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(LodgeUsbDevice) self = user_data;
  g_autoptr(GError) error = NULL;

  spice_usb_device_manager_connect_device_finish (SPICE_USB_DEVICE_MANAGER (object), result, &error);
  lodge_usb_device_fail (self, error);
}

static void
disconnected_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(LodgeUsbDevice) self = user_data;
  g_autoptr(GError) error = NULL;

  spice_usb_device_manager_disconnect_device_finish (SPICE_USB_DEVICE_MANAGER (object), result, &error);
  lodge_usb_device_fail (self, error);
}

static void
lodge_usb_device_finalize (GObject *object)
{
  LodgeUsbDevice *self = LODGE_USB_DEVICE (object);

  g_boxed_free (spice_usb_device_get_type (), self->device);
  g_clear_object (&self->manager);
  g_free (self->title);
  g_free (self->id);
  g_free (self->obstacle);

  G_OBJECT_CLASS (lodge_usb_device_parent_class)->finalize (object);
}

static void
lodge_usb_device_get_property (GObject    *object,
                               guint       prop_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  LodgeUsbDevice *self = LODGE_USB_DEVICE (object);

  switch (prop_id)
    {
    case PROP_TITLE:
      g_value_set_string (value, self->title);
      break;
    case PROP_ID:
      g_value_set_string (value, self->id);
      break;
    case PROP_CONNECTED:
      g_value_set_boolean (value, self->connected);
      break;
    case PROP_BUSY:
      g_value_set_boolean (value, self->busy);
      break;
    case PROP_OBSTACLE:
      g_value_set_string (value, self->obstacle);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
lodge_usb_device_class_init (LodgeUsbDeviceClass *klass)
{
  const GParamFlags ro = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = lodge_usb_device_finalize;
  object_class->get_property = lodge_usb_device_get_property;
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, ro);
  properties[PROP_ID] = g_param_spec_string ("id", NULL, NULL, NULL, ro);
  properties[PROP_CONNECTED] = g_param_spec_boolean ("connected", NULL, NULL, FALSE, ro);
  properties[PROP_BUSY] = g_param_spec_boolean ("busy", NULL, NULL, FALSE, ro);
  properties[PROP_OBSTACLE] = g_param_spec_string ("obstacle", NULL, NULL, NULL, ro);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[FAILED] = g_signal_new ("failed", LODGE_TYPE_USB_DEVICE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
lodge_usb_device_init (LodgeUsbDevice *self)
{
}

LodgeUsbDevice *
lodge_usb_device_new (SpiceUsbDeviceManager *manager,
                      SpiceUsbDevice        *device)
{
  LodgeUsbDevice *self = g_object_new (LODGE_TYPE_USB_DEVICE, NULL);
  /* Vendor and product in words, their numbers in brackets, where it is; a device may call itself anything */
  g_autofree char *words = spice_usb_device_get_description (device, "%s %s\n%s\n%d-%d");
  char *place = strrchr (words, '\n');
  char *numbers;

  *place = '\0';
  numbers = strrchr (words, '\n');
  *numbers++ = '\0';
  self->manager = g_object_ref (manager);
  self->device = g_boxed_copy (spice_usb_device_get_type (), device);
  self->title = lodge_display_text (g_strstrip (words), MAX_TITLE);
  self->id = g_strdup (g_strstrip (g_strdelimit (numbers, "[]", ' ')));
  lodge_usb_device_update (self);
  return self;
}

SpiceUsbDevice *
lodge_usb_device_get_spice (LodgeUsbDevice *self)
{
  return self->device;
}

const char *
lodge_usb_device_get_title (LodgeUsbDevice *self)
{
  g_return_val_if_fail (LODGE_IS_USB_DEVICE (self), NULL);

  return self->title;
}

const char *
lodge_usb_device_get_id (LodgeUsbDevice *self)
{
  g_return_val_if_fail (LODGE_IS_USB_DEVICE (self), NULL);

  return self->id;
}

gboolean
lodge_usb_device_get_connected (LodgeUsbDevice *self)
{
  g_return_val_if_fail (LODGE_IS_USB_DEVICE (self), FALSE);

  return self->connected;
}

gboolean
lodge_usb_device_get_busy (LodgeUsbDevice *self)
{
  g_return_val_if_fail (LODGE_IS_USB_DEVICE (self), FALSE);

  return self->busy;
}

const char *
lodge_usb_device_get_obstacle (LodgeUsbDevice *self)
{
  g_return_val_if_fail (LODGE_IS_USB_DEVICE (self), NULL);

  return self->obstacle;
}

void
lodge_usb_device_set_connected (LodgeUsbDevice *self,
                                gboolean        connected)
{
  g_return_if_fail (LODGE_IS_USB_DEVICE (self));

  if (self->busy || self->connected == connected)
    return;
  set_flag (self, &self->busy, TRUE, PROP_BUSY);
  if (connected)
    spice_usb_device_manager_connect_device_async (self->manager, self->device, NULL, connected_cb,
                                                   g_object_ref (self));
  else
    spice_usb_device_manager_disconnect_device_async (self->manager, self->device, NULL, disconnected_cb,
                                                      g_object_ref (self));
}
