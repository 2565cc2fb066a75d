/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lodge-xml-document-private.h"

#include <string.h>

#include "lodge-xml-order.h"
#include "lodge-xml-scanner.h"

/* New elements of a document: where they go and how their lines are indented */

/* The blanks at the start of the line that @offset is on; %NULL when other things stand before it */
static char *
dup_indentation (LodgeXmlDocument *self,
                 gsize             offset)
{
  gsize start = offset;

  while (start > 0 && (self->text->str[start - 1] == ' ' || self->text->str[start - 1] == '\t'))
    start--;
  return start == 0 || self->text->str[start - 1] == '\n'
         ? g_strndup (self->text->str + start, offset - start) : NULL;
}

/* As the document does: a text from Windows keeps its line ends */
static const char *
get_line_end (LodgeXmlDocument *self)
{
  const char *end = memchr (self->text->str, '\n', self->text->len);

  return end != NULL && end > self->text->str && end[-1] == '\r' ? "\r\n" : "\n";
}

/* Blanks between two tags may change; those that are all of an element's content may be meant. */
static gboolean
is_layout (const LodgeXmlScanner *scanner,
           const LodgeXmlToken   *token,
           LodgeXmlTokenType      previous)
{
  LodgeXmlScanner ahead = *scanner;
  LodgeXmlToken next;

  if (token->type != LODGE_XML_TOKEN_TEXT)
    return FALSE;
  for (gsize i = token->start; i < token->end; i++)
    {
      if (!g_ascii_isspace (scanner->text[i]))
        return FALSE;
    }
  lodge_xml_scanner_next (&ahead, &next);
  return previous != LODGE_XML_TOKEN_TAG_END || next.type != LODGE_XML_TOKEN_END_TAG;
}

/* The lines of @fragment with @indentation in place of the first @old characters; %NULL: all in one line.
 * Texts, comments and CDATA keep theirs. */
static char *
indent (const char *fragment,
        gsize       old,
        const char *indentation,
        const char *line_end)
{
  GString *result = g_string_new (NULL);
  LodgeXmlScanner scanner;
  LodgeXmlToken token;
  LodgeXmlTokenType previous = LODGE_XML_TOKEN_END;
  gsize last = 0;

  lodge_xml_scanner_init (&scanner, fragment, strlen (fragment));
  while (lodge_xml_scanner_next (&scanner, &token))
    {
      g_string_append_len (result, fragment + last, token.start - last);
      last = token.end;
      if (!is_layout (&scanner, &token, previous))
        g_string_append_len (result, fragment + token.start, token.end - token.start);
      else if (indentation != NULL)
        {
          gboolean in_line = TRUE;
          gsize skip = 0;

          for (gsize i = token.start; i < token.end; i++)
            {
              if (fragment[i] == '\n')
                {
                  g_string_append_printf (result, "%s%s", line_end, indentation);
                  skip = old;
                  in_line = FALSE;
                }
              else if (fragment[i] != '\r' && (in_line || skip == 0))
                g_string_append_c (result, fragment[i]);
              else if (skip > 0)
                skip--;
            }
        }
      previous = token.type == LODGE_XML_TOKEN_TAG_END && token.empty ? LODGE_XML_TOKEN_END_TAG : token.type;
    }
  return g_string_free_and_steal (result);
}

/* One element and the comments around it, without an XML declaration */
static char *
take_fragment (const char  *fragment,
               char       **name,
               gsize       *indentation,
               GError     **error)
{
  g_autoptr(LodgeXmlDocument) document = lodge_xml_document_new (fragment, -1, error);
  g_autofree char *closing = NULL;
  LodgeXmlScanner scanner;
  LodgeXmlToken token;
  LodgeXmlSpan *root;
  gsize start = 0;
  char *result;

  if (document == NULL)
    return NULL;

  root = lodge_xml_document_get_span (document, 1);
  lodge_xml_scanner_init (&scanner, fragment, root->start);
  while (lodge_xml_scanner_next (&scanner, &token))
    {
      if (token.type == LODGE_XML_TOKEN_INSTRUCTION)
        start = token.end;
    }
  while (g_ascii_isspace (fragment[start]))
    start++;

  *name = lodge_xml_document_get_name (document, 1);
  closing = root->empty ? NULL : dup_indentation (document, root->close_start);
  *indentation = closing != NULL ? strlen (closing) : 0;
  result = g_strdup (fragment + start);
  return g_strchomp (result);
}

