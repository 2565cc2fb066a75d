/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A bad network: listens on a Unix socket or a port of 127.0.0.1 and hands on what comes to another one, on a thread of
 * its own. It knows libvirt's frames and counts them; other protocols go through as well. */
typedef struct _LodgeTestRelay LodgeTestRelay;

typedef enum
{
  LODGE_TEST_RELAY_PASS,
  /* A black hole: connections open, nothing goes through, nobody is told. What was sent goes on when it passes
   * again. */
  LODGE_TEST_RELAY_HOLD,
  /* The same, and what is sent meanwhile is lost */
  LODGE_TEST_RELAY_DROP,
} LodgeTestRelayMode;

LodgeTestRelay *lodge_test_relay_new_unix     (const char         *target);
LodgeTestRelay *lodge_test_relay_new_tcp      (guint16             target);
void            lodge_test_relay_free         (LodgeTestRelay     *self);

void            lodge_test_relay_set_mode     (LodgeTestRelay     *self,
                                               LodgeTestRelayMode  mode);
/* Milliseconds each way */
void            lodge_test_relay_set_delay    (LodgeTestRelay     *self,
                                               guint               delay);
/* Bytes a second each way, of all connections together; 0: as fast as it goes */
void            lodge_test_relay_set_rate     (LodgeTestRelay     *self,
                                               guint               rate);
/* Nothing goes through connections that are made from now on, until FALSE; those that are open go on */
void            lodge_test_relay_hold_new     (LodgeTestRelay     *self,
                                               gboolean            hold);
/* Every connection that is open now ends */
void            lodge_test_relay_cut          (LodgeTestRelay     *self);
/* TRUE: whoever connects is refused, until FALSE. What is open stays. */
void            lodge_test_relay_set_refusing (LodgeTestRelay     *self,
                                               gboolean            refusing);

/* Connections that are open now, and that were ever accepted */
guint           lodge_test_relay_get_n_open     (LodgeTestRelay *self);
guint           lodge_test_relay_get_n_accepted (LodgeTestRelay *self);
/* libvirt's calls from clients so far, keepalive messages not among them; @procedure: a number of remote_protocol.x, or
 * 0: all of them */
guint           lodge_test_relay_get_n_calls    (LodgeTestRelay *self,
                                                 guint           procedure);
/* How long something had to wait for what all connections had sent before it, at the rate that is set: µs, the longest
 * since the last call */
gint64          lodge_test_relay_take_longest_wait (LodgeTestRelay *self);
/* Bytes so far: @up from the clients, else to them */
guint64         lodge_test_relay_get_n_bytes    (LodgeTestRelay *self,
                                                 gboolean        up);

const char     *lodge_test_relay_get_socket     (LodgeTestRelay *self);   /* NULL: on TCP */
guint16         lodge_test_relay_get_port       (LodgeTestRelay *self);   /* 0: on Unix */
/* (transfer full): of libvirt, through it; @path with its slash */
char           *lodge_test_relay_dup_uri        (LodgeTestRelay *self,
                                                 const char     *driver,
                                                 const char     *path);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LodgeTestRelay, lodge_test_relay_free)

G_END_DECLS
