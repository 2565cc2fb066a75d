/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <locale.h>
#include <sys/mount.h>
#include <unistd.h>

#include "lib/lodge-test-connection.h"
#include "lib/lodge-test-daemon.h"
#include "lib/lodge-test-folder.h"
#include "lib/lodge-test-relay.h"
#include "lib/lodge-test-virsh.h"
#include "lib/lodge-test-wait.h"
#include "model/lodge-capabilities.h"
#include "model/lodge-credential-request.h"
#include "model/lodge-job.h"
#include "model/lodge-machine-creation.h"
#include "model/lodge-machine-removal.h"
#include "model/lodge-storage.h"
#include "util/lodge-error.h"
#include "util/lodge-format.h"

/* What hosts, networks and people can get wrong: each time an error that says what to do, and nothing lost */

/* Hosts that cannot be reached */

static void
test_refused (void)
{
  static const struct { const char *uri; int code; } cases[] = {
    { "test+tcp://127.0.0.1:1/default", LODGE_ERROR_UNREACHABLE },
    { "qemu+tls://127.0.0.1:1/system?pkipath=/nowhere", LODGE_ERROR_AUTH_FAILED },   /* there are no certificates */
    { "qemu+tcp://nobody.invalid/system", LODGE_ERROR_UNREACHABLE },
    { "qemu+unix:///system?socket=/nowhere/at/all", LODGE_ERROR_UNREACHABLE },
    { "qemu+ext://host/system", LODGE_ERROR_FAILED },
    { "nothing:///system", LODGE_ERROR_UNREACHABLE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      LodgeConnection *connection = lodge_connection_new (cases[i].uri, NULL);
      g_autoptr(GError) error = lodge_test_open_fails (connection);

      lodge_test_assert_helpful (error);
      if (cases[i].code != LODGE_ERROR_FAILED)
        g_assert_error (error, LODGE_ERROR, cases[i].code);
      g_assert_cmpstr (lodge_error_get_uri (error), ==, cases[i].uri);
      g_assert_cmpint (lodge_connection_get_state (connection), ==, LODGE_CONNECTION_FAILED);
      /* Nobody was in there yet: a typing error is not repeated every minute */
      g_assert_cmpint (lodge_connection_get_retry_time (connection), ==, 0);
      lodge_test_close (connection);
    }
}

/* Something listens, but it is no libvirt */
static gpointer
chatter_thread (gpointer data)
{
  GSocketListener *listener = data;
  g_autoptr(GSocketConnection) connection = g_socket_listener_accept (listener, NULL, NULL, NULL);
  static const char text[] = "SSH-2.0-OpenSSH_10.0\r\nand more of that";
  char buffer[4096];

  if (connection == NULL)
    return NULL;
  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), text, sizeof text, NULL, NULL,
                             NULL);
  while (g_input_stream_read (g_io_stream_get_input_stream (G_IO_STREAM (connection)), buffer, sizeof buffer, NULL,
                              NULL) > 0)
    ;
  return NULL;
}

static void
test_other_protocol (void)
{
  g_autoptr(GSocketListener) listener = g_socket_listener_new ();
  const guint16 port = g_socket_listener_add_any_inet_port (listener, NULL, NULL);
  GThread *thread = g_thread_new ("chatter", chatter_thread, listener);
  g_autofree char *uri = g_strdup_printf ("test+tcp://127.0.0.1:%u/default", port);
  LodgeConnection *connection = lodge_connection_new (uri, NULL);
  g_autoptr(GError) error = lodge_test_open_fails (connection);

  lodge_test_assert_helpful (error);
  lodge_test_close (connection);
  g_thread_join (thread);
}

static void
test_permission (void)
{
  g_autoptr(LodgeTestFolder) folder = lodge_test_folder_new ();
  g_autofree char *path = lodge_test_folder_write (folder, "no-socket", "", 0);
  g_autofree char *uri = g_strdup_printf ("qemu+unix:///system?socket=%s", path);
  LodgeConnection *connection = lodge_connection_new (uri, NULL);
  g_autoptr(GError) error = lodge_test_open_fails (connection);

  lodge_test_assert_helpful (error);
  lodge_test_close (connection);
}

