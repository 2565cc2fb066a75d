/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <locale.h>
#include <string.h>

#include "lib/lodge-test-certificates.h"
#include "lib/lodge-test-connection.h"
#include "lib/lodge-test-daemon.h"
#include "lib/lodge-test-wait.h"
#include "model/lodge-credential-request.h"
#include "util/lodge-error.h"

/* Daemons that ask who comes: names and passwords by SASL, certificates by TLS */

/* The person: gives these passwords one after the other, and cancels when there is none left */
typedef struct
{
  const char *passwords[4];
  guint       n_asked;
  guint       n_retries;   /* of these the dialog says that the last answer was not accepted */
} Person;

static void
asked_cb (LodgeConnection        *connection,
          LodgeCredentialRequest *request,
          Person                 *person)
{
  const char *password = person->passwords[person->n_asked++];
  const guint n = lodge_credential_request_get_n_fields (request);
  const char *answers[4] = { NULL };

  g_assert_cmpuint (n, <, G_N_ELEMENTS (answers));
  person->n_retries += lodge_credential_request_get_retry (request);
  for (guint i = 0; i < n; i++)
    answers[i] = lodge_credential_request_get_kind (request, i) == LODGE_CREDENTIAL_PASSWORD ? password : "alice";
  if (password != NULL)
    lodge_credential_request_answer (request, answers);
  else
    lodge_credential_request_cancel (request);
}

static LodgeConnection *
new_connection (LodgeTestDaemon *daemon,
                Person          *person)
{
  g_autofree char *uri = lodge_test_daemon_dup_tcp_uri (daemon, "test", "/default");
  LodgeConnection *connection = lodge_connection_new (uri, NULL);

  g_signal_connect (connection, "credentials-requested", G_CALLBACK (asked_cb), person);
  return connection;
}

static LodgeTestDaemon *
new_sasl_daemon (void)
{
  /* The one that encrypts as well, which libvirt wants without TLS */
  const LodgeTestSecurity security = { .sasl_mechanism = "digest-md5" };

  return lodge_test_daemon_new_secure (&security);
}

static void
test_sasl (void)
{
  g_autoptr(LodgeTestDaemon) daemon = new_sasl_daemon ();
  Person person = { .passwords = { "secret" } };
  LodgeConnection *connection = new_connection (daemon, &person);

  lodge_test_open_connection (connection);
  g_assert_cmpuint (person.n_asked, ==, 1);
  g_assert_cmpuint (person.n_retries, ==, 0);
  g_assert_cmpuint (lodge_test_count_domains (connection), ==, 1);
  lodge_test_close (connection);
}

/* The person is told that it was not right, and asked again */
static void
test_sasl_wrong (void)
{
  g_autoptr(LodgeTestDaemon) daemon = new_sasl_daemon ();
  Person person = { .passwords = { "not it", "secret" } };
  LodgeConnection *connection = new_connection (daemon, &person);

  lodge_test_open_connection (connection);
  g_assert_cmpuint (person.n_asked, ==, 2);
  g_assert_cmpuint (person.n_retries, ==, 1);
  lodge_test_close (connection);
}

/* … but not for ever, and nothing of the answer is in the error */
static void
test_sasl_always_wrong (void)
{
  g_autoptr(LodgeTestDaemon) daemon = new_sasl_daemon ();
  Person person = { .passwords = { "not it", "nor this", "nor that", "a fourth" } };
  LodgeConnection *connection = new_connection (daemon, &person);
  g_autoptr(GError) error = lodge_test_open_fails (connection);

  g_assert_error (error, LODGE_ERROR, LODGE_ERROR_AUTH_FAILED);
  lodge_test_assert_helpful (error);
  g_assert_null (strstr (lodge_error_get_libvirt_text (error), "nor"));
  g_assert_cmpuint (person.n_asked, ==, 3);
  g_assert_cmpuint (person.n_retries, ==, 2);
  g_assert_cmpint (lodge_connection_get_retry_time (connection), ==, 0);
  lodge_test_close (connection);
}

