/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-name-dialog"

#include "config.h"

#include "lodge-name-dialog.h"

#include <glib/gi18n.h>

#define RESPONSE "accept"

typedef struct
{
  LodgeNameCheckFunc   check;
  LodgeNameAcceptFunc  accept;
  GObject             *owner;         /* owned */
  GtkWidget           *entry;         /* borrowed: in the dialog */
  GtkLabel            *error_label;   /* borrowed: in the dialog */
} Question;

static void
question_free (gpointer  data,
               GClosure *closure)
{
  Question *question = data;

  g_object_unref (question->owner);
  g_free (question);
}

static void
changed_cb (AdwAlertDialog *dialog,
            GtkEditable    *entry)
{
  Question *question = g_object_get_data (G_OBJECT (dialog), "lodge-question");
  const char *name = gtk_editable_get_text (entry);
  g_autoptr(GError) error = NULL;
  const gboolean valid = question->check (question->owner, name, &error);
  /* Nothing is wrong before something was typed */
  const gboolean wrong = !valid && *name != '\0';

  adw_alert_dialog_set_response_enabled (dialog, RESPONSE, valid);
  if (wrong)
    gtk_widget_add_css_class (question->entry, "error");
  else
    gtk_widget_remove_css_class (question->entry, "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (question->entry), GTK_ACCESSIBLE_STATE_INVALID,
                               wrong ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
  gtk_label_set_text (question->error_label, wrong ? error->message : "");
  gtk_widget_set_visible (GTK_WIDGET (question->error_label), wrong);
}

static void
accepted_cb (AdwAlertDialog *dialog,
             const char     *response,
             Question       *question)
{
  g_autofree char *name = g_strdup (gtk_editable_get_text (GTK_EDITABLE (question->entry)));

  question->accept (question->owner, name);
}

static GtkWidget *
create_content (Question   *question,
                const char *name)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *label = gtk_label_new (NULL);

  question->entry = gtk_entry_new ();
  gtk_editable_set_text (GTK_EDITABLE (question->entry), name);
  gtk_entry_set_activates_default (GTK_ENTRY (question->entry), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (question->entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Name"), -1);
  question->error_label = GTK_LABEL (label);
  gtk_label_set_xalign (question->error_label, 0);
  gtk_label_set_wrap (question->error_label, TRUE);
  gtk_widget_add_css_class (label, "error");
  gtk_widget_add_css_class (label, "caption");
  gtk_box_append (GTK_BOX (box), question->entry);
  gtk_box_append (GTK_BOX (box), label);
  return box;
}

/**
 * lodge_name_dialog_present:
 * @parent: where it is asked
 * @question: what is asked; need not outlive the call
 * @name: what the entry has at first
 * @owner: (type GObject): for the functions of @question
 *
 * Asks for a name. What is wrong with it stands below it while it is typed.
 */
void
lodge_name_dialog_present (GtkWidget               *parent,
                           const LodgeNameQuestion *question,
                           const char              *name,
                           gpointer                 owner)
{
  AdwDialog *dialog = adw_alert_dialog_new (question->heading, question->body);
  Question *asked = g_new0 (Question, 1);

  asked->check = question->check;
  asked->accept = question->accept;
  asked->owner = g_object_ref (owner);
  adw_alert_dialog_set_extra_child (ADW_ALERT_DIALOG (dialog), create_content (asked, name));
  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "cancel", _("_Cancel"),
                                  RESPONSE, question->accept_label, NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), RESPONSE, ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), RESPONSE);
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (dialog), "cancel");
  g_object_set_data (G_OBJECT (dialog), "lodge-question", asked);
  g_signal_connect_data (dialog, "response::" RESPONSE, G_CALLBACK (accepted_cb), asked, question_free, 0);
  g_signal_connect_object (asked->entry, "changed", G_CALLBACK (changed_cb), dialog, G_CONNECT_SWAPPED);
  changed_cb (ADW_ALERT_DIALOG (dialog), GTK_EDITABLE (asked->entry));
  adw_alert_dialog_set_prefer_wide_layout (ADW_ALERT_DIALOG (dialog), FALSE);
  adw_dialog_set_focus (dialog, asked->entry);
  adw_dialog_present (dialog, parent);
}
