/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-delete-dialog"

#include "config.h"

#include "lodge-delete-dialog.h"

#include <glib/gi18n.h>

#include "model/lodge-machine-removal.h"
#include "util/lodge-format.h"
#include "widgets/lodge-error-dialog.h"

/* What the dialog knows; lives as long as it */
typedef struct
{
  AdwAlertDialog      *dialog;    /* borrowed */
  AdwPreferencesGroup *group;     /* borrowed */
  GtkWidget           *loading;   /* borrowed, NULL once all disks are listed */
  GtkWidget           *parent;    /* weak */
  GListModel          *domains;   /* owned */
  LodgeJobList        *jobs;      /* owned */
  GCancellable        *cancellable;
  GPtrArray           *rows;      /* of AdwActionRow with its disk, domain and check button */
  guint                n_loading;
} Question;

static void
question_free (gpointer data)
{
  Question *question = data;

  g_cancellable_cancel (question->cancellable);
  g_object_unref (question->cancellable);
  g_clear_weak_pointer (&question->parent);
  g_object_unref (question->domains);
  g_object_unref (question->jobs);
  g_ptr_array_unref (question->rows);
  g_free (question);
}

static GtkCheckButton *
get_check (GtkWidget *row)
{
  return g_object_get_data (G_OBJECT (row), "lodge-check");
}

/* The red label says what goes */
static void
update_label (Question *question)
{
  guint64 size = 0;
  guint n = 0;
  g_autofree char *label = NULL;
  g_autofree char *text = NULL;

  for (guint i = 0; i < question->rows->len; i++)
    {
      GtkWidget *row = g_ptr_array_index (question->rows, i);

      if (!gtk_check_button_get_active (get_check (row)))
        continue;
      size += lodge_removable_disk_get_allocation (g_object_get_data (G_OBJECT (row), "lodge-disk"));
      n++;
    }
  text = lodge_format_size (size);
  if (n == 0)
    label = g_strdup (_("_Delete"));
  else
    /* Translators: “Delete and Erase 9.6 GiB” */
    label = g_strdup_printf (_("_Delete and Erase %s"), text);
  adw_alert_dialog_set_response_label (question->dialog, "delete", label);
}

static void
add_disk (Question           *question,
          LodgeDomain        *domain,
          LodgeRemovableDisk *disk)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *check = gtk_check_button_new ();
  const char *path = lodge_removable_disk_get_path (disk);
  g_autofree char *base = path != NULL ? g_path_get_basename (path) : g_strdup (_("Disk"));
  g_autofree char *title = lodge_display_text (base, 120);
  g_autofree char *size = lodge_format_size (lodge_removable_disk_get_allocation (disk));
  g_autofree char *pool = lodge_removable_disk_get_pool (disk) != NULL
                          ? lodge_display_text (lodge_removable_disk_get_pool (disk), 60) : NULL;
  const char *obstacle = lodge_removable_disk_get_obstacle (disk);
  g_autofree char *subtitle = obstacle != NULL ? g_strdup (obstacle)
                              : g_strdup_printf (_("%s in pool “%s”"), size, pool != NULL ? pool : "");

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_widget_set_tooltip_text (row, path);
  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
  gtk_widget_set_sensitive (row, lodge_removable_disk_can_erase (disk));

  g_object_set_data (G_OBJECT (row), "lodge-check", check);
  g_object_set_data_full (G_OBJECT (row), "lodge-disk", g_object_ref (disk), g_object_unref);
  g_object_set_data_full (G_OBJECT (row), "lodge-domain", g_object_ref (domain), g_object_unref);
  g_signal_connect_swapped (check, "toggled", G_CALLBACK (update_label), question);
  adw_preferences_group_add (question->group, row);
  g_ptr_array_add (question->rows, row);
}

static void
disks_listed_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(AdwDialog) dialog = user_data;
  Question *question;
  g_autoptr(GError) error = NULL;
  g_autoptr(GListModel) disks = lodge_domain_list_removable_disks_finish (LODGE_DOMAIN (object), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  question = g_object_get_data (G_OBJECT (dialog), "lodge-question");
  for (guint i = 0; disks != NULL && i < g_list_model_get_n_items (disks); i++)
    {
      g_autoptr(LodgeRemovableDisk) disk = g_list_model_get_item (disks, i);

      add_disk (question, LODGE_DOMAIN (object), disk);
    }
  if (--question->n_loading > 0)
    return;
  adw_preferences_group_remove (question->group, question->loading);
  question->loading = NULL;
  gtk_widget_set_visible (GTK_WIDGET (question->group), question->rows->len > 0);
  if (error != NULL)
    adw_preferences_group_set_description (question->group,
                                           _("Some disks could not be read. They are kept."));
}

typedef struct
{
  GtkWidget *parent;   /* weak */
  char      *name;
} Deletion;

static void
deleted_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  Deletion *deletion = user_data;
  g_autoptr(GError) error = NULL;

  if (!lodge_domain_delete_finish (LODGE_DOMAIN (object), result, &error) && deletion->parent != NULL)
    {
      g_autofree char *heading = g_strdup_printf (_("Could Not Delete “%s”"), deletion->name);

      lodge_error_present (deletion->parent, heading, error);
    }
  g_clear_weak_pointer (&deletion->parent);
  g_free (deletion->name);
  g_free (deletion);
}

