/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gstdio.h>
#include <locale.h>
#include <string.h>
#include <unistd.h>

#include "lib/lodge-test-connection.h"
#include "lib/lodge-test-daemon.h"
#include "lib/lodge-test-folder.h"
#include "lib/lodge-test-relay.h"
#include "lib/lodge-test-virsh.h"
#include "lib/lodge-test-wait.h"
#include "model/lodge-pacer.h"
#include "model/lodge-volume-transfer.h"
#include "util/lodge-error.h"

/* Bulk over a link that people work on */

#define MILLISECOND G_TIME_SPAN_MILLISECOND

/* A link of @rate bytes a second and @delay µs there and back, in steps of a ms of its own time. Returns the bytes that went
 * through in @seconds; *@wait: how long the longest queue took to drain, in µs. */
static double
simulate (double  rate,
          gint64  delay,
          int     seconds,
          gint64 *wait)
{
  g_autoptr(LodgePacer) pacer = lodge_pacer_new ();
  double queue = 0, through = 0;
  gint64 answer = 0, next_question = 1;

  *wait = 0;
  for (gint64 now = 1; now < seconds * G_USEC_PER_SEC; now += MILLISECOND)
    {
      const double gone = MIN (queue, rate / 1000);

      queue -= gone;
      through += gone;
      if (answer != 0 && now >= answer)
        {
          lodge_pacer_answered (pacer, now);
          answer = 0;
          next_question = now + 30 * MILLISECOND;
        }
      if (answer == 0 && now >= next_question)
        {
          lodge_pacer_asked (pacer, now);
          answer = now + delay + (gint64) (queue * G_USEC_PER_SEC / rate);
        }
      while (TRUE)
        {
          const gsize n = MIN (16384, lodge_pacer_get_portion (pacer));

          if (lodge_pacer_take (pacer, n, now) > 0)
            break;
          queue += n;
        }
      *wait = MAX (*wait, (gint64) (queue * G_USEC_PER_SEC / rate));
    }
  return through;
}

/* Slow and fast links, near and far: nobody waits much longer, and most of the link is used */
static void
test_pacer (void)
{
  static const struct { double rate; gint64 delay; } links[] = {
    { 250e3, 30 * MILLISECOND }, { 1.25e6, 20 * MILLISECOND }, { 1.25e6, 100 * MILLISECOND }, { 10e6, 20 * MILLISECOND },
    { 100e6, 1 * MILLISECOND }, { 1e9, 1 * MILLISECOND },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (links); i++)
    {
      gint64 wait;
      const double through = simulate (links[i].rate, links[i].delay, 20, &wait);

      g_test_message ("%.0f bytes/s, %" G_GINT64_FORMAT " ms: %.0f %% of it, longest queue %" G_GINT64_FORMAT " ms",
                      links[i].rate, links[i].delay / MILLISECOND, through * 100 / (20 * links[i].rate),
                      wait / MILLISECOND);
      g_assert_cmpint (wait, <=, 150 * MILLISECOND);
      g_assert_cmpfloat (through, >=, 20 * links[i].rate * 0.5);
    }
}

typedef struct
{
  LodgeTestDaemon *daemon;
  LodgeTestRelay  *relay;
  LodgeTestVirsh  *virsh;
  LodgeTestFolder *folder;
  LodgeConnection *connection;
  char            *file;
  char            *content;
} Fixture;

#define SIZE (6 * 1024 * 1024)
#define RATE (2 * 1024 * 1024)

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autofree char *direct = NULL;
  g_autofree char *uri = NULL;
  g_autofree char *target = NULL;
  g_autoptr(GRand) rand = g_rand_new_with_seed (1);

  fixture->daemon = lodge_test_daemon_new ();
  fixture->relay = lodge_test_relay_new_tcp (lodge_test_daemon_get_port (fixture->daemon));
  fixture->folder = lodge_test_folder_new ();
  direct = lodge_test_daemon_dup_qemu_uri (fixture->daemon);
  fixture->virsh = lodge_test_virsh_new (direct);
  target = lodge_test_folder_build (fixture->folder, "pool");
  g_assert_cmpint (g_mkdir (target, 0755), ==, 0);
  g_free (lodge_test_virsh_run (fixture->virsh, "pool-create-as far dir --target %s", target));
  g_free (lodge_test_virsh_run (fixture->virsh, "vol-create-as far disk %u --format raw", SIZE));
  fixture->content = g_malloc (SIZE);
  for (gsize i = 0; i < SIZE / sizeof (guint32); i++)
    ((guint32 *) (gpointer) fixture->content)[i] = g_rand_int (rand);
  fixture->file = lodge_test_folder_write (fixture->folder, "file", fixture->content, SIZE);
  uri = lodge_test_relay_dup_uri (fixture->relay, "qemu", geteuid () == 0 ? "/system" : "/session");
  fixture->connection = lodge_test_open (uri);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  lodge_test_close (fixture->connection);
  lodge_test_virsh_free (fixture->virsh);
  lodge_test_relay_free (fixture->relay);
  lodge_test_daemon_free (fixture->daemon);
  lodge_test_folder_free (fixture->folder);
  g_free (fixture->file);
  g_free (fixture->content);
}

static void
assert_content (Fixture    *fixture,
                const char *path)
{
  g_autofree char *text = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (path, &text, &length, NULL));
  g_assert_cmpmem (text, length, fixture->content, SIZE);
}

