/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-shots"

#include "config.h"

#include <adwaita.h>
#include <glib/gstdio.h>
#include <locale.h>
#include <vte/vte.h>

#include "console/lodge-text-console.h"
#include "create/lodge-create-dialog.h"
#include "lib/lodge-test-widgets.h"
#include "lodge-application.h"
#include "machine/lodge-hardware-view.h"
#include "machine/lodge-machine-window.h"
#include "model/lodge-connection.h"
#include "model/lodge-domain-details.h"
#include "model/lodge-snapshot.h"
#include "model/lodge-connection-list.h"
#include "model/lodge-credential-request-private.h"
#include "widgets/lodge-xml-view.h"
#include "window/lodge-connection-dialog.h"
#include "window/lodge-connection-form.h"
#include "window/lodge-credential-dialog.h"
#include "window/lodge-key-capture-dialog.h"
#include "window/lodge-key-dialog.h"
#include "window/lodge-keyboard-page.h"
#include "window/lodge-sidebar.h"
#include "window/lodge-window.h"

/* Starts the whole program and saves pictures of its windows, in light and dark, wide and narrow.
 * Usage: lodge-shots FOLDER [URI MACHINE]: with a URI also the window of that machine, which must run.
 * LODGE_SHOTS, a pattern such as "machine-*", limits which are saved; LODGE_SHOTS_TEXT_SCALE, a number, makes all
 * letters so much larger, as the desktop's accessibility settings do. */

#define POLL_MS     20
#define SETTLE      6      /* polls with nothing left to do before a picture is taken */
#define PATIENCE    1500   /* polls */

static const char *folder;
static const char *machine_uri;
static const char *machine_name;
static char *test_uri;
static LodgeApplication *application;
static int status;

static GtkWindow *
find_window (GType type)
{
  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (application)); l != NULL; l = l->next)
    {
      if (G_TYPE_CHECK_INSTANCE_TYPE (l->data, type))
        return l->data;
    }
  return NULL;
}

static LodgeWindow *
main_window (void)
{
  return LODGE_WINDOW (find_window (LODGE_TYPE_WINDOW));
}

static LodgeConnection *
find_connection (const char *uri)
{
  return lodge_connection_list_find (lodge_application_get_connections (application), uri);
}

static GtkWindow *
first_run (void)
{
  return GTK_WINDOW (main_window ());
}

/* The list's page, which a narrow window shows after a row was chosen */
static void
show_content (void)
{
  GObject *view = gtk_widget_get_template_child (GTK_WIDGET (main_window ()), LODGE_TYPE_WINDOW, "split_view");

  adw_navigation_split_view_set_show_content (ADW_NAVIGATION_SPLIT_VIEW (view), TRUE);
}

static GtkWindow *
all_machines (void)
{
  LodgeConnection *connection = find_connection (test_uri);

  if (connection == NULL)
    {
      connection = lodge_connection_list_add (lodge_application_get_connections (application), test_uri,
                                              "This Computer", NULL);
      lodge_connection_open_async (connection, NULL, NULL, NULL);
      lodge_window_select_connection (main_window (), NULL);
    }
  if (lodge_connection_get_state (connection) != LODGE_CONNECTION_CONNECTED
      || g_list_model_get_n_items (lodge_connection_get_domains (connection)) == 0)
    return NULL;
  show_content ();
  return GTK_WINDOW (main_window ());
}

static GtkWindow *
selected (void)
{
  LodgeMachineList *list = lodge_window_get_machine_list (main_window ());
  GtkSelectionModel *selection = lodge_machine_list_get_selection (list);

  show_content ();
  gtk_selection_model_select_range (selection, 2, 3, TRUE);
  return GTK_WINDOW (main_window ());
}

/* A saved filter in the sidebar, in force */
static GtkWindow *
filtered (void)
{
  LodgeMachineList *list = lodge_window_get_machine_list (main_window ());

  show_content ();
  gtk_selection_model_unselect_all (lodge_machine_list_get_selection (list));
  if (*lodge_machine_list_get_filter_text (list) == '\0')
    {
      GtkWidget *sidebar = lodge_test_get_child (main_window (), LODGE_TYPE_WINDOW, "sidebar");
      g_autoptr(GSettings) settings = g_settings_new (APPLICATION_ID);
      GVariant *filters = g_variant_new_parsed ("[('Production', 'tag:\"prod\"', 'running'),"
                                                " ('Nightly Builds', 'tag:\"ci\"', 'all')]");

      g_settings_set_value (settings, "saved-filters", filters);
      gtk_list_box_select_row (lodge_test_get_child (sidebar, LODGE_TYPE_SIDEBAR, "list"),
                               gtk_list_box_get_row_at_index (lodge_test_get_child (sidebar, LODGE_TYPE_SIDEBAR, "list"), 1));
    }
  return g_list_model_get_n_items (G_LIST_MODEL (lodge_machine_list_get_selection (list))) > 4
         ? GTK_WINDOW (main_window ()) : NULL;
}

/* All machines again */
static GtkWindow *
unfiltered (void)
{
  lodge_window_select_connection (main_window (), NULL);
  show_content ();
  return GTK_WINDOW (main_window ());
}

/* Check boxes, in the table and in the grid */
static GtkWindow *
select_in (const char *view)
{
  LodgeMachineList *list = lodge_window_get_machine_list (main_window ());
  GActionGroup *options = lodge_machine_list_get_options (list);

  unfiltered ();
  g_action_group_change_action_state (options, "view", g_variant_new_string (view));
  g_action_group_change_action_state (options, "select", g_variant_new_boolean (TRUE));
  gtk_selection_model_select_range (lodge_machine_list_get_selection (list), 2, 3, TRUE);
  return GTK_WINDOW (main_window ());
}

static GtkWindow *
select_list (void)
{
  return select_in ("list");
}

static GtkWindow *
select_grid (void)
{
  return select_in ("grid");
}

