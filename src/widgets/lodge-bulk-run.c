/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-bulk-run"

#include "config.h"

#include "lodge-bulk-run.h"

#include <glib/gi18n.h>

#include "model/lodge-connection.h"
#include "util/lodge-error.h"

/* Of one host. Its control lane takes two, so there is always a next one ready; a person's own click has to wait for no
 * more than these. */
#define MAX_RUNNING 4

typedef struct
{
  LodgeDomain *domain;   /* owned */
  GError      *error;    /* owned */
} Failure;

struct _LodgeBulkRun
{
  GObject               parent_instance;

  GPtrArray            *waiting;     /* of LodgeDomain, the next one last */
  GHashTable           *running;     /* borrowed LodgeConnection → how many run there */
  GArray               *failures;    /* of Failure */
  LodgeJob             *job;         /* owned while it runs, weak afterwards: it owns us then, and a list owns it */
  LodgeJobList         *jobs;        /* weak, nullable */
  const LodgeBulkTask  *task;
  gpointer              data;        /* of @task; owned where there is a @free_data */
  GDestroyNotify        free_data;
  LodgeBulkRun         *origin;      /* owned, nullable: what is tried again; it owns @data */
  guint                 n_domains;
  guint                 n_running;
  guint                 n_ended;
};

enum
{
  SIGNAL_ENDED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LodgeBulkRun, lodge_bulk_run, G_TYPE_OBJECT)

/* The plural forms of titles and summaries, by operation */
static char *
dup_operation_title (gpointer data,
                     guint    n)
{
  switch ((LodgeDomainOperation) GPOINTER_TO_UINT (data))
    {
    case LODGE_DOMAIN_START:
    case LODGE_DOMAIN_START_PAUSED:
    case LODGE_DOMAIN_START_FRESH:
      return g_strdup_printf (ngettext ("Starting %u machine", "Starting %u machines", n), n);
    case LODGE_DOMAIN_PAUSE:
      return g_strdup_printf (ngettext ("Pausing %u machine", "Pausing %u machines", n), n);
    case LODGE_DOMAIN_RESUME:
      return g_strdup_printf (ngettext ("Resuming %u machine", "Resuming %u machines", n), n);
    case LODGE_DOMAIN_SHUT_DOWN:
      return g_strdup_printf (ngettext ("Shutting down %u machine", "Shutting down %u machines", n), n);
    case LODGE_DOMAIN_REBOOT:
      return g_strdup_printf (ngettext ("Rebooting %u machine", "Rebooting %u machines", n), n);
    case LODGE_DOMAIN_SAVE:
      return g_strdup_printf (ngettext ("Saving %u machine", "Saving %u machines", n), n);
    case LODGE_DOMAIN_FORCE_OFF:
      return g_strdup_printf (ngettext ("Forcing %u machine off", "Forcing %u machines off", n), n);
    case LODGE_DOMAIN_FORCE_RESET:
      return g_strdup_printf (ngettext ("Resetting %u machine", "Resetting %u machines", n), n);
    case LODGE_DOMAIN_DISCARD_SAVED:
      return g_strdup_printf (ngettext ("Discarding %u saved state", "Discarding %u saved states", n), n);
    case LODGE_DOMAIN_N_OPERATIONS:
    default:
      g_return_val_if_reached (g_strdup (""));
    }
}

static char *
dup_operation_summary (gpointer data,
                       guint    n,
                       guint    all)
{
  switch ((LodgeDomainOperation) GPOINTER_TO_UINT (data))
    {
    case LODGE_DOMAIN_START:
    case LODGE_DOMAIN_START_PAUSED:
    case LODGE_DOMAIN_START_FRESH:
      return g_strdup_printf (ngettext ("%u of %u machine could not start", "%u of %u machines could not start", all),
                              n, all);
    case LODGE_DOMAIN_SHUT_DOWN:
      return g_strdup_printf (ngettext ("%u of %u machine could not be shut down",
                                        "%u of %u machines could not be shut down", all), n, all);
    case LODGE_DOMAIN_SAVE:
      return g_strdup_printf (ngettext ("%u of %u machine could not be saved",
                                        "%u of %u machines could not be saved", all), n, all);
    case LODGE_DOMAIN_PAUSE:
    case LODGE_DOMAIN_RESUME:
    case LODGE_DOMAIN_REBOOT:
    case LODGE_DOMAIN_FORCE_OFF:
    case LODGE_DOMAIN_FORCE_RESET:
    case LODGE_DOMAIN_DISCARD_SAVED:
    case LODGE_DOMAIN_N_OPERATIONS:
    default:
      return g_strdup_printf (ngettext ("%u of %u machine failed", "%u of %u machines failed", all), n, all);
    }
}

