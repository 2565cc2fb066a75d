/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-console-view"

#include "config.h"

#include "lodge-console-view-private.h"

#include <glib/gi18n.h>

#include "console/lodge-display-actions.h"
#include "console/lodge-send-keys.h"
#include "lodge-ui.h"

enum
{
  PROP_0,
  PROP_CONSOLES_MENU,
  PROP_TOUCH,
  N_PROPS,
};

enum
{
  RELEASE_FOCUS,
  TOAST,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LodgeConsoleView, lodge_console_view, GTK_TYPE_WIDGET)

/* The consoles of the machine */

void
lodge_console_view_fill_menu (LodgeConsoleView *self)
{
  const guint n = self->consoles != NULL ? g_list_model_get_n_items (self->consoles) : 0;
  g_autoptr(GMenu) displays = g_menu_new ();
  g_autoptr(GMenu) texts = g_menu_new ();
  g_autoptr(GMenu) window = g_menu_new ();

  g_menu_remove_all (self->menu);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr(LodgeConsoleInfo) info = g_list_model_get_item (self->consoles, i);
      g_autoptr(GMenuItem) item = g_menu_item_new (lodge_console_info_get_label (info), NULL);
      g_autofree char *accel = i < 9 ? g_strdup_printf ("<Control><Shift>%u", i + 1) : NULL;

      g_menu_item_set_action_and_target (item, "console.select", "u", i);
      if (accel != NULL)
        g_menu_item_set_attribute (item, "accel", "s", accel);
      g_menu_append_item (lodge_console_info_is_graphical (info) ? displays : texts, item);
    }
  g_menu_append (window, _("Open in New _Window"), "machinewin.console-to-window");
  if (n > 1)
    g_menu_append_section (self->menu, NULL, G_MENU_MODEL (displays));
  lodge_console_view_append_heads (self, self->menu);
  if (n < 2)
    return;
  g_menu_append_section (self->menu, NULL, G_MENU_MODEL (texts));
  g_menu_append_section (self->menu, NULL, G_MENU_MODEL (window));
}

void
lodge_console_view_select (LodgeConsoleView *self,
                           guint             position)
{
  g_autoptr(LodgeConsoleInfo) info = self->consoles != NULL ? g_list_model_get_item (self->consoles, position) : NULL;
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->group), "select");

  g_set_object (&self->info, info);
  if (info != NULL)
    g_set_str (&self->preferred, lodge_console_info_get_label (info));
  g_simple_action_set_state (G_SIMPLE_ACTION (action), g_variant_new_uint32 (position));
  lodge_console_view_open (self, FALSE);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CONSOLES_MENU]);
}

/* The one that was chosen before, else the one by D-Bus, which is the same picture with less work, else the first that can
 * be shown, else the first with its reason */
static guint
choose_console (LodgeConsoleView *self)
{
  guint chosen = G_MAXUINT;
  gboolean by_dbus = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (self->consoles); i++)
    {
      g_autoptr(LodgeConsoleInfo) info = g_list_model_get_item (self->consoles, i);

      if (g_strcmp0 (lodge_console_info_get_label (info), self->preferred) == 0)
        return i;
      if (lodge_console_info_get_obstacle (info) != NULL)
        continue;
      if (chosen == G_MAXUINT || (!by_dbus && lodge_console_info_get_kind (info) == LODGE_CONSOLE_DBUS))
        chosen = i;
      by_dbus = by_dbus || lodge_console_info_get_kind (info) == LODGE_CONSOLE_DBUS;
    }
  return chosen == G_MAXUINT ? 0 : chosen;
}

static void
consoles_listed_cb (GObject      *object,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr(LodgeConsoleView) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GListModel) consoles = lodge_domain_list_consoles_finish (LODGE_DOMAIN (object), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->closed)
    return;
  self->working = FALSE;
  if (consoles == NULL)
    {
      lodge_console_view_fail (self, g_steal_pointer (&error));
      return;
    }
  g_set_object (&self->consoles, consoles);
  lodge_console_view_fill_menu (self);
  lodge_console_view_select (self, choose_console (self));
}

