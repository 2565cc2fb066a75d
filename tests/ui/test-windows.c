/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <adwaita.h>

#include "create/lodge-create-dialog.h"
#include "lib/lodge-test-folder.h"
#include "lib/lodge-test-wait.h"
#include "lib/lodge-test-widgets.h"
#include "lodge-application.h"
#include "machine/lodge-device-page.h"
#include "machine/lodge-hardware-view.h"
#include "machine/lodge-machine-page.h"
#include "machine/lodge-machine-window.h"
#include "model/lodge-connection-list.h"
#include "model/lodge-connection.h"
#include "model/lodge-domain.h"
#include "window/lodge-connection-dialog.h"
#include "window/lodge-selection-bar.h"
#include "window/lodge-window.h"

/* The whole program, driven through its widgets and actions, on libvirt's test driver */

/* A process can have one only */
static LodgeApplication *application;

typedef struct
{
  LodgeApplication *application;
  LodgeWindow      *window;
  LodgeConnection  *connection;
  LodgeTestFolder  *folder;
  char             *uri;
} Fixture;

static LodgeDomain *
find_domain (Fixture    *fixture,
             const char *name)
{
  return lodge_connection_find_domain (fixture->connection, name);
}

static guint
count_rows (Fixture *fixture)
{
  LodgeMachineList *list = lodge_window_get_machine_list (fixture->window);

  return g_list_model_get_n_items (G_LIST_MODEL (lodge_machine_list_get_selection (list)));
}

static AdwDialog *
get_dialog (Fixture *fixture)
{
  return lodge_test_get_dialog (fixture->window);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GString) xml = g_string_new ("<node>");

  for (int i = 0; i < 12; i++)
    g_string_append_printf (xml,
                            "<domain type='test' xmlns:test='http://libvirt.org/schemas/domain/test/1.0'>"
                            "<name>web-%02d</name><memory>65536</memory><vcpu>1</vcpu><os><type>hvm</type></os>"
                            "<test:runstate>%d</test:runstate></domain>", i, i < 4 ? 1 : 5);
  g_string_append (xml, "</node>");
  fixture->folder = lodge_test_folder_new ();
  fixture->uri = lodge_test_write_node (fixture->folder, xml->str);

  fixture->application = application;
  g_action_group_activate_action (G_ACTION_GROUP (fixture->application), "show-manager", NULL);
  fixture->window = LODGE_WINDOW (lodge_test_find_window (GTK_APPLICATION (fixture->application), LODGE_TYPE_WINDOW));
  g_assert_nonnull (fixture->window);

  fixture->connection = lodge_connection_list_add (lodge_application_get_connections (fixture->application),
                                                   fixture->uri, "Rack", &error);
  g_assert_no_error (error);
  g_object_ref (fixture->connection);
  lodge_connection_open_async (fixture->connection, NULL, NULL, NULL);
  WAIT_FOR (lodge_connection_get_state (fixture->connection) == LODGE_CONNECTION_CONNECTED);
  WAIT_FOR (count_rows (fixture) == 12);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  lodge_test_close_windows (GTK_APPLICATION (fixture->application));
  lodge_connection_close (fixture->connection);
  lodge_connection_list_remove (lodge_application_get_connections (fixture->application), fixture->connection);
  g_object_unref (fixture->connection);
  lodge_test_settle ();
  lodge_test_folder_free (fixture->folder);
  g_free (fixture->uri);
}

static const char *
get_count (Fixture *fixture)
{
  LodgeMachineList *list = lodge_window_get_machine_list (fixture->window);

  return gtk_label_get_text (lodge_test_find_child (list, "count_label"));
}

static void
test_search (Fixture       *fixture,
             gconstpointer  data)
{
  LodgeMachineList *list = lodge_window_get_machine_list (fixture->window);
  GtkEditable *entry = lodge_test_find_child (list, "search_entry");
  AdwToggleGroup *toggles = lodge_test_find_child (list, "state_toggles");
  GtkStack *stack = lodge_test_find_child (list, "stack");

  WAIT_FOR (g_str_equal (get_count (fixture), "12 machines, 4 running"));

  gtk_editable_set_text (entry, "WEB-1");
  WAIT_FOR (count_rows (fixture) == 2);
  WAIT_FOR (g_str_equal (get_count (fixture), "2 of 12 machines"));

  gtk_editable_set_text (entry, "nothing of this name");
  WAIT_FOR (g_strcmp0 (gtk_stack_get_visible_child_name (stack), "no-match") == 0);

  gtk_editable_set_text (entry, "");
  WAIT_FOR (count_rows (fixture) == 12);
  adw_toggle_group_set_active_name (toggles, "running");
  WAIT_FOR (count_rows (fixture) == 4);
  WAIT_FOR (g_strcmp0 (gtk_stack_get_visible_child_name (stack), "views") == 0);
}

