/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* At most LODGE_SSH_MAX_LOGINS logins are started at once: many hosts can lie behind one bastion or one name, and sshd drops
 * unauthenticated connections at random from the eleventh on (MaxStartups). Nobody holds a place for longer than three
 * seconds, so that hosts that are dead do not keep others waiting. Main thread. */

#define LODGE_SSH_MAX_LOGINS 8

typedef void (*LodgeSshGateFunc) (gpointer who);

/* Calls @func once, at once or when there is a place */
void lodge_ssh_gate_enter (gpointer          who,
                           LodgeSshGateFunc  func);
/* @who is logged in, or is not any more, or asks a person, or waits no longer; may be called more than once */
void lodge_ssh_gate_leave (gpointer          who);

G_END_DECLS
