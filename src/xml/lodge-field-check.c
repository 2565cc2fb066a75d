/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lodge-field.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "util/lodge-error.h"
#include "util/lodge-format.h"

/* Whether a value is one of a field. The sentences stand below the row where it was typed and say what to do. */

static gboolean
refuse (GError     **error,
        const char  *sentence)
{
  return lodge_set_error (error, LODGE_ERROR_INVALID_VALUE, "%s", sentence);
}

static gboolean
check_choice (const LodgeField  *self,
              const char        *value,
              GError           **error)
{
  g_autoptr(GString) list = g_string_new (NULL);

  for (const LodgeFieldChoice *choice = self->choices; choice != NULL && choice->value != NULL; choice++)
    {
      if (g_str_equal (choice->value, value))
        return TRUE;
      g_string_append_printf (list, "%s%s", list->len > 0 ? ", " : "", choice->value);
    }
  return lodge_set_error (error, LODGE_ERROR_INVALID_VALUE,
                          /* Translators: a value that was typed, and those that are possible */
                          _("“%s” is not a valid choice. Choose one of: %s."), value, list->str);
}

static gboolean
check_range (const LodgeField  *self,
             gint64             number,
             GError           **error)
{
  gboolean size = self->type == LODGE_FIELD_SIZE;
  g_autofree char *minimum = size ? lodge_format_size (self->minimum)
                                  : g_strdup_printf ("%" G_GINT64_FORMAT, self->minimum);
  g_autofree char *maximum = size ? lodge_format_size (self->maximum)
                                  : g_strdup_printf ("%" G_GINT64_FORMAT, self->maximum);

  if (number >= self->minimum && (self->maximum == 0 || number <= self->maximum))
    return TRUE;
  if (self->maximum == 0)
    return lodge_set_error (error, LODGE_ERROR_INVALID_VALUE,
                            /* Translators: a number or a size */
                            _("This is too small. Enter %s or more."), minimum);
  return lodge_set_error (error, LODGE_ERROR_INVALID_VALUE,
                          /* Translators: two numbers or sizes */
                          _("Enter a value from %s to %s."), minimum, maximum);
}

static gboolean
check_number (const LodgeField  *self,
              const char        *value,
              GError           **error)
{
  gint64 number = 0;

  if (!g_ascii_string_to_signed (value, 10, G_MININT64, G_MAXINT64, &number, NULL))
    return refuse (error, _("Enter a whole number."));
  return check_range (self, number, error);
}

static gboolean
check_hex (const LodgeField  *self,
           const char        *value,
           GError           **error)
{
  gsize length = strlen (value);
  guint64 number = 0;

  if (!g_str_has_prefix (value, "0x") || length > 18
      || !g_ascii_string_to_unsigned (value + 2, 16, 0, G_MAXUINT64, &number, NULL)
      || !g_ascii_isxdigit (value[2]))
    return refuse (error, _("Enter a hexadecimal number that begins with 0x, like 0x1a."));
  if (self->maximum != 0 && number > (guint64) self->maximum)
    {
      /* A macro in a translatable text would end it */
      g_autofree char *most = g_strdup_printf ("0x%" G_GINT64_MODIFIER "x", (guint64) self->maximum);

      return lodge_set_error (error, LODGE_ERROR_INVALID_VALUE, _("This is too large. Enter at most %s."), most);
    }
  return TRUE;
}

static gboolean
check_mac (const char  *value,
           GError     **error)
{
  if (strlen (value) != 17)
    return refuse (error, _("Enter six pairs of digits and letters a to f, like 52:54:00:12:34:56."));
  for (guint i = 0; i < 17; i++)
    {
      if (i % 3 == 2 ? value[i] != ':' : !g_ascii_isxdigit (value[i]))
        return refuse (error, _("Enter six pairs of digits and letters a to f, like 52:54:00:12:34:56."));
    }
  if (g_ascii_xdigit_value (value[1]) % 2 != 0)
    return refuse (error, _("The second digit of the address must be even: this one is for groups of receivers."));
  return TRUE;
}

