/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <gtk/gtk.h>
#include <math.h>

#include "console-test.h"
#include "console/lodge-display.h"
#include "console/lodge-geometry.h"
#include "fake-screen.h"
#include "window-capture.h"

/* What is on the screen, pixel by pixel, read back from the X server or the compositor: after many partial repaints,
 * after a whole one, in both ways of drawing. GDK_SCALE makes all of it at another scale of X11, run-wayland at one of
 * Wayland. */

typedef struct
{
  GtkWindow    *window;
  GtkWidget    *scroller;
  LodgeDisplay *display;
  FakeScreen   *screen;
  guint         frames;
} Fixture;

static void
after_paint_cb (Fixture *f)
{
  f->frames++;
}

static void
set_up (Fixture    *f,
        const char *mode,
        int         width,
        int         height)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *above = gtk_label_new ("Something above it");

  g_setenv ("LODGE_DISPLAY_RENDER", mode, TRUE);
  f->window = GTK_WINDOW (gtk_window_new ());
  f->display = LODGE_DISPLAY (lodge_display_new ());
  f->screen = fake_screen_new (width, height);
  f->scroller = gtk_scrolled_window_new ();
  /* Scroll bars would lie over the picture */
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (f->scroller), GTK_POLICY_EXTERNAL, GTK_POLICY_EXTERNAL);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (f->scroller), GTK_WIDGET (f->display));
  gtk_widget_set_size_request (above, -1, 37);
  gtk_widget_set_vexpand (f->scroller, TRUE);
  gtk_box_append (GTK_BOX (box), above);
  gtk_box_append (GTK_BOX (box), f->scroller);
  gtk_window_set_child (f->window, box);
  gtk_window_set_default_size (f->window, 501, 403);
  gtk_window_set_decorated (f->window, FALSE);
  lodge_display_set_screen (f->display, LODGE_SCREEN (f->screen));
  gtk_window_present (f->window);
  WAIT_FOR (gtk_widget_get_mapped (GTK_WIDGET (f->display)) && gtk_widget_get_width (GTK_WIDGET (f->display)) > 100);
  g_signal_connect_swapped (gtk_widget_get_frame_clock (GTK_WIDGET (f->window)), "after-paint",
                            G_CALLBACK (after_paint_cb), f);
}

static void
tear_down (Fixture *f)
{
  gtk_window_destroy (f->window);
  g_assert_finalize_object (f->screen);
}

static void
wait_frames (Fixture *f,
             guint    n)
{
  for (guint i = 0; i < n; i++)
    {
      const guint before = f->frames;

      gtk_widget_queue_draw (GTK_WIDGET (f->display));
      WAIT_FOR (f->frames > before);
    }
}

static int
channel_error (guint32 a,
               guint32 b)
{
  int error = 0;

  for (int shift = 0; shift < 24; shift += 8)
    error = MAX (error, ABS ((int) (a >> shift & 0xff) - (int) (b >> shift & 0xff)));
  return error;
}

static void
assert_same (const Picture *a,
             const Picture *b,
             int            tolerance,
             const char    *what)
{
  g_assert_cmpint (a->width, ==, b->width);
  g_assert_cmpint (a->height, ==, b->height);
  for (int i = 0; i < a->width * a->height; i++)
    {
      if (channel_error (a->pixels[i], b->pixels[i]) > tolerance)
        g_error ("%s: pixel %d, %d is %06x and should be %06x", what, i % a->width, i / a->width,
                 a->pixels[i] & 0xffffff, b->pixels[i] & 0xffffff);
    }
}

static void
show_everything_anew (Fixture *f)
{
  lodge_display_set_screen (f->display, NULL);
  lodge_display_set_screen (f->display, LODGE_SCREEN (f->screen));
  wait_frames (f, 2);
}

static LodgeGeometry
get_geometry (Fixture *f)
{
  GdkSurface *surface = gtk_native_get_surface (GTK_NATIVE (f->window));
  graphene_point_t origin;
  double x;
  double y;
  LodgeGeometry geometry;

  gtk_native_get_surface_transform (GTK_NATIVE (f->window), &x, &y);
  g_assert_true (gtk_widget_compute_point (GTK_WIDGET (f->display), GTK_WIDGET (f->window),
                                           &GRAPHENE_POINT_INIT (0, 0), &origin));
  geometry = (LodgeGeometry) {
    .scale = gdk_surface_get_scale (surface), .widget_x = origin.x + x, .widget_y = origin.y + y,
    .widget_width = gtk_widget_get_width (GTK_WIDGET (f->display)),
    .widget_height = gtk_widget_get_height (GTK_WIDGET (f->display)),
    .guest_width = lodge_screen_get_width (LODGE_SCREEN (f->screen)),
    .guest_height = lodge_screen_get_height (LODGE_SCREEN (f->screen)),
    .zoom = lodge_display_get_shown_zoom (f->display),
  };
  if (lodge_display_get_scaling (f->display) == LODGE_DISPLAY_ORIGINAL)
    {
      GtkScrolledWindow *scroller = GTK_SCROLLED_WINDOW (f->scroller);

      geometry.scroll_x = gtk_adjustment_get_value (gtk_scrolled_window_get_hadjustment (scroller));
      geometry.scroll_y = gtk_adjustment_get_value (gtk_scrolled_window_get_vadjustment (scroller));
    }
  return geometry;
}

