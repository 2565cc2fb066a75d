/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-create-dialog"

#include "config.h"

#include "lodge-create-dialog.h"

#include <glib/gi18n.h>

#include "lodge-ui.h"
#include "model/lodge-connection.h"
#include "model/lodge-domain.h"
#include "model/lodge-machine-creation.h"
#include "model/lodge-storage.h"
#include "plan/lodge-guest-plan.h"
#include "util/lodge-error.h"
#include "util/lodge-format.h"
#include "widgets/lodge-error-dialog.h"

#define MIB (1024 * 1024)
#define GIB (1024 * MIB)

struct _LodgeCreateDialog
{
  AdwDialog            parent_instance;

  /* template children */
  AdwNavigationView   *view;
  AdwComboRow         *connection_row;
  AdwEntryRow         *file_row;
  GtkWidget           *browse_button;
  AdwActionRow        *file_info_row;
  GtkWidget           *file_next;
  GtkSearchEntry      *os_search;
  GtkListView         *os_view;
  GtkWidget           *os_next;
  GtkSpinButton       *memory_spin;
  AdwActionRow        *memory_row;
  GtkSpinButton       *cpus_spin;
  AdwActionRow        *cpus_row;
  AdwPreferencesGroup *storage_group;
  AdwSwitchRow        *storage_switch;
  AdwActionRow        *storage_row;
  GtkSpinButton       *storage_spin;
  AdwComboRow         *network_row;
  AdwEntryRow         *name_row;
  AdwActionRow        *name_error_row;
  AdwSwitchRow        *start_row;
  GtkWidget           *warning_group;
  AdwActionRow        *warning_row;
  GtkTextView         *xml_view;
  GtkWidget           *create_button;

  LodgeConnectionList *connections;   /* owned */
  GListStore          *usable;        /* owned: the open connections, as in connection_row */
  LodgeJobList        *jobs;          /* owned */
  LodgeOsDatabase     *database;      /* owned */
  GSettings           *settings;      /* owned */
  GListModel          *networks;      /* owned, nullable */
  GtkSingleSelection  *os_selection;  /* owned */
  GtkStringFilter     *os_filter;     /* owned */
  GCancellable        *cancellable;   /* owned: of the dialog */
  GCancellable        *identifying;   /* owned, nullable */
  LodgeCapabilities   *capabilities;  /* owned, nullable */
  LodgeGuestPlan      *plan;          /* owned, nullable: what Create would make */
  LodgeGuestSource     source;
  char                *detected_id;   /* owned, nullable: of the system on the disc */
  guint                generation;    /* of the plan: answers to older questions are dropped */
  gboolean             name_edited;
};

enum
{
  CREATED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LodgeCreateDialog, lodge_create_dialog, ADW_TYPE_DIALOG)

static void make_plan (LodgeCreateDialog *self);

/* borrowed */
static LodgeConnection *
get_connection (LodgeCreateDialog *self)
{
  return adw_combo_row_get_selected_item (self->connection_row);
}

static LodgeOs *
get_os (LodgeCreateDialog *self)
{
  return gtk_single_selection_get_selected_item (self->os_selection);
}

static LodgeOsTraits *
dup_traits (LodgeCreateDialog *self)
{
  LodgeOs *os = get_os (self);

  return os != NULL ? lodge_os_traits_copy (lodge_os_get_traits (os)) : lodge_os_traits_new_generic ();
}

static char *
dup_file (LodgeCreateDialog *self)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->file_row))));
}

static gboolean
is_local (LodgeCreateDialog *self)
{
  LodgeConnection *connection = get_connection (self);
  const LodgeUri *uri = connection != NULL ? lodge_connection_get_parsed_uri (connection) : NULL;

  return uri != NULL && lodge_uri_is_local (uri);
}

/* Step 1 and 2: source */

static void
set_file_info (LodgeCreateDialog *self,
               const char        *title,
               const char        *subtitle,
               gboolean           wrong)
{
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->file_info_row), title);
  adw_action_row_set_subtitle (self->file_info_row, subtitle);
  gtk_widget_set_visible (GTK_WIDGET (self->file_info_row), title != NULL && *title != '\0');
  if (wrong)
    gtk_widget_add_css_class (GTK_WIDGET (self->file_row), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->file_row), "error");
}

