/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lodge-machine-view.h"

G_BEGIN_DECLS

#define LODGE_TYPE_MACHINE_ROWS (lodge_machine_rows_get_type ())
G_DECLARE_FINAL_TYPE (LodgeMachineRows, lodge_machine_rows, LODGE, MACHINE_ROWS, LodgeMachineView)

/* The machines in rows of two lines, for narrow windows */
GtkWidget *lodge_machine_rows_new (void);

G_END_DECLS
