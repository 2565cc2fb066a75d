/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <locale.h>

#include "lib/lodge-test-connection.h"
#include "lib/lodge-test-daemon.h"
#include "lib/lodge-test-folder.h"
#include "lib/lodge-test-relay.h"
#include "lib/lodge-test-virsh.h"
#include "lib/lodge-test-wait.h"
#include "model/lodge-long-calls.h"
#include "model/lodge-machine-creation.h"
#include "util/lodge-error.h"

/* Calls that take minutes go over a connection of their own, and nothing else waits for them */

typedef struct
{
  LodgeTestDaemon *daemon;
  LodgeTestRelay  *relay;
  LodgeTestVirsh  *virsh;
  LodgeConnection *connection;
  LodgeDomain     *domain;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autofree char *uri = NULL;
  g_autofree char *direct = NULL;

  fixture->daemon = lodge_test_daemon_new ();
  fixture->relay = lodge_test_relay_new_tcp (lodge_test_daemon_get_port (fixture->daemon));
  direct = lodge_test_daemon_dup_uri (fixture->daemon, "test", "/default");
  fixture->virsh = lodge_test_virsh_new (direct);
  uri = lodge_test_relay_dup_uri (fixture->relay, "test", "/default");
  fixture->connection = lodge_test_open (uri);
  fixture->domain = g_object_ref (lodge_test_find_domain (fixture->connection, "test"));
  lodge_long_calls_set_idle_time (600);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_object_unref (fixture->domain);
  lodge_test_close (fixture->connection);
  lodge_test_virsh_free (fixture->virsh);
  lodge_test_relay_free (fixture->relay);
  lodge_test_daemon_free (fixture->daemon);
}

/* Opened for the first of them, kept for the next, closed when there are none for a while */
static void
test_apart (Fixture       *fixture,
            gconstpointer  data)
{
  g_assert_cmpuint (lodge_test_relay_get_n_accepted (fixture->relay), ==, 1);
  lodge_test_run (fixture->domain, LODGE_DOMAIN_PAUSE);
  g_assert_cmpuint (lodge_test_relay_get_n_accepted (fixture->relay), ==, 1);

  lodge_test_run (fixture->domain, LODGE_DOMAIN_SAVE);
  lodge_test_wait_state (fixture->domain, LODGE_DOMAIN_STATE_SAVED);
  g_assert_cmpuint (lodge_test_relay_get_n_open (fixture->relay), ==, 2);
  lodge_long_calls_set_idle_time (1);
  lodge_test_run (fixture->domain, LODGE_DOMAIN_START);
  lodge_test_wait_state (fixture->domain, LODGE_DOMAIN_STATE_RUNNING);
  g_assert_cmpuint (lodge_test_relay_get_n_accepted (fixture->relay), ==, 2);

  WAIT_FOR (lodge_test_relay_get_n_open (fixture->relay) == 1);
  g_assert_cmpint (lodge_connection_get_state (fixture->connection), ==, LODGE_CONNECTION_CONNECTED);
  lodge_test_run (fixture->domain, LODGE_DOMAIN_SAVE);
  g_assert_cmpuint (lodge_test_relay_get_n_accepted (fixture->relay), ==, 3);
}

