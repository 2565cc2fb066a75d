/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lodge-viewer-target.h"

G_BEGIN_DECLS

/* Shared by the files of LodgeViewerTarget: a .vv file read into @target, which stays to be checked */
gboolean lodge_viewer_file_read    (LodgeViewerTarget  *target,
                                    const char         *data,
                                    gsize               size,
                                    GError            **error);
gboolean lodge_viewer_target_check (LodgeViewerTarget  *self,
                                    GError            **error);

G_END_DECLS
