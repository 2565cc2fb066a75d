/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-window"

#include "config.h"

#include "lodge-window-private.h"

#include <glib/gi18n.h>

#include "lodge-connection-dialog.h"
#include "model/lodge-connection.h"
#include "widgets/lodge-error-dialog.h"
#include "widgets/lodge-name-dialog.h"

static void
connect_action (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  LodgeWindow *self = LODGE_WINDOW (widget);

  if (self->connection != NULL)
    lodge_connection_open_async (self->connection, NULL, NULL, NULL);
}

static void
disconnect_action (GtkWidget  *widget,
                   const char *action_name,
                   GVariant   *parameter)
{
  LodgeWindow *self = LODGE_WINDOW (widget);

  if (self->connection != NULL)
    lodge_connection_close (self->connection);
}

static void
connect_all_action (GtkWidget  *widget,
                    const char *action_name,
                    GVariant   *parameter)
{
  LodgeWindow *self = LODGE_WINDOW (widget);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->connections)); i++)
    {
      g_autoptr(LodgeConnection) connection = g_list_model_get_item (G_LIST_MODEL (self->connections), i);

      lodge_connection_open_async (connection, NULL, NULL, NULL);
    }
}

static void
new_machine_action (GtkWidget  *widget,
                    const char *action_name,
                    GVariant   *parameter)
{
  LodgeWindow *self = LODGE_WINDOW (widget);

  gtk_widget_activate_action (widget, "app.new-machine", "s",
                              self->connection != NULL ? lodge_connection_get_uri (self->connection) : "");
}

static void
connection_added_cb (LodgeWindow     *self,
                     LodgeConnection *connection)
{
  lodge_window_select_connection (self, connection);
  lodge_window_show_content (self);
}

static void
add_connection_action (GtkWidget  *widget,
                       const char *action_name,
                       GVariant   *parameter)
{
  LodgeWindow *self = LODGE_WINDOW (widget);
  AdwDialog *dialog = lodge_connection_dialog_new (self->connections);

  g_signal_connect_object (dialog, "added", G_CALLBACK (connection_added_cb), self, G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, widget);
}

static void
edit_connection_action (GtkWidget  *widget,
                        const char *action_name,
                        GVariant   *parameter)
{
  LodgeWindow *self = LODGE_WINDOW (widget);

  if (self->connection != NULL)
    gtk_widget_activate_action (widget, "app.edit-connection", "s", lodge_connection_get_uri (self->connection));
}

static void
use_connection_action (GtkWidget  *widget,
                       const char *action_name,
                       GVariant   *parameter)
{
  LodgeWindow *self = LODGE_WINDOW (widget);
  g_autoptr(GError) error = NULL;
  LodgeConnection *connection = lodge_connection_list_add (self->connections, g_variant_get_string (parameter, NULL),
                                                           NULL, &error);

  if (connection == NULL)
    {
      lodge_error_present (widget, _("Could Not Add the Connection"), error);
      return;
    }
  lodge_connection_open_async (connection, NULL, NULL, NULL);
  lodge_window_select_connection (self, connection);
  lodge_window_show_content (self);
}

static void
show_known_action (GtkWidget  *widget,
                   const char *action_name,
                   GVariant   *parameter)
{
  LodgeWindow *self = LODGE_WINDOW (widget);

  self->show_known = TRUE;
  lodge_window_update (self);
}

static void
show_page_action (GtkWidget  *widget,
                  const char *action_name,
                  GVariant   *parameter)
{
  LodgeWindow *self = LODGE_WINDOW (widget);
  const char *name = g_variant_get_string (parameter, NULL);

  if (lodge_window_has_pages (self) && adw_view_stack_get_child_by_name (self->page_stack, name) != NULL)
    adw_view_stack_set_visible_child_name (self->page_stack, name);
}

static void
jobs_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  LodgeWindow *self = LODGE_WINDOW (widget);
  AdwBin *bin = self->width_class == LODGE_LIST_TINY ? self->bottom_jobs_bin : self->jobs_bin;

  lodge_jobs_button_popup (LODGE_JOBS_BUTTON (adw_bin_get_child (bin)));
}

/* Between the connections and their machines */
static void
sidebar_action (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  LodgeWindow *self = LODGE_WINDOW (widget);
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (self));

  if (adw_navigation_split_view_get_collapsed (self->split_view))
    adw_navigation_split_view_set_show_content (self->split_view,
                                                !adw_navigation_split_view_get_show_content (self->split_view));
  else if (focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->sidebar)))
    gtk_widget_grab_focus (GTK_WIDGET (self->page_stack));
  else
    gtk_widget_grab_focus (GTK_WIDGET (self->sidebar));
}

