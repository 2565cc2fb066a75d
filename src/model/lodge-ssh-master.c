/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-ssh-master"

#include "config.h"

#include "lodge-ssh-master.h"

#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "lodge-credential-request-private.h"
#include "lodge-ssh-askpass.h"
#include "lodge-ssh-channel.h"
#include "lodge-ssh-gate.h"
#include "lodge-ssh-process.h"
#include "lodge-ssh-running-master.h"
#include "util/lodge-error.h"

/* What ssh says last counts */
#define MAX_TEXT        8192
/* How often the control socket is tried: soon at first, seldom while a person reads a dialog */
#define POLL_FAST       15     /* ms */
#define POLL_SLOW       150    /* ms */
#define N_FAST_POLLS    100

struct _LodgeSshMaster
{
  GObject               parent_instance;

  LodgeSshTarget       *target;         /* owned */
  LodgeSshState         state;
  LodgeSshFailure      *failure;        /* owned, nullable */
  gboolean              cancelled;
  char                 *control_path;   /* nullable */
  gboolean              shared;         /* the master is the person's own: it is not ours to end */
  gboolean              alone;          /* it was not to be shared with */
  GPid                  pid;
  guint                 child_watch;
  guint                 cancel_idle;
  int                   stderr_fd;      /* -1: none */
  guint                 stderr_source;
  GString              *text;           /* the end of what ssh said */
  LodgeSshAskpass      *askpass;        /* owned, nullable */
  LodgeSshChannel      *check;          /* owned, nullable */
  guint                 poll_source;
  guint                 n_polls;
  GCancellable         *cancellable;    /* owned: of what runs before there is a process, and of `ssh -G` */
};

enum
{
  CHANGED,
  PROMPT,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LodgeSshMaster, lodge_ssh_master, G_TYPE_OBJECT)

static void schedule_poll (LodgeSshMaster *self);
static void start (gpointer who);

