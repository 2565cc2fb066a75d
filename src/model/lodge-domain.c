/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-domain"

#include "config.h"

#include "lodge-domain-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "lodge-domain-details.h"

enum
{
  PROP_NAME = 1,
  PROP_TITLE,
  PROP_UUID,
  PROP_STATE,
  PROP_STATE_REASON,
  PROP_PERSISTENT,
  PROP_AUTOSTART,
  PROP_STALE,
  PROP_OPERATION_PENDING,
  PROP_OS_ID,
  PROP_DESCRIPTION,
  PROP_FOLDER,
  PROP_TAGS,
  PROP_ADDRESSES,
  PROP_LAST_ERROR,
  N_PROPERTIES,
};

enum
{
  SIGNAL_EVENT,
  SIGNAL_DEFINITION_CHANGED,
  SIGNAL_REMOVED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPERTIES];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LodgeDomain, lodge_domain, G_TYPE_OBJECT)

/* virDomainShutoffReason and virDomainPausedReason; NULL where the state says it all */
static const char * const shutoff_reasons[] = {
  [VIR_DOMAIN_SHUTOFF_SHUTDOWN] = N_("Shut down by the guest"),
  [VIR_DOMAIN_SHUTOFF_DESTROYED] = N_("Forced off"),
  [VIR_DOMAIN_SHUTOFF_CRASHED] = N_("Crashed"),
  [VIR_DOMAIN_SHUTOFF_MIGRATED] = N_("Moved to another host"),
  [VIR_DOMAIN_SHUTOFF_SAVED] = N_("State saved"),
  [VIR_DOMAIN_SHUTOFF_FAILED] = N_("Failed to start"),
  [VIR_DOMAIN_SHUTOFF_DAEMON] = N_("The libvirt service stopped it"),
};
static const char * const paused_reasons[] = {
  [VIR_DOMAIN_PAUSED_USER] = N_("Paused by a person"),
  [VIR_DOMAIN_PAUSED_MIGRATION] = N_("Moving to another host"),
  [VIR_DOMAIN_PAUSED_SAVE] = N_("Saving its state"),
  [VIR_DOMAIN_PAUSED_DUMP] = N_("Dumping its memory"),
  [VIR_DOMAIN_PAUSED_IOERROR] = N_("Paused by a disk error; is the storage full?"),
  [VIR_DOMAIN_PAUSED_WATCHDOG] = N_("Paused by its watchdog"),
  [VIR_DOMAIN_PAUSED_SNAPSHOT] = N_("Taking a snapshot"),
  [VIR_DOMAIN_PAUSED_CRASHED] = N_("The guest crashed"),
};

static LodgeDomainState
state_from_libvirt (int      state,
                    gboolean managed_save)
{
  switch (state)
    {
    case VIR_DOMAIN_RUNNING:
    case VIR_DOMAIN_BLOCKED:
      return LODGE_DOMAIN_STATE_RUNNING;
    case VIR_DOMAIN_PAUSED:
      return LODGE_DOMAIN_STATE_PAUSED;
    case VIR_DOMAIN_SHUTDOWN:
      return LODGE_DOMAIN_STATE_SHUTTING_DOWN;
    case VIR_DOMAIN_SHUTOFF:
      return managed_save ? LODGE_DOMAIN_STATE_SAVED : LODGE_DOMAIN_STATE_OFF;
    case VIR_DOMAIN_CRASHED:
      return LODGE_DOMAIN_STATE_CRASHED;
    case VIR_DOMAIN_PMSUSPENDED:
      return LODGE_DOMAIN_STATE_SUSPENDED;
    default:
      return LODGE_DOMAIN_STATE_UNKNOWN;
    }
}

void
lodge_domain_set_operation_pending (LodgeDomain *self,
                                    gboolean     pending)
{
  if (self->operation_pending == pending)
    return;
  self->operation_pending = pending;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_OPERATION_PENDING]);
}

void
lodge_domain_set_last_error (LodgeDomain *self,
                             const char  *text)
{
  if (g_set_str (&self->last_error, text))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LAST_ERROR]);
}