/* The child of @parent that a new element of this name comes before, or LODGE_XML_NONE for last; and the one
 * that it comes after, so that a comment stays with what it stands above. */
static LodgeXmlNode
find_place (LodgeXmlDocument *self,
            LodgeXmlNode      parent,
            const char       *name,
            LodgeXmlNode     *after)
{
  g_autofree char *parent_name = lodge_xml_document_get_name (self, parent);
  g_autofree char *outer_name = lodge_xml_document_get_name (self, lodge_xml_document_get_parent (self, parent));
  LodgeXmlNode place = LODGE_XML_NONE, previous = LODGE_XML_NONE;
  LodgeXmlNode child = lodge_xml_document_get_first_child (self, parent, NULL);
  int rank = lodge_xml_order_get_rank (outer_name, parent_name, name);

  *after = lodge_xml_document_get_span (self, parent)->last_child;
  if (rank < 0)
    return LODGE_XML_NONE;

  /* After the last child that libvirt prints before it or that has its name */
  for (; child != LODGE_XML_NONE; child = lodge_xml_document_get_next_sibling (self, child, NULL))
    {
      g_autofree char *child_name = lodge_xml_document_get_name (self, child);
      int child_rank = lodge_xml_order_get_rank (outer_name, parent_name, child_name);

      if (child_rank >= 0 && child_rank <= rank)
        {
          place = LODGE_XML_NONE;
          *after = lodge_xml_document_get_span (self, parent)->last_child;
        }
      else if (child_rank > rank && place == LODGE_XML_NONE)
        {
          place = child;
          *after = previous;
        }
      previous = child;
    }
  return place;
}

/* Into a parent that has no elements. Returns where the fragment starts in the text. */
static gboolean
insert_first (LodgeXmlDocument  *self,
              LodgeXmlSpan      *span,
              const char        *fragment,
              gsize              old,
              gsize             *start,
              GError           **error)
{
  const char *line_end = get_line_end (self);
  g_autofree char *own = dup_indentation (self, span->start);
  g_autofree char *inner = NULL;
  g_autofree char *body = NULL;
  g_autofree char *text = NULL;
  const char *opening = span->empty ? ">" : "";
  g_autofree char *closing = NULL;
  gsize offset = span->empty ? span->tag_end - 2 : span->close_start;
  gboolean has_text;

  closing = span->empty ? g_strdup_printf ("</%.*s>", (int) span->name_length, self->text->str + span->name)
                        : g_strdup ("");
  /* A comment keeps its line, and a text must not get blanks that are no part of it */
  while (!span->empty && offset > span->tag_end && g_ascii_isspace (self->text->str[offset - 1]))
    offset--;
  has_text = offset > span->tag_end && strncmp (self->text->str + offset - 3, "-->", 3) != 0;

  if (own == NULL || has_text)
    {
      if (has_text)
        offset = span->close_start;
      body = indent (fragment, old, NULL, line_end);
      text = g_strconcat (opening, body, closing, NULL);
      *start = offset + strlen (opening);
      return lodge_xml_document_splice (self, offset, span->empty ? 2 : span->close_start - offset, text, error);
    }

  inner = g_strconcat (own, "  ", NULL);
  body = indent (fragment, old, inner, line_end);
  text = g_strconcat (opening, line_end, inner, body, line_end, own, closing, NULL);
  *start = offset + strlen (opening) + strlen (line_end) + strlen (inner);
  return lodge_xml_document_splice (self, offset, span->empty ? 2 : span->close_start - offset, text, error);
}

