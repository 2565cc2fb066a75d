/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-console-view"

#include "config.h"

#include "lodge-console-view-private.h"

#include <glib/gi18n.h>

#include "console/lodge-screen-sharing.h"
#include "model/lodge-job.h"
#include "util/lodge-format.h"
#include "widgets/lodge-error-dialog.h"
#include "widgets/lodge-job-row.h"

/* Files on their way to the guest: dropped on the display, or chosen. Each lot is a row over the display. */

/* One that is dragged about over the display hears once why the guest takes nothing */
#define TELL_AGAIN_US (5 * G_USEC_PER_SEC)

typedef struct
{
  LodgeConsoleView *view;   /* owned */
  LodgeJob         *job;    /* owned */
  guint             n_files;
} Transfer;

static void
transfer_free (Transfer *transfer)
{
  g_object_unref (transfer->view);
  g_object_unref (transfer->job);
  g_free (transfer);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Transfer, transfer_free)

static void
progress_cb (goffset  done,
             goffset  total,
             gpointer user_data)
{
  Transfer *transfer = user_data;
  g_autofree char *so_far = g_format_size_full ((guint64) MAX (done, 0), G_FORMAT_SIZE_IEC_UNITS);
  g_autofree char *all = g_format_size_full ((guint64) MAX (total, 0), G_FORMAT_SIZE_IEC_UNITS);
  /* Translators: two sizes, “1.2 MiB of 3.0 GiB” */
  g_autofree char *detail = g_strdup_printf (_("%s of %s"), so_far, all);

  lodge_job_set_progress (transfer->job, detail, total > 0 ? CLAMP ((double) done / (double) total, 0, 1) : -1);
}

static void
show_end (Transfer     *transfer,
          const GError *error)
{
  LodgeConsoleView *self = transfer->view;
  g_autofree char *text = NULL;

  if (self->closed || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (error != NULL)
    {
      lodge_error_present (GTK_WIDGET (self), _("Could Not Hand Over the Files"), error);
      return;
    }
  text = g_strdup_printf (g_dngettext (NULL, "The guest has the file", "The guest has the %u files", transfer->n_files),
                          transfer->n_files);
  lodge_console_view_show_toast (self, text, LODGE_CONSOLE_FIX_NONE);
}

static void
copied_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(Transfer) transfer = user_data;
  g_autoptr(GError) error = NULL;
  guint position;

  lodge_screen_copy_files_finish (LODGE_SCREEN (object), result, &error);
  lodge_job_finish (transfer->job, error);
  if (g_list_store_find (transfer->view->transfers, transfer->job, &position))
    g_list_store_remove (transfer->view->transfers, position);
  show_end (transfer, error);
}

/* @files: of GFile, and NULL-ended */
static void
send_files (LodgeConsoleView *self,
            GPtrArray        *files)
{
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autofree char *name = lodge_display_text (lodge_domain_get_name (self->domain), 60);
  g_autofree char *title = NULL;
  Transfer *transfer;

  if (self->screen == NULL || files->len == 0)
    return;
  title = g_strdup_printf (g_dngettext (NULL, "Send a File to “%2$s”", "Send %1$u Files to “%2$s”", files->len),
                           files->len, name);
  transfer = g_new0 (Transfer, 1);
  transfer->view = g_object_ref (self);
  transfer->job = lodge_job_new (title, cancellable);
  transfer->n_files = files->len;
  g_list_store_append (self->transfers, transfer->job);
  lodge_screen_copy_files_async (lodge_console_view_get_sharing (self), (GFile **) files->pdata, cancellable, progress_cb,
                                 transfer, copied_cb, transfer);
}

/* Dropped */

static gboolean
accept_cb (LodgeConsoleView *self)
{
  const gint64 now = g_get_monotonic_time ();

  if (self->screen != NULL && lodge_screen_get_takes_files (lodge_console_view_get_sharing (self)))
    return TRUE;
  if (now - self->files_told > TELL_AGAIN_US && lodge_console_view_tell_advice (self, LODGE_CONSOLE_FILES))
    self->files_told = now;
  return FALSE;
}

static gboolean
drop_cb (LodgeConsoleView *self,
         const GValue     *value)
{
  g_autoptr(GPtrArray) files = g_ptr_array_new_null_terminated (0, g_object_unref, TRUE);
  g_autoptr(GSList) dropped = NULL;

  if (!G_VALUE_HOLDS (value, GDK_TYPE_FILE_LIST))
    return FALSE;
  dropped = gdk_file_list_get_files (g_value_get_boxed (value));
  for (GSList *l = dropped; l != NULL; l = l->next)
    g_ptr_array_add (files, g_object_ref (l->data));
  send_files (self, files);
  return TRUE;
}

/* Chosen */

static void
chosen_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(LodgeConsoleView) self = user_data;
  g_autoptr(GListModel) chosen = gtk_file_dialog_open_multiple_finish (GTK_FILE_DIALOG (object), result, NULL);
  g_autoptr(GPtrArray) files = g_ptr_array_new_null_terminated (0, g_object_unref, TRUE);

  if (chosen == NULL || self->closed)
    return;
  for (guint i = 0; i < g_list_model_get_n_items (chosen); i++)
    g_ptr_array_add (files, g_list_model_get_item (chosen, i));
  send_files (self, files);
}

static void
send_files_action (GSimpleAction *action,
                   GVariant      *parameter,
                   gpointer       user_data)
{
  LodgeConsoleView *self = user_data;
  g_autoptr(GtkFileDialog) dialog = gtk_file_dialog_new ();
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (!accept_cb (self))
    return;
  gtk_file_dialog_set_title (dialog, _("Send Files to the Guest"));
  gtk_file_dialog_set_accept_label (dialog, _("_Send"));
  gtk_file_dialog_open_multiple (dialog, GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, NULL, chosen_cb,
                                 g_object_ref (self));
}

static const GActionEntry entries[] = {
  { .name = "send-files", .activate = send_files_action },
};

/* Rows over the display */

static GtkWidget *
make_row (gpointer item,
          gpointer user_data)
{
  return lodge_job_row_new (item);
}

static void
transfers_changed_cb (LodgeConsoleView *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->transfers_list),
                          g_list_model_get_n_items (G_LIST_MODEL (self->transfers)) > 0);
}

void
lodge_console_view_add_files (LodgeConsoleView *self)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  self->transfers = g_list_store_new (LODGE_TYPE_JOB);
  self->files_told = -TELL_AGAIN_US;
  gtk_list_box_bind_model (self->transfers_list, G_LIST_MODEL (self->transfers), make_row, NULL, NULL);
  g_signal_connect_object (self->transfers, "items-changed", G_CALLBACK (transfers_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (target, "accept", G_CALLBACK (accept_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (target, "drop", G_CALLBACK (drop_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->display), GTK_EVENT_CONTROLLER (target));
  g_action_map_add_action_entries (G_ACTION_MAP (self->group), entries, G_N_ELEMENTS (entries), self);
}
