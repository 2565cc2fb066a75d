/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-hardware-items"

#include "config.h"

#include "lodge-hardware-items.h"

#include <glib/gi18n.h>
#include <string.h>

#include "lodge-device-key.h"
#include "util/lodge-format.h"

#define MAX_CHARS 60

/* How a device is called and what tells it from its like. The more special first. */
static const struct
{
  const char *element;
  const char *path;        /* nullable: with this value */
  const char *value;
  const char *title;
  const char *icon_name;
  const char *captions[3]; /* paths */
  gboolean    numbered;
  gboolean    internal;
} kinds[] = {
  { "disk", "@device", "cdrom", N_("CD-ROM"), "drive-optical-symbolic",
    { "source/@file", "source/@volume", "target/@dev" }, TRUE, FALSE },
  { "disk", "@device", "floppy", N_("Floppy"), "media-floppy-symbolic", { "source/@file", "target/@dev" }, TRUE,
    FALSE },
  { "disk", NULL, NULL, N_("Disk"), "drive-harddisk-symbolic", { "target/@dev" }, TRUE, FALSE },
  { "interface", NULL, NULL, N_("Network"), "network-wired-symbolic",
    { "source/@network", "source/@bridge", "mac/@address" }, TRUE, FALSE },
  { "graphics", NULL, NULL, N_("Display"), "video-display-symbolic", { "@type" }, FALSE, FALSE },
  { "video", NULL, NULL, N_("Graphics Adapter"), "lodge-graphics-symbolic", { "model/@type" }, FALSE, FALSE },
  { "sound", NULL, NULL, N_("Sound"), "audio-card-symbolic", { "@model" }, FALSE, FALSE },
  { "audio", NULL, NULL, N_("Sound Output"), "audio-speakers-symbolic", { "@type" }, FALSE, TRUE },
  { "input", "@type", "tablet", N_("Tablet"), "input-tablet-symbolic", { "@bus" }, FALSE, FALSE },
  { "input", "@type", "mouse", N_("Mouse"), "input-mouse-symbolic", { "@bus" }, FALSE, FALSE },
  { "input", "@type", "keyboard", N_("Keyboard"), "input-keyboard-symbolic", { "@bus" }, FALSE, FALSE },
  { "input", NULL, NULL, N_("Input"), "input-tablet-symbolic", { "@type", "@bus" }, FALSE, FALSE },
  { "serial", NULL, NULL, N_("Serial"), "lodge-serial-symbolic", { "@type" }, TRUE, FALSE },
  { "parallel", NULL, NULL, N_("Parallel"), "lodge-serial-symbolic", { "@type" }, TRUE, FALSE },
  { "console", NULL, NULL, N_("Console"), "utilities-terminal-symbolic", { "target/@type" }, TRUE, FALSE },
  { "channel", NULL, NULL, N_("Channel"), "lodge-serial-symbolic", { "target/@name", "@type" }, FALSE, FALSE },
  { "filesystem", NULL, NULL, N_("Shared Folder"), "folder-symbolic", { "target/@dir" }, FALSE, FALSE },
  { "hostdev", "@type", "usb", N_("USB Device of the Host"), "lodge-usb-symbolic",
    { "source/vendor/@id", "source/address/@device" }, FALSE, FALSE },
  { "hostdev", "@type", "pci", N_("PCI Device of the Host"), "lodge-processor-symbolic",
    { "source/address/@bus", "source/address/@slot" }, FALSE, FALSE },
  { "hostdev", NULL, NULL, N_("Device of the Host"), "lodge-processor-symbolic", { "@type" }, FALSE, FALSE },
  { "redirdev", NULL, NULL, N_("USB Redirection"), "lodge-usb-symbolic", { "@type" }, FALSE, FALSE },
  { "redirfilter", NULL, NULL, N_("USB Redirection Filter"), "lodge-usb-symbolic", { NULL }, FALSE, TRUE },
  { "smartcard", NULL, NULL, N_("Smart Card"), "lodge-smart-card-symbolic", { "@mode" }, FALSE, FALSE },
  { "tpm", NULL, NULL, N_("TPM"), "lodge-tpm-symbolic", { "backend/@version", "model" }, FALSE, FALSE },
  { "rng", NULL, NULL, N_("Random Numbers"), "lodge-random-symbolic", { "@model" }, FALSE, FALSE },
  { "watchdog", NULL, NULL, N_("Watchdog"), "lodge-waiting-symbolic", { "@model" }, FALSE, FALSE },
  { "panic", NULL, NULL, N_("Panic Notifier"), "dialog-warning-symbolic", { "@model" }, FALSE, FALSE },
  { "vsock", NULL, NULL, N_("Virtual Socket"), "network-transmit-receive-symbolic", { "@model" }, FALSE, FALSE },
  { "memory", NULL, NULL, N_("Memory Module"), "lodge-memory-symbolic", { "@model" }, TRUE, FALSE },
  { "shmem", NULL, NULL, N_("Shared Memory"), "lodge-memory-symbolic", { "@name" }, FALSE, FALSE },
  { "iommu", NULL, NULL, N_("IOMMU"), "lodge-processor-symbolic", { "@model" }, FALSE, FALSE },
  { "crypto", NULL, NULL, N_("Crypto Accelerator"), "lodge-tpm-symbolic", { "@model" }, FALSE, FALSE },
  { "pstore", NULL, NULL, N_("Crash Log Store"), "lodge-memory-symbolic", { "@backend" }, FALSE, FALSE },
  { "lease", NULL, NULL, N_("Lease"), "changes-prevent-symbolic", { "key" }, FALSE, FALSE },
  { "nvram", NULL, NULL, N_("Nonvolatile Memory"), "lodge-memory-symbolic", { NULL }, FALSE, TRUE },
  { "memballoon", NULL, NULL, N_("Memory Balloon"), "lodge-memory-symbolic", { "@model" }, FALSE, TRUE },
  { "hub", NULL, NULL, N_("USB Hub"), "lodge-usb-symbolic", { "@type" }, FALSE, TRUE },
  { "controller", "@type", "usb", N_("USB Controller"), "lodge-usb-symbolic", { "@model", "@index" }, FALSE, TRUE },
  { "controller", "@type", "pci", N_("PCI Controller"), "lodge-processor-symbolic", { "@model", "@index" }, FALSE,
    TRUE },
  { "controller", NULL, NULL, N_("Controller"), "lodge-processor-symbolic", { "@type", "@index" }, FALSE, TRUE },
};

