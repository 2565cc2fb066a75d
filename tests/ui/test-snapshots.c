/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <adwaita.h>
#include <string.h>

#include "lib/lodge-test-connection.h"
#include "lib/lodge-test-daemon.h"
#include "lib/lodge-test-folder.h"
#include "lib/lodge-test-virsh.h"
#include "lib/lodge-test-wait.h"
#include "lib/lodge-test-widgets.h"
#include "lodge-application.h"
#include "machine/lodge-machine-window.h"
#include "machine/lodge-snapshots-view.h"
#include "model/lodge-connection-list.h"
#include "model/lodge-connection.h"
#include "model/lodge-snapshot.h"

/* Snapshots of machines of a real QEMU, by the widgets of the machine window. No guest is booted. */

static LodgeApplication *application;
static LodgeTestDaemon *the_daemon;

typedef struct
{
  LodgeTestFolder    *folder;
  LodgeTestVirsh     *virsh;
  LodgeConnection    *connection;   /* owned */
  LodgeDomain        *domain;       /* owned, nullable */
  LodgeMachineWindow *window;       /* borrowed */
  LodgeSnapshotsView *view;         /* borrowed */
  char               *uri;
} Fixture;

static void
open_snapshots (Fixture *fixture)
{
  AdwViewStack *views;

  g_action_group_activate_action (G_ACTION_GROUP (application), "open-machine",
                                  g_variant_new ("(ss)", fixture->uri, lodge_domain_get_uuid (fixture->domain)));
  fixture->window = lodge_test_find_window (GTK_APPLICATION (application), LODGE_TYPE_MACHINE_WINDOW);
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "machinewin.show-view", "s", "snapshots");
  views = lodge_machine_page_get_views (lodge_machine_window_get_page (fixture->window));
  fixture->view = LODGE_SNAPSHOTS_VIEW (adw_view_stack_get_visible_child (views));
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  const char *kind = data;
  g_autoptr(GError) error = NULL;
  g_autofree char *disk = NULL;
  g_autofree char *xml = NULL;
  g_autofree char *file = NULL;
  g_autofree char *command = NULL;

  fixture->folder = lodge_test_folder_new ();
  g_action_group_activate_action (G_ACTION_GROUP (application), "show-manager", NULL);
  if (g_strcmp0 (kind, "test") == 0)
    fixture->uri = lodge_test_write_host (fixture->folder, 1, 1);
  else
    {
      fixture->uri = lodge_test_daemon_dup_qemu_uri (the_daemon);
      fixture->virsh = lodge_test_virsh_new (fixture->uri);
      disk = lodge_test_folder_build (fixture->folder, "disk.qcow2");
      command = g_strdup_printf ("qemu-img create -q -f qcow2 '%s' 8M", disk);
      g_spawn_command_line_sync (command, NULL, NULL, NULL, &error);
      g_assert_no_error (error);
      xml = g_strdup_printf ("<domain type='qemu'><name>machine</name><memory unit='MiB'>32</memory>"
                             "<os><type arch='x86_64' machine='q35'>hvm</type></os><devices><disk type='file' device='disk'>"
                             "<driver name='qemu' type='qcow2'/><source file='%s'/><target dev='vda' bus='virtio'/></disk>"
                             "</devices></domain>", disk);
      file = lodge_test_folder_write (fixture->folder, "machine.xml", xml, -1);
      g_free (lodge_test_virsh_run (fixture->virsh, "define %s", file));
    }
  fixture->connection = lodge_connection_list_add (lodge_application_get_connections (application), fixture->uri,
                                                   "Host",
                                                   &error);
  g_assert_no_error (error);
  g_object_ref (fixture->connection);
  lodge_test_open_connection (fixture->connection);
  fixture->domain = g_object_ref (lodge_test_find_domain (fixture->connection, g_strcmp0 (kind, "test") == 0 ? "m0000"
                                                                                                              : "machine"));
  open_snapshots (fixture);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  if (fixture->virsh != NULL)
    g_free (lodge_test_virsh_run (fixture->virsh, "undefine machine --snapshots-metadata --managed-save"));
  g_clear_object (&fixture->domain);
  lodge_connection_list_remove (lodge_application_get_connections (application), fixture->connection);
  lodge_test_close_windows (GTK_APPLICATION (application));
  lodge_test_close (fixture->connection);
  if (fixture->virsh != NULL)
    lodge_test_virsh_free (fixture->virsh);
  lodge_test_folder_free (fixture->folder);
  g_free (fixture->uri);
}

