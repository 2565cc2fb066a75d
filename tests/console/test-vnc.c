/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <gtk/gtk.h>
#include <gvnc.h>
#include <linux/input-event-codes.h>

#include "console-test.h"
#include "console/lodge-clipboard.h"
#include "console/lodge-display.h"
#include "console/lodge-keymap.h"
#include "console/lodge-screen-backend.h"
#include "noise.h"
#include "rfb-server.h"
#include "util/lodge-error.h"
#include "widget-tools.h"

/* LodgeVncScreen against a server of our own, honest and not. */

typedef struct
{
  RfbServer    *server;
  LodgeScreen  *screen;
  GtkWindow    *window;
  LodgeDisplay *display;
} Fixture;

static const RfbOptions honest = { .width = 320, .height = 200, .key_codes = TRUE, .resizable = TRUE };

static LodgeScreenState
get_state (Fixture *f)
{
  return lodge_screen_get_state (f->screen);
}

static void
open_screen (Fixture          *f,
             const RfbOptions *options,
             const char       *password)
{
  LodgeScreenAddress address = { .host = (char *) "127.0.0.1", .password = (char *) password };

  f->server = rfb_server_new (options);
  address.port = rfb_server_get_port (f->server);
  f->screen = lodge_vnc_screen_new (&address, NULL, NULL, NULL);
  lodge_screen_open (f->screen);
  g_assert_cmpint (get_state (f), ==, LODGE_SCREEN_CONNECTING);
}

static void
show_display (Fixture *f)
{
  f->window = GTK_WINDOW (gtk_window_new ());
  f->display = LODGE_DISPLAY (lodge_display_new ());
  gtk_window_set_child (f->window, GTK_WIDGET (f->display));
  gtk_window_set_default_size (f->window, 640, 480);
  lodge_display_set_screen (f->display, f->screen);
  gtk_window_present (f->window);
  WAIT_FOR (gtk_widget_get_mapped (GTK_WIDGET (f->display)));
  gtk_widget_grab_focus (GTK_WIDGET (f->display));
}

static void
close_all (Fixture *f)
{
  if (f->window != NULL)
    gtk_window_destroy (f->window);
  lodge_screen_close (f->screen);
  g_assert_finalize_object (f->screen);
  rfb_server_free (f->server);
  *f = (Fixture) { 0 };
}

static gboolean
shows (Fixture *f)
{
  int width;
  int height;
  g_autofree guint32 *pixels = rfb_server_dup_pixels (f->server, &width, &height);

  return screen_shows (f->screen, pixels, width, height);
}

static gboolean
is_told (Fixture    *f,
         GString    *log,
         const char *what)
{
  g_autofree char *more = rfb_server_steal_log (f->server);

  g_string_append (log, more);
  return strstr (log->str, what) != NULL;
}

static void
test_picture (void)
{
  Fixture f = { 0 };

  open_screen (&f, &honest, NULL);
  show_display (&f);
  WAIT_FOR (shows (&f));
  g_assert_cmpint (get_state (&f), ==, LODGE_SCREEN_CONNECTED);
  for (guint i = 0; i < 20; i++)
    {
      rfb_server_paint (f.server, i + 2, (int) i * 7, (int) i * 3, 40, 30);
      WAIT_FOR (shows (&f));
    }
  rfb_server_resize (f.server, 400, 300);
  WAIT_FOR (shows (&f));
  rfb_server_resize (f.server, 64, 48);
  rfb_server_paint (f.server, 99, 0, 0, 64, 48);
  WAIT_FOR (shows (&f));
  close_all (&f);
}

/* A screen that nobody looks at costs nothing, and comes back when somebody does */
static void
test_hidden (void)
{
  Fixture f = { 0 };
  guint requests;

  open_screen (&f, &honest, NULL);
  show_display (&f);
  WAIT_FOR (shows (&f));
  gtk_widget_set_visible (GTK_WIDGET (f.display), FALSE);
  rfb_server_paint (f.server, 5, 0, 0, 320, 200);
  WAIT_FOR (shows (&f));
  requests = rfb_server_get_requests (f.server);
  for (guint i = 0; i < 50; i++)
    {
      rfb_server_paint (f.server, i + 6, 0, 0, 320, 200);
      g_main_context_iteration (NULL, FALSE);
    }
  g_assert_cmpuint (rfb_server_get_requests (f.server), <=, requests + 1);
  gtk_widget_set_visible (GTK_WIDGET (f.display), TRUE);
  WAIT_FOR (shows (&f));
  close_all (&f);
}

