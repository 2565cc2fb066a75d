/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-ssh-channel"

#include "config.h"

#include "lodge-ssh-channel.h"

#include <gio/gunixfdmessage.h>
#include <gio/gunixsocketaddress.h>
#include <glib/gi18n-lib.h>

#include "util/lodge-error.h"

/* Of OpenSSH's PROTOCOL.mux and mux.c */
enum
{
  MUX_MSG_HELLO        = 0x00000001,
  MUX_C_NEW_SESSION    = 0x10000002,
  MUX_C_TERMINATE      = 0x10000005,
  MUX_C_NEW_STDIO_FWD  = 0x10000008,
  MUX_S_OK             = 0x80000001,
  MUX_S_DENIED         = 0x80000002,
  MUX_S_FAILURE        = 0x80000003,
  MUX_S_EXIT_MESSAGE   = 0x80000004,
  MUX_S_SESSION_OPENED = 0x80000006,
};

#define MUX_VERSION     4
#define MUX_PORT_SOCKET ((guint32) -2)   /* the host is the path of a socket */
#define MAX_MESSAGE     (256 * 1024)     /* as OpenSSH itself */
#define MAX_REASON      1000             /* characters of the far side's text that are kept */
#define REQUEST_ID      1
/* A master that is stopped or stuck; the far host has its own, shorter deadline */
#define ANSWER_TIMEOUT  30               /* s */

struct _LodgeSshChannel
{
  GObject     parent_instance;

  GSocket    *socket;      /* owned, nullable */
  GSource    *source;      /* owned, nullable: something to read */
  guint       timeout;
  guint       failed_idle; /* tells later what went wrong in the constructor */
  GByteArray *input;
  GError     *error;       /* nullable */
  int         exit_code;
  gboolean    hello_is_all;
  gboolean    open;
  gboolean    closed;
};

enum
{
  OPENED,
  CLOSED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LodgeSshChannel, lodge_ssh_channel, G_TYPE_OBJECT)

/* Writing */

static void
put_u32 (GByteArray *bytes,
         guint32     value)
{
  const guint32 big = GUINT32_TO_BE (value);

  g_byte_array_append (bytes, (const guint8 *) &big, sizeof big);
}

static void
put_string (GByteArray *bytes,
            const char *text)
{
  put_u32 (bytes, strlen (text));
  g_byte_array_append (bytes, (const guint8 *) text, strlen (text));
}

static gboolean
send_message (LodgeSshChannel  *self,
              GByteArray       *message,
              GError          **error)
{
  g_autoptr(GByteArray) bytes = g_byte_array_new ();
  gssize sent;

  put_u32 (bytes, message->len);
  g_byte_array_append (bytes, message->data, message->len);
  /* A fresh socket takes some 200 kB at once, more than any request has */
  sent = g_socket_send (self->socket, (const char *) bytes->data, bytes->len, NULL, error);
  if (sent >= 0 && (gsize) sent != bytes->len)
    return lodge_set_error (error, LODGE_ERROR_FAILED, _("The SSH master does not take the request."));
  return sent >= 0;
}

/* Each with a byte of its own, which is how the master takes them */
static gboolean
send_fd (LodgeSshChannel  *self,
         int               fd,
         GError          **error)
{
  g_autoptr(GSocketControlMessage) message = g_unix_fd_message_new ();
  GOutputVector vector = { "", 1 };

  return g_unix_fd_message_append_fd (G_UNIX_FD_MESSAGE (message), fd, error)
         && g_socket_send_message (self->socket, NULL, &vector, 1, &message, 1, 0, NULL, error) == 1;
}

static gboolean
send_hello (LodgeSshChannel  *self,
            GError          **error)
{
  g_autoptr(GByteArray) message = g_byte_array_new ();

  put_u32 (message, MUX_MSG_HELLO);
  put_u32 (message, MUX_VERSION);
  return send_message (self, message, error);
}

/* Reading */

typedef struct
{
  const guint8 *data;
  gsize         length;
} Cursor;

