/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-console-view"

#include "config.h"

#include "lodge-console-view-private.h"

#include <glib/gi18n.h>

#include "util/lodge-error.h"
#include "util/lodge-format.h"

/* A machine that stops takes its console with it, and says so a moment later: its state says more than the broken
 * connection */
#define LOST_DELAY_MS 500

static void
drop_screen (LodgeConsoleView *self)
{
  if (self->screen == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->screen, self);
  lodge_console_view_close_heads (self);
  lodge_clipboard_set_screen (self->clipboard, NULL);
  if (self->display != NULL)
    lodge_display_set_screen (self->display, NULL);
  lodge_screen_close (self->screen);
  g_clear_object (&self->screen);
  if (self->companion != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->companion, self);
      lodge_screen_close (self->companion);
    }
  g_clear_object (&self->companion);
  g_clear_object (&self->companion_info);
}

static void
drop_stream (LodgeConsoleView *self)
{
  if (self->stream == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->stream, self);
  if (self->text_console != NULL)
    lodge_text_console_set_stream (self->text_console, NULL);
  g_clear_object (&self->stream);
}

void
lodge_console_view_drop (LodgeConsoleView *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_error (&self->error);
  g_clear_handle_id (&self->lost_id, g_source_remove);
  if (self->page != NULL)
    lodge_console_page_stop (self->page);
  self->working = FALSE;
  self->given_up = FALSE;
  drop_screen (self);
  drop_stream (self);
}

/* Shows @error, which it takes, and tries again by itself when that is of use */
void
lodge_console_view_fail (LodgeConsoleView *self,
                         GError           *error)
{
  g_clear_error (&self->error);
  self->error = error;
  lodge_console_page_fail (self->page, error);
  lodge_console_view_update (self);
}

static gboolean
lost_cb (gpointer user_data)
{
  LodgeConsoleView *self = user_data;
  GError *error = NULL;

  self->lost_id = 0;
  if (!lodge_console_view_is_running (self))
    return G_SOURCE_REMOVE;
  if (self->screen != NULL && lodge_screen_get_error (self->screen) != NULL)
    error = g_error_copy (lodge_screen_get_error (self->screen));
  else if (self->screen != NULL)
    lodge_set_error (&error, LODGE_ERROR_FAILED, _("The display has ended the connection"));
  else
    {
      lodge_set_error (&error, LODGE_ERROR_FAILED, _("The console has ended the connection"));
      drop_stream (self);
    }
  lodge_console_view_fail (self, error);
  return G_SOURCE_REMOVE;
}

static void
wait_for_end (LodgeConsoleView *self)
{
  if (self->lost_id == 0)
    self->lost_id = g_timeout_add (LOST_DELAY_MS, lost_cb, self);
}

static void
screen_state_cb (LodgeConsoleView *self)
{
  const LodgeScreenState state = lodge_screen_get_state (self->screen);

  if (state == LODGE_SCREEN_LOST)
    wait_for_end (self);
  else if (state == LODGE_SCREEN_CONNECTED)
    {
      lodge_console_page_succeed (self->page);
      lodge_console_view_share_usb (self);
      lodge_console_view_update (self);
      lodge_console_view_focus (self);
    }
  lodge_console_view_update (self);
}

static void
stream_closed_cb (LodgeConsoleView *self)
{
  wait_for_end (self);
}

