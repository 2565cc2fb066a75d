/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-spice-screen"

#include "config.h"

#include <glib/gi18n.h>

#include "lodge-keymap.h"
#include "lodge-spice-screen-private.h"

/* What a person does, and what the guest says about its pointer and its keyboard's lights. */

static void
tell_mouse_mode (LodgeSpiceScreen *self,
                 LodgeScreen      *screen)
{
  gint mode = SPICE_MOUSE_MODE_SERVER;

  g_object_get (self->main, "mouse-mode", &mode, NULL);
  lodge_screen_set_absolute_pointer (screen, mode == SPICE_MOUSE_MODE_CLIENT);
}

static void
mouse_mode_cb (LodgeSpiceScreen *self)
{
  lodge_spice_screen_for_each (self, tell_mouse_mode);
}

void
lodge_spice_screen_tell_agent (LodgeSpiceScreen *self,
                               LodgeScreen      *screen)
{
  gboolean connected = FALSE;

  if (self->main != NULL)
    g_object_get (self->main, "agent-connected", &connected, NULL);
  lodge_screen_set_resize_needs (screen, connected
    ? _("The guest does not follow the window: that needs a video model such as virtio or QXL, and its driver in the "
        "guest")
    : _("The guest does not follow the window: its agent (spice-vdagent) is not running there"));
  /* The library sends sizes to the agent only */
  lodge_screen_set_can_resize (screen, connected);
  lodge_screen_set_has_agent (screen, connected);
}

static void
agent_cb (LodgeSpiceScreen *self)
{
  lodge_spice_screen_for_each (self, lodge_spice_screen_tell_agent);
}

static void
tell_locks (LodgeSpiceScreen *self,
            LodgeScreen      *screen)
{
  gint locks = 0;

  g_object_get (self->inputs, "key-modifiers", &locks, NULL);
  lodge_screen_set_led_state (screen, (guint) locks);
}

static void
key_modifiers_cb (LodgeSpiceScreen *self)
{
  lodge_spice_screen_for_each (self, tell_locks);
}

static void
lodge_spice_screen_key (LodgeScreen *screen,
                        guint        code,
                        guint        keyval,
                        gboolean     down)
{
  LodgeSpiceScreen *self = lodge_spice_screen_of (screen, NULL);
  const guint xt = lodge_keymap_to_xt (code);

  if (self == NULL || self->inputs == NULL || xt == 0)
    return;

  if (down)
    spice_inputs_channel_key_press (self->inputs, xt);
  else
    spice_inputs_channel_key_release (self->inputs, xt);
}

static gint
to_button_mask (guint buttons)
{
  static const gint masks[] = {
    [LODGE_SCREEN_BUTTON_LEFT] = SPICE_MOUSE_BUTTON_MASK_LEFT,
    [LODGE_SCREEN_BUTTON_MIDDLE] = SPICE_MOUSE_BUTTON_MASK_MIDDLE,
    [LODGE_SCREEN_BUTTON_RIGHT] = SPICE_MOUSE_BUTTON_MASK_RIGHT,
    [LODGE_SCREEN_BUTTON_BACK] = SPICE_MOUSE_BUTTON_MASK_SIDE,
    [LODGE_SCREEN_BUTTON_FORWARD] = SPICE_MOUSE_BUTTON_MASK_EXTRA,
  };
  gint mask = 0;

  for (guint i = 0; i < G_N_ELEMENTS (masks); i++)
    mask |= buttons & 1u << i ? masks[i] : 0;

  return mask;
}

static void
lodge_spice_screen_move_to (LodgeScreen *screen,
                            int          x,
                            int          y,
                            guint        buttons)
{
  LodgeSpicePart *part;
  LodgeSpiceScreen *self = lodge_spice_screen_of (screen, &part);

  if (self == NULL || self->inputs == NULL)
    return;

  /* The agent counts from the head's corner; a tablet knows one surface and nothing of heads */
  if (lodge_screen_get_has_agent (screen))
    spice_inputs_channel_position (self->inputs, x, y, (gint) part->display_id, to_button_mask (buttons));
  else
    spice_inputs_channel_position (self->inputs, x + part->area.x, y + part->area.y, (gint) part->display_id,
                                   to_button_mask (buttons));
}

static void
lodge_spice_screen_move_by (LodgeScreen *screen,
                            int          dx,
                            int          dy,
                            guint        buttons)
{
  LodgeSpiceScreen *self = lodge_spice_screen_of (screen, NULL);

  if (self != NULL && self->inputs != NULL)
    spice_inputs_channel_motion (self->inputs, dx, dy, to_button_mask (buttons));
}

