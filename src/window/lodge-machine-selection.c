/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-machine-selection"

#include "config.h"

#include "lodge-machine-selection.h"

/* A selection up to this is read at once, a larger one when the main loop comes round */
#define SMALL_SELECTION 64

struct _LodgeMachineSelection
{
  GObject               parent_instance;

  GtkFilterListModel   *filter_model;   /* owned */
  GtkSortListModel     *sort_model;     /* owned */
  LodgeSteadySelection *model;          /* owned */
  GListStore           *selected;       /* owned */
  gboolean              dirty;
};

enum
{
  SIGNAL_CHANGED,
  SIGNAL_OUTDATED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LodgeMachineSelection, lodge_machine_selection, G_TYPE_OBJECT)

/* The actions are for what is selected and seen: positions are stale after the next flush, so the machines are taken
 * out at once */
static void
take (LodgeMachineSelection *self)
{
  g_autoptr(GtkBitset) bits = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->model));
  g_autoptr(GPtrArray) domains = g_ptr_array_new_with_free_func (g_object_unref);
  GtkBitsetIter iter;
  guint position;

  self->dirty = FALSE;
  for (gboolean valid = gtk_bitset_iter_init_first (&iter, bits, &position); valid;
       valid = gtk_bitset_iter_next (&iter, &position))
    g_ptr_array_add (domains, g_list_model_get_item (G_LIST_MODEL (self->model), position));

  g_list_store_splice (self->selected, 0, g_list_model_get_n_items (G_LIST_MODEL (self->selected)), domains->pdata,
                       domains->len);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
selection_changed_cb (LodgeMachineSelection *self)
{
  g_autoptr(GtkBitset) bits = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->model));

  self->dirty = TRUE;
  if (gtk_bitset_get_size (bits) <= SMALL_SELECTION
      && g_list_model_get_n_items (G_LIST_MODEL (self->selected)) <= SMALL_SELECTION)
    take (self);
  else
    g_signal_emit (self, signals[SIGNAL_OUTDATED], 0);
}

static void
items_changed_cb (LodgeMachineSelection *self,
                  guint                  position,
                  guint                  removed,
                  guint                  added)
{
  /* What was selected may have left */
  if (removed > 0 && g_list_model_get_n_items (G_LIST_MODEL (self->selected)) > 0)
    self->dirty = TRUE;
  g_signal_emit (self, signals[SIGNAL_OUTDATED], 0);
}

static void
lodge_machine_selection_dispose (GObject *object)
{
  LodgeMachineSelection *self = LODGE_MACHINE_SELECTION (object);

  if (self->model != NULL)
    {
      /* While the models are taken apart they still change */
      g_signal_handlers_disconnect_by_data (self->model, self);
      lodge_steady_selection_set_scroll (self->model, NULL, NULL);
    }
  g_clear_object (&self->model);
  g_clear_object (&self->sort_model);
  g_clear_object (&self->filter_model);
  g_clear_object (&self->selected);

  G_OBJECT_CLASS (lodge_machine_selection_parent_class)->dispose (object);
}

static void
lodge_machine_selection_class_init (LodgeMachineSelectionClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lodge_machine_selection_dispose;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", LODGE_TYPE_MACHINE_SELECTION, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                          NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_OUTDATED] = g_signal_new ("outdated", LODGE_TYPE_MACHINE_SELECTION, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                           NULL, G_TYPE_NONE, 0);
}

static void
lodge_machine_selection_init (LodgeMachineSelection *self)
{
  self->selected = g_list_store_new (LODGE_TYPE_DOMAIN);
}

/**
 * lodge_machine_selection_new:
 * @domains: the machines of all connections
 * @filter: which of them are shown
 * @sorter: in which order
 *
 * Returns: (transfer full): the models of a list
 */
