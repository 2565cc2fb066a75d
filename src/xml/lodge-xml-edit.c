/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lodge-xml-document-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "lodge-xml-check.h"
#include "lodge-xml-scanner.h"
#include "lodge-xml-text.h"
#include "util/lodge-error.h"

/* Changes of a document. Each is a splice of the text; everything else keeps its bytes. */

/* One change of the text and how to take it back */
typedef struct
{
  gsize  offset;
  char  *removed;
  char  *inserted;
  guint  step;
} Splice;

static void
splice_free (gpointer data)
{
  Splice *splice = data;

  g_free (splice->removed);
  g_free (splice->inserted);
  g_free (splice);
}

GPtrArray *
lodge_xml_history_new (void)
{
  return g_ptr_array_new_with_free_func (splice_free);
}

static void
exchange (LodgeXmlDocument *self,
          gsize             offset,
          gsize             length,
          const char       *replacement)
{
  g_string_erase (self->text, offset, length);
  g_string_insert (self->text, offset, replacement);
}

static void
take_over (LodgeXmlDocument *self)
{
  self->revision++;
  lodge_xml_document_rescan (self);
}

gboolean
lodge_xml_document_splice (LodgeXmlDocument  *self,
                           gsize              offset,
                           gsize              length,
                           const char        *replacement,
                           GError           **error)
{
  g_autofree char *removed = g_strndup (self->text->str + offset, length);
  Splice *splice;

  exchange (self, offset, length, replacement);
  if (!lodge_xml_scanner_check (self->text->str, self->text->len, error))
    {
      exchange (self, offset, strlen (replacement), removed);
      return FALSE;
    }

  g_ptr_array_set_size (self->history, self->history->len - self->undone);
  self->undone = 0;

  splice = g_new0 (Splice, 1);
  splice->offset = offset;
  splice->removed = g_steal_pointer (&removed);
  splice->inserted = g_strdup (replacement);
  splice->step = self->nesting > 0 ? self->step : ++self->step;
  g_ptr_array_add (self->history, splice);

  take_over (self);
  if (self->nesting == 0)
    lodge_xml_document_emit_changed (self);
  return TRUE;
}

/* Takes the last splice that stands back; it stays for a redo */
static Splice *
step_back (LodgeXmlDocument *self)
{
  Splice *splice = g_ptr_array_index (self->history, self->history->len - ++self->undone);

  exchange (self, splice->offset, strlen (splice->inserted), splice->removed);
  return splice;
}

static Splice *
peek (LodgeXmlDocument *self,
      guint             undone)
{
  return undone < self->history->len
         ? g_ptr_array_index (self->history, self->history->len - undone - 1) : NULL;
}

/**
 * lodge_xml_document_begin_edit:
 * @self: a document
 *
 * All changes until the matching end_edit() or cancel_edit() are one step of the history, and one “changed”.
 * May be nested: the outermost counts.
 *
 * Returns: a mark for lodge_xml_document_cancel_edit()
 */
guint
lodge_xml_document_begin_edit (LodgeXmlDocument *self)
{
  g_return_val_if_fail (LODGE_IS_XML_DOCUMENT (self), 0);

  if (self->nesting++ == 0)
    self->step++;
  return self->history->len - self->undone;
}

void
lodge_xml_document_end_edit (LodgeXmlDocument *self)
{
  Splice *last;

  g_return_if_fail (LODGE_IS_XML_DOCUMENT (self) && self->nesting > 0);

  last = peek (self, self->undone);
  if (--self->nesting == 0 && last != NULL && last->step == self->step)
    lodge_xml_document_emit_changed (self);
}

/**
 * lodge_xml_document_cancel_edit:
 * @self: a document
 * @mark: what the matching begin_edit() returned
 *
 * Ends an edit that failed: its changes are taken back and forgotten.
 */
void
lodge_xml_document_cancel_edit (LodgeXmlDocument *self,
                                guint             mark)
{
  g_return_if_fail (LODGE_IS_XML_DOCUMENT (self) && self->nesting > 0);

  self->nesting--;
  if (self->history->len - self->undone <= mark)
    return;
  while (self->history->len > mark)
    {
      step_back (self);
      self->undone = 0;
      g_ptr_array_set_size (self->history, self->history->len - 1);
    }
  take_over (self);
}

gboolean
lodge_xml_document_can_undo (LodgeXmlDocument *self)
{
  g_return_val_if_fail (LODGE_IS_XML_DOCUMENT (self), FALSE);

  return self->nesting == 0 && self->undone < self->history->len;
}

