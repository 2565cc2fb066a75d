/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lodge-credential-request.h"
#include "util/lodge-secrets.h"

G_BEGIN_DECLS

/* A question of ssh, understood */
typedef struct
{
  LodgeCredentialRequest *request;   /* owned */
  LodgeSecretKey         *key;       /* owned, nullable: the keyring may hold the answer; the port is not known here */
  gboolean                is_host_key;
} LodgeSshPrompt;

/* Pure: @hint is the variable SSH_ASKPASS_PROMPT, @text what is asked */
LodgeSshPrompt *lodge_ssh_prompt_parse (const char      *hint,
                                        const char      *text);
void            lodge_ssh_prompt_free  (LodgeSshPrompt  *self);

/* The question of libvirt's own SSH (libssh) about the key of a host, in whatever language: (transfer full) (nullable),
 * and the word that is its yes. NULL: something else is asked. */
LodgeCredentialRequest *lodge_ssh_prompt_new_for_libssh (const char  *prompt,
                                                         char       **yes);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LodgeSshPrompt, lodge_ssh_prompt_free)

G_END_DECLS
