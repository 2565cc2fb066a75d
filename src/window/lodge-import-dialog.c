/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-import-dialog"

#include "config.h"

#include "lodge-import-dialog.h"

#include <glib/gi18n.h>

#include "lodge-ui.h"
#include "model/lodge-connection.h"
#include "model/lodge-virt-manager.h"
#include "util/lodge-format.h"
#include "widgets/lodge-dialog-size.h"

struct _LodgeImportDialog
{
  AdwDialog            parent_instance;

  /* template children */
  GtkStack            *stack;
  AdwPreferencesGroup *group;
  GtkWidget           *import_button;

  LodgeConnectionList *connections;   /* owned */
  GPtrArray           *saved;         /* of LodgeSavedConnection, owned, nullable */
  GPtrArray           *checks;        /* of GtkCheckButton, owned by the group; NULL where it is not offered */
};

G_DEFINE_FINAL_TYPE (LodgeImportDialog, lodge_import_dialog, ADW_TYPE_DIALOG)

static void
update (LodgeImportDialog *self)
{
  gboolean any = FALSE;

  for (guint i = 0; i < self->checks->len; i++)
    any |= self->checks->pdata[i] != NULL && gtk_check_button_get_active (self->checks->pdata[i]);
  gtk_widget_set_sensitive (self->import_button, any);
}

static void
import_clicked_cb (LodgeImportDialog *self)
{
  for (guint i = 0; i < self->checks->len; i++)
    {
      LodgeConnection *connection;

      if (self->checks->pdata[i] == NULL || !gtk_check_button_get_active (self->checks->pdata[i]))
        continue;
      /* It was new and well-formed a moment ago */
      connection = lodge_virt_manager_import (self->connections, self->saved->pdata[i], NULL);
      if (connection != NULL && lodge_connection_get_autoconnect (connection))
        lodge_connection_open_async (connection, NULL, NULL, NULL);
    }
  adw_dialog_close (ADW_DIALOG (self));
}

static GtkWidget *
add_row (LodgeImportDialog          *self,
         const LodgeSavedConnection *saved)
{
  g_autoptr(LodgeUri) uri = lodge_uri_parse (saved->uri, NULL);
  g_autofree char *label = saved->name != NULL ? g_strdup (saved->name) : lodge_uri_dup_label (uri);
  g_autofree char *title = lodge_display_text (label, 80);
  g_autofree char *subtitle = lodge_display_text (saved->uri, 300);
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *check = gtk_check_button_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  g_signal_connect_object (check, "toggled", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
  adw_preferences_group_add (self->group, row);
  return check;
}

static void
read_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(LodgeImportDialog) self = user_data;
  gboolean any = FALSE;

  self->saved = lodge_virt_manager_read_finish (result, NULL);
  if (self->connections == NULL)
    return;   /* closed meanwhile */
  for (guint i = 0; i < self->saved->len; i++)
    {
      const gboolean is_new = lodge_virt_manager_is_new (self->connections, self->saved->pdata[i]);

      g_ptr_array_add (self->checks, is_new ? add_row (self, self->saved->pdata[i]) : NULL);
      any |= is_new;
    }
  gtk_stack_set_visible_child_name (self->stack, any ? "list" : "nothing");
  update (self);
}

static void
lodge_import_dialog_dispose (GObject *object)
{
  LodgeImportDialog *self = LODGE_IMPORT_DIALOG (object);

  g_clear_object (&self->connections);
  gtk_widget_dispose_template (GTK_WIDGET (object), LODGE_TYPE_IMPORT_DIALOG);

  G_OBJECT_CLASS (lodge_import_dialog_parent_class)->dispose (object);
}

static void
lodge_import_dialog_finalize (GObject *object)
{
  LodgeImportDialog *self = LODGE_IMPORT_DIALOG (object);

  g_clear_pointer (&self->saved, g_ptr_array_unref);
  g_ptr_array_unref (self->checks);

  G_OBJECT_CLASS (lodge_import_dialog_parent_class)->finalize (object);
}

static void
lodge_import_dialog_class_init (LodgeImportDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lodge_import_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = lodge_import_dialog_finalize;

  gtk_widget_class_set_template_from_resource (widget_class, LODGE_UI ("window/lodge-import-dialog.ui"));
  gtk_widget_class_bind_template_child (widget_class, LodgeImportDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, LodgeImportDialog, group);
  gtk_widget_class_bind_template_child (widget_class, LodgeImportDialog, import_button);
  gtk_widget_class_bind_template_callback (widget_class, import_clicked_cb);
}

static void
lodge_import_dialog_init (LodgeImportDialog *self)
{
  self->checks = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  lodge_dialog_set_size (ADW_DIALOG (self), 480, -1);
}

AdwDialog *
lodge_import_dialog_new (LodgeConnectionList *connections)
{
  LodgeImportDialog *self = g_object_new (LODGE_TYPE_IMPORT_DIALOG, NULL);

  self->connections = g_object_ref (connections);
  lodge_virt_manager_read_async (NULL, read_cb, g_object_ref (self));
  return ADW_DIALOG (self);
}
