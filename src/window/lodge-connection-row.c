/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-connection-row"

#include "config.h"

#include "lodge-connection-row.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "lodge-ui.h"
#include "model/lodge-connection.h"
#include "util/lodge-format.h"
#include "widgets/lodge-level.h"

struct _LodgeConnectionRow
{
  LodgeSidebarRow      parent_instance;

  /* template children */
  GtkImage            *icon;
  GtkLabel            *name_label;
  GtkLabel            *caption_label;
  GtkLabel            *count_label;
  GtkWidget           *spinner;
  GtkWidget           *cancel_button;
  GMenuModel          *menu_model;

  LodgeConnectionList *connections;   /* owned */
  LodgeConnection     *connection;    /* owned, nullable: all machines */
  GListModel          *domains;       /* owned */
  guint                countdown_id;  /* to the next try */
};

G_DEFINE_FINAL_TYPE (LodgeConnectionRow, lodge_connection_row, LODGE_TYPE_SIDEBAR_ROW)

static const char *
get_icon_name (LodgeConnection *connection)
{
  const LodgeUri *uri = lodge_connection_get_parsed_uri (connection);

  if (uri == NULL || !lodge_uri_is_local (uri))
    return "lodge-server-symbolic";
  return lodge_uri_is_session (uri) ? "lodge-session-symbolic" : "lodge-computer-symbolic";
}

/* 0: no retry is planned */
static guint
get_seconds_to_retry (LodgeConnection *connection)
{
  const gint64 time = lodge_connection_get_retry_time (connection);
  const gint64 left = time - g_get_monotonic_time ();

  return time == 0 ? 0 : left > 0 ? (guint) ((left + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC) : 1;
}

/* What it is while all is well, what it is doing or missing otherwise */
static char *
dup_caption (LodgeConnection  *connection,
             const char      **css_class)
{
  const LodgeUri *uri = lodge_connection_get_parsed_uri (connection);
  guint seconds;

  *css_class = "dimmed";
  switch (lodge_connection_get_state (connection))
    {
    case LODGE_CONNECTION_DISCONNECTED:
      return g_strdup (_("Disconnected"));
    case LODGE_CONNECTION_CONNECTING:
      return g_strdup (_("Connecting…"));
    case LODGE_CONNECTION_WAITING_FOR_CREDENTIALS:
      *css_class = "accent";
      return g_strdup (_("Needs password"));
    case LODGE_CONNECTION_FAILED:
      *css_class = "warning";
      seconds = get_seconds_to_retry (connection);
      if (seconds == 0)
        return g_strdup (_("Unreachable"));
      /* Translators: seconds */
      return g_strdup_printf (_("Unreachable, retry in %u s"), seconds);
    case LODGE_CONNECTION_CONNECTED:
    default:
      if (uri == NULL)
        return g_strdup (lodge_connection_get_uri (connection));
      return lodge_uri_dup_caption (uri);
    }
}

static void
lodge_connection_row_update_actions (LodgeSidebarRow *row)
{
  LodgeConnectionRow *self = LODGE_CONNECTION_ROW (row);
  GtkWidget *widget = GTK_WIDGET (self);
  const gboolean is_connection = self->connection != NULL;
  const LodgeConnectionState state = is_connection ? lodge_connection_get_state (self->connection)
                                                   : LODGE_CONNECTION_CONNECTED;
  const gboolean down = state == LODGE_CONNECTION_DISCONNECTED || state == LODGE_CONNECTION_FAILED;

  gtk_widget_action_set_enabled (widget, "connection.open", is_connection && down);
  gtk_widget_action_set_enabled (widget, "connection.close", is_connection && !down);
  gtk_widget_action_set_enabled (widget, "connection.new-machine",
                                 is_connection && state == LODGE_CONNECTION_CONNECTED);
  gtk_widget_action_set_enabled (widget, "connection.details", is_connection && state == LODGE_CONNECTION_CONNECTED);
  gtk_widget_action_set_enabled (widget, "connection.edit", is_connection);
  gtk_widget_action_set_enabled (widget, "connection.remove", is_connection);
}

static void
lodge_connection_row_move (LodgeSidebarRow *row,
                           gpointer         item,
                           guint            position)
{
  lodge_connection_list_move (LODGE_CONNECTION_ROW (row)->connections, item, position);
}

static void update (LodgeConnectionRow *self);

static gboolean
countdown_cb (gpointer user_data)
{
  LodgeConnectionRow *self = user_data;

  self->countdown_id = 0;
  update (self);
  return G_SOURCE_REMOVE;
}

static void
update (LodgeConnectionRow *self)
{
  const guint n = g_list_model_get_n_items (self->domains);
  g_autofree char *caption = NULL;
  g_autofree char *name = NULL;
  g_autofree char *count = NULL;
  g_autofree char *label = NULL;
  const char *css_class = NULL;
  gboolean connecting;

  if (self->connection == NULL)
    {
      count = g_strdup_printf ("%'u", n);
      gtk_label_set_text (self->count_label, count);
      label = g_strdup_printf (g_dngettext (NULL, "All Machines, %'u machine", "All Machines, %'u machines", n), n);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
      return;
    }

  name = lodge_display_text (lodge_connection_get_label (self->connection), 200);
  caption = dup_caption (self->connection, &css_class);
  connecting = lodge_connection_get_state (self->connection) == LODGE_CONNECTION_CONNECTING;
  count = lodge_connection_get_state (self->connection) == LODGE_CONNECTION_CONNECTED || n > 0
          ? g_strdup_printf ("%'u", n) : g_strdup ("");
  if (get_seconds_to_retry (self->connection) > 0 && self->countdown_id == 0)
    self->countdown_id = g_timeout_add_seconds (1, countdown_cb, self);

  gtk_label_set_text (self->name_label, name);
  gtk_label_set_text (self->caption_label, caption);
  lodge_level_apply (GTK_WIDGET (self->caption_label), css_class);
  gtk_label_set_text (self->count_label, count);
  gtk_image_set_from_icon_name (self->icon, get_icon_name (self->connection));
  gtk_widget_set_visible (self->spinner, connecting);
  gtk_widget_set_visible (self->cancel_button, connecting);
  gtk_widget_set_visible (GTK_WIDGET (self->count_label), !connecting);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), lodge_connection_get_uri (self->connection));

  label = g_strdup_printf (g_dngettext (NULL, "%s, %s, %u machine", "%s, %s, %u machines", n), name, caption, n);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  lodge_sidebar_row_update_actions (LODGE_SIDEBAR_ROW (self));
}

