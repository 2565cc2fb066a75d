/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <adwaita.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <vte/vte.h>

#include "console/lodge-console-page.h"
#include "console/lodge-display.h"
#include "console/lodge-text-console.h"
#include "create/lodge-create-dialog.h"
#include "lib/lodge-test-connection.h"
#include "lib/lodge-test-daemon.h"
#include "lib/lodge-test-folder.h"
#include "lib/lodge-test-virsh.h"
#include "lib/lodge-test-wait.h"
#include "lib/lodge-test-widgets.h"
#include "lodge-application.h"
#include "machine/lodge-console-view-private.h"
#include "machine/lodge-machine-window.h"
#include "model/lodge-connection-list.h"
#include "model/lodge-connection.h"
#include "model/lodge-domain.h"

/* Real guests, seen and driven: a libvirtd of our own, a real QEMU (emulated), the real program and its widgets, and a
 * window manager, so that windows get the focus and the full screen. */

static LodgeApplication *application;
/* One for all: a new one asks every emulator of the machine what it can do */
static LodgeTestDaemon *the_daemon;

typedef struct
{
  LodgeTestFolder    *folder;
  LodgeTestVirsh     *virsh;
  LodgeConnection    *connection;   /* owned */
  LodgeDomain        *domain;       /* owned, nullable */
  LodgeMachineWindow *window;       /* borrowed, nullable */
  LodgeConsoleView   *console;      /* borrowed, nullable: of the first tab */
  char               *uri;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  fixture->folder = lodge_test_folder_new ();
  fixture->uri = lodge_test_daemon_dup_qemu_uri (the_daemon);
  fixture->virsh = lodge_test_virsh_new (fixture->uri);
  g_action_group_activate_action (G_ACTION_GROUP (application), "show-manager", NULL);
  fixture->connection = lodge_connection_list_add (lodge_application_get_connections (application), fixture->uri,
                                                   "Host",
                                                   &error);
  g_assert_no_error (error);
  g_object_ref (fixture->connection);
  lodge_test_open_connection (fixture->connection);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_clear_object (&fixture->domain);
  lodge_connection_list_remove (lodge_application_get_connections (application), fixture->connection);
  lodge_test_close_windows (GTK_APPLICATION (application));
  lodge_test_close (fixture->connection);
  lodge_test_virsh_free (fixture->virsh);
  lodge_test_folder_free (fixture->folder);
  g_free (fixture->uri);
}

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

static char *
dup_guest_file (const char *name)
{
  char *path = g_build_filename (g_getenv ("LODGE_TEST_GUEST_DIR"), name, NULL);

  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
  return path;
}

/* A machine that is off, with the displays given and a serial port */
static void
define_guest (Fixture    *fixture,
              const char *name,
              const char *displays)
{
  g_autofree char *kernel = dup_guest_file ("vmlinuz");
  g_autofree char *initrd = dup_guest_file ("initrd");
  g_autofree char *xml = g_strdup_printf (
    "<domain type='qemu'><name>%s</name><memory unit='MiB'>192</memory><vcpu>1</vcpu>"
    "<os><type arch='x86_64' machine='q35'>hvm</type><kernel>%s</kernel><initrd>%s</initrd>"
    "<cmdline>console=ttyS0 console=tty0 quiet</cmdline></os><features><acpi/></features>"
    "<cpu mode='custom'><model>Nehalem</model></cpu>"
    "<devices>%s<serial type='pty'/><input type='tablet' bus='virtio'/></devices></domain>", name, kernel, initrd, displays);
  g_autofree char *file = lodge_test_folder_write (fixture->folder, "guest.xml", xml, -1);

  g_free (lodge_test_virsh_run (fixture->virsh, "define %s", file));
  fixture->domain = g_object_ref (lodge_test_find_domain (fixture->connection, name));
}

