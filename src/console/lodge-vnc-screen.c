/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-vnc-screen"

#include "config.h"

#include <gio/gunixsocketaddress.h>
#include <glib/gi18n.h>
#include <unistd.h>

#include "lodge-vnc-connection.h"
#include "lodge-vnc-screen-private.h"

G_DEFINE_FINAL_TYPE (LodgeVncScreen, lodge_vnc_screen, LODGE_TYPE_SCREEN)

typedef struct
{
  LodgeVncScreen *self;
  GCancellable   *cancellable;
} FdRequest;

static const VncPixelFormat local_format = {
  .bits_per_pixel = 32,
  .depth = 24,
  .byte_order = G_BYTE_ORDER,
  .true_color_flag = 1,
  .red_max = 255,
  .green_max = 255,
  .blue_max = 255,
  .red_shift = 16,
  .green_shift = 8,
  .blue_shift = 0,
};

static void start_connection (LodgeVncScreen *self);

void
lodge_vnc_screen_lose (LodgeVncScreen *self,
                       LodgeErrorCode  code,
                       const char     *message)
{
  GError *error = g_error_new_literal (LODGE_ERROR, code, message);

  if (self->reason != NULL)
    lodge_error_set_details (error, self->reason, 0, 0);
  lodge_screen_lose (LODGE_SCREEN (self), error);
}

static gboolean
unref_cb (gpointer user_data)
{
  return G_SOURCE_REMOVE;
}

/* The connection may be in the middle of a signal of its own: it goes from an idle. */
static void
drop_connection (LodgeVncScreen *self)
{
  VncConnection *connection = g_steal_pointer (&self->connection);

  self->waiting = FALSE;
  self->update_seen = FALSE;
  self->leds_known = FALSE;
  g_clear_handle_id (&self->ask_again_id, g_source_remove);
  lodge_screen_keep_picture (LODGE_SCREEN (self));
  g_clear_object (&self->framebuffer);
  if (connection == NULL)
    return;

  g_signal_handlers_disconnect_by_data (connection, self);
  vnc_connection_shutdown (connection);
  g_idle_add_full (G_PRIORITY_DEFAULT, unref_cb, connection, g_object_unref);
}

/* Pictures */

/* The library may write into the pixels as long as its framebuffer lives: they belong to it. */
static gboolean
make_framebuffer (LodgeVncScreen *self,
                  int             width,
                  int             height)
{
  VncFramebuffer *framebuffer;
  GError *error = NULL;
  guchar *pixels;

  if (!lodge_screen_check_size (width, height, &error))
    {
      lodge_screen_lose (LODGE_SCREEN (self), error);
      return FALSE;
    }

  pixels = g_try_malloc0 ((gsize) width * height * 4);
  if (pixels == NULL)
    {
      lodge_vnc_screen_lose (self, LODGE_ERROR_LIMIT, _("There is not enough memory for the guest’s screen"));
      return FALSE;
    }

  framebuffer = VNC_FRAMEBUFFER (vnc_base_framebuffer_new (pixels, (guint16) width,
                                                           (guint16) height, width * 4,
                                                           &local_format,
                                                           vnc_connection_get_pixel_format (self->connection)));
  g_object_set_data_full (G_OBJECT (framebuffer), "lodge-pixels", pixels, g_free);

  lodge_screen_set_picture (LODGE_SCREEN (self), pixels, width, height, width * 4);
  vnc_connection_set_framebuffer (self->connection, framebuffer);
  g_clear_object (&self->framebuffer);
  self->framebuffer = framebuffer;
  self->width = width;
  self->height = height;
  self->update_seen = FALSE;

  return TRUE;
}

static void
ask_everything (LodgeVncScreen *self)
{
  vnc_connection_framebuffer_update_request (self->connection, FALSE, 0, 0,
                                             (guint16) self->width, (guint16) self->height);
}

