/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <adwaita.h>

#include "lib/lodge-test-folder.h"
#include "lib/lodge-test-wait.h"
#include "lib/lodge-test-widgets.h"
#include "lodge-application.h"
#include "model/lodge-connection-list.h"
#include "model/lodge-connection.h"
#include "window/lodge-connection-dialog.h"
#include "window/lodge-connection-row.h"
#include "window/lodge-window.h"

/* Adding connections, and the list of them at the side */

static LodgeApplication *application;

typedef struct
{
  LodgeTestFolder     *folder;
  LodgeWindow         *window;
  LodgeConnectionList *connections;
} Fixture;

static LodgeConnection *
get_connection (Fixture *fixture,
                guint    i)
{
  g_autoptr(LodgeConnection) connection = g_list_model_get_item (G_LIST_MODEL (fixture->connections), i);

  return connection;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->folder = lodge_test_folder_new ();
  fixture->connections = lodge_application_get_connections (application);
  g_action_group_activate_action (G_ACTION_GROUP (application), "show-manager", NULL);
  fixture->window = LODGE_WINDOW (lodge_test_find_window (GTK_APPLICATION (application), LODGE_TYPE_WINDOW));
  g_assert_nonnull (fixture->window);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  lodge_test_close_windows (GTK_APPLICATION (application));
  while (g_list_model_get_n_items (G_LIST_MODEL (fixture->connections)) > 0)
    {
      LodgeConnection *connection = get_connection (fixture, 0);

      lodge_connection_close (connection);
      lodge_connection_list_remove (fixture->connections, connection);
    }
  lodge_test_folder_free (fixture->folder);
}

static AdwDialog *
open_dialog (Fixture *fixture)
{
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.add-connection", NULL);
  g_assert_true (LODGE_IS_CONNECTION_DIALOG (lodge_test_get_dialog (fixture->window)));
  return lodge_test_get_dialog (fixture->window);
}

static gpointer
get_child (AdwDialog  *dialog,
           const char *name)
{
  return lodge_test_find_child (dialog, name);
}

static const char *
get_uri (AdwDialog *dialog)
{
  return adw_action_row_get_subtitle (get_child (dialog, "uri_row"));
}

static gboolean
can_add (AdwDialog *dialog)
{
  return gtk_widget_get_sensitive (get_child (dialog, "add_button"));
}

static void
choose (AdwDialog  *dialog,
        const char *row_name,
        const char *choice)
{
  AdwComboRow *row = get_child (dialog, row_name);
  GListModel *model = adw_combo_row_get_model (row);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr(GtkStringObject) item = g_list_model_get_item (model, i);

      if (g_str_equal (gtk_string_object_get_string (item), choice))
        {
          adw_combo_row_set_selected (row, i);
          return;
        }
    }
  g_error ("%s has no choice “%s”", row_name, choice);
}