static void
select_os (LodgeCreateDialog *self,
           const char        *id)
{
  GListModel *model = G_LIST_MODEL (self->os_selection);

  gtk_editable_set_text (GTK_EDITABLE (self->os_search), "");
  gtk_single_selection_set_selected (self->os_selection, GTK_INVALID_LIST_POSITION);
  for (guint i = 0; id != NULL && i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr(LodgeOs) os = g_list_model_get_item (model, i);

      if (g_strcmp0 (lodge_os_get_traits (os)->id, id) == 0)
        {
          gtk_single_selection_set_selected (self->os_selection, i);
          gtk_list_view_scroll_to (self->os_view, i, GTK_LIST_SCROLL_NONE, NULL);
          return;
        }
    }
}

static void
identified_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(LodgeCreateDialog) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(LodgeOs) os = lodge_os_database_identify_finish (LODGE_OS_DATABASE (object), result, &error);
  g_autofree char *message = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->identifying == NULL)
    return;
  if (error != NULL)
    {
      message = lodge_display_text (error->message, 300);
      set_file_info (self, _("Cannot Be Used"), message, TRUE);
      gtk_widget_set_sensitive (self->file_next, g_error_matches (error, LODGE_ERROR, LODGE_ERROR_PERMISSION));
      return;
    }
  gtk_widget_set_sensitive (self->file_next, TRUE);
  if (os == NULL)
    {
      set_file_info (self, _("Unknown System"), _("You can choose the system on the next page."), FALSE);
      return;
    }
  set_file_info (self, lodge_os_get_name (os), _("Found on the disc"), FALSE);
  g_set_str (&self->detected_id, lodge_os_get_traits (os)->id);
  select_os (self, self->detected_id);
}

static void
file_changed_cb (LodgeCreateDialog *self)
{
  g_autofree char *path = dup_file (self);

  if (self->identifying != NULL)
    g_cancellable_cancel (self->identifying);
  g_clear_object (&self->identifying);
  g_clear_pointer (&self->detected_id, g_free);
  gtk_widget_set_sensitive (self->file_next, FALSE);
  set_file_info (self, NULL, NULL, FALSE);

  if (*path == '\0')
    return;
  if (*path != '/')
    {
      set_file_info (self, _("Not a Path"), _("Enter the whole path, beginning with “/”."), TRUE);
      return;
    }
  if (self->source != LODGE_SOURCE_DISC || !is_local (self))
    {
      gtk_widget_set_sensitive (self->file_next, TRUE);
      return;
    }
  set_file_info (self, _("Looking at the Disc…"), "", FALSE);
  self->identifying = g_cancellable_new ();
  lodge_os_database_identify_async (self->database, path, self->identifying, identified_cb, g_object_ref (self));
}

static void
file_chosen_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(LodgeCreateDialog) self = user_data;
  g_autoptr(GFile) file = gtk_file_dialog_open_finish (GTK_FILE_DIALOG (object), result, NULL);
  const char *path = file != NULL ? g_file_peek_path (file) : NULL;

  if (path != NULL)
    gtk_editable_set_text (GTK_EDITABLE (self->file_row), path);
}

static void
browse_clicked_cb (LodgeCreateDialog *self)
{
  g_autoptr(GtkFileDialog) dialog = gtk_file_dialog_new ();

  gtk_file_dialog_set_title (dialog, self->source == LODGE_SOURCE_DISC ? _("Choose a Disc Image")
                                                                       : _("Choose a Disk Image"));
  gtk_file_dialog_open (dialog, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), self->cancellable,
                        file_chosen_cb, g_object_ref (self));
}

static void
choose_source (LodgeCreateDialog *self,
               LodgeGuestSource   source)
{
  self->source = source;
  if (source == LODGE_SOURCE_NETWORK)
    {
      adw_navigation_view_push_by_tag (self->view, "system");
      return;
    }
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->file_row),
                                 source == LODGE_SOURCE_DISC ? _("Path of the ISO file") : _("Path of the disk image"));
  gtk_widget_set_visible (self->browse_button, is_local (self));
  file_changed_cb (self);
  adw_navigation_view_push_by_tag (self->view, "file");
}

