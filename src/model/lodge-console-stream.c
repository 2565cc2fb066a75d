/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-console-stream"

#include "config.h"

#include "lodge-console-stream.h"

#include <glib/gi18n.h>

#include "lodge-libvirt-error.h"
#include "util/lodge-error.h"

/* A guest that never reads must not make us keep what is typed without an end */
#define MAX_UNSENT (1024 * 1024)
#define CHUNK      (32 * 1024)
/* Turns of reading in one go, so that a guest that floods its console leaves the main loop some time */
#define MAX_READS  4

struct _LodgeConsoleStream
{
  LodgeTextStream  parent_instance;

  virStreamPtr     stream;      /* owned, NULL once closed */
  GByteArray      *unsent;      /* owned */
  gboolean         has_callback;
};

G_DEFINE_FINAL_TYPE (LodgeConsoleStream, lodge_console_stream, LODGE_TYPE_TEXT_STREAM)

/* Ending a stream and dropping its last reference may talk to the host */
static gpointer
abort_thread (gpointer data)
{
  virStreamPtr stream = data;

  virStreamAbort (stream);
  virStreamFree (stream);
  return NULL;
}

static void
drop_stream (LodgeConsoleStream *self)
{
  virStreamPtr stream = g_steal_pointer (&self->stream);

  if (stream == NULL)
    return;
  if (self->has_callback)
    virStreamEventRemoveCallback (stream);
  self->has_callback = FALSE;
  g_thread_unref (g_thread_new ("lodge-stream", abort_thread, stream));
}

static void
end (LodgeConsoleStream *self,
     GError             *error)
{
  g_autoptr(GError) owned = error;

  g_object_ref (self);
  drop_stream (self);
  lodge_text_stream_emit_closed (LODGE_TEXT_STREAM (self), owned);
  g_object_unref (self);
}

static void
update_events (LodgeConsoleStream *self)
{
  int events = VIR_STREAM_EVENT_READABLE | VIR_STREAM_EVENT_ERROR | VIR_STREAM_EVENT_HANGUP;

  if (self->unsent->len > 0)
    events |= VIR_STREAM_EVENT_WRITABLE;
  virStreamEventUpdateCallback (self->stream, events);
}

/* FALSE: it has ended */
static gboolean
receive (LodgeConsoleStream *self)
{
  for (int i = 0; i < MAX_READS && self->stream != NULL; i++)
    {
      g_autofree char *buffer = g_malloc (CHUNK);
      const int n = virStreamRecv (self->stream, buffer, CHUNK);
      g_autoptr(GBytes) bytes = NULL;

      if (n == -2)
        return TRUE;
      if (n <= 0)
        {
          end (self, n < 0 ? lodge_error_new_from_libvirt (NULL) : NULL);
          return FALSE;
        }
      bytes = g_bytes_new_take (g_steal_pointer (&buffer), n);
      lodge_text_stream_emit_received (LODGE_TEXT_STREAM (self), bytes);
    }
  return self->stream != NULL;
}

static gboolean
send_unsent (LodgeConsoleStream *self)
{
  while (self->unsent->len > 0)
    {
      const int n = virStreamSend (self->stream, (const char *) self->unsent->data,
                                   MIN (self->unsent->len, CHUNK));

      if (n == -2)
        break;
      if (n < 0)
        {
          end (self, lodge_error_new_from_libvirt (NULL));
          return FALSE;
        }
      g_byte_array_remove_range (self->unsent, 0, n);
    }
  update_events (self);
  return TRUE;
}

static void
event_cb (virStreamPtr  stream,
          int           events,
          void         *opaque)
{
  LodgeConsoleStream *self = opaque;

  if (self->stream == NULL)
    return;

  g_object_ref (self);
  if ((events & VIR_STREAM_EVENT_READABLE) == 0 || receive (self))
    {
      if ((events & VIR_STREAM_EVENT_WRITABLE) != 0)
        send_unsent (self);
      else if ((events & (VIR_STREAM_EVENT_HANGUP | VIR_STREAM_EVENT_ERROR)) != 0
               && (events & VIR_STREAM_EVENT_READABLE) == 0)
        end (self, NULL);
    }
  g_object_unref (self);
}

static gboolean
lodge_console_stream_send (LodgeTextStream *stream,
                           GBytes          *bytes)
{
  LodgeConsoleStream *self = LODGE_CONSOLE_STREAM (stream);

  if (self->stream == NULL || self->unsent->len + g_bytes_get_size (bytes) > MAX_UNSENT)
    return FALSE;
  g_byte_array_append (self->unsent, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  return send_unsent (self);
}

static void
lodge_console_stream_close (LodgeTextStream *stream)
{
  drop_stream (LODGE_CONSOLE_STREAM (stream));
}

static void
lodge_console_stream_dispose (GObject *object)
{
  LodgeConsoleStream *self = LODGE_CONSOLE_STREAM (object);

  drop_stream (self);
  g_clear_pointer (&self->unsent, g_byte_array_unref);

  G_OBJECT_CLASS (lodge_console_stream_parent_class)->dispose (object);
}

static void
lodge_console_stream_class_init (LodgeConsoleStreamClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lodge_console_stream_dispose;
  LODGE_TEXT_STREAM_CLASS (klass)->send = lodge_console_stream_send;
  LODGE_TEXT_STREAM_CLASS (klass)->close = lodge_console_stream_close;
}

static void
lodge_console_stream_init (LodgeConsoleStream *self)
{
  self->unsent = g_byte_array_new ();
}

/**
 * lodge_console_stream_new:
 * @stream: (transfer full): non-blocking, opened by virDomainOpenConsole()
 *
 * To be called on the main context, where the stream's events arrive. Receiving and sending on a non-blocking
 * stream wait for nothing, so they happen there too.
 *
 * Returns: (transfer full): both ways of a text console
 */
LodgeTextStream *
lodge_console_stream_new (virStreamPtr stream)
{
  LodgeConsoleStream *self = g_object_new (LODGE_TYPE_CONSOLE_STREAM, NULL);

  self->stream = stream;
  self->has_callback =
    virStreamEventAddCallback (stream,
                               VIR_STREAM_EVENT_READABLE | VIR_STREAM_EVENT_ERROR | VIR_STREAM_EVENT_HANGUP,
                               event_cb, self, NULL) == 0;
  return LODGE_TEXT_STREAM (self);
}
