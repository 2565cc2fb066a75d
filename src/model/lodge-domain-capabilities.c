/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lodge-capabilities.h"

#include "xml/lodge-xml-document.h"

struct _LodgeDomainCapabilities
{
  GObject     parent_instance;

  LodgeXmlDocument *document;   /* owned; not edited */
  char       *machine;    /* nullable */
  guint       max_vcpus;
  GHashTable *enums;      /* set of "devices/graphics|type|spice" */
  GHashTable *supported;  /* set of "devices/graphics" */
  GHashTable *cpu_modes;  /* set */
  gboolean    passthrough_migratable;
};

G_DEFINE_FINAL_TYPE (LodgeDomainCapabilities, lodge_domain_capabilities, G_TYPE_OBJECT)

static void
lodge_domain_capabilities_finalize (GObject *object)
{
  LodgeDomainCapabilities *self = LODGE_DOMAIN_CAPABILITIES (object);

  g_clear_object (&self->document);
  g_free (self->machine);
  g_hash_table_unref (self->enums);
  g_hash_table_unref (self->supported);
  g_hash_table_unref (self->cpu_modes);

  G_OBJECT_CLASS (lodge_domain_capabilities_parent_class)->finalize (object);
}

static void
lodge_domain_capabilities_class_init (LodgeDomainCapabilitiesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lodge_domain_capabilities_finalize;
}

static void
lodge_domain_capabilities_init (LodgeDomainCapabilities *self)
{
  self->enums = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->supported = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->cpu_modes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/* Every <enum name=><value/></enum> below @node, by its path */
static void
read_section (LodgeDomainCapabilities *self,
              LodgeXmlDocument        *doc,
              LodgeXmlNode             node,
              const char              *path)
{
  for (LodgeXmlNode child = lodge_xml_document_get_first_child (doc, node, NULL);
       child != LODGE_XML_NONE;
       child = lodge_xml_document_get_next_sibling (doc, child, NULL))
    {
      g_autofree char *name = lodge_xml_document_get_name (doc, child);

      if (g_str_equal (name, "enum"))
        {
          g_autofree char *key = lodge_xml_document_get_attribute (doc, child, "name");

          for (LodgeXmlNode value = lodge_xml_document_get_first_child (doc, child, "value");
               value != LODGE_XML_NONE;
               value = lodge_xml_document_get_next_sibling (doc, value, "value"))
            {
              g_autofree char *text = lodge_xml_document_get_content (doc, value);

              g_hash_table_add (self->enums, g_strdup_printf ("%s|%s|%s", path, key, text));
            }
        }
      else
        {
          g_autofree char *supported = lodge_xml_document_get_attribute (doc, child, "supported");
          g_autofree char *below = *path != '\0' ? g_strconcat (path, "/", name, NULL)
                                                 : g_strdup (name);

          if (g_strcmp0 (supported, "yes") == 0)
            g_hash_table_add (self->supported, g_strdup (below));
          read_section (self, doc, child, below);
        }
    }
}

static void
read_cpu_modes (LodgeDomainCapabilities *self,
                LodgeXmlDocument        *doc,
                LodgeXmlNode             root)
{
  LodgeXmlNode cpu = lodge_xml_document_get_first_child (doc, root, "cpu");

  for (LodgeXmlNode mode = lodge_xml_document_get_first_child (doc, cpu, "mode");
       mode != LODGE_XML_NONE;
       mode = lodge_xml_document_get_next_sibling (doc, mode, "mode"))
    {
      g_autofree char *supported = lodge_xml_document_get_attribute (doc, mode, "supported");
      g_autofree char *name = lodge_xml_document_get_attribute (doc, mode, "name");

      if (g_strcmp0 (supported, "yes") == 0 && name != NULL)
        g_hash_table_add (self->cpu_modes, g_steal_pointer (&name));
    }
}

/**
 * lodge_domain_capabilities_new:
 * @xml: of virConnectGetDomainCapabilities()
 * @error: XML that cannot be read
 *
 * Sections that a hypervisor leaves out are not supported.
 */
LodgeDomainCapabilities *
lodge_domain_capabilities_new (const char  *xml,
                               GError     **error)
{
  g_autoptr(LodgeXmlDocument) doc = lodge_xml_document_new (xml, -1, error);
  g_autofree char *max_vcpus = NULL;
  LodgeDomainCapabilities *self;
  LodgeXmlNode root;

  if (doc == NULL)
    return NULL;

  self = g_object_new (LODGE_TYPE_DOMAIN_CAPABILITIES, NULL);
  root = lodge_xml_document_get_root (doc);
  self->machine = lodge_xml_document_get_value (doc, root, "machine");
  max_vcpus = lodge_xml_document_get_value (doc, root, "vcpu/@max");
  if (max_vcpus != NULL)
    self->max_vcpus = MIN (g_ascii_strtoull (max_vcpus, NULL, 10), 65535);
  read_section (self, doc, root, "");
  read_cpu_modes (self, doc, root);
  self->document = g_object_ref (doc);
  self->passthrough_migratable =
    g_hash_table_contains (self->enums, "cpu/mode|hostPassthroughMigratable|on");
  return self;
}

const char *
lodge_domain_capabilities_get_machine (LodgeDomainCapabilities *self)
{
  g_return_val_if_fail (LODGE_IS_DOMAIN_CAPABILITIES (self), NULL);

  return self->machine;
}

guint
lodge_domain_capabilities_get_max_vcpus (LodgeDomainCapabilities *self)
{
  g_return_val_if_fail (LODGE_IS_DOMAIN_CAPABILITIES (self), 0);

  return self->max_vcpus;
}

gboolean
lodge_domain_capabilities_has (LodgeDomainCapabilities *self,
                               const char              *path,
                               const char              *name,
                               const char              *value)
{
  g_autofree char *key = g_strdup_printf ("%s|%s|%s", path, name, value);

  g_return_val_if_fail (LODGE_IS_DOMAIN_CAPABILITIES (self), FALSE);

  return g_hash_table_contains (self->enums, key);
}

gboolean
lodge_domain_capabilities_supports (LodgeDomainCapabilities *self,
                                    const char              *path)
{
  g_return_val_if_fail (LODGE_IS_DOMAIN_CAPABILITIES (self), FALSE);

  return g_hash_table_contains (self->supported, path);
}

gboolean
lodge_domain_capabilities_has_cpu_mode (LodgeDomainCapabilities *self,
                                        const char              *mode)
{
  g_return_val_if_fail (LODGE_IS_DOMAIN_CAPABILITIES (self), FALSE);

  return g_hash_table_contains (self->cpu_modes, mode);
}

gboolean
lodge_domain_capabilities_passthrough_migratable (LodgeDomainCapabilities *self)
{
  g_return_val_if_fail (LODGE_IS_DOMAIN_CAPABILITIES (self), FALSE);

  return self->passthrough_migratable;
}

LodgeXmlDocument *
lodge_domain_capabilities_get_document (LodgeDomainCapabilities *self)
{
  g_return_val_if_fail (LODGE_IS_DOMAIN_CAPABILITIES (self), NULL);

  return self->document;
}