/* A machine that starts while only the running ones are shown appears among them */
static void
test_filter_follows (Fixture       *fixture,
                     gconstpointer  data)
{
  LodgeMachineList *list = lodge_window_get_machine_list (fixture->window);
  AdwToggleGroup *toggles = lodge_test_find_child (list, "state_toggles");

  adw_toggle_group_set_active_name (toggles, "running");
  WAIT_FOR (count_rows (fixture) == 4);
  lodge_domain_run_async (find_domain (fixture, "web-10"), LODGE_DOMAIN_START, NULL, NULL, NULL);
  WAIT_FOR (count_rows (fixture) == 5);
}

static void
test_bulk_action (Fixture       *fixture,
                  gconstpointer  data)
{
  LodgeMachineList *list = lodge_window_get_machine_list (fixture->window);
  GtkSelectionModel *selection = lodge_machine_list_get_selection (list);
  gpointer selection_bar = lodge_test_find_child (list, "selection_bar");
  GtkButton *start = lodge_test_get_child (selection_bar, LODGE_TYPE_SELECTION_BAR, "start_button");
  GtkActionBar *bar = lodge_test_get_child (selection_bar, LODGE_TYPE_SELECTION_BAR, "action_bar");

  g_assert_false (gtk_action_bar_get_revealed (bar));
  gtk_selection_model_select_range (selection, 2, 4, TRUE);
  WAIT_FOR (gtk_action_bar_get_revealed (bar));
  g_assert_cmpstr (gtk_button_get_label (start), ==, "Start 2");

  g_assert_true (gtk_widget_activate (GTK_WIDGET (start)));
  WAIT_FOR (lodge_domain_get_state (find_domain (fixture, "web-04")) == LODGE_DOMAIN_STATE_RUNNING);
  WAIT_FOR (lodge_domain_get_state (find_domain (fixture, "web-05")) == LODGE_DOMAIN_STATE_RUNNING);
  WAIT_FOR (!gtk_widget_get_visible (GTK_WIDGET (start)));
}

static void
test_bad_uri (Fixture       *fixture,
              gconstpointer  data)
{
  AdwDialog *dialog;
  GtkWidget *add;
  AdwActionRow *uri_row;
  GtkEditable *custom;

  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.add-connection", NULL);
  dialog = get_dialog (fixture);
  g_assert_true (LODGE_IS_CONNECTION_DIALOG (dialog));
  add = lodge_test_find_child (dialog, "add_button");
  uri_row = lodge_test_find_child (dialog, "uri_row");
  custom = lodge_test_find_child (dialog, "custom_row");
  g_assert_cmpstr (adw_action_row_get_subtitle (uri_row), ==, "qemu:///session");
  g_assert_true (gtk_widget_get_sensitive (add));

  adw_combo_row_set_selected (lodge_test_find_child (dialog, "hypervisor_row"), 10);
  g_assert_cmpstr (gtk_editable_get_text (custom), ==, "qemu:///session");   /* where one's own URI starts */
  g_assert_true (gtk_widget_get_sensitive (add));
  gtk_editable_set_text (custom, "not a uri");
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (custom), "error"));
  g_assert_false (gtk_widget_get_sensitive (add));

  gtk_editable_set_text (custom, fixture->uri);
  g_assert_false (gtk_widget_get_sensitive (add));   /* it is in the list already */

  gtk_editable_set_text (custom, "test:///default");
  g_assert_true (gtk_widget_get_sensitive (add));
  g_assert_false (gtk_widget_has_css_class (GTK_WIDGET (custom), "error"));
  adw_dialog_force_close (dialog);
}

