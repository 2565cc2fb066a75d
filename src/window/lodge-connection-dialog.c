/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-connection-dialog"

#include "config.h"

#include "lodge-connection-dialog.h"

#include <glib/gi18n.h>
#include <string.h>

#include "lodge-connection-form.h"
#include "lodge-credential-dialog.h"
#include "lodge-host-completion.h"
#include "lodge-key-dialog.h"
#include "lodge-ui.h"
#include "model/lodge-connection.h"
#include "model/lodge-ssh-key-setup.h"
#include "model/lodge-tls-certificates.h"
#include "util/lodge-error.h"
#include "util/lodge-format.h"

struct _LodgeConnectionDialog
{
  AdwDialog            parent_instance;

  /* template children */
  AdwComboRow         *hypervisor_row;
  AdwComboRow         *location_row;
  AdwComboRow         *here_row;
  AdwEntryRow         *socket_row;
  AdwPreferencesGroup *host_group;
  AdwEntryRow         *address_row;
  AdwEntryRow         *user_row;
  AdwComboRow         *machines_row;
  AdwActionRow        *certificate_row;
  GtkImage            *certificate_icon;
  AdwActionRow        *plain_row;
  AdwExpanderRow      *advanced_row;
  GtkSpinButton       *port_spin;
  GtkWidget           *port_row;
  AdwEntryRow         *key_row;
  AdwComboRow         *program_row;
  AdwComboRow         *far_end_row;
  AdwEntryRow         *far_socket_row;
  AdwEntryRow         *certificates_row;
  AdwSwitchRow        *no_verify_row;
  AdwActionRow        *setup_row;
  GtkWidget           *setup_button;
  GtkWidget           *custom_group;
  AdwEntryRow         *custom_row;
  AdwEntryRow         *name_row;
  AdwSwitchRow        *autoconnect_row;
  AdwSwitchRow        *read_only_row;
  AdwActionRow        *uri_row;
  AdwActionRow        *test_row;
  GtkImage            *test_icon;
  AdwSpinner          *test_spinner;
  GtkButton           *test_button;
  GtkButton           *add_button;

  LodgeConnectionList *connections;   /* owned */
  LodgeConnection     *edited;        /* owned, nullable: adds where there is none */
  LodgeConnection     *test;          /* owned, nullable: the one that is tried, or that passed and is still open */
  gboolean             testing;
  GCancellable        *cancellable;   /* owned, nullable: of the test */
  GCancellable        *certificate_cancellable;  /* owned, nullable */
  gint64               test_time;     /* monotonic, µs */
  char                *uri;           /* owned, nullable: what the answers say, when they can be used */
  char                *proposed_name; /* owned, nullable: that was put into the entry */
  GArray              *locations;     /* of LodgeLocation: behind the rows of the combo */
};

enum
{
  ADDED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LodgeConnectionDialog, lodge_connection_dialog, ADW_TYPE_DIALOG)

static const char * const location_labels[LODGE_N_LOCATIONS] = {
  [LODGE_LOCATION_HERE] = N_("This computer"),
  [LODGE_LOCATION_SOCKET] = N_("This computer, by a socket"),
  [LODGE_LOCATION_SSH] = N_("Remote, over SSH"),
  [LODGE_LOCATION_TLS] = N_("Remote, over TLS"),
  [LODGE_LOCATION_TCP] = N_("Remote, over TCP"),
};

static char *
dup_entry (AdwEntryRow *row)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (row))));
}

static void
take_entry (char        **field,
            AdwEntryRow  *row)
{
  g_free (*field);
  *field = dup_entry (row);
}

static const LodgeHypervisorChoice *
get_choice (LodgeConnectionDialog *self)
{
  guint n;
  const LodgeHypervisorChoice *all = lodge_connection_form_get_hypervisors (&n);

  return &all[MIN (adw_combo_row_get_selected (self->hypervisor_row), n - 1)];
}

static LodgeLocation
get_location (LodgeConnectionDialog *self)
{
  const guint selected = adw_combo_row_get_selected (self->location_row);

  return selected < self->locations->len ? g_array_index (self->locations, LodgeLocation, selected)
                                         : LODGE_LOCATION_HERE;
}

