/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Offers the hosts that the person's SSH knows below an entry row, as they type: Down goes into the list, Enter or a
 * click takes one, Escape closes it. It lives as long as the row. */
void lodge_host_completion_attach (AdwEntryRow *row);

G_END_DECLS