static GtkWindow *
edit_tags (void)
{
  LodgeMachineList *list = lodge_window_get_machine_list (main_window ());

  if (adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (main_window ())) == NULL)
    {
      gtk_selection_model_select_range (lodge_machine_list_get_selection (list), 4, 4, TRUE);
      gtk_widget_activate_action (GTK_WIDGET (list), "machine.edit-tags", NULL);
    }
  return GTK_WINDOW (main_window ());
}

static GtkWindow *
end_selecting (void)
{
  GActionGroup *options = lodge_machine_list_get_options (lodge_window_get_machine_list (main_window ()));

  g_action_group_change_action_state (options, "view", g_variant_new_string ("list"));
  g_action_group_activate_action (options, "clear-selection", NULL);
  return GTK_WINDOW (main_window ());
}

static GtkWindow *
grouped_by (const char *group)
{
  g_autoptr(GSettings) settings = g_settings_new (APPLICATION_ID);

  g_settings_set_string (settings, "group-by", group);
  return unfiltered ();
}

static GtkWindow *
by_folder (void)
{
  return grouped_by ("folder");
}

static GtkWindow *
by_tag (void)
{
  return grouped_by ("tag");
}

static GtkWindow *
ungrouped (void)
{
  return grouped_by ("none");
}

static GtkWindow *
failed (void)
{
  const char *uri = "qemu+tcp://127.0.0.1:1/system";
  LodgeConnection *connection = find_connection (uri);

  if (connection == NULL)
    {
      connection = lodge_connection_list_add (lodge_application_get_connections (application), uri, "borealis", NULL);
      lodge_connection_open_async (connection, NULL, NULL, NULL);
      lodge_window_select_connection (main_window (), connection);
    }
  return lodge_connection_get_state (connection) == LODGE_CONNECTION_FAILED ? GTK_WINDOW (main_window ()) : NULL;
}

static GtkWindow *
add_connection (void)
{
  if (adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (main_window ())) == NULL)
    gtk_widget_activate_action (GTK_WIDGET (main_window ()), "win.add-connection", NULL);
  return GTK_WINDOW (main_window ());
}

/* Add Connection, filled in as a person would */
static GtkWindow *
fill_connection (guint       location,
                 const char *address,
                 gboolean    advanced)
{
  AdwApplicationWindow *window = ADW_APPLICATION_WINDOW (main_window ());
  AdwDialog *dialog = adw_application_window_get_visible_dialog (window);

  if (dialog == NULL)
    {
      gtk_widget_activate_action (GTK_WIDGET (window), "win.add-connection", NULL);
      dialog = adw_application_window_get_visible_dialog (window);
      adw_combo_row_set_selected (lodge_test_find_child (dialog, "location_row"), location);
      gtk_editable_set_text (lodge_test_find_child (dialog, "address_row"), address);
      gtk_editable_set_text (lodge_test_find_child (dialog, "user_row"), "anna");
      adw_expander_row_set_expanded (lodge_test_find_child (dialog, "advanced_row"),
                                     advanced);
    }
  return GTK_WINDOW (window);
}

static GtkWindow *
add_ssh (void)
{
  return fill_connection (LODGE_LOCATION_SSH, "cirrus.example.org", FALSE);
}

static GtkWindow *
add_ssh_advanced (void)
{
  return fill_connection (LODGE_LOCATION_SSH, "cirrus.example.org", TRUE);
}

static GtkWindow *
add_tls (void)
{
  return fill_connection (LODGE_LOCATION_TLS, "cirrus.example.org", FALSE);
}

static GtkWindow *
add_tcp (void)
{
  return fill_connection (LODGE_LOCATION_TCP, "10.20.0.5", FALSE);
}

/* The result of a test, on a host that answers */
static GtkWindow *
add_tested (void)
{
  AdwApplicationWindow *window = ADW_APPLICATION_WINDOW (main_window ());
  AdwDialog *dialog = adw_application_window_get_visible_dialog (window);
  GtkButton *button;

  if (dialog == NULL)
    {
      gtk_widget_activate_action (GTK_WIDGET (window), "win.add-connection", NULL);
      dialog = adw_application_window_get_visible_dialog (window);
      adw_combo_row_set_selected (lodge_test_find_child (dialog, "hypervisor_row"), 9);
      g_signal_emit_by_name (lodge_test_find_child (dialog, "test_button"), "clicked");
    }
  button = lodge_test_find_child (dialog, "test_button");
  return g_str_equal (gtk_button_get_label (button), "Test Again") ? GTK_WINDOW (window) : NULL;
}

/* A question of SSH */
static GtkWindow *
ask (LodgeCredentialPurpose purpose)
{
  AdwApplicationWindow *window = ADW_APPLICATION_WINDOW (main_window ());
  g_autoptr(LodgeConnection) connection = NULL;
  g_autoptr(LodgeCredentialRequest) request = NULL;

  if (adw_application_window_get_visible_dialog (window) != NULL)
    return GTK_WINDOW (window);
  connection = lodge_connection_new ("qemu+ssh://anna@cirrus.example.org/system", "cirrus");
  switch (purpose)
    {
    case LODGE_CREDENTIALS_HOST_KEY:
      request = lodge_credential_request_new_for (purpose, "cirrus.example.org (192.0.2.7)",
                                                  "This key is not known by any other names.");
      break;
    case LODGE_CREDENTIALS_NOTICE:
      request = lodge_credential_request_new_for (purpose, NULL, "Confirm user presence for key ED25519-SK "
                                                  "SHA256:1kq0dVZxnGyzC1Yp2yL0XnNnKxjFvHq5YvXw1S7cTqA");
      break;
    case LODGE_CREDENTIALS_LOGIN:
      request = lodge_credential_request_new_for (purpose, "anna@cirrus.example.org", NULL);
      lodge_credential_request_add (request, LODGE_CREDENTIAL_PASSWORD, "Password", NULL);
      lodge_credential_request_set_can_remember (request, TRUE);
      break;
    case LODGE_CREDENTIALS_CHANGED_HOST_KEY:
    case LODGE_CREDENTIALS_CONFIRM:
    default:
      request = lodge_credential_request_new_for (purpose, "cirrus.example.org", NULL);
    }
  lodge_credential_request_set_key (request, "ED25519", "SHA256:1kq0dVZxnGyzC1Yp2yL0XnNnKxjFvHq5YvXw1S7cTqA",
                                    "/home/anna/.ssh/known_hosts", 42);
  lodge_credential_dialog_present (GTK_WIDGET (window), connection, request);
  return GTK_WINDOW (window);
}

