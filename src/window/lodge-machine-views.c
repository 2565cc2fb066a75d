/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-machine-views"

#include "config.h"

#include "lodge-machine-views.h"

#include "lodge-machine-grid.h"
#include "lodge-machine-groups.h"
#include "lodge-machine-rows.h"
#include "lodge-machine-table.h"

/* Running numbers re-sort no more often, so that rows do not jump under the pointer */
#define SORT_INTERVAL_US (3 * G_USEC_PER_SEC)
/* What happens to many machines at once is one change of the order */
#define SORT_DELAY_MS    500

typedef enum
{
  VIEW_TABLE,
  VIEW_ROWS,
  VIEW_GRID,
  N_VIEWS,
} ViewKind;

struct _LodgeMachineViews
{
  GtkWidget              parent_instance;

  GtkStack              *stack;            /* child */
  LodgeMachineSelection *selection;        /* owned */
  LodgeMachineSorter    *sorter;           /* owned */
  GSettings             *settings;         /* owned */
  LodgeMachineView      *views[N_VIEWS];   /* borrowed: in @stack, made when first needed */
  LodgeListWidth         width_class;
  ViewKind               kind;
  gint64                 sort_time;        /* monotonic, µs */
  guint                  sort_id;
  gboolean               many_connections;
  gboolean               held;
  gboolean               selecting;
};

enum
{
  SIGNAL_ACTIVATED,
  SIGNAL_MENU_REQUESTED,
  SIGNAL_DETAILS_WANTED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LodgeMachineViews, lodge_machine_views, GTK_TYPE_WIDGET)

static void
activated_cb (LodgeMachineViews *self,
              guint              position)
{
  g_signal_emit (self, signals[SIGNAL_ACTIVATED], 0, position);
}

static void
menu_requested_cb (LodgeMachineViews *self,
                   LodgeDomain       *domain,
                   double             x,
                   double             y)
{
  g_signal_emit (self, signals[SIGNAL_MENU_REQUESTED], 0, domain, x, y);
}

static void
scroll_cb (guint    position,
           gpointer user_data)
{
  LodgeMachineView *view = lodge_machine_views_get_view (user_data);

  if (view != NULL)
    lodge_machine_view_scroll_to (view, position, GTK_LIST_SCROLL_NONE);
}

static void
update_room (LodgeMachineViews *self)
{
  if (self->views[VIEW_TABLE] != NULL)
    lodge_machine_table_set_room (LODGE_MACHINE_TABLE (self->views[VIEW_TABLE]), self->width_class,
                                  self->many_connections);
}

static void
update_groups (LodgeMachineViews *self)
{
  g_autofree char *setting = g_settings_get_string (self->settings, "group-by");
  const LodgeMachineGrouping grouping = lodge_machine_grouping_from_setting (setting);
  g_autoptr(GtkSorter) sorter = lodge_machine_groups_create_sorter (grouping);
  g_autoptr(GtkListItemFactory) factory = lodge_machine_groups_create_factory (grouping);

  if (lodge_machine_grouping_wants_details (grouping))
    g_signal_emit (self, signals[SIGNAL_DETAILS_WANTED], 0);
  lodge_machine_selection_set_section_sorter (self->selection, sorter);
  for (guint i = 0; i < N_VIEWS; i++)
    {
      if (self->views[i] != NULL)
        lodge_machine_view_set_header_factory (self->views[i], factory);
    }
  if (sorter != NULL && lodge_machine_views_get_view (self) != NULL)
    lodge_machine_view_scroll_to_top (lodge_machine_views_get_view (self));
}