static LodgeConnectionForm *
read_form (LodgeConnectionDialog *self)
{
  LodgeConnectionForm *form = lodge_connection_form_new ();
  AdwComboRow *machines;

  form->hypervisor = adw_combo_row_get_selected (self->hypervisor_row);
  form->location = get_location (self);
  machines = form->location == LODGE_LOCATION_SSH ? self->machines_row : self->here_row;
  form->session = adw_combo_row_get_selected (machines) == 1;
  take_entry (&form->address, self->address_row);
  take_entry (&form->user, self->user_row);
  form->port = (guint) gtk_spin_button_get_value_as_int (self->port_spin);
  take_entry (&form->key_file, self->key_row);
  form->libssh = adw_combo_row_get_selected (self->program_row) == 1;
  form->far_end = adw_combo_row_get_selected (self->far_end_row);
  take_entry (&form->far_socket, self->far_socket_row);
  take_entry (&form->certificates, self->certificates_row);
  form->no_verify = adw_switch_row_get_active (self->no_verify_row);
  take_entry (&form->socket, self->socket_row);
  take_entry (&form->uri, self->custom_row);
  return form;
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
set_visible (gpointer widget,
             gboolean visible)
{
  gtk_widget_set_visible (GTK_WIDGET (widget), visible);
}

/* Test */

static void
stop_test (LodgeConnectionDialog *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->testing = FALSE;
  if (self->test != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->test, self);
      lodge_connection_close (self->test);
    }
  g_clear_object (&self->test);
  set_visible (self->test_spinner, FALSE);
  gtk_button_set_label (self->test_button, _("Test"));
}

