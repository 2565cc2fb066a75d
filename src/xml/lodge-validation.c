/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lodge-validation.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "lodge-xml-text.h"

/* Feeds a text's tokens to the grammar and says in words what does not fit. After a mistake it goes on as if what was
 * probably meant stood there, so that one mistake is one message. */

#define MAX_FAULTS 200
#define MAX_WORDS 8

static void
frame_free (gpointer data)
{
  LodgeValidationFrame *frame = data;

  g_string_free (frame->text, TRUE);
  g_clear_pointer (&frame->namespaces, g_ptr_array_unref);
  g_free (frame);
}

void
lodge_xml_fault_free (LodgeXmlFault *self)
{
  g_free (self->message);
  g_free (self->suggestion);
  g_free (self);
}

void
lodge_validation_init (LodgeValidation *self,
                       LodgeGrammar    *grammar,
                       const char      *text)
{
  *self = (LodgeValidation) {
    .grammar = grammar, .pool = lodge_grammar_get_pool (grammar), .text = text,
    .state = lodge_grammar_get_start (grammar), .frames = g_ptr_array_new_with_free_func (frame_free),
    .faults = g_ptr_array_new_with_free_func ((GDestroyNotify) lodge_xml_fault_free),
    .attributes = g_array_new (FALSE, FALSE, sizeof (LodgeXmlToken)),
  };
}

void
lodge_validation_clear (LodgeValidation *self)
{
  g_clear_pointer (&self->frames, g_ptr_array_unref);
  g_clear_pointer (&self->faults, g_ptr_array_unref);
  g_clear_pointer (&self->attributes, g_array_unref);
}

LodgeValidationFrame *
lodge_validation_get_frame (LodgeValidation *self)
{
  return self->frames->len > 0 ? g_ptr_array_index (self->frames, self->frames->len - 1) : NULL;
}

void
lodge_validation_add_fault (LodgeValidation *self,
                            gsize            offset,
                            gsize            length,
                            char            *message,
                            const char      *suggestion)
{
  LodgeXmlFault *fault;

  if (self->faults->len >= MAX_FAULTS)
    {
      g_free (message);
      return;
    }
  fault = g_new0 (LodgeXmlFault, 1);
  fault->offset = offset;
  fault->length = length;
  fault->message = message;
  fault->suggestion = g_strdup (suggestion);
  g_ptr_array_add (self->faults, fault);
}

static gboolean
is_not_allowed (LodgePattern *pattern)
{
  return pattern->type == LODGE_PATTERN_NOT_ALLOWED;
}

static const char *
find_namespace (LodgeValidation *self,
                const char      *prefix)
{
  for (guint i = self->frames->len; i-- > 0;)
    {
      LodgeValidationFrame *frame = g_ptr_array_index (self->frames, i);

      for (guint j = 0; frame->namespaces != NULL && j < frame->namespaces->len; j += 2)
        {
          if (g_str_equal (g_ptr_array_index (frame->namespaces, j), prefix))
            return g_ptr_array_index (frame->namespaces, j + 1);
        }
    }
  return NULL;
}

char *
lodge_validation_dup_name (LodgeValidation *self,
                           gsize            name,
                           gsize            length,
                           gboolean         element)
{
  const char *text = self->text + name;
  const char *colon = memchr (text, ':', length);
  g_autofree char *prefix = g_strndup (text, colon != NULL ? colon - text : 0);
  const char *namespace = colon != NULL || element ? find_namespace (self, prefix) : NULL;
  const char *local = colon != NULL ? colon + 1 : text;
  int local_length = (int) (text + length - local);

  /* A prefix that is not declared is a part of the name: it is not ours then */
  if (namespace == NULL)
    return g_strndup (text, length);
  return namespace[0] != '\0' ? g_strdup_printf ("{%s}%.*s", namespace, local_length, local)
                              : g_strndup (local, local_length);
}

