/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gstdio.h>
#include <locale.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "lib/lodge-test-connection.h"
#include "lib/lodge-test-daemon.h"
#include "lib/lodge-test-folder.h"
#include "lib/lodge-test-relay.h"
#include "lib/lodge-test-sshd.h"
#include "lib/lodge-test-wait.h"
#include "model/lodge-connection-private.h"
#include "model/lodge-credential-request.h"
#include "util/lodge-error.h"
#include "util/lodge-secrets.h"

/* Hosts over SSH: a real sshd, behind it a libvirtd, before it a network that can break */

typedef struct
{
  LodgeTestDaemon *daemon;
  LodgeTestSshd   *sshd;
  LodgeTestRelay  *relay;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  config)
{
  fixture->daemon = lodge_test_daemon_new ();
  fixture->sshd = lodge_test_sshd_new (fixture->daemon, config);
  fixture->relay = lodge_test_relay_new_tcp (lodge_test_sshd_get_port (fixture->sshd));
  lodge_test_sshd_know (fixture->sshd, lodge_test_relay_get_port (fixture->relay), TRUE);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  lodge_test_relay_free (fixture->relay);
  lodge_test_sshd_free (fixture->sshd);
  lodge_test_daemon_free (fixture->daemon);
}

/* Through the relay, as the server's own user */
static LodgeConnection *
new_connection (Fixture    *fixture,
                const char *driver,
                const char *path)
{
  g_autofree char *uri = lodge_test_sshd_dup_uri_for (fixture->sshd, driver, lodge_test_sshd_get_user (fixture->sshd),
                                                      "127.0.0.1", lodge_test_relay_get_port (fixture->relay), path);

  return lodge_connection_new (uri, NULL);
}

/* Somebody who answers what is asked, one answer after the other; NULL cancels */
typedef struct
{
  const char * const     *answers;
  gboolean                remember;
  guint                   n_asked;
  LodgeCredentialPurpose  purposes[8];
  gboolean                retries[8];
  gboolean                can_remember;
  char                   *subject, *fingerprint, *key_type, *file;
  guint                   line;
} Person;

static void
person_clear (Person *person)
{
  g_free (person->subject);
  g_free (person->fingerprint);
  g_free (person->key_type);
  g_free (person->file);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Person, person_clear)

static void
asked_cb (LodgeConnection        *connection,
          LodgeCredentialRequest *request,
          Person                 *person)
{
  const char *answer = person->answers[person->n_asked];
  const char * const answers[] = { answer, NULL };

  g_assert_cmpint (lodge_connection_get_state (connection), ==, LODGE_CONNECTION_WAITING_FOR_CREDENTIALS);
  g_assert_cmpuint (person->n_asked, <, G_N_ELEMENTS (person->purposes));
  person->purposes[person->n_asked] = lodge_credential_request_get_purpose (request);
  person->retries[person->n_asked] = lodge_credential_request_get_retry (request);
  person->n_asked++;
  person->can_remember = lodge_credential_request_get_can_remember (request);
  g_set_str (&person->subject, lodge_credential_request_get_subject (request));
  g_set_str (&person->fingerprint, lodge_credential_request_get_fingerprint (request));
  g_set_str (&person->key_type, lodge_credential_request_get_key_type (request));
  g_set_str (&person->file, lodge_credential_request_get_file (request));
  person->line = lodge_credential_request_get_line (request);
  lodge_credential_request_set_remember (request, person->remember);
  if (answer != NULL)
    lodge_credential_request_answer (request, answers);
  else
    lodge_credential_request_cancel (request);
}

static void
let_answer (LodgeConnection *connection,
            Person          *person)
{
  g_signal_connect (connection, "credentials-requested", G_CALLBACK (asked_cb), person);
}