static void
set_state (LodgeDomain      *self,
           LodgeDomainState  state,
           int               reason)
{
  gboolean reason_changed = self->reason != reason;

  self->reason = reason;
  if (self->state != state)
    {
      gboolean first = self->state == LODGE_DOMAIN_STATE_UNKNOWN;

      self->state = state;
      self->state_time = first ? 0 : g_get_real_time () / G_USEC_PER_SEC;
      lodge_domain_set_operation_pending (self, FALSE);
      if (state != LODGE_DOMAIN_STATE_RUNNING)
        lodge_domain_clear_numbers (self);
      if (state != LODGE_DOMAIN_STATE_RUNNING && state != LODGE_DOMAIN_STATE_PAUSED)
        lodge_domain_clear_addresses (self);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
      if (!first)
        g_signal_emit (self, signals[SIGNAL_EVENT], 0, lodge_domain_state_get_label (state));
    }
  if (reason_changed)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE_REASON]);
}

static void
lodge_domain_get_property (GObject    *object,
                           guint       prop_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  LodgeDomain *self = LODGE_DOMAIN (object);

  switch (prop_id)
    {
    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    case PROP_TITLE:
      g_value_set_string (value, self->title);
      break;
    case PROP_UUID:
      g_value_set_string (value, self->uuid);
      break;
    case PROP_STATE:
      g_value_set_enum (value, self->state);
      break;
    case PROP_STATE_REASON:
      g_value_set_string (value, lodge_domain_get_state_reason (self));
      break;
    case PROP_PERSISTENT:
      g_value_set_boolean (value, self->persistent);
      break;
    case PROP_AUTOSTART:
      g_value_set_boolean (value, self->autostart);
      break;
    case PROP_STALE:
      g_value_set_boolean (value, self->stale);
      break;
    case PROP_OPERATION_PENDING:
      g_value_set_boolean (value, self->operation_pending);
      break;
    case PROP_OS_ID:
      g_value_set_string (value, self->os_id);
      break;
    case PROP_DESCRIPTION:
      g_value_set_string (value, self->description);
      break;
    case PROP_FOLDER:
      g_value_set_string (value, self->folder);
      break;
    case PROP_TAGS:
      g_value_set_boxed (value, lodge_domain_get_tags (self));
      break;
    case PROP_ADDRESSES:
      g_value_set_boxed (value, lodge_domain_get_addresses (self));
      break;
    case PROP_LAST_ERROR:
      g_value_set_string (value, self->last_error);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
lodge_domain_finalize (GObject *object)
{
  LodgeDomain *self = LODGE_DOMAIN (object);

  g_clear_weak_pointer (&self->connection);
  g_clear_pointer (&self->handle, lodge_worker_free_domain);
  g_free (self->search_text);
  g_free (self->name);
  g_free (self->title);
  g_free (self->os_id);
  g_free (self->description);
  g_free (self->folder);
  g_strfreev (self->tags);
  g_strfreev (self->addresses);
  g_free (self->last_error);
  g_clear_pointer (&self->series, lodge_series_free);

  G_OBJECT_CLASS (lodge_domain_parent_class)->finalize (object);
}

static void
lodge_domain_class_init (LodgeDomainClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = lodge_domain_get_property;
  object_class->finalize = lodge_domain_finalize;

  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  properties[PROP_UUID] = g_param_spec_string ("uuid", NULL, NULL, NULL, flags);
  properties[PROP_STATE] = g_param_spec_enum ("state", NULL, NULL, LODGE_TYPE_DOMAIN_STATE,
                                              LODGE_DOMAIN_STATE_UNKNOWN, flags);
  properties[PROP_STATE_REASON] = g_param_spec_string ("state-reason", NULL, NULL, NULL, flags);
  properties[PROP_PERSISTENT] = g_param_spec_boolean ("persistent", NULL, NULL, FALSE, flags);
  properties[PROP_AUTOSTART] = g_param_spec_boolean ("autostart", NULL, NULL, FALSE, flags);
  properties[PROP_STALE] = g_param_spec_boolean ("stale", NULL, NULL, FALSE, flags);
  properties[PROP_OPERATION_PENDING] = g_param_spec_boolean ("operation-pending", NULL, NULL, FALSE,
                                                             flags);
  properties[PROP_OS_ID] = g_param_spec_string ("os-id", NULL, NULL, NULL, flags);
  properties[PROP_DESCRIPTION] = g_param_spec_string ("description", NULL, NULL, NULL, flags);
  properties[PROP_FOLDER] = g_param_spec_string ("folder", NULL, NULL, NULL, flags);
  properties[PROP_TAGS] = g_param_spec_boxed ("tags", NULL, NULL, G_TYPE_STRV, flags);
  properties[PROP_ADDRESSES] = g_param_spec_boxed ("addresses", NULL, NULL, G_TYPE_STRV, flags);
  properties[PROP_LAST_ERROR] = g_param_spec_string ("last-error", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);

  signals[SIGNAL_EVENT] = g_signal_new ("event", LODGE_TYPE_DOMAIN, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                        NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_DEFINITION_CHANGED] = g_signal_new ("definition-changed", LODGE_TYPE_DOMAIN, G_SIGNAL_RUN_LAST, 0,
                                                     NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_REMOVED] = g_signal_new ("removed", LODGE_TYPE_DOMAIN, G_SIGNAL_RUN_LAST, 0, NULL,
                                          NULL, NULL, G_TYPE_NONE, 0);
}

static void
lodge_domain_init (LodgeDomain *self)
{
  self->id = -1;
  self->memory = self->memory_max = -1;
  for (guint i = 0; i < LODGE_N_METRICS; i++)
    self->rates[i] = -1;
}

/* Takes what it needs out of @record */
LodgeDomain *
lodge_domain_new (LodgeConnection   *connection,
                  LodgeDomainRecord *record)
{
  LodgeDomain *self = g_object_new (LODGE_TYPE_DOMAIN, NULL);

  g_set_weak_pointer (&self->connection, connection);
  memcpy (self->uuid, record->uuid, sizeof self->uuid);
  lodge_domain_apply_record (self, record);
  return self;
}

void
lodge_domain_apply_record (LodgeDomain       *self,
                           LodgeDomainRecord *record)
{
  if (record->handle != NULL)
    {
      g_clear_pointer (&self->handle, lodge_worker_free_domain);
      self->handle = g_steal_pointer (&record->handle);
    }
  if (g_set_str (&self->name, record->name))
    {
      lodge_domain_drop_search_text (self);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NAME]);
    }

  self->id = record->id;
  self->managed_save = record->managed_save;
  if (record->memory_max >= 0)
    self->memory_max = record->memory_max;
  if (record->vcpus > 0)
    self->vcpus = record->vcpus;
  if (self->persistent != !!record->persistent)
    {
      self->persistent = record->persistent;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PERSISTENT]);
    }
  if (self->autostart != !!record->autostart)
    {
      self->autostart = record->autostart;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_AUTOSTART]);
    }
  lodge_domain_set_stale (self, FALSE);
  set_state (self, state_from_libvirt (record->state, record->managed_save), record->reason);
}

