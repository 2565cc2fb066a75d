/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <locale.h>

#include "lib/lodge-test-connection.h"
#include "lib/lodge-test-daemon.h"
#include "lib/lodge-test-folder.h"
#include "lib/lodge-test-relay.h"
#include "lib/lodge-test-virsh.h"
#include "lib/lodge-test-wait.h"
#include "util/lodge-error.h"

/* The model on a host that changes by itself and breaks down: a libvirtd of our own, and another person's virsh */

#define PROC_ALL_DOMAIN_STATS 344

typedef struct
{
  LodgeTestDaemon *daemon;
  LodgeTestVirsh  *virsh;
  LodgeTestFolder *folder;
  char            *uri;
  LodgeConnection *connection;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->daemon = lodge_test_daemon_new ();
  fixture->folder = lodge_test_folder_new ();
  fixture->uri = lodge_test_daemon_dup_uri (fixture->daemon, "test", "/default");
  fixture->virsh = lodge_test_virsh_new (fixture->uri);
  fixture->connection = lodge_test_open (fixture->uri);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  lodge_test_close (fixture->connection);
  g_clear_pointer (&fixture->virsh, lodge_test_virsh_free);
  lodge_test_daemon_free (fixture->daemon);
  lodge_test_folder_free (fixture->folder);
  g_free (fixture->uri);
}

/* Defines a machine as the other person */
static void
define (Fixture    *fixture,
        const char *name)
{
  g_autofree char *xml = lodge_test_domain_xml (name);
  g_autofree char *file = g_strconcat (name, ".xml", NULL);
  g_autofree char *path = lodge_test_folder_write (fixture->folder, file, xml, -1);

  g_free (lodge_test_virsh_run (fixture->virsh, "define %s", path));
}

/* What others do is seen, and the object of a machine stays the same all through its life */
static void
test_foreign_changes (Fixture       *fixture,
                      gconstpointer  data)
{
  LodgeDomain *domain;

  define (fixture, "guest");
  domain = lodge_test_find_domain (fixture->connection, "guest");
  g_object_ref (domain);
  g_assert_true (lodge_domain_get_persistent (domain));
  lodge_test_wait_state (domain, LODGE_DOMAIN_STATE_OFF);

  g_free (lodge_test_virsh_run (fixture->virsh, "start guest"));
  lodge_test_wait_state (domain, LODGE_DOMAIN_STATE_RUNNING);
  WAIT_FOR (lodge_domain_get_id (domain) >= 0);
  WAIT_FOR (lodge_connection_get_n_running (fixture->connection) == 2);
  g_free (lodge_test_virsh_run (fixture->virsh, "suspend guest"));
  lodge_test_wait_state (domain, LODGE_DOMAIN_STATE_PAUSED);
  g_free (lodge_test_virsh_run (fixture->virsh, "resume guest"));
  lodge_test_wait_state (domain, LODGE_DOMAIN_STATE_RUNNING);
  g_free (lodge_test_virsh_run (fixture->virsh, "destroy guest"));
  lodge_test_wait_state (domain, LODGE_DOMAIN_STATE_OFF);

  g_free (lodge_test_virsh_run (fixture->virsh, "domrename guest visitor"));
  WAIT_FOR (g_strcmp0 (lodge_domain_get_name (domain), "visitor") == 0);
  g_assert_cmpuint (lodge_test_count_domains (fixture->connection), ==, 2);

  g_free (lodge_test_virsh_run (fixture->virsh, "undefine visitor"));
  WAIT_FOR (lodge_test_count_domains (fixture->connection) == 1);
  g_assert_null (lodge_domain_get_connection (domain));
  g_object_unref (domain);
}

/* A transient machine leaves with its end; a running one that is undefined stays until then */
static void
test_foreign_transient (Fixture       *fixture,
                        gconstpointer  data)
{
  g_autofree char *xml = lodge_test_domain_xml ("passing");
  g_autofree char *path = lodge_test_folder_write (fixture->folder, "passing.xml", xml, -1);
  LodgeDomain *domain;

  g_free (lodge_test_virsh_run (fixture->virsh, "create %s", path));
  domain = lodge_test_find_domain (fixture->connection, "passing");
  g_assert_false (lodge_domain_get_persistent (domain));
  g_assert_false (lodge_domain_can (domain, LODGE_DOMAIN_SAVE));
  g_free (lodge_test_virsh_run (fixture->virsh, "destroy passing"));
  WAIT_FOR (lodge_connection_find_domain (fixture->connection, "passing") == NULL);

  g_free (lodge_test_virsh_run (fixture->virsh, "undefine test"));
  domain = lodge_test_find_domain (fixture->connection, "test");
  WAIT_FOR (!lodge_domain_get_persistent (domain));
  g_assert_cmpint (lodge_domain_get_state (domain), ==, LODGE_DOMAIN_STATE_RUNNING);
  g_free (lodge_test_virsh_run (fixture->virsh, "destroy test"));
  WAIT_FOR (lodge_test_count_domains (fixture->connection) == 0);
}

int
main (int   argc,
      char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

#define ADD(path, function) g_test_add ("/model/host/" path, Fixture, NULL, set_up, function, tear_down)
  ADD ("foreign-changes", test_foreign_changes);
  ADD ("foreign-transient", test_foreign_transient);
  return g_test_run ();
}
