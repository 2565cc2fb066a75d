/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lodge-xml-completion.h"

#include <string.h>

#include "lodge-validation.h"
#include "lodge-xml-text.h"

/* What may stand at the cursor of a text that is being typed. The text before it is validated (with recovery: it is
 * broken most of the time), and what the rest of the parent has is taken into account: an element is offered only
 * when the whole would be right with it. A pass takes 0.1 ms for a usual machine, so that nothing is kept. */

static void
proposal_free (gpointer data)
{
  LodgeXmlProposal *proposal = data;

  g_free (proposal->text);
  g_free (proposal->extra);
  g_free (proposal);
}

void
lodge_xml_completion_free (LodgeXmlCompletion *self)
{
  g_ptr_array_unref (self->proposals);
  g_free (self->hint);
  g_free (self);
}

static void
propose (LodgeXmlCompletion *self,
         char               *text,
         gboolean            required,
         char               *extra)
{
  LodgeXmlProposal *proposal = g_new0 (LodgeXmlProposal, 1);

  proposal->text = text;
  proposal->required = required;
  proposal->extra = extra;
  g_ptr_array_add (self->proposals, proposal);
}

static int
compare_proposals (gconstpointer a,
                   gconstpointer b)
{
  const LodgeXmlProposal *x = *(const LodgeXmlProposal * const *) a, *y = *(const LodgeXmlProposal * const *) b;

  if (x->required != y->required)
    return x->required ? -1 : 1;
  return strcmp (x->text, y->text);
}

static gboolean
is_not_allowed (LodgePattern *pattern)
{
  return pattern->type == LODGE_PATTERN_NOT_ALLOWED;
}

/* The name as it would be written here: with the prefix of its namespace, or NULL when that has none here */
static char *
dup_written_name (LodgeValidation *validation,
                  const char      *name)
{
  const char *brace = name[0] == '{' ? strrchr (name, '}') : NULL;

  if (brace == NULL)
    return g_strdup (name);
  for (guint i = validation->frames->len; i-- > 0;)
    {
      LodgeValidationFrame *frame = g_ptr_array_index (validation->frames, i);

      for (guint j = 0; frame->namespaces != NULL && j < frame->namespaces->len; j += 2)
        {
          const char *prefix = g_ptr_array_index (frame->namespaces, j);
          const char *uri = g_ptr_array_index (frame->namespaces, j + 1);

          if (strlen (uri) == (gsize) (brace - name) - 1 && strncmp (uri, name + 1, brace - name - 1) == 0)
            return prefix[0] != '\0' ? g_strdup_printf ("%s:%s", prefix, brace + 1) : g_strdup (brace + 1);
        }
    }
  return NULL;
}

/* The names of the elements that follow the cursor in the same parent, as the grammar knows them */
static GPtrArray *
find_following (LodgeValidation *validation,
                const char      *text,
                gsize            length,
                gsize            from)
{
  GPtrArray *names = g_ptr_array_new ();
  LodgeXmlScanner scanner;
  LodgeXmlToken token;
  guint depth = 0;

  lodge_xml_scanner_init (&scanner, text, length);
  scanner.position = from;
  while (lodge_xml_scanner_next (&scanner, &token))
    {
      if (token.type == LODGE_XML_TOKEN_START_TAG && token.name_length > 0)
        {
          g_autofree char *name = lodge_validation_dup_name (validation, token.name, token.name_length, TRUE);
          const char *known = lodge_pattern_find_name (validation->pool, name);

          if (depth == 0 && known != NULL)
            g_ptr_array_add (names, (gpointer) known);
          depth++;
        }
      else if (token.type == LODGE_XML_TOKEN_TAG_END && token.empty && depth > 0)
        depth--;
      else if (token.type == LODGE_XML_TOKEN_END_TAG)
        {
          if (depth == 0)
            break;
          depth--;
        }
    }
  return names;
}

/* An element in short: entered and left again, whatever it lacks inside */
static LodgePattern *
pass_over (LodgePatternPool *pool,
           LodgePattern     *state,
           const char       *name)
{
  LodgePattern *next = lodge_pattern_start_tag (pool, state, name);

  return is_not_allowed (next) ? next : lodge_pattern_force_end (pool, next);
}

static gboolean
accepts_following (LodgePatternPool *pool,
                   LodgePattern     *state,
                   GPtrArray        *following,
                   GPtrArray        *without)
{
  for (guint i = 0; i < following->len; i++)
    {
      const char *name = g_ptr_array_index (following, i);
      LodgePattern *next = pass_over (pool, state, name);

      if (!is_not_allowed (next))
        state = next;
      else if (!g_ptr_array_find (without, name, NULL))
        return FALSE;
    }
  return TRUE;
}

