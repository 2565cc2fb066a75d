/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cutting-relay.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define MAX_PAIRS 16

struct _CuttingRelay
{
  GThread  *thread;
  guint     port;
  guint     server_port;
  RelayEnd  end;
  gsize     left;
  int       listener;
  int       wake[2];
  int       pairs[MAX_PAIRS][2];   /* client, server; -1: closed */
  guint     n_pairs;
  int       cut;                   /* atomic */
};

static int
connect_server (CuttingRelay *self)
{
  struct sockaddr_in address = {
    .sin_family = AF_INET, .sin_addr.s_addr = htonl (INADDR_LOOPBACK), .sin_port = htons ((guint16) self->server_port),
  };
  int fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

  if (self->server_port == 0 || connect (fd, (struct sockaddr *) &address, sizeof address) == 0)
    return fd;
  close (fd);
  return -1;
}

static void
close_pair (CuttingRelay *self,
            guint         i)
{
  for (int side = 0; side < 2; side++)
    {
      if (self->pairs[i][side] >= 0)
        close (self->pairs[i][side]);
      self->pairs[i][side] = -1;
    }
}

static void
come_to_the_end (CuttingRelay *self)
{
  g_atomic_int_set (&self->cut, TRUE);
  if (self->end == RELAY_STALL)
    return;
  for (guint i = 0; i < self->n_pairs; i++)
    close_pair (self, i);
}

static void
carry (CuttingRelay *self,
       guint         i,
       int           from)
{
  char buffer[16384];
  gsize wanted = sizeof buffer;
  ssize_t n;

  if (from == 1)
    wanted = MIN (wanted, self->left);
  n = read (self->pairs[i][from], buffer, wanted);
  if (n <= 0 || send (self->pairs[i][1 - from], buffer, (size_t) n, MSG_NOSIGNAL) != n)
    {
      close_pair (self, i);
      return;
    }
  if (from != 1)
    return;
  self->left -= (gsize) n;
  if (self->left == 0)
    come_to_the_end (self);
}

static void
take_client (CuttingRelay *self)
{
  int client = accept (self->listener, NULL, NULL);
  int server;

  if (client < 0)
    return;
  server = self->n_pairs < MAX_PAIRS && !(g_atomic_int_get (&self->cut) && self->end == RELAY_CUT)
           ? connect_server (self) : -1;
  if (server < 0)
    {
      close (client);
      return;
    }
  self->pairs[self->n_pairs][0] = client;
  self->pairs[self->n_pairs][1] = server;
  self->n_pairs++;
  if (self->server_port == 0)
    {
      g_autofree char *zeros = g_malloc0 (self->left);

      /* Nobody is on the other side: say it, and come to the end */
      if (send (client, zeros, self->left, MSG_NOSIGNAL) >= 0)
        come_to_the_end (self);
    }
}

static gpointer
run (gpointer user_data)
{
  CuttingRelay *self = user_data;

  for (;;)
    {
      struct pollfd fds[2 + 2 * MAX_PAIRS] = { { self->wake[0], POLLIN, 0 }, { self->listener, POLLIN, 0 } };
      const guint n_pairs = self->n_pairs;

      for (guint i = 0; i < n_pairs; i++)
        {
          const gboolean quiet = self->server_port == 0 || g_atomic_int_get (&self->cut);

          fds[2 + 2 * i] = (struct pollfd) { self->server_port == 0 ? -1 : self->pairs[i][0], POLLIN, 0 };
          fds[3 + 2 * i] = (struct pollfd) { quiet ? -1 : self->pairs[i][1], POLLIN, 0 };
        }
      if (poll (fds, 2 + 2 * n_pairs, -1) < 0)
        continue;
      if (fds[0].revents)
        break;
      if (fds[1].revents)
        take_client (self);
      for (guint i = 0; i < n_pairs; i++)
        {
          for (int side = 0; side < 2; side++)
            {
              if (fds[2 + 2 * i + (guint) side].revents && self->pairs[i][side] >= 0)
                carry (self, i, side);
            }
        }
    }
  return NULL;
}

CuttingRelay *
cutting_relay_new (guint    port,
                   RelayEnd end,
                   gsize    bytes)
{
  CuttingRelay *self = g_new0 (CuttingRelay, 1);
  struct sockaddr_in address = { .sin_family = AF_INET, .sin_addr.s_addr = htonl (INADDR_LOOPBACK) };
  socklen_t size = sizeof address;

  self->server_port = port;
  self->end = end;
  self->left = bytes;
  self->listener = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  g_assert_cmpint (bind (self->listener, (struct sockaddr *) &address, size), ==, 0);
  g_assert_cmpint (listen (self->listener, 16), ==, 0);
  g_assert_cmpint (getsockname (self->listener, (struct sockaddr *) &address, &size), ==, 0);
  self->port = ntohs (address.sin_port);
  g_assert_cmpint (pipe (self->wake), ==, 0);
  self->thread = g_thread_new ("relay", run, self);
  return self;
}

void
cutting_relay_free (CuttingRelay *self)
{
  g_assert_cmpint (write (self->wake[1], "q", 1), ==, 1);
  g_thread_join (self->thread);
  for (guint i = 0; i < self->n_pairs; i++)
    close_pair (self, i);
  close (self->listener);
  close (self->wake[0]);
  close (self->wake[1]);
  g_free (self);
}

guint
cutting_relay_get_port (CuttingRelay *self)
{
  return self->port;
}

gboolean
cutting_relay_is_cut (CuttingRelay *self)
{
  return g_atomic_int_get (&self->cut);
}
