/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-display-input"

#include "config.h"

#include <linux/input-event-codes.h>
#include <math.h>

#include "lodge-cursor.h"
#include "lodge-display-private.h"
#include "lodge-keymap.h"

gboolean
lodge_display_is_connected (LodgeDisplay *self)
{
  return self->screen != NULL
         && lodge_screen_get_state (self->screen) == LODGE_SCREEN_CONNECTED;
}

gboolean
lodge_display_has_focus (LodgeDisplay *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return root != NULL && gtk_root_get_focus (root) == GTK_WIDGET (self);
}

static gboolean
is_window_active (LodgeDisplay *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return GTK_IS_WINDOW (root) && gtk_window_is_active (GTK_WINDOW (root));
}

static GdkToplevel *
get_toplevel (LodgeDisplay *self)
{
  GtkNative *native = gtk_widget_get_native (GTK_WIDGET (self));
  GdkSurface *surface = native != NULL ? gtk_native_get_surface (native) : NULL;

  return GDK_IS_TOPLEVEL (surface) ? GDK_TOPLEVEL (surface) : NULL;
}

static gboolean
is_x11 (LodgeDisplay *self)
{
  GdkDisplay *display = gtk_widget_get_display (GTK_WIDGET (self));

  return g_str_equal (G_OBJECT_TYPE_NAME (display), "GdkX11Display");
}

/* Keyboard and pointer grab */

void
lodge_display_input_update_grab (LodgeDisplay *self)
{
  GdkToplevel *toplevel = get_toplevel (self);
  gboolean inhibit;
  gboolean granted = FALSE;

  lodge_display_set_attended (self, is_window_active (self) && lodge_display_has_focus (self));
  if (toplevel == NULL)
    {
      lodge_display_lock_update (self, FALSE);
      lodge_display_set_grabbed (self, FALSE);
      return;
    }

  /* On X11 the grab takes the keys of all windows: there it is ours only below the pointer */
  inhibit = self->wants_grab && is_window_active (self) && lodge_display_has_focus (self)
            && (self->pointer_inside || !is_x11 (self));
  if (inhibit && !self->inhibiting)
    {
      self->inhibiting = TRUE;
      gdk_toplevel_inhibit_system_shortcuts (toplevel, NULL);
    }
  else if (!inhibit && self->inhibiting)
    {
      self->inhibiting = FALSE;
      gdk_toplevel_restore_system_shortcuts (toplevel);
    }

  lodge_display_lock_update (self, self->attended && self->wants_grab);
  g_object_get (toplevel, "shortcuts-inhibited", &granted, NULL);
  lodge_display_set_grabbed (self, inhibit && granted);
}

static void
release_buttons (LodgeDisplay *self)
{
  if (self->screen == NULL)
    return;

  for (int i = LODGE_SCREEN_BUTTON_LEFT; i <= LODGE_SCREEN_BUTTON_FORWARD; i++)
    lodge_screen_button (self->screen, (LodgeScreenButton) i, FALSE);
}

/**
 * lodge_display_input_reset:
 * @self: a display
 *
 * Lets go of every key and button that the guest believes to be down.
 */
void
lodge_display_input_reset (LodgeDisplay *self)
{
  self->held_back = 0;
  lodge_key_state_release_all (self->keys);
  release_buttons (self);
  lodge_wheel_reset (&self->wheels[0]);
  lodge_wheel_reset (&self->wheels[1]);
  self->locks_pending = TRUE;
  self->rest_x = 0;
  self->rest_y = 0;
}

static void
shortcuts_inhibited_cb (LodgeDisplay *self)
{
  const gboolean before = self->grabbed;

  lodge_display_input_update_grab (self);
  if (before && !self->grabbed)
    lodge_display_input_reset (self);
}

static void
is_active_cb (LodgeDisplay *self)
{
  lodge_display_input_reset (self);
  lodge_display_input_update_grab (self);
}

static void
focus_enter_cb (LodgeDisplay *self)
{
  self->locks_pending = TRUE;
  lodge_display_input_update_grab (self);
}

static void
focus_leave_cb (LodgeDisplay *self)
{
  lodge_display_input_reset (self);
  self->wants_grab = FALSE;
  lodge_display_input_update_grab (self);
  lodge_display_input_update_cursor (self);
}

