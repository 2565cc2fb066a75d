/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <adwaita.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib/lodge-test-connection.h"
#include "lib/lodge-test-daemon.h"
#include "lib/lodge-test-folder.h"
#include "lib/lodge-test-virsh.h"
#include "lib/lodge-test-wait.h"
#include "lib/lodge-test-widgets.h"
#include "lodge-application.h"
#include "machine/lodge-device-page.h"
#include "machine/lodge-hardware-view.h"
#include "model/lodge-connection.h"
#include "model/lodge-machine-facts.h"
#include "widgets/lodge-domain-actions.h"
#include "widgets/lodge-findings.h"

/* The check-up on a real libvirtd with QEMU: on the pages of a machine, and in place of the error when it does not
 * start */

static LodgeApplication *application;
static LodgeTestDaemon *the_daemon;

typedef struct
{
  LodgeTestFolder      *folder;
  LodgeTestVirsh       *virsh;
  LodgeConnection      *connection;
  LodgeDomain          *domain;
  AdwApplicationWindow *window;
  LodgeHardwareView    *view;
} Fixture;

static gpointer
get (Fixture    *fixture,
     const char *name)
{
  return lodge_test_get_child (fixture->view, LODGE_TYPE_HARDWARE_VIEW, name);
}

static gboolean
has_pool (Fixture    *fixture,
          const char *flag)
{
  g_autofree char *pools = lodge_test_virsh_run (fixture->virsh, "pool-list --name %s", flag);

  return strstr (pools, "store") != NULL;
}

/* With an image in it, and off */
static void
make_pool (Fixture *fixture)
{
  if (!has_pool (fixture, "--all"))
    {
      g_free (lodge_test_virsh_run (fixture->virsh, "pool-define-as store dir --target %s/lib/store",
                                    lodge_test_daemon_get_path (the_daemon)));
      g_free (lodge_test_virsh_run (fixture->virsh, "pool-build store"));
      g_free (lodge_test_virsh_run (fixture->virsh, "pool-start store"));
      g_free (lodge_test_virsh_run (fixture->virsh, "vol-create-as store a.qcow2 8M --format qcow2"));
    }
  if (has_pool (fixture, ""))
    g_free (lodge_test_virsh_run (fixture->virsh, "pool-destroy store"));
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autofree char *uri = lodge_test_daemon_dup_qemu_uri (the_daemon);
  g_autofree char *file = NULL;
  g_autofree char *xml = NULL;

  fixture->folder = lodge_test_folder_new ();
  fixture->virsh = lodge_test_virsh_new (uri);
  make_pool (fixture);
  xml = g_strdup_printf (
    "<domain type='qemu'><name>ill</name><memory unit='MiB'>64</memory><os><type arch='x86_64' machine='pc'>hvm</type>"
    "</os><devices><disk type='file' device='cdrom'><source file='%s/gone.iso'/><target dev='hdc' bus='ide'/><readonly/>"
    "</disk><disk type='volume' device='disk'><driver name='qemu' type='qcow2' cache='unsafe'/>"
    "<source pool='store' volume='a.qcow2'/><target dev='vda' bus='virtio'/></disk></devices></domain>",
    lodge_test_folder_get_path (fixture->folder));
  file = lodge_test_folder_write (fixture->folder, "ill.xml", xml, -1);
  g_free (lodge_test_virsh_run (fixture->virsh, "define %s", file));
  fixture->connection = lodge_test_open (uri);
  fixture->domain = lodge_test_find_domain (fixture->connection, "ill");
  fixture->window = ADW_APPLICATION_WINDOW (adw_application_window_new (GTK_APPLICATION (application)));
  fixture->view = LODGE_HARDWARE_VIEW (lodge_hardware_view_new (fixture->domain));
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1000, 700);
  adw_application_window_set_content (fixture->window, GTK_WIDGET (fixture->view));
  gtk_window_present (GTK_WINDOW (fixture->window));
  WAIT_FOR (g_strcmp0 (gtk_stack_get_visible_child_name (get (fixture, "stack")), "devices") == 0);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  lodge_test_settle ();
  if (lodge_domain_get_state (fixture->domain) != LODGE_DOMAIN_STATE_OFF)
    g_free (lodge_test_virsh_run (fixture->virsh, "destroy ill"));
  g_free (lodge_test_virsh_run (fixture->virsh, "undefine ill"));
  lodge_test_close (fixture->connection);
  lodge_test_virsh_free (fixture->virsh);
  lodge_test_folder_free (fixture->folder);
}

