/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-screen"

#include "config.h"

#include "lodge-screen-private.h"

/* What the person does, on its way to the guest. */

static gboolean
is_connected (LodgeScreen *self)
{
  return lodge_screen_get_private (self)->state == LODGE_SCREEN_CONNECTED;
}

/**
 * lodge_screen_key:
 * @self: a screen
 * @code: evdev code of the key
 * @keyval: GDK key value, for servers that do not take codes; 0 when unknown
 * @down: %TRUE for a press or a repeat
 *
 * Sends one key event. Keys that no guest could get are left out.
 */
void
lodge_screen_key (LodgeScreen *self,
                  guint        code,
                  guint        keyval,
                  gboolean     down)
{
  g_return_if_fail (LODGE_IS_SCREEN (self));

  if (is_connected (self))
    LODGE_SCREEN_GET_CLASS (self)->key (self, code, keyval, down);
}

/**
 * lodge_screen_move_to:
 * @self: a screen with an absolute pointer
 * @x: guest pixel
 * @y: guest pixel
 */
void
lodge_screen_move_to (LodgeScreen *self,
                      int          x,
                      int          y)
{
  LodgeScreenPrivate *priv;

  g_return_if_fail (LODGE_IS_SCREEN (self));

  priv = lodge_screen_get_private (self);
  if (is_connected (self) && priv->width > 0 && priv->height > 0)
    LODGE_SCREEN_GET_CLASS (self)->move_to (self,
                                            CLAMP (x, 0, priv->width - 1),
                                            CLAMP (y, 0, priv->height - 1), priv->buttons);
}

/**
 * lodge_screen_move_by:
 * @self: a screen with a relative pointer
 * @dx: steps to the right
 * @dy: steps down
 */
void
lodge_screen_move_by (LodgeScreen *self,
                      int          dx,
                      int          dy)
{
  g_return_if_fail (LODGE_IS_SCREEN (self));

  if (is_connected (self) && (dx != 0 || dy != 0))
    LODGE_SCREEN_GET_CLASS (self)->move_by (self, dx, dy, lodge_screen_get_private (self)->buttons);
}

/**
 * lodge_screen_button:
 * @self: a screen
 * @button: which
 * @down: %TRUE for a press
 *
 * Sends a button at the place of the last motion. A release of what is not down is left out.
 */
void
lodge_screen_button (LodgeScreen       *self,
                     LodgeScreenButton  button,
                     gboolean           down)
{
  LodgeScreenPrivate *priv;
  guint buttons;

  g_return_if_fail (LODGE_IS_SCREEN (self));

  priv = lodge_screen_get_private (self);
  buttons = down ? priv->buttons | 1u << button : priv->buttons & ~(1u << button);
  if (!is_connected (self) || buttons == priv->buttons)
    return;

  priv->buttons = buttons;
  LODGE_SCREEN_GET_CLASS (self)->button (self, button, down, buttons);
}

/**
 * lodge_screen_wheel:
 * @self: a screen
 * @dx: clicks to the right
 * @dy: clicks down
 */
void
lodge_screen_wheel (LodgeScreen *self,
                    int          dx,
                    int          dy)
{
  g_return_if_fail (LODGE_IS_SCREEN (self));

  if (is_connected (self) && (dx != 0 || dy != 0))
    LODGE_SCREEN_GET_CLASS (self)->wheel (self, dx, dy, lodge_screen_get_private (self)->buttons);
}

/**
 * lodge_screen_set_locks:
 * @self: a screen
 * @locks: the lights of this computer's keyboard, #LodgeScreenLocks
 *
 * Brings Caps Lock and Num Lock of the guest in line. Scroll Lock is left as the guest has it:
 * a guest that ignores it would get a key each time.
 */
void
lodge_screen_set_locks (LodgeScreen *self,
                        guint        locks)
{
  LodgeScreenPrivate *priv;

  g_return_if_fail (LODGE_IS_SCREEN (self));

  priv = lodge_screen_get_private (self);
  locks = (locks & (LODGE_SCREEN_LOCK_NUM | LODGE_SCREEN_LOCK_CAPS))
          | (priv->led_state & LODGE_SCREEN_LOCK_SCROLL);
  if (is_connected (self) && LODGE_SCREEN_GET_CLASS (self)->set_locks != NULL)
    LODGE_SCREEN_GET_CLASS (self)->set_locks (self, locks);
}

/**
 * lodge_screen_request_size:
 * @self: a screen
 * @width: guest pixels
 * @height: guest pixels
 *
 * Asks the guest to show another size, if [property@Screen:can-resize]. It may refuse in
 * silence; the "resized" signal tells what it does.
 */
void
lodge_screen_request_size (LodgeScreen *self,
                           int          width,
                           int          height)
{
  g_return_if_fail (LODGE_IS_SCREEN (self));
  g_return_if_fail (width > 0 && height > 0);

  if (is_connected (self) && lodge_screen_get_private (self)->can_resize
      && lodge_screen_check_size (width, height, NULL))
    LODGE_SCREEN_GET_CLASS (self)->request_size (self, width, height);
}

void
lodge_screen_request_update (LodgeScreen *self)
{
  g_return_if_fail (LODGE_IS_SCREEN (self));

  if (is_connected (self) && LODGE_SCREEN_GET_CLASS (self)->request_update != NULL)
    LODGE_SCREEN_GET_CLASS (self)->request_update (self);
}
