/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-machine-view"

#include "config.h"

#include "lodge-machine-view.h"

#include "widgets/lodge-column.h"

typedef struct
{
  GtkWidget         *scroller;   /* child */
  GtkWidget         *list;       /* borrowed: in @scroller */
  GtkSelectionModel *model;      /* owned, nullable */
  GHashTable        *bound;      /* owned LodgeDomain → owned Bound */
  guint              scroll_id;
  guint              top_id;
  GtkEventController *toggling;  /* borrowed: ours; toggles rows while @selecting */
  gboolean           selecting;
} LodgeMachineViewPrivate;

enum
{
  SIGNAL_ACTIVATED,
  SIGNAL_MENU_REQUESTED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (LodgeMachineView, lodge_machine_view, GTK_TYPE_WIDGET)

/* Rows. GtkColumnViewCell is a GtkListItem too, as far as child and item go. */

typedef struct
{
  LodgeDomainWidgetFunc create;
  gpointer              data;
} RowKind;

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem              *item,
          RowKind                  *kind)
{
  gtk_list_item_set_child (item, kind->create (kind->data));
}

/* Where a machine is shown now. There may be two rows of it for a moment. */
typedef struct
{
  GPtrArray *parts;      /* borrowed: LodgeDomainWidget of cells, rows, tiles; GtkListItem or GtkColumnViewRow of the row */
  gulong     notify_id;
} Bound;

static void
bound_free (gpointer data)
{
  Bound *bound = data;

  g_ptr_array_unref (bound->parts);
  g_free (bound);
}

/* “fedora-dev, Running, This Computer, 27 % processor”: what a row is called, and its trouble */
static void
update_label (GObject     *row,
              LodgeDomain *domain)
{
  g_autofree char *label = lodge_domain_dup_spoken (domain);
  g_autofree char *error = lodge_column_dup_text (LODGE_COLUMN_LAST_ERROR, domain);

  if (GTK_IS_COLUMN_VIEW_ROW (row))
    {
      gtk_column_view_row_set_accessible_label (GTK_COLUMN_VIEW_ROW (row), label);
      gtk_column_view_row_set_accessible_description (GTK_COLUMN_VIEW_ROW (row), error);
    }
  else
    {
      gtk_list_item_set_accessible_label (GTK_LIST_ITEM (row), label);
      gtk_list_item_set_accessible_description (GTK_LIST_ITEM (row), error);
    }
}

static void
domain_changed_cb (LodgeMachineView *self,
                   GParamSpec       *pspec,
                   LodgeDomain      *domain)
{
  LodgeMachineViewPrivate *priv = lodge_machine_view_get_instance_private (self);
  LodgeMachineViewClass *klass = LODGE_MACHINE_VIEW_GET_CLASS (self);
  Bound *bound = g_hash_table_lookup (priv->bound, domain);

  for (guint i = 0; i < bound->parts->len; i++)
    {
      GObject *part = bound->parts->pdata[i];

      if (LODGE_IS_DOMAIN_WIDGET (part))
        lodge_domain_widget_update (LODGE_DOMAIN_WIDGET (part));
      else
        update_label (part, domain);
    }
  if (klass->machine_changed != NULL)
    klass->machine_changed (self, domain);
}

static void
add_part (LodgeMachineView *self,
          LodgeDomain      *domain,
          gpointer          part)
{
  LodgeMachineViewPrivate *priv = lodge_machine_view_get_instance_private (self);
  Bound *bound = g_hash_table_lookup (priv->bound, domain);

  if (bound == NULL)
    {
      bound = g_new (Bound, 1);
      bound->parts = g_ptr_array_new ();
      bound->notify_id = g_signal_connect_swapped (domain, "notify", G_CALLBACK (domain_changed_cb), self);
      g_hash_table_insert (priv->bound, g_object_ref (domain), bound);
    }
  g_ptr_array_add (bound->parts, part);
}

