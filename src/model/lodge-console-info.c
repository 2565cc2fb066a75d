/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-console-info"

#include "config.h"

#include "lodge-console-devices.h"
#include "lodge-console-info-private.h"

#include <glib/gi18n.h>

#include "util/lodge-error.h"
#include "xml/lodge-xml-document.h"

/* More than any hypervisor allows, fewer than what a lying host could fill a menu with */
#define MAX_CONSOLES    64
#define MAX_TEXT_LENGTH 1024

struct _LodgeConsoleInfo
{
  GObject           parent_instance;
  LodgeConsoleKind  kind;
  guint             index;
  guint             port;
  guint             tls_port;
  char             *label;      /* owned */
  char             *obstacle;   /* owned, nullable */
  char             *host;       /* owned, nullable: as seen from here */
  char             *far_host;   /* owned, nullable: as seen on the host */
  char             *unix_path;  /* owned, nullable */
  char             *alias;      /* owned, nullable */
  char             *video;      /* owned, nullable: model of the first card */
  LodgeConsoleDevices devices;
};

G_DEFINE_FINAL_TYPE (LodgeConsoleInfo, lodge_console_info, G_TYPE_OBJECT)

static gboolean
is_loopback (const char *address)
{
  g_autoptr(GInetAddress) inet = NULL;

  if (address == NULL || g_str_equal (address, "localhost"))
    return TRUE;
  inet = g_inet_address_new_from_string (address);
  return inet != NULL && g_inet_address_get_is_loopback (inet);
}

static gboolean
is_wildcard (const char *address)
{
  g_autoptr(GInetAddress) inet = NULL;

  if (address == NULL)
    return FALSE;
  if (g_str_equal (address, "*"))
    return TRUE;
  inet = g_inet_address_new_from_string (address);
  return inet != NULL && g_inet_address_get_is_any (inet);
}

/* An attribute of a host that is to be used: bounded, without control characters, never empty */
static char *
dup_attribute (LodgeXmlDocument *document,
               LodgeXmlNode      node,
               const char       *name)
{
  g_autofree char *value = NULL;

  if (node == LODGE_XML_NONE)
    return NULL;
  value = lodge_xml_document_get_attribute (document, node, name);
  if (value == NULL || *value == '\0' || strlen (value) > MAX_TEXT_LENGTH)
    return NULL;
  for (const char *p = value; *p; p++)
    if (g_ascii_iscntrl (*p))
      return NULL;
  return g_steal_pointer (&value);
}

static guint
get_port (LodgeXmlDocument *document,
          LodgeXmlNode      node,
          const char       *name)
{
  g_autofree char *value = dup_attribute (document, node, name);
  guint64 port = 0;

  if (value == NULL || !g_ascii_string_to_unsigned (value, 10, 1, G_MAXUINT16, &port, NULL))
    return 0;
  return port;
}

static gboolean
uri_is_driver (const LodgeUri *uri,
               const char     *driver)
{
  return g_strcmp0 (uri != NULL ? uri->driver : "qemu", driver) == 0;
}

static gboolean
uri_is_here (const LodgeUri *uri)
{
  return uri == NULL || uri->host == NULL || lodge_uri_is_local (uri);
}

static gboolean
uri_is_ssh (const LodgeUri *uri)
{
  return uri != NULL && uri->host != NULL && uri->transport == LODGE_TRANSPORT_SSH;
}

