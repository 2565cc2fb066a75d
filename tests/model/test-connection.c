/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <locale.h>

#include "model/lodge-connection-list.h"
#include "model/lodge-connection.h"
#include "model/lodge-credential-request.h"
#include "model/lodge-domain.h"
#include "model/lodge-libvirt.h"
#include "model/lodge-storage.h"
#include "util/lodge-error.h"

/* The model against libvirt's test driver, in this process */

#define DEADLINE (30 * G_USEC_PER_SEC)

typedef gboolean (*Condition) (gpointer data);

static void
wait_for (Condition condition,
          gpointer  data)
{
  const gint64 end = g_get_monotonic_time () + DEADLINE;

  while (!condition (data))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end);
      if (!g_main_context_iteration (NULL, FALSE))
        g_usleep (1000);
    }
}

typedef struct
{
  gboolean  done;
  gboolean  result;
  GError   *error;
  char     *text;
} Outcome;

static gboolean
is_done (gpointer data)
{
  return ((Outcome *) data)->done;
}

static void
opened_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  Outcome *outcome = user_data;

  outcome->result = lodge_connection_open_finish (LODGE_CONNECTION (object), result, &outcome->error);
  outcome->done = TRUE;
}

static void
run_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  Outcome *outcome = user_data;

  outcome->result = lodge_domain_run_finish (LODGE_DOMAIN (object), result, &outcome->error);
  outcome->done = TRUE;
}

static void
renamed_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  Outcome *outcome = user_data;

  outcome->result = lodge_domain_rename_finish (LODGE_DOMAIN (object), result, &outcome->error);
  outcome->done = TRUE;
}

static void
xml_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  Outcome *outcome = user_data;

  outcome->text = lodge_domain_get_xml_finish (LODGE_DOMAIN (object), result, &outcome->error);
  outcome->done = TRUE;
}

static LodgeConnection *
open_connection (const char *uri)
{
  LodgeConnection *connection = lodge_connection_new (uri, NULL);
  Outcome outcome = { 0 };

  lodge_connection_open_async (connection, NULL, opened_cb, &outcome);
  g_assert_cmpint (lodge_connection_get_state (connection), ==, LODGE_CONNECTION_CONNECTING);
  wait_for (is_done, &outcome);
  g_assert_no_error (outcome.error);
  g_assert_true (outcome.result);
  return connection;
}

