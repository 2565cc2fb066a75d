/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "console/lodge-viewer-target.h"

G_BEGIN_DECLS

#define LODGE_TYPE_VIEWER_WINDOW (lodge_viewer_window_get_type ())
G_DECLARE_FINAL_TYPE (LodgeViewerWindow, lodge_viewer_window, LODGE, VIEWER_WINDOW, AdwApplicationWindow)

/* A console by itself, of any SPICE or VNC server: no connection, no machine, no libvirt. In kiosk mode it fills the
 * screen, has no bar and cannot be closed: it goes when the session that it has shown ends. */
LodgeViewerWindow *lodge_viewer_window_new      (GtkApplication     *application,
                                                 GSettings          *settings,
                                                 gboolean            kiosk);
/* Takes @target: connects to it */
void               lodge_viewer_window_open     (LodgeViewerWindow  *self,
                                                 LodgeViewerTarget  *target);
/* Why there is nothing to connect to */
void               lodge_viewer_window_refuse   (LodgeViewerWindow  *self,
                                                 const GError       *error);
gboolean           lodge_viewer_window_is_kiosk (LodgeViewerWindow  *self);

G_END_DECLS
