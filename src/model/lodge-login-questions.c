/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-login-questions"

#include "config.h"

#include "lodge-login-questions.h"

#include <string.h>

#include "lodge-credential-request-private.h"
#include "lodge-ssh-prompt.h"

struct _LodgeLoginQuestions
{
  LodgeCredentialMemory   *memory;      /* owned, nullable: cancelled; main thread */
  LodgeCredentialShowFunc  show;        /* nullable */
  gpointer                 user_data;
  GHashTable              *asked;       /* of the opening thread: prompts so far */

  GMutex                   mutex;       /* for all below */
  LodgeCredentialRequest  *request;     /* owned, nullable: what the thread waits for */
  gboolean                 answered;
  gboolean                 cancelled;
};

/* A question on its way to the main thread */
typedef struct
{
  LodgeLoginQuestions    *questions;
  LodgeCredentialRequest *request;
} Message;

LodgeLoginQuestions *
lodge_login_questions_new (const char              *uri,
                           LodgeCredentialShowFunc  show,
                           gpointer                 user_data)
{
  LodgeLoginQuestions *self = g_atomic_rc_box_new0 (LodgeLoginQuestions);

  self->memory = lodge_credential_memory_new (uri);
  self->show = show;
  self->user_data = user_data;
  self->asked = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_mutex_init (&self->mutex);
  return self;
}

LodgeLoginQuestions *
lodge_login_questions_ref (LodgeLoginQuestions *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
questions_clear (gpointer data)
{
  LodgeLoginQuestions *self = data;

  /* (The memory went with lodge_login_questions_cancel(): it is the main thread's.) */
  g_hash_table_unref (self->asked);
  g_clear_object (&self->request);
  g_mutex_clear (&self->mutex);
}

void
lodge_login_questions_unref (LodgeLoginQuestions *self)
{
  g_atomic_rc_box_release_full (self, questions_clear);
}

static void
show_cb (LodgeCredentialRequest *request,
         gpointer                user_data)
{
  LodgeLoginQuestions *self = user_data;

  if (self->show != NULL)
    self->show (request, self->user_data);
  else
    lodge_credential_request_cancel (request);
}

static gboolean
show_idle (gpointer data)
{
  Message *message = data;
  LodgeLoginQuestions *self = message->questions;

  if (self->memory == NULL)
    lodge_credential_request_cancel (message->request);
  else
    lodge_credential_memory_ask (self->memory, message->request, show_cb, self);
  g_object_unref (message->request);
  lodge_login_questions_unref (self);
  g_free (message);
  return G_SOURCE_REMOVE;
}

static LodgeCredentialKind
kind_of (int type)
{
  switch (type)
    {
    case VIR_CRED_USERNAME:
    case VIR_CRED_AUTHNAME:
      return LODGE_CREDENTIAL_USERNAME;
    case VIR_CRED_PASSPHRASE:
    case VIR_CRED_NOECHOPROMPT:
      return LODGE_CREDENTIAL_PASSWORD;
    default:
      return LODGE_CREDENTIAL_QUESTION;
    }
}

static LodgeCredentialRequest *
new_request (LodgeLoginQuestions     *self,
             virConnectCredentialPtr  credentials,
             unsigned int             n_credentials)
{
  const char *prompt = n_credentials > 0 && credentials[n_credentials - 1].prompt != NULL
                       ? credentials[n_credentials - 1].prompt : "";
  /* The same question again: the answer was refused */
  LodgeCredentialRequest *request = lodge_credential_request_new (!g_hash_table_add (self->asked, g_strdup (prompt)));

  for (guint i = 0; i < n_credentials; i++)
    lodge_credential_request_add (request, kind_of (credentials[i].type), credentials[i].prompt,
                                  credentials[i].defresult);
  return request;
}

int
lodge_login_questions_ask (virConnectCredentialPtr  credentials,
                           unsigned int             n_credentials,
                           void                    *questions)
{
  LodgeLoginQuestions *self = questions;
  g_autofree char *yes = NULL;
  LodgeCredentialRequest *request = NULL;
  Message *message = g_new0 (Message, 1);
  gboolean answered;

  if (n_credentials == 1 && credentials[0].type == VIR_CRED_ECHOPROMPT)
    request = lodge_ssh_prompt_new_for_libssh (credentials[0].prompt, &yes);
  if (request == NULL)
    request = new_request (self, credentials, n_credentials);

  g_mutex_lock (&self->mutex);
  if (self->cancelled)
    lodge_credential_request_cancel (request);
  g_set_object (&self->request, request);
  g_mutex_unlock (&self->mutex);

  message->questions = lodge_login_questions_ref (self);
  message->request = g_object_ref (request);
  /* After input and drawing */
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, show_idle, message, NULL);

  answered = lodge_credential_request_wait (request);
  for (guint i = 0; answered && i < n_credentials; i++)
    {
      const char *answer = yes != NULL ? yes : lodge_credential_request_get_answer (request, i);

      if (answer == NULL)
        answer = credentials[i].defresult != NULL ? credentials[i].defresult : "";
      /* libvirt frees it */
      credentials[i].result = strdup (answer);
      credentials[i].resultlen = strlen (answer);
    }

  g_mutex_lock (&self->mutex);
  g_clear_object (&self->request);
  self->answered |= answered;
  self->cancelled |= !answered;
  g_mutex_unlock (&self->mutex);
  g_object_unref (request);
  return answered ? 0 : -1;
}

void
lodge_login_questions_cancel (LodgeLoginQuestions *self)
{
  g_clear_pointer (&self->memory, lodge_credential_memory_free);
  g_mutex_lock (&self->mutex);
  self->cancelled = TRUE;
  if (self->request != NULL)
    lodge_credential_request_cancel (self->request);
  g_mutex_unlock (&self->mutex);
}

void
lodge_login_questions_commit (LodgeLoginQuestions *self)
{
  if (self->memory != NULL)
    lodge_credential_memory_commit (self->memory);
}

gboolean
lodge_login_questions_was_cancelled (LodgeLoginQuestions *self)
{
  gboolean cancelled;

  g_mutex_lock (&self->mutex);
  cancelled = self->cancelled;
  g_mutex_unlock (&self->mutex);
  return cancelled;
}

gboolean
lodge_login_questions_has_answered (LodgeLoginQuestions *self)
{
  gboolean answered;

  g_mutex_lock (&self->mutex);
  answered = self->answered && !self->cancelled;
  g_mutex_unlock (&self->mutex);
  return answered;
}

gboolean
lodge_login_questions_is_asking (LodgeLoginQuestions *self)
{
  gboolean asking;

  g_mutex_lock (&self->mutex);
  asking = self->request != NULL;
  g_mutex_unlock (&self->mutex);
  return asking;
}
