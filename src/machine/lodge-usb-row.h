/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "console/lodge-usb-list.h"

G_BEGIN_DECLS

#define LODGE_TYPE_USB_ROW (lodge_usb_row_get_type ())
G_DECLARE_FINAL_TYPE (LodgeUsbRow, lodge_usb_row, LODGE, USB_ROW, AdwActionRow)

/* A USB device of this computer, which a machine can have now, or always. @settings: of the machine */
GtkWidget *lodge_usb_row_new (LodgeUsbDevice *device,
                              GSettings      *settings);

G_END_DECLS
