/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define LODGE_TYPE_USB_DEVICE (lodge_usb_device_get_type ())
G_DECLARE_FINAL_TYPE (LodgeUsbDevice, lodge_usb_device, LODGE, USB_DEVICE, GObject)

/* A device that is plugged into this computer. Properties, read-only: title, id (“1d6b:0002”), connected (the guest has
 * it), busy (it is on its way), obstacle (nullable: why the guest cannot have it, or what went wrong). */
const char *lodge_usb_device_get_title     (LodgeUsbDevice *self);
const char *lodge_usb_device_get_id        (LodgeUsbDevice *self);
gboolean    lodge_usb_device_get_connected (LodgeUsbDevice *self);
gboolean    lodge_usb_device_get_busy      (LodgeUsbDevice *self);
const char *lodge_usb_device_get_obstacle  (LodgeUsbDevice *self);
/* Gives it to the guest, or takes it back; ignored while busy */
void        lodge_usb_device_set_connected (LodgeUsbDevice *self,
                                            gboolean        connected);

#define LODGE_TYPE_USB_LIST (lodge_usb_list_get_type ())
G_DECLARE_FINAL_TYPE (LodgeUsbList, lodge_usb_list, LODGE, USB_LIST, GObject)

/* A GListModel of LodgeUsbDevice. Property: obstacle (nullable: why there is no list at all).
 * Signal "failed" (LodgeUsbDevice, const char *): a device did not go where it should. */
const char *lodge_usb_list_get_obstacle    (LodgeUsbList       *self);
/* Ids of devices that the guest gets as soon as they are plugged in, and those that are there now */
void        lodge_usb_list_set_wanted      (LodgeUsbList       *self,
                                            const char * const *ids);

G_END_DECLS
