/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "model/lodge-connection.h"

G_BEGIN_DECLS

#define LODGE_TYPE_KEY_DIALOG (lodge_key_dialog_get_type ())
G_DECLARE_FINAL_TYPE (LodgeKeyDialog, lodge_key_dialog, LODGE, KEY_DIALOG, AdwDialog)

/* Sets up a login by key on the host of an open connection over SSH, so that no password is asked any more. Signal
 * "done" (string: the private key): the host let it in. */
AdwDialog *lodge_key_dialog_new (LodgeConnection *connection);

G_END_DECLS