static void
open_machine (Fixture *fixture)
{
  g_action_group_activate_action (G_ACTION_GROUP (application), "open-machine",
                                  g_variant_new ("(ss)", fixture->uri, lodge_domain_get_uuid (fixture->domain)));
  fixture->window = lodge_test_find_window (GTK_APPLICATION (application), LODGE_TYPE_MACHINE_WINDOW);
  g_assert_nonnull (fixture->window);
  fixture->console = lodge_machine_page_get_console (lodge_machine_window_get_page (fixture->window));
}

static void
act (Fixture    *fixture,
     const char *action)
{
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), action, NULL);
}

#define WAIT_STATE(wanted) \
  WAIT_FOR (lodge_domain_get_state (fixture->domain) == LODGE_DOMAIN_STATE_ ## wanted)
#define WAIT_SHOWN(wanted) WAIT_FOR (g_strcmp0 (lodge_console_view_get_shown (fixture->console), wanted) == 0)

static LodgeDisplay *
get_display (Fixture *fixture)
{
  return lodge_test_get_child (fixture->console, LODGE_TYPE_CONSOLE_VIEW, "display");
}

static AdwStatusPage *
get_status_page (Fixture *fixture)
{
  gpointer page = lodge_test_get_child (fixture->console, LODGE_TYPE_CONSOLE_VIEW, "page");

  return lodge_test_get_child (page, LODGE_TYPE_CONSOLE_PAGE, "status_page");
}

/* The screen's middle pixel */
static guint32
get_pixel (Fixture *fixture)
{
  LodgeScreen *screen = lodge_display_get_screen (get_display (fixture));
  cairo_surface_t *surface = screen != NULL ? lodge_screen_get_surface (screen) : NULL;
  const int width = surface != NULL ? lodge_screen_get_width (screen) : 0;
  const int height = surface != NULL ? lodge_screen_get_height (screen) : 0;

  if (width == 0 || height == 0)
    return 0;
  return *((const guint32 *) (gpointer) (cairo_image_surface_get_data (surface)
                                         + (gsize) (height / 2) * cairo_image_surface_get_stride (surface)) + width / 2);
}

static gboolean
is_red (guint32 pixel)
{
  return (pixel >> 16 & 0xff) > 0x80 && (pixel >> 8 & 0xff) < 0x40 && (pixel & 0xff) < 0x40;
}

static gboolean
is_green (guint32 pixel)
{
  return (pixel >> 16 & 0xff) < 0x40 && (pixel >> 8 & 0xff) > 0x80 && (pixel & 0xff) < 0x40;
}

typedef struct
{
  LodgeDisplay *display;
  const char   *text;
} Typing;

static gboolean
retype_cb (gpointer user_data)
{
  Typing *typing = user_data;

  /* Keys that come before the shell reads are lost */
  lodge_display_type_text (typing->display, typing->text);
  return G_SOURCE_CONTINUE;
}

/* Types a command until its answer is on the screen */
#define TYPE_UNTIL(command, condition)                                    \
  G_STMT_START                                                            \
    {                                                                     \
      Typing typing_ = { get_display (fixture), command };                \
      guint id_ = g_timeout_add_seconds (2, retype_cb, &typing_);         \
                                                                          \
      WAIT_FOR (condition);                                               \
      g_source_remove (id_);                                              \
    }                                                                     \
  G_STMT_END

/* The text of the serial console of a page */
static gboolean
terminal_says (LodgeConsoleView *console,
               const char       *words)
{
  VteTerminal *terminal = lodge_test_find_descendant (console, VTE_TYPE_TERMINAL, NULL);
  g_autofree char *text = vte_terminal_get_text_format (terminal, VTE_FORMAT_TEXT);

  return text != NULL && strstr (text, words) != NULL;
}

static gboolean
send_line_cb (gpointer console)
{
  VteTerminal *terminal = lodge_test_find_descendant (console, VTE_TYPE_TERMINAL, NULL);

  g_signal_emit_by_name (terminal, "commit", "\necho an$((40+2))swer\n", 23u);
  return G_SOURCE_CONTINUE;
}

/* A real click of the X server on the middle of a widget; again until it is heard of, as windows may still be moving */
static gboolean
click_cb (gpointer widget)
{
  GtkNative *native = gtk_widget_get_native (widget);
  const float x = (float) gtk_widget_get_width (widget) / 2;
  const float y = (float) gtk_widget_get_height (widget) / 2;
  graphene_point_t point;
  double dx, dy;
  g_autofree char *command = NULL;
  g_autoptr(GError) error = NULL;

  gtk_window_present (GTK_WINDOW (native));
  g_assert_true (gtk_widget_compute_point (widget, GTK_WIDGET (native), &GRAPHENE_POINT_INIT (x, y), &point));
  gtk_native_get_surface_transform (native, &dx, &dy);
  command = g_strdup_printf ("sh -c \"xdotool search --onlyvisible --name '^%s$' mousemove --window %%1 %d %d sleep 0.1 click 1\"",
                             gtk_window_get_title (GTK_WINDOW (native)), (int) (point.x + dx), (int) (point.y + dy));
  g_spawn_command_line_async (command, &error);
  g_assert_no_error (error);
  return G_SOURCE_CONTINUE;
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

/* From an ISO file to a machine that is gone again */
static void
test_life (Fixture       *fixture,
           gconstpointer  data)
{
  g_autofree char *iso = dup_guest_file ("guest.iso");
  AdwDialog *dialog;

  create (fixture->uri, iso);
  fixture->domain = g_object_ref (lodge_test_find_domain (fixture->connection, "lodge-test-guest"));
  WAIT_STATE (RUNNING);

  /* Its window opens by itself, and shows its screen */
  WAIT_FOR (lodge_test_find_window (GTK_APPLICATION (application), LODGE_TYPE_MACHINE_WINDOW) != NULL);
  fixture->window = lodge_test_find_window (GTK_APPLICATION (application), LODGE_TYPE_MACHINE_WINDOW);
  fixture->console = lodge_machine_page_get_console (lodge_machine_window_get_page (fixture->window));
  WAIT_SHOWN ("display");
  TYPE_UNTIL ("\ncolor red\n", is_red (get_pixel (fixture)));

  act (fixture, "machine.shut-down");
  WAIT_STATE (OFF);
  WAIT_SHOWN ("status");
  gtk_window_close (GTK_WINDOW (fixture->window));
  WAIT_FOR (lodge_test_find_window (GTK_APPLICATION (application), LODGE_TYPE_MACHINE_WINDOW) == NULL);

  gtk_window_present (main_window ());
  g_action_group_activate_action (G_ACTION_GROUP (application), "delete-machines",
                                  g_variant_new_parsed ("[(%s, %s)]", fixture->uri,
                                                        lodge_domain_get_uuid (fixture->domain)));
  WAIT_FOR (get_dialog () != NULL);
  dialog = get_dialog ();
  g_signal_emit_by_name (dialog, "response::delete", "delete");
  WAIT_FOR (lodge_connection_find_domain (fixture->connection, "lodge-test-guest") == NULL);
  adw_dialog_force_close (dialog);
  g_assert_true (g_file_test (iso, G_FILE_TEST_EXISTS));
}

/* What a person sees and does with a display, whatever protocol brings it */

static guint
count_screenshots (const char *folder)
{
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (dir != NULL && g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static gboolean
is_whole_png (const char *folder)
{
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name = dir != NULL ? g_dir_read_name (dir) : NULL;
  g_autofree char *path = name != NULL ? g_build_filename (folder, name, NULL) : NULL;
  g_autoptr(GdkTexture) texture = path != NULL ? gdk_texture_new_from_filename (path, NULL) : NULL;

  return texture != NULL;
}

/* A PNG of the guest's own pixels, in the folder for pictures */
static void
check_screenshot (Fixture *fixture)
{
  const char *pictures = g_get_user_special_dir (G_USER_DIRECTORY_PICTURES);
  g_autofree char *folder = g_build_filename (pictures != NULL ? pictures : g_get_home_dir (), "Lodge", NULL);
  LodgeScreen *screen = lodge_display_get_screen (get_display (fixture));
  g_autoptr(GDir) dir = NULL;
  g_autofree char *path = NULL;
  g_autoptr(GdkTexture) texture = NULL;
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(GdkTextureDownloader) downloader = NULL;
  gsize stride;

  lodge_test_remove_tree (folder);
  act (fixture, "console.screenshot");
  WAIT_FOR (count_screenshots (folder) == 1 && is_whole_png (folder));
  dir = g_dir_open (folder, 0, NULL);
  path = g_build_filename (folder, g_dir_read_name (dir), NULL);
  texture = gdk_texture_new_from_filename (path, NULL);
  g_assert_cmpint (gdk_texture_get_width (texture), ==, lodge_screen_get_width (screen));
  g_assert_cmpint (gdk_texture_get_height (texture), ==, lodge_screen_get_height (screen));
  downloader = gdk_texture_downloader_new (texture);
  gdk_texture_downloader_set_format (downloader, GDK_MEMORY_B8G8R8A8);
  bytes = gdk_texture_downloader_download_bytes (downloader, &stride);
  g_assert_true (is_red (*(const guint32 *) (gconstpointer) ((const guint8 *) g_bytes_get_data (bytes, NULL)
                                                             + stride * (gsize) (gdk_texture_get_height (texture) / 2)
                                                             + 4 * (gsize) (gdk_texture_get_width (texture) / 2))));
}

/* A second tab of the same machine, on its serial port */
static LodgeConsoleView *
open_serial_tab (Fixture *fixture)
{
  LodgeConsoleView *serial;

  lodge_machine_window_add (fixture->window, fixture->domain);
  serial = lodge_machine_page_get_console (lodge_machine_window_get_page (fixture->window));
  g_assert_true (serial != fixture->console);
  lodge_console_view_prefer (serial, "Serial 1");
  WAIT_FOR (g_strcmp0 (lodge_console_view_get_shown (serial), "text") == 0);
  return serial;
}

/* What the guest says of a click goes to its serial port: both consoles are open at once, as tabs */
static void
check_click (Fixture *fixture)
{
  LodgeConsoleView *serial = open_serial_tab (fixture);
  AdwTabView *tabs = lodge_test_get_child (fixture->window, LODGE_TYPE_MACHINE_WINDOW, "tab_view");
  GtkWidget *display = GTK_WIDGET (get_display (fixture));
  guint clicking;

  g_assert_cmpint (adw_tab_view_get_n_pages (tabs), ==, 2);
  g_assert_true (lodge_machine_window_show_domain (fixture->window, fixture->domain));
  adw_tab_view_set_selected_page (tabs, adw_tab_view_get_nth_page (tabs, 0));
  WAIT_SHOWN ("display");
  clicking = g_timeout_add_seconds (2, click_cb, display);
  WAIT_FOR (terminal_says (serial, "click left 49") || terminal_says (serial, "click left 50"));
  g_source_remove (clicking);

  /* A tab that closes lets the machine be */
  adw_tab_view_set_selected_page (tabs, adw_tab_view_get_nth_page (tabs, 1));
  act (fixture, "machinewin.close-tab");
  WAIT_FOR (adw_tab_view_get_n_pages (tabs) == 1);
  g_assert_cmpint (lodge_domain_get_state (fixture->domain), ==, LODGE_DOMAIN_STATE_RUNNING);
}

static void
check_size (Fixture *fixture)
{
  LodgeDisplay *display = get_display (fixture);
  const int width = gtk_widget_get_width (GTK_WIDGET (display));
  double zoom;

  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "console.scaling", "s", "original");
  g_assert_cmpint (lodge_display_get_scaling (display), ==, LODGE_DISPLAY_ORIGINAL);
  zoom = lodge_display_get_shown_zoom (display);
  act (fixture, "console.zoom-in");
  g_assert_cmpfloat (lodge_display_get_shown_zoom (display), >, zoom);
  act (fixture, "console.zoom-out");
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "console.scaling", "s", "fit");
  g_assert_cmpint (lodge_display_get_scaling (display), ==, LODGE_DISPLAY_FIT);

  act (fixture, "machinewin.fullscreen");
  WAIT_FOR (gtk_window_is_fullscreen (GTK_WINDOW (fixture->window)));
  g_assert_false (adw_toolbar_view_get_reveal_top_bars (lodge_test_get_child (fixture->window,
                                                                              LODGE_TYPE_MACHINE_WINDOW,
                                                                              "toolbar_view")));
  act (fixture, "machinewin.fullscreen");
  WAIT_FOR (!gtk_window_is_fullscreen (GTK_WINDOW (fixture->window))
            && gtk_widget_get_width (GTK_WIDGET (display)) == width);
}

static void
check_pause_and_save (Fixture *fixture)
{
  GtkWidget *resume = lodge_test_get_child (fixture->console, LODGE_TYPE_CONSOLE_VIEW, "resume_button");
  GtkPicture *frame = lodge_test_get_child (fixture->console, LODGE_TYPE_CONSOLE_VIEW, "last_frame");
  AdwStatusPage *status = get_status_page (fixture);

  act (fixture, "machine.pause");
  WAIT_STATE (PAUSED);
  WAIT_FOR (gtk_widget_get_visible (resume));
  g_assert_false (g_action_group_get_action_enabled (lodge_console_view_get_group (fixture->console), "send-keys"));
  g_signal_emit_by_name (resume, "clicked");
  WAIT_STATE (RUNNING);
  WAIT_FOR (!gtk_widget_get_visible (resume));

  /* The picture stays behind the words, and comes back with the machine */
  act (fixture, "machine.save");
  WAIT_STATE (SAVED);
  WAIT_SHOWN ("status");
  g_assert_cmpstr (adw_status_page_get_title (status), ==, "Machine Is Saved");
  g_assert_nonnull (gtk_picture_get_paintable (frame));
  act (fixture, "machine.start");
  WAIT_STATE (RUNNING);
  WAIT_SHOWN ("display");
  WAIT_FOR (is_red (get_pixel (fixture)));
}

static void
test_display (Fixture       *fixture,
              gconstpointer  data)
{
  const char *kind = data;
  g_autofree char *displays = g_strdup_printf ("<graphics type='%s' autoport='yes'/><video><model type='vga'/></video>",
                                               kind);
  AdwStatusPage *status;

  define_guest (fixture, kind, displays);
  open_machine (fixture);
  WAIT_SHOWN ("status");
  status = get_status_page (fixture);
  g_assert_cmpstr (adw_status_page_get_title (status), ==, "Machine Is Off");

  act (fixture, "machine.start");
  WAIT_SHOWN ("display");
  TYPE_UNTIL ("\ncolor red\n", is_red (get_pixel (fixture)));
  check_screenshot (fixture);
  check_size (fixture);
  check_click (fixture);
  TYPE_UNTIL ("\ncolor red\n", is_red (get_pixel (fixture)));
  check_pause_and_save (fixture);

  /* The guest restarts, and its console goes on by itself */
  TYPE_UNTIL ("\necho 1 >/proc/sys/kernel/ctrl-alt-del; color green\n", is_green (get_pixel (fixture)));
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "console.send-keys", "s", "ctrl-alt-delete");
  WAIT_FOR (!is_green (get_pixel (fixture)));
  WAIT_SHOWN ("display");
  TYPE_UNTIL ("\ncolor green\n", is_green (get_pixel (fixture)));
  act (fixture, "machine.force-reset");
  WAIT_FOR (lodge_test_get_dialog (fixture->window) != NULL);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (lodge_test_get_dialog (fixture->window)), "do");
  g_signal_emit_by_name (lodge_test_get_dialog (fixture->window), "response", "do");
  adw_dialog_force_close (lodge_test_get_dialog (fixture->window));
  WAIT_FOR (!is_green (get_pixel (fixture)));
  TYPE_UNTIL ("\ncolor red\n", is_red (get_pixel (fixture)));

  /* A window that closes lets the machine be, and finds it again */
  gtk_window_close (GTK_WINDOW (fixture->window));
  WAIT_FOR (lodge_test_find_window (GTK_APPLICATION (application), LODGE_TYPE_MACHINE_WINDOW) == NULL);
  g_assert_cmpint (lodge_domain_get_state (fixture->domain), ==, LODGE_DOMAIN_STATE_RUNNING);
  open_machine (fixture);
  WAIT_SHOWN ("display");
  WAIT_FOR (is_red (get_pixel (fixture)));

  act (fixture, "machine.shut-down");
  WAIT_STATE (OFF);
  WAIT_SHOWN ("status");
  status = get_status_page (fixture);
  g_assert_nonnull (strstr (adw_status_page_get_description (status), "Ran last today"));
  g_assert_nonnull (strstr (adw_status_page_get_description (status), "Shut down by the guest"));

  /* And another time */
  act (fixture, "machine.start");
  WAIT_SHOWN ("display");
  g_free (lodge_test_virsh_run (fixture->virsh, "destroy %s", kind));
  WAIT_STATE (OFF);
  WAIT_SHOWN ("status");
  g_free (lodge_test_virsh_run (fixture->virsh, "undefine %s", kind));
  WAIT_FOR (g_str_equal (adw_status_page_get_title (status), "Machine Is Gone"));
}

