/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-viewer-window"

#include "config.h"

#include "lodge-viewer-window.h"

#include <glib/gi18n.h>

#include "console/lodge-clipboard.h"
#include "console/lodge-console-page.h"
#include "console/lodge-display-actions.h"
#include "console/lodge-display.h"
#include "console/lodge-grab-hint.h"
#include "console/lodge-screen-sharing.h"
#include "console/lodge-send-keys.h"
#include "lodge-ui.h"
#include "util/lodge-error.h"
#include "util/lodge-format.h"
#include "widgets/lodge-error-dialog.h"

#define MAX_TITLE 120   /* characters of somebody else's text */

struct _LodgeViewerWindow
{
  AdwApplicationWindow  parent_instance;

  /* template children */
  AdwToolbarView       *toolbar_view;
  AdwWindowTitle       *window_title;
  GtkMenuButton        *keys_button;
  AdwToastOverlay      *toast_overlay;
  GtkStack             *stack;
  LodgeConsolePage     *page;
  LodgeDisplay         *display;
  LodgeGrabHint        *grab_hint;
  GtkShortcutController *shortcuts;

  GSettings            *settings;    /* owned */
  LodgeViewerTarget    *target;      /* owned, nullable: not read yet */
  LodgeScreen          *screen;      /* owned, nullable */
  LodgeClipboard       *clipboard;   /* owned */
  GSimpleActionGroup   *group;       /* owned: the prefix “console” */
  GError               *error;       /* owned, nullable: for the details */
  gboolean              kiosk;
  gboolean              was_shown;   /* the session has begun */
  gboolean              ended;
};

G_DEFINE_FINAL_TYPE (LodgeViewerWindow, lodge_viewer_window, ADW_TYPE_APPLICATION_WINDOW)

static void connect_screen (LodgeViewerWindow *self);

static void
update_actions (LodgeViewerWindow *self)
{
  static const char * const of_display[] = {
    "send-keys", "type-clipboard", "scaling", "zoom-in", "zoom-out", "screenshot",
  };
  const gboolean shown = g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "display") == 0;

  for (gsize i = 0; i < G_N_ELEMENTS (of_display); i++)
    {
      GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->group), of_display[i]);

      g_simple_action_set_enabled (G_SIMPLE_ACTION (action), shown);
    }
}

static void
show (LodgeViewerWindow *self,
      const char        *name)
{
  gtk_stack_set_visible_child_name (self->stack, name);
  update_actions (self);
}

static void
drop_screen (LodgeViewerWindow *self)
{
  if (self->screen == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->screen, self);
  if (self->display != NULL)
    lodge_display_set_screen (self->display, NULL);
  lodge_screen_close (self->screen);
  g_clear_object (&self->screen);
}

/* The session is over for good */
static void
end (LodgeViewerWindow *self)
{
  self->ended = TRUE;
  gtk_window_close (GTK_WINDOW (self));
}

static void
lost (LodgeViewerWindow *self)
{
  const GError *error = lodge_screen_get_error (self->screen);

  g_clear_error (&self->error);
  if (error != NULL)
    self->error = g_error_copy (error);
  else
    lodge_set_error (&self->error, LODGE_ERROR_NOT_CONNECTED, _("The display has ended the connection"));
  if (self->kiosk && self->was_shown)
    {
      end (self);
      return;
    }
  lodge_console_page_fail (self->page, self->error);
  show (self, "status");
}

static void
screen_state_cb (LodgeViewerWindow *self)
{
  lodge_console_page_connected (self->page);
  switch (lodge_screen_get_state (self->screen))
    {
    case LODGE_SCREEN_CONNECTED:
      self->was_shown = TRUE;
      lodge_console_page_succeed (self->page);
      show (self, "display");
      gtk_widget_grab_focus (GTK_WIDGET (self->display));
      if (self->kiosk)
        lodge_display_grab (self->display);
      break;
    case LODGE_SCREEN_NEEDS_CREDENTIALS:
      show (self, "status");
      lodge_console_page_ask (self->page, self->screen);
      break;
    case LODGE_SCREEN_LOST:
      lost (self);
      break;
    case LODGE_SCREEN_CLOSED:
    case LODGE_SCREEN_CONNECTING:
    default:
      lodge_console_page_connecting (self->page);
      break;
    }
}