void
lodge_console_view_take_screen (LodgeConsoleView *self,
                                LodgeScreen      *screen)
{
  g_autofree char *name = lodge_display_text (lodge_domain_get_name (self->domain), 80);

  drop_screen (self);
  self->screen = screen;
  g_signal_connect_object (screen, "notify::state", G_CALLBACK (screen_state_cb), self, G_CONNECT_SWAPPED);
  lodge_console_view_watch_heads (self);
  lodge_display_set_machine_name (self->display, name);
  lodge_display_set_screen (self->display, screen);
  lodge_clipboard_set_screen (self->clipboard, screen);
  lodge_console_view_share (self);
  lodge_screen_open (screen);
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

static LodgeScreen *
make_screen (LodgeConsoleView *self,
             LodgeConsoleInfo *info,
             gboolean          companion)
{
  LodgeScreenAddress address = {
    .host = (char *) lodge_console_info_get_host (info),
    .port = lodge_console_info_get_port (info),
    .tls_port = lodge_console_info_get_tls_port (info),
    .unix_path = (char *) lodge_console_info_get_unix_path (info),
  };
  const LodgeConsoleKind kind = lodge_console_info_get_kind (info);
  LodgeScreenOpenFdFunc way_func = NULL;
  GDestroyNotify destroy = NULL;
  Way *way = NULL;

  if (lodge_domain_screen_needs_fd (self->domain, info))
    {
      way = g_new0 (Way, 1);
      way->domain = g_object_ref (self->domain);
      way->info = g_object_ref (info);
      way_func = open_fd;
      destroy = way_free;
    }
  if (companion)
    return lodge_spice_screen_new_companion (&address, way_func, way, destroy);
  if (kind == LODGE_CONSOLE_SPICE)
    return lodge_spice_screen_new (&address, way_func, way, destroy);
  if (kind == LODGE_CONSOLE_DBUS)
    return lodge_dbus_screen_new (way_func, way, destroy);
  return lodge_vnc_screen_new (&address, way_func, way, destroy);
}

/* The picture comes by D-Bus, all else that is shared by the machine's SPICE display, where it has one. Its end is not
 * the end of the picture. */
static void
open_companion (LodgeConsoleView *self)
{
  for (guint i = 0; self->consoles != NULL && i < g_list_model_get_n_items (self->consoles); i++)
    {
      g_autoptr(LodgeConsoleInfo) info = g_list_model_get_item (self->consoles, i);

      if (lodge_console_info_get_kind (info) != LODGE_CONSOLE_SPICE || lodge_console_info_get_obstacle (info) != NULL)
        continue;
      g_set_object (&self->companion_info, info);
      self->companion = make_screen (self, info, TRUE);
      g_signal_connect_object (self->companion, "notify::state", G_CALLBACK (lodge_console_view_share_usb), self,
                               G_CONNECT_SWAPPED);
      lodge_clipboard_set_screen (self->clipboard, self->companion);
      lodge_console_view_share (self);
      lodge_screen_open (self->companion);
      return;
    }
}

static void
open_screen (LodgeConsoleView *self)
{
  LodgeScreen *screen = make_screen (self, self->info, FALSE);

  lodge_screen_set_title (screen, lodge_console_info_get_label (self->info));
  lodge_console_view_take_screen (self, screen);
  if (lodge_console_info_get_kind (self->info) == LODGE_CONSOLE_DBUS)
    open_companion (self);
}

static void
stream_opened_cb (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(LodgeConsoleView) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(LodgeTextStream) stream = lodge_domain_open_console_finish (LODGE_DOMAIN (object), result, &error);
  g_autofree char *name = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->closed)
    return;
  self->working = FALSE;
  if (stream == NULL)
    {
      lodge_console_view_fail (self, g_steal_pointer (&error));
      return;
    }
  lodge_console_page_succeed (self->page);
  name = g_strdup_printf ("%s %s", lodge_domain_get_name (self->domain), lodge_console_info_get_label (self->info));
  g_set_object (&self->stream, stream);
  g_signal_connect_object (stream, "closed", G_CALLBACK (stream_closed_cb), self, G_CONNECT_SWAPPED);
  lodge_text_console_set_name (self->text_console, name);
  lodge_text_console_set_stream (self->text_console, stream);
  lodge_console_view_update (self);
  lodge_console_view_focus (self);
}

void
lodge_console_view_open (LodgeConsoleView *self,
                         gboolean          force)
{
  lodge_console_view_drop (self);
  if (self->info == NULL || !lodge_console_view_is_running (self)
      || lodge_console_info_get_obstacle (self->info) != NULL)
    {
      lodge_console_view_update (self);
      return;
    }
  gtk_picture_set_paintable (self->last_frame, NULL);
  self->cancellable = g_cancellable_new ();
  self->working = TRUE;
  if (lodge_console_info_is_graphical (self->info))
    open_screen (self);
  else
    lodge_domain_open_console_async (self->domain, self->info, force, self->cancellable, stream_opened_cb,
                                     g_object_ref (self));
  lodge_console_view_update (self);
}

void
lodge_console_view_give_up (LodgeConsoleView *self)
{
  lodge_console_view_drop (self);
  self->given_up = TRUE;
  lodge_console_view_update (self);
}
