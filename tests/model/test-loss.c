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
#include "model/lodge-opening.h"
#include "util/lodge-error.h"

/* Hosts that are lost, and come back or not: daemons that die, networks that swallow everything */

/* The model of the person's eye: a daemon behind a network that can break */
typedef struct
{
  LodgeTestDaemon *daemon;
  LodgeTestRelay  *relay;
  LodgeTestVirsh  *keeper;   /* keeps the host of the test driver what it is */
  char            *uri;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autofree char *uri = NULL;

  fixture->daemon = lodge_test_daemon_new ();
  fixture->relay = lodge_test_relay_new_tcp (lodge_test_daemon_get_port (fixture->daemon));
  fixture->uri = lodge_test_relay_dup_uri (fixture->relay, "test", "/default");
  uri = lodge_test_daemon_dup_uri (fixture->daemon, "test", "/default");
  fixture->keeper = lodge_test_virsh_new (uri);
  lodge_opening_set_keepalive (1, 2);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_clear_pointer (&fixture->keeper, lodge_test_virsh_free);
  lodge_test_relay_free (fixture->relay);
  lodge_test_daemon_free (fixture->daemon);
  g_free (fixture->uri);
}

static void
wait_lost (LodgeConnection *connection)
{
  WAIT_FOR (lodge_connection_get_state (connection) == LODGE_CONNECTION_FAILED);
}

static void
wait_connected (LodgeConnection *connection)
{
  WAIT_FOR (lodge_connection_get_state (connection) == LODGE_CONNECTION_CONNECTED);
}

/* The rows stay as what was last known; the error says what to do; it comes back by itself with the same objects */
static void
test_cut (Fixture       *fixture,
          gconstpointer  data)
{
  LodgeConnection *connection = lodge_test_open (fixture->uri);
  g_autoptr(LodgeDomain) domain = g_object_ref (lodge_test_find_domain (connection, "test"));

  g_assert_cmpint (lodge_connection_get_retry_time (connection), ==, 0);
  g_assert_cmpint (lodge_connection_get_last_seen (connection), >, 0);
  lodge_test_relay_set_refusing (fixture->relay, TRUE);
  lodge_test_relay_cut (fixture->relay);
  wait_lost (connection);
  g_assert_cmpuint (lodge_test_count_domains (connection), ==, 1);
  g_assert_true (lodge_domain_get_stale (domain));
  g_assert_false (lodge_domain_can (domain, LODGE_DOMAIN_PAUSE));
  g_assert_cmpuint (lodge_connection_get_n_running (connection), ==, 0);
  g_assert_cmpint (lodge_connection_get_retry_time (connection), >, 0);
  lodge_test_assert_helpful (lodge_connection_get_error (connection));

  /* The first attempts fail, later ones do not */
  WAIT_FOR (lodge_connection_get_state (connection) == LODGE_CONNECTION_CONNECTING);
  wait_lost (connection);
  lodge_test_assert_helpful (lodge_connection_get_error (connection));
  g_assert_true (lodge_domain_get_stale (domain));
  lodge_test_relay_set_refusing (fixture->relay, FALSE);
  wait_connected (connection);
  g_assert_true (lodge_connection_find_domain (connection, "test") == domain);
  g_assert_false (lodge_domain_get_stale (domain));
  g_assert_cmpint (lodge_connection_get_retry_time (connection), ==, 0);
  lodge_test_run (domain, LODGE_DOMAIN_PAUSE);
  lodge_test_wait_state (domain, LODGE_DOMAIN_STATE_PAUSED);
  lodge_test_close (connection);
}

/* What changed on the host meanwhile is in the rows afterwards */
static void
test_merge (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr(LodgeTestFolder) folder = lodge_test_folder_new ();
  g_autofree char *xml = lodge_test_domain_xml ("newcomer");
  g_autofree char *path = lodge_test_folder_write (folder, "newcomer.xml", xml, -1);
  LodgeConnection *connection = lodge_test_open (fixture->uri);

  lodge_test_relay_set_refusing (fixture->relay, TRUE);
  lodge_test_relay_cut (fixture->relay);
  wait_lost (connection);
  g_free (lodge_test_virsh_run (fixture->keeper, "define %s", path));
  g_free (lodge_test_virsh_run (fixture->keeper, "destroy test"));
  g_free (lodge_test_virsh_run (fixture->keeper, "undefine test"));
  lodge_test_relay_set_refusing (fixture->relay, FALSE);
  wait_connected (connection);
  g_assert_cmpuint (lodge_test_count_domains (connection), ==, 1);
  g_assert_nonnull (lodge_connection_find_domain (connection, "newcomer"));
  lodge_test_close (connection);
}