static void
connect_screen (LodgeViewerWindow *self)
{
  const LodgeViewerTarget *target = self->target;
  const LodgeScreenAddress address = {
    .host = target->host,
    .port = target->port,
    .tls_port = target->tls_port,
    .unix_path = target->unix_path,
    .password = target->password,
    .username = target->username,
    .ca = target->ca,
    .host_subject = target->host_subject,
    .tls_ciphers = target->tls_ciphers,
    .proxy = target->proxy,
    .secure_channels = target->secure_channels,
    .disabled_effects = target->disabled_effects,
  };

  drop_screen (self);
  lodge_console_page_stop (self->page);
  self->screen = target->protocol == LODGE_VIEWER_SPICE ? lodge_spice_screen_new (&address, NULL, NULL, NULL)
                                                        : lodge_vnc_screen_new (&address, NULL, NULL, NULL);
  g_object_set (self->screen, "remote", target->unix_path == NULL, NULL);
  lodge_screen_set_smartcard (self->screen, target->enable_smartcard == 1);
  g_signal_connect_object (self->screen, "notify::state", G_CALLBACK (screen_state_cb), self, G_CONNECT_SWAPPED);
  lodge_display_set_screen (self->display, self->screen);
  lodge_screen_open (self->screen);
}

static void
reconnect_action (GSimpleAction *action,
                  GVariant      *parameter,
                  gpointer       user_data)
{
  LodgeViewerWindow *self = user_data;

  if (self->target != NULL)
    connect_screen (self);
}

static void
cancel_action (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       user_data)
{
  LodgeViewerWindow *self = user_data;
  const LodgeConsoleStatus status = {
    .icon_name = "lodge-machine-symbolic", .title = _("Console Is Not Connected"),
    .primary = _("C_onnect"), .primary_action = "console.reconnect",
  };

  drop_screen (self);
  lodge_console_page_stop (self->page);
  lodge_console_page_show (self->page, &status);
  show (self, "status");
}

static void
details_action (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  LodgeViewerWindow *self = user_data;

  if (self->error != NULL)
    lodge_error_present (GTK_WIDGET (self), _("No Connection to the Console"), self->error);
}

static void
supply_password_action (GSimpleAction *action,
                        GVariant      *parameter,
                        gpointer       user_data)
{
  LodgeViewerWindow *self = user_data;

  if (self->screen != NULL)
    lodge_console_page_answer (self->page, self->screen);
}

static const GActionEntry entries[] = {
  { .name = "reconnect", .activate = reconnect_action },
  { .name = "cancel", .activate = cancel_action },
  { .name = "details", .activate = details_action },
  { .name = "supply-password", .activate = supply_password_action },
};

/* Full screen: the bar comes when the pointer rests at the upper edge */

static void
fullscreened_cb (LodgeViewerWindow *self)
{
  const gboolean full = gtk_window_is_fullscreen (GTK_WINDOW (self));

  adw_toolbar_view_set_extend_content_to_top_edge (self->toolbar_view, full || self->kiosk);
  adw_toolbar_view_set_reveal_top_bars (self->toolbar_view, !full && !self->kiosk);
}

static void
motion_cb (LodgeViewerWindow *self,
           double             x,
           double             y)
{
  if (!gtk_window_is_fullscreen (GTK_WINDOW (self)) || self->kiosk)
    return;
  if (y < 1)
    adw_toolbar_view_set_reveal_top_bars (self->toolbar_view, TRUE);
  else if (y > adw_toolbar_view_get_top_bar_height (self->toolbar_view) + 24)
    adw_toolbar_view_set_reveal_top_bars (self->toolbar_view, FALSE);
}

static void
fullscreen_action (GtkWidget  *widget,
                   const char *action_name,
                   GVariant   *parameter)
{
  GtkWindow *window = GTK_WINDOW (widget);

  if (LODGE_VIEWER_WINDOW (widget)->kiosk)
    return;
  if (gtk_window_is_fullscreen (window))
    gtk_window_unfullscreen (window);
  else
    gtk_window_fullscreen (window);
}

static void
released_cb (LodgeViewerWindow *self)
{
  if (self->kiosk)
    return;
  adw_toolbar_view_set_reveal_top_bars (self->toolbar_view, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->keys_button));
}

static void
release_action (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  LodgeViewerWindow *self = LODGE_VIEWER_WINDOW (widget);

  lodge_display_release (self->display);
  released_cb (self);
}

/* A line of somebody else's text */
static void
say (LodgeViewerWindow *self,
     const char        *text)
{
  AdwToast *toast = adw_toast_new (text);

  adw_toast_set_use_markup (toast, FALSE);
  adw_toast_overlay_add_toast (self->toast_overlay, toast);
}

static void
pointer_loose_cb (LodgeViewerWindow *self)
{
  say (self, _("The pointer stops at the edges: this desktop cannot hold it. A tablet device in the guest would help."));
}

