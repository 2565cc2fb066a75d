/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "model/lodge-domain.h"

G_BEGIN_DECLS

/* What a list can say of a machine, in the order of the columns */
typedef enum
{
  LODGE_COLUMN_NAME,
  LODGE_COLUMN_STATE,
  LODGE_COLUMN_CONNECTION,
  LODGE_COLUMN_CPU,
  LODGE_COLUMN_MEMORY,
  LODGE_COLUMN_DISK,
  LODGE_COLUMN_NETWORK,
  LODGE_COLUMN_ADDRESS,
  LODGE_COLUMN_TAGS,
  LODGE_COLUMN_LAST_ERROR,
  LODGE_COLUMN_UUID,
  LODGE_COLUMN_TITLE,
  LODGE_COLUMN_HOST_CPU,
  LODGE_N_COLUMNS,
} LodgeColumn;

/**
 * LodgeListWidth:
 * @LODGE_LIST_WIDE: all columns
 * @LODGE_LIST_MEDIUM: without tags and network
 * @LODGE_LIST_SMALL: without memory
 * @LODGE_LIST_SMALLEST: without connection
 * @LODGE_LIST_NARROW: rows of two lines instead of a table
 * @LODGE_LIST_TINY: and the search behind a button
 *
 * How wide the window is, from wide to narrow.
 */
typedef enum
{
  LODGE_LIST_WIDE,
  LODGE_LIST_MEDIUM,
  LODGE_LIST_SMALL,
  LODGE_LIST_SMALLEST,
  LODGE_LIST_NARROW,
  LODGE_LIST_TINY,
} LodgeListWidth;

/**
 * LodgeColumnInfo:
 * @id: its name in settings and actions
 * @title: translatable
 * @width: sp
 * @last_width: the narrowest window that still shows it
 * @shown: unless a person says otherwise
 * @optional: not while no machine has anything to say there
 * @live: its value changes with every reading of statistics
 * @descending: a first click puts the largest on top
 */
typedef struct
{
  const char     *id;
  const char     *title;
  int             width;
  LodgeListWidth  last_width;
  gboolean        shown;
  gboolean        optional;
  gboolean        live;
  gboolean        descending;
} LodgeColumnInfo;

const LodgeColumnInfo *lodge_column_get_info  (LodgeColumn   column);
/* LODGE_N_COLUMNS: no such id */
LodgeColumn            lodge_column_from_id   (const char   *id);
/* What it says of a machine, fit for one line; never NULL */
char                  *lodge_column_dup_text  (LodgeColumn   column,
                                               LodgeDomain  *domain);
/* By this column alone, ascending: 0 when they are equal in it */
int                    lodge_column_compare   (LodgeColumn   column,
                                               LodgeDomain  *first,
                                               LodgeDomain  *second);
/* The symbol of the system that runs inside */
const char            *lodge_domain_get_system_icon (LodgeDomain *domain);
/* “fedora-dev, Running, This Computer, 27 % processor”: what a row or a tile is called */
char                  *lodge_domain_dup_spoken (LodgeDomain *domain);

G_END_DECLS
