/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "model/lodge-job.h"

G_BEGIN_DECLS

#define LODGE_TYPE_JOB_ROW (lodge_job_row_get_type ())
G_DECLARE_FINAL_TYPE (LodgeJobRow, lodge_job_row, LODGE, JOB_ROW, GtkListBoxRow)

/* A job in a list: title, progress and what it does now, Cancel; or how it ended. Signal "details": its failure is to
 * be looked at. */
GtkWidget *lodge_job_row_new     (LodgeJob    *job);
LodgeJob  *lodge_job_row_get_job (LodgeJobRow *self);

G_END_DECLS
