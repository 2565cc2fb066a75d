/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lodge-xml-document-private.h"

#include <string.h>

#include "lodge-xml-check.h"
#include "lodge-xml-scanner.h"
#include "lodge-xml-text.h"

/* A document is a text and a table of where its elements stand. What reads it is here, what changes it in
 * lodge-xml-edit.c and lodge-xml-insert.c, paths in lodge-xml-path.c. */

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LodgeXmlDocument, lodge_xml_document, G_TYPE_OBJECT)

LodgeXmlSpan *
lodge_xml_document_get_span (LodgeXmlDocument *self,
                             LodgeXmlNode      node)
{
  return node != LODGE_XML_NONE && node <= self->spans->len
         ? &g_array_index (self->spans, LodgeXmlSpan, node - 1) : NULL;
}

static LodgeXmlNode
open_element (LodgeXmlDocument    *self,
              LodgeXmlNode         parent,
              const LodgeXmlToken *token)
{
  LodgeXmlSpan added = {
    .start = token->start, .name = token->name, .name_length = token->name_length,
    .parent = parent, .first_attribute = self->attributes->len,
  };
  LodgeXmlNode node = self->spans->len + 1;
  LodgeXmlSpan *span = lodge_xml_document_get_span (self, parent);

  if (span != NULL && span->first_child == LODGE_XML_NONE)
    span->first_child = node;
  else if (span != NULL)
    lodge_xml_document_get_span (self, span->last_child)->next = node;
  if (span != NULL)
    span->last_child = node;
  g_array_append_val (self->spans, added);
  return node;
}

/* Only of a text that libxml2 found well-formed: tags match */
void
lodge_xml_document_rescan (LodgeXmlDocument *self)
{
  LodgeXmlScanner scanner;
  LodgeXmlToken token;
  LodgeXmlNode current = LODGE_XML_NONE;

  g_array_set_size (self->spans, 0);
  g_array_set_size (self->attributes, 0);

  lodge_xml_scanner_init (&scanner, self->text->str, self->text->len);
  while (lodge_xml_scanner_next (&scanner, &token))
    {
      LodgeXmlSpan *span = lodge_xml_document_get_span (self, current);

      if (token.type == LODGE_XML_TOKEN_START_TAG)
        current = open_element (self, current, &token);
      else if (span == NULL)
        continue;
      else if (token.type == LODGE_XML_TOKEN_ATTRIBUTE)
        {
          LodgeXmlAttributeSpan attribute = {
            .start = token.name, .name_length = token.name_length,
            .value = token.value, .value_length = token.value_length, .end = token.end,
          };

          g_array_append_val (self->attributes, attribute);
          span->n_attributes++;
        }
      else if (token.type == LODGE_XML_TOKEN_TAG_END)
        {
          span->tag_end = span->close_start = span->end = token.end;
          span->empty = token.empty;
          if (token.empty)
            current = span->parent;
        }
      else if (token.type == LODGE_XML_TOKEN_END_TAG)
        {
          span->close_start = token.start;
          span->end = token.end;
          current = span->parent;
        }
    }
}

static gboolean
is_name (LodgeXmlDocument *self,
         gsize             place,
         gsize             length,
         const char       *name)
{
  return strlen (name) == length && memcmp (self->text->str + place, name, length) == 0;
}

LodgeXmlAttributeSpan *
lodge_xml_document_find_attribute (LodgeXmlDocument *self,
                                   LodgeXmlNode      node,
                                   const char       *name)
{
  LodgeXmlSpan *span = lodge_xml_document_get_span (self, node);

  for (guint i = 0; span != NULL && i < span->n_attributes; i++)
    {
      LodgeXmlAttributeSpan *attribute = &g_array_index (self->attributes, LodgeXmlAttributeSpan,
                                                         span->first_attribute + i);

      if (is_name (self, attribute->start, attribute->name_length, name))
        return attribute;
    }
  return NULL;
}

static LodgeXmlNode
skip_to_name (LodgeXmlDocument *self,
              LodgeXmlNode      node,
              const char       *name)
{
  LodgeXmlSpan *span;

  while ((span = lodge_xml_document_get_span (self, node)) != NULL
         && name != NULL && !is_name (self, span->name, span->name_length, name))
    node = span->next;
  return node;
}

