/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lodge-domain.h"

#include <glib/gi18n-lib.h>

/* What the states and operations of a domain are called and look like: tables only */

static const struct { const char *nick, *label, *icon_name, *css_class; } states[] = {
  [LODGE_DOMAIN_STATE_UNKNOWN] = { "unknown", N_("Unknown"), "lodge-state-unreachable-symbolic", "dimmed" },
  [LODGE_DOMAIN_STATE_RUNNING] = { "running", N_("Running"), "lodge-state-running-symbolic", "success" },
  [LODGE_DOMAIN_STATE_PAUSED] = { "paused", N_("Paused"), "lodge-state-paused-symbolic", "warning" },
  [LODGE_DOMAIN_STATE_SHUTTING_DOWN] = { "shutting-down", N_("Shutting Down"), "lodge-state-running-symbolic",
                                         "dimmed" },
  [LODGE_DOMAIN_STATE_OFF] = { "off", N_("Off"), "lodge-state-off-symbolic", "dimmed" },
  [LODGE_DOMAIN_STATE_SAVED] = { "saved", N_("Saved"), "lodge-state-saved-symbolic", "dimmed" },
  [LODGE_DOMAIN_STATE_CRASHED] = { "crashed", N_("Crashed"), "lodge-state-crashed-symbolic", "error" },
  [LODGE_DOMAIN_STATE_SUSPENDED] = { "suspended", N_("Asleep"), "lodge-state-paused-symbolic", "dimmed" },
};

static const struct { const char *nick, *label; } operations[] = {
  [LODGE_DOMAIN_START] = { "start", N_("Start") },
  [LODGE_DOMAIN_START_PAUSED] = { "start-paused", N_("Start Paused") },
  [LODGE_DOMAIN_START_FRESH] = { "start-fresh", N_("Start Without Saved State…") },
  [LODGE_DOMAIN_PAUSE] = { "pause", N_("Pause") },
  [LODGE_DOMAIN_RESUME] = { "resume", N_("Resume") },
  [LODGE_DOMAIN_SHUT_DOWN] = { "shut-down", N_("Shut Down") },
  [LODGE_DOMAIN_REBOOT] = { "reboot", N_("Reboot") },
  [LODGE_DOMAIN_SAVE] = { "save", N_("Save State") },
  [LODGE_DOMAIN_FORCE_OFF] = { "force-off", N_("Force Off…") },
  [LODGE_DOMAIN_FORCE_RESET] = { "force-reset", N_("Force Reset…") },
  [LODGE_DOMAIN_DISCARD_SAVED] = { "discard-saved", N_("Discard Saved State…") },
};

G_STATIC_ASSERT (G_N_ELEMENTS (operations) == LODGE_DOMAIN_N_OPERATIONS);

GType
lodge_domain_state_get_type (void)
{
  static GType type;

  if (g_once_init_enter_pointer (&type))
    {
      static GEnumValue values[G_N_ELEMENTS (states) + 1];

      for (guint i = 0; i < G_N_ELEMENTS (states); i++)
        values[i] = (GEnumValue) { i, states[i].nick, states[i].nick };
      g_once_init_leave_pointer (&type, g_enum_register_static ("LodgeDomainState", values));
    }
  return type;
}

GType
lodge_domain_operation_get_type (void)
{
  static GType type;

  if (g_once_init_enter_pointer (&type))
    {
      static GEnumValue values[G_N_ELEMENTS (operations) + 1];

      for (guint i = 0; i < G_N_ELEMENTS (operations); i++)
        values[i] = (GEnumValue) { i, operations[i].nick, operations[i].nick };
      g_once_init_leave_pointer (&type, g_enum_register_static ("LodgeDomainOperation", values));
    }
  return type;
}

/**
 * lodge_domain_state_get_label:
 *
 * Returns: the state in the person's language
 */
const char *
lodge_domain_state_get_label (LodgeDomainState state)
{
  g_return_val_if_fail (state < G_N_ELEMENTS (states), NULL);

  return _(states[state].label);
}

const char *
lodge_domain_state_get_icon_name (LodgeDomainState state)
{
  g_return_val_if_fail (state < G_N_ELEMENTS (states), NULL);

  return states[state].icon_name;
}

const char *
lodge_domain_state_get_css_class (LodgeDomainState state)
{
  g_return_val_if_fail (state < G_N_ELEMENTS (states), NULL);

  return states[state].css_class;
}

/**
 * lodge_domain_operation_get_label:
 * @operation: an operation
 * @state: of the domain; a saved one is restored by its start
 */
const char *
lodge_domain_operation_get_label (LodgeDomainOperation operation,
                                  LodgeDomainState     state)
{
  g_return_val_if_fail (operation < LODGE_DOMAIN_N_OPERATIONS, NULL);

  if (operation == LODGE_DOMAIN_START && state == LODGE_DOMAIN_STATE_SAVED)
    return _("Restore");
  return _(operations[operation].label);
}
