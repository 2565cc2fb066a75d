/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-credential-dialog"

#include "config.h"

#include "lodge-credential-dialog.h"

#include <glib/gi18n.h>

#include "util/lodge-format.h"

typedef struct
{
  LodgeCredentialRequest *request;   /* owned */
  GPtrArray              *entries;   /* of GtkEditable, owned by the dialog */
} Question;

static void
question_free (Question *question)
{
  g_object_unref (question->request);
  g_ptr_array_unref (question->entries);
  g_free (question);
}

static void
response_cb (AdwAlertDialog *dialog,
             const char     *response,
             Question       *question)
{
  g_autoptr(GPtrArray) answers = NULL;

  if (!g_str_equal (response, "connect"))
    {
      lodge_credential_request_cancel (question->request);
      return;
    }
  answers = g_ptr_array_new ();
  for (guint i = 0; i < question->entries->len; i++)
    g_ptr_array_add (answers, (gpointer) gtk_editable_get_text (g_ptr_array_index (question->entries, i)));
  g_ptr_array_add (answers, NULL);
  lodge_credential_request_answer (question->request, (const char * const *) answers->pdata);
  /* The widgets live on while the dialog fades out */
  for (guint i = 0; i < question->entries->len; i++)
    gtk_editable_set_text (g_ptr_array_index (question->entries, i), "");
}

static void
state_changed_cb (LodgeConnection *connection,
                  GParamSpec      *pspec,
                  AdwDialog       *dialog)
{
  if (lodge_connection_get_state (connection) != LODGE_CONNECTION_WAITING_FOR_CREDENTIALS)
    adw_dialog_force_close (dialog);
}

static char *
dup_title (LodgeCredentialRequest *request,
           guint                   field)
{
  g_autofree char *prompt = NULL;

  switch (lodge_credential_request_get_kind (request, field))
    {
    case LODGE_CREDENTIAL_USERNAME:
      return g_strdup (_("User Name"));
    case LODGE_CREDENTIAL_PASSWORD:
      return g_strdup (_("Password"));
    case LODGE_CREDENTIAL_QUESTION:
    default:
      prompt = lodge_display_text (lodge_credential_request_get_prompt (request, field), 120);
      return g_strdup (prompt);
    }
}

AdwDialog *
lodge_credential_dialog_present (GtkWidget              *parent,
                                 LodgeConnection        *connection,
                                 LodgeCredentialRequest *request)
{
  g_autofree char *name = lodge_display_text (lodge_connection_get_label (connection), 80);
  g_autofree char *body = g_strdup_printf (_("“%s” wants to know who you are."), name);
  AdwDialog *dialog = adw_alert_dialog_new (_("Sign In"),
                                            lodge_credential_request_get_retry (request)
                                            ? _("That was not accepted. Check the name and the password.") : body);
  GtkWidget *group = adw_preferences_group_new ();
  Question *question = g_new0 (Question, 1);

  question->request = g_object_ref (request);
  question->entries = g_ptr_array_new ();
  for (guint i = 0; i < lodge_credential_request_get_n_fields (request); i++)
    {
      const LodgeCredentialKind kind = lodge_credential_request_get_kind (request, i);
      GtkWidget *row = kind == LODGE_CREDENTIAL_PASSWORD ? adw_password_entry_row_new () : adw_entry_row_new ();
      const char *value = lodge_credential_request_get_default (request, i);
      g_autofree char *title = dup_title (request, i);

      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
      if (kind != LODGE_CREDENTIAL_PASSWORD)
        gtk_editable_set_text (GTK_EDITABLE (row),
                               value != NULL ? value
                               : kind == LODGE_CREDENTIAL_USERNAME ? g_get_user_name () : "");
      adw_entry_row_set_activates_default (ADW_ENTRY_ROW (row), TRUE);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
      g_ptr_array_add (question->entries, row);
    }

  adw_alert_dialog_set_body_use_markup (ADW_ALERT_DIALOG (dialog), FALSE);
  adw_alert_dialog_set_extra_child (ADW_ALERT_DIALOG (dialog), group);
  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "cancel", _("_Cancel"), "connect", _("C_onnect"), NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "connect", ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "connect");
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (dialog), "cancel");
  g_signal_connect_data (dialog, "response", G_CALLBACK (response_cb), question,
                         (GClosureNotify) (void (*) (void)) question_free, 0);
  g_signal_connect_object (connection, "notify::state", G_CALLBACK (state_changed_cb), dialog, 0);
  adw_dialog_present (dialog, parent);
  return dialog;
}
