/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LODGE_CHART_MAX_SERIES 2

/* How the numbers of a chart are written */
typedef enum
{
  LODGE_CHART_PERCENT,   /* fractions, 0–1 */
  LODGE_CHART_SIZE,      /* bytes */
  LODGE_CHART_RATE,      /* bytes a second */
} LodgeChartUnit;

#define LODGE_TYPE_CHART (lodge_chart_get_type ())
G_DECLARE_FINAL_TYPE (LodgeChart, lodge_chart, LODGE, CHART, GtkWidget)

/* Property: reading (nullable string, notifies): what the line under the pointer or the arrow keys reads */

GtkWidget  *lodge_chart_new         (void);
void        lodge_chart_set_unit    (LodgeChart     *self,
                                     LodgeChartUnit  unit);
void        lodge_chart_set_title   (LodgeChart     *self,
                                     const char     *title);
void        lodge_chart_set_names   (LodgeChart     *self,
                                     const char     *first,
                                     const char     *second);
void        lodge_chart_set_maximum (LodgeChart     *self,
                                     double          maximum);
void        lodge_chart_set_period  (LodgeChart     *self,
                                     double          seconds,
                                     guint           n_samples);
void        lodge_chart_set_samples (LodgeChart     *self,
                                     guint           series,
                                     const double   *samples,
                                     guint           n_samples);
const char *lodge_chart_get_reading (LodgeChart     *self);
char       *lodge_chart_dup_value   (LodgeChart     *self,
                                     double          value);
/* The end of a scale for numbers up to @value: 1, 2 or 5 times a power of ten, of two for sizes */
double      lodge_chart_round_up    (double          value,
                                     LodgeChartUnit  unit);

G_END_DECLS
