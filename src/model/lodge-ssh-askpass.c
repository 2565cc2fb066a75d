/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-ssh-askpass"

#include "config.h"

#include "lodge-ssh-askpass.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

#include "lodge-credential-request-private.h"
#include "lodge-ssh-prompt.h"
#include "util/lodge-secrets.h"

#define MAGIC         "LA1\n"
#define MAX_TEXT      16384   /* bytes of one text of a question */
#define MAX_ANSWER    4096    /* as the helper takes */
#define N_TEXTS       3

struct _LodgeSshAskpass
{
  GSocket                    *socket;    /* owned */
  GSource                    *source;    /* owned */
  char                       *path;
  char                       *token;
  const LodgeSshAskpassFuncs *funcs;
  gpointer                    user_data;
  GPtrArray                  *asks;      /* of Ask */
  GHashTable                 *seen;      /* "process prompt" of what was asked: a second time is a refusal */
  GPtrArray                  *given;     /* of Given: for the keyring when the login succeeds */
  gboolean                    has_config;
  gboolean                    stopped;
  char                       *target_host;  /* nullable */
  int                         target_port;
};

/* One helper that waits */
typedef struct
{
  LodgeSshAskpass *askpass;
  GSocket         *socket;    /* owned */
  GSource         *source;    /* owned */
  GByteArray      *input;
  gboolean         complete;  /* the question has arrived */
  char            *hint;
  char            *text;
  guint32          process;
  LodgeSshPrompt  *prompt;    /* owned, nullable */
  gulong           ended_handler;
  GCancellable    *cancellable;  /* owned: of the look into the keyring */
  gboolean         shown;
} Ask;

typedef struct
{
  LodgeSecretKey *key;
  char           *secret;
  gboolean        remember;
  gboolean        keyring;    /* there is one */
} Given;

static void
given_free (gpointer data)
{
  Given *given = data;

  lodge_secret_key_free (given->key);
  lodge_secret_free (given->secret);
  g_free (given);
}

static void
ask_free (gpointer data)
{
  Ask *ask = data;

  g_cancellable_cancel (ask->cancellable);
  g_object_unref (ask->cancellable);
  if (ask->prompt != NULL)
    {
      g_clear_signal_handler (&ask->ended_handler, ask->prompt->request);
      /* The dialog closes */
      lodge_credential_request_cancel (ask->prompt->request);
      lodge_ssh_prompt_free (ask->prompt);
    }
  g_source_destroy (ask->source);
  g_source_unref (ask->source);
  g_object_unref (ask->socket);
  g_byte_array_unref (ask->input);
  g_free (ask->hint);
  g_free (ask->text);
  g_free (ask);
}

static void
remove_ask (Ask *ask)
{
  LodgeSshAskpass *self = ask->askpass;
  const gboolean shown = ask->shown;

  g_ptr_array_remove (self->asks, ask);
  if (self->stopped)
    return;
  for (guint i = 0; i < self->asks->len; i++)
    {
      if (((Ask *) self->asks->pdata[i])->shown)
        return;
    }
  if (shown)
    self->funcs->answered (self->user_data);
}

/* The answer goes out at once: some bytes into an empty socket */
static void
reply (Ask        *ask,
       const char *answer)
{
  g_autoptr(GByteArray) bytes = g_byte_array_new ();
  const guint32 length = answer != NULL ? strlen (answer) : 0;

  g_byte_array_append (bytes, (const guint8 *) (answer != NULL ? "y" : "n"), 1);
  if (answer != NULL)
    {
      g_byte_array_append (bytes, (const guint8 *) &length, sizeof length);
      g_byte_array_append (bytes, (const guint8 *) answer, length);
    }
  g_socket_send (ask->socket, (const char *) bytes->data, bytes->len, NULL, NULL);
  explicit_bzero (bytes->data, bytes->len);
  remove_ask (ask);
}

static void
keep_given (Ask        *ask,
            const char *secret)
{
  LodgeSshAskpass *self = ask->askpass;
  Given *given;

  if (ask->prompt->key == NULL)
    return;
  given = g_new0 (Given, 1);
  given->key = lodge_secret_key_copy (ask->prompt->key);
  given->secret = g_strdup (secret);
  given->keyring = lodge_credential_request_get_can_remember (ask->prompt->request);
  given->remember = lodge_credential_request_get_remember (ask->prompt->request);
  g_ptr_array_add (self->given, given);
}