/* Those that are no devices but facts of the emulator */
static const char * const skipped[] = { "emulator", NULL };

static int
find_kind (LodgeXmlDocument *document,
           LodgeXmlNode      node)
{
  g_autofree char *name = lodge_xml_document_get_name (document, node);

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *value = NULL;

      if (!g_str_equal (kinds[i].element, name))
        continue;
      if (kinds[i].path == NULL)
        return i;
      value = lodge_xml_document_get_value (document, node, kinds[i].path);
      if (g_strcmp0 (value, kinds[i].value) == 0)
        return i;
    }
  return -1;
}

static char *
dup_caption (LodgeXmlDocument *document,
             LodgeXmlNode      node,
             int               kind)
{
  for (guint i = 0; kind >= 0 && i < G_N_ELEMENTS (kinds[kind].captions) && kinds[kind].captions[i] != NULL; i++)
    {
      g_autofree char *value = lodge_xml_document_get_value (document, node, kinds[kind].captions[i]);
      g_autofree char *base = NULL;

      if (value == NULL || *value == '\0')
        continue;
      base = *value == '/' ? g_path_get_basename (value) : g_strdup (value);
      return lodge_display_text (base, MAX_CHARS);
    }
  return NULL;
}

static LodgeHardwareItem *
take_item (GHashTable *old,
           const char *id,
           const char *section)
{
  LodgeHardwareItem *item = g_hash_table_lookup (old, id);

  return item != NULL ? g_object_ref (item) : lodge_hardware_item_new (id, section);
}