/* There are servers that answer a request with nothing but a cursor: it must be asked again */
static void
test_cursor_counts (void)
{
  RfbOptions options = honest;
  Fixture f = { 0 };
  int x;
  int y;

  options.cursor_counts = TRUE;
  options.resizable = FALSE;
  options.key_codes = FALSE;
  open_screen (&f, &options, NULL);
  show_display (&f);
  WAIT_FOR (shows (&f));
  for (int i = 1; i < 6; i++)
    {
      rfb_server_set_cursor (f.server, 10 + i, 0xffff0000, i);
      WAIT_FOR (lodge_screen_get_cursor (f.screen, &x, &y) != NULL && x == i);
      g_assert_cmpint (gdk_texture_get_width (lodge_screen_get_cursor (f.screen, &x, &y)), ==, 10 + i);
      rfb_server_paint (f.server, (guint) i + 50, 10, 10, 100, 100);
      WAIT_FOR (shows (&f));
    }
  rfb_server_set_cursor (f.server, 0, 0, 0);
  rfb_server_paint (f.server, 3, 0, 0, 100, 100);
  WAIT_FOR (shows (&f) && lodge_screen_get_cursor (f.screen, &x, &y) == NULL);
  close_all (&f);
}

static void
test_password (void)
{
  RfbOptions options = honest;
  Fixture f = { 0 };

  options.password = TRUE;
  open_screen (&f, &options, NULL);
  WAIT_FOR (get_state (&f) == LODGE_SCREEN_NEEDS_CREDENTIALS);
  g_assert_null (lodge_screen_get_error (f.screen));
  g_assert_false (lodge_screen_wants_username (f.screen));
  lodge_screen_supply_credentials (f.screen, NULL, "wrong");
  WAIT_FOR (get_state (&f) == LODGE_SCREEN_NEEDS_CREDENTIALS);
  g_assert_error (lodge_screen_get_error (f.screen), LODGE_ERROR, LODGE_ERROR_AUTH_FAILED);
  lodge_screen_supply_credentials (f.screen, NULL, "secret");
  WAIT_FOR (get_state (&f) == LODGE_SCREEN_CONNECTED);
  g_assert_null (lodge_screen_get_error (f.screen));

  /* It is remembered for the next connection */
  rfb_server_kick (f.server);
  WAIT_FOR (get_state (&f) == LODGE_SCREEN_LOST);
  g_assert_error (lodge_screen_get_error (f.screen), LODGE_ERROR, LODGE_ERROR_NOT_CONNECTED);
  g_assert_nonnull (lodge_screen_get_surface (f.screen));
  lodge_screen_open (f.screen);
  WAIT_FOR (get_state (&f) == LODGE_SCREEN_CONNECTED);
  close_all (&f);

  open_screen (&f, &options, "secret");
  WAIT_FOR (get_state (&f) == LODGE_SCREEN_CONNECTED);
  close_all (&f);

  /* Closed while the question stands, and while the answer is under way */
  open_screen (&f, &options, NULL);
  WAIT_FOR (get_state (&f) == LODGE_SCREEN_NEEDS_CREDENTIALS);
  close_all (&f);
  open_screen (&f, &options, NULL);
  WAIT_FOR (get_state (&f) == LODGE_SCREEN_NEEDS_CREDENTIALS);
  lodge_screen_supply_credentials (f.screen, NULL, "secret");
  close_all (&f);
}

/* Every key of the table, pressed at the widget and read at the server */
static void
test_all_keys (void)
{
  Fixture f = { 0 };
  g_autoptr(GString) log = g_string_new (NULL);
  g_autoptr(GString) expected = g_string_new (NULL);

  open_screen (&f, &honest, NULL);
  show_display (&f);
  WAIT_FOR (shows (&f));
  /* The locks of this computer's keyboard are compared before the first key: that is another test */
  press_key (GTK_WIDGET (f.window), KEY_ESC);
  release_key (GTK_WIDGET (f.window), KEY_ESC);
  WAIT_FOR (is_told (&f, log, "code up 1\n"));
  g_string_truncate (log, 0);

  for (guint code = 1; code < 256; code++)
    {
      const guint xt = lodge_keymap_to_xt (code);
      const guint number = (xt & 0x7f) | (xt & 0x100 ? 0x80 : 0);

      if (code == KEY_F11)
        continue;   /* the program's own */
      press_key (GTK_WIDGET (f.window), code);
      release_key (GTK_WIDGET (f.window), code);
      if (xt != 0)
        g_string_append_printf (expected, "code down %x\ncode up %x\n", number, number);
    }
  press_key (GTK_WIDGET (f.window), KEY_ESC);
  g_string_append (expected, "code down 1\n");
  WAIT_FOR (is_told (&f, log, "code up ed\n") && log->len >= expected->len);
  g_assert_cmpstr (log->str, ==, expected->str);
  close_all (&f);
}

