/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define LODGE_TYPE_PREFERENCES_DIALOG (lodge_preferences_dialog_get_type ())
G_DECLARE_FINAL_TYPE (LodgePreferencesDialog, lodge_preferences_dialog, LODGE, PREFERENCES_DIALOG, AdwPreferencesDialog)

AdwDialog *lodge_preferences_dialog_new (GSettings *settings);

G_END_DECLS