static void
remove_part (LodgeMachineView *self,
             LodgeDomain      *domain,
             gpointer          part)
{
  LodgeMachineViewPrivate *priv = lodge_machine_view_get_instance_private (self);
  Bound *bound = g_hash_table_lookup (priv->bound, domain);

  g_return_if_fail (bound != NULL);

  g_ptr_array_remove_fast (bound->parts, part);
  if (bound->parts->len > 0)
    return;
  g_signal_handler_disconnect (domain, bound->notify_id);
  g_hash_table_remove (priv->bound, domain);
}

static LodgeMark
get_mark (LodgeMachineView *self,
          gpointer          row)
{
  LodgeMachineViewPrivate *priv = lodge_machine_view_get_instance_private (self);

  if (!priv->selecting)
    return LODGE_MARK_NONE;
  return (GTK_IS_COLUMN_VIEW_ROW (row) ? gtk_column_view_row_get_selected (row)
          : GTK_IS_COLUMN_VIEW_CELL (row) ? gtk_column_view_cell_get_selected (row)
          : gtk_list_item_get_selected (row)) ? LODGE_MARK_ON : LODGE_MARK_OFF;
}

static void
update_marks (LodgeMachineView *self)
{
  LodgeMachineViewPrivate *priv = lodge_machine_view_get_instance_private (self);
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, priv->bound);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      GPtrArray *parts = ((Bound *) value)->parts;
      gpointer row = NULL;

      for (guint i = 0; i < parts->len; i++)
        row = LODGE_IS_DOMAIN_WIDGET (parts->pdata[i]) ? row : parts->pdata[i];
      for (guint i = 0; i < parts->len && row != NULL; i++)
        {
          if (LODGE_IS_DOMAIN_WIDGET (parts->pdata[i]))
            lodge_domain_widget_set_mark (parts->pdata[i], get_mark (self, row));
        }
    }
}

static void
bind_row_cb (LodgeMachineView *self,
             GObject          *row)
{
  LodgeMachineViewClass *klass = LODGE_MACHINE_VIEW_GET_CLASS (self);
  LodgeDomain *domain = GTK_IS_COLUMN_VIEW_ROW (row) ? gtk_column_view_row_get_item (GTK_COLUMN_VIEW_ROW (row))
                                                     : gtk_list_item_get_item (GTK_LIST_ITEM (row));

  add_part (self, domain, row);
  update_label (row, domain);
  if (klass->machine_changed != NULL)
    klass->machine_changed (self, domain);
}

static void
unbind_row_cb (LodgeMachineView *self,
               GObject          *row)
{
  remove_part (self, GTK_IS_COLUMN_VIEW_ROW (row) ? gtk_column_view_row_get_item (GTK_COLUMN_VIEW_ROW (row))
                                                  : gtk_list_item_get_item (GTK_LIST_ITEM (row)), row);
}

static void
bind_cb (LodgeMachineView *self,
         GtkListItem      *item)
{
  GtkWidget *child = gtk_list_item_get_child (item);
  LodgeDomain *domain = gtk_list_item_get_item (item);

  lodge_domain_widget_set_mark (LODGE_DOMAIN_WIDGET (child), get_mark (self, item));
  lodge_domain_widget_set_domain (LODGE_DOMAIN_WIDGET (child), domain);
  add_part (self, domain, child);
  /* The rows of a table have a factory of their own */
  if (!GTK_IS_COLUMN_VIEW_CELL (item))
    bind_row_cb (self, G_OBJECT (item));
}

static void
unbind_cb (LodgeMachineView *self,
           GtkListItem      *item)
{
  GtkWidget *child = gtk_list_item_get_child (item);

  if (!GTK_IS_COLUMN_VIEW_CELL (item))
    unbind_row_cb (self, G_OBJECT (item));
  remove_part (self, gtk_list_item_get_item (item), child);
  lodge_domain_widget_set_domain (LODGE_DOMAIN_WIDGET (child), NULL);
}

