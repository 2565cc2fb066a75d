/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-keys"

#include "config.h"

#include "lodge-keys.h"

#include <adwaita.h>
#include <glib/gi18n.h>

static const LodgeKey main_window[] = {
  { "<Control>n", "win.new-machine", NULL, N_("New Machine") },
  { "<Control><Shift>n", "win.add-connection", NULL, N_("Add Connection") },
  { "<Control>f", "win.search", NULL, N_("Search") },
  { "<Control>d", "win.save-filter", NULL, N_("Save Filter") },
  { "Return", NULL, NULL, N_("Open Machine") },
  { "<Control>Return", "machine.open-in-tab", NULL, N_("Open in New Tab") },
  { "<Control>KP_Enter", "machine.open-in-tab", NULL, NULL },
  { "<Control>a", NULL, NULL, N_("Select All") },
  { "F2", "machine.rename", NULL, N_("Rename") },
  { "<Control>t", "machine.edit-tags", NULL, N_("Edit Tags") },
  { "Delete", "machine.delete", NULL, N_("Delete Machine") },
  { "KP_Delete", "machine.delete", NULL, NULL },
  { "<Control><Shift>s", "machine.start", NULL, N_("Start") },
  { "<Control><Shift>d", "machine.shut-down", NULL, N_("Shut Down") },
  { "<Control><Shift>r", "machine.reboot", NULL, N_("Reboot") },
  { "<Control><Shift>p", "machine.toggle-pause", NULL, N_("Pause or Resume") },
  { "<Control><Shift>e", "machine.save", NULL, N_("Save State") },
  { "<Control><Shift>t", "machine.snapshot", NULL, N_("Take Snapshot") },
  { "<Alt>1", "win.show-page", "machines", N_("Machines") },
  { "<Alt>2", "win.show-page", "networks", NULL },
  { "<Alt>3", "win.show-page", "storage", NULL },
  { "<Alt>4", "win.show-page", "devices", NULL },
  { "<Alt>5", "win.show-page", "overview", N_("Overview") },
  { "<Control>1", "list.view", "list", N_("List") },
  { "<Control>2", "list.view", "grid", N_("Grid") },
  { "<Control>plus", "list.zoom", "in", N_("Larger Thumbnails") },
  { "<Control>equal", "list.zoom", "in", NULL },
  { "<Control>KP_Add", "list.zoom", "in", NULL },
  { "<Control>minus", "list.zoom", "out", N_("Smaller Thumbnails") },
  { "<Control>KP_Subtract", "list.zoom", "out", NULL },
  { "<Control>0", "list.zoom", "normal", N_("Default Thumbnails") },
  { "<Alt>Up", "win.previous-connection", NULL, N_("Previous Connection") },
  { "<Alt>Down", "win.next-connection", NULL, N_("Next Connection") },
  { "F9", "win.sidebar", NULL, N_("Sidebar") },
  { "<Control>j", "win.jobs", NULL, N_("Jobs") },
  { "<Shift>F10", NULL, NULL, N_("Context Menu") },
  { "F5", "win.refresh", NULL, N_("Refresh or Try Again") },
};

const LodgeKey *
lodge_keys_get_main_window (guint *n)
{
  *n = G_N_ELEMENTS (main_window);
  return main_window;
}

static gboolean
activate_cb (GtkWidget *widget,
             GVariant  *args,
             gpointer   user_data)
{
  const LodgeKey *key = user_data;
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (widget));
  GdkModifierType modifiers;
  guint keyval;

  if (adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (widget)) != NULL)
    return FALSE;
  gtk_accelerator_parse (key->accelerator, &keyval, &modifiers);
  /* In an entry Delete means the character after the cursor */
  if (modifiers == 0 && (keyval == GDK_KEY_Delete || keyval == GDK_KEY_KP_Delete) && GTK_IS_EDITABLE (focus))
    return FALSE;
  return key->target != NULL ? gtk_widget_activate_action (widget, key->action, "s", key->target)
                             : gtk_widget_activate_action (widget, key->action, NULL);
}

void
lodge_keys_install (GtkWidget *window)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  for (guint i = 0; i < G_N_ELEMENTS (main_window); i++)
    {
      GtkShortcutAction *action;

      if (main_window[i].action == NULL)
        continue;
      action = gtk_callback_action_new (activate_cb, (gpointer) &main_window[i], NULL);
      gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller),
                                            gtk_shortcut_new (gtk_shortcut_trigger_parse_string (main_window[i].accelerator),
                                                              action));
    }
  gtk_widget_add_controller (window, controller);
}
