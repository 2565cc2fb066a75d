/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-sidebar-row"

#include "config.h"

#include "lodge-sidebar-row.h"

typedef struct
{
  GObject    *item;         /* owned, nullable: the row has no like */
  GListModel *order;        /* owned, nullable */
  GMenuModel *menu_model;   /* owned, nullable */
  GtkWidget  *menu;         /* child */
} LodgeSidebarRowPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (LodgeSidebarRow, lodge_sidebar_row, GTK_TYPE_LIST_BOX_ROW)

static guint
find_position (LodgeSidebarRow *self)
{
  LodgeSidebarRowPrivate *priv = lodge_sidebar_row_get_instance_private (self);
  const guint n = priv->order != NULL ? g_list_model_get_n_items (priv->order) : 0;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr(GObject) item = g_list_model_get_item (priv->order, i);

      if (item == priv->item)
        return i;
    }
  return GTK_INVALID_LIST_POSITION;
}

void
lodge_sidebar_row_update_actions (LodgeSidebarRow *self)
{
  LodgeSidebarRowPrivate *priv = lodge_sidebar_row_get_instance_private (self);
  const guint position = find_position (self);
  const gboolean there = position != GTK_INVALID_LIST_POSITION;

  g_return_if_fail (LODGE_IS_SIDEBAR_ROW (self));

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "row.move-up", there && position > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "row.move-down",
                                 there && position + 1 < g_list_model_get_n_items (priv->order));
  if (LODGE_SIDEBAR_ROW_GET_CLASS (self)->update_actions != NULL)
    LODGE_SIDEBAR_ROW_GET_CLASS (self)->update_actions (self);
}

static void
step (GtkWidget *widget,
      int        by)
{
  LodgeSidebarRow *self = LODGE_SIDEBAR_ROW (widget);
  LodgeSidebarRowPrivate *priv = lodge_sidebar_row_get_instance_private (self);
  const guint position = find_position (self);
  const gint64 wanted = (gint64) position + by;

  if (position != GTK_INVALID_LIST_POSITION && wanted >= 0 && wanted < g_list_model_get_n_items (priv->order))
    LODGE_SIDEBAR_ROW_GET_CLASS (self)->move (self, priv->item, (guint) wanted);
}

static void
move_up_action (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  step (widget, -1);
}

static void
move_down_action (GtkWidget  *widget,
                  const char *action_name,
                  GVariant   *parameter)
{
  step (widget, 1);
}

/* Menu */

static void
popup_menu (LodgeSidebarRow *self,
            double           x,
            double           y)
{
  LodgeSidebarRowPrivate *priv = lodge_sidebar_row_get_instance_private (self);

  if (priv->menu_model == NULL)
    return;
  lodge_sidebar_row_update_actions (self);
  if (priv->menu == NULL)
    {
      priv->menu = gtk_popover_menu_new_from_model (priv->menu_model);
      gtk_popover_set_has_arrow (GTK_POPOVER (priv->menu), FALSE);
      gtk_widget_set_halign (priv->menu, GTK_ALIGN_START);
      gtk_widget_set_parent (priv->menu, GTK_WIDGET (self));
    }
  gtk_popover_set_pointing_to (GTK_POPOVER (priv->menu), &(GdkRectangle) { (int) x, (int) y, 1, 1 });
  gtk_popover_popup (GTK_POPOVER (priv->menu));
}

static void
pressed_cb (GtkGestureClick *gesture,
            int              n_press,
            double           x,
            double           y,
            gpointer         user_data)
{
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  popup_menu (user_data, x, y);
}

static void
long_pressed_cb (GtkGestureLongPress *gesture,
                 double               x,
                 double               y,
                 gpointer             user_data)
{
  popup_menu (user_data, x, y);
}

static gboolean
menu_key_cb (GtkWidget *widget,
             GVariant  *args,
             gpointer   user_data)
{
  popup_menu (LODGE_SIDEBAR_ROW (widget), 12, gtk_widget_get_height (widget) / 2.0);
  return TRUE;
}