typedef void (*WidgetFunc) (LodgeDomainWidget *widget);

/* @connection: (nullable): whose machines, NULL: all */
static void
call_widgets (LodgeMachineView *self,
              LodgeConnection  *connection,
              WidgetFunc        func)
{
  LodgeMachineViewPrivate *priv = lodge_machine_view_get_instance_private (self);
  GHashTableIter iter;
  gpointer domain, value;

  g_hash_table_iter_init (&iter, priv->bound);
  while (g_hash_table_iter_next (&iter, &domain, &value))
    {
      GPtrArray *parts = ((Bound *) value)->parts;

      if (connection != NULL && lodge_domain_get_connection (domain) != connection)
        continue;
      for (guint i = 0; i < parts->len; i++)
        {
          if (LODGE_IS_DOMAIN_WIDGET (parts->pdata[i]))
            func (parts->pdata[i]);
        }
    }
}

/**
 * lodge_machine_view_create_factory:
 * @self: a view
 * @create: makes the LodgeDomainWidget of a row
 * @data: for @create
 *
 * Returns: (transfer full): for the list, or one of its columns
 */
GtkListItemFactory *
lodge_machine_view_create_factory (LodgeMachineView      *self,
                                   LodgeDomainWidgetFunc  create,
                                   gpointer               data)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  RowKind *kind = g_new (RowKind, 1);

  *kind = (RowKind) { create, data };
  g_signal_connect_data (factory, "setup", G_CALLBACK (setup_cb), kind, (GClosureNotify) (GCallback) g_free, 0);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (unbind_cb), self, G_CONNECT_SWAPPED);
  return factory;
}

/**
 * lodge_machine_view_create_row_factory:
 * @self: a view whose list has rows of cells
 *
 * Returns: (transfer full): for the rows of a GtkColumnView, whose labels it keeps true
 */
GtkListItemFactory *
lodge_machine_view_create_row_factory (LodgeMachineView *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_row_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (unbind_row_cb), self, G_CONNECT_SWAPPED);
  return factory;
}

/* After the rows have been laid out: those that have come into view show what they missed */
static gboolean
scrolled_idle_cb (gpointer user_data)
{
  LodgeMachineViewPrivate *priv = lodge_machine_view_get_instance_private (user_data);

  priv->scroll_id = 0;
  call_widgets (user_data, NULL, lodge_domain_widget_catch_up);
  return G_SOURCE_REMOVE;
}

static void
scrolled_cb (LodgeMachineView *self)
{
  LodgeMachineViewPrivate *priv = lodge_machine_view_get_instance_private (self);

  if (priv->scroll_id == 0)
    priv->scroll_id = g_idle_add_full (GDK_PRIORITY_REDRAW + 1, scrolled_idle_cb, self, NULL);
}

/* The row that @widget is part of, or that is around it, as a list knows it; its machine */
static LodgeDomain *
find_domain (LodgeMachineView  *self,
             GtkWidget         *widget,
             GtkWidget        **row)
{
  LodgeMachineViewPrivate *priv = lodge_machine_view_get_instance_private (self);

  for (; widget != NULL && widget != priv->list; widget = gtk_widget_get_parent (widget))
    {
      GtkWidget *inner = widget;

      /* A row of a table has cells, and a cell what we made, as first children */
      for (int depth = 0; inner != NULL && depth < 3; depth++)
        {
          if (LODGE_IS_DOMAIN_WIDGET (inner))
            {
              if (row != NULL)
                *row = widget;
              return lodge_domain_widget_get_domain (LODGE_DOMAIN_WIDGET (inner));
            }
          inner = gtk_widget_get_first_child (inner);
        }
      if (GTK_IS_LIST_BASE (widget))
        return NULL;
    }
  return NULL;
}

