/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-display-keys"

#include "config.h"

#include <linux/input-event-codes.h>

#include "lodge-display-private.h"
#include "lodge-keymap.h"

/* Keys: who gets one, what the guest is told, and typing for a person. */

/* Typing text: faster than this and the small queue of a slow guest's keyboard overflows */
#define TYPING_MS 12
/* A step of typed text: an evdev code, with this when it goes down */
#define STEP_DOWN 0x10000u
#define MAX_TYPED 4096
/* The hint for keys pressed in vain is not repeated sooner */
#define HINT_PAUSE_US (30 * G_USEC_PER_SEC)

static void
send_key_cb (guint    code,
             guint    keyval,
             gboolean down,
             gpointer user_data)
{
  LodgeDisplay *self = user_data;

  if (self->screen != NULL)
    lodge_screen_key (self->screen, code, keyval, down);
}

static void
sync_locks (LodgeDisplay *self,
            guint         code)
{
  GdkSeat *seat = gdk_display_get_default_seat (gtk_widget_get_display (GTK_WIDGET (self)));
  GdkDevice *keyboard = seat != NULL ? gdk_seat_get_keyboard (seat) : NULL;
  guint locks = 0;

  if (!self->locks_pending)
    return;

  self->locks_pending = FALSE;
  /* Just pressed: the guest is about to learn it */
  if (keyboard == NULL || code == KEY_CAPSLOCK || code == KEY_NUMLOCK)
    return;

  if (gdk_device_get_caps_lock_state (keyboard))
    locks |= LODGE_SCREEN_LOCK_CAPS;
  if (gdk_device_get_num_lock_state (keyboard))
    locks |= LODGE_SCREEN_LOCK_NUM;
  lodge_screen_set_locks (self->screen, locks);
}

typedef struct
{
  guint            keyval;
  GdkModifierType  modifiers;
} HostKey;

/* Keys that belong to the program even while the guest has the keyboard */
static gboolean
is_host_key (LodgeDisplay    *self,
             guint            keyval,
             GdkModifierType  state)
{
  const GdkModifierType modifiers = state & gtk_accelerator_get_default_mod_mask ();

  for (guint i = 0; i < self->host_keys->len; i++)
    {
      const HostKey *key = g_ptr_array_index (self->host_keys, i);

      if (key->keyval == gdk_keyval_to_lower (keyval) && key->modifiers == modifiers)
        return TRUE;
    }

  return FALSE;
}

static gboolean
may_begin_host_key (LodgeDisplay *self,
                    guint         code)
{
  if (code != KEY_LEFTMETA && code != KEY_RIGHTMETA)
    return FALSE;

  for (guint i = 0; i < self->host_keys->len; i++)
    {
      if (((HostKey *) g_ptr_array_index (self->host_keys, i))->modifiers & GDK_SUPER_MASK)
        return TRUE;
    }

  return FALSE;
}

/* A Super key that the guest has not got yet, as it might have begun a host key: it has not */
static void
hand_over_held_back (LodgeDisplay *self)
{
  const guint code = self->held_back;

  self->held_back = 0;
  if (code != 0)
    lodge_key_state_press (self->keys, code, self->held_back_keyval);
}

/* Keys that somebody presses who wants out */
static gboolean
is_vain_key (guint           code,
             GdkModifierType state)
{
  const GdkModifierType modifiers = state & gtk_accelerator_get_default_mod_mask ();

  return (code == KEY_F4 && modifiers == GDK_ALT_MASK)
         || (code == KEY_Q && (modifiers == GDK_CONTROL_MASK
                               || modifiers == (GDK_CONTROL_MASK | GDK_SHIFT_MASK)))
         || (code == KEY_W && modifiers == (GDK_CONTROL_MASK | GDK_SHIFT_MASK));
}

static gboolean
key_pressed_cb (LodgeDisplay    *self,
                guint            keyval,
                guint            keycode,
                GdkModifierType  state)
{
  const guint code = lodge_keymap_from_event (keycode);

  if (!lodge_display_has_focus (self) || !lodge_display_is_connected (self))
    return GDK_EVENT_PROPAGATE;

  if (is_host_key (self, keyval, state))
    {
      /* Its modifiers are up again before the program acts, and Super was never down */
      self->held_back = 0;
      lodge_key_state_release_all (self->keys);
      return GDK_EVENT_PROPAGATE;
    }

  if (is_vain_key (code, state)
      && g_get_monotonic_time () - self->hint_time > HINT_PAUSE_US)
    {
      self->hint_time = g_get_monotonic_time ();
      lodge_display_show_hint (self);
    }

  sync_locks (self, code);
  if (code == self->held_back && code != 0)
    return GDK_EVENT_STOP;   /* it repeats */
  hand_over_held_back (self);
  if (lodge_key_state_count (self->keys) == 0 && may_begin_host_key (self, code))
    {
      self->held_back = code;
      self->held_back_keyval = keyval;
    }
  else if (code != 0)
    lodge_key_state_press (self->keys, code, keyval);

  return GDK_EVENT_STOP;
}

