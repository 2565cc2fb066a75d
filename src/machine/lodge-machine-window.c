/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-machine-window"

#include "config.h"

#include "lodge-machine-window.h"

#include <glib/gi18n.h>

#include "console/lodge-send-keys.h"
#include "lodge-snapshots-view.h"
#include "lodge-ui.h"
#include "model/lodge-connection.h"
#include "util/lodge-format.h"

struct _LodgeMachineWindow
{
  AdwApplicationWindow  parent_instance;

  /* template children */
  AdwToolbarView       *toolbar_view;
  AdwTabView           *tab_view;
  AdwWindowTitle       *title;
  AdwViewSwitcher      *switcher;
  AdwViewSwitcherBar   *switcher_bar;
  AdwSplitButton       *power_button;
  GtkButton            *pause_button;
  GtkMenuButton        *console_button;
  GtkLabel             *console_label;
  GtkButton            *fullscreen_button;
  GtkMenuButton        *menu_button;
  GtkRevealer          *bar_revealer;
  GtkMenuButton        *bar_console_button;
  GtkMenuButton        *bar_keys_button;
  GtkMenuButton        *bar_size_button;
  GMenu                *start_menu;
  GMenu                *stop_menu;
  GMenu                *keys_menu;

  GSettings            *settings;   /* owned */
  GSignalGroup         *signals;    /* owned: of the selected tab's machine */
  GSignalGroup         *page_signals;    /* owned: of the selected tab */
  GSignalGroup         *console_signals; /* owned: of its console */
  GSignalGroup         *view_signals;    /* owned: of its views */
  GMenuModel           *consoles_menu;   /* owned, nullable: what the pickers show */
  guint                 edge_id;         /* the pointer rests at the top edge */
  gboolean              confirmed;       /* closing was asked about */
};

G_DEFINE_FINAL_TYPE (LodgeMachineWindow, lodge_machine_window, ADW_TYPE_APPLICATION_WINDOW)

/* A pointer this near to the top edge brings the bar of the full screen */
#define EDGE_PX       3
#define EDGE_DELAY_MS 200

LodgeMachinePage *
lodge_machine_window_get_page (LodgeMachineWindow *self)
{
  AdwTabPage *tab;

  g_return_val_if_fail (LODGE_IS_MACHINE_WINDOW (self), NULL);

  tab = adw_tab_view_get_selected_page (self->tab_view);
  return tab != NULL ? LODGE_MACHINE_PAGE (adw_tab_page_get_child (tab)) : NULL;
}

static gboolean
can (LodgeDomain          *domain,
     LodgeDomainOperation  operation)
{
  return lodge_domain_can (domain, operation);
}

/* Header: who it is, what it does, and the verb that fits */

static void
update_identity (LodgeMachineWindow *self,
                 LodgeDomain        *domain)
{
  LodgeConnection *connection = lodge_domain_get_connection (domain);
  const char *state = lodge_domain_state_get_label (lodge_domain_get_state (domain));
  g_autofree char *name = lodge_display_text (lodge_domain_get_name (domain), 120);
  g_autofree char *host = connection != NULL ? lodge_display_text (lodge_connection_get_label (connection), 80) : NULL;
  g_autofree char *subtitle = NULL;

  if (host != NULL)
    /* Translators: a state and a host: “Running on This Computer” */
    subtitle = g_strdup_printf (_("%s on %s"), state, host);
  adw_window_title_set_title (self->title, name);
  adw_window_title_set_subtitle (self->title, subtitle != NULL ? subtitle : "");
  gtk_window_set_title (GTK_WINDOW (self), name);
}

