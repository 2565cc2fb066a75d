/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "model/lodge-domain.h"

G_BEGIN_DECLS

#define LODGE_TYPE_MACHINE_ROW (lodge_machine_row_get_type ())
G_DECLARE_FINAL_TYPE (LodgeMachineRow, lodge_machine_row, LODGE, MACHINE_ROW, GtkWidget)

/* A machine in two lines, for narrow windows */
GtkWidget   *lodge_machine_row_new        (void);
void         lodge_machine_row_set_domain (LodgeMachineRow *self,
                                           LodgeDomain     *domain);
LodgeDomain *lodge_machine_row_get_domain (LodgeMachineRow *self);
void         lodge_machine_row_tick       (LodgeMachineRow *self);

G_END_DECLS
