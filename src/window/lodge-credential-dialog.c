/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-credential-dialog"

#include "config.h"

#include "lodge-credential-dialog.h"

#include <glib/gi18n.h>
#include <string.h>

#include "lodge-ui.h"
#include "util/lodge-format.h"

struct _LodgeCredentialDialog
{
  AdwAlertDialog          parent_instance;

  /* template children */
  GtkWidget              *facts;
  AdwActionRow           *fingerprint_row;
  AdwActionRow           *file_row;
  GtkLabel               *details;
  AdwPreferencesGroup    *fields;
  GtkCheckButton         *remember;
  GtkWidget              *spinner;

  LodgeCredentialRequest *request;   /* owned */
  GPtrArray              *entries;   /* of GtkEditable, owned by the group */
  GtkWidget              *parent;    /* weak: what a second question is shown on */
};

G_DEFINE_FINAL_TYPE (LodgeCredentialDialog, lodge_credential_dialog, ADW_TYPE_ALERT_DIALOG)

/* “SHA256 Ab3d efGh …”: groups of four are compared without losing one's place */
static char *
dup_grouped (const char *fingerprint)
{
  const char *colon = strchr (fingerprint, ':');
  const char *start = colon != NULL ? colon + 1 : fingerprint;
  g_autofree char *text = lodge_display_text (start, 128);
  GString *grouped = g_string_new (NULL);
  guint n = 0;

  for (const char *p = text; *p; p = g_utf8_next_char (p))
    {
      if (n > 0 && n % 4 == 0)
        g_string_append_c (grouped, ' ');
      g_string_append_unichar (grouped, g_utf8_get_char (p));
      n++;
    }
  return g_string_free_and_steal (grouped);
}

static void
show_fingerprint (LodgeCredentialDialog *self,
                  gboolean               is_new)
{
  const char *key_type = lodge_credential_request_get_key_type (self->request);
  const char *fingerprint = lodge_credential_request_get_fingerprint (self->request);
  g_autofree char *type = lodge_display_text (key_type != NULL ? key_type : "", 40);
  /* Translators: %s is a kind of key, such as ED25519 */
  g_autofree char *title = g_strdup_printf (is_new ? _("Fingerprint of the New %s Key (SHA-256)")
                                                   : _("Fingerprint of the %s Key (SHA-256)"), type);
  g_autofree char *grouped = dup_grouped (fingerprint != NULL ? fingerprint : "");

  gtk_widget_set_visible (self->facts, fingerprint != NULL);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->fingerprint_row), title);
  adw_action_row_set_subtitle (self->fingerprint_row, grouped);
}

static void
show_details (LodgeCredentialDialog *self)
{
  const char *details = lodge_credential_request_get_details (self->request);
  g_autofree char *text = lodge_display_text (details != NULL ? details : "", 600);

  gtk_label_set_text (self->details, text);
  gtk_widget_set_visible (GTK_WIDGET (self->details), *text != '\0');
}

static void
add_responses (LodgeCredentialDialog *self,
               const char            *cancel,
               const char            *go,
               AdwResponseAppearance  appearance)
{
  AdwAlertDialog *dialog = ADW_ALERT_DIALOG (self);

  adw_alert_dialog_add_response (dialog, "cancel", cancel);
  if (go == NULL)
    return;
  adw_alert_dialog_add_response (dialog, "go", go);
  adw_alert_dialog_set_response_appearance (dialog, "go", appearance);
}

static char *
dup_field_title (LodgeCredentialRequest *request,
                 guint                   field)
{
  switch (lodge_credential_request_get_kind (request, field))
    {
    case LODGE_CREDENTIAL_USERNAME:
      return g_strdup (_("User Name"));
    case LODGE_CREDENTIAL_PASSWORD:
      return g_strdup (_("Password"));
    case LODGE_CREDENTIAL_PASSPHRASE:
      return g_strdup (_("Passphrase"));
    case LODGE_CREDENTIAL_ANSWER:
    case LODGE_CREDENTIAL_QUESTION:
    default:
      return lodge_display_text (lodge_credential_request_get_prompt (request, field), 120);
    }
}

