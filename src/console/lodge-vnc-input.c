/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-vnc-screen"

#include "config.h"

#include <linux/input-event-codes.h>

#include "lodge-keymap.h"
#include "lodge-vnc-screen-private.h"

/* Where QEMU wants the pointer to seem to be, when it only looks at the difference */
#define RELATIVE_CENTER 0x7fff

static void
lodge_vnc_screen_key (LodgeScreen *screen,
                      guint        code,
                      guint        keyval,
                      gboolean     down)
{
  LodgeVncScreen *self = LODGE_VNC_SCREEN (screen);
  const guint qnum = lodge_keymap_to_qnum (code);

  if (qnum == 0)
    return;

  if (keyval == 0)
    keyval = lodge_keymap_to_keyval (code, FALSE);
  vnc_connection_key_event (self->connection, down, keyval, (guint16) qnum);
}

static guint8
to_button_mask (guint buttons)
{
  /* 0–2 are left, middle and right in both; 3–6 are wheels here, 7 is back; there is no forward */
  return (guint8) ((buttons & 7) | (buttons & 1u << LODGE_SCREEN_BUTTON_BACK ? 1u << 7 : 0));
}

static void
send_pointer (LodgeVncScreen *self,
              guint           mask)
{
  const gboolean absolute = vnc_connection_get_abs_pointer (self->connection);

  vnc_connection_pointer_event (self->connection, (guint8) mask,
                                (guint16) (absolute ? self->pointer_x : RELATIVE_CENTER),
                                (guint16) (absolute ? self->pointer_y : RELATIVE_CENTER));
}

static void
lodge_vnc_screen_move_to (LodgeScreen *screen,
                          int          x,
                          int          y,
                          guint        buttons)
{
  LodgeVncScreen *self = LODGE_VNC_SCREEN (screen);

  self->pointer_x = x;
  self->pointer_y = y;
  send_pointer (self, to_button_mask (buttons));
}

static void
lodge_vnc_screen_move_by (LodgeScreen *screen,
                          int          dx,
                          int          dy,
                          guint        buttons)
{
  LodgeVncScreen *self = LODGE_VNC_SCREEN (screen);

  vnc_connection_pointer_event (self->connection, to_button_mask (buttons),
                                (guint16) CLAMP (RELATIVE_CENTER + dx, 0, G_MAXUINT16),
                                (guint16) CLAMP (RELATIVE_CENTER + dy, 0, G_MAXUINT16));
}

static void
lodge_vnc_screen_button (LodgeScreen       *screen,
                         LodgeScreenButton  button,
                         gboolean           down,
                         guint              buttons)
{
  send_pointer (LODGE_VNC_SCREEN (screen), to_button_mask (buttons));
}

static void
click_wheel (LodgeVncScreen *self,
             guint           bit,
             int             clicks,
             guint           buttons)
{
  for (int i = 0; i < clicks; i++)
    {
      send_pointer (self, to_button_mask (buttons) | 1u << bit);
      send_pointer (self, to_button_mask (buttons));
    }
}

static void
lodge_vnc_screen_wheel (LodgeScreen *screen,
                        int          dx,
                        int          dy,
                        guint        buttons)
{
  LodgeVncScreen *self = LODGE_VNC_SCREEN (screen);

  click_wheel (self, dy < 0 ? 3 : 4, ABS (dy), buttons);
  click_wheel (self, dx < 0 ? 5 : 6, ABS (dx), buttons);
}

/* There is no message for it: the keys that differ are tapped */
static void
lodge_vnc_screen_set_locks (LodgeScreen *screen,
                            guint        locks)
{
  static const struct
  {
    guint lock;
    guint code;
  } keys[] = {
    { LODGE_SCREEN_LOCK_NUM, KEY_NUMLOCK },
    { LODGE_SCREEN_LOCK_CAPS, KEY_CAPSLOCK },
  };
  const guint differing = locks ^ lodge_screen_get_led_state (screen);

  if (!LODGE_VNC_SCREEN (screen)->leds_known)
    return;

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      if ((differing & keys[i].lock) == 0)
        continue;
      lodge_vnc_screen_key (screen, keys[i].code, 0, TRUE);
      lodge_vnc_screen_key (screen, keys[i].code, 0, FALSE);
    }
}

static void
lodge_vnc_screen_request_size (LodgeScreen *screen,
                               int          width,
                               int          height)
{
  /* What it returns is no answer: the "resized" signal is */
  vnc_connection_set_size (LODGE_VNC_SCREEN (screen)->connection, (guint) width, (guint) height);
}

void
lodge_vnc_screen_install_input (LodgeScreenClass *klass)
{
  klass->key = lodge_vnc_screen_key;
  klass->move_to = lodge_vnc_screen_move_to;
  klass->move_by = lodge_vnc_screen_move_by;
  klass->button = lodge_vnc_screen_button;
  klass->wheel = lodge_vnc_screen_wheel;
  klass->set_locks = lodge_vnc_screen_set_locks;
  klass->request_size = lodge_vnc_screen_request_size;
}
