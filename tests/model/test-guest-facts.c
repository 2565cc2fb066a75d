/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "lib/lodge-test-connection.h"
#include "lib/lodge-test-wait.h"
#include "model/lodge-guest-facts-private.h"

/* What the agent of a guest says, true or not */

typedef struct
{
  virTypedParameterPtr list;
  int                  n, size;
} Parameters;

static void
add_string (Parameters *parameters,
            const char *name,
            const char *value)
{
  g_assert_cmpint (virTypedParamsAddString (&parameters->list, &parameters->n, &parameters->size, name, value), ==, 0);
}

static void
add_count (Parameters *parameters,
           const char *name,
           guint       value)
{
  g_assert_cmpint (virTypedParamsAddUInt (&parameters->list, &parameters->n, &parameters->size, name, value), ==, 0);
}

static void
add_bytes (Parameters *parameters,
           const char *name,
           guint64     value)
{
  g_assert_cmpint (virTypedParamsAddULLong (&parameters->list, &parameters->n, &parameters->size, name, value), ==, 0);
}

static void
test_parameters (void)
{
  Parameters parameters = { NULL, 0, 0 };
  g_autoptr(LodgeGuestFacts) facts = NULL;
  LodgeGuestFilesystem *filesystem;

  add_string (&parameters, "os.name", "Debian");
  add_string (&parameters, "os.pretty-name", "Debian GNU/Linux 13 (trixie)");
  add_string (&parameters, "os.kernel-release", "6.12.0");
  add_string (&parameters, "hostname", "web-01");
  add_string (&parameters, "timezone.name", "CET");
  add_count (&parameters, "user.count", 2);
  add_string (&parameters, "user.0.name", "anna");
  add_string (&parameters, "user.1.name", "root");
  add_count (&parameters, "fs.count", 1);
  add_string (&parameters, "fs.0.mountpoint", "/");
  add_string (&parameters, "fs.0.fstype", "ext4");
  add_bytes (&parameters, "fs.0.total-bytes", 1000);
  add_bytes (&parameters, "fs.0.used-bytes", 400);
  facts = lodge_guest_facts_new_from_parameters (parameters.list, parameters.n);
  virTypedParamsFree (parameters.list, parameters.n);
  g_assert_cmpstr (facts->os, ==, "Debian GNU/Linux 13 (trixie)");
  g_assert_cmpstr (facts->kernel, ==, "6.12.0");
  g_assert_cmpstr (facts->hostname, ==, "web-01");
  g_assert_cmpstr (facts->timezone, ==, "CET");
  g_assert_cmpuint (g_strv_length (facts->users), ==, 2);
  g_assert_cmpstr (facts->users[1], ==, "root");
  g_assert_cmpuint (facts->filesystems->len, ==, 1);
  filesystem = g_ptr_array_index (facts->filesystems, 0);
  g_assert_cmpstr (filesystem->mountpoint, ==, "/");
  g_assert_cmpstr (filesystem->type, ==, "ext4");
  g_assert_cmpuint (filesystem->total, ==, 1000);
  g_assert_cmpuint (filesystem->used, ==, 400);
}

/* Counts that are not so, texts without end or of broken letters, more used than there is */
static void
test_lies (void)
{
  Parameters parameters = { NULL, 0, 0 };
  g_autofree char *large = g_strnfill (100000, 'x');
  g_autoptr(LodgeGuestFacts) facts = NULL;
  LodgeGuestFilesystem *filesystem;

  add_string (&parameters, "os.pretty-name", large);
  add_string (&parameters, "hostname", "\xff\xfe\x1b[31m\n<b>");
  add_count (&parameters, "user.count", G_MAXUINT);
  add_count (&parameters, "fs.count", G_MAXUINT);
  add_string (&parameters, "fs.3.mountpoint", "/three");
  add_bytes (&parameters, "fs.3.total-bytes", 10);
  add_bytes (&parameters, "fs.3.used-bytes", G_MAXUINT64);
  facts = lodge_guest_facts_new_from_parameters (parameters.list, parameters.n);
  virTypedParamsFree (parameters.list, parameters.n);
  g_assert_cmpuint (strlen (facts->os), <, 1000);
  g_assert_true (g_utf8_validate (facts->hostname, -1, NULL));
  g_assert_null (strchr (facts->hostname, '\n'));
  g_assert_null (strchr (facts->hostname, '\x1b'));
  g_assert_cmpuint (g_strv_length (facts->users), ==, 0);
  g_assert_cmpuint (facts->filesystems->len, ==, 1);
  filesystem = g_ptr_array_index (facts->filesystems, 0);
  g_assert_cmpuint (filesystem->used, ==, 10);
  g_assert_null (filesystem->type);
}

/* A driver without the one call for all says what it can */
static void
test_driver (void)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(LodgeGuestFacts) facts = NULL;
  g_autoptr(GError) error = NULL;
  LodgeConnection *connection = lodge_test_open ("test:///default");
  LodgeDomain *domain = lodge_test_find_domain (connection, "test");

  lodge_domain_ask_guest_async (domain, NULL, lodge_test_result_cb, &result);
  WAIT_FOR (result != NULL);
  facts = lodge_domain_ask_guest_finish (domain, result, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (facts->hostname, ==, "testhost");
  g_assert_cmpuint (facts->filesystems->len, >, 0);
  g_assert_cmpint (facts->time, >, 0);
  lodge_test_close (connection);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/guest-facts/parameters", test_parameters);
  g_test_add_func ("/guest-facts/lies", test_lies);
  g_test_add_func ("/guest-facts/driver", test_driver);
  return g_test_run ();
}
