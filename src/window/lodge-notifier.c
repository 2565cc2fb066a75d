/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-notifier"

#include "config.h"

#include "lodge-notifier.h"

#include <glib/gi18n.h>

#include "model/lodge-connection.h"
#include "model/lodge-event-log.h"
#include "util/lodge-format.h"

/* A job that took less was waited for */
#define LONG_JOB_S 10

struct _LodgeNotifier
{
  GObject              parent_instance;

  GtkApplication      *application;   /* weak */
  LodgeConnectionList *connections;   /* owned */
  LodgeJobList        *jobs;          /* owned */
};

G_DEFINE_FINAL_TYPE (LodgeNotifier, lodge_notifier, G_TYPE_OBJECT)

/* Nobody looks */
static gboolean
is_in_background (LodgeNotifier *self)
{
  if (self->application == NULL)
    return FALSE;
  for (GList *l = gtk_application_get_windows (self->application); l != NULL; l = l->next)
    {
      if (gtk_window_is_active (l->data))
        return FALSE;
    }
  return TRUE;
}

static LodgeConnection *
find_connection (LodgeNotifier *self,
                 LodgeEventLog *log)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->connections)); i++)
    {
      g_autoptr(LodgeConnection) connection = g_list_model_get_item (G_LIST_MODEL (self->connections), i);

      if (lodge_connection_get_event_log (connection) == log)
        return connection;
    }
  return NULL;
}

static void
alert_cb (LodgeNotifier *self,
          LodgeLogEntry *entry,
          LodgeEventLog *log)
{
  LodgeConnection *connection = find_connection (self, log);
  g_autofree char *name = NULL;
  g_autofree char *text = NULL;
  g_autoptr(GNotification) notification = NULL;

  if (connection == NULL || !is_in_background (self))
    return;
  name = lodge_display_text (lodge_log_entry_get_name (entry), 80);
  text = lodge_log_entry_dup_text (entry);
  notification = g_notification_new (name);
  g_notification_set_body (notification, text);
  g_notification_set_priority (notification, G_NOTIFICATION_PRIORITY_HIGH);
  g_notification_set_default_action_and_target (notification, "app.open-machine", "(ss)",
                                                lodge_connection_get_uri (connection), lodge_log_entry_get_uuid (entry));
  /* A machine that crashes again and again is one notification */
  g_application_send_notification (G_APPLICATION (self->application), lodge_log_entry_get_uuid (entry), notification);
}

static void
job_changed_cb (LodgeNotifier *self,
                GParamSpec    *pspec,
                LodgeJob      *job)
{
  const LodgeJobState state = lodge_job_get_state (job);
  g_autofree char *title = NULL;
  g_autofree char *body = NULL;
  g_autoptr(GNotification) notification = NULL;

  if ((state != LODGE_JOB_DONE && state != LODGE_JOB_FAILED) || lodge_job_get_duration (job) < LONG_JOB_S
      || !is_in_background (self))
    return;
  title = lodge_display_text (lodge_job_get_title (job), 120);
  body = state == LODGE_JOB_DONE ? g_strdup (_("Done")) : lodge_display_text (lodge_job_get_error (job)->message, 300);
  notification = g_notification_new (title);
  g_notification_set_body (notification, body);
  g_notification_set_default_action (notification, "app.show-manager");
  g_application_send_notification (G_APPLICATION (self->application), NULL, notification);
}

static void
jobs_changed_cb (LodgeNotifier *self,
                 guint          position,
                 guint          removed,
                 guint          added)
{
  for (guint i = position; i < position + added; i++)
    {
      g_autoptr(LodgeJob) job = g_list_model_get_item (G_LIST_MODEL (self->jobs), i);

      g_signal_handlers_disconnect_by_func (job, job_changed_cb, self);
      g_signal_connect_object (job, "notify::state", G_CALLBACK (job_changed_cb), self, G_CONNECT_SWAPPED);
    }
}

static void
connections_changed_cb (LodgeNotifier *self,
                        guint          position,
                        guint          removed,
                        guint          added)
{
  for (guint i = position; i < position + added; i++)
    {
      g_autoptr(LodgeConnection) connection = g_list_model_get_item (G_LIST_MODEL (self->connections), i);
      LodgeEventLog *log = lodge_connection_get_event_log (connection);

      g_signal_handlers_disconnect_by_func (log, alert_cb, self);
      g_signal_connect_object (log, "alert", G_CALLBACK (alert_cb), self, G_CONNECT_SWAPPED);
    }
}

static void
lodge_notifier_finalize (GObject *object)
{
  LodgeNotifier *self = LODGE_NOTIFIER (object);

  g_clear_weak_pointer (&self->application);
  g_clear_object (&self->connections);
  g_clear_object (&self->jobs);

  G_OBJECT_CLASS (lodge_notifier_parent_class)->finalize (object);
}

static void
lodge_notifier_class_init (LodgeNotifierClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lodge_notifier_finalize;
}

static void
lodge_notifier_init (LodgeNotifier *self)
{
}

LodgeNotifier *
lodge_notifier_new (GtkApplication      *application,
                    LodgeConnectionList *connections,
                    LodgeJobList        *jobs)
{
  LodgeNotifier *self = g_object_new (LODGE_TYPE_NOTIFIER, NULL);

  g_set_weak_pointer (&self->application, application);
  self->connections = g_object_ref (connections);
  self->jobs = g_object_ref (jobs);
  g_signal_connect_object (jobs, "items-changed", G_CALLBACK (jobs_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (connections, "items-changed", G_CALLBACK (connections_changed_cb), self,
                           G_CONNECT_SWAPPED);
  connections_changed_cb (self, 0, 0, g_list_model_get_n_items (G_LIST_MODEL (connections)));
  return self;
}