static void
disc_cb (LodgeCreateDialog *self)
{
  choose_source (self, LODGE_SOURCE_DISC);
}

static void
disk_cb (LodgeCreateDialog *self)
{
  choose_source (self, LODGE_SOURCE_DISK);
}

static void
network_cb (LodgeCreateDialog *self)
{
  choose_source (self, LODGE_SOURCE_NETWORK);
}

static void
file_next_cb (LodgeCreateDialog *self)
{
  if (gtk_widget_get_sensitive (self->file_next))
    adw_navigation_view_push_by_tag (self->view, "system");
}

/* Step 3: resources */

static void
networks_loaded_cb (LodgeCreateDialog *self)
{
  g_autoptr(GtkStringList) names = gtk_string_list_new (NULL);
  LodgeConnection *connection = get_connection (self);
  const LodgeUri *uri = connection != NULL ? lodge_connection_get_parsed_uri (connection) : NULL;
  const gboolean session = uri != NULL && lodge_uri_is_session (uri);
  const guint n = self->networks != NULL ? g_list_model_get_n_items (self->networks) : 0;
  guint chosen = session ? n : 0;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr(LodgeNetwork) network = g_list_model_get_item (self->networks, i);
      g_autofree char *name = lodge_display_text (lodge_network_get_name (network), 80);
      g_autofree char *label = g_strdup_printf (_("Network “%s”"), name);

      gtk_string_list_append (names, label);
    }
  gtk_string_list_append (names, _("User network"));
  gtk_string_list_append (names, _("None"));
  adw_combo_row_set_model (self->network_row, G_LIST_MODEL (names));
  adw_combo_row_set_selected (self->network_row, chosen);
}

static void
fill_resources (LodgeCreateDialog *self)
{
  LodgeConnection *connection = get_connection (self);
  g_autoptr(LodgeOsTraits) traits = dup_traits (self);
  const guint64 host_memory = lodge_connection_get_host_memory (connection);
  const guint host_cpus = lodge_connection_get_host_cpus (connection);
  g_autofree char *minimum = lodge_format_size (traits->minimum_memory);
  g_autofree char *recommended = lodge_format_size (traits->recommended_memory);
  g_autofree char *host = lodge_format_size (host_memory);
  g_autofree char *text = NULL;
  g_autofree char *cpus_text = NULL;

  gtk_spin_button_set_range (self->memory_spin, 16, host_memory > 0 ? (double) (host_memory / MIB) : 16.0 * 1024 * 1024);
  gtk_spin_button_set_value (self->memory_spin,
                             (double) (lodge_guest_plan_propose_memory (traits, host_memory) / MIB));
  if (traits->minimum_memory > 0 && traits->recommended_memory > 0)
    text = g_strdup_printf (_("Needs %s and runs well with %s; the host has %s"), minimum, recommended, host);
  else
    text = g_strdup_printf (_("The host has %s"), host);
  adw_action_row_set_subtitle (self->memory_row, text);

  gtk_spin_button_set_range (self->cpus_spin, 1, MAX (host_cpus, 1));
  gtk_spin_button_set_value (self->cpus_spin, lodge_guest_plan_propose_cpus (traits, host_cpus));
  cpus_text = g_strdup_printf (g_dngettext (NULL, "The host has %u processor", "The host has %u processors", host_cpus), host_cpus);
  adw_action_row_set_subtitle (self->cpus_row, cpus_text);

  gtk_spin_button_set_value (self->storage_spin, (double) (lodge_guest_plan_propose_storage (traits) / GIB));
  gtk_widget_set_visible (GTK_WIDGET (self->storage_group), self->source != LODGE_SOURCE_DISK);
}

static void
os_next_cb (LodgeCreateDialog *self)
{
  fill_resources (self);
  adw_navigation_view_push_by_tag (self->view, "resources");
}

