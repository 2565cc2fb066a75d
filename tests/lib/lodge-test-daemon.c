/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lodge-test-daemon.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <gio/gunixsocketaddress.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lodge-test-folder.h"
#include "lodge-test-wait.h"

/* A system daemon's own folders, which lie over the machine's in its mount namespace */
static const struct { const char *name, *over; } folders[] = {
  { "run", "/run/libvirt" },
  { "lib", "/var/lib/libvirt" },
  { "cache", "/var/cache/libvirt" },
  { "log", "/var/log/libvirt" },
  { "etc", "/etc/libvirt" },
};

struct _LodgeTestDaemon
{
  LodgeTestFolder *folder;
  char            *socket;
  char            *config;
  char            *sources[G_N_ELEMENTS (folders)];
  guint16          port;
  guint16          tls_port;
  GPid             pid;   /* 0: not running */
};

/* What a container can do without, and what keeps a guest's console log out of a second daemon */
static const char qemu_config[] =
  "stdio_handler = \"file\"\n"
  "namespaces = []\n"
  "cgroup_controllers = []\n"
  "security_driver = \"none\"\n";

static guint16
find_port (void)
{
  g_autoptr(GSocket) socket = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL);
  g_autoptr(GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr(GSocketAddress) any = g_inet_socket_address_new (loopback, 0);
  g_autoptr(GSocketAddress) address = NULL;
  g_autoptr(GError) error = NULL;

  g_socket_bind (socket, any, FALSE, &error);
  g_assert_no_error (error);
  address = g_socket_get_local_address (socket, &error);
  g_assert_no_error (error);
  return g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (address));
}

/* What runs before a system daemon, in its own mount namespace where that is allowed. By a shell and not between fork
 * and exec of this program: that has threads and sanitizers, and a child of it may find a lock taken for ever. */
static const char prepare[] =
  "if unshare --mount true 2>/dev/null; then exec unshare --mount --propagation private sh -c '"
  "for pair in run:/run lib:/var/lib cache:/var/cache log:/var/log etc:/etc; do "
  "mount --bind \"$LODGE_TEST_DAEMON/${pair%%:*}\" \"${pair#*:}/libvirt\"; done; "
  /* Beside controllers of version 1 it has none, and confuses libvirt's containers */
  "if [ -d /sys/fs/cgroup/unified ]; then umount /sys/fs/cgroup/unified 2>/dev/null; fi; exec libvirtd \"$@\"' sh \"$@\"; fi; "
  "exec libvirtd \"$@\"";

static gboolean
accepts (LodgeTestDaemon *self)
{
  g_autoptr(GSocketAddress) address = g_unix_socket_address_new (self->socket);
  g_autoptr(GSocket) socket = g_socket_new (G_SOCKET_FAMILY_UNIX, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_DEFAULT,
                                            NULL);

  if (waitpid (self->pid, NULL, WNOHANG) == self->pid)
    {
      g_autofree char *log = lodge_test_folder_build (self->folder, "libvirtd.log");
      g_autofree char *text = NULL;

      g_file_get_contents (log, &text, NULL, NULL);
      g_error ("libvirtd ended: %s", text);
    }
  return g_socket_connect (socket, address, NULL, NULL);
}