/* A sentence for a screen that its kind would allow to show, or NULL */
static char *
dup_screen_obstacle (LodgeConsoleInfo *self,
                     const LodgeUri   *uri,
                     const char       *listen_type)
{
  const gboolean has_port = self->port != 0;

  if (uri_is_driver (uri, "test"))
    return g_strdup (_("Machines of the test hypervisor have no screen."));

  switch (lodge_console_info_get_route (self, uri))
    {
    case LODGE_SCREEN_BY_LIBVIRT:
    case LODGE_SCREEN_BY_SOCKET:
      return NULL;

    case LODGE_SCREEN_BY_SSH:
      if (self->unix_path != NULL || has_port)
        return NULL;
      if (self->tls_port != 0)
        return g_strdup (_("This display accepts encrypted connections only, which cannot be made through SSH."));
      break;

    case LODGE_SCREEN_BY_ADDRESS:
      if (self->unix_path != NULL)
        return g_strdup (_("This display listens on a socket of its host, which can only be reached from the "
                           "host itself or over SSH."));
      if ((has_port || self->tls_port != 0) && !uri_is_here (uri) && is_loopback (self->far_host))
        return g_strdup (_("This display can only be reached from its own host. Connect to the host over SSH, or "
                           "let the display listen on another address."));
      if (has_port || self->tls_port != 0)
        return NULL;
      break;

    default:
      g_assert_not_reached ();
    }

  if (g_strcmp0 (listen_type, "none") == 0 && uri_is_ssh (uri))
    return g_strdup (_("This display does not listen for connections. Let it listen on the address 127.0.0.1 of its "
                       "host, which nobody else can reach, and it can be shown over SSH."));
  if (g_strcmp0 (listen_type, "none") == 0)
    return g_strdup (_("This display does not listen for connections. Only programs on its own host can show it."));
  return g_strdup (_("This display has no address yet. It gets one when the machine starts."));
}

/* QEMU hands such a display out as a descriptor, which only its own computer can pass on */
static char *
dup_dbus_obstacle (LodgeXmlDocument *document,
                   LodgeXmlNode      node,
                   const LodgeUri   *uri)
{
  g_autofree char *peer = dup_attribute (document, node, "p2p");

  if (!uri_is_here (uri) || !uri_is_driver (uri, "qemu"))
    return g_strdup (_("A D-Bus display can only be shown on its own host. Add a SPICE or VNC display to see the machine "
                       "from elsewhere."));
  if (g_strcmp0 (peer, "yes") != 0)
    return g_strdup (_("This display is on a message bus of its own. Set it to peer to peer (p2p='yes') to show it here."));
  return NULL;
}

static LodgeConsoleInfo *
parse_screen (LodgeXmlDocument *document,
              LodgeXmlNode      node,
              guint             index,
              const LodgeUri   *uri)
{
  LodgeConsoleInfo *self = g_object_new (LODGE_TYPE_CONSOLE_INFO, NULL);
  g_autofree char *type = dup_attribute (document, node, "type");
  LodgeXmlNode listen = lodge_xml_document_get_first_child (document, node, "listen");
  g_autofree char *listen_type = dup_attribute (document, listen, "type");

  self->index = index;
  self->label = g_strdup_printf (_("Display %u"), index + 1);
  self->port = get_port (document, node, "port");
  self->tls_port = get_port (document, node, "tlsPort");

  self->unix_path = dup_attribute (document, node, "socket");
  if (self->unix_path == NULL)
    self->unix_path = dup_attribute (document, listen, "socket");
  if (self->unix_path != NULL && *self->unix_path != '/')
    g_clear_pointer (&self->unix_path, g_free);

  self->far_host = dup_attribute (document, listen, "address");
  if (self->far_host == NULL)
    self->far_host = dup_attribute (document, node, "listen");
  if (g_strcmp0 (listen_type, "none") == 0)
    {
      /* Old ports may still stand there: nobody listens on them. */
      self->port = self->tls_port = 0;
      g_clear_pointer (&self->far_host, g_free);
    }

  if (g_strcmp0 (type, "spice") == 0)
    self->kind = LODGE_CONSOLE_SPICE;
  else if (g_strcmp0 (type, "vnc") == 0)
    self->kind = LODGE_CONSOLE_VNC;
  else if (g_strcmp0 (type, "dbus") == 0)
    self->kind = LODGE_CONSOLE_DBUS;
  else
    self->kind = LODGE_CONSOLE_OTHER_GRAPHICS;

  if (self->kind == LODGE_CONSOLE_VNC)
    self->tls_port = 0;

  if (self->port != 0 || self->tls_port != 0)
    {
      const gboolean wildcard = is_wildcard (self->far_host);

      if (wildcard && !uri_is_here (uri))
        self->host = g_strdup (uri->host);
      else if (wildcard || self->far_host == NULL)
        self->host = g_strdup (strchr (self->far_host ? self->far_host : "", ':') ? "::1" : "127.0.0.1");
      else
        self->host = g_strdup (self->far_host);

      if (wildcard || self->far_host == NULL)
        {
          const char *loopback = strchr (self->far_host ? self->far_host : "", ':') ? "::1" : "127.0.0.1";

          /* It is still reached from elsewhere: only what is not said is taken for loopback. */
          if (!wildcard || uri_is_ssh (uri))
            {
              g_free (self->far_host);
              self->far_host = g_strdup (loopback);
            }
        }
    }

  if (self->kind == LODGE_CONSOLE_OTHER_GRAPHICS)
    self->obstacle = type != NULL && strlen (type) <= 32
                     ? g_strdup_printf (_("Displays of the kind “%s” cannot be shown."), type)
                     : g_strdup (_("Displays of this kind cannot be shown."));
  else if (self->kind == LODGE_CONSOLE_DBUS)
    self->obstacle = dup_dbus_obstacle (document, node, uri);
  else
    self->obstacle = dup_screen_obstacle (self, uri, listen_type);

  return self;
}

