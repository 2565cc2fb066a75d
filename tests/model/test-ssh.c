/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gstdio.h>
#include <locale.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib/lodge-test-connection.h"
#include "lib/lodge-test-daemon.h"
#include "lib/lodge-test-folder.h"
#include "lib/lodge-test-relay.h"
#include "lib/lodge-test-sshd.h"
#include "lib/lodge-test-virsh.h"
#include "lib/lodge-test-wait.h"
#include "model/lodge-connection-private.h"
#include "model/lodge-console-info.h"
#include "model/lodge-credential-request.h"
#include "model/lodge-ssh-failure.h"
#include "model/lodge-ssh-hosts.h"
#include "model/lodge-ssh-key-setup.h"
#include "model/lodge-ssh-prompt.h"
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
  if (lodge_credential_request_get_fingerprint (request) != NULL)
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
collect_cb (LodgeConnection        *connection,
            LodgeCredentialRequest *request,
            GPtrArray              *requests)
{
  g_ptr_array_add (requests, g_object_ref (request));
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

/* A master of the person's own, as their ssh_config has it */
static GSubprocess *
start_own_master (Fixture    *fixture,
                  const char *control_path)
{
  g_autofree char *config = g_strdup_printf ("ControlPath %s\n", control_path);
  g_autofree char *port = g_strdup_printf ("%u", lodge_test_relay_get_port (fixture->relay));
  g_autofree char *destination = g_strconcat (lodge_test_sshd_get_user (fixture->sshd), "@127.0.0.1", NULL);
  g_autoptr(GError) error = NULL;
  GSubprocess *master;

  lodge_test_sshd_set_client (fixture->sshd, config);
  master = g_subprocess_new (G_SUBPROCESS_FLAGS_STDERR_SILENCE, &error, lodge_test_sshd_get_client (fixture->sshd),
                             "-M", "-N", "-p", port, "--", destination, NULL);
  g_assert_no_error (error);
  WAIT_FOR (g_file_test (control_path, G_FILE_TEST_EXISTS));
  return master;
}

/* What the person is logged in for, Lodge does not log in for again, and does not end; when it has ended Lodge logs in by
 * itself */
static void
test_own_master (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr(LodgeTestFolder) folder = lodge_test_folder_new ();
  g_autofree char *control_path = lodge_test_folder_build (folder, "control");
  g_autoptr(GSubprocess) master = start_own_master (fixture, control_path);
  g_autoptr(GAsyncResult) ended = NULL;
  LodgeConnection *connection = new_connection (fixture, "test", "/default");

  lodge_test_open_connection (connection);
  g_assert_cmpuint (lodge_test_count_domains (connection), ==, 1);
  g_assert_cmpuint (lodge_test_relay_get_n_accepted (fixture->relay), ==, 1);
  lodge_connection_close (connection);
  lodge_test_open_connection (connection);
  g_assert_cmpuint (lodge_test_sshd_count (fixture->sshd, "Accepted publickey"), ==, 1);

  g_subprocess_force_exit (master);
  g_subprocess_wait_async (master, NULL, lodge_test_result_cb, &ended);
  WAIT_FOR (ended != NULL);
  WAIT_FOR (lodge_connection_get_state (connection) == LODGE_CONNECTION_FAILED);
  lodge_test_open_connection (connection);
  g_assert_cmpuint (lodge_test_sshd_count (fixture->sshd, "Accepted publickey"), ==, 2);
  lodge_test_close (connection);
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
skip_without_root (Fixture *fixture)
{
  if (lodge_test_sshd_has_passwords (fixture->sshd))
    return FALSE;
  g_test_skip ("only root can give a server users and a libvirt of its own");
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

  if (skip_without_root (fixture))
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

  if (skip_without_root (fixture))
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
                     "ForwardAgent yes\nForwardX11 yes\nExitOnForwardFailure yes\nLogLevel QUIET\nBatchMode yes\n",
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

/* No option on the command line can undo that one, as older programs do not know it */
static void
test_background_config (Fixture       *fixture,
                        gconstpointer  data)
{
  LodgeConnection *connection = new_connection (fixture, "test", "/default");
  g_autoptr(GError) error = NULL;

  lodge_test_sshd_set_client (fixture->sshd, "ForkAfterAuthentication yes\n");
  error = lodge_test_open_fails (connection);
  g_assert_error (error, LODGE_ERROR, LODGE_ERROR_INVALID_VALUE);
  lodge_test_assert_helpful (error);
  /* The one in the background ends with its group */
  WAIT_FOR (lodge_test_relay_get_n_open (fixture->relay) == 0);
  lodge_test_close (connection);
}

/* libvirt's daemon is not there: what the host says, word for word */
static void
test_no_daemon (Fixture       *fixture,
                gconstpointer  data)
{
  LodgeConnection *connection = new_connection (fixture, "test", "/default");
  g_autoptr(GError) error = NULL;

  if (skip_without_root (fixture))
    {
      lodge_test_close (connection);
      return;
    }
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
  g_autoptr(GError) error = NULL;

  if (skip_without_root (fixture))
    {
      lodge_test_close (connection);
      return;
    }
  error = lodge_test_open_fails (connection);
  g_assert_error (error, LODGE_ERROR, LODGE_ERROR_NOT_SUPPORTED);
  lodge_test_assert_helpful (error);
  g_assert_nonnull (strstr (lodge_error_get_libvirt_text (error), "virt-ssh-helper"));
  lodge_test_close (connection);
}

/* Consoles */

static const char guest_xml[] =
  "<domain type='qemu'><name>shown</name><memory unit='MiB'>32</memory><vcpu>1</vcpu>"
  "<os><type arch='x86_64' machine='q35'>hvm</type></os><devices>"
  "<graphics type='spice' autoport='yes' listen='127.0.0.1'/><graphics type='vnc' autoport='yes' listen='0.0.0.0'/>"
  "</devices></domain>";

/* The first words of a server that has been greeted as its protocol wants it */
static char *
read_banner (int         fd,
             const void *greeting,
             gsize       length)
{
  char banner[5] = { 0 };

  if (length > 0)
    g_assert_cmpint (write (fd, greeting, length), ==, (gssize) length);
  for (gsize n = 0; n < 4; )
    {
      const gssize got = read (fd, banner + n, 4 - n);

      g_assert_cmpint (got, >, 0);
      n += got;
    }
  return g_strdup (banner);
}

static int
open_screen (LodgeDomain      *domain,
             LodgeConsoleInfo *info)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  int fd;

  g_assert_null (lodge_console_info_get_obstacle (info));
  g_assert_true (lodge_domain_screen_needs_fd (domain, info));
  lodge_domain_open_screen_fd_async (domain, info, NULL, lodge_test_result_cb, &result);
  WAIT_FOR (result != NULL);
  fd = lodge_domain_open_screen_fd_finish (domain, result, &error);
  g_assert_no_error (error);
  g_assert_cmpint (fd, >=, 0);
  return fd;
}

/* libvirt, SPICE (two channels) and VNC of one host: one TCP connection, one login */
static void
test_consoles (Fixture       *fixture,
               gconstpointer  data)
{
  static const guint8 link[] = {
    'R', 'E', 'D', 'Q', 2, 0, 0, 0, 2, 0, 0, 0, 18, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 18, 0, 0, 0,
  };
  LodgeConnection *connection = new_connection (fixture, "qemu", "/system");
  g_autoptr(LodgeTestFolder) folder = lodge_test_folder_new ();
  g_autofree char *xml = lodge_test_folder_write (folder, "guest.xml", guest_xml, -1);
  g_autofree char *direct = lodge_test_daemon_dup_qemu_uri (fixture->daemon);
  g_autoptr(LodgeTestVirsh) virsh = NULL;
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GListModel) consoles = NULL;
  g_autoptr(GError) error = NULL;
  LodgeDomain *domain;

  if (skip_without_root (fixture))
    {
      lodge_test_close (connection);
      return;
    }
  virsh = lodge_test_virsh_new (direct);
  lodge_test_open_connection (connection);
  g_free (lodge_test_virsh_run (virsh, "create --paused %s", xml));
  domain = lodge_test_find_domain (connection, "shown");

  lodge_domain_list_consoles_async (domain, NULL, lodge_test_result_cb, &result);
  WAIT_FOR (result != NULL);
  consoles = lodge_domain_list_consoles_finish (domain, result, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < 3; i++)
    {
      /* SPICE, VNC, and a second channel of SPICE */
      g_autoptr(LodgeConsoleInfo) info = g_list_model_get_item (consoles, i % 2);
      const gboolean spice = lodge_console_info_get_kind (info) == LODGE_CONSOLE_SPICE;
      const int fd = open_screen (domain, info);
      g_autofree char *banner = read_banner (fd, link, spice ? sizeof link : 0);

      g_assert_cmpstr (banner, ==, spice ? "REDQ" : "RFB ");
      close (fd);
    }

  /* libvirt's own connection has not suffered */
  lodge_test_run (domain, LODGE_DOMAIN_RESUME);
  g_assert_cmpuint (lodge_test_relay_get_n_accepted (fixture->relay), ==, 1);
  g_assert_cmpuint (lodge_test_sshd_count (fixture->sshd, "Accepted publickey for"), ==, 1);
  g_free (lodge_test_virsh_run (virsh, "destroy shown"));
  lodge_test_close (connection);
}

/* Nobody listens there */
static void
test_stream_refused (Fixture       *fixture,
                     gconstpointer  data)
{
  LodgeConnection *connection = new_connection (fixture, "test", "/default");
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  LodgeSshTransport *transport;

  lodge_test_open_connection (connection);
  transport = lodge_connection_get_transport (connection);
  lodge_ssh_transport_open_stream_async (transport, "127.0.0.1", 1, NULL, NULL, lodge_test_result_cb, &result);
  WAIT_FOR (result != NULL);
  g_assert_cmpint (lodge_ssh_transport_open_stream_finish (transport, result, &error), ==, -1);
  g_assert_error (error, LODGE_ERROR, LODGE_ERROR_UNREACHABLE);
  lodge_test_assert_helpful (error);
  lodge_test_close (connection);
}

static void
test_command (Fixture       *fixture,
              gconstpointer  data)
{
  LodgeConnection *connection = new_connection (fixture, "test", "/default");
  g_autoptr(GBytes) input = g_bytes_new_static ("hello", 5);
  g_autoptr(GAsyncResult) good = NULL;
  g_autoptr(GAsyncResult) bad = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;
  LodgeSshTransport *transport;

  lodge_test_open_connection (connection);
  transport = lodge_connection_get_transport (connection);
  lodge_ssh_transport_run_async (transport, "cat; echo \"$0 'x'\"", input, NULL, lodge_test_result_cb, &good);
  lodge_ssh_transport_run_async (transport, "echo no such luck >&2; exit 3", NULL, NULL, lodge_test_result_cb, &bad);
  WAIT_FOR (good != NULL && bad != NULL);
  text = lodge_ssh_transport_run_finish (transport, good, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, "hellosh 'x'\n");
  g_assert_null (lodge_ssh_transport_run_finish (transport, bad, &error));
  g_assert_cmpstr (error->message, ==, "no such luck");
  lodge_test_close (connection);
}

/* Secrets: kept by the keyring when the person wants it and the login succeeds */

static void
test_remember (Fixture       *fixture,
               gconstpointer  data)
{
  static const char * const right[] = { LODGE_TEST_SSHD_PASSWORD, NULL };
  LodgeConnection *connection = new_connection (fixture, "test", "/default");
  g_auto(Person) person = { .answers = right, .remember = TRUE };
  g_auto(Person) nobody = { .answers = right + 1 };

  if (skip_without_root (fixture))
    {
      lodge_test_close (connection);
      return;
    }
  lodge_test_sshd_set_has_key (fixture->sshd, FALSE);
  let_answer (connection, &person);
  lodge_test_open_connection (connection);
  g_assert_true (person.can_remember);
  lodge_test_close (connection);

  connection = new_connection (fixture, "test", "/default");
  let_answer (connection, &nobody);
  lodge_test_open_connection (connection);
  g_assert_cmpuint (nobody.n_asked, ==, 0);
  lodge_test_close (connection);
}

/* A remembered password that is not right any more is asked for once, and forgotten */
static void
test_remembered_wrong (Fixture       *fixture,
                       gconstpointer  data)
{
  static const char * const right[] = { LODGE_TEST_SSHD_PASSWORD, NULL };
  g_autoptr(LodgeSecretKey) key = lodge_secret_key_new (LODGE_SECRET_SSH_PASSWORD,
                                                        lodge_test_sshd_get_user (fixture->sshd), "127.0.0.1",
                                                        lodge_test_relay_get_port (fixture->relay));
  LodgeConnection *connection = new_connection (fixture, "test", "/default");
  g_auto(Person) person = { .answers = right };
  g_autoptr(GAsyncResult) stored = NULL;
  g_autoptr(GAsyncResult) looked_up = NULL;
  g_autoptr(GError) error = NULL;

  if (skip_without_root (fixture))
    {
      lodge_test_close (connection);
      return;
    }
  lodge_secrets_store_async (key, "stale", NULL, lodge_test_result_cb, &stored);
  WAIT_FOR (stored != NULL);
  lodge_secrets_store_finish (stored, &error);
  g_assert_no_error (error);

  lodge_test_sshd_set_has_key (fixture->sshd, FALSE);
  let_answer (connection, &person);
  lodge_test_open_connection (connection);
  g_assert_cmpuint (person.n_asked, ==, 1);
  g_assert_true (person.retries[0]);
  lodge_secrets_lookup_async (key, NULL, lodge_test_result_cb, &looked_up);
  WAIT_FOR (looked_up != NULL);
  g_assert_null (lodge_secrets_lookup_finish (looked_up, NULL));
  lodge_test_close (connection);
}

static void
test_passphrase (Fixture       *fixture,
                 gconstpointer  data)
{
  static const char * const answers[] = { "open sesame", NULL };
  LodgeConnection *connection = new_connection (fixture, "test", "/default");
  g_auto(Person) person = { .answers = answers };
  const char *key = lodge_test_sshd_get_key (fixture->sshd);

  lodge_test_run_program ("ssh-keygen", "-q", "-p", "-P", "", "-N", answers[0], "-f", key, NULL);
  let_answer (connection, &person);
  lodge_test_open_connection (connection);
  g_assert_cmpuint (person.n_asked, ==, 1);
  g_assert_cmpstr (person.subject, ==, key);
  lodge_test_close (connection);
}

/* A master whose Lodge was killed is ended by the next one; that of one which just ends, with it */
static void
test_leftover (gconstpointer killed)
{
  const char * const argv[] = { "/proc/self/exe", "-p", killed ? "/ssh/leftover" : "/ssh/exit", "--GTestSubprocess",
                                NULL };
  g_autoptr(LodgeTestDaemon) daemon = NULL;
  g_autoptr(LodgeTestSshd) sshd = NULL;
  g_autofree char *uri = NULL;
  g_autofree char *output = NULL;
  const char *line;
  LodgeConnection *connection;
  GPid master;

  if (g_test_subprocess ())
    {
      connection = lodge_test_open (g_getenv ("LODGE_TEST_URI"));
      g_print ("master %d\n", lodge_ssh_master_get_pid (get_master (connection)));
      if (!killed)
        exit (0);
      raise (SIGKILL);
    }

  daemon = lodge_test_daemon_new ();
  sshd = lodge_test_sshd_new (daemon, NULL);
  uri = lodge_test_sshd_dup_uri (sshd, "test", "/default");
  lodge_test_sshd_know (sshd, lodge_test_sshd_get_port (sshd), TRUE);
  g_setenv ("LODGE_TEST_URI", uri, TRUE);
  g_assert_true (g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, &output, NULL, NULL, NULL));
  line = strstr (output, "master ");
  g_assert_nonnull (line);
  master = atoi (line + strlen ("master "));
  if (!killed)
    {
      WAIT_FOR (kill (master, 0) < 0);
      return;
    }
  g_assert_cmpint (kill (master, 0), ==, 0);
  connection = lodge_test_open (uri);
  WAIT_FOR (kill (master, 0) < 0);
  lodge_test_close (connection);
}

