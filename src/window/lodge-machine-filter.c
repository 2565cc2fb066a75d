/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-machine-filter"

#include "config.h"

#include "lodge-machine-filter.h"

#include "lodge-machine-query.h"

struct _LodgeMachineFilter
{
  GtkFilter                parent_instance;

  LodgeConnection         *connection;   /* owned, nullable: all of them */
  LodgeMachineQuery       *query;        /* owned, nullable: finds everything */
  char                    *text;         /* owned: of @query */
  LodgeMachineStateFilter  state;
};

G_DEFINE_FINAL_TYPE (LodgeMachineFilter, lodge_machine_filter, GTK_TYPE_FILTER)

static const char * const state_names[] = {
  [LODGE_MACHINE_STATE_ALL] = "all",
  [LODGE_MACHINE_STATE_RUNNING] = "running",
  [LODGE_MACHINE_STATE_OFF] = "off",
  [LODGE_MACHINE_STATE_ISSUES] = "issues",
};

LodgeMachineStateFilter
lodge_machine_state_filter_from_name (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (state_names); i++)
    {
      if (g_strcmp0 (state_names[i], name) == 0)
        return i;
    }
  return LODGE_MACHINE_STATE_ALL;
}

const char *
lodge_machine_state_filter_to_name (LodgeMachineStateFilter state)
{
  g_return_val_if_fail (state < G_N_ELEMENTS (state_names), NULL);

  return state_names[state];
}

static gboolean
lodge_machine_filter_match (GtkFilter *filter,
                            gpointer   item)
{
  LodgeMachineFilter *self = LODGE_MACHINE_FILTER (filter);
  LodgeDomain *domain = item;

  if (self->connection != NULL && lodge_domain_get_connection (domain) != self->connection)
    return FALSE;
  switch (self->state)
    {
    case LODGE_MACHINE_STATE_RUNNING:
      if (!lodge_domain_is_running (domain))
        return FALSE;
      break;
    case LODGE_MACHINE_STATE_OFF:
      if (lodge_domain_is_running (domain))
        return FALSE;
      break;
    case LODGE_MACHINE_STATE_ISSUES:
      if (!lodge_domain_has_issue (domain))
        return FALSE;
      break;
    case LODGE_MACHINE_STATE_ALL:
    default:
      break;
    }
  return self->query == NULL || lodge_machine_query_matches (self->query, domain);
}

static GtkFilterMatch
lodge_machine_filter_get_strictness (GtkFilter *filter)
{
  LodgeMachineFilter *self = LODGE_MACHINE_FILTER (filter);

  return self->connection == NULL && !lodge_machine_filter_is_narrowing (self) ? GTK_FILTER_MATCH_ALL
                                                                               : GTK_FILTER_MATCH_SOME;
}

static void
lodge_machine_filter_finalize (GObject *object)
{
  LodgeMachineFilter *self = LODGE_MACHINE_FILTER (object);

  g_clear_object (&self->connection);
  g_clear_pointer (&self->query, lodge_machine_query_free);
  g_free (self->text);

  G_OBJECT_CLASS (lodge_machine_filter_parent_class)->finalize (object);
}

static void
lodge_machine_filter_class_init (LodgeMachineFilterClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lodge_machine_filter_finalize;
  GTK_FILTER_CLASS (klass)->match = lodge_machine_filter_match;
  GTK_FILTER_CLASS (klass)->get_strictness = lodge_machine_filter_get_strictness;
}

static void
lodge_machine_filter_init (LodgeMachineFilter *self)
{
  self->text = g_strdup ("");
}

LodgeMachineFilter *
lodge_machine_filter_new (void)
{
  return g_object_new (LODGE_TYPE_MACHINE_FILTER, NULL);
}

/**
 * lodge_machine_filter_set_connection:
 * @self: a filter
 * @connection: (nullable): whose machines; %NULL: those of all
 *
 * A filter on top of one model makes changing the connection cheap: the view keeps its model and its widgets.
 */
void
lodge_machine_filter_set_connection (LodgeMachineFilter *self,
                                     LodgeConnection    *connection)
{
  GtkFilterChange change;

  g_return_if_fail (LODGE_IS_MACHINE_FILTER (self));

  change = connection == NULL ? GTK_FILTER_CHANGE_LESS_STRICT
           : self->connection == NULL ? GTK_FILTER_CHANGE_MORE_STRICT : GTK_FILTER_CHANGE_DIFFERENT;
  if (g_set_object (&self->connection, connection))
    gtk_filter_changed (GTK_FILTER (self), change);
}

void
lodge_machine_filter_set_state (LodgeMachineFilter      *self,
                                LodgeMachineStateFilter  state)
{
  g_return_if_fail (LODGE_IS_MACHINE_FILTER (self));

  if (self->state == state)
    return;
  self->state = state;
  gtk_filter_changed (GTK_FILTER (self), GTK_FILTER_CHANGE_DIFFERENT);
}

/**
 * lodge_machine_filter_set_text:
 * @self: a filter
 * @text: as typed
 * @error: what is wrong with it, a sentence for the person
 *
 * Returns: whether @text is a search
 */
gboolean
lodge_machine_filter_set_text (LodgeMachineFilter  *self,
                               const char          *text,
                               GError             **error)
{
  g_autoptr(LodgeMachineQuery) query = NULL;
  gboolean longer, plain;

  g_return_val_if_fail (LODGE_IS_MACHINE_FILTER (self), FALSE);

  if (g_str_equal (self->text, text))
    return TRUE;
  query = lodge_machine_query_parse (text, error);
  if (query == NULL)
    return FALSE;

  /* A longer word finds fewer; a field or a “-” may turn that round */
  plain = strpbrk (text, ":-\"") == NULL && strpbrk (self->text, ":-\"") == NULL;
  longer = plain && g_str_has_prefix (text, self->text);
  g_set_str (&self->text, text);
  g_clear_pointer (&self->query, lodge_machine_query_free);
  if (!lodge_machine_query_is_empty (query))
    self->query = g_steal_pointer (&query);
  gtk_filter_changed (GTK_FILTER (self), longer ? GTK_FILTER_CHANGE_MORE_STRICT : GTK_FILTER_CHANGE_DIFFERENT);
  return TRUE;
}

void
lodge_machine_filter_refresh (LodgeMachineFilter *self)
{
  g_return_if_fail (LODGE_IS_MACHINE_FILTER (self));

  if (lodge_machine_filter_is_narrowing (self))
    gtk_filter_changed (GTK_FILTER (self), GTK_FILTER_CHANGE_DIFFERENT);
}

gboolean
lodge_machine_filter_is_narrowing (LodgeMachineFilter *self)
{
  g_return_val_if_fail (LODGE_IS_MACHINE_FILTER (self), FALSE);

  return self->state != LODGE_MACHINE_STATE_ALL || self->query != NULL;
}

gboolean
lodge_machine_filter_wants_details (LodgeMachineFilter *self)
{
  g_return_val_if_fail (LODGE_IS_MACHINE_FILTER (self), FALSE);

  return self->query != NULL && lodge_machine_query_wants_details (self->query);
}
