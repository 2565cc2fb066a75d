/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-xml-language"

#include "config.h"

#include "lodge-xml-language.h"

#include <glib/gi18n.h>
#include <string.h>

#include "lodge-xml-view.h"
#include "xml/lodge-schema.h"
#include "xml/lodge-validator.h"
#include "xml/lodge-xml-check.h"
#include "xml/lodge-xml-scanner.h"

#define MAX_ISSUES 100

/* The grammar remembers what it has seen: one thread at a time */
static GMutex lock;
static LodgeGrammar *grammar;
static guint n_editors;
static gboolean is_missing;

LodgeXmlContext *
lodge_xml_context_new (const char *before,
                       const char *after)
{
  LodgeXmlContext *self = g_new0 (LodgeXmlContext, 1);

  self->before = g_strdup (before);
  self->after = g_strdup (after);
  return self;
}

LodgeXmlContext *
lodge_xml_context_copy (const LodgeXmlContext *self)
{
  return self != NULL ? lodge_xml_context_new (self->before, self->after) : NULL;
}

void
lodge_xml_context_free (LodgeXmlContext *self)
{
  g_free (self->before);
  g_free (self->after);
  g_free (self);
}

void
lodge_xml_language_enter (void)
{
  g_mutex_lock (&lock);
  n_editors++;
  g_mutex_unlock (&lock);
}

void
lodge_xml_language_leave (void)
{
  g_mutex_lock (&lock);
  if (--n_editors == 0)
    g_clear_pointer (&grammar, lodge_grammar_free);
  g_mutex_unlock (&lock);
}

/* With the lock. A computer without libvirt's schemas edits without their help: the host's libvirt checks anyway. */
static LodgeGrammar *
get_grammar (void)
{
  g_autoptr(GError) error = NULL;

  if (grammar != NULL && lodge_grammar_is_full (grammar))
    g_clear_pointer (&grammar, lodge_grammar_free);
  if (grammar == NULL && !is_missing)
    {
      grammar = lodge_grammar_load (LODGE_GRAMMAR_DIRECTORY, "domain", &error);
      is_missing = grammar == NULL;
      if (is_missing)
        g_debug ("no schema: %s", error->message);
    }
  return grammar;
}

static char *
dup_whole (const char            *text,
           const LodgeXmlContext *context)
{
  return context != NULL ? g_strconcat (context->before, text, context->after, NULL) : g_strdup (text);
}

static gsize
get_shift (const LodgeXmlContext *context)
{
  return context != NULL ? strlen (context->before) : 0;
}

/* Line and column of a place, and no more than the rest of its line */
static LodgeXmlIssue *
create_issue (const char *text,
              gsize       offset,
              gsize       length,
              const char *message)
{
  const char *place = text + offset;
  const char *line_start = place;
  guint line = 1;

  for (const char *c = text; c < place; c++)
    line += *c == '\n';
  while (line_start > text && line_start[-1] != '\n')
    line_start--;
  return lodge_xml_issue_new (line, place - line_start + 1, MIN (length, strcspn (place, "\n")), message);
}

static void
check_form (GPtrArray  *issues,
            const char *text)
{
  g_auto(LodgeXmlProblem) problem = { 0 };
  g_autoptr(GError) error = NULL;
  LodgeXmlIssue *issue;

  if (!lodge_xml_scanner_check (text, strlen (text), &error))
    issue = lodge_xml_issue_new (0, 0, 0, error->message);
  else if (!lodge_xml_check_form (text, strlen (text), &problem))
    issue = lodge_xml_issue_new (problem.line, problem.column, 0, problem.message);
  else
    return;
  issue->malformed = TRUE;
  g_ptr_array_add (issues, issue);
}

static void
check_schema (GPtrArray             *issues,
              const char            *text,
              const LodgeXmlContext *context)
{
  const gsize shift = get_shift (context);
  g_autofree char *whole = dup_whole (text, context);
  g_autoptr(GPtrArray) faults = NULL;

  g_mutex_lock (&lock);
  if (get_grammar () != NULL)
    faults = lodge_validator_check (grammar, whole, strlen (whole));
  g_mutex_unlock (&lock);

  for (guint i = 0; faults != NULL && i < faults->len && issues->len < MAX_ISSUES; i++)
    {
      const LodgeXmlFault *fault = g_ptr_array_index (faults, i);
      LodgeXmlIssue *issue;

      /* What is wrong elsewhere in the machine is not this page's */
      if (fault->offset < shift || fault->offset > shift + strlen (text))
        continue;
      issue = create_issue (text, fault->offset - shift, fault->length, fault->message);
      issue->replacement = g_strdup (fault->suggestion);
      g_ptr_array_add (issues, issue);
    }
}