static void
test_sasl_cancelled (void)
{
  g_autoptr(LodgeTestDaemon) daemon = new_sasl_daemon ();
  Person person = { .passwords = { "not it", NULL } };
  LodgeConnection *connection = new_connection (daemon, &person);
  g_autoptr(GError) error = lodge_test_open_fails (connection);

  g_assert_error (error, LODGE_ERROR, LODGE_ERROR_AUTH_CANCELLED);
  g_assert_cmpuint (person.n_asked, ==, 2);
  g_assert_cmpint (lodge_connection_get_retry_time (connection), ==, 0);
  lodge_test_close (connection);
}

/* What is wrong with the certificates, and what the person reads about it */
static const struct
{
  const char               *name;
  LodgeTestCertificateFlaw  flaw;
  gboolean                  authority;
  gboolean                  client;
  gboolean                  stranger;   /* the client's files are of another authority */
  const char               *hint;       /* a part of it; NULL: it opens */
} tls_cases[] = {
  { "good", LODGE_TEST_CERTIFICATE_GOOD, TRUE, TRUE, FALSE, NULL },
  { "expired", LODGE_TEST_CERTIFICATE_EXPIRED, TRUE, TRUE, FALSE, "date" },
  { "other-host", LODGE_TEST_CERTIFICATE_OTHER_HOST, TRUE, TRUE, FALSE, "another name" },
  { "no-authority", LODGE_TEST_CERTIFICATE_GOOD, FALSE, TRUE, FALSE, "authority" },
  { "no-client", LODGE_TEST_CERTIFICATE_GOOD, TRUE, FALSE, FALSE, "client certificate" },
  { "stranger", LODGE_TEST_CERTIFICATE_GOOD, TRUE, TRUE, TRUE, "another authority" },
};

static void
test_tls (gconstpointer data)
{
  const guint i = GPOINTER_TO_UINT (data);
  g_autoptr(LodgeTestCertificates) certificates = lodge_test_certificates_new ();
  g_autoptr(LodgeTestCertificates) others = lodge_test_certificates_new ();
  g_autofree char *server = lodge_test_certificates_make_server (certificates, tls_cases[i].flaw);
  g_autofree char *client = lodge_test_certificates_make_client (tls_cases[i].stranger ? others : certificates,
                                                                 tls_cases[i].authority, tls_cases[i].client);
  const LodgeTestSecurity security = { .tls_folder = server };
  g_autoptr(LodgeTestDaemon) daemon = lodge_test_daemon_new_secure (&security);
  g_autofree char *uri = g_strdup_printf ("test+tls://127.0.0.1:%u/default?pkipath=%s",
                                          lodge_test_daemon_get_tls_port (daemon), client);
  LodgeConnection *connection = lodge_connection_new (uri, NULL);

  if (tls_cases[i].hint == NULL)
    lodge_test_open_connection (connection);
  else
    {
      g_autoptr(GError) error = lodge_test_open_fails (connection);

      g_test_message ("%s: %s", error->message, lodge_error_get_hint (error));
      g_assert_error (error, LODGE_ERROR, LODGE_ERROR_AUTH_FAILED);
      lodge_test_assert_helpful (error);
      g_assert_nonnull (strstr (lodge_error_get_hint (error), tls_cases[i].hint));
      g_assert_cmpint (lodge_connection_get_retry_time (connection), ==, 0);
    }
  lodge_test_close (connection);
}

int
main (int   argc,
      char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/model/authentication/sasl", test_sasl);
  g_test_add_func ("/model/authentication/sasl-wrong", test_sasl_wrong);
  g_test_add_func ("/model/authentication/sasl-always-wrong", test_sasl_always_wrong);
  g_test_add_func ("/model/authentication/sasl-cancelled", test_sasl_cancelled);
  for (guint i = 0; i < G_N_ELEMENTS (tls_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/model/authentication/tls/", tls_cases[i].name, NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_tls);
    }
  return g_test_run ();
}
