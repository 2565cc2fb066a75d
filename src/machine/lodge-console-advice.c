/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-console-advice"

#include "config.h"

#include "lodge-console-advice.h"

#include <glib/gi18n.h>

#include "util/lodge-format.h"

#define SPICE (1u << LODGE_CONSOLE_SPICE)
#define VNC   (1u << LODGE_CONSOLE_VNC)
#define DBUS  (1u << LODGE_CONSOLE_DBUS)
#define ALL   (SPICE | VNC | DBUS)

/* For who looks at it, an agent that answers is one more thing that can be missing */
#define RUNNING_AGENT (1u << 16)
#define NEVER         (1u << 17)

/* The first row that applies is told. @features, @kinds: bits; @needs: bits of which one is missing */
static const struct
{
  guint            features;
  guint            kinds;
  guint            needs;
  LodgeConsoleFix  fix;
  const char      *text;
} rows[] = {
#define F(feature) (1u << LODGE_CONSOLE_ ## feature)
  { F (FILES), VNC | DBUS, NEVER, LODGE_CONSOLE_FIX_NONE, N_("Only a SPICE display hands files over") },
  { F (FOLDER), VNC | DBUS, NEVER, LODGE_CONSOLE_FIX_NONE, N_("Only a SPICE display shares a folder") },
  { F (USB), VNC | DBUS, NEVER, LODGE_CONSOLE_FIX_NONE, N_("Only a SPICE display hands USB devices over") },
  { F (SMARTCARD), VNC | DBUS, NEVER, LODGE_CONSOLE_FIX_NONE, N_("Only a SPICE display shares a smartcard reader") },
  { F (SOUND), ALL, LODGE_CONSOLE_HAS_SOUND, LODGE_CONSOLE_FIX_SOUND, N_("The machine has no sound card") },
  { F (SOUND), DBUS, NEVER, LODGE_CONSOLE_FIX_NONE, N_("Only SPICE and VNC displays carry sound") },
  { F (RESIZE) | F (CLIPBOARD) | F (FILES), SPICE, LODGE_CONSOLE_HAS_AGENT, LODGE_CONSOLE_FIX_AGENT,
    N_("The machine has no channel to a SPICE agent in the guest") },
  { F (RESIZE) | F (CLIPBOARD) | F (FILES), SPICE, RUNNING_AGENT, LODGE_CONSOLE_FIX_NONE,
    N_("The SPICE agent does not run in the guest: install spice-vdagent there") },
  { F (CLIPBOARD), DBUS, NEVER, LODGE_CONSOLE_FIX_NONE, N_("Only SPICE and VNC displays share the clipboard") },
  { F (CLIPBOARD), VNC, LODGE_CONSOLE_HAS_AGENT, LODGE_CONSOLE_FIX_QEMU_AGENT,
    N_("The machine has no channel to a clipboard agent in the guest") },
  { F (FOLDER), SPICE, LODGE_CONSOLE_HAS_FOLDER, LODGE_CONSOLE_FIX_FOLDER, N_("The machine has no channel for a folder") },
  { F (USB), SPICE, LODGE_CONSOLE_HAS_USB, LODGE_CONSOLE_FIX_USB,
    N_("The machine has no USB redirectors, one for each device") },
  { F (SMARTCARD), SPICE, LODGE_CONSOLE_HAS_SMARTCARD, LODGE_CONSOLE_FIX_SMARTCARD,
    N_("The machine has no smartcard reader") },
  { F (POINTER), ALL, LODGE_CONSOLE_HAS_TABLET, LODGE_CONSOLE_FIX_TABLET,
    N_("The pointer stops at the edges: this desktop cannot hold it, and the machine has no tablet") },
#undef F
};

void
lodge_console_advice_clear (LodgeConsoleAdvice *self)
{
  g_clear_pointer (&self->text, g_free);
}

/* Without a card that can, nothing else helps */
static gboolean
find_video (LodgeConsoleInfo   *info,
            LodgeConsoleAdvice *advice)
{
  const char *model = lodge_console_info_get_video_model (info);
  g_autofree char *shown = NULL;

  if (lodge_console_info_get_devices (info) & LODGE_CONSOLE_HAS_SIZES || model == NULL)
    return FALSE;
  shown = lodge_display_text (model, 20);
  advice->fix = LODGE_CONSOLE_FIX_VIDEO;
  /* Translators: %s is the model of a video card, such as “vga” */
  advice->text = g_strdup_printf (_("The video model “%s” has only sizes of its own"), shown);
  return TRUE;
}

gboolean
lodge_console_advice_find (LodgeConsoleFeature  feature,
                           LodgeConsoleInfo    *info,
                           gboolean             has_agent,
                           LodgeConsoleAdvice  *advice)
{
  const guint there = lodge_console_info_get_devices (info) | (has_agent ? RUNNING_AGENT : 0);

  if (feature == LODGE_CONSOLE_RESIZE && find_video (info, advice))
    return TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      if ((rows[i].features & 1u << feature) == 0 || (rows[i].kinds & 1u << lodge_console_info_get_kind (info)) == 0
          || (rows[i].needs & ~there) == 0)
        continue;
      advice->text = g_strdup (_(rows[i].text));
      advice->fix = rows[i].fix;
      return TRUE;
    }
  return FALSE;
}
