/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "generator.h"
#include "grammar-test.h"
#include "schema-test.h"
#include "xml-test.h"
#include "xml/lodge-validator.h"

/* Tables against the grammar */

/* What the tables have and the installed grammar does not, with the reason. The tables are of libvirt 11.10. */
static const struct { const char *path, *value, *reason; } known_gaps[] = {
  { "launchSecurity/@type", "tdx", "since 11.6" },
  { "launchSecurity/mrConfigId", NULL, "TDX, since 11.6" },
  { "launchSecurity/mrOwner", NULL, "TDX, since 11.6" },
  { "launchSecurity/mrOwnerConfig", NULL, "TDX, since 11.6" },
  { "launchSecurity/quoteGenerationService/@path", NULL, "TDX, since 11.6" },
};

static void
find_elements (LodgePattern *pattern,
               const char   *name,
               GPtrArray    *result)
{
  if (pattern->type == LODGE_PATTERN_ELEMENT)
    {
      if (pattern->name != NULL && g_str_equal (pattern->name, name) && !g_ptr_array_find (result, pattern, NULL))
        g_ptr_array_add (result, pattern);
      return;
    }
  if (pattern->a != NULL)
    find_elements (pattern->a, name, result);
  if (pattern->b != NULL)
    find_elements (pattern->b, name, result);
}

static char *
dup_grammar_name (const char *step)
{
  static const char * const spaces[][2] = {
    { "bhyve:", "http://libvirt.org/schemas/domain/bhyve/1.0" },
    { "xen:", "http://libvirt.org/schemas/domain/xen/1.0" },
    { "qemu:", "http://libvirt.org/schemas/domain/qemu/1.0" },
    { "lxc:", "http://libvirt.org/schemas/domain/lxc/1.0" },
  };
  g_autofree char *name = g_strndup (step, strcspn (step, "["));

  for (guint i = 0; i < G_N_ELEMENTS (spaces); i++)
    {
      if (g_str_has_prefix (name, spaces[i][0]))
        return g_strdup_printf ("{%s}%s", spaces[i][1], name + strlen (spaces[i][0]));
    }
  return g_steal_pointer (&name);
}

/* Whether the path is in the grammar, and its values */
static gboolean
resolve (LodgeGrammar *grammar,
         const char   *path,
         GPtrArray    *values,
         GPtrArray    *datatypes,
         gboolean     *any)
{
  LodgePatternPool *pool = lodge_grammar_get_pool (grammar);
  g_autoptr(GPtrArray) elements = g_ptr_array_new ();
  g_autoptr(GString) whole = g_string_new ("domain");
  g_auto(GStrv) steps = NULL;
  guint brackets = 0;
  gboolean found = FALSE;

  if (path[0] != '\0')
    g_string_append_printf (whole, "/%s", path);
  for (char *p = whole->str; *p != '\0'; p++)
    {
      brackets += *p == '[';
      brackets -= *p == ']';
      if (*p == '/' && brackets > 0)
        *p = '_';
    }
  steps = g_strsplit (whole->str, "/", -1);
  for (guint i = 0; steps[i] != NULL; i++)
    {
      g_autoptr(GPtrArray) next = g_ptr_array_new ();
      g_autofree char *name = dup_grammar_name (steps[i]);

      if (i > 0 && g_str_equal (steps[i - 1], "metadata"))
        {
          *any = TRUE;
          return TRUE;
        }
      if (steps[i][0] == '@')
        {
          for (guint j = 0; j < elements->len; j++)
            {
              g_autoptr(GPtrArray) names = g_ptr_array_new ();
              LodgePattern *content = lodge_pattern_get_content (pool, elements->pdata[j]);
              /* Names are known when what has them was read */
              const char *known = lodge_pattern_intern (pool, steps[i] + 1);

              lodge_pattern_collect_attributes (content, names);
              found = found || g_ptr_array_find (names, known, NULL);
              lodge_pattern_collect_values (content, known, values, datatypes, any);
            }
          return found;
        }
      if (i == 0)
        find_elements (lodge_grammar_get_start (grammar), name, next);
      for (guint j = 0; j < elements->len; j++)
        find_elements (lodge_pattern_get_content (pool, elements->pdata[j]), name, next);
      g_ptr_array_set_size (elements, 0);
      for (guint j = 0; j < next->len; j++)
        g_ptr_array_add (elements, next->pdata[j]);
    }
  for (guint j = 0; j < elements->len; j++)
    lodge_pattern_collect_values (lodge_pattern_get_content (pool, elements->pdata[j]), NULL, values, datatypes, any);
  return elements->len > 0;
}

