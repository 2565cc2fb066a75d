/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-console-page"

#include "config.h"

#include "lodge-console-page.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "lodge-ui.h"
#include "util/lodge-error.h"
#include "util/lodge-format.h"

#define MAX_MESSAGE 500   /* characters of a host's text */
/* A wait that is shorter shows no spinner */
#define SPINNER_DELAY_MS 300
/* Waits between attempts double from 1 s */
#define MAX_RETRIES 6

struct _LodgeConsolePage
{
  GtkWidget            parent_instance;

  /* template children */
  AdwStatusPage       *status_page;
  GtkButton           *primary_button;
  GtkButton           *secondary_button;
  GtkLabel            *retry_label;
  AdwPreferencesGroup *password_group;
  AdwEntryRow         *user_row;
  AdwPasswordEntryRow *password_row;

  guint                spinner_id;
  guint                retry_id;
  guint                retry_in;      /* s */
  guint                n_failures;    /* in a row */
};

enum
{
  APPEAR,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LodgeConsolePage, lodge_console_page, GTK_TYPE_WIDGET)

void
lodge_console_status_clear (LodgeConsoleStatus *self)
{
  g_clear_pointer (&self->text, g_free);
}

/**
 * lodge_console_status_failed:
 * @self: (out caller-allocates): to be cleared
 * @error: why a console cannot be shown
 */
void
lodge_console_status_failed (LodgeConsoleStatus *self,
                             const GError       *error)
{
  g_autofree char *message = lodge_display_text (error->message, MAX_MESSAGE);
  const char *hint = lodge_error_get_hint (error);
  const gboolean busy = g_error_matches (error, LODGE_ERROR, LODGE_ERROR_BUSY);

  *self = (LodgeConsoleStatus) {
    .icon_name = busy ? "dialog-information-symbolic" : "network-offline-symbolic",
    .title = busy ? _("Console Is in Use") : _("No Connection to the Console"),
    .primary = busy ? _("_Take Over") : _("_Reconnect"),
    .primary_action = busy ? "console.take-over" : "console.reconnect",
    .secondary = busy ? NULL : _("_Details"),
    .secondary_action = "console.details",
  };
  self->text = hint != NULL ? g_strdup_printf ("%s\n%s", message, hint) : g_steal_pointer (&message);
}

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
set_status (LodgeConsolePage         *self,
            const LodgeConsoleStatus *status)
{
  /* A status page takes markup: texts of hosts are escaped */
  g_autofree char *text = g_markup_escape_text (status->text != NULL ? status->text : "", -1);

  g_clear_handle_id (&self->spinner_id, g_source_remove);
  if (status->icon_name != NULL)
    adw_status_page_set_icon_name (self->status_page, status->icon_name);
  else
    {
      g_autoptr(AdwSpinnerPaintable) spinner = adw_spinner_paintable_new (GTK_WIDGET (self->status_page));

      adw_status_page_set_paintable (self->status_page, GDK_PAINTABLE (spinner));
    }
  adw_status_page_set_title (self->status_page, status->title);
  adw_status_page_set_description (self->status_page, text);
  gtk_widget_add_css_class (GTK_WIDGET (self->primary_button), "suggested-action");
  set_button (self->primary_button, status->primary, status->primary_action);
  set_button (self->secondary_button, status->secondary, status->secondary_action);
}

static gboolean
spinner_cb (gpointer user_data)
{
  LodgeConsolePage *self = user_data;
  const LodgeConsoleStatus status = {
    .title = _("Connecting"), .primary = _("_Cancel"), .primary_action = "console.cancel",
  };

  self->spinner_id = 0;
  gtk_widget_set_visible (GTK_WIDGET (self->password_group), FALSE);
  set_status (self, &status);
  /* Not what the page is for */
  gtk_widget_remove_css_class (GTK_WIDGET (self->primary_button), "suggested-action");
  g_signal_emit (self, signals[APPEAR], 0);
  return G_SOURCE_REMOVE;
}