/* A state that an event told, before the re-read that follows */
void
lodge_domain_apply_event (LodgeDomain *self,
                          int          state,
                          int          reason)
{
  if (state == VIR_DOMAIN_SHUTOFF)
    {
      self->managed_save = reason == VIR_DOMAIN_SHUTOFF_SAVED;
      self->id = -1;
    }
  set_state (self, state_from_libvirt (state, self->managed_save), reason);
}

void
lodge_domain_set_stale (LodgeDomain *self,
                        gboolean     stale)
{
  if (self->stale == stale)
    return;
  self->stale = stale;
  if (stale)
    {
      lodge_domain_clear_numbers (self);
      lodge_domain_set_operation_pending (self, FALSE);
      self->details_known = FALSE;
      self->address_time = 0;
      /* The handle belongs to the connection that is gone */
      g_clear_pointer (&self->handle, lodge_worker_free_domain);
    }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STALE]);
}

/* An event told that its XML is another one */
void
lodge_domain_definition_changed (LodgeDomain *self)
{
  lodge_domain_forget_details (self);
  g_signal_emit (self, signals[SIGNAL_DEFINITION_CHANGED], 0);
}

/* It is out of its connection's list */
void
lodge_domain_left (LodgeDomain *self)
{
  g_clear_pointer (&self->handle, lodge_worker_free_domain);
  g_clear_weak_pointer (&self->connection);
  g_signal_emit (self, signals[SIGNAL_REMOVED], 0);
}

/* Getters: none of them waits for anything. */

LodgeConnection *
lodge_domain_get_connection (LodgeDomain *self)
{
  g_return_val_if_fail (LODGE_IS_DOMAIN (self), NULL);

  return self->connection;
}

const char *
lodge_domain_get_name (LodgeDomain *self)
{
  g_return_val_if_fail (LODGE_IS_DOMAIN (self), NULL);

  return self->name;
}

