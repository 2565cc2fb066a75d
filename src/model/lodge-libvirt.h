/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <libvirt/libvirt.h>
#include <libvirt/virterror.h>

#include "config.h"

G_BEGIN_DECLS

/* What the files of model/ include instead of libvirt's header. Calls that can reach a host are counted, and
 * in development builds abort on the main thread. Reading a name or a UUID of a handle, and taking
 * references, stays on this side and is allowed anywhere. */

void  lodge_libvirt_guard     (const char *function);
/* Calls so far, for tests that count them */
guint lodge_libvirt_get_calls (void);

/* What virDomainGetUUIDString() does with sixteen printf(), which were half of what a long list cost. FALSE: not a
 * domain */
gboolean lodge_libvirt_get_uuid (virDomainPtr domain,
                                 char         uuid[VIR_UUID_STRING_BUFLEN]);

#if LODGE_DEVELOPMENT && !defined LODGE_NO_LIBVIRT_GUARD

#define LODGE_GUARDED(function, ...) (lodge_libvirt_guard (#function), function (__VA_ARGS__))

#define virConnectOpenAuth(...) LODGE_GUARDED (virConnectOpenAuth, __VA_ARGS__)
#define virConnectClose(...) LODGE_GUARDED (virConnectClose, __VA_ARGS__)
#define virConnectSetKeepAlive(...) LODGE_GUARDED (virConnectSetKeepAlive, __VA_ARGS__)
#define virConnectIsAlive(...) LODGE_GUARDED (virConnectIsAlive, __VA_ARGS__)
#define virConnectRegisterCloseCallback(...) LODGE_GUARDED (virConnectRegisterCloseCallback, __VA_ARGS__)
#define virConnectUnregisterCloseCallback(...) LODGE_GUARDED (virConnectUnregisterCloseCallback, __VA_ARGS__)
#define virConnectDomainEventRegisterAny(...) LODGE_GUARDED (virConnectDomainEventRegisterAny, __VA_ARGS__)
#define virConnectDomainEventDeregisterAny(...) LODGE_GUARDED (virConnectDomainEventDeregisterAny, __VA_ARGS__)
#define virConnectNetworkEventRegisterAny(...) LODGE_GUARDED (virConnectNetworkEventRegisterAny, __VA_ARGS__)
#define virConnectNetworkEventDeregisterAny(...) LODGE_GUARDED (virConnectNetworkEventDeregisterAny, __VA_ARGS__)
#define virConnectStoragePoolEventRegisterAny(...) LODGE_GUARDED (virConnectStoragePoolEventRegisterAny, __VA_ARGS__)
#define virConnectStoragePoolEventDeregisterAny(...) LODGE_GUARDED (virConnectStoragePoolEventDeregisterAny, __VA_ARGS__)
#define virConnectListAllDomains(...) LODGE_GUARDED (virConnectListAllDomains, __VA_ARGS__)
#define virConnectListAllNetworks(...) LODGE_GUARDED (virConnectListAllNetworks, __VA_ARGS__)
#define virConnectListAllStoragePools(...) LODGE_GUARDED (virConnectListAllStoragePools, __VA_ARGS__)
#define virConnectGetAllDomainStats(...) LODGE_GUARDED (virConnectGetAllDomainStats, __VA_ARGS__)
#define virDomainListGetStats(...) LODGE_GUARDED (virDomainListGetStats, __VA_ARGS__)
#define virConnectGetHostname(...) LODGE_GUARDED (virConnectGetHostname, __VA_ARGS__)
#define virConnectGetLibVersion(...) LODGE_GUARDED (virConnectGetLibVersion, __VA_ARGS__)
#define virConnectGetVersion(...) LODGE_GUARDED (virConnectGetVersion, __VA_ARGS__)
#define virConnectGetCapabilities(...) LODGE_GUARDED (virConnectGetCapabilities, __VA_ARGS__)
#define virConnectGetDomainCapabilities(...) LODGE_GUARDED (virConnectGetDomainCapabilities, __VA_ARGS__)
#define virConnectListAllNodeDevices(...) LODGE_GUARDED (virConnectListAllNodeDevices, __VA_ARGS__)
#define virNodeDeviceGetXMLDesc(...) LODGE_GUARDED (virNodeDeviceGetXMLDesc, __VA_ARGS__)
#define virNodeGetFreeMemory(...) LODGE_GUARDED (virNodeGetFreeMemory, __VA_ARGS__)
#define virNodeGetMemoryStats(...) LODGE_GUARDED (virNodeGetMemoryStats, __VA_ARGS__)
#define virNodeGetInfo(...) LODGE_GUARDED (virNodeGetInfo, __VA_ARGS__)
#define virDomainLookupByUUIDString(...) LODGE_GUARDED (virDomainLookupByUUIDString, __VA_ARGS__)
#define virDomainDefineXMLFlags(...) LODGE_GUARDED (virDomainDefineXMLFlags, __VA_ARGS__)
#define virDomainUndefineFlags(...) LODGE_GUARDED (virDomainUndefineFlags, __VA_ARGS__)
#define virDomainUndefine(...) LODGE_GUARDED (virDomainUndefine, __VA_ARGS__)
#define virDomainCreateWithFlags(...) LODGE_GUARDED (virDomainCreateWithFlags, __VA_ARGS__)
#define virDomainCreate(...) LODGE_GUARDED (virDomainCreate, __VA_ARGS__)
#define virDomainShutdown(...) LODGE_GUARDED (virDomainShutdown, __VA_ARGS__)
#define virDomainDestroy(...) LODGE_GUARDED (virDomainDestroy, __VA_ARGS__)
#define virDomainSuspend(...) LODGE_GUARDED (virDomainSuspend, __VA_ARGS__)
#define virDomainResume(...) LODGE_GUARDED (virDomainResume, __VA_ARGS__)
#define virDomainPMWakeup(...) LODGE_GUARDED (virDomainPMWakeup, __VA_ARGS__)
#define virDomainShutdownFlags(...) LODGE_GUARDED (virDomainShutdownFlags, __VA_ARGS__)
#define virDomainReboot(...) LODGE_GUARDED (virDomainReboot, __VA_ARGS__)
#define virDomainReset(...) LODGE_GUARDED (virDomainReset, __VA_ARGS__)
#define virDomainDestroyFlags(...) LODGE_GUARDED (virDomainDestroyFlags, __VA_ARGS__)
#define virDomainManagedSave(...) LODGE_GUARDED (virDomainManagedSave, __VA_ARGS__)
#define virDomainManagedSaveRemove(...) LODGE_GUARDED (virDomainManagedSaveRemove, __VA_ARGS__)
#define virDomainHasManagedSaveImage(...) LODGE_GUARDED (virDomainHasManagedSaveImage, __VA_ARGS__)
#define virDomainRename(...) LODGE_GUARDED (virDomainRename, __VA_ARGS__)
#define virDomainSetAutostart(...) LODGE_GUARDED (virDomainSetAutostart, __VA_ARGS__)
#define virDomainGetAutostart(...) LODGE_GUARDED (virDomainGetAutostart, __VA_ARGS__)
#define virDomainIsPersistent(...) LODGE_GUARDED (virDomainIsPersistent, __VA_ARGS__)
#define virDomainIsActive(...) LODGE_GUARDED (virDomainIsActive, __VA_ARGS__)
#define virDomainAttachDeviceFlags(...) LODGE_GUARDED (virDomainAttachDeviceFlags, __VA_ARGS__)
#define virDomainUpdateDeviceFlags(...) LODGE_GUARDED (virDomainUpdateDeviceFlags, __VA_ARGS__)
#define virDomainDetachDeviceFlags(...) LODGE_GUARDED (virDomainDetachDeviceFlags, __VA_ARGS__)
#define virDomainSetMemoryFlags(...) LODGE_GUARDED (virDomainSetMemoryFlags, __VA_ARGS__)
#define virDomainSetVcpusFlags(...) LODGE_GUARDED (virDomainSetVcpusFlags, __VA_ARGS__)
#define virDomainSetMetadata(...) LODGE_GUARDED (virDomainSetMetadata, __VA_ARGS__)
#define virDomainSetBlockIoTune(...) LODGE_GUARDED (virDomainSetBlockIoTune, __VA_ARGS__)
#define virDomainInterfaceAddresses(...) LODGE_GUARDED (virDomainInterfaceAddresses, __VA_ARGS__)
#define virDomainGetGuestInfo(...) LODGE_GUARDED (virDomainGetGuestInfo, __VA_ARGS__)
#define virDomainGetHostname(...) LODGE_GUARDED (virDomainGetHostname, __VA_ARGS__)
#define virDomainGetFSInfo(...) LODGE_GUARDED (virDomainGetFSInfo, __VA_ARGS__)
#define virDomainGetTime(...) LODGE_GUARDED (virDomainGetTime, __VA_ARGS__)
#define virDomainAgentSetResponseTimeout(...) LODGE_GUARDED (virDomainAgentSetResponseTimeout, __VA_ARGS__)
#define virDomainGetInfo(...) LODGE_GUARDED (virDomainGetInfo, __VA_ARGS__)
#define virDomainGetState(...) LODGE_GUARDED (virDomainGetState, __VA_ARGS__)
#define virDomainGetXMLDesc(...) LODGE_GUARDED (virDomainGetXMLDesc, __VA_ARGS__)
#define virDomainOpenConsole(...) LODGE_GUARDED (virDomainOpenConsole, __VA_ARGS__)
#define virDomainOpenGraphicsFD(...) LODGE_GUARDED (virDomainOpenGraphicsFD, __VA_ARGS__)
#define virDomainListAllSnapshots(...) LODGE_GUARDED (virDomainListAllSnapshots, __VA_ARGS__)
#define virDomainRevertToSnapshot(...) LODGE_GUARDED (virDomainRevertToSnapshot, __VA_ARGS__)
#define virDomainSnapshotCreateXML(...) LODGE_GUARDED (virDomainSnapshotCreateXML, __VA_ARGS__)
#define virDomainSnapshotDelete(...) LODGE_GUARDED (virDomainSnapshotDelete, __VA_ARGS__)
#define virDomainSnapshotGetXMLDesc(...) LODGE_GUARDED (virDomainSnapshotGetXMLDesc, __VA_ARGS__)
#define virDomainSnapshotIsCurrent(...) LODGE_GUARDED (virDomainSnapshotIsCurrent, __VA_ARGS__)
#define virDomainSnapshotLookupByName(...) LODGE_GUARDED (virDomainSnapshotLookupByName, __VA_ARGS__)
#define virNetworkGetXMLDesc(...) LODGE_GUARDED (virNetworkGetXMLDesc, __VA_ARGS__)
#define virNetworkCreate(...) LODGE_GUARDED (virNetworkCreate, __VA_ARGS__)
#define virNetworkDestroy(...) LODGE_GUARDED (virNetworkDestroy, __VA_ARGS__)
#define virNetworkLookupByName(...) LODGE_GUARDED (virNetworkLookupByName, __VA_ARGS__)
#define virStoragePoolDestroy(...) LODGE_GUARDED (virStoragePoolDestroy, __VA_ARGS__)
#define virNetworkIsActive(...) LODGE_GUARDED (virNetworkIsActive, __VA_ARGS__)
#define virStoragePoolGetXMLDesc(...) LODGE_GUARDED (virStoragePoolGetXMLDesc, __VA_ARGS__)
#define virStoragePoolGetInfo(...) LODGE_GUARDED (virStoragePoolGetInfo, __VA_ARGS__)
#define virStoragePoolListAllVolumes(...) LODGE_GUARDED (virStoragePoolListAllVolumes, __VA_ARGS__)
#define virStoragePoolLookupByName(...) LODGE_GUARDED (virStoragePoolLookupByName, __VA_ARGS__)
#define virStoragePoolRefresh(...) LODGE_GUARDED (virStoragePoolRefresh, __VA_ARGS__)
#define virStoragePoolDefineXML(...) LODGE_GUARDED (virStoragePoolDefineXML, __VA_ARGS__)
#define virStoragePoolBuild(...) LODGE_GUARDED (virStoragePoolBuild, __VA_ARGS__)
#define virStoragePoolCreate(...) LODGE_GUARDED (virStoragePoolCreate, __VA_ARGS__)
#define virStoragePoolSetAutostart(...) LODGE_GUARDED (virStoragePoolSetAutostart, __VA_ARGS__)
#define virStorageVolLookupByKey(...) LODGE_GUARDED (virStorageVolLookupByKey, __VA_ARGS__)
#define virStoragePoolLookupByVolume(...) LODGE_GUARDED (virStoragePoolLookupByVolume, __VA_ARGS__)
#define virStreamNew(...) LODGE_GUARDED (virStreamNew, __VA_ARGS__)
#define virStreamAbort(...) LODGE_GUARDED (virStreamAbort, __VA_ARGS__)
#define virStorageVolCreateXML(...) LODGE_GUARDED (virStorageVolCreateXML, __VA_ARGS__)
#define virStorageVolLookupByName(...) LODGE_GUARDED (virStorageVolLookupByName, __VA_ARGS__)
#define virStorageVolLookupByPath(...) LODGE_GUARDED (virStorageVolLookupByPath, __VA_ARGS__)
#define virStorageVolDelete(...) LODGE_GUARDED (virStorageVolDelete, __VA_ARGS__)
#define virStorageVolGetInfo(...) LODGE_GUARDED (virStorageVolGetInfo, __VA_ARGS__)
#define virStorageVolGetXMLDesc(...) LODGE_GUARDED (virStorageVolGetXMLDesc, __VA_ARGS__)
#define virStorageVolGetPath(...) LODGE_GUARDED (virStorageVolGetPath, __VA_ARGS__)
#define virStorageVolGetInfoFlags(...) LODGE_GUARDED (virStorageVolGetInfoFlags, __VA_ARGS__)
#define virStorageVolUpload(...) LODGE_GUARDED (virStorageVolUpload, __VA_ARGS__)
#define virStreamFinish(...) LODGE_GUARDED (virStreamFinish, __VA_ARGS__)
#define virStorageVolDownload(...) LODGE_GUARDED (virStorageVolDownload, __VA_ARGS__)

#endif

G_END_DECLS
