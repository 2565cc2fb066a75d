/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lodge-details-reader.h"

G_BEGIN_DECLS

/* What a host's list showed when it was last seen, in a small file, so that the list is there before any host has
 * answered. It is a memory, nothing more: a file that is missing, cut in half or of another program gives what can be
 * read of it. */

#define LODGE_INVENTORY_MAX_DOMAINS 20000

typedef struct
{
  LodgeDomainRecord *record;    /* owned, without a handle */
  LodgeDetails      *details;   /* owned */
} LodgeInventoryItem;

typedef struct
{
  gint64  last_seen;   /* unix s */
  GArray *items;       /* of LodgeInventoryItem */
} LodgeInventory;

void            lodge_inventory_free        (LodgeInventory       *self);
/* Any thread */
char           *lodge_inventory_get_path    (const char           *uri);
/* On a thread that may wait for the disk. NULL: there is none */
LodgeInventory *lodge_inventory_load        (const char           *uri);
void            lodge_inventory_load_async  (const char           *uri,
                                             GCancellable         *cancellable,
                                             GAsyncReadyCallback   callback,
                                             gpointer              user_data);
LodgeInventory *lodge_inventory_load_finish (GAsyncResult         *result);
/* On the main context: takes a picture of @domains and writes it elsewhere */
void            lodge_inventory_save        (const char           *uri,
                                             GListModel           *domains,
                                             gint64                last_seen);
/* The connection is not one any more */
void            lodge_inventory_forget      (const char           *uri);

G_END_DECLS
