/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gvnc.h>

G_BEGIN_DECLS

#define LODGE_TYPE_VNC_CONNECTION (lodge_vnc_connection_get_type ())
G_DECLARE_FINAL_TYPE (LodgeVncConnection, lodge_vnc_connection, LODGE, VNC_CONNECTION, VncConnection)

/* A VncConnection whose keyboard lights can be followed: signal "leds-changed". */
VncConnection *lodge_vnc_connection_new (void);

G_END_DECLS
