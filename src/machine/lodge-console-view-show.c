/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-console-view"

#include "config.h"

#include "lodge-console-view-private.h"

#include <glib/gi18n.h>

#include "lodge-console-status.h"
#include "util/lodge-format.h"

/* A wait that is shorter shows no spinner */
#define SPINNER_DELAY_MS 300

static void
set_button (GtkButton  *button,
            const char *label,
            const char *action)
{
  gtk_widget_set_visible (GTK_WIDGET (button), label != NULL);
  if (label == NULL)
    return;
  gtk_button_set_label (button, label);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
}

static void
show_status (LodgeConsoleView         *self,
             const LodgeConsoleStatus *status)
{
  /* A status page takes markup: texts of hosts are escaped */
  g_autofree char *text = g_markup_escape_text (status->text != NULL ? status->text : "", -1);

  if (status->icon_name != NULL)
    adw_status_page_set_icon_name (self->status_page, status->icon_name);
  else
    {
      g_autoptr(AdwSpinnerPaintable) spinner = adw_spinner_paintable_new (GTK_WIDGET (self->status_page));

      adw_status_page_set_paintable (self->status_page, GDK_PAINTABLE (spinner));
    }
  adw_status_page_set_title (self->status_page, status->title);
  adw_status_page_set_description (self->status_page, text);
  set_button (self->primary_button, status->primary, status->primary_action);
  set_button (self->secondary_button, status->secondary, status->secondary_action);
  gtk_widget_set_visible (GTK_WIDGET (self->password_group), FALSE);
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
show_password (LodgeConsoleView *self)
{
  const GError *error = lodge_screen_get_error (self->screen);
  const gboolean wants_user = lodge_screen_wants_username (self->screen);
  g_auto(LodgeConsoleStatus) status = {
    .icon_name = "dialog-password-symbolic",
    .title = _("Password Needed"),
    .primary = _("C_onnect"),
    .primary_action = "console.supply-password",
  };

  if (gtk_widget_get_visible (GTK_WIDGET (self->password_group)))
    return;   /* the person is typing */
  status.text = error != NULL ? lodge_display_text (error->message, 300)
                              : g_strdup (_("This display is protected by a password."));
  show_status (self, &status);
  gtk_widget_set_visible (GTK_WIDGET (self->password_group), TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->user_row), wants_user);
  gtk_editable_set_text (GTK_EDITABLE (self->password_row), "");
  gtk_widget_grab_focus (wants_user ? GTK_WIDGET (self->user_row) : GTK_WIDGET (self->password_row));
}

static gboolean
spinner_cb (gpointer user_data)
{
  LodgeConsoleView *self = user_data;
  g_auto(LodgeConsoleStatus) status = {
    .title = _("Connecting"), .primary = _("_Cancel"), .primary_action = "console.cancel",
  };

  self->spinner_id = 0;
  show_status (self, &status);
  /* Not what the page is for */
  gtk_widget_remove_css_class (GTK_WIDGET (self->primary_button), "suggested-action");
  return G_SOURCE_REMOVE;
}

static void
show_connecting (LodgeConsoleView *self)
{
  if (self->spinner_id == 0 && g_strcmp0 (adw_status_page_get_title (self->status_page), _("Connecting")) != 0)
    self->spinner_id = g_timeout_add (SPINNER_DELAY_MS, spinner_cb, self);
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
      show_password (self);
      break;
    case LODGE_SCREEN_LOST:
      /* Its last picture, until it is known whether the machine stops */
      break;
    case LODGE_SCREEN_CLOSED:
    case LODGE_SCREEN_CONNECTING:
    default:
      show_connecting (self);
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
    show_connecting (self);
}

/* Exactly one of all the states the console can be in */
void
lodge_console_view_update (LodgeConsoleView *self)
{
  const LodgeDomainState state = lodge_domain_get_state (self->domain);
  g_auto(LodgeConsoleStatus) status = { 0 };

  if (self->closed)
    return;
  g_clear_handle_id (&self->spinner_id, g_source_remove);
  gtk_widget_add_css_class (GTK_WIDGET (self->primary_button), "suggested-action");
  gtk_widget_set_visible (GTK_WIDGET (self->retry_label), self->retry_id > 0);
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
