/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "model/lodge-domain.h"

G_BEGIN_DECLS

#define LODGE_TYPE_SNAPSHOTS_VIEW (lodge_snapshots_view_get_type ())
G_DECLARE_FINAL_TYPE (LodgeSnapshotsView, lodge_snapshots_view, LODGE, SNAPSHOTS_VIEW, GtkWidget)

/* The snapshots of a machine as a tree, with where it is now, and what is known of the chosen one */
GtkWidget *lodge_snapshots_view_new     (LodgeDomain        *domain);
/* Asks for a name and takes one */
void       lodge_snapshots_view_take    (LodgeSnapshotsView *self);
/* Reads them again: when the view is shown, and when a person asks */
void       lodge_snapshots_view_refresh (LodgeSnapshotsView *self);

G_END_DECLS
