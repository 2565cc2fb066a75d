/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <gtk/gtk.h>
#include <linux/input-event-codes.h>

#include "console-test.h"
#include "console/lodge-display.h"
#include "fake-screen.h"
#include "widget-tools.h"

/* What a person does at a display, and what its guest is told. */

typedef struct
{
  GtkWindow    *window;
  LodgeDisplay *display;
  GtkWidget    *other;     /* something else to focus */
  FakeScreen   *screen;
  guint         hints;
  guint         released;
} Fixture;

static void
count_cb (guint *counter)
{
  (*counter)++;
}

static void
set_up (Fixture       *f,
        gconstpointer  unused)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  f->window = GTK_WINDOW (gtk_window_new ());
  f->display = LODGE_DISPLAY (lodge_display_new ());
  f->other = gtk_entry_new ();
  f->screen = fake_screen_new (320, 200);
  gtk_widget_set_vexpand (GTK_WIDGET (f->display), TRUE);
  gtk_box_append (GTK_BOX (box), f->other);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (f->display));
  gtk_window_set_child (f->window, box);
  gtk_window_set_default_size (f->window, 640, 480);
  lodge_display_set_screen (f->display, LODGE_SCREEN (f->screen));
  g_signal_connect_swapped (f->display, "grab-hint", G_CALLBACK (count_cb), &f->hints);
  g_signal_connect_swapped (f->display, "released", G_CALLBACK (count_cb), &f->released);
  gtk_window_present (f->window);
  WAIT_FOR (gtk_widget_get_mapped (GTK_WIDGET (f->display)) && gtk_widget_get_width (GTK_WIDGET (f->display)) > 0);
  gtk_widget_grab_focus (GTK_WIDGET (f->display));
  g_free (fake_screen_steal_log (f->screen));
}

static void
tear_down (Fixture       *f,
           gconstpointer  unused)
{
  gtk_window_destroy (f->window);
  g_assert_finalize_object (f->screen);
}

static gboolean
press (Fixture         *f,
       guint            code,
       GdkModifierType  state)
{
  return press_key_with_state (GTK_WIDGET (f->window), code, state);
}

static void
release (Fixture *f,
         guint    code)
{
  release_key (GTK_WIDGET (f->window), code);
}

static void
assert_told (Fixture    *f,
             const char *expected)
{
  g_autofree char *log = fake_screen_steal_log (f->screen);
  g_autoptr(GString) text = g_string_new (NULL);
  g_auto(GStrv) lines = g_strsplit (log, "\n", -1);

  /* Whether this computer's locks are on is not ours to say */
  for (guint i = 0; lines[i] != NULL && *lines[i] != '\0'; i++)
    {
      if (!g_str_has_prefix (lines[i], "locks"))
        g_string_append_printf (text, "%s\n", lines[i]);
    }
  g_assert_cmpstr (text->str, ==, expected);
}

static void
test_keys (Fixture       *f,
           gconstpointer  unused)
{
  g_assert_true (press (f, KEY_A, 0));
  g_assert_true (press (f, KEY_A, 0));
  release (f, KEY_A);
  release (f, KEY_B);
  assert_told (f, "key 30 down\nkey 30 down\nkey 30 up\n");

  /* Keys that GTK uses for itself */
  g_assert_true (press (f, KEY_TAB, 0));
  release (f, KEY_TAB);
  g_assert_true (press (f, KEY_F10, 0));
  release (f, KEY_F10);
  assert_told (f, "key 15 down\nkey 15 up\nkey 68 down\nkey 68 up\n");

  /* Full screen is ours, with Shift it is the guest's */
  g_assert_false (press (f, KEY_F11, 0));
  release (f, KEY_F11);
  g_assert_true (press (f, KEY_F11, GDK_SHIFT_MASK));
  release (f, KEY_F11);
  assert_told (f, "key 87 down\nkey 87 up\n");

  /* Somebody else has the focus */
  gtk_widget_grab_focus (f->other);
  g_assert_false (press (f, KEY_A, 0));
  release (f, KEY_A);
  assert_told (f, "");
}

