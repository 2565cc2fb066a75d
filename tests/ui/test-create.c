/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <adwaita.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/mount.h>
#include <unistd.h>

#include "create/lodge-create-dialog.h"
#include "lib/lodge-test-connection.h"
#include "lib/lodge-test-daemon.h"
#include "lib/lodge-test-folder.h"
#include "lib/lodge-test-virsh.h"
#include "lib/lodge-test-wait.h"
#include "lib/lodge-test-widgets.h"
#include "lodge-application.h"
#include "model/lodge-connection-list.h"
#include "model/lodge-connection.h"
#include "model/lodge-domain.h"
#include "model/lodge-job.h"

/* New Machine on a real libvirtd with QEMU: what is given to it is good, bad and in the way. No guest is booted
 * here. */

static LodgeApplication *application;
/* One for all: a new one asks every emulator of the machine what it can do, which takes a while */
static LodgeTestDaemon *the_daemon;
/* Where a small file system is mounted; NULL: not root */
static char *small;

typedef struct
{
  LodgeTestFolder *folder;
  LodgeTestVirsh  *virsh;
  LodgeConnection *connection;   /* owned */
  char            *uri;
  AdwDialog       *dialog;       /* borrowed: the wizard */
} Fixture;

static GtkWindow *
get_window (void)
{
  return gtk_application_get_windows (GTK_APPLICATION (application))->data;
}

static gpointer
child (Fixture    *fixture,
       const char *page,
       const char *name)
{
  return lodge_test_get_page_child (fixture->dialog, page, name);
}

static void
press (Fixture    *fixture,
       const char *page,
       const char *name)
{
  gpointer widget = child (fixture, page, name);

  g_signal_emit_by_name (widget, ADW_IS_ACTION_ROW (widget) ? "activated" : "clicked");
}

static void
open_wizard (Fixture *fixture)
{
  g_action_group_activate_action (G_ACTION_GROUP (application), "new-machine", g_variant_new_string (fixture->uri));
  fixture->dialog = lodge_test_get_dialog (get_window ());
  g_assert_true (LODGE_IS_CREATE_DIALOG (fixture->dialog));
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  const char *driver = data;
  g_autoptr(GError) error = NULL;

  fixture->folder = lodge_test_folder_new ();
  /* Only root's daemon has containers; the test that wants them is skipped then */
  fixture->uri = g_strcmp0 (driver, "lxc") == 0 && geteuid () == 0
                 ? lodge_test_daemon_dup_uri (the_daemon, "lxc", "/system")
                 : lodge_test_daemon_dup_qemu_uri (the_daemon);
  fixture->virsh = lodge_test_virsh_new (fixture->uri);
  g_action_group_activate_action (G_ACTION_GROUP (application), "show-manager", NULL);
  fixture->connection = lodge_connection_list_add (lodge_application_get_connections (application), fixture->uri,
                                                   "Host",
                                                   &error);
  g_assert_no_error (error);
  g_object_ref (fixture->connection);
  lodge_test_open_connection (fixture->connection);
  open_wizard (fixture);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  AdwDialog *dialog = lodge_test_get_dialog (get_window ());

  if (dialog != NULL)
    adw_dialog_force_close (dialog);
  lodge_connection_list_remove (lodge_application_get_connections (application), fixture->connection);
  lodge_test_close_windows (GTK_APPLICATION (application));
  lodge_test_close (fixture->connection);
  lodge_test_virsh_free (fixture->virsh);
  lodge_test_folder_free (fixture->folder);
  g_free (fixture->uri);
}

/* A disc that libosinfo knows */
static char *
make_disc (Fixture    *fixture,
           const char *name)
{
  g_autofree char *path = lodge_test_folder_build (fixture->folder, name);
  g_autofree char *boot = lodge_test_folder_write (fixture->folder, "boot", "boot", -1);
  const char *argv[] = {
    "xorriso", "-as", "mkisofs", "-quiet", "-V", "Fedora-S-dvd-x86_64-41", "-sysid", "LINUX", "-b", "boot",
    "-no-emul-boot", "-boot-load-size", "4", "-o", path, boot, NULL,
  };
  int status;
  g_autoptr(GError) error = NULL;

  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, NULL, NULL,
                &status, &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
  return g_steal_pointer (&path);
}

