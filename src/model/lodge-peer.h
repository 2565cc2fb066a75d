/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lodge-uri.h"

G_BEGIN_DECLS

/**
 * LodgePeer:
 *
 * The far end of the sockets that libvirt opens in this process for one connection: a path or addresses.
 *
 * libvirt cannot be told to give a call up. But when the socket that it waits at is shut down from our side, every call
 * on it ends with an error within milliseconds, an opening too. Counted; any thread.
 */
typedef struct _LodgePeer LodgePeer;

/* Where @uri leads: looks a host's name up, so on a thread that may wait. A peer with no address (ssh, a driver inside
 * of this process) is none to cut. NULL and @error: the name is not known, or @cancellable. */
LodgePeer *lodge_peer_new       (const LodgeUri  *uri,
                                 GCancellable    *cancellable,
                                 GError         **error);
LodgePeer *lodge_peer_new_path  (const char      *path);
LodgePeer *lodge_peer_ref       (LodgePeer       *self);
void       lodge_peer_unref     (LodgePeer       *self);
/* The sockets to it that nobody has claimed are from now on those of @owner */
void       lodge_peer_claim     (LodgePeer       *self,
                                 gpointer         owner);
void       lodge_peer_disclaim  (gpointer         owner);
/* Shuts the sockets of @owner down, or for NULL those that nobody has claimed: of an opening. Returns how many. */
guint      lodge_peer_cut       (LodgePeer       *self,
                                 gpointer         owner);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LodgePeer, lodge_peer_unref)

G_END_DECLS
