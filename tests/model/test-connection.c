/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <locale.h>

#include "lib/lodge-test-connection.h"
#include "lib/lodge-test-folder.h"
#include "lib/lodge-test-wait.h"
#include "model/lodge-credential-request.h"
#include "model/lodge-libvirt.h"
#include "model/lodge-storage.h"
#include "util/lodge-error.h"

/* The model against libvirt's test driver, in this process */

static void
test_open (void)
{
  g_autoptr(LodgeConnection) connection = lodge_test_open ("test:///default");
  g_autoptr(LodgeDomain) domain = NULL;
  GListModel *domains = lodge_connection_get_domains (connection);

  g_assert_cmpint (lodge_connection_get_state (connection), ==, LODGE_CONNECTION_CONNECTED);
  g_assert_null (lodge_connection_get_error (connection));
  g_assert_cmpuint (g_list_model_get_n_items (domains), ==, 1);
  g_assert_cmpuint (lodge_connection_get_n_running (connection), ==, 1);
  g_assert_cmpuint (lodge_connection_get_host_cpus (connection), >, 0);
  g_assert_cmpuint (lodge_connection_get_host_memory (connection), >, 0);
  g_assert_cmpstr (lodge_connection_get_label (connection), ==, "Test Hypervisor");

  domain = g_list_model_get_item (domains, 0);
  g_assert_cmpstr (lodge_domain_get_name (domain), ==, "test");
  g_assert_cmpint (lodge_domain_get_state (domain), ==, LODGE_DOMAIN_STATE_RUNNING);
  g_assert_true (lodge_domain_get_persistent (domain));
  g_assert_true (lodge_connection_find_domain (connection, "test") == domain);
  g_assert_true (lodge_connection_find_domain (connection, lodge_domain_get_uuid (domain)) == domain);
  g_assert_null (lodge_connection_find_domain (connection, "nobody"));

  lodge_connection_close (connection);
  g_assert_cmpint (lodge_connection_get_state (connection), ==, LODGE_CONNECTION_DISCONNECTED);
  g_assert_cmpuint (g_list_model_get_n_items (domains), ==, 0);
  g_assert_null (lodge_domain_get_connection (domain));
  g_assert_false (lodge_domain_can (domain, LODGE_DOMAIN_PAUSE));
}

static void
test_networks_and_pools (void)
{
  g_autoptr(LodgeConnection) connection = lodge_test_open ("test:///default");
  GListModel *networks = lodge_connection_get_networks (connection);
  GListModel *pools = lodge_connection_get_storage_pools (connection);
  g_autoptr(LodgeNetwork) network = NULL;
  g_autoptr(LodgeStoragePool) pool = NULL;

  WAIT_FOR (g_list_model_get_n_items (networks) > 0);
  WAIT_FOR (g_list_model_get_n_items (pools) > 0);
  network = g_list_model_get_item (networks, 0);
  g_assert_cmpstr (lodge_network_get_name (network), ==, "default");
  g_assert_true (lodge_network_get_active (network));
  pool = g_list_model_get_item (pools, 0);
  g_assert_cmpstr (lodge_storage_pool_get_name (pool), ==, "default-pool");
  g_assert_cmpstr (lodge_storage_pool_get_pool_type (pool), ==, "dir");
  g_assert_true (lodge_storage_pool_can_create (pool));
  g_assert_cmpuint (lodge_storage_pool_get_available (pool), >, 0);
}

static void
test_failure (void)
{
  g_autoptr(LodgeConnection) connection = lodge_connection_new ("test:///nowhere/at/all.xml", "Broken");
  g_autoptr(GError) error = lodge_test_open_fails (connection);

  g_assert_true (error->domain == LODGE_ERROR);
  g_assert_nonnull (lodge_error_get_libvirt_text (error));
  g_assert_cmpstr (lodge_error_get_uri (error), ==, "test:///nowhere/at/all.xml");
  g_assert_cmpint (lodge_connection_get_state (connection), ==, LODGE_CONNECTION_FAILED);
  g_assert_nonnull (lodge_connection_get_error (connection));
}