/* Gives a path where a disc or disk is asked for, and waits for what is said of it */
static const char *
give (Fixture    *fixture,
      const char *source,
      const char *path)
{
  GtkWidget *info = child (fixture, "media", "info_row");

  WAIT_FOR (gtk_widget_get_sensitive (child (fixture, "source", source)));
  if (g_strcmp0 (lodge_test_get_shown_page (fixture->dialog), "source") == 0)
    press (fixture, "source", source);
  gtk_editable_set_text (child (fixture, "media", "path_row"), path);
  WAIT_FOR (gtk_widget_get_visible (info)
            && !g_str_has_prefix (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (info)), "Looking"));
  return adw_preferences_row_get_title (ADW_PREFERENCES_ROW (info));
}

static void
assert_refused (Fixture    *fixture,
                const char *words)
{
  const char *said = adw_action_row_get_subtitle (child (fixture, "media", "info_row"));

  if (strstr (said, words) == NULL)
    g_error ("“%s” does not say “%s”", said, words);
  g_assert_true (gtk_widget_has_css_class (child (fixture, "media", "path_row"), "error"));
  g_assert_false (gtk_widget_get_sensitive (child (fixture, "media", "next")));
}

#define NO_NETWORK G_MAXUINT

/* On to Review, with a small machine; @network: as in the row */
static void
go_to_review (Fixture    *fixture,
              const char *name,
              guint       network)
{
  GListModel *networks;

  if (g_strcmp0 (lodge_test_get_shown_page (fixture->dialog), "media") == 0)
    {
      WAIT_FOR (gtk_widget_get_sensitive (child (fixture, "media", "next")));
      press (fixture, "media", "next");
    }
  if (g_strcmp0 (lodge_test_get_shown_page (fixture->dialog), "system") == 0)
    press (fixture, "system", "next");
  g_assert_cmpstr (lodge_test_get_shown_page (fixture->dialog), ==, "resources");
  networks = adw_combo_row_get_model (child (fixture, "resources", "network_row"));
  gtk_spin_button_set_value (child (fixture, "resources", "memory_spin"), 64);
  adw_combo_row_set_selected (child (fixture, "resources", "network_row"),
                              network == NO_NETWORK ? g_list_model_get_n_items (networks) - 1 : network);
  press (fixture, "resources", "next");
  gtk_editable_set_text (child (fixture, "review", "name_row"), name);
}

static void
press_create (Fixture *fixture)
{
  WAIT_FOR (gtk_widget_get_sensitive (child (fixture, "review", "create_button")));
  press (fixture, "review", "create_button");
}

static gboolean
select_item (AdwComboRow *row,
             const char  *label)
{
  GListModel *model = adw_combo_row_get_model (row);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr(GtkStringObject) item = g_list_model_get_item (model, i);

      if (g_str_equal (gtk_string_object_get_string (item), label))
        {
          adw_combo_row_set_selected (row, i);
          return TRUE;
        }
    }
  return FALSE;
}

/* It went away and came back, and says what was wrong */
static const char *
wait_for_failure (Fixture *fixture)
{
  WAIT_FOR (lodge_test_get_dialog (get_window ()) == fixture->dialog
            && gtk_widget_get_visible (child (fixture, "review", "failure_group")));
  g_assert_cmpstr (lodge_test_get_shown_page (fixture->dialog), ==, "review");
  return adw_preferences_row_get_title (child (fixture, "review", "failure_row"));
}

static void
test_discs (Fixture       *fixture,
            gconstpointer  data)
{
  g_autofree char *disc = make_disc (fixture, "a b'\"&ü<x>.iso");
  g_autofree char *text = lodge_test_folder_write (fixture->folder, "text.iso", "this is no disc", -1);
  g_autofree char *nothing = lodge_test_folder_write (fixture->folder, "empty.iso", "", 0);
  g_autofree char *broken = lodge_test_folder_build (fixture->folder, "broken.iso");
  g_autofree char *missing = lodge_test_folder_build (fixture->folder, "missing.iso");
  g_autofree char *data_of = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (disc, &data_of, &length, NULL));
  g_assert_true (g_file_set_contents (broken, data_of, (gssize) length / 2, NULL));

  /* Spaces, quotes, markup and other letters are nothing special */
  g_assert_cmpstr (give (fixture, "disc_row", disc), ==, "Fedora Linux 41");
  g_assert_true (gtk_widget_get_sensitive (child (fixture, "media", "next")));

  give (fixture, "disc_row", broken);
  assert_refused (fixture, "incomplete");
  give (fixture, "disc_row", text);
  assert_refused (fixture, "not a bootable disc image");
  give (fixture, "disc_row", nothing);
  assert_refused (fixture, "not a bootable disc image");
  give (fixture, "disc_row", missing);
  assert_refused (fixture, "no such file");
  give (fixture, "disc_row", lodge_test_folder_get_path (fixture->folder));
  assert_refused (fixture, "folder");
  give (fixture, "disc_row", "there.iso");
  assert_refused (fixture, "whole path");

  /* What was wrong is forgotten with the next file */
  g_assert_cmpstr (give (fixture, "disc_row", disc), ==, "Fedora Linux 41");
  g_assert_false (gtk_widget_has_css_class (child (fixture, "media", "path_row"), "error"));
  press (fixture, "media", "next");
  g_assert_cmpstr (adw_preferences_row_get_title (child (fixture, "system", "os_row")), ==, "Fedora Linux 41");
}

