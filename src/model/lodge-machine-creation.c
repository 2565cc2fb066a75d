/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-machine-creation"

#include "config.h"

#include "lodge-connection-private.h"
#include "lodge-job.h"
#include "lodge-libvirt-error.h"
#include "lodge-machine-creation.h"

#include <glib/gi18n.h>

#include "util/lodge-error.h"
#include "xml/lodge-xml-document.h"

#define DEFAULT_POOL "default"

typedef struct
{
  char              *xml;
  GPtrArray         *volumes;     /* of LodgeNewVolume */
  char              *pool_path;   /* where a default pool would be; NULL: it cannot be known */
  gboolean           start;
  LodgeJob          *job;         /* nullable; main context only */
  LodgeCreationStep  step;        /* written by the worker before it ends */
  char               uuid[VIR_UUID_STRING_BUFLEN];   /* the same */
} Creation;

LodgeNewVolume *
lodge_new_volume_new (const char *pool,
                      const char *name,
                      const char *format,
                      guint64     capacity)
{
  LodgeNewVolume *self = g_new0 (LodgeNewVolume, 1);

  self->pool = g_strdup (pool);
  self->name = g_strdup (name);
  self->format = g_strdup (format);
  self->capacity = capacity;
  return self;
}

LodgeNewVolume *
lodge_new_volume_copy (const LodgeNewVolume *self)
{
  LodgeNewVolume *copy = lodge_new_volume_new (self->pool, self->name, self->format, self->capacity);

  copy->preallocate = self->preallocate;
  return copy;
}

void
lodge_new_volume_free (LodgeNewVolume *self)
{
  g_free (self->pool);
  g_free (self->name);
  g_free (self->format);
  g_free (self);
}

static void
creation_free (gpointer data)
{
  Creation *creation = data;

  g_free (creation->xml);
  g_free (creation->pool_path);
  g_ptr_array_unref (creation->volumes);
  g_clear_object (&creation->job);
  g_free (creation);
}

/* A host without a pool gets the usual one; a pool that is there is never changed, only started */
static virStoragePoolPtr
open_pool (virConnectPtr   connection,
           const char     *name,
           const char     *default_path,
           GError        **error)
{
  virStoragePoolPtr pool = virStoragePoolLookupByName (connection, name);
  virStoragePoolInfo info;
  g_autofree char *xml = NULL;

  if (pool == NULL && g_str_equal (name, DEFAULT_POOL) && default_path != NULL)
    {
      xml = g_markup_printf_escaped ("<pool type='dir'><name>%s</name><target><path>%s</path></target></pool>",
                                     DEFAULT_POOL, default_path);
      pool = virStoragePoolDefineXML (connection, xml, 0);
      if (pool != NULL)
        {
          /* The folder may be there already */
          virStoragePoolBuild (pool, 0);
          virStoragePoolSetAutostart (pool, 1);
        }
    }
  if (pool == NULL)
    {
      *error = lodge_error_new_from_libvirt (NULL);
      return NULL;
    }
  if (virStoragePoolGetInfo (pool, &info) == 0 && info.state != VIR_STORAGE_POOL_RUNNING
      && virStoragePoolCreate (pool, 0) < 0)
    {
      *error = lodge_error_new_from_libvirt (NULL);
      virStoragePoolFree (pool);
      return NULL;
    }
  return pool;
}

static virStorageVolPtr
create_volume (virConnectPtr          connection,
               const LodgeNewVolume  *volume,
               const char            *default_path,
               GError               **error)
{
  g_autofree char *xml =
    g_markup_printf_escaped ("<volume><name>%s</name><capacity>%" G_GUINT64_FORMAT "</capacity>"
                             "<allocation>%" G_GUINT64_FORMAT "</allocation>"
                             "<target><format type='%s'/></target></volume>",
                             volume->name, volume->capacity, volume->preallocate ? volume->capacity : 0,
                             volume->format);
  virStoragePoolPtr pool = open_pool (connection, volume->pool != NULL ? volume->pool : DEFAULT_POOL, default_path,
                                      error);
  virStorageVolPtr made;

  if (pool == NULL)
    return NULL;
  made = virStorageVolCreateXML (pool, xml, 0);
  if (made == NULL)
    *error = lodge_error_new_from_libvirt (NULL);
  virStoragePoolFree (pool);
  return made;
}

/* A network that does not run is started, and then added to @started */
static gboolean
start_network (virConnectPtr   connection,
               const char     *name,
               GPtrArray      *started,
               GError        **error)
{
  virNetworkPtr network = virNetworkLookupByName (connection, name);

  if (network != NULL && virNetworkIsActive (network) == 1)
    virNetworkFree (network);
  else if (network != NULL && virNetworkCreate (network) == 0)
    g_ptr_array_add (started, network);
  else
    {
      *error = lodge_error_new_from_libvirt (NULL);
      if (network != NULL)
        virNetworkFree (network);
      return FALSE;
    }
  return TRUE;
}

