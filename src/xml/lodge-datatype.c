/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lodge-datatype.h"

#include <glib/gi18n-lib.h>
#include <libxml/tree.h>
#include <libxml/uri.h>
#include <libxml/xmlregexp.h>
#include <string.h>

typedef enum
{
  KIND_STRING,
  KIND_SIGNED,
  KIND_UNSIGNED,
  KIND_DOUBLE,
  KIND_DATE_TIME,
  KIND_NCNAME,
  KIND_URI,
} Kind;

struct _LodgeDatatype
{
  const char *type;        /* of the table below */
  Kind        kind;
  char       *define;      /* nullable: what the grammar calls it */
  char       *pattern;     /* nullable */
  xmlRegexp  *regexp;      /* nullable: of @pattern; not PCRE: “^” and “$” are letters */
  gint64      minimum;
  guint64     maximum;
  gsize       max_length;  /* in characters; 0 is none */
  GPtrArray  *exceptions;
};

static const struct { const char *name; Kind kind; gint64 minimum; guint64 maximum; } types[] = {
  { "string", KIND_STRING, 0, 0 },
  { "token", KIND_STRING, 0, 0 },
  { "integer", KIND_SIGNED, G_MININT64, G_MAXUINT64 },
  { "positiveInteger", KIND_SIGNED, 1, G_MAXUINT64 },
  { "nonNegativeInteger", KIND_SIGNED, 0, G_MAXUINT64 },
  { "long", KIND_SIGNED, G_MININT64, G_MAXINT64 },
  { "int", KIND_SIGNED, G_MININT32, G_MAXINT32 },
  { "short", KIND_SIGNED, G_MININT16, G_MAXINT16 },
  { "byte", KIND_SIGNED, G_MININT8, G_MAXINT8 },
  { "unsignedLong", KIND_UNSIGNED, 0, G_MAXUINT64 },
  { "unsignedInt", KIND_UNSIGNED, 0, G_MAXUINT32 },
  { "unsignedShort", KIND_UNSIGNED, 0, G_MAXUINT16 },
  { "unsignedByte", KIND_UNSIGNED, 0, G_MAXUINT8 },
  { "double", KIND_DOUBLE, 0, 0 },
  { "dateTime", KIND_DATE_TIME, 0, 0 },
  { "NCName", KIND_NCNAME, 0, 0 },
  { "anyURI", KIND_URI, 0, 0 },
};

/* What people call the types that the grammars define by a pattern */
static const struct { const char *define, *words; } words[] = {
  { "UUID", N_("a UUID") },
  { "absDirPath", N_("a full path of a folder") },
  { "absFilePath", N_("a full path of a file") },
  { "aliasName", N_("a name of letters, digits, “-” and “_”") },
  { "cpuset", N_("numbers and ranges, like 0-3,8") },
  { "deviceName", N_("a name of a device") },
  { "dirPath", N_("a path of a folder") },
  { "dnsName", N_("a host name") },
  { "filePath", N_("a path of a file") },
  { "genericName", N_("a name of letters, digits, “-”, “_” and “.”") },
  { "hexuint", N_("a hexadecimal number, like 0x1a") },
  { "ipAddr", N_("an IP address") },
  { "ipv4Addr", N_("an IPv4 address") },
  { "ipv6Addr", N_("an IPv6 address") },
  { "macAddr", N_("a MAC address, like 52:54:00:12:34:56") },
  { "objectName", N_("a name in one line") },
  { "octalMode", N_("an octal mode, like 0644") },
  { "pciBus", N_("a PCI bus from 0x00 to 0xff") },
  { "pciDomain", N_("a PCI segment from 0x0000 to 0xffff") },
  { "pciFunc", N_("a PCI function from 0 to 7") },
  { "pciSlot", N_("a PCI slot from 0x00 to 0x1f") },
  { "multiMacAddr", N_("a MAC address, like 52:54:00:12:34:56") },
  { "uniMacAddr", N_("a MAC address for one receiver, like 52:54:00:12:34:56") },
  { "unit", N_("a unit, like KiB, MiB or GiB") },
  { "wwn", N_("16 hexadecimal digits") },
};

LodgeDatatype *
lodge_datatype_new (const char *type,
                    const char *define)
{
  LodgeDatatype *self = g_new0 (LodgeDatatype, 1);

  self->type = types[0].name;
  self->define = g_strdup (define);
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      if (!g_str_equal (types[i].name, type))
        continue;
      self->type = types[i].name;
      self->kind = types[i].kind;
      self->minimum = types[i].minimum;
      self->maximum = types[i].maximum;
    }
  return self;
}

void
lodge_datatype_free (LodgeDatatype *self)
{
  if (self->regexp != NULL)
    xmlRegFreeRegexp (self->regexp);
  if (self->exceptions != NULL)
    g_ptr_array_unref (self->exceptions);
  g_free (self->define);
  g_free (self->pattern);
  g_free (self);
}

