/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-device-page"

#include "config.h"

#include "lodge-device-page.h"

#include <glib/gi18n.h>
#include <string.h>

#include "lodge-device-key.h"
#include "lodge-boot-order.h"
#include "lodge-edit-list.h"
#include "lodge-field-edit.h"
#include "lodge-hardware-items.h"
#include "lodge-list-editor.h"
#include "lodge-ui.h"
#include "util/lodge-format.h"
#include "widgets/lodge-field-row.h"

/* Words in the subtitle of “More” */
#define MAX_NAMED 5

struct _LodgeDevicePage
{
  GtkWidget                parent_instance;

  /* template children */
  GtkScrolledWindow       *scrolled;
  AdwClamp                *clamp;
  GtkBox                  *content;
  LodgeFindings           *findings;
  LodgeBootOrder          *boot_order;
  GtkBox                  *groups;
  AdwPreferencesGroup     *more_group;
  AdwExpanderRow          *more_row;
  AdwPreferencesGroup     *lists_group;
  AdwStatusPage           *empty_page;
  GtkStack                *stack;

  LodgeXmlDocument        *capabilities;   /* owned, nullable */
  LodgeEdits              *edits;          /* owned, nullable */
  char                    *id;             /* nullable */
  const LodgeSchema       *schema;         /* nullable */
  GPtrArray               *rows;           /* owned, of LodgeFieldRow, as the schema's fields */
  GPtrArray               *lists;          /* of LodgeListEditor, borrowed: the group has them */
  GPtrArray               *group_widgets;  /* owned, of AdwPreferencesGroup */
  struct
  {
    LodgeXmlDocument      *document;       /* borrowed: only compared */
    guint                  revision;
    LodgeXmlNode           node;
  } found[3];                              /* where the page is in each document: each field asks */
  gboolean                 updating;
  gboolean                 more_built;     /* the rows below “More” are made when it is opened */
};

enum
{
  RENAMED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LodgeDevicePage, lodge_device_page, GTK_TYPE_WIDGET)

static void update_rows (LodgeDevicePage *self);

static LodgeXmlNode
find_node (LodgeDevicePage  *self,
           LodgeXmlDocument *document)
{
  guint free_place = 0;

  if (document == NULL)
    return LODGE_XML_NONE;
  for (guint i = 0; i < G_N_ELEMENTS (self->found); i++)
    {
      if (self->found[i].document == document
          && self->found[i].revision == lodge_xml_document_get_revision (document))
        return self->found[i].node;
      if (self->found[i].document == document || self->found[i].document == NULL)
        free_place = i;
    }
  self->found[free_place].document = document;
  self->found[free_place].revision = lodge_xml_document_get_revision (document);
  self->found[free_place].node = document == lodge_edits_get_document (self->edits)
                                 ? lodge_hardware_find_node (document, self->id)
                                 : lodge_hardware_find_counterpart (lodge_edits_get_document (self->edits), self->id,
                                                                    document);
  return self->found[free_place].node;
}

static void
forget_nodes (LodgeDevicePage *self)
{
  memset (self->found, 0, sizeof self->found);
}

static char *
get_value (LodgeDevicePage  *self,
           const LodgeField *field,
           LodgeXmlDocument *document)
{
  const LodgeXmlNode node = find_node (self, document);

  return node != LODGE_XML_NONE ? lodge_field_get (field, document, node) : NULL;
}

static const char *
effective (const LodgeField *field,
           const char       *value)
{
  return value != NULL ? value : field->fallback;
}

static gboolean
is_same (const LodgeField *field,
         const char       *a,
         const char       *b)
{
  return g_strcmp0 (effective (field, a), effective (field, b)) == 0;
}

/* Editing */

static gboolean
write_value (LodgeDevicePage   *self,
             const LodgeField  *field,
             const char        *value,
             GError           **error)
{
  LodgeXmlDocument *document = lodge_edits_get_document (self->edits);
  const gboolean ok = lodge_field_edit (self->schema, field, document, find_node (self, document), value, error);

  forget_nodes (self);
  return ok;
}

