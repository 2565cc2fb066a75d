/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <adwaita.h>

#include "lib/lodge-test-connection.h"
#include "lib/lodge-test-folder.h"
#include "lib/lodge-test-wait.h"
#include "lib/lodge-test-widgets.h"
#include "lodge-application.h"
#include "machine/lodge-machine-window.h"
#include "model/lodge-connection-list.h"
#include "model/lodge-connection.h"
#include "model/lodge-domain-details.h"
#include "model/lodge-domain.h"
#include "widgets/lodge-column.h"
#include "widgets/lodge-tags-dialog.h"
#include "window/lodge-machine-list.h"
#include "window/lodge-window.h"

/* What a person does with machines from the list, and what is asked before, in the whole program on libvirt's test
 * driver */

/* A process can have one only */
static LodgeApplication *application;

/* @runstate: of the test driver, as in virDomainState */
static const struct { const char *name; int runstate; const char *word, *icon_name; } machines[] = {
  { "crashed", 6, "Crashed", "lodge-state-crashed-symbolic" },
  { "off", 5, "Off", "lodge-state-off-symbolic" },
  { "paused", 3, "Paused", "lodge-state-paused-symbolic" },
  { "running", 1, "Running", "lodge-state-running-symbolic" },
  { "running-too", 1, "Running", "lodge-state-running-symbolic" },
};

enum { CRASHED, OFF, PAUSED, RUNNING, RUNNING_TOO };

typedef struct
{
  LodgeWindow      *window;
  LodgeMachineList *list;
  LodgeConnection  *connection;
  LodgeTestFolder  *folder;
  GSettings        *settings;
} Fixture;

static LodgeDomain *
find_domain (Fixture *fixture,
             guint    index)
{
  return lodge_connection_find_domain (fixture->connection, machines[index].name);
}

static guint
count_rows (Fixture *fixture)
{
  return g_list_model_get_n_items (G_LIST_MODEL (lodge_machine_list_get_selection (fixture->list)));
}

static void
show_window (Fixture *fixture)
{
  g_action_group_activate_action (G_ACTION_GROUP (application), "show-manager", NULL);
  fixture->window = lodge_test_find_window (GTK_APPLICATION (application), LODGE_TYPE_WINDOW);
  fixture->list = lodge_window_get_machine_list (fixture->window);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr(GString) xml = g_string_new ("<node>");
  g_autoptr(GError) error = NULL;
  g_autofree char *uri = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (machines); i++)
    g_string_append_printf (xml, "<domain type='test' xmlns:test='http://libvirt.org/schemas/domain/test/1.0'>"
                            "<name>%s</name><memory>65536</memory><vcpu>1</vcpu><os><type>hvm</type></os>"
                            "<test:runstate>%d</test:runstate></domain>", machines[i].name, machines[i].runstate);
  g_string_append (xml, "</node>");
  fixture->folder = lodge_test_folder_new ();
  fixture->settings = g_settings_new (APPLICATION_ID);
  uri = lodge_test_write_node (fixture->folder, xml->str);
  show_window (fixture);
  fixture->connection = lodge_connection_list_add (lodge_application_get_connections (application), uri, "Rack", &error);
  g_assert_no_error (error);
  g_object_ref (fixture->connection);
  lodge_connection_open_async (fixture->connection, NULL, NULL, NULL);
  WAIT_FOR (count_rows (fixture) == G_N_ELEMENTS (machines));
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  static const char * const keys[] = {
    "confirm-force-off", "confirm-shut-down", "confirm-pause", "window-size", "stats-interval",
  };

  lodge_test_close_windows (GTK_APPLICATION (application));
  lodge_connection_close (fixture->connection);
  lodge_connection_list_remove (lodge_application_get_connections (application), fixture->connection);
  g_object_unref (fixture->connection);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    g_settings_reset (fixture->settings, keys[i]);
  lodge_test_settle ();
  g_object_unref (fixture->settings);
  lodge_test_folder_free (fixture->folder);
}

