/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "model/lodge-domain.h"

G_BEGIN_DECLS

#define LODGE_TYPE_DOMAIN_WIDGET (lodge_domain_widget_get_type ())
G_DECLARE_DERIVABLE_TYPE (LodgeDomainWidget, lodge_domain_widget, LODGE, DOMAIN_WIDGET, GtkWidget)

/**
 * LodgeDomainWidgetClass:
 * @update: a property of the machine has changed, or it is another machine
 * @tick: its numbers are new, which do not notify one by one
 *
 * What shows one machine in a list: a cell, a row, a tile. Lists bind them to one machine after the other. They do not
 * listen themselves, as a connected signal costs 219 bytes and a list has some 1500 cells.
 */
struct _LodgeDomainWidgetClass
{
  GtkWidgetClass parent_class;

  void (*update) (LodgeDomainWidget *self, LodgeDomain *domain);
  void (*tick)   (LodgeDomainWidget *self, LodgeDomain *domain);
};

/* While machines are being selected each has a check box */
typedef enum
{
  LODGE_MARK_NONE,
  LODGE_MARK_OFF,
  LODGE_MARK_ON,
} LodgeMark;

void         lodge_domain_widget_set_mark   (LodgeDomainWidget *self,
                                             LodgeMark          mark);
/* The check box's icon, NULL: there is none */
const char  *lodge_domain_widget_get_mark_icon (LodgeDomainWidget *self);
void         lodge_domain_widget_set_domain (LodgeDomainWidget *self,
                                             LodgeDomain       *domain);
LodgeDomain *lodge_domain_widget_get_domain (LodgeDomainWidget *self);
/* Shows the machine's properties as they are now */
void         lodge_domain_widget_update     (LodgeDomainWidget *self);
/* Shows new numbers, if it can be seen */
void         lodge_domain_widget_tick       (LodgeDomainWidget *self);
/* Shows the numbers that came while it could not be seen, if it can be now */
void         lodge_domain_widget_catch_up   (LodgeDomainWidget *self);

G_END_DECLS