static void
update_power (LodgeMachineWindow *self,
              LodgeDomain        *domain)
{
  const gboolean off = can (domain, LODGE_DOMAIN_START);
  const gboolean resume = can (domain, LODGE_DOMAIN_RESUME);

  adw_split_button_set_label (self->power_button,
                              lodge_domain_operation_get_label (off ? LODGE_DOMAIN_START : LODGE_DOMAIN_SHUT_DOWN,
                                                                lodge_domain_get_state (domain)));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->power_button), off ? "machine.start" : "machine.shut-down");
  adw_split_button_set_menu_model (self->power_button, G_MENU_MODEL (off ? self->start_menu : self->stop_menu));
  gtk_widget_set_visible (GTK_WIDGET (self->pause_button), can (domain, LODGE_DOMAIN_PAUSE) || resume);
  gtk_button_set_icon_name (self->pause_button, resume ? "media-playback-start-symbolic"
                            : "media-playback-pause-symbolic");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->pause_button), resume ? _("Resume") : _("Pause"));
}

static void
update_console (LodgeMachineWindow *self,
                LodgeMachinePage   *page)
{
  LodgeConsoleView *console = lodge_machine_page_get_console (page);
  const char *view = adw_view_stack_get_visible_child_name (lodge_machine_page_get_views (page));
  const char *label = lodge_console_view_get_label (console);
  GMenuModel *menu = lodge_console_view_get_menu (console);
  const gboolean shown = g_strcmp0 (view, "console") == 0;
  const gboolean several = label != NULL && g_menu_model_get_n_items (menu) > 0;

  gtk_widget_set_visible (GTK_WIDGET (self->console_button), several && shown);
  gtk_widget_set_visible (GTK_WIDGET (self->bar_console_button), several);
  gtk_widget_set_visible (GTK_WIDGET (self->fullscreen_button), shown);
  gtk_widget_set_visible (GTK_WIDGET (self->bar_keys_button), lodge_console_view_is_graphical (console));
  gtk_widget_set_visible (GTK_WIDGET (self->bar_size_button), lodge_console_view_is_graphical (console));
  gtk_label_set_label (self->console_label, label != NULL ? label : "");
  gtk_menu_button_set_label (self->bar_console_button, label != NULL ? label : "");
  /* A menu that is open stays open */
  if (g_set_object (&self->consoles_menu, menu))
    {
      gtk_menu_button_set_menu_model (self->console_button, menu);
      gtk_menu_button_set_menu_model (self->bar_console_button, menu);
    }
}

static void
update (LodgeMachineWindow *self)
{
  LodgeMachinePage *page = lodge_machine_window_get_page (self);

  if (page == NULL)
    return;
  update_identity (self, lodge_machine_page_get_domain (page));
  update_power (self, lodge_machine_page_get_domain (page));
  update_console (self, page);
}

/* One view needs no switcher */
static void
show_views (LodgeMachineWindow *self,
            LodgeMachinePage   *page)
{
  AdwViewStack *views = page != NULL ? lodge_machine_page_get_views (page) : NULL;
  g_autoptr(GtkSelectionModel) pages = views != NULL ? adw_view_stack_get_pages (views) : NULL;
  const gboolean several = pages != NULL && g_list_model_get_n_items (G_LIST_MODEL (pages)) > 1;

  adw_view_switcher_set_stack (self->switcher, views);
  adw_view_switcher_bar_set_stack (self->switcher_bar, views);
  gtk_widget_set_visible (GTK_WIDGET (self->switcher), several);
  gtk_widget_set_visible (GTK_WIDGET (self->switcher_bar), several);
  g_signal_group_set_target (self->view_signals, views);
}

static void
selected_page_cb (LodgeMachineWindow *self)
{
  LodgeMachinePage *page = lodge_machine_window_get_page (self);
  LodgeConsoleView *console = page != NULL ? lodge_machine_page_get_console (page) : NULL;

  gtk_widget_insert_action_group (GTK_WIDGET (self), "machine",
                                  page != NULL ? lodge_machine_page_get_machine_group (page) : NULL);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "console",
                                  console != NULL ? lodge_console_view_get_group (console) : NULL);
  g_signal_group_set_target (self->signals, page != NULL ? lodge_machine_page_get_domain (page) : NULL);
  g_signal_group_set_target (self->page_signals, page);
  g_signal_group_set_target (self->console_signals, console);
  show_views (self, page);
  update (self);
  if (page != NULL)
    lodge_machine_page_focus (page);
}

