/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "lodge-datatype.h"

G_BEGIN_DECLS

/* Patterns of RELAX NG as James Clark's derivative method uses them. Private to grammar, validator and completion. */

typedef enum
{
  LODGE_PATTERN_EMPTY,
  LODGE_PATTERN_NOT_ALLOWED,
  LODGE_PATTERN_TEXT,
  LODGE_PATTERN_DATA,         /* datatype */
  LODGE_PATTERN_VALUE,        /* name: the value */
  LODGE_PATTERN_ATTRIBUTE,    /* name, a: its value */
  LODGE_PATTERN_ELEMENT,      /* name, source */
  LODGE_PATTERN_CHOICE,       /* a: a choice or any, b: no choice */
  LODGE_PATTERN_INTERLEAVE,
  LODGE_PATTERN_GROUP,
  LODGE_PATTERN_ONE_OR_MORE,  /* a */
  LODGE_PATTERN_AFTER,        /* a until the end tag, then b */
} LodgePatternType;

typedef struct _LodgePattern LodgePattern;
typedef struct _LodgePatternPool LodgePatternPool;

/* Two patterns with the same parts are one: they are compared as pointers and never change. */
struct _LodgePattern
{
  LodgePatternType   type;
  gboolean           nullable;
  gboolean           has_attributes;  /* outside of elements below */
  LodgePattern      *a;
  LodgePattern      *b;
  const char        *name;            /* of the pool; NULL is any name */
  const void        *source;          /* of an ELEMENT: where its content is described; of DATA: a LodgeDatatype */

  /* What was found out already */
  LodgePattern      *content;
  LodgePattern      *closed;
  LodgePattern      *ended;
};

typedef LodgePattern *(*LodgePatternReadFunc) (gconstpointer  source,
                                               gpointer       user_data);

LodgePatternPool *lodge_pattern_pool_new        (LodgePatternReadFunc  read,
                                                 gpointer              user_data);
void              lodge_pattern_pool_free       (LodgePatternPool     *self);
guint             lodge_pattern_pool_get_size   (LodgePatternPool     *self);
LodgePattern     *lodge_pattern_recall          (LodgePatternPool     *self,
                                                 LodgePattern         *pattern,
                                                 const char           *name);
void              lodge_pattern_remember        (LodgePatternPool     *self,
                                                 LodgePattern         *pattern,
                                                 const char           *name,
                                                 LodgePattern         *result);
/* Names are “local” or “{namespace}local”. find: NULL for a name that the grammar does not have */
const char       *lodge_pattern_intern          (LodgePatternPool     *self,
                                                 const char           *name);
const char       *lodge_pattern_find_name       (LodgePatternPool     *self,
                                                 const char           *name);

LodgePattern     *lodge_pattern_empty           (LodgePatternPool     *self);
LodgePattern     *lodge_pattern_not_allowed     (LodgePatternPool     *self);
LodgePattern     *lodge_pattern_text            (LodgePatternPool     *self);
LodgePattern     *lodge_pattern_value           (LodgePatternPool     *self,
                                                 const char           *value);
LodgePattern     *lodge_pattern_data            (LodgePatternPool     *self,
                                                 const LodgeDatatype  *datatype);
LodgePattern     *lodge_pattern_attribute       (LodgePatternPool     *self,
                                                 const char           *name,
                                                 LodgePattern         *value);
LodgePattern     *lodge_pattern_element         (LodgePatternPool     *self,
                                                 const char           *name,
                                                 const void           *source);
LodgePattern     *lodge_pattern_choice          (LodgePatternPool     *self,
                                                 LodgePattern         *a,
                                                 LodgePattern         *b);
LodgePattern     *lodge_pattern_interleave      (LodgePatternPool     *self,
                                                 LodgePattern         *a,
                                                 LodgePattern         *b);
LodgePattern     *lodge_pattern_group           (LodgePatternPool     *self,
                                                 LodgePattern         *a,
                                                 LodgePattern         *b);
LodgePattern     *lodge_pattern_one_or_more     (LodgePatternPool     *self,
                                                 LodgePattern         *a);
LodgePattern     *lodge_pattern_after           (LodgePatternPool     *self,
                                                 LodgePattern         *a,
                                                 LodgePattern         *b);
LodgePattern     *lodge_pattern_get_content     (LodgePatternPool     *self,
                                                 LodgePattern         *element);

/* Derivatives: what may follow an event. NOT_ALLOWED: the event is wrong here. */
LodgePattern     *lodge_pattern_start_tag       (LodgePatternPool     *self,
                                                 LodgePattern         *pattern,
                                                 const char           *name);
LodgePattern     *lodge_pattern_take_attribute  (LodgePatternPool     *self,
                                                 LodgePattern         *pattern,
                                                 const char           *name,
                                                 const char           *value);
LodgePattern     *lodge_pattern_close_tag       (LodgePatternPool     *self,
                                                 LodgePattern         *pattern);
LodgePattern     *lodge_pattern_drop_attributes (LodgePatternPool     *self,
                                                 LodgePattern         *pattern);
LodgePattern     *lodge_pattern_take_text       (LodgePatternPool     *self,
                                                 LodgePattern         *pattern,
                                                 const char           *text);
LodgePattern     *lodge_pattern_end_tag         (LodgePatternPool     *self,
                                                 LodgePattern         *pattern);
LodgePattern     *lodge_pattern_force_end       (LodgePatternPool     *self,
                                                 LodgePattern         *pattern);

/* What a pattern would take; all (element-type utf8), names and values belong to the pool */
void              lodge_pattern_collect_elements   (LodgePattern      *pattern,
                                                    GPtrArray         *names);
void              lodge_pattern_collect_attributes (LodgePattern      *pattern,
                                                    GPtrArray         *names);
void              lodge_pattern_collect_values     (LodgePattern      *pattern,
                                                    const char        *attribute,
                                                    GPtrArray         *values,
                                                    GPtrArray         *datatypes,
                                                    gboolean          *any);
void              lodge_pattern_collect_required   (LodgePattern      *pattern,
                                                    gboolean           attributes,
                                                    GPtrArray         *names);
gboolean          lodge_pattern_requires           (LodgePattern      *pattern,
                                                    gboolean           attributes,
                                                    const char        *name);

G_END_DECLS
