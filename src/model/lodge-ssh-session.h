/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lodge-ssh-target.h"

G_BEGIN_DECLS

/* One connection of libvirt's, joined to its daemon on the host by one way. Main thread. */
typedef struct _LodgeSshSession LodgeSshSession;

typedef void (*LodgeSshSessionFunc) (LodgeSshSession *session,
                                     gpointer         user_data);

/* Takes @fd, the peer of libvirt's socket. @closed is called once, when the far end is gone; not after free. */
LodgeSshSession   *lodge_ssh_session_new        (const char          *control_path,
                                                 const LodgeSshWay   *way,
                                                 int                  fd,
                                                 LodgeSshSessionFunc  closed,
                                                 gpointer             user_data);
/* Ends it: libvirt's end notices at once */
void               lodge_ssh_session_free       (LodgeSshSession     *self);
const LodgeSshWay *lodge_ssh_session_get_way    (LodgeSshSession     *self);
gboolean           lodge_ssh_session_is_closed  (LodgeSshSession     *self);
/* What it was to go by is not there at all, which another way may be */
gboolean           lodge_ssh_session_way_is_missing (LodgeSshSession *self);
/* (transfer full) (nullable): why it was of no use; NULL when it does not say */
GError            *lodge_ssh_session_explain    (LodgeSshSession     *self,
                                                 const char          *uri);

G_END_DECLS
