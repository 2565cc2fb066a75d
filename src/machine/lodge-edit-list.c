/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-edit-list"

#include "config.h"

#include "lodge-edit-list.h"

#include <glib/gi18n.h>
#include <string.h>

#include "lodge-device-key.h"
#include "lodge-hardware-items.h"
#include "util/lodge-format.h"
#include "xml/lodge-xml-diff.h"

#define MAX_CHARS 80

static void
edit_free (gpointer data)
{
  LodgeEdit *edit = data;

  g_free (edit->id);
  g_free (edit->title);
  g_free (edit->old_value);
  g_free (edit->new_value);
  g_free (edit);
}

/* Of a running machine: chosen by libvirt, and no difference to a definition that leaves it open */
static const struct { const char *schema, *path; } runtime[] = {
  { "graphics", "@port" },
  { "graphics", "@tlsPort" },
  { "graphics", "@websocket" },
  { "memory", "currentMemory" },
  { "cpu", "cpu/@check" },             /* “full” once the processor was made */
  { "cpu", "cpu/model/@fallback" },
  { "tuning", "resource/partition" },
  { "interface", "target/@dev" },      /* “vnet3” */
  { "seclabel", NULL },                /* a label of its own for each start */
};

/* What QEMU can get and lose while it runs */
static const char * const hot_pluggable[] = {
  "disk", "interface", "hostdev", "redirdev", "input", "channel", "serial", "console", "filesystem", "controller",
  "rng", "memory-device", "watchdog", "shmem", "vsock", "tpm", "lease", "panic", NULL
};

gboolean
lodge_edit_is_runtime (const LodgeSchema *schema,
                       const LodgeField  *field)
{
  for (guint i = 0; i < G_N_ELEMENTS (runtime); i++)
    {
      if (g_str_equal (schema->id, runtime[i].schema)
          && (runtime[i].path == NULL || g_str_equal (field->path, runtime[i].path)))
        return TRUE;
    }
  return FALSE;
}

gboolean
lodge_edit_can_hot_plug (const LodgeSchema *schema)
{
  return schema != NULL && g_strv_contains (hot_pluggable, schema->id);
}

static LodgeEdit *
add_edit (GPtrArray         *edits,
          LodgeEditKind      kind,
          const char        *id,
          char              *title,
          const LodgeSchema *schema)
{
  LodgeEdit *edit = g_new0 (LodgeEdit, 1);

  edit->kind = kind;
  edit->id = g_strdup (id);
  edit->title = title;
  edit->schema = schema;
  g_ptr_array_add (edits, edit);
  return edit;
}

/* Two texts of one meaning, and a value that libvirt takes anyway, are no difference */
static gboolean
is_same (const LodgeField *field,
         const char       *a,
         const char       *b)
{
  if (g_strcmp0 (a, b) == 0)
    return TRUE;
  return field->fallback != NULL
         && g_str_equal (a != NULL ? a : field->fallback, b != NULL ? b : field->fallback);
}

static guint
compare_fields (GPtrArray         *edits,
                const LodgeSchema *schema,
                const char        *id,
                const char        *title,
                LodgeXmlDocument  *from,
                LodgeXmlNode       from_node,
                LodgeXmlDocument  *to,
                LodgeXmlNode       to_node,
                gboolean           live)
{
  guint n = 0;

  for (guint i = 0; i < schema->n_fields; i++)
    {
      const LodgeField *field = &schema->fields[i];
      g_autofree char *old_value = lodge_field_get (field, from, from_node);
      g_autofree char *new_value = lodge_field_get (field, to, to_node);
      LodgeEdit *edit;

      if (is_same (field, old_value, new_value) || (live && lodge_edit_is_runtime (schema, field)))
        continue;
      edit = add_edit (edits, LODGE_EDIT_FIELD, id, g_strdup (title), schema);
      edit->field = field;
      edit->old_value = g_steal_pointer (&old_value);
      edit->new_value = g_steal_pointer (&new_value);
      n++;
    }
  return n;
}

