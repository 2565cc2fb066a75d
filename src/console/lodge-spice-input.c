/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-spice-screen"

#include "config.h"

#include <glib/gi18n.h>

#include "lodge-keymap.h"
#include "lodge-spice-screen-private.h"

/* What a person does, and what the guest says about its pointer and its keyboard's lights. */

static void
mouse_mode_cb (LodgeSpiceScreen *self)
{
  gint mode = SPICE_MOUSE_MODE_SERVER;

  g_object_get (self->main, "mouse-mode", &mode, NULL);
  lodge_screen_set_absolute_pointer (LODGE_SCREEN (self), mode == SPICE_MOUSE_MODE_CLIENT);
}

static void
agent_cb (LodgeSpiceScreen *self)
{
  gboolean connected = FALSE;

  g_object_get (self->main, "agent-connected", &connected, NULL);
  lodge_screen_set_resize_needs (LODGE_SCREEN (self), connected
    ? _("The guest does not follow the window: that needs a video model such as virtio or QXL, and its driver in the "
        "guest")
    : _("The guest does not follow the window: its agent (spice-vdagent) is not running there"));
  /* The library sends sizes to the agent only */
  lodge_screen_set_can_resize (LODGE_SCREEN (self), connected);
  lodge_screen_set_has_agent (LODGE_SCREEN (self), connected);
  g_debug ("agent %s", connected ? "connected" : "not connected");
}

static void
key_modifiers_cb (LodgeSpiceScreen *self)
{
  gint locks = 0;

  g_object_get (self->inputs, "key-modifiers", &locks, NULL);
  lodge_screen_set_led_state (LODGE_SCREEN (self), (guint) locks);
}

static void
lodge_spice_screen_key (LodgeScreen *screen,
                        guint        code,
                        guint        keyval,
                        gboolean     down)
{
  LodgeSpiceScreen *self = LODGE_SPICE_SCREEN (screen);
  const guint xt = lodge_keymap_to_xt (code);

  if (self->inputs == NULL || xt == 0)
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
  LodgeSpiceScreen *self = LODGE_SPICE_SCREEN (screen);

  if (self->inputs != NULL)
    spice_inputs_channel_position (self->inputs, x, y, 0, to_button_mask (buttons));
}

static void
lodge_spice_screen_move_by (LodgeScreen *screen,
                            int          dx,
                            int          dy,
                            guint        buttons)
{
  LodgeSpiceScreen *self = LODGE_SPICE_SCREEN (screen);

  if (self->inputs != NULL)
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
  LodgeSpiceScreen *self = LODGE_SPICE_SCREEN (screen);

  if (self->inputs == NULL)
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
  LodgeSpiceScreen *self = LODGE_SPICE_SCREEN (screen);
  const gint button = dy < 0 ? SPICE_MOUSE_BUTTON_UP : SPICE_MOUSE_BUTTON_DOWN;

  if (self->inputs == NULL)
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
  LodgeSpiceScreen *self = LODGE_SPICE_SCREEN (screen);

  if (self->inputs != NULL)
    spice_inputs_channel_set_key_locks (self->inputs, locks);
}

static void
lodge_spice_screen_request_size (LodgeScreen *screen,
                                 int          width,
                                 int          height)
{
  LodgeSpiceScreen *self = LODGE_SPICE_SCREEN (screen);

  if (self->main == NULL || !lodge_screen_get_has_agent (screen))
    return;

  spice_main_channel_update_display_enabled (self->main, 0, TRUE, FALSE);
  spice_main_channel_update_display (self->main, 0, 0, 0, width, height, FALSE);
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
