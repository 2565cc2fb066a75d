/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-machine-page"

#include "config.h"

#include "lodge-machine-page.h"

#include <glib/gi18n.h>

#include "console/lodge-display.h"
#include "console/lodge-text-console.h"
#include "lodge-send-keys.h"
#include "lodge-ui.h"
#include "model/lodge-connection.h"
#include "util/lodge-error.h"
#include "util/lodge-format.h"
#include "widgets/lodge-domain-actions.h"
#include "widgets/lodge-error-dialog.h"

/* A wait that is shorter shows no spinner */
#define SPINNER_DELAY_MS 300
#define HINT_MS          3000

struct _LodgeMachinePage
{
  GtkWidget           parent_instance;

  /* template children */
  GtkWidget          *toast_overlay;
  GtkStack           *stack;
  AdwStatusPage      *status_page;
  GtkButton          *primary_button;
  GtkButton          *secondary_button;
  AdwPreferencesGroup *password_group;
  AdwEntryRow        *user_row;
  AdwPasswordEntryRow *password_row;
  LodgeDisplay       *display;
  LodgeTextConsole   *text_console;
  GtkRevealer        *hint_revealer;
  GtkLabel           *hint_label;
  GtkButton          *resume_button;

  LodgeDomain        *domain;         /* owned */
  GSettings          *settings;       /* owned */
  LodgeDomainActions *actions;        /* owned */
  GListStore         *domains;        /* owned: just @domain */
  GSimpleActionGroup *console_group;  /* owned */
  GMenu              *menu;           /* owned: the consoles */
  GListModel         *consoles;       /* owned, nullable: not read yet */
  LodgeConsoleInfo   *info;           /* owned, nullable: the one that is shown */
  LodgeScreen        *screen;         /* owned, nullable */
  LodgeTextStream    *stream;         /* owned, nullable */
  GCancellable       *cancellable;    /* owned, nullable: of what goes on for this console */
  GError             *error;          /* owned, nullable: why it cannot be shown */
  guint               spinner_id;
  guint               hint_id;
  gboolean            working;        /* something is being read or opened */
  gboolean            was_running;
  gboolean            closed;
};

enum
{
  PROP_0,
  PROP_CONSOLES_MENU,
  N_PROPS,
};

enum
{
  RELEASE_FOCUS,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LodgeMachinePage, lodge_machine_page, GTK_TYPE_WIDGET)

static void open_console (LodgeMachinePage *self,
                          gboolean          force);
static void load_consoles (LodgeMachinePage *self);

static gboolean
is_running (LodgeDomain *domain)
{
  switch (lodge_domain_get_state (domain))
    {
    case LODGE_DOMAIN_STATE_RUNNING:
    case LODGE_DOMAIN_STATE_PAUSED:
    case LODGE_DOMAIN_STATE_SHUTTING_DOWN:
    case LODGE_DOMAIN_STATE_SUSPENDED:
      return TRUE;
    case LODGE_DOMAIN_STATE_UNKNOWN:
    case LODGE_DOMAIN_STATE_OFF:
    case LODGE_DOMAIN_STATE_SAVED:
    case LODGE_DOMAIN_STATE_CRASHED:
    default:
      return FALSE;
    }
}

/* What is shown */

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
show_status (LodgeMachinePage *self,
             const char       *icon_name,
             const char       *title,
             const char       *description,
             const char       *primary,
             const char       *primary_action,
             const char       *secondary,
             const char       *secondary_action)
{
  g_autofree char *text = g_markup_escape_text (description != NULL ? description : "", -1);

  adw_status_page_set_icon_name (self->status_page, icon_name);
  adw_status_page_set_title (self->status_page, title);
  adw_status_page_set_description (self->status_page, text);
  set_button (self->primary_button, primary, primary_action);
  set_button (self->secondary_button, secondary, secondary_action);
  gtk_widget_set_visible (GTK_WIDGET (self->password_group), FALSE);
  gtk_stack_set_visible_child_name (self->stack, "status");
}

