/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lodge-model-types.h"

G_BEGIN_DECLS

#define LODGE_TYPE_HOST_DEVICE (lodge_host_device_get_type ())
G_DECLARE_FINAL_TYPE (LodgeHostDevice, lodge_host_device, LODGE, HOST_DEVICE, GObject)

/* A device of a host that can be given to a machine. Immutable. Properties: title, caption. */

const char *lodge_host_device_get_title  (LodgeHostDevice *self);
/* Where it is, and what stands against giving it away */
const char *lodge_host_device_get_caption (LodgeHostDevice *self);
/* Names of the machines that have it in their definition; nullable */
const char *lodge_host_device_get_users  (LodgeHostDevice *self);
/* The <hostdev> element for a machine */
const char *lodge_host_device_get_xml    (LodgeHostDevice *self);

typedef enum
{
  LODGE_HOST_DEVICE_USB,
  LODGE_HOST_DEVICE_PCI,
  LODGE_HOST_DEVICE_MEDIATED,
  LODGE_HOST_DEVICE_N_KINDS,
} LodgeHostDeviceKind;

/* (transfer full): GListModel of LodgeHostDevice, sorted by title. Asks the host for every machine's definition too, to
 * find who has a device already. Cancelling turns the result into a cancelled error. */
void        lodge_connection_list_host_devices_async  (LodgeConnection      *connection,
                                                       LodgeHostDeviceKind   kind,
                                                       GCancellable         *cancellable,
                                                       GAsyncReadyCallback   callback,
                                                       gpointer              user_data);
GListModel *lodge_connection_list_host_devices_finish (LodgeConnection      *connection,
                                                       GAsyncResult         *result,
                                                       GError              **error);
/* Pure: the device of a node device's XML; NULL: it cannot be given to a machine */
LodgeHostDevice *lodge_host_device_new_from_xml       (const char           *xml);

G_END_DECLS