static gboolean
is_same_text (LodgeXmlDocument *from,
              LodgeXmlNode      a,
              LodgeXmlDocument *to,
              LodgeXmlNode      b)
{
  g_autofree char *first = lodge_xml_document_dup_node_text (from, a);
  g_autofree char *second = lodge_xml_document_dup_node_text (to, b);

  return g_strcmp0 (first, second) == 0;
}

static void
compare_devices (GPtrArray        *edits,
                 LodgeXmlDocument *from,
                 LodgeXmlDocument *to,
                 gboolean          live)
{
  g_autoptr(GPtrArray) from_order = g_ptr_array_new ();
  g_autoptr(GPtrArray) to_order = g_ptr_array_new ();
  g_autoptr(GHashTable) from_index = lodge_device_key_index (from, from_order);
  g_autoptr(GHashTable) to_index = lodge_device_key_index (to, to_order);
  g_autoptr(GHashTable) matched = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < to_order->len; i++)
    {
      const char *key = g_ptr_array_index (to_order, i);
      const LodgeXmlNode b = GPOINTER_TO_UINT (g_hash_table_lookup (to_index, key));
      LodgeXmlNode a = GPOINTER_TO_UINT (g_hash_table_lookup (from_index, key));
      const LodgeSchema *schema = lodge_schema_find_for (to, b);
      g_autofree char *title = NULL;

      if (a == LODGE_XML_NONE)
        a = lodge_device_key_find_counterpart (to, key, from);
      g_hash_table_add (matched, GUINT_TO_POINTER (a));
      if (a != LODGE_XML_NONE && is_same_text (from, a, to, b))
        continue;
      title = lodge_hardware_dup_title (to, key);
      if (a == LODGE_XML_NONE)
        add_edit (edits, LODGE_EDIT_ADDED, key, g_steal_pointer (&title), schema);
      else if ((schema == NULL || compare_fields (edits, schema, key, title, from, a, to, b, live) == 0) && !live)
        add_edit (edits, LODGE_EDIT_XML, key, g_steal_pointer (&title), schema);
    }
  for (guint i = 0; i < from_order->len; i++)
    {
      const char *key = g_ptr_array_index (from_order, i);
      const LodgeXmlNode a = GPOINTER_TO_UINT (g_hash_table_lookup (from_index, key));

      if (!g_hash_table_contains (matched, GUINT_TO_POINTER (a)))
        add_edit (edits, LODGE_EDIT_REMOVED, key, lodge_hardware_dup_title (from, key),
                  lodge_schema_find_for (from, a));
    }
}

/* Whether something beside the devices differs that no field has told */
static gboolean
has_other_changes (LodgeXmlDocument *from,
                   LodgeXmlDocument *to)
{
  LodgeXmlNode a = lodge_xml_document_get_first_child (from, lodge_xml_document_get_root (from), NULL);
  LodgeXmlNode b = lodge_xml_document_get_first_child (to, lodge_xml_document_get_root (to), NULL);

  while (a != LODGE_XML_NONE && b != LODGE_XML_NONE)
    {
      g_autofree char *name = lodge_xml_document_get_name (from, a);

      if (!g_str_equal (name, "devices") && !is_same_text (from, a, to, b))
        return TRUE;
      a = lodge_xml_document_get_next_sibling (from, a, NULL);
      b = lodge_xml_document_get_next_sibling (to, b, NULL);
    }
  return a != b;
}