/* A folder that only its owner may enter stops a hypervisor with a user of its own */
static void
test_closed_folder (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autofree char *closed = lodge_test_folder_build (fixture->folder, "closed");
  g_autofree char *disk = NULL;

  g_assert_cmpint (g_mkdir (closed, 0700), ==, 0);
  disk = lodge_test_folder_write (fixture->folder, "closed/disk.img", "data", -1);
  give (fixture, "disk_row", disk);
  if (geteuid () != 0)
    {
      /* The session's hypervisor is the person's own */
      g_assert_true (gtk_widget_get_sensitive (child (fixture, "media", "next")));
      return;
    }
  g_assert_cmpstr (adw_preferences_row_get_title (child (fixture, "media", "info_row")), ==, "May Not Be Readable");
  g_assert_nonnull (strstr (adw_action_row_get_subtitle (child (fixture, "media", "info_row")), closed));
  /* It may be let in until the machine starts */
  g_assert_true (gtk_widget_get_sensitive (child (fixture, "media", "next")));
}

static void
test_disk_in_use (Fixture       *fixture,
                  gconstpointer  data)
{
  static const char qcow2[512] = "QFI\xfb";
  g_autofree char *disk = lodge_test_folder_write (fixture->folder, "used & shared.qcow2", qcow2, sizeof qcow2);
  g_autofree char *free_disk = lodge_test_folder_write (fixture->folder, "free.qcow2", qcow2, sizeof qcow2);
  g_autofree char *xml = g_markup_printf_escaped (
    "<domain type='qemu'><name>owner</name><memory unit='MiB'>64</memory><os><type arch='x86_64'>hvm</type></os>"
    "<devices><disk type='file' device='disk'><source file='%s'/><target dev='vda' bus='virtio'/></disk></devices>"
    "</domain>", disk);
  g_autofree char *file = lodge_test_folder_write (fixture->folder, "owner.xml", xml, -1);
  g_autofree char *said = lodge_test_virsh_run (fixture->virsh, "define %s", file);

  give (fixture, "disk_row", disk);
  assert_refused (fixture, "“owner”");
  g_assert_cmpstr (give (fixture, "disk_row", free_disk), ==, "qcow2");
  g_assert_true (gtk_widget_get_sensitive (child (fixture, "media", "next")));

  /* The same where the storage is chosen */
  adw_navigation_view_pop (lodge_test_find_descendant (fixture->dialog, ADW_TYPE_NAVIGATION_VIEW, NULL));
  press (fixture, "source", "network_row");
  press (fixture, "system", "next");
  adw_combo_row_set_selected (child (fixture, "resources", "storage_row"),
                              g_list_model_get_n_items (adw_combo_row_get_model (child (fixture, "resources",
                                                                                        "storage_row"))) - 2);
  g_assert_false (gtk_widget_get_sensitive (child (fixture, "resources", "next")));
  gtk_editable_set_text (child (fixture, "resources", "disk_row"), disk);
  WAIT_FOR (gtk_widget_has_css_class (child (fixture, "resources", "disk_row"), "error"));
  g_assert_nonnull (strstr (adw_action_row_get_subtitle (child (fixture, "resources", "disk_info_row")), "“owner”"));
  gtk_editable_set_text (child (fixture, "resources", "disk_row"), free_disk);
  WAIT_FOR (gtk_widget_get_sensitive (child (fixture, "resources", "next")));
}