static GtkWindow *
ask_host_key (void)
{
  return ask (LODGE_CREDENTIALS_HOST_KEY);
}

static GtkWindow *
ask_changed_key (void)
{
  return ask (LODGE_CREDENTIALS_CHANGED_HOST_KEY);
}

static GtkWindow *
ask_password (void)
{
  return ask (LODGE_CREDENTIALS_LOGIN);
}

static GtkWindow *
ask_touch (void)
{
  return ask (LODGE_CREDENTIALS_NOTICE);
}

static GtkWindow *
set_up_key (void)
{
  AdwApplicationWindow *window = ADW_APPLICATION_WINDOW (main_window ());
  g_autoptr(LodgeConnection) connection = NULL;

  if (adw_application_window_get_visible_dialog (window) == NULL)
    {
      connection = lodge_connection_new ("qemu+ssh://anna@cirrus.example.org/system", "cirrus");
      adw_dialog_present (lodge_key_dialog_new (connection), GTK_WIDGET (window));
    }
  return GTK_WINDOW (window);
}

static GtkWindow *
preferences (void)
{
  if (adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (main_window ())) == NULL)
    g_action_group_activate_action (G_ACTION_GROUP (application), "preferences", NULL);
  return GTK_WINDOW (main_window ());
}

static GtkWindow *
preferences_keyboard (void)
{
  GtkWindow *window = preferences ();
  AdwDialog *dialog = adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window));
  g_autoptr(GSettings) settings = g_settings_new (APPLICATION_ID);

  g_settings_set_value (settings, "own-key-combinations", g_variant_new_parsed ("[@au [29, 56, 20], [125, 38]]"));
  adw_preferences_dialog_set_visible_page (ADW_PREFERENCES_DIALOG (dialog),
                                           lodge_test_find_descendant (dialog, LODGE_TYPE_KEYBOARD_PAGE, NULL));
  return window;
}

static GtkWindow *
key_capture (void)
{
  AdwApplicationWindow *window = ADW_APPLICATION_WINDOW (main_window ());

  if (adw_application_window_get_visible_dialog (window) == NULL)
    adw_dialog_present (lodge_key_capture_dialog_new ("Combination to Send"), GTK_WIDGET (window));
  return GTK_WINDOW (window);
}

static GtkWindow *
shortcuts (void)
{
  if (adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (main_window ())) == NULL)
    g_action_group_activate_action (G_ACTION_GROUP (application), "shortcuts", NULL);
  return GTK_WINDOW (main_window ());
}

static char *disc_path;

/* The button of a page of the wizard */
static void
press (AdwDialog  *dialog,
       const char *tag,
       const char *name,
       const char *signal)
{
  g_signal_emit_by_name (lodge_test_get_page_child (dialog, tag, name), signal);
}

/* The page of the wizard with this tag, gone to as a person goes, on the test driver */
static GtkWindow *
new_machine (const char *tag)
{
  AdwApplicationWindow *window = ADW_APPLICATION_WINDOW (main_window ());
  AdwDialog *dialog = adw_application_window_get_visible_dialog (window);
  const char *shown;

  if (dialog == NULL)
    {
      g_action_group_activate_action (G_ACTION_GROUP (application), "new-machine", g_variant_new_string (test_uri));
      return NULL;
    }
  shown = lodge_test_get_shown_page (dialog);
  if (!gtk_widget_get_sensitive (lodge_test_get_page_child (dialog, "source", "disc_row")))
    return NULL;
  if (g_str_equal (tag, "media") && g_str_equal (shown, "media")
      && !gtk_widget_get_sensitive (lodge_test_get_page_child (dialog, "media", "next")))
    return NULL;
  if (g_strcmp0 (shown, tag) == 0)
    return GTK_WINDOW (window);
  if (g_str_equal (shown, "source"))
    {
      press (dialog, "source", "disc_row", "activated");
      gtk_editable_set_text (lodge_test_get_page_child (dialog, "media", "path_row"), disc_path);
    }
  else if (g_str_equal (shown, "media"))
    {
      if (gtk_widget_get_sensitive (lodge_test_get_page_child (dialog, "media", "next")))
        press (dialog, "media", "next", "clicked");
    }
  else if (g_str_equal (shown, "system"))
    press (dialog, "system", "next", "clicked");
  else
    press (dialog, "resources", "next", "clicked");
  return NULL;
}

static GtkWindow *
new_media (void)
{
  return new_machine ("media");
}

static GtkWindow *
new_source (void)
{
  return new_machine ("source");
}

static GtkWindow *
new_system (void)
{
  return new_machine ("system");
}

static GtkWindow *
new_resources (void)
{
  return new_machine ("resources");
}

static GtkWindow *
new_review (void)
{
  return new_machine ("review");
}

static GtkWindow *
new_customize (void)
{
  GtkWindow *window = GTK_WINDOW (main_window ());
  AdwDialog *dialog = adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window));
  GtkWidget *row;

  if (dialog != NULL && g_strcmp0 (lodge_test_get_shown_page (dialog), "customize") == 0)
    return window;
  if (new_machine ("review") == NULL)
    return NULL;
  row = lodge_test_get_page_child (dialog, "review", "customize_row");
  if (gtk_widget_get_sensitive (row))
    g_signal_emit_by_name (row, "activated");
  return NULL;
}

