/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lodge-test-relay.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "lodge-test-folder.h"

#define CHUNK        65536
#define MAX_QUEUED   (4 * 1024 * 1024)
#define N_PROCEDURES 1024

/* libvirt's frames: length, program, version, procedure, type, serial, status; all big-endian, 4 bytes each */
#define HEADER            28
#define PROGRAM_KEEPALIVE 0x6b656570
#define PROGRAM_REMOTE    0x20008086
#define TYPE_CALL         0

typedef struct
{
  gint64 due;     /* µs */
  gsize  length;
  gsize  sent;
  char   data[];
} Chunk;

/* One way through a connection */
typedef struct
{
  GQueue  chunks;
  gsize   queued;
  guint8  header[HEADER];
  gsize   header_length;
  gsize   skip;              /* bytes of the body of a frame that are to come */
  gboolean ended;            /* its sender has closed */
} Way;

typedef struct
{
  int fds[2];                /* client, server */
  gboolean held;             /* nothing goes through this one */
  Way ways[2];               /* from fds[i] */
} Link;

struct _LodgeTestRelay
{
  LodgeTestFolder    *folder;   /* nullable */
  char               *socket;   /* nullable */
  char               *target_socket;
  guint16             port;
  guint16             target_port;
  GThread            *thread;
  int                 wake;

  GMutex              mutex;    /* for all below */
  int                 listener; /* -1: refusing */
  LodgeTestRelayMode  mode;
  guint               delay;
  guint               rate;
  gint64              busy_until[2];   /* µs: when the last chunk of all is through at the rate that is set */
  gint64              longest_wait;    /* µs: of a chunk for those before it */
  gboolean            cut;
  gboolean            holding_new;
  gboolean            quit;
  guint               n_open;
  guint               n_accepted;
  guint               n_calls[N_PROCEDURES];
  guint64             n_bytes[2];

  GPtrArray          *links;    /* of the thread */
};