/* Made as it was said, with its disc by a path full of signs; and again, with names that are taken */
static void
test_made (Fixture       *fixture,
           gconstpointer  data)
{
  g_autofree char *disc = make_disc (fixture, "a b'\"&ü<x>.iso");
  g_autofree char *xml = NULL;
  g_autofree char *escaped = g_markup_escape_text (disc, -1);
  g_autofree char *volumes = NULL;

  give (fixture, "disc_row", disc);
  go_to_review (fixture, "größe & <b>", NO_NETWORK);
  adw_switch_row_set_active (child (fixture, "review", "start_row"), FALSE);
  g_assert_nonnull (strstr (adw_action_row_get_subtitle (child (fixture, "review", "os_line")), "ü<x>.iso"));
  press_create (fixture);
  WAIT_FOR (lodge_connection_find_domain (fixture->connection, "größe & <b>") != NULL);
  xml = lodge_test_virsh_run (fixture->virsh, "dumpxml 'größe & <b>'");
  g_assert_nonnull (strstr (xml, "<name>größe &amp; &lt;b&gt;</name>"));
  g_assert_nonnull (strstr (xml, escaped));
  g_assert_nonnull (strstr (xml, "fedora/41"));
  volumes = lodge_test_virsh_run (fixture->virsh, "vol-list default");
  g_assert_nonnull (strstr (volumes, "größe & <b>.qcow2"));

  /* The machine goes, its image stays: the next of this name gets another image */
  g_free (lodge_test_virsh_run (fixture->virsh, "undefine 'größe & <b>'"));
  WAIT_FOR (lodge_connection_find_domain (fixture->connection, "größe & <b>") == NULL);
  lodge_test_close_windows (GTK_APPLICATION (application));
  g_action_group_activate_action (G_ACTION_GROUP (application), "show-manager", NULL);
  open_wizard (fixture);
  WAIT_FOR (gtk_widget_get_sensitive (child (fixture, "source", "network_row")));
  press (fixture, "source", "network_row");
  go_to_review (fixture, "größe & <b>", NO_NETWORK);
  WAIT_FOR (strstr (adw_action_row_get_subtitle (child (fixture, "review", "storage_line")),
                    "größe & <b>-2.qcow2") != NULL);
}

/* Another person takes the name while it is being reviewed */
static void
test_name_taken (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autofree char *domain = g_strdup ("<domain type='qemu'><name>mine</name><memory unit='MiB'>64</memory>"
                                      "<os><type arch='x86_64'>hvm</type></os></domain>");
  g_autofree char *file = lodge_test_folder_write (fixture->folder, "mine.xml", domain, -1);
  g_autofree char *volumes = NULL;

  WAIT_FOR (gtk_widget_get_sensitive (child (fixture, "source", "network_row")));
  press (fixture, "source", "network_row");
  go_to_review (fixture, "mine", NO_NETWORK);
  WAIT_FOR (gtk_widget_get_sensitive (child (fixture, "review", "create_button")));
  g_free (lodge_test_virsh_run (fixture->virsh, "define %s", file));
  press (fixture, "review", "create_button");
  g_assert_cmpstr (wait_for_failure (fixture), ==, "Could Not Create the Machine");
  g_assert_true (gtk_widget_has_css_class (child (fixture, "review", "name_row"), "error"));

  /* What was made for it is gone, and with another name it works */
  volumes = lodge_test_virsh_run (fixture->virsh, "vol-list default");
  g_assert_null (strstr (volumes, "mine.qcow2"));
  adw_switch_row_set_active (child (fixture, "review", "start_row"), FALSE);
  gtk_editable_set_text (child (fixture, "review", "name_row"), "mine-too");
  press_create (fixture);
  WAIT_FOR (lodge_connection_find_domain (fixture->connection, "mine-too") != NULL);
}

/* The network that the machine needs is stopped and cannot be started: everything is taken back, and the line says why */
static void
test_stopped_network (Fixture       *fixture,
                      gconstpointer  data)
{
  /* Longer than the kernel lets a device be named. (Never the name of a device that is there: libvirt takes it down.) */
  static const char network[] = "<network><name>stopped</name><bridge name='lodge-a-bridge-of-a-long-name'/></network>";
  g_autofree char *file = lodge_test_folder_write (fixture->folder, "network.xml", network, -1);
  g_autofree char *volumes = NULL;
  g_autofree char *machines = NULL;

  if (geteuid () != 0)
    {
      g_test_skip ("a session has no networks");
      return;
    }
  g_free (lodge_test_virsh_run (fixture->virsh, "net-define %s", file));
  WAIT_FOR (gtk_widget_get_sensitive (child (fixture, "source", "network_row")));
  press (fixture, "source", "network_row");
  press (fixture, "system", "next");
  WAIT_FOR (g_list_model_get_n_items (adw_combo_row_get_model (child (fixture, "resources", "network_row"))) == 3);
  g_assert_nonnull (strstr (adw_action_row_get_subtitle (child (fixture, "resources", "network_row")), "stopped"));
  go_to_review (fixture, "doomed", 0);
  press_create (fixture);
  g_assert_cmpstr (wait_for_failure (fixture), ==, "Could Not Start the Network");
  g_assert_true (gtk_widget_has_css_class (child (fixture, "review", "network_line"), "error"));
  g_assert_null (lodge_connection_find_domain (fixture->connection, "doomed"));
  volumes = lodge_test_virsh_run (fixture->virsh, "vol-list default");
  g_assert_null (strstr (volumes, "doomed.qcow2"));
  machines = lodge_test_virsh_run (fixture->virsh, "list --all --name");
  g_assert_null (strstr (machines, "doomed"));
}

