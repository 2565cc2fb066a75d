/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lodge-pointer-lock.h"

G_BEGIN_DECLS

/* One desktop's way. Each is made by its own function, which gives NULL where it is not the way. */
struct _LodgePointerLock
{
  LodgePointerLockMoved    moved;
  LodgePointerLockChanged  changed;
  gpointer                 user_data;
  gboolean                 held;
  void                   (*free) (LodgePointerLock *self);
};

LodgePointerLock *lodge_pointer_lock_new_x11     (GdkSurface                  *surface,
                                                  const cairo_rectangle_int_t *area);
LodgePointerLock *lodge_pointer_lock_new_wayland (GdkSurface                  *surface,
                                                  const cairo_rectangle_int_t *area);
/* For the ways: tells of it once */
void              lodge_pointer_lock_set_held    (LodgePointerLock            *self,
                                                  gboolean                     held);

G_END_DECLS