void
lodge_xml_document_emit_changed (LodgeXmlDocument *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
lodge_xml_document_finalize (GObject *object)
{
  LodgeXmlDocument *self = LODGE_XML_DOCUMENT (object);

  g_string_free (self->text, TRUE);
  g_array_unref (self->spans);
  g_array_unref (self->attributes);
  g_ptr_array_unref (self->history);

  G_OBJECT_CLASS (lodge_xml_document_parent_class)->finalize (object);
}

static void
lodge_xml_document_class_init (LodgeXmlDocumentClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lodge_xml_document_finalize;

  /**
   * LodgeXmlDocument::changed:
   *
   * The text is another one: after each step, undo and redo. Handles of before are void.
   */
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
lodge_xml_document_init (LodgeXmlDocument *self)
{
  self->text = g_string_new (NULL);
  self->spans = g_array_new (FALSE, FALSE, sizeof (LodgeXmlSpan));
  self->attributes = g_array_new (FALSE, FALSE, sizeof (LodgeXmlAttributeSpan));
  self->history = lodge_xml_history_new ();
}

/**
 * lodge_xml_document_new:
 * @text: XML from anywhere
 * @length: of @text in bytes, or -1 when it is terminated
 * @error: `LODGE_ERROR_LIMIT` for what is larger than anything libvirt sends,
 *   `LODGE_ERROR_PARSE` with the line for what is not well-formed
 *
 * The one entrance of XML into Lodge.
 *
 * Returns: (transfer full) (nullable): a document with exactly these bytes
 */
LodgeXmlDocument *
lodge_xml_document_new (const char  *text,
                        gssize       length,
                        GError     **error)
{
  LodgeXmlDocument *self;
  gsize size = length < 0 ? strlen (text) : (gsize) length;

  if (!lodge_xml_check (text, size, error))
    return NULL;

  self = g_object_new (LODGE_TYPE_XML_DOCUMENT, NULL);
  g_string_append_len (self->text, text, size);
  lodge_xml_document_rescan (self);
  return self;
}

const char *
lodge_xml_document_get_text (LodgeXmlDocument *self)
{
  g_return_val_if_fail (LODGE_IS_XML_DOCUMENT (self), NULL);

  return self->text->str;
}

/* Grows with each change; handles of an older revision are void */
guint
lodge_xml_document_get_revision (LodgeXmlDocument *self)
{
  g_return_val_if_fail (LODGE_IS_XML_DOCUMENT (self), 0);

  return self->revision;
}

LodgeXmlNode
lodge_xml_document_get_root (LodgeXmlDocument *self)
{
  g_return_val_if_fail (LODGE_IS_XML_DOCUMENT (self), LODGE_XML_NONE);

  return self->spans->len > 0 ? 1 : LODGE_XML_NONE;
}

LodgeXmlNode
lodge_xml_document_get_parent (LodgeXmlDocument *self,
                               LodgeXmlNode      node)
{
  LodgeXmlSpan *span = lodge_xml_document_get_span (self, node);

  return span != NULL ? span->parent : LODGE_XML_NONE;
}

/**
 * lodge_xml_document_get_first_child:
 * @self: a document
 * @node: an element
 * @name: (nullable): of the children wanted; %NULL is any
 *
 * Returns: the first child of that name, or `LODGE_XML_NONE`
 */
LodgeXmlNode
lodge_xml_document_get_first_child (LodgeXmlDocument *self,
                                    LodgeXmlNode      node,
                                    const char       *name)
{
  LodgeXmlSpan *span = lodge_xml_document_get_span (self, node);

  return span != NULL ? skip_to_name (self, span->first_child, name) : LODGE_XML_NONE;
}

LodgeXmlNode
lodge_xml_document_get_next_sibling (LodgeXmlDocument *self,
                                     LodgeXmlNode      node,
                                     const char       *name)
{
  LodgeXmlSpan *span = lodge_xml_document_get_span (self, node);

  return span != NULL ? skip_to_name (self, span->next, name) : LODGE_XML_NONE;
}

/* With its prefix, as it is written */
char *
lodge_xml_document_get_name (LodgeXmlDocument *self,
                             LodgeXmlNode      node)
{
  LodgeXmlSpan *span = lodge_xml_document_get_span (self, node);

  return span != NULL ? g_strndup (self->text->str + span->name, span->name_length) : NULL;
}

/**
 * lodge_xml_document_get_attribute:
 *
 * Returns: (transfer full) (nullable): its value with entities read, %NULL when it is not there
 */
char *
lodge_xml_document_get_attribute (LodgeXmlDocument *self,
                                  LodgeXmlNode      node,
                                  const char       *name)
{
  LodgeXmlAttributeSpan *attribute = lodge_xml_document_find_attribute (self, node, name);

  return attribute != NULL ? lodge_xml_text_decode (self->text->str + attribute->value, attribute->value_length,
                                                    LODGE_XML_IN_ATTRIBUTE)
                           : NULL;
}

guint
lodge_xml_document_get_n_attributes (LodgeXmlDocument *self,
                                     LodgeXmlNode      node)
{
  LodgeXmlSpan *span = lodge_xml_document_get_span (self, node);

  return span != NULL ? span->n_attributes : 0;
}

/**
 * lodge_xml_document_dup_attribute:
 * @self: a document
 * @node: an element
 * @position: of the attribute in its tag, from 0; less than get_n_attributes()
 * @value: (out) (optional) (transfer full): with entities read
 *
 * Returns: (transfer full): its name, declarations of namespaces included
 */
char *
lodge_xml_document_dup_attribute (LodgeXmlDocument  *self,
                                  LodgeXmlNode       node,
                                  guint              position,
                                  char             **value)
{
  LodgeXmlSpan *span = lodge_xml_document_get_span (self, node);
  LodgeXmlAttributeSpan *attribute;

  g_return_val_if_fail (span != NULL && position < span->n_attributes, NULL);

  attribute = &g_array_index (self->attributes, LodgeXmlAttributeSpan, span->first_attribute + position);
  if (value != NULL)
    *value = lodge_xml_text_decode (self->text->str + attribute->value, attribute->value_length,
                                    LODGE_XML_IN_ATTRIBUTE);
  return g_strndup (self->text->str + attribute->start, attribute->name_length);
}

/**
 * lodge_xml_document_dup_namespace:
 *
 * Returns: (transfer full) (nullable): the namespace of the element's name, %NULL when it is in none
 */
char *
lodge_xml_document_dup_namespace (LodgeXmlDocument *self,
                                  LodgeXmlNode      node)
{
  g_autofree char *name = lodge_xml_document_get_name (self, node);
  const char *colon = name != NULL ? strchr (name, ':') : NULL;
  g_autofree char *declaration = colon != NULL ? g_strdup_printf ("xmlns:%.*s", (int) (colon - name), name)
                                               : g_strdup ("xmlns");

  for (; node != LODGE_XML_NONE; node = lodge_xml_document_get_parent (self, node))
    {
      g_autofree char *value = lodge_xml_document_get_attribute (self, node, declaration);

      if (value != NULL)
        return value[0] != '\0' ? g_steal_pointer (&value) : NULL;
    }
  return NULL;
}

/**
 * lodge_xml_document_get_content:
 *
 * Returns: (transfer full) (nullable): the element's own text, without that of its children
 */
char *
lodge_xml_document_get_content (LodgeXmlDocument *self,
                                LodgeXmlNode      node)
{
  LodgeXmlSpan *span = lodge_xml_document_get_span (self, node);
  LodgeXmlScanner scanner;
  LodgeXmlToken token;
  GString *result;
  guint depth = 0;

  if (span == NULL)
    return NULL;

  result = g_string_new (NULL);
  lodge_xml_scanner_init (&scanner, self->text->str + span->tag_end,
                          span->close_start - span->tag_end);
  while (lodge_xml_scanner_next (&scanner, &token))
    {
      if (token.type == LODGE_XML_TOKEN_START_TAG)
        depth++;
      else if (token.type == LODGE_XML_TOKEN_END_TAG
               || (token.type == LODGE_XML_TOKEN_TAG_END && token.empty))
        depth--;
      else if ((token.type == LODGE_XML_TOKEN_CDATA || token.type == LODGE_XML_TOKEN_TEXT) && depth == 0)
        {
          g_autofree char *text = lodge_xml_text_decode (scanner.text + token.value, token.value_length,
                                                         token.type == LODGE_XML_TOKEN_CDATA
                                                         ? LODGE_XML_IN_CDATA : LODGE_XML_IN_TEXT);

          g_string_append (result, text);
        }
    }
  return g_string_free_and_steal (result);
}

/**
 * lodge_xml_document_is_blank:
 *
 * Returns: whether the element has no children, comments or text, and no attributes but declarations of namespaces
 */
gboolean
lodge_xml_document_is_blank (LodgeXmlDocument *self,
                             LodgeXmlNode      node)
{
  LodgeXmlSpan *span = lodge_xml_document_get_span (self, node);

  if (span == NULL || span->first_child != LODGE_XML_NONE)
    return FALSE;
  for (guint i = 0; i < span->n_attributes; i++)
    {
      LodgeXmlAttributeSpan *attribute = &g_array_index (self->attributes, LodgeXmlAttributeSpan,
                                                         span->first_attribute + i);

      if (!g_str_has_prefix (self->text->str + attribute->start, "xmlns"))
        return FALSE;
    }
  for (gsize i = span->tag_end; i < span->close_start; i++)
    {
      if (!g_ascii_isspace (self->text->str[i]))
        return FALSE;
    }
  return TRUE;
}

/**
 * lodge_xml_document_dup_node_text:
 *
 * Returns: (transfer full) (nullable): the element as it stands in the text, tags included
 */
char *
lodge_xml_document_dup_node_text (LodgeXmlDocument *self,
                                  LodgeXmlNode      node)
{
  LodgeXmlSpan *span = lodge_xml_document_get_span (self, node);

  return span != NULL ? g_strndup (self->text->str + span->start, span->end - span->start) : NULL;
}

/* Where the element stands in the text: bytes from its “<” to after its end */
void
lodge_xml_document_get_range (LodgeXmlDocument *self,
                              LodgeXmlNode      node,
                              gsize            *start,
                              gsize            *end)
{
  LodgeXmlSpan *span = lodge_xml_document_get_span (self, node);

  g_return_if_fail (span != NULL);

  *start = span->start;
  *end = span->end;
}
