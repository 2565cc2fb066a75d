/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-machine-table"

#include "config.h"

#include "lodge-machine-table.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "lodge-column-layout.h"
#include "widgets/lodge-domain-cell.h"

struct _LodgeMachineTable
{
  LodgeMachineView     parent_instance;

  GtkColumnView       *view;                       /* borrowed */
  GtkColumnViewColumn *columns[LODGE_N_COLUMNS];   /* borrowed: the view's */
  GSettings           *settings;                   /* owned */
  LodgeMachineSorter  *sorter;                     /* owned */
  LodgeListWidth       width;
  guint                save_id;
  guint                apply_id;
  gboolean             filled[LODGE_N_COLUMNS];    /* an optional column that has something to say of some machine */
  gboolean             many_connections;
  gboolean             applying;                   /* it is us who changes the columns */
};

G_DEFINE_FINAL_TYPE (LodgeMachineTable, lodge_machine_table, LODGE_TYPE_MACHINE_VIEW)

static GtkWidget *
create_cell (gpointer data)
{
  return lodge_domain_cell_new ((LodgeColumn) GPOINTER_TO_INT (data));
}

/* The order of the rows */

static LodgeColumn
find_column (LodgeMachineTable   *self,
             GtkColumnViewColumn *column)
{
  guint i = 0;

  while (i < LODGE_N_COLUMNS && self->columns[i] != column)
    i++;
  return i;
}

static void
titles_clicked_cb (LodgeMachineTable *self)
{
  GtkColumnViewSorter *sorter = GTK_COLUMN_VIEW_SORTER (gtk_column_view_get_sorter (self->view));
  GtkColumnViewColumn *primary = gtk_column_view_sorter_get_primary_sort_column (sorter);
  gboolean descending = gtk_column_view_sorter_get_primary_sort_order (sorter) == GTK_SORT_DESCENDING;
  LodgeColumn column;

  if (self->applying || primary == NULL)
    return;
  column = find_column (self, primary);
  /* Of numbers a person looks for the largest */
  if (column != lodge_machine_sorter_get_column (self->sorter) && lodge_column_get_info (column)->descending
      && !descending)
    {
      gtk_column_view_sort_by_column (self->view, primary, GTK_SORT_DESCENDING);
      return;
    }
  lodge_machine_sorter_set_order (self->sorter, column, descending);
}

static void
order_changed_cb (LodgeMachineTable *self)
{
  self->applying = TRUE;
  gtk_column_view_sort_by_column (self->view, self->columns[lodge_machine_sorter_get_column (self->sorter)],
                                  lodge_machine_sorter_get_descending (self->sorter) ? GTK_SORT_DESCENDING
                                                                                     : GTK_SORT_ASCENDING);
  self->applying = FALSE;
}

/* The columns */

static double
get_scale (LodgeMachineTable *self)
{
  return adw_length_unit_to_px (ADW_LENGTH_UNIT_SP, 1, gtk_widget_get_settings (GTK_WIDGET (self)));
}

static void
apply_layout (LodgeMachineTable *self)
{
  const double scale = get_scale (self);
  g_autoptr(GtkListItemFactory) headers = NULL;
  LodgeColumnLayout layout;

  lodge_column_layout_load (&layout, self->settings);
  self->applying = TRUE;
  /* GTK 4.18 gives a column that appears a cell in each header of a group too, where it stays until that is finalized:
   * there must be none meanwhile */
  if (g_set_object (&headers, gtk_column_view_get_header_factory (self->view)))
    gtk_column_view_set_header_factory (self->view, NULL);
  for (guint i = 0; i < LODGE_N_COLUMNS; i++)
    {
      const LodgeColumnPlace *place = &layout.places[i];
      const LodgeColumnInfo *info = lodge_column_get_info (place->column);
      GtkColumnViewColumn *column = self->columns[place->column];
      GListModel *columns = gtk_column_view_get_columns (self->view);
      g_autoptr(GtkColumnViewColumn) there = g_list_model_get_item (columns, i);
      gboolean visible = place->shown && self->width <= info->last_width;

      if (place->column == LODGE_COLUMN_NAME)
        visible = TRUE;
      else if (place->column == LODGE_COLUMN_CONNECTION && !self->many_connections)
        visible = FALSE;
      else if (info->optional && !self->filled[place->column])
        visible = FALSE;
      if (there != column)
        gtk_column_view_insert_column (self->view, i, column);
      gtk_column_view_column_set_visible (column, visible);
      if (place->column != LODGE_COLUMN_NAME || place->width > 0)
        gtk_column_view_column_set_fixed_width (column, (int) (scale * (place->width > 0 ? place->width
                                                                                         : (guint) info->width)));
    }
  if (headers != NULL)
    gtk_column_view_set_header_factory (self->view, headers);
  self->applying = FALSE;
}

