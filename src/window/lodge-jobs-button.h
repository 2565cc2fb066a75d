/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "model/lodge-job.h"

G_BEGIN_DECLS

#define LODGE_TYPE_JOBS_BUTTON (lodge_jobs_button_get_type ())
G_DECLARE_FINAL_TYPE (LodgeJobsButton, lodge_jobs_button, LODGE, JOBS_BUTTON, GtkWidget)

/* Opens the list of jobs, those that run first; says how many do */
GtkWidget *lodge_jobs_button_new   (LodgeJobList    *jobs);
void       lodge_jobs_button_popup (LodgeJobsButton *self);

G_END_DECLS
