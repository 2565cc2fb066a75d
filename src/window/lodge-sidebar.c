/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-sidebar"

#include "config.h"

#include "lodge-sidebar.h"

#include <glib/gi18n.h>

#include "lodge-connection-row.h"
#include "lodge-ui.h"
#include "model/lodge-connection.h"

struct _LodgeSidebar
{
  GtkWidget            parent_instance;

  /* template children */
  GtkWidget           *scroller;
  GtkListBox          *list;

  LodgeConnectionList *connections;   /* owned */
  GListModel          *all_domains;   /* owned */
  LodgeConnection     *connection;    /* owned, nullable: all machines */
  gboolean             filling;       /* it is us who changes the rows */
};

enum
{
  SIGNAL_SELECTED,
  SIGNAL_ACTIVATED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LodgeSidebar, lodge_sidebar, GTK_TYPE_WIDGET)

static void
row_selected_cb (LodgeSidebar  *self,
                 GtkListBoxRow *row)
{
  if (row == NULL || self->filling)
    return;
  g_set_object (&self->connection, lodge_connection_row_get_connection (LODGE_CONNECTION_ROW (row)));
  g_signal_emit (self, signals[SIGNAL_SELECTED], 0);
}

static void
row_activated_cb (LodgeSidebar *self)
{
  g_signal_emit (self, signals[SIGNAL_ACTIVATED], 0);
}

static void
add_header (GtkListBoxRow *row,
            GtkListBoxRow *before,
            gpointer       user_data)
{
  GtkWidget *label;

  if (before == NULL || lodge_connection_row_get_connection (LODGE_CONNECTION_ROW (before)) != NULL)
    {
      gtk_list_box_row_set_header (row, NULL);
      return;
    }
  label = gtk_label_new (_("Connections"));
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "heading");
  gtk_widget_add_css_class (label, "dimmed");
  gtk_widget_add_css_class (label, "sidebar-heading");
  gtk_list_box_row_set_header (row, label);
}

static void
fill (LodgeSidebar *self)
{
  const guint n = g_list_model_get_n_items (G_LIST_MODEL (self->connections));
  gboolean found = self->connection == NULL;

  self->filling = TRUE;
  gtk_list_box_remove_all (self->list);
  gtk_list_box_append (self->list, lodge_connection_row_new (self->connections, NULL, self->all_domains));
  for (guint i = 0; i < n; i++)
    {
      g_autoptr(LodgeConnection) connection = g_list_model_get_item (G_LIST_MODEL (self->connections), i);

      gtk_list_box_append (self->list, lodge_connection_row_new (self->connections, connection, self->all_domains));
      found |= connection == self->connection;
    }
  self->filling = FALSE;
  lodge_sidebar_select_connection (self, found ? self->connection : NULL);
}

static gboolean
lodge_sidebar_grab_focus (GtkWidget *widget)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (LODGE_SIDEBAR (widget)->list);

  return row != NULL && gtk_widget_grab_focus (GTK_WIDGET (row));
}

static void
lodge_sidebar_dispose (GObject *object)
{
  LodgeSidebar *self = LODGE_SIDEBAR (object);

  /* What is selected while the rows leave is nobody's choice */
  self->filling = TRUE;
  gtk_widget_dispose_template (GTK_WIDGET (object), LODGE_TYPE_SIDEBAR);
  g_clear_object (&self->connection);
  g_clear_object (&self->connections);
  g_clear_object (&self->all_domains);

  G_OBJECT_CLASS (lodge_sidebar_parent_class)->dispose (object);
}

static void
lodge_sidebar_class_init (LodgeSidebarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lodge_sidebar_dispose;
  widget_class->grab_focus = lodge_sidebar_grab_focus;

  signals[SIGNAL_SELECTED] = g_signal_new ("selected", LODGE_TYPE_SIDEBAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                           G_TYPE_NONE, 0);
  signals[SIGNAL_ACTIVATED] = g_signal_new ("activated", LODGE_TYPE_SIDEBAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                            G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, LODGE_UI ("window/lodge-sidebar.ui"));
  gtk_widget_class_bind_template_child (widget_class, LodgeSidebar, scroller);
  gtk_widget_class_bind_template_child (widget_class, LodgeSidebar, list);
  gtk_widget_class_bind_template_callback (widget_class, row_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
lodge_sidebar_init (LodgeSidebar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_list_box_set_header_func (self->list, add_header, NULL, NULL);
}

/**
 * lodge_sidebar_set_up:
 * @self: an empty sidebar
 * @connections: followed
 * @all_domains: the machines of all of them
 *
 * Emits "selected".
 */
void
lodge_sidebar_set_up (LodgeSidebar        *self,
                      LodgeConnectionList *connections,
                      GListModel          *all_domains)
{
  g_return_if_fail (LODGE_IS_SIDEBAR (self));
  g_return_if_fail (self->connections == NULL);

  self->connections = g_object_ref (connections);
  self->all_domains = g_object_ref (all_domains);
  g_signal_connect_object (connections, "items-changed", G_CALLBACK (fill), self, G_CONNECT_SWAPPED);
  fill (self);
}

/**
 * lodge_sidebar_get_connection:
 *
 * Returns: (transfer none) (nullable): whose row is selected; %NULL: that of all machines
 */
LodgeConnection *
lodge_sidebar_get_connection (LodgeSidebar *self)
{
  g_return_val_if_fail (LODGE_IS_SIDEBAR (self), NULL);

  return self->connection;
}

void
lodge_sidebar_select_connection (LodgeSidebar    *self,
                                 LodgeConnection *connection)
{
  GtkListBoxRow *row;

  g_return_if_fail (LODGE_IS_SIDEBAR (self));

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    {
      if (lodge_connection_row_get_connection (LODGE_CONNECTION_ROW (row)) == connection)
        {
          gtk_list_box_select_row (self->list, row);
          return;
        }
    }
}

void
lodge_sidebar_step (LodgeSidebar *self,
                    int           by)
{
  GtkListBoxRow *row;
  int index;

  g_return_if_fail (LODGE_IS_SIDEBAR (self));

  row = gtk_list_box_get_selected_row (self->list);
  index = row != NULL ? gtk_list_box_row_get_index (row) + by : 0;
  row = index >= 0 ? gtk_list_box_get_row_at_index (self->list, index) : NULL;
  if (row != NULL)
    gtk_list_box_select_row (self->list, row);
}