static void
test_machine_window (Fixture       *fixture,
                     gconstpointer  data)
{
  LodgeDomain *domain = find_domain (fixture, "web-11");
  LodgeMachineWindow *window;

  g_action_group_activate_action (G_ACTION_GROUP (fixture->application), "open-machine",
                                  g_variant_new ("(ss)", fixture->uri, lodge_domain_get_uuid (domain)));
  window = LODGE_MACHINE_WINDOW (lodge_test_find_window (GTK_APPLICATION (fixture->application),
                                                         LODGE_TYPE_MACHINE_WINDOW));
  g_assert_nonnull (window);
  g_assert_cmpstr (lodge_console_view_get_shown (lodge_machine_page_get_console (lodge_machine_window_get_page (window))), ==, "status");
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (window)), ==, "web-11");

  gtk_widget_activate_action (GTK_WIDGET (window), "machine.start", NULL);
  WAIT_FOR (lodge_domain_get_state (domain) == LODGE_DOMAIN_STATE_RUNNING);

  /* Closing the window leaves the machine alone */
  gtk_window_close (GTK_WINDOW (window));
  WAIT_FOR (lodge_test_find_window (GTK_APPLICATION (fixture->application), LODGE_TYPE_MACHINE_WINDOW) == NULL);
  g_assert_cmpint (lodge_domain_get_state (domain), ==, LODGE_DOMAIN_STATE_RUNNING);
}

static AdwDialog *
wait_for_question (gpointer window)
{
  WAIT_FOR (lodge_test_get_dialog (window) != NULL);
  return lodge_test_get_dialog (window);
}

/* Edits that are not applied are not lost without a question, neither with a tab nor with the window */
static void
test_unapplied (Fixture       *fixture,
                gconstpointer  data)
{
  LodgeDomain *domain = find_domain (fixture, "web-07");
  LodgeMachineWindow *window;
  AdwViewStack *views;
  GtkWidget *view;
  AdwDialog *dialog;
  GtkWidget *row;

  g_action_group_activate_action (G_ACTION_GROUP (fixture->application), "open-machine",
                                  g_variant_new ("(ss)", fixture->uri, lodge_domain_get_uuid (domain)));
  window = lodge_test_find_window (GTK_APPLICATION (fixture->application), LODGE_TYPE_MACHINE_WINDOW);
  views = lodge_machine_page_get_views (lodge_test_find_descendant (window, LODGE_TYPE_MACHINE_PAGE, NULL));
  adw_view_stack_set_visible_child_name (views, "hardware");
  view = adw_view_stack_get_child_by_name (views, "hardware");
  WAIT_FOR (lodge_hardware_view_show (LODGE_HARDWARE_VIEW (view), "overview"));
  row = lodge_device_page_get_row (lodge_test_get_child (view, LODGE_TYPE_HARDWARE_VIEW, "page"), "title");
  gtk_editable_set_text (GTK_EDITABLE (row), "Not yet");
  g_assert_true (lodge_hardware_view_get_has_edits (LODGE_HARDWARE_VIEW (view)));

  gtk_widget_activate_action (GTK_WIDGET (window), "machinewin.close-tab", NULL);
  dialog = wait_for_question (window);
  g_assert_nonnull (strstr (adw_alert_dialog_get_body (ADW_ALERT_DIALOG (dialog)), "web-07"));
  adw_dialog_close (dialog);
  WAIT_FOR (lodge_test_get_dialog (window) == NULL);
  g_assert_true (lodge_hardware_view_get_has_edits (LODGE_HARDWARE_VIEW (view)));

  gtk_window_close (GTK_WINDOW (window));
  dialog = wait_for_question (window);
  g_signal_emit_by_name (lodge_test_find_descendant (dialog, GTK_TYPE_BUTTON, "_Discard"), "clicked");
  WAIT_FOR (lodge_test_find_window (GTK_APPLICATION (fixture->application), LODGE_TYPE_MACHINE_WINDOW) == NULL);
}

static void
test_delete (Fixture       *fixture,
             gconstpointer  data)
{
  LodgeMachineList *list = lodge_window_get_machine_list (fixture->window);
  AdwDialog *dialog;

  gtk_selection_model_select_item (lodge_machine_list_get_selection (list), 0, TRUE);
  gtk_widget_activate_action (GTK_WIDGET (list), "machine.delete", NULL);
  WAIT_FOR (get_dialog (fixture) != NULL);
  dialog = get_dialog (fixture);
  g_assert_true (ADW_IS_ALERT_DIALOG (dialog));
  g_assert_cmpstr (adw_alert_dialog_get_default_response (ADW_ALERT_DIALOG (dialog)), ==, "cancel");
  g_assert_nonnull (strstr (adw_alert_dialog_get_body (ADW_ALERT_DIALOG (dialog)), "forced off"));

  g_signal_emit_by_name (dialog, "response::delete", "delete");
  WAIT_FOR (find_domain (fixture, "web-00") == NULL);
  WAIT_FOR (count_rows (fixture) == 11);
  adw_dialog_force_close (dialog);
}

