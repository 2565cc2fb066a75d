/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-field-row"

#include "config.h"

#include "lodge-field-row.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "lodge-combo-value.h"
#include "lodge-field-number.h"
#include "util/lodge-format.h"

#define MAX_CHARS 200

struct _LodgeFieldRow
{
  GObject                  parent_instance;

  const LodgeField        *field;
  GStrv                    supported;      /* nullable: the host does not say */
  GtkWidget               *widget;         /* owned */
  GtkWidget               *spin;           /* borrowed, nullable: of a number */
  GtkWidget               *pill;           /* borrowed */
  GtkWidget               *undo_button;    /* borrowed */
  GtkWidget               *error_label;    /* borrowed, nullable: of a row that has no subtitle */
  GPtrArray               *values;         /* owned: of a choice; NULL is “absent” */
  GPtrArray               *labels;         /* owned: of the same */
  char                    *value;          /* nullable */
  char                    *reason;         /* nullable */
  char                    *note;           /* nullable */
  char                    *error;          /* nullable */
  gboolean                 setting;
};

enum
{
  EDITED,
  UNDO,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LodgeFieldRow, lodge_field_row, G_TYPE_OBJECT)

static void
emit_edited (LodgeFieldRow *self,
             const char    *value)
{
  if (self->setting || g_strcmp0 (self->value, value) == 0)
    return;
  g_set_str (&self->value, value);
  g_signal_emit (self, signals[EDITED], 0, self->value);
}

/* Texts and secrets */

static void
text_changed_cb (LodgeFieldRow *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->widget));

  emit_edited (self, *text != '\0' ? text : NULL);
}

static void
proposal_cb (GtkWidget     *button,
             LodgeFieldRow *self)
{
  const char *value = g_object_get_data (G_OBJECT (button), "lodge-value");

  gtk_popover_popdown (GTK_POPOVER (gtk_widget_get_ancestor (button, GTK_TYPE_POPOVER)));
  gtk_editable_set_text (GTK_EDITABLE (self->widget), value);
}

/* What is usual there, for a field that takes other texts too */
static GtkWidget *
create_proposals (LodgeFieldRow *self)
{
  GtkWidget *menu = gtk_menu_button_new ();
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  for (const LodgeFieldChoice *choice = self->field->choices; choice->value != NULL; choice++)
    {
      GtkWidget *button = gtk_button_new_with_label (choice->label != NULL ? _(choice->label) : choice->value);

      gtk_widget_add_css_class (button, "flat");
      g_object_set_data (G_OBJECT (button), "lodge-value", (gpointer) choice->value);
      g_signal_connect_object (button, "clicked", G_CALLBACK (proposal_cb), self, 0);
      gtk_box_append (GTK_BOX (box), button);
    }
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (menu), popover);
  gtk_widget_set_tooltip_text (menu, _("Usual Values"));
  gtk_widget_set_valign (menu, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (menu, "flat");
  return menu;
}

static GtkWidget *
create_text (LodgeFieldRow *self)
{
  GtkWidget *row = self->field->flags & LODGE_FIELD_SECRET ? adw_password_entry_row_new () : adw_entry_row_new ();

  g_signal_connect_object (row, "changed", G_CALLBACK (text_changed_cb), self, G_CONNECT_SWAPPED);
  self->error_label = gtk_image_new_from_icon_name ("dialog-error-symbolic");
  gtk_widget_add_css_class (self->error_label, "error");
  gtk_widget_set_visible (self->error_label, FALSE);
  adw_entry_row_add_suffix (ADW_ENTRY_ROW (row), self->error_label);
  return row;
}

static void
set_text (LodgeFieldRow *self)
{
  const char *value = self->value != NULL ? self->value : "";

  /* The cursor of a person who is typing stays where it is */
  if (!g_str_equal (gtk_editable_get_text (GTK_EDITABLE (self->widget)), value))
    gtk_editable_set_text (GTK_EDITABLE (self->widget), value);
}

/* Switches */

