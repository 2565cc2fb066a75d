/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-console-view"

#include "config.h"

#include "lodge-console-view-private.h"

#include <glib/gi18n.h>

#include "console/lodge-screen-sharing.h"
#include "lodge-sharing-dialog.h"
#include "widgets/lodge-error-dialog.h"

/* What the person and the guest share, as it is remembered for this machine, and what hinders it */

#define SCHEMA "org.lodgevm.Lodge.Machine"

void
lodge_console_view_show_toast (LodgeConsoleView *self,
                               const char       *text,
                               LodgeConsoleFix   fix)
{
  AdwToast *toast = adw_toast_new (text);
  const char *label = NULL;

  adw_toast_set_use_markup (toast, FALSE);
  if (fix != LODGE_CONSOLE_FIX_NONE)
    {
      adw_toast_set_action_target (toast, "s", lodge_console_fix_get_id (fix, &label));
      adw_toast_set_action_name (toast, "console.fix");
      adw_toast_set_button_label (toast, label);
    }
  g_signal_emit_by_name (self, "toast", toast);
  g_object_unref (toast);
}

gboolean
lodge_console_view_tell_advice (LodgeConsoleView    *self,
                                LodgeConsoleFeature  feature)
{
  g_auto(LodgeConsoleAdvice) advice = { 0 };

  if (!lodge_console_view_find_advice (self, feature, &advice))
    return FALSE;
  lodge_console_view_show_toast (self, advice.text, advice.fix);
  return TRUE;
}

LodgeScreen *
lodge_console_view_get_sharing (LodgeConsoleView *self)
{
  return self->companion != NULL ? self->companion : self->screen;
}

gboolean
lodge_console_view_find_advice (LodgeConsoleView    *self,
                                LodgeConsoleFeature  feature,
                                LodgeConsoleAdvice  *advice)
{
  /* The size is a matter of who has the picture */
  const gboolean own = feature == LODGE_CONSOLE_RESIZE || self->companion == NULL;
  LodgeScreen *screen = own ? self->screen : self->companion;
  LodgeConsoleInfo *info = own ? self->info : self->companion_info;

  return info != NULL && screen != NULL
         && lodge_console_advice_find (feature, info, lodge_screen_get_has_agent (screen), advice);
}

/* The guest's size */

static void
obstacle_cb (LodgeConsoleView *self)
{
  const char *obstacle = lodge_display_get_resize_obstacle (self->display);

  if (obstacle == NULL || !self->resize_asked)
    return;
  self->resize_asked = FALSE;
  if (!lodge_console_view_tell_advice (self, LODGE_CONSOLE_RESIZE))
    lodge_console_view_show_toast (self, obstacle, LODGE_CONSOLE_FIX_NONE);
}

/* A person who has asked for it hears why it stays as it is; nobody else is disturbed */
static void
resize_wanted_cb (LodgeConsoleView *self)
{
  self->resize_asked = g_settings_get_boolean (self->machine_settings, "resize-guest") && self->screen != NULL;
  obstacle_cb (self);
}

/* The clipboard */

static gboolean
map_direction (GValue   *value,
               GVariant *variant,
               gpointer  user_data)
{
  const char *direction = g_variant_get_string (variant, NULL);

  g_value_set_boolean (value, g_str_equal (direction, "both") || g_str_equal (direction, user_data));
  return TRUE;
}

static void
clipboard_wanted_cb (LodgeConsoleView *self)
{
  g_autofree char *direction = g_settings_get_string (self->machine_settings, "clipboard");

  if (!g_str_equal (direction, "off") && self->screen != NULL
      && !lodge_screen_get_has_clipboard (lodge_console_view_get_sharing (self)))
    lodge_console_view_tell_advice (self, LODGE_CONSOLE_CLIPBOARD);
}

static void
refused_cb (LodgeConsoleView *self,
            const char       *reason)
{
  lodge_console_view_show_toast (self, reason, LODGE_CONSOLE_FIX_NONE);
}

/* A guest without a tablet, on a desktop that cannot hold the pointer */
static void
pointer_loose_cb (LodgeConsoleView *self)
{
  lodge_console_view_tell_advice (self, LODGE_CONSOLE_POINTER);
}

/* Mending */

static void
fixed_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(LodgeConsoleView) self = user_data;
  g_autoptr(GError) error = NULL;
  gboolean now = FALSE;

  if (!lodge_domain_fix_console_finish (LODGE_DOMAIN (object), result, &now, &error))
    {
      if (!self->closed)
        lodge_error_present (GTK_WIDGET (self), _("Could Not Change the Machine"), error);
      return;
    }
  if (self->closed)
    return;
  lodge_console_view_show_toast (self, now ? _("The machine has it now") : _("The machine has it at its next start"),
              LODGE_CONSOLE_FIX_NONE);
  if (now && self->info != NULL)
    lodge_console_view_load (self);
}

static void
fix_action (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       user_data)
{
  LodgeConsoleView *self = user_data;
  const LodgeConsoleFix fix = lodge_console_fix_from_id (g_variant_get_string (parameter, NULL));

  if (fix != LODGE_CONSOLE_FIX_NONE)
    lodge_domain_fix_console_async (self->domain, fix, NULL, fixed_cb, g_object_ref (self));
}

