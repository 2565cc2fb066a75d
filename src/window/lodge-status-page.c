/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-status-page"

#include "config.h"

#include "lodge-status-page.h"

#include <glib/gi18n.h>

#include "lodge-ui.h"
#include "model/lodge-connection.h"
#include "util/lodge-error.h"
#include "util/lodge-format.h"
#include "widgets/lodge-error-dialog.h"

struct _LodgeStatusPage
{
  AdwBin           parent_instance;

  /* template children */
  AdwStatusPage   *page;
  GtkButton       *primary_button;
  GtkButton       *secondary_button;
  GtkWidget       *spinner;
  GtkLabel        *countdown_label;
  GtkWidget       *failure_group;
  AdwActionRow    *known_row;
  AdwExpanderRow  *details_row;
  GtkLabel        *details_label;

  LodgeConnection *connection;     /* owned, nullable: whose next try is counted down to */
  guint            countdown_id;
};

G_DEFINE_FINAL_TYPE (LodgeStatusPage, lodge_status_page, ADW_TYPE_BIN)

/* @primary, @secondary: NULL: there is no such button. Actions are those of the window. */
typedef struct
{
  const char *icon_name;
  const char *title;
  const char *description;
  const char *primary;
  const char *primary_action;
  const char *secondary;
  const char *secondary_action;
} Status;

static void
set_button (GtkButton  *button,
            const char *label,
            const char *action)
{
  gtk_widget_set_visible (GTK_WIDGET (button), label != NULL);
  if (label == NULL)
    return;
  gtk_button_set_label (button, label);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
}

static void
show (LodgeStatusPage *self,
      const Status    *status)
{
  /* Titles and descriptions of a status page are markup, and hosts have words in them */
  g_autofree char *title = g_markup_escape_text (status->title, -1);
  g_autofree char *description = g_markup_escape_text (status->description, -1);

  g_clear_handle_id (&self->countdown_id, g_source_remove);
  g_clear_object (&self->connection);
  adw_status_page_set_icon_name (self->page, status->icon_name);
  adw_status_page_set_title (self->page, title);
  adw_status_page_set_description (self->page, description);
  set_button (self->primary_button, status->primary, status->primary_action);
  set_button (self->secondary_button, status->secondary, status->secondary_action);
  gtk_widget_set_visible (self->spinner, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->countdown_label), FALSE);
  gtk_widget_set_visible (self->failure_group, FALSE);
}

/* Failure */

static gboolean
countdown_cb (gpointer user_data)
{
  LodgeStatusPage *self = user_data;
  const gint64 left = lodge_connection_get_retry_time (self->connection) - g_get_monotonic_time ();
  const guint seconds = left > 0 ? (guint) ((left + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC) : 0;
  g_autofree char *text = NULL;

  text = g_strdup_printf (g_dngettext (NULL, "Trying again in %u second", "Trying again in %u seconds", seconds),
                          seconds);
  gtk_label_set_text (self->countdown_label, text);
  return G_SOURCE_CONTINUE;
}

/* “3, as last seen today at 13:41” */
static void
show_known (LodgeStatusPage *self,
            LodgeConnection *connection)
{
  const guint n = g_list_model_get_n_items (lodge_connection_get_domains (connection));
  const gint64 seen = lodge_connection_get_last_seen (connection);
  g_autoptr(GDateTime) then = seen > 0 ? g_date_time_new_from_unix_local (seen) : NULL;
  g_autoptr(GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *when = NULL;
  g_autofree char *text = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->known_row), n > 0);
  if (then != NULL && g_date_time_get_year (then) == g_date_time_get_year (now)
      && g_date_time_get_day_of_year (then) == g_date_time_get_day_of_year (now))
    /* Translators: a time of today, as strftime() writes it */
    when = g_date_time_format (then, _("today at %H:%M"));
  else if (then != NULL)
    /* Translators: a date and time, as strftime() writes it */
    when = g_date_time_format (then, _("%-d %B %Y at %H:%M"));
  text = when != NULL ? g_strdup_printf (_("%'u, as last seen %s"), n, when) : g_strdup_printf ("%'u", n);
  adw_action_row_set_subtitle (self->known_row, text);
}

