/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * LodgeKey:
 * @accelerator: as gtk_accelerator_parse() reads it
 * @action: of the main window, %NULL: the widget that has the focus does it by itself
 * @target: (nullable): a string
 * @title: translatable; %NULL: the same line of the dialog as the one before
 *
 * A key of the main window. One table makes them work and shows them in the dialog of shortcuts.
 */
typedef struct
{
  const char *accelerator;
  const char *action;
  const char *target;
  const char *title;
} LodgeKey;

const LodgeKey *lodge_keys_get_main_window (guint *n);
/* Has @window carry them out while no dialog is on top of it, and those without Control or Alt while no text is
 * edited */
void            lodge_keys_install         (GtkWidget *window);

G_END_DECLS
