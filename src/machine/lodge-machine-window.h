/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "machine/lodge-machine-page.h"

G_BEGIN_DECLS

#define LODGE_TYPE_MACHINE_WINDOW (lodge_machine_window_get_type ())
G_DECLARE_FINAL_TYPE (LodgeMachineWindow, lodge_machine_window, LODGE, MACHINE_WINDOW, AdwApplicationWindow)

/* Machines in tabs. Closing a tab or the window lets go of consoles; the machines go on. */
LodgeMachineWindow *lodge_machine_window_new         (GtkApplication     *application,
                                                      GSettings          *settings);
void                lodge_machine_window_add         (LodgeMachineWindow *self,
                                                      LodgeDomain        *domain);
/* Turns to the tab of @domain; %FALSE when it has none here */
gboolean            lodge_machine_window_show_domain (LodgeMachineWindow *self,
                                                      LodgeDomain        *domain);
LodgeMachinePage   *lodge_machine_window_get_page    (LodgeMachineWindow *self);

G_END_DECLS
