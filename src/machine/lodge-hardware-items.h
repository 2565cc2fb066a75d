/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "lodge-edits.h"
#include "lodge-hardware-item.h"
#include "xml/lodge-schema.h"

G_BEGIN_DECLS

/* The pages of a machine and its devices, as the list of the Hardware view shows them */

#define LODGE_HARDWARE_OVERVIEW "overview"
/* The row that shows and hides what a person seldom looks for */
#define LODGE_HARDWARE_SHOW_ALL "show-all"

/* Makes @general and @devices what @edits are now; items that are still there stay the same objects */
void          lodge_hardware_items_update (LodgeEdits       *edits,
                                           gboolean          show_all,
                                           GListStore       *general,
                                           GListStore       *devices);
gboolean      lodge_hardware_id_is_device (const char       *id);
/* The element that a page is about: the device, or the whole machine. LODGE_XML_NONE: it is gone. */
LodgeXmlNode  lodge_hardware_find_node    (LodgeXmlDocument *document,
                                           const char       *id);
/* The same in another definition of the machine */
LodgeXmlNode  lodge_hardware_find_counterpart (LodgeXmlDocument *document,
                                               const char       *id,
                                               LodgeXmlDocument *other);
/* (transfer full): the pages and settings that have @needle, which is casefolded, in their texts */
GListStore   *lodge_hardware_items_find   (LodgeEdits       *edits,
                                           const char       *needle);
/* Whether it is of a device, and not of a page of the machine */
gboolean      lodge_hardware_is_device_schema (const LodgeSchema *schema);
/* Whether a page is about elements of the machine of which there may be none: it has a list and no rows */
gboolean      lodge_hardware_is_list_schema   (const LodgeSchema *schema);
/* The table of a page or device; NULL: there is none, it can be changed as XML only */
const LodgeSchema *lodge_hardware_find_schema (LodgeXmlDocument *document,
                                               const char       *id);
/* (transfer full): “Disk 1”, whatever the list shows for it */
char         *lodge_hardware_dup_title    (LodgeXmlDocument *document,
                                           const char       *id);

G_END_DECLS
