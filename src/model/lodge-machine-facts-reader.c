/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-machine-facts"

#include "config.h"

#include "lodge-machine-facts.h"

#include <errno.h>
#include <sys/stat.h>

#include "lodge-connection-private.h"
#include "lodge-path-private.h"
#include "xml/lodge-xml-document.h"

/* A definition may name anything any number of times */
#define MAX_RESOURCES 512

typedef struct
{
  LodgeXmlDocument  *document;
  LodgeMachineFacts *facts;
  virConnectPtr      connection;
  guint              n_resources;
  gboolean           local;      /* the host is this computer */
  gboolean           separate;   /* the hypervisor runs as another user */
} Gathering;

/* What is looked at: the path of a value below a device or, without one, the machine */
static const struct { const char *element; const char *path; LodgeResourceKind kind; } places[] = {
  { "disk", "source/@file", LODGE_RESOURCE_FILE },
  { "disk", "source/@dev", LODGE_RESOURCE_FILE },
  { "disk", "source/@pool", LODGE_RESOURCE_POOL },
  { "filesystem", "source/@dir", LODGE_RESOURCE_FILE },
  { "interface", "source/@network", LODGE_RESOURCE_NETWORK },
  { NULL, "devices/emulator", LODGE_RESOURCE_FILE },
  { NULL, "os/kernel", LODGE_RESOURCE_FILE },
  { NULL, "os/initrd", LODGE_RESOURCE_FILE },
  { NULL, "os/loader", LODGE_RESOURCE_FILE },
};

static LodgeResourceState
look_at_file (Gathering  *gathering,
              const char *path)
{
  virStorageVolPtr volume;
  struct stat status;

  if (!g_path_is_absolute (path))
    return LODGE_RESOURCE_UNKNOWN;
  if (gathering->local)
    {
      g_autofree char *closed = gathering->separate ? lodge_path_find_closed_folder (path) : NULL;

      if (stat (path, &status) != 0)
        return errno == ENOENT ? LODGE_RESOURCE_MISSING : LODGE_RESOURCE_UNKNOWN;
      return closed != NULL ? LODGE_RESOURCE_CLOSED : LODGE_RESOURCE_READY;
    }
  volume = virStorageVolLookupByPath (gathering->connection, path);
  if (volume == NULL)
    return LODGE_RESOURCE_UNKNOWN;
  virStorageVolFree (volume);
  return LODGE_RESOURCE_READY;
}

static LodgeResourceState
look_at_pool (Gathering  *gathering,
              const char *name)
{
  virStoragePoolPtr pool = virStoragePoolLookupByName (gathering->connection, name);
  virStoragePoolInfo info;
  LodgeResourceState state = LODGE_RESOURCE_UNKNOWN;

  if (pool == NULL)
    return virGetLastErrorCode () == VIR_ERR_NO_STORAGE_POOL ? LODGE_RESOURCE_MISSING : LODGE_RESOURCE_UNKNOWN;
  if (virStoragePoolGetInfo (pool, &info) == 0)
    state = info.state == VIR_STORAGE_POOL_INACTIVE ? LODGE_RESOURCE_OFF : LODGE_RESOURCE_READY;
  virStoragePoolFree (pool);
  return state;
}

static LodgeResourceState
look_at_volume (Gathering  *gathering,
                const char *pool_name,
                const char *name)
{
  virStoragePoolPtr pool = virStoragePoolLookupByName (gathering->connection, pool_name);
  virStorageVolPtr volume = pool != NULL ? virStorageVolLookupByName (pool, name) : NULL;
  LodgeResourceState state = LODGE_RESOURCE_UNKNOWN;

  if (volume != NULL)
    state = LODGE_RESOURCE_READY;
  else if (pool != NULL && virGetLastErrorCode () == VIR_ERR_NO_STORAGE_VOL)
    state = LODGE_RESOURCE_MISSING;
  if (volume != NULL)
    virStorageVolFree (volume);
  if (pool != NULL)
    virStoragePoolFree (pool);
  return state;
}

static LodgeResourceState
look_at_network (Gathering  *gathering,
                 const char *name)
{
  virNetworkPtr network = virNetworkLookupByName (gathering->connection, name);
  LodgeResourceState state;

  if (network == NULL)
    return virGetLastErrorCode () == VIR_ERR_NO_NETWORK ? LODGE_RESOURCE_MISSING : LODGE_RESOURCE_UNKNOWN;
  state = virNetworkIsActive (network) == 1 ? LODGE_RESOURCE_READY : LODGE_RESOURCE_OFF;
  virNetworkFree (network);
  return state;
}

static void
look_at (Gathering         *gathering,
         LodgeResourceKind  kind,
         const char        *name)
{
  LodgeMachineFacts *facts = gathering->facts;
  LodgeResourceState state = LODGE_RESOURCE_UNKNOWN;

  if (name == NULL || *name == '\0' || gathering->n_resources >= MAX_RESOURCES
      || lodge_machine_facts_get (facts, kind, name) != LODGE_RESOURCE_UNKNOWN)
    return;
  switch (kind)
    {
    case LODGE_RESOURCE_FILE:
      state = look_at_file (gathering, name);
      break;
    case LODGE_RESOURCE_POOL:
      state = look_at_pool (gathering, name);
      break;
    case LODGE_RESOURCE_NETWORK:
      state = look_at_network (gathering, name);
      break;
    case LODGE_RESOURCE_VOLUME:
    default:
      g_return_if_reached ();
    }
  gathering->n_resources++;
  lodge_machine_facts_set (facts, kind, name, state);
}

