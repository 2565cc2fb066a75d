/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-display-resize"

#include "config.h"

#include <glib/gi18n.h>

#include "lodge-display-private.h"

/* The guest's screen follows the size of the widget, when that has come to rest. */

#define REST_MS 300
/* A guest that has not followed by then will not */
#define ANSWER_MS 5000
#define MIN_WIDTH 640
#define MIN_HEIGHT 480

static void
set_obstacle (LodgeDisplay *self,
              const char   *obstacle)
{
  if (g_set_str (&self->resize_obstacle, obstacle))
    g_object_notify (G_OBJECT (self), "resize-obstacle");
}

static gboolean
no_answer_cb (gpointer user_data)
{
  LodgeDisplay *self = user_data;
  const char *needs = self->screen != NULL ? lodge_screen_get_resize_needs (self->screen) : NULL;

  self->resize_answer_id = 0;
  set_obstacle (self, needs != NULL ? needs : _("The guest does not follow the size of the window"));

  return G_SOURCE_REMOVE;
}

static gboolean
rest_cb (gpointer user_data)
{
  LodgeDisplay *self = user_data;
  int width;
  int height;

  self->resize_id = 0;
  if (!self->resize_guest || !lodge_display_is_connected (self) || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return G_SOURCE_REMOVE;

  if (!lodge_screen_get_can_resize (self->screen))
    {
      set_obstacle (self, lodge_screen_get_resize_needs (self->screen));
      return G_SOURCE_REMOVE;
    }

  lodge_display_get_device_size (self, &width, &height);
  width = MAX (MIN_WIDTH, width & ~1);
  height = MAX (MIN_HEIGHT, height & ~1);
  /* Two that answer each other would go on for ever: the same is asked once */
  if (width == self->asked_width && height == self->asked_height)
    return G_SOURCE_REMOVE;

  self->asked_width = width;
  self->asked_height = height;
  if (width == lodge_screen_get_width (self->screen) && height == lodge_screen_get_height (self->screen))
    {
      set_obstacle (self, NULL);
      return G_SOURCE_REMOVE;
    }

  lodge_screen_request_size (self->screen, width, height);
  g_clear_handle_id (&self->resize_answer_id, g_source_remove);
  self->resize_answer_id = g_timeout_add (ANSWER_MS, no_answer_cb, self);

  return G_SOURCE_REMOVE;
}

/**
 * lodge_display_resize_later:
 * @self: a display
 *
 * To be called when the widget's size, or what the guest can do, has changed.
 */
void
lodge_display_resize_later (LodgeDisplay *self)
{
  if (!self->resize_guest || self->screen == NULL)
    return;

  g_clear_handle_id (&self->resize_id, g_source_remove);
  self->resize_id = g_timeout_add (REST_MS, rest_cb, self);
}

/**
 * lodge_display_resize_answered:
 * @self: a display
 *
 * To be called when the guest's screen has another size.
 */
void
lodge_display_resize_answered (LodgeDisplay *self)
{
  g_clear_handle_id (&self->resize_answer_id, g_source_remove);
  set_obstacle (self, NULL);
}

/**
 * lodge_display_resize_forget:
 * @self: a display
 *
 * To be called when there is another guest, or another connection to it.
 */
void
lodge_display_resize_forget (LodgeDisplay *self)
{
  g_clear_handle_id (&self->resize_id, g_source_remove);
  g_clear_handle_id (&self->resize_answer_id, g_source_remove);
  self->asked_width = 0;
  self->asked_height = 0;
  set_obstacle (self, NULL);
  lodge_display_resize_later (self);
}

gboolean
lodge_display_get_resize_guest (LodgeDisplay *self)
{
  g_return_val_if_fail (LODGE_IS_DISPLAY (self), FALSE);

  return self->resize_guest;
}

/**
 * lodge_display_set_resize_guest:
 * @self: a display
 * @resize_guest: whether the guest is asked to show as many pixels as the widget has
 *
 * What hinders it is told by [method@Display.get_resize_obstacle].
 */
void
lodge_display_set_resize_guest (LodgeDisplay *self,
                                gboolean      resize_guest)
{
  g_return_if_fail (LODGE_IS_DISPLAY (self));

  if (self->resize_guest == resize_guest)
    return;

  self->resize_guest = resize_guest;
  lodge_display_resize_forget (self);
  g_object_notify (G_OBJECT (self), "resize-guest");
}

/**
 * lodge_display_get_resize_obstacle:
 * @self: a display
 *
 * Returns: (transfer none) (nullable): why the guest does not follow, and what it lacks; %NULL: nothing is known
 */
const char *
lodge_display_get_resize_obstacle (LodgeDisplay *self)
{
  g_return_val_if_fail (LODGE_IS_DISPLAY (self), NULL);

  return self->resize_obstacle;
}
