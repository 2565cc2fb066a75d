/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-long-calls"

#include "config.h"

#include "lodge-long-calls.h"

#include <glib/gi18n-lib.h>

#include "lodge-login-questions.h"
#include "lodge-opening.h"
#include "lodge-uri.h"
#include "util/lodge-error.h"

/* A daemon that has as many clients as it may have lets us wait without a word */
#define OPEN_PATIENCE 10  /* s */
#define N_CALLS       3

static guint idle_time = 60;  /* s */

typedef struct
{
  GTask         *task;
  LodgeWorkFunc  func;
} Waiting;

/* Counted by g_atomic_rc_box: the owner, the opening thread and libvirt's close callback have one each */
struct _LodgeLongCalls
{
  char                *uri;          /* what libvirt is given */
  LodgeWorker         *first;
  LodgeWorker         *second;       /* owned, nullable: not open */
  LodgeLoginQuestions *questions;
  LodgePeer           *peer;         /* owned, nullable */
  GQueue               waiting;      /* of Waiting, while it opens */
  virConnectPtr        lost;         /* not owned, only to be compared: closed before it got here */
  gboolean             opening;
  gboolean             shared;       /* there is no second one, or it did not open */
  gboolean             stopped;
  guint                patience_source;
  guint                idle_source;
};

/* What the opening thread brings back */
typedef struct
{
  LodgeLongCalls *calls;
  LodgeWorker    *worker;   /* nullable: it did not open */
} Result;

typedef struct
{
  LodgeLongCalls *calls;
  virConnectPtr   connection;   /* not owned, only to be compared */
} Closing;

static void
calls_clear (gpointer data)
{
  LodgeLongCalls *self = data;

  g_free (self->uri);
  lodge_login_questions_unref (self->questions);
  g_clear_pointer (&self->peer, lodge_peer_unref);
}

