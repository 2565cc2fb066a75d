/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lodge-model-types.h"

G_BEGIN_DECLS

#define LODGE_TYPE_REMOVABLE_DISK (lodge_removable_disk_get_type ())
G_DECLARE_FINAL_TYPE (LodgeRemovableDisk, lodge_removable_disk, LODGE, REMOVABLE_DISK, GObject)

/* A disk of a machine that is to be deleted */
const char *lodge_removable_disk_get_target     (LodgeRemovableDisk *self);  /* "vda" */
const char *lodge_removable_disk_get_path       (LodgeRemovableDisk *self);
const char *lodge_removable_disk_get_pool       (LodgeRemovableDisk *self);  /* nullable: in no known pool */
guint64     lodge_removable_disk_get_allocation (LodgeRemovableDisk *self);  /* bytes on disk, 0 unknown */
guint64     lodge_removable_disk_get_capacity   (LodgeRemovableDisk *self);
gboolean    lodge_removable_disk_can_erase      (LodgeRemovableDisk *self);
/* A sentence: “Used by “web-02” too”, “A disc image” … NULL when it can be erased without worry */
const char *lodge_removable_disk_get_obstacle   (LodgeRemovableDisk *self);

/* GListStore of LodgeRemovableDisk; looks at the other machines of the connection for sharing */
void        lodge_domain_list_removable_disks_async  (LodgeDomain *domain, GCancellable *cancellable,
                                                      GAsyncReadyCallback callback, gpointer user_data);
GListModel *lodge_domain_list_removable_disks_finish (LodgeDomain *domain, GAsyncResult *result, GError **error);

/* Keeps the XML in the history, forces the machine off if it runs, undefines it (NVRAM, TPM state, managed save,
 * snapshot and checkpoint metadata), then erases @erase (GListModel of LodgeRemovableDisk, nullable). */
void        lodge_domain_delete_async  (LodgeDomain *domain, GListModel *erase, LodgeJob *job,
                                        GAsyncReadyCallback callback, gpointer user_data);
gboolean    lodge_domain_delete_finish (LodgeDomain *domain, GAsyncResult *result, GError **error);

G_END_DECLS
