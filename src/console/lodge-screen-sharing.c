/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-screen"

#include "config.h"

#include "lodge-screen-sharing.h"

#include <glib/gi18n.h>

#include "lodge-screen-private.h"
#include "util/lodge-error.h"

/**
 * lodge_screen_get_takes_files:
 * @self: a screen
 *
 * Returns: whether files can be handed to the guest now
 */
gboolean
lodge_screen_get_takes_files (LodgeScreen *self)
{
  g_return_val_if_fail (LODGE_IS_SCREEN (self), FALSE);

  return lodge_screen_get_private (self)->takes_files && LODGE_SCREEN_GET_CLASS (self)->copy_files != NULL;
}

void
lodge_screen_set_takes_files (LodgeScreen *self,
                              gboolean     takes_files)
{
  LodgeScreenPrivate *priv = lodge_screen_get_private (self);

  if (priv->takes_files == takes_files)
    return;

  priv->takes_files = takes_files;
  g_object_notify_by_pspec (G_OBJECT (self), lodge_screen_properties[LODGE_SCREEN_PROP_TAKES_FILES]);
}

/**
 * lodge_screen_copy_files_async:
 * @self: a screen
 * @files: (array zero-terminated=1): ordinary files, maybe of remote places
 * @cancellable: (nullable): the guest is told, and throws away what it has
 * @progress: (nullable) (scope notified): bytes of all files together, as they go
 * @progress_data: for @progress
 * @callback: (scope async) (closure user_data): called in the caller's context
 * @user_data: data for @callback
 *
 * Hands files to the guest's agent.
 */
void
lodge_screen_copy_files_async (LodgeScreen           *self,
                               GFile                **files,
                               GCancellable          *cancellable,
                               GFileProgressCallback  progress,
                               gpointer               progress_data,
                               GAsyncReadyCallback    callback,
                               gpointer               user_data)
{
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (LODGE_IS_SCREEN (self));
  g_return_if_fail (files != NULL && files[0] != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, lodge_screen_copy_files_async);
  if (!lodge_screen_get_takes_files (self))
    g_task_return_new_error (task, LODGE_ERROR, LODGE_ERROR_NOT_SUPPORTED,
                             _("The guest takes no files: no agent is running there that would"));
  else
    LODGE_SCREEN_GET_CLASS (self)->copy_files (self, files, progress, progress_data, g_steal_pointer (&task));
}

gboolean
lodge_screen_copy_files_finish (LodgeScreen   *self,
                                GAsyncResult  *result,
                                GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* A backend looks at all of these when it opens, and is told when they change meanwhile */
static void
sharing_changed (LodgeScreen *self)
{
  if (LODGE_SCREEN_GET_CLASS (self)->update_sharing != NULL)
    LODGE_SCREEN_GET_CLASS (self)->update_sharing (self);
}

/**
 * lodge_screen_set_shared_folder:
 * @self: a screen
 * @path: (nullable): a folder of this computer that the guest may look into
 * @read_only: whether it must leave it as it is
 */
void
lodge_screen_set_shared_folder (LodgeScreen *self,
                                const char  *path,
                                gboolean     read_only)
{
  LodgeScreenPrivate *priv;
  gboolean changed;

  g_return_if_fail (LODGE_IS_SCREEN (self));

  priv = lodge_screen_get_private (self);
  changed = priv->folder_read_only != read_only;
  priv->folder_read_only = read_only;
  if (g_set_str (&priv->folder, path) || (changed && path != NULL))
    sharing_changed (self);
}

const char *
lodge_screen_get_shared_folder (LodgeScreen *self,
                                gboolean    *read_only)
{
  LodgeScreenPrivate *priv;

  g_return_val_if_fail (LODGE_IS_SCREEN (self), NULL);

  priv = lodge_screen_get_private (self);
  if (read_only != NULL)
    *read_only = priv->folder_read_only;
  return priv->folder;
}

void
lodge_screen_set_smartcard (LodgeScreen *self,
                            gboolean     smartcard)
{
  g_return_if_fail (LODGE_IS_SCREEN (self));

  lodge_screen_get_private (self)->smartcard = smartcard != FALSE;
}

gboolean
lodge_screen_get_smartcard (LodgeScreen *self)
{
  g_return_val_if_fail (LODGE_IS_SCREEN (self), FALSE);

  return lodge_screen_get_private (self)->smartcard;
}

/**
 * lodge_screen_get_usb:
 * @self: a screen
 *
 * Returns: (transfer none) (nullable): this computer's USB devices, of which the guest can have some
 */
LodgeUsbList *
lodge_screen_get_usb (LodgeScreen *self)
{
  g_return_val_if_fail (LODGE_IS_SCREEN (self), NULL);

  return LODGE_SCREEN_GET_CLASS (self)->get_usb != NULL ? LODGE_SCREEN_GET_CLASS (self)->get_usb (self) : NULL;
}
