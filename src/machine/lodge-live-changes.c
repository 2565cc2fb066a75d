/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-live-changes"

#include "config.h"

#include "lodge-live-changes.h"

#include <glib/gi18n.h>
#include <string.h>

#include "lodge-device-key.h"
#include "lodge-edit-list.h"
#include "lodge-hardware-items.h"

/* libvirt changes a running device by its whole live element: what is left out of it would be removed. A few things of
 * the machine have calls of their own. */

/* By the path of the field in its schema */
static const struct
{
  const char    *schema;
  const char    *path;
  LodgeLiveKind  kind;
} calls[] = {
  { "overview", "title", LODGE_LIVE_TITLE },
  { "overview", "description", LODGE_LIVE_DESCRIPTION },
  { "memory", "currentMemory", LODGE_LIVE_MEMORY },
  { "cpu", "vcpu/@current", LODGE_LIVE_VCPUS },
};

static void
add_change (GPtrArray       *changes,
            LodgeLiveKind    kind,
            const LodgeEdit *edit,
            const char      *text,
            const char      *target)
{
  g_autofree char *label = lodge_edit_dup_label (edit);
  g_autofree char *whole = g_str_equal (label, edit->title) ? g_strdup (label)
                                                            /* Translators: a device and its field */
                                                            : g_strdup_printf (_("%s, %s"), edit->title, label);

  g_ptr_array_add (changes, lodge_live_change_new (kind, whole, text, target));
}

/* The text that the call takes */
static char *
dup_call_text (LodgeLiveKind    kind,
               const LodgeEdit *edit)
{
  const char *value = edit->new_value != NULL ? edit->new_value : "";

  if (kind == LODGE_LIVE_MEMORY)
    return g_strdup_printf ("%" G_GUINT64_FORMAT, g_ascii_strtoull (value, NULL, 10) / 1024);
  return g_strdup (value);
}

static gboolean
add_call (GPtrArray       *changes,
          const LodgeEdit *edit)
{
  for (guint i = 0; i < G_N_ELEMENTS (calls); i++)
    {
      g_autofree char *text = NULL;

      if (!g_str_equal (calls[i].schema, edit->schema->id) || !g_str_equal (calls[i].path, edit->field->path))
        continue;
      text = dup_call_text (calls[i].kind, edit);
      add_change (changes, calls[i].kind, edit, text, NULL);
      return TRUE;
    }
  return FALSE;
}

static gboolean
is_io_limit (const LodgeEdit *edit)
{
  return g_str_equal (edit->schema->id, "disk") && g_str_has_prefix (edit->field->path, "iotune/");
}

/* The limits of a disk are a call with all of them at once, and its element cannot change them */
static void
add_io_limits (GPtrArray        *changes,
               const LodgeEdit  *edit,
               LodgeXmlDocument *document)
{
  const LodgeXmlNode node = lodge_device_key_find (document, edit->id);
  const LodgeXmlNode tune = lodge_xml_document_find (document, node, "iotune");
  g_autofree char *target = lodge_xml_document_get_value (document, node, "target/@dev");
  g_autofree char *text = tune != LODGE_XML_NONE ? lodge_xml_document_dup_node_text (document, tune)
                          : g_strdup ("<iotune/>");

  add_change (changes, LODGE_LIVE_IO_LIMITS, edit, text, target);
}

/* All edits of one device are one new element */
static void
add_update (GPtrArray        *changes,
            LodgeXmlDocument *live,
            GPtrArray        *list,
            guint             first)
{
  const LodgeEdit *edit = g_ptr_array_index (list, first);
  g_autoptr(LodgeXmlDocument) copy = lodge_xml_document_new (lodge_xml_document_get_text (live), -1, NULL);
  g_autofree char *text = NULL;
  LodgeXmlNode node;

  if (copy == NULL)
    return;
  for (guint i = first; i < list->len; i++)
    {
      const LodgeEdit *other = g_ptr_array_index (list, i);

      if (other->kind != LODGE_EDIT_FIELD || !g_str_equal (other->id, edit->id)
          || (other->field->flags & LODGE_FIELD_LIVE) == 0
          || is_io_limit (other))
        continue;
      node = lodge_device_key_find (copy, edit->id);
      if (node == LODGE_XML_NONE || !lodge_field_set (other->field, copy, node, other->new_value, NULL))
        return;
    }
  node = lodge_device_key_find (copy, edit->id);
  if (node == LODGE_XML_NONE)
    return;
  text = lodge_xml_document_dup_node_text (copy, node);
  add_change (changes, LODGE_LIVE_UPDATE, edit, text, NULL);
}

static gboolean
is_first_of (GPtrArray *list,
             guint      position,
             gboolean   io_limits)
{
  const LodgeEdit *edit = g_ptr_array_index (list, position);

  for (guint i = 0; i < position; i++)
    {
      const LodgeEdit *other = g_ptr_array_index (list, i);

      if (other->kind == LODGE_EDIT_FIELD && (other->field->flags & LODGE_FIELD_LIVE) != 0
          && g_str_equal (other->id, edit->id)
          && is_io_limit (other) == io_limits)
        return FALSE;
    }
  return TRUE;
}

static void
add_field (GPtrArray  *changes,
           LodgeEdits *edits,
           GPtrArray  *list,
           guint       position)
{
  const LodgeEdit *edit = g_ptr_array_index (list, position);
  const gboolean io_limits = is_io_limit (edit);

  if (!lodge_hardware_is_device_schema (edit->schema))
    {
      add_call (changes, edit);
      return;
    }
  if (!is_first_of (list, position, io_limits))
    return;
  if (io_limits)
    add_io_limits (changes, edit, lodge_edits_get_document (edits));
  else
    add_update (changes, lodge_edits_get_live (edits), list, position);
}

static void
add_device (GPtrArray        *changes,
            const LodgeEdit  *edit,
            LodgeXmlDocument *document,
            LodgeLiveKind     kind)
{
  const LodgeXmlNode node = lodge_device_key_find (document, edit->id);
  g_autofree char *text = node != LODGE_XML_NONE ? lodge_xml_document_dup_node_text (document, node) : NULL;

  if (text != NULL)
    add_change (changes, kind, edit, text, NULL);
}

GPtrArray *
lodge_live_changes_new (LodgeEdits *edits,
                        GPtrArray  *list)
{
  g_autoptr(GPtrArray) changes = g_ptr_array_new_with_free_func ((GDestroyNotify) lodge_live_change_free);

  if (lodge_edits_get_live (edits) == NULL)
    return NULL;
  for (guint i = 0; i < list->len; i++)
    {
      const LodgeEdit *edit = g_ptr_array_index (list, i);

      if (!lodge_edit_is_live (edit))
        continue;
      switch (edit->kind)
        {
        case LODGE_EDIT_ADDED:
          add_device (changes, edit, lodge_edits_get_document (edits), LODGE_LIVE_ATTACH);
          break;
        case LODGE_EDIT_REMOVED:
          add_device (changes, edit, lodge_edits_get_live (edits), LODGE_LIVE_DETACH);
          break;
        case LODGE_EDIT_FIELD:
          add_field (changes, edits, list, i);
          break;
        case LODGE_EDIT_XML:
        default:
          break;
        }
    }
  return changes->len > 0 ? g_steal_pointer (&changes) : NULL;
}