static void
look_at_device (Gathering    *gathering,
                LodgeXmlNode  node)
{
  g_autofree char *element = lodge_xml_document_get_name (gathering->document, node);
  g_autofree char *pool = NULL;
  g_autofree char *volume = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autofree char *name = NULL;

      if (g_strcmp0 (places[i].element, element) != 0)
        continue;
      name = lodge_xml_document_get_value (gathering->document, node, places[i].path);
      look_at (gathering, places[i].kind, name);
    }
  if (!g_str_equal (element, "disk"))
    return;
  pool = lodge_xml_document_get_value (gathering->document, node, "source/@pool");
  volume = lodge_xml_document_get_value (gathering->document, node, "source/@volume");
  if (pool != NULL && volume != NULL)
    {
      g_autofree char *name = g_strconcat (pool, "/", volume, NULL);

      lodge_machine_facts_set (gathering->facts, LODGE_RESOURCE_VOLUME, name,
                               look_at_volume (gathering, pool, volume));
    }
}

/* Of a network that the definition names and the host has not, another can take the place */
static void
look_for_running_network (Gathering *gathering)
{
  virNetworkPtr *networks = NULL;
  const int n = virConnectListAllNetworks (gathering->connection, &networks, VIR_CONNECT_LIST_NETWORKS_ACTIVE);

  for (int i = 0; i < n; i++)
    {
      lodge_machine_facts_set (gathering->facts, LODGE_RESOURCE_NETWORK, virNetworkGetName (networks[i]),
                               LODGE_RESOURCE_READY);
      virNetworkFree (networks[i]);
    }
  free (networks);
}

static void
gather_worker (GTask         *task,
               virConnectPtr  connection,
               gpointer       task_data,
               GCancellable  *cancellable)
{
  Gathering *gathering = task_data;
  LodgeXmlDocument *document = gathering->document;
  const LodgeXmlNode root = lodge_xml_document_get_root (document);
  const LodgeXmlNode devices = lodge_xml_document_find (document, root, "devices");
  virNodeInfo info;

  gathering->connection = connection;
  gathering->facts = virNodeGetInfo (connection, &info) == 0
                     ? lodge_machine_facts_new ((guint64) info.memory * 1024, info.cpus) : lodge_machine_facts_new (0, 0);
  look_for_running_network (gathering);
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autofree char *name = places[i].element == NULL ? lodge_xml_document_get_value (document, root, places[i].path)
                                                        : NULL;

      look_at (gathering, places[i].kind, name);
    }
  for (LodgeXmlNode node = devices != LODGE_XML_NONE ? lodge_xml_document_get_first_child (document, devices, NULL)
                                                     : LODGE_XML_NONE;
       node != LODGE_XML_NONE && !g_cancellable_is_cancelled (cancellable);
       node = lodge_xml_document_get_next_sibling (document, node, NULL))
    look_at_device (gathering, node);
  g_task_return_pointer (task, g_steal_pointer (&gathering->facts), (GDestroyNotify) lodge_machine_facts_unref);
}

static void
gathering_free (gpointer data)
{
  Gathering *gathering = data;

  g_object_unref (gathering->document);
  g_clear_pointer (&gathering->facts, lodge_machine_facts_unref);
  g_free (gathering);
}

/**
 * lodge_connection_read_machine_facts_async:
 * @connection: an open connection
 * @xml: the definition of a machine
 * @cancellable: (nullable): gives the answer up
 * @callback: (scope async) (closure user_data): called in the caller's context
 * @user_data: data for @callback
 *
 * Looks at what @xml names: files of this computer, or volumes of a far host, its pools and networks, and how large
 * the host is. What cannot be found out is unknown, and no error.
 */
void
lodge_connection_read_machine_facts_async (LodgeConnection     *connection,
                                           const char          *xml,
                                           GCancellable        *cancellable,
                                           GAsyncReadyCallback  callback,
                                           gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  g_autoptr(LodgeXmlDocument) document = NULL;
  const LodgeUri *uri;
  GError *error = NULL;
  Gathering *gathering;

  g_return_if_fail (LODGE_IS_CONNECTION (connection));

  task = g_task_new (connection, cancellable, callback, user_data);
  g_task_set_source_tag (task, lodge_connection_read_machine_facts_async);
  document = lodge_xml_document_new (xml, -1, &error);
  if (document == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  uri = lodge_connection_get_parsed_uri (connection);
  gathering = g_new0 (Gathering, 1);
  gathering->document = g_steal_pointer (&document);
  /* The test driver's machines need nothing of what they name */
  gathering->local = uri != NULL && lodge_uri_is_local (uri) && !g_str_equal (uri->driver, "test");
  gathering->separate = uri != NULL && g_str_equal (uri->driver, "qemu") && !lodge_uri_is_session (uri);
  g_task_set_task_data (task, gathering, gathering_free);
  lodge_connection_run (connection, LODGE_LANE_BULK, task, gather_worker);
}

LodgeMachineFacts *
lodge_connection_read_machine_facts_finish (LodgeConnection  *connection,
                                            GAsyncResult     *result,
                                            GError          **error)
{
  g_return_val_if_fail (g_task_is_valid (result, connection), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