static void
make_view (LodgeMachineViews *self,
           ViewKind           kind)
{
  GtkWidget *view = kind == VIEW_TABLE ? lodge_machine_table_new (self->settings, self->sorter)
                    : kind == VIEW_GRID ? lodge_machine_grid_new (self->settings) : lodge_machine_rows_new ();

  self->views[kind] = LODGE_MACHINE_VIEW (view);
  g_signal_connect_object (view, "activated", G_CALLBACK (activated_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (view, "menu-requested", G_CALLBACK (menu_requested_cb), self, G_CONNECT_SWAPPED);
  lodge_machine_view_set_selecting (LODGE_MACHINE_VIEW (view), self->selecting);
  gtk_stack_add_child (self->stack, view);
  update_groups (self);
}

/* A view that is not seen holds no model, so that it makes no rows */
static void
update_views (LodgeMachineViews *self)
{
  g_autofree char *mode = g_settings_get_string (self->settings, "view");

  self->kind = g_str_equal (mode, "grid") ? VIEW_GRID : self->width_class >= LODGE_LIST_NARROW ? VIEW_ROWS : VIEW_TABLE;
  if (self->views[self->kind] == NULL)
    make_view (self, self->kind);
  update_room (self);
  for (guint i = 0; i < N_VIEWS; i++)
    {
      if (self->views[i] != NULL)
        lodge_machine_view_set_model (self->views[i],
                                      i == self->kind ? lodge_machine_selection_get_model (self->selection) : NULL);
    }
  gtk_stack_set_visible_child (self->stack, GTK_WIDGET (self->views[self->kind]));
  if (lodge_machine_selection_is_grouped (self->selection))
    lodge_machine_view_scroll_to_top (self->views[self->kind]);
}

static void
order_changed_cb (LodgeMachineViews *self)
{
  /* Asked for by a person: to see what is first now */
  scroll_cb (0, self);
  self->sort_time = g_get_monotonic_time ();
}

/* A person has a row in hand: by the menu on it, or by a button that is held */
static gboolean
is_held (LodgeMachineViews *self)
{
  GtkNative *native = gtk_widget_get_native (GTK_WIDGET (self));
  GdkSurface *surface = native != NULL ? gtk_native_get_surface (native) : NULL;
  GdkSeat *seat = gdk_display_get_default_seat (gtk_widget_get_display (GTK_WIDGET (self)));
  GdkDevice *pointer = seat != NULL ? gdk_seat_get_pointer (seat) : NULL;
  GdkModifierType modifiers = 0;

  return self->held
         || (surface != NULL && pointer != NULL
             && gdk_surface_get_device_position (surface, pointer, NULL, NULL, &modifiers)
             && (modifiers & (GDK_BUTTON1_MASK | GDK_BUTTON2_MASK | GDK_BUTTON3_MASK)) != 0);
}

static gboolean
sort_cb (gpointer user_data)
{
  LodgeMachineViews *self = user_data;
  LodgeMachineView *view = lodge_machine_views_get_view (self);

  if (is_held (self))
    return G_SOURCE_CONTINUE;
  self->sort_id = 0;
  if (view != NULL)
    lodge_machine_view_sort_again (view, self->sorter);
  self->sort_time = g_get_monotonic_time ();
  return G_SOURCE_REMOVE;
}

static gboolean
lodge_machine_views_grab_focus (GtkWidget *widget)
{
  LodgeMachineView *view = lodge_machine_views_get_view (LODGE_MACHINE_VIEWS (widget));

  return view != NULL && gtk_widget_grab_focus (GTK_WIDGET (view));
}

static void
lodge_machine_views_dispose (GObject *object)
{
  LodgeMachineViews *self = LODGE_MACHINE_VIEWS (object);

  g_clear_handle_id (&self->sort_id, g_source_remove);
  if (self->selection != NULL)
    lodge_machine_selection_set_scroll (self->selection, NULL, NULL);
  for (guint i = 0; i < N_VIEWS; i++)
    {
      if (self->views[i] != NULL)
        lodge_machine_view_set_model (self->views[i], NULL);
      self->views[i] = NULL;
    }
  if (self->stack != NULL)
    gtk_widget_unparent (GTK_WIDGET (g_steal_pointer (&self->stack)));
  g_clear_object (&self->selection);
  g_clear_object (&self->sorter);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (lodge_machine_views_parent_class)->dispose (object);
}

static void
lodge_machine_views_class_init (LodgeMachineViewsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lodge_machine_views_dispose;
  widget_class->grab_focus = lodge_machine_views_grab_focus;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);

  signals[SIGNAL_ACTIVATED] = g_signal_new ("activated", LODGE_TYPE_MACHINE_VIEWS, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                            NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[SIGNAL_MENU_REQUESTED] = g_signal_new ("menu-requested", LODGE_TYPE_MACHINE_VIEWS, G_SIGNAL_RUN_LAST, 0,
                                                 NULL, NULL, NULL, G_TYPE_NONE, 3, LODGE_TYPE_DOMAIN, G_TYPE_DOUBLE,
                                                 G_TYPE_DOUBLE);
  signals[SIGNAL_DETAILS_WANTED] = g_signal_new ("details-wanted", LODGE_TYPE_MACHINE_VIEWS, G_SIGNAL_RUN_LAST, 0, NULL,
                                                 NULL, NULL, G_TYPE_NONE, 0);
}

static void
lodge_machine_views_init (LodgeMachineViews *self)
{
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_set_hhomogeneous (self->stack, FALSE);
  gtk_widget_set_parent (GTK_WIDGET (self->stack), GTK_WIDGET (self));
}

/**
 * lodge_machine_views_set_up:
 * @self: views without anything to show
 * @selection: the machines
 * @sorter: of @selection
 * @settings: of the program; which view, columns and groups are followed
 */
void
lodge_machine_views_set_up (LodgeMachineViews     *self,
                            LodgeMachineSelection *selection,
                            LodgeMachineSorter    *sorter,
                            GSettings             *settings)
{
  g_return_if_fail (LODGE_IS_MACHINE_VIEWS (self));
  g_return_if_fail (self->selection == NULL);

  self->selection = g_object_ref (selection);
  self->sorter = g_object_ref (sorter);
  self->settings = g_object_ref (settings);
  lodge_machine_selection_set_scroll (selection, scroll_cb, self);
  g_signal_connect_object (sorter, "order-changed", G_CALLBACK (order_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (settings, "changed::view", G_CALLBACK (update_views), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (settings, "changed::group-by", G_CALLBACK (update_groups), self, G_CONNECT_SWAPPED);
  update_views (self);
}

void
lodge_machine_views_set_width_class (LodgeMachineViews *self,
                                     LodgeListWidth     width_class)
{
  g_return_if_fail (LODGE_IS_MACHINE_VIEWS (self));

  if (self->width_class == width_class)
    return;
  self->width_class = width_class;
  if (self->selection != NULL)
    update_views (self);
}

void
lodge_machine_views_set_many_connections (LodgeMachineViews *self,
                                          gboolean           many_connections)
{
  g_return_if_fail (LODGE_IS_MACHINE_VIEWS (self));

  self->many_connections = many_connections;
  update_room (self);
}

LodgeMachineView *
lodge_machine_views_get_view (LodgeMachineViews *self)
{
  g_return_val_if_fail (LODGE_IS_MACHINE_VIEWS (self), NULL);

  return self->views[self->kind];
}

void
lodge_machine_views_tick (LodgeMachineViews *self,
                          LodgeConnection   *connection)
{
  const gint64 now = g_get_monotonic_time ();
  LodgeMachineView *view;

  g_return_if_fail (LODGE_IS_MACHINE_VIEWS (self));

  view = lodge_machine_views_get_view (self);
  if (view == NULL)
    return;
  lodge_machine_view_tick (view, connection);
  if (now - self->sort_time < SORT_INTERVAL_US
      || !lodge_column_get_info (lodge_machine_sorter_get_column (self->sorter))->live || is_held (self))
    return;
  lodge_machine_view_sort_again (view, self->sorter);
  self->sort_time = now;
}

void
lodge_machine_views_queue_sort (LodgeMachineViews *self)
{
  g_return_if_fail (LODGE_IS_MACHINE_VIEWS (self));

  /* By numbers it is sorted with the next ones; a UUID never changes */
  if (self->sort_id != 0
      || (!lodge_machine_selection_is_grouped (self->selection)
          && (lodge_column_get_info (lodge_machine_sorter_get_column (self->sorter))->live
              || lodge_machine_sorter_get_column (self->sorter) == LODGE_COLUMN_UUID)))
    return;
  self->sort_id = g_timeout_add (SORT_DELAY_MS, sort_cb, self);
}

void
lodge_machine_views_set_selecting (LodgeMachineViews *self,
                                   gboolean           selecting)
{
  g_return_if_fail (LODGE_IS_MACHINE_VIEWS (self));

  self->selecting = selecting;
  for (guint i = 0; i < N_VIEWS; i++)
    {
      if (self->views[i] != NULL)
        lodge_machine_view_set_selecting (self->views[i], selecting);
    }
}

void
lodge_machine_views_set_held (LodgeMachineViews *self,
                              gboolean           held)
{
  g_return_if_fail (LODGE_IS_MACHINE_VIEWS (self));

  self->held = held;
}

gboolean
lodge_machine_views_wants_details (LodgeMachineViews *self)
{
  g_autofree char *setting = NULL;

  g_return_val_if_fail (LODGE_IS_MACHINE_VIEWS (self), FALSE);

  setting = g_settings_get_string (self->settings, "group-by");
  return lodge_machine_grouping_wants_details (lodge_machine_grouping_from_setting (setting));
}
