/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lodge-console-status.h"

#include <glib/gi18n.h>

static const struct
{
  LodgeDomainState  state;
  const char       *icon_name;
  const char       *title;
  const char       *primary;
} stopped[] = {
  { LODGE_DOMAIN_STATE_OFF, "lodge-machine-symbolic", N_("Machine Is Off"), N_("_Start") },
  { LODGE_DOMAIN_STATE_SAVED, "lodge-state-saved-symbolic", N_("Machine Is Saved"), N_("_Restore") },
  { LODGE_DOMAIN_STATE_CRASHED, "lodge-state-crashed-symbolic", N_("Machine Has Crashed"), N_("_Start") },
  { LODGE_DOMAIN_STATE_UNKNOWN, "lodge-machine-symbolic", N_("State Is Not Known"), NULL },
};

char *
lodge_console_status_format_time (gint64     unix_time,
                                  GDateTime *now)
{
  g_autoptr(GDateTime) time = g_date_time_new_from_unix_local (unix_time);
  g_autoptr(GDateTime) day_before = g_date_time_add_days (now, -1);
  g_autofree char *clock = g_date_time_format (time, "%H:%M");
  g_autofree char *day = NULL;
  g_autofree char *today = g_date_time_format (now, "%F");
  g_autofree char *yesterday = g_date_time_format (day_before, "%F");
  g_autofree char *date = g_date_time_format (time, "%F");

  if (g_str_equal (date, today))
    return g_strdup_printf (_("today at %s"), clock);
  if (g_str_equal (date, yesterday))
    return g_strdup_printf (_("yesterday at %s"), clock);
  /* Translators: day and month */
  day = g_date_time_format (time, _("%-d %B"));
  /* Translators: a day and a time: “3 November at 10:12” */
  return g_strdup_printf (_("%s at %s"), day, clock);
}

char *
lodge_console_status_format_duration (gint64 seconds)
{
  const guint minutes = (guint) MAX (seconds / 60, 0);

  if (minutes < 1)
    return g_strdup (_("less than a minute"));
  if (minutes < 60)
    return g_strdup_printf (g_dngettext (NULL, "%u minute", "%u minutes", minutes), minutes);
  if (minutes < 48 * 60)
    return g_strdup_printf (g_dngettext (NULL, "%u hour", "%u hours", minutes / 60), minutes / 60);
  return g_strdup_printf (g_dngettext (NULL, "%u day", "%u days", minutes / 60 / 24), minutes / 60 / 24);
}

/* When it stopped and why, as far as it was seen */
static char *
dup_end (LodgeDomain *domain,
         gint64       running_since)
{
  const char *reason = lodge_domain_get_state_reason (domain);
  const gint64 ended = lodge_domain_get_state_time (domain);
  g_autoptr(GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *when = ended > 0 ? lodge_console_status_format_time (ended, now) : NULL;
  g_autofree char *span = running_since > 0 && ended >= running_since
                          ? lodge_console_status_format_duration (ended - running_since) : NULL;
  g_autofree char *line = NULL;

  if (when != NULL && span != NULL)
    /* Translators: “Ran last yesterday at 18:42 for 3 hours.” */
    line = g_strdup_printf (_("Ran last %s for %s."), when, span);
  else if (when != NULL)
    line = g_strdup_printf (_("Ran last %s."), when);
  if (reason == NULL)
    return g_steal_pointer (&line);
  return line != NULL ? g_strdup_printf ("%s\n%s.", line, reason) : g_strdup_printf ("%s.", reason);
}

gboolean
lodge_console_status_stopped (LodgeConsoleStatus *self,
                              LodgeDomain        *domain,
                              gint64              running_since)
{
  const LodgeDomainState state = lodge_domain_get_state (domain);

  if (lodge_domain_get_connection (domain) == NULL)
    {
      *self = (LodgeConsoleStatus) { .icon_name = "lodge-machine-symbolic", .title = _("Machine Is Gone") };
      self->text = g_strdup (_("It was deleted, or its host is not connected any more."));
      return TRUE;
    }
  if (lodge_domain_get_stale (domain))
    {
      *self = (LodgeConsoleStatus) { .icon_name = "lodge-state-unreachable-symbolic", .title = _("Host Cannot Be Reached") };
      self->text = g_strdup (_("The machine may go on running there."));
      return TRUE;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (stopped); i++)
    {
      if (stopped[i].state != state)
        continue;
      *self = (LodgeConsoleStatus) {
        .icon_name = stopped[i].icon_name,
        .title = _(stopped[i].title),
        .primary = stopped[i].primary != NULL ? _(stopped[i].primary) : NULL,
        .primary_action = "machine.start",
      };
      self->text = state == LODGE_DOMAIN_STATE_SAVED ? g_strdup (_("It goes on where it was saved."))
                                                     : dup_end (domain, running_since);
      if (state == LODGE_DOMAIN_STATE_SAVED)
        {
          self->secondary = _("_Discard Saved State…");
          self->secondary_action = "machine.discard-saved";
        }
      return TRUE;
    }
  return FALSE;
}
