/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "driver-stub.h"

#include <dlfcn.h>
#include <libvirt/libvirt.h>
#include <libvirt/virterror.h>

static GMutex mutex;
static GHashTable *refused;   /* name → how often; with @mutex */

void
driver_stub_set_lacking (const char * const *calls)
{
  g_mutex_lock (&mutex);
  g_clear_pointer (&refused, g_hash_table_unref);
  refused = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; calls[i] != NULL; i++)
    g_hash_table_insert (refused, (gpointer) calls[i], GUINT_TO_POINTER (0));
  g_mutex_unlock (&mutex);
}

guint
driver_stub_get_n_refused (const char *call)
{
  guint n;

  g_mutex_lock (&mutex);
  g_assert_true (refused != NULL && g_hash_table_contains (refused, call));
  n = GPOINTER_TO_UINT (g_hash_table_lookup (refused, call));
  g_mutex_unlock (&mutex);
  return n;
}

static gboolean
is_lacking (const char    *call,
            virConnectPtr  connection)
{
  gboolean lacking;

  g_mutex_lock (&mutex);
  lacking = refused != NULL && g_hash_table_contains (refused, call);
  if (lacking)
    g_hash_table_insert (refused, (gpointer) call,
                         GUINT_TO_POINTER (GPOINTER_TO_UINT (g_hash_table_lookup (refused, call)) + 1));
  g_mutex_unlock (&mutex);
  /* One that no driver here has leaves the very error */
  if (lacking)
    virNodeSuspendForDuration (connection, VIR_NODE_SUSPEND_TARGET_MEM, 60, 0);
  return lacking;
}

#define STUB(result, failure, name, connection, parameters, arguments)       \
  result                                                                     \
  name parameters                                                            \
  {                                                                          \
    result (*real) parameters;                                               \
                                                                             \
    if (is_lacking (#name, connection))                                      \
      return failure;                                                        \
    *(void **) &real = dlsym (RTLD_NEXT, #name);                             \
    return real arguments;                                                   \
  }

#define STUB_CONNECTION(name, parameters, arguments) STUB (int, -1, name, c, parameters, arguments)
#define STUB_DOMAIN(name, parameters, arguments) STUB (int, -1, name, virDomainGetConnect (d), parameters, arguments)

STUB_CONNECTION (virConnectDomainEventRegisterAny,
                 (virConnectPtr c, virDomainPtr domain, int id, virConnectDomainEventGenericCallback callback,
                  void *opaque, virFreeCallback free_cb),
                 (c, domain, id, callback, opaque, free_cb))
STUB_CONNECTION (virConnectGetAllDomainStats,
                 (virConnectPtr c, unsigned int stats, virDomainStatsRecordPtr **records, unsigned int flags),
                 (c, stats, records, flags))
STUB_CONNECTION (virConnectListAllStoragePools,
                 (virConnectPtr c, virStoragePoolPtr **pools, unsigned int flags), (c, pools, flags))
STUB (char *, NULL, virConnectGetDomainCapabilities, c,
      (virConnectPtr c, const char *emulator, const char *arch, const char *machine, const char *type, unsigned int flags),
      (c, emulator, arch, machine, type, flags))

STUB_DOMAIN (virDomainCreateWithFlags, (virDomainPtr d, unsigned int flags), (d, flags))
STUB_DOMAIN (virDomainSuspend, (virDomainPtr d), (d))
STUB_DOMAIN (virDomainResume, (virDomainPtr d), (d))
STUB_DOMAIN (virDomainPMWakeup, (virDomainPtr d, unsigned int flags), (d, flags))
STUB_DOMAIN (virDomainShutdownFlags, (virDomainPtr d, unsigned int flags), (d, flags))
STUB_DOMAIN (virDomainReboot, (virDomainPtr d, unsigned int flags), (d, flags))
STUB_DOMAIN (virDomainReset, (virDomainPtr d, unsigned int flags), (d, flags))
STUB_DOMAIN (virDomainDestroyFlags, (virDomainPtr d, unsigned int flags), (d, flags))
STUB_DOMAIN (virDomainUndefineFlags, (virDomainPtr d, unsigned int flags), (d, flags))
STUB_DOMAIN (virDomainManagedSave, (virDomainPtr d, unsigned int flags), (d, flags))
STUB_DOMAIN (virDomainManagedSaveRemove, (virDomainPtr d, unsigned int flags), (d, flags))
STUB_DOMAIN (virDomainHasManagedSaveImage, (virDomainPtr d, unsigned int flags), (d, flags))
STUB_DOMAIN (virDomainRename, (virDomainPtr d, const char *name, unsigned int flags), (d, name, flags))
STUB_DOMAIN (virDomainGetAutostart, (virDomainPtr d, int *autostart), (d, autostart))
STUB_DOMAIN (virDomainSetAutostart, (virDomainPtr d, int autostart), (d, autostart))
STUB_DOMAIN (virDomainIsPersistent, (virDomainPtr d), (d))
STUB_DOMAIN (virDomainSetMetadata,
             (virDomainPtr d, int type, const char *metadata, const char *key, const char *uri, unsigned int flags),
             (d, type, metadata, key, uri, flags))
STUB_DOMAIN (virDomainInterfaceAddresses,
             (virDomainPtr d, virDomainInterfacePtr **interfaces, unsigned int source, unsigned int flags),
             (d, interfaces, source, flags))
STUB_DOMAIN (virDomainListAllSnapshots,
             (virDomainPtr d, virDomainSnapshotPtr **snapshots, unsigned int flags), (d, snapshots, flags))
STUB (virDomainSnapshotPtr, NULL, virDomainSnapshotCreateXML, virDomainGetConnect (d),
      (virDomainPtr d, const char *xml, unsigned int flags), (d, xml, flags))
STUB (char *, NULL, virDomainScreenshot, virDomainGetConnect (d),
      (virDomainPtr d, virStreamPtr stream, unsigned int screen, unsigned int flags), (d, stream, screen, flags))
