/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-hardware-actions"

#include "config.h"

#include "lodge-hardware-view-private.h"

#include <glib/gi18n.h>

#include "lodge-history-dialog.h"
#include "widgets/lodge-error-dialog.h"

/* The group “hardware”: what can be done on the view, and its keys */

static void
reload_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  lodge_edits_reload (LODGE_HARDWARE_VIEW (widget)->edits);
}

static void
apply_action (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  lodge_hardware_view_apply (LODGE_HARDWARE_VIEW (widget), g_str_equal (action_name, "hardware.apply"));
}

static void
discard_action (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  lodge_hardware_view_discard (LODGE_HARDWARE_VIEW (widget));
}

static void
resolve_action (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  lodge_hardware_view_resolve (LODGE_HARDWARE_VIEW (widget));
}

static void
compare_action (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  lodge_hardware_view_compare (LODGE_HARDWARE_VIEW (widget));
}

static void
remove_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  lodge_hardware_view_remove (LODGE_HARDWARE_VIEW (widget));
}

static void
show_waiting_action (GtkWidget  *widget,
                     const char *action_name,
                     GVariant   *parameter)
{
  lodge_hardware_waiting_show (LODGE_HARDWARE_VIEW (widget));
}

static void
add_action (GtkWidget  *widget,
            const char *action_name,
            GVariant   *parameter)
{
  lodge_hardware_view_add_hardware (LODGE_HARDWARE_VIEW (widget));
}

static void
restore_cb (LodgeHardwareView *self,
            const char        *xml)
{
  g_autoptr(GError) error = NULL;

  if (!lodge_edits_set_text (self->edits, xml, &error))
    lodge_error_present (GTK_WIDGET (self), _("Could Not Restore the Definition"), error);
}

static void
history_action (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  LodgeHardwareView *self = LODGE_HARDWARE_VIEW (widget);
  LodgeDomain *domain = lodge_edits_get_domain (self->edits);
  LodgeXmlDocument *base = lodge_edits_get_base (self->edits);
  AdwDialog *dialog;

  if (domain == NULL || base == NULL || self->xml_broken)
    return;
  dialog = lodge_history_dialog_new (lodge_domain_get_uuid (domain), lodge_xml_document_get_text (base));
  g_signal_connect_object (dialog, "restore", G_CALLBACK (restore_cb), self, G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, widget);
}

static void
undo_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  LodgeHardwareView *self = LODGE_HARDWARE_VIEW (widget);

  if (g_str_equal (action_name, "hardware.undo"))
    lodge_edits_undo (self->edits);
  else
    lodge_edits_redo (self->edits);
}

static void
toggle_form_action (GtkWidget  *widget,
                    const char *action_name,
                    GVariant   *parameter)
{
  LodgeHardwareView *self = LODGE_HARDWARE_VIEW (widget);

  adw_toggle_group_set_active_name (self->form_toggles, lodge_hardware_view_is_xml_shown (self) ? "settings" : "xml");
}

static void
go_action (GtkWidget  *widget,
           const char *action_name,
           GVariant   *parameter)
{
  LodgeHardwareView *self = LODGE_HARDWARE_VIEW (widget);
  const guint n = g_list_model_get_n_items (G_LIST_MODEL (self->selection));
  const guint position = gtk_single_selection_get_selected (self->selection);
  const gboolean next = g_str_equal (action_name, "hardware.next");

  if (next ? position + 1 < n : position > 0)
    gtk_single_selection_set_selected (self->selection, next ? position + 1 : position - 1);
}

static void
find_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  LodgeHardwareView *self = LODGE_HARDWARE_VIEW (widget);

  gtk_search_bar_set_search_mode (self->search_bar, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
}

static const struct
{
  const char            *name;
  GtkWidgetActionActivateFunc func;
  guint                  key;
  GdkModifierType        modifiers;
} actions[] = {
  { "hardware.reload", reload_action, GDK_KEY_F5, 0 },
  { "hardware.apply", apply_action, GDK_KEY_Return, GDK_CONTROL_MASK },
  { "hardware.apply-later", apply_action, 0, 0 },
  { "hardware.discard", discard_action, 0, 0 },
  { "hardware.resolve", resolve_action, 0, 0 },
  { "hardware.compare", compare_action, 0, 0 },
  { "hardware.remove", remove_action, 0, 0 },
  { "hardware.show-waiting", show_waiting_action, 0, 0 },
  { "hardware.add", add_action, GDK_KEY_a, GDK_CONTROL_MASK | GDK_SHIFT_MASK },
  { "hardware.history", history_action, 0, 0 },
  { "hardware.undo", undo_action, GDK_KEY_z, GDK_CONTROL_MASK },
  { "hardware.redo", undo_action, GDK_KEY_z, GDK_CONTROL_MASK | GDK_SHIFT_MASK },
  { "hardware.toggle-form", toggle_form_action, GDK_KEY_e, GDK_CONTROL_MASK },
  { "hardware.next", go_action, GDK_KEY_Down, GDK_ALT_MASK },
  { "hardware.previous", go_action, GDK_KEY_Up, GDK_ALT_MASK },
  { "hardware.find", find_action, GDK_KEY_f, GDK_CONTROL_MASK },
};

void
lodge_hardware_actions_install (GtkWidgetClass *widget_class)
{
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      gtk_widget_class_install_action (widget_class, actions[i].name, NULL, actions[i].func);
      if (actions[i].key != 0)
        gtk_widget_class_add_binding_action (widget_class, actions[i].key, actions[i].modifiers, actions[i].name, NULL);
    }
}