static gboolean
set_encodings (LodgeVncScreen *self)
{
  gint32 near[] = {
    VNC_CONNECTION_ENCODING_COPY_RECT,
    VNC_CONNECTION_ENCODING_RAW,
    VNC_CONNECTION_ENCODING_EXTENDED_DESKTOP_RESIZE,
    VNC_CONNECTION_ENCODING_DESKTOP_RESIZE,
    VNC_CONNECTION_ENCODING_DESKTOP_NAME,
    VNC_CONNECTION_ENCODING_LAST_RECT,
    VNC_CONNECTION_ENCODING_ALPHA_CURSOR,
    VNC_CONNECTION_ENCODING_RICH_CURSOR,
    VNC_CONNECTION_ENCODING_XCURSOR,
    VNC_CONNECTION_ENCODING_POINTER_CHANGE,
    VNC_CONNECTION_ENCODING_EXT_KEY_EVENT,
    VNC_CONNECTION_ENCODING_LED_STATE,
    VNC_CONNECTION_ENCODING_HEXTILE,
  };
  gint32 far[] = {
    VNC_CONNECTION_ENCODING_EXTENDED_DESKTOP_RESIZE,
    VNC_CONNECTION_ENCODING_DESKTOP_RESIZE,
    VNC_CONNECTION_ENCODING_DESKTOP_NAME,
    VNC_CONNECTION_ENCODING_LAST_RECT,
    VNC_CONNECTION_ENCODING_ALPHA_CURSOR,
    VNC_CONNECTION_ENCODING_RICH_CURSOR,
    VNC_CONNECTION_ENCODING_XCURSOR,
    VNC_CONNECTION_ENCODING_POINTER_CHANGE,
    VNC_CONNECTION_ENCODING_EXT_KEY_EVENT,
    VNC_CONNECTION_ENCODING_LED_STATE,
    VNC_CONNECTION_ENCODING_TIGHT,
    VNC_CONNECTION_ENCODING_ZRLE,
    VNC_CONNECTION_ENCODING_HEXTILE,
    VNC_CONNECTION_ENCODING_RRE,
    VNC_CONNECTION_ENCODING_COPY_RECT,
    VNC_CONNECTION_ENCODING_RAW,
  };

  /* On the same computer decoding is dearer than bytes */
  if (lodge_screen_get_remote (LODGE_SCREEN (self)))
    return vnc_connection_set_encodings (self->connection, G_N_ELEMENTS (far), far);

  return vnc_connection_set_encodings (self->connection, G_N_ELEMENTS (near), near);
}

static void
initialized_cb (LodgeVncScreen *self)
{
  /* gvnc 1.5 says so too when the server offers no login at all, which is its way to refuse: then it has sent no
   * name of its desktop either */
  if (vnc_connection_get_name (self->connection) == NULL)
    {
      lodge_vnc_screen_lose (self, LODGE_ERROR_AUTH_FAILED, _("The VNC server refused the connection"));
      return;
    }

  if (!vnc_connection_set_pixel_format (self->connection, &local_format)
      || !set_encodings (self))
    {
      lodge_vnc_screen_lose (self, LODGE_ERROR_NOT_CONNECTED, _("The connection to the VNC server was lost"));
      return;
    }

  lodge_screen_set_absolute_pointer (LODGE_SCREEN (self),
                                     vnc_connection_get_abs_pointer (self->connection));
  if (!make_framebuffer (self, vnc_connection_get_width (self->connection),
                         vnc_connection_get_height (self->connection)))
    return;

  ask_everything (self);
  lodge_screen_set_resize_needs (LODGE_SCREEN (self), _("The VNC server cannot change the size of its screen"));
  lodge_screen_set_connected (LODGE_SCREEN (self));
  lodge_screen_set_has_clipboard (LODGE_SCREEN (self), TRUE);
}

static gboolean
ask_again_cb (gpointer user_data)
{
  LodgeVncScreen *self = user_data;

  self->ask_again_id = 0;
  if (!self->damage_seen)
    lodge_screen_request_update (LODGE_SCREEN (self));

  return G_SOURCE_REMOVE;
}

