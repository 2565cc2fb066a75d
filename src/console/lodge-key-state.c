/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-key-state"

#include "config.h"

#include <linux/input-event-codes.h>

#include "lodge-key-state.h"

/* Which keys the guest believes to be down. A release that never comes (the compositor took the
 * keyboard away) or comes from nowhere (the key went down elsewhere) must not confuse it. */

typedef struct
{
  guint code;
  guint keyval;  /* as at the press: the release says the same */
} Key;

struct _LodgeKeyState
{
  LodgeKeyStateFunc  send;
  gpointer           user_data;
  GArray            *keys;   /* in the order of their presses */
  guint              release_codes[LODGE_KEY_STATE_MAX_RELEASE];
  gsize              n_release;
  gboolean           armed;  /* the release combination is down and nothing else was pressed since */
};

static gboolean
find (LodgeKeyState *self,
      guint          code,
      guint         *index)
{
  for (guint i = 0; i < self->keys->len; i++)
    {
      if (g_array_index (self->keys, Key, i).code == code)
        {
          *index = i;
          return TRUE;
        }
    }

  return FALSE;
}

static gboolean
is_release_combination (LodgeKeyState *self)
{
  for (gsize i = 0; i < self->n_release; i++)
    {
      if (!lodge_key_state_is_down (self, self->release_codes[i]))
        return FALSE;
    }

  return TRUE;
}

/**
 * lodge_key_state_new:
 * @send: takes what the guest is to receive
 * @user_data: for @send
 *
 * Returns: (transfer full): a keyboard with no key down
 */
LodgeKeyState *
lodge_key_state_new (LodgeKeyStateFunc send,
                     gpointer          user_data)
{
  static const guint ctrl_alt[] = { KEY_LEFTCTRL, KEY_LEFTALT };
  LodgeKeyState *self = g_new0 (LodgeKeyState, 1);

  self->send = send;
  self->user_data = user_data;
  self->keys = g_array_new (FALSE, FALSE, sizeof (Key));
  lodge_key_state_set_release_keys (self, ctrl_alt, G_N_ELEMENTS (ctrl_alt));

  return self;
}

/**
 * lodge_key_state_set_release_keys:
 * @self: the keyboard
 * @codes: (array length=n_codes): evdev codes, one to four different ones
 * @n_codes: how many
 *
 * Sets the combination that gives the keyboard back, left Ctrl and left Alt when not set.
 */
void
lodge_key_state_set_release_keys (LodgeKeyState *self,
                                  const guint   *codes,
                                  gsize          n_codes)
{
  g_return_if_fail (n_codes > 0 && n_codes <= LODGE_KEY_STATE_MAX_RELEASE);

  memcpy (self->release_codes, codes, n_codes * sizeof *codes);
  self->n_release = n_codes;
  self->armed = FALSE;
}

void
lodge_key_state_free (LodgeKeyState *self)
{
  g_array_unref (self->keys);
  g_free (self);
}

/**
 * lodge_key_state_press:
 * @self: the keyboard
 * @code: evdev code
 * @keyval: key value
 *
 * Sends a press. A press of a key that is down is a repeat and is sent too: PS/2 guests do not
 * repeat by themselves, others ignore it.
 *
 * Returns: %TRUE if the key went down, %FALSE for a repeat
 */
gboolean
lodge_key_state_press (LodgeKeyState *self,
                       guint          code,
                       guint          keyval)
{
  const Key key = { code, keyval };
  guint i;

  if (find (self, code, &i))
    {
      self->send (code, g_array_index (self->keys, Key, i).keyval, TRUE, self->user_data);
      return FALSE;
    }

  g_array_append_val (self->keys, key);
  self->armed = self->keys->len == self->n_release && is_release_combination (self);
  self->send (code, keyval, TRUE, self->user_data);

  return TRUE;
}

/**
 * lodge_key_state_release:
 * @self: the keyboard
 * @code: evdev code
 *
 * Sends a release, unless the guest never saw the press.
 *
 * Returns: %TRUE if this ends the release combination: its keys were down together, and nothing but them
 */
gboolean
lodge_key_state_release (LodgeKeyState *self,
                         guint          code)
{
  gboolean armed = self->armed;
  guint keyval;
  guint i;

  if (!find (self, code, &i))
    return FALSE;

  self->armed = FALSE;
  keyval = g_array_index (self->keys, Key, i).keyval;
  g_array_remove_index (self->keys, i);
  self->send (code, keyval, FALSE, self->user_data);

  return armed;
}

/**
 * lodge_key_state_release_all:
 * @self: the keyboard
 *
 * Sends releases for all keys that are down, the newest first.
 */
void
lodge_key_state_release_all (LodgeKeyState *self)
{
  self->armed = FALSE;
  while (self->keys->len > 0)
    {
      const Key key = g_array_index (self->keys, Key, self->keys->len - 1);

      g_array_set_size (self->keys, self->keys->len - 1);
      self->send (key.code, key.keyval, FALSE, self->user_data);
    }
}

gboolean
lodge_key_state_is_down (LodgeKeyState *self,
                         guint          code)
{
  guint i;

  return find (self, code, &i);
}

gsize
lodge_key_state_count (LodgeKeyState *self)
{
  return self->keys->len;
}