static LodgeConsoleInfo *
parse_text_console (LodgeXmlDocument *document,
                    LodgeXmlNode      node,
                    LodgeConsoleKind  kind,
                    guint             index,
                    const char       *label_format)
{
  LodgeConsoleInfo *self = g_object_new (LODGE_TYPE_CONSOLE_INFO, NULL);
  g_autofree char *type = dup_attribute (document, node, "type");
  LodgeXmlNode alias = lodge_xml_document_get_first_child (document, node, "alias");

  self->kind = kind;
  self->index = index;
  self->alias = dup_attribute (document, alias, "name");
  G_GNUC_BEGIN_IGNORE_DEPRECATIONS
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  self->label = g_strdup_printf (label_format, index + 1);
#pragma GCC diagnostic pop
  G_GNUC_END_IGNORE_DEPRECATIONS

  /* What libvirt can open: bhyve has nmdm, all others pseudo terminals. */
  if (g_strcmp0 (type, "pty") != 0 && g_strcmp0 (type, "nmdm") != 0)
    self->obstacle = type != NULL && strlen (type) <= 32
                     ? g_strdup_printf (_("A console of the kind “%s” cannot be opened, only “pty” can."), type)
                     : g_strdup (_("A console of this kind cannot be opened, only “pty” can."));
  return self;
}

static void
append (GListStore       *store,
        LodgeConsoleInfo *info)
{
  g_list_store_append (store, info);
  g_object_unref (info);
}

/* A <console> is the first serial port once more, unless its target is of another kind. */
static LodgeConsoleKind
get_console_kind (LodgeXmlDocument *document,
                  LodgeXmlNode      console)
{
  LodgeXmlNode target = lodge_xml_document_get_first_child (document, console, "target");
  g_autofree char *type = dup_attribute (document, target, "type");

  return type == NULL || g_str_equal (type, "serial") ? LODGE_CONSOLE_SERIAL : LODGE_CONSOLE_VIRTIO;
}

static void
add_screens (GListStore       *store,
             LodgeXmlDocument *document,
             LodgeXmlNode      devices,
             const LodgeUri   *uri)
{
  LodgeXmlNode node = lodge_xml_document_get_first_child (document, devices, "graphics");

  for (guint i = 0; node != LODGE_XML_NONE && i < MAX_CONSOLES; i++)
    {
      LodgeConsoleInfo *info = parse_screen (document, node, i, uri);

      info->devices = lodge_console_devices_read (document, devices, info->kind);
      info->video = dup_attribute (document, lodge_xml_document_find (document, devices, "video/model"), "type");
      append (store, info);
      node = lodge_xml_document_get_next_sibling (document, node, "graphics");
    }
}

