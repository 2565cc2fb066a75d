/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-credential-memory"

#include "config.h"

#include "lodge-credential-memory.h"

#include <string.h>

#include "lodge-credential-request-private.h"
#include "lodge-uri.h"
#include "util/lodge-secrets.h"

struct _LodgeCredentialMemory
{
  LodgeSecretKey          *key;         /* owned, nullable: a host that nothing is kept of */
  GCancellable            *cancellable; /* owned */
  LodgeCredentialRequest  *request;     /* owned, nullable: the one that is being asked */
  gulong                   ended_handler;
  LodgeCredentialShowFunc  show;
  gpointer                 user_data;
  gboolean                 can_remember;
  gboolean                 recalled;    /* the keyring's answer was given */
  char                    *given;       /* nullable: to be kept when the connection opens */
  gboolean                 remember;
};

LodgeCredentialMemory *
lodge_credential_memory_new (const char *uri)
{
  LodgeCredentialMemory *self = g_new0 (LodgeCredentialMemory, 1);
  g_autoptr(LodgeUri) parsed = lodge_uri_parse (uri, NULL);

  self->cancellable = g_cancellable_new ();
  if (parsed != NULL && parsed->host != NULL)
    self->key = lodge_secret_key_new (LODGE_SECRET_LIBVIRT, parsed->user, parsed->host, parsed->port);
  return self;
}

static void
forget_request (LodgeCredentialMemory *self)
{
  if (self->request != NULL)
    g_clear_signal_handler (&self->ended_handler, self->request);
  g_clear_object (&self->request);
}

void
lodge_credential_memory_free (LodgeCredentialMemory *self)
{
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  forget_request (self);
  lodge_secret_key_free (self->key);
  lodge_secret_free (self->given);
  g_free (self);
}

/* All answers of a round are one secret, one a line */
static void
ended_cb (LodgeCredentialRequest *request,
          LodgeCredentialMemory  *self)
{
  g_autoptr(GPtrArray) answers = g_ptr_array_new ();

  g_clear_pointer (&self->given, lodge_secret_free);
  for (guint i = 0; i < lodge_credential_request_get_n_fields (request); i++)
    {
      const char *answer = lodge_credential_request_get_answer (request, i);

      g_ptr_array_add (answers, (gpointer) (answer != NULL ? answer : ""));
    }
  g_ptr_array_add (answers, NULL);
  if (lodge_credential_request_was_answered (request))
    {
      self->given = g_strjoinv ("\n", (char **) answers->pdata);
      self->remember = lodge_credential_request_get_remember (request);
    }
  forget_request (self);
}

static void
show (LodgeCredentialMemory *self,
      gboolean               can_remember)
{
  LodgeCredentialRequest *request = self->request;

  self->can_remember = can_remember;
  lodge_credential_request_set_can_remember (request, can_remember);
  self->ended_handler = g_signal_connect (request, "ended", G_CALLBACK (ended_cb), self);
  self->show (request, self->user_data);
}

static void
looked_up_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  GCancellable *cancellable = g_task_get_cancellable (G_TASK (result));
  LodgeCredentialMemory *self = user_data;
  gboolean available;
  char *secret = lodge_secrets_lookup_finish (result, &available);
  g_auto(GStrv) answers = secret != NULL ? g_strsplit (secret, "\n", 0) : NULL;

  lodge_secret_free (secret);
  if (g_cancellable_is_cancelled (cancellable))
    return;   /* @self is gone */
  if (answers != NULL && g_strv_length (answers) == lodge_credential_request_get_n_fields (self->request))
    {
      self->recalled = TRUE;
      lodge_credential_request_answer (self->request, (const char * const *) answers);
      forget_request (self);
    }
  else
    show (self, available);
  for (guint i = 0; answers != NULL && answers[i] != NULL; i++)
    explicit_bzero (answers[i], strlen (answers[i]));
}

static void
cleared_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  GCancellable *cancellable = g_task_get_cancellable (G_TASK (result));
  g_autoptr(GError) error = NULL;

  lodge_secrets_clear_finish (result, &error);
  if (!g_cancellable_is_cancelled (cancellable))
    show (user_data, error == NULL);
}

static gboolean
has_password (LodgeCredentialRequest *request)
{
  for (guint i = 0; i < lodge_credential_request_get_n_fields (request); i++)
    {
      if (lodge_credential_request_get_kind (request, i) == LODGE_CREDENTIAL_PASSWORD)
        return TRUE;
    }
  return FALSE;
}

void
lodge_credential_memory_ask (LodgeCredentialMemory   *self,
                             LodgeCredentialRequest  *request,
                             LodgeCredentialShowFunc  show_func,
                             gpointer                 user_data)
{
  if (self->key == NULL || !has_password (request))
    {
      show_func (request, user_data);
      return;
    }
  forget_request (self);
  self->request = g_object_ref (request);
  self->show = show_func;
  self->user_data = user_data;
  if (!lodge_credential_request_get_retry (request))
    lodge_secrets_lookup_async (self->key, self->cancellable, looked_up_cb, self);
  else if (self->recalled)
    {
      /* It is not right any more */
      self->recalled = FALSE;
      lodge_secrets_clear_async (self->key, self->cancellable, cleared_cb, self);
    }
  else
    show (self, self->can_remember);
}

static void
stored_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GError) error = NULL;

  if (!lodge_secrets_store_finish (result, &error))
    g_info ("not remembered: %s", error->message);
}

void
lodge_credential_memory_commit (LodgeCredentialMemory *self)
{
  if (self->given == NULL)
    return;
  if (self->remember)
    lodge_secrets_store_async (self->key, self->given, NULL, stored_cb, NULL);
  else if (!self->can_remember)
    lodge_secrets_keep_for_run (self->key, self->given);
  g_clear_pointer (&self->given, lodge_secret_free);
}