static void
show_test (LodgeConnectionDialog *self,
           const char            *icon_name,
           const char            *css_class,
           const char            *title,
           const char            *subtitle)
{
  set_visible (self->test_icon, icon_name != NULL);
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

/* The connection that the key could be set up through, nullable */
static LodgeConnection *
get_open_connection (LodgeConnectionDialog *self)
{
  if (self->test != NULL && lodge_connection_can_set_up_key (self->test))
    return self->test;
  if (self->edited != NULL && g_strcmp0 (self->uri, lodge_connection_get_uri (self->edited)) == 0
      && lodge_connection_can_set_up_key (self->edited))
    return self->edited;
  return NULL;
}

static void
update_setup (LodgeConnectionDialog *self)
{
  const gboolean possible = get_open_connection (self) != NULL;

  gtk_widget_set_sensitive (self->setup_button, possible);
  adw_action_row_set_subtitle (self->setup_row, possible ? _("Puts your public key on the host")
                                                         : _("Test the connection first: the key goes through it"));
}

static char *
dup_version (gulong version)
{
  return g_strdup_printf ("%lu.%lu", version / 1000000, version / 1000 % 1000);
}

static char *
dup_test_result (LodgeConnectionDialog *self,
                 guint                  milliseconds)
{
  g_autofree char *libvirt = dup_version (lodge_connection_get_libvirt_version (self->test));
  g_autofree char *hypervisor = dup_version (lodge_connection_get_hypervisor_version (self->test));
  const LodgeUri *uri = lodge_connection_get_parsed_uri (self->test);
  const guint n = g_list_model_get_n_items (lodge_connection_get_domains (self->test));
  g_autofree char *machines = g_strdup_printf (g_dngettext (NULL, "%u machine", "%u machines", n), n);
  const gboolean qemu = uri != NULL && g_strcmp0 (uri->driver, "qemu") == 0;

  if (qemu)
    /* Translators: versions, “3 machines”, milliseconds */
    return g_strdup_printf (_("libvirt %s, QEMU %s, %s, %u ms"), libvirt, hypervisor, machines, milliseconds);
  /* Translators: a version, “3 machines”, milliseconds */
  return g_strdup_printf (_("libvirt %s, %s, %u ms"), libvirt, machines, milliseconds);
}

static void
test_opened_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(LodgeConnectionDialog) self = user_data;
  g_autoptr(GError) error = NULL;
  const gboolean opened = lodge_connection_open_finish (LODGE_CONNECTION (object), result, &error);
  const gint64 elapsed = (g_get_monotonic_time () - self->test_time) / 1000;

  if (self->test != LODGE_CONNECTION (object) || !self->testing)
    return;   /* given up, or the dialog was closed */

  if (opened)
    {
      g_autofree char *text = dup_test_result (self, (guint) elapsed);

      show_test (self, "object-select-symbolic", "success", _("Test Passed"), text);
      /* It stays open while the answers stay: a key can be set up through it */
      self->testing = FALSE;
      set_visible (self->test_spinner, FALSE);
    }
  else
    {
      g_autofree char *message = lodge_display_text (error->message, 400);
      const char *hint = lodge_error_get_hint (error);
      g_autofree char *text = hint != NULL ? g_strdup_printf ("%s\n%s", message, hint) : g_strdup (message);

      show_test (self, "dialog-error-symbolic", "error", _("Test Failed"), text);
      stop_test (self);
    }
  gtk_button_set_label (self->test_button, _("Test Again"));
  update_setup (self);
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
  if (self->testing)
    {
      stop_test (self);
      show_test (self, NULL, NULL, _("Not Tested"), _("The test was given up."));
      return;
    }
  if (self->uri == NULL)
    return;

  stop_test (self);
  update_setup (self);
  self->test = lodge_connection_new (self->uri, NULL);
  self->testing = TRUE;
  self->cancellable = g_cancellable_new ();
  self->test_time = g_get_monotonic_time ();
  g_signal_connect_object (self->test, "credentials-requested", G_CALLBACK (credentials_requested_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->test, "notify::state", G_CALLBACK (update_setup), self, G_CONNECT_SWAPPED);
  show_test (self, NULL, NULL, _("Testing…"), _("Waiting for the host to answer."));
  set_visible (self->test_spinner, TRUE);
  gtk_button_set_label (self->test_button, _("Stop"));
  lodge_connection_open_async (self->test, self->cancellable, test_opened_cb, g_object_ref (self));
}

static void
key_set_up_cb (LodgeConnectionDialog *self,
               const char            *key_file)
{
  g_autofree char *usual = g_build_filename (g_get_home_dir (), ".ssh", "id_ed25519", NULL);

  /* ssh tries that one by itself */
  if (!g_str_equal (key_file, usual))
    gtk_editable_set_text (GTK_EDITABLE (self->key_row), key_file);
}

static void
setup_clicked_cb (LodgeConnectionDialog *self)
{
  LodgeConnection *connection = get_open_connection (self);
  AdwDialog *dialog;

  if (connection == NULL)
    return;
  dialog = lodge_key_dialog_new (connection);
  g_signal_connect_object (dialog, "done", G_CALLBACK (key_set_up_cb), self, G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, GTK_WIDGET (self));
}

/* What the answers show */

static void
certificate_checked_cb (GObject      *object,
                        GAsyncResult *result,
                        gpointer      user_data)
{
  LodgeConnectionDialog *self = user_data;
  g_autoptr(GError) error = NULL;
  gboolean complete;
  g_autofree char *text = lodge_tls_certificates_check_finish (result, &complete, &error);
  g_autofree char *shown = NULL;

  if (text == NULL)
    return;   /* cancelled: @self may be gone */
  shown = lodge_display_text (text, 500);
  adw_action_row_set_subtitle (self->certificate_row, shown);
  gtk_image_set_from_icon_name (self->certificate_icon, complete ? "object-select-symbolic"
                                : "dialog-warning-symbolic");
  gtk_widget_remove_css_class (GTK_WIDGET (self->certificate_icon), complete ? "warning" : "success");
  gtk_widget_add_css_class (GTK_WIDGET (self->certificate_icon), complete ? "success" : "warning");
}

static void
check_certificates (LodgeConnectionDialog *self)
{
  g_autofree char *folder = dup_entry (self->certificates_row);

  if (self->certificate_cancellable != NULL)
    g_cancellable_cancel (self->certificate_cancellable);
  g_clear_object (&self->certificate_cancellable);
  self->certificate_cancellable = g_cancellable_new ();
  lodge_tls_certificates_check_async (folder, self->certificate_cancellable, certificate_checked_cb, self);
}

static void
show_machines (AdwComboRow *row)
{
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), adw_combo_row_get_selected (row) == 1
                               ? _("Your own machines need no permission. They cannot use the host's networks, and "
                                   "those of the system are not shown.")
                               : _("System machines start at boot and may use bridges"));
}

