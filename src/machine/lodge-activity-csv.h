/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "model/lodge-domain.h"

G_BEGIN_DECLS

/* (transfer full): the numbers of a machine over @span until @now (unix s), a line for each sample; what is not known is
 * empty. The same in every language. */
char *lodge_activity_dup_csv  (LodgeDomain *domain,
                               LodgeSpan    span,
                               gint64       now);
/* Asks for a file and writes them */
void  lodge_activity_save_csv (GtkWidget   *parent,
                               LodgeDomain *domain,
                               LodgeSpan    span);

G_END_DECLS
