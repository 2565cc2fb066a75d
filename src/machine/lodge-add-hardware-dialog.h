/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "lodge-edits.h"

G_BEGIN_DECLS

#define LODGE_TYPE_ADD_HARDWARE_DIALOG (lodge_add_hardware_dialog_get_type ())
G_DECLARE_FINAL_TYPE (LodgeAddHardwareDialog, lodge_add_hardware_dialog, LODGE, ADD_HARDWARE_DIALOG, AdwDialog)

/* Chooses a kind of device and its settings. Signal "added" (const char *xml, LodgeNewVolume *volume): the element.
 * Its storage is there, but for a machine that no host has yet: then @volume is the image that it names (nullable). */
AdwDialog *lodge_add_hardware_dialog_new  (LodgeEdits             *edits,
                                           LodgeConnection        *connection,
                                           LodgeXmlDocument       *capabilities);
/* Turns to a kind of lodge_add_kinds_get(); FALSE: it cannot be added */
gboolean   lodge_add_hardware_dialog_show (LodgeAddHardwareDialog *self,
                                           const char             *kind);

G_END_DECLS
