/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "xml/lodge-schema.h"
#include "xml/lodge-validator.h"
#include "xml/lodge-xml-completion.h"
#include "xml/lodge-xml-diff.h"
#include "xml/lodge-xml-scanner.h"

/* For libFuzzer: hostile bytes through the whole XML layer. The first bytes say what is done, the rest is the text. */

#define N_STEPS 6
#define HEAD (N_STEPS * 4 + 2)

static const char * const values[] = {
  "yes", "no", "on", "off", "1", "4096", "0x1", "/a'b\"c<&>", "a\tb\nc", "52:54:00:12:34:56", "vda", "file", "block",
  "8d1b6f0e-4c2a-4f0e-9c55-3c1e0a7b2f41", "0-3,^2", "]]>", "<!-- -->", " x ", "\xc3\xa9", "18446744073709551615",
};

int LLVMFuzzerTestOneInput (const uint8_t *data,
                            size_t         size);

#define CHECK(condition) \
  do { if (!(condition)) { g_printerr ("%s:%d: %s\n", __FILE__, __LINE__, #condition); abort (); } } while (0)

static void
scan (const char *text,
      gsize       length)
{
  LodgeXmlScanner scanner;
  LodgeXmlToken token;
  gsize last = 0;

  lodge_xml_scanner_init (&scanner, text, length);
  while (lodge_xml_scanner_next (&scanner, &token))
    {
      CHECK (token.start >= last && token.end >= token.start && token.end <= length);
      CHECK (token.value + token.value_length <= length && token.name + token.name_length <= length);
      last = token.end;
    }
}

static const LodgeSchema *
choose_schema (guint number)
{
  const LodgeSchema * const *all = lodge_schema_get_all ();
  guint n = 0;

  while (all[n] != NULL)
    n++;
  return all[number % n];
}

/* One edit, chosen by four bytes; what it leaves is a document, and what was set is read */
static void
edit (LodgeXmlDocument *doc,
      const uint8_t    *head)
{
  const LodgeSchema *schema = choose_schema (head[0]);
  const char *value = values[head[2] % G_N_ELEMENTS (values)];
  LodgeXmlNode node = 1 + head[3] % 32;

  if (schema->path[0] == '\0')
    node = 1;
  else if (head[3] & 0x80)
    node = lodge_schema_add (schema, doc, 1, NULL);
  else
    {
      g_autofree char *name = lodge_xml_document_get_name (doc, node);

      if (name == NULL)
        return;
    }
  if (node == LODGE_XML_NONE)
    return;

  if (schema->n_fields > 0)
    {
      const LodgeField *field = &schema->fields[head[1] % schema->n_fields];

      if (head[2] & 0x80)
        lodge_field_set (field, doc, node, NULL, NULL);
      else if (lodge_field_set (field, doc, node, value, NULL) && field->type != LODGE_FIELD_SIZE)
        {
          g_autofree char *read = lodge_field_get (field, doc, node);
          g_autofree char *canonical = g_strstrip (g_strdup (value));

          /* “no” takes an element away that says “yes” by being there */
          CHECK (read == NULL || g_str_equal (read, value) || g_str_equal (read, canonical));
        }
    }
  else if (node > 1)
    lodge_xml_document_remove (doc, node, NULL);
}

static void
edit_all (const uint8_t *head,
          const char    *text,
          gsize          length)
{
  g_autoptr(LodgeXmlDocument) doc = lodge_xml_document_new (text, length, NULL);
  g_autoptr(LodgeXmlDocument) before = NULL, after = NULL;
  g_autoptr(GPtrArray) changes = NULL;
  g_autoptr(GArray) lines = NULL;

  if (doc == NULL)
    return;
  for (guint i = 0; i < N_STEPS; i++)
    {
      g_autoptr(GError) error = NULL;

      edit (doc, head + i * 4);
      g_clear_object (&after);
      after = lodge_xml_document_new (lodge_xml_document_get_text (doc), -1, &error);
      if (after == NULL)
        g_printerr ("%s in\n%s\n", error->message, lodge_xml_document_get_text (doc));
      CHECK (after != NULL);
    }

  before = lodge_xml_document_new (text, length, NULL);
  changes = lodge_xml_diff_fields (before, after, LODGE_XML_DIFF_LIVE);
  lines = lodge_xml_diff_lines (lodge_xml_document_get_text (before), lodge_xml_document_get_text (after));
  while (lodge_xml_document_undo (doc))
    ;
  CHECK (strlen (lodge_xml_document_get_text (doc)) == length
         && memcmp (lodge_xml_document_get_text (doc), text, length) == 0);
}

static void
check_typed (const uint8_t *head,
             const char    *text,
             gsize          length)
{
  static LodgeGrammar *grammar;
  static gboolean tried;
  g_autoptr(GPtrArray) faults = NULL;
  g_autoptr(LodgeXmlCompletion) completion = NULL;
  gsize cursor = (head[0] * 256u + head[1]) % (length + 1);

  if (!tried || (grammar != NULL && lodge_grammar_is_full (grammar)))
    {
      g_clear_pointer (&grammar, lodge_grammar_free);
      grammar = lodge_grammar_load (NULL, "domain", NULL);
      tried = TRUE;
    }
  if (grammar == NULL || !g_utf8_validate_len (text, length, NULL))
    return;

  faults = lodge_validator_check (grammar, text, length);
  for (guint i = 0; i < faults->len; i++)
    {
      const LodgeXmlFault *fault = g_ptr_array_index (faults, i);

      CHECK (fault->offset + fault->length <= length && fault->line >= 1 && fault->column >= 1);
      CHECK (g_utf8_validate (fault->message, -1, NULL));
    }
  completion = lodge_xml_completion_new (grammar, text, length, cursor);
  CHECK (completion->start <= cursor);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autofree char *text = NULL;
  gsize length;

  if (size < HEAD)
    return 0;
  length = size - HEAD;
  /* Exactly this long: a byte beyond is seen. What is typed in an editor is terminated. */
  scan ((const char *) data + HEAD, length);
  text = g_strndup ((const char *) data + HEAD, length);
  if (strlen (text) == length)
    check_typed (data + N_STEPS * 4, text, length);
  edit_all (data, (const char *) data + HEAD, length);
  return 0;
}