static void
ended_cb (LodgeCredentialRequest *request,
          Ask                    *ask)
{
  LodgeSshAskpass *self = ask->askpass;
  const char *answer;

  g_clear_signal_handler (&ask->ended_handler, request);
  if (!lodge_credential_request_was_answered (request))
    {
      /* No is an answer too, where ssh asks for consent */
      if (lodge_credential_request_get_purpose (request) == LODGE_CREDENTIALS_CONFIRM)
        reply (ask, NULL);
      else
        self->funcs->cancelled (self->user_data);
      return;
    }
  if (ask->prompt->is_host_key)
    {
      reply (ask, "yes");
      return;
    }
  if (lodge_credential_request_get_n_fields (request) == 0)
    {
      reply (ask, "yes");
      return;
    }
  answer = lodge_credential_request_get_answer (request, 0);
  if (answer == NULL || strlen (answer) > MAX_ANSWER)
    answer = "";
  keep_given (ask, answer);
  reply (ask, answer);
}

static void
show (Ask      *ask,
      gboolean  can_remember)
{
  LodgeSshAskpass *self = ask->askpass;
  LodgeCredentialRequest *request = ask->prompt->request;

  lodge_credential_request_set_can_remember (request, can_remember && ask->prompt->key != NULL);
  ask->shown = TRUE;
  ask->ended_handler = g_signal_connect (request, "ended", G_CALLBACK (ended_cb), ask);
  self->funcs->prompt (request, self->user_data);
}

static void
looked_up_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  GCancellable *cancellable = g_task_get_cancellable (G_TASK (result));
  Ask *ask = user_data;
  gboolean available;
  char *secret = lodge_secrets_lookup_finish (result, &available);

  /* Then the question is gone */
  if (g_cancellable_is_cancelled (cancellable))
    {
      lodge_secret_free (secret);
      return;
    }
  if (secret != NULL && strlen (secret) <= MAX_ANSWER)
    reply (ask, secret);
  else
    show (ask, available);
  lodge_secret_free (secret);
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

/* The question and what ssh_config says are both here */
static void
begin (Ask *ask)
{
  LodgeSshAskpass *self = ask->askpass;
  g_autofree char *seen = g_strdup_printf ("%u %s", ask->process, ask->text);
  gboolean retry;

  ask->prompt = lodge_ssh_prompt_parse (ask->hint, ask->text);
  retry = !g_hash_table_add (self->seen, g_steal_pointer (&seen));
  lodge_credential_request_set_retry (ask->prompt->request, retry);
  if (ask->prompt->key == NULL)
    {
      show (ask, FALSE);
      return;
    }
  /* The port of a jump host is not known: its prompts do not tell */
  if (ask->prompt->key->kind == LODGE_SECRET_SSH_PASSWORD
      && g_strcmp0 (ask->prompt->key->host, self->target_host) == 0)
    ask->prompt->key->port = self->target_port;

  if (retry)
    {
      g_ptr_array_set_size (self->given, 0);
      lodge_secrets_clear_async (ask->prompt->key, ask->cancellable, cleared_cb, ask);
    }
  else
    lodge_secrets_lookup_async (ask->prompt->key, ask->cancellable, looked_up_cb, ask);
}

/* -1: malformed; 0: not all here yet; 1: taken out of the input */
static int
parse_question (Ask *ask)
{
  const guint8 *data = ask->input->data;
  gsize left = ask->input->len;
  char *texts[N_TEXTS] = { NULL };
  int result = -1;

  if (left < strlen (MAGIC))
    return memcmp (data, MAGIC, left) == 0 ? 0 : -1;
  if (memcmp (data, MAGIC, strlen (MAGIC)) != 0)
    return -1;
  data += strlen (MAGIC);
  left -= strlen (MAGIC);
  for (guint i = 0; i < N_TEXTS; i++)
    {
      guint32 length = 0;

      if (left >= sizeof length)
        memcpy (&length, data, sizeof length);
      if (length > MAX_TEXT)
        goto out;
      if (left < sizeof length + length)
        {
          result = 0;
          goto out;
        }
      texts[i] = g_strndup ((const char *) data + sizeof length, length);
      data += sizeof length + length;
      left -= sizeof length + length;
    }
  if (left < sizeof ask->process)
    {
      result = 0;
      goto out;
    }
  memcpy (&ask->process, data, sizeof ask->process);
  if (strcmp (texts[0], ask->askpass->token) == 0)
    {
      ask->hint = g_steal_pointer (&texts[1]);
      ask->text = g_steal_pointer (&texts[2]);
      result = 1;
    }

out:
  for (guint i = 0; i < N_TEXTS; i++)
    g_free (texts[i]);
  return result;
}

