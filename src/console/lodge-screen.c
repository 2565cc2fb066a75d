/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-screen"

#include "config.h"

#include <glib/gi18n.h>

#include "util/lodge-error.h"

#include "lodge-screen-backend.h"

typedef struct
{
  char             *title;
  GError           *error;
  cairo_surface_t  *surface;
  GdkTexture       *cursor;
  LodgeScreenState  state;
  int               width;
  int               height;
  int               hotspot_x;
  int               hotspot_y;
  int               cursor_x;
  int               cursor_y;
  guint             led_state;
  guint             buttons;
  guint             own_pixels : 1;       /* the surface holds its pixels itself */
  guint             has_cursor_position : 1;
  guint             absolute_pointer : 1;
  guint             can_resize : 1;
  guint             wants_username : 1;
  guint             enable_audio : 1;
  guint             remote : 1;
} LodgeScreenPrivate;

enum
{
  PROP_0,
  PROP_STATE,
  PROP_WIDTH,
  PROP_HEIGHT,
  PROP_TITLE,
  PROP_ABSOLUTE_POINTER,
  PROP_LED_STATE,
  PROP_CAN_RESIZE,
  PROP_ENABLE_AUDIO,
  PROP_REMOTE,
  N_PROPS
};

enum
{
  DAMAGE,
  RESIZED,
  PICTURE_CHANGED,
  CURSOR_CHANGED,
  BELL,
  N_SIGNALS
};

G_DEFINE_ENUM_TYPE (LodgeScreenState, lodge_screen_state,
                    G_DEFINE_ENUM_VALUE (LODGE_SCREEN_CLOSED, "closed"),
                    G_DEFINE_ENUM_VALUE (LODGE_SCREEN_CONNECTING, "connecting"),
                    G_DEFINE_ENUM_VALUE (LODGE_SCREEN_NEEDS_CREDENTIALS, "needs-credentials"),
                    G_DEFINE_ENUM_VALUE (LODGE_SCREEN_CONNECTED, "connected"),
                    G_DEFINE_ENUM_VALUE (LODGE_SCREEN_LOST, "lost"))

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (LodgeScreen, lodge_screen, G_TYPE_OBJECT)

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static LodgeScreenPrivate *
get_private (LodgeScreen *self)
{
  return lodge_screen_get_instance_private (self);
}

static void
set_state (LodgeScreen      *self,
           LodgeScreenState  state)
{
  LodgeScreenPrivate *priv = get_private (self);

  if (priv->state == state)
    return;

  priv->state = state;
  priv->buttons = 0;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

/* Finishing makes cairo copy the pixels for any render node that still shows them. */
static void
drop_surface (LodgeScreen *self)
{
  LodgeScreenPrivate *priv = get_private (self);

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
  LodgeScreenPrivate *priv = get_private (self);
  gboolean resized = priv->width != width || priv->height != height;

  g_object_freeze_notify (G_OBJECT (self));
  drop_surface (self);
  priv->surface = surface;
  priv->own_pixels = own_pixels;
  if (priv->width != width)
    {
      priv->width = width;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_WIDTH]);
    }
  if (priv->height != height)
    {
      priv->height = height;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HEIGHT]);
    }
  g_signal_emit (self, signals[PICTURE_CHANGED], 0);
  if (resized)
    g_signal_emit (self, signals[RESIZED], 0);
  g_object_thaw_notify (G_OBJECT (self));
}

static gboolean
is_connected (LodgeScreen *self)
{
  return get_private (self)->state == LODGE_SCREEN_CONNECTED;
}

static void
lodge_screen_dispose (GObject *object)
{
  LodgeScreen *self = LODGE_SCREEN (object);
  LodgeScreenPrivate *priv = get_private (self);

  if (priv->state != LODGE_SCREEN_CLOSED && priv->state != LODGE_SCREEN_LOST)
    {
      priv->state = LODGE_SCREEN_CLOSED;
      LODGE_SCREEN_GET_CLASS (self)->close (self);
    }
  drop_surface (self);
  g_clear_object (&priv->cursor);

  G_OBJECT_CLASS (lodge_screen_parent_class)->dispose (object);
}

static void
lodge_screen_finalize (GObject *object)
{
  LodgeScreenPrivate *priv = get_private (LODGE_SCREEN (object));

  g_clear_pointer (&priv->title, g_free);
  g_clear_error (&priv->error);

  G_OBJECT_CLASS (lodge_screen_parent_class)->finalize (object);
}

