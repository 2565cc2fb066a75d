/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lodge-saved-filters.h"
#include "lodge-sidebar-row.h"

G_BEGIN_DECLS

#define LODGE_TYPE_SAVED_FILTER_ROW (lodge_saved_filter_row_get_type ())
G_DECLARE_FINAL_TYPE (LodgeSavedFilterRow, lodge_saved_filter_row, LODGE, SAVED_FILTER_ROW, LodgeSidebarRow)

/* A saved filter in the sidebar */
GtkWidget        *lodge_saved_filter_row_new        (LodgeSavedFilters   *filters,
                                                     LodgeSavedFilter    *filter);
LodgeSavedFilter *lodge_saved_filter_row_get_filter (LodgeSavedFilterRow *self);

G_END_DECLS
