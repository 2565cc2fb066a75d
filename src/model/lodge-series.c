/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lodge-series.h"

#include <math.h>

/* 0 … 65534 are values, … */
#define NONE        G_MAXUINT16
#define MAX_CODE    (G_MAXUINT16 - 1)
/* A host that answers slowly leaves no holes in the finest level */
#define FILL        15   /* steps of it */

static const struct { guint step, length; } levels[LODGE_N_SPANS] = {
  [LODGE_SPAN_MINUTES] = { 2, 60 },
  [LODGE_SPAN_HOUR] = { 60, 60 },
  [LODGE_SPAN_DAY] = { 1200, 72 },
};

#define LENGTH (60 + 60 + 72)

/* What is not written to its level yet */
typedef struct
{
  float   sums[LODGE_N_METRICS];
  guint16 n[LODGE_N_METRICS];
} Mean;

struct _LodgeSeries
{
  gint64  last;                                 /* s */
  gint64  steps[LODGE_N_SPANS];                 /* the step that is being written */
  Mean    means[LODGE_N_SPANS];
  guint16 codes[LODGE_N_METRICS][LENGTH];
};

G_STATIC_ASSERT (LODGE_SPAN_LENGTH >= 72);

/* A share is kept to 1/65534, everything else to a thousandth of its size */
static guint16
encode (LodgeMetric metric,
        float       value)
{
  double code;

  if (!isfinite (value) || value < 0)
    return NONE;
  code = metric == LODGE_METRIC_CPU ? value * MAX_CODE : log2 (1.0 + value) * 1000;
  return (guint16) CLAMP (lround (code), 0, MAX_CODE);
}

static float
decode (LodgeMetric metric,
        guint16     code)
{
  if (code == NONE)
    return NAN;
  return metric == LODGE_METRIC_CPU ? code / (float) MAX_CODE : (float) (exp2 (code / 1000.0) - 1);
}

static guint
get_offset (LodgeSpan span)
{
  guint offset = 0;

  for (guint i = 0; i < span; i++)
    offset += levels[i].length;
  return offset;
}

static guint16 *
get_code (LodgeSeries *self,
          LodgeMetric  metric,
          LodgeSpan    span,
          gint64       step)
{
  return &self->codes[metric][get_offset (span) + step % levels[span].length];
}

LodgeSeries *
lodge_series_new (void)
{
  LodgeSeries *self = g_new0 (LodgeSeries, 1);

  for (guint metric = 0; metric < LODGE_N_METRICS; metric++)
    {
      for (guint i = 0; i < LENGTH; i++)
        self->codes[metric][i] = NONE;
    }
  return self;
}

void
lodge_series_free (LodgeSeries *self)
{
  g_free (self);
}

static void
write_step (LodgeSeries *self,
            LodgeSpan    span,
            gint64       step)
{
  Mean *mean = &self->means[span];

  for (guint metric = 0; metric < LODGE_N_METRICS; metric++)
    *get_code (self, metric, span, step) =
      mean->n[metric] > 0 ? encode (metric, mean->sums[metric] / mean->n[metric]) : NONE;
}

/* A new step of a level: what lies between it and the last one was not seen */
static void
advance (LodgeSeries *self,
         LodgeSpan    span,
         gint64       step)
{
  const gint64 gap = step - self->steps[span];
  const gboolean fill = span == LODGE_SPAN_MINUTES && gap <= FILL;

  for (gint64 between = MAX (self->steps[span] + 1, step - (gint64) levels[span].length + 1); between < step; between++)
    {
      for (guint metric = 0; metric < LODGE_N_METRICS; metric++)
        *get_code (self, metric, span, between) = fill ? *get_code (self, metric, span, self->steps[span]) : NONE;
    }
  self->means[span] = (Mean) { 0 };
  self->steps[span] = step;
}

void
lodge_series_add (LodgeSeries *self,
                  gint64       time,
                  const float  values[LODGE_N_METRICS])
{
  if (time < self->last)
    return;
  for (guint span = 0; span < LODGE_N_SPANS; span++)
    {
      const gint64 step = time / levels[span].step;
      Mean *mean = &self->means[span];

      if (step != self->steps[span])
        advance (self, span, step);
      for (guint metric = 0; metric < LODGE_N_METRICS; metric++)
        {
          if (!isfinite (values[metric]) || values[metric] < 0 || mean->n[metric] == G_MAXUINT16)
            continue;
          mean->sums[metric] += values[metric];
          mean->n[metric]++;
        }
      write_step (self, span, step);
    }
  self->last = time;
}

void
lodge_series_get (LodgeSeries *self,
                  LodgeMetric  metric,
                  LodgeSpan    span,
                  gint64       time,
                  float       *samples)
{
  const gint64 now = time / levels[span].step;
  const gint64 written = self->steps[span];

  for (guint i = 0; i < LODGE_SPAN_LENGTH; i++)
    {
      const gint64 step = now - (LODGE_SPAN_LENGTH - 1 - i);

      /* The ring has the last steps up to the written one */
      samples[i] = step > written || step <= written - (gint64) levels[span].length || step < 0 || self->last == 0
                   ? NAN : decode (metric, *get_code (self, metric, span, step));
    }
}

gint64
lodge_series_get_last (LodgeSeries *self)
{
  return self->last;
}
