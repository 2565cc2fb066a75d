/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lodge-sparkline.h"

#include <glib/gi18n.h>

#include "util/lodge-format.h"

#define EDGE        1.3    /* px */
#define FILL_ALPHA  0.18f

static double
get_y (float  sample,
       double height)
{
  return EDGE + (1 - CLAMP (sample, 0, 1)) * (height - EDGE);
}

/* A filled area costs the Cairo renderer two thirds of a stroke; the edge is a band, filled as well */
void
lodge_sparkline_snapshot (GtkSnapshot   *snapshot,
                          const float   *samples,
                          guint          n_samples,
                          guint          capacity,
                          double         width,
                          double         height,
                          const GdkRGBA *color)
{
  const double step = width / (capacity - 1);
  const double left = width - (n_samples - 1) * step;
  g_autoptr(GskPathBuilder) area = NULL;
  g_autoptr(GskPathBuilder) edge = NULL;
  g_autoptr(GskPath) area_path = NULL;
  g_autoptr(GskPath) edge_path = NULL;
  GdkRGBA fill = *color;

  if (n_samples < 2)
    return;

  area = gsk_path_builder_new ();
  edge = gsk_path_builder_new ();
  gsk_path_builder_move_to (area, left, height);
  for (guint i = 0; i < n_samples; i++)
    {
      const double x = left + i * step, y = get_y (samples[i], height);

      gsk_path_builder_line_to (area, x, y);
      if (i == 0)
        gsk_path_builder_move_to (edge, x, y);
      else
        gsk_path_builder_line_to (edge, x, y);
    }
  gsk_path_builder_line_to (area, width, height);
  gsk_path_builder_close (area);
  for (guint i = n_samples; i-- > 0; )
    gsk_path_builder_line_to (edge, left + i * step, get_y (samples[i], height) - EDGE);
  gsk_path_builder_close (edge);

  area_path = gsk_path_builder_to_path (area);
  edge_path = gsk_path_builder_to_path (edge);
  fill.alpha *= FILL_ALPHA;
  gtk_snapshot_append_fill (snapshot, area_path, GSK_FILL_RULE_WINDING, &fill);
  gtk_snapshot_append_fill (snapshot, edge_path, GSK_FILL_RULE_WINDING, color);
}

/**
 * lodge_sparkline_dup_spoken:
 *
 * Returns: (transfer full): the line in words, for who does not see it
 */
char *
lodge_sparkline_dup_spoken (const float *samples,
                            guint        n_samples)
{
  float low = 1, high = 0;
  g_autofree char *now = NULL;

  if (n_samples == 0)
    return g_strdup ("");
  for (guint i = 0; i < n_samples; i++)
    {
      low = MIN (low, samples[i]);
      high = MAX (high, samples[i]);
    }
  now = lodge_format_percent (samples[n_samples - 1]);
  return g_strdup_printf (_("Processor %s, between %.0f and %.0f %% lately"), now, low * 100, high * 100);
}