static void
refresh_action (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  LodgeWindow *self = LODGE_WINDOW (widget);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->connections)); i++)
    {
      g_autoptr(LodgeConnection) connection = g_list_model_get_item (G_LIST_MODEL (self->connections), i);

      if (self->connection != NULL && connection != self->connection)
        continue;
      if (lodge_connection_get_state (connection) == LODGE_CONNECTION_CONNECTED)
        lodge_connection_refresh (connection);
      else if (self->connection != NULL)
        lodge_connection_open_async (connection, NULL, NULL, NULL);
    }
}

static void
search_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  lodge_machine_list_focus_search (LODGE_WINDOW (widget)->machine_list);
}

/* The search stays */
static void
all_machines_action (GtkWidget  *widget,
                     const char *action_name,
                     GVariant   *parameter)
{
  lodge_window_select_connection (LODGE_WINDOW (widget), NULL);
}

/* Filters */

static gboolean
check_filter_name (gpointer     owner,
                   const char  *name,
                   GError     **error)
{
  g_autofree char *stripped = g_strstrip (g_strdup (name));

  return lodge_saved_filters_check_name (stripped, error);
}

static void
save_filter (gpointer    owner,
             const char *name)
{
  LodgeWindow *self = owner;
  g_autoptr(GError) error = NULL;
  LodgeSavedFilter *filter = lodge_saved_filters_save (self->filters, name,
                                                       lodge_machine_list_get_filter_text (self->machine_list),
                                                       lodge_machine_list_get_filter_state (self->machine_list),
                                                       &error);

  if (filter == NULL)
    lodge_error_present (GTK_WIDGET (self), _("Could Not Save the Filter"), error);
  else
    lodge_sidebar_select_filter (self->sidebar, filter);
}

static void
save_filter_action (GtkWidget  *widget,
                    const char *action_name,
                    GVariant   *parameter)
{
  LodgeWindow *self = LODGE_WINDOW (widget);
  const LodgeNameQuestion question = {
    _("Save Filter"), _("It stands in the sidebar. A filter of the same name is replaced."), _("_Save"),
    check_filter_name, save_filter,
  };

  if (lodge_machine_list_is_filtered (self->machine_list))
    lodge_name_dialog_present (widget, &question,
                               self->filter != NULL ? lodge_saved_filter_get_name (self->filter) : "", self);
}

static void
previous_action (GtkWidget  *widget,
                 const char *action_name,
                 GVariant   *parameter)
{
  lodge_sidebar_step (LODGE_WINDOW (widget)->sidebar, -1);
}

static void
next_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  lodge_sidebar_step (LODGE_WINDOW (widget)->sidebar, 1);
}

void
lodge_window_install_actions (LodgeWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_install_action (widget_class, "win.connect", NULL, connect_action);
  gtk_widget_class_install_action (widget_class, "win.disconnect", NULL, disconnect_action);
  gtk_widget_class_install_action (widget_class, "win.connect-all", NULL, connect_all_action);
  gtk_widget_class_install_action (widget_class, "win.new-machine", NULL, new_machine_action);
  gtk_widget_class_install_action (widget_class, "win.add-connection", NULL, add_connection_action);
  gtk_widget_class_install_action (widget_class, "win.edit-connection", NULL, edit_connection_action);
  gtk_widget_class_install_action (widget_class, "win.use-connection", "s", use_connection_action);
  gtk_widget_class_install_action (widget_class, "win.show-known", NULL, show_known_action);
  gtk_widget_class_install_action (widget_class, "win.show-page", "s", show_page_action);
  gtk_widget_class_install_action (widget_class, "win.jobs", NULL, jobs_action);
  gtk_widget_class_install_action (widget_class, "win.sidebar", NULL, sidebar_action);
  gtk_widget_class_install_action (widget_class, "win.refresh", NULL, refresh_action);
  gtk_widget_class_install_action (widget_class, "win.search", NULL, search_action);
  gtk_widget_class_install_action (widget_class, "win.all-machines", NULL, all_machines_action);
  gtk_widget_class_install_action (widget_class, "win.save-filter", NULL, save_filter_action);
  gtk_widget_class_install_action (widget_class, "win.previous-connection", NULL, previous_action);
  gtk_widget_class_install_action (widget_class, "win.next-connection", NULL, next_action);
}
