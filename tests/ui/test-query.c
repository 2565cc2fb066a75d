/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lib/lodge-test-folder.h"
#include "lib/lodge-test-connection.h"
#include "lib/lodge-test-wait.h"
#include "model/lodge-connection.h"
#include "model/lodge-domain-details.h"
#include "util/lodge-error.h"
#include "util/lodge-format.h"
#include "widgets/lodge-column.h"
#include "window/lodge-machine-query.h"
#include "window/lodge-search-terms.h"

/* The language of the search, on machines of libvirt's test driver */

static const char node[] =
  "<node>"
  "<domain type='test' xmlns:test='http://libvirt.org/schemas/domain/test/1.0'><name>Web-01</name>"
  "<uuid>11111111-2222-3333-4444-555555555555</uuid><memory>65536</memory><os><type>hvm</type></os>"
  "<test:runstate>1</test:runstate></domain>"
  "<domain type='test' xmlns:test='http://libvirt.org/schemas/domain/test/1.0'><name>web two: the “second”</name>"
  "<metadata><lodge:machine xmlns:lodge='" LODGE_METADATA_NAMESPACE "'><lodge:folder>Customers/Blue</lodge:folder>"
  "<lodge:tag>prod</lodge:tag></lodge:machine></metadata>"
  "<memory>65536</memory><os><type>hvm</type></os><test:runstate>5</test:runstate></domain>"
  "<domain type='test' xmlns:test='http://libvirt.org/schemas/domain/test/1.0'><name>db</name>"
  "<metadata><lodge:machine xmlns:lodge='" LODGE_METADATA_NAMESPACE "'><lodge:folder>Customers</lodge:folder>"
  "<lodge:tag>product</lodge:tag></lodge:machine></metadata>"
  "<memory>65536</memory><os><type>hvm</type></os><test:runstate>3</test:runstate></domain>"
  "</node>";

/* @found: which of the three above, in the order of the file; NULL: it does not parse */
static const struct { const char *text, *found; } cases[] = {
  { "", "123" },
  { "   ", "123" },
  { "WEB", "12" },
  { "web 01", "1" },
  { "11111111-2", "1" },
  { "-web", "3" },
  { "-", "1" },
  { "state:running", "1" },
  { "state:RUN", "1" },
  { "is:off", "2" },
  { "-state:off", "13" },
  { "state:", "123" },
  { "host:atl", "123" },
  { "ATLAS db", "3" },
  { "host:borealis", "" },
  { "name:web state:off", "2" },
  { "uuid:11111111-2222", "1" },
  { "uuid:2222", "" },
  { "3333-4444", "" },
  { "\"two: the\"", "2" },
  { "two:", NULL },
  { "fe80::1", "" },
  { "qemu:///system", "" },
  { "state:sleepy", NULL },
  { "colour:red", NULL },
  { "\"open", NULL },
  { "name:\"web two\"", "2" },
  { "<b>&amp;</b>", "" },
  { "tag:prod", "23" },
  { "tag:\"prod\"", "2" },
  { "-tag:\"PROD\"", "13" },
  { "folder:blue", "2" },
  { "folder:\"Customers\"", "23" },
  { "folder:\"customers/blue\"", "2" },
  { "folder:\"Custom\"", "" },
};

static LodgeConnection *connection;

static void
test_case (gconstpointer data)
{
  const guint i = GPOINTER_TO_UINT (data);
  static const char * const names[] = { "Web-01", "web two: the “second”", "db" };
  g_autoptr(GError) error = NULL;
  g_autoptr(LodgeMachineQuery) query = lodge_machine_query_parse (cases[i].text, &error);
  g_autoptr(GString) found = g_string_new (NULL);

  if (cases[i].found == NULL)
    {
      g_assert_null (query);
      g_assert_error (error, LODGE_ERROR, LODGE_ERROR_INVALID_VALUE);
      g_assert_cmpuint (strlen (error->message), >, 10);
      return;
    }
  g_assert_no_error (error);
  for (guint k = 0; k < G_N_ELEMENTS (names); k++)
    {
      LodgeDomain *domain = lodge_test_find_domain (connection, names[k]);

      if (lodge_machine_query_matches (query, domain))
        g_string_append_c (found, '1' + k);
    }
  g_assert_cmpstr (found->str, ==, cases[i].found);
}

