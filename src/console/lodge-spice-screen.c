/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-spice-screen"

#include "config.h"

#include <glib/gi18n.h>
#include <spice-client.h>
#include <unistd.h>

#include "util/lodge-error.h"

#include "lodge-keymap.h"
#include "lodge-screen-backend.h"

/* How long the old picture stays when the guest changes its mode: less flicker at each change */
#define KEEP_PICTURE_MS 200
/* How long a server may do without a display channel until it counts as connected all the same */
#define NO_DISPLAY_MS 3000

struct _LodgeSpiceScreen
{
  LodgeScreen          parent_instance;

  LodgeScreenTarget    target;

  /* owned */
  GCancellable        *cancellable;      /* of everything under way for this session */
  SpiceSession        *session;
  SpiceMainChannel    *main;
  SpiceDisplayChannel *display;
  SpiceInputsChannel  *inputs;
  SpiceCursorChannel  *cursor;
  guchar              *converted;        /* 32-bit copy of a 16-bit primary */

  /* the primary surface, owned by the display channel */
  guchar              *primary;
  int                  format;
  int                  primary_width;
  int                  primary_height;
  int                  stride;
  gboolean             marked;           /* the guest wants it to be seen */
  GdkRectangle         head;             /* our part of it */

  guint                keep_id;
  guint                retry_id;
  guint                no_display_id;
};

#define LODGE_TYPE_SPICE_SCREEN (lodge_spice_screen_get_type ())
G_DECLARE_FINAL_TYPE (LodgeSpiceScreen, lodge_spice_screen, LODGE, SPICE_SCREEN, LodgeScreen)
G_DEFINE_FINAL_TYPE (LodgeSpiceScreen, lodge_spice_screen, LODGE_TYPE_SCREEN)

typedef struct
{
  LodgeSpiceScreen *self;
  SpiceChannel     *channel;
  GCancellable     *cancellable;
} FdRequest;

static void connect_channel (LodgeSpiceScreen *self,
                             SpiceChannel     *channel);

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