/* The device after the edit, which may have changed what it is known by */
static void
set_value (LodgeDevicePage *self,
           LodgeFieldRow   *row,
           const char      *value)
{
  const LodgeField *field = lodge_field_row_get_field (row);
  LodgeXmlDocument *document = lodge_edits_get_document (self->edits);
  LodgeXmlNode node = find_node (self, document);
  g_autoptr(GPtrArray) before = g_ptr_array_new ();
  g_autoptr(GHashTable) before_index = NULL;
  g_autoptr(GError) error = NULL;
  guint position = 0;

  if (node == LODGE_XML_NONE)
    return;
  before_index = lodge_device_key_index (document, before);
  while (position < before->len && g_strcmp0 (g_ptr_array_index (before, position), self->id) != 0)
    position++;

  if (!write_value (self, field, value, &error))
    {
      g_autofree char *message = lodge_display_text (error->message, 200);
      g_autofree char *base = get_value (self, field, lodge_edits_get_base (self->edits));

      /* Half a value that was right on the way to this one is not what was meant */
      lodge_field_row_set_error (row, message);
      if (!write_value (self, field, base, NULL))
        return;
    }
  else
    lodge_field_row_set_error (row, NULL);
  if (position < before->len)
    {
      g_autoptr(GPtrArray) after = g_ptr_array_new ();
      g_autoptr(GHashTable) after_index = lodge_device_key_index (document, after);
      const char *key = position < after->len ? g_ptr_array_index (after, position) : NULL;

      if (key != NULL && !g_str_equal (key, self->id))
        {
          g_set_str (&self->id, key);
          forget_nodes (self);
          g_signal_emit (self, signals[RENAMED], 0, self->id);
        }
    }
  lodge_edits_touch (self->edits);
}

/* What is meant as the host has it is written as the host has it: no difference is left */
static void
edited_cb (LodgeFieldRow   *row,
           const char      *value,
           LodgeDevicePage *self)
{
  const LodgeField *field = lodge_field_row_get_field (row);
  g_autofree char *base = NULL;

  if (self->updating)
    return;
  base = get_value (self, field, lodge_edits_get_base (self->edits));
  set_value (self, row, is_same (field, value, base) ? base : value);
}

/* An edit goes back to what the host has; what waits goes back to what runs */
static void
undo_cb (LodgeFieldRow   *row,
         LodgeDevicePage *self)
{
  const LodgeField *field = lodge_field_row_get_field (row);
  g_autofree char *value = get_value (self, field, lodge_edits_get_document (self->edits));
  g_autofree char *base = get_value (self, field, lodge_edits_get_base (self->edits));
  g_autofree char *live = get_value (self, field, lodge_edits_get_live (self->edits));

  lodge_field_row_set_error (row, NULL);
  set_value (self, row, is_same (field, value, base) ? live : base);
}

/* What depends on others */

static void
update_marks (LodgeDevicePage *self,
              LodgeFieldRow   *row)
{
  const LodgeField *field = lodge_field_row_get_field (row);
  LodgeXmlDocument *live_document = lodge_edits_get_live (self->edits);
  const gboolean running = live_document != NULL;
  g_autofree char *value = get_value (self, field, lodge_edits_get_document (self->edits));
  g_autofree char *base = get_value (self, field, lodge_edits_get_base (self->edits));
  g_autofree char *live = get_value (self, field, live_document);
  const gboolean known = find_node (self, lodge_edits_get_base (self->edits)) != LODGE_XML_NONE;
  const gboolean edited = known && !is_same (field, value, base);
  const gboolean waiting = running && !lodge_edit_is_runtime (self->schema, field)
                           && find_node (self, live_document) != LODGE_XML_NONE
                           && !is_same (field, base, live);
  g_autofree char *note = NULL;

  if (waiting || (edited && running && !(field->flags & LODGE_FIELD_LIVE)))
    {
      g_autofree char *text = live != NULL ? lodge_field_format (field, live) : NULL;
      g_autofree char *shown = text != NULL ? lodge_display_text (text, 80) : NULL;

      if ((field->flags & LODGE_FIELD_SECRET) == 0 && shown != NULL)
        note = g_strdup_printf (_("Now %s"), shown);
    }
  lodge_field_row_set_note (row, note);
  lodge_field_row_set_mark (row, edited ? (!running ? LODGE_FIELD_MARK_EDITED
                                                    : (field->flags & LODGE_FIELD_LIVE) ? LODGE_FIELD_MARK_NOW
                                                    : LODGE_FIELD_MARK_NEXT_START)
                                        : waiting ? LODGE_FIELD_MARK_NEXT_START : LODGE_FIELD_MARK_NONE);
}