static gboolean
is_known_gap (const char *path,
              const char *value)
{
  for (guint i = 0; i < G_N_ELEMENTS (known_gaps); i++)
    {
      if (g_str_equal (known_gaps[i].path, path) && g_strcmp0 (known_gaps[i].value, value) == 0)
        return TRUE;
    }
  return FALSE;
}

static gboolean
takes (GPtrArray  *values,
       GPtrArray  *datatypes,
       gboolean    any,
       const char *value)
{
  gboolean ok = any;

  for (guint i = 0; i < values->len; i++)
    ok = ok || g_str_equal (values->pdata[i], value);
  for (guint i = 0; i < datatypes->len; i++)
    ok = ok || lodge_datatype_check (datatypes->pdata[i], value);
  return ok;
}

/* Samples as they are written, not as a field gives them */
static void
check_samples (const char       *path,
               const LodgeField *field,
               GPtrArray        *values,
               GPtrArray        *datatypes,
               gboolean          any,
               guint            *n_wrong)
{
  g_autoptr(GPtrArray) samples = schema_test_samples (field);

  for (guint i = 0; i < samples->len; i++)
    {
      const char *sample = samples->pdata[i];

      if (field->type == LODGE_FIELD_PRESENCE || field->type == LODGE_FIELD_TEXT || field->type == LODGE_FIELD_STRING
          || field->type == LODGE_FIELD_PATH || field->type == LODGE_FIELD_SIZE || field->type == LODGE_FIELD_INT)
        continue;
      if ((field->flags & LODGE_FIELD_OPEN) == 0 && !takes (values, datatypes, any, sample)
          && !is_known_gap (path, sample))
        {
          g_test_message ("%s: the grammar does not take “%s”", path, sample);
          (*n_wrong)++;
        }
    }
  /* Only noted: grammars grow */
  for (guint i = 0; field->choices != NULL && i < values->len; i++)
    {
      gboolean has = FALSE;

      for (guint j = 0; j < samples->len; j++)
        has = has || g_str_equal (samples->pdata[j], values->pdata[i]);
      if (!has)
        g_test_message ("note: %s has no choice “%s”", path, (const char *) values->pdata[i]);
    }
}

static void
test_tables (void)
{
  g_autoptr(LodgeGrammar) grammar = load_grammar ("domain");
  g_autoptr(GPtrArray) visits = schema_test_visit_all ();
  guint n_wrong = 0;

  for (guint i = 0; i < visits->len; i++)
    {
      const TableVisit *visit = g_ptr_array_index (visits, i);

      for (gsize j = 0; j < visit->schema->n_fields; j++)
        {
          const LodgeField *field = &visit->schema->fields[j];
          g_autofree char *path = visit->path[0] == '\0' || field->path[0] == '\0'
                                  ? g_strconcat (visit->path, field->path, NULL)
                                  : g_strconcat (visit->path, "/", field->path, NULL);
          g_autoptr(GPtrArray) values = g_ptr_array_new ();
          g_autoptr(GPtrArray) datatypes = g_ptr_array_new ();
          gboolean any = FALSE;

          if (resolve (grammar, path, values, datatypes, &any))
            check_samples (path, field, values, datatypes, any, &n_wrong);
          else if (!is_known_gap (path, NULL))
            {
              g_test_message ("%s is not in the grammar", path);
              n_wrong++;
            }
        }
    }
  g_assert_cmpuint (n_wrong, ==, 0);
}

/* What the grammar has and no table: a list for those who extend them, and a floor that may only rise */

/* What no table is for, with the reason */
static const struct { const char *part, *reason; } not_for_tables[] = {
  { "/address/", "places of devices: libvirt chooses them" },
  { "/address", "places of devices: libvirt chooses them" },
  { "backingStore", "read from the images: the page of a disk's chain" },
  { "mirror", "only of a running machine" },
  { "privateData", "only of libvirt itself" },
  { "dataStore", "part of an image's chain" },
  { "metadata/", "of other programs" },
  { "/seclabel", "labels of single files: the XML page" },
  { "nvram/source", "variables of the firmware on the network: the XML page" },
};

