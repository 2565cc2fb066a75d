/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-window"

#include "config.h"

#include "lodge-window-private.h"

#include <glib/gi18n.h>

#include "lodge-connection-overview.h"
#include "lodge-credential-dialog.h"
#include "lodge-keys.h"
#include "lodge-ui.h"
#include "lodge-view-options.h"
#include "lodge-welcome-page.h"
#include "model/lodge-connection.h"
#include "util/lodge-format.h"

G_DEFINE_FINAL_TYPE (LodgeWindow, lodge_window, ADW_TYPE_APPLICATION_WINDOW)

/* Pages */

gboolean
lodge_window_has_pages (LodgeWindow *self)
{
  return self->connection != NULL && lodge_connection_get_state (self->connection) == LODGE_CONNECTION_CONNECTED;
}

static gboolean
is_on_machines (LodgeWindow *self)
{
  return g_strcmp0 (adw_view_stack_get_visible_child_name (self->page_stack), "machines") == 0;
}

static guint
count_in_state (LodgeWindow          *self,
                LodgeConnectionState  state)
{
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->connections)); i++)
    {
      g_autoptr(LodgeConnection) connection = g_list_model_get_item (G_LIST_MODEL (self->connections), i);

      n += lodge_connection_get_state (connection) == state;
    }
  return n;
}

/* Rows of a connection that is lost are shown when a person asks for them; among those of all connections they stay */
static gboolean
is_list_shown (LodgeWindow *self)
{
  if (lodge_machine_list_get_total (self->machine_list) == 0)
    return FALSE;
  return self->connection == NULL || self->show_known
         || lodge_connection_get_state (self->connection) == LODGE_CONNECTION_CONNECTED;
}

static void
update_title (LodgeWindow *self)
{
  g_autofree char *title = NULL;
  g_autofree char *subtitle = NULL;

  if (self->connection != NULL)
    title = lodge_display_text (lodge_connection_get_label (self->connection), 200);
  else
    title = g_strdup (self->filter != NULL ? lodge_saved_filter_get_name (self->filter) : _("All Machines"));
  if (self->width_class >= LODGE_LIST_NARROW && is_list_shown (self))
    g_object_get (self->machine_list, "summary", &subtitle, NULL);
  else if (self->connection != NULL && !lodge_window_has_pages (self))
    subtitle = lodge_display_text (lodge_connection_get_uri (self->connection), 300);
  adw_window_title_set_title (self->title, title);
  adw_window_title_set_subtitle (self->title, subtitle != NULL ? subtitle : "");
  adw_navigation_page_set_title (self->content_page, title);
}

static void
update_bars (LodgeWindow *self)
{
  const gboolean narrow = self->width_class >= LODGE_LIST_NARROW;
  const gboolean list = is_list_shown (self) && is_on_machines (self);

  gtk_stack_set_visible_child_name (self->title_stack, lodge_window_has_pages (self) && !narrow ? "switcher" : "title");
  adw_view_switcher_bar_set_reveal (self->switcher_bar, lodge_window_has_pages (self) && narrow);
  gtk_action_bar_set_revealed (self->bottom_bar, self->width_class == LODGE_LIST_TINY && list);
  gtk_widget_set_visible (GTK_WIDGET (self->view_button), list);
  gtk_widget_set_visible (self->view_toggles, list && !narrow);
  gtk_widget_set_visible (self->search_button, self->width_class == LODGE_LIST_TINY && list);
  /* The pill of an empty page says it already */
  gtk_widget_set_visible (self->new_machine_button, self->width_class < LODGE_LIST_TINY && list);
}

void
lodge_window_update (LodgeWindow *self)
{
  const gboolean welcome = g_list_model_get_n_items (G_LIST_MODEL (self->connections)) == 0;

  if (welcome && adw_bin_get_child (self->welcome_bin) == NULL)
    adw_bin_set_child (self->welcome_bin, lodge_welcome_page_new ());
  else if (!welcome)
    adw_bin_set_child (self->welcome_bin, NULL);
  gtk_stack_set_visible_child_name (self->root_stack, welcome ? "welcome" : "main");

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.new-machine",
                                 self->connection != NULL
                                 ? lodge_connection_get_state (self->connection) == LODGE_CONNECTION_CONNECTED
                                   && !lodge_connection_get_read_only (self->connection)
                                 : count_in_state (self, LODGE_CONNECTION_CONNECTED) > 0);

  if (is_list_shown (self))
    gtk_stack_set_visible_child_name (self->stack, "list");
  else
    {
      if (self->connection != NULL)
        lodge_status_page_show_connection (self->status_page, self->connection);
      else
        lodge_status_page_show_connections (self->status_page, self->connections);
      gtk_stack_set_visible_child_name (self->stack, "status");
    }
  if (!lodge_window_has_pages (self))
    adw_view_stack_set_visible_child_name (self->page_stack, "machines");
  update_title (self);
  update_bars (self);
}

