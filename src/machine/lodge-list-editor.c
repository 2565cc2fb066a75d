/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-list-editor"

#include "config.h"

#include "lodge-list-editor.h"

#include <glib/gi18n.h>

#include "lodge-field-edit.h"
#include "lodge-hardware-items.h"
#include "util/lodge-format.h"
#include "widgets/lodge-error-dialog.h"
#include "widgets/lodge-field-row.h"

/* A page of more would be slow, and nobody writes them by hand */
#define MAX_ITEMS 128
/* Values in the title of an item */
#define MAX_NAMED 3
#define MAX_CHARS 60

typedef struct
{
  LodgeListEditor *editor;        /* borrowed */
  AdwExpanderRow  *row;           /* borrowed: the editor has it */
  GtkWidget       *up_button;     /* borrowed */
  GtkWidget       *down_button;   /* borrowed */
  GPtrArray       *rows;          /* owned, of LodgeFieldRow */
  GPtrArray       *lists;         /* of LodgeListEditor, borrowed: the row has them */
  gboolean         built;
} Item;

struct _LodgeListEditor
{
  AdwExpanderRow     parent_instance;

  GtkWidget         *add_button;     /* borrowed */
  const LodgeSchema *schema;
  LodgeXmlDocument  *capabilities;   /* owned, nullable */
  LodgeEdits        *edits;          /* owned, nullable */
  char              *id;             /* nullable: of the page */
  Item              *outer;          /* borrowed, nullable: the item that has this list */
  GPtrArray         *items;          /* owned, of Item */
  gboolean           updating;
};

G_DEFINE_FINAL_TYPE (LodgeListEditor, lodge_list_editor, ADW_TYPE_EXPANDER_ROW)

static void update (LodgeListEditor *self);

static void
item_free (gpointer data)
{
  Item *item = data;

  g_ptr_array_unref (item->rows);
  g_ptr_array_unref (item->lists);
  g_free (item);
}

/* Where it is */

static LodgeXmlNode find_item_node (Item *item);

static LodgeXmlNode
find_owner (LodgeListEditor *self)
{
  if (self->outer != NULL)
    return find_item_node (self->outer);
  return lodge_hardware_find_node (lodge_edits_get_document (self->edits), self->id);
}

static LodgeXmlNode
find_node (LodgeListEditor *self,
           guint            position)
{
  const LodgeXmlNode owner = find_owner (self);

  return owner != LODGE_XML_NONE
         ? lodge_schema_find_node (self->schema, lodge_edits_get_document (self->edits), owner, position)
         : LODGE_XML_NONE;
}

static LodgeXmlNode
find_item_node (Item *item)
{
  guint position;

  return g_ptr_array_find (item->editor->items, item, &position) ? find_node (item->editor, position) : LODGE_XML_NONE;
}

/* Editing */

static void
edited_cb (LodgeFieldRow *row,
           const char    *value,
           Item          *item)
{
  LodgeListEditor *self = item->editor;
  const LodgeXmlNode node = find_item_node (item);
  g_autoptr(GError) error = NULL;
  g_autofree char *message = NULL;

  if (self->updating || node == LODGE_XML_NONE)
    return;
  if (!lodge_field_edit (self->schema, lodge_field_row_get_field (row), lodge_edits_get_document (self->edits), node,
                         value, &error))
    message = lodge_display_text (error->message, 200);
  lodge_field_row_set_error (row, message);
  lodge_edits_touch (self->edits);
}

static void
remove_cb (GtkWidget *button,
           Item      *item)
{
  guint position;

  if (g_ptr_array_find (item->editor->items, item, &position))
    lodge_list_editor_remove (item->editor, position);
}

static void
move_cb (GtkWidget *button,
         Item      *item)
{
  guint position;

  if (g_ptr_array_find (item->editor->items, item, &position))
    lodge_list_editor_move (item->editor, position, button == item->up_button ? -1 : 1);
}

static void
add_cb (LodgeListEditor *self)
{
  lodge_list_editor_add (self);
}

/* Showing */

