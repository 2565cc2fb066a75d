/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <locale.h>
#include <malloc.h>
#include <stdio.h>
#include <string.h>

#include "lib/lodge-test-connection.h"
#include "lib/lodge-test-wait.h"
#include "model/lodge-opening.h"
#include "soak-acts.h"
#include "soak-host.h"

/* Random changes by a foreigner and by Lodge's model on several hosts, whose networks and daemons break down and come
 * back. In between, and at the end, everything rests: then every list must be what `virsh list --all` says, every call
 * must have ended, and the program must not have grown. Any critical or warning ends it.
 *
 * Without arguments: the short one, bounded by its number of steps. */

static int n_hosts = 3;
static int n_domains = 120;
static int n_steps = 400;
static int n_minutes = 0;
static int seed = 0;
static int steps_between_rests = 100;

static const GOptionEntry options[] = {
  { "hosts", 0, 0, G_OPTION_ARG_INT, &n_hosts, "how many daemons", "N" },
  { "domains", 0, 0, G_OPTION_ARG_INT, &n_domains, "how many machines on all of them together", "N" },
  { "steps", 0, 0, G_OPTION_ARG_INT, &n_steps, "ends after so many", "N" },
  { "minutes", 0, 0, G_OPTION_ARG_INT, &n_minutes, "ends after so many minutes instead", "N" },
  { "rest", 0, 0, G_OPTION_ARG_INT, &steps_between_rests, "steps between two rests", "N" },
  { "seed", 0, 0, G_OPTION_ARG_INT, &seed, "of the random numbers; 0: another one each time", "N" },
  { 0 },
};

/* What the program has at rest. More than at the first rests by these is growth. */
typedef struct
{
  gsize heap;      /* bytes in use */
  gsize resident;  /* bytes that are the process's own */
  guint threads;
  guint files;
} Measure;

#define MAX_HEAP_GROWTH      (2u << 20)
#define MAX_RESIDENT_GROWTH  (16u << 20)
#define MAX_THREADS_GROWTH   4u
#define MAX_FILES_GROWTH     4u
/* Until then memories of bounded size fill up */
#define N_WARM_RESTS         2
#define PAUSE                (10 * G_TIME_SPAN_MILLISECOND)

#ifdef __SANITIZE_ADDRESS__
/* Of <sanitizer/allocator_interface.h>, which not every compiler's package has */
extern size_t __sanitizer_get_current_allocated_bytes (void);
#endif

static gsize
get_heap (void)
{
#ifdef __SANITIZE_ADDRESS__
  return __sanitizer_get_current_allocated_bytes ();
#else
  const struct mallinfo2 info = mallinfo2 ();

  return info.uordblks + info.hblkhd;
#endif
}

static gsize
get_resident (void)
{
  g_autofree char *text = NULL;
  gsize kib = 0;

  if (!g_file_get_contents ("/proc/self/smaps_rollup", &text, NULL, NULL))
    return 0;
  for (const char *line = text; line != NULL; line = strchr (line, '\n'))
    {
      unsigned long value;

      line += *line == '\n';
      if (sscanf (line, "Private_Clean: %lu kB", &value) == 1 || sscanf (line, "Private_Dirty: %lu kB", &value) == 1)
        kib += value;
    }
  return kib * 1024;
}

/* Everything is well again and nobody does anything: what is left then is left for good */
static Measure
rest (GPtrArray *hosts)
{
  for (guint i = 0; i < hosts->len; i++)
    soak_host_heal (hosts->pdata[i]);
  WAIT_FOR (soak_get_n_pending () == 0);
  for (guint i = 0; i < hosts->len; i++)
    {
      soak_host_compare (hosts->pdata[i]);
      soak_host_restore (hosts->pdata[i]);
      soak_host_compare (hosts->pdata[i]);
    }
  g_thread_pool_stop_unused_threads ();
  lodge_test_settle ();
  malloc_trim (0);
  return (Measure) { get_heap (), get_resident (), lodge_test_count_threads (), lodge_test_count_files () };
}

