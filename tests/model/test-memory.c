/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gstdio.h>
#include <locale.h>
#include <math.h>

#include "lib/lodge-test-connection.h"
#include "lib/lodge-test-daemon.h"
#include "lib/lodge-test-folder.h"
#include "lib/lodge-test-relay.h"
#include "lib/lodge-test-virsh.h"
#include "lib/lodge-test-wait.h"
#include "model/lodge-domain-details.h"
#include "model/lodge-event-log-private.h"
#include "model/lodge-inventory.h"
#include "model/lodge-series.h"

/* What the model remembers: the inventory of a host, the log of its events, the past of its numbers */

static LodgeTestFolder *home;

static void
remember (LodgeConnection *connection)
{
  lodge_connection_remember (connection);
}

/* What was known is there before the host answers, stale; then it is what the host says, the objects stay */
static void
test_inventory (void)
{
  g_autoptr(LodgeTestDaemon) daemon = lodge_test_daemon_new ();
  g_autoptr(LodgeTestRelay) relay = lodge_test_relay_new_unix (lodge_test_daemon_get_socket (daemon));
  g_autoptr(LodgeTestFolder) folder = lodge_test_folder_new ();
  g_autofree char *uri = lodge_test_relay_dup_uri (relay, "test", "/default");
  g_autofree char *direct = lodge_test_daemon_dup_uri (daemon, "test", "/default");
  g_autofree char *path = lodge_inventory_get_path (uri);
  g_autoptr(LodgeTestVirsh) virsh = lodge_test_virsh_new (direct);
  g_autofree char *xml = lodge_test_domain_xml ("tab\xc2\xa0& <name>");
  g_autofree char *file = lodge_test_folder_write (folder, "odd.xml", xml, -1);
  const char * const tags[] = { "a b", "c\\d", NULL };
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(LodgeDomain) odd = NULL;
  LodgeConnection *connection = lodge_connection_new (uri, NULL);

  g_free (lodge_test_virsh_run (virsh, "define %s", file));
  remember (connection);
  lodge_test_open_connection (connection);
  odd = g_object_ref (lodge_test_find_domain (connection, "tab\xc2\xa0& <name>"));
  lodge_domain_set_tags_async (odd, tags, "x/y", NULL, lodge_test_result_cb, &result);
  WAIT_FOR (result != NULL);
  g_assert_true (lodge_domain_set_metadata_finish (odd, result, NULL));
  g_clear_object (&odd);
  /* Closing writes what is not written yet */
  lodge_test_close (connection);
  WAIT_FOR (g_file_test (path, G_FILE_TEST_EXISTS));
  {
    GStatBuf status;

    g_assert_cmpint (g_stat (path, &status), ==, 0);
    g_assert_cmpuint (status.st_mode & 0777, ==, 0600);
  }

  g_free (lodge_test_virsh_run (virsh, "destroy test"));
  lodge_test_relay_set_mode (relay, LODGE_TEST_RELAY_HOLD);
  connection = lodge_connection_new (uri, NULL);
  remember (connection);
  lodge_connection_open_async (connection, NULL, NULL, NULL);
  WAIT_FOR (lodge_test_count_domains (connection) == 2);
  g_assert_cmpint (lodge_connection_get_state (connection), ==, LODGE_CONNECTION_CONNECTING);
  g_assert_cmpint (lodge_connection_get_last_seen (connection), >, 0);
  odd = g_object_ref (lodge_test_find_domain (connection, "tab\xc2\xa0& <name>"));
  g_assert_true (lodge_domain_get_stale (odd));
  g_assert_cmpint (lodge_domain_get_state (odd), ==, LODGE_DOMAIN_STATE_OFF);
  g_assert_cmpstr (lodge_domain_get_tags (odd)[1], ==, "c\\d");
  g_assert_cmpstr (lodge_domain_get_folder (odd), ==, "x/y");
  g_assert_cmpint (lodge_domain_get_state (lodge_test_find_domain (connection, "test")), ==,
                   LODGE_DOMAIN_STATE_RUNNING);
  g_assert_cmpuint (lodge_connection_get_n_running (connection), ==, 0);
  g_assert_false (lodge_domain_can (odd, LODGE_DOMAIN_START));

  lodge_test_relay_set_mode (relay, LODGE_TEST_RELAY_PASS);
  WAIT_FOR (lodge_connection_get_state (connection) == LODGE_CONNECTION_CONNECTED);
  g_assert_cmpuint (lodge_test_count_domains (connection), ==, 2);
  g_assert_true (lodge_connection_find_domain (connection, "tab\xc2\xa0& <name>") == odd);
  g_assert_false (lodge_domain_get_stale (odd));
  g_assert_cmpint (lodge_domain_get_state (lodge_test_find_domain (connection, "test")), ==, LODGE_DOMAIN_STATE_OFF);

  lodge_connection_forget (connection);
  WAIT_FOR (!g_file_test (path, G_FILE_TEST_EXISTS));
  lodge_test_close (connection);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

/* A file that is cut anywhere, or is something else, gives what can be read of it and nothing worse */
static void
test_inventory_damaged (void)
{
  static const char uri[] = "test:///nowhere";
  g_autofree char *path = lodge_inventory_get_path (uri);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr(GString) text = g_string_new (NULL);
  guint last = 0;

  g_mkdir_with_parents (folder, 0700);
  g_string_append_printf (text, "lodge-inventory 1 1700000000\n%s\n", uri);
  for (guint i = 0; i < 20; i++)
    g_string_append_printf (text,
                            "8f3c1c3e-0000-4000-8000-%012x\t1\t1\t2\t1048576\tm%u\tA\\ttitle\\n\\\\\t\tf\tx\x1fy\n", i,
                            i);
  for (gsize length = 0; length <= text->len; length++)
    {
      LodgeInventory *inventory;

      g_assert_true (g_file_set_contents (path, text->str, length, NULL));
      inventory = lodge_inventory_load (uri);
      if (inventory == NULL)
        continue;
      g_assert_cmpuint (inventory->items->len, >=, last);
      last = inventory->items->len;
      lodge_inventory_free (inventory);
    }
  g_assert_cmpuint (last, ==, 20);
  {
    static const char * const others[] = {
      "", "\n", "lodge-inventory 2 5\n", "GIF89a", "lodge-inventory 1 \xff\xfe\n", "lodge-inventory 1 5\ntest:///other\n",
    };

    for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
      {
        g_assert_true (g_file_set_contents (path, others[i], -1, NULL));
        g_assert_null (lodge_inventory_load (uri));
      }
  }
  /* Lines that lie */
  g_string_printf (text, "lodge-inventory 1 -5\n%s\n"
                         "no-uuid\t1\t1\t1\t1\tname\t\t\t\t\n"
                         "8f3c1c3e-0000-4000-8000-000000000001\t99\t7\t99999999\t9223372036854775807\tbig\t\t\t\t\n"
                         "8f3c1c3e-0000-4000-8000-000000000001\t1\t7\t1\t1\ttwice\t\t\t\t\n"
                         "8f3c1c3e-0000-4000-8000-000000000002\t1\t7\t1\t-9\tnegative\t\t\t\t\n"
                         "8f3c1c3e-0000-4000-8000-000000000003\t1\t7\t1\t1\t\xff\xfe\t\t\t\t\n", uri);
  g_assert_true (g_file_set_contents (path, text->str, text->len, NULL));
  {
    LodgeInventory *inventory = lodge_inventory_load (uri);
    LodgeInventoryItem *item = &g_array_index (inventory->items, LodgeInventoryItem, 1);

    g_assert_cmpuint (inventory->items->len, ==, 2);
    g_assert_cmpint (inventory->last_seen, ==, 0);
    g_assert_true (g_utf8_validate (item->record->name, -1, NULL));
    lodge_inventory_free (inventory);
  }
  g_unlink (path);
}

/* Ten thousand machines are read and shown in a moment of the main thread: one emission */
static void
items_changed_cb (GListModel *model,
                  guint       position,
                  guint       removed,
                  guint       added,
                  gpointer    user_data)
{
  guint *n = user_data;

  (*n)++;
}

static void
test_inventory_large (void)
{
  static const char uri[] = "test:///nowhere.xml";
  g_autofree char *path = lodge_inventory_get_path (uri);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr(GString) text = g_string_new (NULL);
  LodgeConnection *connection = lodge_connection_new (uri, NULL);
  guint n_emissions = 0;

  g_mkdir_with_parents (folder, 0700);
  g_string_append_printf (text, "lodge-inventory 1 1700000000\n%s\n", uri);
  for (guint i = 0; i < 30000; i++)
    g_string_append_printf (text, "8f3c1c3e-0000-4000-8000-%012x\t1\t1\t2\t1048576\tm%u\t\t\t\t\n", i, i);
  g_assert_true (g_file_set_contents (path, text->str, text->len, NULL));
  g_signal_connect (lodge_connection_get_domains (connection), "items-changed", G_CALLBACK (items_changed_cb),
                    &n_emissions);
  remember (connection);
  WAIT_FOR (lodge_test_count_domains (connection) == LODGE_INVENTORY_MAX_DOMAINS);
  g_assert_cmpuint (n_emissions, ==, 1);
  lodge_connection_forget (connection);
  lodge_test_close (connection);
}

static char *
list_log (GListModel *log)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (log); i++)
    {
      g_autoptr(LodgeLogEntry) entry = g_list_model_get_item (log, i);
      g_autofree char *line = lodge_log_entry_dup_text (entry);

      g_string_append_printf (text, "%s%s %s", i > 0 ? ", " : "", line, lodge_log_entry_get_name (entry));
    }
  return g_string_free_and_steal (g_steal_pointer (&text));
}

