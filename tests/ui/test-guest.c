/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <adwaita.h>

#include "console/lodge-display.h"
#include "create/lodge-create-dialog.h"
#include "lib/lodge-test-daemon.h"
#include "lib/lodge-test-wait.h"
#include "lib/lodge-test-widgets.h"
#include "lodge-application.h"
#include "machine/lodge-machine-window.h"
#include "model/lodge-connection-list.h"
#include "model/lodge-connection.h"
#include "model/lodge-domain.h"

/* From an ISO file to a machine that is seen, driven and deleted: a libvirtd of our own, a real QEMU (emulated), the
 * real program and its widgets. */

static LodgeApplication *application;

static GtkWindow *
main_window (void)
{
  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (application)); l != NULL; l = l->next)
    {
      if (!LODGE_IS_MACHINE_WINDOW (l->data))
        return l->data;
    }
  return NULL;
}

static AdwDialog *
get_dialog (void)
{
  return lodge_test_get_dialog (main_window ());
}

static void
create (const char *uri,
        const char *iso)
{
  AdwDialog *dialog;
  GtkWidget *button;
  AdwComboRow *networks;

  g_action_group_activate_action (G_ACTION_GROUP (application), "new-machine", g_variant_new_string (uri));
  dialog = get_dialog ();
  g_assert_true (LODGE_IS_CREATE_DIALOG (dialog));
  button = lodge_test_get_page_child (dialog, "review", "create_button");

  WAIT_FOR (gtk_widget_get_sensitive (lodge_test_get_page_child (dialog, "source", "disc_row")));
  g_signal_emit_by_name (lodge_test_get_page_child (dialog, "source", "disc_row"), "activated");
  gtk_editable_set_text (lodge_test_get_page_child (dialog, "media", "path_row"), iso);
  WAIT_FOR (gtk_widget_get_sensitive (lodge_test_get_page_child (dialog, "media", "next")));
  g_signal_emit_by_name (lodge_test_get_page_child (dialog, "media", "next"), "clicked");
  g_signal_emit_by_name (lodge_test_get_page_child (dialog, "system", "next"), "clicked");
  gtk_spin_button_set_value (lodge_test_get_page_child (dialog, "resources", "memory_spin"), 256);
  gtk_spin_button_set_value (lodge_test_get_page_child (dialog, "resources", "size_spin"), 1);
  gtk_spin_button_set_value (lodge_test_get_page_child (dialog, "resources", "cpus_spin"), 1);
  networks = lodge_test_get_page_child (dialog, "resources", "network_row");
  adw_combo_row_set_selected (networks, g_list_model_get_n_items (adw_combo_row_get_model (networks)) - 1);
  g_signal_emit_by_name (lodge_test_get_page_child (dialog, "resources", "next"), "clicked");
  gtk_editable_set_text (lodge_test_get_page_child (dialog, "review", "name_row"), "lodge-test-guest");
  WAIT_FOR (gtk_widget_get_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
  WAIT_FOR (get_dialog () != dialog);
  if (ADW_IS_ALERT_DIALOG (get_dialog ()))
    g_error ("%s: %s", adw_alert_dialog_get_heading (ADW_ALERT_DIALOG (get_dialog ())),
             adw_alert_dialog_get_body (ADW_ALERT_DIALOG (get_dialog ())));
}

static gboolean
retype_cb (gpointer display)
{
  /* Keys that come before the shell reads are lost */
  lodge_display_type_text (display, "\ncolor red\n");
  return G_SOURCE_CONTINUE;
}

static gboolean
is_red (LodgeScreen *screen)
{
  cairo_surface_t *surface = screen != NULL ? lodge_screen_get_surface (screen) : NULL;
  const int width = surface != NULL ? lodge_screen_get_width (screen) : 0;
  const int height = surface != NULL ? lodge_screen_get_height (screen) : 0;
  const guint32 *pixel;

  if (width == 0 || height == 0)
    return FALSE;
  pixel = (const guint32 *) (gpointer) (cairo_image_surface_get_data (surface)
                                        + (gsize) (height / 2) * cairo_image_surface_get_stride (surface)) + width / 2;
  return (*pixel >> 16 & 0xff) > 0x80 && (*pixel >> 8 & 0xff) < 0x40 && (*pixel & 0xff) < 0x40;
}

static void
test_life (void)
{
  const char *guest = g_getenv ("LODGE_TEST_GUEST_DIR");
  g_autofree char *iso = guest != NULL ? g_build_filename (guest, "guest.iso", NULL) : NULL;
  g_autoptr(LodgeTestDaemon) daemon = NULL;
  g_autofree char *uri = NULL;
  g_autoptr(GError) error = NULL;
  LodgeConnection *connection;
  LodgeMachineWindow *window;
  LodgeMachinePage *page;
  LodgeDisplay *display;
  LodgeDomain *domain;
  AdwDialog *dialog;
  guint typing;

  g_assert_nonnull (iso);
  g_assert_true (g_file_test (iso, G_FILE_TEST_EXISTS));
  daemon = lodge_test_daemon_new ();
  uri = lodge_test_daemon_dup_qemu_uri (daemon);
  g_action_group_activate_action (G_ACTION_GROUP (application), "show-manager", NULL);
  connection = lodge_connection_list_add (lodge_application_get_connections (application), uri, "Host", &error);
  g_assert_no_error (error);
  g_object_ref (connection);
  lodge_connection_open_async (connection, NULL, NULL, NULL);
  WAIT_FOR (lodge_connection_get_state (connection) == LODGE_CONNECTION_CONNECTED);

  create (uri, iso);
  WAIT_FOR (lodge_connection_find_domain (connection, "lodge-test-guest") != NULL);
  domain = lodge_connection_find_domain (connection, "lodge-test-guest");
  g_assert_nonnull (domain);
  g_object_ref (domain);
  WAIT_FOR (lodge_domain_get_state (domain) == LODGE_DOMAIN_STATE_RUNNING);

  /* Its window opens by itself, and shows its screen */
  WAIT_FOR (lodge_test_find_window (GTK_APPLICATION (application), LODGE_TYPE_MACHINE_WINDOW) != NULL);
  window = LODGE_MACHINE_WINDOW (lodge_test_find_window (GTK_APPLICATION (application), LODGE_TYPE_MACHINE_WINDOW));
  page = lodge_machine_window_get_page (window);
  WAIT_FOR (g_strcmp0 (lodge_console_view_get_shown (lodge_machine_page_get_console (page)), "display") == 0);

  /* What is typed arrives, and the answer is seen */
  display = lodge_test_get_child (lodge_machine_page_get_console (page), LODGE_TYPE_CONSOLE_VIEW, "display");
  typing = g_timeout_add_seconds (2, retype_cb, display);
  WAIT_FOR (is_red (lodge_display_get_screen (display)));
  g_source_remove (typing);

  /* Pause, resume, and the power button of a guest that obeys it */
  gtk_widget_activate_action (GTK_WIDGET (window), "machine.pause", NULL);
  WAIT_FOR (lodge_domain_get_state (domain) == LODGE_DOMAIN_STATE_PAUSED);
  gtk_widget_activate_action (GTK_WIDGET (window), "machine.resume", NULL);
  WAIT_FOR (lodge_domain_get_state (domain) == LODGE_DOMAIN_STATE_RUNNING);
  gtk_widget_activate_action (GTK_WIDGET (window), "machine.shut-down", NULL);
  WAIT_FOR (lodge_domain_get_state (domain) == LODGE_DOMAIN_STATE_OFF);
  WAIT_FOR (g_strcmp0 (lodge_console_view_get_shown (lodge_machine_page_get_console (page)), "status") == 0);

  gtk_window_close (GTK_WINDOW (window));
  WAIT_FOR (lodge_test_find_window (GTK_APPLICATION (application), LODGE_TYPE_MACHINE_WINDOW) == NULL);
  gtk_window_present (main_window ());
  g_action_group_activate_action (G_ACTION_GROUP (application), "delete-machines",
                                  g_variant_new_parsed ("[(%s, %s)]", uri, lodge_domain_get_uuid (domain)));
  WAIT_FOR (get_dialog () != NULL);
  dialog = get_dialog ();
  g_signal_emit_by_name (dialog, "response::delete", "delete");
  WAIT_FOR (lodge_connection_find_domain (connection, "lodge-test-guest") == NULL);
  adw_dialog_force_close (dialog);
  g_assert_true (g_file_test (iso, G_FILE_TEST_EXISTS));

  g_object_unref (domain);
  lodge_connection_close (connection);
  lodge_connection_list_remove (lodge_application_get_connections (application), connection);
  g_object_unref (connection);
  lodge_test_close_windows (GTK_APPLICATION (application));
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
  application = lodge_application_new (APPLICATION_ID ".Guest", G_APPLICATION_NON_UNIQUE);
  g_application_register (G_APPLICATION (application), NULL, &error);
  g_assert_no_error (error);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  g_test_add_func ("/guest/life", test_life);
  result = g_test_run ();
  g_object_unref (application);
  return result;
}
