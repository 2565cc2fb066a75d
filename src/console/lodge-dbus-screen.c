/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-dbus-screen"

#include "config.h"

#include "lodge-dbus-screen-private.h"

#include <gio/gunixfdlist.h>
#include <glib/gi18n.h>
#include <sys/socket.h>
#include <unistd.h>

#include "util/lodge-error.h"

/* QEMU's display on D-Bus, for guests on this computer: <graphics type='dbus' p2p='yes'/>. There are two connections
 * without a bus: on one we call QEMU (console, keyboard, mouse), on the other it calls our listener with pictures. */

/* QEMU 10 that is still taking leave of one client hangs up on the next: it is asked again */
#define MAX_RETRIES 5
#define RETRY_MS    100

#define CONSOLE_PATH_FORMAT "/org/qemu/Display1/Console_%u"

G_DEFINE_FINAL_TYPE (LodgeDbusScreen, lodge_dbus_screen, LODGE_TYPE_SCREEN)

static void drop      (LodgeDbusScreen *self);
static void ask_again (LodgeDbusScreen *self);

/* What a step of the opening comes back with: it may be of an opening that was given up */
typedef struct
{
  LodgeDbusScreen *self;          /* owned */
  GCancellable    *cancellable;   /* owned */
} Step;

static Step *
step_new (LodgeDbusScreen *self)
{
  Step *step = g_new0 (Step, 1);

  step->self = g_object_ref (self);
  step->cancellable = g_object_ref (self->cancellable);
  return step;
}

static void
step_free (Step *step)
{
  g_object_unref (step->self);
  g_object_unref (step->cancellable);
  g_free (step);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Step, step_free)

static gboolean
step_is_void (Step *step)
{
  return g_cancellable_is_cancelled (step->cancellable);
}

static void
lose (LodgeDbusScreen *self,
      LodgeErrorCode   code,
      const char      *message,
      const GError    *cause)
{
  GError *error = g_error_new_literal (LODGE_ERROR, code, message);

  if (cause != NULL)
    lodge_error_set_details (error, cause->message, 0, 0);
  if (self->owner != NULL)
    lodge_screen_remove_head (LODGE_SCREEN (self->owner), LODGE_SCREEN (self));
  lodge_screen_lose (LODGE_SCREEN (self), error);
}

/* A further console is in the list of heads as long as it shows something, by its number */
static void
show_head (LodgeDbusScreen *self)
{
  GListModel *heads = lodge_screen_get_heads (LODGE_SCREEN (self->owner));
  guint position = 0;

  for (guint i = 0; i < g_list_model_get_n_items (heads); i++)
    {
      g_autoptr(LodgeDbusScreen) other = g_list_model_get_item (heads, i);

      if (other == self)
        return;
      position += other->console < self->console;
    }
  lodge_screen_add_head (LODGE_SCREEN (self->owner), position, LODGE_SCREEN (self));
}

/* Pictures */

static void
picture_cb (gpointer  user_data,
            guchar   *pixels,
            int       width,
            int       height,
            int       stride)
{
  LodgeDbusScreen *self = user_data;

  if (pixels != NULL)
    lodge_screen_set_picture (user_data, pixels, width, height, stride);
  else
    lodge_screen_clear_picture (user_data);
  if (self->owner != NULL && pixels != NULL)
    show_head (self);
  else if (self->owner != NULL)
    lodge_screen_remove_head (LODGE_SCREEN (self->owner), user_data);
}

static void
damage_cb (gpointer user_data,
           int      x,
           int      y,
           int      width,
           int      height)
{
  lodge_screen_add_damage (user_data, x, y, width, height);
  /* With the first picture there is something to see */
  lodge_screen_set_connected (user_data);
}

static void
cursor_cb (gpointer      user_data,
           const guchar *rgba,
           int           width,
           int           height,
           int           hotspot_x,
           int           hotspot_y)
{
  lodge_screen_set_cursor (user_data, rgba, width, height, hotspot_x, hotspot_y);
}

static void
cursor_position_cb (gpointer user_data,
                    int      x,
                    int      y)
{
  if (!lodge_screen_get_absolute_pointer (user_data))
    lodge_screen_set_cursor_position (user_data, x, y);
}

static void
failed_cb (gpointer  user_data,
           GError   *error)
{
  LodgeDbusScreen *self = user_data;

  if (self->owner != NULL)
    lodge_screen_remove_head (LODGE_SCREEN (self->owner), user_data);
  lodge_screen_lose (user_data, error);
}