static GtkWindow *
delete_machine (void)
{
  AdwApplicationWindow *window = ADW_APPLICATION_WINDOW (main_window ());
  LodgeDomain *domain = lodge_connection_find_domain (find_connection (test_uri), "web-01");

  if (adw_application_window_get_visible_dialog (window) == NULL)
    g_action_group_activate_action (G_ACTION_GROUP (application), "delete-machines",
                                    g_variant_new_parsed ("[(%s, %s)]", test_uri, lodge_domain_get_uuid (domain)));
  return GTK_WINDOW (window);
}

static GtkWindow *
machine_off (void)
{
  LodgeConnection *connection = find_connection (test_uri);
  LodgeDomain *domain = lodge_connection_find_domain (connection, "rocky-10");
  GtkWindow *window = find_window (LODGE_TYPE_MACHINE_WINDOW);

  if (window == NULL)
    g_action_group_activate_action (G_ACTION_GROUP (application), "open-machine",
                                    g_variant_new ("(ss)", lodge_connection_get_uri (connection),
                                                   lodge_domain_get_uuid (domain)));
  return window;
}

/* The Hardware view of the machine that has most */
static LodgeHardwareView *
get_hardware (GtkWindow **window)
{
  LodgeConnection *connection = find_connection (test_uri);
  LodgeDomain *domain = connection != NULL ? lodge_connection_find_domain (connection, "workstation") : NULL;
  LodgeMachineWindow *machine = LODGE_MACHINE_WINDOW (find_window (LODGE_TYPE_MACHINE_WINDOW));
  AdwViewStack *views;

  all_machines ();
  if (domain == NULL)
    return NULL;
  if (machine == NULL || !lodge_machine_window_show_domain (machine, domain))
    {
      g_action_group_activate_action (G_ACTION_GROUP (application), "open-machine",
                                      g_variant_new ("(ss)", test_uri, lodge_domain_get_uuid (domain)));
      return NULL;
    }
  views = lodge_machine_page_get_views (lodge_machine_window_get_page (machine));
  adw_view_stack_set_visible_child_name (views, "hardware");
  *window = GTK_WINDOW (machine);
  return LODGE_HARDWARE_VIEW (adw_view_stack_get_visible_child (views));
}

static GtkWindow *
hardware (const char *id,
          gboolean    content)
{
  GtkWindow *window = NULL;
  LodgeHardwareView *view = get_hardware (&window);

  if (view == NULL || !lodge_hardware_view_show (view, id))
    return NULL;
  adw_navigation_split_view_set_show_content (
    ADW_NAVIGATION_SPLIT_VIEW (gtk_widget_get_template_child (GTK_WIDGET (view), LODGE_TYPE_HARDWARE_VIEW, "split_view")),
    content);
  return window;
}

static GtkWindow *
hardware_disk (void)
{
  return hardware ("disk|vda", TRUE);
}

static GtkWindow *
hardware_list (void)
{
  return hardware ("disk|vda", FALSE);
}

static GtkWindow *
hardware_xml (void)
{
  GtkWindow *window = hardware ("disk|vda", TRUE);
  GtkWidget *view, *xml;
  GtkTextBuffer *buffer;
  GtkTextIter start, match, end;

  if (window == NULL)
    return NULL;
  view = GTK_WIDGET (get_hardware (&window));
  adw_toggle_group_set_active_name (
    ADW_TOGGLE_GROUP (gtk_widget_get_template_child (view, LODGE_TYPE_HARDWARE_VIEW, "form_toggles")), "xml");
  xml = GTK_WIDGET (gtk_widget_get_template_child (view, LODGE_TYPE_HARDWARE_VIEW, "xml_view"));
  buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (lodge_xml_view_get_source_view (LODGE_XML_VIEW (xml))));
  gtk_text_buffer_get_start_iter (buffer, &start);
  if (gtk_text_iter_forward_search (&start, "bus='virtio'", 0, &match, &end, NULL))
    {
      gtk_text_buffer_delete (buffer, &match, &end);
      gtk_text_buffer_insert (buffer, &match, "bus='virtoi'", -1);
    }
  return lodge_xml_view_get_n_issues (LODGE_XML_VIEW (xml)) > 0 ? window : NULL;
}

/* The dialog over the machine's window, opened once */
static GtkWindow *
hardware_add (void)
{
  GtkWindow *window = NULL;
  LodgeHardwareView *view = get_hardware (&window);

  if (view == NULL)
    return NULL;
  if (adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window)) == NULL)
    {
      gtk_widget_activate_action (GTK_WIDGET (view), "hardware.discard", NULL);
      lodge_hardware_view_add_hardware (view);
      return NULL;
    }
  return window;
}

static GtkWindow *
activity (void)
{
  GtkWindow *window = find_window (LODGE_TYPE_MACHINE_WINDOW);
  AdwDialog *dialog;

  if (window == NULL && get_hardware (&window) == NULL)
    return NULL;
  dialog = adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window));
  if (dialog != NULL)
    adw_dialog_force_close (dialog);
  adw_view_stack_set_visible_child_name (
    lodge_machine_page_get_views (lodge_machine_window_get_page (LODGE_MACHINE_WINDOW (window))), "activity");
  return window;
}

static GtkWindow *
hardware_overview (void)
{
  return hardware ("overview", TRUE);
}

static guint n_taken;

static void
taken_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  n_taken += lodge_domain_take_snapshot_finish (LODGE_DOMAIN (object), result, NULL);
}

