/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What a console says, written to a file as it comes, escape sequences and all. Never waits: what the disk cannot take
 * in time is left out, and a line in the file says so. */
#define LODGE_TEXT_LOG_MAX_WAITING (4 * 1024 * 1024)   /* bytes in memory */
#define LODGE_TEXT_LOG_MAX_FILE    (1024 * 1024 * 1024) /* bytes of one log */

#define LODGE_TYPE_TEXT_LOG (lodge_text_log_get_type ())
G_DECLARE_FINAL_TYPE (LodgeTextLog, lodge_text_log, LODGE, TEXT_LOG, GObject)

/* Signal: "failed" (GError*): nothing more is written, the log is closed */
LodgeTextLog *lodge_text_log_new      (GFile        *file);
GFile        *lodge_text_log_get_file (LodgeTextLog *self);
void          lodge_text_log_write    (LodgeTextLog *self,
                                       GBytes       *bytes);
void          lodge_text_log_close    (LodgeTextLog *self);

G_END_DECLS
