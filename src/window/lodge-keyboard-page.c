/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-keyboard-page"

#include "config.h"

#include "lodge-keyboard-page.h"

#include <glib/gi18n.h>

#include "console/lodge-keymap.h"
#include "lodge-key-capture-dialog.h"
#include "lodge-ui.h"

struct _LodgeKeyboardPage
{
  AdwPreferencesPage   parent_instance;

  /* template children */
  AdwActionRow        *release_row;
  AdwPreferencesGroup *host_group;
  AdwPreferencesGroup *own_group;

  GSettings           *settings;    /* owned */
  GPtrArray           *host_rows;   /* borrowed: in host_group */
  GPtrArray           *own_rows;    /* borrowed: in own_group */
};

G_DEFINE_FINAL_TYPE (LodgeKeyboardPage, lodge_keyboard_page, ADW_TYPE_PREFERENCES_PAGE)

static char *
dup_codes_label (GVariant *combination)
{
  gsize n = 0;
  const guint32 *codes = g_variant_get_fixed_array (combination, &n, sizeof (guint32));

  return lodge_keymap_dup_label (codes, n);
}

static void
update_release (LodgeKeyboardPage *self)
{
  g_autoptr(GVariant) keys = g_settings_get_value (self->settings, "release-keys");
  g_autofree char *label = dup_codes_label (keys);

  adw_action_row_set_subtitle (self->release_row, label);
}

/* Rows: a label, and a button that takes the entry at its position away */

static void
add_row (AdwPreferencesGroup *group,
         GPtrArray           *rows,
         const char          *label,
         GCallback            remove_cb,
         LodgeKeyboardPage   *self)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = gtk_button_new_from_icon_name ("list-remove-symbolic");
  g_autofree char *name = g_strdup_printf (_("Remove %s"), label);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), label);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, name);
  g_object_set_data (G_OBJECT (button), "lodge-position", GUINT_TO_POINTER (rows->len));
  g_signal_connect_object (button, "clicked", remove_cb, self, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  adw_preferences_group_add (group, row);
  g_ptr_array_add (rows, row);
}

static void
clear_rows (AdwPreferencesGroup *group,
            GPtrArray           *rows)
{
  for (guint i = 0; i < rows->len; i++)
    adw_preferences_group_remove (group, g_ptr_array_index (rows, i));
  g_ptr_array_set_size (rows, 0);
}

static void
remove_host_cb (LodgeKeyboardPage *self,
                GtkWidget         *button)
{
  const guint position = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "lodge-position"));
  g_auto(GStrv) keys = g_settings_get_strv (self->settings, "host-keys");
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_auto(GStrv) left = NULL;

  for (guint i = 0; keys[i] != NULL; i++)
    {
      if (i != position)
        g_strv_builder_add (builder, keys[i]);
    }
  left = g_strv_builder_end (builder);
  g_settings_set_strv (self->settings, "host-keys", (const char * const *) left);
}

static void
update_host (LodgeKeyboardPage *self)
{
  g_auto(GStrv) keys = g_settings_get_strv (self->settings, "host-keys");

  clear_rows (self->host_group, self->host_rows);
  for (guint i = 0; keys[i] != NULL; i++)
    {
      guint keyval = 0;
      GdkModifierType modifiers = 0;
      g_autofree char *label = NULL;

      if (gtk_accelerator_parse (keys[i], &keyval, &modifiers) && keyval != 0)
        label = gtk_accelerator_get_label (keyval, modifiers);
      add_row (self->host_group, self->host_rows, label != NULL ? label : keys[i], G_CALLBACK (remove_host_cb), self);
    }
}

static void
remove_own_cb (LodgeKeyboardPage *self,
               GtkWidget         *button)
{
  const guint position = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "lodge-position"));
  g_autoptr(GVariant) own = g_settings_get_value (self->settings, "own-key-combinations");
  GVariantBuilder builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("aau"));

  for (gsize i = 0; i < g_variant_n_children (own); i++)
    {
      g_autoptr(GVariant) combination = g_variant_get_child_value (own, i);

      if (i != position)
        g_variant_builder_add_value (&builder, combination);
    }
  g_settings_set_value (self->settings, "own-key-combinations", g_variant_builder_end (&builder));
}

static void
update_own (LodgeKeyboardPage *self)
{
  g_autoptr(GVariant) own = g_settings_get_value (self->settings, "own-key-combinations");

  clear_rows (self->own_group, self->own_rows);
  for (gsize i = 0; i < g_variant_n_children (own); i++)
    {
      g_autoptr(GVariant) combination = g_variant_get_child_value (own, i);
      g_autofree char *label = dup_codes_label (combination);

      add_row (self->own_group, self->own_rows, label, G_CALLBACK (remove_own_cb), self);
    }
}

/* Asking for keys */

