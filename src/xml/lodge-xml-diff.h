/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lodge-schema.h"

G_BEGIN_DECLS

/**
 * LodgeXmlDiffFlags:
 * @LODGE_XML_DIFF_LIVE: one of the two describes a running machine: what only such a one has is no difference
 */
typedef enum
{
  LODGE_XML_DIFF_NONE = 0,
  LODGE_XML_DIFF_LIVE = 1 << 0,
} LodgeXmlDiffFlags;

/**
 * LodgeXmlChange:
 * @path: of the value, with what names each element: “devices/disk[vda]/driver/@cache”
 * @before: (nullable): %NULL when it is new
 * @after: (nullable): %NULL when it is gone
 * @schema: (nullable): the table that knows it
 * @field: (nullable): the row of that table
 *
 * One value that differs. Sizes are in bytes.
 */
typedef struct
{
  char              *path;
  char              *before;
  char              *after;
  const LodgeSchema *schema;
  const LodgeField  *field;
} LodgeXmlChange;

GPtrArray *lodge_xml_diff_fields (LodgeXmlDocument   *before,
                                  LodgeXmlDocument   *after,
                                  LodgeXmlDiffFlags   flags);

/**
 * LodgeXmlLine:
 * @kind: ' ' in both, '-' only in the old text, '+' only in the new one
 * @old_line: from 1; 0 for '+'
 * @new_line: from 1; 0 for '-'
 * @text: of the line, without its end; part of the texts that were compared
 * @length: of @text in bytes
 */
typedef struct
{
  char        kind;
  guint       old_line;
  guint       new_line;
  const char *text;
  gsize       length;
} LodgeXmlLine;

GArray    *lodge_xml_diff_lines  (const char         *before,
                                  const char         *after);

G_END_DECLS