static void
wrong_password_cb (LodgeConnection        *connection,
                   LodgeCredentialRequest *request,
                   gpointer                user_data)
{
  const char *answers[] = { "alice", "not it", NULL, NULL };
  guint *n = user_data;

  (*n)++;
  if (lodge_credential_request_get_kind (request, 0) == LODGE_CREDENTIAL_PASSWORD)
    answers[0] = "not it";
  lodge_credential_request_answer (request, answers);
}

static void
test_wrong_password (void)
{
  g_autoptr(LodgeTestFolder) folder = lodge_test_folder_new ();
  g_autofree char *uri = lodge_test_write_node (folder,
                                                "<node><auth><user password='secret'>alice</user></auth></node>");
  LodgeConnection *connection = lodge_connection_new (uri, NULL);
  g_autoptr(GError) error = NULL;
  guint n_asked = 0;

  g_signal_connect (connection, "credentials-requested", G_CALLBACK (wrong_password_cb), &n_asked);
  error = lodge_test_open_fails (connection);
  g_assert_error (error, LODGE_ERROR, LODGE_ERROR_AUTH_FAILED);
  lodge_test_assert_helpful (error);
  g_assert_null (strstr (error->message, "not it"));
  g_assert_null (strstr (lodge_error_get_libvirt_text (error), "not it"));
  g_assert_cmpint (lodge_connection_get_retry_time (connection), ==, 0);
  /* Name and password, three times */
  g_assert_cmpuint (n_asked, ==, 6);
  lodge_test_close (connection);
}

/* Texts of a host */

/* A name is shown as it is: no markup, one line, no turned direction; what libvirt knows is not changed by that */
static void
test_names (void)
{
  static const char * const names[] = {
    "<b>bold & \"quoted\"",
    "\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d \xd8\xb3\xd9\x84\xd8\xa7\xd9\x85",
    "turned \xe2\x80\xae" "gpj.exe",
    "a\xc2\xa0wide\xe2\x80\xa8line",
    "%s %n {} $(reboot) `x`",
  };
  g_autoptr(LodgeTestFolder) folder = lodge_test_folder_new ();
  g_autoptr(GString) xml = g_string_new ("<node>");
  g_autofree char *uri = NULL;
  LodgeConnection *connection;

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *domain = lodge_test_domain_xml (names[i]);

      g_string_append (xml, domain);
    }
  g_string_append (xml, "</node>");
  uri = lodge_test_write_node (folder, xml->str);
  connection = lodge_test_open (uri);
  g_assert_cmpuint (lodge_test_count_domains (connection), ==, G_N_ELEMENTS (names));
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      LodgeDomain *domain = lodge_connection_find_domain (connection, names[i]);
      g_autofree char *shown = NULL;

      g_assert_nonnull (domain);
      shown = lodge_display_text (lodge_domain_get_name (domain), 40);
      g_assert_null (strpbrk (shown, "\n\r\t"));
      g_assert_null (strstr (shown, "\xe2\x80\xae"));
      g_assert_null (strstr (shown, "\xe2\x80\xa8"));
    }
  lodge_test_close (connection);
}

static char *
make_definition (const char *name,
                 const char *extra)
{
  return g_strdup_printf ("<domain type='test'><name>%s</name><memory>65536</memory><os><type>hvm</type></os>%s</domain>",
                          name, extra);
}

/* A machine whose description is 10 MB: libvirt's own limit for a string refuses it, and says so; one of 3 MB is
 * taken */
