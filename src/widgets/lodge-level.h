/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Gives @widget the color of @level, one of libadwaita's classes “success”, “warning”, “error”, “accent”, “dimmed”, in
 * place of the one it has; NULL: none */
void lodge_level_apply (GtkWidget  *widget,
                        const char *level);

G_END_DECLS