/* FALSE: a facet that libvirt's grammars did not have when this was written */
gboolean
lodge_datatype_add_facet (LodgeDatatype *self,
                          const char    *name,
                          const char    *value)
{
  if (g_str_equal (name, "pattern"))
    {
      g_clear_pointer (&self->regexp, xmlRegFreeRegexp);
      g_set_str (&self->pattern, value);
      self->regexp = xmlRegexpCompile (BAD_CAST value);
      return self->regexp != NULL;
    }
  if (g_str_equal (name, "minInclusive"))
    self->minimum = g_ascii_strtoll (value, NULL, 10);
  else if (g_str_equal (name, "maxInclusive"))
    self->maximum = g_ascii_strtoull (value, NULL, 10);
  else if (g_str_equal (name, "maxLength"))
    self->max_length = g_ascii_strtoull (value, NULL, 10);
  else
    return FALSE;
  return TRUE;
}

void
lodge_datatype_add_exception (LodgeDatatype *self,
                              const char    *value)
{
  if (self->exceptions == NULL)
    self->exceptions = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (self->exceptions, g_strdup (value));
}

static gboolean
check_number (const LodgeDatatype *self,
              const char          *text)
{
  gboolean negative = *text == '-';
  const char *digits = text;
  guint64 number = 0;

  if (self->kind == KIND_SIGNED && (*text == '-' || *text == '+'))
    digits++;
  if (*digits == '\0' || strspn (digits, "0123456789") != strlen (digits))
    return FALSE;
  while (digits[0] == '0' && digits[1] != '\0')
    digits++;
  if (!g_ascii_string_to_unsigned (digits, 10, 0, G_MAXUINT64, &number, NULL))
    return self->maximum == G_MAXUINT64 && self->kind == KIND_SIGNED && !negative;
  if (negative && number > 0)
    return self->minimum < 0 && number - 1 <= (guint64) -(self->minimum + 1);
  return number <= self->maximum && (self->minimum <= 0 || number >= (guint64) self->minimum);
}

static gboolean
check_date_time (const char *text)
{
  g_autoptr(GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr(GDateTime) date = g_date_time_new_from_iso8601 (text, utc);

  return date != NULL && strlen (text) >= 19 && text[4] == '-' && text[10] == 'T' && text[13] == ':' && text[16] == ':';
}

static gboolean
check_double (const char *text)
{
  char *end;

  if (g_str_equal (text, "INF") || g_str_equal (text, "-INF") || g_str_equal (text, "NaN"))
    return TRUE;
  if (*text == '\0' || strspn (text, "0123456789+-.eE") != strlen (text))
    return FALSE;
  g_ascii_strtod (text, &end);
  return *end == '\0';
}

static gboolean
check_uri (const char *text)
{
  xmlURI *uri = *text != '\0' ? xmlParseURI (text) : NULL;
  gboolean ok = *text == '\0' || uri != NULL;

  xmlFreeURI (uri);
  return ok;
}

gboolean
lodge_datatype_check (const LodgeDatatype *self,
                      const char          *value)
{
  g_autofree char *collapsed = NULL;
  gboolean ok;

  if (self->kind != KIND_STRING)
    value = collapsed = g_strstrip (g_strdup (value));
  switch (self->kind)
    {
    case KIND_SIGNED:
    case KIND_UNSIGNED:
      ok = check_number (self, value);
      break;
    case KIND_DOUBLE:
      ok = check_double (value);
      break;
    case KIND_DATE_TIME:
      ok = check_date_time (value);
      break;
    case KIND_NCNAME:
      ok = xmlValidateNCName (BAD_CAST value, 0) == 0;
      break;
    case KIND_URI:
      ok = check_uri (value);
      break;
    case KIND_STRING:
    default:
      ok = TRUE;
      break;
    }
  if (!ok || (self->max_length > 0 && (gsize) g_utf8_strlen (value, -1) > self->max_length)
      || (self->regexp != NULL && xmlRegexpExec (self->regexp, BAD_CAST value) != 1))
    return FALSE;
  for (guint i = 0; self->exceptions != NULL && i < self->exceptions->len; i++)
    {
      if (g_str_equal (g_ptr_array_index (self->exceptions, i), value))
        return FALSE;
    }
  return TRUE;
}

char *
lodge_datatype_describe (const LodgeDatatype *self)
{
  g_autofree char *minimum = NULL;
  g_autofree char *maximum = NULL;

  for (guint i = 0; self->define != NULL && i < G_N_ELEMENTS (words); i++)
    {
      if (g_str_equal (words[i].define, self->define))
        return g_strdup (_(words[i].words));
    }
  if (self->kind == KIND_SIGNED || self->kind == KIND_UNSIGNED)
    {
      if (self->maximum >= G_MAXINT64)
        return g_strdup (_("a whole number"));
      /* A macro in a translatable text would end it */
      minimum = g_strdup_printf ("%" G_GINT64_FORMAT, self->minimum);
      maximum = g_strdup_printf ("%" G_GUINT64_FORMAT, self->maximum);
      return g_strdup_printf (_("a number from %s to %s"), minimum, maximum);
    }
  if (self->kind == KIND_DATE_TIME)
    return g_strdup (_("a time, like 2026-01-31T12:00:00"));
  if (self->kind == KIND_DOUBLE)
    return g_strdup (_("a number"));
  if (self->pattern != NULL)
    return g_strdup (self->pattern);
  return g_strdup (_("a text"));
}

const char *
lodge_datatype_get_pattern (const LodgeDatatype *self)
{
  return self->pattern;
}

const char *
lodge_datatype_get_type (const LodgeDatatype *self)
{
  return self->type;
}

gint64
lodge_datatype_get_minimum (const LodgeDatatype *self)
{
  return self->minimum;
}
