/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "model/lodge-console-info.h"
#include "model/lodge-domain.h"

G_BEGIN_DECLS

#define LODGE_TYPE_MACHINE_PAGE (lodge_machine_page_get_type ())
G_DECLARE_FINAL_TYPE (LodgeMachinePage, lodge_machine_page, LODGE, MACHINE_PAGE, GtkWidget)

/* One machine: its console, whatever state it is in. Property consoles-menu (GMenuModel, read-only) notifies.
 * Signal "release-focus": the person has let go of the guest; give the focus to the header. */
GtkWidget    *lodge_machine_page_new               (LodgeDomain      *domain,
                                                    GSettings        *settings);
LodgeDomain  *lodge_machine_page_get_domain        (LodgeMachinePage *self);
/* For the prefixes “machine” and “console” */
GActionGroup *lodge_machine_page_get_machine_group (LodgeMachinePage *self);
GActionGroup *lodge_machine_page_get_console_group (LodgeMachinePage *self);
/* The console that is shown, “Display 1”; %NULL for none */
const char   *lodge_machine_page_get_console_label (LodgeMachinePage *self);
/* For the console picker, empty when there is nothing to pick */
GMenuModel   *lodge_machine_page_get_consoles_menu (LodgeMachinePage *self);
void          lodge_machine_page_focus_console     (LodgeMachinePage *self);
/* Lets go of the console; the machine goes on */
void          lodge_machine_page_close             (LodgeMachinePage *self);
/* Name of what is shown now: "status", "display", "text"; for tests */
const char   *lodge_machine_page_get_view          (LodgeMachinePage *self);

G_END_DECLS
