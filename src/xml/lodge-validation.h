/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lodge-grammar-private.h"
#include "lodge-validator.h"
#include "lodge-xml-scanner.h"

G_BEGIN_DECLS

/* One pass over a text, token by token. Private to validator and completion. */

typedef struct
{
  LodgePattern *before;      /* what the parent expected at the start tag */
  LodgePattern *opened;      /* what the element expected after its tag */
  gsize         name;        /* place in the text */
  gsize         name_length;
  gboolean      skipped;     /* not known: what is inside is not looked at */
  gboolean      has_child;
  GString      *text;        /* since the last tag, references read */
  gsize         text_start;
  gsize         text_end;
  GPtrArray    *namespaces;  /* nullable: prefix, uri, prefix, uri … */
} LodgeValidationFrame;

typedef struct
{
  LodgeGrammar     *grammar;
  LodgePatternPool *pool;
  const char       *text;
  LodgePattern     *state;
  GPtrArray        *frames;      /* of LodgeValidationFrame */
  GPtrArray        *faults;      /* of LodgeXmlFault */
  LodgeXmlToken     tag;         /* a start tag whose attributes are being read */
  GArray           *attributes;  /* of LodgeXmlToken, of that tag */
  gboolean          in_tag;
} LodgeValidation;

void                  lodge_validation_init      (LodgeValidation      *self,
                                                  LodgeGrammar         *grammar,
                                                  const char           *text);
void                  lodge_validation_clear     (LodgeValidation      *self);
void                  lodge_validation_feed      (LodgeValidation      *self,
                                                  const LodgeXmlToken  *token);
LodgeValidationFrame *lodge_validation_get_frame (LodgeValidation      *self);
/* “local” or “{namespace}local” of a name in the text; for an element the default namespace counts */
char                 *lodge_validation_dup_name  (LodgeValidation      *self,
                                                  gsize                 name,
                                                  gsize                 length,
                                                  gboolean              element);
void                  lodge_validation_add_fault (LodgeValidation      *self,
                                                  gsize                 offset,
                                                  gsize                 length,
                                                  char                 *message,
                                                  const char           *suggestion);

/* An attribute's value with references read */
char                 *lodge_validation_dup_value (LodgeValidation      *self,
                                                  const LodgeXmlToken  *attribute);

/* In lodge-explanation.c: a fault for what does not fit. An element: the one that was meant, or NULL; an attribute:
 * what may follow it. */
const char           *lodge_validation_explain_element   (LodgeValidation      *self,
                                                          const char           *name);
LodgePattern         *lodge_validation_explain_attribute (LodgeValidation      *self,
                                                          const LodgeXmlToken  *attribute,
                                                          LodgePattern         *state,
                                                          LodgePattern         *first,
                                                          const char           *name,
                                                          const char           *known);
void                  lodge_validation_explain_lack      (LodgeValidation      *self,
                                                          LodgeValidationFrame *frame);
void                  lodge_validation_explain_text      (LodgeValidation      *self,
                                                          LodgeValidationFrame *frame);
void                  lodge_validation_explain_end       (LodgeValidation      *self,
                                                          LodgeValidationFrame *frame);

/* What a person may have meant: the nearest of @names, by letters; NULL when none is near */
const char           *lodge_validation_find_near (const char           *typed,
                                                  GPtrArray            *names);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LodgeValidation, lodge_validation_clear)

G_END_DECLS
