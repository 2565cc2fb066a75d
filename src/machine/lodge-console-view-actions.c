/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-console-view"

#include "config.h"

#include "lodge-console-view-private.h"

#include <glib/gi18n.h>

#include "console/lodge-screenshot-file.h"
#include "console/lodge-send-keys.h"
#include "util/lodge-error.h"
#include "widgets/lodge-error-dialog.h"

static void
select_action (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       user_data)
{
  LodgeConsoleView *self = user_data;
  const guint position = g_variant_get_uint32 (parameter);

  if (self->consoles != NULL && position < g_list_model_get_n_items (self->consoles))
    lodge_console_view_select (self, position);
}

static void
reconnect_action (GSimpleAction *action,
                  GVariant      *parameter,
                  gpointer       user_data)
{
  /* Its address may be another one now */
  lodge_console_view_load (user_data);
}

static void
cancel_action (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       user_data)
{
  lodge_console_view_give_up (user_data);
}

static void
take_over_action (GSimpleAction *action,
                  GVariant      *parameter,
                  gpointer       user_data)
{
  lodge_console_view_open (user_data, TRUE);
}

static void
details_action (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  LodgeConsoleView *self = user_data;

  if (self->error != NULL)
    lodge_error_present (GTK_WIDGET (self), _("No Connection to the Console"), self->error);
}

static void
supply_password_action (GSimpleAction *action,
                        GVariant      *parameter,
                        gpointer       user_data)
{
  LodgeConsoleView *self = user_data;

  if (self->screen == NULL || lodge_screen_get_state (self->screen) != LODGE_SCREEN_NEEDS_CREDENTIALS)
    return;
  gtk_widget_set_visible (GTK_WIDGET (self->password_group), FALSE);
  lodge_screen_supply_credentials (self->screen, gtk_editable_get_text (GTK_EDITABLE (self->user_row)),
                                   gtk_editable_get_text (GTK_EDITABLE (self->password_row)));
  gtk_editable_set_text (GTK_EDITABLE (self->password_row), "");
}

static void
send_keys_action (GSimpleAction *action,
                  GVariant      *parameter,
                  gpointer       user_data)
{
  LodgeConsoleView *self = user_data;
  gsize n_codes = 0;
  const guint *codes = lodge_send_keys_find (g_variant_get_string (parameter, NULL), &n_codes);

  if (codes != NULL)
    lodge_display_send_keys (self->display, codes, n_codes);
}

static void
clipboard_read_cb (GObject      *object,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr(LodgeConsoleView) self = user_data;
  g_autofree char *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (object), result, NULL);

  if (text != NULL && !self->closed)
    lodge_display_type_text (self->display, text);
}

static void
type_clipboard_action (GSimpleAction *action,
                       GVariant      *parameter,
                       gpointer       user_data)
{
  LodgeConsoleView *self = user_data;

  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (GTK_WIDGET (self)), NULL, clipboard_read_cb,
                                 g_object_ref (self));
}

static void
scaling_action (GSimpleAction *action,
                GVariant      *value,
                gpointer       user_data)
{
  LodgeConsoleView *self = user_data;
  const gboolean original = g_str_equal (g_variant_get_string (value, NULL), "original");

  g_simple_action_set_state (action, value);
  if (original)
    lodge_display_set_zoom (self->display, 1);
  lodge_display_set_scaling (self->display, original ? LODGE_DISPLAY_ORIGINAL : LODGE_DISPLAY_FIT);
}

static void
zoom (LodgeConsoleView *self,
      double            factor)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->group), "scaling");

  lodge_display_set_zoom (self->display, lodge_display_get_shown_zoom (self->display) * factor);
  lodge_display_set_scaling (self->display, LODGE_DISPLAY_ORIGINAL);
  g_simple_action_set_state (G_SIMPLE_ACTION (action), g_variant_new_string ("original"));
}

static void
zoom_in_action (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  zoom (user_data, 1.25);
}

static void
zoom_out_action (GSimpleAction *action,
                 GVariant      *parameter,
                 gpointer       user_data)
{
  zoom (user_data, 0.8);
}

static void
show_folder_cb (AdwToast *toast,
                GFile    *file)
{
  g_autoptr(GtkFileLauncher) launcher = gtk_file_launcher_new (file);

  gtk_file_launcher_open_containing_folder (launcher, NULL, NULL, NULL, NULL);
}

static void
unref_closure (gpointer  data,
               GClosure *closure)
{
  g_object_unref (data);
}

