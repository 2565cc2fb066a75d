/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define LODGE_TYPE_HISTORY_DIALOG (lodge_history_dialog_get_type ())
G_DECLARE_FINAL_TYPE (LodgeHistoryDialog, lodge_history_dialog, LODGE, HISTORY_DIALOG, AdwDialog)

/* The definitions that Lodge has replaced, newest first, to compare with the one of now and to go back to.
 * Signal "restore" (const char *xml): the person wants this one again; passwords are not in it. */
AdwDialog *lodge_history_dialog_new (const char *uuid,
                                     const char *current);

G_END_DECLS