static void
finish (Fixture      *fixture,
        GAsyncResult *result)
{
  g_autoptr(GError) error = NULL;

  lodge_connection_transfer_volume_finish (fixture->connection, result, &error);
  g_assert_no_error (error);
}

static void
test_both_ways (Fixture       *fixture,
                gconstpointer  data)
{
  g_autofree char *volume = lodge_test_folder_build (fixture->folder, "pool/disk");
  g_autofree char *copy = lodge_test_folder_build (fixture->folder, "copy");
  g_autoptr(LodgeJob) job = lodge_job_new ("Copy", NULL);
  g_autoptr(GAsyncResult) up = NULL;
  g_autoptr(GAsyncResult) down = NULL;

  lodge_connection_upload_volume_async (fixture->connection, "far", "disk", fixture->file, job, lodge_test_result_cb,
                                        &up);
  WAIT_FOR (up != NULL);
  finish (fixture, up);
  g_assert_cmpint (lodge_job_get_state (job), ==, LODGE_JOB_DONE);
  assert_content (fixture, volume);
  lodge_connection_download_volume_async (fixture->connection, "far", "disk", copy, NULL, lodge_test_result_cb, &down);
  WAIT_FOR (down != NULL);
  finish (fixture, down);
  assert_content (fixture, copy);
}

/* What a console sends on the same link does not wait for seconds of bulk (6 MiB at 2 MiB a second, a buffer of 4 MiB) */
static void
test_paced (Fixture       *fixture,
            gconstpointer  data)
{
  g_autofree char *copy = lodge_test_folder_build (fixture->folder, "copy");
  g_autoptr(GAsyncResult) up = NULL;
  g_autoptr(GAsyncResult) down = NULL;
  gint64 wait;

  lodge_test_relay_set_delay (fixture->relay, 10);
  lodge_test_relay_set_rate (fixture->relay, RATE);
  lodge_connection_upload_volume_async (fixture->connection, "far", "disk", fixture->file, NULL, lodge_test_result_cb,
                                        &up);
  WAIT_FOR (up != NULL);
  finish (fixture, up);
  wait = lodge_test_relay_take_longest_wait (fixture->relay);
  g_test_message ("upload: %" G_GINT64_FORMAT " ms", wait / MILLISECOND);
  g_assert_cmpint (wait, <, 300 * MILLISECOND);

  lodge_connection_download_volume_async (fixture->connection, "far", "disk", copy, NULL, lodge_test_result_cb, &down);
  WAIT_FOR (down != NULL);
  finish (fixture, down);
  wait = lodge_test_relay_take_longest_wait (fixture->relay);
  g_test_message ("download: %" G_GINT64_FORMAT " ms", wait / MILLISECOND);
  g_assert_cmpint (wait, <, 300 * MILLISECOND);
}

/* Cancelled half way: the job says so, the file is not there, the connection lives */
static void
test_cancelled (Fixture       *fixture,
                gconstpointer  data)
{
  g_autofree char *copy = lodge_test_folder_build (fixture->folder, "copy");
  g_autofree char *partial = g_strconcat (copy, ".part", NULL);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(LodgeJob) job = lodge_job_new ("Copy", cancellable);
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  lodge_test_relay_set_rate (fixture->relay, RATE / 4);
  lodge_connection_download_volume_async (fixture->connection, "far", "disk", copy, job, lodge_test_result_cb, &result);
  WAIT_FOR (lodge_job_get_fraction (job) > 0);
  lodge_job_cancel (job);
  WAIT_FOR (result != NULL);
  g_assert_false (lodge_connection_transfer_volume_finish (fixture->connection, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (lodge_job_get_state (job), ==, LODGE_JOB_CANCELLED);
  g_assert_cmpint (lodge_connection_get_state (fixture->connection), ==, LODGE_CONNECTION_CONNECTED);
  WAIT_FOR (!g_file_test (partial, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (copy, G_FILE_TEST_EXISTS));
}

/* What is not there, here or on the host */
static void
test_missing (Fixture       *fixture,
              gconstpointer  data)
{
  g_autofree char *nowhere = lodge_test_folder_build (fixture->folder, "no/such/file");
  g_autoptr(GAsyncResult) here = NULL;
  g_autoptr(GAsyncResult) there = NULL;
  g_autoptr(GError) error = NULL;

  lodge_connection_upload_volume_async (fixture->connection, "far", "disk", nowhere, NULL, lodge_test_result_cb, &here);
  WAIT_FOR (here != NULL);
  g_assert_false (lodge_connection_transfer_volume_finish (fixture->connection, here, &error));
  g_assert_nonnull (strstr (error->message, nowhere));
  g_clear_error (&error);
  lodge_connection_download_volume_async (fixture->connection, "far", "nothing", fixture->file, NULL,
                                          lodge_test_result_cb, &there);
  WAIT_FOR (there != NULL);
  g_assert_false (lodge_connection_transfer_volume_finish (fixture->connection, there, &error));
  g_assert_error (error, LODGE_ERROR, LODGE_ERROR_NOT_FOUND);
  lodge_test_assert_helpful (error);
  assert_content (fixture, fixture->file);
}

int
main (int   argc,
      char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/model/transfer/pacer", test_pacer);
#define ADD(path, function) g_test_add ("/model/transfer/" path, Fixture, NULL, set_up, function, tear_down)
  ADD ("both-ways", test_both_ways);
  ADD ("paced", test_paced);
  ADD ("cancelled", test_cancelled);
  ADD ("missing", test_missing);
#undef ADD
  return g_test_run ();
}
