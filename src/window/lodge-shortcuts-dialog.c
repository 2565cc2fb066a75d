/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-shortcuts-dialog"

#include "config.h"

#include "lodge-shortcuts-dialog.h"

#include <glib/gi18n.h>

#include "lodge-keys.h"
#include "lodge-ui.h"

#include "widgets/lodge-dialog-size.h"

struct _LodgeShortcutsDialog
{
  AdwDialog           parent_instance;

  /* template children */
  AdwPreferencesPage *page;
};

G_DEFINE_FINAL_TYPE (LodgeShortcutsDialog, lodge_shortcuts_dialog, ADW_TYPE_DIALOG)

/* A NULL accelerator begins a group. Keys that are no accelerator (a modifier pair) are in words. Those of the main
 * window are in the table that makes them work. */
static const struct { const char *title, *accelerator, *words; } shortcuts[] = {
  { N_("Everywhere"), NULL, NULL },
  { N_("Main Menu"), "F10", NULL },
  { N_("Preferences"), "<Control>comma", NULL },
  { N_("Keyboard Shortcuts"), "<Control>question", NULL },
  { N_("Help"), "F1", NULL },
  { N_("Close Window"), "<Control>w", NULL },
  { N_("Quit"), "<Control>q", NULL },
  { N_("Machine Window"), NULL, NULL },
  { N_("Full Screen"), "F11", NULL },
  { N_("Release Keyboard and Pointer"), "", N_("left Ctrl + left Alt") },
  { N_("Send Keys"), "<Control><Shift>k", NULL },
  { N_("Take Screenshot"), "<Control><Shift>g", NULL },
  { N_("Zoom In"), "<Control>plus", NULL },
  { N_("Zoom Out"), "<Control>minus", NULL },
  { N_("Fit to Window"), "<Control>0", NULL },
  { N_("Next Tab"), "<Control>Tab", NULL },
};

static GtkWidget *
create_row (const char *title,
            const char *accelerator,
            const char *words)
{
  g_autofree char *label = NULL;
  GdkModifierType modifiers = 0;
  GtkWidget *row, *keys;
  guint key = 0;

  if (words != NULL)
    label = g_strdup (_(words));
  else if (gtk_accelerator_parse (accelerator, &key, &modifiers))
    label = gtk_accelerator_get_label (key, modifiers);

  row = g_object_new (ADW_TYPE_ACTION_ROW, "title", _(title), NULL);
  keys = g_object_new (GTK_TYPE_LABEL, "label", label, NULL);
  gtk_widget_add_css_class (keys, "dimmed");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), keys);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_KEY_SHORTCUTS,
                                  label, -1);
  return row;
}

static void
lodge_shortcuts_dialog_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), LODGE_TYPE_SHORTCUTS_DIALOG);

  G_OBJECT_CLASS (lodge_shortcuts_dialog_parent_class)->dispose (object);
}

static void
lodge_shortcuts_dialog_class_init (LodgeShortcutsDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lodge_shortcuts_dialog_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               LODGE_UI ("window/lodge-shortcuts-dialog.ui"));
  gtk_widget_class_bind_template_child (widget_class, LodgeShortcutsDialog, page);
}

static AdwPreferencesGroup *
add_group (LodgeShortcutsDialog *self,
           const char           *title)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());

  adw_preferences_group_set_title (group, title);
  adw_preferences_page_add (self->page, group);
  return group;
}

static void
add_main_window (LodgeShortcutsDialog *self)
{
  AdwPreferencesGroup *group = add_group (self, _("Main Window"));
  const LodgeKey *keys;
  guint n;

  keys = lodge_keys_get_main_window (&n);
  for (guint i = 0; i < n; i++)
    {
      if (keys[i].title != NULL)
        adw_preferences_group_add (group, create_row (keys[i].title, keys[i].accelerator, NULL));
    }
}

static void
lodge_shortcuts_dialog_init (LodgeShortcutsDialog *self)
{
  AdwPreferencesGroup *group = NULL;

  gtk_widget_init_template (GTK_WIDGET (self));
  lodge_dialog_set_size (ADW_DIALOG (self), 520, 640);

  for (guint i = 0; i < G_N_ELEMENTS (shortcuts); i++)
    {
      if (shortcuts[i].accelerator == NULL)
        {
          if (group != NULL)
            add_main_window (self);
          group = add_group (self, _(shortcuts[i].title));
        }
      else
        adw_preferences_group_add (group, create_row (shortcuts[i].title,
                                                      shortcuts[i].accelerator,
                                                      shortcuts[i].words));
    }
}

AdwDialog *
lodge_shortcuts_dialog_new (void)
{
  return g_object_new (LODGE_TYPE_SHORTCUTS_DIALOG, NULL);
}
