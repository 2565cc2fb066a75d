/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Forward declarations, so that the headers of this folder need not include each other. */
typedef struct _LodgeConnection       LodgeConnection;
typedef struct _LodgeConnectionList   LodgeConnectionList;
typedef struct _LodgeCredentialRequest LodgeCredentialRequest;
typedef struct _LodgeDomain           LodgeDomain;
typedef struct _LodgeNetwork          LodgeNetwork;
typedef struct _LodgeStoragePool      LodgeStoragePool;
typedef struct _LodgeStorageVolume    LodgeStorageVolume;
typedef struct _LodgeCapabilities     LodgeCapabilities;
typedef struct _LodgeDomainCapabilities LodgeDomainCapabilities;
typedef struct _LodgeJob              LodgeJob;
typedef struct _LodgeJobList          LodgeJobList;
typedef struct _LodgeEventLog         LodgeEventLog;
typedef struct _LodgeLogEntry         LodgeLogEntry;

G_END_DECLS
