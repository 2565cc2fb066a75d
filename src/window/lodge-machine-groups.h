/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef enum
{
  LODGE_GROUP_NONE,
  LODGE_GROUP_CONNECTION,
  LODGE_GROUP_STATE,
  LODGE_GROUP_TAG,        /* a machine stands under the first of its tags */
  LODGE_GROUP_FOLDER,     /* a folder is followed by those in it */
  LODGE_N_GROUPINGS,
} LodgeMachineGrouping;

LodgeMachineGrouping lodge_machine_grouping_from_setting   (const char           *value);
/* Its name in the settings, and what it is called, translated */
const char          *lodge_machine_grouping_get_setting    (LodgeMachineGrouping  grouping);
const char          *lodge_machine_grouping_get_label      (LodgeMachineGrouping  grouping);
/* It needs what has to be read of each machine first */
gboolean             lodge_machine_grouping_wants_details  (LodgeMachineGrouping  grouping);
/* Sorts by group only; %NULL for none */
GtkSorter           *lodge_machine_groups_create_sorter    (LodgeMachineGrouping  grouping);
/* Makes the headers of groups: name and number of machines; %NULL for none */
GtkListItemFactory  *lodge_machine_groups_create_factory   (LodgeMachineGrouping  grouping);

G_END_DECLS
