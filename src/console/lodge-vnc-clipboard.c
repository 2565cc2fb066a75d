/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-vnc-screen"

#include "config.h"

#include "lodge-vnc-screen-private.h"

/* VNC has text of western Europe only, and sends it at once instead of offering it. (QEMU passes it on to guests that
 * have an agent for it.) */

static void
cut_text_cb (LodgeVncScreen *self,
             const char     *text)
{
  /* gvnc's header promises a GString and its signal gives the characters */
  g_clear_pointer (&self->cut_text, g_free);
  if (text != NULL && strlen (text) <= lodge_clipboard_format_get_limit (LODGE_CLIPBOARD_TEXT))
    self->cut_text = g_convert (text, -1, "UTF-8", "ISO-8859-1", NULL, NULL, NULL);
  lodge_screen_take_clipboard_offer (LODGE_SCREEN (self), self->cut_text != NULL ? LODGE_CLIPBOARD_TEXT : 0);
}

void
lodge_vnc_screen_watch_clipboard (LodgeVncScreen *self)
{
  g_signal_connect_object (self->connection, "vnc-server-cut-text", G_CALLBACK (cut_text_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
lodge_vnc_screen_offer_clipboard (LodgeScreen *screen,
                                  guint        formats)
{
  if (formats & LODGE_CLIPBOARD_TEXT)
    lodge_screen_ask_clipboard (screen, LODGE_CLIPBOARD_TEXT);
}

static void
lodge_vnc_screen_request_clipboard (LodgeScreen           *screen,
                                    LodgeClipboardFormats  format)
{
  const char *text = LODGE_VNC_SCREEN (screen)->cut_text;

  lodge_screen_take_clipboard (screen, format, text, text != NULL ? strlen (text) : 0);
}

static void
lodge_vnc_screen_send_clipboard (LodgeScreen           *screen,
                                 LodgeClipboardFormats  format,
                                 GBytes                *bytes)
{
  g_autofree char *utf8 = NULL;
  g_autofree char *latin1 = NULL;
  gsize size;
  const char *data;

  if (bytes == NULL || format != LODGE_CLIPBOARD_TEXT)
    return;

  data = g_bytes_get_data (bytes, &size);
  utf8 = g_utf8_make_valid (data != NULL ? data : "", (gssize) size);
  latin1 = g_convert_with_fallback (utf8, -1, "ISO-8859-1", "UTF-8", "?", NULL, &size, NULL);
  if (latin1 != NULL)
    vnc_connection_client_cut_text (LODGE_VNC_SCREEN (screen)->connection, latin1, size);
}

void
lodge_vnc_screen_install_clipboard (LodgeScreenClass *klass)
{
  klass->offer_clipboard = lodge_vnc_screen_offer_clipboard;
  klass->request_clipboard = lodge_vnc_screen_request_clipboard;
  klass->send_clipboard = lodge_vnc_screen_send_clipboard;
}