static void
update_rows (LodgeConnectionDialog *self)
{
  const LodgeHypervisorChoice *choice = get_choice (self);
  const LodgeLocation location = get_location (self);
  const gboolean custom = choice->driver == NULL;
  const gboolean own_protocol = !custom && choice->locations == 0;
  const gboolean remote = own_protocol || (!custom && location >= LODGE_LOCATION_SSH);
  const gboolean ssh = remote && !own_protocol && location == LODGE_LOCATION_SSH;
  const gboolean tls = remote && !own_protocol && location == LODGE_LOCATION_TLS;
  const gboolean openssh = ssh && adw_combo_row_get_selected (self->program_row) == 0;
  const gboolean both = choice->session_path != NULL && choice->system_path != NULL;

  set_visible (self->location_row, self->locations->len > 1);
  set_visible (self->here_row, !custom && !remote && both);
  set_visible (self->socket_row, !custom && !remote && location == LODGE_LOCATION_SOCKET);
  set_visible (self->host_group, remote);
  set_visible (self->user_row, ssh || own_protocol);
  set_visible (self->machines_row, ssh && both);
  set_visible (self->certificate_row, tls);
  set_visible (self->plain_row, remote && !own_protocol && location == LODGE_LOCATION_TCP);
  set_visible (self->key_row, ssh);
  set_visible (self->program_row, ssh);
  set_visible (self->far_end_row, ssh);
  set_visible (self->far_socket_row, ssh);
  set_visible (self->certificates_row, tls);
  set_visible (self->no_verify_row, tls || own_protocol);
  set_visible (self->setup_row, openssh);
  set_visible (self->custom_group, custom);
  show_machines (self->here_row);
  show_machines (self->machines_row);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->program_row), openssh
                               ? _("Follows your SSH configuration; one login for machines and consoles")
                               : _("Built into libvirt; consoles on the host itself cannot be shown"));
  adw_expander_row_set_subtitle (self->advanced_row, ssh ? _("Port, key file, helper, socket")
                                 : tls ? _("Port, certificates") : own_protocol ? _("Port, certificate") : _("Port"));
  if (tls)
    check_certificates (self);
}

/* “cirrus” of cirrus.example.org, as long as the person has not typed a name */
static void
propose_name (LodgeConnectionDialog *self)
{
  g_autofree char *typed = dup_entry (self->name_row);
  g_autofree char *address = dup_entry (self->address_row);
  g_autofree char *name = NULL;

  if (self->edited != NULL || (*typed != '\0' && g_strcmp0 (typed, self->proposed_name) != 0))
    return;
  if (gtk_widget_get_visible (GTK_WIDGET (self->host_group)) && !g_hostname_is_ip_address (address)
      && strpbrk (address, ":[/") == NULL)
    name = g_strndup (address, strcspn (address, "."));
  if (name != NULL)
    gtk_editable_set_text (GTK_EDITABLE (self->name_row), name);
  else if (self->proposed_name != NULL)
    gtk_editable_set_text (GTK_EDITABLE (self->name_row), "");
  g_set_str (&self->proposed_name, name);
}

static void
show_uri (LodgeConnectionDialog *self,
          const GError          *error)
{
  const gboolean custom = get_choice (self)->driver == NULL;
  const gboolean by_socket = get_location (self) == LODGE_LOCATION_SOCKET;
  AdwEntryRow *row = custom ? self->custom_row : by_socket ? self->socket_row : self->address_row;
  g_autofree char *typed = dup_entry (row);
  const gboolean wrong = error != NULL && *typed != '\0';

  /* Nothing is wrong before something was typed */
  set_row_error (self->custom_row, wrong && row == self->custom_row);
  set_row_error (self->socket_row, wrong && row == self->socket_row);
  set_row_error (self->address_row, wrong && row == self->address_row);
  if (error != NULL)
    {
      g_autofree char *message = lodge_display_text (error->message, 300);

      adw_action_row_set_subtitle (self->uri_row, custom && *typed == '\0' ? _("Enter a libvirt URI") : message);
    }
  else
    adw_action_row_set_subtitle (self->uri_row, self->uri);
}

