/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lodge-field.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "util/lodge-format.h"

/* Getter and setter of every field of every table. Both edit in place: what the tables do not know survives. */

/* As libvirt reads units: b, bytes; a letter or with “iB” is binary, with “B” decimal */
gboolean
lodge_xml_size_parse (const char *number,
                  const char *unit,
                  const char *fallback,
                  guint64    *bytes)
{
  static const char letters[] = "kmgtpe";
  g_autofree char *text = g_strstrip (g_strdup (number));
  g_autofree char *lower = g_ascii_strdown (unit != NULL && unit[0] != '\0' ? unit : fallback, -1);
  guint64 value, factor = 1;
  const char *letter;

  if (!g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT64, &value, NULL))
    return FALSE;

  letter = strchr (letters, lower[0]);
  if (g_str_equal (lower, "b") || g_str_equal (lower, "byte") || g_str_equal (lower, "bytes"))
    ;
  else if (letter != NULL && (lower[1] == '\0' || g_str_equal (lower + 1, "b") || g_str_equal (lower + 1, "ib")))
    {
      for (const char *p = letters; p <= letter; p++)
        factor *= g_str_equal (lower + 1, "b") ? 1000 : 1024;
    }
  else
    return FALSE;
  return g_uint64_checked_mul (bytes, value, factor);
}

/* The path to the unit that goes with a size; NULL when the format fixes it */
static char *
dup_unit_path (const LodgeField *self)
{
  const char *slash = strrchr (self->path, '/');
  const char *last = slash != NULL ? slash + 1 : self->path;

  if (self->flags & LODGE_FIELD_BARE)
    return NULL;
  if (last[0] == '@')
    return g_strdup_printf ("%.*s@unit", (int) (last - self->path), self->path);
  return g_strconcat (self->path, self->path[0] != '\0' ? "/@unit" : "@unit", NULL);
}

/* The field as the document has it: libvirt keeps values of disks where they were written */
static LodgeField
choose_path (const LodgeField *self,
             LodgeXmlDocument *document,
             LodgeXmlNode      node)
{
  LodgeField chosen = *self;
  g_autofree char *here = NULL;
  g_autofree char *there = NULL;

  if (self->also == NULL)
    return chosen;
  here = lodge_xml_document_get_value (document, node, self->path);
  there = here == NULL ? lodge_xml_document_get_value (document, node, self->also) : NULL;
  if (there != NULL)
    chosen.path = self->also;
  return chosen;
}

static char *
get_size (const LodgeField *self,
          LodgeXmlDocument *document,
          LodgeXmlNode      node,
          const char       *number)
{
  g_autofree char *unit_path = dup_unit_path (self);
  g_autofree char *unit = unit_path != NULL ? lodge_xml_document_get_value (document, node, unit_path) : NULL;
  guint64 bytes;

  if (!lodge_xml_size_parse (number, unit, self->unit, &bytes))
    return g_strdup (number);
  return g_strdup_printf ("%" G_GUINT64_FORMAT, bytes);
}

/* Blanks at the ends are a part of these */
static gboolean
is_free_text (const LodgeField *self)
{
  return self->type == LODGE_FIELD_STRING || self->type == LODGE_FIELD_TEXT || self->type == LODGE_FIELD_PATH;
}

/**
 * lodge_field_get:
 * @self: a field
 * @document: a document
 * @node: the element of the field's schema in it
 *
 * Returns: (transfer full) (nullable): the value, a size in bytes; what a host wrote there even if it is no
 *   valid value of the field; %NULL when it is not set
 */
char *
lodge_field_get (const LodgeField *self,
                 LodgeXmlDocument *document,
                 LodgeXmlNode      node)
{
  LodgeField chosen = choose_path (self, document, node);
  g_autofree char *value = NULL;

  self = &chosen;
  if (self->type == LODGE_FIELD_PRESENCE)
    return g_strdup (lodge_xml_document_find (document, node, self->path) != LODGE_XML_NONE ? "yes" : NULL);

  value = lodge_xml_document_get_value (document, node, self->path);
  if (value == NULL)
    return NULL;
  if (!is_free_text (self))
    g_strstrip (value);
  /* An element without text, as <loader secure='yes'/>, does not say anything of its own */
  if (value[0] == '\0' && self->type != LODGE_FIELD_TEXT && strchr (self->path, '@') == NULL)
    return NULL;
  if (self->type == LODGE_FIELD_SIZE)
    return get_size (self, document, node, value);
  return g_steal_pointer (&value);
}

static gboolean
has_attribute (LodgeXmlDocument *document,
               LodgeXmlNode      node,
               const char       *name)
{
  g_autofree char *value = lodge_xml_document_get_attribute (document, node, name);

  return value != NULL;
}

/* Whether an element has attributes or children besides the attribute by which the path names it, as
 * “timer[@name='rtc']” does */