static void
test_full_pool (Fixture       *fixture,
                gconstpointer  data)
{
  g_autofree char *pool = NULL;
  g_autofree char *filler = NULL;
  g_autofree char *zeros = g_malloc0 (256 * 1024);
  g_autofree char *file = NULL;
  GtkWidget *line;

  if (small == NULL)
    {
      g_test_skip ("only root can mount a small file system");
      return;
    }
  pool = g_markup_printf_escaped ("<pool type='dir'><name>full</name><target><path>%s</path></target></pool>", small);
  file = lodge_test_folder_write (fixture->folder, "pool.xml", pool, -1);
  g_free (lodge_test_virsh_run (fixture->virsh, "pool-define %s", file));
  g_free (lodge_test_virsh_run (fixture->virsh, "pool-start full"));
  filler = g_build_filename (small, "filler", NULL);
  {
    FILE *out = fopen (filler, "w");

    g_assert_nonnull (out);
    while (fwrite (zeros, 1, 4096, out) == 4096 && fflush (out) == 0)
      ;
    fclose (out);
  }

  WAIT_FOR (gtk_widget_get_sensitive (child (fixture, "source", "network_row")));
  press (fixture, "source", "network_row");
  press (fixture, "system", "next");
  WAIT_FOR (select_item (child (fixture, "resources", "storage_row"), "full"));
  WAIT_FOR (gtk_widget_has_css_class (child (fixture, "resources", "size_row"), "warning"));
  go_to_review (fixture, "too-big", NO_NETWORK);
  press_create (fixture);
  g_assert_cmpstr (wait_for_failure (fixture), ==, "Could Not Create the Storage");
  line = child (fixture, "review", "storage_line");
  g_assert_true (gtk_widget_has_css_class (line, "error"));
  g_assert_null (lodge_connection_find_domain (fixture->connection, "too-big"));
  g_free (lodge_test_virsh_run (fixture->virsh, "pool-refresh full"));
  {
    g_autofree char *volumes = lodge_test_virsh_run (fixture->virsh, "vol-list full");

    g_assert_null (strstr (volumes, "too-big"));
  }
}

/* A job that is given up takes back what it made */
static void
test_cancel (Fixture       *fixture,
             gconstpointer  data)
{
  LodgeJobList *jobs = lodge_application_get_jobs (application);
  g_autoptr(LodgeJob) job = NULL;
  g_autofree char *volumes = NULL;

  WAIT_FOR (gtk_widget_get_sensitive (child (fixture, "source", "network_row")));
  press (fixture, "source", "network_row");
  go_to_review (fixture, "given-up", NO_NETWORK);
  WAIT_FOR (gtk_widget_get_sensitive (child (fixture, "review", "create_button")));
  lodge_test_daemon_freeze (the_daemon);
  press (fixture, "review", "create_button");
  job = g_list_model_get_item (G_LIST_MODEL (jobs), 0);
  g_assert_true (lodge_job_can_cancel (job));
  lodge_job_cancel (job);
  lodge_test_daemon_thaw (the_daemon);
  WAIT_FOR (lodge_job_get_state (job) == LODGE_JOB_CANCELLED);
  volumes = lodge_test_virsh_run (fixture->virsh, "vol-list default");
  g_assert_null (strstr (volumes, "given-up"));
  g_assert_null (lodge_connection_find_domain (fixture->connection, "given-up"));
}

