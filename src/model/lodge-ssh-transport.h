/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lodge-credential-request.h"
#include "lodge-ssh-master.h"

G_BEGIN_DECLS

#define LODGE_TYPE_SSH_TRANSPORT (lodge_ssh_transport_get_type ())
G_DECLARE_FINAL_TYPE (LodgeSshTransport, lodge_ssh_transport, LODGE, SSH_TRANSPORT, GObject)

/* All that goes to one host over SSH, through one login: libvirt's connections, the channels of consoles, commands.
 *
 * libvirt is given the URI of a private Unix socket; each connection that it makes there becomes a session on the host
 * that runs virt-ssh-helper. The descriptors are handed to the SSH master, so nothing is copied here. Main thread.
 *
 * Signals:
 *  "prompt" (LodgeCredentialRequest*): answer or cancel it
 *  "lost" (GError*): the login has ended after it was open, without lodge_ssh_transport_close() */

LodgeSshTransport *lodge_ssh_transport_new           (LodgeSshTarget      *target);
/* Logs in. A cancelled question is LODGE_ERROR_AUTH_CANCELLED. */
void               lodge_ssh_transport_open_async    (LodgeSshTransport   *self,
                                                      GCancellable        *cancellable,
                                                      GAsyncReadyCallback  callback,
                                                      gpointer             user_data);
gboolean           lodge_ssh_transport_open_finish   (LodgeSshTransport   *self,
                                                      GAsyncResult        *result,
                                                      GError             **error);
/* Ends everything at once: calls of libvirt that wait for the host return with an error */
void               lodge_ssh_transport_close         (LodgeSshTransport   *self);

/* Never to be shown or kept: it is good for this object only */
const char        *lodge_ssh_transport_get_uri       (LodgeSshTransport   *self);
/* libvirt could not connect: finds out why from what the host said. TRUE: another way is worth a try, connect again;
 * FALSE and @error: the reason, or a copy of @libvirt_error. */
void               lodge_ssh_transport_explain_async  (LodgeSshTransport   *self,
                                                       const GError        *libvirt_error,
                                                       GAsyncReadyCallback  callback,
                                                       gpointer             user_data);
gboolean           lodge_ssh_transport_explain_finish (LodgeSshTransport   *self,
                                                       GAsyncResult        *result,
                                                       GError             **error);

/* A descriptor that is connected to @host and @port, or to the socket @unix_path, as the host sees them. Cancelling
 * ends it while it is opened. -1 and @error: refused, or the connection is closed. */
void               lodge_ssh_transport_open_stream_async  (LodgeSshTransport   *self,
                                                           const char          *host,
                                                           guint                port,
                                                           const char          *unix_path,
                                                           GCancellable        *cancellable,
                                                           GAsyncReadyCallback  callback,
                                                           gpointer             user_data);
int                lodge_ssh_transport_open_stream_finish (LodgeSshTransport   *self,
                                                           GAsyncResult        *result,
                                                           GError             **error);

/* Runs @script by sh on the host, gives it @input and waits for its end. Its output is bounded. */
void               lodge_ssh_transport_run_async     (LodgeSshTransport   *self,
                                                      const char          *script,
                                                      GBytes              *input,
                                                      GCancellable        *cancellable,
                                                      GAsyncReadyCallback  callback,
                                                      gpointer             user_data);
/* (transfer full) (nullable): what it wrote to stdout; an exit code that is not 0 is an error with what it wrote to
 * stderr */
char              *lodge_ssh_transport_run_finish    (LodgeSshTransport   *self,
                                                      GAsyncResult        *result,
                                                      GError             **error);

LodgeSshTarget    *lodge_ssh_transport_get_target    (LodgeSshTransport   *self);
/* The login, for tests that do it harm; NULL before it was started */
LodgeSshMaster    *lodge_ssh_transport_get_master    (LodgeSshTransport   *self);

G_END_DECLS
