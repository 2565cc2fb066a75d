/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "model/lodge-snapshot.h"

G_BEGIN_DECLS

#define LODGE_TYPE_SNAPSHOT_ROW (lodge_snapshot_row_get_type ())
G_DECLARE_FINAL_TYPE (LodgeSnapshotRow, lodge_snapshot_row, LODGE, SNAPSHOT_ROW, GtkWidget)

/* A row of the tree of snapshots. @row: of a LodgeSnapshot, or of something else: where the machine is now */
GtkWidget *lodge_snapshot_row_new          (void);
void       lodge_snapshot_row_bind         (LodgeSnapshotRow *self,
                                            GtkTreeListRow   *row);
/* “Running, with memory”, “Off”; and (transfer full) when it was taken: “yesterday at 17:05” */
const char *lodge_snapshot_kind_get_label  (LodgeSnapshotKind kind);
char       *lodge_snapshot_dup_when        (LodgeSnapshot    *snapshot);

G_END_DECLS