static void
show_error (LodgeMachinePage *self)
{
  g_autofree char *message = lodge_display_text (self->error->message, 500);
  const char *hint = lodge_error_get_hint (self->error);
  g_autofree char *text = hint != NULL ? g_strdup_printf ("%s\n%s", message, hint) : g_strdup (message);

  if (g_error_matches (self->error, LODGE_ERROR, LODGE_ERROR_BUSY))
    show_status (self, "dialog-information-symbolic", _("Console Is in Use"), text, _("_Take Over"),
                 "console.take-over", NULL, NULL);
  else
    show_status (self, "network-offline-symbolic", _("No Connection to the Console"), text, _("_Reconnect"),
                 "console.reconnect", _("_Details"), "console.details");
}

static void
show_password (LodgeMachinePage *self)
{
  const GError *error = lodge_screen_get_error (self->screen);
  const gboolean wants_user = lodge_screen_wants_username (self->screen);

  if (gtk_widget_get_visible (GTK_WIDGET (self->password_group)))
    return;   /* the person is typing */
  show_status (self, "dialog-password-symbolic", _("Password Needed"),
               error != NULL ? error->message : _("This display is protected by a password."), _("C_onnect"),
               "console.supply-password", NULL, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->password_group), TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->user_row), wants_user);
  gtk_editable_set_text (GTK_EDITABLE (self->password_row), "");
  gtk_widget_grab_focus (wants_user ? GTK_WIDGET (self->user_row) : GTK_WIDGET (self->password_row));
}

static gboolean
spinner_cb (gpointer user_data)
{
  LodgeMachinePage *self = user_data;
  g_autoptr(AdwSpinnerPaintable) spinner = adw_spinner_paintable_new (GTK_WIDGET (self->status_page));

  self->spinner_id = 0;
  show_status (self, NULL, _("Connecting"), NULL, NULL, NULL, NULL, NULL);
  adw_status_page_set_paintable (self->status_page, GDK_PAINTABLE (spinner));
  return G_SOURCE_REMOVE;
}

static void
show_connecting (LodgeMachinePage *self)
{
  if (self->spinner_id == 0
      && g_strcmp0 (adw_status_page_get_title (self->status_page), _("Connecting")) != 0)
    self->spinner_id = g_timeout_add (SPINNER_DELAY_MS, spinner_cb, self);
}

static void
show_stopped (LodgeMachinePage *self)
{
  const char *reason = lodge_domain_get_state_reason (self->domain);
  const gint64 time = lodge_domain_get_state_time (self->domain);
  g_autoptr(GDateTime) when = time > 0 ? g_date_time_new_from_unix_local (time) : NULL;
  g_autofree char *clock = when != NULL ? g_date_time_format (when, "%X") : NULL;
  g_autofree char *text = NULL;

  if (reason != NULL && clock != NULL)
    text = g_strdup_printf ("%s · %s", reason, clock);
  else
    text = g_strdup (reason != NULL ? reason : "");

  switch (lodge_domain_get_state (self->domain))
    {
    case LODGE_DOMAIN_STATE_SAVED:
      show_status (self, "lodge-state-saved-symbolic", _("Machine Is Saved"),
                   _("It goes on where it was saved."), _("_Restore"), "machine.start", NULL, NULL);
      break;
    case LODGE_DOMAIN_STATE_CRASHED:
      show_status (self, "lodge-state-crashed-symbolic", _("Machine Has Crashed"), text, _("_Start"), "machine.start",
                   NULL, NULL);
      break;
    case LODGE_DOMAIN_STATE_UNKNOWN:
    case LODGE_DOMAIN_STATE_RUNNING:
    case LODGE_DOMAIN_STATE_PAUSED:
    case LODGE_DOMAIN_STATE_SHUTTING_DOWN:
    case LODGE_DOMAIN_STATE_SUSPENDED:
    case LODGE_DOMAIN_STATE_OFF:
    default:
      show_status (self, "lodge-machine-symbolic", _("Machine Is Off"), text, _("_Start"), "machine.start", NULL, NULL);
      break;
    }
}

