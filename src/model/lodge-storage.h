/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lodge-model-types.h"

G_BEGIN_DECLS

#define LODGE_TYPE_STORAGE_POOL (lodge_storage_pool_get_type ())
G_DECLARE_FINAL_TYPE (LodgeStoragePool, lodge_storage_pool, LODGE, STORAGE_POOL, GObject)
#define LODGE_TYPE_STORAGE_VOLUME (lodge_storage_volume_get_type ())
G_DECLARE_FINAL_TYPE (LodgeStorageVolume, lodge_storage_volume, LODGE, STORAGE_VOLUME, GObject)
#define LODGE_TYPE_NETWORK (lodge_network_get_type ())
G_DECLARE_FINAL_TYPE (LodgeNetwork, lodge_network, LODGE, NETWORK, GObject)

/* Pool: name, uuid, active, pool-type ("dir", "logical" …), path (nullable), capacity, available (bytes) */
const char *lodge_storage_pool_get_name       (LodgeStoragePool *self);
const char *lodge_storage_pool_get_pool_type  (LodgeStoragePool *self);
const char *lodge_storage_pool_get_path       (LodgeStoragePool *self);
gboolean    lodge_storage_pool_get_active     (LodgeStoragePool *self);
guint64     lodge_storage_pool_get_capacity   (LodgeStoragePool *self);
guint64     lodge_storage_pool_get_available  (LodgeStoragePool *self);
gboolean    lodge_storage_pool_can_create     (LodgeStoragePool *self);  /* its type can hold new volumes */
void        lodge_storage_pool_list_volumes_async  (LodgeStoragePool *self, GCancellable *cancellable,
                                                    GAsyncReadyCallback callback, gpointer user_data);
GListModel *lodge_storage_pool_list_volumes_finish (LodgeStoragePool *self, GAsyncResult *result, GError **error);

const char *lodge_storage_volume_get_name       (LodgeStorageVolume *self);
const char *lodge_storage_volume_get_path       (LodgeStorageVolume *self);
const char *lodge_storage_volume_get_pool_name  (LodgeStorageVolume *self);
const char *lodge_storage_volume_get_format     (LodgeStorageVolume *self);  /* "qcow2", "raw", "iso" … nullable */
guint64     lodge_storage_volume_get_capacity   (LodgeStorageVolume *self);
guint64     lodge_storage_volume_get_allocation (LodgeStorageVolume *self);
/* The first @length bytes (virStorageVolDownload), to identify an ISO on a host */
void        lodge_storage_volume_read_async     (LodgeStorageVolume *self, guint64 offset, gsize length, GCancellable *cancellable,
                                                 GAsyncReadyCallback callback, gpointer user_data);
GBytes     *lodge_storage_volume_read_finish    (LodgeStorageVolume *self, GAsyncResult *result, GError **error);

/* Network: name, active, forward ("nat", "route", "open", "bridge", NULL: isolated) */
const char *lodge_network_get_name    (LodgeNetwork *self);
const char *lodge_network_get_forward (LodgeNetwork *self);
const char *lodge_network_get_bridge  (LodgeNetwork *self);
gboolean    lodge_network_get_active  (LodgeNetwork *self);

G_END_DECLS
