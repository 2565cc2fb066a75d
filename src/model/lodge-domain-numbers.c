/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-domain-numbers"

#include "config.h"

#include "lodge-domain-private.h"

#include <math.h>
#include <string.h>

static double
get_rate (gint64 now,
          gint64 before,
          gint64 microseconds)
{
  return now >= 0 && before >= 0 && now >= before
         ? (double) (now - before) * G_USEC_PER_SEC / microseconds : -1;
}

static void
keep_rates (LodgeDomain *self,
            gint64       time)
{
  for (guint i = 0; self->series == NULL && i < LODGE_N_METRICS; i++)
    {
      if (self->rates[i] >= 0)
        self->series = lodge_series_new ();
    }
  if (self->series != NULL)
    lodge_series_add (self->series, time, self->rates);
}

/* @time in µs, monotonic. Nothing notifies: the connection says once that all numbers are new. */
void
lodge_domain_apply_sample (LodgeDomain             *self,
                           const LodgeDomainSample *sample,
                           gint64                   time)
{
  const gint64 elapsed = time - self->sample_time;

  if (sample->vcpus > 0)
    self->vcpus = sample->vcpus;
  if (sample->memory_max >= 0)
    self->memory_max = sample->memory_max;
  if (!sample->active)
    return;

  self->memory = sample->memory;
  if (self->sample_time != 0 && elapsed > 0)
    {
      const double cpu = get_rate (sample->cpu_time, self->cpu_time, elapsed);

      /* ns of CPU a second, of all its processors */
      self->rates[LODGE_METRIC_CPU] = cpu < 0 ? -1 : CLAMP (cpu / 1e9 / MAX (1, self->vcpus), 0, 1);
      for (guint i = 0; i < G_N_ELEMENTS (self->counters); i++)
        self->rates[LODGE_METRIC_DISK_READ + i] = get_rate (sample->counters[i], self->counters[i], elapsed);
    }
  self->rates[LODGE_METRIC_MEMORY] = sample->memory;
  self->cpu_time = sample->cpu_time;
  memcpy (self->counters, sample->counters, sizeof self->counters);
  self->sample_time = time;
  keep_rates (self, time / G_USEC_PER_SEC);
}

void
lodge_domain_clear_numbers (LodgeDomain *self)
{
  self->memory = -1;
  for (guint i = 0; i < LODGE_N_METRICS; i++)
    self->rates[i] = -1;
  self->sample_time = 0;
}

double
lodge_domain_get_cpu (LodgeDomain *self)
{
  g_return_val_if_fail (LODGE_IS_DOMAIN (self), -1);

  return self->rates[LODGE_METRIC_CPU];
}

gint64
lodge_domain_get_memory (LodgeDomain *self)
{
  g_return_val_if_fail (LODGE_IS_DOMAIN (self), -1);

  return self->memory;
}

gint64
lodge_domain_get_memory_max (LodgeDomain *self)
{
  g_return_val_if_fail (LODGE_IS_DOMAIN (self), -1);

  return self->memory_max;
}

guint
lodge_domain_get_vcpus (LodgeDomain *self)
{
  g_return_val_if_fail (LODGE_IS_DOMAIN (self), 0);

  return self->vcpus;
}

/* What is unknown of two counts as nothing, unless both are */
static double
get_sum (LodgeDomain *self,
         LodgeMetric  a,
         LodgeMetric  b)
{
  if (self->rates[a] < 0 && self->rates[b] < 0)
    return -1;
  return MAX (0, self->rates[a]) + MAX (0, self->rates[b]);
}

double
lodge_domain_get_disk_rate (LodgeDomain *self)
{
  g_return_val_if_fail (LODGE_IS_DOMAIN (self), -1);

  return get_sum (self, LODGE_METRIC_DISK_READ, LODGE_METRIC_DISK_WRITE);
}

double
lodge_domain_get_network_rate (LodgeDomain *self)
{
  g_return_val_if_fail (LODGE_IS_DOMAIN (self), -1);

  return get_sum (self, LODGE_METRIC_NETWORK_IN, LODGE_METRIC_NETWORK_OUT);
}

double
lodge_domain_get_rate (LodgeDomain *self,
                       LodgeMetric  metric)
{
  g_return_val_if_fail (LODGE_IS_DOMAIN (self), -1);
  g_return_val_if_fail (metric < LODGE_N_METRICS, -1);

  return self->rates[metric];
}

/**
 * lodge_domain_get_history:
 * @self: a domain
 * @metric: of what
 * @span: how far back
 * @samples: (out caller-allocates): oldest first, the last is of now; NaN: unknown
 *
 * The past of a number, as far as it was read: while somebody watched the statistics of the connection.
 *
 * Returns: whether there is any
 */
gboolean
lodge_domain_get_history (LodgeDomain *self,
                          LodgeMetric  metric,
                          LodgeSpan    span,
                          float        samples[LODGE_SPAN_LENGTH])
{
  g_return_val_if_fail (LODGE_IS_DOMAIN (self), FALSE);
  g_return_val_if_fail (metric < LODGE_N_METRICS && span < LODGE_N_SPANS, FALSE);

  if (self->series == NULL)
    return FALSE;
  lodge_series_get (self->series, metric, span, g_get_monotonic_time () / G_USEC_PER_SEC, samples);
  return TRUE;
}

/**
 * lodge_domain_get_cpu_history:
 * @self: a domain
 * @samples: (out caller-allocates): 0–1 each, oldest first
 *
 * The last two minutes, up to the last number that came.
 *
 * Returns: how many of @samples, from the front, are set
 */
guint
lodge_domain_get_cpu_history (LodgeDomain *self,
                              float        samples[LODGE_DOMAIN_HISTORY])
{
  float all[LODGE_SPAN_LENGTH];
  guint n = 0;

  g_return_val_if_fail (LODGE_IS_DOMAIN (self), 0);

  if (self->series == NULL || self->sample_time == 0)
    return 0;
  lodge_series_get (self->series, LODGE_METRIC_CPU, LODGE_SPAN_MINUTES, lodge_series_get_last (self->series), all);
  for (guint i = LODGE_SPAN_LENGTH - LODGE_DOMAIN_HISTORY; i < LODGE_SPAN_LENGTH; i++)
    {
      if (isfinite (all[i]))
        samples[n++] = all[i];
      else
        n = 0;
    }
  return n;
}
