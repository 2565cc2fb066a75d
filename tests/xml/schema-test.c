/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "schema-test.h"

#include <string.h>

static void
visit_free (gpointer data)
{
  TableVisit *visit = data;

  g_free (visit->path);
  g_free (visit);
}

static void
visit (const LodgeSchema *schema,
       const LodgeSchema *owner,
       const char        *outer,
       GPtrArray         *result)
{
  TableVisit *entry = g_new0 (TableVisit, 1);

  entry->schema = schema;
  entry->owner = owner;
  entry->path = outer[0] == '\0' || schema->path[0] == '\0' ? g_strconcat (outer, schema->path, NULL)
                                                              : g_strconcat (outer, "/", schema->path, NULL);
  g_ptr_array_add (result, entry);
  for (const LodgeSchema * const *list = schema->lists; list != NULL && *list != NULL; list++)
    visit (*list, schema, entry->path, result);
}

/* (element-type TableVisit): owners before their lists */
GPtrArray *
schema_test_visit_all (void)
{
  GPtrArray *result = g_ptr_array_new_with_free_func (visit_free);

  for (const LodgeSchema * const *schema = lodge_schema_get_all (); *schema != NULL; schema++)
    visit (*schema, NULL, "", result);
  return result;
}

static void
add_number (GPtrArray *samples,
            gint64     number)
{
  g_ptr_array_add (samples, g_strdup_printf ("%" G_GINT64_FORMAT, number));
}

/* Values of a field: all choices, both ends of a range, what is usual of the others */
GPtrArray *
schema_test_samples (const LodgeField *field)
{
  static const char * const texts[][3] = {
    [LODGE_FIELD_STRING] = { "ua-text", "a<b> & 'c' \"d\"" },
    [LODGE_FIELD_TEXT] = { "one", "line 1\nline 2" },
    [LODGE_FIELD_BOOL] = { "yes", "no" },
    [LODGE_FIELD_ON_OFF] = { "on", "off" },
    [LODGE_FIELD_PRESENCE] = { "yes" },
    [LODGE_FIELD_ENUM] = { NULL },
    [LODGE_FIELD_HEX] = { "0x0", "0x7" },
    [LODGE_FIELD_UUID] = { "8d1b6f0e-4c2a-4f0e-9c55-3c1e0a7b2f41", "00000000-1111-2222-3333-444444444444" },
    [LODGE_FIELD_MAC] = { "52:54:00:12:34:56", "02:00:00:00:00:01" },
    [LODGE_FIELD_PATH] = { "/tmp/a b'c", "/dev/null" },
    [LODGE_FIELD_ADDRESS] = { "192.168.1.10", "fd00::10" },
    [LODGE_FIELD_ADDRESS4] = { "192.168.1.10", "255.255.255.0" },
    [LODGE_FIELD_CPUSET] = { "0-3,8", "1" },
    [LODGE_FIELD_DATE] = { "2026-01-31T12:00:00", "2030-12-31T23:59:59" },
  };
  GPtrArray *samples = g_ptr_array_new_with_free_func (g_free);

  for (const LodgeFieldChoice *choice = field->choices; choice != NULL && choice->value != NULL; choice++)
    g_ptr_array_add (samples, g_strdup (choice->value));
  if (field->choices != NULL)
    return samples;

  if (field->type == LODGE_FIELD_SIZE)
    {
      guint64 unit = 1;

      g_assert_true (lodge_xml_size_parse ("1", NULL, field->unit, &unit));
      add_number (samples, (gint64) MAX ((guint64) field->minimum, unit * 4));
      add_number (samples, (gint64) MAX ((guint64) field->minimum * 3, unit * 4096));
    }
  else if (field->type == LODGE_FIELD_UINT || field->type == LODGE_FIELD_INT)
    {
      add_number (samples, field->minimum);
      add_number (samples, field->maximum != 0 ? field->maximum : field->minimum + 1000);
    }
  else
    {
      for (guint i = 0; i < 2 && texts[field->type][i] != NULL; i++)
        g_ptr_array_add (samples, g_strdup (texts[field->type][i]));
    }
  return samples;
}

/* Sets the other fields so that this one is possible */
gboolean
schema_test_prepare (const LodgeSchema *schema,
                     const LodgeField  *field,
                     LodgeXmlDocument  *document,
                     LodgeXmlNode       node)
{
  g_auto(GStrv) conditions = field->needs != NULL ? g_strsplit (field->needs, ";", -1) : NULL;

  for (guint i = 0; conditions != NULL && conditions[i] != NULL; i++)
    {
      const char *condition = g_strstrip (conditions[i]);
      gsize length = strcspn (condition, "!=");
      g_autofree char *id = g_strndup (condition, length);
      const LodgeField *other = lodge_schema_find_field (schema, id);
      g_autofree char *value = NULL;
      g_autoptr(GError) error = NULL;

      if (other == NULL)
        g_error ("%s: %s needs a field “%s” that does not exist", schema->id, field->id, id);
      if (!schema_test_prepare (schema, other, document, node))
        return FALSE;
      if (condition[length] == '=')
        {
          value = g_strndup (condition + length + 1, strcspn (condition + length + 1, " "));
          if (other->choices != NULL)
            {
              g_auto(GStrv) all = g_strsplit (condition + length + 1, " ", -1);

              for (guint j = 0; all[j] != NULL; j++)
                {
                  if (!lodge_field_check (other, all[j], &error))
                    g_error ("%s: %s needs %s=%s: %s", schema->id, field->id, id, all[j], error->message);
                }
            }
        }
      else if (condition[length] == '\0')
        {
          g_autoptr(GPtrArray) samples = schema_test_samples (other);

          value = g_strdup (g_ptr_array_index (samples, 0));
        }
      if (value != NULL && !lodge_field_set (other, document, node, value, &error))
        g_error ("%s: %s=%s for %s: %s", schema->id, id, value, field->id, error->message);
    }
  return lodge_schema_check_needs (schema, field, document, node, NULL);
}