void
lodge_test_daemon_start (LodgeTestDaemon *self)
{
  g_autofree char *pid_file = lodge_test_folder_build (self->folder, "libvirtd.pid");
  g_autofree char *log = lodge_test_folder_build (self->folder, "libvirtd.log");
  const char *path = lodge_test_folder_get_path (self->folder);
  const char * const system_argv[] = {
    "setpriv", "--pdeathsig", "KILL", "sh", "-c", prepare, "sh", "--listen", "-f", self->config, "-p", pid_file, NULL
  };
  const char * const session_argv[] = {
    "setpriv", "--pdeathsig", "KILL", "libvirtd", "--listen", "-f", self->config, "-p", pid_file, NULL
  };
  g_auto(GStrv) environment = g_get_environ ();
  g_autoptr(GError) error = NULL;
  int output = g_open (log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);

  g_assert_cmpint (self->pid, ==, 0);
  g_unlink (self->socket);
  g_unlink (pid_file);

  /* A session daemon follows these, a system daemon does not */
  environment = g_environ_setenv (environment, "XDG_RUNTIME_DIR", path, TRUE);
  environment = g_environ_setenv (environment, "XDG_CONFIG_HOME", self->sources[4], TRUE);
  environment = g_environ_setenv (environment, "XDG_CACHE_HOME", self->sources[2], TRUE);
  environment = g_environ_setenv (environment, "XDG_DATA_HOME", self->sources[1], TRUE);
  environment = g_environ_unsetenv (environment, "ASAN_OPTIONS");

  environment = g_environ_setenv (environment, "LODGE_TEST_DAEMON", path, TRUE);
  environment = g_environ_setenv (environment, "SASL_CONF_PATH", path, TRUE);
  g_spawn_async_with_fds (NULL, (char **) (geteuid () == 0 ? system_argv : session_argv), environment,
                          G_SPAWN_SEARCH_PATH | G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_LEAVE_DESCRIPTORS_OPEN,
                          NULL, NULL, &self->pid, -1, output, output, &error);
  g_assert_no_error (error);
  g_close (output, NULL);
  WAIT_FOR (accepts (self));
}

/* Cyrus SASL's own data base, and where libvirt finds it */
static void
write_sasl (LodgeTestDaemon *self,
            const char      *mechanism)
{
  g_autofree char *database = lodge_test_folder_build (self->folder, "passwd.db");
  g_autofree char *text = g_strdup_printf ("mech_list: %s\npwcheck_method: auxprop\nauxprop_plugin: sasldb\n"
                                           "sasldb_path: %s\n", mechanism, database);
  g_autofree char *config = lodge_test_folder_write (self->folder, "libvirt.conf", text, -1);
  g_autoptr(GError) error = NULL;
  g_autoptr(GSubprocess) process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE, &error, "/usr/sbin/saslpasswd2",
                                                     "-p", "-c", "-f", database, "-a", "libvirt", "alice", NULL);

  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, "secret\n", NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_successful (process));
}

static void
add_security (LodgeTestDaemon         *self,
              const LodgeTestSecurity *security,
              GString                 *text)
{
  const char *auth = security->sasl_mechanism != NULL ? "sasl" : "none";

  g_string_append_printf (text, "auth_tcp = \"%s\"\nauth_tls = \"%s\"\n", auth, auth);
  if (security->sasl_mechanism != NULL)
    write_sasl (self, security->sasl_mechanism);
  if (security->tls_folder == NULL)
    {
      g_string_append (text, "listen_tls = 0\n");
      return;
    }
  self->tls_port = find_port ();
  g_string_append_printf (text, "listen_tls = 1\ntls_port = \"%u\"\nca_file = \"%s/ca.pem\"\n"
                          "cert_file = \"%s/server-cert.pem\"\nkey_file = \"%s/server-key.pem\"\n"
                          "tls_no_sanity_certificate = 1\n", self->tls_port, security->tls_folder,
                          security->tls_folder, security->tls_folder);
}

LodgeTestDaemon *
lodge_test_daemon_new (void)
{
  const LodgeTestSecurity none = { NULL, NULL };

  return lodge_test_daemon_new_secure (&none);
}

