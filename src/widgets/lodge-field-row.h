/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "xml/lodge-field.h"

G_BEGIN_DECLS

/* When a change of a field takes effect */
typedef enum
{
  LODGE_FIELD_MARK_NONE,         /* it is as the host has it */
  LODGE_FIELD_MARK_EDITED,       /* edited; the machine is off */
  LODGE_FIELD_MARK_NOW,          /* edited; applies to the running machine */
  LODGE_FIELD_MARK_NEXT_START,   /* edited, or applied already: for the next start */
} LodgeFieldMark;

#define LODGE_TYPE_FIELD_ROW (lodge_field_row_get_type ())
G_DECLARE_FINAL_TYPE (LodgeFieldRow, lodge_field_row, LODGE, FIELD_ROW, GObject)

/* A row of libadwaita for one field of a table: which kind of row the field's type says, so this is no widget but owns
 * one. Signals: "edited" (const char *value, nullable: absent): the person has given a value; "undo": the arrow. */

LodgeFieldRow    *lodge_field_row_new         (const LodgeField *field,
                                               LodgeXmlDocument *capabilities);
GtkWidget        *lodge_field_row_get_widget  (LodgeFieldRow    *self);
const LodgeField *lodge_field_row_get_field   (LodgeFieldRow    *self);
/* Does not emit "edited"; a value that is being typed is left alone */
void              lodge_field_row_set_value   (LodgeFieldRow    *self,
                                               const char       *value);
void              lodge_field_row_set_mark    (LodgeFieldRow    *self,
                                               LodgeFieldMark    mark);
/* In the place of the help: why it cannot be changed (the row is insensitive), what it is now, what is wrong */
void              lodge_field_row_set_reason  (LodgeFieldRow    *self,
                                               const char       *reason);
void              lodge_field_row_set_note    (LodgeFieldRow    *self,
                                               const char       *note);
void              lodge_field_row_set_error   (LodgeFieldRow    *self,
                                               const char       *error);

G_END_DECLS
