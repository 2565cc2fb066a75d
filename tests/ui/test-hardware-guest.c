/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <adwaita.h>
#include <glib/gstdio.h>
#include <string.h>

#include "lib/lodge-test-connection.h"
#include "lib/lodge-test-daemon.h"
#include "lib/lodge-test-folder.h"
#include "lib/lodge-test-virsh.h"
#include "lib/lodge-test-wait.h"
#include "lib/lodge-test-widgets.h"
#include "lodge-application.h"
#include "machine/lodge-add-hardware-dialog.h"
#include "machine/lodge-device-page.h"
#include "machine/lodge-hardware-view.h"
#include "model/lodge-connection.h"

/* Hardware of a real guest (QEMU, emulated) while it runs: added, changed and removed through the widgets */

static GtkApplication *application;

typedef struct
{
  LodgeTestDaemon      *daemon;
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

static char *
write_domain (Fixture *fixture)
{
  const char *guest = g_getenv ("LODGE_TEST_GUEST_DIR");
  g_autofree char *serial = lodge_test_folder_build (fixture->folder, "serial.log");
  g_autofree char *xml = NULL;

  g_assert_nonnull (guest);
  xml = g_strdup_printf (
    "<domain type='qemu'><name>plug</name><memory unit='MiB'>256</memory><currentMemory unit='MiB'>256</currentMemory>"
    "<vcpu current='1'>2</vcpu><os><type arch='x86_64' machine='pc'>hvm</type><kernel>%s/vmlinuz</kernel>"
    "<initrd>%s/initrd</initrd><cmdline>console=ttyS0</cmdline></os><features><acpi/></features>"
    "<cpu mode='custom'><model>Nehalem</model></cpu><devices>"
    "<controller type='usb' model='qemu-xhci'/>"
    "<interface type='user'><mac address='52:54:00:00:00:07'/><model type='virtio'/></interface>"
    "<serial type='file'><source path='%s'/></serial><memballoon model='virtio'/></devices></domain>", guest, guest, serial);
  return lodge_test_folder_write (fixture->folder, "plug.xml", xml, -1);
}

static gboolean
is_booted (Fixture *fixture)
{
  g_autofree char *path = lodge_test_folder_build (fixture->folder, "serial.log");
  g_autofree char *text = NULL;

  return g_file_get_contents (path, &text, NULL, NULL) && strstr (text, "guest ready on ttyS0") != NULL;
}

static void
set_up (Fixture *fixture)
{
  g_autofree char *uri = NULL;
  g_autofree char *path = NULL;

  fixture->folder = lodge_test_folder_new ();
  fixture->daemon = lodge_test_daemon_new ();
  uri = lodge_test_daemon_dup_qemu_uri (fixture->daemon);
  fixture->virsh = lodge_test_virsh_new (uri);
  path = write_domain (fixture);
  g_free (lodge_test_virsh_run (fixture->virsh, "define %s", path));
  g_free (lodge_test_virsh_run (fixture->virsh, "start plug"));
  fixture->connection = lodge_test_open (uri);
  fixture->domain = lodge_test_find_domain (fixture->connection, "plug");
  fixture->view = LODGE_HARDWARE_VIEW (lodge_hardware_view_new (fixture->domain));
  fixture->window = ADW_APPLICATION_WINDOW (adw_application_window_new (application));
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1000, 800);
  adw_application_window_set_content (fixture->window, GTK_WIDGET (fixture->view));
  gtk_window_present (GTK_WINDOW (fixture->window));
  WAIT_FOR (g_strcmp0 (gtk_stack_get_visible_child_name (get (fixture, "stack")), "devices") == 0);
  WAIT_FOR (is_booted (fixture));
}

static void
tear_down (Fixture *fixture)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  lodge_test_settle ();
  g_free (lodge_test_virsh_run (fixture->virsh, "destroy plug"));
  g_free (lodge_test_virsh_run (fixture->virsh, "undefine plug"));
  lodge_test_close (fixture->connection);
  lodge_test_virsh_free (fixture->virsh);
  lodge_test_daemon_free (fixture->daemon);
  lodge_test_folder_free (fixture->folder);
}

static gboolean
has_text (Fixture    *fixture,
          const char *flag,
          const char *text)
{
  g_autofree char *xml = lodge_test_virsh_run (fixture->virsh, "dumpxml plug %s", flag);

  return strstr (xml, text) != NULL;
}

static void
assert_no_dialog (Fixture *fixture)
{
  AdwDialog *dialog = lodge_test_get_dialog (fixture->window);

  if (ADW_IS_ALERT_DIALOG (dialog))
    g_error ("%s: %s", adw_alert_dialog_get_heading (ADW_ALERT_DIALOG (dialog)),
             adw_alert_dialog_get_body (ADW_ALERT_DIALOG (dialog)));
}

static void
apply (Fixture *fixture)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->view), "hardware.apply", NULL));
  WAIT_FOR (!lodge_hardware_view_get_has_edits (fixture->view));
  assert_no_dialog (fixture);
}

static AdwDialog *
open_add (Fixture    *fixture,
          const char *kind)
{
  AdwDialog *dialog;

  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->view), "hardware.add", NULL));
  WAIT_FOR (LODGE_IS_ADD_HARDWARE_DIALOG (lodge_test_get_dialog (fixture->window)));
  dialog = lodge_test_get_dialog (fixture->window);
  g_assert_true (lodge_add_hardware_dialog_show (LODGE_ADD_HARDWARE_DIALOG (dialog), kind));
  return dialog;
}

