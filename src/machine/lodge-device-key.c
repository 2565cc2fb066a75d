/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lodge-device-key.h"

#include <string.h>

/* By what libvirt tells two of a kind apart; those without are told apart by their place among their like */
static const struct
{
  const char *element;
  const char *paths[5];
} keys[] = {
  { "disk", { "target/@dev" } },
  { "controller", { "@type", "@index" } },
  { "filesystem", { "target/@dir" } },
  { "interface", { "mac/@address" } },
  { "serial", { "target/@port" } },
  { "parallel", { "target/@port" } },
  { "console", { "target/@type", "target/@port" } },
  { "channel", { "target/@type", "target/@name" } },
  { "input", { "@type", "@bus" } },
  { "graphics", { "@type" } },
  { "audio", { "@id" } },
  { "hostdev", { "@type", "source/address/@uuid", "source/adapter/@name" } },
  { "redirdev", { "@bus", "@type" } },
  { "shmem", { "@name" } },
  { "memory", { "@model" } },
  { "lease", { "lockspace", "key" } },
};

static char *
dup_address (LodgeXmlDocument *document,
             LodgeXmlNode      device)
{
  static const char * const paths[] = {
    "source/address/@domain", "source/address/@bus", "source/address/@slot", "source/address/@function",
    "source/address/@device", "source/vendor/@id", "source/product/@id", "source/address/@target",
    "source/address/@unit",
  };
  GString *address = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autofree char *value = lodge_xml_document_get_value (document, device, paths[i]);

      if (value != NULL)
        g_string_append_printf (address, ":%s", value);
    }
  return g_string_free_and_steal (address);
}

/* Without the place among its like */
static char *
dup_natural_key (LodgeXmlDocument *document,
                 LodgeXmlNode      device)
{
  g_autofree char *name = lodge_xml_document_get_name (document, device);
  g_autofree char *alias = lodge_xml_document_get_value (document, device, "alias/@name");
  GString *key = g_string_new (name);

  /* A person's own alias is kept by libvirt, and is meant for this */
  if (alias != NULL && g_str_has_prefix (alias, "ua-"))
    {
      g_string_append_printf (key, "|%s", alias);
      return g_string_free_and_steal (key);
    }
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      if (!g_str_equal (keys[i].element, name))
        continue;
      for (guint j = 0; j < G_N_ELEMENTS (keys[i].paths) && keys[i].paths[j] != NULL; j++)
        {
          g_autofree char *value = lodge_xml_document_get_value (document, device, keys[i].paths[j]);

          g_string_append_printf (key, "|%s", value != NULL ? value : "");
        }
    }
  if (g_strcmp0 (name, "hostdev") == 0)
    {
      g_autofree char *address = dup_address (document, device);

      g_string_append (key, address);
    }
  return g_string_free_and_steal (key);
}

GHashTable *
lodge_device_key_index (LodgeXmlDocument *document,
                        GPtrArray        *order)
{
  GHashTable *index = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(GHashTable) counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  LodgeXmlNode devices = lodge_xml_document_find (document, lodge_xml_document_get_root (document), "devices");

  for (LodgeXmlNode node = lodge_xml_document_get_first_child (document, devices, NULL);
       node != LODGE_XML_NONE;
       node = lodge_xml_document_get_next_sibling (document, node, NULL))
    {
      g_autofree char *natural = dup_natural_key (document, node);
      guint count = GPOINTER_TO_UINT (g_hash_table_lookup (counts, natural));
      char *key = count > 0 ? g_strdup_printf ("%s||%u", natural, count) : g_strdup (natural);

      /* A target that is called “vda||1” */
      while (g_hash_table_contains (index, key))
        {
          g_free (key);
          key = g_strdup_printf ("%s||%u", natural, ++count);
        }
      g_hash_table_replace (counts, g_steal_pointer (&natural), GUINT_TO_POINTER (count + 1));
      if (order != NULL)
        g_ptr_array_add (order, key);
      g_hash_table_replace (index, key, GUINT_TO_POINTER (node));
    }
  return index;
}

char *
lodge_device_key_of (LodgeXmlDocument *document,
                     LodgeXmlNode      device)
{
  g_autoptr(GHashTable) index = lodge_device_key_index (document, NULL);
  GHashTableIter iter;
  gpointer key, node;

  g_hash_table_iter_init (&iter, index);
  while (g_hash_table_iter_next (&iter, &key, &node))
    {
      if (GPOINTER_TO_UINT (node) == device)
        return g_strdup (key);
    }
  return NULL;
}

LodgeXmlNode
lodge_device_key_find (LodgeXmlDocument *document,
                       const char       *key)
{
  g_autoptr(GHashTable) index = lodge_device_key_index (document, NULL);

  return GPOINTER_TO_UINT (g_hash_table_lookup (index, key));
}

/* The element's name of the keys in @order, counted up to @stop (NULL: all) */
static guint
count_like (GPtrArray  *order,
            const char *key,
            const char *stop)
{
  const gsize length = strcspn (key, "|");
  guint n = 0;

  for (guint i = 0; i < order->len; i++)
    {
      const char *other = g_ptr_array_index (order, i);

      if (stop != NULL && g_str_equal (other, stop))
        break;
      if (strcspn (other, "|") == length && strncmp (other, key, length) == 0)
        n++;
    }
  return n;
}

LodgeXmlNode
lodge_device_key_find_counterpart (LodgeXmlDocument *document,
                                   const char       *key,
                                   LodgeXmlDocument *other)
{
  g_autoptr(GPtrArray) order = g_ptr_array_new ();
  g_autoptr(GPtrArray) other_order = g_ptr_array_new ();
  g_autoptr(GHashTable) other_index = lodge_device_key_index (other, other_order);
  g_autoptr(GHashTable) index = NULL;
  const gsize length = strcspn (key, "|");
  guint place, n = 0;

  if (g_hash_table_contains (other_index, key))
    return GPOINTER_TO_UINT (g_hash_table_lookup (other_index, key));
  index = lodge_device_key_index (document, order);
  if (!g_hash_table_contains (index, key) || count_like (order, key, NULL) != count_like (other_order, key, NULL))
    return LODGE_XML_NONE;

  place = count_like (order, key, key);
  for (guint i = 0; i < other_order->len; i++)
    {
      const char *candidate = g_ptr_array_index (other_order, i);

      if (strcspn (candidate, "|") != length || strncmp (candidate, key, length) != 0 || n++ != place)
        continue;
      /* It is another device of ours already */
      return g_hash_table_contains (index, candidate) ? LODGE_XML_NONE
                                                      : GPOINTER_TO_UINT (g_hash_table_lookup (other_index, candidate));
    }
  return LODGE_XML_NONE;
}