/* Exactly one of all the states the console can be in */
static void
update (LodgeMachinePage *self)
{
  const LodgeDomainState state = lodge_domain_get_state (self->domain);
  LodgeScreenState screen_state;

  if (self->closed)
    return;
  g_clear_handle_id (&self->spinner_id, g_source_remove);
  gtk_widget_set_visible (GTK_WIDGET (self->resume_button), state == LODGE_DOMAIN_STATE_PAUSED);

  if (lodge_domain_get_connection (self->domain) == NULL)
    show_status (self, "lodge-machine-symbolic", _("Machine Is Gone"),
                 _("It was deleted, or its host is not connected any more."), NULL, NULL, NULL, NULL);
  else if (lodge_domain_get_stale (self->domain))
    show_status (self, "lodge-state-unreachable-symbolic", _("Host Cannot Be Reached"),
                 _("The machine may go on running there."), NULL, NULL, NULL, NULL);
  else if (!is_running (self->domain))
    show_stopped (self);
  else if (self->error != NULL)
    show_error (self);
  else if (self->info != NULL && lodge_console_info_get_obstacle (self->info) != NULL)
    show_status (self, "lodge-machine-symbolic", _("Console Cannot Be Shown"),
                 lodge_console_info_get_obstacle (self->info), NULL, NULL, NULL, NULL);
  else if (self->consoles != NULL && self->info == NULL && !self->working)
    show_status (self, "lodge-machine-symbolic", _("No Console"),
                 _("This machine has neither a display nor a serial port."), NULL, NULL, NULL, NULL);
  else if (self->stream != NULL)
    gtk_stack_set_visible_child_name (self->stack, "text");
  else if (self->screen != NULL)
    {
      screen_state = lodge_screen_get_state (self->screen);
      if (screen_state == LODGE_SCREEN_CONNECTED)
        gtk_stack_set_visible_child_name (self->stack, "display");
      else if (screen_state == LODGE_SCREEN_NEEDS_CREDENTIALS)
        show_password (self);
      else
        show_connecting (self);
    }
  else
    show_connecting (self);
}

/* Opening */

static void
drop_console (LodgeMachinePage *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_error (&self->error);
  self->working = FALSE;

  if (self->screen != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->screen, self);
      if (self->display != NULL)
        lodge_display_set_screen (self->display, NULL);
      lodge_screen_close (self->screen);
    }
  g_clear_object (&self->screen);
  if (self->stream != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->stream, self);
      if (self->text_console != NULL)
        lodge_text_console_set_stream (self->text_console, NULL);
    }
  g_clear_object (&self->stream);
}

static void
screen_state_cb (LodgeMachinePage *self)
{
  const LodgeScreenState state = lodge_screen_get_state (self->screen);

  /* A machine that stops takes its display with it: its own state says more than the broken connection */
  if (state == LODGE_SCREEN_LOST)
    {
      g_clear_error (&self->error);
      if (lodge_screen_get_error (self->screen) != NULL)
        self->error = g_error_copy (lodge_screen_get_error (self->screen));
      else
        lodge_set_error (&self->error, LODGE_ERROR_FAILED, _("The display has ended the connection"));
    }
  else if (state == LODGE_SCREEN_CONNECTED)
    {
      update (self);
      lodge_machine_page_focus_console (self);
    }
  update (self);
}

typedef struct
{
  LodgeDomain      *domain;
  LodgeConsoleInfo *info;
} Way;

static void
way_free (gpointer data)
{
  Way *way = data;

  g_object_unref (way->domain);
  g_object_unref (way->info);
  g_free (way);
}

static void
open_fd (GCancellable        *cancellable,
         GAsyncReadyCallback  callback,
         gpointer             callback_data,
         gpointer             user_data)
{
  Way *way = user_data;

  lodge_domain_open_screen_fd_async (way->domain, way->info, cancellable, callback, callback_data);
}

