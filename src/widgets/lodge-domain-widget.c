/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-domain-widget"

#include "config.h"

#include "lodge-domain-widget.h"

#include "model/lodge-domain-details.h"

typedef struct
{
  LodgeDomain *domain;   /* owned, nullable */
  LodgeMark    mark;
  gboolean     behind;   /* it ticked while it could not be seen */
} LodgeDomainWidgetPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (LodgeDomainWidget, lodge_domain_widget, GTK_TYPE_WIDGET)

/* GTK keeps about 200 rows of a list mapped, whatever part of them can be seen */
static gboolean
is_in_view (GtkWidget *widget)
{
  GtkWidget *window = gtk_widget_get_ancestor (widget, GTK_TYPE_SCROLLED_WINDOW);
  graphene_rect_t bounds;

  if (!gtk_widget_get_mapped (widget))
    return FALSE;
  if (window == NULL || !gtk_widget_compute_bounds (widget, window, &bounds))
    return TRUE;
  return bounds.origin.y + bounds.size.height > 0 && bounds.origin.y < gtk_widget_get_height (window);
}

static void
lodge_domain_widget_map (GtkWidget *widget)
{
  LodgeDomainWidget *self = LODGE_DOMAIN_WIDGET (widget);
  LodgeDomainWidgetPrivate *priv = lodge_domain_widget_get_instance_private (self);

  GTK_WIDGET_CLASS (lodge_domain_widget_parent_class)->map (widget);
  if (priv->behind)
    lodge_domain_widget_tick (self);
}

static void
lodge_domain_widget_dispose (GObject *object)
{
  LodgeDomainWidgetPrivate *priv = lodge_domain_widget_get_instance_private (LODGE_DOMAIN_WIDGET (object));

  g_clear_object (&priv->domain);

  G_OBJECT_CLASS (lodge_domain_widget_parent_class)->dispose (object);
}

static void
lodge_domain_widget_class_init (LodgeDomainWidgetClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lodge_domain_widget_dispose;
  GTK_WIDGET_CLASS (klass)->map = lodge_domain_widget_map;
}

static void
lodge_domain_widget_init (LodgeDomainWidget *self)
{
}

/**
 * lodge_domain_widget_set_domain:
 * @self: a cell, row or tile
 * @domain: (nullable): whom it shows from now on
 *
 * Does not listen to @domain: who binds it does that, once for all cells of a row, and calls lodge_domain_widget_update().
 * What shows nobody keeps its looks, as the next machine comes soon.
 */
void
lodge_domain_widget_set_domain (LodgeDomainWidget *self,
                                LodgeDomain       *domain)
{
  LodgeDomainWidgetPrivate *priv = lodge_domain_widget_get_instance_private (self);

  g_return_if_fail (LODGE_IS_DOMAIN_WIDGET (self));

  if (g_set_object (&priv->domain, domain) && domain != NULL)
    lodge_domain_widget_update (self);
}

void
lodge_domain_widget_set_mark (LodgeDomainWidget *self,
                              LodgeMark          mark)
{
  LodgeDomainWidgetPrivate *priv = lodge_domain_widget_get_instance_private (self);

  g_return_if_fail (LODGE_IS_DOMAIN_WIDGET (self));

  if (priv->mark == mark)
    return;
  priv->mark = mark;
  lodge_domain_widget_update (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

const char *
lodge_domain_widget_get_mark_icon (LodgeDomainWidget *self)
{
  static const char * const names[] = { NULL, "checkbox-symbolic", "checkbox-checked-symbolic" };
  LodgeDomainWidgetPrivate *priv = lodge_domain_widget_get_instance_private (self);

  g_return_val_if_fail (LODGE_IS_DOMAIN_WIDGET (self), NULL);

  return names[priv->mark];
}

/**
 * lodge_domain_widget_get_domain:
 *
 * Returns: (transfer none) (nullable): whom it shows
 */
LodgeDomain *
lodge_domain_widget_get_domain (LodgeDomainWidget *self)
{
  LodgeDomainWidgetPrivate *priv = lodge_domain_widget_get_instance_private (self);

  g_return_val_if_fail (LODGE_IS_DOMAIN_WIDGET (self), NULL);

  return priv->domain;
}

void
lodge_domain_widget_update (LodgeDomainWidget *self)
{
  LodgeDomainWidgetPrivate *priv = lodge_domain_widget_get_instance_private (self);

  g_return_if_fail (LODGE_IS_DOMAIN_WIDGET (self));

  if (priv->domain != NULL)
    LODGE_DOMAIN_WIDGET_GET_CLASS (self)->update (self, priv->domain);
}

void
lodge_domain_widget_tick (LodgeDomainWidget *self)
{
  LodgeDomainWidgetPrivate *priv = lodge_domain_widget_get_instance_private (self);
  LodgeDomainWidgetClass *klass = LODGE_DOMAIN_WIDGET_GET_CLASS (self);

  if (priv->domain == NULL || klass->tick == NULL)
    return;
  /* What cannot be seen catches up when it can */
  priv->behind = !is_in_view (GTK_WIDGET (self));
  if (priv->behind)
    return;
  /* Not when the row is made: a host is opened by the same few calls however many machines it has. Addresses change
   * while a machine runs, so they are asked for again. */
  lodge_domain_want_details (priv->domain);
  klass->tick (self, priv->domain);
}

void
lodge_domain_widget_catch_up (LodgeDomainWidget *self)
{
  LodgeDomainWidgetPrivate *priv = lodge_domain_widget_get_instance_private (self);

  if (priv->behind)
    lodge_domain_widget_tick (self);
}