static void
test_huge_description (void)
{
  static const gsize sizes[] = { 3 * 1000 * 1000, 10 * 1000 * 1000 };
  g_autoptr(LodgeTestDaemon) daemon = lodge_test_daemon_new ();
  g_autofree char *uri = lodge_test_daemon_dup_uri (daemon, "test", "/default");
  LodgeConnection *connection = lodge_test_open (uri);

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autofree char *text = g_strnfill (sizes[i], 'x');
      g_autofree char *extra = g_strdup_printf ("<description>%s</description>", text);
      g_autofree char *xml = make_definition (i == 0 ? "large" : "huge", extra);
      g_autoptr(GAsyncResult) result = NULL;
      g_autoptr(LodgeDomain) domain = NULL;
      g_autoptr(GError) error = NULL;

      lodge_connection_define_domain_async (connection, xml, NULL, lodge_test_result_cb, &result);
      WAIT_FOR (result != NULL);
      domain = lodge_connection_define_domain_finish (connection, result, &error);
      if (i == 0)
        {
          g_autofree char *read = NULL;

          g_assert_no_error (error);
          g_clear_object (&result);
          lodge_domain_get_xml_async (domain, LODGE_DOMAIN_XML_INACTIVE, NULL, lodge_test_result_cb, &result);
          WAIT_FOR (result != NULL);
          read = lodge_domain_get_xml_finish (domain, result, &error);
          g_assert_no_error (error);
          g_assert_cmpuint (strlen (read), >, sizes[i]);
        }
      else
        {
          g_assert_null (domain);
          lodge_test_assert_helpful (error);
          g_assert_error (error, LODGE_ERROR, LODGE_ERROR_LIMIT);
        }
    }
  g_assert_cmpint (lodge_connection_get_state (connection), ==, LODGE_CONNECTION_CONNECTED);
  lodge_test_close (connection);
}

/* What parses texts of a host: nothing of it follows an entity, a depth or a size */
static char *
make_deep (guint depth)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < depth; i++)
    g_string_append (text, "<a>");
  for (guint i = 0; i < depth; i++)
    g_string_append (text, "</a>");
  return g_string_free_and_steal (text);
}

static void
test_hostile_xml (void)
{
  static const char bomb[] =
    "<!DOCTYPE d [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;'>"
    "<!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;'><!ENTITY e '&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;'>"
    "<!ENTITY f '&e;&e;&e;&e;&e;&e;&e;&e;&e;&e;'>]><domain><name>&f;&f;&f;&f;</name></domain>";
  static const char file[] =
    "<!DOCTYPE d [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><domain><name>&x;</name></domain>";
  g_autofree char *deep = make_deep (100000);
  g_autofree char *large = g_strnfill (8 * 1000 * 1000, 'y');
  g_autofree char *large_xml = g_strdup_printf ("<domain><name>%s</name></domain>", large);
  const char *texts[] = {
    bomb, file, deep, large_xml, "", "no xml", "<domain", "<domain><devices><disk></devices></domain>", "\xff\xfe<a/>",
    "<?xml version='1.0' encoding='UTF-16'?><domain/>", "<domain><name>a</name></domain><domain/>",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr(LodgeCapabilities) capabilities = NULL;
      g_autoptr(LodgeDomainCapabilities) domain_capabilities = NULL;
      g_autoptr(GError) error = NULL;

      capabilities = lodge_capabilities_new (texts[i], &error);
      g_assert_true (capabilities != NULL || error != NULL);
      if (capabilities != NULL)
        g_assert_cmpuint (lodge_capabilities_get_n_guests (capabilities), ==, 0);
      g_clear_error (&error);
      domain_capabilities = lodge_domain_capabilities_new (texts[i], &error);
      g_assert_true (domain_capabilities != NULL || error != NULL);
      if (error != NULL && i < 4)
        g_assert_true (error->domain == LODGE_ERROR);
    }
}

/* Machines that are made and deleted */