static void
delete_cb (AdwAlertDialog *dialog)
{
  Question *question = g_object_get_data (G_OBJECT (dialog), "lodge-question");

  for (guint i = 0; i < g_list_model_get_n_items (question->domains); i++)
    {
      g_autoptr(LodgeDomain) domain = g_list_model_get_item (question->domains, i);
      g_autoptr(GListStore) erase = g_list_store_new (LODGE_TYPE_REMOVABLE_DISK);
      g_autoptr(LodgeJob) job = NULL;
      g_autofree char *title = NULL;
      Deletion *deletion = g_new0 (Deletion, 1);

      for (guint j = 0; j < question->rows->len; j++)
        {
          GtkWidget *row = g_ptr_array_index (question->rows, j);

          if (g_object_get_data (G_OBJECT (row), "lodge-domain") == domain
              && gtk_check_button_get_active (get_check (row)))
            g_list_store_append (erase, g_object_get_data (G_OBJECT (row), "lodge-disk"));
        }
      deletion->name = lodge_display_text (lodge_domain_get_name (domain), 80);
      g_set_weak_pointer (&deletion->parent, question->parent);
      title = g_strdup_printf (_("Delete “%s”"), deletion->name);
      job = lodge_job_new (title, NULL);
      lodge_job_list_add (question->jobs, job);
      lodge_domain_delete_async (domain, G_LIST_MODEL (erase), job, deleted_cb, deletion);
    }
}

/* What goes and what stays; a machine that runs comes first */
static char *
dup_body (GListModel *domains)
{
  const guint n = g_list_model_get_n_items (domains);
  g_autofree char *running = NULL;
  guint n_running = 0;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr(LodgeDomain) domain = g_list_model_get_item (domains, i);

      n_running += lodge_domain_can (domain, LODGE_DOMAIN_FORCE_OFF);
    }
  if (n_running > 0 && n == 1)
    running = g_strdup (_("The machine is running and will be forced off. "));
  else if (n_running > 0)
    running = g_strdup_printf (g_dngettext (NULL, "%u machine is running and will be forced off. ",
                                            "%u machines are running and will be forced off. ", n_running), n_running);
  return g_strdup_printf (g_dngettext (NULL,
                                       "%sIts snapshots, saved state and firmware settings are removed too. Lodge keeps the "
                                       "definition in its history. Choose the storage to delete as well; this cannot be undone.",
                                       "%sTheir snapshots, saved states and firmware settings are removed too. Lodge keeps the "
                                       "definitions in its history. Choose the storage to delete as well; this cannot be undone.",
                                       n), running != NULL ? running : "");
}

AdwDialog *
lodge_delete_dialog_present (GtkWidget    *parent,
                             GListModel   *domains,
                             LodgeJobList *jobs)
{
  const guint n = g_list_model_get_n_items (domains);
  g_autoptr(LodgeDomain) first = g_list_model_get_item (domains, 0);
  g_autofree char *name = lodge_display_text (lodge_domain_get_name (first), 60);
  g_autofree char *heading = n == 1 ? g_strdup_printf (_("Delete “%s”?"), name)
                                    : g_strdup_printf (g_dngettext (NULL, "Delete %u Machine?", "Delete %u Machines?",
                                                                    n), n);
  g_autofree char *body = dup_body (domains);
  AdwDialog *dialog = adw_alert_dialog_new (heading, body);
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *loading = adw_action_row_new ();
  Question *question = g_new0 (Question, 1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (loading), _("Looking for Disks…"));
  adw_action_row_add_suffix (ADW_ACTION_ROW (loading), adw_spinner_new ());
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), loading);

  question->dialog = ADW_ALERT_DIALOG (dialog);
  question->group = ADW_PREFERENCES_GROUP (group);
  question->loading = loading;
  question->domains = g_object_ref (domains);
  question->jobs = g_object_ref (jobs);
  question->cancellable = g_cancellable_new ();
  question->rows = g_ptr_array_new ();
  question->n_loading = n;
  g_set_weak_pointer (&question->parent, parent);
  g_object_set_data_full (G_OBJECT (dialog), "lodge-question", question, question_free);

  adw_alert_dialog_set_extra_child (question->dialog, group);
  adw_alert_dialog_add_responses (question->dialog, "cancel", _("_Cancel"), "delete", _("_Delete"), NULL);
  adw_alert_dialog_set_response_appearance (question->dialog, "delete", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_default_response (question->dialog, "cancel");
  adw_alert_dialog_set_close_response (question->dialog, "cancel");
  g_signal_connect (dialog, "response::delete", G_CALLBACK (delete_cb), NULL);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr(LodgeDomain) domain = g_list_model_get_item (domains, i);

      lodge_domain_list_removable_disks_async (domain, question->cancellable, disks_listed_cb, g_object_ref (dialog));
    }
  adw_dialog_present (dialog, parent);
  return dialog;
}
