/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lodge-validation.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "lodge-xml-text.h"

/* The words for what does not fit, and what was probably meant */

#define MAX_WORDS 8

static gboolean
is_not_allowed (LodgePattern *pattern)
{
  return pattern->type == LODGE_PATTERN_NOT_ALLOWED;
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
        /* Translators: before the last of a list of names or values that are possible: “a, b or c” */
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
const char *
lodge_validation_explain_element (LodgeValidation *self,
                                  const char      *name)
{
  const LodgeXmlToken *tag = &self->tag;
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

char *
lodge_validation_dup_value (LodgeValidation     *self,
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
  g_autofree char *value = lodge_validation_dup_value (self, attribute);
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
LodgePattern *
lodge_validation_explain_attribute (LodgeValidation     *self,
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
    g_autofree char *value = lodge_validation_dup_value (self, attribute);
    LodgePattern *next = lodge_pattern_take_attribute (self->pool, state, near, value);

    return is_not_allowed (next) ? lodge_pattern_take_attribute (self->pool, state, near, NULL) : next;
  }
}

/* Attributes without which the tag cannot be */
void
lodge_validation_explain_lack (LodgeValidation      *self,
                               LodgeValidationFrame *frame)
{
  g_autoptr(GPtrArray) missing = g_ptr_array_new ();
  g_autofree char *words = NULL;
  g_autofree char *element = dup_frame_name (self, frame);

  lodge_pattern_collect_required (self->state, TRUE, missing);
  words = join_words (missing);
  lodge_validation_add_fault (self, frame->name, frame->name_length,
                              missing->len > 0 ? g_strdup_printf (_("<%s> lacks the attribute %s"), element, words)
                                               : g_strdup_printf (_("<%s> lacks an attribute"), element), NULL);
}

void
lodge_validation_explain_text (LodgeValidation      *self,
                               LodgeValidationFrame *frame)
{
  const char *text = frame->text->str;
  gsize length = frame->text_end - frame->text_start;
  g_autoptr(GPtrArray) values = g_ptr_array_new ();
  g_autoptr(GPtrArray) datatypes = g_ptr_array_new ();
  g_autofree char *element = dup_frame_name (self, frame);
  g_autofree char *typed = g_strstrip (g_utf8_substring (text, 0, MIN (60, g_utf8_strlen (text, -1))));
  gboolean any = FALSE;
  const char *near;

  lodge_pattern_collect_values (self->state, NULL, values, datatypes, &any);
  near = lodge_validation_find_near (typed, values);
  if (values->len == 0 && datatypes->len == 0)
    lodge_validation_add_fault (self, frame->text_start, length, g_strdup_printf (_("<%s> has no text here"), element),
                                NULL);
  else if (near != NULL)
    lodge_validation_add_fault (self, frame->text_start, length,
                                g_strdup_printf (_("“%s” is not a valid content of <%s>; did you mean “%s”?"), typed,
                                                 element, near), near);
  else
    {
      g_autofree char *words = describe_values (values, datatypes);

      lodge_validation_add_fault (self, frame->text_start, length,
                                  g_strdup_printf (_("“%s” is not a valid content of <%s>; expected %s"), typed,
                                                   element, words), NULL);
    }
}

void
lodge_validation_explain_end (LodgeValidation      *self,
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