static void
select_machines (Fixture *fixture,
                 guint    first,
                 guint    n)
{
  /* The list is sorted by name, as the table above */
  gtk_selection_model_select_range (lodge_machine_list_get_selection (fixture->list), first, n, TRUE);
}

static void
activate (Fixture    *fixture,
          const char *action)
{
  gtk_widget_activate_action (GTK_WIDGET (fixture->list), action, NULL);
}

static void
answer (Fixture    *fixture,
        const char *response,
        gboolean    silence)
{
  AdwDialog *dialog = lodge_test_get_dialog (fixture->window);
  GtkCheckButton *check;

  g_assert_true (ADW_IS_ALERT_DIALOG (dialog));
  g_assert_cmpstr (adw_alert_dialog_get_default_response (ADW_ALERT_DIALOG (dialog)), ==, "cancel");
  check = lodge_test_find_descendant (dialog, GTK_TYPE_CHECK_BUTTON, NULL);
  g_assert_nonnull (check);
  gtk_check_button_set_active (check, silence);
  g_signal_emit_by_name (dialog, "response", response);
  adw_dialog_force_close (dialog);
  WAIT_FOR (lodge_test_get_dialog (fixture->window) == NULL);
}

static gboolean
is_in (Fixture          *fixture,
       guint             index,
       LodgeDomainState  state)
{
  return lodge_domain_get_state (find_domain (fixture, index)) == state;
}

/* Each state has its word and its shape */
static void
test_states (Fixture       *fixture,
             gconstpointer  data)
{
  for (guint i = 0; i < G_N_ELEMENTS (machines); i++)
    {
      g_autofree char *word = lodge_column_dup_text (LODGE_COLUMN_STATE, find_domain (fixture, i));

      g_assert_cmpstr (word, ==, machines[i].word);
      g_assert_cmpstr (lodge_domain_state_get_icon_name (lodge_domain_get_state (find_domain (fixture, i))), ==,
                       machines[i].icon_name);
    }
  g_assert_cmpstr (lodge_domain_state_get_label (LODGE_DOMAIN_STATE_SAVED), ==, "Saved");
  g_assert_cmpstr (lodge_domain_state_get_label (LODGE_DOMAIN_STATE_SHUTTING_DOWN), ==, "Shutting Down");
  g_assert_cmpstr (lodge_domain_state_get_label (LODGE_DOMAIN_STATE_SUSPENDED), ==, "Asleep");
}

/* What a double click and Enter do */
static void
test_open (Fixture       *fixture,
           gconstpointer  data)
{
  GtkColumnView *table = lodge_test_find_descendant (fixture->list, GTK_TYPE_COLUMN_VIEW, NULL);
  GtkWidget *rows = lodge_test_find_descendant (table, GTK_TYPE_LIST_VIEW, NULL);
  GtkWindow *window;

  g_assert_true (gtk_widget_activate_action (rows, "list.activate-item", "u", OFF));
  WAIT_FOR (lodge_test_find_window (GTK_APPLICATION (application), LODGE_TYPE_MACHINE_WINDOW) != NULL);
  window = lodge_test_find_window (GTK_APPLICATION (application), LODGE_TYPE_MACHINE_WINDOW);
  g_assert_cmpstr (gtk_window_get_title (window), ==, "off");
}

/* Saved by another program or by us: the verb is Restore, and does it */
static void
test_restore (Fixture       *fixture,
              gconstpointer  data)
{
  GtkButton *start = lodge_test_find_child (fixture->list, "start_button");

  select_machines (fixture, OFF, 1);
  WAIT_FOR (g_strcmp0 (gtk_button_get_label (start), "Start") == 0);
  select_machines (fixture, RUNNING, 1);
  WAIT_FOR (!gtk_widget_get_visible (GTK_WIDGET (start)));
  activate (fixture, "machine.save");
  WAIT_FOR (is_in (fixture, RUNNING, LODGE_DOMAIN_STATE_SAVED));
  WAIT_FOR (g_strcmp0 (gtk_button_get_label (start), "Restore") == 0 && gtk_widget_get_visible (GTK_WIDGET (start)));
  g_assert_true (gtk_widget_activate (GTK_WIDGET (start)));
  WAIT_FOR (is_in (fixture, RUNNING, LODGE_DOMAIN_STATE_RUNNING));
}