void
lodge_console_view_load (LodgeConsoleView *self)
{
  lodge_console_view_drop (self);
  g_clear_object (&self->info);
  self->cancellable = g_cancellable_new ();
  self->working = TRUE;
  lodge_domain_list_consoles_async (self->domain, self->cancellable, consoles_listed_cb, g_object_ref (self));
  lodge_console_view_update (self);
}

/* The machine's end */
static void
stopped (LodgeConsoleView *self)
{
  const LodgeDomainState state = lodge_domain_get_state (self->domain);
  g_autoptr(GdkTexture) frame = NULL;

  self->was_running = FALSE;
  /* What was seen last is behind the words: it comes back, or it says why it crashed */
  if ((state == LODGE_DOMAIN_STATE_SAVED || state == LODGE_DOMAIN_STATE_CRASHED) && self->screen != NULL)
    frame = lodge_screen_dup_texture (self->screen);
  gtk_picture_set_paintable (self->last_frame, GDK_PAINTABLE (frame));

  if (self->stream == NULL)
    lodge_console_view_drop (self);
  else
    g_clear_handle_id (&self->lost_id, g_source_remove);
}

static void
domain_changed_cb (LodgeConsoleView *self)
{
  const gboolean running = lodge_console_view_is_running (self);

  if (self->closed)
    return;
  if (running && !self->was_running)
    {
      self->was_running = TRUE;
      lodge_console_page_succeed (self->page);
      self->running_since = lodge_domain_get_state_time (self->domain);
      lodge_console_view_load (self);
      return;
    }
  if (!running && self->was_running)
    stopped (self);
  lodge_console_view_update (self);
}

static void
released_cb (LodgeConsoleView *self)
{
  g_signal_emit (self, signals[RELEASE_FOCUS], 0);
}

static void
page_appear_cb (LodgeConsoleView *self)
{
  gtk_stack_set_visible_child_name (self->stack, "status");
}