static void
set_state (LodgeSshMaster *self,
           LodgeSshState   state)
{
  if (self->state == state)
    return;
  self->state = state;
  if (state != LODGE_SSH_STARTING)
    lodge_ssh_gate_leave (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* Everything but what is to be known afterwards */
static void
release (LodgeSshMaster *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->poll_source, g_source_remove);
  g_clear_handle_id (&self->stderr_source, g_source_remove);
  g_clear_handle_id (&self->child_watch, g_source_remove);
  g_clear_handle_id (&self->cancel_idle, g_source_remove);
  g_clear_fd (&self->stderr_fd, NULL);
  if (self->check != NULL)
    g_signal_handlers_disconnect_by_data (self->check, self);
  g_clear_object (&self->check);
  g_clear_pointer (&self->askpass, lodge_ssh_askpass_free);
  if (self->control_path != NULL && !self->shared)
    g_unlink (self->control_path);
}

static void
fail (LodgeSshMaster  *self,
      LodgeSshFailure *failure)
{
  self->failure = failure;
  release (self);
  set_state (self, LODGE_SSH_ENDED);
}

/* What ssh says */

static gboolean
read_text (LodgeSshMaster *self)
{
  char buffer[2048];
  gssize n;

  while ((n = read (self->stderr_fd, buffer, sizeof buffer)) > 0)
    {
      g_string_append_len (self->text, buffer, n);
      if (self->text->len > MAX_TEXT)
        g_string_erase (self->text, 0, self->text->len - MAX_TEXT);
    }
  return n < 0 && (errno == EAGAIN || errno == EINTR);
}

static gboolean
stderr_cb (int          fd,
           GIOCondition condition,
           gpointer     user_data)
{
  LodgeSshMaster *self = user_data;

  if (read_text (self))
    return G_SOURCE_CONTINUE;
  self->stderr_source = 0;
  return G_SOURCE_REMOVE;
}

/* Masters that are nobody's children */

static void
stale_ended_cb (LodgeSshChannel *channel,
                char            *path)
{
  g_unlink (path);
  g_object_unref (channel);
}

static void
end_stale (GPtrArray *stale)
{
  for (guint i = 0; i < stale->len; i++)
    {
      char *path = g_strdup (stale->pdata[i]);

      g_signal_connect_data (lodge_ssh_channel_new_exit (path), "closed", G_CALLBACK (stale_ended_cb), path,
                             (GClosureNotify) (void (*) (void)) g_free, 0);
    }
}

static void
exited_cb (GPid     pid,
           int      status,
           gpointer user_data)
{
  LodgeSshMaster *self = user_data;

  self->child_watch = 0;
  self->pid = 0;
  read_text (self);
  g_debug ("%s: ssh ended with status %d", self->target->host, status);
  lodge_ssh_process_end (pid, TRUE);
  /* It would never end so by itself before it has logged in */
  if (status == 0 && self->state != LODGE_SSH_READY)
    {
      g_autoptr(GPtrArray) gone = g_ptr_array_new_with_free_func (g_free);

      g_string_append (self->text, "ssh went into the background, as ForkAfterAuthentication says\n");
      g_ptr_array_add (gone, g_steal_pointer (&self->control_path));
      end_stale (gone);
    }
  fail (self, lodge_ssh_failure_new (self->text->str, self->target->uri, self->state == LODGE_SSH_READY));
}

/* Waiting for the login */

static void
check_opened_cb (LodgeSshMaster *self)
{
  g_clear_handle_id (&self->poll_source, g_source_remove);
  if (self->state == LODGE_SSH_ENDED || self->state == LODGE_SSH_READY)
    return;
  if (self->askpass != NULL)
    lodge_ssh_askpass_commit (self->askpass);
  set_state (self, LODGE_SSH_READY);
}

static void
check_closed_cb (LodgeSshMaster *self)
{
  /* It listened, but does not answer: then by a login of our own */
  if (self->shared && self->state == LODGE_SSH_STARTING)
    {
      self->shared = FALSE;
      self->alone = TRUE;
      g_clear_pointer (&self->control_path, g_free);
      start (self);
      return;
    }
  /* Not there yet */
  if (self->state == LODGE_SSH_STARTING || self->state == LODGE_SSH_ASKING)
    schedule_poll (self);
}

static gboolean
poll_cb (gpointer user_data)
{
  LodgeSshMaster *self = user_data;

  self->poll_source = 0;
  if (self->check != NULL)
    g_signal_handlers_disconnect_by_data (self->check, self);
  g_clear_object (&self->check);
  self->check = lodge_ssh_channel_new_check (self->control_path);
  g_signal_connect_swapped (self->check, "opened", G_CALLBACK (check_opened_cb), self);
  g_signal_connect_swapped (self->check, "closed", G_CALLBACK (check_closed_cb), self);
  return G_SOURCE_REMOVE;
}

static void
schedule_poll (LodgeSshMaster *self)
{
  const gboolean slow = self->state == LODGE_SSH_ASKING || self->n_polls++ > N_FAST_POLLS;

  if (self->poll_source == 0)
    self->poll_source = g_timeout_add (slow ? POLL_SLOW : POLL_FAST, poll_cb, self);
}

/* Questions */

static void
prompt_cb (LodgeCredentialRequest *request,
           gpointer                user_data)
{
  LodgeSshMaster *self = user_data;
  g_autoptr(LodgeSshMaster) alive = g_object_ref (self);

  set_state (self, LODGE_SSH_ASKING);
  if (!g_signal_has_handler_pending (self, signals[PROMPT], 0, FALSE))
    lodge_credential_request_cancel (request);
  else
    g_signal_emit (self, signals[PROMPT], 0, request);
}

static void
answered_cb (gpointer user_data)
{
  LodgeSshMaster *self = user_data;

  if (self->state != LODGE_SSH_ASKING)
    return;
  self->n_polls = 0;
  set_state (self, LODGE_SSH_STARTING);
}

static gboolean
cancel_cb (gpointer user_data)
{
  LodgeSshMaster *self = user_data;

  self->cancel_idle = 0;
  lodge_ssh_master_end (self);
  return G_SOURCE_REMOVE;
}

static void
cancelled_cb (gpointer user_data)
{
  LodgeSshMaster *self = user_data;

  self->cancelled = TRUE;
  if (self->cancel_idle == 0)
    self->cancel_idle = g_idle_add (cancel_cb, self);
}

static const LodgeSshAskpassFuncs askpass_funcs = { prompt_cb, answered_cb, cancelled_cb };

static void
config_read_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(LodgeSshMaster) self = user_data;
  g_autofree char *output = NULL;
  g_autoptr(LodgeSshConfig) config = NULL;

  if (g_subprocess_communicate_utf8_finish (G_SUBPROCESS (object), result, &output, NULL, NULL) && output != NULL)
    config = lodge_ssh_config_parse (output);
  if (self->askpass != NULL)
    lodge_ssh_askpass_set_config (self->askpass, config);
}

/* Starting */

typedef struct
{
  GPid  pid;
  int   stderr_fd;
  int   askpass_fd;
  GPtrArray *stale;      /* control sockets of masters whose Lodge is gone; nullable */
  char *control_path;
  char *askpass_path;
  char *token;
  gboolean shared;       /* @control_path is the person's own; nothing was started */
} Started;

static void
started_free (gpointer data)
{
  Started *started = data;

  if (started->pid > 0)
    lodge_ssh_process_end (started->pid, FALSE);
  g_clear_fd (&started->stderr_fd, NULL);
  g_clear_fd (&started->askpass_fd, NULL);
  g_clear_pointer (&started->stale, g_ptr_array_unref);
  g_free (started->control_path);
  g_free (started->askpass_path);
  g_free (started->token);
  g_free (started);
}