/* Asks by default, and says what is lost; can be silenced where it asks */
static void
test_force_off (Fixture       *fixture,
                gconstpointer  data)
{
  AdwDialog *dialog;

  select_machines (fixture, RUNNING, 1);
  activate (fixture, "machine.force-off");
  dialog = lodge_test_get_dialog (fixture->window);
  g_assert_nonnull (strstr (adw_alert_dialog_get_body (ADW_ALERT_DIALOG (dialog)), "loses"));
  answer (fixture, "cancel", /* silence = */ TRUE);
  g_assert_true (is_in (fixture, RUNNING, LODGE_DOMAIN_STATE_RUNNING));
  g_assert_true (g_settings_get_boolean (fixture->settings, "confirm-force-off"));

  activate (fixture, "machine.force-off");
  answer (fixture, "do", /* silence = */ TRUE);
  WAIT_FOR (is_in (fixture, RUNNING, LODGE_DOMAIN_STATE_OFF));
  g_assert_false (g_settings_get_boolean (fixture->settings, "confirm-force-off"));

  select_machines (fixture, RUNNING_TOO, 1);
  activate (fixture, "machine.force-off");
  g_assert_null (lodge_test_get_dialog (fixture->window));
  WAIT_FOR (is_in (fixture, RUNNING_TOO, LODGE_DOMAIN_STATE_OFF));
}

static void
test_force_reset (Fixture       *fixture,
                  gconstpointer  data)
{
  AdwDialog *dialog;

  select_machines (fixture, RUNNING, 1);
  activate (fixture, "machine.force-reset");
  dialog = lodge_test_get_dialog (fixture->window);
  g_assert_nonnull (strstr (adw_alert_dialog_get_body (ADW_ALERT_DIALOG (dialog)), "loses"));
  answer (fixture, "cancel", FALSE);
  g_assert_true (is_in (fixture, RUNNING, LODGE_DOMAIN_STATE_RUNNING));
}

/* What the guest is asked for is not asked of the person, unless wanted */
static void
test_shut_down (Fixture       *fixture,
                gconstpointer  data)
{
  LodgeDomainOperation operation;

  select_machines (fixture, RUNNING, 1);
  activate (fixture, "machine.reboot");
  g_assert_null (lodge_test_get_dialog (fixture->window));
  WAIT_FOR (!lodge_domain_get_operation_pending (find_domain (fixture, RUNNING), &operation)
            && is_in (fixture, RUNNING, LODGE_DOMAIN_STATE_RUNNING));
  activate (fixture, "machine.shut-down");
  g_assert_null (lodge_test_get_dialog (fixture->window));
  WAIT_FOR (is_in (fixture, RUNNING, LODGE_DOMAIN_STATE_OFF));

  g_settings_set_boolean (fixture->settings, "confirm-shut-down", TRUE);
  select_machines (fixture, RUNNING_TOO, 1);
  activate (fixture, "machine.reboot");
  answer (fixture, "cancel", FALSE);
  activate (fixture, "machine.save");
  answer (fixture, "cancel", FALSE);
  activate (fixture, "machine.shut-down");
  answer (fixture, "cancel", FALSE);
  g_assert_true (is_in (fixture, RUNNING_TOO, LODGE_DOMAIN_STATE_RUNNING));
  activate (fixture, "machine.shut-down");
  answer (fixture, "do", FALSE);
  WAIT_FOR (is_in (fixture, RUNNING_TOO, LODGE_DOMAIN_STATE_OFF));
  g_assert_true (g_settings_get_boolean (fixture->settings, "confirm-shut-down"));
}

