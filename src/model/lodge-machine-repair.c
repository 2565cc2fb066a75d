/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-machine-repair"

#include "config.h"

#include "lodge-machine-facts.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/stat.h>

#include "lodge-connection-private.h"
#include "lodge-libvirt-error.h"
#include "lodge-path-private.h"
#include "util/lodge-error.h"

/* What can be done on a host so that a machine can start, and taken back */

/* Folders on the way to one file */
#define MAX_FOLDERS 32

typedef struct
{
  LodgeRepairKind  kind;
  char            *name;
} Repair;

static void
repair_free (gpointer data)
{
  Repair *repair = data;

  g_free (repair->name);
  g_free (repair);
}

static gboolean
set_network (virConnectPtr   connection,
             const char     *name,
             gboolean        on,
             GError        **error)
{
  virNetworkPtr network = virNetworkLookupByName (connection, name);
  const int result = network == NULL ? -1 : on ? virNetworkCreate (network) : virNetworkDestroy (network);

  if (result < 0)
    g_propagate_error (error, lodge_error_new_from_libvirt (NULL));
  if (network != NULL)
    virNetworkFree (network);
  return result == 0;
}

static gboolean
set_pool (virConnectPtr   connection,
          const char     *name,
          gboolean        on,
          GError        **error)
{
  virStoragePoolPtr pool = virStoragePoolLookupByName (connection, name);
  const int result = pool == NULL ? -1 : on ? virStoragePoolCreate (pool, 0) : virStoragePoolDestroy (pool);

  if (result < 0)
    g_propagate_error (error, lodge_error_new_from_libvirt (NULL));
  if (pool != NULL)
    virStoragePoolFree (pool);
  return result == 0;
}

static gboolean
set_mode (const char  *folder,
          mode_t       mode,
          GError     **error)
{
  const int result = chmod (folder, mode);
  const int code = errno;

  if (result == 0)
    return TRUE;
  return lodge_set_error (error, code == EPERM || code == EACCES ? LODGE_ERROR_PERMISSION : LODGE_ERROR_FAILED,
                          _("The folder “%s” could not be changed: %s. Its owner can let others enter it."), folder,
                          g_strerror (code));
}

/* A line for each folder that was changed, “mode path”: what takes it back */
static gboolean
take_back_modes (const char  *token,
                 GError     **error)
{
  g_auto(GStrv) lines = g_strsplit (token, "\n", -1);

  for (guint i = 0; lines[i] != NULL && *lines[i] != '\0'; i++)
    {
      char *rest;
      const mode_t mode = g_ascii_strtoull (lines[i], &rest, 8) & 07777;
      g_autofree char *path = *rest == ' ' ? g_strcompress (rest + 1) : NULL;

      if (path == NULL || !set_mode (path, mode, error))
        return FALSE;
    }
  return TRUE;
}

/* Others may go through the folders; they still cannot see what else is in them */
static char *
open_folders (const char  *path,
              GError     **error)
{
  g_autoptr(GString) token = g_string_new (NULL);
  char *folder;

  for (guint i = 0; i < MAX_FOLDERS && (folder = lodge_path_find_closed_folder (path)) != NULL; i++)
    {
      struct stat status;
      gboolean done = stat (folder, &status) == 0;

      if (!done)
        lodge_set_error (error, LODGE_ERROR_NOT_FOUND, _("The folder “%s” is not there any more."), folder);
      done = done && set_mode (folder, (status.st_mode & 07777) | S_IXOTH, error);
      if (done)
        {
          /* Escaped: a name may have a line end */
          g_autofree char *escaped = g_strescape (folder, NULL);
          g_autofree char *line = g_strdup_printf ("%o %s\n", status.st_mode & 07777, escaped);

          g_string_prepend (token, line);
        }
      g_free (folder);
      if (!done)
        {
          take_back_modes (token->str, NULL);
          return NULL;
        }
    }
  return g_string_free_and_steal (g_steal_pointer (&token));
}