static void
screenshot_saved_cb (GObject      *object,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr(LodgeConsoleView) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GFile) file = lodge_screenshot_file_save_finish (result, &error);
  AdwToast *toast;

  if (self->closed)
    return;
  if (file == NULL)
    {
      lodge_error_present (GTK_WIDGET (self), _("Could Not Save the Screenshot"), error);
      return;
    }
  toast = adw_toast_new (_("Screenshot saved in Pictures"));
  adw_toast_set_button_label (toast, _("_Show"));
  g_signal_connect_data (toast, "button-clicked", G_CALLBACK (show_folder_cb), g_steal_pointer (&file), unref_closure,
                         0);
  g_signal_emit_by_name (self, "toast", toast);
  g_object_unref (toast);
}

static void
screenshot_action (GSimpleAction *action,
                   GVariant      *parameter,
                   gpointer       user_data)
{
  LodgeConsoleView *self = user_data;
  g_autoptr(GdkTexture) texture = self->screen != NULL
                                    ? lodge_screen_dup_texture (lodge_display_get_screen (self->display)) : NULL;

  if (texture != NULL)
    lodge_screenshot_file_save_async (texture, lodge_domain_get_name (self->domain), screenshot_saved_cb,
                                      g_object_ref (self));
}

/* What the text console does by itself, for the menu of the window */

static void
find_text_action (GSimpleAction *action,
                  GVariant      *parameter,
                  gpointer       user_data)
{
  LodgeConsoleView *self = user_data;

  gtk_widget_activate_action (GTK_WIDGET (self->text_console), "text.find", NULL);
}

static void
log_text_action (GSimpleAction *action,
                 GVariant      *parameter,
                 gpointer       user_data)
{
  LodgeConsoleView *self = user_data;

  gtk_widget_activate_action (GTK_WIDGET (self->text_console), "text.log", NULL);
}

void
lodge_console_view_logging_cb (LodgeConsoleView *self)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->group), "log-text");
  const gboolean logging = lodge_text_console_get_logging (self->text_console);

  g_simple_action_set_state (G_SIMPLE_ACTION (action), g_variant_new_boolean (logging));
}

void
lodge_console_view_log_failed_cb (LodgeConsoleView *self,
                                  const GError     *error)
{
  lodge_error_present (GTK_WIDGET (self), _("The Log of the Console Has Ended"), error);
}

static void
change_state (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  g_action_change_state (G_ACTION (action), parameter);
}

static const GActionEntry entries[] = {
  { .name = "select", .activate = select_action, .parameter_type = "u", .state = "uint32 0" },
  { .name = "reconnect", .activate = reconnect_action },
  { .name = "cancel", .activate = cancel_action },
  { .name = "take-over", .activate = take_over_action },
  { .name = "details", .activate = details_action },
  { .name = "supply-password", .activate = supply_password_action },
  { .name = "send-keys", .activate = send_keys_action, .parameter_type = "s" },
  { .name = "type-clipboard", .activate = type_clipboard_action },
  { .name = "scaling", .activate = change_state, .parameter_type = "s", .state = "'fit'",
    .change_state = scaling_action },
  { .name = "zoom-in", .activate = zoom_in_action },
  { .name = "zoom-out", .activate = zoom_out_action },
  { .name = "screenshot", .activate = screenshot_action },
  { .name = "find-text", .activate = find_text_action },
  { .name = "log-text", .activate = log_text_action, .state = "false" },
};

void
lodge_console_view_add_actions (LodgeConsoleView *self)
{
  g_action_map_add_action_entries (G_ACTION_MAP (self->group), entries, G_N_ELEMENTS (entries), self);
}

static void
set_enabled (LodgeConsoleView *self,
             const char       *name,
             gboolean          enabled)
{
  g_simple_action_set_enabled (G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self->group), name)), enabled);
}

/* Those that need something that is on show */
void
lodge_console_view_update_actions (LodgeConsoleView *self)
{
  static const char * const of_text[] = { "find-text", "log-text" };
  static const struct { const char *name; gboolean awake; } of_display[] = {
    { "send-keys", TRUE }, { "type-clipboard", TRUE }, { "scaling", FALSE },
    { "zoom-in", FALSE }, { "zoom-out", FALSE },
    { "screenshot", FALSE },
  };
  const char *shown = lodge_console_view_get_shown (self);
  const gboolean display = g_strcmp0 (shown, "display") == 0;
  /* A guest that is paused hears no keys */
  const gboolean awake = lodge_domain_get_state (self->domain) == LODGE_DOMAIN_STATE_RUNNING;

  for (gsize i = 0; i < G_N_ELEMENTS (of_display); i++)
    set_enabled (self, of_display[i].name, display && (awake || !of_display[i].awake));
  for (gsize i = 0; i < G_N_ELEMENTS (of_text); i++)
    set_enabled (self, of_text[i], g_strcmp0 (shown, "text") == 0);
}
