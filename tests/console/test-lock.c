/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <gtk/gtk.h>
#include <signal.h>

#include "console-test.h"
#include "console/lodge-display.h"
#include "fake-screen.h"

/* A guest without a tablet, and a pointer that the desktop holds for it: clicks and moves are those of the X server or
 * the compositor. */

typedef struct
{
  GtkWindow    *window;
  LodgeDisplay *display;
  FakeScreen   *screen;
  GString      *told;
  guint         loose;
} Fixture;

static gboolean on_x11;
static GSubprocess *mouse;   /* on Wayland */

static void
count_cb (guint *counter)
{
  (*counter)++;
}

static void
run (const char *format,
     ...)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *command = NULL;
  va_list args;

  va_start (args, format);
  command = g_strdup_vprintf (format, args);
  va_end (args);
  g_spawn_command_line_async (command, &error);
  g_assert_no_error (error);
}

/* A line for wayland-mouse */
static void
tell_mouse (const char *format,
            ...)
{
  GOutputStream *stream = g_subprocess_get_stdin_pipe (mouse);
  g_autofree char *line = NULL;
  g_autoptr(GError) error = NULL;
  va_list args;

  va_start (args, format);
  line = g_strdup_vprintf (format, args);
  va_end (args);
  g_output_stream_write_all (stream, line, strlen (line), NULL, NULL, &error);
  g_assert_no_error (error);
}

static void
move_by (int dx,
         int dy)
{
  if (on_x11)
    run ("xdotool mousemove_relative -- %d %d", dx, dy);
  else
    tell_mouse ("by %d %d\n", dx, dy);
}

static void
click_right (void)
{
  if (on_x11)
    run ("xdotool click 3");
  else
    tell_mouse ("press 3\nrelease 3\n");
}

/* Where the middle of the display is: in the window, which fills the compositor's output */
static void
get_middle (Fixture *f,
            int     *x,
            int     *y)
{
  graphene_point_t point;
  double dx;
  double dy;

  g_assert_true (gtk_widget_compute_point (GTK_WIDGET (f->display), GTK_WIDGET (f->window),
                                           &GRAPHENE_POINT_INIT ((float) gtk_widget_get_width (GTK_WIDGET (f->display)) / 2,
                                                                 (float) gtk_widget_get_height (GTK_WIDGET (f->display)) / 2),
                                           &point));
  gtk_native_get_surface_transform (GTK_NATIVE (f->window), &dx, &dy);
  *x = (int) (point.x + dx);
  *y = (int) (point.y + dy);
}

static gboolean
click_cb (gpointer user_data)
{
  Fixture *f = user_data;
  int x;
  int y;

  gtk_window_present (f->window);
  get_middle (f, &x, &y);
  if (on_x11)
    run ("sh -c \"xdotool search --onlyvisible --name '^lock test$' mousemove --window %%1 %d %d sleep 0.1 click 1\"", x, y);
  else
    tell_mouse ("to 5000 5000\npress 1\nrelease 1\n");
  return G_SOURCE_CONTINUE;
}

/* A click in the picture, until the pointer is held */
static void
grab (Fixture *f)
{
  const guint clicking = g_timeout_add_seconds (2, click_cb, f);

  click_cb (f);
  WAIT_FOR (lodge_display_get_pointer_held (f->display));
  g_source_remove (clicking);
}

static void
set_up (Fixture       *f,
        gconstpointer  unused)
{
  f->window = GTK_WINDOW (gtk_window_new ());
  f->display = LODGE_DISPLAY (lodge_display_new ());
  f->screen = fake_screen_new (320, 200);
  f->told = g_string_new (NULL);
  lodge_screen_set_absolute_pointer (LODGE_SCREEN (f->screen), FALSE);
  g_signal_connect_swapped (f->display, "pointer-loose", G_CALLBACK (count_cb), &f->loose);
  gtk_window_set_title (f->window, "lock test");
  gtk_window_set_default_size (f->window, 640, 480);
  gtk_window_set_child (f->window, GTK_WIDGET (f->display));
  lodge_display_set_screen (f->display, LODGE_SCREEN (f->screen));
  gtk_window_present (f->window);
  WAIT_FOR (gtk_window_is_active (f->window) && gtk_widget_get_width (GTK_WIDGET (f->display)) > 100);
}