/* What is chosen and typed is a URI, which is shown while it is typed */
static void
test_uris (Fixture       *fixture,
           gconstpointer  data)
{
  static const struct
  {
    const char *hypervisor, *location, *machines, *address, *user;
    int         port;
    const char *uri;
  } cases[] = {
    { "QEMU/KVM", "This computer", "Of this user", "", "", 0, "qemu:///session" },
    { "QEMU/KVM", "This computer", "Of the system", "", "", 0, "qemu:///system" },
    { "QEMU/KVM", "Remote, over SSH", NULL, "atlas", "", 0, "qemu+ssh://atlas/system" },
    { "QEMU/KVM", "Remote, over SSH", NULL, "atlas", "root", 2222, "qemu+ssh://root@atlas:2222/system" },
    { "QEMU/KVM", "Remote, over SSH", NULL, "fe80::1", "a user@home", 0,
      "qemu+ssh://a%20user%40home@[fe80::1]/system" },
    { "QEMU/KVM", "Remote, over TLS", NULL, "atlas.example", "", 0, "qemu://atlas.example/system" },
    { "QEMU/KVM", "Remote, over TCP", NULL, "10.0.0.1", "", 16510, "qemu+tcp://10.0.0.1:16510/system" },
    { "Xen", "This computer", NULL, "", "", 0, "xen:///system" },
    { "LXC containers", "This computer", NULL, "", "", 0, "lxc:///system" },
    { "bhyve", "This computer", NULL, "", "", 0, "bhyve:///system" },
    { "Virtuozzo", "This computer", NULL, "", "", 0, "vz:///system" },
    { "VMware ESXi", NULL, NULL, "esx", "root", 0, "esx://root@esx/" },
    { "Test hypervisor", NULL, NULL, "", "", 0, "test:///default" },
  };
  AdwDialog *dialog = open_dialog (fixture);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      choose (dialog, "hypervisor_row", cases[i].hypervisor);
      if (cases[i].location != NULL)
        choose (dialog, "location_row", cases[i].location);
      if (cases[i].machines != NULL)
        choose (dialog, "here_row", cases[i].machines);
      gtk_editable_set_text (get_child (dialog, "address_row"), cases[i].address);
      gtk_editable_set_text (get_child (dialog, "user_row"), cases[i].user);
      gtk_spin_button_set_value (get_child (dialog, "port_spin"), cases[i].port);
      g_assert_cmpstr (get_uri (dialog), ==, cases[i].uri);
      g_assert_true (can_add (dialog));
    }
  adw_dialog_force_close (dialog);
}

/* Only what a place needs is asked; what is missing is said and cannot be added */
static void
test_remote_needs_address (Fixture       *fixture,
                           gconstpointer  data)
{
  AdwDialog *dialog = open_dialog (fixture);

  g_assert_false (gtk_widget_get_visible (get_child (dialog, "host_group")));
  choose (dialog, "location_row", "Remote, over SSH");
  g_assert_true (gtk_widget_get_visible (get_child (dialog, "host_group")));
  g_assert_true (gtk_widget_get_visible (get_child (dialog, "user_row")));
  g_assert_false (gtk_widget_get_visible (get_child (dialog, "plain_row")));
  g_assert_false (can_add (dialog));
  g_assert_nonnull (strstr (get_uri (dialog), "address"));

  gtk_editable_set_text (get_child (dialog, "address_row"), "two words");
  g_assert_false (can_add (dialog));
  g_assert_true (gtk_widget_has_css_class (get_child (dialog, "address_row"), "error"));
  gtk_editable_set_text (get_child (dialog, "address_row"), "atlas");
  g_assert_true (can_add (dialog));
  g_assert_false (gtk_widget_has_css_class (get_child (dialog, "address_row"), "error"));

  choose (dialog, "location_row", "Remote, over TCP");
  g_assert_true (gtk_widget_get_visible (get_child (dialog, "plain_row")));
  g_assert_false (gtk_widget_get_visible (get_child (dialog, "user_row")));
  adw_dialog_force_close (dialog);
}