static void
close_page (LodgeMachineWindow *self,
            AdwTabPage         *tab)
{
  lodge_machine_page_close (LODGE_MACHINE_PAGE (adw_tab_page_get_child (tab)));
  adw_tab_view_close_page_finish (self->tab_view, tab, TRUE);
  if (adw_tab_view_get_n_pages (self->tab_view) == 0)
    gtk_window_close (GTK_WINDOW (self));
}

/* Edits of the hardware that are not applied go with the page */

static void
ask_about_edits (LodgeMachineWindow  *self,
                 guint                n,
                 const char          *name,
                 GAsyncReadyCallback  callback,
                 gpointer             user_data)
{
  g_autofree char *shown = name != NULL ? lodge_display_text (name, 80) : NULL;
  g_autofree char *body =
    shown != NULL ? g_strdup_printf (_("The hardware of “%s” was changed, and the changes are not applied."), shown)
                  : g_strdup_printf (g_dngettext (NULL, "The hardware of %u machine was changed, and the changes are "
                                                  "not applied.", "The hardware of %u machines was changed, and the "
                                                  "changes are not applied.", n), n);
  AdwAlertDialog *dialog = ADW_ALERT_DIALOG (adw_alert_dialog_new (_("Discard the Changes?"), body));

  adw_alert_dialog_set_body_use_markup (dialog, FALSE);
  adw_alert_dialog_add_responses (dialog, "cancel", _("_Cancel"), "close", _("_Discard"), NULL);
  adw_alert_dialog_set_response_appearance (dialog, "close", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_default_response (dialog, "cancel");
  adw_alert_dialog_set_close_response (dialog, "cancel");
  adw_alert_dialog_choose (dialog, GTK_WIDGET (self), NULL, callback, user_data);
}

typedef struct
{
  LodgeMachineWindow *window;   /* owned */
  AdwTabPage         *tab;      /* owned */
} Closing;

static void
discard_chosen_cb (GObject      *object,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  Closing *closing = user_data;

  if (g_str_equal (adw_alert_dialog_choose_finish (ADW_ALERT_DIALOG (object), result), "close"))
    close_page (closing->window, closing->tab);
  else
    adw_tab_view_close_page_finish (closing->window->tab_view, closing->tab, FALSE);
  g_object_unref (closing->tab);
  g_object_unref (closing->window);
  g_free (closing);
}

static gboolean
close_page_cb (LodgeMachineWindow *self,
               AdwTabPage         *tab)
{
  LodgeMachinePage *page = LODGE_MACHINE_PAGE (adw_tab_page_get_child (tab));
  Closing *closing;

  if (!lodge_machine_page_get_has_edits (page))
    {
      close_page (self, tab);
      return GDK_EVENT_STOP;
    }
  closing = g_new0 (Closing, 1);
  closing->window = g_object_ref (self);
  closing->tab = g_object_ref (tab);
  ask_about_edits (self, 1, lodge_domain_get_name (lodge_machine_page_get_domain (page)), discard_chosen_cb, closing);
  return GDK_EVENT_STOP;
}

static AdwTabView *
create_window_cb (LodgeMachineWindow *self)
{
  LodgeMachineWindow *window = lodge_machine_window_new (gtk_window_get_application (GTK_WINDOW (self)),
                                                         self->settings);

  gtk_window_present (GTK_WINDOW (window));
  return window->tab_view;
}

static void
release_focus_cb (LodgeMachineWindow *self)
{
  if (gtk_window_is_fullscreen (GTK_WINDOW (self)))
    {
      gtk_revealer_set_reveal_child (self->bar_revealer, TRUE);
      gtk_widget_grab_focus (GTK_WIDGET (self->bar_keys_button));
    }
  else
    gtk_widget_grab_focus (GTK_WIDGET (self->menu_button));
}

/* The letting go of a running machine's console, which the person may want to be asked about */

static guint
count_running (LodgeMachineWindow *self)
{
  guint n = 0;

  for (int i = 0; i < adw_tab_view_get_n_pages (self->tab_view); i++)
    {
      GtkWidget *page = adw_tab_page_get_child (adw_tab_view_get_nth_page (self->tab_view, i));

      n += can (lodge_machine_page_get_domain (LODGE_MACHINE_PAGE (page)), LODGE_DOMAIN_FORCE_OFF);
    }
  return n;
}

static guint
count_edited (LodgeMachineWindow  *self,
              const char         **name)
{
  guint n = 0;

  for (int i = 0; i < adw_tab_view_get_n_pages (self->tab_view); i++)
    {
      LodgeMachinePage *page =
        LODGE_MACHINE_PAGE (adw_tab_page_get_child (adw_tab_view_get_nth_page (self->tab_view, i)));

      if (!lodge_machine_page_get_has_edits (page))
        continue;
      n++;
      *name = n == 1 ? lodge_domain_get_name (lodge_machine_page_get_domain (page)) : NULL;
    }
  return n;
}

static void
close_chosen_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(LodgeMachineWindow) self = user_data;

  if (!g_str_equal (adw_alert_dialog_choose_finish (ADW_ALERT_DIALOG (object), result), "close"))
    return;
  self->confirmed = TRUE;
  gtk_window_close (GTK_WINDOW (self));
}