/* A server that takes characters only */
static void
test_key_values (void)
{
  RfbOptions options = honest;
  Fixture f = { 0 };
  g_autoptr(GString) log = g_string_new (NULL);

  options.key_codes = FALSE;
  open_screen (&f, &options, NULL);
  show_display (&f);
  WAIT_FOR (shows (&f));
  lodge_display_type_text (f.display, "a!");
  WAIT_FOR (is_told (&f, log, "key up ffe1\n"));
  g_assert_cmpstr (log->str, ==, "key down 61\nkey up 61\nkey down ffe1\nkey down 21\nkey up 21\nkey up ffe1\n");
  close_all (&f);
}

static void
test_pointer (void)
{
  Fixture f = { 0 };
  g_autoptr(GString) log = g_string_new (NULL);

  open_screen (&f, &honest, NULL);
  WAIT_FOR (get_state (&f) == LODGE_SCREEN_CONNECTED);
  g_assert_true (lodge_screen_get_absolute_pointer (f.screen));
  lodge_screen_move_to (f.screen, 10, 20);
  lodge_screen_button (f.screen, LODGE_SCREEN_BUTTON_RIGHT, TRUE);
  lodge_screen_button (f.screen, LODGE_SCREEN_BUTTON_RIGHT, FALSE);
  lodge_screen_button (f.screen, LODGE_SCREEN_BUTTON_BACK, TRUE);
  lodge_screen_button (f.screen, LODGE_SCREEN_BUTTON_BACK, FALSE);
  lodge_screen_wheel (f.screen, 0, -1);
  lodge_screen_wheel (f.screen, 1, 2);
  lodge_screen_move_to (f.screen, 100000, -5);
  WAIT_FOR (is_told (&f, log, "pointer 0 319 0\n"));
  g_assert_cmpstr (log->str, ==, "pointer 0 10 20\npointer 4 10 20\npointer 0 10 20\n"
                   "pointer 128 10 20\npointer 0 10 20\n"
                   "pointer 8 10 20\npointer 0 10 20\n"
                   "pointer 16 10 20\npointer 0 10 20\npointer 16 10 20\npointer 0 10 20\n"
                   "pointer 64 10 20\npointer 0 10 20\npointer 0 319 0\n");
  close_all (&f);
}

static void
test_relative_pointer (void)
{
  RfbOptions options = honest;
  Fixture f = { 0 };
  g_autoptr(GString) log = g_string_new (NULL);

  options.relative = TRUE;
  open_screen (&f, &options, NULL);
  WAIT_FOR (get_state (&f) == LODGE_SCREEN_CONNECTED);
  WAIT_FOR (!lodge_screen_get_absolute_pointer (f.screen));
  lodge_screen_move_by (f.screen, 3, -4);
  lodge_screen_button (f.screen, LODGE_SCREEN_BUTTON_LEFT, TRUE);
  WAIT_FOR (is_told (&f, log, "pointer 1 "));
  g_assert_cmpstr (log->str, ==, "pointer 0 32770 32763\npointer 1 32767 32767\n");
  close_all (&f);
}

static void
test_resize (void)
{
  Fixture f = { 0 };
  g_autoptr(GString) log = g_string_new (NULL);

  open_screen (&f, &honest, NULL);
  WAIT_FOR (lodge_screen_get_can_resize (f.screen));
  lodge_screen_request_size (f.screen, 1024, 600);
  WAIT_FOR (is_told (&f, log, "size 1024 600\n"));
  close_all (&f);
}

