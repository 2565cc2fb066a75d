/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lodge-column.h"
#include "lodge-domain-widget.h"

G_BEGIN_DECLS

#define LODGE_TYPE_DOMAIN_CELL (lodge_domain_cell_get_type ())
G_DECLARE_FINAL_TYPE (LodgeDomainCell, lodge_domain_cell, LODGE, DOMAIN_CELL, LodgeDomainWidget)

/* One cell of the list of machines. It has no children and a size that does not depend on its text, as a table has
 * thousands of them; the text is made when it is drawn. */
GtkWidget *lodge_domain_cell_new (LodgeColumn column);

G_END_DECLS
