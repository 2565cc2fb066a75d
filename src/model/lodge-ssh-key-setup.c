/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-ssh-key-setup"

#include "config.h"

#include "lodge-ssh-key-setup.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

#include "lodge-connection-private.h"
#include "util/lodge-error.h"
#include "util/lodge-secrets.h"

#define MAX_PUBLIC_KEY 16384   /* bytes */
#define MAX_KEYS       50

/* Reads one line, the public key. Nothing of what is there is changed, and a second time does nothing. */
static const char append_script[] =
  "umask 077\n"
  "mkdir -p \"$HOME/.ssh\" || exit 1\n"
  "file=$HOME/.ssh/authorized_keys\n"
  "IFS= read -r key || exit 1\n"
  "touch \"$file\" || exit 1\n"
  "grep -qxF -- \"$key\" \"$file\" && { echo lodge-present; exit 0; }\n"
  "if [ -s \"$file\" ] && [ -n \"$(tail -c 1 \"$file\")\" ]; then echo >>\"$file\"; fi\n"
  "printf '%s\\n' \"$key\" >>\"$file\" || exit 1\n"
  "if command -v restorecon >/dev/null 2>&1; then restorecon -F \"$HOME/.ssh\" \"$file\"; fi\n"
  "echo lodge-added\n";

/* The list */

static void
list_thread (GTask        *task,
             gpointer      source_object,
             gpointer      task_data,
             GCancellable *cancellable)
{
  g_autofree char *folder = g_build_filename (g_get_home_dir (), ".ssh", NULL);
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  g_autoptr(GPtrArray) keys = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  while (dir != NULL && keys->len < MAX_KEYS && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *private = NULL;
      g_autofree char *path = NULL;

      if (!g_str_has_suffix (name, ".pub") || strstr (name, "-cert.pub") != NULL)
        continue;
      private = g_strndup (name, strlen (name) - strlen (".pub"));
      path = g_build_filename (folder, private, NULL);
      if (!g_file_test (path, G_FILE_TEST_IS_REGULAR))
        continue;
      g_ptr_array_insert (keys, g_str_equal (private, "id_ed25519") ? 0 : -1, g_steal_pointer (&path));
    }
  g_ptr_array_add (keys, NULL);
  g_task_return_pointer (task, g_ptr_array_steal (keys, NULL), (GDestroyNotify) g_strfreev);
}

void
lodge_ssh_keys_list_async (GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, lodge_ssh_keys_list_async);
  g_task_set_check_cancellable (task, FALSE);
  g_task_run_in_thread (task, list_thread);
}

char **
lodge_ssh_keys_list_finish (GAsyncResult *result)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), NULL);
}

/* The set-up: a chain of steps on one task, whose data is the key's path */

typedef struct
{
  char              *key_file;
  char              *public_key;   /* one line */
  LodgeSshTransport *transport;    /* owned */
} Setup;

static void
setup_free (gpointer data)
{
  Setup *setup = data;

  g_free (setup->key_file);
  g_free (setup->public_key);
  g_object_unref (setup->transport);
  g_free (setup);
}

static void
config_read_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  Setup *setup = g_task_get_task_data (task);
  g_autofree char *output = NULL;
  g_autoptr(LodgeSshConfig) config = NULL;
  g_autoptr(LodgeSecretKey) key = NULL;

  if (g_subprocess_communicate_utf8_finish (G_SUBPROCESS (object), result, &output, NULL, NULL) && output != NULL)
    config = lodge_ssh_config_parse (output);
  if (config != NULL)
    {
      key = lodge_secret_key_new (LODGE_SECRET_SSH_PASSWORD, config->user, config->host, config->port);
      /* Where there is no keyring there is nothing to forget */
      lodge_secrets_clear_async (key, NULL, NULL, NULL);
    }
  g_task_return_pointer (task, g_strdup (setup->key_file), g_free);
}

static void
forget_password (GTask *task)
{
  Setup *setup = g_task_get_task_data (task);
  g_auto(GStrv) argv = lodge_ssh_target_dup_config_query (lodge_ssh_transport_get_target (setup->transport));
  g_autoptr(GSubprocess) query =
    g_subprocess_newv ((const char * const *) argv, G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE,
                       NULL);

  if (query != NULL)
    g_subprocess_communicate_utf8_async (query, NULL, NULL, config_read_cb, g_object_ref (task));
  else
    g_task_return_pointer (task, g_strdup (setup->key_file), g_free);
}