static void
test_focus_loss (Fixture       *f,
                 gconstpointer  unused)
{
  press (f, KEY_LEFTALT, 0);
  press (f, KEY_TAB, GDK_ALT_MASK);
  assert_told (f, "key 56 down\nkey 15 down\n");
  gtk_widget_grab_focus (f->other);
  assert_told (f, "key 15 up\nkey 56 up\n");
  /* The releases come afterwards, or never */
  release (f, KEY_TAB);
  gtk_widget_grab_focus (GTK_WIDGET (f->display));
  release (f, KEY_LEFTALT);
  assert_told (f, "");

  press (f, KEY_LEFTMETA, 0);
  g_free (fake_screen_steal_log (f->screen));
  gtk_widget_set_visible (GTK_WIDGET (f->display), FALSE);
  assert_told (f, "key 125 up\n");
  gtk_widget_set_visible (GTK_WIDGET (f->display), TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (f->display));

  press (f, KEY_LEFTCTRL, 0);
  lodge_screen_button (LODGE_SCREEN (f->screen), LODGE_SCREEN_BUTTON_LEFT, TRUE);
  g_free (fake_screen_steal_log (f->screen));
  lodge_display_release (f->display);
  assert_told (f, "key 29 up\nbutton 0 up\n");

  /* Another screen comes to the display */
  press (f, KEY_LEFTSHIFT, 0);
  g_free (fake_screen_steal_log (f->screen));
  lodge_display_set_screen (f->display, NULL);
  assert_told (f, "key 42 up\n");
}

static void
test_lost (Fixture       *f,
           gconstpointer  unused)
{
  press (f, KEY_A, 0);
  lodge_screen_lose (LODGE_SCREEN (f->screen), g_error_new (G_IO_ERROR, G_IO_ERROR_FAILED, "gone"));
  g_assert_cmpint (lodge_screen_get_state (LODGE_SCREEN (f->screen)), ==, LODGE_SCREEN_LOST);
  g_free (fake_screen_steal_log (f->screen));

  /* Nobody is there: keys are the program's again, and nothing is held over to the next connection */
  g_assert_false (press (f, KEY_A, 0));
  lodge_screen_open (LODGE_SCREEN (f->screen));
  release (f, KEY_A);
  assert_told (f, "");
}

static void
test_release_combination (Fixture       *f,
                          gconstpointer  unused)
{
  press (f, KEY_LEFTCTRL, 0);
  press (f, KEY_LEFTALT, GDK_CONTROL_MASK);
  release (f, KEY_LEFTALT);
  assert_told (f, "key 29 down\nkey 56 down\nkey 56 up\nkey 29 up\n");
  g_assert_cmpuint (f->released, ==, 1);
  g_assert_false (gtk_widget_has_focus (GTK_WIDGET (f->display)));
  release (f, KEY_LEFTCTRL);
  assert_told (f, "");
}

static void
test_own_release_combination (Fixture       *f,
                              gconstpointer  unused)
{
  static const guint codes[] = { KEY_RIGHTCTRL };

  g_assert_cmpstr (lodge_display_get_release_keys (f->display), ==, "left Ctrl + left Alt");
  lodge_display_set_release_keys (f->display, codes, 1);
  g_assert_cmpstr (lodge_display_get_release_keys (f->display), ==, "right Ctrl");
  press (f, KEY_LEFTCTRL, 0);
  press (f, KEY_LEFTALT, GDK_CONTROL_MASK);
  release (f, KEY_LEFTALT);
  release (f, KEY_LEFTCTRL);
  g_assert_cmpuint (f->released, ==, 0);
  press (f, KEY_RIGHTCTRL, 0);
  press (f, KEY_C, GDK_CONTROL_MASK);
  release (f, KEY_C);
  release (f, KEY_RIGHTCTRL);
  g_assert_cmpuint (f->released, ==, 0);
  press (f, KEY_RIGHTCTRL, 0);
  release (f, KEY_RIGHTCTRL);
  g_assert_cmpuint (f->released, ==, 1);
}

