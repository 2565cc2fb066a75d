/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-console-open"

#include "config.h"

#include "lodge-connection-private.h"
#include "lodge-connection.h"
#include "lodge-console-info-private.h"
#include "lodge-console-stream.h"

#include <gio/gunixconnection.h>
#include <gio/gunixsocketaddress.h>
#include <glib/gi18n.h>
#include <string.h>
#include <unistd.h>

#include "util/lodge-error.h"

/* How the consoles of a machine are found and reached */

static const LodgeUri *
get_uri (LodgeDomain *domain)
{
  LodgeConnection *connection = lodge_domain_get_connection (domain);

  return connection != NULL ? lodge_connection_get_parsed_uri (connection) : NULL;
}

static void
xml_read_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  LodgeDomain *domain = LODGE_DOMAIN (object);
  GError *error = NULL;
  g_autofree char *xml = lodge_domain_get_xml_finish (domain, result, &error);
  GListModel *consoles = NULL;

  if (xml != NULL)
    consoles = lodge_console_info_list_for_uri (xml, get_uri (domain), &error);
  if (consoles != NULL)
    g_task_return_pointer (task, consoles, g_object_unref);
  else
    g_task_return_error (task, error);
}

/**
 * lodge_domain_list_consoles_async:
 * @domain: a running domain
 *
 * Reads the live XML (virDomainGetXMLDesc) for its <graphics>, <serial>, <parallel> and <console>.
 */
void
lodge_domain_list_consoles_async (LodgeDomain         *domain,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  GTask *task = g_task_new (domain, cancellable, callback, user_data);

  g_task_set_source_tag (task, lodge_domain_list_consoles_async);
  lodge_domain_get_xml_async (domain, LODGE_DOMAIN_XML_LIVE, cancellable, xml_read_cb, task);
}

/**
 * lodge_domain_list_consoles_finish:
 *
 * Returns: (transfer full) (nullable): a model of LodgeConsoleInfo
 */
GListModel *
lodge_domain_list_consoles_finish (LodgeDomain   *domain,
                                   GAsyncResult  *result,
                                   GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, domain), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

gboolean
lodge_domain_screen_needs_fd (LodgeDomain      *domain,
                              LodgeConsoleInfo *info)
{
  g_return_val_if_fail (LODGE_IS_DOMAIN (domain), FALSE);

  return lodge_console_info_get_route (info, get_uri (domain)) != LODGE_SCREEN_BY_ADDRESS;
}

static void
graphics_worker (GTask        *task,
                 virDomainPtr  domain,
                 gpointer      task_data,
                 GCancellable *cancellable)
{
  LodgeConsoleInfo *info = g_object_get_data (G_OBJECT (task), "lodge-info");
  const int fd = virDomainOpenGraphicsFD (domain, lodge_console_info_get_index (info),
                                          VIR_DOMAIN_OPEN_GRAPHICS_SKIPAUTH);

  if (fd < 0)
    g_task_return_error (task, lodge_domain_new_error (domain));
  else if (g_cancellable_is_cancelled (cancellable))
    {
      /* Nobody will read the result */
      close (fd);
      g_task_return_int (task, -1);
    }
  else
    g_task_return_int (task, fd);
}

