/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lodge-credential-request-private.h"

#include <string.h>

typedef struct
{
  LodgeCredentialKind  kind;
  char                *prompt;
  char                *default_value;
  char                *answer;
} Field;

struct _LodgeCredentialRequest
{
  GObject   parent_instance;

  GMutex    mutex;
  GCond     cond;
  GArray   *fields;    /* of Field */
  gboolean  retry;
  gboolean  ended;     /* with @mutex: answered or cancelled */
  gboolean  answered;  /* with @mutex */
};

G_DEFINE_FINAL_TYPE (LodgeCredentialRequest, lodge_credential_request, G_TYPE_OBJECT)

static void
free_secret (char *secret)
{
  if (secret != NULL)
    {
      explicit_bzero (secret, strlen (secret));
      g_free (secret);
    }
}

static void
field_clear (gpointer data)
{
  Field *field = data;

  g_free (field->prompt);
  g_free (field->default_value);
  free_secret (field->answer);
}

static void
lodge_credential_request_finalize (GObject *object)
{
  LodgeCredentialRequest *self = LODGE_CREDENTIAL_REQUEST (object);

  g_array_unref (self->fields);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->cond);

  G_OBJECT_CLASS (lodge_credential_request_parent_class)->finalize (object);
}

static void
lodge_credential_request_class_init (LodgeCredentialRequestClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lodge_credential_request_finalize;
}

static void
lodge_credential_request_init (LodgeCredentialRequest *self)
{
  g_mutex_init (&self->mutex);
  g_cond_init (&self->cond);
  self->fields = g_array_new (FALSE, TRUE, sizeof (Field));
  g_array_set_clear_func (self->fields, field_clear);
}

LodgeCredentialRequest *
lodge_credential_request_new (gboolean retry)
{
  LodgeCredentialRequest *self = g_object_new (LODGE_TYPE_CREDENTIAL_REQUEST, NULL);

  self->retry = retry;
  return self;
}

void
lodge_credential_request_add (LodgeCredentialRequest *self,
                              LodgeCredentialKind     kind,
                              const char             *prompt,
                              const char             *default_value)
{
  Field field = { .kind = kind };

  /* Text of a host */
  field.prompt = g_utf8_make_valid (prompt != NULL ? prompt : "", -1);
  field.default_value = default_value != NULL ? g_utf8_make_valid (default_value, -1) : NULL;
  g_array_append_val (self->fields, field);
}

/* On the opening thread: waits for the person. FALSE: cancelled */
gboolean
lodge_credential_request_wait (LodgeCredentialRequest *self)
{
  gboolean answered;

  g_mutex_lock (&self->mutex);
  while (!self->ended)
    g_cond_wait (&self->cond, &self->mutex);
  answered = self->answered;
  g_mutex_unlock (&self->mutex);
  return answered;
}

const char *
lodge_credential_request_get_answer (LodgeCredentialRequest *self,
                                     guint                   field)
{
  return g_array_index (self->fields, Field, field).answer;
}

static void
end (LodgeCredentialRequest *self,
     const char * const     *answers)
{
  g_mutex_lock (&self->mutex);
  if (!self->ended)
    {
      for (guint i = 0; answers != NULL && i < self->fields->len && answers[i] != NULL; i++)
        g_array_index (self->fields, Field, i).answer = g_strdup (answers[i]);
      self->ended = TRUE;
      self->answered = answers != NULL;
      g_cond_signal (&self->cond);
    }
  g_mutex_unlock (&self->mutex);
}

guint
lodge_credential_request_get_n_fields (LodgeCredentialRequest *self)
{
  g_return_val_if_fail (LODGE_IS_CREDENTIAL_REQUEST (self), 0);

  return self->fields->len;
}

LodgeCredentialKind
lodge_credential_request_get_kind (LodgeCredentialRequest *self,
                                   guint                   field)
{
  g_return_val_if_fail (LODGE_IS_CREDENTIAL_REQUEST (self), LODGE_CREDENTIAL_QUESTION);
  g_return_val_if_fail (field < self->fields->len, LODGE_CREDENTIAL_QUESTION);

  return g_array_index (self->fields, Field, field).kind;
}

const char *
lodge_credential_request_get_prompt (LodgeCredentialRequest *self,
                                     guint                   field)
{
  g_return_val_if_fail (LODGE_IS_CREDENTIAL_REQUEST (self), NULL);
  g_return_val_if_fail (field < self->fields->len, NULL);

  return g_array_index (self->fields, Field, field).prompt;
}

const char *
lodge_credential_request_get_default (LodgeCredentialRequest *self,
                                      guint                   field)
{
  g_return_val_if_fail (LODGE_IS_CREDENTIAL_REQUEST (self), NULL);
  g_return_val_if_fail (field < self->fields->len, NULL);

  return g_array_index (self->fields, Field, field).default_value;
}

gboolean
lodge_credential_request_get_retry (LodgeCredentialRequest *self)
{
  g_return_val_if_fail (LODGE_IS_CREDENTIAL_REQUEST (self), FALSE);

  return self->retry;
}

/**
 * lodge_credential_request_answer:
 * @self: a request
 * @answers: (array zero-terminated=1): one for each field, in order
 *
 * Lets the opening go on. Later answers and cancels do nothing.
 */
void
lodge_credential_request_answer (LodgeCredentialRequest *self,
                                 const char * const     *answers)
{
  g_return_if_fail (LODGE_IS_CREDENTIAL_REQUEST (self));
  g_return_if_fail (answers != NULL);

  end (self, answers);
}

/* The opening fails with LODGE_ERROR_AUTH_CANCELLED */
void
lodge_credential_request_cancel (LodgeCredentialRequest *self)
{
  g_return_if_fail (LODGE_IS_CREDENTIAL_REQUEST (self));

  end (self, NULL);
}