static void
test_host_keys (Fixture       *f,
                gconstpointer  unused)
{
  static const char * const accelerators[] = { "<Super>Page_Up", "<Control><Alt>t", "no such key", NULL };

  lodge_display_set_host_keys (f->display, accelerators);
  /* F11 is the guest's now */
  g_assert_true (press (f, KEY_F11, 0));
  release (f, KEY_F11);
  assert_told (f, "key 87 down\nkey 87 up\n");

  /* Super alone, and with another key: the guest gets both, in order */
  g_assert_true (press (f, KEY_LEFTMETA, 0));
  g_assert_true (press (f, KEY_LEFTMETA, GDK_SUPER_MASK));
  assert_told (f, "");
  release (f, KEY_LEFTMETA);
  assert_told (f, "key 125 down\nkey 125 up\n");
  press (f, KEY_LEFTMETA, 0);
  press (f, KEY_L, GDK_SUPER_MASK);
  release (f, KEY_L);
  release (f, KEY_LEFTMETA);
  assert_told (f, "key 125 down\nkey 38 down\nkey 38 up\nkey 125 up\n");

  /* A host key: nothing of it reaches the guest */
  press (f, KEY_LEFTMETA, 0);
  g_assert_false (press (f, KEY_PAGEUP, GDK_SUPER_MASK));
  release (f, KEY_PAGEUP);
  release (f, KEY_LEFTMETA);
  assert_told (f, "");

  /* Other modifiers come up before the program acts */
  press (f, KEY_LEFTCTRL, 0);
  press (f, KEY_LEFTALT, GDK_CONTROL_MASK);
  g_assert_false (press (f, KEY_T, GDK_CONTROL_MASK | GDK_ALT_MASK));
  release (f, KEY_T);
  release (f, KEY_LEFTALT);
  release (f, KEY_LEFTCTRL);
  assert_told (f, "key 29 down\nkey 56 down\nkey 56 up\nkey 29 up\n");
  g_assert_cmpuint (f->released, ==, 0);

  /* The focus goes while Super is held back */
  press (f, KEY_LEFTMETA, 0);
  gtk_widget_grab_focus (f->other);
  release (f, KEY_LEFTMETA);
  assert_told (f, "");
}

static void
test_vain_keys (Fixture       *f,
                gconstpointer  unused)
{
  press (f, KEY_LEFTALT, 0);
  press (f, KEY_F4, GDK_ALT_MASK);
  g_assert_cmpuint (f->hints, ==, 1);
  press (f, KEY_F4, GDK_ALT_MASK);
  g_assert_cmpuint (f->hints, ==, 1);
}

static void
test_send_keys (Fixture       *f,
                gconstpointer  unused)
{
  static const guint codes[] = { KEY_LEFTCTRL, KEY_LEFTALT, KEY_DELETE };

  press (f, KEY_LEFTALT, 0);
  g_free (fake_screen_steal_log (f->screen));
  lodge_display_send_keys (f->display, codes, G_N_ELEMENTS (codes));
  assert_told (f, "key 56 up\n"
               "key 29 down\nkey 56 down\nkey 111 down\nkey 111 up\nkey 56 up\nkey 29 up\n");
}

static gboolean
log_has (Fixture    *f,
         GString    *log,
         const char *what)
{
  g_autofree char *more = fake_screen_steal_log (f->screen);

  g_string_append (log, more);
  return strstr (log->str, what) != NULL;
}

static void
test_typing (Fixture       *f,
             gconstpointer  unused)
{
  g_autoptr(GString) log = g_string_new (NULL);

  lodge_display_type_text (f->display, "aB\xc3\xa9\n");
  WAIT_FOR (log_has (f, log, "key 28 up"));
  g_assert_cmpstr (log->str, ==, "key 30 down\nkey 30 up\n"
                   "key 42 down\nkey 48 down\nkey 48 up\nkey 42 up\n"
                   "key 28 down\nkey 28 up\n");

  /* Broken off with Shift down: it must come up */
  g_string_truncate (log, 0);
  lodge_display_type_text (f->display, "QQQQQQQQQQQQQQQQQQQQQQQQ");
  WAIT_FOR (log_has (f, log, "key 42 down"));
  gtk_widget_set_visible (GTK_WIDGET (f->display), FALSE);
  log_has (f, log, "");
  {
    g_auto(GStrv) lines = g_strsplit (log->str, "\n", -1);
    g_autoptr(GHashTable) down = g_hash_table_new (g_direct_hash, g_direct_equal);

    for (guint i = 0; lines[i] != NULL && *lines[i] != '\0'; i++)
      {
        const gint64 code = g_ascii_strtoll (lines[i] + 4, NULL, 10);

        if (g_str_has_suffix (lines[i], "down"))
          g_hash_table_add (down, GINT_TO_POINTER ((int) code));
        else
          g_hash_table_remove (down, GINT_TO_POINTER ((int) code));
      }
    g_assert_cmpuint (g_hash_table_size (down), ==, 0);
  }
}

