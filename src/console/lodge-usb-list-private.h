/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <spice-client.h>

#include "lodge-usb-list.h"

G_BEGIN_DECLS

LodgeUsbList   *lodge_usb_list_new_for_session (SpiceSession          *session);

/* lodge-usb-device.c */
LodgeUsbDevice *lodge_usb_device_new           (SpiceUsbDeviceManager *manager,
                                                SpiceUsbDevice        *device);
SpiceUsbDevice *lodge_usb_device_get_spice     (LodgeUsbDevice        *self);
/* Asks the manager how things are */
void            lodge_usb_device_update        (LodgeUsbDevice        *self);
void            lodge_usb_device_fail          (LodgeUsbDevice        *self,
                                                const GError          *error);

G_END_DECLS