static void
socket_connected_cb (GObject      *object,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;
  g_autoptr(GSocketConnection) connection =
    g_socket_client_connect_finish (G_SOCKET_CLIENT (object), result, &error);
  int fd;

  if (connection == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  /* The connection closes its own descriptor when it goes */
  fd = dup (g_socket_get_fd (g_socket_connection_get_socket (connection)));
  if (fd < 0)
    g_task_return_new_error (task, LODGE_ERROR, LODGE_ERROR_FAILED, "%s", g_strerror (errno));
  else
    g_task_return_int (task, fd);
}

static void
ssh_stream_opened_cb (GObject      *object,
                      GAsyncResult *result,
                      gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;
  const int fd = lodge_ssh_transport_open_stream_finish (LODGE_SSH_TRANSPORT (object), result, &error);

  if (fd < 0)
    g_task_return_error (task, error);
  else
    g_task_return_int (task, fd);
}

static void
open_through_ssh (LodgeDomain      *domain,
                  LodgeConsoleInfo *info,
                  GCancellable     *cancellable,
                  GTask            *task)
{
  LodgeConnection *connection = lodge_domain_get_connection (domain);
  LodgeSshTransport *transport = connection != NULL ? lodge_connection_get_transport (connection) : NULL;

  /* virDomainOpenGraphicsFD() would break the libvirt connection: its descriptor cannot come through a tunnel */
  if (transport != NULL)
    lodge_ssh_transport_open_stream_async (transport, lodge_console_info_get_far_host (info),
                                           lodge_console_info_get_port (info),
                                           lodge_console_info_get_unix_path (info), cancellable,
                                           ssh_stream_opened_cb, g_object_ref (task));
  else
    g_task_return_new_error (task, LODGE_ERROR, LODGE_ERROR_NOT_SUPPORTED,
                             _("Only a connection with SSH itself (qemu+ssh) brings this display here."));
}

/**
 * lodge_domain_open_screen_fd_async:
 * @domain: a running domain
 * @info: one of its displays
 *
 * A connected descriptor for one channel: by virDomainOpenGraphicsFD() with SKIPAUTH on this computer, by the Unix
 * socket it listens on, or through the login of the connection to where it listens on its host.
 */
void
lodge_domain_open_screen_fd_async (LodgeDomain         *domain,
                                   LodgeConsoleInfo    *info,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data)
{
  GTask *task = g_task_new (domain, cancellable, callback, user_data);
  g_autoptr(GSocketClient) client = NULL;
  g_autoptr(GSocketAddress) address = NULL;

  g_task_set_source_tag (task, lodge_domain_open_screen_fd_async);
  g_object_set_data_full (G_OBJECT (task), "lodge-info", g_object_ref (info), g_object_unref);
  switch (lodge_console_info_get_route (info, get_uri (domain)))
    {
    case LODGE_SCREEN_BY_LIBVIRT:
      lodge_domain_run_call (domain, LODGE_LANE_CONTROL, task, graphics_worker);
      break;

    case LODGE_SCREEN_BY_SOCKET:
      client = g_socket_client_new ();
      address = g_unix_socket_address_new (lodge_console_info_get_unix_path (info));
      g_socket_client_connect_async (client, G_SOCKET_CONNECTABLE (address), cancellable, socket_connected_cb,
                                     g_object_ref (task));
      break;

    case LODGE_SCREEN_BY_SSH:
      open_through_ssh (domain, info, cancellable, task);
      break;

    case LODGE_SCREEN_BY_ADDRESS:
    default:
      g_task_return_new_error (task, LODGE_ERROR, LODGE_ERROR_NOT_SUPPORTED,
                               _("This display is reached by its address."));
      break;
    }
  g_object_unref (task);
}

/**
 * lodge_domain_open_screen_fd_finish:
 *
 * Returns: a descriptor that the caller owns, or -1
 */
int
lodge_domain_open_screen_fd_finish (LodgeDomain   *domain,
                                    GAsyncResult  *result,
                                    GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, domain), -1);

  return (int) g_task_propagate_int (G_TASK (result), error);
}

static void
abort_and_free (virStreamPtr stream)
{
  virStreamAbort (stream);
  virStreamFree (stream);
}

static void
console_worker (GTask        *task,
                virDomainPtr  domain,
                gpointer      task_data,
                GCancellable *cancellable)
{
  const char *alias = g_object_get_data (G_OBJECT (task), "lodge-alias");
  const gboolean force = g_object_get_data (G_OBJECT (task), "lodge-force") != NULL;
  virStreamPtr stream = virStreamNew (virDomainGetConnect (domain), VIR_STREAM_NONBLOCK);

  if (stream == NULL)
    {
      g_task_return_error (task, lodge_domain_new_error (domain));
      return;
    }
  if (virDomainOpenConsole (domain, alias, stream, force ? VIR_DOMAIN_CONSOLE_FORCE : 0) < 0)
    {
      GError *error = lodge_domain_new_error (domain);

      /* libvirt has no code of its own for it; its texts are not translated to us */
      if (strstr (error->message, "Active console session") != NULL)
        {
          error->code = LODGE_ERROR_BUSY;
          lodge_error_set_hint (error, _("Another program shows this console. Taking it over ends it there."));
        }
      virStreamFree (stream);
      g_task_return_error (task, error);
      return;
    }
  g_task_return_pointer (task, stream, (GDestroyNotify) abort_and_free);
}

/**
 * lodge_domain_open_console_async:
 * @domain: a running domain
 * @info: one of its text consoles
 * @force: take it over from whoever has it
 *
 * virDomainOpenConsole()
 */
void
lodge_domain_open_console_async (LodgeDomain         *domain,
                                 LodgeConsoleInfo    *info,
                                 gboolean             force,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (domain, cancellable, callback, user_data);

  g_task_set_source_tag (task, lodge_domain_open_console_async);
  g_object_set_data_full (G_OBJECT (task), "lodge-alias", g_strdup (lodge_console_info_get_alias (info)), g_free);
  g_object_set_data (G_OBJECT (task), "lodge-force", GINT_TO_POINTER (force));
  lodge_domain_run_call (domain, LODGE_LANE_CONTROL, task, console_worker);
}

/**
 * lodge_domain_open_console_finish:
 *
 * Returns: (transfer full) (nullable): the console
 */
LodgeTextStream *
lodge_domain_open_console_finish (LodgeDomain   *domain,
                                  GAsyncResult  *result,
                                  GError       **error)
{
  virStreamPtr stream;

  g_return_val_if_fail (g_task_is_valid (result, domain), NULL);

  stream = g_task_propagate_pointer (G_TASK (result), error);
  return stream != NULL ? lodge_console_stream_new (stream) : NULL;
}
