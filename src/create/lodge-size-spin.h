/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Makes @spin show and take sizes with their unit: “4 GiB”, “1.5 TiB”, “512”. Its value counts in @unit bytes; a number
 * without a unit is one of @default_unit bytes. What cannot be read is refused. */
void     lodge_size_spin_setup (GtkSpinButton *spin,
                                guint64        unit,
                                guint64        default_unit);
/* “4 GiB” → bytes; FALSE: it is no size. Pure. */
gboolean lodge_size_parse      (const char    *text,
                                guint64        default_unit,
                                guint64       *bytes);

G_END_DECLS
