/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-dialog-size"

#include "config.h"

#include "lodge-dialog-size.h"

#define KEY "lodge-dialog-size"

typedef struct
{
  int width;    /* sp */
  int height;   /* sp, -1 */
} Size;

static void
apply (AdwDialog *dialog)
{
  const Size *size = g_object_get_data (G_OBJECT (dialog), KEY);
  GtkSettings *settings = gtk_widget_get_settings (GTK_WIDGET (dialog));

  adw_dialog_set_content_width (dialog, (int) adw_length_unit_to_px (ADW_LENGTH_UNIT_SP, size->width, settings));
  if (size->height >= 0)
    adw_dialog_set_content_height (dialog, (int) adw_length_unit_to_px (ADW_LENGTH_UNIT_SP, size->height, settings));
}

/**
 * lodge_dialog_set_size:
 * @dialog: a dialog, best set up in its init function
 * @width: sp
 * @height: sp, or -1
 *
 * AdwDialog takes its size in pixels: with larger text less and less of it would fit. A dialog is never larger than its
 * window, whatever is said here.
 */
void
lodge_dialog_set_size (AdwDialog *dialog,
                       int        width,
                       int        height)
{
  const gboolean follows = g_object_get_data (G_OBJECT (dialog), KEY) != NULL;
  Size *size = g_new (Size, 1);

  *size = (Size) { width, height };
  g_object_set_data_full (G_OBJECT (dialog), KEY, size, g_free);
  if (!follows)
    g_signal_connect_object (gtk_widget_get_settings (GTK_WIDGET (dialog)), "notify::gtk-xft-dpi", G_CALLBACK (apply),
                             dialog, G_CONNECT_SWAPPED);
  apply (dialog);
}
