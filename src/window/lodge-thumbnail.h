/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "model/lodge-domain.h"

G_BEGIN_DECLS

/* Of a tile, px at scale 1 */
#define LODGE_THUMBNAIL_WIDTH  236
#define LODGE_THUMBNAIL_HEIGHT 148

/* The last picture that was taken of a machine's screen, in this run: it stays when the machine is off.
 * (transfer none) (nullable) */
GdkTexture *lodge_thumbnail_get          (LodgeDomain          *domain);
/* Monotonic µs of the last try, 0: never */
gint64      lodge_thumbnail_get_time     (LodgeDomain          *domain);
/* Takes a new one; decoded and scaled to a tile on a worker thread. Cancelling gives it up. */
void        lodge_thumbnail_take_async   (LodgeDomain          *domain,
                                          int                   scale,
                                          GCancellable         *cancellable,
                                          GAsyncReadyCallback   callback,
                                          gpointer              user_data);
gboolean    lodge_thumbnail_take_finish  (LodgeDomain          *domain,
                                          GAsyncResult         *result,
                                          GError              **error);

G_END_DECLS