static void
test_pointer (Fixture       *f,
              gconstpointer  unused)
{
  GtkEventController *motion = find_controller (GTK_WIDGET (f->display), NULL, GTK_TYPE_EVENT_CONTROLLER_MOTION);
  const double width = gtk_widget_get_width (GTK_WIDGET (f->display));
  const double height = gtk_widget_get_height (GTK_WIDGET (f->display));

  g_signal_emit_by_name (motion, "enter", width / 2, height / 2);
  assert_told (f, "move 160 100 0\n");
  /* The same guest pixel again is nothing new */
  g_signal_emit_by_name (motion, "motion", width / 2 + 0.1, height / 2);
  assert_told (f, "");
  /* Beside the picture: the nearest pixel */
  g_signal_emit_by_name (motion, "motion", 0.0, 0.0);
  g_signal_emit_by_name (motion, "motion", width - 1, height - 1);
  assert_told (f, "move 0 0 0\nmove 319 199 0\n");
}

static void
test_relative_pointer (Fixture       *f,
                       gconstpointer  unused)
{
  GtkEventController *motion = find_controller (GTK_WIDGET (f->display), NULL, GTK_TYPE_EVENT_CONTROLLER_MOTION);
  const double zoom = lodge_display_get_shown_zoom (f->display);
  guint loose = 0;

  /* The desktop does not hold it, and a person hears of that */
  g_setenv ("LODGE_POINTER_LOCK", "0", TRUE);
  g_signal_connect_swapped (f->display, "pointer-loose", G_CALLBACK (count_cb), &loose);
  lodge_screen_set_absolute_pointer (LODGE_SCREEN (f->screen), FALSE);
  g_signal_emit_by_name (motion, "enter", 100.0, 100.0);
  g_signal_emit_by_name (motion, "motion", 110.0, 100.0);
  assert_told (f, "");

  lodge_display_grab (f->display);
  g_assert_cmpuint (f->hints, ==, 1);
  g_signal_emit_by_name (motion, "motion", 110.0 + 10 * zoom, 100.0 - 4 * zoom);
  assert_told (f, "by 10 -4 0\n");
  /* Less than a guest pixel is kept for the next time */
  g_signal_emit_by_name (motion, "motion", 110.0 + 10.5 * zoom, 100.0 - 4 * zoom);
  assert_told (f, "");
  g_signal_emit_by_name (motion, "motion", 110.0 + 11 * zoom, 100.0 - 4 * zoom);
  assert_told (f, "by 1 0 0\n");
  /* Without the window's attention nobody asks for it */
  g_assert_cmpuint (loose, ==, gtk_window_is_active (f->window) ? 1 : 0);
  g_unsetenv ("LODGE_POINTER_LOCK");
}

