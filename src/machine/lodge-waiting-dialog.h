/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "lodge-edits.h"

G_BEGIN_DECLS

#define LODGE_TYPE_WAITING_DIALOG (lodge_waiting_dialog_get_type ())
G_DECLARE_FINAL_TYPE (LodgeWaitingDialog, lodge_waiting_dialog, LODGE, WAITING_DIALOG, AdwDialog)

/* What differs between the running machine and its next start, with the way back.
 * Signals: "take-back" (uint, position in the list; G_MAXUINT: all), "compare", "restart". */
AdwDialog *lodge_waiting_dialog_new (void);
/* @list: of LodgeEdit, from the running machine to its definition; the dialog closes itself when it is empty */
void       lodge_waiting_dialog_set_list (LodgeWaitingDialog *self,
                                          GPtrArray          *list,
                                          gboolean            can_edit);

G_END_DECLS