static void
test_key (Fixture       *fixture,
          gconstpointer  data)
{
  LodgeConnection *connection = new_connection (fixture, "test", "/default");
  g_autofree char *uri = g_strdup (lodge_connection_get_uri (connection));

  lodge_test_open_connection (connection);
  g_assert_cmpuint (lodge_test_count_domains (connection), ==, 1);
  lodge_test_find_domain (connection, "test");
  /* What the person typed, not what libvirt was given */
  g_assert_cmpstr (lodge_connection_get_uri (connection), ==, uri);
  lodge_test_run (lodge_test_find_domain (connection, "test"), LODGE_DOMAIN_PAUSE);
  lodge_test_wait_state (lodge_test_find_domain (connection, "test"), LODGE_DOMAIN_STATE_PAUSED);
  g_assert_cmpuint (lodge_test_relay_get_n_accepted (fixture->relay), ==, 1);
  g_assert_cmpuint (lodge_test_sshd_count (fixture->sshd, "Accepted publickey"), ==, 1);
  lodge_test_close (connection);
  WAIT_FOR (lodge_test_relay_get_n_open (fixture->relay) == 0);
}

/* The kernel and sshd know the relay's port, ssh_config and known_hosts too */
static char *
read_known_hosts (Fixture *fixture)
{
  char *text = NULL;

  if (!g_file_get_contents (lodge_test_sshd_get_known_hosts (fixture->sshd), &text, NULL, NULL))
    return g_strdup ("");
  return text;
}

static void
forget_host (Fixture *fixture)
{
  g_unlink (lodge_test_sshd_get_known_hosts (fixture->sshd));
}

static void
test_host_key (Fixture       *fixture,
               gconstpointer  data)
{
  static const char * const trust[] = { "", NULL };
  LodgeConnection *connection = new_connection (fixture, "test", "/default");
  g_auto(Person) person = { .answers = trust };
  g_autofree char *known = NULL;

  forget_host (fixture);
  let_answer (connection, &person);
  lodge_test_open_connection (connection);
  g_assert_cmpuint (person.n_asked, ==, 1);
  g_assert_cmpint (person.purposes[0], ==, LODGE_CREDENTIALS_HOST_KEY);
  g_assert_cmpstr (person.fingerprint, ==, lodge_test_sshd_get_fingerprint (fixture->sshd));
  g_assert_cmpstr (person.key_type, ==, "ED25519");
  g_assert_nonnull (strstr (person.subject, "127.0.0.1"));

  /* It is known from now on, where ssh itself looks for it */
  known = read_known_hosts (fixture);
  g_assert_cmpstr (known, !=, "");
  lodge_connection_close (connection);
  lodge_test_open_connection (connection);
  g_assert_cmpuint (person.n_asked, ==, 1);
  lodge_test_close (connection);
}

static void
test_host_key_cancelled (Fixture       *fixture,
                         gconstpointer  data)
{
  static const char * const cancel[] = { NULL };
  LodgeConnection *connection = new_connection (fixture, "test", "/default");
  g_auto(Person) person = { .answers = cancel };
  g_autoptr(GError) error = NULL;
  g_autofree char *known = NULL;

  forget_host (fixture);
  let_answer (connection, &person);
  error = lodge_test_open_fails (connection);
  g_assert_error (error, LODGE_ERROR, LODGE_ERROR_AUTH_CANCELLED);
  g_assert_cmpuint (person.n_asked, ==, 1);
  known = read_known_hosts (fixture);
  g_assert_cmpstr (known, ==, "");
  WAIT_FOR (lodge_test_relay_get_n_open (fixture->relay) == 0);
  lodge_test_close (connection);
}

/* Nobody is there to be asked: nothing is trusted */
static void
test_host_key_unasked (Fixture       *fixture,
                       gconstpointer  data)
{
  LodgeConnection *connection = new_connection (fixture, "test", "/default");
  g_autoptr(GError) error = NULL;

  forget_host (fixture);
  error = lodge_test_open_fails (connection);
  g_assert_error (error, LODGE_ERROR, LODGE_ERROR_AUTH_CANCELLED);
  lodge_test_close (connection);
}

