/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <gtk/gtk.h>
#include <linux/input-event-codes.h>
#include <math.h>

#include "console/lodge-cursor.h"
#include "console/lodge-geometry.h"
#include "console/lodge-key-state.h"
#include "console/lodge-keymap.h"
#include "console/lodge-wheel.h"

/* What needs neither a window nor a server: places, keys, wheels. */

/* Geometry */

static const double scales[] = { 1, 1.25, 1.5, 1.75, 2 };
static const double zooms[] = { 0.1, 0.5, 0.77, 1, 1.13, 1.5, 2, 3, 4 };

static LodgeGeometry
make_geometry (double scale,
               double zoom)
{
  return (LodgeGeometry) {
    .scale = scale, .widget_x = 17, .widget_y = 46, .widget_width = 803, .widget_height = 501,
    .guest_width = 640, .guest_height = 400, .zoom = zoom,
  };
}

static void
test_origin (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (scales); i++)
    {
      for (gsize j = 0; j < G_N_ELEMENTS (zooms); j++)
        {
          LodgeGeometry geometry = make_geometry (scales[i], zooms[j]);
          double x;
          double y;

          lodge_geometry_get_origin (&geometry, &x, &y);
          g_assert_cmpfloat (x, ==, round (x));
          g_assert_cmpfloat (y, ==, round (y));
          /* In the middle if there is room, else at the corner */
          if (640 * zooms[j] <= 803 * scales[i])
            g_assert_cmpfloat (fabs (x + 320 * zooms[j] - (17 + 803 / 2.0) * scales[i]), <=, 0.51);
          else
            g_assert_cmpfloat (fabs (x - 17 * scales[i]), <=, 0.5);
        }
    }
}

static void
test_there_and_back (void)
{
  static const int pixels[] = { 0, 1, 2, 77, 199, 200, 398, 399, 638, 639 };

  for (gsize i = 0; i < G_N_ELEMENTS (scales); i++)
    {
      for (gsize j = 0; j < G_N_ELEMENTS (zooms); j++)
        {
          LodgeGeometry geometry = make_geometry (scales[i], zooms[j]);

          geometry.scroll_x = 13.4;
          for (gsize k = 0; k < G_N_ELEMENTS (pixels); k++)
            {
              const int row = MIN (pixels[k], 399);
              double x;
              double y;
              int guest_x;
              int guest_y;

              lodge_geometry_from_guest (&geometry, pixels[k], row, &x, &y);
              g_assert_true (lodge_geometry_to_guest (&geometry, x, y, &guest_x, &guest_y));
              g_assert_cmpint (guest_x, ==, pixels[k]);
              g_assert_cmpint (guest_y, ==, row);
            }
        }
    }
}

static void
test_outside (void)
{
  LodgeGeometry geometry = make_geometry (1, 1);
  int x;
  int y;

  /* 803 − 640 = 163: the picture begins at 81 or 82 */
  g_assert_false (lodge_geometry_to_guest (&geometry, 10, 200, &x, &y));
  g_assert_cmpint (x, ==, 0);
  g_assert_false (lodge_geometry_to_guest (&geometry, 800, 600, &x, &y));
  g_assert_cmpint (x, ==, 639);
  g_assert_cmpint (y, ==, 399);
  g_assert_false (lodge_geometry_to_guest (&geometry, -1e9, 1e9, &x, &y));
  g_assert_cmpint (x, ==, 0);
  g_assert_cmpint (y, ==, 399);
}

