/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/lodge-domain.h"

G_BEGIN_DECLS

typedef enum
{
  LODGE_METRIC_CPU,       /* 0–1 */
  LODGE_METRIC_MEMORY,    /* bytes */
  LODGE_METRIC_DISK,      /* bytes a second */
  LODGE_METRIC_NETWORK,   /* bytes a second */
  LODGE_N_METRICS,
} LodgeMetric;

typedef enum
{
  LODGE_SPAN_MINUTES,     /* ten, by two seconds */
  LODGE_SPAN_HOUR,        /* by 20 seconds */
  LODGE_SPAN_DAY,         /* by eight minutes */
  LODGE_N_SPANS,
} LodgeSpan;

#define LODGE_ACTIVITY_SAMPLES 300   /* of each span; the day has 180 */

#define LODGE_TYPE_ACTIVITY_RECORDER (lodge_activity_recorder_get_type ())
G_DECLARE_FINAL_TYPE (LodgeActivityRecorder, lodge_activity_recorder, LODGE, ACTIVITY_RECORDER, GObject)

/* Keeps what a machine did while this program looked at it. There is one for each machine that was ever shown, which
 * goes on as long as the machine is in its list. Signal "changed": new numbers. */
LodgeActivityRecorder *lodge_activity_recorder_get_for     (LodgeDomain           *domain);
/* The newest last; NAN where nothing was read. Returns how many of @samples are set. */
guint                  lodge_activity_recorder_get_samples (LodgeActivityRecorder *self,
                                                            LodgeMetric            metric,
                                                            LodgeSpan              span,
                                                            double                 samples[LODGE_ACTIVITY_SAMPLES]);
double                 lodge_activity_span_get_period      (LodgeSpan              span);   /* s */
guint                  lodge_activity_span_get_n_samples   (LodgeSpan              span);
/* For tests: takes one reading as of @time (µs, monotonic) */
void                   lodge_activity_recorder_add         (LodgeActivityRecorder *self,
                                                            gint64                 time,
                                                            const double           values[LODGE_N_METRICS]);

G_END_DECLS