static gboolean
check_cpuset (const char  *value,
              GError     **error)
{
  g_auto(GStrv) parts = g_strsplit (value, ",", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      const char *part = g_strstrip (parts[i]);
      g_auto(GStrv) ends = g_strsplit (part[0] == '^' ? part + 1 : part, "-", 2);
      guint64 first = 0, last = 0;

      if (ends[0] == NULL || !g_ascii_string_to_unsigned (ends[0], 10, 0, 16383, &first, NULL)
          || (ends[1] != NULL
              && (part[0] == '^' || !g_ascii_string_to_unsigned (ends[1], 10, first, 16383, &last, NULL))))
        return refuse (error, _("Enter numbers and ranges with commas between, like 0-3,8. “^2” leaves one out."));
    }
  return TRUE;
}

static gboolean
check_line (const char  *value,
            GError     **error)
{
  if (strpbrk (value, "\n\r\t") != NULL)
    return refuse (error, _("Enter one line."));
  return TRUE;
}

static gboolean
check_address (const char  *value,
               GError     **error)
{
  if (!g_hostname_is_ip_address (value))
    return refuse (error, _("Enter an IP address, like 192.168.1.10 or fd00::10."));
  return TRUE;
}

static gboolean
check_date (const char  *value,
            GError     **error)
{
  g_autoptr(GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr(GDateTime) date = g_date_time_new_from_iso8601 (value, utc);

  if (date == NULL || strlen (value) != strlen ("2026-01-31T12:00:00"))
    return refuse (error, _("Enter a date and a time, like 2026-01-31T12:00:00."));
  return TRUE;
}

/**
 * lodge_field_check:
 * @self: a field
 * @value: (nullable): for it; %NULL is “not set”
 * @error: a sentence that says what to enter
 *
 * Returns: whether it can be set
 */
gboolean
lodge_field_check (const LodgeField  *self,
                   const char        *value,
                   GError           **error)
{
  if (value == NULL)
    return (self->flags & LODGE_FIELD_REQUIRED) == 0 || refuse (error, _("This cannot be left empty."));
  if (!g_utf8_validate (value, -1, NULL))
    return refuse (error, _("The text is not valid UTF-8."));
  if (value[0] == '\0' && self->type != LODGE_FIELD_TEXT)
    return refuse (error, _("Enter a value."));
  if (self->choices != NULL && self->type == LODGE_FIELD_ENUM && (self->flags & LODGE_FIELD_OPEN) == 0)
    return check_choice (self, value, error);

  switch (self->type)
    {
    case LODGE_FIELD_BOOL:
    case LODGE_FIELD_PRESENCE:
      return g_str_equal (value, "yes") || g_str_equal (value, "no") || refuse (error, _("Choose yes or no."));
    case LODGE_FIELD_ON_OFF:
      return g_str_equal (value, "on") || g_str_equal (value, "off") || refuse (error, _("Choose on or off."));
    case LODGE_FIELD_UINT:
    case LODGE_FIELD_INT:
    case LODGE_FIELD_SIZE:
      return check_number (self, value, error);
    case LODGE_FIELD_HEX:
      return check_hex (self, value, error);
    case LODGE_FIELD_UUID:
      return g_uuid_string_is_valid (value)
             || refuse (error, _("Enter a UUID, like 8d1b6f0e-4c2a-4f0e-9c55-3c1e0a7b2f41."));
    case LODGE_FIELD_MAC:
      return check_mac (value, error);
    case LODGE_FIELD_PATH:
      if (value[0] != '/')
        return refuse (error, _("Enter a full path that begins with “/”."));
      return check_line (value, error);
    case LODGE_FIELD_ADDRESS:
      return check_address (value, error);
    case LODGE_FIELD_ADDRESS4:
      return (strchr (value, ':') == NULL && g_hostname_is_ip_address (value))
             || refuse (error, _("Enter an IPv4 address, like 192.168.1.10."));
    case LODGE_FIELD_CPUSET:
      return check_cpuset (value, error);
    case LODGE_FIELD_DATE:
      return check_date (value, error);
    case LODGE_FIELD_STRING:
    case LODGE_FIELD_ENUM:
      return check_line (value, error);
    case LODGE_FIELD_TEXT:
      return TRUE;
    default:
      g_return_val_if_reached (FALSE);
    }
}
