/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "model/lodge-machine-creation.h"
#include "model/lodge-storage.h"

G_BEGIN_DECLS

#define LODGE_TYPE_ADD_STORAGE (lodge_add_storage_get_type ())
G_DECLARE_FINAL_TYPE (LodgeAddStorage, lodge_add_storage, LODGE, ADD_STORAGE, GtkWidget)

/* Where the data of a new disk are: a new image in a pool, or an image that is there. Signal "changed". */
GtkWidget  *lodge_add_storage_new           (void);
/* @for_medium: only what is there, and nothing at all is fine too */
void        lodge_add_storage_set_up        (LodgeAddStorage      *self,
                                             LodgeConnection      *connection,
                                             const char           *machine_name,
                                             gboolean              for_medium);
/* NULL: all is there; else what to do, translated */
const char *lodge_add_storage_get_missing   (LodgeAddStorage      *self);
gboolean    lodge_add_storage_get_new_image (LodgeAddStorage      *self);

/* (transfer full) (nullable): the new image that is wanted, for a machine that is yet to be made: its creation makes
 * the image too */
LodgeNewVolume *lodge_add_storage_dup_new_volume (LodgeAddStorage    *self);

/* Makes the image when it is to be a new one. The result is its path; an empty text: no medium. */
void        lodge_add_storage_prepare_async  (LodgeAddStorage      *self,
                                              GCancellable         *cancellable,
                                              GAsyncReadyCallback   callback,
                                              gpointer              user_data);
char       *lodge_add_storage_prepare_finish (LodgeAddStorage      *self,
                                              GAsyncResult         *result,
                                              char                **format,
                                              GError              **error);

G_END_DECLS
