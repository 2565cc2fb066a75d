/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lodge-test-connection.h"

#include "lodge-test-wait.h"
#include "model/lodge-connection-private.h"
#include "util/lodge-error.h"

void
lodge_test_open_connection (LodgeConnection *connection)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  lodge_connection_open_async (connection, NULL, lodge_test_result_cb, &result);
  WAIT_FOR (result != NULL);
  lodge_connection_open_finish (connection, result, &error);
  g_assert_no_error (error);
  g_assert_cmpint (lodge_connection_get_state (connection), ==, LODGE_CONNECTION_CONNECTED);
}

LodgeConnection *
lodge_test_open (const char *uri)
{
  LodgeConnection *connection = lodge_connection_new (uri, NULL);

  lodge_test_open_connection (connection);
  return connection;
}

void
lodge_test_wait_idle (LodgeConnection *connection)
{
  WAIT_FOR (lodge_worker_get_n_calls (lodge_connection_get_worker (connection)) == 0);
}

GError *
lodge_test_open_fails (LodgeConnection *connection)
{
  g_autoptr(GAsyncResult) result = NULL;
  GError *error = NULL;

  lodge_connection_open_async (connection, NULL, lodge_test_result_cb, &result);
  WAIT_FOR (result != NULL);
  g_assert_false (lodge_connection_open_finish (connection, result, &error));
  g_assert_nonnull (error);
  return error;
}

static guint
count_entries (const char *path)
{
  g_autoptr(GDir) dir = g_dir_open (path, 0, NULL);
  guint n = 0;

  g_assert_nonnull (dir);
  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

guint
lodge_test_count_threads (void)
{
  return count_entries ("/proc/self/task");
}

guint
lodge_test_count_files (void)
{
  return count_entries ("/proc/self/fd");
}

static gboolean
has_thread (const char *name)
{
  g_autoptr(GDir) dir = g_dir_open ("/proc/self/task", 0, NULL);
  const char *task;

  while ((task = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename ("/proc/self/task", task, "comm", NULL);
      g_autofree char *text = NULL;

      if (g_file_get_contents (path, &text, NULL, NULL) && g_str_has_prefix (text, name))
        return TRUE;
    }
  return FALSE;
}

void
lodge_test_close (LodgeConnection *connection)
{
  lodge_connection_close (connection);
  g_object_unref (connection);
  WAIT_FOR (!has_thread ("lodge-close") && !has_thread ("lodge-open"));
  lodge_test_settle ();
}

LodgeDomain *
lodge_test_find_domain (LodgeConnection *connection,
                        const char      *name)
{
  WAIT_FOR (lodge_connection_find_domain (connection, name) != NULL);
  return lodge_connection_find_domain (connection, name);
}

void
lodge_test_run (LodgeDomain          *domain,
                LodgeDomainOperation  operation)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  lodge_domain_run_async (domain, operation, NULL, lodge_test_result_cb, &result);
  WAIT_FOR (result != NULL);
  lodge_domain_run_finish (domain, result, &error);
  g_assert_no_error (error);
}

void
lodge_test_wait_state (LodgeDomain      *domain,
                       LodgeDomainState  state)
{
  WAIT_FOR (lodge_domain_get_state (domain) == state && !lodge_domain_get_operation_pending (domain, NULL));
}

guint
lodge_test_count_domains (LodgeConnection *connection)
{
  return g_list_model_get_n_items (lodge_connection_get_domains (connection));
}

void
lodge_test_assert_helpful (const GError *error)
{
  g_assert_nonnull (error);
  g_assert_true (error->domain == LODGE_ERROR);
  g_assert_cmpstr (error->message, !=, "");
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  if (lodge_error_get_hint (error) == NULL)
    g_error ("no hint says what to do about: %s", error->message);
  g_assert_nonnull (lodge_error_get_libvirt_text (error));
}
