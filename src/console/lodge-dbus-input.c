/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-dbus-screen"

#include "config.h"

#include <linux/input-event-codes.h>

#include "lodge-dbus-screen-private.h"
#include "lodge-keymap.h"

#define KEYBOARD "org.qemu.Display1.Keyboard"
#define MOUSE    "org.qemu.Display1.Mouse"

/* Dots at which a screen of unknown size is said to be: 96 an inch */
#define MM_PER_PIXEL (25.4 / 96)

/* By LodgeScreenButton, then the wheels */
static const guint qemu_buttons[] = {
  [LODGE_SCREEN_BUTTON_LEFT] = 0,
  [LODGE_SCREEN_BUTTON_MIDDLE] = 1,
  [LODGE_SCREEN_BUTTON_RIGHT] = 2,
  [LODGE_SCREEN_BUTTON_BACK] = 5,
  [LODGE_SCREEN_BUTTON_FORWARD] = 6,
};
#define QEMU_WHEEL_UP    3
#define QEMU_WHEEL_DOWN  4
#define QEMU_WHEEL_LEFT  7
#define QEMU_WHEEL_RIGHT 8

static void
press (LodgeDbusScreen *self,
       const char      *interface,
       guint            number,
       gboolean         down)
{
  lodge_dbus_screen_call (self, interface, down ? "Press" : "Release", g_variant_new ("(u)", number));
}

static void
lodge_dbus_screen_key (LodgeScreen *screen,
                       guint        code,
                       guint        keyval,
                       gboolean     down)
{
  const guint qnum = lodge_keymap_to_qnum (code);

  if (qnum != 0)
    press (LODGE_DBUS_SCREEN (screen), KEYBOARD, qnum, down);
}

static void
lodge_dbus_screen_move_to (LodgeScreen *screen,
                           int          x,
                           int          y,
                           guint        buttons)
{
  lodge_dbus_screen_call (LODGE_DBUS_SCREEN (screen), MOUSE, "SetAbsPosition",
                          g_variant_new ("(uu)", (guint) MAX (x, 0), (guint) MAX (y, 0)));
}

static void
lodge_dbus_screen_move_by (LodgeScreen *screen,
                           int          dx,
                           int          dy,
                           guint        buttons)
{
  lodge_dbus_screen_call (LODGE_DBUS_SCREEN (screen), MOUSE, "RelMotion", g_variant_new ("(ii)", dx, dy));
}

static void
lodge_dbus_screen_button (LodgeScreen       *screen,
                          LodgeScreenButton  button,
                          gboolean           down,
                          guint              buttons)
{
  if (button < G_N_ELEMENTS (qemu_buttons))
    press (LODGE_DBUS_SCREEN (screen), MOUSE, qemu_buttons[button], down);
}

static void
click_wheel (LodgeDbusScreen *self,
             guint            button,
             int              clicks)
{
  for (int i = 0; i < clicks; i++)
    {
      press (self, MOUSE, button, TRUE);
      press (self, MOUSE, button, FALSE);
    }
}

static void
lodge_dbus_screen_wheel (LodgeScreen *screen,
                         int          dx,
                         int          dy,
                         guint        buttons)
{
  LodgeDbusScreen *self = LODGE_DBUS_SCREEN (screen);

  click_wheel (self, dy < 0 ? QEMU_WHEEL_UP : QEMU_WHEEL_DOWN, ABS (dy));
  click_wheel (self, dx < 0 ? QEMU_WHEEL_LEFT : QEMU_WHEEL_RIGHT, ABS (dx));
}

/* There is no call for it: the keys are tapped whose light is wrong */
static void
lodge_dbus_screen_set_locks (LodgeScreen *screen,
                             guint        locks)
{
  static const struct { guint lock; guint code; } keys[] = {
    { LODGE_SCREEN_LOCK_SCROLL, KEY_SCROLLLOCK },
    { LODGE_SCREEN_LOCK_NUM, KEY_NUMLOCK },
    { LODGE_SCREEN_LOCK_CAPS, KEY_CAPSLOCK },
  };
  const guint wrong = lodge_screen_get_led_state (screen) ^ locks;

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (wrong & keys[i].lock)
      {
        lodge_dbus_screen_key (screen, keys[i].code, 0, TRUE);
        lodge_dbus_screen_key (screen, keys[i].code, 0, FALSE);
      }
}

