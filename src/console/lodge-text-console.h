/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "util/lodge-text-stream.h"

G_BEGIN_DECLS

/* Lines that can be scrolled back to */
#define LODGE_TEXT_CONSOLE_LINES       10000
/* Bytes that wait to be shown; what a flood says beyond that is left out, the oldest first */
#define LODGE_TEXT_CONSOLE_MAX_BACKLOG (4 * 1024 * 1024)

#define LODGE_TYPE_TEXT_CONSOLE (lodge_text_console_get_type ())
G_DECLARE_FINAL_TYPE (LodgeTextConsole, lodge_text_console, LODGE, TEXT_CONSOLE, GtkWidget)

/* A VteTerminal on a [class@TextStream]; keeps its text, dimmed, when the stream ends.
 * Properties: logging (gboolean, read-only).
 * Actions, for its context menu and others: text.copy, text.paste, text.select-all, text.find, text.log (asks for a
 * file, or ends the log), text.zoom-in, text.zoom-out, text.zoom-normal.
 * Signals: "log-failed" (GError*): the log has ended, say so. */
GtkWidget *lodge_text_console_new         (void);
void       lodge_text_console_set_stream  (LodgeTextConsole *self,
                                           LodgeTextStream  *stream);
/* For the name that is proposed for a log */
void       lodge_text_console_set_name    (LodgeTextConsole *self,
                                           const char       *name);
gboolean   lodge_text_console_get_logging (LodgeTextConsole *self);
/* Writes what comes from now on to @file; NULL ends that */
void       lodge_text_console_log_to      (LodgeTextConsole *self,
                                           GFile            *file);
/* Bytes that wait to be shown */
gsize      lodge_text_console_get_backlog (LodgeTextConsole *self);

G_END_DECLS
