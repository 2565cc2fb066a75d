/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Drives libvirt's events from the GLib main loop (libvirt-glib). Before the first connection opens, on the main
 * thread; further calls do nothing. */
void lodge_event_loop_start (void);

G_END_DECLS