static gboolean
press_find_cb (gpointer window)
{
  g_autoptr(GError) error = NULL;

  gtk_window_present (window);
  g_spawn_command_line_async ("xdotool key ctrl+shift+f", &error);
  g_assert_no_error (error);
  return G_SOURCE_CONTINUE;
}

/* The terminal would take these keys for the guest */
static void
find_by_keys (Fixture *fixture)
{
  LodgeTextConsole *text = lodge_test_get_child (fixture->console, LODGE_TYPE_CONSOLE_VIEW, "text_console");
  GtkSearchBar *bar = lodge_test_get_child (text, LODGE_TYPE_TEXT_CONSOLE, "search_bar");
  GtkWidget *entry = lodge_test_get_child (text, LODGE_TYPE_TEXT_CONSOLE, "search_entry");
  VteTerminal *terminal = lodge_test_get_child (text, LODGE_TYPE_TEXT_CONSOLE, "terminal");
  guint pressing = g_timeout_add_seconds (1, press_find_cb, fixture->window);

  WAIT_FOR (gtk_search_bar_get_search_mode (bar));
  g_source_remove (pressing);
  gtk_editable_set_text (GTK_EDITABLE (entry), "an42SWER");
  WAIT_FOR (gtk_widget_has_css_class (entry, "error"));
  gtk_editable_set_text (GTK_EDITABLE (entry), "an42swer");
  WAIT_FOR (vte_terminal_get_has_selection (terminal));
  g_signal_emit_by_name (entry, "stop-search");
}

