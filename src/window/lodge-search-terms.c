/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-search-terms"

#include "config.h"

#include "lodge-search-terms.h"

#include <glib/gi18n.h>
#include <string.h>

#include "lodge-machine-query.h"
#include "model/lodge-connection.h"
#include "model/lodge-domain-details.h"
#include "util/lodge-format.h"

/* A word this long may be the beginning of a field: any letter would open the list for every name that is typed */
#define MIN_FIELD_PREFIX 2

static const struct { const char *name, *hint; } fields[] = {
  { "state:", N_("Running, off, paused, saved, crashed…") },
  { "host:", N_("A connection") },
  { "tag:", N_("A tag") },
  { "folder:", N_("A folder and what is below it") },
  { "os:", N_("The system inside") },
  { "ip:", N_("The beginning of an address") },
  { "name:", N_("A part of the name") },
  { "title:", N_("A part of the title") },
  { "uuid:", N_("The beginning of the UUID") },
};

/* The end of the word that begins at @start; quotation marks hold spaces */
static gsize
find_end (const char *text,
          gsize       start)
{
  gboolean quoted = FALSE;
  gsize end = start;

  for (; text[end] != '\0' && (quoted || !g_ascii_isspace (text[end])); end++)
    quoted ^= text[end] == '"';
  return end;
}

static gsize
skip_spaces (const char *text,
             gsize       place)
{
  while (g_ascii_isspace (text[place]))
    place++;
  return place;
}

void
lodge_search_find_word (const char *text,
                        gsize       place,
                        gsize      *start,
                        gsize      *end)
{
  gsize from = skip_spaces (text, 0);

  while (text[from] != '\0')
    {
      const gsize to = find_end (text, from);

      if (place >= from && place <= to)
        {
          *start = from;
          *end = to;
          return;
        }
      if (place < from)
        break;
      from = skip_spaces (text, to);
    }
  *start = *end = place;
}

char *
lodge_search_term_new (const char *field,
                       const char *value)
{
  /* The search knows no way to write a quotation mark: what is before it has to do */
  if (strchr (value, '"') != NULL)
    return g_strdup_printf ("%s:%.*s", field, (int) strcspn (value, "\" "), value);
  return g_strdup_printf ("%s:\"%s\"", field, value);
}

static gboolean
find_term (const char *text,
           const char *term,
           gsize      *start,
           gsize      *end)
{
  for (gsize from = skip_spaces (text, 0); text[from] != '\0'; from = skip_spaces (text, *end))
    {
      *start = from;
      *end = find_end (text, from);
      if (*end - from == strlen (term) && strncmp (text + from, term, *end - from) == 0)
        return TRUE;
    }
  return FALSE;
}

gboolean
lodge_search_has_term (const char *text,
                       const char *term)
{
  gsize start, end;

  return find_term (text, term, &start, &end);
}

char *
lodge_search_with_term (const char *text,
                        const char *term,
                        gboolean    wanted)
{
  g_autoptr(GString) result = g_string_new (text);
  gsize start, end;

  while (find_term (result->str, term, &start, &end))
    g_string_erase (result, start, skip_spaces (result->str, end) - start);
  while (result->len > 0 && g_ascii_isspace (result->str[result->len - 1]))
    g_string_truncate (result, result->len - 1);
  if (wanted)
    g_string_append_printf (result, "%s%s", result->len > 0 ? " " : "", term);
  return g_string_free_and_steal (g_steal_pointer (&result));
}

/* Completion */

static void
candidate_free (gpointer data)
{
  LodgeSearchCandidate *candidate = data;

  g_free (candidate->term);
  g_free (candidate);
}

static void
add_candidate (GPtrArray  *candidates,
               char       *term,
               const char *hint,
               guint       count)
{
  LodgeSearchCandidate *candidate = g_new (LodgeSearchCandidate, 1);

  *candidate = (LodgeSearchCandidate) { term, hint, count };
  g_ptr_array_add (candidates, candidate);
}

static int
compare_candidates (gconstpointer a,
                    gconstpointer b)
{
  const LodgeSearchCandidate *first = *(LodgeSearchCandidate **) a, *second = *(LodgeSearchCandidate **) b;

  return first->count != second->count ? (first->count < second->count) - (first->count > second->count)
                                       : lodge_compare_names (first->term, second->term);
}

static gboolean
begins (const char *value,
        const char *folded_prefix)
{
  g_autofree char *folded = g_utf8_casefold (value, -1);

  return g_str_has_prefix (folded, folded_prefix);
}

