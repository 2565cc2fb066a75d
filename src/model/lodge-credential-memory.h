/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lodge-credential-request.h"

G_BEGIN_DECLS

/* What libvirt itself asks for (SASL, libssh, ESXi): answered from the keyring the first time, asked of the person
 * else, and kept when they want it and the connection opens. Main thread. */
typedef struct _LodgeCredentialMemory LodgeCredentialMemory;

typedef void (*LodgeCredentialShowFunc) (LodgeCredentialRequest *request,
                                         gpointer                user_data);

LodgeCredentialMemory *lodge_credential_memory_new    (const char              *uri);
/* What is being looked up is shown no more */
void                   lodge_credential_memory_free   (LodgeCredentialMemory   *self);
/* Answers @request, or hands it to @show */
void                   lodge_credential_memory_ask    (LodgeCredentialMemory   *self,
                                                       LodgeCredentialRequest  *request,
                                                       LodgeCredentialShowFunc  show,
                                                       gpointer                 user_data);
/* The connection is open */
void                   lodge_credential_memory_commit (LodgeCredentialMemory   *self);

G_END_DECLS