static gboolean
is_echoed (LodgeCredentialKind kind)
{
  return kind == LODGE_CREDENTIAL_USERNAME || kind == LODGE_CREDENTIAL_QUESTION;
}

static void
add_field (LodgeCredentialDialog *self,
           guint                  field)
{
  const LodgeCredentialKind kind = lodge_credential_request_get_kind (self->request, field);
  const char *value = lodge_credential_request_get_default (self->request, field);
  GtkWidget *row = is_echoed (kind) ? adw_entry_row_new () : adw_password_entry_row_new ();
  g_autofree char *title = dup_field_title (self->request, field);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (is_echoed (kind))
    gtk_editable_set_text (GTK_EDITABLE (row), value != NULL ? value
                           : kind == LODGE_CREDENTIAL_USERNAME ? g_get_user_name () : "");
  adw_entry_row_set_activates_default (ADW_ENTRY_ROW (row), TRUE);
  adw_preferences_group_add (self->fields, row);
  g_ptr_array_add (self->entries, row);
}

static void
show_login (LodgeCredentialDialog *self,
            const char            *name)
{
  const char *subject = lodge_credential_request_get_subject (self->request);
  const guint n = lodge_credential_request_get_n_fields (self->request);
  const gboolean passphrase =
    n > 0 && lodge_credential_request_get_kind (self->request, 0) == LODGE_CREDENTIAL_PASSPHRASE;
  g_autofree char *shown = lodge_display_text (subject != NULL ? subject : name, 200);
  g_autofree char *body = NULL;

  if (passphrase)
    /* Translators: a file, and the name of a connection */
    body = g_strdup_printf (_("The key %s for “%s” is protected by a passphrase."), shown, name);
  else if (subject != NULL)
    /* Translators: the name of a connection, and user@host */
    body = g_strdup_printf (_("“%s” wants to know that you are %s."), name, shown);
  else
    body = g_strdup_printf (_("“%s” wants to know who you are."), shown);
  if (lodge_credential_request_get_retry (self->request))
    {
      g_autofree char *first = g_steal_pointer (&body);

      body = g_strdup_printf ("%s\n%s", _("That was not accepted. Try again."), first);
    }

  adw_alert_dialog_set_heading (ADW_ALERT_DIALOG (self), passphrase ? _("Unlock SSH Key") : _("Sign In"));
  adw_alert_dialog_set_body (ADW_ALERT_DIALOG (self), body);
  add_responses (self, _("_Cancel"), passphrase ? _("_Unlock") : _("C_onnect"), ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (self), "go");
  for (guint i = 0; i < n; i++)
    add_field (self, i);
  gtk_widget_set_visible (GTK_WIDGET (self->fields), n > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->remember), lodge_credential_request_get_can_remember (self->request));
  if (n > 0)
    adw_dialog_set_focus (ADW_DIALOG (self), g_ptr_array_index (self->entries, n - 1));
}

static void
show_host_key (LodgeCredentialDialog *self,
               const char            *name)
{
  const char *subject = lodge_credential_request_get_subject (self->request);
  g_autofree char *shown = lodge_display_text (subject != NULL ? subject : name, 200);
  g_autofree char *body =
    /* Translators: a host, and the name of the connection that leads there */
    g_strdup_printf (_("SSH does not know %s (“%s”) yet. Compare the fingerprint with the one that its administrator "
                       "gives: if they differ, somebody else answers."), shown, name);

  adw_alert_dialog_set_heading (ADW_ALERT_DIALOG (self), _("Trust This Host?"));
  adw_alert_dialog_set_body (ADW_ALERT_DIALOG (self), body);
  show_fingerprint (self, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->file_row), FALSE);
  show_details (self);
  add_responses (self, _("_Cancel"), _("_Trust"), ADW_RESPONSE_DEFAULT);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (self), "cancel");
}