typedef struct
{
  LodgeConsoleView *console;
  const char       *command;
} Line;

static gboolean
send_command_cb (gpointer user_data)
{
  Line *line = user_data;
  VteTerminal *terminal = lodge_test_find_descendant (line->console, VTE_TYPE_TERMINAL, NULL);

  g_signal_emit_by_name (terminal, "commit", line->command, (guint) strlen (line->command));
  return G_SOURCE_CONTINUE;
}

/* What the guest writes to another of its ports is seen there */
static void
check_port (Fixture          *fixture,
            LodgeConsoleView *other,
            const char       *label,
            const char       *device)
{
  g_autofree char *command = g_strdup_printf ("\necho %s-$((6*7)) >/dev/%s\n", device, device);
  g_autofree char *answer = g_strdup_printf ("%s-42", device);
  Line line = { fixture->console, command };
  guint typing;

  lodge_console_view_prefer (other, label);
  WAIT_FOR (g_strcmp0 (lodge_console_view_get_label (other), label) == 0
            && g_strcmp0 (lodge_console_view_get_shown (other), "text") == 0);
  typing = g_timeout_add_seconds (2, send_command_cb, &line);
  WAIT_FOR (terminal_says (other, answer));
  g_source_remove (typing);
}

/* A machine with a port of each kind */
static void
test_ports (Fixture       *fixture,
            gconstpointer  data)
{
  LodgeConsoleView *other;

  define_guest (fixture, "ports", "<serial type='pty'/><parallel type='pty'/>"
                "<console type='pty'><target type='serial'/></console>"
                "<console type='pty'><target type='virtio'/></console>");
  open_machine (fixture);
  act (fixture, "machine.start");
  WAIT_SHOWN ("text");
  g_assert_cmpstr (lodge_console_view_get_label (fixture->console), ==, "Serial 1");

  lodge_machine_window_add (fixture->window, fixture->domain);
  other = lodge_machine_page_get_console (lodge_machine_window_get_page (fixture->window));
  check_port (fixture, other, "Serial 2", "ttyS1");
  check_port (fixture, other, "Text Console 1", "hvc0");
  /* Nothing in the guest drives it, but it opens */
  lodge_console_view_prefer (other, "Parallel 1");
  WAIT_FOR (g_strcmp0 (lodge_console_view_get_label (other), "Parallel 1") == 0
            && g_strcmp0 (lodge_console_view_get_shown (other), "text") == 0);

  g_free (lodge_test_virsh_run (fixture->virsh, "destroy ports"));
  WAIT_STATE (OFF);
  g_free (lodge_test_virsh_run (fixture->virsh, "undefine ports"));
}

