/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lodge-xml-identity.h"

#include <string.h>

/* What makes an element itself among its siblings, in the definition of a running machine as in the one for its
 * next start. Alternatives are divided by “|”; all paths of one must be there. “parent/name” before “name”. */
static const struct { const char *element, *keys; } identities[] = {
  { "devices/disk", "target/@dev" },
  { "devices/interface", "mac/@address" },
  { "devices/controller", "@type @index" },
  { "devices/hostdev",
    "source/address/@uuid|source/address/@domain source/address/@bus source/address/@slot source/address/@function|"
    "source/vendor/@id source/product/@id source/address/@bus source/address/@device|"
    "source/vendor/@id source/product/@id|source/adapter/@name source/address/@bus source/address/@target "
    "source/address/@unit|source/address/@bus source/address/@device|source/@wwpn|source/@name|source/block|"
    "source/char|source/interface" },
  { "devices/filesystem", "target/@dir" },
  { "devices/channel", "target/@name|target/@address target/@port" },
  { "devices/graphics", "@type" },
  { "devices/serial", "target/@port" },
  { "devices/parallel", "target/@port" },
  { "devices/console", "target/@type target/@port|target/@port" },
  { "devices/redirdev", "address/@bus address/@port" },
  { "devices/memory", "address/@slot|address/@base|uuid" },
  { "devices/shmem", "@name" },
  { "devices/lease", "key" },
  { "devices/audio", "@id" },
  { "devices/input", "source/@evdev|source/@dev|@type @bus" },
  { "domain/seclabel", "@model" },
  { "source/seclabel", "@model" },
  { "os/boot", "" },
  { "cpu/feature", "@name" },
  { "cpu/cache", "@level" },
  { "numa/cell", "@id" },
  { "cell/cache", "@level" },
  { "distances/sibling", "@id" },
  { "clock/timer", "@name" },
  { "vcpus/vcpu", "@id" },
  { "iothreadids/iothread", "@id" },
  { "cputune/vcpupin", "@vcpu" },
  { "cputune/vcpusched", "@vcpus" },
  { "cputune/iothreadpin", "@iothread" },
  { "cputune/iothreadsched", "@iothreads" },
  { "cputune/cachetune", "@vcpus" },
  { "cputune/memorytune", "@vcpus" },
  { "cachetune/cache", "@id @level @type" },
  { "memorytune/node", "@id" },
  { "numatune/memnode", "@cellid" },
  { "blkiotune/device", "path" },
  { "throttlegroups/throttlegroup", "group_name" },
  { "firmware/feature", "@name" },
  { "perf/event", "@name" },
  { "keywrap/cipher", "@name" },
  { "graphics/channel", "@name" },
  { "vlan/tag", "@id" },
  { "portForward/range", "@start" },
  { "entry", "@name" },
  { "parameter", "@name" },
  { "cookie", "@name" },
  { "host", "@name @port|@mac|@ip|@name" },
  { "secret", "@type" },
  { "ip", "@address" },
  { "route", "@address @prefix|@address" },
  { "portgroup", "@name" },
  { "qemu:env", "@name" },
};

static const char *
find_keys (const char *path)
{
  for (guint i = 0; i < G_N_ELEMENTS (identities); i++)
    {
      if (g_str_equal (identities[i].element, path))
        return identities[i].keys;
    }
  return NULL;
}

static char *
dup_alternative (LodgeXmlDocument *document,
                 LodgeXmlNode      node,
                 const char       *paths)
{
  g_auto(GStrv) list = g_strsplit (paths, " ", -1);
  g_autoptr(GString) key = g_string_new (NULL);

  for (guint i = 0; list[i] != NULL; i++)
    {
      g_autofree char *value = lodge_xml_document_get_value (document, node, list[i]);

      if (value == NULL || g_strstrip (value)[0] == '\0')
        return NULL;
      g_string_append_printf (key, "%s%s", i > 0 ? ", " : "", value);
    }
  return key->len > 0 ? g_string_free_and_steal (g_steal_pointer (&key)) : NULL;
}

/**
 * lodge_xml_identity_dup_key:
 * @document: a document
 * @node: an element
 *
 * Returns: (transfer full) (nullable): what names the element among those of its kind: a disk’s target, a network
 *   card’s address; %NULL for a kind that has nothing of that sort, or when it is not set
 */
char *
lodge_xml_identity_dup_key (LodgeXmlDocument *document,
                            LodgeXmlNode      node)
{
  g_autofree char *name = lodge_xml_document_get_name (document, node);
  g_autofree char *parent = lodge_xml_document_get_name (document, lodge_xml_document_get_parent (document, node));
  g_autofree char *path = g_strconcat (parent != NULL ? parent : "", "/", name, NULL);
  const char *keys = find_keys (path);
  g_auto(GStrv) alternatives = NULL;

  if (keys == NULL)
    keys = find_keys (name);
  if (keys == NULL)
    return NULL;

  alternatives = g_strsplit (keys, "|", -1);
  for (guint i = 0; alternatives[i] != NULL; i++)
    {
      char *key = dup_alternative (document, node, alternatives[i]);

      if (key != NULL)
        return key;
    }
  return NULL;
}

