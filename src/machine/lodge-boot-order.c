/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-boot-order"

#include "config.h"

#include "lodge-boot-order.h"

#include <glib/gi18n.h>
#include <string.h>

#include "lodge-device-key.h"
#include "lodge-hardware-items.h"
#include "util/lodge-format.h"
#include "widgets/lodge-error-dialog.h"

typedef struct
{
  char     *id;       /* of the device's page */
  char     *title;
  gboolean  tried;
  guint64   order;    /* as the definition has it */
} Entry;

struct _LodgeBootOrder
{
  AdwPreferencesGroup  parent_instance;

  LodgeEdits          *edits;      /* owned, nullable */
  GPtrArray           *entries;    /* owned, of Entry */
  GPtrArray           *rows;       /* of AdwActionRow, borrowed: the group has them */
  gboolean             updating;
};

G_DEFINE_FINAL_TYPE (LodgeBootOrder, lodge_boot_order, ADW_TYPE_PREFERENCES_GROUP)

/* What firmware can start from, and what the older form of the order calls it */
static const struct { const char *element, *device, *kind; } bootable[] = {
  { "disk", "cdrom", "cdrom" },
  { "disk", "floppy", "fd" },
  { "disk", NULL, "hd" },
  { "interface", NULL, "network" },
  { "hostdev", NULL, NULL },
  { "redirdev", NULL, NULL },
};

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  g_free (entry->id);
  g_free (entry->title);
  g_free (entry);
}

/* Reading */

/* The place of a device among “network, hd”, G_MAXUINT64: it is not tried */
static guint64
get_older_order (LodgeXmlDocument *document,
                 LodgeXmlNode      node,
                 const char       *element)
{
  const LodgeXmlNode os = lodge_xml_document_find (document, lodge_xml_document_get_root (document), "os");
  g_autofree char *device = lodge_xml_document_get_attribute (document, node, "device");
  const char *kind = NULL;
  guint64 place = 1;

  for (gsize i = 0; i < G_N_ELEMENTS (bootable) && kind == NULL; i++)
    {
      if (g_str_equal (bootable[i].element, element)
          && (bootable[i].device == NULL || g_strcmp0 (bootable[i].device, device) == 0))
        kind = bootable[i].kind;
    }
  if (kind == NULL || os == LODGE_XML_NONE)
    return G_MAXUINT64;
  for (LodgeXmlNode boot = lodge_xml_document_get_first_child (document, os, "boot"); boot != LODGE_XML_NONE;
       boot = lodge_xml_document_get_next_sibling (document, boot, "boot"), place++)
    {
      g_autofree char *dev = lodge_xml_document_get_attribute (document, boot, "dev");

      if (g_strcmp0 (dev, kind) == 0)
        return place;
    }
  return G_MAXUINT64;
}

static gboolean
is_bootable (const char *element)
{
  for (gsize i = 0; i < G_N_ELEMENTS (bootable); i++)
    {
      if (g_str_equal (bootable[i].element, element))
        return TRUE;
    }
  return FALSE;
}

static int
compare_entries (gconstpointer a,
                 gconstpointer b)
{
  const Entry *first = *(const Entry * const *) a;
  const Entry *second = *(const Entry * const *) b;

  return (first->order > second->order) - (first->order < second->order);
}

/* (transfer full): those that are tried, and after them the others in the order of the definition */
static GPtrArray *
read_entries (LodgeXmlDocument *document)
{
  GPtrArray *entries = g_ptr_array_new_with_free_func (entry_free);
  g_autoptr(GPtrArray) keys = g_ptr_array_new ();
  g_autoptr(GHashTable) index = lodge_device_key_index (document, keys);
  gboolean newer = FALSE;

  for (guint i = 0; i < keys->len; i++)
    {
      const char *key = g_ptr_array_index (keys, i);
      const LodgeXmlNode node = GPOINTER_TO_UINT (g_hash_table_lookup (index, key));
      g_autofree char *element = lodge_xml_document_get_name (document, node);
      g_autofree char *order = lodge_xml_document_get_value (document, node, "boot/@order");
      Entry *entry;

      if (!is_bootable (element))
        continue;
      entry = g_new0 (Entry, 1);
      entry->id = g_strdup (key);
      entry->title = lodge_hardware_dup_title (document, key);
      entry->order = order != NULL ? g_ascii_strtoull (order, NULL, 10) : G_MAXUINT64;
      newer |= order != NULL;
      g_ptr_array_add (entries, entry);
    }
  for (guint i = 0; i < entries->len; i++)
    {
      Entry *entry = g_ptr_array_index (entries, i);
      const LodgeXmlNode node = GPOINTER_TO_UINT (g_hash_table_lookup (index, entry->id));
      g_autofree char *element = lodge_xml_document_get_name (document, node);

      if (!newer)
        entry->order = get_older_order (document, node, element);
      entry->tried = entry->order != G_MAXUINT64;
    }
  /* (Stable) */
  g_ptr_array_sort (entries, compare_entries);
  return entries;
}