static void
test_resize_guest (Fixture       *f,
                   gconstpointer  unused)
{
  g_autoptr(GString) log = g_string_new (NULL);
  g_autofree char *expected = NULL;
  int width;
  int height;

  lodge_display_get_device_size (f->display, &width, &height);
  lodge_display_set_resize_guest (f->display, TRUE);
  lodge_screen_set_resize_needs (LODGE_SCREEN (f->screen), "an agent");
  /* It cannot: the missing part has a name */
  WAIT_FOR (g_strcmp0 (lodge_display_get_resize_obstacle (f->display), "an agent") == 0);
  assert_told (f, "");

  /* It can from now on; what is too small for a desktop is not asked for */
  lodge_screen_set_can_resize (LODGE_SCREEN (f->screen), TRUE);
  g_assert_null (lodge_display_get_resize_obstacle (f->display));
  expected = g_strdup_printf ("size %d %d\n", MAX (640, width & ~1), MAX (480, height & ~1));
  WAIT_FOR (log_has (f, log, "size"));
  g_assert_cmpstr (log->str, ==, expected);

  /* The guest takes another size: it is not asked again for the same */
  fake_screen_set_size (f->screen, 800, 600);
  gtk_widget_queue_allocate (GTK_WIDGET (f->display));
  /* … and when it does not answer a new one, that is told */
  gtk_window_set_default_size (f->window, 900, 700);
  g_string_truncate (log, 0);
  WAIT_FOR (log_has (f, log, "size 9"));
  WAIT_FOR (lodge_display_get_resize_obstacle (f->display) != NULL);
  g_assert_null (strstr (log->str + 1, "size"));
}

static void
test_hostile_screen (Fixture       *f,
                     gconstpointer  unused)
{
  LodgeScreen *screen = LODGE_SCREEN (f->screen);
  g_autofree guchar *pixels = g_malloc0 (512 * 512 * 4);
  g_autoptr(GdkTexture) texture = NULL;
  int x;
  int y;

  g_assert_false (lodge_screen_check_size (0, 1, NULL));
  g_assert_false (lodge_screen_check_size (16385, 1, NULL));
  g_assert_false (lodge_screen_check_size (-1, -1, NULL));
  g_assert_false (lodge_screen_check_size (G_MAXUINT32, G_MAXUINT32, NULL));
  g_assert_false (lodge_screen_check_size (16384, 16384, NULL));
  g_assert_true (lodge_screen_check_size (16384, 4096, NULL));

  lodge_screen_add_damage (screen, G_MININT, G_MININT, G_MAXINT, G_MAXINT);
  lodge_screen_add_damage (screen, G_MAXINT, G_MAXINT, G_MAXINT, G_MAXINT);
  lodge_screen_add_damage (screen, 5, 5, -1, G_MININT);
  lodge_screen_add_damage (screen, 0, 0, G_MAXINT, G_MAXINT);

  lodge_screen_set_cursor (screen, pixels, 10000, 10000, 0, 0);
  g_assert_null (lodge_screen_get_cursor (screen, &x, &y));
  lodge_screen_set_cursor (screen, pixels, 512, 512, G_MAXINT, G_MININT);
  g_assert_nonnull (lodge_screen_get_cursor (screen, &x, &y));
  g_assert_cmpint (x, ==, 511);
  g_assert_cmpint (y, ==, 0);
  lodge_screen_set_cursor (screen, NULL, 5, 5, 0, 0);
  g_assert_null (lodge_screen_get_cursor (screen, &x, &y));

  /* A guest that changes its size all the time */
  for (int i = 0; i < 40; i++)
    {
      fake_screen_set_size (f->screen, 1 + i * 37, 1500 - i * 31);
      g_main_context_iteration (NULL, FALSE);
    }
  texture = lodge_screen_dup_texture (screen);
  g_assert_cmpint (gdk_texture_get_width (texture), ==, 1 + 39 * 37);
}

int
main (int   argc,
      char *argv[])
{
  static const struct
  {
    const char *path;
    void      (*function) (Fixture *f, gconstpointer unused);
  } tests[] = {
    { "/input/keys", test_keys },
    { "/input/focus-loss", test_focus_loss },
    { "/input/lost", test_lost },
    { "/input/release-combination", test_release_combination },
    { "/input/own-release-combination", test_own_release_combination },
    { "/input/host-keys", test_host_keys },
    { "/input/vain-keys", test_vain_keys },
    { "/input/send-keys", test_send_keys },
    { "/input/typing", test_typing },
    { "/input/pointer", test_pointer },
    { "/input/relative-pointer", test_relative_pointer },
    { "/input/resize-guest", test_resize_guest },
    { "/input/hostile-screen", test_hostile_screen },
  };

  g_test_init (&argc, &argv, NULL);
  gtk_init ();
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].function, tear_down);

  return g_test_run ();
}
