/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-sidebar"

#include "config.h"

#include "lodge-sidebar.h"

#include <glib/gi18n.h>

#include "lodge-connection-row.h"
#include "lodge-saved-filter-row.h"
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
  LodgeSavedFilters   *filters;       /* owned */
  LodgeConnection     *connection;    /* owned, nullable: those of @filter, or all machines */
  LodgeSavedFilter    *filter;        /* owned, nullable */
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

typedef enum
{
  ROW_ALL,
  ROW_FILTER,
  ROW_CONNECTION,
} RowKind;

static RowKind
get_kind (GtkListBoxRow *row)
{
  if (LODGE_IS_SAVED_FILTER_ROW (row))
    return ROW_FILTER;
  return lodge_connection_row_get_connection (LODGE_CONNECTION_ROW (row)) != NULL ? ROW_CONNECTION : ROW_ALL;
}

static LodgeConnection *
get_connection (GtkListBoxRow *row)
{
  return LODGE_IS_CONNECTION_ROW (row) ? lodge_connection_row_get_connection (LODGE_CONNECTION_ROW (row)) : NULL;
}

static LodgeSavedFilter *
get_filter (GtkListBoxRow *row)
{
  return LODGE_IS_SAVED_FILTER_ROW (row) ? lodge_saved_filter_row_get_filter (LODGE_SAVED_FILTER_ROW (row)) : NULL;
}

static void
row_selected_cb (LodgeSidebar  *self,
                 GtkListBoxRow *row)
{
  if (row == NULL || self->filling)
    return;
  g_set_object (&self->connection, get_connection (row));
  g_set_object (&self->filter, get_filter (row));
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
  static const char * const titles[] = { [ROW_FILTER] = N_("Filters"), [ROW_CONNECTION] = N_("Connections") };
  GtkWidget *label;

  if (before == NULL || get_kind (before) == get_kind (row))
    {
      gtk_list_box_row_set_header (row, NULL);
      return;
    }
  label = gtk_label_new (_(titles[get_kind (row)]));
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "heading");
  gtk_widget_add_css_class (label, "dimmed");
  gtk_widget_add_css_class (label, "sidebar-heading");
  gtk_list_box_row_set_header (row, label);
}

/* The row of @filter, of @connection, or that of all machines */
static GtkListBoxRow *
find_row (LodgeSidebar     *self,
          LodgeConnection  *connection,
          LodgeSavedFilter *filter)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    {
      if (get_connection (row) == connection && get_filter (row) == filter)
        return row;
    }
  return NULL;
}

static void
fill (LodgeSidebar *self)
{
  GtkListBoxRow *row;

  self->filling = TRUE;
  gtk_list_box_remove_all (self->list);
  gtk_list_box_append (self->list, lodge_connection_row_new (self->connections, NULL, self->all_domains));
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->filters)); i++)
    {
      g_autoptr(LodgeSavedFilter) filter = g_list_model_get_item (G_LIST_MODEL (self->filters), i);

      gtk_list_box_append (self->list, lodge_saved_filter_row_new (self->filters, filter));
    }
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->connections)); i++)
    {
      g_autoptr(LodgeConnection) connection = g_list_model_get_item (G_LIST_MODEL (self->connections), i);

      gtk_list_box_append (self->list, lodge_connection_row_new (self->connections, connection, self->all_domains));
    }
  self->filling = FALSE;
  row = find_row (self, self->connection, self->filter);
  gtk_list_box_select_row (self->list, row != NULL ? row : find_row (self, NULL, NULL));
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
  g_clear_object (&self->filter);
  g_clear_object (&self->filters);
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
 * @filters: followed
 *
 * Emits "selected".
 */
void
lodge_sidebar_set_up (LodgeSidebar        *self,
                      LodgeConnectionList *connections,
                      GListModel          *all_domains,
                      LodgeSavedFilters   *filters)
{
  g_return_if_fail (LODGE_IS_SIDEBAR (self));
  g_return_if_fail (self->connections == NULL);

  self->connections = g_object_ref (connections);
  self->all_domains = g_object_ref (all_domains);
  self->filters = g_object_ref (filters);
  g_signal_connect_object (connections, "items-changed", G_CALLBACK (fill), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (filters, "items-changed", G_CALLBACK (fill), self, G_CONNECT_SWAPPED);
  fill (self);
}

/**
 * lodge_sidebar_get_connection:
 *
 * Returns: (transfer none) (nullable): whose row is selected; %NULL: that of a filter or of all machines
 */
LodgeConnection *
lodge_sidebar_get_connection (LodgeSidebar *self)
{
  g_return_val_if_fail (LODGE_IS_SIDEBAR (self), NULL);

  return self->connection;
}

/**
 * lodge_sidebar_get_filter:
 *
 * Returns: (transfer none) (nullable): whose row is selected
 */
LodgeSavedFilter *
lodge_sidebar_get_filter (LodgeSidebar *self)
{
  g_return_val_if_fail (LODGE_IS_SIDEBAR (self), NULL);

  return self->filter;
}

static void
select_row (LodgeSidebar  *self,
            GtkListBoxRow *row)
{
  if (row != NULL)
    gtk_list_box_select_row (self->list, row);
}

void
lodge_sidebar_select_connection (LodgeSidebar    *self,
                                 LodgeConnection *connection)
{
  g_return_if_fail (LODGE_IS_SIDEBAR (self));

  select_row (self, find_row (self, connection, NULL));
}

void
lodge_sidebar_select_filter (LodgeSidebar     *self,
                             LodgeSavedFilter *filter)
{
  g_return_if_fail (LODGE_IS_SIDEBAR (self));

  select_row (self, find_row (self, NULL, filter));
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
  select_row (self, index >= 0 ? gtk_list_box_get_row_at_index (self->list, index) : NULL);
}
