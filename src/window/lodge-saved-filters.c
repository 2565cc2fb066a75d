/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-saved-filters"

#include "config.h"

#include "lodge-saved-filters.h"

#include <glib/gi18n.h>

#include "util/lodge-error.h"

#define KEY "saved-filters"

struct _LodgeSavedFilter
{
  GObject                  parent_instance;

  char                    *name;   /* owned */
  char                    *text;   /* owned */
  LodgeMachineStateFilter  state;
};

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LodgeSavedFilter, lodge_saved_filter, G_TYPE_OBJECT)

struct _LodgeSavedFilters
{
  GObject    parent_instance;

  GSettings *settings;   /* owned */
  GPtrArray *filters;    /* of LodgeSavedFilter */
};

static void lodge_saved_filters_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (LodgeSavedFilters, lodge_saved_filters, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, lodge_saved_filters_list_model_init))

/* A filter */

static void
lodge_saved_filter_finalize (GObject *object)
{
  LodgeSavedFilter *self = LODGE_SAVED_FILTER (object);

  g_free (self->name);
  g_free (self->text);

  G_OBJECT_CLASS (lodge_saved_filter_parent_class)->finalize (object);
}

static void
lodge_saved_filter_class_init (LodgeSavedFilterClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lodge_saved_filter_finalize;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", LODGE_TYPE_SAVED_FILTER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 0);
}

static void
lodge_saved_filter_init (LodgeSavedFilter *self)
{
}

const char *
lodge_saved_filter_get_name (LodgeSavedFilter *self)
{
  g_return_val_if_fail (LODGE_IS_SAVED_FILTER (self), NULL);

  return self->name;
}

const char *
lodge_saved_filter_get_text (LodgeSavedFilter *self)
{
  g_return_val_if_fail (LODGE_IS_SAVED_FILTER (self), NULL);

  return self->text;
}

LodgeMachineStateFilter
lodge_saved_filter_get_state (LodgeSavedFilter *self)
{
  g_return_val_if_fail (LODGE_IS_SAVED_FILTER (self), LODGE_MACHINE_STATE_ALL);

  return self->state;
}

/* The list */

static void
save (LodgeSavedFilters *self)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a(sss)"));
  for (guint i = 0; i < self->filters->len; i++)
    {
      LodgeSavedFilter *filter = g_ptr_array_index (self->filters, i);

      g_variant_builder_add (&builder, "(sss)", filter->name, filter->text,
                             lodge_machine_state_filter_to_name (filter->state));
    }
  /* "changed" comes back to load() */
  g_settings_set_value (self->settings, KEY, g_variant_builder_end (&builder));
}

static LodgeSavedFilter *
find (GPtrArray  *filters,
      const char *name)
{
  for (guint i = 0; i < filters->len; i++)
    {
      LodgeSavedFilter *filter = g_ptr_array_index (filters, i);

      if (g_str_equal (filter->name, name))
        return filter;
    }
  return NULL;
}

/* Filters that keep their name stay the objects that they are, so that the one in force is known again */
static LodgeSavedFilter *
read_one (GPtrArray  *before,
          const char *name,
          const char *text,
          const char *state_name)
{
  const LodgeMachineStateFilter state = lodge_machine_state_filter_from_name (state_name);
  LodgeSavedFilter *filter = find (before, name);

  if (filter == NULL)
    {
      filter = g_object_new (LODGE_TYPE_SAVED_FILTER, NULL);
      filter->name = g_strdup (name);
      filter->text = g_strdup (text);
      filter->state = state;
      return filter;
    }
  if (g_set_str (&filter->text, text) || filter->state != state)
    {
      filter->state = state;
      g_signal_emit (filter, signals[SIGNAL_CHANGED], 0);
    }
  return g_object_ref (filter);
}

static gboolean
is_same (GPtrArray *a,
         GPtrArray *b)
{
  return a->len == b->len && (a->len == 0 || memcmp (a->pdata, b->pdata, a->len * sizeof (gpointer)) == 0);
}

static void
load (LodgeSavedFilters *self)
{
  g_autoptr(GVariant) value = g_settings_get_value (self->settings, KEY);
  g_autoptr(GPtrArray) before = g_steal_pointer (&self->filters);
  GVariantIter iter;
  const char *name, *text, *state;

  self->filters = g_ptr_array_new_with_free_func (g_object_unref);
  g_variant_iter_init (&iter, value);
  while (g_variant_iter_next (&iter, "(&s&s&s)", &name, &text, &state) && self->filters->len < LODGE_MAX_FILTERS)
    {
      if (*name != '\0' && find (self->filters, name) == NULL)
        g_ptr_array_add (self->filters, read_one (before, name, text, state));
    }
  if (!is_same (before, self->filters))
    g_list_model_items_changed (G_LIST_MODEL (self), 0, before->len, self->filters->len);
}

static GType
lodge_saved_filters_get_item_type (GListModel *model)
{
  return LODGE_TYPE_SAVED_FILTER;
}

static guint
lodge_saved_filters_get_n_items (GListModel *model)
{
  return LODGE_SAVED_FILTERS (model)->filters->len;
}

static gpointer
lodge_saved_filters_get_item (GListModel *model,
                              guint       position)
{
  LodgeSavedFilters *self = LODGE_SAVED_FILTERS (model);

  return position < self->filters->len ? g_object_ref (g_ptr_array_index (self->filters, position)) : NULL;
}

static void
lodge_saved_filters_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = lodge_saved_filters_get_item_type;
  iface->get_n_items = lodge_saved_filters_get_n_items;
  iface->get_item = lodge_saved_filters_get_item;
}