/* Some servers count a cursor or a mode as the whole answer to a request. Without a picture to draw nobody would ask
 * for the next. */
static void
count_as_answer (LodgeVncScreen *self)
{
  self->update_seen = TRUE;
  if (self->ask_again_id == 0)
    self->ask_again_id = g_idle_add (ask_again_cb, self);
}

static void
framebuffer_update_cb (LodgeVncScreen *self,
                       guint           x,
                       guint           y,
                       guint           width,
                       guint           height)
{
  self->update_seen = TRUE;
  self->damage_seen = TRUE;
  lodge_screen_add_damage (LODGE_SCREEN (self), (int) x, (int) y, (int) width, (int) height);
}

static void
desktop_resize_cb (LodgeVncScreen *self,
                   guint           width,
                   guint           height)
{
  /* Only servers that know the extension say so, and they answer every full request with it */
  lodge_screen_set_can_resize (LODGE_SCREEN (self), TRUE);
  lodge_screen_set_resize_needs (LODGE_SCREEN (self),
                                 _("The guest does not follow the window: that needs a video model "
                                   "such as virtio, and its driver in the guest"));
  if ((int) width == self->width && (int) height == self->height)
    {
      count_as_answer (self);
      return;
    }

  if (!make_framebuffer (self, (int) width, (int) height))
    return;

  /* gvnc swallows the first whole request after a new size, as QEMU answers it with that size again, and has sent
   * everything anyway. Other servers have not: without a second one the screen stood still. */
  ask_everything (self);
  ask_everything (self);
}

static void
pixel_format_cb (LodgeVncScreen *self)
{
  if (self->framebuffer != NULL && make_framebuffer (self, self->width, self->height))
    ask_everything (self);
}

static void
cursor_cb (LodgeVncScreen *self,
           VncCursor      *cursor)
{
  count_as_answer (self);
  if (cursor == NULL || !vnc_cursor_is_visible (cursor))
    lodge_screen_clear_cursor (LODGE_SCREEN (self));
  else
    lodge_screen_set_cursor (LODGE_SCREEN (self), vnc_cursor_get_data (cursor),
                             vnc_cursor_get_width (cursor), vnc_cursor_get_height (cursor),
                             vnc_cursor_get_hotx (cursor), vnc_cursor_get_hoty (cursor));
}

static void
pointer_mode_cb (LodgeVncScreen *self,
                 gboolean        absolute)
{
  count_as_answer (self);
  lodge_screen_set_absolute_pointer (LODGE_SCREEN (self), absolute);
}

static void
leds_cb (LodgeVncScreen *self)
{
  count_as_answer (self);
  self->leds_known = TRUE;
  lodge_screen_set_led_state (LODGE_SCREEN (self), (guint) vnc_connection_get_ledstate (self->connection));
}

static void
bell_cb (LodgeVncScreen *self)
{
  lodge_screen_ring (LODGE_SCREEN (self));
}

/* The connection */

static void
error_cb (LodgeVncScreen *self,
          const char     *message)
{
  if (!self->auth_failed)
    g_set_str (&self->reason, message);
}

static void
disconnected_cb (LodgeVncScreen *self)
{
  const LodgeScreenState state = lodge_screen_get_state (LODGE_SCREEN (self));

  /* A server that did not want to wait for the person is asked again when there is an answer */
  if (state == LODGE_SCREEN_NEEDS_CREDENTIALS)
    {
      drop_connection (self);
    }
  else if (self->auth_failed && self->password_supplied)
    {
      drop_connection (self);
      g_clear_pointer (&self->password, g_free);
      lodge_screen_ask_credentials (LODGE_SCREEN (self), self->wants_username,
                                    g_error_new_literal (LODGE_ERROR, LODGE_ERROR_AUTH_FAILED,
                                                         _("The server did not accept the password")));
    }
  else if (self->auth_failed)
    {
      lodge_vnc_screen_lose (self, LODGE_ERROR_AUTH_FAILED, _("The VNC server refused the connection"));
    }
  else if (state == LODGE_SCREEN_CONNECTING)
    {
      lodge_vnc_screen_lose (self, LODGE_ERROR_UNREACHABLE, _("The VNC server did not answer as one should"));
    }
  else if (self->reason != NULL)
    {
      lodge_vnc_screen_lose (self, LODGE_ERROR_NOT_CONNECTED, _("The connection to the VNC server was lost"));
    }
  else
    {
      lodge_vnc_screen_lose (self, LODGE_ERROR_NOT_CONNECTED, _("The VNC server closed the connection"));
    }
}

