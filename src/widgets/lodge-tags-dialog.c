/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-tags-dialog"

#include "config.h"

#include "lodge-tags-dialog.h"

#include <glib/gi18n.h>

#include "lodge-error-dialog.h"
#include "model/lodge-domain-details.h"
#include "model/lodge-domain.h"
#include "util/lodge-format.h"

typedef struct
{
  GtkWidget *parent;    /* owned */
  GPtrArray *domains;   /* owned, of LodgeDomain */
} Question;

static void
question_free (gpointer data)
{
  Question *question = data;

  g_object_unref (question->parent);
  g_ptr_array_unref (question->domains);
  g_free (question);
}

/* Commas separate; what is empty or stands twice is left out */
static GStrv
split (const char *text)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr(GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_auto(GStrv) parts = g_strsplit (text, ",", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      g_strstrip (parts[i]);
      if (*parts[i] != '\0' && g_hash_table_add (seen, parts[i]))
        g_strv_builder_add (builder, parts[i]);
    }
  return g_strv_builder_end (builder);
}

static void
saved_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(GtkWidget) parent = user_data;
  g_autoptr(GError) error = NULL;
  g_autofree char *name = NULL;
  g_autofree char *heading = NULL;

  if (lodge_domain_set_metadata_finish (LODGE_DOMAIN (object), result, &error))
    return;
  name = lodge_display_text (lodge_domain_get_name (LODGE_DOMAIN (object)), 80);
  heading = g_strdup_printf (_("Could Not Change the Tags of “%s”"), name);
  lodge_error_present (parent, heading, error);
}

static void
changed_cb (GtkEditable    *entry,
            AdwAlertDialog *dialog)
{
  g_auto(GStrv) tags = split (gtk_editable_get_text (entry));
  gboolean valid = g_strv_length (tags) <= LODGE_MAX_TAGS;

  for (guint i = 0; tags[i] != NULL; i++)
    valid &= g_utf8_strlen (tags[i], -1) <= LODGE_MAX_TAG_LENGTH;
  adw_alert_dialog_set_response_enabled (dialog, "save", valid);
  if (valid)
    gtk_widget_remove_css_class (GTK_WIDGET (entry), "error");
  else
    gtk_widget_add_css_class (GTK_WIDGET (entry), "error");
}

static void
save_cb (AdwAlertDialog *dialog,
         const char     *response,
         Question       *question)
{
  GtkEditable *entry = GTK_EDITABLE (adw_alert_dialog_get_extra_child (dialog));
  g_auto(GStrv) tags = split (gtk_editable_get_text (entry));

  for (guint i = 0; i < question->domains->len; i++)
    lodge_domain_set_tags_async (question->domains->pdata[i], (const char * const *) tags,
                                 lodge_domain_get_folder (question->domains->pdata[i]), NULL, saved_cb,
                                 g_object_ref (question->parent));
}

void
lodge_tags_dialog_present (GtkWidget *parent,
                           GPtrArray *domains)
{
  Question *question = g_new0 (Question, 1);
  GtkWidget *entry = gtk_entry_new ();
  AdwDialog *dialog = adw_alert_dialog_new (_("Edit Tags"), _("Words that machines are found by, with commas between them."));
  g_autofree char *tags = g_strjoinv (", ", (char **) lodge_domain_get_tags (domains->pdata[0]));

  question->parent = g_object_ref (parent);
  question->domains = g_ptr_array_ref (domains);
  gtk_editable_set_text (GTK_EDITABLE (entry), tags);
  gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Tags"), -1);
  adw_alert_dialog_set_extra_child (ADW_ALERT_DIALOG (dialog), entry);
  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "cancel", _("_Cancel"), "save", _("_Save"), NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "save", ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "save");
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (dialog), "cancel");
  g_signal_connect_object (entry, "changed", G_CALLBACK (changed_cb), dialog, 0);
  g_signal_connect_data (dialog, "response::save", G_CALLBACK (save_cb), question,
                         (GClosureNotify) (GCallback) question_free, 0);
  adw_dialog_present (dialog, parent);
}
