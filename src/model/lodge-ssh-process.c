/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lodge-ssh-process.h"

#include <fcntl.h>
#include <gio/gunixsocketaddress.h>
#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "util/lodge-error.h"

/* ssh puts 17 characters behind the name while it makes its socket; a Unix socket's path has 107 */
#define MAX_PATH        88
#define END_PATIENCE    1000   /* ms between TERM and KILL */

/* Process groups that are to end with this program, however the objects are let go of */

static GArray *groups;   /* of GPid; main thread */

static void
end_groups (void)
{
  for (guint i = 0; i < groups->len; i++)
    kill (-g_array_index (groups, GPid, i), SIGTERM);
}

void
lodge_ssh_process_add (GPid pid)
{
  if (groups == NULL)
    {
      groups = g_array_new (FALSE, FALSE, sizeof (GPid));
      atexit (end_groups);
    }
  g_array_append_val (groups, pid);
}

static void
remove_group (GPid pid)
{
  for (guint i = 0; groups != NULL && i < groups->len; i++)
    {
      if (g_array_index (groups, GPid, i) == pid)
        {
          g_array_remove_index_fast (groups, i);
          return;
        }
    }
}

/* Ending a process group that this object has no more to do with */

typedef struct
{
  GPid  pid;
  guint watch;
} Leftover;

static void
leftover_exited_cb (GPid     pid,
                    int      status,
                    gpointer user_data)
{
  ((Leftover *) user_data)->watch = 0;
}

/* That it is watched is enough: the process leaves the table */
static void
reaped_cb (GPid     pid,
           int      status,
           gpointer user_data)
{
}

static gboolean
leftover_kill_cb (gpointer user_data)
{
  Leftover *leftover = user_data;

  /* ProxyJump's ssh, or an askpass that hangs, may outlive the leader of the group */
  kill (-leftover->pid, SIGKILL);
  remove_group (leftover->pid);
  if (leftover->watch != 0)
    {
      g_source_remove (leftover->watch);
      g_child_watch_add (leftover->pid, reaped_cb, NULL);
    }
  g_free (leftover);
  return G_SOURCE_REMOVE;
}

void
lodge_ssh_process_end (GPid     pid,
                       gboolean exited)
{
  Leftover *leftover = g_new0 (Leftover, 1);

  kill (-pid, SIGTERM);
  leftover->pid = pid;
  if (!exited)
    leftover->watch = g_child_watch_add (pid, leftover_exited_cb, leftover);
  g_timeout_add (END_PATIENCE, leftover_kill_cb, leftover);
}

char *
lodge_ssh_dup_folder (GError **error)
{
  static GMutex mutex;
  static char *elsewhere;
  g_autofree char *folder = g_build_filename (g_get_user_runtime_dir (), "lodge", "ssh", NULL);
  GStatBuf status;
  char *made;

  /* Room for a process number, a serial number and a suffix */
  if (strlen (folder) + 24 <= MAX_PATH)
    {
      if (g_mkdir_with_parents (folder, 0700) == 0 && g_stat (folder, &status) == 0
          && status.st_uid == getuid () && (status.st_mode & 077) == 0)
        return g_steal_pointer (&folder);
      lodge_set_error (error, LODGE_ERROR_FAILED, _("The folder “%s” for SSH connections cannot be used: %s."), folder,
                       errno != 0 ? g_strerror (errno) : _("others may look into it"));
      return NULL;
    }

  g_mutex_lock (&mutex);
  if (elsewhere == NULL)
    elsewhere = g_dir_make_tmp ("lodge-XXXXXX", error);
  made = g_strdup (elsewhere);
  g_mutex_unlock (&mutex);
  return made;
}

char *
lodge_ssh_dup_socket_path (const char *folder,
                           const char *suffix)
{
  static int serial;   /* atomic */

  return g_strdup_printf ("%s/%d-%d%s", folder, getpid (), g_atomic_int_add (&serial, 1), suffix);
}

int
lodge_ssh_listen (const char  *path,
                  GError     **error)
{
  g_autoptr(GSocketAddress) address = g_unix_socket_address_new (path);
  g_autoptr(GSocket) socket = g_socket_new (G_SOCKET_FAMILY_UNIX, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_DEFAULT,
                                            error);

  if (socket == NULL || !g_socket_bind (socket, address, FALSE, error) || !g_socket_listen (socket, error))
    return -1;
  return fcntl (g_socket_get_fd (socket), F_DUPFD_CLOEXEC, 3);
}

GPid
lodge_ssh_spawn (char   **argv,
                 char   **environment,
                 int     *stderr_fd,
                 GError **error)
{
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  sigset_t none, defaults;
  int fds[2];
  pid_t pid = 0;
  int result;

  if (!g_unix_open_pipe (fds, O_CLOEXEC, error))
    return 0;
  sigemptyset (&none);
  sigfillset (&defaults);
  posix_spawnattr_init (&attributes);
  /* A session of its own, so that it can be ended with all that it starts, and has no terminal to ask on */
  posix_spawnattr_setflags (&attributes, POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  posix_spawnattr_setsigmask (&attributes, &none);
  posix_spawnattr_setsigdefault (&attributes, &defaults);
  posix_spawn_file_actions_init (&actions);
  posix_spawn_file_actions_addopen (&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen (&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_adddup2 (&actions, fds[1], STDERR_FILENO);
  posix_spawn_file_actions_addclosefrom_np (&actions, 3);
  result = posix_spawnp (&pid, argv[0], &actions, &attributes, argv, environment);
  posix_spawn_file_actions_destroy (&actions);
  posix_spawnattr_destroy (&attributes);

  close (fds[1]);
  if (result != 0)
    {
      close (fds[0]);
      g_set_error_literal (error, G_IO_ERROR, g_io_error_from_errno (result), g_strerror (result));
      return 0;
    }
  g_unix_set_fd_nonblocking (fds[0], TRUE, NULL);
  *stderr_fd = fds[0];
  return pid;
}
