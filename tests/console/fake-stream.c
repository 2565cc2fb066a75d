/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fake-stream.h"

struct _FakeStream
{
  LodgeTextStream parent_instance;

  GString        *heard;
};

G_DEFINE_FINAL_TYPE (FakeStream, fake_stream, LODGE_TYPE_TEXT_STREAM)

static gboolean
fake_stream_send (LodgeTextStream *stream,
                  GBytes          *bytes)
{
  g_string_append_len (FAKE_STREAM (stream)->heard, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  return TRUE;
}

static void
fake_stream_close (LodgeTextStream *stream)
{
}

static void
fake_stream_finalize (GObject *object)
{
  g_string_free (FAKE_STREAM (object)->heard, TRUE);

  G_OBJECT_CLASS (fake_stream_parent_class)->finalize (object);
}

static void
fake_stream_class_init (FakeStreamClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = fake_stream_finalize;
  LODGE_TEXT_STREAM_CLASS (klass)->send = fake_stream_send;
  LODGE_TEXT_STREAM_CLASS (klass)->close = fake_stream_close;
}

static void
fake_stream_init (FakeStream *self)
{
  self->heard = g_string_new (NULL);
}

FakeStream *
fake_stream_new (void)
{
  return g_object_new (FAKE_TYPE_STREAM, NULL);
}

void
fake_stream_say (FakeStream *self,
                 const char *text,
                 gssize      size)
{
  g_autoptr(GBytes) bytes = g_bytes_new (text, size < 0 ? strlen (text) : (gsize) size);

  lodge_text_stream_emit_received (LODGE_TEXT_STREAM (self), bytes);
}

const char *
fake_stream_get_heard (FakeStream *self)
{
  return self->heard->str;
}