static void
test_locks (void)
{
  RfbOptions options = honest;
  Fixture f = { 0 };
  g_autoptr(GString) log = g_string_new (NULL);

  options.leds = TRUE;
  open_screen (&f, &options, NULL);
  show_display (&f);
  WAIT_FOR (shows (&f));
  rfb_server_set_leds (f.server, LODGE_SCREEN_LOCK_CAPS | LODGE_SCREEN_LOCK_SCROLL);
  WAIT_FOR (lodge_screen_get_led_state (f.screen) == (LODGE_SCREEN_LOCK_CAPS | LODGE_SCREEN_LOCK_SCROLL));
  is_told (&f, log, "");
  g_string_truncate (log, 0);

  /* Only the keys that differ are tapped, and never Scroll Lock */
  lodge_screen_set_locks (f.screen, LODGE_SCREEN_LOCK_NUM);
  lodge_screen_key (f.screen, KEY_A, 'a', TRUE);
  WAIT_FOR (is_told (&f, log, "code down 1e\n"));
  g_assert_cmpstr (log->str, ==, "code down 45\ncode up 45\ncode down 3a\ncode up 3a\ncode down 1e\n");
  close_all (&f);

  /* Whoever does not say what is on is left alone */
  options.leds = FALSE;
  open_screen (&f, &options, NULL);
  show_display (&f);
  WAIT_FOR (shows (&f));
  g_string_truncate (log, 0);
  lodge_screen_set_locks (f.screen, LODGE_SCREEN_LOCK_NUM);
  lodge_screen_key (f.screen, KEY_A, 'a', TRUE);
  WAIT_FOR (is_told (&f, log, "code down 1e\n"));
  g_assert_cmpstr (log->str, ==, "code down 1e\n");
  close_all (&f);
}

static void
read_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  *(char **) user_data = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (object), result, NULL);
}

static void
test_clipboard (void)
{
  GdkClipboard *local = gdk_display_get_clipboard (gdk_display_get_default ());
  LodgeClipboard *shared = lodge_clipboard_new (local);
  Fixture f = { 0 };
  g_autoptr(GString) log = g_string_new (NULL);
  g_autofree char *text = NULL;

  lodge_clipboard_set_active (shared, TRUE);
  open_screen (&f, &honest, NULL);
  lodge_clipboard_set_screen (shared, f.screen);
  WAIT_FOR (get_state (&f) == LODGE_SCREEN_CONNECTED);
  rfb_server_cut_text (f.server, "caf\351");
  WAIT_FOR (lodge_screen_get_clipboard_offer (f.screen) == LODGE_CLIPBOARD_TEXT);
  gdk_clipboard_read_text_async (local, NULL, read_cb, &text);
  WAIT_FOR (text != NULL);
  g_assert_cmpstr (text, ==, "caf\303\251");

  gdk_clipboard_set_text (local, "na\303\257ve \342\202\254");
  WAIT_FOR (is_told (&f, log, "cut na\357ve ?\n"));
  g_assert_finalize_object (shared);
  close_all (&f);
}

static void
test_refused (void)
{
  LodgeScreenAddress address = { .host = (char *) "127.0.0.1" };
  RfbServer *server = rfb_server_new (&honest);
  g_autoptr(LodgeScreen) screen = NULL;

  /* Nobody listens there any more */
  address.port = rfb_server_get_port (server);
  rfb_server_free (server);
  screen = lodge_vnc_screen_new (&address, NULL, NULL, NULL);
  lodge_screen_open (screen);
  WAIT_FOR (lodge_screen_get_state (screen) == LODGE_SCREEN_LOST);
  g_assert_error (lodge_screen_get_error (screen), LODGE_ERROR, LODGE_ERROR_UNREACHABLE);
}

/* Lies */

