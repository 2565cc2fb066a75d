/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "lodge-machine-filter.h"

G_BEGIN_DECLS

#define LODGE_TYPE_SAVED_FILTER (lodge_saved_filter_get_type ())
G_DECLARE_FINAL_TYPE (LodgeSavedFilter, lodge_saved_filter, LODGE, SAVED_FILTER, GObject)

/* A search and a state under a name. Signal "changed": one of the three. */
const char              *lodge_saved_filter_get_name  (LodgeSavedFilter *self);
const char              *lodge_saved_filter_get_text  (LodgeSavedFilter *self);
LodgeMachineStateFilter  lodge_saved_filter_get_state (LodgeSavedFilter *self);

#define LODGE_TYPE_SAVED_FILTERS (lodge_saved_filters_get_type ())
G_DECLARE_FINAL_TYPE (LodgeSavedFilters, lodge_saved_filters, LODGE, SAVED_FILTERS, GObject)

/* Names are this long and not empty; there are no more than these */
#define LODGE_MAX_FILTER_NAME 60    /* characters */
#define LODGE_MAX_FILTERS     100

/* The filters that a person has named, in the settings: a list of LodgeSavedFilter in the person's order, with no name
 * twice. Follows changes by other windows. */
LodgeSavedFilters *lodge_saved_filters_new    (GSettings                *settings);
/* NULL: there is none of that name */
LodgeSavedFilter  *lodge_saved_filters_find   (LodgeSavedFilters        *self,
                                               const char               *name);
/* Whether it can be one, blanks around it taken away */
gboolean           lodge_saved_filters_check_name (const char           *name,
                                               GError                  **error);
/* Under a name that exists it takes that one's place */
LodgeSavedFilter  *lodge_saved_filters_save   (LodgeSavedFilters        *self,
                                               const char               *name,
                                               const char               *text,
                                               LodgeMachineStateFilter   state,
                                               GError                  **error);
gboolean           lodge_saved_filters_rename (LodgeSavedFilters        *self,
                                               LodgeSavedFilter         *filter,
                                               const char               *name,
                                               GError                  **error);
void               lodge_saved_filters_remove (LodgeSavedFilters        *self,
                                               LodgeSavedFilter         *filter);
void               lodge_saved_filters_move   (LodgeSavedFilters        *self,
                                               LodgeSavedFilter         *filter,
                                               guint                     position);

G_END_DECLS
