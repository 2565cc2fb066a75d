/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lodge-pattern.h"

/* Making patterns: each is made once (“hash-consed”), in its simplest form. lodge-derivative.c works on them. */

struct _LodgePatternPool
{
  GHashTable           *patterns;  /* set of LodgePattern, by its parts */
  GHashTable           *names;     /* set of strings */
  GHashTable           *tags;      /* set of Tag: what was found out about start tags */
  LodgePatternReadFunc  read;
  gpointer              user_data;
};

typedef struct
{
  LodgePattern *pattern;
  const char   *name;
  LodgePattern *result;
} Tag;

static guint
tag_hash (gconstpointer data)
{
  const Tag *tag = data;

  return (guint) ((gsize) tag->pattern >> 4) * 31 + (guint) ((gsize) tag->name >> 3);
}

static gboolean
tag_equal (gconstpointer x,
           gconstpointer y)
{
  const Tag *a = x, *b = y;

  return a->pattern == b->pattern && a->name == b->name;
}

static guint
pattern_hash (gconstpointer data)
{
  const LodgePattern *pattern = data;
  guint hash = pattern->type;

  hash = hash * 31 + (guint) ((gsize) pattern->a >> 4);
  hash = hash * 31 + (guint) ((gsize) pattern->b >> 4);
  hash = hash * 31 + (guint) ((gsize) pattern->name >> 3);
  return hash * 31 + (guint) ((gsize) pattern->source >> 3);
}

static gboolean
pattern_equal (gconstpointer x,
               gconstpointer y)
{
  const LodgePattern *p = x, *q = y;

  return p->type == q->type && p->a == q->a && p->b == q->b && p->name == q->name && p->source == q->source;
}

LodgePatternPool *
lodge_pattern_pool_new (LodgePatternReadFunc read,
                        gpointer             user_data)
{
  LodgePatternPool *self = g_new0 (LodgePatternPool, 1);

  self->patterns = g_hash_table_new_full (pattern_hash, pattern_equal, g_free, NULL);
  self->tags = g_hash_table_new_full (tag_hash, tag_equal, g_free, NULL);
  self->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->read = read;
  self->user_data = user_data;
  return self;
}

void
lodge_pattern_pool_free (LodgePatternPool *self)
{
  g_hash_table_unref (self->patterns);
  g_hash_table_unref (self->tags);
  g_hash_table_unref (self->names);
  g_free (self);
}

guint
lodge_pattern_pool_get_size (LodgePatternPool *self)
{
  return g_hash_table_size (self->patterns);
}

/* The derivative of a start tag, if it was asked before */
LodgePattern *
lodge_pattern_recall (LodgePatternPool *self,
                      LodgePattern     *pattern,
                      const char       *name)
{
  Tag wanted = { pattern, name, NULL };
  gpointer known;

  return g_hash_table_lookup_extended (self->tags, &wanted, &known, NULL) ? ((Tag *) known)->result : NULL;
}

void
lodge_pattern_remember (LodgePatternPool *self,
                        LodgePattern     *pattern,
                        const char       *name,
                        LodgePattern     *result)
{
  Tag tag = { pattern, name, result };

  g_hash_table_add (self->tags, g_memdup2 (&tag, sizeof tag));
}

const char *
lodge_pattern_find_name (LodgePatternPool *self,
                         const char       *name)
{
  gpointer key;

  return g_hash_table_lookup_extended (self->names, name, &key, NULL) ? key : NULL;
}

const char *
lodge_pattern_intern (LodgePatternPool *self,
                      const char       *name)
{
  const char *known = lodge_pattern_find_name (self, name);
  char *added;

  if (known != NULL)
    return known;
  added = g_strdup (name);
  g_hash_table_add (self->names, added);
  return added;
}

static LodgePattern *
make (LodgePatternPool *self,
      LodgePatternType  type,
      LodgePattern     *a,
      LodgePattern     *b,
      const char       *name,
      const void       *source)
{
  LodgePattern wanted = { .type = type, .a = a, .b = b, .name = name, .source = source };
  gpointer known;
  LodgePattern *pattern;

  if (g_hash_table_lookup_extended (self->patterns, &wanted, &known, NULL))
    return known;

  pattern = g_memdup2 (&wanted, sizeof wanted);
  switch (type)
    {
    case LODGE_PATTERN_EMPTY:
    case LODGE_PATTERN_TEXT:
      pattern->nullable = TRUE;
      break;
    case LODGE_PATTERN_CHOICE:
      pattern->nullable = a->nullable || b->nullable;
      break;
    case LODGE_PATTERN_INTERLEAVE:
    case LODGE_PATTERN_GROUP:
      pattern->nullable = a->nullable && b->nullable;
      break;
    case LODGE_PATTERN_ONE_OR_MORE:
      pattern->nullable = a->nullable;
      break;
    case LODGE_PATTERN_NOT_ALLOWED:
    case LODGE_PATTERN_DATA:
    case LODGE_PATTERN_VALUE:
    case LODGE_PATTERN_ATTRIBUTE:
    case LODGE_PATTERN_ELEMENT:
    case LODGE_PATTERN_AFTER:
    default:
      break;
    }
  pattern->has_attributes = type == LODGE_PATTERN_ATTRIBUTE || (a != NULL && a->has_attributes)
                            || (b != NULL && b->has_attributes && type != LODGE_PATTERN_AFTER);
  g_hash_table_add (self->patterns, pattern);
  return pattern;
}

