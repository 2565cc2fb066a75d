/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-console-view"

#include "config.h"

#include "lodge-console-view-private.h"

#include <glib/gi18n.h>

#include "lodge-head-layout.h"
#include "lodge-head-window.h"
#include "util/lodge-format.h"

/* The guest's further monitors: one at a time in the page, each in a window, or over all of this computer's. The first
 * is the console's screen, the others are its heads. */

static guint
count_heads (LodgeConsoleView *self)
{
  return self->screen != NULL ? g_list_model_get_n_items (lodge_screen_get_heads (self->screen)) : 0;
}

/* (transfer full); 0 is the console's screen */
static LodgeScreen *
dup_head (LodgeConsoleView *self,
          guint             number)
{
  if (number == 0)
    return self->screen != NULL ? g_object_ref (self->screen) : NULL;
  return self->screen != NULL ? g_list_model_get_item (lodge_screen_get_heads (self->screen), number - 1) : NULL;
}

static guint
find_head (LodgeConsoleView *self,
           LodgeScreen      *head)
{
  for (guint i = 0; i < count_heads (self); i++)
    {
      g_autoptr(LodgeScreen) other = dup_head (self, i + 1);

      if (other == head)
        return i + 1;
    }
  return 0;
}

static LodgeHeadWindow *
find_window (LodgeConsoleView *self,
             LodgeScreen      *head)
{
  for (guint i = 0; i < self->head_windows->len; i++)
    {
      LodgeHeadWindow *window = g_ptr_array_index (self->head_windows, i);

      if (lodge_head_window_get_head (window) == head)
        return window;
    }
  return NULL;
}

/* In the page */

static void
show_head (LodgeConsoleView *self,
           guint             number)
{
  g_autoptr(LodgeScreen) head = dup_head (self, number);
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->group), "head");

  lodge_display_set_screen (self->display, head != NULL ? head : self->screen);
  g_simple_action_set_state (G_SIMPLE_ACTION (action), g_variant_new_uint32 (head != NULL ? number : 0));
  g_object_notify (G_OBJECT (self), "consoles-menu");
}

void
lodge_console_view_append_heads (LodgeConsoleView *self,
                                 GMenu            *menu)
{
  g_autoptr(GMenu) heads = g_menu_new ();
  g_autoptr(GMenu) ways = g_menu_new ();

  if (count_heads (self) == 0)
    return;
  for (guint i = 0; i <= count_heads (self); i++)
    {
      g_autofree char *label = g_strdup_printf (_("Monitor %u"), i + 1);
      g_autoptr(GMenuItem) item = g_menu_item_new (label, NULL);

      g_menu_item_set_action_and_target (item, "console.head", "u", i);
      g_menu_append_item (heads, item);
    }
  g_menu_append (ways, _("Each Monitor in a _Window"), "console.head-windows");
  g_menu_append (ways, _("_Full Screen on All Monitors"), "console.fullscreen-all");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (heads));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (ways));
}

static void
head_action (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  show_head (user_data, g_variant_get_uint32 (parameter));
}

/* In windows */

/* The clipboard is shared while the person is at any of the guest's monitors */
void
lodge_console_view_update_attention (LodgeConsoleView *self)
{
  gboolean attended = FALSE;

  if (self->display != NULL)
    g_object_get (self->display, "attended", &attended, NULL);
  for (guint i = 0; !attended && i < self->head_windows->len; i++)
    g_object_get (lodge_head_window_get_display (g_ptr_array_index (self->head_windows, i)), "attended", &attended, NULL);
  if (self->clipboard != NULL)
    lodge_clipboard_set_active (self->clipboard, attended);
}

static void
window_gone_cb (LodgeConsoleView *self,
                LodgeHeadWindow  *window)
{
  g_ptr_array_remove (self->head_windows, window);
  lodge_console_view_update_attention (self);
}

/* Where the person has put a monitor is where it comes the next time */
static void
placed_cb (LodgeConsoleView *self,
           const char       *connector,
           LodgeHeadWindow  *window)
{
  const guint number = find_head (self, lodge_head_window_get_head (window));
  g_auto(GStrv) before = g_settings_get_strv (self->machine_settings, "monitors");
  g_auto(GStrv) after = lodge_head_layout_remember ((const char * const *) before, number, connector);

  if (number > 0 && !g_strv_equal ((const char * const *) before, (const char * const *) after))
    g_settings_set_strv (self->machine_settings, "monitors", (const char * const *) after);
}

