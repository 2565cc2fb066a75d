/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lodge-schema.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "schema/lodge-schemas.h"

/* What the tables say, asked. The tables themselves are in schema/. */

const LodgeSchema *
lodge_schema_find (const char *id)
{
  for (const LodgeSchema * const *schema = lodge_schema_get_all (); *schema != NULL; schema++)
    {
      if (g_str_equal ((*schema)->id, id))
        return *schema;
    }
  return NULL;
}

/**
 * lodge_schema_find_for:
 * @document: a machine's definition, or one device
 * @node: an element in it
 *
 * Returns: (nullable): the table of a device or of another element that has a page of its own
 */
const LodgeSchema *
lodge_schema_find_for (LodgeXmlDocument *document,
                       LodgeXmlNode      node)
{
  g_autofree char *name = lodge_xml_document_get_name (document, node);
  g_autofree char *path = g_strconcat ("devices/", name, NULL);
  LodgeXmlNode parent = lodge_xml_document_get_parent (document, node);
  g_autofree char *parent_name = lodge_xml_document_get_name (document, parent);

  for (const LodgeSchema * const *schema = lodge_schema_get_all (); *schema != NULL; schema++)
    {
      if (g_str_equal ((*schema)->path, path) && (parent_name == NULL || g_str_equal (parent_name, "devices")))
        return *schema;
      if (g_str_equal ((*schema)->path, name) && (parent_name == NULL || g_str_equal (parent_name, "domain")))
        return *schema;
    }
  return NULL;
}

const LodgeField *
lodge_schema_find_field (const LodgeSchema *self,
                         const char        *id)
{
  for (gsize i = 0; i < self->n_fields; i++)
    {
      if (g_str_equal (self->fields[i].id, id))
        return &self->fields[i];
    }
  return NULL;
}

/* One condition: “id”, “id=a b”, “id!=a b”. What is not set counts as the field's fallback. */
static gboolean
check_condition (const LodgeSchema  *self,
                 const char         *condition,
                 LodgeXmlDocument   *document,
                 LodgeXmlNode        node,
                 char              **reason)
{
  gsize length = strcspn (condition, "!=");
  g_autofree char *id = g_strndup (condition, length);
  const LodgeField *field = lodge_schema_find_field (self, id);
  gboolean negated = condition[length] == '!';
  const char *list = condition[length] == '\0' ? NULL : condition + length + (negated ? 2 : 1);
  g_auto(GStrv) values = list != NULL ? g_strsplit (list, " ", -1) : NULL;
  g_autofree char *value = NULL;
  g_autofree char *words = NULL;
  gboolean met;

  g_return_val_if_fail (field != NULL, FALSE);

  value = lodge_field_get (field, document, node);
  if (value == NULL)
    value = g_strdup (field->fallback);
  if (values == NULL)
    met = value != NULL && !g_str_equal (value, "no") && !g_str_equal (value, "off");
  else
    met = (value != NULL && g_strv_contains ((const char * const *) values, value)) != negated;
  if (met || reason == NULL)
    return met;

  words = values != NULL ? lodge_field_format (field, values[0]) : NULL;
  for (guint i = 1; values != NULL && values[i] != NULL; i++)
    {
      g_autofree char *word = lodge_field_format (field, values[i]);
      g_autofree char *before = g_steal_pointer (&words);

      words = g_strdup_printf (_("%s or %s"), before, word);
    }
  if (values == NULL)
    /* Translators: the label of another setting */
    *reason = g_strdup_printf (_("Set “%s” first."), _(field->label));
  else if (negated)
    /* Translators: the label of another setting, and its values */
    *reason = g_strdup_printf (_("Not possible while “%s” is %s."), _(field->label), words);
  else
    /* Translators: the label of another setting, and its values */
    *reason = g_strdup_printf (_("Only possible when “%s” is %s."), _(field->label), words);
  return FALSE;
}

/**
 * lodge_schema_check_needs:
 * @self: a schema
 * @field: one of its fields
 * @document: a document
 * @node: the schema's element
 * @reason: (out) (optional) (transfer full): when it is not possible, a sentence that says what to do
 *
 * The conditions of a field are divided by “;”, each “id” (is set and not off), “id=a b” (is one of these)
 * or “id!=a b” (is none of these).
 *
 * Returns: whether the other settings allow this one
 */
gboolean
lodge_schema_check_needs (const LodgeSchema  *self,
                          const LodgeField   *field,
                          LodgeXmlDocument   *document,
                          LodgeXmlNode        node,
                          char              **reason)
{
  g_auto(GStrv) conditions = field->needs != NULL ? g_strsplit (field->needs, ";", -1) : NULL;

  for (guint i = 0; conditions != NULL && conditions[i] != NULL; i++)
    {
      if (!check_condition (self, g_strstrip (conditions[i]), document, node, reason))
        return FALSE;
    }
  return TRUE;
}

