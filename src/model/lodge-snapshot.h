/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lodge-domain.h"
#include "lodge-job.h"

G_BEGIN_DECLS

typedef enum
{
  LODGE_SNAPSHOT_OFF,         /* of a machine that was off: disks only, nothing was going on */
  LODGE_SNAPSHOT_RUNNING,     /* with the memory of a running machine */
  LODGE_SNAPSHOT_PAUSED,      /* with the memory of a paused one */
  LODGE_SNAPSHOT_DISK_ONLY,   /* of a running machine without its memory: as after a power cut */
} LodgeSnapshotKind;

#define LODGE_TYPE_SNAPSHOT (lodge_snapshot_get_type ())
G_DECLARE_FINAL_TYPE (LodgeSnapshot, lodge_snapshot, LODGE, SNAPSHOT, GObject)

/* A snapshot as it was when it was read. Immutable. */
const char        *lodge_snapshot_get_name        (LodgeSnapshot *self);
const char        *lodge_snapshot_get_description (LodgeSnapshot *self);   /* nullable */
const char        *lodge_snapshot_get_parent      (LodgeSnapshot *self);   /* nullable: the first of its line */
gint64             lodge_snapshot_get_time        (LodgeSnapshot *self);   /* unix s, 0 unknown */
LodgeSnapshotKind  lodge_snapshot_get_kind        (LodgeSnapshot *self);
gboolean           lodge_snapshot_get_external    (LodgeSnapshot *self);   /* files beside the disks, not in them */
/* The machine went on from it */
gboolean           lodge_snapshot_get_current     (LodgeSnapshot *self);
/* Pure: from <domainsnapshot> */
LodgeSnapshot     *lodge_snapshot_new_from_xml    (const char *xml, gboolean current, GError **error);

/* GListModel of LodgeSnapshot, the oldest first. libvirt tells of no changes: read it again after each of the calls
 * below, and when a person asks. NOT_SUPPORTED: this hypervisor has none. Cancelling gives the answer up. */
void        lodge_domain_list_snapshots_async    (LodgeDomain *domain, GCancellable *cancellable,
                                                  GAsyncReadyCallback callback, gpointer user_data);
GListModel *lodge_domain_list_snapshots_finish   (LodgeDomain *domain, GAsyncResult *result, GError **error);

/* virDomainSnapshotCreateXML(). @memory: with the memory of a machine that runs; without it, of its disks only. What
 * has begun is not given up: libvirt cannot. @job: (nullable): ends with it */
void        lodge_domain_take_snapshot_async     (LodgeDomain *domain, const char *name, const char *description,
                                                  gboolean memory, LodgeJob *job, GAsyncReadyCallback callback,
                                                  gpointer user_data);
gboolean    lodge_domain_take_snapshot_finish    (LodgeDomain *domain, GAsyncResult *result, GError **error);
/* virDomainRevertToSnapshot(): what the machine did since is lost */
void        lodge_domain_revert_async            (LodgeDomain *domain, LodgeSnapshot *snapshot, LodgeJob *job,
                                                  GAsyncReadyCallback callback, gpointer user_data);
gboolean    lodge_domain_revert_finish           (LodgeDomain *domain, GAsyncResult *result, GError **error);
/* virDomainSnapshotDelete(): its disks flow into what was made from it. @children: those go too */
void        lodge_domain_delete_snapshot_async   (LodgeDomain *domain, LodgeSnapshot *snapshot, gboolean children,
                                                  LodgeJob *job, GAsyncReadyCallback callback, gpointer user_data);
gboolean    lodge_domain_delete_snapshot_finish  (LodgeDomain *domain, GAsyncResult *result, GError **error);
/* Another description, by virDomainSnapshotCreateXML() with REDEFINE */
void        lodge_domain_describe_snapshot_async  (LodgeDomain *domain, LodgeSnapshot *snapshot,
                                                   const char *description,
                                                   GAsyncReadyCallback callback, gpointer user_data);
gboolean    lodge_domain_describe_snapshot_finish (LodgeDomain *domain, GAsyncResult *result, GError **error);

G_END_DECLS
