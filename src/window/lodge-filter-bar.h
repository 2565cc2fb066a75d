/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "lodge-machine-filter.h"
#include "widgets/lodge-column.h"

G_BEGIN_DECLS

#define LODGE_TYPE_FILTER_BAR (lodge_filter_bar_get_type ())
G_DECLARE_FINAL_TYPE (LodgeFilterBar, lodge_filter_bar, LODGE, FILTER_BAR, GtkWidget)

/* How a list of machines is filtered: search, states, tags, and how many are left. What is wrong with a search stands
 * below it. All but the states is in the text of the search. Signals: "changed", another filter; "stopped", Escape in
 * the search; "activated", Enter in it; "details-wanted", the tags of all machines are of interest. Activates
 * “win.save-filter”. */
/* A model of LodgeDomain, whose values are proposed to a person */
void                     lodge_filter_bar_set_domains     (LodgeFilterBar       *self,
                                                           GListModel           *domains);
/* Another search and state at once */
void                     lodge_filter_bar_apply           (LodgeFilterBar       *self,
                                                           const char           *text,
                                                           LodgeMachineStateFilter state);
/* A term into the search, or out of it: “state:paused” */
void                     lodge_filter_bar_set_term        (LodgeFilterBar       *self,
                                                           const char           *term,
                                                           gboolean              wanted);
/* Tags to choose from, where the row has no room for their menu */
void                     lodge_filter_bar_present_tags    (LodgeFilterBar       *self);
const char              *lodge_filter_bar_get_text        (LodgeFilterBar       *self);
LodgeMachineStateFilter  lodge_filter_bar_get_state       (LodgeFilterBar       *self);
/* Empties the search; FALSE: it was */
gboolean                 lodge_filter_bar_clear_text      (LodgeFilterBar       *self);
/* Everything is shown again */
void                     lodge_filter_bar_clear           (LodgeFilterBar       *self);
/* NULL: the search is one */
void                     lodge_filter_bar_set_error       (LodgeFilterBar       *self,
                                                           const GError         *error);
/* How many machines there are, what state they are in, and how many the filter shows; @shown is G_MAXUINT where no
 * filter is in force */
void                     lodge_filter_bar_set_counts      (LodgeFilterBar       *self,
                                                           guint                 n,
                                                           guint                 n_running,
                                                           guint                 n_issues,
                                                           guint                 shown);
void                     lodge_filter_bar_set_width_class (LodgeFilterBar       *self,
                                                           LodgeListWidth        width_class);
/* The search is asked for where there is no room for it */
void                     lodge_filter_bar_set_searching   (LodgeFilterBar       *self,
                                                           gboolean              searching);
/* What is typed there goes into the search */
void                     lodge_filter_bar_capture_keys    (LodgeFilterBar       *self,
                                                           GtkWidget            *widget);

G_END_DECLS