static GtkWindow *
machine_snapshots (void)
{
  static const struct { const char *name, *description; } snapshots[] = {
    { "Fresh install", "As the installer left it." },
    { "Development tools", "Compilers and the debugger." },
    { "Before the upgrade", "Mail and VPN work." },
  };
  GtkWindow *window = machine_off ();
  static guint n_asked;
  static gboolean shown;
  LodgeDomain *domain;

  if (window == NULL)
    return NULL;
  domain = lodge_machine_page_get_domain (lodge_machine_window_get_page (LODGE_MACHINE_WINDOW (window)));
  if (n_asked == n_taken && n_asked < G_N_ELEMENTS (snapshots))
    {
      lodge_domain_take_snapshot_async (domain, snapshots[n_asked].name, snapshots[n_asked].description, FALSE, NULL,
                                        taken_cb, NULL);
      n_asked++;
    }
  if (n_taken < G_N_ELEMENTS (snapshots))
    return NULL;
  if (!shown)
    gtk_widget_activate_action (GTK_WIDGET (window), "machinewin.show-view", "s", "snapshots");
  shown = TRUE;
  return window;
}

/* The console again, for the pictures that follow */
static GtkWindow *
machine_console (void)
{
  GtkWindow *window = machine_off ();

  if (window != NULL)
    gtk_widget_activate_action (GTK_WIDGET (window), "machinewin.show-view", "s", "console");
  return window;
}

static gboolean booted;

static gboolean
booted_cb (gpointer user_data)
{
  booted = TRUE;
  return G_SOURCE_REMOVE;
}

static GtkWindow *
machine_display (void)
{
  LodgeConnection *connection;
  LodgeDomain *domain;
  LodgeMachineWindow *window = LODGE_MACHINE_WINDOW (find_window (LODGE_TYPE_MACHINE_WINDOW));
  LodgeMachinePage *page;

  if (machine_uri == NULL || window == NULL)
    return NULL;
  connection = find_connection (machine_uri);
  if (connection == NULL)
    {
      connection = lodge_connection_list_add (lodge_application_get_connections (application), machine_uri, NULL, NULL);
      lodge_connection_open_async (connection, NULL, NULL, NULL);
    }
  domain = lodge_connection_find_domain (connection, machine_name);
  if (domain == NULL)
    return NULL;
  if (!lodge_machine_window_show_domain (window, domain))
    {
      lodge_machine_window_add (window, domain);
      g_timeout_add_seconds (12, booted_cb, NULL);
    }
  page = lodge_machine_window_get_page (window);
  if (g_strcmp0 (lodge_console_view_get_shown (lodge_machine_page_get_console (page)), "display") != 0)
    return NULL;
  /* The guest boots; its picture is of interest once it has a prompt, when the text mode is the kernel's */
  return booted ? GTK_WINDOW (window) : NULL;
}

static GtkWidget *
find_terminal (GtkWidget *widget)
{
  GtkWidget *found = VTE_IS_TERMINAL (widget) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_terminal (child);
  return found;
}

/* The bar, as when the pointer rests at the top edge */
static GtkWindow *
full_screen_bar (void)
{
  LodgeMachineWindow *window = LODGE_MACHINE_WINDOW (machine_display ());
  GtkRevealer *bar;

  if (window == NULL)
    return NULL;
  bar = GTK_REVEALER (gtk_widget_get_template_child (GTK_WIDGET (window), LODGE_TYPE_MACHINE_WINDOW, "bar_revealer"));
  adw_toolbar_view_set_reveal_top_bars (ADW_TOOLBAR_VIEW (gtk_widget_get_template_child (GTK_WIDGET (window),
                                                                                         LODGE_TYPE_MACHINE_WINDOW,
                                                                                         "toolbar_view")), FALSE);
  gtk_revealer_set_reveal_child (bar, TRUE);
  return GTK_WINDOW (window);
}

static gboolean said;

static gboolean
said_cb (gpointer user_data)
{
  said = TRUE;
  return G_SOURCE_REMOVE;
}

static GtkWindow *
machine_text (void)
{
  LodgeMachineWindow *window = LODGE_MACHINE_WINDOW (find_window (LODGE_TYPE_MACHINE_WINDOW));
  LodgeConsoleView *console;

  if (window == NULL)
    return NULL;
  gtk_revealer_set_reveal_child (GTK_REVEALER (gtk_widget_get_template_child (GTK_WIDGET (window),
                                                                              LODGE_TYPE_MACHINE_WINDOW,
                                                                              "bar_revealer")), FALSE);
  adw_toolbar_view_set_reveal_top_bars (ADW_TOOLBAR_VIEW (gtk_widget_get_template_child (GTK_WIDGET (window),
                                                                                         LODGE_TYPE_MACHINE_WINDOW,
                                                                                         "toolbar_view")), TRUE);
  console = lodge_machine_page_get_console (lodge_machine_window_get_page (window));
  if (g_strcmp0 (lodge_console_view_get_label (console), "Serial 1") != 0)
    {
      lodge_console_view_prefer (console, "Serial 1");
      return NULL;
    }
  if (g_strcmp0 (lodge_console_view_get_shown (console), "text") != 0)
    return NULL;
  if (!said)
    {
      LodgeTextConsole *text = LODGE_TEXT_CONSOLE (gtk_widget_get_template_child (GTK_WIDGET (console),
                                                                                  LODGE_TYPE_CONSOLE_VIEW,
                                                                                  "text_console"));
      static gboolean asked;

      if (!asked)
        {
          g_signal_emit_by_name (find_terminal (GTK_WIDGET (text)), "commit", "\nuname -a; ls /\n", 18u);
          g_timeout_add_seconds (2, said_cb, NULL);
        }
      asked = TRUE;
      return NULL;
    }
  return GTK_WINDOW (window);
}

