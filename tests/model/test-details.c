/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <locale.h>

#include "lib/lodge-test-connection.h"
#include "lib/lodge-test-daemon.h"
#include "lib/lodge-test-folder.h"
#include "lib/lodge-test-relay.h"
#include "lib/lodge-test-virsh.h"
#include "lib/lodge-test-wait.h"
#include "model/lodge-details-reader.h"
#include "model/lodge-domain-details.h"
#include "util/lodge-error.h"

/* Titles, tags, folders, addresses: what is read of a machine when somebody shows it */

#define PROC_GET_XML_DESC 14

static const char described[] =
  "<domain type='test'><name>shop</name><title>The  shop &lt;b&gt;</title><description>Sells\nthings</description>"
  "<metadata><libosinfo:libosinfo xmlns:libosinfo='http://libosinfo.org/xmlns/libvirt/domain/1.0'>"
  "<libosinfo:os id='http://fedoraproject.org/fedora/41'/></libosinfo:libosinfo>"
  "<x:machine xmlns:x='https://lodgevm.org/xmlns/domain/1.0'><x:tag>web</x:tag><x:tag>alpha</x:tag><x:tag>web</x:tag>"
  "<x:folder>/Customers//Blue/</x:folder></x:machine></metadata>"
  "<memory unit='KiB'>65536</memory><vcpu>3</vcpu><os><type>hvm</type></os></domain>";

static void
assert_tags (LodgeDomain *domain,
             const char  *expected)
{
  g_autofree char *tags = g_strjoinv (" ", (char **) lodge_domain_get_tags (domain));

  g_assert_cmpstr (tags, ==, expected);
}

static void
test_parse (void)
{
  g_autoptr(GString) many = g_string_new ("<domain><metadata><lodge:machine xmlns:lodge='https://lodgevm.org/xmlns/domain/1.0'>");
  LodgeDetails *details = lodge_details_parse (described);
  g_autofree char *long_tag = g_strnfill (5000, 'z');

  g_assert_cmpstr (details->title, ==, "The  shop <b>");
  g_assert_cmpstr (details->os_id, ==, "http://fedoraproject.org/fedora/41");
  g_assert_cmpstr (details->folder, ==, "Customers/Blue");
  g_assert_cmpuint (g_strv_length (details->tags), ==, 2);
  g_assert_cmpuint (details->vcpus, ==, 3);
  g_assert_cmpint (details->memory_max, ==, 64 << 20);
  lodge_details_free (details);

  for (guint i = 0; i < 5000; i++)
    g_string_append_printf (many, "<lodge:tag>t%u</lodge:tag>", i);
  g_string_append_printf (many, "<lodge:folder>%s</lodge:folder></lodge:machine></metadata></domain>", long_tag);
  details = lodge_details_parse (many->str);
  g_assert_cmpuint (g_strv_length (details->tags), ==, LODGE_MAX_TAGS);
  g_assert_cmpuint (strlen (details->folder), ==, LODGE_MAX_FOLDER_LENGTH);
  lodge_details_free (details);

  details = lodge_details_parse ("<domain><title>a");
  g_assert_null (details->title);
  lodge_details_free (details);
}

typedef struct
{
  LodgeTestDaemon *daemon;
  LodgeTestRelay  *relay;
  LodgeTestFolder *folder;
  LodgeTestVirsh  *virsh;
  LodgeConnection *connection;
  LodgeDomain     *domain;
  char            *uri;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autofree char *path = NULL;
  g_autofree char *uri = NULL;

  fixture->daemon = lodge_test_daemon_new ();
  fixture->folder = lodge_test_folder_new ();
  fixture->relay = lodge_test_relay_new_unix (lodge_test_daemon_get_socket (fixture->daemon));
  fixture->uri = lodge_test_relay_dup_uri (fixture->relay, "test", "/default");
  uri = lodge_test_daemon_dup_uri (fixture->daemon, "test", "/default");
  fixture->virsh = lodge_test_virsh_new (uri);
  path = lodge_test_folder_write (fixture->folder, "shop.xml", described, -1);
  g_free (lodge_test_virsh_run (fixture->virsh, "define %s", path));
  fixture->connection = lodge_connection_new (fixture->uri, NULL);
  lodge_connection_set_read_only (fixture->connection, data != NULL);
  lodge_test_open_connection (fixture->connection);
  fixture->domain = g_object_ref (lodge_test_find_domain (fixture->connection, "shop"));
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_object_unref (fixture->domain);
  lodge_test_close (fixture->connection);
  lodge_test_virsh_free (fixture->virsh);
  lodge_test_relay_free (fixture->relay);
  lodge_test_daemon_free (fixture->daemon);
  lodge_test_folder_free (fixture->folder);
  g_free (fixture->uri);
}