gboolean
lodge_xml_document_can_redo (LodgeXmlDocument *self)
{
  g_return_val_if_fail (LODGE_IS_XML_DOCUMENT (self), FALSE);

  return self->nesting == 0 && self->undone > 0;
}

/* Takes the last step back; FALSE when there is none */
gboolean
lodge_xml_document_undo (LodgeXmlDocument *self)
{
  Splice *next;
  guint step;

  if (!lodge_xml_document_can_undo (self))
    return FALSE;
  do
    {
      step = step_back (self)->step;
      next = peek (self, self->undone);
    }
  while (next != NULL && next->step == step);

  take_over (self);
  lodge_xml_document_emit_changed (self);
  return TRUE;
}

/* Does again what was taken back last; FALSE when there is nothing */
gboolean
lodge_xml_document_redo (LodgeXmlDocument *self)
{
  guint step;

  if (!lodge_xml_document_can_redo (self))
    return FALSE;
  step = peek (self, self->undone - 1)->step;
  while (self->undone > 0 && peek (self, self->undone - 1)->step == step)
    {
      Splice *splice = peek (self, --self->undone);

      exchange (self, splice->offset, strlen (splice->removed), splice->inserted);
    }

  take_over (self);
  lodge_xml_document_emit_changed (self);
  return TRUE;
}

char
lodge_xml_document_get_quote (LodgeXmlDocument *self,
                              LodgeXmlNode      node)
{
  LodgeXmlSpan *span = lodge_xml_document_get_span (self, node);

  if (span->n_attributes > 0)
    {
      const LodgeXmlAttributeSpan *last = &g_array_index (self->attributes, LodgeXmlAttributeSpan,
                                                          span->first_attribute + span->n_attributes - 1);

      return self->text->str[last->end - 1];
    }

  /* libvirt prints what is in metadata with libxml2, which has the other taste */
  for (; span != NULL; span = lodge_xml_document_get_span (self, span->parent))
    {
      if (span->name_length == strlen ("metadata")
          && memcmp (self->text->str + span->name, "metadata", span->name_length) == 0)
        return '"';
    }
  return '\'';
}

static gboolean
remove_attribute (LodgeXmlDocument       *self,
                  LodgeXmlAttributeSpan  *attribute,
                  GError                **error)
{
  gsize start = attribute->start;

  while (g_ascii_isspace (self->text->str[start - 1]))
    start--;
  return lodge_xml_document_splice (self, start, attribute->end - start, "", error);
}

/**
 * lodge_xml_document_set_attribute:
 * @self: a document
 * @node: an element
 * @name: of the attribute
 * @value: (nullable): %NULL takes the attribute away, with the blank before it
 * @error: a value that XML cannot hold
 *
 * A new attribute comes last, in the quotes of the one before it.
 */
gboolean
lodge_xml_document_set_attribute (LodgeXmlDocument  *self,
                                  LodgeXmlNode       node,
                                  const char        *name,
                                  const char        *value,
                                  GError           **error)
{
  LodgeXmlSpan *span = lodge_xml_document_get_span (self, node);
  LodgeXmlAttributeSpan *attribute, *last;
  g_autofree char *encoded = NULL;
  g_autofree char *current = NULL;
  g_autofree char *text = NULL;
  char quote;

  g_return_val_if_fail (span != NULL, FALSE);

  attribute = lodge_xml_document_find_attribute (self, node, name);
  if (value == NULL)
    return attribute == NULL || remove_attribute (self, attribute, error);

  current = lodge_xml_document_get_attribute (self, node, name);
  if (g_strcmp0 (current, value) == 0)
    return TRUE;
  encoded = lodge_xml_text_encode (value, LODGE_XML_IN_ATTRIBUTE, error);
  if (encoded == NULL)
    return FALSE;
  if (attribute != NULL)
    return lodge_xml_document_splice (self, attribute->value, attribute->value_length, encoded, error);

  last = span->n_attributes > 0 ? &g_array_index (self->attributes, LodgeXmlAttributeSpan,
                                                  span->first_attribute + span->n_attributes - 1)
                                : NULL;
  quote = lodge_xml_document_get_quote (self, node);
  text = g_strdup_printf (" %s=%c%s%c", name, quote, encoded, quote);
  return lodge_xml_document_splice (self, last != NULL ? last->end : span->name + span->name_length, 0, text,
                                    error);
}

