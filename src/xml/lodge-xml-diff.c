/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lodge-xml-diff.h"

#include <string.h>

#include "lodge-xml-identity.h"

/* What differs between two documents, by value: both are flattened to “path → value” and compared as tables. */

typedef struct
{
  char              *value;
  const LodgeSchema *schema;
  const LodgeField  *field;
} Entry;

typedef struct
{
  LodgeXmlDocument  *document;
  GHashTable        *entries;    /* path → Entry */
  GPtrArray         *order;      /* of paths, borrowed from @entries */
  gboolean           live;
  gboolean           host_model; /* the processor of the running machine is a copy of the host's */
} Flattening;

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  g_free (entry->value);
  g_free (entry);
}

static void
change_free (gpointer data)
{
  LodgeXmlChange *change = data;

  g_free (change->path);
  g_free (change->before);
  g_free (change->after);
  g_free (change);
}

/* Values that a running machine has and a definition has not, by path without names of elements */
static const char * const live_only[] = {
  "@id", "currentMemory", "devices/disk/source/@index", "devices/disk/backingStore", "devices/disk/mirror",
  "devices/interface/source/@portid", "devices/interface/mac/@currentAddress", "devices/graphics/@listen",
  "devices/serial/@tty", "devices/console/@tty", "devices/parallel/@tty", "devices/channel/@tty",
  "devices/channel/target/@state", "devices/memory/target/current", "vcpus",
};

static const char * const host_model_parts[] = {
  "cpu/@mode", "cpu/@match", "cpu/@check", "cpu/model", "cpu/vendor", "cpu/feature", "cpu/maxphysaddr",
};

static gboolean
is_listed (const char         *path,
           const char * const *list,
           gsize               n)
{
  for (gsize i = 0; i < n; i++)
    {
      if (g_str_equal (list[i], path))
        return TRUE;
    }
  return FALSE;
}

static gboolean
has_value (Flattening   *self,
           LodgeXmlNode  node,
           const char   *path,
           const char   *wanted)
{
  g_autofree char *value = lodge_xml_document_get_value (self->document, node, path);

  return g_strcmp0 (value, wanted) == 0;
}

/* Whether an element or attribute is there only because the machine runs. @plain is its path without names. */
static gboolean
is_live_only (Flattening   *self,
              LodgeXmlNode  node,
              const char   *plain,
              const char   *attribute)
{
  LodgeXmlNode parent = lodge_xml_document_get_parent (self->document, node);
  const char *last = strrchr (plain, '/');
  g_autofree char *value = NULL;

  if (is_listed (plain, live_only, G_N_ELEMENTS (live_only))
      || (self->host_model && is_listed (plain, host_model_parts, G_N_ELEMENTS (host_model_parts))))
    return TRUE;

  last = last != NULL ? last + 1 : plain;
  if (g_str_equal (last, "alias"))
    {
      value = lodge_xml_document_get_attribute (self->document, node, "name");
      return value == NULL || !g_str_has_prefix (value, "ua-");
    }
  if (g_str_equal (plain, "seclabel"))
    return has_value (self, node, "@type", "dynamic");
  if (g_str_has_prefix (plain, "devices/graphics/@") && attribute != NULL
      && (g_str_equal (attribute, "port") || g_str_equal (attribute, "tlsPort")
          || g_str_equal (attribute, "websocket")))
    return has_value (self, node, "@autoport", "yes");
  if (g_str_equal (plain, "devices/interface/target/@dev"))
    {
      value = lodge_xml_document_get_attribute (self->document, node, "dev");
      return value == NULL || g_str_has_prefix (value, "vnet") || g_str_has_prefix (value, "macvtap");
    }
  if (g_str_equal (plain, "devices/interface/source/@bridge"))
    return has_value (self, parent, "@type", "network");
  if (g_str_equal (last, "source") && (has_value (self, parent, "@type", "pty")))
    return TRUE;
  if (g_str_equal (plain, "devices/channel/source"))
    {
      value = lodge_xml_document_get_attribute (self->document, node, "path");
      return value == NULL || strstr (value, "/libvirt/qemu/") != NULL;
    }
  if (g_str_equal (plain, "devices/vsock/cid/@address"))
    return has_value (self, node, "@auto", "yes");
  return FALSE;
}

