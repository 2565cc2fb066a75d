/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-dbus-listener"

#include "config.h"

#include "lodge-dbus-listener.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gunixfdlist.h>
#include <glib/gi18n.h>
#include <unistd.h>

#include "lodge-dbus-display.h"
#include "lodge-screen-backend.h"
#include "util/lodge-error.h"

/* The object that QEMU calls for one console: pictures as bytes, or as a descriptor of memory that QEMU shares.
 *
 * Shared memory is read with pread(), never mapped: a guest that has taken its emulator over could shrink the file,
 * and a mapping would then kill this program with SIGBUS. The pixels are copied either way, so that a picture never
 * changes while it is drawn. */

#define LISTENER_PATH "/org/qemu/Display1/Listener"

/* pixman's names of what QEMU sends on a little-endian host. Depth 24 and 32 look the same to us. */
#define PIXMAN_X8R8G8B8 0x20020888u
#define PIXMAN_A8R8G8B8 0x20028888u

struct _LodgeDbusListener
{
  GDBusConnection              *connection;  /* owned */
  const LodgeDbusListenerFuncs *funcs;
  gpointer                      user_data;
  guint                         ids[2];      /* of the exported interfaces */

  guchar                       *pixels;      /* owned, nullable */
  int                           width;
  int                           height;
  int                           stride;

  int                           map_fd;      /* owned, -1: the picture came as bytes */
  gint64                        map_offset;
  gint64                        map_stride;
  gboolean                      dead;
};

static const char * const optional_interfaces[] = { "org.qemu.Display1.Listener.Unix.Map", NULL };

static void
fail (LodgeDbusListener *self,
      GError            *error)
{
  if (self->dead)
    {
      g_error_free (error);
      return;
    }
  self->dead = TRUE;
  self->funcs->failed (self->user_data, error);
}

static void
drop_map (LodgeDbusListener *self)
{
  if (self->map_fd >= 0)
    close (self->map_fd);
  self->map_fd = -1;
}

/* A new picture of this size, black */
static gboolean
make_picture (LodgeDbusListener *self,
              guint              width,
              guint              height,
              guint              stride,
              guint              format)
{
  g_autofree guchar *pixels = NULL;
  GError *error = NULL;

  if (!lodge_screen_check_size (width, height, &error))
    {
      fail (self, error);
      return FALSE;
    }
  if ((format != PIXMAN_X8R8G8B8 && format != PIXMAN_A8R8G8B8) || stride < width * 4)
    {
      fail (self, g_error_new (LODGE_ERROR, LODGE_ERROR_NOT_SUPPORTED,
                               _("The guest’s screen has a pixel format that cannot be shown (%08x)"), format));
      return FALSE;
    }

  pixels = g_try_malloc0 ((gsize) width * height * 4);
  if (pixels == NULL)
    {
      fail (self, g_error_new_literal (LODGE_ERROR, LODGE_ERROR_LIMIT,
                                       _("There is not enough memory for the guest’s screen")));
      return FALSE;
    }

  self->width = (int) width;
  self->height = (int) height;
  self->stride = self->width * 4;
  self->funcs->picture (self->user_data, pixels, self->width, self->height, self->stride);
  /* Only now nobody looks at the old one */
  g_free (self->pixels);
  self->pixels = g_steal_pointer (&pixels);
  return TRUE;
}

/* The part of the picture that a server means; FALSE: none of it */
static gboolean
clip (LodgeDbusListener     *self,
      cairo_rectangle_int_t *area)
{
  const GdkRectangle all = { 0, 0, self->width, self->height };
  GdkRectangle part = { CLAMP (area->x, -LODGE_SCREEN_MAX_SIDE, LODGE_SCREEN_MAX_SIDE),
                        CLAMP (area->y, -LODGE_SCREEN_MAX_SIDE, LODGE_SCREEN_MAX_SIDE),
                        CLAMP (area->width, 0, 2 * LODGE_SCREEN_MAX_SIDE),
                        CLAMP (area->height, 0, 2 * LODGE_SCREEN_MAX_SIDE) };

  return self->pixels != NULL && gdk_rectangle_intersect (&part, &all, area);
}

