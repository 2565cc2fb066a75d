/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "widgets/lodge-domain-widget.h"

G_BEGIN_DECLS

#define LODGE_TYPE_MACHINE_ROW (lodge_machine_row_get_type ())
G_DECLARE_FINAL_TYPE (LodgeMachineRow, lodge_machine_row, LODGE, MACHINE_ROW, LodgeDomainWidget)

/* A machine in two lines, for narrow windows */
GtkWidget *lodge_machine_row_new (void);

G_END_DECLS