static void
open_fd_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  FdRequest *request = user_data;
  LodgeVncScreen *self = request->self;
  g_autoptr(GError) error = NULL;
  int fd;

  fd = (int) g_task_propagate_int (G_TASK (result), &error);
  if (g_cancellable_is_cancelled (request->cancellable) || self->connection == NULL)
    {
      if (fd >= 0)
        close (fd);
    }
  else if (fd < 0)
    {
      if (error == NULL)
        error = g_error_new_literal (LODGE_ERROR, LODGE_ERROR_FAILED,
                                     _("The host gave no connection to the screen"));
      lodge_screen_lose (LODGE_SCREEN (self), g_steal_pointer (&error));
    }
  else if (!vnc_connection_open_fd (self->connection, fd))
    {
      close (fd);
      lodge_vnc_screen_lose (self, LODGE_ERROR_UNREACHABLE, _("The VNC server did not answer as one should"));
    }

  g_clear_object (&request->cancellable);
  g_clear_object (&request->self);
  g_free (request);
}

static gboolean
connect_address (LodgeVncScreen *self)
{
  const LodgeScreenAddress *address = &self->target.address;
  g_autofree char *port = NULL;

  if (address->unix_path != NULL)
    {
      g_autoptr(GSocketAddress) socket_address = g_unix_socket_address_new (address->unix_path);

      return vnc_connection_open_addr (self->connection, socket_address, "localhost");
    }

  port = g_strdup_printf ("%u", address->port);

  return vnc_connection_open_host (self->connection,
                                   address->host != NULL ? address->host : "localhost", port);
}

static void
start_connection (LodgeVncScreen *self)
{
  static const struct
  {
    const char *name;
    GCallback   callback;
  } handlers[] = {
    { "vnc-initialized", G_CALLBACK (initialized_cb) },
    { "vnc-framebuffer-update", G_CALLBACK (framebuffer_update_cb) },
    { "vnc-desktop-resize", G_CALLBACK (desktop_resize_cb) },
    { "vnc-pixel-format-changed", G_CALLBACK (pixel_format_cb) },
    { "vnc-cursor-changed", G_CALLBACK (cursor_cb) },
    { "vnc-pointer-mode-changed", G_CALLBACK (pointer_mode_cb) },
    { "leds-changed", G_CALLBACK (leds_cb) },
    { "vnc-bell", G_CALLBACK (bell_cb) },
    { "vnc-error", G_CALLBACK (error_cb) },
    { "vnc-disconnected", G_CALLBACK (disconnected_cb) },
  };

  self->connection = lodge_vnc_connection_new ();
  self->auth_failed = FALSE;
  self->password_supplied = FALSE;
  g_clear_pointer (&self->reason, g_free);
  for (gsize i = 0; i < G_N_ELEMENTS (handlers); i++)
    g_signal_connect_object (self->connection, handlers[i].name, handlers[i].callback, self,
                             G_CONNECT_SWAPPED);
  lodge_vnc_screen_watch_login (self);
  lodge_vnc_screen_watch_clipboard (self);
  vnc_connection_set_shared (self->connection, TRUE);

  if (self->target.open_fd != NULL)
    {
      FdRequest *request = g_new0 (FdRequest, 1);

      request->self = g_object_ref (self);
      request->cancellable = g_object_ref (self->cancellable);
      self->target.open_fd (self->cancellable, open_fd_cb, request, self->target.user_data);
    }
  else if (!connect_address (self))
    {
      lodge_vnc_screen_lose (self, LODGE_ERROR_UNREACHABLE, _("The VNC server did not answer as one should"));
    }
}

