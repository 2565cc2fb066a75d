/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-machine-sorter"

#include "config.h"

#include "lodge-machine-sorter.h"

struct _LodgeMachineSorter
{
  GtkSorter   parent_instance;

  LodgeColumn column;
  gboolean    descending;
};

enum
{
  SIGNAL_ORDER_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LodgeMachineSorter, lodge_machine_sorter, GTK_TYPE_SORTER)

/* Ties are broken by name and UUID, so that the order is total and never flickers */
static GtkOrdering
lodge_machine_sorter_compare (GtkSorter *sorter,
                              gpointer   first,
                              gpointer   second)
{
  LodgeMachineSorter *self = LODGE_MACHINE_SORTER (sorter);
  int order = lodge_column_compare (self->column, first, second);

  if (self->descending)
    order = -order;
  if (order == 0 && self->column != LODGE_COLUMN_NAME)
    order = lodge_column_compare (LODGE_COLUMN_NAME, first, second);
  if (order == 0)
    order = lodge_column_compare (LODGE_COLUMN_UUID, first, second);
  return gtk_ordering_from_cmpfunc (order);
}

static GtkSorterOrder
lodge_machine_sorter_get_sorter_order (GtkSorter *sorter)
{
  return GTK_SORTER_ORDER_TOTAL;
}

static void
lodge_machine_sorter_class_init (LodgeMachineSorterClass *klass)
{
  GTK_SORTER_CLASS (klass)->compare = lodge_machine_sorter_compare;
  GTK_SORTER_CLASS (klass)->get_order = lodge_machine_sorter_get_sorter_order;
  signals[SIGNAL_ORDER_CHANGED] = g_signal_new ("order-changed", LODGE_TYPE_MACHINE_SORTER, G_SIGNAL_RUN_LAST, 0,
                                                NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
lodge_machine_sorter_init (LodgeMachineSorter *self)
{
}

LodgeMachineSorter *
lodge_machine_sorter_new (void)
{
  return g_object_new (LODGE_TYPE_MACHINE_SORTER, NULL);
}

void
lodge_machine_sorter_set_order (LodgeMachineSorter *self,
                                LodgeColumn         column,
                                gboolean            descending)
{
  gboolean inverted;

  g_return_if_fail (LODGE_IS_MACHINE_SORTER (self));
  g_return_if_fail (column < LODGE_N_COLUMNS);

  if (self->column == column && self->descending == descending)
    return;
  /* The order within equal values stays, so only a total column is turned round as a whole */
  inverted = self->column == column && column == LODGE_COLUMN_UUID;
  self->column = column;
  self->descending = descending;
  gtk_sorter_changed (GTK_SORTER (self), inverted ? GTK_SORTER_CHANGE_INVERTED : GTK_SORTER_CHANGE_DIFFERENT);
  g_signal_emit (self, signals[SIGNAL_ORDER_CHANGED], 0);
}

LodgeColumn
lodge_machine_sorter_get_column (LodgeMachineSorter *self)
{
  g_return_val_if_fail (LODGE_IS_MACHINE_SORTER (self), LODGE_COLUMN_NAME);

  return self->column;
}

gboolean
lodge_machine_sorter_get_descending (LodgeMachineSorter *self)
{
  g_return_val_if_fail (LODGE_IS_MACHINE_SORTER (self), FALSE);

  return self->descending;
}

void
lodge_machine_sorter_refresh (LodgeMachineSorter *self)
{
  g_return_if_fail (LODGE_IS_MACHINE_SORTER (self));

  gtk_sorter_changed (GTK_SORTER (self), GTK_SORTER_CHANGE_DIFFERENT);
}
