/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * LodgeXmlNode:
 *
 * A handle on an element of a [class@XmlDocument]; 0 is “no element”.
 *
 * It is valid until the next change of the document: look elements up again
 * (by path and key) after an edit.
 */
typedef guint LodgeXmlNode;

#define LODGE_XML_NONE 0

#define LODGE_TYPE_XML_DOCUMENT (lodge_xml_document_get_type ())
G_DECLARE_FINAL_TYPE (LodgeXmlDocument, lodge_xml_document, LODGE, XML_DOCUMENT, GObject)

LodgeXmlDocument *lodge_xml_document_new              (const char        *text,
                                                       gssize             length,
                                                       GError           **error);
const char       *lodge_xml_document_get_text         (LodgeXmlDocument  *self);
guint             lodge_xml_document_get_revision     (LodgeXmlDocument  *self);

/* Reading */
LodgeXmlNode      lodge_xml_document_get_root         (LodgeXmlDocument  *self);
LodgeXmlNode      lodge_xml_document_get_parent       (LodgeXmlDocument  *self,
                                                       LodgeXmlNode       node);
LodgeXmlNode      lodge_xml_document_get_first_child  (LodgeXmlDocument  *self,
                                                       LodgeXmlNode       node,
                                                       const char        *name);
LodgeXmlNode      lodge_xml_document_get_next_sibling (LodgeXmlDocument  *self,
                                                       LodgeXmlNode       node,
                                                       const char        *name);
char             *lodge_xml_document_get_name         (LodgeXmlDocument  *self,
                                                       LodgeXmlNode       node);
char             *lodge_xml_document_get_attribute    (LodgeXmlDocument  *self,
                                                       LodgeXmlNode       node,
                                                       const char        *name);
char             *lodge_xml_document_get_content      (LodgeXmlDocument  *self,
                                                       LodgeXmlNode       node);
char             *lodge_xml_document_dup_node_text    (LodgeXmlDocument  *self,
                                                       LodgeXmlNode       node);
guint             lodge_xml_document_get_n_attributes (LodgeXmlDocument  *self,
                                                       LodgeXmlNode       node);
char             *lodge_xml_document_dup_attribute    (LodgeXmlDocument  *self,
                                                       LodgeXmlNode       node,
                                                       guint              position,
                                                       char             **value);
char             *lodge_xml_document_dup_namespace    (LodgeXmlDocument  *self,
                                                       LodgeXmlNode       node);
gboolean          lodge_xml_document_is_blank         (LodgeXmlDocument  *self,
                                                       LodgeXmlNode       node);
void              lodge_xml_document_get_range        (LodgeXmlDocument  *self,
                                                       LodgeXmlNode       node,
                                                       gsize             *start,
                                                       gsize             *end);

/* Paths, relative to @from: "devices/disk[@device='cdrom']/source/@file",
 * "os/type", "@type", "vcpu", "devices/disk[2]" (1-based). A prefix that libvirt uses ("qemu:commandline",
 * "libosinfo:os") stands for its namespace, whatever the document calls it. */
LodgeXmlNode      lodge_xml_document_find             (LodgeXmlDocument  *self,
                                                       LodgeXmlNode       from,
                                                       const char        *path);
char             *lodge_xml_document_get_value        (LodgeXmlDocument  *self,
                                                       LodgeXmlNode       from,
                                                       const char        *path);
gboolean          lodge_xml_document_set_value        (LodgeXmlDocument  *self,
                                                       LodgeXmlNode       from,
                                                       const char        *path,
                                                       const char        *value,
                                                       GError           **error);

/* Editing: each call is one step of the undo history, and so is all between begin and end. A call that fails
 * changes nothing. */
guint             lodge_xml_document_begin_edit       (LodgeXmlDocument  *self);
void              lodge_xml_document_end_edit         (LodgeXmlDocument  *self);
void              lodge_xml_document_cancel_edit      (LodgeXmlDocument  *self,
                                                       guint              mark);
gboolean          lodge_xml_document_set_attribute    (LodgeXmlDocument  *self,
                                                       LodgeXmlNode       node,
                                                       const char        *name,
                                                       const char        *value,
                                                       GError           **error);
gboolean          lodge_xml_document_set_content      (LodgeXmlDocument  *self,
                                                       LodgeXmlNode       node,
                                                       const char        *content,
                                                       GError           **error);
LodgeXmlNode      lodge_xml_document_insert           (LodgeXmlDocument  *self,
                                                       LodgeXmlNode       parent,
                                                       const char        *fragment,
                                                       GError           **error);
LodgeXmlNode      lodge_xml_document_replace          (LodgeXmlDocument  *self,
                                                       LodgeXmlNode       node,
                                                       const char        *fragment,
                                                       GError           **error);
gboolean          lodge_xml_document_remove           (LodgeXmlDocument  *self,
                                                       LodgeXmlNode       node,
                                                       GError           **error);
gboolean          lodge_xml_document_set_text         (LodgeXmlDocument  *self,
                                                       const char        *text,
                                                       GError           **error);
gboolean          lodge_xml_document_can_undo         (LodgeXmlDocument  *self);
gboolean          lodge_xml_document_can_redo         (LodgeXmlDocument  *self);
gboolean          lodge_xml_document_undo             (LodgeXmlDocument  *self);
gboolean          lodge_xml_document_redo             (LodgeXmlDocument  *self);

G_END_DECLS