/* The networks in <source network='…'/> of @xml's cards. XML that is not well-formed is for the definition to refuse. */
static void
start_networks (virConnectPtr   connection,
                const char     *xml,
                GPtrArray      *started,
                GError        **error)
{
  g_autoptr(LodgeXmlDocument) doc = lodge_xml_document_new (xml, -1, NULL);
  LodgeXmlNode devices;

  if (doc == NULL)
    return;
  devices = lodge_xml_document_get_first_child (doc, lodge_xml_document_get_root (doc), "devices");
  if (devices == LODGE_XML_NONE)
    return;
  for (LodgeXmlNode card = lodge_xml_document_get_first_child (doc, devices, "interface"); card != LODGE_XML_NONE;
       card = lodge_xml_document_get_next_sibling (doc, card, "interface"))
    {
      g_autofree char *name = lodge_xml_document_get_value (doc, card, "source/@network");

      if (name != NULL && !start_network (connection, name, started, error))
        return;
    }
}

/* Only what this made is taken back: nothing else is in @volumes and @networks */
static void
roll_back (virDomainPtr  domain,
           GPtrArray    *volumes,
           GPtrArray    *networks,
           GError       *error)
{
  g_autoptr(GPtrArray) left = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < networks->len; i++)
    virNetworkDestroy (g_ptr_array_index (networks, i));

  if (domain != NULL)
    {
      virDomainDestroyFlags (domain, 0);
      if (virDomainUndefineFlags (domain, VIR_DOMAIN_UNDEFINE_NVRAM | VIR_DOMAIN_UNDEFINE_TPM) < 0
          && virDomainUndefineFlags (domain, VIR_DOMAIN_UNDEFINE_NVRAM) < 0 && virDomainUndefine (domain) < 0)
        g_ptr_array_add (left, g_strdup (virDomainGetName (domain)));
    }
  for (guint i = 0; i < volumes->len; i++)
    {
      virStorageVolPtr volume = g_ptr_array_index (volumes, i);

      if (virStorageVolDelete (volume, 0) < 0)
        {
          char *path = virStorageVolGetPath (volume);

          g_ptr_array_add (left, g_strdup (path != NULL ? path : virStorageVolGetName (volume)));
          free (path);
        }
    }
  if (left->len > 0)
    {
      g_autofree char *names = NULL;
      g_autofree char *hint = NULL;

      g_ptr_array_add (left, NULL);
      names = g_strjoinv (", ", (char **) left->pdata);
      hint = g_strdup_printf (_("What was made before could not be removed: %s"), names);
      lodge_error_set_hint (error, hint);
    }
}

static void
free_volume (gpointer volume)
{
  virStorageVolFree (volume);
}

static void
free_network (gpointer network)
{
  virNetworkFree (network);
}

static void
create_worker (GTask         *task,
               virConnectPtr  connection,
               gpointer       task_data,
               GCancellable  *cancellable)
{
  Creation *creation = task_data;
  g_autoptr(GPtrArray) volumes = g_ptr_array_new_with_free_func (free_volume);
  g_autoptr(GPtrArray) networks = g_ptr_array_new_with_free_func (free_network);
  virDomainPtr domain = NULL;
  GError *error = NULL;

  creation->step = LODGE_CREATION_STEP_VOLUME;
  for (guint i = 0; error == NULL && i < creation->volumes->len; i++)
    {
      virStorageVolPtr volume = NULL;

      if (!g_cancellable_set_error_if_cancelled (cancellable, &error))
        volume = create_volume (connection, g_ptr_array_index (creation->volumes, i), creation->pool_path, &error);
      if (volume != NULL)
        g_ptr_array_add (volumes, volume);
    }

  if (error == NULL && creation->start && !g_cancellable_set_error_if_cancelled (cancellable, &error))
    {
      creation->step = LODGE_CREATION_STEP_NETWORK;
      start_networks (connection, creation->xml, networks, &error);
    }
  if (error == NULL && !g_cancellable_set_error_if_cancelled (cancellable, &error))
    {
      creation->step = LODGE_CREATION_STEP_DEFINE;
      domain = virDomainDefineXMLFlags (connection, creation->xml, VIR_DOMAIN_DEFINE_VALIDATE);
      if (domain == NULL)
        error = lodge_error_new_from_libvirt (NULL);
    }
  if (error == NULL && creation->start && !g_cancellable_set_error_if_cancelled (cancellable, &error))
    {
      creation->step = LODGE_CREATION_STEP_START;
      if (virDomainCreateWithFlags (domain, 0) < 0)
        error = lodge_domain_new_error (domain);
    }

  if (error == NULL && virDomainGetUUIDString (domain, creation->uuid) == 0)
    g_task_return_boolean (task, TRUE);
  else
    {
      if (error == NULL)
        error = lodge_error_new_from_libvirt (NULL);
      roll_back (domain, volumes, networks, error);
      g_task_return_error (task, error);
    }
  if (domain != NULL)
    virDomainFree (domain);
}

