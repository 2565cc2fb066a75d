/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-bench-fleet-hosts"

#include "config.h"

#include "lib/lodge-bench.h"
#include "lib/lodge-test-connection.h"
#include "lib/lodge-test-relay.h"
#include "lib/lodge-test-wait.h"
#include "lib/lodge-test-widgets.h"
#include "lodge-application.h"
#include "lodge-bench-fleet.h"
#include "machine/lodge-machine-window.h"
#include "model/lodge-connection-list.h"
#include "model/lodge-uri.h"
#include "window/lodge-window.h"

#define N_HOSTS      30
#define N_DEAD       3
#define N_CHANGES    9
#define DELAY        25   /* ms each way */
/* A machine's window has read its definition and its statistics by then */
#define WINDOW_TIME  3    /* s */

/* The same daemon by another port: another host to Lodge */
static LodgeTestRelay *
new_relay (void)
{
  g_autoptr(LodgeUri) uri = lodge_uri_parse (lodge_bench_fleet_get_uri (), NULL);

  return lodge_test_relay_new_tcp (uri->port);
}

static LodgeConnection *
add_host (LodgeTestRelay *relay)
{
  g_autoptr(LodgeUri) uri = lodge_uri_parse (lodge_bench_fleet_get_uri (), NULL);
  g_autofree char *relayed = lodge_test_relay_dup_uri (relay, uri->driver, uri->path);
  LodgeApplication *application = LODGE_APPLICATION (g_application_get_default ());

  return lodge_connection_list_add (lodge_application_get_connections (application), relayed, NULL, NULL);
}

static guint
get_n_rows (void)
{
  LodgeMachineList *list = lodge_window_get_machine_list (LODGE_WINDOW (lodge_bench_fleet_get_window ()));

  return g_list_model_get_n_items (G_LIST_MODEL (lodge_machine_list_get_selection (list)));
}

static LodgeDomain *
get_running (LodgeConnection *connection)
{
  GListModel *domains = lodge_connection_get_domains (connection);

  for (guint i = 0; i < g_list_model_get_n_items (domains); i++)
    {
      g_autoptr(LodgeDomain) domain = g_list_model_get_item (domains, i);

      if (lodge_domain_get_state (domain) == LODGE_DOMAIN_STATE_RUNNING)
        return g_steal_pointer (&domain);
    }
  return NULL;
}

/* How long a machine of @connection takes to be paused and to go on, in ms: the median */
static double
change (LodgeConnection *connection)
{
  g_autoptr(LodgeDomain) domain = get_running (connection);
  double wall[N_CHANGES];

  for (guint i = 0; i < N_CHANGES; i++)
    {
      const gboolean runs = lodge_domain_get_state (domain) == LODGE_DOMAIN_STATE_RUNNING;
      const gint64 start = g_get_monotonic_time ();

      lodge_test_run (domain, runs ? LODGE_DOMAIN_PAUSE : LODGE_DOMAIN_RESUME);
      lodge_test_wait_state (domain, runs ? LODGE_DOMAIN_STATE_PAUSED : LODGE_DOMAIN_STATE_RUNNING);
      lodge_bench_fleet_wait_for_frame ();
      wall[i] = (g_get_monotonic_time () - start) / 1000.0;
    }
  return lodge_bench_get_median (wall, N_CHANGES);
}

