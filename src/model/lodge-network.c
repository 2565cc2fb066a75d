/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lodge-host-list.h"
#include "lodge-libvirt-error.h"
#include "lodge-storage-private.h"
#include "xml/lodge-xml-document.h"

/* A virtual network as it was when it was read. Immutable. */
struct _LodgeNetwork
{
  GObject   parent_instance;

  char     *name;
  char     *forward;  /* nullable: isolated */
  char     *bridge;   /* nullable */
  gboolean  active;
};

enum
{
  PROP_NAME = 1,
  N_PROPERTIES,
};

static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (LodgeNetwork, lodge_network, G_TYPE_OBJECT)

static void
lodge_network_get_property (GObject    *object,
                            guint       prop_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_NAME:
      g_value_set_string (value, LODGE_NETWORK (object)->name);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
lodge_network_finalize (GObject *object)
{
  LodgeNetwork *self = LODGE_NETWORK (object);

  g_free (self->name);
  g_free (self->forward);
  g_free (self->bridge);

  G_OBJECT_CLASS (lodge_network_parent_class)->finalize (object);
}

static void
lodge_network_class_init (LodgeNetworkClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = lodge_network_get_property;
  object_class->finalize = lodge_network_finalize;
  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL,
                                               G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
lodge_network_init (LodgeNetwork *self)
{
}

static LodgeNetwork *
read_network (virNetworkPtr network)
{
  LodgeNetwork *self = g_object_new (LODGE_TYPE_NETWORK, NULL);
  g_autoptr(LodgeXmlDocument) doc = NULL;
  char *xml = virNetworkGetXMLDesc (network, 0);

  self->name = g_utf8_make_valid (virNetworkGetName (network), -1);
  self->active = virNetworkIsActive (network) == 1;
  doc = xml != NULL ? lodge_xml_document_new (xml, -1, NULL) : NULL;
  free (xml);
  if (doc != NULL)
    {
      LodgeXmlNode root = lodge_xml_document_get_root (doc);
      LodgeXmlNode forward = lodge_xml_document_get_first_child (doc, root, "forward");

      self->forward = lodge_xml_document_get_attribute (doc, forward, "mode");
      if (self->forward == NULL && forward != LODGE_XML_NONE)
        self->forward = g_strdup ("nat");
      self->bridge = lodge_xml_document_get_value (doc, root, "bridge/@name");
    }
  return self;
}

static GPtrArray *
read_networks (virConnectPtr   connection,
               GError        **error)
{
  virNetworkPtr *networks = NULL;
  int n = virConnectListAllNetworks (connection, &networks, 0);
  GPtrArray *items;

  if (n < 0)
    {
      g_propagate_error (error, lodge_error_new_from_libvirt (NULL));
      return NULL;
    }
  items = g_ptr_array_new_full (n, g_object_unref);
  for (int i = 0; i < n; i++)
    {
      g_ptr_array_add (items, read_network (networks[i]));
      virNetworkFree (networks[i]);
    }
  free (networks);
  return items;
}

GListModel *
lodge_network_list_new (LodgeConnection *connection)
{
  return G_LIST_MODEL (lodge_host_list_new (connection, LODGE_TYPE_NETWORK, read_networks));
}

void
lodge_network_list_changed (GListModel *self,
                            const char *uuid)
{
  lodge_host_list_changed (LODGE_HOST_LIST (self));
}

const char *
lodge_network_get_name (LodgeNetwork *self)
{
  g_return_val_if_fail (LODGE_IS_NETWORK (self), NULL);

  return self->name;
}

const char *
lodge_network_get_forward (LodgeNetwork *self)
{
  g_return_val_if_fail (LODGE_IS_NETWORK (self), NULL);

  return self->forward;
}

const char *
lodge_network_get_bridge (LodgeNetwork *self)
{
  g_return_val_if_fail (LODGE_IS_NETWORK (self), NULL);

  return self->bridge;
}

gboolean
lodge_network_get_active (LodgeNetwork *self)
{
  g_return_val_if_fail (LODGE_IS_NETWORK (self), FALSE);

  return self->active;
}