static const char *
get_on_value (LodgeFieldRow *self)
{
  return self->field->type == LODGE_FIELD_ON_OFF ? "on" : "yes";
}

/* An element that is there or not has no word for “off” */
static const char *
get_off_value (LodgeFieldRow *self)
{
  return self->field->type == LODGE_FIELD_PRESENCE ? NULL : self->field->type == LODGE_FIELD_ON_OFF ? "off" : "no";
}

static gboolean
is_on (LodgeFieldRow *self)
{
  const char *value = self->value != NULL ? self->value : self->field->fallback;

  return g_strcmp0 (value, get_on_value (self)) == 0;
}

static void
switched_cb (LodgeFieldRow *self)
{
  emit_edited (self, adw_switch_row_get_active (ADW_SWITCH_ROW (self->widget)) ? get_on_value (self)
                                                                                : get_off_value (self));
}

static GtkWidget *
create_switch (LodgeFieldRow *self)
{
  GtkWidget *row = adw_switch_row_new ();

  g_signal_connect_object (row, "notify::active", G_CALLBACK (switched_cb), self, G_CONNECT_SWAPPED);
  return row;
}

static void
set_switch (LodgeFieldRow *self)
{
  adw_switch_row_set_active (ADW_SWITCH_ROW (self->widget), is_on (self));
}

/* Choices */

static gboolean
is_possible (LodgeFieldRow *self,
             const char    *value)
{
  return value == NULL || self->supported == NULL || g_strv_contains ((const char * const *) self->supported, value);
}

static void
add_choice (LodgeFieldRow *self,
            const char    *value,
            const char    *label)
{
  g_ptr_array_add (self->values, g_strdup (value));
  g_ptr_array_add (self->labels, lodge_display_text (label, MAX_CHARS));
}

static int
find_choice (LodgeFieldRow *self,
             const char    *value)
{
  for (guint i = 0; i < self->values->len; i++)
    {
      if (g_strcmp0 (g_ptr_array_index (self->values, i), value) == 0)
        return i;
    }
  return -1;
}

/* A switch whose default only the hypervisor knows has three positions */
static const LodgeFieldChoice *
get_choices (LodgeFieldRow *self)
{
  static const LodgeFieldChoice yes_no[] = { { "yes", N_("Yes") }, { "no", N_("No") }, { NULL, NULL } };
  static const LodgeFieldChoice on_off[] = { { "on", N_("On") }, { "off", N_("Off") }, { NULL, NULL } };

  return self->field->type == LODGE_FIELD_BOOL ? yes_no : self->field->type == LODGE_FIELD_ON_OFF ? on_off
                                                                                                    : self->field->choices;
}

static gboolean
has_choice (LodgeFieldRow *self,
            const char    *value)
{
  for (const LodgeFieldChoice *choice = get_choices (self); choice != NULL && choice->value != NULL; choice++)
    {
      if (g_strcmp0 (choice->value, value) == 0)
        return TRUE;
    }
  return FALSE;
}

/* What is chosen when nothing is said */
static const char *
get_effective (LodgeFieldRow *self)
{
  return self->value == NULL && has_choice (self, self->field->fallback) ? self->field->fallback : self->value;
}

static void
fill_choices (LodgeFieldRow *self)
{
  g_autoptr(GtkStringList) list = gtk_string_list_new (NULL);
  g_autofree char *fallback = NULL;

  g_ptr_array_set_size (self->values, 0);
  g_ptr_array_set_size (self->labels, 0);
  if ((self->field->flags & LODGE_FIELD_REQUIRED) == 0 && !has_choice (self, self->field->fallback))
    {
      g_autofree char *text = self->field->fallback != NULL ? lodge_field_format (self->field, self->field->fallback)
                              : NULL;

      /* Translators: what libvirt takes when nothing is chosen, and what that is */
      fallback = text != NULL ? g_strdup_printf (_("Default (%s)"), text) : g_strdup (_("Default"));
      add_choice (self, NULL, fallback);
    }
  for (const LodgeFieldChoice *choice = get_choices (self); choice != NULL && choice->value != NULL; choice++)
    add_choice (self, choice->value, choice->label != NULL ? _(choice->label) : choice->value);
  /* One that the table does not know is shown as it is, and kept */
  if (self->value != NULL && find_choice (self, self->value) < 0)
    add_choice (self, self->value, self->value);
  for (guint i = 0; i < self->labels->len; i++)
    gtk_string_list_append (list, g_ptr_array_index (self->labels, i));
  adw_combo_row_set_model (ADW_COMBO_ROW (self->widget), G_LIST_MODEL (list));
}

