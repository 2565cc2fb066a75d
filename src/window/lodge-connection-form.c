/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lodge-connection-form.h"

#include <glib/gi18n.h>
#include <string.h>

#include "util/lodge-error.h"

#define BIT(location) (1u << (location))
#define HERE          (BIT (LODGE_LOCATION_HERE) | BIT (LODGE_LOCATION_SOCKET))
#define ANYWHERE      (HERE | BIT (LODGE_LOCATION_SSH) | BIT (LODGE_LOCATION_TLS) | BIT (LODGE_LOCATION_TCP))

static const LodgeHypervisorChoice hypervisors[] = {
  { N_("QEMU/KVM"), "qemu", "/system", "/session", ANYWHERE },
  { N_("Xen"), "xen", "/system", NULL, ANYWHERE },
  { N_("LXC containers"), "lxc", "/system", NULL, ANYWHERE },
  { N_("Cloud Hypervisor"), "ch", "/system", "/session", ANYWHERE },
  { N_("bhyve"), "bhyve", "/system", NULL, ANYWHERE },
  { N_("Virtuozzo"), "vz", "/system", NULL, ANYWHERE },
  { N_("VirtualBox"), "vbox", NULL, "/session", BIT (LODGE_LOCATION_HERE) | BIT (LODGE_LOCATION_SSH) },
  { N_("VMware ESXi"), "esx", "/", NULL, 0 },
  { N_("Hyper-V"), "hyperv", "/", NULL, 0 },
  { N_("Test hypervisor"), "test", "/default", NULL, BIT (LODGE_LOCATION_HERE) },
  { N_("Custom URI"), NULL, NULL, NULL, 0 },
};

static const char * const far_ends[] = {
  [LODGE_FAR_END_AUTOMATIC] = NULL,
  [LODGE_FAR_END_HELPER] = "native",
  [LODGE_FAR_END_NETCAT] = "netcat",
};

const LodgeHypervisorChoice *
lodge_connection_form_get_hypervisors (guint *n)
{
  *n = G_N_ELEMENTS (hypervisors);
  return hypervisors;
}

LodgeConnectionForm *
lodge_connection_form_new (void)
{
  LodgeConnectionForm *self = g_new0 (LodgeConnectionForm, 1);

  self->address = g_strdup ("");
  self->user = g_strdup ("");
  self->key_file = g_strdup ("");
  self->far_socket = g_strdup ("");
  self->certificates = g_strdup ("");
  self->socket = g_strdup ("");
  self->uri = g_strdup ("");
  return self;
}

void
lodge_connection_form_free (LodgeConnectionForm *self)
{
  g_free (self->address);
  g_free (self->user);
  g_free (self->key_file);
  g_free (self->far_socket);
  g_free (self->certificates);
  g_free (self->socket);
  g_free (self->uri);
  g_free (self);
}

static void
add_parameter (GString    *query,
               const char *name,
               const char *value)
{
  if (value == NULL || *value == '\0')
    return;
  g_string_append_printf (query, "%s%s=", query->len > 0 ? "&" : "", name);
  g_string_append_uri_escaped (query, value, "/", FALSE);
}

/* A full path, as libvirt and ssh want it */
static gboolean
check_path (const char  *path,
            GError     **error)
{
  if (*path == '\0' || g_path_is_absolute (path))
    return TRUE;
  return lodge_set_error (error, LODGE_ERROR_INVALID_VALUE, _("“%s” is not a full path: it begins with a slash"), path);
}

/* Where it is, in @uri; the parameters of the way there into @query */
static gboolean
set_location (const LodgeConnectionForm  *self,
              LodgeUri                   *uri,
              GString                    *query,
              GError                    **error)
{
  switch (self->location)
    {
    case LODGE_LOCATION_SOCKET:
      if (*self->socket == '\0')
        return lodge_set_error (error, LODGE_ERROR_INVALID_VALUE, _("Enter the path of the socket"));
      uri->transport = LODGE_TRANSPORT_UNIX;
      add_parameter (query, "socket", self->socket);
      return check_path (self->socket, error);

    case LODGE_LOCATION_SSH:
      uri->transport = self->libssh ? LODGE_TRANSPORT_LIBSSH : LODGE_TRANSPORT_SSH;
      add_parameter (query, "keyfile", self->key_file);
      add_parameter (query, "proxy", far_ends[self->far_end]);
      add_parameter (query, "socket", self->far_socket);
      return check_path (self->key_file, error) && check_path (self->far_socket, error);

    case LODGE_LOCATION_TLS:
      uri->transport = LODGE_TRANSPORT_TLS;
      add_parameter (query, "pkipath", self->certificates);
      add_parameter (query, "no_verify", self->no_verify ? "1" : NULL);
      return check_path (self->certificates, error);

    case LODGE_LOCATION_TCP:
      uri->transport = LODGE_TRANSPORT_TCP;
      return TRUE;

    case LODGE_LOCATION_HERE:
    case LODGE_N_LOCATIONS:
    default:
      return TRUE;
    }
}

static gboolean
is_remote (const LodgeConnectionForm *self)
{
  return hypervisors[self->hypervisor].locations == 0 || self->location >= LODGE_LOCATION_SSH;
}

/* Whether the machines of a user can be meant */
static gboolean
can_be_session (const LodgeConnectionForm *self)
{
  return hypervisors[self->hypervisor].session_path != NULL
         && (self->location == LODGE_LOCATION_HERE || self->location == LODGE_LOCATION_SOCKET
             || self->location == LODGE_LOCATION_SSH);
}

