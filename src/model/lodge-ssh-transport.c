/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-ssh-transport"

#include "config.h"

#include "lodge-ssh-transport.h"

#include <fcntl.h>
#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sys/socket.h>
#include <unistd.h>

#include "lodge-credential-request-private.h"
#include "lodge-ssh-channel.h"
#include "lodge-ssh-command.h"
#include "lodge-ssh-process.h"
#include "lodge-ssh-session.h"
#include "lodge-ssh-streams.h"
#include "util/lodge-error.h"

/* The far command's exit code comes with the end of its channel, some milliseconds apart */
#define EXPLAIN_PATIENCE  3000            /* ms */

struct _LodgeSshTransport
{
  GObject         parent_instance;

  LodgeSshTarget *target;          /* owned */
  LodgeSshMaster *master;          /* owned, nullable */
  gboolean        closed;
  gboolean        ready;
  gboolean        replaced_key;    /* once in a life */
  GTask          *open_task;       /* owned, nullable */
  gulong          cancel_handler;
  LodgeCredentialRequest *question; /* owned, nullable: ours, about a changed key */

  GSocket        *listener;        /* owned, nullable: what libvirt connects to */
  GSource        *listener_source;
  char           *socket_path;
  char           *uri;
  guint           way;             /* the one of the target's ways that is used now */
  GPtrArray      *sessions;        /* of LodgeSshSession */
  GPtrArray      *ended;           /* owned strings: what ways that failed had to say */
  LodgeSshStreams *streams;        /* owned */
  GTask          *explain_task;    /* owned, nullable */
  guint           explain_timeout;
};

enum
{
  PROMPT,
  LOST,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LodgeSshTransport, lodge_ssh_transport, G_TYPE_OBJECT)

static void start_master (LodgeSshTransport *self);

/* libvirt's connections */

static const LodgeSshWay *
get_way (LodgeSshTransport *self)
{
  return g_ptr_array_index (self->target->ways, self->way);
}

static LodgeSshSession *
get_last_session (LodgeSshTransport *self)
{
  return self->sessions->len > 0 ? self->sessions->pdata[self->sessions->len - 1] : NULL;
}

static void
finish_explanation (LodgeSshTransport *self,
                    LodgeSshSession   *session)
{
  g_autoptr(GTask) task = g_steal_pointer (&self->explain_task);
  const GError *libvirt_error = g_task_get_task_data (task);
  const LodgeSshFailure *failure = self->master != NULL ? lodge_ssh_master_get_failure (self->master) : NULL;
  g_autoptr(GError) error = session != NULL ? lodge_ssh_session_explain (session, self->target->uri) : NULL;

  g_clear_handle_id (&self->explain_timeout, g_source_remove);
  if (failure != NULL)
    {
      g_task_return_error (task, g_error_copy (failure->error));
      return;
    }
  if (session != NULL && lodge_ssh_session_way_is_missing (session)
      && lodge_ssh_session_get_way (session) == get_way (self))
    {
      g_ptr_array_add (self->ended, g_strdup (error != NULL ? lodge_error_get_libvirt_text (error) : ""));
      if (self->way + 1 < self->target->ways->len)
        {
          self->way++;
          g_task_return_boolean (task, TRUE);
          return;
        }
      if (self->ended->len > 1)
        {
          g_autofree char *all = NULL;

          g_ptr_array_add (self->ended, NULL);
          all = g_strjoinv ("\n", (char **) self->ended->pdata);
          g_ptr_array_set_size (self->ended, self->ended->len - 1);
          g_clear_error (&error);
          error = lodge_ssh_session_error_new (all, -1, self->target->uri);
          g_free (error->message);
          error->message = g_strdup (_("libvirt cannot be reached on that host."));
        }
    }
  g_task_return_error (task, error != NULL ? g_steal_pointer (&error) : g_error_copy (libvirt_error));
}