/* At whole zooms there is nothing to be rounded: every pixel has one right color */
static void
assert_exact (Fixture       *f,
              const Picture *picture)
{
  const LodgeGeometry g = get_geometry (f);
  const guint32 *pixels = fake_screen_get_pixels (f->screen);
  const int left = (int) ceil (g.widget_x * g.scale);
  const int top = (int) ceil (g.widget_y * g.scale);
  const int right = (int) floor ((g.widget_x + g.widget_width) * g.scale);
  const int bottom = (int) floor ((g.widget_y + g.widget_height) * g.scale);
  double x;
  double y;
  int seen = 0;

  lodge_geometry_get_origin (&g, &x, &y);
  for (int j = top; j < bottom; j++)
    {
      for (int i = left; i < right; i++)
        {
          const int guest_x = (int) floor ((i - x) / g.zoom);
          const int guest_y = (int) floor ((j - y) / g.zoom);
          const gboolean inside = guest_x >= 0 && guest_x < g.guest_width && guest_y >= 0 && guest_y < g.guest_height;
          const guint32 expected = inside ? pixels[guest_y * g.guest_width + guest_x] & 0xffffff : 0;
          const guint32 found = picture->pixels[j * picture->width + i] & 0xffffff;

          if (found != expected)
            g_error ("zoom %g: pixel %d, %d (guest %d, %d) is %06x and should be %06x", g.zoom, i, j, guest_x, guest_y,
                     found, expected);
          seen += inside;
        }
    }
  g_assert_cmpint (seen, >, 10000);
}

typedef struct
{
  const char *mode;
  double      zoom;      /* 0: fit */
} Case;

static void
test_damage (gconstpointer data)
{
  const Case *c = data;
  g_autoptr(GRand) random = g_rand_new_with_seed (42);
  Fixture f = { 0 };
  Picture partial;
  Picture whole;
  const gboolean exact = c->zoom >= 1 && c->zoom == floor (c->zoom);

  set_up (&f, c->mode, 423, 311);
  if (c->zoom > 0)
    {
      lodge_display_set_scaling (f.display, LODGE_DISPLAY_ORIGINAL);
      lodge_display_set_zoom (f.display, c->zoom);
    }
  fake_screen_damage (f.screen, random, 0, 0, 423, 311);
  wait_frames (&f, 3);
  for (int round = 0; round < 40; round++)
    {
      const int n = g_rand_int_range (random, 1, round % 8 == 0 ? 60 : 5);

      for (int i = 0; i < n; i++)
        {
          const int width = g_rand_int_range (random, 1, i % 3 == 0 ? 200 : 12);
          const int height = g_rand_int_range (random, 1, i % 4 == 0 ? 150 : 12);

          fake_screen_damage (f.screen, random, g_rand_int_range (random, 0, 423 - width),
                              g_rand_int_range (random, 0, 311 - height), width, height);
        }
      wait_frames (&f, 1);
    }
  wait_frames (&f, 1);
  partial = capture_window (f.window);
  if (exact)
    assert_exact (&f, &partial);
  show_everything_anew (&f);
  whole = capture_window (f.window);
  if (exact)
    assert_exact (&f, &whole);
  /* Between pixels Cairo chooses the phase of its fixed-point numbers for each drawing: up to 4 of 255 */
  assert_same (&partial, &whole, exact ? 0 : 4, "partial repaint");
  g_free (partial.pixels);
  g_free (whole.pixels);
  tear_down (&f);
}

/* A black guest on a light window: what is behind the display shines through nowhere, also not where the picture ends
 * within a pixel */
static void
test_edges (gconstpointer data)
{
  const Case *c = data;
  g_autoptr(GRand) random = g_rand_new_with_seed (5);
  Fixture f = { 0 };
  LodgeGeometry g;
  Picture picture;

  set_up (&f, c->mode, 423, 311);
  if (c->zoom > 0)
    {
      lodge_display_set_scaling (f.display, LODGE_DISPLAY_ORIGINAL);
      lodge_display_set_zoom (f.display, c->zoom);
    }
  fake_screen_damage (f.screen, random, 0, 0, 423, 311);
  wait_frames (&f, 2);
  memset (fake_screen_get_pixels (f.screen), 0, 423 * 311 * sizeof (guint32));
  show_everything_anew (&f);
  picture = capture_window (f.window);
  g = get_geometry (&f);
  for (int j = (int) ceil (g.widget_y * g.scale); j < (int) floor ((g.widget_y + g.widget_height) * g.scale); j++)
    {
      for (int i = (int) ceil (g.widget_x * g.scale); i < (int) floor ((g.widget_x + g.widget_width) * g.scale); i++)
        {
          if ((picture.pixels[j * picture.width + i] & 0xffffff) != 0)
            g_error ("zoom %g: pixel %d, %d is %06x", g.zoom, i, j, picture.pixels[j * picture.width + i] & 0xffffff);
        }
    }
  g_free (picture.pixels);
  tear_down (&f);
}

