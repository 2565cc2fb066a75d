/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lodge-test-virsh.h"

#include <gio/gio.h>
#include <string.h>

#include "lodge-test-wait.h"

/* A thread writes and a thread reads: neither the test nor virsh waits for a full pipe */
struct _LodgeTestVirsh
{
  GSubprocess *process;
  GThread     *writer;
  GThread     *reader;
  GAsyncQueue *commands;   /* of strings, the last one empty */
  GAsyncQueue *lines;      /* of strings, the last one END */
  guint        number;
};

#define END "end of virsh"

/* The prompt and the command itself are echoed before each answer */
#define PROMPT "virsh # "

static gpointer
write_thread (gpointer data)
{
  LodgeTestVirsh *self = data;
  GOutputStream *input = g_subprocess_get_stdin_pipe (self->process);

  while (TRUE)
    {
      g_autofree char *text = g_async_queue_pop (self->commands);

      if (*text == '\0' || !g_output_stream_write_all (input, text, strlen (text), NULL, NULL, NULL))
        return NULL;
    }
}

static gpointer
read_thread (gpointer data)
{
  LodgeTestVirsh *self = data;
  g_autoptr(GDataInputStream) output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->process));
  char *line;

  while ((line = g_data_input_stream_read_line (output, NULL, NULL, NULL)) != NULL)
    g_async_queue_push (self->lines, line);
  g_async_queue_push (self->lines, g_strdup (END));
  return NULL;
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
  self->process = g_subprocess_launcher_spawn (launcher, &error, "virsh", "-k", "0", "-c", uri, NULL);
  g_assert_no_error (error);
  self->commands = g_async_queue_new_full (g_free);
  self->lines = g_async_queue_new_full (g_free);
  self->writer = g_thread_new ("virsh-writer", write_thread, self);
  self->reader = g_thread_new ("virsh-reader", read_thread, self);
  g_free (lodge_test_virsh_run (self, "version"));
  return self;
}

void
lodge_test_virsh_free (LodgeTestVirsh *self)
{
  g_autoptr(GAsyncResult) result = NULL;

  g_subprocess_force_exit (self->process);
  g_subprocess_wait_async (self->process, NULL, lodge_test_result_cb, &result);
  WAIT_FOR (result != NULL);
  g_async_queue_push (self->commands, g_strdup (""));
  g_thread_join (self->writer);
  g_thread_join (self->reader);
  g_async_queue_unref (self->commands);
  g_async_queue_unref (self->lines);
  g_object_unref (self->process);
  g_free (self);
}

void
lodge_test_virsh_push (LodgeTestVirsh *self,
                       const char     *commands)
{
  g_async_queue_push (self->commands, g_strconcat (commands, "\n", NULL));
}

/* Asks @text and returns the answer. @patience: s, 0: the test's. With it, what virsh refuses is a part of the answer, and
 * when there is none NULL is returned, instead of the test's end. */
static char *
ask (LodgeTestVirsh *self,
     const char     *text,
     guint           patience)
{
  g_autoptr(GString) answer = g_string_new (NULL);
  g_autofree char *begin = g_strdup_printf ("asked-%u", ++self->number);
  g_autofree char *marker = g_strdup_printf ("answered-%u", self->number);
  g_autofree char *commands = g_strdup_printf ("echo %s\n%s\necho %s\n", begin, text, marker);
  const gint64 end = patience > 0 ? g_get_monotonic_time () + patience * G_USEC_PER_SEC : G_MAXINT64;

  lodge_test_virsh_push (self, commands);
  while (TRUE)
    {
      g_autofree char *line = NULL;
      LodgeTestWait wait;

      /* What was not answered is worth more than where */
      lodge_test_wait_begin (&wait, text, "virsh");
      while ((line = g_async_queue_try_pop (self->lines)) == NULL && g_get_monotonic_time () < end)
        lodge_test_wait_step (&wait);
      lodge_test_wait_end (&wait);
      if (line == NULL)
        return NULL;
      if (g_str_equal (line, END))
        g_error ("virsh has ended: %s", answer->str);
      /* What was pushed before has answers too */
      if (g_str_equal (line, begin))
        g_string_truncate (answer, 0);
      else if (g_str_equal (line, marker))
        break;
      if (patience == 0 && g_str_has_prefix (line, "error:"))
        g_error ("virsh: %s", line);
      if (!g_str_equal (line, begin) && !g_str_has_prefix (line, PROMPT))
        g_string_append_printf (answer, "%s\n", line);
    }
  /* virsh ends every answer with an empty line */
  return g_strchomp (g_string_free_and_steal (g_steal_pointer (&answer)));
}

char *
lodge_test_virsh_run (LodgeTestVirsh *self,
                      const char     *format,
                      ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  return ask (self, text, 0);
}

char *
lodge_test_virsh_try (LodgeTestVirsh *self,
                      const char     *commands,
                      guint           patience)
{
  return ask (self, commands, patience);
}
