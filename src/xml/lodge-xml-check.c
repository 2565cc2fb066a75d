/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lodge-xml-check.h"

#include <glib/gi18n-lib.h>
#include <libxml/parser.h>
#include <string.h>

#include "lodge-xml-scanner.h"
#include "util/lodge-error.h"

/* libxml2 changed the type of its handlers in 2.12 */
#if LIBXML_VERSION >= 21200
typedef const xmlError *ErrorArgument;
#else
typedef xmlError *ErrorArgument;
#endif

void
lodge_xml_problem_clear (LodgeXmlProblem *self)
{
  g_clear_pointer (&self->message, g_free);
}

/* The first error is the one to mend: those that follow are its echo. */
static void
note_problem_cb (gpointer      user_data,
                 ErrorArgument what)
{
  xmlParserCtxt *context = user_data;
  LodgeXmlProblem *problem = context->_private;

  if (what->level != XML_ERR_FATAL || problem->message != NULL)
    return;
  problem->line = what->line > 0 ? what->line : 1;
  problem->column = what->int2 > 0 ? what->int2 : 0;
  problem->message = g_strdelimit (g_strchomp (g_utf8_make_valid (what->message != NULL ? what->message : "", -1)),
                                   "\n\r", ' ');
}

/**
 * lodge_xml_check_form:
 * @text: XML within the limits of lodge_xml_scanner_check()
 * @length: of @text in bytes
 * @problem: (out caller-allocates): the first thing that is wrong
 *
 * Returns: whether @text is well-formed
 */
gboolean
lodge_xml_check_form (const char      *text,
                      gsize            length,
                      LodgeXmlProblem *problem)
{
  xmlParserCtxt *context = xmlNewParserCtxt ();
  xmlDoc *doc;
  int options = XML_PARSE_NONET | XML_PARSE_BIG_LINES;

#if LIBXML_VERSION >= 21300
  options |= XML_PARSE_NO_XXE;
#endif
  *problem = (LodgeXmlProblem) { 0 };
  context->_private = problem;
  context->sax->serror = (xmlStructuredErrorFunc) note_problem_cb;
  doc = xmlCtxtReadMemory (context, text, (int) length, NULL, NULL, options);
  if (doc == NULL && problem->message == NULL)
    {
      problem->line = 1;
      problem->message = g_strdup (_("There is no element."));
    }
  else if (doc != NULL)
    lodge_xml_problem_clear (problem);

  xmlFreeDoc (doc);
  xmlFreeParserCtxt (context);
  return doc != NULL;
}

/* libvirt gives its text to libxml2, which would read the bytes as the declaration says. */
static gboolean
check_encoding (const char  *text,
                gsize        length,
                GError     **error)
{
  static const char * const same[] = { "UTF-8", "utf-8", "UTF8", "utf8", "US-ASCII", "us-ascii", "ASCII", NULL };
  LodgeXmlScanner scanner;
  LodgeXmlToken token;
  g_autofree char *declaration = NULL;
  const char *start, *end;

  lodge_xml_scanner_init (&scanner, text, length);
  if (!lodge_xml_scanner_next (&scanner, &token) || token.type != LODGE_XML_TOKEN_INSTRUCTION)
    return TRUE;
  declaration = g_strndup (text + token.value, token.value_length);
  start = g_str_has_prefix (declaration, "xml") ? strstr (declaration, "encoding") : NULL;
  start = start != NULL ? strpbrk (start, "'\"") : NULL;
  end = start != NULL ? strchr (start + 1, *start) : NULL;
  if (end != NULL)
    {
      g_autofree char *encoding = g_strndup (start + 1, end - start - 1);

      if (!g_strv_contains (same, encoding))
        return lodge_set_error (error, LODGE_ERROR_PARSE,
                                /* Translators: a name like “UTF-16” */
                                _("The XML says that it is written in “%s”. Save it as UTF-8."), encoding);
    }
  return TRUE;
}

gboolean
lodge_xml_check (const char  *text,
                 gsize        length,
                 GError     **error)
{
  g_auto(LodgeXmlProblem) problem = { 0 };

  if (!lodge_xml_scanner_check (text, length, error) || !check_encoding (text, length, error))
    return FALSE;
  if (lodge_xml_check_form (text, length, &problem))
    return TRUE;

  return lodge_set_error (error, LODGE_ERROR_PARSE,
                          /* Translators: where an XML text is broken, and how, in libxml2's words */
                          _("The XML is broken at line %u: %s"), problem.line, problem.message);
}
