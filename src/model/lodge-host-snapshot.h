/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lodge-connection-private.h"

G_BEGIN_DECLS

/* Everything of a host that its list shows, by calls whose number does not grow with its domains. On a worker
 * thread. */

/* Array of LodgeDomainRecord, or NULL and libvirt's error */
GPtrArray *lodge_host_snapshot_read_domains (virConnectPtr   connection,
                                             const char     *uri,
                                             GError        **error);
/* What a host takes of statistics */
typedef struct
{
  guint    flags;    /* virConnectGetAllDomainStatsFlags */
  gboolean singly;   /* it has no such call */
} LodgeStatsSupport;

/* Array of LodgeDomainSample of the running domains */
GArray    *lodge_host_snapshot_read_samples (virConnectPtr       connection,
                                             const char         *uri,
                                             guint               needs,
                                             LodgeStatsSupport  *support,
                                             GError            **error);

G_END_DECLS
