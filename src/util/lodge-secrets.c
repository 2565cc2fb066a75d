/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-secrets"

#include "config.h"

#include "lodge-secrets.h"

#include <glib/gi18n-lib.h>
#include <libsecret/secret.h>
#include <string.h>

static const SecretSchema schema = {
  "org.lodgevm.Lodge.Secret", SECRET_SCHEMA_NONE,
  {
    { "kind", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { "user", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { "host", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { "port", SECRET_SCHEMA_ATTRIBUTE_INTEGER },
    { NULL, 0 },
  },
};

/* Stored in the keyring: not to be translated or changed */
static const char * const kind_names[] = {
  [LODGE_SECRET_SSH_PASSWORD] = "ssh-password",
  [LODGE_SECRET_KEY_PASSPHRASE] = "key-passphrase",
  [LODGE_SECRET_LIBVIRT] = "libvirt",
  [LODGE_SECRET_SPICE] = "spice",
  [LODGE_SECRET_VNC] = "vnc",
};

LodgeSecretKey *
lodge_secret_key_new (LodgeSecretKind  kind,
                      const char      *user,
                      const char      *host,
                      int              port)
{
  LodgeSecretKey *key = g_new0 (LodgeSecretKey, 1);

  key->kind = kind;
  key->user = g_strdup (user);
  key->host = g_strdup (host);
  key->port = MAX (port, 0);
  return key;
}

LodgeSecretKey *
lodge_secret_key_copy (const LodgeSecretKey *key)
{
  return lodge_secret_key_new (key->kind, key->user, key->host, key->port);
}

void
lodge_secret_key_free (LodgeSecretKey *key)
{
  if (key == NULL)
    return;
  g_free (key->user);
  g_free (key->host);
  g_free (key);
}

void
lodge_secret_free (char *secret)
{
  if (secret == NULL)
    return;
  explicit_bzero (secret, strlen (secret));
  g_free (secret);
}

static GHashTable *
attributes_of (const LodgeSecretKey *key)
{
  return secret_attributes_build (&schema, "kind", kind_names[key->kind],
                                  "user", key->user != NULL ? key->user : "",
                                  "host", key->host, "port", key->port, NULL);
}

/* What the keyring's own program shows */
static char *
dup_label (const LodgeSecretKey *key)
{
  switch (key->kind)
    {
    case LODGE_SECRET_KEY_PASSPHRASE:
      /* Translators: a label in the keyring; the file of an SSH key */
      return g_strdup_printf (_("Passphrase of the SSH key %s"), key->host);
    case LODGE_SECRET_SSH_PASSWORD:
      /* Translators: a label in the keyring; user and host */
      return g_strdup_printf (_("SSH password of %s on %s"), key->user != NULL ? key->user : "", key->host);
    case LODGE_SECRET_LIBVIRT:
      /* Translators: a label in the keyring; user and host */
      return g_strdup_printf (_("libvirt password of %s on %s"), key->user != NULL ? key->user : "", key->host);
    case LODGE_SECRET_SPICE:
    case LODGE_SECRET_VNC:
    default:
      /* Translators: a label in the keyring; a virtual machine */
      return g_strdup_printf (_("Password of the display of %s"), key->host);
    }
}

/* Main thread; key as text → secret */
static GHashTable *
get_memory (void)
{
  static GHashTable *memory;

  if (memory == NULL)
    memory = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) lodge_secret_free);
  return memory;
}

static char *
dup_memory_name (const LodgeSecretKey *key)
{
  return g_strdup_printf ("%s\n%s\n%s\n%d", kind_names[key->kind], key->user != NULL ? key->user : "", key->host,
                          key->port);
}

void
lodge_secrets_keep_for_run (const LodgeSecretKey *key,
                            const char           *secret)
{
  g_hash_table_replace (get_memory (), dup_memory_name (key), g_strdup (secret));
}

static void
looked_up_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;
  /* Memory of libsecret's own, which is not swapped out and is overwritten when it is freed */
  char *secret = secret_password_lookup_finish (result, &error);

  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, g_strdup (secret), (GDestroyNotify) lodge_secret_free);
  secret_password_free (secret);
}