static LodgeLongCalls *
calls_ref (LodgeLongCalls *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
calls_unref (void *self)
{
  g_atomic_rc_box_release_full (self, calls_clear);
}

/* Whether a second connection leads to the same host, and nobody is asked for it */
static gboolean
can_open_another (const LodgeUri *person,
                  const LodgeUri *libvirt)
{
  /* These run in this process, whatever host they then speak to */
  static const char * const inside[] = { "esx", "gsx", "vpx", "hyperv", "vmwareplayer", "vmwarews", "vmwarefusion",
                                         "openvz", NULL };

  if (person == NULL || libvirt == NULL || g_strv_contains (inside, person->driver))
    return FALSE;
  /* A file of the test driver is another host for each that opens it */
  if (g_str_equal (person->driver, "test")
      && (person->transport == LODGE_TRANSPORT_LOCAL || g_strcmp0 (person->path, "/default") != 0))
    return FALSE;
  switch (person->transport)
    {
    case LODGE_TRANSPORT_SSH:
      /* One more session of the same login; libvirt's own ssh would log in again */
      return libvirt->transport == LODGE_TRANSPORT_UNIX;
    case LODGE_TRANSPORT_LOCAL:
      /* polkit may want the system's password again after some minutes */
      return lodge_uri_is_session (person);
    case LODGE_TRANSPORT_UNIX:
    case LODGE_TRANSPORT_TCP:
    case LODGE_TRANSPORT_TLS:
      return TRUE;
    case LODGE_TRANSPORT_LIBSSH:
    case LODGE_TRANSPORT_EXT:
    default:
      return FALSE;
    }
}

LodgeLongCalls *
lodge_long_calls_new (const char  *uri,
                      const char  *libvirt_uri,
                      LodgePeer   *peer,
                      gboolean     read_only,
                      LodgeWorker *first)
{
  LodgeLongCalls *self = g_atomic_rc_box_new0 (LodgeLongCalls);
  g_autoptr(LodgeUri) person = lodge_uri_parse (uri, NULL);
  g_autoptr(LodgeUri) libvirt = lodge_uri_parse (libvirt_uri, NULL);

  self->uri = g_strdup (libvirt_uri);
  self->peer = peer != NULL ? lodge_peer_ref (peer) : NULL;
  self->first = first;
  self->questions = lodge_login_questions_new (uri, NULL, NULL);
  self->shared = read_only || !can_open_another (person, libvirt);
  g_queue_init (&self->waiting);
  return self;
}

static void
close_second (LodgeLongCalls *self)
{
  g_clear_handle_id (&self->idle_source, g_source_remove);
  g_clear_pointer (&self->second, lodge_worker_stop);
}

/* The next long call opens another one */
static gboolean
closed_idle (gpointer data)
{
  Closing *closing = data;
  LodgeLongCalls *self = closing->calls;

  if (self->second == NULL)
    self->lost = closing->connection;
  else if (lodge_worker_is_of (self->second, closing->connection))
    close_second (self);
  calls_unref (self);
  g_free (closing);
  return G_SOURCE_REMOVE;
}

/* A virConnectCloseFunc: on any thread */
static void
closed_cb (virConnectPtr  connection,
           int            reason,
           void          *opaque)
{
  Closing *closing = g_new0 (Closing, 1);

  closing->calls = calls_ref (opaque);
  closing->connection = connection;
  g_idle_add_full (G_PRIORITY_DEFAULT, closed_idle, closing, NULL);
}

static gboolean
idle_cb (gpointer user_data)
{
  LodgeLongCalls *self = user_data;

  if (lodge_worker_get_n_calls (self->second) > 0)
    return G_SOURCE_CONTINUE;
  self->idle_source = 0;
  close_second (self);
  return G_SOURCE_REMOVE;
}

static void
run_on_second (LodgeLongCalls *self,
               GTask          *task,
               LodgeWorkFunc   func)
{
  /* From the last call on */
  g_clear_handle_id (&self->idle_source, g_source_remove);
  self->idle_source = g_timeout_add_seconds (idle_time, idle_cb, self);
  lodge_worker_run (self->second, LODGE_LANE_LONG, task, func);
}

/* Those that waited for the opening go where it led */
static void
run_waiting (LodgeLongCalls *self)
{
  Waiting *waiting;

  while ((waiting = g_queue_pop_head (&self->waiting)) != NULL)
    {
      if (self->stopped)
        g_task_return_new_error (waiting->task, LODGE_ERROR, LODGE_ERROR_NOT_CONNECTED,
                                 _("The connection was closed."));
      else if (self->second != NULL)
        run_on_second (self, waiting->task, waiting->func);
      else
        lodge_worker_run (self->first, LODGE_LANE_LONG, waiting->task, waiting->func);
      g_object_unref (waiting->task);
      g_free (waiting);
    }
}

static gboolean
opened_idle (gpointer data)
{
  Result *result = data;
  LodgeLongCalls *self = result->calls;

  g_clear_handle_id (&self->patience_source, g_source_remove);
  self->opening = FALSE;
  if (result->worker != NULL && (self->stopped || lodge_worker_is_of (result->worker, self->lost)))
    g_clear_pointer (&result->worker, lodge_worker_stop);
  self->lost = NULL;
  if (!self->stopped)
    {
      lodge_login_questions_commit (self->questions);
      self->second = g_steal_pointer (&result->worker);
      self->shared = self->second == NULL;
      run_waiting (self);
    }
  calls_unref (self);
  g_free (result);
  return G_SOURCE_REMOVE;
}

static gpointer
open_thread (gpointer data)
{
  Result *result = data;
  LodgeLongCalls *self = result->calls;
  virConnectPtr connection = lodge_open_libvirt (self->uri, FALSE, self->questions);

  if (connection != NULL)
    {
      result->worker = lodge_worker_new (connection, closed_cb, self->peer);
      lodge_worker_set_lane_size (result->worker, LODGE_LANE_LONG, N_CALLS);
      if (virConnectRegisterCloseCallback (connection, closed_cb, calls_ref (self), calls_unref) < 0)
        calls_unref (self);
    }
  g_idle_add (opened_idle, result);
  return NULL;
}

static gpointer
cut_thread (gpointer data)
{
  g_autoptr(LodgePeer) peer = data;

  lodge_peer_cut (peer, NULL);
  return NULL;
}

static void
cut (LodgeLongCalls *self)
{
  if (self->opening && self->peer != NULL)
    g_thread_unref (g_thread_new ("lodge-cut", cut_thread, lodge_peer_ref (self->peer)));
}

static gboolean
patience_cb (gpointer user_data)
{
  LodgeLongCalls *self = user_data;

  self->patience_source = 0;
  cut (self);
  return G_SOURCE_REMOVE;
}

static void
start_opening (LodgeLongCalls *self)
{
  Result *result = g_new0 (Result, 1);

  self->opening = TRUE;
  self->patience_source = g_timeout_add_seconds (OPEN_PATIENCE, patience_cb, self);
  result->calls = calls_ref (self);
  g_thread_unref (g_thread_new ("lodge-open", open_thread, result));
}

void
lodge_long_calls_run (LodgeLongCalls *self,
                      GTask          *task,
                      LodgeWorkFunc   func)
{
  Waiting *waiting;

  if (self->shared)
    {
      lodge_worker_run (self->first, LODGE_LANE_LONG, task, func);
      return;
    }
  if (self->second != NULL)
    {
      run_on_second (self, task, func);
      return;
    }
  waiting = g_new0 (Waiting, 1);
  waiting->task = g_object_ref (task);
  waiting->func = func;
  g_queue_push_tail (&self->waiting, waiting);
  if (!self->opening)
    start_opening (self);
}

void
lodge_long_calls_stop (LodgeLongCalls *self)
{
  self->stopped = TRUE;
  g_clear_handle_id (&self->patience_source, g_source_remove);
  lodge_login_questions_cancel (self->questions);
  cut (self);
  close_second (self);
  run_waiting (self);
  calls_unref (self);
}

void
lodge_long_calls_set_idle_time (guint seconds)
{
  idle_time = seconds;
}
