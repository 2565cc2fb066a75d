/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-ssh-session"

#include "config.h"

#include "lodge-ssh-session.h"

#include <fcntl.h>
#include <glib-unix.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "lodge-ssh-channel.h"
#include "lodge-ssh-failure.h"

#define MAX_STDERR 8192   /* bytes that are kept */

struct _LodgeSshSession
{
  const LodgeSshWay   *way;        /* borrowed: of a target that lives as long */
  int                  fd;         /* so that libvirt's end can be shut down */
  int                  stderr_fd;  /* -1: none */
  guint                stderr_source;
  GString             *text;
  LodgeSshChannel     *channel;    /* owned */
  gboolean             opened;
  LodgeSshSessionFunc  closed;
  gpointer             user_data;
};

void
lodge_ssh_session_free (LodgeSshSession *self)
{
  g_signal_handlers_disconnect_by_data (self->channel, self);
  lodge_ssh_channel_close (self->channel);
  g_object_unref (self->channel);
  /* Whatever the master still holds */
  shutdown (self->fd, SHUT_RDWR);
  close (self->fd);
  g_clear_handle_id (&self->stderr_source, g_source_remove);
  g_clear_fd (&self->stderr_fd, NULL);
  g_string_free (self->text, TRUE);
  g_free (self);
}

static gboolean
read_stderr (LodgeSshSession *self)
{
  char buffer[1024];
  gssize n;

  while ((n = read (self->stderr_fd, buffer, sizeof buffer)) > 0)
    {
      if (self->text->len + n <= MAX_STDERR)
        g_string_append_len (self->text, buffer, n);
    }
  return n < 0 && (errno == EAGAIN || errno == EINTR);
}

static gboolean
stderr_cb (int          fd,
           GIOCondition condition,
           gpointer     user_data)
{
  LodgeSshSession *self = user_data;

  if (read_stderr (self))
    return G_SOURCE_CONTINUE;
  self->stderr_source = 0;
  return G_SOURCE_REMOVE;
}

static void
opened_cb (LodgeSshSession *self)
{
  self->opened = TRUE;
}

static void
closed_cb (LodgeSshSession *self)
{
  if (self->stderr_fd >= 0)
    read_stderr (self);
  g_debug ("a session ended with %d", lodge_ssh_channel_get_exit_code (self->channel));
  /* Now libvirt hears of it */
  shutdown (self->fd, SHUT_RDWR);
  /* Whoever hears this may free @self */
  self->closed (self, self->user_data);
}

LodgeSshSession *
lodge_ssh_session_new (const char          *control_path,
                       const LodgeSshWay   *way,
                       int                  fd,
                       LodgeSshSessionFunc  closed,
                       gpointer             user_data)
{
  LodgeSshSession *self = g_new0 (LodgeSshSession, 1);
  int pipe_fds[2] = { -1, -1 };

  self->way = way;
  self->fd = fd;
  self->stderr_fd = -1;
  self->text = g_string_new (NULL);
  self->closed = closed;
  self->user_data = user_data;
  if (way->kind == LODGE_SSH_WAY_SOCKET)
    self->channel = lodge_ssh_channel_new_forward_to_socket (control_path, way->argument, fd);
  else
    {
      if (!g_unix_open_pipe (pipe_fds, O_CLOEXEC, NULL))
        pipe_fds[1] = STDERR_FILENO;
      self->channel = lodge_ssh_channel_new_session (control_path, way->argument, fd, fd, pipe_fds[1]);
      if (pipe_fds[0] >= 0)
        {
          close (pipe_fds[1]);
          g_unix_set_fd_nonblocking (pipe_fds[0], TRUE, NULL);
          self->stderr_fd = pipe_fds[0];
          self->stderr_source = g_unix_fd_add (pipe_fds[0], G_IO_IN | G_IO_HUP, stderr_cb, self);
        }
    }
  g_signal_connect_swapped (self->channel, "opened", G_CALLBACK (opened_cb), self);
  g_signal_connect_swapped (self->channel, "closed", G_CALLBACK (closed_cb), self);
  return self;
}

const LodgeSshWay *
lodge_ssh_session_get_way (LodgeSshSession *self)
{
  return self->way;
}

gboolean
lodge_ssh_session_is_closed (LodgeSshSession *self)
{
  return lodge_ssh_channel_is_closed (self->channel);
}

gboolean
lodge_ssh_session_way_is_missing (LodgeSshSession *self)
{
  const int code = lodge_ssh_channel_get_exit_code (self->channel);

  switch (self->way->kind)
    {
    case LODGE_SSH_WAY_HELPER:
    case LODGE_SSH_WAY_NETCAT:
      return code == 127 || code == 126;
    case LODGE_SSH_WAY_SOCKET:
    default:
      return !self->opened;
    }
}

GError *
lodge_ssh_session_explain (LodgeSshSession *self,
                           const char      *uri)
{
  const GError *error = lodge_ssh_channel_get_error (self->channel);
  g_autoptr(GString) text = g_string_new (self->text->str);
  const int code = lodge_ssh_channel_get_exit_code (self->channel);

  if (error != NULL)
    g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", error->message);
  /* The last words of a helper that libvirt itself has left: libvirt knows why */
  if ((text->len == 0 && code <= 0) || strstr (text->str, "EOF on stdin") != NULL)
    return NULL;
  return lodge_ssh_session_error_new (text->str, code, uri);
}