static gboolean
read_fully (int      fd,
            guchar  *to,
            gsize    length,
            gint64   offset)
{
  while (length > 0)
    {
      const gssize n = pread (fd, to, length, offset);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        return FALSE;
      to += n;
      offset += n;
      length -= (gsize) n;
    }
  return TRUE;
}

/* Rows that are wanted whole, or nearly, are one read: a system call costs as much as a few kilobytes */
static void
copy_from_map (LodgeDbusListener           *self,
               const cairo_rectangle_int_t *area)
{
  const gboolean whole_rows = area->width * 2 > self->width && self->map_stride == self->stride;
  gboolean ok = TRUE;

  if (whole_rows)
    ok = read_fully (self->map_fd, self->pixels + (gsize) area->y * self->stride, (gsize) area->height * self->stride,
                     self->map_offset + area->y * self->map_stride);
  else
    for (int y = area->y; ok && y < area->y + area->height; y++)
      ok = read_fully (self->map_fd, self->pixels + (gsize) y * self->stride + (gsize) area->x * 4,
                       (gsize) area->width * 4, self->map_offset + y * self->map_stride + area->x * 4);

  if (ok)
    self->funcs->damage (self->user_data, area->x, area->y, area->width, area->height);
  else
    fail (self, g_error_new_literal (LODGE_ERROR, LODGE_ERROR_FAILED,
                                     _("The host took the memory of the guest’s screen away")));
}

static void
copy_from_bytes (LodgeDbusListener           *self,
                 GVariant                    *data,
                 gsize                        stride,
                 const cairo_rectangle_int_t *area,
                 int                          origin_x,
                 int                          origin_y)
{
  gsize size;
  const guchar *bytes = g_variant_get_fixed_array (data, &size, 1);

  for (int y = area->y; y < area->y + area->height; y++)
    {
      const gsize from = (gsize) (y - origin_y) * stride + (gsize) (area->x - origin_x) * 4;
      const gsize length = (gsize) area->width * 4;

      if (from > size || length > size - from)
        {
          fail (self, g_error_new_literal (LODGE_ERROR, LODGE_ERROR_FAILED,
                                           _("The host sent less of the guest’s screen than it said")));
          return;
        }
      memcpy (self->pixels + (gsize) y * self->stride + (gsize) area->x * 4, bytes + from, length);
    }
  self->funcs->damage (self->user_data, area->x, area->y, area->width, area->height);
}

/* What QEMU calls */

static void
scanout (LodgeDbusListener     *self,
         GVariant              *parameters,
         GDBusMethodInvocation *invocation)
{
  guint width, height, stride, format;
  g_autoptr(GVariant) data = NULL;

  g_variant_get (parameters, "(uuuu@ay)", &width, &height, &stride, &format, &data);
  drop_map (self);
  if (make_picture (self, width, height, stride, format))
    {
      const cairo_rectangle_int_t all = { 0, 0, self->width, self->height };

      copy_from_bytes (self, data, stride, &all, 0, 0);
    }
}

static void
update (LodgeDbusListener     *self,
        GVariant              *parameters,
        GDBusMethodInvocation *invocation)
{
  cairo_rectangle_int_t area;
  guint stride, format;
  int x, y;
  g_autoptr(GVariant) data = NULL;

  g_variant_get (parameters, "(iiiiuu@ay)", &x, &y, &area.width, &area.height, &stride, &format, &data);
  area.x = x;
  area.y = y;
  if (clip (self, &area))
    copy_from_bytes (self, data, stride, &area, CLAMP (x, -LODGE_SCREEN_MAX_SIDE, LODGE_SCREEN_MAX_SIDE),
                     CLAMP (y, -LODGE_SCREEN_MAX_SIDE, LODGE_SCREEN_MAX_SIDE));
}

