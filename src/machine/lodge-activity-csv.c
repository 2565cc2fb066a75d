/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-activity-csv"

#include "config.h"

#include "lodge-activity-csv.h"

#include <glib/gi18n.h>
#include <string.h>

#include "widgets/lodge-error-dialog.h"

static const struct { LodgeMetric metric; const char *column; } columns[] = {
  { LODGE_METRIC_CPU, "cpu" },                               /* a share of all processors */
  { LODGE_METRIC_MEMORY, "memory_bytes" },
  { LODGE_METRIC_DISK_READ, "disk_read_bytes_per_second" },
  { LODGE_METRIC_DISK_WRITE, "disk_write_bytes_per_second" },
  { LODGE_METRIC_NETWORK_IN, "network_in_bytes_per_second" },
  { LODGE_METRIC_NETWORK_OUT, "network_out_bytes_per_second" },
};

static const int periods[LODGE_N_SPANS] = {
  [LODGE_SPAN_MINUTES] = 2,
  [LODGE_SPAN_HOUR] = 60,
  [LODGE_SPAN_DAY] = 1200,
};

char *
lodge_activity_dup_csv (LodgeDomain *domain,
                        LodgeSpan    span,
                        gint64       now)
{
  g_autoptr(GString) text = g_string_new ("time");
  float samples[G_N_ELEMENTS (columns)][LODGE_SPAN_LENGTH];

  for (gsize i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      g_string_append_printf (text, ",%s", columns[i].column);
      if (!lodge_domain_get_history (domain, columns[i].metric, span, samples[i]))
        {
          for (guint j = 0; j < LODGE_SPAN_LENGTH; j++)
            samples[i][j] = -1;
        }
    }
  for (guint j = 0; j < LODGE_SPAN_LENGTH; j++)
    {
      g_autoptr(GDateTime) time =
        g_date_time_new_from_unix_utc (now - (gint64) (LODGE_SPAN_LENGTH - 1 - j) * periods[span]);
      g_autofree char *when = g_date_time_format_iso8601 (time);

      g_string_append_printf (text, "\n%s", when);
      for (gsize i = 0; i < G_N_ELEMENTS (columns); i++)
        {
          char number[G_ASCII_DTOSTR_BUF_SIZE];

          g_string_append_c (text, ',');
          if (samples[i][j] >= 0)
            g_string_append (text, g_ascii_formatd (number, sizeof number,
                                                    columns[i].metric == LODGE_METRIC_CPU ? "%.4f" : "%.0f",
                                                    samples[i][j]));
        }
    }
  g_string_append_c (text, '\n');
  return g_string_free_and_steal (g_steal_pointer (&text));
}

typedef struct
{
  GtkWidget *parent;   /* owned */
  GBytes    *text;     /* owned: as it was when it was asked for */
} Saving;

static void
saving_free (Saving *saving)
{
  g_object_unref (saving->parent);
  g_bytes_unref (saving->text);
  g_free (saving);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Saving, saving_free)

static void
written_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(Saving) saving = user_data;
  g_autoptr(GError) error = NULL;

  if (!g_file_replace_contents_finish (G_FILE (object), result, NULL, &error))
    lodge_error_present (saving->parent, _("Could Not Save the Numbers"), error);
}

static void
chosen_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(Saving) saving = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GFile) file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (object), result, &error);
  GBytes *text = saving->text;

  if (file != NULL)
    g_file_replace_contents_bytes_async (file, text, NULL, FALSE, G_FILE_CREATE_REPLACE_DESTINATION, NULL, written_cb,
                                         g_steal_pointer (&saving));
  else if (!g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED)
           && !g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_CANCELLED))
    lodge_error_present (saving->parent, _("Could Not Save the Numbers"), error);
}

void
lodge_activity_save_csv (GtkWidget   *parent,
                         LodgeDomain *domain,
                         LodgeSpan    span)
{
  g_autoptr(GtkFileDialog) dialog = gtk_file_dialog_new ();
  g_autofree char *text = lodge_activity_dup_csv (domain, span, g_get_real_time () / G_USEC_PER_SEC);
  g_autofree char *name = g_strdup_printf ("%s.csv", lodge_domain_get_name (domain));
  const gsize length = strlen (text);
  Saving *saving = g_new0 (Saving, 1);

  g_strdelimit (name, "/", '-');
  saving->parent = g_object_ref (parent);
  saving->text = g_bytes_new_take (g_steal_pointer (&text), length);
  gtk_file_dialog_set_title (dialog, _("Save the Numbers as CSV"));
  gtk_file_dialog_set_initial_name (dialog, name);
  gtk_file_dialog_save (dialog, GTK_WINDOW (gtk_widget_get_root (parent)), NULL, chosen_cb, saving);
}