static void
test_changed_key (Fixture       *fixture,
                  gconstpointer  data)
{
  static const char * const cancel[] = { NULL };
  static const char * const replace_and_trust[] = { "", "", NULL };
  const guint16 port = lodge_test_relay_get_port (fixture->relay);
  LodgeConnection *connection = new_connection (fixture, "test", "/default");
  g_auto(Person) careful = { .answers = cancel };
  g_auto(Person) sure = { .answers = replace_and_trust };
  g_autoptr(GError) error = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *old = g_strconcat (lodge_test_sshd_get_known_hosts (fixture->sshd), ".old", NULL);

  forget_host (fixture);
  lodge_test_sshd_know (fixture->sshd, port, FALSE);
  before = read_known_hosts (fixture);
  let_answer (connection, &careful);
  error = lodge_test_open_fails (connection);
  g_assert_error (error, LODGE_ERROR, LODGE_ERROR_AUTH_FAILED);
  lodge_test_assert_helpful (error);
  g_assert_nonnull (strstr (lodge_error_get_libvirt_text (error), "REMOTE HOST IDENTIFICATION HAS CHANGED"));
  g_assert_cmpint (careful.purposes[0], ==, LODGE_CREDENTIALS_CHANGED_HOST_KEY);
  g_assert_cmpstr (careful.fingerprint, ==, lodge_test_sshd_get_fingerprint (fixture->sshd));
  g_assert_cmpstr (careful.file, ==, lodge_test_sshd_get_known_hosts (fixture->sshd));
  g_assert_cmpuint (careful.line, ==, 1);
  after = read_known_hosts (fixture);
  g_assert_cmpstr (after, ==, before);

  g_signal_handlers_disconnect_by_data (connection, &careful);
  let_answer (connection, &sure);
  lodge_test_open_connection (connection);
  g_assert_cmpuint (sure.n_asked, ==, 2);
  g_assert_cmpint (sure.purposes[0], ==, LODGE_CREDENTIALS_CHANGED_HOST_KEY);
  g_assert_cmpint (sure.purposes[1], ==, LODGE_CREDENTIALS_HOST_KEY);
  g_assert_true (g_file_test (old, G_FILE_TEST_EXISTS));
  lodge_test_close (connection);
}

static gboolean
skip_without_passwords (Fixture *fixture)
{
  if (lodge_test_sshd_has_passwords (fixture->sshd))
    return FALSE;
  g_test_skip ("only root can give a user a password");
  return TRUE;
}

static void
test_password (Fixture       *fixture,
               gconstpointer  data)
{
  static const char * const answers[] = { "wrong", LODGE_TEST_SSHD_PASSWORD, NULL };
  LodgeConnection *connection = new_connection (fixture, "test", "/default");
  g_auto(Person) person = { .answers = answers };
  g_autofree char *subject = g_strdup_printf ("%s@127.0.0.1", lodge_test_sshd_get_user (fixture->sshd));

  if (skip_without_passwords (fixture))
    {
      lodge_test_close (connection);
      return;
    }
  lodge_test_sshd_set_has_key (fixture->sshd, FALSE);
  let_answer (connection, &person);
  lodge_test_open_connection (connection);
  g_assert_cmpuint (person.n_asked, ==, 2);
  g_assert_cmpstr (person.subject, ==, subject);
  g_assert_false (person.retries[0]);
  g_assert_true (person.retries[1]);
  g_assert_cmpuint (lodge_test_relay_get_n_accepted (fixture->relay), ==, 1);
  g_assert_cmpuint (lodge_test_sshd_count (fixture->sshd, "Accepted password"), ==, 1);
  lodge_test_close (connection);
}

/* The person gives up after a wrong one: nothing asks or tries on */
static void
test_password_cancelled (Fixture       *fixture,
                         gconstpointer  data)
{
  static const char * const answers[] = { "wrong", NULL };
  LodgeConnection *connection = new_connection (fixture, "test", "/default");
  g_auto(Person) person = { .answers = answers };
  g_autoptr(GError) error = NULL;

  if (skip_without_passwords (fixture))
    {
      lodge_test_close (connection);
      return;
    }
  lodge_test_sshd_set_has_key (fixture->sshd, FALSE);
  let_answer (connection, &person);
  error = lodge_test_open_fails (connection);
  g_assert_error (error, LODGE_ERROR, LODGE_ERROR_AUTH_CANCELLED);
  WAIT_FOR (lodge_test_relay_get_n_open (fixture->relay) == 0);
  g_assert_cmpuint (lodge_test_sshd_count (fixture->sshd, "Failed password"), ==, 1);
  g_assert_cmpuint (lodge_test_relay_get_n_accepted (fixture->relay), ==, 1);
  lodge_test_close (connection);
}