/* What a host cannot do is said before anything is asked */
static void
test_containers (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autofree char *xml = NULL;

  if (geteuid () != 0)
    {
      g_test_skip ("only root has containers");
      return;
    }
  WAIT_FOR (gtk_widget_get_visible (child (fixture, "source", "obstacle_group")));
  g_assert_nonnull (strstr (adw_action_row_get_subtitle (child (fixture, "source", "obstacle_row")),
                            "containers only"));
  g_assert_false (gtk_widget_get_sensitive (child (fixture, "source", "disc_row")));
  g_assert_false (gtk_widget_get_sensitive (child (fixture, "source", "disk_row")));
  g_assert_true (gtk_widget_get_visible (child (fixture, "source", "container_row")));
  press (fixture, "source", "container_row");
  gtk_editable_set_text (child (fixture, "media", "path_row"), lodge_test_folder_get_path (fixture->folder));
  go_to_review (fixture, "box", NO_NETWORK);
  adw_switch_row_set_active (child (fixture, "review", "start_row"), FALSE);
  press_create (fixture);
  WAIT_FOR (lodge_connection_find_domain (fixture->connection, "box") != NULL);
  xml = lodge_test_virsh_run (fixture->virsh, "dumpxml box");
  g_assert_nonnull (strstr (xml, "<init>/sbin/init</init>"));
  g_assert_nonnull (strstr (xml, lodge_test_folder_get_path (fixture->folder)));
}

/* Deleting, the other end of a machine */

static GtkWidget *
find_row (AdwDialog  *dialog,
          const char *title)
{
  return lodge_test_find_descendant (dialog, ADW_TYPE_ACTION_ROW, title);
}

static GtkCheckButton *
find_check (GtkWidget *row)
{
  return lodge_test_find_descendant (row, GTK_TYPE_CHECK_BUTTON, NULL);
}

static AdwDialog *
open_delete (Fixture    *fixture,
             const char *name)
{
  LodgeDomain *domain = lodge_test_find_domain (fixture->connection, name);
  AdwDialog *dialog;

  g_action_group_activate_action (G_ACTION_GROUP (application), "delete-machines",
                                  g_variant_new_parsed ("[(%s, %s)]", fixture->uri, lodge_domain_get_uuid (domain)));
  dialog = lodge_test_get_dialog (get_window ());
  g_assert_true (ADW_IS_ALERT_DIALOG (dialog));
  return dialog;
}

static const char *
get_label (AdwDialog *dialog)
{
  return adw_alert_dialog_get_response_label (ADW_ALERT_DIALOG (dialog), "delete");
}

static char *
define_disks (Fixture    *fixture,
              const char *name,
              const char *os,
              const char *devices)
{
  g_autofree char *xml = g_strdup_printf (
    "<domain type='qemu'><name>%s</name><memory unit='MiB'>64</memory>%s<devices>%s</devices></domain>", name, os,
    devices);
  g_autofree char *base = g_strdup_printf ("%s.xml", name);
  g_autofree char *file = lodge_test_folder_write (fixture->folder, base, xml, -1);

  return lodge_test_virsh_run (fixture->virsh, "define %s", file);
}

#define BIOS "<os><type arch='x86_64' machine='q35'>hvm</type></os>"
#define UEFI "<os firmware='efi'><type arch='x86_64' machine='q35'>hvm</type></os><features><acpi/></features>"
#define VOLUME(name, dev, more) "<disk type='volume' device='disk'><driver name='qemu' type='qcow2'/>" \
  "<source pool='default' volume='" name "'/><target dev='" dev "' bus='virtio'/>" more "</disk>"

static void
make_pool (Fixture *fixture)
{
  g_autofree char *pools = lodge_test_virsh_run (fixture->virsh, "pool-list --all --name");

  if (strstr (pools, "default") != NULL)
    return;
  g_free (lodge_test_virsh_run (fixture->virsh, "pool-define-as default dir --target %s/lib/images",
                                lodge_test_daemon_get_path (the_daemon)));
  g_free (lodge_test_virsh_run (fixture->virsh, "pool-build default"));
  g_free (lodge_test_virsh_run (fixture->virsh, "pool-start default"));
}

static void
make_volumes (Fixture *fixture)
{
  static const char * const names[] = { "own", "shared", "locked", "base" };

  make_pool (fixture);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    g_free (lodge_test_virsh_run (fixture->virsh, "vol-create-as default %s.qcow2 8M --format qcow2", names[i]));
  g_free (lodge_test_virsh_run (fixture->virsh,
                                "vol-create-as default overlay.qcow2 8M --format qcow2 --backing-vol base.qcow2 "
                                "--backing-vol-format qcow2"));
}

