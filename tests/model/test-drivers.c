/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <locale.h>

#include "driver-stub.h"
#include "lib/lodge-test-connection.h"
#include "lib/lodge-test-daemon.h"
#include "lib/lodge-test-folder.h"
#include "lib/lodge-test-virsh.h"
#include "lib/lodge-test-wait.h"
#include "model/lodge-domain-details.h"
#include "model/lodge-domain-screenshot.h"
#include "model/lodge-snapshot.h"
#include "model/lodge-storage.h"
#include "util/lodge-error.h"

/* Hypervisors that cannot be had here: their drivers by what they lack of what Lodge calls, after the function tables of
 * libvirt's sources (libxl_driver.c, esx_driver.c, hyperv_driver.c, vbox_common.c, bhyve_driver.c, ch_driver.c; where a
 * newer libvirt has more, an older one is met on hosts) */
typedef struct
{
  const char *name;
  const char *lacking[24];
} Driver;

#define NO_EVENTS    "virConnectDomainEventRegisterAny"
#define NO_STATS     "virConnectGetAllDomainStats"
#define NO_SNAPSHOTS "virDomainListAllSnapshots", "virDomainSnapshotCreateXML"
#define NO_SAVE      "virDomainManagedSave", "virDomainManagedSaveRemove"
#define NO_AUTOSTART "virDomainGetAutostart", "virDomainSetAutostart"
#define NO_EXTRAS    "virDomainPMWakeup", "virDomainRename", "virDomainInterfaceAddresses"

static const Driver drivers[] = {
  { "xen", { NO_STATS, NO_SNAPSHOTS, "virDomainReset", "virDomainRename", "virDomainScreenshot", NULL } },
  { "esx", { NO_EVENTS, NO_STATS, NO_SAVE, NO_EXTRAS, "virDomainReset", "virDomainSetMetadata", "virDomainScreenshot",
             "virConnectGetDomainCapabilities", NULL } },
  { "hyperv", { NO_EVENTS, NO_STATS, NO_SNAPSHOTS, NO_EXTRAS, "virDomainSetMetadata", "virDomainScreenshot",
                "virConnectGetDomainCapabilities", "virConnectListAllStoragePools", NULL } },
  { "vbox", { NO_EVENTS, NO_STATS, NO_SAVE, NO_AUTOSTART, NO_EXTRAS, "virDomainReset", "virDomainSetMetadata",
              "virConnectGetDomainCapabilities", NULL } },
  { "bhyve", { NO_STATS, NO_SNAPSHOTS, NO_SAVE, NO_EXTRAS, "virDomainSuspend", "virDomainResume", "virDomainReset",
               "virDomainReboot", "virDomainShutdownFlags", "virDomainDestroyFlags", "virDomainUndefineFlags",
               "virDomainScreenshot", NULL } },
  { "ch", { NO_EVENTS, NO_STATS, NO_SNAPSHOTS, NO_AUTOSTART, NO_EXTRAS, "virDomainReset", "virDomainSetMetadata",
            "virDomainScreenshot", "virDomainIsPersistent", "virConnectGetDomainCapabilities", NULL } },
};

#define N_DOMAINS 4
/* A call that the driver lacks may be tried for each machine, and again when everything is read anew */
#define MAX_REFUSED(n_readings) ((N_DOMAINS + 2) * (1 + (n_readings)))

static const struct { LodgeDomainOperation operation; const char *call; } operations[] = {
  { LODGE_DOMAIN_PAUSE, "virDomainSuspend" },
  { LODGE_DOMAIN_RESUME, "virDomainResume" },
  { LODGE_DOMAIN_REBOOT, "virDomainReboot" },
  { LODGE_DOMAIN_FORCE_RESET, "virDomainReset" },
  { LODGE_DOMAIN_SAVE, "virDomainManagedSave" },
  { LODGE_DOMAIN_START, NULL },
  { LODGE_DOMAIN_FORCE_OFF, NULL },
  { LODGE_DOMAIN_START, NULL },
  { LODGE_DOMAIN_SHUT_DOWN, NULL },
};

static gboolean
lacks (const Driver *driver,
       const char   *call)
{
  return call != NULL && g_strv_contains ((const char * const *) driver->lacking, call);
}

static void
assert_refused (GError *error)
{
  g_assert_error (error, LODGE_ERROR, LODGE_ERROR_NOT_SUPPORTED);
  lodge_test_assert_helpful (error);
}

/* What there is works; what there is not is refused once with a sentence, and not offered again for any machine */
static void
check_operations (const Driver *driver,
                  LodgeDomain  *domain,
                  LodgeDomain  *other)
{
  for (gsize i = 0; i < G_N_ELEMENTS (operations); i++)
    {
      const LodgeDomainOperation operation = operations[i].operation;
      g_autoptr(GAsyncResult) result = NULL;
      g_autoptr(GError) error = NULL;
      gboolean done;

      if (!lodge_domain_can (domain, operation))
        continue;   /* its counterpart was refused */
      lodge_domain_run_async (domain, operation, NULL, lodge_test_result_cb, &result);
      WAIT_FOR (result != NULL);
      done = lodge_domain_run_finish (domain, result, &error);
      g_test_message ("%s: operation %d: %s", driver->name, operation, done ? "done" : error->message);
      g_assert_true (done != lacks (driver, operations[i].call));
      if (done)
        {
          WAIT_FOR (!lodge_domain_get_operation_pending (domain, NULL));
          /* (Without events the new state is read.) */
          WAIT_FOR (operation == LODGE_DOMAIN_REBOOT || operation == LODGE_DOMAIN_FORCE_RESET
                    || !lodge_domain_can (domain, operation));
          continue;
        }
      assert_refused (error);
      g_assert_false (lodge_domain_can (domain, operation));
      g_assert_false (lodge_domain_can (other, operation));
    }
}

