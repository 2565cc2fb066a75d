/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-viewer-open"

#include "config.h"

#include "lodge-viewer-open.h"

#include <glib/gi18n.h>

#include "util/lodge-error.h"

static void
deleted_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GError) error = NULL;

  if (!g_file_delete_finish (G_FILE (object), result, &error))
    g_warning ("A connection file that should be deleted could not be: %s", error->message);
}

/* @data may hold a password: it is wiped */
static void
return_target (GTask *task,
               char  *data,
               gsize  size)
{
  GFile *file = g_task_get_task_data (task);
  GError *error = NULL;
  LodgeViewerTarget *target = lodge_viewer_target_new_from_file (data, size, &error);

  explicit_bzero (data, size);
  if (target == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  if (target->delete_file && file != NULL)
    g_file_delete_async (file, G_PRIORITY_DEFAULT, NULL, deleted_cb, NULL);
  g_task_return_pointer (task, target, (GDestroyNotify) lodge_viewer_target_free);
}

/* One byte more than a file may have, so that it is seen to be too large */
static gboolean
read_more_cb (const char *data,
              goffset     size,
              gpointer    user_data)
{
  return size <= LODGE_VIEWER_MAX_FILE;
}

static void
file_read_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;
  g_autofree char *data = NULL;
  gsize size = 0;

  if (!g_file_load_partial_contents_finish (G_FILE (object), result, &data, &size, NULL, &error))
    g_task_return_error (task, error);
  else
    return_target (task, data, size);
}

static void
stream_read_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;
  gsize size = 0;

  if (!g_input_stream_read_all_finish (G_INPUT_STREAM (object), result, &size, &error))
    g_task_return_error (task, error);
  else
    return_target (task, g_object_get_data (G_OBJECT (task), "lodge-buffer"), size);
}

void
lodge_viewer_open_async (const char          *uri,
                         GFile               *file,
                         GInputStream        *stream,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, lodge_viewer_open_async);
  if (uri != NULL)
    {
      GError *error = NULL;
      LodgeViewerTarget *target = lodge_viewer_target_new_from_uri (uri, &error);

      if (target != NULL)
        g_task_return_pointer (task, target, (GDestroyNotify) lodge_viewer_target_free);
      else
        g_task_return_error (task, error);
      g_object_unref (task);
    }
  else if (file != NULL)
    {
      g_task_set_task_data (task, g_object_ref (file), g_object_unref);
      g_file_load_partial_contents_async (file, cancellable, read_more_cb, file_read_cb, task);
    }
  else
    {
      char *buffer = g_malloc (LODGE_VIEWER_MAX_FILE + 1);

      g_object_set_data_full (G_OBJECT (task), "lodge-buffer", buffer, g_free);
      g_input_stream_read_all_async (stream, buffer, LODGE_VIEWER_MAX_FILE + 1, G_PRIORITY_DEFAULT, cancellable,
                                     stream_read_cb, task);
    }
}

/**
 * lodge_viewer_open_finish:
 *
 * Returns: (transfer full) (nullable): the server; an error says in words why there is none
 */
LodgeViewerTarget *
lodge_viewer_open_finish (GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
