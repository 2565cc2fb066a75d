/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-pointer-lock"

/* GTK 4.18 calls all of its X11 interface deprecated; there is no other way to the display */
#define GDK_DISABLE_DEPRECATION_WARNINGS
#include "config.h"

#include "lodge-pointer-lock-private.h"

#if defined (GDK_WINDOWING_X11) && defined (HAVE_XI)

#include <X11/extensions/XInput2.h>
#include <gdk/x11/gdkx.h>
#include <glib-unix.h>

/* A second connection hears the motion of the device itself, which goes on when the pointer stands at an edge, or is
 * put back. The grab must come from GTK's own connection, so that buttons and wheel still come through GTK. */

typedef struct
{
  LodgePointerLock  parent;
  GdkDisplay       *display;    /* owned */
  Display          *raw;        /* owned: our connection */
  Window            window;
  int               opcode;
  int               center_x;   /* device pixels of the window */
  int               center_y;
  guint             source_id;
} X11Lock;

static gboolean
select_raw_motion (X11Lock *self)
{
  unsigned char bits[XIMaskLen (XI_RawMotion)] = { 0 };
  XIEventMask mask = { XIAllMasterDevices, sizeof bits, bits };
  int event;
  int error;
  /* With 2.0 raw events are for the client alone that has the grab */
  int major = 2;
  int minor = 2;

  if (!XQueryExtension (self->raw, "XInputExtension", &self->opcode, &event, &error)
      || XIQueryVersion (self->raw, &major, &minor) != Success)
    return FALSE;
  XISetMask (bits, XI_RawMotion);
  XISelectEvents (self->raw, DefaultRootWindow (self->raw), &mask, 1);
  XFlush (self->raw);
  return TRUE;
}

/* Back to the middle: at an edge of the picture a click would be for somebody else */
static void
put_back (X11Lock *self)
{
  XWarpPointer (self->raw, None, self->window, 0, 0, 0, 0, self->center_x, self->center_y);
  XFlush (self->raw);
}

static void
take_raw_motion (X11Lock          *self,
                 const XIRawEvent *event)
{
  const double *value = event->raw_values;
  double deltas[2] = { 0, 0 };

  for (int i = 0; i < MIN (event->valuators.mask_len * 8, 2); i++)
    {
      if (XIMaskIsSet (event->valuators.mask, i))
        deltas[i] = *value++;
    }
  if (deltas[0] != 0 || deltas[1] != 0)
    self->parent.moved (deltas[0], deltas[1], self->parent.user_data);
}

static gboolean
readable_cb (int          fd,
             GIOCondition condition,
             gpointer     user_data)
{
  X11Lock *self = user_data;
  gboolean moved = FALSE;

  while (XPending (self->raw) > 0)
    {
      XEvent event;

      XNextEvent (self->raw, &event);
      if (event.xcookie.type != GenericEvent || event.xcookie.extension != self->opcode
          || !XGetEventData (self->raw, &event.xcookie))
        continue;
      if (event.xcookie.evtype == XI_RawMotion)
        {
          moved = TRUE;
          take_raw_motion (self, event.xcookie.data);
        }
      XFreeEventData (self->raw, &event.xcookie);
    }
  if (moved)
    put_back (self);
  return G_SOURCE_CONTINUE;
}

static void
x11_lock_free (LodgePointerLock *lock)
{
  X11Lock *self = (X11Lock *) lock;
  Display *xdisplay = gdk_x11_display_get_xdisplay (self->display);

  if (self->parent.held)
    {
      XUngrabPointer (xdisplay, CurrentTime);
      XFlush (xdisplay);
    }
  g_clear_handle_id (&self->source_id, g_source_remove);
  if (self->raw != NULL)
    XCloseDisplay (self->raw);
  g_object_unref (self->display);
  g_free (self);
}

LodgePointerLock *
lodge_pointer_lock_new_x11 (GdkSurface                  *surface,
                            const cairo_rectangle_int_t *area)
{
  const unsigned int events = ButtonPressMask | ButtonReleaseMask | PointerMotionMask;
  GdkDisplay *display = gdk_surface_get_display (surface);
  const double scale = gdk_surface_get_scale (surface);
  Display *xdisplay;
  X11Lock *self;

  if (!GDK_IS_X11_DISPLAY (display))
    return NULL;

  xdisplay = gdk_x11_display_get_xdisplay (display);
  self = g_new0 (X11Lock, 1);
  self->parent.free = x11_lock_free;
  self->display = g_object_ref (display);
  self->window = gdk_x11_surface_get_xid (surface);
  self->center_x = (int) ((area->x + area->width / 2) * scale);
  self->center_y = (int) ((area->y + area->height / 2) * scale);
  self->raw = XOpenDisplay (DisplayString (xdisplay));
  if (self->raw == NULL || !select_raw_motion (self)
      || XGrabPointer (xdisplay, self->window, True, events, GrabModeAsync, GrabModeAsync, self->window, None,
                       CurrentTime) != GrabSuccess)
    {
      x11_lock_free (&self->parent);
      return NULL;
    }
  self->parent.held = TRUE;
  self->source_id = g_unix_fd_add (ConnectionNumber (self->raw), G_IO_IN, readable_cb, self);
  put_back (self);
  return &self->parent;
}

#else

LodgePointerLock *
lodge_pointer_lock_new_x11 (GdkSurface                  *surface,
                            const cairo_rectangle_int_t *area)
{
  return NULL;
}

#endif