/* What a page shows is made when it is first seen */
static void
page_changed_cb (LodgeWindow *self)
{
  const gboolean overview = !is_on_machines (self) && self->connection != NULL;

  if (self->machine_list == NULL)
    return;
  if (overview && adw_bin_get_child (self->overview_bin) == NULL)
    adw_bin_set_child (self->overview_bin, lodge_connection_overview_new (self->connection));
  else if (!overview)
    adw_bin_set_child (self->overview_bin, NULL);
  update_bars (self);
}

/* Sidebar */

void
lodge_window_show_content (LodgeWindow *self)
{
  adw_navigation_split_view_set_show_content (self->split_view, TRUE);
}


/* A filter that is left is taken out of the search again */
static void
apply_filter (LodgeWindow      *self,
              LodgeSavedFilter *filter)
{
  if (filter == self->filter)
    return;
  if (self->filter != NULL)
    g_signal_handlers_disconnect_by_func (self->filter, lodge_window_update, self);
  g_set_object (&self->filter, filter);
  if (filter != NULL)
    g_signal_connect_object (filter, "changed", G_CALLBACK (lodge_window_update), self, G_CONNECT_SWAPPED);
  lodge_machine_list_apply_filter (self->machine_list,
                                   filter != NULL ? lodge_saved_filter_get_text (filter) : "",
                                   filter != NULL ? lodge_saved_filter_get_state (filter) : LODGE_MACHINE_STATE_ALL);
}

static void
row_selected_cb (LodgeWindow *self)
{
  LodgeConnection *connection = lodge_sidebar_get_connection (self->sidebar);

  if (connection != self->connection)
    {
      self->show_known = FALSE;
      adw_bin_set_child (self->overview_bin, NULL);
    }
  g_set_object (&self->connection, connection);
  g_signal_group_set_target (self->signals, connection);
  lodge_machine_list_set_connection (self->machine_list, connection);
  apply_filter (self, lodge_sidebar_get_filter (self->sidebar));
  lodge_window_update (self);
  page_changed_cb (self);
}

static void
credentials_requested_cb (LodgeWindow            *self,
                          LodgeCredentialRequest *request,
                          LodgeConnection        *connection)
{
  /* The window that was used last asks, not all of them */
  if (gtk_application_get_active_window (gtk_window_get_application (GTK_WINDOW (self))) != GTK_WINDOW (self)
      && g_list_length (gtk_application_get_windows (gtk_window_get_application (GTK_WINDOW (self)))) > 1)
    return;
  lodge_credential_dialog_present (GTK_WIDGET (self), connection, request);
}

/* Not lodge_window_update() itself: the signal group has it on the shown connection */
static void
state_changed_cb (LodgeWindow *self)
{
  lodge_window_update (self);
}

/* Not by the data: the handlers of the signal group on the shown connection have the same */
static void
stop_asking (LodgeWindow *self)
{
  for (guint i = 0; i < self->asking->len; i++)
    {
      LodgeConnection *connection = g_ptr_array_index (self->asking, i);

      g_signal_handlers_disconnect_by_func (connection, credentials_requested_cb, self);
      g_signal_handlers_disconnect_by_func (connection, state_changed_cb, self);
    }
  g_ptr_array_set_size (self->asking, 0);
}

static void
connections_changed_cb (LodgeWindow *self)
{
  const guint n = g_list_model_get_n_items (G_LIST_MODEL (self->connections));

  stop_asking (self);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr(LodgeConnection) connection = g_list_model_get_item (G_LIST_MODEL (self->connections), i);

      g_signal_connect_object (connection, "credentials-requested", G_CALLBACK (credentials_requested_cb), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (connection, "notify::state", G_CALLBACK (state_changed_cb), self, G_CONNECT_SWAPPED);
      g_ptr_array_add (self->asking, g_object_ref (connection));
    }
  lodge_window_update (self);
}

/* A breakpoint can set properties of widgets inside the window only, and the list comes later */
static void
breakpoint_cb (LodgeWindow *self)
{
  AdwBreakpoint *breakpoint = adw_application_window_get_current_breakpoint (ADW_APPLICATION_WINDOW (self));

  self->width_class = breakpoint == NULL ? LODGE_LIST_WIDE
                      : breakpoint == self->medium_breakpoint ? LODGE_LIST_MEDIUM
                      : breakpoint == self->small_breakpoint ? LODGE_LIST_SMALL
                      : breakpoint == self->smaller_breakpoint ? LODGE_LIST_SMALLEST
                      : breakpoint == self->narrow_breakpoint ? LODGE_LIST_NARROW : LODGE_LIST_TINY;
  if (self->machine_list == NULL)
    return;
  g_object_set (self->machine_list, "width-class", (int) self->width_class, NULL);
  lodge_window_update (self);
}

