/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lodge-ssh-streams.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sys/socket.h>
#include <unistd.h>

#include "lodge-ssh-channel.h"
#include "util/lodge-error.h"

struct _LodgeSshStreams
{
  GPtrArray  *channels;   /* of LodgeSshChannel: closing its control socket would end a stream */
  GHashTable *reached;    /* addresses that answered: the next channel to them need not be waited for */
};

/* One that is being opened */
typedef struct
{
  LodgeSshChannel *channel;   /* owned */
  LodgeSshStreams *streams;   /* borrowed: it ends all of them when it goes */
  char            *uri;
  char            *address;   /* for the table of reached ones */
  int              fd;        /* what the caller gets */
  gulong           opened_handler, closed_handler, cancel_handler;
} Stream;

static void
stream_free (gpointer data)
{
  Stream *stream = data;

  g_clear_object (&stream->channel);
  g_clear_fd (&stream->fd, NULL);
  g_free (stream->address);
  g_free (stream->uri);
  g_free (stream);
}

static void
end_stream_task (GTask  *task,
                 GError *error)
{
  Stream *stream = g_task_get_task_data (task);

  g_clear_signal_handler (&stream->opened_handler, stream->channel);
  g_clear_signal_handler (&stream->closed_handler, stream->channel);
  if (stream->cancel_handler != 0)
    g_signal_handler_disconnect (g_task_get_cancellable (task), stream->cancel_handler);
  stream->cancel_handler = 0;
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_int (task, g_steal_fd (&stream->fd));
  g_object_unref (task);
}

static void
stream_opened_cb (GTask *task)
{
  Stream *stream = g_task_get_task_data (task);

  g_hash_table_add (stream->streams->reached, g_strdup (stream->address));
  end_stream_task (task, NULL);
}

static void
stream_closed_cb (GTask *task)
{
  Stream *stream = g_task_get_task_data (task);
  const GError *cause = lodge_ssh_channel_get_error (stream->channel);
  GError *error = g_error_new (LODGE_ERROR, LODGE_ERROR_UNREACHABLE,
                               _("The host does not let SSH through to the display at %s."), stream->address);

  lodge_error_set_details (error, cause != NULL ? cause->message : NULL, 0, 0);
  lodge_error_set_hint (error, *stream->address == '/'
                        ? _("The user of this connection may not open that socket. Let the display listen on a port "
                            "of the host itself, or log in as another user.")
                        : _("Its SSH server may forbid forwarding (AllowTcpForwarding), or the machine has just "
                            "stopped."));
  lodge_error_set_uri (error, stream->uri);
  end_stream_task (task, error);
}

static void
stream_cancelled_cb (GCancellable *cancellable,
                     GTask        *task)
{
  Stream *stream = g_task_get_task_data (task);
  LodgeSshChannel *channel = g_object_ref (stream->channel);

  /* A handler cannot be disconnected from within itself */
  stream->cancel_handler = 0;
  end_stream_task (task, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, _("Cancelled")));
  lodge_ssh_channel_close (channel);
  g_object_unref (channel);
}

static void
forget_stream_cb (LodgeSshChannel   *channel,
                  LodgeSshStreams *self)
{
  g_signal_handlers_disconnect_by_func (channel, forget_stream_cb, self);
  g_ptr_array_remove (self->channels, channel);
}

LodgeSshStreams *
lodge_ssh_streams_new (void)
{
  LodgeSshStreams *self = g_new0 (LodgeSshStreams, 1);

  self->channels = g_ptr_array_new_with_free_func (g_object_unref);
  self->reached = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

void
lodge_ssh_streams_close (LodgeSshStreams *self)
{
  while (self->channels->len > 0)
    lodge_ssh_channel_close (self->channels->pdata[self->channels->len - 1]);
}

void
lodge_ssh_streams_free (LodgeSshStreams *self)
{
  lodge_ssh_streams_close (self);
  g_ptr_array_unref (self->channels);
  g_hash_table_unref (self->reached);
  g_free (self);
}

void
lodge_ssh_streams_open_async (LodgeSshStreams     *self,
                              GObject             *source,
                              const char          *control_path,
                              const char          *uri,
                              const char          *host,
                              guint                port,
                              const char          *unix_path,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  GTask *task = g_task_new (source, cancellable, callback, user_data);
  Stream *stream;
  int fds[2];

  g_task_set_source_tag (task, lodge_ssh_streams_open_async);
  if (g_cancellable_is_cancelled (cancellable) || socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds) < 0)
    {
      if (!g_task_return_error_if_cancelled (task))
        g_task_return_new_error (task, LODGE_ERROR, LODGE_ERROR_LIMIT, _("Too many files are open."));
      g_object_unref (task);
      return;
    }

  stream = g_new0 (Stream, 1);
  stream->streams = self;
  stream->uri = g_strdup (uri);
  stream->fd = fds[0];
  stream->address = unix_path != NULL ? g_strdup (unix_path) : g_strdup_printf ("%s:%u", host, port);
  stream->channel = unix_path != NULL ? lodge_ssh_channel_new_forward_to_socket (control_path, unix_path, fds[1])
                                      : lodge_ssh_channel_new_forward (control_path, host, port, fds[1]);
  close (fds[1]);
  g_task_set_task_data (task, stream, stream_free);
  g_ptr_array_add (self->channels, g_object_ref (stream->channel));
  stream->opened_handler = g_signal_connect_swapped (stream->channel, "opened", G_CALLBACK (stream_opened_cb), task);
  stream->closed_handler = g_signal_connect_swapped (stream->channel, "closed", G_CALLBACK (stream_closed_cb), task);
  g_signal_connect (stream->channel, "closed", G_CALLBACK (forget_stream_cb), self);
  if (g_hash_table_contains (self->reached, stream->address))
    end_stream_task (task, NULL);   /* what is written meanwhile waits in the socket: a round trip is saved */
  else if (cancellable != NULL)
    stream->cancel_handler = g_signal_connect (cancellable, "cancelled", G_CALLBACK (stream_cancelled_cb), task);
}