static void
update_row (LodgeDevicePage *self,
            LodgeFieldRow   *row)
{
  const LodgeField *field = lodge_field_row_get_field (row);
  g_autofree char *value = get_value (self, field, lodge_edits_get_document (self->edits));
  g_autofree char *reason = NULL;
  LodgeXmlDocument *document = lodge_edits_get_document (self->edits);
  const gboolean needed = lodge_schema_check_needs (self->schema, field, document, find_node (self, document), &reason);

  if ((field->flags & LODGE_FIELD_FIXED) && lodge_edits_get_domain (self->edits) != NULL)
    g_set_str (&reason, field->help != NULL ? _(field->help) : _("It cannot be changed"));
  else if (needed && lodge_edits_get_transient (self->edits) && !(field->flags & LODGE_FIELD_LIVE))
    g_set_str (&reason, _("This machine has no definition: only what can change while it runs"));
  lodge_field_row_set_reason (row, reason);
  /* What another kind of source has is not missing here; what a switch is needed for is shown, with the reason */
  gtk_widget_set_visible (lodge_field_row_get_widget (row),
                          needed || value != NULL || strchr (field->needs, '=') == NULL);
  lodge_field_row_set_value (row, value);
  update_marks (self, row);
}

static void
update_groups (LodgeDevicePage *self)
{
  for (guint i = 0; i < self->group_widgets->len; i++)
    gtk_widget_set_visible (g_ptr_array_index (self->group_widgets, i), FALSE);
  for (guint i = 0; i < self->rows->len; i++)
    {
      LodgeFieldRow *row = g_ptr_array_index (self->rows, i);
      GtkWidget *widget = lodge_field_row_get_widget (row);
      GtkWidget *group = gtk_widget_get_ancestor (widget, ADW_TYPE_PREFERENCES_GROUP);

      if (!gtk_widget_get_visible (widget))
        continue;
      if ((lodge_field_row_get_field (row)->flags & LODGE_FIELD_MORE) == 0 && group != NULL)
        gtk_widget_set_visible (group, TRUE);
    }
}

static void
update_rows (LodgeDevicePage *self)
{
  self->updating = TRUE;
  for (guint i = 0; i < self->rows->len; i++)
    update_row (self, g_ptr_array_index (self->rows, i));
  update_groups (self);
  for (guint i = 0; i < self->lists->len; i++)
    lodge_list_editor_show (g_ptr_array_index (self->lists, i), self->edits, self->id);
  if (self->schema != NULL && g_str_equal (self->schema->id, "boot"))
    lodge_boot_order_show (self->boot_order, self->edits);
  self->updating = FALSE;
}

/* Building */

static AdwPreferencesGroup *
find_group (LodgeDevicePage *self,
            const char      *title)
{
  AdwPreferencesGroup *group;

  for (guint i = 0; i < self->group_widgets->len; i++)
    {
      group = g_ptr_array_index (self->group_widgets, i);
      if (g_strcmp0 (adw_preferences_group_get_title (group), title != NULL ? _(title) : "") == 0)
        return group;
    }
  group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  adw_preferences_group_set_title (group, title != NULL ? _(title) : "");
  g_ptr_array_add (self->group_widgets, g_object_ref (group));
  gtk_box_append (self->groups, GTK_WIDGET (group));
  return group;
}

/* A page that is a list has its rows there */
static guint
get_n_fields (LodgeDevicePage *self)
{
  return self->schema != NULL && !lodge_hardware_is_list_schema (self->schema) ? self->schema->n_fields : 0;
}

static gboolean
is_possible (LodgeDevicePage  *self,
             const LodgeField *field)
{
  LodgeXmlDocument *document = lodge_edits_get_document (self->edits);
  g_autofree char *value = get_value (self, field, document);

  return value != NULL || field->needs == NULL || strchr (field->needs, '=') == NULL
         || lodge_schema_check_needs (self->schema, field, document, find_node (self, document), NULL);
}

