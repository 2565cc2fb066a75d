/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LODGE_TYPE_SEARCH_COMPLETION (lodge_search_completion_get_type ())
G_DECLARE_FINAL_TYPE (LodgeSearchCompletion, lodge_search_completion, LODGE, SEARCH_COMPLETION, GtkPopover)

/* What a word of the search may become, below @entry: fields, then their values. Down and Up go through it, Tab and Enter
 * take what is selected, Escape closes it; Down in an empty search shows all that can be searched in. Enter without a
 * choice stays the entry's own. */
LodgeSearchCompletion *lodge_search_completion_new         (GtkWidget             *entry);
/* A model of LodgeDomain, whose values are proposed; NULL: none are */
void                   lodge_search_completion_set_domains (LodgeSearchCompletion *self,
                                                            GListModel            *domains);

G_END_DECLS
