/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lodge-domain.h"

G_BEGIN_DECLS

/* What is nice to know of a machine and takes a call for each: title, description, system, tags, folder, addresses. Read
 * when somebody shows the machine, a few at a time, behind everything else.
 *
 * Tags and folder lie in the machine's metadata under our own namespace, where other programs can read them:
 *
 *     <metadata>
 *       <lodge:machine xmlns:lodge="https://lodgevm.org/xmlns/domain/1.0">
 *         <lodge:folder>Customers/Blue</lodge:folder>
 *         <lodge:tag>web</lodge:tag>
 *       </lodge:machine>
 *     </metadata>
 *
 * Where they cannot be written (a read-only connection, a hypervisor without metadata) they are kept in a file of the person's. */

#define LODGE_METADATA_PREFIX    "lodge"
#define LODGE_METADATA_NAMESPACE "https://lodgevm.org/xmlns/domain/1.0"

/* More than these of a host's is not taken, of a person's refused */
#define LODGE_MAX_TAGS           32
#define LODGE_MAX_TAG_LENGTH     64    /* characters */
#define LODGE_MAX_FOLDER_LENGTH  256

/* “details”: title, description, os-id, tags, folder (and addresses of a running one) are read when they are not known, and
 * the addresses again after a while. Cheap: call it for every row that is shown, again and again. */
void                lodge_domain_want_details      (LodgeDomain          *self);
/* The details of all machines, for a search over them; the addresses are those that are known */
void                lodge_connection_load_details  (LodgeConnection      *self);

/* The getters never wait; all (transfer none) */
gboolean            lodge_domain_get_details_known (LodgeDomain          *self);
const char         *lodge_domain_get_description   (LodgeDomain          *self);   /* nullable */
/* Sorted, never NULL; at most LODGE_MAX_TAGS */
const char * const *lodge_domain_get_tags          (LodgeDomain          *self);
/* “Customers/Blue”, nullable */
const char         *lodge_domain_get_folder        (LodgeDomain          *self);
/* Never NULL: IPv4 before IPv6, no loopback and link-local ones; as leases, guest agent or ARP tell */
const char * const *lodge_domain_get_addresses     (LodgeDomain          *self);

/* Properties that notify: title, description, os-id, tags (GStrv), folder, addresses (GStrv) */

void                lodge_domain_set_title_async       (LodgeDomain          *self,
                                                        const char           *title,
                                                        GCancellable         *cancellable,
                                                        GAsyncReadyCallback   callback,
                                                        gpointer              user_data);
void                lodge_domain_set_description_async (LodgeDomain          *self,
                                                        const char           *description,
                                                        GCancellable         *cancellable,
                                                        GAsyncReadyCallback   callback,
                                                        gpointer              user_data);
void                lodge_domain_set_tags_async        (LodgeDomain          *self,
                                                        const char * const   *tags,
                                                        const char           *folder,
                                                        GCancellable         *cancellable,
                                                        GAsyncReadyCallback   callback,
                                                        gpointer              user_data);
/* Of all three. The properties are as they were set when this ends well. */
gboolean            lodge_domain_set_metadata_finish   (LodgeDomain          *self,
                                                        GAsyncResult         *result,
                                                        GError              **error);

G_END_DECLS