static LodgeHeadWindow *
open_window (LodgeConsoleView *self,
             guint             number)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  g_autoptr(LodgeScreen) head = dup_head (self, number);
  LodgeHeadWindow *window = find_window (self, head);
  g_autofree char *name = NULL;
  LodgeDisplay *display;

  if (window != NULL || !GTK_IS_WINDOW (root))
    return window;
  name = lodge_display_text (lodge_domain_get_name (self->domain), 80);
  window = lodge_head_window_new (gtk_window_get_application (GTK_WINDOW (root)), name, head);
  display = lodge_head_window_get_display (window);
  g_ptr_array_add (self->head_windows, window);
  g_settings_bind (self->machine_settings, "resize-guest", display, "resize-guest", G_SETTINGS_BIND_GET);
  g_object_bind_property (self->display, "scaling", display, "scaling", G_BINDING_SYNC_CREATE);
  g_signal_connect_object (display, "notify::attended", G_CALLBACK (lodge_console_view_update_attention), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (window, "placed", G_CALLBACK (placed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (window, "destroy", G_CALLBACK (window_gone_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (window));
  return window;
}

static void
open_windows (LodgeConsoleView *self)
{
  show_head (self, 0);
  for (guint i = 1; i <= count_heads (self); i++)
    open_window (self, i);
}

static void
head_windows_action (GSimpleAction *action,
                     GVariant      *parameter,
                     gpointer       user_data)
{
  open_windows (user_data);
}

/* Over all monitors */

static char **
list_connectors (GListModel *monitors)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < g_list_model_get_n_items (monitors); i++)
    {
      g_autoptr(GdkMonitor) monitor = g_list_model_get_item (monitors, i);
      const char *connector = gdk_monitor_get_connector (monitor);

      g_strv_builder_add (builder, connector != NULL ? connector : "");
    }
  return g_strv_builder_end (builder);
}

/* The page's window stays on the monitor where it is */
static char **
list_places (LodgeConsoleView *self,
             GtkWindow        *window)
{
  GdkSurface *surface = gtk_native_get_surface (GTK_NATIVE (window));
  GdkMonitor *monitor = surface != NULL ? gdk_display_get_monitor_at_surface (gdk_surface_get_display (surface), surface)
                        : NULL;
  g_auto(GStrv) remembered = g_settings_get_strv (self->machine_settings, "monitors");

  if (monitor == NULL || gdk_monitor_get_connector (monitor) == NULL)
    return g_steal_pointer (&remembered);
  return lodge_head_layout_remember ((const char * const *) remembered, 0, gdk_monitor_get_connector (monitor));
}

static void
place (GtkWindow  *window,
       GListModel *monitors,
       int         position)
{
  g_autoptr(GdkMonitor) monitor = position >= 0 ? g_list_model_get_item (monitors, (guint) position) : NULL;

  if (monitor != NULL)
    gtk_window_fullscreen_on_monitor (window, monitor);
  else
    /* One of two in the same place would not be seen */
    gtk_window_unfullscreen (window);
}

static void
place_all (LodgeConsoleView *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GListModel *monitors = gdk_display_get_monitors (gtk_widget_get_display (GTK_WIDGET (self)));
  g_auto(GStrv) connectors = list_connectors (monitors);
  const guint n_heads = 1 + count_heads (self);
  g_autofree int *places = g_new (int, n_heads);
  g_auto(GStrv) remembered = NULL;

  if (!self->all_monitors || !GTK_IS_WINDOW (root))
    return;
  remembered = list_places (self, GTK_WINDOW (root));
  lodge_head_layout_find ((const char * const *) connectors, (const char * const *) remembered, n_heads, places);
  open_windows (self);
  place (GTK_WINDOW (root), monitors, places[0]);
  for (guint i = 1; i < n_heads; i++)
    {
      LodgeHeadWindow *window = open_window (self, i);

      if (window != NULL)
        place (GTK_WINDOW (window), monitors, places[i]);
    }
}

static void
left_cb (LodgeConsoleView *self,
         GParamSpec       *pspec,
         GtkWindow        *window)
{
  if (gtk_window_is_fullscreen (window))
    return;
  self->all_monitors = FALSE;
  g_signal_handlers_disconnect_by_func (window, left_cb, self);
  g_signal_handlers_disconnect_by_func (gdk_display_get_monitors (gtk_widget_get_display (GTK_WIDGET (self))), place_all,
                                        self);
  for (guint i = 0; i < self->head_windows->len; i++)
    gtk_window_unfullscreen (g_ptr_array_index (self->head_windows, i));
}

static void
fullscreen_all_action (GSimpleAction *action,
                       GVariant      *parameter,
                       gpointer       user_data)
{
  LodgeConsoleView *self = user_data;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (!GTK_IS_WINDOW (root) || self->all_monitors)
    return;
  self->all_monitors = TRUE;
  g_signal_connect_object (root, "notify::fullscreened", G_CALLBACK (left_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (gdk_display_get_monitors (gtk_widget_get_display (GTK_WIDGET (self))), "items-changed",
                           G_CALLBACK (place_all), self, G_CONNECT_SWAPPED);
  place_all (self);
}

/* More and fewer */

static void
request (LodgeConsoleView *self,
         int               more)
{
  if (self->screen != NULL)
    lodge_screen_request_heads (self->screen, CLAMP ((guint) ((int) count_heads (self) + 1 + more), 1,
                                                     LODGE_SCREEN_MAX_HEADS));
}

static void
add_head_action (GSimpleAction *action,
                 GVariant      *parameter,
                 gpointer       user_data)
{
  request (user_data, 1);
}

static void
remove_head_action (GSimpleAction *action,
                    GVariant      *parameter,
                    gpointer       user_data)
{
  request (user_data, -1);
}

static const GActionEntry entries[] = {
  { .name = "head", .activate = head_action, .parameter_type = "u", .state = "uint32 0" },
  { .name = "head-windows", .activate = head_windows_action },
  { .name = "fullscreen-all", .activate = fullscreen_all_action },
  { .name = "add-head", .activate = add_head_action },
  { .name = "remove-head", .activate = remove_head_action },
};

static void
set_enabled (LodgeConsoleView *self,
             const char       *name,
             gboolean          enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->group), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

static void
update_head_actions (LodgeConsoleView *self)
{
  const guint n = count_heads (self);
  const gboolean askable = self->screen != NULL && lodge_screen_get_can_request_heads (self->screen);

  set_enabled (self, "head-windows", n > 0);
  set_enabled (self, "fullscreen-all", n > 0);
  set_enabled (self, "add-head", askable && n + 1 < LODGE_SCREEN_MAX_HEADS);
  set_enabled (self, "remove-head", askable && n > 0);
}

static void
heads_changed_cb (LodgeConsoleView *self)
{
  LodgeScreen *shown = lodge_display_get_screen (self->display);

  for (guint i = 0; i <= count_heads (self); i++)
    {
      g_autoptr(LodgeScreen) head = dup_head (self, i);
      g_autofree char *title = count_heads (self) > 0 ? g_strdup_printf (_("Monitor %u"), i + 1)
                               : g_strdup (self->info != NULL ? lodge_console_info_get_label (self->info) : NULL);

      lodge_screen_set_title (head, title);
    }
  /* One that went away leaves its place to the first */
  update_head_actions (self);
  lodge_console_view_fill_menu (self);
  show_head (self, shown != self->screen ? find_head (self, shown) : 0);
  if (self->all_monitors)
    place_all (self);
}

void
lodge_console_view_watch_heads (LodgeConsoleView *self)
{
  GListModel *heads = lodge_screen_get_heads (self->screen);

  g_signal_connect_object (heads, "items-changed", G_CALLBACK (heads_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->screen, "notify::has-agent", G_CALLBACK (update_head_actions), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->screen, "notify::state", G_CALLBACK (update_head_actions), self, G_CONNECT_SWAPPED);
  update_head_actions (self);
}

void
lodge_console_view_close_heads (LodgeConsoleView *self)
{
  while (self->head_windows->len > 0)
    gtk_window_destroy (g_ptr_array_index (self->head_windows, self->head_windows->len - 1));
  if (self->screen != NULL)
    g_signal_handlers_disconnect_by_data (lodge_screen_get_heads (self->screen), self);
}

void
lodge_console_view_add_heads (LodgeConsoleView *self)
{
  self->head_windows = g_ptr_array_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->group), entries, G_N_ELEMENTS (entries), self);
  update_head_actions (self);
}