static void
test_cancel (void)
{
  g_autoptr(LodgeConnection) connection = lodge_connection_new ("test:///default", NULL);
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  lodge_connection_open_async (connection, NULL, lodge_test_result_cb, &result);
  lodge_connection_close (connection);
  g_assert_cmpint (lodge_connection_get_state (connection), ==, LODGE_CONNECTION_DISCONNECTED);
  WAIT_FOR (result != NULL);
  g_assert_false (lodge_connection_open_finish (connection, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static const char host_with_password[] =
  "<node><auth><user password='secret'>alice</user></auth></node>";

typedef struct
{
  const char *password;
  guint       n_asked;
} Person;

static void
answer_cb (LodgeConnection        *connection,
           LodgeCredentialRequest *request,
           gpointer                user_data)
{
  Person *person = user_data;
  const char *answers[8] = { NULL };

  g_assert_cmpint (lodge_connection_get_state (connection), ==,
                   LODGE_CONNECTION_WAITING_FOR_CREDENTIALS);
  person->n_asked++;
  if (person->password == NULL)
    {
      lodge_credential_request_cancel (request);
      return;
    }
  for (guint i = 0; i < lodge_credential_request_get_n_fields (request); i++)
    answers[i] = lodge_credential_request_get_kind (request, i) == LODGE_CREDENTIAL_PASSWORD
                 ? person->password : "alice";
  lodge_credential_request_answer (request, answers);
}

static void
test_credentials (void)
{
  static const struct { const char *password; int error; } cases[] = {
    { "secret", -1 },
    { "wrong", LODGE_ERROR_AUTH_FAILED },
    { NULL, LODGE_ERROR_AUTH_CANCELLED },
  };
  g_autoptr(LodgeTestFolder) folder = lodge_test_folder_new ();
  g_autofree char *uri = lodge_test_write_node (folder, host_with_password);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(LodgeConnection) connection = lodge_connection_new (uri, NULL);
      Person person = { cases[i].password, 0 };
      g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

      g_signal_connect (connection, "credentials-requested", G_CALLBACK (answer_cb), &person);
      lodge_connection_open_async (connection, NULL, lodge_test_result_cb, &result);
      WAIT_FOR (result != NULL);
      lodge_connection_open_finish (connection, result, &error);
      g_assert_cmpuint (person.n_asked, >, 0);
      if (cases[i].error < 0)
        g_assert_no_error (error);
      else
        g_assert_error (error, LODGE_ERROR, cases[i].error);
    }
}

/* What is asked of a host when it is opened does not depend on how many machines it has */
static guint
count_calls (guint             n_domains,
             LodgeConnection **connection)
{
  g_autoptr(LodgeTestFolder) folder = lodge_test_folder_new ();
  g_autofree char *uri = lodge_test_write_host (folder, n_domains, 0);
  const guint before = lodge_libvirt_get_calls ();

  *connection = lodge_test_open (uri);
  lodge_test_wait_idle (*connection);
  g_assert_cmpuint (lodge_test_count_domains (*connection), ==, n_domains);
  return lodge_libvirt_get_calls () - before;
}

static void
test_calls_at_opening (void)
{
  /* Kept open until both are counted: closing makes calls too */
  g_autoptr(LodgeConnection) small = NULL;
  g_autoptr(LodgeConnection) large = NULL;
  guint few = count_calls (1, &small);

  g_assert_cmpuint (few, >, 0);
  g_assert_cmpuint (count_calls (300, &large), ==, few);
}

static void
test_main_thread_guard (void)
{
  if (g_test_subprocess ())
    {
      virConnectOpenAuth ("test:///default", NULL, 0);
      return;
    }
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_failed ();
  g_test_trap_assert_stderr ("*virConnectOpenAuth() can wait for a host*");
}

int
main (int   argc,
      char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

  /* First: a connection of an earlier test may still be closing, and closing makes calls */
  g_test_add_func ("/model/connection/calls-at-opening", test_calls_at_opening);
  g_test_add_func ("/model/connection/open", test_open);
  g_test_add_func ("/model/connection/failure", test_failure);
  g_test_add_func ("/model/connection/cancel", test_cancel);
  g_test_add_func ("/model/connection/credentials", test_credentials);
  g_test_add_func ("/model/connection/networks-and-pools", test_networks_and_pools);
  g_test_add_func ("/model/connection/main-thread-guard", test_main_thread_guard);

  return g_test_run ();
}
