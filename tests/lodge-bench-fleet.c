/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-bench-fleet"

#include "config.h"

#include <stdlib.h>

#include "lib/lodge-bench.h"
#include "lib/lodge-test-connection.h"
#include "lib/lodge-test-folder.h"
#include "lib/lodge-test-virsh.h"
#include "lib/lodge-test-wait.h"
#include "lib/lodge-test-widgets.h"
#include "lodge-application.h"
#include "lodge-bench-fleet.h"
#include "model/lodge-inventory.h"
#include "window/lodge-window.h"

/* The whole program, measured from the inside, so that nobody who asks costs it anything. A case begins when its window
 * has painted all rows. Usage: lodge-bench-fleet CASE N URI…, with the time of the exec (ns, CLOCK_MONOTONIC) in
 * LODGE_BENCH_START. Prints one JSON object. */

#define REPEATS       9
#define IDLE_SECONDS  10
#define STORM_MACHINES 1000   /* define, start, destroy, undefine: four events each */

typedef struct
{
  const char *name;
  void      (*run) (LodgeConnection *connection);
} Case;

static const Case *current;
static const char *uri;
static guint n_machines;
static gint64 start;            /* ns */
static GtkWindow *window;
static guint n_frames;
static LodgeTestFolder *folder;
static LodgeTestVirsh *virsh;

static void
wait_for_frame (void)
{
  const guint before = n_frames;

  gtk_widget_queue_draw (GTK_WIDGET (window));
  WAIT_FOR (n_frames > before);
}

GtkWindow *
lodge_bench_fleet_get_window (void)
{
  return window;
}

const char *
lodge_bench_fleet_get_uri (void)
{
  return uri;
}

guint
lodge_bench_fleet_get_n_machines (void)
{
  return n_machines;
}

void
lodge_bench_fleet_wait_for_frame (void)
{
  wait_for_frame ();
}

/* What it took until all rows were painted, and three seconds later: titles, addresses and statistics are there then */
static void
run_open (LodgeConnection *connection)
{
  const double wall = lodge_bench_get_since (start);
  const double cpu = lodge_bench_get_cpu ();
  const gint64 end = g_get_monotonic_time () + 3 * G_USEC_PER_SEC;

  WAIT_FOR (g_get_monotonic_time () >= end);
  g_print ("{\"wall\": %.1f, \"cpu\": %.1f, \"settled\": %.1f, \"private\": %u}\n", wall, cpu, lodge_bench_get_cpu (),
           lodge_bench_get_private ());
}

/* Until what is there is on the disk */
static void
run_remember (LodgeConnection *connection)
{
  g_autofree char *path = lodge_inventory_get_path (uri);

  WAIT_FOR (g_file_test (path, G_FILE_TEST_EXISTS));
  g_print ("{}\n");
}

/* With live statistics and nobody at the keys */
static void
run_idle (LodgeConnection *connection)
{
  const gint64 begin = g_get_monotonic_time ();
  LodgeBenchCost cost;

  WAIT_FOR (g_get_monotonic_time () - begin > 3 * G_USEC_PER_SEC);
  lodge_bench_begin ();
  WAIT_FOR (g_get_monotonic_time () - begin > (3 + IDLE_SECONDS) * G_USEC_PER_SEC);
  cost = lodge_bench_end ();
  g_print ("{\"gap\": %.1f, \"cpu\": %.1f}\n", cost.gap, cost.cpu * 60 / IDLE_SECONDS);
}

/* From the key of another person, at another program, to the frame that shows the new state of the first row */
static void
run_change (LodgeConnection *connection)
{
  GtkSelectionModel *rows = lodge_machine_list_get_selection (lodge_window_get_machine_list (LODGE_WINDOW (window)));
  g_autoptr(LodgeDomain) domain = g_list_model_get_item (G_LIST_MODEL (rows), 0);
  double wall[REPEATS];

  g_free (lodge_test_virsh_run (virsh, "dominfo %s", lodge_domain_get_name (domain)));
  for (guint i = 0; i < REPEATS; i++)
    {
      const LodgeDomainState old = lodge_domain_get_state (domain);
      const gboolean runs = old == LODGE_DOMAIN_STATE_RUNNING;
      const char *verb = runs ? "suspend" : old == LODGE_DOMAIN_STATE_PAUSED ? "resume" : "start";
      g_autofree char *command = g_strdup_printf ("%s %s\n", verb, lodge_domain_get_uuid (domain));
      guint frame;

      lodge_test_settle ();
      lodge_bench_begin ();
      lodge_test_virsh_push (virsh, command);
      WAIT_FOR (lodge_domain_get_state (domain) != old);
      frame = n_frames;
      WAIT_FOR (n_frames > frame);
      wall[i] = lodge_bench_end ().wall;
    }
  g_print ("{\"wall\": %.1f}\n", lodge_bench_get_median (wall, REPEATS));
}

