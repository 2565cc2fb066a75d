/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lodge-bulk-run.h"

G_BEGIN_DECLS

/* Tags put on machines and taken off them, and their folder; NULL: what it is on each, "": none. Not begun yet; on
 * machines which have it all already, nothing is done. NULL: on none there is anything to do. */
LodgeBulkRun *lodge_tags_run_new (GPtrArray          *domains,
                                  const char * const *added,
                                  const char * const *removed,
                                  const char         *folder);

G_END_DECLS
