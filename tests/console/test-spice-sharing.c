/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <gtk/gtk.h>

#include <spice/vd_agent.h>

#include "console-test.h"
#include "console/lodge-display.h"
#include "console/lodge-screen-sharing.h"
#include "lib/lodge-test-folder.h"
#include "spice-fixture.h"
#include "util/lodge-error.h"
#include "widget-tools.h"

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

/* Files */

typedef struct
{
  SpiceFixture     f;
  LodgeTestFolder *folder;
  GString         *log;
  GCancellable    *cancellable;
  GError          *error;
  goffset          done;
  goffset          total;
  gboolean         ended;
} Files;

static void
start_files (Files *files)
{
  const SpiceTestOptions options = with_agent ();

  files->folder = lodge_test_folder_new ();
  files->log = g_string_new (NULL);
  files->cancellable = g_cancellable_new ();
  spice_fixture_start (&files->f, &options, NULL);
  WAIT_FOR (lodge_screen_get_takes_files (files->f.screen) && spice_fixture_shows (&files->f));
}

static void
end_files (Files *files)
{
  spice_fixture_close (&files->f);
  g_clear_error (&files->error);
  g_object_unref (files->cancellable);
  g_string_free (files->log, TRUE);
  lodge_test_folder_free (files->folder);
}

static void
progress_cb (goffset  done,
             goffset  total,
             gpointer user_data)
{
  Files *files = user_data;

  g_assert_cmpint (done, >=, files->done);
  files->done = done;
  files->total = total;
}

static void
copied_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  Files *files = user_data;

  lodge_screen_copy_files_finish (LODGE_SCREEN (object), result, &files->error);
  files->ended = TRUE;
}

/* @names: NULL-ended, files of our folder; made with @size bytes when @size is not 0 */
static void
copy (Files              *files,
      const char * const *names,
      gsize               size)
{
  g_autoptr(GPtrArray) all = g_ptr_array_new_null_terminated (2, g_object_unref, TRUE);
  g_autofree char *content = g_malloc0 (size + 1);

  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autofree char *path = size > 0 ? lodge_test_folder_write (files->folder, names[i], content, (gssize) size)
                              : lodge_test_folder_build (files->folder, names[i]);

      g_ptr_array_add (all, g_file_new_for_path (path));
    }
  g_test_message ("copy %s", names[0]);
  files->ended = FALSE;
  files->done = files->total = 0;
  g_clear_error (&files->error);
  g_string_truncate (files->log, 0);
  lodge_screen_copy_files_async (files->f.screen, (GFile **) all->pdata, files->cancellable, progress_cb, files, copied_cb,
                                 files);
}

#define NAMES(...) ((const char * const []) { __VA_ARGS__, NULL })

static void
test_files (void)
{
  Files files = { 0 };

  start_files (&files);
  copy (&files, NAMES ("gr\303\274n & <b>.txt", "other"), 300000);
  WAIT_FOR (files.ended);
  g_assert_no_error (files.error);
  g_assert_cmpint (files.done, ==, 600000);
  g_assert_cmpint (files.total, ==, 600000);
  WAIT_FOR (spice_fixture_is_told (&files.f, files.log, "file end other\n"));
  g_assert_nonnull (strstr (files.log->str, "file gr\303\274n & <b>.txt 300000\n"));

  /* What the guest has no room for, what is not there, what is no file */
  copy (&files, NAMES ("full"), 100);
  WAIT_FOR (files.ended);
  g_assert_error (files.error, LODGE_ERROR, LODGE_ERROR_FAILED);
  copy (&files, NAMES ("missing"), 0);
  WAIT_FOR (files.ended);
  g_assert_error (files.error, LODGE_ERROR, LODGE_ERROR_FAILED);
  copy (&files, NAMES ("."), 0);
  WAIT_FOR (files.ended);
  g_assert_error (files.error, LODGE_ERROR, LODGE_ERROR_FAILED);
  end_files (&files);
}