/* By D-Bus comes the picture, by SPICE what is shared */
static void
test_dbus (Fixture       *fixture,
           gconstpointer  data)
{
  define_guest (fixture, "dbus", "<graphics type='spice' autoport='yes'/><graphics type='dbus' p2p='yes'/>"
                "<channel type='spicevmc'><target type='virtio' name='com.redhat.spice.0'/></channel>"
                "<sound model='ich9'/><video><model type='virtio'/></video>");
  open_machine (fixture);
  act (fixture, "machine.start");
  WAIT_SHOWN ("display");
  g_assert_cmpstr (lodge_console_view_get_label (fixture->console), ==, "Display 2");
  TYPE_UNTIL ("\ncolor red\n", is_red (get_pixel (fixture)));
  g_assert_nonnull (fixture->console->companion);
  WAIT_FOR (lodge_screen_get_state (fixture->console->companion) == LODGE_SCREEN_CONNECTED);
  g_assert_null (lodge_screen_get_surface (fixture->console->companion));

  /* The other display is there to be chosen, and has no companion */
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "console.select", "u", 0);
  WAIT_SHOWN ("display");
  WAIT_FOR (is_red (get_pixel (fixture)));
  g_assert_null (fixture->console->companion);
  gtk_window_close (GTK_WINDOW (fixture->window));
  WAIT_FOR (lodge_test_find_window (GTK_APPLICATION (application), LODGE_TYPE_MACHINE_WINDOW) == NULL);
  g_free (lodge_test_virsh_run (fixture->virsh, "destroy dbus"));
}

