/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define LODGE_TYPE_SSH_CHANNEL (lodge_ssh_channel_get_type ())
G_DECLARE_FINAL_TYPE (LodgeSshChannel, lodge_ssh_channel, LODGE, SSH_CHANNEL, GObject)

/* One thing that a running OpenSSH master is asked for over its control socket: OpenSSH's PROTOCOL.mux, version 4.
 * The descriptors are passed to the master, so no byte of the channel comes through here. Everything happens on the
 * main context; nothing blocks.
 *
 * Signals, each at most once and never from within the constructor:
 *  "opened": the far end has confirmed (for a check: the master has answered)
 *  "closed": it is over; lodge_ssh_channel_get_error() says why when it never opened
 * Closing, or the last reference going away, ends the channel at the far end too. */

/* Answers: is there a living master? */
LodgeSshChannel *lodge_ssh_channel_new_check    (const char      *control_path);
/* @command through the login shell of the far user. The descriptors stay the caller's. */
LodgeSshChannel *lodge_ssh_channel_new_session  (const char      *control_path,
                                                 const char      *command,
                                                 int              stdin_fd,
                                                 int              stdout_fd,
                                                 int              stderr_fd);
/* To a port as the far host sees it. @fd stays the caller's. */
LodgeSshChannel *lodge_ssh_channel_new_forward  (const char      *control_path,
                                                 const char      *host,
                                                 guint            port,
                                                 int              fd);
/* To a Unix socket of the far host */
LodgeSshChannel *lodge_ssh_channel_new_forward_to_socket (const char *control_path,
                                                          const char *path,
                                                          int         fd);
/* Asks the master to end, as `ssh -O exit` does */
LodgeSshChannel *lodge_ssh_channel_new_exit     (const char      *control_path);

void             lodge_ssh_channel_close         (LodgeSshChannel *self);
gboolean         lodge_ssh_channel_is_open       (LodgeSshChannel *self);
gboolean         lodge_ssh_channel_is_closed     (LodgeSshChannel *self);
/* (nullable): of LODGE_ERROR */
const GError    *lodge_ssh_channel_get_error     (LodgeSshChannel *self);
/* Of a session's command; -1: not known (yet) */
int              lodge_ssh_channel_get_exit_code (LodgeSshChannel *self);

G_END_DECLS
