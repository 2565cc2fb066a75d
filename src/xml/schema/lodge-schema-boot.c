/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lodge-schemas.h"

static const LodgeFieldChoice devices[] = {
  { "hd", N_("Disk") }, { "cdrom", N_("CD-ROM") }, { "network", N_("Network") }, { "fd", N_("Floppy Disk") }, { NULL }
};
static const LodgeFieldChoice smbios[] = {
  { "emulate", N_("Of the Hypervisor") }, { "host", N_("Of the Host") }, { "sysinfo", N_("As Set Here") }, { NULL }
};
static const LodgeFieldChoice table_types[] = {
  { "raw", N_("Raw") }, { "rawset", N_("Set of Tables") }, { "slic", N_("SLIC") }, { "msdm", N_("MSDM") }, { NULL }
};

#define KERNEL N_("Direct Kernel Boot")

static const LodgeField fields[] = {
  { "menu", "os/bootmenu/@enable", LODGE_FIELD_BOOL, N_("Boot Menu"), N_("The firmware asks what to start from") },
  { "menu-timeout", "os/bootmenu/@timeout", LODGE_FIELD_UINT, N_("Time to Choose"), NULL, .unit = N_("ms"),
    .maximum = 65535, .needs = "menu" },
  { "reboot-timeout", "os/bios/@rebootTimeout", LODGE_FIELD_INT, N_("Try Again After"),
    N_("When nothing could be started; −1 is never"), .unit = N_("ms"), .minimum = -1, .maximum = 65535,
    .flags = LODGE_FIELD_MORE },
  { "use-serial", "os/bios/@useserial", LODGE_FIELD_BOOL, N_("Firmware on the Serial Port"), NULL,
    .flags = LODGE_FIELD_MORE },
  { "smbios", "os/smbios/@mode", LODGE_FIELD_ENUM, N_("SMBIOS"), N_("What the guest reads about its maker and model"),
    .choices = smbios, .flags = LODGE_FIELD_MORE },

  { "kernel", "os/kernel", LODGE_FIELD_PATH, N_("Kernel"), N_("Started in place of a boot loader"), .group = KERNEL,
    .flags = LODGE_FIELD_MORE },
  { "initrd", "os/initrd", LODGE_FIELD_PATH, N_("Initial RAM Disk"), NULL, .group = KERNEL, .needs = "kernel",
    .flags = LODGE_FIELD_MORE },
  { "cmdline", "os/cmdline", LODGE_FIELD_STRING, N_("Kernel Arguments"), NULL, .group = KERNEL, .needs = "kernel",
    .flags = LODGE_FIELD_MORE },
  { "dtb", "os/dtb", LODGE_FIELD_PATH, N_("Device Tree"), NULL, .group = KERNEL, .needs = "kernel",
    .flags = LODGE_FIELD_MORE },
  { "shim", "os/shim", LODGE_FIELD_PATH, N_("Shim"), N_("Checks the kernel’s signature under Secure Boot"),
    .group = KERNEL, .needs = "kernel", .flags = LODGE_FIELD_MORE },
  { "bootloader", "bootloader", LODGE_FIELD_PATH, N_("Boot Loader of the Host"), N_("For Xen paravirtualization"),
    .group = KERNEL, .flags = LODGE_FIELD_MORE },
  { "bootloader-args", "bootloader_args", LODGE_FIELD_STRING, N_("Arguments of the Boot Loader"), NULL, .group = KERNEL,
    .needs = "bootloader", .flags = LODGE_FIELD_MORE },
};

static const LodgeField device_fields[] = {
  { "dev", "@dev", LODGE_FIELD_ENUM, N_("Device"), NULL, .choices = devices, .flags = LODGE_FIELD_REQUIRED },
};
static const LodgeSchema device = {
  .id = "boot-device", .path = "os/boot", .title = N_("Boot Order by Kind"), LODGE_FIELDS (device_fields), .many = TRUE,
  .blank = "<boot dev='hd'/>",
};
static const LodgeField table_fields[] = {
  { "type", "@type", LODGE_FIELD_ENUM, N_("Type"), NULL, .choices = table_types, .flags = LODGE_FIELD_REQUIRED },
  { "path", "", LODGE_FIELD_PATH, N_("File"), NULL, .flags = LODGE_FIELD_REQUIRED },
};
static const LodgeSchema table = {
  .id = "acpi-table", .path = "os/acpi/table", .title = N_("ACPI Tables"), LODGE_FIELDS (table_fields), .many = TRUE,
  .blank = "<table type='raw'>/path/to/table.bin</table>",
};
static const LodgeSchema * const lists[] = { &device, &table, NULL };

const LodgeSchema lodge_schema_boot = {
  .id = "boot", .path = "", .title = N_("Boot"), LODGE_FIELDS (fields), .lists = lists,
  .section = "operating-system-booting",
};
