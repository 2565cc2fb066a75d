/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Another person at the same host: a virsh that runs as a child and holds its connection open until it is freed, so
 * that a daemon's test:///default stays what it is. All calls turn the main loop while they wait. */
typedef struct _LodgeTestVirsh LodgeTestVirsh;

LodgeTestVirsh *lodge_test_virsh_new  (const char     *uri);
void            lodge_test_virsh_free (LodgeTestVirsh *self);
/* One command. (transfer full): its output; the test fails when virsh reports an error */
char           *lodge_test_virsh_run  (LodgeTestVirsh *self,
                                       const char     *format,
                                       ...) G_GNUC_PRINTF (2, 3);
/* Commands, one a line. (transfer full) (nullable): their output; what virsh refuses is a part of it. NULL: there was no
 * answer within @patience s, and there will be none to others */
char           *lodge_test_virsh_try  (LodgeTestVirsh *self,
                                       const char     *commands,
                                       guint           patience);
/* Commands, one a line, without waiting for them; lodge_test_virsh_run() of a later one does */
void            lodge_test_virsh_push (LodgeTestVirsh *self,
                                       const char     *commands);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LodgeTestVirsh, lodge_test_virsh_free)

G_END_DECLS
