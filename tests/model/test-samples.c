/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <locale.h>

#include "lib/lodge-test-folder.h"
#include "model/lodge-event-loop.h"
#include "model/lodge-host-samples.h"

/* How the numbers of a host are asked for. Calls are made on a thread, as in the program. */

#define N_MACHINES 2500
#define N_RUNNING  2100

typedef struct
{
  const char        *uri;
  LodgeStatsSupport  support;
  guint              n_samples[3];
  guint              n_active[3];
  guint              n_calls[3];
} Readings;

static gpointer
read_thread (gpointer data)
{
  Readings *readings = data;
  virConnectPtr connection = virConnectOpenAuth (readings->uri, virConnectAuthPtrDefault, 0);

  g_assert_nonnull (connection);
  for (guint i = 0; i < G_N_ELEMENTS (readings->n_samples); i++)
    {
      const guint before = lodge_libvirt_get_calls ();
      g_autoptr(GError) error = NULL;
      g_autoptr(GArray) samples = lodge_host_samples_read (connection, NULL, LODGE_STATS_CPU, &readings->support, &error);

      g_assert_no_error (error);
      readings->n_calls[i] = lodge_libvirt_get_calls () - before;
      readings->n_samples[i] = samples->len;
      for (guint k = 0; k < samples->len; k++)
        readings->n_active[i] += g_array_index (samples, LodgeDomainSample, k).active;
    }
  virConnectClose (connection);
  return NULL;
}

/* The first reading is of all, later ones are of what runs: more than two thousand in thousands */
static void
test_many (void)
{
  g_autoptr(LodgeTestFolder) folder = lodge_test_folder_new ();
  g_autofree char *uri = lodge_test_write_host (folder, N_MACHINES, N_RUNNING);
  Readings readings = {
    .uri = uri, .support = { .flags = VIR_CONNECT_GET_ALL_DOMAINS_STATS_ACTIVE, .all = TRUE },
  };

  g_thread_join (g_thread_new ("reader", read_thread, &readings));
  g_assert_cmpuint (readings.n_samples[0], ==, N_MACHINES);
  g_assert_cmpuint (readings.n_active[0], ==, N_RUNNING);
  g_assert_cmpuint (readings.n_calls[0], ==, 1);
  for (guint i = 1; i < 3; i++)
    {
      g_assert_cmpuint (readings.n_samples[i], ==, N_RUNNING);
      g_assert_cmpuint (readings.n_active[i], ==, N_RUNNING);
      g_assert_cmpuint (readings.n_calls[i], ==, 1 + 3);
    }
}

static void
test_few (void)
{
  g_autoptr(LodgeTestFolder) folder = lodge_test_folder_new ();
  g_autofree char *uri = lodge_test_write_host (folder, 20, 5);
  Readings readings = {
    .uri = uri, .support = { .flags = VIR_CONNECT_GET_ALL_DOMAINS_STATS_ACTIVE, .all = TRUE },
  };

  g_thread_join (g_thread_new ("reader", read_thread, &readings));
  for (guint i = 0; i < 3; i++)
    {
      g_assert_cmpuint (readings.n_samples[i], ==, i == 0 ? 20 : 5);
      g_assert_cmpuint (readings.n_calls[i], ==, 1);
    }
  g_assert_false (readings.support.many);
}

int
main (int   argc,
      char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  lodge_event_loop_start ();
  g_test_add_func ("/model/samples/many", test_many);
  g_test_add_func ("/model/samples/few", test_few);
  return g_test_run ();
}