/* “http://fedoraproject.org/fedora/41” is found by “fedora”: its last words */
static const char *
get_system_name (LodgeDomain *domain)
{
  const char *id = lodge_domain_get_os_id (domain);
  const char *slash = id != NULL ? strstr (id, "://") : NULL;

  slash = slash != NULL ? strchr (slash + 3, '/') : NULL;
  return slash != NULL ? slash + 1 : id;
}

/* The values of a field, and how many machines have them: borrowed text → number, 0 for those that begin otherwise. Each
 * value is looked at once, as ten thousand machines have few. */
static GHashTable *
count_values (const char *field,
              const char *prefix,
              GListModel *domains)
{
  GHashTable *counts = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree char *folded = g_utf8_casefold (prefix, -1);

  for (guint i = 0; i < g_list_model_get_n_items (domains); i++)
    {
      g_autoptr(LodgeDomain) domain = g_list_model_get_item (domains, i);
      LodgeConnection *connection = lodge_domain_get_connection (domain);
      const char *one[2] = { NULL, NULL };
      const char * const *values = one;

      if (g_str_equal (field, "tag"))
        values = lodge_domain_get_tags (domain);
      else if (g_str_equal (field, "ip"))
        values = lodge_domain_get_addresses (domain);
      else if (g_str_equal (field, "folder"))
        one[0] = lodge_domain_get_folder (domain);
      else if (g_str_equal (field, "os"))
        one[0] = get_system_name (domain);
      else if (g_str_equal (field, "host") && connection != NULL)
        one[0] = lodge_connection_get_label (connection);
      for (; *values != NULL; values++)
        {
          gpointer key, count;

          if (!g_hash_table_lookup_extended (counts, *values, &key, &count))
            g_hash_table_insert (counts, (gpointer) *values, GUINT_TO_POINTER (begins (*values, folded)));
          else if (GPOINTER_TO_UINT (count) > 0)
            g_hash_table_insert (counts, key, GUINT_TO_POINTER (GPOINTER_TO_UINT (count) + 1));
        }
    }
  return counts;
}

static void
complete_value (GPtrArray  *candidates,
                const char *field,
                const char *prefix,
                GListModel *domains)
{
  g_autoptr(GHashTable) counts = count_values (field, prefix, domains);
  GHashTableIter iter;
  gpointer value, count;

  g_hash_table_iter_init (&iter, counts);
  while (g_hash_table_iter_next (&iter, &value, &count))
    {
      if (GPOINTER_TO_UINT (count) > 0)
        add_candidate (candidates, lodge_search_term_new (field, value), NULL, GPOINTER_TO_UINT (count));
    }
  g_ptr_array_sort (candidates, compare_candidates);
}

static void
complete_state (GPtrArray  *candidates,
                const char *prefix)
{
  g_autofree char *folded = g_ascii_strdown (prefix, -1);
  const char *name, *label;

  for (guint i = 0; (name = lodge_machine_query_get_state (i, &label)) != NULL; i++)
    {
      if (g_str_has_prefix (name, folded))
        add_candidate (candidates, g_strconcat ("state:", name, NULL), label, 0);
    }
}

static void
complete_field (GPtrArray  *candidates,
                const char *prefix)
{
  g_autofree char *folded = g_ascii_strdown (prefix, -1);

  if (*prefix != '\0' && strlen (prefix) < MIN_FIELD_PREFIX)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      if (g_str_has_prefix (fields[i].name, folded))
        add_candidate (candidates, g_strdup (fields[i].name), _(fields[i].hint), 0);
    }
}

GPtrArray *
lodge_search_complete (const char *word,
                       GListModel *domains,
                       guint       max)
{
  GPtrArray *candidates = g_ptr_array_new_with_free_func (candidate_free);
  const gboolean negative = *word == '-';
  const char *colon;

  word += negative;
  colon = strchr (word, ':');
  if (colon == NULL)
    complete_field (candidates, word);
  else
    {
      g_autofree char *field = g_ascii_strdown (word, colon - word);
      g_autoptr(GString) prefix = g_string_new (colon + 1);

      g_string_replace (prefix, "\"", "", 0);
      if (g_str_equal (field, "state") || g_str_equal (field, "is"))
        complete_state (candidates, prefix->str);
      else
        complete_value (candidates, g_str_equal (field, "connection") ? "host" : field, prefix->str, domains);
    }
  if (candidates->len > max)
    g_ptr_array_set_size (candidates, (int) max);
  for (guint i = 0; negative && i < candidates->len; i++)
    {
      LodgeSearchCandidate *candidate = candidates->pdata[i];
      g_autofree char *term = g_steal_pointer (&candidate->term);

      candidate->term = g_strconcat ("-", term, NULL);
    }
  return candidates;
}