static gboolean
apply_cb (gpointer user_data)
{
  LodgeMachineTable *self = user_data;

  self->apply_id = 0;
  apply_layout (self);
  return G_SOURCE_REMOVE;
}

/* A column that is empty for every machine takes room, and 205 cells, for nothing. Once shown it stays: a table whose
 * columns come and go is not pleasant to read. */
static void
lodge_machine_table_machine_changed (LodgeMachineView *view,
                                     LodgeDomain      *domain)
{
  LodgeMachineTable *self = LODGE_MACHINE_TABLE (view);

  for (guint i = 0; i < LODGE_N_COLUMNS; i++)
    {
      g_autofree char *text = NULL;

      if (!lodge_column_get_info (i)->optional || self->filled[i])
        continue;
      text = lodge_column_dup_text (i, domain);
      if (*text == '\0')
        continue;
      self->filled[i] = TRUE;
      /* Not while the list is making its rows */
      if (self->apply_id == 0)
        self->apply_id = g_idle_add_full (GDK_PRIORITY_REDRAW - 1, apply_cb, self, NULL);
    }
}

static gboolean
save_cb (gpointer user_data)
{
  LodgeMachineTable *self = user_data;
  GListModel *columns = gtk_column_view_get_columns (self->view);
  const double scale = get_scale (self);
  LodgeColumnLayout before, after;

  self->save_id = 0;
  lodge_column_layout_load (&before, self->settings);
  for (guint i = 0; i < LODGE_N_COLUMNS; i++)
    {
      g_autoptr(GtkColumnViewColumn) column = g_list_model_get_item (columns, i);
      const LodgeColumn id = find_column (self, column);
      const int width = gtk_column_view_column_get_fixed_width (column);

      after.places[i] = *lodge_column_layout_find (&before, id);
      if (width > 0 && width != (int) (scale * lodge_column_get_info (id)->width))
        after.places[i].width = (guint) (width / scale + 0.5);
    }
  lodge_column_layout_save (&after, self->settings);
  return G_SOURCE_REMOVE;
}

/* While a border is dragged this comes with every movement */
static void
columns_changed_cb (LodgeMachineTable *self)
{
  if (!self->applying && self->save_id == 0)
    self->save_id = g_timeout_add (500, save_cb, self);
}

static void
add_columns (LodgeMachineTable *self)
{
  for (guint i = 0; i < LODGE_N_COLUMNS; i++)
    {
      const LodgeColumnInfo *info = lodge_column_get_info (i);
      GtkListItemFactory *factory = lodge_machine_view_create_factory (LODGE_MACHINE_VIEW (self), create_cell,
                                                                       GINT_TO_POINTER (i));
      g_autoptr(GtkColumnViewColumn) column = gtk_column_view_column_new (_(info->title), factory);
      /* The rows are sorted below; with it a title can be clicked */
      g_autoptr(GtkSorter) sorter = GTK_SORTER (gtk_custom_sorter_new (NULL, NULL, NULL));

      gtk_column_view_column_set_id (column, info->id);
      gtk_column_view_column_set_sorter (column, sorter);
      gtk_column_view_column_set_resizable (column, TRUE);
      gtk_column_view_column_set_expand (column, i == LODGE_COLUMN_NAME);
      /* Hidden until the layout says otherwise: a column costs the cells of 205 rows */
      gtk_column_view_column_set_visible (column, FALSE);
      gtk_column_view_append_column (self->view, column);
      self->columns[i] = column;
      g_signal_connect_object (column, "notify::fixed-width", G_CALLBACK (columns_changed_cb), self,
                               G_CONNECT_SWAPPED);
    }
}

