/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-pointer-lock"

#include "config.h"

#include "lodge-pointer-lock-private.h"

#ifdef GDK_WINDOWING_WAYLAND

#include <gdk/wayland/gdkwayland.h>

#include "pointer-constraints-unstable-v1-client-protocol.h"
#include "relative-pointer-unstable-v1-client-protocol.h"

/* The two protocols by which games hold the pointer. GDK knows neither, but its connection, pointer and surface can be
 * used as they are, and it dispatches what comes for our objects. */

typedef struct
{
  struct zwp_pointer_constraints_v1       *constraints;
  struct zwp_relative_pointer_manager_v1  *relative;
} Globals;

typedef struct
{
  LodgePointerLock               parent;
  struct zwp_locked_pointer_v1  *locked;
  struct zwp_relative_pointer_v1 *motion;
  GdkDisplay                    *display;   /* owned */
} WaylandLock;

static void
global_cb (void               *data,
           struct wl_registry *registry,
           uint32_t            name,
           const char         *interface,
           uint32_t            version)
{
  Globals *globals = data;

  if (g_str_equal (interface, zwp_pointer_constraints_v1_interface.name))
    globals->constraints = wl_registry_bind (registry, name, &zwp_pointer_constraints_v1_interface, 1);
  else if (g_str_equal (interface, zwp_relative_pointer_manager_v1_interface.name))
    globals->relative = wl_registry_bind (registry, name, &zwp_relative_pointer_manager_v1_interface, 1);
}

static void
global_remove_cb (void               *data,
                  struct wl_registry *registry,
                  uint32_t            name)
{
}

static const struct wl_registry_listener registry_listener = { global_cb, global_remove_cb };

/* They live as long as the display. The compositor is asked on a queue of our own, once, as GDK would otherwise handle
 * events in the middle of this; afterwards GDK dispatches for them. */
static Globals *
get_globals (GdkDisplay *display)
{
  struct wl_display *wl_display = gdk_wayland_display_get_wl_display (display);
  Globals *globals = g_object_get_data (G_OBJECT (display), "lodge-pointer-globals");
  struct wl_event_queue *queue;
  struct wl_display *wrapper;
  struct wl_registry *registry;

  if (globals != NULL)
    return globals;

  globals = g_new0 (Globals, 1);
  g_object_set_data (G_OBJECT (display), "lodge-pointer-globals", globals);
  queue = wl_display_create_queue (wl_display);
  wrapper = wl_proxy_create_wrapper (wl_display);
  wl_proxy_set_queue ((struct wl_proxy *) wrapper, queue);
  registry = wl_display_get_registry (wrapper);
  wl_registry_add_listener (registry, &registry_listener, globals);
  wl_display_roundtrip_queue (wl_display, queue);
  wl_proxy_wrapper_destroy (wrapper);
  wl_registry_destroy (registry);
  if (globals->constraints != NULL)
    wl_proxy_set_queue ((struct wl_proxy *) globals->constraints, NULL);
  if (globals->relative != NULL)
    wl_proxy_set_queue ((struct wl_proxy *) globals->relative, NULL);
  wl_event_queue_destroy (queue);
  return globals;
}

static void
locked_cb (void                         *data,
           struct zwp_locked_pointer_v1 *locked)
{
  lodge_pointer_lock_set_held (data, TRUE);
}

static void
unlocked_cb (void                         *data,
             struct zwp_locked_pointer_v1 *locked)
{
  lodge_pointer_lock_set_held (data, FALSE);
}

static const struct zwp_locked_pointer_v1_listener locked_listener = { locked_cb, unlocked_cb };

static void
motion_cb (void                           *data,
           struct zwp_relative_pointer_v1 *motion,
           uint32_t                        time_high,
           uint32_t                        time_low,
           wl_fixed_t                      dx,
           wl_fixed_t                      dy,
           wl_fixed_t                      plain_dx,
           wl_fixed_t                      plain_dy)
{
  LodgePointerLock *self = data;

  /* They also come while the pointer is free */
  if (self->held)
    self->moved (wl_fixed_to_double (plain_dx), wl_fixed_to_double (plain_dy), self->user_data);
}

static const struct zwp_relative_pointer_v1_listener motion_listener = { motion_cb };

static void
wayland_lock_free (LodgePointerLock *lock)
{
  WaylandLock *self = (WaylandLock *) lock;

  zwp_relative_pointer_v1_destroy (self->motion);
  zwp_locked_pointer_v1_destroy (self->locked);
  wl_display_flush (gdk_wayland_display_get_wl_display (self->display));
  g_object_unref (self->display);
  g_free (self);
}

LodgePointerLock *
lodge_pointer_lock_new_wayland (GdkSurface                  *surface,
                                const cairo_rectangle_int_t *area)
{
  GdkDisplay *display = gdk_surface_get_display (surface);
  GdkSeat *seat = gdk_display_get_default_seat (display);
  GdkDevice *pointer = seat != NULL ? gdk_seat_get_pointer (seat) : NULL;
  struct wl_pointer *wl_pointer;
  Globals *globals;
  WaylandLock *self;

  if (!GDK_IS_WAYLAND_DISPLAY (display) || pointer == NULL)
    return NULL;
  globals = get_globals (display);
  wl_pointer = gdk_wayland_device_get_wl_pointer (pointer);
  if (globals->constraints == NULL || globals->relative == NULL || wl_pointer == NULL)
    return NULL;

  self = g_new0 (WaylandLock, 1);
  self->parent.free = wayland_lock_free;
  self->display = g_object_ref (display);
  /* Once: a person who comes back to the window does not expect to lose the pointer to it before a click */
  self->locked = zwp_pointer_constraints_v1_lock_pointer (globals->constraints,
                                                          gdk_wayland_surface_get_wl_surface (surface), wl_pointer, NULL,
                                                          ZWP_POINTER_CONSTRAINTS_V1_LIFETIME_ONESHOT);
  zwp_locked_pointer_v1_add_listener (self->locked, &locked_listener, self);
  self->motion = zwp_relative_pointer_manager_v1_get_relative_pointer (globals->relative, wl_pointer);
  zwp_relative_pointer_v1_add_listener (self->motion, &motion_listener, self);
  wl_display_flush (gdk_wayland_display_get_wl_display (display));
  return &self->parent;
}

#else

LodgePointerLock *
lodge_pointer_lock_new_wayland (GdkSurface                  *surface,
                                const cairo_rectangle_int_t *area)
{
  return NULL;
}

#endif