/* Drag to order */

static GdkContentProvider *
prepare_drag_cb (GtkDragSource *source,
                 double         x,
                 double         y,
                 gpointer       user_data)
{
  LodgeSidebarRowPrivate *priv = lodge_sidebar_row_get_instance_private (user_data);
  g_autoptr(GdkPaintable) picture = gtk_widget_paintable_new (GTK_WIDGET (user_data));

  gtk_drag_source_set_icon (source, picture, (int) x, (int) y);
  return gdk_content_provider_new_typed (G_OBJECT_TYPE (priv->item), priv->item);
}

static gboolean
drop_cb (GtkDropTarget *target,
         const GValue  *value,
         double         x,
         double         y,
         gpointer       user_data)
{
  LodgeSidebarRow *self = user_data;
  LodgeSidebarRowPrivate *priv = lodge_sidebar_row_get_instance_private (self);
  GObject *dragged = g_value_get_object (value);
  const guint position = find_position (self);

  if (dragged == NULL || dragged == priv->item || position == GTK_INVALID_LIST_POSITION)
    return FALSE;
  LODGE_SIDEBAR_ROW_GET_CLASS (self)->move (self, dragged, position);
  return TRUE;
}

static void
lodge_sidebar_row_dispose (GObject *object)
{
  LodgeSidebarRowPrivate *priv = lodge_sidebar_row_get_instance_private (LODGE_SIDEBAR_ROW (object));

  g_clear_pointer (&priv->menu, gtk_widget_unparent);
  g_clear_object (&priv->menu_model);
  g_clear_object (&priv->order);
  g_clear_object (&priv->item);

  G_OBJECT_CLASS (lodge_sidebar_row_parent_class)->dispose (object);
}

static void
lodge_sidebar_row_class_init (LodgeSidebarRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lodge_sidebar_row_dispose;

  gtk_widget_class_install_action (widget_class, "row.move-up", NULL, move_up_action);
  gtk_widget_class_install_action (widget_class, "row.move-down", NULL, move_down_action);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Menu, GDK_NO_MODIFIER_MASK, menu_key_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, menu_key_cb, NULL);
}

static void
lodge_sidebar_row_init (LodgeSidebarRow *self)
{
  GtkGesture *gesture = gtk_gesture_click_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (gesture), GDK_BUTTON_SECONDARY);
  g_signal_connect (gesture, "pressed", G_CALLBACK (pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (gesture));

  gesture = gtk_gesture_long_press_new ();
  gtk_gesture_single_set_touch_only (GTK_GESTURE_SINGLE (gesture), TRUE);
  g_signal_connect (gesture, "pressed", G_CALLBACK (long_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (gesture));
}

/**
 * lodge_sidebar_row_set_item:
 * @self: a row without one
 * @item: (type GObject): what it stands for
 * @order: the list that @item is in
 * @menu: (nullable): its context menu
 */
void
lodge_sidebar_row_set_item (LodgeSidebarRow *self,
                            gpointer         item,
                            GListModel      *order,
                            GMenuModel      *menu)
{
  LodgeSidebarRowPrivate *priv = lodge_sidebar_row_get_instance_private (self);
  GtkDragSource *source = gtk_drag_source_new ();
  GtkDropTarget *target = gtk_drop_target_new (G_OBJECT_TYPE (item), GDK_ACTION_MOVE);

  g_return_if_fail (LODGE_IS_SIDEBAR_ROW (self));
  g_return_if_fail (priv->item == NULL);

  priv->item = g_object_ref (item);
  priv->order = g_object_ref (order);
  g_set_object (&priv->menu_model, menu);
  gtk_drag_source_set_actions (source, GDK_ACTION_MOVE);
  g_signal_connect (source, "prepare", G_CALLBACK (prepare_drag_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (source));
  g_signal_connect (target, "drop", G_CALLBACK (drop_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}
