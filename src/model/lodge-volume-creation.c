/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-volume-creation"

#include "config.h"

#include "lodge-volume-creation.h"

#include "lodge-connection-private.h"
#include "lodge-libvirt-error.h"

typedef struct
{
  char *pool;
  char *xml;
} Creation;

static void
creation_free (gpointer data)
{
  Creation *creation = data;

  g_free (creation->pool);
  g_free (creation->xml);
  g_free (creation);
}

static void
create_worker (GTask         *task,
               virConnectPtr  connection,
               gpointer       task_data,
               GCancellable  *cancellable)
{
  Creation *creation = task_data;
  virStoragePoolPtr pool = virStoragePoolLookupByName (connection, creation->pool);
  virStorageVolPtr volume = pool != NULL ? virStorageVolCreateXML (pool, creation->xml, 0) : NULL;
  char *path = volume != NULL ? virStorageVolGetPath (volume) : NULL;

  if (path == NULL)
    g_task_return_error (task, lodge_error_new_from_libvirt (NULL));
  else
    g_task_return_pointer (task, g_strdup (path), g_free);
  free (path);
  if (volume != NULL)
    virStorageVolFree (volume);
  if (pool != NULL)
    virStoragePoolFree (pool);
}

void
lodge_connection_create_volume_async (LodgeConnection     *connection,
                                      LodgeStoragePool    *pool,
                                      const char          *name,
                                      const char          *format,
                                      guint64              capacity,
                                      GCancellable        *cancellable,
                                      GAsyncReadyCallback  callback,
                                      gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  Creation *creation;
  g_autofree char *target = NULL;

  g_return_if_fail (LODGE_IS_CONNECTION (connection));
  g_return_if_fail (LODGE_IS_STORAGE_POOL (pool));

  if (format == NULL)
    format = "qcow2";
  if (lodge_storage_pool_has_formats (pool))
    target = g_markup_printf_escaped ("<target><format type='%s'/></target>", format);
  creation = g_new0 (Creation, 1);
  creation->pool = g_strdup (lodge_storage_pool_get_name (pool));
  creation->xml = g_markup_printf_escaped ("<volume><name>%s</name><capacity unit='bytes'>%" G_GUINT64_FORMAT "</capacity>",
                                           name, capacity);
  {
    g_autofree char *head = g_steal_pointer (&creation->xml);

    /* No space is taken before the guest writes, where the pool can do that */
    creation->xml = g_strconcat (head, "<allocation unit='bytes'>0</allocation>", target != NULL ? target : "",
                                 "</volume>",
                                 NULL);
  }
  task = g_task_new (connection, cancellable, callback, user_data);
  g_task_set_source_tag (task, lodge_connection_create_volume_async);
  g_task_set_task_data (task, creation, creation_free);
  lodge_connection_run (connection, LODGE_LANE_LONG, task, create_worker);
}

char *
lodge_connection_create_volume_finish (LodgeConnection  *connection,
                                       GAsyncResult     *result,
                                       GError          **error)
{
  g_return_val_if_fail (g_task_is_valid (result, connection), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
