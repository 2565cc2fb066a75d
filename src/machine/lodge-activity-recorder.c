/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-activity-recorder"

#include "config.h"

#include "lodge-activity-recorder.h"

#include <math.h>
#include <string.h>

#include "model/lodge-connection.h"

static const struct { double period; guint n_samples; } spans[LODGE_N_SPANS] = {
  [LODGE_SPAN_MINUTES] = { 2, 300 },
  [LODGE_SPAN_HOUR] = { 20, 180 },
  [LODGE_SPAN_DAY] = { 480, 180 },
};

/* Readings of one period become one sample: their mean */
typedef struct
{
  float  samples[LODGE_N_METRICS][LODGE_ACTIVITY_SAMPLES];
  guint  n;
  gint64 period;                     /* number of the one that is being filled; 0: none */
  double sums[LODGE_N_METRICS];
  guint  counts[LODGE_N_METRICS];
} Track;

struct _LodgeActivityRecorder
{
  GObject      parent_instance;

  LodgeDomain *domain;   /* borrowed: it owns us */
  Track        tracks[LODGE_N_SPANS];
};

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LodgeActivityRecorder, lodge_activity_recorder, G_TYPE_OBJECT)

static void
push (Track         *track,
      LodgeSpan      span,
      const double  *values)
{
  const guint max = spans[span].n_samples;

  for (guint metric = 0; metric < LODGE_N_METRICS; metric++)
    {
      float *samples = track->samples[metric];

      if (track->n == max)
        memmove (samples, samples + 1, (max - 1) * sizeof (float));
      samples[MIN (track->n, max - 1)] = values != NULL ? values[metric] : NAN;
    }
  track->n = MIN (track->n + 1, max);
}

static void
finish_period (Track     *track,
               LodgeSpan  span)
{
  double values[LODGE_N_METRICS];

  for (guint metric = 0; metric < LODGE_N_METRICS; metric++)
    {
      values[metric] = track->counts[metric] > 0 ? track->sums[metric] / track->counts[metric] : NAN;
      track->sums[metric] = track->counts[metric] = 0;
    }
  push (track, span, values);
}

static void
add_to_track (Track        *track,
              LodgeSpan     span,
              gint64        time,
              const double *values)
{
  const gint64 period = time / (gint64) (spans[span].period * G_USEC_PER_SEC) + 1;

  if (track->period != 0 && period != track->period)
    {
      finish_period (track, span);
      /* Nobody looked for a while: a gap, not a straight line */
      for (gint64 i = track->period + 1; i < period && i < track->period + spans[span].n_samples; i++)
        {
          if (period - track->period > 2)
            push (track, span, NULL);
        }
    }
  track->period = period;
  for (guint metric = 0; metric < LODGE_N_METRICS; metric++)
    {
      if (isnan (values[metric]) || values[metric] < 0)
        continue;
      track->sums[metric] += values[metric];
      track->counts[metric]++;
    }
}

void
lodge_activity_recorder_add (LodgeActivityRecorder *self,
                             gint64                 time,
                             const double           values[LODGE_N_METRICS])
{
  g_return_if_fail (LODGE_IS_ACTIVITY_RECORDER (self));

  for (guint span = 0; span < LODGE_N_SPANS; span++)
    add_to_track (&self->tracks[span], span, time, values);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
stats_updated_cb (LodgeActivityRecorder *self)
{
  const double values[LODGE_N_METRICS] = {
    [LODGE_METRIC_CPU] = lodge_domain_get_cpu (self->domain),
    [LODGE_METRIC_MEMORY] = lodge_domain_get_memory (self->domain),
    [LODGE_METRIC_DISK] = lodge_domain_get_disk_rate (self->domain),
    [LODGE_METRIC_NETWORK] = lodge_domain_get_network_rate (self->domain),
  };

  lodge_activity_recorder_add (self, g_get_monotonic_time (), values);
}

static void
lodge_activity_recorder_class_init (LodgeActivityRecorderClass *klass)
{
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
}

static void
lodge_activity_recorder_init (LodgeActivityRecorder *self)
{
}

/**
 * lodge_activity_recorder_get_for:
 * @domain: a machine
 *
 * Returns: (transfer none): the machine's own, made when it is first asked for
 */
LodgeActivityRecorder *
lodge_activity_recorder_get_for (LodgeDomain *domain)
{
  LodgeActivityRecorder *self = g_object_get_data (G_OBJECT (domain), "lodge-activity-recorder");
  LodgeConnection *connection = lodge_domain_get_connection (domain);

  if (self != NULL)
    return self;
  self = g_object_new (LODGE_TYPE_ACTIVITY_RECORDER, NULL);
  self->domain = domain;
  g_object_set_data_full (G_OBJECT (domain), "lodge-activity-recorder", self, g_object_unref);
  if (connection != NULL)
    g_signal_connect_object (connection, "stats-updated", G_CALLBACK (stats_updated_cb), self, G_CONNECT_SWAPPED);
  return self;
}

guint
lodge_activity_recorder_get_samples (LodgeActivityRecorder *self,
                                     LodgeMetric            metric,
                                     LodgeSpan              span,
                                     double                 samples[LODGE_ACTIVITY_SAMPLES])
{
  const Track *track;

  g_return_val_if_fail (LODGE_IS_ACTIVITY_RECORDER (self), 0);
  g_return_val_if_fail (metric < LODGE_N_METRICS && span < LODGE_N_SPANS, 0);

  track = &self->tracks[span];
  for (guint i = 0; i < track->n; i++)
    samples[i] = track->samples[metric][i];
  return track->n;
}

double
lodge_activity_span_get_period (LodgeSpan span)
{
  g_return_val_if_fail (span < LODGE_N_SPANS, 1);

  return spans[span].period;
}

guint
lodge_activity_span_get_n_samples (LodgeSpan span)
{
  g_return_val_if_fail (span < LODGE_N_SPANS, 1);

  return spans[span].n_samples;
}
