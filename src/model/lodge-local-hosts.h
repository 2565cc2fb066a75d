/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lodge-model-types.h"

G_BEGIN_DECLS

/**
 * LodgeLocalHost:
 * @uri: what to connect to
 * @usable: this person may use it, as far as files tell; a connection may still be refused
 *
 * A hypervisor that this computer has.
 */
typedef struct
{
  const char *uri;
  gboolean    usable;
} LodgeLocalHost;

/* Looks which hypervisors there are, by their sockets and programs: nothing is started and nothing is connected to. The
 * result is an array of LodgeLocalHost, the best first; cancelling gives it up. */
void    lodge_local_hosts_find_async  (GCancellable         *cancellable,
                                       GAsyncReadyCallback   callback,
                                       gpointer              user_data);
GArray *lodge_local_hosts_find_finish (GAsyncResult         *result,
                                       GError              **error);

G_END_DECLS