static void
test_pause (Fixture       *fixture,
            gconstpointer  data)
{
  select_machines (fixture, RUNNING, 1);
  activate (fixture, "machine.toggle-pause");
  g_assert_null (lodge_test_get_dialog (fixture->window));
  WAIT_FOR (is_in (fixture, RUNNING, LODGE_DOMAIN_STATE_PAUSED));
  activate (fixture, "machine.toggle-pause");
  WAIT_FOR (is_in (fixture, RUNNING, LODGE_DOMAIN_STATE_RUNNING));

  g_settings_set_boolean (fixture->settings, "confirm-pause", TRUE);
  activate (fixture, "machine.pause");
  answer (fixture, "do", /* silence = */ TRUE);
  WAIT_FOR (is_in (fixture, RUNNING, LODGE_DOMAIN_STATE_PAUSED));
  g_assert_false (g_settings_get_boolean (fixture->settings, "confirm-pause"));
}

/* The window comes back as large as it was left */
static void
test_window_size (Fixture       *fixture,
                  gconstpointer  data)
{
  int width, height;

  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 913, 707);
  lodge_test_close_windows (GTK_APPLICATION (application));
  show_window (fixture);
  gtk_window_get_default_size (GTK_WINDOW (fixture->window), &width, &height);
  g_assert_cmpint (width, ==, 913);
  g_assert_cmpint (height, ==, 707);
}

static void
count_cb (LodgeConnection *connection,
          guint           *n)
{
  (*n)++;
}

/* Another interval counts from now on: the next reading of a minute's interval would be too late for this */
static void
test_interval (Fixture       *fixture,
               gconstpointer  data)
{
  guint n = 0, before;
  gint64 start;

  g_signal_connect (fixture->connection, "stats-updated", G_CALLBACK (count_cb), &n);
  WAIT_FOR (n > 0);
  g_settings_set_uint (fixture->settings, "stats-interval", 60);
  lodge_test_settle ();
  before = n;
  start = g_get_monotonic_time ();
  g_settings_set_uint (fixture->settings, "stats-interval", 1);
  WAIT_FOR (n > before + 1);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 50 * G_USEC_PER_SEC);
  g_signal_handlers_disconnect_by_func (fixture->connection, count_cb, &n);
}

static gboolean
has_tags (Fixture    *fixture,
          guint       index,
          const char *expected)
{
  g_autofree char *tags = g_strjoinv (",", (char **) lodge_domain_get_tags (find_domain (fixture, index)));

  return g_str_equal (tags, expected);
}

static GtkCheckButton *
find_tag (AdwDialog  *dialog,
          const char *tag)
{
  GtkWidget *row = lodge_test_find_descendant (dialog, ADW_TYPE_ACTION_ROW, tag);

  g_assert_nonnull (row);
  return lodge_test_find_descendant (row, GTK_TYPE_CHECK_BUTTON, NULL);
}

static LodgeTagsDialog *
edit_tags (Fixture *fixture,
           guint    first,
           guint    n)
{
  select_machines (fixture, first, n);
  activate (fixture, "machine.edit-tags");
  return LODGE_TAGS_DIALOG (lodge_test_get_dialog (fixture->window));
}

static void
save_tags (Fixture         *fixture,
           LodgeTagsDialog *dialog)
{
  g_signal_emit_by_name (lodge_test_find_child (dialog, "save_button"), "clicked");
  WAIT_FOR (lodge_test_get_dialog (fixture->window) == NULL);
}

