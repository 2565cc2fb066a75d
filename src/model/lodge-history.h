/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Every definition that Lodge replaces or deletes, as a file: $XDG_DATA_HOME/lodge/history/UUID/TIME.xml, readable for
 * its owner only, without the passwords of its displays. The newest LODGE_HISTORY_KEPT of a machine are kept.
 *
 * lodge_history_keep() and lodge_history_list() touch the file system: workers only. */
#define LODGE_HISTORY_KEPT 50

/* Pure: @xml without its passwd attributes */
char      *lodge_history_remove_secrets (const char  *xml,
                                         GError     **error);
/* Keeps @xml, returns the file's path */
char      *lodge_history_keep           (const char  *uuid,
                                         const char  *xml,
                                         GError     **error);
/* (element-type filename): the kept files, newest first; empty when there are none */
GPtrArray *lodge_history_list           (const char  *uuid,
                                         GError     **error);

void       lodge_history_keep_async     (const char           *uuid,
                                         const char           *xml,
                                         GCancellable         *cancellable,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data);
char      *lodge_history_keep_finish    (GAsyncResult         *result,
                                         GError              **error);

G_END_DECLS
