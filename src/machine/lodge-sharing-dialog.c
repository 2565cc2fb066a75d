/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-sharing-dialog"

#include "config.h"

#include "lodge-sharing-dialog.h"

#include <glib/gi18n.h>

#include "console/lodge-screen-sharing.h"
#include "lodge-console-view-private.h"
#include "lodge-ui.h"
#include "lodge-usb-row.h"
#include "util/lodge-format.h"

#define N_FEATURES (LODGE_CONSOLE_SMARTCARD + 1)

struct _LodgeSharingDialog
{
  AdwDialog         parent_instance;

  /* template children */
  AdwSwitchRow     *resize_row;
  AdwComboRow      *clipboard_row;
  AdwActionRow     *files_row;
  AdwActionRow     *folder_row;
  AdwSwitchRow     *read_only_row;
  AdwSwitchRow     *sound_row;
  AdwSwitchRow     *smartcard_row;
  AdwActionRow     *usb_row;
  GtkWidget        *usb_group;
  GtkListBox       *usb_list;
  GtkWidget        *send_button;
  GtkWidget        *folder_button;
  GtkWidget        *no_folder_button;

  GtkWidget        *fix_buttons[N_FEATURES];   /* in the rows */
  LodgeConsoleView *console;                   /* owned */
  gboolean          narrow;                    /* icons in place of words */
};

G_DEFINE_FINAL_TYPE (LodgeSharingDialog, lodge_sharing_dialog, ADW_TYPE_DIALOG)

static const char * const directions[] = { "both", "to-guest", "from-guest", "off" };

static gboolean
direction_to_position (GValue   *value,
                       GVariant *variant,
                       gpointer  user_data)
{
  for (guint i = 0; i < G_N_ELEMENTS (directions); i++)
    {
      if (g_str_equal (g_variant_get_string (variant, NULL), directions[i]))
        g_value_set_uint (value, i);
    }
  return TRUE;
}

static GVariant *
position_to_direction (const GValue       *value,
                       const GVariantType *type,
                       gpointer            user_data)
{
  return g_variant_new_string (directions[MIN (g_value_get_uint (value), G_N_ELEMENTS (directions) - 1)]);
}

/* Rows: what they say when all is well, or what is missing */

static AdwActionRow *
get_row (LodgeSharingDialog  *self,
         LodgeConsoleFeature  feature)
{
  gpointer rows[N_FEATURES] = {
    [LODGE_CONSOLE_RESIZE] = self->resize_row,
    [LODGE_CONSOLE_CLIPBOARD] = self->clipboard_row,
    [LODGE_CONSOLE_FILES] = self->files_row,
    [LODGE_CONSOLE_FOLDER] = self->folder_row,
    [LODGE_CONSOLE_SOUND] = self->sound_row,
    [LODGE_CONSOLE_USB] = self->usb_row,
    [LODGE_CONSOLE_SMARTCARD] = self->smartcard_row,
  };

  return rows[feature];
}

static char *
dup_fine (LodgeSharingDialog  *self,
          LodgeConsoleFeature  feature)
{
  LodgeUsbList *usb = self->console->screen != NULL
                      ? lodge_screen_get_usb (lodge_console_view_get_sharing (self->console)) : NULL;
  g_autofree char *folder = g_settings_get_string (self->console->machine_settings, "shared-folder");

  switch (feature)
    {
    case LODGE_CONSOLE_RESIZE:
      return g_strdup (_("The guest’s screen follows the size of the window"));
    case LODGE_CONSOLE_CLIPBOARD:
      return g_strdup (_("Nothing moves before somebody pastes"));
    case LODGE_CONSOLE_FILES:
      return g_strdup (_("Or drop them on the display"));
    case LODGE_CONSOLE_FOLDER:
      return *folder != '\0' ? lodge_display_text (folder, 200) : g_strdup (_("None"));
    case LODGE_CONSOLE_SOUND:
      return g_strdup (_("Played here, and recorded when the guest listens"));
    case LODGE_CONSOLE_USB:
      if (usb != NULL && lodge_usb_list_get_obstacle (usb) != NULL)
        return lodge_display_text (lodge_usb_list_get_obstacle (usb), 200);
      return g_strdup (usb != NULL && g_list_model_get_n_items (G_LIST_MODEL (usb)) == 0
                       ? _("Nothing is plugged in") : _("The guest has those that are switched on"));
    case LODGE_CONSOLE_SMARTCARD:
      return g_strdup (_("From the next connection on"));
    case LODGE_CONSOLE_POINTER:   /* has no row: it is told when it is missed */
    default:
      g_return_val_if_reached (NULL);
    }
}