static void
request_menu (LodgeMachineView *self,
              GtkGesture       *gesture,
              double            x,
              double            y)
{
  GtkWidget *widget = GTK_WIDGET (self);
  LodgeDomain *domain = find_domain (self, gtk_widget_pick (widget, x, y, GTK_PICK_DEFAULT), NULL);

  if (domain == NULL)
    return;
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  g_signal_emit (self, signals[SIGNAL_MENU_REQUESTED], 0, domain, x, y);
}

static void
secondary_pressed_cb (GtkGestureClick *gesture,
                      int              n_press,
                      double           x,
                      double           y,
                      gpointer         user_data)
{
  request_menu (user_data, GTK_GESTURE (gesture), x, y);
}

static void
long_pressed_cb (GtkGestureLongPress *gesture,
                 double               x,
                 double               y,
                 gpointer             user_data)
{
  request_menu (user_data, GTK_GESTURE (gesture), x, y);
}

static void
toggle (GtkSelectionModel *model,
        LodgeDomain       *domain)
{
  const guint n = g_list_model_get_n_items (G_LIST_MODEL (model));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr(LodgeDomain) item = g_list_model_get_item (G_LIST_MODEL (model), i);

      if (item != domain)
        continue;
      if (gtk_selection_model_is_selected (model, i))
        gtk_selection_model_unselect_item (model, i);
      else
        gtk_selection_model_select_item (model, i, FALSE);
      return;
    }
}

/* Not when it is pressed: that may become scrolling by touch */
static void
toggling_released_cb (GtkGestureClick *gesture,
                      int              n_press,
                      double           x,
                      double           y,
                      gpointer         user_data)
{
  LodgeMachineViewPrivate *priv = lodge_machine_view_get_instance_private (user_data);
  LodgeDomain *domain = find_domain (user_data, gtk_widget_pick (user_data, x, y, GTK_PICK_DEFAULT), NULL);

  if (domain == NULL || priv->model == NULL)
    return;
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  toggle (priv->model, domain);
}

static void
activate_cb (LodgeMachineView *self,
             guint             position)
{
  g_signal_emit (self, signals[SIGNAL_ACTIVATED], 0, position);
}

/* The list is a GtkColumnView, GtkListView or GtkGridView, which all have this signal */
void
lodge_machine_view_take_list (LodgeMachineView *self,
                              GtkWidget        *list,
                              GtkPolicyType     hscrollbar_policy)
{
  LodgeMachineViewPrivate *priv = lodge_machine_view_get_instance_private (self);

  priv->list = list;
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (priv->scroller), hscrollbar_policy, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (priv->scroller), list);
  g_signal_connect_object (list, "activate", G_CALLBACK (activate_cb), self, G_CONNECT_SWAPPED);
}

static gboolean
lodge_machine_view_grab_focus (GtkWidget *widget)
{
  LodgeMachineViewPrivate *priv = lodge_machine_view_get_instance_private (LODGE_MACHINE_VIEW (widget));

  return gtk_widget_grab_focus (priv->list);
}

static void
lodge_machine_view_dispose (GObject *object)
{
  LodgeMachineViewPrivate *priv = lodge_machine_view_get_instance_private (LODGE_MACHINE_VIEW (object));

  g_clear_handle_id (&priv->scroll_id, g_source_remove);
  g_clear_handle_id (&priv->top_id, g_source_remove);
  if (priv->scroller != NULL)
    {
      lodge_machine_view_set_model (LODGE_MACHINE_VIEW (object), NULL);
      priv->list = NULL;
      g_clear_pointer (&priv->scroller, gtk_widget_unparent);
    }

  G_OBJECT_CLASS (lodge_machine_view_parent_class)->dispose (object);
}

static void
lodge_machine_view_finalize (GObject *object)
{
  LodgeMachineViewPrivate *priv = lodge_machine_view_get_instance_private (LODGE_MACHINE_VIEW (object));

  g_hash_table_unref (priv->bound);

  G_OBJECT_CLASS (lodge_machine_view_parent_class)->finalize (object);
}

