/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-domain-device"

#include "config.h"

#include "lodge-domain-device.h"

#include <glib/gi18n-lib.h>

#include "lodge-connection-private.h"
#include "util/lodge-error.h"
#include "xml/lodge-xml-document.h"

/* The guest's own software lets a device go, or not: libvirt only asks it */
#define DETACH_PATIENCE_S 20

typedef struct
{
  GMutex  lock;
  GCond   cond;
  char   *alias;
  int     answer;   /* 0: none yet, 1: removed, -1: refused by the guest */
  int     users;    /* atomic */
} Detach;

static void
detach_unref (gpointer data)
{
  Detach *detach = data;

  if (!g_atomic_int_dec_and_test (&detach->users))
    return;
  g_mutex_clear (&detach->lock);
  g_cond_clear (&detach->cond);
  g_free (detach->alias);
  g_free (detach);
}

static void
answer (Detach     *detach,
        const char *alias,
        int         value)
{
  g_mutex_lock (&detach->lock);
  if (g_strcmp0 (alias, detach->alias) == 0)
    {
      detach->answer = value;
      g_cond_signal (&detach->cond);
    }
  g_mutex_unlock (&detach->lock);
}

static void
removed_cb (virConnectPtr  connection,
            virDomainPtr   domain,
            const char    *alias,
            void          *user_data)
{
  answer (user_data, alias, 1);
}

static void
removal_failed_cb (virConnectPtr  connection,
                   virDomainPtr   domain,
                   const char    *alias,
                   void          *user_data)
{
  answer (user_data, alias, -1);
}

static int
watch (virDomainPtr                       domain,
       int                                event,
       virConnectDomainEventGenericCallback callback,
       Detach                            *detach)
{
  int id;

  g_atomic_int_inc (&detach->users);
  id = virConnectDomainEventRegisterAny (virDomainGetConnect (domain), domain, event, callback, detach, detach_unref);
  if (id < 0)
    detach_unref (detach);
  return id;
}

static char *
get_alias (const char *xml)
{
  g_autoptr(LodgeXmlDocument) document = lodge_xml_document_new (xml, -1, NULL);

  return document != NULL ? lodge_xml_document_get_value (document, lodge_xml_document_get_root (document),
                                                          "alias/@name")
                          : NULL;
}

/* Not every hypervisor has the events, and not every removal is one: the live definition has the last word */
static gboolean
is_there (virDomainPtr  domain,
          const char   *alias)
{
  char *xml = virDomainGetXMLDesc (domain, 0);
  g_autofree char *apostrophes = g_strdup_printf ("<alias name='%s'/>", alias);
  const gboolean there = xml != NULL && strstr (xml, apostrophes) != NULL;

  free (xml);
  return there;
}

static gboolean
wait_for_guest (Detach *detach)
{
  const gint64 end = g_get_monotonic_time () + DETACH_PATIENCE_S * G_TIME_SPAN_SECOND;
  int result;

  g_mutex_lock (&detach->lock);
  while (detach->answer == 0 && g_cond_wait_until (&detach->cond, &detach->lock, end))
    ;
  result = detach->answer;
  g_mutex_unlock (&detach->lock);
  return result > 0;
}

static void
detach (virDomainPtr     domain,
        LodgeLiveChange *change)
{
  virConnectPtr connection = virDomainGetConnect (domain);
  Detach *wait = g_new0 (Detach, 1);
  int removed, failed;

  g_mutex_init (&wait->lock);
  g_cond_init (&wait->cond);
  wait->users = 1;
  wait->alias = get_alias (change->text);
  /* Before the request: the answer may be faster than its reply */
  removed = watch (domain, VIR_DOMAIN_EVENT_ID_DEVICE_REMOVED, VIR_DOMAIN_EVENT_CALLBACK (removed_cb), wait);
  failed = watch (domain, VIR_DOMAIN_EVENT_ID_DEVICE_REMOVAL_FAILED, VIR_DOMAIN_EVENT_CALLBACK (removal_failed_cb),
                  wait);

  if (virDomainDetachDeviceFlags (domain, change->text, VIR_DOMAIN_AFFECT_LIVE) < 0)
    change->error = lodge_domain_new_error (domain);
  else if (wait->alias != NULL && removed >= 0 && is_there (domain, wait->alias) && !wait_for_guest (wait)
           && is_there (domain, wait->alias))
    g_set_error (&change->error, LODGE_ERROR, LODGE_ERROR_TIMED_OUT,
                 _("The guest was asked to let the device go, but has not done so in %d seconds. It may still do so; "
                   "a guest that is not started up yet cannot."), DETACH_PATIENCE_S);

  if (removed >= 0)
    virConnectDomainEventDeregisterAny (connection, removed);
  if (failed >= 0)
    virConnectDomainEventDeregisterAny (connection, failed);
  detach_unref (wait);
}