static void
tear_down (Fixture       *f,
           gconstpointer  unused)
{
  gtk_window_destroy (f->window);
  g_string_free (f->told, TRUE);
  g_assert_finalize_object (f->screen);
}

/* The sum of all motion that the guest was told of */
static void
add_up (Fixture *f,
        int     *x,
        int     *y)
{
  g_autofree char *log = fake_screen_steal_log (f->screen);
  g_auto(GStrv) lines = NULL;

  g_string_append (f->told, log);
  lines = g_strsplit (f->told->str, "\n", -1);
  *x = *y = 0;
  for (guint i = 0; lines[i] != NULL; i++)
    {
      int dx;
      int dy;

      if (sscanf (lines[i], "by %d %d", &dx, &dy) == 2)
        {
          *x += dx;
          *y += dy;
        }
    }
}

static gboolean
has_moved (Fixture *f,
           int      x,
           int      y)
{
  int told_x;
  int told_y;

  add_up (f, &told_x, &told_y);
  g_test_message ("told of %d, %d", told_x, told_y);
  return told_x == x && told_y == y;
}

/* Far beyond every edge, and all of it arrives */
static void
test_motion (Fixture       *f,
             gconstpointer  unused)
{
  int x;
  int y;

  grab (f);
  g_assert_cmpuint (f->loose, ==, 0);
  add_up (f, &x, &y);
  g_string_truncate (f->told, 0);
  for (int i = 0; i < 8; i++)
    move_by (700, -40);
  WAIT_FOR (has_moved (f, 8 * 700, 8 * -40));
  g_string_truncate (f->told, 0);
  move_by (-3, 1);
  WAIT_FOR (has_moved (f, -3, 1));

  /* Buttons come as ever, as the pointer is still over the picture */
  click_right ();
  WAIT_FOR (has_moved (f, -3, 1) && strstr (f->told->str, "button 2 down\nbutton 2 up\n") != NULL);

  /* Given back, the guest hears nothing of it */
  lodge_display_release (f->display);
  g_assert_false (lodge_display_get_pointer_held (f->display));
  g_string_truncate (f->told, 0);
  move_by (5, 5);
  g_assert_true (has_moved (f, 0, 0));
}

/* Taken by a click, let go with the grab, with the window, and when the guest gets a tablet */
static void
test_hold (Fixture       *f,
           gconstpointer  unused)
{
  grab (f);
  lodge_display_release (f->display);
  g_assert_false (lodge_display_get_pointer_held (f->display));

  grab (f);
  lodge_screen_set_absolute_pointer (LODGE_SCREEN (f->screen), TRUE);
  g_assert_false (lodge_display_get_pointer_held (f->display));
  lodge_screen_set_absolute_pointer (LODGE_SCREEN (f->screen), FALSE);
  WAIT_FOR (lodge_display_get_pointer_held (f->display));
  gtk_widget_set_visible (GTK_WIDGET (f->display), FALSE);
  g_assert_false (lodge_display_get_pointer_held (f->display));
  gtk_widget_set_visible (GTK_WIDGET (f->display), TRUE);
  WAIT_FOR (gtk_widget_get_mapped (GTK_WIDGET (f->display)));
  grab (f);
  g_assert_cmpuint (f->loose, ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  const char *manager[] = { "openbox", NULL };
  g_autoptr(GError) error = NULL;
  GPid pid = 0;
  int result;

  g_test_init (&argc, &argv, NULL);
  gtk_init ();
  on_x11 = g_str_equal (G_OBJECT_TYPE_NAME (gdk_display_get_default ()), "GdkX11Display");
  if (on_x11)
    g_spawn_async (NULL, (char **) manager, NULL,
                   G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL | G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL, &pid,
                   &error);
  else
    mouse = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE, &error, g_getenv ("WAYLAND_MOUSE"), NULL);
  g_assert_no_error (error);
  g_test_add ("/lock/motion", Fixture, NULL, set_up, test_motion, tear_down);
  g_test_add ("/lock/hold", Fixture, NULL, set_up, test_hold, tear_down);
  result = g_test_run ();
  if (pid != 0)
    kill (pid, SIGTERM);
  g_clear_object (&mouse);
  return result;
}