static void
open_screen (LodgeMachinePage *self)
{
  LodgeScreenAddress address = {
    .host = (char *) lodge_console_info_get_host (self->info),
    .port = lodge_console_info_get_port (self->info),
    .tls_port = lodge_console_info_get_tls_port (self->info),
    .unix_path = (char *) lodge_console_info_get_unix_path (self->info),
  };
  const gboolean spice = lodge_console_info_get_kind (self->info) == LODGE_CONSOLE_SPICE;
  LodgeScreenOpenFdFunc way_func = NULL;
  Way *way = NULL;
  g_autofree char *name = lodge_display_text (lodge_domain_get_name (self->domain), 80);

  if (lodge_domain_screen_needs_fd (self->domain, self->info))
    {
      way = g_new0 (Way, 1);
      way->domain = g_object_ref (self->domain);
      way->info = g_object_ref (self->info);
      way_func = open_fd;
    }
  self->screen = spice ? lodge_spice_screen_new (&address, way_func, way, way != NULL ? way_free : NULL)
                       : lodge_vnc_screen_new (&address, way_func, way, way != NULL ? way_free : NULL);
  lodge_screen_set_title (self->screen, lodge_console_info_get_label (self->info));
  g_signal_connect_object (self->screen, "notify::state", G_CALLBACK (screen_state_cb), self, G_CONNECT_SWAPPED);
  lodge_display_set_machine_name (self->display, name);
  lodge_display_set_screen (self->display, self->screen);
  lodge_screen_open (self->screen);
}

static void
stream_opened_cb (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(LodgeMachinePage) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(LodgeTextStream) stream = lodge_domain_open_console_finish (LODGE_DOMAIN (object), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->closed)
    return;
  self->working = FALSE;
  if (stream != NULL)
    {
      g_set_object (&self->stream, stream);
      lodge_text_console_set_stream (self->text_console, stream);
      update (self);
      lodge_machine_page_focus_console (self);
    }
  else
    self->error = g_steal_pointer (&error);
  update (self);
}

static void
open_console (LodgeMachinePage *self,
              gboolean          force)
{
  drop_console (self);
  if (self->info == NULL || !is_running (self->domain) || lodge_console_info_get_obstacle (self->info) != NULL)
    {
      update (self);
      return;
    }
  self->cancellable = g_cancellable_new ();
  self->working = TRUE;
  if (lodge_console_info_is_graphical (self->info))
    open_screen (self);
  else
    lodge_domain_open_console_async (self->domain, self->info, force, self->cancellable, stream_opened_cb,
                                     g_object_ref (self));
  update (self);
}

static void
fill_menu (LodgeMachinePage *self)
{
  const guint n = self->consoles != NULL ? g_list_model_get_n_items (self->consoles) : 0;
  g_autoptr(GMenu) displays = g_menu_new ();
  g_autoptr(GMenu) texts = g_menu_new ();

  g_menu_remove_all (self->menu);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr(LodgeConsoleInfo) info = g_list_model_get_item (self->consoles, i);
      g_autoptr(GMenuItem) item = g_menu_item_new (lodge_console_info_get_label (info), NULL);

      g_menu_item_set_action_and_target (item, "console.select", "u", i);
      g_menu_append_item (lodge_console_info_is_graphical (info) ? displays : texts, item);
    }
  if (n > 1)
    {
      g_menu_append_section (self->menu, NULL, G_MENU_MODEL (displays));
      g_menu_append_section (self->menu, NULL, G_MENU_MODEL (texts));
    }
}

static void
set_console (LodgeMachinePage *self,
             guint             position)
{
  g_autoptr(LodgeConsoleInfo) info = self->consoles != NULL ? g_list_model_get_item (self->consoles, position) : NULL;
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->console_group), "select");

  g_set_object (&self->info, info);
  g_simple_action_set_state (G_SIMPLE_ACTION (action), g_variant_new_uint32 (position));
  open_console (self, FALSE);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CONSOLES_MENU]);
}

/* The first that can be shown, else the first with its reason */
static guint
choose_console (LodgeMachinePage *self)
{
  for (guint i = 0; i < g_list_model_get_n_items (self->consoles); i++)
    {
      g_autoptr(LodgeConsoleInfo) info = g_list_model_get_item (self->consoles, i);

      if (lodge_console_info_get_obstacle (info) == NULL)
        return i;
    }
  return 0;
}

