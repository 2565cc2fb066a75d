/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* What is chosen keeps its room beside a long subtitle. After the row has its expression, if it needs one */
void lodge_combo_value_show (AdwComboRow *row);

G_END_DECLS
