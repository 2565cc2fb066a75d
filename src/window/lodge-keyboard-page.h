/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define LODGE_TYPE_KEYBOARD_PAGE (lodge_keyboard_page_get_type ())
G_DECLARE_FINAL_TYPE (LodgeKeyboardPage, lodge_keyboard_page, LODGE, KEYBOARD_PAGE, AdwPreferencesPage)

/* Of the preferences: how to get the keyboard back from a guest, which shortcuts no guest gets, and the combinations
 * that the Send Keys menu has besides Lodge's. Each change is written at once. */
void lodge_keyboard_page_set_settings (LodgeKeyboardPage *self,
                                       GSettings         *settings);

G_END_DECLS