static void
test_names (void)
{
  static const char * const sorted[] = { "", "-", "a", "a2", "a02", "A10", "a10b", "b", "web-9", "web-10", "web-010",
                                         "z" };

  for (guint i = 0; i + 1 < G_N_ELEMENTS (sorted); i++)
    {
      g_test_message ("“%s”, “%s”", sorted[i], sorted[i + 1]);
      g_assert_cmpint (lodge_compare_names (sorted[i], sorted[i]), ==, 0);
      /* “a2” and “a02” are one number: told apart, whichever way */
      g_assert_cmpint (lodge_compare_names (sorted[i], sorted[i + 1]), !=, 0);
      g_assert_cmpint (lodge_compare_names (sorted[i], sorted[i + 1]) < 0, !=,
                       lodge_compare_names (sorted[i + 1], sorted[i]) < 0);
    }
  g_assert_cmpint (lodge_compare_names ("web-9", "web-10"), <, 0);
  g_assert_cmpint (lodge_compare_names ("Web-9", "web-10"), <, 0);
  g_assert_cmpint (lodge_compare_names ("web-99999999999999999999998", "web-99999999999999999999999"), <, 0);
}

/* What menus and completion do to the text */
static void
test_terms (void)
{
  static const struct { const char *text, *term; gboolean wanted; const char *result; } rows[] = {
    { "", "tag:\"web\"", TRUE, "tag:\"web\"" },
    { "web  ", "state:off", TRUE, "web state:off" },
    { "state:off web", "state:off", TRUE, "web state:off" },
    { "a tag:\"x y\" b", "tag:\"x y\"", FALSE, "a b" },
    { "a", "b", FALSE, "a" },
    { "ab a", "a", FALSE, "ab" },
    { "\"open", "tag:\"a\"", FALSE, "\"open" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *result = lodge_search_with_term (rows[i].text, rows[i].term, rows[i].wanted);
      g_autoptr(LodgeMachineQuery) query = lodge_machine_query_parse (result, NULL);

      g_assert_cmpstr (result, ==, rows[i].result);
      g_assert_true (lodge_search_has_term (result, rows[i].term) == rows[i].wanted);
      g_assert_true (query != NULL || strstr (result, "open") != NULL);
    }
}

/* @candidates: what is proposed for a word, in order; of fields and states the first */
static void
test_complete (void)
{
  static const struct { const char *word, *candidates; } rows[] = {
    { "s", "" },
    { "st", "state:" },
    { "FO", "folder:" },
    { "web", "" },
    { "", "state: host: tag:" },
    { "state:p", "state:paused" },
    { "is:un", "state:unreachable" },
    { "tag:", "tag:\"prod\" tag:\"product\"" },
    { "tag:PRODU", "tag:\"product\"" },
    { "tag:\"produ", "tag:\"product\"" },
    { "-tag:produ", "-tag:\"product\"" },
    { "host:", "host:\"Atlas\"" },
    { "folder:customers/", "folder:\"Customers/Blue\"" },
    { "colour:", "" },
    { "tag:nothing", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(GPtrArray) candidates = lodge_search_complete (rows[i].word, lodge_connection_get_domains (connection), 3);
      g_autoptr(GString) text = g_string_new (NULL);

      for (guint k = 0; k < candidates->len; k++)
        g_string_append_printf (text, "%s%s", k > 0 ? " " : "",
                                ((LodgeSearchCandidate *) candidates->pdata[k])->term);
      g_test_message ("“%s”", rows[i].word);
      g_assert_cmpstr (text->str, ==, rows[i].candidates);
    }
}

static gboolean
are_details_known (void)
{
  GListModel *domains = lodge_connection_get_domains (connection);

  for (guint i = 0; i < g_list_model_get_n_items (domains); i++)
    {
      g_autoptr(LodgeDomain) domain = g_list_model_get_item (domains, i);

      if (!lodge_domain_get_details_known (domain))
        return FALSE;
    }
  return TRUE;
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr(LodgeTestFolder) folder = NULL;
  g_autofree char *uri = NULL;
  int result;

  g_test_init (&argc, &argv, NULL);
  folder = lodge_test_folder_new ();
  uri = lodge_test_write_node (folder, node);
  connection = lodge_test_open (uri);
  lodge_connection_set_name (connection, "Atlas");
  lodge_connection_load_details (connection);
  WAIT_FOR (are_details_known ());

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/query/%02u", i);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_case);
    }
  g_test_add_func ("/query/names", test_names);
  g_test_add_func ("/query/terms", test_terms);
  g_test_add_func ("/query/complete", test_complete);
  result = g_test_run ();
  lodge_test_close (connection);
  return result;
}
