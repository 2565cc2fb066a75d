/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "model/lodge-connection.h"

G_BEGIN_DECLS

/* What lodge-bench-fleet's cases share: the window that has painted all rows of the first host */

GtkWindow  *lodge_bench_fleet_get_window     (void);
const char *lodge_bench_fleet_get_uri        (void);
guint       lodge_bench_fleet_get_n_machines (void);
void        lodge_bench_fleet_wait_for_frame (void);

/* Cases of many hosts and of far ones: lodge-bench-fleet-hosts.c. Each prints one JSON object. */
void        lodge_bench_run_thirty           (LodgeConnection *connection);
void        lodge_bench_run_far              (LodgeConnection *connection);
void        lodge_bench_run_window           (LodgeConnection *connection);

G_END_DECLS
