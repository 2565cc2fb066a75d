/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-text-log"

#include "config.h"

#include "lodge-text-log.h"

#include <glib/gi18n.h>

#include "util/lodge-error.h"

struct _LodgeTextLog
{
  GObject            parent_instance;

  GFile             *file;       /* owned */
  GFileOutputStream *stream;     /* owned, NULL until it is open */
  GQueue             waiting;    /* of GBytes, owned */
  GBytes            *writing;    /* owned, nullable: under way on a thread */
  gsize              n_waiting;  /* bytes */
  guint64            n_lost;     /* bytes left out, not told yet */
  guint64            n_written;  /* bytes */
  gboolean           busy;       /* an operation is under way */
  gboolean           closed;
};

enum
{
  FAILED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LodgeTextLog, lodge_text_log, G_TYPE_OBJECT)

static void proceed (LodgeTextLog *self);

static void
forget_waiting (LodgeTextLog *self)
{
  g_queue_clear_full (&self->waiting, (GDestroyNotify) g_bytes_unref);
  self->n_waiting = 0;
}

/* Takes @error */
static void
fail (LodgeTextLog *self,
      GError       *error)
{
  g_autoptr(GError) owned = error;

  forget_waiting (self);
  if (self->closed)
    return;
  self->closed = TRUE;
  g_signal_emit (self, signals[FAILED], 0, owned);
}

static void
written_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(LodgeTextLog) self = user_data;
  GError *error = NULL;
  gsize n = 0;

  self->busy = FALSE;
  g_clear_pointer (&self->writing, g_bytes_unref);
  if (!g_output_stream_write_all_finish (G_OUTPUT_STREAM (object), result, &n, &error))
    fail (self, error);
  self->n_written += n;
  proceed (self);
}

static void
opened_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(LodgeTextLog) self = user_data;
  GError *error = NULL;

  self->busy = FALSE;
  self->stream = g_file_replace_finish (G_FILE (object), result, &error);
  if (self->stream == NULL)
    fail (self, error);
  proceed (self);
}

static void
closed_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(LodgeTextLog) self = user_data;
  g_autoptr(GError) error = NULL;

  self->busy = FALSE;
  /* The person has turned away already */
  if (!g_output_stream_close_finish (G_OUTPUT_STREAM (object), result, &error))
    g_debug ("closing a log: %s", error->message);
}

static GBytes *
take_next (LodgeTextLog *self)
{
  GBytes *bytes;

  if (self->n_lost > 0)
    {
      char *note = g_strdup_printf ("\r\n[%" G_GUINT64_FORMAT " bytes could not be written in time]\r\n", self->n_lost);

      self->n_lost = 0;
      return g_bytes_new_take (note, strlen (note));
    }
  bytes = g_queue_pop_head (&self->waiting);
  if (bytes != NULL)
    self->n_waiting -= g_bytes_get_size (bytes);
  return bytes;
}

/* Starts what comes next, one thing at a time */
static void
proceed (LodgeTextLog *self)
{
  if (self->busy || self->stream == NULL)
    return;
  if (self->n_written > LODGE_TEXT_LOG_MAX_FILE)
    {
      GError *error = NULL;

      lodge_set_error (&error, LODGE_ERROR_LIMIT, _("The log has reached a gigabyte."));
      fail (self, error);
    }
  self->writing = take_next (self);
  if (self->writing != NULL)
    {
      self->busy = TRUE;
      g_output_stream_write_all_async (G_OUTPUT_STREAM (self->stream), g_bytes_get_data (self->writing, NULL),
                                       g_bytes_get_size (self->writing), G_PRIORITY_DEFAULT, NULL, written_cb,
                                       g_object_ref (self));
    }
  else if (self->closed)
    {
      g_autoptr(GFileOutputStream) stream = g_steal_pointer (&self->stream);

      self->busy = TRUE;
      g_output_stream_close_async (G_OUTPUT_STREAM (stream), G_PRIORITY_DEFAULT, NULL, closed_cb,
                                   g_object_ref (self));
    }
}

static void
lodge_text_log_finalize (GObject *object)
{
  LodgeTextLog *self = LODGE_TEXT_LOG (object);

  forget_waiting (self);
  g_clear_object (&self->stream);
  g_clear_object (&self->file);

  G_OBJECT_CLASS (lodge_text_log_parent_class)->finalize (object);
}

static void
lodge_text_log_class_init (LodgeTextLogClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lodge_text_log_finalize;

  signals[FAILED] = g_signal_new ("failed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
lodge_text_log_init (LodgeTextLog *self)
{
  g_queue_init (&self->waiting);
}

/**
 * lodge_text_log_new:
 * @file: where to write; what it held is replaced
 *
 * Opens @file on a thread, for nobody but the person to read: guests print passwords.
 *
 * Returns: (transfer full): a log; keeps itself alive while it writes
 */
LodgeTextLog *
lodge_text_log_new (GFile *file)
{
  LodgeTextLog *self = g_object_new (LODGE_TYPE_TEXT_LOG, NULL);

  self->file = g_object_ref (file);
  self->busy = TRUE;
  g_file_replace_async (file, NULL, FALSE, G_FILE_CREATE_PRIVATE, G_PRIORITY_DEFAULT, NULL, opened_cb,
                        g_object_ref (self));
  return self;
}

/**
 * lodge_text_log_get_file:
 * @self: a log
 *
 * Returns: (transfer none): where it writes
 */
GFile *
lodge_text_log_get_file (LodgeTextLog *self)
{
  g_return_val_if_fail (LODGE_IS_TEXT_LOG (self), NULL);

  return self->file;
}

/**
 * lodge_text_log_write:
 * @self: a log
 * @bytes: what the console said
 *
 * Returns at once. The newest is left out when too much waits, as the rest is the part that leads up to it.
 */
void
lodge_text_log_write (LodgeTextLog *self,
                      GBytes       *bytes)
{
  const gsize size = g_bytes_get_size (bytes);

  g_return_if_fail (LODGE_IS_TEXT_LOG (self));

  if (self->closed || size == 0)
    return;
  if (self->n_waiting + size > LODGE_TEXT_LOG_MAX_WAITING)
    {
      self->n_lost += size;
      return;
    }
  g_queue_push_tail (&self->waiting, g_bytes_ref (bytes));
  self->n_waiting += size;
  proceed (self);
}

/**
 * lodge_text_log_close:
 * @self: a log
 *
 * What waits is written still; nothing more is taken.
 */
void
lodge_text_log_close (LodgeTextLog *self)
{
  g_return_if_fail (LODGE_IS_TEXT_LOG (self));

  if (self->closed)
    return;
  self->closed = TRUE;
  proceed (self);
}
