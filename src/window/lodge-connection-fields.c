/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-connection-fields"

#include "config.h"

#include "lodge-connection-fields.h"

#include <glib/gi18n.h>
#include <string.h>

#include "lodge-connection-form.h"
#include "lodge-host-completion.h"
#include "lodge-key-dialog.h"
#include "lodge-ui.h"
#include "model/lodge-connection.h"
#include "model/lodge-tls-certificates.h"
#include "util/lodge-error.h"
#include "util/lodge-format.h"
#include "widgets/lodge-combo-value.h"
#include "widgets/lodge-level.h"

struct _LodgeConnectionFields
{
  AdwPreferencesPage   parent_instance;

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

  LodgeConnection     *key_host;      /* owned, nullable: a key can be set up through it */
  GCancellable        *cancellable;   /* owned, nullable: of the look at the certificates */
  char                *uri;           /* owned, nullable: the last that the answers made */
  GArray              *locations;     /* of LodgeLocation: behind the rows of the combo */
  gboolean             ready;         /* while the template is made its rows change already */
};

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LodgeConnectionFields, lodge_connection_fields, ADW_TYPE_PREFERENCES_PAGE)

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
get_choice (LodgeConnectionFields *self)
{
  guint n;
  const LodgeHypervisorChoice *all = lodge_connection_form_get_hypervisors (&n);

  return &all[MIN (adw_combo_row_get_selected (self->hypervisor_row), n - 1)];
}

static LodgeLocation
get_location (LodgeConnectionFields *self)
{
  const guint selected = adw_combo_row_get_selected (self->location_row);

  return selected < self->locations->len ? g_array_index (self->locations, LodgeLocation, selected)
                                         : LODGE_LOCATION_HERE;
}

static LodgeConnectionForm *
read_form (LodgeConnectionFields *self)
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

static void
key_set_up_cb (LodgeConnectionFields *self,
               const char            *key_file)
{
  g_autofree char *usual = g_build_filename (g_get_home_dir (), ".ssh", "id_ed25519", NULL);

  /* ssh tries that one by itself */
  if (!g_str_equal (key_file, usual))
    gtk_editable_set_text (GTK_EDITABLE (self->key_row), key_file);
}

static void
setup_clicked_cb (LodgeConnectionFields *self)
{
  AdwDialog *dialog;

  if (self->key_host == NULL)
    return;
  dialog = lodge_key_dialog_new (self->key_host);
  g_signal_connect_object (dialog, "done", G_CALLBACK (key_set_up_cb), self, G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, GTK_WIDGET (self));
}

/* What the answers show */

static void
certificate_checked_cb (GObject      *object,
                        GAsyncResult *result,
                        gpointer      user_data)
{
  LodgeConnectionFields *self = user_data;
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
  lodge_level_apply (GTK_WIDGET (self->certificate_icon), complete ? "success" : "warning");
}