static void
lodge_machine_table_set_model (LodgeMachineView  *view,
                               GtkSelectionModel *model)
{
  gtk_column_view_set_model (LODGE_MACHINE_TABLE (view)->view, model);
}

static void
lodge_machine_table_scroll_to (LodgeMachineView   *view,
                               guint               position,
                               GtkListScrollFlags  flags)
{
  gtk_column_view_scroll_to (LODGE_MACHINE_TABLE (view)->view, position, NULL, flags, NULL);
}

static void
lodge_machine_table_set_header_factory (LodgeMachineView   *view,
                                        GtkListItemFactory *factory)
{
  gtk_column_view_set_header_factory (LODGE_MACHINE_TABLE (view)->view, factory);
}

static void
lodge_machine_table_dispose (GObject *object)
{
  LodgeMachineTable *self = LODGE_MACHINE_TABLE (object);

  g_clear_handle_id (&self->apply_id, g_source_remove);
  if (self->save_id != 0)
    {
      g_source_remove (self->save_id);
      save_cb (self);
    }
  /* Columns that leave with the view are nobody's choice */
  self->applying = TRUE;

  G_OBJECT_CLASS (lodge_machine_table_parent_class)->dispose (object);
}

static void
lodge_machine_table_finalize (GObject *object)
{
  LodgeMachineTable *self = LODGE_MACHINE_TABLE (object);

  g_clear_object (&self->settings);
  g_clear_object (&self->sorter);

  G_OBJECT_CLASS (lodge_machine_table_parent_class)->finalize (object);
}

static void
lodge_machine_table_class_init (LodgeMachineTableClass *klass)
{
  LodgeMachineViewClass *view_class = LODGE_MACHINE_VIEW_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lodge_machine_table_dispose;
  G_OBJECT_CLASS (klass)->finalize = lodge_machine_table_finalize;
  view_class->set_model = lodge_machine_table_set_model;
  view_class->scroll_to = lodge_machine_table_scroll_to;
  view_class->set_header_factory = lodge_machine_table_set_header_factory;
  view_class->machine_changed = lodge_machine_table_machine_changed;
}

static void
lodge_machine_table_init (LodgeMachineTable *self)
{
  g_autoptr(GtkListItemFactory) factory = lodge_machine_view_create_row_factory (LODGE_MACHINE_VIEW (self));

  self->view = GTK_COLUMN_VIEW (gtk_column_view_new (NULL));
  gtk_column_view_set_enable_rubberband (self->view, TRUE);
  gtk_column_view_set_tab_behavior (self->view, GTK_LIST_TAB_ITEM);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Machines"), -1);
  lodge_machine_view_take_list (LODGE_MACHINE_VIEW (self), GTK_WIDGET (self->view), GTK_POLICY_AUTOMATIC);

  gtk_column_view_set_row_factory (self->view, factory);
}

GtkWidget *
lodge_machine_table_new (GSettings          *settings,
                         LodgeMachineSorter *sorter)
{
  LodgeMachineTable *self = g_object_new (LODGE_TYPE_MACHINE_TABLE, NULL);

  self->settings = g_object_ref (settings);
  self->sorter = g_object_ref (sorter);
  self->applying = TRUE;
  add_columns (self);
  order_changed_cb (self);
  apply_layout (self);

  g_signal_connect_object (settings, "changed::columns", G_CALLBACK (apply_layout), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_widget_get_settings (GTK_WIDGET (self)), "notify::gtk-xft-dpi",
                           G_CALLBACK (apply_layout), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_column_view_get_columns (self->view), "items-changed",
                           G_CALLBACK (columns_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_column_view_get_sorter (self->view), "changed", G_CALLBACK (titles_clicked_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (sorter, "order-changed", G_CALLBACK (order_changed_cb), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

void
lodge_machine_table_set_room (LodgeMachineTable *self,
                              LodgeListWidth     width,
                              gboolean           many_connections)
{
  g_return_if_fail (LODGE_IS_MACHINE_TABLE (self));

  if (self->width == width && self->many_connections == many_connections)
    return;
  self->width = width;
  self->many_connections = many_connections;
  apply_layout (self);
}