static void
consoles_listed_cb (GObject      *object,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr(LodgeMachinePage) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GListModel) consoles = lodge_domain_list_consoles_finish (LODGE_DOMAIN (object), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->closed)
    return;
  self->working = FALSE;
  if (consoles == NULL)
    {
      g_clear_error (&self->error);
      self->error = g_steal_pointer (&error);
      update (self);
      return;
    }
  g_set_object (&self->consoles, consoles);
  fill_menu (self);
  set_console (self, choose_console (self));
}

static void
load_consoles (LodgeMachinePage *self)
{
  drop_console (self);
  g_clear_object (&self->info);
  self->cancellable = g_cancellable_new ();
  self->working = TRUE;
  lodge_domain_list_consoles_async (self->domain, self->cancellable, consoles_listed_cb, g_object_ref (self));
  update (self);
}

static void
domain_changed_cb (LodgeMachinePage *self)
{
  const gboolean running = is_running (self->domain) && !lodge_domain_get_stale (self->domain)
                           && lodge_domain_get_connection (self->domain) != NULL;

  if (self->closed)
    return;
  lodge_domain_actions_set_domains (self->actions, G_LIST_MODEL (self->domains));
  if (running && !self->was_running)
    {
      self->was_running = TRUE;
      load_consoles (self);
      return;
    }
  if (!running && self->was_running)
    {
      self->was_running = FALSE;
      drop_console (self);
    }
  update (self);
}

/* Actions */

static void
select_action (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       user_data)
{
  set_console (user_data, g_variant_get_uint32 (parameter));
}

static void
reconnect_action (GSimpleAction *action,
                  GVariant      *parameter,
                  gpointer       user_data)
{
  /* Its address may be another one now */
  load_consoles (user_data);
}

static void
take_over_action (GSimpleAction *action,
                  GVariant      *parameter,
                  gpointer       user_data)
{
  open_console (user_data, TRUE);
}

static void
details_action (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  LodgeMachinePage *self = user_data;

  if (self->error != NULL)
    lodge_error_present (GTK_WIDGET (self), _("No Connection to the Console"), self->error);
}

static void
supply_password_action (GSimpleAction *action,
                        GVariant      *parameter,
                        gpointer       user_data)
{
  LodgeMachinePage *self = user_data;

  if (self->screen == NULL || lodge_screen_get_state (self->screen) != LODGE_SCREEN_NEEDS_CREDENTIALS)
    return;
  gtk_widget_set_visible (GTK_WIDGET (self->password_group), FALSE);
  lodge_screen_supply_credentials (self->screen, gtk_editable_get_text (GTK_EDITABLE (self->user_row)),
                                   gtk_editable_get_text (GTK_EDITABLE (self->password_row)));
  gtk_editable_set_text (GTK_EDITABLE (self->password_row), "");
}

static void
send_keys_action (GSimpleAction *action,
                  GVariant      *parameter,
                  gpointer       user_data)
{
  LodgeMachinePage *self = user_data;
  gsize n_codes = 0;
  const guint *codes = lodge_send_keys_find (g_variant_get_string (parameter, NULL), &n_codes);

  if (codes != NULL)
    lodge_display_send_keys (self->display, codes, n_codes);
}

static void
clipboard_read_cb (GObject      *object,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr(LodgeMachinePage) self = user_data;
  g_autofree char *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (object), result, NULL);

  if (text != NULL && !self->closed)
    lodge_display_type_text (self->display, text);
}

static void
type_clipboard_action (GSimpleAction *action,
                       GVariant      *parameter,
                       gpointer       user_data)
{
  LodgeMachinePage *self = user_data;

  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (GTK_WIDGET (self)), NULL, clipboard_read_cb,
                                 g_object_ref (self));
}

static void
scaling_action (GSimpleAction *action,
                GVariant      *value,
                gpointer       user_data)
{
  LodgeMachinePage *self = user_data;
  const gboolean original = g_str_equal (g_variant_get_string (value, NULL), "original");

  g_simple_action_set_state (action, value);
  if (original)
    lodge_display_set_zoom (self->display, 1);
  lodge_display_set_scaling (self->display, original ? LODGE_DISPLAY_ORIGINAL : LODGE_DISPLAY_FIT);
}