/* “Limits, I/O Mode, Serial Number”: what is behind it, without opening it */
static void
name_more (LodgeDevicePage *self)
{
  g_autoptr(GString) text = g_string_new (NULL);
  guint n = 0;

  for (guint i = 0; self->edits != NULL && i < get_n_fields (self) && n <= MAX_NAMED; i++)
    {
      const LodgeField *field = &self->schema->fields[i];

      if ((field->flags & LODGE_FIELD_MORE) == 0 || !is_possible (self, field))
        continue;
      if (n++ == MAX_NAMED)
        {
          g_string_append (text, _(" …"));
          break;
        }
      if (n > 1)
        g_string_append (text, _(", "));
      g_string_append (text, _(field->label));
    }
  adw_expander_row_set_subtitle (self->more_row, text->str);
  gtk_widget_set_visible (GTK_WIDGET (self->more_group), n > 0);
}

/* Below “More” something is edited, or waits: it opens by itself */
static gboolean
has_marks_in_more (LodgeDevicePage *self)
{
  LodgeXmlDocument *document = lodge_edits_get_document (self->edits);
  LodgeXmlDocument *base = lodge_edits_get_base (self->edits);
  LodgeXmlDocument *live = lodge_edits_get_live (self->edits);

  for (guint i = 0; i < get_n_fields (self); i++)
    {
      const LodgeField *field = &self->schema->fields[i];
      g_autofree char *value = NULL;
      g_autofree char *stored = NULL;
      g_autofree char *now = NULL;

      if ((field->flags & LODGE_FIELD_MORE) == 0)
        continue;
      value = get_value (self, field, document);
      stored = get_value (self, field, base);
      if (find_node (self, base) != LODGE_XML_NONE && !is_same (field, value, stored))
        return TRUE;
      now = get_value (self, field, live);
      if (find_node (self, live) != LODGE_XML_NONE && !lodge_edit_is_runtime (self->schema, field)
          && !is_same (field, stored, now))
        return TRUE;
    }
  return FALSE;
}

static void
clear (LodgeDevicePage *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      LodgeFieldRow *row = g_ptr_array_index (self->rows, i);

      if ((lodge_field_row_get_field (row)->flags & LODGE_FIELD_MORE))
        adw_expander_row_remove (self->more_row, lodge_field_row_get_widget (row));
    }
  for (guint i = 0; i < self->group_widgets->len; i++)
    gtk_box_remove (self->groups, g_ptr_array_index (self->group_widgets, i));
  for (guint i = 0; i < self->lists->len; i++)
    adw_preferences_group_remove (self->lists_group, g_ptr_array_index (self->lists, i));
  g_ptr_array_set_size (self->lists, 0);
  g_ptr_array_set_size (self->rows, 0);
  g_ptr_array_set_size (self->group_widgets, 0);
  adw_expander_row_set_expanded (self->more_row, FALSE);
}

static void
build_rows (LodgeDevicePage *self,
            gboolean         more)
{
  for (guint i = 0; i < get_n_fields (self); i++)
    {
      const LodgeField *field = &self->schema->fields[i];
      LodgeFieldRow *row;

      if (((field->flags & LODGE_FIELD_MORE) != 0) != more)
        continue;
      row = lodge_field_row_new (field, self->capabilities);
      g_ptr_array_add (self->rows, row);
      g_signal_connect_object (row, "edited", G_CALLBACK (edited_cb), self, 0);
      g_signal_connect_object (row, "undo", G_CALLBACK (undo_cb), self, 0);
      if (more)
        adw_expander_row_add_row (self->more_row, lodge_field_row_get_widget (row));
      else
        adw_preferences_group_add (find_group (self, field->group), lodge_field_row_get_widget (row));
    }
}

static void
build_lists (LodgeDevicePage *self)
{
  const LodgeSchema *itself[] = { self->schema, NULL };
  const LodgeSchema * const *lists = self->schema == NULL ? NULL
                                     : lodge_hardware_is_list_schema (self->schema) ? itself : self->schema->lists;

  for (; lists != NULL && *lists != NULL; lists++)
    {
      GtkWidget *editor = lodge_list_editor_new (*lists, self->capabilities);

      adw_preferences_group_add (self->lists_group, editor);
      g_ptr_array_add (self->lists, editor);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->lists_group), self->lists->len > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->boot_order), self->schema != NULL
                                                         && g_str_equal (self->schema->id, "boot"));
}

/* A disk has a hundred settings below “More”: a page is there at once without them */
static void
build_more (LodgeDevicePage *self)
{
  if (self->more_built || self->edits == NULL)
    return;
  self->more_built = TRUE;
  build_rows (self, TRUE);
  update_rows (self);
}