static void
open_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  lodge_connection_open_async (LODGE_CONNECTION_ROW (widget)->connection, NULL, NULL, NULL);
}

static void
close_action (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  lodge_connection_close (LODGE_CONNECTION_ROW (widget)->connection);
}

static void
new_machine_action (GtkWidget  *widget,
                    const char *action_name,
                    GVariant   *parameter)
{
  gtk_widget_activate_action (widget, "app.new-machine", "s",
                              lodge_connection_get_uri (LODGE_CONNECTION_ROW (widget)->connection));
}

static void
details_action (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  GtkWidget *list = gtk_widget_get_parent (widget);

  gtk_list_box_select_row (GTK_LIST_BOX (list), GTK_LIST_BOX_ROW (widget));
  gtk_widget_activate_action (widget, "win.show-page", "s", "overview");
}

static void
edit_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  gtk_widget_activate_action (widget, "app.edit-connection", "s",
                              lodge_connection_get_uri (LODGE_CONNECTION_ROW (widget)->connection));
}

static void
remove_response_cb (LodgeConnectionRow *self)
{
  lodge_connection_close (self->connection);
  lodge_connection_list_remove (self->connections, self->connection);
}

static void
remove_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  LodgeConnectionRow *self = LODGE_CONNECTION_ROW (widget);
  g_autofree char *name = lodge_display_text (lodge_connection_get_label (self->connection), 80);
  g_autofree char *heading = g_strdup_printf (_("Remove “%s”?"), name);
  g_autofree char *uri = lodge_display_text (lodge_connection_get_uri (self->connection), 300);
  g_autofree char *body = g_strdup_printf ("%s\n\n%s", uri,
                                           _("The connection leaves the list. Its machines are not touched."));
  AdwDialog *dialog = adw_alert_dialog_new (heading, body);

  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog),
                                  "cancel", _("_Cancel"), "remove", _("_Remove"), NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "remove", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response::remove", G_CALLBACK (remove_response_cb), self, G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, widget);
}

static void
lodge_connection_row_dispose (GObject *object)
{
  LodgeConnectionRow *self = LODGE_CONNECTION_ROW (object);

  g_clear_handle_id (&self->countdown_id, g_source_remove);
  g_clear_object (&self->domains);
  g_clear_object (&self->connection);
  g_clear_object (&self->connections);
  gtk_widget_dispose_template (GTK_WIDGET (object), LODGE_TYPE_CONNECTION_ROW);

  G_OBJECT_CLASS (lodge_connection_row_parent_class)->dispose (object);
}

/* For the menu's check: what the connection says */

static void
lodge_connection_row_get_property (GObject    *object,
                                   guint       prop_id,
                                   GValue     *value,
                                   GParamSpec *pspec)
{
  LodgeConnectionRow *self = LODGE_CONNECTION_ROW (object);

  g_value_set_boolean (value, self->connection != NULL && lodge_connection_get_autoconnect (self->connection));
}

