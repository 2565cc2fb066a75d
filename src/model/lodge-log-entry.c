/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lodge-log-entry-private.h"

#include <glib/gi18n-lib.h>

struct _LodgeLogEntry
{
  GObject       parent_instance;

  gint64        time;
  char         *uuid;
  char         *name;
  char         *detail;   /* nullable */
  LodgeLogKind  kind;
};

G_DEFINE_FINAL_TYPE (LodgeLogEntry, lodge_log_entry, G_TYPE_OBJECT)

static const struct { const char *nick, *text, *icon_name; gboolean alert; } kinds[] = {
  [LODGE_LOG_STARTED] = { "started", N_("Started"), "lodge-state-running-symbolic", FALSE },
  [LODGE_LOG_RESTORED] = { "restored", N_("Restored"), "lodge-state-running-symbolic", FALSE },
  [LODGE_LOG_MIGRATED_IN] = { "migrated-in", N_("Moved here from another host"), "lodge-state-running-symbolic",
                              FALSE },
  [LODGE_LOG_SHUT_DOWN] = { "shut-down", N_("Shut down"), "lodge-state-off-symbolic", FALSE },
  [LODGE_LOG_FORCED_OFF] = { "forced-off", N_("Forced off"), "lodge-state-off-symbolic", FALSE },
  [LODGE_LOG_CRASHED] = { "crashed", N_("Crashed"), "lodge-state-crashed-symbolic", TRUE },
  [LODGE_LOG_SAVED] = { "saved", N_("State saved"), "lodge-state-saved-symbolic", FALSE },
  [LODGE_LOG_MIGRATED_AWAY] = { "migrated-away", N_("Moved to another host"), "lodge-state-off-symbolic", FALSE },
  [LODGE_LOG_START_FAILED] = { "start-failed", N_("Failed to start"), "lodge-state-crashed-symbolic", FALSE },
  [LODGE_LOG_PAUSED] = { "paused", N_("Paused"), "lodge-state-paused-symbolic", FALSE },
  [LODGE_LOG_RESUMED] = { "resumed", N_("Resumed"), "lodge-state-running-symbolic", FALSE },
  [LODGE_LOG_SLEEPING] = { "sleeping", N_("Fell asleep"), "lodge-state-paused-symbolic", FALSE },
  [LODGE_LOG_REBOOTED] = { "rebooted", N_("Rebooted"), "lodge-state-running-symbolic", FALSE },
  [LODGE_LOG_WATCHDOG] = { "watchdog", N_("Its watchdog fired"), "lodge-state-crashed-symbolic", TRUE },
  [LODGE_LOG_IO_ERROR] = { "io-error", N_("Disk error"), "lodge-state-crashed-symbolic", TRUE },
  [LODGE_LOG_AGENT_CONNECTED] = { "agent-connected", N_("The guest agent connected"), "lodge-machine-symbolic", FALSE },
  [LODGE_LOG_AGENT_GONE] = { "agent-gone", N_("The guest agent disconnected"), "lodge-machine-symbolic", FALSE },
  [LODGE_LOG_DEVICE_ADDED] = { "device-added", N_("Device added"), "lodge-machine-symbolic", FALSE },
  [LODGE_LOG_DEVICE_REMOVED] = { "device-removed", N_("Device removed"), "lodge-machine-symbolic", FALSE },
  [LODGE_LOG_DEFINED] = { "defined", N_("Created"), "lodge-machine-symbolic", FALSE },
  [LODGE_LOG_CHANGED] = { "changed", N_("Definition changed"), "lodge-machine-symbolic", FALSE },
  [LODGE_LOG_UNDEFINED] = { "undefined", N_("Deleted"), "lodge-machine-symbolic", FALSE },
  [LODGE_LOG_CONNECTED] = { "connected", N_("Connected"), "lodge-server-symbolic", FALSE },
  [LODGE_LOG_CONNECTION_LOST] = { "connection-lost", N_("Connection lost"), "lodge-state-unreachable-symbolic", FALSE },
};

G_STATIC_ASSERT (G_N_ELEMENTS (kinds) == LODGE_LOG_N_KINDS);

static void
lodge_log_entry_finalize (GObject *object)
{
  LodgeLogEntry *self = LODGE_LOG_ENTRY (object);

  g_free (self->uuid);
  g_free (self->name);
  g_free (self->detail);

  G_OBJECT_CLASS (lodge_log_entry_parent_class)->finalize (object);
}

static void
lodge_log_entry_class_init (LodgeLogEntryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lodge_log_entry_finalize;
}

static void
lodge_log_entry_init (LodgeLogEntry *self)
{
}

LodgeLogEntry *
lodge_log_entry_new (gint64        time,
                     LodgeLogKind  kind,
                     const char   *uuid,
                     const char   *name,
                     const char   *detail)
{
  LodgeLogEntry *self = g_object_new (LODGE_TYPE_LOG_ENTRY, NULL);

  self->time = time;
  self->kind = kind;
  self->uuid = g_strdup (uuid != NULL ? uuid : "");
  self->name = g_strdup (name != NULL ? name : "");
  self->detail = detail != NULL && *detail != '\0' ? g_strdup (detail) : NULL;
  return self;
}

const char *
lodge_log_kind_get_nick (LodgeLogKind kind)
{
  return kinds[kind].nick;
}

gboolean
lodge_log_kind_from_nick (const char   *nick,
                          LodgeLogKind *kind)
{
  for (guint i = 0; i < LODGE_LOG_N_KINDS; i++)
    {
      if (g_str_equal (kinds[i].nick, nick))
        {
          *kind = i;
          return TRUE;
        }
    }
  return FALSE;
}

gint64
lodge_log_entry_get_time (LodgeLogEntry *self)
{
  g_return_val_if_fail (LODGE_IS_LOG_ENTRY (self), 0);

  return self->time;
}

LodgeLogKind
lodge_log_entry_get_kind (LodgeLogEntry *self)
{
  g_return_val_if_fail (LODGE_IS_LOG_ENTRY (self), LODGE_LOG_STARTED);

  return self->kind;
}

const char *
lodge_log_entry_get_uuid (LodgeLogEntry *self)
{
  g_return_val_if_fail (LODGE_IS_LOG_ENTRY (self), NULL);

  return self->uuid;
}

const char *
lodge_log_entry_get_name (LodgeLogEntry *self)
{
  g_return_val_if_fail (LODGE_IS_LOG_ENTRY (self), NULL);

  return self->name;
}

const char *
lodge_log_entry_get_detail (LodgeLogEntry *self)
{
  g_return_val_if_fail (LODGE_IS_LOG_ENTRY (self), NULL);

  return self->detail;
}

char *
lodge_log_entry_dup_text (LodgeLogEntry *self)
{
  g_return_val_if_fail (LODGE_IS_LOG_ENTRY (self), NULL);

  if (self->detail == NULL)
    return g_strdup (_(kinds[self->kind].text));
  /* Translators: what happened to a machine, then which of its disks or devices it was */
  return g_strdup_printf (_("%s: %s"), _(kinds[self->kind].text), self->detail);
}

const char *
lodge_log_entry_get_icon_name (LodgeLogEntry *self)
{
  g_return_val_if_fail (LODGE_IS_LOG_ENTRY (self), NULL);

  return kinds[self->kind].icon_name;
}

gboolean
lodge_log_entry_is_alert (LodgeLogEntry *self)
{
  g_return_val_if_fail (LODGE_IS_LOG_ENTRY (self), FALSE);

  return kinds[self->kind].alert;
}