static void
lodge_machine_view_class_init (LodgeMachineViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lodge_machine_view_dispose;
  G_OBJECT_CLASS (klass)->finalize = lodge_machine_view_finalize;
  widget_class->grab_focus = lodge_machine_view_grab_focus;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);

  signals[SIGNAL_ACTIVATED] = g_signal_new ("activated", LODGE_TYPE_MACHINE_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                            NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[SIGNAL_MENU_REQUESTED] = g_signal_new ("menu-requested", LODGE_TYPE_MACHINE_VIEW, G_SIGNAL_RUN_LAST, 0,
                                                 NULL, NULL, NULL, G_TYPE_NONE, 3, LODGE_TYPE_DOMAIN, G_TYPE_DOUBLE,
                                                 G_TYPE_DOUBLE);
}

static void
lodge_machine_view_init (LodgeMachineView *self)
{
  LodgeMachineViewPrivate *priv = lodge_machine_view_get_instance_private (self);
  GtkGesture *gesture = gtk_gesture_click_new ();

  priv->bound = g_hash_table_new_full (NULL, NULL, g_object_unref, bound_free);
  priv->scroller = gtk_scrolled_window_new ();
  gtk_widget_set_parent (priv->scroller, GTK_WIDGET (self));
  g_signal_connect_object (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (priv->scroller)), "value-changed",
                           G_CALLBACK (scrolled_cb), self, G_CONNECT_SWAPPED);

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (gesture), GDK_BUTTON_SECONDARY);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (gesture), GTK_PHASE_CAPTURE);
  g_signal_connect (gesture, "pressed", G_CALLBACK (secondary_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (gesture));

  gesture = gtk_gesture_long_press_new ();
  gtk_gesture_single_set_touch_only (GTK_GESTURE_SINGLE (gesture), TRUE);
  g_signal_connect (gesture, "pressed", G_CALLBACK (long_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (gesture));

  gesture = gtk_gesture_click_new ();
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (gesture), GDK_BUTTON_PRIMARY);
  priv->toggling = GTK_EVENT_CONTROLLER (gesture);
  gtk_event_controller_set_propagation_phase (priv->toggling, GTK_PHASE_NONE);
  g_signal_connect (gesture, "released", G_CALLBACK (toggling_released_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), priv->toggling);
}

void
lodge_machine_view_set_selecting (LodgeMachineView *self,
                                  gboolean          selecting)
{
  LodgeMachineViewPrivate *priv = lodge_machine_view_get_instance_private (self);

  g_return_if_fail (LODGE_IS_MACHINE_VIEW (self));

  if (priv->selecting == selecting)
    return;
  priv->selecting = selecting;
  gtk_event_controller_set_propagation_phase (priv->toggling, selecting ? GTK_PHASE_CAPTURE : GTK_PHASE_NONE);
  update_marks (self);
}

static void
selection_changed_cb (LodgeMachineView *self)
{
  LodgeMachineViewPrivate *priv = lodge_machine_view_get_instance_private (self);

  if (priv->selecting)
    update_marks (self);
}