static gboolean
is_for_tables (const char *path)
{
  for (guint i = 0; i < G_N_ELEMENTS (not_for_tables); i++)
    {
      if (strstr (path, not_for_tables[i].part) != NULL)
        return FALSE;
    }
  return TRUE;
}

typedef struct
{
  LodgePatternPool *pool;
  GHashTable       *rows;    /* paths of all fields, without conditions */
  GPtrArray        *stack;   /* elements that are being walked */
  GHashTable       *seen;    /* paths */
  guint             n, n_covered;
} Coverage;

static void
count_path (Coverage   *coverage,
            const char *path)
{
  if (!is_for_tables (path) || !g_hash_table_add (coverage->seen, g_strdup (path)))
    return;
  coverage->n++;
  if (g_hash_table_contains (coverage->rows, path))
    coverage->n_covered++;
  else
    g_test_message ("note: no field for %s", path);
}

static void
cover (Coverage     *coverage,
       LodgePattern *pattern,
       const char   *path)
{
  g_autofree char *inner = NULL;
  const char *name = pattern->name != NULL ? pattern->name : "*";

  if (pattern->type == LODGE_PATTERN_ATTRIBUTE)
    {
      inner = g_strconcat (path, path[0] != '\0' ? "/@" : "@", name, NULL);
      count_path (coverage, inner);
    }
  else if (pattern->type == LODGE_PATTERN_TEXT || pattern->type == LODGE_PATTERN_DATA
           || pattern->type == LODGE_PATTERN_VALUE)
    count_path (coverage, path);
  else if (pattern->type == LODGE_PATTERN_ELEMENT)
    {
      LodgePattern *content = lodge_pattern_get_content (coverage->pool, pattern);

      if (g_ptr_array_find (coverage->stack, pattern, NULL) || !is_for_tables (path))
        return;
      inner = g_str_equal (name, "domain") ? g_strdup ("") : g_strconcat (path, path[0] != '\0' ? "/" : "", name, NULL);
      g_ptr_array_add (coverage->stack, pattern);
      if (content->type == LODGE_PATTERN_EMPTY)
        count_path (coverage, inner);
      cover (coverage, content, inner);
      g_ptr_array_set_size (coverage->stack, coverage->stack->len - 1);
    }
  else
    {
      if (pattern->a != NULL)
        cover (coverage, pattern->a, path);
      if (pattern->b != NULL)
        cover (coverage, pattern->b, path);
    }
}

/* “a[@b='c/d']/e” is “a/e”; prefixes become namespaces, as the grammar has them */
static char *
dup_plain_path (const char *path)
{
  g_autoptr(GString) plain = g_string_new (NULL);
  g_auto(GStrv) steps = NULL;

  for (const char *p = path; *p != '\0'; p++)
    {
      if (*p == '[')
        p = strchr (p, ']');
      else
        g_string_append_c (plain, *p);
    }
  steps = g_strsplit (plain->str, "/", -1);
  g_string_truncate (plain, 0);
  for (guint i = 0; steps[i] != NULL; i++)
    {
      g_autofree char *name = dup_grammar_name (steps[i]);

      g_string_append_printf (plain, "%s%s", i > 0 ? "/" : "", name);
    }
  return g_string_free_and_steal (g_steal_pointer (&plain));
}

static void
test_coverage (void)
{
  g_autoptr(LodgeGrammar) grammar = load_grammar ("domain");
  g_autoptr(GPtrArray) visits = schema_test_visit_all ();
  g_autoptr(GHashTable) rows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(GPtrArray) stack = g_ptr_array_new ();
  Coverage coverage = { .pool = lodge_grammar_get_pool (grammar), .rows = rows, .stack = stack, .seen = seen };

  for (guint i = 0; i < visits->len; i++)
    {
      const TableVisit *visit = g_ptr_array_index (visits, i);

      for (gsize j = 0; j < visit->schema->n_fields; j++)
        {
          const LodgeField *field = &visit->schema->fields[j];
          g_autofree char *path = visit->path[0] == '\0' || field->path[0] == '\0'
                                  ? g_strconcat (visit->path, field->path, NULL)
                                  : g_strconcat (visit->path, "/", field->path, NULL);
          g_autofree char *plain = dup_plain_path (path);

          if (field->type == LODGE_FIELD_SIZE && (field->flags & LODGE_FIELD_BARE) == 0)
            {
              char *at = strrchr (plain, '@');

              g_hash_table_add (rows, at != NULL ? g_strdup_printf ("%.*s@unit", (int) (at - plain), plain)
                                                 : g_strconcat (plain, "/@unit", NULL));
            }
          if (field->also != NULL)
            g_hash_table_add (rows, g_strconcat (visit->path, "/", field->also, NULL));
          g_hash_table_add (rows, g_steal_pointer (&plain));
        }
    }
  cover (&coverage, lodge_grammar_get_start (grammar), "");
  g_test_message ("%u of %u values of the grammar have a field", coverage.n_covered, coverage.n);
  g_assert_cmpuint (coverage.n_covered * 100 / coverage.n, >=, 90);
}

