/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lodge-test-sshd.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lodge-test-folder.h"
#include "lodge-test-wait.h"

#define USER "lodgetester"
/* “nobody”, by another name: libvirtd looks its clients up, and knows nothing of this server's user */
#define UID  65534

/* Of LODGE_TEST_SSHD_PASSWORD, by crypt() */
#define PASSWORD_HASH \
  "$6$lodgelodge$O/nnCOnqIiv.spDURm34xnL6TLT7DxR6On/l5foiUPpmhJ3cVHV7hGipM7t73em1EPLctOfOH.Ug80x0sOUNL."

struct _LodgeTestSshd
{
  LodgeTestFolder *folder;
  gboolean         is_root;
  char            *user;
  char            *home;
  char            *config;
  char            *client;         /* the program that stands for ssh */
  char            *client_config;
  char            *extra;          /* nullable */
  gboolean         has_key;
  char            *key;
  char            *other_key;      /* of a host that is not this one */
  char            *host_key;
  char            *known_hosts;
  char            *log;
  char            *fingerprint;
  char            *passwd, *shadow, *group;   /* lie over those of /etc */
  char            *libvirt;        /* nullable: lies over /run/libvirt */
  char            *socket;         /* nullable: of the daemon */
  guint16          port;
  GPid             pid;
};

void
lodge_test_run_program (const char *program,
                        ...)
{
  g_autoptr(GPtrArray) argv = g_ptr_array_new ();
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;
  int status = 0;
  va_list args;

  va_start (args, program);
  for (const char *p = program; p != NULL; p = va_arg (args, const char *))
    g_ptr_array_add (argv, (gpointer) p);
  va_end (args);
  g_ptr_array_add (argv, NULL);
  g_spawn_sync (NULL, (char **) argv->pdata, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL, NULL, NULL, NULL,
                &text, &status, &error);
  g_assert_no_error (error);
  if (!g_spawn_check_wait_status (status, NULL))
    g_error ("%s: %s", program, text);
}

static guint16
find_port (void)
{
  g_autoptr(GSocketListener) listener = g_socket_listener_new ();

  return g_socket_listener_add_any_inet_port (listener, NULL, NULL);
}

static char *
make_key (LodgeTestSshd *self,
          const char    *name)
{
  char *path = lodge_test_folder_build (self->folder, name);

  lodge_test_run_program ("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", path, NULL);
  return path;
}

static char *
read_public_key (const char *path)
{
  g_autofree char *public = g_strconcat (path, ".pub", NULL);
  char *text = NULL;

  g_assert_true (g_file_get_contents (public, &text, NULL, NULL));
  return g_strstrip (text);
}

static char *
read_fingerprint (const char *key)
{
  const char * const argv[] = { "ssh-keygen", "-l", "-f", key, NULL };
  g_autofree char *output = NULL;
  g_auto(GStrv) words = NULL;

  g_assert_true (g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &output, NULL, NULL, NULL));
  words = g_strsplit (output, " ", 3);
  return g_strdup (words[1]);
}

static char *
write_over (LodgeTestSshd *self,
            const char    *name,
            const char    *line)
{
  g_autofree char *real = g_build_filename ("/etc", name, NULL);
  g_autofree char *text = NULL;
  g_autofree char *all = NULL;

  g_file_get_contents (real, &text, NULL, NULL);
  all = g_strconcat (line, text, NULL);
  return lodge_test_folder_write (self->folder, name, all, -1);
}

static void
make_user (LodgeTestSshd *self)
{
  g_autofree char *passwd = NULL;

  self->is_root = geteuid () == 0;
  if (!self->is_root)
    {
      self->user = g_strdup (g_get_user_name ());
      self->home = g_strdup (g_get_home_dir ());
      return;
    }
  self->user = g_strdup (USER);
  self->home = lodge_test_folder_build (self->folder, "home");
  g_assert_cmpint (g_mkdir (self->home, 0755), ==, 0);
  g_assert_cmpint (chown (self->home, UID, UID), ==, 0);
  passwd = g_strdup_printf (USER ":x:%d:%d::%s:/bin/sh\n", UID, UID, self->home);
  self->passwd = write_over (self, "passwd", passwd);
  self->shadow = write_over (self, "shadow", USER ":" PASSWORD_HASH ":20000:0:99999:7:::\n");
  self->group = write_over (self, "group", USER ":x:65534:\n");
}