static void
scanout_map (LodgeDbusListener     *self,
             GVariant              *parameters,
             GDBusMethodInvocation *invocation)
{
  GUnixFDList *fds = g_dbus_message_get_unix_fd_list (g_dbus_method_invocation_get_message (invocation));
  guint offset, width, height, stride, format;
  int handle;
  g_autoptr(GError) error = NULL;
  int fd = -1;

  g_variant_get (parameters, "(huuuuu)", &handle, &offset, &width, &height, &stride, &format);
  if (fds != NULL && handle >= 0 && handle < g_unix_fd_list_get_length (fds))
    fd = g_unix_fd_list_get (fds, handle, &error);
  /* Only memory has seals. Reading anything else could wait for a disk or a network. */
  if (fd >= 0 && fcntl (fd, F_GET_SEALS) < 0)
    {
      close (fd);
      fd = -1;
    }
  if (fd < 0)
    {
      fail (self, g_error_new_literal (LODGE_ERROR, LODGE_ERROR_FAILED,
                                       _("The host promised the memory of the guest’s screen and did not send it")));
      return;
    }

  drop_map (self);
  self->map_fd = fd;
  self->map_offset = offset;
  self->map_stride = stride;
  if (make_picture (self, width, height, stride, format))
    {
      const cairo_rectangle_int_t all = { 0, 0, self->width, self->height };

      copy_from_map (self, &all);
    }
}

static void
update_map (LodgeDbusListener     *self,
            GVariant              *parameters,
            GDBusMethodInvocation *invocation)
{
  cairo_rectangle_int_t area;

  g_variant_get (parameters, "(iiii)", &area.x, &area.y, &area.width, &area.height);
  if (self->map_fd >= 0 && clip (self, &area))
    copy_from_map (self, &area);
}

static void
scanout_dmabuf (LodgeDbusListener     *self,
                GVariant              *parameters,
                GDBusMethodInvocation *invocation)
{
  fail (self, g_error_new_literal (LODGE_ERROR, LODGE_ERROR_NOT_SUPPORTED,
                                   _("The guest draws with OpenGL into memory of a graphics card, which this display "
                                     "cannot show. Switch OpenGL off for the display, or use SPICE.")));
}

static void
update_dmabuf (LodgeDbusListener     *self,
               GVariant              *parameters,
               GDBusMethodInvocation *invocation)
{
}

static void
disable (LodgeDbusListener     *self,
         GVariant              *parameters,
         GDBusMethodInvocation *invocation)
{
  drop_map (self);
  self->funcs->picture (self->user_data, NULL, 0, 0, 0);
  g_clear_pointer (&self->pixels, g_free);
  self->width = self->height = self->stride = 0;
}

static void
mouse_set (LodgeDbusListener     *self,
           GVariant              *parameters,
           GDBusMethodInvocation *invocation)
{
  int x, y, on;

  g_variant_get (parameters, "(iii)", &x, &y, &on);
  if (on)
    self->funcs->cursor_position (self->user_data, x, y);
  else
    self->funcs->cursor (self->user_data, NULL, 0, 0, 0, 0);
}

/* Native ARGB, not premultiplied */
static void
cursor_define (LodgeDbusListener     *self,
               GVariant              *parameters,
               GDBusMethodInvocation *invocation)
{
  int width, height, hot_x, hot_y;
  g_autoptr(GVariant) data = NULL;
  g_autofree guchar *rgba = NULL;
  const guchar *bytes;
  gsize size;

  g_variant_get (parameters, "(iiii@ay)", &width, &height, &hot_x, &hot_y, &data);
  bytes = g_variant_get_fixed_array (data, &size, 1);
  if (width < 1 || height < 1 || width > LODGE_SCREEN_MAX_CURSOR || height > LODGE_SCREEN_MAX_CURSOR
      || size < (gsize) width * height * 4)
    {
      self->funcs->cursor (self->user_data, NULL, 0, 0, 0, 0);
      return;
    }

  rgba = g_malloc ((gsize) width * height * 4);
  for (gsize i = 0; i < (gsize) width * height; i++)
    {
      guint32 pixel;

      memcpy (&pixel, bytes + i * 4, 4);
      rgba[i * 4] = (guchar) (pixel >> 16);
      rgba[i * 4 + 1] = (guchar) (pixel >> 8);
      rgba[i * 4 + 2] = (guchar) pixel;
      rgba[i * 4 + 3] = (guchar) (pixel >> 24);
    }
  self->funcs->cursor (self->user_data, rgba, width, height, hot_x, hot_y);
}

