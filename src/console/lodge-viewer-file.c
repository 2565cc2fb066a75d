/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-viewer-file"

#include "config.h"

#include "lodge-viewer-file.h"

#include <glib/gi18n.h>

#include "util/lodge-error.h"

/* The .vv files of virt-viewer: a key file with one group. A key that is not known is somebody else's; a value that
 * cannot be is refused, and the words say which. */

#define GROUP "virt-viewer"
/* virt-viewer's version whose files these are */
#define UNDERSTOOD_MAJOR 11
#define MAX_TEXT 1024
#define MAX_LIST 64

typedef struct
{
  LodgeViewerTarget *target;
  GKeyFile          *file;
} Reader;

typedef gboolean (*ReadFunc) (Reader      *reader,
                              const char  *key,
                              const char  *value,
                              gsize        offset,
                              GError     **error);

#define FIELD(target, type, offset) (*(type *) (gpointer) ((char *) (target) + (offset)))

static gboolean
refuse (const char  *key,
        GError     **error)
{
  return lodge_set_error (error, LODGE_ERROR_INVALID_VALUE, _("What “%s” says in the connection file cannot be."), key);
}

static gboolean
is_line (const char *text)
{
  for (const guchar *p = (const guchar *) text; *p != '\0'; p++)
    {
      if (*p < 0x20 || *p == 0x7f)
        return FALSE;
    }
  return strlen (text) <= MAX_TEXT;
}

static gboolean
read_text (Reader      *reader,
           const char  *key,
           const char  *value,
           gsize        offset,
           GError     **error)
{
  if (!is_line (value))
    return refuse (key, error);
  if (*value != '\0')
    {
      g_free (FIELD (reader->target, char *, offset));
      FIELD (reader->target, char *, offset) = g_strdup (value);
    }
  return TRUE;
}

/* Servers say 0 or -1 for a port that they do not have */
static gboolean
read_port (Reader      *reader,
           const char  *key,
           const char  *value,
           gsize        offset,
           GError     **error)
{
  guint64 number = 0;

  if (*value != '\0' && !g_str_equal (value, "-1")
      && !g_ascii_string_to_unsigned (value, 10, 0, G_MAXUINT16, &number, NULL))
    return refuse (key, error);
  FIELD (reader->target, guint, offset) = number;
  return TRUE;
}