static char **
dup_environment (const char *askpass_path,
                 const char *token)
{
  const char *helper = g_getenv ("LODGE_ASKPASS");
  char **environment = g_get_environ ();

  /* What ssh says is read by this program */
  environment = g_environ_setenv (environment, "LC_ALL", "C", TRUE);
  environment = g_environ_setenv (environment, "SSH_ASKPASS", helper != NULL ? helper : LIBEXEC_DIR "/lodge-askpass",
                                  TRUE);
  environment = g_environ_setenv (environment, "SSH_ASKPASS_REQUIRE", "force", TRUE);
  environment = g_environ_setenv (environment, "LODGE_ASKPASS_SOCKET", askpass_path, TRUE);
  environment = g_environ_setenv (environment, "LODGE_TOKEN", token, TRUE);
  return environment;
}

/* A master outlives a Lodge that was killed, as nothing tells it. The first login of a run ends those of earlier
 * ones. */
static GPtrArray *
find_stale (const char *folder)
{
  GPtrArray *stale = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      const pid_t owner = (pid_t) g_ascii_strtoll (name, NULL, 10);

      if (owner <= 0 || owner == getpid () || kill (owner, 0) == 0 || errno != ESRCH)
        continue;
      if (strchr (name, '.') == NULL)
        g_ptr_array_add (stale, g_build_filename (folder, name, NULL));
      else
        {
          g_autofree char *path = g_build_filename (folder, name, NULL);

          g_unlink (path);
        }
    }
  return stale;
}

static void
start_thread (GTask        *task,
              gpointer      source_object,
              gpointer      task_data,
              GCancellable *cancellable)
{
  static int swept;   /* atomic */
  const LodgeSshTarget *target = ((LodgeSshMaster *) source_object)->target;
  Started *started = g_new0 (Started, 1);
  g_autoptr(GError) error = NULL;
  g_autofree char *folder = lodge_ssh_dup_folder (&error);
  g_auto(GStrv) environment = NULL;
  g_auto(GStrv) argv = NULL;

  started->stderr_fd = started->askpass_fd = -1;
  if (!((LodgeSshMaster *) source_object)->alone)
    started->control_path = lodge_ssh_find_running_master (target, cancellable);
  if (started->control_path != NULL)
    {
      started->shared = TRUE;
      g_task_return_pointer (task, started, started_free);
      return;
    }
  if (folder != NULL)
    {
      if (g_atomic_int_exchange (&swept, TRUE) == FALSE)
        started->stale = find_stale (folder);
      started->control_path = lodge_ssh_dup_socket_path (folder, "");
      started->askpass_path = g_strconcat (started->control_path, ".ask", NULL);
      started->token = g_uuid_string_random ();
      started->askpass_fd = lodge_ssh_listen (started->askpass_path, &error);
    }
  if (started->askpass_fd >= 0)
    {
      environment = dup_environment (started->askpass_path, started->token);
      argv = lodge_ssh_target_dup_master (target, started->control_path);
      started->pid = lodge_ssh_spawn (argv, environment, &started->stderr_fd, &error);
    }
  if (started->pid > 0)
    g_task_return_pointer (task, started, started_free);
  else
    {
      started_free (started);
      g_task_return_error (task, g_steal_pointer (&error));
    }
}

static void
read_config (LodgeSshMaster *self)
{
  g_auto(GStrv) argv = lodge_ssh_target_dup_config_query (self->target);
  g_autoptr(GSubprocess) query =
    g_subprocess_newv ((const char * const *) argv, G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE,
                       NULL);

  if (query != NULL)
    g_subprocess_communicate_utf8_async (query, NULL, self->cancellable, config_read_cb, g_object_ref (self));
  else
    lodge_ssh_askpass_set_config (self->askpass, NULL);
}

static void
started_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  LodgeSshMaster *self = LODGE_SSH_MASTER (object);
  g_autoptr(GError) error = NULL;
  Started *started = g_task_propagate_pointer (G_TASK (result), &error);

  if (self->state == LODGE_SSH_ENDED)
    {
      if (started != NULL)
        started_free (started);
      return;
    }
  if (started == NULL)
    {
      fail (self, lodge_ssh_failure_new_missing (self->target->program, self->target->uri, error->message));
      return;
    }

  if (started->shared)
    {
      self->shared = TRUE;
      self->control_path = g_steal_pointer (&started->control_path);
      started_free (started);
      schedule_poll (self);
      return;
    }
  if (started->stale != NULL)
    end_stale (started->stale);
  self->pid = started->pid;
  lodge_ssh_process_add (self->pid);
  self->stderr_fd = g_steal_fd (&started->stderr_fd);
  self->control_path = g_steal_pointer (&started->control_path);
  self->askpass = lodge_ssh_askpass_new (g_steal_fd (&started->askpass_fd), started->askpass_path, started->token,
                                         &askpass_funcs, self);
  started->pid = 0;
  started_free (started);
  self->child_watch = g_child_watch_add (self->pid, exited_cb, self);
  self->stderr_source = g_unix_fd_add (self->stderr_fd, G_IO_IN | G_IO_HUP, stderr_cb, self);
  read_config (self);
  schedule_poll (self);
}

