/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-clipboard"

#include "config.h"

#include <glib/gi18n.h>

#include "lodge-clipboard.h"
#include "lodge-guest-content.h"

/* Bytes that are read at once from another program */
#define CHUNK (64 * 1024)

struct _LodgeClipboard
{
  GObject             parent_instance;

  /* owned */
  GdkClipboard       *clipboard;
  LodgeScreen        *screen;
  GSignalGroup       *screen_signals;
  GdkContentProvider *content;       /* ours, while the guest offers something */
  GCancellable       *cancellable;   /* of what is being read for the guest */

  gboolean            to_guest;
  gboolean            from_guest;
  gboolean            active;        /* the person is with the guest */
  gboolean            pending;       /* an offer of the guest waits for that */
  guint               offered;       /* formats, to the guest */
};

enum
{
  PROP_0,
  PROP_SCREEN,
  PROP_TO_GUEST,
  PROP_FROM_GUEST,
  PROP_ACTIVE,
  N_PROPS
};

enum
{
  REFUSED,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (LodgeClipboard, lodge_clipboard, G_TYPE_OBJECT)

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static const char * const text_types[] = { "text/plain;charset=utf-8", "UTF8_STRING", "text/plain", NULL };
static const char * const png_types[] = { "image/png", NULL };

static void
refuse (LodgeClipboard *self,
        const char     *reason)
{
  g_signal_emit (self, signals[REFUSED], 0, reason);
}

static gboolean
is_ours (LodgeClipboard *self)
{
  return self->content != NULL && gdk_clipboard_get_content (self->clipboard) == self->content;
}

/* From the guest */

static void
drop_content (LodgeClipboard *self)
{
  if (is_ours (self))
    gdk_clipboard_set_content (self->clipboard, NULL);
  g_clear_object (&self->content);
}

/* On Wayland a claim without the person's attention is dropped in silence, and this computer's clipboard would be deaf
 * from then on: so it waits until the person is there. For privacy this holds everywhere. */
static void
take_offer (LodgeClipboard *self)
{
  const guint formats = self->screen != NULL ? lodge_screen_get_clipboard_offer (self->screen) : 0;

  if (formats == 0 || !self->from_guest)
    {
      self->pending = FALSE;
      drop_content (self);
      return;
    }
  if (!self->active)
    {
      self->pending = TRUE;
      return;
    }

  self->pending = FALSE;
  g_clear_object (&self->content);
  self->content = lodge_guest_content_new (self->screen, formats);
  self->offered = 0;
  gdk_clipboard_set_content (self->clipboard, self->content);
}

static void
clipboard_offered_cb (LodgeClipboard *self)
{
  take_offer (self);
}

/* To the guest */

static guint
find_formats (LodgeClipboard *self)
{
  GdkContentFormats *formats = gdk_clipboard_get_formats (self->clipboard);
  guint found = 0;

  for (gsize i = 0; text_types[i] != NULL; i++)
    found |= gdk_content_formats_contain_mime_type (formats, text_types[i]) ? LODGE_CLIPBOARD_TEXT : 0;
  if (gdk_content_formats_contain_gtype (formats, G_TYPE_STRING))
    found |= LODGE_CLIPBOARD_TEXT;
  if (gdk_content_formats_contain_mime_type (formats, png_types[0])
      || gdk_content_formats_contain_gtype (formats, GDK_TYPE_TEXTURE))
    found |= LODGE_CLIPBOARD_PNG;

  return found;
}

static void
offer (LodgeClipboard *self)
{
  guint formats;

  if (self->screen == NULL || is_ours (self) || !lodge_screen_get_has_clipboard (self->screen))
    return;

  formats = self->to_guest ? find_formats (self) : 0;
  if (!self->active && formats != 0)
    return;
  if (formats == 0 && self->offered == 0)
    return;

  self->offered = formats;
  lodge_screen_offer_clipboard (self->screen, formats);
}

static void
clipboard_changed_cb (LodgeClipboard *self)
{
  if (is_ours (self))
    return;

  /* Somebody copied something here: what the guest had is not in this clipboard any more */
  g_clear_object (&self->content);
  self->pending = FALSE;
  offer (self);
}

typedef struct
{
  LodgeClipboard        *self;
  LodgeScreen           *screen;
  LodgeClipboardFormats  format;
  GInputStream          *stream;
  GCancellable          *cancellable;
  GByteArray            *bytes;
} Reading;

static void
reading_end (Reading    *reading,
             GBytes     *bytes,
             const char *reason)
{
  lodge_screen_send_clipboard (reading->screen, reading->format, bytes);
  if (reason != NULL)
    refuse (reading->self, reason);

  g_clear_object (&reading->self);
  g_clear_object (&reading->screen);
  g_clear_object (&reading->stream);
  g_clear_object (&reading->cancellable);
  g_clear_pointer (&reading->bytes, g_byte_array_unref);
  g_free (reading);
}

static void
chunk_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  Reading *reading = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) chunk = g_input_stream_read_bytes_finish (G_INPUT_STREAM (object), result, &error);
  const gsize limit = lodge_clipboard_format_get_limit (reading->format);
  gsize size;

  if (chunk == NULL)
    {
      reading_end (reading, NULL, g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ? NULL : error->message);
      return;
    }

  size = g_bytes_get_size (chunk);
  if (size == 0)
    {
      g_autoptr(GBytes) bytes = g_byte_array_free_to_bytes (g_steal_pointer (&reading->bytes));

      reading_end (reading, bytes, NULL);
      return;
    }
  if (reading->bytes->len + size > limit)
    {
      g_autofree char *text = g_format_size_full (limit, G_FORMAT_SIZE_IEC_UNITS);
      g_autofree char *reason = NULL;

      /* Translators: %s is a size, such as “16.0 MiB” */
      reason = g_strdup_printf (_("The clipboard was not handed to the guest: it is larger than %s"), text);
      reading_end (reading, NULL, reason);
      return;
    }

  g_byte_array_append (reading->bytes, g_bytes_get_data (chunk, NULL), (guint) size);
  g_input_stream_read_bytes_async (reading->stream, CHUNK, G_PRIORITY_DEFAULT, reading->cancellable, chunk_cb, reading);
}