/* Those that follow and are wrong already, without anything at the cursor */
static GPtrArray *
find_wrong (LodgePatternPool *pool,
            LodgePattern     *state,
            GPtrArray        *following)
{
  GPtrArray *wrong = g_ptr_array_new ();

  for (guint i = 0; i < following->len; i++)
    {
      LodgePattern *next = pass_over (pool, state, g_ptr_array_index (following, i));

      if (is_not_allowed (next))
        g_ptr_array_add (wrong, g_ptr_array_index (following, i));
      else
        state = next;
    }
  return wrong;
}

static char *
dup_required_attributes (LodgePattern *opened)
{
  g_autoptr(GPtrArray) names = g_ptr_array_new ();
  GString *result;

  lodge_pattern_collect_required (opened, TRUE, names);
  result = g_string_new (NULL);
  for (guint i = 0; i < names->len; i++)
    {
      const char *name = g_ptr_array_index (names, i);

      /* Which of several variants is meant nobody knows yet */
      if (lodge_pattern_requires (opened, TRUE, name))
        g_string_append_printf (result, " %s=''", name);
    }
  if (result->len == 0)
    {
      g_string_free (result, TRUE);
      return NULL;
    }
  return g_string_free_and_steal (result);
}

static void
complete_elements (LodgeXmlCompletion *self,
                   LodgeValidation    *validation,
                   const char         *text,
                   gsize               length,
                   gsize               after)
{
  LodgeValidationFrame *frame = lodge_validation_get_frame (validation);
  g_autoptr(GPtrArray) names = g_ptr_array_new ();
  g_autoptr(GPtrArray) following = NULL;
  g_autoptr(GPtrArray) wrong = NULL;

  self->kind = LODGE_XML_COMPLETE_ELEMENT;
  if (frame != NULL && frame->skipped)
    return;
  following = find_following (validation, text, length, after);
  wrong = find_wrong (validation->pool, validation->state, following);
  lodge_pattern_collect_elements (validation->state, names);
  for (guint i = 0; i < names->len; i++)
    {
      const char *name = g_ptr_array_index (names, i);
      LodgePattern *opened = lodge_pattern_start_tag (validation->pool, validation->state, name);
      char *written;

      if (is_not_allowed (opened)
          || !accepts_following (validation->pool, lodge_pattern_force_end (validation->pool, opened), following,
                                 wrong))
        continue;
      written = dup_written_name (validation, name);
      if (written != NULL)
        propose (self, written,
                 lodge_pattern_requires (validation->state, FALSE, name) && !g_ptr_array_find (following, name, NULL),
                 dup_required_attributes (opened));
    }
}

/* What the tag at the cursor expects after all its other attributes */
static LodgePattern *
take_other_attributes (LodgeValidation *validation,
                       GArray          *attributes,
                       gsize            except)
{
  g_autofree char *name = lodge_validation_dup_name (validation, validation->tag.name,
                                                     validation->tag.name_length, TRUE);
  LodgePattern *state = lodge_pattern_start_tag (validation->pool, validation->state,
                                                 lodge_pattern_find_name (validation->pool, name));

  for (guint i = 0; i < attributes->len && !is_not_allowed (state); i++)
    {
      const LodgeXmlToken *token = &g_array_index (attributes, LodgeXmlToken, i);
      g_autofree char *attribute = g_strndup (validation->text + token->name, token->name_length);
      g_autofree char *value = lodge_xml_text_decode (validation->text + token->value, token->value_length,
                                                      LODGE_XML_IN_ATTRIBUTE);
      const char *known = lodge_pattern_find_name (validation->pool, attribute);
      LodgePattern *next;

      if (token->start == except || known == NULL)
        continue;
      next = lodge_pattern_take_attribute (validation->pool, state, known, value);
      if (is_not_allowed (next))
        next = lodge_pattern_take_attribute (validation->pool, state, known, NULL);
      if (!is_not_allowed (next))
        state = next;
    }
  return state;
}

static void
complete_attributes (LodgeXmlCompletion *self,
                     LodgePattern       *state)
{
  g_autoptr(GPtrArray) names = g_ptr_array_new ();

  self->kind = LODGE_XML_COMPLETE_ATTRIBUTE;
  lodge_pattern_collect_attributes (state, names);
  for (guint i = 0; i < names->len; i++)
    {
      const char *name = g_ptr_array_index (names, i);

      if (name[0] != '{')
        propose (self, g_strdup (name), lodge_pattern_requires (state, TRUE, name), NULL);
    }
}

static void
complete_values (LodgeXmlCompletion *self,
                 LodgePattern       *state,
                 const char         *attribute)
{
  g_autoptr(GPtrArray) values = g_ptr_array_new ();
  g_autoptr(GPtrArray) datatypes = g_ptr_array_new ();
  gboolean any = FALSE;

  self->kind = LODGE_XML_COMPLETE_VALUE;
  lodge_pattern_collect_values (state, attribute, values, datatypes, &any);
  for (guint i = 0; i < values->len; i++)
    propose (self, g_strdup (g_ptr_array_index (values, i)), FALSE, NULL);
  if (datatypes->len > 0)
    self->hint = lodge_datatype_describe (g_ptr_array_index (datatypes, 0));
}