static void
lodge_ssh_master_dispose (GObject *object)
{
  LodgeSshMaster *self = LODGE_SSH_MASTER (object);

  lodge_ssh_gate_leave (self);
  if (self->pid != 0)
    lodge_ssh_process_end (self->pid, FALSE);
  self->pid = 0;
  release (self);

  G_OBJECT_CLASS (lodge_ssh_master_parent_class)->dispose (object);
}

static void
lodge_ssh_master_finalize (GObject *object)
{
  LodgeSshMaster *self = LODGE_SSH_MASTER (object);

  g_clear_pointer (&self->failure, lodge_ssh_failure_free);
  g_clear_pointer (&self->target, lodge_ssh_target_unref);
  g_clear_object (&self->cancellable);
  g_string_free (self->text, TRUE);
  g_free (self->control_path);

  G_OBJECT_CLASS (lodge_ssh_master_parent_class)->finalize (object);
}

static void
lodge_ssh_master_class_init (LodgeSshMasterClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = lodge_ssh_master_dispose;
  object_class->finalize = lodge_ssh_master_finalize;

  signals[CHANGED] = g_signal_new ("changed", LODGE_TYPE_SSH_MASTER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
  signals[PROMPT] = g_signal_new ("prompt", LODGE_TYPE_SSH_MASTER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, LODGE_TYPE_CREDENTIAL_REQUEST);
}

static void
lodge_ssh_master_init (LodgeSshMaster *self)
{
  self->stderr_fd = -1;
  self->text = g_string_new (NULL);
  self->cancellable = g_cancellable_new ();
}

LodgeSshMaster *
lodge_ssh_master_new (LodgeSshTarget *target)
{
  LodgeSshMaster *self = g_object_new (LODGE_TYPE_SSH_MASTER, NULL);

  self->target = lodge_ssh_target_ref (target);
  return self;
}

static void
start (gpointer who)
{
  LodgeSshMaster *self = who;
  g_autoptr(GTask) task = NULL;

  /* The file system may be slow */
  task = g_task_new (self, self->cancellable, started_cb, NULL);
  g_task_set_source_tag (task, lodge_ssh_master_start);
  g_task_set_check_cancellable (task, FALSE);
  g_task_run_in_thread (task, start_thread);
}

void
lodge_ssh_master_start (LodgeSshMaster *self)
{
  g_return_if_fail (LODGE_IS_SSH_MASTER (self));
  g_return_if_fail (self->state == LODGE_SSH_IDLE);

  set_state (self, LODGE_SSH_STARTING);
  lodge_ssh_gate_enter (self, start);
}

void
lodge_ssh_master_end (LodgeSshMaster *self)
{
  g_return_if_fail (LODGE_IS_SSH_MASTER (self));

  if (self->state == LODGE_SSH_ENDED)
    return;
  if (self->pid != 0)
    {
      g_clear_handle_id (&self->child_watch, g_source_remove);
      lodge_ssh_process_end (self->pid, FALSE);
    }
  self->pid = 0;
  release (self);
  set_state (self, LODGE_SSH_ENDED);
}

LodgeSshState
lodge_ssh_master_get_state (LodgeSshMaster *self)
{
  g_return_val_if_fail (LODGE_IS_SSH_MASTER (self), LODGE_SSH_ENDED);

  return self->state;
}

const LodgeSshFailure *
lodge_ssh_master_get_failure (LodgeSshMaster *self)
{
  g_return_val_if_fail (LODGE_IS_SSH_MASTER (self), NULL);

  return self->failure;
}

gboolean
lodge_ssh_master_was_cancelled (LodgeSshMaster *self)
{
  g_return_val_if_fail (LODGE_IS_SSH_MASTER (self), FALSE);

  return self->cancelled;
}

const char *
lodge_ssh_master_get_control_path (LodgeSshMaster *self)
{
  g_return_val_if_fail (LODGE_IS_SSH_MASTER (self), NULL);

  return self->control_path;
}

GPid
lodge_ssh_master_get_pid (LodgeSshMaster *self)
{
  g_return_val_if_fail (LODGE_IS_SSH_MASTER (self), 0);

  return self->pid;
}
