/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-screen"

#include "config.h"

#include <glib/gi18n.h>

#include "util/lodge-error.h"

#include "lodge-screen-private.h"

/* What a backend tells: pictures, cursors, states, and how things end. */

/* Finishing makes cairo copy the pixels for any render node that still shows them. */
void
lodge_screen_drop_surface (LodgeScreen *self)
{
  LodgeScreenPrivate *priv = lodge_screen_get_private (self);

  if (priv->surface == NULL)
    return;

  cairo_surface_finish (priv->surface);
  g_clear_pointer (&priv->surface, cairo_surface_destroy);
}

static void
take_surface (LodgeScreen     *self,
              cairo_surface_t *surface,
              int              width,
              int              height,
              gboolean         own_pixels)
{
  LodgeScreenPrivate *priv = lodge_screen_get_private (self);
  gboolean resized = priv->width != width || priv->height != height;

  g_object_freeze_notify (G_OBJECT (self));
  lodge_screen_drop_surface (self);
  priv->surface = surface;
  priv->own_pixels = own_pixels;
  if (priv->width != width)
    {
      priv->width = width;
      g_object_notify_by_pspec (G_OBJECT (self), lodge_screen_properties[LODGE_SCREEN_PROP_WIDTH]);
    }
  if (priv->height != height)
    {
      priv->height = height;
      g_object_notify_by_pspec (G_OBJECT (self), lodge_screen_properties[LODGE_SCREEN_PROP_HEIGHT]);
    }
  g_signal_emit (self, lodge_screen_signals[LODGE_SCREEN_SIGNAL_PICTURE_CHANGED], 0);
  if (resized)
    g_signal_emit (self, lodge_screen_signals[LODGE_SCREEN_SIGNAL_RESIZED], 0);
  g_object_thaw_notify (G_OBJECT (self));
}

/**
 * lodge_screen_check_size:
 * @width: as the server said
 * @height: as the server said
 * @error: set if it is refused
 *
 * Returns: %TRUE if a picture of that size can be shown
 */
gboolean
lodge_screen_check_size (gint64   width,
                         gint64   height,
                         GError **error)
{
  if (width >= 1 && width <= LODGE_SCREEN_MAX_SIDE
      && height >= 1 && height <= LODGE_SCREEN_MAX_SIDE
      && width * height <= LODGE_SCREEN_MAX_PIXELS)
    return TRUE;

  /* Both protocols have 32 bits at most */
  return lodge_set_error (error, LODGE_ERROR_LIMIT,
                          _("The server offered a screen of %d × %d pixels, which cannot be shown"),
                          (int) CLAMP (width, 0, G_MAXINT), (int) CLAMP (height, 0, G_MAXINT));
}

void
lodge_screen_set_picture (LodgeScreen *self,
                          guchar      *data,
                          int          width,
                          int          height,
                          int          stride)
{
  cairo_surface_t *surface;

  g_return_if_fail (LODGE_IS_SCREEN (self));
  g_return_if_fail (lodge_screen_check_size (width, height, NULL) && stride >= width * 4);

  surface = cairo_image_surface_create_for_data (data, CAIRO_FORMAT_RGB24, width, height, stride);
  take_surface (self, surface, width, height, FALSE);
}

void
lodge_screen_keep_picture (LodgeScreen *self)
{
  LodgeScreenPrivate *priv;
  cairo_surface_t *copy;
  const guchar *from;
  guchar *to;
  int from_stride;
  int to_stride;

  g_return_if_fail (LODGE_IS_SCREEN (self));

  priv = lodge_screen_get_private (self);
  if (priv->surface == NULL || priv->own_pixels)
    return;

  copy = cairo_image_surface_create (CAIRO_FORMAT_RGB24, priv->width, priv->height);
  if (cairo_surface_status (copy) != CAIRO_STATUS_SUCCESS)
    {
      cairo_surface_destroy (copy);
      lodge_screen_clear_picture (self);
      return;
    }

  from = cairo_image_surface_get_data (priv->surface);
  from_stride = cairo_image_surface_get_stride (priv->surface);
  to = cairo_image_surface_get_data (copy);
  to_stride = cairo_image_surface_get_stride (copy);
  for (int y = 0; y < priv->height; y++)
    memcpy (to + (gsize) y * to_stride, from + (gsize) y * from_stride, (gsize) priv->width * 4);
  cairo_surface_mark_dirty (copy);

  take_surface (self, copy, priv->width, priv->height, TRUE);
}

void
lodge_screen_clear_picture (LodgeScreen *self)
{
  g_return_if_fail (LODGE_IS_SCREEN (self));

  if (lodge_screen_get_private (self)->surface != NULL)
    take_surface (self, NULL, 0, 0, FALSE);
}

