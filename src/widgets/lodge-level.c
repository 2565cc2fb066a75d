/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-level"

#include "config.h"

#include "lodge-level.h"

void
lodge_level_apply (GtkWidget  *widget,
                   const char *level)
{
  static const char * const levels[] = { "success", "warning", "error", "accent", "dimmed" };

  g_return_if_fail (GTK_IS_WIDGET (widget));

  for (guint i = 0; i < G_N_ELEMENTS (levels); i++)
    {
      if (g_strcmp0 (level, levels[i]) == 0)
        gtk_widget_add_css_class (widget, levels[i]);
      else
        gtk_widget_remove_css_class (widget, levels[i]);
    }
}
