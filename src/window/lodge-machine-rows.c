/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-machine-rows"

#include "config.h"

#include "lodge-machine-rows.h"

#include <glib/gi18n.h>

#include "lodge-machine-row.h"
#include "widgets/lodge-column.h"

struct _LodgeMachineRows
{
  LodgeMachineView  parent_instance;

  GtkListView      *view;   /* borrowed */
};

G_DEFINE_FINAL_TYPE (LodgeMachineRows, lodge_machine_rows, LODGE_TYPE_MACHINE_VIEW)

static GtkWidget *
create_row (gpointer data)
{
  return lodge_machine_row_new ();
}

static void
lodge_machine_rows_set_model (LodgeMachineView  *view,
                              GtkSelectionModel *model)
{
  gtk_list_view_set_model (LODGE_MACHINE_ROWS (view)->view, model);
}

static void
lodge_machine_rows_scroll_to (LodgeMachineView   *view,
                              guint               position,
                              GtkListScrollFlags  flags)
{
  gtk_list_view_scroll_to (LODGE_MACHINE_ROWS (view)->view, position, flags, NULL);
}

static void
lodge_machine_rows_set_header_factory (LodgeMachineView   *view,
                                       GtkListItemFactory *factory)
{
  gtk_list_view_set_header_factory (LODGE_MACHINE_ROWS (view)->view, factory);
}

static void
lodge_machine_rows_class_init (LodgeMachineRowsClass *klass)
{
  LodgeMachineViewClass *view_class = LODGE_MACHINE_VIEW_CLASS (klass);

  view_class->set_model = lodge_machine_rows_set_model;
  view_class->scroll_to = lodge_machine_rows_scroll_to;
  view_class->set_header_factory = lodge_machine_rows_set_header_factory;
}

static void
lodge_machine_rows_init (LodgeMachineRows *self)
{
  g_autoptr(GtkListItemFactory) factory = lodge_machine_view_create_factory (LODGE_MACHINE_VIEW (self), create_row,
                                                                             NULL);

  self->view = GTK_LIST_VIEW (gtk_list_view_new (NULL, NULL));
  gtk_list_view_set_factory (self->view, factory);
  gtk_list_view_set_tab_behavior (self->view, GTK_LIST_TAB_ITEM);
  gtk_widget_add_css_class (GTK_WIDGET (self->view), "narrow-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Machines"), -1);
  lodge_machine_view_take_list (LODGE_MACHINE_VIEW (self), GTK_WIDGET (self->view), GTK_POLICY_NEVER);
}

GtkWidget *
lodge_machine_rows_new (void)
{
  return g_object_new (LODGE_TYPE_MACHINE_ROWS, NULL);
}
