/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define LODGE_KEY_CAPTURE_MAX 4

#define LODGE_TYPE_KEY_CAPTURE_DIALOG (lodge_key_capture_dialog_get_type ())
G_DECLARE_FINAL_TYPE (LodgeKeyCaptureDialog, lodge_key_capture_dialog, LODGE, KEY_CAPTURE_DIALOG, AdwDialog)

/* Asks for keys by letting the person hold them down; takes them from the desktop meanwhile, where that allows it.
 * Signal: "chosen": read what was. */
AdwDialog  *lodge_key_capture_dialog_new             (const char            *title);
/* evdev codes in the order in which they went down */
gsize       lodge_key_capture_dialog_get_codes       (LodgeKeyCaptureDialog *self,
                                                      guint                  codes[LODGE_KEY_CAPTURE_MAX]);
/* As GTK writes it, NULL: modifiers alone */
const char *lodge_key_capture_dialog_get_accelerator (LodgeKeyCaptureDialog *self);

G_END_DECLS