/* Optimal string alignment: letters that were changed, left out, added or exchanged */
static guint
get_distance (const char *a,
              const char *b,
              guint       most)
{
  gsize n = strlen (a), m = strlen (b);
  guint rows[3][64];

  if (n >= 63 || m >= 63 || (n > m ? n - m : m - n) > most)
    return most + 1;
  for (gsize j = 0; j <= m; j++)
    rows[0][j] = j;
  for (gsize i = 1; i <= n; i++)
    {
      guint *row = rows[i % 3], *last = rows[(i + 2) % 3], *before = rows[(i + 1) % 3];

      row[0] = i;
      for (gsize j = 1; j <= m; j++)
        {
          guint best = MIN (last[j], row[j - 1]) + 1;

          best = MIN (best, last[j - 1] + (a[i - 1] != b[j - 1]));
          if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
            best = MIN (best, before[j - 2] + 1);
          row[j] = best;
        }
    }
  return rows[n % 3][m];
}

const char *
lodge_validation_find_near (const char *typed,
                            GPtrArray  *names)
{
  guint most = MAX (1, strlen (typed) / 3);
  guint best = most + 1;
  const char *near = NULL;

  for (guint i = 0; i < names->len; i++)
    {
      const char *name = g_ptr_array_index (names, i);
      guint distance = g_ascii_strcasecmp (typed, name) == 0 ? 0 : get_distance (typed, name, most);

      /* Short words are alike by chance: two letters off, the first is right at least */
      if (distance < best && (distance < 2 || typed[0] == name[0]) && (distance < strlen (name) || distance == 0))
        {
          best = distance;
          near = name;
        }
    }
  return near;
}

/* “a, b or c”; not all of very many */
static char *
join_words (GPtrArray *words)
{
  GString *result = g_string_new (NULL);
  guint n;

  for (guint i = words->len; i-- > 1;)
    {
      for (guint j = 0; j < i; j++)
        {
          if (!g_str_equal (g_ptr_array_index (words, i), g_ptr_array_index (words, j)))
            continue;
          g_ptr_array_remove_index (words, i);
          break;
        }
    }
  n = MIN (words->len, MAX_WORDS);

  for (guint i = 0; i < n; i++)
    {
      const char *word = g_ptr_array_index (words, i);
      const char *brace = strrchr (word, '}');

      if (i > 0)
        g_string_append (result, i + 1 == words->len ? _(" or ") : ", ");
      g_string_append (result, brace != NULL && word[0] == '{' ? brace + 1 : word);
    }
  if (n < words->len)
    g_string_append (result, "…");
  return g_string_free_and_steal (result);
}

/* What may stand in an attribute, or as text */
static char *
describe_values (GPtrArray *values,
                 GPtrArray *datatypes)
{
  g_autoptr(GPtrArray) words = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < datatypes->len; i++)
    g_ptr_array_add (words, lodge_datatype_describe (g_ptr_array_index (datatypes, i)));
  for (guint i = 0; i < values->len; i++)
    g_ptr_array_add (words, g_strdup_printf ("“%s”", (const char *) g_ptr_array_index (values, i)));
  return join_words (words);
}

static char *
dup_frame_name (LodgeValidation      *self,
                LodgeValidationFrame *frame)
{
  return g_strndup (self->text + frame->name, frame->name_length);
}

/* Only names of one namespace can be meant: a foreign one is not a misspelling */
static void
keep_namespace (GPtrArray  *names,
                const char *name)
{
  const char *brace = strrchr (name, '}');
  gsize length = name[0] == '{' && brace != NULL ? brace - name + 1 : 0;

  for (guint i = names->len; i-- > 0;)
    {
      const char *other = g_ptr_array_index (names, i);

      if (length > 0 ? strncmp (other, name, length) != 0 : other[0] == '{')
        g_ptr_array_remove_index (names, i);
    }
}

static const char *
skip_namespace (const char *name)
{
  const char *brace = name[0] == '{' ? strrchr (name, '}') : NULL;

  return brace != NULL ? brace + 1 : name;
}