/* A test tells what answers, without adding it; adding opens it and remembers it */
static void
test_add (Fixture       *fixture,
          gconstpointer  data)
{
  g_autofree char *uri = lodge_test_write_host (fixture->folder, 3, 1);
  g_autoptr(GSettings) settings = g_settings_new (APPLICATION_ID);
  g_autoptr(GVariant) remembered = NULL;
  g_autofree char *text = NULL;
  AdwDialog *dialog = open_dialog (fixture);
  AdwActionRow *row;

  choose (dialog, "hypervisor_row", "Custom URI");
  gtk_editable_set_text (get_child (dialog, "custom_row"), uri);
  gtk_editable_set_text (get_child (dialog, "name_row"), "Cellar");
  row = get_child (dialog, "test_row");
  g_signal_emit_by_name (get_child (dialog, "test_button"), "clicked");
  WAIT_FOR (g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), "Test Passed") == 0);
  g_assert_nonnull (strstr (adw_action_row_get_subtitle (row), "3 machines"));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->connections)), ==, 0);

  g_signal_emit_by_name (get_child (dialog, "add_button"), "clicked");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->connections)), ==, 1);
  g_assert_cmpstr (lodge_connection_get_label (get_connection (fixture, 0)), ==, "Cellar");
  WAIT_FOR (lodge_connection_get_state (get_connection (fixture, 0)) == LODGE_CONNECTION_CONNECTED);
  remembered = g_settings_get_value (settings, "connections");
  text = g_variant_print (remembered, FALSE);
  g_assert_nonnull (strstr (text, uri));
  g_assert_nonnull (strstr (text, "Cellar"));
  WAIT_FOR (lodge_test_get_dialog (fixture->window) == NULL);

  /* The same cannot be added twice */
  dialog = open_dialog (fixture);
  choose (dialog, "hypervisor_row", "Custom URI");
  gtk_editable_set_text (get_child (dialog, "custom_row"), uri);
  g_assert_false (can_add (dialog));
  adw_dialog_force_close (dialog);
}

static void
test_failing_test (Fixture       *fixture,
                   gconstpointer  data)
{
  AdwDialog *dialog = open_dialog (fixture);
  AdwActionRow *row = get_child (dialog, "test_row");

  choose (dialog, "hypervisor_row", "Custom URI");
  gtk_editable_set_text (get_child (dialog, "custom_row"), "test:///nonexistent/host.xml");
  g_signal_emit_by_name (get_child (dialog, "test_button"), "clicked");
  WAIT_FOR (g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), "Test Failed") == 0);
  g_assert_true (can_add (dialog));
  adw_dialog_force_close (dialog);
}

static LodgeConnectionRow *
get_row (Fixture *fixture,
         int      i)
{
  GtkListBox *sidebar = lodge_test_find_child (lodge_test_get_child (fixture->window, LODGE_TYPE_WINDOW, "sidebar"), "list");

  return LODGE_CONNECTION_ROW (gtk_list_box_get_row_at_index (sidebar, i));
}

static const char *
get_row_text (Fixture    *fixture,
              int         i,
              const char *child)
{
  return gtk_label_get_text (lodge_test_get_child (get_row (fixture, i), LODGE_TYPE_CONNECTION_ROW, child));
}

/* Can an entry of the row's menu be chosen? */
static gboolean
is_enabled (Fixture    *fixture,
            int         i,
            const char *action)
{
  g_autofree char *name = g_strconcat ("connection.", action, NULL);
  g_autoptr(GtkWidget) probe = g_object_ref_sink (gtk_button_new ());
  gboolean enabled;

  /* A button below the row follows the row's action */
  gtk_widget_set_parent (probe, GTK_WIDGET (get_row (fixture, i)));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (probe), name);
  enabled = gtk_widget_get_sensitive (probe);
  gtk_widget_unparent (probe);
  return enabled;
}

