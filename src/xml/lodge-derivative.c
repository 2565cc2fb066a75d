/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lodge-pattern.h"

#include <string.h>

/* Derivatives of patterns after James Clark, “An algorithm for RELAX NG validation”: each event of a document turns
 * the pattern of what is expected into that of what may follow. There is no going back, so that what is wrong is
 * known with its exact place, and with what would have been right there. */

/* How a pattern goes on when the element that was entered has ended */
typedef enum
{
  THEN_INTERLEAVE_WITH,  /* the rest, beside @other */
  THEN_INTERLEAVE_IN,    /* @other, beside the rest */
  THEN_GROUP,            /* the rest, then @other */
  THEN_AFTER,            /* the rest until the outer end tag, then @other */
} Then;

static LodgePattern *
apply_after (LodgePatternPool *pool,
             LodgePattern     *pattern,
             Then              then,
             LodgePattern     *other)
{
  LodgePattern *rest;

  if (pattern->type == LODGE_PATTERN_CHOICE)
    return lodge_pattern_choice (pool, apply_after (pool, pattern->a, then, other),
                                 apply_after (pool, pattern->b, then, other));
  if (pattern->type != LODGE_PATTERN_AFTER)
    return pattern;

  switch (then)
    {
    case THEN_INTERLEAVE_WITH:
      rest = lodge_pattern_interleave (pool, pattern->b, other);
      break;
    case THEN_INTERLEAVE_IN:
      rest = lodge_pattern_interleave (pool, other, pattern->b);
      break;
    case THEN_GROUP:
      rest = lodge_pattern_group (pool, pattern->b, other);
      break;
    case THEN_AFTER:
    default:
      rest = lodge_pattern_after (pool, pattern->b, other);
      break;
    }
  return lodge_pattern_after (pool, pattern->a, rest);
}

/* “pattern*” of “pattern+” */
static LodgePattern *
any_more (LodgePatternPool *pool,
          LodgePattern     *one_or_more)
{
  return lodge_pattern_choice (pool, one_or_more, lodge_pattern_empty (pool));
}

static LodgePattern *
start_tag (LodgePatternPool *pool,
           LodgePattern     *pattern,
           const char       *name)
{
  LodgePattern *result;

  switch (pattern->type)
    {
    case LODGE_PATTERN_ELEMENT:
      if (pattern->name != NULL && pattern->name != name)
        return lodge_pattern_not_allowed (pool);
      return lodge_pattern_after (pool, lodge_pattern_get_content (pool, pattern), lodge_pattern_empty (pool));
    case LODGE_PATTERN_CHOICE:
      return lodge_pattern_choice (pool, start_tag (pool, pattern->a, name),
                                   start_tag (pool, pattern->b, name));
    case LODGE_PATTERN_INTERLEAVE:
      result = apply_after (pool, start_tag (pool, pattern->a, name), THEN_INTERLEAVE_WITH, pattern->b);
      return lodge_pattern_choice (pool, result,
                                   apply_after (pool, start_tag (pool, pattern->b, name),
                                                THEN_INTERLEAVE_IN, pattern->a));
    case LODGE_PATTERN_ONE_OR_MORE:
      return apply_after (pool, start_tag (pool, pattern->a, name), THEN_GROUP, any_more (pool, pattern));
    case LODGE_PATTERN_GROUP:
      result = apply_after (pool, start_tag (pool, pattern->a, name), THEN_GROUP, pattern->b);
      return pattern->a->nullable
             ? lodge_pattern_choice (pool, result, start_tag (pool, pattern->b, name)) : result;
    case LODGE_PATTERN_AFTER:
      return apply_after (pool, start_tag (pool, pattern->a, name), THEN_AFTER, pattern->b);
    case LODGE_PATTERN_EMPTY:
    case LODGE_PATTERN_NOT_ALLOWED:
    case LODGE_PATTERN_TEXT:
    case LODGE_PATTERN_DATA:
    case LODGE_PATTERN_VALUE:
    case LODGE_PATTERN_ATTRIBUTE:
    default:
      return lodge_pattern_not_allowed (pool);
    }
}

