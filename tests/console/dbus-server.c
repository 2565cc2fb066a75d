/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "dbus-server.h"

#include <gio/gunixfdlist.h>
#include <sys/socket.h>

#include "lib/lodge-test-wait.h"

#define CONSOLE_PATH "/org/qemu/Display1/Console_0"
#define SECOND_PATH  "/org/qemu/Display1/Console_3"

/* As QEMU 10 describes itself, as far as it is used */
static const char description[] =
  "<node>"
  "<interface name='org.qemu.Display1.VM'><property name='ConsoleIDs' type='au' access='read'/></interface>"
  "<interface name='org.qemu.Display1.Console'>"
  "<method name='RegisterListener'><arg type='h' direction='in'/></method>"
  "<method name='SetUIInfo'><arg type='q' direction='in'/><arg type='q' direction='in'/><arg type='i' direction='in'/>"
  "<arg type='i' direction='in'/><arg type='u' direction='in'/><arg type='u' direction='in'/></method>"
  "</interface>"
  "<interface name='org.qemu.Display1.Keyboard'>"
  "<method name='Press'><arg type='u' direction='in'/></method>"
  "<method name='Release'><arg type='u' direction='in'/></method>"
  "<property name='Modifiers' type='u' access='read'/></interface>"
  "<interface name='org.qemu.Display1.Mouse'>"
  "<method name='Press'><arg type='u' direction='in'/></method>"
  "<method name='Release'><arg type='u' direction='in'/></method>"
  "<method name='SetAbsPosition'><arg type='u' direction='in'/><arg type='u' direction='in'/></method>"
  "<method name='RelMotion'><arg type='i' direction='in'/><arg type='i' direction='in'/></method>"
  "<property name='IsAbsolute' type='b' access='read'/></interface>"
  "</node>";

static void
second_connected_cb (GObject      *object,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  DbusServer *self = user_data;

  self->n_pending--;
  self->second_listener = g_dbus_connection_new_finish (result, NULL);
  if (self->second_listener != NULL)
    g_dbus_connection_set_exit_on_close (self->second_listener, FALSE);
}

static void
listener_connected_cb (GObject      *object,
                       GAsyncResult *result,
                       gpointer      user_data)
{
  DbusServer *self = user_data;

  self->n_pending--;
  /* NULL when the screen has closed meanwhile */
  self->listener = g_dbus_connection_new_finish (result, NULL);
  if (self->listener != NULL)
    g_dbus_connection_set_exit_on_close (self->listener, FALSE);
}

static void
register_listener (DbusServer            *self,
                   gboolean               second,
                   GDBusMethodInvocation *invocation)
{
  GUnixFDList *fds = g_dbus_message_get_unix_fd_list (g_dbus_method_invocation_get_message (invocation));
  g_autoptr(GError) error = NULL;
  g_autoptr(GSocket) socket = NULL;
  g_autoptr(GSocketConnection) stream = NULL;
  g_autofree char *guid = g_dbus_generate_guid ();

  if (self->refuse)
    {
      g_dbus_method_invocation_return_dbus_error (invocation, "org.freedesktop.DBus.Error.Failed", "no listener today");
      return;
    }
  socket = g_socket_new_from_fd (g_unix_fd_list_get (fds, 0, &error), &error);
  g_assert_no_error (error);
  stream = g_socket_connection_factory_create_connection (socket);
  g_dbus_method_invocation_return_value (invocation, NULL);
  self->n_pending++;
  g_dbus_connection_new (G_IO_STREAM (stream), guid,
                         G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_SERVER
                         | G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_ALLOW_ANONYMOUS,
                         NULL, self->cancellable, second ? second_connected_cb : listener_connected_cb, self);
}

static void
method_call_cb (GDBusConnection       *connection,
                const char            *sender,
                const char            *object_path,
                const char            *interface,
                const char            *method,
                GVariant              *parameters,
                GDBusMethodInvocation *invocation,
                gpointer               user_data)
{
  DbusServer *self = user_data;
  g_autofree char *text = g_variant_print (parameters, FALSE);

  if (g_str_equal (method, "RegisterListener"))
    {
      register_listener (self, g_str_equal (object_path, SECOND_PATH), invocation);
      return;
    }
  g_string_append_printf (self->calls, "%s%s.%s%s ", g_str_equal (object_path, SECOND_PATH) ? "3:" : "", strrchr (interface, '.') + 1, method, text);
  g_dbus_method_invocation_return_value (invocation, NULL);
}

static GVariant *
get_property_cb (GDBusConnection  *connection,
                 const char       *sender,
                 const char       *object_path,
                 const char       *interface,
                 const char       *property,
                 GError          **error,
                 gpointer          user_data)
{
  DbusServer *self = user_data;

  if (g_str_equal (property, "ConsoleIDs"))
    return g_variant_new_parsed (self->second ? "[uint32 0, 3]" : "[uint32 0]");
  if (g_str_equal (property, "IsAbsolute"))
    return g_variant_new_boolean (self->absolute);
  return g_variant_new_uint32 (self->modifiers);
}

static const GDBusInterfaceVTable vtable = { .method_call = method_call_cb, .get_property = get_property_cb };

