/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rfb-server.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "noise.h"

/* RFC 6143, as much of it as a client of ours can ask for, and lies in all places. */

enum
{
  ENCODING_RAW = 0,
  ENCODING_TIGHT = 7,
  ENCODING_CURSOR = -239,
  ENCODING_POINTER_MODE = -257,
  ENCODING_KEY_CODES = -258,
  ENCODING_LEDS = -261,
  ENCODING_SIZE = -308,
};

struct _RfbServer
{
  RfbOptions  options;
  GThread    *thread;
  int         listener;
  int         wake[2];
  guint       port;

  /* only the thread */
  int         client;
  gboolean    knows_key_codes;
  gboolean    knows_size;
  gboolean    knows_cursor;
  gboolean    knows_pointer_mode;
  gboolean    knows_leds;

  GMutex      mutex;
  /* guarded by it */
  GString    *log;
  guint32    *pixels;
  int         width;
  int         height;
  int         dirty[4];        /* x1 y1 x2 y2, empty: x1 == x2 */
  GByteArray *extra;           /* whole messages that are to be sent */
  guint       n_rectangles;    /* in @pseudo */
  GByteArray *pseudo;          /* rectangles for the next update */
  guint       clients;
  guint       requests;
  gboolean    wanted;          /* an incremental request is unanswered */
  gboolean    wants_all;
  gboolean    quit;
  gboolean    kick;
};

/* DES of the bytes 0 to 15 with the key that VNC makes of “secret” (openssl enc -des-ecb) */
static const guint8 answer_to_challenge[16] = {
  0xee, 0x22, 0x53, 0x9f, 0x33, 0xa5, 0x98, 0x3e,
  0xc1, 0x2f, 0x9c, 0x2e, 0xdb, 0xc9, 0x95, 0xdd,
};

static void
wake_up (RfbServer *self)
{
  g_assert_cmpint (write (self->wake[1], "w", 1), ==, 1);
}

static void
add_log (RfbServer  *self,
         const char *format,
         ...) G_GNUC_PRINTF (2, 3);

static void
add_log (RfbServer  *self,
         const char *format,
         ...)
{
  va_list args;

  va_start (args, format);
  g_mutex_lock (&self->mutex);
  g_string_append_vprintf (self->log, format, args);
  g_string_append_c (self->log, '\n');
  g_mutex_unlock (&self->mutex);
  va_end (args);
}

/* Bytes */

static gboolean
read_all (RfbServer *self,
          void      *data,
          gsize      size)
{
  guint8 *p = data;

  while (size > 0)
    {
      const ssize_t n = read (self->client, p, size);

      if (n <= 0)
        return FALSE;
      p += n;
      size -= (gsize) n;
    }
  return TRUE;
}

static gboolean
write_all (RfbServer  *self,
           const void *data,
           gsize       size)
{
  const guint8 *p = data;

  while (size > 0)
    {
      const ssize_t n = send (self->client, p, size, MSG_NOSIGNAL);

      if (n <= 0)
        return FALSE;
      p += n;
      size -= (gsize) n;
    }
  return TRUE;
}

static void
put_16 (GByteArray *bytes,
        guint       value)
{
  const guint8 data[] = { (guint8) (value >> 8), (guint8) value };

  g_byte_array_append (bytes, data, 2);
}

static void
put_32 (GByteArray *bytes,
        guint32     value)
{
  put_16 (bytes, value >> 16);
  put_16 (bytes, value & 0xffff);
}

static void
put_rectangle (GByteArray *bytes,
               int         x,
               int         y,
               int         width,
               int         height,
               int         encoding)
{
  put_16 (bytes, (guint) x);
  put_16 (bytes, (guint) y);
  put_16 (bytes, (guint) width);
  put_16 (bytes, (guint) height);
  put_32 (bytes, (guint32) encoding);
}

static guint
get_16 (const guint8 *data)
{
  return (guint) data[0] << 8 | data[1];
}

static guint32
get_32 (const guint8 *data)
{
  return (guint32) get_16 (data) << 16 | get_16 (data + 2);
}

/* How a connection begins */

