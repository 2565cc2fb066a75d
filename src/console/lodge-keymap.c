/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-keymap"

#include "config.h"

#include <glib/gi18n.h>
#include <linux/input-event-codes.h>

#include "lodge-keymap.h"
#include "lodge-keymap-table.h"

/* A US keyboard: what the keys say, plain and with Shift. For servers that only know key values,
 * and for typing text. */
static const struct
{
  guint8  code;
  guint16 plain;
  guint16 shifted;
} us_layout[] = {
  { KEY_1, '1', '!' },
  { KEY_2, '2', '@' },
  { KEY_3, '3', '#' },
  { KEY_4, '4', '$' },
  { KEY_5, '5', '%' },
  { KEY_6, '6', '^' },
  { KEY_7, '7', '&' },
  { KEY_8, '8', '*' },
  { KEY_9, '9', '(' },
  { KEY_0, '0', ')' },
  { KEY_MINUS, '-', '_' },
  { KEY_EQUAL, '=', '+' },
  { KEY_Q, 'q', 'Q' },
  { KEY_W, 'w', 'W' },
  { KEY_E, 'e', 'E' },
  { KEY_R, 'r', 'R' },
  { KEY_T, 't', 'T' },
  { KEY_Y, 'y', 'Y' },
  { KEY_U, 'u', 'U' },
  { KEY_I, 'i', 'I' },
  { KEY_O, 'o', 'O' },
  { KEY_P, 'p', 'P' },
  { KEY_LEFTBRACE, '[', '{' },
  { KEY_RIGHTBRACE, ']', '}' },
  { KEY_A, 'a', 'A' },
  { KEY_S, 's', 'S' },
  { KEY_D, 'd', 'D' },
  { KEY_F, 'f', 'F' },
  { KEY_G, 'g', 'G' },
  { KEY_H, 'h', 'H' },
  { KEY_J, 'j', 'J' },
  { KEY_K, 'k', 'K' },
  { KEY_L, 'l', 'L' },
  { KEY_SEMICOLON, ';', ':' },
  { KEY_APOSTROPHE, '\'', '"' },
  { KEY_GRAVE, '`', '~' },
  { KEY_BACKSLASH, '\\', '|' },
  { KEY_Z, 'z', 'Z' },
  { KEY_X, 'x', 'X' },
  { KEY_C, 'c', 'C' },
  { KEY_V, 'v', 'V' },
  { KEY_B, 'b', 'B' },
  { KEY_N, 'n', 'N' },
  { KEY_M, 'm', 'M' },
  { KEY_COMMA, ',', '<' },
  { KEY_DOT, '.', '>' },
  { KEY_SLASH, '/', '?' },
  { KEY_SPACE, ' ', ' ' },
  { KEY_ESC, GDK_KEY_Escape, GDK_KEY_Escape },
  { KEY_BACKSPACE, GDK_KEY_BackSpace, GDK_KEY_BackSpace },
  { KEY_TAB, GDK_KEY_Tab, GDK_KEY_ISO_Left_Tab },
  { KEY_ENTER, GDK_KEY_Return, GDK_KEY_Return },
  { KEY_LEFTCTRL, GDK_KEY_Control_L, GDK_KEY_Control_L },
  { KEY_LEFTSHIFT, GDK_KEY_Shift_L, GDK_KEY_Shift_L },
  { KEY_RIGHTSHIFT, GDK_KEY_Shift_R, GDK_KEY_Shift_R },
  { KEY_LEFTALT, GDK_KEY_Alt_L, GDK_KEY_Alt_L },
  { KEY_CAPSLOCK, GDK_KEY_Caps_Lock, GDK_KEY_Caps_Lock },
  { KEY_F1, GDK_KEY_F1, GDK_KEY_F1 },
  { KEY_F2, GDK_KEY_F2, GDK_KEY_F2 },
  { KEY_F3, GDK_KEY_F3, GDK_KEY_F3 },
  { KEY_F4, GDK_KEY_F4, GDK_KEY_F4 },
  { KEY_F5, GDK_KEY_F5, GDK_KEY_F5 },
  { KEY_F6, GDK_KEY_F6, GDK_KEY_F6 },
  { KEY_F7, GDK_KEY_F7, GDK_KEY_F7 },
  { KEY_F8, GDK_KEY_F8, GDK_KEY_F8 },
  { KEY_F9, GDK_KEY_F9, GDK_KEY_F9 },
  { KEY_F10, GDK_KEY_F10, GDK_KEY_F10 },
  { KEY_F11, GDK_KEY_F11, GDK_KEY_F11 },
  { KEY_F12, GDK_KEY_F12, GDK_KEY_F12 },
  { KEY_NUMLOCK, GDK_KEY_Num_Lock, GDK_KEY_Num_Lock },
  { KEY_SCROLLLOCK, GDK_KEY_Scroll_Lock, GDK_KEY_Scroll_Lock },
  { KEY_102ND, '<', '>' },
  { KEY_RIGHTCTRL, GDK_KEY_Control_R, GDK_KEY_Control_R },
  { KEY_SYSRQ, GDK_KEY_Print, GDK_KEY_Sys_Req },
  { KEY_RIGHTALT, GDK_KEY_Alt_R, GDK_KEY_Alt_R },
  { KEY_HOME, GDK_KEY_Home, GDK_KEY_Home },
  { KEY_UP, GDK_KEY_Up, GDK_KEY_Up },
  { KEY_PAGEUP, GDK_KEY_Page_Up, GDK_KEY_Page_Up },
  { KEY_LEFT, GDK_KEY_Left, GDK_KEY_Left },
  { KEY_RIGHT, GDK_KEY_Right, GDK_KEY_Right },
  { KEY_END, GDK_KEY_End, GDK_KEY_End },
  { KEY_DOWN, GDK_KEY_Down, GDK_KEY_Down },
  { KEY_PAGEDOWN, GDK_KEY_Page_Down, GDK_KEY_Page_Down },
  { KEY_INSERT, GDK_KEY_Insert, GDK_KEY_Insert },
  { KEY_DELETE, GDK_KEY_Delete, GDK_KEY_Delete },
  { KEY_PAUSE, GDK_KEY_Pause, GDK_KEY_Break },
  { KEY_LEFTMETA, GDK_KEY_Super_L, GDK_KEY_Super_L },
  { KEY_RIGHTMETA, GDK_KEY_Super_R, GDK_KEY_Super_R },
  { KEY_COMPOSE, GDK_KEY_Menu, GDK_KEY_Menu },
};