/* No key and no way to ask: an error that says what the server takes */
static void
test_denied (Fixture       *fixture,
             gconstpointer  data)
{
  LodgeConnection *connection = new_connection (fixture, "test", "/default");
  g_autoptr(GError) error = NULL;

  lodge_test_sshd_set_client (fixture->sshd, "PasswordAuthentication no\n");
  lodge_test_sshd_set_has_key (fixture->sshd, FALSE);
  error = lodge_test_open_fails (connection);
  g_assert_error (error, LODGE_ERROR, LODGE_ERROR_AUTH_FAILED);
  lodge_test_assert_helpful (error);
  g_assert_nonnull (strstr (lodge_error_get_libvirt_text (error), "Permission denied ("));
  lodge_test_close (connection);
}

static void
test_no_ssh (void)
{
  LodgeConnection *connection = lodge_connection_new ("qemu+ssh://host/system?command=/nonexistent/ssh", NULL);
  g_autoptr(GError) error = lodge_test_open_fails (connection);

  g_assert_error (error, LODGE_ERROR, LODGE_ERROR_NOT_SUPPORTED);
  lodge_test_assert_helpful (error);
  lodge_test_close (connection);
}

static void
test_refused (Fixture       *fixture,
              gconstpointer  data)
{
  LodgeConnection *connection = new_connection (fixture, "test", "/default");
  g_autoptr(GError) error = NULL;

  lodge_test_relay_set_refusing (fixture->relay, TRUE);
  error = lodge_test_open_fails (connection);
  g_assert_error (error, LODGE_ERROR, LODGE_ERROR_UNREACHABLE);
  lodge_test_assert_helpful (error);
  lodge_test_close (connection);
}

static LodgeSshMaster *
get_master (LodgeConnection *connection)
{
  return lodge_ssh_transport_get_master (lodge_connection_get_transport (connection));
}

static void
test_master_killed (Fixture       *fixture,
                    gconstpointer  data)
{
  LodgeConnection *connection = new_connection (fixture, "test", "/default");

  lodge_test_open_connection (connection);
  kill (lodge_ssh_master_get_pid (get_master (connection)), SIGKILL);
  WAIT_FOR (lodge_connection_get_state (connection) == LODGE_CONNECTION_FAILED);
  g_assert_error (lodge_connection_get_error (connection), LODGE_ERROR, LODGE_ERROR_UNREACHABLE);
  /* The rows stay */
  g_assert_cmpuint (lodge_test_count_domains (connection), ==, 1);
  lodge_test_open_connection (connection);
  g_assert_false (lodge_domain_get_stale (lodge_test_find_domain (connection, "test")));
  lodge_test_close (connection);
}

/* The network swallows everything: closing does not wait for it */
static void
test_black_hole (Fixture       *fixture,
                 gconstpointer  data)
{
  LodgeConnection *connection = new_connection (fixture, "test", "/default");
  g_autoptr(GAsyncResult) result = NULL;
  GPid master;
  gint64 start;

  lodge_test_open_connection (connection);
  master = lodge_ssh_master_get_pid (get_master (connection));
  lodge_test_relay_set_mode (fixture->relay, LODGE_TEST_RELAY_DROP);
  lodge_domain_run_async (lodge_test_find_domain (connection, "test"), LODGE_DOMAIN_PAUSE, NULL, lodge_test_result_cb,
                          &result);
  lodge_test_settle ();
  start = g_get_monotonic_time ();
  lodge_test_close (connection);
  WAIT_FOR (result != NULL);
  /* Far below any deadline of ssh or libvirt, however busy the machine */
  g_assert_cmpint (g_get_monotonic_time () - start, <, 10 * G_USEC_PER_SEC);
  WAIT_FOR (kill (master, 0) < 0);
}

/* ssh finds out by itself, and says so */
static void
test_silence (Fixture       *fixture,
              gconstpointer  data)
{
  LodgeConnection *connection = new_connection (fixture, "test", "/default");

  lodge_test_open_connection (connection);
  lodge_test_relay_set_mode (fixture->relay, LODGE_TEST_RELAY_DROP);
  WAIT_FOR (lodge_connection_get_state (connection) == LODGE_CONNECTION_FAILED);
  g_assert_error (lodge_connection_get_error (connection), LODGE_ERROR, LODGE_ERROR_UNREACHABLE);
  g_assert_nonnull (lodge_error_get_hint (lodge_connection_get_error (connection)));
  lodge_test_close (connection);
}