static void
check_certificates (LodgeConnectionFields *self)
{
  g_autofree char *folder = dup_entry (self->certificates_row);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  lodge_tls_certificates_check_async (folder, self->cancellable, certificate_checked_cb, self);
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
update_rows (LodgeConnectionFields *self)
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

static void
changed_cb (LodgeConnectionFields *self)
{
  if (!self->ready)
    return;
  update_rows (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
fill_locations (LodgeConnectionFields *self)
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
select_location (LodgeConnectionFields *self,
                 LodgeLocation          location)
{
  for (guint i = 0; i < self->locations->len; i++)
    {
      if (g_array_index (self->locations, LodgeLocation, i) == location)
        adw_combo_row_set_selected (self->location_row, i);
    }
}

static void
hypervisor_changed_cb (LodgeConnectionFields *self)
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
choose (LodgeConnectionFields *self,
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
choose_key_cb (LodgeConnectionFields *self)
{
  choose (self, self->key_row, FALSE, _("Key File"));
}

static void
choose_certificates_cb (LodgeConnectionFields *self)
{
  choose (self, self->certificates_row, TRUE, _("Folder of Certificates"));
}

static void
lodge_connection_fields_dispose (GObject *object)
{
  LodgeConnectionFields *self = LODGE_CONNECTION_FIELDS (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->key_host);
  g_clear_pointer (&self->uri, g_free);
  g_clear_pointer (&self->locations, g_array_unref);
  gtk_widget_dispose_template (GTK_WIDGET (object), LODGE_TYPE_CONNECTION_FIELDS);

  G_OBJECT_CLASS (lodge_connection_fields_parent_class)->dispose (object);
}

static void
lodge_connection_fields_class_init (LodgeConnectionFieldsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lodge_connection_fields_dispose;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, LODGE_UI ("window/lodge-connection-fields.ui"));
  gtk_widget_class_bind_template_child (widget_class, LodgeConnectionFields, hypervisor_row);
  gtk_widget_class_bind_template_child (widget_class, LodgeConnectionFields, location_row);
  gtk_widget_class_bind_template_child (widget_class, LodgeConnectionFields, here_row);
  gtk_widget_class_bind_template_child (widget_class, LodgeConnectionFields, socket_row);
  gtk_widget_class_bind_template_child (widget_class, LodgeConnectionFields, host_group);
  gtk_widget_class_bind_template_child (widget_class, LodgeConnectionFields, address_row);
  gtk_widget_class_bind_template_child (widget_class, LodgeConnectionFields, user_row);
  gtk_widget_class_bind_template_child (widget_class, LodgeConnectionFields, machines_row);
  gtk_widget_class_bind_template_child (widget_class, LodgeConnectionFields, certificate_row);
  gtk_widget_class_bind_template_child (widget_class, LodgeConnectionFields, certificate_icon);
  gtk_widget_class_bind_template_child (widget_class, LodgeConnectionFields, plain_row);
  gtk_widget_class_bind_template_child (widget_class, LodgeConnectionFields, advanced_row);
  gtk_widget_class_bind_template_child (widget_class, LodgeConnectionFields, port_spin);
  gtk_widget_class_bind_template_child (widget_class, LodgeConnectionFields, port_row);
  gtk_widget_class_bind_template_child (widget_class, LodgeConnectionFields, key_row);
  gtk_widget_class_bind_template_child (widget_class, LodgeConnectionFields, program_row);
  gtk_widget_class_bind_template_child (widget_class, LodgeConnectionFields, far_end_row);
  gtk_widget_class_bind_template_child (widget_class, LodgeConnectionFields, far_socket_row);
  gtk_widget_class_bind_template_child (widget_class, LodgeConnectionFields, certificates_row);
  gtk_widget_class_bind_template_child (widget_class, LodgeConnectionFields, no_verify_row);
  gtk_widget_class_bind_template_child (widget_class, LodgeConnectionFields, setup_row);
  gtk_widget_class_bind_template_child (widget_class, LodgeConnectionFields, setup_button);
  gtk_widget_class_bind_template_child (widget_class, LodgeConnectionFields, custom_group);
  gtk_widget_class_bind_template_child (widget_class, LodgeConnectionFields, custom_row);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, hypervisor_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, setup_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, choose_key_cb);
  gtk_widget_class_bind_template_callback (widget_class, choose_certificates_cb);
}

static void
lodge_connection_fields_init (LodgeConnectionFields *self)
{
  g_autoptr(GtkStringList) names = gtk_string_list_new (NULL);
  guint n;
  const LodgeHypervisorChoice *all = lodge_connection_form_get_hypervisors (&n);

  self->locations = g_array_new (FALSE, FALSE, sizeof (LodgeLocation));
  gtk_widget_init_template (GTK_WIDGET (self));
  lodge_combo_value_show (self->hypervisor_row);
  lodge_combo_value_show (self->location_row);
  lodge_combo_value_show (self->here_row);
  lodge_combo_value_show (self->machines_row);
  lodge_combo_value_show (self->program_row);
  lodge_combo_value_show (self->far_end_row);
  for (guint i = 0; i < n; i++)
    gtk_string_list_append (names, _(all[i].label));
  adw_combo_row_set_model (self->hypervisor_row, G_LIST_MODEL (names));
  adw_action_row_set_subtitle (self->plain_row,
                               _("Everybody on the way can read and change what is sent. The host may ask for a name "
                                 "and a password (SASL). Use SSH or TLS outside a network of your own."));
  fill_locations (self);
  /* The machines of the person need no permission: what works for everybody stands first */
  adw_combo_row_set_selected (self->here_row, 1);
  lodge_host_completion_attach (self->address_row);
  lodge_connection_fields_set_key_host (self, NULL);
  self->ready = TRUE;
  update_rows (self);
}

/**
 * lodge_connection_fields_set_uri:
 * @self: fields
 * @uri: a connection's
 *
 * Gives the answers that make @uri.
 */
void
lodge_connection_fields_set_uri (LodgeConnectionFields *self,
                                 const char            *uri)
{
  g_autoptr(LodgeConnectionForm) form = lodge_connection_form_from_uri (uri);

  g_return_if_fail (LODGE_IS_CONNECTION_FIELDS (self));

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

/* The one row that a URI hangs on */
static AdwEntryRow *
get_address_row (LodgeConnectionFields *self)
{
  if (get_choice (self)->driver == NULL)
    return self->custom_row;
  return get_location (self) == LODGE_LOCATION_SOCKET ? self->socket_row : self->address_row;
}

/**
 * lodge_connection_fields_dup_uri:
 * @self: fields
 * @error: what is missing or wrong, a sentence for the person
 *
 * Returns: (transfer full) (nullable): what the answers say
 */
char *
lodge_connection_fields_dup_uri (LodgeConnectionFields *self,
                                 GError               **error)
{
  g_autoptr(LodgeConnectionForm) form = NULL;

  g_return_val_if_fail (LODGE_IS_CONNECTION_FIELDS (self), NULL);

  form = read_form (self);
  g_clear_pointer (&self->uri, g_free);
  if (get_choice (self)->driver == NULL && *form->uri == '\0')
    lodge_set_error (error, LODGE_ERROR_INVALID_VALUE, _("Enter a libvirt URI"));
  else
    self->uri = lodge_connection_form_to_uri (form, error);
  return g_strdup (self->uri);
}

/* Marks the row that the URI hangs on */
void
lodge_connection_fields_set_wrong (LodgeConnectionFields *self,
                                   gboolean               wrong)
{
  AdwEntryRow *rows[] = { self->custom_row, self->socket_row, self->address_row };
  AdwEntryRow *row;
  g_autofree char *typed = NULL;

  g_return_if_fail (LODGE_IS_CONNECTION_FIELDS (self));

  row = get_address_row (self);
  typed = dup_entry (row);
  /* Nothing is wrong before something was typed */
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    set_row_error (rows[i], wrong && *typed != '\0' && rows[i] == row);
}

/**
 * lodge_connection_fields_dup_name:
 *
 * Returns: (transfer full) (nullable): “cirrus” of cirrus.example.org; %NULL: the answers propose no name
 */
char *
lodge_connection_fields_dup_name (LodgeConnectionFields *self)
{
  g_autofree char *address = NULL;

  g_return_val_if_fail (LODGE_IS_CONNECTION_FIELDS (self), NULL);

  address = dup_entry (self->address_row);
  if (!gtk_widget_get_visible (GTK_WIDGET (self->host_group)) || g_hostname_is_ip_address (address)
      || strpbrk (address, ":[/") != NULL)
    return NULL;
  return g_strndup (address, strcspn (address, "."));
}

/**
 * lodge_connection_fields_set_key_host:
 * @self: fields
 * @connection: (nullable): open, and a key can be set up through it
 */
void
lodge_connection_fields_set_key_host (LodgeConnectionFields *self,
                                      LodgeConnection       *connection)
{
  g_return_if_fail (LODGE_IS_CONNECTION_FIELDS (self));

  g_set_object (&self->key_host, connection);
  gtk_widget_set_sensitive (self->setup_button, connection != NULL);
  adw_action_row_set_subtitle (self->setup_row, connection != NULL
                               ? _("Puts your public key on the host")
                               : _("Test the connection first: the key goes through it"));
}