static void
chosen_cb (LodgeFieldRow *self)
{
  const guint position = adw_combo_row_get_selected (ADW_COMBO_ROW (self->widget));

  if (position < self->values->len)
    emit_edited (self, g_ptr_array_index (self->values, position));
}

static void
setup_choice_cb (GtkListItemFactory *factory,
                 GtkListItem        *item)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 36);
  gtk_list_item_set_child (item, label);
}

/* What the host cannot do stays in the list, greyed, and says so */
static void
bind_choice_cb (GtkListItemFactory *factory,
                GtkListItem        *item,
                LodgeFieldRow      *self)
{
  GtkWidget *label = gtk_list_item_get_child (item);
  const guint position = gtk_list_item_get_position (item);
  const gboolean possible = position >= self->values->len
                            || is_possible (self, g_ptr_array_index (self->values, position));

  gtk_label_set_text (GTK_LABEL (label), gtk_string_object_get_string (gtk_list_item_get_item (item)));
  gtk_widget_set_sensitive (label, possible);
  gtk_list_item_set_selectable (item, possible);
  gtk_list_item_set_activatable (item, possible);
  gtk_widget_set_tooltip_text (label, possible ? NULL : _("This host cannot do it"));
}

static GtkWidget *
create_choice (LodgeFieldRow *self)
{
  GtkWidget *row = adw_combo_row_new ();
  g_autoptr(GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (setup_choice_cb), NULL);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_choice_cb), self, 0);
  adw_combo_row_set_list_factory (ADW_COMBO_ROW (row), factory);
  lodge_combo_value_show (ADW_COMBO_ROW (row));
  g_signal_connect_object (row, "notify::selected", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
  return row;
}

static void
set_choice (LodgeFieldRow *self)
{
  /* A required choice that is absent is taken for its first */
  if (self->values->len == 0 || find_choice (self, get_effective (self)) < 0)
    fill_choices (self);
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->widget), MAX (0, find_choice (self, get_effective (self))));
}

/* Numbers and sizes */

static void
number_changed_cb (LodgeFieldRow *self)
{
  g_autofree char *value = lodge_field_number_dup_value (self->field, GTK_SPIN_BUTTON (self->spin));

  emit_edited (self, value);
}

static GtkWidget *
create_number (LodgeFieldRow *self)
{
  GtkWidget *row = adw_action_row_new ();

  self->spin = lodge_field_number_new_spin (self->field);
  gtk_widget_set_valign (self->spin, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), self->spin);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), self->spin);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self->spin), GTK_ACCESSIBLE_RELATION_LABELLED_BY, row, NULL, -1);
  g_signal_connect_object (self->spin, "value-changed", G_CALLBACK (number_changed_cb), self, G_CONNECT_SWAPPED);
  return row;
}

static void
set_number (LodgeFieldRow *self)
{
  lodge_field_number_set_value (self->field, GTK_SPIN_BUTTON (self->spin), self->value);
}

typedef struct
{
  GtkWidget *(*create) (LodgeFieldRow *self);
  void       (*set)    (LodgeFieldRow *self);
} Kind;

