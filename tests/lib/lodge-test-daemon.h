/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A libvirtd of the test's own: on a Unix socket and on a TCP port of 127.0.0.1, with all of its folders below one that
 * is gone afterwards. It has every driver of the machine: the test driver (one shared host for all that open it through
 * the same daemon, as long as one does), QEMU and LXC. As root it is a system daemon in a mount namespace of its own,
 * else a session daemon. Several can run side by side. It ends with the test program, whatever becomes of that. */
typedef struct _LodgeTestDaemon LodgeTestDaemon;

LodgeTestDaemon *lodge_test_daemon_new        (void);
/* What one that asks who comes has; NULL: it does not */
typedef struct
{
  const char *sasl_mechanism;   /* for all who come by TCP or TLS; alice's password is “secret” */
  const char *tls_folder;       /* has ca.pem, server-cert.pem and server-key.pem: it listens with TLS too */
} LodgeTestSecurity;

LodgeTestDaemon *lodge_test_daemon_new_secure (const LodgeTestSecurity *security);
/* Ends it and the guests that it runs */
void             lodge_test_daemon_free       (LodgeTestDaemon *self);

/* What a host that breaks down does. Starting again takes the same socket and port; machines of the test driver are
 * gone then, those of QEMU are not. */
void             lodge_test_daemon_kill       (LodgeTestDaemon *self);
void             lodge_test_daemon_start      (LodgeTestDaemon *self);
/* It is there, and answers nothing */
void             lodge_test_daemon_freeze     (LodgeTestDaemon *self);
void             lodge_test_daemon_thaw       (LodgeTestDaemon *self);

/* Its folder: sockets, “lib/images” … */
const char      *lodge_test_daemon_get_path   (LodgeTestDaemon *self);
const char      *lodge_test_daemon_get_socket (LodgeTestDaemon *self);
guint16          lodge_test_daemon_get_port   (LodgeTestDaemon *self);
guint16          lodge_test_daemon_get_tls_port (LodgeTestDaemon *self);   /* 0: none */

/* (transfer full): “DRIVER+unix://PATH?socket=…”, “DRIVER+tcp://127.0.0.1:PORT/PATH”; @path with its slash */
char            *lodge_test_daemon_dup_uri     (LodgeTestDaemon *self,
                                                const char      *driver,
                                                const char      *path);
char            *lodge_test_daemon_dup_tcp_uri (LodgeTestDaemon *self,
                                                const char      *driver,
                                                const char      *path);
/* (transfer full): QEMU's, by the Unix socket: system or session as the daemon is */
char            *lodge_test_daemon_dup_qemu_uri (LodgeTestDaemon *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LodgeTestDaemon, lodge_test_daemon_free)

G_END_DECLS
