/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lodge-screen.h"
#include "lodge-usb-list.h"

G_BEGIN_DECLS

/* What a guest takes of this computer besides keys and pointer. What a protocol does not know does nothing. */

/* Files, which the guest puts where it likes to, mostly on its desktop. @files ends with NULL. */
gboolean      lodge_screen_get_takes_files  (LodgeScreen            *self);
void          lodge_screen_copy_files_async (LodgeScreen            *self,
                                             GFile                 **files,
                                             GCancellable           *cancellable,
                                             GFileProgressCallback   progress,
                                             gpointer                progress_data,
                                             GAsyncReadyCallback     callback,
                                             gpointer                user_data);
gboolean      lodge_screen_copy_files_finish (LodgeScreen           *self,
                                             GAsyncResult           *result,
                                             GError                **error);

/* A folder of this computer; NULL: none. Also while connected. */
void          lodge_screen_set_shared_folder (LodgeScreen           *self,
                                             const char             *path,
                                             gboolean                read_only);
const char   *lodge_screen_get_shared_folder (LodgeScreen           *self,
                                             gboolean               *read_only);

/* The readers of this computer, from the next opening on; off at first */
void          lodge_screen_set_smartcard    (LodgeScreen            *self,
                                             gboolean                smartcard);
gboolean      lodge_screen_get_smartcard    (LodgeScreen            *self);

/* USB devices of this computer; NULL: the protocol knows none, or the screen is not connected */
LodgeUsbList *lodge_screen_get_usb          (LodgeScreen            *self);

G_END_DECLS