/* Given up while ssh waits for the host, and for the person */
static void
test_give_up (Fixture       *fixture,
              gconstpointer  data)
{
  LodgeConnection *connection = new_connection (fixture, "test", "/default");
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  lodge_test_relay_set_mode (fixture->relay, LODGE_TEST_RELAY_HOLD);
  lodge_connection_open_async (connection, cancellable, lodge_test_result_cb, &result);
  WAIT_FOR (lodge_test_relay_get_n_open (fixture->relay) == 1);
  g_cancellable_cancel (cancellable);
  g_assert_cmpint (lodge_connection_get_state (connection), ==, LODGE_CONNECTION_DISCONNECTED);
  WAIT_FOR (result != NULL);
  g_assert_false (lodge_connection_open_finish (connection, result, &error));
  lodge_test_relay_set_mode (fixture->relay, LODGE_TEST_RELAY_PASS);
  WAIT_FOR (lodge_test_relay_get_n_open (fixture->relay) == 0);
  lodge_test_open_connection (connection);
  lodge_test_close (connection);
}

/* An alias, and a host on the way there: both of ssh_config. One login on each. */
static void
test_jump (Fixture       *fixture,
           gconstpointer  data)
{
  const guint16 port = lodge_test_sshd_get_port (fixture->sshd);
  g_autofree char *config =
    g_strdup_printf ("Host bastion\n  HostName 127.0.0.1\n  Port %u\n  User %s\n"
                     "Host inner\n  HostName 127.0.0.1\n  Port %u\n  User %s\n  ProxyJump bastion\n",
                     lodge_test_relay_get_port (fixture->relay), lodge_test_sshd_get_user (fixture->sshd), port,
                     lodge_test_sshd_get_user (fixture->sshd));
  g_autofree char *uri = lodge_test_sshd_dup_uri_for (fixture->sshd, "test", NULL, "inner", 0, "/default");
  LodgeConnection *connection = lodge_connection_new (uri, NULL);

  lodge_test_sshd_know (fixture->sshd, port, TRUE);
  lodge_test_sshd_set_client (fixture->sshd, config);
  lodge_test_open_connection (connection);
  lodge_test_find_domain (connection, "test");
  g_assert_cmpuint (lodge_test_sshd_count (fixture->sshd, "Accepted publickey"), ==, 2);
  g_assert_cmpuint (lodge_test_relay_get_n_accepted (fixture->relay), ==, 1);
  lodge_test_close (connection);
  /* The ssh that stands on the way ends as well */
  WAIT_FOR (lodge_test_relay_get_n_open (fixture->relay) == 0);
}

