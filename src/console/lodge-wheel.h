/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gdk/gdk.h>

G_BEGIN_DECLS

/* One axis of a wheel or touchpad */
typedef struct
{
  double rest;
  gint64 time;
} LodgeWheel;

/* More clicks in one event would only flood the guest */
#define LODGE_WHEEL_MAX_CLICKS 8

int  lodge_wheel_add   (LodgeWheel    *self,
                        double         delta,
                        GdkScrollUnit  unit,
                        gint64         time);
void lodge_wheel_reset (LodgeWheel    *self);

G_END_DECLS
