/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-preferences-dialog"

#include "config.h"

#include "lodge-preferences-dialog.h"

#include "lodge-keyboard-page.h"
#include "lodge-ui.h"

#include "widgets/lodge-combo-value.h"
#include "widgets/lodge-dialog-size.h"

struct _LodgePreferencesDialog
{
  AdwPreferencesDialog parent_instance;

  /* template children */
  GtkSpinButton *stats_interval;
  AdwSwitchRow  *confirm_force_off;
  AdwSwitchRow  *confirm_shut_down;
  AdwSwitchRow  *confirm_pause;
  AdwSwitchRow  *open_in_tabs;
  AdwSwitchRow  *ask_before_closing_console;
  AdwComboRow   *console_scaling;
  AdwComboRow   *default_firmware;
  LodgeKeyboardPage *keyboard_page;
};

/* The values of a key in the order of its combo row */
static const char * const scalings[] = { "fit", "original", NULL };
static const char * const firmwares[] = { "auto", "bios", "efi", NULL };

G_DEFINE_FINAL_TYPE (LodgePreferencesDialog, lodge_preferences_dialog, ADW_TYPE_PREFERENCES_DIALOG)

static gboolean
choice_to_position (GValue   *value,
                    GVariant *variant,
                    gpointer  user_data)
{
  const char * const *choices = user_data;

  for (guint i = 0; choices[i] != NULL; i++)
    {
      if (g_str_equal (choices[i], g_variant_get_string (variant, NULL)))
        {
          g_value_set_uint (value, i);
          return TRUE;
        }
    }
  return FALSE;
}

static GVariant *
position_to_choice (const GValue       *value,
                    const GVariantType *expected_type,
                    gpointer            user_data)
{
  const char * const *choices = user_data;
  guint position = g_value_get_uint (value);

  return position < g_strv_length ((char **) choices) ? g_variant_new_string (choices[position])
                                                      : NULL;
}

static void
bind_choice (GSettings          *settings,
             const char         *key,
             AdwComboRow        *row,
             const char * const *choices)
{
  g_settings_bind_with_mapping (settings, key, row, "selected", G_SETTINGS_BIND_DEFAULT,
                                choice_to_position, position_to_choice, (gpointer) choices, NULL);
}

static void
lodge_preferences_dialog_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), LODGE_TYPE_PREFERENCES_DIALOG);

  G_OBJECT_CLASS (lodge_preferences_dialog_parent_class)->dispose (object);
}

static void
lodge_preferences_dialog_class_init (LodgePreferencesDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = lodge_preferences_dialog_dispose;

  g_type_ensure (LODGE_TYPE_KEYBOARD_PAGE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               LODGE_UI ("window/lodge-preferences-dialog.ui"));
  gtk_widget_class_bind_template_child (widget_class, LodgePreferencesDialog, stats_interval);
  gtk_widget_class_bind_template_child (widget_class, LodgePreferencesDialog, confirm_force_off);
  gtk_widget_class_bind_template_child (widget_class, LodgePreferencesDialog, confirm_shut_down);
  gtk_widget_class_bind_template_child (widget_class, LodgePreferencesDialog, confirm_pause);
  gtk_widget_class_bind_template_child (widget_class, LodgePreferencesDialog, open_in_tabs);
  gtk_widget_class_bind_template_child (widget_class, LodgePreferencesDialog,
                                        ask_before_closing_console);
  gtk_widget_class_bind_template_child (widget_class, LodgePreferencesDialog, console_scaling);
  gtk_widget_class_bind_template_child (widget_class, LodgePreferencesDialog, default_firmware);
  gtk_widget_class_bind_template_child (widget_class, LodgePreferencesDialog, keyboard_page);
}

static void
lodge_preferences_dialog_init (LodgePreferencesDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  lodge_dialog_set_size (ADW_DIALOG (self), 640, 640);
  lodge_combo_value_show (self->console_scaling);
  lodge_combo_value_show (self->default_firmware);
}

/**
 * lodge_preferences_dialog_new:
 * @settings: the application's settings; every row is bound to its key
 *
 * Returns: (transfer floating): a dialog that writes each change at once
 */
AdwDialog *
lodge_preferences_dialog_new (GSettings *settings)
{
  LodgePreferencesDialog *self = g_object_new (LODGE_TYPE_PREFERENCES_DIALOG, NULL);

  g_settings_bind (settings, "stats-interval", self->stats_interval, "value",
                   G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "confirm-force-off", self->confirm_force_off, "active",
                   G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "confirm-shut-down", self->confirm_shut_down, "active",
                   G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "confirm-pause", self->confirm_pause, "active",
                   G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "open-in-tabs", self->open_in_tabs, "active",
                   G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "ask-before-closing-console", self->ask_before_closing_console,
                   "active", G_SETTINGS_BIND_DEFAULT);
  bind_choice (settings, "console-scaling", self->console_scaling, scalings);
  bind_choice (settings, "default-firmware", self->default_firmware, firmwares);
  lodge_keyboard_page_set_settings (self->keyboard_page, settings);

  return ADW_DIALOG (self);
}