static GtkWidget *
find_button (Fixture    *fixture,
             const char *rule)
{
  return lodge_findings_get_button (lodge_device_page_get_findings (get (fixture, "page")), rule);
}

static guint
count (Fixture *fixture)
{
  return lodge_findings_get_n (lodge_device_page_get_findings (get (fixture, "page")));
}

/* Each on its page and all on the first; what is mended is an edit, and what is done on the host can be taken back */
static void
test_pages (Fixture       *fixture,
            gconstpointer  data)
{
  GtkWidget *undo;

  WAIT_FOR (count (fixture) == 3);
  g_assert_nonnull (find_button (fixture, "medium-missing"));
  g_assert_nonnull (find_button (fixture, "pool-off"));
  g_assert_nonnull (find_button (fixture, "unsafe-cache"));
  g_assert_true (lodge_hardware_view_show (fixture->view, "memory"));
  g_assert_cmpuint (count (fixture), ==, 0);
  g_assert_true (lodge_hardware_view_show (fixture->view, "disk|hdc"));
  g_assert_cmpuint (count (fixture), ==, 1);

  g_signal_emit_by_name (find_button (fixture, "medium-missing"), "clicked");
  g_assert_cmpuint (count (fixture), ==, 0);
  g_assert_true (lodge_hardware_view_get_has_edits (fixture->view));
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->view), "hardware.undo", NULL));
  g_assert_false (lodge_hardware_view_get_has_edits (fixture->view));
  g_assert_cmpuint (count (fixture), ==, 1);

  /* From the first page to the row that is wrong */
  g_assert_true (lodge_hardware_view_show (fixture->view, "overview"));
  g_signal_emit_by_name (lodge_test_find_descendant (get (fixture, "page"), ADW_TYPE_ACTION_ROW,
                                                     "The Disk’s Cache Is Unsafe"), "activated");
  g_assert_cmpuint (count (fixture), ==, 2);
  g_assert_nonnull (lodge_device_page_get_row (get (fixture, "page"), "cache"));

  g_signal_emit_by_name (find_button (fixture, "pool-off"), "clicked");
  WAIT_FOR (count (fixture) == 1);
  g_assert_true (has_pool (fixture, ""));
  undo = lodge_test_find_descendant (get (fixture, "toasts"), GTK_TYPE_BUTTON, "_Undo");
  g_assert_nonnull (undo);
  g_signal_emit_by_name (undo, "clicked");
  WAIT_FOR (count (fixture) == 2);
  g_assert_false (has_pool (fixture, ""));
}

static AdwAlertDialog *
wait_for_offer (Fixture    *fixture,
                const char *label)
{
  AdwDialog *dialog;

  WAIT_FOR (lodge_test_get_dialog (fixture->window) != NULL);
  dialog = lodge_test_get_dialog (fixture->window);
  g_assert_true (ADW_IS_ALERT_DIALOG (dialog));
  g_assert_true (adw_alert_dialog_has_response (ADW_ALERT_DIALOG (dialog), "mend"));
  g_assert_cmpstr (adw_alert_dialog_get_response_label (ADW_ALERT_DIALOG (dialog), "mend"), ==, label);
  return ADW_ALERT_DIALOG (dialog);
}

static void
press (AdwAlertDialog *dialog,
       const char     *label)
{
  GtkWidget *button = lodge_test_find_descendant (dialog, GTK_TYPE_BUTTON, label);

  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
}