static int
make_listener (LodgeTestRelay *self)
{
  int fd;

  if (self->socket != NULL)
    {
      struct sockaddr_un address = { .sun_family = AF_UNIX };

      g_assert_cmpuint (strlen (self->socket), <, sizeof address.sun_path);
      strcpy (address.sun_path, self->socket);
      unlink (self->socket);
      fd = socket (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
      g_assert_cmpint (bind (fd, (struct sockaddr *) &address, sizeof address), ==, 0);
    }
  else
    {
      struct sockaddr_in address = {
        .sin_family = AF_INET, .sin_port = htons (self->port), .sin_addr.s_addr = htonl (INADDR_LOOPBACK),
      };
      socklen_t length = sizeof address;
      int yes = 1;

      fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
      setsockopt (fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
      g_assert_cmpint (bind (fd, (struct sockaddr *) &address, sizeof address), ==, 0);
      g_assert_cmpint (getsockname (fd, (struct sockaddr *) &address, &length), ==, 0);
      self->port = ntohs (address.sin_port);
    }
  g_assert_cmpint (listen (fd, 64), ==, 0);
  return fd;
}

static int
connect_target (LodgeTestRelay *self)
{
  int fd, result;

  if (self->target_socket != NULL)
    {
      struct sockaddr_un address = { .sun_family = AF_UNIX };

      strcpy (address.sun_path, self->target_socket);
      fd = socket (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
      result = connect (fd, (struct sockaddr *) &address, sizeof address);
    }
  else
    {
      struct sockaddr_in address = {
        .sin_family = AF_INET, .sin_port = htons (self->target_port), .sin_addr.s_addr = htonl (INADDR_LOOPBACK),
      };
      int yes = 1;

      fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
      setsockopt (fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
      result = connect (fd, (struct sockaddr *) &address, sizeof address);
    }
  if (result == 0)
    return fd;
  close (fd);
  return -1;
}

static void
link_free (gpointer data)
{
  Link *link = data;

  for (guint i = 0; i < 2; i++)
    {
      g_queue_clear_full (&link->ways[i].chunks, g_free);
      close (link->fds[i]);
    }
  g_free (link);
}

/* With @mutex */
static void
accept_one (LodgeTestRelay *self)
{
  int client = accept4 (self->listener, NULL, NULL, SOCK_CLOEXEC);
  int yes = 1;
  int server;
  Link *link;

  if (client < 0)
    return;
  server = connect_target (self);
  if (server < 0)
    {
      close (client);
      return;
    }
  if (self->socket == NULL)
    setsockopt (client, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
  link = g_new0 (Link, 1);
  link->fds[0] = client;
  link->fds[1] = server;
  link->held = self->holding_new;
  g_ptr_array_add (self->links, link);
  self->n_accepted++;
}

static guint32
get_number (const guint8 *bytes)
{
  return (guint32) bytes[0] << 24 | (guint32) bytes[1] << 16 | (guint32) bytes[2] << 8 | bytes[3];
}

/* With @mutex: looks for calls in what a client sends */
static void
count_frames (LodgeTestRelay *self,
              Way            *way,
              const char     *data,
              gsize           length)
{
  while (length > 0)
    {
      gsize n;

      if (way->skip > 0)
        {
          n = MIN (way->skip, length);
          way->skip -= n;
        }
      else
        {
          n = MIN (HEADER - way->header_length, length);
          memcpy (way->header + way->header_length, data, n);
          way->header_length += n;
          if (way->header_length == HEADER)
            {
              const guint32 frame = get_number (way->header);
              const guint32 program = get_number (way->header + 4);
              const guint32 procedure = get_number (way->header + 12);

              way->header_length = 0;
              way->skip = frame > HEADER ? frame - HEADER : 0;
              if (program != PROGRAM_KEEPALIVE && get_number (way->header + 16) == TYPE_CALL)
                {
                  self->n_calls[0]++;
                  if (program == PROGRAM_REMOTE && procedure > 0 && procedure < N_PROCEDURES)
                    self->n_calls[procedure]++;
                }
            }
        }
      data += n;
      length -= n;
    }
}

/* With @mutex; FALSE: the connection is over */
static gboolean
take_in (LodgeTestRelay *self,
         Link           *link,
         guint           i,
         gint64          now)
{
  Way *way = &link->ways[i];
  Chunk *chunk = g_malloc (sizeof (Chunk) + CHUNK);
  gssize n = recv (link->fds[i], chunk->data, CHUNK, MSG_DONTWAIT);

  if (n <= 0)
    {
      const gboolean again = n < 0 && (errno == EAGAIN || errno == EINTR);

      g_free (chunk);
      way->ended |= n == 0;
      return n == 0 || again;
    }
  self->n_bytes[i] += n;
  if (self->mode == LODGE_TEST_RELAY_DROP)
    {
      g_free (chunk);
      return TRUE;
    }
  if (i == 0)
    count_frames (self, way, chunk->data, n);
  chunk->due = now + self->delay * 1000;
  if (self->rate > 0)
    {
      self->longest_wait = MAX (self->longest_wait, self->busy_until[i] - now);
      self->busy_until[i] = MAX (self->busy_until[i], now) + n * G_USEC_PER_SEC / self->rate;
      chunk->due = self->busy_until[i] + self->delay * 1000;
    }
  chunk->length = n;
  chunk->sent = 0;
  way->queued += n;
  g_queue_push_tail (&way->chunks, chunk);
  return TRUE;
}

static gboolean
give_out (Link   *link,
          guint   i,
          gint64  now)
{
  Way *way = &link->ways[i];
  Chunk *chunk;

  while ((chunk = g_queue_peek_head (&way->chunks)) != NULL && chunk->due <= now)
    {
      gssize n = send (link->fds[!i], chunk->data + chunk->sent, chunk->length - chunk->sent,
                       MSG_DONTWAIT | MSG_NOSIGNAL);

      if (n < 0)
        return errno == EAGAIN || errno == EINTR;
      chunk->sent += n;
      way->queued -= n;
      if (chunk->sent < chunk->length)
        return TRUE;
      g_free (g_queue_pop_head (&way->chunks));
    }
  if (chunk == NULL && way->ended)
    shutdown (link->fds[!i], SHUT_WR);
  return TRUE;
}

/* With @mutex: what to wait for; returns the milliseconds until something is due, -1: nothing is */
static int
prepare (LodgeTestRelay *self,
         GArray         *polls,
         gint64          now)
{
  gint64 next = G_MAXINT64;
  struct pollfd entry = { self->wake, POLLIN, 0 };

  g_array_set_size (polls, 0);
  g_array_append_val (polls, entry);
  entry.fd = self->listener;
  g_array_append_val (polls, entry);
  for (guint l = 0; l < self->links->len; l++)
    {
      Link *link = self->links->pdata[l];
      const gboolean passes = self->mode == LODGE_TEST_RELAY_PASS && !link->held;

      for (guint i = 0; i < 2; i++)
        {
          Chunk *chunk = g_queue_peek_head (&link->ways[!i].chunks);

          entry.events = 0;
          if (self->mode == LODGE_TEST_RELAY_DROP
              || (passes && link->ways[i].queued < MAX_QUEUED))
            entry.events |= link->ways[i].ended ? 0 : POLLIN;
          if (chunk != NULL && passes)
            {
              if (chunk->due <= now)
                entry.events |= POLLOUT;
              else
                next = MIN (next, chunk->due);
            }
          /* Else a peer that has gone would wake us up again and again */
          entry.fd = entry.events != 0 ? link->fds[i] : -1;
          g_array_append_val (polls, entry);
        }
    }
  return next == G_MAXINT64 ? -1 : (int) ((next - now + 999) / 1000);
}

/* With @mutex */
static void
carry (LodgeTestRelay *self,
       GArray         *polls,
       gint64          now)
{
  for (guint l = self->links->len; l > 0; l--)
    {
      Link *link = self->links->pdata[l - 1];
      gboolean alive = TRUE;

      /* Those that were accepted after the poll have no entry yet */
      if (2 + 2 * l > polls->len)
        continue;
      for (guint i = 0; alive && i < 2; i++)
        {
          const struct pollfd *entry = &g_array_index (polls, struct pollfd, 2 + 2 * (l - 1) + i);

          if (entry->fd >= 0 && (entry->revents & (POLLIN | POLLHUP | POLLERR)) != 0 && !link->ways[i].ended)
            alive = take_in (self, link, i, now);
          if (alive && self->mode == LODGE_TEST_RELAY_PASS && !link->held)
            alive = give_out (link, !i, now);
        }
      if (!alive || (link->ways[0].ended && link->ways[1].ended
                     && link->ways[0].queued == 0 && link->ways[1].queued == 0))
        g_ptr_array_remove_index (self->links, l - 1);
    }
  self->n_open = self->links->len;
}

static gpointer
relay_thread (gpointer data)
{
  LodgeTestRelay *self = data;
  g_autoptr(GArray) polls = g_array_new (FALSE, FALSE, sizeof (struct pollfd));
  int timeout;

  g_mutex_lock (&self->mutex);
  while (!self->quit)
    {
      guint64 wakes;

      timeout = prepare (self, polls, g_get_monotonic_time ());
      g_mutex_unlock (&self->mutex);
      poll ((struct pollfd *) polls->data, polls->len, timeout);
      if (g_array_index (polls, struct pollfd, 0).revents != 0 && read (self->wake, &wakes, sizeof wakes) < 0)
        g_assert_cmpint (errno, ==, EAGAIN);
      g_mutex_lock (&self->mutex);

      if (self->cut)
        {
          self->cut = FALSE;
          g_ptr_array_set_size (self->links, 0);
          self->n_open = 0;
          continue;
        }
      carry (self, polls, g_get_monotonic_time ());
      if (self->listener >= 0 && g_array_index (polls, struct pollfd, 1).revents != 0
          && g_array_index (polls, struct pollfd, 1).fd == self->listener)
        accept_one (self);
      self->n_open = self->links->len;
    }
  g_ptr_array_set_size (self->links, 0);
  g_mutex_unlock (&self->mutex);
  return NULL;
}

static void
wake (LodgeTestRelay *self)
{
  const guint64 one = 1;

  g_assert_cmpint (write (self->wake, &one, sizeof one), ==, sizeof one);
}

static LodgeTestRelay *
start (LodgeTestRelay *self)
{
  g_mutex_init (&self->mutex);
  self->links = g_ptr_array_new_with_free_func (link_free);
  self->wake = eventfd (0, EFD_CLOEXEC | EFD_NONBLOCK);
  self->listener = make_listener (self);
  self->thread = g_thread_new ("relay", relay_thread, self);
  return self;
}

LodgeTestRelay *
lodge_test_relay_new_unix (const char *target)
{
  LodgeTestRelay *self = g_new0 (LodgeTestRelay, 1);

  self->folder = lodge_test_folder_new ();
  self->socket = lodge_test_folder_build (self->folder, "relay-sock");
  self->target_socket = g_strdup (target);
  return start (self);
}

LodgeTestRelay *
lodge_test_relay_new_tcp (guint16 target)
{
  LodgeTestRelay *self = g_new0 (LodgeTestRelay, 1);

  self->target_port = target;
  return start (self);
}

void
lodge_test_relay_free (LodgeTestRelay *self)
{
  g_mutex_lock (&self->mutex);
  self->quit = TRUE;
  g_mutex_unlock (&self->mutex);
  wake (self);
  g_thread_join (self->thread);
  if (self->listener >= 0)
    close (self->listener);
  close (self->wake);
  g_ptr_array_unref (self->links);
  g_mutex_clear (&self->mutex);
  g_clear_pointer (&self->folder, lodge_test_folder_free);
  g_free (self->socket);
  g_free (self->target_socket);
  g_free (self);
}

/* Sets a field that the thread reads */
#define SET(field, new_value)                  \
  G_STMT_START                                 \
    {                                          \
      g_mutex_lock (&self->mutex);             \
      self->field = (new_value);               \
      g_mutex_unlock (&self->mutex);           \
      wake (self);                             \
    }                                          \
  G_STMT_END

void
lodge_test_relay_set_mode (LodgeTestRelay     *self,
                           LodgeTestRelayMode  mode)
{
  SET (mode, mode);
}

void
lodge_test_relay_set_delay (LodgeTestRelay *self,
                            guint           delay)
{
  SET (delay, delay);
}

void
lodge_test_relay_set_rate (LodgeTestRelay *self,
                           guint           rate)
{
  SET (rate, rate);
}

void
lodge_test_relay_hold_new (LodgeTestRelay *self,
                           gboolean        hold)
{
  g_mutex_lock (&self->mutex);
  self->holding_new = hold;
  for (guint i = 0; !hold && i < self->links->len; i++)
    ((Link *) self->links->pdata[i])->held = FALSE;
  g_mutex_unlock (&self->mutex);
  wake (self);
}

void
lodge_test_relay_cut (LodgeTestRelay *self)
{
  SET (cut, TRUE);
}

void
lodge_test_relay_set_refusing (LodgeTestRelay *self,
                               gboolean        refusing)
{
  g_mutex_lock (&self->mutex);
  if (refusing && self->listener >= 0)
    {
      close (self->listener);
      self->listener = -1;
      if (self->socket != NULL)
        unlink (self->socket);
    }
  else if (!refusing && self->listener < 0)
    self->listener = make_listener (self);
  g_mutex_unlock (&self->mutex);
  wake (self);
}

#define GET(type, expression)                  \
  type value;                                  \
                                               \
  g_mutex_lock (&self->mutex);                 \
  value = (expression);                        \
  g_mutex_unlock (&self->mutex);               \
  return value

guint
lodge_test_relay_get_n_open (LodgeTestRelay *self)
{
  GET (guint, self->n_open);
}

guint
lodge_test_relay_get_n_accepted (LodgeTestRelay *self)
{
  GET (guint, self->n_accepted);
}

guint
lodge_test_relay_get_n_calls (LodgeTestRelay *self,
                              guint           procedure)
{
  g_assert_cmpuint (procedure, <, N_PROCEDURES);
  {
    GET (guint, self->n_calls[procedure]);
  }
}

gint64
lodge_test_relay_take_longest_wait (LodgeTestRelay *self)
{
  gint64 wait;

  g_mutex_lock (&self->mutex);
  wait = self->longest_wait;
  self->longest_wait = 0;
  g_mutex_unlock (&self->mutex);
  return wait;
}

guint64
lodge_test_relay_get_n_bytes (LodgeTestRelay *self,
                              gboolean        up)
{
  GET (guint64, self->n_bytes[up ? 0 : 1]);
}

const char *
lodge_test_relay_get_socket (LodgeTestRelay *self)
{
  return self->socket;
}

guint16
lodge_test_relay_get_port (LodgeTestRelay *self)
{
  return self->port;
}

char *
lodge_test_relay_dup_uri (LodgeTestRelay *self,
                          const char     *driver,
                          const char     *path)
{
  if (self->socket != NULL)
    return g_strdup_printf ("%s+unix://%s?socket=%s", driver, path, self->socket);
  return g_strdup_printf ("%s+tcp://127.0.0.1:%u%s", driver, self->port, path);
}
