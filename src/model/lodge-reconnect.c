/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-reconnect"

#include "config.h"

#include "lodge-reconnect.h"

#define MAX_WAIT     60    /* s */
/* A network that comes up tells so several times */
#define WAKE_QUIET   500   /* ms */

struct _LodgeReconnect
{
  const LodgeReconnectFuncs *funcs;
  gpointer                   user_data;
  guint                      n_failed;
  guint                      source;
  gint64                     time;
};

/* Of the process: who is told when the network changes or the computer wakes up */
static GPtrArray *everybody;
static guint wake_source;

static gboolean
wake_cb (gpointer user_data)
{
  g_autoptr(GPtrArray) sleepers = g_ptr_array_copy (everybody, NULL, NULL);

  wake_source = 0;
  for (guint i = 0; i < sleepers->len; i++)
    {
      LodgeReconnect *self = sleepers->pdata[i];

      /* One that was told may have freed another */
      if (!g_ptr_array_find (everybody, self, NULL))
        continue;
      self->n_failed = 0;
      if (self->source != 0)
        {
          lodge_reconnect_cancel (self, TRUE);
          self->funcs->due (self->user_data);
        }
      else
        self->funcs->woken (self->user_data);
    }
  return G_SOURCE_REMOVE;
}

static void
wake (void)
{
  if (wake_source == 0)
    wake_source = g_timeout_add (WAKE_QUIET, wake_cb, NULL);
}

static void
network_changed_cb (GNetworkMonitor *monitor,
                    gboolean         available,
                    gpointer         user_data)
{
  if (available)
    wake ();
}

static void
prepare_for_sleep_cb (GDBusConnection *bus,
                      const char      *sender,
                      const char      *path,
                      const char      *interface,
                      const char      *signal,
                      GVariant        *parameters,
                      gpointer         user_data)
{
  gboolean falls_asleep = TRUE;

  if (g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(b)")))
    g_variant_get (parameters, "(b)", &falls_asleep);
  if (!falls_asleep)
    wake ();
}

static void
bus_cb (GObject      *object,
        GAsyncResult *result,
        gpointer      user_data)
{
  g_autoptr(GError) error = NULL;
  GDBusConnection *bus = g_bus_get_finish (result, &error);

  if (bus == NULL)
    {
      g_debug ("no system bus: %s", error->message);
      return;
    }
  /* The reference stays: for the life of the process */
  g_dbus_connection_signal_subscribe (bus, "org.freedesktop.login1", "org.freedesktop.login1.Manager",
                                      "PrepareForSleep",
                                      "/org/freedesktop/login1", NULL, G_DBUS_SIGNAL_FLAGS_NONE, prepare_for_sleep_cb,
                                      NULL, NULL);
}

static gboolean
monitor_idle (gpointer monitor)
{
  g_signal_connect (monitor, "network-changed", G_CALLBACK (network_changed_cb), NULL);
  return G_SOURCE_REMOVE;
}

/* Making it speaks to NetworkManager and waits for the answer */
static gpointer
monitor_thread (gpointer data)
{
  g_idle_add (monitor_idle, g_network_monitor_get_default ());
  return NULL;
}

static void
listen (void)
{
  if (everybody != NULL)
    return;
  everybody = g_ptr_array_new ();
  g_bus_get (G_BUS_TYPE_SYSTEM, NULL, bus_cb, NULL);
  g_thread_unref (g_thread_new ("lodge-network", monitor_thread, NULL));
}

LodgeReconnect *
lodge_reconnect_new (const LodgeReconnectFuncs *funcs,
                     gpointer                   user_data)
{
  LodgeReconnect *self = g_new0 (LodgeReconnect, 1);

  self->funcs = funcs;
  self->user_data = user_data;
  listen ();
  g_ptr_array_add (everybody, self);
  return self;
}

void
lodge_reconnect_free (LodgeReconnect *self)
{
  g_ptr_array_remove (everybody, self);
  g_clear_handle_id (&self->source, g_source_remove);
  g_free (self);
}

static gboolean
due_cb (gpointer user_data)
{
  LodgeReconnect *self = user_data;

  self->source = 0;
  self->time = 0;
  self->funcs->planned (self->user_data);
  self->funcs->due (self->user_data);
  return G_SOURCE_REMOVE;
}

void
lodge_reconnect_plan (LodgeReconnect *self)
{
  const guint seconds = MIN (MAX_WAIT, 1u << MIN (self->n_failed, 6));
  const guint wait = seconds * g_random_double_range (0.8, 1.2) * 1000;

  g_clear_handle_id (&self->source, g_source_remove);
  self->n_failed++;
  self->time = g_get_monotonic_time () + wait * (gint64) 1000;
  self->source = g_timeout_add (wait, due_cb, self);
  self->funcs->planned (self->user_data);
}

void
lodge_reconnect_cancel (LodgeReconnect *self,
                        gboolean        forget)
{
  if (forget)
    self->n_failed = 0;
  if (self->source == 0)
    return;
  g_clear_handle_id (&self->source, g_source_remove);
  self->time = 0;
  self->funcs->planned (self->user_data);
}

gint64
lodge_reconnect_get_time (LodgeReconnect *self)
{
  return self->time;
}
