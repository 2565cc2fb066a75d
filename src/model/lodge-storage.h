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

/* The lists of lodge_connection_get_networks() and lodge_connection_get_storage_pools() fill a moment after the
 * first call. These wait for that first reading: the model of the same list, or why it could not be read.
 * Cancelling gives up waiting; the reading goes on. */
void        lodge_connection_load_networks_async       (LodgeConnection *connection, GCancellable *cancellable,
                                                        GAsyncReadyCallback callback, gpointer user_data);
GListModel *lodge_connection_load_networks_finish      (LodgeConnection *connection, GAsyncResult *result,
                                                        GError **error);
void        lodge_connection_load_storage_pools_async  (LodgeConnection *connection, GCancellable *cancellable,
                                                        GAsyncReadyCallback callback, gpointer user_data);
GListModel *lodge_connection_load_storage_pools_finish (LodgeConnection *connection, GAsyncResult *result,
                                                        GError **error);

/* Pool. Properties: name, uuid, active, pool-type ("dir", "logical" …), path (nullable), capacity, available (bytes);
 * all but name and uuid notify. */
const char *lodge_storage_pool_get_name       (LodgeStoragePool *self);
const char *lodge_storage_pool_get_uuid       (LodgeStoragePool *self);
const char *lodge_storage_pool_get_pool_type  (LodgeStoragePool *self);
const char *lodge_storage_pool_get_path       (LodgeStoragePool *self);
gboolean    lodge_storage_pool_get_active     (LodgeStoragePool *self);
guint64     lodge_storage_pool_get_capacity   (LodgeStoragePool *self);
guint64     lodge_storage_pool_get_available  (LodgeStoragePool *self);
gboolean    lodge_storage_pool_can_create     (LodgeStoragePool *self);  /* its type can hold new volumes */
/* Volumes have formats ("qcow2"): directories and network file systems do, logical volumes do not */
gboolean    lodge_storage_pool_has_formats    (LodgeStoragePool *self);
/* The pool's volumes, sorted by name; the same model each time, read again when the host said that it changed */
void        lodge_storage_pool_list_volumes_async  (LodgeStoragePool *self, GCancellable *cancellable,
                                                    GAsyncReadyCallback callback, gpointer user_data);
GListModel *lodge_storage_pool_list_volumes_finish (LodgeStoragePool *self, GAsyncResult *result, GError **error);
/* Looks at the medium again (virStoragePoolRefresh) */
void        lodge_storage_pool_refresh_async       (LodgeStoragePool *self, GCancellable *cancellable,
                                                    GAsyncReadyCallback callback, gpointer user_data);
gboolean    lodge_storage_pool_refresh_finish      (LodgeStoragePool *self, GAsyncResult *result, GError **error);

/* The pool for new disks: called “default”, or lying on the hypervisor's usual folder for images. Starts it when it
 * is not active; makes it (and its folder), starts it and lets it start by itself when there is none. */
void              lodge_connection_ensure_default_pool_async  (LodgeConnection *connection, GCancellable *cancellable,
                                                               GAsyncReadyCallback callback, gpointer user_data);
LodgeStoragePool *lodge_connection_ensure_default_pool_finish (LodgeConnection *connection, GAsyncResult *result,
                                                               GError **error);

/* The volumes of every active pool: GListModel of LodgeStorageVolume. Cancelling ends the reading. */
void        lodge_connection_list_volumes_async  (LodgeConnection *connection, GCancellable *cancellable,
                                                  GAsyncReadyCallback callback, gpointer user_data);
GListModel *lodge_connection_list_volumes_finish (LodgeConnection *connection, GAsyncResult *result, GError **error);
const char *lodge_storage_volume_get_name       (LodgeStorageVolume *self);
const char *lodge_storage_volume_get_path       (LodgeStorageVolume *self);
const char *lodge_storage_volume_get_pool_name  (LodgeStorageVolume *self);
const char *lodge_storage_volume_get_format     (LodgeStorageVolume *self);  /* "qcow2", "raw", "iso" … nullable */
const char *lodge_storage_volume_get_backing_path (LodgeStorageVolume *self);  /* nullable: an image of its own */
guint64     lodge_storage_volume_get_capacity   (LodgeStorageVolume *self);
guint64     lodge_storage_volume_get_allocation (LodgeStorageVolume *self);

/**
 * LodgePathInfo:
 * @path: what was asked about
 * @pool: (nullable): name of the pool that holds it
 * @volume: (nullable): its name in that pool
 * @format: (nullable): "qcow2", "raw", "iso" … when the host knows it
 * @capacity: bytes, 0 when unknown
 * @known: %TRUE when it was found: in a pool, or as a file of this computer on a local connection.
 *   On a remote host a file outside its pools cannot be looked at: not known, and still possible
 * @is_local: a file of this computer, readable by this program
 * @users: (nullable): the machines of this host that have it already, “web-01”, “web-02”
 * @obstacle: (nullable): a sentence that says why the machine will not be able to read it
 *
 * What a path given by the person means on a host.
 */
typedef struct
{
  char     *path;
  char     *pool;
  char     *volume;
  char     *format;
  guint64   capacity;
  gboolean  known;
  gboolean  is_local;
  char     *users;
  char     *obstacle;
} LodgePathInfo;

const char    *lodge_path_guess_format              (const guint8 *data, gsize length);
void           lodge_path_info_free                 (LodgePathInfo *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LodgePathInfo, lodge_path_info_free)
/* LODGE_ERROR_NOT_FOUND: a local connection, and there is no such file on this computer */
void           lodge_connection_lookup_path_async   (LodgeConnection *connection, const char *path,
                                                     GCancellable *cancellable,
                                                     GAsyncReadyCallback callback, gpointer user_data);
LodgePathInfo *lodge_connection_lookup_path_finish  (LodgeConnection *connection, GAsyncResult *result, GError **error);

/* Network. Properties: name, uuid, active, forward ("nat", "route", "open", "bridge" …, NULL: isolated), bridge
 * (nullable); all but name and uuid notify. */
const char *lodge_network_get_name    (LodgeNetwork *self);
const char *lodge_network_get_uuid    (LodgeNetwork *self);
const char *lodge_network_get_forward (LodgeNetwork *self);
const char *lodge_network_get_bridge  (LodgeNetwork *self);
gboolean    lodge_network_get_active  (LodgeNetwork *self);

G_END_DECLS