static void
session_closed_cb (LodgeSshSession *session,
                   gpointer         user_data)
{
  LodgeSshTransport *self = user_data;

  /* The last one may still be asked about */
  for (guint i = 0; i + 1 < self->sessions->len; i++)
    {
      LodgeSshSession *other = self->sessions->pdata[i];

      if (other != session && lodge_ssh_session_is_closed (other))
        {
          g_ptr_array_remove_index (self->sessions, i);
          i--;
        }
    }
  /* Whoever hears this may close the transport: nothing is touched after it */
  if (self->explain_task != NULL && lodge_ssh_session_get_way (session) == get_way (self))
    finish_explanation (self, session);
}

static gboolean
accept_cb (GSocket      *socket,
           GIOCondition  condition,
           gpointer      user_data)
{
  LodgeSshTransport *self = user_data;
  g_autoptr(GSocket) accepted = g_socket_accept (socket, NULL, NULL);
  int fd;

  if (accepted == NULL || !self->ready)
    return G_SOURCE_CONTINUE;
  fd = fcntl (g_socket_get_fd (accepted), F_DUPFD_CLOEXEC, 3);
  if (fd >= 0)
    g_ptr_array_add (self->sessions,
                     lodge_ssh_session_new (lodge_ssh_master_get_control_path (self->master), get_way (self), fd,
                                            session_closed_cb, self));
  return G_SOURCE_CONTINUE;
}

static gboolean
explain_timeout_cb (gpointer user_data)
{
  LodgeSshTransport *self = user_data;

  self->explain_timeout = 0;
  finish_explanation (self, get_last_session (self));
  return G_SOURCE_REMOVE;
}

void
lodge_ssh_transport_explain_async (LodgeSshTransport   *self,
                                   const GError        *libvirt_error,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data)
{
  LodgeSshSession *last = get_last_session (self);

  g_return_if_fail (LODGE_IS_SSH_TRANSPORT (self));
  g_return_if_fail (self->explain_task == NULL);

  self->explain_task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (self->explain_task, lodge_ssh_transport_explain_async);
  g_task_set_task_data (self->explain_task, g_error_copy (libvirt_error), (GDestroyNotify) g_error_free);

  if (last == NULL || lodge_ssh_session_is_closed (last) || self->closed)
    finish_explanation (self, last);
  else
    self->explain_timeout = g_timeout_add (EXPLAIN_PATIENCE, explain_timeout_cb, self);
}

gboolean
lodge_ssh_transport_explain_finish (LodgeSshTransport  *self,
                                    GAsyncResult       *result,
                                    GError            **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* The login */

static void
finish_open (LodgeSshTransport *self,
             GError            *error)
{
  g_autoptr(GTask) task = g_steal_pointer (&self->open_task);

  if (task == NULL)
    {
      g_clear_error (&error);
      return;
    }
  if (self->cancel_handler != 0)
    g_signal_handler_disconnect (g_task_get_cancellable (task), self->cancel_handler);
  self->cancel_handler = 0;
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static void
key_replaced_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(LodgeSshTransport) self = user_data;
  g_autoptr(GError) local = NULL;
  g_autofree char *text = NULL;
  GError *error;

  if (self->closed)
    return;
  if (g_subprocess_communicate_utf8_finish (G_SUBPROCESS (object), result, NULL, &text, &local)
      && g_subprocess_get_if_exited (G_SUBPROCESS (object))
      && g_subprocess_get_exit_status (G_SUBPROCESS (object)) == 0)
    {
      start_master (self);
      return;
    }
  error = g_error_new (LODGE_ERROR, LODGE_ERROR_PERMISSION, _("The known key of the host could not be removed."));
  lodge_error_set_details (error, text != NULL ? text : local->message, 0, 0);
  lodge_error_set_hint (error, _("Where the key is noted for all users of this computer, its administrator can "
                                 "remove it."));
  lodge_error_set_uri (error, self->target->uri);
  finish_open (self, error);
}

/* ssh-keygen keeps what was there in FILE.old. The new key is asked about like any unknown one. */
static void
replace_key (LodgeSshTransport     *self,
             const LodgeSshFailure *failure)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GSubprocess) process =
    g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_PIPE, &error,
                      "ssh-keygen", "-R", failure->host, "-f", failure->file, NULL);

  self->replaced_key = TRUE;
  if (process == NULL)
    finish_open (self, g_error_new (LODGE_ERROR, LODGE_ERROR_NOT_SUPPORTED, "%s", error->message));
  else
    g_subprocess_communicate_utf8_async (process, NULL, NULL, key_replaced_cb, g_object_ref (self));
}

