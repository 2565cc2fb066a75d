/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "model/lodge-connection.h"
#include "model/lodge-credential-request.h"

G_BEGIN_DECLS

#define LODGE_TYPE_CREDENTIAL_DIALOG (lodge_credential_dialog_get_type ())
G_DECLARE_FINAL_TYPE (LodgeCredentialDialog, lodge_credential_dialog, LODGE, CREDENTIAL_DIALOG, AdwAlertDialog)

/* Asks what a host, ssh or libvirt wants to know. Closing it in any way but its button cancels the request; it closes
 * by itself when the request is taken back. */
AdwDialog *lodge_credential_dialog_present (GtkWidget              *parent,
                                            LodgeConnection        *connection,
                                            LodgeCredentialRequest *request);

G_END_DECLS