/* Sound, the folder, smartcards, USB devices */

static void
share_folder (LodgeConsoleView *self)
{
  g_autofree char *folder = g_settings_get_string (self->machine_settings, "shared-folder");

  if (self->screen != NULL)
    lodge_screen_set_shared_folder (lodge_console_view_get_sharing (self), *folder != '\0' ? folder : NULL,
                                    g_settings_get_boolean (self->machine_settings, "shared-folder-read-only"));
}

static void
share_sound (LodgeConsoleView *self)
{
  if (self->screen != NULL)
    g_object_set (lodge_console_view_get_sharing (self), "enable-audio", g_settings_get_boolean (self->machine_settings, "sound"), NULL);
}

static void
usb_failed_cb (LodgeConsoleView *self,
               LodgeUsbDevice   *device,
               const char       *reason)
{
  g_autofree char *text = g_strdup_printf ("%s: %s", lodge_usb_device_get_title (device), reason);

  lodge_console_view_show_toast (self, text, LODGE_CONSOLE_FIX_NONE);
}

/* The devices are only looked for when some are wanted */
void
lodge_console_view_share_usb (LodgeConsoleView *self)
{
  g_auto(GStrv) wanted = g_settings_get_strv (self->machine_settings, "usb-devices");
  LodgeUsbList *usb = self->screen != NULL && wanted[0] != NULL
                      ? lodge_screen_get_usb (lodge_console_view_get_sharing (self)) : NULL;

  if (usb == NULL)
    return;
  g_signal_handlers_disconnect_by_func (usb, usb_failed_cb, self);
  g_signal_connect_object (usb, "failed", G_CALLBACK (usb_failed_cb), self, G_CONNECT_SWAPPED);
  lodge_usb_list_set_wanted (usb, (const char * const *) wanted);
}

void
lodge_console_view_share (LodgeConsoleView *self)
{
  share_folder (self);
  share_sound (self);
  lodge_screen_set_smartcard (lodge_console_view_get_sharing (self), g_settings_get_boolean (self->machine_settings, "smartcard"));
}

static void
sharing_action (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  adw_dialog_present (lodge_sharing_dialog_new (user_data), GTK_WIDGET (user_data));
}

static const GActionEntry entries[] = {
  { .name = "sharing", .activate = sharing_action },
  { .name = "fix", .activate = fix_action, .parameter_type = "s" },
};

/* Each is an action, too */
static const char * const remembered[] = { "resize-guest", "clipboard", "sound" };

static GSettings *
new_machine_settings (LodgeDomain *domain)
{
  const char *uuid = lodge_domain_get_uuid (domain);
  g_autofree char *path = g_strdup_printf ("/org/lodgevm/Lodge/machines/%s/",
                                           g_uuid_string_is_valid (uuid) ? uuid : "unknown");

  return g_settings_new_with_path (SCHEMA, path);
}

void
lodge_console_view_add_sharing (LodgeConsoleView *self)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (self));

  self->machine_settings = new_machine_settings (self->domain);
  g_action_map_add_action_entries (G_ACTION_MAP (self->group), entries, G_N_ELEMENTS (entries), self);
  for (gsize i = 0; i < G_N_ELEMENTS (remembered); i++)
    {
      g_autoptr(GAction) action = g_settings_create_action (self->machine_settings, remembered[i]);

      g_action_map_add_action (G_ACTION_MAP (self->group), action);
    }

  g_settings_bind (self->machine_settings, "resize-guest", self->display, "resize-guest", G_SETTINGS_BIND_GET);
  g_signal_connect_object (self->machine_settings, "changed::resize-guest", G_CALLBACK (resize_wanted_cb), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (self->display, "notify::resize-obstacle", G_CALLBACK (obstacle_cb), self, G_CONNECT_SWAPPED);

  g_signal_connect_object (self->machine_settings, "changed::shared-folder", G_CALLBACK (share_folder), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->machine_settings, "changed::shared-folder-read-only", G_CALLBACK (share_folder), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->machine_settings, "changed::sound", G_CALLBACK (share_sound), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->machine_settings, "changed::usb-devices", G_CALLBACK (lodge_console_view_share_usb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->display, "pointer-loose", G_CALLBACK (pointer_loose_cb), self, G_CONNECT_SWAPPED);

  self->clipboard = lodge_clipboard_new (clipboard);
  g_signal_connect_object (self->display, "notify::attended", G_CALLBACK (lodge_console_view_update_attention), self,
                           G_CONNECT_SWAPPED);
  g_settings_bind_with_mapping (self->machine_settings, "clipboard", self->clipboard, "to-guest", G_SETTINGS_BIND_GET,
                                map_direction, NULL, (gpointer) "to-guest", NULL);
  g_settings_bind_with_mapping (self->machine_settings, "clipboard", self->clipboard, "from-guest",
                                G_SETTINGS_BIND_GET, map_direction, NULL, (gpointer) "from-guest", NULL);
  g_signal_connect_object (self->machine_settings, "changed::clipboard", G_CALLBACK (clipboard_wanted_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->clipboard, "refused", G_CALLBACK (refused_cb), self, G_CONNECT_SWAPPED);
}
