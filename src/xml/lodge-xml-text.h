/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Where a text stands: XML reads blanks of an attribute's value otherwise than those of a text. */
typedef enum
{
  LODGE_XML_IN_TEXT,
  LODGE_XML_IN_ATTRIBUTE,
  LODGE_XML_IN_CDATA,
} LodgeXmlPlace;

char *lodge_xml_text_decode (const char     *text,
                             gsize           length,
                             LodgeXmlPlace   place);
char *lodge_xml_text_encode (const char     *text,
                             LodgeXmlPlace   place,
                             GError        **error);

G_END_DECLS