static void
build_item (Item *item)
{
  LodgeListEditor *self = item->editor;

  item->built = TRUE;
  for (guint i = 0; i < self->schema->n_fields; i++)
    {
      LodgeFieldRow *row = lodge_field_row_new (&self->schema->fields[i], self->capabilities);

      g_ptr_array_add (item->rows, row);
      g_signal_connect (row, "edited", G_CALLBACK (edited_cb), item);
      adw_expander_row_add_row (item->row, lodge_field_row_get_widget (row));
    }
  for (const LodgeSchema * const *list = self->schema->lists; list != NULL && *list != NULL; list++)
    {
      LodgeListEditor *editor = LODGE_LIST_EDITOR (lodge_list_editor_new (*list, self->capabilities));

      editor->outer = item;
      g_ptr_array_add (item->lists, editor);
      adw_expander_row_add_row (item->row, GTK_WIDGET (editor));
    }
}

static void
expanded_cb (GtkWidget  *row,
             GParamSpec *pspec,
             Item       *item)
{
  if (!adw_expander_row_get_expanded (item->row) || item->built)
    return;
  build_item (item);
  update (item->editor);
}

/* “0, 2 GiB”: enough to tell it from the others */
static char *
dup_title (LodgeListEditor *self,
           guint            position,
           LodgeXmlNode     node)
{
  g_autoptr(GString) text = g_string_new (NULL);
  guint n = 0;

  for (guint i = 0; i < self->schema->n_fields && n < MAX_NAMED; i++)
    {
      const LodgeField *field = &self->schema->fields[i];
      g_autofree char *value = lodge_field_get (field, lodge_edits_get_document (self->edits), node);
      g_autofree char *words = NULL;
      g_autofree char *shown = NULL;

      if (value == NULL || (field->flags & (LODGE_FIELD_SECRET | LODGE_FIELD_MORE)) != 0)
        continue;
      words = lodge_field_format (field, value);
      shown = lodge_display_text (words, MAX_CHARS);
      if (n++ > 0)
        g_string_append (text, _(", "));
      g_string_append (text, shown);
    }
  if (n == 0)
    /* Translators: an item of a list that says nothing of itself: what it is, and its number */
    g_string_printf (text, _("%s %u"), _(self->schema->title), position + 1);
  return g_string_free_and_steal (g_steal_pointer (&text));
}

static void
update_item (LodgeListEditor *self,
             Item            *item,
             guint            position)
{
  LodgeXmlDocument *document = lodge_edits_get_document (self->edits);
  const LodgeXmlNode node = find_node (self, position);
  g_autofree char *title = dup_title (self, position, node);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (item->row), title);
  gtk_widget_set_sensitive (item->up_button, position > 0);
  gtk_widget_set_sensitive (item->down_button, position + 1 < self->items->len);
  for (guint i = 0; i < item->rows->len; i++)
    {
      LodgeFieldRow *row = g_ptr_array_index (item->rows, i);
      const LodgeField *field = lodge_field_row_get_field (row);
      g_autofree char *value = lodge_field_get (field, document, node);
      g_autofree char *reason = NULL;

      lodge_schema_check_needs (self->schema, field, document, node, &reason);
      lodge_field_row_set_reason (row, reason);
      lodge_field_row_set_value (row, value);
    }
  for (guint i = 0; i < item->lists->len; i++)
    lodge_list_editor_show (g_ptr_array_index (item->lists, i), self->edits, self->id);
}

static GtkWidget *
add_button (Item       *item,
            const char *icon_name,
            const char *tooltip,
            GCallback   callback)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon_name);

  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  g_signal_connect (button, "clicked", callback, item);
  adw_expander_row_add_suffix (item->row, button);
  return button;
}

static void
append_item (LodgeListEditor *self)
{
  Item *item = g_new0 (Item, 1);

  item->editor = self;
  item->row = ADW_EXPANDER_ROW (adw_expander_row_new ());
  item->rows = g_ptr_array_new_with_free_func (g_object_unref);
  item->lists = g_ptr_array_new ();
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (item->row), FALSE);
  item->up_button = add_button (item, "go-up-symbolic", _("Move Up"), G_CALLBACK (move_cb));
  item->down_button = add_button (item, "go-down-symbolic", _("Move Down"), G_CALLBACK (move_cb));
  add_button (item, "user-trash-symbolic", _("Remove"), G_CALLBACK (remove_cb));
  g_signal_connect (item->row, "notify::expanded", G_CALLBACK (expanded_cb), item);
  g_ptr_array_add (self->items, item);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), GTK_WIDGET (item->row));
}

static void
drop_item (LodgeListEditor *self,
           guint            position)
{
  Item *item = g_ptr_array_index (self->items, position);

  g_signal_handlers_disconnect_by_data (item->row, item);
  for (guint i = 0; i < item->rows->len; i++)
    g_signal_handlers_disconnect_by_data (g_ptr_array_index (item->rows, i), item);
  adw_expander_row_remove (ADW_EXPANDER_ROW (self), GTK_WIDGET (item->row));
  g_ptr_array_remove_index (self->items, position);
}

