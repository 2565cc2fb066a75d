/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-screen"

#include "config.h"

#include "lodge-screen-private.h"

/* The guest's further monitors: each is a screen of its own that lives and dies with the connection of the first. */

/**
 * lodge_screen_get_heads:
 * @self: a screen
 *
 * Returns: (transfer none): a list of [class@Screen], the guest's monitors besides this one. They need no opening; one
 *   that leaves the list shows nothing new.
 */
GListModel *
lodge_screen_get_heads (LodgeScreen *self)
{
  g_return_val_if_fail (LODGE_IS_SCREEN (self), NULL);

  return G_LIST_MODEL (lodge_screen_get_private (self)->heads);
}

/**
 * lodge_screen_get_can_request_heads:
 * @self: a screen
 *
 * Returns: whether the guest can be asked for another number of monitors
 */
gboolean
lodge_screen_get_can_request_heads (LodgeScreen *self)
{
  g_return_val_if_fail (LODGE_IS_SCREEN (self), FALSE);

  return LODGE_SCREEN_GET_CLASS (self)->request_heads != NULL && lodge_screen_get_has_agent (self)
         && lodge_screen_get_state (self) == LODGE_SCREEN_CONNECTED;
}

/**
 * lodge_screen_request_heads:
 * @self: a screen
 * @n_heads: how many monitors the guest should use, this one counts
 *
 * Asks the guest to plug monitors in or out. It does so if it likes to: [method@Screen.get_heads] tells.
 */
void
lodge_screen_request_heads (LodgeScreen *self,
                            guint        n_heads)
{
  g_return_if_fail (LODGE_IS_SCREEN (self));
  g_return_if_fail (n_heads >= 1 && n_heads <= LODGE_SCREEN_MAX_HEADS);

  if (lodge_screen_get_can_request_heads (self))
    LODGE_SCREEN_GET_CLASS (self)->request_heads (self, n_heads);
}

/**
 * lodge_screen_add_head:
 * @self: a screen
 * @position: in [method@Screen.get_heads]
 * @head: another monitor of its guest; opened if it is not
 */
void
lodge_screen_add_head (LodgeScreen *self,
                       guint        position,
                       LodgeScreen *head)
{
  g_return_if_fail (LODGE_IS_SCREEN (self));
  g_return_if_fail (LODGE_IS_SCREEN (head) && head != self);

  lodge_screen_open (head);
  g_list_store_insert (lodge_screen_get_private (self)->heads, position, head);
}

/**
 * lodge_screen_remove_head:
 * @self: a screen
 * @head: a monitor that shows nothing any more, in its list or not
 */
void
lodge_screen_remove_head (LodgeScreen *self,
                          LodgeScreen *head)
{
  GListStore *heads;
  guint position;

  g_return_if_fail (LODGE_IS_SCREEN (self));

  heads = lodge_screen_get_private (self)->heads;
  if (g_list_store_find (heads, head, &position))
    g_list_store_remove (heads, position);
}

/* The end of the connection is that of them all */
void
lodge_screen_drop_heads (LodgeScreen *self)
{
  GListModel *heads = lodge_screen_get_heads (self);

  while (g_list_model_get_n_items (heads) > 0)
    {
      g_autoptr(LodgeScreen) last = g_list_model_get_item (heads, g_list_model_get_n_items (heads) - 1);

      lodge_screen_close (last);
      lodge_screen_remove_head (self, last);
    }
}