static void
show_failure (LodgeStatusPage *self,
              LodgeConnection *connection)
{
  const GError *error = lodge_connection_get_error (connection);
  const char *hint = error != NULL ? lodge_error_get_hint (error) : NULL;
  g_autofree char *name = lodge_display_text (lodge_connection_get_label (connection), 80);
  g_autofree char *title = g_strdup_printf (_("Cannot Reach %s"), name);
  g_autofree char *message = lodge_display_text (error != NULL ? error->message : _("No reason was given."), 600);
  g_autofree char *details = error != NULL ? lodge_error_dup_details (error) : NULL;
  g_autofree char *first_line = NULL;
  const Status status = {
    "network-offline-symbolic", title, hint != NULL ? hint : message, _("_Try Again"), "win.connect",
    _("_Edit Connection…"), "win.edit-connection",
  };

  show (self, &status);
  gtk_widget_set_visible (GTK_WIDGET (self->secondary_button),
                          lodge_connection_get_state (connection) == LODGE_CONNECTION_FAILED);
  gtk_widget_set_visible (self->failure_group, TRUE);
  show_known (self, connection);
  gtk_widget_set_visible (GTK_WIDGET (self->details_row), details != NULL);
  if (details != NULL)
    {
      const char *end = strchr (details, '\n');

      first_line = g_strndup (details, end != NULL ? (gsize) (end - details) : strlen (details));
      adw_expander_row_set_subtitle (self->details_row, first_line);
      gtk_label_set_text (self->details_label, details);
    }

  if (lodge_connection_get_retry_time (connection) == 0)
    return;
  self->connection = g_object_ref (connection);
  gtk_widget_set_visible (GTK_WIDGET (self->countdown_label), TRUE);
  countdown_cb (self);
  self->countdown_id = g_timeout_add_seconds (1, countdown_cb, self);
}

static void
copy_cb (LodgeStatusPage *self)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), gtk_label_get_text (self->details_label));
}

/* The other states */

static void
show_waiting (LodgeStatusPage *self,
              const char      *icon_name,
              const char      *title,
              const char      *description)
{
  const Status status = { icon_name, title, description, NULL, NULL, _("_Cancel"), "win.disconnect" };

  show (self, &status);
  gtk_widget_set_visible (self->spinner, TRUE);
}

static void
show_empty (LodgeStatusPage *self,
            const char      *name,
            gboolean         read_only)
{
  g_autofree char *description = read_only ? g_strdup_printf (_("“%s” is connected, to look at only."), name)
                                           : g_strdup_printf (_("“%s” is connected and ready."), name);
  const Status status = {
    "lodge-machine-symbolic", _("No Machines Yet"), description,
    read_only ? NULL : _("_New Machine…"), "win.new-machine", NULL, NULL,
  };

  show (self, &status);
}

void
lodge_status_page_show_connection (LodgeStatusPage *self,
                                   LodgeConnection *connection)
{
  g_autofree char *name = lodge_display_text (lodge_connection_get_label (connection), 80);
  g_autofree char *title = NULL;
  Status status = { "lodge-server-symbolic", NULL, NULL, NULL, NULL, NULL, NULL };

  g_return_if_fail (LODGE_IS_STATUS_PAGE (self));

  switch (lodge_connection_get_state (connection))
    {
    case LODGE_CONNECTION_CONNECTING:
      title = g_strdup_printf (_("Connecting to %s"), name);
      show_waiting (self, "lodge-server-symbolic", title, _("This can take a while on a slow network."));
      break;
    case LODGE_CONNECTION_WAITING_FOR_CREDENTIALS:
      title = g_strdup_printf (_("%s Asks for a Password"), name);
      show_waiting (self, "dialog-password-symbolic", title, _("Answer the question to go on."));
      break;
    case LODGE_CONNECTION_FAILED:
      show_failure (self, connection);
      break;
    case LODGE_CONNECTION_CONNECTED:
      show_empty (self, name, lodge_connection_get_read_only (connection));
      break;
    case LODGE_CONNECTION_DISCONNECTED:
    default:
      title = g_strdup_printf (_("%s Is Disconnected"), name);
      status.title = title;
      status.description = _("Connect to see and manage its machines.");
      status.primary = _("_Connect");
      status.primary_action = "win.connect";
      show (self, &status);
      break;
    }
}

