/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lodge-ssh-command.h"

#include <fcntl.h>
#include <gio/gunixinputstream.h>
#include <gio/gunixoutputstream.h>
#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <unistd.h>

#include "lodge-ssh-channel.h"
#include "lodge-ssh-failure.h"
#include "util/lodge-error.h"

#define MAX_OUTPUT (4 * 1024 * 1024)

typedef struct
{
  LodgeSshChannel *channel;    /* owned */
  GOutputStream   *input;      /* owned */
  GBytes          *bytes;      /* owned, nullable: being written */
  GString         *texts[2];   /* stdout, stderr */
  char            *uri;
  guint            n_open;     /* of: stdout, stderr, the channel */
} Command;

static void
command_free (gpointer data)
{
  Command *command = data;

  g_clear_object (&command->channel);
  g_clear_object (&command->input);
  g_clear_pointer (&command->bytes, g_bytes_unref);
  g_string_free (command->texts[0], TRUE);
  g_string_free (command->texts[1], TRUE);
  g_free (command->uri);
  g_free (command);
}

static void
command_part_ended (GTask *task)
{
  Command *command = g_task_get_task_data (task);
  const GError *error;

  if (--command->n_open > 0 || g_task_get_completed (task))
    return;
  error = lodge_ssh_channel_get_error (command->channel);
  if (error != NULL)
    g_task_return_error (task, g_error_copy (error));
  else if (lodge_ssh_channel_get_exit_code (command->channel) != 0)
    g_task_return_error (task, lodge_ssh_session_error_new (command->texts[1]->str,
                                                            lodge_ssh_channel_get_exit_code (command->channel),
                                                            command->uri));
  else
    g_task_return_pointer (task, g_strdup (command->texts[0]->str), g_free);
}

static void
command_channel_closed_cb (GTask *task)
{
  command_part_ended (task);
  g_object_unref (task);
}

static void
command_read_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  GTask *task = user_data;
  Command *command = g_task_get_task_data (task);
  g_autoptr(GBytes) bytes = g_input_stream_read_bytes_finish (G_INPUT_STREAM (object), result, NULL);
  GString *text = command->texts[g_object_get_data (object, "lodge-stderr") != NULL ? 1 : 0];
  const gsize size = bytes != NULL ? g_bytes_get_size (bytes) : 0;

  if (size > 0 && text->len + size <= MAX_OUTPUT)
    {
      g_string_append_len (text, g_bytes_get_data (bytes, NULL), size);
      g_input_stream_read_bytes_async (G_INPUT_STREAM (object), 65536, G_PRIORITY_DEFAULT, NULL, command_read_cb, task);
      return;
    }
  /* More than that is nothing that we asked for: the far command gets a broken pipe */
  g_input_stream_close (G_INPUT_STREAM (object), NULL, NULL);
  command_part_ended (task);
  g_object_unref (task);
}

static void
command_written_cb (GObject      *object,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;

  g_output_stream_write_all_finish (G_OUTPUT_STREAM (object), result, NULL, NULL);
  g_output_stream_close (G_OUTPUT_STREAM (object), NULL, NULL);
}

static void
read_command (GTask    *task,
              int       fd,
              gboolean  is_stderr)
{
  g_autoptr(GInputStream) stream = g_unix_input_stream_new (fd, TRUE);

  g_unix_set_fd_nonblocking (fd, TRUE, NULL);
  if (is_stderr)
    g_object_set_data (G_OBJECT (stream), "lodge-stderr", stream);
  g_input_stream_read_bytes_async (stream, 65536, G_PRIORITY_DEFAULT, NULL, command_read_cb, g_object_ref (task));
}

static gboolean
open_pipes (int fds[3][2])
{
  for (guint i = 0; i < 3; i++)
    {
      if (!g_unix_open_pipe (fds[i], O_CLOEXEC, NULL))
        {
          while (i-- > 0)
            {
              close (fds[i][0]);
              close (fds[i][1]);
            }
          return FALSE;
        }
    }
  return TRUE;
}

/**
 * lodge_ssh_command_run_async:
 * @source: of the task
 * @control_path: of a master that has logged in
 * @uri: of the connection, for errors
 * @script: for sh on the host
 * @input: (nullable): what it reads
 * @cancellable: (nullable): ends the session
 * @callback: for g_task_propagate_pointer(): what it wrote to stdout
 * @user_data: for @callback
 *
 * Runs a script on the host. An exit code that is not 0 is an error with what it wrote to stderr.
 */
void
lodge_ssh_command_run_async (GObject             *source,
                             const char          *control_path,
                             const char          *uri,
                             const char          *script,
                             GBytes              *input,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (source, cancellable, callback, user_data);
  g_autofree char *quoted = g_shell_quote (script);
  /* Any shell may be the far user's */
  g_autofree char *line = g_strconcat ("sh -c ", quoted, NULL);
  Command *command;
  int fds[3][2];

  g_task_set_source_tag (task, lodge_ssh_command_run_async);
  if (!open_pipes (fds))
    {
      g_task_return_new_error (task, LODGE_ERROR, LODGE_ERROR_LIMIT, _("Too many files are open."));
      return;
    }
  command = g_new0 (Command, 1);
  command->n_open = 3;
  command->uri = g_strdup (uri);
  command->texts[0] = g_string_new (NULL);
  command->texts[1] = g_string_new (NULL);
  command->channel = lodge_ssh_channel_new_session (control_path, line, fds[0][0], fds[1][1], fds[2][1]);
  close (fds[0][0]);
  close (fds[1][1]);
  close (fds[2][1]);
  g_task_set_task_data (task, command, command_free);
  g_signal_connect_swapped (command->channel, "closed", G_CALLBACK (command_channel_closed_cb), g_object_ref (task));
  if (cancellable != NULL)
    g_signal_connect_object (cancellable, "cancelled", G_CALLBACK (lodge_ssh_channel_close), command->channel,
                             G_CONNECT_SWAPPED);
  read_command (task, fds[1][0], FALSE);
  read_command (task, fds[2][0], TRUE);

  g_unix_set_fd_nonblocking (fds[0][1], TRUE, NULL);
  command->input = g_unix_output_stream_new (fds[0][1], TRUE);
  if (input != NULL)
    command->bytes = g_bytes_ref (input);
  if (input != NULL)
    g_output_stream_write_all_async (command->input, g_bytes_get_data (input, NULL), g_bytes_get_size (input),
                                     G_PRIORITY_DEFAULT, NULL, command_written_cb, g_object_ref (task));
  else
    g_output_stream_close (command->input, NULL, NULL);
}
