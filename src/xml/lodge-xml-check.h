/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * LodgeXmlProblem:
 * @line: from 1
 * @column: in bytes from 1; 0 when it is not known
 * @message: (transfer full): in libxml2's words, one line
 *
 * Why a text is not well-formed.
 */
typedef struct
{
  guint  line;
  guint  column;
  char  *message;
} LodgeXmlProblem;

void     lodge_xml_problem_clear (LodgeXmlProblem *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LodgeXmlProblem, lodge_xml_problem_clear)

/* Whether a text is well-formed; it must have passed lodge_xml_scanner_check(). */
gboolean lodge_xml_check_form    (const char      *text,
                                  gsize            length,
                                  LodgeXmlProblem *problem);

/* Both checks; the error names line and column. The one gate of XML into Lodge. */
gboolean lodge_xml_check         (const char      *text,
                                  gsize            length,
                                  GError         **error);

G_END_DECLS