static guint
count_nodes (LodgeListEditor *self)
{
  guint n = 0;

  while (n < MAX_ITEMS && find_node (self, n) != LODGE_XML_NONE)
    n++;
  return n;
}

static void
update (LodgeListEditor *self)
{
  const guint n = count_nodes (self);
  g_autofree char *subtitle = NULL;

  self->updating = TRUE;
  while (self->items->len > n)
    drop_item (self, self->items->len - 1);
  while (self->items->len < n)
    append_item (self);
  for (guint i = 0; i < n; i++)
    update_item (self, g_ptr_array_index (self->items, i), i);
  gtk_widget_set_sensitive (self->add_button, n < (self->schema->many ? MAX_ITEMS : 1) && find_owner (self) != LODGE_XML_NONE);
  subtitle = n > 0 ? g_strdup_printf ("%u", n) : g_strdup (_("None"));
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), subtitle);
  self->updating = FALSE;
}

static void
lodge_list_editor_dispose (GObject *object)
{
  LodgeListEditor *self = LODGE_LIST_EDITOR (object);

  while (self->items->len > 0)
    drop_item (self, self->items->len - 1);
  g_clear_object (&self->edits);
  g_clear_object (&self->capabilities);
  g_clear_pointer (&self->id, g_free);

  G_OBJECT_CLASS (lodge_list_editor_parent_class)->dispose (object);
}

static void
lodge_list_editor_finalize (GObject *object)
{
  g_ptr_array_unref (LODGE_LIST_EDITOR (object)->items);

  G_OBJECT_CLASS (lodge_list_editor_parent_class)->finalize (object);
}

static void
lodge_list_editor_class_init (LodgeListEditorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = lodge_list_editor_dispose;
  object_class->finalize = lodge_list_editor_finalize;
}

static void
lodge_list_editor_init (LodgeListEditor *self)
{
  self->items = g_ptr_array_new_with_free_func (item_free);
  self->add_button = gtk_button_new_from_icon_name ("list-add-symbolic");
  gtk_widget_set_valign (self->add_button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->add_button, "flat");
  g_signal_connect_object (self->add_button, "clicked", G_CALLBACK (add_cb), self, G_CONNECT_SWAPPED);
  adw_expander_row_add_suffix (ADW_EXPANDER_ROW (self), self->add_button);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
}

GtkWidget *
lodge_list_editor_new (const LodgeSchema *schema,
                       LodgeXmlDocument  *capabilities)
{
  LodgeListEditor *self = g_object_new (LODGE_TYPE_LIST_EDITOR, NULL);
  /* Translators: “Add to NUMA Cells”: the title of a list */
  g_autofree char *tooltip = g_strdup_printf (_("Add to %s"), _(schema->title));

  self->schema = schema;
  g_set_object (&self->capabilities, capabilities);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), _(schema->title));
  gtk_widget_set_tooltip_text (self->add_button, tooltip);
  return GTK_WIDGET (self);
}

void
lodge_list_editor_show (LodgeListEditor *self,
                        LodgeEdits      *edits,
                        const char      *id)
{
  g_return_if_fail (LODGE_IS_LIST_EDITOR (self));

  g_set_object (&self->edits, edits);
  g_set_str (&self->id, id);
  update (self);
}

const LodgeSchema *
lodge_list_editor_get_schema (LodgeListEditor *self)
{
  g_return_val_if_fail (LODGE_IS_LIST_EDITOR (self), NULL);

  return self->schema;
}

guint
lodge_list_editor_get_n_items (LodgeListEditor *self)
{
  g_return_val_if_fail (LODGE_IS_LIST_EDITOR (self), 0);

  return self->items->len;
}

void
lodge_list_editor_add (LodgeListEditor *self)
{
  LodgeXmlNode owner;
  g_autoptr(GError) error = NULL;

  g_return_if_fail (LODGE_IS_LIST_EDITOR (self));

  owner = self->edits != NULL ? find_owner (self) : LODGE_XML_NONE;
  if (owner == LODGE_XML_NONE || self->items->len >= (self->schema->many ? MAX_ITEMS : 1))
    return;
  if (lodge_schema_add (self->schema, lodge_edits_get_document (self->edits), owner, &error) == LODGE_XML_NONE)
    {
      lodge_error_present (GTK_WIDGET (self), _("Could Not Be Added"), error);
      return;
    }
  lodge_edits_touch (self->edits);
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (self), TRUE);
  if (self->items->len > 0)
    lodge_list_editor_open (self, self->items->len - 1);
}