static void
lodge_screen_get_property (GObject    *object,
                           guint       prop_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  LodgeScreenPrivate *priv = get_private (LODGE_SCREEN (object));

  switch (prop_id)
    {
    case PROP_STATE:
      g_value_set_enum (value, priv->state);
      break;
    case PROP_WIDTH:
      g_value_set_int (value, priv->width);
      break;
    case PROP_HEIGHT:
      g_value_set_int (value, priv->height);
      break;
    case PROP_TITLE:
      g_value_set_string (value, priv->title);
      break;
    case PROP_ABSOLUTE_POINTER:
      g_value_set_boolean (value, priv->absolute_pointer);
      break;
    case PROP_LED_STATE:
      g_value_set_uint (value, priv->led_state);
      break;
    case PROP_CAN_RESIZE:
      g_value_set_boolean (value, priv->can_resize);
      break;
    case PROP_ENABLE_AUDIO:
      g_value_set_boolean (value, priv->enable_audio);
      break;
    case PROP_REMOTE:
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
  LodgeScreenPrivate *priv = get_private (self);

  switch (prop_id)
    {
    case PROP_TITLE:
      lodge_screen_set_title (self, g_value_get_string (value));
      break;
    case PROP_ENABLE_AUDIO:
      if (priv->enable_audio != g_value_get_boolean (value))
        {
          priv->enable_audio = g_value_get_boolean (value);
          g_object_notify_by_pspec (object, pspec);
        }
      break;
    case PROP_REMOTE:
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

  object_class->dispose = lodge_screen_dispose;
  object_class->finalize = lodge_screen_finalize;
  object_class->get_property = lodge_screen_get_property;
  object_class->set_property = lodge_screen_set_property;

  properties[PROP_STATE] = g_param_spec_enum ("state", NULL, NULL, LODGE_TYPE_SCREEN_STATE,
                                              LODGE_SCREEN_CLOSED, ro);
  properties[PROP_WIDTH] = g_param_spec_int ("width", NULL, NULL,
                                             0, LODGE_SCREEN_MAX_SIDE, 0, ro);
  properties[PROP_HEIGHT] = g_param_spec_int ("height", NULL, NULL,
                                              0, LODGE_SCREEN_MAX_SIDE, 0, ro);
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, rw);
  properties[PROP_ABSOLUTE_POINTER] = g_param_spec_boolean ("absolute-pointer", NULL, NULL,
                                                            FALSE, ro);
  properties[PROP_LED_STATE] = g_param_spec_uint ("led-state", NULL, NULL, 0, G_MAXUINT, 0, ro);
  properties[PROP_CAN_RESIZE] = g_param_spec_boolean ("can-resize", NULL, NULL, FALSE, ro);
  properties[PROP_ENABLE_AUDIO] = g_param_spec_boolean ("enable-audio", NULL, NULL, TRUE, rw);
  properties[PROP_REMOTE] = g_param_spec_boolean ("remote", NULL, NULL, FALSE, rw);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /* Guest pixels: x, y, width, height of what has changed, never outside the picture */
  signals[DAMAGE] = g_signal_new ("damage", LODGE_TYPE_SCREEN, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 4,
                                  G_TYPE_INT, G_TYPE_INT, G_TYPE_INT, G_TYPE_INT);
  signals[RESIZED] = g_signal_new ("resized", LODGE_TYPE_SCREEN, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
  signals[PICTURE_CHANGED] = g_signal_new ("picture-changed", LODGE_TYPE_SCREEN,
                                           G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                           NULL, G_TYPE_NONE, 0);
  signals[CURSOR_CHANGED] = g_signal_new ("cursor-changed", LODGE_TYPE_SCREEN, G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[BELL] = g_signal_new ("bell", LODGE_TYPE_SCREEN, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 0);
}

static void
lodge_screen_init (LodgeScreen *self)
{
  get_private (self)->enable_audio = TRUE;
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

  priv = get_private (self);
  if (priv->state != LODGE_SCREEN_CLOSED && priv->state != LODGE_SCREEN_LOST)
    return;

  g_clear_error (&priv->error);
  priv->wants_username = FALSE;
  set_state (self, LODGE_SCREEN_CONNECTING);
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

  priv = get_private (self);
  if (priv->state == LODGE_SCREEN_CLOSED)
    return;

  if (priv->state != LODGE_SCREEN_LOST)
    {
      lodge_screen_keep_picture (self);
      LODGE_SCREEN_GET_CLASS (self)->close (self);
    }
  g_clear_error (&priv->error);
  set_state (self, LODGE_SCREEN_CLOSED);
}

LodgeScreenState
lodge_screen_get_state (LodgeScreen *self)
{
  g_return_val_if_fail (LODGE_IS_SCREEN (self), LODGE_SCREEN_CLOSED);

  return get_private (self)->state;
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

  return get_private (self)->error;
}

int
lodge_screen_get_width (LodgeScreen *self)
{
  g_return_val_if_fail (LODGE_IS_SCREEN (self), 0);

  return get_private (self)->width;
}

int
lodge_screen_get_height (LodgeScreen *self)
{
  g_return_val_if_fail (LODGE_IS_SCREEN (self), 0);

  return get_private (self)->height;
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

  return get_private (self)->wants_username;
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

  priv = get_private (self);
  if (priv->state != LODGE_SCREEN_NEEDS_CREDENTIALS)
    return;

  g_clear_error (&priv->error);
  set_state (self, LODGE_SCREEN_CONNECTING);
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

  priv = get_private (self);
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

  return get_private (self)->title;
}

void
lodge_screen_set_title (LodgeScreen *self,
                        const char  *title)
{
  g_return_if_fail (LODGE_IS_SCREEN (self));

  if (g_set_str (&get_private (self)->title, title))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TITLE]);
}

cairo_surface_t *
lodge_screen_get_surface (LodgeScreen *self)
{
  g_return_val_if_fail (LODGE_IS_SCREEN (self), NULL);

  return get_private (self)->surface;
}

GdkTexture *
lodge_screen_get_cursor (LodgeScreen *self,
                         int         *hotspot_x,
                         int         *hotspot_y)
{
  LodgeScreenPrivate *priv;

  g_return_val_if_fail (LODGE_IS_SCREEN (self), NULL);

  priv = get_private (self);
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

  priv = get_private (self);
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

  return get_private (self)->absolute_pointer;
}

guint
lodge_screen_get_led_state (LodgeScreen *self)
{
  g_return_val_if_fail (LODGE_IS_SCREEN (self), 0);

  return get_private (self)->led_state;
}

gboolean
lodge_screen_get_can_resize (LodgeScreen *self)
{
  g_return_val_if_fail (LODGE_IS_SCREEN (self), FALSE);

  return get_private (self)->can_resize;
}

/**
 * lodge_screen_key:
 * @self: a screen
 * @code: evdev code of the key
 * @keyval: GDK key value, for servers that do not take codes; 0 when unknown
 * @down: %TRUE for a press or a repeat
 *
 * Sends one key event. Keys that no guest could get are left out.
 */
void
lodge_screen_key (LodgeScreen *self,
                  guint        code,
                  guint        keyval,
                  gboolean     down)
{
  g_return_if_fail (LODGE_IS_SCREEN (self));

  if (is_connected (self))
    LODGE_SCREEN_GET_CLASS (self)->key (self, code, keyval, down);
}

/**
 * lodge_screen_move_to:
 * @self: a screen with an absolute pointer
 * @x: guest pixel
 * @y: guest pixel
 */
void
lodge_screen_move_to (LodgeScreen *self,
                      int          x,
                      int          y)
{
  LodgeScreenPrivate *priv;

  g_return_if_fail (LODGE_IS_SCREEN (self));

  priv = get_private (self);
  if (is_connected (self) && priv->width > 0 && priv->height > 0)
    LODGE_SCREEN_GET_CLASS (self)->move_to (self,
                                            CLAMP (x, 0, priv->width - 1),
                                            CLAMP (y, 0, priv->height - 1), priv->buttons);
}

/**
 * lodge_screen_move_by:
 * @self: a screen with a relative pointer
 * @dx: steps to the right
 * @dy: steps down
 */
void
lodge_screen_move_by (LodgeScreen *self,
                      int          dx,
                      int          dy)
{
  g_return_if_fail (LODGE_IS_SCREEN (self));

  if (is_connected (self) && (dx != 0 || dy != 0))
    LODGE_SCREEN_GET_CLASS (self)->move_by (self, dx, dy, get_private (self)->buttons);
}

/**
 * lodge_screen_button:
 * @self: a screen
 * @button: which
 * @down: %TRUE for a press
 *
 * Sends a button at the place of the last motion. A release of what is not down is left out.
 */
void
lodge_screen_button (LodgeScreen       *self,
                     LodgeScreenButton  button,
                     gboolean           down)
{
  LodgeScreenPrivate *priv;
  guint buttons;

  g_return_if_fail (LODGE_IS_SCREEN (self));

  priv = get_private (self);
  buttons = down ? priv->buttons | 1u << button : priv->buttons & ~(1u << button);
  if (!is_connected (self) || buttons == priv->buttons)
    return;

  priv->buttons = buttons;
  LODGE_SCREEN_GET_CLASS (self)->button (self, button, down, buttons);
}

/**
 * lodge_screen_wheel:
 * @self: a screen
 * @dx: clicks to the right
 * @dy: clicks down
 */
void
lodge_screen_wheel (LodgeScreen *self,
                    int          dx,
                    int          dy)
{
  g_return_if_fail (LODGE_IS_SCREEN (self));

  if (is_connected (self) && (dx != 0 || dy != 0))
    LODGE_SCREEN_GET_CLASS (self)->wheel (self, dx, dy, get_private (self)->buttons);
}

/**
 * lodge_screen_set_locks:
 * @self: a screen
 * @locks: the lights of this computer's keyboard, #LodgeScreenLocks
 *
 * Brings Caps Lock and Num Lock of the guest in line. Scroll Lock is left as the guest has it:
 * a guest that ignores it would get a key each time.
 */
void
lodge_screen_set_locks (LodgeScreen *self,
                        guint        locks)
{
  LodgeScreenPrivate *priv;

  g_return_if_fail (LODGE_IS_SCREEN (self));

  priv = get_private (self);
  locks = (locks & (LODGE_SCREEN_LOCK_NUM | LODGE_SCREEN_LOCK_CAPS))
          | (priv->led_state & LODGE_SCREEN_LOCK_SCROLL);
  if (is_connected (self) && LODGE_SCREEN_GET_CLASS (self)->set_locks != NULL)
    LODGE_SCREEN_GET_CLASS (self)->set_locks (self, locks);
}

/**
 * lodge_screen_request_size:
 * @self: a screen
 * @width: guest pixels
 * @height: guest pixels
 *
 * Asks the guest to show another size, if [property@Screen:can-resize]. It may refuse in
 * silence; the "resized" signal tells what it does.
 */
void
lodge_screen_request_size (LodgeScreen *self,
                           int          width,
                           int          height)
{
  g_return_if_fail (LODGE_IS_SCREEN (self));
  g_return_if_fail (width > 0 && height > 0);

  if (is_connected (self) && get_private (self)->can_resize
      && lodge_screen_check_size (width, height, NULL))
    LODGE_SCREEN_GET_CLASS (self)->request_size (self, width, height);
}

void
lodge_screen_request_update (LodgeScreen *self)
{
  g_return_if_fail (LODGE_IS_SCREEN (self));

  if (is_connected (self) && LODGE_SCREEN_GET_CLASS (self)->request_update != NULL)
    LODGE_SCREEN_GET_CLASS (self)->request_update (self);
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

  priv = get_private (self);
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

  if (get_private (self)->surface != NULL)
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

  priv = get_private (self);
  if (priv->surface == NULL || width <= 0 || height <= 0)
    return;

  /* Servers say “everything” with the largest number there is: no sums before the clip */
  all = (GdkRectangle) { 0, 0, priv->width, priv->height };
  part = (GdkRectangle) { CLAMP (x, -LODGE_SCREEN_MAX_SIDE, LODGE_SCREEN_MAX_SIDE),
                          CLAMP (y, -LODGE_SCREEN_MAX_SIDE, LODGE_SCREEN_MAX_SIDE),
                          MIN (width, 2 * LODGE_SCREEN_MAX_SIDE),
                          MIN (height, 2 * LODGE_SCREEN_MAX_SIDE) };
  if (gdk_rectangle_intersect (&part, &all, &part))
    g_signal_emit (self, signals[DAMAGE], 0, part.x, part.y, part.width, part.height);
}

void
lodge_screen_set_connected (LodgeScreen *self)
{
  g_return_if_fail (LODGE_IS_SCREEN (self));

  if (get_private (self)->state == LODGE_SCREEN_CONNECTING)
    set_state (self, LODGE_SCREEN_CONNECTED);
}

void
lodge_screen_ask_credentials (LodgeScreen *self,
                              gboolean     wants_username,
                              GError      *error)
{
  LodgeScreenPrivate *priv;

  g_return_if_fail (LODGE_IS_SCREEN (self));

  priv = get_private (self);
  g_clear_error (&priv->error);
  priv->error = error;
  priv->wants_username = wants_username;
  set_state (self, LODGE_SCREEN_NEEDS_CREDENTIALS);
}

void
lodge_screen_lose (LodgeScreen *self,
                   GError      *error)
{
  LodgeScreenPrivate *priv;

  g_return_if_fail (LODGE_IS_SCREEN (self));
  g_return_if_fail (error != NULL);

  priv = get_private (self);
  if (priv->state == LODGE_SCREEN_CLOSED || priv->state == LODGE_SCREEN_LOST)
    {
      g_error_free (error);
      return;
    }

  g_debug ("lost: %s", error->message);
  lodge_screen_keep_picture (self);
  LODGE_SCREEN_GET_CLASS (self)->close (self);
  lodge_screen_clear_cursor (self);
  g_clear_error (&priv->error);
  priv->error = error;
  set_state (self, LODGE_SCREEN_LOST);
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

  priv = get_private (self);
  bytes = g_bytes_new (rgba, (gsize) width * height * 4);
  g_clear_object (&priv->cursor);
  priv->cursor = gdk_memory_texture_new (width, height, GDK_MEMORY_R8G8B8A8, bytes,
                                         (gsize) width * 4);
  priv->hotspot_x = CLAMP (hotspot_x, 0, width - 1);
  priv->hotspot_y = CLAMP (hotspot_y, 0, height - 1);
  g_signal_emit (self, signals[CURSOR_CHANGED], 0);
}

void
lodge_screen_clear_cursor (LodgeScreen *self)
{
  LodgeScreenPrivate *priv;

  g_return_if_fail (LODGE_IS_SCREEN (self));

  priv = get_private (self);
  if (priv->cursor == NULL && !priv->has_cursor_position)
    return;

  g_clear_object (&priv->cursor);
  priv->has_cursor_position = FALSE;
  g_signal_emit (self, signals[CURSOR_CHANGED], 0);
}

void
lodge_screen_set_cursor_position (LodgeScreen *self,
                                  int          x,
                                  int          y)
{
  LodgeScreenPrivate *priv;

  g_return_if_fail (LODGE_IS_SCREEN (self));

  priv = get_private (self);
  if (priv->has_cursor_position && priv->cursor_x == x && priv->cursor_y == y)
    return;

  priv->cursor_x = x;
  priv->cursor_y = y;
  priv->has_cursor_position = TRUE;
  g_signal_emit (self, signals[CURSOR_CHANGED], 0);
}

void
lodge_screen_set_absolute_pointer (LodgeScreen *self,
                                   gboolean     absolute)
{
  LodgeScreenPrivate *priv;

  g_return_if_fail (LODGE_IS_SCREEN (self));

  priv = get_private (self);
  if (priv->absolute_pointer == absolute)
    return;

  priv->absolute_pointer = absolute;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ABSOLUTE_POINTER]);
}

