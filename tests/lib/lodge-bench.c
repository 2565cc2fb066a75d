/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lodge-bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static gint64 poll_returned;   /* µs, 0: nothing is measured */
static gint64 longest_gap;
static gint64 begin_time;
static double begin_cpu;

static int
poll_func (GPollFD *fds,
           guint    n_fds,
           int      timeout)
{
  int result;

  if (poll_returned != 0)
    longest_gap = MAX (longest_gap, g_get_monotonic_time () - poll_returned);
  result = g_poll (fds, n_fds, timeout);
  poll_returned = g_get_monotonic_time ();
  return result;
}

double
lodge_bench_get_cpu (void)
{
  struct timespec now;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &now);
  return now.tv_sec * 1000.0 + now.tv_nsec / 1e6;
}

double
lodge_bench_get_since (gint64 start)
{
  struct timespec now;

  clock_gettime (CLOCK_MONOTONIC, &now);
  return (now.tv_sec * G_GINT64_CONSTANT (1000000000) + now.tv_nsec - start) / 1e6;
}

guint
lodge_bench_get_private (void)
{
  g_autofree char *text = NULL;
  g_auto(GStrv) lines = NULL;
  guint kib = 0;

  if (!g_file_get_contents ("/proc/self/smaps_rollup", &text, NULL, NULL))
    return 0;
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      guint n;

      if (sscanf (lines[i], "Private_Clean: %u", &n) == 1 || sscanf (lines[i], "Private_Dirty: %u", &n) == 1)
        kib += n;
    }
  return kib;
}

void
lodge_bench_begin (void)
{
  g_main_context_set_poll_func (NULL, poll_func);
  longest_gap = 0;
  poll_returned = begin_time = g_get_monotonic_time ();
  begin_cpu = lodge_bench_get_cpu ();
}

LodgeBenchCost
lodge_bench_end (void)
{
  const LodgeBenchCost cost = {
    .cpu = lodge_bench_get_cpu () - begin_cpu,
    .wall = (g_get_monotonic_time () - begin_time) / 1000.0,
    .gap = longest_gap / 1000.0,
  };

  poll_returned = 0;
  g_main_context_set_poll_func (NULL, NULL);
  return cost;
}

static int
compare (gconstpointer a,
         gconstpointer b)
{
  const double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

double
lodge_bench_get_median (double *values,
                        guint   n)
{
  qsort (values, n, sizeof (double), compare);
  return values[n / 2];
}
