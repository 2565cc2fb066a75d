/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <adwaita.h>

#include "console/lodge-console-page.h"
#include "console/lodge-display.h"
#include "console/lodge-viewer-target.h"
#include "lib/lodge-test-folder.h"
#include "lib/lodge-test-wait.h"
#include "lib/lodge-test-widgets.h"
#include "lodge-application.h"
#include "rfb-server.h"
#include "viewer/lodge-viewer-open.h"
#include "viewer/lodge-viewer-window.h"
#include "widget-tools.h"
#ifdef HAVE_SPICE_SERVER
#include "spice-server.h"
#endif

/* A console by itself, of servers that know nothing of libvirt. */

static LodgeApplication *application;

static const RfbOptions rfb_plain = { .width = 320, .height = 200, .key_codes = TRUE };

typedef struct
{
  LodgeTestFolder   *folder;
  GSettings         *settings;
  LodgeViewerWindow *window;
  GFile             *file;      /* the connection file */
} Fixture;

static void
set_up (Fixture       *f,
        gconstpointer  unused)
{
  f->folder = lodge_test_folder_new ();
  f->settings = g_settings_new (APPLICATION_ID);
}

static void
tear_down (Fixture       *f,
           gconstpointer  unused)
{
  lodge_test_close_windows (GTK_APPLICATION (application));
  g_clear_object (&f->file);
  g_clear_object (&f->settings);
  lodge_test_folder_free (f->folder);
}

static void
open_text (Fixture    *f,
           const char *text)
{
  g_autofree char *path = lodge_test_folder_write (f->folder, "console.vv", text, -1);
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  LodgeViewerTarget *target;

  f->file = g_file_new_for_path (path);
  f->window = lodge_viewer_window_new (GTK_APPLICATION (application), f->settings, FALSE);
  gtk_window_present (GTK_WINDOW (f->window));
  lodge_viewer_open_async (NULL, f->file, NULL, NULL, lodge_test_result_cb, &result);
  WAIT_FOR (result != NULL);
  target = lodge_viewer_open_finish (result, &error);
  if (target != NULL)
    lodge_viewer_window_open (f->window, target);
  else
    lodge_viewer_window_refuse (f->window, error);
}

static gboolean
shows (Fixture    *f,
       const char *name)
{
  GtkStack *stack = lodge_test_get_child (f->window, LODGE_TYPE_VIEWER_WINDOW, "stack");

  return g_strcmp0 (gtk_stack_get_visible_child_name (stack), name) == 0;
}

static gpointer
get_page_child (Fixture    *f,
                const char *name)
{
  gpointer page = lodge_test_get_child (f->window, LODGE_TYPE_VIEWER_WINDOW, "page");

  return lodge_test_get_child (page, LODGE_TYPE_CONSOLE_PAGE, name);
}

static gboolean
is_titled (Fixture    *f,
           const char *title)
{
  return g_strcmp0 (adw_status_page_get_title (get_page_child (f, "status_page")), title) == 0;
}

static LodgeDisplay *
get_display (Fixture *f)
{
  return lodge_test_get_child (f->window, LODGE_TYPE_VIEWER_WINDOW, "display");
}

static gboolean
shows_pixels (Fixture       *f,
              const guint32 *pixels,
              int            width,
              int            height)
{
  LodgeScreen *screen = lodge_display_get_screen (get_display (f));

  return screen != NULL && screen_shows (screen, pixels, width, height);
}

static gboolean
server_heard (RfbServer  *server,
              GString    *heard,
              const char *words)
{
  g_autofree char *log = rfb_server_steal_log (server);

  g_string_append (heard, log);
  return strstr (heard->str, words) != NULL;
}

static void
answer (Fixture    *f,
        const char *password)
{
  gtk_editable_set_text (get_page_child (f, "password_row"), password);
  gtk_widget_activate_action (GTK_WIDGET (f->window), "console.supply-password", NULL);
}