/* Replaces only where something differs, so that a selection stays */
static void
set_items (GListStore *store,
           GPtrArray  *items)
{
  const guint n = g_list_model_get_n_items (G_LIST_MODEL (store));
  guint same = 0, tail = 0;

  while (same < n && same < items->len)
    {
      g_autoptr(GObject) item = g_list_model_get_item (G_LIST_MODEL (store), same);

      if (item != g_ptr_array_index (items, same))
        break;
      same++;
    }
  while (tail < n - same && tail < items->len - same)
    {
      g_autoptr(GObject) item = g_list_model_get_item (G_LIST_MODEL (store), n - 1 - tail);

      if (item != g_ptr_array_index (items, items->len - 1 - tail))
        break;
      tail++;
    }
  if (same < n || same < items->len)
    g_list_store_splice (store, same, n - same - tail, items->pdata + same, items->len - same - tail);
}

static GHashTable *
index_items (GListStore *store)
{
  GHashTable *index = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (store)); i++)
    {
      LodgeHardwareItem *item = g_list_model_get_item (G_LIST_MODEL (store), i);

      g_hash_table_replace (index, (gpointer) lodge_hardware_item_get_id (item), item);
    }
  return index;
}

/* “Disk 1” where several of a kind are usual, else the plain name */
static char *
dup_title (LodgeXmlDocument *document,
           LodgeXmlNode      node,
           int               kind,
           guint            *counts)
{
  if (kind < 0)
    {
      g_autofree char *name = lodge_xml_document_get_name (document, node);

      return lodge_display_text (name, MAX_CHARS);
    }
  counts[kind]++;
  if (kinds[kind].numbered)
    /* Translators: a kind of device and its number: “Disk 1” */
    return g_strdup_printf (_("%s %u"), _(kinds[kind].title), counts[kind]);
  return g_strdup (_(kinds[kind].title));
}

static void
add_devices (LodgeEdits *edits,
             gboolean    show_all,
             GHashTable *old,
             GPtrArray  *items)
{
  LodgeXmlDocument *document = lodge_edits_get_document (edits);
  g_autoptr(GPtrArray) order = g_ptr_array_new ();
  g_autoptr(GHashTable) index = lodge_device_key_index (document, order);
  g_autoptr(GPtrArray) internal = g_ptr_array_new_with_free_func (g_object_unref);
  guint counts[G_N_ELEMENTS (kinds)] = { 0 };

  for (guint i = 0; i < order->len; i++)
    {
      const char *key = g_ptr_array_index (order, i);
      const LodgeXmlNode node = GPOINTER_TO_UINT (g_hash_table_lookup (index, key));
      const int kind = find_kind (document, node);
      g_autofree char *name = lodge_xml_document_get_name (document, node);
      g_autofree char *title = NULL;
      g_autofree char *caption = NULL;
      LodgeHardwareItem *item;

      if (g_strv_contains (skipped, name))
        continue;
      title = dup_title (document, node, kind, counts);
      caption = dup_caption (document, node, kind);
      item = take_item (old, key, _("Devices"));
      lodge_hardware_item_set_texts (item, title, caption,
                                     kind >= 0 ? kinds[kind].icon_name : "applications-system-symbolic");
      g_ptr_array_add (kind < 0 || kinds[kind].internal ? internal : items, item);
    }

  if (internal->len > 0)
    {
      LodgeHardwareItem *item = take_item (old, LODGE_HARDWARE_SHOW_ALL, _("Devices"));
      g_autofree char *caption = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u internal device",
                                                               "%u internal devices", internal->len), internal->len);

      lodge_hardware_item_set_texts (item, show_all ? _("Show Fewer") : _("Show All"), caption,
                                     "view-more-horizontal-symbolic");
      if (show_all)
        g_ptr_array_extend_and_steal (items, g_steal_pointer (&internal));
      g_ptr_array_add (items, item);
    }
}