/* Says why an element cannot be here. Returns the one that was probably meant, or NULL. */
static const char *
explain_element (LodgeValidation     *self,
                 const LodgeXmlToken *tag,
                 const char          *name)
{
  LodgeValidationFrame *parent = self->frames->len > 1 ? g_ptr_array_index (self->frames, self->frames->len - 2) : NULL;
  g_autoptr(GPtrArray) expected = g_ptr_array_new ();
  g_autofree char *typed = g_strndup (self->text + tag->name, tag->name_length);
  g_autofree char *parent_name = parent != NULL ? dup_frame_name (self, parent) : NULL;
  g_autofree char *message = NULL;
  const char *known = lodge_pattern_find_name (self->pool, name);
  const char *near;
  guint n_all;

  lodge_pattern_collect_elements (self->state, expected);
  n_all = expected->len;
  keep_namespace (expected, name);
  near = lodge_validation_find_near (name, expected);

  if (parent == NULL)
    {
      g_autofree char *words = join_words (expected);

      message = g_strdup_printf (_("The document begins with <%s>; expected <%s>"), typed, words);
    }
  else if (known != NULL && parent->opened != NULL
           && !is_not_allowed (lodge_pattern_start_tag (self->pool, parent->opened, known)))
    {
      message = g_strdup_printf (_("<%s> does not go with what stands before it in <%s>, or is there twice"), typed,
                                 parent_name);
      near = NULL;
    }
  else if (near != NULL)
    message = g_strdup_printf (_("<%s> is not known in <%s>; did you mean <%s>?"), typed, parent_name,
                               skip_namespace (near));
  else if (expected->len == 0 && n_all > 0 && name[0] == '{')
    message = g_strdup_printf (_("<%s> is in the namespace “%.*s”, which <%s> does not have"), typed,
                               (int) (strrchr (name, '}') - name) - 1, name + 1, parent_name);
  else if (expected->len == 0)
    message = g_strdup_printf (_("<%s> cannot have the element <%s>"), parent_name, typed);
  else
    message = g_strdup_printf (_("<%s> is not known in <%s>"), typed, parent_name);

  lodge_validation_add_fault (self, tag->name, tag->name_length, g_steal_pointer (&message),
                              near != NULL && strchr (typed, ':') == NULL ? skip_namespace (near) : NULL);
  return near;
}

static char *
dup_value (LodgeValidation     *self,
           const LodgeXmlToken *attribute)
{
  return lodge_xml_text_decode (self->text + attribute->value, attribute->value_length, LODGE_XML_IN_ATTRIBUTE);
}

static void
explain_value (LodgeValidation     *self,
               const LodgeXmlToken *attribute,
               LodgePattern        *state,
               const char          *name)
{
  g_autoptr(GPtrArray) values = g_ptr_array_new ();
  g_autoptr(GPtrArray) datatypes = g_ptr_array_new ();
  g_autofree char *value = dup_value (self, attribute);
  g_autofree char *typed = g_strndup (self->text + attribute->name, attribute->name_length);
  g_autofree char *element = dup_frame_name (self, lodge_validation_get_frame (self));
  gboolean any = FALSE;
  const char *near;

  lodge_pattern_collect_values (state, name, values, datatypes, &any);
  near = lodge_validation_find_near (value, values);
  if (near != NULL)
    lodge_validation_add_fault (self, attribute->value, attribute->value_length,
                                g_strdup_printf (_("“%s” is not a valid %s of <%s>; did you mean “%s”?"), value, typed,
                                                 element, near), near);
  else
    {
      g_autofree char *words = describe_values (values, datatypes);

      lodge_validation_add_fault (self, attribute->value, attribute->value_length,
                                  g_strdup_printf (_("“%s” is not a valid %s of <%s>; expected %s"), value, typed,
                                                   element, words), NULL);
    }
}