static void
repair_worker (GTask         *task,
               virConnectPtr  connection,
               gpointer       task_data,
               GCancellable  *cancellable)
{
  const Repair *repair = task_data;
  GError *error = NULL;
  char *token = NULL;

  switch (repair->kind)
    {
    case LODGE_REPAIR_START_NETWORK:
      if (set_network (connection, repair->name, TRUE, &error))
        token = g_strdup (repair->name);
      break;
    case LODGE_REPAIR_START_POOL:
      if (set_pool (connection, repair->name, TRUE, &error))
        token = g_strdup (repair->name);
      break;
    case LODGE_REPAIR_OPEN_FOLDER:
      token = open_folders (repair->name, &error);
      break;
    case LODGE_REPAIR_NONE:
    default:
      g_return_if_reached ();
    }
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, token, g_free);
}

static void
undo_worker (GTask         *task,
             virConnectPtr  connection,
             gpointer       task_data,
             GCancellable  *cancellable)
{
  const Repair *repair = task_data;
  GError *error = NULL;

  switch (repair->kind)
    {
    case LODGE_REPAIR_START_NETWORK:
      set_network (connection, repair->name, FALSE, &error);
      break;
    case LODGE_REPAIR_START_POOL:
      set_pool (connection, repair->name, FALSE, &error);
      break;
    case LODGE_REPAIR_OPEN_FOLDER:
      take_back_modes (repair->name, &error);
      break;
    case LODGE_REPAIR_NONE:
    default:
      g_return_if_reached ();
    }
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static GTask *
create_task (LodgeConnection     *connection,
             LodgeRepairKind      kind,
             const char          *name,
             GCancellable        *cancellable,
             GAsyncReadyCallback  callback,
             gpointer             user_data)
{
  GTask *task = g_task_new (connection, cancellable, callback, user_data);
  Repair *repair = g_new0 (Repair, 1);

  repair->kind = kind;
  repair->name = g_strdup (name);
  g_task_set_task_data (task, repair, repair_free);
  return task;
}

/**
 * lodge_connection_repair_async:
 * @connection: an open connection
 * @kind: what to do, not %LODGE_REPAIR_NONE
 * @name: of the network or pool, or the path of the file whose folders are closed
 * @cancellable: (nullable): turns the result into a cancelled error; it is done all the same
 * @callback: (scope async) (closure user_data): called in the caller's context
 * @user_data: data for @callback
 *
 * virNetworkCreate(), virStoragePoolCreate(), or chmod() of folders of this computer.
 */
void
lodge_connection_repair_async (LodgeConnection     *connection,
                               LodgeRepairKind      kind,
                               const char          *name,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (LODGE_IS_CONNECTION (connection));
  g_return_if_fail (kind != LODGE_REPAIR_NONE);

  task = create_task (connection, kind, name, cancellable, callback, user_data);
  g_task_set_source_tag (task, lodge_connection_repair_async);
  lodge_connection_run (connection, LODGE_LANE_LONG, task, repair_worker);
}

/**
 * lodge_connection_repair_finish:
 *
 * Returns: (transfer full) (nullable): what lodge_connection_undo_repair_async() wants to take it back
 */
char *
lodge_connection_repair_finish (LodgeConnection  *connection,
                                GAsyncResult     *result,
                                GError          **error)
{
  g_return_val_if_fail (g_task_is_valid (result, connection), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * lodge_connection_undo_repair_async:
 * @connection: an open connection
 * @kind: what was done
 * @token: of lodge_connection_repair_finish()
 * @cancellable: (nullable): turns the result into a cancelled error; it is done all the same
 * @callback: (scope async) (closure user_data): called in the caller's context
 * @user_data: data for @callback
 *
 * virNetworkDestroy(), virStoragePoolDestroy(), or the old modes of the folders.
 */
void
lodge_connection_undo_repair_async (LodgeConnection     *connection,
                                    LodgeRepairKind      kind,
                                    const char          *token,
                                    GCancellable        *cancellable,
                                    GAsyncReadyCallback  callback,
                                    gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (LODGE_IS_CONNECTION (connection));
  g_return_if_fail (kind != LODGE_REPAIR_NONE);

  task = create_task (connection, kind, token, cancellable, callback, user_data);
  g_task_set_source_tag (task, lodge_connection_undo_repair_async);
  lodge_connection_run (connection, LODGE_LANE_LONG, task, undo_worker);
}

gboolean
lodge_connection_undo_repair_finish (LodgeConnection  *connection,
                                     GAsyncResult     *result,
                                     GError          **error)
{
  g_return_val_if_fail (g_task_is_valid (result, connection), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