static void
start_operation (LodgeDomain         *domain,
                 gpointer             data,
                 GAsyncReadyCallback  callback,
                 gpointer             user_data)
{
  /* No cancellable: what libvirt has begun goes on, and its result is of interest */
  lodge_domain_run_async (domain, GPOINTER_TO_UINT (data), NULL, callback, user_data);
}

static const LodgeBulkTask operation_task = {
  start_operation, lodge_domain_run_finish, dup_operation_title, dup_operation_summary,
};

char *
lodge_bulk_run_dup_summary (LodgeBulkRun *self)
{
  g_return_val_if_fail (LODGE_IS_BULK_RUN (self), NULL);

  return self->task->dup_summary (self->data, self->failures->len, self->n_domains);
}

static void run_next (LodgeBulkRun *self);

static void
end (LodgeBulkRun *self)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(LodgeJob) job = NULL;
  GCancellable *cancellable = lodge_job_get_cancellable (self->job);

  if (self->failures->len > 0)
    {
      g_autofree char *summary = lodge_bulk_run_dup_summary (self);
      const GError *first = g_array_index (self->failures, Failure, 0).error;

      error = g_error_new_literal (first->domain, first->code, summary);
    }
  else if (self->waiting->len > 0)
    g_cancellable_set_error_if_cancelled (cancellable, &error);
  job = g_steal_pointer (&self->job);
  g_set_weak_pointer (&self->job, job);
  g_object_set_data_full (G_OBJECT (job), "lodge-bulk-run", g_object_ref (self), g_object_unref);
  lodge_job_finish (job, error);
  g_signal_emit (self, signals[SIGNAL_ENDED], 0);
}

static void
run_cb (GObject      *object,
        GAsyncResult *result,
        gpointer      user_data)
{
  g_autoptr(LodgeBulkRun) self = user_data;
  LodgeDomain *domain = LODGE_DOMAIN (object);
  LodgeConnection *connection = lodge_domain_get_connection (domain);
  Failure failure = { NULL, NULL };
  g_autofree char *detail = NULL;

  if (!self->task->finish (domain, result, &failure.error))
    {
      failure.domain = g_object_ref (domain);
      g_array_append_val (self->failures, failure);
    }
  if (connection != NULL)
    g_hash_table_insert (self->running, connection,
                         GUINT_TO_POINTER (GPOINTER_TO_UINT (g_hash_table_lookup (self->running, connection)) - 1));
  self->n_running--;
  self->n_ended++;
  /* Translators: how many machines are done: “3 of 14” */
  detail = g_strdup_printf (_("%u of %u"), self->n_ended, self->n_domains);
  lodge_job_set_progress (self->job, detail, (double) self->n_ended / self->n_domains);
  run_next (self);
}

static gboolean
is_stopped (LodgeBulkRun *self)
{
  return g_cancellable_is_cancelled (lodge_job_get_cancellable (self->job));
}

/* As many as the hosts have room for, in the order in which they were given */
static void
run_next (LodgeBulkRun *self)
{
  for (guint i = self->waiting->len; i-- > 0 && !is_stopped (self); )
    {
      g_autoptr(LodgeDomain) domain = g_object_ref (g_ptr_array_index (self->waiting, i));
      LodgeConnection *connection = lodge_domain_get_connection (domain);
      guint n = GPOINTER_TO_UINT (g_hash_table_lookup (self->running, connection));

      if (n >= MAX_RUNNING)
        continue;
      g_hash_table_insert (self->running, connection, GUINT_TO_POINTER (n + 1));
      g_ptr_array_remove_index (self->waiting, i);
      self->n_running++;
      self->task->start (domain, self->data, run_cb, g_object_ref (self));
    }
  if (self->n_running == 0)
    end (self);
}

static void
failure_clear (gpointer data)
{
  Failure *failure = data;

  g_clear_object (&failure->domain);
  g_clear_error (&failure->error);
}

static void
lodge_bulk_run_finalize (GObject *object)
{
  LodgeBulkRun *self = LODGE_BULK_RUN (object);

  g_ptr_array_unref (self->waiting);
  g_hash_table_unref (self->running);
  g_array_unref (self->failures);
  g_clear_weak_pointer (&self->job);
  g_clear_weak_pointer (&self->jobs);
  if (self->free_data != NULL)
    self->free_data (self->data);
  g_clear_object (&self->origin);

  G_OBJECT_CLASS (lodge_bulk_run_parent_class)->finalize (object);
}

static void
lodge_bulk_run_class_init (LodgeBulkRunClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lodge_bulk_run_finalize;
  signals[SIGNAL_ENDED] = g_signal_new ("ended", LODGE_TYPE_BULK_RUN, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 0);
}