void
lodge_screen_set_led_state (LodgeScreen *self,
                            guint        led_state)
{
  LodgeScreenPrivate *priv;

  g_return_if_fail (LODGE_IS_SCREEN (self));

  priv = get_private (self);
  if (priv->led_state == led_state)
    return;

  priv->led_state = led_state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LED_STATE]);
}

void
lodge_screen_set_can_resize (LodgeScreen *self,
                             gboolean     can_resize)
{
  LodgeScreenPrivate *priv;

  g_return_if_fail (LODGE_IS_SCREEN (self));

  priv = get_private (self);
  if (priv->can_resize == can_resize)
    return;

  priv->can_resize = can_resize;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_RESIZE]);
}

void
lodge_screen_ring (LodgeScreen *self)
{
  g_return_if_fail (LODGE_IS_SCREEN (self));

  g_signal_emit (self, signals[BELL], 0);
}

gboolean
lodge_screen_get_enable_audio (LodgeScreen *self)
{
  g_return_val_if_fail (LODGE_IS_SCREEN (self), FALSE);

  return get_private (self)->enable_audio;
}

gboolean
lodge_screen_get_remote (LodgeScreen *self)
{
  g_return_val_if_fail (LODGE_IS_SCREEN (self), FALSE);

  return get_private (self)->remote;
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
  if (target->destroy != NULL)
    target->destroy (target->user_data);
  *target = (LodgeScreenTarget) { 0 };
}