static gboolean
lodge_machine_window_close_request (GtkWindow *window)
{
  LodgeMachineWindow *self = LODGE_MACHINE_WINDOW (window);
  const guint n = count_running (self);
  const char *edited = NULL;
  const guint n_edited = count_edited (self, &edited);
  AdwAlertDialog *dialog;
  g_autofree char *body = NULL;

  if (n_edited > 0 && !self->confirmed)
    {
      ask_about_edits (self, n_edited, edited, close_chosen_cb, g_object_ref (self));
      return GDK_EVENT_STOP;
    }
  if (n == 0 || self->confirmed || !g_settings_get_boolean (self->settings, "ask-before-closing-console"))
    return GTK_WINDOW_CLASS (lodge_machine_window_parent_class)->close_request (window);

  body = g_strdup_printf (g_dngettext (NULL, "The machine goes on running on its host.",
                                       "%u machines go on running on their hosts.", n), n);
  dialog = ADW_ALERT_DIALOG (adw_alert_dialog_new (_("Close the Window?"), body));
  adw_alert_dialog_add_responses (dialog, "cancel", _("_Cancel"), "close", _("C_lose"), NULL);
  adw_alert_dialog_set_default_response (dialog, "close");
  adw_alert_dialog_set_close_response (dialog, "cancel");
  adw_alert_dialog_choose (dialog, GTK_WIDGET (self), NULL, close_chosen_cb, g_object_ref (self));
  return GDK_EVENT_STOP;
}

/* Full screen */

static void
fullscreened_cb (LodgeMachineWindow *self)
{
  const gboolean full = gtk_window_is_fullscreen (GTK_WINDOW (self));

  adw_toolbar_view_set_reveal_top_bars (self->toolbar_view, !full);
  adw_toolbar_view_set_reveal_bottom_bars (self->toolbar_view, !full);
  g_clear_handle_id (&self->edge_id, g_source_remove);
  gtk_revealer_set_reveal_child (self->bar_revealer, FALSE);
}

static gboolean
edge_cb (gpointer user_data)
{
  LodgeMachineWindow *self = user_data;

  self->edge_id = 0;
  gtk_revealer_set_reveal_child (self->bar_revealer, TRUE);
  return G_SOURCE_REMOVE;
}

