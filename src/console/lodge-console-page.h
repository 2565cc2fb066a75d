/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lodge-screen.h"

G_BEGIN_DECLS

/**
 * LodgeConsoleStatus:
 * @icon_name: (nullable): %NULL shows a spinner
 * @text: (nullable): plain text
 * @primary: (nullable): label of the first button, with its @primary_action
 * @secondary: (nullable): label of the second
 *
 * What stands where a console cannot be shown: the same page in the same place for all reasons.
 */
typedef struct
{
  const char *icon_name;
  const char *title;
  char       *text;
  const char *primary;
  const char *primary_action;
  const char *secondary;
  const char *secondary_action;
} LodgeConsoleStatus;

void lodge_console_status_clear   (LodgeConsoleStatus *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LodgeConsoleStatus, lodge_console_status_clear)

/* With the actions console.reconnect and console.details; console.take-over if another program holds it */
void lodge_console_status_failed  (LodgeConsoleStatus *self,
                                   const GError       *error);

#define LODGE_TYPE_CONSOLE_PAGE (lodge_console_page_get_type ())
G_DECLARE_FINAL_TYPE (LodgeConsolePage, lodge_console_page, LODGE, CONSOLE_PAGE, GtkWidget)

/* Words, a spinner or a question for the password. Its buttons activate actions of the prefix “console”, among them
 * console.cancel and console.supply-password.
 * Signal: "appear": the spinner has something to say, show the page. */
void     lodge_console_page_show        (LodgeConsolePage         *self,
                                         const LodgeConsoleStatus *status);
/* A spinner, unless that is over in a moment; with a way to cancel */
void     lodge_console_page_connecting  (LodgeConsolePage         *self);
/* It is over */
void     lodge_console_page_connected   (LodgeConsolePage         *self);
/* Asks for what @screen needs; again is no new question */
void     lodge_console_page_ask         (LodgeConsolePage         *self,
                                         LodgeScreen              *screen);
/* Tells @screen what was typed, and forgets the password */
void     lodge_console_page_answer      (LodgeConsolePage         *self,
                                         LodgeScreen              *screen);
/* Shows @error, and where that is of use activates console.reconnect after a while, which grows with each failure in
 * a row; TRUE: it does */
gboolean lodge_console_page_fail        (LodgeConsolePage         *self,
                                         const GError             *error);
/* Waits for no next attempt */
void     lodge_console_page_stop        (LodgeConsolePage         *self);
/* The next failure is the first in a row */
void     lodge_console_page_succeed     (LodgeConsolePage         *self);
const char *lodge_console_page_get_title (LodgeConsolePage        *self);

G_END_DECLS