typedef struct
{
  LodgeTestDaemon *daemon;
  LodgeTestVirsh  *virsh;
  LodgeConnection *connection;
  char            *images;    /* the folder of the pool “images” */
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autofree char *uri = NULL;

  fixture->daemon = lodge_test_daemon_new ();
  uri = lodge_test_daemon_dup_qemu_uri (fixture->daemon);
  fixture->virsh = lodge_test_virsh_new (uri);
  fixture->images = g_build_filename (lodge_test_daemon_get_path (fixture->daemon), "images", NULL);
  g_assert_cmpint (g_mkdir (fixture->images, 0755), ==, 0);
  g_free (lodge_test_virsh_run (fixture->virsh, "pool-define-as images dir --target %s", fixture->images));
  g_free (lodge_test_virsh_run (fixture->virsh, "pool-start images"));
  fixture->connection = lodge_test_open (uri);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  lodge_test_close (fixture->connection);
  lodge_test_virsh_free (fixture->virsh);
  umount2 (fixture->images, MNT_DETACH);
  lodge_test_daemon_free (fixture->daemon);
  g_free (fixture->images);
}

static char *
qemu_xml (Fixture    *fixture,
          const char *name,
          const char *emulator)
{
  return g_strdup_printf ("<domain type='qemu'><name>%s</name><memory unit='MiB'>64</memory>"
                          "<os><type arch='x86_64' machine='q35'>hvm</type></os><devices><emulator>%s</emulator>"
                          "<disk type='file' device='disk'><driver name='qemu' type='qcow2'/>"
                          "<source file='%s/%s.qcow2'/><target dev='vda' bus='virtio'/></disk>"
                          "<disk type='file' device='cdrom'><source file='%s/mine.iso'/><target dev='sda' bus='sata'/>"
                          "<readonly/></disk></devices></domain>",
                          name, emulator, fixture->images, name, fixture->images);
}

static LodgeDomain *
create (Fixture            *fixture,
        const char         *xml,
        const char         *name,
        guint64             capacity,
        gboolean            preallocate,
        LodgeJob           *job,
        LodgeCreationStep  *step,
        GError            **error)
{
  g_autoptr(GPtrArray) volumes = g_ptr_array_new_with_free_func ((GDestroyNotify) lodge_new_volume_free);
  g_autofree char *file = g_strconcat (name, ".qcow2", NULL);
  LodgeNewVolume *volume = lodge_new_volume_new ("images", file, preallocate ? "raw" : "qcow2", capacity);
  g_autoptr(GAsyncResult) result = NULL;

  volume->preallocate = preallocate;
  g_ptr_array_add (volumes, volume);
  lodge_machine_creation_run_async (fixture->connection, xml, volumes, TRUE, job, lodge_test_result_cb, &result);
  WAIT_FOR (result != NULL);
  return lodge_machine_creation_run_finish (fixture->connection, result, step, error);
}

