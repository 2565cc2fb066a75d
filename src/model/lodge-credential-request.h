/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lodge-model-types.h"

G_BEGIN_DECLS

#define LODGE_TYPE_CREDENTIAL_REQUEST (lodge_credential_request_get_type ())
G_DECLARE_FINAL_TYPE (LodgeCredentialRequest, lodge_credential_request, LODGE, CREDENTIAL_REQUEST, GObject)

/* One round of questions of virConnectOpenAuth. The opening thread waits for answer or cancel;
 * the last reference going away unanswered is a cancel. */
typedef enum
{
  LODGE_CREDENTIAL_USERNAME,
  LODGE_CREDENTIAL_PASSWORD,   /* not echoed */
  LODGE_CREDENTIAL_QUESTION,   /* echoed */
} LodgeCredentialKind;

guint                lodge_credential_request_get_n_fields (LodgeCredentialRequest *self);
LodgeCredentialKind  lodge_credential_request_get_kind     (LodgeCredentialRequest *self,
                                                            guint                   field);
/* Text of the host: show it as plain text */
const char          *lodge_credential_request_get_prompt   (LodgeCredentialRequest *self,
                                                            guint                   field);
const char          *lodge_credential_request_get_default  (LodgeCredentialRequest *self,
                                                            guint                   field);
/* TRUE when an earlier answer of this opening was refused */
gboolean             lodge_credential_request_get_retry    (LodgeCredentialRequest *self);
void                 lodge_credential_request_answer       (LodgeCredentialRequest *self,
                                                            const char * const     *answers);
void                 lodge_credential_request_cancel       (LodgeCredentialRequest *self);

G_END_DECLS