static void
test_files_cancelled (void)
{
  Files files = { 0 };

  start_files (&files);
  copy (&files, NAMES ("stuck"), 200000);
  WAIT_FOR (files.done == 200000);
  g_cancellable_cancel (files.cancellable);
  WAIT_FOR (files.ended);
  g_assert_error (files.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  WAIT_FOR (spice_fixture_is_told (&files.f, files.log, "file status 1\n"));

  /* The connection ends in the midst of it */
  g_object_unref (files.cancellable);
  files.cancellable = g_cancellable_new ();
  copy (&files, NAMES ("stuck"), 200000);
  WAIT_FOR (files.done == 200000);
  lodge_screen_close (files.f.screen);
  WAIT_FOR (files.ended);
  g_assert_nonnull (files.error);
  end_files (&files);
}

static void
test_no_files (void)
{
  Files files = { 0 };
  SpiceTestOptions options = with_agent ();

  options.no_files = TRUE;
  files.folder = lodge_test_folder_new ();
  files.log = g_string_new (NULL);
  files.cancellable = g_cancellable_new ();
  spice_fixture_start (&files.f, &options, NULL);
  WAIT_FOR (lodge_screen_get_has_clipboard (files.f.screen) && spice_fixture_shows (&files.f));
  g_assert_false (lodge_screen_get_takes_files (files.f.screen));
  copy (&files, NAMES ("a"), 10);
  WAIT_FOR (files.ended);
  g_assert_error (files.error, LODGE_ERROR, LODGE_ERROR_NOT_SUPPORTED);
  end_files (&files);
}

/* Several heads */

static LodgeScreen *
get_head (SpiceFixture *f,
          guint         position)
{
  g_autoptr(LodgeScreen) head = g_list_model_get_item (lodge_screen_get_heads (f->screen), position);

  return head;
}

static guint
count_heads (SpiceFixture *f)
{
  return g_list_model_get_n_items (lodge_screen_get_heads (f->screen));
}

/* Whether @screen shows this part of what the guest has painted */
static gboolean
shows_part (SpiceFixture        *f,
            LodgeScreen         *screen,
            const SpiceTestHead *part)
{
  int width;
  int height;
  g_autofree guint32 *all = spice_test_dup_pixels (f->server, &width, &height);
  g_autofree guint32 *pixels = g_new (guint32, part->width * part->height);

  for (int y = 0; y < part->height; y++)
    memcpy (pixels + y * part->width, all + (part->y + y) * width + part->x, (gsize) part->width * 4);
  return screen_shows (screen, pixels, part->width, part->height);
}

static void
test_heads_on_one_card (void)
{
  static const SpiceTestHead two[] = { { 0, 0, 160, 200 }, { 160, 0, 160, 120 } };
  static const SpiceTestHead wrong[] = { { 0, 0, 160, 200 }, { 300, 0, 160, 120 }, { 0, 0, 0, 0 } };
  static const SpiceTestHead moved[] = { { 0, 0, 100, 200 }, { 100, 80, 220, 120 } };
  SpiceFixture f = { 0 };
  g_autoptr(GString) log = g_string_new (NULL);
  g_autoptr(LodgeScreen) kept = NULL;

  spice_fixture_start (&f, &spice_fixture_plain, NULL);
  WAIT_FOR (spice_fixture_shows (&f));
  g_assert_cmpuint (count_heads (&f), ==, 0);

  spice_test_set_heads (f.server, 2, two);
  WAIT_FOR (count_heads (&f) == 1 && shows_part (&f, f.screen, &two[0]) && shows_part (&f, get_head (&f, 0), &two[1]));
  g_assert_cmpint (lodge_screen_get_state (get_head (&f, 0)), ==, LODGE_SCREEN_CONNECTED);

  /* What is painted over the edge shows on both */
  spice_test_paint (f.server, 77, 100, 50, 120, 60);
  spice_test_set_cursor (f.server, 16, 0xffff0000, 3);
  WAIT_FOR (shows_part (&f, f.screen, &two[0]) && shows_part (&f, get_head (&f, 0), &two[1]));

  /* Without an agent there is one tablet for all */
  spice_fixture_wait_for_inputs (&f);
  WAIT_FOR (lodge_screen_get_absolute_pointer (get_head (&f, 0)));
  lodge_screen_move_to (get_head (&f, 0), 10, 20);
  WAIT_FOR (spice_fixture_is_told (&f, log, "move 170 20 0\n"));
  lodge_screen_key (get_head (&f, 0), 2, 0, TRUE);
  lodge_screen_key (get_head (&f, 0), 2, 0, FALSE);
  WAIT_FOR (spice_fixture_is_told (&f, log, "code up 2\n"));

  spice_test_set_heads (f.server, 2, moved);
  WAIT_FOR (shows_part (&f, f.screen, &moved[0]) && shows_part (&f, get_head (&f, 0), &moved[1]));

  /* A monitor that lies outside, or is nothing, is not there; the one that was closes and keeps its picture */
  kept = g_object_ref (get_head (&f, 0));
  spice_test_set_heads (f.server, 3, wrong);
  WAIT_FOR (count_heads (&f) == 0);
  g_assert_cmpint (lodge_screen_get_state (kept), ==, LODGE_SCREEN_CLOSED);
  g_assert_nonnull (lodge_screen_get_surface (kept));
  lodge_screen_move_to (kept, 1, 1);
  WAIT_FOR (shows_part (&f, f.screen, &wrong[0]));

  spice_test_set_heads (f.server, 2, two);
  WAIT_FOR (count_heads (&f) == 1);
  spice_test_resize (f.server, 320, 200);
  WAIT_FOR (lodge_screen_get_surface (f.screen) != NULL);
  spice_fixture_close (&f);
}

static void
test_heads_on_two_cards (void)
{
  SpiceTestOptions options = spice_fixture_plain;
  SpiceFixture f = { 0 };
  LodgeDisplay *display;

  options.second_card = TRUE;
  spice_fixture_start (&f, &options, NULL);
  WAIT_FOR (count_heads (&f) == 1 && spice_fixture_shows (&f));
  g_assert_cmpint (lodge_screen_get_width (get_head (&f, 0)), ==, SPICE_TEST_SECOND_WIDTH);
  g_assert_cmpint (lodge_screen_get_height (get_head (&f, 0)), ==, SPICE_TEST_SECOND_HEIGHT);

  /* Somebody looks at it when it goes away */
  spice_fixture_show (&f);
  display = f.display;
  lodge_display_set_screen (display, get_head (&f, 0));
  WAIT_FOR (lodge_display_get_screen (display) == get_head (&f, 0));
  spice_test_plug_second (f.server, FALSE);
  WAIT_FOR (count_heads (&f) == 0);
  g_assert_cmpint (lodge_screen_get_state (lodge_display_get_screen (display)), ==, LODGE_SCREEN_CLOSED);
  spice_test_plug_second (f.server, TRUE);
  WAIT_FOR (count_heads (&f) == 1);
  lodge_display_set_screen (display, f.screen);

  /* The end of the connection is that of them all */
  lodge_screen_close (f.screen);
  g_assert_cmpuint (count_heads (&f), ==, 0);
  spice_fixture_close (&f);
}

static void
test_ask_for_heads (void)
{
  SpiceFixture f = { 0 };
  const SpiceTestOptions options = with_agent ();
  g_autoptr(GString) log = g_string_new (NULL);

  spice_fixture_start (&f, &options, NULL);
  WAIT_FOR (lodge_screen_get_can_request_heads (f.screen) && spice_fixture_shows (&f));
  lodge_screen_request_heads (f.screen, 3);
  WAIT_FOR (spice_fixture_is_told (&f, log, "monitor 0 320x200\nmonitor 1 320x200\nmonitor 2 320x200\n"));
  g_string_truncate (log, 0);
  lodge_screen_request_heads (f.screen, 1);
  WAIT_FOR (spice_fixture_is_told (&f, log, "monitor 0 320x200\n"));
  spice_fixture_close (&f);
}

int
main (int   argc,
      char *argv[])
{
  spice_fixture_init (&argc, &argv);
  g_test_add_func ("/spice-sharing/files/copied", test_files);
  g_test_add_func ("/spice-sharing/files/cancelled", test_files_cancelled);
  g_test_add_func ("/spice-sharing/files/none", test_no_files);
  g_test_add_func ("/spice-sharing/heads/ask", test_ask_for_heads);
  g_test_add_func ("/spice-sharing/heads/one-card", test_heads_on_one_card);
  g_test_add_func ("/spice-sharing/heads/two-cards", test_heads_on_two_cards);
  g_test_add_func ("/spice-sharing/resize", test_resize);
  g_test_add_func ("/spice-sharing/resize-without-agent", test_resize_without_agent);

  return g_test_run ();
}