/* Put on some, taken off all, and what is not touched stays as it is on each; with the folder */
static void
test_tags (Fixture       *fixture,
           gconstpointer  data)
{
  LodgeTagsDialog *dialog = edit_tags (fixture, CRASHED, 1);
  GtkCheckButton *check;

  gtk_editable_set_text (lodge_test_find_child (dialog, "new_row"), "web, db,, web ");
  gtk_editable_set_text (lodge_test_find_child (dialog, "folder_row"), "Lab/Shelf");
  save_tags (fixture, dialog);
  WAIT_FOR (has_tags (fixture, CRASHED, "db,web"));
  g_assert_cmpstr (lodge_domain_get_folder (find_domain (fixture, CRASHED)), ==, "Lab/Shelf");

  dialog = edit_tags (fixture, CRASHED, 3);
  check = find_tag (ADW_DIALOG (dialog), "db");
  g_assert_true (gtk_check_button_get_inconsistent (check));
  g_assert_cmpstr (gtk_editable_get_text (lodge_test_find_child (dialog, "folder_row")), ==, "");
  gtk_check_button_set_active (check, TRUE);
  g_assert_false (gtk_check_button_get_inconsistent (check));
  gtk_editable_set_text (lodge_test_find_child (dialog, "new_row"), "lab");
  g_signal_emit_by_name (lodge_test_find_child (dialog, "new_row"), "entry-activated");
  g_assert_true (gtk_check_button_get_active (find_tag (ADW_DIALOG (dialog), "lab")));
  save_tags (fixture, dialog);
  WAIT_FOR (has_tags (fixture, CRASHED, "db,lab,web"));
  WAIT_FOR (has_tags (fixture, OFF, "db,lab"));
  WAIT_FOR (has_tags (fixture, PAUSED, "db,lab"));
  g_assert_cmpstr (lodge_domain_get_folder (find_domain (fixture, CRASHED)), ==, "Lab/Shelf");
  g_assert_null (lodge_domain_get_folder (find_domain (fixture, OFF)));

  /* Off again; and a machine that has none of it is left alone */
  dialog = edit_tags (fixture, CRASHED, 4);
  gtk_check_button_set_active (find_tag (ADW_DIALOG (dialog), "db"), TRUE);
  gtk_check_button_set_active (find_tag (ADW_DIALOG (dialog), "db"), FALSE);
  save_tags (fixture, dialog);
  WAIT_FOR (has_tags (fixture, CRASHED, "lab,web"));
  WAIT_FOR (has_tags (fixture, PAUSED, "lab"));
  g_assert_true (has_tags (fixture, RUNNING, ""));
}

/* What is no tag is refused where it was typed */
static void
test_bad_tags (Fixture       *fixture,
               gconstpointer  data)
{
  g_autofree char *long_tag = g_strnfill (LODGE_MAX_TAG_LENGTH + 1, 'x');
  LodgeTagsDialog *dialog = edit_tags (fixture, OFF, 1);
  GtkWidget *save = lodge_test_find_child (dialog, "save_button");
  GtkWidget *complaint = lodge_test_find_child (dialog, "error_label");

  gtk_editable_set_text (lodge_test_find_child (dialog, "new_row"), long_tag);
  g_assert_false (gtk_widget_get_sensitive (save));
  g_assert_true (gtk_widget_get_visible (complaint));
  gtk_editable_set_text (lodge_test_find_child (dialog, "new_row"), "short");
  g_assert_true (gtk_widget_get_sensitive (save));
  g_assert_false (gtk_widget_get_visible (complaint));
  adw_dialog_force_close (ADW_DIALOG (dialog));
  g_assert_true (has_tags (fixture, OFF, ""));
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

#define ADD(path, function) g_test_add ("/lifecycle/" path, Fixture, NULL, set_up, function, tear_down)
  ADD ("states", test_states);
  ADD ("open", test_open);
  ADD ("restore", test_restore);
  ADD ("force-off", test_force_off);
  ADD ("force-reset", test_force_reset);
  ADD ("shut-down", test_shut_down);
  ADD ("pause", test_pause);
  ADD ("window-size", test_window_size);
  ADD ("interval", test_interval);
  ADD ("tags", test_tags);
  ADD ("bad-tags", test_bad_tags);
  result = g_test_run ();
  g_object_unref (application);
  return result;
}
