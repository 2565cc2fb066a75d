/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LODGE_SPARKLINE_WIDTH  54
#define LODGE_SPARKLINE_HEIGHT 16

/* Draws @samples (0–1, the newest last, at most @capacity) into @width × @height at the origin: an area and its upper
 * edge, from 0 to 100 % */
void  lodge_sparkline_snapshot   (GtkSnapshot   *snapshot,
                                  const float   *samples,
                                  guint          n_samples,
                                  guint          capacity,
                                  double         width,
                                  double         height,
                                  const GdkRGBA *color);
/* “Processor 27 %, between 9 and 41 % in the last minute” */
char *lodge_sparkline_dup_spoken (const float   *samples,
                                  guint          n_samples);

G_END_DECLS
