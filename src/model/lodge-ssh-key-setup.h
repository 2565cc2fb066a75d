/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lodge-connection.h"

G_BEGIN_DECLS

/* The private keys of the person that have a public half beside them: full paths, the usual one first. Never an error:
 * empty where there is none. */
void      lodge_ssh_keys_list_async    (GCancellable         *cancellable,
                                        GAsyncReadyCallback   callback,
                                        gpointer              user_data);
char    **lodge_ssh_keys_list_finish   (GAsyncResult         *result);

/* Whether the next call can be made: the connection is open and goes over OpenSSH */
gboolean  lodge_connection_can_set_up_key          (LodgeConnection      *connection);
/* Puts the public half of @key_file on the host, so that no password is asked any more: makes the key first when it is
 * not there (NULL: ~/.ssh/id_ed25519), appends it to the far authorized_keys unless it is in there, proves it by a
 * second login, and forgets the remembered password. Cancelling stops between the steps; what was appended stays. */
void      lodge_connection_set_up_key_async        (LodgeConnection      *connection,
                                                    const char           *key_file,
                                                    GCancellable         *cancellable,
                                                    GAsyncReadyCallback   callback,
                                                    gpointer              user_data);
/* (transfer full) (nullable): the private key that is used from now on */
char     *lodge_connection_set_up_key_finish       (LodgeConnection      *connection,
                                                    GAsyncResult         *result,
                                                    GError              **error);

G_END_DECLS
