/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-display-actions"

#include "config.h"

#include "lodge-display-actions.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "lodge-screenshot-file.h"
#include "lodge-send-keys.h"

static void
send_keys_cb (LodgeDisplay *self,
              GVariant     *parameter)
{
  guint codes[LODGE_SEND_KEYS_MAX];
  const gsize n_codes = lodge_send_keys_find (g_variant_get_string (parameter, NULL), codes);

  if (n_codes > 0)
    lodge_display_send_keys (self, codes, n_codes);
}

static void
clipboard_read_cb (GObject      *object,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr(LodgeDisplay) self = user_data;
  g_autofree char *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (object), result, NULL);

  if (text != NULL)
    lodge_display_type_text (self, text);
}

static void
type_clipboard_cb (LodgeDisplay *self)
{
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (GTK_WIDGET (self)), NULL, clipboard_read_cb,
                                 g_object_ref (self));
}

static void
scaling_cb (LodgeDisplay *self,
            GVariant     *value)
{
  const gboolean original = g_str_equal (g_variant_get_string (value, NULL), "original");

  if (original)
    lodge_display_set_zoom (self, 1);
  lodge_display_set_scaling (self, original ? LODGE_DISPLAY_ORIGINAL : LODGE_DISPLAY_FIT);
}

static void
scaling_changed_cb (GSimpleAction *action,
                    GParamSpec    *pspec,
                    LodgeDisplay  *display)
{
  const gboolean original = lodge_display_get_scaling (display) == LODGE_DISPLAY_ORIGINAL;

  g_simple_action_set_state (action, g_variant_new_string (original ? "original" : "fit"));
}

static void
zoom (LodgeDisplay *self,
      double        factor)
{
  lodge_display_set_zoom (self, lodge_display_get_shown_zoom (self) * factor);
  lodge_display_set_scaling (self, LODGE_DISPLAY_ORIGINAL);
}

static void
zoom_in_cb (LodgeDisplay *self)
{
  zoom (self, 1.25);
}

static void
zoom_out_cb (LodgeDisplay *self)
{
  zoom (self, 0.8);
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
  g_autoptr(LodgeDisplay) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GFile) file = lodge_screenshot_file_save_finish (result, &error);
  GtkWidget *overlay = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_TOAST_OVERLAY);
  g_autofree char *text = NULL;
  AdwToast *toast;

  if (overlay == NULL)
    return;
  if (file != NULL)
    text = g_strdup (_("Screenshot saved in Pictures"));
  else
    /* Translators: %s is the system's reason */
    text = g_strdup_printf (_("Could not save the screenshot: %s"), error->message);
  toast = adw_toast_new (text);
  adw_toast_set_use_markup (toast, FALSE);
  if (file != NULL)
    {
      adw_toast_set_button_label (toast, _("_Show"));
      g_signal_connect_data (toast, "button-clicked", G_CALLBACK (show_folder_cb), g_steal_pointer (&file),
                             unref_closure, 0);
    }
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), toast);
}

static void
screenshot_cb (LodgeDisplay *self)
{
  LodgeScreen *screen = lodge_display_get_screen (self);
  g_autoptr(GdkTexture) texture = screen != NULL ? lodge_screen_dup_texture (screen) : NULL;
  const char *name = lodge_display_get_machine_name (self);

  if (texture != NULL)
    lodge_screenshot_file_save_async (texture, name != NULL ? name : _("Console"), screenshot_saved_cb,
                                      g_object_ref (self));
}

static void
settings_changed_cb (GSettings    *settings,
                     const char   *key,
                     LodgeDisplay *self)
{
  g_autoptr(GVariant) release = g_settings_get_value (settings, "release-keys");
  g_auto(GStrv) host_keys = g_settings_get_strv (settings, "host-keys");
  gsize n = 0;
  const guint32 *codes = g_variant_get_fixed_array (release, &n, sizeof (guint32));

  lodge_display_set_host_keys (self, (const char * const *) host_keys);
  /* A way out must be left, whatever the settings say */
  if (n == 0 || n > LODGE_DISPLAY_MAX_RELEASE)
    lodge_display_set_release_modifiers (self, "<Control><Alt>");
  else
    lodge_display_set_release_keys (self, codes, n);
}

/**
 * lodge_display_follow_settings:
 * @self: a display
 * @settings: of the program
 *
 * Keeps the keys of the host and the way out as the person has chosen them, also while they are grabbed.
 */
void
lodge_display_follow_settings (LodgeDisplay *self,
                               GSettings    *settings)
{
  g_return_if_fail (LODGE_IS_DISPLAY (self));

  g_signal_connect_object (settings, "changed::release-keys", G_CALLBACK (settings_changed_cb), self, 0);
  g_signal_connect_object (settings, "changed::host-keys", G_CALLBACK (settings_changed_cb), self, 0);
  settings_changed_cb (settings, NULL, self);
}

void
lodge_display_add_actions (LodgeDisplay *self,
                           GActionMap   *map)
{
  static const struct
  {
    const char *name;
    const char *signal;
    GCallback   callback;
    const char *state;       /* nullable */
    gboolean    parameter;   /* a string */
  } entries[] = {
    { "send-keys", "activate", G_CALLBACK (send_keys_cb), NULL, TRUE },
    { "type-clipboard", "activate", G_CALLBACK (type_clipboard_cb), NULL, FALSE },
    { "scaling", "change-state", G_CALLBACK (scaling_cb), "fit", TRUE },
    { "zoom-in", "activate", G_CALLBACK (zoom_in_cb), NULL, FALSE },
    { "zoom-out", "activate", G_CALLBACK (zoom_out_cb), NULL, FALSE },
    { "screenshot", "activate", G_CALLBACK (screenshot_cb), NULL, FALSE },
  };

  g_return_if_fail (LODGE_IS_DISPLAY (self));

  for (gsize i = 0; i < G_N_ELEMENTS (entries); i++)
    {
      const GVariantType *type = entries[i].parameter ? G_VARIANT_TYPE_STRING : NULL;
      g_autoptr(GSimpleAction) action =
        entries[i].state != NULL
        ? g_simple_action_new_stateful (entries[i].name, type, g_variant_new_string (entries[i].state))
        : g_simple_action_new (entries[i].name, type);

      g_signal_connect_object (action, entries[i].signal, entries[i].callback, self, G_CONNECT_SWAPPED);
      if (entries[i].state != NULL)
        g_signal_connect_object (self, "notify::scaling", G_CALLBACK (scaling_changed_cb), action, G_CONNECT_SWAPPED);
      g_action_map_add_action (map, G_ACTION (action));
    }
}
