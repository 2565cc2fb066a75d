/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <adwaita.h>

#include "lib/lodge-test-wait.h"
#include "lib/lodge-test-widgets.h"
#include "lodge-application.h"
#include "model/lodge-connection-list.h"
#include "model/lodge-connection.h"
#include "model/lodge-credential-request-private.h"
#include "model/lodge-virt-manager.h"
#include "window/lodge-connection-dialog.h"
#include "window/lodge-connection-form.h"
#include "window/lodge-credential-dialog.h"
#include "window/lodge-import-dialog.h"
#include "window/lodge-window.h"

/* Adding and changing connections, and the questions of their hosts, through the dialogs of the program */

#define FINGERPRINT "SHA256:1kq0dVZxnGyzC1Yp2yL0XnNnKxjFvHq5YvXw1S7cTqA"
#define GROUPED     "1kq0 dVZx nGyz C1Yp 2yL0 XnNn KxjF vHq5 YvXw 1S7c TqA"

/* A process can have one only */
static LodgeApplication *application;

typedef struct
{
  LodgeConnectionList *connections;
  LodgeWindow         *window;
} Fixture;

static gpointer
child (gpointer    dialog,
       const char *name)
{
  return lodge_test_find_child (dialog, name);
}

static const char *
get_uri (gpointer dialog)
{
  return adw_action_row_get_subtitle (child (dialog, "uri_row"));
}

static void
type (gpointer    dialog,
      const char *row,
      const char *text)
{
  gtk_editable_set_text (child (dialog, row), text);
}

static guint
count (Fixture *fixture)
{
  return g_list_model_get_n_items (G_LIST_MODEL (fixture->connections));
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_action_group_activate_action (G_ACTION_GROUP (application), "show-manager", NULL);
  fixture->window = lodge_test_find_window (GTK_APPLICATION (application), LODGE_TYPE_WINDOW);
  g_assert_nonnull (fixture->window);
  fixture->connections = lodge_application_get_connections (application);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  lodge_test_close_windows (GTK_APPLICATION (application));
  while (count (fixture) > 0)
    {
      g_autoptr(LodgeConnection) connection = g_list_model_get_item (G_LIST_MODEL (fixture->connections), 0);

      lodge_connection_list_remove (fixture->connections, connection);
    }
  lodge_test_settle ();
}

static gpointer
open_dialog (Fixture *fixture)
{
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.add-connection", NULL);
  return lodge_test_get_dialog (fixture->window);
}

/* Every URI that the form can make is read back as the same answers; others stay what they are */
static void
test_form (void)
{
  static const struct { const char *uri; LodgeLocation location; gboolean custom; } cases[] = {
    { "qemu:///system", LODGE_LOCATION_HERE, FALSE },
    { "qemu:///session", LODGE_LOCATION_HERE, FALSE },
    { "qemu+unix:///system?socket=/run/other/sock", LODGE_LOCATION_SOCKET, FALSE },
    { "qemu+ssh://anna@cirrus.example.org/system", LODGE_LOCATION_SSH, FALSE },
    { "qemu+ssh://anna@cirrus.example.org:2222/session?keyfile=/home/anna/a%20key&proxy=netcat&socket=/s",
      LODGE_LOCATION_SSH, FALSE },
    { "qemu+libssh://cirrus/system", LODGE_LOCATION_SSH, FALSE },
    { "xen+ssh://[2001:db8::1]/system", LODGE_LOCATION_SSH, FALSE },
    { "qemu://cirrus/system?pkipath=/etc/pki/mine&no_verify=1", LODGE_LOCATION_TLS, FALSE },
    { "lxc+tcp://10.0.0.1:16510/system", LODGE_LOCATION_TCP, FALSE },
    { "ch:///session", LODGE_LOCATION_HERE, FALSE },
    { "vbox+ssh://host/session", LODGE_LOCATION_SSH, FALSE },
    { "esx://root@esx.example.org/?no_verify=1", LODGE_LOCATION_TLS, FALSE },
    { "test:///default", LODGE_LOCATION_HERE, FALSE },
    { "qemu+ssh://host/system?netcat=/opt/nc", LODGE_LOCATION_HERE, TRUE },
    { "qemu+ext:///system?command=/bin/x", LODGE_LOCATION_HERE, TRUE },
    { "test:///some/host.xml", LODGE_LOCATION_HERE, TRUE },
    { "vpx://vcenter/dc/cluster", LODGE_LOCATION_HERE, TRUE },
    { "not a uri", LODGE_LOCATION_HERE, TRUE },
  };
  guint n;
  const LodgeHypervisorChoice *choices = lodge_connection_form_get_hypervisors (&n);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(LodgeConnectionForm) form = lodge_connection_form_from_uri (cases[i].uri);
      g_autofree char *again = lodge_connection_form_to_uri (form, NULL);

      g_assert_true ((choices[form->hypervisor].driver == NULL) == cases[i].custom);
      if (!cases[i].custom)
        g_assert_cmpint (form->location, ==, cases[i].location);
      if (i + 1 < G_N_ELEMENTS (cases))
        g_assert_cmpstr (again, ==, cases[i].uri);
    }
}