static void
changed_key_answered_cb (LodgeCredentialRequest *request,
                         LodgeSshTransport      *self)
{
  const LodgeSshFailure *failure = lodge_ssh_master_get_failure (self->master);

  g_signal_handlers_disconnect_by_data (request, self);
  g_clear_object (&self->question);
  if (lodge_credential_request_was_answered (request))
    replace_key (self, failure);
  else
    finish_open (self, g_error_copy (failure->error));
}

static gboolean
ask_about_changed_key (LodgeSshTransport     *self,
                       const LodgeSshFailure *failure)
{
  LodgeCredentialRequest *request;

  if (failure->kind != LODGE_SSH_FAILURE_CHANGED_HOST_KEY || failure->file == NULL || failure->host == NULL
      || self->replaced_key || !g_signal_has_handler_pending (self, signals[PROMPT], 0, FALSE))
    return FALSE;
  request = lodge_credential_request_new_for (LODGE_CREDENTIALS_CHANGED_HOST_KEY, failure->host, NULL);
  lodge_credential_request_set_key (request, failure->key_type, failure->fingerprint, failure->file, failure->line);
  self->question = request;
  g_signal_connect (request, "ended", G_CALLBACK (changed_key_answered_cb), self);
  g_signal_emit (self, signals[PROMPT], 0, request);
  return TRUE;
}

static void
master_ended (LodgeSshTransport *self)
{
  const LodgeSshFailure *failure = lodge_ssh_master_get_failure (self->master);
  g_autoptr(GError) error = NULL;

  if (failure != NULL)
    error = g_error_copy (failure->error);
  else
    {
      error = g_error_new (LODGE_ERROR, LODGE_ERROR_AUTH_CANCELLED, _("The question was cancelled."));
      lodge_error_set_uri (error, self->target->uri);
    }
  if (self->ready)
    {
      self->ready = FALSE;
      g_ptr_array_set_size (self->sessions, 0);
      if (self->explain_task != NULL)
        finish_explanation (self, NULL);
      g_signal_emit (self, signals[LOST], 0, error);
    }
  else if (failure == NULL || !ask_about_changed_key (self, failure))
    finish_open (self, g_steal_pointer (&error));
}

static void
master_changed_cb (LodgeSshTransport *self)
{
  g_autoptr(LodgeSshTransport) alive = g_object_ref (self);

  if (self->closed)
    return;
  switch (lodge_ssh_master_get_state (self->master))
    {
    case LODGE_SSH_READY:
      self->ready = TRUE;
      finish_open (self, NULL);
      break;
    case LODGE_SSH_ENDED:
      master_ended (self);
      break;
    case LODGE_SSH_IDLE:
    case LODGE_SSH_STARTING:
    case LODGE_SSH_ASKING:
    default:
      break;
    }
}

static void
master_prompt_cb (LodgeSshTransport      *self,
                  LodgeCredentialRequest *request)
{
  if (g_signal_has_handler_pending (self, signals[PROMPT], 0, FALSE))
    g_signal_emit (self, signals[PROMPT], 0, request);
  else
    lodge_credential_request_cancel (request);
}

static void
drop_master (LodgeSshTransport *self)
{
  if (self->master == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->master, self);
  lodge_ssh_master_end (self->master);
  g_clear_object (&self->master);
}

static void
start_master (LodgeSshTransport *self)
{
  drop_master (self);
  self->master = lodge_ssh_master_new (self->target);
  g_signal_connect_swapped (self->master, "changed", G_CALLBACK (master_changed_cb), self);
  g_signal_connect_swapped (self->master, "prompt", G_CALLBACK (master_prompt_cb), self);
  lodge_ssh_master_start (self->master);
}

