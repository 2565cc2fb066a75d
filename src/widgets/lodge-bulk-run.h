/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/lodge-domain.h"
#include "model/lodge-job.h"

G_BEGIN_DECLS

/**
 * LodgeBulkTask:
 * @start: begins with one machine; @callback is called once
 * @finish: FALSE with @error: it failed
 * @dup_title: “Starting 3 machines”
 * @dup_summary: “2 of 3 machines could not start”
 *
 * What is done with many machines; @data is the run's own.
 */
typedef struct
{
  void     (*start)       (LodgeDomain          *domain,
                           gpointer              data,
                           GAsyncReadyCallback   callback,
                           gpointer              user_data);
  gboolean (*finish)      (LodgeDomain          *domain,
                           GAsyncResult         *result,
                           GError              **error);
  char    *(*dup_title)   (gpointer              data,
                           guint                 n);
  char    *(*dup_summary) (gpointer              data,
                           guint                 n_failed,
                           guint                 n);
} LodgeBulkTask;

#define LODGE_TYPE_BULK_RUN (lodge_bulk_run_get_type ())
G_DECLARE_FINAL_TYPE (LodgeBulkRun, lodge_bulk_run, LODGE, BULK_RUN, GObject)

/* One operation, or another task, on many machines: a few at a time on each host, one job with progress, and the reason of each failure.
 * It keeps itself alive while it runs, and as long as its job is in a list. Signal "ended". Cancelling the job leaves
 * out what has not begun. */
LodgeBulkRun *lodge_bulk_run_new            (GPtrArray            *domains,
                                             LodgeDomainOperation  operation);
/* @task outlives the run; @data is freed by @free_data when the run and those that try again are gone */
LodgeBulkRun *lodge_bulk_run_new_task       (GPtrArray            *domains,
                                             const LodgeBulkTask  *task,
                                             gpointer              data,
                                             GDestroyNotify        free_data);
void          lodge_bulk_run_start          (LodgeBulkRun         *self,
                                             LodgeJobList         *jobs);
LodgeJob     *lodge_bulk_run_get_job        (LodgeBulkRun         *self);
guint         lodge_bulk_run_get_n_domains  (LodgeBulkRun         *self);
guint         lodge_bulk_run_get_n_failed   (LodgeBulkRun         *self);
/* The machine and the reason of a failure, in the order in which they came */
LodgeDomain  *lodge_bulk_run_get_failed     (LodgeBulkRun         *self,
                                             guint                 index,
                                             const GError        **error);
/* “2 of 14 machines could not be started” */
char         *lodge_bulk_run_dup_summary    (LodgeBulkRun         *self);
/* The same operation on those that failed: a new run with a job of its own */
LodgeBulkRun *lodge_bulk_run_retry          (LodgeBulkRun         *self,
                                             LodgeJobList         *jobs);
LodgeJobList *lodge_bulk_run_get_jobs       (LodgeBulkRun         *self);
/* The run behind a job, NULL: it is another kind of job */
LodgeBulkRun *lodge_bulk_run_find           (LodgeJob             *job);

G_END_DECLS