static void
lodge_window_unmap (GtkWidget *widget)
{
  LodgeWindow *self = LODGE_WINDOW (widget);
  int width = 0, height = 0;

  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  if (self->settings != NULL && width > 0 && height > 0)
    {
      g_settings_set (self->settings, "window-size", "(ii)", width, height);
      g_settings_set_boolean (self->settings, "window-maximized", gtk_window_is_maximized (GTK_WINDOW (self)));
    }
  GTK_WIDGET_CLASS (lodge_window_parent_class)->unmap (widget);
}

static void
lodge_window_dispose (GObject *object)
{
  LodgeWindow *self = LODGE_WINDOW (object);

  stop_asking (self);
  if (self->connections != NULL)
    g_signal_handlers_disconnect_by_data (self->connections, self);
  if (self->all_domains != NULL)
    g_signal_handlers_disconnect_by_data (self->all_domains, self);
  g_clear_object (&self->signals);
  g_clear_object (&self->connection);
  g_clear_object (&self->filter);
  self->machine_list = NULL;
  gtk_widget_dispose_template (GTK_WIDGET (object), LODGE_TYPE_WINDOW);
  g_clear_object (&self->all_domains);
  g_clear_object (&self->connections);
  g_clear_object (&self->filters);
  g_clear_object (&self->jobs);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (lodge_window_parent_class)->dispose (object);
}

static void
lodge_window_finalize (GObject *object)
{
  g_clear_pointer (&LODGE_WINDOW (object)->asking, g_ptr_array_unref);

  G_OBJECT_CLASS (lodge_window_parent_class)->finalize (object);
}

static void
lodge_window_class_init (LodgeWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = lodge_window_dispose;
  object_class->finalize = lodge_window_finalize;
  widget_class->unmap = lodge_window_unmap;

  g_type_ensure (LODGE_TYPE_SIDEBAR);
  g_type_ensure (LODGE_TYPE_STATUS_PAGE);
  gtk_widget_class_set_template_from_resource (widget_class, LODGE_UI ("window/lodge-window.ui"));
  gtk_widget_class_bind_template_child (widget_class, LodgeWindow, split_view);
  gtk_widget_class_bind_template_child (widget_class, LodgeWindow, content_page);
  gtk_widget_class_bind_template_child (widget_class, LodgeWindow, title);
  gtk_widget_class_bind_template_child (widget_class, LodgeWindow, sidebar);
  gtk_widget_class_bind_template_child (widget_class, LodgeWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, LodgeWindow, list_bin);
  gtk_widget_class_bind_template_child (widget_class, LodgeWindow, status_page);
  gtk_widget_class_bind_template_child (widget_class, LodgeWindow, jobs_bin);
  gtk_widget_class_bind_template_child (widget_class, LodgeWindow, root_stack);
  gtk_widget_class_bind_template_child (widget_class, LodgeWindow, welcome_bin);
  gtk_widget_class_bind_template_child (widget_class, LodgeWindow, title_stack);
  gtk_widget_class_bind_template_child (widget_class, LodgeWindow, page_stack);
  gtk_widget_class_bind_template_child (widget_class, LodgeWindow, overview_bin);
  gtk_widget_class_bind_template_child (widget_class, LodgeWindow, switcher_bar);
  gtk_widget_class_bind_template_child (widget_class, LodgeWindow, bottom_bar);
  gtk_widget_class_bind_template_child (widget_class, LodgeWindow, bottom_jobs_bin);
  gtk_widget_class_bind_template_child (widget_class, LodgeWindow, search_button);
  gtk_widget_class_bind_template_child (widget_class, LodgeWindow, view_button);
  gtk_widget_class_bind_template_child (widget_class, LodgeWindow, view_toggles);
  gtk_widget_class_bind_template_child (widget_class, LodgeWindow, new_machine_button);
  gtk_widget_class_bind_template_child (widget_class, LodgeWindow, medium_breakpoint);
  gtk_widget_class_bind_template_child (widget_class, LodgeWindow, small_breakpoint);
  gtk_widget_class_bind_template_child (widget_class, LodgeWindow, smaller_breakpoint);
  gtk_widget_class_bind_template_child (widget_class, LodgeWindow, narrow_breakpoint);
  gtk_widget_class_bind_template_child (widget_class, LodgeWindow, tiny_breakpoint);
  gtk_widget_class_bind_template_callback (widget_class, breakpoint_cb);
  gtk_widget_class_bind_template_callback (widget_class, page_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, lodge_window_show_content);

  lodge_window_install_actions (klass);
}

