/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-screen"

#include "config.h"

#include <glib/gi18n.h>


#include "util/lodge-error.h"

#include "lodge-screen-private.h"

/* From opening, or from an answer to the question for a password, to the first picture */
#define DEFAULT_PATIENCE_MS 60000

G_DEFINE_ENUM_TYPE (LodgeScreenState, lodge_screen_state,
                    G_DEFINE_ENUM_VALUE (LODGE_SCREEN_CLOSED, "closed"),
                    G_DEFINE_ENUM_VALUE (LODGE_SCREEN_CONNECTING, "connecting"),
                    G_DEFINE_ENUM_VALUE (LODGE_SCREEN_NEEDS_CREDENTIALS, "needs-credentials"),
                    G_DEFINE_ENUM_VALUE (LODGE_SCREEN_CONNECTED, "connected"),
                    G_DEFINE_ENUM_VALUE (LODGE_SCREEN_LOST, "lost"))

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (LodgeScreen, lodge_screen, G_TYPE_OBJECT)

GParamSpec *lodge_screen_properties[LODGE_SCREEN_N_PROPS];
guint lodge_screen_signals[LODGE_SCREEN_N_SIGNALS];

LodgeScreenPrivate *
lodge_screen_get_private (LodgeScreen *self)
{
  return lodge_screen_get_instance_private (self);
}

static gboolean
out_of_patience_cb (gpointer user_data)
{
  LodgeScreen *self = user_data;

  lodge_screen_get_private (self)->patience_id = 0;
  lodge_screen_lose (self, g_error_new_literal (LODGE_ERROR, LODGE_ERROR_TIMED_OUT,
                                                _("The server took the connection, but says nothing")));

  return G_SOURCE_REMOVE;
}

void
lodge_screen_set_state (LodgeScreen      *self,
                        LodgeScreenState  state)
{
  LodgeScreenPrivate *priv = lodge_screen_get_private (self);

  if (priv->state == state)
    return;

  g_clear_handle_id (&priv->patience_id, g_source_remove);
  if (state == LODGE_SCREEN_CONNECTING)
    priv->patience_id = g_timeout_add (priv->patience, out_of_patience_cb, self);
  priv->state = state;
  priv->buttons = 0;
  g_object_notify_by_pspec (G_OBJECT (self), lodge_screen_properties[LODGE_SCREEN_PROP_STATE]);
}

static void
lodge_screen_dispose (GObject *object)
{
  LodgeScreen *self = LODGE_SCREEN (object);
  LodgeScreenPrivate *priv = lodge_screen_get_private (self);

  if (priv->state != LODGE_SCREEN_CLOSED && priv->state != LODGE_SCREEN_LOST)
    {
      priv->state = LODGE_SCREEN_CLOSED;
      LODGE_SCREEN_GET_CLASS (self)->close (self);
    }
  g_clear_handle_id (&priv->patience_id, g_source_remove);
  g_clear_handle_id (&priv->clipboard_timeout_id, g_source_remove);
  lodge_screen_drop_surface (self);
  g_clear_object (&priv->cursor);
  if (priv->heads != NULL)
    lodge_screen_drop_heads (self);
  g_clear_object (&priv->heads);

  G_OBJECT_CLASS (lodge_screen_parent_class)->dispose (object);
}

static void
lodge_screen_finalize (GObject *object)
{
  LodgeScreenPrivate *priv = lodge_screen_get_private (LODGE_SCREEN (object));

  g_clear_pointer (&priv->title, g_free);
  g_clear_pointer (&priv->resize_needs, g_free);
  g_clear_pointer (&priv->folder, g_free);
  g_clear_error (&priv->error);

  G_OBJECT_CLASS (lodge_screen_parent_class)->finalize (object);
}

