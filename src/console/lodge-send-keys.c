/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-send-keys"

#include "config.h"

#include "lodge-send-keys.h"

#include <glib/gi18n.h>
#include <linux/input-event-codes.h>

#include "lodge-keymap.h"

/* An own combination in an id: “own:29+56” */
#define OWN "own:"
#define MAX_OWN 32

static const struct
{
  const char *id;
  const char *label;    /* key names are the same in all languages, as they stand on keyboards */
  guint       codes[LODGE_SEND_KEYS_MAX];
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

static gsize
parse_own (const char *text,
           guint       codes[LODGE_SEND_KEYS_MAX])
{
  g_auto(GStrv) words = g_strsplit (text, "+", LODGE_SEND_KEYS_MAX + 1);
  gsize n;

  for (n = 0; words[n] != NULL; n++)
    {
      guint64 code;

      if (n == LODGE_SEND_KEYS_MAX || !g_ascii_string_to_unsigned (words[n], 10, 1, 255, &code, NULL))
        return 0;
      codes[n] = (guint) code;
    }
  return n;
}

/**
 * lodge_send_keys_find:
 * @id: e.g. "ctrl-alt-delete"
 * @codes: (out): evdev key codes in the order of pressing
 *
 * Returns: how many codes there are, 0 for an unknown @id
 */
gsize
lodge_send_keys_find (const char *id,
                      guint       codes[LODGE_SEND_KEYS_MAX])
{
  if (g_str_has_prefix (id, OWN))
    return parse_own (id + strlen (OWN), codes);
  for (gsize i = 0; i < G_N_ELEMENTS (combinations); i++)
    {
      if (g_str_equal (combinations[i].id, id))
        {
          memcpy (codes, combinations[i].codes, sizeof combinations[i].codes);
          return combinations[i].n_codes;
        }
    }
  return 0;
}

/**
 * lodge_send_keys_new_menu:
 *
 * Returns: (transfer full): a menu of the combinations, and of typing the clipboard
 */
GMenu *
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
  return menu;
}

static void
append_own (GMenu    *section,
            GVariant *combination)
{
  gsize n = 0;
  const guint32 *codes = g_variant_get_fixed_array (combination, &n, sizeof (guint32));
  g_autoptr(GString) id = g_string_new (OWN);
  g_autofree char *label = NULL;
  g_autoptr(GMenuItem) item = NULL;
  guint known[LODGE_SEND_KEYS_MAX];

  for (gsize i = 0; i < n; i++)
    g_string_append_printf (id, "%s%u", i > 0 ? "+" : "", codes[i]);
  /* Settings may be anything */
  if (n == 0 || lodge_send_keys_find (id->str, known) != n)
    return;
  label = lodge_keymap_dup_label (known, n);
  item = g_menu_item_new (label, NULL);
  g_menu_item_set_action_and_target (item, "console.send-keys", "s", id->str);
  g_menu_append_item (section, item);
}

static void
fill_own (GMenu     *section,
          GSettings *settings)
{
  g_autoptr(GVariant) own = g_settings_get_value (settings, "own-key-combinations");

  g_menu_remove_all (section);
  for (gsize i = 0; i < MIN (g_variant_n_children (own), MAX_OWN); i++)
    {
      g_autoptr(GVariant) combination = g_variant_get_child_value (own, i);

      append_own (section, combination);
    }
}

static void
fill_own_cb (GSettings  *settings,
             const char *key,
             GMenu      *section)
{
  fill_own (section, settings);
}

/**
 * lodge_send_keys_follow:
 * @menu: made by lodge_send_keys_new_menu()
 * @settings: of the program
 */
void
lodge_send_keys_follow (GMenu     *menu,
                        GSettings *settings)
{
  g_autoptr(GMenu) section = g_menu_new ();

  g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
  fill_own (section, settings);
  g_signal_connect_object (settings, "changed::own-key-combinations", G_CALLBACK (fill_own_cb), section, 0);
}
