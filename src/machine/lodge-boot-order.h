/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "lodge-edits.h"

G_BEGIN_DECLS

#define LODGE_TYPE_BOOT_ORDER (lodge_boot_order_get_type ())
G_DECLARE_FINAL_TYPE (LodgeBootOrder, lodge_boot_order, LODGE, BOOT_ORDER, AdwPreferencesGroup)

/* The devices that a machine can start from, in the order in which it tries them: dragged, or moved with Alt+Up and
 * Alt+Down; those with a tick are tried. Writes <boot order=…> of each device, in place of the older <os><boot dev=…>. */

GtkWidget  *lodge_boot_order_new       (void);
void        lodge_boot_order_show      (LodgeBootOrder *self,
                                        LodgeEdits     *edits);
guint       lodge_boot_order_get_n     (LodgeBootOrder *self);
/* “disk|vda” */
const char *lodge_boot_order_get_id    (LodgeBootOrder *self,
                                        guint           position);
gboolean    lodge_boot_order_get_tried (LodgeBootOrder *self,
                                        guint           position);
void        lodge_boot_order_set_tried (LodgeBootOrder *self,
                                        guint           position,
                                        gboolean        tried);
void        lodge_boot_order_move      (LodgeBootOrder *self,
                                        guint           from,
                                        guint           to);

G_END_DECLS
