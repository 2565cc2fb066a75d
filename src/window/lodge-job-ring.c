/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-job-ring"

#include "config.h"

#include "lodge-job-ring.h"

#include <adwaita.h>
#include <math.h>

#define SIZE    16
#define RADIUS  6.5f
#define STROKE  2.5f
#define DOT     3.0f

struct _LodgeJobRing
{
  GtkWidget  parent_instance;

  GtkWidget *image;      /* child: at rest */
  double     fraction;
  gboolean   failed;
};

G_DEFINE_FINAL_TYPE (LodgeJobRing, lodge_job_ring, GTK_TYPE_WIDGET)

static void
append_arc (GtkSnapshot   *snapshot,
            double         from,
            double         to,
            const GdkRGBA *color)
{
  g_autoptr(GskPathBuilder) builder = gsk_path_builder_new ();
  g_autoptr(GskPath) path = NULL;
  GskStroke *stroke = gsk_stroke_new (STROKE);
  const float x = (float) sin (2 * G_PI * from), y = (float) -cos (2 * G_PI * from);
  const float end_x = (float) sin (2 * G_PI * to), end_y = (float) -cos (2 * G_PI * to);

  gsk_path_builder_move_to (builder, SIZE / 2 + RADIUS * x, SIZE / 2 + RADIUS * y);
  gsk_path_builder_svg_arc_to (builder, RADIUS, RADIUS, 0, to - from > 0.5, TRUE, SIZE / 2 + RADIUS * end_x,
                               SIZE / 2 + RADIUS * end_y);
  path = gsk_path_builder_to_path (builder);
  gtk_snapshot_append_stroke (snapshot, path, stroke, color);
  gsk_stroke_free (stroke);
}

static void
lodge_job_ring_snapshot (GtkWidget   *widget,
                         GtkSnapshot *snapshot)
{
  LodgeJobRing *self = LODGE_JOB_RING (widget);
  GdkRGBA color, faint;

  gtk_widget_get_color (widget, &color);
  if (self->fraction < 0)
    GTK_WIDGET_CLASS (lodge_job_ring_parent_class)->snapshot (widget, snapshot);
  else
    {
      /* A whole circle is no arc */
      faint = color;
      faint.alpha *= 0.3f;
      append_arc (snapshot, 0, 0.999, &faint);
      append_arc (snapshot, 0, CLAMP (self->fraction, 0.03, 0.999), &color);
    }
  if (self->failed)
    {
      g_autoptr(GskPathBuilder) builder = gsk_path_builder_new ();
      g_autoptr(GskPath) path = NULL;
      AdwStyleManager *manager = adw_style_manager_get_for_display (gtk_widget_get_display (widget));
      const GdkRGBA red = adw_style_manager_get_dark (manager) ? (GdkRGBA) { 1, 0.48f, 0.39f, 1 }
                                                               : (GdkRGBA) { 0.76f, 0, 0.06f, 1 };

      gsk_path_builder_add_circle (builder, &GRAPHENE_POINT_INIT (SIZE - DOT, DOT), DOT);
      path = gsk_path_builder_to_path (builder);
      gtk_snapshot_append_fill (snapshot, path, GSK_FILL_RULE_WINDING, &red);
    }
}

static void
lodge_job_ring_dispose (GObject *object)
{
  g_clear_pointer (&LODGE_JOB_RING (object)->image, gtk_widget_unparent);

  G_OBJECT_CLASS (lodge_job_ring_parent_class)->dispose (object);
}

static void
lodge_job_ring_class_init (LodgeJobRingClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lodge_job_ring_dispose;
  widget_class->snapshot = lodge_job_ring_snapshot;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
lodge_job_ring_init (LodgeJobRing *self)
{
  self->fraction = -1;
  self->image = gtk_image_new_from_icon_name ("lodge-jobs-symbolic");
  gtk_widget_set_parent (self->image, GTK_WIDGET (self));
  gtk_widget_set_size_request (GTK_WIDGET (self), SIZE, SIZE);
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
}

GtkWidget *
lodge_job_ring_new (void)
{
  return g_object_new (LODGE_TYPE_JOB_RING, NULL);
}

void
lodge_job_ring_set (LodgeJobRing *self,
                    double        fraction,
                    gboolean      failed)
{
  g_return_if_fail (LODGE_IS_JOB_RING (self));

  if (self->fraction == fraction && self->failed == failed)
    return;
  self->fraction = fraction;
  self->failed = failed;
  if (fraction >= 0)
    gtk_widget_add_css_class (GTK_WIDGET (self), "accent");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "accent");
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