static void
generic_cb (LodgeCreateDialog *self)
{
  gtk_single_selection_set_selected (self->os_selection, GTK_INVALID_LIST_POSITION);
  os_next_cb (self);
}

static void
os_activated_cb (LodgeCreateDialog *self,
                 guint              position)
{
  gtk_single_selection_set_selected (self->os_selection, position);
  os_next_cb (self);
}

static void
os_search_cb (LodgeCreateDialog *self)
{
  gtk_string_filter_set_search (self->os_filter, gtk_editable_get_text (GTK_EDITABLE (self->os_search)));
}

static void
storage_switch_cb (LodgeCreateDialog *self)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self->storage_row), adw_switch_row_get_active (self->storage_switch));
}

/* Step 4: review */

static char *
dup_name (LodgeCreateDialog *self)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->name_row))));
}

static gboolean
makes_volume (LodgeCreateDialog *self)
{
  return self->source != LODGE_SOURCE_DISK && adw_switch_row_get_active (self->storage_switch);
}

static LodgeGuestChoices *
read_choices (LodgeCreateDialog *self)
{
  LodgeGuestChoices *choices = lodge_guest_choices_new ();
  const guint n_networks = self->networks != NULL ? g_list_model_get_n_items (self->networks) : 0;
  const guint network = adw_combo_row_get_selected (self->network_row);
  g_autofree char *firmware = g_settings_get_string (self->settings, "default-firmware");

  choices->name = dup_name (self);
  choices->source = self->source;
  if (self->source == LODGE_SOURCE_DISC)
    choices->disc_path = dup_file (self);
  if (self->source == LODGE_SOURCE_DISK)
    {
      choices->disk_path = dup_file (self);
      g_set_str (&choices->disk_format, g_str_has_suffix (choices->disk_path, ".qcow2") ? "qcow2" : "raw");
    }
  if (makes_volume (self))
    {
      g_set_str (&choices->disk_pool, "default");
      choices->disk_volume = g_strdup_printf ("%s.qcow2", choices->name);
      g_set_str (&choices->disk_format, "qcow2");
    }
  choices->memory = (guint64) gtk_spin_button_get_value (self->memory_spin) * MIB;
  choices->cpus = (guint) gtk_spin_button_get_value_as_int (self->cpus_spin);
  choices->firmware = g_str_equal (firmware, "efi") ? LODGE_FIRMWARE_EFI
                      : g_str_equal (firmware, "bios") ? LODGE_FIRMWARE_BIOS : LODGE_FIRMWARE_AUTO;
  if (network < n_networks)
    {
      g_autoptr(LodgeNetwork) item = g_list_model_get_item (self->networks, network);

      choices->network = LODGE_NETWORK_VIRTUAL;
      g_set_str (&choices->network_name, lodge_network_get_name (item));
    }
  else
    choices->network = network == n_networks ? LODGE_NETWORK_USER : LODGE_NETWORK_NONE;
  return choices;
}

static void
show_plan (LodgeCreateDialog *self,
           const GError      *error)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->xml_view);
  const char * const *warnings = self->plan != NULL ? lodge_guest_plan_get_warnings (self->plan) : NULL;
  g_autofree char *text = NULL;

  gtk_text_buffer_set_text (buffer, self->plan != NULL ? lodge_guest_plan_get_xml (self->plan) : "", -1);
  gtk_widget_set_sensitive (self->create_button, self->plan != NULL);
  if (error != NULL)
    text = lodge_display_text (error->message, 500);
  else if (warnings != NULL && warnings[0] != NULL)
    text = g_strjoinv ("\n", (char **) warnings);
  gtk_widget_set_visible (self->warning_group, text != NULL);
  if (text != NULL)
    {
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->warning_row),
                                     error != NULL ? _("Cannot Be Created") : _("Please Note"));
      adw_action_row_set_subtitle (self->warning_row, text);
    }
}

typedef struct
{
  LodgeCreateDialog          *dialog;   /* owned */
  const LodgeGuestCapability *guest;    /* of the dialog's capabilities */
  guint                       generation;
} PlanRequest;