/* One cause after the other, until it runs */
static void
test_start (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr(GSettings) settings = g_settings_new (APPLICATION_ID);
  g_autoptr(LodgeDomainActions) actions = lodge_domain_actions_new (GTK_WIDGET (fixture->view), settings);
  g_autoptr(GListStore) domains = g_list_store_new (LODGE_TYPE_DOMAIN);
  g_autofree char *history = g_build_filename (g_get_user_data_dir (), "lodge", "history",
                                               lodge_domain_get_uuid (fixture->domain), NULL);
  g_autofree char *xml = NULL;

  g_list_store_append (domains, fixture->domain);
  lodge_domain_actions_set_domains (actions, G_LIST_MODEL (domains));
  g_action_group_activate_action (lodge_domain_actions_get_group (actions), "start", NULL);
  press (wait_for_offer (fixture, "_Start the Pool and Start"), "_Start the Pool and Start");
  WAIT_FOR (lodge_test_get_dialog (fixture->window) == NULL);
  press (wait_for_offer (fixture, "_Eject and Start"), "_Eject and Start");
  WAIT_FOR (lodge_domain_get_state (fixture->domain) == LODGE_DOMAIN_STATE_RUNNING);
  xml = lodge_test_virsh_run (fixture->virsh, "dumpxml ill --inactive");
  g_assert_null (strstr (xml, "gone.iso"));
  g_assert_nonnull (strstr (xml, "a.qcow2"));
  /* As it was before it was changed */
  g_assert_true (g_file_test (history, G_FILE_TEST_IS_DIR));
}

/* A folder is opened for passing through only, and closed again */
static void
test_folder (Fixture       *fixture,
             gconstpointer  data)
{
  g_autofree char *outer = lodge_test_folder_build (fixture->folder, "out\ner");
  g_autofree char *inner = g_build_filename (outer, "inner", NULL);
  g_autofree char *image = g_build_filename (inner, "a.img", NULL);
  g_autofree char *xml = g_markup_printf_escaped (
    "<domain><devices><disk><source file='%s'/></disk></devices></domain>", image);
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(LodgeMachineFacts) facts = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *token = NULL;
  struct stat status;

  if (geteuid () != 0)
    {
      g_test_skip ("the session's hypervisor is the person's own");
      return;
    }
  g_assert_cmpint (g_mkdir (outer, 0700), ==, 0);
  g_assert_cmpint (g_mkdir (inner, 0700), ==, 0);
  g_assert_true (g_file_set_contents (image, "data", -1, NULL));
  lodge_connection_read_machine_facts_async (fixture->connection, xml, NULL, lodge_test_result_cb, &result);
  WAIT_FOR (result != NULL);
  facts = lodge_connection_read_machine_facts_finish (fixture->connection, result, &error);
  g_assert_no_error (error);
  /* (A line end in an attribute is a blank) */
  g_assert_cmpint (lodge_machine_facts_get (facts, LODGE_RESOURCE_FILE, image), !=, LODGE_RESOURCE_READY);
  g_clear_object (&result);

  lodge_connection_repair_async (fixture->connection, LODGE_REPAIR_OPEN_FOLDER, image, NULL, lodge_test_result_cb,
                                 &result);
  WAIT_FOR (result != NULL);
  token = lodge_connection_repair_finish (fixture->connection, result, &error);
  g_assert_no_error (error);
  g_assert_cmpint (stat (outer, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0701);
  g_assert_cmpint (stat (inner, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0701);
  g_clear_object (&result);

  lodge_connection_undo_repair_async (fixture->connection, LODGE_REPAIR_OPEN_FOLDER, token, NULL, lodge_test_result_cb,
                                      &result);
  WAIT_FOR (result != NULL);
  g_assert_true (lodge_connection_undo_repair_finish (fixture->connection, result, &error));
  g_assert_cmpint (stat (outer, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0700);
  g_assert_cmpint (stat (inner, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0700);
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
  application = lodge_application_new (APPLICATION_ID ".CheckUp", G_APPLICATION_NON_UNIQUE);
  g_application_register (G_APPLICATION (application), NULL, &error);
  g_assert_no_error (error);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  the_daemon = lodge_test_daemon_new ();
  g_test_add ("/check-up-ui/pages", Fixture, NULL, set_up, test_pages, tear_down);
  g_test_add ("/check-up-ui/start", Fixture, NULL, set_up, test_start, tear_down);
  g_test_add ("/check-up-ui/folder", Fixture, NULL, set_up, test_folder, tear_down);
  result = g_test_run ();
  lodge_test_daemon_free (the_daemon);
  g_object_unref (application);
  return result;
}
