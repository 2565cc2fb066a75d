/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* When a lost host is tried again: after 1, 2, 4 … 60 s, each a fifth more or less, so that thirty hosts behind one
 * router do not come back in one instant; at once when the network changes or the computer wakes up. On the main
 * context. */
typedef struct _LodgeReconnect LodgeReconnect;

/* @due: it is time to try. @woken: the network changed or the computer woke up, also when nothing is planned. */
typedef struct
{
  void (*due)     (gpointer user_data);
  void (*planned) (gpointer user_data);   /* lodge_reconnect_get_time() is another one */
  void (*woken)   (gpointer user_data);
} LodgeReconnectFuncs;

LodgeReconnect *lodge_reconnect_new      (const LodgeReconnectFuncs *funcs,
                                          gpointer                   user_data);
void            lodge_reconnect_free     (LodgeReconnect            *self);
/* Plans the next attempt */
void            lodge_reconnect_plan     (LodgeReconnect            *self);
/* Nothing is planned. @forget: the next plan begins with a second again */
void            lodge_reconnect_cancel   (LodgeReconnect            *self,
                                          gboolean                   forget);
/* Monotonic µs, 0: nothing is planned */
gint64          lodge_reconnect_get_time (LodgeReconnect            *self);

G_END_DECLS