static GtkWindow *
machine_paused (void)
{
  LodgeMachineWindow *window = LODGE_MACHINE_WINDOW (find_window (LODGE_TYPE_MACHINE_WINDOW));
  LodgeMachinePage *page = window != NULL ? lodge_machine_window_get_page (window) : NULL;
  LodgeConsoleView *console = page != NULL ? lodge_machine_page_get_console (page) : NULL;

  if (page == NULL)
    return NULL;
  if (g_strcmp0 (lodge_console_view_get_label (console), "Display 1") != 0)
    lodge_console_view_prefer (console, "Display 1");
  if (g_strcmp0 (lodge_console_view_get_shown (console), "display") != 0)
    return NULL;
  gtk_widget_activate_action (GTK_WIDGET (window), "machine.pause", NULL);
  return lodge_domain_get_state (lodge_machine_page_get_domain (page)) == LODGE_DOMAIN_STATE_PAUSED
         ? GTK_WINDOW (window) : NULL;
}

static GtkWindow *
machine_sharing (void)
{
  GtkWindow *window = machine_display ();

  if (window == NULL)
    return NULL;
  if (adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window)) == NULL)
    {
      gtk_widget_activate_action (GTK_WIDGET (window), "console.sharing", NULL);
      return NULL;
    }
  return window;
}

/* Each is tried until it says which window is ready */
static const struct
{
  const char *name;
  int         width;
  int         height;
  gboolean    dark;
  gboolean    needs_machine;
  GtkWindow *(*prepare) (void);
} shots[] = {
  { "first-run", 1100, 760, FALSE, FALSE, first_run },
  { "machines", 1200, 760, FALSE, FALSE, all_machines },
  { "machines-dark", 1200, 760, TRUE, FALSE, all_machines },
  { "machines-medium", 820, 600, FALSE, FALSE, all_machines },
  { "machines-selected", 1200, 760, FALSE, FALSE, selected },
  { "machines-narrow", 360, 640, FALSE, FALSE, selected },
  { "machines-narrow-dark", 360, 640, TRUE, FALSE, all_machines },
  { "machines-filtered", 1200, 760, FALSE, FALSE, filtered },
  { "machines-filtered-dark", 1000, 600, TRUE, FALSE, filtered },
  { "machines-filtered-narrow", 360, 640, FALSE, FALSE, filtered },
  { "machines-by-folder", 1200, 760, FALSE, FALSE, by_folder },
  { "machines-by-folder-narrow", 360, 640, TRUE, FALSE, by_folder },
  { "machines-by-tag", 1200, 760, TRUE, FALSE, by_tag },
  { "machines-ungrouped", 1000, 760, FALSE, FALSE, ungrouped },
  { "machines-select", 1200, 760, FALSE, FALSE, select_list },
  { "machines-select-narrow", 360, 640, FALSE, FALSE, select_list },
  { "machines-select-grid", 1200, 760, TRUE, FALSE, select_grid },
  { "machines-tags", 1200, 760, FALSE, FALSE, edit_tags },
  { "machines-tags-narrow", 360, 640, TRUE, FALSE, edit_tags },
  { "machines-selected-none", 1100, 760, FALSE, FALSE, end_selecting },
  { "failed", 1100, 760, FALSE, FALSE, failed },
  { "failed-narrow", 360, 640, TRUE, FALSE, failed },
  { "add-connection", 1100, 900, FALSE, FALSE, add_connection },
  { "add-connection-narrow", 360, 640, TRUE, FALSE, add_connection },
  { "add-ssh", 1144, 864, FALSE, FALSE, add_ssh },
  { "add-ssh-dark", 1144, 864, TRUE, FALSE, add_ssh },
  { "add-ssh-advanced", 1100, 1300, FALSE, FALSE, add_ssh_advanced },
  { "add-ssh-narrow", 360, 900, FALSE, FALSE, add_ssh_advanced },
  { "add-tls", 1100, 900, FALSE, FALSE, add_tls },
  { "add-tls-narrow", 360, 900, TRUE, FALSE, add_tls },
  { "add-tcp", 1100, 900, TRUE, FALSE, add_tcp },
  { "add-tested", 1100, 900, FALSE, FALSE, add_tested },
  { "ask-host-key", 1100, 760, FALSE, FALSE, ask_host_key },
  { "ask-host-key-narrow", 360, 640, TRUE, FALSE, ask_host_key },
  { "ask-changed-key", 1100, 760, TRUE, FALSE, ask_changed_key },
  { "ask-changed-key-narrow", 360, 640, FALSE, FALSE, ask_changed_key },
  { "ask-password", 1100, 760, FALSE, FALSE, ask_password },
  { "ask-password-narrow", 360, 640, TRUE, FALSE, ask_password },
  { "ask-touch", 1100, 760, FALSE, FALSE, ask_touch },
  { "set-up-key", 1100, 760, FALSE, FALSE, set_up_key },
  { "set-up-key-narrow", 360, 640, TRUE, FALSE, set_up_key },
  { "preferences", 1100, 900, FALSE, FALSE, preferences },
  { "preferences-keyboard", 1100, 900, FALSE, FALSE, preferences_keyboard },
  { "preferences-keyboard-narrow", 360, 640, TRUE, FALSE, preferences_keyboard },
  { "key-capture", 1100, 760, TRUE, FALSE, key_capture },
  { "shortcuts", 1100, 900, TRUE, FALSE, shortcuts },
  { "new-source", 1100, 900, FALSE, FALSE, new_source },
  { "new-media", 1100, 900, FALSE, FALSE, new_media },
  { "new-system", 1100, 900, TRUE, FALSE, new_system },
  { "new-resources", 1100, 900, FALSE, FALSE, new_resources },
  { "new-resources-narrow", 360, 640, TRUE, FALSE, new_resources },
  { "new-review", 1100, 900, FALSE, FALSE, new_review },
  { "new-review-narrow", 360, 640, FALSE, FALSE, new_review },
  { "new-customize", 1180, 900, FALSE, FALSE, new_customize },
  { "new-customize-narrow", 360, 640, TRUE, FALSE, new_customize },
  { "delete", 1100, 760, FALSE, FALSE, delete_machine },
  { "machine-off", 1100, 720, FALSE, FALSE, machine_off },
  { "machine-off-narrow", 360, 640, TRUE, FALSE, machine_console },
  { "machine-snapshots", 1100, 720, FALSE, FALSE, machine_snapshots },
  { "machine-snapshots-narrow", 360, 640, TRUE, FALSE, machine_snapshots },
  { "machine-off-dark", 1100, 720, TRUE, FALSE, machine_console },
  { "hardware-overview", 1180, 860, TRUE, FALSE, hardware_overview },
  { "hardware-disk", 1180, 860, FALSE, FALSE, hardware_disk },
  { "hardware-disk-narrow", 360, 640, FALSE, FALSE, hardware_disk },
  { "hardware-list-narrow", 360, 640, TRUE, FALSE, hardware_list },
  { "hardware-xml", 1100, 760, FALSE, FALSE, hardware_xml },
  { "hardware-add", 1100, 800, FALSE, FALSE, hardware_add },
  { "activity", 1100, 760, FALSE, FALSE, activity },
  { "activity-narrow", 360, 640, TRUE, FALSE, activity },
  { "machine-display", 1100, 720, FALSE, TRUE, machine_display },
  { "machine-display-medium", 820, 600, FALSE, TRUE, machine_display },
  { "machine-display-narrow", 360, 640, TRUE, TRUE, machine_display },
  { "machine-full-screen-bar", 1100, 720, FALSE, TRUE, full_screen_bar },
  { "machine-text", 1100, 720, FALSE, TRUE, machine_text },
  { "machine-paused", 1100, 720, TRUE, TRUE, machine_paused },
  { "machine-sharing", 1100, 860, FALSE, TRUE, machine_sharing },
  { "machine-sharing-dark", 1100, 860, TRUE, TRUE, machine_sharing },
  { "machine-sharing-narrow", 360, 700, FALSE, TRUE, machine_sharing },
};