static guint32
take_u32 (Cursor *cursor)
{
  guint32 value;

  if (cursor->length < sizeof value)
    {
      cursor->length = 0;
      return 0;
    }
  memcpy (&value, cursor->data, sizeof value);
  cursor->data += sizeof value;
  cursor->length -= sizeof value;
  return GUINT32_FROM_BE (value);
}

static char *
take_text (Cursor *cursor)
{
  const gsize length = MIN (take_u32 (cursor), cursor->length);
  g_autofree char *text = g_utf8_make_valid ((const char *) cursor->data, length);
  char *shorter = g_utf8_substring (text, 0, MIN (g_utf8_strlen (text, -1), MAX_REASON));

  cursor->data += length;
  cursor->length -= length;
  return g_strstrip (shorter);
}

static void
finish (LodgeSshChannel *self,
        GError          *error)
{
  g_autoptr(LodgeSshChannel) alive = g_object_ref (self);

  if (self->closed)
    {
      g_clear_error (&error);
      return;
    }
  self->closed = TRUE;
  if (self->error == NULL)
    self->error = error;
  else
    g_clear_error (&error);
  g_clear_handle_id (&self->timeout, g_source_remove);
  g_clear_handle_id (&self->failed_idle, g_source_remove);
  if (self->source != NULL)
    g_source_destroy (self->source);
  g_clear_pointer (&self->source, g_source_unref);
  if (self->socket != NULL)
    g_socket_close (self->socket, NULL);
  g_signal_emit (self, signals[CLOSED], 0);
}

static void
set_open (LodgeSshChannel *self)
{
  self->open = TRUE;
  g_clear_handle_id (&self->timeout, g_source_remove);
  g_signal_emit (self, signals[OPENED], 0);
}

/* FALSE: it is over */
static gboolean
handle (LodgeSshChannel *self,
        Cursor           cursor)
{
  const guint32 type = take_u32 (&cursor);
  g_autofree char *reason = NULL;

  switch (type)
    {
    case MUX_MSG_HELLO:
      if (take_u32 (&cursor) != MUX_VERSION)
        {
          finish (self, g_error_new (LODGE_ERROR, LODGE_ERROR_NOT_SUPPORTED,
                                     _("The SSH program here is too old or too new to be shared.")));
          return FALSE;
        }
      if (self->hello_is_all)
        {
          set_open (self);
          finish (self, NULL);
          return FALSE;
        }
      return TRUE;

    case MUX_S_SESSION_OPENED:
      set_open (self);
      return !self->closed;

    case MUX_S_OK:
      finish (self, NULL);
      return FALSE;

    case MUX_S_DENIED:
    case MUX_S_FAILURE:
      take_u32 (&cursor);
      reason = take_text (&cursor);
      finish (self, g_error_new (LODGE_ERROR, type == MUX_S_DENIED ? LODGE_ERROR_PERMISSION : LODGE_ERROR_FAILED,
                                 "%s", *reason != '\0' ? reason : _("SSH gave no reason.")));
      return FALSE;

    case MUX_S_EXIT_MESSAGE:
      take_u32 (&cursor);
      self->exit_code = (int) (take_u32 (&cursor) & 0xff);
      return TRUE;

    default:
      /* A newer master may tell more than is asked */
      return TRUE;
    }
}

