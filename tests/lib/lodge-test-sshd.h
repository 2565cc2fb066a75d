/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lodge-test-daemon.h"

G_BEGIN_DECLS

/* An SSH server of the test's own on a port of 127.0.0.1, with a client's configuration that knows nothing of this
 * computer's. As root it lives in a mount namespace with a user of its own, whose libvirt is that of a LodgeTestDaemon;
 * else one logs in as oneself and there are no passwords. It ends with the test program. */
typedef struct _LodgeTestSshd LodgeTestSshd;

/* The password of LODGE_TEST_SSHD_USER */
#define LODGE_TEST_SSHD_PASSWORD "correct horse"

/* @daemon nullable: no libvirt; @config nullable: more lines of sshd_config, which come first */
LodgeTestSshd *lodge_test_sshd_new              (LodgeTestDaemon *daemon,
                                                 const char      *config);
void           lodge_test_sshd_free             (LodgeTestSshd   *self);
guint16        lodge_test_sshd_get_port         (LodgeTestSshd   *self);
const char    *lodge_test_sshd_get_user         (LodgeTestSshd   *self);
/* TRUE when that user has a password, and the libvirt of the server is the daemon's: as root */
gboolean       lodge_test_sshd_has_passwords    (LodgeTestSshd   *self);
/* (transfer full): DRIVER+ssh://USER@127.0.0.1:PORT/PATH with the client's configuration */
char          *lodge_test_sshd_dup_uri          (LodgeTestSshd   *self,
                                                 const char      *driver,
                                                 const char      *path);
/* (transfer full): the same for a host and a port (0: none) of the client's own view */
char          *lodge_test_sshd_dup_uri_for      (LodgeTestSshd   *self,
                                                 const char      *driver,
                                                 const char      *user,
                                                 const char      *host,
                                                 guint16          port,
                                                 const char      *path);
/* More lines of ssh_config, which come first; NULL: none */
void           lodge_test_sshd_set_client       (LodgeTestSshd   *self,
                                                 const char      *config);
/* The client has a key that the server takes, or none (the default: it has) */
void           lodge_test_sshd_set_has_key      (LodgeTestSshd   *self,
                                                 gboolean         has_key);
/* What the client knows of the host at @port: its key, another one, or nothing (the default) */
void           lodge_test_sshd_know             (LodgeTestSshd   *self,
                                                 guint16          port,
                                                 gboolean         right_key);
const char    *lodge_test_sshd_get_known_hosts  (LodgeTestSshd   *self);
/* “SHA256:…” of the host's key */
const char    *lodge_test_sshd_get_fingerprint  (LodgeTestSshd   *self);
/* The user's home there */
const char    *lodge_test_sshd_get_home         (LodgeTestSshd   *self);
/* The client's ssh, with its configuration */
const char    *lodge_test_sshd_get_client       (LodgeTestSshd   *self);
/* The user's private key; a passphrase can be put on it */
const char    *lodge_test_sshd_get_key          (LodgeTestSshd   *self);
/* How often @words stand in what the server has written */
guint          lodge_test_sshd_count            (LodgeTestSshd   *self,
                                                 const char      *words);
/* Runs a program to its end; the test fails when it does not succeed */
void           lodge_test_run_program           (const char      *program,
                                                 ...) G_GNUC_NULL_TERMINATED;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LodgeTestSshd, lodge_test_sshd_free)

G_END_DECLS
