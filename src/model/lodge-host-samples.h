/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lodge-connection-private.h"

G_BEGIN_DECLS

/* A host that tells of each machine by itself only is asked for so many */
#define LODGE_HOST_MAX_SINGLE 500

/* What a host takes of statistics, and how it is to be asked */
typedef struct
{
  guint    flags;    /* virConnectGetAllDomainStatsFlags */
  gboolean singly;   /* it has no call for all at once */
  gboolean many;     /* more run than one answer should hold: it is asked for some at a time */
  gboolean all;      /* next time also what is off: what it could use */
} LodgeStatsSupport;

/* Array of LodgeDomainSample, or NULL and libvirt's error */
GArray   *lodge_host_samples_read      (virConnectPtr            connection,
                                        const char              *uri,
                                        guint                    needs,
                                        LodgeStatsSupport       *support,
                                        GError                 **error);

/* A number of any type; FALSE: it is not among those of @record */
gboolean  lodge_host_get_number        (virDomainStatsRecordPtr  record,
                                        const char              *name,
                                        gint64                  *value);
/* Sizes of libvirt are KiB; a lying host must not overflow ours: -1 then */
gint64    lodge_host_kib_to_bytes      (gint64                   kib);

G_END_DECLS
