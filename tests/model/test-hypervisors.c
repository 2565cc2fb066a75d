/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <locale.h>
#include <unistd.h>

#include "lib/lodge-test-connection.h"
#include "lib/lodge-test-daemon.h"
#include "lib/lodge-test-folder.h"
#include "lib/lodge-test-relay.h"
#include "lib/lodge-test-virsh.h"
#include "lib/lodge-test-wait.h"
#include "model/lodge-domain-details.h"
#include "util/lodge-error.h"

/* Hosts that lack functions: what a driver does not have is asked for once, and is no error */

#define PROC_ALL_DOMAIN_STATS 344

static void
tick_cb (LodgeConnection *connection,
         gpointer         user_data)
{
  guint *n = user_data;

  (*n)++;
}

/* Containers: a driver without statistics of all at once, without displays, without saved states */
static void
test_lxc (void)
{
  g_autoptr(LodgeTestDaemon) daemon = NULL;
  g_autoptr(LodgeTestRelay) relay = NULL;
  g_autoptr(LodgeTestFolder) folder = NULL;
  g_autofree char *uri = NULL;
  g_autofree char *direct = NULL;
  g_autofree char *file = NULL;
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  LodgeTestVirsh *virsh;
  LodgeConnection *connection;
  LodgeDomain *domain;
  guint n_ticks = 0;

  if (geteuid () != 0)
    {
      /* libvirt has containers for root only */
      g_test_skip ("needs root");
      return;
    }
  daemon = lodge_test_daemon_new ();
  folder = lodge_test_folder_new ();
  relay = lodge_test_relay_new_unix (lodge_test_daemon_get_socket (daemon));
  uri = lodge_test_relay_dup_uri (relay, "lxc", "/system");
  direct = lodge_test_daemon_dup_uri (daemon, "lxc", "/system");
  virsh = lodge_test_virsh_new (direct);
  file = lodge_test_folder_write (folder, "box.xml",
                                  "<domain type='lxc'><name>box</name><memory unit='MiB'>64</memory>"
                                  "<os><type>exe</type><init>/bin/sleep</init><initarg>1000</initarg></os>"
                                  "<devices><console type='pty'/></devices></domain>", -1);
  connection = lodge_test_open (uri);
  g_assert_cmpuint (lodge_test_count_domains (connection), ==, 0);
  g_free (lodge_test_virsh_run (virsh, "define %s", file));
  domain = lodge_test_find_domain (connection, "box");
  lodge_test_wait_state (domain, LODGE_DOMAIN_STATE_OFF);
  g_assert_true (lodge_domain_get_persistent (domain));

  lodge_domain_run_async (domain, LODGE_DOMAIN_START, NULL, lodge_test_result_cb, &result);
  WAIT_FOR (result != NULL);
  if (lodge_domain_run_finish (domain, result, &error))
    lodge_test_wait_state (domain, LODGE_DOMAIN_STATE_RUNNING);
  else
    {
      /* Where no control groups are to be had: the row says so and stays */
      g_test_message ("no container here: %s", error->message);
      lodge_test_assert_helpful (error);
      lodge_test_wait_state (domain, LODGE_DOMAIN_STATE_OFF);
    }

  g_signal_connect (connection, "stats-updated", G_CALLBACK (tick_cb), &n_ticks);
  lodge_connection_set_stats_interval (connection, 1);
  lodge_connection_watch_stats (connection);
  WAIT_FOR (n_ticks >= 3);
  lodge_connection_unwatch_stats (connection);
  if (lodge_domain_get_state (domain) == LODGE_DOMAIN_STATE_RUNNING)
    {
      g_assert_cmpint (lodge_domain_get_memory_max (domain), ==, 64 << 20);
      g_assert_true (lodge_domain_get_cpu (domain) >= 0);
    }
  /* One that the snapshot asked, one that the first tick asked: then it is known that there is none */
  g_assert_cmpuint (lodge_test_relay_get_n_calls (relay, PROC_ALL_DOMAIN_STATS), <=, 2);

  lodge_domain_want_details (domain);
  WAIT_FOR (lodge_domain_get_details_known (domain));
  g_assert_null (lodge_domain_get_addresses (domain)[0]);

  /* What the driver lacks is refused with a sentence, the connection stays */
  if (lodge_domain_get_state (domain) == LODGE_DOMAIN_STATE_RUNNING)
    {
      g_autoptr(GAsyncResult) saved = NULL;
      g_autoptr(GError) refused = NULL;

      lodge_domain_run_async (domain, LODGE_DOMAIN_SAVE, NULL, lodge_test_result_cb, &saved);
      WAIT_FOR (saved != NULL);
      g_assert_false (lodge_domain_run_finish (domain, saved, &refused));
      g_assert_error (refused, LODGE_ERROR, LODGE_ERROR_NOT_SUPPORTED);
      lodge_test_assert_helpful (refused);
      lodge_test_run (domain, LODGE_DOMAIN_FORCE_OFF);
      lodge_test_wait_state (domain, LODGE_DOMAIN_STATE_OFF);
    }
  g_assert_cmpint (lodge_connection_get_state (connection), ==, LODGE_CONNECTION_CONNECTED);
  lodge_test_close (connection);
  lodge_test_virsh_free (virsh);
}

/* Nobody looks: nothing is asked. Two look at different things: one call for both. */
static void
test_needs (void)
{
  g_autoptr(LodgeTestDaemon) daemon = lodge_test_daemon_new ();
  g_autoptr(LodgeTestRelay) relay = lodge_test_relay_new_unix (lodge_test_daemon_get_socket (daemon));
  g_autofree char *uri = lodge_test_relay_dup_uri (relay, "test", "/default");
  LodgeConnection *connection = lodge_test_open (uri);
  guint n_ticks = 0, opened, before;

  lodge_test_wait_idle (connection);
  opened = lodge_test_relay_get_n_calls (relay, 0);
  g_signal_connect (connection, "stats-updated", G_CALLBACK (tick_cb), &n_ticks);
  lodge_connection_set_stats_interval (connection, 1);
  lodge_connection_watch_stats_for (connection, LODGE_STATS_CPU);
  lodge_connection_watch_stats_for (connection, LODGE_STATS_CPU | LODGE_STATS_DISK);
  WAIT_FOR (n_ticks >= 2);
  lodge_connection_unwatch_stats_for (connection, LODGE_STATS_CPU | LODGE_STATS_DISK);
  before = n_ticks;
  WAIT_FOR (n_ticks > before);
  lodge_connection_unwatch_stats_for (connection, LODGE_STATS_CPU);
  /* A call that was on its way may still come in */
  WAIT_FOR (lodge_test_relay_get_n_calls (relay,
                                          0) - opened == lodge_test_relay_get_n_calls (relay, PROC_ALL_DOMAIN_STATS) - 1);
  before = lodge_test_relay_get_n_calls (relay, 0);
  {
    /* Longer than two ticks would take */
    const gint64 end = g_get_monotonic_time () + 3 * G_USEC_PER_SEC;

    WAIT_FOR (g_get_monotonic_time () > end);
  }
  g_assert_cmpuint (lodge_test_relay_get_n_calls (relay, 0), <=, before + 1);
  lodge_test_close (connection);
}

int
main (int   argc,
      char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/model/hypervisors/lxc", test_lxc);
  g_test_add_func ("/model/hypervisors/needs", test_needs);
  return g_test_run ();
}
