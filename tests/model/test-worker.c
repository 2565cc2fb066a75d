/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <locale.h>

#include "lib/lodge-test-connection.h"
#include "lib/lodge-test-folder.h"
#include "lib/lodge-test-wait.h"
#include "model/lodge-connection-private.h"
#include "model/lodge-job.h"
#include "util/lodge-error.h"

/* The threads of a connection, and what a person sees of long work */

/* A gate that calls stand at: as slow as a host can be */
typedef struct
{
  GMutex mutex;
  GCond  cond;
  guint  n_inside;
  guint  max_inside;
  guint  n_control;     /* of the control lane, inside */
  guint  max_others;
  guint  n_done;
  gboolean open;
} Gate;

static Gate gate;

static void
stand (gboolean control)
{
  g_mutex_lock (&gate.mutex);
  gate.n_inside++;
  gate.n_control += control;
  gate.max_inside = MAX (gate.max_inside, gate.n_inside);
  gate.max_others = MAX (gate.max_others, gate.n_inside - gate.n_control);
  while (!gate.open)
    g_cond_wait (&gate.cond, &gate.mutex);
  gate.n_inside--;
  gate.n_control -= control;
  g_mutex_unlock (&gate.mutex);
}

static void
control_worker (GTask         *task,
                virConnectPtr  connection,
                gpointer       task_data,
                GCancellable  *cancellable)
{
  stand (TRUE);
  g_task_return_boolean (task, TRUE);
}

static void
other_worker (GTask         *task,
              virConnectPtr  connection,
              gpointer       task_data,
              GCancellable  *cancellable)
{
  stand (FALSE);
  g_task_return_boolean (task, TRUE);
}

static void
done_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  guint *n_errors = user_data;

  gate.n_done++;
  if (!g_task_propagate_boolean (G_TASK (result), NULL))
    (*n_errors)++;
}

static guint
get_inside (void)
{
  guint n;

  g_mutex_lock (&gate.mutex);
  n = gate.n_inside;
  g_mutex_unlock (&gate.mutex);
  return n;
}

static void
set_gate (gboolean open)
{
  g_mutex_lock (&gate.mutex);
  gate.open = open;
  g_cond_broadcast (&gate.cond);
  g_mutex_unlock (&gate.mutex);
}

static void
run (LodgeConnection *connection,
     LodgeLane        lane,
     guint           *n_errors)
{
  g_autoptr(GTask) task = g_task_new (connection, NULL, done_cb, n_errors);

  lodge_connection_run (connection, lane, task, lane == LODGE_LANE_CONTROL ? control_worker : other_worker);
}

/* However much is slow, a person's next wish is carried out, and libvirtd never has more than four calls of ours */
static void
test_lanes (void)
{
  g_autoptr(LodgeTestFolder) folder = lodge_test_folder_new ();
  g_autofree char *uri = lodge_test_write_host (folder, 1, 1);
  LodgeConnection *connection = lodge_test_open (uri);
  guint n_errors = 0;

  set_gate (FALSE);
  gate.max_inside = gate.max_others = gate.n_done = 0;
  for (guint i = 0; i < 4; i++)
    {
      run (connection, LODGE_LANE_LONG, &n_errors);
      run (connection, LODGE_LANE_BULK, &n_errors);
      run (connection, LODGE_LANE_POLL, &n_errors);
      run (connection, LODGE_LANE_DETAILS, &n_errors);
    }
  WAIT_FOR (get_inside () == 3);
  run (connection, LODGE_LANE_CONTROL, &n_errors);
  WAIT_FOR (get_inside () == 4);
  run (connection, LODGE_LANE_CONTROL, &n_errors);
  set_gate (TRUE);
  WAIT_FOR (gate.n_done == 18);
  g_assert_cmpuint (n_errors, ==, 0);
  g_assert_cmpuint (gate.max_inside, ==, 4);
  g_assert_cmpuint (gate.max_others, ==, 3);
  lodge_test_close (connection);
}

/* What waits when the connection is closed ends with an error, what runs ends when it ends */
static void
test_stop (void)
{
  g_autoptr(LodgeTestFolder) folder = lodge_test_folder_new ();
  g_autofree char *uri = lodge_test_write_host (folder, 1, 1);
  LodgeConnection *connection = lodge_test_open (uri);
  guint n_errors = 0;

  set_gate (FALSE);
  gate.n_done = 0;
  for (guint i = 0; i < 5; i++)
    run (connection, LODGE_LANE_LONG, &n_errors);
  WAIT_FOR (get_inside () == 2);
  lodge_connection_close (connection);
  WAIT_FOR (gate.n_done == 3);
  g_assert_cmpuint (n_errors, ==, 3);
  set_gate (TRUE);
  WAIT_FOR (gate.n_done == 5);
  g_assert_cmpuint (n_errors, ==, 3);
  lodge_test_close (connection);
}

static void
notify_cb (LodgeJob   *job,
           GParamSpec *pspec,
           gpointer    user_data)
{
  guint *n = user_data;

  (*n)++;
}

static void
test_job (void)
{
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(LodgeJob) job = lodge_job_new ("Copy", cancellable);
  g_autoptr(LodgeJob) stubborn = lodge_job_new ("Define", NULL);
  g_autoptr(GError) error = g_error_new (LODGE_ERROR, LODGE_ERROR_NO_SPACE, "full");
  g_autoptr(GError) cancelled = NULL;
  guint n_notified = 0;

  g_signal_connect (job, "notify", G_CALLBACK (notify_cb), &n_notified);
  g_assert_cmpint (lodge_job_get_state (job), ==, LODGE_JOB_RUNNING);
  g_assert_true (lodge_job_get_fraction (job) < 0);
  lodge_job_set_progress (job, "half", 0.5);
  g_assert_cmpuint (n_notified, ==, 2);
  lodge_job_set_progress (job, "half", 0.5);
  g_assert_cmpuint (n_notified, ==, 2);
  lodge_job_set_progress (job, "half", 7);
  g_assert_cmpfloat (lodge_job_get_fraction (job), ==, 1);

  g_assert_false (lodge_job_can_cancel (stubborn));
  lodge_job_cancel (stubborn);
  lodge_job_finish (stubborn, error);
  g_assert_cmpint (lodge_job_get_state (stubborn), ==, LODGE_JOB_FAILED);
  g_assert_error (lodge_job_get_error (stubborn), LODGE_ERROR, LODGE_ERROR_NO_SPACE);

  g_assert_true (lodge_job_can_cancel (job));
  lodge_job_cancel (job);
  g_assert_true (g_cancellable_set_error_if_cancelled (cancellable, &cancelled));
  /* It is over when whoever carries it out says so */
  g_assert_cmpint (lodge_job_get_state (job), ==, LODGE_JOB_RUNNING);
  lodge_job_finish (job, cancelled);
  g_assert_cmpint (lodge_job_get_state (job), ==, LODGE_JOB_CANCELLED);
  g_assert_null (lodge_job_get_error (job));
  g_assert_false (lodge_job_can_cancel (job));
}

int
main (int   argc,
      char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/model/worker/lanes", test_lanes);
  g_test_add_func ("/model/worker/stop", test_stop);
  g_test_add_func ("/model/job/life", test_job);
  return g_test_run ();
}
