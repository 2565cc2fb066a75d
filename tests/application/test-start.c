/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <adwaita.h>

#include "create/lodge-create-dialog.h"
#include "lib/lodge-test-folder.h"
#include "lib/lodge-test-wait.h"
#include "lib/lodge-test-widgets.h"
#include "lodge-application.h"
#include "machine/lodge-machine-window.h"
#include "model/lodge-connection-list.h"
#include "model/lodge-connection.h"
#include "model/lodge-domain.h"
#include "window/lodge-preferences-dialog.h"
#include "window/lodge-window.h"

/* The command line as a person meets it: this process is the instance that runs, and the built program, started again
 * and again, hands over what it is asked for. */

static LodgeApplication *application;

typedef struct
{
  LodgeTestFolder *folder;
  char            *uri;
} Fixture;

static GSubprocess *
start_lodge (const char *first,
             ...)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr(GError) error = NULL;
  g_auto(GStrv) argv = NULL;
  GSubprocess *process;
  va_list arguments;

  g_strv_builder_add (builder, g_getenv ("LODGE_PROGRAM"));
  va_start (arguments, first);
  for (const char *argument = first; argument != NULL; argument = va_arg (arguments, const char *))
    g_strv_builder_add (builder, argument);
  va_end (arguments);
  argv = g_strv_builder_end (builder);

  process = g_subprocess_newv ((const char * const *) argv, G_SUBPROCESS_FLAGS_STDERR_SILENCE, &error);
  g_assert_no_error (error);
  return process;
}

static void
ended_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  gboolean *ended = user_data;

  g_assert_true (g_subprocess_wait_finish (G_SUBPROCESS (object), result, NULL));
  *ended = TRUE;
}

/* The second instance leaves, with @status, when the first has taken over */
static void
wait_for_end (GSubprocess *process,
              int          status)
{
  gboolean ended = FALSE;

  g_subprocess_wait_async (process, NULL, ended_cb, &ended);
  WAIT_FOR (ended);
  g_assert_true (g_subprocess_get_if_exited (process));
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, status);
}

static LodgeWindow *
find_main_window (void)
{
  return lodge_test_find_window (GTK_APPLICATION (application), LODGE_TYPE_WINDOW);
}

static LodgeMachineWindow *
find_machine_window (void)
{
  return lodge_test_find_window (GTK_APPLICATION (application), LODGE_TYPE_MACHINE_WINDOW);
}

static guint
count_windows (void)
{
  return g_list_length (gtk_application_get_windows (GTK_APPLICATION (application)));
}

static LodgeConnection *
find_connection (const char *uri)
{
  return lodge_connection_list_find (lodge_application_get_connections (application), uri);
}

static gboolean
is_remembered (const char *uri)
{
  g_autoptr(GSettings) settings = g_settings_new (APPLICATION_ID);
  g_autoptr(GVariant) connections = g_settings_get_value (settings, "connections");
  g_autofree char *text = g_variant_print (connections, FALSE);

  return strstr (text, uri) != NULL;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->folder = lodge_test_folder_new ();
  fixture->uri = lodge_test_write_host (fixture->folder, 3, 1);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  LodgeConnectionList *connections = lodge_application_get_connections (application);

  lodge_test_close_windows (GTK_APPLICATION (application));
  while (g_list_model_get_n_items (G_LIST_MODEL (connections)) > 0)
    {
      g_autoptr(LodgeConnection) connection = g_list_model_get_item (G_LIST_MODEL (connections), 0);

      lodge_connection_close (connection);
      lodge_connection_list_remove (connections, connection);
    }
  lodge_test_folder_free (fixture->folder);
  g_free (fixture->uri);
}

static void
test_plain (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr(GSubprocess) process = start_lodge (NULL, NULL);
  g_autoptr(GSubprocess) again = NULL;

  WAIT_FOR (find_main_window () != NULL);
  wait_for_end (process, 0);
  g_assert_cmpuint (count_windows (), ==, 1);

  again = start_lodge (NULL, NULL);
  wait_for_end (again, 0);
  g_assert_cmpuint (count_windows (), ==, 1);
}

