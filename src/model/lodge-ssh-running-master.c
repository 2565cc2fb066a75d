/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-ssh-running-master"

#include "config.h"

#include "lodge-ssh-running-master.h"

#include <gio/gunixsocketaddress.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

/* Whether somebody listens there, and it is this user */
static gboolean
is_listening (const char   *path,
              GCancellable *cancellable)
{
  g_autoptr(GSocketAddress) address = NULL;
  g_autoptr(GSocket) socket = NULL;
  struct stat status;

  if (g_stat (path, &status) < 0 || !S_ISSOCK (status.st_mode) || status.st_uid != geteuid ())
    return FALSE;
  address = g_unix_socket_address_new (path);
  socket = g_socket_new (G_SOCKET_FAMILY_UNIX, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_DEFAULT, NULL);
  return socket != NULL && g_socket_connect (socket, address, cancellable, NULL);
}

char *
lodge_ssh_find_running_master (const LodgeSshTarget *target,
                               GCancellable         *cancellable)
{
  g_auto(GStrv) argv = NULL;
  g_autoptr(GSubprocess) query = NULL;
  g_autofree char *output = NULL;
  g_autoptr(LodgeSshConfig) config = NULL;

  if (target->key_file != NULL || target->no_verify)
    return NULL;
  argv = lodge_ssh_target_dup_config_query (target);
  query = g_subprocess_newv ((const char * const *) argv,
                             G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, NULL);
  if (query == NULL || !g_subprocess_communicate_utf8 (query, NULL, cancellable, &output, NULL, NULL) || output == NULL)
    return NULL;
  config = lodge_ssh_config_parse (output);
  if (config == NULL || config->control_path == NULL || !is_listening (config->control_path, cancellable))
    return NULL;
  return g_steal_pointer (&config->control_path);
}
