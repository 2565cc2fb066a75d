/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-screen"

#include "config.h"

#include <glib/gi18n.h>

#include "util/lodge-error.h"

#include "lodge-screen-private.h"

/* The guest's clipboard, as far as its server carries one: offers go both ways at once, bytes when they are asked
 * for. */

/* Whoever pastes does not wait longer for a guest */
#define REQUEST_TIMEOUT_MS 5000

static void
finish_request (LodgeScreen *self,
                GBytes      *bytes,
                GError      *error)
{
  LodgeScreenPrivate *priv = lodge_screen_get_private (self);
  g_autoptr(GTask) task = g_steal_pointer (&priv->clipboard_task);

  g_clear_handle_id (&priv->clipboard_timeout_id, g_source_remove);
  if (task == NULL)
    g_clear_error (&error);
  else if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, g_bytes_ref (bytes), (GDestroyNotify) g_bytes_unref);
}

static gboolean
request_timeout_cb (gpointer user_data)
{
  LodgeScreen *self = user_data;

  lodge_screen_get_private (self)->clipboard_timeout_id = 0;
  finish_request (self, NULL, g_error_new_literal (LODGE_ERROR, LODGE_ERROR_TIMED_OUT,
                                                   _("The guest did not hand over its clipboard")));

  return G_SOURCE_REMOVE;
}

/**
 * lodge_screen_drop_clipboard:
 * @self: a screen
 *
 * For the end of a connection: nobody waits any more, and the guest offers nothing.
 */
void
lodge_screen_drop_clipboard (LodgeScreen *self)
{
  finish_request (self, NULL, g_error_new_literal (LODGE_ERROR, LODGE_ERROR_NOT_CONNECTED,
                                                   _("The connection to the guest has ended")));
  lodge_screen_take_clipboard_offer (self, 0);
  lodge_screen_set_has_clipboard (self, FALSE);
}

gboolean
lodge_screen_get_has_clipboard (LodgeScreen *self)
{
  g_return_val_if_fail (LODGE_IS_SCREEN (self), FALSE);

  return lodge_screen_get_private (self)->has_clipboard;
}

void
lodge_screen_set_has_clipboard (LodgeScreen *self,
                                gboolean     has_clipboard)
{
  LodgeScreenPrivate *priv = lodge_screen_get_private (self);

  if (priv->has_clipboard == has_clipboard)
    return;

  priv->has_clipboard = has_clipboard;
  g_object_notify_by_pspec (G_OBJECT (self), lodge_screen_properties[LODGE_SCREEN_PROP_HAS_CLIPBOARD]);
}

guint
lodge_screen_get_clipboard_offer (LodgeScreen *self)
{
  g_return_val_if_fail (LODGE_IS_SCREEN (self), 0);

  return lodge_screen_get_private (self)->clipboard_offer;
}

/**
 * lodge_screen_offer_clipboard:
 * @self: a screen
 * @formats: #LodgeClipboardFormats that this computer has to give, 0: none any more
 *
 * Tells the guest. It asks by the "clipboard-requested" signal when somebody there pastes.
 */
void
lodge_screen_offer_clipboard (LodgeScreen *self,
                              guint        formats)
{
  LodgeScreenPrivate *priv;

  g_return_if_fail (LODGE_IS_SCREEN (self));

  priv = lodge_screen_get_private (self);
  if (priv->has_clipboard && priv->state == LODGE_SCREEN_CONNECTED)
    LODGE_SCREEN_GET_CLASS (self)->offer_clipboard (self, formats);
}

/**
 * lodge_screen_send_clipboard:
 * @self: a screen
 * @format: as it was asked for
 * @bytes: (nullable): UTF-8 text or a PNG; %NULL: there is nothing after all
 *
 * Answers "clipboard-requested". What is larger than the guest may get is not sent.
 *
 * Returns: %FALSE if it is too large
 */
gboolean
lodge_screen_send_clipboard (LodgeScreen           *self,
                             LodgeClipboardFormats  format,
                             GBytes                *bytes)
{
  LodgeScreenPrivate *priv;
  gboolean fits;

  g_return_val_if_fail (LODGE_IS_SCREEN (self), FALSE);

  priv = lodge_screen_get_private (self);
  fits = bytes == NULL || g_bytes_get_size (bytes) <= lodge_clipboard_format_get_limit (format);
  if (priv->has_clipboard && priv->state == LODGE_SCREEN_CONNECTED)
    LODGE_SCREEN_GET_CLASS (self)->send_clipboard (self, format, fits ? bytes : NULL);

  return fits;
}