static void
password_activated_cb (LodgeConsolePage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "console.supply-password", NULL);
}

static gboolean
lodge_console_page_grab_focus (GtkWidget *widget)
{
  LodgeConsolePage *self = LODGE_CONSOLE_PAGE (widget);

  if (gtk_widget_get_visible (GTK_WIDGET (self->password_group)))
    return gtk_widget_grab_focus (gtk_widget_get_visible (GTK_WIDGET (self->user_row))
                                  ? GTK_WIDGET (self->user_row) : GTK_WIDGET (self->password_row));
  return gtk_widget_get_visible (GTK_WIDGET (self->primary_button))
         && gtk_widget_grab_focus (GTK_WIDGET (self->primary_button));
}

static void
lodge_console_page_dispose (GObject *object)
{
  LodgeConsolePage *self = LODGE_CONSOLE_PAGE (object);

  g_clear_handle_id (&self->spinner_id, g_source_remove);
  g_clear_handle_id (&self->retry_id, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (object), LODGE_TYPE_CONSOLE_PAGE);

  G_OBJECT_CLASS (lodge_console_page_parent_class)->dispose (object);
}

static void
lodge_console_page_class_init (LodgeConsolePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lodge_console_page_dispose;
  widget_class->grab_focus = lodge_console_page_grab_focus;

  signals[APPEAR] = g_signal_new ("appear", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 0);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, LODGE_UI ("console/lodge-console-page.ui"));
  gtk_widget_class_bind_template_child (widget_class, LodgeConsolePage, status_page);
  gtk_widget_class_bind_template_child (widget_class, LodgeConsolePage, primary_button);
  gtk_widget_class_bind_template_child (widget_class, LodgeConsolePage, secondary_button);
  gtk_widget_class_bind_template_child (widget_class, LodgeConsolePage, retry_label);
  gtk_widget_class_bind_template_child (widget_class, LodgeConsolePage, password_group);
  gtk_widget_class_bind_template_child (widget_class, LodgeConsolePage, user_row);
  gtk_widget_class_bind_template_child (widget_class, LodgeConsolePage, password_row);
  gtk_widget_class_bind_template_callback (widget_class, password_activated_cb);
}

