/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LODGE_TYPE_STEADY_SELECTION (lodge_steady_selection_get_type ())
G_DECLARE_FINAL_TYPE (LodgeSteadySelection, lodge_steady_selection, LODGE, STEADY_SELECTION, GObject)

/* Brings a row into view at once, before anything else happens */
typedef void (*LodgeScrollFunc) (guint position, gpointer user_data);

/* A selection (and section) model over another that lets a list view keep its widgets when a filter replaces the rows.
 *
 * GTK's lists destroy the widgets of rows that leave the model and make new ones for those that come: 1640 cells for
 * one key in the search. Told of the new rows first, scrolled to them, and then of the leaving of the old ones, the
 * view moves its widgets over instead: 13–18 ms in place of 65–130 for ten thousand machines. */
LodgeSteadySelection *lodge_steady_selection_new        (GtkSelectionModel    *model);
/* Who scrolls the view; %NULL: changes go through as they are */
void                  lodge_steady_selection_set_scroll (LodgeSteadySelection *self,
                                                         LodgeScrollFunc       func,
                                                         gpointer              user_data);
/* Between begin and end a large change is split. Only for changes by the filter, and only while the focus is outside
 * the view: the focus of a row is not carried over. The end scrolls to the top. */
void                  lodge_steady_selection_begin      (LodgeSteadySelection *self);
void                  lodge_steady_selection_end        (LodgeSteadySelection *self);

G_END_DECLS
