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

static void
changed_cb (LodgeConnection *connection,
            gpointer         user_data)
{
  guint *n = user_data;

  (*n)++;
}

/* Nothing is asked again and again: what others do is told by the host */
static void
test_no_polling (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr(LodgeTestRelay) relay = lodge_test_relay_new_unix (lodge_test_daemon_get_socket (fixture->daemon));
  g_autofree char *uri = lodge_test_relay_dup_uri (relay, "test", "/default");
  LodgeConnection *connection = lodge_test_open (uri);
  guint n_changes = 0, opened;

  lodge_test_wait_idle (connection);
  opened = lodge_test_relay_get_n_calls (relay, 0);
  g_assert_cmpuint (opened, <=, 25);
  g_signal_connect (connection, "domains-changed", G_CALLBACK (changed_cb), &n_changes);
  /* The other connection is told of it after this one was */
  g_free (lodge_test_virsh_run (fixture->virsh, "suspend test"));
  lodge_test_wait_state (lodge_test_find_domain (connection, "test"), LODGE_DOMAIN_STATE_PAUSED);
  WAIT_FOR (n_changes >= 2);
  /* One machine is read again: state, persistence, autostart, saved state */
  g_assert_cmpuint (lodge_test_relay_get_n_calls (relay, 0) - opened, <=, 5);
  lodge_test_close (connection);
}

/* The number of calls to open does not depend on the number of machines, and a tick is one call */
static void
test_calls (Fixture       *fixture,
            gconstpointer  data)
{
  const guint sizes[] = { 1, 400 };
  guint calls[2];

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr(LodgeTestRelay) relay = lodge_test_relay_new_tcp (lodge_test_daemon_get_port (fixture->daemon));
      g_autofree char *host = lodge_test_write_host (fixture->folder, sizes[i], sizes[i]);
      g_autofree char *uri = lodge_test_relay_dup_uri (relay, "test", host + strlen ("test://"));
      LodgeConnection *connection = lodge_test_open (uri);
      guint n_ticks = 0;
      guint before;

      lodge_test_wait_idle (connection);
      calls[i] = lodge_test_relay_get_n_calls (relay, 0);
      g_assert_cmpuint (lodge_test_count_domains (connection), ==, sizes[i]);
      g_assert_cmpuint (lodge_connection_get_n_running (connection), ==, sizes[i]);

      before = lodge_test_relay_get_n_calls (relay, PROC_ALL_DOMAIN_STATS);
      g_signal_connect (connection, "stats-updated", G_CALLBACK (changed_cb), &n_ticks);
      lodge_connection_set_stats_interval (connection, 1);
      lodge_connection_watch_stats (connection);
      WAIT_FOR (n_ticks == 2);
      lodge_connection_unwatch_stats (connection);
      g_assert_cmpuint (lodge_test_relay_get_n_calls (relay, PROC_ALL_DOMAIN_STATS) - before, ==, 2);
      g_assert_cmpuint (lodge_test_relay_get_n_calls (relay, 0) - calls[i], ==, 2);
      lodge_test_close (connection);
    }
  g_assert_cmpuint (calls[0], ==, calls[1]);
  g_assert_cmpuint (calls[0], <=, 25);
  g_test_message ("%u calls to open", calls[0]);
}

/* Two connections, one to each of two hosts, know nothing of each other */
static void
test_two_hosts (Fixture       *fixture,
                gconstpointer  data)
{
  LodgeTestDaemon *other = lodge_test_daemon_new ();
  g_autofree char *uri = lodge_test_daemon_dup_tcp_uri (other, "test", "/default");
  LodgeConnection *connection = lodge_test_open (uri);

  define (fixture, "only-here");
  lodge_test_find_domain (fixture->connection, "only-here");
  g_assert_cmpuint (lodge_test_count_domains (connection), ==, 1);
  lodge_test_daemon_kill (other);
  WAIT_FOR (lodge_connection_get_state (connection) == LODGE_CONNECTION_FAILED);
  g_assert_cmpint (lodge_connection_get_state (fixture->connection), ==, LODGE_CONNECTION_CONNECTED);
  define (fixture, "still-here");
  lodge_test_find_domain (fixture->connection, "still-here");
  lodge_test_close (connection);
  lodge_test_daemon_free (other);
}

static char *
list_rows (LodgeConnection *connection)
{
  GListModel *domains = lodge_connection_get_domains (connection);
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < g_list_model_get_n_items (domains); i++)
    {
      g_autoptr(LodgeDomain) domain = g_list_model_get_item (domains, i);

      g_ptr_array_add (names, g_strdup_printf ("%s %s", lodge_domain_get_name (domain),
                                               lodge_domain_get_state (domain) == LODGE_DOMAIN_STATE_RUNNING
                                               ? "running" : "off"));
    }
  g_ptr_array_sort_values (names, (GCompareFunc) strcmp);
  g_ptr_array_add (names, NULL);
  return g_strjoinv ("\n", (char **) names->pdata);
}

static char *
list_truth (LodgeTestVirsh *virsh)
{
  static const char * const kinds[] = { "--state-running", "--state-shutoff" };
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *text = lodge_test_virsh_run (virsh, "list --all --name %s", kinds[i]);
      g_auto(GStrv) lines = g_strsplit (text, "\n", -1);

      for (guint l = 0; lines[l] != NULL; l++)
        {
          if (*g_strstrip (lines[l]) != '\0')
            g_ptr_array_add (names, g_strdup_printf ("%s %s", lines[l], i == 0 ? "running" : "off"));
        }
    }
  g_ptr_array_sort_values (names, (GCompareFunc) strcmp);
  g_ptr_array_add (names, NULL);
  return g_strjoinv ("\n", (char **) names->pdata);
}

static gboolean
are_rows_true (Fixture    *fixture,
               const char *truth)
{
  g_autofree char *rows = list_rows (fixture->connection);

  return g_str_equal (rows, truth);
}

/* 4000 events of another person's, as fast as they come: every fourth machine stays */
static void
test_storm (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr(GString) commands = g_string_new (NULL);
  g_autofree char *truth = NULL;
  const guint n = 1000;

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = g_strdup_printf ("storm-%03u", i);
      g_autofree char *file = g_strconcat (name, ".xml", NULL);
      g_autofree char *xml = lodge_test_domain_xml (name);
      g_autofree char *path = lodge_test_folder_write (fixture->folder, file, xml, -1);

      g_string_append_printf (commands, "define %s\nstart %s\n", path, name);
      if (i % 8 != 0)
        g_string_append_printf (commands, "destroy %s\n", name);
      if (i % 4 != 0)
        g_string_append_printf (commands, "undefine %s\n", name);
    }
  lodge_test_virsh_push (fixture->virsh, commands->str);
  truth = list_truth (fixture->virsh);
  WAIT_FOR (are_rows_true (fixture, truth));
  g_assert_cmpuint (lodge_test_count_domains (fixture->connection), ==, 1 + n / 4);
  g_assert_cmpuint (lodge_connection_get_n_running (fixture->connection), ==, 1 + n / 8);
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
  ADD ("no-polling", test_no_polling);
  ADD ("calls", test_calls);
  ADD ("two-hosts", test_two_hosts);
  ADD ("storm", test_storm);
  return g_test_run ();
}
