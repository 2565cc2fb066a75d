/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-machine-query"

#include "config.h"

#include "lodge-machine-query.h"

#include <glib/gi18n.h>
#include <string.h>

#include "model/lodge-connection.h"
#include "model/lodge-domain-details.h"
#include "util/lodge-error.h"

/* More is no search that somebody typed */
#define MAX_TERMS 32

typedef enum
{
  FIELD_ANY,
  FIELD_STATE,
  FIELD_HOST,
  FIELD_OS,
  FIELD_NAME,
  FIELD_TITLE,
  FIELD_UUID,
  FIELD_TAG,
  FIELD_FOLDER,
  FIELD_ADDRESS,
} Field;

typedef struct
{
  Field     field;
  gboolean  negative;
  gboolean  whole;    /* the value was in quotation marks: not the beginning of a longer one */
  char     *value;    /* owned, casefolded */
  guint     states;   /* FIELD_STATE: bits of STATE_* */
} Term;

struct _LodgeMachineQuery
{
  GArray     *terms;     /* of Term */
  /* Labels of connections, casefolded once for all their machines; borrowed pointer → owned text */
  GHashTable *hosts;
};

static const struct { const char *name; Field field; } fields[] = {
  { "state", FIELD_STATE }, { "is", FIELD_STATE },
  { "host", FIELD_HOST }, { "connection", FIELD_HOST },
  { "os", FIELD_OS }, { "name", FIELD_NAME }, { "title", FIELD_TITLE }, { "uuid", FIELD_UUID },
  { "tag", FIELD_TAG }, { "folder", FIELD_FOLDER }, { "ip", FIELD_ADDRESS },
};

enum
{
  STATE_RUNNING = 1 << 0,
  STATE_OFF = 1 << 1,
  STATE_PAUSED = 1 << 2,
  STATE_SAVED = 1 << 3,
  STATE_CRASHED = 1 << 4,
  STATE_UNREACHABLE = 1 << 5,
  STATE_ISSUES = 1 << 6,
  STATE_AUTOSTART = 1 << 7,
  STATE_TRANSIENT = 1 << 8,
};

/* The words of the search are the same in every language, as they are typed and shared */
static const struct { const char *name; guint bit; const char *label; } states[] = {
  { "running", STATE_RUNNING, N_("Running") },
  { "off", STATE_OFF, N_("Off") },
  { "paused", STATE_PAUSED, N_("Paused") },
  { "saved", STATE_SAVED, N_("Saved") },
  { "crashed", STATE_CRASHED, N_("Crashed") },
  { "unreachable", STATE_UNREACHABLE, N_("Unreachable") },
  { "issues", STATE_ISSUES, N_("With Issues") },
  { "autostart", STATE_AUTOSTART, N_("Starting With the Host") },
  { "transient", STATE_TRANSIENT, N_("Transient") },
  { "stopped", STATE_OFF, NULL },
};

gboolean
lodge_domain_is_running (LodgeDomain *domain)
{
  switch (lodge_domain_get_state (domain))
    {
    case LODGE_DOMAIN_STATE_RUNNING:
    case LODGE_DOMAIN_STATE_PAUSED:
    case LODGE_DOMAIN_STATE_SHUTTING_DOWN:
    case LODGE_DOMAIN_STATE_SUSPENDED:
      return TRUE;
    case LODGE_DOMAIN_STATE_UNKNOWN:
    case LODGE_DOMAIN_STATE_OFF:
    case LODGE_DOMAIN_STATE_SAVED:
    case LODGE_DOMAIN_STATE_CRASHED:
    default:
      return FALSE;
    }
}

gboolean
lodge_domain_has_issue (LodgeDomain *domain)
{
  return lodge_domain_get_state (domain) == LODGE_DOMAIN_STATE_CRASHED
         || lodge_domain_get_stale (domain) || lodge_domain_get_last_error (domain) != NULL;
}

static guint
get_states (LodgeDomain *domain)
{
  static const guint bits[] = {
    [LODGE_DOMAIN_STATE_RUNNING] = STATE_RUNNING,
    [LODGE_DOMAIN_STATE_PAUSED] = STATE_PAUSED,
    [LODGE_DOMAIN_STATE_SHUTTING_DOWN] = STATE_RUNNING,
    [LODGE_DOMAIN_STATE_OFF] = STATE_OFF,
    [LODGE_DOMAIN_STATE_SAVED] = STATE_SAVED | STATE_OFF,
    [LODGE_DOMAIN_STATE_CRASHED] = STATE_CRASHED,
    [LODGE_DOMAIN_STATE_SUSPENDED] = STATE_PAUSED,
  };

  return bits[lodge_domain_get_state (domain)]
         | (lodge_domain_get_stale (domain) ? STATE_UNREACHABLE : 0)
         | (lodge_domain_has_issue (domain) ? STATE_ISSUES : 0)
         | (lodge_domain_get_autostart (domain) ? STATE_AUTOSTART : 0)
         | (lodge_domain_get_persistent (domain) ? 0 : STATE_TRANSIENT);
}