static guint
count_files (const char *folder)
{
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (dir != NULL && g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static void
test_delete (Fixture       *fixture,
             gconstpointer  data)
{
  g_autofree char *disc = make_disc (fixture, "kept.iso");
  g_autofree char *cdrom = g_strdup_printf ("<disk type='file' device='cdrom'><source file='%s'/>"
                                            "<target dev='sda' bus='sata'/><readonly/></disk>", disc);
  g_autofree char *devices =
    g_strconcat (VOLUME ("own.qcow2", "vda", ""), VOLUME ("shared.qcow2", "vdb", ""),
                 VOLUME ("locked.qcow2", "vdc", "<readonly/>"), VOLUME ("base.qcow2", "vdd", ""), cdrom, NULL);
  g_autofree char *uuid = NULL;
  g_autofree char *history = NULL;
  g_autofree char *volumes = NULL;
  g_autofree char *machines = NULL;
  AdwDialog *dialog;

  adw_dialog_force_close (fixture->dialog);
  make_volumes (fixture);
  g_free (define_disks (fixture, "victim", BIOS, devices));
  g_free (define_disks (fixture, "other", BIOS, VOLUME ("shared.qcow2", "vda", "")));
  g_free (define_disks (fixture, "third", BIOS, VOLUME ("shared.qcow2", "vda", "")));
  g_free (lodge_test_virsh_run (fixture->virsh, "start victim --paused"));
  uuid = g_strdup (lodge_domain_get_uuid (lodge_test_find_domain (fixture->connection, "victim")));
  WAIT_FOR (lodge_domain_get_state (lodge_test_find_domain (fixture->connection,
                                                            "victim")) == LODGE_DOMAIN_STATE_PAUSED);

  dialog = open_delete (fixture, "victim");
  g_assert_true (g_str_has_prefix (adw_alert_dialog_get_body (ADW_ALERT_DIALOG (dialog)),
                                   "The machine is running and will be forced off."));
  WAIT_FOR (find_row (dialog, "kept.iso") != NULL);
  /* Nothing is ticked; what others need, or what this machine only reads, cannot be */
  g_assert_cmpstr (get_label (dialog), ==, "_Delete");
  g_assert_true (gtk_widget_get_sensitive (find_row (dialog, "own.qcow2")));
  g_assert_false (gtk_check_button_get_active (find_check (find_row (dialog, "own.qcow2"))));
  g_assert_false (gtk_widget_get_sensitive (find_row (dialog, "shared.qcow2")));
  g_assert_nonnull (strstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (find_row (dialog, "shared.qcow2"))),
                            "“other”"));
  g_assert_nonnull (strstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (find_row (dialog, "shared.qcow2"))),
                            "“third”"));
  g_assert_false (gtk_widget_get_sensitive (find_row (dialog, "locked.qcow2")));
  g_assert_false (gtk_widget_get_sensitive (find_row (dialog, "base.qcow2")));
  g_assert_nonnull (strstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (find_row (dialog, "base.qcow2"))),
                            "overlay.qcow2"));
  g_assert_false (gtk_widget_get_sensitive (find_row (dialog, "kept.iso")));

  /* The red label follows the ticks */
  gtk_check_button_set_active (find_check (find_row (dialog, "own.qcow2")), TRUE);
  g_assert_true (g_str_has_prefix (get_label (dialog), "_Delete and Erase "));
  gtk_check_button_set_active (find_check (find_row (dialog, "own.qcow2")), FALSE);
  g_assert_cmpstr (get_label (dialog), ==, "_Delete");
  gtk_check_button_set_active (find_check (find_row (dialog, "own.qcow2")), TRUE);

  g_signal_emit_by_name (dialog, "response::delete", "delete");
  adw_dialog_force_close (dialog);
  WAIT_FOR (lodge_connection_find_domain (fixture->connection, "victim") == NULL);
  machines = lodge_test_virsh_run (fixture->virsh, "list --all --name");
  g_assert_null (strstr (machines, "victim"));
  WAIT_FOR (lodge_job_list_get_n_running (lodge_application_get_jobs (application)) == 0);
  volumes = lodge_test_virsh_run (fixture->virsh, "vol-list default");
  g_assert_null (strstr (volumes, "own.qcow2"));
  g_assert_nonnull (strstr (volumes, "shared.qcow2"));
  g_assert_nonnull (strstr (volumes, "locked.qcow2"));
  g_assert_nonnull (strstr (volumes, "base.qcow2"));
  g_assert_true (g_file_test (disc, G_FILE_TEST_EXISTS));
  history = g_build_filename (g_get_user_data_dir (), "lodge", "history", uuid, NULL);
  g_assert_cmpuint (count_files (history), >=, 1);
}

