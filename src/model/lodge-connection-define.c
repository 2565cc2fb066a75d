/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-connection"

#include "config.h"

#include "lodge-connection-private.h"
#include "lodge-capabilities.h"
#include "lodge-libvirt-error.h"

/* What is asked of a connection as a whole: defining a domain, capabilities */

static void
define_worker (GTask         *task,
               virConnectPtr  connection,
               gpointer       task_data,
               GCancellable  *cancellable)
{
  virDomainPtr domain = virDomainDefineXMLFlags (connection, task_data, VIR_DOMAIN_DEFINE_VALIDATE);
  LodgeDomainRecord *record;

  if (domain == NULL)
    {
      g_task_return_error (task, lodge_error_new_from_libvirt (NULL));
      return;
    }
  record = lodge_domain_record_read (domain);
  if (record == NULL || record->gone)
    g_task_return_error (task, lodge_error_new_from_libvirt (NULL));
  else
    g_task_return_pointer (task, g_steal_pointer (&record), (GDestroyNotify) lodge_domain_record_free);
  g_clear_pointer (&record, lodge_domain_record_free);
  virDomainFree (domain);
}

/**
 * lodge_connection_define_domain_async:
 * @self: an open connection
 * @xml: of the domain
 * @cancellable: (nullable): turns the result into a cancelled error; the domain may be defined all the same
 *
 * virDomainDefineXMLFlags() with VALIDATE.
 */
void
lodge_connection_define_domain_async (LodgeConnection     *self,
                                      const char          *xml,
                                      GCancellable        *cancellable,
                                      GAsyncReadyCallback  callback,
                                      gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, lodge_connection_define_domain_async);
  g_task_set_task_data (task, g_strdup (xml), g_free);
  lodge_connection_run (self, LODGE_LANE_CONTROL, task, define_worker);
}

/**
 * lodge_connection_define_domain_finish:
 *
 * Returns: (transfer full) (nullable): the domain, which is in the list now
 */
LodgeDomain *
lodge_connection_define_domain_finish (LodgeConnection  *self,
                                       GAsyncResult     *result,
                                       GError          **error)
{
  LodgeDomainRecord *record;
  LodgeDomain *domain;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  record = g_task_propagate_pointer (G_TASK (result), error);
  if (record == NULL)
    return NULL;
  domain = g_object_ref (lodge_connection_take_record (self, record));
  lodge_domain_record_free (record);
  return domain;
}

static void
capabilities_worker (GTask         *task,
                     virConnectPtr  connection,
                     gpointer       task_data,
                     GCancellable  *cancellable)
{
  char *xml = virConnectGetCapabilities (connection);
  GError *error = NULL;
  LodgeCapabilities *capabilities;

  if (xml == NULL)
    {
      g_task_return_error (task, lodge_error_new_from_libvirt (NULL));
      return;
    }
  capabilities = lodge_capabilities_new (xml, &error);
  free (xml);
  if (capabilities != NULL)
    g_task_return_pointer (task, capabilities, g_object_unref);
  else
    g_task_return_error (task, error);
}

/* virConnectGetCapabilities(): seconds on a daemon that has just started */
void
lodge_connection_get_capabilities_async (LodgeConnection     *self,
                                         GCancellable        *cancellable,
                                         GAsyncReadyCallback  callback,
                                         gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, lodge_connection_get_capabilities_async);
  lodge_connection_run (self, LODGE_LANE_CONTROL, task, capabilities_worker);
}

LodgeCapabilities *
lodge_connection_get_capabilities_finish (LodgeConnection  *self,
                                          GAsyncResult     *result,
                                          GError          **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

typedef struct
{
  char *emulator, *arch, *machine, *virt_type;
} Question;

static void
question_free (gpointer data)
{
  Question *question = data;

  g_free (question->emulator);
  g_free (question->arch);
  g_free (question->machine);
  g_free (question->virt_type);
  g_free (question);
}

static void
domain_capabilities_worker (GTask         *task,
                            virConnectPtr  connection,
                            gpointer       task_data,
                            GCancellable  *cancellable)
{
  Question *question = task_data;
  char *xml = virConnectGetDomainCapabilities (connection, question->emulator, question->arch,
                                               question->machine, question->virt_type, 0);
  GError *error = NULL;
  LodgeDomainCapabilities *capabilities;

  if (xml == NULL)
    {
      g_task_return_error (task, lodge_error_new_from_libvirt (NULL));
      return;
    }
  capabilities = lodge_domain_capabilities_new (xml, &error);
  free (xml);
  if (capabilities != NULL)
    g_task_return_pointer (task, capabilities, g_object_unref);
  else
    g_task_return_error (task, error);
}

/* virConnectGetDomainCapabilities(); every argument but @self may be NULL: the host's default */
void
lodge_connection_get_domain_capabilities_async (LodgeConnection     *self,
                                                const char          *emulator,
                                                const char          *arch,
                                                const char          *machine,
                                                const char          *virt_type,
                                                GCancellable        *cancellable,
                                                GAsyncReadyCallback  callback,
                                                gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (self, cancellable, callback, user_data);
  Question *question = g_new0 (Question, 1);

  question->emulator = g_strdup (emulator);
  question->arch = g_strdup (arch);
  question->machine = g_strdup (machine);
  question->virt_type = g_strdup (virt_type);
  g_task_set_source_tag (task, lodge_connection_get_domain_capabilities_async);
  g_task_set_task_data (task, question, question_free);
  lodge_connection_run (self, LODGE_LANE_CONTROL, task, domain_capabilities_worker);
}

LodgeDomainCapabilities *
lodge_connection_get_domain_capabilities_finish (LodgeConnection  *self,
                                                 GAsyncResult     *result,
                                                 GError          **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