static gboolean
readable_cb (GSocket      *socket,
             GIOCondition  condition,
             gpointer      user_data)
{
  LodgeSshChannel *self = user_data;
  g_autoptr(LodgeSshChannel) alive = g_object_ref (self);
  g_autoptr(GError) error = NULL;
  char buffer[4096];
  const gssize n = g_socket_receive (socket, buffer, sizeof buffer, NULL, &error);

  if (n < 0 && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
    return G_SOURCE_CONTINUE;
  if (n <= 0)
    {
      finish (self, self->open ? NULL : g_error_new (LODGE_ERROR, LODGE_ERROR_NOT_CONNECTED,
                                                     _("The SSH connection has ended.")));
      return G_SOURCE_REMOVE;
    }

  g_byte_array_append (self->input, (const guint8 *) buffer, n);
  while (self->input->len >= 4)
    {
      Cursor cursor = { self->input->data, self->input->len };
      const guint32 length = take_u32 (&cursor);

      if (length > MAX_MESSAGE)
        {
          finish (self, g_error_new (LODGE_ERROR, LODGE_ERROR_LIMIT, _("The SSH master answers with nonsense.")));
          return G_SOURCE_REMOVE;
        }
      if (cursor.length < length)
        break;
      cursor.length = length;
      if (!handle (self, cursor))
        return G_SOURCE_REMOVE;
      g_byte_array_remove_range (self->input, 0, 4 + length);
    }
  return G_SOURCE_CONTINUE;
}

static gboolean
timeout_cb (gpointer user_data)
{
  LodgeSshChannel *self = user_data;

  self->timeout = 0;
  finish (self, g_error_new (LODGE_ERROR, LODGE_ERROR_TIMED_OUT, _("The host does not answer over SSH.")));
  return G_SOURCE_REMOVE;
}

static gboolean
failed_cb (gpointer user_data)
{
  LodgeSshChannel *self = user_data;

  self->failed_idle = 0;
  finish (self, NULL);
  return G_SOURCE_REMOVE;
}

static gboolean
connect_to_master (LodgeSshChannel  *self,
                   const char       *control_path,
                   GError          **error)
{
  g_autoptr(GSocketAddress) address = g_unix_socket_address_new (control_path);

  self->socket = g_socket_new (G_SOCKET_FAMILY_UNIX, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_DEFAULT, error);
  if (self->socket == NULL)
    return FALSE;
  /* To a Unix socket this is done at once or never */
  g_socket_set_blocking (self->socket, FALSE);
  return g_socket_connect (self->socket, address, NULL, error) && send_hello (self, error);
}

static LodgeSshChannel *
channel_new (const char *control_path,
             GByteArray *request,
             const int  *fds,
             guint       n_fds)
{
  LodgeSshChannel *self = g_object_new (LODGE_TYPE_SSH_CHANNEL, NULL);
  gboolean sent = connect_to_master (self, control_path, &self->error);

  /* The master waits for the descriptors as soon as it has read the request: all goes out at once */
  self->hello_is_all = request == NULL;
  if (sent && request != NULL)
    sent = send_message (self, request, &self->error);
  for (guint i = 0; sent && i < n_fds; i++)
    sent = send_fd (self, fds[i], &self->error);

  if (!sent)
    {
      self->failed_idle = g_idle_add (failed_cb, self);
      return self;
    }
  self->timeout = g_timeout_add_seconds (ANSWER_TIMEOUT, timeout_cb, self);
  self->source = g_socket_create_source (self->socket, G_IO_IN | G_IO_HUP, NULL);
  g_source_set_callback (self->source, G_SOURCE_FUNC (readable_cb), self, NULL);
  g_source_attach (self->source, NULL);
  return self;
}

static void
lodge_ssh_channel_dispose (GObject *object)
{
  LodgeSshChannel *self = LODGE_SSH_CHANNEL (object);

  self->closed = TRUE;
  g_clear_handle_id (&self->timeout, g_source_remove);
  g_clear_handle_id (&self->failed_idle, g_source_remove);
  if (self->source != NULL)
    g_source_destroy (self->source);
  g_clear_pointer (&self->source, g_source_unref);
  g_clear_object (&self->socket);

  G_OBJECT_CLASS (lodge_ssh_channel_parent_class)->dispose (object);
}

static void
lodge_ssh_channel_finalize (GObject *object)
{
  LodgeSshChannel *self = LODGE_SSH_CHANNEL (object);

  g_byte_array_unref (self->input);
  g_clear_error (&self->error);

  G_OBJECT_CLASS (lodge_ssh_channel_parent_class)->finalize (object);
}

static void
lodge_ssh_channel_class_init (LodgeSshChannelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = lodge_ssh_channel_dispose;
  object_class->finalize = lodge_ssh_channel_finalize;

  signals[OPENED] = g_signal_new ("opened", LODGE_TYPE_SSH_CHANNEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 0);
  signals[CLOSED] = g_signal_new ("closed", LODGE_TYPE_SSH_CHANNEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 0);
}

static void
lodge_ssh_channel_init (LodgeSshChannel *self)
{
  self->input = g_byte_array_new ();
  self->exit_code = -1;
}

LodgeSshChannel *
lodge_ssh_channel_new_check (const char *control_path)
{
  return channel_new (control_path, NULL, NULL, 0);
}

LodgeSshChannel *
lodge_ssh_channel_new_exit (const char *control_path)
{
  g_autoptr(GByteArray) request = g_byte_array_new ();

  put_u32 (request, MUX_C_TERMINATE);
  put_u32 (request, REQUEST_ID);
  return channel_new (control_path, request, NULL, 0);
}

LodgeSshChannel *
lodge_ssh_channel_new_session (const char *control_path,
                               const char *command,
                               int         stdin_fd,
                               int         stdout_fd,
                               int         stderr_fd)
{
  g_autoptr(GByteArray) request = g_byte_array_new ();
  const int fds[] = { stdin_fd, stdout_fd, stderr_fd };

  put_u32 (request, MUX_C_NEW_SESSION);
  put_u32 (request, REQUEST_ID);
  put_string (request, "");          /* reserved */
  put_u32 (request, FALSE);          /* no terminal */
  put_u32 (request, FALSE);          /* no X11 */
  put_u32 (request, FALSE);          /* no agent */
  put_u32 (request, FALSE);          /* not a subsystem */
  put_u32 (request, G_MAXUINT32);    /* no escape character */
  put_string (request, "");          /* kind of terminal */
  put_string (request, command);
  return channel_new (control_path, request, fds, G_N_ELEMENTS (fds));
}

static LodgeSshChannel *
new_forward (const char *control_path,
             const char *host,
             guint32     port,
             int         fd)
{
  g_autoptr(GByteArray) request = g_byte_array_new ();
  const int fds[] = { fd, fd };

  put_u32 (request, MUX_C_NEW_STDIO_FWD);
  put_u32 (request, REQUEST_ID);
  put_string (request, "");          /* reserved */
  put_string (request, host);
  put_u32 (request, port);
  return channel_new (control_path, request, fds, G_N_ELEMENTS (fds));
}

LodgeSshChannel *
lodge_ssh_channel_new_forward (const char *control_path,
                               const char *host,
                               guint       port,
                               int         fd)
{
  return new_forward (control_path, host, port, fd);
}

LodgeSshChannel *
lodge_ssh_channel_new_forward_to_socket (const char *control_path,
                                         const char *path,
                                         int         fd)
{
  return new_forward (control_path, path, MUX_PORT_SOCKET, fd);
}

/* Ends it here and at the far end. "closed" is emitted, if it was not. */
void
lodge_ssh_channel_close (LodgeSshChannel *self)
{
  g_return_if_fail (LODGE_IS_SSH_CHANNEL (self));

  finish (self, NULL);
}

gboolean
lodge_ssh_channel_is_open (LodgeSshChannel *self)
{
  g_return_val_if_fail (LODGE_IS_SSH_CHANNEL (self), FALSE);

  return self->open && !self->closed;
}

gboolean
lodge_ssh_channel_is_closed (LodgeSshChannel *self)
{
  g_return_val_if_fail (LODGE_IS_SSH_CHANNEL (self), TRUE);

  return self->closed;
}

const GError *
lodge_ssh_channel_get_error (LodgeSshChannel *self)
{
  g_return_val_if_fail (LODGE_IS_SSH_CHANNEL (self), NULL);

  return self->error;
}

int
lodge_ssh_channel_get_exit_code (LodgeSshChannel *self)
{
  g_return_val_if_fail (LODGE_IS_SSH_CHANNEL (self), -1);

  return self->exit_code;
}
