/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-connection-dialog"

#include "config.h"

#include "lodge-connection-dialog.h"

#include <glib/gi18n.h>

#include "lodge-credential-dialog.h"
#include "lodge-ui.h"
#include "model/lodge-connection.h"
#include "util/lodge-error.h"
#include "util/lodge-format.h"

struct _LodgeConnectionDialog
{
  AdwDialog            parent_instance;

  /* template children */
  AdwComboRow         *hypervisor_row;
  AdwComboRow         *location_row;
  GtkWidget           *host_group;
  AdwEntryRow         *address_row;
  AdwEntryRow         *user_row;
  AdwComboRow         *machines_row;
  GtkSpinButton       *port_spin;
  GtkWidget           *port_row;
  GtkWidget           *plain_row;
  GtkWidget           *custom_group;
  AdwEntryRow         *custom_row;
  AdwEntryRow         *name_row;
  AdwSwitchRow        *autoconnect_row;
  AdwActionRow        *uri_row;
  AdwActionRow        *test_row;
  GtkImage            *test_icon;
  AdwSpinner          *test_spinner;
  GtkButton           *test_button;
  GtkButton           *add_button;

  LodgeConnectionList *connections;   /* owned */
  LodgeConnection     *test;          /* owned, nullable: the one that is tried */
  GCancellable        *cancellable;   /* owned, nullable: of the test */
  gint64               test_time;     /* monotonic, µs */
  char                *uri;           /* owned, nullable: what the answers say, when they can be used */
};

enum
{
  ADDED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LodgeConnectionDialog, lodge_connection_dialog, ADW_TYPE_DIALOG)

/* What can be chosen first; a driver of NULL is a URI of the person's own */
static const struct
{
  const char *label;
  const char *driver;
  const char *system_path;
  const char *session_path;   /* NULL: machines of the system only */
  gboolean    remote;         /* can be on another host */
} hypervisors[] = {
  { N_("QEMU/KVM"), "qemu", "/system", "/session", TRUE },
  { N_("Xen"), "xen", "/system", NULL, TRUE },
  { N_("LXC containers"), "lxc", "/system", NULL, TRUE },
  { N_("bhyve"), "bhyve", "/system", NULL, TRUE },
  { N_("Test hypervisor"), "test", "/default", NULL, FALSE },
  { N_("Custom URI"), NULL, NULL, NULL, FALSE },
};

enum
{
  LOCATION_HERE_SESSION,
  LOCATION_HERE_SYSTEM,
  LOCATION_SSH,
  LOCATION_TLS,
  LOCATION_TCP,
};

static const struct
{
  const char     *label;
  LodgeTransport  transport;
} locations[] = {
  [LOCATION_HERE_SESSION] = { N_("This computer, your machines"), LODGE_TRANSPORT_LOCAL },
  [LOCATION_HERE_SYSTEM] = { N_("This computer, system machines"), LODGE_TRANSPORT_LOCAL },
  [LOCATION_SSH] = { N_("Remote, over SSH"), LODGE_TRANSPORT_SSH },
  [LOCATION_TLS] = { N_("Remote, over TLS"), LODGE_TRANSPORT_TLS },
  [LOCATION_TCP] = { N_("Remote, over TCP"), LODGE_TRANSPORT_TCP },
};

static char *
dup_entry (AdwEntryRow *row)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (row))));
}

static gboolean
is_remote (guint location)
{
  return location >= LOCATION_SSH;
}