static void
test_fit (void)
{
  static const struct { double width, height, scale, zoom; } cases[] = {
    { 640, 400, 1, 1 },
    { 650, 410, 1, 1 },          /* nearly whole: sharp beats large */
    { 672, 420, 1, 1.05 },
    { 1280, 800, 1, 2 },
    { 1300, 900, 1, 2 },
    { 320, 400, 1, 0.5 },
    { 640, 400, 1.5, 1.5 },
    { 640, 400, 2, 2 },
    { 512, 320, 1.25, 1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      LodgeGeometry geometry = make_geometry (cases[i].scale, 0);

      geometry.widget_width = cases[i].width;
      geometry.widget_height = cases[i].height;
      g_assert_cmpfloat_with_epsilon (lodge_geometry_fit (&geometry), cases[i].zoom, 1e-9);
    }
}

/* Keymap */

static void
test_keymap (void)
{
  g_autofree char *path = g_build_filename (g_getenv ("LODGE_TEST_SOURCE_DIR"), "src", "console",
                                            "lodge-keymap.tsv", NULL);
  g_autofree char *text = NULL;
  g_auto(GStrv) lines = NULL;
  g_autoptr(GError) error = NULL;
  guint rows = 0;
  guint sent = 0;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 1; lines[i] != NULL && *lines[i] != '\0'; i++)
    {
      g_auto(GStrv) fields = g_strsplit (lines[i], "\t", -1);
      const guint code = (guint) g_ascii_strtoull (fields[1], NULL, 10);
      const gboolean reached = g_str_equal (fields[4], "yes") || g_str_equal (fields[5], "yes");
      guint xt = 0;

      if (reached && !g_str_equal (fields[2], "-"))
        xt = (guint) g_ascii_strtoull (fields[2], NULL, 16) | (g_str_equal (fields[3], "yes") ? 0x100 : 0);
      g_assert_cmpuint (code, ==, ++rows);
      g_assert_cmphex (lodge_keymap_to_xt (code), ==, xt);
      g_assert_cmphex (lodge_keymap_to_qnum (code), ==, (xt & 0x7f) | (xt & 0x100 ? 0x80 : 0));
      g_assert_cmpuint (lodge_keymap_from_event (code + 8), ==, code);
      sent += xt != 0;
    }
  g_assert_cmpuint (rows, ==, 255);
  g_assert_cmpuint (sent, ==, 159);
  g_assert_cmpuint (lodge_keymap_to_xt (0), ==, 0);
  g_assert_cmpuint (lodge_keymap_to_xt (256), ==, 0);
  g_assert_cmpuint (lodge_keymap_to_xt (G_MAXUINT), ==, 0);
  g_assert_cmpuint (lodge_keymap_from_event (3), ==, 0);
}

static void
test_characters (void)
{
  for (gunichar c = 0x20; c < 0x7f; c++)
    {
      guint code = 0;
      gboolean shift = FALSE;

      g_assert_true (lodge_keymap_from_char (c, &code, &shift));
      g_assert_cmpuint (lodge_keymap_to_xt (code), !=, 0);
      g_assert_cmpuint (code, !=, KEY_102ND);
      g_assert_cmpuint (lodge_keymap_to_keyval (code, shift), ==, c);
    }
}

/* Key state */

static void
log_key_cb (guint    code,
            guint    keyval,
            gboolean down,
            gpointer user_data)
{
  g_string_append_printf (user_data, "%c%u:%u ", down ? '+' : '-', code, keyval);
}

static void
assert_log (GString    *log,
            const char *expected)
{
  g_assert_cmpstr (log->str, ==, expected);
  g_string_truncate (log, 0);
}

static void
test_key_state (void)
{
  g_autoptr(GString) log = g_string_new (NULL);
  LodgeKeyState *keys = lodge_key_state_new (log_key_cb, log);

  g_assert_true (lodge_key_state_press (keys, KEY_A, 'a'));
  g_assert_false (lodge_key_state_press (keys, KEY_A, 'A'));
  lodge_key_state_release (keys, KEY_A);
  assert_log (log, "+30:97 +30:97 -30:97 ");

  /* A release from nowhere is nobody's */
  lodge_key_state_release (keys, KEY_TAB);
  lodge_key_state_release (keys, KEY_A);
  assert_log (log, "");

  lodge_key_state_press (keys, KEY_LEFTALT, 1);
  lodge_key_state_press (keys, KEY_TAB, 2);
  lodge_key_state_release_all (keys);
  assert_log (log, "+56:1 +15:2 -15:2 -56:1 ");
  g_assert_cmpuint (lodge_key_state_count (keys), ==, 0);
  lodge_key_state_release (keys, KEY_LEFTALT);
  assert_log (log, "");

  lodge_key_state_free (keys);
}