LodgePattern *
lodge_pattern_empty (LodgePatternPool *self)
{
  return make (self, LODGE_PATTERN_EMPTY, NULL, NULL, NULL, NULL);
}

LodgePattern *
lodge_pattern_not_allowed (LodgePatternPool *self)
{
  return make (self, LODGE_PATTERN_NOT_ALLOWED, NULL, NULL, NULL, NULL);
}

LodgePattern *
lodge_pattern_text (LodgePatternPool *self)
{
  return make (self, LODGE_PATTERN_TEXT, NULL, NULL, NULL, NULL);
}

LodgePattern *
lodge_pattern_value (LodgePatternPool *self,
                     const char       *value)
{
  return make (self, LODGE_PATTERN_VALUE, NULL, NULL, lodge_pattern_intern (self, value), NULL);
}

LodgePattern *
lodge_pattern_data (LodgePatternPool    *self,
                    const LodgeDatatype *datatype)
{
  return make (self, LODGE_PATTERN_DATA, NULL, NULL, NULL, datatype);
}

LodgePattern *
lodge_pattern_attribute (LodgePatternPool *self,
                         const char       *name,
                         LodgePattern     *value)
{
  if (value->type == LODGE_PATTERN_NOT_ALLOWED)
    return value;
  return make (self, LODGE_PATTERN_ATTRIBUTE, value, NULL, name, NULL);
}

LodgePattern *
lodge_pattern_element (LodgePatternPool *self,
                       const char       *name,
                       const void       *source)
{
  return make (self, LODGE_PATTERN_ELEMENT, NULL, NULL, name, source);
}

static gboolean
has_alternative (LodgePattern *choice,
                 LodgePattern *wanted)
{
  for (; choice->type == LODGE_PATTERN_CHOICE; choice = choice->a)
    {
      if (choice->b == wanted)
        return TRUE;
    }
  return choice == wanted;
}

LodgePattern *
lodge_pattern_choice (LodgePatternPool *self,
                      LodgePattern     *a,
                      LodgePattern     *b)
{
  if (a == b || b->type == LODGE_PATTERN_NOT_ALLOWED)
    return a;
  if (a->type == LODGE_PATTERN_NOT_ALLOWED)
    return b;
  if (b->type == LODGE_PATTERN_CHOICE)
    return lodge_pattern_choice (self, lodge_pattern_choice (self, a, b->a), b->b);
  if (has_alternative (a, b) || (b->type == LODGE_PATTERN_EMPTY && a->nullable && a->type == LODGE_PATTERN_ONE_OR_MORE))
    return a;
  return make (self, LODGE_PATTERN_CHOICE, a, b, NULL, NULL);
}

static LodgePattern *
join (LodgePatternPool *self,
      LodgePatternType  type,
      LodgePattern     *a,
      LodgePattern     *b)
{
  if (a->type == LODGE_PATTERN_NOT_ALLOWED || b->type == LODGE_PATTERN_EMPTY)
    return a;
  if (b->type == LODGE_PATTERN_NOT_ALLOWED || a->type == LODGE_PATTERN_EMPTY)
    return b;
  return make (self, type, a, b, NULL, NULL);
}

LodgePattern *
lodge_pattern_interleave (LodgePatternPool *self,
                          LodgePattern     *a,
                          LodgePattern     *b)
{
  return join (self, LODGE_PATTERN_INTERLEAVE, a, b);
}

LodgePattern *
lodge_pattern_group (LodgePatternPool *self,
                     LodgePattern     *a,
                     LodgePattern     *b)
{
  return join (self, LODGE_PATTERN_GROUP, a, b);
}

LodgePattern *
lodge_pattern_one_or_more (LodgePatternPool *self,
                           LodgePattern     *a)
{
  if (a->type == LODGE_PATTERN_NOT_ALLOWED || a->type == LODGE_PATTERN_EMPTY || a->type == LODGE_PATTERN_ONE_OR_MORE)
    return a;
  return make (self, LODGE_PATTERN_ONE_OR_MORE, a, NULL, NULL, NULL);
}

/* “a until the end tag, then b”, for the derivatives */
LodgePattern *
lodge_pattern_after (LodgePatternPool *self,
                     LodgePattern     *a,
                     LodgePattern     *b)
{
  if (a->type == LODGE_PATTERN_NOT_ALLOWED)
    return a;
  if (b->type == LODGE_PATTERN_NOT_ALLOWED)
    return b;
  return make (self, LODGE_PATTERN_AFTER, a, b, NULL, NULL);
}

/* Elements contain themselves, so that their content is read when it is first asked for */
LodgePattern *
lodge_pattern_get_content (LodgePatternPool *self,
                           LodgePattern     *element)
{
  if (element->content == NULL)
    element->content = self->read (element->source, self->user_data);
  return element->content;
}