static const LodgeDbusListenerFuncs listener_funcs = {
  picture_cb, damage_cb, cursor_cb, cursor_position_cb, failed_cb,
};

/* The opening, step by step */

static void
closed_cb (LodgeDbusScreen *self,
           gboolean         remote_vanished,
           GError          *error)
{
  if (self->owner == NULL && lodge_screen_get_state (LODGE_SCREEN (self)) == LODGE_SCREEN_CONNECTING
      && self->n_retries < MAX_RETRIES)
    ask_again (self);
  else
    lose (self, LODGE_ERROR_NOT_CONNECTED, _("The machine’s display has ended the connection"), error);
}

/* A step of the opening has failed. What QEMU refuses it will refuse again; a connection that ended is another
 * matter. */
static void
fail_step (LodgeDbusScreen *self,
           const GError    *error)
{
  if (error != NULL && !g_dbus_error_is_remote_error (error))
    closed_cb (self, FALSE, (GError *) error);
  else
    lose (self, LODGE_ERROR_UNREACHABLE, _("The machine’s display did not answer as one should"), error);
}

static GSocketConnection *
make_stream (int      fd,
             GError **error)
{
  g_autoptr(GSocket) socket = g_socket_new_from_fd (fd, error);

  if (socket == NULL)
    {
      close (fd);
      return NULL;
    }
  return g_socket_connection_factory_create_connection (socket);
}

static void
listener_connected_cb (GObject      *object,
                       GAsyncResult *result,
                       gpointer      user_data)
{
  g_autoptr(Step) step = user_data;
  LodgeDbusScreen *self = step->self;
  g_autoptr(GError) error = NULL;
  g_autoptr(GDBusConnection) connection = g_dbus_connection_new_finish (result, &error);

  if (step_is_void (step))
    {
      if (connection != NULL)
        g_dbus_connection_close (connection, NULL, NULL, NULL);
      return;
    }
  if (connection != NULL)
    {
      g_signal_connect_object (connection, "closed", G_CALLBACK (closed_cb), self, G_CONNECT_SWAPPED);
      self->listener = lodge_dbus_listener_new (connection, &listener_funcs, self, &error);
    }
  if (self->listener == NULL)
    fail_step (self, error);
  else if (self->owner != NULL)
    /* A monitor that is switched off says nothing, and is well */
    lodge_screen_set_connected (LODGE_SCREEN (self));
}

static void
registered_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(Step) step = user_data;
  LodgeDbusScreen *self = step->self;
  g_autoptr(GError) error = NULL;
  g_autoptr(GSocketConnection) stream = NULL;
  g_autoptr(GVariant) reply = g_dbus_connection_call_with_unix_fd_list_finish (G_DBUS_CONNECTION (object), NULL,
                                                                               result, &error);

  if (step_is_void (step))
    return;
  if (reply != NULL)
    stream = make_stream (g_steal_fd (&self->listener_fd), &error);
  if (stream == NULL)
    {
      fail_step (self, error);
      return;
    }
  /* QEMU serves this side, as soon as it has answered; nothing is taken before the listener is there */
  g_dbus_connection_new (G_IO_STREAM (stream), NULL,
                         G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT
                         | G_DBUS_CONNECTION_FLAGS_DELAY_MESSAGE_PROCESSING,
                         NULL, self->cancellable, listener_connected_cb, step_new (self));
}

static void
register_listener (LodgeDbusScreen *self)
{
  g_autoptr(GUnixFDList) fds = g_unix_fd_list_new ();
  int ends[2];

  if (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) < 0)
    {
      lose (self, LODGE_ERROR_FAILED, g_strerror (errno), NULL);
      return;
    }
  self->listener_fd = ends[0];
  g_unix_fd_list_append (fds, ends[1], NULL);
  close (ends[1]);
  g_dbus_connection_call_with_unix_fd_list (self->connection, NULL, self->console_path, "org.qemu.Display1.Console",
                                            "RegisterListener", g_variant_new ("(h)", 0), NULL,
                                            G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, fds, self->cancellable,
                                            registered_cb, step_new (self));
}

static void
open_others (LodgeDbusScreen *self,
             const guint32   *ids,
             gsize            n_ids)
{
  for (gsize i = 1; i < MIN (n_ids, LODGE_SCREEN_MAX_HEADS); i++)
    {
      LodgeDbusScreen *other = g_object_new (LODGE_TYPE_DBUS_SCREEN, NULL);

      other->owner = self;
      other->console = ids[i];
      g_ptr_array_add (self->others, other);
      lodge_screen_open (LODGE_SCREEN (other));
    }
}

