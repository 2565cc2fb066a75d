/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "model/lodge-text-stream.h"

G_BEGIN_DECLS

#define LODGE_TYPE_TEXT_CONSOLE (lodge_text_console_get_type ())
G_DECLARE_FINAL_TYPE (LodgeTextConsole, lodge_text_console, LODGE, TEXT_CONSOLE, GtkWidget)

/* A VteTerminal on a [class@TextStream]; keeps its text, dimmed, when the stream ends. */
GtkWidget *lodge_text_console_new        (void);
void       lodge_text_console_set_stream (LodgeTextConsole *self,
                                          LodgeTextStream  *stream);

G_END_DECLS