static char *
dup_user_alias (LodgeXmlDocument *document,
                LodgeXmlNode      node)
{
  char *alias = lodge_xml_document_get_value (document, node, "alias/@name");

  if (alias != NULL && !g_str_has_prefix (alias, "ua-"))
    g_clear_pointer (&alias, g_free);
  return alias;
}

static char *
dup_address (LodgeXmlDocument *document,
             LodgeXmlNode      node)
{
  LodgeXmlNode address = lodge_xml_document_get_first_child (document, node, "address");

  return address != LODGE_XML_NONE ? lodge_xml_document_dup_node_text (document, address) : NULL;
}

/* The only one of @name in @other with the same answer of @ask; the answer must be the only one here too */
static LodgeXmlNode
find_same (LodgeXmlDocument *document,
           LodgeXmlNode      device,
           LodgeXmlDocument *other,
           LodgeXmlNode      devices,
           const char       *name,
           char           *(*ask) (LodgeXmlDocument *document, LodgeXmlNode node))
{
  g_autofree char *wanted = ask (document, device);
  LodgeXmlNode parent = lodge_xml_document_get_parent (document, device);
  LodgeXmlNode found = LODGE_XML_NONE;
  guint n_here = 0, n_there = 0;

  if (wanted == NULL)
    return LODGE_XML_NONE;
  for (LodgeXmlNode node = lodge_xml_document_get_first_child (document, parent, name);
       node != LODGE_XML_NONE; node = lodge_xml_document_get_next_sibling (document, node, name))
    {
      g_autofree char *answer = ask (document, node);

      n_here += g_strcmp0 (answer, wanted) == 0;
    }
  for (LodgeXmlNode node = lodge_xml_document_get_first_child (other, devices, name);
       node != LODGE_XML_NONE; node = lodge_xml_document_get_next_sibling (other, node, name))
    {
      g_autofree char *answer = ask (other, node);

      if (g_strcmp0 (answer, wanted) != 0)
        continue;
      found = node;
      n_there++;
    }
  return n_here == 1 && n_there == 1 ? found : LODGE_XML_NONE;
}

static LodgeXmlNode
find_ordinal (LodgeXmlDocument *document,
              LodgeXmlNode      device,
              LodgeXmlDocument *other,
              LodgeXmlNode      devices,
              const char       *name)
{
  LodgeXmlNode there = lodge_xml_document_get_first_child (other, devices, name);
  LodgeXmlNode parent = lodge_xml_document_get_parent (document, device);
  LodgeXmlNode found = LODGE_XML_NONE;

  for (LodgeXmlNode here = lodge_xml_document_get_first_child (document, parent, name);
       here != LODGE_XML_NONE; here = lodge_xml_document_get_next_sibling (document, here, name))
    {
      if (there == LODGE_XML_NONE)
        return LODGE_XML_NONE;
      if (here == device)
        found = there;
      there = lodge_xml_document_get_next_sibling (other, there, name);
    }
  return there == LODGE_XML_NONE ? found : LODGE_XML_NONE;
}

/**
 * lodge_xml_identity_find:
 * @document: a definition, of the running machine or for the next start
 * @device: a device in it
 * @other: the other definition
 *
 * Looks for the same device: by an alias that a person or Lodge gave, by what names its kind, by its address, and
 * by its place when both have as many of the kind and nothing else names it.
 *
 * Returns: the device in @other, or `LODGE_XML_NONE`
 */
LodgeXmlNode
lodge_xml_identity_find (LodgeXmlDocument *document,
                         LodgeXmlNode      device,
                         LodgeXmlDocument *other)
{
  g_autofree char *name = lodge_xml_document_get_name (document, device);
  g_autofree char *key = lodge_xml_identity_dup_key (document, device);
  LodgeXmlNode devices = lodge_xml_document_find (other, lodge_xml_document_get_root (other), "devices");
  LodgeXmlNode found;

  found = find_same (document, device, other, devices, name, dup_user_alias);
  if (found == LODGE_XML_NONE)
    found = find_same (document, device, other, devices, name, lodge_xml_identity_dup_key);
  if (found == LODGE_XML_NONE)
    found = find_same (document, device, other, devices, name, dup_address);
  if (found == LODGE_XML_NONE)
    found = find_ordinal (document, device, other, devices, name);
  if (found != LODGE_XML_NONE && key != NULL)
    {
      g_autofree char *alias = dup_user_alias (document, device);
      g_autofree char *other_key = lodge_xml_identity_dup_key (other, found);

      /* Another name is another device, whatever its place, unless an alias says that it is the same */
      if (alias == NULL && other_key != NULL && !g_str_equal (key, other_key))
        return LODGE_XML_NONE;
    }
  return found;
}