static void
verified_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  Setup *setup = g_task_get_task_data (task);
  g_autofree char *text = NULL;
  GError *error = NULL;

  if (!g_subprocess_communicate_utf8_finish (G_SUBPROCESS (object), result, NULL, &text, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  if (g_subprocess_get_if_exited (G_SUBPROCESS (object)) && g_subprocess_get_exit_status (G_SUBPROCESS (object)) == 0)
    {
      forget_password (task);
      return;
    }
  error = g_error_new (LODGE_ERROR, LODGE_ERROR_AUTH_FAILED,
                       _("The key was put on the host, but the host does not let it in."));
  lodge_error_set_details (error, text, 0, 0);
  lodge_error_set_hint (error, _("A key with a passphrase must be in the SSH agent to be tried. Else the host's server "
                                 "may not allow keys, or look for them elsewhere."));
  lodge_error_set_uri (error, lodge_ssh_transport_get_target (setup->transport)->uri);
  g_task_return_error (task, error);
}

static void
verify (GTask *task)
{
  Setup *setup = g_task_get_task_data (task);
  g_auto(GStrv) argv = lodge_ssh_target_dup_key_check (lodge_ssh_transport_get_target (setup->transport),
                                                       setup->key_file);
  g_autoptr(GSubprocessLauncher) launcher =
    g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_autoptr(GSubprocess) process = NULL;
  GError *error = NULL;

  g_subprocess_launcher_setenv (launcher, "LC_ALL", "C", TRUE);
  process = g_subprocess_launcher_spawnv (launcher, (const char * const *) argv, &error);
  if (process == NULL)
    g_task_return_error (task, error);
  else
    g_subprocess_communicate_utf8_async (process, NULL, g_task_get_cancellable (task), verified_cb,
                                         g_object_ref (task));
}

static void
appended_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;
  g_autofree char *output = lodge_ssh_transport_run_finish (LODGE_SSH_TRANSPORT (object), result, &error);

  if (output == NULL)
    g_task_return_error (task, error);
  else if (strstr (output, "lodge-added") == NULL && strstr (output, "lodge-present") == NULL)
    g_task_return_new_error (task, LODGE_ERROR, LODGE_ERROR_NOT_SUPPORTED,
                             _("The host did not carry out what was asked: its user may have no shell."));
  else
    verify (task);
}

static void
key_thread (GTask        *task,
            gpointer      source_object,
            gpointer      task_data,
            GCancellable *cancellable)
{
  const char *key_file = task_data;
  g_autofree char *public = g_strconcat (key_file, ".pub", NULL);
  g_autofree char *folder = g_path_get_dirname (key_file);
  g_autofree char *text = NULL;
  g_autofree char *output = NULL;
  GError *error = NULL;
  gsize length = 0;
  int status = 0;

  if (!g_file_test (key_file, G_FILE_TEST_EXISTS))
    {
      const char * const argv[] = { "ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key_file, NULL };

      g_mkdir_with_parents (folder, 0700);
      if (!g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL, NULL, NULL, NULL,
                         &output, &status, &error))
        {
          g_task_return_error (task, error);
          return;
        }
      if (!g_spawn_check_wait_status (status, NULL))
        {
          g_task_return_new_error (task, LODGE_ERROR, LODGE_ERROR_FAILED, _("No key could be made: %s"),
                                   g_strstrip (output));
          return;
        }
    }
  if (!g_file_get_contents (public, &text, &length, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  g_strstrip (text);
  if (length > MAX_PUBLIC_KEY || *text == '\0' || strpbrk (text, "\r\n") != NULL)
    g_task_return_new_error (task, LODGE_ERROR, LODGE_ERROR_INVALID_VALUE, _("“%s” is not a public key."), public);
  else
    g_task_return_pointer (task, g_strconcat (text, "\n", NULL), g_free);
}

static void
key_ready_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  Setup *setup = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr(GBytes) input = NULL;

  setup->public_key = g_task_propagate_pointer (G_TASK (result), &error);
  if (setup->public_key == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  input = g_bytes_new (setup->public_key, strlen (setup->public_key));
  lodge_ssh_transport_run_async (setup->transport, append_script, input, g_task_get_cancellable (task), appended_cb,
                                 g_object_ref (task));
}

gboolean
lodge_connection_can_set_up_key (LodgeConnection *connection)
{
  g_return_val_if_fail (LODGE_IS_CONNECTION (connection), FALSE);

  return lodge_connection_get_state (connection) == LODGE_CONNECTION_CONNECTED
         && lodge_connection_get_transport (connection) != NULL;
}

void
lodge_connection_set_up_key_async (LodgeConnection     *connection,
                                   const char          *key_file,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data)
{
  GTask *task;
  g_autoptr(GTask) key_task = NULL;
  LodgeSshTransport *transport;
  Setup *setup;

  g_return_if_fail (LODGE_IS_CONNECTION (connection));

  task = g_task_new (connection, cancellable, callback, user_data);
  g_task_set_source_tag (task, lodge_connection_set_up_key_async);
  transport = lodge_connection_get_transport (connection);
  if (transport == NULL)
    {
      g_task_return_new_error (task, LODGE_ERROR, LODGE_ERROR_NOT_CONNECTED, _("“%s” is not connected over SSH."),
                               lodge_connection_get_label (connection));
      g_object_unref (task);
      return;
    }
  setup = g_new0 (Setup, 1);
  setup->transport = g_object_ref (transport);
  setup->key_file = key_file != NULL ? g_strdup (key_file)
                    : g_build_filename (g_get_home_dir (), ".ssh", "id_ed25519", NULL);
  g_task_set_task_data (task, setup, setup_free);

  key_task = g_task_new (NULL, cancellable, key_ready_cb, task);
  g_task_set_source_tag (key_task, key_thread);
  g_task_set_task_data (key_task, g_strdup (setup->key_file), g_free);
  g_task_run_in_thread (key_task, key_thread);
}

char *
lodge_connection_set_up_key_finish (LodgeConnection  *connection,
                                    GAsyncResult     *result,
                                    GError          **error)
{
  g_return_val_if_fail (g_task_is_valid (result, connection), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