static void
test_connect (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr(GSubprocess) process = start_lodge ("--connect", fixture->uri, NULL);
  AdwWindowTitle *title;

  WAIT_FOR (find_connection (fixture->uri) != NULL);
  wait_for_end (process, 0);
  WAIT_FOR (lodge_connection_get_state (find_connection (fixture->uri)) == LODGE_CONNECTION_CONNECTED);
  title = lodge_test_get_child (find_main_window (), LODGE_TYPE_WINDOW, "title");
  g_assert_cmpstr (adw_window_title_get_title (title), ==,
                   lodge_connection_get_label (find_connection (fixture->uri)));
  WAIT_FOR (is_remembered (fixture->uri));

  /* Its name is followed, also after the list has changed */
  lodge_connection_set_name (find_connection (fixture->uri), "Attic");
  WAIT_FOR (g_str_equal (adw_window_title_get_title (title), "Attic"));
}

/* One that does not open is shown with its reason, and not remembered */
static void
test_connect_fails (Fixture       *fixture,
                    gconstpointer  data)
{
  const char *uri = "test:///nonexistent/host.xml";
  g_autoptr(GSubprocess) process = start_lodge ("-c", uri, NULL);

  wait_for_end (process, 0);
  WAIT_FOR (find_connection (uri) != NULL);
  WAIT_FOR (lodge_connection_get_state (find_connection (uri)) == LODGE_CONNECTION_FAILED);
  g_assert_false (is_remembered (uri));
}

static void
test_show_machine (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr(GSubprocess) by_name = start_lodge ("--connect", fixture->uri, "--show-machine", "m0000", NULL);
  g_autoptr(GSubprocess) by_uuid = NULL, second = NULL, unknown = NULL;
  LodgeDomain *domain;
  AdwViewStack *pages;

  wait_for_end (by_name, 0);
  WAIT_FOR (find_machine_window () != NULL);
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (find_machine_window ())), ==, "m0000");
  pages = lodge_test_find_descendant (find_machine_window (), ADW_TYPE_VIEW_STACK, NULL);
  g_assert_cmpstr (adw_view_stack_get_visible_child_name (pages), ==, "console");
  g_assert_cmpuint (count_windows (), ==, 2);

  /* The same again raises the window that is there */
  domain = lodge_connection_find_domain (find_connection (fixture->uri), "m0000");
  by_uuid = start_lodge ("--connect", fixture->uri, "--show-machine", lodge_domain_get_uuid (domain), NULL);
  wait_for_end (by_uuid, 0);
  WAIT_FOR (gtk_application_get_active_window (GTK_APPLICATION (application)) == GTK_WINDOW (find_machine_window ()));
  g_assert_cmpuint (count_windows (), ==, 2);

  second = start_lodge ("--connect", fixture->uri, "--show-machine", "m0001", NULL);
  wait_for_end (second, 0);
  WAIT_FOR (count_windows () == 3);
}

static void
test_unknown_machine (Fixture       *fixture,
                      gconstpointer  data)
{
  g_autoptr(GSubprocess) process = start_lodge ("--connect", fixture->uri, "--show-machine", "nobody", NULL);
  AdwAlertDialog *dialog;

  wait_for_end (process, 0);
  WAIT_FOR (find_main_window () != NULL && lodge_test_get_dialog (find_main_window ()) != NULL);
  dialog = ADW_ALERT_DIALOG (lodge_test_get_dialog (find_main_window ()));
  g_assert_cmpstr (adw_alert_dialog_get_heading (dialog), ==, "Machine Not Found");
  g_assert_nonnull (strstr (adw_alert_dialog_get_body (dialog), "nobody"));
  g_assert_null (find_machine_window ());
  adw_dialog_force_close (ADW_DIALOG (dialog));
}

static void
test_new_machine (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autoptr(GSubprocess) process = start_lodge ("--connect", fixture->uri, "--new-machine", NULL);

  wait_for_end (process, 0);
  WAIT_FOR (find_main_window () != NULL && LODGE_IS_CREATE_DIALOG (lodge_test_get_dialog (find_main_window ())));
  adw_dialog_force_close (lodge_test_get_dialog (find_main_window ()));
}

static void
test_refused (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr(GSubprocess) bad_uri = start_lodge ("--connect", "no uri at all", NULL);
  g_autoptr(GSubprocess) no_connection = NULL, unknown = NULL;

  wait_for_end (bad_uri, 1);
  no_connection = start_lodge ("--show-machine", "m0000", NULL);
  wait_for_end (no_connection, 1);
  unknown = start_lodge ("--no-such-option", NULL);
  wait_for_end (unknown, 1);
  g_assert_cmpuint (count_windows (), ==, 0);
}