/* Connections that were given up end on threads of their own, some when their host's keepalive does */
static void
check_growth (const Measure *before,
              const Measure *now)
{
  WAIT_FOR (lodge_test_count_threads () <= before->threads + MAX_THREADS_GROWTH);
  WAIT_FOR (lodge_test_count_files () <= before->files + MAX_FILES_GROWTH);
  g_assert_cmpuint (now->heap, <=, before->heap + MAX_HEAP_GROWTH);
#ifndef __SANITIZE_ADDRESS__
  /* (The sanitizer keeps what was freed.) */
  g_assert_cmpuint (now->resident, <=, before->resident + MAX_RESIDENT_GROWTH);
#endif
}

static void
report (guint          step,
        const Measure *measure)
{
  g_test_message ("step %u: heap %.2f MiB, private %.1f MiB, %u threads, %u files", step,
                  measure->heap / 1048576.0, measure->resident / 1048576.0, measure->threads, measure->files);
}

static void
report_troubles (GPtrArray *hosts)
{
  g_autofree guint *counts = g_new0 (guint, soak_n_troubles ());

  for (guint i = 0; i < hosts->len; i++)
    soak_host_add_troubles (hosts->pdata[i], counts);
  for (guint i = 1; i < soak_n_troubles (); i++)
    g_test_message ("%s: %u times", soak_trouble_name (i), counts[i]);
}

/* FALSE: no host could do anything */
static gboolean
do_step (GPtrArray *hosts,
         GRand     *rand)
{
  SoakHost *host = hosts->pdata[g_rand_int_range (rand, 0, hosts->len)];
  gboolean done = FALSE;

  for (guint i = 0; i < hosts->len; i++)
    soak_host_trouble (hosts->pdata[i], rand);
  for (int i = g_rand_int_range (rand, 1, 4); i > 0; i--)
    done |= soak_act_own (host, rand);
  done |= soak_act_foreign (host, rand);
  lodge_test_settle ();
  return done;
}

static gboolean
is_over (guint  step,
         gint64 end)
{
  return n_minutes > 0 ? g_get_monotonic_time () >= end : step >= (guint) n_steps;
}

static void
soak (GPtrArray *hosts,
      GRand     *rand)
{
  const gint64 end = g_get_monotonic_time () + n_minutes * G_TIME_SPAN_MINUTE;
  Measure before = { 0 };
  guint n_rests = 0;

  for (guint step = 0; !is_over (step, end); )
    {
      const gint64 soon = g_get_monotonic_time () + PAUSE;
      Measure now;

      /* All hosts may be silent at once */
      if (!do_step (hosts, rand))
        {
          WAIT_FOR (g_get_monotonic_time () >= soon);
          continue;
        }
      if (++step % steps_between_rests != 0)
        continue;
      now = rest (hosts);
      report (step, &now);
      if (++n_rests <= N_WARM_RESTS)
        before = now;
      else
        check_growth (&before, &now);
    }
  g_assert_cmpuint (n_rests, >, N_WARM_RESTS);
}

static void
test_soak (void)
{
  g_autoptr(GPtrArray) hosts = g_ptr_array_new_with_free_func ((GDestroyNotify) soak_host_free);
  g_autoptr(GRand) rand = NULL;

  if (seed == 0)
    seed = g_random_int_range (1, G_MAXINT);
  g_test_message ("seed %d", seed);
  rand = g_rand_new_with_seed (seed);
  lodge_opening_set_keepalive (1, 2);
  for (int i = 0; i < n_hosts; i++)
    {
      SoakHost *host = soak_host_new (i, n_domains / n_hosts);

      lodge_connection_set_stats_interval (soak_host_get_connection (host), 1);
      lodge_connection_watch_stats (soak_host_get_connection (host));
      lodge_connection_remember (soak_host_get_connection (host));
      lodge_connection_get_networks (soak_host_get_connection (host));
      lodge_connection_get_storage_pools (soak_host_get_connection (host));
      g_ptr_array_add (hosts, host);
    }
  soak (hosts, rand);
  report_troubles (hosts);
  soak_print_acts ();
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr(GOptionContext) context = g_option_context_new (NULL);
  g_autoptr(GError) error = NULL;

  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_option_context_add_main_entries (context, options, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      g_printerr ("%s\n", error->message);
      return 2;
    }
  g_test_add_func ("/soak/soak", test_soak);
  return g_test_run ();
}
