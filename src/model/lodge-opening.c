/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-opening"

#include "config.h"

#include "lodge-opening.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "lodge-host-snapshot.h"
#include "lodge-libvirt-error.h"
#include "lodge-login-questions.h"
#include "lodge-tls-certificates.h"
#include "util/lodge-error.h"

/* Dead after (count + 1) × interval without any traffic */
static int keepalive_interval = 5;  /* s */
static unsigned int keepalive_count = 3;

/* A host that lets us connect and says nothing, or that no packet comes back from, is given up. A person who thinks about a
 * password is not; nor is a daemon of this computer, which may have the desktop ask for one. */
static guint patience = 30;  /* s */

/* A wrong password is asked for again, as ssh does it */
#define MAX_LOGINS 3

/* libvirt may hear of the end of ssh before its parent does */
#define SSH_PATIENCE 300  /* ms */

/* Counted by g_atomic_rc_box: the owner and the thread have one. */
struct _LodgeOpening
{
  char                    *uri;
  LodgeSshTransport       *transport;    /* owned, nullable; main thread */
  char                    *libvirt_uri;  /* nullable: what libvirt is given instead; of the thread */
  gboolean                 read_only;
  LodgeHostEvents         *events;
  GCancellable            *cancellable;
  const LodgeOpeningFuncs *funcs;
  gpointer                 user_data;
  gboolean                 abandoned;  /* main thread */
  guint                    closed_timeout;
  int                      closed_reason;
  GMutex                   mutex;
  LodgePeer               *peer;       /* with @mutex, nullable: where the thread opens a socket to */
  gboolean                 opened;     /* with @mutex: libvirt has connected, or failed */
  gboolean                 ended;      /* with @mutex: libvirt is not waited for any more */
  gboolean                 timed_out;  /* with @mutex */
  guint                    patience_source;
  LodgeLoginQuestions     *questions;
  guint                    n_logins;   /* that were refused; main thread */
};

typedef struct
{
  LodgeOpening    *opening;
  LodgeOpenResult *result;
} Message;

static gpointer open_thread (gpointer data);

static LodgeOpening *
opening_ref (LodgeOpening *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
opening_clear (gpointer data)
{
  LodgeOpening *self = data;

  g_free (self->uri);
  g_free (self->libvirt_uri);
  lodge_login_questions_unref (self->questions);
  lodge_host_events_unref (self->events);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->peer, lodge_peer_unref);
  g_mutex_clear (&self->mutex);
}

static void
opening_unref (void *data)
{
  g_atomic_rc_box_release_full (data, opening_clear);
}

static void
unref_events_cb (void *events)
{
  lodge_host_events_unref (events);
}

static void
credentials_cb (LodgeCredentialRequest *request,
                gpointer                user_data)
{
  LodgeOpening *self = user_data;

  self->funcs->credentials (self, request, self->user_data);
}

static void
post (GSourceFunc  func,
      Message     *message)
{
  g_autoptr(GSource) source = g_idle_source_new ();

  /* After input and drawing */
  g_source_set_priority (source, G_PRIORITY_DEFAULT_IDLE);
  g_source_set_callback (source, func, message, NULL);
  g_source_attach (source, NULL);
}

void
lodge_opening_set_keepalive (int          interval,
                             unsigned int count)
{
  keepalive_interval = interval;
  keepalive_count = count;
}

void
lodge_opening_set_patience (guint seconds)
{
  patience = seconds;
}

void
lodge_open_result_free (LodgeOpenResult *result)
{
  g_clear_error (&result->error);
  g_clear_pointer (&result->domains, g_ptr_array_unref);
  g_free (result->host.name);
  g_free (result);
}

static gpointer
cut_thread (gpointer data)
{
  g_autoptr(LodgePeer) peer = data;

  lodge_peer_cut (peer, NULL);
  return NULL;
}

/* What libvirt waits for ends now, if it still waits */
static void
cut (LodgeOpening *self)
{
  LodgePeer *peer;

  g_cancellable_cancel (self->cancellable);
  g_mutex_lock (&self->mutex);
  peer = self->peer != NULL && !self->ended ? lodge_peer_ref (self->peer) : NULL;
  g_mutex_unlock (&self->mutex);
  if (peer != NULL)
    g_thread_unref (g_thread_new ("lodge-cut", cut_thread, peer));
}

static gboolean
patience_cb (gpointer user_data)
{
  LodgeOpening *self = user_data;
  gboolean waits;

  if (lodge_login_questions_is_asking (self->questions))
    return G_SOURCE_CONTINUE;
  self->patience_source = 0;
  /* From when it is open on, keepalive tells */
  g_mutex_lock (&self->mutex);
  waits = !self->opened;
  self->timed_out = waits;
  g_mutex_unlock (&self->mutex);
  if (waits)
    cut (self);
  return G_SOURCE_REMOVE;
}

