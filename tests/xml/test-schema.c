/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "schema-test.h"
#include "util/lodge-error.h"
#include "xml-test.h"

/* Every field of every table is set, read back and cleared: a row that cannot is a failure of this test. */

static const char base[] =
  "<domain type='kvm'>\n"
  "  <name>machine</name>\n"
  "  <memory unit='KiB'>1048576</memory>\n"
  "  <!-- kept -->\n"
  "  <os>\n"
  "    <type arch='x86_64' machine='q35'>hvm</type>\n"
  "  </os>\n"
  "  <devices>\n"
  "    <unknown thing='1'/>\n"
  "  </devices>\n"
  "</domain>\n";

static LodgeXmlDocument *
load (const char *text)
{
  g_autoptr(GError) error = NULL;
  LodgeXmlDocument *doc = lodge_xml_document_new (text, -1, &error);

  g_assert_no_error (error);
  return doc;
}

/* The element of a schema in a document that has just enough for it */
static LodgeXmlNode
make_element (GPtrArray        *visits,
              const TableVisit *visit,
              LodgeXmlDocument *doc)
{
  const LodgeSchema *schema = visit->schema;
  g_autoptr(GError) error = NULL;
  LodgeXmlNode owner = 1, node;

  if (visit->owner != NULL && visit->owner->path[0] != '\0')
    {
      for (guint i = 0; i < visits->len; i++)
        {
          const TableVisit *other = g_ptr_array_index (visits, i);

          if (other->schema == visit->owner)
            owner = make_element (visits, other, doc);
        }
    }
  if (schema->path[0] == '\0')
    return owner;
  if (schema->blank == NULL)
    g_error ("%s has a path but no blank", schema->id);
  node = lodge_schema_add (schema, doc, owner, &error);
  g_assert_no_error (error);
  return node;
}

static void
check_value (const TableVisit *visit,
             const LodgeField *field,
             LodgeXmlDocument *doc,
             LodgeXmlNode      node,
             const char       *value)
{
  g_autofree char *before = g_strdup (lodge_xml_document_get_text (doc));
  g_autofree char *old = lodge_field_get (field, doc, node);
  g_autofree char *what = g_strdup_printf ("%s, field %s = “%s”", visit->schema->id, field->id, value);
  g_autofree char *read = NULL, *label = NULL, *after = NULL;
  g_autoptr(LodgeXmlDocument) reread = NULL;
  g_autoptr(GError) error = NULL;

  if (!lodge_field_set (field, doc, node, value, &error))
    g_error ("%s: %s", what, error->message);
  read = lodge_field_get (field, doc, node);
  if (g_strcmp0 (read, value) != 0)
    g_error ("%s is read back as “%s” from\n%s", what, read, lodge_xml_document_get_text (doc));
  reread = load (lodge_xml_document_get_text (doc));
  after = lodge_field_get (field, reread, node);
  g_assert_cmpstr (after, ==, value);
  label = lodge_field_format (field, value);
  g_assert_cmpuint (strlen (label), >, 0);
  g_assert_true ((field->flags & LODGE_FIELD_SECRET) == 0 || strstr (label, value) == NULL);

  /* The same again is no change */
  if (g_strcmp0 (old, value) != 0)
    {
      g_autofree char *once = g_strdup (lodge_xml_document_get_text (doc));

      g_assert_true (lodge_field_set (field, doc, node, value, NULL));
      assert_same_text (what, lodge_xml_document_get_text (doc), once);
      g_assert_true (lodge_xml_document_undo (doc));
      assert_same_text (what, lodge_xml_document_get_text (doc), before);
      g_assert_true (lodge_xml_document_redo (doc));
    }

  /* Cleared, nothing is left of it */
  if (field->flags & LODGE_FIELD_REQUIRED)
    {
      g_assert_false (lodge_field_set (field, doc, node, NULL, &error));
      g_assert_error (error, LODGE_ERROR, LODGE_ERROR_INVALID_VALUE);
    }
  else
    {
      g_autofree char *cleared = NULL;

      g_assert_true (lodge_field_set (field, doc, node, NULL, &error));
      cleared = lodge_field_get (field, doc, node);
      if (cleared != NULL)
        g_error ("%s is still “%s” when it is cleared", what, cleared);
      if (old == NULL && (field->flags & LODGE_FIELD_KEEPS_PARENT) == 0)
        assert_same_text (what, lodge_xml_document_get_text (doc), before);
      if (g_strcmp0 (old, value) != 0)
        g_assert_true (lodge_xml_document_undo (doc));
    }
  if (g_strcmp0 (old, value) != 0)
    g_assert_true (lodge_xml_document_undo (doc));
  else if ((field->flags & LODGE_FIELD_REQUIRED) == 0)
    g_assert_true (lodge_xml_document_undo (doc));
  assert_same_text (what, lodge_xml_document_get_text (doc), before);
}