static void
page_appear_cb (LodgeViewerWindow *self)
{
  show (self, "status");
}

/* The keys that a connection file chooses */

static const struct
{
  LodgeViewerKey  key;
  const char     *action;
  const char     *target;     /* nullable */
  const char     *fallback;   /* nullable: Lodge's own */
} key_actions[] = {
  { LODGE_VIEWER_KEY_FULLSCREEN, "viewer.fullscreen", NULL, "F11" },
  { LODGE_VIEWER_KEY_RELEASE, "viewer.release", NULL, NULL },
  { LODGE_VIEWER_KEY_SECURE_ATTENTION, "console.send-keys", "ctrl-alt-delete", NULL },
};

static void
set_keys (LodgeViewerWindow *self)
{
  g_autoptr(GStrvBuilder) host_keys = g_strv_builder_new ();
  g_auto(GStrv) own = g_settings_get_strv (self->settings, "host-keys");
  g_auto(GStrv) accelerators = NULL;

  /* F11 is the full screen's unless the file names another */
  for (guint i = 0; own[i] != NULL; i++)
    {
      if (self->target->keys[LODGE_VIEWER_KEY_FULLSCREEN] == NULL || !g_str_equal (own[i], "F11"))
        g_strv_builder_add (host_keys, own[i]);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (key_actions); i++)
    {
      const char *chosen = self->target->keys[key_actions[i].key];
      const char *accelerator = chosen != NULL ? chosen : key_actions[i].fallback;
      guint keyval = 0;
      GdkModifierType modifiers = 0;
      GtkShortcut *shortcut;

      if (accelerator == NULL || *accelerator == '\0')
        continue;
      if (!gtk_accelerator_parse (accelerator, &keyval, &modifiers) || keyval == 0)
        {
          /* Modifiers alone: they are pressed together, as Lodge's own */
          if (key_actions[i].key == LODGE_VIEWER_KEY_RELEASE)
            lodge_display_set_release_modifiers (self->display, accelerator);
          continue;
        }
      g_strv_builder_add (host_keys, accelerator);
      shortcut = gtk_shortcut_new (gtk_keyval_trigger_new (keyval, modifiers),
                                   gtk_named_action_new (key_actions[i].action));
      if (key_actions[i].target != NULL)
        gtk_shortcut_set_arguments (shortcut, g_variant_new_string (key_actions[i].target));
      gtk_shortcut_controller_add_shortcut (self->shortcuts, shortcut);
    }
  accelerators = g_strv_builder_end (host_keys);
  lodge_display_set_host_keys (self->display, (const char * const *) accelerators);
}

static gboolean
lodge_viewer_window_close_request (GtkWindow *window)
{
  LodgeViewerWindow *self = LODGE_VIEWER_WINDOW (window);

  if (self->kiosk && !self->ended)
    return GDK_EVENT_STOP;
  drop_screen (self);
  return GTK_WINDOW_CLASS (lodge_viewer_window_parent_class)->close_request (window);
}

static void
lodge_viewer_window_dispose (GObject *object)
{
  LodgeViewerWindow *self = LODGE_VIEWER_WINDOW (object);

  drop_screen (self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "console", NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), LODGE_TYPE_VIEWER_WINDOW);
  self->display = NULL;
  g_clear_object (&self->clipboard);
  g_clear_object (&self->settings);
  g_clear_object (&self->group);
  g_clear_pointer (&self->target, lodge_viewer_target_free);
  g_clear_error (&self->error);

  G_OBJECT_CLASS (lodge_viewer_window_parent_class)->dispose (object);
}

static void
lodge_viewer_window_class_init (LodgeViewerWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lodge_viewer_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = lodge_viewer_window_close_request;

  g_type_ensure (LODGE_TYPE_CONSOLE_PAGE);
  g_type_ensure (LODGE_TYPE_DISPLAY);
  g_type_ensure (LODGE_TYPE_GRAB_HINT);
  gtk_widget_class_set_template_from_resource (widget_class, LODGE_UI ("viewer/lodge-viewer-window.ui"));
  gtk_widget_class_bind_template_child (widget_class, LodgeViewerWindow, toolbar_view);
  gtk_widget_class_bind_template_child (widget_class, LodgeViewerWindow, window_title);
  gtk_widget_class_bind_template_child (widget_class, LodgeViewerWindow, keys_button);
  gtk_widget_class_bind_template_child (widget_class, LodgeViewerWindow, toast_overlay);
  gtk_widget_class_bind_template_child (widget_class, LodgeViewerWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, LodgeViewerWindow, page);
  gtk_widget_class_bind_template_child (widget_class, LodgeViewerWindow, display);
  gtk_widget_class_bind_template_child (widget_class, LodgeViewerWindow, grab_hint);
  gtk_widget_class_bind_template_child (widget_class, LodgeViewerWindow, shortcuts);
  gtk_widget_class_bind_template_callback (widget_class, fullscreened_cb);
  gtk_widget_class_bind_template_callback (widget_class, motion_cb);
  gtk_widget_class_bind_template_callback (widget_class, page_appear_cb);
  gtk_widget_class_bind_template_callback (widget_class, released_cb);
  gtk_widget_class_install_action (widget_class, "viewer.fullscreen", NULL, fullscreen_action);
  gtk_widget_class_install_action (widget_class, "viewer.release", NULL, release_action);
}