static void
lodge_bulk_run_init (LodgeBulkRun *self)
{
  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
  self->running = g_hash_table_new (NULL, NULL);
  self->failures = g_array_new (FALSE, FALSE, sizeof (Failure));
  g_array_set_clear_func (self->failures, failure_clear);
}

LodgeBulkRun *
lodge_bulk_run_new_task (GPtrArray           *domains,
                         const LodgeBulkTask *task,
                         gpointer             data,
                         GDestroyNotify       free_data)
{
  LodgeBulkRun *self = g_object_new (LODGE_TYPE_BULK_RUN, NULL);

  self->task = task;
  self->data = data;
  self->free_data = free_data;
  self->n_domains = domains->len;
  for (guint i = domains->len; i-- > 0; )
    g_ptr_array_add (self->waiting, g_object_ref (domains->pdata[i]));
  return self;
}

/**
 * lodge_bulk_run_new:
 * @domains: (element-type LodgeDomain): at least one; those that do not take the operation fail with the reason
 * @operation: what to do with each
 */
LodgeBulkRun *
lodge_bulk_run_new (GPtrArray            *domains,
                    LodgeDomainOperation  operation)
{
  return lodge_bulk_run_new_task (domains, &operation_task, GUINT_TO_POINTER (operation), NULL);
}

/**
 * lodge_bulk_run_start:
 * @self: a run that has not begun
 * @jobs: (nullable): where its job is shown
 */
void
lodge_bulk_run_start (LodgeBulkRun *self,
                      LodgeJobList *jobs)
{
  g_autofree char *title = self->task->dup_title (self->data, self->n_domains);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();

  g_return_if_fail (LODGE_IS_BULK_RUN (self));
  g_return_if_fail (self->job == NULL);

  self->job = lodge_job_new (title, cancellable);
  g_set_weak_pointer (&self->jobs, jobs);
  if (jobs != NULL)
    lodge_job_list_add (jobs, self->job);
  run_next (self);
}

LodgeJob *
lodge_bulk_run_get_job (LodgeBulkRun *self)
{
  g_return_val_if_fail (LODGE_IS_BULK_RUN (self), NULL);

  return self->job;
}

guint
lodge_bulk_run_get_n_domains (LodgeBulkRun *self)
{
  g_return_val_if_fail (LODGE_IS_BULK_RUN (self), 0);

  return self->n_domains;
}

guint
lodge_bulk_run_get_n_failed (LodgeBulkRun *self)
{
  g_return_val_if_fail (LODGE_IS_BULK_RUN (self), 0);

  return self->failures->len;
}

/**
 * lodge_bulk_run_get_failed:
 * @self: a run
 * @index: below lodge_bulk_run_get_n_failed()
 * @error: (out) (transfer none): why
 *
 * Returns: (transfer none): which machine
 */
LodgeDomain *
lodge_bulk_run_get_failed (LodgeBulkRun  *self,
                           guint          index,
                           const GError **error)
{
  g_return_val_if_fail (LODGE_IS_BULK_RUN (self), NULL);
  g_return_val_if_fail (index < self->failures->len, NULL);

  *error = g_array_index (self->failures, Failure, index).error;
  return g_array_index (self->failures, Failure, index).domain;
}

/**
 * lodge_bulk_run_retry:
 *
 * Returns: (transfer full): it runs already
 */
LodgeBulkRun *
lodge_bulk_run_retry (LodgeBulkRun *self,
                      LodgeJobList *jobs)
{
  g_autoptr(GPtrArray) domains = g_ptr_array_new ();
  LodgeBulkRun *run;

  g_return_val_if_fail (LODGE_IS_BULK_RUN (self), NULL);

  for (guint i = 0; i < self->failures->len; i++)
    g_ptr_array_add (domains, g_array_index (self->failures, Failure, i).domain);
  run = lodge_bulk_run_new_task (domains, self->task, self->data, NULL);
  run->origin = g_object_ref (self);
  lodge_bulk_run_start (run, jobs);
  return run;
}

/**
 * lodge_bulk_run_get_jobs:
 *
 * Returns: (transfer none) (nullable): where its job is
 */
LodgeJobList *
lodge_bulk_run_get_jobs (LodgeBulkRun *self)
{
  g_return_val_if_fail (LODGE_IS_BULK_RUN (self), NULL);

  return self->jobs;
}

LodgeBulkRun *
lodge_bulk_run_find (LodgeJob *job)
{
  g_return_val_if_fail (LODGE_IS_JOB (job), NULL);

  return g_object_get_data (G_OBJECT (job), "lodge-bulk-run");
}
