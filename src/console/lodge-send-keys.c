/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-send-keys"

#include "config.h"

#include "lodge-send-keys.h"

#include <glib/gi18n.h>
#include <linux/input-event-codes.h>

#define MAX_CODES 4

static const struct
{
  const char *id;
  const char *label;    /* key names are the same in all languages, as they stand on keyboards */
  guint       codes[MAX_CODES];
  gsize       n_codes;
  int         section;
} combinations[] = {
  { "ctrl-alt-delete", "Ctrl+Alt+Delete", { KEY_LEFTCTRL, KEY_LEFTALT, KEY_DELETE }, 3, 0 },
  { "ctrl-alt-backspace", "Ctrl+Alt+Backspace", { KEY_LEFTCTRL, KEY_LEFTALT, KEY_BACKSPACE }, 3, 0 },
  { "secure-attention", "Ctrl+Alt+Shift+Escape", { KEY_LEFTCTRL, KEY_LEFTALT, KEY_LEFTSHIFT, KEY_ESC }, 4, 0 },
  { "alt-tab", "Alt+Tab", { KEY_LEFTALT, KEY_TAB }, 2, 1 },
  { "alt-f4", "Alt+F4", { KEY_LEFTALT, KEY_F4 }, 2, 1 },
  { "super", "Super", { KEY_LEFTMETA }, 1, 1 },
  { "print", "Print", { KEY_SYSRQ }, 1, 1 },
  { "ctrl-alt-f1", "Ctrl+Alt+F1", { KEY_LEFTCTRL, KEY_LEFTALT, KEY_F1 }, 3, 2 },
  { "ctrl-alt-f2", "Ctrl+Alt+F2", { KEY_LEFTCTRL, KEY_LEFTALT, KEY_F2 }, 3, 2 },
  { "ctrl-alt-f3", "Ctrl+Alt+F3", { KEY_LEFTCTRL, KEY_LEFTALT, KEY_F3 }, 3, 2 },
  { "ctrl-alt-f4", "Ctrl+Alt+F4", { KEY_LEFTCTRL, KEY_LEFTALT, KEY_F4 }, 3, 2 },
  { "ctrl-alt-f5", "Ctrl+Alt+F5", { KEY_LEFTCTRL, KEY_LEFTALT, KEY_F5 }, 3, 2 },
  { "ctrl-alt-f6", "Ctrl+Alt+F6", { KEY_LEFTCTRL, KEY_LEFTALT, KEY_F6 }, 3, 2 },
  { "ctrl-alt-f7", "Ctrl+Alt+F7", { KEY_LEFTCTRL, KEY_LEFTALT, KEY_F7 }, 3, 2 },
  { "ctrl-alt-f8", "Ctrl+Alt+F8", { KEY_LEFTCTRL, KEY_LEFTALT, KEY_F8 }, 3, 2 },
  { "ctrl-alt-f9", "Ctrl+Alt+F9", { KEY_LEFTCTRL, KEY_LEFTALT, KEY_F9 }, 3, 2 },
  { "ctrl-alt-f10", "Ctrl+Alt+F10", { KEY_LEFTCTRL, KEY_LEFTALT, KEY_F10 }, 3, 2 },
  { "ctrl-alt-f11", "Ctrl+Alt+F11", { KEY_LEFTCTRL, KEY_LEFTALT, KEY_F11 }, 3, 2 },
  { "ctrl-alt-f12", "Ctrl+Alt+F12", { KEY_LEFTCTRL, KEY_LEFTALT, KEY_F12 }, 3, 2 },
};

/**
 * lodge_send_keys_find:
 * @id: e.g. "ctrl-alt-delete"
 * @n_codes: (out): how many
 *
 * Returns: (nullable) (transfer none): evdev key codes in the order of pressing
 */
const guint *
lodge_send_keys_find (const char *id,
                      gsize      *n_codes)
{
  for (gsize i = 0; i < G_N_ELEMENTS (combinations); i++)
    {
      if (g_str_equal (combinations[i].id, id))
        {
          *n_codes = combinations[i].n_codes;
          return combinations[i].codes;
        }
    }
  return NULL;
}

/**
 * lodge_send_keys_new_menu:
 *
 * Returns: (transfer full): a menu of the combinations, and of typing the clipboard
 */
GMenuModel *
lodge_send_keys_new_menu (void)
{
  GMenu *menu = g_menu_new ();
  g_autoptr(GMenu) section = NULL;
  int current = -1;

  for (gsize i = 0; i < G_N_ELEMENTS (combinations); i++)
    {
      g_autoptr(GMenuItem) item = g_menu_item_new (combinations[i].label, NULL);

      if (combinations[i].section != current)
        {
          g_clear_object (&section);
          section = g_menu_new ();
          g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
          current = combinations[i].section;
        }
      g_menu_item_set_action_and_target (item, "console.send-keys", "s", combinations[i].id);
      g_menu_append_item (section, item);
    }
  g_clear_object (&section);
  section = g_menu_new ();
  g_menu_append (section, _("_Type Clipboard Text"), "console.type-clipboard");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
  return G_MENU_MODEL (menu);
}