static void
start (LodgeDbusScreen *self)
{
  self->console_path = g_strdup_printf (CONSOLE_PATH_FORMAT, self->console);
  lodge_dbus_screen_watch_input (self);
  lodge_screen_set_can_resize (LODGE_SCREEN (self), TRUE);
  register_listener (self);
}

static void
console_ids_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(Step) step = user_data;
  LodgeDbusScreen *self = step->self;
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) reply = g_dbus_connection_call_finish (G_DBUS_CONNECTION (object), result, &error);
  g_autoptr(GVariant) boxed = NULL;
  const guint32 *ids = NULL;
  gsize n_ids = 0;

  if (step_is_void (step))
    return;
  if (reply != NULL)
    g_variant_get (reply, "(v)", &boxed);
  if (boxed != NULL && g_variant_is_of_type (boxed, G_VARIANT_TYPE ("au")))
    ids = g_variant_get_fixed_array (boxed, &n_ids, sizeof (guint32));
  if (error != NULL)
    {
      fail_step (self, error);
      return;
    }
  if (n_ids == 0)
    {
      lose (self, LODGE_ERROR_NOT_FOUND, _("The machine has no screen"), NULL);
      return;
    }
  self->console = ids[0];
  start (self);
  if (lodge_screen_get_state (LODGE_SCREEN (self)) == LODGE_SCREEN_CONNECTING)
    open_others (self, ids, n_ids);
}

static void
connected_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(Step) step = user_data;
  LodgeDbusScreen *self = step->self;
  g_autoptr(GError) error = NULL;
  g_autoptr(GDBusConnection) connection = g_dbus_connection_new_finish (result, &error);

  if (step_is_void (step))
    {
      if (connection != NULL)
        g_dbus_connection_close (connection, NULL, NULL, NULL);
      return;
    }
  if (connection == NULL)
    {
      fail_step (self, error);
      return;
    }
  self->connection = g_steal_pointer (&connection);
  g_signal_connect_object (self->connection, "closed", G_CALLBACK (closed_cb), self, G_CONNECT_SWAPPED);
  g_dbus_connection_call (self->connection, NULL, "/org/qemu/Display1/VM", "org.freedesktop.DBus.Properties", "Get",
                          g_variant_new ("(ss)", "org.qemu.Display1.VM", "ConsoleIDs"), G_VARIANT_TYPE ("(v)"),
                          G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, self->cancellable, console_ids_cb, step_new (self));
}

static void
open_fd_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(Step) step = user_data;
  LodgeDbusScreen *self = step->self;
  g_autoptr(GError) error = NULL;
  g_autoptr(GSocketConnection) stream = NULL;
  const int fd = (int) g_task_propagate_int (G_TASK (result), &error);

  if (step_is_void (step))
    {
      if (fd >= 0)
        close (fd);
      return;
    }
  if (fd >= 0)
    stream = make_stream (fd, &error);
  else if (error != NULL)
    {
      /* It says more than we could */
      lodge_screen_lose (LODGE_SCREEN (self), g_steal_pointer (&error));
      return;
    }
  if (stream == NULL)
    {
      lose (self, LODGE_ERROR_FAILED, _("The host gave no connection to the screen"), error);
      return;
    }
  g_dbus_connection_new (G_IO_STREAM (stream), NULL, G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT, NULL,
                         self->cancellable, connected_cb, step_new (self));
}

void
lodge_dbus_screen_call (LodgeDbusScreen *self,
                        const char      *interface,
                        const char      *method,
                        GVariant        *parameters)
{
  g_dbus_connection_call (self->connection, NULL, self->console_path, interface, method, parameters, NULL,
                          G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, NULL, NULL, NULL);
}

static void
ask (LodgeDbusScreen *self)
{
  self->cancellable = g_cancellable_new ();
  self->target.open_fd (self->cancellable, open_fd_cb, step_new (self), self->target.user_data);
}

static gboolean
retry_cb (gpointer user_data)
{
  LodgeDbusScreen *self = user_data;

  self->retry_id = 0;
  ask (self);
  return G_SOURCE_REMOVE;
}

static void
ask_again (LodgeDbusScreen *self)
{
  drop (self);
  self->n_retries++;
  self->retry_id = g_timeout_add (RETRY_MS, retry_cb, self);
}

