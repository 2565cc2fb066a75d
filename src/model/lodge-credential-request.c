/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lodge-credential-request-private.h"

#include "util/lodge-secrets.h"

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
  LodgeCredentialPurpose purpose;
  char     *subject;      /* nullable */
  char     *details;      /* nullable */
  char     *key_type;     /* nullable */
  char     *fingerprint;  /* nullable */
  char     *file;         /* nullable */
  guint     line;
  gboolean  retry;
  gboolean  can_remember;
  gboolean  remember;
  gboolean  ended;     /* with @mutex: answered or cancelled */
  gboolean  answered;  /* with @mutex */
};

enum
{
  ENDED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LodgeCredentialRequest, lodge_credential_request, G_TYPE_OBJECT)

static void
field_clear (gpointer data)
{
  Field *field = data;

  g_free (field->prompt);
  g_free (field->default_value);
  lodge_secret_free (field->answer);
}

static void
lodge_credential_request_finalize (GObject *object)
{
  LodgeCredentialRequest *self = LODGE_CREDENTIAL_REQUEST (object);

  g_array_unref (self->fields);
  g_free (self->subject);
  g_free (self->details);
  g_free (self->key_type);
  g_free (self->fingerprint);
  g_free (self->file);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->cond);

  G_OBJECT_CLASS (lodge_credential_request_parent_class)->finalize (object);
}

static void
lodge_credential_request_class_init (LodgeCredentialRequestClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lodge_credential_request_finalize;

  signals[ENDED] = g_signal_new ("ended", LODGE_TYPE_CREDENTIAL_REQUEST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 0);
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

/* Text of a host or of a program: made valid, as it will be shown */
static void
set_text (char       **field,
          const char  *text)
{
  g_free (*field);
  *field = text != NULL && *text != '\0' ? g_utf8_make_valid (text, -1) : NULL;
}

LodgeCredentialRequest *
lodge_credential_request_new_for (LodgeCredentialPurpose  purpose,
                                  const char             *subject,
                                  const char             *details)
{
  LodgeCredentialRequest *self = g_object_new (LODGE_TYPE_CREDENTIAL_REQUEST, NULL);

  self->purpose = purpose;
  set_text (&self->subject, subject);
  set_text (&self->details, details);
  return self;
}

void
lodge_credential_request_set_retry (LodgeCredentialRequest *self,
                                    gboolean                retry)
{
  self->retry = retry;
}

void
lodge_credential_request_set_key (LodgeCredentialRequest *self,
                                  const char             *key_type,
                                  const char             *fingerprint,
                                  const char             *file,
                                  guint                   line)
{
  set_text (&self->key_type, key_type);
  set_text (&self->fingerprint, fingerprint);
  set_text (&self->file, file);
  self->line = line;
}

void
lodge_credential_request_set_can_remember (LodgeCredentialRequest *self,
                                           gboolean                can_remember)
{
  self->can_remember = can_remember;
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

/* On another thread: waits for the person. FALSE: cancelled */
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

gboolean
lodge_credential_request_was_answered (LodgeCredentialRequest *self)
{
  return self->answered;
}

gboolean
lodge_credential_request_get_remember (LodgeCredentialRequest *self)
{
  return self->remember && self->can_remember;
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
  gboolean first;

  g_mutex_lock (&self->mutex);
  first = !self->ended;
  if (first)
    {
      for (guint i = 0; answers != NULL && i < self->fields->len && answers[i] != NULL; i++)
        g_array_index (self->fields, Field, i).answer = g_strdup (answers[i]);
      self->ended = TRUE;
      self->answered = answers != NULL;
      g_cond_signal (&self->cond);
    }
  g_mutex_unlock (&self->mutex);
  if (first)
    {
      g_object_ref (self);
      g_signal_emit (self, signals[ENDED], 0);
      g_object_unref (self);
    }
}

LodgeCredentialPurpose
lodge_credential_request_get_purpose (LodgeCredentialRequest *self)
{
  g_return_val_if_fail (LODGE_IS_CREDENTIAL_REQUEST (self), LODGE_CREDENTIALS_LOGIN);

  return self->purpose;
}

const char *
lodge_credential_request_get_subject (LodgeCredentialRequest *self)
{
  g_return_val_if_fail (LODGE_IS_CREDENTIAL_REQUEST (self), NULL);

  return self->subject;
}

const char *
lodge_credential_request_get_details (LodgeCredentialRequest *self)
{
  g_return_val_if_fail (LODGE_IS_CREDENTIAL_REQUEST (self), NULL);

  return self->details;
}

const char *
lodge_credential_request_get_key_type (LodgeCredentialRequest *self)
{
  g_return_val_if_fail (LODGE_IS_CREDENTIAL_REQUEST (self), NULL);

  return self->key_type;
}

const char *
lodge_credential_request_get_fingerprint (LodgeCredentialRequest *self)
{
  g_return_val_if_fail (LODGE_IS_CREDENTIAL_REQUEST (self), NULL);

  return self->fingerprint;
}

const char *
lodge_credential_request_get_file (LodgeCredentialRequest *self)
{
  g_return_val_if_fail (LODGE_IS_CREDENTIAL_REQUEST (self), NULL);

  return self->file;
}

guint
lodge_credential_request_get_line (LodgeCredentialRequest *self)
{
  g_return_val_if_fail (LODGE_IS_CREDENTIAL_REQUEST (self), 0);

  return self->line;
}

gboolean
lodge_credential_request_get_can_remember (LodgeCredentialRequest *self)
{
  g_return_val_if_fail (LODGE_IS_CREDENTIAL_REQUEST (self), FALSE);

  return self->can_remember;
}

void
lodge_credential_request_set_remember (LodgeCredentialRequest *self,
                                       gboolean                remember)
{
  g_return_if_fail (LODGE_IS_CREDENTIAL_REQUEST (self));

  self->remember = remember;
}

gboolean
lodge_credential_request_has_ended (LodgeCredentialRequest *self)
{
  g_return_val_if_fail (LODGE_IS_CREDENTIAL_REQUEST (self), TRUE);

  return self->ended;
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