static void
lodge_console_page_init (LodgeConsolePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
lodge_console_page_show (LodgeConsolePage         *self,
                         const LodgeConsoleStatus *status)
{
  g_return_if_fail (LODGE_IS_CONSOLE_PAGE (self));

  set_status (self, status);
  gtk_widget_set_visible (GTK_WIDGET (self->password_group), FALSE);
}

void
lodge_console_page_connecting (LodgeConsolePage *self)
{
  g_return_if_fail (LODGE_IS_CONSOLE_PAGE (self));

  if (self->spinner_id == 0)
    self->spinner_id = g_timeout_add (SPINNER_DELAY_MS, spinner_cb, self);
}

void
lodge_console_page_connected (LodgeConsolePage *self)
{
  g_return_if_fail (LODGE_IS_CONSOLE_PAGE (self));

  g_clear_handle_id (&self->spinner_id, g_source_remove);
}

void
lodge_console_page_ask (LodgeConsolePage *self,
                        LodgeScreen      *screen)
{
  const GError *error = lodge_screen_get_error (screen);
  g_auto(LodgeConsoleStatus) status = {
    .icon_name = "dialog-password-symbolic",
    .title = _("Password Needed"),
    .primary = _("C_onnect"),
    .primary_action = "console.supply-password",
  };

  g_return_if_fail (LODGE_IS_CONSOLE_PAGE (self));

  if (gtk_widget_get_visible (GTK_WIDGET (self->password_group)))
    return;   /* the person is typing */
  status.text = error != NULL ? lodge_display_text (error->message, MAX_MESSAGE)
                              : g_strdup (_("This display is protected by a password."));
  set_status (self, &status);
  gtk_widget_set_visible (GTK_WIDGET (self->password_group), TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->user_row), lodge_screen_wants_username (screen));
  gtk_editable_set_text (GTK_EDITABLE (self->password_row), "");
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

void
lodge_console_page_answer (LodgeConsolePage *self,
                           LodgeScreen      *screen)
{
  const char *user = gtk_editable_get_text (GTK_EDITABLE (self->user_row));

  g_return_if_fail (LODGE_IS_CONSOLE_PAGE (self));

  if (lodge_screen_get_state (screen) != LODGE_SCREEN_NEEDS_CREDENTIALS)
    return;
  gtk_widget_set_visible (GTK_WIDGET (self->password_group), FALSE);
  lodge_screen_supply_credentials (screen, user, gtk_editable_get_text (GTK_EDITABLE (self->password_row)));
  gtk_editable_set_text (GTK_EDITABLE (self->password_row), "");
}

/* Trying again */

static void
show_retry (LodgeConsolePage *self)
{
  g_autofree char *text =
    g_strdup_printf (g_dngettext (NULL, "Trying again in %u second", "Trying again in %u seconds", self->retry_in),
                     self->retry_in);

  gtk_label_set_text (self->retry_label, text);
  gtk_widget_set_visible (GTK_WIDGET (self->retry_label), TRUE);
}

static gboolean
retry_cb (gpointer user_data)
{
  LodgeConsolePage *self = user_data;

  if (--self->retry_in > 0)
    {
      show_retry (self);
      return G_SOURCE_CONTINUE;
    }
  self->retry_id = 0;
  gtk_widget_set_visible (GTK_WIDGET (self->retry_label), FALSE);
  gtk_widget_activate_action (GTK_WIDGET (self), "console.reconnect", NULL);
  return G_SOURCE_REMOVE;
}

static gboolean
is_worth_retrying (const GError *error)
{
  static const LodgeErrorCode final[] = {
    LODGE_ERROR_AUTH_FAILED, LODGE_ERROR_AUTH_CANCELLED, LODGE_ERROR_NOT_SUPPORTED, LODGE_ERROR_PERMISSION,
    LODGE_ERROR_BUSY, LODGE_ERROR_LIMIT,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (final); i++)
    {
      if (g_error_matches (error, LODGE_ERROR, final[i]))
        return FALSE;
    }
  return TRUE;
}

gboolean
lodge_console_page_fail (LodgeConsolePage *self,
                         const GError     *error)
{
  g_auto(LodgeConsoleStatus) status = { 0 };

  g_return_val_if_fail (LODGE_IS_CONSOLE_PAGE (self), FALSE);

  lodge_console_status_failed (&status, error);
  lodge_console_page_show (self, &status);
  lodge_console_page_stop (self);
  if (self->n_failures >= MAX_RETRIES || !is_worth_retrying (error))
    return FALSE;
  self->retry_in = 1u << self->n_failures++;
  self->retry_id = g_timeout_add_seconds (1, retry_cb, self);
  show_retry (self);
  return TRUE;
}

void
lodge_console_page_stop (LodgeConsolePage *self)
{
  g_return_if_fail (LODGE_IS_CONSOLE_PAGE (self));

  g_clear_handle_id (&self->retry_id, g_source_remove);
  gtk_widget_set_visible (GTK_WIDGET (self->retry_label), FALSE);
}

void
lodge_console_page_succeed (LodgeConsolePage *self)
{
  g_return_if_fail (LODGE_IS_CONSOLE_PAGE (self));

  lodge_console_page_stop (self);
  self->n_failures = 0;
}

const char *
lodge_console_page_get_title (LodgeConsolePage *self)
{
  g_return_val_if_fail (LODGE_IS_CONSOLE_PAGE (self), NULL);

  return adw_status_page_get_title (self->status_page);
}