static void
key_released_cb (LodgeDisplay *self,
                 guint         keyval,
                 guint         keycode)
{
  GtkRoot *root;

  if (self->held_back == lodge_keymap_from_event (keycode))
    hand_over_held_back (self);
  if (!lodge_key_state_release (self->keys, lodge_keymap_from_event (keycode)))
    return;

  lodge_display_release (self);
  root = gtk_widget_get_root (GTK_WIDGET (self));
  if (lodge_display_has_focus (self))
    gtk_root_set_focus (root, NULL);
  lodge_display_emit_released (self);
}

/* A server that takes no key codes needs the character itself */
static void
send_typed (LodgeDisplay *self,
            guint         code,
            gboolean      down)
{
  if (code == KEY_LEFTSHIFT)
    self->typing_shift = down;
  lodge_screen_key (self->screen, code, lodge_keymap_to_keyval (code, self->typing_shift), down);
}

void
lodge_display_keys_stop_typing (LodgeDisplay *self)
{
  guint down[2];
  gsize n_down = 0;

  g_clear_handle_id (&self->typing_id, g_source_remove);
  if (self->typing == NULL)
    return;

  /* What is down must come up again: at most a key and Shift */
  for (guint i = 0; i < self->typing_position; i++)
    {
      const guint step = g_array_index (self->typing, guint, i);

      if (step & STEP_DOWN)
        {
          if (n_down < G_N_ELEMENTS (down))
            down[n_down++] = step & ~STEP_DOWN;
        }
      else if (n_down > 0)
        n_down--;
    }
  while (n_down > 0 && self->screen != NULL)
    send_typed (self, down[--n_down], FALSE);
  g_clear_pointer (&self->typing, g_array_unref);
  self->typing_position = 0;
}

static gboolean
typing_cb (gpointer user_data)
{
  LodgeDisplay *self = user_data;
  guint step;

  if (!lodge_display_is_connected (self) || self->typing_position >= self->typing->len)
    {
      self->typing_id = 0;
      lodge_display_keys_stop_typing (self);
      return G_SOURCE_REMOVE;
    }

  step = g_array_index (self->typing, guint, self->typing_position++);
  send_typed (self, step & ~STEP_DOWN, (step & STEP_DOWN) != 0);

  return G_SOURCE_CONTINUE;
}

static void
add_step (LodgeDisplay *self,
          guint         step)
{
  g_array_append_val (self->typing, step);
}

void
lodge_display_keys_init (LodgeDisplay *self)
{
  static const char * const host_keys[] = { "F11", NULL };
  static const guint release_keys[] = { KEY_LEFTCTRL, KEY_LEFTALT };

  self->keys = lodge_key_state_new (send_key_cb, self);
  self->host_keys = g_ptr_array_new_with_free_func (g_free);
  lodge_display_set_host_keys (self, host_keys);
  lodge_display_set_release_keys (self, release_keys, G_N_ELEMENTS (release_keys));
  self->hint_time = -HINT_PAUSE_US;
  self->locks_pending = TRUE;
}

/* The newest capture controller of a window is asked first, before accelerators, mnemonics and
 * the menu bar; so it is made anew whenever we come into sight. */
