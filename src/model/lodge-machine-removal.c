/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-machine-removal"

#include "config.h"

#include "lodge-connection-private.h"
#include "lodge-history.h"
#include "lodge-job.h"
#include "lodge-libvirt-error.h"
#include "lodge-machine-removal.h"

#include <glib/gi18n.h>

#include "util/lodge-error.h"

/* The definition goes into the history before anything else happens */
static gboolean
keep_definition (virDomainPtr   domain,
                 GError       **error)
{
  char uuid[VIR_UUID_STRING_BUFLEN] = "";
  char *xml = virDomainGetXMLDesc (domain, VIR_DOMAIN_XML_INACTIVE);
  g_autofree char *path = NULL;

  if (xml == NULL)
    {
      g_propagate_error (error, lodge_domain_new_error (domain));
      return FALSE;
    }
  virDomainGetUUIDString (domain, uuid);
  path = lodge_history_keep (uuid, xml, error);
  free (xml);
  return path != NULL;
}

/* Drivers know different flags: with fewer of them the ones that do not apply are left out */
static gboolean
undefine (virDomainPtr   domain,
          GError       **error)
{
  static const unsigned int tries[] = {
    VIR_DOMAIN_UNDEFINE_MANAGED_SAVE | VIR_DOMAIN_UNDEFINE_SNAPSHOTS_METADATA
    | VIR_DOMAIN_UNDEFINE_CHECKPOINTS_METADATA | VIR_DOMAIN_UNDEFINE_NVRAM | VIR_DOMAIN_UNDEFINE_TPM,
    VIR_DOMAIN_UNDEFINE_MANAGED_SAVE | VIR_DOMAIN_UNDEFINE_SNAPSHOTS_METADATA
    | VIR_DOMAIN_UNDEFINE_CHECKPOINTS_METADATA | VIR_DOMAIN_UNDEFINE_NVRAM,
    VIR_DOMAIN_UNDEFINE_MANAGED_SAVE | VIR_DOMAIN_UNDEFINE_SNAPSHOTS_METADATA | VIR_DOMAIN_UNDEFINE_NVRAM,
    VIR_DOMAIN_UNDEFINE_MANAGED_SAVE | VIR_DOMAIN_UNDEFINE_SNAPSHOTS_METADATA,
    VIR_DOMAIN_UNDEFINE_MANAGED_SAVE,
    0,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (tries); i++)
    {
      int code;

      if (virDomainUndefineFlags (domain, tries[i]) == 0
          || (virGetLastErrorCode () == VIR_ERR_NO_SUPPORT && virDomainUndefine (domain) == 0))
        return TRUE;
      code = virGetLastErrorCode ();
      if (code == VIR_ERR_NO_DOMAIN)
        return TRUE;
      if (code != VIR_ERR_INVALID_ARG && code != VIR_ERR_NO_SUPPORT && code != VIR_ERR_ARGUMENT_UNSUPPORTED)
        break;
    }
  g_propagate_error (error, lodge_domain_new_error (domain));
  return FALSE;
}

static void
erase (virConnectPtr  connection,
       GPtrArray     *paths,
       GPtrArray     *left,
       GError       **error)
{
  for (guint i = 0; i < paths->len; i++)
    {
      const char *path = g_ptr_array_index (paths, i);
      virStorageVolPtr volume = virStorageVolLookupByPath (connection, path);

      if (volume == NULL || virStorageVolDelete (volume, 0) < 0)
        {
          g_ptr_array_add (left, g_strdup (path));
          if (*error == NULL)
            *error = lodge_error_new_from_libvirt (NULL);
        }
      if (volume != NULL)
        virStorageVolFree (volume);
    }
}

static void
delete_worker (GTask        *task,
               virDomainPtr  domain,
               gpointer      task_data,
               GCancellable *cancellable)
{
  GPtrArray *paths = g_object_get_data (G_OBJECT (task), "lodge-paths");
  g_autoptr(GPtrArray) left = g_ptr_array_new_with_free_func (g_free);
  GError *error = NULL;
  int state = 0;
  gboolean persistent;

  if (!keep_definition (domain, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  persistent = virDomainIsPersistent (domain) == 1;
  if (virDomainGetState (domain, &state, NULL, 0) == 0 && state != VIR_DOMAIN_SHUTOFF && state != VIR_DOMAIN_CRASHED
      && virDomainDestroyFlags (domain, 0) < 0 && virGetLastErrorCode () != VIR_ERR_OPERATION_INVALID)
    {
      g_task_return_error (task, lodge_domain_new_error (domain));
      return;
    }
  if (persistent && !undefine (domain, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  erase (virDomainGetConnect (domain), paths, left, &error);
  if (error != NULL)
    {
      g_autofree char *names = NULL;
      g_autofree char *hint = NULL;

      g_ptr_array_add (left, NULL);
      names = g_strjoinv (", ", (char **) left->pdata);
      hint = g_strdup_printf (_("The machine is deleted. These files are left: %s"), names);
      lodge_error_set_hint (error, hint);
      g_task_return_error (task, error);
      return;
    }
  g_task_return_boolean (task, TRUE);
}

static void
deleted_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  LodgeJob *job = g_task_get_task_data (task);
  GError *error = NULL;
  const gboolean done = g_task_propagate_boolean (G_TASK (result), &error);

  if (job != NULL)
    lodge_job_finish (job, error);
  if (done)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * lodge_domain_delete_async:
 * @domain: which machine
 * @erase: (nullable): a model of LodgeRemovableDisk: the volumes that go too
 * @job: (nullable): follows it and is finished
 *
 * virDomainDestroyFlags() if it runs, virDomainUndefineFlags(), virStorageVolDelete() for each disk. When a volume
 * cannot be erased, the machine is deleted all the same and the error's hint names the files that are left.
 */
void
lodge_domain_delete_async (LodgeDomain         *domain,
                           GListModel          *erase_model,
                           LodgeJob            *job,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  GTask *outer = g_task_new (domain, NULL, callback, user_data);
  g_autoptr(GTask) task = g_task_new (domain, NULL, deleted_cb, outer);
  GPtrArray *paths = g_ptr_array_new_with_free_func (g_free);

  g_task_set_source_tag (outer, lodge_domain_delete_async);
  if (job != NULL)
    {
      g_task_set_task_data (outer, g_object_ref (job), g_object_unref);
      lodge_job_set_progress (job, _("Deleting"), -1);
    }
  for (guint i = 0; erase_model != NULL && i < g_list_model_get_n_items (erase_model); i++)
    {
      g_autoptr(LodgeRemovableDisk) disk = g_list_model_get_item (erase_model, i);

      if (lodge_removable_disk_can_erase (disk))
        g_ptr_array_add (paths, g_strdup (lodge_removable_disk_get_path (disk)));
    }
  g_object_set_data_full (G_OBJECT (task), "lodge-paths", paths, (GDestroyNotify) g_ptr_array_unref);
  lodge_domain_run_call (domain, LODGE_LANE_LONG, task, delete_worker);
}

gboolean
lodge_domain_delete_finish (LodgeDomain   *domain,
                            GAsyncResult  *result,
                            GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, domain), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
