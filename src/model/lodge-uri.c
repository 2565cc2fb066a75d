/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lodge-uri.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "util/lodge-error.h"
#include "util/lodge-format.h"

static const struct { const char *name; LodgeTransport transport; } transports[] = {
  { "unix", LODGE_TRANSPORT_UNIX },
  { "ssh", LODGE_TRANSPORT_SSH },
  { "libssh", LODGE_TRANSPORT_LIBSSH },
  { "libssh2", LODGE_TRANSPORT_LIBSSH },
  { "tls", LODGE_TRANSPORT_TLS },
  { "tcp", LODGE_TRANSPORT_TCP },
  { "ext", LODGE_TRANSPORT_EXT },
};

/* What a driver is called, for the caption */
static const struct { const char *driver, *name; } drivers[] = {
  { "qemu", "QEMU/KVM" },
  { "xen", "Xen" },
  { "lxc", "LXC" },
  { "test", N_("Test hypervisor") },
  { "esx", "VMware ESXi" },
  { "vpx", "VMware vCenter" },
  { "vmwareplayer", "VMware Player" },
  { "vmwarews", "VMware Workstation" },
  { "vmwarefusion", "VMware Fusion" },
  { "vbox", "VirtualBox" },
  { "bhyve", "bhyve" },
  { "ch", "Cloud Hypervisor" },
  { "hyperv", "Hyper-V" },
  { "vz", "Virtuozzo" },
  { "openvz", "OpenVZ" },
};

G_DEFINE_BOXED_TYPE (LodgeUri, lodge_uri, lodge_uri_copy, lodge_uri_free)

LodgeUri *
lodge_uri_new (void)
{
  LodgeUri *self = g_new0 (LodgeUri, 1);

  self->port = -1;
  return self;
}

LodgeUri *
lodge_uri_copy (const LodgeUri *self)
{
  LodgeUri *copy = g_memdup2 (self, sizeof *self);

  copy->driver = g_strdup (self->driver);
  copy->user = g_strdup (self->user);
  copy->host = g_strdup (self->host);
  copy->path = g_strdup (self->path);
  copy->query = g_strdup (self->query);
  return copy;
}

void
lodge_uri_free (LodgeUri *self)
{
  g_free (self->driver);
  g_free (self->user);
  g_free (self->host);
  g_free (self->path);
  g_free (self->query);
  g_free (self);
}

static gboolean
parse_scheme (LodgeUri    *self,
              const char  *scheme,
              GError     **error)
{
  const char *plus = strchr (scheme, '+');

  self->driver = plus != NULL ? g_strndup (scheme, plus - scheme) : g_strdup (scheme);
  if (plus == NULL)
    {
      self->transport = self->host != NULL ? LODGE_TRANSPORT_TLS : LODGE_TRANSPORT_LOCAL;
      return TRUE;
    }
  for (guint i = 0; i < G_N_ELEMENTS (transports); i++)
    {
      if (g_str_equal (plus + 1, transports[i].name))
        {
          self->transport = transports[i].transport;
          return TRUE;
        }
    }
  return lodge_set_error (error, LODGE_ERROR_INVALID_VALUE,
                          _("“%s” is not a way to reach a host. libvirt knows ssh, libssh, tls, tcp and unix."),
                          plus + 1);
}

/* Names of DNS and of ~/.ssh/config, and addresses with a zone. What is no ASCII may be an international name. */
static gboolean
is_host_name (const char *host)
{
  for (const char *c = host; *c != '\0'; c++)
    {
      if (!g_ascii_isalnum (*c) && strchr ("-._:%", *c) == NULL && (guchar) *c < 0x80)
        return FALSE;
    }
  return TRUE;
}

/**
 * lodge_uri_parse:
 * @text: what a person typed
 * @error: what is wrong with it, in words for the place where it was typed
 *
 * Returns: (transfer full) (nullable): the parts
 */
