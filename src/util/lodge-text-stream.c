/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-text-stream"

#include "config.h"

#include "lodge-text-stream.h"

typedef struct
{
  gboolean closed;
} LodgeTextStreamPrivate;

enum
{
  RECEIVED,
  CLOSED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (LodgeTextStream, lodge_text_stream, G_TYPE_OBJECT)

static void
lodge_text_stream_class_init (LodgeTextStreamClass *klass)
{
  signals[RECEIVED] = g_signal_new ("received", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 1, G_TYPE_BYTES);
  signals[CLOSED] = g_signal_new ("closed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
lodge_text_stream_init (LodgeTextStream *self)
{
}

/**
 * lodge_text_stream_send:
 * @self: a stream
 * @bytes: what was typed
 *
 * Returns: %FALSE when it is closed, or when too much waits to be sent already
 */
gboolean
lodge_text_stream_send (LodgeTextStream *self,
                        GBytes          *bytes)
{
  g_return_val_if_fail (LODGE_IS_TEXT_STREAM (self), FALSE);

  if (!lodge_text_stream_is_open (self))
    return FALSE;
  return LODGE_TEXT_STREAM_GET_CLASS (self)->send (self, bytes);
}

/**
 * lodge_text_stream_close:
 * @self: a stream
 *
 * Ends it from our side. No signal comes after this.
 */
void
lodge_text_stream_close (LodgeTextStream *self)
{
  LodgeTextStreamPrivate *priv = lodge_text_stream_get_instance_private (self);

  g_return_if_fail (LODGE_IS_TEXT_STREAM (self));

  if (priv->closed)
    return;
  priv->closed = TRUE;
  LODGE_TEXT_STREAM_GET_CLASS (self)->close (self);
}

gboolean
lodge_text_stream_is_open (LodgeTextStream *self)
{
  LodgeTextStreamPrivate *priv = lodge_text_stream_get_instance_private (self);

  g_return_val_if_fail (LODGE_IS_TEXT_STREAM (self), FALSE);

  return !priv->closed;
}

void
lodge_text_stream_emit_received (LodgeTextStream *self,
                                 GBytes          *bytes)
{
  g_return_if_fail (LODGE_IS_TEXT_STREAM (self));

  if (lodge_text_stream_is_open (self))
    g_signal_emit (self, signals[RECEIVED], 0, bytes);
}

/**
 * lodge_text_stream_emit_closed:
 * @self: a stream that has ended
 * @error: (nullable): %NULL when the guest's side ended it in peace
 */
void
lodge_text_stream_emit_closed (LodgeTextStream *self,
                               const GError    *error)
{
  LodgeTextStreamPrivate *priv = lodge_text_stream_get_instance_private (self);

  g_return_if_fail (LODGE_IS_TEXT_STREAM (self));

  if (priv->closed)
    return;
  priv->closed = TRUE;
  g_signal_emit (self, signals[CLOSED], 0, error);
}