/* The answers as a URI that libvirt takes; sets @error to what is missing or wrong */
static char *
build_uri (LodgeConnectionDialog  *self,
           GError                **error)
{
  const guint hypervisor = adw_combo_row_get_selected (self->hypervisor_row);
  const guint location = adw_combo_row_get_selected (self->location_row);
  g_autofree char *address = dup_entry (self->address_row);
  g_autofree char *user = dup_entry (self->user_row);
  g_autofree char *text = NULL;
  g_autoptr(LodgeUri) uri = NULL;
  g_autoptr(LodgeUri) parsed = NULL;
  const int port = gtk_spin_button_get_value_as_int (self->port_spin);

  if (hypervisors[hypervisor].driver == NULL)
    {
      text = dup_entry (self->custom_row);
      parsed = lodge_uri_parse (text, error);
      return parsed != NULL ? g_steal_pointer (&text) : NULL;
    }

  uri = lodge_uri_new ();
  g_set_str (&uri->driver, hypervisors[hypervisor].driver);
  uri->port = -1;
  if (!hypervisors[hypervisor].remote)
    {
      g_set_str (&uri->path, hypervisors[hypervisor].system_path);
      return lodge_uri_to_string (uri);
    }

  uri->transport = locations[location].transport;
  g_set_str (&uri->path, hypervisors[hypervisor].system_path);
  if (hypervisors[hypervisor].session_path != NULL
      && (location == LOCATION_HERE_SESSION
          || (location == LOCATION_SSH && adw_combo_row_get_selected (self->machines_row) == 1)))
    g_set_str (&uri->path, hypervisors[hypervisor].session_path);

  if (is_remote (location))
    {
      if (*address == '\0')
        {
          lodge_set_error (error, LODGE_ERROR_INVALID_VALUE, _("Enter the address of the host"));
          return NULL;
        }
      g_set_str (&uri->host, address);
      if (location == LOCATION_SSH && *user != '\0')
        g_set_str (&uri->user, user);
      if (port > 0)
        uri->port = port;
    }
  text = lodge_uri_to_string (uri);
  parsed = lodge_uri_parse (text, error);
  return parsed != NULL ? g_steal_pointer (&text) : NULL;
}

static void
set_row_error (AdwEntryRow *row,
               gboolean     wrong)
{
  if (wrong)
    gtk_widget_add_css_class (GTK_WIDGET (row), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (row), "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_INVALID,
                               wrong ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
}

static void
stop_test (LodgeConnectionDialog *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->test != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->test, self);
      lodge_connection_close (self->test);
    }
  g_clear_object (&self->test);
  gtk_widget_set_visible (GTK_WIDGET (self->test_spinner), FALSE);
  gtk_button_set_label (self->test_button, _("Test"));
}

static void
show_test (LodgeConnectionDialog *self,
           const char            *icon_name,
           const char            *css_class,
           const char            *title,
           const char            *subtitle)
{
  gtk_widget_set_visible (GTK_WIDGET (self->test_icon), icon_name != NULL);
  gtk_widget_remove_css_class (GTK_WIDGET (self->test_icon), "success");
  gtk_widget_remove_css_class (GTK_WIDGET (self->test_icon), "error");
  if (icon_name != NULL)
    {
      gtk_image_set_from_icon_name (self->test_icon, icon_name);
      gtk_widget_add_css_class (GTK_WIDGET (self->test_icon), css_class);
    }
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->test_row), title);
  adw_action_row_set_subtitle (self->test_row, subtitle);
}

static void
changed_cb (LodgeConnectionDialog *self)
{
  const guint hypervisor = adw_combo_row_get_selected (self->hypervisor_row);
  const guint location = adw_combo_row_get_selected (self->location_row);
  const gboolean custom = hypervisors[hypervisor].driver == NULL;
  const gboolean remote = hypervisors[hypervisor].remote && is_remote (location);
  g_autoptr(GError) error = NULL;
  g_autofree char *typed = NULL;
  g_autofree char *name = NULL;

  if (self->connections == NULL)
    return;

  gtk_widget_set_visible (GTK_WIDGET (self->location_row), !custom && hypervisors[hypervisor].remote);
  gtk_widget_set_visible (self->host_group, remote);
  gtk_widget_set_visible (GTK_WIDGET (self->user_row), location == LOCATION_SSH);
  gtk_widget_set_visible (GTK_WIDGET (self->machines_row),
                          location == LOCATION_SSH && hypervisors[hypervisor].session_path != NULL);
  gtk_widget_set_visible (self->plain_row, remote && location == LOCATION_TCP);
  gtk_widget_set_visible (self->custom_group, custom);

  stop_test (self);
  show_test (self, NULL, NULL, _("Not Tested"), _("A test tells whether the host answers. It changes nothing."));

  g_clear_pointer (&self->uri, g_free);
  self->uri = build_uri (self, &error);
  if (self->uri != NULL && lodge_connection_list_find (self->connections, self->uri) != NULL)
    {
      lodge_set_error (&error, LODGE_ERROR_EXISTS, _("This connection is in the list already"));
      adw_action_row_set_subtitle (self->uri_row, self->uri);
      g_clear_pointer (&self->uri, g_free);
    }

  /* Nothing is wrong before something was typed */
  typed = custom ? dup_entry (self->custom_row) : dup_entry (self->address_row);
  set_row_error (self->custom_row, custom && error != NULL && *typed != '\0');
  set_row_error (self->address_row, !custom && remote && error != NULL && *typed != '\0');
  if (error != NULL)
    {
      name = lodge_display_text (error->message, 300);
      adw_action_row_set_subtitle (self->uri_row, custom && *typed == '\0' ? _("Enter a libvirt URI") : name);
    }
  else
    adw_action_row_set_subtitle (self->uri_row, self->uri);
  gtk_widget_set_sensitive (GTK_WIDGET (self->add_button), self->uri != NULL);
  gtk_widget_set_sensitive (GTK_WIDGET (self->test_button), self->uri != NULL);
}