/* Lines that would take the login over, run something, or take ports */
static void
test_hostile_config (Fixture       *fixture,
                     gconstpointer  data)
{
  g_autoptr(LodgeTestFolder) folder = lodge_test_folder_new ();
  g_autofree char *evidence = lodge_test_folder_build (folder, "ran");
  g_autofree char *path = lodge_test_folder_build (folder, "theirs");
  g_autofree char *config =
    g_strdup_printf ("ControlMaster auto\nControlPath %s\nControlPersist 600\nLocalForward 127.0.0.1:%u 127.0.0.1:1\n"
                     "RemoteCommand echo hello\nRequestTTY force\nPermitLocalCommand yes\nLocalCommand touch %s\n"
                     "ForwardAgent yes\nForwardX11 yes\nExitOnForwardFailure yes\n",
                     path, lodge_test_relay_get_port (fixture->relay), evidence);
  LodgeConnection *connection = new_connection (fixture, "test", "/default");
  GPid master;

  lodge_test_sshd_set_client (fixture->sshd, config);
  lodge_test_open_connection (connection);
  lodge_test_find_domain (connection, "test");
  master = lodge_ssh_master_get_pid (get_master (connection));
  g_assert_false (g_file_test (evidence, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  lodge_test_close (connection);
  WAIT_FOR (kill (master, 0) < 0);
  WAIT_FOR (lodge_test_relay_get_n_open (fixture->relay) == 0);
}

static void
test_bad_config (Fixture       *fixture,
                 gconstpointer  data)
{
  LodgeConnection *connection = new_connection (fixture, "test", "/default");
  g_autoptr(GError) error = NULL;

  lodge_test_sshd_set_client (fixture->sshd, "Nonsense yes\n");
  error = lodge_test_open_fails (connection);
  g_assert_error (error, LODGE_ERROR, LODGE_ERROR_INVALID_VALUE);
  lodge_test_assert_helpful (error);
  g_assert_nonnull (strstr (lodge_error_get_libvirt_text (error), "ssh_config"));
  lodge_test_close (connection);
}

/* libvirt's daemon is not there: what the host says, word for word */
static void
test_no_daemon (Fixture       *fixture,
                gconstpointer  data)
{
  LodgeConnection *connection = new_connection (fixture, "test", "/default");
  g_autoptr(GError) error = NULL;

  lodge_test_daemon_kill (fixture->daemon);
  g_unlink (lodge_test_daemon_get_socket (fixture->daemon));
  error = lodge_test_open_fails (connection);
  g_assert_error (error, LODGE_ERROR, LODGE_ERROR_UNREACHABLE);
  lodge_test_assert_helpful (error);
  g_assert_nonnull (strstr (lodge_error_get_libvirt_text (error), "No such file or directory"));
  lodge_test_daemon_start (fixture->daemon);
  lodge_test_open_connection (connection);
  lodge_test_close (connection);
}

/* A host without virt-ssh-helper, by its daemon's socket */
static void
test_no_helper (Fixture       *fixture,
                gconstpointer  data)
{
  LodgeConnection *connection = new_connection (fixture, "test", "/default");

  lodge_test_open_connection (connection);
  lodge_test_find_domain (connection, "test");
  g_assert_cmpuint (lodge_test_relay_get_n_accepted (fixture->relay), ==, 1);
  lodge_test_close (connection);
}

/* Neither helper nor forwarding nor netcat */
static void
test_no_way (Fixture       *fixture,
             gconstpointer  data)
{
  LodgeConnection *connection = new_connection (fixture, "test", "/default");
  g_autoptr(GError) error = lodge_test_open_fails (connection);

  g_assert_error (error, LODGE_ERROR, LODGE_ERROR_NOT_SUPPORTED);
  lodge_test_assert_helpful (error);
  g_assert_nonnull (strstr (lodge_error_get_libvirt_text (error), "virt-ssh-helper"));
  lodge_test_close (connection);
}

#define ADD(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)
#define ADD_WITH(path, config, test) g_test_add (path, Fixture, config, set_up, test, tear_down)

int
main (int   argc,
      char *argv[])
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ssh/no-ssh", test_no_ssh);
  ADD ("/ssh/key", test_key);
  ADD ("/ssh/host-key", test_host_key);
  ADD ("/ssh/host-key-cancelled", test_host_key_cancelled);
  ADD ("/ssh/host-key-unasked", test_host_key_unasked);
  ADD ("/ssh/changed-key", test_changed_key);
  ADD ("/ssh/password", test_password);
  ADD ("/ssh/password-cancelled", test_password_cancelled);
  ADD ("/ssh/denied", test_denied);
  ADD ("/ssh/refused", test_refused);
  ADD ("/ssh/master-killed", test_master_killed);
  ADD ("/ssh/black-hole", test_black_hole);
  ADD ("/ssh/silence", test_silence);
  ADD ("/ssh/give-up", test_give_up);
  ADD ("/ssh/jump", test_jump);
  ADD ("/ssh/hostile-config", test_hostile_config);
  ADD ("/ssh/bad-config", test_bad_config);
  ADD ("/ssh/no-daemon", test_no_daemon);
  ADD_WITH ("/ssh/no-helper", "SetEnv PATH=/nowhere", test_no_helper);
  ADD_WITH ("/ssh/no-way", "SetEnv PATH=/nowhere\nDisableForwarding yes", test_no_way);
  return g_test_run ();
}
