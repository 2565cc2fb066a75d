/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "model/lodge-connection.h"
#include "model/lodge-credential-request.h"

G_BEGIN_DECLS

/* Asks what a host wants to know before it lets in. Closing it in any way but Connect cancels the request. */
AdwDialog *lodge_credential_dialog_present (GtkWidget              *parent,
                                            LodgeConnection        *connection,
                                            LodgeCredentialRequest *request);

G_END_DECLS