LodgeMachineSelection *
lodge_machine_selection_new (GListModel         *domains,
                             LodgeMachineFilter *filter,
                             LodgeMachineSorter *sorter)
{
  LodgeMachineSelection *self = g_object_new (LODGE_TYPE_MACHINE_SELECTION, NULL);
  GtkMultiSelection *selection;

  self->filter_model = gtk_filter_list_model_new (g_object_ref (domains), GTK_FILTER (g_object_ref (filter)));
  self->sort_model = gtk_sort_list_model_new (G_LIST_MODEL (g_object_ref (self->filter_model)),
                                              GTK_SORTER (g_object_ref (sorter)));
  selection = gtk_multi_selection_new (G_LIST_MODEL (g_object_ref (self->sort_model)));
  self->model = lodge_steady_selection_new (GTK_SELECTION_MODEL (selection));
  g_signal_connect_object (self->model, "selection-changed", G_CALLBACK (selection_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->model, "items-changed", G_CALLBACK (items_changed_cb), self, G_CONNECT_SWAPPED);
  return self;
}

GtkSelectionModel *
lodge_machine_selection_get_model (LodgeMachineSelection *self)
{
  g_return_val_if_fail (LODGE_IS_MACHINE_SELECTION (self), NULL);

  return GTK_SELECTION_MODEL (self->model);
}

GListModel *
lodge_machine_selection_get_selected (LodgeMachineSelection *self)
{
  g_return_val_if_fail (LODGE_IS_MACHINE_SELECTION (self), NULL);

  return G_LIST_MODEL (self->selected);
}

guint
lodge_machine_selection_get_n_shown (LodgeMachineSelection *self)
{
  g_return_val_if_fail (LODGE_IS_MACHINE_SELECTION (self), 0);

  return g_list_model_get_n_items (G_LIST_MODEL (self->filter_model));
}

void
lodge_machine_selection_update (LodgeMachineSelection *self)
{
  g_return_if_fail (LODGE_IS_MACHINE_SELECTION (self));

  if (self->dirty)
    take (self);
}

void
lodge_machine_selection_clear (LodgeMachineSelection *self)
{
  g_return_if_fail (LODGE_IS_MACHINE_SELECTION (self));

  gtk_selection_model_unselect_all (GTK_SELECTION_MODEL (self->model));
}

gboolean
lodge_machine_selection_select_position (LodgeMachineSelection *self,
                                         guint                  position)
{
  g_return_val_if_fail (LODGE_IS_MACHINE_SELECTION (self), FALSE);

  if (position >= g_list_model_get_n_items (G_LIST_MODEL (self->model)))
    return FALSE;
  gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->model), position, TRUE);
  take (self);
  return TRUE;
}

static guint
find_position (LodgeMachineSelection *self,
               LodgeDomain           *domain)
{
  const guint n = g_list_model_get_n_items (G_LIST_MODEL (self->model));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr(LodgeDomain) item = g_list_model_get_item (G_LIST_MODEL (self->model), i);

      if (item == domain)
        return i;
    }
  return GTK_INVALID_LIST_POSITION;
}

void
lodge_machine_selection_select_domain (LodgeMachineSelection *self,
                                       LodgeDomain           *domain)
{
  guint position;

  g_return_if_fail (LODGE_IS_MACHINE_SELECTION (self));

  position = find_position (self, domain);
  if (position != GTK_INVALID_LIST_POSITION
      && !gtk_selection_model_is_selected (GTK_SELECTION_MODEL (self->model), position))
    gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->model), position, TRUE);
  lodge_machine_selection_update (self);
}

void
lodge_machine_selection_set_section_sorter (LodgeMachineSelection *self,
                                            GtkSorter             *sorter)
{
  g_return_if_fail (LODGE_IS_MACHINE_SELECTION (self));

  gtk_sort_list_model_set_section_sorter (self->sort_model, sorter);
}

gboolean
lodge_machine_selection_is_grouped (LodgeMachineSelection *self)
{
  g_return_val_if_fail (LODGE_IS_MACHINE_SELECTION (self), FALSE);

  return gtk_sort_list_model_get_section_sorter (self->sort_model) != NULL;
}

void
lodge_machine_selection_set_scroll (LodgeMachineSelection *self,
                                    LodgeScrollFunc        scroll,
                                    gpointer               user_data)
{
  g_return_if_fail (LODGE_IS_MACHINE_SELECTION (self));

  lodge_steady_selection_set_scroll (self->model, scroll, user_data);
}

gboolean
lodge_machine_selection_begin_steady (LodgeMachineSelection *self,
                                      gboolean               has_focus)
{
  g_return_val_if_fail (LODGE_IS_MACHINE_SELECTION (self), FALSE);

  /* Groups lie where the model says */
  if (has_focus || lodge_machine_selection_is_grouped (self))
    return FALSE;
  lodge_steady_selection_begin (self->model);
  return TRUE;
}

void
lodge_machine_selection_end_steady (LodgeMachineSelection *self,
                                    gboolean               steady)
{
  g_return_if_fail (LODGE_IS_MACHINE_SELECTION (self));

  if (steady)
    lodge_steady_selection_end (self->model);
}
