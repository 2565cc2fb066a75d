/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <adwaita.h>
#include <string.h>

#include "create/lodge-create-dialog.h"
#include "lib/lodge-test-connection.h"
#include "lib/lodge-test-daemon.h"
#include "lib/lodge-test-virsh.h"
#include "lib/lodge-test-wait.h"
#include "lib/lodge-test-widgets.h"
#include "lodge-application.h"
#include "machine/lodge-add-hardware-dialog.h"
#include "machine/lodge-device-page.h"
#include "machine/lodge-hardware-view.h"
#include "model/lodge-connection-list.h"
#include "model/lodge-connection.h"
#include "model/lodge-domain.h"
#include "widgets/lodge-xml-view.h"

/* Customize Before Installing: the Hardware view on a machine that no host has yet, in the wizard */

#define MIB (1024.0 * 1024)

static LodgeApplication *application;
static LodgeTestDaemon *the_daemon;

typedef struct
{
  LodgeConnection   *connection;   /* owned */
  AdwDialog         *dialog;       /* borrowed: the wizard */
  LodgeHardwareView *view;         /* borrowed: while it is customized */
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
press (gpointer widget)
{
  g_signal_emit_by_name (widget, ADW_IS_ACTION_ROW (widget) ? "activated" : "clicked");
}

static gpointer
view_child (Fixture    *fixture,
            const char *name)
{
  return lodge_test_get_child (fixture->view, LODGE_TYPE_HARDWARE_VIEW, name);
}

static const char *
get_subtitle (Fixture    *fixture,
              const char *row)
{
  return adw_action_row_get_subtitle (child (fixture, "review", row));
}

static void
set_up (Fixture    *fixture,
        const char *uri)
{
  g_autoptr(GError) error = NULL;

  g_action_group_activate_action (G_ACTION_GROUP (application), "show-manager", NULL);
  fixture->connection = lodge_connection_list_add (lodge_application_get_connections (application), uri, "Host",
                                                   &error);
  g_assert_no_error (error);
  g_object_ref (fixture->connection);
  lodge_test_open_connection (fixture->connection);
  g_action_group_activate_action (G_ACTION_GROUP (application), "new-machine", g_variant_new_string (uri));
  fixture->dialog = lodge_test_get_dialog (get_window ());
  WAIT_FOR (gtk_widget_get_sensitive (child (fixture, "source", "network_row")));
  press (child (fixture, "source", "network_row"));
  press (child (fixture, "system", "next"));
}

static void
tear_down (Fixture *fixture)
{
  AdwDialog *dialog = lodge_test_get_dialog (get_window ());

  if (dialog != NULL)
    adw_dialog_force_close (dialog);
  lodge_connection_list_remove (lodge_application_get_connections (application), fixture->connection);
  lodge_test_close_windows (GTK_APPLICATION (application));
  lodge_test_close (fixture->connection);
}

/* From Resources on, with a small machine without a network */
static void
go_to_review (Fixture *fixture)
{
  AdwComboRow *network = child (fixture, "resources", "network_row");

  gtk_spin_button_set_value (child (fixture, "resources", "memory_spin"), 64);
  adw_combo_row_set_selected (network, g_list_model_get_n_items (adw_combo_row_get_model (network)) - 1);
  press (child (fixture, "resources", "next"));
}

static void
customize (Fixture *fixture)
{
  AdwBin *bin = lodge_test_get_child (fixture->dialog, LODGE_TYPE_CREATE_DIALOG, "editor_bin");

  WAIT_FOR (gtk_widget_get_sensitive (child (fixture, "review", "customize_row")));
  press (child (fixture, "review", "customize_row"));
  g_assert_cmpstr (lodge_test_get_shown_page (fixture->dialog), ==, "customize");
  fixture->view = LODGE_HARDWARE_VIEW (adw_bin_get_child (bin));
  g_assert_cmpstr (gtk_stack_get_visible_child_name (view_child (fixture, "stack")), ==, "devices");
  /* It is not there yet: there is nothing to apply to */
  g_assert_false (gtk_revealer_get_reveal_child (view_child (fixture, "edit_bar")));
}

static void
go_back (Fixture *fixture)
{
  adw_navigation_view_pop (lodge_test_find_descendant (fixture->dialog, ADW_TYPE_NAVIGATION_VIEW, NULL));
  g_assert_cmpstr (lodge_test_get_shown_page (fixture->dialog), ==, "review");
  WAIT_FOR (gtk_widget_get_sensitive (child (fixture, "review", "create_button")));
}

static GtkWidget *
get_row (Fixture    *fixture,
         const char *page,
         const char *field)
{
  LodgeDevicePage *rows = view_child (fixture, "page");
  GtkWidget *row;

  g_assert_true (lodge_hardware_view_show (fixture->view, page));
  lodge_device_page_reveal (rows, field);
  row = lodge_device_page_get_row (rows, field);
  g_assert_nonnull (row);
  return row;
}

static void
set_memory (Fixture *fixture,
            double   mib)
{
  gtk_spin_button_set_value (lodge_test_find_descendant (get_row (fixture, "memory", "memory"), GTK_TYPE_SPIN_BUTTON,
                                                         NULL), mib * MIB);
}

static void
remove_device (Fixture    *fixture,
               const char *id)
{
  AdwDialog *dialog;

  g_assert_true (lodge_hardware_view_show (fixture->view, id));
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->view), "hardware.remove", NULL));
  WAIT_FOR (lodge_test_get_dialog (get_window ()) != fixture->dialog);
  dialog = lodge_test_get_dialog (get_window ());
  g_signal_emit_by_name (dialog, "response::remove", "remove");
  adw_dialog_force_close (dialog);
  lodge_test_settle ();
  g_assert_false (lodge_hardware_view_show (fixture->view, id));
}