static void
zoom (LodgeMachinePage *self,
      double            factor)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->console_group), "scaling");

  lodge_display_set_zoom (self->display, lodge_display_get_shown_zoom (self->display) * factor);
  lodge_display_set_scaling (self->display, LODGE_DISPLAY_ORIGINAL);
  g_simple_action_set_state (G_SIMPLE_ACTION (action), g_variant_new_string ("original"));
}

static void
zoom_in_action (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  zoom (user_data, 1.25);
}

static void
zoom_out_action (GSimpleAction *action,
                 GVariant      *parameter,
                 gpointer       user_data)
{
  zoom (user_data, 0.8);
}

static void
screenshot_written_cb (GObject      *object,
                       GAsyncResult *result,
                       gpointer      user_data)
{
  g_autoptr(LodgeMachinePage) self = user_data;
  g_autoptr(GError) error = NULL;

  if (!g_file_replace_contents_finish (G_FILE (object), result, NULL, &error))
    lodge_error_present (GTK_WIDGET (self), _("Could Not Save the Screenshot"), error);
  else
    adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (self->toast_overlay), adw_toast_new (_("Screenshot saved")));
}

typedef struct
{
  LodgeMachinePage *page;
  GdkTexture       *texture;
} Screenshot;

static void
screenshot_file_cb (GObject      *object,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  Screenshot *shot = user_data;
  g_autoptr(GFile) file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (object), result, NULL);

  if (file != NULL)
    {
      g_autoptr(GBytes) png = gdk_texture_save_to_png_bytes (shot->texture);

      g_file_replace_contents_bytes_async (file, png, NULL, FALSE, G_FILE_CREATE_NONE, NULL, screenshot_written_cb,
                                           g_object_ref (shot->page));
    }
  g_object_unref (shot->page);
  g_object_unref (shot->texture);
  g_free (shot);
}

static void
screenshot_action (GSimpleAction *action,
                   GVariant      *parameter,
                   gpointer       user_data)
{
  LodgeMachinePage *self = user_data;
  GdkTexture *texture = self->screen != NULL ? lodge_screen_dup_texture (self->screen) : NULL;
  g_autoptr(GtkFileDialog) dialog = NULL;
  g_autoptr(GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *time = g_date_time_format (now, "%Y-%m-%d %H-%M-%S");
  g_autofree char *name = NULL;
  Screenshot *shot;

  if (texture == NULL)
    return;
  /* The picture is of this moment, not of when a name has been found */
  shot = g_new0 (Screenshot, 1);
  shot->page = g_object_ref (self);
  shot->texture = texture;
  name = g_strdup_printf ("%s %s.png", lodge_domain_get_name (self->domain), time);
  g_strdelimit (name, "/", '-');
  dialog = gtk_file_dialog_new ();
  gtk_file_dialog_set_title (dialog, _("Save Screenshot"));
  gtk_file_dialog_set_initial_name (dialog, name);
  gtk_file_dialog_save (dialog, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), NULL, screenshot_file_cb, shot);
}

static void
change_state (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  g_action_change_state (G_ACTION (action), parameter);
}

static const GActionEntry entries[] = {
  { .name = "select", .activate = select_action, .parameter_type = "u", .state = "uint32 0" },
  { .name = "reconnect", .activate = reconnect_action },
  { .name = "take-over", .activate = take_over_action },
  { .name = "details", .activate = details_action },
  { .name = "supply-password", .activate = supply_password_action },
  { .name = "send-keys", .activate = send_keys_action, .parameter_type = "s" },
  { .name = "type-clipboard", .activate = type_clipboard_action },
  { .name = "scaling", .activate = change_state, .parameter_type = "s", .state = "'fit'",
    .change_state = scaling_action },
  { .name = "zoom-in", .activate = zoom_in_action },
  { .name = "zoom-out", .activate = zoom_out_action },
  { .name = "screenshot", .activate = screenshot_action },
};

/* The display's wishes */

