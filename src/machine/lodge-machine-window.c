/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-machine-window"

#include "config.h"

#include "lodge-machine-window.h"

#include <glib/gi18n.h>

#include "lodge-send-keys.h"
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
  AdwSplitButton       *power_button;
  GtkButton            *pause_button;
  GtkMenuButton        *console_button;
  GtkMenuButton        *menu_button;
  GtkRevealer          *bar_revealer;
  GtkLabel             *bar_name;
  GtkMenuButton        *bar_keys_button;
  GMenu                *start_menu;
  GMenu                *stop_menu;
  GMenu                *keys_menu;

  GSettings            *settings;   /* owned */
  GSignalGroup         *signals;    /* owned: of the selected tab's machine */
  GSignalGroup         *page_signals;   /* owned */
};

G_DEFINE_FINAL_TYPE (LodgeMachineWindow, lodge_machine_window, ADW_TYPE_APPLICATION_WINDOW)

/* A pointer this near to the top edge brings the bar of the full screen */
#define EDGE_PX 3

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
update (LodgeMachineWindow *self)
{
  LodgeMachinePage *page = lodge_machine_window_get_page (self);
  LodgeDomain *domain;
  LodgeConnection *connection;
  LodgeDomainState state;
  g_autofree char *name = NULL;
  g_autofree char *host = NULL;
  g_autofree char *subtitle = NULL;
  const char *console;
  gboolean off;

  if (page == NULL)
    return;
  domain = lodge_machine_page_get_domain (page);
  connection = lodge_domain_get_connection (domain);
  state = lodge_domain_get_state (domain);
  name = lodge_display_text (lodge_domain_get_name (domain), 120);
  host = connection != NULL ? lodge_display_text (lodge_connection_get_label (connection), 80) : NULL;
  if (host != NULL)
    /* Translators: a state and a host: “Running on This Computer” */
    subtitle = g_strdup_printf (_("%s on %s"), lodge_domain_state_get_label (state), host);
  adw_window_title_set_title (self->title, name);
  adw_window_title_set_subtitle (self->title, subtitle != NULL ? subtitle : "");
  gtk_window_set_title (GTK_WINDOW (self), name);
  gtk_label_set_text (self->bar_name, name);

  off = can (domain, LODGE_DOMAIN_START);
  adw_split_button_set_label (self->power_button,
                              lodge_domain_operation_get_label (off ? LODGE_DOMAIN_START : LODGE_DOMAIN_SHUT_DOWN, state));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->power_button), off ? "machine.start" : "machine.shut-down");
  adw_split_button_set_menu_model (self->power_button, G_MENU_MODEL (off ? self->start_menu : self->stop_menu));

  gtk_widget_set_visible (GTK_WIDGET (self->pause_button),
                          can (domain, LODGE_DOMAIN_PAUSE) || can (domain, LODGE_DOMAIN_RESUME));
  gtk_button_set_icon_name (self->pause_button, can (domain, LODGE_DOMAIN_RESUME) ? "media-playback-start-symbolic"
                                                                                  : "media-playback-pause-symbolic");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->pause_button),
                               can (domain, LODGE_DOMAIN_RESUME) ? _("Resume") : _("Pause"));

  console = lodge_machine_page_get_console_label (page);
  gtk_widget_set_visible (GTK_WIDGET (self->console_button),
                          console != NULL
                          && g_menu_model_get_n_items (lodge_machine_page_get_consoles_menu (page)) > 0);
  gtk_menu_button_set_label (self->console_button, console != NULL ? console : "");
  gtk_menu_button_set_menu_model (self->console_button, lodge_machine_page_get_consoles_menu (page));
}

static void
selected_page_cb (LodgeMachineWindow *self)
{
  LodgeMachinePage *page = lodge_machine_window_get_page (self);

  gtk_widget_insert_action_group (GTK_WIDGET (self), "machine",
                                  page != NULL ? lodge_machine_page_get_machine_group (page) : NULL);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "console",
                                  page != NULL ? lodge_machine_page_get_console_group (page) : NULL);
  g_signal_group_set_target (self->signals, page != NULL ? lodge_machine_page_get_domain (page) : NULL);
  g_signal_group_set_target (self->page_signals, page);
  update (self);
  if (page != NULL)
    lodge_machine_page_focus_console (page);
}

