/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lodge-schemas.h"

static const LodgeFieldChoice firmwares[] = { { "efi", N_("UEFI") }, { "bios", N_("BIOS") }, { NULL } };
static const LodgeFieldChoice types[] = {
  { "kvm", N_("KVM") }, { "qemu", N_("QEMU (Emulated)") }, { "xen", N_("Xen") }, { "lxc", N_("Container (LXC)") },
  { "bhyve", N_("bhyve") }, { "hvf", N_("Hypervisor Framework") }, { "vz", N_("Virtuozzo") },
  { "openvz", N_("OpenVZ") }, { "vbox", N_("VirtualBox") }, { "vmware", N_("VMware") }, { "hyperv", N_("Hyper-V") },
  { "test", N_("Test") }, { NULL }
};
static const LodgeFieldChoice os_types[] = {
  { "hvm", N_("Full Virtualization") }, { "xen", N_("Xen Paravirtualization") }, { "xenpvh", N_("Xen PVH") },
  { "linux", N_("Xen Paravirtualization (Old Name)") }, { "exe", N_("Container") }, { NULL }
};
static const LodgeFieldChoice loader_types[] = {
  { "rom", N_("Read-Only Memory") }, { "pflash", N_("Flash Memory") }, { NULL }
};
static const LodgeFieldChoice image_formats[] = { { "raw", N_("Raw") }, { "qcow2", N_("qcow2") }, { NULL } };
static const LodgeFieldChoice life_cycle[] = {
  { "destroy", N_("Stop") }, { "restart", N_("Restart") }, { "preserve", N_("Keep for Inspection") },
  { "rename-restart", N_("Restart under a New Name") }, { NULL }
};
static const LodgeFieldChoice crash[] = {
  { "destroy", N_("Stop") }, { "restart", N_("Restart") }, { "preserve", N_("Keep for Inspection") },
  { "rename-restart", N_("Restart under a New Name") }, { "coredump-destroy", N_("Write a Dump, Then Stop") },
  { "coredump-restart", N_("Write a Dump, Then Restart") }, { NULL }
};
static const LodgeFieldChoice lock_failure[] = {
  { "poweroff", N_("Force Off") }, { "restart", N_("Restart") }, { "pause", N_("Pause") }, { "ignore", N_("Go On") },
  { NULL }
};

#define FIRMWARE N_("Firmware")
#define POWER N_("Power Events")