static void
plan_request_free (PlanRequest *request)
{
  g_object_unref (request->dialog);
  g_free (request);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlanRequest, plan_request_free)

static void
domain_capabilities_cb (GObject      *object,
                        GAsyncResult *result,
                        gpointer      user_data)
{
  g_autoptr(PlanRequest) request = user_data;
  LodgeCreateDialog *self = request->dialog;
  g_autoptr(GError) error = NULL;
  g_autoptr(LodgeDomainCapabilities) capabilities =
    lodge_connection_get_domain_capabilities_finish (LODGE_CONNECTION (object), result, &error);
  g_autoptr(LodgeGuestChoices) choices = NULL;
  g_autoptr(LodgeOsTraits) traits = NULL;

  if (request->generation != self->generation)
    return;
  if (capabilities != NULL)
    {
      choices = read_choices (self);
      traits = dup_traits (self);
      self->plan = lodge_guest_plan_new (choices, traits, request->guest, capabilities, &error);
    }
  show_plan (self, error);
}

static void
capabilities_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(LodgeCreateDialog) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(LodgeCapabilities) capabilities =
    lodge_connection_get_capabilities_finish (LODGE_CONNECTION (object), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (capabilities == NULL)
    {
      show_plan (self, error);
      return;
    }
  if (get_connection (self) != LODGE_CONNECTION (object))
    return;
  g_set_object (&self->capabilities, capabilities);
  make_plan (self);
}

static void
make_plan (LodgeCreateDialog *self)
{
  LodgeConnection *connection = get_connection (self);
  const LodgeGuestCapability *guest;
  g_autoptr(LodgeOsTraits) traits = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *name = dup_name (self);
  g_autofree char *wrong = lodge_guest_plan_check_name (name);
  PlanRequest *request;

  self->generation++;
  g_clear_object (&self->plan);
  gtk_widget_set_sensitive (self->create_button, FALSE);

  if (wrong == NULL && lodge_connection_find_domain (connection, name) != NULL)
    wrong = g_strdup (_("A machine of this name is there already. Choose another name."));
  gtk_widget_set_visible (GTK_WIDGET (self->name_error_row), wrong != NULL);
  if (wrong != NULL)
    {
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->name_error_row), wrong);
      gtk_widget_add_css_class (GTK_WIDGET (self->name_row), "error");
      return;
    }
  gtk_widget_remove_css_class (GTK_WIDGET (self->name_row), "error");

  if (self->capabilities == NULL)
    {
      lodge_connection_get_capabilities_async (connection, self->cancellable, capabilities_cb, g_object_ref (self));
      return;
    }
  guest = lodge_capabilities_choose_guest (self->capabilities, NULL);
  if (guest == NULL)
    {
      lodge_set_error (&error, LODGE_ERROR_NOT_SUPPORTED, _("This host can run no virtual machines."));
      show_plan (self, error);
      return;
    }
  traits = dup_traits (self);
  request = g_new0 (PlanRequest, 1);
  request->dialog = g_object_ref (self);
  request->guest = guest;
  request->generation = self->generation;
  lodge_connection_get_domain_capabilities_async (connection, guest->emulator, guest->arch,
                                                  lodge_guest_plan_choose_machine (traits, guest), guest->virt_type,
                                                  self->cancellable, domain_capabilities_cb, request);
}

static void
name_changed_cb (LodgeCreateDialog *self)
{
  if (self->connections != NULL && g_strcmp0 (adw_navigation_view_get_visible_page_tag (self->view), "review") == 0)
    {
      self->name_edited = TRUE;
      make_plan (self);
    }
}

static void
propose_name (LodgeCreateDialog *self)
{
  GListModel *domains = lodge_connection_get_domains (get_connection (self));
  g_autoptr(GStrvBuilder) names = g_strv_builder_new ();
  g_auto(GStrv) taken = NULL;
  g_autoptr(LodgeOsTraits) traits = dup_traits (self);
  g_autofree char *name = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (domains); i++)
    {
      g_autoptr(LodgeDomain) domain = g_list_model_get_item (domains, i);

      g_strv_builder_add (names, lodge_domain_get_name (domain));
    }
  taken = g_strv_builder_end (names);
  name = lodge_guest_plan_propose_name (traits->short_id != NULL ? traits->short_id : "machine",
                                        (const char * const *) taken);
  gtk_editable_set_text (GTK_EDITABLE (self->name_row), name);
}

