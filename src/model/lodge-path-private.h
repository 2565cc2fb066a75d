/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* (transfer full) (nullable): the nearest folder on the way to a file of this computer that only its owner may enter:
 * it stops a hypervisor that runs as a user of its own. Blocks. */
char *lodge_path_find_closed_folder (const char *path);

G_END_DECLS