static void
add_text_consoles (GListStore       *store,
                   LodgeXmlDocument *document,
                   LodgeXmlNode      devices)
{
  LodgeXmlNode node;
  guint n_serial = 0;
  guint n_virtio = 0;
  guint i;

  node = lodge_xml_document_get_first_child (document, devices, "serial");
  while (node != LODGE_XML_NONE && n_serial < MAX_CONSOLES)
    {
      append (store, parse_text_console (document, node, LODGE_CONSOLE_SERIAL, n_serial++, _("Serial %u")));
      node = lodge_xml_document_get_next_sibling (document, node, "serial");
    }

  node = lodge_xml_document_get_first_child (document, devices, "console");
  for (i = 0; node != LODGE_XML_NONE && i < MAX_CONSOLES; i++)
    {
      LodgeConsoleKind kind = get_console_kind (document, node);

      if (kind == LODGE_CONSOLE_VIRTIO)
        append (store, parse_text_console (document, node, kind, n_virtio++, _("Text Console %u")));
      else if (n_serial == 0)
        append (store, parse_text_console (document, node, kind, n_serial++, _("Serial %u")));
      node = lodge_xml_document_get_next_sibling (document, node, "console");
    }

  node = lodge_xml_document_get_first_child (document, devices, "parallel");
  for (i = 0; node != LODGE_XML_NONE && i < MAX_CONSOLES; i++)
    {
      append (store, parse_text_console (document, node, LODGE_CONSOLE_PARALLEL, i, _("Parallel %u")));
      node = lodge_xml_document_get_next_sibling (document, node, "parallel");
    }
}

static void
lodge_console_info_finalize (GObject *object)
{
  LodgeConsoleInfo *self = LODGE_CONSOLE_INFO (object);

  g_free (self->label);
  g_free (self->obstacle);
  g_free (self->host);
  g_free (self->far_host);
  g_free (self->unix_path);
  g_free (self->alias);
  g_free (self->video);
  G_OBJECT_CLASS (lodge_console_info_parent_class)->finalize (object);
}

static void
lodge_console_info_class_init (LodgeConsoleInfoClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lodge_console_info_finalize;
}

static void
lodge_console_info_init (LodgeConsoleInfo *self)
{
}

/**
 * lodge_console_info_list_for_uri:
 * @xml: a machine's live definition
 * @uri: (nullable): the connection it was read from
 * @error: return location: %LODGE_ERROR_PARSE, %LODGE_ERROR_LIMIT
 *
 * Lists the consoles in @xml, and says of each whether it can be shown from here.
 *
 * Returns: (transfer full): a list of [class@ConsoleInfo], displays first
 */
GListModel *
lodge_console_info_list_for_uri (const char      *xml,
                                 const LodgeUri  *uri,
                                 GError         **error)
{
  g_autoptr(LodgeXmlDocument) document = NULL;
  GListStore *store;
  LodgeXmlNode devices;

  g_return_val_if_fail (xml != NULL, NULL);

  document = lodge_xml_document_new (xml, -1, error);
  if (document == NULL)
    return NULL;

  store = g_list_store_new (LODGE_TYPE_CONSOLE_INFO);
  devices = lodge_xml_document_get_first_child (document, lodge_xml_document_get_root (document), "devices");
  if (devices != LODGE_XML_NONE)
    {
      add_screens (store, document, devices, uri);
      add_text_consoles (store, document, devices);
    }
  return G_LIST_MODEL (store);
}

GListModel *
lodge_console_info_list_from_xml (const char  *xml,
                                  GError     **error)
{
  return lodge_console_info_list_for_uri (xml, NULL, error);
}

/**
 * lodge_console_info_get_route:
 * @self: a display
 * @uri: (nullable): the connection it was read from
 *
 * Which way its pictures come: the shortest one that opens no new port.
 *
 * Over SSH everything that is not encrypted by itself goes through the login of the connection, wherever the display
 * listens: a plain connection would show the screen and the keys to everybody on the way.
 */
LodgeScreenRoute
lodge_console_info_get_route (LodgeConsoleInfo *self,
                              const LodgeUri   *uri)
{
  g_return_val_if_fail (LODGE_IS_CONSOLE_INFO (self), LODGE_SCREEN_BY_ADDRESS);

  if (uri_is_here (uri))
    {
      if (uri_is_driver (uri, "qemu"))
        return LODGE_SCREEN_BY_LIBVIRT;
      return self->unix_path != NULL ? LODGE_SCREEN_BY_SOCKET : LODGE_SCREEN_BY_ADDRESS;
    }
  if (uri_is_ssh (uri) && (self->unix_path != NULL || self->port != 0 || is_loopback (self->far_host)))
    return LODGE_SCREEN_BY_SSH;
  return LODGE_SCREEN_BY_ADDRESS;
}

