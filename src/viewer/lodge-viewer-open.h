/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "console/lodge-viewer-target.h"

G_BEGIN_DECLS

/* What was said on the command line, read into the server to show. Exactly one of @uri, @file and @stream. A file that
 * wants to be deleted is, as soon as it was read. */
void               lodge_viewer_open_async  (const char           *uri,
                                             GFile                *file,
                                             GInputStream         *stream,
                                             GCancellable         *cancellable,
                                             GAsyncReadyCallback   callback,
                                             gpointer              user_data);
LodgeViewerTarget *lodge_viewer_open_finish (GAsyncResult         *result,
                                             GError              **error);

G_END_DECLS