LodgePattern *
lodge_pattern_start_tag (LodgePatternPool *pool,
                         LodgePattern     *pattern,
                         const char       *name)
{
  LodgePattern *result = lodge_pattern_recall (pool, pattern, name);

  if (result == NULL)
    {
      result = start_tag (pool, pattern, name);
      lodge_pattern_remember (pool, pattern, name, result);
    }
  return result;
}

static gboolean
is_blank (const char *text)
{
  return text[strspn (text, " \t\r\n")] == '\0';
}

/* @value may be NULL: any, to go on after a mistake */
LodgePattern *
lodge_pattern_take_attribute (LodgePatternPool *pool,
                              LodgePattern     *pattern,
                              const char       *name,
                              const char       *value)
{
  LodgePattern *a, *b;

  if (!pattern->has_attributes)
    return lodge_pattern_not_allowed (pool);

  switch (pattern->type)
    {
    case LODGE_PATTERN_ATTRIBUTE:
      if (pattern->name != NULL && pattern->name != name)
        return lodge_pattern_not_allowed (pool);
      if (value == NULL || (pattern->a->nullable && is_blank (value))
          || lodge_pattern_take_text (pool, pattern->a, value)->nullable)
        return lodge_pattern_empty (pool);
      return lodge_pattern_not_allowed (pool);
    case LODGE_PATTERN_AFTER:
      return lodge_pattern_after (pool, lodge_pattern_take_attribute (pool, pattern->a, name, value), pattern->b);
    case LODGE_PATTERN_CHOICE:
      return lodge_pattern_choice (pool, lodge_pattern_take_attribute (pool, pattern->a, name, value),
                                   lodge_pattern_take_attribute (pool, pattern->b, name, value));
    case LODGE_PATTERN_ONE_OR_MORE:
      return lodge_pattern_group (pool, lodge_pattern_take_attribute (pool, pattern->a, name, value),
                                  any_more (pool, pattern));
    case LODGE_PATTERN_INTERLEAVE:
    case LODGE_PATTERN_GROUP:
      a = lodge_pattern_take_attribute (pool, pattern->a, name, value);
      b = lodge_pattern_take_attribute (pool, pattern->b, name, value);
      if (pattern->type == LODGE_PATTERN_GROUP)
        return lodge_pattern_choice (pool, lodge_pattern_group (pool, a, pattern->b),
                                     lodge_pattern_group (pool, pattern->a, b));
      return lodge_pattern_choice (pool, lodge_pattern_interleave (pool, a, pattern->b),
                                   lodge_pattern_interleave (pool, pattern->a, b));
    case LODGE_PATTERN_EMPTY:
    case LODGE_PATTERN_NOT_ALLOWED:
    case LODGE_PATTERN_TEXT:
    case LODGE_PATTERN_DATA:
    case LODGE_PATTERN_VALUE:
    case LODGE_PATTERN_ELEMENT:
    default:
      return lodge_pattern_not_allowed (pool);
    }
}

/* Attributes that are left become @instead: not allowed, or nothing when they are dropped */
static LodgePattern *
close_with (LodgePatternPool *pool,
            LodgePattern     *pattern,
            LodgePattern     *instead)
{
  gboolean memo = instead->type == LODGE_PATTERN_NOT_ALLOWED;
  LodgePattern *result;

  if (!pattern->has_attributes)
    return pattern;
  if (memo && pattern->closed != NULL)
    return pattern->closed;

  switch (pattern->type)
    {
    case LODGE_PATTERN_AFTER:
      result = lodge_pattern_after (pool, close_with (pool, pattern->a, instead), pattern->b);
      break;
    case LODGE_PATTERN_CHOICE:
      result = lodge_pattern_choice (pool, close_with (pool, pattern->a, instead),
                                     close_with (pool, pattern->b, instead));
      break;
    case LODGE_PATTERN_GROUP:
      result = lodge_pattern_group (pool, close_with (pool, pattern->a, instead),
                                    close_with (pool, pattern->b, instead));
      break;
    case LODGE_PATTERN_INTERLEAVE:
      result = lodge_pattern_interleave (pool, close_with (pool, pattern->a, instead),
                                         close_with (pool, pattern->b, instead));
      break;
    case LODGE_PATTERN_ONE_OR_MORE:
      result = lodge_pattern_one_or_more (pool, close_with (pool, pattern->a, instead));
      break;
    case LODGE_PATTERN_ATTRIBUTE:
      result = instead;
      break;
    case LODGE_PATTERN_EMPTY:
    case LODGE_PATTERN_NOT_ALLOWED:
    case LODGE_PATTERN_TEXT:
    case LODGE_PATTERN_DATA:
    case LODGE_PATTERN_VALUE:
    case LODGE_PATTERN_ELEMENT:
    default:
      result = pattern;
      break;
    }
  if (memo)
    pattern->closed = result;
  return result;
}

