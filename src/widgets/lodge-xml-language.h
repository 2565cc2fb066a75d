/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "xml/lodge-xml-completion.h"

G_BEGIN_DECLS

/* libvirt's schema of machines, for the editors: what is wrong in a text, and what could stand at a place. One grammar
 * for all of them, loaded by the first worker that needs it and given back when the last editor is gone. All but
 * enter and leave are for workers; each takes a few milliseconds. */

/* What stands around the text of an editor that shows a part only */
typedef struct
{
  char *before;
  char *after;
} LodgeXmlContext;

LodgeXmlContext    *lodge_xml_context_new       (const char            *before,
                                                 const char            *after);
LodgeXmlContext    *lodge_xml_context_copy      (const LodgeXmlContext *self);
void                lodge_xml_context_free      (LodgeXmlContext       *self);

void                lodge_xml_language_enter    (void);
void                lodge_xml_language_leave    (void);
/* (transfer full) (element-type LodgeXmlIssue); @context is nullable */
GPtrArray          *lodge_xml_language_check    (const char            *text,
                                                 const LodgeXmlContext *context);
/* (transfer full) (nullable): without a schema on this computer there are no proposals. Its start counts from the text
 * of the editor. */
LodgeXmlCompletion *lodge_xml_language_complete (const char            *text,
                                                 gsize                  cursor,
                                                 const LodgeXmlContext *context);
/* (transfer full) (nullable): what the tables say about the element, attribute or value at @cursor */
char               *lodge_xml_language_dup_help (const char            *text,
                                                 gsize                  cursor,
                                                 const LodgeXmlContext *context,
                                                 LodgeXmlCompleteKind   kind,
                                                 const char            *proposal);

G_END_DECLS
