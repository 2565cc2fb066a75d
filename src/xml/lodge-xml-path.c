/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lodge-xml-document.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "util/lodge-error.h"

/* Paths of a document: “devices/disk[@device='cdrom']/source/@file”. A step is a name with an optional
 * condition, an ordinal from 1 or an attribute's value; the last may be an attribute. */

typedef struct
{
  char  *name;
  char  *key;       /* nullable: attribute of the condition */
  char  *value;     /* of @key */
  guint  ordinal;   /* 1 when none is given */
} Step;

static void
step_clear (Step *step)
{
  g_free (step->name);
  g_free (step->key);
  g_free (step->value);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Step, step_clear)

/* The paths are ours, never a host's: one that is malformed is an error of the caller. */
static void
parse_step (const char *text,
            Step       *step)
{
  const char *condition = strchr (text, '[');

  *step = (Step) { .ordinal = 1 };
  step->name = condition != NULL ? g_strndup (text, condition - text) : g_strdup (text);
  if (condition == NULL)
    return;

  if (condition[1] == '@')
    {
      const char *equals = strchr (condition, '=');
      const char *close = strrchr (condition, ']');

      g_assert (equals != NULL && close != NULL && close - equals >= 3);
      step->key = g_strndup (condition + 2, equals - condition - 2);
      step->value = g_strndup (equals + 2, close - equals - 3);
    }
  else
    step->ordinal = MAX (1, (guint) g_ascii_strtoull (condition + 1, NULL, 10));
}

/* Slashes inside of a condition do not divide */
static GStrv
split_path (const char *path)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  const char *start = path;
  guint brackets = 0;

  for (const char *p = path;; p++)
    {
      if (*p == '[')
        brackets++;
      else if (*p == ']')
        brackets--;
      else if (*p == '\0' || (*p == '/' && brackets == 0))
        {
          if (p > start)
            g_strv_builder_take (builder, g_strndup (start, p - start));
          if (*p == '\0')
            break;
          start = p + 1;
        }
    }
  return g_strv_builder_end (builder);
}

static LodgeXmlNode
find_child (LodgeXmlDocument *self,
            LodgeXmlNode      node,
            const char       *text)
{
  g_auto(Step) step = { NULL };
  LodgeXmlNode child;
  guint n = 0;

  parse_step (text, &step);
  for (child = lodge_xml_document_get_first_child (self, node, step.name);
       child != LODGE_XML_NONE;
       child = lodge_xml_document_get_next_sibling (self, child, step.name))
    {
      if (step.key != NULL)
        {
          g_autofree char *value = lodge_xml_document_get_attribute (self, child, step.key);

          if (g_strcmp0 (value, step.value) != 0)
            continue;
        }
      if (++n == step.ordinal)
        return child;
    }
  return LODGE_XML_NONE;
}

/**
 * lodge_xml_document_find:
 * @self: a document
 * @from: an element
 * @path: to another, below it; an attribute at its end is passed over
 *
 * Returns: the first element there, or `LODGE_XML_NONE`
 */
LodgeXmlNode
lodge_xml_document_find (LodgeXmlDocument *self,
                         LodgeXmlNode      from,
                         const char       *path)
{
  g_auto(GStrv) steps = split_path (path);

  for (guint i = 0; steps[i] != NULL && steps[i][0] != '@' && from != LODGE_XML_NONE; i++)
    from = find_child (self, from, steps[i]);
  return from;
}

/**
 * lodge_xml_document_get_value:
 * @self: a document
 * @from: an element
 * @path: to an attribute or an element
 *
 * Returns: (transfer full) (nullable): the attribute's value or the element's text
 */
char *
lodge_xml_document_get_value (LodgeXmlDocument *self,
                              LodgeXmlNode      from,
                              const char       *path)
{
  LodgeXmlNode node = lodge_xml_document_find (self, from, path);
  const char *attribute = strrchr (path, '/');

  attribute = attribute != NULL ? attribute + 1 : path;
  if (node == LODGE_XML_NONE)
    return NULL;
  if (attribute[0] == '@')
    return lodge_xml_document_get_attribute (self, node, attribute + 1);
  return lodge_xml_document_get_content (self, node);
}

static LodgeXmlNode
create_child (LodgeXmlDocument  *self,
              LodgeXmlNode       node,
              const char        *text,
              GError           **error)
{
  g_auto(Step) step = { NULL };
  g_autofree char *fragment = NULL;
  LodgeXmlNode child;

  parse_step (text, &step);
  fragment = g_strdup_printf ("<%s/>", step.name);
  child = lodge_xml_document_insert (self, node, fragment, error);
  if (child != LODGE_XML_NONE && step.key != NULL)
    lodge_xml_document_set_attribute (self, child, step.key, step.value, error);
  return child;
}

/**
 * lodge_xml_document_set_value:
 * @self: a document
 * @from: an element
 * @path: to an attribute or an element; what is missing on the way is made
 * @value: (nullable): %NULL takes the attribute or the element away
 * @error: a value that XML cannot hold
 */
gboolean
lodge_xml_document_set_value (LodgeXmlDocument  *self,
                              LodgeXmlNode       from,
                              const char        *path,
                              const char        *value,
                              GError           **error)
{
  g_auto(GStrv) steps = split_path (path);
  LodgeXmlNode node = from;

  if (value != NULL && !g_utf8_validate (value, -1, NULL))
    return lodge_set_error (error, LODGE_ERROR_INVALID_VALUE, _("The text is not valid UTF-8."));

  for (guint i = 0; steps[i] != NULL; i++)
    {
      LodgeXmlNode child;

      if (steps[i][0] == '@')
        return lodge_xml_document_set_attribute (self, node, steps[i] + 1, value, error);

      child = find_child (self, node, steps[i]);
      if (child == LODGE_XML_NONE && value == NULL)
        return TRUE;
      if (child == LODGE_XML_NONE)
        child = create_child (self, node, steps[i], error);
      if (child == LODGE_XML_NONE)
        return FALSE;
      node = child;
    }

  return value != NULL ? lodge_xml_document_set_content (self, node, value, error)
                       : lodge_xml_document_remove (self, node, error);
}
