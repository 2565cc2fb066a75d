/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lodge-xml-document-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "lodge-xml-text.h"
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

/* The prefixes that libvirt prints and what they stand for */
static const struct { const char *prefix, *uri; } namespaces[] = {
  { "bhyve", "http://libvirt.org/schemas/domain/bhyve/1.0" },
  { "dnsmasq", "http://libvirt.org/schemas/network/dnsmasq/1.0" },
  { "libosinfo", "http://libosinfo.org/xmlns/libvirt/domain/1.0" },
  { "lodge", "https://lodgevm.org/xmlns/domain/1.0" },
  { "lxc", "http://libvirt.org/schemas/domain/lxc/1.0" },
  { "qemu", "http://libvirt.org/schemas/domain/qemu/1.0" },
  { "xen", "http://libvirt.org/schemas/domain/xen/1.0" },
};

static const char *
find_namespace (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (namespaces); i++)
    {
      gsize length = strlen (namespaces[i].prefix);

      if (strncmp (name, namespaces[i].prefix, length) == 0 && name[length] == ':')
        return namespaces[i].uri;
    }
  return NULL;
}

static gboolean
matches (LodgeXmlDocument *self,
         LodgeXmlNode      node,
         const Step       *step,
         const char       *uri)
{
  g_autofree char *name = lodge_xml_document_get_name (self, node);
  g_autofree char *value = NULL;

  if (uri != NULL)
    {
      g_autofree char *namespace = lodge_xml_document_dup_namespace (self, node);
      const char *local = strchr (name, ':');

      if (g_strcmp0 (namespace, uri) != 0
          || !g_str_equal (local != NULL ? local + 1 : name, strchr (step->name, ':') + 1))
        return FALSE;
    }
  else if (!g_str_equal (name, step->name))
    return FALSE;

  if (step->key == NULL)
    return TRUE;
  value = lodge_xml_document_get_attribute (self, node, step->key);
  return g_strcmp0 (value, step->value) == 0;
}

static LodgeXmlNode
find_child (LodgeXmlDocument *self,
            LodgeXmlNode      node,
            const char       *text)
{
  g_auto(Step) step = { NULL };
  const char *uri;
  guint n = 0;

  parse_step (text, &step);
  uri = find_namespace (step.name);
  for (LodgeXmlNode child = lodge_xml_document_get_first_child (self, node, NULL);
       child != LODGE_XML_NONE;
       child = lodge_xml_document_get_next_sibling (self, child, NULL))
    {
      if (matches (self, child, &step, uri) && ++n == step.ordinal)
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

/* Whether elements below @node may use the prefix of @name without declaring it */
static gboolean
is_declared (LodgeXmlDocument *self,
             LodgeXmlNode      node,
             const char       *name,
             const char       *uri)
{
  g_autofree char *declaration = g_strdup_printf ("xmlns:%.*s", (int) strcspn (name, ":"), name);

  for (; node != LODGE_XML_NONE; node = lodge_xml_document_get_parent (self, node))
    {
      g_autofree char *value = lodge_xml_document_get_attribute (self, node, declaration);

      if (value != NULL)
        return g_str_equal (value, uri);
    }
  return FALSE;
}

typedef struct
{
  LodgeXmlDocument *document;
  LodgeXmlNode      node;       /* where the new elements go */
  char              quote;
  const char       *value;      /* encoded: of the last step */
  const char       *declared;   /* the namespace that an outer new element declares */
} Creation;

/* The elements of @steps, each in the one before it. Its lines are indented as libvirt's. */
static void
append_steps (Creation *creation,
              GStrv     steps,
              guint     depth,
              GString  *result)
{
  g_auto(Step) step = { NULL };
  const char *uri;

  parse_step (steps[0], &step);
  uri = find_namespace (step.name);
  g_string_append_printf (result, "<%s", step.name);
  if (uri != NULL && g_strcmp0 (uri, creation->declared) != 0
      && !is_declared (creation->document, creation->node, step.name, uri))
    {
      g_string_append_printf (result, " xmlns:%.*s=%c%s%c", (int) strcspn (step.name, ":"), step.name,
                              creation->quote, uri, creation->quote);
      creation->declared = uri;
    }
  if (step.key != NULL)
    g_string_append_printf (result, " %s=%c%s%c", step.key, creation->quote, step.value, creation->quote);

  /* As libvirt prints metadata, see lodge_xml_document_get_quote() */
  if (g_str_equal (step.name, "metadata"))
    creation->quote = '"';
  if (steps[1] == NULL && creation->value[0] != '\0')
    g_string_append_printf (result, ">%s</%s>", creation->value, step.name);
  else if (steps[1] == NULL)
    g_string_append (result, "/>");
  else if (steps[1][0] == '@')
    g_string_append_printf (result, " %s=%c%s%c/>", steps[1] + 1, creation->quote, creation->value,
                            creation->quote);
  else
    {
      g_string_append_printf (result, ">\n%*s", 2 * (depth + 1), "");
      append_steps (creation, steps + 1, depth + 1, result);
      g_string_append_printf (result, "\n%*s</%s>", 2 * depth, "", step.name);
    }
}

/* Makes the elements of @steps below @node as one splice */
static gboolean
create (LodgeXmlDocument  *self,
        LodgeXmlNode       node,
        GStrv              steps,
        const char        *value,
        GError           **error)
{
  Creation creation = { .document = self, .node = node };
  gboolean attribute = steps[g_strv_length (steps) - 1][0] == '@';
  g_autofree char *encoded = lodge_xml_text_encode (value, attribute ? LODGE_XML_IN_ATTRIBUTE : LODGE_XML_IN_TEXT,
                                                    error);
  g_autoptr(GString) fragment = g_string_new (NULL);

  if (encoded == NULL)
    return FALSE;
  creation.quote = lodge_xml_document_get_quote (self, node);
  creation.value = encoded;
  append_steps (&creation, steps, 0, fragment);
  return lodge_xml_document_insert (self, node, fragment->str, error) != LODGE_XML_NONE;
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

  for (guint i = 0; steps[i] != NULL; i++)
    {
      LodgeXmlNode child;

      if (steps[i][0] == '@')
        return lodge_xml_document_set_attribute (self, node, steps[i] + 1, value, error);

      child = find_child (self, node, steps[i]);
      if (child == LODGE_XML_NONE)
        return value == NULL || create (self, node, steps + i, value, error);
      node = child;
    }

  return value != NULL ? lodge_xml_document_set_content (self, node, value, error)
                       : lodge_xml_document_remove (self, node, error);
}
