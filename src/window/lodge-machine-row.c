/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-machine-row"

#include "config.h"

#include "lodge-machine-row.h"

#include "widgets/lodge-domain-cell.h"

struct _LodgeMachineRow
{
  GtkWidget     parent_instance;

  GtkWidget    *icon;
  GtkWidget    *lines;
  GtkLabel     *name_label;
  GtkLabel     *caption_label;
  GtkLabel     *cpu_label;
  LodgeDomain  *domain;   /* owned, nullable */
  GSignalGroup *signals;  /* owned */
};

G_DEFINE_FINAL_TYPE (LodgeMachineRow, lodge_machine_row, GTK_TYPE_WIDGET)

static void
update (LodgeMachineRow *self)
{
  static const char * const classes[] = { "success", "warning", "error", "dimmed" };
  g_autofree char *name = NULL;
  g_autofree char *state = NULL;
  g_autofree char *connection = NULL;
  g_autofree char *caption = NULL;
  LodgeDomainState value;
  const char *css_class;

  if (self->domain == NULL)
    return;

  value = lodge_domain_get_stale (self->domain) ? LODGE_DOMAIN_STATE_UNKNOWN
                                                : lodge_domain_get_state (self->domain);
  css_class = lodge_domain_state_get_css_class (value);
  name = lodge_domain_cell_dup_text (self->domain, LODGE_COLUMN_NAME);
  state = lodge_domain_cell_dup_text (self->domain, LODGE_COLUMN_STATE);
  connection = lodge_domain_cell_dup_text (self->domain, LODGE_COLUMN_CONNECTION);
  caption = g_strdup_printf ("%s · %s", state, connection);

  gtk_label_set_text (self->name_label, name);
  gtk_label_set_text (self->caption_label, caption);
  gtk_image_set_from_icon_name (GTK_IMAGE (self->icon), lodge_domain_state_get_icon_name (value));
  for (guint i = 0; i < G_N_ELEMENTS (classes); i++)
    {
      if (g_strcmp0 (css_class, classes[i]) == 0)
        gtk_widget_add_css_class (self->icon, classes[i]);
      else
        gtk_widget_remove_css_class (self->icon, classes[i]);
    }
  lodge_machine_row_tick (self);
}

static void
lodge_machine_row_dispose (GObject *object)
{
  LodgeMachineRow *self = LODGE_MACHINE_ROW (object);

  g_clear_object (&self->signals);
  g_clear_object (&self->domain);
  g_clear_pointer (&self->icon, gtk_widget_unparent);
  g_clear_pointer (&self->lines, gtk_widget_unparent);
  if (self->cpu_label != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->cpu_label));
  self->cpu_label = NULL;

  G_OBJECT_CLASS (lodge_machine_row_parent_class)->dispose (object);
}

static void
lodge_machine_row_class_init (LodgeMachineRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lodge_machine_row_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "machinerow");
}

static GtkLabel *
add_line (GtkBox     *box,
          const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  if (css_class != NULL)
    {
      gtk_widget_add_css_class (label, "caption");
      gtk_widget_add_css_class (label, css_class);
    }
  gtk_box_append (box, label);
  return GTK_LABEL (label);
}

static void
lodge_machine_row_init (LodgeMachineRow *self)
{
  self->icon = gtk_image_new ();
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->icon), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  gtk_widget_set_parent (self->icon, GTK_WIDGET (self));

  self->lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  gtk_widget_set_hexpand (self->lines, TRUE);
  gtk_widget_set_valign (self->lines, GTK_ALIGN_CENTER);
  gtk_widget_set_parent (self->lines, GTK_WIDGET (self));
  self->name_label = add_line (GTK_BOX (self->lines), NULL);
  self->caption_label = add_line (GTK_BOX (self->lines), "dimmed");

  self->cpu_label = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->cpu_label), "numeric");
  gtk_widget_set_parent (GTK_WIDGET (self->cpu_label), GTK_WIDGET (self));

  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (gtk_widget_get_layout_manager (GTK_WIDGET (self))), 12);

  self->signals = g_signal_group_new (LODGE_TYPE_DOMAIN);
  g_signal_group_connect_swapped (self->signals, "notify", G_CALLBACK (update), self);
}

GtkWidget *
lodge_machine_row_new (void)
{
  return g_object_new (LODGE_TYPE_MACHINE_ROW, NULL);
}

/**
 * lodge_machine_row_set_domain:
 * @self: a row
 * @domain: (nullable): whom it shows from now on
 */
void
lodge_machine_row_set_domain (LodgeMachineRow *self,
                              LodgeDomain     *domain)
{
  g_return_if_fail (LODGE_IS_MACHINE_ROW (self));

  g_set_object (&self->domain, domain);
  g_signal_group_set_target (self->signals, domain);
  update (self);
}

/**
 * lodge_machine_row_get_domain:
 *
 * Returns: (transfer none) (nullable): whom it shows
 */
LodgeDomain *
lodge_machine_row_get_domain (LodgeMachineRow *self)
{
  g_return_val_if_fail (LODGE_IS_MACHINE_ROW (self), NULL);

  return self->domain;
}

/**
 * lodge_machine_row_tick:
 * @self: a row
 *
 * Shows the new numbers, which do not notify one by one.
 */
void
lodge_machine_row_tick (LodgeMachineRow *self)
{
  g_autofree char *cpu = NULL;

  g_return_if_fail (LODGE_IS_MACHINE_ROW (self));

  if (self->domain == NULL)
    return;
  cpu = lodge_domain_cell_dup_text (self->domain, LODGE_COLUMN_CPU);
  gtk_label_set_text (self->cpu_label, cpu);
}
