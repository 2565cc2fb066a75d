/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LODGE_TYPE_SIDEBAR_ROW (lodge_sidebar_row_get_type ())
G_DECLARE_DERIVABLE_TYPE (LodgeSidebarRow, lodge_sidebar_row, LODGE, SIDEBAR_ROW, GtkListBoxRow)

/**
 * LodgeSidebarRowClass:
 * @update_actions: the menu is about to open; may be missing
 * @move: puts @item, which is in the same order as the row's own, at @position there
 *
 * A row of the sidebar that stands for an item of a list: it has a menu, and can be put elsewhere among its like by
 * dragging and by the actions “row.move-up” and “row.move-down”.
 */
struct _LodgeSidebarRowClass
{
  GtkListBoxRowClass parent_class;

  void (*update_actions) (LodgeSidebarRow *self);
  void (*move)           (LodgeSidebarRow *self,
                          gpointer         item,
                          guint            position);
};

/* For those that derive, once: what the row stands for, the list it is in, and the menu */
void lodge_sidebar_row_set_item       (LodgeSidebarRow *self,
                                       gpointer         item,
                                       GListModel      *order,
                                       GMenuModel      *menu);
/* Something has changed that decides what can be done */
void lodge_sidebar_row_update_actions (LodgeSidebarRow *self);

G_END_DECLS