LodgeUri *
lodge_uri_parse (const char  *text,
                 GError     **error)
{
  g_autoptr(LodgeUri) self = lodge_uri_new ();
  g_autoptr(GUri) uri = NULL;
  g_autoptr(GError) local = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  if (strstr (text, ":/") == NULL)
    {
      lodge_set_error (error, LODGE_ERROR_PARSE,
                       _("A URI starts with the hypervisor, for example qemu:///system."));
      return NULL;
    }
  uri = g_uri_parse (text, G_URI_FLAGS_NON_DNS | G_URI_FLAGS_HAS_PASSWORD | G_URI_FLAGS_ENCODED_QUERY
                           | G_URI_FLAGS_ENCODED_PATH, &local);
  if (uri == NULL)
    {
      lodge_set_error (error, LODGE_ERROR_PARSE, _("This is not a URI: %s."), local->message);
      return NULL;
    }
  if (g_uri_get_password (uri) != NULL)
    {
      lodge_set_error (error, LODGE_ERROR_INVALID_VALUE,
                       _("A URI must not hold a password: it would be kept in the settings."));
      return NULL;
    }

  self->host = g_uri_get_host (uri) != NULL && *g_uri_get_host (uri) != '\0'
               ? g_strdup (g_uri_get_host (uri)) : NULL;
  self->user = g_strdup (g_uri_get_user (uri));
  self->port = g_uri_get_port (uri);
  self->path = g_strdup (g_uri_get_path (uri));
  self->query = g_strdup (g_uri_get_query (uri));
  if (!parse_scheme (self, g_uri_get_scheme (uri), error))
    return NULL;

  if (self->host == NULL
      && (self->transport == LODGE_TRANSPORT_SSH || self->transport == LODGE_TRANSPORT_LIBSSH
          || self->transport == LODGE_TRANSPORT_TLS || self->transport == LODGE_TRANSPORT_TCP))
    {
      lodge_set_error (error, LODGE_ERROR_INVALID_VALUE, _("The URI lacks the name of the host."));
      return NULL;
    }
  /* A host that begins with a dash would be an option of ssh */
  if ((self->host != NULL && self->host[0] == '-') || (self->user != NULL && self->user[0] == '-'))
    {
      lodge_set_error (error, LODGE_ERROR_INVALID_VALUE,
                       _("A name cannot begin with a dash."));
      return NULL;
    }
  if (self->host != NULL && !is_host_name (self->host))
    {
      g_autofree char *shown = lodge_display_text (self->host, 80);

      lodge_set_error (error, LODGE_ERROR_INVALID_VALUE, _("“%s” is not the name or the address of a host."), shown);
      return NULL;
    }
  return g_steal_pointer (&self);
}

char *
lodge_uri_to_string (const LodgeUri *self)
{
  GString *text = g_string_new (self->driver);

  if (self->transport != LODGE_TRANSPORT_LOCAL
      && !(self->transport == LODGE_TRANSPORT_TLS && self->host != NULL))
    {
      for (guint i = 0; i < G_N_ELEMENTS (transports); i++)
        {
          if (transports[i].transport == self->transport)
            {
              g_string_append_printf (text, "+%s", transports[i].name);
              break;
            }
        }
    }
  g_string_append (text, "://");
  if (self->user != NULL && *self->user != '\0')
    {
      g_string_append_uri_escaped (text, self->user, NULL, FALSE);
      g_string_append_c (text, '@');
    }
  if (self->host != NULL && strchr (self->host, ':') != NULL)
    g_string_append_printf (text, "[%s]", self->host);
  else if (self->host != NULL)
    g_string_append_uri_escaped (text, self->host, NULL, FALSE);
  if (self->port > 0)
    g_string_append_printf (text, ":%d", self->port);
  g_string_append (text, self->path != NULL && *self->path != '\0' ? self->path : "/");
  if (self->query != NULL && *self->query != '\0')
    g_string_append_printf (text, "?%s", self->query);
  return g_string_free_and_steal (text);
}

gboolean
lodge_uri_is_local (const LodgeUri *self)
{
  return self->host == NULL;
}

gboolean
lodge_uri_is_session (const LodgeUri *self)
{
  return g_strcmp0 (self->path, "/session") == 0;
}

char *
lodge_uri_dup_label (const LodgeUri *self)
{
  if (self->host != NULL)
    return g_strdup (self->host);
  if (g_str_equal (self->driver, "test"))
    return g_strdup (_("Test Hypervisor"));
  if (lodge_uri_is_session (self))
    return g_strdup (_("User Session"));
  return g_strdup (_("This Computer"));
}

char *
lodge_uri_dup_caption (const LodgeUri *self)
{
  const char *name = self->driver;

  for (guint i = 0; i < G_N_ELEMENTS (drivers); i++)
    {
      if (g_str_equal (drivers[i].driver, self->driver))
        name = g_str_equal (self->driver, "test") ? _(drivers[i].name) : drivers[i].name;
    }

  switch (self->transport)
    {
    case LODGE_TRANSPORT_SSH:
    case LODGE_TRANSPORT_LIBSSH:
      return g_strdup (_("Connected over SSH"));
    case LODGE_TRANSPORT_TLS:
      return g_strdup (_("Connected over TLS"));
    case LODGE_TRANSPORT_TCP:
      return g_strdup (_("Connected over TCP, not encrypted"));
    case LODGE_TRANSPORT_LOCAL:
    case LODGE_TRANSPORT_UNIX:
    case LODGE_TRANSPORT_EXT:
    default:
      break;
    }
  if (lodge_uri_is_session (self))
    /* Translators: the name of a hypervisor */
    return g_strdup_printf (_("%s session"), name);
  if (g_strcmp0 (self->path, "/system") == 0)
    /* Translators: the name of a hypervisor */
    return g_strdup_printf (_("%s system"), name);
  return g_strdup (name);
}
