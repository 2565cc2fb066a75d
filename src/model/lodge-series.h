/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lodge-domain.h"

G_BEGIN_DECLS

/* The past of one machine's numbers in 2.4 KiB: two minutes by two seconds, an hour by minutes, a day by twenty
 * minutes. What gets old is thinned to its mean. */
typedef struct _LodgeSeries LodgeSeries;

LodgeSeries *lodge_series_new  (void);
void         lodge_series_free (LodgeSeries *self);
/* @time: monotonic s. NaN: unknown */
void         lodge_series_add  (LodgeSeries *self,
                                gint64       time,
                                const float  values[LODGE_N_METRICS]);
/* @samples: LODGE_SPAN_LENGTH of them, oldest first, the last one is of @time; NaN: unknown */
void         lodge_series_get  (LodgeSeries *self,
                                LodgeMetric  metric,
                                LodgeSpan    span,
                                gint64       time,
                                float       *samples);
/* When the last value came, monotonic s; 0: never */
gint64       lodge_series_get_last (LodgeSeries *self);

G_END_DECLS