static gboolean
has_more (LodgeXmlDocument *document,
          LodgeXmlNode      node,
          const char       *path)
{
  const char *last = strrchr (path, '[');
  guint n = lodge_xml_document_get_n_attributes (document, node);

  if (last != NULL && last[1] == '@' && strchr (last, ']')[1] == '\0')
    {
      g_autofree char *key = g_strndup (last + 2, strcspn (last + 2, "="));

      n -= has_attribute (document, node, key);
    }
  return n > 0 || lodge_xml_document_get_first_child (document, node, NULL) != LODGE_XML_NONE;
}

static gboolean
is_empty (LodgeXmlDocument *document,
          LodgeXmlNode      node,
          const char       *path)
{
  g_autofree char *content = NULL;

  if (lodge_xml_document_is_blank (document, node))
    return TRUE;
  if (has_more (document, node, path))
    return FALSE;
  /* Of a text with comments only the comments are left */
  content = lodge_xml_document_dup_node_text (document, node);
  return strstr (content, "<!--") == NULL && strstr (content, "</") == NULL;
}

/* Cuts the last step; a slash inside of a condition is none */
static gboolean
cut_step (char *path)
{
  guint brackets = 0;

  for (char *p = path + strlen (path); p > path; p--)
    {
      if (p[-1] == ']')
        brackets++;
      else if (p[-1] == '[')
        brackets--;
      else if (p[-1] == '/' && brackets == 0)
        {
          p[-1] = '\0';
          return TRUE;
        }
    }
  return FALSE;
}

