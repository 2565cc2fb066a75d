/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-check-facts"

#include "config.h"

#include "lodge-check-up.h"

#include "model/lodge-connection.h"

void
lodge_check_facts_free (LodgeCheckFacts *self)
{
  g_clear_object (&self->host);
  g_clear_object (&self->domain);
  g_clear_pointer (&self->machine, lodge_machine_facts_unref);
  g_free (self);
}

/* Three questions, one after the other: what has no answer stays NULL */

typedef struct
{
  char            *xml;
  LodgeCheckFacts *facts;   /* owned, nullable: given to the caller */
} Reading;

static void
reading_free (gpointer data)
{
  Reading *reading = data;

  g_free (reading->xml);
  g_clear_pointer (&reading->facts, lodge_check_facts_free);
  g_free (reading);
}

static void
machine_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  Reading *reading = g_task_get_task_data (task);

  reading->facts->machine = lodge_connection_read_machine_facts_finish (LODGE_CONNECTION (object), result, NULL);
  g_task_return_pointer (task, g_steal_pointer (&reading->facts), (GDestroyNotify) lodge_check_facts_free);
}

static void
domain_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  Reading *reading = g_task_get_task_data (task);

  reading->facts->domain = lodge_connection_get_domain_capabilities_finish (LODGE_CONNECTION (object), result, NULL);
  lodge_connection_read_machine_facts_async (LODGE_CONNECTION (object), reading->xml, g_task_get_cancellable (task),
                                             machine_cb, g_object_ref (task));
}

static void
host_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  Reading *reading = g_task_get_task_data (task);
  g_autoptr(LodgeXmlDocument) document = lodge_xml_document_new (reading->xml, -1, NULL);
  const LodgeXmlNode root = lodge_xml_document_get_root (document);
  g_autofree char *arch = lodge_xml_document_get_value (document, root, "os/type/@arch");
  g_autofree char *machine = lodge_xml_document_get_value (document, root, "os/type/@machine");
  g_autofree char *type = lodge_xml_document_get_value (document, root, "@type");

  reading->facts->host = lodge_connection_get_capabilities_finish (LODGE_CONNECTION (object), result, NULL);
  /* Without the emulator of the definition, which may be gone */
  lodge_connection_get_domain_capabilities_async (LODGE_CONNECTION (object), NULL, arch, machine, type,
                                                  g_task_get_cancellable (task), domain_cb, g_object_ref (task));
}

/**
 * lodge_check_facts_read_async:
 * @connection: an open connection
 * @xml: the definition of a machine
 * @cancellable: (nullable): turns the result into a cancelled error
 * @callback: (scope async) (closure user_data): called in the caller's context
 * @user_data: data for @callback
 *
 * Gathers what the rules want to know of the host. Fails only when @xml is not XML or when it is cancelled: what cannot
 * be found out is left open.
 */
void
lodge_check_facts_read_async (LodgeConnection     *connection,
                              const char          *xml,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  g_autoptr(LodgeXmlDocument) document = NULL;
  GError *error = NULL;
  Reading *reading;

  g_return_if_fail (LODGE_IS_CONNECTION (connection));

  task = g_task_new (connection, cancellable, callback, user_data);
  g_task_set_source_tag (task, lodge_check_facts_read_async);
  document = lodge_xml_document_new (xml, -1, &error);
  if (document == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  reading = g_new0 (Reading, 1);
  reading->xml = g_strdup (xml);
  reading->facts = g_new0 (LodgeCheckFacts, 1);
  g_task_set_task_data (task, reading, reading_free);
  lodge_connection_get_capabilities_async (connection, cancellable, host_cb, g_object_ref (task));
}

LodgeCheckFacts *
lodge_check_facts_read_finish (LodgeConnection  *connection,
                               GAsyncResult     *result,
                               GError          **error)
{
  g_return_val_if_fail (g_task_is_valid (result, connection), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
