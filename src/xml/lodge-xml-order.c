/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lodge-xml-order.h"

#include <string.h>

/* The order in which libvirt 11 prints, learnt from what it prints. “outer/parent” stands before “parent”. */
#define DEVICE_INFO " boot alias master rom acpi address"
#define CHARACTER "source protocol log target" DEVICE_INFO

static const struct { const char *parent, *children; } orders[] = {
  { "domain",
    "name uuid hwuuid genid title description metadata maxMemory memory currentMemory blkiotune memtune "
    "memoryBacking vcpu vcpus iothreads iothreadids defaultiothread cputune numatune resource sysinfo bootloader "
    "bootloader_args os idmap throttlegroups features cpu clock on_poweroff on_reboot on_crash on_lockfailure pm perf "
    "devices seclabel keywrap launchSecurity qemu:commandline qemu:capabilities qemu:override qemu:deprecation "
    "bhyve:commandline xen:commandline lxc:namespace" },
  { "devices",
    "emulator disk controller lease filesystem interface smartcard serial parallel console channel input tpm "
    "graphics sound audio video hostdev redirdev redirfilter hub watchdog memballoon rng nvram panic shmem memory "
    "crypto iommu vsock pstore" },
  { "os",
    "type init initarg initenv initdir inituser initgroup firmware loader nvram kernel initrd cmdline dtb shim acpi "
    "boot bootmenu bios smbios" },
  { "blkiotune", "weight device" },
  { "blkiotune/device", "path weight read_iops_sec write_iops_sec read_bytes_sec write_bytes_sec" },
  { "memtune", "hard_limit soft_limit min_guarantee swap_hard_limit" },
  { "memoryBacking", "hugepages nosharepages locked source access allocation discard" },
  { "cputune",
    "shares period quota global_period global_quota emulator_period emulator_quota iothread_period iothread_quota "
    "vcpupin emulatorpin iothreadpin emulatorsched vcpusched iothreadsched cachetune memorytune" },
  { "numatune", "memory memnode" },
  { "resource", "partition fibrechannel" },
  { "sysinfo", "bios system baseBoard chassis oemStrings entry" },
  { "features",
    "acpi apic pae hap viridian privnet hyperv kvm xen pvspinlock pmu vmport smm gic capabilities ioapic hpt "
    "vmcoreinfo htm nested-hv ccf-assist cfpc sbbc ibs tcg msrs async-teardown ras ps2 aia" },
  { "hyperv",
    "relaxed vapic spinlocks vpindex runtime synic stimer reset vendor_id frequencies reenlightenment tlbflush ipi "
    "evmcs avic emsr_bitmap xmm_input" },
  { "features/kvm", "hidden hint-dedicated poll-control pv-ipi dirty-ring" },
  { "features/xen", "e820_host passthrough" },
  { "cpu", "model vendor topology cache maxphysaddr feature numa" },
  { "numa", "cell interconnects" },
  { "cell", "distances cache" },
  { "pm", "suspend-to-mem suspend-to-disk" },
  { "devices/disk",
    "driver auth source backingStore backenddomain geometry blockio mirror target throttlefilters iotune readonly "
    "shareable transient serial wwn vendor product encryption" DEVICE_INFO },
  { "disk/driver", "metadata_cache" },
  { "disk/source",
    "host ssl cookies readahead timeout knownHosts initiator identity auth snapshot config address reservations "
    "encryption slices seclabel reconnect privateData" },
  { "disk/backingStore", "format source backingStore" },
  { "iotune",
    "total_bytes_sec read_bytes_sec write_bytes_sec total_iops_sec read_iops_sec write_iops_sec total_bytes_sec_max "
    "read_bytes_sec_max write_bytes_sec_max total_iops_sec_max read_iops_sec_max write_iops_sec_max size_iops_sec "
    "group_name total_bytes_sec_max_length read_bytes_sec_max_length write_bytes_sec_max_length "
    "total_iops_sec_max_length read_iops_sec_max_length write_iops_sec_max_length" },
  { "controller", "model target pcihole64 driver" DEVICE_INFO },
  { "controller/target", "node" },
  { "lease", "lockspace key target" },
  { "filesystem", "driver binary idmap source target readonly space_hard_limit space_soft_limit" DEVICE_INFO },
  { "binary", "cache sandbox lock thread_pool openfiles" },
  { "idmap", "uid gid" },
  { "devices/interface",
    "mac source vlan virtualport bandwidth port ip route script downscript portForward backenddomain target guest "
    "model driver backend filterref tune teaming link mtu coalesce" DEVICE_INFO },
  { "interface/source", "address reconnect local ip route" },
  { "interface/driver", "host guest" },
  { "bandwidth", "inbound outbound" },
  { "smartcard", "certificate database source protocol" DEVICE_INFO },
  { "serial", CHARACTER },
  { "parallel", CHARACTER },
  { "console", CHARACTER },
  { "channel", CHARACTER },
  { "input", "driver source" DEVICE_INFO },
  { "tpm", "backend" DEVICE_INFO },
  { "tpm/backend", "encryption active_pcr_banks profile source device" },
  { "graphics",
    "listen channel image jpeg zlib playback streaming mouse clipboard filetransfer gl audio" },
  { "sound", "driver codec audio" DEVICE_INFO },
  { "devices/audio", "input output" },
  { "audio/input", "settings" },
  { "audio/output", "settings" },
  { "video", "driver model" DEVICE_INFO },
  { "video/model", "acceleration resolution" },
  { "hostdev", "driver source teaming" DEVICE_INFO },
  { "hostdev/source", "vendor product adapter host initiator auth block char interface ip route address" },
  { "redirdev", "source protocol" DEVICE_INFO },
  { "hub", DEVICE_INFO },
  { "watchdog", DEVICE_INFO },
  { "memballoon", "stats driver" DEVICE_INFO },
  { "rng", "driver rate backend" DEVICE_INFO },
  { "rng/backend", "source protocol" },
  { "panic", DEVICE_INFO },
  { "shmem", "model size server msi" DEVICE_INFO },
  { "devices/memory", "uuid source target" DEVICE_INFO },
  { "memory/source", "path nodemask pagesize alignsize pmem" },
  { "memory/target", "size node block requested current label readonly address" },
  { "crypto", "backend driver" DEVICE_INFO },
  { "iommu", "driver" DEVICE_INFO },
  { "vsock", "cid driver" DEVICE_INFO },
  { "pstore", "path size" DEVICE_INFO },
  { "seclabel", "label imagelabel baselabel" },
  { "launchSecurity",
    "cbitpos reducedPhysBits policy dhCert session guestVisibleWorkarounds idBlock idAuth hostData mrConfigId mrOwner "
    "mrOwnerConfig quoteGenerationService" },

  { "network",
    "name uuid title description metadata forward bridge mtu mac domain dns vlan bandwidth port ip route virtualport "
    "portgroup" },
  { "network/dns", "forwarder txt srv host" },
  { "forward", "driver nat interface address pf" },
  { "network/ip", "tftp dhcp" },
  { "dhcp", "range host bootp" },
  { "pool", "name uuid capacity allocation available features source target refresh" },
  { "pool/source", "host device dir adapter name initiator auth format protocol vendor product" },
  { "pool/target", "path permissions" },
  { "permissions", "mode owner group label" },
  { "timestamps", "atime mtime ctime btime" },
  { "volume", "name key capacity allocation physical source target backingStore" },
  { "volume/target", "path format permissions timestamps compat nocow clusterSize encryption features" },
};

static const char *
find_children (const char *parent)
{
  for (guint i = 0; i < G_N_ELEMENTS (orders); i++)
    {
      if (g_str_equal (orders[i].parent, parent))
        return orders[i].children;
    }
  return NULL;
}

int
lodge_xml_order_get_rank (const char *outer,
                          const char *parent,
                          const char *child)
{
  g_autofree char *path = outer != NULL ? g_strconcat (outer, "/", parent, NULL) : NULL;
  const char *children = path != NULL ? find_children (path) : NULL;
  gsize length = strlen (child);

  if (children == NULL)
    children = find_children (parent);
  if (children == NULL)
    return -1;

  for (const char *p = children; *p != '\0';)
    {
      gsize size = strcspn (p, " ");

      if (size == length && memcmp (p, child, length) == 0)
        return p - children;
      p += size;
      p += strspn (p, " ");
    }
  return -1;
}
