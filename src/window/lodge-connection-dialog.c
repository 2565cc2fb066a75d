/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-connection-dialog"

#include "config.h"

#include "lodge-connection-dialog.h"

#include <glib/gi18n.h>

#include "lodge-connection-fields.h"
#include "lodge-connection-test-row.h"
#include "lodge-ui.h"
#include "model/lodge-connection.h"
#include "model/lodge-ssh-key-setup.h"
#include "util/lodge-error.h"
#include "util/lodge-format.h"
#include "widgets/lodge-dialog-size.h"

struct _LodgeConnectionDialog
{
  AdwDialog               parent_instance;

  /* template children */
  LodgeConnectionFields  *fields;
  AdwEntryRow            *name_row;
  AdwSwitchRow           *autoconnect_row;
  AdwSwitchRow           *read_only_row;
  AdwActionRow           *uri_row;
  LodgeConnectionTestRow *test_row;
  GtkButton              *add_button;

  LodgeConnectionList    *connections;     /* owned */
  LodgeConnection        *edited;          /* owned, nullable: adds where there is none */
  char                   *uri;             /* owned, nullable: what the answers say, when they can be used */
  char                   *proposed_name;   /* owned, nullable: that was put into the entry */
};

enum
{
  ADDED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LodgeConnectionDialog, lodge_connection_dialog, ADW_TYPE_DIALOG)

static char *
dup_name (LodgeConnectionDialog *self)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->name_row))));
}

/* The connection that the key could be set up through, nullable */
static LodgeConnection *
get_key_host (LodgeConnectionDialog *self)
{
  LodgeConnection *test = lodge_connection_test_row_get_connection (self->test_row);

  if (test != NULL && lodge_connection_can_set_up_key (test))
    return test;
  if (self->edited != NULL && g_strcmp0 (self->uri, lodge_connection_get_uri (self->edited)) == 0
      && lodge_connection_can_set_up_key (self->edited))
    return self->edited;
  return NULL;
}

static void
update_key_host (LodgeConnectionDialog *self)
{
  lodge_connection_fields_set_key_host (self->fields, get_key_host (self));
}

/* As long as the person has not typed one */
static void
propose_name (LodgeConnectionDialog *self)
{
  g_autofree char *typed = dup_name (self);
  g_autofree char *name = NULL;

  if (self->edited != NULL || (*typed != '\0' && g_strcmp0 (typed, self->proposed_name) != 0))
    return;
  name = lodge_connection_fields_dup_name (self->fields);
  if (name != NULL)
    gtk_editable_set_text (GTK_EDITABLE (self->name_row), name);
  else if (self->proposed_name != NULL)
    gtk_editable_set_text (GTK_EDITABLE (self->name_row), "");
  g_set_str (&self->proposed_name, name);
}

static void
changed_cb (LodgeConnectionDialog *self)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *message = NULL;
  LodgeConnection *other;

  if (self->connections == NULL)
    return;

  propose_name (self);
  g_free (self->uri);
  self->uri = lodge_connection_fields_dup_uri (self->fields, &error);
  other = self->uri != NULL ? lodge_connection_list_find (self->connections, self->uri) : NULL;
  if (other != NULL && other != self->edited)
    {
      lodge_set_error (&error, LODGE_ERROR_EXISTS, _("This connection is in the list already"));
      g_clear_pointer (&self->uri, g_free);
    }
  lodge_connection_fields_set_wrong (self->fields, error != NULL);
  message = error != NULL ? lodge_display_text (error->message, 300) : g_strdup (self->uri);
  adw_action_row_set_subtitle (self->uri_row, message);
  lodge_connection_test_row_set_uri (self->test_row, self->uri);
  update_key_host (self);
  gtk_widget_set_sensitive (GTK_WIDGET (self->add_button), self->uri != NULL);
}

/* Add, Save */

static void
copy_clicked_cb (LodgeConnectionDialog *self)
{
  if (self->uri != NULL)
    gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), self->uri);
}

static guint
find_position (LodgeConnectionDialog *self)
{
  const guint n = g_list_model_get_n_items (G_LIST_MODEL (self->connections));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr(LodgeConnection) connection = g_list_model_get_item (G_LIST_MODEL (self->connections), i);

      if (connection == self->edited)
        return i;
    }
  return n;
}

static void
apply_options (LodgeConnectionDialog *self,
               LodgeConnection       *connection)
{
  g_autofree char *name = dup_name (self);

  lodge_connection_set_name (connection, *name != '\0' ? name : NULL);
  lodge_connection_set_autoconnect (connection, adw_switch_row_get_active (self->autoconnect_row));
  lodge_connection_set_read_only (connection, adw_switch_row_get_active (self->read_only_row));
}

/* The way it is open is for its whole life: it is opened anew */
static void
save_options (LodgeConnectionDialog *self)
{
  const gboolean was_read_only = lodge_connection_get_read_only (self->edited);

  apply_options (self, self->edited);
  if (was_read_only == adw_switch_row_get_active (self->read_only_row)
      || lodge_connection_get_state (self->edited) != LODGE_CONNECTION_CONNECTED)
    return;
  lodge_connection_close (self->edited);
  lodge_connection_open_async (self->edited, NULL, NULL, NULL);
}