static void
test_ssh (Fixture       *fixture,
          gconstpointer  data)
{
  gpointer dialog = open_dialog (fixture);

  adw_combo_row_set_selected (child (dialog, "location_row"), LODGE_LOCATION_SSH);
  g_assert_false (gtk_widget_get_sensitive (child (dialog, "add_button")));
  g_assert_false (gtk_widget_has_css_class (child (dialog, "address_row"), "error"));
  type (dialog, "address_row", "cirrus.example.org/x");
  g_assert_true (gtk_widget_has_css_class (child (dialog, "address_row"), "error"));
  g_assert_false (gtk_widget_get_sensitive (child (dialog, "add_button")));
  type (dialog, "address_row", "2001:db8::1");
  g_assert_cmpstr (get_uri (dialog), ==, "qemu+ssh://[2001:db8::1]/system");
  type (dialog, "address_row", "-oProxyCommand=x");
  g_assert_false (gtk_widget_get_sensitive (child (dialog, "add_button")));

  type (dialog, "address_row", "cirrus.example.org");
  type (dialog, "user_row", "anna@corp");
  g_assert_cmpstr (get_uri (dialog), ==, "qemu+ssh://anna%40corp@cirrus.example.org/system");
  g_assert_cmpstr (gtk_editable_get_text (child (dialog, "name_row")), ==, "cirrus");
  adw_combo_row_set_selected (child (dialog, "machines_row"), 1);
  g_assert_nonnull (strstr (adw_action_row_get_subtitle (child (dialog, "machines_row")), "are not shown"));
  gtk_spin_button_set_value (child (dialog, "port_spin"), 2222);
  type (dialog, "key_row", "relative");
  g_assert_false (gtk_widget_get_sensitive (child (dialog, "add_button")));
  type (dialog, "key_row", "/k");
  g_assert_cmpstr (get_uri (dialog), ==, "qemu+ssh://anna%40corp@cirrus.example.org:2222/session?keyfile=/k");
  g_assert_false (gtk_widget_get_sensitive (child (dialog, "setup_button")));

  /* What is not asked for this way is not in the URI */
  adw_combo_row_set_selected (child (dialog, "location_row"), LODGE_LOCATION_TCP);
  g_assert_cmpstr (get_uri (dialog), ==, "qemu+tcp://cirrus.example.org:2222/system");
  g_assert_true (gtk_widget_get_visible (child (dialog, "plain_row")));
  g_assert_false (gtk_widget_get_visible (child (dialog, "key_row")));
  adw_dialog_force_close (dialog);
}

/* Add does not wait for anything */
static void
test_add (Fixture       *fixture,
          gconstpointer  data)
{
  gpointer dialog = open_dialog (fixture);
  g_autoptr(GSettings) settings = g_settings_new (APPLICATION_ID);
  g_autoptr(LodgeConnectionList) again = NULL;
  LodgeConnection *connection;

  adw_combo_row_set_selected (child (dialog, "location_row"), LODGE_LOCATION_SSH);
  type (dialog, "address_row", "127.0.0.1");
  gtk_spin_button_set_value (child (dialog, "port_spin"), 1);
  type (dialog, "name_row", "Nobody");
  adw_switch_row_set_active (child (dialog, "autoconnect_row"), FALSE);
  adw_switch_row_set_active (child (dialog, "read_only_row"), TRUE);
  g_signal_emit_by_name (child (dialog, "add_button"), "clicked");
  g_assert_cmpuint (count (fixture), ==, 1);
  connection = lodge_connection_list_find (fixture->connections, "qemu+ssh://127.0.0.1:1/system");
  g_assert_nonnull (connection);
  g_assert_cmpstr (lodge_connection_get_label (connection), ==, "Nobody");
  g_assert_false (lodge_connection_get_autoconnect (connection));
  g_assert_true (lodge_connection_get_read_only (connection));
  again = lodge_connection_list_new (settings);
  g_assert_true (lodge_connection_get_read_only (lodge_connection_list_find (again, "qemu+ssh://127.0.0.1:1/system")));
  g_assert_cmpint (lodge_connection_get_state (connection), !=, LODGE_CONNECTION_DISCONNECTED);
}