static void
update_row (LodgeSharingDialog  *self,
            LodgeConsoleFeature  feature)
{
  GtkWidget *button = self->fix_buttons[feature];
  g_auto(LodgeConsoleAdvice) advice = { 0 };
  g_autofree char *fine = dup_fine (self, feature);
  g_autofree char *tooltip = NULL;
  const char *label = NULL;

  if (lodge_console_view_find_advice (self->console, feature, &advice))
    adw_action_row_set_subtitle (get_row (self, feature), advice.text);
  else
    adw_action_row_set_subtitle (get_row (self, feature), fine);
  gtk_widget_set_visible (button, advice.fix != LODGE_CONSOLE_FIX_NONE);
  if (advice.fix == LODGE_CONSOLE_FIX_NONE)
    return;
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", lodge_console_fix_get_id (advice.fix, &label));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "console.fix");
  if (self->narrow)
    gtk_button_set_icon_name (GTK_BUTTON (button), "list-add-symbolic");
  else
    gtk_button_set_label (GTK_BUTTON (button), label);
  tooltip = g_strdelimit (g_strdup (label), "_", ' ');
  gtk_widget_set_tooltip_text (button, g_strstrip (tooltip));
}

static void
update (LodgeSharingDialog *self)
{
  LodgeScreen *screen = lodge_console_view_get_sharing (self->console);
  LodgeConsoleInfo *info = self->console->companion != NULL ? self->console->companion_info : self->console->info;
  LodgeUsbList *usb = screen != NULL ? lodge_screen_get_usb (screen) : NULL;
  g_autofree char *folder = g_settings_get_string (self->console->machine_settings, "shared-folder");
  const gboolean has_folder = info != NULL && lodge_console_info_get_devices (info) & LODGE_CONSOLE_HAS_FOLDER;

  for (int i = 0; i < N_FEATURES; i++)
    update_row (self, (LodgeConsoleFeature) i);
  gtk_widget_set_visible (self->send_button, screen != NULL && lodge_screen_get_takes_files (screen));
  gtk_widget_set_visible (self->folder_button, has_folder);
  gtk_widget_set_visible (self->no_folder_button, has_folder && *folder != '\0');
  gtk_widget_set_sensitive (GTK_WIDGET (self->read_only_row), has_folder);
  gtk_widget_set_visible (self->usb_group, usb != NULL && g_list_model_get_n_items (G_LIST_MODEL (usb)) > 0);
}

static void
narrow_cb (LodgeSharingDialog *self)
{
  self->narrow = TRUE;
  update (self);
}

static void
wide_cb (LodgeSharingDialog *self)
{
  self->narrow = FALSE;
  update (self);
}

/* The folder */

static void
folder_chosen_cb (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(LodgeSharingDialog) self = user_data;
  g_autoptr(GFile) folder = gtk_file_dialog_select_folder_finish (GTK_FILE_DIALOG (object), result, NULL);
  const char *path = folder != NULL ? g_file_peek_path (folder) : NULL;

  if (path != NULL && self->console != NULL)
    g_settings_set_string (self->console->machine_settings, "shared-folder", path);
}

static void
folder_cb (LodgeSharingDialog *self)
{
  g_autoptr(GtkFileDialog) dialog = gtk_file_dialog_new ();
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  gtk_file_dialog_set_title (dialog, _("Share a Folder"));
  gtk_file_dialog_select_folder (dialog, GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, NULL, folder_chosen_cb,
                                 g_object_ref (self));
}

static void
no_folder_cb (LodgeSharingDialog *self)
{
  g_settings_reset (self->console->machine_settings, "shared-folder");
}

