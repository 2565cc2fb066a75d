/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* The size that a dialog likes best, which grows and shrinks with the text. @height -1: as high as what is in it */
void lodge_dialog_set_size (AdwDialog *dialog,
                            int        width,
                            int        height);

G_END_DECLS