/* Another person makes, starts, ends and removes machines as fast as the host goes */
static void
run_storm (LodgeConnection *connection)
{
  g_autoptr(GString) commands = g_string_new (NULL);
  LodgeBenchCost cost;

  for (guint i = 0; i < STORM_MACHINES; i++)
    {
      g_autofree char *name = g_strdup_printf ("storm-%04u", i);
      g_autofree char *xml = lodge_test_domain_xml (name);
      g_autofree char *path = lodge_test_folder_write (folder, name, xml, -1);

      g_string_append_printf (commands, "define %s\nstart %s\ndestroy %s\nundefine %s\n", path, name, name, name);
    }
  lodge_bench_begin ();
  lodge_test_virsh_push (virsh, commands->str);
  g_free (lodge_test_virsh_run (virsh, "version"));
  WAIT_FOR (lodge_test_count_domains (connection) == n_machines);
  wait_for_frame ();
  cost = lodge_bench_end ();
  g_print ("{\"gap\": %.1f, \"cpu\": %.1f, \"wall\": %.1f}\n", cost.gap, cost.cpu, cost.wall);
}

static const Case cases[] = {
  { "open", run_open },
  { "remember", run_remember },
  { "idle", run_idle },
  { "change", run_change },
  { "storm", run_storm },
  { "thirty", lodge_bench_run_thirty },
  { "far", lodge_bench_run_far },
  { "window", lodge_bench_run_window },
};

/* Fills a host that all see alike: test:///default of a daemon */
static void
fill_host (void)
{
  g_autoptr(GString) commands = g_string_new (NULL);

  folder = lodge_test_folder_new ();
  virsh = lodge_test_virsh_new (uri);
  /* It has one of its own */
  for (guint i = 1; i < n_machines; i++)
    {
      g_autofree char *name = g_strdup_printf ("m%05u", i);
      g_autofree char *xml = lodge_test_domain_xml (name);
      g_autofree char *path = lodge_test_folder_write (folder, name, xml, -1);

      g_string_append_printf (commands, "define %s\n", path);
      if (i % 2 == 0)
        g_string_append_printf (commands, "start %s\n", name);
    }
  lodge_test_virsh_push (virsh, commands->str);
  g_free (lodge_test_virsh_run (virsh, "version"));
}

static void
painted_cb (void)
{
  n_frames++;
}

/* All rows are there, and a frame has been painted since */
static gboolean
begin_cb (gpointer user_data)
{
  LodgeMachineList *list;
  LodgeConnection *connection;
  g_autoptr(LodgeDomain) first = NULL;
  GApplication *application = g_application_get_default ();
  static guint frame;

  if (window == NULL && application != NULL)
    {
      window = lodge_test_find_window (GTK_APPLICATION (application), LODGE_TYPE_WINDOW);
      if (window != NULL && gtk_widget_get_realized (GTK_WIDGET (window)))
        g_signal_connect (gtk_widget_get_frame_clock (GTK_WIDGET (window)), "after-paint", G_CALLBACK (painted_cb),
                          NULL);
      else
        window = NULL;
    }
  list = window != NULL ? lodge_window_get_machine_list (LODGE_WINDOW (window)) : NULL;
  if (list == NULL
      || g_list_model_get_n_items (G_LIST_MODEL (lodge_machine_list_get_selection (list))) < n_machines)
    return G_SOURCE_CONTINUE;
  if (frame == 0)
    frame = n_frames + 1;
  if (n_frames < frame)
    return G_SOURCE_CONTINUE;

  first = g_list_model_get_item (G_LIST_MODEL (lodge_machine_list_get_selection (list)), 0);
  connection = lodge_domain_get_connection (first);
  current->run (connection);
  g_clear_pointer (&virsh, lodge_test_virsh_free);
  g_clear_pointer (&folder, lodge_test_folder_free);
  exit (0);
}

int
main (int   argc,
      char *argv[])
{
  char *arguments[] = { (char *) "lodge", (char *) "--connect", NULL, NULL };

  for (guint i = 0; argc == 4 && i < G_N_ELEMENTS (cases); i++)
    current = g_str_equal (argv[1], cases[i].name) ? &cases[i] : current;
  if (current == NULL)
    {
      for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
        g_printerr ("lodge-bench-fleet %s N URI\n", cases[i].name);
      return 2;
    }
  n_machines = (guint) strtoul (argv[2], NULL, 10);
  uri = arguments[2] = argv[3];
  start = g_ascii_strtoll (g_getenv ("LODGE_BENCH_START") != NULL ? g_getenv ("LODGE_BENCH_START") : "0", NULL, 10);
  if (current->run == run_change || current->run == run_storm)
    fill_host ();
  g_timeout_add_full (G_PRIORITY_LOW, 2, begin_cb, NULL, NULL);
  return lodge_application_main (3, arguments);
}