static void
expanded_cb (LodgeDevicePage *self)
{
  if (adw_expander_row_get_expanded (self->more_row))
    build_more (self);
}

static void
build (LodgeDevicePage *self)
{
  clear (self);
  self->more_built = FALSE;
  build_rows (self, FALSE);
  build_lists (self);
  name_more (self);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scrolled), 0);
}

static void
lodge_device_page_dispose (GObject *object)
{
  LodgeDevicePage *self = LODGE_DEVICE_PAGE (object);

  if (self->groups != NULL)
    clear (self);
  gtk_widget_dispose_template (GTK_WIDGET (object), LODGE_TYPE_DEVICE_PAGE);
  self->groups = NULL;
  g_clear_object (&self->edits);
  g_clear_object (&self->capabilities);
  g_clear_pointer (&self->id, g_free);

  G_OBJECT_CLASS (lodge_device_page_parent_class)->dispose (object);
}

static void
lodge_device_page_finalize (GObject *object)
{
  LodgeDevicePage *self = LODGE_DEVICE_PAGE (object);

  g_ptr_array_unref (self->rows);
  g_ptr_array_unref (self->group_widgets);
  g_ptr_array_unref (self->lists);

  G_OBJECT_CLASS (lodge_device_page_parent_class)->finalize (object);
}

static void
lodge_device_page_class_init (LodgeDevicePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lodge_device_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = lodge_device_page_finalize;
  signals[RENAMED] = g_signal_new ("renamed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_STRING);

  g_type_ensure (LODGE_TYPE_BOOT_ORDER);
  g_type_ensure (LODGE_TYPE_FINDINGS);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, LODGE_UI ("machine/lodge-device-page.ui"));
  gtk_widget_class_bind_template_child (widget_class, LodgeDevicePage, scrolled);
  gtk_widget_class_bind_template_child (widget_class, LodgeDevicePage, clamp);
  gtk_widget_class_bind_template_child (widget_class, LodgeDevicePage, content);
  gtk_widget_class_bind_template_child (widget_class, LodgeDevicePage, findings);
  gtk_widget_class_bind_template_child (widget_class, LodgeDevicePage, boot_order);
  gtk_widget_class_bind_template_child (widget_class, LodgeDevicePage, lists_group);
  gtk_widget_class_bind_template_child (widget_class, LodgeDevicePage, groups);
  gtk_widget_class_bind_template_child (widget_class, LodgeDevicePage, more_group);
  gtk_widget_class_bind_template_child (widget_class, LodgeDevicePage, more_row);
  gtk_widget_class_bind_template_child (widget_class, LodgeDevicePage, empty_page);
  gtk_widget_class_bind_template_child (widget_class, LodgeDevicePage, stack);
  gtk_widget_class_bind_template_callback (widget_class, expanded_cb);
}

