/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lodge-xml-document.h"

#include <glib/gi18n-lib.h>
#include <libxml/parser.h>
#include <string.h>

#include "lodge-xml-order.h"
#include "lodge-xml-scanner.h"
#include "util/lodge-error.h"

/* An element as places in the text. Handles are positions in the array plus one. */
typedef struct
{
  gsize        start;        /* of “<” */
  gsize        name;
  gsize        name_length;
  gsize        tag_end;      /* after “>” of the start tag */
  gsize        close_start;  /* of “</”; tag_end for an empty tag */
  gsize        end;          /* after the whole element */
  LodgeXmlNode parent;
  LodgeXmlNode first_child;
  LodgeXmlNode last_child;
  LodgeXmlNode next;
  guint        first_attribute;
  guint        n_attributes;
  gboolean     empty;
} Span;

typedef struct
{
  gsize start;         /* of the name */
  gsize name_length;
  gsize value;
  gsize value_length;
  gsize end;           /* after the closing quote */
} AttributeSpan;

/* One change of the text and how to take it back */
typedef struct
{
  gsize offset;
  char *removed;
  char *inserted;
} Splice;

struct _LodgeXmlDocument
{
  GObject    parent_instance;

  GString   *text;
  GArray    *spans;       /* of Span */
  GArray    *attributes;  /* of AttributeSpan */
  GPtrArray *history;     /* of Splice */
  guint      undone;      /* steps of @history that are taken back */
  guint      revision;
};

G_DEFINE_FINAL_TYPE (LodgeXmlDocument, lodge_xml_document, G_TYPE_OBJECT)

static void
splice_free (gpointer data)
{
  Splice *splice = data;

  g_free (splice->removed);
  g_free (splice->inserted);
  g_free (splice);
}

static Span *
get_span (LodgeXmlDocument *self,
          LodgeXmlNode      node)
{
  return node != LODGE_XML_NONE && node <= self->spans->len
         ? &g_array_index (self->spans, Span, node - 1) : NULL;
}

