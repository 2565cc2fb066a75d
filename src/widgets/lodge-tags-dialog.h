/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Edit Tags for some machines: an array of LodgeDomain. Those of the first are proposed; what is written goes to all, and
 * each keeps its folder. Failures are reported on @parent. */
void lodge_tags_dialog_present (GtkWidget *parent,
                                GPtrArray *domains);

G_END_DECLS