LodgePattern *
lodge_pattern_close_tag (LodgePatternPool *pool,
                         LodgePattern     *pattern)
{
  return close_with (pool, pattern, lodge_pattern_not_allowed (pool));
}

LodgePattern *
lodge_pattern_drop_attributes (LodgePatternPool *pool,
                               LodgePattern     *pattern)
{
  return close_with (pool, pattern, lodge_pattern_empty (pool));
}

/* As the type “token” compares: blanks at the ends do not count, several are one */
static gboolean
is_same_token (const char *a,
               const char *b)
{
  a += strspn (a, " \t\r\n");
  b += strspn (b, " \t\r\n");
  while (*a != '\0' && *b != '\0')
    {
      gsize x = strspn (a, " \t\r\n"), y = strspn (b, " \t\r\n");

      if (x > 0 || y > 0)
        {
          a += x;
          b += y;
          if ((x > 0) != (y > 0) && *a != '\0' && *b != '\0')
            return FALSE;
        }
      else if (*a++ != *b++)
        return FALSE;
    }
  return is_blank (a) && is_blank (b);
}

/* @text may be NULL: any, to go on after a mistake */
LodgePattern *
lodge_pattern_take_text (LodgePatternPool *pool,
                         LodgePattern     *pattern,
                         const char       *text)
{
  LodgePattern *a, *result;

  switch (pattern->type)
    {
    case LODGE_PATTERN_TEXT:
      return pattern;
    case LODGE_PATTERN_VALUE:
      return text == NULL || is_same_token (pattern->name, text) ? lodge_pattern_empty (pool)
                                                                 : lodge_pattern_not_allowed (pool);
    case LODGE_PATTERN_DATA:
      return text == NULL || lodge_datatype_check (pattern->source, text) ? lodge_pattern_empty (pool)
                                                                          : lodge_pattern_not_allowed (pool);
    case LODGE_PATTERN_AFTER:
      return lodge_pattern_after (pool, lodge_pattern_take_text (pool, pattern->a, text), pattern->b);
    case LODGE_PATTERN_CHOICE:
      return lodge_pattern_choice (pool, lodge_pattern_take_text (pool, pattern->a, text),
                                   lodge_pattern_take_text (pool, pattern->b, text));
    case LODGE_PATTERN_INTERLEAVE:
      a = lodge_pattern_take_text (pool, pattern->a, text);
      return lodge_pattern_choice (pool, lodge_pattern_interleave (pool, a, pattern->b),
                                   lodge_pattern_interleave (pool, pattern->a,
                                                             lodge_pattern_take_text (pool, pattern->b, text)));
    case LODGE_PATTERN_GROUP:
      result = lodge_pattern_group (pool, lodge_pattern_take_text (pool, pattern->a, text), pattern->b);
      return pattern->a->nullable
             ? lodge_pattern_choice (pool, result, lodge_pattern_take_text (pool, pattern->b, text)) : result;
    case LODGE_PATTERN_ONE_OR_MORE:
      return lodge_pattern_group (pool, lodge_pattern_take_text (pool, pattern->a, text), any_more (pool, pattern));
    case LODGE_PATTERN_EMPTY:
    case LODGE_PATTERN_NOT_ALLOWED:
    case LODGE_PATTERN_ATTRIBUTE:
    case LODGE_PATTERN_ELEMENT:
    default:
      return lodge_pattern_not_allowed (pool);
    }
}