static void
ask (LodgeKeyboardPage *self,
     const char        *title,
     GCallback          chosen_cb)
{
  AdwDialog *dialog = lodge_key_capture_dialog_new (title);

  g_signal_connect_object (dialog, "chosen", chosen_cb, self, G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, GTK_WIDGET (self));
}

static GVariant *
dup_codes (LodgeKeyCaptureDialog *dialog)
{
  guint codes[LODGE_KEY_CAPTURE_MAX];
  const gsize n = lodge_key_capture_dialog_get_codes (dialog, codes);

  return g_variant_new_fixed_array (G_VARIANT_TYPE_UINT32, codes, n, sizeof (guint32));
}

static void
release_chosen_cb (LodgeKeyboardPage     *self,
                   LodgeKeyCaptureDialog *dialog)
{
  g_settings_set_value (self->settings, "release-keys", dup_codes (dialog));
}

static void
release_activated_cb (LodgeKeyboardPage *self)
{
  ask (self, _("Release Keyboard and Pointer"), G_CALLBACK (release_chosen_cb));
}

static void
host_chosen_cb (LodgeKeyboardPage     *self,
                LodgeKeyCaptureDialog *dialog)
{
  const char *accelerator = lodge_key_capture_dialog_get_accelerator (dialog);
  g_auto(GStrv) keys = g_settings_get_strv (self->settings, "host-keys");
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_auto(GStrv) all = NULL;

  /* Modifiers alone belong to the guest: they begin everything */
  if (accelerator == NULL || g_strv_contains ((const char * const *) keys, accelerator))
    {
      gtk_widget_error_bell (GTK_WIDGET (self));
      return;
    }
  g_strv_builder_addv (builder, (const char **) keys);
  g_strv_builder_add (builder, accelerator);
  all = g_strv_builder_end (builder);
  g_settings_set_strv (self->settings, "host-keys", (const char * const *) all);
}

static void
add_host_cb (LodgeKeyboardPage *self)
{
  ask (self, _("Shortcut of This Computer"), G_CALLBACK (host_chosen_cb));
}

static void
own_chosen_cb (LodgeKeyboardPage     *self,
               LodgeKeyCaptureDialog *dialog)
{
  g_autoptr(GVariant) own = g_settings_get_value (self->settings, "own-key-combinations");
  g_autoptr(GVariant) chosen = g_variant_ref_sink (dup_codes (dialog));
  GVariantBuilder builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("aau"));

  for (gsize i = 0; i < g_variant_n_children (own); i++)
    {
      g_autoptr(GVariant) combination = g_variant_get_child_value (own, i);

      if (!g_variant_equal (combination, chosen))
        g_variant_builder_add_value (&builder, combination);
    }
  g_variant_builder_add_value (&builder, chosen);
  g_settings_set_value (self->settings, "own-key-combinations", g_variant_builder_end (&builder));
}

static void
add_own_cb (LodgeKeyboardPage *self)
{
  ask (self, _("Combination to Send"), G_CALLBACK (own_chosen_cb));
}

static void
lodge_keyboard_page_dispose (GObject *object)
{
  LodgeKeyboardPage *self = LODGE_KEYBOARD_PAGE (object);

  gtk_widget_dispose_template (GTK_WIDGET (object), LODGE_TYPE_KEYBOARD_PAGE);
  g_clear_object (&self->settings);
  g_clear_pointer (&self->host_rows, g_ptr_array_unref);
  g_clear_pointer (&self->own_rows, g_ptr_array_unref);

  G_OBJECT_CLASS (lodge_keyboard_page_parent_class)->dispose (object);
}

static void
lodge_keyboard_page_class_init (LodgeKeyboardPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lodge_keyboard_page_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, LODGE_UI ("window/lodge-keyboard-page.ui"));
  gtk_widget_class_bind_template_child (widget_class, LodgeKeyboardPage, release_row);
  gtk_widget_class_bind_template_child (widget_class, LodgeKeyboardPage, host_group);
  gtk_widget_class_bind_template_child (widget_class, LodgeKeyboardPage, own_group);
  gtk_widget_class_bind_template_callback (widget_class, release_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, add_host_cb);
  gtk_widget_class_bind_template_callback (widget_class, add_own_cb);
}

static void
lodge_keyboard_page_init (LodgeKeyboardPage *self)
{
  self->host_rows = g_ptr_array_new ();
  self->own_rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
lodge_keyboard_page_set_settings (LodgeKeyboardPage *self,
                                  GSettings         *settings)
{
  g_return_if_fail (LODGE_IS_KEYBOARD_PAGE (self));
  g_return_if_fail (self->settings == NULL);

  self->settings = g_object_ref (settings);
  g_signal_connect_object (settings, "changed::release-keys", G_CALLBACK (update_release), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (settings, "changed::host-keys", G_CALLBACK (update_host), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (settings, "changed::own-key-combinations", G_CALLBACK (update_own), self,
                           G_CONNECT_SWAPPED);
  update_release (self);
  update_host (self);
  update_own (self);
}
