/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lodge-ssh-prompt.h"

#include <string.h>

#include "lodge-credential-request-private.h"

/* Longer than any prompt of ssh; a server writes some of them */
#define MAX_PROMPT 4000

void
lodge_ssh_prompt_free (LodgeSshPrompt *self)
{
  g_clear_object (&self->request);
  g_clear_pointer (&self->key, lodge_secret_key_free);
  g_free (self);
}

/* "The authenticity of host 'atlas (10.0.0.1)' can't be established.
 *  ED25519 key fingerprint is SHA256:….
 *  This host key is known by the following other names/addresses: …
 *  Are you sure you want to continue connecting (yes/no/[fingerprint])? " */
static void
parse_host_key (LodgeSshPrompt *self,
                const char     *text)
{
  g_auto(GStrv) lines = g_strsplit (text, "\n", 40);
  g_autoptr(GString) others = g_string_new (NULL);
  g_autofree char *host = NULL;
  g_autofree char *type = NULL;
  g_autofree char *fingerprint = NULL;

  for (guint i = 0; lines[i] != NULL; i++)
    {
      const char *line = g_strstrip (lines[i]);
      const char *word = strstr (line, " key fingerprint is");
      const char *print = strstr (line, "SHA256:");
      const char *quote = strstr (line, "host '");
      const char *end = quote != NULL ? strrchr (line, '\'') : NULL;

      /* “can't” has a quote of its own */
      if (quote != NULL && g_strstr_len (line, -1, "' can't be") != NULL)
        end = g_strstr_len (line, -1, "' can't be");
      if (quote != NULL && host == NULL && end > quote + 6)
        host = g_strndup (quote + 6, end - quote - 6);
      else if (word != NULL && print != NULL)
        {
          type = g_strndup (line, word - line);
          fingerprint = g_strndup (print, strcspn (print, " "));
          if (g_str_has_suffix (fingerprint, "."))
            fingerprint[strlen (fingerprint) - 1] = '\0';
        }
      else if (*line != '\0' && strstr (line, "(yes/no") == NULL && strstr (line, "Please type") == NULL)
        g_string_append_printf (others, "%s%s", others->len > 0 ? "\n" : "", line);
    }
  self->request = lodge_credential_request_new_for (LODGE_CREDENTIALS_HOST_KEY, host, others->str);
  lodge_credential_request_set_key (self->request, type, fingerprint, NULL, 0);
  self->is_host_key = TRUE;
}

static void
set_login (LodgeSshPrompt      *self,
           LodgeCredentialKind  kind,
           const char          *prompt,
           const char          *subject)
{
  self->request = lodge_credential_request_new_for (LODGE_CREDENTIALS_LOGIN, subject, NULL);
  lodge_credential_request_add (self->request, kind, prompt, NULL);
}

static LodgeSecretKey *
key_of_login (const char *login)
{
  const char *at = strrchr (login, '@');
  g_autofree char *user = at != NULL ? g_strndup (login, at - login) : NULL;

  return at != NULL ? lodge_secret_key_new (LODGE_SECRET_SSH_PASSWORD, user, at + 1, 0) : NULL;
}

/* "(alice@atlas) Password: ": what follows is the server's own text */
static gboolean
parse_interactive (LodgeSshPrompt *self,
                   const char     *text)
{
  const char *end = *text == '(' ? strstr (text, ") ") : NULL;
  g_autofree char *login = end != NULL ? g_strndup (text + 1, end - text - 1) : NULL;
  g_autofree char *question = end != NULL ? g_strstrip (g_strdup (end + 2)) : NULL;

  if (login == NULL || strchr (login, '@') == NULL)
    return FALSE;
  if (g_str_has_suffix (question, ":"))
    question[strlen (question) - 1] = '\0';
  set_login (self, LODGE_CREDENTIAL_ANSWER, question, login);
  /* A code is good for one time: only what is plainly a password may be remembered */
  if (g_ascii_strcasecmp (question, "password") == 0)
    self->key = key_of_login (login);
  return TRUE;
}

/**
 * lodge_ssh_prompt_parse:
 * @hint: "" for a question, "confirm", "none" for a notice
 * @text: the first argument of the askpass program
 *
 * Returns: (transfer full): what is asked
 */