static void
test_both_ways (gconstpointer data)
{
  const double zoom = *(const double *) data;
  Picture pictures[2];

  for (int i = 0; i < 2; i++)
    {
      g_autoptr(GRand) random = g_rand_new_with_seed (7);
      Fixture f = { 0 };

      set_up (&f, i == 0 ? "live" : "texture", 300, 200);
      lodge_display_set_scaling (f.display, LODGE_DISPLAY_ORIGINAL);
      lodge_display_set_zoom (f.display, zoom);
      fake_screen_damage (f.screen, random, 0, 0, 300, 200);
      wait_frames (&f, 3);
      pictures[i] = capture_window (f.window);
      tear_down (&f);
    }
  assert_same (&pictures[0], &pictures[1], zoom == floor (zoom) ? 0 : 8, "live against texture");
  g_free (pictures[0].pixels);
  g_free (pictures[1].pixels);
}

/* Scrolling and new sizes between the damage */
static void
test_changes (gconstpointer data)
{
  const Case *c = data;
  g_autoptr(GRand) random = g_rand_new_with_seed (11);
  Fixture f = { 0 };
  GtkAdjustment *adjustment;
  Picture picture;

  set_up (&f, c->mode, 900, 700);
  lodge_display_set_scaling (f.display, LODGE_DISPLAY_ORIGINAL);
  fake_screen_damage (f.screen, random, 0, 0, 900, 700);
  wait_frames (&f, 3);
  adjustment = gtk_scrolled_window_get_hadjustment (GTK_SCROLLED_WINDOW (f.scroller));
  for (int i = 0; i < 6; i++)
    {
      gtk_adjustment_set_value (adjustment, i * 17.3);
      fake_screen_damage (f.screen, random, i * 20, 50, 300, 40);
      wait_frames (&f, 2);
      picture = capture_window (f.window);
      assert_exact (&f, &picture);
      g_free (picture.pixels);
    }
  for (int i = 0; i < 6; i++)
    {
      fake_screen_set_size (f.screen, 200 + i * 90, 600 - i * 70);
      fake_screen_damage (f.screen, random, 0, 0, 200 + i * 90, 600 - i * 70);
      wait_frames (&f, 3);
      picture = capture_window (f.window);
      assert_exact (&f, &picture);
      g_free (picture.pixels);
    }

  /* The server is gone: the last picture stays, and belongs to nobody else */
  picture = capture_window (f.window);
  lodge_screen_lose (LODGE_SCREEN (f.screen), g_error_new (G_IO_ERROR, G_IO_ERROR_FAILED, "gone"));
  for (int i = 0; i < 650 * 250; i++)
    fake_screen_get_pixels (f.screen)[i] = 0;
  show_everything_anew (&f);
  {
    Picture after = capture_window (f.window);

    assert_same (&after, &picture, 0, "the last picture");
    g_free (after.pixels);
  }
  g_free (picture.pixels);
  tear_down (&f);
}

int
main (int   argc,
      char *argv[])
{
  static const Case cases[] = {
    { "live", 0 }, { "live", 0.4 }, { "live", 0.77 }, { "live", 1 }, { "live", 1.13 }, { "live", 1.5 },
    { "live", 2 }, { "live", 3 },
    { "texture", 0 }, { "texture", 0.4 }, { "texture", 0.77 }, { "texture", 1 }, { "texture", 1.13 },
    { "texture", 1.5 }, { "texture", 2 }, { "texture", 3 },
  };
  static const Case edges[] = { { "live", 0 }, { "live", 0.77 }, { "live", 1.13 }, { "texture", 0 }, { "texture", 0.77 } };
  static const double zooms[] = { 0.5, 1, 1.5, 2 };
  static const Case changes[] = { { "live", 1 }, { "texture", 1 } };

  g_test_init (&argc, &argv, NULL);
  gtk_init ();
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/picture/damage/%s/%g", cases[i].mode, cases[i].zoom);

      g_test_add_data_func (path, &cases[i], test_damage);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (edges); i++)
    {
      g_autofree char *path = g_strdup_printf ("/picture/edges/%s/%g", edges[i].mode, edges[i].zoom);

      g_test_add_data_func (path, &edges[i], test_edges);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (zooms); i++)
    {
      g_autofree char *path = g_strdup_printf ("/picture/both-ways/%g", zooms[i]);

      g_test_add_data_func (path, &zooms[i], test_both_ways);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autofree char *path = g_strdup_printf ("/picture/changes/%s", changes[i].mode);

      g_test_add_data_func (path, &changes[i], test_changes);
    }

  return g_test_run ();
}
