/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "model/lodge-domain.h"

G_BEGIN_DECLS

typedef enum
{
  LODGE_COLUMN_NAME,
  LODGE_COLUMN_STATE,
  LODGE_COLUMN_CONNECTION,
  LODGE_COLUMN_CPU,
  LODGE_COLUMN_MEMORY,
  LODGE_COLUMN_DISK,
  LODGE_COLUMN_NETWORK,
  LODGE_COLUMN_LAST_ERROR,
  LODGE_COLUMN_UUID,
  LODGE_COLUMN_TITLE,
  LODGE_N_COLUMNS,
} LodgeColumn;

#define LODGE_TYPE_DOMAIN_CELL (lodge_domain_cell_get_type ())
G_DECLARE_FINAL_TYPE (LodgeDomainCell, lodge_domain_cell, LODGE, DOMAIN_CELL, GtkWidget)

/* One cell of the list of machines. It has no children and a size that does not depend on its text, as a table has
 * thousands of them; the text is made when it is drawn. */
GtkWidget *lodge_domain_cell_new        (LodgeColumn      column);
void       lodge_domain_cell_set_domain (LodgeDomainCell *self,
                                         LodgeDomain     *domain);
LodgeDomain *lodge_domain_cell_get_domain (LodgeDomainCell *self);
/* The numbers are new: draws itself again if it shows one */
void       lodge_domain_cell_tick       (LodgeDomainCell *self);
/* What a column says of a machine; never NULL */
char      *lodge_domain_cell_dup_text   (LodgeDomain     *domain,
                                         LodgeColumn      column);

G_END_DECLS