static void
test_edit (Fixture       *fixture,
           gconstpointer  data)
{
  LodgeConnection *first = lodge_connection_list_add (fixture->connections, "test:///default", "First", NULL);
  g_autoptr(LodgeConnection) replaced = NULL;
  gpointer dialog;

  lodge_connection_list_add (fixture->connections, "test:///nowhere.xml", "Second", NULL);
  g_action_group_activate_action (G_ACTION_GROUP (application), "edit-connection",
                                  g_variant_new_string ("test:///default"));
  dialog = lodge_test_get_dialog (fixture->window);
  g_assert_cmpstr (adw_dialog_get_title (dialog), ==, "Edit Connection");
  g_assert_cmpstr (get_uri (dialog), ==, "test:///default");
  type (dialog, "name_row", "Renamed");
  g_signal_emit_by_name (child (dialog, "add_button"), "clicked");
  g_assert_cmpstr (lodge_connection_get_label (first), ==, "Renamed");
  g_assert_cmpuint (count (fixture), ==, 2);
  WAIT_FOR (lodge_test_get_dialog (fixture->window) == NULL);
  g_action_group_activate_action (G_ACTION_GROUP (application), "edit-connection",
                                  g_variant_new_string ("test:///default"));
  dialog = lodge_test_get_dialog (fixture->window);
  type (dialog, "name_row", "");
  g_signal_emit_by_name (child (dialog, "add_button"), "clicked");
  g_assert_cmpstr (lodge_connection_get_label (first), ==, "Test Hypervisor");
  lodge_connection_set_name (first, "Renamed");
  WAIT_FOR (lodge_test_get_dialog (fixture->window) == NULL);

  /* Another URI is another connection, at the same place */
  g_action_group_activate_action (G_ACTION_GROUP (application), "edit-connection",
                                  g_variant_new_string ("test:///default"));
  dialog = lodge_test_get_dialog (fixture->window);
  adw_combo_row_set_selected (child (dialog, "hypervisor_row"), 10);
  type (dialog, "custom_row", "test:///nowhere.xml");
  g_assert_false (gtk_widget_get_sensitive (child (dialog, "add_button")));
  type (dialog, "custom_row", "test:///elsewhere.xml");
  g_signal_emit_by_name (child (dialog, "add_button"), "clicked");
  g_assert_cmpuint (count (fixture), ==, 2);
  replaced = g_list_model_get_item (G_LIST_MODEL (fixture->connections), 0);
  g_assert_cmpstr (lodge_connection_get_uri (replaced), ==, "test:///elsewhere.xml");
  g_assert_cmpstr (lodge_connection_get_name (replaced), ==, "Renamed");
}

static void
test_test (Fixture       *fixture,
           gconstpointer  data)
{
  gpointer dialog = open_dialog (fixture);
  AdwActionRow *row = child (dialog, "test_row");
  GtkButton *button = child (dialog, "test_button");

  adw_combo_row_set_selected (child (dialog, "hypervisor_row"), 9);
  g_assert_cmpstr (get_uri (dialog), ==, "test:///default");
  g_signal_emit_by_name (button, "clicked");
  g_assert_cmpstr (gtk_button_get_label (button), ==, "Stop");
  WAIT_FOR (g_str_equal (gtk_button_get_label (button), "Test Again"));
  g_assert_cmpstr (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), ==, "Test Passed");
  g_assert_nonnull (strstr (adw_action_row_get_subtitle (row), "1 machine, "));

  /* A cause, and what to do */
  adw_combo_row_set_selected (child (dialog, "hypervisor_row"), 0);
  adw_combo_row_set_selected (child (dialog, "location_row"), LODGE_LOCATION_SSH);
  type (dialog, "address_row", "127.0.0.1");
  gtk_spin_button_set_value (child (dialog, "port_spin"), 1);
  g_assert_cmpstr (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), ==, "Not Tested");
  g_signal_emit_by_name (button, "clicked");
  WAIT_FOR (g_str_equal (gtk_button_get_label (button), "Test Again"));
  g_assert_cmpstr (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), ==, "Test Failed");
  g_assert_nonnull (strstr (adw_action_row_get_subtitle (row), "does not accept SSH connections"));
  g_assert_nonnull (strstr (adw_action_row_get_subtitle (row), "Check the port"));

  /* Given up */
  g_signal_emit_by_name (button, "clicked");
  g_signal_emit_by_name (button, "clicked");
  g_assert_cmpstr (gtk_button_get_label (button), ==, "Test");
  adw_dialog_force_close (dialog);
}