/* The attributes of the tag that the cursor is in, also those behind it */
static GArray *
scan_tag (LodgeXmlScanner *scanner)
{
  GArray *attributes = g_array_new (FALSE, FALSE, sizeof (LodgeXmlToken));
  LodgeXmlToken token;

  while (lodge_xml_scanner_next (scanner, &token) && token.type == LODGE_XML_TOKEN_ATTRIBUTE)
    g_array_append_val (attributes, token);
  return attributes;
}

static void
complete_in_tag (LodgeXmlCompletion *self,
                 LodgeValidation    *validation,
                 LodgeXmlScanner    *scanner,
                 gsize               cursor)
{
  g_autoptr(GArray) attributes = scan_tag (scanner);
  const LodgeXmlToken *current = NULL;
  LodgePattern *state;

  for (guint i = 0; i < attributes->len; i++)
    {
      const LodgeXmlToken *token = &g_array_index (attributes, LodgeXmlToken, i);

      if (token->start <= cursor
          && cursor <= (token->quote != 0 ? token->value + token->value_length : token->end))
        current = token;
    }

  state = take_other_attributes (validation, attributes, current != NULL ? current->start : G_MAXSIZE);
  if (current != NULL && current->quote != 0 && cursor >= current->value)
    {
      g_autofree char *name = g_strndup (validation->text + current->name, current->name_length);
      const char *known = lodge_pattern_find_name (validation->pool, name);

      self->start = current->value;
      if (known != NULL)
        complete_values (self, state, known);
    }
  else if (current == NULL || cursor <= current->name + current->name_length)
    {
      self->start = current != NULL ? current->name : cursor;
      complete_attributes (self, state);
    }
}

static void
complete_text (LodgeXmlCompletion *self,
               LodgeValidation    *validation,
               gsize               start)
{
  LodgeValidationFrame *frame = lodge_validation_get_frame (validation);

  if (frame == NULL || frame->skipped || frame->has_child)
    return;
  self->start = start;
  complete_values (self, validation->state, NULL);
  if (self->proposals->len == 0 && self->hint == NULL)
    self->kind = LODGE_XML_COMPLETE_NOTHING;
}

/**
 * lodge_xml_completion_new:
 * @grammar: of the document's kind
 * @text: valid UTF-8 as it is being typed
 * @length: of @text in bytes
 * @cursor: in bytes
 *
 * Returns: (transfer full): what may stand at the cursor
 */
LodgeXmlCompletion *
lodge_xml_completion_new (LodgeGrammar *grammar,
                          const char   *text,
                          gsize         length,
                          gsize         cursor)
{
  LodgeXmlCompletion *self = g_new0 (LodgeXmlCompletion, 1);
  g_auto(LodgeValidation) validation = { 0 };
  LodgeXmlScanner scanner;
  LodgeXmlToken token;
  gboolean done = FALSE, after_tag = FALSE;

  self->proposals = g_ptr_array_new_with_free_func (proposal_free);
  self->start = cursor;
  lodge_validation_init (&validation, grammar, text);
  lodge_xml_scanner_init (&scanner, text, length);
  while (!done && scanner.position < cursor && lodge_xml_scanner_next (&scanner, &token))
    {
      LodgeValidationFrame *frame = lodge_validation_get_frame (&validation);

      if (token.type == LODGE_XML_TOKEN_START_TAG && token.end >= cursor)
        {
          self->start = token.name;
          complete_elements (self, &validation, text, length, token.end);
          done = TRUE;
        }
      else if (token.type == LODGE_XML_TOKEN_START_TAG)
        {
          LodgeXmlScanner ahead = scanner;
          LodgeXmlToken end;

          lodge_validation_feed (&validation, &token);
          while (lodge_xml_scanner_next (&ahead, &end) && end.type == LODGE_XML_TOKEN_ATTRIBUTE)
            ;
          /* Between the tag’s name and its “>”, which may not be there yet */
          if (cursor < end.end || end.end == end.start)
            {
              complete_in_tag (self, &validation, &scanner, cursor);
              done = TRUE;
            }
        }
      else if (token.type == LODGE_XML_TOKEN_END_TAG && frame != NULL
               && (token.end > cursor || text[token.end - 1] != '>'))
        {
          self->kind = LODGE_XML_COMPLETE_END_TAG;
          self->start = MIN (token.name, cursor);
          propose (self, g_strndup (text + frame->name, frame->name_length), TRUE, NULL);
          done = TRUE;
        }
      else if (token.type == LODGE_XML_TOKEN_TEXT && token.end >= cursor)
        {
          complete_text (self, &validation, token.start);
          done = TRUE;
        }
      else
        {
          lodge_validation_feed (&validation, &token);
          after_tag = token.type == LODGE_XML_TOKEN_TAG_END && !token.empty;
        }
    }
  if (!done && after_tag)
    complete_text (self, &validation, cursor);
  g_ptr_array_sort (self->proposals, compare_proposals);
  return self;
}