GPtrArray *
lodge_xml_language_check (const char            *text,
                          const LodgeXmlContext *context)
{
  GPtrArray *issues = g_ptr_array_new_with_free_func ((GDestroyNotify) lodge_xml_issue_free);

  check_form (issues, text);
  if (issues->len == 0)
    check_schema (issues, text, context);
  return issues;
}

LodgeXmlCompletion *
lodge_xml_language_complete (const char            *text,
                             gsize                  cursor,
                             const LodgeXmlContext *context)
{
  const gsize shift = get_shift (context);
  g_autofree char *whole = dup_whole (text, context);
  LodgeXmlCompletion *completion = NULL;

  g_mutex_lock (&lock);
  if (get_grammar () != NULL)
    completion = lodge_xml_completion_new (grammar, whole, strlen (whole), cursor + shift);
  g_mutex_unlock (&lock);
  if (completion != NULL && completion->start >= shift)
    completion->start -= shift;
  return completion;
}

/* Help */

/* The names of the elements that are open at @cursor, outermost first, and the attribute whose value it is in */
static GPtrArray *
read_path (const char  *text,
           gsize        cursor,
           char       **attribute)
{
  GPtrArray *path = g_ptr_array_new_with_free_func (g_free);
  LodgeXmlScanner scanner;
  LodgeXmlToken token;

  lodge_xml_scanner_init (&scanner, text, strlen (text));
  while (lodge_xml_scanner_next (&scanner, &token) && token.start < cursor)
    {
      if (token.type == LODGE_XML_TOKEN_START_TAG)
        g_ptr_array_add (path, g_strndup (text + token.name, token.name_length));
      else if (path->len > 0 && ((token.type == LODGE_XML_TOKEN_TAG_END && token.empty)
                                 || token.type == LODGE_XML_TOKEN_END_TAG))
        g_ptr_array_set_size (path, path->len - 1);
      else if (token.type == LODGE_XML_TOKEN_ATTRIBUTE && cursor <= token.end)
        {
          g_free (*attribute);
          *attribute = g_strndup (text + token.name, token.name_length);
        }
    }
  return path;
}

static char *
join_path (GPtrArray  *path,
           guint       first,
           const char *last)
{
  GString *text = g_string_new (NULL);

  for (guint i = first; i < path->len; i++)
    g_string_append_printf (text, "%s%s", text->len > 0 ? "/" : "", (char *) g_ptr_array_index (path, i));
  if (last != NULL)
    g_string_append_printf (text, "%s%s", text->len > 0 ? "/" : "", last);
  return g_string_free_and_steal (text);
}

static char *
describe_field (const LodgeField *field,
                const char       *value)
{
  GString *text = g_string_new (_(field->label));

  if (field->help != NULL)
    g_string_append_printf (text, "\n%s", _(field->help));
  for (const LodgeFieldChoice *choice = field->choices; value != NULL && choice != NULL
       && choice->value != NULL; choice++)
    {
      if (g_str_equal (choice->value, value) && choice->label != NULL)
        g_string_append_printf (text, "\n\n%s: %s", value, _(choice->label));
    }
  if (field->fallback != NULL)
    {
      g_autofree char *fallback = lodge_field_format (field, field->fallback);

      g_string_append_printf (text, "\n%s: %s", _("Default"), fallback);
    }
  return g_string_free_and_steal (text);
}

char *
lodge_xml_language_dup_help (const char            *text,
                             gsize                  cursor,
                             const LodgeXmlContext *context,
                             LodgeXmlCompleteKind   kind,
                             const char            *proposal)
{
  g_autofree char *whole = dup_whole (text, context);
  g_autofree char *attribute = NULL;
  g_autoptr(GPtrArray) path = read_path (whole, cursor + get_shift (context), &attribute);
  g_autofree char *last = NULL;

  if (path->len == 0)
    return NULL;
  if (kind == LODGE_XML_COMPLETE_ATTRIBUTE)
    last = g_strconcat ("@", proposal, NULL);
  else if (kind == LODGE_XML_COMPLETE_VALUE && attribute != NULL)
    last = g_strconcat ("@", attribute, NULL);
  else if (kind == LODGE_XML_COMPLETE_ELEMENT)
    last = g_strdup (proposal);
  for (const LodgeSchema * const *schema = lodge_schema_get_all (); *schema != NULL; schema++)
    {
      g_autofree char *full = join_path (path, 1, last);
      const gsize length = strlen ((*schema)->path);

      if (g_str_equal (full, (*schema)->path))
        return g_strdup (_((*schema)->title));
      if (length > 0 && (!g_str_has_prefix (full, (*schema)->path) || full[length] != '/'))
        continue;
      for (gsize i = 0; i < (*schema)->n_fields; i++)
        {
          if (g_str_equal ((*schema)->fields[i].path, full + (length > 0 ? length + 1 : 0)))
            return describe_field (&(*schema)->fields[i], kind == LODGE_XML_COMPLETE_VALUE ? proposal : NULL);
        }
    }
  return NULL;
}
