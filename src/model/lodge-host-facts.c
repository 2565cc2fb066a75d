/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lodge-connection-private.h"
#include "lodge-host-facts.h"
#include "xml/lodge-xml-document.h"

#define MAX_DRIVES 16

void
lodge_host_facts_free (LodgeHostFacts *self)
{
  g_strfreev (self->drives);
  g_free (self);
}

/* What caches hold is given back when a guest needs it */
static guint64
read_free_memory (virConnectPtr connection)
{
  g_autofree virNodeMemoryStats *stats = NULL;
  guint64 sum = 0;
  int n = 0;

  if (virNodeGetMemoryStats (connection, VIR_NODE_MEMORY_STATS_ALL_CELLS, NULL, &n, 0) < 0 || n <= 0)
    return virNodeGetFreeMemory (connection);
  stats = g_new0 (virNodeMemoryStats, n);
  if (virNodeGetMemoryStats (connection, VIR_NODE_MEMORY_STATS_ALL_CELLS, stats, &n, 0) < 0)
    return virNodeGetFreeMemory (connection);
  for (int i = 0; i < n; i++)
    {
      if (g_str_equal (stats[i].field, VIR_NODE_MEMORY_STATS_FREE)
          || g_str_equal (stats[i].field, VIR_NODE_MEMORY_STATS_BUFFERS)
          || g_str_equal (stats[i].field, VIR_NODE_MEMORY_STATS_CACHED))
        sum += stats[i].value * 1024;
    }
  return sum;
}

static char *
dup_drive (virNodeDevicePtr device)
{
  char *xml = virNodeDeviceGetXMLDesc (device, 0);
  g_autoptr(LodgeXmlDocument) doc = xml != NULL ? lodge_xml_document_new (xml, -1, NULL) : NULL;
  g_autofree char *kind = NULL;

  free (xml);
  if (doc == NULL)
    return NULL;
  kind = lodge_xml_document_get_value (doc, lodge_xml_document_get_root (doc), "capability/drive_type");
  if (g_strcmp0 (kind, "cdrom") != 0)
    return NULL;
  return lodge_xml_document_get_value (doc, lodge_xml_document_get_root (doc), "capability/block");
}

static GStrv
read_drives (virConnectPtr connection)
{
  g_autoptr(GStrvBuilder) drives = g_strv_builder_new ();
  virNodeDevicePtr *devices = NULL;
  const int n = virConnectListAllNodeDevices (connection, &devices, VIR_CONNECT_LIST_NODE_DEVICES_CAP_STORAGE);
  guint n_drives = 0;

  for (int i = 0; i < n; i++)
    {
      char *path = n_drives < MAX_DRIVES ? dup_drive (devices[i]) : NULL;

      if (path != NULL)
        {
          g_strv_builder_take (drives, path);
          n_drives++;
        }
      virNodeDeviceFree (devices[i]);
    }
  free (devices);
  return g_strv_builder_end (drives);
}

static void
facts_worker (GTask         *task,
              virConnectPtr  connection,
              gpointer       task_data,
              GCancellable  *cancellable)
{
  LodgeHostFacts *facts = g_new0 (LodgeHostFacts, 1);

  facts->free_memory = read_free_memory (connection);
  facts->drives = read_drives (connection);
  g_task_return_pointer (task, facts, (GDestroyNotify) lodge_host_facts_free);
}

void
lodge_connection_read_facts_async (LodgeConnection     *connection,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (connection, cancellable, callback, user_data);

  g_task_set_source_tag (task, lodge_connection_read_facts_async);
  lodge_connection_run (connection, LODGE_LANE_BULK, task, facts_worker);
}

LodgeHostFacts *
lodge_connection_read_facts_finish (LodgeConnection  *connection,
                                    GAsyncResult     *result,
                                    GError          **error)
{
  g_return_val_if_fail (g_task_is_valid (result, connection), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