static gpointer
child (Fixture    *fixture,
       const char *name)
{
  return lodge_test_get_child (fixture->view, LODGE_TYPE_SNAPSHOTS_VIEW, name);
}

static const char *
shown (Fixture *fixture)
{
  return gtk_stack_get_visible_child_name (child (fixture, "stack"));
}

/* The rows of the tree as text: depth and name, “*” is where the machine is */
static char *
dup_tree (Fixture *fixture)
{
  GListModel *rows = G_LIST_MODEL (gtk_list_view_get_model (child (fixture, "list")));
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr(GtkTreeListRow) row = g_list_model_get_item (rows, i);
      g_autoptr(GObject) item = gtk_tree_list_row_get_item (row);

      g_string_append_printf (text, "%u%s ", gtk_tree_list_row_get_depth (row),
                              LODGE_IS_SNAPSHOT (item) ? lodge_snapshot_get_name (LODGE_SNAPSHOT (item)) : "*");
    }
  return g_string_free_and_steal (text);
}

static gboolean
tree_is (Fixture    *fixture,
         const char *wanted)
{
  g_autofree char *tree = dup_tree (fixture);

  return g_str_equal (tree, wanted);
}

static void
select_snapshot (Fixture    *fixture,
                 const char *name)
{
  GtkSelectionModel *rows = gtk_list_view_get_model (child (fixture, "list"));

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (rows)); i++)
    {
      g_autoptr(GtkTreeListRow) row = g_list_model_get_item (G_LIST_MODEL (rows), i);
      g_autoptr(GObject) item = gtk_tree_list_row_get_item (row);

      if (LODGE_IS_SNAPSHOT (item) && g_str_equal (lodge_snapshot_get_name (LODGE_SNAPSHOT (item)), name))
        gtk_selection_model_select_item (rows, i, TRUE);
    }
  g_assert_cmpstr (gtk_label_get_text (child (fixture, "name_label")), ==, name);
}

static AdwDialog *
ask (Fixture    *fixture,
     const char *action)
{
  AdwDialog *dialog;

  gtk_widget_activate_action (GTK_WIDGET (fixture->view), action, NULL);
  dialog = lodge_test_get_dialog (fixture->window);
  g_assert_true (ADW_IS_ALERT_DIALOG (dialog));
  return dialog;
}

static gpointer
field (AdwDialog  *dialog,
       const char *name)
{
  return g_object_get_data (G_OBJECT (adw_alert_dialog_get_extra_child (ADW_ALERT_DIALOG (dialog))), name);
}

static void
answer (Fixture   *fixture,
        AdwDialog *dialog)
{
  g_signal_emit_by_name (dialog, "response", "do");
  adw_dialog_force_close (dialog);
  g_assert_null (lodge_test_get_dialog (fixture->window));
}

static void
take (Fixture    *fixture,
      const char *name,
      const char *description)
{
  AdwDialog *dialog = ask (fixture, "snapshots.take");

  gtk_editable_set_text (field (dialog, "name"), name);
  gtk_editable_set_text (field (dialog, "description"), description);
  answer (fixture, dialog);
}