void
lodge_list_editor_remove (LodgeListEditor *self,
                          guint            position)
{
  LodgeXmlNode node;
  g_autoptr(GError) error = NULL;

  g_return_if_fail (LODGE_IS_LIST_EDITOR (self));

  node = find_node (self, position);
  if (node == LODGE_XML_NONE || position >= self->items->len)
    return;
  if (!lodge_schema_remove (self->schema, lodge_edits_get_document (self->edits), node, &error))
    {
      lodge_error_present (GTK_WIDGET (self), _("Could Not Be Removed"), error);
      return;
    }
  /* The rows of the others stay with what they show */
  drop_item (self, position);
  gtk_widget_grab_focus (self->add_button);
  lodge_edits_touch (self->edits);
}

/* The later one first: the place of the other is still right then */
static gboolean
swap (LodgeListEditor  *self,
      guint             first,
      GError          **error)
{
  LodgeXmlDocument *document = lodge_edits_get_document (self->edits);
  const LodgeXmlNode a = find_node (self, first);
  const LodgeXmlNode b = find_node (self, first + 1);
  g_autofree char *text_a = lodge_xml_document_dup_node_text (document, a);
  g_autofree char *text_b = lodge_xml_document_dup_node_text (document, b);
  const guint mark = lodge_xml_document_begin_edit (document);

  if (lodge_xml_document_replace (document, b, text_a, error) == LODGE_XML_NONE
      || lodge_xml_document_replace (document, find_node (self, first), text_b, error) == LODGE_XML_NONE)
    {
      lodge_xml_document_cancel_edit (document, mark);
      return FALSE;
    }
  lodge_xml_document_end_edit (document);
  return TRUE;
}

void
lodge_list_editor_move (LodgeListEditor *self,
                        guint            position,
                        int              by)
{
  g_autoptr(GError) error = NULL;

  g_return_if_fail (LODGE_IS_LIST_EDITOR (self));

  if ((by < 0 && position == 0) || (by > 0 && position + 1 >= self->items->len) || position >= self->items->len)
    return;
  if (!swap (self, by < 0 ? position - 1 : position, &error))
    {
      lodge_error_present (GTK_WIDGET (self), _("Could Not Be Moved"), error);
      return;
    }
  lodge_edits_touch (self->edits);
  gtk_widget_grab_focus (GTK_WIDGET (((Item *) g_ptr_array_index (self->items, by < 0 ? position - 1
                                                                               : position + 1))->row));
}

void
lodge_list_editor_open (LodgeListEditor *self,
                        guint            position)
{
  Item *item;

  g_return_if_fail (LODGE_IS_LIST_EDITOR (self) && position < self->items->len);

  item = g_ptr_array_index (self->items, position);
  adw_expander_row_set_expanded (item->row, TRUE);
  if (item->rows->len > 0)
    gtk_widget_grab_focus (lodge_field_row_get_widget (g_ptr_array_index (item->rows, 0)));
}

GtkWidget *
lodge_list_editor_get_row (LodgeListEditor *self,
                           guint            position,
                           const char      *field)
{
  Item *item;

  g_return_val_if_fail (LODGE_IS_LIST_EDITOR (self) && position < self->items->len, NULL);

  item = g_ptr_array_index (self->items, position);
  for (guint i = 0; i < item->rows->len; i++)
    {
      LodgeFieldRow *row = g_ptr_array_index (item->rows, i);

      if (g_str_equal (lodge_field_row_get_field (row)->id, field))
        return lodge_field_row_get_widget (row);
    }
  return NULL;
}

LodgeListEditor *
lodge_list_editor_get_list (LodgeListEditor *self,
                            guint            position,
                            const char      *schema)
{
  Item *item;

  g_return_val_if_fail (LODGE_IS_LIST_EDITOR (self) && position < self->items->len, NULL);

  item = g_ptr_array_index (self->items, position);
  for (guint i = 0; i < item->lists->len; i++)
    {
      LodgeListEditor *list = g_ptr_array_index (item->lists, i);

      if (g_str_equal (list->schema->id, schema))
        return list;
    }
  return NULL;
}