static void
changed_cb (LodgeConnectionDialog *self)
{
  g_autoptr(LodgeConnectionForm) form = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *before = g_steal_pointer (&self->uri);
  LodgeConnection *other;

  if (self->connections == NULL)
    return;

  update_rows (self);
  propose_name (self);
  form = read_form (self);
  self->uri = lodge_connection_form_to_uri (form, &error);
  if (before == NULL || g_strcmp0 (before, self->uri) != 0)
    {
      stop_test (self);
      show_test (self, NULL, NULL, _("Not Tested"), _("A test tells whether the host answers. It changes nothing."));
    }
  other = self->uri != NULL ? lodge_connection_list_find (self->connections, self->uri) : NULL;
  if (other != NULL && other != self->edited)
    {
      lodge_set_error (&error, LODGE_ERROR_EXISTS, _("This connection is in the list already"));
      g_clear_pointer (&self->uri, g_free);
    }
  show_uri (self, error);
  update_setup (self);
  gtk_widget_set_sensitive (GTK_WIDGET (self->add_button), self->uri != NULL);
  gtk_widget_set_sensitive (GTK_WIDGET (self->test_button), self->uri != NULL);
}

static void
fill_locations (LodgeConnectionDialog *self)
{
  const guint locations = get_choice (self)->locations;
  g_autoptr(GtkStringList) list = gtk_string_list_new (NULL);

  g_array_set_size (self->locations, 0);
  for (LodgeLocation i = 0; i < LODGE_N_LOCATIONS; i++)
    {
      if ((locations & (1u << i)) == 0)
        continue;
      g_array_append_val (self->locations, i);
      gtk_string_list_append (list, _(location_labels[i]));
    }
  adw_combo_row_set_model (self->location_row, G_LIST_MODEL (list));
}

static void
select_location (LodgeConnectionDialog *self,
                 LodgeLocation          location)
{
  for (guint i = 0; i < self->locations->len; i++)
    {
      if (g_array_index (self->locations, LodgeLocation, i) == location)
        adw_combo_row_set_selected (self->location_row, i);
    }
}

static void
hypervisor_changed_cb (LodgeConnectionDialog *self)
{
  const LodgeLocation location = get_location (self);
  g_autofree char *typed = dup_entry (self->custom_row);

  /* What was put together so far is where one's own URI starts */
  if (get_choice (self)->driver == NULL && *typed == '\0' && self->uri != NULL)
    gtk_editable_set_text (GTK_EDITABLE (self->custom_row), self->uri);
  fill_locations (self);
  select_location (self, location);
  changed_cb (self);
}

/* Files */

static void
file_chosen_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(AdwEntryRow) row = user_data;
  const gboolean folder = g_object_get_data (object, "lodge-folder") != NULL;
  g_autoptr(GFile) file = folder ? gtk_file_dialog_select_folder_finish (GTK_FILE_DIALOG (object), result, NULL)
                                 : gtk_file_dialog_open_finish (GTK_FILE_DIALOG (object), result, NULL);
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;

  if (path != NULL)
    gtk_editable_set_text (GTK_EDITABLE (row), path);
}

static void
choose (LodgeConnectionDialog *self,
        AdwEntryRow           *row,
        gboolean               folder,
        const char            *title)
{
  g_autoptr(GtkFileDialog) dialog = gtk_file_dialog_new ();
  g_autofree char *ssh = g_build_filename (g_get_home_dir (), ".ssh", NULL);
  g_autoptr(GFile) start = g_file_new_for_path (ssh);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  gtk_file_dialog_set_title (dialog, title);
  if (folder)
    {
      g_object_set_data (G_OBJECT (dialog), "lodge-folder", dialog);
      gtk_file_dialog_select_folder (dialog, GTK_WINDOW (root), NULL, file_chosen_cb, g_object_ref (row));
      return;
    }
  gtk_file_dialog_set_initial_folder (dialog, start);
  gtk_file_dialog_open (dialog, GTK_WINDOW (root), NULL, file_chosen_cb, g_object_ref (row));
}

