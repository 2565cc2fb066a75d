/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LODGE_TYPE_JOB_RING (lodge_job_ring_get_type ())
G_DECLARE_FINAL_TYPE (LodgeJobRing, lodge_job_ring, LODGE, JOB_RING, GtkWidget)

/* What the button of jobs shows: a symbol at rest, a ring that fills while something runs, a dot when something has
 * failed and was not looked at. Presentational: the button has the words. */
GtkWidget *lodge_job_ring_new (void);
/* @fraction: 0–1, negative: nothing runs */
void       lodge_job_ring_set (LodgeJobRing *self,
                               double        fraction,
                               gboolean      failed);

G_END_DECLS