static void
lodge_vnc_screen_open (LodgeScreen *screen)
{
  LodgeVncScreen *self = LODGE_VNC_SCREEN (screen);

  self->cancellable = g_cancellable_new ();
  if (self->password == NULL)
    self->password = g_strdup (self->target.address.password);
  if (self->username == NULL)
    self->username = g_strdup (self->target.address.username);
  start_connection (self);
}

static void
lodge_vnc_screen_close (LodgeScreen *screen)
{
  LodgeVncScreen *self = LODGE_VNC_SCREEN (screen);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  drop_connection (self);
}

static void
lodge_vnc_screen_supply_credentials (LodgeScreen *screen,
                                     const char  *username,
                                     const char  *password)
{
  LodgeVncScreen *self = LODGE_VNC_SCREEN (screen);

  g_set_str (&self->username, username);
  g_set_str (&self->password, password != NULL ? password : "");
  if (self->waiting)
    lodge_vnc_screen_answer_login (self);
  else if (self->connection == NULL)
    start_connection (self);
}

static void
lodge_vnc_screen_request_update (LodgeScreen *screen)
{
  LodgeVncScreen *self = LODGE_VNC_SCREEN (screen);

  if (!self->update_seen || self->framebuffer == NULL)
    return;

  self->update_seen = FALSE;
  self->damage_seen = FALSE;
  vnc_connection_framebuffer_update_request (self->connection, TRUE, 0, 0,
                                             (guint16) self->width, (guint16) self->height);
}

static void
lodge_vnc_screen_finalize (GObject *object)
{
  LodgeVncScreen *self = LODGE_VNC_SCREEN (object);

  lodge_screen_target_clear (&self->target);
  g_clear_pointer (&self->username, g_free);
  g_clear_pointer (&self->password, g_free);
  g_clear_pointer (&self->cut_text, g_free);
  g_clear_pointer (&self->reason, g_free);

  G_OBJECT_CLASS (lodge_vnc_screen_parent_class)->finalize (object);
}

static void
lodge_vnc_screen_class_init (LodgeVncScreenClass *klass)
{
  LodgeScreenClass *screen_class = LODGE_SCREEN_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = lodge_vnc_screen_finalize;
  screen_class->open = lodge_vnc_screen_open;
  screen_class->close = lodge_vnc_screen_close;
  screen_class->supply_credentials = lodge_vnc_screen_supply_credentials;
  lodge_vnc_screen_install_input (screen_class);
  lodge_vnc_screen_install_clipboard (screen_class);
  screen_class->request_update = lodge_vnc_screen_request_update;
}

static void
lodge_vnc_screen_init (LodgeVncScreen *self)
{
}

/**
 * lodge_vnc_screen_new:
 * @address: (nullable): where the server listens
 * @open_fd: (nullable): gives a connected descriptor instead
 * @user_data: for @open_fd
 * @destroy: (nullable): frees @user_data
 *
 * Returns: (transfer full): the screen of a VNC server, closed
 */
LodgeScreen *
lodge_vnc_screen_new (const LodgeScreenAddress *address,
                      LodgeScreenOpenFdFunc     open_fd,
                      gpointer                  user_data,
                      GDestroyNotify            destroy)
{
  LodgeVncScreen *self;

  g_return_val_if_fail (address != NULL || open_fd != NULL, NULL);

  self = g_object_new (LODGE_TYPE_VNC_SCREEN, NULL);
  lodge_screen_target_init (&self->target, address, open_fd, user_data, destroy);

  return LODGE_SCREEN (self);
}
