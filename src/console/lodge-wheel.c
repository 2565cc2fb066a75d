/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-wheel"

#include "config.h"

#include <math.h>

#include "lodge-wheel.h"

#define PIXELS_PER_CLICK 10.0
#define PAUSE_MS 200

/**
 * lodge_wheel_add:
 * @self: one axis
 * @delta: as in the event, positive is right or down
 * @unit: clicks of a wheel, or pixels of a finger
 * @time: milliseconds of the event
 *
 * Gathers small movements into whole clicks. A pause or a turn forgets what was left over.
 *
 * Returns: clicks to send now, with their sign
 */
int
lodge_wheel_add (LodgeWheel    *self,
                 double         delta,
                 GdkScrollUnit  unit,
                 gint64         time)
{
  const double clicks = unit == GDK_SCROLL_UNIT_WHEEL ? delta : delta / PIXELS_PER_CLICK;
  double whole;

  if (!isfinite (clicks))
    return 0;

  /* The other axis alone has moved: that is no turn */
  if (time - self->time > PAUSE_MS || clicks * self->rest < 0)
    self->rest = 0;
  self->time = time;

  self->rest += clicks;
  /* Ten tenths are a whole, whatever binary fractions say */
  whole = trunc (self->rest + copysign (1e-6, self->rest));
  self->rest -= whole;

  return (int) CLAMP (whole, -LODGE_WHEEL_MAX_CLICKS, LODGE_WHEEL_MAX_CLICKS);
}

void
lodge_wheel_reset (LodgeWheel *self)
{
  self->rest = 0;
}
