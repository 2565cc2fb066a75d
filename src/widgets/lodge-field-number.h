/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "xml/lodge-field.h"

G_BEGIN_DECLS

/* The spin button of a number or a size, with its unit in the text. A field that may be absent has one more step below
 * its lowest value, which says so. */
GtkWidget *lodge_field_number_new_spin  (const LodgeField *field);
void       lodge_field_number_set_value (const LodgeField *field,
                                         GtkSpinButton    *spin,
                                         const char       *value);
/* (transfer full) (nullable): as lodge_field_set() takes it; NULL: absent */
char      *lodge_field_number_dup_value (const LodgeField *field,
                                         GtkSpinButton    *spin);

G_END_DECLS