static gboolean
close_page_cb (LodgeMachineWindow *self,
               AdwTabPage         *tab)
{
  lodge_machine_page_close (LODGE_MACHINE_PAGE (adw_tab_page_get_child (tab)));
  adw_tab_view_close_page_finish (self->tab_view, tab, TRUE);
  if (adw_tab_view_get_n_pages (self->tab_view) == 0)
    gtk_window_close (GTK_WINDOW (self));
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

/* Full screen */

static void
fullscreened_cb (LodgeMachineWindow *self)
{
  const gboolean full = gtk_window_is_fullscreen (GTK_WINDOW (self));

  adw_toolbar_view_set_reveal_top_bars (self->toolbar_view, !full);
  gtk_revealer_set_reveal_child (self->bar_revealer, FALSE);
}

static void
motion_cb (LodgeMachineWindow *self,
           double              x,
           double              y)
{
  if (!gtk_window_is_fullscreen (GTK_WINDOW (self)))
    return;
  if (y < EDGE_PX)
    gtk_revealer_set_reveal_child (self->bar_revealer, TRUE);
  else if (y > gtk_widget_get_height (GTK_WIDGET (self->bar_revealer)) + 24)
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
    lodge_machine_page_focus_console (page);
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

  g_clear_object (&self->signals);
  g_clear_object (&self->page_signals);
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
  { GDK_KEY_w, "machinewin.close-tab" },
};

static void
lodge_machine_window_class_init (LodgeMachineWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lodge_machine_window_dispose;
  widget_class->unmap = lodge_machine_window_unmap;

  gtk_widget_class_set_template_from_resource (widget_class, LODGE_UI ("machine/lodge-machine-window.ui"));
  gtk_widget_class_bind_template_child (widget_class, LodgeMachineWindow, toolbar_view);
  gtk_widget_class_bind_template_child (widget_class, LodgeMachineWindow, tab_view);
  gtk_widget_class_bind_template_child (widget_class, LodgeMachineWindow, title);
  gtk_widget_class_bind_template_child (widget_class, LodgeMachineWindow, power_button);
  gtk_widget_class_bind_template_child (widget_class, LodgeMachineWindow, pause_button);
  gtk_widget_class_bind_template_child (widget_class, LodgeMachineWindow, console_button);
  gtk_widget_class_bind_template_child (widget_class, LodgeMachineWindow, menu_button);
  gtk_widget_class_bind_template_child (widget_class, LodgeMachineWindow, bar_revealer);
  gtk_widget_class_bind_template_child (widget_class, LodgeMachineWindow, bar_name);
  gtk_widget_class_bind_template_child (widget_class, LodgeMachineWindow, bar_keys_button);
  gtk_widget_class_bind_template_child (widget_class, LodgeMachineWindow, start_menu);
  gtk_widget_class_bind_template_child (widget_class, LodgeMachineWindow, stop_menu);
  gtk_widget_class_bind_template_child (widget_class, LodgeMachineWindow, keys_menu);
  gtk_widget_class_bind_template_callback (widget_class, selected_page_cb);
  gtk_widget_class_bind_template_callback (widget_class, close_page_cb);
  gtk_widget_class_bind_template_callback (widget_class, create_window_cb);
  gtk_widget_class_bind_template_callback (widget_class, fullscreened_cb);
  gtk_widget_class_bind_template_callback (widget_class, motion_cb);

  gtk_widget_class_install_action (widget_class, "machinewin.fullscreen", NULL, fullscreen_action);
  gtk_widget_class_install_action (widget_class, "machinewin.close-tab", NULL, close_tab_action);
  gtk_widget_class_install_action (widget_class, "machinewin.move-to-window", NULL, move_to_window_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F11, GDK_NO_MODIFIER_MASK, "machinewin.fullscreen", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (shortcuts); i++)
    gtk_widget_class_add_binding_action (widget_class, shortcuts[i].key, GDK_CONTROL_MASK | GDK_SHIFT_MASK,
                                         shortcuts[i].action, NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F2, GDK_NO_MODIFIER_MASK, "machine.rename", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_plus, GDK_CONTROL_MASK, "console.zoom-in", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_minus, GDK_CONTROL_MASK, "console.zoom-out", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_0, GDK_CONTROL_MASK, "console.scaling", "s", "fit");
}

static void
lodge_machine_window_init (LodgeMachineWindow *self)
{
  g_autoptr(GMenuModel) keys = lodge_send_keys_new_menu ();

  gtk_widget_init_template (GTK_WIDGET (self));
  g_menu_append_section (self->keys_menu, NULL, keys);
  gtk_menu_button_set_menu_model (self->bar_keys_button, keys);

  self->signals = g_signal_group_new (LODGE_TYPE_DOMAIN);
  g_signal_group_connect_swapped (self->signals, "notify", G_CALLBACK (update), self);
  self->page_signals = g_signal_group_new (LODGE_TYPE_MACHINE_PAGE);
  g_signal_group_connect_swapped (self->page_signals, "notify::consoles-menu", G_CALLBACK (update), self);
  g_signal_group_connect_swapped (self->page_signals, "release-focus", G_CALLBACK (release_focus_cb), self);
}

LodgeMachineWindow *
lodge_machine_window_new (GtkApplication *application,
                          GSettings      *settings)
{
  LodgeMachineWindow *self = g_object_new (LODGE_TYPE_MACHINE_WINDOW, "application", application, NULL);
  int width, height;

  self->settings = g_object_ref (settings);
  g_settings_get (settings, "machine-window-size", "(ii)", &width, &height);
  gtk_window_set_default_size (GTK_WINDOW (self), width, height);
  return self;
}

static void
bind_title (AdwTabPage  *tab,
            LodgeDomain *domain)
{
  g_autofree char *name = lodge_display_text (lodge_domain_get_name (domain), 80);

  adw_tab_page_set_title (tab, name);
}

static void
name_changed_cb (LodgeDomain *domain,
                 GParamSpec  *pspec,
                 AdwTabPage  *tab)
{
  bind_title (tab, domain);
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
  bind_title (tab, domain);
  g_signal_connect_object (domain, "notify::name", G_CALLBACK (name_changed_cb), tab, 0);
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