static gboolean
is_far (LodgeOpening *self)
{
  g_autoptr(LodgeUri) uri = lodge_uri_parse (self->uri, NULL);

  return uri != NULL && uri->host != NULL;
}

static void
start_thread (LodgeOpening *self)
{
  self->ended = self->opened = self->timed_out = FALSE;
  g_clear_handle_id (&self->patience_source, g_source_remove);
  if (is_far (self))
    self->patience_source = g_timeout_add_seconds (patience, patience_cb, self);
  g_thread_unref (g_thread_new ("lodge-open", open_thread, opening_ref (self)));
}

static void
explained_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  Message *message = user_data;
  LodgeOpening *self = message->opening;
  g_autoptr(GError) error = NULL;
  const gboolean again = lodge_ssh_transport_explain_finish (LODGE_SSH_TRANSPORT (object), result, &error);

  if (!again)
    {
      g_clear_error (&message->result->error);
      message->result->error = g_steal_pointer (&error);
    }
  if (self->abandoned)
    lodge_open_result_free (message->result);
  else if (again)
    {
      lodge_open_result_free (message->result);
      start_thread (self);
    }
  else
    self->funcs->done (self, message->result, self->user_data);
  opening_unref (self);
  g_free (message);
}

/* Only a person's next answer can be another one: nobody is asked without a reason, and the keyring is not tried twice */
static gboolean
may_ask_again (LodgeOpening          *self,
               const LodgeOpenResult *result)
{
  return !self->abandoned && result->worker == NULL
         && g_error_matches (result->error, LODGE_ERROR, LODGE_ERROR_AUTH_FAILED)
         && lodge_login_questions_has_answered (self->questions) && ++self->n_logins < MAX_LOGINS;
}

static gboolean
done_idle (gpointer data)
{
  Message *message = data;

  g_clear_handle_id (&message->opening->patience_source, g_source_remove);
  if (may_ask_again (message->opening, message->result))
    {
      lodge_open_result_free (message->result);
      start_thread (message->opening);
      opening_unref (message->opening);
      g_free (message);
      return G_SOURCE_REMOVE;
    }
  /* What the host said is worth more than “end of file” */
  if (!message->opening->abandoned && message->opening->transport != NULL && message->opening->libvirt_uri != NULL
      && message->result->worker == NULL)
    {
      lodge_ssh_transport_explain_async (message->opening->transport, message->result->error, explained_cb, message);
      return G_SOURCE_REMOVE;
    }
  if (!message->opening->abandoned && message->result->worker != NULL)
    lodge_login_questions_commit (message->opening->questions);
  if (!message->opening->abandoned)
    message->opening->funcs->done (message->opening, message->result, message->opening->user_data);
  else
    {
      g_clear_pointer (&message->result->worker, lodge_worker_stop);
      lodge_open_result_free (message->result);
    }
  opening_unref (message->opening);
  g_free (message);
  return G_SOURCE_REMOVE;
}

static const char *
get_libvirt_uri (LodgeOpening *self)
{
  return self->libvirt_uri != NULL ? self->libvirt_uri : self->uri;
}

/* Where libvirt will open its socket to, so that it can be made to give up */
static gboolean
find_peer (LodgeOpening  *self,
           GError       **error)
{
  g_autoptr(LodgeUri) uri = lodge_uri_parse (get_libvirt_uri (self), NULL);
  LodgePeer *peer;

  if (uri == NULL)
    return TRUE;
  peer = lodge_peer_new (uri, self->cancellable, error);
  if (peer == NULL)
    return FALSE;
  g_mutex_lock (&self->mutex);
  g_clear_pointer (&self->peer, lodge_peer_unref);
  self->peer = peer;
  g_mutex_unlock (&self->mutex);
  return TRUE;
}

static void
explain_certificate (LodgeOpening *self,
                     GError       *error)
{
  g_autoptr(LodgeUri) uri = lodge_uri_parse (self->uri, NULL);
  g_autofree char *hint = NULL;

  if (uri == NULL || uri->transport != LODGE_TRANSPORT_TLS || uri->host == NULL
      || !g_error_matches (error, LODGE_ERROR, LODGE_ERROR_AUTH_FAILED)
      || strstr (error->message, "verify peer's certificate") == NULL)
    return;
  hint = lodge_tls_certificates_explain (uri, self->cancellable);
  if (hint != NULL)
    lodge_error_set_hint (error, hint);
}