static GtkWidget *
make_usb_row (gpointer item,
              gpointer user_data)
{
  return lodge_usb_row_new (item, user_data);
}

static void
lodge_sharing_dialog_dispose (GObject *object)
{
  LodgeSharingDialog *self = LODGE_SHARING_DIALOG (object);

  gtk_widget_dispose_template (GTK_WIDGET (object), LODGE_TYPE_SHARING_DIALOG);
  g_clear_object (&self->console);

  G_OBJECT_CLASS (lodge_sharing_dialog_parent_class)->dispose (object);
}

static void
lodge_sharing_dialog_class_init (LodgeSharingDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lodge_sharing_dialog_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, LODGE_UI ("machine/lodge-sharing-dialog.ui"));
  gtk_widget_class_bind_template_child (widget_class, LodgeSharingDialog, resize_row);
  gtk_widget_class_bind_template_child (widget_class, LodgeSharingDialog, clipboard_row);
  gtk_widget_class_bind_template_child (widget_class, LodgeSharingDialog, files_row);
  gtk_widget_class_bind_template_child (widget_class, LodgeSharingDialog, folder_row);
  gtk_widget_class_bind_template_child (widget_class, LodgeSharingDialog, read_only_row);
  gtk_widget_class_bind_template_child (widget_class, LodgeSharingDialog, sound_row);
  gtk_widget_class_bind_template_child (widget_class, LodgeSharingDialog, smartcard_row);
  gtk_widget_class_bind_template_child (widget_class, LodgeSharingDialog, usb_row);
  gtk_widget_class_bind_template_child (widget_class, LodgeSharingDialog, usb_group);
  gtk_widget_class_bind_template_child (widget_class, LodgeSharingDialog, usb_list);
  gtk_widget_class_bind_template_child (widget_class, LodgeSharingDialog, send_button);
  gtk_widget_class_bind_template_child (widget_class, LodgeSharingDialog, folder_button);
  gtk_widget_class_bind_template_child (widget_class, LodgeSharingDialog, no_folder_button);
  gtk_widget_class_bind_template_callback (widget_class, narrow_cb);
  gtk_widget_class_bind_template_callback (widget_class, wide_cb);
  gtk_widget_class_bind_template_callback (widget_class, folder_cb);
  gtk_widget_class_bind_template_callback (widget_class, no_folder_cb);
}

static void
lodge_sharing_dialog_init (LodgeSharingDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  for (int i = 0; i < N_FEATURES; i++)
    {
      GtkWidget *button = gtk_button_new ();

      gtk_button_set_use_underline (GTK_BUTTON (button), TRUE);
      gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
      adw_action_row_add_suffix (get_row (self, (LodgeConsoleFeature) i), button);
      self->fix_buttons[i] = button;
    }
}

/**
 * lodge_sharing_dialog_new:
 * @console: whose guest it is about
 */
AdwDialog *
lodge_sharing_dialog_new (LodgeConsoleView *console)
{
  LodgeSharingDialog *self = g_object_new (LODGE_TYPE_SHARING_DIALOG, NULL);
  GSettings *settings = console->machine_settings;
  LodgeScreen *screen = lodge_console_view_get_sharing (console);
  LodgeUsbList *usb = screen != NULL ? lodge_screen_get_usb (screen) : NULL;

  self->console = g_object_ref (console);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "console", lodge_console_view_get_group (console));
  g_settings_bind (settings, "resize-guest", self->resize_row, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "shared-folder-read-only", self->read_only_row, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "sound", self->sound_row, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "smartcard", self->smartcard_row, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind_with_mapping (settings, "clipboard", self->clipboard_row, "selected", G_SETTINGS_BIND_DEFAULT,
                                direction_to_position, position_to_direction, NULL, NULL);
  g_signal_connect_object (settings, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (console, "notify::consoles-menu", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  if (screen != NULL)
    g_signal_connect_object (screen, "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  if (usb != NULL)
    {
      gtk_list_box_bind_model (self->usb_list, G_LIST_MODEL (usb), make_usb_row, g_object_ref (settings),
                               g_object_unref);
      g_signal_connect_object (usb, "items-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
    }
  update (self);
  return ADW_DIALOG (self);
}