/* A disk with an image that is not there yet */
static void
add_disk (Fixture    *fixture,
          const char *name)
{
  AdwDialog *dialog;
  GtkWidget *storage, *button;

  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->view), "hardware.add", NULL));
  WAIT_FOR (LODGE_IS_ADD_HARDWARE_DIALOG (lodge_test_get_dialog (get_window ())));
  dialog = lodge_test_get_dialog (get_window ());
  g_assert_true (lodge_add_hardware_dialog_show (LODGE_ADD_HARDWARE_DIALOG (dialog), "disk"));
  storage = lodge_test_get_child (dialog, LODGE_TYPE_ADD_HARDWARE_DIALOG, "storage");
  gtk_editable_set_text (lodge_test_get_child (storage, g_type_from_name ("LodgeAddStorage"), "name_row"), name);
  gtk_spin_button_set_value (lodge_test_get_child (storage, g_type_from_name ("LodgeAddStorage"), "size_spin"), 1);
  button = lodge_test_get_child (dialog, LODGE_TYPE_ADD_HARDWARE_DIALOG, "add_button");
  WAIT_FOR (gtk_widget_get_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
  WAIT_FOR (lodge_test_get_dialog (get_window ()) == fixture->dialog);
}

static void
set_xml (Fixture    *fixture,
         const char *from,
         const char *to)
{
  LodgeXmlView *xml_view = view_child (fixture, "xml_view");
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (lodge_xml_view_get_source_view (xml_view)));
  g_autoptr(GString) text = NULL;
  g_autofree char *shown = NULL;

  adw_toggle_group_set_active_name (view_child (fixture, "form_toggles"), "xml");
  shown = lodge_xml_view_dup_text (xml_view);
  text = g_string_new (shown);
  g_assert_cmpuint (g_string_replace (text, from, to, 1), ==, 1);
  gtk_text_buffer_set_text (buffer, text->str, -1);
}

/* What is not right is neither created nor lost, wherever it was typed */
static void
test_not_right (void)
{
  Fixture fixture = { 0 };
  GtkWidget *button;
  AdwDialog *alert;

  set_up (&fixture, "test:///default");
  go_to_review (&fixture);
  gtk_editable_set_text (child (&fixture, "review", "name_row"), "plain");
  customize (&fixture);
  g_assert_true (lodge_hardware_view_show (fixture.view, "overview"));
  set_xml (&fixture, "<vcpu", "<vcpu<");
  /* At once: nobody has looked at the text yet */
  button = lodge_test_get_child (fixture.dialog, LODGE_TYPE_CREATE_DIALOG, "create_custom_button");
  press (button);
  alert = lodge_test_get_dialog (get_window ());
  g_assert_true (alert != fixture.dialog);
  adw_dialog_force_close (alert);
  g_assert_cmpstr (lodge_test_get_shown_page (fixture.dialog), ==, "customize");
  g_assert_null (lodge_connection_find_domain (fixture.connection, "plain"));
  set_xml (&fixture, "<vcpu<", "<vcpu");
  press (button);
  WAIT_FOR (lodge_connection_find_domain (fixture.connection, "plain") != NULL);
  tear_down (&fixture);
}

/* Nothing changed is as if the page had never been opened; a name is the machine's name everywhere; what fits a
 * later choice stays, and what does not is told */
