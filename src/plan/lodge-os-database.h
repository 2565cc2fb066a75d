/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lodge-guest-plan.h"

G_BEGIN_DECLS

#define LODGE_TYPE_OS (lodge_os_get_type ())
G_DECLARE_FINAL_TYPE (LodgeOs, lodge_os, LODGE, OS, GObject)

/* An operating system of libosinfo's database. Immutable. */
const char          *lodge_os_get_name     (LodgeOs *self);
const char          *lodge_os_get_short_id (LodgeOs *self);
const LodgeOsTraits *lodge_os_get_traits   (LodgeOs *self);
GDate               *lodge_os_dup_support_end (LodgeOs *self);
GDate               *lodge_os_dup_release  (LodgeOs *self);
gboolean             lodge_os_is_supported (LodgeOs *self, const GDate *today);

#define LODGE_TYPE_OS_DATABASE (lodge_os_database_get_type ())
G_DECLARE_FINAL_TYPE (LodgeOsDatabase, lodge_os_database, LODGE, OS_DATABASE, GObject)

/* Reads libosinfo's database on a thread of its own: about a second */
LodgeOsDatabase *lodge_os_database_new             (void);
/* GListModel of LodgeOs, the newest first */
void             lodge_os_database_load_async      (LodgeOsDatabase     *self,
                                                    GCancellable        *cancellable,
                                                    GAsyncReadyCallback  callback,
                                                    gpointer             user_data);
GListModel      *lodge_os_database_load_finish     (LodgeOsDatabase     *self,
                                                    GAsyncResult        *result,
                                                    GError             **error);
/* What is on an installation disc, a file of this computer. NULL without an error: unknown. Errors:
 * NOT_FOUND, PERMISSION, INVALID_VALUE (no bootable disc image) */
void             lodge_os_database_identify_async  (LodgeOsDatabase     *self,
                                                    const char          *path,
                                                    GCancellable        *cancellable,
                                                    GAsyncReadyCallback  callback,
                                                    gpointer             user_data);
LodgeOs         *lodge_os_database_identify_finish (LodgeOsDatabase     *self,
                                                    GAsyncResult        *result,
                                                    GError             **error);

G_END_DECLS
