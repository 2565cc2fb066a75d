/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gdk/gdk.h>

G_BEGIN_DECLS

/* Holds the pointer in place over a surface and tells how it would have moved: what a guest with a relative pointer
 * needs. Buttons, wheel and keys come as ever. */
typedef struct _LodgePointerLock LodgePointerLock;

/* What the mouse said, before the desktop's acceleration: the guest has its own */
typedef void (*LodgePointerLockMoved)   (double   dx,
                                         double   dy,
                                         gpointer user_data);
/* The desktop holds it, or holds it no more */
typedef void (*LodgePointerLockChanged) (gboolean held,
                                         gpointer user_data);

/* NULL: this desktop cannot. @area: where the pointer stays, in coordinates of @surface */
LodgePointerLock *lodge_pointer_lock_new     (GdkSurface                  *surface,
                                              const cairo_rectangle_int_t *area,
                                              LodgePointerLockMoved        moved,
                                              LodgePointerLockChanged      changed,
                                              gpointer                     user_data);
void              lodge_pointer_lock_free    (LodgePointerLock            *self);
gboolean          lodge_pointer_lock_is_held (LodgePointerLock            *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LodgePointerLock, lodge_pointer_lock_free)

G_END_DECLS
