/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lodge-connection-private.h"
#include "lodge-inventory.h"
#include "lodge-opening.h"

G_BEGIN_DECLS

/* The rows of a connection: what is on the host, kept true by events and by reading again what they name. Changes are
 * gathered and applied once a frame. On the main context. */
typedef struct _LodgeDomainTable LodgeDomainTable;

/* Something of the rows is new: called once for all that a flush changed */
typedef void (*LodgeDomainTableFunc) (gpointer user_data);

LodgeDomainTable *lodge_domain_table_new          (LodgeConnection      *connection,
                                                   LodgeDomainTableFunc  changed,
                                                   gpointer              user_data);
void              lodge_domain_table_free         (LodgeDomainTable     *self);

/* The connection is open: @generation is cancelled when what is under way is void. Stopping keeps the rows. */
void              lodge_domain_table_start        (LodgeDomainTable     *self,
                                                   GCancellable         *generation);
void              lodge_domain_table_stop         (LodgeDomainTable     *self);
/* The host is gone: the rows stay, as what was last known */
void              lodge_domain_table_set_stale    (LodgeDomainTable     *self);
void              lodge_domain_table_clear        (LodgeDomainTable     *self);

GListModel       *lodge_domain_table_get_model    (LodgeDomainTable     *self);
guint             lodge_domain_table_get_n_running (LodgeDomainTable    *self);
/* (transfer none) (nullable); @uuid in lower case */
LodgeDomain      *lodge_domain_table_find         (LodgeDomainTable     *self,
                                                   const char           *uuid);
LodgeDomain      *lodge_domain_table_find_name    (LodgeDomainTable     *self,
                                                   const char           *name);

/* What was last known of the host, before it has answered: stale rows. Ignored when there are rows. */
void              lodge_domain_table_show_inventory (LodgeDomainTable   *self,
                                                     LodgeInventory     *inventory);
/* A complete list of the host: of LodgeDomainRecord */
void              lodge_domain_table_apply_list   (LodgeDomainTable     *self,
                                                   GPtrArray            *records);
LodgeDomain      *lodge_domain_table_take_record  (LodgeDomainTable     *self,
                                                   LodgeDomainRecord    *record);
void              lodge_domain_table_remove       (LodgeDomainTable     *self,
                                                   LodgeDomain          *domain);
void              lodge_domain_table_take_event   (LodgeDomainTable     *self,
                                                   const LodgeHostEvent *event);
/* To be read again */
void              lodge_domain_table_mark         (LodgeDomainTable     *self,
                                                   virDomainPtr          handle);
void              lodge_domain_table_mark_all     (LodgeDomainTable     *self);

G_END_DECLS
