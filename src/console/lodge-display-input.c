/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-display-input"

#include "config.h"

#include <linux/input-event-codes.h>
#include <math.h>

#include "lodge-cursor.h"
#include "lodge-display-private.h"
#include "lodge-keymap.h"

/* Typing text: faster than this and the small queue of a slow guest's keyboard overflows */
#define TYPING_MS 12
/* A step of typed text: an evdev code, with this when it goes down */
#define STEP_DOWN 0x10000u
#define MAX_TYPED 4096
/* The hint for keys pressed in vain is not repeated sooner */
#define HINT_PAUSE_US (30 * G_USEC_PER_SEC)

static gboolean
is_connected (LodgeDisplay *self)
{
  return self->screen != NULL
         && lodge_screen_get_state (self->screen) == LODGE_SCREEN_CONNECTED;
}

static gboolean
has_focus (LodgeDisplay *self)
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

static void
update_grab (LodgeDisplay *self)
{
  GdkToplevel *toplevel = get_toplevel (self);
  gboolean inhibit;
  gboolean granted = FALSE;

  if (toplevel == NULL)
    {
      lodge_display_set_grabbed (self, FALSE);
      return;
    }

  /* On X11 the grab takes the keys of all windows: there it is ours only below the pointer */
  inhibit = self->wants_grab && is_window_active (self) && has_focus (self)
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

static void
stop_typing (LodgeDisplay *self)
{
  g_clear_handle_id (&self->typing_id, g_source_remove);
  if (self->typing == NULL)
    return;

  /* What is down must come up again */
  for (guint i = self->typing_position; i < self->typing->len; i++)
    {
      const guint step = g_array_index (self->typing, guint, i);

      if ((step & STEP_DOWN) == 0 && self->screen != NULL)
        lodge_screen_key (self->screen, step, lodge_keymap_to_keyval (step, FALSE), FALSE);
      if (step & STEP_DOWN)
        break;
    }
  g_clear_pointer (&self->typing, g_array_unref);
  self->typing_position = 0;
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

  update_grab (self);
  if (before && !self->grabbed)
    lodge_display_input_reset (self);
}

static void
is_active_cb (LodgeDisplay *self)
{
  lodge_display_input_reset (self);
  update_grab (self);
}

static void
focus_enter_cb (LodgeDisplay *self)
{
  self->locks_pending = TRUE;
  update_grab (self);
}

static void
focus_leave_cb (LodgeDisplay *self)
{
  lodge_display_input_reset (self);
  self->wants_grab = FALSE;
  update_grab (self);
  lodge_display_input_update_cursor (self);
}

static void
scale_cb (LodgeDisplay *self)
{
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/* Keys */

static void
send_key_cb (guint    code,
             guint    keyval,
             gboolean down,
             gpointer user_data)
{
  LodgeDisplay *self = user_data;

  if (self->screen != NULL)
    lodge_screen_key (self->screen, code, keyval, down);
}

static void
sync_locks (LodgeDisplay *self,
            guint         code)
{
  GdkSeat *seat = gdk_display_get_default_seat (gtk_widget_get_display (GTK_WIDGET (self)));
  GdkDevice *keyboard = seat != NULL ? gdk_seat_get_keyboard (seat) : NULL;
  guint locks = 0;

  if (!self->locks_pending)
    return;

  self->locks_pending = FALSE;
  /* Just pressed: the guest is about to learn it */
  if (keyboard == NULL || code == KEY_CAPSLOCK || code == KEY_NUMLOCK)
    return;

  if (gdk_device_get_caps_lock_state (keyboard))
    locks |= LODGE_SCREEN_LOCK_CAPS;
  if (gdk_device_get_num_lock_state (keyboard))
    locks |= LODGE_SCREEN_LOCK_NUM;
  lodge_screen_set_locks (self->screen, locks);
}

/* Keys that belong to the program even while the guest has the keyboard */
static gboolean
is_host_key (guint           code,
             GdkModifierType state)
{
  return code == KEY_F11 && (state & gtk_accelerator_get_default_mod_mask ()) == 0;
}

/* Keys that somebody presses who wants out */
static gboolean
is_vain_key (guint           code,
             GdkModifierType state)
{
  const GdkModifierType modifiers = state & gtk_accelerator_get_default_mod_mask ();

  return (code == KEY_F4 && modifiers == GDK_ALT_MASK)
         || (code == KEY_Q && (modifiers == GDK_CONTROL_MASK
                               || modifiers == (GDK_CONTROL_MASK | GDK_SHIFT_MASK)))
         || (code == KEY_W && modifiers == (GDK_CONTROL_MASK | GDK_SHIFT_MASK));
}

static gboolean
key_pressed_cb (LodgeDisplay    *self,
                guint            keyval,
                guint            keycode,
                GdkModifierType  state)
{
  const guint code = lodge_keymap_from_event (keycode);

  if (!has_focus (self) || !is_connected (self) || is_host_key (code, state))
    return GDK_EVENT_PROPAGATE;

  if (is_vain_key (code, state)
      && g_get_monotonic_time () - self->hint_time > HINT_PAUSE_US)
    {
      self->hint_time = g_get_monotonic_time ();
      lodge_display_show_hint (self);
    }

  sync_locks (self, code);
  if (code != 0)
    lodge_key_state_press (self->keys, code, keyval);

  return GDK_EVENT_STOP;
}

static void
key_released_cb (LodgeDisplay *self,
                 guint         keyval,
                 guint         keycode)
{
  GtkRoot *root;

  if (!lodge_key_state_release (self->keys, lodge_keymap_from_event (keycode)))
    return;

  lodge_display_release (self);
  root = gtk_widget_get_root (GTK_WIDGET (self));
  if (has_focus (self))
    gtk_root_set_focus (root, NULL);
  lodge_display_emit_released (self);
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

  if (is_connected (self) && lodge_screen_get_surface (self->screen) != NULL
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

  if (!self->wants_grab)
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

  if (!is_connected (self) || !lodge_display_get_geometry (self, &geometry))
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
  update_grab (self);
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
  update_grab (self);
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
  if (!is_connected (self))
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
  if (!is_connected (self))
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

  if (!is_connected (self))
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

/* Typing */

static gboolean
typing_cb (gpointer user_data)
{
  LodgeDisplay *self = user_data;
  guint step;

  if (!is_connected (self) || self->typing_position >= self->typing->len)
    {
      self->typing_id = 0;
      stop_typing (self);
      return G_SOURCE_REMOVE;
    }

  step = g_array_index (self->typing, guint, self->typing_position++);
  lodge_screen_key (self->screen, step & ~STEP_DOWN,
                    lodge_keymap_to_keyval (step & ~STEP_DOWN, FALSE), (step & STEP_DOWN) != 0);

  return G_SOURCE_CONTINUE;
}

static void
add_step (LodgeDisplay *self,
          guint         step)
{
  g_array_append_val (self->typing, step);
}

/* Life */

void
lodge_display_input_init (LodgeDisplay *self)
{
  GtkEventController *controller;

  self->keys = lodge_key_state_new (send_key_cb, self);
  self->hint_time = -HINT_PAUSE_US;
  self->locks_pending = TRUE;

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

/* The newest capture controller of a window is asked first, before accelerators, mnemonics and
 * the menu bar; so it is made anew whenever we come into sight. */
void
lodge_display_input_map (LodgeDisplay *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GdkToplevel *toplevel = get_toplevel (self);

  self->key_controller = gtk_event_controller_key_new ();
  gtk_event_controller_set_name (self->key_controller, "lodge-display-keys");
  gtk_event_controller_set_propagation_phase (self->key_controller, GTK_PHASE_CAPTURE);
  g_signal_connect_object (self->key_controller, "key-pressed", G_CALLBACK (key_pressed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->key_controller, "key-released", G_CALLBACK (key_released_cb),
                           self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (root), self->key_controller);

  g_signal_group_set_target (self->root_signals, GTK_IS_WINDOW (root) ? root : NULL);
  g_signal_group_set_target (self->surface_signals, toplevel);
}

void
lodge_display_input_unmap (LodgeDisplay *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  lodge_display_input_reset (self);
  stop_typing (self);
  self->wants_grab = FALSE;
  self->pointer_inside = FALSE;
  self->over_picture = FALSE;
  update_grab (self);
  g_signal_group_set_target (self->root_signals, NULL);
  g_signal_group_set_target (self->surface_signals, NULL);
  if (self->key_controller != NULL && root != NULL)
    gtk_widget_remove_controller (GTK_WIDGET (root), self->key_controller);
  self->key_controller = NULL;
}

void
lodge_display_input_dispose (LodgeDisplay *self)
{
  g_clear_handle_id (&self->typing_id, g_source_remove);
  g_clear_pointer (&self->typing, g_array_unref);
  g_clear_pointer (&self->keys, lodge_key_state_free);
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

  if (self->wants_grab || !is_connected (self))
    return;

  gtk_widget_grab_focus (GTK_WIDGET (self));
  self->wants_grab = TRUE;
  update_grab (self);
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
  update_grab (self);
  lodge_display_input_update_cursor (self);
}

/**
 * lodge_display_send_keys:
 * @self: a display
 * @codes: (array length=n_codes): evdev key codes
 * @n_codes: how many
 *
 * Presses keys that the desktop would not let through, in order, and lets go of them in reverse.
 */
void
lodge_display_send_keys (LodgeDisplay *self,
                         const guint  *codes,
                         gsize         n_codes)
{
  g_return_if_fail (LODGE_IS_DISPLAY (self));

  if (!is_connected (self))
    return;

  lodge_key_state_release_all (self->keys);
  for (gsize i = 0; i < n_codes; i++)
    lodge_screen_key (self->screen, codes[i], lodge_keymap_to_keyval (codes[i], FALSE), TRUE);
  for (gsize i = n_codes; i > 0; i--)
    lodge_screen_key (self->screen, codes[i - 1], lodge_keymap_to_keyval (codes[i - 1], FALSE),
                      FALSE);
}

/**
 * lodge_display_type_text:
 * @self: a display
 * @text: what to type; characters that a US keyboard does not have are left out
 *
 * Types slowly enough for a slow guest. A second text follows the first.
 */
void
lodge_display_type_text (LodgeDisplay *self,
                         const char   *text)
{
  g_return_if_fail (LODGE_IS_DISPLAY (self));
  g_return_if_fail (text != NULL);

  if (!is_connected (self) || !g_utf8_validate (text, -1, NULL))
    return;

  if (self->typing == NULL)
    self->typing = g_array_new (FALSE, FALSE, sizeof (guint));
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gboolean shift;
      guint code;

      if (self->typing->len - self->typing_position > MAX_TYPED * 4)
        break;
      if (!lodge_keymap_from_char (g_utf8_get_char (p), &code, &shift))
        continue;

      if (shift)
        add_step (self, KEY_LEFTSHIFT | STEP_DOWN);
      add_step (self, code | STEP_DOWN);
      add_step (self, code);
      if (shift)
        add_step (self, KEY_LEFTSHIFT);
    }
  if (self->typing_id == 0)
    self->typing_id = g_timeout_add (TYPING_MS, typing_cb, self);
}
