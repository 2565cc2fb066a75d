/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-vnc-connection"

#include "config.h"

#include "lodge-vnc-connection.h"

/* gvnc 1.5 registers "vnc-led-state" with the marshaller of another signal: no handler of it runs, and each emission
 * is a critical. A class closure with the right one, in a class of our own, goes before the wrong one. */

struct _LodgeVncConnection
{
  VncConnection parent_instance;
};

G_DEFINE_FINAL_TYPE (LodgeVncConnection, lodge_vnc_connection, VNC_TYPE_CONNECTION)

static guint leds_changed;

static void
led_state_cb (LodgeVncConnection *self)
{
  g_signal_emit (self, leds_changed, 0);
}

static void
lodge_vnc_connection_class_init (LodgeVncConnectionClass *klass)
{
  GClosure *closure = g_cclosure_new (G_CALLBACK (led_state_cb), NULL, NULL);
  const guint led_state = g_signal_lookup ("vnc-led-state", VNC_TYPE_CONNECTION);

  leds_changed = g_signal_new ("leds-changed", LODGE_TYPE_VNC_CONNECTION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                               G_TYPE_NONE, 0);
  g_closure_set_marshal (closure, g_cclosure_marshal_VOID__VOID);
  g_signal_override_class_closure (led_state, LODGE_TYPE_VNC_CONNECTION, closure);
}

static void
lodge_vnc_connection_init (LodgeVncConnection *self)
{
}

/**
 * lodge_vnc_connection_new:
 *
 * Returns: (transfer full): a connection to nowhere yet
 */
VncConnection *
lodge_vnc_connection_new (void)
{
  return g_object_new (LODGE_TYPE_VNC_CONNECTION, NULL);
}
