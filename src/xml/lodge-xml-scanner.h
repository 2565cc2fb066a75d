/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The limits for XML from anywhere: a host, a file that a person opens */
#define LODGE_XML_MAX_SIZE       (4 * 1024 * 1024)   /* bytes; libvirt's own limit for a string */
#define LODGE_XML_MAX_DEPTH      100
#define LODGE_XML_MAX_ATTRIBUTES 256                 /* on one tag */
#define LODGE_XML_MAX_ELEMENTS   50000

typedef enum
{
  LODGE_XML_TOKEN_TEXT,
  LODGE_XML_TOKEN_START_TAG,    /* name; its attributes and a TAG_END follow */
  LODGE_XML_TOKEN_ATTRIBUTE,    /* name and value */
  LODGE_XML_TOKEN_TAG_END,      /* “>” or “/>” of a start tag */
  LODGE_XML_TOKEN_END_TAG,      /* name */
  LODGE_XML_TOKEN_COMMENT,
  LODGE_XML_TOKEN_CDATA,        /* value: what stands inside */
  LODGE_XML_TOKEN_INSTRUCTION,  /* <?…?>, the XML declaration too */
  LODGE_XML_TOKEN_DOCTYPE,
  LODGE_XML_TOKEN_END,
} LodgeXmlTokenType;

/* A piece of the text. All offsets are bytes; [start, end) is the whole token. */
typedef struct
{
  LodgeXmlTokenType type;
  gsize             start;
  gsize             end;
  gsize             name;
  gsize             name_length;
  gsize             value;
  gsize             value_length;
  char              quote;      /* of an attribute's value */
  gboolean          empty;      /* TAG_END: “/>” */
} LodgeXmlToken;

/* Cuts a text into tokens. Tolerant: it never fails and always ends, whatever the text. */
typedef struct
{
  const char *text;
  gsize       length;
  gsize       position;
  gboolean    in_tag;
} LodgeXmlScanner;

void     lodge_xml_scanner_init  (LodgeXmlScanner *self,
                                  const char      *text,
                                  gsize            length);
gboolean lodge_xml_scanner_next  (LodgeXmlScanner *self,
                                  LodgeXmlToken   *token);

/* Whether a text keeps the limits above; says which it breaks */
gboolean lodge_xml_scanner_check (const char      *text,
                                  gsize            length,
                                  GError         **error);

G_END_DECLS
