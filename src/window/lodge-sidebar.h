/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "lodge-saved-filters.h"
#include "model/lodge-connection-list.h"

G_BEGIN_DECLS

#define LODGE_TYPE_SIDEBAR (lodge_sidebar_get_type ())
G_DECLARE_FINAL_TYPE (LodgeSidebar, lodge_sidebar, LODGE, SIDEBAR, GtkWidget)

/* What the content of the main window can be of: all machines, those that a saved filter finds, or those of one
 * connection. Signals: "selected", another row, or the same one anew; "activated", a person wants to see it. */
void              lodge_sidebar_set_up            (LodgeSidebar        *self,
                                                   LodgeConnectionList *connections,
                                                   GListModel          *all_domains,
                                                   LodgeSavedFilters   *filters);
LodgeConnection  *lodge_sidebar_get_connection    (LodgeSidebar        *self);
LodgeSavedFilter *lodge_sidebar_get_filter        (LodgeSidebar        *self);
/* NULL: all machines */
void              lodge_sidebar_select_connection (LodgeSidebar        *self,
                                                   LodgeConnection     *connection);
void              lodge_sidebar_select_filter     (LodgeSidebar        *self,
                                                   LodgeSavedFilter    *filter);
/* To the row so many below the selected one, if there is one */
void              lodge_sidebar_step              (LodgeSidebar        *self,
                                                   int                  by);

G_END_DECLS
