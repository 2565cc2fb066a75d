/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-key-dialog"

#include "config.h"

#include "lodge-key-dialog.h"

#include <glib/gi18n.h>

#include "lodge-ui.h"
#include "model/lodge-ssh-key-setup.h"
#include "util/lodge-error.h"
#include "util/lodge-format.h"
#include "widgets/lodge-combo-value.h"
#include "widgets/lodge-dialog-size.h"

struct _LodgeKeyDialog
{
  AdwDialog             parent_instance;

  /* template children */
  AdwPreferencesGroup  *group;
  AdwComboRow          *key_row;
  AdwActionRow         *result_row;
  GtkImage             *result_icon;
  GtkWidget            *spinner;
  GtkButton            *cancel_button;
  GtkButton            *go_button;

  LodgeConnection      *connection;   /* owned */
  GCancellable         *cancellable;  /* owned */
  char                **keys;         /* owned, nullable: the files behind the rows of the combo; then “a new one” */
  gboolean              done;
};

enum
{
  DONE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LodgeKeyDialog, lodge_key_dialog, ADW_TYPE_DIALOG)

static void
show_result (LodgeKeyDialog *self,
             const char     *icon_name,
             const char     *css_class,
             const char     *title,
             const char     *subtitle)
{
  gtk_widget_set_visible (GTK_WIDGET (self->result_row), TRUE);
  gtk_widget_set_visible (self->spinner, icon_name == NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->result_icon), icon_name != NULL);
  gtk_widget_remove_css_class (GTK_WIDGET (self->result_icon), "success");
  gtk_widget_remove_css_class (GTK_WIDGET (self->result_icon), "error");
  if (icon_name != NULL)
    {
      gtk_image_set_from_icon_name (self->result_icon, icon_name);
      gtk_widget_add_css_class (GTK_WIDGET (self->result_icon), css_class);
    }
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->result_row), title);
  adw_action_row_set_subtitle (self->result_row, subtitle);
}

static void
set_up_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(LodgeKeyDialog) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autofree char *key = lodge_connection_set_up_key_finish (LODGE_CONNECTION (object), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (key == NULL)
    {
      g_autofree char *message = lodge_display_text (error->message, 400);
      const char *hint = lodge_error_get_hint (error);
      g_autofree char *text = hint != NULL ? g_strdup_printf ("%s\n%s", message, hint) : g_strdup (message);

      show_result (self, "dialog-error-symbolic", "error", _("The Key Was Not Set Up"), text);
      gtk_widget_set_sensitive (GTK_WIDGET (self->key_row), TRUE);
      gtk_widget_set_sensitive (GTK_WIDGET (self->go_button), TRUE);
      return;
    }
  self->done = TRUE;
  show_result (self, "object-select-symbolic", "success", _("The Host Lets You In by Your Key"),
               _("No password is asked any more, and none is kept."));
  gtk_widget_set_visible (GTK_WIDGET (self->cancel_button), FALSE);
  gtk_button_set_label (self->go_button, _("_Done"));
  gtk_widget_set_sensitive (GTK_WIDGET (self->go_button), TRUE);
  g_signal_emit (self, signals[DONE], 0, key);
}

static void
go_clicked_cb (LodgeKeyDialog *self)
{
  const guint selected = adw_combo_row_get_selected (self->key_row);
  const char *key = self->keys != NULL && selected < g_strv_length (self->keys) ? self->keys[selected] : NULL;

  if (self->done)
    {
      adw_dialog_close (ADW_DIALOG (self));
      return;
    }
  gtk_widget_set_sensitive (GTK_WIDGET (self->key_row), FALSE);
  gtk_widget_set_sensitive (GTK_WIDGET (self->go_button), FALSE);
  show_result (self, NULL, NULL, _("Setting Up…"), _("The public key is sent, then a second login proves it."));
  lodge_connection_set_up_key_async (self->connection, key, self->cancellable, set_up_cb, g_object_ref (self));
}

static void
listed_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(LodgeKeyDialog) self = user_data;
  g_autoptr(GtkStringList) names = gtk_string_list_new (NULL);
  gboolean usual = FALSE;

  self->keys = lodge_ssh_keys_list_finish (result);
  for (guint i = 0; self->keys[i] != NULL; i++)
    {
      g_autofree char *base = g_path_get_basename (self->keys[i]);
      g_autofree char *name = lodge_display_text (base, 60);

      usual |= g_str_equal (base, "id_ed25519");
      gtk_string_list_append (names, name);
    }
  /* Only the usual file would be found by ssh itself, and it is never overwritten */
  if (!usual)
    gtk_string_list_append (names, _("New key"));
  adw_combo_row_set_model (self->key_row, G_LIST_MODEL (names));
  gtk_widget_set_sensitive (GTK_WIDGET (self->go_button), TRUE);
}

static void
lodge_key_dialog_closed (AdwDialog *dialog)
{
  g_cancellable_cancel (LODGE_KEY_DIALOG (dialog)->cancellable);
}

static void
lodge_key_dialog_dispose (GObject *object)
{
  LodgeKeyDialog *self = LODGE_KEY_DIALOG (object);

  g_clear_object (&self->connection);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->keys, g_strfreev);
  gtk_widget_dispose_template (GTK_WIDGET (object), LODGE_TYPE_KEY_DIALOG);

  G_OBJECT_CLASS (lodge_key_dialog_parent_class)->dispose (object);
}

static void
lodge_key_dialog_class_init (LodgeKeyDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lodge_key_dialog_dispose;
  ADW_DIALOG_CLASS (klass)->closed = lodge_key_dialog_closed;

  signals[DONE] = g_signal_new ("done", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                1, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (widget_class, LODGE_UI ("window/lodge-key-dialog.ui"));
  gtk_widget_class_bind_template_child (widget_class, LodgeKeyDialog, group);
  gtk_widget_class_bind_template_child (widget_class, LodgeKeyDialog, key_row);
  gtk_widget_class_bind_template_child (widget_class, LodgeKeyDialog, result_row);
  gtk_widget_class_bind_template_child (widget_class, LodgeKeyDialog, result_icon);
  gtk_widget_class_bind_template_child (widget_class, LodgeKeyDialog, spinner);
  gtk_widget_class_bind_template_child (widget_class, LodgeKeyDialog, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, LodgeKeyDialog, go_button);
  gtk_widget_class_bind_template_callback (widget_class, go_clicked_cb);
}

static void
lodge_key_dialog_init (LodgeKeyDialog *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  lodge_combo_value_show (self->key_row);
  lodge_dialog_set_size (ADW_DIALOG (self), 460, -1);
  gtk_widget_set_sensitive (GTK_WIDGET (self->go_button), FALSE);
}

AdwDialog *
lodge_key_dialog_new (LodgeConnection *connection)
{
  LodgeKeyDialog *self = g_object_new (LODGE_TYPE_KEY_DIALOG, NULL);
  g_autofree char *name = lodge_display_text (lodge_connection_get_label (connection), 80);
  g_autofree char *text =
    g_strdup_printf (_("The public half of a key is put on “%s”. From then on this computer logs in by itself. The "
                       "private half never leaves it."), name);
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  self->connection = g_object_ref (connection);
  /* A description is markup */
  adw_preferences_group_set_description (self->group, escaped);
  lodge_ssh_keys_list_async (NULL, listed_cb, g_object_ref (self));
  return ADW_DIALOG (self);
}
