/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "console/lodge-console-page.h"
#include "model/lodge-domain.h"

G_BEGIN_DECLS

/* Why a machine that does not run shows nothing; FALSE: it runs. @running_since: unix s, 0 unknown */
gboolean lodge_console_status_stopped (LodgeConsoleStatus *self,
                                       LodgeDomain        *domain,
                                       gint64              running_since);
/* “today at 14:02”, “yesterday at 18:42”, “3 November at 10:12” */
char    *lodge_console_status_format_time     (gint64      unix_time,
                                               GDateTime  *now);
/* “3 hours”, “5 minutes” */
char    *lodge_console_status_format_duration (gint64      seconds);

G_END_DECLS
