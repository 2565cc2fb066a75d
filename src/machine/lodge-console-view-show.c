/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-console-view"

#include "config.h"

#include "lodge-console-view-private.h"

#include <glib/gi18n.h>

#include "lodge-console-status.h"

static void
show_status (LodgeConsoleView         *self,
             const LodgeConsoleStatus *status)
{
  lodge_console_page_show (self->page, status);
  gtk_stack_set_visible_child_name (self->stack, "status");
}

static void
show_simple (LodgeConsoleView *self,
             const char       *icon_name,
             const char       *title,
             const char       *text)
{
  g_auto(LodgeConsoleStatus) status = { .icon_name = icon_name, .title = title, .text = g_strdup (text) };

  show_status (self, &status);
}

static void
show_given_up (LodgeConsoleView *self)
{
  g_auto(LodgeConsoleStatus) status = {
    .icon_name = "lodge-machine-symbolic",
    .title = _("Console Is Not Connected"),
    .primary = _("C_onnect"),
    .primary_action = "console.reconnect",
  };

  show_status (self, &status);
}

static void
show_error (LodgeConsoleView *self)
{
  g_auto(LodgeConsoleStatus) status = { 0 };

  lodge_console_status_failed (&status, self->error);
  show_status (self, &status);
}

gboolean
lodge_console_view_is_running (LodgeConsoleView *self)
{
  g_auto(LodgeConsoleStatus) status = { 0 };

  return !lodge_console_status_stopped (&status, self->domain, 0);
}

static void
show_screen (LodgeConsoleView *self)
{
  switch (lodge_screen_get_state (self->screen))
    {
    case LODGE_SCREEN_CONNECTED:
      gtk_stack_set_visible_child_name (self->stack, "display");
      break;
    case LODGE_SCREEN_NEEDS_CREDENTIALS:
      gtk_stack_set_visible_child_name (self->stack, "status");
      lodge_console_page_ask (self->page, self->screen);
      break;
    case LODGE_SCREEN_LOST:
      /* Its last picture, until it is known whether the machine stops */
      break;
    case LODGE_SCREEN_CLOSED:
    case LODGE_SCREEN_CONNECTING:
    default:
      lodge_console_page_connecting (self->page);
      break;
    }
}

static void
show_running (LodgeConsoleView *self)
{
  if (self->error != NULL)
    show_error (self);
  else if (self->given_up)
    show_given_up (self);
  else if (self->info != NULL && lodge_console_info_get_obstacle (self->info) != NULL)
    show_simple (self, "lodge-machine-symbolic", _("Console Cannot Be Shown"),
                 lodge_console_info_get_obstacle (self->info));
  else if (self->consoles != NULL && self->info == NULL && !self->working)
    show_simple (self, "lodge-machine-symbolic", _("No Console"),
                 _("This machine has neither a display nor a serial port."));
  else if (self->stream != NULL)
    gtk_stack_set_visible_child_name (self->stack, "text");
  else if (self->screen != NULL)
    show_screen (self);
  else
    lodge_console_page_connecting (self->page);
}

/* Exactly one of all the states the console can be in */
void
lodge_console_view_update (LodgeConsoleView *self)
{
  const LodgeDomainState state = lodge_domain_get_state (self->domain);
  g_auto(LodgeConsoleStatus) status = { 0 };

  if (self->closed)
    return;
  lodge_console_page_connected (self->page);
  gtk_widget_set_visible (GTK_WIDGET (self->resume_button), state == LODGE_DOMAIN_STATE_PAUSED);
  if (state == LODGE_DOMAIN_STATE_PAUSED)
    gtk_widget_add_css_class (self->overlay, "faded");
  else
    gtk_widget_remove_css_class (self->overlay, "faded");

  if (!lodge_console_status_stopped (&status, self->domain, self->running_since))
    show_running (self);
  else if (self->stream != NULL)
    /* What it said last stays to be read */
    gtk_stack_set_visible_child_name (self->stack, "text");
  else
    show_status (self, &status);
  lodge_console_view_update_actions (self);
}