static void
choose_key_cb (LodgeConnectionDialog *self)
{
  choose (self, self->key_row, FALSE, _("Key File"));
}

static void
choose_certificates_cb (LodgeConnectionDialog *self)
{
  choose (self, self->certificates_row, TRUE, _("Folder of Certificates"));
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
  g_autofree char *name = dup_entry (self->name_row);

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
  g_autofree char *name = dup_entry (self->name_row);
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
  stop_test (LODGE_CONNECTION_DIALOG (dialog));

  if (ADW_DIALOG_CLASS (lodge_connection_dialog_parent_class)->closed != NULL)
    ADW_DIALOG_CLASS (lodge_connection_dialog_parent_class)->closed (dialog);
}

static void
lodge_connection_dialog_dispose (GObject *object)
{
  LodgeConnectionDialog *self = LODGE_CONNECTION_DIALOG (object);

  if (self->certificate_cancellable != NULL)
    g_cancellable_cancel (self->certificate_cancellable);
  g_clear_object (&self->certificate_cancellable);
  g_clear_object (&self->test);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->edited);
  g_clear_object (&self->connections);
  g_clear_pointer (&self->uri, g_free);
  g_clear_pointer (&self->proposed_name, g_free);
  g_clear_pointer (&self->locations, g_array_unref);
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
  gtk_widget_class_bind_template_child (widget_class, LodgeConnectionDialog, here_row);
  gtk_widget_class_bind_template_child (widget_class, LodgeConnectionDialog, socket_row);
  gtk_widget_class_bind_template_child (widget_class, LodgeConnectionDialog, host_group);
  gtk_widget_class_bind_template_child (widget_class, LodgeConnectionDialog, address_row);
  gtk_widget_class_bind_template_child (widget_class, LodgeConnectionDialog, user_row);
  gtk_widget_class_bind_template_child (widget_class, LodgeConnectionDialog, machines_row);
  gtk_widget_class_bind_template_child (widget_class, LodgeConnectionDialog, certificate_row);
  gtk_widget_class_bind_template_child (widget_class, LodgeConnectionDialog, certificate_icon);
  gtk_widget_class_bind_template_child (widget_class, LodgeConnectionDialog, plain_row);
  gtk_widget_class_bind_template_child (widget_class, LodgeConnectionDialog, advanced_row);
  gtk_widget_class_bind_template_child (widget_class, LodgeConnectionDialog, port_spin);
  gtk_widget_class_bind_template_child (widget_class, LodgeConnectionDialog, port_row);
  gtk_widget_class_bind_template_child (widget_class, LodgeConnectionDialog, key_row);
  gtk_widget_class_bind_template_child (widget_class, LodgeConnectionDialog, program_row);
  gtk_widget_class_bind_template_child (widget_class, LodgeConnectionDialog, far_end_row);
  gtk_widget_class_bind_template_child (widget_class, LodgeConnectionDialog, far_socket_row);
  gtk_widget_class_bind_template_child (widget_class, LodgeConnectionDialog, certificates_row);
  gtk_widget_class_bind_template_child (widget_class, LodgeConnectionDialog, no_verify_row);
  gtk_widget_class_bind_template_child (widget_class, LodgeConnectionDialog, setup_row);
  gtk_widget_class_bind_template_child (widget_class, LodgeConnectionDialog, setup_button);
  gtk_widget_class_bind_template_child (widget_class, LodgeConnectionDialog, custom_group);
  gtk_widget_class_bind_template_child (widget_class, LodgeConnectionDialog, custom_row);
  gtk_widget_class_bind_template_child (widget_class, LodgeConnectionDialog, name_row);
  gtk_widget_class_bind_template_child (widget_class, LodgeConnectionDialog, autoconnect_row);
  gtk_widget_class_bind_template_child (widget_class, LodgeConnectionDialog, read_only_row);
  gtk_widget_class_bind_template_child (widget_class, LodgeConnectionDialog, uri_row);
  gtk_widget_class_bind_template_child (widget_class, LodgeConnectionDialog, test_row);
  gtk_widget_class_bind_template_child (widget_class, LodgeConnectionDialog, test_icon);
  gtk_widget_class_bind_template_child (widget_class, LodgeConnectionDialog, test_spinner);
  gtk_widget_class_bind_template_child (widget_class, LodgeConnectionDialog, test_button);
  gtk_widget_class_bind_template_child (widget_class, LodgeConnectionDialog, add_button);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, hypervisor_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, test_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, setup_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, choose_key_cb);
  gtk_widget_class_bind_template_callback (widget_class, choose_certificates_cb);
  gtk_widget_class_bind_template_callback (widget_class, copy_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, add_clicked_cb);
}