static guint
count_in_state (LodgeConnectionList  *connections,
                LodgeConnectionState  state)
{
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (connections)); i++)
    {
      g_autoptr(LodgeConnection) connection = g_list_model_get_item (G_LIST_MODEL (connections), i);

      n += lodge_connection_get_state (connection) == state;
    }
  return n;
}

void
lodge_status_page_show_connections (LodgeStatusPage     *self,
                                    LodgeConnectionList *connections)
{
  static const Status connecting = {
    "lodge-all-machines-symbolic", N_("Connecting"), N_("Waiting for the hosts to answer."), NULL, NULL, NULL, NULL,
  };
  static const Status disconnected = {
    "lodge-all-machines-symbolic", N_("Not Connected"),
    N_("No connection is open. Choose one at the side to see why, or connect to all of them."),
    N_("_Connect to All"), "win.connect-all", NULL, NULL,
  };
  static const Status empty = {
    "lodge-machine-symbolic", N_("No Machines Yet"),
    N_("Make a machine from an installation disc or an existing disk image."),
    N_("_New Machine…"), "win.new-machine", NULL, NULL,
  };
  Status status;

  g_return_if_fail (LODGE_IS_STATUS_PAGE (self));

  if (count_in_state (connections, LODGE_CONNECTION_CONNECTING) > 0)
    status = connecting;
  else if (count_in_state (connections, LODGE_CONNECTION_CONNECTED) == 0)
    status = disconnected;
  else
    status = empty;
  status.title = _(status.title);
  status.description = _(status.description);
  if (status.primary != NULL)
    status.primary = _(status.primary);
  show (self, &status);
}

static void
lodge_status_page_dispose (GObject *object)
{
  LodgeStatusPage *self = LODGE_STATUS_PAGE (object);

  g_clear_handle_id (&self->countdown_id, g_source_remove);
  g_clear_object (&self->connection);
  /* Out first: the template would take it from under the bin */
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), LODGE_TYPE_STATUS_PAGE);

  G_OBJECT_CLASS (lodge_status_page_parent_class)->dispose (object);
}

static void
lodge_status_page_class_init (LodgeStatusPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lodge_status_page_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, LODGE_UI ("window/lodge-status-page.ui"));
  gtk_widget_class_bind_template_child (widget_class, LodgeStatusPage, page);
  gtk_widget_class_bind_template_child (widget_class, LodgeStatusPage, primary_button);
  gtk_widget_class_bind_template_child (widget_class, LodgeStatusPage, secondary_button);
  gtk_widget_class_bind_template_child (widget_class, LodgeStatusPage, spinner);
  gtk_widget_class_bind_template_child (widget_class, LodgeStatusPage, countdown_label);
  gtk_widget_class_bind_template_child (widget_class, LodgeStatusPage, failure_group);
  gtk_widget_class_bind_template_child (widget_class, LodgeStatusPage, known_row);
  gtk_widget_class_bind_template_child (widget_class, LodgeStatusPage, details_row);
  gtk_widget_class_bind_template_child (widget_class, LodgeStatusPage, details_label);
  gtk_widget_class_bind_template_callback (widget_class, copy_cb);
}

static void
lodge_status_page_init (LodgeStatusPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
