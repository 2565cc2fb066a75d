/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lodge-model-types.h"

G_BEGIN_DECLS

/**
 * LodgeHostFacts:
 * @free_memory: bytes that nothing uses now, caches counted as free; 0 unknown
 * @drives: paths of the host's disc drives, e.g. "/dev/sr0"; empty when there is none
 *
 * What a new machine can be given by a host, as it is now.
 */
typedef struct
{
  guint64 free_memory;
  GStrv   drives;
} LodgeHostFacts;

void            lodge_host_facts_free              (LodgeHostFacts *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LodgeHostFacts, lodge_host_facts_free)

/* virNodeGetMemoryStats() or virNodeGetFreeMemory(), virConnectListAllNodeDevices(). Never fails for a host that cannot
 * tell: then it is unknown. Cancelling gives the answer up. */
void            lodge_connection_read_facts_async  (LodgeConnection      *connection,
                                                    GCancellable         *cancellable,
                                                    GAsyncReadyCallback   callback,
                                                    gpointer              user_data);
LodgeHostFacts *lodge_connection_read_facts_finish (LodgeConnection      *connection,
                                                    GAsyncResult         *result,
                                                    GError              **error);

G_END_DECLS