LodgeConsoleKind
lodge_console_info_get_kind (LodgeConsoleInfo *self)
{
  g_return_val_if_fail (LODGE_IS_CONSOLE_INFO (self), LODGE_CONSOLE_OTHER_GRAPHICS);

  return self->kind;
}

const char *
lodge_console_info_get_label (LodgeConsoleInfo *self)
{
  g_return_val_if_fail (LODGE_IS_CONSOLE_INFO (self), NULL);

  return self->label;
}

gboolean
lodge_console_info_is_graphical (LodgeConsoleInfo *self)
{
  g_return_val_if_fail (LODGE_IS_CONSOLE_INFO (self), FALSE);

  return self->kind == LODGE_CONSOLE_SPICE || self->kind == LODGE_CONSOLE_VNC
         || self->kind == LODGE_CONSOLE_DBUS || self->kind == LODGE_CONSOLE_OTHER_GRAPHICS;
}

const char *
lodge_console_info_get_obstacle (LodgeConsoleInfo *self)
{
  g_return_val_if_fail (LODGE_IS_CONSOLE_INFO (self), NULL);

  return self->obstacle;
}

const char *
lodge_console_info_get_host (LodgeConsoleInfo *self)
{
  g_return_val_if_fail (LODGE_IS_CONSOLE_INFO (self), NULL);

  return self->host;
}

const char *
lodge_console_info_get_far_host (LodgeConsoleInfo *self)
{
  g_return_val_if_fail (LODGE_IS_CONSOLE_INFO (self), NULL);

  return self->far_host;
}

guint
lodge_console_info_get_port (LodgeConsoleInfo *self)
{
  g_return_val_if_fail (LODGE_IS_CONSOLE_INFO (self), 0);

  return self->port;
}

guint
lodge_console_info_get_tls_port (LodgeConsoleInfo *self)
{
  g_return_val_if_fail (LODGE_IS_CONSOLE_INFO (self), 0);

  return self->tls_port;
}

const char *
lodge_console_info_get_unix_path (LodgeConsoleInfo *self)
{
  g_return_val_if_fail (LODGE_IS_CONSOLE_INFO (self), NULL);

  return self->unix_path;
}

guint
lodge_console_info_get_index (LodgeConsoleInfo *self)
{
  g_return_val_if_fail (LODGE_IS_CONSOLE_INFO (self), 0);

  return self->index;
}

const char *
lodge_console_info_get_alias (LodgeConsoleInfo *self)
{
  g_return_val_if_fail (LODGE_IS_CONSOLE_INFO (self), NULL);

  return self->alias;
}

LodgeConsoleDevices
lodge_console_info_get_devices (LodgeConsoleInfo *self)
{
  g_return_val_if_fail (LODGE_IS_CONSOLE_INFO (self), (LodgeConsoleDevices) 0);

  return self->devices;
}

const char *
lodge_console_info_get_video_model (LodgeConsoleInfo *self)
{
  g_return_val_if_fail (LODGE_IS_CONSOLE_INFO (self), NULL);

  return self->video;
}

/**
 * lodge_console_info_equal:
 * @self: a console
 * @other: another
 *
 * Whether both are the same console at the same place: a connection to one goes on being one to the other.
 */
gboolean
lodge_console_info_equal (LodgeConsoleInfo *self,
                          LodgeConsoleInfo *other)
{
  g_return_val_if_fail (LODGE_IS_CONSOLE_INFO (self), FALSE);
  g_return_val_if_fail (LODGE_IS_CONSOLE_INFO (other), FALSE);

  return self->kind == other->kind && self->index == other->index && self->port == other->port &&
         self->tls_port == other->tls_port && g_strcmp0 (self->host, other->host) == 0 &&
         g_strcmp0 (self->far_host, other->far_host) == 0 &&
         g_strcmp0 (self->unix_path, other->unix_path) == 0 && g_strcmp0 (self->alias, other->alias) == 0 &&
         g_strcmp0 (self->obstacle, other->obstacle) == 0;
}
