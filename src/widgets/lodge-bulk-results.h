/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "lodge-bulk-run.h"

G_BEGIN_DECLS

/* The failures of a run with their reasons, and Retry */
void lodge_bulk_results_present (GtkWidget    *parent,
                                 LodgeBulkRun *run);
/* A toast on the window of @parent once @run has ended with failures: “2 of 14 machines could not start”, Show */
void lodge_bulk_results_watch   (GtkWidget    *parent,
                                 LodgeBulkRun *run);

G_END_DECLS
