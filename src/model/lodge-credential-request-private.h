/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lodge-credential-request.h"

G_BEGIN_DECLS

LodgeCredentialRequest *lodge_credential_request_new        (gboolean                retry);
void                    lodge_credential_request_add        (LodgeCredentialRequest *self,
                                                             LodgeCredentialKind     kind,
                                                             const char             *prompt,
                                                             const char             *default_value);
gboolean                lodge_credential_request_wait       (LodgeCredentialRequest *self);
const char             *lodge_credential_request_get_answer (LodgeCredentialRequest *self,
                                                             guint                   field);

G_END_DECLS