/* xml/ knows what only a running machine has: what it does not call a difference is none */
static void
drop_what_only_runs (GPtrArray        *edits,
                     LodgeXmlDocument *live,
                     LodgeXmlDocument *definition)
{
  g_autoptr(GPtrArray) changes = lodge_xml_diff_fields (live, definition, LODGE_XML_DIFF_LIVE);

  for (guint i = edits->len; i-- > 0;)
    {
      const LodgeEdit *edit = g_ptr_array_index (edits, i);
      gboolean found = edit->kind != LODGE_EDIT_FIELD;

      for (guint j = 0; !found && j < changes->len; j++)
        {
          const LodgeXmlChange *change = g_ptr_array_index (changes, j);

          found = change->field == edit->field && g_strcmp0 (change->before, edit->old_value) == 0
                  && g_strcmp0 (change->after, edit->new_value) == 0;
        }
      if (!found)
        g_ptr_array_remove_index (edits, i);
    }
}

GPtrArray *
lodge_edit_list_new (LodgeXmlDocument *from,
                     LodgeXmlDocument *to,
                     gboolean          live)
{
  GPtrArray *edits = g_ptr_array_new_with_free_func (edit_free);
  const LodgeXmlNode a = lodge_xml_document_get_root (from);
  const LodgeXmlNode b = lodge_xml_document_get_root (to);
  guint n = 0;

  if (g_str_equal (lodge_xml_document_get_text (from), lodge_xml_document_get_text (to)))
    return edits;
  for (const LodgeSchema * const *schema = lodge_schema_get_all (); *schema != NULL; schema++)
    {
      if (!lodge_hardware_is_device_schema (*schema) && !lodge_hardware_is_list_schema (*schema))
        n += compare_fields (edits, *schema, (*schema)->id, _((*schema)->title), from, a, to, b, live);
    }
  if (n == 0 && !live && has_other_changes (from, to))
    add_edit (edits, LODGE_EDIT_XML, LODGE_HARDWARE_OVERVIEW, g_strdup (_("XML")), NULL);
  compare_devices (edits, from, to, live);
  if (live)
    drop_what_only_runs (edits, from, to);
  /* Order, blanks, comments: nothing that anybody could name */
  if (edits->len == 0 && !live)
    add_edit (edits, LODGE_EDIT_XML, LODGE_HARDWARE_OVERVIEW, g_strdup (_("XML")), NULL);
  return edits;
}

gboolean
lodge_edit_is_live (const LodgeEdit *edit)
{
  switch (edit->kind)
    {
    case LODGE_EDIT_FIELD:
      return (edit->field->flags & LODGE_FIELD_LIVE) != 0;
    case LODGE_EDIT_ADDED:
    case LODGE_EDIT_REMOVED:
      return lodge_edit_can_hot_plug (edit->schema);
    case LODGE_EDIT_XML:
    default:
      return FALSE;
    }
}

char *
lodge_edit_dup_label (const LodgeEdit *edit)
{
  return edit->kind == LODGE_EDIT_FIELD ? g_strdup (_(edit->field->label)) : g_strdup (edit->title);
}

static char *
dup_value (const LodgeField *field,
           const char       *value)
{
  g_autofree char *text = NULL;

  if (field->flags & LODGE_FIELD_SECRET)
    return g_strdup (value != NULL ? "••••••" : _("none"));
  if (value == NULL)
    value = field->fallback;
  if (value == NULL)
    return g_strdup (_("none"));
  text = lodge_field_format (field, value);
  return lodge_display_text (text, MAX_CHARS);
}

char *
lodge_edit_dup_change (const LodgeEdit *edit)
{
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  switch (edit->kind)
    {
    case LODGE_EDIT_ADDED:
      return g_strdup (_("Added"));
    case LODGE_EDIT_REMOVED:
      return g_strdup (_("Removed"));
    case LODGE_EDIT_XML:
      return g_strdup (_("Changed as XML"));
    case LODGE_EDIT_FIELD:
    default:
      before = dup_value (edit->field, edit->old_value);
      after = dup_value (edit->field, edit->new_value);
      /* Translators: the value before and after a change */
      return g_strdup_printf (_("%s → %s"), before, after);
    }
}