static gboolean
insert_beside (LodgeXmlDocument  *self,
               LodgeXmlNode       after,
               LodgeXmlNode       before,
               const char        *fragment,
               gsize              old,
               gsize             *start,
               GError           **error)
{
  const char *line_end = get_line_end (self);
  LodgeXmlSpan *beside = lodge_xml_document_get_span (self, after != LODGE_XML_NONE ? after : before);
  g_autofree char *indentation = dup_indentation (self, beside->start);
  g_autofree char *body = indent (fragment, old, indentation, line_end);
  g_autofree char *text = NULL;

  if (after != LODGE_XML_NONE)
    {
      text = indentation != NULL ? g_strconcat (line_end, indentation, body, NULL) : g_strdup (body);
      *start = beside->end + strlen (text) - strlen (body);
      return lodge_xml_document_splice (self, beside->end, 0, text, error);
    }

  text = indentation != NULL ? g_strconcat (body, line_end, indentation, NULL) : g_strdup (body);
  *start = beside->start;
  return lodge_xml_document_splice (self, beside->start, 0, text, error);
}

/* The first element at or after a place: comments may stand before it */
static LodgeXmlNode
find_at (LodgeXmlDocument *self,
         gsize             start)
{
  for (guint i = 0; i < self->spans->len; i++)
    {
      if (g_array_index (self->spans, LodgeXmlSpan, i).start >= start)
        return i + 1;
    }
  g_return_val_if_reached (LODGE_XML_NONE);
}

/**
 * lodge_xml_document_insert:
 * @self: a document
 * @parent: the element that gets a child
 * @fragment: one element as text, comments around it allowed; as of dup_node_text() or with its lines
 *   indented from the first column
 * @error: a fragment that is not one well-formed element
 *
 * The new element goes where libvirt would print it, indented like its siblings.
 *
 * Returns: the new element
 */
LodgeXmlNode
lodge_xml_document_insert (LodgeXmlDocument  *self,
                           LodgeXmlNode       parent,
                           const char        *fragment,
                           GError           **error)
{
  LodgeXmlSpan *span = lodge_xml_document_get_span (self, parent);
  g_autofree char *name = NULL;
  g_autofree char *body = NULL;
  LodgeXmlNode before, after;
  gsize old = 0, start = 0;
  gboolean ok;

  g_return_val_if_fail (span != NULL, LODGE_XML_NONE);

  body = take_fragment (fragment, &name, &old, error);
  if (body == NULL)
    return LODGE_XML_NONE;

  if (span->first_child == LODGE_XML_NONE)
    ok = insert_first (self, span, body, old, &start, error);
  else
    {
      before = find_place (self, parent, name, &after);
      ok = insert_beside (self, after, before, body, old, &start, error);
    }
  return ok ? find_at (self, start) : LODGE_XML_NONE;
}

/**
 * lodge_xml_document_replace:
 * @self: a document
 * @node: an element
 * @fragment: what stands in its place, as for lodge_xml_document_insert()
 * @error: a fragment that is not one well-formed element
 *
 * Returns: the new element
 */
LodgeXmlNode
lodge_xml_document_replace (LodgeXmlDocument  *self,
                            LodgeXmlNode       node,
                            const char        *fragment,
                            GError           **error)
{
  LodgeXmlSpan *span = lodge_xml_document_get_span (self, node);
  g_autofree char *name = NULL;
  g_autofree char *body = NULL;
  g_autofree char *indentation = NULL;
  g_autofree char *text = NULL;
  g_autofree char *current = NULL;
  gsize old = 0, start;

  g_return_val_if_fail (span != NULL, LODGE_XML_NONE);

  body = take_fragment (fragment, &name, &old, error);
  if (body == NULL)
    return LODGE_XML_NONE;

  start = span->start;
  indentation = dup_indentation (self, start);
  text = indent (body, old, indentation != NULL ? indentation : "", get_line_end (self));
  current = lodge_xml_document_dup_node_text (self, node);
  if (g_str_equal (text, current))
    return node;
  return lodge_xml_document_splice (self, start, span->end - start, text, error)
         ? find_at (self, start) : LODGE_XML_NONE;
}