static void
test_about (Fixture       *fixture,
            gconstpointer  data)
{
  AdwAboutDialog *about;

  g_action_group_activate_action (G_ACTION_GROUP (application), "about", NULL);
  WAIT_FOR (find_main_window () != NULL && ADW_IS_ABOUT_DIALOG (lodge_test_get_dialog (find_main_window ())));
  about = ADW_ABOUT_DIALOG (lodge_test_get_dialog (find_main_window ()));
  g_assert_cmpstr (adw_about_dialog_get_application_name (about), ==, "Lodge");
  g_assert_cmpstr (adw_about_dialog_get_version (about), ==, LODGE_VERSION);
  g_assert_cmpint (adw_about_dialog_get_license_type (about), ==, GTK_LICENSE_GPL_3_0);
  g_assert_nonnull (strstr (adw_about_dialog_get_comments (about), "virtual machines"));
  g_assert_true (g_str_has_prefix (adw_about_dialog_get_website (about), "https://"));
  g_assert_true (adw_dialog_close (ADW_DIALOG (about)));
}

static void
test_preferences (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autoptr(GSettings) settings = g_settings_new (APPLICATION_ID);
  AdwDialog *dialog;
  GtkSpinButton *interval;

  g_action_group_activate_action (G_ACTION_GROUP (application), "preferences", NULL);
  WAIT_FOR (find_main_window () != NULL && LODGE_IS_PREFERENCES_DIALOG (lodge_test_get_dialog (find_main_window ())));
  dialog = lodge_test_get_dialog (find_main_window ());
  interval = lodge_test_get_child (dialog, LODGE_TYPE_PREFERENCES_DIALOG, "stats_interval");

  /* Each change is a setting at once */
  gtk_spin_button_set_value (interval, 17);
  g_assert_cmpuint (g_settings_get_uint (settings, "stats-interval"), ==, 17);
  gtk_spin_button_set_value (interval, 61);
  g_assert_cmpuint (g_settings_get_uint (settings, "stats-interval"), ==, 60);
  adw_switch_row_set_active (lodge_test_get_child (dialog, LODGE_TYPE_PREFERENCES_DIALOG, "confirm_force_off"), FALSE);
  g_assert_false (g_settings_get_boolean (settings, "confirm-force-off"));
  adw_switch_row_set_active (lodge_test_get_child (dialog, LODGE_TYPE_PREFERENCES_DIALOG, "confirm_shut_down"), TRUE);
  g_assert_true (g_settings_get_boolean (settings, "confirm-shut-down"));

  g_settings_reset (settings, "stats-interval");
  g_settings_reset (settings, "confirm-force-off");
  g_settings_reset (settings, "confirm-shut-down");
  g_assert_cmpint (gtk_spin_button_get_value_as_int (interval), ==, 2);
  g_assert_true (adw_dialog_close (dialog));
}

static void
test_keys (Fixture       *fixture,
           gconstpointer  data)
{
  g_auto(GStrv) quit = gtk_application_get_accels_for_action (GTK_APPLICATION (application), "app.quit");
  g_auto(GStrv) close = gtk_application_get_accels_for_action (GTK_APPLICATION (application), "window.close");

  g_assert_true (g_strv_contains ((const char * const *) quit, "<Control>q"));
  g_assert_true (g_strv_contains ((const char * const *) quit, "<Shift><Control>q"));
  g_assert_true (g_strv_contains ((const char * const *) close, "<Control>w"));
  g_assert_true (g_strv_contains ((const char * const *) close, "<Shift><Control>w"));
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr(GError) error = NULL;
  int result;

  gtk_test_init (&argc, &argv, NULL);
  application = lodge_application_new (APPLICATION_ID, G_APPLICATION_DEFAULT_FLAGS);
  g_application_register (G_APPLICATION (application), NULL, &error);
  g_assert_no_error (error);
  g_assert_false (g_application_get_is_remote (G_APPLICATION (application)));
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);

#define ADD(path, function) g_test_add ("/start/" path, Fixture, NULL, set_up, function, tear_down)
  ADD ("plain", test_plain);
  ADD ("connect", test_connect);
  ADD ("connect-fails", test_connect_fails);
  ADD ("show-machine", test_show_machine);
  ADD ("unknown-machine", test_unknown_machine);
  ADD ("new-machine", test_new_machine);
  ADD ("refused", test_refused);
  ADD ("about", test_about);
  ADD ("preferences", test_preferences);
  ADD ("keys", test_keys);
  result = g_test_run ();
  g_object_unref (application);
  return result;
}