/* One that accepts and says nothing, one that loses everything, one that refuses: the rest is there as if they were not */
void
lodge_bench_run_thirty (LodgeConnection *connection)
{
  const guint n = lodge_bench_fleet_get_n_machines ();
  LodgeTestRelay *relays[N_HOSTS];
  LodgeConnection *hosts[N_HOSTS];
  LodgeBenchCost open, meanwhile;
  double before, beside;

  before = change (connection);
  for (guint i = 0; i < N_HOSTS; i++)
    {
      relays[i] = new_relay ();
      hosts[i] = add_host (relays[i]);
    }
  lodge_test_relay_set_mode (relays[7], LODGE_TEST_RELAY_HOLD);
  lodge_test_relay_set_mode (relays[17], LODGE_TEST_RELAY_DROP);
  lodge_test_relay_set_refusing (relays[27], TRUE);
  lodge_window_select_connection (LODGE_WINDOW (lodge_bench_fleet_get_window ()), NULL);

  lodge_test_settle ();
  lodge_bench_begin ();
  for (guint i = 0; i < N_HOSTS; i++)
    lodge_connection_open_async (hosts[i], NULL, NULL, NULL);
  WAIT_FOR (get_n_rows () == (1 + N_HOSTS - N_DEAD) * n);
  lodge_bench_fleet_wait_for_frame ();
  open = lodge_bench_end ();

  lodge_bench_begin ();
  beside = change (hosts[3]);
  meanwhile = lodge_bench_end ();
  g_print ("{\"wall\": %.1f, \"cpu\": %.1f, \"gap\": %.1f, \"change\": %.1f, \"beside\": %.1f, \"beside_gap\": %.1f}\n",
           open.wall, open.cpu, open.gap, before, beside, meanwhile.gap);
}

/* A host at 50 ms: from its opening to its painted rows */
void
lodge_bench_run_far (LodgeConnection *connection)
{
  LodgeTestRelay *relay = new_relay ();
  LodgeConnection *host = add_host (relay);
  LodgeBenchCost cost;

  lodge_test_relay_set_delay (relay, DELAY);
  lodge_window_select_connection (LODGE_WINDOW (lodge_bench_fleet_get_window ()), NULL);
  lodge_test_settle ();
  lodge_bench_begin ();
  lodge_connection_open_async (host, NULL, NULL, NULL);
  WAIT_FOR (get_n_rows () == 2 * lodge_bench_fleet_get_n_machines ());
  lodge_bench_fleet_wait_for_frame ();
  cost = lodge_bench_end ();
  g_print ("{\"wall\": %.1f, \"cpu\": %.1f, \"gap\": %.1f}\n", cost.wall, cost.cpu, cost.gap);
}

static LodgeBenchCost
open_window (LodgeDomain *domain)
{
  GApplication *application = g_application_get_default ();
  LodgeConnection *connection = lodge_domain_get_connection (domain);
  const gint64 end = g_get_monotonic_time () + WINDOW_TIME * G_USEC_PER_SEC;
  LodgeBenchCost cost;
  GtkWindow *window;

  lodge_test_settle ();
  lodge_bench_begin ();
  g_action_group_activate_action (G_ACTION_GROUP (application), "open-machine",
                                  g_variant_new ("(ss)", lodge_connection_get_uri (connection),
                                                 lodge_domain_get_uuid (domain)));
  WAIT_FOR (g_get_monotonic_time () >= end);
  cost = lodge_bench_end ();
  window = lodge_test_find_window (GTK_APPLICATION (application), LODGE_TYPE_MACHINE_WINDOW);
  gtk_window_close (window);
  lodge_test_settle ();
  return cost;
}

/* The window of a machine whose host is 50 ms away, beside that of one that is not: what it waits for, it does not wait for
 * in the main loop */
void
lodge_bench_run_window (LodgeConnection *connection)
{
  LodgeTestRelay *relay = new_relay ();
  LodgeConnection *host = add_host (relay);
  g_autoptr(LodgeDomain) near = get_running (connection);
  g_autoptr(LodgeDomain) far = NULL;
  LodgeBenchCost first, again, there;

  lodge_test_open_connection (host);
  far = get_running (host);
  first = open_window (near);
  again = open_window (near);
  lodge_test_relay_set_delay (relay, DELAY);
  there = open_window (far);
  g_print ("{\"first\": %.1f, \"near\": %.1f, \"far\": %.1f, \"cpu\": %.1f}\n", first.gap, again.gap, there.gap,
           there.cpu);
}