/* In the child, before sshd */
static void
child_setup (gpointer user_data)
{
  LodgeTestSshd *self = user_data;

  prctl (PR_SET_PDEATHSIG, SIGKILL);
  setpgid (0, 0);
  if (!self->is_root || unshare (CLONE_NEWNS) < 0)
    return;
  mount (NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL);
  mount (self->passwd, "/etc/passwd", NULL, MS_BIND, NULL);
  mount (self->shadow, "/etc/shadow", NULL, MS_BIND, NULL);
  mount (self->group, "/etc/group", NULL, MS_BIND, NULL);
  if (self->libvirt != NULL)
    mount (self->libvirt, "/run/libvirt", NULL, MS_BIND, NULL);
}

static gboolean
accepts (LodgeTestSshd *self)
{
  g_autoptr(GSocketClient) client = g_socket_client_new ();
  g_autoptr(GSocketConnection) connection = NULL;

  if (waitpid (self->pid, NULL, WNOHANG) == self->pid)
    {
      g_autofree char *text = NULL;

      g_file_get_contents (self->log, &text, NULL, NULL);
      g_error ("sshd ended: %s", text);
    }
  connection = g_socket_client_connect_to_host (client, "127.0.0.1", self->port, NULL, NULL);
  return connection != NULL;
}

static void
start (LodgeTestSshd *self)
{
  const char * const argv[] = { "/usr/sbin/sshd", "-D", "-e", "-f", self->config, NULL };
  g_auto(GStrv) environment = g_environ_unsetenv (g_get_environ (), "ASAN_OPTIONS");
  g_autoptr(GError) error = NULL;
  int output = g_open (self->log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);

  if (self->is_root)
    {
      g_mkdir_with_parents ("/run/sshd", 0755);
      g_mkdir_with_parents ("/run/libvirt", 0755);
    }
  g_spawn_async_with_fds (NULL, (char **) argv, environment, G_SPAWN_DO_NOT_REAP_CHILD, child_setup, self, &self->pid,
                          -1, output, output, &error);
  g_assert_no_error (error);
  g_close (output, NULL);
  WAIT_FOR (accepts (self));
}

static void
write_client (LodgeTestSshd *self)
{
  g_autofree char *text =
    g_strdup_printf ("%s\nHost *\n  UserKnownHostsFile %s\n  GlobalKnownHostsFile /dev/null\n  IdentityFile %s\n"
                     "  IdentitiesOnly yes\n  IdentityAgent none\n  UpdateHostKeys no\n",
                     self->extra != NULL ? self->extra : "", self->known_hosts,
                     self->has_key ? self->key : "/dev/null");
  g_autoptr(GError) error = NULL;

  g_file_set_contents (self->client_config, text, -1, &error);
  g_assert_no_error (error);
}

LodgeTestSshd *
lodge_test_sshd_new (LodgeTestDaemon *daemon,
                     const char      *config)
{
  LodgeTestSshd *self = g_new0 (LodgeTestSshd, 1);
  g_autofree char *public = NULL;
  g_autofree char *authorized = NULL;
  g_autofree char *server = NULL;
  g_autofree char *script = NULL;

  self->folder = lodge_test_folder_new ();
  self->libvirt = daemon != NULL ? g_strdup (lodge_test_daemon_get_path (daemon)) : NULL;
  self->socket = daemon != NULL ? g_strdup (lodge_test_daemon_get_socket (daemon)) : NULL;
  self->port = find_port ();
  make_user (self);
  self->key = make_key (self, "id_client");
  self->host_key = make_key (self, "host_key");
  self->other_key = make_key (self, "other_key");
  self->fingerprint = read_fingerprint (self->host_key);
  self->log = lodge_test_folder_build (self->folder, "sshd.log");
  self->known_hosts = lodge_test_folder_build (self->folder, "known_hosts");
  self->has_key = TRUE;

  public = read_public_key (self->key);
  authorized = lodge_test_folder_write (self->folder, "authorized_keys", public, -1);
  server = g_strdup_printf ("%s\nPort %u\nListenAddress 127.0.0.1\nHostKey %s\nPidFile none\nUsePAM no\n"
                            "StrictModes no\nAuthorizedKeysFile %s .ssh/authorized_keys\nPasswordAuthentication %s\n"
                            "KbdInteractiveAuthentication no\nPerSourcePenalties no\nLogLevel VERBOSE\n",
                            config != NULL ? config : "", self->port, self->host_key, authorized,
                            self->is_root ? "yes" : "no");
  self->config = lodge_test_folder_write (self->folder, "sshd_config", server, -1);
  self->client_config = lodge_test_folder_build (self->folder, "ssh_config");
  write_client (self);
  script = g_strdup_printf ("#!/bin/sh\nexec ssh -F %s \"$@\"\n", self->client_config);
  self->client = lodge_test_folder_write (self->folder, "ssh", script, -1);
  g_assert_cmpint (g_chmod (self->client, 0755), ==, 0);
  start (self);
  return self;
}

