/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "console/lodge-screen.h"

G_BEGIN_DECLS

/* The other end of a D-Bus display, which can lie as no QEMU does. Everything runs on the main thread. */
typedef struct
{
  GDBusConnection *console;      /* on which it is called */
  GDBusConnection *listener;     /* on which it calls; nullable until the screen has registered one */
  GString         *calls;        /* “Keyboard.Press(30) ” … as they came */
  gboolean         refuse;       /* the listener */
  gboolean         absolute;
  guint            modifiers;
  gboolean         second;       /* there is a second console, of number 3 */
  GDBusConnection *second_listener;
  GDBusConnection *called;       /* borrowed: the listener that dbus_server_call() calls; NULL: the first */
  GCancellable    *cancellable;  /* of the connections that are being made: */
  guint            n_pending;
  guint            n_hang_ups;   /* how many callers are hung up on before one is served */
} DbusServer;

DbusServer *dbus_server_new      (void);
void        dbus_server_free     (DbusServer *self);
/* A screen of this server, which outlives it */
LodgeScreen *dbus_server_make_screen (DbusServer *self);

/* Calls a method of the listener and waits until it has answered; @fd -1: none. FALSE: the screen has hung up */
gboolean    dbus_server_call     (DbusServer *self,
                                  const char *interface,
                                  const char *method,
                                  GVariant   *parameters,
                                  int         fd);
void        dbus_server_set_absolute  (DbusServer *self,
                                       gboolean    absolute);
void        dbus_server_set_modifiers (DbusServer *self,
                                       guint       modifiers);
/* Hangs up */
void        dbus_server_cut      (DbusServer *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DbusServer, dbus_server_free)

G_END_DECLS
