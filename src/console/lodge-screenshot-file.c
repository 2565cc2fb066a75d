/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lodge-screenshot-file.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "util/lodge-error.h"

#define MAX_NAMES 100

typedef struct
{
  GdkTexture *texture;   /* owned */
  char       *name;      /* of the file, without its ending */
} Screenshot;

static void
screenshot_free (gpointer data)
{
  Screenshot *shot = data;

  g_object_unref (shot->texture);
  g_free (shot->name);
  g_free (shot);
}

/* The first name that is free */
static GFileOutputStream *
create_file (const char    *folder,
             const char    *name,
             GCancellable  *cancellable,
             GFile        **made,
             GError       **error)
{
  for (guint i = 1; i <= MAX_NAMES; i++)
    {
      g_autofree char *base = i == 1 ? g_strdup_printf ("%s.png", name) : g_strdup_printf ("%s (%u).png", name, i);
      g_autoptr(GFile) file = g_file_new_build_filename (folder, base, NULL);
      g_autoptr(GError) local_error = NULL;
      GFileOutputStream *stream = g_file_create (file, G_FILE_CREATE_NONE, cancellable, &local_error);

      if (stream != NULL)
        {
          *made = g_steal_pointer (&file);
          return stream;
        }
      if (!g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_EXISTS))
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return NULL;
        }
    }
  lodge_set_error (error, LODGE_ERROR_EXISTS, _("There are too many screenshots of this second."));
  return NULL;
}

static void
save_worker (GTask        *task,
             gpointer      source,
             gpointer      task_data,
             GCancellable *cancellable)
{
  Screenshot *shot = task_data;
  const char *pictures = g_get_user_special_dir (G_USER_DIRECTORY_PICTURES);
  g_autofree char *folder = g_build_filename (pictures != NULL ? pictures : g_get_home_dir (), "Lodge", NULL);
  g_autoptr(GBytes) png = gdk_texture_save_to_png_bytes (shot->texture);
  g_autoptr(GFileOutputStream) stream = NULL;
  g_autoptr(GFile) file = NULL;
  GError *error = NULL;

  if (g_mkdir_with_parents (folder, 0755) != 0)
    {
      g_task_return_new_error (task, LODGE_ERROR, LODGE_ERROR_PERMISSION, _("The folder “%s” cannot be made: %s"),
                               folder, g_strerror (errno));
      return;
    }
  stream = create_file (folder, shot->name, cancellable, &file, &error);
  if (stream == NULL
      || !g_output_stream_write_all (G_OUTPUT_STREAM (stream), g_bytes_get_data (png, NULL), g_bytes_get_size (png),
                                     NULL, cancellable, &error)
      || !g_output_stream_close (G_OUTPUT_STREAM (stream), cancellable, &error))
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, g_steal_pointer (&file), g_object_unref);
}

void
lodge_screenshot_file_save_async (GdkTexture          *texture,
                             const char          *name,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, NULL, callback, user_data);
  g_autoptr(GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *time = g_date_time_format (now, "%Y-%m-%d %H-%M-%S");
  Screenshot *shot = g_new0 (Screenshot, 1);

  shot->texture = g_object_ref (texture);
  shot->name = g_strdup_printf ("%s %s", name, time);
  g_strdelimit (shot->name, "/", '-');
  g_task_set_source_tag (task, lodge_screenshot_file_save_async);
  g_task_set_task_data (task, shot, screenshot_free);
  g_task_run_in_thread (task, save_worker);
}

GFile *
lodge_screenshot_file_save_finish (GAsyncResult  *result,
                              GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
