/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lodge-validator.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "lodge-validation.h"
#include "lodge-xml-check.h"

/* A whole text: first whether it is XML at all, then whether it fits the grammar */

static gboolean
is_same_name (const char          *text,
              const LodgeXmlToken *a,
              const LodgeXmlToken *b)
{
  return a->name_length == b->name_length && memcmp (text + a->name, text + b->name, a->name_length) == 0;
}

/* A tag without its partner. libxml2 reports it where a parent ends, often far below the tag that lacks its end. */
static gboolean
explain_tags (LodgeValidation *self,
              gsize            length)
{
  g_autoptr(GArray) open = g_array_new (FALSE, FALSE, sizeof (LodgeXmlToken));
  LodgeXmlScanner scanner;
  LodgeXmlToken token, *last = NULL;

  lodge_xml_scanner_init (&scanner, self->text, length);
  while (lodge_xml_scanner_next (&scanner, &token))
    {
      if (token.type == LODGE_XML_TOKEN_START_TAG)
        g_array_append_val (open, token);
      else if (token.type == LODGE_XML_TOKEN_TAG_END && token.empty && open->len > 0)
        g_array_set_size (open, open->len - 1);
      else if (token.type == LODGE_XML_TOKEN_END_TAG)
        {
          gboolean known = FALSE;

          last = open->len > 0 ? &g_array_index (open, LodgeXmlToken, open->len - 1) : NULL;
          if (last != NULL && is_same_name (self->text, last, &token))
            {
              g_array_set_size (open, open->len - 1);
              continue;
            }
          for (guint i = 0; i < open->len && !known; i++)
            known = is_same_name (self->text, &g_array_index (open, LodgeXmlToken, i), &token);
          if (known)
            break;
          lodge_validation_add_fault (self, token.name, token.name_length,
                                      g_strdup_printf (_("</%.*s> closes nothing"), (int) token.name_length,
                                                       self->text + token.name), NULL);
          return TRUE;
        }
    }

  if (open->len == 0)
    return FALSE;
  last = &g_array_index (open, LodgeXmlToken, open->len - 1);
  lodge_validation_add_fault (self, last->name, last->name_length,
                              g_strdup_printf (_("<%.*s> is not closed"), (int) last->name_length,
                                               self->text + last->name), NULL);
  return TRUE;
}

static void
explain_form (LodgeValidation       *self,
              gsize                  length,
              const LodgeXmlProblem *problem)
{
  const char *place = self->text;
  gsize column = problem->column > 0 ? problem->column - 1 : 0;

  if (g_str_has_prefix (problem->message, "Opening and ending tag mismatch")
      || g_str_has_prefix (problem->message, "Premature end") || g_str_has_prefix (problem->message, "EndTag"))
    {
      if (explain_tags (self, length))
        return;
    }
  for (guint line = 1; line < problem->line; line++)
    {
      const char *end = strchr (place, '\n');

      if (end == NULL)
        break;
      place = end + 1;
    }
  column = MIN (column, strcspn (place, "\n"));
  lodge_validation_add_fault (self, place - self->text + column, 0, g_strdup (problem->message), NULL);
}

static int
compare_faults (gconstpointer a,
                gconstpointer b)
{
  const LodgeXmlFault *x = *(const LodgeXmlFault * const *) a, *y = *(const LodgeXmlFault * const *) b;

  return x->offset < y->offset ? -1 : x->offset > y->offset;
}

static void
find_lines (LodgeValidation *self)
{
  const char *place = self->text, *line_start = self->text;
  guint line = 1;

  g_ptr_array_sort (self->faults, compare_faults);
  for (guint i = 0; i < self->faults->len; i++)
    {
      LodgeXmlFault *fault = g_ptr_array_index (self->faults, i);

      for (; place < self->text + fault->offset; place++)
        {
          if (*place == '\n')
            {
              line++;
              line_start = place + 1;
            }
        }
      fault->line = line;
      fault->column = g_utf8_strlen (line_start, place - line_start) + 1;
    }
}

/**
 * lodge_validator_check:
 * @grammar: of the document's kind
 * @text: valid UTF-8 as it is being typed; terminated
 * @length: of @text in bytes
 *
 * The schemas that are installed here are advice: the host may have older or newer ones.
 *
 * Returns: (transfer full) (element-type LodgeXmlFault): the mistakes in the order of the text; none: it is valid
 */
GPtrArray *
lodge_validator_check (LodgeGrammar *grammar,
                       const char   *text,
                       gsize         length)
{
  g_auto(LodgeValidation) self = { 0 };
  g_auto(LodgeXmlProblem) problem = { 0 };
  g_autoptr(GError) error = NULL;
  LodgeXmlScanner scanner;
  LodgeXmlToken token;

  lodge_validation_init (&self, grammar, text);
  if (!lodge_xml_scanner_check (text, length, &error))
    lodge_validation_add_fault (&self, 0, 0, g_strdup (error->message), NULL);
  else if (!lodge_xml_check_form (text, length, &problem))
    explain_form (&self, length, &problem);
  else
    {
      lodge_xml_scanner_init (&scanner, text, length);
      while (lodge_xml_scanner_next (&scanner, &token))
        lodge_validation_feed (&self, &token);
    }
  find_lines (&self);
  return g_steal_pointer (&self.faults);
}
