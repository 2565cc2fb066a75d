/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-spice-screen"

#include "config.h"

#include <glib/gi18n.h>
#include <unistd.h>

#include "lodge-spice-screen-private.h"

/* How long a server may do without a display channel until it counts as connected all the same */
#define NO_DISPLAY_MS 3000

G_DEFINE_FINAL_TYPE (LodgeSpiceScreen, lodge_spice_screen, LODGE_TYPE_SCREEN)

typedef struct
{
  LodgeSpiceScreen *self;
  SpiceChannel     *channel;
  GCancellable     *cancellable;
} FdRequest;


void
lodge_spice_screen_lose (LodgeSpiceScreen *self,
                         LodgeErrorCode    code,
                         const char       *message)
{
  lodge_screen_lose (LODGE_SCREEN (self), g_error_new_literal (LODGE_ERROR, code, message));
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

/* The others come and go with the guest's monitors */
static gboolean
is_first_display (SpiceChannel *channel)
{
  gint id = 0;

  g_object_get (channel, "channel-id", &id, NULL);
  return SPICE_IS_DISPLAY_CHANNEL (channel) && id == 0;
}

static void
channel_event_cb (LodgeSpiceScreen  *self,
                  SpiceChannelEvent  event,
                  SpiceChannel      *channel)
{
  const LodgeScreenState state = lodge_screen_get_state (LODGE_SCREEN (self));

  if (self->session == NULL || state == LODGE_SCREEN_NEEDS_CREDENTIALS)
    return;

  if (event == SPICE_CHANNEL_OPENED && self->companion)
    {
      if (channel == SPICE_CHANNEL (self->main))
        lodge_screen_set_connected (LODGE_SCREEN (self));
      return;
    }
  if (event == SPICE_CHANNEL_OPENED)
    {
      if (is_first_display (channel))
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

  if (channel == SPICE_CHANNEL (self->main) || is_first_display (channel))
    lose_by_event (self, channel, event);
}

/* A cursor channel is that of the display channel with its number; either may come first */
static void
join_cursors (LodgeSpiceScreen *self)
{
  GList *channels = spice_session_get_channels (self->session);

  for (GList *l = channels; l != NULL; l = l->next)
    {
      LodgeSpiceSurface *surface;
      gint id = 0;

      if (!SPICE_IS_CURSOR_CHANNEL (l->data))
        continue;
      g_object_get (l->data, "channel-id", &id, NULL);
      surface = lodge_spice_screen_find_surface (self, (guint) id);
      if (surface != NULL && surface->cursor != l->data)
        lodge_spice_surface_set_cursor (surface, l->data);
    }
  g_list_free (channels);
}

static void
watch_channel (LodgeSpiceScreen *self,
               SpiceChannel     *channel)
{
  g_signal_connect_object (channel, "channel-event", G_CALLBACK (channel_event_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (channel, "open-fd", G_CALLBACK (channel_open_fd_cb), self,
                           G_CONNECT_SWAPPED);
}

/* The session connects its main channel and the redirectors, and makes audio's connect by themselves */
static gboolean
is_ours_to_connect (LodgeSpiceScreen *self,
                    SpiceChannel     *channel)
{
  if (SPICE_IS_USBREDIR_CHANNEL (channel))
    return FALSE;
  return SPICE_IS_DISPLAY_CHANNEL (channel) || SPICE_IS_INPUTS_CHANNEL (channel) || SPICE_IS_CURSOR_CHANNEL (channel)
         || lodge_spice_screen_take_channel (self, channel);
}

static void
channel_new_cb (LodgeSpiceScreen *self,
                SpiceChannel     *channel)
{
  if (self->companion && (SPICE_IS_DISPLAY_CHANNEL (channel) || SPICE_IS_INPUTS_CHANNEL (channel)
                          || SPICE_IS_CURSOR_CHANNEL (channel)))
    return;

  if (SPICE_IS_MAIN_CHANNEL (channel))
    {
      lodge_spice_screen_watch_main (self, channel);
      lodge_spice_screen_watch_clipboard (self, channel);
      lodge_spice_screen_watch_files (self);
    }
  else if (SPICE_IS_DISPLAY_CHANNEL (channel))
    {
      if (!lodge_spice_screen_add_surface (self, channel))
        return;
      join_cursors (self);
    }
  else if (SPICE_IS_INPUTS_CHANNEL (channel))
    {
      lodge_spice_screen_watch_inputs (self, channel);
    }
  else if (SPICE_IS_CURSOR_CHANNEL (channel))
    {
      join_cursors (self);
    }

  watch_channel (self, channel);
  if (is_ours_to_connect (self, channel))
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
  disconnect_channel (self, channel);
  if (channel == SPICE_CHANNEL (self->main))
    g_clear_object (&self->main);
  else if (channel == SPICE_CHANNEL (self->inputs))
    g_clear_object (&self->inputs);
  for (guint i = self->surfaces->len; i > 0; i--)
    {
      LodgeSpiceSurface *surface = g_ptr_array_index (self->surfaces, i - 1);

      if (SPICE_CHANNEL (surface->channel) == channel)
        lodge_spice_screen_remove_surface (self, surface);
      else if (SPICE_CHANNEL (surface->cursor) == channel)
        lodge_spice_surface_set_cursor (surface, NULL);
    }
}

static void
disconnected_cb (LodgeSpiceScreen *self)
{
  /* A new try on the same session drops the old channels first */
  if (self->retry_id == 0 && self->main == NULL
      && lodge_screen_get_state (LODGE_SCREEN (self)) != LODGE_SCREEN_NEEDS_CREDENTIALS)
    lodge_spice_screen_lose (self, LODGE_ERROR_NOT_CONNECTED, _("The connection to the SPICE server was lost"));
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
    lodge_spice_screen_lose (self, LODGE_ERROR_UNREACHABLE, _("The SPICE server did not answer"));

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
                "gl-scanout", FALSE,
                NULL);
  lodge_spice_screen_prepare_sharing (self);
  lodge_spice_screen_set_options (self);
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
  if (!connect_session (self))
    lodge_spice_screen_lose (self, LODGE_ERROR_UNREACHABLE, _("The SPICE server did not answer"));
}

static void
lodge_spice_screen_close (LodgeScreen *screen)
{
  LodgeSpiceScreen *self = LODGE_SPICE_SCREEN (screen);

  g_clear_handle_id (&self->retry_id, g_source_remove);
  g_clear_handle_id (&self->no_display_id, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);

  while (self->surfaces->len > 0)
    {
      LodgeSpiceSurface *last = g_ptr_array_index (self->surfaces, self->surfaces->len - 1);

      disconnect_channel (self, last->channel);
      disconnect_channel (self, last->cursor);
      lodge_spice_screen_remove_surface (self, last);
    }
  lodge_spice_screen_drop_sharing (self);
  disconnect_channel (self, self->main);
  disconnect_channel (self, self->inputs);
  g_clear_object (&self->main);
  g_clear_object (&self->inputs);

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
lodge_spice_screen_finalize (GObject *object)
{
  LodgeSpiceScreen *self = LODGE_SPICE_SCREEN (object);

  lodge_screen_target_clear (&self->target);
  g_ptr_array_unref (self->surfaces);

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
  lodge_spice_screen_install_input (screen_class);
  lodge_spice_screen_install_heads (screen_class);
  lodge_spice_screen_install_sharing (screen_class);
  lodge_spice_screen_install_clipboard (screen_class);
}

static void
lodge_spice_screen_init (LodgeSpiceScreen *self)
{
  self->surfaces = g_ptr_array_new ();
}

/**
 * lodge_spice_screen_new:
 * @address: (nullable): where the server listens
 * @open_fd: (nullable): gives connected descriptors instead
 * @user_data: for @open_fd
 * @destroy: (nullable): frees @user_data
 *
 * Returns: (transfer full): the first display of a SPICE server, closed; the others are its [method@Screen.get_heads]
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

/**
 * lodge_spice_screen_new_companion:
 * @address: (nullable): where the server listens
 * @open_fd: (nullable): gives connected descriptors instead
 * @user_data: for @open_fd
 * @destroy: (nullable): frees @user_data
 *
 * Returns: (transfer full): what a SPICE server shares besides its picture: clipboard, files, a folder, sound, devices;
 *   for a guest whose picture comes another way. It is connected without a picture, and takes no input.
 */
LodgeScreen *
lodge_spice_screen_new_companion (const LodgeScreenAddress *address,
                                  LodgeScreenOpenFdFunc     open_fd,
                                  gpointer                  user_data,
                                  GDestroyNotify            destroy)
{
  LodgeScreen *screen = lodge_spice_screen_new (address, open_fd, user_data, destroy);

  LODGE_SPICE_SCREEN (screen)->companion = TRUE;

  return screen;
}
