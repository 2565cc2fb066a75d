/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lodge-event-log.h"

G_BEGIN_DECLS

LodgeLogEntry *lodge_log_entry_new      (gint64         time,
                                         LodgeLogKind   kind,
                                         const char    *uuid,
                                         const char    *name,
                                         const char    *detail);
const char    *lodge_log_kind_get_nick  (LodgeLogKind   kind);
gboolean       lodge_log_kind_from_nick (const char    *nick,
                                         LodgeLogKind  *kind);

G_END_DECLS
