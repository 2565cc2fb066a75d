/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <unistd.h>

#include "lib/lodge-test-connection.h"
#include "lib/lodge-test-folder.h"
#include "lib/lodge-test-wait.h"
#include "lib/lodge-test-widgets.h"
#include "lodge-application.h"
#include "machine/lodge-machine-window.h"
#include "model/lodge-connection-list.h"
#include "model/lodge-connection.h"
#include "widgets/lodge-error-dialog.h"
#include "window/lodge-window.h"

/* Everything that takes the focus has a name, on every page and in every dialog: asked from outside, through AT-SPI, by
 * audit-names.py */

/* A process can have one only */
static LodgeApplication *application;

typedef struct
{
  LodgeTestFolder *folder;
  LodgeWindow     *window;
  LodgeConnection *connection;
  char            *uri;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  fixture->folder = lodge_test_folder_new ();
  fixture->uri = lodge_test_write_host (fixture->folder, 8, 3);
  g_action_group_activate_action (G_ACTION_GROUP (application), "show-manager", NULL);
  fixture->window = lodge_test_find_window (GTK_APPLICATION (application), LODGE_TYPE_WINDOW);
  fixture->connection = lodge_connection_list_add (lodge_application_get_connections (application), fixture->uri,
                                                   "Rack",
                                                   &error);
  g_assert_no_error (error);
  lodge_test_open_connection (fixture->connection);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1200, 900);
  lodge_test_settle ();
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  lodge_test_close_windows (GTK_APPLICATION (application));
  lodge_connection_close (fixture->connection);
  lodge_connection_list_remove (lodge_application_get_connections (application), fixture->connection);
  lodge_test_settle ();
  lodge_test_folder_free (fixture->folder);
  g_free (fixture->uri);
}

static void
audited_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static void
audit (const char *page)
{
  g_autofree char *script = g_build_filename (g_getenv ("LODGE_TEST_SOURCE_DIR"), "tests", "ui", "audit-names.py",
                                              NULL);
  g_autofree char *pid = g_strdup_printf ("%d", (int) getpid ());
  g_autoptr(GSubprocess) process = NULL;
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *output = NULL;

  lodge_test_settle ();
  process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, "python3", script, pid, NULL);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8_async (process, NULL, NULL, audited_cb, &result);
  WAIT_FOR (result != NULL);
  g_subprocess_communicate_utf8_finish (process, result, &output, NULL, &error);
  g_assert_no_error (error);
  g_test_message ("%s: %s", page, output);
  if (g_subprocess_get_exit_status (process) != 0)
    {
      g_printerr ("%s has no name for:\n%s\n", page, output);
      g_test_fail ();
    }
}

static void
close_dialog (Fixture *fixture)
{
  AdwDialog *dialog = lodge_test_get_dialog (fixture->window);

  g_assert_nonnull (dialog);
  adw_dialog_force_close (dialog);
  WAIT_FOR (lodge_test_get_dialog (fixture->window) == NULL);
}

static void
test_pages (Fixture       *fixture,
            gconstpointer  data)
{
  LodgeMachineList *list = lodge_window_get_machine_list (fixture->window);
  g_autoptr(GError) error = NULL;
  LodgeConnection *lost;

  audit ("All Machines");
  gtk_selection_model_select_range (lodge_machine_list_get_selection (list), 1, 3, TRUE);
  audit ("All Machines with a selection");
  gtk_editable_set_text (lodge_test_find_child (list, "search_entry"), "nothing of this name");
  audit ("No Machines Found");
  gtk_editable_set_text (lodge_test_find_child (list, "search_entry"), "");

  lodge_window_select_connection (fixture->window, fixture->connection);
  audit ("a connection");
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.show-page", "s", "overview");
  audit ("Overview");

  lost = lodge_connection_list_add (lodge_application_get_connections (application), "qemu+tcp://127.0.0.1:1/system",
                                    "Lost", &error);
  g_assert_no_error (error);
  error = lodge_test_open_fails (lost);
  lodge_window_select_connection (fixture->window, lost);
  audit ("a failed connection");
  lodge_connection_list_remove (lodge_application_get_connections (application), lost);
}

static void
test_narrow (Fixture       *fixture,
             gconstpointer  data)
{
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 360, 640);
  WAIT_FOR (gtk_widget_get_width (GTK_WIDGET (fixture->window)) < 400);
  audit ("narrow, the connections");
  adw_navigation_split_view_set_show_content (lodge_test_find_descendant (fixture->window,
                                                                          ADW_TYPE_NAVIGATION_SPLIT_VIEW,
                                                                          NULL), TRUE);
  audit ("narrow, the machines");
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.jobs", NULL);
  audit ("narrow, Jobs");
}

static void
test_dialogs (Fixture       *fixture,
              gconstpointer  data)
{
  LodgeMachineList *list = lodge_window_get_machine_list (fixture->window);
  g_autoptr(GError) error = g_error_new (G_IO_ERROR, G_IO_ERROR_FAILED, "It did not work.");

  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.add-connection", NULL);
  audit ("Add Connection");
  close_dialog (fixture);
  g_action_group_activate_action (G_ACTION_GROUP (application), "preferences", NULL);
  audit ("Preferences");
  close_dialog (fixture);
  g_action_group_activate_action (G_ACTION_GROUP (application), "shortcuts", NULL);
  audit ("Keyboard Shortcuts");
  close_dialog (fixture);
  g_action_group_activate_action (G_ACTION_GROUP (application), "new-machine", g_variant_new_string (fixture->uri));
  audit ("New Machine");
  close_dialog (fixture);
  lodge_error_present (GTK_WIDGET (fixture->window), "Could Not Start “web”", error);
  audit ("an error");
  close_dialog (fixture);
  gtk_selection_model_select_item (lodge_machine_list_get_selection (list), 7, TRUE);
  gtk_widget_activate_action (GTK_WIDGET (list), "machine.rename", NULL);
  audit ("Rename");
  close_dialog (fixture);
  gtk_widget_activate_action (GTK_WIDGET (list), "machine.delete", NULL);
  WAIT_FOR (lodge_test_get_dialog (fixture->window) != NULL);
  audit ("Delete");
  close_dialog (fixture);
}

static void
test_machine (Fixture       *fixture,
              gconstpointer  data)
{
  LodgeDomain *domain = lodge_test_find_domain (fixture->connection, "m0007");

  g_action_group_activate_action (G_ACTION_GROUP (application), "open-machine",
                                  g_variant_new ("(ss)", fixture->uri, lodge_domain_get_uuid (domain)));
  WAIT_FOR (lodge_test_find_window (GTK_APPLICATION (application), LODGE_TYPE_MACHINE_WINDOW) != NULL);
  audit ("the window of a machine that is off");
}

static void
test_welcome (void)
{
  g_action_group_activate_action (G_ACTION_GROUP (application), "show-manager", NULL);
  audit ("Welcome");
  lodge_test_close_windows (GTK_APPLICATION (application));
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

  g_test_add_func ("/names/welcome", test_welcome);
#define ADD(path, function) g_test_add ("/names/" path, Fixture, NULL, set_up, function, tear_down)
  ADD ("pages", test_pages);
  ADD ("narrow", test_narrow);
  ADD ("dialogs", test_dialogs);
  ADD ("machine", test_machine);
  result = g_test_run ();
  g_object_unref (application);
  return result;
}
