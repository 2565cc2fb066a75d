/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lodge-domain.h"

G_BEGIN_DECLS

/* A file system of the guest: bytes, 0 unknown */
typedef struct
{
  char    *mountpoint;
  char    *type;      /* nullable */
  guint64  total;
  guint64  used;
} LodgeGuestFilesystem;

/**
 * LodgeGuestFacts:
 * @os: (nullable): “Debian GNU/Linux 13 (trixie)”
 * @kernel: (nullable): its release
 * @hostname: (nullable): as the guest calls itself
 * @timezone: (nullable): its name
 * @time: of the guest's clock, unix seconds; 0 unknown
 * @users: (nullable): who is logged in
 * @addresses: (nullable): of its network cards, without those of loopback
 * @filesystems: (element-type LodgeGuestFilesystem): mounted
 * @read_at: when it was asked, unix seconds
 *
 * What the agent in a guest says. All texts are the guest's, and cut to a sane length.
 */
typedef struct
{
  char      *os;
  char      *kernel;
  char      *hostname;
  char      *timezone;
  gint64     time;
  GStrv      users;
  GStrv      addresses;
  GPtrArray *filesystems;
  gint64     read_at;
} LodgeGuestFacts;

void             lodge_guest_facts_free        (LodgeGuestFacts *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LodgeGuestFacts, lodge_guest_facts_free)

void             lodge_domain_ask_guest_async  (LodgeDomain          *self,
                                                GCancellable         *cancellable,
                                                GAsyncReadyCallback   callback,
                                                gpointer              user_data);
LodgeGuestFacts *lodge_domain_ask_guest_finish (LodgeDomain          *self,
                                                GAsyncResult         *result,
                                                GError              **error);

G_END_DECLS
