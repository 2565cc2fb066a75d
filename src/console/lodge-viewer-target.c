/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-viewer-target"

#include "config.h"

#include "lodge-viewer-target.h"

#include <glib/gi18n.h>

#include "lodge-viewer-file.h"
#include "util/lodge-error.h"

#define MAX_HOST 255
#define DEFAULT_VNC_PORT 5900

/* Pure: nothing here touches a network, a file or a widget. A file from a mail is as hostile as one can be. */

static const struct
{
  const char          *scheme;
  LodgeViewerProtocol  protocol;
  gboolean             tls;
  gboolean             is_unix;
} schemes[] = {
  { "spice", LODGE_VIEWER_SPICE, FALSE, FALSE },
  { "spice+tls", LODGE_VIEWER_SPICE, TRUE, FALSE },
  { "spice+unix", LODGE_VIEWER_SPICE, FALSE, TRUE },
  { "vnc", LODGE_VIEWER_VNC, FALSE, FALSE },
  { "vnc+unix", LODGE_VIEWER_VNC, FALSE, TRUE },
};

static LodgeViewerTarget *
target_new (void)
{
  LodgeViewerTarget *self = g_new0 (LodgeViewerTarget, 1);

  self->enable_smartcard = -1;
  self->enable_usbredir = -1;
  self->enable_usb_autoshare = -1;
  return self;
}

void
lodge_viewer_target_free (LodgeViewerTarget *self)
{
  g_free (self->host);
  g_free (self->unix_path);
  g_free (self->username);
  g_free (self->password);
  g_free (self->title);
  g_clear_pointer (&self->ca, g_bytes_unref);
  g_free (self->host_subject);
  g_free (self->tls_ciphers);
  g_free (self->proxy);
  g_strfreev (self->secure_channels);
  g_strfreev (self->disabled_effects);
  g_free (self->usb_filter);
  for (guint i = 0; i < LODGE_VIEWER_N_KEYS; i++)
    g_free (self->keys[i]);
  g_free (self->note);
  g_free (self);
}

/* A name, an IPv4 or an IPv6 address, without brackets and with a zone at most */
static gboolean
is_host (const char *host)
{
  if (*host == '\0' || *host == '-' || strlen (host) > MAX_HOST)
    return FALSE;
  for (const guchar *p = (const guchar *) host; *p != '\0'; p++)
    {
      /* Names of other scripts are as good as those of ASCII */
      if (*p < 0x80 && !g_ascii_isalnum (*p) && strchr ("-._:%", *p) == NULL)
        return FALSE;
    }
  return g_utf8_validate (host, -1, NULL);
}

/**
 * lodge_viewer_target_check:
 * @self: a target with all that was said
 * @error: return location: %LODGE_ERROR_INVALID_VALUE
 *
 * Whether there is a server to connect to.
 */
gboolean
lodge_viewer_target_check (LodgeViewerTarget  *self,
                           GError            **error)
{
  if (self->unix_path != NULL)
    {
      if (*self->unix_path == '/')
        return TRUE;
      return lodge_set_error (error, LODGE_ERROR_INVALID_VALUE, _("The path of a socket begins with “/”."));
    }
  if (self->host == NULL)
    return lodge_set_error (error, LODGE_ERROR_INVALID_VALUE, _("The host is missing."));
  if (!is_host (self->host))
    return lodge_set_error (error, LODGE_ERROR_INVALID_VALUE, _("The host is neither a name nor an address."));
  if (self->protocol == LODGE_VIEWER_VNC)
    {
      self->tls_port = 0;
      if (self->port == 0)
        self->port = DEFAULT_VNC_PORT;
    }
  if (self->port == 0 && self->tls_port == 0)
    return lodge_set_error (error, LODGE_ERROR_INVALID_VALUE,
                            _("The port is missing: SPICE servers have no usual one."));
  return TRUE;
}

/**
 * lodge_viewer_target_is_uri:
 * @text: an argument
 *
 * Returns: %TRUE for the address of a server, %FALSE for the name of a file
 */
gboolean
lodge_viewer_target_is_uri (const char *text)
{
  g_autofree char *scheme = g_uri_parse_scheme (text);

  for (gsize i = 0; scheme != NULL && i < G_N_ELEMENTS (schemes); i++)
    {
      if (g_ascii_strcasecmp (scheme, schemes[i].scheme) == 0)
        return TRUE;
    }
  return FALSE;
}

/* GLib's own words repeat what was typed, which may be a password */
static gboolean
refuse_address (GError **error)
{
  return lodge_set_error (error, LODGE_ERROR_PARSE,
                          _("The address cannot be read. It looks like “spice://example.org:5900” or "
                            "“vnc://example.org”."));
}

