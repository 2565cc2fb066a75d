/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What something cost this process */
typedef struct
{
  double cpu;    /* ms of all threads, by the scheduler's own count */
  double wall;   /* ms */
  double gap;    /* ms: the longest stretch in which the main loop did not look for events */
} LodgeBenchCost;

/* One measurement at a time: what comes between the two calls */
void            lodge_bench_begin       (void);
LodgeBenchCost  lodge_bench_end         (void);

/* ms of CPU since the process began */
double          lodge_bench_get_cpu     (void);
/* KiB that no other process shares */
guint           lodge_bench_get_private (void);
/* ms since @start, in ns of CLOCK_MONOTONIC */
double          lodge_bench_get_since   (gint64          start);
/* Sorts @values */
double          lodge_bench_get_median  (double         *values,
                                         guint           n);

G_END_DECLS