static void
test_release_combination (void)
{
  g_autoptr(GString) log = g_string_new (NULL);
  LodgeKeyState *keys = lodge_key_state_new (log_key_cb, log);

  lodge_key_state_press (keys, KEY_LEFTCTRL, 0);
  lodge_key_state_press (keys, KEY_LEFTALT, 0);
  lodge_key_state_press (keys, KEY_LEFTALT, 0);      /* a repeat is nothing new */
  g_assert_true (lodge_key_state_release (keys, KEY_LEFTALT));
  g_assert_false (lodge_key_state_release (keys, KEY_LEFTCTRL));

  lodge_key_state_press (keys, KEY_LEFTALT, 0);
  lodge_key_state_press (keys, KEY_LEFTCTRL, 0);
  g_assert_true (lodge_key_state_release (keys, KEY_LEFTALT));
  g_assert_false (lodge_key_state_release (keys, KEY_LEFTCTRL));

  /* Ctrl+Alt+F2 is for the guest */
  lodge_key_state_press (keys, KEY_LEFTCTRL, 0);
  lodge_key_state_press (keys, KEY_LEFTALT, 0);
  lodge_key_state_press (keys, KEY_F2, 0);
  g_assert_false (lodge_key_state_release (keys, KEY_F2));
  g_assert_false (lodge_key_state_release (keys, KEY_LEFTALT));
  g_assert_false (lodge_key_state_release (keys, KEY_LEFTCTRL));

  /* So is AltGr, which some keyboards send as left Ctrl + right Alt */
  lodge_key_state_press (keys, KEY_LEFTCTRL, 0);
  lodge_key_state_press (keys, KEY_RIGHTALT, 0);
  g_assert_false (lodge_key_state_release (keys, KEY_RIGHTALT));
  g_assert_false (lodge_key_state_release (keys, KEY_LEFTCTRL));

  /* A third key that was there before */
  lodge_key_state_press (keys, KEY_LEFTSHIFT, 0);
  lodge_key_state_press (keys, KEY_LEFTCTRL, 0);
  lodge_key_state_press (keys, KEY_LEFTALT, 0);
  g_assert_false (lodge_key_state_release (keys, KEY_LEFTALT));
  lodge_key_state_release_all (keys);
  lodge_key_state_free (keys);
}

/* Wheel */