/* As many as there can be hang, and everything else goes on */
static void
test_hanging (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr(LodgeTestFolder) folder = lodge_test_folder_new ();
  GAsyncResult *results[8] = { NULL };
  LodgeDomain *domains[G_N_ELEMENTS (results)];

  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    {
      g_autofree char *name = g_strdup_printf ("saved-%u", i);
      g_autofree char *xml = lodge_test_domain_xml (name);
      g_autofree char *file = lodge_test_folder_write (folder, name, xml, -1);

      g_free (lodge_test_virsh_run (fixture->virsh, "define %s", file));
      g_free (lodge_test_virsh_run (fixture->virsh, "start %s", name));
      domains[i] = lodge_test_find_domain (fixture->connection, name);
      lodge_test_wait_state (domains[i], LODGE_DOMAIN_STATE_RUNNING);
    }
  lodge_test_relay_hold_new (fixture->relay, TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    lodge_domain_run_async (domains[i], LODGE_DOMAIN_SAVE, NULL, lodge_test_result_cb, &results[i]);
  WAIT_FOR (lodge_test_relay_get_n_accepted (fixture->relay) == 2);

  lodge_test_run (fixture->domain, LODGE_DOMAIN_PAUSE);
  lodge_test_wait_state (fixture->domain, LODGE_DOMAIN_STATE_PAUSED);
  g_free (lodge_test_virsh_run (fixture->virsh, "resume test"));
  lodge_test_wait_state (fixture->domain, LODGE_DOMAIN_STATE_RUNNING);
  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    g_assert_null (results[i]);

  lodge_test_relay_hold_new (fixture->relay, FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    {
      WAIT_FOR (results[i] != NULL);
      g_assert_true (lodge_domain_run_finish (domains[i], results[i], NULL));
      g_clear_object (&results[i]);
    }
}

/* A host that lets nobody else in: over the one that is open, then */
static void
test_refused (Fixture       *fixture,
              gconstpointer  data)
{
  lodge_test_relay_set_refusing (fixture->relay, TRUE);
  lodge_test_run (fixture->domain, LODGE_DOMAIN_SAVE);
  lodge_test_wait_state (fixture->domain, LODGE_DOMAIN_STATE_SAVED);
  g_assert_cmpuint (lodge_test_relay_get_n_accepted (fixture->relay), ==, 1);
}

/* Closing does not wait for the opening of the second one, nor leaves it behind */
static void
test_closed (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  lodge_test_relay_hold_new (fixture->relay, TRUE);
  lodge_domain_run_async (fixture->domain, LODGE_DOMAIN_SAVE, NULL, lodge_test_result_cb, &result);
  WAIT_FOR (lodge_test_relay_get_n_accepted (fixture->relay) == 2);
  lodge_connection_close (fixture->connection);
  WAIT_FOR (result != NULL);
  g_assert_false (lodge_domain_run_finish (fixture->domain, result, &error));
  g_assert_error (error, LODGE_ERROR, LODGE_ERROR_NOT_CONNECTED);
  /* (It holds the machine's handle, and that the connection.) */
  g_clear_object (&result);
  lodge_test_relay_hold_new (fixture->relay, FALSE);
  WAIT_FOR (lodge_test_relay_get_n_open (fixture->relay) == 0);
}

/* A machine that was made over the second connection is one of the first */
static void
test_made (Fixture       *fixture,
           gconstpointer  data)
{
  g_autofree char *xml = lodge_test_domain_xml ("made");
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(LodgeDomain) made = NULL;
  g_autoptr(GError) error = NULL;

  lodge_long_calls_set_idle_time (1);
  lodge_machine_creation_run_async (fixture->connection, xml, NULL, TRUE, NULL, lodge_test_result_cb, &result);
  WAIT_FOR (result != NULL);
  made = lodge_machine_creation_run_finish (fixture->connection, result, NULL, &error);
  g_assert_no_error (error);
  WAIT_FOR (lodge_test_relay_get_n_open (fixture->relay) == 1);
  lodge_test_wait_state (made, LODGE_DOMAIN_STATE_RUNNING);
  lodge_test_run (made, LODGE_DOMAIN_PAUSE);
  lodge_test_wait_state (made, LODGE_DOMAIN_STATE_PAUSED);
}

int
main (int   argc,
      char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

#define ADD(path, function) g_test_add ("/model/long-calls/" path, Fixture, NULL, set_up, function, tear_down)
  ADD ("apart", test_apart);
  ADD ("hanging", test_hanging);
  ADD ("refused", test_refused);
  ADD ("closed", test_closed);
  ADD ("made", test_made);
#undef ADD
  return g_test_run ();
}