static void
lodge_screen_get_property (GObject    *object,
                           guint       prop_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  LodgeScreenPrivate *priv = lodge_screen_get_private (LODGE_SCREEN (object));

  switch (prop_id)
    {
    case LODGE_SCREEN_PROP_STATE:
      g_value_set_enum (value, priv->state);
      break;
    case LODGE_SCREEN_PROP_WIDTH:
      g_value_set_int (value, priv->width);
      break;
    case LODGE_SCREEN_PROP_HEIGHT:
      g_value_set_int (value, priv->height);
      break;
    case LODGE_SCREEN_PROP_TITLE:
      g_value_set_string (value, priv->title);
      break;
    case LODGE_SCREEN_PROP_ABSOLUTE_POINTER:
      g_value_set_boolean (value, priv->absolute_pointer);
      break;
    case LODGE_SCREEN_PROP_LED_STATE:
      g_value_set_uint (value, priv->led_state);
      break;
    case LODGE_SCREEN_PROP_CAN_RESIZE:
      g_value_set_boolean (value, priv->can_resize);
      break;
    case LODGE_SCREEN_PROP_HAS_CLIPBOARD:
      g_value_set_boolean (value, priv->has_clipboard);
      break;
    case LODGE_SCREEN_PROP_HAS_AGENT:
      g_value_set_boolean (value, priv->has_agent);
      break;
    case LODGE_SCREEN_PROP_TAKES_FILES:
      g_value_set_boolean (value, priv->takes_files);
      break;
    case LODGE_SCREEN_PROP_ENABLE_AUDIO:
      g_value_set_boolean (value, priv->enable_audio);
      break;
    case LODGE_SCREEN_PROP_REMOTE:
      g_value_set_boolean (value, priv->remote);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
lodge_screen_set_property (GObject      *object,
                           guint         prop_id,
                           const GValue *value,
                           GParamSpec   *pspec)
{
  LodgeScreen *self = LODGE_SCREEN (object);
  LodgeScreenPrivate *priv = lodge_screen_get_private (self);

  switch (prop_id)
    {
    case LODGE_SCREEN_PROP_TITLE:
      lodge_screen_set_title (self, g_value_get_string (value));
      break;
    case LODGE_SCREEN_PROP_ENABLE_AUDIO:
      if (priv->enable_audio != g_value_get_boolean (value))
        {
          priv->enable_audio = g_value_get_boolean (value);
          if (LODGE_SCREEN_GET_CLASS (self)->update_sharing != NULL)
            LODGE_SCREEN_GET_CLASS (self)->update_sharing (self);
          g_object_notify_by_pspec (object, pspec);
        }
      break;
    case LODGE_SCREEN_PROP_REMOTE:
      if (priv->remote != g_value_get_boolean (value))
        {
          priv->remote = g_value_get_boolean (value);
          g_object_notify_by_pspec (object, pspec);
        }
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
lodge_screen_class_init (LodgeScreenClass *klass)
{
  const GParamFlags ro = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  const GParamFlags rw = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamSpec **properties = lodge_screen_properties;
  static const struct
  {
    LodgeScreenSignal number;
    const char       *name;
  } plain_signals[] = {
    { LODGE_SCREEN_SIGNAL_RESIZED, "resized" },
    { LODGE_SCREEN_SIGNAL_PICTURE_CHANGED, "picture-changed" },
    { LODGE_SCREEN_SIGNAL_CURSOR_CHANGED, "cursor-changed" },
    { LODGE_SCREEN_SIGNAL_BELL, "bell" },
  };

  object_class->dispose = lodge_screen_dispose;
  object_class->finalize = lodge_screen_finalize;
  object_class->get_property = lodge_screen_get_property;
  object_class->set_property = lodge_screen_set_property;

  properties[LODGE_SCREEN_PROP_STATE] = g_param_spec_enum ("state", NULL, NULL, LODGE_TYPE_SCREEN_STATE,
                                                           LODGE_SCREEN_CLOSED, ro);
  properties[LODGE_SCREEN_PROP_WIDTH] = g_param_spec_int ("width", NULL, NULL, 0, LODGE_SCREEN_MAX_SIDE, 0, ro);
  properties[LODGE_SCREEN_PROP_HEIGHT] = g_param_spec_int ("height", NULL, NULL, 0, LODGE_SCREEN_MAX_SIDE, 0, ro);
  properties[LODGE_SCREEN_PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, rw);
  properties[LODGE_SCREEN_PROP_ABSOLUTE_POINTER] = g_param_spec_boolean ("absolute-pointer", NULL, NULL, FALSE, ro);
  properties[LODGE_SCREEN_PROP_LED_STATE] = g_param_spec_uint ("led-state", NULL, NULL, 0, G_MAXUINT, 0, ro);
  properties[LODGE_SCREEN_PROP_CAN_RESIZE] = g_param_spec_boolean ("can-resize", NULL, NULL, FALSE, ro);
  properties[LODGE_SCREEN_PROP_HAS_CLIPBOARD] = g_param_spec_boolean ("has-clipboard", NULL, NULL, FALSE, ro);
  properties[LODGE_SCREEN_PROP_HAS_AGENT] = g_param_spec_boolean ("has-agent", NULL, NULL, FALSE, ro);
  properties[LODGE_SCREEN_PROP_TAKES_FILES] = g_param_spec_boolean ("takes-files", NULL, NULL, FALSE, ro);
  properties[LODGE_SCREEN_PROP_ENABLE_AUDIO] = g_param_spec_boolean ("enable-audio", NULL, NULL, TRUE, rw);
  properties[LODGE_SCREEN_PROP_REMOTE] = g_param_spec_boolean ("remote", NULL, NULL, FALSE, rw);
  g_object_class_install_properties (object_class, LODGE_SCREEN_N_PROPS, properties);

  /* Guest pixels: x, y, width, height of what has changed, never outside the picture */
  lodge_screen_signals[LODGE_SCREEN_SIGNAL_DAMAGE] =
    g_signal_new ("damage", LODGE_TYPE_SCREEN, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 4, G_TYPE_INT, G_TYPE_INT, G_TYPE_INT, G_TYPE_INT);
  for (gsize i = 0; i < G_N_ELEMENTS (plain_signals); i++)
    lodge_screen_signals[plain_signals[i].number] =
      g_signal_new (plain_signals[i].name, LODGE_TYPE_SCREEN, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  /* LodgeClipboardFormats: what the guest has now; one of them that it wants */
  lodge_screen_signals[LODGE_SCREEN_SIGNAL_CLIPBOARD_OFFERED] =
    g_signal_new ("clipboard-offered", LODGE_TYPE_SCREEN, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_UINT);
  lodge_screen_signals[LODGE_SCREEN_SIGNAL_CLIPBOARD_REQUESTED] =
    g_signal_new ("clipboard-requested", LODGE_TYPE_SCREEN, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
lodge_screen_init (LodgeScreen *self)
{
  LodgeScreenPrivate *priv = lodge_screen_get_private (self);

  priv->enable_audio = TRUE;
  priv->heads = g_list_store_new (LODGE_TYPE_SCREEN);
  priv->patience = DEFAULT_PATIENCE_MS;
}

/**
 * lodge_screen_open:
 * @self: a screen
 *
 * Connects to the server, unless that is under way or done.
 *
 * [property@Screen:state] tells how it goes; after LOST it may be called again.
 */
void
lodge_screen_open (LodgeScreen *self)
{
  LodgeScreenPrivate *priv;

  g_return_if_fail (LODGE_IS_SCREEN (self));

  priv = lodge_screen_get_private (self);
  if (priv->state != LODGE_SCREEN_CLOSED && priv->state != LODGE_SCREEN_LOST)
    return;

  g_clear_error (&priv->error);
  priv->wants_username = FALSE;
  lodge_screen_set_state (self, LODGE_SCREEN_CONNECTING);
  LODGE_SCREEN_GET_CLASS (self)->open (self);
}

/**
 * lodge_screen_close:
 * @self: a screen
 *
 * Lets go of the server; the guest notices nothing. The last picture stays.
 */
void
lodge_screen_close (LodgeScreen *self)
{
  LodgeScreenPrivate *priv;

  g_return_if_fail (LODGE_IS_SCREEN (self));

  priv = lodge_screen_get_private (self);
  if (priv->state == LODGE_SCREEN_CLOSED)
    return;

  if (priv->state != LODGE_SCREEN_LOST)
    {
      lodge_screen_keep_picture (self);
      LODGE_SCREEN_GET_CLASS (self)->close (self);
      lodge_screen_drop_heads (self);
      lodge_screen_drop_clipboard (self);
    }
  g_clear_error (&priv->error);
  lodge_screen_set_state (self, LODGE_SCREEN_CLOSED);
}

/**
 * lodge_screen_set_patience:
 * @self: a screen
 * @patience_ms: milliseconds, a minute when not set
 *
 * Sets how long a server may leave the screen CONNECTING until it counts as LOST.
 */
void
lodge_screen_set_patience (LodgeScreen *self,
                           guint        patience_ms)
{
  LodgeScreenPrivate *priv;

  g_return_if_fail (LODGE_IS_SCREEN (self));

  priv = lodge_screen_get_private (self);
  priv->patience = patience_ms;
  if (priv->patience_id == 0)
    return;

  g_source_remove (priv->patience_id);
  priv->patience_id = g_timeout_add (patience_ms, out_of_patience_cb, self);
}

LodgeScreenState
lodge_screen_get_state (LodgeScreen *self)
{
  g_return_val_if_fail (LODGE_IS_SCREEN (self), LODGE_SCREEN_CLOSED);

  return lodge_screen_get_private (self)->state;
}

/**
 * lodge_screen_get_error:
 * @self: a screen
 *
 * Returns: (transfer none) (nullable): why the screen was lost, or why it asks again
 */
const GError *
lodge_screen_get_error (LodgeScreen *self)
{
  g_return_val_if_fail (LODGE_IS_SCREEN (self), NULL);

  return lodge_screen_get_private (self)->error;
}

int
lodge_screen_get_width (LodgeScreen *self)
{
  g_return_val_if_fail (LODGE_IS_SCREEN (self), 0);

  return lodge_screen_get_private (self)->width;
}

int
lodge_screen_get_height (LodgeScreen *self)
{
  g_return_val_if_fail (LODGE_IS_SCREEN (self), 0);

  return lodge_screen_get_private (self)->height;
}

/**
 * lodge_screen_wants_username:
 * @self: a screen that needs credentials
 *
 * Returns: %TRUE if a user name is asked besides the password
 */
gboolean
lodge_screen_wants_username (LodgeScreen *self)
{
  g_return_val_if_fail (LODGE_IS_SCREEN (self), FALSE);

  return lodge_screen_get_private (self)->wants_username;
}

/**
 * lodge_screen_supply_credentials:
 * @self: a screen in the state NEEDS_CREDENTIALS
 * @username: (nullable): the user name, if [method@Screen.wants_username]
 * @password: (nullable): the password
 *
 * Answers the server's question and goes on connecting.
 */
void
lodge_screen_supply_credentials (LodgeScreen *self,
                                 const char  *username,
                                 const char  *password)
{
  LodgeScreenPrivate *priv;

  g_return_if_fail (LODGE_IS_SCREEN (self));

  priv = lodge_screen_get_private (self);
  if (priv->state != LODGE_SCREEN_NEEDS_CREDENTIALS)
    return;

  g_clear_error (&priv->error);
  lodge_screen_set_state (self, LODGE_SCREEN_CONNECTING);
  LODGE_SCREEN_GET_CLASS (self)->supply_credentials (self, username, password);
}

/**
 * lodge_screen_dup_texture:
 * @self: a screen
 *
 * Copies the picture as it is now.
 *
 * Returns: (transfer full) (nullable): a texture of the guest's size, %NULL without a picture
 */
GdkTexture *
lodge_screen_dup_texture (LodgeScreen *self)
{
  LodgeScreenPrivate *priv;
  g_autoptr(GBytes) bytes = NULL;
  const guchar *from;
  guchar *to;
  gsize row;
  int stride;

  g_return_val_if_fail (LODGE_IS_SCREEN (self), NULL);

  priv = lodge_screen_get_private (self);
  if (priv->surface == NULL)
    return NULL;

  row = (gsize) priv->width * 4;
  to = g_try_malloc (row * priv->height);
  if (to == NULL)
    return NULL;

  from = cairo_image_surface_get_data (priv->surface);
  stride = cairo_image_surface_get_stride (priv->surface);
  for (int y = 0; y < priv->height; y++)
    memcpy (to + y * row, from + (gsize) y * stride, row);
  bytes = g_bytes_new_take (to, row * priv->height);

  return gdk_memory_texture_new (priv->width, priv->height,
                                 G_BYTE_ORDER == G_LITTLE_ENDIAN ? GDK_MEMORY_B8G8R8X8
                                                                 : GDK_MEMORY_X8R8G8B8,
                                 bytes, row);
}

const char *
lodge_screen_get_title (LodgeScreen *self)
{
  g_return_val_if_fail (LODGE_IS_SCREEN (self), NULL);

  return lodge_screen_get_private (self)->title;
}

void
lodge_screen_set_title (LodgeScreen *self,
                        const char  *title)
{
  g_return_if_fail (LODGE_IS_SCREEN (self));

  if (g_set_str (&lodge_screen_get_private (self)->title, title))
    g_object_notify_by_pspec (G_OBJECT (self), lodge_screen_properties[LODGE_SCREEN_PROP_TITLE]);
}

cairo_surface_t *
lodge_screen_get_surface (LodgeScreen *self)
{
  g_return_val_if_fail (LODGE_IS_SCREEN (self), NULL);

  return lodge_screen_get_private (self)->surface;
}

GdkTexture *
lodge_screen_get_cursor (LodgeScreen *self,
                         int         *hotspot_x,
                         int         *hotspot_y)
{
  LodgeScreenPrivate *priv;

  g_return_val_if_fail (LODGE_IS_SCREEN (self), NULL);

  priv = lodge_screen_get_private (self);
  *hotspot_x = priv->hotspot_x;
  *hotspot_y = priv->hotspot_y;

  return priv->cursor;
}

gboolean
lodge_screen_get_cursor_position (LodgeScreen *self,
                                  int         *x,
                                  int         *y)
{
  LodgeScreenPrivate *priv;

  g_return_val_if_fail (LODGE_IS_SCREEN (self), FALSE);

  priv = lodge_screen_get_private (self);
  if (!priv->has_cursor_position || priv->absolute_pointer)
    return FALSE;

  *x = priv->cursor_x;
  *y = priv->cursor_y;

  return TRUE;
}

gboolean
lodge_screen_get_absolute_pointer (LodgeScreen *self)
{
  g_return_val_if_fail (LODGE_IS_SCREEN (self), FALSE);

  return lodge_screen_get_private (self)->absolute_pointer;
}

guint
lodge_screen_get_led_state (LodgeScreen *self)
{
  g_return_val_if_fail (LODGE_IS_SCREEN (self), 0);

  return lodge_screen_get_private (self)->led_state;
}

/**
 * lodge_screen_get_resize_needs:
 * @self: a screen
 *
 * Returns: (transfer none) (nullable): what is missing when the guest does not follow a request for another size,
 *   in words for a person
 */
const char *
lodge_screen_get_resize_needs (LodgeScreen *self)
{
  g_return_val_if_fail (LODGE_IS_SCREEN (self), NULL);

  return lodge_screen_get_private (self)->resize_needs;
}

/**
 * lodge_screen_get_has_agent:
 * @self: a screen
 *
 * Returns: whether a program in the guest works together with the display: for clipboard, files, sizes
 */
gboolean
lodge_screen_get_has_agent (LodgeScreen *self)
{
  g_return_val_if_fail (LODGE_IS_SCREEN (self), FALSE);

  return lodge_screen_get_private (self)->has_agent;
}

gboolean
lodge_screen_get_can_resize (LodgeScreen *self)
{
  g_return_val_if_fail (LODGE_IS_SCREEN (self), FALSE);

  return lodge_screen_get_private (self)->can_resize;
}