static void
lodge_viewer_window_init (LodgeViewerWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  lodge_grab_hint_set_display (self->grab_hint, self->display);
  self->clipboard = lodge_clipboard_new (gtk_widget_get_clipboard (GTK_WIDGET (self)));
  g_object_bind_property (self->display, "screen", self->clipboard, "screen", G_BINDING_SYNC_CREATE);
  g_object_bind_property (self->display, "attended", self->clipboard, "active", G_BINDING_SYNC_CREATE);
  g_signal_connect_object (self->clipboard, "refused", G_CALLBACK (say), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->display, "pointer-loose", G_CALLBACK (pointer_loose_cb), self, G_CONNECT_SWAPPED);
  self->group = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->group), entries, G_N_ELEMENTS (entries), self);
  lodge_display_add_actions (self->display, G_ACTION_MAP (self->group));
  gtk_widget_insert_action_group (GTK_WIDGET (self), "console", G_ACTION_GROUP (self->group));
  update_actions (self);
  lodge_console_page_connecting (self->page);
}

LodgeViewerWindow *
lodge_viewer_window_new (GtkApplication *application,
                         GSettings      *settings,
                         gboolean        kiosk)
{
  LodgeViewerWindow *self = g_object_new (LODGE_TYPE_VIEWER_WINDOW, "application", application, NULL);
  g_autoptr(GMenu) keys = lodge_send_keys_new_menu ();

  self->settings = g_object_ref (settings);
  lodge_send_keys_follow (keys, settings);
  gtk_menu_button_set_menu_model (self->keys_button, G_MENU_MODEL (keys));
  self->kiosk = kiosk;
  if (kiosk)
    {
      gtk_window_set_deletable (GTK_WINDOW (self), FALSE);
      gtk_window_fullscreen (GTK_WINDOW (self));
      fullscreened_cb (self);
    }
  return self;
}

/**
 * lodge_viewer_window_open:
 * @self: a new window
 * @target: (transfer full): the server
 */
void
lodge_viewer_window_open (LodgeViewerWindow *self,
                          LodgeViewerTarget *target)
{
  g_autofree char *address = lodge_viewer_target_dup_address (target);
  g_autofree char *title = lodge_display_text (target->title != NULL ? target->title : address, MAX_TITLE);

  g_return_if_fail (LODGE_IS_VIEWER_WINDOW (self));
  g_return_if_fail (self->target == NULL);

  self->target = target;
  gtk_window_set_title (GTK_WINDOW (self), title);
  adw_window_title_set_title (self->window_title, title);
  if (target->title != NULL)
    adw_window_title_set_subtitle (self->window_title, address);
  lodge_display_set_machine_name (self->display, title);
  lodge_display_follow_settings (self->display, self->settings);
  set_keys (self);
  if (target->fullscreen)
    gtk_window_fullscreen (GTK_WINDOW (self));
  if (target->note != NULL)
    say (self, target->note);
  connect_screen (self);
}

void
lodge_viewer_window_refuse (LodgeViewerWindow *self,
                            const GError      *error)
{
  g_auto(LodgeConsoleStatus) status = {
    .icon_name = "dialog-error-symbolic", .title = _("Console Cannot Be Shown"),
    .primary = _("_Close"), .primary_action = "window.close",
  };

  g_return_if_fail (LODGE_IS_VIEWER_WINDOW (self));

  /* There will be no session that could end */
  self->ended = TRUE;
  status.text = lodge_display_text (error->message, 500);
  lodge_console_page_show (self->page, &status);
  show (self, "status");
}

gboolean
lodge_viewer_window_is_kiosk (LodgeViewerWindow *self)
{
  g_return_val_if_fail (LODGE_IS_VIEWER_WINDOW (self), FALSE);

  return self->kiosk && !self->ended;
}