/* Writing */

static gboolean
write_order (LodgeXmlDocument  *document,
             GPtrArray         *entries,
             GError           **error)
{
  LodgeXmlNode boot;
  guint place = 0;

  while ((boot = lodge_xml_document_find (document, lodge_xml_document_get_root (document), "os/boot"))
         != LODGE_XML_NONE)
    {
      if (!lodge_xml_document_remove (document, boot, error))
        return FALSE;
    }
  for (guint i = 0; i < entries->len; i++)
    {
      const Entry *entry = g_ptr_array_index (entries, i);
      const LodgeXmlNode node = lodge_device_key_find (document, entry->id);
      g_autofree char *order = entry->tried ? g_strdup_printf ("%u", ++place) : NULL;
      g_autofree char *before = node != LODGE_XML_NONE ? lodge_xml_document_get_value (document, node, "boot/@order")
                                                       : NULL;

      if (node == LODGE_XML_NONE || g_strcmp0 (order, before) == 0)
        continue;
      /* What else stands in <boot> (loadparm) is about this place only when it is tried */
      if (order == NULL ? !lodge_xml_document_remove (document, lodge_xml_document_find (document, node, "boot"), error)
                        : !lodge_xml_document_set_value (document, node, "boot/@order", order, error))
        return FALSE;
    }
  return TRUE;
}

/* One step of undo */
static void
apply (LodgeBootOrder *self)
{
  LodgeXmlDocument *document = lodge_edits_get_document (self->edits);
  const guint mark = lodge_xml_document_begin_edit (document);
  g_autoptr(GError) error = NULL;

  if (write_order (document, self->entries, &error))
    lodge_xml_document_end_edit (document);
  else
    {
      lodge_xml_document_cancel_edit (document, mark);
      lodge_error_present (GTK_WIDGET (self), _("The Boot Order Could Not Be Changed"), error);
    }
  lodge_edits_touch (self->edits);
}

/* Rows */

static void
toggled_cb (GtkCheckButton *check,
            LodgeBootOrder *self)
{
  guint position;

  if (!self->updating
      && g_ptr_array_find (self->rows, gtk_widget_get_ancestor (GTK_WIDGET (check), ADW_TYPE_ACTION_ROW), &position))
    lodge_boot_order_set_tried (self, position, gtk_check_button_get_active (check));
}

static gboolean
key_cb (GtkEventControllerKey *controller,
        guint                  key,
        guint                  code,
        GdkModifierType        state,
        LodgeBootOrder        *self)
{
  GtkWidget *row = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (controller));
  guint position;

  if ((state & gtk_accelerator_get_default_mod_mask ()) != GDK_ALT_MASK || (key != GDK_KEY_Up && key != GDK_KEY_Down)
      || !g_ptr_array_find (self->rows, row, &position))
    return GDK_EVENT_PROPAGATE;
  if (key == GDK_KEY_Up ? position > 0 : position + 1 < self->rows->len)
    lodge_boot_order_move (self, position, key == GDK_KEY_Up ? position - 1 : position + 1);
  return GDK_EVENT_STOP;
}

static GdkContentProvider *
prepare_cb (GtkDragSource  *source,
            double          x,
            double          y,
            LodgeBootOrder *self)
{
  GtkWidget *row = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (source));

  return gdk_content_provider_new_typed (ADW_TYPE_ACTION_ROW, row);
}

static void
drag_begin_cb (GtkDragSource *source,
               GdkDrag       *drag)
{
  GtkWidget *row = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (source));
  g_autoptr(GdkPaintable) picture = gtk_widget_paintable_new (row);

  gtk_drag_source_set_icon (source, picture, 0, 0);
}

static gboolean
drop_cb (GtkDropTarget  *target,
         const GValue   *value,
         double          x,
         double          y,
         LodgeBootOrder *self)
{
  guint from, to;

  if (!g_ptr_array_find (self->rows, g_value_get_object (value), &from)
      || !g_ptr_array_find (self->rows, gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (target)), &to))
    return FALSE;
  lodge_boot_order_move (self, from, to);
  return TRUE;
}

static void
add_row (LodgeBootOrder *self)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *check = gtk_check_button_new ();
  GtkWidget *handle = gtk_image_new_from_icon_name ("list-drag-handle-symbolic");
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkDragSource *source = gtk_drag_source_new ();
  GtkDropTarget *target = gtk_drop_target_new (ADW_TYPE_ACTION_ROW, GDK_ACTION_MOVE);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_RELATION_LABELLED_BY, row, NULL, -1);
  g_signal_connect_object (check, "toggled", G_CALLBACK (toggled_cb), self, 0);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  gtk_accessible_update_state (GTK_ACCESSIBLE (handle), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), handle);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_cb), self, 0);
  gtk_widget_add_controller (row, keys);
  gtk_drag_source_set_actions (source, GDK_ACTION_MOVE);
  g_signal_connect_object (source, "prepare", G_CALLBACK (prepare_cb), self, 0);
  g_signal_connect (source, "drag-begin", G_CALLBACK (drag_begin_cb), NULL);
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (source));
  g_signal_connect_object (target, "drop", G_CALLBACK (drop_cb), self, 0);
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (target));
  g_object_set_data (G_OBJECT (row), "lodge-check", check);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
  g_ptr_array_add (self->rows, row);
}