static gboolean
read_switch (Reader      *reader,
             const char  *key,
             const char  *value,
             gsize        offset,
             GError     **error)
{
  static const struct { const char *text; gboolean on; } words[] = {
    { "0", FALSE }, { "1", TRUE }, { "false", FALSE }, { "true", TRUE }, { "no", FALSE }, { "yes", TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    {
      if (g_ascii_strcasecmp (value, words[i].text) == 0)
        {
          FIELD (reader->target, int, offset) = words[i].on;
          return TRUE;
        }
    }
  return refuse (key, error);
}

static gboolean
read_type (Reader      *reader,
           const char  *key,
           const char  *value,
           gsize        offset,
           GError     **error)
{
  if (g_ascii_strcasecmp (value, "spice") == 0)
    reader->target->protocol = LODGE_VIEWER_SPICE;
  else if (g_ascii_strcasecmp (value, "vnc") == 0)
    reader->target->protocol = LODGE_VIEWER_VNC;
  else if (g_ascii_strcasecmp (value, "ovirt") == 0)
    return lodge_set_error (error, LODGE_ERROR_NOT_SUPPORTED,
                            _("The file names a machine of an oVirt server, which is not supported. Download the file "
                              "of the machine’s console there instead."));
  else if (is_line (value) && strlen (value) < 32 && *value != '\0')
    return lodge_set_error (error, LODGE_ERROR_NOT_SUPPORTED,
                            _("Displays of the kind “%s” cannot be shown."), value);
  else
    return refuse (key, error);
  return TRUE;
}

static gboolean
is_name (const char *text)
{
  if (*text == '\0' || strlen (text) > 32)
    return FALSE;
  for (const char *p = text; *p != '\0'; p++)
    {
      if (!g_ascii_isalnum (*p) && *p != '-' && *p != '_')
        return FALSE;
    }
  return TRUE;
}

/* Names with semicolons or commas between them */
static gboolean
read_names (Reader      *reader,
            const char  *key,
            const char  *value,
            gsize        offset,
            GError     **error)
{
  g_auto(GStrv) words = g_strsplit_set (value, ";, ", MAX_LIST + 1);
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  guint n = 0;

  for (; words[n] != NULL; n++)
    {
      if (*words[n] == '\0')
        continue;
      if (!is_name (words[n]))
        return refuse (key, error);
      g_strv_builder_add (builder, words[n]);
    }
  if (n > MAX_LIST)
    return refuse (key, error);
  g_strfreev (FIELD (reader->target, char **, offset));
  FIELD (reader->target, char **, offset) = g_strv_builder_end (builder);
  return TRUE;
}

static gboolean
read_effects (Reader      *reader,
              const char  *key,
              const char  *value,
              gsize        offset,
              GError     **error)
{
  static const char * const known[] = { "wallpaper", "font-smooth", "animation", "all", NULL };
  char **effects;

  if (!read_names (reader, key, value, offset, error))
    return FALSE;
  effects = FIELD (reader->target, char **, offset);
  for (guint i = 0; effects[i] != NULL; i++)
    {
      if (!g_strv_contains (known, effects[i]))
        return refuse (key, error);
    }
  return TRUE;
}

static gboolean
read_color_depth (Reader      *reader,
                  const char  *key,
                  const char  *value,
                  gsize        offset,
                  GError     **error)
{
  if (!g_str_equal (value, "0") && !g_str_equal (value, "16") && !g_str_equal (value, "24") && !g_str_equal (value, "32"))
    return refuse (key, error);
  reader->target->color_depth = atoi (value);
  return TRUE;
}

static gboolean
read_ca (Reader      *reader,
         const char  *key,
         const char  *value,
         gsize        offset,
         GError     **error)
{
  if (*value == '\0')
    return TRUE;
  if (strstr (value, "-----BEGIN CERTIFICATE-----") == NULL)
    return refuse (key, error);
  g_clear_pointer (&reader->target->ca, g_bytes_unref);
  reader->target->ca = g_bytes_new (value, strlen (value));
  return TRUE;
}

static gboolean
read_proxy (Reader      *reader,
            const char  *key,
            const char  *value,
            gsize        offset,
            GError     **error)
{
  g_autofree char *with_scheme = NULL;
  g_autoptr(GUri) uri = NULL;

  if (!is_line (value))
    return refuse (key, error);
  if (*value == '\0')
    return TRUE;
  /* “proxy.example.org:3128” is enough for virt-viewer */
  with_scheme = strstr (value, "://") != NULL ? g_strdup (value) : g_strconcat ("http://", value, NULL);
  uri = g_uri_parse (with_scheme, G_URI_FLAGS_HAS_PASSWORD, NULL);
  if (uri == NULL || g_uri_get_host (uri) == NULL || *g_uri_get_host (uri) == '\0'
      || (!g_str_equal (g_uri_get_scheme (uri), "http") && !g_str_equal (g_uri_get_scheme (uri), "https")))
    return refuse (key, error);
  g_free (reader->target->proxy);
  reader->target->proxy = g_steal_pointer (&with_scheme);
  return TRUE;
}

/* What OpenSSL takes as the name of ciphers */
static gboolean
read_ciphers (Reader      *reader,
              const char  *key,
              const char  *value,
              gsize        offset,
              GError     **error)
{
  for (const char *p = value; *p != '\0'; p++)
    {
      if (!g_ascii_isalnum (*p) && strchr (":+-!@=_, ", *p) == NULL)
        return refuse (key, error);
    }
  return read_text (reader, key, value, offset, error);
}

/* “class,vendor,product,version,allow” with “|” between rules */
static gboolean
read_usb_filter (Reader      *reader,
                 const char  *key,
                 const char  *value,
                 gsize        offset,
                 GError     **error)
{
  if (*value != '\0'
      && !g_regex_match_simple ("^(-1|0x[0-9a-fA-F]{1,4}|[0-9]{1,5})(,(-1|0x[0-9a-fA-F]{1,4}|[0-9]{1,5})){3},[01]"
                                "(\\|(-1|0x[0-9a-fA-F]{1,4}|[0-9]{1,5})(,(-1|0x[0-9a-fA-F]{1,4}|[0-9]{1,5})){3},[01])*\\|?$",
                                value, G_REGEX_DEFAULT, G_REGEX_MATCH_DEFAULT))
    return refuse (key, error);
  return read_text (reader, key, value, offset, error);
}

static gboolean
read_hotkey (Reader      *reader,
             const char  *key,
             const char  *value,
             gsize        offset,
             GError     **error)
{
  char *accelerator = *value == '\0' ? g_strdup ("") : lodge_viewer_dup_accelerator (value);

  if (accelerator == NULL)
    return refuse (key, error);
  g_free (FIELD (reader->target, char *, offset));
  FIELD (reader->target, char *, offset) = accelerator;
  return TRUE;
}

#define AT(field) G_STRUCT_OFFSET (LodgeViewerTarget, field)
#define KEY_AT(name) (AT (keys) + sizeof (char *) * LODGE_VIEWER_KEY_ ## name)

static const struct
{
  const char *key;
  ReadFunc    read;
  gsize       offset;
} keys[] = {
  { "type", read_type, 0 },
  { "host", read_text, AT (host) },
  { "port", read_port, AT (port) },
  { "tls-port", read_port, AT (tls_port) },
  { "unix-path", read_text, AT (unix_path) },
  { "username", read_text, AT (username) },
  { "password", read_text, AT (password) },
  { "title", read_text, AT (title) },
  { "fullscreen", read_switch, AT (fullscreen) },
  { "delete-this-file", read_switch, AT (delete_file) },
  { "ca", read_ca, 0 },
  { "host-subject", read_text, AT (host_subject) },
  { "tls-ciphers", read_ciphers, AT (tls_ciphers) },
  { "secure-channels", read_names, AT (secure_channels) },
  { "proxy", read_proxy, 0 },
  { "color-depth", read_color_depth, 0 },
  { "disable-effects", read_effects, AT (disabled_effects) },
  { "enable-smartcard", read_switch, AT (enable_smartcard) },
  { "enable-usbredir", read_switch, AT (enable_usbredir) },
  { "enable-usb-autoshare", read_switch, AT (enable_usb_autoshare) },
  { "usb-filter", read_usb_filter, AT (usb_filter) },
  { "toggle-fullscreen", read_hotkey, KEY_AT (FULLSCREEN) },
  { "release-cursor", read_hotkey, KEY_AT (RELEASE) },
  { "secure-attention", read_hotkey, KEY_AT (SECURE_ATTENTION) },
  { "smartcard-insert", read_hotkey, KEY_AT (SMARTCARD_INSERT) },
  { "smartcard-remove", read_hotkey, KEY_AT (SMARTCARD_REMOVE) },
};

/* A file may ask for a program that is newer than what this one knows */
static gboolean
check_version (Reader  *reader,
               GError **error)
{
  g_autofree char *version = g_key_file_get_string (reader->file, GROUP, "version", NULL);
  g_autofree char *where = g_key_file_get_string (reader->file, GROUP, "newer-version-url", NULL);
  guint64 major;
  char *end = NULL;

  if (version == NULL)
    return TRUE;
  major = g_ascii_strtoull (version, &end, 10);
  if (!g_ascii_isdigit (*version) || !is_line (version) || strlen (version) > 32)
    return refuse ("version", error);
  if (major <= UNDERSTOOD_MAJOR)
    return TRUE;
  if (where != NULL && is_line (where) && *where != '\0')
    return lodge_set_error (error, LODGE_ERROR_NOT_SUPPORTED,
                            _("The file is for version %s of virt-viewer, which does more than Lodge knows of. It names "
                              "%s for a newer one."), version, where);
  return lodge_set_error (error, LODGE_ERROR_NOT_SUPPORTED,
                          _("The file is for version %s of virt-viewer, which does more than Lodge knows of."), version);
}

gboolean
lodge_viewer_file_read (LodgeViewerTarget  *target,
                        const char         *data,
                        gsize               size,
                        GError            **error)
{
  g_autoptr(GKeyFile) file = g_key_file_new ();
  g_autoptr(GError) local = NULL;
  Reader reader = { target, file };

  if (size > LODGE_VIEWER_MAX_FILE)
    return lodge_set_error (error, LODGE_ERROR_LIMIT, _("The file is too large for a connection file."));
  if (size == 0 || !g_key_file_load_from_data (file, data, size, G_KEY_FILE_NONE, &local)
      || !g_key_file_has_group (file, GROUP))
    return lodge_set_error (error, LODGE_ERROR_PARSE, _("This is not a connection file: it has no group “%s”."), GROUP);
  if (!check_version (&reader, error))
    return FALSE;
  if (!g_key_file_has_key (file, GROUP, "type", NULL))
    return lodge_set_error (error, LODGE_ERROR_INVALID_VALUE, _("The connection file does not say of which kind it is."));

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      g_autofree char *value = NULL;

      if (!g_key_file_has_key (file, GROUP, keys[i].key, NULL))
        continue;
      value = g_key_file_get_string (file, GROUP, keys[i].key, NULL);
      if (value == NULL)
        return refuse (keys[i].key, error);
      if (!keys[i].read (&reader, keys[i].key, g_strstrip (value), keys[i].offset, error))
        return FALSE;
    }
  if (g_key_file_has_group (file, "ovirt"))
    target->note = g_strdup (_("The file names an oVirt server too. What that offers, such as other discs, is not "
                               "supported."));
  return TRUE;
}
