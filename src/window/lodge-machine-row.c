/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-machine-row"

#include "config.h"

#include "lodge-machine-row.h"

#include "lodge-ui.h"
#include "widgets/lodge-column.h"
#include "widgets/lodge-domain-cell.h"
#include "widgets/lodge-level.h"
#include "widgets/lodge-sparkline.h"

#define NUMBER_ROOM 48

struct _LodgeMachineRow
{
  LodgeDomainWidget  parent_instance;

  /* template children */
  GtkWidget         *box;
  GtkImage          *check;
  GtkImage          *icon;
  GtkLabel          *name_label;
  GtkLabel          *caption_label;

  GtkWidget         *cpu_cell;   /* child of @box */
};

G_DEFINE_FINAL_TYPE (LodgeMachineRow, lodge_machine_row, LODGE_TYPE_DOMAIN_WIDGET)

static void
lodge_machine_row_update (LodgeDomainWidget *widget,
                          LodgeDomain       *domain)
{
  LodgeMachineRow *self = LODGE_MACHINE_ROW (widget);
  g_autofree char *name = NULL;
  g_autofree char *state = NULL;
  g_autofree char *connection = NULL;
  g_autofree char *address = NULL;
  g_autofree char *caption = NULL;
  LodgeDomainState value;
  const char *css_class;

  lodge_domain_widget_set_domain (LODGE_DOMAIN_WIDGET (self->cpu_cell), domain);
  lodge_domain_widget_update (LODGE_DOMAIN_WIDGET (self->cpu_cell));
  value = lodge_domain_get_stale (domain) ? LODGE_DOMAIN_STATE_UNKNOWN : lodge_domain_get_state (domain);
  css_class = lodge_domain_state_get_css_class (value);
  name = lodge_column_dup_text (LODGE_COLUMN_NAME, domain);
  state = lodge_column_dup_text (LODGE_COLUMN_STATE, domain);
  connection = lodge_column_dup_text (LODGE_COLUMN_CONNECTION, domain);
  address = lodge_column_dup_text (LODGE_COLUMN_ADDRESS, domain);
  caption = value == LODGE_DOMAIN_STATE_RUNNING && *address != '\0' ? g_strdup_printf ("%s · %s", address, connection)
                                                                    : g_strdup_printf ("%s · %s", connection, state);

  gtk_image_set_from_icon_name (self->check, lodge_domain_widget_get_mark_icon (widget));
  gtk_widget_set_visible (GTK_WIDGET (self->check), lodge_domain_widget_get_mark_icon (widget) != NULL);
  gtk_label_set_text (self->name_label, name);
  gtk_label_set_text (self->caption_label, caption);
  gtk_image_set_from_icon_name (self->icon, lodge_domain_state_get_icon_name (value));
  lodge_level_apply (GTK_WIDGET (self->icon), css_class);
  lodge_level_apply (GTK_WIDGET (self->caption_label), value == LODGE_DOMAIN_STATE_CRASHED ? "error" : "dimmed");
  lodge_level_apply (GTK_WIDGET (self->name_label), lodge_domain_get_stale (domain) ? "dimmed" : NULL);
}

static void
lodge_machine_row_tick (LodgeDomainWidget *widget,
                        LodgeDomain       *domain)
{
  lodge_domain_widget_tick (LODGE_DOMAIN_WIDGET (LODGE_MACHINE_ROW (widget)->cpu_cell));
}

static void
lodge_machine_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), LODGE_TYPE_MACHINE_ROW);

  G_OBJECT_CLASS (lodge_machine_row_parent_class)->dispose (object);
}

static void
lodge_machine_row_class_init (LodgeMachineRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lodge_machine_row_dispose;
  LODGE_DOMAIN_WIDGET_CLASS (klass)->update = lodge_machine_row_update;
  LODGE_DOMAIN_WIDGET_CLASS (klass)->tick = lodge_machine_row_tick;
  gtk_widget_class_set_template_from_resource (widget_class, LODGE_UI ("window/lodge-machine-row.ui"));
  gtk_widget_class_bind_template_child (widget_class, LodgeMachineRow, box);
  gtk_widget_class_bind_template_child (widget_class, LodgeMachineRow, check);
  gtk_widget_class_bind_template_child (widget_class, LodgeMachineRow, icon);
  gtk_widget_class_bind_template_child (widget_class, LodgeMachineRow, name_label);
  gtk_widget_class_bind_template_child (widget_class, LodgeMachineRow, caption_label);
  gtk_widget_class_set_css_name (widget_class, "machinerow");
}

static void
lodge_machine_row_init (LodgeMachineRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->cpu_cell = lodge_domain_cell_new (LODGE_COLUMN_CPU);
  gtk_widget_set_size_request (self->cpu_cell, LODGE_SPARKLINE_WIDTH + NUMBER_ROOM, -1);
  gtk_box_append (GTK_BOX (self->box), self->cpu_cell);
}

GtkWidget *
lodge_machine_row_new (void)
{
  return g_object_new (LODGE_TYPE_MACHINE_ROW, NULL);
}