static void
listen_thread (GTask        *task,
               gpointer      source_object,
               gpointer      task_data,
               GCancellable *cancellable)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *folder = lodge_ssh_dup_folder (&error);
  g_autofree char *path = NULL;
  int fd = -1;

  if (folder != NULL)
    {
      path = lodge_ssh_dup_socket_path (folder, ".vir");
      fd = lodge_ssh_listen (path, &error);
    }
  if (fd < 0)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  g_object_set_data_full (G_OBJECT (task), "lodge-path", g_steal_pointer (&path), g_free);
  g_task_return_int (task, fd);
}

static void
listening_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  LodgeSshTransport *self = LODGE_SSH_TRANSPORT (object);
  GError *error = NULL;
  int fd = (int) g_task_propagate_int (G_TASK (result), &error);

  if (fd < 0)
    {
      finish_open (self, error);
      return;
    }
  self->socket_path = g_strdup (g_object_get_data (G_OBJECT (result), "lodge-path"));
  if (self->closed)
    {
      close (fd);
      g_unlink (self->socket_path);
      return;
    }
  self->uri = lodge_ssh_target_dup_private_uri (self->target, self->socket_path);
  self->listener = g_socket_new_from_fd (fd, NULL);
  g_socket_set_blocking (self->listener, FALSE);
  self->listener_source = g_socket_create_source (self->listener, G_IO_IN, NULL);
  g_source_set_callback (self->listener_source, G_SOURCE_FUNC (accept_cb), self, NULL);
  g_source_attach (self->listener_source, NULL);
  start_master (self);
}

static void
open_cancelled_cb (GCancellable      *cancellable,
                   LodgeSshTransport *self)
{
  /* Not from within the handler, which may not be disconnected there */
  self->cancel_handler = 0;
  lodge_ssh_transport_close (self);
}

void
lodge_ssh_transport_open_async (LodgeSshTransport   *self,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (LODGE_IS_SSH_TRANSPORT (self));
  g_return_if_fail (self->open_task == NULL && self->master == NULL && !self->closed);

  self->open_task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (self->open_task, lodge_ssh_transport_open_async);
  if (cancellable != NULL)
    self->cancel_handler = g_signal_connect (cancellable, "cancelled", G_CALLBACK (open_cancelled_cb), self);
  task = g_task_new (self, NULL, listening_cb, NULL);
  g_task_set_source_tag (task, listen_thread);
  g_task_run_in_thread (task, listen_thread);
}

gboolean
lodge_ssh_transport_open_finish (LodgeSshTransport  *self,
                                 GAsyncResult       *result,
                                 GError            **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

void
lodge_ssh_transport_close (LodgeSshTransport *self)
{
  g_autoptr(LodgeSshTransport) alive = NULL;

  g_return_if_fail (LODGE_IS_SSH_TRANSPORT (self));

  if (self->closed)
    return;
  alive = g_object_ref (self);
  self->closed = TRUE;
  self->ready = FALSE;
  if (self->listener_source != NULL)
    g_source_destroy (self->listener_source);
  g_clear_pointer (&self->listener_source, g_source_unref);
  g_clear_object (&self->listener);
  if (self->socket_path != NULL)
    g_unlink (self->socket_path);
  if (self->question != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->question, self);
      lodge_credential_request_cancel (self->question);
    }
  g_clear_object (&self->question);
  g_ptr_array_set_size (self->sessions, 0);
  lodge_ssh_streams_close (self->streams);
  drop_master (self);
  if (self->explain_task != NULL)
    finish_explanation (self, NULL);
  finish_open (self, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, _("The connection was closed.")));
}

/* Consoles and commands */

