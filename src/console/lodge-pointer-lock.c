/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-pointer-lock"

#include "config.h"

#include "lodge-pointer-lock-private.h"

/**
 * lodge_pointer_lock_new:
 * @surface: a toplevel that has the pointer
 * @area: where the pointer stays, in coordinates of @surface
 * @moved: told of motion while it is held
 * @changed: told when the desktop begins and ends to hold it; may be called before this returns
 * @user_data: for both
 *
 * Returns: (transfer full) (nullable): the lock, held at once or soon; %NULL where the desktop cannot do it
 */
LodgePointerLock *
lodge_pointer_lock_new (GdkSurface                  *surface,
                        const cairo_rectangle_int_t *area,
                        LodgePointerLockMoved        moved,
                        LodgePointerLockChanged      changed,
                        gpointer                     user_data)
{
  LodgePointerLock *self;

  g_return_val_if_fail (GDK_IS_SURFACE (surface), NULL);

  self = lodge_pointer_lock_new_wayland (surface, area);
  if (self == NULL)
    self = lodge_pointer_lock_new_x11 (surface, area);
  if (self == NULL)
    return NULL;
  self->moved = moved;
  self->changed = changed;
  self->user_data = user_data;
  if (self->held)
    changed (TRUE, user_data);
  return self;
}

/**
 * lodge_pointer_lock_free:
 * @self: a lock
 *
 * Lets go of the pointer. Nothing is told of that.
 */
void
lodge_pointer_lock_free (LodgePointerLock *self)
{
  self->free (self);
}

gboolean
lodge_pointer_lock_is_held (LodgePointerLock *self)
{
  return self->held;
}

void
lodge_pointer_lock_set_held (LodgePointerLock *self,
                             gboolean          held)
{
  if (self->held == held)
    return;
  self->held = held;
  if (self->changed != NULL)
    self->changed (held, self->user_data);
}
