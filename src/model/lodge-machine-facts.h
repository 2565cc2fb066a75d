/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lodge-model-types.h"

G_BEGIN_DECLS

/* What a definition of a machine names on its host */
typedef enum
{
  LODGE_RESOURCE_FILE,      /* its path */
  LODGE_RESOURCE_POOL,
  LODGE_RESOURCE_VOLUME,    /* “pool/volume” */
  LODGE_RESOURCE_NETWORK,
} LodgeResourceKind;

typedef enum
{
  LODGE_RESOURCE_UNKNOWN,   /* it may be there: a far host cannot be looked into */
  LODGE_RESOURCE_READY,
  LODGE_RESOURCE_MISSING,
  LODGE_RESOURCE_OFF,       /* a pool or network that is not started */
  LODGE_RESOURCE_CLOSED,    /* a folder on the way does not let the hypervisor's user in */
} LodgeResourceState;

/* What was found out about the things that a machine needs: plain data that never changes */
typedef struct _LodgeMachineFacts LodgeMachineFacts;

LodgeMachineFacts *lodge_machine_facts_new     (guint64            memory,
                                                guint              cpus);
LodgeMachineFacts *lodge_machine_facts_ref     (LodgeMachineFacts *self);
void               lodge_machine_facts_unref   (LodgeMachineFacts *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LodgeMachineFacts, lodge_machine_facts_unref)

/* Only while they are gathered */
void               lodge_machine_facts_set     (LodgeMachineFacts        *self,
                                                LodgeResourceKind         kind,
                                                const char               *name,
                                                LodgeResourceState        state);
LodgeResourceState lodge_machine_facts_get     (const LodgeMachineFacts  *self,
                                                LodgeResourceKind         kind,
                                                const char               *name);
/* (nullable): some network that runs */
const char        *lodge_machine_facts_get_running_network (const LodgeMachineFacts *self);
/* Of the host: bytes, and logical processors; 0 unknown */
guint64            lodge_machine_facts_get_memory (const LodgeMachineFacts *self);
guint              lodge_machine_facts_get_cpus   (const LodgeMachineFacts *self);

void               lodge_connection_read_machine_facts_async  (LodgeConnection      *connection,
                                                               const char           *xml,
                                                               GCancellable         *cancellable,
                                                               GAsyncReadyCallback   callback,
                                                               gpointer              user_data);
LodgeMachineFacts *lodge_connection_read_machine_facts_finish (LodgeConnection      *connection,
                                                               GAsyncResult         *result,
                                                               GError              **error);

/* What a person can have done on the host so that a machine can start */
typedef enum
{
  LODGE_REPAIR_NONE,
  LODGE_REPAIR_START_NETWORK,
  LODGE_REPAIR_START_POOL,
  LODGE_REPAIR_OPEN_FOLDER,   /* the name is the path of a file of this computer */
} LodgeRepairKind;

void     lodge_connection_repair_async       (LodgeConnection      *connection,
                                              LodgeRepairKind       kind,
                                              const char           *name,
                                              GCancellable         *cancellable,
                                              GAsyncReadyCallback   callback,
                                              gpointer              user_data);
char    *lodge_connection_repair_finish      (LodgeConnection      *connection,
                                              GAsyncResult         *result,
                                              GError              **error);
void     lodge_connection_undo_repair_async  (LodgeConnection      *connection,
                                              LodgeRepairKind       kind,
                                              const char           *token,
                                              GCancellable         *cancellable,
                                              GAsyncReadyCallback   callback,
                                              gpointer              user_data);
gboolean lodge_connection_undo_repair_finish (LodgeConnection      *connection,
                                              GAsyncResult         *result,
                                              GError              **error);

G_END_DECLS