static gboolean
is_wanted (const char *name)
{
  const char *pattern = g_getenv ("LODGE_SHOTS");

  return pattern == NULL || g_pattern_match_simple (pattern, name);
}

static gboolean
save (GtkWindow  *window,
      const char *name)
{
  g_autoptr(GdkPaintable) paintable = gtk_widget_paintable_new (GTK_WIDGET (window));
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  const int width = gdk_paintable_get_intrinsic_width (paintable);
  const int height = gdk_paintable_get_intrinsic_height (paintable);
  g_autoptr(GskRenderNode) node = NULL;
  g_autoptr(GdkTexture) texture = NULL;
  g_autofree char *file_name = g_strconcat (name, ".png", NULL);
  g_autofree char *path = g_build_filename (folder, file_name, NULL);

  gdk_paintable_snapshot (paintable, snapshot, width, height);
  node = gtk_snapshot_free_to_node (snapshot);
  if (node == NULL)
    {
      g_printerr ("%s: nothing is drawn, %dx%d\n", name, width, height);
      return FALSE;
    }
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (window)), node,
                                         &GRAPHENE_RECT_INIT (0, 0, width, height));
  g_printerr ("%s %dx%d\n", path, width, height);
  return gdk_texture_save_to_png (texture, path);
}

static gboolean
step_cb (gpointer user_data)
{
  static guint current, polls, settled;
  static int last_width;
  GtkWindow *window;

  if (current >= G_N_ELEMENTS (shots) || (shots[current].needs_machine && machine_uri == NULL))
    {
      g_application_quit (G_APPLICATION (application));
      return G_SOURCE_REMOVE;
    }
  if (polls == 0 && main_window () != NULL)
    {
      AdwDialog *dialog = adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (main_window ()));

      adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                          shots[current].dark ? ADW_COLOR_SCHEME_FORCE_DARK
                                                              : ADW_COLOR_SCHEME_FORCE_LIGHT);
      if (dialog != NULL)
        {
          adw_dialog_close (dialog);
          return G_SOURCE_CONTINUE;
        }
    }

  window = shots[current].prepare ();
  if (++polls > PATIENCE)
    {
      g_printerr ("%s: not ready, %d pixels wide\n", shots[current].name,
                  window != NULL ? gtk_widget_get_width (GTK_WIDGET (window)) : -1);
      status = 1;
    }
  else if (window == NULL)
    return G_SOURCE_CONTINUE;
  else
    {
      const int width = gtk_widget_get_width (GTK_WIDGET (window));

      if (settled == 0)
        gtk_window_set_default_size (window, shots[current].width, shots[current].height);
      else if (width != last_width)
        settled = 1;
      last_width = width;
      if (++settled < SETTLE)
        return G_SOURCE_CONTINUE;
      if (is_wanted (shots[current].name) && !save (window, shots[current].name))
        status = 1;
    }
  current++;
  polls = settled = 0;
  return G_SOURCE_CONTINUE;
}

static void
activated_cb (void)
{
  static gboolean started;
  const char *scale = g_getenv ("LODGE_SHOTS_TEXT_SCALE");

  /* A picture shows how things are, not how they become; and a dialog that is still closing
   * does not stand a change of its form */
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  if (scale != NULL)
    g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", (int) (96 * 1024 * g_ascii_strtod (scale, NULL)), NULL);
  if (!started)
    g_timeout_add (POLL_MS, step_cb, NULL);
  started = TRUE;
}

