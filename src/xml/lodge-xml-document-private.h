/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lodge-xml-document.h"

G_BEGIN_DECLS

/* An element as places in the text. Handles are positions in the array plus one. */
typedef struct
{
  gsize        start;        /* of “<” */
  gsize        name;
  gsize        name_length;
  gsize        tag_end;      /* after “>” of the start tag */
  gsize        close_start;  /* of “</”; tag_end for an empty tag */
  gsize        end;          /* after the whole element */
  LodgeXmlNode parent;
  LodgeXmlNode first_child;
  LodgeXmlNode last_child;
  LodgeXmlNode next;
  guint        first_attribute;
  guint        n_attributes;
  gboolean     empty;
} LodgeXmlSpan;

typedef struct
{
  gsize start;         /* of the name */
  gsize name_length;
  gsize value;
  gsize value_length;
  gsize end;           /* after the closing quote */
} LodgeXmlAttributeSpan;

struct _LodgeXmlDocument
{
  GObject    parent_instance;

  GString   *text;
  GArray    *spans;       /* of LodgeXmlSpan */
  GArray    *attributes;  /* of LodgeXmlAttributeSpan */
  GPtrArray *history;     /* of Splice, in lodge-xml-edit.c */
  guint      undone;      /* splices of @history that are taken back */
  guint      step;        /* the last one: splices of one step are taken back together */
  guint      nesting;     /* of begin_edit() */
  guint      revision;
};

LodgeXmlSpan          *lodge_xml_document_get_span       (LodgeXmlDocument    *self,
                                                          LodgeXmlNode         node);
LodgeXmlAttributeSpan *lodge_xml_document_find_attribute (LodgeXmlDocument    *self,
                                                          LodgeXmlNode         node,
                                                          const char          *name);
void                   lodge_xml_document_rescan         (LodgeXmlDocument    *self);
void                   lodge_xml_document_emit_changed   (LodgeXmlDocument    *self);
GPtrArray             *lodge_xml_history_new             (void);

/* Replaces @length bytes; refused when the text would break the limits of the scanner */
gboolean               lodge_xml_document_splice         (LodgeXmlDocument    *self,
                                                          gsize                offset,
                                                          gsize                length,
                                                          const char          *replacement,
                                                          GError             **error);
/* The quote for a new attribute of @node: as those it has, else as libvirt prints there */
char                   lodge_xml_document_get_quote      (LodgeXmlDocument    *self,
                                                          LodgeXmlNode         node);

G_END_DECLS
