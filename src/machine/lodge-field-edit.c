/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lodge-field-edit.h"

/* What makes no sense beside @field any more; but nothing that @field itself stands on: <source mode=…> tells the two
 * ends of a UDP port apart, and is a setting of its own elsewhere */
static gboolean
clear_stale (const LodgeSchema  *schema,
             const LodgeField   *field,
             LodgeXmlDocument   *document,
             LodgeXmlNode        node,
             const char         *value,
             GError            **error)
{
  g_autoptr(GPtrArray) stale = lodge_schema_get_stale (schema, document, node);

  for (guint i = 0; i < stale->len; i++)
    {
      const guint mark = lodge_xml_document_begin_edit (document);
      g_autofree char *left = NULL;

      if (!lodge_field_set (g_ptr_array_index (stale, i), document, node, NULL, error))
        {
          lodge_xml_document_cancel_edit (document, mark);
          return FALSE;
        }
      left = lodge_field_get (field, document, node);
      if (g_strcmp0 (left, value) == 0)
        lodge_xml_document_end_edit (document);
      else
        lodge_xml_document_cancel_edit (document, mark);
    }
  return TRUE;
}

/**
 * lodge_field_edit:
 * @schema: the table
 * @field: a row of it
 * @document: what is edited
 * @node: the element of the table
 * @value: (nullable): absent
 * @error: what is wrong with the value: nothing was changed
 *
 * Sets a value and takes away what makes no sense beside it any more: one step of undo.
 */
gboolean
lodge_field_edit (const LodgeSchema  *schema,
                  const LodgeField   *field,
                  LodgeXmlDocument   *document,
                  LodgeXmlNode        node,
                  const char         *value,
                  GError            **error)
{
  g_autofree char *written = NULL;
  guint mark;
  gboolean ok;

  if (!lodge_field_check (field, value, error))
    return FALSE;
  mark = lodge_xml_document_begin_edit (document);
  ok = lodge_field_set (field, document, node, value, error);
  written = ok ? lodge_field_get (field, document, node) : NULL;
  ok = ok && clear_stale (schema, field, document, node, written, error);
  if (ok)
    lodge_xml_document_end_edit (document);
  else
    lodge_xml_document_cancel_edit (document, mark);
  return ok;
}