static gboolean
hide_hint_cb (gpointer user_data)
{
  LodgeMachinePage *self = user_data;

  self->hint_id = 0;
  gtk_revealer_set_reveal_child (self->hint_revealer, FALSE);
  return G_SOURCE_REMOVE;
}

static void
grab_hint_cb (LodgeMachinePage *self)
{
  g_autofree char *text = g_strdup_printf (_("Press %s to release the keyboard and pointer"),
                                           lodge_display_get_release_keys (self->display));

  gtk_label_set_text (self->hint_label, text);
  gtk_revealer_set_reveal_child (self->hint_revealer, TRUE);
  gtk_accessible_announce (GTK_ACCESSIBLE (self), text, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
  g_clear_handle_id (&self->hint_id, g_source_remove);
  self->hint_id = g_timeout_add (HINT_MS, hide_hint_cb, self);
}

static void
released_cb (LodgeMachinePage *self)
{
  g_clear_handle_id (&self->hint_id, g_source_remove);
  gtk_revealer_set_reveal_child (self->hint_revealer, FALSE);
  g_signal_emit (self, signals[RELEASE_FOCUS], 0);
}

static void
password_activated_cb (LodgeMachinePage *self)
{
  g_action_group_activate_action (G_ACTION_GROUP (self->console_group), "supply-password", NULL);
}

static void
lodge_machine_page_get_property (GObject    *object,
                                 guint       prop_id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_CONSOLES_MENU:
      g_value_set_object (value, LODGE_MACHINE_PAGE (object)->menu);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
lodge_machine_page_dispose (GObject *object)
{
  LodgeMachinePage *self = LODGE_MACHINE_PAGE (object);

  lodge_machine_page_close (self);
  if (self->domain != NULL)
    g_signal_handlers_disconnect_by_data (self->domain, self);
  gtk_widget_dispose_template (GTK_WIDGET (object), LODGE_TYPE_MACHINE_PAGE);
  self->display = NULL;
  self->text_console = NULL;
  g_clear_object (&self->consoles);
  g_clear_object (&self->info);
  g_clear_object (&self->menu);
  g_clear_object (&self->console_group);
  g_clear_object (&self->actions);
  g_clear_object (&self->domains);
  g_clear_object (&self->domain);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (lodge_machine_page_parent_class)->dispose (object);
}

static void
lodge_machine_page_class_init (LodgeMachinePageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = lodge_machine_page_dispose;
  object_class->get_property = lodge_machine_page_get_property;

  properties[PROP_CONSOLES_MENU] =
    g_param_spec_object ("consoles-menu", NULL, NULL, G_TYPE_MENU_MODEL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[RELEASE_FOCUS] = g_signal_new ("release-focus", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                         NULL, G_TYPE_NONE, 0);

  g_type_ensure (LODGE_TYPE_DISPLAY);
  g_type_ensure (LODGE_TYPE_TEXT_CONSOLE);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, LODGE_UI ("machine/lodge-machine-page.ui"));
  gtk_widget_class_bind_template_child (widget_class, LodgeMachinePage, toast_overlay);
  gtk_widget_class_bind_template_child (widget_class, LodgeMachinePage, stack);
  gtk_widget_class_bind_template_child (widget_class, LodgeMachinePage, status_page);
  gtk_widget_class_bind_template_child (widget_class, LodgeMachinePage, primary_button);
  gtk_widget_class_bind_template_child (widget_class, LodgeMachinePage, secondary_button);
  gtk_widget_class_bind_template_child (widget_class, LodgeMachinePage, password_group);
  gtk_widget_class_bind_template_child (widget_class, LodgeMachinePage, user_row);
  gtk_widget_class_bind_template_child (widget_class, LodgeMachinePage, password_row);
  gtk_widget_class_bind_template_child (widget_class, LodgeMachinePage, display);
  gtk_widget_class_bind_template_child (widget_class, LodgeMachinePage, text_console);
  gtk_widget_class_bind_template_child (widget_class, LodgeMachinePage, hint_revealer);
  gtk_widget_class_bind_template_child (widget_class, LodgeMachinePage, hint_label);
  gtk_widget_class_bind_template_child (widget_class, LodgeMachinePage, resume_button);
  gtk_widget_class_bind_template_callback (widget_class, grab_hint_cb);
  gtk_widget_class_bind_template_callback (widget_class, released_cb);
  gtk_widget_class_bind_template_callback (widget_class, password_activated_cb);
}

static void
lodge_machine_page_init (LodgeMachinePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->menu = g_menu_new ();
  self->console_group = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->console_group), entries, G_N_ELEMENTS (entries), self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "console", G_ACTION_GROUP (self->console_group));
}