/* A pointer that only passes by wants the guest's own panel */
static void
motion_cb (LodgeMachineWindow *self,
           double              x,
           double              y)
{
  if (!gtk_window_is_fullscreen (GTK_WINDOW (self)))
    return;
  if (y >= EDGE_PX)
    g_clear_handle_id (&self->edge_id, g_source_remove);
  else if (self->edge_id == 0 && !gtk_revealer_get_reveal_child (self->bar_revealer))
    self->edge_id = g_timeout_add (EDGE_DELAY_MS, edge_cb, self);
  if (y > gtk_widget_get_height (GTK_WIDGET (self->bar_revealer)) + 24)
    gtk_revealer_set_reveal_child (self->bar_revealer, FALSE);
}

static void
fullscreen_action (GtkWidget  *widget,
                   const char *action_name,
                   GVariant   *parameter)
{
  LodgeMachineWindow *self = LODGE_MACHINE_WINDOW (widget);
  LodgeMachinePage *page = lodge_machine_window_get_page (self);

  if (gtk_window_is_fullscreen (GTK_WINDOW (self)))
    gtk_window_unfullscreen (GTK_WINDOW (self));
  else
    gtk_window_fullscreen (GTK_WINDOW (self));
  if (page != NULL)
    lodge_machine_page_focus (page);
}

static void
close_tab_action (GtkWidget  *widget,
                  const char *action_name,
                  GVariant   *parameter)
{
  LodgeMachineWindow *self = LODGE_MACHINE_WINDOW (widget);
  AdwTabPage *tab = adw_tab_view_get_selected_page (self->tab_view);

  if (tab != NULL)
    adw_tab_view_close_page (self->tab_view, tab);
}

static void
move_to_window_action (GtkWidget  *widget,
                       const char *action_name,
                       GVariant   *parameter)
{
  LodgeMachineWindow *self = LODGE_MACHINE_WINDOW (widget);
  AdwTabPage *tab = adw_tab_view_get_selected_page (self->tab_view);

  if (tab == NULL || adw_tab_view_get_n_pages (self->tab_view) < 2)
    return;
  adw_tab_view_transfer_page (self->tab_view, tab, create_window_cb (self), 0);
}

/* The console moves, so that no display has two clients; another of the machine stays here */
static void
console_to_window_action (GtkWidget  *widget,
                          const char *action_name,
                          GVariant   *parameter)
{
  LodgeMachineWindow *self = LODGE_MACHINE_WINDOW (widget);
  LodgeMachinePage *page = lodge_machine_window_get_page (self);
  LodgeMachineWindow *window;
  LodgeConsoleView *console;
  g_autofree char *label = NULL;

  if (page == NULL)
    return;
  console = lodge_machine_page_get_console (page);
  label = g_strdup (lodge_console_view_get_label (console));
  if (label == NULL || !lodge_console_view_turn_away (console))
    return;
  window = lodge_machine_window_new (gtk_window_get_application (GTK_WINDOW (self)), self->settings);
  lodge_machine_window_add (window, lodge_machine_page_get_domain (page));
  lodge_console_view_prefer (lodge_machine_page_get_console (lodge_machine_window_get_page (window)), label);
  gtk_window_present (GTK_WINDOW (window));
}

static void
send_keys_menu_action (GtkWidget  *widget,
                       const char *action_name,
                       GVariant   *parameter)
{
  LodgeMachineWindow *self = LODGE_MACHINE_WINDOW (widget);

  if (gtk_window_is_fullscreen (GTK_WINDOW (self)))
    {
      gtk_revealer_set_reveal_child (self->bar_revealer, TRUE);
      gtk_menu_button_popup (self->bar_keys_button);
    }
  else
    gtk_menu_button_popup (self->menu_button);
}

static void
show_view_action (GtkWidget  *widget,
                  const char *action_name,
                  GVariant   *parameter)
{
  LodgeMachinePage *page = lodge_machine_window_get_page (LODGE_MACHINE_WINDOW (widget));
  const char *name = g_variant_get_string (parameter, NULL);

  if (page == NULL || adw_view_stack_get_child_by_name (lodge_machine_page_get_views (page), name) == NULL)
    return;
  adw_view_stack_set_visible_child_name (lodge_machine_page_get_views (page), name);
  lodge_machine_page_focus (page);
}