/* Says why an attribute cannot be here. Returns what may follow it. */
static LodgePattern *
explain_attribute (LodgeValidation     *self,
                   const LodgeXmlToken *attribute,
                   LodgePattern        *state,
                   LodgePattern        *first,
                   const char          *name,
                   const char          *known)
{
  LodgePattern *any = known != NULL ? lodge_pattern_take_attribute (self->pool, state, known, NULL) : NULL;
  g_autoptr(GPtrArray) expected = NULL;
  g_autofree char *typed = NULL;
  g_autofree char *element = NULL;
  const char *near;

  if (any != NULL && !is_not_allowed (any))
    {
      explain_value (self, attribute, state, known);
      return any;
    }

  expected = g_ptr_array_new ();
  typed = g_strndup (self->text + attribute->name, attribute->name_length);
  element = dup_frame_name (self, lodge_validation_get_frame (self));
  lodge_pattern_collect_attributes (state, expected);
  keep_namespace (expected, name);
  near = lodge_validation_find_near (name, expected);
  if (known != NULL && !is_not_allowed (lodge_pattern_take_attribute (self->pool, first, known, NULL)))
    {
      lodge_validation_add_fault (self, attribute->name, attribute->name_length,
                                  g_strdup_printf (_("“%s” does not go with the other attributes of <%s>"), typed,
                                                   element), NULL);
      return state;
    }
  if (near == NULL)
    {
      lodge_validation_add_fault (self, attribute->name, attribute->name_length,
                                  g_strdup_printf (_("<%s> has no attribute “%s”"), element, typed), NULL);
      return state;
    }

  lodge_validation_add_fault (self, attribute->name, attribute->name_length,
                              g_strdup_printf (_("<%s> has no attribute “%s”; did you mean “%s”?"), element, typed,
                                               near), near);
  {
    g_autofree char *value = dup_value (self, attribute);
    LodgePattern *next = lodge_pattern_take_attribute (self->pool, state, near, value);

    return is_not_allowed (next) ? lodge_pattern_take_attribute (self->pool, state, near, NULL) : next;
  }
}

static gboolean
is_declaration (LodgeValidation     *self,
                const LodgeXmlToken *attribute)
{
  const char *name = self->text + attribute->name;

  return (attribute->name_length == 5 && memcmp (name, "xmlns", 5) == 0)
         || (attribute->name_length > 6 && memcmp (name, "xmlns:", 6) == 0);
}

static void
take_declarations (LodgeValidation      *self,
                   LodgeValidationFrame *frame)
{
  for (guint i = 0; i < self->attributes->len; i++)
    {
      const LodgeXmlToken *attribute = &g_array_index (self->attributes, LodgeXmlToken, i);

      if (!is_declaration (self, attribute))
        continue;
      if (frame->namespaces == NULL)
        frame->namespaces = g_ptr_array_new_with_free_func (g_free);
      g_ptr_array_add (frame->namespaces, attribute->name_length > 6
                                          ? g_strndup (self->text + attribute->name + 6, attribute->name_length - 6)
                                          : g_strdup (""));
      g_ptr_array_add (frame->namespaces, dup_value (self, attribute));
    }
}

static void
take_attributes (LodgeValidation *self)
{
  LodgeValidationFrame *frame = lodge_validation_get_frame (self);
  LodgePattern *first = self->state, *closed;
  guint n_faults = self->faults->len;

  for (guint i = 0; i < self->attributes->len; i++)
    {
      const LodgeXmlToken *attribute = &g_array_index (self->attributes, LodgeXmlToken, i);
      g_autofree char *name = NULL;
      g_autofree char *value = NULL;
      const char *known;
      LodgePattern *next;

      if (is_declaration (self, attribute) || attribute->name_length == 0)
        continue;
      name = lodge_validation_dup_name (self, attribute->name, attribute->name_length, FALSE);
      value = dup_value (self, attribute);
      known = lodge_pattern_find_name (self->pool, name);
      next = lodge_pattern_take_attribute (self->pool, self->state, known, value);
      self->state = is_not_allowed (next) ? explain_attribute (self, attribute, self->state, first, name, known) : next;
    }

  closed = lodge_pattern_close_tag (self->pool, self->state);
  if (is_not_allowed (closed))
    {
      g_autoptr(GPtrArray) missing = g_ptr_array_new ();

      lodge_pattern_collect_required (self->state, TRUE, missing);
      /* An attribute that is wrong can hide which others belong to it */
      if (self->faults->len == n_faults)
        {
          g_autofree char *words = join_words (missing);
          g_autofree char *element = dup_frame_name (self, frame);

          lodge_validation_add_fault (self, frame->name, frame->name_length,
                                      missing->len > 0
                                      ? g_strdup_printf (_("<%s> lacks the attribute %s"), element, words)
                                      : g_strdup_printf (_("<%s> lacks an attribute"), element), NULL);
        }
      closed = lodge_pattern_drop_attributes (self->pool, self->state);
    }
  self->state = closed;
  frame->opened = closed;
}

