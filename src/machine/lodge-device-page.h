/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "lodge-edits.h"
#include "lodge-list-editor.h"
#include "widgets/lodge-findings.h"

G_BEGIN_DECLS

#define LODGE_TYPE_DEVICE_PAGE (lodge_device_page_get_type ())
G_DECLARE_FINAL_TYPE (LodgeDevicePage, lodge_device_page, LODGE, DEVICE_PAGE, GtkWidget)

/* The settings of one page or device, made of its table. Edits go straight into the document of the edits. */

GtkWidget  *lodge_device_page_new              (void);
void        lodge_device_page_set_capabilities (LodgeDevicePage         *self,
                                                LodgeXmlDocument        *capabilities);
/* In a page that scrolls by itself and has its own margins */
void        lodge_device_page_set_embedded     (LodgeDevicePage         *self,
                                                gboolean                 embedded);
/* Shows @id, or its values again; what a person types is left alone */
void        lodge_device_page_show             (LodgeDevicePage         *self,
                                                LodgeEdits              *edits,
                                                const char              *id);
/* Whether there is a table for what is shown */
gboolean    lodge_device_page_has_settings     (LodgeDevicePage         *self);
/* Opens what hides the field and gives it the focus */
gboolean    lodge_device_page_reveal           (LodgeDevicePage         *self,
                                                const char              *field);
/* The row's widget of a field, nullable */
GtkWidget  *lodge_device_page_get_row          (LodgeDevicePage         *self,
                                                const char              *field);
/* The editor of a list of the page: “numa-cell”, “vlan-tag” …; nullable */
LodgeListEditor *lodge_device_page_get_list    (LodgeDevicePage         *self,
                                                const char              *schema);
/* Above the settings: what the check-up has to say */
LodgeFindings *lodge_device_page_get_findings (LodgeDevicePage         *self);
void        lodge_device_page_clear_errors     (LodgeDevicePage         *self);
gboolean    lodge_device_page_get_valid        (LodgeDevicePage         *self);

G_END_DECLS
