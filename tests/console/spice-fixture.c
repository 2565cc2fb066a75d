/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "spice-fixture.h"

#include <linux/input-event-codes.h>

#include "console-test.h"
#include "widget-tools.h"

void
spice_fixture_init (int    *argc,
                    char ***argv)
{
  static const char * const deadly[] = {
    "GLib", "GLib-GObject", "GLib-GIO", "Gdk", "Gsk", "Gtk", "lodge-screen", "lodge-spice-screen", "lodge-display",
    "lodge-display-input", "lodge-display-keys", "lodge-display-layout", "lodge-display-render", NULL,
  };

  g_test_init (argc, argv, NULL);
  /* spice-glib makes a critical of a line that breaks within the greeting; those of all others stay deadly */
  g_log_set_always_fatal (G_LOG_LEVEL_ERROR);
  for (gsize i = 0; deadly[i] != NULL; i++)
    g_log_set_fatal_mask (deadly[i], G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL);
  gtk_init ();
}

const SpiceTestOptions spice_fixture_plain = { .width = 320, .height = 200, .tablet = TRUE };

void
spice_fixture_open (SpiceFixture    *f,
             guint       port,
             const char *password)
{
  LodgeScreenAddress address = { .host = (char *) "127.0.0.1", .port = port, .password = (char *) password };

  f->screen = lodge_spice_screen_new (&address, NULL, NULL, NULL);
  g_object_set (f->screen, "enable-audio", FALSE, NULL);
  lodge_screen_open (f->screen);
  g_assert_cmpint (lodge_screen_get_state (f->screen), ==, LODGE_SCREEN_CONNECTING);
}

void
spice_fixture_start (SpiceFixture                *f,
       const SpiceTestOptions *options,
       const char             *password)
{
  f->server = spice_test_new (options);
  spice_fixture_open (f, spice_test_get_port (f->server), password);
}

void
spice_fixture_show (SpiceFixture *f)
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

void
spice_fixture_close (SpiceFixture *f)
{
  if (f->window != NULL)
    gtk_window_destroy (f->window);
  lodge_screen_close (f->screen);
  g_assert_finalize_object (f->screen);
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  if (f->relay != NULL)
    cutting_relay_free (f->relay);
  if (f->server != NULL)
    spice_test_free (f->server);
  *f = (SpiceFixture) { 0 };
}

gboolean
spice_fixture_shows (SpiceFixture *f)
{
  int width;
  int height;
  g_autofree guint32 *pixels = spice_test_dup_pixels (f->server, &width, &height);

  return screen_shows (f->screen, pixels, width, height);
}

gboolean
spice_fixture_is_told (SpiceFixture    *f,
         GString    *log,
         const char *what)
{
  g_autofree char *more = spice_test_steal_log (f->server);

  g_string_append (log, more);
  return strstr (log->str, what) != NULL;
}

void
spice_fixture_wait_for_inputs (SpiceFixture *f)
{
  g_autoptr(GString) log = g_string_new (NULL);

  for (guint i = 0; !spice_fixture_is_told (f, log, "code up 1\n"); i++)
    {
      const gint64 until = g_get_monotonic_time () + 50000;

      g_assert_cmpuint (i, <, 20 * PATIENCE_S);
      lodge_screen_key (f->screen, KEY_ESC, 0, TRUE);
      lodge_screen_key (f->screen, KEY_ESC, 0, FALSE);
      WAIT_FOR (g_get_monotonic_time () >= until || spice_fixture_is_told (f, log, "code up 1\n"));
    }
  /* The last ones that are still under way */
  lodge_screen_key (f->screen, KEY_F1, 0, TRUE);
  lodge_screen_key (f->screen, KEY_F1, 0, FALSE);
  WAIT_FOR (spice_fixture_is_told (f, log, "code up 3b\n"));
}