static void
lose (LodgeSpiceScreen *self,
      LodgeErrorCode    code,
      const char       *message)
{
  lodge_screen_lose (LODGE_SCREEN (self), g_error_new_literal (LODGE_ERROR, code, message));
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

static void
clear_primary (LodgeSpiceScreen *self)
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

  clear_primary (self);
  if (!lodge_screen_check_size (width, height, &error))
    {
      lodge_screen_lose (LODGE_SCREEN (self), error);
      return;
    }
  if (bytes == 0 || stride < width * bytes || stride % bytes != 0 || pixels == NULL)
    {
      lose (self, LODGE_ERROR_NOT_SUPPORTED,
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
          lose (self, LODGE_ERROR_LIMIT, _("There is not enough memory for the guest’s screen"));
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
  clear_primary (self);
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
  lodge_screen_set_cursor_position (LODGE_SCREEN (self), x - self->head.x, y - self->head.y);
}

static void
cursor_gone_cb (LodgeSpiceScreen *self)
{
  lodge_screen_clear_cursor (LODGE_SCREEN (self));
}

/* Main and inputs */

static void
mouse_mode_cb (LodgeSpiceScreen *self)
{
  gint mode = SPICE_MOUSE_MODE_SERVER;

  g_object_get (self->main, "mouse-mode", &mode, NULL);
  lodge_screen_set_absolute_pointer (LODGE_SCREEN (self), mode == SPICE_MOUSE_MODE_CLIENT);
}

static void
agent_cb (LodgeSpiceScreen *self)
{
  gboolean connected = FALSE;

  g_object_get (self->main, "agent-connected", &connected, NULL);
  /* Without an agent the request still reaches the graphics card, and virtio's and qxl's kernel
   * drivers obey it; nobody tells us which card it is. */
  lodge_screen_set_can_resize (LODGE_SCREEN (self), TRUE);
  g_debug ("agent %s", connected ? "connected" : "not connected");
}

static void
key_modifiers_cb (LodgeSpiceScreen *self)
{
  gint locks = 0;

  g_object_get (self->inputs, "key-modifiers", &locks, NULL);
  lodge_screen_set_led_state (LODGE_SCREEN (self), (guint) locks);
}

/* Channels */

static void
fd_request_free (FdRequest *request)
{
  g_clear_object (&request->self);
  g_clear_object (&request->channel);
  g_clear_object (&request->cancellable);
  g_free (request);
}

static void
open_fd_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  FdRequest *request = user_data;
  g_autoptr(GError) error = NULL;
  int fd;

  fd = (int) g_task_propagate_int (G_TASK (result), &error);
  if (g_cancellable_is_cancelled (request->cancellable))
    {
      if (fd >= 0)
        close (fd);
    }
  else if (fd < 0)
    {
      if (error == NULL)
        error = g_error_new_literal (LODGE_ERROR, LODGE_ERROR_FAILED,
                                     _("The host gave no connection to the screen"));
      /* The screen can do without sound, but not without these */
      if (SPICE_IS_MAIN_CHANNEL (request->channel) || SPICE_IS_DISPLAY_CHANNEL (request->channel))
        lodge_screen_lose (LODGE_SCREEN (request->self), g_steal_pointer (&error));
      else
        g_debug ("no descriptor for a channel: %s", error->message);
    }
  else
    {
      spice_channel_open_fd (request->channel, fd);
    }

  fd_request_free (request);
}

static void
channel_open_fd_cb (LodgeSpiceScreen *self,
                    gint              with_tls,
                    SpiceChannel     *channel)
{
  FdRequest *request;

  if (self->target.open_fd == NULL || self->cancellable == NULL)
    return;

  request = g_new0 (FdRequest, 1);
  request->self = g_object_ref (self);
  request->channel = g_object_ref (channel);
  request->cancellable = g_object_ref (self->cancellable);
  self->target.open_fd (self->cancellable, open_fd_cb, request, self->target.user_data);
}

static gboolean
no_display_cb (gpointer user_data)
{
  LodgeSpiceScreen *self = user_data;

  self->no_display_id = 0;
  lodge_screen_set_connected (LODGE_SCREEN (self));

  return G_SOURCE_REMOVE;
}

static void
ask_password (LodgeSpiceScreen *self,
              SpiceChannel     *channel)
{
  const GError *cause = spice_channel_get_error (channel);
  gboolean wants_username;
  GError *error = NULL;
  char *password = NULL;

  wants_username = g_error_matches (cause, SPICE_CLIENT_ERROR, SPICE_CLIENT_ERROR_AUTH_NEEDS_USERNAME)
                   || g_error_matches (cause, SPICE_CLIENT_ERROR,
                                       SPICE_CLIENT_ERROR_AUTH_NEEDS_PASSWORD_AND_USERNAME);
  g_object_get (self->session, "password", &password, NULL);
  if (password != NULL && *password != '\0')
    error = g_error_new_literal (LODGE_ERROR, LODGE_ERROR_AUTH_FAILED,
                                 _("The server did not accept the password"));
  g_free (password);
  lodge_screen_ask_credentials (LODGE_SCREEN (self), wants_username, error);
}

static void
lose_by_event (LodgeSpiceScreen  *self,
               SpiceChannel      *channel,
               SpiceChannelEvent  event)
{
  const GError *cause = spice_channel_get_error (channel);
  const char *detail = cause != NULL ? cause->message : NULL;
  LodgeErrorCode code = LODGE_ERROR_NOT_CONNECTED;
  const char *message = _("The connection to the SPICE server was lost");
  GError *error;

  switch ((int) event)
    {
    case SPICE_CHANNEL_ERROR_CONNECT:
      code = LODGE_ERROR_UNREACHABLE;
      message = _("The SPICE server did not answer");
      break;
    case SPICE_CHANNEL_ERROR_TLS:
      code = LODGE_ERROR_AUTH_FAILED;
      message = _("No secure connection to the SPICE server could be made");
      break;
    case SPICE_CHANNEL_ERROR_LINK:
      code = LODGE_ERROR_PARSE;
      message = _("What answered is not a SPICE server, or one that does not fit");
      break;
    case SPICE_CHANNEL_ERROR_AUTH:
      code = LODGE_ERROR_AUTH_FAILED;
      message = _("The SPICE server refused the connection");
      break;
    case SPICE_CHANNEL_CLOSED:
      message = _("The SPICE server closed the connection");
      break;
    default:
      break;
    }

  error = g_error_new_literal (LODGE_ERROR, code, message);
  if (detail != NULL)
    lodge_error_set_details (error, detail, 0, 0);
  lodge_screen_lose (LODGE_SCREEN (self), error);
}

static void
channel_event_cb (LodgeSpiceScreen  *self,
                  SpiceChannelEvent  event,
                  SpiceChannel      *channel)
{
  const LodgeScreenState state = lodge_screen_get_state (LODGE_SCREEN (self));

  if (self->session == NULL || state == LODGE_SCREEN_NEEDS_CREDENTIALS)
    return;

  if (event == SPICE_CHANNEL_OPENED)
    {
      if (channel == SPICE_CHANNEL (self->display))
        {
          g_clear_handle_id (&self->no_display_id, g_source_remove);
          lodge_screen_set_connected (LODGE_SCREEN (self));
        }
      else if (channel == SPICE_CHANNEL (self->main) && self->no_display_id == 0
               && state == LODGE_SCREEN_CONNECTING)
        {
          self->no_display_id = g_timeout_add (NO_DISPLAY_MS, no_display_cb, self);
        }
      return;
    }

  /* Migration: the library moves the channel by itself */
  if (event == SPICE_CHANNEL_SWITCHING || event == SPICE_CHANNEL_NONE)
    return;

  if (event == SPICE_CHANNEL_ERROR_AUTH && channel == SPICE_CHANNEL (self->main))
    {
      ask_password (self, channel);
      return;
    }

  if (channel == SPICE_CHANNEL (self->main) || channel == SPICE_CHANNEL (self->display))
    lose_by_event (self, channel, event);
}

static void
channel_new_cb (LodgeSpiceScreen *self,
                SpiceChannel     *channel)
{
  gint id = 0;

  g_object_get (channel, "channel-id", &id, NULL);

  if (SPICE_IS_MAIN_CHANNEL (channel))
    {
      g_set_object (&self->main, SPICE_MAIN_CHANNEL (channel));
      g_signal_connect_object (channel, "notify::mouse-mode", G_CALLBACK (mouse_mode_cb), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (channel, "notify::agent-connected", G_CALLBACK (agent_cb), self,
                               G_CONNECT_SWAPPED);
      mouse_mode_cb (self);
      agent_cb (self);
    }
  else if (SPICE_IS_DISPLAY_CHANNEL (channel) && id == 0)
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
  else if (SPICE_IS_INPUTS_CHANNEL (channel))
    {
      g_set_object (&self->inputs, SPICE_INPUTS_CHANNEL (channel));
      g_signal_connect_object (channel, "inputs-modifiers", G_CALLBACK (key_modifiers_cb), self,
                               G_CONNECT_SWAPPED);
    }
  else if (SPICE_IS_CURSOR_CHANNEL (channel) && id == 0)
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
  else if (SPICE_IS_PLAYBACK_CHANNEL (channel) || SPICE_IS_RECORD_CHANNEL (channel))
    {
      if (!lodge_screen_get_enable_audio (LODGE_SCREEN (self)))
        return;
    }
  else
    {
      return;
    }

  connect_channel (self, channel);
}

static void
connect_channel (LodgeSpiceScreen *self,
                 SpiceChannel     *channel)
{
  g_signal_connect_object (channel, "channel-event", G_CALLBACK (channel_event_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (channel, "open-fd", G_CALLBACK (channel_open_fd_cb), self,
                           G_CONNECT_SWAPPED);
  /* The session connects its main channel, and makes audio's connect by themselves */
  if (!SPICE_IS_MAIN_CHANNEL (channel)
      && !SPICE_IS_PLAYBACK_CHANNEL (channel) && !SPICE_IS_RECORD_CHANNEL (channel))
    spice_channel_connect (channel);
}

static void
disconnect_channel (LodgeSpiceScreen *self,
                    gpointer          channel)
{
  if (channel != NULL)
    g_signal_handlers_disconnect_by_data (channel, self);
}

static void
channel_destroy_cb (LodgeSpiceScreen *self,
                    SpiceChannel     *channel)
{
  const gboolean was_main = channel == SPICE_CHANNEL (self->main);

  disconnect_channel (self, channel);
  if (was_main)
    g_clear_object (&self->main);
  else if (channel == SPICE_CHANNEL (self->display))
    {
      clear_primary (self);
      g_clear_object (&self->display);
    }
  else if (channel == SPICE_CHANNEL (self->inputs))
    g_clear_object (&self->inputs);
  else if (channel == SPICE_CHANNEL (self->cursor))
    g_clear_object (&self->cursor);
}

static void
disconnected_cb (LodgeSpiceScreen *self)
{
  /* A new try on the same session drops the old channels first */
  if (self->retry_id == 0 && self->main == NULL
      && lodge_screen_get_state (LODGE_SCREEN (self)) != LODGE_SCREEN_NEEDS_CREDENTIALS)
    lose (self, LODGE_ERROR_NOT_CONNECTED, _("The connection to the SPICE server was lost"));
}

static gboolean
disconnect_session_cb (gpointer user_data)
{
  spice_session_disconnect (SPICE_SESSION (user_data));

  return G_SOURCE_REMOVE;
}

static gboolean
connect_session (LodgeSpiceScreen *self)
{
  if (self->target.open_fd != NULL)
    return spice_session_open_fd (self->session, -1);

  return spice_session_connect (self->session);
}

static gboolean
retry_cb (gpointer user_data)
{
  LodgeSpiceScreen *self = user_data;
  gboolean ok;

  ok = connect_session (self);
  self->retry_id = 0;
  if (!ok)
    lose (self, LODGE_ERROR_UNREACHABLE, _("The SPICE server did not answer"));

  return G_SOURCE_REMOVE;
}

static void
lodge_spice_screen_open (LodgeScreen *screen)
{
  LodgeSpiceScreen *self = LODGE_SPICE_SCREEN (screen);
  const LodgeScreenAddress *address = &self->target.address;
  g_autofree char *port = NULL;
  g_autofree char *tls_port = NULL;

  self->cancellable = g_cancellable_new ();
  self->session = spice_session_new ();
  g_object_set (self->session,
                "enable-audio", lodge_screen_get_enable_audio (screen),
                "enable-usbredir", FALSE,
                "enable-smartcard", FALSE,
                "gl-scanout", FALSE,
                NULL);
  if (address->password != NULL)
    g_object_set (self->session, "password", address->password, NULL);
  if (self->target.open_fd == NULL)
    {
      if (address->port != 0)
        port = g_strdup_printf ("%u", address->port);
      if (address->tls_port != 0)
        tls_port = g_strdup_printf ("%u", address->tls_port);
      if (address->unix_path != NULL)
        g_object_set (self->session, "unix-path", address->unix_path, NULL);
      else
        g_object_set (self->session, "host", address->host != NULL ? address->host : "localhost",
                      "port", port, "tls-port", tls_port, NULL);
    }

  g_signal_connect_object (self->session, "channel-new", G_CALLBACK (channel_new_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "channel-destroy", G_CALLBACK (channel_destroy_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "disconnected", G_CALLBACK (disconnected_cb), self,
                           G_CONNECT_SWAPPED);
  if (lodge_screen_get_enable_audio (screen))
    spice_audio_get (self->session, NULL);

  if (!connect_session (self))
    lose (self, LODGE_ERROR_UNREACHABLE, _("The SPICE server did not answer"));
}

static void
lodge_spice_screen_close (LodgeScreen *screen)
{
  LodgeSpiceScreen *self = LODGE_SPICE_SCREEN (screen);

  g_clear_handle_id (&self->keep_id, g_source_remove);
  g_clear_handle_id (&self->retry_id, g_source_remove);
  g_clear_handle_id (&self->no_display_id, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);

  clear_primary (self);
  disconnect_channel (self, self->main);
  disconnect_channel (self, self->display);
  disconnect_channel (self, self->inputs);
  disconnect_channel (self, self->cursor);
  g_clear_object (&self->main);
  g_clear_object (&self->display);
  g_clear_object (&self->inputs);
  g_clear_object (&self->cursor);

  if (self->session != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->session, self);
      /* We may be inside a handler of one of its channels */
      g_idle_add_full (G_PRIORITY_DEFAULT, disconnect_session_cb,
                       g_steal_pointer (&self->session), g_object_unref);
    }
}

static void
lodge_spice_screen_supply_credentials (LodgeScreen *screen,
                                       const char  *username,
                                       const char  *password)
{
  LodgeSpiceScreen *self = LODGE_SPICE_SCREEN (screen);

  if (username != NULL)
    g_object_set (self->session, "username", username, NULL);
  g_object_set (self->session, "password", password, NULL);
  if (self->retry_id == 0)
    self->retry_id = g_idle_add (retry_cb, self);
}

static void
lodge_spice_screen_key (LodgeScreen *screen,
                        guint        code,
                        guint        keyval,
                        gboolean     down)
{
  LodgeSpiceScreen *self = LODGE_SPICE_SCREEN (screen);
  const guint xt = lodge_keymap_to_xt (code);

  if (self->inputs == NULL || xt == 0)
    return;

  if (down)
    spice_inputs_channel_key_press (self->inputs, xt);
  else
    spice_inputs_channel_key_release (self->inputs, xt);
}

static gint
to_button_mask (guint buttons)
{
  static const gint masks[] = {
    [LODGE_SCREEN_BUTTON_LEFT] = SPICE_MOUSE_BUTTON_MASK_LEFT,
    [LODGE_SCREEN_BUTTON_MIDDLE] = SPICE_MOUSE_BUTTON_MASK_MIDDLE,
    [LODGE_SCREEN_BUTTON_RIGHT] = SPICE_MOUSE_BUTTON_MASK_RIGHT,
    [LODGE_SCREEN_BUTTON_BACK] = SPICE_MOUSE_BUTTON_MASK_SIDE,
    [LODGE_SCREEN_BUTTON_FORWARD] = SPICE_MOUSE_BUTTON_MASK_EXTRA,
  };
  gint mask = 0;

  for (guint i = 0; i < G_N_ELEMENTS (masks); i++)
    mask |= buttons & 1u << i ? masks[i] : 0;

  return mask;
}

static void
lodge_spice_screen_move_to (LodgeScreen *screen,
                            int          x,
                            int          y,
                            guint        buttons)
{
  LodgeSpiceScreen *self = LODGE_SPICE_SCREEN (screen);

  if (self->inputs != NULL)
    spice_inputs_channel_position (self->inputs, x, y, 0, to_button_mask (buttons));
}

static void
lodge_spice_screen_move_by (LodgeScreen *screen,
                            int          dx,
                            int          dy,
                            guint        buttons)
{
  LodgeSpiceScreen *self = LODGE_SPICE_SCREEN (screen);

  if (self->inputs != NULL)
    spice_inputs_channel_motion (self->inputs, dx, dy, to_button_mask (buttons));
}

static void
lodge_spice_screen_button (LodgeScreen       *screen,
                           LodgeScreenButton  button,
                           gboolean           down,
                           guint              buttons)
{
  static const gint numbers[] = {
    [LODGE_SCREEN_BUTTON_LEFT] = SPICE_MOUSE_BUTTON_LEFT,
    [LODGE_SCREEN_BUTTON_MIDDLE] = SPICE_MOUSE_BUTTON_MIDDLE,
    [LODGE_SCREEN_BUTTON_RIGHT] = SPICE_MOUSE_BUTTON_RIGHT,
    [LODGE_SCREEN_BUTTON_BACK] = SPICE_MOUSE_BUTTON_SIDE,
    [LODGE_SCREEN_BUTTON_FORWARD] = SPICE_MOUSE_BUTTON_EXTRA,
  };
  LodgeSpiceScreen *self = LODGE_SPICE_SCREEN (screen);

  if (self->inputs == NULL)
    return;

  if (down)
    spice_inputs_channel_button_press (self->inputs, numbers[button], to_button_mask (buttons));
  else
    spice_inputs_channel_button_release (self->inputs, numbers[button], to_button_mask (buttons));
}

/* SPICE knows no horizontal wheel */
static void
lodge_spice_screen_wheel (LodgeScreen *screen,
                          int          dx,
                          int          dy,
                          guint        buttons)
{
  LodgeSpiceScreen *self = LODGE_SPICE_SCREEN (screen);
  const gint button = dy < 0 ? SPICE_MOUSE_BUTTON_UP : SPICE_MOUSE_BUTTON_DOWN;

  if (self->inputs == NULL)
    return;

  for (int i = 0; i < ABS (dy); i++)
    {
      spice_inputs_channel_button_press (self->inputs, button, to_button_mask (buttons));
      spice_inputs_channel_button_release (self->inputs, button, to_button_mask (buttons));
    }
}

static void
lodge_spice_screen_set_locks (LodgeScreen *screen,
                              guint        locks)
{
  LodgeSpiceScreen *self = LODGE_SPICE_SCREEN (screen);

  if (self->inputs != NULL)
    spice_inputs_channel_set_key_locks (self->inputs, locks);
}

static void
lodge_spice_screen_request_size (LodgeScreen *screen,
                                 int          width,
                                 int          height)
{
  LodgeSpiceScreen *self = LODGE_SPICE_SCREEN (screen);

  if (self->main == NULL)
    return;

  spice_main_channel_update_display_enabled (self->main, 0, TRUE, FALSE);
  spice_main_channel_update_display (self->main, 0, 0, 0, width, height, FALSE);
  spice_main_channel_send_monitor_config (self->main);
}

static void
lodge_spice_screen_finalize (GObject *object)
{
  LodgeSpiceScreen *self = LODGE_SPICE_SCREEN (object);

  lodge_screen_target_clear (&self->target);
  g_clear_pointer (&self->converted, g_free);

  G_OBJECT_CLASS (lodge_spice_screen_parent_class)->finalize (object);
}

static void
lodge_spice_screen_class_init (LodgeSpiceScreenClass *klass)
{
  LodgeScreenClass *screen_class = LODGE_SCREEN_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = lodge_spice_screen_finalize;
  screen_class->open = lodge_spice_screen_open;
  screen_class->close = lodge_spice_screen_close;
  screen_class->supply_credentials = lodge_spice_screen_supply_credentials;
  screen_class->key = lodge_spice_screen_key;
  screen_class->move_to = lodge_spice_screen_move_to;
  screen_class->move_by = lodge_spice_screen_move_by;
  screen_class->button = lodge_spice_screen_button;
  screen_class->wheel = lodge_spice_screen_wheel;
  screen_class->set_locks = lodge_spice_screen_set_locks;
  screen_class->request_size = lodge_spice_screen_request_size;
}

static void
lodge_spice_screen_init (LodgeSpiceScreen *self)
{
}

/**
 * lodge_spice_screen_new:
 * @address: (nullable): where the server listens
 * @open_fd: (nullable): gives connected descriptors instead
 * @user_data: for @open_fd
 * @destroy: (nullable): frees @user_data
 *
 * Returns: (transfer full): the first display of a SPICE server, closed
 */
LodgeScreen *
lodge_spice_screen_new (const LodgeScreenAddress *address,
                        LodgeScreenOpenFdFunc     open_fd,
                        gpointer                  user_data,
                        GDestroyNotify            destroy)
{
  LodgeSpiceScreen *self;

  g_return_val_if_fail (address != NULL || open_fd != NULL, NULL);

  self = g_object_new (LODGE_TYPE_SPICE_SCREEN, NULL);
  lodge_screen_target_init (&self->target, address, open_fd, user_data, destroy);

  return LODGE_SCREEN (self);
}