static void
resources_next_cb (LodgeCreateDialog *self)
{
  if (!self->name_edited)
    propose_name (self);
  adw_navigation_view_push_by_tag (self->view, "review");
  make_plan (self);
}

/* Creating. The dialog is hidden meanwhile and comes back with the error when it fails. */

static void
created_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(LodgeCreateDialog) self = user_data;
  g_autoptr(GError) error = NULL;
  LodgeCreationStep step;
  g_autoptr(LodgeDomain) domain =
    lodge_machine_creation_run_finish (LODGE_CONNECTION (object), result, &step, &error);

  adw_dialog_set_can_close (ADW_DIALOG (self), TRUE);
  gtk_widget_set_sensitive (GTK_WIDGET (self->view), TRUE);
  if (domain != NULL)
    {
      g_signal_emit (self, signals[CREATED], 0, domain);
      adw_dialog_force_close (ADW_DIALOG (self));
      return;
    }
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  lodge_error_present (GTK_WIDGET (self),
                       step == LODGE_CREATION_STEP_VOLUME ? _("Could Not Create the Storage")
                       : step == LODGE_CREATION_STEP_START ? _("Could Not Start the New Machine")
                       : _("Could Not Create the Machine"), error);
}

static void
create_clicked_cb (LodgeCreateDialog *self)
{
  g_autoptr(GPtrArray) volumes = g_ptr_array_new_with_free_func ((GDestroyNotify) lodge_new_volume_free);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autofree char *name = dup_name (self);
  g_autofree char *title = g_strdup_printf (_("Create “%s”"), name);
  g_autoptr(LodgeJob) job = NULL;

  if (self->plan == NULL)
    return;
  if (makes_volume (self))
    {
      g_autofree char *file = g_strdup_printf ("%s.qcow2", name);

      g_ptr_array_add (volumes, lodge_new_volume_new ("default", file, "qcow2",
                                                      (guint64) gtk_spin_button_get_value (self->storage_spin) * GIB));
    }
  job = lodge_job_new (title, cancellable);
  lodge_job_list_add (self->jobs, job);
  adw_dialog_set_focus (ADW_DIALOG (self), NULL);
  gtk_widget_set_sensitive (GTK_WIDGET (self->view), FALSE);
  adw_dialog_set_can_close (ADW_DIALOG (self), FALSE);
  lodge_machine_creation_run_async (get_connection (self), lodge_guest_plan_get_xml (self->plan), volumes,
                                    adw_switch_row_get_active (self->start_row), job, created_cb, g_object_ref (self));
}

/* Making */

static void
setup_os_cb (GtkSignalListItemFactory *factory,
             GtkListItem              *item)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_list_item_set_child (item, label);
}

static void
bind_os_cb (GtkSignalListItemFactory *factory,
            GtkListItem              *item)
{
  gtk_label_set_text (GTK_LABEL (gtk_list_item_get_child (item)), lodge_os_get_name (gtk_list_item_get_item (item)));
}

static char *
get_os_text (LodgeOs *os)
{
  return g_strdup_printf ("%s %s", lodge_os_get_name (os), lodge_os_get_short_id (os));
}

static void
os_loaded_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(LodgeCreateDialog) self = user_data;
  g_autoptr(GListModel) list = lodge_os_database_load_finish (LODGE_OS_DATABASE (object), result, NULL);
  GtkFilterListModel *filtered;

  if (list == NULL || self->os_filter == NULL)
    return;   /* without the database every system is unknown */
  filtered = gtk_filter_list_model_new (g_steal_pointer (&list), g_object_ref (GTK_FILTER (self->os_filter)));
  gtk_single_selection_set_model (self->os_selection, G_LIST_MODEL (filtered));
  g_object_unref (filtered);
  if (self->detected_id != NULL)
    {
      g_autofree char *id = g_strdup (self->detected_id);

      select_os (self, id);
    }
}