/* Two forms of one value become the same text. @unit is that of its element, or NULL. */
static char *
normalize (const char *plain,
           const char *name,
           const char *unit,
           const char *value)
{
  static const char * const in_kib[] = {
    "memory", "currentMemory", "maxMemory", "memtune/hard_limit", "memtune/soft_limit", "memtune/swap_hard_limit",
    "memtune/min_guarantee",
  };
  g_autofree char *text = g_strstrip (g_strdup (value));
  guint64 number;

  if ((unit != NULL || is_listed (plain, in_kib, G_N_ELEMENTS (in_kib)))
      && lodge_xml_size_parse (text, unit, is_listed (plain, in_kib, G_N_ELEMENTS (in_kib)) ? "KiB" : "bytes", &number))
    return g_strdup_printf ("%" G_GUINT64_FORMAT, number);
  if (g_str_has_prefix (text, "0x")
      && g_ascii_string_to_unsigned (text + 2, 16, 0, G_MAXUINT64, &number, NULL))
    return g_strdup_printf ("0x%" G_GINT64_MODIFIER "x", number);
  if (name != NULL && strstr (plain, "address/@") != NULL && strlen (text) < 10
      && g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT32, &number, NULL))
    return g_strdup_printf ("0x%" G_GINT64_MODIFIER "x", number);
  return g_steal_pointer (&text);
}

/* The path of a table without its conditions, to compare with one of a document */
static gboolean
is_same_path (const char *path,
              const char *plain)
{
  while (*path != '\0')
    {
      if (*path == '[')
        {
          path = strchr (path, ']') + 1;
          continue;
        }
      if (*path++ != *plain++)
        return FALSE;
    }
  return *plain == '\0';
}

static void
find_row (const char         *plain,
          const LodgeSchema **schema,
          const LodgeField  **field)
{
  for (const LodgeSchema * const *table = lodge_schema_get_all (); *table != NULL; table++)
    {
      gsize length = strlen ((*table)->path);
      const char *rest = plain;

      if (length > 0 && (!g_str_has_prefix (plain, (*table)->path) || (plain[length] != '/' && plain[length] != '\0')))
        continue;
      if (length > 0)
        {
          *schema = *table;
          rest = plain + length + (plain[length] == '/');
        }
      for (gsize i = 0; i < (*table)->n_fields; i++)
        {
          const char *also = (*table)->fields[i].also;

          if (!is_same_path ((*table)->fields[i].path, rest) && (also == NULL || !is_same_path (also, rest)))
            continue;
          *schema = *table;
          *field = &(*table)->fields[i];
          return;
        }
    }
}

static void
take (Flattening *self,
      const char *path,
      const char *plain,
      char       *value)
{
  Entry *entry = g_new0 (Entry, 1);
  char *key = g_strdup (path);

  entry->value = value;
  find_row (plain, &entry->schema, &entry->field);
  g_hash_table_insert (self->entries, key, entry);
  g_ptr_array_add (self->order, key);
}

/* The steps of an element's children in a path: name and what names each; the place for what has no name or one that is
 * not alone. Asked once for all of them, as each is to be compared with all others. */
static GPtrArray *
dup_steps (Flattening   *self,
           LodgeXmlNode  parent)
{
  g_autoptr(GHashTable) counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(GPtrArray) named = g_ptr_array_new_with_free_func (g_free);
  GPtrArray *steps = g_ptr_array_new_with_free_func (g_free);
  guint i = 0;

  for (LodgeXmlNode child = lodge_xml_document_get_first_child (self->document, parent, NULL);
       child != LODGE_XML_NONE; child = lodge_xml_document_get_next_sibling (self->document, child, NULL))
    {
      g_autofree char *name = lodge_xml_document_get_name (self->document, child);
      g_autofree char *key = lodge_xml_identity_dup_key (self->document, child);
      char *step = key != NULL ? g_strdup_printf ("%s[%s]", name, key) : NULL;
      guint ordinal = GPOINTER_TO_UINT (g_hash_table_lookup (counts, name)) + 1;

      g_hash_table_insert (counts, g_strdup (name), GUINT_TO_POINTER (ordinal));
      if (step != NULL)
        g_hash_table_insert (counts, g_strdup (step),
                             GUINT_TO_POINTER (GPOINTER_TO_UINT (g_hash_table_lookup (counts, step)) + 1));
      g_ptr_array_add (named, step);
      g_ptr_array_add (steps, ordinal == 1 ? g_strdup (name) : g_strdup_printf ("%s[%u]", name, ordinal));
    }
  for (; i < steps->len; i++)
    {
      char *step = g_ptr_array_index (named, i);

      if (step == NULL || GPOINTER_TO_UINT (g_hash_table_lookup (counts, step)) != 1)
        continue;
      g_free (g_ptr_array_index (steps, i));
      g_ptr_array_index (steps, i) = g_steal_pointer (&g_ptr_array_index (named, i));
    }
  return steps;
}