static void
lodge_connection_dialog_init (LodgeConnectionDialog *self)
{
  g_autoptr(GtkStringList) names = gtk_string_list_new (NULL);
  guint n;
  const LodgeHypervisorChoice *all = lodge_connection_form_get_hypervisors (&n);

  self->locations = g_array_new (FALSE, FALSE, sizeof (LodgeLocation));
  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < n; i++)
    gtk_string_list_append (names, _(all[i].label));
  adw_combo_row_set_model (self->hypervisor_row, G_LIST_MODEL (names));
  adw_action_row_set_subtitle (self->plain_row,
                               _("Everybody on the way can read and change what is sent. The host may ask for a name "
                                 "and a password (SASL). Use SSH or TLS outside a network of your own."));
  fill_locations (self);
  lodge_host_completion_attach (self->address_row);
}

static void
write_form (LodgeConnectionDialog     *self,
            const LodgeConnectionForm *form)
{
  adw_combo_row_set_selected (self->hypervisor_row, form->hypervisor);
  fill_locations (self);
  select_location (self, form->location);
  adw_combo_row_set_selected (self->here_row, form->session);
  adw_combo_row_set_selected (self->machines_row, form->session);
  gtk_editable_set_text (GTK_EDITABLE (self->address_row), form->address);
  gtk_editable_set_text (GTK_EDITABLE (self->user_row), form->user);
  gtk_spin_button_set_value (self->port_spin, form->port);
  gtk_editable_set_text (GTK_EDITABLE (self->key_row), form->key_file);
  adw_combo_row_set_selected (self->program_row, form->libssh);
  adw_combo_row_set_selected (self->far_end_row, form->far_end);
  gtk_editable_set_text (GTK_EDITABLE (self->far_socket_row), form->far_socket);
  gtk_editable_set_text (GTK_EDITABLE (self->certificates_row), form->certificates);
  adw_switch_row_set_active (self->no_verify_row, form->no_verify);
  gtk_editable_set_text (GTK_EDITABLE (self->socket_row), form->socket);
  gtk_editable_set_text (GTK_EDITABLE (self->custom_row), form->uri);
}

AdwDialog *
lodge_connection_dialog_new (LodgeConnectionList *connections)
{
  LodgeConnectionDialog *self = g_object_new (LODGE_TYPE_CONNECTION_DIALOG, NULL);

  /* The machines of the person need no permission: what works for everybody stands first */
  adw_combo_row_set_selected (self->here_row, 1);
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
  g_autoptr(LodgeConnectionForm) form = lodge_connection_form_from_uri (lodge_connection_get_uri (connection));

  adw_dialog_set_title (ADW_DIALOG (self), _("Edit Connection"));
  gtk_button_set_label (self->add_button, _("_Save"));
  self->edited = g_object_ref (connection);
  write_form (self, form);
  gtk_editable_set_text (GTK_EDITABLE (self->name_row), name != NULL ? name : "");
  adw_switch_row_set_active (self->autoconnect_row, lodge_connection_get_autoconnect (connection));
  adw_switch_row_set_active (self->read_only_row, lodge_connection_get_read_only (connection));
  g_signal_connect_object (connection, "notify::state", G_CALLBACK (update_setup), self, G_CONNECT_SWAPPED);
  self->connections = g_object_ref (connections);
  changed_cb (self);
  return ADW_DIALOG (self);
}
