/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-history-dialog"

#include "config.h"

#include "lodge-history-dialog.h"

#include <glib/gi18n.h>
#include <string.h>

#include "lodge-compare-dialog.h"
#include "lodge-ui.h"
#include "model/lodge-history.h"
#include "util/lodge-format.h"
#include "util/lodge-text-diff.h"
#include "widgets/lodge-dialog-size.h"

struct _LodgeHistoryDialog
{
  AdwDialog            parent_instance;

  /* template children */
  GtkStack            *stack;
  AdwPreferencesGroup *group;
  AdwStatusPage       *error_page;

  char                *current;       /* the definition of now */
  GCancellable        *cancellable;   /* owned */
};

/* One kept definition, as a worker read it */
typedef struct
{
  char  *title;
  char  *text;
  guint  n_hunks;   /* to the definition of now */
} Kept;

typedef struct
{
  char *uuid;
  char *current;
} Question;

enum
{
  RESTORE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LodgeHistoryDialog, lodge_history_dialog, ADW_TYPE_DIALOG)

static void
kept_free (gpointer data)
{
  Kept *kept = data;

  g_free (kept->title);
  g_free (kept->text);
  g_free (kept);
}

static void
question_free (gpointer data)
{
  Question *question = data;

  g_free (question->uuid);
  g_free (question->current);
  g_free (question);
}

/* The name of the file is its time, in UTC: “20261125T112056.123456Z.xml” */
static char *
dup_title (const char *path)
{
  g_autofree char *name = g_path_get_basename (path);
  g_autoptr(GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr(GDateTime) time = NULL;
  g_autoptr(GDateTime) local = NULL;
  int year, month, day, hour, minute, second;

  if (sscanf (name, "%4d%2d%2dT%2d%2d%2d", &year, &month, &day, &hour, &minute, &second) != 6)
    return lodge_display_text (name, 80);
  time = g_date_time_new (utc, year, month, day, hour, minute, second);
  local = time != NULL ? g_date_time_to_local (time) : NULL;
  return local != NULL ? g_date_time_format (local, "%x %X") : lodge_display_text (name, 80);
}

static void
read_worker (GTask        *task,
             gpointer      source_object,
             gpointer      task_data,
             GCancellable *cancellable)
{
  Question *question = task_data;
  GError *error = NULL;
  g_autoptr(GPtrArray) files = lodge_history_list (question->uuid, &error);
  g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func (kept_free);

  if (files == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  for (guint i = 0; i < files->len && !g_cancellable_is_cancelled (cancellable); i++)
    {
      const char *path = g_ptr_array_index (files, i);
      g_autofree char *text = NULL;
      g_autoptr(GArray) hunks = NULL;
      Kept *kept;

      if (!g_file_get_contents (path, &text, NULL, NULL))
        continue;
      hunks = lodge_text_diff (text, question->current);
      kept = g_new0 (Kept, 1);
      kept->title = dup_title (path);
      kept->text = g_steal_pointer (&text);
      kept->n_hunks = hunks->len;
      g_ptr_array_add (list, kept);
    }
  g_task_return_pointer (task, g_steal_pointer (&list), (GDestroyNotify) g_ptr_array_unref);
}

static const Kept *
get_kept (GtkWidget *button)
{
  return g_object_get_data (G_OBJECT (gtk_widget_get_ancestor (button, ADW_TYPE_ACTION_ROW)), "lodge-kept");
}

static void
compare_cb (GtkWidget          *button,
            LodgeHistoryDialog *self)
{
  const Kept *kept = get_kept (button);

  adw_dialog_present (lodge_compare_dialog_new (_("Compare"), kept->title, kept->text, _("Now"), self->current),
                      GTK_WIDGET (self));
}

static void
restore_cb (GtkWidget          *button,
            LodgeHistoryDialog *self)
{
  g_signal_emit (self, signals[RESTORE], 0, get_kept (button)->text);
  adw_dialog_close (ADW_DIALOG (self));
}

static void
add_button (LodgeHistoryDialog *self,
            GtkWidget          *row,
            const char         *label,
            const char         *name,
            GCallback           callback)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_object (button, "clicked", callback, self, 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
}

static void
add_row (LodgeHistoryDialog *self,
         Kept               *kept)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *compare_name = g_strdup_printf (_("Compare the Definition of %s"), kept->title);
  g_autofree char *restore_name = g_strdup_printf (_("Restore the Definition of %s"), kept->title);
  g_autofree char *caption = NULL;

  if (kept->n_hunks == 0)
    caption = g_strdup (_("The same as now"));
  else
    caption = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u difference to now", "%u differences to now",
                                            kept->n_hunks), kept->n_hunks);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), kept->title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), caption);
  g_object_set_data_full (G_OBJECT (row), "lodge-kept", kept, kept_free);
  add_button (self, row, _("Com_pare"), compare_name, G_CALLBACK (compare_cb));
  add_button (self, row, _("_Restore"), restore_name, G_CALLBACK (restore_cb));
  adw_preferences_group_add (self->group, row);
}