static gboolean
read_port (const char  *text,
           guint       *port,
           GError     **error)
{
  guint64 number;

  if (!g_ascii_string_to_unsigned (text, 10, 1, G_MAXUINT16, &number, NULL))
    return lodge_set_error (error, LODGE_ERROR_INVALID_VALUE, _("A port is a number from 1 to 65535."));
  *port = number;
  return TRUE;
}

/* “spice://host?port=5900&tls-port=5901”, as remote-viewer takes it */
static gboolean
read_query (LodgeViewerTarget  *self,
            const char         *query,
            GError            **error)
{
  GUriParamsIter iter;
  g_autoptr(GError) local = NULL;
  char *key;
  char *value;

  g_uri_params_iter_init (&iter, query, -1, "&;", G_URI_PARAMS_NONE);
  while (g_uri_params_iter_next (&iter, &key, &value, &local))
    {
      g_autofree char *name = key;
      g_autofree char *text = value;
      gboolean ok = TRUE;

      if (g_str_equal (name, "port"))
        ok = read_port (text, &self->port, error);
      else if (g_str_equal (name, "tls-port"))
        ok = read_port (text, &self->tls_port, error);
      else if (g_str_equal (name, "password"))
        ok = lodge_set_error (error, LODGE_ERROR_INVALID_VALUE,
                              _("A password does not belong into an address, where other users of this computer see "
                                "it. Leave it out and it is asked for."));
      else
        g_debug ("“%s” in the address is not known", name);
      if (!ok)
        return FALSE;
    }
  if (local != NULL)
    return refuse_address (error);
  return TRUE;
}

/**
 * lodge_viewer_target_new_from_uri:
 * @uri: “spice://host:port”, “spice+tls://…”, “spice+unix:///path”, “vnc://host[:port]”, “vnc+unix:///path”
 * @error: return location: %LODGE_ERROR_PARSE, %LODGE_ERROR_INVALID_VALUE, %LODGE_ERROR_NOT_SUPPORTED
 *
 * Returns: (transfer full) (nullable): the server; never with a password
 */
LodgeViewerTarget *
lodge_viewer_target_new_from_uri (const char  *uri,
                                  GError     **error)
{
  g_autoptr(LodgeViewerTarget) self = target_new ();
  g_autoptr(GUri) parsed = NULL;
  gsize kind;

  g_return_val_if_fail (uri != NULL, NULL);

  parsed = g_uri_parse (uri, G_URI_FLAGS_HAS_PASSWORD | G_URI_FLAGS_ENCODED_QUERY, NULL);
  if (parsed == NULL)
    {
      refuse_address (error);
      return NULL;
    }
  for (kind = 0; kind < G_N_ELEMENTS (schemes); kind++)
    if (g_ascii_strcasecmp (g_uri_get_scheme (parsed), schemes[kind].scheme) == 0)
      break;
  if (kind == G_N_ELEMENTS (schemes))
    {
      lodge_set_error (error, LODGE_ERROR_NOT_SUPPORTED,
                       _("The address must begin with spice://, spice+tls:// or vnc://."));
      return NULL;
    }
  if (g_uri_get_password (parsed) != NULL)
    {
      read_query (self, "password=", error);
      return NULL;
    }

  self->protocol = schemes[kind].protocol;
  self->username = g_strdup (g_uri_get_user (parsed));
  if (schemes[kind].is_unix && g_uri_get_host (parsed) != NULL && *g_uri_get_host (parsed) != '\0')
    {
      lodge_set_error (error, LODGE_ERROR_INVALID_VALUE, _("A socket is on this computer: write three slashes."));
      return NULL;
    }
  if (schemes[kind].is_unix)
    self->unix_path = g_strdup (g_uri_get_path (parsed));
  else if (g_uri_get_host (parsed) != NULL)
    self->host = g_strdup (g_uri_get_host (parsed));
  if (g_uri_get_port (parsed) == 0 || g_uri_get_port (parsed) > G_MAXUINT16)
    read_port ("0", &self->port, error);
  else if (g_uri_get_port (parsed) > 0 && schemes[kind].tls)
    self->tls_port = g_uri_get_port (parsed);
  else if (g_uri_get_port (parsed) > 0)
    self->port = g_uri_get_port (parsed);
  if (g_uri_get_port (parsed) == 0 || g_uri_get_port (parsed) > G_MAXUINT16
      || (g_uri_get_query (parsed) != NULL && !read_query (self, g_uri_get_query (parsed), error))
      || !lodge_viewer_target_check (self, error))
    return NULL;
  /* What is to be encrypted is not sent in the clear, whatever else the address says */
  if (schemes[kind].tls)
    self->port = 0;
  if (schemes[kind].tls && self->tls_port == 0)
    {
      lodge_set_error (error, LODGE_ERROR_INVALID_VALUE, _("The port is missing: SPICE servers have no usual one."));
      return NULL;
    }
  return g_steal_pointer (&self);
}