/* Test */

static void
test_opened_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(LodgeConnectionDialog) self = user_data;
  g_autoptr(GError) error = NULL;
  const gboolean opened = lodge_connection_open_finish (LODGE_CONNECTION (object), result, &error);
  const gint64 elapsed = (g_get_monotonic_time () - self->test_time) / 1000;

  if (self->test != LODGE_CONNECTION (object))
    return;   /* given up, or the dialog was closed */

  if (opened)
    {
      const gulong version = lodge_connection_get_libvirt_version (self->test);
      const guint n = g_list_model_get_n_items (lodge_connection_get_domains (self->test));
      g_autofree char *text =
        g_strdup_printf (g_dngettext (NULL, "libvirt %lu.%lu, %u machine, %u ms", "libvirt %lu.%lu, %u machines, %u ms", n),
                         version / 1000000, version / 1000 % 1000, n, (guint) elapsed);

      show_test (self, "object-select-symbolic", "success", _("Test Passed"), text);
    }
  else
    {
      g_autofree char *message = lodge_display_text (error->message, 400);
      const char *hint = lodge_error_get_hint (error);
      g_autofree char *text = hint != NULL ? g_strdup_printf ("%s\n%s", message, hint) : g_strdup (message);

      show_test (self, "dialog-error-symbolic", "error", _("Test Failed"), text);
    }
  stop_test (self);
  gtk_button_set_label (self->test_button, _("Test Again"));
}

static void
credentials_requested_cb (LodgeConnectionDialog  *self,
                          LodgeCredentialRequest *request,
                          LodgeConnection        *connection)
{
  lodge_credential_dialog_present (GTK_WIDGET (self), connection, request);
}

static void
test_clicked_cb (LodgeConnectionDialog *self)
{
  if (self->test != NULL)
    {
      stop_test (self);
      show_test (self, NULL, NULL, _("Not Tested"), _("The test was given up."));
      return;
    }
  if (self->uri == NULL)
    return;

  self->test = lodge_connection_new (self->uri, NULL);
  self->cancellable = g_cancellable_new ();
  self->test_time = g_get_monotonic_time ();
  g_signal_connect_object (self->test, "credentials-requested", G_CALLBACK (credentials_requested_cb), self,
                           G_CONNECT_SWAPPED);
  show_test (self, NULL, NULL, _("Testing…"), _("Waiting for the host to answer."));
  gtk_widget_set_visible (GTK_WIDGET (self->test_spinner), TRUE);
  gtk_button_set_label (self->test_button, _("Stop"));
  lodge_connection_open_async (self->test, self->cancellable, test_opened_cb, g_object_ref (self));
}

static void
copy_clicked_cb (LodgeConnectionDialog *self)
{
  if (self->uri != NULL)
    gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), self->uri);
}

static void
add_clicked_cb (LodgeConnectionDialog *self)
{
  g_autofree char *name = dup_entry (self->name_row);
  g_autoptr(GError) error = NULL;
  g_autoptr(LodgeConnection) connection = NULL;
  LodgeConnection *added;

  if (self->uri == NULL)
    return;
  added = lodge_connection_list_add (self->connections, self->uri, *name != '\0' ? name : NULL, &error);
  if (added == NULL)
    {
      g_autofree char *message = lodge_display_text (error->message, 300);

      adw_action_row_set_subtitle (self->uri_row, message);
      return;
    }
  connection = g_object_ref (added);
  lodge_connection_set_autoconnect (connection, adw_switch_row_get_active (self->autoconnect_row));
  lodge_connection_open_async (connection, NULL, NULL, NULL);
  g_signal_emit (self, signals[ADDED], 0, connection);
  adw_dialog_close (ADW_DIALOG (self));
}