void
lodge_display_keys_map (LodgeDisplay *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  self->key_controller = gtk_event_controller_key_new ();
  gtk_event_controller_set_name (self->key_controller, "lodge-display-keys");
  gtk_event_controller_set_propagation_phase (self->key_controller, GTK_PHASE_CAPTURE);
  g_signal_connect_object (self->key_controller, "key-pressed", G_CALLBACK (key_pressed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->key_controller, "key-released", G_CALLBACK (key_released_cb),
                           self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (root), self->key_controller);
}

void
lodge_display_keys_unmap (LodgeDisplay *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  lodge_display_keys_stop_typing (self);
  if (self->key_controller != NULL && root != NULL)
    gtk_widget_remove_controller (GTK_WIDGET (root), self->key_controller);
  self->key_controller = NULL;
}

void
lodge_display_keys_dispose (LodgeDisplay *self)
{
  g_clear_handle_id (&self->typing_id, g_source_remove);
  g_clear_pointer (&self->typing, g_array_unref);
  g_clear_pointer (&self->keys, lodge_key_state_free);
  g_clear_pointer (&self->host_keys, g_ptr_array_unref);
  g_clear_pointer (&self->release_label, g_free);
}

/**
 * lodge_display_set_host_keys:
 * @self: a display
 * @accelerators: (array zero-terminated=1): as gtk_accelerator_parse() reads them; others are left out
 *
 * Sets the keys that the guest never gets. The guest gets a Super key only when it is clear that it does not begin one
 * of them.
 */
void
lodge_display_set_host_keys (LodgeDisplay       *self,
                             const char * const *accelerators)
{
  g_return_if_fail (LODGE_IS_DISPLAY (self));
  g_return_if_fail (accelerators != NULL);

  g_ptr_array_set_size (self->host_keys, 0);
  for (gsize i = 0; accelerators[i] != NULL; i++)
    {
      HostKey key;

      if (!gtk_accelerator_parse (accelerators[i], &key.keyval, &key.modifiers) || key.keyval == 0)
        continue;
      key.keyval = gdk_keyval_to_lower (key.keyval);
      g_ptr_array_add (self->host_keys, g_memdup2 (&key, sizeof key));
    }
}

/**
 * lodge_display_set_release_keys:
 * @self: a display
 * @codes: (array length=n_codes): evdev codes of one to four different keys
 * @n_codes: how many
 *
 * Sets the combination that gives keyboard and pointer back; it holds at once, also while they are grabbed.
 */
void
lodge_display_set_release_keys (LodgeDisplay *self,
                                const guint  *codes,
                                gsize         n_codes)
{
  g_return_if_fail (LODGE_IS_DISPLAY (self));
  g_return_if_fail (n_codes > 0 && n_codes <= LODGE_KEY_STATE_MAX_RELEASE);

  lodge_key_state_set_release_keys (self->keys, codes, n_codes);
  g_free (self->release_label);
  self->release_label = lodge_keymap_dup_label (codes, n_codes);
  lodge_display_update_accessible (self);
}

/**
 * lodge_display_set_release_modifiers:
 * @self: a display
 * @modifiers: e.g. “<Control><Shift>”, as GTK writes them
 *
 * Sets the combination that gives keyboard and pointer back to the left keys of these modifiers. Nothing changes
 * without one.
 */
void
lodge_display_set_release_modifiers (LodgeDisplay *self,
                                     const char   *modifiers)
{
  static const struct { const char *name; guint code; } keys[] = {
    { "<Control>", KEY_LEFTCTRL }, { "<Shift>", KEY_LEFTSHIFT }, { "<Alt>", KEY_LEFTALT }, { "<Super>", KEY_LEFTMETA },
  };
  guint codes[G_N_ELEMENTS (keys)];
  gsize n_codes = 0;

  g_return_if_fail (LODGE_IS_DISPLAY (self));

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      if (strstr (modifiers, keys[i].name) != NULL)
        codes[n_codes++] = keys[i].code;
    }
  if (n_codes > 0)
    lodge_display_set_release_keys (self, codes, n_codes);
}

/**
 * lodge_display_get_release_keys:
 * @self: a display
 *
 * Returns: (transfer none): the combination that gives the keyboard back, for reading
 */
const char *
lodge_display_get_release_keys (LodgeDisplay *self)
{
  g_return_val_if_fail (LODGE_IS_DISPLAY (self), NULL);

  return self->release_label;
}

/**
 * lodge_display_send_keys:
 * @self: a display
 * @codes: (array length=n_codes): evdev key codes
 * @n_codes: how many
 *
 * Presses keys that the desktop would not let through, in order, and lets go of them in reverse.
 */
void
lodge_display_send_keys (LodgeDisplay *self,
                         const guint  *codes,
                         gsize         n_codes)
{
  g_return_if_fail (LODGE_IS_DISPLAY (self));

  if (!lodge_display_is_connected (self))
    return;

  lodge_key_state_release_all (self->keys);
  for (gsize i = 0; i < n_codes; i++)
    lodge_screen_key (self->screen, codes[i], lodge_keymap_to_keyval (codes[i], FALSE), TRUE);
  for (gsize i = n_codes; i > 0; i--)
    lodge_screen_key (self->screen, codes[i - 1], lodge_keymap_to_keyval (codes[i - 1], FALSE),
                      FALSE);
}

/**
 * lodge_display_type_text:
 * @self: a display
 * @text: what to type; characters that a US keyboard does not have are left out
 *
 * Types slowly enough for a slow guest. A second text follows the first.
 */
void
lodge_display_type_text (LodgeDisplay *self,
                         const char   *text)
{
  g_return_if_fail (LODGE_IS_DISPLAY (self));
  g_return_if_fail (text != NULL);

  if (!lodge_display_is_connected (self) || !g_utf8_validate (text, -1, NULL))
    return;

  if (self->typing == NULL)
    self->typing = g_array_new (FALSE, FALSE, sizeof (guint));
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gboolean shift;
      guint code;

      if (self->typing->len - self->typing_position > MAX_TYPED * 4)
        break;
      if (!lodge_keymap_from_char (g_utf8_get_char (p), &code, &shift))
        continue;

      if (shift)
        add_step (self, KEY_LEFTSHIFT | STEP_DOWN);
      add_step (self, code | STEP_DOWN);
      add_step (self, code);
      if (shift)
        add_step (self, KEY_LEFTSHIFT);
    }
  if (self->typing_id == 0)
    self->typing_id = g_timeout_add (TYPING_MS, typing_cb, self);
}
