/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lodge-machine-view.h"

G_BEGIN_DECLS

#define LODGE_TYPE_MACHINE_GRID (lodge_machine_grid_get_type ())
G_DECLARE_FINAL_TYPE (LodgeMachineGrid, lodge_machine_grid, LODGE, MACHINE_GRID, LodgeMachineView)

/* The machines as tiles with pictures of their screens, which are taken only of what runs and is seen, a few at a time */
/* Of the width that @settings say */
GtkWidget *lodge_machine_grid_new (GSettings *settings);

G_END_DECLS