static void
test_create (Fixture       *fixture,
             gconstpointer  data)
{
  AdwDialog *dialog;
  GtkWidget *create;
  GtkEditable *name;
  GtkWidget *next;
  GtkEditable *path;

  g_action_group_activate_action (G_ACTION_GROUP (fixture->application), "new-machine",
                                  g_variant_new_string (fixture->uri));
  dialog = get_dialog (fixture);
  g_assert_true (LODGE_IS_CREATE_DIALOG (dialog));
  create = lodge_test_get_page_child (dialog, "review", "create_button");
  name = lodge_test_get_page_child (dialog, "review", "name_row");
  path = lodge_test_get_page_child (dialog, "media", "path_row");
  next = lodge_test_get_page_child (dialog, "media", "next");

  /* A file that is no disc is refused where it was typed */
  WAIT_FOR (gtk_widget_get_sensitive (lodge_test_get_page_child (dialog, "source", "disc_row")));
  g_signal_emit_by_name (lodge_test_get_page_child (dialog, "source", "disc_row"), "activated");
  g_assert_cmpstr (lodge_test_get_shown_page (dialog), ==, "media");
  gtk_editable_set_text (path, "relative.iso");
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (path), "error"));
  gtk_editable_set_text (path, "/nonexistent.iso");
  WAIT_FOR (gtk_widget_has_css_class (GTK_WIDGET (path), "error"));
  g_assert_false (gtk_widget_get_sensitive (next));

  /* A network boot with nothing to store */
  adw_navigation_view_pop (lodge_test_find_descendant (dialog, ADW_TYPE_NAVIGATION_VIEW, NULL));
  g_signal_emit_by_name (create, "clicked");   /* not yet: there is no plan */
  g_signal_emit_by_name (lodge_test_get_page_child (dialog, "source", "network_row"), "activated");
  g_assert_cmpstr (lodge_test_get_shown_page (dialog), ==, "system");
  g_signal_emit_by_name (lodge_test_get_page_child (dialog, "system", "unknown_row"), "activated");
  g_signal_emit_by_name (lodge_test_get_page_child (dialog, "resources", "next"), "clicked");
  g_assert_cmpstr (lodge_test_get_shown_page (dialog), ==, "review");
  WAIT_FOR (gtk_widget_get_sensitive (create));
  gtk_editable_set_text (name, "web-01");
  WAIT_FOR (gtk_widget_has_css_class (GTK_WIDGET (name), "error"));   /* exists */
  gtk_editable_set_text (name, "a/b");
  WAIT_FOR (gtk_widget_has_css_class (GTK_WIDGET (name), "error"));
  g_assert_false (gtk_widget_get_sensitive (create));
  gtk_editable_set_text (name, "fresh");
  WAIT_FOR (!gtk_widget_has_css_class (GTK_WIDGET (name), "error"));
  WAIT_FOR (gtk_widget_get_sensitive (create));
  adw_dialog_force_close (dialog);
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr(GError) error = NULL;
  int result;

  gtk_test_init (&argc, &argv, NULL);
  application = lodge_application_new (APPLICATION_ID ".Test", G_APPLICATION_NON_UNIQUE);
  g_application_register (G_APPLICATION (application), NULL, &error);
  g_assert_no_error (error);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);

#define ADD(path, function) g_test_add ("/ui/" path, Fixture, NULL, set_up, function, tear_down)
  ADD ("search", test_search);
  ADD ("filter-follows", test_filter_follows);
  ADD ("bulk-action", test_bulk_action);
  ADD ("bad-uri", test_bad_uri);
  ADD ("machine-window", test_machine_window);
  ADD ("unapplied", test_unapplied);
  ADD ("delete", test_delete);
  ADD ("create", test_create);
  result = g_test_run ();
  g_object_unref (application);
  return result;
}
