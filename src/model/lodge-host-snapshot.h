/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lodge-connection-private.h"

G_BEGIN_DECLS

/* Everything of a host that its list shows, by calls whose number does not grow with its domains. On a thread that may
 * wait. */

/* Array of LodgeDomainRecord, or NULL and libvirt's error */
GPtrArray *lodge_host_snapshot_read_domains (virConnectPtr   connection,
                                             const char     *uri,
                                             LodgeHostInfo  *info,
                                             GError        **error);

G_END_DECLS