static void
show_changed_key (LodgeCredentialDialog *self,
                  const char            *name)
{
  const char *file = lodge_credential_request_get_file (self->request);
  g_autofree char *shown = lodge_display_text (file != NULL ? file : "", 200);
  /* Translators: a file, and a number of a line in it */
  g_autofree char *place = g_strdup_printf (_("%s, line %u"), shown, lodge_credential_request_get_line (self->request));
  g_autofree char *body =
    g_strdup_printf (_("“%s” shows another key than the known one. Either it was installed anew, or somebody answers in "
                       "its place and could read your password. Ask its administrator before you go on."), name);

  adw_alert_dialog_set_heading (ADW_ALERT_DIALOG (self), _("Host Key Has Changed"));
  adw_alert_dialog_set_body (ADW_ALERT_DIALOG (self), body);
  show_fingerprint (self, TRUE);
  adw_action_row_set_subtitle (self->file_row, place);
  add_responses (self, _("_Cancel"), _("_Replace…"), ADW_RESPONSE_DEFAULT);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (self), "cancel");
}

static void
show_statement (LodgeCredentialDialog *self,
                const char            *name)
{
  const gboolean notice = lodge_credential_request_get_purpose (self->request) == LODGE_CREDENTIALS_NOTICE;
  const char *details = lodge_credential_request_get_details (self->request);
  g_autofree char *text = lodge_display_text (details != NULL ? details : "", 600);
  g_autofree char *body = g_strdup_printf ("“%s”\n%s", name, text);

  adw_alert_dialog_set_heading (ADW_ALERT_DIALOG (self), notice ? _("Waiting for You") : _("SSH Asks"));
  adw_alert_dialog_set_body (ADW_ALERT_DIALOG (self), body);
  gtk_widget_set_visible (self->spinner, notice);
  if (notice)
    add_responses (self, _("_Cancel"), NULL, ADW_RESPONSE_DEFAULT);
  else
    add_responses (self, _("_No"), _("_Yes"), ADW_RESPONSE_DEFAULT);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (self), "cancel");
}

static void
answer (LodgeCredentialDialog *self)
{
  g_autoptr(GPtrArray) answers = g_ptr_array_new ();

  for (guint i = 0; i < self->entries->len; i++)
    g_ptr_array_add (answers, (gpointer) gtk_editable_get_text (g_ptr_array_index (self->entries, i)));
  g_ptr_array_add (answers, NULL);
  lodge_credential_request_set_remember (self->request, gtk_check_button_get_active (self->remember));
  lodge_credential_request_answer (self->request, (const char * const *) answers->pdata);
  /* The widgets live on while the dialog fades out */
  for (guint i = 0; i < self->entries->len; i++)
    gtk_editable_set_text (g_ptr_array_index (self->entries, i), "");
}

/* The second question before what was known is thrown away */

static void
sure_response_cb (AdwAlertDialog         *sure,
                  const char             *response,
                  LodgeCredentialRequest *request)
{
  static const char * const nothing[] = { NULL };

  g_signal_handlers_disconnect_by_data (request, sure);
  if (g_str_equal (response, "replace"))
    lodge_credential_request_answer (request, nothing);
  else
    lodge_credential_request_cancel (request);
}

static void
sure_ended_cb (LodgeCredentialRequest *request,
               AdwDialog              *sure)
{
  adw_dialog_force_close (sure);
}

static void
ask_again (LodgeCredentialDialog *self)
{
  AdwDialog *sure = adw_alert_dialog_new (_("Replace the Known Key?"),
                                          _("The known key is removed from its file, which is kept with “.old” behind "
                                            "its name. You are then asked to trust the new one."));

  adw_alert_dialog_set_body_use_markup (ADW_ALERT_DIALOG (sure), FALSE);
  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (sure), "cancel", _("_Cancel"), "replace", _("_Replace Key"), NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (sure), "replace", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (sure), "cancel");
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (sure), "cancel");
  g_signal_connect_data (sure, "response", G_CALLBACK (sure_response_cb), g_object_ref (self->request),
                         (GClosureNotify) (void (*) (void)) g_object_unref, 0);
  g_signal_connect_object (self->request, "ended", G_CALLBACK (sure_ended_cb), sure, 0);
  adw_dialog_present (sure, self->parent);
  g_clear_object (&self->request);
}

