/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "widgets/lodge-column.h"

G_BEGIN_DECLS

/* @width: sp, 0: the column's own */
typedef struct
{
  LodgeColumn column;
  gboolean    shown;
  guint       width;
} LodgeColumnPlace;

/* The columns of the table in a person's order: the key “columns” */
typedef struct
{
  LodgeColumnPlace places[LODGE_N_COLUMNS];
} LodgeColumnLayout;

void              lodge_column_layout_load (LodgeColumnLayout       *self,
                                            GSettings               *settings);
void              lodge_column_layout_save (const LodgeColumnLayout *self,
                                            GSettings               *settings);
LodgeColumnPlace *lodge_column_layout_find (LodgeColumnLayout       *self,
                                            LodgeColumn              column);

G_END_DECLS
