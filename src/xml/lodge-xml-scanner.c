/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lodge-xml-scanner.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "util/lodge-error.h"

static gboolean
is_blank (char c)
{
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static gboolean
is_name_end (char c)
{
  return is_blank (c) || c == '=' || c == '>' || c == '/' || c == '<' || c == '"' || c == '\'';
}

static gboolean
starts_with (LodgeXmlScanner *self,
             const char      *prefix)
{
  gsize length = strlen (prefix);

  return self->length - self->position >= length
         && memcmp (self->text + self->position, prefix, length) == 0;
}

/* The place of @needle at or after @from, or the end of the text */
static gsize
find (LodgeXmlScanner *self,
      gsize            from,
      const char      *needle)
{
  const char *found = NULL;

  if (from < self->length)
    found = memmem (self->text + from, self->length - from, needle, strlen (needle));
  return found != NULL ? (gsize) (found - self->text) : self->length;
}

static void
scan_name (LodgeXmlScanner *self,
           LodgeXmlToken   *token)
{
  token->name = self->position;
  while (self->position < self->length && !is_name_end (self->text[self->position]))
    self->position++;
  token->name_length = self->position - token->name;
}

static void
skip_blanks (LodgeXmlScanner *self)
{
  while (self->position < self->length && is_blank (self->text[self->position]))
    self->position++;
}

/* From @opening to @closing, both part of the token; what is between is its value */
static void
scan_until (LodgeXmlScanner *self,
            LodgeXmlToken   *token,
            const char      *opening,
            const char      *closing)
{
  gsize end;

  token->value = MIN (self->position + strlen (opening), self->length);
  end = find (self, token->value, closing);
  token->value_length = end - token->value;
  self->position = MIN (end + strlen (closing), self->length);
}

static void
scan_attribute (LodgeXmlScanner *self,
                LodgeXmlToken   *token)
{
  gsize after_name;

  token->type = LODGE_XML_TOKEN_ATTRIBUTE;
  scan_name (self, token);
  if (self->position == token->start)
    self->position++;  /* a stray character: it becomes a token without a name */
  after_name = self->position;
  token->value = after_name;

  skip_blanks (self);
  if (self->position >= self->length || self->text[self->position] != '=')
    {
      self->position = after_name;
      return;
    }

  self->position++;
  skip_blanks (self);
  if (self->position < self->length
      && (self->text[self->position] == '"' || self->text[self->position] == '\''))
    {
      const char *end;

      token->quote = self->text[self->position++];
      token->value = self->position;
      end = memchr (self->text + self->position, token->quote, self->length - self->position);
      self->position = end != NULL ? (gsize) (end - self->text) : self->length;
      token->value_length = self->position - token->value;
      self->position = MIN (self->position + 1, self->length);
    }
  else
    token->value = self->position;
}

static void
scan_in_tag (LodgeXmlScanner *self,
             LodgeXmlToken   *token)
{
  skip_blanks (self);
  token->start = self->position;

  if (self->position >= self->length || self->text[self->position] == '<')
    {
      /* The tag was never closed */
      token->type = LODGE_XML_TOKEN_TAG_END;
      self->in_tag = FALSE;
    }
  else if (self->text[self->position] == '>' || starts_with (self, "/>"))
    {
      token->type = LODGE_XML_TOKEN_TAG_END;
      token->empty = self->text[self->position] == '/';
      self->position += token->empty ? 2 : 1;
      self->in_tag = FALSE;
    }
  else
    scan_attribute (self, token);
}

static void
scan_outside (LodgeXmlScanner *self,
              LodgeXmlToken   *token)
{
  if (self->text[self->position] != '<')
    {
      token->type = LODGE_XML_TOKEN_TEXT;
      token->value = self->position;
      self->position = find (self, self->position, "<");
      token->value_length = self->position - token->value;
    }
  else if (starts_with (self, "<!--"))
    {
      token->type = LODGE_XML_TOKEN_COMMENT;
      scan_until (self, token, "<!--", "-->");
    }
  else if (starts_with (self, "<![CDATA["))
    {
      token->type = LODGE_XML_TOKEN_CDATA;
      scan_until (self, token, "<![CDATA[", "]]>");
    }
  else if (starts_with (self, "<?"))
    {
      token->type = LODGE_XML_TOKEN_INSTRUCTION;
      scan_until (self, token, "<?", "?>");
    }
  else if (starts_with (self, "<!"))
    {
      token->type = LODGE_XML_TOKEN_DOCTYPE;
      scan_until (self, token, "<!", ">");
    }
  else if (starts_with (self, "</"))
    {
      token->type = LODGE_XML_TOKEN_END_TAG;
      self->position += 2;
      scan_name (self, token);
      self->position = MIN (find (self, self->position, ">") + 1, self->length);
    }
  else
    {
      token->type = LODGE_XML_TOKEN_START_TAG;
      self->position++;
      scan_name (self, token);
      self->in_tag = TRUE;
    }
}

void
lodge_xml_scanner_init (LodgeXmlScanner *self,
                        const char      *text,
                        gsize            length)
{
  self->text = text;
  self->length = length;
  self->position = 0;
  self->in_tag = FALSE;
}

/**
 * lodge_xml_scanner_next:
 * @self: a scanner
 * @token: (out caller-allocates): the next piece
 *
 * Returns: %FALSE at the end of the text, where @token is an END token
 */
gboolean
lodge_xml_scanner_next (LodgeXmlScanner *self,
                        LodgeXmlToken   *token)
{
  *token = (LodgeXmlToken) { .start = self->position };

  if (self->in_tag)
    scan_in_tag (self, token);
  else if (self->position >= self->length)
    token->type = LODGE_XML_TOKEN_END;
  else
    scan_outside (self, token);

  token->end = self->position;
  return token->type != LODGE_XML_TOKEN_END;
}

/**
 * lodge_xml_scanner_check:
 * @text: XML from anywhere
 * @length: of @text in bytes
 * @error: which limit is broken, or that the text has what Lodge does not read
 *
 * To be asked before libxml2 sees a byte: a text of 1.2 MB can stop its older
 * versions for seconds.
 */
gboolean
lodge_xml_scanner_check (const char  *text,
                         gsize        length,
                         GError     **error)
{
  LodgeXmlScanner scanner;
  LodgeXmlToken token;
  guint depth = 0, n_elements = 0, n_attributes = 0;

  if (length > LODGE_XML_MAX_SIZE)
    return lodge_set_error (error, LODGE_ERROR_LIMIT, _("The XML is larger than 4 MiB."));
  if (memchr (text, '\0', length) != NULL || !g_utf8_validate_len (text, length, NULL))
    return lodge_set_error (error, LODGE_ERROR_PARSE, _("The XML is not valid UTF-8 text."));

  lodge_xml_scanner_init (&scanner, text, length);
  while (lodge_xml_scanner_next (&scanner, &token))
    {
      if (token.type == LODGE_XML_TOKEN_DOCTYPE)
        return lodge_set_error (error, LODGE_ERROR_LIMIT,
                                _("The XML has a document type declaration, which is not read."));
      else if (token.type == LODGE_XML_TOKEN_START_TAG)
        {
          n_attributes = 0;
          if (++depth > LODGE_XML_MAX_DEPTH)
            return lodge_set_error (error, LODGE_ERROR_LIMIT,
                                    _("The XML has more than %d levels."), LODGE_XML_MAX_DEPTH);
          if (++n_elements > LODGE_XML_MAX_ELEMENTS)
            return lodge_set_error (error, LODGE_ERROR_LIMIT,
                                    _("The XML has more than %d elements."),
                                    LODGE_XML_MAX_ELEMENTS);
        }
      else if (token.type == LODGE_XML_TOKEN_ATTRIBUTE)
        {
          if (++n_attributes > LODGE_XML_MAX_ATTRIBUTES)
            return lodge_set_error (error, LODGE_ERROR_LIMIT,
                                    _("An element of the XML has more than %d attributes."),
                                    LODGE_XML_MAX_ATTRIBUTES);
        }
      else if (depth > 0
               && (token.type == LODGE_XML_TOKEN_END_TAG
                   || (token.type == LODGE_XML_TOKEN_TAG_END && token.empty)))
        depth--;
    }
  return TRUE;
}