/* Questions */

static LodgeCredentialRequest *
ask (Fixture                *fixture,
     LodgeCredentialPurpose  purpose,
     const char             *subject)
{
  LodgeCredentialRequest *request = lodge_credential_request_new_for (purpose, subject, NULL);

  lodge_credential_request_set_key (request, "ED25519", FINGERPRINT, "/home/anna/.ssh/known_hosts", 42);
  if (purpose == LODGE_CREDENTIALS_LOGIN)
    lodge_credential_request_add (request, LODGE_CREDENTIAL_PASSWORD, "Password", NULL);
  return request;
}

static gpointer
present (Fixture                *fixture,
         LodgeCredentialRequest *request)
{
  g_autoptr(LodgeConnection) connection = lodge_connection_new ("qemu+ssh://anna@cirrus/system", NULL);

  return lodge_credential_dialog_present (GTK_WIDGET (fixture->window), connection, request);
}

static void
respond (gpointer    dialog,
         const char *response)
{
  g_signal_emit_by_name (dialog, "response", response);
  adw_dialog_force_close (dialog);
}

static void
test_host_key (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr(LodgeCredentialRequest) request = ask (fixture, LODGE_CREDENTIALS_HOST_KEY, "<b>cirrus</b>\n\x01");
  g_autoptr(LodgeCredentialRequest) other = ask (fixture, LODGE_CREDENTIALS_HOST_KEY, NULL);
  gpointer dialog = present (fixture, request);
  AdwActionRow *row = lodge_test_get_child (dialog, LODGE_TYPE_CREDENTIAL_DIALOG, "fingerprint_row");

  g_assert_cmpstr (adw_action_row_get_subtitle (row), ==, GROUPED);
  g_assert_nonnull (strstr (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), "ED25519"));
  g_assert_cmpstr (adw_alert_dialog_get_default_response (dialog), ==, "cancel");
  g_assert_nonnull (strstr (adw_alert_dialog_get_body (dialog), "<b>cirrus</b>"));
  g_assert_false (adw_alert_dialog_get_body_use_markup (dialog));
  respond (dialog, "go");
  g_assert_true (lodge_credential_request_was_answered (request));

  dialog = present (fixture, other);
  adw_dialog_close (dialog);
  g_assert_true (lodge_credential_request_has_ended (other));
  g_assert_false (lodge_credential_request_was_answered (other));
}

static void
test_changed_key (Fixture       *fixture,
                  gconstpointer  data)
{
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr(LodgeCredentialRequest) request = ask (fixture, LODGE_CREDENTIALS_CHANGED_HOST_KEY, "cirrus");
      gpointer dialog = present (fixture, request);
      AdwActionRow *row = lodge_test_get_child (dialog, LODGE_TYPE_CREDENTIAL_DIALOG, "file_row");
      gpointer sure;

      g_assert_cmpstr (adw_action_row_get_subtitle (row), ==, "/home/anna/.ssh/known_hosts, line 42");
      g_assert_cmpstr (adw_alert_dialog_get_default_response (dialog), ==, "cancel");
      respond (dialog, "go");
      /* Nothing is decided before the second question */
      g_assert_false (lodge_credential_request_has_ended (request));
      sure = lodge_test_get_dialog (fixture->window);
      g_assert_true (ADW_IS_ALERT_DIALOG (sure));
      g_assert_cmpstr (adw_alert_dialog_get_default_response (sure), ==, "cancel");
      respond (sure, i == 0 ? "cancel" : "replace");
      g_assert_true (lodge_credential_request_has_ended (request));
      g_assert_cmpint (lodge_credential_request_was_answered (request), ==, i == 1);
      lodge_test_settle ();
    }
}