void
lodge_ssh_transport_open_stream_async (LodgeSshTransport   *self,
                                       const char          *host,
                                       guint                port,
                                       const char          *unix_path,
                                       GCancellable        *cancellable,
                                       GAsyncReadyCallback  callback,
                                       gpointer             user_data)
{
  g_return_if_fail (LODGE_IS_SSH_TRANSPORT (self));

  if (self->ready)
    lodge_ssh_streams_open_async (self->streams, G_OBJECT (self), lodge_ssh_master_get_control_path (self->master),
                                  self->target->uri, host, port, unix_path, cancellable, callback, user_data);
  else
    g_task_report_new_error (self, callback, user_data, lodge_ssh_transport_open_stream_async, LODGE_ERROR,
                             LODGE_ERROR_NOT_CONNECTED, _("The SSH connection is closed."));
}

int
lodge_ssh_transport_open_stream_finish (LodgeSshTransport  *self,
                                        GAsyncResult       *result,
                                        GError            **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), -1);

  return (int) g_task_propagate_int (G_TASK (result), error);
}

void
lodge_ssh_transport_run_async (LodgeSshTransport   *self,
                               const char          *script,
                               GBytes              *input,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  g_return_if_fail (LODGE_IS_SSH_TRANSPORT (self));

  if (self->ready)
    lodge_ssh_command_run_async (G_OBJECT (self), lodge_ssh_master_get_control_path (self->master), self->target->uri,
                                 script, input, cancellable, callback, user_data);
  else
    g_task_report_new_error (self, callback, user_data, lodge_ssh_transport_run_async, LODGE_ERROR,
                             LODGE_ERROR_NOT_CONNECTED, _("The SSH connection is closed."));
}

char *
lodge_ssh_transport_run_finish (LodgeSshTransport  *self,
                                GAsyncResult       *result,
                                GError            **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* The object */

static void
lodge_ssh_transport_dispose (GObject *object)
{
  lodge_ssh_transport_close (LODGE_SSH_TRANSPORT (object));

  G_OBJECT_CLASS (lodge_ssh_transport_parent_class)->dispose (object);
}

static void
lodge_ssh_transport_finalize (GObject *object)
{
  LodgeSshTransport *self = LODGE_SSH_TRANSPORT (object);

  g_ptr_array_unref (self->sessions);
  g_ptr_array_unref (self->ended);
  lodge_ssh_streams_free (self->streams);
  lodge_ssh_target_unref (self->target);
  g_free (self->socket_path);
  g_free (self->uri);

  G_OBJECT_CLASS (lodge_ssh_transport_parent_class)->finalize (object);
}

static void
lodge_ssh_transport_class_init (LodgeSshTransportClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = lodge_ssh_transport_dispose;
  object_class->finalize = lodge_ssh_transport_finalize;

  signals[PROMPT] = g_signal_new ("prompt", LODGE_TYPE_SSH_TRANSPORT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, LODGE_TYPE_CREDENTIAL_REQUEST);
  signals[LOST] = g_signal_new ("lost", LODGE_TYPE_SSH_TRANSPORT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
lodge_ssh_transport_init (LodgeSshTransport *self)
{
  self->sessions = g_ptr_array_new_with_free_func ((GDestroyNotify) lodge_ssh_session_free);
  self->ended = g_ptr_array_new_with_free_func (g_free);
  self->streams = lodge_ssh_streams_new ();
}

LodgeSshTransport *
lodge_ssh_transport_new (LodgeSshTarget *target)
{
  LodgeSshTransport *self = g_object_new (LODGE_TYPE_SSH_TRANSPORT, NULL);

  self->target = lodge_ssh_target_ref (target);
  return self;
}

const char *
lodge_ssh_transport_get_uri (LodgeSshTransport *self)
{
  g_return_val_if_fail (LODGE_IS_SSH_TRANSPORT (self), NULL);

  return self->uri;
}

LodgeSshTarget *
lodge_ssh_transport_get_target (LodgeSshTransport *self)
{
  g_return_val_if_fail (LODGE_IS_SSH_TRANSPORT (self), NULL);

  return self->target;
}

LodgeSshMaster *
lodge_ssh_transport_get_master (LodgeSshTransport *self)
{
  g_return_val_if_fail (LODGE_IS_SSH_TRANSPORT (self), NULL);

  return self->master;
}
