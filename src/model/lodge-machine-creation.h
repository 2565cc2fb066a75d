/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lodge-model-types.h"

G_BEGIN_DECLS

/**
 * LodgeNewVolume:
 * @pool: (nullable): name of the pool; NULL creates @path in the pool whose folder holds it, making that pool known
 *   is not done
 * @name: file or volume name, e.g. "fedora.qcow2"
 * @format: "qcow2" or "raw"
 * @capacity: bytes
 * @preallocate: allocate everything now
 *
 * A volume to make before the machine is defined. Its path replaces "@volume:NAME@" nowhere: the XML refers to
 * it by <source pool= volume=> or by the path that the pool gives it.
 */
typedef struct
{
  char     *pool;
  char     *name;
  char     *format;
  guint64   capacity;
  gboolean  preallocate;
} LodgeNewVolume;

LodgeNewVolume *lodge_new_volume_new  (const char *pool, const char *name, const char *format, guint64 capacity);
LodgeNewVolume *lodge_new_volume_copy (const LodgeNewVolume *self);
void            lodge_new_volume_free (LodgeNewVolume *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LodgeNewVolume, lodge_new_volume_free)

/* What is wrong, so that Review can show the error on the line it concerns */
typedef enum
{
  LODGE_CREATION_STEP_VOLUME,
  LODGE_CREATION_STEP_NETWORK,
  LODGE_CREATION_STEP_DEFINE,
  LODGE_CREATION_STEP_START,
} LodgeCreationStep;

/* Makes @volumes (array of LodgeNewVolume), defines @xml, starts it when @start, and before it the networks of the host
 * that it needs and that are stopped. After a failure everything that this made is taken back (the machine undefined, the
 * networks stopped, the volumes deleted) and the error says what failed; if the removal
 * fails too, the error's hint names what is left. The person's ISO or existing disk is never touched.
 * @job follows the progress; cancelling it rolls back. */
void         lodge_machine_creation_run_async  (LodgeConnection     *connection,
                                                const char          *xml,
                                                GPtrArray           *volumes,
                                                gboolean             start,
                                                LodgeJob            *job,
                                                GAsyncReadyCallback  callback,
                                                gpointer             user_data);
LodgeDomain *lodge_machine_creation_run_finish (LodgeConnection     *connection,
                                                GAsyncResult        *result,
                                                LodgeCreationStep   *failed_step,
                                                GError             **error);

G_END_DECLS
