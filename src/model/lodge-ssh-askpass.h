/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lodge-credential-request.h"
#include "lodge-ssh-target.h"

G_BEGIN_DECLS

/* The end of the questions that ssh has: what lodge-askpass connects to. One for each ssh process group, so a question
 * is known to be of that one, jump hosts included. Main thread. */

typedef struct _LodgeSshAskpass LodgeSshAskpass;

typedef struct
{
  /* To be shown; the keyring has no answer. When ssh goes away meanwhile the request is cancelled. */
  void (*prompt)    (LodgeCredentialRequest *request,    /* (transfer none) */
                     gpointer                user_data);
  /* No question is open any more */
  void (*answered)  (gpointer                user_data);
  /* The person cancelled: ssh would ask again, so end it. This may free the LodgeSshAskpass. */
  void (*cancelled) (gpointer                user_data);
} LodgeSshAskpassFuncs;

/* Takes @fd. @path is removed at the end. */
LodgeSshAskpass *lodge_ssh_askpass_new        (int                         fd,
                                               const char                 *path,
                                               const char                 *token,
                                               const LodgeSshAskpassFuncs *funcs,
                                               gpointer                    user_data);
void             lodge_ssh_askpass_free       (LodgeSshAskpass            *self);
/* What ssh_config says, or NULL when that is not to be had. Until then questions wait. */
void             lodge_ssh_askpass_set_config (LodgeSshAskpass            *self,
                                               const LodgeSshConfig       *config);
/* The login succeeded: keeps what the person wanted to be remembered */
void             lodge_ssh_askpass_commit     (LodgeSshAskpass            *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LodgeSshAskpass, lodge_ssh_askpass_free)

G_END_DECLS