/* A file with everything for a VNC server: it is deleted, asked for its password, seen, driven */
static void
test_vnc (Fixture       *f,
          gconstpointer  unused)
{
  const RfbOptions options = { .width = 320, .height = 200, .key_codes = TRUE, .password = TRUE };
  RfbServer *server = rfb_server_new (&options);
  g_autofree char *text = g_strdup_printf ("[virt-viewer]\ntype=vnc\nhost=127.0.0.1\nport=%u\ntitle=<b>web</b>\n"
                                           "delete-this-file=1\nsecure-attention=ctrl+alt+end\n"
                                           "toggle-fullscreen=shift+f11\n", rfb_server_get_port (server));
  g_autoptr(GString) heard = g_string_new (NULL);
  g_autofree guint32 *pixels = NULL;
  int width;
  int height;

  rfb_server_paint (server, 7, 0, 0, 320, 200);
  pixels = rfb_server_dup_pixels (server, &width, &height);
  open_text (f, text);
  WAIT_FOR (!g_file_query_exists (f->file, NULL));
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (f->window)), ==, "<b>web</b>");
  WAIT_FOR (shows (f, "status") && is_titled (f, "Password Needed"));
  answer (f, "wrong");
  WAIT_FOR (gtk_widget_get_visible (get_page_child (f, "password_group")));
  answer (f, "secret");
  WAIT_FOR (shows (f, "display") && shows_pixels (f, pixels, width, height));

  /* Its own keys, in place of F11 */
  gtk_widget_grab_focus (GTK_WIDGET (get_display (f)));
  g_assert_true (press_key (GTK_WIDGET (f->window), 87));
  release_key (GTK_WIDGET (f->window), 87);
  WAIT_FOR (server_heard (server, heard, "code down 57"));
  g_assert_false (press_key_with_state (GTK_WIDGET (f->window), 87, GDK_SHIFT_MASK));
  g_assert_false (press_key_with_state (GTK_WIDGET (f->window), 107, GDK_CONTROL_MASK | GDK_ALT_MASK));

  gtk_window_close (GTK_WINDOW (f->window));
  lodge_test_settle ();
  rfb_server_free (server);
}

/* The server goes and comes back */
static void
test_lost (Fixture       *f,
           gconstpointer  unused)
{
  RfbServer *server = rfb_server_new (&rfb_plain);
  g_autofree char *text = g_strdup_printf ("[virt-viewer]\ntype=vnc\nhost=127.0.0.1\nport=%u\n",
                                           rfb_server_get_port (server));

  open_text (f, text);
  WAIT_FOR (shows (f, "display"));
  g_assert_true (g_file_query_exists (f->file, NULL));
  rfb_server_kick (server);
  WAIT_FOR (shows (f, "status") && is_titled (f, "No Connection to the Console"));
  /* By itself, after a second */
  WAIT_FOR (shows (f, "display"));

  /* And when the person says so, or has enough of waiting */
  rfb_server_kick (server);
  WAIT_FOR (shows (f, "status"));
  gtk_widget_activate_action (GTK_WIDGET (f->window), "console.reconnect", NULL);
  WAIT_FOR (shows (f, "display"));
  gtk_widget_activate_action (GTK_WIDGET (f->window), "console.cancel", NULL);
  WAIT_FOR (shows (f, "status") && is_titled (f, "Console Is Not Connected"));
  g_assert_null (lodge_display_get_screen (get_display (f)));
  rfb_server_free (server);
}

/* Files that cannot be: words in the window, nothing is deleted, nobody is connected to */
static void
test_refused (Fixture       *f,
              gconstpointer  unused)
{
  AdwStatusPage *status;

  open_text (f, "[virt-viewer]\ntype=vnc\nhost=127.0.0.1\nport=<b>1</b>\ndelete-this-file=1\n");
  WAIT_FOR (is_titled (f, "Console Cannot Be Shown"));
  status = get_page_child (f, "status_page");
  g_assert_nonnull (strstr (adw_status_page_get_description (status), "port"));
  g_assert_true (g_file_query_exists (f->file, NULL));
  gtk_widget_activate_action (GTK_WIDGET (f->window), "window.close", NULL);
  WAIT_FOR (lodge_test_find_window (GTK_APPLICATION (application), LODGE_TYPE_VIEWER_WINDOW) == NULL);
}

#ifdef HAVE_SPICE_SERVER
static void
test_spice (Fixture       *f,
            gconstpointer  unused)
{
  const SpiceTestOptions options = { .width = 320, .height = 200, .tablet = TRUE, .password = "top secret" };
  SpiceTest *server = spice_test_new (&options);
  g_autofree char *text = g_strdup_printf ("[virt-viewer]\ntype=spice\nhost=127.0.0.1\nport=%u\npassword=top secret\n"
                                           "fullscreen=1\ndisable-effects=all\ncolor-depth=32\n",
                                           spice_test_get_port (server));
  g_autofree guint32 *pixels = NULL;
  int width;
  int height;

  spice_test_paint (server, 5, 0, 0, 320, 200);
  pixels = spice_test_dup_pixels (server, &width, &height);
  open_text (f, text);
  WAIT_FOR (shows (f, "display") && shows_pixels (f, pixels, width, height));
  gtk_window_close (GTK_WINDOW (f->window));
  lodge_test_settle ();
  spice_test_free (server);
}
#endif

static void
exited_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  int *status = user_data;

  g_subprocess_wait_finish (G_SUBPROCESS (object), result, NULL);
  *status = g_subprocess_get_if_exited (G_SUBPROCESS (object)) ? g_subprocess_get_exit_status (G_SUBPROCESS (object)) : -2;
}

