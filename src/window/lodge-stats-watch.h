/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/lodge-connection-list.h"

G_BEGIN_DECLS

#define LODGE_TYPE_STATS_WATCH (lodge_stats_watch_get_type ())
G_DECLARE_FINAL_TYPE (LodgeStatsWatch, lodge_stats_watch, LODGE, STATS_WATCH, GObject)

/* Asks connections for the statistics of their machines as long as somebody looks at them. Signals: "numbers"
 * (LodgeConnection), its machines have new numbers; "facts", states, names, tags or addresses have changed, once a
 * flush. */
LodgeStatsWatch *lodge_stats_watch_new          (void);
/* Those of all connections; of one, when @only is not NULL */
void             lodge_stats_watch_start        (LodgeStatsWatch     *self,
                                                 LodgeConnectionList *connections,
                                                 LodgeConnection     *only);
void             lodge_stats_watch_stop         (LodgeStatsWatch     *self);
/* What is read of each machine by itself: tags, titles, systems */
void             lodge_stats_watch_load_details (LodgeStatsWatch     *self);

G_END_DECLS