void
lodge_screen_add_damage (LodgeScreen *self,
                         int          x,
                         int          y,
                         int          width,
                         int          height)
{
  LodgeScreenPrivate *priv;
  GdkRectangle all;
  GdkRectangle part;

  g_return_if_fail (LODGE_IS_SCREEN (self));

  priv = lodge_screen_get_private (self);
  if (priv->surface == NULL || width <= 0 || height <= 0)
    return;

  /* Servers say “everything” with the largest number there is: no sums before the clip */
  all = (GdkRectangle) { 0, 0, priv->width, priv->height };
  part = (GdkRectangle) { CLAMP (x, -LODGE_SCREEN_MAX_SIDE, LODGE_SCREEN_MAX_SIDE),
                          CLAMP (y, -LODGE_SCREEN_MAX_SIDE, LODGE_SCREEN_MAX_SIDE),
                          MIN (width, 2 * LODGE_SCREEN_MAX_SIDE),
                          MIN (height, 2 * LODGE_SCREEN_MAX_SIDE) };
  if (gdk_rectangle_intersect (&part, &all, &part))
    g_signal_emit (self, lodge_screen_signals[LODGE_SCREEN_SIGNAL_DAMAGE], 0, part.x, part.y, part.width, part.height);
}

void
lodge_screen_set_connected (LodgeScreen *self)
{
  g_return_if_fail (LODGE_IS_SCREEN (self));

  if (lodge_screen_get_private (self)->state == LODGE_SCREEN_CONNECTING)
    lodge_screen_set_state (self, LODGE_SCREEN_CONNECTED);
}

void
lodge_screen_ask_credentials (LodgeScreen *self,
                              gboolean     wants_username,
                              GError      *error)
{
  LodgeScreenPrivate *priv;

  g_return_if_fail (LODGE_IS_SCREEN (self));

  priv = lodge_screen_get_private (self);
  g_clear_error (&priv->error);
  priv->error = error;
  priv->wants_username = wants_username;
  lodge_screen_set_state (self, LODGE_SCREEN_NEEDS_CREDENTIALS);
}

void
lodge_screen_lose (LodgeScreen *self,
                   GError      *error)
{
  LodgeScreenPrivate *priv;

  g_return_if_fail (LODGE_IS_SCREEN (self));
  g_return_if_fail (error != NULL);

  priv = lodge_screen_get_private (self);
  if (priv->state == LODGE_SCREEN_CLOSED || priv->state == LODGE_SCREEN_LOST)
    {
      g_error_free (error);
      return;
    }

  g_debug ("lost: %s", error->message);
  lodge_screen_keep_picture (self);
  LODGE_SCREEN_GET_CLASS (self)->close (self);
  lodge_screen_drop_heads (self);
  lodge_screen_clear_cursor (self);
  lodge_screen_drop_clipboard (self);
  g_clear_error (&priv->error);
  priv->error = error;
  lodge_screen_set_state (self, LODGE_SCREEN_LOST);
}

void
lodge_screen_set_cursor (LodgeScreen  *self,
                         const guchar *rgba,
                         int           width,
                         int           height,
                         int           hotspot_x,
                         int           hotspot_y)
{
  LodgeScreenPrivate *priv;
  g_autoptr(GBytes) bytes = NULL;

  g_return_if_fail (LODGE_IS_SCREEN (self));

  if (rgba == NULL || width < 1 || height < 1
      || width > LODGE_SCREEN_MAX_CURSOR || height > LODGE_SCREEN_MAX_CURSOR)
    {
      lodge_screen_clear_cursor (self);
      return;
    }

  priv = lodge_screen_get_private (self);
  bytes = g_bytes_new (rgba, (gsize) width * height * 4);
  g_clear_object (&priv->cursor);
  priv->cursor = gdk_memory_texture_new (width, height, GDK_MEMORY_R8G8B8A8, bytes,
                                         (gsize) width * 4);
  priv->hotspot_x = CLAMP (hotspot_x, 0, width - 1);
  priv->hotspot_y = CLAMP (hotspot_y, 0, height - 1);
  g_signal_emit (self, lodge_screen_signals[LODGE_SCREEN_SIGNAL_CURSOR_CHANGED], 0);
}

void
lodge_screen_clear_cursor (LodgeScreen *self)
{
  LodgeScreenPrivate *priv;

  g_return_if_fail (LODGE_IS_SCREEN (self));

  priv = lodge_screen_get_private (self);
  if (priv->cursor == NULL && !priv->has_cursor_position)
    return;

  g_clear_object (&priv->cursor);
  priv->has_cursor_position = FALSE;
  g_signal_emit (self, lodge_screen_signals[LODGE_SCREEN_SIGNAL_CURSOR_CHANGED], 0);
}

void
lodge_screen_set_cursor_position (LodgeScreen *self,
                                  int          x,
                                  int          y)
{
  LodgeScreenPrivate *priv;

  g_return_if_fail (LODGE_IS_SCREEN (self));

  priv = lodge_screen_get_private (self);
  if (priv->has_cursor_position && priv->cursor_x == x && priv->cursor_y == y)
    return;

  priv->cursor_x = x;
  priv->cursor_y = y;
  priv->has_cursor_position = TRUE;
  g_signal_emit (self, lodge_screen_signals[LODGE_SCREEN_SIGNAL_CURSOR_CHANGED], 0);
}