static void
take_snapshot_action (GtkWidget  *widget,
                      const char *action_name,
                      GVariant   *parameter)
{
  LodgeMachinePage *page = lodge_machine_window_get_page (LODGE_MACHINE_WINDOW (widget));
  GtkWidget *view = page != NULL ? adw_view_stack_get_child_by_name (lodge_machine_page_get_views (page), "snapshots")
                    : NULL;

  if (view == NULL)
    return;
  adw_view_stack_set_visible_child (lodge_machine_page_get_views (page), view);
  lodge_snapshots_view_take (LODGE_SNAPSHOTS_VIEW (view));
}

static void
new_machine_action (GtkWidget  *widget,
                    const char *action_name,
                    GVariant   *parameter)
{
  LodgeMachinePage *page = lodge_machine_window_get_page (LODGE_MACHINE_WINDOW (widget));
  LodgeConnection *connection = page != NULL ? lodge_domain_get_connection (lodge_machine_page_get_domain (page))
                                : NULL;

  gtk_widget_activate_action (widget, "app.new-machine", "s",
                              connection != NULL ? lodge_connection_get_uri (connection) : "");
}

static void
lodge_machine_window_unmap (GtkWidget *widget)
{
  LodgeMachineWindow *self = LODGE_MACHINE_WINDOW (widget);
  int width = 0, height = 0;

  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  if (self->settings != NULL && width > 0 && height > 0)
    g_settings_set (self->settings, "machine-window-size", "(ii)", width, height);
  GTK_WIDGET_CLASS (lodge_machine_window_parent_class)->unmap (widget);
}

static void
lodge_machine_window_dispose (GObject *object)
{
  LodgeMachineWindow *self = LODGE_MACHINE_WINDOW (object);

  g_clear_handle_id (&self->edge_id, g_source_remove);
  g_clear_object (&self->signals);
  g_clear_object (&self->page_signals);
  g_clear_object (&self->console_signals);
  g_clear_object (&self->view_signals);
  g_clear_object (&self->consoles_menu);
  if (self->tab_view != NULL)
    {
      for (int i = 0; i < adw_tab_view_get_n_pages (self->tab_view); i++)
        lodge_machine_page_close (LODGE_MACHINE_PAGE (adw_tab_page_get_child (adw_tab_view_get_nth_page (self->tab_view, i))));
      g_signal_handlers_disconnect_by_data (self->tab_view, self);
    }
  gtk_widget_insert_action_group (GTK_WIDGET (self), "machine", NULL);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "console", NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), LODGE_TYPE_MACHINE_WINDOW);
  self->tab_view = NULL;
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (lodge_machine_window_parent_class)->dispose (object);
}

static const struct
{
  guint       key;
  const char *action;
} shortcuts[] = {
  /* with Ctrl+Shift: plain Ctrl belongs to the guest */
  { GDK_KEY_s, "machine.start" },
  { GDK_KEY_d, "machine.shut-down" },
  { GDK_KEY_r, "machine.reboot" },
  { GDK_KEY_p, "machine.toggle-pause" },
  { GDK_KEY_e, "machine.save" },
  { GDK_KEY_g, "console.screenshot" },
  { GDK_KEY_t, "machinewin.take-snapshot" },
  { GDK_KEY_k, "machinewin.send-keys-menu" },
  { GDK_KEY_w, "machinewin.close-tab" },
};

