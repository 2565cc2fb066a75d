/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lodge-grammar.h"

G_BEGIN_DECLS

typedef enum
{
  LODGE_XML_COMPLETE_NOTHING,
  LODGE_XML_COMPLETE_ELEMENT,
  LODGE_XML_COMPLETE_END_TAG,
  LODGE_XML_COMPLETE_ATTRIBUTE,
  LODGE_XML_COMPLETE_VALUE,
} LodgeXmlCompleteKind;

/**
 * LodgeXmlProposal:
 * @text: what would be there: a name or a value
 * @required: it is missing so far
 * @extra: (nullable): what has to come with it: the required attributes of an element, “ type='' name=''”
 */
typedef struct
{
  char     *text;
  gboolean  required;
  char     *extra;
} LodgeXmlProposal;

/**
 * LodgeXmlCompletion:
 * @kind: what can stand at the cursor
 * @start: byte where what is typed of it begins: @start to the cursor is to be replaced
 * @proposals: (element-type LodgeXmlProposal): all that would be right there, the required first
 * @hint: (nullable): for values that cannot be listed: “a MAC address”
 */
typedef struct
{
  LodgeXmlCompleteKind  kind;
  gsize                 start;
  GPtrArray            *proposals;
  char                 *hint;
} LodgeXmlCompletion;

LodgeXmlCompletion *lodge_xml_completion_new  (LodgeGrammar        *grammar,
                                               const char          *text,
                                               gsize                length,
                                               gsize                cursor);
void                lodge_xml_completion_free (LodgeXmlCompletion  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LodgeXmlCompletion, lodge_xml_completion_free)

G_END_DECLS