void
lodge_test_sshd_free (LodgeTestSshd *self)
{
  /* With the sessions that it runs */
  kill (-self->pid, SIGKILL);
  kill (self->pid, SIGKILL);
  while (waitpid (self->pid, NULL, 0) < 0 && errno == EINTR)
    ;
  lodge_test_folder_free (self->folder);
  g_free (self->user);
  g_free (self->home);
  g_free (self->config);
  g_free (self->client);
  g_free (self->client_config);
  g_free (self->extra);
  g_free (self->key);
  g_free (self->other_key);
  g_free (self->host_key);
  g_free (self->known_hosts);
  g_free (self->log);
  g_free (self->fingerprint);
  g_free (self->passwd);
  g_free (self->shadow);
  g_free (self->group);
  g_free (self->libvirt);
  g_free (self->socket);
  g_free (self);
}

guint16
lodge_test_sshd_get_port (LodgeTestSshd *self)
{
  return self->port;
}

const char *
lodge_test_sshd_get_user (LodgeTestSshd *self)
{
  return self->user;
}

gboolean
lodge_test_sshd_has_passwords (LodgeTestSshd *self)
{
  return self->is_root;
}

char *
lodge_test_sshd_dup_uri_for (LodgeTestSshd *self,
                             const char    *driver,
                             const char    *user,
                             const char    *host,
                             guint16        port,
                             const char    *path)
{
  g_autofree char *number = port != 0 ? g_strdup_printf (":%u", port) : g_strdup ("");

  /* Without a namespace of its own the server's helper would find this computer's daemon */
  return g_strdup_printf ("%s+ssh://%s%s%s%s%s?command=%s%s%s", driver, user != NULL ? user : "",
                          user != NULL ? "@" : "", host, number, path, self->client,
                          !self->is_root && self->socket != NULL ? "&socket=" : "",
                          !self->is_root && self->socket != NULL ? self->socket : "");
}

char *
lodge_test_sshd_dup_uri (LodgeTestSshd *self,
                         const char    *driver,
                         const char    *path)
{
  return lodge_test_sshd_dup_uri_for (self, driver, self->user, "127.0.0.1", self->port, path);
}

void
lodge_test_sshd_set_client (LodgeTestSshd *self,
                            const char    *config)
{
  g_set_str (&self->extra, config);
  write_client (self);
}

void
lodge_test_sshd_set_has_key (LodgeTestSshd *self,
                             gboolean       has_key)
{
  self->has_key = has_key;
  write_client (self);
}

void
lodge_test_sshd_know (LodgeTestSshd *self,
                      guint16        port,
                      gboolean       right_key)
{
  g_autofree char *public = read_public_key (right_key ? self->host_key : self->other_key);
  g_autofree char *line = g_strdup_printf ("[127.0.0.1]:%u %s\n", port, public);
  g_autofree char *before = NULL;
  g_autofree char *all = NULL;

  g_file_get_contents (self->known_hosts, &before, NULL, NULL);
  all = g_strconcat (before != NULL ? before : "", line, NULL);
  g_assert_true (g_file_set_contents (self->known_hosts, all, -1, NULL));
}

const char *
lodge_test_sshd_get_known_hosts (LodgeTestSshd *self)
{
  return self->known_hosts;
}

const char *
lodge_test_sshd_get_fingerprint (LodgeTestSshd *self)
{
  return self->fingerprint;
}

const char *
lodge_test_sshd_get_home (LodgeTestSshd *self)
{
  return self->home;
}

const char *
lodge_test_sshd_get_client (LodgeTestSshd *self)
{
  return self->client;
}

const char *
lodge_test_sshd_get_key (LodgeTestSshd *self)
{
  return self->key;
}

guint
lodge_test_sshd_count (LodgeTestSshd *self,
                       const char    *words)
{
  g_autofree char *text = NULL;
  guint n = 0;

  g_assert_true (g_file_get_contents (self->log, &text, NULL, NULL));
  for (const char *p = text; (p = strstr (p, words)) != NULL; p++)
    n++;
  return n;
}
