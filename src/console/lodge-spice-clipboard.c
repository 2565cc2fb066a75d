/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-spice-screen"

#include "config.h"

#include <spice/vd_agent.h>

#include "lodge-spice-screen-private.h"

/* The clipboard by the guest's agent: one selection of its three. */

static const struct
{
  LodgeClipboardFormats format;
  guint32               type;
} types[] = {
  { LODGE_CLIPBOARD_TEXT, VD_AGENT_CLIPBOARD_UTF8_TEXT },
  { LODGE_CLIPBOARD_PNG, VD_AGENT_CLIPBOARD_IMAGE_PNG },
};

static guint32
to_type (LodgeClipboardFormats format)
{
  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    {
      if (types[i].format == format)
        return types[i].type;
    }

  return VD_AGENT_CLIPBOARD_NONE;
}

static guint
to_format (guint32 type)
{
  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    {
      if (types[i].type == type)
        return types[i].format;
    }

  return 0;
}

static gboolean
grab_cb (LodgeSpiceScreen *self,
         guint             selection,
         gpointer          data,
         guint             n)
{
  const guint32 *offered = data;
  guint formats = 0;

  if (selection != VD_AGENT_CLIPBOARD_SELECTION_CLIPBOARD)
    return FALSE;

  for (guint i = 0; i < n; i++)
    formats |= to_format (offered[i]);
  lodge_screen_take_clipboard_offer (LODGE_SCREEN (self), formats);

  return TRUE;
}

static gboolean
request_cb (LodgeSpiceScreen *self,
            guint             selection,
            guint             type)
{
  const guint format = to_format (type);

  if (selection != VD_AGENT_CLIPBOARD_SELECTION_CLIPBOARD || format == 0)
    return FALSE;

  lodge_screen_ask_clipboard (LODGE_SCREEN (self), (LodgeClipboardFormats) format);

  return TRUE;
}

static void
data_cb (LodgeSpiceScreen *self,
         guint             selection,
         guint             type,
         gpointer          data,
         guint             size)
{
  const guint format = to_format (type);

  if (selection != VD_AGENT_CLIPBOARD_SELECTION_CLIPBOARD)
    return;

  /* “None” is the answer to whatever was asked */
  if (format == 0)
    {
      lodge_screen_take_clipboard (LODGE_SCREEN (self), LODGE_CLIPBOARD_TEXT, NULL, 0);
      lodge_screen_take_clipboard (LODGE_SCREEN (self), LODGE_CLIPBOARD_PNG, NULL, 0);
    }
  else
    {
      lodge_screen_take_clipboard (LODGE_SCREEN (self), (LodgeClipboardFormats) format, data, size);
    }
}

static void
release_cb (LodgeSpiceScreen *self,
            guint             selection)
{
  if (selection == VD_AGENT_CLIPBOARD_SELECTION_CLIPBOARD)
    lodge_screen_take_clipboard_offer (LODGE_SCREEN (self), 0);
}

static void
agent_cb (LodgeSpiceScreen *self)
{
  gboolean connected = FALSE;

  g_object_get (self->main, "agent-connected", &connected, NULL);
  connected = connected
              && spice_main_channel_agent_test_capability (self->main, VD_AGENT_CAP_CLIPBOARD_BY_DEMAND);
  if (connected)
    lodge_screen_set_has_clipboard (LODGE_SCREEN (self), TRUE);
  else
    lodge_screen_drop_clipboard (LODGE_SCREEN (self));
}

void
lodge_spice_screen_watch_clipboard (LodgeSpiceScreen *self,
                                    SpiceChannel     *channel)
{
  static const struct
  {
    const char *name;
    GCallback   callback;
  } handlers[] = {
    { "main-clipboard-selection-grab", G_CALLBACK (grab_cb) },
    { "main-clipboard-selection-request", G_CALLBACK (request_cb) },
    { "main-clipboard-selection", G_CALLBACK (data_cb) },
    { "main-clipboard-selection-release", G_CALLBACK (release_cb) },
    { "main-agent-update", G_CALLBACK (agent_cb) },
    { "notify::agent-connected", G_CALLBACK (agent_cb) },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (handlers); i++)
    g_signal_connect_object (channel, handlers[i].name, handlers[i].callback, self, G_CONNECT_SWAPPED);
  agent_cb (self);
}

static void
lodge_spice_screen_offer_clipboard (LodgeScreen *screen,
                                    guint        formats)
{
  LodgeSpiceScreen *self = LODGE_SPICE_SCREEN (screen);
  guint32 offered[G_N_ELEMENTS (types)];
  int n = 0;

  if (self->main == NULL)
    return;

  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    {
      if (formats & types[i].format)
        offered[n++] = types[i].type;
    }
  if (n > 0)
    spice_main_channel_clipboard_selection_grab (self->main, VD_AGENT_CLIPBOARD_SELECTION_CLIPBOARD, offered, n);
  else
    spice_main_channel_clipboard_selection_release (self->main, VD_AGENT_CLIPBOARD_SELECTION_CLIPBOARD);
}

static void
lodge_spice_screen_request_clipboard (LodgeScreen           *screen,
                                      LodgeClipboardFormats  format)
{
  LodgeSpiceScreen *self = LODGE_SPICE_SCREEN (screen);

  if (self->main != NULL)
    spice_main_channel_clipboard_selection_request (self->main, VD_AGENT_CLIPBOARD_SELECTION_CLIPBOARD,
                                                    to_type (format));
}

static void
lodge_spice_screen_send_clipboard (LodgeScreen           *screen,
                                   LodgeClipboardFormats  format,
                                   GBytes                *bytes)
{
  LodgeSpiceScreen *self = LODGE_SPICE_SCREEN (screen);
  gsize size = 0;
  const guchar *data = bytes != NULL ? g_bytes_get_data (bytes, &size) : NULL;

  if (self->main == NULL)
    return;

  spice_main_channel_clipboard_selection_notify (self->main, VD_AGENT_CLIPBOARD_SELECTION_CLIPBOARD,
                                                 bytes != NULL ? to_type (format) : VD_AGENT_CLIPBOARD_NONE,
                                                 data != NULL ? data : (const guchar *) "", size);
}

void
lodge_spice_screen_install_clipboard (LodgeScreenClass *klass)
{
  klass->offer_clipboard = lodge_spice_screen_offer_clipboard;
  klass->request_clipboard = lodge_spice_screen_request_clipboard;
  klass->send_clipboard = lodge_spice_screen_send_clipboard;
}