const char *
lodge_domain_get_title (LodgeDomain *self)
{
  g_return_val_if_fail (LODGE_IS_DOMAIN (self), NULL);

  return self->title;
}

const char *
lodge_domain_get_uuid (LodgeDomain *self)
{
  g_return_val_if_fail (LODGE_IS_DOMAIN (self), NULL);

  return self->uuid;
}

int
lodge_domain_get_id (LodgeDomain *self)
{
  g_return_val_if_fail (LODGE_IS_DOMAIN (self), -1);

  return self->id;
}

LodgeDomainState
lodge_domain_get_state (LodgeDomain *self)
{
  g_return_val_if_fail (LODGE_IS_DOMAIN (self), LODGE_DOMAIN_STATE_UNKNOWN);

  return self->state;
}

/**
 * lodge_domain_get_state_reason:
 *
 * Returns: (nullable): why it is off or paused, translated, where libvirt tells
 */
const char *
lodge_domain_get_state_reason (LodgeDomain *self)
{
  const char *reason = NULL;

  g_return_val_if_fail (LODGE_IS_DOMAIN (self), NULL);

  if ((self->state == LODGE_DOMAIN_STATE_OFF || self->state == LODGE_DOMAIN_STATE_SAVED)
      && self->reason < G_N_ELEMENTS (shutoff_reasons))
    reason = shutoff_reasons[self->reason];
  else if (self->state == LODGE_DOMAIN_STATE_PAUSED && self->reason < G_N_ELEMENTS (paused_reasons))
    reason = paused_reasons[self->reason];
  return reason != NULL ? _(reason) : NULL;
}

gint64
lodge_domain_get_state_time (LodgeDomain *self)
{
  g_return_val_if_fail (LODGE_IS_DOMAIN (self), 0);

  return self->state_time;
}

gboolean
lodge_domain_get_persistent (LodgeDomain *self)
{
  g_return_val_if_fail (LODGE_IS_DOMAIN (self), FALSE);

  return self->persistent;
}

gboolean
lodge_domain_get_autostart (LodgeDomain *self)
{
  g_return_val_if_fail (LODGE_IS_DOMAIN (self), FALSE);

  return self->autostart;
}

gboolean
lodge_domain_get_stale (LodgeDomain *self)
{
  g_return_val_if_fail (LODGE_IS_DOMAIN (self), FALSE);

  return self->stale;
}

gboolean
lodge_domain_get_operation_pending (LodgeDomain          *self,
                                    LodgeDomainOperation *operation)
{
  g_return_val_if_fail (LODGE_IS_DOMAIN (self), FALSE);

  if (self->operation_pending && operation != NULL)
    *operation = self->operation;
  return self->operation_pending;
}

const char *
lodge_domain_get_os_id (LodgeDomain *self)
{
  g_return_val_if_fail (LODGE_IS_DOMAIN (self), NULL);

  return self->os_id;
}

const char *
lodge_domain_get_last_error (LodgeDomain *self)
{
  g_return_val_if_fail (LODGE_IS_DOMAIN (self), NULL);

  return self->last_error;
}

void
lodge_domain_drop_search_text (LodgeDomain *self)
{
  g_clear_pointer (&self->search_text, g_free);
}

/**
 * lodge_domain_get_search_text:
 *
 * Returns: (transfer none): name, title, system, tags, folder and addresses in casefolded lines, for strstr(). Made on
 *   the first call and kept: ten thousand are searched in a millisecond. Not the UUID: each has an “ad” and a “b” somewhere
 */
const char *
lodge_domain_get_search_text (LodgeDomain *self)
{
  g_autofree char *text = NULL;

  g_return_val_if_fail (LODGE_IS_DOMAIN (self), NULL);

  if (self->search_text == NULL)
    {
      g_autofree char *tags = g_strjoinv ("\n", (char **) lodge_domain_get_tags (self));
      g_autofree char *addresses = g_strjoinv ("\n", (char **) lodge_domain_get_addresses (self));

      text = g_strdup_printf ("%s\n%s\n%s\n%s\n%s\n%s", self->name, self->title != NULL ? self->title : "",
                              self->os_id != NULL ? self->os_id : "", tags, self->folder != NULL ? self->folder : "",
                              addresses);
      self->search_text = g_utf8_casefold (text, -1);
    }
  return self->search_text;
}