static void
lodge_credential_dialog_response (AdwAlertDialog *dialog,
                                  const char     *response)
{
  LodgeCredentialDialog *self = LODGE_CREDENTIAL_DIALOG (dialog);

  if (self->request == NULL)
    return;
  /* It closes by itself now */
  g_signal_handlers_disconnect_by_data (self->request, self);
  if (!g_str_equal (response, "go"))
    lodge_credential_request_cancel (self->request);
  else if (lodge_credential_request_get_purpose (self->request) == LODGE_CREDENTIALS_CHANGED_HOST_KEY
           && self->parent != NULL)
    ask_again (self);
  else
    answer (self);
}

static void
ended_cb (AdwDialog *dialog)
{
  adw_dialog_force_close (dialog);
}

static void
lodge_credential_dialog_dispose (GObject *object)
{
  LodgeCredentialDialog *self = LODGE_CREDENTIAL_DIALOG (object);

  /* With the window that it was shown on */
  if (self->request != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->request, self);
      lodge_credential_request_cancel (self->request);
    }
  g_clear_object (&self->request);
  g_clear_weak_pointer (&self->parent);
  gtk_widget_dispose_template (GTK_WIDGET (object), LODGE_TYPE_CREDENTIAL_DIALOG);

  G_OBJECT_CLASS (lodge_credential_dialog_parent_class)->dispose (object);
}

static void
lodge_credential_dialog_finalize (GObject *object)
{
  g_ptr_array_unref (LODGE_CREDENTIAL_DIALOG (object)->entries);

  G_OBJECT_CLASS (lodge_credential_dialog_parent_class)->finalize (object);
}

static void
lodge_credential_dialog_class_init (LodgeCredentialDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lodge_credential_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = lodge_credential_dialog_finalize;
  ADW_ALERT_DIALOG_CLASS (klass)->response = lodge_credential_dialog_response;

  gtk_widget_class_set_template_from_resource (widget_class, LODGE_UI ("window/lodge-credential-dialog.ui"));
  gtk_widget_class_bind_template_child (widget_class, LodgeCredentialDialog, facts);
  gtk_widget_class_bind_template_child (widget_class, LodgeCredentialDialog, fingerprint_row);
  gtk_widget_class_bind_template_child (widget_class, LodgeCredentialDialog, file_row);
  gtk_widget_class_bind_template_child (widget_class, LodgeCredentialDialog, details);
  gtk_widget_class_bind_template_child (widget_class, LodgeCredentialDialog, fields);
  gtk_widget_class_bind_template_child (widget_class, LodgeCredentialDialog, remember);
  gtk_widget_class_bind_template_child (widget_class, LodgeCredentialDialog, spinner);
}

static void
lodge_credential_dialog_init (LodgeCredentialDialog *self)
{
  self->entries = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

AdwDialog *
lodge_credential_dialog_present (GtkWidget              *parent,
                                 LodgeConnection        *connection,
                                 LodgeCredentialRequest *request)
{
  LodgeCredentialDialog *self = g_object_new (LODGE_TYPE_CREDENTIAL_DIALOG, NULL);
  g_autofree char *name = lodge_display_text (lodge_connection_get_label (connection), 80);

  self->request = g_object_ref (request);
  g_set_weak_pointer (&self->parent, parent);
  switch (lodge_credential_request_get_purpose (request))
    {
    case LODGE_CREDENTIALS_HOST_KEY:
      show_host_key (self, name);
      break;
    case LODGE_CREDENTIALS_CHANGED_HOST_KEY:
      show_changed_key (self, name);
      break;
    case LODGE_CREDENTIALS_CONFIRM:
    case LODGE_CREDENTIALS_NOTICE:
      show_statement (self, name);
      break;
    case LODGE_CREDENTIALS_LOGIN:
    default:
      show_login (self, name);
    }
  g_signal_connect_object (request, "ended", G_CALLBACK (ended_cb), self, G_CONNECT_SWAPPED);
  adw_dialog_present (ADW_DIALOG (self), parent);
  return ADW_DIALOG (self);
}