static void
lodge_window_init (LodgeWindow *self)
{
  self->asking = g_ptr_array_new_with_free_func (g_object_unref);
  gtk_widget_init_template (GTK_WIDGET (self));
  lodge_keys_install (GTK_WIDGET (self));

  self->signals = g_signal_group_new (LODGE_TYPE_CONNECTION);
  g_signal_group_connect_swapped (self->signals, "notify::label", G_CALLBACK (lodge_window_update), self);
}

static void
set_view_menu (LodgeWindow *self)
{
  g_autoptr(GMenuModel) view = lodge_view_options_create_menu ();
  g_autoptr(GMenu) menu = g_menu_new ();
  g_autoptr(GMenu) refresh = g_menu_new ();

  g_menu_append (refresh, _("_Refresh"), "win.refresh");
  g_menu_append_section (menu, NULL, view);
  g_menu_append_section (menu, NULL, G_MENU_MODEL (refresh));
  gtk_menu_button_set_menu_model (self->view_button, G_MENU_MODEL (menu));
}

static gpointer
get_domains (gpointer item,
             gpointer user_data)
{
  g_autoptr(LodgeConnection) connection = item;

  return g_object_ref (lodge_connection_get_domains (connection));
}

/**
 * lodge_window_new:
 *
 * Returns: (transfer none): a main window, not shown yet
 */
LodgeWindow *
lodge_window_new (GtkApplication      *application,
                  LodgeConnectionList *connections,
                  LodgeJobList        *jobs,
                  GSettings           *settings)
{
  LodgeWindow *self = g_object_new (LODGE_TYPE_WINDOW, "application", application, NULL);
  GtkMapListModel *lists = gtk_map_list_model_new (G_LIST_MODEL (g_object_ref (connections)), get_domains, NULL, NULL);
  int width, height;

  self->connections = g_object_ref (connections);
  self->jobs = g_object_ref (jobs);
  self->settings = g_object_ref (settings);
  self->all_domains = G_LIST_MODEL (gtk_flatten_list_model_new (G_LIST_MODEL (lists)));

  self->machine_list = LODGE_MACHINE_LIST (lodge_machine_list_new (connections, self->all_domains, settings));
  g_object_set (self->machine_list, "width-class", (int) self->width_class, NULL);
  adw_bin_set_child (self->list_bin, GTK_WIDGET (self->machine_list));
  adw_bin_set_child (self->jobs_bin, lodge_jobs_button_new (jobs));
  adw_bin_set_child (self->bottom_jobs_bin, lodge_jobs_button_new (jobs));
  lodge_domain_actions_set_jobs (lodge_machine_list_get_actions (self->machine_list), jobs);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "list", lodge_machine_list_get_options (self->machine_list));
  gtk_widget_insert_action_group (GTK_WIDGET (self), "machine",
                                  lodge_domain_actions_get_group (lodge_machine_list_get_actions (self->machine_list)));
  set_view_menu (self);
  g_settings_bind (settings, "view", self->view_toggles, "active-name", G_SETTINGS_BIND_DEFAULT);

  g_settings_get (settings, "window-size", "(ii)", &width, &height);
  gtk_window_set_default_size (GTK_WINDOW (self), width, height);
  if (g_settings_get_boolean (settings, "window-maximized"))
    gtk_window_maximize (GTK_WINDOW (self));

  g_signal_connect_object (self->machine_list, "notify::summary", G_CALLBACK (lodge_window_update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (connections, "items-changed", G_CALLBACK (connections_changed_cb), self,
                           G_CONNECT_SWAPPED);
  connections_changed_cb (self);
  self->filters = lodge_saved_filters_new (settings);
  lodge_sidebar_set_up (self->sidebar, connections, self->all_domains, self->filters);
  return self;
}

/**
 * lodge_window_select_connection:
 * @self: a window
 * @connection: (nullable): whose machines to show; %NULL: those of all connections
 */
void
lodge_window_select_connection (LodgeWindow     *self,
                                LodgeConnection *connection)
{
  g_return_if_fail (LODGE_IS_WINDOW (self));

  lodge_sidebar_select_connection (self->sidebar, connection);
}

/**
 * lodge_window_get_machine_list:
 *
 * Returns: (transfer none): the list of this window
 */
LodgeMachineList *
lodge_window_get_machine_list (LodgeWindow *self)
{
  g_return_val_if_fail (LODGE_IS_WINDOW (self), NULL);

  return self->machine_list;
}