static void
test_serial (Fixture       *fixture,
             gconstpointer  data)
{
  guint typing;

  define_guest (fixture, "serial", "");
  open_machine (fixture);
  act (fixture, "machine.start");
  WAIT_SHOWN ("text");
  g_assert_cmpstr (lodge_console_view_get_label (fixture->console), ==, "Serial 1");
  typing = g_timeout_add_seconds (2, send_line_cb, fixture->console);
  WAIT_FOR (terminal_says (fixture->console, "an42swer"));
  g_source_remove (typing);

  find_by_keys (fixture);

  /* When the machine stops its text stays, and says so */
  act (fixture, "machine.shut-down");
  WAIT_STATE (OFF);
  WAIT_FOR (terminal_says (fixture->console, "— stopped —"));
  WAIT_SHOWN ("text");
  g_assert_true (terminal_says (fixture->console, "an42swer"));

  /* The next run speaks below it */
  act (fixture, "machine.start");
  WAIT_STATE (RUNNING);
  typing = g_timeout_add_seconds (2, send_line_cb, fixture->console);
  WAIT_FOR (terminal_says (fixture->console, "ready on ttyS0"));
  g_source_remove (typing);
  g_free (lodge_test_virsh_run (fixture->virsh, "destroy serial"));
  WAIT_STATE (OFF);
  g_free (lodge_test_virsh_run (fixture->virsh, "undefine serial"));
}

