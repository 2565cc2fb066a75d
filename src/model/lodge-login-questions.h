/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lodge-credential-memory.h"
#include "lodge-libvirt.h"

G_BEGIN_DECLS

/* What libvirt asks while it opens a connection (SASL, libssh, ESXi): it asks on the opening thread, which waits; the
 * keyring or the person answers on the main thread. Counted: both sides have a reference. */
typedef struct _LodgeLoginQuestions LodgeLoginQuestions;

/* @show: on the main thread, for what the keyring does not answer; not after lodge_login_questions_cancel(). NULL: nobody
 * can be asked, and such a question is cancelled. */
LodgeLoginQuestions *lodge_login_questions_new           (const char              *uri,
                                                          LodgeCredentialShowFunc  show,
                                                          gpointer                 user_data);
LodgeLoginQuestions *lodge_login_questions_ref           (LodgeLoginQuestions     *self);
void                 lodge_login_questions_unref         (LodgeLoginQuestions     *self);
/* A virConnectAuthCallbackPtr, with the questions as its opaque pointer */
int                  lodge_login_questions_ask           (virConnectCredentialPtr  credentials,
                                                          unsigned int             n_credentials,
                                                          void                    *questions);
/* Main thread: no question is shown any more, those that are and those to come are cancelled */
void                 lodge_login_questions_cancel        (LodgeLoginQuestions     *self);
/* Main thread: the answers were right */
void                 lodge_login_questions_commit        (LodgeLoginQuestions     *self);
/* Any thread: a question was cancelled, which libvirt does not tell from a wrong answer */
gboolean             lodge_login_questions_was_cancelled (LodgeLoginQuestions     *self);
/* Any thread: every question so far was answered, and there was one: when the login fails, an answer was wrong */
gboolean             lodge_login_questions_has_answered  (LodgeLoginQuestions     *self);
/* Any thread: somebody thinks about an answer */
gboolean             lodge_login_questions_is_asking     (LodgeLoginQuestions     *self);

G_END_DECLS