static GSubprocess *
start_lodge (const char *first,
             ...)
{
  g_autoptr(GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDIN_PIPE);
  g_autoptr(GPtrArray) arguments = g_ptr_array_new ();
  g_autoptr(GError) error = NULL;
  GSubprocess *process;
  va_list args;

  g_ptr_array_add (arguments, (gpointer) g_getenv ("LODGE_PROGRAM"));
  va_start (args, first);
  for (const char *argument = first; argument != NULL; argument = va_arg (args, const char *))
    g_ptr_array_add (arguments, (gpointer) argument);
  va_end (args);
  g_ptr_array_add (arguments, NULL);
  g_subprocess_launcher_unsetenv (launcher, "DBUS_SESSION_BUS_ADDRESS");
  process = g_subprocess_launcher_spawnv (launcher, (const char * const *) arguments->pdata, &error);
  g_assert_no_error (error);
  return process;
}

/* The program as a kiosk: nobody's password in its arguments, no end until the session ends, and then one */
static void
test_kiosk (Fixture       *f,
            gconstpointer  unused)
{
  const RfbOptions options = { .width = 320, .height = 200, .key_codes = TRUE, .password = TRUE };
  RfbServer *server = rfb_server_new (&options);
  g_autofree char *text = g_strdup_printf ("[virt-viewer]\ntype=vnc\nhost=127.0.0.1\nport=%u\npassword=secret\n",
                                           rfb_server_get_port (server));
  g_autofree char *path = lodge_test_folder_write (f->folder, "kiosk.vv", text, -1);
  g_autoptr(GSubprocess) process = start_lodge ("--console", path, "--kiosk", NULL);
  g_autofree char *proc = g_strdup_printf ("/proc/%s/cmdline", g_subprocess_get_identifier (process));
  g_autofree char *arguments = NULL;
  gsize size;
  int status = -1;

  g_subprocess_wait_async (process, NULL, exited_cb, &status);
  WAIT_FOR (rfb_server_get_requests (server) > 0);
  g_assert_true (g_file_get_contents (proc, &arguments, &size, NULL));
  g_assert_null (memmem (arguments, size, "secret", 6));
  g_assert_cmpint (status, ==, -1);
  rfb_server_kick (server);
  WAIT_FOR (status != -1);
  g_assert_cmpint (status, ==, 0);
  rfb_server_free (server);
}

/* By its address, and from the standard input */
static void
test_arguments (Fixture       *f,
                gconstpointer  unused)
{
  RfbServer *server = rfb_server_new (&rfb_plain);
  g_autofree char *uri = g_strdup_printf ("vnc://127.0.0.1:%u", rfb_server_get_port (server));
  g_autofree char *text = g_strdup_printf ("[virt-viewer]\ntype=vnc\nhost=127.0.0.1\nport=%u\n",
                                           rfb_server_get_port (server));
  g_autoptr(GSubprocess) by_uri = start_lodge ("--console", uri, "--kiosk", NULL);
  g_autoptr(GSubprocess) by_input = NULL;
  guint n_requests;
  int status = -1;

  g_subprocess_wait_async (by_uri, NULL, exited_cb, &status);
  WAIT_FOR (rfb_server_get_requests (server) > 0);
  rfb_server_kick (server);
  WAIT_FOR (status == 0);

  status = -1;
  n_requests = rfb_server_get_requests (server);
  by_input = start_lodge ("--console", "-", "--kiosk", NULL);
  g_subprocess_wait_async (by_input, NULL, exited_cb, &status);
  g_assert_true (g_output_stream_write_all (g_subprocess_get_stdin_pipe (by_input), text, strlen (text), NULL, NULL,
                                            NULL));
  g_output_stream_close (g_subprocess_get_stdin_pipe (by_input), NULL, NULL);
  WAIT_FOR (rfb_server_get_requests (server) > n_requests);
  rfb_server_kick (server);
  WAIT_FOR (status == 0);
  rfb_server_free (server);
}

int
main (int   argc,
      char *argv[])
{
  static const struct
  {
    const char *path;
    void      (*function) (Fixture *, gconstpointer);
  } tests[] = {
    { "/viewer/vnc", test_vnc },
    { "/viewer/lost", test_lost },
    { "/viewer/refused", test_refused },
#ifdef HAVE_SPICE_SERVER
    { "/viewer/spice", test_spice },
#endif
    { "/viewer/kiosk", test_kiosk },
    { "/viewer/arguments", test_arguments },
  };
  g_autoptr(GError) error = NULL;
  int result;

  gtk_test_init (&argc, &argv, NULL);
  /* The server of SPICE warns of clients that go */
  g_log_set_always_fatal (G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_ERROR);
  application = lodge_application_new (APPLICATION_ID ".Viewer", G_APPLICATION_NON_UNIQUE);
  g_application_register (G_APPLICATION (application), NULL, &error);
  g_assert_no_error (error);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].function, tear_down);
  result = g_test_run ();
  g_object_unref (application);
  return result;
}