static void
stream_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  Reading *reading = user_data;
  g_autoptr(GError) error = NULL;

  reading->stream = gdk_clipboard_read_finish (GDK_CLIPBOARD (object), result, NULL, &error);
  if (reading->stream == NULL)
    {
      reading_end (reading, NULL, NULL);
      return;
    }

  reading->bytes = g_byte_array_new ();
  g_input_stream_read_bytes_async (reading->stream, CHUNK, G_PRIORITY_DEFAULT, reading->cancellable, chunk_cb, reading);
}

static void
clipboard_requested_cb (LodgeClipboard *self,
                        guint           format)
{
  Reading *reading;

  if (!self->to_guest || (self->offered & format) == 0 || is_ours (self))
    {
      lodge_screen_send_clipboard (self->screen, (LodgeClipboardFormats) format, NULL);
      return;
    }

  /* A guest that asks again does not want the first answer any more */
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();

  reading = g_new0 (Reading, 1);
  reading->self = g_object_ref (self);
  reading->screen = g_object_ref (self->screen);
  reading->format = (LodgeClipboardFormats) format;
  reading->cancellable = g_object_ref (self->cancellable);
  gdk_clipboard_read_async (self->clipboard,
                            (const char **) (format == LODGE_CLIPBOARD_PNG ? png_types : text_types),
                            G_PRIORITY_DEFAULT, self->cancellable, stream_cb, reading);
}

static void
has_clipboard_cb (LodgeClipboard *self)
{
  self->offered = 0;
  offer (self);
}

static void
lodge_clipboard_dispose (GObject *object)
{
  LodgeClipboard *self = LODGE_CLIPBOARD (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->clipboard != NULL)
    drop_content (self);
  g_clear_object (&self->screen_signals);
  g_clear_object (&self->screen);
  g_clear_object (&self->clipboard);

  G_OBJECT_CLASS (lodge_clipboard_parent_class)->dispose (object);
}