/* What was made may have come over the connection for long calls: the row's handle is of the other one */
static void
find_worker (GTask         *task,
             virConnectPtr  connection,
             gpointer       task_data,
             GCancellable  *cancellable)
{
  Creation *creation = task_data;
  virDomainPtr domain = virDomainLookupByUUIDString (connection, creation->uuid);
  LodgeDomainRecord *record = domain != NULL ? lodge_domain_record_read (domain) : NULL;

  if (record != NULL && !record->gone)
    g_task_return_pointer (task, record, (GDestroyNotify) lodge_domain_record_free);
  else
    {
      g_task_return_error (task, lodge_error_new_from_libvirt (NULL));
      g_clear_pointer (&record, lodge_domain_record_free);
    }
  if (domain != NULL)
    virDomainFree (domain);
}

static void
created_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    lodge_connection_run (LODGE_CONNECTION (object), LODGE_LANE_BULK, task, find_worker);
  else
    g_task_return_error (task, error);
}

/* The usual folder for images, as libvirt's own tools choose it */
static char *
dup_default_path (LodgeConnection *connection)
{
  const LodgeUri *uri = lodge_connection_get_parsed_uri (connection);

  if (uri == NULL || !g_str_equal (uri->driver, "qemu"))
    return NULL;
  if (!lodge_uri_is_session (uri))
    return g_strdup ("/var/lib/libvirt/images");
  return lodge_uri_is_local (uri) ? g_build_filename (g_get_user_data_dir (), "libvirt", "images", NULL) : NULL;
}

/**
 * lodge_machine_creation_run_async:
 * @connection: an open connection
 * @xml: of the domain
 * @volumes: (nullable) (element-type LodgeNewVolume): to be made first
 * @start: whether it is started when it is defined
 * @job: (nullable): finished with the result; cancelling it takes back what was made
 *
 * virStorageVolCreateXML(), virNetworkCreate(), virDomainDefineXMLFlags() with VALIDATE, virDomainCreateWithFlags().
 */
void
lodge_machine_creation_run_async (LodgeConnection     *connection,
                                  const char          *xml,
                                  GPtrArray           *volumes,
                                  gboolean             start,
                                  LodgeJob            *job,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  GCancellable *cancellable = job != NULL ? lodge_job_get_cancellable (job) : NULL;
  g_autoptr(GTask) task = g_task_new (connection, cancellable, callback, user_data);
  g_autoptr(GTask) making = g_task_new (connection, cancellable, created_cb, g_object_ref (task));
  Creation *creation = g_new0 (Creation, 1);

  /* Cancelling must not hide what was made: the worker looks at it between its steps */
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_check_cancellable (making, FALSE);
  g_task_set_source_tag (task, lodge_machine_creation_run_async);
  creation->xml = g_strdup (xml);
  creation->start = start;
  creation->pool_path = dup_default_path (connection);
  creation->volumes = g_ptr_array_new_with_free_func ((GDestroyNotify) lodge_new_volume_free);
  for (guint i = 0; volumes != NULL && i < volumes->len; i++)
    g_ptr_array_add (creation->volumes, lodge_new_volume_copy (g_ptr_array_index (volumes, i)));
  if (job != NULL)
    {
      creation->job = g_object_ref (job);
      lodge_job_set_progress (job, _("Creating"), -1);
    }
  g_task_set_task_data (task, creation, creation_free);
  g_task_set_source_tag (making, create_worker);
  /* (It ends before @task does.) */
  g_task_set_task_data (making, creation, NULL);
  lodge_connection_run (connection, LODGE_LANE_LONG, making, create_worker);
}

/**
 * lodge_machine_creation_run_finish:
 * @failed_step: (out) (optional): what failed
 *
 * Returns: (transfer full) (nullable): the machine, which is in the list now
 */
LodgeDomain *
lodge_machine_creation_run_finish (LodgeConnection    *connection,
                                   GAsyncResult       *result,
                                   LodgeCreationStep  *failed_step,
                                   GError            **error)
{
  GError *local_error = NULL;
  Creation *creation;
  LodgeDomainRecord *record;
  LodgeDomain *domain = NULL;

  g_return_val_if_fail (g_task_is_valid (result, connection), NULL);

  creation = g_task_get_task_data (G_TASK (result));
  record = g_task_propagate_pointer (G_TASK (result), &local_error);
  if (record != NULL)
    {
      domain = g_object_ref (lodge_connection_take_record (connection, record));
      lodge_domain_record_free (record);
    }
  if (failed_step != NULL)
    *failed_step = creation->step;
  if (creation->job != NULL)
    lodge_job_finish (creation->job, local_error);
  if (local_error != NULL)
    g_propagate_error (error, local_error);
  return domain;
}