/* A console that another program holds is taken over only when the person says so; and ours is given up when the other
 * does that */
static void
test_console_in_use (Fixture       *fixture,
                     gconstpointer  data)
{
  AdwStatusPage *status;
  g_autofree char *holds = lodge_test_folder_build (fixture->folder, "holds");
  g_autoptr(GSubprocess) other = NULL;
  g_autoptr(GError) error = NULL;

  define_guest (fixture, "busy", "");
  g_free (lodge_test_virsh_run (fixture->virsh, "start busy"));
  WAIT_STATE (RUNNING);
  other = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, &error,
                            "python3", "-c",
                            "import libvirt,sys,time\n"
                            "c=libvirt.open(sys.argv[1]); d=c.lookupByName('busy'); s=c.newStream(0)\n"
                            "d.openConsole(None,s,0)\n"
                            "open(sys.argv[2],'w').close()\n"
                            "time.sleep(600)\n", fixture->uri, holds, NULL);
  g_assert_no_error (error);
  WAIT_FOR (g_file_test (holds, G_FILE_TEST_EXISTS));
  open_machine (fixture);
  WAIT_SHOWN ("status");
  status = get_status_page (fixture);
  WAIT_FOR (g_strcmp0 (adw_status_page_get_title (status), "Console Is in Use") == 0);
  act (fixture, "console.take-over");
  WAIT_SHOWN ("text");
  g_subprocess_force_exit (other);
  g_free (lodge_test_virsh_run (fixture->virsh, "destroy busy"));
  WAIT_STATE (OFF);
  g_free (lodge_test_virsh_run (fixture->virsh, "undefine busy"));
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr(GError) error = NULL;
  GPid manager_pid;
  int result;

  gtk_test_init (&argc, &argv, NULL);
  /* GTK warns of a label in libadwaita's own alert dialog */
  g_log_set_always_fatal (G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_ERROR);
  manager_pid = lodge_test_start_manager ();
  application = lodge_application_new (APPLICATION_ID ".Guest", G_APPLICATION_NON_UNIQUE);
  g_application_register (G_APPLICATION (application), NULL, &error);
  g_assert_no_error (error);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  the_daemon = lodge_test_daemon_new ();

#define ADD(path, kind, function) g_test_add ("/guest/" path, Fixture, kind, set_up, function, tear_down)
  ADD ("life", NULL, test_life);
  ADD ("spice", "spice", test_display);
  ADD ("vnc", "vnc", test_display);
  ADD ("dbus", NULL, test_dbus);
  ADD ("serial", NULL, test_serial);
  ADD ("ports", NULL, test_ports);
  ADD ("console-in-use", NULL, test_console_in_use);
#undef ADD
  result = g_test_run ();
  g_object_unref (application);
  lodge_test_daemon_free (the_daemon);
  kill (manager_pid, SIGTERM);
  return result;
}