static void
add (Fixture   *fixture,
     AdwDialog *dialog)
{
  GtkWidget *button = lodge_test_get_child (dialog, LODGE_TYPE_ADD_HARDWARE_DIALOG, "add_button");

  WAIT_FOR (gtk_widget_get_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
  WAIT_FOR (lodge_test_get_dialog (fixture->window) != dialog);
  WAIT_FOR (!lodge_hardware_view_get_has_edits (fixture->view));
  assert_no_dialog (fixture);
}

static void
remove_device (Fixture    *fixture,
               const char *id)
{
  AdwDialog *dialog;

  g_assert_true (lodge_hardware_view_show (fixture->view, id));
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->view), "hardware.remove", NULL));
  WAIT_FOR (lodge_test_get_dialog (fixture->window) != NULL);
  dialog = lodge_test_get_dialog (fixture->window);
  g_signal_emit_by_name (dialog, "response::remove", "remove");
  adw_dialog_force_close (dialog);
  lodge_test_settle ();
  apply (fixture);
}

static GtkWidget *
get_row (Fixture    *fixture,
         const char *field)
{
  GtkWidget *row;

  lodge_device_page_reveal (get (fixture, "page"), field);
  row = lodge_device_page_get_row (get (fixture, "page"), field);
  g_assert_nonnull (row);
  return row;
}

static void
assert_nothing_waits (Fixture *fixture)
{
  if (lodge_hardware_view_get_n_waiting (fixture->view) == 0)
    return;
  for (guint i = 0; i < lodge_hardware_view_get_n_waiting (fixture->view); i++)
    {
      g_autofree char *text = lodge_hardware_view_dup_waiting (fixture->view, i);

      g_printerr ("waits: %s\n", text);
    }
  g_assert_cmpuint (lodge_hardware_view_get_n_waiting (fixture->view), ==, 0);
}

static void
test_life (void)
{
  Fixture fixture = { 0 };
  g_autofree char *image = NULL;
  g_autofree char *command = NULL;
  g_autoptr(GError) error = NULL;
  AdwDialog *dialog;
  GtkWidget *storage;

  set_up (&fixture);
  image = lodge_test_folder_build (fixture.folder, "data.img");
  command = g_strdup_printf ("qemu-img create -q -f raw %s 16M", image);
  g_assert_true (g_spawn_command_line_sync (command, NULL, NULL, NULL, &error));
  g_assert_no_error (error);

  /* A disk while it runs: in the running machine and in the definition */
  dialog = open_add (&fixture, "disk");
  storage = lodge_test_get_child (dialog, LODGE_TYPE_ADD_HARDWARE_DIALOG, "storage");
  gtk_check_button_set_active (lodge_test_get_child (storage, g_type_from_name ("LodgeAddStorage"), "old_check"), TRUE);
  gtk_editable_set_text (lodge_test_get_child (storage, g_type_from_name ("LodgeAddStorage"), "path_row"), image);
  add (&fixture, dialog);
  g_assert_true (has_text (&fixture, "", "data.img"));
  g_assert_true (has_text (&fixture, "--inactive", "data.img"));
  assert_nothing_waits (&fixture);

  /* Its speed, at once */
  g_assert_true (lodge_hardware_view_show (fixture.view, "disk|vda"));
  gtk_spin_button_set_value (lodge_test_find_descendant (get_row (&fixture, "limit-read-bytes"), GTK_TYPE_SPIN_BUTTON,
                                                         NULL),
                             10485760);
  apply (&fixture);
  g_assert_true (has_text (&fixture, "", "<read_bytes_sec>10485760</read_bytes_sec>"));
  g_assert_true (has_text (&fixture, "--inactive", "<read_bytes_sec>10485760</read_bytes_sec>"));

  /* The cable of its network card */
  g_assert_true (lodge_hardware_view_show (fixture.view, "interface|52:54:00:00:00:07"));
  adw_combo_row_set_selected (ADW_COMBO_ROW (get_row (&fixture, "link")), 1);
  apply (&fixture);
  g_assert_true (has_text (&fixture, "", "<link state='down'/>"));
  g_assert_true (has_text (&fixture, "--inactive", "<link state='down'/>"));

  /* A tablet on USB comes and goes */
  add (&fixture, open_add (&fixture, "tablet"));
  g_assert_true (has_text (&fixture, "", "<input type='tablet' bus='usb'>"));
  remove_device (&fixture, "input|tablet|usb");
  g_assert_false (has_text (&fixture, "", "<input type='tablet' bus='usb'>"));
  g_assert_false (has_text (&fixture, "--inactive", "<input type='tablet' bus='usb'>"));

  /* What the guest itself must let go: it is waited for */
  remove_device (&fixture, "disk|vda");
  g_assert_false (has_text (&fixture, "", "data.img"));
  g_assert_false (has_text (&fixture, "--inactive", "data.img"));

  /* What cannot be changed while it runs waits, and is said */
  g_assert_true (lodge_hardware_view_show (fixture.view, "memory"));
  gtk_spin_button_set_value (lodge_test_find_descendant (get_row (&fixture, "memory"), GTK_TYPE_SPIN_BUTTON, NULL),
                             512.0 * 1024 * 1024);
  apply (&fixture);
  lodge_test_settle ();
  g_assert_cmpuint (lodge_hardware_view_get_n_waiting (fixture.view), ==, 1);
  g_assert_true (has_text (&fixture, "--inactive", "<memory unit='KiB'>524288</memory>"));
  g_assert_true (has_text (&fixture, "", "<memory unit='KiB'>262144</memory>"));
  tear_down (&fixture);
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
  application = GTK_APPLICATION (lodge_application_new (APPLICATION_ID ".HardwareGuest", G_APPLICATION_NON_UNIQUE));
  g_application_register (G_APPLICATION (application), NULL, &error);
  g_assert_no_error (error);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  g_test_add_func ("/hardware-guest/life", test_life);
  result = g_test_run ();
  g_object_unref (application);
  return result;
}