/**
 * lodge_machine_page_new:
 * @domain: which machine
 * @settings: of the program
 */
GtkWidget *
lodge_machine_page_new (LodgeDomain *domain,
                        GSettings   *settings)
{
  LodgeMachinePage *self = g_object_new (LODGE_TYPE_MACHINE_PAGE, NULL);
  g_autofree char *scaling = g_settings_get_string (settings, "console-scaling");

  self->domain = g_object_ref (domain);
  self->settings = g_object_ref (settings);
  self->domains = g_list_store_new (LODGE_TYPE_DOMAIN);
  g_list_store_append (self->domains, domain);
  self->actions = lodge_domain_actions_new (GTK_WIDGET (self), settings);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "machine", lodge_domain_actions_get_group (self->actions));
  if (g_str_equal (scaling, "original"))
    g_action_group_activate_action (G_ACTION_GROUP (self->console_group), "scaling", g_variant_new_string ("original"));

  g_signal_connect_object (domain, "notify::state", G_CALLBACK (domain_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (domain, "notify::stale", G_CALLBACK (domain_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (domain, "removed", G_CALLBACK (domain_changed_cb), self, G_CONNECT_SWAPPED);
  domain_changed_cb (self);
  return GTK_WIDGET (self);
}

LodgeDomain *
lodge_machine_page_get_domain (LodgeMachinePage *self)
{
  g_return_val_if_fail (LODGE_IS_MACHINE_PAGE (self), NULL);

  return self->domain;
}

GActionGroup *
lodge_machine_page_get_machine_group (LodgeMachinePage *self)
{
  g_return_val_if_fail (LODGE_IS_MACHINE_PAGE (self), NULL);

  return lodge_domain_actions_get_group (self->actions);
}

GActionGroup *
lodge_machine_page_get_console_group (LodgeMachinePage *self)
{
  g_return_val_if_fail (LODGE_IS_MACHINE_PAGE (self), NULL);

  return G_ACTION_GROUP (self->console_group);
}

const char *
lodge_machine_page_get_console_label (LodgeMachinePage *self)
{
  g_return_val_if_fail (LODGE_IS_MACHINE_PAGE (self), NULL);

  return self->info != NULL ? lodge_console_info_get_label (self->info) : NULL;
}

GMenuModel *
lodge_machine_page_get_consoles_menu (LodgeMachinePage *self)
{
  g_return_val_if_fail (LODGE_IS_MACHINE_PAGE (self), NULL);

  return G_MENU_MODEL (self->menu);
}

void
lodge_machine_page_focus_console (LodgeMachinePage *self)
{
  const char *view = lodge_machine_page_get_view (self);

  if (g_strcmp0 (view, "display") == 0)
    gtk_widget_grab_focus (GTK_WIDGET (self->display));
  else if (g_strcmp0 (view, "text") == 0)
    gtk_widget_grab_focus (GTK_WIDGET (self->text_console));
}

void
lodge_machine_page_close (LodgeMachinePage *self)
{
  g_return_if_fail (LODGE_IS_MACHINE_PAGE (self));

  if (self->closed)
    return;
  self->closed = TRUE;
  g_clear_handle_id (&self->spinner_id, g_source_remove);
  g_clear_handle_id (&self->hint_id, g_source_remove);
  drop_console (self);
}

const char *
lodge_machine_page_get_view (LodgeMachinePage *self)
{
  g_return_val_if_fail (LODGE_IS_MACHINE_PAGE (self), NULL);

  return gtk_stack_get_visible_child_name (self->stack);
}
