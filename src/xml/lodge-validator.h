/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lodge-grammar.h"

G_BEGIN_DECLS

/**
 * LodgeXmlFault:
 * @offset: in bytes
 * @length: in bytes, of what is wrong
 * @line: from 1
 * @column: in characters from 1
 * @message: a sentence for people, plain text
 * @suggestion: (nullable): what to write in its place
 *
 * One mistake in a text.
 */
typedef struct
{
  gsize  offset;
  gsize  length;
  guint  line;
  guint  column;
  char  *message;
  char  *suggestion;
} LodgeXmlFault;

void       lodge_xml_fault_free  (LodgeXmlFault *self);

GPtrArray *lodge_validator_check (LodgeGrammar  *grammar,
                                  const char    *text,
                                  gsize          length);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LodgeXmlFault, lodge_xml_fault_free)

G_END_DECLS
