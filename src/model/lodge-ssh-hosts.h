/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Names of hosts that the person's SSH knows: the aliases of ~/.ssh/config and what it includes, then the readable
 * names of known_hosts. For completion only. The result is sorted within each kind, bounded, and empty where nothing
 * can be read. Cancelling ends with an error. */
void   lodge_ssh_hosts_read_async  (GCancellable         *cancellable,
                                    GAsyncReadyCallback   callback,
                                    gpointer              user_data);
char **lodge_ssh_hosts_read_finish (GAsyncResult         *result,
                                    GError              **error);

/* Pure, for tests: adds what @text names to @hosts (owned strings) */
void   lodge_ssh_hosts_add_config  (GPtrArray            *hosts,
                                    const char           *text,
                                    GPtrArray            *includes);
void   lodge_ssh_hosts_add_known   (GPtrArray            *hosts,
                                    const char           *text);

G_END_DECLS