static void
term_clear (gpointer data)
{
  g_free (((Term *) data)->value);
}

static char *
list_names (gboolean of_states)
{
  g_autoptr(GString) names = g_string_new (NULL);
  const guint n = of_states ? G_N_ELEMENTS (states) : G_N_ELEMENTS (fields);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (names, "%s%s%s", i > 0 ? ", " : "", of_states ? states[i].name : fields[i].name,
                            of_states ? "" : ":");
  return g_string_free_and_steal (g_steal_pointer (&names));
}

/* One word up to a space, quotation marks taken away; *@colon: where in the word the first unquoted “:” is, or -1;
 * *@whole: what is behind it is in quotation marks */
static char *
take_word (const char **text,
           gssize      *colon,
           gboolean    *whole,
           GError     **error)
{
  g_autoptr(GString) word = g_string_new (NULL);
  const char *p = *text;
  gboolean quoted = FALSE;

  *colon = -1;
  *whole = FALSE;
  for (; *p != '\0' && (quoted || !g_ascii_isspace (*p)); p++)
    {
      if (*p == '"')
        quoted = !quoted;
      else
        {
          if (*p == ':' && !quoted && *colon < 0)
            {
              *colon = word->len;
              *whole = p[1] == '"';
            }
          g_string_append_c (word, *p);
        }
    }
  *text = p;
  if (quoted)
    {
      lodge_set_error (error, LODGE_ERROR_INVALID_VALUE, _("A quotation mark is not closed."));
      return NULL;
    }
  return g_string_free_and_steal (g_steal_pointer (&word));
}

static gboolean
is_field_name (const char *word,
               gssize      length)
{
  /* “fe80::1” and “qemu:///system” are plain words */
  for (gssize i = 0; i < length; i++)
    {
      if (!g_ascii_isalpha (word[i]))
        return FALSE;
    }
  return length > 0 && word[length + 1] != ':' && word[length + 1] != '/';
}

static gboolean
set_states (Term    *term,
            GError **error)
{
  g_autofree char *known = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    {
      if (g_str_has_prefix (states[i].name, term->value))
        term->states |= states[i].bit;
    }
  if (term->states != 0)
    return TRUE;
  known = list_names (TRUE);
  return lodge_set_error (error, LODGE_ERROR_INVALID_VALUE, _("“%s” is no state. There are: %s"), term->value, known);
}

static gboolean
add_term (LodgeMachineQuery  *self,
          const char         *word,
          gssize              colon,
          gboolean            whole,
          GError            **error)
{
  const gboolean negative = *word == '-' && word[1] != '\0';
  const char *start = word + negative;
  const gssize length = colon - negative;
  Term term = { FIELD_ANY, negative, whole, NULL, 0 };
  gboolean ok = TRUE;

  if (colon >= 0 && is_field_name (start, length))
    {
      g_autofree char *name = g_ascii_strdown (start, length);
      guint i = 0;

      while (i < G_N_ELEMENTS (fields) && !g_str_equal (fields[i].name, name))
        i++;
      if (i == G_N_ELEMENTS (fields))
        {
          g_autofree char *known = list_names (FALSE);

          return lodge_set_error (error, LODGE_ERROR_INVALID_VALUE, _("There is no “%s:” to search in. There are: %s"),
                                  name, known);
        }
      term.field = fields[i].field;
      start += length + 1;
    }
  /* “state:” is not typed to its end yet */
  if (*start == '\0')
    return TRUE;

  term.value = g_utf8_casefold (start, -1);
  if (term.field == FIELD_STATE)
    ok = set_states (&term, error);
  if (ok)
    g_array_append_val (self->terms, term);
  else
    g_free (term.value);
  return ok;
}

/**
 * lodge_machine_query_parse:
 * @text: as typed; need not be valid
 * @error: %LODGE_ERROR_INVALID_VALUE with a sentence for the person
 *
 * Returns: (transfer full) (nullable): the search; an empty text finds everything
 */
LodgeMachineQuery *
lodge_machine_query_parse (const char  *text,
                           GError     **error)
{
  g_autoptr(LodgeMachineQuery) self = g_new0 (LodgeMachineQuery, 1);

  g_return_val_if_fail (text != NULL, NULL);

  self->terms = g_array_new (FALSE, FALSE, sizeof (Term));
  g_array_set_clear_func (self->terms, term_clear);
  self->hosts = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  while (self->terms->len < MAX_TERMS)
    {
      g_autofree char *word = NULL;
      gboolean whole;
      gssize colon;

      while (g_ascii_isspace (*text))
        text++;
      if (*text == '\0')
        break;
      word = take_word (&text, &colon, &whole, error);
      if (word == NULL || !add_term (self, word, colon, whole, error))
        return NULL;
    }
  return g_steal_pointer (&self);
}

