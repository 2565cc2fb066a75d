/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lib/lodge-test-folder.h"
#include "lib/lodge-test-wait.h"
#include "plan/lodge-os-database.h"
#include "util/lodge-error.h"

static gboolean
turn_cb (gpointer user_data)
{
  /* The callbacks of the main context belong to the thread of the main loop, whatever is read meanwhile */
  g_assert_true (g_thread_self () == user_data);
  return G_SOURCE_CONTINUE;
}

/* Reading a disc leaves the main loop alone: it neither waits, nor do its callbacks run on another thread */
static void
test_main_loop_is_free (void)
{
  g_autofree char *iso = g_build_filename (g_getenv ("LODGE_TEST_GUEST_DIR"), "guest.iso", NULL);
  g_autoptr(LodgeOsDatabase) database = lodge_os_database_new ();
  const guint turning = g_timeout_add (1, turn_cb, g_thread_self ());

  for (guint i = 0; i < 20; i++)
    {
      g_autoptr(GAsyncResult) result = NULL;
      g_autoptr(LodgeOs) os = NULL;
      g_autoptr(GError) error = NULL;

      lodge_os_database_identify_async (database, iso, NULL, lodge_test_result_cb, &result);
      WAIT_FOR (result != NULL);
      os = lodge_os_database_identify_finish (database, result, &error);
      g_assert_no_error (error);
      g_assert_null (os);   /* it is nobody's system */
    }
  g_source_remove (turning);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plan/os-database/main-loop-is-free", test_main_loop_is_free);
  return g_test_run ();
}