/* The text since the last tag; blanks between elements do not count */
static void
take_text (LodgeValidation      *self,
           LodgeValidationFrame *frame,
           gboolean              at_end)
{
  const char *text = frame->text->str;
  gboolean blank = text[strspn (text, " \t\r\n")] == '\0';
  LodgePattern *next;

  if (blank && (!at_end || frame->has_child))
    {
      g_string_truncate (frame->text, 0);
      return;
    }

  next = lodge_pattern_take_text (self->pool, self->state, text);
  if (blank)
    self->state = lodge_pattern_choice (self->pool, self->state, next);
  else if (!is_not_allowed (next))
    self->state = next;
  else
    {
      g_autoptr(GPtrArray) values = g_ptr_array_new ();
      g_autoptr(GPtrArray) datatypes = g_ptr_array_new ();
      g_autofree char *element = dup_frame_name (self, frame);
      g_autofree char *typed = g_strstrip (g_utf8_substring (text, 0, MIN (60, g_utf8_strlen (text, -1))));
      gboolean any = FALSE;
      const char *near;

      lodge_pattern_collect_values (self->state, NULL, values, datatypes, &any);
      near = lodge_validation_find_near (typed, values);
      if (values->len == 0 && datatypes->len == 0)
        lodge_validation_add_fault (self, frame->text_start, frame->text_end - frame->text_start,
                                    g_strdup_printf (_("<%s> has no text here"), element), NULL);
      else if (near != NULL)
        lodge_validation_add_fault (self, frame->text_start, frame->text_end - frame->text_start,
                                    g_strdup_printf (_("“%s” is not a valid content of <%s>; did you mean “%s”?"),
                                                     typed, element, near), near);
      else
        {
          g_autofree char *words = describe_values (values, datatypes);

          lodge_validation_add_fault (self, frame->text_start, frame->text_end - frame->text_start,
                                      g_strdup_printf (_("“%s” is not a valid content of <%s>; expected %s"), typed,
                                                       element, words), NULL);
        }
      next = lodge_pattern_take_text (self->pool, self->state, NULL);
      if (!is_not_allowed (next))
        self->state = next;
    }
  g_string_truncate (frame->text, 0);
}

static void
explain_end (LodgeValidation      *self,
             LodgeValidationFrame *frame)
{
  g_autoptr(GPtrArray) missing = g_ptr_array_new ();
  g_autoptr(GPtrArray) values = g_ptr_array_new ();
  g_autoptr(GPtrArray) datatypes = g_ptr_array_new ();
  g_autofree char *element = dup_frame_name (self, frame);
  g_autofree char *words = NULL;
  gboolean any = FALSE;

  lodge_pattern_collect_required (self->state, FALSE, missing);
  if (missing->len > 0)
    {
      words = join_words (missing);
      lodge_validation_add_fault (self, frame->name, frame->name_length,
                                  g_strdup_printf (_("<%s> lacks the element %s"), element, words), NULL);
      return;
    }
  lodge_pattern_collect_values (self->state, NULL, values, datatypes, &any);
  words = describe_values (values, datatypes);
  lodge_validation_add_fault (self, frame->name, frame->name_length,
                              words[0] != '\0' ? g_strdup_printf (_("<%s> is empty; expected %s"), element, words)
                                               : g_strdup_printf (_("<%s> is not complete"), element), NULL);
}