gsize
lodge_clipboard_format_get_limit (LodgeClipboardFormats format)
{
  return format == LODGE_CLIPBOARD_PNG ? 64 * 1024 * 1024 : 16 * 1024 * 1024;
}

/**
 * lodge_screen_request_clipboard_async:
 * @self: a screen whose guest offers something
 * @format: what is wanted of it
 * @cancellable: (nullable): ends the wait
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Asks for what is in the guest's clipboard. Fails after five seconds, with the connection, and when
 * somebody else asks meanwhile.
 */
void
lodge_screen_request_clipboard_async (LodgeScreen           *self,
                                      LodgeClipboardFormats  format,
                                      GCancellable          *cancellable,
                                      GAsyncReadyCallback    callback,
                                      gpointer               user_data)
{
  LodgeScreenPrivate *priv;
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (LODGE_IS_SCREEN (self));

  priv = lodge_screen_get_private (self);
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, lodge_screen_request_clipboard_async);
  if (priv->state != LODGE_SCREEN_CONNECTED || (priv->clipboard_offer & format) == 0)
    {
      g_task_return_new_error (task, LODGE_ERROR, LODGE_ERROR_NOT_FOUND, "%s",
                               _("The guest’s clipboard is empty"));
      return;
    }

  finish_request (self, NULL, g_error_new_literal (LODGE_ERROR, LODGE_ERROR_BUSY, _("Another program asked for it")));
  priv->clipboard_task = g_steal_pointer (&task);
  priv->clipboard_wanted = format;
  priv->clipboard_timeout_id = g_timeout_add (REQUEST_TIMEOUT_MS, request_timeout_cb, self);
  LODGE_SCREEN_GET_CLASS (self)->request_clipboard (self, format);
}

GBytes *
lodge_screen_request_clipboard_finish (LodgeScreen   *self,
                                       GAsyncResult  *result,
                                       GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* For backends */

/**
 * lodge_screen_take_clipboard_offer:
 * @self: a screen
 * @formats: #LodgeClipboardFormats that the guest has now, 0: nothing
 */
void
lodge_screen_take_clipboard_offer (LodgeScreen *self,
                                   guint        formats)
{
  LodgeScreenPrivate *priv = lodge_screen_get_private (self);

  if (formats == 0 && priv->clipboard_offer == 0)
    return;

  priv->clipboard_offer = formats;
  g_signal_emit (self, lodge_screen_signals[LODGE_SCREEN_SIGNAL_CLIPBOARD_OFFERED], 0, formats);
}

/**
 * lodge_screen_take_clipboard:
 * @self: a screen
 * @format: what it is
 * @data: (nullable): as the guest sent it
 * @size: bytes
 *
 * Takes what was asked for; what nobody waits for is dropped. Text ends at its first NUL and is made valid.
 */
void
lodge_screen_take_clipboard (LodgeScreen           *self,
                             LodgeClipboardFormats  format,
                             gconstpointer          data,
                             gsize                  size)
{
  LodgeScreenPrivate *priv = lodge_screen_get_private (self);
  g_autoptr(GBytes) bytes = NULL;

  if (priv->clipboard_task == NULL || priv->clipboard_wanted != format)
    return;

  if (data == NULL || size > lodge_clipboard_format_get_limit (format))
    {
      finish_request (self, NULL, g_error_new_literal (LODGE_ERROR, LODGE_ERROR_LIMIT,
                                                       _("The guest’s clipboard is empty, or too large")));
      return;
    }

  if (format == LODGE_CLIPBOARD_TEXT)
    {
      const char *end = memchr (data, '\0', size);
      char *text = g_utf8_make_valid (data, end != NULL ? end - (const char *) data : (gssize) size);

      bytes = g_bytes_new_take (text, strlen (text));
    }
  else
    {
      bytes = g_bytes_new (data, size);
    }
  finish_request (self, bytes, NULL);
}

/**
 * lodge_screen_ask_clipboard:
 * @self: a screen
 * @format: what the guest wants to have
 */
void
lodge_screen_ask_clipboard (LodgeScreen           *self,
                            LodgeClipboardFormats  format)
{
  g_signal_emit (self, lodge_screen_signals[LODGE_SCREEN_SIGNAL_CLIPBOARD_REQUESTED], 0, (guint) format);
}
