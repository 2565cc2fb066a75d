/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lodge-test-virsh.h"

#include <gio/gio.h>
#include <string.h>

#include "lodge-test-wait.h"

struct _LodgeTestVirsh
{
  GSubprocess      *process;
  GDataInputStream *output;
  GOutputStream    *input;    /* of the process */
  GString          *pending;  /* what is not written yet */
  guint             number;
  gboolean          writing;
};

/* The prompt and the command itself are echoed before each answer */
#define PROMPT "virsh # "

static void write_on (LodgeTestVirsh *self);

static void
written_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  LodgeTestVirsh *self = user_data;
  g_autoptr(GError) error = NULL;
  gssize written = g_output_stream_write_finish (G_OUTPUT_STREAM (object), result, &error);

  g_assert_no_error (error);
  g_string_erase (self->pending, 0, written);
  self->writing = FALSE;
  write_on (self);
}

static void
write_on (LodgeTestVirsh *self)
{
  if (self->writing || self->pending->len == 0)
    return;
  self->writing = TRUE;
  g_output_stream_write_async (self->input, self->pending->str, self->pending->len, G_PRIORITY_DEFAULT, NULL,
                               written_cb, self);
}

LodgeTestVirsh *
lodge_test_virsh_new (const char *uri)
{
  LodgeTestVirsh *self = g_new0 (LodgeTestVirsh, 1);
  g_autoptr(GSubprocessLauncher) launcher =
    g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE
                               | G_SUBPROCESS_FLAGS_STDERR_MERGE);
  g_autoptr(GError) error = NULL;

  g_subprocess_launcher_setenv (launcher, "LC_ALL", "C.UTF-8", TRUE);
  g_subprocess_launcher_setenv (launcher, "TERM", "dumb", TRUE);
  g_subprocess_launcher_unsetenv (launcher, "ASAN_OPTIONS");
  self->process = g_subprocess_launcher_spawn (launcher, &error, "virsh", "-c", uri, NULL);
  g_assert_no_error (error);
  self->input = g_subprocess_get_stdin_pipe (self->process);
  self->output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->process));
  self->pending = g_string_new (NULL);
  g_free (lodge_test_virsh_run (self, "version"));
  return self;
}

void
lodge_test_virsh_free (LodgeTestVirsh *self)
{
  g_autoptr(GAsyncResult) result = NULL;

  WAIT_FOR (!self->writing);
  g_subprocess_force_exit (self->process);
  g_subprocess_wait_async (self->process, NULL, lodge_test_result_cb, &result);
  WAIT_FOR (result != NULL);
  g_object_unref (self->output);
  g_object_unref (self->process);
  g_string_free (self->pending, TRUE);
  g_free (self);
}

void
lodge_test_virsh_push (LodgeTestVirsh *self,
                       const char     *commands)
{
  /* An asynchronous write reads this buffer: it may not move meanwhile */
  WAIT_FOR (!self->writing);
  g_string_append (self->pending, commands);
  if (!g_str_has_suffix (commands, "\n"))
    g_string_append_c (self->pending, '\n');
  write_on (self);
}

static char *
read_line (LodgeTestVirsh *self)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  char *line;

  g_data_input_stream_read_line_async (self->output, G_PRIORITY_DEFAULT, NULL, lodge_test_result_cb, &result);
  WAIT_FOR (result != NULL);
  line = g_data_input_stream_read_line_finish (self->output, result, NULL, &error);
  g_assert_no_error (error);
  if (line == NULL)
    g_error ("virsh has ended");
  return line;
}

char *
lodge_test_virsh_run (LodgeTestVirsh *self,
                      const char     *format,
                      ...)
{
  g_autoptr(GString) text = g_string_new (NULL);
  g_autoptr(GString) answer = g_string_new (NULL);
  g_autofree char *marker = g_strdup_printf ("answered-%u", ++self->number);
  va_list args;

  va_start (args, format);
  g_string_append_vprintf (text, format, args);
  va_end (args);
  g_string_append_printf (text, "\necho %s\n", marker);
  lodge_test_virsh_push (self, text->str);

  while (TRUE)
    {
      g_autofree char *line = read_line (self);

      if (g_str_equal (line, marker))
        break;
      if (g_str_has_prefix (line, "error:"))
        g_error ("virsh: %s", line);
      if (!g_str_has_prefix (line, PROMPT))
        g_string_append_printf (answer, "%s\n", line);
    }
  /* virsh ends every answer with an empty line */
  return g_strchomp (g_string_free_and_steal (g_steal_pointer (&answer)));
}
