/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lodge-xml-order.h"

/* The order in which libvirt 11 prints */
static const char * const domain[] = {
  "name", "uuid", "hwuuid", "genid", "title", "description", "metadata", "maxMemory", "memory",
  "currentMemory", "blkiotune", "memtune", "memoryBacking", "vcpu", "vcpus", "iothreads",
  "iothreadids", "defaultiothread", "cputune", "numatune", "resource", "sysinfo", "bootloader",
  "bootloader_args", "os", "idmap", "features", "cpu", "clock", "on_poweroff", "on_reboot",
  "on_crash", "on_lockfailure", "pm", "perf", "devices", "seclabel", "keywrap", "launchSecurity",
  NULL
};
static const char * const devices[] = {
  "emulator", "disk", "controller", "lease", "filesystem", "interface", "smartcard", "serial",
  "parallel", "console", "channel", "input", "tpm", "graphics", "sound", "audio", "video",
  "hostdev", "redirdev", "redirfilter", "hub", "watchdog", "memballoon", "rng", "nvram", "panic",
  "shmem", "memory", "iommu", "vsock", "crypto", "pstore", NULL
};
static const char * const os[] = {
  "type", "firmware", "init", "initarg", "initenv", "initdir", "inituser", "initgroup", "loader",
  "nvram", "kernel", "initrd", "cmdline", "dtb", "acpi", "boot", "bootmenu", "bios", "smbios",
  NULL
};
static const char * const disk[] = {
  "driver", "auth", "source", "backingStore", "mirror", "backenddomain", "geometry", "blockio",
  "target", "iotune", "readonly", "shareable", "transient", "serial", "wwn", "vendor", "product",
  "encryption", "boot", "alias", "address", NULL
};
static const char * const interface[] = {
  "mac", "source", "virtualport", "ip", "route", "script", "downscript", "backenddomain", "target",
  "guest", "model", "driver", "backend", "boot", "rom", "bandwidth", "vlan", "port", "mtu",
  "coalesce", "filterref", "tune", "link", "alias", "address", NULL
};
static const char * const graphics[] = {
  "listen", "channel", "image", "jpeg", "zlib", "playback", "streaming", "mouse", "filetransfer",
  "clipboard", "gl", "audio", NULL
};
static const char * const character[] = {
  "source", "protocol", "log", "target", "alias", "address", NULL
};

static const struct { const char *parent; const char * const *children; } orders[] = {
  { "domain", domain },
  { "devices", devices },
  { "os", os },
  { "disk", disk },
  { "interface", interface },
  { "graphics", graphics },
  { "serial", character },
  { "parallel", character },
  { "console", character },
  { "channel", character },
};

int
lodge_xml_order_get_rank (const char *parent,
                          const char *child)
{
  for (guint i = 0; i < G_N_ELEMENTS (orders); i++)
    {
      if (!g_str_equal (orders[i].parent, parent))
        continue;
      for (int rank = 0; orders[i].children[rank] != NULL; rank++)
        {
          if (g_str_equal (orders[i].children[rank], child))
            return rank;
        }
    }
  return -1;
}