LodgePattern *
lodge_pattern_end_tag (LodgePatternPool *pool,
                       LodgePattern     *pattern)
{
  if (pattern->ended != NULL)
    return pattern->ended;
  if (pattern->type == LODGE_PATTERN_CHOICE)
    pattern->ended = lodge_pattern_choice (pool, lodge_pattern_end_tag (pool, pattern->a),
                                           lodge_pattern_end_tag (pool, pattern->b));
  else if (pattern->type == LODGE_PATTERN_AFTER && pattern->a->nullable)
    pattern->ended = pattern->b;
  else
    pattern->ended = lodge_pattern_not_allowed (pool);
  return pattern->ended;
}

/* As if all that was missing were there */
LodgePattern *
lodge_pattern_force_end (LodgePatternPool *pool,
                         LodgePattern     *pattern)
{
  if (pattern->type == LODGE_PATTERN_CHOICE)
    return lodge_pattern_choice (pool, lodge_pattern_force_end (pool, pattern->a),
                                 lodge_pattern_force_end (pool, pattern->b));
  return pattern->type == LODGE_PATTERN_AFTER ? pattern->b : lodge_pattern_not_allowed (pool);
}

static void
add_name (GPtrArray  *names,
          const char *name)
{
  if (name != NULL && !g_ptr_array_find (names, name, NULL))
    g_ptr_array_add (names, (gpointer) name);
}

/* Elements that may come next */
void
lodge_pattern_collect_elements (LodgePattern *pattern,
                                GPtrArray    *names)
{
  switch (pattern->type)
    {
    case LODGE_PATTERN_ELEMENT:
      add_name (names, pattern->name);
      break;
    case LODGE_PATTERN_CHOICE:
    case LODGE_PATTERN_INTERLEAVE:
      lodge_pattern_collect_elements (pattern->a, names);
      lodge_pattern_collect_elements (pattern->b, names);
      break;
    case LODGE_PATTERN_GROUP:
      lodge_pattern_collect_elements (pattern->a, names);
      if (pattern->a->nullable)
        lodge_pattern_collect_elements (pattern->b, names);
      break;
    case LODGE_PATTERN_ONE_OR_MORE:
    case LODGE_PATTERN_AFTER:
      lodge_pattern_collect_elements (pattern->a, names);
      break;
    case LODGE_PATTERN_EMPTY:
    case LODGE_PATTERN_NOT_ALLOWED:
    case LODGE_PATTERN_TEXT:
    case LODGE_PATTERN_DATA:
    case LODGE_PATTERN_VALUE:
    case LODGE_PATTERN_ATTRIBUTE:
    default:
      break;
    }
}

/* Attributes that may be there */
void
lodge_pattern_collect_attributes (LodgePattern *pattern,
                                  GPtrArray    *names)
{
  if (!pattern->has_attributes)
    return;
  if (pattern->type == LODGE_PATTERN_ATTRIBUTE)
    {
      add_name (names, pattern->name);
      return;
    }
  lodge_pattern_collect_attributes (pattern->a, names);
  if (pattern->b != NULL && pattern->type != LODGE_PATTERN_AFTER)
    lodge_pattern_collect_attributes (pattern->b, names);
}

static void
collect_texts (LodgePattern *pattern,
               GPtrArray    *values,
               GPtrArray    *datatypes,
               gboolean     *any)
{
  if (pattern->type == LODGE_PATTERN_VALUE)
    add_name (values, pattern->name);
  else if (pattern->type == LODGE_PATTERN_DATA && !g_ptr_array_find (datatypes, pattern->source, NULL))
    g_ptr_array_add (datatypes, (gpointer) pattern->source);
  else if (pattern->type == LODGE_PATTERN_TEXT)
    *any = TRUE;
  else if (pattern->type != LODGE_PATTERN_ATTRIBUTE && pattern->type != LODGE_PATTERN_ELEMENT)
    {
      if (pattern->a != NULL)
        collect_texts (pattern->a, values, datatypes, any);
      if (pattern->b != NULL && pattern->type != LODGE_PATTERN_AFTER)
        collect_texts (pattern->b, values, datatypes, any);
    }
}

