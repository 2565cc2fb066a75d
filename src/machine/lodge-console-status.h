/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/lodge-domain.h"

G_BEGIN_DECLS

/**
 * LodgeConsoleStatus:
 * @icon_name: (nullable): %NULL shows a spinner
 * @text: (nullable): plain text
 * @primary: (nullable): label of the first button, with its @primary_action
 * @secondary: (nullable): label of the second
 *
 * What stands where a console cannot be shown: the same page in the same place for all reasons.
 */
typedef struct
{
  const char *icon_name;
  const char *title;
  char       *text;
  const char *primary;
  const char *primary_action;
  const char *secondary;
  const char *secondary_action;
} LodgeConsoleStatus;

void  lodge_console_status_clear    (LodgeConsoleStatus *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LodgeConsoleStatus, lodge_console_status_clear)

/* Why a machine that does not run shows nothing; FALSE: it runs. @running_since: unix s, 0 unknown */
gboolean lodge_console_status_stopped (LodgeConsoleStatus *self,
                                       LodgeDomain        *domain,
                                       gint64              running_since);
void     lodge_console_status_failed  (LodgeConsoleStatus *self,
                                       const GError       *error);
/* “today at 14:02”, “yesterday at 18:42”, “3 November at 10:12” */
char    *lodge_console_status_format_time     (gint64      unix_time,
                                               GDateTime  *now);
/* “3 hours”, “5 minutes” */
char    *lodge_console_status_format_duration (gint64      seconds);

G_END_DECLS
