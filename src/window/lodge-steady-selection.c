/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-steady-selection"

#include "config.h"

#include "lodge-steady-selection.h"

/* Fewer rows than this are made again faster than the view is scrolled */
#define FEW 64
/* GTK keeps this many rows alive around what is seen, on either side */
#define KEPT 200

struct _LodgeSteadySelection
{
  GObject            parent_instance;

  GtkSelectionModel *model;        /* owned */
  GPtrArray         *items;        /* what the view knows: @model, and in the middle of a change what leaves it */
  LodgeScrollFunc    scroll;       /* nullable */
  gpointer           scroll_data;
  guint              doomed;       /* where the rows begin that are about to leave */
  guint              n_doomed;     /* 0: the positions are those of @model */
  guint              depth;        /* of begin and end */
};

static void lodge_steady_selection_list_init (GListModelInterface *iface);
static void lodge_steady_selection_selection_init (GtkSelectionModelInterface *iface);
static void lodge_steady_selection_section_init (GtkSectionModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (LodgeSteadySelection, lodge_steady_selection, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, lodge_steady_selection_list_init)
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_SECTION_MODEL, lodge_steady_selection_section_init)
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_SELECTION_MODEL, lodge_steady_selection_selection_init))

/* List */

static GType
lodge_steady_selection_get_item_type (GListModel *list)
{
  return g_list_model_get_item_type (G_LIST_MODEL (LODGE_STEADY_SELECTION (list)->model));
}

static guint
lodge_steady_selection_get_n_items (GListModel *list)
{
  return LODGE_STEADY_SELECTION (list)->items->len;
}

static gpointer
lodge_steady_selection_get_item (GListModel *list,
                                 guint       position)
{
  LodgeSteadySelection *self = LODGE_STEADY_SELECTION (list);

  return position < self->items->len ? g_object_ref (g_ptr_array_index (self->items, position)) : NULL;
}

static void
lodge_steady_selection_list_init (GListModelInterface *iface)
{
  iface->get_item_type = lodge_steady_selection_get_item_type;
  iface->get_n_items = lodge_steady_selection_get_n_items;
  iface->get_item = lodge_steady_selection_get_item;
}

/* Selection. The rows that leave are selected no more; what is below them is numbered lower in the model. */

static gboolean
is_doomed (LodgeSteadySelection *self,
           guint                 position)
{
  return position >= self->doomed && position - self->doomed < self->n_doomed;
}

static guint
to_model (LodgeSteadySelection *self,
          guint                 position)
{
  return self->n_doomed > 0 && position >= self->doomed ? position - self->n_doomed : position;
}

static gboolean
lodge_steady_selection_is_selected (GtkSelectionModel *selection,
                                    guint              position)
{
  LodgeSteadySelection *self = LODGE_STEADY_SELECTION (selection);

  return !is_doomed (self, position) && gtk_selection_model_is_selected (self->model, to_model (self, position));
}

static GtkBitset *
lodge_steady_selection_get_selection_in_range (GtkSelectionModel *selection,
                                               guint              position,
                                               guint              n_items)
{
  LodgeSteadySelection *self = LODGE_STEADY_SELECTION (selection);
  GtkBitset *bits;

  if (self->n_doomed == 0)
    return gtk_selection_model_get_selection_in_range (self->model, position, n_items);

  bits = gtk_selection_model_get_selection (self->model);
  bits = gtk_bitset_copy (bits);
  gtk_bitset_splice (bits, self->doomed, 0, self->n_doomed);
  return bits;
}

static gboolean
lodge_steady_selection_select_item (GtkSelectionModel *selection,
                                    guint              position,
                                    gboolean           unselect_rest)
{
  LodgeSteadySelection *self = LODGE_STEADY_SELECTION (selection);

  return !is_doomed (self, position)
         && gtk_selection_model_select_item (self->model, to_model (self, position), unselect_rest);
}

static gboolean
lodge_steady_selection_unselect_item (GtkSelectionModel *selection,
                                      guint              position)
{
  LodgeSteadySelection *self = LODGE_STEADY_SELECTION (selection);

  return !is_doomed (self, position) && gtk_selection_model_unselect_item (self->model, to_model (self, position));
}