/**
 * lodge_secrets_lookup_async:
 * @key: whose secret
 * @cancellable: (nullable): ends without a secret
 * @callback: called on the caller's context
 * @user_data: for @callback
 *
 * Asks this run's memory, then the desktop's keyring, which may open its own dialog to be unlocked.
 */
void
lodge_secrets_lookup_async (const LodgeSecretKey *key,
                            GCancellable         *cancellable,
                            GAsyncReadyCallback   callback,
                            gpointer              user_data)
{
  g_autoptr(GHashTable) attributes = attributes_of (key);
  g_autofree char *name = dup_memory_name (key);
  const char *kept = g_hash_table_lookup (get_memory (), name);
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, lodge_secrets_lookup_async);
  if (kept != NULL)
    {
      g_task_return_pointer (task, g_strdup (kept), (GDestroyNotify) lodge_secret_free);
      g_object_unref (task);
    }
  else
    secret_password_lookupv (&schema, attributes, cancellable, looked_up_cb, task);
}

/**
 * lodge_secrets_lookup_finish:
 * @result: of the lookup
 * @available: (out) (optional): whether secrets can be kept here
 *
 * Returns: (transfer full) (nullable): the secret, for lodge_secret_free()
 */
char *
lodge_secrets_lookup_finish (GAsyncResult *result,
                             gboolean     *available)
{
  g_autoptr(GError) error = NULL;
  char *secret;

  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  secret = g_task_propagate_pointer (G_TASK (result), &error);
  if (error != NULL)
    g_debug ("no keyring: %s", error->message);
  if (available != NULL)
    *available = error == NULL;
  return secret;
}

static void
stored_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;

  if (secret_password_store_finish (result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * lodge_secrets_store_async:
 * @key: whose secret
 * @secret: it
 * @cancellable: (nullable): ends with a cancelled error; it may be stored all the same
 * @callback: called on the caller's context
 * @user_data: for @callback
 *
 * Keeps a secret in the keyring that is opened at login.
 */
void
lodge_secrets_store_async (const LodgeSecretKey *key,
                           const char           *secret,
                           GCancellable         *cancellable,
                           GAsyncReadyCallback   callback,
                           gpointer              user_data)
{
  g_autoptr(GHashTable) attributes = attributes_of (key);
  g_autofree char *label = dup_label (key);
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, lodge_secrets_store_async);
  secret_password_storev (&schema, attributes, SECRET_COLLECTION_DEFAULT, label, secret, cancellable, stored_cb,
                          task);
}

gboolean
lodge_secrets_store_finish (GAsyncResult  *result,
                            GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
cleared_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;
  const gboolean cleared = secret_password_clear_finish (result, &error);

  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, cleared);
}

/**
 * lodge_secrets_clear_async:
 * @key: whose secret
 * @cancellable: (nullable): ends with a cancelled error; it may be forgotten all the same
 * @callback: called on the caller's context
 * @user_data: for @callback
 *
 * Forgets a secret. Ends with %FALSE and no error when there was none.
 */
void
lodge_secrets_clear_async (const LodgeSecretKey *key,
                           GCancellable         *cancellable,
                           GAsyncReadyCallback   callback,
                           gpointer              user_data)
{
  g_autoptr(GHashTable) attributes = attributes_of (key);
  g_autofree char *name = dup_memory_name (key);
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, lodge_secrets_clear_async);
  g_hash_table_remove (get_memory (), name);
  secret_password_clearv (&schema, attributes, cancellable, cleared_cb, task);
}

gboolean
lodge_secrets_clear_finish (GAsyncResult  *result,
                            GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
