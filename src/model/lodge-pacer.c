/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-pacer"

#include "config.h"

#include "lodge-pacer.h"

#define MAX_DELAY    (50 * G_TIME_SPAN_MILLISECOND)
#define GOOD_DELAY   (MAX_DELAY / 2)
/* The first sign of a queue: doubling once more would make a long one */
#define EARLY_DELAY  (MAX_DELAY / 5)
#define FIRST_RATE   (128.0 * 1024)
#define MIN_RATE     (32.0 * 1024)
#define MAX_RATE     (8.0 * 1024 * 1024 * 1024)
#define MIN_PORTION  (4 * 1024)
#define MAX_PORTION  (16 * 1024 * 1024)
#define OVERDUE_WAIT (5 * G_TIME_SPAN_MILLISECOND)

struct _LodgePacer
{
  GMutex   mutex;        /* for all below */
  double   rate;         /* bytes a second */
  double   credit;       /* bytes that may go; negative: went too early */
  gint64   credited;     /* until when that was counted, 0: nothing has gone yet */
  gint64   asked;        /* when the question went out that is not answered, 0: none */
  gint64   quickest;     /* µs of the best answer so far, -1: none yet */
  gboolean delayed;      /* a queue was seen once */
};

LodgePacer *
lodge_pacer_new (void)
{
  LodgePacer *self = g_new0 (LodgePacer, 1);

  g_mutex_init (&self->mutex);
  self->rate = FIRST_RATE;
  self->quickest = -1;
  return self;
}

void
lodge_pacer_free (LodgePacer *self)
{
  g_mutex_clear (&self->mutex);
  g_free (self);
}

void
lodge_pacer_asked (LodgePacer *self,
                   gint64      now)
{
  g_mutex_lock (&self->mutex);
  self->asked = now;
  g_mutex_unlock (&self->mutex);
}

void
lodge_pacer_answered (LodgePacer *self,
                      gint64      now)
{
  g_mutex_lock (&self->mutex);
  if (self->asked != 0)
    {
      const gint64 took = now - self->asked;
      gint64 delay;

      self->asked = 0;
      if (self->quickest < 0 || took < self->quickest)
        self->quickest = took;
      delay = took - self->quickest;
      if (delay > MAX_DELAY || (!self->delayed && delay > EARLY_DELAY))
        {
          self->delayed = TRUE;
          self->rate /= 2;
          self->credit = MIN (self->credit, 0);
        }
      else if (!self->delayed)
        self->rate *= 2;
      else if (delay < GOOD_DELAY)
        self->rate *= 1.1;
      self->rate = CLAMP (self->rate, MIN_RATE, MAX_RATE);
    }
  g_mutex_unlock (&self->mutex);
}

/* With the mutex */
static gsize
get_portion (LodgePacer *self)
{
  return CLAMP ((gsize) (self->rate * GOOD_DELAY / G_USEC_PER_SEC), MIN_PORTION, MAX_PORTION);
}

gint64
lodge_pacer_take (LodgePacer *self,
                  gsize       n_bytes,
                  gint64      now)
{
  gint64 wait = 0;

  g_mutex_lock (&self->mutex);
  if (self->asked != 0 && self->quickest >= 0 && now - self->asked > self->quickest + MAX_DELAY)
    {
      /* What was not sent meanwhile is not made up for */
      self->credited = now;
      wait = OVERDUE_WAIT;
    }
  else
    {
      if (self->credited != 0)
        self->credit += (now - self->credited) * self->rate / G_USEC_PER_SEC;
      self->credit = MIN (self->credit, (double) get_portion (self));
      self->credited = now;
      if (self->credit >= 0)
        self->credit -= n_bytes;
      else
        wait = MAX ((gint64) (-self->credit * G_USEC_PER_SEC / self->rate), 1);
    }
  g_mutex_unlock (&self->mutex);
  return wait;
}

gsize
lodge_pacer_get_portion (LodgePacer *self)
{
  gsize portion;

  g_mutex_lock (&self->mutex);
  portion = get_portion (self);
  g_mutex_unlock (&self->mutex);
  return portion;
}