/* Alt+1 … */
static const char * const view_names[] = { "console", "hardware", "snapshots", "activity" };

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, LODGE_UI ("machine/lodge-machine-window.ui"));
  gtk_widget_class_bind_template_child (widget_class, LodgeMachineWindow, toolbar_view);
  gtk_widget_class_bind_template_child (widget_class, LodgeMachineWindow, tab_view);
  gtk_widget_class_bind_template_child (widget_class, LodgeMachineWindow, title);
  gtk_widget_class_bind_template_child (widget_class, LodgeMachineWindow, switcher);
  gtk_widget_class_bind_template_child (widget_class, LodgeMachineWindow, switcher_bar);
  gtk_widget_class_bind_template_child (widget_class, LodgeMachineWindow, power_button);
  gtk_widget_class_bind_template_child (widget_class, LodgeMachineWindow, pause_button);
  gtk_widget_class_bind_template_child (widget_class, LodgeMachineWindow, console_button);
  gtk_widget_class_bind_template_child (widget_class, LodgeMachineWindow, console_label);
  gtk_widget_class_bind_template_child (widget_class, LodgeMachineWindow, fullscreen_button);
  gtk_widget_class_bind_template_child (widget_class, LodgeMachineWindow, menu_button);
  gtk_widget_class_bind_template_child (widget_class, LodgeMachineWindow, bar_revealer);
  gtk_widget_class_bind_template_child (widget_class, LodgeMachineWindow, bar_console_button);
  gtk_widget_class_bind_template_child (widget_class, LodgeMachineWindow, bar_keys_button);
  gtk_widget_class_bind_template_child (widget_class, LodgeMachineWindow, bar_size_button);
  gtk_widget_class_bind_template_child (widget_class, LodgeMachineWindow, start_menu);
  gtk_widget_class_bind_template_child (widget_class, LodgeMachineWindow, stop_menu);
  gtk_widget_class_bind_template_child (widget_class, LodgeMachineWindow, keys_menu);
  gtk_widget_class_bind_template_callback (widget_class, selected_page_cb);
  gtk_widget_class_bind_template_callback (widget_class, close_page_cb);
  gtk_widget_class_bind_template_callback (widget_class, create_window_cb);
  gtk_widget_class_bind_template_callback (widget_class, fullscreened_cb);
  gtk_widget_class_bind_template_callback (widget_class, motion_cb);
}

static void
add_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "machinewin.fullscreen", NULL, fullscreen_action);
  gtk_widget_class_install_action (widget_class, "machinewin.close-tab", NULL, close_tab_action);
  gtk_widget_class_install_action (widget_class, "machinewin.move-to-window", NULL, move_to_window_action);
  gtk_widget_class_install_action (widget_class, "machinewin.console-to-window", NULL, console_to_window_action);
  gtk_widget_class_install_action (widget_class, "machinewin.send-keys-menu", NULL, send_keys_menu_action);
  gtk_widget_class_install_action (widget_class, "machinewin.new-machine", NULL, new_machine_action);
  gtk_widget_class_install_action (widget_class, "machinewin.take-snapshot", NULL, take_snapshot_action);
  gtk_widget_class_install_action (widget_class, "machinewin.show-view", "s", show_view_action);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F11, GDK_NO_MODIFIER_MASK, "machinewin.fullscreen", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (shortcuts); i++)
    gtk_widget_class_add_binding_action (widget_class, shortcuts[i].key, GDK_CONTROL_MASK | GDK_SHIFT_MASK,
                                         shortcuts[i].action, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (view_names); i++)
    gtk_widget_class_add_binding_action (widget_class, GDK_KEY_1 + i, GDK_ALT_MASK, "machinewin.show-view", "s",
                                         view_names[i]);
  for (guint i = 0; i < 9; i++)
    gtk_widget_class_add_binding_action (widget_class, GDK_KEY_1 + i, GDK_CONTROL_MASK | GDK_SHIFT_MASK,
                                         "console.select", "u", i);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_n, GDK_CONTROL_MASK, "machinewin.new-machine", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F2, GDK_NO_MODIFIER_MASK, "machine.rename", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F5, GDK_NO_MODIFIER_MASK, "console.reconnect", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_plus, GDK_CONTROL_MASK, "console.zoom-in", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_minus, GDK_CONTROL_MASK, "console.zoom-out", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_0, GDK_CONTROL_MASK, "console.scaling", "s", "fit");
}

static void
lodge_machine_window_class_init (LodgeMachineWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lodge_machine_window_dispose;
  widget_class->unmap = lodge_machine_window_unmap;
  GTK_WINDOW_CLASS (klass)->close_request = lodge_machine_window_close_request;
  bind_template (widget_class);
  add_actions (widget_class);
}