/**
 * lodge_schema_find_node:
 * @self: a schema
 * @document: a document
 * @owner: the root; of a list, the element that the list is part of
 * @position: from 0
 *
 * Returns: the element of the schema, or the one at @position of many, or `LODGE_XML_NONE`
 */
LodgeXmlNode
lodge_schema_find_node (const LodgeSchema *self,
                        LodgeXmlDocument  *document,
                        LodgeXmlNode       owner,
                        guint              position)
{
  g_autofree char *path = g_strdup_printf ("%s[%u]", self->path, position + 1);

  if (self->path[0] == '\0')
    return position == 0 ? owner : LODGE_XML_NONE;
  return lodge_xml_document_find (document, owner, path);
}

/**
 * lodge_schema_add:
 * @self: a schema that has a blank
 * @document: a document
 * @owner: as for lodge_schema_find_node()
 * @error: a document that would become too large
 *
 * Adds a blank element, with what it stands in. One step of the undo history.
 *
 * Returns: the new element
 */
LodgeXmlNode
lodge_schema_add (const LodgeSchema  *self,
                  LodgeXmlDocument   *document,
                  LodgeXmlNode        owner,
                  GError            **error)
{
  const char *slash = strrchr (self->path, '/');
  g_autofree char *parent_path = slash != NULL ? g_strndup (self->path, slash - self->path) : NULL;
  LodgeXmlNode parent = owner, node = LODGE_XML_NONE;
  guint mark;

  g_return_val_if_fail (self->blank != NULL, LODGE_XML_NONE);

  mark = lodge_xml_document_begin_edit (document);
  if (parent_path != NULL)
    {
      parent = lodge_xml_document_find (document, owner, parent_path);
      if (parent == LODGE_XML_NONE && lodge_xml_document_set_value (document, owner, parent_path, "", error))
        parent = lodge_xml_document_find (document, owner, parent_path);
    }
  if (parent != LODGE_XML_NONE)
    node = lodge_xml_document_insert (document, parent, self->blank, error);
  if (node != LODGE_XML_NONE)
    lodge_xml_document_end_edit (document);
  else
    lodge_xml_document_cancel_edit (document, mark);
  return node;
}

/**
 * lodge_schema_remove:
 * @self: a schema with a path
 * @document: a document
 * @node: an element of the schema
 * @error: none that a valid document gives
 *
 * Removes it, and what it stood in when that is empty now; “devices” stays. One step of the undo history.
 */
gboolean
lodge_schema_remove (const LodgeSchema  *self,
                     LodgeXmlDocument   *document,
                     LodgeXmlNode        node,
                     GError            **error)
{
  g_auto(GStrv) steps = g_strsplit (self->path, "/", -1);
  LodgeXmlNode parent = lodge_xml_document_get_parent (document, node);
  guint mark = lodge_xml_document_begin_edit (document);
  gboolean ok = lodge_xml_document_remove (document, node, error);

  for (guint i = g_strv_length (steps); ok && i-- > 1;)
    {
      LodgeXmlNode outer = lodge_xml_document_get_parent (document, parent);

      if (g_str_equal (steps[i - 1], "devices") || !lodge_xml_document_is_blank (document, parent))
        break;
      ok = lodge_xml_document_remove (document, parent, error);
      parent = outer;
    }

  if (ok)
    lodge_xml_document_end_edit (document);
  else
    lodge_xml_document_cancel_edit (document, mark);
  return ok;
}

/**
 * lodge_schema_get_stale:
 * @self: a schema
 * @document: a document
 * @node: the schema's element
 *
 * Returns: (transfer full) (element-type LodgeField): the fields that are set although the others do not allow
 *   them any more, as the file of a disk that has become a block device
 */
GPtrArray *
lodge_schema_get_stale (const LodgeSchema *self,
                        LodgeXmlDocument  *document,
                        LodgeXmlNode       node)
{
  GPtrArray *stale = g_ptr_array_new ();

  for (gsize i = 0; i < self->n_fields; i++)
    {
      const LodgeField *field = &self->fields[i];
      g_autofree char *value = field->needs != NULL ? lodge_field_get (field, document, node) : NULL;

      if (value == NULL || lodge_schema_check_needs (self, field, document, node, NULL))
        continue;
      /* Two variants may keep their value in one place; it belongs to the one that is possible */
      for (gsize j = 0; j < self->n_fields; j++)
        {
          if (i != j && g_str_equal (self->fields[j].path, field->path)
              && lodge_schema_check_needs (self, &self->fields[j], document, node, NULL))
            field = NULL;
          if (field == NULL)
            break;
        }
      if (field != NULL)
        g_ptr_array_add (stale, (gpointer) field);
    }
  return stale;
}