LodgeTestDaemon *
lodge_test_daemon_new_secure (const LodgeTestSecurity *security)
{
  LodgeTestDaemon *self = g_new0 (LodgeTestDaemon, 1);
  g_autoptr(GString) text = g_string_new (NULL);
  g_autofree char *qemu = NULL;

  self->folder = lodge_test_folder_new ();
  self->socket = lodge_test_folder_build (self->folder, "libvirt-sock");
  self->port = find_port ();
  for (gsize i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      self->sources[i] = lodge_test_folder_build (self->folder, folders[i].name);
      g_assert_cmpint (g_mkdir (self->sources[i], 0755), ==, 0);
      if (geteuid () == 0)
        g_mkdir_with_parents (folders[i].over, 0755);
    }
  g_string_printf (text, "unix_sock_dir = \"%s\"\n"
                   "unix_sock_rw_perms = \"0777\"\n"
                   "auth_unix_rw = \"none\"\n"
                   "auth_unix_ro = \"none\"\n"
                   "listen_tcp = 1\n"
                   "listen_addr = \"127.0.0.1\"\n"
                   "tcp_port = \"%u\"\n"
                   "max_clients = 200\n",
                   lodge_test_folder_get_path (self->folder), self->port);
  add_security (self, security, text);
  self->config = lodge_test_folder_write (self->folder, "libvirtd.conf", text->str, -1);
  if (geteuid () != 0)
    {
      g_autofree char *session = lodge_test_folder_build (self->folder, "etc/libvirt");

      g_assert_cmpint (g_mkdir (session, 0755), ==, 0);
    }
  qemu = lodge_test_folder_write (self->folder, geteuid () == 0 ? "etc/qemu.conf" : "etc/libvirt/qemu.conf",
                                  qemu_config, -1);
  lodge_test_daemon_start (self);
  return self;
}

void
lodge_test_daemon_kill (LodgeTestDaemon *self)
{
  if (self->pid == 0)
    return;
  kill (self->pid, SIGKILL);
  while (waitpid (self->pid, NULL, 0) < 0 && errno == EINTR)
    ;
  self->pid = 0;
}

void
lodge_test_daemon_freeze (LodgeTestDaemon *self)
{
  g_assert_cmpint (kill (self->pid, SIGSTOP), ==, 0);
}

void
lodge_test_daemon_thaw (LodgeTestDaemon *self)
{
  g_assert_cmpint (kill (self->pid, SIGCONT), ==, 0);
}

/* QEMU, dnsmasq and the like go on without their daemon */
static void
kill_children (const char *path,
               guint       depth)
{
  g_autoptr(GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);
      g_autofree char *text = NULL;

      if (g_file_test (child, G_FILE_TEST_IS_DIR) && depth > 0)
        kill_children (child, depth - 1);
      else if (g_str_has_suffix (name, ".pid") && !g_str_equal (name, "driver.pid")
               && g_file_get_contents (child, &text, NULL, NULL) && atoi (text) > 1)
        kill (atoi (text), SIGKILL);
    }
}

void
lodge_test_daemon_free (LodgeTestDaemon *self)
{
  g_autofree char *session = lodge_test_folder_build (self->folder, "libvirt");

  lodge_test_daemon_kill (self);
  kill_children (geteuid () == 0 ? self->sources[0] : session, 3);
  for (gsize i = 0; i < G_N_ELEMENTS (folders); i++)
    g_free (self->sources[i]);
  lodge_test_folder_free (self->folder);
  g_free (self->socket);
  g_free (self->config);
  g_free (self);
}

const char *
lodge_test_daemon_get_path (LodgeTestDaemon *self)
{
  return lodge_test_folder_get_path (self->folder);
}

const char *
lodge_test_daemon_get_socket (LodgeTestDaemon *self)
{
  return self->socket;
}

guint16
lodge_test_daemon_get_port (LodgeTestDaemon *self)
{
  return self->port;
}

guint16
lodge_test_daemon_get_tls_port (LodgeTestDaemon *self)
{
  return self->tls_port;
}

char *
lodge_test_daemon_dup_uri (LodgeTestDaemon *self,
                           const char      *driver,
                           const char      *path)
{
  return g_strdup_printf ("%s+unix://%s?socket=%s", driver, path, self->socket);
}

char *
lodge_test_daemon_dup_tcp_uri (LodgeTestDaemon *self,
                               const char      *driver,
                               const char      *path)
{
  return g_strdup_printf ("%s+tcp://127.0.0.1:%u%s", driver, self->port, path);
}

char *
lodge_test_daemon_dup_qemu_uri (LodgeTestDaemon *self)
{
  return lodge_test_daemon_dup_uri (self, "qemu", geteuid () == 0 ? "/system" : "/session");
}
