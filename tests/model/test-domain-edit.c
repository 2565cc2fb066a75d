/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lib/lodge-test-connection.h"
#include "lib/lodge-test-folder.h"
#include "lib/lodge-test-wait.h"
#include "model/lodge-connection.h"
#include "model/lodge-domain-edit.h"
#include "model/lodge-history.h"
#include "util/lodge-error.h"

/* A definition that is replaced: on libvirt's test driver, in this process */

typedef struct
{
  LodgeTestFolder *folder;
  LodgeConnection *connection;
  LodgeDomain     *domain;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  n_running)
{
  g_autofree char *uri = NULL;

  fixture->folder = lodge_test_folder_new ();
  uri = lodge_test_write_host (fixture->folder, 1, GPOINTER_TO_UINT (n_running));
  fixture->connection = lodge_test_open (uri);
  fixture->domain = lodge_test_find_domain (fixture->connection, "m0000");
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  n_running)
{
  lodge_test_close (fixture->connection);
  lodge_test_folder_free (fixture->folder);
}

static LodgeDomainDefinition *
read_definition (Fixture *fixture)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  LodgeDomainDefinition *definition;

  lodge_domain_read_definition_async (fixture->domain, NULL, lodge_test_result_cb, &result);
  WAIT_FOR (result != NULL);
  definition = lodge_domain_read_definition_finish (fixture->domain, result, &error);
  g_assert_no_error (error);
  return definition;
}

static LodgeDomainDefinition *
redefine (Fixture               *fixture,
          const char            *base,
          const char            *xml,
          GPtrArray             *changes,
          LodgeDomainEditFlags   flags,
          GError               **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  lodge_domain_redefine_async (fixture->domain, base, xml, changes, flags, NULL, lodge_test_result_cb, &result);
  WAIT_FOR (result != NULL);
  return lodge_domain_redefine_finish (fixture->domain, result, error);
}

static char *
replace (const char *text,
         const char *old,
         const char *new)
{
  g_autoptr(GString) string = g_string_new (text);

  g_assert_cmpuint (g_string_replace (string, old, new, 1), ==, 1);
  return g_string_free_and_steal (g_steal_pointer (&string));
}

static guint
count_history (Fixture *fixture)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) files = lodge_history_list (lodge_domain_get_uuid (fixture->domain), &error);

  g_assert_no_error (error);
  return files->len;
}

static void
test_replace (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr(LodgeDomainDefinition) before = read_definition (fixture);
  g_autoptr(LodgeDomainDefinition) after = NULL;
  g_autoptr(LodgeDomainDefinition) same = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *xml = replace (before->inactive, "</uuid>", "</uuid>\n  <title>Changed</title>");
  const guint kept = count_history (fixture);

  g_assert_null (before->live);
  after = redefine (fixture, before->inactive, xml, NULL, LODGE_DOMAIN_EDIT_NONE, &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (after->inactive, "<title>Changed</title>"));
  g_assert_cmpuint (count_history (fixture), ==, kept + 1);

  /* What is the same already is neither kept nor sent */
  same = redefine (fixture, after->inactive, after->inactive, NULL, LODGE_DOMAIN_EDIT_NONE, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (same->inactive, ==, after->inactive);
  g_assert_cmpuint (count_history (fixture), ==, kept + 1);
}

static void
test_conflict (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr(LodgeDomainDefinition) before = read_definition (fixture);
  g_autoptr(LodgeDomainDefinition) theirs = NULL;
  g_autoptr(LodgeDomainDefinition) ours = NULL;
  g_autoptr(LodgeDomainDefinition) forced = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *first = replace (before->inactive, "</uuid>", "</uuid>\n  <title>Theirs</title>");
  g_autofree char *second = replace (before->inactive, "</uuid>", "</uuid>\n  <title>Ours</title>");

  theirs = redefine (fixture, before->inactive, first, NULL, LODGE_DOMAIN_EDIT_NONE, &error);
  g_assert_no_error (error);
  ours = redefine (fixture, before->inactive, second, NULL, LODGE_DOMAIN_EDIT_NONE, &error);
  g_assert_error (error, LODGE_ERROR, LODGE_ERROR_CONFLICT);
  g_assert_null (ours);
  g_clear_error (&error);

  forced = redefine (fixture, before->inactive, second, NULL, LODGE_DOMAIN_EDIT_OVERWRITE, &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (forced->inactive, "<title>Ours</title>"));
}

/* The host's schema refuses it, and nothing is changed; without its schema libvirt drops what it does not know */
static void
test_schema (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr(LodgeDomainDefinition) before = read_definition (fixture);
  g_autoptr(LodgeDomainDefinition) refused = NULL;
  g_autoptr(LodgeDomainDefinition) unchanged = NULL;
  g_autoptr(LodgeDomainDefinition) saved = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *xml = replace (before->inactive, "</uuid>", "</uuid>\n  <title>New</title>\n  <novelty/>");

  refused = redefine (fixture, before->inactive, xml, NULL, LODGE_DOMAIN_EDIT_NONE, &error);
  g_assert_true (lodge_domain_error_is_schema (error));
  g_clear_error (&error);
  unchanged = read_definition (fixture);
  g_assert_cmpstr (unchanged->inactive, ==, before->inactive);

  saved = redefine (fixture, before->inactive, xml, NULL, LODGE_DOMAIN_EDIT_NO_VALIDATION, &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (saved->inactive, "<title>New</title>"));
  g_assert_null (strstr (saved->inactive, "<novelty/>"));
}

static void
test_rename (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr(LodgeDomainDefinition) before = read_definition (fixture);
  g_autoptr(LodgeDomainDefinition) after = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *xml = replace (before->inactive, "<name>m0000</name>", "<name>other</name>");

  after = redefine (fixture, before->inactive, xml, NULL, LODGE_DOMAIN_EDIT_NONE, &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (after->inactive, "<name>other</name>"));
  WAIT_FOR (g_str_equal (lodge_domain_get_name (fixture->domain), "other"));
}

/* One of two live changes cannot be done: the other is, and the definition is saved */
static void
test_partial (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr(LodgeDomainDefinition) before = read_definition (fixture);
  g_autoptr(LodgeDomainDefinition) after = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *xml = replace (before->inactive, "</uuid>", "</uuid>\n  <title>Now</title>");
  GPtrArray *changes = g_ptr_array_new_with_free_func ((GDestroyNotify) lodge_live_change_free);

  g_assert_nonnull (before->live);
  g_ptr_array_add (changes, lodge_live_change_new (LODGE_LIVE_TITLE, "Title", "Now", NULL));
  g_ptr_array_add (changes, lodge_live_change_new (LODGE_LIVE_VCPUS, "Processors", "4000", NULL));
  after = redefine (fixture, before->inactive, xml, changes, LODGE_DOMAIN_EDIT_NONE, &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (after->live, "<title>Now</title>"));
  g_assert_nonnull (strstr (after->inactive, "<title>Now</title>"));
  g_assert_cmpuint (after->changes->len, ==, 2);
  g_assert_no_error (((LodgeLiveChange *) g_ptr_array_index (after->changes, 0))->error);
  g_assert_nonnull (((LodgeLiveChange *) g_ptr_array_index (after->changes, 1))->error);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, n_running, function) \
  g_test_add ("/domain-edit/" path, Fixture, GUINT_TO_POINTER (n_running), set_up, function, tear_down)
  ADD ("replace", 0, test_replace);
  ADD ("conflict", 0, test_conflict);
  ADD ("schema", 0, test_schema);
  ADD ("rename", 0, test_rename);
  ADD ("partial", 1, test_partial);
  return g_test_run ();
}