static const Kind *
get_kind (LodgeFieldRow *self)
{
  static const Kind text = { create_text, set_text };
  static const Kind toggle = { create_switch, set_switch };
  static const Kind choice = { create_choice, set_choice };
  static const Kind number = { create_number, set_number };

  const LodgeFieldType type = self->field->type;

  if (type == LODGE_FIELD_BOOL || type == LODGE_FIELD_ON_OFF)
    return self->field->fallback != NULL ? &toggle : &choice;
  if (type == LODGE_FIELD_PRESENCE)
    return &toggle;
  if (type == LODGE_FIELD_ENUM)
    return self->field->flags & LODGE_FIELD_OPEN ? &text : &choice;
  if (type == LODGE_FIELD_UINT || type == LODGE_FIELD_INT || type == LODGE_FIELD_SIZE)
    return &number;
  /* All others are texts, which the table checks */
  return &text;
}

/* What stands below the title: the first that there is */
static void
update_subtitle (LodgeFieldRow *self)
{
  const char *help = self->field->help != NULL ? _(self->field->help) : "";
  const char *text = self->error != NULL ? self->error : self->reason != NULL ? self->reason
                     : self->note != NULL ? self->note : help;

  if (ADW_IS_ACTION_ROW (self->widget))
    adw_action_row_set_subtitle (ADW_ACTION_ROW (self->widget), text);
  else
    gtk_widget_set_tooltip_text (self->widget, *text != '\0' ? text : NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->widget), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
  if (self->error_label != NULL)
    {
      gtk_widget_set_visible (self->error_label, self->error != NULL);
      gtk_widget_set_tooltip_text (self->error_label, self->error);
    }
  if (self->error != NULL)
    gtk_widget_add_css_class (self->widget, "error");
  else
    gtk_widget_remove_css_class (self->widget, "error");
}

static void
undo_cb (LodgeFieldRow *self)
{
  g_signal_emit (self, signals[UNDO], 0);
}

static void
add_marks (LodgeFieldRow *self)
{
  g_autofree char *tooltip = g_strdup_printf (_("Undo Change of %s"), _(self->field->label));
  GtkWidget *widgets[2];

  self->pill = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->pill, "pill-label");
  gtk_widget_set_visible (self->pill, FALSE);
  self->undo_button = gtk_button_new_from_icon_name ("edit-undo-symbolic");
  gtk_widget_add_css_class (self->undo_button, "flat");
  gtk_widget_set_tooltip_text (self->undo_button, tooltip);
  gtk_widget_set_visible (self->undo_button, FALSE);
  g_signal_connect_object (self->undo_button, "clicked", G_CALLBACK (undo_cb), self, G_CONNECT_SWAPPED);
  widgets[0] = self->pill;
  widgets[1] = self->undo_button;
  for (guint i = 0; i < G_N_ELEMENTS (widgets); i++)
    {
      gtk_widget_set_valign (widgets[i], GTK_ALIGN_CENTER);
      if (ADW_IS_ENTRY_ROW (self->widget))
        adw_entry_row_add_suffix (ADW_ENTRY_ROW (self->widget), widgets[i]);
      else
        adw_action_row_add_suffix (ADW_ACTION_ROW (self->widget), widgets[i]);
    }
}

static void
lodge_field_row_dispose (GObject *object)
{
  LodgeFieldRow *self = LODGE_FIELD_ROW (object);

  g_clear_object (&self->widget);
  g_clear_pointer (&self->supported, g_strfreev);

  G_OBJECT_CLASS (lodge_field_row_parent_class)->dispose (object);
}

static void
lodge_field_row_finalize (GObject *object)
{
  LodgeFieldRow *self = LODGE_FIELD_ROW (object);

  g_ptr_array_unref (self->values);
  g_ptr_array_unref (self->labels);
  g_free (self->value);
  g_free (self->reason);
  g_free (self->note);
  g_free (self->error);

  G_OBJECT_CLASS (lodge_field_row_parent_class)->finalize (object);
}

