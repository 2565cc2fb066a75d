/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "lodge-dbus-listener.h"
#include "lodge-screen-backend.h"

G_BEGIN_DECLS

#define LODGE_TYPE_DBUS_SCREEN (lodge_dbus_screen_get_type ())
G_DECLARE_FINAL_TYPE (LodgeDbusScreen, lodge_dbus_screen, LODGE, DBUS_SCREEN, LodgeScreen)

struct _LodgeDbusScreen
{
  LodgeScreen        parent_instance;

  LodgeScreenTarget  target;        /* of the first console only */
  LodgeDbusScreen   *owner;         /* borrowed, nullable: the first console, of which this is a further one */
  GPtrArray         *others;        /* owned: LodgeDbusScreen, the further consoles, dark ones too */
  guint              console;       /* QEMU's number */
  GCancellable      *cancellable;   /* owned, nullable: of one opening */
  GDBusConnection   *connection;    /* owned, nullable: what we call QEMU on */
  LodgeDbusListener *listener;      /* owned, nullable: where QEMU calls us */
  char              *console_path;  /* owned, nullable: of @console */
  int                listener_fd;   /* owned, -1: our end of the listener's socket */
  guint              properties_id;
  guint              retry_id;
  guint              n_retries;
};

void lodge_dbus_screen_install_input  (LodgeScreenClass *klass);
/* A method of the console, whose answer nobody waits for */
void lodge_dbus_screen_call           (LodgeDbusScreen  *self,
                                       const char       *interface,
                                       const char       *method,
                                       GVariant         *parameters);
/* The guest's pointer mode and lights, now and as they change */
void lodge_dbus_screen_watch_input    (LodgeDbusScreen  *self);

G_END_DECLS