static void
connection_changed_cb (LodgeCreateDialog *self)
{
  LodgeConnection *connection = get_connection (self);

  if (self->cancellable == NULL)
    return;
  g_clear_object (&self->capabilities);
  if (self->networks != NULL)
    g_signal_handlers_disconnect_by_data (self->networks, self);
  g_clear_object (&self->networks);
  if (connection == NULL)
    return;
  self->networks = g_object_ref (lodge_connection_get_networks (connection));
  g_signal_connect_object (self->networks, "items-changed", G_CALLBACK (networks_loaded_cb), self, G_CONNECT_SWAPPED);
  networks_loaded_cb (self);
}

static void
lodge_create_dialog_dispose (GObject *object)
{
  LodgeCreateDialog *self = LODGE_CREATE_DIALOG (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->identifying != NULL)
    g_cancellable_cancel (self->identifying);
  g_clear_object (&self->identifying);
  g_clear_object (&self->networks);
  if (self->os_selection != NULL)
    g_signal_handlers_disconnect_by_data (self->os_selection, self);
  g_clear_object (&self->os_selection);
  g_clear_object (&self->os_filter);
  g_clear_object (&self->capabilities);
  g_clear_object (&self->plan);
  g_clear_object (&self->usable);
  g_clear_object (&self->connections);
  g_clear_object (&self->jobs);
  g_clear_object (&self->database);
  g_clear_object (&self->settings);
  g_clear_pointer (&self->detected_id, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (object), LODGE_TYPE_CREATE_DIALOG);

  G_OBJECT_CLASS (lodge_create_dialog_parent_class)->dispose (object);
}

static void
lodge_create_dialog_class_init (LodgeCreateDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lodge_create_dialog_dispose;
  signals[CREATED] = g_signal_new ("created", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, LODGE_TYPE_DOMAIN);

  gtk_widget_class_set_template_from_resource (widget_class, LODGE_UI ("create/lodge-create-dialog.ui"));
  gtk_widget_class_bind_template_child (widget_class, LodgeCreateDialog, view);
  gtk_widget_class_bind_template_child (widget_class, LodgeCreateDialog, connection_row);
  gtk_widget_class_bind_template_child (widget_class, LodgeCreateDialog, file_row);
  gtk_widget_class_bind_template_child (widget_class, LodgeCreateDialog, browse_button);
  gtk_widget_class_bind_template_child (widget_class, LodgeCreateDialog, file_info_row);
  gtk_widget_class_bind_template_child (widget_class, LodgeCreateDialog, file_next);
  gtk_widget_class_bind_template_child (widget_class, LodgeCreateDialog, os_search);
  gtk_widget_class_bind_template_child (widget_class, LodgeCreateDialog, os_view);
  gtk_widget_class_bind_template_child (widget_class, LodgeCreateDialog, os_next);
  gtk_widget_class_bind_template_child (widget_class, LodgeCreateDialog, memory_spin);
  gtk_widget_class_bind_template_child (widget_class, LodgeCreateDialog, memory_row);
  gtk_widget_class_bind_template_child (widget_class, LodgeCreateDialog, cpus_spin);
  gtk_widget_class_bind_template_child (widget_class, LodgeCreateDialog, cpus_row);
  gtk_widget_class_bind_template_child (widget_class, LodgeCreateDialog, storage_group);
  gtk_widget_class_bind_template_child (widget_class, LodgeCreateDialog, storage_switch);
  gtk_widget_class_bind_template_child (widget_class, LodgeCreateDialog, storage_row);
  gtk_widget_class_bind_template_child (widget_class, LodgeCreateDialog, storage_spin);
  gtk_widget_class_bind_template_child (widget_class, LodgeCreateDialog, network_row);
  gtk_widget_class_bind_template_child (widget_class, LodgeCreateDialog, name_row);
  gtk_widget_class_bind_template_child (widget_class, LodgeCreateDialog, name_error_row);
  gtk_widget_class_bind_template_child (widget_class, LodgeCreateDialog, start_row);
  gtk_widget_class_bind_template_child (widget_class, LodgeCreateDialog, warning_group);
  gtk_widget_class_bind_template_child (widget_class, LodgeCreateDialog, warning_row);
  gtk_widget_class_bind_template_child (widget_class, LodgeCreateDialog, xml_view);
  gtk_widget_class_bind_template_child (widget_class, LodgeCreateDialog, create_button);
  gtk_widget_class_bind_template_callback (widget_class, connection_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, disc_cb);
  gtk_widget_class_bind_template_callback (widget_class, disk_cb);
  gtk_widget_class_bind_template_callback (widget_class, network_cb);
  gtk_widget_class_bind_template_callback (widget_class, file_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, file_next_cb);
  gtk_widget_class_bind_template_callback (widget_class, browse_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, os_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, os_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, os_next_cb);
  gtk_widget_class_bind_template_callback (widget_class, generic_cb);
  gtk_widget_class_bind_template_callback (widget_class, storage_switch_cb);
  gtk_widget_class_bind_template_callback (widget_class, resources_next_cb);
  gtk_widget_class_bind_template_callback (widget_class, name_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, create_clicked_cb);
}