static gboolean
has_text (const char *path,
          const char *text)
{
  g_autofree char *content = NULL;

  return g_file_get_contents (path, &content, NULL, NULL) && strstr (content, text) != NULL;
}

static void
test_event_log (void)
{
  g_autoptr(LodgeTestDaemon) daemon = lodge_test_daemon_new ();
  g_autoptr(LodgeTestFolder) folder = lodge_test_folder_new ();
  g_autofree char *uri = lodge_test_daemon_dup_uri (daemon, "test", "/default");
  g_autofree char *path = lodge_event_log_get_path (uri);
  g_autofree char *log_folder = g_path_get_dirname (path);
  g_autoptr(LodgeTestVirsh) virsh = lodge_test_virsh_new (uri);
  g_autofree char *xml = lodge_test_domain_xml ("guest");
  g_autofree char *file = lodge_test_folder_write (folder, "guest.xml", xml, -1);
  LodgeConnection *connection;
  g_autoptr(GListModel) of_guest = NULL;
  g_autofree char *text = NULL;
  LodgeEventLog *log;

  /* Of an earlier run, with a line that was cut and one that is nonsense */
  g_mkdir_with_parents (log_folder, 0700);
  g_assert_true (g_file_set_contents (path, "1700000000\tio-error\t8f3c1c3e-0000-4000-8000-000000000001\told\tvda\n"
                                            "nonsense\n1700000001\tstar", -1, NULL));
  connection = lodge_test_open (uri);
  log = lodge_connection_get_event_log (connection);
  g_free (lodge_test_virsh_run (virsh, "define %s", file));
  g_free (lodge_test_virsh_run (virsh, "start guest"));
  lodge_test_wait_state (lodge_test_find_domain (connection, "guest"), LODGE_DOMAIN_STATE_RUNNING);
  of_guest = lodge_event_log_filter (log, lodge_domain_get_uuid (lodge_test_find_domain (connection, "guest")));
  g_free (lodge_test_virsh_run (virsh, "suspend test"));
  g_free (lodge_test_virsh_run (virsh, "destroy guest"));
  g_free (lodge_test_virsh_run (virsh, "undefine guest"));
  WAIT_FOR (g_list_model_get_n_items (G_LIST_MODEL (log)) == 7);
  text = list_log (G_LIST_MODEL (log));
  g_assert_cmpstr (text, ==,
                   "Disk error: vda old, Connected , Created guest, Started guest, Paused test, Forced off guest, "
                             "Deleted guest");
  g_clear_pointer (&text, g_free);
  text = list_log (of_guest);
  g_assert_cmpstr (text, ==, "Connected , Created guest, Started guest, Forced off guest, Deleted guest");

  /* It is on the disk by itself, and goes with the connection */
  WAIT_FOR (has_text (path, "undefined"));
  lodge_connection_forget (connection);
  WAIT_FOR (!g_file_test (path, G_FILE_TEST_EXISTS));
  lodge_test_close (connection);
}