static void
lodge_console_view_get_property (GObject    *object,
                                 guint       prop_id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_CONSOLES_MENU:
      g_value_set_object (value, LODGE_CONSOLE_VIEW (object)->menu);
      break;
    case PROP_TOUCH:
      g_value_set_boolean (value, LODGE_CONSOLE_VIEW (object)->touch);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
lodge_console_view_set_property (GObject      *object,
                                 guint         prop_id,
                                 const GValue *value,
                                 GParamSpec   *pspec)
{
  LodgeConsoleView *self = LODGE_CONSOLE_VIEW (object);

  switch (prop_id)
    {
    case PROP_TOUCH:
      if (self->touch == g_value_get_boolean (value))
        return;
      self->touch = g_value_get_boolean (value);
      g_object_notify_by_pspec (object, pspec);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
lodge_console_view_dispose (GObject *object)
{
  LodgeConsoleView *self = LODGE_CONSOLE_VIEW (object);

  lodge_console_view_close (self);
  if (self->domain != NULL)
    g_signal_handlers_disconnect_by_data (self->domain, self);
  gtk_widget_dispose_template (GTK_WIDGET (object), LODGE_TYPE_CONSOLE_VIEW);
  self->page = NULL;
  self->display = NULL;
  self->text_console = NULL;
  g_clear_object (&self->clipboard);
  g_clear_pointer (&self->head_windows, g_ptr_array_unref);
  g_clear_object (&self->transfers);
  g_clear_object (&self->machine_settings);
  g_clear_object (&self->consoles);
  g_clear_object (&self->info);
  g_clear_object (&self->menu);
  g_clear_object (&self->group);
  g_clear_object (&self->domain);
  g_clear_object (&self->settings);
  g_clear_pointer (&self->preferred, g_free);

  G_OBJECT_CLASS (lodge_console_view_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, LODGE_UI ("machine/lodge-console-view.ui"));
  gtk_widget_class_bind_template_child (widget_class, LodgeConsoleView, overlay);
  gtk_widget_class_bind_template_child (widget_class, LodgeConsoleView, stack);
  gtk_widget_class_bind_template_child (widget_class, LodgeConsoleView, last_frame);
  gtk_widget_class_bind_template_child (widget_class, LodgeConsoleView, page);
  gtk_widget_class_bind_template_child (widget_class, LodgeConsoleView, display);
  gtk_widget_class_bind_template_child (widget_class, LodgeConsoleView, text_console);
  gtk_widget_class_bind_template_child (widget_class, LodgeConsoleView, grab_hint);
  gtk_widget_class_bind_template_child (widget_class, LodgeConsoleView, resume_button);
  gtk_widget_class_bind_template_child (widget_class, LodgeConsoleView, keys_button);
  gtk_widget_class_bind_template_child (widget_class, LodgeConsoleView, transfers_list);
  gtk_widget_class_bind_template_callback (widget_class, page_appear_cb);
  gtk_widget_class_bind_template_callback (widget_class, released_cb);
  gtk_widget_class_bind_template_callback_full (widget_class, "logging_cb", G_CALLBACK (lodge_console_view_logging_cb));
  gtk_widget_class_bind_template_callback_full (widget_class, "log_failed_cb",
                                                G_CALLBACK (lodge_console_view_log_failed_cb));
}

static void
lodge_console_view_class_init (LodgeConsoleViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = lodge_console_view_dispose;
  object_class->get_property = lodge_console_view_get_property;
  object_class->set_property = lodge_console_view_set_property;

  properties[PROP_CONSOLES_MENU] =
    g_param_spec_object ("consoles-menu", NULL, NULL, G_TYPE_MENU_MODEL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_TOUCH] =
    g_param_spec_boolean ("touch", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[RELEASE_FOCUS] = g_signal_new ("release-focus", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                         NULL, G_TYPE_NONE, 0);
  signals[TOAST] = g_signal_new ("toast", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 1, ADW_TYPE_TOAST);

  g_type_ensure (LODGE_TYPE_CONSOLE_PAGE);
  g_type_ensure (LODGE_TYPE_DISPLAY);
  g_type_ensure (LODGE_TYPE_GRAB_HINT);
  g_type_ensure (LODGE_TYPE_TEXT_CONSOLE);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  bind_template (widget_class);
}

static void
lodge_console_view_init (LodgeConsoleView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  lodge_grab_hint_set_display (self->grab_hint, self->display);
  self->menu = g_menu_new ();
  self->group = g_simple_action_group_new ();
  lodge_console_view_add_actions (self);
  lodge_console_view_add_heads (self);
  lodge_console_view_add_files (self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "console", G_ACTION_GROUP (self->group));
}

/**
 * lodge_console_view_set_machine:
 * @self: a new view
 * @domain: whose consoles it shows from now on
 * @settings: of the program
 */
void
lodge_console_view_set_machine (LodgeConsoleView *self,
                                LodgeDomain      *domain,
                                GSettings        *settings)
{
  g_autofree char *scaling = g_settings_get_string (settings, "console-scaling");
  g_autoptr(GMenu) keys = lodge_send_keys_new_menu ();

  g_return_if_fail (LODGE_IS_CONSOLE_VIEW (self));
  g_return_if_fail (self->domain == NULL);

  self->domain = g_object_ref (domain);
  self->settings = g_object_ref (settings);
  lodge_send_keys_follow (keys, settings);
  gtk_menu_button_set_menu_model (self->keys_button, G_MENU_MODEL (keys));
  lodge_display_follow_settings (self->display, settings);
  lodge_console_view_add_sharing (self);
  if (g_str_equal (scaling, "original"))
    g_action_group_change_action_state (G_ACTION_GROUP (self->group), "scaling", g_variant_new_string ("original"));
  g_signal_connect_object (domain, "notify::state", G_CALLBACK (domain_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (domain, "notify::state-reason", G_CALLBACK (domain_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (domain, "notify::stale", G_CALLBACK (domain_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (domain, "removed", G_CALLBACK (domain_changed_cb), self, G_CONNECT_SWAPPED);
  domain_changed_cb (self);
}

GActionGroup *
lodge_console_view_get_group (LodgeConsoleView *self)
{
  g_return_val_if_fail (LODGE_IS_CONSOLE_VIEW (self), NULL);

  return G_ACTION_GROUP (self->group);
}

const char *
lodge_console_view_get_label (LodgeConsoleView *self)
{
  g_return_val_if_fail (LODGE_IS_CONSOLE_VIEW (self), NULL);

  /* Of one that has several monitors, which one it is */
  if (self->screen != NULL && g_list_model_get_n_items (lodge_screen_get_heads (self->screen)) > 0)
    return lodge_screen_get_title (lodge_display_get_screen (self->display));
  return self->info != NULL ? lodge_console_info_get_label (self->info) : NULL;
}

gboolean
lodge_console_view_is_graphical (LodgeConsoleView *self)
{
  g_return_val_if_fail (LODGE_IS_CONSOLE_VIEW (self), FALSE);

  return self->info != NULL && lodge_console_info_is_graphical (self->info);
}

GMenuModel *
lodge_console_view_get_menu (LodgeConsoleView *self)
{
  g_return_val_if_fail (LODGE_IS_CONSOLE_VIEW (self), NULL);

  return G_MENU_MODEL (self->menu);
}

void
lodge_console_view_prefer (LodgeConsoleView *self,
                           const char       *label)
{
  g_return_if_fail (LODGE_IS_CONSOLE_VIEW (self));

  g_set_str (&self->preferred, label);
  for (guint i = 0; self->consoles != NULL && i < g_list_model_get_n_items (self->consoles); i++)
    {
      g_autoptr(LodgeConsoleInfo) info = g_list_model_get_item (self->consoles, i);

      if (g_strcmp0 (lodge_console_info_get_label (info), label) == 0 && info != self->info)
        {
          lodge_console_view_select (self, i);
          return;
        }
    }
}

gboolean
lodge_console_view_turn_away (LodgeConsoleView *self)
{
  g_return_val_if_fail (LODGE_IS_CONSOLE_VIEW (self), FALSE);

  for (guint i = 0; self->consoles != NULL && i < g_list_model_get_n_items (self->consoles); i++)
    {
      g_autoptr(LodgeConsoleInfo) info = g_list_model_get_item (self->consoles, i);

      if (info != self->info && lodge_console_info_get_obstacle (info) == NULL)
        {
          lodge_console_view_select (self, i);
          return TRUE;
        }
    }
  return FALSE;
}

void
lodge_console_view_focus (LodgeConsoleView *self)
{
  const char *shown = lodge_console_view_get_shown (self);

  if (g_strcmp0 (shown, "display") == 0)
    gtk_widget_grab_focus (GTK_WIDGET (self->display));
  else if (g_strcmp0 (shown, "text") == 0)
    gtk_widget_grab_focus (GTK_WIDGET (self->text_console));
  else
    gtk_widget_grab_focus (GTK_WIDGET (self->page));
}

void
lodge_console_view_close (LodgeConsoleView *self)
{
  g_return_if_fail (LODGE_IS_CONSOLE_VIEW (self));

  if (self->closed)
    return;
  self->closed = TRUE;
  lodge_console_view_drop (self);
}

const char *
lodge_console_view_get_shown (LodgeConsoleView *self)
{
  g_return_val_if_fail (LODGE_IS_CONSOLE_VIEW (self), NULL);

  return gtk_stack_get_visible_child_name (self->stack);
}