static void
test_fields (void)
{
  g_autoptr(GPtrArray) visits = schema_test_visit_all ();
  guint n_fields = 0, n_values = 0;

  for (guint i = 0; i < visits->len; i++)
    {
      const TableVisit *visit = g_ptr_array_index (visits, i);

      for (gsize j = 0; j < visit->schema->n_fields; j++)
        {
          const LodgeField *field = &visit->schema->fields[j];
          g_autoptr(LodgeXmlDocument) doc = load (base);
          g_autoptr(GPtrArray) samples = schema_test_samples (field);
          LodgeXmlNode node = make_element (visits, visit, doc);

          if (!schema_test_prepare (visit->schema, field, doc, node))
            g_error ("%s: what %s needs (%s) cannot be reached", visit->schema->id, field->id, field->needs);
          g_assert_cmpuint (samples->len, >, 0);
          for (guint k = 0; k < samples->len; k++)
            check_value (visit, field, doc, node, g_ptr_array_index (samples, k));
          g_assert_nonnull (strstr (lodge_xml_document_get_text (doc), "<!-- kept -->"));
          g_assert_nonnull (strstr (lodge_xml_document_get_text (doc), "<unknown thing='1'/>"));
          n_fields++;
          n_values += samples->len;
        }
    }
  g_test_message ("%u tables, %u fields, %u values", visits->len, n_fields, n_values);
  g_assert_cmpuint (n_fields, >, 900);
}

/* What a table says of itself holds: unique ids, labels, fallbacks that its own check takes, needs that can be met
 * and explained, and a field that a change of another makes impossible is found */
static void
test_tables (void)
{
  g_autoptr(GPtrArray) visits = schema_test_visit_all ();
  g_autoptr(GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < visits->len; i++)
    {
      const TableVisit *visit = g_ptr_array_index (visits, i);
      const LodgeSchema *schema = visit->schema;

      if (!g_hash_table_add (ids, (gpointer) schema->id))
        g_error ("two tables are called %s", schema->id);
      g_assert_nonnull (schema->title);
      if (visit->owner == NULL)
        g_assert_true (lodge_schema_find (schema->id) == schema);
      for (gsize j = 0; j < schema->n_fields; j++)
        {
          const LodgeField *field = &schema->fields[j];

          if (lodge_schema_find_field (schema, field->id) != field)
            g_error ("%s: two fields are called %s", schema->id, field->id);
          g_assert_nonnull (field->label);
          if (field->fallback != NULL && !lodge_field_check (field, field->fallback, NULL))
            g_error ("%s: %s cannot be its own fallback, %s", schema->id, field->id, field->fallback);
          if (field->type == LODGE_FIELD_ENUM && field->choices == NULL)
            g_error ("%s: %s has no choices", schema->id, field->id);
          if (field->type == LODGE_FIELD_SIZE && field->unit == NULL)
            g_error ("%s: %s has no unit", schema->id, field->id);
        }
    }
}

static void
test_needs (void)
{
  g_autoptr(LodgeXmlDocument) doc = load ("<disk type='file'>\n  <source file='/a'/>\n  <target dev='vda'/>\n</disk>");
  const LodgeSchema *disk = lodge_schema_find ("disk");
  const LodgeField *block = lodge_schema_find_field (disk, "block");
  const LodgeField *queues = lodge_schema_find_field (disk, "queues");
  g_autoptr(GPtrArray) stale = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *reason = NULL;

  g_assert_true (lodge_schema_find_for (doc, 1) == disk);
  g_assert_false (lodge_schema_check_needs (disk, block, doc, 1, &reason));
  g_assert_cmpstr (reason, ==, "Only possible when “Storage” is Device of the Host or vDPA.");
  g_clear_pointer (&reason, g_free);
  g_assert_false (lodge_schema_check_needs (disk, queues, doc, 1, &reason));
  g_assert_cmpstr (reason, ==, "Only possible when “Bus” is Virtio.");

  g_assert_true (lodge_field_set (lodge_schema_find_field (disk, "type"), doc, 1, "block", &error));
  g_assert_true (lodge_schema_check_needs (disk, block, doc, 1, NULL));
  stale = lodge_schema_get_stale (disk, doc, 1);
  g_assert_cmpuint (stale->len, ==, 1);
  g_assert_cmpstr (((const LodgeField *) stale->pdata[0])->id, ==, "file");
}