static const struct
{
  const char *name;
  void      (*call) (LodgeDbusListener *self, GVariant *parameters, GDBusMethodInvocation *invocation);
} methods[] = {
  { "UpdateMap", update_map },
  { "Update", update },
  { "Scanout", scanout },
  { "ScanoutMap", scanout_map },
  { "ScanoutDMABUF", scanout_dmabuf },
  { "UpdateDMABUF", update_dmabuf },
  { "Disable", disable },
  { "MouseSet", mouse_set },
  { "CursorDefine", cursor_define },
};

static void
method_call_cb (GDBusConnection       *connection,
                const char            *sender,
                const char            *object_path,
                const char            *interface_name,
                const char            *method_name,
                GVariant              *parameters,
                GDBusMethodInvocation *invocation,
                gpointer               user_data)
{
  LodgeDbusListener *self = user_data;

  /* QEMU waits for the answer: it comes first, and whatever happens */
  g_object_ref (invocation);
  g_dbus_method_invocation_return_value (invocation, NULL);
  for (guint i = 0; !self->dead && i < G_N_ELEMENTS (methods); i++)
    if (g_str_equal (methods[i].name, method_name))
      {
        methods[i].call (self, parameters, invocation);
        break;
      }
  g_object_unref (invocation);
}

static GVariant *
get_property_cb (GDBusConnection  *connection,
                 const char       *sender,
                 const char       *object_path,
                 const char       *interface_name,
                 const char       *property_name,
                 GError          **error,
                 gpointer          user_data)
{
  return g_variant_new_strv (optional_interfaces, -1);
}

static const GDBusInterfaceVTable vtable = { .method_call = method_call_cb, .get_property = get_property_cb };

/**
 * lodge_dbus_listener_new:
 * @connection: to QEMU, made with %G_DBUS_CONNECTION_FLAGS_DELAY_MESSAGE_PROCESSING and not started yet
 * @funcs: told on the main thread
 * @user_data: for @funcs
 * @error: return location
 *
 * Exports org.qemu.Display1.Listener and lets the messages of @connection flow.
 *
 * Returns: (transfer full) (nullable): the listener, which closes @connection when it is freed
 */
LodgeDbusListener *
lodge_dbus_listener_new (GDBusConnection              *connection,
                         const LodgeDbusListenerFuncs *funcs,
                         gpointer                      user_data,
                         GError                      **error)
{
  const GDBusInterfaceInfo * const infos[] = {
    &org_qemu_display1_listener_interface, &org_qemu_display1_listener_unix_map_interface,
  };
  LodgeDbusListener *self = g_new0 (LodgeDbusListener, 1);

  self->connection = g_object_ref (connection);
  self->funcs = funcs;
  self->user_data = user_data;
  self->map_fd = -1;
  for (guint i = 0; i < G_N_ELEMENTS (self->ids); i++)
    {
      self->ids[i] = g_dbus_connection_register_object (connection, LISTENER_PATH, (GDBusInterfaceInfo *) infos[i],
                                                        &vtable, self, NULL, error);
      if (self->ids[i] == 0)
        {
          lodge_dbus_listener_free (self);
          return NULL;
        }
    }
  g_dbus_connection_start_message_processing (connection);
  return self;
}

static gboolean
free_cb (gpointer user_data)
{
  LodgeDbusListener *self = user_data;

  g_free (self->pixels);
  g_free (self);
  return G_SOURCE_REMOVE;
}

/**
 * lodge_dbus_listener_free:
 * @self: (transfer full): a listener
 *
 * Nothing is told any more, and the pixels of the picture go, with the next turn of the main loop: it may be called
 * from inside of one of the functions.
 */
void
lodge_dbus_listener_free (LodgeDbusListener *self)
{
  self->dead = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (self->ids); i++)
    if (self->ids[i] != 0)
      g_dbus_connection_unregister_object (self->connection, self->ids[i]);
  g_dbus_connection_close (self->connection, NULL, NULL, NULL);
  g_clear_object (&self->connection);
  drop_map (self);
  g_idle_add_full (G_PRIORITY_DEFAULT, free_cb, self, NULL);
}