static void
test_daemon_killed (Fixture       *fixture,
                    gconstpointer  data)
{
  LodgeConnection *connection = lodge_test_open (fixture->uri);
  g_autoptr(LodgeDomain) domain = g_object_ref (lodge_test_find_domain (connection, "test"));

  g_clear_pointer (&fixture->keeper, lodge_test_virsh_free);
  lodge_test_daemon_kill (fixture->daemon);
  wait_lost (connection);
  g_assert_true (lodge_domain_get_stale (domain));
  lodge_test_daemon_start (fixture->daemon);
  wait_connected (connection);
  g_assert_cmpuint (lodge_test_count_domains (connection), ==, 1);
  lodge_test_close (connection);
}

/* A click does not wait for the planned attempt; closing ends the plan and takes the rows away */
static void
test_click_and_close (Fixture       *fixture,
                      gconstpointer  data)
{
  LodgeConnection *connection = lodge_test_open (fixture->uri);
  g_autoptr(GError) error = NULL;

  lodge_test_relay_set_refusing (fixture->relay, TRUE);
  lodge_test_relay_cut (fixture->relay);
  wait_lost (connection);
  error = lodge_test_open_fails (connection);
  lodge_test_assert_helpful (error);
  lodge_test_relay_set_refusing (fixture->relay, FALSE);
  lodge_test_open_connection (connection);

  lodge_test_relay_cut (fixture->relay);
  wait_lost (connection);
  lodge_connection_close (connection);
  g_assert_cmpint (lodge_connection_get_retry_time (connection), ==, 0);
  g_assert_cmpint (lodge_connection_get_state (connection), ==, LODGE_CONNECTION_DISCONNECTED);
  g_assert_cmpuint (lodge_test_count_domains (connection), ==, 0);
  lodge_test_close (connection);
}

static void
check_thread_cb (LodgeConnection *connection,
                 GParamSpec      *pspec,
                 guint           *n_changes)
{
  g_assert_cmpint (gettid (), ==, getpid ());
  ++*n_changes;
}

/* libvirt tells of the end on the thread that happens to read the socket: that of a call that is under way */
static void
test_cut_during_call (Fixture       *fixture,
                      gconstpointer  data)
{
  LodgeConnection *connection = lodge_test_open (fixture->uri);
  LodgeDomain *domain = lodge_test_find_domain (connection, "test");
  guint n_changes = 0;

  g_signal_connect (connection, "notify::state", G_CALLBACK (check_thread_cb), &n_changes);
  for (guint i = 0; i < 5; i++)
    {
      const guint n_calls = lodge_test_relay_get_n_calls (fixture->relay, 0);
      g_autoptr(GAsyncResult) result = NULL;

      /* Slow enough to be cut on its way */
      lodge_test_relay_set_delay (fixture->relay, 2000);
      lodge_domain_get_xml_async (domain, LODGE_DOMAIN_XML_LIVE, NULL, lodge_test_result_cb, &result);
      WAIT_FOR (lodge_test_relay_get_n_calls (fixture->relay, 0) > n_calls);
      lodge_test_relay_cut (fixture->relay);
      WAIT_FOR (result != NULL);
      wait_lost (connection);
      lodge_test_relay_set_delay (fixture->relay, 0);
      lodge_test_open_connection (connection);
    }
  g_assert_cmpuint (n_changes, >=, 15);
  lodge_test_close (connection);
}

/* When the network changes nobody waits for the end of the pause */
static void
test_network_change (Fixture       *fixture,
                     gconstpointer  data)
{
  LodgeConnection *connection = lodge_test_open (fixture->uri);
  gint64 planned;

  lodge_test_relay_set_refusing (fixture->relay, TRUE);
  lodge_test_relay_cut (fixture->relay);
  wait_lost (connection);
  /* Some attempts later the pause is long enough to tell the difference */
  WAIT_FOR (lodge_connection_get_retry_time (connection) - g_get_monotonic_time () > 3 * G_USEC_PER_SEC);
  planned = lodge_connection_get_retry_time (connection);
  lodge_test_relay_set_refusing (fixture->relay, FALSE);
  g_signal_emit_by_name (g_network_monitor_get_default (), "network-changed", TRUE);
  wait_connected (connection);
  g_assert_cmpint (g_get_monotonic_time (), <, planned);
  lodge_test_close (connection);
}

