/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lodge-xml-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "util/lodge-error.h"

/* “&”, the longest reference that anybody writes, “;” */
#define MAX_REFERENCE 34

static const struct { const char *name; char c; } entities[] = {
  { "lt", '<' }, { "gt", '>' }, { "amp", '&' }, { "quot", '"' }, { "apos", '\'' },
};

/* What XML 1.0 calls a Char */
static gboolean
is_xml_char (gunichar c)
{
  return c >= 0x20 ? (c < 0xd800 || c > 0xdfff) && c != 0xfffe && c != 0xffff && c <= 0x10ffff
                   : c == '\t' || c == '\n' || c == '\r';
}

/* Reads the reference at @text, which starts with “&”.
 * Returns its length, or 0 for what is none: that is a text then, as in a document that is being typed. */
static gsize
read_reference (const char *text,
                gsize       length,
                gunichar   *c)
{
  const char *end = memchr (text, ';', MIN (length, MAX_REFERENCE));
  gsize size;

  if (end == NULL)
    return 0;
  size = end - text + 1;

  if (text[1] == '#')
    {
      gboolean hex = text[2] == 'x';
      char *stop;
      guint64 number;

      if (!g_ascii_isxdigit (text[hex ? 3 : 2]))
        return 0;
      number = g_ascii_strtoull (text + (hex ? 3 : 2), &stop, hex ? 16 : 10);
      *c = (gunichar) MIN (number, G_MAXUINT32);
      return stop == end && is_xml_char (*c) ? size : 0;
    }

  for (guint i = 0; i < G_N_ELEMENTS (entities); i++)
    {
      if (strlen (entities[i].name) == size - 2 && memcmp (text + 1, entities[i].name, size - 2) == 0)
        {
          *c = entities[i].c;
          return size;
        }
    }
  return 0;
}

/**
 * lodge_xml_text_decode:
 * @text: as it stands in a document
 * @length: of @text in bytes
 * @place: where it stands
 *
 * Reads references and line ends as XML says: a literal line end or tab of an attribute is a blank,
 * CR LF is one line end.
 *
 * Returns: (transfer full): what it means
 */
char *
lodge_xml_text_decode (const char    *text,
                       gsize          length,
                       LodgeXmlPlace  place)
{
  GString *result = g_string_sized_new (length);
  gsize i = 0;

  while (i < length)
    {
      gunichar c = 0;
      gsize size = text[i] == '&' && place != LODGE_XML_IN_CDATA
                   ? read_reference (text + i, length - i, &c) : 0;

      if (size > 0)
        {
          g_string_append_unichar (result, c);
          i += size;
          continue;
        }

      if (text[i] == '\r')
        {
          i += i + 1 < length && text[i + 1] == '\n' ? 2 : 1;
          g_string_append_c (result, place == LODGE_XML_IN_ATTRIBUTE ? ' ' : '\n');
        }
      else
        {
          gboolean blank = place == LODGE_XML_IN_ATTRIBUTE && (text[i] == '\n' || text[i] == '\t');

          g_string_append_c (result, blank ? ' ' : text[i]);
          i++;
        }
    }
  return g_string_free_and_steal (result);
}

/**
 * lodge_xml_text_encode:
 * @text: what it shall mean
 * @place: where it shall stand; not in CDATA
 * @error: what XML cannot hold
 *
 * Escapes as libvirt prints, all five characters, and what would be read otherwise than it is written.
 *
 * Returns: (transfer full) (nullable): @text for a document
 */
char *
lodge_xml_text_encode (const char     *text,
                       LodgeXmlPlace   place,
                       GError        **error)
{
  g_autoptr(GString) result = NULL;

  if (!g_utf8_validate (text, -1, NULL))
    {
      lodge_set_error (error, LODGE_ERROR_INVALID_VALUE, _("The text is not valid UTF-8."));
      return NULL;
    }

  result = g_string_new (NULL);
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (!is_xml_char (c))
        {
          lodge_set_error (error, LODGE_ERROR_INVALID_VALUE,
                           _("The text has a control character, which XML cannot hold."));
          return NULL;
        }
      switch (c)
        {
        case '<': g_string_append (result, "&lt;"); break;
        case '>': g_string_append (result, "&gt;"); break;
        case '&': g_string_append (result, "&amp;"); break;
        case '"': g_string_append (result, "&quot;"); break;
        case '\'': g_string_append (result, "&apos;"); break;
        case '\r': g_string_append (result, "&#13;"); break;
        case '\n':
        case '\t':
          if (place == LODGE_XML_IN_ATTRIBUTE)
            g_string_append_printf (result, "&#%u;", c);
          else
            g_string_append_unichar (result, c);
          break;
        default: g_string_append_unichar (result, c); break;
        }
    }
  return g_string_free_and_steal (g_steal_pointer (&result));
}