static void
lodge_device_page_init (LodgeDevicePage *self)
{
  self->rows = g_ptr_array_new_with_free_func (g_object_unref);
  self->group_widgets = g_ptr_array_new_with_free_func (g_object_unref);
  self->lists = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
lodge_device_page_new (void)
{
  return g_object_new (LODGE_TYPE_DEVICE_PAGE, NULL);
}

/**
 * lodge_device_page_set_capabilities:
 * @self: a page
 * @capabilities: (nullable): what the host can, for the choices that it cannot
 */
void
lodge_device_page_set_capabilities (LodgeDevicePage  *self,
                                    LodgeXmlDocument *capabilities)
{
  g_return_if_fail (LODGE_IS_DEVICE_PAGE (self));

  if (!g_set_object (&self->capabilities, capabilities))
    return;
  build (self);
  if (self->edits != NULL)
    update_rows (self);
}

/**
 * lodge_device_page_show:
 * @self: a page
 * @edits: with a document
 * @id: which page: “memory”, “disk|vda” …
 */
void
lodge_device_page_show (LodgeDevicePage *self,
                        LodgeEdits      *edits,
                        const char      *id)
{
  const LodgeSchema *schema;
  LodgeXmlDocument *document;

  g_return_if_fail (LODGE_IS_DEVICE_PAGE (self));

  document = lodge_edits_get_document (edits);
  schema = lodge_hardware_find_schema (document, id);
  if (g_strcmp0 (self->id, id) != 0)
    lodge_device_page_clear_errors (self);
  g_set_object (&self->edits, edits);
  g_set_str (&self->id, id);
  forget_nodes (self);
  if (schema != self->schema)
    {
      self->schema = schema;
      build (self);
    }
  gtk_stack_set_visible_child_name (self->stack, schema != NULL ? "settings" : "empty");
  if (schema == NULL)
    return;
  update_rows (self);
  name_more (self);
  if (has_marks_in_more (self))
    adw_expander_row_set_expanded (self->more_row, TRUE);
}

void
lodge_device_page_set_embedded (LodgeDevicePage *self,
                                gboolean         embedded)
{
  const int margin = embedded ? 0 : 12;

  g_return_if_fail (LODGE_IS_DEVICE_PAGE (self));

  adw_clamp_set_tightening_threshold (self->clamp, embedded ? 640 : 400);
  gtk_scrolled_window_set_policy (self->scrolled, GTK_POLICY_NEVER, embedded ? GTK_POLICY_NEVER : GTK_POLICY_AUTOMATIC);
  gtk_widget_set_margin_start (GTK_WIDGET (self->content), margin);
  gtk_widget_set_margin_end (GTK_WIDGET (self->content), margin);
  gtk_widget_set_margin_top (GTK_WIDGET (self->content), margin);
  gtk_widget_set_margin_bottom (GTK_WIDGET (self->content), embedded ? 0 : 24);
}

gboolean
lodge_device_page_has_settings (LodgeDevicePage *self)
{
  g_return_val_if_fail (LODGE_IS_DEVICE_PAGE (self), FALSE);

  return self->schema != NULL;
}

GtkWidget *
lodge_device_page_get_row (LodgeDevicePage *self,
                           const char      *field)
{
  g_return_val_if_fail (LODGE_IS_DEVICE_PAGE (self), NULL);

  for (guint i = 0; i < self->rows->len; i++)
    {
      LodgeFieldRow *row = g_ptr_array_index (self->rows, i);

      if (g_str_equal (lodge_field_row_get_field (row)->id, field))
        return lodge_field_row_get_widget (row);
    }
  return NULL;
}

gboolean
lodge_device_page_reveal (LodgeDevicePage *self,
                          const char      *field)
{
  const LodgeField *row_field = self->schema != NULL ? lodge_schema_find_field (self->schema, field) : NULL;
  GtkWidget *row;

  if (row_field != NULL && (row_field->flags & LODGE_FIELD_MORE))
    adw_expander_row_set_expanded (self->more_row, TRUE);
  row = lodge_device_page_get_row (self, field);
  if (row == NULL)
    return FALSE;
  return gtk_widget_grab_focus (row);
}

LodgeFindings *
lodge_device_page_get_findings (LodgeDevicePage *self)
{
  g_return_val_if_fail (LODGE_IS_DEVICE_PAGE (self), NULL);

  return self->findings;
}

LodgeListEditor *
lodge_device_page_get_list (LodgeDevicePage *self,
                            const char      *schema)
{
  g_return_val_if_fail (LODGE_IS_DEVICE_PAGE (self), NULL);

  for (guint i = 0; i < self->lists->len; i++)
    {
      LodgeListEditor *list = g_ptr_array_index (self->lists, i);

      if (g_str_equal (lodge_list_editor_get_schema (list)->id, schema))
        return list;
    }
  return NULL;
}

/* Gives up what stands in the rows and could not be taken */
void
lodge_device_page_clear_errors (LodgeDevicePage *self)
{
  g_return_if_fail (LODGE_IS_DEVICE_PAGE (self));

  for (guint i = 0; i < self->rows->len; i++)
    lodge_field_row_set_error (g_ptr_array_index (self->rows, i), NULL);
}

/* Whether no row has an error */
gboolean
lodge_device_page_get_valid (LodgeDevicePage *self)
{
  g_return_val_if_fail (LODGE_IS_DEVICE_PAGE (self), FALSE);

  for (guint i = 0; i < self->rows->len; i++)
    {
      if (gtk_widget_has_css_class (lodge_field_row_get_widget (g_ptr_array_index (self->rows, i)), "error"))
        return FALSE;
    }
  return TRUE;
}