void
lodge_machine_view_set_model (LodgeMachineView  *self,
                              GtkSelectionModel *model)
{
  LodgeMachineViewPrivate *priv = lodge_machine_view_get_instance_private (self);

  g_return_if_fail (LODGE_IS_MACHINE_VIEW (self));

  if (priv->model != NULL)
    g_signal_handlers_disconnect_by_func (priv->model, selection_changed_cb, self);
  if (model != NULL)
    g_signal_connect_object (model, "selection-changed", G_CALLBACK (selection_changed_cb), self,
                             G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  if (g_set_object (&priv->model, model))
    LODGE_MACHINE_VIEW_GET_CLASS (self)->set_model (self, model);
}

void
lodge_machine_view_scroll_to (LodgeMachineView   *self,
                              guint               position,
                              GtkListScrollFlags  flags)
{
  LodgeMachineViewPrivate *priv = lodge_machine_view_get_instance_private (self);

  g_return_if_fail (LODGE_IS_MACHINE_VIEW (self));

  if (priv->model != NULL && position < g_list_model_get_n_items (G_LIST_MODEL (priv->model)))
    LODGE_MACHINE_VIEW_GET_CLASS (self)->scroll_to (self, position, flags);
}

void
lodge_machine_view_set_header_factory (LodgeMachineView   *self,
                                       GtkListItemFactory *factory)
{
  g_return_if_fail (LODGE_IS_MACHINE_VIEW (self));

  if (LODGE_MACHINE_VIEW_GET_CLASS (self)->set_header_factory != NULL)
    LODGE_MACHINE_VIEW_GET_CLASS (self)->set_header_factory (self, factory);
}

void
lodge_machine_view_tick (LodgeMachineView *self,
                         LodgeConnection  *connection)
{
  g_return_if_fail (LODGE_IS_MACHINE_VIEW (self));

  call_widgets (self, connection, lodge_domain_widget_tick);
}

/* A list follows the row on its top to wherever that is sorted to. Sent back to the same place it keeps offset, focus
 * and selection. */
void
lodge_machine_view_sort_again (LodgeMachineView   *self,
                               LodgeMachineSorter *sorter)
{
  LodgeMachineViewPrivate *priv = lodge_machine_view_get_instance_private (self);
  GtkAdjustment *adjustment;
  double value, upper;
  guint n, top;

  g_return_if_fail (LODGE_IS_MACHINE_VIEW (self));

  if (priv->model == NULL)
    return;
  adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (priv->scroller));
  value = gtk_adjustment_get_value (adjustment);
  upper = gtk_adjustment_get_upper (adjustment);
  n = g_list_model_get_n_items (G_LIST_MODEL (priv->model));
  top = upper > 0 && n > 0 ? MIN ((guint) (value / (upper / n)), n - 1) : 0;

  lodge_machine_sorter_refresh (sorter);
  if (n == 0)
    return;
  lodge_machine_view_scroll_to (self, top, GTK_LIST_SCROLL_NONE);
  gtk_adjustment_set_value (adjustment, value);
}

static gboolean
scroll_to_top_cb (gpointer user_data)
{
  LodgeMachineViewPrivate *priv = lodge_machine_view_get_instance_private (user_data);

  priv->top_id = 0;
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (priv->scroller)), 0);
  return G_SOURCE_REMOVE;
}

void
lodge_machine_view_scroll_to_top (LodgeMachineView *self)
{
  LodgeMachineViewPrivate *priv = lodge_machine_view_get_instance_private (self);

  g_return_if_fail (LODGE_IS_MACHINE_VIEW (self));

  lodge_machine_view_scroll_to (self, 0, GTK_LIST_SCROLL_NONE);
  /* The headers are laid out first */
  if (priv->top_id == 0)
    priv->top_id = g_idle_add_full (GDK_PRIORITY_REDRAW + 1, scroll_to_top_cb, self, NULL);
}

/**
 * lodge_machine_view_get_focus_domain:
 * @self: a view
 * @bounds: (out caller-allocates): the row, in the view's coordinates
 *
 * Returns: (transfer none) (nullable): %NULL when the focus is elsewhere
 */
LodgeDomain *
lodge_machine_view_get_focus_domain (LodgeMachineView *self,
                                     graphene_rect_t  *bounds)
{
  GtkWidget *focus, *row = NULL;
  LodgeDomain *domain;

  g_return_val_if_fail (LODGE_IS_MACHINE_VIEW (self), NULL);

  if (!lodge_machine_view_contains_focus (self))
    return NULL;
  focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));
  domain = find_domain (self, focus, &row);
  return domain != NULL && gtk_widget_compute_bounds (row, GTK_WIDGET (self), bounds) ? domain : NULL;
}

gboolean
lodge_machine_view_contains_focus (LodgeMachineView *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self));
}
