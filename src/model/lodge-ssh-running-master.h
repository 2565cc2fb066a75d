/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lodge-ssh-target.h"

G_BEGIN_DECLS

/* The person's own ssh to that host may be a master already (ControlMaster, ControlPath of ssh_config): what it is logged in
 * for, Lodge need not log in for again. On a thread that may wait, for some milliseconds.
 *
 * Returns: (transfer full) (nullable): the path of its control socket; NULL: there is none, or the URI wants another login
 * than ssh_config's (a key, an unchecked host) */
char *lodge_ssh_find_running_master (const LodgeSshTarget *target,
                                     GCancellable         *cancellable);

G_END_DECLS
