/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <gtk/gtk.h>
#include <malloc.h>
#include <stdlib.h>

#include "console/lodge-display.h"

/* One console in a window, for build-aux/bench/bench-console.py: bench-client spice|vnc PORT WIDTH HEIGHT
 *
 * Uses the renderer and the allocator as the program does without a GPU. */

int
main (int   argc,
      char *argv[])
{
  LodgeScreenAddress address = { .host = (char *) "127.0.0.1" };
  g_autoptr(GtkCssProvider) css = gtk_css_provider_new ();
  GtkWidget *window;
  GtkWidget *display;
  LodgeScreen *screen;

  if (argc != 5)
    return EXIT_FAILURE;
  g_setenv ("GDK_DISABLE", "gl,vulkan", TRUE);
  mallopt (M_MMAP_THRESHOLD, 128 * 1024 * 1024);
  mallopt (M_TRIM_THRESHOLD, 512 * 1024 * 1024);
  gtk_init ();

  address.port = (guint) atoi (argv[2]);
  screen = g_str_equal (argv[1], "spice") ? lodge_spice_screen_new (&address, NULL, NULL, NULL)
                                          : lodge_vnc_screen_new (&address, NULL, NULL, NULL);
  g_object_set (screen, "enable-audio", FALSE, NULL);
  window = gtk_window_new ();
  gtk_window_set_decorated (GTK_WINDOW (window), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (window), atoi (argv[3]), atoi (argv[4]));
  gtk_css_provider_load_from_string (css, "window { background: none; }");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (), GTK_STYLE_PROVIDER (css),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  display = lodge_display_new ();
  lodge_display_set_screen (LODGE_DISPLAY (display), screen);
  gtk_window_set_child (GTK_WINDOW (window), display);
  gtk_window_present (GTK_WINDOW (window));
  lodge_screen_open (screen);
  while (g_list_model_get_n_items (gtk_window_get_toplevels ()) > 0)
    g_main_context_iteration (NULL, TRUE);
  lodge_screen_close (screen);
  g_object_unref (screen);
  return EXIT_SUCCESS;
}
