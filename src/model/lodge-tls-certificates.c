/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lodge-tls-certificates.h"

#include <glib/gi18n-lib.h>
#include <unistd.h>

#define PORT_TLS      16514
#define LOOK_PATIENCE 5   /* s */

static gboolean
is_readable (const char *path)
{
  return access (path, R_OK) == 0;
}

/* libvirt takes the system's files for what is not below the person's home; the client's two go together */
static void
find_usual_places (char **authority,
                   char **certificate,
                   char **key)
{
  g_autofree char *own = g_build_filename (g_get_home_dir (), ".pki", "libvirt", NULL);
  g_autofree char *own_authority = g_build_filename (own, "cacert.pem", NULL);
  g_autofree char *own_certificate = g_build_filename (own, "clientcert.pem", NULL);
  g_autofree char *own_key = g_build_filename (own, "clientkey.pem", NULL);
  const gboolean as_root = geteuid () == 0;
  const gboolean own_pair = !as_root && is_readable (own_certificate) && is_readable (own_key);

  *authority = !as_root && is_readable (own_authority) ? g_steal_pointer (&own_authority)
               : g_strdup ("/etc/pki/CA/cacert.pem");
  *certificate = own_pair ? g_steal_pointer (&own_certificate) : g_strdup ("/etc/pki/libvirt/clientcert.pem");
  *key = own_pair ? g_steal_pointer (&own_key) : g_strdup ("/etc/pki/libvirt/private/clientkey.pem");
}

/* The authority's file that libvirt takes for @uri */
static char *
find_authority (const LodgeUri *uri)
{
  g_autoptr(GHashTable) query = uri->query != NULL
                                ? g_uri_parse_params (uri->query, -1, "&", G_URI_PARAMS_NONE, NULL) : NULL;
  const char *folder = query != NULL ? g_hash_table_lookup (query, "pkipath") : NULL;
  g_autofree char *certificate = NULL;
  g_autofree char *key = NULL;
  char *authority;

  if (folder != NULL)
    return g_build_filename (folder, "cacert.pem", NULL);
  find_usual_places (&authority, &certificate, &key);
  return authority;
}

typedef struct
{
  GTlsDatabase         *database;
  GTlsCertificateFlags  flaws;
} Look;

/* It is only looked at: nothing is said to the host */
static gboolean
accept_certificate_cb (GTlsConnection       *connection,
                       GTlsCertificate      *certificate,
                       GTlsCertificateFlags  flaws,
                       Look                 *look)
{
  look->flaws = flaws;
  return FALSE;
}

static void
event_cb (GSocketClient      *client,
          GSocketClientEvent  event,
          GSocketConnectable *connectable,
          GIOStream          *connection,
          Look               *look)
{
  if (event != G_SOCKET_CLIENT_TLS_HANDSHAKING)
    return;
  g_tls_connection_set_database (G_TLS_CONNECTION (connection), look->database);
  g_signal_connect (connection, "accept-certificate", G_CALLBACK (accept_certificate_cb), look);
}

static GTlsCertificateFlags
find_flaws (const LodgeUri *uri,
            const char     *authority,
            GCancellable   *cancellable)
{
  g_autoptr(GTlsDatabase) database = g_tls_file_database_new (authority, NULL);
  g_autoptr(GSocketClient) client = g_socket_client_new ();
  g_autoptr(GSocketConnection) connection = NULL;
  Look look = { database, 0 };

  /* (There is none where the program has no TLS of its own.) */
  if (database == NULL)
    return 0;
  g_socket_client_set_timeout (client, LOOK_PATIENCE);
  g_socket_client_set_tls (client, TRUE);
  g_signal_connect (client, "event", G_CALLBACK (event_cb), &look);
  connection = g_socket_client_connect_to_host (client, uri->host, uri->port > 0 ? uri->port : PORT_TLS, cancellable,
                                                NULL);
  return look.flaws;
}

char *
lodge_tls_certificates_explain (const LodgeUri *uri,
                                GCancellable   *cancellable)
{
  g_autofree char *authority = find_authority (uri);
  const GTlsCertificateFlags flaws = find_flaws (uri, authority, cancellable);

  if ((flaws & G_TLS_CERTIFICATE_UNKNOWN_CA) != 0)
    /* Translators: the path of a file */
    return g_strdup_printf (_("The host's certificate is signed by another authority than that of %s. Ask who runs the host "
                              "for the right one."), authority);
  if ((flaws & (G_TLS_CERTIFICATE_EXPIRED | G_TLS_CERTIFICATE_NOT_ACTIVATED)) != 0)
    return g_strdup (_("The host's certificate is not valid on today's date. Check the clocks of both, or ask who runs the "
                       "host to renew it."));
  if ((flaws & G_TLS_CERTIFICATE_BAD_IDENTITY) != 0)
    /* Translators: the name of a host */
    return g_strdup_printf (_("The host's certificate is for another name than “%s”. Connect by the name that is in it."),
                            uri->host);
  if ((flaws & G_TLS_CERTIFICATE_REVOKED) != 0)
    return g_strdup (_("The host's certificate was revoked. Ask who runs the host."));
  return NULL;
}

static void
check_thread (GTask        *task,
              gpointer      source_object,
              gpointer      task_data,
              GCancellable *cancellable)
{
  const char *folder = task_data;
  g_autofree char *authority = NULL;
  g_autofree char *certificate = NULL;
  g_autofree char *key = NULL;
  g_autoptr(GString) missing = g_string_new (NULL);

  if (*folder == '\0')
    find_usual_places (&authority, &certificate, &key);
  else
    {
      authority = g_build_filename (folder, "cacert.pem", NULL);
      certificate = g_build_filename (folder, "clientcert.pem", NULL);
      key = g_build_filename (folder, "clientkey.pem", NULL);
    }
  for (guint i = 0; i < 3; i++)
    {
      const char *path = i == 0 ? authority : i == 1 ? certificate : key;

      if (!is_readable (path))
        g_string_append_printf (missing, "%s%s", missing->len > 0 ? ", " : "", path);
    }
  if (missing->len == 0)
    {
      g_object_set_data (G_OBJECT (task), "lodge-complete", task);
      /* Translators: the path of a file */
      g_task_return_pointer (task, g_strdup_printf (_("You show the host the certificate %s."), certificate), g_free);
    }
  else
    /* Translators: paths of files, with commas */
    g_task_return_pointer (task, g_strdup_printf (_("Missing or not readable: %s. The host's administrator issues "
                                                    "them; without them it does not let you in."), missing->str),
                           g_free);
}

void
lodge_tls_certificates_check_async (const char          *folder,
                                    GCancellable        *cancellable,
                                    GAsyncReadyCallback  callback,
                                    gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, lodge_tls_certificates_check_async);
  g_task_set_task_data (task, g_strdup (folder != NULL ? folder : ""), g_free);
  g_task_run_in_thread (task, check_thread);
}

char *
lodge_tls_certificates_check_finish (GAsyncResult  *result,
                                     gboolean      *complete,
                                     GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  *complete = g_object_get_data (G_OBJECT (result), "lodge-complete") != NULL;
  return g_task_propagate_pointer (G_TASK (result), error);
}
