/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lodge-credential-request.h"

G_BEGIN_DECLS

LodgeCredentialRequest *lodge_credential_request_new        (gboolean                retry);
LodgeCredentialRequest *lodge_credential_request_new_for    (LodgeCredentialPurpose  purpose,
                                                             const char             *subject,
                                                             const char             *details);
void                    lodge_credential_request_set_retry  (LodgeCredentialRequest *self,
                                                             gboolean                retry);
void                    lodge_credential_request_set_key    (LodgeCredentialRequest *self,
                                                             const char             *key_type,
                                                             const char             *fingerprint,
                                                             const char             *file,
                                                             guint                   line);
void                    lodge_credential_request_set_can_remember (LodgeCredentialRequest *self,
                                                                   gboolean                can_remember);
void                    lodge_credential_request_add        (LodgeCredentialRequest *self,
                                                             LodgeCredentialKind     kind,
                                                             const char             *prompt,
                                                             const char             *default_value);
/* On another thread than the main one: until it has ended. FALSE: cancelled */
gboolean                lodge_credential_request_wait       (LodgeCredentialRequest *self);
gboolean                lodge_credential_request_was_answered (LodgeCredentialRequest *self);
const char             *lodge_credential_request_get_answer (LodgeCredentialRequest *self,
                                                             guint                   field);
gboolean                lodge_credential_request_get_remember (LodgeCredentialRequest *self);

G_END_DECLS
