/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lodge-capabilities.h"

#include "xml/lodge-xml-document.h"

/* A host lists a few dozen; more than this is not believed */
#define MAX_GUESTS 512

struct _LodgeCapabilities
{
  GObject    parent_instance;

  char      *host_arch;
  GPtrArray *guests;  /* of LodgeGuestCapability */
};

G_DEFINE_FINAL_TYPE (LodgeCapabilities, lodge_capabilities, G_TYPE_OBJECT)

static void
guest_free (gpointer data)
{
  LodgeGuestCapability *guest = data;

  g_free (guest->os_type);
  g_free (guest->arch);
  g_free (guest->virt_type);
  g_free (guest->emulator);
  g_strfreev (guest->machines);
  g_strfreev (guest->features);
  g_free (guest);
}

static void
lodge_capabilities_finalize (GObject *object)
{
  LodgeCapabilities *self = LODGE_CAPABILITIES (object);

  g_free (self->host_arch);
  g_ptr_array_unref (self->guests);

  G_OBJECT_CLASS (lodge_capabilities_parent_class)->finalize (object);
}

static void
lodge_capabilities_class_init (LodgeCapabilitiesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lodge_capabilities_finalize;
}

static void
lodge_capabilities_init (LodgeCapabilities *self)
{
  self->guests = g_ptr_array_new_with_free_func (guest_free);
}

/* The texts of all children @name of the first of @nodes that has any: a domain's own list wins */
static GStrv
read_texts (LodgeXmlDocument *doc,
            LodgeXmlNode      first,
            LodgeXmlNode      second,
            const char       *name)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  LodgeXmlNode nodes[] = { first, second };
  gboolean any = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (nodes) && !any; i++)
    {
      for (LodgeXmlNode child = lodge_xml_document_get_first_child (doc, nodes[i], name);
           child != LODGE_XML_NONE;
           child = lodge_xml_document_get_next_sibling (doc, child, name))
        {
          g_strv_builder_take (builder, lodge_xml_document_get_content (doc, child));
          any = TRUE;
        }
    }
  return g_strv_builder_end (builder);
}

static GStrv
read_names (LodgeXmlDocument *doc,
            LodgeXmlNode      node)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();

  for (LodgeXmlNode child = lodge_xml_document_get_first_child (doc, node, NULL);
       child != LODGE_XML_NONE;
       child = lodge_xml_document_get_next_sibling (doc, child, NULL))
    g_strv_builder_take (builder, lodge_xml_document_get_name (doc, child));
  return g_strv_builder_end (builder);
}

static void
read_guest (LodgeCapabilities *self,
            LodgeXmlDocument  *doc,
            LodgeXmlNode       node)
{
  LodgeXmlNode arch = lodge_xml_document_get_first_child (doc, node, "arch");
  LodgeXmlNode features = lodge_xml_document_get_first_child (doc, node, "features");

  for (LodgeXmlNode domain = lodge_xml_document_get_first_child (doc, arch, "domain");
       domain != LODGE_XML_NONE && self->guests->len < MAX_GUESTS;
       domain = lodge_xml_document_get_next_sibling (doc, domain, "domain"))
    {
      LodgeGuestCapability *guest = g_new0 (LodgeGuestCapability, 1);

      guest->os_type = lodge_xml_document_get_value (doc, node, "os_type");
      guest->arch = lodge_xml_document_get_attribute (doc, arch, "name");
      guest->virt_type = lodge_xml_document_get_attribute (doc, domain, "type");
      guest->emulator = lodge_xml_document_get_value (doc, domain, "emulator");
      if (guest->emulator == NULL)
        guest->emulator = lodge_xml_document_get_value (doc, arch, "emulator");
      guest->machines = read_texts (doc, domain, arch, "machine");
      guest->features = read_names (doc, features);
      if (guest->os_type == NULL || guest->arch == NULL || guest->virt_type == NULL)
        guest_free (guest);
      else
        g_ptr_array_add (self->guests, guest);
    }
}

/**
 * lodge_capabilities_new:
 * @xml: of virConnectGetCapabilities()
 * @error: XML that cannot be read
 *
 * Sections that a host leaves out are empty.
 */
LodgeCapabilities *
lodge_capabilities_new (const char  *xml,
                        GError     **error)
{
  g_autoptr(LodgeXmlDocument) doc = lodge_xml_document_new (xml, -1, error);
  LodgeCapabilities *self;
  LodgeXmlNode root;

  if (doc == NULL)
    return NULL;

  self = g_object_new (LODGE_TYPE_CAPABILITIES, NULL);
  root = lodge_xml_document_get_root (doc);
  self->host_arch = lodge_xml_document_get_value (doc, root, "host/cpu/arch");
  for (LodgeXmlNode guest = lodge_xml_document_get_first_child (doc, root, "guest");
       guest != LODGE_XML_NONE;
       guest = lodge_xml_document_get_next_sibling (doc, guest, "guest"))
    read_guest (self, doc, guest);
  return self;
}

const char *
lodge_capabilities_get_host_arch (LodgeCapabilities *self)
{
  g_return_val_if_fail (LODGE_IS_CAPABILITIES (self), NULL);

  return self->host_arch;
}

guint
lodge_capabilities_get_n_guests (LodgeCapabilities *self)
{
  g_return_val_if_fail (LODGE_IS_CAPABILITIES (self), 0);

  return self->guests->len;
}

const LodgeGuestCapability *
lodge_capabilities_get_guest (LodgeCapabilities *self,
                              guint              index)
{
  g_return_val_if_fail (LODGE_IS_CAPABILITIES (self), NULL);
  g_return_val_if_fail (index < self->guests->len, NULL);

  return self->guests->pdata[index];
}

static int
score (const LodgeGuestCapability *guest)
{
  static const char * const virt_types[] = { "qemu", "hvf", "xen", "kvm" };
  int result = g_str_equal (guest->os_type, "hvm") ? 10 : 0;

  for (guint i = 0; i < G_N_ELEMENTS (virt_types); i++)
    {
      if (g_str_equal (guest->virt_type, virt_types[i]))
        result += i + 1;
    }
  return result;
}

/**
 * lodge_capabilities_choose_guest:
 * @self: capabilities
 * @arch: (nullable): %NULL is the host's own; what it does not list falls back to any
 *
 * Returns: (transfer none) (nullable): the best way to run a guest, %NULL when the host lists none
 */
const LodgeGuestCapability *
lodge_capabilities_choose_guest (LodgeCapabilities *self,
                                 const char        *arch)
{
  const LodgeGuestCapability *best = NULL;

  g_return_val_if_fail (LODGE_IS_CAPABILITIES (self), NULL);

  for (guint pass = 0; pass < 2 && best == NULL; pass++)
    {
      for (guint i = 0; i < self->guests->len; i++)
        {
          const LodgeGuestCapability *guest = self->guests->pdata[i];

          if (pass == 0 && g_strcmp0 (guest->arch, arch != NULL ? arch : self->host_arch) != 0)
            continue;
          if (best == NULL || score (guest) > score (best))
            best = guest;
        }
      if (arch != NULL)
        break;
    }
  return best;
}