static void
add_clicked_cb (LodgeConnectionDialog *self)
{
  g_autofree char *name = dup_name (self);
  g_autoptr(GError) error = NULL;
  g_autoptr(LodgeConnection) connection = NULL;
  LodgeConnection *added;

  if (self->uri == NULL)
    return;
  if (self->edited != NULL && g_strcmp0 (lodge_connection_get_uri (self->edited), self->uri) == 0)
    {
      save_options (self);
      adw_dialog_close (ADW_DIALOG (self));
      return;
    }
  added = lodge_connection_list_add (self->connections, self->uri, *name != '\0' ? name : NULL, &error);
  if (added == NULL)
    {
      g_autofree char *message = lodge_display_text (error->message, 300);

      adw_action_row_set_subtitle (self->uri_row, message);
      return;
    }
  connection = g_object_ref (added);
  apply_options (self, connection);
  if (self->edited != NULL)
    {
      lodge_connection_list_move (self->connections, connection, find_position (self));
      lodge_connection_list_remove (self->connections, self->edited);
    }
  lodge_connection_open_async (connection, NULL, NULL, NULL);
  g_signal_emit (self, signals[ADDED], 0, connection);
  adw_dialog_close (ADW_DIALOG (self));
}

static void
lodge_connection_dialog_closed (AdwDialog *dialog)
{
  lodge_connection_test_row_stop (LODGE_CONNECTION_DIALOG (dialog)->test_row);

  if (ADW_DIALOG_CLASS (lodge_connection_dialog_parent_class)->closed != NULL)
    ADW_DIALOG_CLASS (lodge_connection_dialog_parent_class)->closed (dialog);
}

static void
lodge_connection_dialog_dispose (GObject *object)
{
  LodgeConnectionDialog *self = LODGE_CONNECTION_DIALOG (object);

  g_clear_object (&self->edited);
  g_clear_object (&self->connections);
  g_clear_pointer (&self->uri, g_free);
  g_clear_pointer (&self->proposed_name, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (object), LODGE_TYPE_CONNECTION_DIALOG);

  G_OBJECT_CLASS (lodge_connection_dialog_parent_class)->dispose (object);
}

static void
lodge_connection_dialog_class_init (LodgeConnectionDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lodge_connection_dialog_dispose;
  ADW_DIALOG_CLASS (klass)->closed = lodge_connection_dialog_closed;

  signals[ADDED] = g_signal_new ("added", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 1, LODGE_TYPE_CONNECTION);

  g_type_ensure (LODGE_TYPE_CONNECTION_FIELDS);
  g_type_ensure (LODGE_TYPE_CONNECTION_TEST_ROW);
  gtk_widget_class_set_template_from_resource (widget_class, LODGE_UI ("window/lodge-connection-dialog.ui"));
  gtk_widget_class_bind_template_child (widget_class, LodgeConnectionDialog, fields);
  gtk_widget_class_bind_template_child (widget_class, LodgeConnectionDialog, name_row);
  gtk_widget_class_bind_template_child (widget_class, LodgeConnectionDialog, autoconnect_row);
  gtk_widget_class_bind_template_child (widget_class, LodgeConnectionDialog, read_only_row);
  gtk_widget_class_bind_template_child (widget_class, LodgeConnectionDialog, uri_row);
  gtk_widget_class_bind_template_child (widget_class, LodgeConnectionDialog, test_row);
  gtk_widget_class_bind_template_child (widget_class, LodgeConnectionDialog, add_button);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, update_key_host);
  gtk_widget_class_bind_template_callback (widget_class, copy_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, add_clicked_cb);
}

static void
lodge_connection_dialog_init (LodgeConnectionDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  lodge_dialog_set_size (ADW_DIALOG (self), 560, 744);
}

AdwDialog *
lodge_connection_dialog_new (LodgeConnectionList *connections)
{
  LodgeConnectionDialog *self = g_object_new (LODGE_TYPE_CONNECTION_DIALOG, NULL);

  self->connections = g_object_ref (connections);
  changed_cb (self);
  return ADW_DIALOG (self);
}

AdwDialog *
lodge_connection_dialog_new_edit (LodgeConnectionList *connections,
                                  LodgeConnection     *connection)
{
  LodgeConnectionDialog *self = g_object_new (LODGE_TYPE_CONNECTION_DIALOG, NULL);
  const char *name = lodge_connection_get_name (connection);

  adw_dialog_set_title (ADW_DIALOG (self), _("Edit Connection"));
  gtk_button_set_label (self->add_button, _("_Save"));
  self->edited = g_object_ref (connection);
  lodge_connection_fields_set_uri (self->fields, lodge_connection_get_uri (connection));
  gtk_editable_set_text (GTK_EDITABLE (self->name_row), name != NULL ? name : "");
  adw_switch_row_set_active (self->autoconnect_row, lodge_connection_get_autoconnect (connection));
  adw_switch_row_set_active (self->read_only_row, lodge_connection_get_read_only (connection));
  g_signal_connect_object (connection, "notify::state", G_CALLBACK (update_key_host), self, G_CONNECT_SWAPPED);
  self->connections = g_object_ref (connections);
  changed_cb (self);
  return ADW_DIALOG (self);
}