/**
 * lodge_pattern_collect_values:
 * @pattern: a pattern
 * @attribute: (nullable): of this attribute; %NULL: of the text
 * @values: (element-type utf8): what may stand there
 * @datatypes: (element-type LodgeDatatype): the types of what else may
 * @any: (out): whether everything may
 */
void
lodge_pattern_collect_values (LodgePattern *pattern,
                              const char   *attribute,
                              GPtrArray    *values,
                              GPtrArray    *datatypes,
                              gboolean     *any)
{
  if (attribute == NULL)
    {
      collect_texts (pattern, values, datatypes, any);
      return;
    }
  if (!pattern->has_attributes)
    return;
  if (pattern->type == LODGE_PATTERN_ATTRIBUTE)
    {
      if (pattern->name == attribute)
        collect_texts (pattern->a, values, datatypes, any);
      return;
    }
  lodge_pattern_collect_values (pattern->a, attribute, values, datatypes, any);
  if (pattern->b != NULL && pattern->type != LODGE_PATTERN_AFTER)
    lodge_pattern_collect_values (pattern->b, attribute, values, datatypes, any);
}

/* Whether a pattern can be satisfied without elements (or attributes) */
static gboolean
is_satisfied (LodgePattern *pattern,
              gboolean      attributes)
{
  switch (pattern->type)
    {
    case LODGE_PATTERN_ATTRIBUTE:
      return !attributes;
    case LODGE_PATTERN_ELEMENT:
      return attributes;
    case LODGE_PATTERN_CHOICE:
      return is_satisfied (pattern->a, attributes) || is_satisfied (pattern->b, attributes);
    case LODGE_PATTERN_INTERLEAVE:
    case LODGE_PATTERN_GROUP:
      return is_satisfied (pattern->a, attributes) && is_satisfied (pattern->b, attributes);
    case LODGE_PATTERN_ONE_OR_MORE:
    case LODGE_PATTERN_AFTER:
      return is_satisfied (pattern->a, attributes);
    case LODGE_PATTERN_EMPTY:
    case LODGE_PATTERN_NOT_ALLOWED:
    case LODGE_PATTERN_TEXT:
    case LODGE_PATTERN_DATA:
    case LODGE_PATTERN_VALUE:
    default:
      return TRUE;
    }
}

/* Elements or attributes without which the element cannot end; of alternatives all, if none goes without */
void
lodge_pattern_collect_required (LodgePattern *pattern,
                                gboolean      attributes,
                                GPtrArray    *names)
{
  if (is_satisfied (pattern, attributes))
    return;
  if (pattern->type == LODGE_PATTERN_ATTRIBUTE || pattern->type == LODGE_PATTERN_ELEMENT)
    {
      add_name (names, pattern->name);
      return;
    }
  lodge_pattern_collect_required (pattern->a, attributes, names);
  if (pattern->b != NULL && pattern->type != LODGE_PATTERN_AFTER)
    lodge_pattern_collect_required (pattern->b, attributes, names);
}

/* Whether every way to satisfy the pattern has this element or attribute */
gboolean
lodge_pattern_requires (LodgePattern *pattern,
                        gboolean      attributes,
                        const char   *name)
{
  switch (pattern->type)
    {
    case LODGE_PATTERN_ATTRIBUTE:
      return attributes && pattern->name == name;
    case LODGE_PATTERN_ELEMENT:
      return !attributes && pattern->name == name;
    case LODGE_PATTERN_CHOICE:
      return lodge_pattern_requires (pattern->a, attributes, name)
             && lodge_pattern_requires (pattern->b, attributes, name);
    case LODGE_PATTERN_INTERLEAVE:
    case LODGE_PATTERN_GROUP:
      return lodge_pattern_requires (pattern->a, attributes, name)
             || lodge_pattern_requires (pattern->b, attributes, name);
    case LODGE_PATTERN_ONE_OR_MORE:
    case LODGE_PATTERN_AFTER:
      return lodge_pattern_requires (pattern->a, attributes, name);
    case LODGE_PATTERN_EMPTY:
    case LODGE_PATTERN_NOT_ALLOWED:
    case LODGE_PATTERN_TEXT:
    case LODGE_PATTERN_DATA:
    case LODGE_PATTERN_VALUE:
    default:
      return FALSE;
    }
}