static void
console_connected_cb (GObject      *object,
                      GAsyncResult *result,
                      gpointer      user_data)
{
  DbusServer *self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GDBusNodeInfo) info = g_dbus_node_info_new_for_xml (description, &error);

  g_assert_no_error (error);
  self->n_pending--;
  g_clear_object (&self->console);
  self->console = g_dbus_connection_new_finish (result, NULL);
  if (self->console == NULL)
    return;
  g_dbus_connection_set_exit_on_close (self->console, FALSE);
  if (self->n_hang_ups > 0)
    {
      self->n_hang_ups--;
      g_dbus_connection_close (self->console, NULL, NULL, NULL);
      return;
    }
  for (guint i = 0; info->interfaces[i] != NULL; i++)
    {
      g_dbus_connection_register_object (self->console, i == 0 ? "/org/qemu/Display1/VM" : CONSOLE_PATH,
                                         info->interfaces[i], &vtable, self, NULL, &error);
      g_assert_no_error (error);
      if (i > 0 && self->second)
        g_dbus_connection_register_object (self->console, SECOND_PATH, info->interfaces[i], &vtable, self, NULL, NULL);
    }
  g_dbus_connection_start_message_processing (self->console);
}

static void
open_fd (GCancellable        *cancellable,
         GAsyncReadyCallback  callback,
         gpointer             callback_data,
         gpointer             user_data)
{
  DbusServer *self = user_data;
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, callback_data);
  g_autoptr(GError) error = NULL;
  g_autoptr(GSocket) socket = NULL;
  g_autoptr(GSocketConnection) stream = NULL;
  g_autofree char *guid = g_dbus_generate_guid ();
  int ends[2];

  g_assert_cmpint (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends), ==, 0);
  socket = g_socket_new_from_fd (ends[1], &error);
  g_assert_no_error (error);
  stream = g_socket_connection_factory_create_connection (socket);
  self->n_pending++;
  g_dbus_connection_new (G_IO_STREAM (stream), guid,
                         G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_SERVER
                         | G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_ALLOW_ANONYMOUS
                         | G_DBUS_CONNECTION_FLAGS_DELAY_MESSAGE_PROCESSING,
                         NULL, self->cancellable, console_connected_cb, self);
  g_task_return_int (task, ends[0]);
}

DbusServer *
dbus_server_new (void)
{
  DbusServer *self = g_new0 (DbusServer, 1);

  self->calls = g_string_new (NULL);
  self->cancellable = g_cancellable_new ();
  self->absolute = TRUE;
  return self;
}

void
dbus_server_cut (DbusServer *self)
{
  if (self->listener != NULL)
    g_dbus_connection_close (self->listener, NULL, NULL, NULL);
  if (self->second_listener != NULL)
    g_dbus_connection_close (self->second_listener, NULL, NULL, NULL);
  if (self->console != NULL)
    g_dbus_connection_close (self->console, NULL, NULL, NULL);
}

void
dbus_server_free (DbusServer *self)
{
  dbus_server_cut (self);
  g_cancellable_cancel (self->cancellable);
  WAIT_FOR (self->n_pending == 0);
  lodge_test_settle ();
  g_object_unref (self->cancellable);
  g_clear_object (&self->listener);
  g_clear_object (&self->second_listener);
  g_clear_object (&self->console);
  g_string_free (self->calls, TRUE);
  g_free (self);
}

LodgeScreen *
dbus_server_make_screen (DbusServer *self)
{
  return lodge_dbus_screen_new (open_fd, self, NULL);
}

gboolean
dbus_server_call (DbusServer *self,
                  const char *interface,
                  const char *method,
                  GVariant   *parameters,
                  int         fd)
{
  g_autoptr(GUnixFDList) fds = fd >= 0 ? g_unix_fd_list_new () : NULL;
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GVariant) reply = NULL;
  g_autoptr(GError) error = NULL;
  GDBusConnection *listener = self->called != NULL ? self->called : self->listener;

  if (fd >= 0)
    g_assert_cmpint (g_unix_fd_list_append (fds, fd, NULL), ==, 0);
  g_dbus_connection_call_with_unix_fd_list (listener, NULL, "/org/qemu/Display1/Listener", interface, method,
                                            parameters, NULL, G_DBUS_CALL_FLAGS_NONE, -1, fds, NULL,
                                            lodge_test_result_cb, &result);
  WAIT_FOR (result != NULL);
  reply = g_dbus_connection_call_with_unix_fd_list_finish (listener, NULL, result, &error);
  return reply != NULL;
}

static void
tell (DbusServer *self,
      const char *interface,
      const char *property,
      GVariant   *value)
{
  GVariantBuilder changed = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a{sv}"));

  g_variant_builder_add (&changed, "{sv}", property, value);
  g_dbus_connection_emit_signal (self->console, NULL, CONSOLE_PATH, "org.freedesktop.DBus.Properties",
                                 "PropertiesChanged", g_variant_new ("(sa{sv}as)", interface, &changed, NULL), NULL);
}

void
dbus_server_set_absolute (DbusServer *self,
                          gboolean    absolute)
{
  self->absolute = absolute;
  tell (self, "org.qemu.Display1.Mouse", "IsAbsolute", g_variant_new_boolean (absolute));
}

void
dbus_server_set_modifiers (DbusServer *self,
                           guint       modifiers)
{
  self->modifiers = modifiers;
  tell (self, "org.qemu.Display1.Keyboard", "Modifiers", g_variant_new_uint32 (modifiers));
}