/* logind, as it is to those who listen */
static GDBusConnection *
own_logind (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) reply = NULL;
  GDBusConnection *bus =
    g_dbus_connection_new_for_address_sync (g_getenv ("DBUS_SYSTEM_BUS_ADDRESS"),
                                            G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT
                                            | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION, NULL, NULL, &error);

  g_assert_no_error (error);
  reply = g_dbus_connection_call_sync (bus, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
                                       "RequestName", g_variant_new ("(su)", "org.freedesktop.login1", 0), NULL,
                                       G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
  g_assert_no_error (error);
  return bus;
}

/* … that falls asleep or wakes up. It says so more than once: Lodge may just be looking for the bus. */
static gboolean
say_sleep (GDBusConnection *logind,
           gboolean         falls_asleep)
{
  g_dbus_connection_emit_signal (logind, NULL, "/org/freedesktop/login1", "org.freedesktop.login1.Manager",
                                 "PrepareForSleep", g_variant_new ("(b)", falls_asleep), NULL);
  return TRUE;
}

/* A computer that was asleep asks its hosts at once whether they are there, and does not wait for those that are not */
static void
test_resume (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr(GDBusConnection) logind = own_logind ();
  LodgeConnection *connection;
  gint64 planned;

  /* It would take longer than the test may */
  lodge_opening_set_keepalive (60, 5);
  connection = lodge_test_open (fixture->uri);
  lodge_test_relay_set_mode (fixture->relay, LODGE_TEST_RELAY_HOLD);
  lodge_test_relay_set_refusing (fixture->relay, TRUE);
  say_sleep (logind, TRUE);
  WAIT_FOR (say_sleep (logind, FALSE) && lodge_connection_get_state (connection) == LODGE_CONNECTION_FAILED);
  lodge_test_relay_cut (fixture->relay);
  lodge_test_relay_set_mode (fixture->relay, LODGE_TEST_RELAY_PASS);

  /* Quiet again: some attempts later the pause is long enough to tell the difference */
  WAIT_FOR (lodge_connection_get_retry_time (connection) - g_get_monotonic_time () > 3 * G_USEC_PER_SEC);
  planned = lodge_connection_get_retry_time (connection);
  lodge_test_relay_set_refusing (fixture->relay, FALSE);
  say_sleep (logind, FALSE);
  wait_connected (connection);
  g_assert_cmpint (g_get_monotonic_time (), <, planned);
  lodge_test_close (connection);
}

static void
start_calls (LodgeDomain   *domain,
             GAsyncResult **results,
             guint          n)
{
  for (guint i = 0; i < n; i++)
    lodge_domain_get_xml_async (domain, LODGE_DOMAIN_XML_LIVE, NULL, lodge_test_result_cb, &results[i]);
}

/* Two calls on their way when a host falls silent: libvirt 11.3 wakes only the first of them, tells nobody, and leaves
 * the second hung for ever. They must end all the same, their threads with them. */
static void
test_black_hole (Fixture       *fixture,
                 gconstpointer  data)
{
  LodgeConnection *connection = lodge_test_open (fixture->uri);
  LodgeDomain *domain = lodge_test_find_domain (connection, "test");
  g_autoptr(GAsyncResult) info = NULL;
  g_autoptr(GAsyncResult) run = NULL;
  g_autoptr(GAsyncResult) xml = NULL;
  g_autoptr(GError) error = NULL;
  guint threads;

  lodge_connection_get_capabilities_async (connection, NULL, lodge_test_result_cb, &info);
  WAIT_FOR (info != NULL);
  g_clear_object (&info);
  threads = lodge_test_count_threads ();

  lodge_test_relay_set_mode (fixture->relay, LODGE_TEST_RELAY_HOLD);
  lodge_test_relay_set_refusing (fixture->relay, TRUE);
  lodge_connection_get_capabilities_async (connection, NULL, lodge_test_result_cb, &info);
  lodge_domain_run_async (domain, LODGE_DOMAIN_PAUSE, NULL, lodge_test_result_cb, &run);
  lodge_domain_get_xml_async (domain, LODGE_DOMAIN_XML_LIVE, NULL, lodge_test_result_cb, &xml);
  WAIT_FOR (info != NULL && run != NULL && xml != NULL);
  g_assert_false (lodge_domain_run_finish (domain, run, &error));
  g_assert_nonnull (error);
  wait_lost (connection);
  lodge_test_assert_helpful (lodge_connection_get_error (connection));
  WAIT_FOR (lodge_test_count_threads () < threads);

  lodge_test_relay_cut (fixture->relay);
  lodge_test_relay_set_mode (fixture->relay, LODGE_TEST_RELAY_PASS);
  lodge_test_relay_set_refusing (fixture->relay, FALSE);
  wait_connected (connection);
  g_assert_true (lodge_connection_find_domain (connection, "test") == domain);
  lodge_test_close (connection);
}