static void
lodge_spice_screen_button (LodgeScreen       *screen,
                           LodgeScreenButton  button,
                           gboolean           down,
                           guint              buttons)
{
  static const gint numbers[] = {
    [LODGE_SCREEN_BUTTON_LEFT] = SPICE_MOUSE_BUTTON_LEFT,
    [LODGE_SCREEN_BUTTON_MIDDLE] = SPICE_MOUSE_BUTTON_MIDDLE,
    [LODGE_SCREEN_BUTTON_RIGHT] = SPICE_MOUSE_BUTTON_RIGHT,
    [LODGE_SCREEN_BUTTON_BACK] = SPICE_MOUSE_BUTTON_SIDE,
    [LODGE_SCREEN_BUTTON_FORWARD] = SPICE_MOUSE_BUTTON_EXTRA,
  };
  LodgeSpiceScreen *self = lodge_spice_screen_of (screen, NULL);

  if (self == NULL || self->inputs == NULL)
    return;

  if (down)
    spice_inputs_channel_button_press (self->inputs, numbers[button], to_button_mask (buttons));
  else
    spice_inputs_channel_button_release (self->inputs, numbers[button], to_button_mask (buttons));
}

/* SPICE knows no horizontal wheel */
static void
lodge_spice_screen_wheel (LodgeScreen *screen,
                          int          dx,
                          int          dy,
                          guint        buttons)
{
  LodgeSpiceScreen *self = lodge_spice_screen_of (screen, NULL);
  const gint button = dy < 0 ? SPICE_MOUSE_BUTTON_UP : SPICE_MOUSE_BUTTON_DOWN;

  if (self == NULL || self->inputs == NULL)
    return;

  for (int i = 0; i < ABS (dy); i++)
    {
      spice_inputs_channel_button_press (self->inputs, button, to_button_mask (buttons));
      spice_inputs_channel_button_release (self->inputs, button, to_button_mask (buttons));
    }
}

static void
lodge_spice_screen_set_locks (LodgeScreen *screen,
                              guint        locks)
{
  LodgeSpiceScreen *self = lodge_spice_screen_of (screen, NULL);

  if (self != NULL && self->inputs != NULL)
    spice_inputs_channel_set_key_locks (self->inputs, locks);
}

static void
lodge_spice_screen_request_size (LodgeScreen *screen,
                                 int          width,
                                 int          height)
{
  LodgeSpicePart *part;
  LodgeSpiceScreen *self = lodge_spice_screen_of (screen, &part);

  if (self == NULL || self->main == NULL || !lodge_screen_get_has_agent (screen))
    return;

  spice_main_channel_update_display_enabled (self->main, (gint) part->display_id, TRUE, FALSE);
  spice_main_channel_update_display (self->main, (gint) part->display_id, part->area.x, part->area.y, width, height,
                                     FALSE);
  spice_main_channel_send_monitor_config (self->main);
}

/* The numbers of a guest's monitors have no gaps. A new one is as large as the first and right of the others. */
static void
lodge_spice_screen_request_heads (LodgeScreen *screen,
                                  guint        n_heads)
{
  LodgeSpiceScreen *self = LODGE_SPICE_SCREEN (screen);
  GListModel *heads = lodge_screen_get_heads (screen);
  const guint n_now = 1 + g_list_model_get_n_items (heads);
  int x = lodge_screen_get_width (screen);

  for (guint i = 1; i < MAX (n_now, n_heads); i++)
    {
      g_autoptr(LodgeScreen) head = g_list_model_get_item (heads, i - 1);
      LodgeScreen *like = head != NULL ? head : screen;

      spice_main_channel_update_display_enabled (self->main, (gint) i, i < n_heads, FALSE);
      if (i < n_heads)
        spice_main_channel_update_display (self->main, (gint) i, x, 0, lodge_screen_get_width (like),
                                           lodge_screen_get_height (like), FALSE);
      x += lodge_screen_get_width (like);
    }
  spice_main_channel_update_display_enabled (self->main, 0, TRUE, FALSE);
  spice_main_channel_update_display (self->main, 0, 0, 0, lodge_screen_get_width (screen),
                                     lodge_screen_get_height (screen), FALSE);
  spice_main_channel_send_monitor_config (self->main);
}

void
lodge_spice_screen_watch_main (LodgeSpiceScreen *self,
                               SpiceChannel     *channel)
{
  g_set_object (&self->main, SPICE_MAIN_CHANNEL (channel));
  g_signal_connect_object (channel, "notify::mouse-mode", G_CALLBACK (mouse_mode_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (channel, "notify::agent-connected", G_CALLBACK (agent_cb), self,
                           G_CONNECT_SWAPPED);
  mouse_mode_cb (self);
  agent_cb (self);
}

void
lodge_spice_screen_watch_inputs (LodgeSpiceScreen *self,
                                 SpiceChannel     *channel)
{
  g_set_object (&self->inputs, SPICE_INPUTS_CHANNEL (channel));
  g_signal_connect_object (channel, "inputs-modifiers", G_CALLBACK (key_modifiers_cb), self,
                           G_CONNECT_SWAPPED);
}

void
lodge_spice_screen_install_input (LodgeScreenClass *klass)
{
  klass->key = lodge_spice_screen_key;
  klass->move_to = lodge_spice_screen_move_to;
  klass->move_by = lodge_spice_screen_move_by;
  klass->button = lodge_spice_screen_button;
  klass->wheel = lodge_spice_screen_wheel;
  klass->set_locks = lodge_spice_screen_set_locks;
  klass->request_size = lodge_spice_screen_request_size;
}

void
lodge_spice_screen_install_heads (LodgeScreenClass *klass)
{
  klass->request_heads = lodge_spice_screen_request_heads;
}