static void
read_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  LodgeHistoryDialog *self = LODGE_HISTORY_DIALOG (object);
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) list = g_task_propagate_pointer (G_TASK (result), &error);
  g_autofree char *text = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (list == NULL)
    {
      text = g_markup_escape_text (error->message, -1);
      adw_status_page_set_title (self->error_page, _("History Cannot Be Read"));
      adw_status_page_set_description (self->error_page, text);
      gtk_stack_set_visible_child_name (self->stack, "error");
      return;
    }
  g_ptr_array_set_free_func (list, NULL);
  for (guint i = 0; i < list->len; i++)
    add_row (self, g_ptr_array_index (list, i));
  gtk_stack_set_visible_child_name (self->stack, list->len > 0 ? "list" : "error");
}

static void
lodge_history_dialog_dispose (GObject *object)
{
  g_cancellable_cancel (LODGE_HISTORY_DIALOG (object)->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (object), LODGE_TYPE_HISTORY_DIALOG);

  G_OBJECT_CLASS (lodge_history_dialog_parent_class)->dispose (object);
}

static void
lodge_history_dialog_finalize (GObject *object)
{
  g_free (LODGE_HISTORY_DIALOG (object)->current);
  g_object_unref (LODGE_HISTORY_DIALOG (object)->cancellable);

  G_OBJECT_CLASS (lodge_history_dialog_parent_class)->finalize (object);
}

static void
lodge_history_dialog_class_init (LodgeHistoryDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lodge_history_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = lodge_history_dialog_finalize;
  signals[RESTORE] = g_signal_new ("restore", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget_class, LODGE_UI ("machine/lodge-history-dialog.ui"));
  gtk_widget_class_bind_template_child (widget_class, LodgeHistoryDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, LodgeHistoryDialog, group);
  gtk_widget_class_bind_template_child (widget_class, LodgeHistoryDialog, error_page);
}

static void
lodge_history_dialog_init (LodgeHistoryDialog *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  lodge_dialog_set_size (ADW_DIALOG (self), 560, 560);
}

/**
 * lodge_history_dialog_new:
 * @uuid: of the machine
 * @current: its definition of now
 */
AdwDialog *
lodge_history_dialog_new (const char *uuid,
                          const char *current)
{
  LodgeHistoryDialog *self = g_object_new (LODGE_TYPE_HISTORY_DIALOG, NULL);
  g_autoptr(GTask) task = g_task_new (self, self->cancellable, read_cb, NULL);
  Question *question = g_new0 (Question, 1);

  self->current = g_strdup (current);
  question->uuid = g_strdup (uuid);
  question->current = g_strdup (current);
  g_task_set_source_tag (task, lodge_history_dialog_new);
  g_task_set_task_data (task, question, question_free);
  g_task_run_in_thread (task, read_worker);
  return ADW_DIALOG (self);
}
