/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "model/lodge-domain.h"

G_BEGIN_DECLS

#define LODGE_TYPE_ACTIVITY_VIEW (lodge_activity_view_get_type ())
G_DECLARE_FINAL_TYPE (LodgeActivityView, lodge_activity_view, LODGE, ACTIVITY_VIEW, GtkWidget)

/* What a machine does: its processors, memory, disks and network over time, and what happened to it */
GtkWidget *lodge_activity_view_new (LodgeDomain *domain);

G_END_DECLS
