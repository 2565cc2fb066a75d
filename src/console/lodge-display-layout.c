/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-display-layout"

#include "config.h"

#include <math.h>

#include "lodge-display-private.h"

/* Where the picture is: fit, zoom and scrolling. */

double
lodge_display_get_scale (LodgeDisplay *self)
{
  GtkNative *native = gtk_widget_get_native (GTK_WIDGET (self));
  GdkSurface *surface = native != NULL ? gtk_native_get_surface (native) : NULL;

  if (surface == NULL)
    return gtk_widget_get_scale_factor (GTK_WIDGET (self));

  return gdk_surface_get_scale (surface);
}

/**
 * lodge_display_get_geometry:
 * @self: a display
 * @geometry: (out): where the picture is now
 *
 * Computed at every use: a new scale reaches the input before the next frame.
 *
 * Returns: %FALSE if there is no picture, or no surface to show it on
 */
gboolean
lodge_display_get_geometry (LodgeDisplay  *self,
                            LodgeGeometry *geometry)
{
  GtkNative *native = gtk_widget_get_native (GTK_WIDGET (self));
  graphene_point_t origin;
  double native_x;
  double native_y;

  if (self->screen == NULL || native == NULL
      || lodge_screen_get_surface (self->screen) == NULL
      || !gtk_widget_compute_point (GTK_WIDGET (self), GTK_WIDGET (native),
                                    &GRAPHENE_POINT_INIT (0, 0), &origin))
    return FALSE;

  gtk_native_get_surface_transform (native, &native_x, &native_y);
  *geometry = (LodgeGeometry) {
    .scale = lodge_display_get_scale (self),
    .widget_x = origin.x + native_x,
    .widget_y = origin.y + native_y,
    .widget_width = gtk_widget_get_width (GTK_WIDGET (self)),
    .widget_height = gtk_widget_get_height (GTK_WIDGET (self)),
    .guest_width = lodge_screen_get_width (self->screen),
    .guest_height = lodge_screen_get_height (self->screen),
    .zoom = self->zoom,
  };
  if (self->scaling == LODGE_DISPLAY_FIT)
    {
      geometry->zoom = lodge_geometry_fit (geometry);
    }
  else
    {
      if (self->adjustments[GTK_ORIENTATION_HORIZONTAL] != NULL)
        geometry->scroll_x = gtk_adjustment_get_value (self->adjustments[GTK_ORIENTATION_HORIZONTAL]);
      if (self->adjustments[GTK_ORIENTATION_VERTICAL] != NULL)
        geometry->scroll_y = gtk_adjustment_get_value (self->adjustments[GTK_ORIENTATION_VERTICAL]);
    }

  return geometry->widget_width > 0 && geometry->widget_height > 0;
}

/* Logical pixels that the picture takes in ORIGINAL */
double
lodge_display_get_content_size (LodgeDisplay   *self,
                                GtkOrientation  orientation)
{
  int guest;

  if (self->screen == NULL)
    return 0;

  guest = orientation == GTK_ORIENTATION_HORIZONTAL ? lodge_screen_get_width (self->screen)
                                                    : lodge_screen_get_height (self->screen);

  return guest * (self->scaling == LODGE_DISPLAY_FIT ? 1 : self->zoom) / lodge_display_get_scale (self);
}

void
lodge_display_configure_adjustment (LodgeDisplay   *self,
                                    GtkOrientation  orientation,
                                    int             size)
{
  GtkAdjustment *adjustment = self->adjustments[orientation];
  double upper = size;

  if (adjustment == NULL)
    return;

  if (self->scaling == LODGE_DISPLAY_ORIGINAL)
    upper = MAX (size, lodge_display_get_content_size (self, orientation));
  gtk_adjustment_configure (adjustment,
                            CLAMP (gtk_adjustment_get_value (adjustment), 0, upper - size),
                            0, upper, 32, size * 0.9, size);
}