static gboolean
has_image (Fixture    *fixture,
           const char *name)
{
  g_autofree char *path = g_build_filename (fixture->images, name, NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static void
write_iso (Fixture *fixture)
{
  g_autofree char *iso = g_build_filename (fixture->images, "mine.iso", NULL);

  g_assert_true (g_file_set_contents (iso, "the person's own", -1, NULL));
  g_free (lodge_test_virsh_run (fixture->virsh, "pool-refresh images"));
}

/* The start fails, when disk and definition are there already: both go again, the person's disc does not */
static void
test_creation_fails (Fixture       *fixture,
                     gconstpointer  data)
{
  g_autofree char *xml = qemu_xml (fixture, "halfway", "/usr/bin/qemu-system-x86_64");
  g_autofree char *broken = NULL;
  g_autoptr(LodgeJob) job = lodge_job_new ("Create", NULL);
  g_autoptr(GError) error = NULL;
  LodgeCreationStep step = LODGE_CREATION_STEP_VOLUME;

  write_iso (fixture);
  {
    /* A disk that is not there */
    g_auto(GStrv) parts = g_strsplit (xml, "</devices>", 2);

    broken = g_strdup_printf ("%s<disk type='file' device='disk'><source file='/nowhere/else.img'/>"
                              "<target dev='vdb' bus='virtio'/></disk></devices>%s", parts[0], parts[1]);
  }
  g_assert_null (create (fixture, broken, "halfway", 1 << 20, FALSE, job, &step, &error));
  lodge_test_assert_helpful (error);
  g_assert_cmpint (step, ==, LODGE_CREATION_STEP_START);
  g_assert_cmpint (lodge_job_get_state (job), ==, LODGE_JOB_FAILED);
  g_assert_false (has_image (fixture, "halfway.qcow2"));
  g_assert_true (has_image (fixture, "mine.iso"));
  WAIT_FOR (lodge_connection_find_domain (fixture->connection, "halfway") == NULL);
  {
    g_autofree char *list = lodge_test_virsh_run (fixture->virsh, "list --all --name");

    g_assert_cmpstr (list, ==, "");
  }
}

/* libvirt refuses the definition: the disk that was made for it goes again */
static void
test_definition_refused (Fixture       *fixture,
                         gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  LodgeCreationStep step = LODGE_CREATION_STEP_VOLUME;

  write_iso (fixture);
  g_assert_null (create (fixture, "<domain type='qemu'><name>bad</name><nonsense/></domain>", "bad", 1 << 20, FALSE,
                         NULL,
                         &step, &error));
  lodge_test_assert_helpful (error);
  g_assert_cmpint (step, ==, LODGE_CREATION_STEP_DEFINE);
  g_assert_false (has_image (fixture, "bad.qcow2"));
  g_assert_true (has_image (fixture, "mine.iso"));
}

static LodgeDomain *
create_in_network (LodgeConnection    *connection,
                   const char         *extra,
                   LodgeCreationStep  *step,
                   GError            **error)
{
  g_autofree char *xml = g_strdup_printf ("<domain type='test'><name>guest</name><memory unit='MiB'>64</memory>"
                                          "<os><type>hvm</type></os><devices><interface type='network'>"
                                          "<source network='default'/></interface></devices>%s</domain>", extra);
  g_autoptr(GAsyncResult) result = NULL;

  lodge_machine_creation_run_async (connection, xml, NULL, TRUE, NULL, lodge_test_result_cb, &result);
  WAIT_FOR (result != NULL);
  return lodge_machine_creation_run_finish (connection, result, step, error);
}

static gboolean
is_running (LodgeTestVirsh *virsh,
            const char     *network)
{
  g_autofree char *names = lodge_test_virsh_run (virsh, "net-list --name");

  return strstr (names, network) != NULL;
}

/* A stopped network is started for the machine; if then the machine cannot be made, it is stopped again */
static void
test_stopped_network (Fixture       *fixture,
                      gconstpointer  data)
{
  g_autofree char *uri = lodge_test_daemon_dup_uri (fixture->daemon, "test", "/default");
  LodgeTestVirsh *virsh = lodge_test_virsh_new (uri);
  LodgeConnection *connection = lodge_test_open (uri);
  g_autoptr(LodgeDomain) domain = NULL;
  g_autoptr(GError) error = NULL;
  LodgeCreationStep step = LODGE_CREATION_STEP_VOLUME;

  g_free (lodge_test_virsh_run (virsh, "net-destroy default"));
  g_assert_null (create_in_network (connection, "<nonsense/>", &step, &error));
  g_assert_cmpint (step, ==, LODGE_CREATION_STEP_DEFINE);
  g_assert_false (is_running (virsh, "default"));
  g_clear_error (&error);

  domain = create_in_network (connection, "", &step, &error);
  g_assert_no_error (error);
  g_assert_nonnull (domain);
  g_assert_true (is_running (virsh, "default"));
  g_clear_object (&domain);

  /* A network that is not there: the step says where it belongs */
  g_free (lodge_test_virsh_run (virsh, "net-destroy default"));
  g_free (lodge_test_virsh_run (virsh, "net-undefine default"));
  g_assert_null (create_in_network (connection, "", &step, &error));
  g_assert_cmpint (step, ==, LODGE_CREATION_STEP_NETWORK);
  lodge_test_assert_helpful (error);

  lodge_test_close (connection);
  lodge_test_virsh_free (virsh);
}

/* A name that exists, of a machine and of a volume: the other's stays as it is */
static void
test_name_exists (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autofree char *xml = g_strdup ("<domain type='qemu'><name>taken</name><memory unit='MiB'>64</memory>"
                                   "<os><type arch='x86_64' machine='q35'>hvm</type></os></domain>");
  g_autofree char *path = g_build_filename (lodge_test_daemon_get_path (fixture->daemon), "taken.xml", NULL);
  g_autoptr(GError) error = NULL;
  LodgeCreationStep step = LODGE_CREATION_STEP_VOLUME;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  g_assert_true (g_file_set_contents (path, xml, -1, NULL));
  g_free (lodge_test_virsh_run (fixture->virsh, "define %s", path));
  before = lodge_test_virsh_run (fixture->virsh, "domuuid taken");
  g_assert_null (create (fixture, xml, "taken", 1 << 20, FALSE, NULL, &step, &error));
  g_assert_error (error, LODGE_ERROR, LODGE_ERROR_EXISTS);
  lodge_test_assert_helpful (error);
  g_assert_cmpint (step, ==, LODGE_CREATION_STEP_DEFINE);
  g_assert_false (has_image (fixture, "taken.qcow2"));
  after = lodge_test_virsh_run (fixture->virsh, "domuuid taken");
  g_assert_cmpstr (before, ==, after);
  g_clear_error (&error);

  g_free (lodge_test_virsh_run (fixture->virsh, "vol-create-as images other.qcow2 1M --format qcow2"));
  g_assert_null (create (fixture, xml, "other", 1 << 20, FALSE, NULL, &step, &error));
  g_assert_error (error, LODGE_ERROR, LODGE_ERROR_EXISTS);
  lodge_test_assert_helpful (error);
  g_assert_cmpint (step, ==, LODGE_CREATION_STEP_VOLUME);
  g_assert_true (has_image (fixture, "other.qcow2"));
}

/* A pool that is full while the disk is written into it: a small file system, where the test may mount one */
static void
test_full_pool (Fixture       *fixture,
                gconstpointer  data)
{
  const gboolean small = mount ("tmpfs", fixture->images, "tmpfs", 0, "size=2m,mode=0755") == 0;
  /* Else more than any disk has */
  const guint64 capacity = small ? 8 << 20 : G_GUINT64_CONSTANT (1) << 50;
  g_autoptr(GError) error = NULL;
  LodgeCreationStep step = LODGE_CREATION_STEP_DEFINE;

  if (small)
    {
      /* Its mount namespace is a copy of what was mounted when it started */
      lodge_test_daemon_kill (fixture->daemon);
      WAIT_FOR (lodge_connection_get_state (fixture->connection) == LODGE_CONNECTION_FAILED);
      lodge_test_daemon_start (fixture->daemon);
      lodge_test_open_connection (fixture->connection);
    }
  g_assert_null (create (fixture, "<domain/>", "endless", capacity, TRUE, NULL, &step, &error));
  lodge_test_assert_helpful (error);
  g_assert_error (error, LODGE_ERROR, LODGE_ERROR_NO_SPACE);
  g_assert_cmpint (step, ==, LODGE_CREATION_STEP_VOLUME);
  g_assert_false (has_image (fixture, "endless.qcow2"));
}

/* A creation that is cancelled takes back what it made */
static void
test_creation_cancelled (Fixture       *fixture,
                         gconstpointer  data)
{
  g_autofree char *xml = qemu_xml (fixture, "unwanted", "/usr/bin/qemu-system-x86_64");
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(LodgeJob) job = lodge_job_new ("Create", cancellable);
  g_autoptr(GError) error = NULL;

  g_assert_true (lodge_job_can_cancel (job));
  lodge_job_cancel (job);
  g_assert_null (create (fixture, xml, "unwanted", 1 << 20, FALSE, job, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (lodge_job_get_state (job), ==, LODGE_JOB_CANCELLED);
  g_assert_false (lodge_job_can_cancel (job));
  g_assert_false (has_image (fixture, "unwanted.qcow2"));
}

/* One of two disks cannot be erased: the machine is gone, the other disk too, and the error names what is left */
static void
test_deletion_fails (Fixture       *fixture,
                     gconstpointer  data)
{
  g_autofree char *xml =
    g_strdup_printf ("<domain type='qemu'><name>doomed</name><memory unit='MiB'>64</memory>"
                     "<os><type arch='x86_64' machine='q35'>hvm</type></os><devices>"
                     "<disk type='file' device='disk'><driver name='qemu' type='qcow2'/><source file='%s/one.qcow2'/>"
                     "<target dev='vda' bus='virtio'/></disk>"
                     "<disk type='file' device='disk'><driver name='qemu' type='qcow2'/><source file='%s/two.qcow2'/>"
                     "<target dev='vdb' bus='virtio'/></disk></devices></domain>", fixture->images, fixture->images);
  g_autofree char *path = g_build_filename (lodge_test_daemon_get_path (fixture->daemon), "doomed.xml", NULL);
  g_autofree char *two = g_build_filename (fixture->images, "two.qcow2", NULL);
  g_autoptr(LodgeJob) job = lodge_job_new ("Delete", NULL);
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GListModel) disks = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(LodgeDomain) domain = NULL;

  g_free (lodge_test_virsh_run (fixture->virsh, "vol-create-as images one.qcow2 1M --format qcow2"));
  g_free (lodge_test_virsh_run (fixture->virsh, "vol-create-as images two.qcow2 1M --format qcow2"));
  g_assert_true (g_file_set_contents (path, xml, -1, NULL));
  g_free (lodge_test_virsh_run (fixture->virsh, "define %s", path));
  domain = g_object_ref (lodge_test_find_domain (fixture->connection, "doomed"));

  lodge_domain_list_removable_disks_async (domain, NULL, lodge_test_result_cb, &result);
  WAIT_FOR (result != NULL);
  disks = lodge_domain_list_removable_disks_finish (domain, result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (disks), ==, 2);
  g_clear_object (&result);

  /* The second is no file any more when its turn comes */
  g_assert_cmpint (g_unlink (two), ==, 0);
  g_assert_cmpint (g_mkdir (two, 0755), ==, 0);
  {
    g_autofree char *inner = g_build_filename (two, "full", NULL);

    g_assert_true (g_file_set_contents (inner, "", 0, NULL));
    lodge_domain_delete_async (domain, disks, job, lodge_test_result_cb, &result);
    WAIT_FOR (result != NULL);
    g_unlink (inner);
  }
  g_assert_false (lodge_domain_delete_finish (domain, result, &error));
  lodge_test_assert_helpful (error);
  g_assert_nonnull (strstr (lodge_error_get_hint (error), "two.qcow2"));
  g_assert_null (strstr (lodge_error_get_hint (error), "one.qcow2"));
  g_assert_cmpint (lodge_job_get_state (job), ==, LODGE_JOB_FAILED);
  WAIT_FOR (lodge_connection_find_domain (fixture->connection, "doomed") == NULL);
  g_assert_false (has_image (fixture, "one.qcow2"));
}

int
main (int   argc,
      char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/model/bad-input/refused", test_refused);
  g_test_add_func ("/model/bad-input/other-protocol", test_other_protocol);
  g_test_add_func ("/model/bad-input/permission", test_permission);
  g_test_add_func ("/model/bad-input/wrong-password", test_wrong_password);
  g_test_add_func ("/model/bad-input/names", test_names);
  g_test_add_func ("/model/bad-input/huge-description", test_huge_description);
  g_test_add_func ("/model/bad-input/hostile-xml", test_hostile_xml);
#define ADD(path, function) g_test_add ("/model/bad-input/" path, Fixture, NULL, set_up, function, tear_down)
  ADD ("creation-fails", test_creation_fails);
  ADD ("definition-refused", test_definition_refused);
  ADD ("stopped-network", test_stopped_network);
  ADD ("name-exists", test_name_exists);
  ADD ("full-pool", test_full_pool);
  ADD ("creation-cancelled", test_creation_cancelled);
  ADD ("deletion-fails", test_deletion_fails);
  return g_test_run ();
}