static gboolean
refuse (RfbServer  *self,
        guint32     length,
        const char *reason)
{
  g_autoptr(GByteArray) bytes = g_byte_array_new ();

  g_byte_array_append (bytes, (const guint8 *) "", 1);
  put_32 (bytes, length);
  g_byte_array_append (bytes, (const guint8 *) reason, (guint) strlen (reason));
  write_all (self, bytes->data, bytes->len);
  return FALSE;
}

static gboolean
check_password (RfbServer *self)
{
  guint8 challenge[16];
  guint8 answer[16];

  for (guint i = 0; i < sizeof challenge; i++)
    challenge[i] = (guint8) i;
  if (self->options.lie == RFB_STOP_IN_LOGIN)
    return write_all (self, challenge, 7) && FALSE;

  if (!write_all (self, challenge, sizeof challenge) || !read_all (self, answer, sizeof answer))
    return FALSE;
  if (memcmp (answer, answer_to_challenge, sizeof answer) == 0)
    return TRUE;

  add_log (self, "wrong password");
  write_all (self, "\0\0\0", 3);
  write_all (self, "\1\0\0\0\5wrong", 10);
  return FALSE;
}

static gboolean
greet (RfbServer *self)
{
  const guint8 type = self->options.lie == RFB_UNKNOWN_TYPES ? 99 : self->options.password ? 2 : 1;
  const guint8 types[] = { 1, type };
  guint8 version[12];
  guint8 choice;

  switch ((int) self->options.lie)
    {
    case RFB_HANG_UP:
      return FALSE;
    case RFB_SILENT:
      return read_all (self, version, sizeof version) && FALSE;
    case RFB_GARBAGE:
      write_all (self, "HTTP/1.1 400 Bad Request\r\n\r\n", 28);
      return FALSE;
    default:
      break;
    }

  if (!write_all (self, "RFB 003.008\n", 12) || !read_all (self, version, sizeof version))
    return FALSE;
  if (self->options.lie == RFB_NO_TYPES)
    return refuse (self, 12, "Too many of ");
  if (self->options.lie == RFB_HUGE_REASON)
    return refuse (self, G_MAXUINT32, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");
  if (!write_all (self, types, 2) || !read_all (self, &choice, 1))
    return FALSE;
  if (choice == 2 && !check_password (self))
    return FALSE;

  return write_all (self, "\0\0\0\0", 4) && read_all (self, &choice, 1);
}

static gboolean
introduce (RfbServer *self)
{
  static const guint8 format[] = { 32, 24, 0, 1, 0, 255, 0, 255, 0, 255, 16, 8, 0, 0, 0, 0 };
  g_autoptr(GByteArray) bytes = g_byte_array_new ();
  int width = self->width;
  int height = self->height;

  if (self->options.lie == RFB_ABSURD_SIZE)
    width = height = 65535;
  else if (self->options.lie == RFB_NO_SIZE)
    width = height = 0;
  put_16 (bytes, (guint) width);
  put_16 (bytes, (guint) height);
  g_byte_array_append (bytes, format, sizeof format);
  put_32 (bytes, self->options.lie == RFB_HUGE_NAME ? G_MAXUINT32 : 5);
  g_byte_array_append (bytes, (const guint8 *) "guest", 5);
  return write_all (self, bytes->data, bytes->len);
}

/* Updates */

static void
put_size (RfbServer *self,
          int        width,
          int        height)
{
  static const guint8 one_screen[] = { 1, 0, 0, 0 };

  put_rectangle (self->pseudo, 0, 0, width, height, ENCODING_SIZE);
  g_byte_array_append (self->pseudo, one_screen, 4);
  put_32 (self->pseudo, 1);
  put_16 (self->pseudo, 0);
  put_16 (self->pseudo, 0);
  put_16 (self->pseudo, (guint) width);
  put_16 (self->pseudo, (guint) height);
  put_32 (self->pseudo, 0);
  self->n_rectangles++;
}

/* One update of all that has changed; the mutex is held, but not while it is sent */
static gboolean
send_update (RfbServer *self)
{
  g_autoptr(GByteArray) bytes = g_byte_array_new ();
  const gboolean all = self->wants_all;
  int part[4];

  memcpy (part, self->dirty, sizeof part);
  if (all)
    {
      part[0] = part[1] = 0;
      part[2] = self->width;
      part[3] = self->height;
    }
  if (self->n_rectangles > 0 && self->options.cursor_counts)
    part[2] = part[0];
  else
    memset (self->dirty, 0, sizeof self->dirty);

  g_byte_array_append (bytes, (const guint8 *) "\0", 2);
  put_16 (bytes, self->n_rectangles + (part[2] > part[0]));
  g_byte_array_append (bytes, self->pseudo->data, self->pseudo->len);
  g_byte_array_set_size (self->pseudo, 0);
  self->n_rectangles = 0;
  if (part[2] > part[0])
    {
      put_rectangle (bytes, part[0], part[1], part[2] - part[0], part[3] - part[1], ENCODING_RAW);
      for (int y = part[1]; y < part[3]; y++)
        g_byte_array_append (bytes, (const guint8 *) (self->pixels + y * self->width + part[0]),
                             (guint) (part[2] - part[0]) * 4);
    }
  self->wanted = FALSE;
  self->wants_all = FALSE;

  g_mutex_unlock (&self->mutex);
  if (!write_all (self, bytes->data, bytes->len))
    {
      g_mutex_lock (&self->mutex);
      return FALSE;
    }
  g_mutex_lock (&self->mutex);
  return TRUE;
}

static gboolean
tell_lie (RfbServer *self)
{
  g_autoptr(GByteArray) bytes = g_byte_array_new ();
  guint8 *zeros = NULL;

  g_byte_array_append (bytes, (const guint8 *) "\0", 2);
  put_16 (bytes, 1);
  switch ((int) self->options.lie)
    {
    case RFB_OUTSIDE:
      put_rectangle (bytes, self->width - 4, self->height - 4, 8, 8, ENCODING_RAW);
      break;
    case RFB_TRUNCATED:
    case RFB_STALL:
      put_rectangle (bytes, 0, 0, self->width, self->height, ENCODING_RAW);
      break;
    case RFB_UNKNOWN_ENCODING:
      put_rectangle (bytes, 0, 0, 8, 8, 0x7777);
      break;
    case RFB_UNKNOWN_MESSAGE:
      g_byte_array_set_size (bytes, 0);
      g_byte_array_append (bytes, (const guint8 *) "\x63garbage", 8);
      break;
    case RFB_HUGE_CURSOR:
      put_rectangle (bytes, 0, 0, 10000, 10000, ENCODING_CURSOR);
      break;
    case RFB_CURSOR_OUTSIDE:
      put_rectangle (bytes, 60000, 60000, 16, 16, ENCODING_CURSOR);
      break;
    case RFB_HUGE_CUT_TEXT:
      g_byte_array_set_size (bytes, 0);
      g_byte_array_append (bytes, (const guint8 *) "\3\0\0", 4);
      put_32 (bytes, 1u << 30);
      break;
    case RFB_ABSURD_RESIZE:
      put_rectangle (bytes, 0, 0, 65535, 65535, -223);
      break;
    case RFB_BAD_TIGHT:
      put_rectangle (bytes, 0, 0, self->width, self->height, ENCODING_TIGHT);
      g_byte_array_append (bytes, (const guint8 *) "\x00\x10garbage garbage!", 18);
      break;
    default:
      g_assert_not_reached ();
    }
  zeros = g_malloc0 (4096);
  g_byte_array_append (bytes, zeros, 4096);
  g_free (zeros);
  return write_all (self, bytes->data, bytes->len) && self->options.lie != RFB_TRUNCATED;
}

static gboolean
lies_in_updates (RfbServer *self)
{
  return self->options.lie >= RFB_OUTSIDE;
}

/* Messages of the client */

static gboolean
read_encodings (RfbServer *self)
{
  guint8 head[3];
  guint count;

  if (!read_all (self, head, 3))
    return FALSE;
  count = get_16 (head + 1);
  for (guint i = 0; i < count; i++)
    {
      guint8 data[4];

      if (!read_all (self, data, 4))
        return FALSE;
      switch ((gint32) get_32 (data))
        {
        case ENCODING_KEY_CODES:
          self->knows_key_codes = self->options.key_codes;
          break;
        case ENCODING_SIZE:
          self->knows_size = self->options.resizable;
          break;
        case ENCODING_POINTER_MODE:
          self->knows_pointer_mode = self->options.relative;
          break;
        case ENCODING_LEDS:
          self->knows_leds = self->options.leds;
          break;
        case ENCODING_CURSOR:
          self->knows_cursor = TRUE;
          break;
        default:
          break;
        }
    }

  g_mutex_lock (&self->mutex);
  if (self->knows_key_codes)
    {
      put_rectangle (self->pseudo, 0, 0, 0, 0, ENCODING_KEY_CODES);
      self->n_rectangles++;
    }
  if (self->knows_pointer_mode)
    {
      put_rectangle (self->pseudo, 0, 0, 0, 0, ENCODING_POINTER_MODE);
      self->n_rectangles++;
    }
  g_mutex_unlock (&self->mutex);
  return TRUE;
}

static gboolean
read_request (RfbServer *self)
{
  guint8 data[9];

  if (!read_all (self, data, sizeof data))
    return FALSE;
  if (lies_in_updates (self))
    return tell_lie (self);

  g_mutex_lock (&self->mutex);
  self->requests++;
  self->wanted = TRUE;
  if (!data[0])
    {
      self->wants_all = TRUE;
      /* As QEMU does */
      if (self->knows_size)
        put_size (self, self->width, self->height);
    }
  g_mutex_unlock (&self->mutex);
  return TRUE;
}

static gboolean
read_cut_text (RfbServer *self)
{
  guint8 head[7];
  g_autofree char *text = NULL;
  guint32 size;

  if (!read_all (self, head, sizeof head))
    return FALSE;
  size = get_32 (head + 3);
  text = g_malloc0 ((gsize) size + 1);
  if (!read_all (self, text, size))
    return FALSE;
  add_log (self, "cut %s", text);
  return TRUE;
}

static gboolean
read_size (RfbServer *self)
{
  guint8 head[7];
  guint8 screen[16];

  if (!read_all (self, head, sizeof head))
    return FALSE;
  for (guint i = 0; i < head[5]; i++)
    {
      if (!read_all (self, screen, sizeof screen))
        return FALSE;
    }
  add_log (self, "size %u %u", get_16 (head + 1), get_16 (head + 3));
  return TRUE;
}

static gboolean
read_message (RfbServer *self)
{
  guint8 kind;
  guint8 data[20];

  if (!read_all (self, &kind, 1))
    return FALSE;
  switch (kind)
    {
    case 0:
      return read_all (self, data, 19);
    case 2:
      return read_encodings (self);
    case 3:
      return read_request (self);
    case 4:
      if (!read_all (self, data, 7))
        return FALSE;
      add_log (self, "key %s %x", data[0] ? "down" : "up", get_32 (data + 3));
      return TRUE;
    case 5:
      if (!read_all (self, data, 5))
        return FALSE;
      add_log (self, "pointer %u %u %u", data[0], get_16 (data + 1), get_16 (data + 3));
      return TRUE;
    case 6:
      return read_cut_text (self);
    case 251:
      return read_size (self);
    case 255:
      if (!read_all (self, data, 11))
        return FALSE;
      add_log (self, "code %s %x", get_16 (data + 1) ? "down" : "up", get_32 (data + 7));
      return TRUE;
    default:
      add_log (self, "unknown message %u", kind);
      return FALSE;
    }
}

static gboolean
send_what_is_due (RfbServer *self)
{
  gboolean ok = TRUE;

  g_mutex_lock (&self->mutex);
  if (self->extra->len > 0)
    {
      g_autoptr(GByteArray) extra = g_steal_pointer (&self->extra);

      self->extra = g_byte_array_new ();
      g_mutex_unlock (&self->mutex);
      ok = write_all (self, extra->data, extra->len);
      g_mutex_lock (&self->mutex);
    }
  if (ok && self->wanted && (self->wants_all || self->n_rectangles > 0 || self->dirty[2] > self->dirty[0]))
    ok = send_update (self);
  ok = ok && !self->kick && !self->quit;
  g_mutex_unlock (&self->mutex);
  return ok;
}

static void
serve (RfbServer *self)
{
  if (!greet (self) || !introduce (self))
    return;

  for (;;)
    {
      struct pollfd fds[] = { { self->client, POLLIN, 0 }, { self->wake[0], POLLIN, 0 } };
      char byte;

      if (poll (fds, 2, -1) < 0 && errno != EINTR)
        return;
      if (fds[1].revents && read (self->wake[0], &byte, 1) != 1)
        return;
      if (fds[0].revents && !read_message (self))
        return;
      if (!send_what_is_due (self))
        return;
    }
}

static gpointer
run (gpointer user_data)
{
  RfbServer *self = user_data;

  for (;;)
    {
      struct pollfd fds[] = { { self->listener, POLLIN, 0 }, { self->wake[0], POLLIN, 0 } };
      gboolean quit;
      char byte;
      int client;
      int one = 1;

      if (poll (fds, 2, -1) < 0 && errno != EINTR)
        break;
      if (fds[1].revents)
        g_assert_cmpint (read (self->wake[0], &byte, 1), ==, 1);
      g_mutex_lock (&self->mutex);
      quit = self->quit;
      g_mutex_unlock (&self->mutex);
      if (quit)
        break;
      if (!fds[0].revents)
        continue;

      client = accept (self->listener, NULL, NULL);
      if (client < 0)
        break;
      setsockopt (client, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
      g_mutex_lock (&self->mutex);
      self->client = client;
      self->clients++;
      self->kick = FALSE;
      g_byte_array_set_size (self->pseudo, 0);
      self->n_rectangles = 0;
      g_mutex_unlock (&self->mutex);
      serve (self);
      g_mutex_lock (&self->mutex);
      self->client = -1;
      g_mutex_unlock (&self->mutex);
      close (client);
    }
  return NULL;
}

static void
make_pixels (RfbServer *self,
             int        width,
             int        height)
{
  g_free (self->pixels);
  self->pixels = g_new0 (guint32, width * height);
  self->width = width;
  self->height = height;
  noise_fill (self->pixels, width, 1, 0, 0, width, height);
}

RfbServer *
rfb_server_new (const RfbOptions *options)
{
  RfbServer *self = g_new0 (RfbServer, 1);
  struct sockaddr_in address = { .sin_family = AF_INET, .sin_addr.s_addr = htonl (INADDR_LOOPBACK) };
  socklen_t size = sizeof address;

  self->options = *options;
  self->client = -1;
  self->log = g_string_new (NULL);
  self->extra = g_byte_array_new ();
  self->pseudo = g_byte_array_new ();
  g_mutex_init (&self->mutex);
  make_pixels (self, options->width, options->height);

  self->listener = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  g_assert_cmpint (bind (self->listener, (struct sockaddr *) &address, size), ==, 0);
  g_assert_cmpint (listen (self->listener, 5), ==, 0);
  g_assert_cmpint (getsockname (self->listener, (struct sockaddr *) &address, &size), ==, 0);
  self->port = ntohs (address.sin_port);
  g_assert_cmpint (pipe (self->wake), ==, 0);
  self->thread = g_thread_new ("rfb-server", run, self);
  return self;
}

static void
stop_client (RfbServer *self)
{
  if (self->client >= 0)
    shutdown (self->client, SHUT_RDWR);
}

void
rfb_server_free (RfbServer *self)
{
  g_mutex_lock (&self->mutex);
  self->quit = TRUE;
  stop_client (self);
  g_mutex_unlock (&self->mutex);
  wake_up (self);
  wake_up (self);
  g_thread_join (self->thread);
  close (self->listener);
  close (self->wake[0]);
  close (self->wake[1]);
  g_string_free (self->log, TRUE);
  g_byte_array_unref (self->extra);
  g_byte_array_unref (self->pseudo);
  g_free (self->pixels);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

guint
rfb_server_get_port (RfbServer *self)
{
  return self->port;
}

char *
rfb_server_steal_log (RfbServer *self)
{
  char *log;

  g_mutex_lock (&self->mutex);
  log = g_string_free (self->log, FALSE);
  self->log = g_string_new (NULL);
  g_mutex_unlock (&self->mutex);
  return log;
}

static guint
get_counter (RfbServer *self,
             guint     *counter)
{
  guint value;

  g_mutex_lock (&self->mutex);
  value = *counter;
  g_mutex_unlock (&self->mutex);
  return value;
}

guint
rfb_server_get_clients (RfbServer *self)
{
  return get_counter (self, &self->clients);
}

guint
rfb_server_get_requests (RfbServer *self)
{
  return get_counter (self, &self->requests);
}

void
rfb_server_paint (RfbServer *self,
                  guint32    seed,
                  int        x,
                  int        y,
                  int        width,
                  int        height)
{
  g_mutex_lock (&self->mutex);
  noise_fill (self->pixels, self->width, seed, x, y, width, height);
  if (self->dirty[0] == self->dirty[2])
    {
      self->dirty[0] = x;
      self->dirty[1] = y;
      self->dirty[2] = x + width;
      self->dirty[3] = y + height;
    }
  else
    {
      self->dirty[0] = MIN (self->dirty[0], x);
      self->dirty[1] = MIN (self->dirty[1], y);
      self->dirty[2] = MAX (self->dirty[2], x + width);
      self->dirty[3] = MAX (self->dirty[3], y + height);
    }
  g_mutex_unlock (&self->mutex);
  wake_up (self);
}

guint32 *
rfb_server_dup_pixels (RfbServer *self,
                       int       *width,
                       int       *height)
{
  guint32 *copy;

  g_mutex_lock (&self->mutex);
  *width = self->width;
  *height = self->height;
  copy = g_memdup2 (self->pixels, (gsize) self->width * (gsize) self->height * 4);
  g_mutex_unlock (&self->mutex);
  return copy;
}

void
rfb_server_resize (RfbServer *self,
                   int        width,
                   int        height)
{
  g_mutex_lock (&self->mutex);
  make_pixels (self, width, height);
  memset (self->dirty, 0, sizeof self->dirty);
  put_size (self, width, height);
  g_mutex_unlock (&self->mutex);
  wake_up (self);
}

void
rfb_server_set_cursor (RfbServer *self,
                       int        side,
                       guint32    color,
                       int        hotspot)
{
  static const guint8 whole = 0xff;

  g_mutex_lock (&self->mutex);
  put_rectangle (self->pseudo, hotspot, hotspot, side, side, ENCODING_CURSOR);
  for (int i = 0; i < side * side; i++)
    g_byte_array_append (self->pseudo, (const guint8 *) &color, 4);
  for (int i = 0; i < (side + 7) / 8 * side; i++)
    g_byte_array_append (self->pseudo, &whole, 1);
  self->n_rectangles++;
  g_mutex_unlock (&self->mutex);
  wake_up (self);
}

void
rfb_server_set_leds (RfbServer *self,
                     guint      leds)
{
  const guint8 byte = (guint8) leds;

  g_mutex_lock (&self->mutex);
  put_rectangle (self->pseudo, 0, 0, 1, 1, ENCODING_LEDS);
  g_byte_array_append (self->pseudo, &byte, 1);
  self->n_rectangles++;
  g_mutex_unlock (&self->mutex);
  wake_up (self);
}

void
rfb_server_cut_text (RfbServer  *self,
                     const char *text)
{
  g_mutex_lock (&self->mutex);
  g_byte_array_append (self->extra, (const guint8 *) "\3\0\0", 4);
  put_32 (self->extra, (guint32) strlen (text));
  g_byte_array_append (self->extra, (const guint8 *) text, (guint) strlen (text));
  g_mutex_unlock (&self->mutex);
  wake_up (self);
}

void
rfb_server_ring (RfbServer *self)
{
  g_mutex_lock (&self->mutex);
  g_byte_array_append (self->extra, (const guint8 *) "\2", 1);
  g_mutex_unlock (&self->mutex);
  wake_up (self);
}

void
rfb_server_kick (RfbServer *self)
{
  g_mutex_lock (&self->mutex);
  self->kick = TRUE;
  stop_client (self);
  g_mutex_unlock (&self->mutex);
  wake_up (self);
}