static void
lodge_field_row_class_init (LodgeFieldRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lodge_field_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = lodge_field_row_finalize;

  signals[EDITED] = g_signal_new ("edited", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[UNDO] = g_signal_new ("undo", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 0);
}

static void
lodge_field_row_init (LodgeFieldRow *self)
{
  self->values = g_ptr_array_new_with_free_func (g_free);
  self->labels = g_ptr_array_new_with_free_func (g_free);
}

/**
 * lodge_field_row_new:
 * @field: of a table; tables live as long as the program
 * @capabilities: (nullable): what the host can; without, all choices are possible
 */
LodgeFieldRow *
lodge_field_row_new (const LodgeField *field,
                     LodgeXmlDocument *capabilities)
{
  LodgeFieldRow *self = g_object_new (LODGE_TYPE_FIELD_ROW, NULL);

  self->field = field;
  self->supported = lodge_field_get_supported (field, capabilities);
  self->setting = TRUE;
  self->widget = g_object_ref_sink (get_kind (self)->create (self));
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self->widget), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->widget), _(field->label));
  if (field->choices != NULL && ADW_IS_ENTRY_ROW (self->widget))
    adw_entry_row_add_suffix (ADW_ENTRY_ROW (self->widget), create_proposals (self));
  add_marks (self);
  get_kind (self)->set (self);
  update_subtitle (self);
  self->setting = FALSE;
  return self;
}

GtkWidget *
lodge_field_row_get_widget (LodgeFieldRow *self)
{
  g_return_val_if_fail (LODGE_IS_FIELD_ROW (self), NULL);

  return self->widget;
}

const LodgeField *
lodge_field_row_get_field (LodgeFieldRow *self)
{
  g_return_val_if_fail (LODGE_IS_FIELD_ROW (self), NULL);

  return self->field;
}

void
lodge_field_row_set_value (LodgeFieldRow *self,
                           const char    *value)
{
  g_return_if_fail (LODGE_IS_FIELD_ROW (self));

  /* What is wrong stays to be mended */
  if (self->error != NULL)
    return;
  self->setting = TRUE;
  g_set_str (&self->value, value);
  get_kind (self)->set (self);
  self->setting = FALSE;
}

void
lodge_field_row_set_mark (LodgeFieldRow  *self,
                          LodgeFieldMark  mark)
{
  static const struct { const char *label, *css_class, *tooltip; } marks[] = {
    [LODGE_FIELD_MARK_NONE] = { NULL, NULL, NULL },
    [LODGE_FIELD_MARK_EDITED] = { NULL, NULL, NULL },
    [LODGE_FIELD_MARK_NOW] = { N_("Applies now"), "accent", N_("Changes the running machine when you apply.") },
    [LODGE_FIELD_MARK_NEXT_START] =
      { N_("Next start"), "warning",
        N_("Takes effect when the machine is shut down and started again. A reboot is not enough.") },
  };

  g_return_if_fail (LODGE_IS_FIELD_ROW (self));

  gtk_widget_set_visible (self->pill, marks[mark].label != NULL);
  gtk_widget_set_visible (self->undo_button, mark != LODGE_FIELD_MARK_NONE);
  gtk_widget_remove_css_class (self->pill, "accent");
  gtk_widget_remove_css_class (self->pill, "warning");
  if (marks[mark].label == NULL)
    return;
  gtk_label_set_text (GTK_LABEL (self->pill), _(marks[mark].label));
  gtk_widget_set_tooltip_text (self->pill, _(marks[mark].tooltip));
  gtk_widget_add_css_class (self->pill, marks[mark].css_class);
}

void
lodge_field_row_set_reason (LodgeFieldRow *self,
                            const char    *reason)
{
  g_return_if_fail (LODGE_IS_FIELD_ROW (self));

  if (!g_set_str (&self->reason, reason))
    return;
  gtk_widget_set_sensitive (self->widget, reason == NULL);
  update_subtitle (self);
}

void
lodge_field_row_set_note (LodgeFieldRow *self,
                          const char    *note)
{
  g_return_if_fail (LODGE_IS_FIELD_ROW (self));

  if (g_set_str (&self->note, note))
    update_subtitle (self);
}

void
lodge_field_row_set_error (LodgeFieldRow *self,
                           const char    *error)
{
  g_return_if_fail (LODGE_IS_FIELD_ROW (self));

  if (g_set_str (&self->error, error))
    update_subtitle (self);
}
