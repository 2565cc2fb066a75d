/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gdk/gdk.h>

G_BEGIN_DECLS

/* Saves @texture as a PNG, named after @name and the time, in the person's folder for pictures (its folder Lodge). On a
 * thread: coding a large picture takes a moment. Never overwrites. */
void   lodge_screenshot_file_save_async  (GdkTexture           *texture,
                                     const char           *name,
                                     GAsyncReadyCallback   callback,
                                     gpointer              user_data);
/* (transfer full) (nullable): the file */
GFile *lodge_screenshot_file_save_finish (GAsyncResult         *result,
                                     GError              **error);

G_END_DECLS
