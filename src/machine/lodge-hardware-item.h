/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define LODGE_TYPE_HARDWARE_ITEM (lodge_hardware_item_get_type ())
G_DECLARE_FINAL_TYPE (LodgeHardwareItem, lodge_hardware_item, LODGE, HARDWARE_ITEM, GObject)

/* A row of the list of hardware: a page of the machine, a device, or a setting that a search has found.
 *
 * Properties, all notify: title, caption, icon-name, section (the heading it stands under), has-caption, edited
 * (not applied yet), waiting (applied, for the next start), accessible-label. */

LodgeHardwareItem *lodge_hardware_item_new       (const char        *id,
                                                  const char        *section);
/* What stays when a definition is read again: “overview”, “disk|vda” */
const char        *lodge_hardware_item_get_id    (LodgeHardwareItem *self);
const char        *lodge_hardware_item_get_title (LodgeHardwareItem *self);
const char        *lodge_hardware_item_get_caption (LodgeHardwareItem *self);
const char        *lodge_hardware_item_get_icon_name (LodgeHardwareItem *self);
/* The field that a search has found; nullable */
const char        *lodge_hardware_item_get_field (LodgeHardwareItem *self);
void               lodge_hardware_item_set_field (LodgeHardwareItem *self,
                                                  const char        *field);
void               lodge_hardware_item_set_texts (LodgeHardwareItem *self,
                                                  const char        *title,
                                                  const char        *caption,
                                                  const char        *icon_name);
/* Whether it can be chosen at all; TRUE unless it is set */
gboolean           lodge_hardware_item_get_possible (LodgeHardwareItem *self);
void               lodge_hardware_item_set_possible (LodgeHardwareItem *self,
                                                     gboolean           possible);
gboolean           lodge_hardware_item_get_edited (LodgeHardwareItem *self);
gboolean           lodge_hardware_item_get_waiting (LodgeHardwareItem *self);
void               lodge_hardware_item_set_marks (LodgeHardwareItem *self,
                                                  gboolean           edited,
                                                  gboolean           waiting);

G_END_DECLS