static void
test_wheel (void)
{
  LodgeWheel wheel = { 0 };

  g_assert_cmpint (lodge_wheel_add (&wheel, 1, GDK_SCROLL_UNIT_WHEEL, 1000), ==, 1);
  g_assert_cmpint (lodge_wheel_add (&wheel, -1, GDK_SCROLL_UNIT_WHEEL, 1010), ==, -1);
  g_assert_cmpint (lodge_wheel_add (&wheel, 3, GDK_SCROLL_UNIT_WHEEL, 1020), ==, 3);
  g_assert_cmpint (lodge_wheel_add (&wheel, 100, GDK_SCROLL_UNIT_WHEEL, 1030), ==, 8);
  lodge_wheel_reset (&wheel);

  /* A wheel of eight steps a click */
  for (int i = 1; i <= 16; i++)
    g_assert_cmpint (lodge_wheel_add (&wheel, 0.125, GDK_SCROLL_UNIT_WHEEL, 2000 + i), ==, i % 8 == 0);

  /* A finger: ten pixels */
  lodge_wheel_reset (&wheel);
  g_assert_cmpint (lodge_wheel_add (&wheel, 7, GDK_SCROLL_UNIT_SURFACE, 3000), ==, 0);
  g_assert_cmpint (lodge_wheel_add (&wheel, 7, GDK_SCROLL_UNIT_SURFACE, 3010), ==, 1);
  g_assert_cmpint (lodge_wheel_add (&wheel, 0, GDK_SCROLL_UNIT_SURFACE, 3020), ==, 0);
  /* What is left (4) stays over an event of nothing, goes with a turn … */
  g_assert_cmpint (lodge_wheel_add (&wheel, 6, GDK_SCROLL_UNIT_SURFACE, 3030), ==, 1);
  g_assert_cmpint (lodge_wheel_add (&wheel, 9, GDK_SCROLL_UNIT_SURFACE, 3040), ==, 0);
  g_assert_cmpint (lodge_wheel_add (&wheel, -9, GDK_SCROLL_UNIT_SURFACE, 3050), ==, 0);
  g_assert_cmpint (lodge_wheel_add (&wheel, -1, GDK_SCROLL_UNIT_SURFACE, 3060), ==, -1);
  lodge_wheel_reset (&wheel);
  g_assert_cmpint (lodge_wheel_add (&wheel, -4, GDK_SCROLL_UNIT_SURFACE, 3070), ==, 0);
  g_assert_cmpint (lodge_wheel_add (&wheel, 0, GDK_SCROLL_UNIT_SURFACE, 3080), ==, 0);
  g_assert_cmpint (lodge_wheel_add (&wheel, -6, GDK_SCROLL_UNIT_SURFACE, 3090), ==, -1);
  /* … and with a pause */
  g_assert_cmpint (lodge_wheel_add (&wheel, 9, GDK_SCROLL_UNIT_SURFACE, 4000), ==, 0);
  g_assert_cmpint (lodge_wheel_add (&wheel, 9, GDK_SCROLL_UNIT_SURFACE, 4300), ==, 0);

  g_assert_cmpint (lodge_wheel_add (&wheel, NAN, GDK_SCROLL_UNIT_WHEEL, 5000), ==, 0);
  g_assert_cmpint (lodge_wheel_add (&wheel, 1e300, GDK_SCROLL_UNIT_WHEEL, 5010), ==, 8);
  g_assert_cmpint (lodge_wheel_add (&wheel, 1, GDK_SCROLL_UNIT_WHEEL, 5020), ==, 1);
}

/* Cursor */

static void
test_cursor_size (void)
{
  static const struct
  {
    int side, hotspot; double zoom, scale; int width, hot;
  } cases[] = {
    { 32, 5, 1, 1, 32, 5 },
    { 32, 5, 2, 2, 32, 5 },
    { 32, 5, 2, 1, 64, 11 },
    { 40, 39, 1, 2, 20, 19 },
    { 64, 0, 1, 1.25, 51, 0 },
    { 64, 63, 8, 1, 256, 254 },      /* as large as a compositor takes */
    { 1, 0, 1, 2, 1, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      LodgeCursorSize size = lodge_cursor_compute_size (cases[i].side, cases[i].side, cases[i].hotspot,
                                                        cases[i].hotspot, cases[i].zoom, cases[i].scale);

      g_assert_cmpint (size.width, ==, cases[i].width);
      g_assert_cmpint (size.hotspot_x, ==, cases[i].hot);
      g_assert_cmpint (size.device_width, ==, (int) round (size.width * cases[i].scale));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/geometry/origin", test_origin);
  g_test_add_func ("/geometry/there-and-back", test_there_and_back);
  g_test_add_func ("/geometry/outside", test_outside);
  g_test_add_func ("/geometry/fit", test_fit);
  g_test_add_func ("/keymap/table", test_keymap);
  g_test_add_func ("/keymap/characters", test_characters);
  g_test_add_func ("/keys/state", test_key_state);
  g_test_add_func ("/keys/release-combination", test_release_combination);
  g_test_add_func ("/wheel/clicks", test_wheel);
  g_test_add_func ("/cursor/size", test_cursor_size);

  return g_test_run ();
}
