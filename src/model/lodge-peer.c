/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-peer"

#include "config.h"

#include "lodge-peer.h"

#include <arpa/inet.h>
#include <errno.h>
#include <glib/gi18n-lib.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "util/lodge-error.h"

#define PORT_TCP 16509
#define PORT_TLS 16514

struct _LodgePeer
{
  GPtrArray *paths;       /* of strings: Unix sockets */
  GPtrArray *addresses;   /* of GInetAddress */
  guint16    port;
};

/* Sockets that belong to an open connection: inode → owner */
static GMutex claims_mutex;
static GHashTable *claims;

static LodgePeer *
peer_new (void)
{
  LodgePeer *self = g_atomic_rc_box_new0 (LodgePeer);

  self->paths = g_ptr_array_new_with_free_func (g_free);
  self->addresses = g_ptr_array_new_with_free_func (g_object_unref);
  return self;
}

static void
peer_clear (gpointer data)
{
  LodgePeer *self = data;

  g_ptr_array_unref (self->paths);
  g_ptr_array_unref (self->addresses);
}

LodgePeer *
lodge_peer_ref (LodgePeer *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
lodge_peer_unref (LodgePeer *self)
{
  g_atomic_rc_box_release_full (self, peer_clear);
}

LodgePeer *
lodge_peer_new_path (const char *path)
{
  LodgePeer *self = peer_new ();

  g_ptr_array_add (self->paths, g_strdup (path));
  return self;
}

/* “socket=” of a URI's query */
static char *
dup_socket (const LodgeUri *uri)
{
  g_autoptr(GHashTable) query = NULL;

  if (uri->query == NULL)
    return NULL;
  query = g_uri_parse_params (uri->query, -1, "&", G_URI_PARAMS_NONE, NULL);
  return query != NULL ? g_strdup (g_hash_table_lookup (query, "socket")) : NULL;
}

/* Where libvirt looks for the daemon of this computer: the modular one, then the one for all */
static void
add_local_paths (LodgePeer      *self,
                 const LodgeUri *uri)
{
  const char *folder = lodge_uri_is_session (uri) ? g_get_user_runtime_dir () : "/run";

  g_ptr_array_add (self->paths, g_strdup_printf ("%s/libvirt/virt%sd-sock", folder, uri->driver));
  g_ptr_array_add (self->paths, g_strdup_printf ("%s/libvirt/libvirt-sock", folder));
  if (!lodge_uri_is_session (uri))
    {
      g_ptr_array_add (self->paths, g_strdup_printf ("/var/run/libvirt/virt%sd-sock", uri->driver));
      g_ptr_array_add (self->paths, g_strdup ("/var/run/libvirt/libvirt-sock"));
    }
}

static gboolean
add_addresses (LodgePeer       *self,
               const LodgeUri  *uri,
               GCancellable    *cancellable,
               GError         **error)
{
  g_autoptr(GResolver) resolver = g_resolver_get_default ();
  g_autoptr(GError) local = NULL;
  GList *addresses = g_resolver_lookup_by_name (resolver, uri->host, cancellable, &local);

  if (addresses == NULL)
    {
      if (g_error_matches (local, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      lodge_set_error (error, LODGE_ERROR_UNREACHABLE, _("The host “%s” cannot be found: %s"), uri->host,
                       local->message);
      if (error != NULL)
        {
          lodge_error_set_details (*error, local->message, 0, 0);
          lodge_error_set_hint (*error, _("Check the spelling of the host's name, and the network connection."));
        }
      return FALSE;
    }
  for (GList *l = addresses; l != NULL; l = l->next)
    g_ptr_array_add (self->addresses, g_object_ref (l->data));
  g_resolver_free_addresses (addresses);
  return TRUE;
}

LodgePeer *
lodge_peer_new (const LodgeUri  *uri,
                GCancellable    *cancellable,
                GError         **error)
{
  g_autoptr(LodgePeer) self = peer_new ();
  char *socket;

  switch (uri->transport)
    {
    case LODGE_TRANSPORT_LOCAL:
    case LODGE_TRANSPORT_UNIX:
      socket = dup_socket (uri);
      if (socket != NULL)
        g_ptr_array_add (self->paths, socket);
      else if (!g_str_equal (uri->driver, "test") || uri->transport == LODGE_TRANSPORT_UNIX)
        add_local_paths (self, uri);
      break;
    case LODGE_TRANSPORT_TCP:
    case LODGE_TRANSPORT_TLS:
      self->port = uri->port > 0 ? uri->port : uri->transport == LODGE_TRANSPORT_TCP ? PORT_TCP : PORT_TLS;
      if (uri->host != NULL && !add_addresses (self, uri, cancellable, error))
        return NULL;
      break;
    case LODGE_TRANSPORT_LIBSSH:
      self->port = uri->port > 0 ? uri->port : 22;
      if (uri->host != NULL && !add_addresses (self, uri, cancellable, error))
        return NULL;
      break;
    case LODGE_TRANSPORT_SSH:
    case LODGE_TRANSPORT_EXT:
    default:
      break;
    }
  return g_steal_pointer (&self);
}

static gboolean
has_address (LodgePeer     *self,
             GSocketFamily  family,
             gconstpointer  bytes,
             guint16        port)
{
  if (port != self->port)
    return FALSE;
  for (guint i = 0; i < self->addresses->len; i++)
    {
      GInetAddress *address = self->addresses->pdata[i];

      if (g_inet_address_get_family (address) == family
          && memcmp (g_inet_address_to_bytes (address), bytes, g_inet_address_get_native_size (address)) == 0)
        return TRUE;
    }
  return FALSE;
}

static gboolean
matches (LodgePeer              *self,
         const struct sockaddr  *address,
         socklen_t               length)
{
  if (address->sa_family == AF_UNIX)
    {
      const struct sockaddr_un *local = (gconstpointer) address;

      for (guint i = 0; i < self->paths->len; i++)
        {
          if (length > sizeof (sa_family_t)
              && strncmp (local->sun_path, self->paths->pdata[i], sizeof local->sun_path) == 0)
            return TRUE;
        }
    }
  else if (address->sa_family == AF_INET)
    {
      const struct sockaddr_in *inet = (gconstpointer) address;

      return has_address (self, G_SOCKET_FAMILY_IPV4, &inet->sin_addr, ntohs (inet->sin_port));
    }
  else if (address->sa_family == AF_INET6)
    {
      const struct sockaddr_in6 *inet = (gconstpointer) address;
      const guint16 port = ntohs (inet->sin6_port);

      if (IN6_IS_ADDR_V4MAPPED (&inet->sin6_addr))
        return has_address (self, G_SOCKET_FAMILY_IPV4, inet->sin6_addr.s6_addr + 12, port);
      return has_address (self, G_SOCKET_FAMILY_IPV6, &inet->sin6_addr, port);
    }
  return FALSE;
}

/* The kernel's lists of TCP sockets: long on a busy computer, so that they are read once a scan, and only when some socket is
 * still connecting */
typedef struct
{
  gboolean  read;
  char    **lines;   /* nullable */
} Lists;

static void
read_lists (Lists *lists)
{
  g_autofree char *v4 = NULL;
  g_autofree char *v6 = NULL;
  g_autofree char *text = NULL;

  if (lists->read)
    return;
  lists->read = TRUE;
  g_file_get_contents ("/proc/self/net/tcp", &v4, NULL, NULL);
  g_file_get_contents ("/proc/self/net/tcp6", &v6, NULL, NULL);
  text = g_strconcat (v4 != NULL ? v4 : "", v6 != NULL ? v6 : "", NULL);
  lists->lines = g_strsplit (text, "\n", -1);
}

/* The far ends of sockets that are still connecting, which getpeername() does not tell: by inode, from the kernel's
 * lists */
static gboolean
is_connecting (LodgePeer *self,
               Lists     *lists,
               int        fd,
               guint64    inode)
{
  int listens = 0;
  socklen_t length = sizeof listens;
  char **lines;

  if (self->addresses->len == 0
      || (getsockopt (fd, SOL_SOCKET, SO_ACCEPTCONN, &listens, &length) == 0 && listens))
    return FALSE;
  read_lists (lists);
  lines = lists->lines;
  for (guint i = 0; lines[i] != NULL; i++)
    {
      char remote[40];
      unsigned int port, state;
      unsigned long long number;
      guint32 words[4] = { 0 };
      gboolean found = FALSE;

      if (sscanf (lines[i], " %*u: %*[0-9A-F]:%*x %32[0-9A-F]:%x %x %*x:%*x %*x:%*x %*x %*u %*u %llu",
                  remote, &port, &state, &number) != 4 || number != inode)
        continue;
      /* The kernel prints words of the machine's byte order */
      for (guint w = 0; w < strlen (remote) / 8; w++)
        {
          char word[9] = { 0 };

          memcpy (word, remote + 8 * w, 8);
          words[w] = (guint32) strtoul (word, NULL, 16);
        }
      found = has_address (self, strlen (remote) == 8 ? G_SOCKET_FAMILY_IPV4 : G_SOCKET_FAMILY_IPV6, words, port);
      if (!found && strlen (remote) == 32 && words[0] == 0 && words[1] == 0 && words[2] == htonl (0xffff))
        found = has_address (self, G_SOCKET_FAMILY_IPV4, &words[3], port);
      return found;
    }
  return FALSE;
}

typedef void (*SocketFunc) (int fd, guint64 inode, gpointer user_data);

/* The sockets of this process that lead to the peer; @connecting: those too that are on their way there */
static void
foreach_socket (LodgePeer  *self,
                gboolean    connecting,
                SocketFunc  func,
                gpointer    user_data)
{
  g_autoptr(GDir) dir = g_dir_open ("/proc/self/fd", 0, NULL);
  Lists lists = { FALSE, NULL };
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      const int fd = atoi (name);
      struct sockaddr_storage address = { 0 };
      socklen_t length = sizeof address;
      struct stat status;
      gboolean found;

      if (fstat (fd, &status) < 0 || !S_ISSOCK (status.st_mode))
        continue;
      if (getpeername (fd, (struct sockaddr *) &address, &length) == 0)
        found = matches (self, (const struct sockaddr *) &address, length);
      else
        found = connecting && errno == ENOTCONN && is_connecting (self, &lists, fd, status.st_ino);
      if (found)
        func (fd, status.st_ino, user_data);
    }
  g_strfreev (lists.lines);
}

static guint64 *
new_key (guint64 inode)
{
  return g_memdup2 (&inode, sizeof inode);
}

/* With the mutex */
static void
claim_socket (int      fd,
              guint64  inode,
              gpointer owner)
{
  if (!g_hash_table_contains (claims, &inode))
    g_hash_table_insert (claims, new_key (inode), owner);
}

void
lodge_peer_claim (LodgePeer *self,
                  gpointer   owner)
{
  g_mutex_lock (&claims_mutex);
  if (claims == NULL)
    claims = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  /* (It is open.) */
  foreach_socket (self, FALSE, claim_socket, owner);
  g_mutex_unlock (&claims_mutex);
}

static gboolean
is_owned (gpointer key,
          gpointer value,
          gpointer owner)
{
  return value == owner;
}

void
lodge_peer_disclaim (gpointer owner)
{
  g_mutex_lock (&claims_mutex);
  if (claims != NULL)
    g_hash_table_foreach_remove (claims, is_owned, owner);
  g_mutex_unlock (&claims_mutex);
}

typedef struct
{
  gpointer owner;
  guint    n;
} Cut;

static void
cut_socket (int      fd,
            guint64  inode,
            gpointer user_data)
{
  Cut *cut = user_data;

  /* Never close(): libvirt would then close a number that is somebody else's by now */
  if ((claims != NULL ? g_hash_table_lookup (claims, &inode) : NULL) == cut->owner && shutdown (fd, SHUT_RDWR) == 0)
    cut->n++;
}

guint
lodge_peer_cut (LodgePeer *self,
                gpointer   owner)
{
  Cut cut = { owner, 0 };

  g_mutex_lock (&claims_mutex);
  foreach_socket (self, TRUE, cut_socket, &cut);
  g_mutex_unlock (&claims_mutex);
  g_debug ("%u sockets shut down", cut.n);
  return cut.n;
}
