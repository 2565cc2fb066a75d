/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "widgets/lodge-domain-actions.h"

G_BEGIN_DECLS

#define LODGE_TYPE_SELECTION_BAR (lodge_selection_bar_get_type ())
G_DECLARE_FINAL_TYPE (LodgeSelectionBar, lodge_selection_bar, LODGE, SELECTION_BAR, GtkWidget)

/* What can be done with the selected machines: shown while there are some. Labels have counts when not all can take
 * part; a button that fits none is hidden. @narrow: there is
 * room for one verb; @tiny: and none for what is selected. Activates “machine.…” and “list.clear-selection”. */
void lodge_selection_bar_update (LodgeSelectionBar  *self,
                                 LodgeDomainActions *actions,
                                 GListModel         *selected,
                                 gboolean            narrow,
                                 gboolean            tiny);

G_END_DECLS
