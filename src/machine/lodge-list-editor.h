/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "lodge-edits.h"
#include "xml/lodge-schema.h"

G_BEGIN_DECLS

#define LODGE_TYPE_LIST_EDITOR (lodge_list_editor_get_type ())
G_DECLARE_FINAL_TYPE (LodgeListEditor, lodge_list_editor, LODGE, LIST_EDITOR, AdwExpanderRow)

/* The things of which a page or device can have several (NUMA cells, VLANs, forwarded ports, servers …): a row each,
 * with the rows of its table and the lists that it has itself. Edits go straight into the document of the edits. */

GtkWidget *lodge_list_editor_new         (const LodgeSchema *schema,
                                          LodgeXmlDocument  *capabilities);
/* Shows what the page of @id has now; a value that is being typed is left alone */
void       lodge_list_editor_show        (LodgeListEditor   *self,
                                          LodgeEdits        *edits,
                                          const char        *id);
const LodgeSchema *
           lodge_list_editor_get_schema  (LodgeListEditor   *self);
guint      lodge_list_editor_get_n_items (LodgeListEditor   *self);
void       lodge_list_editor_add         (LodgeListEditor   *self);
void       lodge_list_editor_remove      (LodgeListEditor   *self,
                                          guint              position);
/* One place up (@by = -1) or down */
void       lodge_list_editor_move        (LodgeListEditor   *self,
                                          guint              position,
                                          int                by);
/* (nullable): the row of a field of an item, and a list of an item: both are made when the item is opened */
GtkWidget *lodge_list_editor_get_row     (LodgeListEditor   *self,
                                          guint              position,
                                          const char        *field);
LodgeListEditor *
           lodge_list_editor_get_list    (LodgeListEditor   *self,
                                          guint              position,
                                          const char        *schema);
void       lodge_list_editor_open        (LodgeListEditor   *self,
                                          guint              position);

G_END_DECLS
