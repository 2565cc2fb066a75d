/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lodge-machine-sorter.h"
#include "widgets/lodge-domain-widget.h"

G_BEGIN_DECLS

#define LODGE_TYPE_MACHINE_VIEW (lodge_machine_view_get_type ())
G_DECLARE_DERIVABLE_TYPE (LodgeMachineView, lodge_machine_view, LODGE, MACHINE_VIEW, GtkWidget)

/**
 * LodgeMachineViewClass:
 * @set_model: the machines, or %NULL: a view that is not seen holds no model, so that it makes no rows
 * @scroll_to: brings a row into view at once
 * @set_header_factory: of the headers of groups, %NULL for none; may be missing
 * @machine_changed: a row shows this machine, or a property of it has changed; may be missing
 *
 * One way to show the machines: table, rows, grid. Signals: "activated" (guint position), "menu-requested"
 * (LodgeDomain, double x, double y, in the view).
 */
struct _LodgeMachineViewClass
{
  GtkWidgetClass parent_class;

  void (*set_model)          (LodgeMachineView   *self,
                              GtkSelectionModel  *model);
  void (*scroll_to)          (LodgeMachineView   *self,
                              guint               position,
                              GtkListScrollFlags  flags);
  void (*set_header_factory) (LodgeMachineView   *self,
                              GtkListItemFactory *factory);
  void (*machine_changed)    (LodgeMachineView   *self,
                              LodgeDomain        *domain);
};

void         lodge_machine_view_set_model          (LodgeMachineView   *self,
                                                    GtkSelectionModel  *model);
void         lodge_machine_view_scroll_to          (LodgeMachineView   *self,
                                                    guint               position,
                                                    GtkListScrollFlags  flags);
void         lodge_machine_view_set_header_factory (LodgeMachineView   *self,
                                                    GtkListItemFactory *factory);
/* The numbers of a connection's machines are new; %NULL: of all */
void         lodge_machine_view_tick               (LodgeMachineView   *self,
                                                    LodgeConnection    *connection);
/* Sorts again without moving what is seen from under the pointer */
void         lodge_machine_view_sort_again         (LodgeMachineView   *self,
                                                    LodgeMachineSorter *sorter);
/* With the header of the first group, which a list scrolls out of sight when it appears above its first row */
void         lodge_machine_view_scroll_to_top      (LodgeMachineView   *self);
/* The machine of the row that has the keyboard focus; @bounds of the row, in the view */
LodgeDomain *lodge_machine_view_get_focus_domain   (LodgeMachineView   *self,
                                                    graphene_rect_t    *bounds);
gboolean     lodge_machine_view_contains_focus     (LodgeMachineView   *self);
/* Rows have check boxes, and a click on a row is one on its check box */
void         lodge_machine_view_set_selecting      (LodgeMachineView   *self,
                                                    gboolean            selecting);

/* For those that derive: the list widget, put where it scrolls, and the factory of its rows, whose children are
 * LodgeDomainWidgets made by @create */
typedef GtkWidget *(*LodgeDomainWidgetFunc) (gpointer data);
void                lodge_machine_view_take_list      (LodgeMachineView      *self,
                                                       GtkWidget             *list,
                                                       GtkPolicyType          hscrollbar_policy);
GtkListItemFactory *lodge_machine_view_create_factory (LodgeMachineView      *self,
                                                       LodgeDomainWidgetFunc  create,
                                                       gpointer               data);
GtkListItemFactory *lodge_machine_view_create_row_factory (LodgeMachineView  *self);

G_END_DECLS