static void
test_tree (Fixture       *fixture,
           gconstpointer  data)
{
  AdwDialog *dialog;

  WAIT_FOR (g_str_equal (adw_status_page_get_title (child (fixture, "status_page")), "No Snapshots"));
  take (fixture, "Fresh <install> & more", "clean \"system\"");
  WAIT_FOR (g_str_equal (shown (fixture), "list") && tree_is (fixture, "0Fresh <install> & more 1* "));
  g_assert_cmpstr (adw_action_row_get_subtitle (child (fixture, "description_row")), ==, "clean \"system\"");
  g_assert_true (g_str_has_prefix (adw_action_row_get_subtitle (child (fixture, "taken_row")), "today at "));
  take (fixture, "second", "");
  WAIT_FOR (tree_is (fixture, "0Fresh <install> & more 1second 2* "));

  /* A name that is there cannot be taken twice */
  dialog = ask (fixture, "snapshots.take");
  gtk_editable_set_text (field (dialog, "name"), "second");
  g_assert_false (adw_alert_dialog_get_response_enabled (ADW_ALERT_DIALOG (dialog), "do"));
  gtk_editable_set_text (field (dialog, "name"), "a/b");
  g_assert_false (adw_alert_dialog_get_response_enabled (ADW_ALERT_DIALOG (dialog), "do"));
  adw_dialog_force_close (dialog);

  /* Back, with what is now kept first */
  select_snapshot (fixture, "Fresh <install> & more");
  dialog = ask (fixture, "snapshots.revert");
  g_assert_true (adw_switch_row_get_active (field (dialog, "first")));
  answer (fixture, dialog);
  WAIT_FOR (tree_is (fixture, "0Fresh <install> & more 1second 2Before Fresh <install> & more 1* "));

  /* Another line from there */
  take (fixture, "third", "");
  WAIT_FOR (tree_is (fixture, "0Fresh <install> & more 1second 2Before Fresh <install> & more 1third 2* "));
  select_snapshot (fixture, "third");
  dialog = ask (fixture, "snapshots.describe");
  gtk_editable_set_text (field (dialog, "description"), "changed <b>");
  answer (fixture, dialog);
  WAIT_FOR (g_strcmp0 (adw_action_row_get_subtitle (child (fixture, "description_row")), "changed <b>") == 0);

  /* Delete one, then a whole line */
  select_snapshot (fixture, "third");
  answer (fixture, ask (fixture, "snapshots.delete"));
  WAIT_FOR (tree_is (fixture, "0Fresh <install> & more 1second 2Before Fresh <install> & more 1* "));
  select_snapshot (fixture, "second");
  dialog = ask (fixture, "snapshots.delete");
  g_assert_true (gtk_widget_get_visible (field (dialog, "children")));
  adw_switch_row_set_active (field (dialog, "children"), TRUE);
  answer (fixture, dialog);
  WAIT_FOR (tree_is (fixture, "0Fresh <install> & more 1* "));
}

/* A machine that runs is kept with its memory, and goes on from it */
static void
test_memory (Fixture       *fixture,
             gconstpointer  data)
{
  AdwDialog *dialog;

  g_free (lodge_test_virsh_run (fixture->virsh, "start machine --paused"));
  WAIT_FOR (lodge_domain_get_state (fixture->domain) == LODGE_DOMAIN_STATE_PAUSED);
  dialog = ask (fixture, "snapshots.take");
  g_assert_true (gtk_widget_get_visible (field (dialog, "memory")));
  g_assert_true (adw_switch_row_get_active (field (dialog, "memory")));
  gtk_editable_set_text (field (dialog, "name"), "paused");
  answer (fixture, dialog);
  WAIT_FOR (tree_is (fixture, "0paused 1* "));
  g_assert_nonnull (strstr (adw_action_row_get_subtitle (child (fixture, "kind_row")), "Paused, with memory"));
  g_free (lodge_test_virsh_run (fixture->virsh, "destroy machine"));
  WAIT_FOR (lodge_domain_get_state (fixture->domain) == LODGE_DOMAIN_STATE_OFF);

  select_snapshot (fixture, "paused");
  dialog = ask (fixture, "snapshots.revert");
  adw_switch_row_set_active (field (dialog, "first"), FALSE);
  answer (fixture, dialog);
  WAIT_FOR (lodge_domain_get_state (fixture->domain) == LODGE_DOMAIN_STATE_PAUSED);
  WAIT_FOR (gtk_widget_get_sensitive (lodge_test_find_descendant (fixture->view, GTK_TYPE_BUTTON, "_Revert…")));
  g_free (lodge_test_virsh_run (fixture->virsh, "destroy machine"));
  WAIT_FOR (lodge_domain_get_state (fixture->domain) == LODGE_DOMAIN_STATE_OFF);
}

