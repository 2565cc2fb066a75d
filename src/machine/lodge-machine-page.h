/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "machine/lodge-console-view.h"
#include "model/lodge-domain.h"

G_BEGIN_DECLS

#define LODGE_TYPE_MACHINE_PAGE (lodge_machine_page_get_type ())
G_DECLARE_FINAL_TYPE (LodgeMachinePage, lodge_machine_page, LODGE, MACHINE_PAGE, GtkWidget)

/* One machine in a tab: its views (console …) in a stack. Signal "release-focus": the person has let go of the guest;
 * give the focus to the header. */
GtkWidget        *lodge_machine_page_new               (LodgeDomain      *domain,
                                                        GSettings        *settings);
LodgeDomain      *lodge_machine_page_get_domain        (LodgeMachinePage *self);
/* For the prefix “machine” */
GActionGroup     *lodge_machine_page_get_machine_group (LodgeMachinePage *self);
LodgeConsoleView *lodge_machine_page_get_console       (LodgeMachinePage *self);
AdwViewStack     *lodge_machine_page_get_views         (LodgeMachinePage *self);
/* Gives the focus to what is on show */
void              lodge_machine_page_focus             (LodgeMachinePage *self);
/* Whether its hardware was edited and the edits are not applied: they go with the page */
gboolean          lodge_machine_page_get_has_edits     (LodgeMachinePage *self);
/* Lets go of the console; the machine goes on */
void              lodge_machine_page_close             (LodgeMachinePage *self);

G_END_DECLS
