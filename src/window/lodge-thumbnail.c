/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-thumbnail"

#include "config.h"

#include "lodge-thumbnail.h"

#include <glib/gi18n.h>

#include "model/lodge-domain-screenshot.h"
#include "util/lodge-error.h"

/* A screen that is wider or higher is none */
#define MAX_SIDE 16384

typedef struct
{
  GdkTexture *texture;   /* owned, nullable */
  gint64      time;
} Thumbnail;

static void
thumbnail_free (gpointer data)
{
  Thumbnail *thumbnail = data;

  g_clear_object (&thumbnail->texture);
  g_free (thumbnail);
}

/* Only machines whose tile was seen have one */
static Thumbnail *
ensure_thumbnail (LodgeDomain *domain)
{
  Thumbnail *thumbnail = g_object_get_data (G_OBJECT (domain), "lodge-thumbnail");

  if (thumbnail == NULL)
    {
      thumbnail = g_new0 (Thumbnail, 1);
      g_object_set_data_full (G_OBJECT (domain), "lodge-thumbnail", thumbnail, thumbnail_free);
    }
  return thumbnail;
}

GdkTexture *
lodge_thumbnail_get (LodgeDomain *domain)
{
  Thumbnail *thumbnail = g_object_get_data (G_OBJECT (domain), "lodge-thumbnail");

  return thumbnail != NULL ? thumbnail->texture : NULL;
}

gint64
lodge_thumbnail_get_time (LodgeDomain *domain)
{
  Thumbnail *thumbnail = g_object_get_data (G_OBJECT (domain), "lodge-thumbnail");

  return thumbnail != NULL ? thumbnail->time : 0;
}

typedef struct
{
  GBytes *bytes;   /* owned */
  int     scale;
} Picture;

static void
picture_free (gpointer data)
{
  Picture *picture = data;

  g_clear_pointer (&picture->bytes, g_bytes_unref);
  g_free (picture);
}

/* To the size of a tile while it is decoded: a hundred full pictures in a list would cost more than everything else */
static void
size_prepared_cb (GdkPixbufLoader *loader,
                  int              width,
                  int              height,
                  gpointer         user_data)
{
  const Picture *picture = user_data;
  const double room_x = LODGE_THUMBNAIL_WIDTH * picture->scale, room_y = LODGE_THUMBNAIL_HEIGHT * picture->scale;
  double factor;

  if (width < 1 || height < 1 || width > MAX_SIDE || height > MAX_SIDE)
    {
      /* Nothing is decoded into it */
      gdk_pixbuf_loader_set_size (loader, 0, 0);
      return;
    }
  factor = MIN (1, MIN (room_x / width, room_y / height));
  gdk_pixbuf_loader_set_size (loader, MAX (1, (int) (width * factor)), MAX (1, (int) (height * factor)));
}

static void
decode_thread (GTask        *task,
               gpointer      source,
               gpointer      task_data,
               GCancellable *cancellable)
{
  Picture *picture = task_data;
  g_autoptr(GdkPixbufLoader) loader = gdk_pixbuf_loader_new ();
  g_autoptr(GBytes) pixels = NULL;
  GdkPixbuf *pixbuf = NULL;
  GError *error = NULL;

  g_signal_connect (loader, "size-prepared", G_CALLBACK (size_prepared_cb), picture);
  if (gdk_pixbuf_loader_write_bytes (loader, picture->bytes, &error))
    {
      if (gdk_pixbuf_loader_close (loader, &error))
        pixbuf = gdk_pixbuf_loader_get_pixbuf (loader);
    }
  else
    gdk_pixbuf_loader_close (loader, NULL);

  if (pixbuf == NULL)
    {
      if (error == NULL)
        lodge_set_error (&error, LODGE_ERROR_FAILED, _("The host sent no picture."));
      g_task_return_error (task, error);
      return;
    }
  pixels = gdk_pixbuf_read_pixel_bytes (pixbuf);
  g_task_return_pointer (task,
                         gdk_memory_texture_new (gdk_pixbuf_get_width (pixbuf), gdk_pixbuf_get_height (pixbuf),
                                                 gdk_pixbuf_get_has_alpha (pixbuf) ? GDK_MEMORY_R8G8B8A8
                                                                                   : GDK_MEMORY_R8G8B8,
                                                 pixels, (gsize) gdk_pixbuf_get_rowstride (pixbuf)),
                         g_object_unref);
}

static void
decoded_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;
  GdkTexture *texture = g_task_propagate_pointer (G_TASK (result), &error);
  Thumbnail *thumbnail = ensure_thumbnail (LODGE_DOMAIN (g_task_get_source_object (task)));

  if (texture == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  g_set_object (&thumbnail->texture, texture);
  g_object_unref (texture);
  g_task_return_boolean (task, TRUE);
}

static void
taken_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;
  Picture *picture = g_new0 (Picture, 1);
  g_autoptr(GTask) decode = NULL;

  picture->scale = GPOINTER_TO_INT (g_task_get_task_data (task));
  picture->bytes = lodge_domain_take_screenshot_finish (LODGE_DOMAIN (object), result, &error);
  if (picture->bytes == NULL)
    {
      picture_free (picture);
      g_task_return_error (task, error);
      return;
    }
  decode = g_task_new (NULL, g_task_get_cancellable (task), decoded_cb, g_object_ref (task));
  g_task_set_source_tag (decode, decode_thread);
  g_task_set_task_data (decode, picture, picture_free);
  g_task_run_in_thread (decode, decode_thread);
}

void
lodge_thumbnail_take_async (LodgeDomain         *domain,
                            int                  scale,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (domain, cancellable, callback, user_data);

  g_task_set_source_tag (task, lodge_thumbnail_take_async);
  g_task_set_task_data (task, GINT_TO_POINTER (CLAMP (scale, 1, 3)), NULL);
  /* The next try is counted from here, whatever comes of this one */
  ensure_thumbnail (domain)->time = g_get_monotonic_time ();
  lodge_domain_take_screenshot_async (domain, cancellable, taken_cb, g_steal_pointer (&task));
}

gboolean
lodge_thumbnail_take_finish (LodgeDomain   *domain,
                             GAsyncResult  *result,
                             GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, domain), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
