/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-console-view"

#include "config.h"

#include "lodge-console-view-private.h"

#include <glib/gi18n.h>

#include "console/lodge-display-actions.h"
#include "widgets/lodge-error-dialog.h"

static void
select_action (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       user_data)
{
  LodgeConsoleView *self = user_data;
  const guint position = g_variant_get_uint32 (parameter);

  if (self->consoles != NULL && position < g_list_model_get_n_items (self->consoles))
    lodge_console_view_select (self, position);
}

static void
reconnect_action (GSimpleAction *action,
                  GVariant      *parameter,
                  gpointer       user_data)
{
  /* Its address may be another one now */
  lodge_console_view_load (user_data);
}

static void
cancel_action (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       user_data)
{
  lodge_console_view_give_up (user_data);
}

static void
take_over_action (GSimpleAction *action,
                  GVariant      *parameter,
                  gpointer       user_data)
{
  lodge_console_view_open (user_data, TRUE);
}

static void
details_action (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  LodgeConsoleView *self = user_data;

  if (self->error != NULL)
    lodge_error_present (GTK_WIDGET (self), _("No Connection to the Console"), self->error);
}

static void
supply_password_action (GSimpleAction *action,
                        GVariant      *parameter,
                        gpointer       user_data)
{
  LodgeConsoleView *self = user_data;

  if (self->screen != NULL)
    lodge_console_page_answer (self->page, self->screen);
}

/* What the text console does by itself, for the menu of the window */

static void
find_text_action (GSimpleAction *action,
                  GVariant      *parameter,
                  gpointer       user_data)
{
  LodgeConsoleView *self = user_data;

  gtk_widget_activate_action (GTK_WIDGET (self->text_console), "text.find", NULL);
}

static void
log_text_action (GSimpleAction *action,
                 GVariant      *parameter,
                 gpointer       user_data)
{
  LodgeConsoleView *self = user_data;

  gtk_widget_activate_action (GTK_WIDGET (self->text_console), "text.log", NULL);
}

void
lodge_console_view_logging_cb (LodgeConsoleView *self)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->group), "log-text");
  const gboolean logging = lodge_text_console_get_logging (self->text_console);

  g_simple_action_set_state (G_SIMPLE_ACTION (action), g_variant_new_boolean (logging));
}

void
lodge_console_view_log_failed_cb (LodgeConsoleView *self,
                                  const GError     *error)
{
  lodge_error_present (GTK_WIDGET (self), _("The Log of the Console Has Ended"), error);
}

static const GActionEntry entries[] = {
  { .name = "select", .activate = select_action, .parameter_type = "u", .state = "uint32 0" },
  { .name = "reconnect", .activate = reconnect_action },
  { .name = "cancel", .activate = cancel_action },
  { .name = "take-over", .activate = take_over_action },
  { .name = "details", .activate = details_action },
  { .name = "supply-password", .activate = supply_password_action },
  { .name = "find-text", .activate = find_text_action },
  { .name = "log-text", .activate = log_text_action, .state = "false" },
};

void
lodge_console_view_add_actions (LodgeConsoleView *self)
{
  g_action_map_add_action_entries (G_ACTION_MAP (self->group), entries, G_N_ELEMENTS (entries), self);
  lodge_display_add_actions (self->display, G_ACTION_MAP (self->group));
}

static void
set_enabled (LodgeConsoleView *self,
             const char       *name,
             gboolean          enabled)
{
  g_simple_action_set_enabled (G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self->group), name)), enabled);
}

/* Those that need something that is on show */
void
lodge_console_view_update_actions (LodgeConsoleView *self)
{
  static const char * const of_text[] = { "find-text", "log-text" };
  static const struct { const char *name; gboolean awake; } of_display[] = {
    { "send-keys", TRUE }, { "type-clipboard", TRUE }, { "scaling", FALSE },
    { "zoom-in", FALSE }, { "zoom-out", FALSE },
    { "screenshot", FALSE },
  };
  const char *shown = lodge_console_view_get_shown (self);
  const gboolean display = g_strcmp0 (shown, "display") == 0;
  /* A guest that is paused hears no keys */
  const gboolean awake = lodge_domain_get_state (self->domain) == LODGE_DOMAIN_STATE_RUNNING;

  for (gsize i = 0; i < G_N_ELEMENTS (of_display); i++)
    set_enabled (self, of_display[i].name, display && (awake || !of_display[i].awake));
  for (gsize i = 0; i < G_N_ELEMENTS (of_text); i++)
    set_enabled (self, of_text[i], g_strcmp0 (shown, "text") == 0);
}