/* A host of our own, shared with no other connection (test:///default is one for the whole process) */
static char *
write_host (const char *content)
{
  g_autofree char *folder = g_dir_make_tmp ("lodge-test-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "host.xml", NULL);
  g_autoptr(GError) error = NULL;

  g_file_set_contents (path, content, -1, &error);
  g_assert_no_error (error);
  return g_strconcat ("test://", path, NULL);
}

static const char host_with_machine[] =
  "<node><domain type='test'><name>test</name><memory>1024</memory><os><type>hvm</type></os>"
  "<test:runstate xmlns:test='http://libvirt.org/schemas/domain/test/1.0'>1</test:runstate>"
  "</domain></node>";

static LodgeConnection *
open_machine (LodgeDomain **domain)
{
  g_autofree char *uri = write_host (host_with_machine);
  LodgeConnection *connection = open_connection (uri);

  *domain = lodge_connection_find_domain (connection, "test");
  g_assert_nonnull (*domain);
  return connection;
}

static void
run (LodgeDomain          *domain,
     LodgeDomainOperation  operation)
{
  Outcome outcome = { 0 };

  lodge_domain_run_async (domain, operation, NULL, run_cb, &outcome);
  wait_for (is_done, &outcome);
  g_assert_no_error (outcome.error);
  g_assert_true (outcome.result);
}

typedef struct
{
  LodgeDomain      *domain;
  LodgeDomainState  state;
} Expected;

static gboolean
has_state (gpointer data)
{
  Expected *expected = data;

  return lodge_domain_get_state (expected->domain) == expected->state
         && !lodge_domain_get_operation_pending (expected->domain, NULL);
}

static void
wait_state (LodgeDomain      *domain,
            LodgeDomainState  state)
{
  Expected expected = { domain, state };

  wait_for (has_state, &expected);
}

static void
test_open (void)
{
  g_autoptr(LodgeConnection) connection = open_connection ("test:///default");
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
test_operations (void)
{
  static const struct { LodgeDomainOperation operation; LodgeDomainState after; } steps[] = {
    { LODGE_DOMAIN_PAUSE, LODGE_DOMAIN_STATE_PAUSED },
    { LODGE_DOMAIN_RESUME, LODGE_DOMAIN_STATE_RUNNING },
    { LODGE_DOMAIN_REBOOT, LODGE_DOMAIN_STATE_RUNNING },
    { LODGE_DOMAIN_FORCE_RESET, LODGE_DOMAIN_STATE_RUNNING },
    { LODGE_DOMAIN_SAVE, LODGE_DOMAIN_STATE_SAVED },
    { LODGE_DOMAIN_START, LODGE_DOMAIN_STATE_RUNNING },
    { LODGE_DOMAIN_SAVE, LODGE_DOMAIN_STATE_SAVED },
    { LODGE_DOMAIN_DISCARD_SAVED, LODGE_DOMAIN_STATE_OFF },
    { LODGE_DOMAIN_START, LODGE_DOMAIN_STATE_RUNNING },
    { LODGE_DOMAIN_SHUT_DOWN, LODGE_DOMAIN_STATE_OFF },
    { LODGE_DOMAIN_START, LODGE_DOMAIN_STATE_RUNNING },
    { LODGE_DOMAIN_FORCE_OFF, LODGE_DOMAIN_STATE_OFF },
  };
  LodgeDomain *domain;
  g_autoptr(LodgeConnection) connection = open_machine (&domain);

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_assert_true (lodge_domain_can (domain, steps[i].operation));
      run (domain, steps[i].operation);
      wait_state (domain, steps[i].after);
    }
}

static void
test_refused (void)
{
  LodgeDomain *domain;
  g_autoptr(LodgeConnection) connection = open_machine (&domain);
  Outcome outcome = { 0 };

  g_assert_false (lodge_domain_can (domain, LODGE_DOMAIN_START));
  lodge_domain_run_async (domain, LODGE_DOMAIN_START, NULL, run_cb, &outcome);
  wait_for (is_done, &outcome);
  g_assert_error (outcome.error, LODGE_ERROR, LODGE_ERROR_INVALID_STATE);
  g_clear_error (&outcome.error);
  g_assert_false (lodge_domain_can_rename (domain));
}

static gboolean
has_new_name (gpointer data)
{
  return g_strcmp0 (lodge_domain_get_name (data), "renamed <b>&") == 0;
}

static void
test_rename (void)
{
  LodgeDomain *domain;
  g_autoptr(LodgeConnection) connection = open_machine (&domain);
  Outcome outcome = { 0 };

  run (domain, LODGE_DOMAIN_FORCE_OFF);
  wait_state (domain, LODGE_DOMAIN_STATE_OFF);
  g_assert_true (lodge_domain_can_rename (domain));
  lodge_domain_rename_async (domain, "renamed <b>&", NULL, renamed_cb, &outcome);
  wait_for (is_done, &outcome);
  g_assert_no_error (outcome.error);
  wait_for (has_new_name, domain);
  g_assert_cmpuint (g_list_model_get_n_items (lodge_connection_get_domains (connection)), ==, 1);
}

static void
test_xml (void)
{
  LodgeDomain *domain;
  g_autoptr(LodgeConnection) connection = open_machine (&domain);
  Outcome outcome = { 0 };

  lodge_domain_get_xml_async (domain, LODGE_DOMAIN_XML_INACTIVE, NULL, xml_cb, &outcome);
  wait_for (is_done, &outcome);
  g_assert_no_error (outcome.error);
  g_assert_nonnull (strstr (outcome.text, "<name>test</name>"));
  g_free (outcome.text);
}

static gboolean
is_filled (gpointer data)
{
  return g_list_model_get_n_items (data) > 0;
}

static void
test_networks_and_pools (void)
{
  g_autoptr(LodgeConnection) connection = open_connection ("test:///default");
  GListModel *networks = lodge_connection_get_networks (connection);
  GListModel *pools = lodge_connection_get_storage_pools (connection);
  g_autoptr(LodgeNetwork) network = NULL;
  g_autoptr(LodgeStoragePool) pool = NULL;

  wait_for (is_filled, networks);
  wait_for (is_filled, pools);
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
  Outcome outcome = { 0 };

  lodge_connection_open_async (connection, NULL, opened_cb, &outcome);
  wait_for (is_done, &outcome);
  g_assert_nonnull (outcome.error);
  g_assert_true (outcome.error->domain == LODGE_ERROR);
  g_assert_nonnull (lodge_error_get_libvirt_text (outcome.error));
  g_assert_cmpstr (lodge_error_get_uri (outcome.error), ==, "test:///nowhere/at/all.xml");
  g_assert_cmpint (lodge_connection_get_state (connection), ==, LODGE_CONNECTION_FAILED);
  g_assert_nonnull (lodge_connection_get_error (connection));
  g_clear_error (&outcome.error);
}

static void
test_cancel (void)
{
  g_autoptr(LodgeConnection) connection = lodge_connection_new ("test:///default", NULL);
  Outcome outcome = { 0 };

  lodge_connection_open_async (connection, NULL, opened_cb, &outcome);
  lodge_connection_close (connection);
  g_assert_cmpint (lodge_connection_get_state (connection), ==, LODGE_CONNECTION_DISCONNECTED);
  wait_for (is_done, &outcome);
  g_assert_error (outcome.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&outcome.error);
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
  g_autofree char *uri = write_host (host_with_password);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(LodgeConnection) connection = lodge_connection_new (uri, NULL);
      Person person = { cases[i].password, 0 };
      Outcome outcome = { 0 };

      g_signal_connect (connection, "credentials-requested", G_CALLBACK (answer_cb), &person);
      lodge_connection_open_async (connection, NULL, opened_cb, &outcome);
      wait_for (is_done, &outcome);
      g_assert_cmpuint (person.n_asked, >, 0);
      if (cases[i].error < 0)
        g_assert_no_error (outcome.error);
      else
        g_assert_error (outcome.error, LODGE_ERROR, cases[i].error);
      g_clear_error (&outcome.error);
    }
}

/* What is asked of a host when it is opened does not depend on how many machines it has */
static guint
count_calls (guint             n_domains,
             LodgeConnection **connection)
{
  g_autoptr(GString) text = g_string_new ("<node>");
  g_autofree char *uri = NULL;
  guint before;

  for (guint i = 0; i < n_domains; i++)
    g_string_append_printf (text, "<domain type='test'><name>m%u</name><memory>1024</memory>"
                                  "<os><type>hvm</type></os></domain>", i);
  g_string_append (text, "</node>");
  uri = write_host (text->str);
  before = lodge_libvirt_get_calls ();
  *connection = open_connection (uri);
  g_assert_cmpuint (g_list_model_get_n_items (lodge_connection_get_domains (*connection)), ==,
                    n_domains);
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
  g_test_add_func ("/model/domain/operations", test_operations);
  g_test_add_func ("/model/domain/refused", test_refused);
  g_test_add_func ("/model/domain/rename", test_rename);
  g_test_add_func ("/model/domain/xml", test_xml);

  return g_test_run ();
}
