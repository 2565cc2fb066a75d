/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lodge-event-log.h"
#include "lodge-host-events.h"

G_BEGIN_DECLS

LodgeEventLog *lodge_event_log_new      (const char           *uri);
void           lodge_event_log_load     (LodgeEventLog        *self);
/* The file is removed, and no other is made */
void           lodge_event_log_forget   (LodgeEventLog        *self);
/* Writes what is not written yet */
void           lodge_event_log_flush    (LodgeEventLog        *self);
void           lodge_event_log_add      (LodgeEventLog        *self,
                                         LodgeLogKind          kind,
                                         const char           *uuid,
                                         const char           *name,
                                         const char           *detail);
/* Of a host's event; nothing for one that is not worth a line */
void           lodge_event_log_add_event (LodgeEventLog        *self,
                                          const LodgeHostEvent *event);
char          *lodge_event_log_get_path (const char           *uri);

G_END_DECLS
