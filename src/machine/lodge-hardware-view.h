/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "model/lodge-domain.h"
#include "widgets/lodge-definition-editor.h"

G_BEGIN_DECLS

#define LODGE_TYPE_HARDWARE_VIEW (lodge_hardware_view_get_type ())
G_DECLARE_FINAL_TYPE (LodgeHardwareView, lodge_hardware_view, LODGE, HARDWARE_VIEW, AdwBreakpointBin)

/* The hardware of one machine: its list of devices, a page for each, and what is to become of the edits.
 *
 * Properties that notify: n-waiting (uint: changes that wait for the next start), has-edits (boolean).
 * Actions: the group “hardware” of the widget. */

GtkWidget  *lodge_hardware_view_new           (LodgeDomain       *domain);
/* Of a machine that no host has yet, a LodgeDefinitionEditor; NULL with @error when @xml cannot be read */
GtkWidget  *lodge_hardware_view_new_for_text  (const char        *xml,
                                               LodgeConnection   *connection,
                                               GError           **error);
gboolean    lodge_hardware_view_get_has_edits (LodgeHardwareView *self);
guint       lodge_hardware_view_get_n_waiting (LodgeHardwareView *self);
/* (transfer full): one of them in words: “Disk 1, Cache Mode: Default → None” */
char       *lodge_hardware_view_dup_waiting   (LodgeHardwareView *self,
                                               guint              position);
/* Shows a page: “overview”, “memory”, “disk|vda” …; FALSE when there is none of that name */
gboolean    lodge_hardware_view_show          (LodgeHardwareView *self,
                                               const char        *id);
void        lodge_hardware_view_add_hardware  (LodgeHardwareView *self);

G_END_DECLS
