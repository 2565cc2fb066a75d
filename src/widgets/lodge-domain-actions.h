/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "model/lodge-domain.h"
#include "model/lodge-job.h"

G_BEGIN_DECLS

#define LODGE_TYPE_DOMAIN_ACTIONS (lodge_domain_actions_get_type ())
G_DECLARE_FINAL_TYPE (LodgeDomainActions, lodge_domain_actions, LODGE, DOMAIN_ACTIONS, GObject)

/* The actions on one machine or on a selection, for the prefix “machine”: start, start-paused, start-fresh, pause,
 * resume, shut-down, reboot, save, force-off, force-reset, discard-saved, open, rename, autostart (toggle), delete,
 * copy ("name", "ip", "uuid", "ssh"), toggle-pause, edit-tags; snapshot, clone, migrate, export and start-once hand the
 * machines to the application's take-snapshot, clone-machines, migrate-machines, export-machines and start-machine-once
 * (of the type a(ss): connection and UUID), where it has them. Enabled exactly when at least one machine takes it. Asks
 * first where it should, and reports each failure once, on @parent. Signal "changed": what fits has changed. */
LodgeDomainActions *lodge_domain_actions_new         (GtkWidget           *parent,
                                                      GSettings           *settings);
void                lodge_domain_actions_set_jobs    (LodgeDomainActions  *self,
                                                      LodgeJobList        *jobs);
GActionGroup       *lodge_domain_actions_get_group   (LodgeDomainActions  *self);
/* The machines that are meant: a model of LodgeDomain */
void                lodge_domain_actions_set_domains (LodgeDomainActions  *self,
                                                      GListModel          *domains);
void                lodge_domain_actions_refresh     (LodgeDomainActions  *self);
/* How many of them take @operation now */
guint               lodge_domain_actions_count       (LodgeDomainActions  *self,
                                                      LodgeDomainOperation operation);
/* The menu of a machine (01c), for these actions */
GMenuModel         *lodge_domain_actions_create_menu (void);

G_END_DECLS