static void
test_checks (void)
{
  static const struct { const char *schema, *field, *value, *message; } cases[] = {
    { "watchdog", "action", "explode",
      "“explode” is not a valid choice. Choose one of: reset, shutdown, poweroff, pause, none, dump, inject-nmi." },
    { "watchdog", "model", NULL, "This cannot be left empty." },
    { "cpu", "maximum", "0", "Enter a value from 1 to 4096." },
    { "cpu", "maximum", "two", "Enter a whole number." },
    { "cpu", "maximum", "", "Enter a value." },
    { "cpu", "cpuset", "0-", "Enter numbers and ranges with commas between, like 0-3,8. “^2” leaves one out." },
    { "cpu", "cpuset", "3-1", "Enter numbers and ranges with commas between, like 0-3,8. “^2” leaves one out." },
    { "memory", "memory", "1024", "This is too small. Enter 1 MiB or more." },
    { "interface", "mac", "52:54:00:12:34", "Enter six pairs of digits and letters a to f, like 52:54:00:12:34:56." },
    { "interface", "mac", "53:54:00:12:34:56",
      "The second digit of the address must be even: this one is for groups of receivers." },
    { "graphics", "port", "x", "Enter a whole number." },
    { "interface", "local-address", "fd00::10", "Enter an IPv4 address, like 192.168.1.10." },
    { "overview", "uuid", "x", "Enter a UUID, like 8d1b6f0e-4c2a-4f0e-9c55-3c1e0a7b2f41." },
    { "overview", "name", "a\nb", "Enter one line." },
    { "overview", "name", "\xff", "The text is not valid UTF-8." },
    { "disk", "file", "a.img", "Enter a full path that begins with “/”." },
    { "hostdev", "vendor", "1234", "Enter a hexadecimal number that begins with 0x, like 0x1a." },
    { "hostdev", "vendor", "0x12345", "This is too large. Enter at most 0xffff." },
    { "hostdev", "managed", "on", "Choose yes or no." },
    { "features", "pmu", "yes", "Choose on or off." },
    { "graphics", "password-until", "tomorrow", "Enter a date and a time, like 2026-01-31T12:00:00." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(LodgeXmlDocument) doc = load (base);
      const LodgeField *field = lodge_schema_find_field (lodge_schema_find (cases[i].schema), cases[i].field);
      g_autoptr(GError) error = NULL;

      g_assert_nonnull (field);
      g_assert_false (lodge_field_set (field, doc, 1, cases[i].value, &error));
      g_assert_error (error, LODGE_ERROR, LODGE_ERROR_INVALID_VALUE);
      g_assert_cmpstr (error->message, ==, cases[i].message);
      g_assert_cmpstr (lodge_xml_document_get_text (doc), ==, base);
    }
}

/* Sizes keep the unit that a person wrote, if it goes */
static void
test_sizes (void)
{
  static const struct { const char *before, *value, *after; } cases[] = {
    { "<domain>\n  <memory unit='GiB'>4</memory>\n</domain>", "8589934592",
      "<domain>\n  <memory unit='GiB'>8</memory>\n</domain>" },
    { "<domain>\n  <memory unit='GiB'>4</memory>\n</domain>", "1572864000",
      "<domain>\n  <memory unit='KiB'>1536000</memory>\n</domain>" },
    { "<domain>\n  <memory>1048576</memory>\n</domain>", "2147483648",
      "<domain>\n  <memory>2097152</memory>\n</domain>" },
    { "<domain>\n  <memory unit='MB'>1000</memory>\n</domain>", "2000000000",
      "<domain>\n  <memory unit='MB'>2000</memory>\n</domain>" },
    { "<domain>\n  <memory unit='odd'>1</memory>\n</domain>", "2147483648",
      "<domain>\n  <memory unit='KiB'>2097152</memory>\n</domain>" },
    { "<domain>\n  <name>n</name>\n</domain>", "1048577",
      "<domain>\n  <name>n</name>\n  <memory unit='bytes'>1048577</memory>\n</domain>" },
  };
  const LodgeField *memory = lodge_schema_find_field (lodge_schema_find ("memory"), "memory");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(LodgeXmlDocument) doc = load (cases[i].before);
      g_autoptr(GError) error = NULL;

      g_assert_true (lodge_field_set (memory, doc, 1, cases[i].value, &error));
      g_assert_no_error (error);
      g_assert_cmpstr (lodge_xml_document_get_text (doc), ==, cases[i].after);
    }
}