/**
 * lodge_viewer_target_new_from_file:
 * @data: what a .vv file holds; need not end with a NUL
 * @size: bytes
 * @error: return location: %LODGE_ERROR_PARSE, %LODGE_ERROR_LIMIT, %LODGE_ERROR_INVALID_VALUE,
 *   %LODGE_ERROR_NOT_SUPPORTED
 *
 * Returns: (transfer full) (nullable): the server that the file names
 */
LodgeViewerTarget *
lodge_viewer_target_new_from_file (const char  *data,
                                   gsize        size,
                                   GError     **error)
{
  g_autoptr(LodgeViewerTarget) self = target_new ();

  g_return_val_if_fail (data != NULL || size == 0, NULL);

  if (!lodge_viewer_file_read (self, data, size, error) || !lodge_viewer_target_check (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

char *
lodge_viewer_target_dup_address (LodgeViewerTarget *self)
{
  const guint port = self->port != 0 ? self->port : self->tls_port;

  g_return_val_if_fail (self != NULL, NULL);

  if (self->unix_path != NULL)
    return g_strdup (self->unix_path);
  return g_strdup_printf (strchr (self->host, ':') != NULL ? "[%s]:%u" : "%s:%u", self->host, port);
}

/* Keys */

static const struct { const char *name; const char *modifier; } modifiers[] = {
  { "ctrl", "<Control>" }, { "control", "<Control>" }, { "leftctrl", "<Control>" }, { "rightctrl", "<Control>" },
  { "alt", "<Alt>" }, { "leftalt", "<Alt>" }, { "rightalt", "<Alt>" },
  { "shift", "<Shift>" }, { "leftshift", "<Shift>" }, { "rightshift", "<Shift>" },
  { "super", "<Super>" }, { "win", "<Super>" }, { "meta", "<Meta>" }, { "cmd", "<Super>" },
};

static const struct { const char *name; const char *keyval; } names[] = {
  { "escape", "Escape" }, { "esc", "Escape" }, { "enter", "Return" }, { "return", "Return" }, { "tab", "Tab" },
  { "space", "space" }, { "backspace", "BackSpace" }, { "del", "Delete" }, { "delete", "Delete" },
  { "ins", "Insert" }, { "insert", "Insert" }, { "home", "Home" }, { "end", "End" }, { "pageup", "Page_Up" },
  { "page_up", "Page_Up" }, { "pagedown", "Page_Down" }, { "page_down", "Page_Down" }, { "up", "Up" },
  { "down", "Down" }, { "left", "Left" }, { "right", "Right" }, { "print", "Print" }, { "pause", "Pause" },
  { "menu", "Menu" },
};

/* NULL: no key of that name */
static char *
dup_keyval (const char *name)
{
  guint64 number;

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      if (g_str_equal (name, names[i].name))
        return g_strdup (names[i].keyval);
    }
  if (name[0] != '\0' && name[1] == '\0' && g_ascii_isalnum (name[0]))
    return g_strdup (name);
  if (name[0] == 'f' && g_ascii_string_to_unsigned (name + 1, 10, 1, 24, &number, NULL))
    return g_strdup_printf ("F%u", (guint) number);
  return NULL;
}

/**
 * lodge_viewer_dup_accelerator:
 * @hotkey: e.g. “shift+f11” or “ctrl+alt”, case does not matter
 *
 * Returns: (transfer full) (nullable): “<Shift>F11”, “<Control><Alt>”
 */
char *
lodge_viewer_dup_accelerator (const char *hotkey)
{
  g_autofree char *lower = g_ascii_strdown (hotkey, -1);
  g_auto(GStrv) parts = NULL;
  g_autoptr(GString) result = g_string_new (NULL);
  g_autofree char *keyval = NULL;

  g_strdelimit (lower, " \t", '+');
  parts = g_strsplit (lower, "+", 8);
  for (guint i = 0; parts[i] != NULL; i++)
    {
      gsize j;

      if (*parts[i] == '\0')
        continue;
      for (j = 0; j < G_N_ELEMENTS (modifiers); j++)
        if (g_str_equal (parts[i], modifiers[j].name))
          break;
      if (j < G_N_ELEMENTS (modifiers) && keyval == NULL)
        {
          if (strstr (result->str, modifiers[j].modifier) == NULL)
            g_string_append (result, modifiers[j].modifier);
          continue;
        }
      /* One key, and it comes last */
      if (keyval != NULL || (keyval = dup_keyval (parts[i])) == NULL)
        return NULL;
    }
  g_string_append (result, keyval != NULL ? keyval : "");
  return result->len > 0 ? g_string_free_and_steal (g_steal_pointer (&result)) : NULL;
}