static void
update_row (LodgeBootOrder *self,
            guint           position)
{
  const Entry *entry = g_ptr_array_index (self->entries, position);
  GtkWidget *row = g_ptr_array_index (self->rows, position);
  const char *bar = strchr (entry->id, '|');
  g_autofree char *name = bar != NULL ? lodge_display_text (bar + 1, 60) : NULL;

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), entry->title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), name != NULL ? name : "");
  gtk_check_button_set_active (g_object_get_data (G_OBJECT (row), "lodge-check"), entry->tried);
}

static void
lodge_boot_order_finalize (GObject *object)
{
  LodgeBootOrder *self = LODGE_BOOT_ORDER (object);

  g_clear_object (&self->edits);
  g_ptr_array_unref (self->entries);
  g_ptr_array_unref (self->rows);

  G_OBJECT_CLASS (lodge_boot_order_parent_class)->finalize (object);
}

static void
lodge_boot_order_class_init (LodgeBootOrderClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lodge_boot_order_finalize;
}

static void
lodge_boot_order_init (LodgeBootOrder *self)
{
  self->entries = g_ptr_array_new_with_free_func (entry_free);
  self->rows = g_ptr_array_new ();
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), _("Boot Order"));
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self),
                                         _("Tried from the top. Drag, or press Alt and an arrow key."));
}

GtkWidget *
lodge_boot_order_new (void)
{
  return g_object_new (LODGE_TYPE_BOOT_ORDER, NULL);
}

void
lodge_boot_order_show (LodgeBootOrder *self,
                       LodgeEdits     *edits)
{
  g_return_if_fail (LODGE_IS_BOOT_ORDER (self));

  g_set_object (&self->edits, edits);
  g_ptr_array_unref (self->entries);
  self->entries = read_entries (lodge_edits_get_document (edits));
  self->updating = TRUE;
  while (self->rows->len > self->entries->len)
    {
      adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), g_ptr_array_index (self->rows, self->rows->len - 1));
      g_ptr_array_set_size (self->rows, self->rows->len - 1);
    }
  while (self->rows->len < self->entries->len)
    add_row (self);
  for (guint i = 0; i < self->rows->len; i++)
    update_row (self, i);
  self->updating = FALSE;
  gtk_widget_set_visible (GTK_WIDGET (self), self->rows->len > 0);
}

guint
lodge_boot_order_get_n (LodgeBootOrder *self)
{
  g_return_val_if_fail (LODGE_IS_BOOT_ORDER (self), 0);

  return self->entries->len;
}

const char *
lodge_boot_order_get_id (LodgeBootOrder *self,
                         guint           position)
{
  g_return_val_if_fail (LODGE_IS_BOOT_ORDER (self) && position < self->entries->len, NULL);

  return ((Entry *) g_ptr_array_index (self->entries, position))->id;
}

gboolean
lodge_boot_order_get_tried (LodgeBootOrder *self,
                            guint           position)
{
  g_return_val_if_fail (LODGE_IS_BOOT_ORDER (self) && position < self->entries->len, FALSE);

  return ((Entry *) g_ptr_array_index (self->entries, position))->tried;
}

/* What is tried goes behind the last that is; what is not any more, behind all that are */
void
lodge_boot_order_set_tried (LodgeBootOrder *self,
                            guint           position,
                            gboolean        tried)
{
  Entry *entry;
  guint last = 0;

  g_return_if_fail (LODGE_IS_BOOT_ORDER (self) && position < self->entries->len);

  entry = g_ptr_array_steal_index (self->entries, position);
  entry->tried = tried;
  while (last < self->entries->len && ((Entry *) g_ptr_array_index (self->entries, last))->tried)
    last++;
  g_ptr_array_insert (self->entries, last, entry);
  apply (self);
}

/* Between two that are tried it is tried too, and below one that is not, it is not */
void
lodge_boot_order_move (LodgeBootOrder *self,
                       guint           from,
                       guint           to)
{
  Entry *entry;

  g_return_if_fail (LODGE_IS_BOOT_ORDER (self) && from < self->entries->len && to < self->entries->len);

  if (from == to)
    return;
  entry = g_ptr_array_steal_index (self->entries, from);
  g_ptr_array_insert (self->entries, to, entry);
  entry->tried = (to + 1 < self->entries->len && ((Entry *) g_ptr_array_index (self->entries, to + 1))->tried)
                 || (entry->tried && (to == 0 || ((Entry *) g_ptr_array_index (self->entries, to - 1))->tried));
  apply (self);
  if (to < self->rows->len)
    gtk_widget_grab_focus (g_ptr_array_index (self->rows, to));
}