/* What another person takes is there when it is looked at again; what fails says so and leaves the list as it is */
static void
test_failure (Fixture       *fixture,
              gconstpointer  data)
{
  AdwDialog *dialog;

  WAIT_FOR (g_str_equal (adw_status_page_get_title (child (fixture, "status_page")), "No Snapshots"));
  g_free (lodge_test_virsh_run (fixture->virsh, "snapshot-create-as machine theirs"));
  gtk_widget_activate_action (GTK_WIDGET (fixture->view), "snapshots.refresh", NULL);
  WAIT_FOR (tree_is (fixture, "0theirs 1* "));
  select_snapshot (fixture, "theirs");
  dialog = ask (fixture, "snapshots.delete");
  g_free (lodge_test_virsh_run (fixture->virsh, "snapshot-delete machine theirs"));
  answer (fixture, dialog);
  WAIT_FOR (ADW_IS_ALERT_DIALOG (lodge_test_get_dialog (fixture->window)));
  g_assert_cmpstr (adw_alert_dialog_get_heading (ADW_ALERT_DIALOG (lodge_test_get_dialog (fixture->window))), ==,
                   "Could Not Delete the Snapshot");
  adw_dialog_force_close (lodge_test_get_dialog (fixture->window));
  WAIT_FOR (g_str_equal (shown (fixture), "status"));
}

static void
test_parsing (void)
{
  static const char external[] =
    "<domainsnapshot><name>n</name><state>disk-snapshot</state><creationTime>100</creationTime><parent><name>p</name></parent>"
    "<disks><disk name='vda' snapshot='external'/></disks></domainsnapshot>";
  g_autoptr(GError) error = NULL;
  g_autoptr(LodgeSnapshot) snapshot = lodge_snapshot_new_from_xml (external, FALSE, &error);
  g_autoptr(LodgeSnapshot) nameless = NULL;
  g_autoptr(LodgeSnapshot) broken = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (lodge_snapshot_get_parent (snapshot), ==, "p");
  g_assert_cmpint (lodge_snapshot_get_kind (snapshot), ==, LODGE_SNAPSHOT_DISK_ONLY);
  g_assert_true (lodge_snapshot_get_external (snapshot));
  g_assert_cmpint (lodge_snapshot_get_time (snapshot), ==, 100);
  nameless = lodge_snapshot_new_from_xml ("<domainsnapshot/>", FALSE, &error);
  g_assert_null (nameless);
  g_assert_nonnull (error);
  g_clear_error (&error);
  broken = lodge_snapshot_new_from_xml ("<domainsnapshot>", FALSE, &error);
  g_assert_null (broken);
  g_assert_nonnull (error);
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr(GError) error = NULL;
  int result;

  gtk_test_init (&argc, &argv, NULL);
  /* GTK warns of a label in libadwaita's own alert dialog */
  g_log_set_always_fatal (G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_ERROR);
  application = lodge_application_new (APPLICATION_ID ".Snapshots", G_APPLICATION_NON_UNIQUE);
  g_application_register (G_APPLICATION (application), NULL, &error);
  g_assert_no_error (error);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  the_daemon = lodge_test_daemon_new ();

#define ADD(path, kind, function) g_test_add ("/snapshots/" path, Fixture, kind, set_up, function, tear_down)
  g_test_add_func ("/snapshots/parsing", test_parsing);
  ADD ("tree", NULL, test_tree);
  ADD ("tree-test-driver", "test", test_tree);
  ADD ("memory", NULL, test_memory);
  ADD ("failure", NULL, test_failure);
#undef ADD
  result = g_test_run ();
  g_object_unref (application);
  lodge_test_daemon_free (the_daemon);
  return result;
}
