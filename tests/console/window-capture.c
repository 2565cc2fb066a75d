/* SPDX-License-Identifier: GPL-3.0-or-later */
#define GDK_DISABLE_DEPRECATION_WARNINGS
#include "config.h"

#include <gdk/x11/gdkx.h>
#include <stdio.h>

#include <X11/Xutil.h>

#include "window-capture.h"

static Picture
capture_x11 (GdkSurface *surface)
{
  Display *display = gdk_x11_display_get_xdisplay (gdk_surface_get_display (surface));
  Picture picture = { 0 };
  XWindowAttributes attributes;
  XImage *image;

  XSync (display, False);
  XGetWindowAttributes (display, gdk_x11_surface_get_xid (surface), &attributes);
  picture.width = attributes.width;
  picture.height = attributes.height;
  picture.pixels = g_new (guint32, picture.width * picture.height);
  image = XGetImage (display, gdk_x11_surface_get_xid (surface), 0, 0, (guint) picture.width, (guint) picture.height,
                     AllPlanes, ZPixmap);
  g_assert_nonnull (image);
  g_assert_cmpint (image->bits_per_pixel, ==, 32);
  for (int y = 0; y < picture.height; y++)
    memcpy (picture.pixels + y * picture.width, image->data + y * image->bytes_per_line, (gsize) picture.width * 4);
  XDestroyImage (image);
  return picture;
}

/* As grim writes it: “P6 width height 255”, then three bytes a pixel */
static Picture
parse_ppm (const char *data,
           gsize       size)
{
  Picture picture = { 0 };
  int start = 0;
  const guchar *bytes;

  g_assert_cmpint (sscanf (data, "P6 %d %d 255%n", &picture.width, &picture.height, &start), ==, 2);
  bytes = (const guchar *) data + start + 1;
  g_assert_cmpuint (size, ==, (gsize) start + 1 + (gsize) picture.width * picture.height * 3);
  picture.pixels = g_new (guint32, picture.width * picture.height);
  for (int i = 0; i < picture.width * picture.height; i++)
    picture.pixels[i] = (guint32) bytes[3 * i] << 16 | (guint32) bytes[3 * i + 1] << 8 | bytes[3 * i + 2];
  return picture;
}

static Picture
capture_wayland (GdkSurface *surface)
{
  g_autoptr(GSubprocess) grim = NULL;
  g_autoptr(GBytes) output = NULL;
  g_autoptr(GError) error = NULL;
  gsize size;
  const char *data;

  /* The compositor has seen everything of ours when it has answered */
  gdk_display_sync (gdk_surface_get_display (surface));
  grim = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, "grim", "-t", "ppm", "-", NULL);
  g_assert_no_error (error);
  g_subprocess_communicate (grim, NULL, NULL, &output, NULL, &error);
  g_assert_no_error (error);
  data = g_bytes_get_data (output, &size);
  return parse_ppm (data, size);
}

Picture
capture_window (GtkWindow *window)
{
  GdkSurface *surface = gtk_native_get_surface (GTK_NATIVE (window));

  return GDK_IS_X11_SURFACE (surface) ? capture_x11 (surface) : capture_wayland (surface);
}
