/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-waiting-dialog"

#include "config.h"

#include "lodge-waiting-dialog.h"

#include <glib/gi18n.h>

#include "lodge-edit-list.h"
#include "lodge-ui.h"

#include "widgets/lodge-dialog-size.h"

struct _LodgeWaitingDialog
{
  AdwDialog  parent_instance;

  /* template children */
  GtkBox    *groups;
  GtkWidget *all_button;
  GtkWidget *restart_button;

  GPtrArray *widgets;   /* owned, of GtkWidget: the groups */
};

enum
{
  TAKE_BACK,
  COMPARE,
  RESTART,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LodgeWaitingDialog, lodge_waiting_dialog, ADW_TYPE_DIALOG)

static void
take_back_cb (GtkWidget          *button,
              LodgeWaitingDialog *self)
{
  g_signal_emit (self, signals[TAKE_BACK], 0,
                 GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "lodge-position")));
}

static void
take_all_back_cb (LodgeWaitingDialog *self)
{
  g_signal_emit (self, signals[TAKE_BACK], 0, G_MAXUINT);
}

static void
compare_cb (LodgeWaitingDialog *self)
{
  g_signal_emit (self, signals[COMPARE], 0);
}

static void
restart_cb (LodgeWaitingDialog *self)
{
  g_signal_emit (self, signals[RESTART], 0);
  adw_dialog_close (ADW_DIALOG (self));
}

static GtkWidget *
create_row (LodgeWaitingDialog *self,
            const LodgeEdit    *edit,
            guint               position,
            gboolean            can_edit)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = gtk_button_new_with_label (_("Take Back"));
  g_autofree char *label = lodge_edit_dup_label (edit);
  g_autofree char *change = lodge_edit_dup_change (edit);
  g_autofree char *name = g_strdup_printf (_("Take Back the Change of %s"), label);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), label);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), change);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_sensitive (button, can_edit);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data (G_OBJECT (button), "lodge-position", GUINT_TO_POINTER (position));
  g_signal_connect_object (button, "clicked", G_CALLBACK (take_back_cb), self, 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  return row;
}

static void
lodge_waiting_dialog_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), LODGE_TYPE_WAITING_DIALOG);

  G_OBJECT_CLASS (lodge_waiting_dialog_parent_class)->dispose (object);
}

static void
lodge_waiting_dialog_finalize (GObject *object)
{
  g_ptr_array_unref (LODGE_WAITING_DIALOG (object)->widgets);

  G_OBJECT_CLASS (lodge_waiting_dialog_parent_class)->finalize (object);
}

static void
lodge_waiting_dialog_class_init (LodgeWaitingDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lodge_waiting_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = lodge_waiting_dialog_finalize;
  signals[TAKE_BACK] = g_signal_new ("take-back", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[COMPARE] = g_signal_new ("compare", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
  signals[RESTART] = g_signal_new ("restart", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, LODGE_UI ("machine/lodge-waiting-dialog.ui"));
  gtk_widget_class_bind_template_child (widget_class, LodgeWaitingDialog, groups);
  gtk_widget_class_bind_template_child (widget_class, LodgeWaitingDialog, all_button);
  gtk_widget_class_bind_template_child (widget_class, LodgeWaitingDialog, restart_button);
  gtk_widget_class_bind_template_callback (widget_class, take_all_back_cb);
  gtk_widget_class_bind_template_callback (widget_class, compare_cb);
  gtk_widget_class_bind_template_callback (widget_class, restart_cb);
}

static void
lodge_waiting_dialog_init (LodgeWaitingDialog *self)
{
  self->widgets = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  lodge_dialog_set_size (ADW_DIALOG (self), 560, 560);
}

AdwDialog *
lodge_waiting_dialog_new (void)
{
  return g_object_new (LODGE_TYPE_WAITING_DIALOG, NULL);
}

void
lodge_waiting_dialog_set_list (LodgeWaitingDialog *self,
                               GPtrArray          *list,
                               gboolean            can_edit)
{
  AdwPreferencesGroup *group = NULL;
  const char *id = NULL;

  g_return_if_fail (LODGE_IS_WAITING_DIALOG (self));

  for (guint i = 0; i < self->widgets->len; i++)
    gtk_box_remove (self->groups, g_ptr_array_index (self->widgets, i));
  g_ptr_array_set_size (self->widgets, 0);
  if (list == NULL || list->len == 0)
    {
      adw_dialog_close (ADW_DIALOG (self));
      return;
    }
  for (guint i = 0; i < list->len; i++)
    {
      const LodgeEdit *edit = g_ptr_array_index (list, i);

      if (group == NULL || g_strcmp0 (id, edit->id) != 0)
        {
          /* A group's title is always markup, and a device's may hold words of the host */
          g_autofree char *title = g_markup_escape_text (edit->title, -1);

          group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
          adw_preferences_group_set_title (group, title);
          gtk_box_append (self->groups, GTK_WIDGET (group));
          g_ptr_array_add (self->widgets, group);
          id = edit->id;
        }
      adw_preferences_group_add (group, create_row (self, edit, i, can_edit));
    }
  gtk_widget_set_sensitive (self->all_button, can_edit);
  gtk_widget_set_sensitive (self->restart_button, can_edit);
}
