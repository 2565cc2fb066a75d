/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "machine/lodge-console-view.h"

G_BEGIN_DECLS

#define LODGE_TYPE_SHARING_DIALOG (lodge_sharing_dialog_get_type ())
G_DECLARE_FINAL_TYPE (LodgeSharingDialog, lodge_sharing_dialog, LODGE, SHARING_DIALOG, AdwDialog)

/* What the guest of a console takes of this computer, remembered for its machine. What does not work says why, and
 * offers what would mend it. */
AdwDialog *lodge_sharing_dialog_new (LodgeConsoleView *console);

G_END_DECLS