static void
fill_combo (AdwComboRow *row,
            const char * const *(*get) (guint i),
            guint               n)
{
  g_autoptr(GtkStringList) list = gtk_string_list_new (NULL);

  for (guint i = 0; i < n; i++)
    gtk_string_list_append (list, _(*get (i)));
  adw_combo_row_set_model (row, G_LIST_MODEL (list));
}

static const char * const *
get_hypervisor_label (guint i)
{
  return &hypervisors[i].label;
}

static const char * const *
get_location_label (guint i)
{
  return &locations[i].label;
}

static void
lodge_connection_dialog_closed (AdwDialog *dialog)
{
  stop_test (LODGE_CONNECTION_DIALOG (dialog));

  if (ADW_DIALOG_CLASS (lodge_connection_dialog_parent_class)->closed != NULL)
    ADW_DIALOG_CLASS (lodge_connection_dialog_parent_class)->closed (dialog);
}

static void
lodge_connection_dialog_dispose (GObject *object)
{
  LodgeConnectionDialog *self = LODGE_CONNECTION_DIALOG (object);

  g_clear_object (&self->test);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->connections);
  g_clear_pointer (&self->uri, g_free);
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

  gtk_widget_class_set_template_from_resource (widget_class, LODGE_UI ("window/lodge-connection-dialog.ui"));
  gtk_widget_class_bind_template_child (widget_class, LodgeConnectionDialog, hypervisor_row);
  gtk_widget_class_bind_template_child (widget_class, LodgeConnectionDialog, location_row);
  gtk_widget_class_bind_template_child (widget_class, LodgeConnectionDialog, host_group);
  gtk_widget_class_bind_template_child (widget_class, LodgeConnectionDialog, address_row);
  gtk_widget_class_bind_template_child (widget_class, LodgeConnectionDialog, user_row);
  gtk_widget_class_bind_template_child (widget_class, LodgeConnectionDialog, machines_row);
  gtk_widget_class_bind_template_child (widget_class, LodgeConnectionDialog, port_spin);
  gtk_widget_class_bind_template_child (widget_class, LodgeConnectionDialog, port_row);
  gtk_widget_class_bind_template_child (widget_class, LodgeConnectionDialog, plain_row);
  gtk_widget_class_bind_template_child (widget_class, LodgeConnectionDialog, custom_group);
  gtk_widget_class_bind_template_child (widget_class, LodgeConnectionDialog, custom_row);
  gtk_widget_class_bind_template_child (widget_class, LodgeConnectionDialog, name_row);
  gtk_widget_class_bind_template_child (widget_class, LodgeConnectionDialog, autoconnect_row);
  gtk_widget_class_bind_template_child (widget_class, LodgeConnectionDialog, uri_row);
  gtk_widget_class_bind_template_child (widget_class, LodgeConnectionDialog, test_row);
  gtk_widget_class_bind_template_child (widget_class, LodgeConnectionDialog, test_icon);
  gtk_widget_class_bind_template_child (widget_class, LodgeConnectionDialog, test_spinner);
  gtk_widget_class_bind_template_child (widget_class, LodgeConnectionDialog, test_button);
  gtk_widget_class_bind_template_child (widget_class, LodgeConnectionDialog, add_button);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, test_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, copy_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, add_clicked_cb);
}

static void
lodge_connection_dialog_init (LodgeConnectionDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  fill_combo (self->hypervisor_row, get_hypervisor_label, G_N_ELEMENTS (hypervisors));
  fill_combo (self->location_row, get_location_label, G_N_ELEMENTS (locations));
}

AdwDialog *
lodge_connection_dialog_new (LodgeConnectionList *connections)
{
  LodgeConnectionDialog *self = g_object_new (LODGE_TYPE_CONNECTION_DIALOG, NULL);

  self->connections = g_object_ref (connections);
  changed_cb (self);
  return ADW_DIALOG (self);
}
