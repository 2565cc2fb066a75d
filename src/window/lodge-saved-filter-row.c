/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-saved-filter-row"

#include "config.h"

#include "lodge-saved-filter-row.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "lodge-ui.h"
#include "util/lodge-error.h"
#include "widgets/lodge-name-dialog.h"

struct _LodgeSavedFilterRow
{
  LodgeSidebarRow    parent_instance;

  /* template children */
  GtkLabel          *name_label;
  GMenuModel        *menu_model;

  LodgeSavedFilters *filters;   /* owned */
  LodgeSavedFilter  *filter;    /* owned */
};

G_DEFINE_FINAL_TYPE (LodgeSavedFilterRow, lodge_saved_filter_row, LODGE_TYPE_SIDEBAR_ROW)

static void
update (LodgeSavedFilterRow *self)
{
  const char *name = lodge_saved_filter_get_name (self->filter);

  gtk_label_set_text (self->name_label, name);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), lodge_saved_filter_get_text (self->filter));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static gboolean
check_name (gpointer     owner,
            const char  *name,
            GError     **error)
{
  LodgeSavedFilterRow *self = owner;
  g_autofree char *stripped = g_strstrip (g_strdup (name));
  LodgeSavedFilter *other = lodge_saved_filters_find (self->filters, stripped);

  if (other != NULL && other != self->filter)
    return lodge_set_error (error, LODGE_ERROR_EXISTS, _("There is a filter of this name already."));
  return lodge_saved_filters_check_name (stripped, error);
}

static void
rename_filter (gpointer    owner,
               const char *name)
{
  LodgeSavedFilterRow *self = owner;

  /* The name was checked; if another window took it meanwhile, the old one stays */
  lodge_saved_filters_rename (self->filters, self->filter, name, NULL);
}

static void
rename_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  const LodgeNameQuestion question = { _("Rename Filter"), NULL, _("_Rename"), check_name, rename_filter };

  lodge_name_dialog_present (widget, &question, lodge_saved_filter_get_name (LODGE_SAVED_FILTER_ROW (widget)->filter),
                             widget);
}

static void
remove_cb (LodgeSavedFilterRow *self)
{
  lodge_saved_filters_remove (self->filters, self->filter);
}

static void
remove_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  LodgeSavedFilterRow *self = LODGE_SAVED_FILTER_ROW (widget);
  g_autofree char *heading = g_strdup_printf (_("Remove “%s”?"), lodge_saved_filter_get_name (self->filter));
  AdwDialog *dialog = adw_alert_dialog_new (heading, _("The filter leaves the list. No machine is touched."));

  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "cancel", _("_Cancel"), "remove", _("_Remove"), NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "remove", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response::remove", G_CALLBACK (remove_cb), self, G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, widget);
}

static void
lodge_saved_filter_row_move (LodgeSidebarRow *row,
                             gpointer         item,
                             guint            position)
{
  lodge_saved_filters_move (LODGE_SAVED_FILTER_ROW (row)->filters, item, position);
}

static void
lodge_saved_filter_row_dispose (GObject *object)
{
  LodgeSavedFilterRow *self = LODGE_SAVED_FILTER_ROW (object);

  g_clear_object (&self->filter);
  g_clear_object (&self->filters);
  gtk_widget_dispose_template (GTK_WIDGET (object), LODGE_TYPE_SAVED_FILTER_ROW);

  G_OBJECT_CLASS (lodge_saved_filter_row_parent_class)->dispose (object);
}

static void
lodge_saved_filter_row_class_init (LodgeSavedFilterRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lodge_saved_filter_row_dispose;
  LODGE_SIDEBAR_ROW_CLASS (klass)->move = lodge_saved_filter_row_move;
  gtk_widget_class_set_template_from_resource (widget_class, LODGE_UI ("window/lodge-saved-filter-row.ui"));
  gtk_widget_class_bind_template_child (widget_class, LodgeSavedFilterRow, name_label);
  gtk_widget_class_bind_template_child (widget_class, LodgeSavedFilterRow, menu_model);
  gtk_widget_class_install_action (widget_class, "filter.rename", NULL, rename_action);
  gtk_widget_class_install_action (widget_class, "filter.remove", NULL, remove_action);
}

static void
lodge_saved_filter_row_init (LodgeSavedFilterRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
lodge_saved_filter_row_new (LodgeSavedFilters *filters,
                            LodgeSavedFilter  *filter)
{
  LodgeSavedFilterRow *self = g_object_new (LODGE_TYPE_SAVED_FILTER_ROW, NULL);

  self->filters = g_object_ref (filters);
  self->filter = g_object_ref (filter);
  lodge_sidebar_row_set_item (LODGE_SIDEBAR_ROW (self), filter, G_LIST_MODEL (filters), self->menu_model);
  g_signal_connect_object (filter, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}

/**
 * lodge_saved_filter_row_get_filter:
 *
 * Returns: (transfer none): what it stands for
 */
LodgeSavedFilter *
lodge_saved_filter_row_get_filter (LodgeSavedFilterRow *self)
{
  g_return_val_if_fail (LODGE_IS_SAVED_FILTER_ROW (self), NULL);

  return self->filter;
}