LodgeSshPrompt *
lodge_ssh_prompt_parse (const char *hint,
                        const char *text)
{
  LodgeSshPrompt *self = g_new0 (LodgeSshPrompt, 1);
  g_autofree char *prompt = g_utf8_make_valid (text, MIN (strlen (text), MAX_PROMPT));

  g_strchomp (prompt);
  if (g_str_equal (hint, "confirm"))
    self->request = lodge_credential_request_new_for (LODGE_CREDENTIALS_CONFIRM, NULL, prompt);
  else if (g_str_equal (hint, "none"))
    self->request = lodge_credential_request_new_for (LODGE_CREDENTIALS_NOTICE, NULL, prompt);
  else if (strstr (prompt, "(yes/no") != NULL || g_str_has_prefix (prompt, "Please type 'yes'"))
    parse_host_key (self, prompt);
  else if (g_str_has_suffix (prompt, "'s password:"))
    {
      g_autofree char *login = g_strndup (prompt, strlen (prompt) - strlen ("'s password:"));

      set_login (self, LODGE_CREDENTIAL_PASSWORD, prompt, login);
      self->key = key_of_login (login);
    }
  else if (g_str_has_prefix (prompt, "Enter passphrase for key '") && g_str_has_suffix (prompt, "':"))
    {
      const gsize start = strlen ("Enter passphrase for key '");
      g_autofree char *file = g_strndup (prompt + start, strlen (prompt) - start - 2);

      set_login (self, LODGE_CREDENTIAL_PASSPHRASE, prompt, file);
      self->key = lodge_secret_key_new (LODGE_SECRET_KEY_PASSPHRASE, NULL, file, 0);
    }
  else if (!parse_interactive (self, prompt))
    {
      if (g_str_has_suffix (prompt, ":"))
        prompt[strlen (prompt) - 1] = '\0';
      set_login (self, LODGE_CREDENTIAL_ANSWER, prompt, NULL);
    }
  return self;
}

/* "76:ab:…" as everybody else writes it: "SHA256:…"; NULL when it is something else */
static char *
dup_fingerprint (const char *hash,
                 gsize       length)
{
  guint8 bytes[32];
  g_autofree char *base64 = NULL;

  if (length > strlen ("SHA256:") && g_str_has_prefix (hash, "SHA256:"))
    return g_strndup (hash, length);
  if (length != 3 * sizeof bytes - 1)
    return NULL;
  for (gsize i = 0; i < sizeof bytes; i++)
    {
      const int high = g_ascii_xdigit_value (hash[3 * i]), low = g_ascii_xdigit_value (hash[3 * i + 1]);

      if (high < 0 || low < 0 || (i + 1 < sizeof bytes && hash[3 * i + 2] != ':'))
        return NULL;
      bytes[i] = (guint8) (high << 4 | low);
    }
  base64 = g_base64_encode (bytes, sizeof bytes);
  base64[strcspn (base64, "=")] = '\0';
  return g_strconcat ("SHA256:", base64, NULL);
}

/* "Accept SSH host key with hash '76:ab:…' for host 'atlas:22' (y/n)?" */
LodgeCredentialRequest *
lodge_ssh_prompt_new_for_libssh (const char  *prompt,
                                 char       **yes)
{
  g_auto(GStrv) quoted = g_strsplit (prompt != NULL ? prompt : "", "'", 8);
  const char *open = prompt != NULL ? strrchr (prompt, '(') : NULL;
  const char *slash = open != NULL ? strchr (open, '/') : NULL;
  LodgeCredentialRequest *request;
  g_autofree char *fingerprint = NULL;

  if (slash == NULL || g_strv_length (quoted) < 3 || strlen (prompt) > MAX_PROMPT)
    return NULL;
  fingerprint = dup_fingerprint (quoted[1], strlen (quoted[1]));
  if (fingerprint == NULL)
    return NULL;
  request = lodge_credential_request_new_for (LODGE_CREDENTIALS_HOST_KEY, g_strv_length (quoted) > 4 ? quoted[3] : NULL,
                                              NULL);
  lodge_credential_request_set_key (request, "SSH", fingerprint, NULL, 0);
  *yes = g_strndup (open + 1, slash - open - 1);
  return request;
}