static void
os_selected_cb (LodgeCreateDialog *self)
{
  gtk_widget_set_sensitive (self->os_next, get_os (self) != NULL);
}

static void
lodge_create_dialog_init (LodgeCreateDialog *self)
{
  GtkExpression *text = gtk_cclosure_expression_new (G_TYPE_STRING, NULL, 0, NULL, G_CALLBACK (get_os_text), NULL, NULL);
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  gtk_widget_init_template (GTK_WIDGET (self));

  self->os_filter = gtk_string_filter_new (text);
  self->os_selection = gtk_single_selection_new (NULL);
  gtk_single_selection_set_autoselect (self->os_selection, FALSE);
  gtk_single_selection_set_can_unselect (self->os_selection, TRUE);
  g_signal_connect_object (self->os_selection, "notify::selected-item", G_CALLBACK (os_selected_cb), self,
                           G_CONNECT_SWAPPED);
  os_selected_cb (self);
  g_signal_connect (factory, "setup", G_CALLBACK (setup_os_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_os_cb), NULL);
  gtk_list_view_set_factory (self->os_view, factory);
  gtk_list_view_set_model (self->os_view, GTK_SELECTION_MODEL (self->os_selection));
  g_object_unref (factory);
}

LodgeCreateDialog *
lodge_create_dialog_new (LodgeConnectionList *connections,
                         LodgeConnection     *connection,
                         LodgeJobList        *jobs,
                         LodgeOsDatabase     *database,
                         GSettings           *settings)
{
  LodgeCreateDialog *self = g_object_new (LODGE_TYPE_CREATE_DIALOG, NULL);
  GtkExpression *label = gtk_property_expression_new (LODGE_TYPE_CONNECTION, NULL, "label");
  guint chosen = 0;

  self->connections = g_object_ref (connections);
  self->jobs = g_object_ref (jobs);
  self->database = g_object_ref (database);
  self->settings = g_object_ref (settings);
  self->cancellable = g_cancellable_new ();

  self->usable = g_list_store_new (LODGE_TYPE_CONNECTION);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (connections)); i++)
    {
      g_autoptr(LodgeConnection) item = g_list_model_get_item (G_LIST_MODEL (connections), i);

      if (lodge_connection_get_state (item) != LODGE_CONNECTION_CONNECTED || lodge_connection_get_read_only (item))
        continue;
      if (item == connection)
        chosen = g_list_model_get_n_items (G_LIST_MODEL (self->usable));
      g_list_store_append (self->usable, item);
    }
  adw_combo_row_set_expression (self->connection_row, label);
  gtk_expression_unref (label);
  adw_combo_row_set_model (self->connection_row, G_LIST_MODEL (self->usable));
  adw_combo_row_set_selected (self->connection_row, chosen);
  connection_changed_cb (self);
  lodge_os_database_load_async (database, self->cancellable, os_loaded_cb, g_object_ref (self));
  return self;
}