static const struct
{
  const char       *name;
  RfbLie            lie;
  LodgeScreenState  end;
  int               code;    /* of the error when it is lost */
} lies[] = {
  { "silent", RFB_SILENT, LODGE_SCREEN_LOST, LODGE_ERROR_TIMED_OUT },
  { "garbage", RFB_GARBAGE, LODGE_SCREEN_LOST, LODGE_ERROR_UNREACHABLE },
  { "hang-up", RFB_HANG_UP, LODGE_SCREEN_LOST, LODGE_ERROR_UNREACHABLE },
  { "no-types", RFB_NO_TYPES, LODGE_SCREEN_LOST, LODGE_ERROR_AUTH_FAILED },
  { "huge-reason", RFB_HUGE_REASON, LODGE_SCREEN_LOST, -1 },
  { "unknown-types", RFB_UNKNOWN_TYPES, LODGE_SCREEN_LOST, LODGE_ERROR_AUTH_FAILED },
  { "stop-in-login", RFB_STOP_IN_LOGIN, LODGE_SCREEN_LOST, LODGE_ERROR_UNREACHABLE },
  { "absurd-size", RFB_ABSURD_SIZE, LODGE_SCREEN_LOST, LODGE_ERROR_LIMIT },
  { "no-size", RFB_NO_SIZE, LODGE_SCREEN_LOST, LODGE_ERROR_LIMIT },
  { "huge-name", RFB_HUGE_NAME, LODGE_SCREEN_LOST, -1 },
  { "outside", RFB_OUTSIDE, LODGE_SCREEN_LOST, LODGE_ERROR_NOT_CONNECTED },
  { "truncated", RFB_TRUNCATED, LODGE_SCREEN_LOST, LODGE_ERROR_NOT_CONNECTED },
  { "stall", RFB_STALL, LODGE_SCREEN_CONNECTED, -1 },
  { "unknown-encoding", RFB_UNKNOWN_ENCODING, LODGE_SCREEN_LOST, LODGE_ERROR_NOT_CONNECTED },
  { "unknown-message", RFB_UNKNOWN_MESSAGE, LODGE_SCREEN_LOST, LODGE_ERROR_NOT_CONNECTED },
  /* gvnc waits for the 400 MB to come: as if the line were slow */
  { "huge-cursor", RFB_HUGE_CURSOR, LODGE_SCREEN_CONNECTED, -1 },
  { "cursor-outside", RFB_CURSOR_OUTSIDE, LODGE_SCREEN_CONNECTED, -1 },
  { "huge-cut-text", RFB_HUGE_CUT_TEXT, LODGE_SCREEN_LOST, LODGE_ERROR_NOT_CONNECTED },
  { "absurd-resize", RFB_ABSURD_RESIZE, LODGE_SCREEN_LOST, LODGE_ERROR_LIMIT },
  { "bad-tight", RFB_BAD_TIGHT, LODGE_SCREEN_LOST, LODGE_ERROR_NOT_CONNECTED },
};

static void
test_lie (gconstpointer data)
{
  const guint i = GPOINTER_TO_UINT (data);
  RfbOptions options = honest;
  Fixture f = { 0 };

  options.lie = lies[i].lie;
  options.password = options.lie == RFB_STOP_IN_LOGIN;
  /* All of it twice: the second time the person closes while it goes on */
  for (int round = 0; round < 2; round++)
    {
      open_screen (&f, &options, "secret");
      if (options.lie == RFB_SILENT)
        lodge_screen_set_patience (f.screen, 200);
      show_display (&f);
      if (round == 0)
        {
          WAIT_FOR (get_state (&f) == lies[i].end);
          if (lies[i].code >= 0)
            g_assert_error (lodge_screen_get_error (f.screen), LODGE_ERROR, lies[i].code);
          else if (lies[i].end == LODGE_SCREEN_LOST)
            g_assert_nonnull (lodge_screen_get_error (f.screen));
        }
      else
        WAIT_FOR (rfb_server_get_clients (f.server) > 0);
      close_all (&f);
      while (g_main_context_iteration (NULL, FALSE))
        continue;
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  gtk_init ();
  if (g_getenv ("LODGE_TEST_GVNC_DEBUG") != NULL)
    vnc_util_set_debug (TRUE);
  g_test_add_func ("/vnc/picture", test_picture);
  g_test_add_func ("/vnc/hidden", test_hidden);
  g_test_add_func ("/vnc/cursor-counts", test_cursor_counts);
  g_test_add_func ("/vnc/password", test_password);
  g_test_add_func ("/vnc/all-keys", test_all_keys);
  g_test_add_func ("/vnc/key-values", test_key_values);
  g_test_add_func ("/vnc/pointer", test_pointer);
  g_test_add_func ("/vnc/relative-pointer", test_relative_pointer);
  g_test_add_func ("/vnc/resize", test_resize);
  g_test_add_func ("/vnc/locks", test_locks);
  g_test_add_func ("/vnc/clipboard", test_clipboard);
  g_test_add_func ("/vnc/refused", test_refused);
  for (guint i = 0; i < G_N_ELEMENTS (lies); i++)
    {
      g_autofree char *path = g_strconcat ("/vnc/lie/", lies[i].name, NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_lie);
    }

  return g_test_run ();
}
