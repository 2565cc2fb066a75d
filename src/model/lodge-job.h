/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lodge-model-types.h"

G_BEGIN_DECLS

typedef enum
{
  LODGE_JOB_RUNNING,
  LODGE_JOB_DONE,
  LODGE_JOB_FAILED,
  LODGE_JOB_CANCELLED,
} LodgeJobState;

#define LODGE_TYPE_JOB_STATE (lodge_job_state_get_type ())
GType lodge_job_state_get_type (void);

#define LODGE_TYPE_JOB (lodge_job_get_type ())
G_DECLARE_FINAL_TYPE (LodgeJob, lodge_job, LODGE, JOB, GObject)

/* Something that lasts. Properties: title, detail (what it does now), fraction (0–1, negative: unknown), state,
 * error, start-time. Main context only. */
LodgeJob      *lodge_job_new             (const char    *title,
                                          GCancellable  *cancellable);   /* (nullable): cannot be cancelled */
const char    *lodge_job_get_title       (LodgeJob      *self);
const char    *lodge_job_get_detail      (LodgeJob      *self);
double         lodge_job_get_fraction    (LodgeJob      *self);
LodgeJobState  lodge_job_get_state       (LodgeJob      *self);
const GError  *lodge_job_get_error       (LodgeJob      *self);
gint64         lodge_job_get_start_time  (LodgeJob      *self);   /* unix s */
gint64         lodge_job_get_duration    (LodgeJob      *self);   /* s; of one that runs: so far */
gboolean       lodge_job_can_cancel      (LodgeJob      *self);
GCancellable  *lodge_job_get_cancellable (LodgeJob      *self);
void           lodge_job_cancel          (LodgeJob      *self);
void           lodge_job_set_progress    (LodgeJob      *self,
                                          const char    *detail,
                                          double         fraction);
/* Ends it: NULL is done, a cancelled error is CANCELLED, another FAILED */
void           lodge_job_finish          (LodgeJob      *self,
                                          const GError  *error);

#define LODGE_TYPE_JOB_LIST (lodge_job_list_get_type ())
G_DECLARE_FINAL_TYPE (LodgeJobList, lodge_job_list, LODGE, JOB_LIST, GObject)

/* GListModel of LodgeJob, newest first. Property n-running. Finished ones are kept for 24 h, 200 at most. */
LodgeJobList  *lodge_job_list_new        (void);
void           lodge_job_list_add        (LodgeJobList  *self,
                                          LodgeJob      *job);
guint          lodge_job_list_get_n_running (LodgeJobList *self);
void           lodge_job_list_clear_finished (LodgeJobList *self);

G_END_DECLS
