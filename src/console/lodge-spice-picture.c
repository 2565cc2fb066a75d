/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-spice-screen"

#include "config.h"

#include <glib/gi18n.h>

#include "lodge-spice-screen-private.h"

/* What a SPICE server shows: surfaces, the heads on them, the cursor. */

/* How long the old picture stays when the guest changes its mode: less flicker at each change */
#define KEEP_PICTURE_MS 200

static int
bytes_per_pixel (int format)
{
  switch (format)
    {
    case SPICE_SURFACE_FMT_32_xRGB:
    case SPICE_SURFACE_FMT_32_ARGB:
      return 4;
    case SPICE_SURFACE_FMT_16_555:
    case SPICE_SURFACE_FMT_16_565:
      return 2;
    default:
      return 0;
    }
}

/* Pictures */

/* Old guests only: five or six bits a color become eight */
static void
convert (LodgeSpiceScreen *self,
         GdkRectangle      part)
{
  const GdkRectangle all = { 0, 0, self->primary_width, self->primary_height };

  if (self->converted == NULL || !gdk_rectangle_intersect (&part, &all, &part))
    return;

  for (int y = part.y; y < part.y + part.height; y++)
    {
      const guint16 *from = (const guint16 *) (gpointer) (self->primary + (gsize) y * self->stride);
      guint32 *to = (guint32 *) (gpointer) self->converted + (gsize) y * self->primary_width;

      for (int x = part.x; x < part.x + part.width; x++)
        {
          const guint32 p = from[x];
          guint32 r;
          guint32 g;
          guint32 b = p & 0x1f;

          if (self->format == SPICE_SURFACE_FMT_16_565)
            {
              r = p >> 11 & 0x1f;
              g = p >> 5 & 0x3f;
              g = g << 2 | g >> 4;
            }
          else
            {
              r = p >> 10 & 0x1f;
              g = p >> 5 & 0x1f;
              g = g << 3 | g >> 2;
            }
          to[x] = 0xff000000u | (r << 3 | r >> 2) << 16 | g << 8 | (b << 3 | b >> 2);
        }
    }
}

/* Our head's part of the primary; all of it unless the guest says otherwise */
static GdkRectangle
find_head (LodgeSpiceScreen *self)
{
  const GdkRectangle all = { 0, 0, self->primary_width, self->primary_height };
  GArray *monitors = NULL;
  GdkRectangle found = all;

  g_object_get (self->display, "monitors", &monitors, NULL);
  if (monitors == NULL)
    return all;

  if (monitors->len > 0)
    {
      const SpiceDisplayMonitorConfig *first = &g_array_index (monitors, SpiceDisplayMonitorConfig, 0);
      const GdkRectangle part = { MIN (first->x, G_MAXINT16), MIN (first->y, G_MAXINT16),
                                  MIN (first->width, G_MAXINT16), MIN (first->height, G_MAXINT16) };

      if (first->surface_id != 0 || !gdk_rectangle_intersect (&part, &all, &found)
          || found.width != part.width || found.height != part.height)
        found = all;
    }
  g_array_unref (monitors);

  return found;
}

static void
update_picture (LodgeSpiceScreen *self)
{
  GdkRectangle head;
  guchar *pixels;
  int stride;

  if (self->primary == NULL || !self->marked || self->display == NULL)
    return;

  head = find_head (self);
  if (gdk_rectangle_equal (&head, &self->head))
    return;

  self->head = head;
  g_clear_handle_id (&self->keep_id, g_source_remove);
  pixels = self->converted != NULL ? self->converted : self->primary;
  stride = self->converted != NULL ? self->primary_width * 4 : self->stride;
  lodge_screen_set_picture (LODGE_SCREEN (self),
                            pixels + (gsize) head.y * stride + (gsize) head.x * 4,
                            head.width, head.height, stride);
}

void
lodge_spice_screen_drop_picture (LodgeSpiceScreen *self)
{
  lodge_screen_keep_picture (LODGE_SCREEN (self));
  self->primary = NULL;
  self->head = (GdkRectangle) { 0 };
  g_clear_pointer (&self->converted, g_free);
}

static gboolean
forget_picture_cb (gpointer user_data)
{
  LodgeSpiceScreen *self = user_data;

  self->keep_id = 0;
  lodge_screen_clear_picture (LODGE_SCREEN (self));

  return G_SOURCE_REMOVE;
}