/* A person who gives a silent host up need not wait, and leaves no thread or file behind */
static void
test_close_black_hole (Fixture       *fixture,
                       gconstpointer  data)
{
  const guint files = lodge_test_count_files ();
  GAsyncResult *results[3] = { NULL };
  LodgeConnection *connection = lodge_test_open (fixture->uri);
  LodgeDomain *domain = lodge_test_find_domain (connection, "test");
  gint64 start;

  lodge_test_relay_set_mode (fixture->relay, LODGE_TEST_RELAY_HOLD);
  start_calls (domain, results, G_N_ELEMENTS (results));
  start = g_get_monotonic_time ();
  lodge_connection_close (connection);
  g_assert_cmpint (lodge_connection_get_state (connection), ==, LODGE_CONNECTION_DISCONNECTED);
  g_assert_cmpint (g_get_monotonic_time () - start, <, G_USEC_PER_SEC);
  WAIT_FOR (results[0] != NULL && results[1] != NULL && results[2] != NULL);
  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    g_clear_object (&results[i]);
  lodge_test_close (connection);
  lodge_test_relay_cut (fixture->relay);
  WAIT_FOR (lodge_test_count_files () <= files);
}

/* An opening can be given up at any moment; nothing of it is left */
static void
test_cancel_anywhere (Fixture       *fixture,
                      gconstpointer  data)
{
  guint files;

  /* The first opening makes what stays: the bus, the resolver's thread */
  lodge_test_close (lodge_test_open (fixture->uri));
  files = lodge_test_count_files ();
  for (guint i = 0; i < 40; i++)
    {
      LodgeConnection *connection = lodge_connection_new (fixture->uri, NULL);
      g_autoptr(GAsyncResult) result = NULL;
      g_autoptr(GCancellable) cancellable = g_cancellable_new ();
      g_autoptr(GError) error = NULL;
      const guint turns = i * 2;

      lodge_test_relay_set_delay (fixture->relay, i % 4 == 3 ? 5 : 0);
      lodge_connection_open_async (connection, cancellable, lodge_test_result_cb, &result);
      for (guint turn = 0; turn < turns && result == NULL; turn++)
        {
          g_usleep (100 * i);   /* another moment each time, not a wait for anything */
          g_main_context_iteration (NULL, FALSE);
        }
      g_cancellable_cancel (cancellable);
      g_assert_cmpint (lodge_connection_get_state (connection), ==, LODGE_CONNECTION_DISCONNECTED);
      g_assert_cmpuint (lodge_test_count_domains (connection), ==, 0);
      WAIT_FOR (result != NULL);
      if (!lodge_connection_open_finish (connection, result, &error))
        g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      lodge_test_close (connection);
    }
  WAIT_FOR (lodge_test_count_files () <= files);
}

