/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What a master needs of the system: a private folder, sockets, a process group of its own */

/* On any thread: the private folder of this program's sockets, 0700; NULL and @error when it cannot be had */
char *lodge_ssh_dup_folder      (GError     **error);
/* A path for a socket in there, never used before */
char *lodge_ssh_dup_socket_path (const char  *folder,
                                 const char  *suffix);
/* A socket that listens there; -1 and @error when it cannot */
int   lodge_ssh_listen          (const char  *path,
                                 GError     **error);
/* Runs a program in a session of its own with nothing to read. On any thread. 0 and @error when it cannot */
GPid  lodge_ssh_spawn           (char       **argv,
                                 char       **environment,
                                 int         *stderr_fd,
                                 GError     **error);

/* Main thread. Its group is to end with this program, however that ends by itself */
void  lodge_ssh_process_add     (GPid         pid);
/* Ends the whole group, within a second even when it does not want to. @exited: its leader was waited for */
void  lodge_ssh_process_end     (GPid         pid,
                                 gboolean     exited);

G_END_DECLS