static void
close_element (LodgeValidation *self)
{
  LodgeValidationFrame *frame = lodge_validation_get_frame (self);
  guint n_faults = self->faults->len;
  LodgePattern *ended;

  if (frame == NULL)
    return;
  if (!frame->skipped)
    {
      take_text (self, frame, TRUE);
      ended = lodge_pattern_end_tag (self->pool, self->state);
      if (is_not_allowed (ended))
        {
          if (self->faults->len == n_faults)
            explain_end (self, frame);
          ended = lodge_pattern_force_end (self->pool, self->state);
        }
      self->state = is_not_allowed (ended) ? frame->before : ended;
    }
  g_ptr_array_set_size (self->frames, self->frames->len - 1);
}

static void
open_element (LodgeValidation *self)
{
  LodgeValidationFrame *parent = lodge_validation_get_frame (self);
  LodgeValidationFrame *frame = g_new0 (LodgeValidationFrame, 1);
  g_autofree char *name = NULL;
  LodgePattern *next;

  frame->text = g_string_new (NULL);
  frame->before = self->state;
  frame->name = self->tag.name;
  frame->name_length = self->tag.name_length;
  frame->skipped = parent != NULL && parent->skipped;
  if (parent != NULL && !parent->skipped)
    {
      take_text (self, parent, FALSE);
      frame->before = self->state;
      parent->has_child = TRUE;
    }
  take_declarations (self, frame);
  g_ptr_array_add (self->frames, frame);
  if (frame->skipped)
    return;

  name = lodge_validation_dup_name (self, frame->name, frame->name_length, TRUE);
  next = lodge_pattern_start_tag (self->pool, self->state, lodge_pattern_find_name (self->pool, name));
  if (is_not_allowed (next))
    {
      const char *meant = explain_element (self, &self->tag, name);

      if (meant == NULL)
        {
          frame->skipped = TRUE;
          return;
        }
      next = lodge_pattern_start_tag (self->pool, self->state, meant);
    }
  self->state = next;
  take_attributes (self);
}

static void
add_text (LodgeValidation     *self,
          const LodgeXmlToken *token)
{
  LodgeValidationFrame *frame = lodge_validation_get_frame (self);
  g_autofree char *text = NULL;

  if (frame == NULL || frame->skipped)
    return;
  text = lodge_xml_text_decode (self->text + token->value, token->value_length,
                                token->type == LODGE_XML_TOKEN_CDATA ? LODGE_XML_IN_CDATA : LODGE_XML_IN_TEXT);
  if (frame->text->len == 0)
    {
      frame->text_start = token->value;
      while (frame->text_start < token->value + token->value_length
             && g_ascii_isspace (self->text[frame->text_start]))
        frame->text_start++;
    }
  frame->text_end = token->value + token->value_length;
  while (frame->text_end > frame->text_start && g_ascii_isspace (self->text[frame->text_end - 1]))
    frame->text_end--;
  g_string_append (frame->text, text);
}

void
lodge_validation_feed (LodgeValidation     *self,
                       const LodgeXmlToken *token)
{
  switch (token->type)
    {
    case LODGE_XML_TOKEN_START_TAG:
      self->tag = *token;
      self->in_tag = TRUE;
      g_array_set_size (self->attributes, 0);
      break;
    case LODGE_XML_TOKEN_ATTRIBUTE:
      g_array_append_val (self->attributes, *token);
      break;
    case LODGE_XML_TOKEN_TAG_END:
      self->in_tag = FALSE;
      open_element (self);
      if (token->empty)
        close_element (self);
      break;
    case LODGE_XML_TOKEN_END_TAG:
      close_element (self);
      break;
    case LODGE_XML_TOKEN_TEXT:
    case LODGE_XML_TOKEN_CDATA:
      add_text (self, token);
      break;
    case LODGE_XML_TOKEN_COMMENT:
    case LODGE_XML_TOKEN_INSTRUCTION:
    case LODGE_XML_TOKEN_DOCTYPE:
    case LODGE_XML_TOKEN_END:
    default:
      break;
    }
}
