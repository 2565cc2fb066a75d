/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-selection-bar"

#include "config.h"

#include "lodge-selection-bar.h"

#include <glib/gi18n.h>

#include "lodge-ui.h"
#include "widgets/lodge-column.h"

struct _LodgeSelectionBar
{
  GtkWidget     parent_instance;

  /* template children */
  GtkActionBar *action_bar;
  GtkLabel     *selection_label;
  GtkButton    *start_button;
  GtkButton    *shut_down_button;
  GtkButton    *pause_button;
  GtkButton    *resume_button;
  GtkWidget    *snapshot_button;
  GtkWidget    *delete_button;
};

G_DEFINE_FINAL_TYPE (LodgeSelectionBar, lodge_selection_bar, GTK_TYPE_WIDGET)

static void
set_button (LodgeDomainActions   *actions,
            GtkButton            *button,
            LodgeDomainOperation  operation,
            const char           *name,
            guint                 n_selected)
{
  const guint n = lodge_domain_actions_count (actions, operation);
  g_autofree char *label = n != n_selected ? g_strdup_printf ("%s %u", name, n) : g_strdup (name);

  gtk_widget_set_visible (GTK_WIDGET (button), n > 0);
  gtk_button_set_label (button, label);
}

/* A machine alone that is saved is restored, not started */
static const char *
get_start_label (GListModel *selected)
{
  g_autoptr(LodgeDomain) domain = g_list_model_get_item (selected, 0);

  return g_list_model_get_n_items (selected) == 1
         && lodge_domain_get_state (domain) == LODGE_DOMAIN_STATE_SAVED ? _("Restore") : _("Start");
}

void
lodge_selection_bar_update (LodgeSelectionBar  *self,
                            LodgeDomainActions *actions,
                            GListModel         *selected,
                            gboolean            narrow,
                            gboolean            tiny)
{
  const guint n = g_list_model_get_n_items (selected);
  GAction *snapshot = g_action_map_lookup_action (G_ACTION_MAP (lodge_domain_actions_get_group (actions)), "snapshot");
  g_autofree char *text = NULL;

  g_return_if_fail (LODGE_IS_SELECTION_BAR (self));

  gtk_action_bar_set_revealed (self->action_bar, n > 0);
  /* What is not revealed still asks for room: a narrow window needs it */
  gtk_widget_set_visible (GTK_WIDGET (self), n > 0 || !narrow);
  if (n == 0)
    return;

  if (n == 1)
    {
      g_autoptr(LodgeDomain) domain = g_list_model_get_item (selected, 0);

      text = lodge_column_dup_text (LODGE_COLUMN_NAME, domain);
    }
  else
    text = g_strdup_printf (g_dngettext (NULL, "%'u machine selected", "%'u machines selected", n), n);
  gtk_label_set_text (self->selection_label, text);
  gtk_widget_set_visible (GTK_WIDGET (self->selection_label), !tiny);

  set_button (actions, self->start_button, LODGE_DOMAIN_START, get_start_label (selected), n);
  set_button (actions, self->shut_down_button, LODGE_DOMAIN_SHUT_DOWN, _("Shut Down"), n);
  set_button (actions, self->pause_button, LODGE_DOMAIN_PAUSE, _("Pause"), n);
  set_button (actions, self->resume_button, LODGE_DOMAIN_RESUME, _("Resume"), n);
  gtk_widget_set_visible (self->snapshot_button, !narrow && snapshot != NULL && g_action_get_enabled (snapshot));
  gtk_widget_set_visible (self->delete_button, !narrow);
  /* There is room for one verb; the menu has the others */
  if (narrow)
    {
      gtk_widget_set_visible (GTK_WIDGET (self->pause_button), FALSE);
      if (gtk_widget_get_visible (GTK_WIDGET (self->start_button)))
        gtk_widget_set_visible (GTK_WIDGET (self->shut_down_button), FALSE);
    }
}

static void
lodge_selection_bar_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), LODGE_TYPE_SELECTION_BAR);

  G_OBJECT_CLASS (lodge_selection_bar_parent_class)->dispose (object);
}

static void
lodge_selection_bar_class_init (LodgeSelectionBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lodge_selection_bar_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, LODGE_UI ("window/lodge-selection-bar.ui"));
  gtk_widget_class_bind_template_child (widget_class, LodgeSelectionBar, action_bar);
  gtk_widget_class_bind_template_child (widget_class, LodgeSelectionBar, selection_label);
  gtk_widget_class_bind_template_child (widget_class, LodgeSelectionBar, start_button);
  gtk_widget_class_bind_template_child (widget_class, LodgeSelectionBar, shut_down_button);
  gtk_widget_class_bind_template_child (widget_class, LodgeSelectionBar, pause_button);
  gtk_widget_class_bind_template_child (widget_class, LodgeSelectionBar, resume_button);
  gtk_widget_class_bind_template_child (widget_class, LodgeSelectionBar, snapshot_button);
  gtk_widget_class_bind_template_child (widget_class, LodgeSelectionBar, delete_button);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
lodge_selection_bar_init (LodgeSelectionBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