static void
test_password (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr(LodgeCredentialRequest) request = ask (fixture, LODGE_CREDENTIALS_LOGIN, "anna@cirrus");
  g_autoptr(LodgeCredentialRequest) other = ask (fixture, LODGE_CREDENTIALS_LOGIN, "anna@cirrus");
  gpointer dialog = present (fixture, request);
  GtkWidget *remember = lodge_test_get_child (dialog, LODGE_TYPE_CREDENTIAL_DIALOG, "remember");
  /* It is looked at after the dialog has gone */
  g_autoptr(GtkEditable) entry = g_object_ref (lodge_test_find_descendant (dialog, ADW_TYPE_PASSWORD_ENTRY_ROW,
                                                                           "Password"));

  /* There is no keyring */
  g_assert_false (gtk_widget_get_visible (remember));
  g_assert_nonnull (entry);
  gtk_editable_set_text (entry, "secret");
  respond (dialog, "go");
  g_assert_cmpstr (lodge_credential_request_get_answer (request, 0), ==, "secret");
  g_assert_false (lodge_credential_request_get_remember (request));
  g_assert_cmpstr (gtk_editable_get_text (entry), ==, "");

  lodge_credential_request_set_can_remember (other, TRUE);
  dialog = present (fixture, other);
  remember = lodge_test_get_child (dialog, LODGE_TYPE_CREDENTIAL_DIALOG, "remember");
  g_assert_true (gtk_widget_get_visible (remember));
  g_assert_false (gtk_check_button_get_active (GTK_CHECK_BUTTON (remember)));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (remember), TRUE);
  respond (dialog, "go");
  g_assert_true (lodge_credential_request_get_remember (other));
}

/* ssh has gone, or the key was touched: the question goes too */
static void
test_withdrawn (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr(LodgeCredentialRequest) request = ask (fixture, LODGE_CREDENTIALS_NOTICE, NULL);

  present (fixture, request);
  g_assert_nonnull (lodge_test_get_dialog (fixture->window));
  lodge_credential_request_cancel (request);
  WAIT_FOR (lodge_test_get_dialog (fixture->window) == NULL);
}

/* virt-manager's connections */

static void
test_import (Fixture       *fixture,
             gconstpointer  data)
{
  static const char dump[] =
    "[connections]\nautoconnect=['qemu:///system']\nuris=['qemu:///system', 'test:///default', 'nonsense', '']\n\n"
    "[conns/qemu:system]\npretty-name='My “Machines” <b>'\n";
  static const char * const nonsense[] = { "", "[connections]\nuris=7\n", "[connections", "\xff\n" };
  g_autoptr(GPtrArray) saved = lodge_virt_manager_parse_dump (dump);
  LodgeSavedConnection *first = saved->pdata[0];
  g_autoptr(GError) error = NULL;
  LodgeConnection *connection;

  g_assert_cmpuint (saved->len, ==, 3);
  g_assert_cmpstr (first->name, ==, "My “Machines” <b>");
  g_assert_true (first->autoconnect);
  g_assert_true (lodge_virt_manager_is_new (fixture->connections, first));
  g_assert_false (lodge_virt_manager_is_new (fixture->connections, saved->pdata[2]));
  connection = lodge_virt_manager_import (fixture->connections, first, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (lodge_connection_get_name (connection), ==, "My “Machines” <b>");
  g_assert_true (lodge_connection_get_autoconnect (connection));
  g_assert_false (lodge_virt_manager_is_new (fixture->connections, first));
  connection = lodge_virt_manager_import (fixture->connections, saved->pdata[1], &error);
  g_assert_null (lodge_connection_get_name (connection));
  g_assert_false (lodge_connection_get_autoconnect (connection));
  for (guint i = 0; i < G_N_ELEMENTS (nonsense); i++)
    {
      g_autoptr(GPtrArray) nothing = lodge_virt_manager_parse_dump (nonsense[i]);

      g_assert_cmpuint (nothing->len, ==, 0);
    }
}

/* By the schema, where virt-manager is installed; the dialog takes what is ticked */
static void
test_import_dialog (Fixture       *fixture,
                    gconstpointer  data)
{
  static const char * const uris[] = { "test:///default", "test:///other.xml", "test:///third.xml", NULL };
  g_autoptr(GSettingsSchema) schema =
    g_settings_schema_source_lookup (g_settings_schema_source_get_default (),
                                     "org.virt-manager.virt-manager.connections", TRUE);
  g_autoptr(GSettings) settings = NULL;
  gpointer dialog;
  GtkWidget *row, *check;

  if (schema == NULL)
    {
      g_test_skip ("the schema of virt-manager is not installed");
      return;
    }
  settings = g_settings_new_full (schema, NULL, NULL);
  g_settings_set_strv (settings, "uris", uris);
  /* The first run offers it */
  lodge_test_close_windows (GTK_APPLICATION (application));
  set_up (fixture, NULL);
  WAIT_FOR (lodge_test_find_descendant (fixture->window, GTK_TYPE_BUTTON, "_Import 3 Connections…") != NULL);
  lodge_connection_list_add (fixture->connections, "test:///third.xml", NULL, NULL);

  g_action_group_activate_action (G_ACTION_GROUP (application), "import-connections", NULL);
  dialog = lodge_test_get_dialog (fixture->window);
  g_assert_true (LODGE_IS_IMPORT_DIALOG (dialog));
  WAIT_FOR (gtk_widget_get_sensitive (lodge_test_get_child (dialog, LODGE_TYPE_IMPORT_DIALOG, "import_button")));
  row = lodge_test_find_descendant (dialog, ADW_TYPE_ACTION_ROW, "Test Hypervisor");
  g_assert_nonnull (row);
  check = lodge_test_find_descendant (row, GTK_TYPE_CHECK_BUTTON, NULL);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), FALSE);
  g_signal_emit_by_name (lodge_test_get_child (dialog, LODGE_TYPE_IMPORT_DIALOG, "import_button"), "clicked");
  g_assert_cmpuint (count (fixture), ==, 2);
  g_settings_reset (settings, "uris");
}

