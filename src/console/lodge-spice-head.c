/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-spice-head"

#include "config.h"

#include "lodge-spice-screen-private.h"

/* A further monitor of a SPICE guest: its own picture, and input that names it, on the session of the first. */

G_DEFINE_FINAL_TYPE (LodgeSpiceHead, lodge_spice_head, LODGE_TYPE_SCREEN)

static void
lodge_spice_head_open (LodgeScreen *screen)
{
  lodge_screen_set_connected (screen);
}

static void
lodge_spice_head_close (LodgeScreen *screen)
{
  LODGE_SPICE_HEAD (screen)->owner = NULL;
}

static void
lodge_spice_head_class_init (LodgeSpiceHeadClass *klass)
{
  LodgeScreenClass *screen_class = LODGE_SCREEN_CLASS (klass);

  screen_class->open = lodge_spice_head_open;
  screen_class->close = lodge_spice_head_close;
  lodge_spice_screen_install_input (screen_class);
}

static void
lodge_spice_head_init (LodgeSpiceHead *self)
{
}

LodgeScreen *
lodge_spice_head_new (LodgeSpiceScreen *owner)
{
  LodgeSpiceHead *self = g_object_new (LODGE_TYPE_SPICE_HEAD, NULL);

  self->owner = owner;
  lodge_screen_set_absolute_pointer (LODGE_SCREEN (self), lodge_screen_get_absolute_pointer (LODGE_SCREEN (owner)));
  lodge_screen_set_led_state (LODGE_SCREEN (self), lodge_screen_get_led_state (LODGE_SCREEN (owner)));
  lodge_spice_screen_tell_agent (owner, LODGE_SCREEN (self));
  return LODGE_SCREEN (self);
}

/**
 * lodge_spice_screen_of:
 * @screen: a SPICE screen, or a further head of one
 * @part: (out) (optional): what it shows
 *
 * Returns: (transfer none) (nullable): whose session it is on; %NULL after the end
 */
LodgeSpiceScreen *
lodge_spice_screen_of (LodgeScreen     *screen,
                       LodgeSpicePart **part)
{
  LodgeSpicePart *found;
  LodgeSpiceScreen *owner;

  if (LODGE_IS_SPICE_HEAD (screen))
    {
      found = &LODGE_SPICE_HEAD (screen)->part;
      owner = LODGE_SPICE_HEAD (screen)->owner;
    }
  else
    {
      found = &LODGE_SPICE_SCREEN (screen)->part;
      owner = LODGE_SPICE_SCREEN (screen);
    }
  if (part != NULL)
    *part = found;
  return owner;
}

/**
 * lodge_spice_screen_for_each:
 * @self: a SPICE screen
 * @func: called with the screen and each further head of it
 */
void
lodge_spice_screen_for_each (LodgeSpiceScreen *self,
                             void            (*func) (LodgeSpiceScreen *self, LodgeScreen *screen))
{
  GListModel *heads = lodge_screen_get_heads (LODGE_SCREEN (self));

  func (self, LODGE_SCREEN (self));
  for (guint i = 0; i < g_list_model_get_n_items (heads); i++)
    {
      g_autoptr(LodgeScreen) head = g_list_model_get_item (heads, i);

      func (self, head);
    }
}
