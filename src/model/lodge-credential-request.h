/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lodge-model-types.h"

G_BEGIN_DECLS

#define LODGE_TYPE_CREDENTIAL_REQUEST (lodge_credential_request_get_type ())
G_DECLARE_FINAL_TYPE (LodgeCredentialRequest, lodge_credential_request, LODGE, CREDENTIAL_REQUEST, GObject)

/* One question that a host, ssh or libvirt has for the person. It is answered, or cancelled, once; who asked may also
 * take it back. Main thread only, but for who waits.
 *
 * Signal "ended": answered, cancelled or taken back: close the dialog. */

/**
 * LodgeCredentialPurpose:
 * @LODGE_CREDENTIALS_LOGIN: fields to fill in
 * @LODGE_CREDENTIALS_HOST_KEY: the key of the host is not known: is its fingerprint the right one? No fields.
 * @LODGE_CREDENTIALS_CHANGED_HOST_KEY: the key of the host is not the known one. An answer replaces what is known. No
 *   fields.
 * @LODGE_CREDENTIALS_CONFIRM: yes or no. No fields.
 * @LODGE_CREDENTIALS_NOTICE: something is to be done outside, for example to touch a key. It is taken back when that is
 *   done; cancelling gives up. No fields.
 */
typedef enum
{
  LODGE_CREDENTIALS_LOGIN,
  LODGE_CREDENTIALS_HOST_KEY,
  LODGE_CREDENTIALS_CHANGED_HOST_KEY,
  LODGE_CREDENTIALS_CONFIRM,
  LODGE_CREDENTIALS_NOTICE,
} LodgeCredentialPurpose;

typedef enum
{
  LODGE_CREDENTIAL_USERNAME,
  LODGE_CREDENTIAL_PASSWORD,   /* not echoed */
  LODGE_CREDENTIAL_PASSPHRASE, /* of a key; not echoed */
  LODGE_CREDENTIAL_ANSWER,     /* to the prompt, which may ask for a password or a code; not echoed */
  LODGE_CREDENTIAL_QUESTION,   /* echoed */
} LodgeCredentialKind;

LodgeCredentialPurpose lodge_credential_request_get_purpose (LodgeCredentialRequest *self);
guint                lodge_credential_request_get_n_fields (LodgeCredentialRequest *self);
LodgeCredentialKind  lodge_credential_request_get_kind     (LodgeCredentialRequest *self,
                                                            guint                   field);
/* All texts are of the host: show them as plain text */
const char          *lodge_credential_request_get_prompt   (LodgeCredentialRequest *self,
                                                            guint                   field);
const char          *lodge_credential_request_get_default  (LodgeCredentialRequest *self,
                                                            guint                   field);
/* Whom it is about: "user@host", a host, the file of a key. NULL: the connection's host */
const char          *lodge_credential_request_get_subject  (LodgeCredentialRequest *self);
/* What else the asker said */
const char          *lodge_credential_request_get_details  (LodgeCredentialRequest *self);
/* Of a host key: "ED25519", "SHA256:…"; of a changed one, where the known key is noted */
const char          *lodge_credential_request_get_key_type (LodgeCredentialRequest *self);
const char          *lodge_credential_request_get_fingerprint (LodgeCredentialRequest *self);
const char          *lodge_credential_request_get_file     (LodgeCredentialRequest *self);
guint                lodge_credential_request_get_line     (LodgeCredentialRequest *self);
/* TRUE when an earlier answer was refused */
gboolean             lodge_credential_request_get_retry    (LodgeCredentialRequest *self);
/* Whether the keyring can keep the answer: offer it */
gboolean             lodge_credential_request_get_can_remember (LodgeCredentialRequest *self);
/* Before answering */
void                 lodge_credential_request_set_remember (LodgeCredentialRequest *self,
                                                            gboolean                remember);
void                 lodge_credential_request_answer       (LodgeCredentialRequest *self,
                                                            const char * const     *answers);
void                 lodge_credential_request_cancel       (LodgeCredentialRequest *self);
gboolean             lodge_credential_request_has_ended    (LodgeCredentialRequest *self);

G_END_DECLS