static gboolean
lodge_steady_selection_select_range (GtkSelectionModel *selection,
                                     guint              position,
                                     guint              n_items,
                                     gboolean           unselect_rest)
{
  LodgeSteadySelection *self = LODGE_STEADY_SELECTION (selection);

  return self->n_doomed == 0 && gtk_selection_model_select_range (self->model, position, n_items, unselect_rest);
}

static gboolean
lodge_steady_selection_unselect_range (GtkSelectionModel *selection,
                                       guint              position,
                                       guint              n_items)
{
  LodgeSteadySelection *self = LODGE_STEADY_SELECTION (selection);

  return self->n_doomed == 0 && gtk_selection_model_unselect_range (self->model, position, n_items);
}

static gboolean
lodge_steady_selection_select_all (GtkSelectionModel *selection)
{
  return gtk_selection_model_select_all (LODGE_STEADY_SELECTION (selection)->model);
}

static gboolean
lodge_steady_selection_unselect_all (GtkSelectionModel *selection)
{
  return gtk_selection_model_unselect_all (LODGE_STEADY_SELECTION (selection)->model);
}

static gboolean
lodge_steady_selection_set_selection (GtkSelectionModel *selection,
                                      GtkBitset         *selected,
                                      GtkBitset         *mask)
{
  LodgeSteadySelection *self = LODGE_STEADY_SELECTION (selection);

  return self->n_doomed == 0 && gtk_selection_model_set_selection (self->model, selected, mask);
}

static void
lodge_steady_selection_selection_init (GtkSelectionModelInterface *iface)
{
  iface->is_selected = lodge_steady_selection_is_selected;
  iface->get_selection_in_range = lodge_steady_selection_get_selection_in_range;
  iface->select_item = lodge_steady_selection_select_item;
  iface->unselect_item = lodge_steady_selection_unselect_item;
  iface->select_range = lodge_steady_selection_select_range;
  iface->unselect_range = lodge_steady_selection_unselect_range;
  iface->select_all = lodge_steady_selection_select_all;
  iface->unselect_all = lodge_steady_selection_unselect_all;
  iface->set_selection = lodge_steady_selection_set_selection;
}

/* Sections */

static void
lodge_steady_selection_get_section (GtkSectionModel *sections,
                                    guint            position,
                                    guint           *start,
                                    guint           *end)
{
  LodgeSteadySelection *self = LODGE_STEADY_SELECTION (sections);

  /* A grouped list is never split, so that a section lies where the model says */
  if (self->n_doomed == 0 && GTK_IS_SECTION_MODEL (self->model))
    {
      gtk_section_model_get_section (GTK_SECTION_MODEL (self->model), position, start, end);
      return;
    }
  *start = position < self->items->len ? 0 : self->items->len;
  *end = position < self->items->len ? self->items->len : G_MAXUINT;
}

static void
lodge_steady_selection_section_init (GtkSectionModelInterface *iface)
{
  iface->get_section = lodge_steady_selection_get_section;
}

/* Following the model */

/* A copy of the items in which those at @position are replaced; @keep has the replaced ones follow the new */
static void
replace_items (LodgeSteadySelection *self,
               guint                 position,
               guint                 removed,
               guint                 added,
               gboolean              keep)
{
  const guint tail = self->items->len - position - removed;
  GPtrArray *items = g_ptr_array_new_full (self->items->len - (keep ? 0 : removed) + added, g_object_unref);
  gpointer *from = self->items->pdata;

  for (guint i = 0; i < position; i++)
    g_ptr_array_add (items, g_object_ref (from[i]));
  for (guint i = 0; i < added; i++)
    g_ptr_array_add (items, g_list_model_get_item (G_LIST_MODEL (self->model), position + i));
  for (guint i = 0; keep && i < removed; i++)
    g_ptr_array_add (items, g_object_ref (from[position + i]));
  for (guint i = 0; i < tail; i++)
    g_ptr_array_add (items, g_object_ref (from[position + removed + i]));

  g_ptr_array_unref (self->items);
  self->items = items;
}

