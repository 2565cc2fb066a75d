/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef enum
{
  LODGE_GROUP_NONE,
  LODGE_GROUP_CONNECTION,
  LODGE_GROUP_STATE,
} LodgeMachineGrouping;

LodgeMachineGrouping lodge_machine_grouping_from_setting   (const char           *value);
/* Sorts by group only; %NULL for none */
GtkSorter           *lodge_machine_groups_create_sorter    (LodgeMachineGrouping  grouping);
/* Makes the headers of groups: name and number of machines; %NULL for none */
GtkListItemFactory  *lodge_machine_groups_create_factory   (LodgeMachineGrouping  grouping);

G_END_DECLS
