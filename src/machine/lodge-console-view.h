/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "model/lodge-console-info.h"
#include "model/lodge-domain.h"

G_BEGIN_DECLS

#define LODGE_TYPE_CONSOLE_VIEW (lodge_console_view_get_type ())
G_DECLARE_FINAL_TYPE (LodgeConsoleView, lodge_console_view, LODGE, CONSOLE_VIEW, GtkWidget)

/* The console of a machine in whatever state it is: a display, a text console, or a page that says why there is
 * neither. Follows the machine's end and restart. Properties: consoles-menu (GMenuModel, read-only),
 * touch (gboolean: keys and full screen as buttons over the display, for a narrow window).
 * Signals: "release-focus": the person has let go of the guest, give the focus to the header; "toast" (AdwToast):
 * show it. */
void          lodge_console_view_set_machine   (LodgeConsoleView *self,
                                                LodgeDomain      *domain,
                                                GSettings        *settings);
/* For the prefix “console” */
GActionGroup *lodge_console_view_get_group     (LodgeConsoleView *self);
/* The console that is shown, “Display 1”; NULL for none */
const char   *lodge_console_view_get_label     (LodgeConsoleView *self);
gboolean      lodge_console_view_is_graphical  (LodgeConsoleView *self);
/* For the console picker, empty when there is nothing to pick */
GMenuModel   *lodge_console_view_get_menu      (LodgeConsoleView *self);
/* Shows the console of this label as soon as the machine has it */
void          lodge_console_view_prefer        (LodgeConsoleView *self,
                                                const char       *label);
/* Turns to another console than the one that is shown; FALSE: there is none */
gboolean      lodge_console_view_turn_away     (LodgeConsoleView *self);
void          lodge_console_view_focus         (LodgeConsoleView *self);
/* Lets go of the console; the machine goes on */
void          lodge_console_view_close         (LodgeConsoleView *self);
/* Name of what is shown now: "status", "display", "text" */
const char   *lodge_console_view_get_shown     (LodgeConsoleView *self);

G_END_DECLS
