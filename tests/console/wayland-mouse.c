/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <linux/input-event-codes.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "wlr-virtual-pointer-client-protocol.h"

/* A mouse for a compositor without one. Reads lines: “to X Y” (of 10000 of the output), “by DX DY”, “press N”,
 * “release N” (1 left, 2 middle, 3 right). It is unplugged when its input ends. */

static struct zwlr_virtual_pointer_manager_v1 *manager;

static void
global_cb (void               *data,
           struct wl_registry *registry,
           uint32_t            name,
           const char         *interface,
           uint32_t            version)
{
  if (strcmp (interface, zwlr_virtual_pointer_manager_v1_interface.name) == 0)
    manager = wl_registry_bind (registry, name, &zwlr_virtual_pointer_manager_v1_interface, 1);
}

static void
global_remove_cb (void               *data,
                  struct wl_registry *registry,
                  uint32_t            name)
{
}

static const struct wl_registry_listener listener = { global_cb, global_remove_cb };

static uint32_t
now (void)
{
  struct timespec time;

  clock_gettime (CLOCK_MONOTONIC, &time);
  return (uint32_t) (time.tv_sec * 1000 + time.tv_nsec / 1000000);
}

static void
obey (struct zwlr_virtual_pointer_v1 *mouse,
      const char                     *line)
{
  static const uint32_t buttons[] = { BTN_LEFT, BTN_LEFT, BTN_MIDDLE, BTN_RIGHT };
  double dx;
  double dy;
  unsigned int x;
  unsigned int y;

  if (sscanf (line, "to %u %u", &x, &y) == 2)
    zwlr_virtual_pointer_v1_motion_absolute (mouse, now (), x, y, 10000, 10000);
  else if (sscanf (line, "by %lf %lf", &dx, &dy) == 2)
    zwlr_virtual_pointer_v1_motion (mouse, now (), wl_fixed_from_double (dx), wl_fixed_from_double (dy));
  else if (sscanf (line, "press %u", &x) == 1 && x <= 3)
    zwlr_virtual_pointer_v1_button (mouse, now (), buttons[x], 1);
  else if (sscanf (line, "release %u", &x) == 1 && x <= 3)
    zwlr_virtual_pointer_v1_button (mouse, now (), buttons[x], 0);
  zwlr_virtual_pointer_v1_frame (mouse);
}

int
main (void)
{
  struct wl_display *display = wl_display_connect (NULL);
  struct zwlr_virtual_pointer_v1 *mouse;
  char line[128];

  if (display == NULL)
    return 1;
  wl_registry_add_listener (wl_display_get_registry (display), &listener, NULL);
  wl_display_roundtrip (display);
  if (manager == NULL)
    return 1;
  mouse = zwlr_virtual_pointer_manager_v1_create_virtual_pointer (manager, NULL);
  while (fgets (line, sizeof line, stdin) != NULL)
    {
      obey (mouse, line);
      if (wl_display_roundtrip (display) < 0)
        return 1;
    }
  zwlr_virtual_pointer_v1_destroy (mouse);
  wl_display_disconnect (display);
  return 0;
}
