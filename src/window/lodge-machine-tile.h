/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "widgets/lodge-domain-widget.h"

G_BEGIN_DECLS

#define LODGE_TYPE_MACHINE_TILE (lodge_machine_tile_get_type ())
G_DECLARE_FINAL_TYPE (LodgeMachineTile, lodge_machine_tile, LODGE, MACHINE_TILE, LodgeDomainWidget)

/* A machine in the grid: the last picture of its screen, state, name, and a caption */
GtkWidget *lodge_machine_tile_new            (void);
/* How wide the picture is, px; its height follows */
void       lodge_machine_tile_set_width      (LodgeMachineTile *self,
                                              int               width);
/* There is a new picture */
void       lodge_machine_tile_update_picture (LodgeMachineTile *self);

G_END_DECLS