static void
test_read (Fixture       *fixture,
           gconstpointer  data)
{
  g_assert_cmpuint (lodge_test_relay_get_n_calls (fixture->relay, PROC_GET_XML_DESC), ==, 0);
  g_assert_null (lodge_domain_get_title (fixture->domain));
  g_assert_null (lodge_domain_get_tags (fixture->domain)[0]);

  /* Once, however often it is wanted */
  for (guint i = 0; i < 100; i++)
    lodge_domain_want_details (fixture->domain);
  WAIT_FOR (lodge_domain_get_details_known (fixture->domain));
  g_assert_cmpstr (lodge_domain_get_title (fixture->domain), ==, "The  shop <b>");
  g_assert_cmpstr (lodge_domain_get_description (fixture->domain), ==, "Sells\nthings");
  g_assert_cmpstr (lodge_domain_get_os_id (fixture->domain), ==, "http://fedoraproject.org/fedora/41");
  g_assert_cmpstr (lodge_domain_get_folder (fixture->domain), ==, "Customers/Blue");
  assert_tags (fixture->domain, "alpha web");
  g_assert_cmpuint (lodge_domain_get_vcpus (fixture->domain), ==, 3);
  g_assert_nonnull (strstr (lodge_domain_get_search_text (fixture->domain), "alpha"));
  for (guint i = 0; i < 100; i++)
    lodge_domain_want_details (fixture->domain);
  lodge_test_settle ();
  g_assert_cmpuint (lodge_test_relay_get_n_calls (fixture->relay, PROC_GET_XML_DESC), ==, 1);

  /* All of them, for a search */
  lodge_connection_load_details (fixture->connection);
  WAIT_FOR (lodge_domain_get_details_known (lodge_test_find_domain (fixture->connection, "test")));

  /* Another person's change is heard of; what is not shown is not lost */
  g_free (lodge_test_virsh_run (fixture->virsh, "desc shop --title --config --new-desc Bakery"));
  WAIT_FOR (g_strcmp0 (lodge_domain_get_title (fixture->domain), "Bakery") == 0);
  assert_tags (fixture->domain, "alpha web");
}

static void
set_tags (LodgeDomain        *domain,
          const char * const *tags,
          const char         *folder)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  lodge_domain_set_tags_async (domain, tags, folder, NULL, lodge_test_result_cb, &result);
  WAIT_FOR (result != NULL);
  lodge_domain_set_metadata_finish (domain, result, &error);
  g_assert_no_error (error);
}

static void
test_write (Fixture       *fixture,
            gconstpointer  data)
{
  const char * const tags[] = { "z<&>", "db", " db ", "", NULL };
  g_autofree char *xml = NULL;
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  LodgeDetails *details;

  set_tags (fixture->domain, tags, "/A/ B /");
  assert_tags (fixture->domain, "db z<&>");
  g_assert_cmpstr (lodge_domain_get_folder (fixture->domain), ==, "A/B");
  lodge_domain_set_title_async (fixture->domain, "Two\nlines", NULL, lodge_test_result_cb, &result);
  WAIT_FOR (result != NULL);
  lodge_domain_set_metadata_finish (fixture->domain, result, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (lodge_domain_get_title (fixture->domain), ==, "Two lines");

  xml = lodge_test_virsh_run (fixture->virsh, "dumpxml --inactive shop");
  details = lodge_details_parse (xml);
  g_assert_cmpstr (details->title, ==, "Two lines");
  g_assert_cmpstr (details->folder, ==, "A/B");
  g_assert_cmpstr (details->tags[1], ==, "z<&>");
  /* Another program's metadata is as it was */
  g_assert_cmpstr (details->os_id, ==, "http://fedoraproject.org/fedora/41");
  lodge_details_free (details);

  set_tags (fixture->domain, NULL, NULL);
  g_assert_null (lodge_domain_get_tags (fixture->domain)[0]);
  g_free (xml);
  xml = lodge_test_virsh_run (fixture->virsh, "dumpxml --inactive shop");
  g_assert_null (strstr (xml, "lodgevm.org"));
}

/* Through a read-only connection a person's tags are the person's own, and come back with the next opening */
static void
test_read_only (Fixture       *fixture,
                gconstpointer  data)
{
  const char * const tags[] = { "mine", NULL };
  g_autofree char *xml = NULL;

  g_assert_true (lodge_connection_get_read_only (fixture->connection));
  g_assert_false (lodge_domain_can (fixture->domain, LODGE_DOMAIN_START));
  set_tags (fixture->domain, tags, "Own/Place");
  xml = lodge_test_virsh_run (fixture->virsh, "dumpxml shop");
  g_assert_nonnull (strstr (xml, "alpha"));
  g_assert_null (strstr (xml, "mine"));

  lodge_connection_close (fixture->connection);
  lodge_test_open_connection (fixture->connection);
  g_object_unref (fixture->domain);
  fixture->domain = g_object_ref (lodge_test_find_domain (fixture->connection, "shop"));
  lodge_domain_want_details (fixture->domain);
  WAIT_FOR (lodge_domain_get_details_known (fixture->domain));
  assert_tags (fixture->domain, "mine");
  g_assert_cmpstr (lodge_domain_get_folder (fixture->domain), ==, "Own/Place");
  g_assert_cmpstr (lodge_domain_get_title (fixture->domain), ==, "The  shop <b>");
}

static void
test_addresses (Fixture       *fixture,
                gconstpointer  data)
{
  static const char with_network[] =
    "<domain type='test'><name>net</name><memory>65536</memory><os><type>hvm</type></os><devices>"
    "<interface type='network'><source network='default'/></interface></devices></domain>";
  g_autofree char *path = lodge_test_folder_write (fixture->folder, "net.xml", with_network, -1);
  LodgeDomain *domain;

  g_free (lodge_test_virsh_run (fixture->virsh, "create %s", path));
  domain = lodge_test_find_domain (fixture->connection, "net");
  lodge_test_wait_state (domain, LODGE_DOMAIN_STATE_RUNNING);
  lodge_domain_want_details (domain);
  WAIT_FOR (lodge_domain_get_addresses (domain)[0] != NULL);
  g_assert_true (g_hostname_is_ip_address (lodge_domain_get_addresses (domain)[0]));
  g_assert_nonnull (strstr (lodge_domain_get_search_text (domain), lodge_domain_get_addresses (domain)[0]));
}

int
main (int   argc,
      char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/model/details/parse", test_parse);
#define ADD(path, data, function) g_test_add ("/model/details/" path, Fixture, data, set_up, function, tear_down)
  ADD ("read", NULL, test_read);
  ADD ("write", NULL, test_write);
  ADD ("read-only", "read-only", test_read_only);
  ADD ("addresses", NULL, test_addresses);
  return g_test_run ();
}