/* Blank devices of the tables are what libvirt takes */
static void
test_blanks (void)
{
  g_autoptr(LodgeGrammar) grammar = load_grammar ("domain");
  g_autoptr(GPtrArray) visits = schema_test_visit_all ();

  for (guint i = 0; i < visits->len; i++)
    {
      const TableVisit *visit = g_ptr_array_index (visits, i);
      g_autoptr(LodgeXmlDocument) doc = lodge_xml_document_new (machine, -1, NULL);
      g_autoptr(GPtrArray) faults = NULL;
      g_autofree char *words = NULL;
      const char *text;

      if (visit->owner != NULL || visit->schema->path[0] == '\0')
        continue;
      g_assert_cmpuint (lodge_schema_add (visit->schema, doc, 1, NULL), !=, LODGE_XML_NONE);
      text = lodge_xml_document_get_text (doc);
      faults = lodge_validator_check (grammar, text, strlen (text));
      words = describe (faults);
      if (faults->len > 0)
        g_error ("%s: %s in\n%s", visit->schema->id, words, visit->schema->blank);
    }
}

/* Fields and edits over the generated documents: nothing is lost */

typedef struct
{
  GPtrArray *visits;
  guint      n, n_set;
} Round;

static void
round_cb (const char *target,
          const char *document,
          gpointer    user_data)
{
  Round *round = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(LodgeXmlDocument) doc = lodge_xml_document_new (document, -1, &error);

  g_assert_no_error (error);
  assert_same_text (target, lodge_xml_document_get_text (doc), document);
  round->n++;

  for (guint i = 0; i < round->visits->len; i++)
    {
      const TableVisit *visit = g_ptr_array_index (round->visits, i);
      LodgeXmlNode node = visit->path[0] == '\0' ? 1 : lodge_xml_document_find (doc, 1, visit->path);

      for (gsize j = 0; node != LODGE_XML_NONE && j < visit->schema->n_fields; j++)
        {
          const LodgeField *field = &visit->schema->fields[j];
          g_autofree char *value = lodge_field_get (field, doc, node);

          /* Most pages are about the root, in every document: only what is there is written again there */
          if (value == NULL)
            continue;
          if (lodge_field_check (field, value, NULL))
            {
              g_autofree char *again = NULL;

              g_assert_true (lodge_field_set (field, doc, node, value, NULL));
              assert_same_text (target, lodge_xml_document_get_text (doc), document);
              if (field->flags & LODGE_FIELD_REQUIRED)
                continue;
              g_assert_true (lodge_field_set (field, doc, node, NULL, &error));
              g_assert_no_error (error);
              again = lodge_field_get (field, doc, node);
              if (again != NULL)
                g_error ("%s: %s of %s is still “%s” when it is cleared", target, field->id, visit->schema->id, again);
              if (!g_str_equal (lodge_xml_document_get_text (doc), document))
                g_assert_true (lodge_xml_document_undo (doc));
              assert_same_text (target, lodge_xml_document_get_text (doc), document);
              round->n_set++;
            }
        }
    }
}

static void
test_rounds (void)
{
  g_autoptr(LodgeGrammar) grammar = load_grammar ("domain");
  g_autoptr(GPtrArray) visits = schema_test_visit_all ();
  Round round = { .visits = visits };

  generator_run (grammar, round_cb, &round);
  g_test_message ("%u documents, %u values set again and cleared", round.n, round.n_set);
  g_assert_cmpuint (round.n, >, 2000);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/xml/tables/tables", test_tables);
  g_test_add_func ("/xml/tables/coverage", test_coverage);
  g_test_add_func ("/xml/tables/blanks", test_blanks);
  g_test_add_func ("/xml/tables/rounds", test_rounds);

  return g_test_run ();
}