/* What older definitions have elsewhere stays there */
static void
test_other_place (void)
{
  static const char text[] =
    "<disk type='network'>\n  <auth username='a'>\n    <secret type='ceph' usage='u'/>\n  </auth>\n"
    "  <source protocol='rbd' name='p'/>\n</disk>";
  g_autoptr(LodgeXmlDocument) doc = load (text);
  const LodgeField *user = lodge_schema_find_field (lodge_schema_find ("disk"), "auth-user");
  g_autofree char *value = lodge_field_get (user, doc, 1);
  g_autoptr(GError) error = NULL;

  g_assert_cmpstr (value, ==, "a");
  g_assert_true (lodge_field_set (user, doc, 1, "b", &error));
  g_assert_nonnull (strstr (lodge_xml_document_get_text (doc), "<auth username='b'>\n    <secret"));
  g_assert_true (lodge_field_set (user, doc, 1, NULL, &error));
  g_assert_nonnull (strstr (lodge_xml_document_get_text (doc), "<auth>\n    <secret"));
}

static void
test_supported (void)
{
  g_autoptr(LodgeXmlDocument) capabilities = load (
    "<domainCapabilities><os supported='yes'><enum name='firmware'><value>efi</value></enum></os>"
    "<devices><disk supported='yes'><enum name='bus'><value>virtio</value><value>sata</value></enum></disk>"
    "<video supported='no'/></devices></domainCapabilities>");
  const LodgeSchema *disk = lodge_schema_find ("disk");
  g_auto(GStrv) buses = lodge_field_get_supported (lodge_schema_find_field (disk, "bus"), capabilities);
  g_auto(GStrv) models = lodge_field_get_supported (lodge_schema_find_field (lodge_schema_find ("video"), "model"),
                                                    capabilities);
  g_auto(GStrv) silent = lodge_field_get_supported (lodge_schema_find_field (disk, "model"), capabilities);
  g_auto(GStrv) firmware = lodge_field_get_supported (lodge_schema_find_field (lodge_schema_find ("overview"),
                                                                               "firmware"), capabilities);

  g_assert_cmpuint (g_strv_length (buses), ==, 2);
  g_assert_cmpstr (buses[1], ==, "sata");
  g_assert_nonnull (models);
  g_assert_cmpuint (g_strv_length (models), ==, 0);
  g_assert_null (silent);
  g_assert_cmpstr (firmware[0], ==, "efi");
  g_assert_null (lodge_field_get_supported (lodge_schema_find_field (disk, "bus"), NULL));
}

/* Adding and removing every kind leaves the document as it was */
static void
test_add_remove (void)
{
  g_autoptr(GPtrArray) visits = schema_test_visit_all ();

  for (guint i = 0; i < visits->len; i++)
    {
      const TableVisit *visit = g_ptr_array_index (visits, i);
      g_autoptr(LodgeXmlDocument) doc = load (base);
      g_autofree char *before = NULL;
      g_autoptr(GError) error = NULL;
      LodgeXmlNode owner = 1, node;

      if (visit->schema->path[0] == '\0')
        continue;
      if (visit->owner != NULL && visit->owner->path[0] != '\0')
        {
          for (guint j = 0; j < visits->len; j++)
            {
              const TableVisit *other = g_ptr_array_index (visits, j);

              if (other->schema == visit->owner)
                owner = make_element (visits, other, doc);
            }
        }
      before = g_strdup (lodge_xml_document_get_text (doc));
      node = lodge_schema_add (visit->schema, doc, owner, &error);
      g_assert_no_error (error);
      if (!visit->schema->many || lodge_schema_find_node (visit->schema, doc, owner, 1) == LODGE_XML_NONE)
        g_assert_cmpuint (lodge_schema_find_node (visit->schema, doc, owner, 0), ==, node);
      if (visit->owner == NULL)
        g_assert_true (lodge_schema_find_for (doc, node) == visit->schema);
      g_assert_true (lodge_schema_remove (visit->schema, doc, node, &error));
      assert_same_text (visit->schema->id, lodge_xml_document_get_text (doc), before);
      g_assert_true (lodge_xml_document_undo (doc));
      g_assert_true (lodge_xml_document_undo (doc));
      assert_same_text (visit->schema->id, lodge_xml_document_get_text (doc), before);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/xml/schema/tables", test_tables);
  g_test_add_func ("/xml/schema/fields", test_fields);
  g_test_add_func ("/xml/schema/needs", test_needs);
  g_test_add_func ("/xml/schema/checks", test_checks);
  g_test_add_func ("/xml/schema/sizes", test_sizes);
  g_test_add_func ("/xml/schema/other-place", test_other_place);
  g_test_add_func ("/xml/schema/supported", test_supported);
  g_test_add_func ("/xml/schema/add-remove", test_add_remove);

  return g_test_run ();
}