static void
check_rest (const Driver    *driver,
            LodgeConnection *connection,
            LodgeDomain     *domain)
{
  g_autoptr(GAsyncResult) snapshots = NULL;
  g_autoptr(GAsyncResult) title = NULL;
  g_autoptr(GAsyncResult) autostart = NULL;
  g_autoptr(GAsyncResult) pools = NULL;
  g_autoptr(GListModel) list = NULL;
  g_autoptr(GListModel) storage = NULL;
  GError *error = NULL;

  lodge_domain_list_snapshots_async (domain, NULL, lodge_test_result_cb, &snapshots);
  lodge_domain_set_title_async (domain, "A Title", NULL, lodge_test_result_cb, &title);
  lodge_domain_set_autostart_async (domain, TRUE, NULL, lodge_test_result_cb, &autostart);
  lodge_connection_list_volumes_async (connection, NULL, lodge_test_result_cb, &pools);
  WAIT_FOR (snapshots != NULL && title != NULL && autostart != NULL && pools != NULL);

  list = lodge_domain_list_snapshots_finish (domain, snapshots, &error);
  g_assert_true ((list == NULL) == lacks (driver, "virDomainListAllSnapshots"));
  if (error != NULL)
    assert_refused (error);
  g_clear_error (&error);
  /* A title is kept here then */
  lodge_domain_set_metadata_finish (domain, title, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (lodge_domain_get_title (domain), ==, "A Title");
  g_assert_true (lodge_domain_set_autostart_finish (domain, autostart, &error)
                 != lacks (driver, "virDomainSetAutostart"));
  if (error != NULL)
    assert_refused (error);
  g_clear_error (&error);
  storage = lodge_connection_list_volumes_finish (connection, pools, &error);
  g_assert_true ((storage == NULL) == lacks (driver, "virConnectListAllStoragePools"));
  if (error != NULL)
    assert_refused (error);
  g_clear_error (&error);
}

static void
tick_cb (LodgeConnection *connection,
         guint           *n)
{
  ++*n;
}

static void
test_driver (gconstpointer data)
{
  const Driver *driver = data;
  g_autoptr(LodgeTestFolder) folder = lodge_test_folder_new ();
  g_autoptr(LodgeTestDaemon) daemon = lodge_test_daemon_new ();
  g_autofree char *uri = lodge_test_daemon_dup_uri (daemon, "test", "/default");
  g_autoptr(LodgeTestVirsh) virsh = lodge_test_virsh_new (uri);
  const gint64 start = g_get_monotonic_time ();
  LodgeConnection *connection;
  LodgeDomain *domains[N_DOMAINS];
  guint n_ticks = 0, n_readings;

  for (guint i = 1; i < N_DOMAINS; i++)
    {
      g_autofree char *name = g_strdup_printf ("m%u", i);
      g_autofree char *xml = lodge_test_domain_xml (name);
      g_autofree char *file = lodge_test_folder_write (folder, name, xml, -1);

      g_free (lodge_test_virsh_run (virsh, "define %s", file));
    }
  driver_stub_set_lacking (driver->lacking);
  connection = lodge_test_open (uri);
  g_assert_cmpuint (lodge_test_count_domains (connection), ==, N_DOMAINS);
  for (guint i = 0; i < N_DOMAINS; i++)
    {
      g_autofree char *name = g_strdup_printf ("m%u", i);

      domains[i] = lodge_test_find_domain (connection, i == 0 ? "test" : name);
      g_assert_cmpint (lodge_domain_get_state (domains[i]), ==, i == 0 ? LODGE_DOMAIN_STATE_RUNNING
                                                                       : LODGE_DOMAIN_STATE_OFF);
      g_assert_true (lodge_domain_get_persistent (domains[i]));
      lodge_domain_want_details (domains[i]);
    }
  g_signal_connect (connection, "stats-updated", G_CALLBACK (tick_cb), &n_ticks);
  lodge_connection_set_stats_interval (connection, 1);
  lodge_connection_watch_stats (connection);
  WAIT_FOR (n_ticks >= 3);
  for (guint i = 0; i < N_DOMAINS; i++)
    WAIT_FOR (lodge_domain_get_details_known (domains[i]));

  /* Somebody else's change is seen, told or not */
  g_free (lodge_test_virsh_run (virsh, "start m2"));
  lodge_test_wait_state (domains[2], LODGE_DOMAIN_STATE_RUNNING);

  check_operations (driver, domains[0], domains[2]);
  check_rest (driver, connection, domains[3]);
  g_assert_cmpint (lodge_connection_get_state (connection), ==, LODGE_CONNECTION_CONNECTED);
  n_readings = (g_get_monotonic_time () - start) / G_USEC_PER_SEC + 10;
  for (guint i = 0; driver->lacking[i] != NULL; i++)
    {
      g_test_message ("%s: %u", driver->lacking[i], driver_stub_get_n_refused (driver->lacking[i]));
      g_assert_cmpuint (driver_stub_get_n_refused (driver->lacking[i]), <=, MAX_REFUSED (n_readings));
    }
  if (lacks (driver, NO_STATS))
    g_assert_cmpuint (driver_stub_get_n_refused (NO_STATS), <=, 3);
  lodge_test_close (connection);
}

int
main (int   argc,
      char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (drivers); i++)
    {
      g_autofree char *path = g_strconcat ("/model/drivers/", drivers[i].name, NULL);

      g_test_add_data_func (path, &drivers[i], test_driver);
    }
  return g_test_run ();
}