static void
scale_cb (LodgeDisplay *self)
{
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/* Pointer */

/**
 * lodge_display_input_update_cursor:
 * @self: a display
 *
 * Shows the guest's cursor as the pointer: over the picture only, and only if we move it.
 */
void
lodge_display_input_update_cursor (LodgeDisplay *self)
{
  g_autoptr(GdkCursor) cursor = NULL;
  GdkTexture *texture;
  int hotspot_x;
  int hotspot_y;

  if (lodge_display_is_connected (self) && lodge_screen_get_surface (self->screen) != NULL
      && self->over_picture)
    {
      if (!lodge_screen_get_absolute_pointer (self->screen))
        {
          if (self->wants_grab)
            cursor = gdk_cursor_new_from_name ("none", NULL);
        }
      else
        {
          texture = lodge_screen_get_cursor (self->screen, &hotspot_x, &hotspot_y);
          if (texture != NULL)
            cursor = lodge_cursor_new (texture, hotspot_x, hotspot_y,
                                       MAX (1, lodge_display_get_shown_zoom (self)));
          else
            cursor = lodge_cursor_new_dot ();
        }
    }
  gtk_widget_set_cursor (GTK_WIDGET (self), cursor);
}

static void
move_relative (LodgeDisplay        *self,
               const LodgeGeometry *geometry,
               double               x,
               double               y)
{
  int dx;
  int dy;

  /* Held in place it does not move, and what it would have done is told otherwise */
  if (!self->wants_grab || self->lock != NULL)
    return;

  self->rest_x += (x - self->pointer_x) * geometry->scale / geometry->zoom;
  self->rest_y += (y - self->pointer_y) * geometry->scale / geometry->zoom;
  dx = (int) trunc (self->rest_x);
  dy = (int) trunc (self->rest_y);
  self->rest_x -= dx;
  self->rest_y -= dy;
  lodge_screen_move_by (self->screen, dx, dy);
}

/* Tells the guest where the pointer is; FALSE if that is outside of the picture */
static gboolean
move (LodgeDisplay *self,
      double        x,
      double        y)
{
  LodgeGeometry geometry;
  gboolean inside;
  int guest_x;
  int guest_y;

  if (!lodge_display_is_connected (self) || !lodge_display_get_geometry (self, &geometry))
    return FALSE;

  inside = lodge_geometry_to_guest (&geometry, x, y, &guest_x, &guest_y);
  if (inside != self->over_picture)
    {
      self->over_picture = inside;
      lodge_display_input_update_cursor (self);
    }

  if (!lodge_screen_get_absolute_pointer (self->screen))
    {
      move_relative (self, &geometry, x, y);
    }
  else if (guest_x != self->guest_x || guest_y != self->guest_y)
    {
      self->guest_x = guest_x;
      self->guest_y = guest_y;
      lodge_screen_move_to (self->screen, guest_x, guest_y);
    }
  self->pointer_x = x;
  self->pointer_y = y;

  return inside;
}

static void
enter_cb (LodgeDisplay *self,
          double        x,
          double        y)
{
  self->pointer_inside = TRUE;
  self->pointer_x = x;
  self->pointer_y = y;
  self->guest_x = -1;
  self->guest_y = -1;
  lodge_display_input_update_grab (self);
  move (self, x, y);
}

static void
motion_cb (LodgeDisplay *self,
           double        x,
           double        y)
{
  move (self, x, y);
}

static void
leave_cb (LodgeDisplay *self)
{
  self->pointer_inside = FALSE;
  self->over_picture = FALSE;
  lodge_display_input_update_cursor (self);
  lodge_display_input_update_grab (self);
}

static gboolean
find_button (guint              number,
             LodgeScreenButton *button)
{
  switch (number)
    {
    case GDK_BUTTON_PRIMARY:
      *button = LODGE_SCREEN_BUTTON_LEFT;
      return TRUE;
    case GDK_BUTTON_MIDDLE:
      *button = LODGE_SCREEN_BUTTON_MIDDLE;
      return TRUE;
    case GDK_BUTTON_SECONDARY:
      *button = LODGE_SCREEN_BUTTON_RIGHT;
      return TRUE;
    case 8:
      *button = LODGE_SCREEN_BUTTON_BACK;
      return TRUE;
    case 9:
      *button = LODGE_SCREEN_BUTTON_FORWARD;
      return TRUE;
    default:
      return FALSE;
    }
}

/* Events have the coordinates of the surface, we have those of the widget */
static void
get_position (LodgeDisplay *self,
              GdkEvent     *event,
              double       *x,
              double       *y)
{
  LodgeGeometry geometry;

  *x = self->pointer_x;
  *y = self->pointer_y;
  if (lodge_display_get_geometry (self, &geometry) && gdk_event_get_position (event, x, y))
    {
      *x -= geometry.widget_x;
      *y -= geometry.widget_y;
    }
}

static gboolean
press (LodgeDisplay      *self,
       LodgeScreenButton  button,
       double             x,
       double             y)
{
  if (!lodge_display_is_connected (self))
    return GDK_EVENT_PROPAGATE;

  gtk_widget_grab_focus (GTK_WIDGET (self));
  lodge_display_grab (self);
  if (move (self, x, y) || !lodge_screen_get_absolute_pointer (self->screen))
    lodge_screen_button (self->screen, button, TRUE);

  return GDK_EVENT_STOP;
}

static gboolean
release (LodgeDisplay      *self,
         LodgeScreenButton  button,
         double             x,
         double             y)
{
  if (!lodge_display_is_connected (self))
    return GDK_EVENT_PROPAGATE;

  move (self, x, y);
  lodge_screen_button (self->screen, button, FALSE);

  return GDK_EVENT_STOP;
}

static gboolean
event_cb (LodgeDisplay *self,
          GdkEvent     *event)
{
  LodgeScreenButton button = LODGE_SCREEN_BUTTON_LEFT;
  double x;
  double y;

  switch ((int) gdk_event_get_event_type (event))
    {
    case GDK_BUTTON_PRESS:
      get_position (self, event, &x, &y);
      if (find_button (gdk_button_event_get_button (event), &button))
        return press (self, button, x, y);
      return GDK_EVENT_PROPAGATE;

    case GDK_BUTTON_RELEASE:
      get_position (self, event, &x, &y);
      if (find_button (gdk_button_event_get_button (event), &button))
        return release (self, button, x, y);
      return GDK_EVENT_PROPAGATE;

    /* One finger is a pointer with its left button; the others are not for us */
    case GDK_TOUCH_BEGIN:
      get_position (self, event, &x, &y);
      if (gdk_touch_event_get_emulating_pointer (event))
        return press (self, button, x, y);
      return GDK_EVENT_PROPAGATE;

    case GDK_TOUCH_UPDATE:
      get_position (self, event, &x, &y);
      if (gdk_touch_event_get_emulating_pointer (event))
        move (self, x, y);
      return GDK_EVENT_PROPAGATE;

    case GDK_TOUCH_END:
    case GDK_TOUCH_CANCEL:
      get_position (self, event, &x, &y);
      if (gdk_touch_event_get_emulating_pointer (event))
        return release (self, button, x, y);
      return GDK_EVENT_PROPAGATE;

    default:
      return GDK_EVENT_PROPAGATE;
    }
}

static gboolean
scroll_cb (LodgeDisplay             *self,
           double                    dx,
           double                    dy,
           GtkEventControllerScroll *controller)
{
  const GdkScrollUnit unit = gtk_event_controller_scroll_get_unit (controller);
  const guint32 time = gtk_event_controller_get_current_event_time (GTK_EVENT_CONTROLLER (controller));

  if (!lodge_display_is_connected (self))
    return GDK_EVENT_PROPAGATE;

  dx = lodge_wheel_add (&self->wheels[GTK_ORIENTATION_HORIZONTAL], dx, unit, time);
  dy = lodge_wheel_add (&self->wheels[GTK_ORIENTATION_VERTICAL], dy, unit, time);
  lodge_screen_wheel (self->screen, (int) dx, (int) dy);

  return GDK_EVENT_STOP;
}

static void
scroll_end_cb (LodgeDisplay *self)
{
  lodge_wheel_reset (&self->wheels[GTK_ORIENTATION_HORIZONTAL]);
  lodge_wheel_reset (&self->wheels[GTK_ORIENTATION_VERTICAL]);
}

/* Life */

void
lodge_display_input_init (LodgeDisplay *self)
{
  GtkEventController *controller;

  lodge_display_keys_init (self);

  self->root_signals = g_signal_group_new (GTK_TYPE_WINDOW);
  g_signal_group_connect_object (self->root_signals, "notify::is-active",
                                 G_CALLBACK (is_active_cb), self, G_CONNECT_SWAPPED);
  self->surface_signals = g_signal_group_new (GDK_TYPE_SURFACE);
  g_signal_group_connect_object (self->surface_signals, "notify::scale",
                                 G_CALLBACK (scale_cb), self, G_CONNECT_SWAPPED);
  g_signal_group_connect_object (self->surface_signals, "notify::shortcuts-inhibited",
                                 G_CALLBACK (shortcuts_inhibited_cb), self, G_CONNECT_SWAPPED);

  controller = gtk_event_controller_focus_new ();
  g_signal_connect_object (controller, "enter", G_CALLBACK (focus_enter_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (controller, "leave", G_CALLBACK (focus_leave_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), controller);

  controller = gtk_event_controller_motion_new ();
  g_signal_connect_object (controller, "enter", G_CALLBACK (enter_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (controller, "motion", G_CALLBACK (motion_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (controller, "leave", G_CALLBACK (leave_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), controller);

  controller = gtk_event_controller_legacy_new ();
  g_signal_connect_object (controller, "event", G_CALLBACK (event_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), controller);

  controller = gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_BOTH_AXES);
  g_signal_connect_object (controller, "scroll", G_CALLBACK (scroll_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (controller, "scroll-end", G_CALLBACK (scroll_end_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}

void
lodge_display_input_map (LodgeDisplay *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GdkToplevel *toplevel = get_toplevel (self);

  lodge_display_keys_map (self);
  g_signal_group_set_target (self->root_signals, GTK_IS_WINDOW (root) ? root : NULL);
  g_signal_group_set_target (self->surface_signals, toplevel);
  lodge_display_set_attended (self, is_window_active (self) && lodge_display_has_focus (self));
}

void
lodge_display_input_unmap (LodgeDisplay *self)
{
  lodge_display_input_reset (self);
  lodge_display_keys_stop_typing (self);
  self->wants_grab = FALSE;
  self->pointer_inside = FALSE;
  self->over_picture = FALSE;
  lodge_display_input_update_grab (self);
  lodge_display_set_attended (self, FALSE);
  /* Not as late as in the window's disposal: there a group finds it gone, and stays in its list */
  g_signal_group_set_target (self->root_signals, NULL);
  g_signal_group_set_target (self->surface_signals, NULL);
  lodge_display_keys_unmap (self);
}

void
lodge_display_input_dispose (LodgeDisplay *self)
{
  g_clear_pointer (&self->lock, lodge_pointer_lock_free);
  lodge_display_keys_dispose (self);
  g_clear_object (&self->root_signals);
  g_clear_object (&self->surface_signals);
}

/**
 * lodge_display_grab:
 * @self: a display
 *
 * Takes the keyboard, with the keys that the desktop keeps for itself, and a relative pointer.
 *
 * The desktop may refuse or take it back: [property@Display:grabbed] tells. Ordinary keys go to the
 * guest whenever the display has the focus.
 */
void
lodge_display_grab (LodgeDisplay *self)
{
  g_return_if_fail (LODGE_IS_DISPLAY (self));

  if (self->wants_grab || !lodge_display_is_connected (self))
    return;

  gtk_widget_grab_focus (GTK_WIDGET (self));
  self->wants_grab = TRUE;
  lodge_display_input_update_grab (self);
  lodge_display_input_update_cursor (self);
  lodge_display_show_hint (self);
}

/**
 * lodge_display_release:
 * @self: a display
 *
 * Gives keyboard and pointer back. The focus stays.
 */
void
lodge_display_release (LodgeDisplay *self)
{
  g_return_if_fail (LODGE_IS_DISPLAY (self));

  lodge_display_input_reset (self);
  self->wants_grab = FALSE;
  lodge_display_input_update_grab (self);
  lodge_display_input_update_cursor (self);
}