static char *
set_up_key (LodgeConnection  *connection,
            const char       *key,
            GError          **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  lodge_connection_set_up_key_async (connection, key, NULL, lodge_test_result_cb, &result);
  WAIT_FOR (result != NULL);
  return lodge_connection_set_up_key_finish (connection, result, error);
}

/* A password once, then a key that is made, put there and proved */
static void
test_key_setup (Fixture       *fixture,
                gconstpointer  data)
{
  static const char * const answers[] = { LODGE_TEST_SSHD_PASSWORD, NULL };
  const char *home = lodge_test_sshd_get_home (fixture->sshd);
  g_autofree char *folder = g_build_filename (home, ".ssh", NULL);
  g_autofree char *authorized = g_build_filename (folder, "authorized_keys", NULL);
  g_autoptr(LodgeTestFolder) own = lodge_test_folder_new ();
  g_autofree char *key = lodge_test_folder_build (own, "new key");
  g_autofree char *public_path = g_strconcat (key, ".pub", NULL);
  g_autofree char *public = NULL;
  g_autofree char *text = NULL;
  g_autofree char *expected = NULL;
  g_autofree char *used = NULL;
  g_autofree char *again = NULL;
  g_autofree char *plain = NULL;
  g_autofree char *escaped = g_uri_escape_string (key, "/", FALSE);
  g_autofree char *uri = NULL;
  g_autoptr(GError) error = NULL;
  LodgeConnection *connection = new_connection (fixture, "test", "/default");
  g_auto(Person) person = { .answers = answers };

  if (skip_without_root (fixture))
    {
      lodge_test_close (connection);
      return;
    }
  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  /* Somebody's, without an end of the line */
  g_assert_true (g_file_set_contents (authorized, "# mine", -1, NULL));
  g_assert_cmpint (chmod (folder, 0777), ==, 0);
  g_assert_cmpint (chmod (authorized, 0666), ==, 0);

  lodge_test_sshd_set_has_key (fixture->sshd, FALSE);
  let_answer (connection, &person);
  g_assert_false (lodge_connection_can_set_up_key (connection));
  lodge_test_open_connection (connection);
  g_assert_true (lodge_connection_can_set_up_key (connection));
  used = set_up_key (connection, key, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (used, ==, key);
  again = set_up_key (connection, key, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (public_path, &public, NULL, NULL));
  expected = g_strdup_printf ("# mine\n%s", public);
  g_assert_true (g_file_get_contents (authorized, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, expected);
  lodge_test_close (connection);

  plain = lodge_test_sshd_dup_uri_for (fixture->sshd, "test", lodge_test_sshd_get_user (fixture->sshd), "127.0.0.1",
                                       lodge_test_relay_get_port (fixture->relay), "/default");
  uri = g_strdup_printf ("%s&keyfile=%s", plain, escaped);
  connection = lodge_test_open (uri);
  lodge_test_close (connection);
}

/* A file that is no public key is not sent */
static void
test_key_setup_bad (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autoptr(LodgeTestFolder) own = lodge_test_folder_new ();
  g_autofree char *key = lodge_test_folder_write (own, "key", "private", -1);
  g_autofree char *public = lodge_test_folder_write (own, "key.pub", "two\nlines\n", -1);
  g_autoptr(GError) error = NULL;
  LodgeConnection *connection = new_connection (fixture, "test", "/default");

  lodge_test_open_connection (connection);
  g_assert_null (set_up_key (connection, key, &error));
  g_assert_error (error, LODGE_ERROR, LODGE_ERROR_INVALID_VALUE);
  lodge_test_close (connection);
}

/* Names for the completion of an address */
static void
test_known_names (void)
{
  static const char config[] =
    "# a comment\nHost atlas borealis *.example.org !bad\n  HostName 10.0.0.1\nHOST=cirrus\nHost \"quoted\" # note\n"
    "Include conf.d/*\nMatch host x\nHost -oEvil\n";
  static const char known[] =
    "atlas,10.0.0.1 ssh-ed25519 AAAA\n[dune.example.org]:2222 ssh-rsa AAAA\n|1|hash|hash ssh-rsa AAAA\n"
    "@cert-authority *.example.org ssh-rsa AAAA\n# note\n\n\xff\xfe ssh-rsa AAAA\n";
  g_autoptr(GPtrArray) hosts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GPtrArray) includes = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *joined = NULL;

  lodge_ssh_hosts_add_config (hosts, config, includes);
  lodge_ssh_hosts_add_known (hosts, known);
  g_ptr_array_add (hosts, NULL);
  joined = g_strjoinv (" ", (char **) hosts->pdata);
  g_assert_cmpstr (joined, ==, "atlas borealis cirrus quoted 10.0.0.1 dune.example.org");
  g_assert_cmpuint (includes->len, ==, 1);
  g_assert_cmpstr (includes->pdata[0], ==, "conf.d/*");
}

/* Neither the command lines nor the environment of anything that was started have it */
static void
test_secret_places (Fixture       *fixture,
                    gconstpointer  data)
{
  static const char * const answers[] = { LODGE_TEST_SSHD_PASSWORD, NULL };
  LodgeConnection *connection = new_connection (fixture, "test", "/default");
  g_auto(Person) person = { .answers = answers };
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;
  gsize length;

  if (skip_without_root (fixture))
    {
      lodge_test_close (connection);
      return;
    }
  lodge_test_sshd_set_has_key (fixture->sshd, FALSE);
  let_answer (connection, &person);
  lodge_test_open_connection (connection);
  for (guint i = 0; i < 2; i++)
    {
      g_free (path);
      g_free (text);
      path = g_strdup_printf ("/proc/%d/%s", lodge_ssh_master_get_pid (get_master (connection)),
                              i == 0 ? "cmdline" : "environ");
      g_assert_true (g_file_get_contents (path, &text, &length, NULL));
      g_assert_cmpuint (length, >, 0);
      g_assert_null (memmem (text, length, LODGE_TEST_SSHD_PASSWORD, strlen (LODGE_TEST_SSHD_PASSWORD)));
    }
  lodge_test_close (connection);
}

/* libvirt's own SSH: its questions are the same dialogs, its secrets are in the same keyring */
static LodgeConnection *
new_libssh (Fixture *fixture)
{
  g_autofree char *uri =
    g_strdup_printf ("test+libssh://%s@127.0.0.1:%u/default?known_hosts=%s&sshauth=password",
                     lodge_test_sshd_get_user (fixture->sshd), lodge_test_relay_get_port (fixture->relay),
                     lodge_test_sshd_get_known_hosts (fixture->sshd));

  return lodge_connection_new (uri, NULL);
}

static void
test_libssh (Fixture       *fixture,
             gconstpointer  data)
{
  static const char * const answers[] = { "", LODGE_TEST_SSHD_PASSWORD, NULL };
  LodgeConnection *connection = new_libssh (fixture);
  g_auto(Person) person = { .answers = answers, .remember = TRUE };
  g_auto(Person) nobody = { .answers = answers + 2 };

  if (skip_without_root (fixture))
    {
      lodge_test_close (connection);
      return;
    }
  forget_host (fixture);
  let_answer (connection, &person);
  lodge_test_open_connection (connection);
  lodge_test_find_domain (connection, "test");
  g_assert_cmpuint (person.n_asked, ==, 2);
  g_assert_cmpint (person.purposes[0], ==, LODGE_CREDENTIALS_HOST_KEY);
  g_assert_cmpstr (person.fingerprint, ==, lodge_test_sshd_get_fingerprint (fixture->sshd));
  g_assert_cmpint (person.purposes[1], ==, LODGE_CREDENTIALS_LOGIN);
  g_assert_false (person.retries[1]);
  g_assert_true (person.can_remember);
  lodge_test_close (connection);

  connection = new_libssh (fixture);
  let_answer (connection, &nobody);
  lodge_test_open_connection (connection);
  g_assert_cmpuint (nobody.n_asked, ==, 0);
  lodge_test_close (connection);
}

/* What ssh asks, word for word as OpenSSH 10.0 does */
static void
test_prompts (void)
{
  static const struct
  {
    const char             *hint, *text, *subject, *prompt;
    LodgeCredentialPurpose  purpose;
    LodgeCredentialKind     kind;
    const char             *key_host;   /* NULL: not for the keyring */
  } cases[] = {
    { "", "alice@atlas's password: ", "alice@atlas", NULL, LODGE_CREDENTIALS_LOGIN, LODGE_CREDENTIAL_PASSWORD,
      "atlas" },
    { "", "bob@corp@atlas's password: ", "bob@corp@atlas", NULL, LODGE_CREDENTIALS_LOGIN, LODGE_CREDENTIAL_PASSWORD,
      "atlas" },
    { "", "(alice@atlas) Password: ", "alice@atlas", "Password", LODGE_CREDENTIALS_LOGIN, LODGE_CREDENTIAL_ANSWER,
      "atlas" },
    { "", "(alice@atlas) Verification code: ", "alice@atlas", "Verification code", LODGE_CREDENTIALS_LOGIN,
      LODGE_CREDENTIAL_ANSWER, NULL },
    { "", "Enter passphrase for key '/home/a b/.ssh/id_ed25519': ", "/home/a b/.ssh/id_ed25519", NULL,
      LODGE_CREDENTIALS_LOGIN, LODGE_CREDENTIAL_PASSPHRASE, "/home/a b/.ssh/id_ed25519" },
    { "", "Enter PIN for ED25519-SK key /home/a/.ssh/id: ", NULL, "Enter PIN for ED25519-SK key /home/a/.ssh/id",
      LODGE_CREDENTIALS_LOGIN, LODGE_CREDENTIAL_ANSWER, NULL },
    { "confirm", "Allow shared connection to atlas? ", NULL, NULL, LODGE_CREDENTIALS_CONFIRM, 0, NULL },
    { "none", "Confirm user presence for key ED25519-SK", NULL, NULL, LODGE_CREDENTIALS_NOTICE, 0, NULL },
    { "", "", NULL, "", LODGE_CREDENTIALS_LOGIN, LODGE_CREDENTIAL_ANSWER, NULL },
    { "", "\xff\xfe@\x01's password:", "\xef\xbf\xbd\xef\xbf\xbd@\x01", NULL, LODGE_CREDENTIALS_LOGIN,
      LODGE_CREDENTIAL_PASSWORD, "\x01" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(LodgeSshPrompt) prompt = lodge_ssh_prompt_parse (cases[i].hint, cases[i].text);

      g_assert_cmpint (lodge_credential_request_get_purpose (prompt->request), ==, cases[i].purpose);
      g_assert_cmpstr (lodge_credential_request_get_subject (prompt->request), ==, cases[i].subject);
      if (cases[i].purpose == LODGE_CREDENTIALS_LOGIN)
        g_assert_cmpint (lodge_credential_request_get_kind (prompt->request, 0), ==, cases[i].kind);
      if (cases[i].prompt != NULL)
        g_assert_cmpstr (lodge_credential_request_get_prompt (prompt->request, 0), ==, cases[i].prompt);
      g_assert_cmpstr (prompt->key != NULL ? prompt->key->host : NULL, ==, cases[i].key_host);
    }
}

static void
test_failures (void)
{
  static const struct { const char *text; gboolean was_up; LodgeSshFailureKind kind; LodgeErrorCode code; } cases[] = {
    { "ssh: Could not resolve hostname nowhere: Name or service not known\r\n", FALSE, LODGE_SSH_FAILURE_NETWORK,
      LODGE_ERROR_UNREACHABLE },
    { "ssh: connect to host a port 22: Connection timed out\r\n", FALSE, LODGE_SSH_FAILURE_NETWORK,
      LODGE_ERROR_UNREACHABLE },
    { "alice@a: Permission denied (publickey,password).\r\n", FALSE, LODGE_SSH_FAILURE_AUTHENTICATION,
      LODGE_ERROR_AUTH_FAILED },
    { "Host key verification failed.\r\n", FALSE, LODGE_SSH_FAILURE_UNKNOWN_HOST_KEY, LODGE_ERROR_AUTH_FAILED },
    { "kex_exchange_identification: read: Connection reset by peer\r\nConnection reset by 10.0.0.1 port 22\r\n", FALSE,
      LODGE_SSH_FAILURE_REFUSED_BY_SERVER, LODGE_ERROR_UNREACHABLE },
    { "alice@bastion: Permission denied (publickey).\r\nConnection closed by UNKNOWN port 65535\r\n", FALSE,
      LODGE_SSH_FAILURE_AUTHENTICATION, LODGE_ERROR_AUTH_FAILED },
    { "stdio forwarding failed\r\nConnection closed by UNKNOWN port 65535\r\n", FALSE, LODGE_SSH_FAILURE_NETWORK,
      LODGE_ERROR_UNREACHABLE },
    { "Timeout, server a not responding.\r\n", TRUE, LODGE_SSH_FAILURE_LOST, LODGE_ERROR_UNREACHABLE },
    { "", FALSE, LODGE_SSH_FAILURE_OTHER, LODGE_ERROR_UNREACHABLE },
    { "\xff\xff\n\n", FALSE, LODGE_SSH_FAILURE_OTHER, LODGE_ERROR_UNREACHABLE },
    { "@ WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED! @\r\n", FALSE, LODGE_SSH_FAILURE_CHANGED_HOST_KEY,
      LODGE_ERROR_AUTH_FAILED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(LodgeSshFailure) failure = lodge_ssh_failure_new (cases[i].text, "qemu+ssh://a/system",
                                                                  cases[i].was_up);

      g_assert_cmpint (failure->kind, ==, cases[i].kind);
      g_assert_error (failure->error, LODGE_ERROR, (int) cases[i].code);
      g_assert_true (g_utf8_validate (failure->error->message, -1, NULL));
      g_assert_cmpstr (failure->error->message, !=, "");
    }
}

static void
test_targets (void)
{
  static const struct { const char *uri; gboolean read_only; const char *private_uri; const char *ways; } cases[] = {
    { "qemu+ssh://alice@atlas/system", FALSE, "qemu+unix:///system?socket=/x",
      "virt-ssh-helper 'qemu:///system'|/run/libvirt/virtqemud-sock|/run/libvirt/libvirt-sock|nc" },
    { "qemu+ssh://atlas/session", FALSE, "qemu+unix:///session?socket=/x", "virt-ssh-helper 'qemu:///session'|nc" },
    { "xen+ssh://atlas/system", TRUE, "xen+unix:///system?socket=/x",
      "virt-ssh-helper -r 'xen:///system'|/run/libvirt/virtxend-sock-ro|/run/libvirt/libvirt-sock-ro|nc" },
    { "qemu+ssh://atlas/system?socket=/a%20b&proxy=auto", FALSE, "qemu+unix:///system?socket=/x", "/a b|nc" },
    { "qemu+ssh://atlas/system?netcat=/opt/nc", FALSE, "qemu+unix:///system?socket=/x", "/opt/nc" },
    { "qemu+ssh://atlas/system?proxy=native&keyfile=/k&foo=b%20r", FALSE, "qemu+unix:///system?socket=/x&foo=b%20r",
      "virt-ssh-helper 'qemu:///system'" },
    { "qemu+ssh://atlas/system?mode=legacy", FALSE, "qemu+unix:///system?socket=/x", "/run/libvirt/libvirt-sock|nc" },
  };
  static const char * const refused[] = {
    "qemu+ssh://a%60id%60/system", "qemu+ssh://x%27y@atlas/system", "qemu+ssh://a%24(id)/system",
    "qemu+ssh://a%0Ab/system",
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(LodgeUri) uri = lodge_uri_parse (cases[i].uri, &error);
      g_autoptr(LodgeSshTarget) target = lodge_ssh_target_new (uri, cases[i].read_only, &error);
      g_autofree char *private_uri = NULL;
      g_auto(GStrv) ways = g_strsplit (cases[i].ways, "|", 0);

      g_assert_no_error (error);
      private_uri = lodge_ssh_target_dup_private_uri (target, "/x");
      g_assert_cmpstr (private_uri, ==, cases[i].private_uri);
      g_assert_cmpuint (target->ways->len, ==, g_strv_length (ways));
      for (guint j = 0; ways[j] != NULL; j++)
        {
          const LodgeSshWay *way = target->ways->pdata[j];

          if (way->kind == LODGE_SSH_WAY_NETCAT)
            g_assert_nonnull (strstr (way->argument, ways[j]));
          else
            g_assert_cmpstr (way->argument, ==, ways[j]);
        }
    }
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr(LodgeUri) uri = lodge_uri_parse (refused[i], NULL);

      if (uri != NULL)
        g_assert_null (lodge_ssh_target_new (uri, FALSE, NULL));
    }
}

/* A stand-in for ssh asks what no server here does: a code, a touch of a key, consent. Then it is denied. */
static void
test_questions (void)
{
  static const char script[] =
    "#!/bin/sh\n"
    "[ \"$1\" = -G ] && exit 1\n"
    "SSH_ASKPASS_PROMPT=none \"$SSH_ASKPASS\" 'Confirm user presence for key ED25519-SK' &\n"
    "notice=$!\n"
    "code=$(\"$SSH_ASKPASS\" '(alice@atlas) Verification code: ') || exit 255\n"
    "kill $notice\n"
    "SSH_ASKPASS_PROMPT=confirm \"$SSH_ASKPASS\" 'Allow shared connection to atlas? ' && exit 255\n"
    "[ \"$code\" = 123456 ] && echo 'alice@atlas: Permission denied (code).' >&2\n"
    "exit 255\n";
  g_autoptr(LodgeTestFolder) folder = lodge_test_folder_new ();
  g_autofree char *path = lodge_test_folder_write (folder, "ssh", script, -1);
  g_autofree char *uri = g_strdup_printf ("qemu+ssh://alice@atlas/system?command=%s", path);
  LodgeConnection *connection = lodge_connection_new (uri, NULL);
  g_autoptr(GPtrArray) requests = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  static const char * const code[] = { "123456", NULL };
  LodgeCredentialRequest *notice = NULL, *question = NULL;

  g_assert_cmpint (g_chmod (path, 0755), ==, 0);
  g_signal_connect (connection, "credentials-requested", G_CALLBACK (collect_cb), requests);
  lodge_connection_open_async (connection, NULL, lodge_test_result_cb, &result);
  WAIT_FOR (requests->len == 2);
  for (guint i = 0; i < 2; i++)
    {
      if (lodge_credential_request_get_purpose (requests->pdata[i]) == LODGE_CREDENTIALS_NOTICE)
        notice = requests->pdata[i];
      else
        question = requests->pdata[i];
    }
  g_assert_nonnull (notice);
  g_assert_nonnull (question);
  g_assert_false (lodge_credential_request_get_can_remember (question));
  lodge_credential_request_answer (question, code);
  /* The key was touched: the notice goes by itself, and that cancels nothing */
  WAIT_FOR (requests->len == 3);
  WAIT_FOR (lodge_credential_request_has_ended (notice));
  g_assert_cmpint (lodge_credential_request_get_purpose (requests->pdata[2]), ==, LODGE_CREDENTIALS_CONFIRM);
  lodge_credential_request_cancel (requests->pdata[2]);
  WAIT_FOR (result != NULL);
  g_assert_false (lodge_connection_open_finish (connection, result, &error));
  g_assert_error (error, LODGE_ERROR, LODGE_ERROR_AUTH_FAILED);
  lodge_test_close (connection);
}

#define ADD(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)
#define ADD_WITH(path, config, test) g_test_add (path, Fixture, config, set_up, test, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_autoptr(LodgeTestFolder) folder = NULL;
  g_autofree char *keyring = NULL;

  setlocale (LC_ALL, "C.UTF-8");
  /* A keyring that needs no bus */
  folder = lodge_test_folder_new ();
  keyring = lodge_test_folder_build (folder, "keyring");
  g_setenv ("SECRET_BACKEND", "file", TRUE);
  g_setenv ("SECRET_FILE_TEST_PATH", keyring, TRUE);
  g_setenv ("SECRET_FILE_TEST_PASSWORD", "of the keyring", TRUE);
  g_test_init (&argc, &argv, NULL);
  /* First: only the first login of a run looks for what was left behind */
  g_test_add_data_func ("/ssh/leftover", "killed", test_leftover);
  g_test_add_data_func ("/ssh/exit", NULL, test_leftover);
  g_test_add_func ("/ssh/prompts", test_prompts);
  g_test_add_func ("/ssh/failures", test_failures);
  g_test_add_func ("/ssh/targets", test_targets);
  g_test_add_func ("/ssh/known-names", test_known_names);
  g_test_add_func ("/ssh/questions", test_questions);
  g_test_add_func ("/ssh/no-ssh", test_no_ssh);
  ADD ("/ssh/key", test_key);
  ADD ("/ssh/own-master", test_own_master);
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
  ADD ("/ssh/background-config", test_background_config);
  ADD ("/ssh/consoles", test_consoles);
  ADD ("/ssh/stream-refused", test_stream_refused);
  ADD ("/ssh/command", test_command);
  ADD ("/ssh/remember", test_remember);
  ADD ("/ssh/remembered-wrong", test_remembered_wrong);
  ADD ("/ssh/libssh", test_libssh);
  ADD ("/ssh/passphrase", test_passphrase);
  ADD ("/ssh/secret-places", test_secret_places);
  ADD ("/ssh/key-setup", test_key_setup);
  ADD ("/ssh/key-setup-bad", test_key_setup_bad);
  ADD ("/ssh/no-daemon", test_no_daemon);
  ADD_WITH ("/ssh/no-helper", "SetEnv PATH=/nowhere", test_no_helper);
  ADD_WITH ("/ssh/no-way", "SetEnv PATH=/nowhere\nDisableForwarding yes", test_no_way);
  return g_test_run ();
}
