/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lodge-connection-private.h"

G_BEGIN_DECLS

/* Reads the statistics of a connection's running domains, one call a tick, while somebody watches; the first time also
 * what those that are off could use */
typedef struct _LodgeStats LodgeStats;

/* @samples of LodgeDomainSample; @time: monotonic, µs */
typedef void (*LodgeStatsFunc) (GArray *samples, gint64 time, gpointer user_data);

LodgeStats *lodge_stats_new          (LodgeConnection *connection,
                                      LodgeStatsFunc   func);
void        lodge_stats_free         (LodgeStats      *self);
/* The connection is open / is not any more */
void        lodge_stats_start        (LodgeStats      *self);
void        lodge_stats_stop         (LodgeStats      *self);
void        lodge_stats_watch        (LodgeStats      *self,
                                      LodgeStatsNeeds  needs);
void        lodge_stats_unwatch      (LodgeStats      *self,
                                      LodgeStatsNeeds  needs);
/* The next reading is of what is off as well */
void        lodge_stats_want_all     (LodgeStats      *self);
void        lodge_stats_set_interval (LodgeStats      *self,
                                      guint            seconds);

G_END_DECLS