static void
adjustment_cb (LodgeDisplay *self)
{
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
lodge_display_set_adjustment (LodgeDisplay   *self,
                              GtkOrientation  orientation,
                              GtkAdjustment  *adjustment)
{
  GtkAdjustment *old = self->adjustments[orientation];

  if (old != NULL && old == adjustment)
    return;

  if (old != NULL)
    g_signal_handlers_disconnect_by_data (old, self);
  g_clear_object (&self->adjustments[orientation]);
  if (adjustment != NULL)
    {
      self->adjustments[orientation] = g_object_ref_sink (adjustment);
      g_signal_connect_object (adjustment, "value-changed", G_CALLBACK (adjustment_cb), self,
                               G_CONNECT_SWAPPED);
    }
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

void
lodge_display_set_policy (LodgeDisplay        *self,
                          GtkOrientation       orientation,
                          GtkScrollablePolicy  policy,
                          GParamSpec          *pspec)
{
  if (self->policies[orientation] == policy)
    return;

  self->policies[orientation] = policy;
  gtk_widget_queue_resize (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), pspec);
}

LodgeDisplayScaling
lodge_display_get_scaling (LodgeDisplay *self)
{
  g_return_val_if_fail (LODGE_IS_DISPLAY (self), LODGE_DISPLAY_FIT);

  return self->scaling;
}

void
lodge_display_set_scaling (LodgeDisplay        *self,
                           LodgeDisplayScaling  scaling)
{
  g_return_if_fail (LODGE_IS_DISPLAY (self));

  if (self->scaling == scaling)
    return;

  self->scaling = scaling;
  gtk_widget_queue_resize (GTK_WIDGET (self));
  g_object_notify (G_OBJECT (self), "scaling");
}

double
lodge_display_get_zoom (LodgeDisplay *self)
{
  g_return_val_if_fail (LODGE_IS_DISPLAY (self), 1);

  return self->zoom;
}

/**
 * lodge_display_set_zoom:
 * @self: a display
 * @zoom: device pixels a guest pixel, 0.1 to 8
 *
 * Sets the size of the picture for ORIGINAL. What is in the middle stays there.
 */
void
lodge_display_set_zoom (LodgeDisplay *self,
                        double        zoom)
{
  double factor;

  g_return_if_fail (LODGE_IS_DISPLAY (self));

  zoom = CLAMP (zoom, LODGE_DISPLAY_MIN_ZOOM, LODGE_DISPLAY_MAX_ZOOM);
  if (self->zoom == zoom)
    return;

  factor = zoom / self->zoom;
  self->zoom = zoom;
  for (int i = 0; i < 2; i++)
    {
      GtkAdjustment *adjustment = self->adjustments[i];
      double page;
      double middle;

      if (adjustment == NULL || self->scaling != LODGE_DISPLAY_ORIGINAL)
        continue;
      page = gtk_adjustment_get_page_size (adjustment);
      middle = gtk_adjustment_get_value (adjustment) + page / 2;
      gtk_adjustment_configure (adjustment, middle * factor - page / 2, 0,
                                MAX (page, lodge_display_get_content_size (self, (GtkOrientation) i)),
                                32, page * 0.9, page);
    }
  gtk_widget_queue_resize (GTK_WIDGET (self));
  g_object_notify (G_OBJECT (self), "zoom");
}

double
lodge_display_get_shown_zoom (LodgeDisplay *self)
{
  LodgeGeometry geometry;

  g_return_val_if_fail (LODGE_IS_DISPLAY (self), 1);

  return lodge_display_get_geometry (self, &geometry) ? geometry.zoom : self->zoom;
}

void
lodge_display_get_device_size (LodgeDisplay *self,
                               int          *width,
                               int          *height)
{
  g_return_if_fail (LODGE_IS_DISPLAY (self));

  *width = (int) floor (gtk_widget_get_width (GTK_WIDGET (self)) * lodge_display_get_scale (self));
  *height = (int) floor (gtk_widget_get_height (GTK_WIDGET (self)) * lodge_display_get_scale (self));
}