static void
lodge_saved_filters_finalize (GObject *object)
{
  LodgeSavedFilters *self = LODGE_SAVED_FILTERS (object);

  g_clear_object (&self->settings);
  g_ptr_array_unref (self->filters);

  G_OBJECT_CLASS (lodge_saved_filters_parent_class)->finalize (object);
}

static void
lodge_saved_filters_class_init (LodgeSavedFiltersClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lodge_saved_filters_finalize;
}

static void
lodge_saved_filters_init (LodgeSavedFilters *self)
{
  self->filters = g_ptr_array_new_with_free_func (g_object_unref);
}

LodgeSavedFilters *
lodge_saved_filters_new (GSettings *settings)
{
  LodgeSavedFilters *self = g_object_new (LODGE_TYPE_SAVED_FILTERS, NULL);

  self->settings = g_object_ref (settings);
  g_signal_connect_object (settings, "changed::" KEY, G_CALLBACK (load), self, G_CONNECT_SWAPPED);
  load (self);
  return self;
}

LodgeSavedFilter *
lodge_saved_filters_find (LodgeSavedFilters *self,
                          const char        *name)
{
  g_return_val_if_fail (LODGE_IS_SAVED_FILTERS (self), NULL);

  return find (self->filters, name);
}

gboolean
lodge_saved_filters_check_name (const char  *name,
                                GError     **error)
{
  if (*name == '\0')
    return lodge_set_error (error, LODGE_ERROR_INVALID_VALUE, _("A filter needs a name."));
  if (g_utf8_strlen (name, -1) > LODGE_MAX_FILTER_NAME)
    return lodge_set_error (error, LODGE_ERROR_INVALID_VALUE, _("The name is too long. Up to %d characters fit."),
                            LODGE_MAX_FILTER_NAME);
  return TRUE;
}

/**
 * lodge_saved_filters_save:
 * @self: the filters
 * @name: of the filter; blanks around it do not count
 * @text: a search
 * @state: goes with it
 * @error: %LODGE_ERROR_INVALID_VALUE where the name is none, or there are too many
 *
 * Returns: (transfer none) (nullable): the filter; %NULL on an error
 */
LodgeSavedFilter *
lodge_saved_filters_save (LodgeSavedFilters        *self,
                          const char               *name,
                          const char               *text,
                          LodgeMachineStateFilter   state,
                          GError                  **error)
{
  g_autofree char *stripped = g_strstrip (g_strdup (name));
  LodgeSavedFilter *filter;

  g_return_val_if_fail (LODGE_IS_SAVED_FILTERS (self), NULL);

  if (!lodge_saved_filters_check_name (stripped, error))
    return NULL;
  filter = find (self->filters, stripped);
  if (filter == NULL && self->filters->len >= LODGE_MAX_FILTERS)
    {
      lodge_set_error (error, LODGE_ERROR_INVALID_VALUE, _("There are %d filters already. Remove one first."),
                       LODGE_MAX_FILTERS);
      return NULL;
    }
  if (filter == NULL)
    {
      filter = read_one (self->filters, stripped, text, lodge_machine_state_filter_to_name (state));
      g_ptr_array_add (self->filters, filter);
      g_list_model_items_changed (G_LIST_MODEL (self), self->filters->len - 1, 0, 1);
    }
  else
    g_object_unref (read_one (self->filters, stripped, text, lodge_machine_state_filter_to_name (state)));
  save (self);
  return filter;
}

/**
 * lodge_saved_filters_rename:
 * @self: the filters
 * @filter: one of them
 * @name: the new name; blanks around it do not count
 * @error: %LODGE_ERROR_INVALID_VALUE where it is none, %LODGE_ERROR_EXISTS where another one has it
 */
gboolean
lodge_saved_filters_rename (LodgeSavedFilters  *self,
                            LodgeSavedFilter   *filter,
                            const char         *name,
                            GError            **error)
{
  g_autofree char *stripped = g_strstrip (g_strdup (name));
  LodgeSavedFilter *other;

  g_return_val_if_fail (LODGE_IS_SAVED_FILTERS (self), FALSE);
  g_return_val_if_fail (LODGE_IS_SAVED_FILTER (filter), FALSE);

  if (!lodge_saved_filters_check_name (stripped, error))
    return FALSE;
  other = find (self->filters, stripped);
  if (other != NULL && other != filter)
    return lodge_set_error (error, LODGE_ERROR_EXISTS, _("There is a filter of this name already."));
  if (g_set_str (&filter->name, stripped))
    {
      g_signal_emit (filter, signals[SIGNAL_CHANGED], 0);
      save (self);
    }
  return TRUE;
}

void
lodge_saved_filters_remove (LodgeSavedFilters *self,
                            LodgeSavedFilter  *filter)
{
  guint position;

  g_return_if_fail (LODGE_IS_SAVED_FILTERS (self));

  if (!g_ptr_array_find (self->filters, filter, &position))
    return;
  g_ptr_array_remove_index (self->filters, position);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);
  save (self);
}

void
lodge_saved_filters_move (LodgeSavedFilters *self,
                          LodgeSavedFilter  *filter,
                          guint              position)
{
  guint before;

  g_return_if_fail (LODGE_IS_SAVED_FILTERS (self));
  g_return_if_fail (position < self->filters->len);

  if (!g_ptr_array_find (self->filters, filter, &before) || before == position)
    return;
  g_ptr_array_insert (self->filters, (int) position, g_ptr_array_steal_index (self->filters, before));
  g_list_model_items_changed (G_LIST_MODEL (self), 0, self->filters->len, self->filters->len);
  save (self);
}
