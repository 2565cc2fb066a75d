/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-bench-list"

#include "config.h"

#include <adwaita.h>

#include "lib/lodge-bench.h"
#include "lib/lodge-test-connection.h"
#include "lib/lodge-test-folder.h"
#include "lib/lodge-test-wait.h"
#include "lib/lodge-test-widgets.h"
#include "model/lodge-connection-list.h"
#include "model/lodge-connection-private.h"
#include "model/lodge-connection.h"
#include "window/lodge-machine-list.h"

/* What things cost in the list of machines alone: CPU of the process and time until the frame is painted, and the longest
 * stretch in which the main loop did not look for events. Usage: lodge-bench-list N. Prints rows of a table. */

#define REPEATS 9

static LodgeMachineList *list;
static LodgeConnection *connection;
static GtkWidget *window;
static guint n_frames;

static void
painted_cb (void)
{
  n_frames++;
}

static void
search (guint i)
{
  static const char * const texts[] = { "be", "bet", "beta", "al", "alp" };

  gtk_editable_set_text (lodge_test_find_child (list, "search_entry"),
                         texts[i % G_N_ELEMENTS (texts)]);
}

static void
clear_search (guint i)
{
  gtk_editable_set_text (lodge_test_find_child (list, "search_entry"), "");
}

/* New numbers for every machine, as a reading of statistics brings them */
static void
tick (guint i)
{
  GListModel *domains = lodge_connection_get_domains (connection);
  static gint64 now;

  now += G_USEC_PER_SEC;
  for (guint k = 0; k < g_list_model_get_n_items (domains); k++)
    {
      g_autoptr(LodgeDomain) domain = g_list_model_get_item (domains, k);
      const LodgeDomainSample sample = {
        .active = TRUE, .cpu_time = now / G_USEC_PER_SEC * (gint64) ((k * 7919 + i * 104729) % 1000) * 1000000,
        .memory = (gint64) ((k * 31 + i * 17) % 4096) << 20, .memory_max = (gint64) 4 << 30, .vcpus = 1,
        .counters = { now / 1000 * (k % 997), now / 1000 * (k % 31), now / 1000 * (k % 499), now / 1000 * (k % 7) },
      };

      lodge_domain_apply_sample (domain, &sample, now);
    }
  g_signal_emit_by_name (connection, "stats-updated");
}

static void
sort_by_cpu (guint i)
{
  GActionGroup *options = lodge_machine_list_get_options (list);

  g_action_group_change_action_state (options, "sort", g_variant_new_string (i % 2 == 0 ? "cpu" : "name"));
}

static void
settle (void)
{
  const guint before = n_frames;

  gtk_widget_queue_draw (window);
  WAIT_FOR (n_frames > before + 1);
  lodge_test_settle ();
}

static void
measure (const char *what,
         guint       n,
         void      (*act) (guint i),
         void      (*undo) (guint i))
{
  double cpu[REPEATS], painted[REPEATS], gap[REPEATS];

  for (guint i = 0; i < REPEATS; i++)
    {
      const guint frame = n_frames;
      LodgeBenchCost cost;
      gint64 start;

      settle ();
      start = g_get_monotonic_time ();
      lodge_bench_begin ();
      act (i);
      gtk_widget_queue_draw (window);
      WAIT_FOR (n_frames > frame + 2);
      painted[i] = (g_get_monotonic_time () - start) / 1000.0;
      lodge_test_settle ();
      cost = lodge_bench_end ();
      cpu[i] = cost.cpu;
      gap[i] = cost.gap;
      if (undo != NULL)
        undo (i);
    }
  g_print ("| %s | %u | %.1f ms | %.1f ms | %.1f ms |\n", what, n, lodge_bench_get_median (cpu, REPEATS),
           lodge_bench_get_median (painted, REPEATS), lodge_bench_get_median (gap, REPEATS));
}

static char *
write_host (LodgeTestFolder *folder,
            guint            n)
{
  g_autoptr(GString) xml = g_string_new ("<node>");

  for (guint i = 0; i < n; i++)
    g_string_append_printf (xml,
                            "<domain type='test' xmlns:test='http://libvirt.org/schemas/domain/test/1.0'>"
                            "<name>%s-%u</name><memory>65536</memory><vcpu>1</vcpu><os><type>hvm</type></os>"
                            "<test:runstate>%d</test:runstate></domain>", i % 2 == 0 ? "alpha" : "beta", i,
                            i % 2 == 0 ? 1 : 5);
  g_string_append (xml, "</node>");
  return lodge_test_write_node (folder, xml->str);
}

int
main (int   argc,
      char *argv[])
{
  const guint n = argc > 1 ? (guint) strtoul (argv[1], NULL, 10) : 1000;
  g_autoptr(LodgeTestFolder) folder = NULL;
  g_autoptr(GSettings) settings = NULL;
  g_autoptr(LodgeConnectionList) connections = NULL;
  g_autoptr(GtkCssProvider) style = NULL;
  g_autofree char *uri = NULL;

  gtk_init ();
  adw_init ();
  style = gtk_css_provider_new ();
  gtk_css_provider_load_from_resource (style, RESOURCE_PATH "/style.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (), GTK_STYLE_PROVIDER (style),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  folder = lodge_test_folder_new ();
  uri = write_host (folder, n);
  settings = g_settings_new (APPLICATION_ID);
  connections = lodge_connection_list_new (settings);
  connection = lodge_connection_list_add (connections, uri, "Rack", NULL);
  lodge_test_open_connection (connection);
  WAIT_FOR (lodge_test_count_domains (connection) == n);

  list = LODGE_MACHINE_LIST (lodge_machine_list_new (connections, lodge_connection_get_domains (connection), settings));
  window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (window), 1400, 900);
  gtk_window_set_child (GTK_WINDOW (window), GTK_WIDGET (list));
  gtk_window_present (GTK_WINDOW (window));
  g_signal_connect (gtk_widget_get_frame_clock (window), "after-paint", G_CALLBACK (painted_cb), NULL);
  settle ();

  if (n == 1)
    return 0;
  g_print ("| in the list | machines | CPU | painted after | longest gap |\n|---|---|---|---|---|\n");
  gtk_widget_grab_focus (lodge_test_find_child (list, "search_entry"));
  measure ("a key that replaces all rows that are seen", n, search, NULL);
  clear_search (0);
  measure ("a reading of statistics of every machine", n, tick, NULL);
  measure ("another order", n, sort_by_cpu, NULL);
  return 0;
}