/* One with all that an ordinary machine has, for the pictures of its hardware */
static const char rich_machine[] =
  "<domain type='test' xmlns:test='http://libvirt.org/schemas/domain/test/1.0'><name>workstation</name>"
  "<title>Workstation</title><memory unit='GiB'>8</memory><vcpu>4</vcpu><os><type arch='x86_64' machine='q35'>hvm</type></os>"
  "<features><acpi/></features><test:runstate>1</test:runstate><devices>"
  "<disk type='file' device='disk'><driver name='qemu' type='qcow2' discard='unmap'/>"
  "<source file='/var/lib/libvirt/images/workstation.qcow2'/><target dev='vda' bus='virtio'/><serial>WRK-0001</serial></disk>"
  "<disk type='file' device='cdrom'><target dev='sda' bus='sata'/><readonly/></disk>"
  "<interface type='network'><mac address='52:54:00:1c:9a:02'/><source network='default'/><model type='virtio'/></interface>"
  "<graphics type='spice' autoport='yes'/><video><model type='virtio'/></video><sound model='ich9'/>"
  "<input type='tablet' bus='usb'/><serial type='pty'/>"
  "<channel type='unix'><target type='virtio' name='org.qemu.guest_agent.0'/></channel>"
  "<filesystem type='mount'><source dir='/home/anna/Projects'/><target dir='Projects'/></filesystem>"
  "<tpm model='tpm-crb'><backend type='emulator' version='2.0'/></tpm></devices></domain>\n";

/* A host of the test driver with machines in several states */
static char *
write_test_host (const char *path)
{
  static const struct { const char *name; gboolean runs; int memory; const char *folder, *tag, *tag2; } machines[] = {
    { "build-debian", TRUE, 4, "Build", "ci", NULL }, { "ci-runner-1", TRUE, 8, "Build", "ci", NULL },
    { "ci-runner-2", TRUE, 8, "Build", "ci", NULL }, { "ci-runner-3", FALSE, 8, "Build/Spare", "ci", NULL },
    { "db-01", TRUE, 16, "Customers/Blue", "prod", "db" }, { "db-02", TRUE, 16, "Customers/Blue", "prod", "db" },
    { "dc-01", TRUE, 8, "Office", "prod", NULL }, { "debian-13-template", FALSE, 2, NULL, "template", NULL },
    { "fedora-dev", TRUE, 8, NULL, "desk", NULL }, { "files", FALSE, 8, "Office", "prod", NULL },
    { "freebsd-gateway", TRUE, 2, "Office", "prod", "net" }, { "gitlab", TRUE, 16, "Build", "prod", NULL },
    { "gnome-os-nightly", FALSE, 4, NULL, "desk", NULL }, { "k3s-a", TRUE, 8, "Customers/Red", "k3s", NULL },
    { "k3s-b", TRUE, 8, "Customers/Red", "k3s", NULL }, { "monitoring", TRUE, 4, "Office", "prod", NULL },
    { "opensuse-test", TRUE, 4, NULL, "desk", NULL }, { "rocky-10", FALSE, 4, NULL, NULL, NULL },
    { "web-01", TRUE, 4, "Customers/Blue", "prod", "web" }, { "web-02", TRUE, 4, "Customers/Blue", "prod", "web" },
  };
  g_autoptr(GString) xml = g_string_new ("<node>\n");

  for (guint i = 0; i < G_N_ELEMENTS (machines); i++)
    {
      const struct { const char *name, *value; } facts[] = {
        { "folder", machines[i].folder }, { "tag", machines[i].tag }, { "tag", machines[i].tag2 },
      };
      g_autoptr(GString) metadata = g_string_new ("<metadata><lodge:machine xmlns:lodge='" LODGE_METADATA_NAMESPACE "'>");

      for (guint k = 0; k < G_N_ELEMENTS (facts); k++)
        {
          if (facts[k].value != NULL)
            g_string_append_printf (metadata, "<lodge:%s>%s</lodge:%s>", facts[k].name, facts[k].value, facts[k].name);
        }
      g_string_append (metadata, "</lodge:machine></metadata>");
      g_string_append_printf (xml,
                              "<domain type='test' xmlns:test='http://libvirt.org/schemas/domain/test/1.0'>"
                              "<name>%s</name>%s<memory unit='GiB'>%d</memory><vcpu>2</vcpu><os><type>hvm</type></os>"
                              "<test:runstate>%d</test:runstate></domain>\n",
                              machines[i].name, metadata->str, machines[i].memory, machines[i].runs ? 1 : 5);
    }
  g_string_append (xml, rich_machine);
  g_string_append (xml, "</node>\n");
  if (!g_file_set_contents (path, xml->str, -1, NULL))
    return NULL;
  return g_strdup_printf ("test://%s", path);
}

/* A disc that libosinfo knows, with nothing on it */
static char *
write_disc (const char *dir)
{
  g_autofree char *path = g_build_filename (dir, "Fedora-Server-dvd-x86_64-41-1.4.iso", NULL);
  g_autofree char *boot = g_build_filename (dir, "boot", NULL);
  const char *argv[] = {
    "xorriso", "-as", "mkisofs", "-quiet", "-V", "Fedora-S-dvd-x86_64-41", "-sysid", "LINUX", "-b", "boot",
    "-no-emul-boot", "-boot-load-size", "4", "-o", path, boot, NULL,
  };

  g_file_set_contents (boot, "boot", 4, NULL);
  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL, NULL);
  return g_steal_pointer (&path);
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *dir = g_dir_make_tmp ("lodge-shots-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (dir, "host.xml", NULL);
  char *arguments[] = { argv[0], NULL };

  if (argc != 2 && argc != 4)
    {
      g_printerr ("usage: lodge-shots FOLDER [URI MACHINE]\n");
      return 2;
    }
  folder = argv[1];
  if (argc == 4)
    {
      machine_uri = argv[2];
      machine_name = argv[3];
    }
  g_mkdir_with_parents (folder, 0755);
  test_uri = write_test_host (path);
  disc_path = write_disc (dir);

  setlocale (LC_ALL, "");
  g_setenv ("GSETTINGS_BACKEND", "memory", TRUE);
  application = lodge_application_new (APPLICATION_ID ".Shots", G_APPLICATION_NON_UNIQUE);
  g_signal_connect (application, "window-added", activated_cb, NULL);
  status |= g_application_run (G_APPLICATION (application), 1, arguments);
  g_object_unref (application);

  g_unlink (path);
  g_rmdir (dir);
  g_free (test_uri);
  return status;
}
