/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lodge-machine-filter.h"
#include "lodge-machine-sorter.h"
#include "lodge-steady-selection.h"

G_BEGIN_DECLS

#define LODGE_TYPE_MACHINE_SELECTION (lodge_machine_selection_get_type ())
G_DECLARE_FINAL_TYPE (LodgeMachineSelection, lodge_machine_selection, LODGE, MACHINE_SELECTION, GObject)

/* The machines that a list shows, filtered and sorted, and those of them that are selected. Signals: "changed": others
 * are selected, and get_selected() has them; "outdated": lodge_machine_selection_update() is to be called when the main
 * loop comes round. */
LodgeMachineSelection *lodge_machine_selection_new                (GListModel                *domains,
                                                                   LodgeMachineFilter        *filter,
                                                                   LodgeMachineSorter        *sorter);
/* The rows of a view */
GtkSelectionModel     *lodge_machine_selection_get_model          (LodgeMachineSelection     *self);
/* What the actions are for: a model of LodgeDomain */
GListModel            *lodge_machine_selection_get_selected       (LodgeMachineSelection     *self);
guint                  lodge_machine_selection_get_n_shown        (LodgeMachineSelection     *self);
/* Reads what is selected, if that may have changed */
void                   lodge_machine_selection_update             (LodgeMachineSelection     *self);
void                   lodge_machine_selection_clear              (LodgeMachineSelection     *self);
/* Nothing else is selected afterwards; FALSE: there is no such row */
gboolean               lodge_machine_selection_select_position    (LodgeMachineSelection     *self,
                                                                   guint                      position);
/* A row of the selection means all of it, another one itself */
void                   lodge_machine_selection_select_domain      (LodgeMachineSelection     *self,
                                                                   LodgeDomain               *domain);
/* Sorts by group first; NULL: no groups */
void                   lodge_machine_selection_set_section_sorter (LodgeMachineSelection     *self,
                                                                   GtkSorter                 *sorter);
gboolean               lodge_machine_selection_is_grouped         (LodgeMachineSelection     *self);
/* Brings a row of the view to its top: how rows move over while the filter changes */
void                   lodge_machine_selection_set_scroll         (LodgeMachineSelection     *self,
                                                                   LodgeScrollFunc            scroll,
                                                                   gpointer                   user_data);
/* Between these the filter changes and the rows of the view are moved over, not made anew. TRUE: it is so; to be given
 * to the second. @has_focus: a row of the view has the focus, which would not be carried over. */
gboolean               lodge_machine_selection_begin_steady       (LodgeMachineSelection     *self,
                                                                   gboolean                   has_focus);
void                   lodge_machine_selection_end_steady         (LodgeMachineSelection     *self,
                                                                   gboolean                   steady);

G_END_DECLS