void
lodge_machine_query_free (LodgeMachineQuery *self)
{
  g_array_unref (self->terms);
  g_hash_table_unref (self->hosts);
  g_free (self);
}

gboolean
lodge_machine_query_is_empty (const LodgeMachineQuery *self)
{
  return self->terms->len == 0;
}

static gboolean
matches_host (const LodgeMachineQuery *self,
              LodgeDomain             *domain,
              const char              *value)
{
  LodgeConnection *connection = lodge_domain_get_connection (domain);
  const char *label;

  if (connection == NULL)
    return FALSE;
  label = g_hash_table_lookup (self->hosts, connection);
  if (label == NULL)
    {
      char *folded = g_utf8_casefold (lodge_connection_get_label (connection), -1);

      g_hash_table_insert (self->hosts, connection, folded);
      label = folded;
    }
  return strstr (label, value) != NULL;
}

static gboolean
contains (const char *text,
          const char *value)
{
  g_autofree char *folded = text != NULL ? g_utf8_casefold (text, -1) : NULL;

  return folded != NULL && strstr (folded, value) != NULL;
}

static gboolean
any_begins (const char * const *texts,
            const Term         *term)
{
  for (guint i = 0; texts[i] != NULL; i++)
    {
      g_autofree char *folded = g_utf8_casefold (texts[i], -1);

      if (term->whole ? g_str_equal (folded, term->value) : g_str_has_prefix (folded, term->value))
        return TRUE;
    }
  return FALSE;
}

/* In quotation marks it is this folder and those below it */
static gboolean
matches_folder (const char *folder,
                const Term *term)
{
  g_autofree char *folded = folder != NULL ? g_utf8_casefold (folder, -1) : NULL;
  const gsize length = strlen (term->value);

  if (folded == NULL)
    return FALSE;
  if (!term->whole)
    return strstr (folded, term->value) != NULL;
  return strncmp (folded, term->value, length) == 0 && (folded[length] == '\0' || folded[length] == '/');
}

static gboolean
matches_term (const LodgeMachineQuery *self,
              const Term              *term,
              LodgeDomain             *domain)
{
  switch (term->field)
    {
    case FIELD_STATE:
      return (get_states (domain) & term->states) != 0;
    case FIELD_HOST:
      return matches_host (self, domain, term->value);
    case FIELD_OS:
      return contains (lodge_domain_get_os_id (domain), term->value);
    case FIELD_NAME:
      return contains (lodge_domain_get_name (domain), term->value);
    case FIELD_TITLE:
      return contains (lodge_domain_get_title (domain), term->value);
    case FIELD_TAG:
      return any_begins (lodge_domain_get_tags (domain), term);
    case FIELD_FOLDER:
      return matches_folder (lodge_domain_get_folder (domain), term);
    case FIELD_ADDRESS:
      return any_begins (lodge_domain_get_addresses (domain), term);
    case FIELD_UUID:
      return g_str_has_prefix (lodge_domain_get_uuid (domain), term->value);
    case FIELD_ANY:
    default:
      return strstr (lodge_domain_get_search_text (domain), term->value) != NULL
             || g_str_has_prefix (lodge_domain_get_uuid (domain), term->value)
             || matches_host (self, domain, term->value);
    }
}

/**
 * lodge_machine_query_get_state:
 * @index: from 0
 * @label: (out): what it is called, translated
 *
 * Returns: (nullable): a word that “state:” knows, as it is proposed to a person; %NULL: there are no more
 */
const char *
lodge_machine_query_get_state (guint        index,
                               const char **label)
{
  if (index >= G_N_ELEMENTS (states) || states[index].label == NULL)
    return NULL;
  *label = _(states[index].label);
  return states[index].name;
}

/* It asks for what has to be read of each machine first: lodge_connection_load_details() */
gboolean
lodge_machine_query_wants_details (const LodgeMachineQuery *self)
{
  for (guint i = 0; i < self->terms->len; i++)
    {
      switch (g_array_index (self->terms, Term, i).field)
        {
        case FIELD_TAG:
        case FIELD_FOLDER:
        case FIELD_OS:
        case FIELD_TITLE:
          return TRUE;
        case FIELD_ANY:
        case FIELD_STATE:
        case FIELD_HOST:
        case FIELD_NAME:
        case FIELD_UUID:
        case FIELD_ADDRESS:
        default:
          break;
        }
    }
  return FALSE;
}

gboolean
lodge_machine_query_matches (const LodgeMachineQuery *self,
                             LodgeDomain             *domain)
{
  for (guint i = 0; i < self->terms->len; i++)
    {
      const Term *term = &g_array_index (self->terms, Term, i);

      if (matches_term (self, term, domain) == term->negative)
        return FALSE;
    }
  return TRUE;
}