/* Only of a text that libxml2 found well-formed: tags match */
static void
rescan (LodgeXmlDocument *self)
{
  LodgeXmlScanner scanner;
  LodgeXmlToken token;
  LodgeXmlNode current = LODGE_XML_NONE;

  g_array_set_size (self->spans, 0);
  g_array_set_size (self->attributes, 0);

  lodge_xml_scanner_init (&scanner, self->text->str, self->text->len);
  while (lodge_xml_scanner_next (&scanner, &token))
    {
      Span *span = get_span (self, current);

      if (token.type == LODGE_XML_TOKEN_START_TAG)
        {
          Span added = {
            .start = token.start, .name = token.name, .name_length = token.name_length,
            .parent = current, .first_attribute = self->attributes->len,
          };
          LodgeXmlNode node = self->spans->len + 1;

          if (span != NULL && span->first_child == LODGE_XML_NONE)
            span->first_child = node;
          else if (span != NULL)
            get_span (self, span->last_child)->next = node;
          if (span != NULL)
            span->last_child = node;
          g_array_append_val (self->spans, added);
          current = node;
        }
      else if (span == NULL)
        continue;
      else if (token.type == LODGE_XML_TOKEN_ATTRIBUTE)
        {
          AttributeSpan attribute = {
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
is_well_formed (const char  *text,
                gsize        length,
                GError     **error)
{
  xmlParserCtxt *context;
  xmlDoc *doc;

  if (!lodge_xml_scanner_check (text, length, error))
    return FALSE;

  context = xmlNewParserCtxt ();
  doc = xmlCtxtReadMemory (context, text, (int) length, NULL, NULL,
                           XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING
                           | XML_PARSE_BIG_LINES);
  if (doc == NULL)
    {
      const xmlError *problem = xmlCtxtGetLastError (context);
      g_autofree char *message = g_strdup (problem != NULL && problem->message != NULL
                                           ? problem->message : "");

      lodge_set_error (error, LODGE_ERROR_PARSE,
                       /* Translators: where an XML text is broken, and how, in libxml2's words */
                       _("The XML is broken at line %d: %s"),
                       problem != NULL ? problem->line : 1, g_strchomp (message));
    }

  xmlFreeDoc (doc);
  xmlFreeParserCtxt (context);
  return doc != NULL;
}

static void
apply (LodgeXmlDocument *self,
       gsize             offset,
       gsize             length,
       const char       *replacement)
{
  g_string_erase (self->text, offset, length);
  g_string_insert (self->text, offset, replacement);
  self->revision++;
  rescan (self);
}

static void
splice (LodgeXmlDocument *self,
        gsize             offset,
        gsize             length,
        const char       *replacement)
{
  Splice *step = g_new0 (Splice, 1);

  step->offset = offset;
  step->removed = g_strndup (self->text->str + offset, length);
  step->inserted = g_strdup (replacement);

  g_ptr_array_set_size (self->history, self->history->len - self->undone);
  self->undone = 0;
  g_ptr_array_add (self->history, step);
  apply (self, offset, length, replacement);
}

/* Text of an attribute or element with its entities and character references read */
static char *
decode (const char *text,
        gsize       length)
{
  static const struct { const char *name; char c; } entities[] = {
    { "&lt;", '<' }, { "&gt;", '>' }, { "&amp;", '&' }, { "&quot;", '"' }, { "&apos;", '\'' },
  };
  GString *result = g_string_sized_new (length);
  gsize i = 0;

  while (i < length)
    {
      const char *end = text[i] == '&' ? memchr (text + i, ';', MIN (length - i, 12)) : NULL;
      gsize entity = 0;

      if (end != NULL && text[i + 1] == '#')
        {
          gunichar c = text[i + 2] == 'x' ? g_ascii_strtoull (text + i + 3, NULL, 16)
                                          : g_ascii_strtoull (text + i + 2, NULL, 10);

          if (g_unichar_validate (c) && c != 0)
            {
              g_string_append_unichar (result, c);
              i = end - text + 1;
              continue;
            }
        }
      for (guint e = 0; end != NULL && e < G_N_ELEMENTS (entities); e++)
        {
          if (strncmp (text + i, entities[e].name, end - text - i + 1) == 0
              && strlen (entities[e].name) == (gsize) (end - text) - i + 1)
            {
              g_string_append_c (result, entities[e].c);
              entity = end - text - i + 1;
            }
        }
      if (entity > 0)
        i += entity;
      else
        g_string_append_c (result, text[i++]);
    }
  return g_string_free_and_steal (result);
}

/* As libvirt prints: all five, and control characters that are allowed as references */
static char *
encode (const char  *text,
        GError     **error)
{
  GString *result;

  if (!g_utf8_validate (text, -1, NULL))
    {
      lodge_set_error (error, LODGE_ERROR_INVALID_VALUE, _("The text is not valid UTF-8."));
      return NULL;
    }

  result = g_string_new (NULL);
  for (const char *p = text; *p != '\0'; p++)
    {
      switch (*p)
        {
        case '<': g_string_append (result, "&lt;"); break;
        case '>': g_string_append (result, "&gt;"); break;
        case '&': g_string_append (result, "&amp;"); break;
        case '"': g_string_append (result, "&quot;"); break;
        case '\'': g_string_append (result, "&apos;"); break;
        default:
          if ((guchar) *p < 0x20 && *p != '\n' && *p != '\t')
            {
              g_string_free (result, TRUE);
              lodge_set_error (error, LODGE_ERROR_INVALID_VALUE,
                               _("The text has a control character, which XML cannot hold."));
              return NULL;
            }
          g_string_append_c (result, *p);
        }
    }
  return g_string_free_and_steal (result);
}

static AttributeSpan *
find_attribute (LodgeXmlDocument *self,
                Span             *span,
                const char       *name)
{
  for (guint i = 0; i < span->n_attributes; i++)
    {
      AttributeSpan *attribute = &g_array_index (self->attributes, AttributeSpan,
                                                 span->first_attribute + i);

      if (strlen (name) == attribute->name_length
          && memcmp (self->text->str + attribute->start, name, attribute->name_length) == 0)
        return attribute;
    }
  return NULL;
}

static gboolean
has_name (LodgeXmlDocument *self,
          const Span       *span,
          const char       *name)
{
  return name == NULL
         || (strlen (name) == span->name_length
             && memcmp (self->text->str + span->name, name, span->name_length) == 0);
}

static LodgeXmlNode
skip_to_name (LodgeXmlDocument *self,
              LodgeXmlNode      node,
              const char       *name)
{
  Span *span;

  while ((span = get_span (self, node)) != NULL && !has_name (self, span, name))
    node = span->next;
  return node;
}

/* The blanks at the start of the line that @offset is on; "" when other things stand before it */
static char *
dup_indentation (LodgeXmlDocument *self,
                 gsize             offset)
{
  gsize start = offset;

  while (start > 0 && (self->text->str[start - 1] == ' ' || self->text->str[start - 1] == '\t'))
    start--;
  return start == 0 || self->text->str[start - 1] == '\n'
         ? g_strndup (self->text->str + start, offset - start) : g_strdup ("");
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
}

static void
lodge_xml_document_init (LodgeXmlDocument *self)
{
  self->spans = g_array_new (FALSE, FALSE, sizeof (Span));
  self->attributes = g_array_new (FALSE, FALSE, sizeof (AttributeSpan));
  self->history = g_ptr_array_new_with_free_func (splice_free);
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

  if (!is_well_formed (text, size, error))
    return NULL;

  self = g_object_new (LODGE_TYPE_XML_DOCUMENT, NULL);
  self->text = g_string_new_len (text, size);
  rescan (self);
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
  Span *span = get_span (self, node);

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
  Span *span = get_span (self, node);

  return span != NULL ? skip_to_name (self, span->first_child, name) : LODGE_XML_NONE;
}

LodgeXmlNode
lodge_xml_document_get_next_sibling (LodgeXmlDocument *self,
                                     LodgeXmlNode      node,
                                     const char       *name)
{
  Span *span = get_span (self, node);

  return span != NULL ? skip_to_name (self, span->next, name) : LODGE_XML_NONE;
}

char *
lodge_xml_document_get_name (LodgeXmlDocument *self,
                             LodgeXmlNode      node)
{
  Span *span = get_span (self, node);

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
  Span *span = get_span (self, node);
  AttributeSpan *attribute = span != NULL ? find_attribute (self, span, name) : NULL;

  return attribute != NULL ? decode (self->text->str + attribute->value, attribute->value_length)
                           : NULL;
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
  Span *span = get_span (self, node);
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
      const char *value = scanner.text + token.value;

      if (token.type == LODGE_XML_TOKEN_START_TAG)
        depth++;
      else if (token.type == LODGE_XML_TOKEN_END_TAG
               || (token.type == LODGE_XML_TOKEN_TAG_END && token.empty))
        depth--;
      else if (token.type == LODGE_XML_TOKEN_CDATA && depth == 0)
        g_string_append_len (result, value, token.value_length);
      else if (token.type == LODGE_XML_TOKEN_TEXT && depth == 0)
        {
          g_autofree char *text = decode (value, token.value_length);

          g_string_append (result, text);
        }
    }
  return g_string_free_and_steal (result);
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
  Span *span = get_span (self, node);

  return span != NULL ? g_strndup (self->text->str + span->start, span->end - span->start) : NULL;
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
  Span *span = get_span (self, node);
  AttributeSpan *attribute, *last = NULL;
  g_autofree char *encoded = NULL;
  g_autofree char *current = NULL;

  g_return_val_if_fail (span != NULL, FALSE);

  attribute = find_attribute (self, span, name);
  if (value == NULL)
    {
      gsize start;

      if (attribute == NULL)
        return TRUE;
      start = attribute->start;
      while (g_ascii_isspace (self->text->str[start - 1]))
        start--;
      splice (self, start, attribute->end - start, "");
      return TRUE;
    }

  current = lodge_xml_document_get_attribute (self, node, name);
  if (g_strcmp0 (current, value) == 0)
    return TRUE;
  encoded = encode (value, error);
  if (encoded == NULL)
    return FALSE;

  if (attribute != NULL)
    splice (self, attribute->value, attribute->value_length, encoded);
  else
    {
      g_autofree char *text = NULL;
      gsize offset;
      char quote = '\'';

      if (span->n_attributes > 0)
        {
          last = &g_array_index (self->attributes, AttributeSpan,
                                 span->first_attribute + span->n_attributes - 1);
          quote = self->text->str[last->end - 1];
        }
      offset = last != NULL ? last->end : span->name + span->name_length;
      text = g_strdup_printf (" %s=%c%s%c", name, quote, encoded, quote);
      splice (self, offset, 0, text);
    }
  return TRUE;
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
  Span *span = get_span (self, node);
  g_autofree char *encoded = NULL;
  g_autofree char *text = NULL;

  g_return_val_if_fail (span != NULL, FALSE);

  encoded = encode (content, error);
  if (encoded == NULL)
    return FALSE;

  if (!span->empty)
    {
      splice (self, span->tag_end, span->close_start - span->tag_end, encoded);
      return TRUE;
    }

  text = g_strdup_printf (">%s</%.*s>", encoded, (int) span->name_length,
                          self->text->str + span->name);
  splice (self, span->tag_end - 2, 2, text);
  return TRUE;
}

/* The child of @parent that a new element of this name comes before, or LODGE_XML_NONE for last */
static LodgeXmlNode
find_place (LodgeXmlDocument *self,
            LodgeXmlNode      parent,
            const char       *name)
{
  g_autofree char *parent_name = lodge_xml_document_get_name (self, parent);
  LodgeXmlNode place = LODGE_XML_NONE;
  LodgeXmlNode child = lodge_xml_document_get_first_child (self, parent, NULL);
  int rank = lodge_xml_order_get_rank (parent_name, name);

  if (rank < 0)
    return LODGE_XML_NONE;

  /* After the last child that libvirt prints before it or that has its name */
  while (child != LODGE_XML_NONE)
    {
      g_autofree char *child_name = lodge_xml_document_get_name (self, child);
      int child_rank = lodge_xml_order_get_rank (parent_name, child_name);
      LodgeXmlNode next = lodge_xml_document_get_next_sibling (self, child, NULL);

      if (child_rank >= 0 && child_rank <= rank)
        place = LODGE_XML_NONE;
      else if (child_rank > rank && place == LODGE_XML_NONE)
        place = child;
      child = next;
    }
  return place;
}

static char *
indent (const char *fragment,
        const char *indentation)
{
  g_auto(GStrv) lines = g_strsplit (fragment, "\n", -1);
  g_autofree char *separator = g_strconcat ("\n", indentation, NULL);

  return g_strjoinv (separator, lines);
}

/**
 * lodge_xml_document_insert:
 * @self: a document
 * @parent: the element that gets a child
 * @fragment: one element as text, its own lines indented from the first column
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
  Span *span = get_span (self, parent);
  g_autoptr(LodgeXmlDocument) checked = NULL;
  g_autofree char *name = NULL;
  g_autofree char *indentation = NULL;
  g_autofree char *body = NULL;
  g_autofree char *text = NULL;
  LodgeXmlNode before;
  gsize offset, removed = 0, lead;

  g_return_val_if_fail (span != NULL, LODGE_XML_NONE);

  checked = lodge_xml_document_new (fragment, -1, error);
  if (checked == NULL)
    return LODGE_XML_NONE;
  name = lodge_xml_document_get_name (checked, 1);

  if (span->first_child != LODGE_XML_NONE)
    indentation = dup_indentation (self, get_span (self, span->first_child)->start);
  else
    {
      g_autofree char *own = dup_indentation (self, span->start);

      indentation = g_strconcat (own, "  ", NULL);
    }
  body = indent (fragment, indentation);
  before = find_place (self, parent, name);

  if (before != LODGE_XML_NONE)
    {
      offset = get_span (self, before)->start;
      text = g_strconcat (body, "\n", indentation, NULL);
      lead = 0;
    }
  else if (span->last_child != LODGE_XML_NONE)
    {
      offset = get_span (self, span->last_child)->end;
      text = g_strconcat ("\n", indentation, body, NULL);
      lead = 1 + strlen (indentation);
    }
  else
    {
      g_autofree char *own = dup_indentation (self, span->start);

      /* An empty element, or one with text only: it is opened and closed on lines of its own */
      offset = span->empty ? span->tag_end - 2 : span->close_start;
      removed = span->empty ? 2 : 0;
      if (span->empty)
        text = g_strdup_printf (">\n%s%s\n%s</%.*s>", indentation, body, own,
                                (int) span->name_length, self->text->str + span->name);
      else
        text = g_strdup_printf ("\n%s%s\n%s", indentation, body, own);
      lead = (span->empty ? 2 : 1) + strlen (indentation);
    }

  splice (self, offset, removed, text);
  for (guint i = 0; i < self->spans->len; i++)
    {
      if (g_array_index (self->spans, Span, i).start == offset + lead)
        return i + 1;
    }
  g_return_val_if_reached (LODGE_XML_NONE);
}

/**
 * lodge_xml_document_remove:
 * @self: a document
 * @node: any element but the root; it goes with its line
 * @error: the root
 */
gboolean
lodge_xml_document_remove (LodgeXmlDocument  *self,
                           LodgeXmlNode       node,
                           GError           **error)
{
  Span *span = get_span (self, node);
  gsize start, end;

  g_return_val_if_fail (span != NULL, FALSE);

  if (span->parent == LODGE_XML_NONE)
    return lodge_set_error (error, LODGE_ERROR_INVALID_VALUE,
                            _("The outermost element cannot be removed."));

  start = span->start;
  end = span->end;
  while (start > 0 && (self->text->str[start - 1] == ' ' || self->text->str[start - 1] == '\t'))
    start--;
  if (start > 0 && self->text->str[start - 1] == '\n' && self->text->str[end] == '\n')
    end++;
  else
    start = span->start;
  splice (self, start, end - start, "");
  return TRUE;
}

gboolean
lodge_xml_document_undo (LodgeXmlDocument *self)
{
  Splice *step;

  g_return_val_if_fail (LODGE_IS_XML_DOCUMENT (self), FALSE);

  if (self->undone == self->history->len)
    return FALSE;
  step = g_ptr_array_index (self->history, self->history->len - ++self->undone);
  apply (self, step->offset, strlen (step->inserted), step->removed);
  return TRUE;
}

gboolean
lodge_xml_document_redo (LodgeXmlDocument *self)
{
  Splice *step;

  g_return_val_if_fail (LODGE_IS_XML_DOCUMENT (self), FALSE);

  if (self->undone == 0)
    return FALSE;
  step = g_ptr_array_index (self->history, self->history->len - self->undone--);
  apply (self, step->offset, strlen (step->removed), step->inserted);
  return TRUE;
}