/* … also while the host says nothing: without being cut libvirt would wait for ever */
static void
test_cancel_black_hole (Fixture       *fixture,
                        gconstpointer  data)
{
  LodgeConnection *connection = lodge_connection_new (fixture->uri, NULL);
  const guint accepted = lodge_test_relay_get_n_accepted (fixture->relay);
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  lodge_test_relay_set_mode (fixture->relay, LODGE_TEST_RELAY_HOLD);
  lodge_connection_open_async (connection, NULL, lodge_test_result_cb, &result);
  WAIT_FOR (lodge_test_relay_get_n_accepted (fixture->relay) > accepted);
  lodge_connection_close (connection);
  WAIT_FOR (result != NULL);
  g_assert_false (lodge_connection_open_finish (connection, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  /* Waits for the thread */
  lodge_test_close (connection);
}

/* A host that lets us connect and says nothing is not waited for without end, and is tried again */
static void
test_silent_opening (Fixture       *fixture,
                     gconstpointer  data)
{
  LodgeConnection *connection = lodge_test_open (fixture->uri);

  lodge_opening_set_patience (1);
  lodge_test_relay_set_mode (fixture->relay, LODGE_TEST_RELAY_HOLD);
  lodge_test_relay_cut (fixture->relay);
  WAIT_FOR (g_error_matches (lodge_connection_get_error (connection), LODGE_ERROR, LODGE_ERROR_TIMED_OUT));
  lodge_test_assert_helpful (lodge_connection_get_error (connection));
  g_assert_cmpint (lodge_connection_get_retry_time (connection), >, 0);
  lodge_opening_set_patience (30);
  lodge_test_relay_cut (fixture->relay);
  lodge_test_relay_set_mode (fixture->relay, LODGE_TEST_RELAY_PASS);
  wait_connected (connection);
  lodge_test_close (connection);
}

/* Calls of every lane are under way when it is closed */
static void
test_close_with_calls (Fixture       *fixture,
                       gconstpointer  data)
{
  LodgeConnection *connection = lodge_test_open (fixture->uri);
  g_autoptr(LodgeDomain) domain = g_object_ref (lodge_test_find_domain (connection, "test"));
  GAsyncResult *results[6] = { NULL };

  lodge_test_relay_set_delay (fixture->relay, 50);
  lodge_connection_watch_stats (connection);
  start_calls (domain, results, 4);
  lodge_connection_get_capabilities_async (connection, NULL, lodge_test_result_cb, &results[4]);
  lodge_domain_run_async (domain, LODGE_DOMAIN_PAUSE, NULL, lodge_test_result_cb, &results[5]);
  lodge_connection_get_networks (connection);
  lodge_connection_get_storage_pools (connection);
  lodge_connection_close (connection);
  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    {
      WAIT_FOR (results[i] != NULL);
      g_clear_object (&results[i]);
    }
  g_assert_null (lodge_domain_get_connection (domain));
  lodge_test_close (connection);
}

/* A wrong password is not tried again by anybody but a person */
static void
test_no_retry_of_passwords (Fixture       *fixture,
                            gconstpointer  data)
{
  g_autoptr(LodgeTestFolder) folder = lodge_test_folder_new ();
  g_autofree char *uri = lodge_test_write_node (folder,
                                                "<node><auth><user password='secret'>alice</user></auth></node>");
  LodgeConnection *connection = lodge_connection_new (uri, NULL);
  g_autoptr(GError) error = lodge_test_open_fails (connection);

  g_assert_error (error, LODGE_ERROR, LODGE_ERROR_AUTH_CANCELLED);
  g_assert_cmpint (lodge_connection_get_retry_time (connection), ==, 0);
  lodge_test_close (connection);
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr(GTestDBus) bus = NULL;
  int result;

  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (bus);
  g_setenv ("DBUS_SYSTEM_BUS_ADDRESS", g_test_dbus_get_bus_address (bus), TRUE);

#define ADD(path, function) g_test_add ("/model/loss/" path, Fixture, NULL, set_up, function, tear_down)
  ADD ("cut", test_cut);
  ADD ("merge", test_merge);
  ADD ("daemon-killed", test_daemon_killed);
  ADD ("click-and-close", test_click_and_close);
  ADD ("cut-during-call", test_cut_during_call);
  ADD ("network-change", test_network_change);
  ADD ("resume", test_resume);
  ADD ("black-hole", test_black_hole);
  ADD ("close-black-hole", test_close_black_hole);
  ADD ("cancel-anywhere", test_cancel_anywhere);
  ADD ("cancel-black-hole", test_cancel_black_hole);
  ADD ("silent-opening", test_silent_opening);
  ADD ("close-with-calls", test_close_with_calls);
  ADD ("no-retry-of-passwords", test_no_retry_of_passwords);
  result = g_test_run ();
  /* (g_test_dbus_down() waits for connections that stay for the life of the program.) */
  g_test_dbus_stop (bus);
  return result;
}