/* What a page of the machine says of itself in the list: its first number or size */
static char *
dup_page_caption (LodgeXmlDocument  *document,
                  const LodgeSchema *schema)
{
  for (guint i = 0; i < schema->n_fields; i++)
    {
      const LodgeField *field = &schema->fields[i];
      g_autofree char *value = NULL;
      g_autofree char *text = NULL;

      if ((field->flags & LODGE_FIELD_MORE) || (field->type != LODGE_FIELD_SIZE && field->type != LODGE_FIELD_UINT))
        continue;
      value = lodge_field_get (field, document, lodge_xml_document_get_root (document));
      if (value == NULL)
        continue;
      text = lodge_field_format (field, value);
      return lodge_display_text (text, MAX_CHARS);
    }
  return NULL;
}

static const char *
get_page_icon (const char *id)
{
  static const struct { const char *id, *icon_name; } icons[] = {
    { "overview", "lodge-machine-symbolic" }, { "os", "lodge-boot-symbolic" }, { "boot", "lodge-boot-symbolic" },
    { "cpu", "lodge-processor-symbolic" }, { "memory", "lodge-memory-symbolic" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (icons); i++)
    {
      if (g_str_equal (icons[i].id, id))
        return icons[i].icon_name;
    }
  return "applications-system-symbolic";
}

/* The others are below Show All, like the devices that seldom matter */
static gboolean
is_everyday_page (const char *id)
{
  static const char * const pages[] = { "overview", "cpu", "memory", "boot", NULL };

  return g_strv_contains (pages, id);
}

static LodgeHardwareItem *
create_page (LodgeEdits        *edits,
             const LodgeSchema *schema,
             GHashTable        *old)
{
  LodgeXmlDocument *document = lodge_edits_get_document (edits);
  LodgeHardwareItem *item = take_item (old, schema->id, _("General"));
  g_autofree char *caption = dup_page_caption (document, schema);

  lodge_hardware_item_set_texts (item, _(schema->title), caption, get_page_icon (schema->id));
  return item;
}

void
lodge_hardware_items_update (LodgeEdits *edits,
                             gboolean    show_all,
                             GListStore *general,
                             GListStore *devices)
{
  g_autoptr(GHashTable) old_general = index_items (general);
  g_autoptr(GHashTable) old_devices = index_items (devices);
  g_autoptr(GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GPtrArray) device_items = g_ptr_array_new_with_free_func (g_object_unref);

  if (lodge_edits_get_document (edits) == NULL)
    return;
  for (const LodgeSchema * const *schema = lodge_schema_get_all (); *schema != NULL; schema++)
    {
      if (!lodge_hardware_is_device_schema (*schema) && (show_all || is_everyday_page ((*schema)->id)))
        g_ptr_array_add (items, create_page (edits, *schema, old_general));
    }
  add_devices (edits, show_all, old_devices, device_items);
  set_items (general, items);
  set_items (devices, device_items);
}

gboolean
lodge_hardware_id_is_device (const char *id)
{
  const LodgeSchema *schema = lodge_schema_find (id);

  return id != NULL && !g_str_equal (id, LODGE_HARDWARE_SHOW_ALL)
    && (schema == NULL || lodge_hardware_is_device_schema (schema));
}

gboolean
lodge_hardware_is_device_schema (const LodgeSchema *schema)
{
  return g_str_has_prefix (schema->path, "devices/");
}

gboolean
lodge_hardware_is_list_schema (const LodgeSchema *schema)
{
  return *schema->path != '\0' && !lodge_hardware_is_device_schema (schema);
}

const LodgeSchema *
lodge_hardware_find_schema (LodgeXmlDocument *document,
                            const char       *id)
{
  LodgeXmlNode node;

  if (!lodge_hardware_id_is_device (id))
    return lodge_schema_find (id);
  node = lodge_device_key_find (document, id);
  return node != LODGE_XML_NONE ? lodge_schema_find_for (document, node) : NULL;
}

LodgeXmlNode
lodge_hardware_find_node (LodgeXmlDocument *document,
                          const char       *id)
{
  return lodge_hardware_id_is_device (id) ? lodge_device_key_find (document, id)
                                          : lodge_xml_document_get_root (document);
}

LodgeXmlNode
lodge_hardware_find_counterpart (LodgeXmlDocument *document,
                                 const char       *id,
                                 LodgeXmlDocument *other)
{
  return lodge_hardware_id_is_device (id) ? lodge_device_key_find_counterpart (document, id, other)
                                          : lodge_xml_document_get_root (other);
}

char *
lodge_hardware_dup_title (LodgeXmlDocument *document,
                          const char       *id)
{
  g_autoptr(GPtrArray) order = g_ptr_array_new ();
  g_autoptr(GHashTable) index = lodge_device_key_index (document, order);
  guint counts[G_N_ELEMENTS (kinds)] = { 0 };

  for (guint i = 0; i < order->len; i++)
    {
      const LodgeXmlNode node = GPOINTER_TO_UINT (g_hash_table_lookup (index, g_ptr_array_index (order, i)));
      g_autofree char *title = dup_title (document, node, find_kind (document, node), counts);

      if (g_str_equal (g_ptr_array_index (order, i), id))
        return g_steal_pointer (&title);
    }
  return lodge_schema_find (id) != NULL ? g_strdup (_(lodge_schema_find (id)->title)) : g_strdup (id);
}

static gboolean
has_text (const char *text,
          const char *needle)
{
  g_autofree char *folded = text != NULL ? g_utf8_casefold (text, -1) : NULL;

  return folded != NULL && strstr (folded, needle) != NULL;
}

static void
find_fields (LodgeEdits        *edits,
             LodgeHardwareItem *item,
             const char        *needle,
             GListStore        *found)
{
  const char *id = lodge_hardware_item_get_id (item);
  const LodgeSchema *schema = lodge_hardware_find_schema (lodge_edits_get_document (edits), id);

  for (guint i = 0; schema != NULL && i < schema->n_fields; i++)
    {
      const LodgeField *field = &schema->fields[i];
      g_autoptr(LodgeHardwareItem) hit = NULL;

      if (!has_text (_(field->label), needle) && (field->help == NULL || !has_text (_(field->help), needle)))
        continue;
      hit = lodge_hardware_item_new (id, NULL);
      lodge_hardware_item_set_field (hit, field->id);
      lodge_hardware_item_set_texts (hit, _(field->label), lodge_hardware_item_get_title (item),
                                     lodge_hardware_item_get_icon_name (item));
      g_list_store_append (found, hit);
    }
}

GListStore *
lodge_hardware_items_find (LodgeEdits *edits,
                           const char *needle)
{
  GListStore *found = g_list_store_new (LODGE_TYPE_HARDWARE_ITEM);
  g_autoptr(GListStore) general = g_list_store_new (LODGE_TYPE_HARDWARE_ITEM);
  g_autoptr(GListStore) devices = g_list_store_new (LODGE_TYPE_HARDWARE_ITEM);
  GListModel *models[] = { G_LIST_MODEL (general), G_LIST_MODEL (devices) };

  lodge_hardware_items_update (edits, TRUE, general, devices);
  for (guint i = 0; i < G_N_ELEMENTS (models); i++)
    {
      for (guint j = 0; j < g_list_model_get_n_items (models[i]); j++)
        {
          g_autoptr(LodgeHardwareItem) item = g_list_model_get_item (models[i], j);

          if (g_str_equal (lodge_hardware_item_get_id (item), LODGE_HARDWARE_SHOW_ALL))
            continue;
          if ((has_text (lodge_hardware_item_get_title (item), needle)
                  || has_text (lodge_hardware_item_get_caption (item), needle)))
            g_list_store_append (found, item);
          find_fields (edits, item, needle, found);
        }
    }
  return found;
}