/**
 * lodge_keymap_to_xt:
 * @code: evdev code
 *
 * Returns: the number that SPICE wants (XT set 1, 0x100 added for E0 keys), 0 for a key that no
 *   guest receives
 */
guint
lodge_keymap_to_xt (guint code)
{
  return code < G_N_ELEMENTS (xt_codes) ? xt_codes[code] : 0;
}

/**
 * lodge_keymap_to_qnum:
 * @code: evdev code
 *
 * Returns: the number that QEMU's VNC extension wants, 0 for a key that no guest receives
 */
guint
lodge_keymap_to_qnum (guint code)
{
  const guint xt = lodge_keymap_to_xt (code);

  return (xt & 0x7f) | (xt & 0x100 ? 0x80 : 0);
}

/**
 * lodge_keymap_to_keyval:
 * @code: evdev code
 * @shift: whether Shift is down
 *
 * Returns: what the key says on a US keyboard, 0 when that is not known
 */
guint
lodge_keymap_to_keyval (guint    code,
                        gboolean shift)
{
  for (gsize i = 0; i < G_N_ELEMENTS (us_layout); i++)
    {
      if (us_layout[i].code == code)
        return shift ? us_layout[i].shifted : us_layout[i].plain;
    }

  return 0;
}

/**
 * lodge_keymap_from_char:
 * @character: ASCII, or newline or tabulator
 * @code: (out): evdev code
 * @shift: (out): whether Shift must be down
 *
 * Returns: %TRUE if a US keyboard can type @character
 */
gboolean
lodge_keymap_from_char (gunichar  character,
                        guint    *code,
                        gboolean *shift)
{
  guint keyval = character;

  if (character == '\n' || character == '\r')
    keyval = GDK_KEY_Return;
  else if (character == '\t')
    keyval = GDK_KEY_Tab;
  else if (character < 0x20 || character > 0x7e)
    return FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (us_layout); i++)
    {
      /* Not every keyboard has it, and what it says differs */
      if (us_layout[i].code == KEY_102ND)
        continue;

      if (us_layout[i].plain == keyval || us_layout[i].shifted == keyval)
        {
          *code = us_layout[i].code;
          *shift = us_layout[i].plain != keyval;
          return TRUE;
        }
    }

  return FALSE;
}

/**
 * lodge_keymap_from_event:
 * @keycode: hardware key code of a GDK event, Wayland or X11 with evdev rules
 *
 * Returns: the evdev code, 0 for none
 */
guint
lodge_keymap_from_event (guint keycode)
{
  return keycode > 8 ? keycode - 8 : 0;
}

static const char *
get_key_name (guint code)
{
  switch (code)
    {
    case KEY_LEFTCTRL:
      return _("left Ctrl");
    case KEY_RIGHTCTRL:
      return _("right Ctrl");
    case KEY_LEFTALT:
      return _("left Alt");
    case KEY_RIGHTALT:
      return _("right Alt");
    case KEY_LEFTSHIFT:
      return _("left Shift");
    case KEY_RIGHTSHIFT:
      return _("right Shift");
    case KEY_LEFTMETA:
      return _("left Super");
    case KEY_RIGHTMETA:
      return _("right Super");
    default:
      return gdk_keyval_name (lodge_keymap_to_keyval (code, FALSE));
    }
}

/**
 * lodge_keymap_dup_label:
 * @codes: (array length=n_codes): evdev codes
 * @n_codes: how many
 *
 * Returns: (transfer full): the names of the keys, in the person's language
 */
char *
lodge_keymap_dup_label (const guint *codes,
                        gsize        n_codes)
{
  GString *label = g_string_new (NULL);

  for (gsize i = 0; i < n_codes; i++)
    {
      const char *name = get_key_name (codes[i]);

      /* “a” stands as “A” on the key */
      g_string_append (label, i > 0 ? " + " : "");
      if (name != NULL && name[0] != '\0' && name[1] == '\0')
        g_string_append_c (label, g_ascii_toupper (name[0]));
      else
        g_string_append (label, name != NULL ? name : "?");
    }
  return g_string_free_and_steal (label);
}
