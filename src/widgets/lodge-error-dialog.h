/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "util/lodge-error.h"

G_BEGIN_DECLS

/* Says what failed (@heading: “Could Not Start “web-03””), why and what to do; “Details” has libvirt's text word for
 * word with its code and the connection's URI, to be copied. A cancelled error is not shown. */
void lodge_error_present     (GtkWidget    *parent,
                              const char   *heading,
                              const GError *error);
/* (transfer floating): a card “Details” that opens, for a dialog of its own */
GtkWidget *lodge_error_create_details (const GError *error);
/* What “Details” holds */
char *lodge_error_dup_details (const GError *error);

G_END_DECLS