static int
set_metadata (virDomainPtr     domain,
              int              type,
              LodgeLiveChange *change)
{
  return virDomainSetMetadata (domain, type, *change->text != '\0' ? change->text : NULL, NULL, NULL,
                               VIR_DOMAIN_AFFECT_LIVE);
}

/* The names of the elements of <iotune> are those of the parameters, but for the ending “_max_length” */
static int
set_io_limits (virDomainPtr     domain,
               LodgeLiveChange *change)
{
  static const char * const names[] = {
    "total_bytes_sec", "read_bytes_sec", "write_bytes_sec", "total_iops_sec", "read_iops_sec", "write_iops_sec",
    "total_bytes_sec_max", "read_bytes_sec_max", "write_bytes_sec_max", "total_iops_sec_max", "read_iops_sec_max",
    "write_iops_sec_max", "size_iops_sec",
  };
  g_autoptr(LodgeXmlDocument) document = lodge_xml_document_new (change->text, -1, NULL);
  virTypedParameterPtr parameters = NULL;
  int n = 0, capacity = 0, result = 0;

  for (guint i = 0; i < G_N_ELEMENTS (names) && result == 0; i++)
    {
      g_autofree char *value = document != NULL
                               ? lodge_xml_document_get_value (document, lodge_xml_document_get_root (document),
                                                               names[i])
                               : NULL;

      /* A limit of a burst without its limit is refused, also as 0: only the plain ones are reset */
      if (value != NULL || i < 6)
        result = virTypedParamsAddULLong (&parameters, &n, &capacity, names[i],
                                          value != NULL ? g_ascii_strtoull (value, NULL, 10) : 0);
    }
  if (result == 0)
    result = virDomainSetBlockIoTune (domain, change->target, parameters, n, VIR_DOMAIN_AFFECT_LIVE);
  virTypedParamsFree (parameters, n);
  return result;
}

static int
call (virDomainPtr     domain,
      LodgeLiveChange *change)
{
  switch (change->kind)
    {
    case LODGE_LIVE_ATTACH:
      return virDomainAttachDeviceFlags (domain, change->text, VIR_DOMAIN_AFFECT_LIVE);
    case LODGE_LIVE_UPDATE:
      return virDomainUpdateDeviceFlags (domain, change->text, VIR_DOMAIN_AFFECT_LIVE);
    case LODGE_LIVE_MEMORY:
      return virDomainSetMemoryFlags (domain, g_ascii_strtoull (change->text, NULL, 10), VIR_DOMAIN_AFFECT_LIVE);
    case LODGE_LIVE_VCPUS:
      return virDomainSetVcpusFlags (domain, g_ascii_strtoull (change->text, NULL, 10), VIR_DOMAIN_AFFECT_LIVE);
    case LODGE_LIVE_TITLE:
      return set_metadata (domain, VIR_DOMAIN_METADATA_TITLE, change);
    case LODGE_LIVE_DESCRIPTION:
      return set_metadata (domain, VIR_DOMAIN_METADATA_DESCRIPTION, change);
    case LODGE_LIVE_IO_LIMITS:
      return set_io_limits (domain, change);
    case LODGE_LIVE_DETACH:
    default:
      g_return_val_if_reached (-1);
    }
}

/**
 * lodge_domain_device_carry_out:
 * @domain: a running domain
 * @change: what to do; its error is set when it was not done
 *
 * Blocks, a detach up to 20 s: for workers. LIVE only: the definition is changed by itself, as the elements of a
 * running and of a defined machine differ.
 */
void
lodge_domain_device_carry_out (virDomainPtr     domain,
                               LodgeLiveChange *change)
{
  g_clear_error (&change->error);
  if (change->kind == LODGE_LIVE_DETACH)
    detach (domain, change);
  else if (call (domain, change) < 0)
    change->error = lodge_domain_new_error (domain);
}
