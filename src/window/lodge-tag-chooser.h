/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define LODGE_TYPE_TAG_CHOOSER (lodge_tag_chooser_get_type ())
G_DECLARE_FINAL_TYPE (LodgeTagChooser, lodge_tag_chooser, LODGE, TAG_CHOOSER, GtkWidget)

/* Tags of machines, the most frequent first, to be ticked; what is typed above them narrows them down. Signal
 * "toggled" (string term, gboolean wanted): “tag:"web"” is to be in the search, or is not. */
GtkWidget *lodge_tag_chooser_new  (void);
/* @domains: a model of LodgeDomain, read now; @text: the search, whose terms are ticked */
void       lodge_tag_chooser_fill (LodgeTagChooser *self,
                                   GListModel      *domains,
                                   const char      *text);

G_END_DECLS