/* What libvirt keeps beside the definition goes with it: firmware settings, TPM, a saved state, snapshots */
static void
test_delete_all (Fixture       *fixture,
                 gconstpointer  data)
{
  static const char * const names[] = { "firm", "saved", "snapped" };
  g_autofree char *nvram = g_build_filename (lodge_test_daemon_get_path (the_daemon), "lib", "qemu", "nvram", NULL);
  g_autofree char *saves = g_build_filename (lodge_test_daemon_get_path (the_daemon), "lib", "qemu", "save", NULL);
  g_autofree char *snapshots = g_build_filename (lodge_test_daemon_get_path (the_daemon), "lib", "qemu", "snapshot",
                                                 "snapped", NULL);

  adw_dialog_force_close (fixture->dialog);
  if (geteuid () != 0)
    {
      g_test_skip ("where a session keeps its files is the session's own");
      return;
    }
  make_pool (fixture);
  g_free (lodge_test_virsh_run (fixture->virsh, "vol-create-as default snapped.qcow2 8M --format qcow2"));
  g_free (define_disks (fixture, "firm", UEFI, "<tpm model='tpm-crb'><backend type='emulator'/></tpm>"));
  g_free (define_disks (fixture, "saved", BIOS, ""));
  g_free (define_disks (fixture, "snapped", BIOS, VOLUME ("snapped.qcow2", "vda", "")));
  g_free (lodge_test_virsh_run (fixture->virsh, "start firm --paused"));
  g_free (lodge_test_virsh_run (fixture->virsh, "destroy firm"));
  g_free (lodge_test_virsh_run (fixture->virsh, "start saved --paused"));
  g_free (lodge_test_virsh_run (fixture->virsh, "managedsave saved"));
  g_free (lodge_test_virsh_run (fixture->virsh, "snapshot-create-as snapped one"));
  g_assert_cmpuint (count_files (nvram), ==, 1);
  g_assert_cmpuint (count_files (saves), ==, 1);
  g_assert_cmpuint (count_files (snapshots), ==, 1);

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      AdwDialog *dialog = open_delete (fixture, names[i]);

      g_signal_emit_by_name (dialog, "response::delete", "delete");
      adw_dialog_force_close (dialog);
      WAIT_FOR (lodge_connection_find_domain (fixture->connection, names[i]) == NULL);
    }
  WAIT_FOR (lodge_job_list_get_n_running (lodge_application_get_jobs (application)) == 0);
  g_assert_cmpuint (count_files (nvram), ==, 0);
  g_assert_cmpuint (count_files (saves), ==, 0);
  g_assert_cmpuint (count_files (snapshots), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr(LodgeTestFolder) folder = NULL;
  g_autoptr(GError) error = NULL;
  int result;

  gtk_test_init (&argc, &argv, NULL);
  /* GTK warns of a label in libadwaita's own alert dialog */
  g_log_set_always_fatal (G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_ERROR);
  application = lodge_application_new (APPLICATION_ID ".Create", G_APPLICATION_NON_UNIQUE);
  g_application_register (G_APPLICATION (application), NULL, &error);
  g_assert_no_error (error);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);

  folder = lodge_test_folder_new ();
  if (geteuid () == 0)
    {
      /* Before the daemon, whose mounts are a copy of ours */
      small = lodge_test_folder_build (folder, "small");
      g_assert_cmpint (g_mkdir (small, 0755), ==, 0);
      g_assert_cmpint (mount ("tmpfs", small, "tmpfs", 0, "size=256k"), ==, 0);
    }
  the_daemon = lodge_test_daemon_new ();
#define ADD(path, kind, function) g_test_add ("/create/" path, Fixture, kind, set_up, function, tear_down)
  ADD ("discs", NULL, test_discs);
  ADD ("closed-folder", NULL, test_closed_folder);
  ADD ("disk-in-use", NULL, test_disk_in_use);
  ADD ("made", NULL, test_made);
  ADD ("name-taken", NULL, test_name_taken);
  ADD ("stopped-network", NULL, test_stopped_network);
  ADD ("full-pool", NULL, test_full_pool);
  ADD ("cancel", NULL, test_cancel);
  ADD ("containers", "lxc", test_containers);
  ADD ("delete", NULL, test_delete);
  ADD ("delete-all", NULL, test_delete_all);
#undef ADD
  result = g_test_run ();
  lodge_test_daemon_free (the_daemon);
  if (small != NULL)
    umount2 (small, MNT_DETACH);
  g_free (small);
  g_object_unref (application);
  return result;
}