static void
lodge_dbus_screen_open (LodgeScreen *screen)
{
  LodgeDbusScreen *self = LODGE_DBUS_SCREEN (screen);

  self->n_retries = 0;
  if (self->owner != NULL)
    {
      self->cancellable = g_cancellable_new ();
      self->connection = g_object_ref (self->owner->connection);
      start (self);
    }
  else if (self->target.open_fd != NULL)
    ask (self);
  else
    lose (self, LODGE_ERROR_NOT_CONNECTED, _("The machine’s display has ended the connection"), NULL);
}

static void
drop_connection (LodgeDbusScreen *self)
{
  if (self->connection == NULL)
    return;
  if (self->properties_id != 0)
    g_dbus_connection_signal_unsubscribe (self->connection, self->properties_id);
  self->properties_id = 0;
  g_signal_handlers_disconnect_by_data (self->connection, self);
  if (self->owner == NULL)
    g_dbus_connection_close (self->connection, NULL, NULL, NULL);
  g_clear_object (&self->connection);
}

static void
drop_others (LodgeDbusScreen *self)
{
  for (guint i = 0; i < self->others->len; i++)
    {
      LodgeDbusScreen *other = g_ptr_array_index (self->others, i);

      lodge_screen_remove_head (LODGE_SCREEN (self), LODGE_SCREEN (other));
      lodge_screen_close (LODGE_SCREEN (other));
      other->owner = NULL;
    }
  g_ptr_array_set_size (self->others, 0);
}

/* Everything of one attempt */
static void
drop (LodgeDbusScreen *self)
{
  g_clear_handle_id (&self->retry_id, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  lodge_screen_keep_picture (LODGE_SCREEN (self));
  drop_others (self);
  g_clear_pointer (&self->listener, lodge_dbus_listener_free);
  drop_connection (self);
  if (self->listener_fd >= 0)
    close (g_steal_fd (&self->listener_fd));
  g_clear_pointer (&self->console_path, g_free);
}

static void
lodge_dbus_screen_close (LodgeScreen *screen)
{
  drop (LODGE_DBUS_SCREEN (screen));
}

static void
lodge_dbus_screen_supply_credentials (LodgeScreen *screen,
                                      const char  *username,
                                      const char  *password)
{
  /* The descriptor is the permission: nobody is asked */
}

static void
lodge_dbus_screen_request_update (LodgeScreen *screen)
{
  /* QEMU sends what changes by itself */
}

static void
lodge_dbus_screen_finalize (GObject *object)
{
  LodgeDbusScreen *self = LODGE_DBUS_SCREEN (object);

  lodge_screen_target_clear (&self->target);
  g_ptr_array_unref (self->others);

  G_OBJECT_CLASS (lodge_dbus_screen_parent_class)->finalize (object);
}

static void
lodge_dbus_screen_class_init (LodgeDbusScreenClass *klass)
{
  LodgeScreenClass *screen_class = LODGE_SCREEN_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = lodge_dbus_screen_finalize;
  screen_class->open = lodge_dbus_screen_open;
  screen_class->close = lodge_dbus_screen_close;
  screen_class->supply_credentials = lodge_dbus_screen_supply_credentials;
  screen_class->request_update = lodge_dbus_screen_request_update;
  lodge_dbus_screen_install_input (screen_class);
}

static void
lodge_dbus_screen_init (LodgeDbusScreen *self)
{
  self->listener_fd = -1;
  self->others = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * lodge_dbus_screen_new:
 * @open_fd: gives the descriptor of a peer-to-peer connection to QEMU (virDomainOpenGraphicsFD on
 *   `<graphics type='dbus' p2p='yes'/>`)
 * @user_data: for @open_fd
 * @destroy: (nullable): frees @user_data
 *
 * QEMU takes one such connection at a time: a second one ends the first.
 *
 * Returns: (transfer full): the screen of a guest on this computer, closed; its other monitors are its heads
 */
LodgeScreen *
lodge_dbus_screen_new (LodgeScreenOpenFdFunc open_fd,
                       gpointer              user_data,
                       GDestroyNotify        destroy)
{
  LodgeDbusScreen *self;

  g_return_val_if_fail (open_fd != NULL, NULL);

  self = g_object_new (LODGE_TYPE_DBUS_SCREEN, NULL);
  lodge_screen_target_init (&self->target, NULL, open_fd, user_data, destroy);

  return LODGE_SCREEN (self);
}