static gboolean
is_whole (gpointer    row,
          const char *text)
{
  GtkWidget *label = lodge_test_find_descendant (row, GTK_TYPE_LABEL, text);

  /* Empty until it is laid out */
  return label != NULL && gtk_widget_get_width (label) > 0
         && !pango_layout_is_ellipsized (gtk_label_get_layout (GTK_LABEL (label)));
}

/* A long explanation leaves what is chosen its room, and with text of twice the size the dialog is wider */
static void
test_large_text (Fixture       *fixture,
                 gconstpointer  data)
{
  GtkSettings *settings = gtk_settings_get_default ();
  gpointer dialog = open_dialog (fixture);
  const int width = adw_dialog_get_content_width (dialog), height = adw_dialog_get_content_height (dialog);
  int dpi;

  WAIT_FOR (is_whole (child (dialog, "here_row"), "Of this user"));

  g_object_get (settings, "gtk-xft-dpi", &dpi, NULL);
  g_object_set (settings, "gtk-xft-dpi", 2 * 96 * 1024, NULL);
  WAIT_FOR (adw_dialog_get_content_width (dialog) > width);
  g_assert_cmpint (adw_dialog_get_content_height (dialog), >, height);
  WAIT_FOR (is_whole (child (dialog, "here_row"), "Of this user"));
  g_object_set (settings, "gtk-xft-dpi", dpi, NULL);
  WAIT_FOR (adw_dialog_get_content_width (dialog) == width);
}

#define ADD(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_autoptr(GError) error = NULL;
  int result;

  /* No keyring and no person's own settings */
  g_setenv ("GSETTINGS_BACKEND", "memory", TRUE);
  gtk_test_init (&argc, &argv, NULL);
  application = lodge_application_new (APPLICATION_ID ".Test", G_APPLICATION_NON_UNIQUE);
  g_application_register (G_APPLICATION (application), NULL, &error);
  g_assert_no_error (error);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);

  g_test_add_func ("/connection-dialog/form", test_form);
  ADD ("/connection-dialog/ssh", test_ssh);
  ADD ("/connection-dialog/add", test_add);
  ADD ("/connection-dialog/edit", test_edit);
  ADD ("/connection-dialog/large-text", test_large_text);
  ADD ("/connection-dialog/test", test_test);
  ADD ("/connection-dialog/import", test_import);
  ADD ("/connection-dialog/import-dialog", test_import_dialog);
  ADD ("/credential-dialog/host-key", test_host_key);
  ADD ("/credential-dialog/changed-key", test_changed_key);
  ADD ("/credential-dialog/password", test_password);
  ADD ("/credential-dialog/withdrawn", test_withdrawn);
  result = g_test_run ();
  g_clear_object (&application);
  return result;
}