/**
 * lodge_xml_document_set_content:
 * @self: a document
 * @node: an element; its children go
 * @content: the new text
 * @error: a text that XML cannot hold
 */
gboolean
lodge_xml_document_set_content (LodgeXmlDocument  *self,
                                LodgeXmlNode       node,
                                const char        *content,
                                GError           **error)
{
  LodgeXmlSpan *span = lodge_xml_document_get_span (self, node);
  g_autofree char *encoded = NULL;
  g_autofree char *current = NULL;
  g_autofree char *text = NULL;

  g_return_val_if_fail (span != NULL, FALSE);

  current = lodge_xml_document_get_content (self, node);
  if (span->first_child == LODGE_XML_NONE && g_str_equal (current, content))
    return TRUE;
  encoded = lodge_xml_text_encode (content, LODGE_XML_IN_TEXT, error);
  if (encoded == NULL)
    return FALSE;
  if (!span->empty)
    return lodge_xml_document_splice (self, span->tag_end, span->close_start - span->tag_end, encoded, error);

  text = g_strdup_printf (">%s</%.*s>", encoded, (int) span->name_length, self->text->str + span->name);
  return lodge_xml_document_splice (self, span->tag_end - 2, 2, text, error);
}

/* The line of an element that stands alone on it, with its end; else the element only */
static void
get_line (LodgeXmlDocument *self,
          LodgeXmlSpan     *span,
          gsize            *start,
          gsize            *end)
{
  const char *text = self->text->str;
  gsize first = span->start, last = span->end;

  while (first > 0 && (text[first - 1] == ' ' || text[first - 1] == '\t'))
    first--;
  while (text[last] == ' ' || text[last] == '\t' || text[last] == '\r')
    last++;
  if (first > 0 && text[first - 1] == '\n' && text[last] == '\n')
    {
      *start = first;
      *end = last + 1;
    }
  else
    {
      *start = span->start;
      *end = span->end;
    }
}

/**
 * lodge_xml_document_remove:
 * @self: a document
 * @node: any element but the root; it goes with its line
 * @error: the root
 *
 * What is left of a parent without content is written as an empty tag, as libvirt would.
 */
gboolean
lodge_xml_document_remove (LodgeXmlDocument  *self,
                           LodgeXmlNode       node,
                           GError           **error)
{
  LodgeXmlSpan *span = lodge_xml_document_get_span (self, node);
  LodgeXmlSpan *parent;
  gsize start, end, before, after;

  g_return_val_if_fail (span != NULL, FALSE);

  parent = lodge_xml_document_get_span (self, span->parent);
  if (parent == NULL)
    return lodge_set_error (error, LODGE_ERROR_INVALID_VALUE,
                            _("The outermost element cannot be removed."));

  get_line (self, span, &start, &end);
  before = parent->tag_end;
  after = end;
  while (before < start && g_ascii_isspace (self->text->str[before]))
    before++;
  while (after < parent->close_start && g_ascii_isspace (self->text->str[after]))
    after++;
  if (before >= start && after == parent->close_start)
    return lodge_xml_document_splice (self, parent->tag_end - 1, parent->end - parent->tag_end + 1, "/>", error);

  return lodge_xml_document_splice (self, start, end - start, "", error);
}

/**
 * lodge_xml_document_set_text:
 * @self: a document
 * @text: the whole new text, as a person left it in an editor
 * @error: as of lodge_xml_document_new(); the document stays as it was
 *
 * Only the bytes between the first and the last difference are replaced.
 */
gboolean
lodge_xml_document_set_text (LodgeXmlDocument  *self,
                             const char        *text,
                             GError           **error)
{
  gsize length, prefix = 0, suffix = 0;
  const char *old;
  g_autofree char *middle = NULL;

  g_return_val_if_fail (LODGE_IS_XML_DOCUMENT (self), FALSE);

  length = strlen (text);
  old = self->text->str;
  if (!lodge_xml_check (text, length, error))
    return FALSE;

  while (prefix < length && prefix < self->text->len && text[prefix] == old[prefix])
    prefix++;
  if (prefix == length && prefix == self->text->len)
    return TRUE;
  while (suffix < length - prefix && suffix < self->text->len - prefix
         && text[length - suffix - 1] == old[self->text->len - suffix - 1])
    suffix++;

  middle = g_strndup (text + prefix, length - prefix - suffix);
  return lodge_xml_document_splice (self, prefix, self->text->len - prefix - suffix, middle, error);
}