/* Removes what was around the field and is empty now */
static gboolean
prune (const LodgeField  *self,
       LodgeXmlDocument  *document,
       LodgeXmlNode       node,
       GError           **error)
{
  g_autofree char *path = g_strdup (self->path);

  if (self->flags & LODGE_FIELD_KEEPS_PARENT)
    return TRUE;
  while (cut_step (path))
    {
      LodgeXmlNode parent = lodge_xml_document_find (document, node, path);

      if (parent == LODGE_XML_NONE)
        continue;
      if (!is_empty (document, parent, path))
        break;
      if (!lodge_xml_document_remove (document, parent, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
clear (const LodgeField  *self,
       LodgeXmlDocument  *document,
       LodgeXmlNode       node,
       GError           **error)
{
  g_autofree char *unit_path = self->type == LODGE_FIELD_SIZE ? dup_unit_path (self) : NULL;
  LodgeXmlNode element = lodge_xml_document_find (document, node, self->path);
  gboolean attribute = strchr (self->path, '@') != NULL
                       && strchr (strrchr (self->path, '@'), ']') == NULL;

  if (element == LODGE_XML_NONE)
    return TRUE;
  if (unit_path != NULL && !lodge_xml_document_set_value (document, node, unit_path, NULL, error))
    return FALSE;
  element = lodge_xml_document_find (document, node, self->path);
  /* The text goes, but attributes of other fields and children stay where they are */
  if (!attribute && self->type != LODGE_FIELD_PRESENCE
      && (self->path[0] == '\0' || has_more (document, element, self->path)))
    return lodge_xml_document_get_first_child (document, element, NULL) != LODGE_XML_NONE
           || lodge_xml_document_set_content (document, element, "", error);
  return lodge_xml_document_set_value (document, node, self->path, NULL, error)
         && prune (self, document, node, error);
}

/* In the unit that is there if it divides, else in the largest binary one that libvirt itself would print */
static gboolean
set_size (const LodgeField  *self,
          LodgeXmlDocument  *document,
          LodgeXmlNode       node,
          const char        *value,
          GError           **error)
{
  g_autofree char *unit_path = dup_unit_path (self);
  g_autofree char *current = unit_path != NULL ? lodge_xml_document_get_value (document, node, unit_path) : NULL;
  g_autofree char *before = lodge_xml_document_get_value (document, node, self->path);
  g_autofree char *number = NULL;
  guint64 bytes = g_ascii_strtoull (value, NULL, 10);
  guint64 one, normal = 1;
  const char *unit = current != NULL ? current : self->unit;

  lodge_xml_size_parse ("1", NULL, self->unit, &normal);
  if (!lodge_xml_size_parse ("1", unit, self->unit, &one) || one == 0 || bytes % one != 0)
    {
      unit = self->unit;
      one = normal;
    }
  if (bytes % one != 0 && (self->flags & LODGE_FIELD_BARE) == 0)
    {
      unit = "bytes";
      one = 1;
    }
  number = g_strdup_printf ("%" G_GUINT64_FORMAT, (bytes + one - 1) / one);
  if (!lodge_xml_document_set_value (document, node, self->path, number, error))
    return FALSE;
  /* What the format means without a unit need not be said where nobody said it before */
  if (unit_path == NULL || (current == NULL && g_str_equal (unit, self->unit)
                            && (before != NULL || g_str_equal (self->unit, "bytes"))))
    return TRUE;
  return lodge_xml_document_set_value (document, node, unit_path, unit, error);
}

/**
 * lodge_field_set:
 * @self: a field
 * @document: a document
 * @node: the element of the field's schema in it; void afterwards, as every handle, but the root's and
 *   those of elements that begin before the change
 * @value: (nullable): a size in bytes; %NULL clears, with the elements around it that become empty
 * @error: a value that the field does not take; the document stays as it was
 *
 * One step of the document's undo history.
 */
gboolean
lodge_field_set (const LodgeField  *self,
                 LodgeXmlDocument  *document,
                 LodgeXmlNode       node,
                 const char        *value,
                 GError           **error)
{
  g_autofree char *current = NULL;
  g_autofree char *stripped = NULL;
  LodgeField chosen;
  guint mark;
  gboolean ok;

  if (value != NULL && !is_free_text (self))
    value = stripped = g_strstrip (g_strdup (value));
  if (!lodge_field_check (self, value, error))
    return FALSE;

  chosen = choose_path (self, document, node);
  self = &chosen;
  current = lodge_field_get (self, document, node);
  if (value != NULL && g_strcmp0 (current, value) == 0)
    return TRUE;

  mark = lodge_xml_document_begin_edit (document);
  if (value == NULL || (self->type == LODGE_FIELD_PRESENCE && g_str_equal (value, "no")))
    ok = clear (self, document, node, error);
  else if (self->type == LODGE_FIELD_PRESENCE)
    ok = lodge_xml_document_set_value (document, node, self->path, "", error);
  else if (self->type == LODGE_FIELD_SIZE)
    ok = set_size (self, document, node, value, error);
  else
    ok = lodge_xml_document_set_value (document, node, self->path, value, error);

  if (ok)
    lodge_xml_document_end_edit (document);
  else
    lodge_xml_document_cancel_edit (document, mark);
  return ok;
}

/**
 * lodge_field_format:
 * @self: a field
 * @value: (nullable): of it
 *
 * Returns: (transfer full): the value for people, translated; plain text. A secret is dots.
 */
char *
lodge_field_format (const LodgeField *self,
                    const char       *value)
{
  guint64 bytes;

  if (value == NULL)
    return g_strdup (_("Not set"));
  if (self->flags & LODGE_FIELD_SECRET)
    return g_strdup ("••••••");
  for (const LodgeFieldChoice *choice = self->choices; choice != NULL && choice->value != NULL; choice++)
    {
      if (g_str_equal (choice->value, value))
        return g_strdup (choice->label != NULL ? _(choice->label) : value);
    }
  if (self->type == LODGE_FIELD_BOOL || self->type == LODGE_FIELD_ON_OFF || self->type == LODGE_FIELD_PRESENCE)
    {
      if (g_str_equal (value, "yes") || g_str_equal (value, "on"))
        return g_strdup (_("On"));
      if (g_str_equal (value, "no") || g_str_equal (value, "off"))
        return g_strdup (_("Off"));
    }
  if (self->type == LODGE_FIELD_SIZE && g_ascii_string_to_unsigned (value, 10, 0, G_MAXUINT64, &bytes, NULL))
    return lodge_format_size (bytes);
  if (self->unit != NULL && self->type != LODGE_FIELD_SIZE)
    {
      g_autofree char *text = lodge_display_text (value, 40);

      /* Translators: a number and its unit */
      return g_strdup_printf (C_("number and unit", "%s %s"), text, _(self->unit));
    }
  return lodge_display_text (value, 200);
}

/**
 * lodge_field_get_supported:
 * @self: a field
 * @capabilities: (nullable): the domain capabilities of the host for this kind of machine
 *
 * Returns: (transfer full) (nullable): the values that the host can; empty when it cannot do it at all,
 *   %NULL when it does not say
 */
GStrv
lodge_field_get_supported (const LodgeField *self,
                           LodgeXmlDocument *capabilities)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_autofree char *owner_path = NULL;
  g_autofree char *supported = NULL;
  LodgeXmlNode root, owner, node;

  if (self->capability == NULL || capabilities == NULL)
    return NULL;

  root = lodge_xml_document_get_root (capabilities);
  owner_path = g_strdup (self->capability);
  cut_step (owner_path);
  owner = lodge_xml_document_find (capabilities, root, owner_path);
  supported = owner != LODGE_XML_NONE ? lodge_xml_document_get_attribute (capabilities, owner, "supported") : NULL;
  if (g_strcmp0 (supported, "no") == 0)
    return g_strv_builder_end (builder);

  node = lodge_xml_document_find (capabilities, root, self->capability);
  if (node == LODGE_XML_NONE)
    return NULL;
  for (LodgeXmlNode value = lodge_xml_document_get_first_child (capabilities, node, "value");
       value != LODGE_XML_NONE;
       value = lodge_xml_document_get_next_sibling (capabilities, value, "value"))
    g_strv_builder_take (builder, lodge_xml_document_get_content (capabilities, value));
  return g_strv_builder_end (builder);
}