static void
test_choices (void)
{
  Fixture fixture = { 0 };
  g_autofree char *untouched = NULL;
  AdwNavigationView *pages;

  set_up (&fixture, "test:///default");
  go_to_review (&fixture);
  gtk_editable_set_text (child (&fixture, "review", "name_row"), "first");
  customize (&fixture);
  untouched = g_strdup (get_subtitle (&fixture, "customize_row"));
  go_back (&fixture);
  g_assert_cmpstr (get_subtitle (&fixture, "customize_row"), ==, untouched);

  customize (&fixture);
  set_memory (&fixture, 96);
  gtk_editable_set_text (GTK_EDITABLE (get_row (&fixture, "overview", "name")), "second");
  gtk_editable_set_text (GTK_EDITABLE (get_row (&fixture, "overview", "title")), "A Title");
  go_back (&fixture);
  g_assert_cmpstr (gtk_editable_get_text (child (&fixture, "review", "name_row")), ==, "second");
  g_assert_cmpstr (get_subtitle (&fixture, "resources_line"), ==, "Customized");
  g_assert_cmpstr (get_subtitle (&fixture, "network_line"), !=, "Customized");
  g_assert_cmpstr (get_subtitle (&fixture, "customize_row"), !=, untouched);

  /* More processors are another line: what was customized is still there */
  pages = lodge_test_find_descendant (fixture.dialog, ADW_TYPE_NAVIGATION_VIEW, NULL);
  adw_navigation_view_pop (pages);
  g_assert_cmpstr (lodge_test_get_shown_page (fixture.dialog), ==, "resources");
  gtk_spin_button_set_value (child (&fixture, "resources", "cpus_spin"), 3);
  press (child (&fixture, "resources", "next"));
  WAIT_FOR (gtk_widget_get_sensitive (child (&fixture, "review", "create_button")));
  customize (&fixture);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (get_row (&fixture, "overview", "title"))), ==, "A Title");
  g_assert_cmpfloat (gtk_spin_button_get_value (lodge_test_find_descendant (get_row (&fixture, "memory", "memory"),
                                                                            GTK_TYPE_SPIN_BUTTON, NULL)), ==,
                     96 * MIB);
  go_back (&fixture);

  /* Another size of memory is the same line */
  adw_navigation_view_pop (pages);
  gtk_spin_button_set_value (child (&fixture, "resources", "memory_spin"), 128);
  press (child (&fixture, "resources", "next"));
  WAIT_FOR (gtk_widget_get_sensitive (child (&fixture, "review", "create_button")));
  g_assert_nonnull (strstr (get_subtitle (&fixture, "customize_row"), "taken back"));
  g_assert_cmpstr (get_subtitle (&fixture, "resources_line"), !=, "Customized");
  tear_down (&fixture);
}

/* On a real hypervisor: devices come and go before the machine is there, and it starts with them */
static void
test_made (void)
{
  Fixture fixture = { 0 };
  g_autofree char *uri = lodge_test_daemon_dup_qemu_uri (the_daemon);
  g_autoptr(LodgeTestVirsh) virsh = lodge_test_virsh_new (uri);
  g_autofree char *xml = NULL;
  g_autofree char *volumes = NULL;
  LodgeDomain *domain;

  g_free (lodge_test_virsh_run (virsh, "pool-define-as default dir --target %s/lib/images",
                                lodge_test_daemon_get_path (the_daemon)));
  g_free (lodge_test_virsh_run (virsh, "pool-build default"));
  g_free (lodge_test_virsh_run (virsh, "pool-start default"));
  set_up (&fixture, uri);
  go_to_review (&fixture);
  gtk_editable_set_text (child (&fixture, "review", "name_row"), "tailored");
  customize (&fixture);
  set_memory (&fixture, 96);
  remove_device (&fixture, "disk|vda");
  add_disk (&fixture, "extra.qcow2");
  g_assert_true (lodge_hardware_view_show (fixture.view, "overview"));
  set_xml (&fixture, "</name>", "</name>\n  <title>Tailor-made</title>");
  volumes = lodge_test_virsh_run (virsh, "vol-list default");
  g_assert_null (lodge_connection_find_domain (fixture.connection, "tailored"));
  g_assert_null (strstr (volumes, "extra"));
  press (lodge_test_get_child (fixture.dialog, LODGE_TYPE_CREATE_DIALOG, "create_custom_button"));

  WAIT_FOR (lodge_connection_find_domain (fixture.connection, "tailored") != NULL);
  domain = lodge_connection_find_domain (fixture.connection, "tailored");
  WAIT_FOR (lodge_domain_get_state (domain) == LODGE_DOMAIN_STATE_RUNNING);
  xml = lodge_test_virsh_run (virsh, "dumpxml tailored --inactive");
  g_assert_nonnull (strstr (xml, "<title>Tailor-made</title>"));
  g_assert_nonnull (strstr (xml, "<memory unit='KiB'>98304</memory>"));
  g_assert_nonnull (strstr (xml, "volume='extra.qcow2'"));
  g_assert_null (strstr (xml, "volume='tailored.qcow2'"));
  /* The image that its disk names was made, the one that no disk names was not */
  g_free (volumes);
  volumes = lodge_test_virsh_run (virsh, "vol-list default");
  g_assert_nonnull (strstr (volumes, "extra.qcow2"));
  g_assert_null (strstr (volumes, "tailored.qcow2"));
  g_free (lodge_test_virsh_run (virsh, "destroy tailored"));
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
  application = lodge_application_new (APPLICATION_ID ".Customize", G_APPLICATION_NON_UNIQUE);
  g_application_register (G_APPLICATION (application), NULL, &error);
  g_assert_no_error (error);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  the_daemon = lodge_test_daemon_new ();
  g_test_add_func ("/customize/not-right", test_not_right);
  g_test_add_func ("/customize/choices", test_choices);
  g_test_add_func ("/customize/made", test_made);
  result = g_test_run ();
  lodge_test_daemon_free (the_daemon);
  g_object_unref (application);
  return result;
}
