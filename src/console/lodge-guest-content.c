/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-guest-content"

#include "config.h"

#include <glib/gi18n.h>

#include "lodge-guest-content.h"

struct _LodgeGuestContent
{
  GdkContentProvider  parent_instance;

  LodgeScreen        *screen;   /* owned */
  guint               formats;  /* LodgeClipboardFormats */
};

G_DEFINE_FINAL_TYPE (LodgeGuestContent, lodge_guest_content, GDK_TYPE_CONTENT_PROVIDER)

static const struct
{
  LodgeClipboardFormats  format;
  const char            *mime_type;
} mime_types[] = {
  { LODGE_CLIPBOARD_TEXT, "text/plain;charset=utf-8" },
  { LODGE_CLIPBOARD_TEXT, "text/plain" },
  { LODGE_CLIPBOARD_TEXT, "UTF8_STRING" },
  { LODGE_CLIPBOARD_PNG, "image/png" },
};

static GdkContentFormats *
lodge_guest_content_ref_formats (GdkContentProvider *provider)
{
  GdkContentFormatsBuilder *builder = gdk_content_formats_builder_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (mime_types); i++)
    {
      if (LODGE_GUEST_CONTENT (provider)->formats & mime_types[i].format)
        gdk_content_formats_builder_add_mime_type (builder, mime_types[i].mime_type);
    }

  return gdk_content_formats_builder_free_to_formats (builder);
}

static void
spliced_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;

  if (g_output_stream_splice_finish (G_OUTPUT_STREAM (object), result, &error) < 0)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static void
received_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GOutputStream *stream = g_task_get_task_data (task);
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(GInputStream) input = NULL;
  GError *error = NULL;

  bytes = lodge_screen_request_clipboard_finish (LODGE_SCREEN (object), result, &error);
  if (bytes == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  /* In small pieces: X11 readers do not get more than 16 MiB in one */
  input = g_memory_input_stream_new_from_bytes (bytes);
  g_output_stream_splice_async (stream, input, G_OUTPUT_STREAM_SPLICE_CLOSE_SOURCE, G_PRIORITY_DEFAULT,
                                g_task_get_cancellable (task), spliced_cb, g_object_ref (task));
}

static void
lodge_guest_content_write_mime_type_async (GdkContentProvider  *provider,
                                           const char          *mime_type,
                                           GOutputStream       *stream,
                                           int                  io_priority,
                                           GCancellable        *cancellable,
                                           GAsyncReadyCallback  callback,
                                           gpointer             user_data)
{
  LodgeGuestContent *self = LODGE_GUEST_CONTENT (provider);
  g_autoptr(GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, lodge_guest_content_write_mime_type_async);
  g_task_set_task_data (task, g_object_ref (stream), g_object_unref);
  for (gsize i = 0; i < G_N_ELEMENTS (mime_types); i++)
    {
      if ((self->formats & mime_types[i].format) && g_str_equal (mime_types[i].mime_type, mime_type))
        {
          lodge_screen_request_clipboard_async (self->screen, mime_types[i].format, cancellable, received_cb,
                                                g_object_ref (task));
          return;
        }
    }
  g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, _("The guest does not offer that"));
}

static gboolean
lodge_guest_content_write_mime_type_finish (GdkContentProvider  *provider,
                                            GAsyncResult        *result,
                                            GError             **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
lodge_guest_content_finalize (GObject *object)
{
  g_clear_object (&LODGE_GUEST_CONTENT (object)->screen);
  G_OBJECT_CLASS (lodge_guest_content_parent_class)->finalize (object);
}

static void
lodge_guest_content_class_init (LodgeGuestContentClass *klass)
{
  GdkContentProviderClass *provider_class = GDK_CONTENT_PROVIDER_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = lodge_guest_content_finalize;
  provider_class->ref_formats = lodge_guest_content_ref_formats;
  provider_class->ref_storable_formats = lodge_guest_content_ref_formats;
  provider_class->write_mime_type_async = lodge_guest_content_write_mime_type_async;
  provider_class->write_mime_type_finish = lodge_guest_content_write_mime_type_finish;
}

static void
lodge_guest_content_init (LodgeGuestContent *self)
{
}

/**
 * lodge_guest_content_new:
 * @screen: where the guest is
 * @formats: what it offers, #LodgeClipboardFormats
 *
 * Returns: (transfer full): content for a clipboard of this computer
 */
GdkContentProvider *
lodge_guest_content_new (LodgeScreen *screen,
                         guint        formats)
{
  LodgeGuestContent *self = g_object_new (LODGE_TYPE_GUEST_CONTENT, NULL);

  self->screen = g_object_ref (screen);
  self->formats = formats;

  return GDK_CONTENT_PROVIDER (self);
}