/* libvirt has one code for a wrong password and a cancelled question, and for a socket that was shut down just “cannot” */
static void
explain_failure (LodgeOpening    *self,
                 LodgeOpenResult *result)
{
  g_autoptr(GError) error = g_steal_pointer (&result->error);
  gboolean timed_out;

  g_mutex_lock (&self->mutex);
  timed_out = self->timed_out;
  g_mutex_unlock (&self->mutex);
  if (timed_out)
    {
      lodge_set_error (&result->error, LODGE_ERROR_TIMED_OUT, _("The host did not answer within %u seconds."), patience);
      lodge_error_set_details (result->error, error->message, 0, 0);
      lodge_error_set_hint (result->error, _("Check that the host and its libvirt service run, and that no firewall is "
                                             "in between."));
    }
  else if (lodge_login_questions_was_cancelled (self->questions))
    lodge_set_error (&result->error, LODGE_ERROR_AUTH_CANCELLED, _("The question for the password was cancelled."));
  else
    {
      result->error = g_steal_pointer (&error);
      explain_certificate (self, result->error);
    }
  if (result->error->domain == LODGE_ERROR)
    lodge_error_set_uri (result->error, self->uri);
}

virConnectPtr
lodge_open_libvirt (const char          *uri,
                    gboolean             read_only,
                    LodgeLoginQuestions *questions)
{
  static const int types[] = {
    VIR_CRED_USERNAME, VIR_CRED_AUTHNAME, VIR_CRED_PASSPHRASE, VIR_CRED_NOECHOPROMPT,
    VIR_CRED_ECHOPROMPT, VIR_CRED_REALM,
  };
  virConnectAuth auth = { (int *) types, G_N_ELEMENTS (types), lodge_login_questions_ask, questions };
  virConnectPtr connection = virConnectOpenAuth (uri, &auth, read_only ? VIR_CONNECT_RO : 0);

  /* Drivers inside of this process have none */
  if (connection != NULL)
    virConnectSetKeepAlive (connection, keepalive_interval, keepalive_count);
  return connection;
}

static void
set_opened (LodgeOpening *self)
{
  g_mutex_lock (&self->mutex);
  self->opened = TRUE;
  g_mutex_unlock (&self->mutex);
}

static void
open_connection (LodgeOpening    *self,
                 LodgeOpenResult *result)
{
  virConnectPtr connection;

  if (!find_peer (self, &result->error))
    {
      explain_failure (self, result);
      return;
    }
  connection = lodge_open_libvirt (get_libvirt_uri (self), self->read_only, self->questions);
  set_opened (self);
  if (connection == NULL)
    {
      result->error = lodge_error_new_from_libvirt (self->uri);
      explain_failure (self, result);
      return;
    }

  result->read_only = self->read_only;
  result->worker = lodge_worker_new (connection, lodge_host_events_close_cb, self->peer);
  /* (Drivers inside of this process have none: they cannot be lost.) */
  if (virConnectRegisterCloseCallback (connection, lodge_host_events_close_cb,
                                       lodge_host_events_ref (self->events), unref_events_cb) < 0)
    lodge_host_events_unref (self->events);
  lodge_host_events_listen (self->events, result->worker, connection, LODGE_EVENTS_LIFECYCLE);
  result->domains = lodge_host_snapshot_read_domains (connection, self->uri, &result->host, &result->error);
}

static gpointer
open_thread (gpointer data)
{
  LodgeOpening *self = data;
  Message *message = g_new0 (Message, 1);

  message->opening = self;
  message->result = g_new0 (LodgeOpenResult, 1);
  open_connection (self, message->result);
  g_mutex_lock (&self->mutex);
  self->ended = TRUE;
  g_mutex_unlock (&self->mutex);
  post (done_idle, message);
  return NULL;
}

/* Over SSH */

static void
transport_prompt_cb (LodgeSshTransport      *transport,
                     LodgeCredentialRequest *request,
                     LodgeOpening           *self)
{
  self->funcs->credentials (self, request, self->user_data);
}

static gboolean
closed_timeout_cb (gpointer user_data)
{
  LodgeOpening *self = user_data;

  self->closed_timeout = 0;
  self->funcs->closed (self, self->closed_reason, NULL, self->user_data);
  return G_SOURCE_REMOVE;
}

static void
transport_lost_cb (LodgeSshTransport *transport,
                   const GError      *error,
                   LodgeOpening      *self)
{
  g_clear_handle_id (&self->closed_timeout, g_source_remove);
  self->funcs->closed (self, -1, error, self->user_data);
}