/* Rows say what they are and how they are; the menu offers what can be done, and does it */
static void
test_list (Fixture       *fixture,
           gconstpointer  data)
{
  g_autofree char *uri = lodge_test_write_host (fixture->folder, 3, 1);
  g_autoptr(GError) error = NULL;
  LodgeConnection *first, *second;

  first = lodge_connection_list_add (fixture->connections, uri, "Cellar", &error);
  g_assert_no_error (error);
  second = lodge_connection_list_add (fixture->connections, "qemu+ssh://root@atlas/system", NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (get_row_text (fixture, 0, "name_label"), ==, "All Machines");
  g_assert_cmpstr (get_row_text (fixture, 1, "name_label"), ==, "Cellar");
  g_assert_cmpstr (get_row_text (fixture, 2, "name_label"), ==, "atlas");
  g_assert_cmpstr (gtk_widget_get_tooltip_text (GTK_WIDGET (get_row (fixture, 2))), ==, "qemu+ssh://root@atlas/system");
  g_assert_cmpstr (get_row_text (fixture, 1, "caption_label"), ==, "Disconnected");
  g_assert_true (is_enabled (fixture, 1, "open"));
  g_assert_false (is_enabled (fixture, 1, "close"));
  g_assert_false (is_enabled (fixture, 1, "new-machine"));

  gtk_widget_activate_action (GTK_WIDGET (get_row (fixture, 1)), "connection.open", NULL);
  WAIT_FOR (lodge_connection_get_state (first) == LODGE_CONNECTION_CONNECTED);
  WAIT_FOR (g_str_equal (get_row_text (fixture, 1, "count_label"), "3"));
  g_assert_cmpstr (get_row_text (fixture, 1, "caption_label"), ==, "Test hypervisor");
  g_assert_false (is_enabled (fixture, 1, "open"));
  g_assert_true (is_enabled (fixture, 1, "close"));
  g_assert_true (is_enabled (fixture, 1, "new-machine"));

  g_assert_false (is_enabled (fixture, 1, "move-up"));
  gtk_widget_activate_action (GTK_WIDGET (get_row (fixture, 1)), "row.move-down", NULL);
  WAIT_FOR (get_connection (fixture, 0) == second && get_connection (fixture, 1) == first);
  g_assert_cmpstr (get_row_text (fixture, 1, "name_label"), ==, "atlas");

  gtk_widget_activate_action (GTK_WIDGET (get_row (fixture, 2)), "connection.close", NULL);
  WAIT_FOR (lodge_connection_get_state (first) == LODGE_CONNECTION_DISCONNECTED);
  WAIT_FOR (g_str_equal (get_row_text (fixture, 2, "caption_label"), "Disconnected"));
}

/* Removing asks, names what goes, and forgets it */
static void
test_remove (Fixture       *fixture,
             gconstpointer  data)
{
  g_autofree char *uri = lodge_test_write_host (fixture->folder, 3, 1);
  g_autoptr(GSettings) settings = g_settings_new (APPLICATION_ID);
  g_autoptr(GVariant) remembered = NULL;
  g_autoptr(GError) error = NULL;
  AdwDialog *dialog;

  lodge_connection_list_add (fixture->connections, uri, "Cellar", &error);
  g_assert_no_error (error);
  gtk_widget_activate_action (GTK_WIDGET (get_row (fixture, 1)), "connection.remove", NULL);
  dialog = lodge_test_get_dialog (fixture->window);
  g_assert_true (ADW_IS_ALERT_DIALOG (dialog));
  g_assert_nonnull (strstr (adw_alert_dialog_get_heading (ADW_ALERT_DIALOG (dialog)), "Cellar"));
  g_assert_nonnull (strstr (adw_alert_dialog_get_body (ADW_ALERT_DIALOG (dialog)), uri));
  g_assert_cmpstr (adw_alert_dialog_get_default_response (ADW_ALERT_DIALOG (dialog)), ==, "cancel");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->connections)), ==, 1);

  g_signal_emit_by_name (dialog, "response::remove", "remove");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->connections)), ==, 0);
  remembered = g_settings_get_value (settings, "connections");
  g_assert_cmpuint (g_variant_n_children (remembered), ==, 0);
  adw_dialog_force_close (dialog);
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr(GError) error = NULL;
  int result;

  gtk_test_init (&argc, &argv, NULL);
  application = lodge_application_new (APPLICATION_ID ".Connections", G_APPLICATION_NON_UNIQUE);
  g_application_register (G_APPLICATION (application), NULL, &error);
  g_assert_no_error (error);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);

#define ADD(path, function) g_test_add ("/connections/" path, Fixture, NULL, set_up, function, tear_down)
  ADD ("uris", test_uris);
  ADD ("remote-needs-address", test_remote_needs_address);
  ADD ("add", test_add);
  ADD ("failing-test", test_failing_test);
  ADD ("list", test_list);
  ADD ("remove", test_remove);
  result = g_test_run ();
  g_object_unref (application);
  return result;
}
