/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define LODGE_TYPE_SHORTCUTS_DIALOG (lodge_shortcuts_dialog_get_type ())
G_DECLARE_FINAL_TYPE (LodgeShortcutsDialog, lodge_shortcuts_dialog, LODGE, SHORTCUTS_DIALOG, AdwDialog)

/* GtkShortcutsWindow is deprecated at our floor and AdwShortcutsDialog is newer than it */
AdwDialog *lodge_shortcuts_dialog_new (void);

G_END_DECLS