static void
test_event_log_bound (void)
{
  static const char uri[] = "test:///bound";
  g_autofree char *path = lodge_event_log_get_path (uri);
  LodgeEventLog *log = lodge_event_log_new (uri);
  GStatBuf status = { 0 };

  for (guint i = 0; i < 12000; i++)
    {
      lodge_event_log_add (log, LODGE_LOG_STARTED, "8f3c1c3e-0000-4000-8000-000000000001",
                           "a name\twith\na tab and of some length, as people give them", "and a detail");
      if (i % 1000 == 999)
        lodge_event_log_flush (log);
      g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (log)), <=, LODGE_LOG_LENGTH);
    }
  lodge_event_log_flush (log);
  g_object_unref (log);
  WAIT_FOR (g_stat (path, &status) == 0 && status.st_size > 0);
  g_assert_cmpint (status.st_size, <=, 1024 * 1024);
  g_unlink (path);
}

static void
test_series (void)
{
  LodgeSeries *series = lodge_series_new ();
  float samples[LODGE_SPAN_LENGTH];
  float values[LODGE_N_METRICS] = { 0 };
  const gint64 start = 1200 * 100;
  gint64 time;

  lodge_series_get (series, LODGE_METRIC_CPU, LODGE_SPAN_MINUTES, start, samples);
  for (guint i = 0; i < LODGE_SPAN_LENGTH; i++)
    g_assert_true (isnan (samples[i]));

  /* Two days, the second half of each hour busy */
  for (time = start; time < start + 2 * 86400; time += 2)
    {
      const gboolean busy = time % 3600 >= 1800;

      values[LODGE_METRIC_CPU] = busy ? 0.8 : 0.2;
      values[LODGE_METRIC_MEMORY] = 3e9;
      values[LODGE_METRIC_DISK_READ] = 0;
      values[LODGE_METRIC_DISK_WRITE] = 123456;
      values[LODGE_METRIC_NETWORK_IN] = -1;
      values[LODGE_METRIC_NETWORK_OUT] = NAN;
      lodge_series_add (series, time, values);
    }
  time -= 2;
  lodge_series_get (series, LODGE_METRIC_CPU, LODGE_SPAN_MINUTES, time, samples);
  g_assert_cmpfloat_with_epsilon (samples[LODGE_SPAN_LENGTH - 1], time % 3600 >= 1800 ? 0.8 : 0.2, 0.001);
  lodge_series_get (series, LODGE_METRIC_CPU, LODGE_SPAN_HOUR, time, samples);
  {
    guint n_busy = 0, n_known = 0;

    for (guint i = 0; i < LODGE_SPAN_LENGTH; i++)
      {
        n_known += isfinite (samples[i]) != 0;
        n_busy += samples[i] > 0.5;
      }
    g_assert_cmpuint (n_known, ==, 60);
    g_assert_cmpuint (n_busy, ==, 30);
  }
  lodge_series_get (series, LODGE_METRIC_CPU, LODGE_SPAN_DAY, time, samples);
  for (guint i = 0; i < LODGE_SPAN_LENGTH; i++)
    g_assert_true (samples[i] > 0.19 && samples[i] < 0.81);
  lodge_series_get (series, LODGE_METRIC_MEMORY, LODGE_SPAN_DAY, time, samples);
  g_assert_cmpfloat_with_epsilon (samples[40] / 3e9, 1, 0.001);
  lodge_series_get (series, LODGE_METRIC_DISK_WRITE, LODGE_SPAN_MINUTES, time, samples);
  g_assert_cmpfloat_with_epsilon (samples[71] / 123456, 1, 0.001);
  lodge_series_get (series, LODGE_METRIC_DISK_READ, LODGE_SPAN_MINUTES, time, samples);
  g_assert_cmpfloat (samples[71], ==, 0);
  lodge_series_get (series, LODGE_METRIC_NETWORK_IN, LODGE_SPAN_MINUTES, time, samples);
  g_assert_true (isnan (samples[71]));

  /* Nobody looked for ten minutes: a hole, not a line */
  time += 600;
  values[LODGE_METRIC_CPU] = 0.5;
  lodge_series_add (series, time, values);
  lodge_series_get (series, LODGE_METRIC_CPU, LODGE_SPAN_MINUTES, time, samples);
  g_assert_cmpfloat_with_epsilon (samples[71], 0.5, 0.001);
  g_assert_true (isnan (samples[70]));
  lodge_series_get (series, LODGE_METRIC_CPU, LODGE_SPAN_HOUR, time, samples);
  g_assert_true (isnan (samples[67]));
  /* A slow host leaves none */
  time += 10;
  lodge_series_add (series, time, values);
  lodge_series_get (series, LODGE_METRIC_CPU, LODGE_SPAN_MINUTES, time, samples);
  g_assert_cmpfloat_with_epsilon (samples[69], 0.5, 0.001);
  /* A clock that goes back is not believed */
  lodge_series_add (series, time - 1000, values);
  lodge_series_free (series);
}

int
main (int   argc,
      char *argv[])
{
  int result;

  setlocale (LC_ALL, "");
  home = lodge_test_folder_new ();
  g_setenv ("XDG_CACHE_HOME", lodge_test_folder_get_path (home), TRUE);
  g_setenv ("XDG_STATE_HOME", lodge_test_folder_get_path (home), TRUE);
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/model/memory/inventory", test_inventory);
  g_test_add_func ("/model/memory/inventory-damaged", test_inventory_damaged);
  g_test_add_func ("/model/memory/inventory-large", test_inventory_large);
  g_test_add_func ("/model/memory/event-log", test_event_log);
  g_test_add_func ("/model/memory/event-log-bound", test_event_log_bound);
  g_test_add_func ("/model/memory/series", test_series);
  result = g_test_run ();
  lodge_test_folder_free (home);
  return result;
}