static void
flatten (Flattening   *self,
         LodgeXmlNode  node,
         const char   *path,
         const char   *plain)
{
  LodgeXmlDocument *document = self->document;
  g_autofree char *unit = lodge_xml_document_get_attribute (document, node, "unit");
  g_autofree char *content = lodge_xml_document_get_content (document, node);
  guint n = lodge_xml_document_get_n_attributes (document, node);
  gboolean leaf = lodge_xml_document_get_first_child (document, node, NULL) == LODGE_XML_NONE;
  g_autoptr(GPtrArray) steps = leaf ? NULL : dup_steps (self, node);
  guint position = 0;

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *value = NULL;
      g_autofree char *name = lodge_xml_document_dup_attribute (document, node, i, &value);
      g_autofree char *inner = g_strconcat (plain, plain[0] != '\0' ? "/@" : "@", name, NULL);
      g_autofree char *full = g_strconcat (path, path[0] != '\0' ? "/@" : "@", name, NULL);
      gboolean sized = g_str_equal (name, "size") || g_str_equal (name, "memory") || g_str_equal (name, "value");

      if (g_str_equal (name, "unit") || g_str_has_prefix (name, "xmlns")
          || (self->live && is_live_only (self, node, inner, name)))
        continue;
      take (self, full, inner, normalize (inner, name, sized ? unit : NULL, value));
    }

  g_strstrip (content);
  if (leaf && plain[0] != '\0' && (content[0] != '\0' || n == 0))
    take (self, path, plain, normalize (plain, NULL, unit, content));

  for (LodgeXmlNode child = lodge_xml_document_get_first_child (document, node, NULL);
       child != LODGE_XML_NONE; child = lodge_xml_document_get_next_sibling (document, child, NULL))
    {
      g_autofree char *name = lodge_xml_document_get_name (document, child);
      const char *step = g_ptr_array_index (steps, position++);
      g_autofree char *inner = g_strconcat (plain, plain[0] != '\0' ? "/" : "", name, NULL);
      g_autofree char *full = g_strconcat (path, path[0] != '\0' ? "/" : "", step, NULL);

      if (!self->live || !is_live_only (self, child, inner, NULL))
        flatten (self, child, full, inner);
    }
}

static void
flattening_clear (Flattening *self)
{
  g_ptr_array_unref (self->order);
  g_hash_table_unref (self->entries);
}

static Flattening
flatten_document (LodgeXmlDocument *document,
                  gboolean          live,
                  gboolean          host_model)
{
  Flattening self = {
    .document = document, .entries = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, entry_free),
    .order = g_ptr_array_new (), .live = live, .host_model = host_model,
  };

  flatten (&self, lodge_xml_document_get_root (document), "", "");
  return self;
}

static gboolean
has_host_model (LodgeXmlDocument *document)
{
  g_autofree char *mode = lodge_xml_document_get_value (document, lodge_xml_document_get_root (document), "cpu/@mode");

  return g_strcmp0 (mode, "host-model") == 0;
}

static void
add_change (GPtrArray   *changes,
            const char  *path,
            const Entry *before,
            const Entry *after)
{
  LodgeXmlChange *change = g_new0 (LodgeXmlChange, 1);
  const Entry *known = after != NULL ? after : before;

  change->path = g_strdup (path);
  change->before = before != NULL ? g_strdup (before->value) : NULL;
  change->after = after != NULL ? g_strdup (after->value) : NULL;
  change->schema = known->schema;
  change->field = known->field;
  g_ptr_array_add (changes, change);
}

/**
 * lodge_xml_diff_fields:
 * @before: a document
 * @after: another
 * @flags: see #LodgeXmlDiffFlags
 *
 * Compares values, not text: the order of elements, quotes, units and forms of numbers are no difference. A disk is
 * known by its target, a network card by its address and so on, so that one that goes does not shift the others.
 * Large documents (1 MB takes 40 ms) belong into a worker.
 *
 * Returns: (transfer full) (element-type LodgeXmlChange): what differs, in the order of @before, then what is new
 */
GPtrArray *
lodge_xml_diff_fields (LodgeXmlDocument  *before,
                       LodgeXmlDocument  *after,
                       LodgeXmlDiffFlags  flags)
{
  gboolean live = (flags & LODGE_XML_DIFF_LIVE) != 0;
  gboolean host_model = live && (has_host_model (before) || has_host_model (after));
  Flattening old = flatten_document (before, live, host_model);
  Flattening new = flatten_document (after, live, host_model);
  GPtrArray *changes = g_ptr_array_new_with_free_func (change_free);

  for (guint i = 0; i < old.order->len; i++)
    {
      const char *path = g_ptr_array_index (old.order, i);
      const Entry *was = g_hash_table_lookup (old.entries, path);
      const Entry *is = g_hash_table_lookup (new.entries, path);

      if (is == NULL || !g_str_equal (was->value, is->value))
        add_change (changes, path, was, is);
    }
  for (guint i = 0; i < new.order->len; i++)
    {
      const char *path = g_ptr_array_index (new.order, i);

      if (!g_hash_table_contains (old.entries, path))
        add_change (changes, path, NULL, g_hash_table_lookup (new.entries, path));
    }

  flattening_clear (&old);
  flattening_clear (&new);
  return changes;
}