static gboolean
set_host (const LodgeConnectionForm  *self,
          LodgeUri                   *uri,
          GError                    **error)
{
  const char *address = self->address;

  if (*address == '\0')
    return lodge_set_error (error, LODGE_ERROR_INVALID_VALUE, _("Enter the address of the host"));
  if (strpbrk (address, "/?#@ \t") != NULL)
    return lodge_set_error (error, LODGE_ERROR_INVALID_VALUE,
                            _("An address is a host name or an IP address. Enter a URI under Hypervisor: Custom URI"));
  /* A URI's own form of an IPv6 address is understood too */
  if (*address == '[' && g_str_has_suffix (address, "]"))
    uri->host = g_strndup (address + 1, strlen (address) - 2);
  else
    uri->host = g_strdup (address);
  /* The others ask for a name when they want one */
  if (*self->user != '\0'
      && (self->location == LODGE_LOCATION_SSH || hypervisors[self->hypervisor].locations == 0))
    uri->user = g_strdup (self->user);
  if (self->port > 0)
    uri->port = (int) self->port;
  return TRUE;
}

char *
lodge_connection_form_to_uri (const LodgeConnectionForm  *self,
                              GError                    **error)
{
  const LodgeHypervisorChoice *choice = &hypervisors[self->hypervisor];
  g_autoptr(LodgeUri) uri = lodge_uri_new ();
  g_autoptr(LodgeUri) parsed = NULL;
  g_autoptr(GString) query = g_string_new (NULL);
  g_autofree char *text = NULL;

  if (choice->driver == NULL)
    {
      parsed = lodge_uri_parse (self->uri, error);
      return parsed != NULL ? g_strdup (self->uri) : NULL;
    }

  uri->driver = g_strdup (choice->driver);
  uri->port = -1;
  if (choice->locations == 0)
    {
      uri->transport = LODGE_TRANSPORT_TLS;   /* the scheme alone */
      add_parameter (query, "no_verify", self->no_verify ? "1" : NULL);
    }
  else if (!set_location (self, uri, query, error))
    return NULL;
  if (is_remote (self) && !set_host (self, uri, error))
    return NULL;
  uri->path = g_strdup (choice->system_path == NULL || (self->session && can_be_session (self))
                        ? choice->session_path : choice->system_path);
  uri->query = query->len > 0 ? g_strdup (query->str) : NULL;

  text = lodge_uri_to_string (uri);
  parsed = lodge_uri_parse (text, error);
  return parsed != NULL ? g_steal_pointer (&text) : NULL;
}

static LodgeLocation
location_of (const LodgeUri *uri)
{
  switch (uri->transport)
    {
    case LODGE_TRANSPORT_UNIX:
      return LODGE_LOCATION_SOCKET;
    case LODGE_TRANSPORT_SSH:
    case LODGE_TRANSPORT_LIBSSH:
      return LODGE_LOCATION_SSH;
    case LODGE_TRANSPORT_TLS:
      return LODGE_LOCATION_TLS;
    case LODGE_TRANSPORT_TCP:
      return LODGE_LOCATION_TCP;
    case LODGE_TRANSPORT_LOCAL:
    case LODGE_TRANSPORT_EXT:
    default:
      return LODGE_LOCATION_HERE;
    }
}

static void
take_parameters (LodgeConnectionForm *self,
                 GHashTable          *parameters)
{
  const char *socket = g_hash_table_lookup (parameters, "socket");
  const char *proxy = g_hash_table_lookup (parameters, "proxy");
  const char *key_file = g_hash_table_lookup (parameters, "keyfile");
  const char *certificates = g_hash_table_lookup (parameters, "pkipath");

  if (socket != NULL)
    g_set_str (self->location == LODGE_LOCATION_SOCKET ? &self->socket : &self->far_socket, socket);
  if (key_file != NULL)
    g_set_str (&self->key_file, key_file);
  if (certificates != NULL)
    g_set_str (&self->certificates, certificates);
  self->no_verify = g_strcmp0 (g_hash_table_lookup (parameters, "no_verify"), "1") == 0;
  for (guint i = 1; i < G_N_ELEMENTS (far_ends); i++)
    {
      if (g_strcmp0 (proxy, far_ends[i]) == 0)
        self->far_end = i;
    }
}

LodgeConnectionForm *
lodge_connection_form_from_uri (const char *text)
{
  g_autoptr(LodgeConnectionForm) self = lodge_connection_form_new ();
  g_autoptr(LodgeUri) uri = lodge_uri_parse (text, NULL);
  g_autoptr(GHashTable) parameters = NULL;
  g_autofree char *again = NULL;

  for (guint i = 0; uri != NULL && i < G_N_ELEMENTS (hypervisors); i++)
    {
      if (g_strcmp0 (hypervisors[i].driver, uri->driver) == 0)
        {
          self->hypervisor = i;
          self->location = location_of (uri);
          self->session = g_strcmp0 (uri->path, hypervisors[i].session_path) == 0;
          self->libssh = uri->transport == LODGE_TRANSPORT_LIBSSH;
          g_set_str (&self->address, uri->host != NULL ? uri->host : "");
          g_set_str (&self->user, uri->user != NULL ? uri->user : "");
          self->port = (guint) MAX (uri->port, 0);
          parameters = g_uri_parse_params (uri->query != NULL ? uri->query : "", -1, "&;", G_URI_PARAMS_NONE, NULL);
          if (parameters != NULL)
            take_parameters (self, parameters);
          again = lodge_connection_form_to_uri (self, NULL);
          break;
        }
    }

  /* The form must say all that the URI says */
  if (g_strcmp0 (again, text) != 0)
    {
      g_clear_pointer (&self, lodge_connection_form_free);
      self = lodge_connection_form_new ();
      self->hypervisor = G_N_ELEMENTS (hypervisors) - 1;
      g_set_str (&self->uri, text);
    }
  return g_steal_pointer (&self);
}