void
lodge_screen_set_absolute_pointer (LodgeScreen *self,
                                   gboolean     absolute)
{
  LodgeScreenPrivate *priv;

  g_return_if_fail (LODGE_IS_SCREEN (self));

  priv = lodge_screen_get_private (self);
  if (priv->absolute_pointer == absolute)
    return;

  priv->absolute_pointer = absolute;
  g_object_notify_by_pspec (G_OBJECT (self), lodge_screen_properties[LODGE_SCREEN_PROP_ABSOLUTE_POINTER]);
}

void
lodge_screen_set_led_state (LodgeScreen *self,
                            guint        led_state)
{
  LodgeScreenPrivate *priv;

  g_return_if_fail (LODGE_IS_SCREEN (self));

  priv = lodge_screen_get_private (self);
  if (priv->led_state == led_state)
    return;

  priv->led_state = led_state;
  g_object_notify_by_pspec (G_OBJECT (self), lodge_screen_properties[LODGE_SCREEN_PROP_LED_STATE]);
}

void
lodge_screen_set_can_resize (LodgeScreen *self,
                             gboolean     can_resize)
{
  LodgeScreenPrivate *priv;

  g_return_if_fail (LODGE_IS_SCREEN (self));

  priv = lodge_screen_get_private (self);
  if (priv->can_resize == can_resize)
    return;

  priv->can_resize = can_resize;
  g_object_notify_by_pspec (G_OBJECT (self), lodge_screen_properties[LODGE_SCREEN_PROP_CAN_RESIZE]);
}

void
lodge_screen_set_has_agent (LodgeScreen *self,
                            gboolean     has_agent)
{
  LodgeScreenPrivate *priv;

  g_return_if_fail (LODGE_IS_SCREEN (self));

  priv = lodge_screen_get_private (self);
  if (priv->has_agent == has_agent)
    return;

  priv->has_agent = has_agent;
  g_object_notify_by_pspec (G_OBJECT (self), lodge_screen_properties[LODGE_SCREEN_PROP_HAS_AGENT]);
}

/**
 * lodge_screen_set_resize_needs:
 * @self: a screen
 * @needs: (nullable): the part that is missing if the guest does not follow a new size, a sentence for a person
 */
void
lodge_screen_set_resize_needs (LodgeScreen *self,
                               const char  *needs)
{
  g_return_if_fail (LODGE_IS_SCREEN (self));

  g_set_str (&lodge_screen_get_private (self)->resize_needs, needs);
}

void
lodge_screen_ring (LodgeScreen *self)
{
  g_return_if_fail (LODGE_IS_SCREEN (self));

  g_signal_emit (self, lodge_screen_signals[LODGE_SCREEN_SIGNAL_BELL], 0);
}

gboolean
lodge_screen_get_enable_audio (LodgeScreen *self)
{
  g_return_val_if_fail (LODGE_IS_SCREEN (self), FALSE);

  return lodge_screen_get_private (self)->enable_audio;
}

gboolean
lodge_screen_get_remote (LodgeScreen *self)
{
  g_return_val_if_fail (LODGE_IS_SCREEN (self), FALSE);

  return lodge_screen_get_private (self)->remote;
}

void
lodge_screen_target_init (LodgeScreenTarget        *target,
                          const LodgeScreenAddress *address,
                          LodgeScreenOpenFdFunc     open_fd,
                          gpointer                  user_data,
                          GDestroyNotify            destroy)
{
  if (address != NULL)
    {
      target->address.host = g_strdup (address->host);
      target->address.port = address->port;
      target->address.tls_port = address->tls_port;
      target->address.unix_path = g_strdup (address->unix_path);
      target->address.password = g_strdup (address->password);
      target->address.username = g_strdup (address->username);
      target->address.ca = address->ca != NULL ? g_bytes_ref (address->ca) : NULL;
      target->address.host_subject = g_strdup (address->host_subject);
      target->address.tls_ciphers = g_strdup (address->tls_ciphers);
      target->address.proxy = g_strdup (address->proxy);
      target->address.secure_channels = g_strdupv (address->secure_channels);
      target->address.disabled_effects = g_strdupv (address->disabled_effects);
    }
  target->open_fd = open_fd;
  target->user_data = user_data;
  target->destroy = destroy;
}

void
lodge_screen_target_clear (LodgeScreenTarget *target)
{
  g_clear_pointer (&target->address.host, g_free);
  g_clear_pointer (&target->address.unix_path, g_free);
  g_clear_pointer (&target->address.password, g_free);
  g_clear_pointer (&target->address.username, g_free);
  g_clear_pointer (&target->address.ca, g_bytes_unref);
  g_clear_pointer (&target->address.host_subject, g_free);
  g_clear_pointer (&target->address.tls_ciphers, g_free);
  g_clear_pointer (&target->address.proxy, g_free);
  g_clear_pointer (&target->address.secure_channels, g_strfreev);
  g_clear_pointer (&target->address.disabled_effects, g_strfreev);
  if (target->destroy != NULL)
    target->destroy (target->user_data);
  *target = (LodgeScreenTarget) { 0 };
}