static void
change_in_two_steps (LodgeSteadySelection *self,
                     guint                 position,
                     guint                 removed,
                     guint                 added)
{
  const guint tail = self->items->len - position - removed;
  guint target = 0;

  self->doomed = position + added;
  self->n_doomed = removed;
  replace_items (self, position, removed, added, TRUE);
  if (added > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), position, 0, added);

  /* The view is sent to where rows will stay: to the new ones when they fill it, else behind those that leave, and
   * there so far that what it keeps alive above is no doomed row */
  if (added < KEPT && tail > added)
    target = MIN (position + added + removed + KEPT, self->items->len - 1);
  self->scroll (target, self->scroll_data);

  g_ptr_array_remove_range (self->items, self->doomed, removed);
  self->n_doomed = 0;
  g_list_model_items_changed (G_LIST_MODEL (self), position + added, removed, 0);
}

static void
items_changed_cb (GListModel           *model,
                  guint                 position,
                  guint                 removed,
                  guint                 added,
                  LodgeSteadySelection *self)
{
  if (self->depth > 0 && self->scroll != NULL && removed > FEW
      && (added > 0 || position + removed < self->items->len))
    {
      change_in_two_steps (self, position, removed, added);
      return;
    }
  replace_items (self, position, removed, added, FALSE);
  g_list_model_items_changed (G_LIST_MODEL (self), position, removed, added);
}

static void
selection_changed_cb (GtkSelectionModel    *model,
                      guint                 position,
                      guint                 n_items,
                      LodgeSteadySelection *self)
{
  if (self->items->len > 0)
    gtk_selection_model_selection_changed (GTK_SELECTION_MODEL (self), self->n_doomed > 0 ? 0 : position,
                                           self->n_doomed > 0 ? self->items->len : n_items);
}

static void
sections_changed_cb (GtkSectionModel      *model,
                     guint                 position,
                     guint                 n_items,
                     LodgeSteadySelection *self)
{
  gtk_section_model_sections_changed (GTK_SECTION_MODEL (self), position, n_items);
}

static void
lodge_steady_selection_dispose (GObject *object)
{
  LodgeSteadySelection *self = LODGE_STEADY_SELECTION (object);

  if (self->model != NULL)
    g_signal_handlers_disconnect_by_data (self->model, self);
  g_ptr_array_set_size (self->items, 0);
  self->scroll = NULL;

  G_OBJECT_CLASS (lodge_steady_selection_parent_class)->dispose (object);
}

static void
lodge_steady_selection_finalize (GObject *object)
{
  LodgeSteadySelection *self = LODGE_STEADY_SELECTION (object);

  g_clear_object (&self->model);
  g_ptr_array_unref (self->items);

  G_OBJECT_CLASS (lodge_steady_selection_parent_class)->finalize (object);
}

static void
lodge_steady_selection_class_init (LodgeSteadySelectionClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lodge_steady_selection_dispose;
  G_OBJECT_CLASS (klass)->finalize = lodge_steady_selection_finalize;
}

static void
lodge_steady_selection_init (LodgeSteadySelection *self)
{
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * lodge_steady_selection_new:
 * @model: (transfer full): selection and sections below
 */
LodgeSteadySelection *
lodge_steady_selection_new (GtkSelectionModel *model)
{
  LodgeSteadySelection *self = g_object_new (LODGE_TYPE_STEADY_SELECTION, NULL);

  self->model = model;
  replace_items (self, 0, 0, g_list_model_get_n_items (G_LIST_MODEL (model)), FALSE);
  g_signal_connect (model, "items-changed", G_CALLBACK (items_changed_cb), self);
  g_signal_connect (model, "selection-changed", G_CALLBACK (selection_changed_cb), self);
  if (GTK_IS_SECTION_MODEL (model))
    g_signal_connect (model, "sections-changed", G_CALLBACK (sections_changed_cb), self);
  return self;
}

void
lodge_steady_selection_set_scroll (LodgeSteadySelection *self,
                                   LodgeScrollFunc       func,
                                   gpointer              user_data)
{
  g_return_if_fail (LODGE_IS_STEADY_SELECTION (self));

  self->scroll = func;
  self->scroll_data = user_data;
}

void
lodge_steady_selection_begin (LodgeSteadySelection *self)
{
  g_return_if_fail (LODGE_IS_STEADY_SELECTION (self));

  self->depth++;
}

void
lodge_steady_selection_end (LodgeSteadySelection *self)
{
  g_return_if_fail (LODGE_IS_STEADY_SELECTION (self));
  g_return_if_fail (self->depth > 0);

  if (--self->depth == 0 && self->scroll != NULL && self->items->len > 0)
    self->scroll (0, self->scroll_data);
}
