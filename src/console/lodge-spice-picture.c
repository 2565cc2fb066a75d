/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-spice-screen"

#include "config.h"

#include <glib/gi18n.h>

#include "lodge-spice-screen-private.h"

/* What a SPICE server shows: a surface for each display channel, and the heads that show parts of it. A guest with qxl
 * has one surface with several monitors, others have one surface for each monitor. */

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
convert (LodgeSpiceSurface *self,
         GdkRectangle       part)
{
  const GdkRectangle all = { 0, 0, self->width, self->height };

  if (self->converted == NULL || !gdk_rectangle_intersect (&part, &all, &part))
    return;

  for (int y = part.y; y < part.y + part.height; y++)
    {
      const guint16 *from = (const guint16 *) (gpointer) (self->primary + (gsize) y * self->stride);
      guint32 *to = (guint32 *) (gpointer) self->converted + (gsize) y * self->width;

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

/* Heads */

/* Parts of the surface as the guest lays its monitors out. All of it, when it says nothing or nothing that is true. */
static GArray *
list_parts (LodgeSpiceSurface *self)
{
  const GdkRectangle all = { 0, 0, self->width, self->height };
  const LodgeSpicePart whole = { self->id, all };
  g_autoptr(GArray) monitors = NULL;
  GArray *parts = g_array_new (FALSE, FALSE, sizeof (LodgeSpicePart));

  g_object_get (self->channel, "monitors", &monitors, NULL);
  for (guint i = 0; monitors != NULL && i < MIN (monitors->len, LODGE_SCREEN_MAX_HEADS); i++)
    {
      const SpiceDisplayMonitorConfig *monitor = &g_array_index (monitors, SpiceDisplayMonitorConfig, i);
      const GdkRectangle area = { MIN (monitor->x, G_MAXINT16), MIN (monitor->y, G_MAXINT16),
                                  MIN (monitor->width, G_MAXINT16), MIN (monitor->height, G_MAXINT16) };
      const LodgeSpicePart part = { self->id > 0 ? self->id : MIN (monitor->id, LODGE_SCREEN_MAX_HEADS), area };
      GdkRectangle inside;

      if (monitor->surface_id == 0 && gdk_rectangle_intersect (&area, &all, &inside)
          && gdk_rectangle_equal (&area, &inside))
        g_array_append_val (parts, part);
    }
  if (parts->len == 0)
    g_array_append_val (parts, whole);
  return parts;
}

/* Its place in the list, which is in the order of the surfaces and lacks the screen itself */
static guint
find_position (LodgeSpiceSurface *self)
{
  guint position = 0;

  for (guint i = 0; i < self->screen->surfaces->len; i++)
    {
      const LodgeSpiceSurface *other = g_ptr_array_index (self->screen->surfaces, i);

      if (other->id <= self->id)
        position += other->heads->len - g_ptr_array_find (other->heads, self->screen, NULL);
    }
  return position;
}

static void
remove_heads (LodgeSpiceSurface *self,
              guint              n_left)
{
  while (self->heads->len > n_left)
    {
      LodgeScreen *head = g_ptr_array_index (self->heads, self->heads->len - 1);

      g_ptr_array_set_size (self->heads, (gint) self->heads->len - 1);
      if (head == LODGE_SCREEN (self->screen))
        continue;
      lodge_screen_close (head);
      lodge_screen_remove_head (LODGE_SCREEN (self->screen), head);
    }
}

static void
show_part (LodgeSpiceSurface    *self,
           LodgeScreen          *head,
           const LodgeSpicePart *wanted)
{
  guchar *pixels = self->converted != NULL ? self->converted : self->primary;
  const int stride = self->converted != NULL ? self->width * 4 : self->stride;
  LodgeSpicePart *part;

  lodge_spice_screen_of (head, &part);
  part->display_id = wanted->display_id;
  if (gdk_rectangle_equal (&wanted->area, &part->area))
    return;

  part->area = wanted->area;
  lodge_screen_set_picture (head, pixels + (gsize) part->area.y * stride + (gsize) part->area.x * 4, part->area.width,
                            part->area.height, stride);
}

static void
update_heads (LodgeSpiceSurface *self)
{
  g_autoptr(GArray) parts = NULL;

  if (self->primary == NULL || !self->marked)
    return;

  g_clear_handle_id (&self->keep_id, g_source_remove);
  parts = list_parts (self);
  remove_heads (self, parts->len);
  for (guint i = 0; i < parts->len; i++)
    {
      if (i == self->heads->len && i == 0 && self->id == 0)
        {
          g_ptr_array_add (self->heads, self->screen);
        }
      else if (i == self->heads->len)
        {
          g_autoptr(LodgeScreen) head = lodge_spice_head_new (self->screen);

          lodge_screen_add_head (LODGE_SCREEN (self->screen), find_position (self), head);
          g_ptr_array_add (self->heads, head);
        }
      show_part (self, g_ptr_array_index (self->heads, i), &g_array_index (parts, LodgeSpicePart, i));
    }
  lodge_spice_surface_update_cursor (self);
}

/* The primary surface */

static void
drop_primary (LodgeSpiceSurface *self)
{
  for (guint i = 0; i < self->heads->len; i++)
    {
      LodgeScreen *head = g_ptr_array_index (self->heads, i);
      LodgeSpicePart *part;

      lodge_screen_keep_picture (head);
      lodge_spice_screen_of (head, &part);
      part->area = (GdkRectangle) { 0 };
    }
  self->primary = NULL;
  g_clear_pointer (&self->converted, g_free);
}

/* The guest has switched this monitor off; the first stays, to show that there is nothing */
static gboolean
forget_picture_cb (gpointer user_data)
{
  LodgeSpiceSurface *self = user_data;

  self->keep_id = 0;
  remove_heads (self, self->id == 0 ? 1 : 0);
  if (self->id == 0)
    lodge_screen_clear_picture (LODGE_SCREEN (self->screen));

  return G_SOURCE_REMOVE;
}

static void
set_primary (LodgeSpiceSurface *self,
             gint               format,
             gint               width,
             gint               height,
             gint               stride,
             gpointer           pixels)
{
  LodgeScreen *screen = LODGE_SCREEN (self->screen);
  GError *error = NULL;
  const int bytes = bytes_per_pixel (format);

  drop_primary (self);
  if (!lodge_screen_check_size (width, height, &error))
    {
      lodge_screen_lose (screen, error);
      return;
    }
  if (bytes == 0 || stride < width * bytes || stride % bytes != 0 || pixels == NULL)
    {
      lodge_spice_screen_lose (self->screen, LODGE_ERROR_NOT_SUPPORTED,
                               _("The server sent a picture in a form that is not known"));
      return;
    }

  self->format = format;
  self->width = width;
  self->height = height;
  self->stride = stride;
  self->primary = pixels;
  if (bytes == 2)
    {
      self->converted = g_try_malloc0 ((gsize) width * height * 4);
      if (self->converted == NULL)
        {
          lodge_spice_screen_lose (self->screen, LODGE_ERROR_LIMIT,
                                   _("There is not enough memory for the guest’s screen"));
          return;
        }
      convert (self, (GdkRectangle) { 0, 0, width, height });
    }
  update_heads (self);
}

static void
primary_create_cb (LodgeSpiceSurface *self,
                   gint               format,
                   gint               width,
                   gint               height,
                   gint               stride,
                   gint               shmid,
                   gpointer           pixels)
{
  set_primary (self, format, width, height, stride, pixels);
}

static void
primary_destroy_cb (LodgeSpiceSurface *self)
{
  drop_primary (self);
  if (self->keep_id == 0)
    self->keep_id = g_timeout_add (KEEP_PICTURE_MS, forget_picture_cb, self);
}

static void
invalidate_cb (LodgeSpiceSurface *self,
               gint               x,
               gint               y,
               gint               width,
               gint               height)
{
  if (self->primary == NULL)
    return;

  if (self->converted != NULL)
    convert (self, (GdkRectangle) { x, y, width, height });
  for (guint i = 0; i < self->heads->len; i++)
    {
      LodgeScreen *head = g_ptr_array_index (self->heads, i);
      LodgeSpicePart *part;

      lodge_spice_screen_of (head, &part);
      if (part->area.width > 0)
        lodge_screen_add_damage (head, x - part->area.x, y - part->area.y, width, height);
    }
}

static void
mark_cb (LodgeSpiceSurface *self,
         gint               mark)
{
  self->marked = mark != 0;
  update_heads (self);
}

static void
take_existing_primary (LodgeSpiceSurface *self)
{
  SpiceDisplayPrimary primary = { 0 };

  if (!spice_display_channel_get_primary (SPICE_CHANNEL (self->channel), 0, &primary))
    return;

  self->marked = primary.marked;
  set_primary (self, primary.format, primary.width, primary.height, primary.stride, primary.data);
}

/* Surfaces */

LodgeSpiceSurface *
lodge_spice_screen_find_surface (LodgeSpiceScreen *self,
                                 guint             id)
{
  for (guint i = 0; i < self->surfaces->len; i++)
    {
      LodgeSpiceSurface *surface = g_ptr_array_index (self->surfaces, i);

      if (surface->id == id)
        return surface;
    }
  return NULL;
}

/**
 * lodge_spice_screen_add_surface:
 * @self: a SPICE screen
 * @channel: one of its display channels
 *
 * Returns: whether the channel is shown: there may be too many, or its picture was too much for the screen
 */
gboolean
lodge_spice_screen_add_surface (LodgeSpiceScreen *self,
                                SpiceChannel     *channel)
{
  LodgeSpiceSurface *surface;
  gint id = 0;

  g_object_get (channel, "channel-id", &id, NULL);
  if (id < 0 || id >= LODGE_SCREEN_MAX_HEADS || lodge_spice_screen_find_surface (self, (guint) id) != NULL)
    return FALSE;

  surface = g_new0 (LodgeSpiceSurface, 1);
  surface->screen = self;
  surface->id = (guint) id;
  surface->channel = g_object_ref (SPICE_DISPLAY_CHANNEL (channel));
  surface->heads = g_ptr_array_new ();
  g_ptr_array_add (self->surfaces, surface);
  g_signal_connect_swapped (channel, "display-primary-create", G_CALLBACK (primary_create_cb), surface);
  g_signal_connect_swapped (channel, "display-primary-destroy", G_CALLBACK (primary_destroy_cb), surface);
  g_signal_connect_swapped (channel, "display-invalidate", G_CALLBACK (invalidate_cb), surface);
  g_signal_connect_swapped (channel, "display-mark", G_CALLBACK (mark_cb), surface);
  g_signal_connect_swapped (channel, "notify::monitors", G_CALLBACK (update_heads), surface);
  take_existing_primary (surface);
  return lodge_screen_get_state (LODGE_SCREEN (self)) != LODGE_SCREEN_LOST;
}

void
lodge_spice_screen_remove_surface (LodgeSpiceScreen  *self,
                                   LodgeSpiceSurface *surface)
{
  g_clear_handle_id (&surface->keep_id, g_source_remove);
  g_signal_handlers_disconnect_by_data (surface->channel, surface);
  lodge_spice_surface_set_cursor (surface, NULL);
  drop_primary (surface);
  remove_heads (surface, 0);
  g_ptr_array_remove (self->surfaces, surface);
  g_ptr_array_unref (surface->heads);
  g_object_unref (surface->channel);
  g_free (surface);
}
