/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <gtk/gtk.h>

#include <spice/vd_agent.h>

#include "console-test.h"
#include "console/lodge-display.h"
#include "spice-fixture.h"

/* What a SPICE guest and this computer share besides picture, keys and clipboard: sizes, several heads. */

static SpiceTestOptions
with_agent (void)
{
  SpiceTestOptions options = spice_fixture_plain;

  options.agent = TRUE;
  return options;
}

/* The guest's size */

static void
test_resize (void)
{
  SpiceFixture f = { 0 };
  const SpiceTestOptions options = with_agent ();
  g_autoptr(GString) log = g_string_new (NULL);

  spice_fixture_start (&f, &options, NULL);
  WAIT_FOR (lodge_screen_get_has_agent (f.screen) && spice_fixture_shows (&f));
  spice_fixture_show (&f);
  lodge_display_set_resize_guest (f.display, TRUE);
  WAIT_FOR (spice_fixture_is_told (&f, log, "monitor 0 640x480\n"));
  spice_test_resize (f.server, 640, 480);
  WAIT_FOR (spice_fixture_shows (&f));
  g_assert_null (lodge_display_get_resize_obstacle (f.display));
  spice_fixture_close (&f);
}

/* The library sends sizes to the agent only, and is angry when there is none: it is not asked */
static void
test_resize_without_agent (void)
{
  SpiceFixture f = { 0 };
  g_autoptr(GString) log = g_string_new (NULL);

  spice_fixture_start (&f, &spice_fixture_plain, NULL);
  WAIT_FOR (spice_fixture_shows (&f));
  g_assert_false (lodge_screen_get_has_agent (f.screen));
  spice_fixture_show (&f);
  lodge_display_set_resize_guest (f.display, TRUE);
  WAIT_FOR (lodge_display_get_resize_obstacle (f.display) != NULL);
  g_assert_nonnull (strstr (lodge_display_get_resize_obstacle (f.display), "spice-vdagent"));
  lodge_screen_request_size (f.screen, 800, 600);
  g_assert_false (spice_fixture_is_told (&f, log, "monitor"));
  spice_fixture_close (&f);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  gtk_init ();
  g_test_add_func ("/spice-sharing/resize", test_resize);
  g_test_add_func ("/spice-sharing/resize-without-agent", test_resize_without_agent);

  return g_test_run ();
}