static void
set_primary (LodgeSpiceScreen *self,
             gint              format,
             gint              width,
             gint              height,
             gint              stride,
             gpointer          pixels)
{
  GError *error = NULL;
  const int bytes = bytes_per_pixel (format);

  lodge_spice_screen_drop_picture (self);
  if (!lodge_screen_check_size (width, height, &error))
    {
      lodge_screen_lose (LODGE_SCREEN (self), error);
      return;
    }
  if (bytes == 0 || stride < width * bytes || stride % bytes != 0 || pixels == NULL)
    {
      lodge_spice_screen_lose (self, LODGE_ERROR_NOT_SUPPORTED,
            _("The server sent a picture in a form that is not known"));
      return;
    }

  self->format = format;
  self->primary_width = width;
  self->primary_height = height;
  self->stride = stride;
  self->primary = pixels;
  if (bytes == 2)
    {
      self->converted = g_try_malloc0 ((gsize) width * height * 4);
      if (self->converted == NULL)
        {
          self->primary = NULL;
          lodge_spice_screen_lose (self, LODGE_ERROR_LIMIT, _("There is not enough memory for the guest’s screen"));
          return;
        }
      convert (self, (GdkRectangle) { 0, 0, width, height });
    }
  update_picture (self);
}

static void
primary_create_cb (LodgeSpiceScreen *self,
                   gint              format,
                   gint              width,
                   gint              height,
                   gint              stride,
                   gint              shmid,
                   gpointer          pixels)
{
  set_primary (self, format, width, height, stride, pixels);
}

static void
primary_destroy_cb (LodgeSpiceScreen *self)
{
  lodge_spice_screen_drop_picture (self);
  if (self->keep_id == 0)
    self->keep_id = g_timeout_add (KEEP_PICTURE_MS, forget_picture_cb, self);
}

static void
invalidate_cb (LodgeSpiceScreen *self,
               gint              x,
               gint              y,
               gint              width,
               gint              height)
{
  if (self->primary == NULL)
    return;

  if (self->converted != NULL)
    convert (self, (GdkRectangle) { x, y, width, height });
  if (self->head.width > 0)
    lodge_screen_add_damage (LODGE_SCREEN (self),
                             x - self->head.x, y - self->head.y, width, height);
}

static void
mark_cb (LodgeSpiceScreen *self,
         gint              mark)
{
  self->marked = mark != 0;
  update_picture (self);
}

static void
take_existing_primary (LodgeSpiceScreen *self)
{
  SpiceDisplayPrimary primary = { 0 };

  if (!spice_display_channel_get_primary (SPICE_CHANNEL (self->display), 0, &primary))
    return;

  self->marked = primary.marked;
  set_primary (self, primary.format, primary.width, primary.height, primary.stride, primary.data);
}

/* Cursor */

static void
cursor_notify_cb (LodgeSpiceScreen *self)
{
  SpiceCursorShape *shape = NULL;

  self->cursor_hidden = FALSE;
  g_object_get (self->cursor, "cursor", &shape, NULL);
  if (shape == NULL || shape->data == NULL)
    lodge_screen_clear_cursor (LODGE_SCREEN (self));
  else
    lodge_screen_set_cursor (LODGE_SCREEN (self), shape->data, shape->width, shape->height,
                             shape->hot_spot_x, shape->hot_spot_y);
  if (shape != NULL)
    g_boxed_free (SPICE_TYPE_CURSOR_SHAPE, shape);
}

static void
cursor_move_cb (LodgeSpiceScreen *self,
                gint              x,
                gint              y)
{
  /* A guest that moves a hidden cursor shows it */
  if (self->cursor_hidden)
    cursor_notify_cb (self);
  lodge_screen_set_cursor_position (LODGE_SCREEN (self), x - self->head.x, y - self->head.y);
}

static void
cursor_gone_cb (LodgeSpiceScreen *self)
{
  self->cursor_hidden = TRUE;
  lodge_screen_clear_cursor (LODGE_SCREEN (self));
}

void
lodge_spice_screen_watch_display (LodgeSpiceScreen *self,
                                  SpiceChannel     *channel)
{
  g_set_object (&self->display, SPICE_DISPLAY_CHANNEL (channel));
  g_signal_connect_object (channel, "display-primary-create", G_CALLBACK (primary_create_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (channel, "display-primary-destroy", G_CALLBACK (primary_destroy_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (channel, "display-invalidate", G_CALLBACK (invalidate_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (channel, "display-mark", G_CALLBACK (mark_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (channel, "notify::monitors", G_CALLBACK (update_picture), self,
                           G_CONNECT_SWAPPED);
  take_existing_primary (self);
}

void
lodge_spice_screen_watch_cursor (LodgeSpiceScreen *self,
                                 SpiceChannel     *channel)
{
  g_set_object (&self->cursor, SPICE_CURSOR_CHANNEL (channel));
  g_signal_connect_object (channel, "notify::cursor", G_CALLBACK (cursor_notify_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (channel, "cursor-move", G_CALLBACK (cursor_move_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (channel, "cursor-hide", G_CALLBACK (cursor_gone_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (channel, "cursor-reset", G_CALLBACK (cursor_gone_cb), self,
                           G_CONNECT_SWAPPED);
}
