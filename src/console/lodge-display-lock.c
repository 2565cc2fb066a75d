/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-display-lock"

#include "config.h"

#include <math.h>

#include "lodge-display-private.h"

/* A guest without a tablet hears of motion alone, and wants it also when the pointer would stand at an edge: then the
 * pointer is held in place while the display has the grab. */

static void
moved_cb (double   dx,
          double   dy,
          gpointer user_data)
{
  LodgeDisplay *self = user_data;
  int whole_x;
  int whole_y;

  if (self->screen == NULL || !isfinite (dx) || !isfinite (dy))
    return;
  self->rest_x += dx;
  self->rest_y += dy;
  whole_x = (int) CLAMP (trunc (self->rest_x), -G_MAXINT16, G_MAXINT16);
  whole_y = (int) CLAMP (trunc (self->rest_y), -G_MAXINT16, G_MAXINT16);
  self->rest_x -= trunc (self->rest_x);
  self->rest_y -= trunc (self->rest_y);
  if (whole_x != 0 || whole_y != 0)
    lodge_screen_move_by (self->screen, whole_x, whole_y);
}

static void
changed_cb (gboolean held,
            gpointer user_data)
{
  LodgeDisplay *self = user_data;

  self->rest_x = 0;
  self->rest_y = 0;
  /* Taken away by the desktop: the next click takes it again */
  if (!held)
    lodge_display_release (self);
}

/* In coordinates of the surface; FALSE while there is no picture */
static gboolean
get_area (LodgeDisplay          *self,
          cairo_rectangle_int_t *area)
{
  LodgeGeometry geometry;

  if (!lodge_display_get_geometry (self, &geometry))
    return FALSE;
  area->x = (int) geometry.widget_x;
  area->y = (int) geometry.widget_y;
  area->width = gtk_widget_get_width (GTK_WIDGET (self));
  area->height = gtk_widget_get_height (GTK_WIDGET (self));
  return TRUE;
}

/**
 * lodge_display_lock_update:
 * @self: a display
 * @wanted: whether keyboard and pointer are the guest's now
 *
 * Holds the pointer, or lets go of it, as a guest with a relative one needs.
 */
void
lodge_display_lock_update (LodgeDisplay *self,
                           gboolean      wanted)
{
  GtkNative *native = gtk_widget_get_native (GTK_WIDGET (self));
  cairo_rectangle_int_t area;

  wanted = wanted && native != NULL && lodge_display_is_connected (self)
           && !lodge_screen_get_absolute_pointer (self->screen) && get_area (self, &area);
  if (!wanted)
    {
      self->lock_refused = FALSE;
      g_clear_pointer (&self->lock, lodge_pointer_lock_free);
      return;
    }
  if (self->lock != NULL || self->lock_refused)
    return;
  /* For desktops where it makes trouble, and for tests of what is done without */
  if (g_strcmp0 (g_getenv ("LODGE_POINTER_LOCK"), "0") != 0)
    self->lock = lodge_pointer_lock_new (gtk_native_get_surface (native), &area, moved_cb, changed_cb,
                                         self);
  if (self->lock != NULL)
    return;
  /* Then the pointer's own motion over the picture has to do, and ends at its edge */
  self->lock_refused = TRUE;
  lodge_display_emit_pointer_loose (self);
}

/**
 * lodge_display_get_pointer_held:
 * @self: a display
 *
 * Returns: whether the desktop holds the pointer in place for the guest
 */
gboolean
lodge_display_get_pointer_held (LodgeDisplay *self)
{
  g_return_val_if_fail (LODGE_IS_DISPLAY (self), FALSE);

  return self->lock != NULL && lodge_pointer_lock_is_held (self->lock);
}