void
lodge_opening_host_closed (LodgeOpening *self,
                           int           reason)
{
  /* When ssh has ended, it says why in a moment */
  if (self->transport == NULL)
    self->funcs->closed (self, reason, NULL, self->user_data);
  else if (self->closed_timeout == 0)
    {
      self->closed_reason = reason;
      self->closed_timeout = g_timeout_add (SSH_PATIENCE, closed_timeout_cb, self);
    }
}

/* Takes @error */
static void
fail (LodgeOpening *self,
      GError       *error)
{
  Message *message = g_new0 (Message, 1);

  message->opening = opening_ref (self);
  message->result = g_new0 (LodgeOpenResult, 1);
  message->result->error = error;
  post (done_idle, message);
}

static void
transport_opened_cb (GObject      *object,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  LodgeOpening *self = user_data;
  GError *error = NULL;

  if (!lodge_ssh_transport_open_finish (LODGE_SSH_TRANSPORT (object), result, &error))
    {
      if (self->abandoned)
        g_error_free (error);
      else
        fail (self, error);
    }
  else if (!self->abandoned)
    {
      self->libvirt_uri = g_strdup (lodge_ssh_transport_get_uri (self->transport));
      start_thread (self);
    }
  opening_unref (self);
}

/* FALSE: it does not go over SSH */
static gboolean
start_transport (LodgeOpening *self)
{
  g_autoptr(LodgeUri) parsed = lodge_uri_parse (self->uri, NULL);
  g_autoptr(LodgeSshTarget) target = NULL;
  GError *error = NULL;

  if (parsed == NULL || parsed->transport != LODGE_TRANSPORT_SSH)
    return FALSE;
  target = lodge_ssh_target_new (parsed, self->read_only, &error);
  if (target == NULL)
    {
      lodge_error_set_uri (error, self->uri);
      fail (self, error);
      return TRUE;
    }
  self->transport = lodge_ssh_transport_new (target);
  g_signal_connect (self->transport, "prompt", G_CALLBACK (transport_prompt_cb), self);
  g_signal_connect (self->transport, "lost", G_CALLBACK (transport_lost_cb), self);
  lodge_ssh_transport_open_async (self->transport, NULL, transport_opened_cb, opening_ref (self));
  return TRUE;
}

/**
 * lodge_opening_start:
 * @uri: of the connection
 * @read_only: ask for less: nothing can be changed through it
 * @events: told from the opening on; its callbacks are taken back by the worker
 * @funcs: told on the main context
 * @user_data: for @funcs; need not live longer than until lodge_opening_abandon()
 *
 * Logs in where the host is reached over SSH, then virConnectOpenAuth() on a thread of its own, events, host facts and
 * the list of domains.
 */
LodgeOpening *
lodge_opening_start (const char              *uri,
                     gboolean                 read_only,
                     LodgeHostEvents         *events,
                     const LodgeOpeningFuncs *funcs,
                     gpointer                 user_data)
{
  LodgeOpening *self = g_atomic_rc_box_new0 (LodgeOpening);

  self->uri = g_strdup (uri);
  self->read_only = read_only;
  self->events = lodge_host_events_ref (events);
  self->cancellable = g_cancellable_new ();
  self->funcs = funcs;
  self->user_data = user_data;
  g_mutex_init (&self->mutex);
  self->questions = lodge_login_questions_new (uri, credentials_cb, self);
  if (!start_transport (self))
    start_thread (self);
  return self;
}

LodgeSshTransport *
lodge_opening_get_transport (LodgeOpening *self)
{
  return self->transport;
}

LodgeLongCalls *
lodge_opening_new_long_calls (LodgeOpening *self,
                              LodgeWorker  *worker)
{
  g_autoptr(LodgePeer) peer = NULL;

  g_mutex_lock (&self->mutex);
  peer = self->peer != NULL ? lodge_peer_ref (self->peer) : NULL;
  g_mutex_unlock (&self->mutex);
  return lodge_long_calls_new (self->uri, get_libvirt_uri (self), peer, self->read_only, worker);
}

void
lodge_opening_abandon (LodgeOpening *self)
{
  self->abandoned = TRUE;
  lodge_login_questions_cancel (self->questions);
  g_clear_handle_id (&self->closed_timeout, g_source_remove);
  g_clear_handle_id (&self->patience_source, g_source_remove);
  lodge_host_events_mute (self->events);
  /* Calls that wait for the host come back now */
  if (self->transport != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->transport, self);
      lodge_ssh_transport_close (self->transport);
    }
  g_clear_object (&self->transport);
  cut (self);
  opening_unref (self);
}