static void
lodge_machine_window_init (LodgeMachineWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->signals = g_signal_group_new (LODGE_TYPE_DOMAIN);
  g_signal_group_connect_swapped (self->signals, "notify", G_CALLBACK (update), self);
  self->page_signals = g_signal_group_new (LODGE_TYPE_MACHINE_PAGE);
  g_signal_group_connect_swapped (self->page_signals, "release-focus", G_CALLBACK (release_focus_cb), self);
  self->console_signals = g_signal_group_new (LODGE_TYPE_CONSOLE_VIEW);
  g_signal_group_connect_swapped (self->console_signals, "notify::consoles-menu", G_CALLBACK (update), self);
  self->view_signals = g_signal_group_new (ADW_TYPE_VIEW_STACK);
  g_signal_group_connect_swapped (self->view_signals, "notify::visible-child", G_CALLBACK (update), self);
}

LodgeMachineWindow *
lodge_machine_window_new (GtkApplication *application,
                          GSettings      *settings)
{
  LodgeMachineWindow *self = g_object_new (LODGE_TYPE_MACHINE_WINDOW, "application", application, NULL);
  g_autoptr(GMenu) keys = lodge_send_keys_new_menu ();
  int width, height;

  self->settings = g_object_ref (settings);
  lodge_send_keys_follow (keys, settings);
  g_menu_append_section (self->keys_menu, NULL, G_MENU_MODEL (keys));
  gtk_menu_button_set_menu_model (self->bar_keys_button, G_MENU_MODEL (keys));
  g_settings_get (settings, "machine-window-size", "(ii)", &width, &height);
  gtk_window_set_default_size (GTK_WINDOW (self), width, height);
  return self;
}

static void
describe_tab (AdwTabPage  *tab,
              LodgeDomain *domain)
{
  g_autofree char *name = lodge_display_text (lodge_domain_get_name (domain), 80);
  g_autoptr(GIcon) icon = g_themed_icon_new (lodge_domain_state_get_icon_name (lodge_domain_get_state (domain)));

  adw_tab_page_set_title (tab, name);
  adw_tab_page_set_icon (tab, icon);
}

static void
domain_notify_cb (LodgeDomain *domain,
                  GParamSpec  *pspec,
                  AdwTabPage  *tab)
{
  describe_tab (tab, domain);
}

/**
 * lodge_machine_window_add:
 * @self: a window
 * @domain: the machine to show in a new tab, which is selected
 */
void
lodge_machine_window_add (LodgeMachineWindow *self,
                          LodgeDomain        *domain)
{
  AdwTabPage *tab;

  g_return_if_fail (LODGE_IS_MACHINE_WINDOW (self));
  g_return_if_fail (LODGE_IS_DOMAIN (domain));

  tab = adw_tab_view_append (self->tab_view, lodge_machine_page_new (domain, self->settings));
  describe_tab (tab, domain);
  g_signal_connect_object (domain, "notify::name", G_CALLBACK (domain_notify_cb), tab, 0);
  g_signal_connect_object (domain, "notify::state", G_CALLBACK (domain_notify_cb), tab, 0);
  adw_tab_view_set_selected_page (self->tab_view, tab);
}

gboolean
lodge_machine_window_show_domain (LodgeMachineWindow *self,
                                  LodgeDomain        *domain)
{
  g_return_val_if_fail (LODGE_IS_MACHINE_WINDOW (self), FALSE);

  for (int i = 0; i < adw_tab_view_get_n_pages (self->tab_view); i++)
    {
      AdwTabPage *tab = adw_tab_view_get_nth_page (self->tab_view, i);

      if (lodge_machine_page_get_domain (LODGE_MACHINE_PAGE (adw_tab_page_get_child (tab))) == domain)
        {
          adw_tab_view_set_selected_page (self->tab_view, tab);
          return TRUE;
        }
    }
  return FALSE;
}