static const LodgeField fields[] = {
  { "name", "name", LODGE_FIELD_STRING, N_("Name"), N_("How libvirt and everybody calls the machine"),
    .flags = LODGE_FIELD_REQUIRED },
  { "title", "title", LODGE_FIELD_STRING, N_("Title"), N_("A short text shown beside the name"),
    .flags = LODGE_FIELD_LIVE },
  { "description", "description", LODGE_FIELD_TEXT, N_("Description"), N_("Notes about the machine"),
    .flags = LODGE_FIELD_LIVE },
  { "os-id", "metadata/libosinfo:libosinfo/libosinfo:os/@id", LODGE_FIELD_STRING, N_("Operating System"),
    N_("What runs in the machine, as libosinfo names it"), .flags = LODGE_FIELD_LIVE },
  { "uuid", "uuid", LODGE_FIELD_UUID, N_("UUID"), N_("What tells the machine from all others"),
    .flags = LODGE_FIELD_FIXED | LODGE_FIELD_MORE },
  { "type", "@type", LODGE_FIELD_ENUM, N_("Hypervisor"), N_("What runs the machine"), .choices = types,
    .flags = LODGE_FIELD_REQUIRED | LODGE_FIELD_MORE },
  { "os-type", "os/type", LODGE_FIELD_ENUM, N_("Virtualization"), N_("How the guest meets the hypervisor"),
    .choices = os_types, .flags = LODGE_FIELD_REQUIRED | LODGE_FIELD_MORE },
  { "arch", "os/type/@arch", LODGE_FIELD_STRING, N_("Architecture"), N_("The processor family, like x86_64 or aarch64"),
    .flags = LODGE_FIELD_MORE },
  { "machine", "os/type/@machine", LODGE_FIELD_STRING, N_("Machine Type"),
    N_("The mainboard that the guest sees; a change can make it ask for activation"), .flags = LODGE_FIELD_MORE },
  { "emulator", "devices/emulator", LODGE_FIELD_PATH, N_("Emulator"),
    N_("The program on the host that runs the machine"),
    .flags = LODGE_FIELD_MORE },
  { "genid", "genid", LODGE_FIELD_UUID, N_("Generation ID"),
    N_("Changes when the machine is copied or goes back in time"),
    .flags = LODGE_FIELD_MORE },

  { "firmware", "os/@firmware", LODGE_FIELD_ENUM, N_("Firmware"), N_("libvirt chooses a file of this kind"),
    .group = FIRMWARE, .choices = firmwares, .capability = "os/enum[@name='firmware']" },
  { "secure-boot", "os/firmware/feature[@name='secure-boot']/@enabled", LODGE_FIELD_BOOL, N_("Secure Boot"),
    N_("The firmware starts signed systems only"), .group = FIRMWARE, .needs = "firmware=efi" },
  { "enrolled-keys", "os/firmware/feature[@name='enrolled-keys']/@enabled", LODGE_FIELD_BOOL,
    N_("Keys of Microsoft and Distributions"), N_("The firmware comes with the usual keys"), .group = FIRMWARE,
    .needs = "firmware=efi" },
  { "loader", "os/loader", LODGE_FIELD_PATH, N_("Firmware File"), N_("A file on the host in place of libvirt’s choice"),
    .group = FIRMWARE, .flags = LODGE_FIELD_MORE },
  { "loader-type", "os/loader/@type", LODGE_FIELD_ENUM, N_("Kind of Firmware File"), NULL, .group = FIRMWARE,
    .choices = loader_types, .capability = "os/loader/enum[@name='type']", .flags = LODGE_FIELD_MORE },
  { "loader-readonly", "os/loader/@readonly", LODGE_FIELD_BOOL, N_("Firmware Is Read-Only"), NULL, .group = FIRMWARE,
    .capability = "os/loader/enum[@name='readonly']", .flags = LODGE_FIELD_MORE },
  { "loader-secure", "os/loader/@secure", LODGE_FIELD_BOOL, N_("Firmware Is Protected"),
    N_("Only the firmware itself can change its variables; Secure Boot needs it"), .group = FIRMWARE,
    .capability = "os/loader/enum[@name='secure']", .flags = LODGE_FIELD_MORE },
  { "loader-stateless", "os/loader/@stateless", LODGE_FIELD_BOOL, N_("Firmware Keeps Nothing"), NULL, .group = FIRMWARE,
    .flags = LODGE_FIELD_MORE },
  { "loader-format", "os/loader/@format", LODGE_FIELD_ENUM, N_("Format of the Firmware File"), NULL, .group = FIRMWARE,
    .choices = image_formats, .fallback = "raw", .flags = LODGE_FIELD_MORE },
  { "nvram", "os/nvram", LODGE_FIELD_PATH, N_("Variables File"), N_("Where the firmware keeps its settings"),
    .group = FIRMWARE, .flags = LODGE_FIELD_MORE },
  { "nvram-template", "os/nvram/@template", LODGE_FIELD_PATH, N_("Template of the Variables"),
    N_("The file from which a missing variables file is made"), .group = FIRMWARE, .flags = LODGE_FIELD_MORE },
  { "nvram-template-format", "os/nvram/@templateFormat", LODGE_FIELD_ENUM, N_("Format of the Template"), NULL,
    .group = FIRMWARE, .choices = image_formats, .flags = LODGE_FIELD_MORE },
  { "nvram-format", "os/nvram/@format", LODGE_FIELD_ENUM, N_("Format of the Variables File"), NULL, .group = FIRMWARE,
    .choices = image_formats, .flags = LODGE_FIELD_MORE },

  { "on-poweroff", "on_poweroff", LODGE_FIELD_ENUM, N_("When the Guest Turns Off"), NULL, .group = POWER,
    .choices = life_cycle, .fallback = "destroy", .flags = LODGE_FIELD_MORE },
  { "on-reboot", "on_reboot", LODGE_FIELD_ENUM, N_("When the Guest Restarts"), NULL, .group = POWER,
    .choices = life_cycle,
    .fallback = "restart", .flags = LODGE_FIELD_MORE },
  { "on-crash", "on_crash", LODGE_FIELD_ENUM, N_("When the Guest Crashes"), NULL, .group = POWER, .choices = crash,
    .fallback = "destroy", .flags = LODGE_FIELD_MORE },
  { "on-lockfailure", "on_lockfailure", LODGE_FIELD_ENUM, N_("When a Disk’s Lock Is Lost"), NULL, .group = POWER,
    .choices = lock_failure, .flags = LODGE_FIELD_MORE },
  { "suspend-to-mem", "pm/suspend-to-mem/@enabled", LODGE_FIELD_BOOL, N_("Sleep"), N_("The guest is offered to sleep"),
    .group = POWER, .flags = LODGE_FIELD_MORE },
  { "suspend-to-disk", "pm/suspend-to-disk/@enabled", LODGE_FIELD_BOOL, N_("Hibernation"),
    N_("The guest is offered to hibernate"), .group = POWER, .flags = LODGE_FIELD_MORE },
};

const LodgeSchema lodge_schema_overview = {
  .id = "overview", .path = "", .title = N_("Overview"), LODGE_FIELDS (fields), .section = "general-metadata",
};