static void
lodge_connection_row_set_property (GObject      *object,
                                   guint         prop_id,
                                   const GValue *value,
                                   GParamSpec   *pspec)
{
  LodgeConnectionRow *self = LODGE_CONNECTION_ROW (object);

  if (self->connection != NULL)
    lodge_connection_set_autoconnect (self->connection, g_value_get_boolean (value));
}

static void
autoconnect_changed_cb (LodgeConnectionRow *self)
{
  g_object_notify (G_OBJECT (self), "autoconnect");
}

static void
lodge_connection_row_class_init (LodgeConnectionRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->get_property = lodge_connection_row_get_property;
  G_OBJECT_CLASS (klass)->set_property = lodge_connection_row_set_property;
  g_object_class_install_property (G_OBJECT_CLASS (klass), 1,
                                   g_param_spec_boolean ("autoconnect", NULL, NULL, FALSE,
                                                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY
                                                         | G_PARAM_STATIC_STRINGS));

  G_OBJECT_CLASS (klass)->dispose = lodge_connection_row_dispose;
  LODGE_SIDEBAR_ROW_CLASS (klass)->update_actions = lodge_connection_row_update_actions;
  LODGE_SIDEBAR_ROW_CLASS (klass)->move = lodge_connection_row_move;
  gtk_widget_class_set_template_from_resource (widget_class, LODGE_UI ("window/lodge-connection-row.ui"));
  gtk_widget_class_bind_template_child (widget_class, LodgeConnectionRow, icon);
  gtk_widget_class_bind_template_child (widget_class, LodgeConnectionRow, name_label);
  gtk_widget_class_bind_template_child (widget_class, LodgeConnectionRow, caption_label);
  gtk_widget_class_bind_template_child (widget_class, LodgeConnectionRow, count_label);
  gtk_widget_class_bind_template_child (widget_class, LodgeConnectionRow, spinner);
  gtk_widget_class_bind_template_child (widget_class, LodgeConnectionRow, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, LodgeConnectionRow, menu_model);

  gtk_widget_class_install_action (widget_class, "connection.open", NULL, open_action);
  gtk_widget_class_install_action (widget_class, "connection.close", NULL, close_action);
  gtk_widget_class_install_action (widget_class, "connection.new-machine", NULL, new_machine_action);
  gtk_widget_class_install_action (widget_class, "connection.details", NULL, details_action);
  gtk_widget_class_install_property_action (widget_class, "connection.autoconnect", "autoconnect");
  gtk_widget_class_install_action (widget_class, "connection.edit", NULL, edit_action);
  gtk_widget_class_install_action (widget_class, "connection.remove", NULL, remove_action);
}

static void
lodge_connection_row_init (LodgeConnectionRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * lodge_connection_row_new:
 * @connections: the list that @connection is in
 * @connection: (nullable): %NULL for the machines of all connections
 * @all_domains: the machines of all connections
 */
GtkWidget *
lodge_connection_row_new (LodgeConnectionList *connections,
                          LodgeConnection     *connection,
                          GListModel          *all_domains)
{
  LodgeConnectionRow *self = g_object_new (LODGE_TYPE_CONNECTION_ROW, NULL);

  g_set_object (&self->connections, connections);
  g_set_object (&self->connection, connection);
  if (connection != NULL)
    {
      self->domains = g_object_ref (lodge_connection_get_domains (connection));
      lodge_sidebar_row_set_item (LODGE_SIDEBAR_ROW (self), connection, G_LIST_MODEL (connections), self->menu_model);
      g_signal_connect_object (connection, "notify::state", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (connection, "notify::label", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (connection, "notify::retry-time", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (connection, "notify::autoconnect", G_CALLBACK (autoconnect_changed_cb), self,
                               G_CONNECT_SWAPPED);
    }
  else
    {
      self->domains = g_object_ref (all_domains);
      gtk_label_set_text (self->name_label, _("All Machines"));
      gtk_image_set_from_icon_name (self->icon, "lodge-all-machines-symbolic");
      gtk_widget_set_visible (GTK_WIDGET (self->caption_label), FALSE);
    }
  g_signal_connect_object (self->domains, "items-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}

/**
 * lodge_connection_row_get_connection:
 *
 * Returns: (transfer none) (nullable): %NULL when it stands for all machines
 */
LodgeConnection *
lodge_connection_row_get_connection (LodgeConnectionRow *self)
{
  g_return_val_if_fail (LODGE_IS_CONNECTION_ROW (self), NULL);

  return self->connection;
}