static gboolean
helper_cb (GSocket      *socket,
           GIOCondition  condition,
           gpointer      user_data)
{
  Ask *ask = user_data;
  g_autoptr(GError) error = NULL;
  char buffer[4096];
  const gssize n = g_socket_receive (socket, buffer, sizeof buffer, NULL, &error);
  int parsed;

  if (n < 0 && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
    return G_SOURCE_CONTINUE;
  /* The helper has ended: ssh was, or gave up */
  if (n <= 0)
    {
      remove_ask (ask);
      return G_SOURCE_REMOVE;
    }
  if (ask->complete)
    return G_SOURCE_CONTINUE;

  g_byte_array_append (ask->input, (const guint8 *) buffer, n);
  parsed = parse_question (ask);
  if (parsed < 0)
    {
      g_debug ("not a question of ours");
      remove_ask (ask);
      return G_SOURCE_REMOVE;
    }
  if (parsed > 0)
    {
      ask->complete = TRUE;
      if (ask->askpass->has_config)
        begin (ask);
    }
  /* @ask may be gone, and its source with it */
  return g_source_is_destroyed (g_main_current_source ()) ? G_SOURCE_REMOVE : G_SOURCE_CONTINUE;
}

static gboolean
accept_cb (GSocket      *socket,
           GIOCondition  condition,
           gpointer      user_data)
{
  LodgeSshAskpass *self = user_data;
  GSocket *accepted = g_socket_accept (socket, NULL, NULL);
  Ask *ask;

  if (accepted == NULL)
    return G_SOURCE_CONTINUE;
  g_socket_set_blocking (accepted, FALSE);
  ask = g_new0 (Ask, 1);
  ask->askpass = self;
  ask->socket = accepted;
  ask->input = g_byte_array_new ();
  ask->cancellable = g_cancellable_new ();
  ask->source = g_socket_create_source (accepted, G_IO_IN | G_IO_HUP, NULL);
  g_source_set_callback (ask->source, G_SOURCE_FUNC (helper_cb), ask, NULL);
  g_source_attach (ask->source, NULL);
  g_ptr_array_add (self->asks, ask);
  return G_SOURCE_CONTINUE;
}

LodgeSshAskpass *
lodge_ssh_askpass_new (int                         fd,
                       const char                 *path,
                       const char                 *token,
                       const LodgeSshAskpassFuncs *funcs,
                       gpointer                    user_data)
{
  LodgeSshAskpass *self = g_new0 (LodgeSshAskpass, 1);

  self->socket = g_socket_new_from_fd (fd, NULL);
  g_socket_set_blocking (self->socket, FALSE);
  self->path = g_strdup (path);
  self->token = g_strdup (token);
  self->funcs = funcs;
  self->user_data = user_data;
  self->asks = g_ptr_array_new_with_free_func (ask_free);
  self->seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->given = g_ptr_array_new_with_free_func (given_free);
  self->source = g_socket_create_source (self->socket, G_IO_IN, NULL);
  g_source_set_callback (self->source, G_SOURCE_FUNC (accept_cb), self, NULL);
  g_source_attach (self->source, NULL);
  return self;
}

static void
free_cb (gpointer data)
{
  LodgeSshAskpass *self = data;

  g_hash_table_unref (self->seen);
  g_ptr_array_unref (self->given);
  g_ptr_array_unref (self->asks);
  g_free (self->path);
  g_free (self->token);
  g_free (self->target_host);
  g_free (self);
}

void
lodge_ssh_askpass_free (LodgeSshAskpass *self)
{
  self->stopped = TRUE;
  g_source_destroy (self->source);
  g_source_unref (self->source);
  g_object_unref (self->socket);
  /* In a tmpfs; a file that stays would do no harm */
  g_unlink (self->path);
  while (self->asks->len > 0)
    g_ptr_array_remove_index (self->asks, self->asks->len - 1);
  g_ptr_array_set_size (self->given, 0);
  /* This may have been called by who is told of a question */
  g_idle_add_once (free_cb, self);
}

void
lodge_ssh_askpass_set_config (LodgeSshAskpass      *self,
                              const LodgeSshConfig *config)
{
  g_autoptr(GPtrArray) waiting = g_ptr_array_new ();

  self->has_config = TRUE;
  if (config != NULL)
    {
      g_set_str (&self->target_host, config->host);
      self->target_port = config->port;
    }
  for (guint i = 0; i < self->asks->len; i++)
    {
      if (((Ask *) self->asks->pdata[i])->complete)
        g_ptr_array_add (waiting, self->asks->pdata[i]);
    }
  for (guint i = 0; i < waiting->len && !self->stopped; i++)
    begin (waiting->pdata[i]);
}

static void
stored_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GError) error = NULL;

  /* The next login asks again, and says so */
  if (!lodge_secrets_store_finish (result, &error))
    g_info ("not remembered: %s", error->message);
}

void
lodge_ssh_askpass_commit (LodgeSshAskpass *self)
{
  for (guint i = 0; i < self->given->len; i++)
    {
      Given *given = self->given->pdata[i];

      if (given->remember)
        lodge_secrets_store_async (given->key, given->secret, NULL, stored_cb, NULL);
      else if (!given->keyring)
        lodge_secrets_keep_for_run (given->key, given->secret);
    }
  g_ptr_array_set_size (self->given, 0);
}
