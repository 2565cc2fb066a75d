/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-spice-screen"

#include "config.h"

#include <glib/gi18n.h>
#include <spice/vd_agent.h>

#include "lodge-screen-sharing.h"
#include "lodge-spice-screen-private.h"
#include "lodge-usb-list-private.h"

/* Files, a folder, sound, USB devices and smartcards of a SPICE session. */

/* Files */

static void
files_changed_cb (LodgeSpiceScreen *self)
{
  gboolean connected = FALSE;

  g_object_get (self->main, "agent-connected", &connected, NULL);
  lodge_screen_set_takes_files (LODGE_SCREEN (self),
                                connected && !spice_main_channel_agent_test_capability
                                                (self->main, VD_AGENT_CAP_FILE_XFER_DISABLED));
}

static void
copied_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;

  if (spice_main_channel_file_copy_finish (SPICE_MAIN_CHANNEL (object), result, &error))
    g_task_return_boolean (task, TRUE);
  else if (g_cancellable_is_cancelled (g_task_get_cancellable (task)))
    {
      g_clear_error (&error);
      g_task_return_error_if_cancelled (task);
    }
  else if (error != NULL)
    {
      GError *told = g_error_new_literal (LODGE_ERROR, LODGE_ERROR_FAILED, _("The guest did not take the files"));

      lodge_error_set_details (told, error->message, 0, 0);
      g_clear_error (&error);
      g_task_return_error (task, told);
    }
  else
    g_task_return_new_error (task, LODGE_ERROR, LODGE_ERROR_FAILED, _("The guest did not take the files"));
}

static void
lodge_spice_screen_copy_files (LodgeScreen            *screen,
                               GFile                 **files,
                               GFileProgressCallback   progress,
                               gpointer                progress_data,
                               GTask                  *task)
{
  LodgeSpiceScreen *self = LODGE_SPICE_SCREEN (screen);

  spice_main_channel_file_copy_async (self->main, files, G_FILE_COPY_NONE, g_task_get_cancellable (task), progress,
                                      progress_data, copied_cb, task);
}

/* The folder. Its channel is connected while there is one: the library gives a guest that asks the folder of then. */

static void
update_folder (LodgeSpiceScreen *self)
{
  gboolean read_only = FALSE;
  const char *folder = lodge_screen_get_shared_folder (LODGE_SCREEN (self), &read_only);

  if (self->webdav != NULL)
    spice_channel_disconnect (self->webdav, SPICE_CHANNEL_NONE);
  g_object_set (self->session, "shared-dir", folder, "share-dir-ro", read_only, NULL);
  if (self->webdav != NULL && folder != NULL)
    spice_channel_connect (self->webdav);
}

/* Sound */

static void
update_sound (LodgeSpiceScreen *self)
{
  const gboolean wanted = lodge_screen_get_enable_audio (LODGE_SCREEN (self));
  GList *channels;

  g_object_set (self->session, "enable-audio", wanted, NULL);
  if (wanted)
    {
      /* It connects the channels */
      spice_audio_get (self->session, NULL);
      return;
    }
  channels = spice_session_get_channels (self->session);
  for (GList *l = channels; l != NULL; l = l->next)
    {
      if (SPICE_IS_PLAYBACK_CHANNEL (l->data) || SPICE_IS_RECORD_CHANNEL (l->data))
        spice_channel_disconnect (l->data, SPICE_CHANNEL_NONE);
    }
  g_list_free (channels);
}

static void
lodge_spice_screen_update_sharing (LodgeScreen *screen)
{
  LodgeSpiceScreen *self = LODGE_SPICE_SCREEN (screen);
  gboolean sound = FALSE;

  if (self->session == NULL)
    return;
  g_object_get (self->session, "enable-audio", &sound, NULL);
  if (sound != lodge_screen_get_enable_audio (screen))
    update_sound (self);
  update_folder (self);
}

/* USB devices: only looked for when somebody wants to see them */

static LodgeUsbList *
lodge_spice_screen_get_usb (LodgeScreen *screen)
{
  LodgeSpiceScreen *self = LODGE_SPICE_SCREEN (screen);

  if (self->usb == NULL && self->session != NULL && lodge_screen_get_state (screen) == LODGE_SCREEN_CONNECTED)
    self->usb = lodge_usb_list_new_for_session (self->session);
  return self->usb;
}

/* The session */

/* Before it is opened */
void
lodge_spice_screen_prepare_sharing (LodgeSpiceScreen *self)
{
  LodgeScreen *screen = LODGE_SCREEN (self);

  g_object_set (self->session,
                "enable-audio", lodge_screen_get_enable_audio (screen),
                "enable-usbredir", TRUE,
                "enable-smartcard", lodge_screen_get_smartcard (screen),
                NULL);
  update_folder (self);
  if (lodge_screen_get_enable_audio (screen))
    spice_audio_get (self->session, NULL);
}

void
lodge_spice_screen_watch_files (LodgeSpiceScreen *self)
{
  g_signal_connect_object (self->main, "main-agent-update", G_CALLBACK (files_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->main, "notify::agent-connected", G_CALLBACK (files_changed_cb), self,
                           G_CONNECT_SWAPPED);
  files_changed_cb (self);
}

/**
 * lodge_spice_screen_take_channel:
 * @self: a SPICE screen
 * @channel: a new channel of its session
 *
 * Returns: whether it is one of those that something is shared by, and is to be connected now
 */
gboolean
lodge_spice_screen_take_channel (LodgeSpiceScreen *self,
                                 SpiceChannel     *channel)
{
  if (SPICE_IS_WEBDAV_CHANNEL (channel) && self->webdav == NULL)
    {
      self->webdav = g_object_ref (channel);
      return lodge_screen_get_shared_folder (LODGE_SCREEN (self), NULL) != NULL;
    }
  return SPICE_IS_SMARTCARD_CHANNEL (channel) && lodge_screen_get_smartcard (LODGE_SCREEN (self));
}

void
lodge_spice_screen_drop_sharing (LodgeSpiceScreen *self)
{
  lodge_screen_set_takes_files (LODGE_SCREEN (self), FALSE);
  g_clear_object (&self->webdav);
  g_clear_object (&self->usb);
}

void
lodge_spice_screen_install_sharing (LodgeScreenClass *klass)
{
  klass->copy_files = lodge_spice_screen_copy_files;
  klass->update_sharing = lodge_spice_screen_update_sharing;
  klass->get_usb = lodge_spice_screen_get_usb;
}
