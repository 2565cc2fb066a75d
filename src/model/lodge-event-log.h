/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lodge-model-types.h"

G_BEGIN_DECLS

typedef enum
{
  LODGE_LOG_STARTED,
  LODGE_LOG_RESTORED,
  LODGE_LOG_MIGRATED_IN,
  LODGE_LOG_SHUT_DOWN,
  LODGE_LOG_FORCED_OFF,
  LODGE_LOG_CRASHED,
  LODGE_LOG_SAVED,
  LODGE_LOG_MIGRATED_AWAY,
  LODGE_LOG_START_FAILED,
  LODGE_LOG_PAUSED,
  LODGE_LOG_RESUMED,
  LODGE_LOG_SLEEPING,
  LODGE_LOG_REBOOTED,
  LODGE_LOG_WATCHDOG,
  LODGE_LOG_IO_ERROR,         /* detail: the disk */
  LODGE_LOG_AGENT_CONNECTED,
  LODGE_LOG_AGENT_GONE,
  LODGE_LOG_DEVICE_ADDED,     /* detail: the device */
  LODGE_LOG_DEVICE_REMOVED,
  LODGE_LOG_DEFINED,
  LODGE_LOG_CHANGED,
  LODGE_LOG_UNDEFINED,
  LODGE_LOG_CONNECTED,        /* of the connection itself */
  LODGE_LOG_CONNECTION_LOST,
  LODGE_LOG_N_KINDS,
} LodgeLogKind;

/* Something that happened. Immutable. */
#define LODGE_TYPE_LOG_ENTRY (lodge_log_entry_get_type ())
G_DECLARE_FINAL_TYPE (LodgeLogEntry, lodge_log_entry, LODGE, LOG_ENTRY, GObject)

gint64        lodge_log_entry_get_time      (LodgeLogEntry *self);   /* unix s */
LodgeLogKind  lodge_log_entry_get_kind      (LodgeLogEntry *self);
const char   *lodge_log_entry_get_uuid      (LodgeLogEntry *self);   /* "": of the connection */
const char   *lodge_log_entry_get_name      (LodgeLogEntry *self);   /* of the machine then */
const char   *lodge_log_entry_get_detail    (LodgeLogEntry *self);   /* nullable; of the host: plain text */
/* “Paused by a disk error: vda” (transfer full) */
char         *lodge_log_entry_dup_text      (LodgeLogEntry *self);
const char   *lodge_log_entry_get_icon_name (LodgeLogEntry *self);
/* Worth telling a person who does not look: a crash, a disk error, a watchdog */
gboolean      lodge_log_entry_is_alert      (LodgeLogEntry *self);

/* A GListModel of LodgeLogEntry of one connection, oldest first, the last LODGE_LOG_LENGTH of them. It is kept on the
 * disk within a bound and goes on from run to run. Signal "alert" (LodgeLogEntry): one that is_alert() came just
 * now. */
#define LODGE_LOG_LENGTH 2000
#define LODGE_TYPE_EVENT_LOG (lodge_event_log_get_type ())
G_DECLARE_FINAL_TYPE (LodgeEventLog, lodge_event_log, LODGE, EVENT_LOG, GObject)

/* (transfer full): the entries of one machine, kept up to date; the connection's own are among them */
GListModel   *lodge_event_log_filter        (LodgeEventLog *self,
                                             const char    *uuid);
/* (transfer none): reads what earlier runs wrote on the first call, elsewhere: the entries come a moment later */
LodgeEventLog *lodge_connection_get_event_log (LodgeConnection *self);

G_END_DECLS