static void
lodge_clipboard_get_property (GObject    *object,
                              guint       prop_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  LodgeClipboard *self = LODGE_CLIPBOARD (object);

  switch (prop_id)
    {
    case PROP_SCREEN:
      g_value_set_object (value, self->screen);
      break;
    case PROP_TO_GUEST:
      g_value_set_boolean (value, self->to_guest);
      break;
    case PROP_FROM_GUEST:
      g_value_set_boolean (value, self->from_guest);
      break;
    case PROP_ACTIVE:
      g_value_set_boolean (value, self->active);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
lodge_clipboard_set_property (GObject      *object,
                              guint         prop_id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  LodgeClipboard *self = LODGE_CLIPBOARD (object);

  switch (prop_id)
    {
    case PROP_SCREEN:
      lodge_clipboard_set_screen (self, g_value_get_object (value));
      break;
    case PROP_TO_GUEST:
      lodge_clipboard_set_to_guest (self, g_value_get_boolean (value));
      break;
    case PROP_FROM_GUEST:
      lodge_clipboard_set_from_guest (self, g_value_get_boolean (value));
      break;
    case PROP_ACTIVE:
      lodge_clipboard_set_active (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
lodge_clipboard_class_init (LodgeClipboardClass *klass)
{
  const GParamFlags rw = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = lodge_clipboard_dispose;
  object_class->get_property = lodge_clipboard_get_property;
  object_class->set_property = lodge_clipboard_set_property;

  properties[PROP_SCREEN] = g_param_spec_object ("screen", NULL, NULL, LODGE_TYPE_SCREEN, rw);
  properties[PROP_TO_GUEST] = g_param_spec_boolean ("to-guest", NULL, NULL, TRUE, rw);
  properties[PROP_FROM_GUEST] = g_param_spec_boolean ("from-guest", NULL, NULL, TRUE, rw);
  properties[PROP_ACTIVE] = g_param_spec_boolean ("active", NULL, NULL, FALSE, rw);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[REFUSED] = g_signal_new ("refused", LODGE_TYPE_CLIPBOARD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
lodge_clipboard_init (LodgeClipboard *self)
{
  self->to_guest = TRUE;
  self->from_guest = TRUE;
  self->screen_signals = g_signal_group_new (LODGE_TYPE_SCREEN);
  g_signal_group_connect_object (self->screen_signals, "clipboard-offered", G_CALLBACK (clipboard_offered_cb), self,
                                 G_CONNECT_SWAPPED);
  g_signal_group_connect_object (self->screen_signals, "clipboard-requested", G_CALLBACK (clipboard_requested_cb),
                                 self, G_CONNECT_SWAPPED);
  g_signal_group_connect_object (self->screen_signals, "notify::has-clipboard", G_CALLBACK (has_clipboard_cb), self,
                                 G_CONNECT_SWAPPED);
}

/**
 * lodge_clipboard_new:
 * @clipboard: this computer's
 *
 * Returns: (transfer full): a clipboard that is shared with nobody yet
 */
LodgeClipboard *
lodge_clipboard_new (GdkClipboard *clipboard)
{
  LodgeClipboard *self;

  g_return_val_if_fail (GDK_IS_CLIPBOARD (clipboard), NULL);

  self = g_object_new (LODGE_TYPE_CLIPBOARD, NULL);
  self->clipboard = g_object_ref (clipboard);
  g_signal_connect_object (clipboard, "changed", G_CALLBACK (clipboard_changed_cb), self, G_CONNECT_SWAPPED);

  return self;
}

/**
 * lodge_clipboard_set_screen:
 * @self: a clipboard
 * @screen: (nullable): whose guest shares it
 */
void
lodge_clipboard_set_screen (LodgeClipboard *self,
                            LodgeScreen    *screen)
{
  g_return_if_fail (LODGE_IS_CLIPBOARD (self));

  if (self->screen == screen)
    return;

  drop_content (self);
  self->pending = FALSE;
  self->offered = 0;
  g_set_object (&self->screen, screen);
  g_signal_group_set_target (self->screen_signals, screen);
  take_offer (self);
  offer (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SCREEN]);
}

/**
 * lodge_clipboard_set_to_guest:
 * @self: a clipboard
 * @to_guest: whether the guest may read what is copied here
 */
void
lodge_clipboard_set_to_guest (LodgeClipboard *self,
                              gboolean        to_guest)
{
  g_return_if_fail (LODGE_IS_CLIPBOARD (self));

  if (self->to_guest == to_guest)
    return;

  self->to_guest = to_guest;
  if (!to_guest)
    g_cancellable_cancel (self->cancellable);
  offer (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TO_GUEST]);
}

gboolean
lodge_clipboard_get_to_guest (LodgeClipboard *self)
{
  g_return_val_if_fail (LODGE_IS_CLIPBOARD (self), FALSE);

  return self->to_guest;
}

/**
 * lodge_clipboard_set_from_guest:
 * @self: a clipboard
 * @from_guest: whether what is copied in the guest can be pasted here
 */
void
lodge_clipboard_set_from_guest (LodgeClipboard *self,
                                gboolean        from_guest)
{
  g_return_if_fail (LODGE_IS_CLIPBOARD (self));

  if (self->from_guest == from_guest)
    return;

  self->from_guest = from_guest;
  take_offer (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FROM_GUEST]);
}

gboolean
lodge_clipboard_get_from_guest (LodgeClipboard *self)
{
  g_return_val_if_fail (LODGE_IS_CLIPBOARD (self), FALSE);

  return self->from_guest;
}

/**
 * lodge_clipboard_set_active:
 * @self: a clipboard
 * @active: whether the display has the focus of an active window, and a key or a button was pressed there
 *
 * Nothing new is offered in either direction while the person is elsewhere: a guest must not read what another program
 * copies behind its window. What came meanwhile is offered on return.
 */
void
lodge_clipboard_set_active (LodgeClipboard *self,
                            gboolean        active)
{
  g_return_if_fail (LODGE_IS_CLIPBOARD (self));

  if (self->active == active)
    return;

  self->active = active;
  if (active && self->pending)
    take_offer (self);
  else if (active)
    offer (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ACTIVE]);
}
