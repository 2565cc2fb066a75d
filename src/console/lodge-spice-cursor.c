/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-spice-screen"

#include "config.h"

#include "lodge-spice-screen-private.h"

/* The guest's cursor: each display channel has one, and all the heads on it show the same. */

static void
show_cursor (LodgeSpiceSurface *surface,
             SpiceCursorShape  *shape)
{
  for (guint i = 0; i < surface->heads->len; i++)
    {
      LodgeScreen *screen = g_ptr_array_index (surface->heads, i);

      if (shape == NULL || shape->data == NULL)
        lodge_screen_clear_cursor (screen);
      else
        lodge_screen_set_cursor (screen, shape->data, shape->width, shape->height, shape->hot_spot_x,
                                 shape->hot_spot_y);
    }
}

void
lodge_spice_surface_update_cursor (LodgeSpiceSurface *surface)
{
  SpiceCursorShape *shape = NULL;

  if (surface->cursor == NULL)
    return;
  if (!surface->cursor_hidden)
    g_object_get (surface->cursor, "cursor", &shape, NULL);
  show_cursor (surface, shape);
  if (shape != NULL)
    g_boxed_free (SPICE_TYPE_CURSOR_SHAPE, shape);
}

static void
cursor_notify_cb (LodgeSpiceSurface *surface)
{
  surface->cursor_hidden = FALSE;
  lodge_spice_surface_update_cursor (surface);
}

static void
cursor_move_cb (LodgeSpiceSurface *surface,
                gint               x,
                gint               y)
{
  /* A guest that moves a hidden cursor shows it */
  if (surface->cursor_hidden)
    cursor_notify_cb (surface);
  for (guint i = 0; i < surface->heads->len; i++)
    {
      LodgeScreen *screen = g_ptr_array_index (surface->heads, i);
      LodgeSpicePart *part;

      lodge_spice_screen_of (screen, &part);
      lodge_screen_set_cursor_position (screen, x - part->area.x, y - part->area.y);
    }
}

static void
cursor_gone_cb (LodgeSpiceSurface *surface)
{
  surface->cursor_hidden = TRUE;
  lodge_spice_surface_update_cursor (surface);
}

void
lodge_spice_surface_set_cursor (LodgeSpiceSurface  *surface,
                                SpiceCursorChannel *cursor)
{
  if (surface->cursor != NULL)
    g_signal_handlers_disconnect_by_data (surface->cursor, surface);
  g_set_object (&surface->cursor, cursor);
  if (cursor == NULL)
    return;
  g_signal_connect_swapped (cursor, "notify::cursor", G_CALLBACK (cursor_notify_cb), surface);
  g_signal_connect_swapped (cursor, "cursor-move", G_CALLBACK (cursor_move_cb), surface);
  g_signal_connect_swapped (cursor, "cursor-hide", G_CALLBACK (cursor_gone_cb), surface);
  g_signal_connect_swapped (cursor, "cursor-reset", G_CALLBACK (cursor_gone_cb), surface);
}