static void
lodge_dbus_screen_request_size (LodgeScreen *screen,
                                int          width,
                                int          height)
{
  lodge_dbus_screen_call (LODGE_DBUS_SCREEN (screen), "org.qemu.Display1.Console", "SetUIInfo",
                          g_variant_new ("(qqiiuu)", (guint16) CLAMP (width * MM_PER_PIXEL, 1, G_MAXUINT16),
                                         (guint16) CLAMP (height * MM_PER_PIXEL, 1, G_MAXUINT16), 0, 0,
                                         (guint) width, (guint) height));
}

void
lodge_dbus_screen_install_input (LodgeScreenClass *klass)
{
  klass->key = lodge_dbus_screen_key;
  klass->move_to = lodge_dbus_screen_move_to;
  klass->move_by = lodge_dbus_screen_move_by;
  klass->button = lodge_dbus_screen_button;
  klass->wheel = lodge_dbus_screen_wheel;
  klass->set_locks = lodge_dbus_screen_set_locks;
  klass->request_size = lodge_dbus_screen_request_size;
}

/* The properties that matter, whichever interface of the console they are of */
static void
take_property (LodgeDbusScreen *self,
               const char      *name,
               GVariant        *value)
{
  if (g_str_equal (name, "IsAbsolute") && g_variant_is_of_type (value, G_VARIANT_TYPE_BOOLEAN))
    lodge_screen_set_absolute_pointer (LODGE_SCREEN (self), g_variant_get_boolean (value));
  else if (g_str_equal (name, "Modifiers") && g_variant_is_of_type (value, G_VARIANT_TYPE_UINT32))
    lodge_screen_set_led_state (LODGE_SCREEN (self), g_variant_get_uint32 (value) & 7);
}

static void
properties_changed_cb (GDBusConnection *connection,
                       const char      *sender,
                       const char      *path,
                       const char      *interface,
                       const char      *signal,
                       GVariant        *parameters,
                       gpointer         user_data)
{
  LodgeDbusScreen *self = user_data;
  g_autoptr(GVariantIter) changed = NULL;
  const char *name;
  GVariant *value;

  if (self->connection != connection || !g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(sa{sv}as)")))
    return;
  g_variant_get (parameters, "(&sa{sv}as)", NULL, &changed, NULL);
  while (g_variant_iter_loop (changed, "{&sv}", &name, &value))
    take_property (self, name, value);
}

static void
got_properties_cb (GObject      *object,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr(LodgeDbusScreen) self = user_data;
  g_autoptr(GVariant) reply = g_dbus_connection_call_finish (G_DBUS_CONNECTION (object), result, NULL);
  g_autoptr(GVariantIter) all = NULL;
  const char *name;
  GVariant *value;

  /* A host that does not tell is taken for one with a relative pointer and no lights */
  if (reply == NULL || self->connection != G_DBUS_CONNECTION (object))
    return;
  g_variant_get (reply, "(a{sv})", &all);
  while (g_variant_iter_loop (all, "{&sv}", &name, &value))
    take_property (self, name, value);
}

void
lodge_dbus_screen_watch_input (LodgeDbusScreen *self)
{
  static const char * const interfaces[] = { MOUSE, KEYBOARD };

  self->properties_id =
    g_dbus_connection_signal_subscribe (self->connection, NULL, "org.freedesktop.DBus.Properties", "PropertiesChanged",
                                        self->console_path, NULL, G_DBUS_SIGNAL_FLAGS_NONE, properties_changed_cb,
                                        self, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (interfaces); i++)
    g_dbus_connection_call (self->connection, NULL, self->console_path, "org.freedesktop.DBus.Properties", "GetAll",
                            g_variant_new ("(s)", interfaces[i]), G_VARIANT_TYPE ("(a{sv})"),
                            G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, self->cancellable, got_properties_cb,
                            g_object_ref (self));
}
