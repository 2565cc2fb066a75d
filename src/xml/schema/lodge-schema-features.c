/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lodge-schemas.h"

static const LodgeFieldChoice hyperv_modes[] = {
  { "custom", N_("As Set Here") }, { "passthrough", N_("All That the Host Can") }, { NULL }
};
static const LodgeFieldChoice ioapic[] = { { "kvm", N_("KVM") }, { "qemu", N_("QEMU") }, { NULL } };
static const LodgeFieldChoice gic[] = {
  { "host", N_("Of the Host") }, { "2", N_("Version 2") }, { "3", N_("Version 3") }, { NULL }
};
static const LodgeFieldChoice resizing[] = {
  { "enabled", N_("If the Guest Can") }, { "disabled", N_("Off") }, { "required", N_("Required") }, { NULL }
};
static const LodgeFieldChoice mitigations[] = {
  { "broken", N_("None") }, { "workaround", N_("By Software") }, { "fixed", N_("By Hardware") }, { NULL }
};
static const LodgeFieldChoice branch_mitigations[] = {
  { "broken", N_("None") }, { "workaround", N_("By Software") }, { "fixed-ibs", N_("By Hardware (IBS)") },
  { "fixed-ccd", N_("By Hardware (CCD)") }, { "fixed-na", N_("Not Needed") }, { NULL }
};
static const LodgeFieldChoice unknown_msrs[] = {
  { "ignore", N_("Ignored") }, { "fault", N_("Reported to the Guest") }, { NULL }
};
static const LodgeFieldChoice passthrough_modes[] = {
  { "sync_pt", N_("Page Tables Kept in Step") }, { "share_pt", N_("Page Tables Shared") }, { NULL }
};
static const LodgeFieldChoice aia[] = {
  { "none", N_("None") }, { "aplic", N_("APLIC") }, { "aplic-imsic", N_("APLIC and IMSIC") }, { NULL }
};

#define HYPERV N_("For Windows (Hyper-V)")
#define KVM N_("KVM")
#define XEN N_("Xen")
#define POWER N_("POWER and s390")
#define OTHER N_("Other Platforms")

static const LodgeField fields[] = {
  { "acpi", "features/acpi", LODGE_FIELD_PRESENCE, N_("ACPI"),
    N_("Needed to shut the guest down from here") },
  { "apic", "features/apic", LODGE_FIELD_PRESENCE, N_("APIC"),
    N_("Needed for more than one processor") },
  { "apic-eoi", "features/apic/@eoi", LODGE_FIELD_ON_OFF, N_("Paravirtualized End of Interrupt"),
    NULL, .needs = "apic",
    .flags = LODGE_FIELD_MORE | LODGE_FIELD_KEEPS_PARENT },
  { "pae", "features/pae", LODGE_FIELD_PRESENCE, N_("PAE"),
    N_("More than 4 GiB in 32-bit guests"),
    .flags = LODGE_FIELD_MORE },
  { "hap", "features/hap/@state", LODGE_FIELD_ON_OFF, N_("Nested Paging"),
    N_("Memory is translated by the processor"),
    .flags = LODGE_FIELD_MORE },
  { "pmu", "features/pmu/@state", LODGE_FIELD_ON_OFF, N_("Performance Counters"),
    NULL,
    .flags = LODGE_FIELD_MORE },
  { "smm", "features/smm/@state", LODGE_FIELD_ON_OFF, N_("System Management Mode"),
    N_("Secure Boot needs it") },
  { "smm-tseg", "features/smm/tseg", LODGE_FIELD_SIZE, N_("Memory of System Management"), NULL, .unit = "MiB",
    .needs = "smm", .flags = LODGE_FIELD_MORE },
  { "vmport", "features/vmport/@state", LODGE_FIELD_ON_OFF, N_("VMware Port"),
    N_("Off lets Linux guests see all wheels and buttons of the mouse"),
    .flags = LODGE_FIELD_MORE },
  { "vmcoreinfo", "features/vmcoreinfo/@state", LODGE_FIELD_ON_OFF, N_("Crash Information"),
    N_("The guest tells the host how to read its dump"),
    .flags = LODGE_FIELD_MORE },
  { "pvspinlock", "features/pvspinlock/@state", LODGE_FIELD_ON_OFF, N_("Paravirtualized Spin Locks"),
    NULL,
    .flags = LODGE_FIELD_MORE },
  { "ps2", "features/ps2/@state", LODGE_FIELD_ON_OFF, N_("PS/2 Controller"),
    NULL,
    .flags = LODGE_FIELD_MORE },
  { "ioapic", "features/ioapic/@driver", LODGE_FIELD_ENUM, N_("I/O APIC"), NULL, .choices = ioapic,
    .flags = LODGE_FIELD_MORE },
  { "msrs", "features/msrs/@unknown", LODGE_FIELD_ENUM, N_("Unknown Processor Registers"), NULL,
    .choices = unknown_msrs,
    .flags = LODGE_FIELD_MORE },
  { "async-teardown", "features/async-teardown/@enabled", LODGE_FIELD_BOOL, N_("Fast End"),
    N_("Memory of large machines is given back in the background"), .flags = LODGE_FIELD_MORE },
  { "tcg-cache", "features/tcg/tb-cache", LODGE_FIELD_SIZE, N_("Translation Cache"), N_("Of an emulated machine"),
    .unit = "MiB", .flags = LODGE_FIELD_MORE },

  { "hyperv", "features/hyperv/@mode", LODGE_FIELD_ENUM, N_("Enlightenments"), N_("What makes Windows faster"),
    .group = HYPERV, .choices = hyperv_modes, .fallback = "custom", },
  { "hyperv-relaxed", "features/hyperv/relaxed/@state", LODGE_FIELD_ON_OFF, N_("Relaxed Timers"),
    N_("No alarm when a timer is late"), .group = HYPERV,
    .flags = LODGE_FIELD_MORE },
  { "hyperv-vapic", "features/hyperv/vapic/@state", LODGE_FIELD_ON_OFF, N_("Virtual APIC"),
    NULL, .group = HYPERV,
    .flags = LODGE_FIELD_MORE },
  { "hyperv-spinlocks", "features/hyperv/spinlocks/@state", LODGE_FIELD_ON_OFF, N_("Spin Locks"),
    NULL, .group = HYPERV,
    .flags = LODGE_FIELD_MORE },
  { "hyperv-spinlock-retries", "features/hyperv/spinlocks/@retries", LODGE_FIELD_UINT, N_("Retries of Spin Locks"),
    N_("Before the hypervisor is told"), .group = HYPERV, .minimum = 4095, .maximum = G_MAXUINT32,
    .needs = "hyperv-spinlocks", .flags = LODGE_FIELD_MORE },
  { "hyperv-vpindex", "features/hyperv/vpindex/@state", LODGE_FIELD_ON_OFF, N_("Processor Index"),
    NULL, .group = HYPERV,
    .flags = LODGE_FIELD_MORE },
  { "hyperv-runtime", "features/hyperv/runtime/@state", LODGE_FIELD_ON_OFF, N_("Processor Run Time"),
    NULL, .group = HYPERV,
    .flags = LODGE_FIELD_MORE },
  { "hyperv-synic", "features/hyperv/synic/@state", LODGE_FIELD_ON_OFF, N_("Synthetic Interrupts"),
    NULL, .group = HYPERV,
    .flags = LODGE_FIELD_MORE },
  { "hyperv-stimer", "features/hyperv/stimer/@state", LODGE_FIELD_ON_OFF, N_("Synthetic Timers"),
    NULL, .group = HYPERV,
    .flags = LODGE_FIELD_MORE },
  { "hyperv-stimer-direct", "features/hyperv/stimer/direct/@state", LODGE_FIELD_ON_OFF, N_("Direct Timers"),
    NULL, .group = HYPERV, .needs = "hyperv-stimer",
    .flags = LODGE_FIELD_MORE },
  { "hyperv-reset", "features/hyperv/reset/@state", LODGE_FIELD_ON_OFF, N_("Reset"),
    NULL, .group = HYPERV,
    .flags = LODGE_FIELD_MORE },
  { "hyperv-vendor-id", "features/hyperv/vendor_id/@state", LODGE_FIELD_ON_OFF, N_("Own Vendor ID"),
    NULL, .group = HYPERV,
    .flags = LODGE_FIELD_MORE },
  { "hyperv-vendor-id-value", "features/hyperv/vendor_id/@value", LODGE_FIELD_STRING, N_("Vendor ID"),
    N_("Up to twelve characters that the guest reads"), .group = HYPERV, .needs = "hyperv-vendor-id",
    .flags = LODGE_FIELD_MORE },
  { "hyperv-frequencies", "features/hyperv/frequencies/@state", LODGE_FIELD_ON_OFF, N_("Frequencies"),
    NULL, .group = HYPERV,
    .flags = LODGE_FIELD_MORE },
  { "hyperv-reenlightenment", "features/hyperv/reenlightenment/@state", LODGE_FIELD_ON_OFF, N_("Notice of Moves"),
    NULL, .group = HYPERV,
    .flags = LODGE_FIELD_MORE },
  { "hyperv-tlbflush", "features/hyperv/tlbflush/@state", LODGE_FIELD_ON_OFF, N_("Flushes of Addresses"),
    NULL, .group = HYPERV,
    .flags = LODGE_FIELD_MORE },
  { "hyperv-tlbflush-direct", "features/hyperv/tlbflush/direct/@state", LODGE_FIELD_ON_OFF, N_("Direct Flushes"),
    NULL, .group = HYPERV, .needs = "hyperv-tlbflush",
    .flags = LODGE_FIELD_MORE },
  { "hyperv-tlbflush-extended", "features/hyperv/tlbflush/extended/@state", LODGE_FIELD_ON_OFF, N_("Extended Flushes"),
    NULL, .group = HYPERV, .needs = "hyperv-tlbflush",
    .flags = LODGE_FIELD_MORE },
  { "hyperv-ipi", "features/hyperv/ipi/@state", LODGE_FIELD_ON_OFF, N_("Interrupts between Processors"),
    NULL, .group = HYPERV,
    .flags = LODGE_FIELD_MORE },
  { "hyperv-evmcs", "features/hyperv/evmcs/@state", LODGE_FIELD_ON_OFF, N_("Enlightened VMCS"),
    NULL, .group = HYPERV,
    .flags = LODGE_FIELD_MORE },
  { "hyperv-avic", "features/hyperv/avic/@state", LODGE_FIELD_ON_OFF, N_("Virtual Interrupts by Hardware"),
    NULL, .group = HYPERV,
    .flags = LODGE_FIELD_MORE },
  { "hyperv-emsr-bitmap", "features/hyperv/emsr_bitmap/@state", LODGE_FIELD_ON_OFF, N_("Register Bitmap"),
    NULL, .group = HYPERV,
    .flags = LODGE_FIELD_MORE },
  { "hyperv-xmm-input", "features/hyperv/xmm_input/@state", LODGE_FIELD_ON_OFF, N_("Arguments in Registers"),
    NULL, .group = HYPERV,
    .flags = LODGE_FIELD_MORE },

  { "kvm-hidden", "features/kvm/hidden/@state", LODGE_FIELD_ON_OFF, N_("Hidden from the Guest"),
    N_("Some drivers refuse to run in a machine that they see to be virtual"), .group = KVM,
    .flags = LODGE_FIELD_MORE },
  { "kvm-hint-dedicated", "features/kvm/hint-dedicated/@state", LODGE_FIELD_ON_OFF, N_("Processors Are Its Own"),
    N_("The guest need not yield"), .group = KVM,
    .flags = LODGE_FIELD_MORE },
  { "kvm-poll-control", "features/kvm/poll-control/@state", LODGE_FIELD_ON_OFF, N_("Poll Control"),
    NULL, .group = KVM,
    .flags = LODGE_FIELD_MORE },
  { "kvm-pv-ipi", "features/kvm/pv-ipi/@state", LODGE_FIELD_ON_OFF, N_("Paravirtualized Interrupts"),
    NULL, .group = KVM,
    .flags = LODGE_FIELD_MORE },
  { "kvm-dirty-ring", "features/kvm/dirty-ring/@state", LODGE_FIELD_ON_OFF, N_("Ring of Changed Pages"),
    NULL, .group = KVM,
    .flags = LODGE_FIELD_MORE },
  { "kvm-dirty-ring-size", "features/kvm/dirty-ring/@size", LODGE_FIELD_UINT, N_("Size of the Ring"), NULL,
    .group = KVM,
    .minimum = 1024, .maximum = 65536, .needs = "kvm-dirty-ring", .flags = LODGE_FIELD_MORE },

  { "xen-e820-host", "features/xen/e820_host/@state", LODGE_FIELD_ON_OFF, N_("Memory Map of the Host"),
    NULL, .group = XEN,
    .flags = LODGE_FIELD_MORE },
  { "xen-passthrough", "features/xen/passthrough/@state", LODGE_FIELD_ON_OFF, N_("Device Assignment"),
    NULL, .group = XEN,
    .flags = LODGE_FIELD_MORE },
  { "xen-passthrough-mode", "features/xen/passthrough/@mode", LODGE_FIELD_ENUM,
    N_("Page Tables of Assigned Devices"), NULL,
    .group = XEN, .choices = passthrough_modes, .needs = "xen-passthrough", .flags = LODGE_FIELD_MORE },
  { "viridian", "features/viridian", LODGE_FIELD_PRESENCE, N_("Viridian"),
    N_("Xen’s help for Windows"), .group = XEN,
    .flags = LODGE_FIELD_MORE },

  { "htm", "features/htm/@state", LODGE_FIELD_ON_OFF, N_("Transactional Memory"),
    NULL, .group = POWER,
    .flags = LODGE_FIELD_MORE },
  { "nested-hv", "features/nested-hv/@state", LODGE_FIELD_ON_OFF, N_("Machines in the Machine"),
    NULL, .group = POWER,
    .flags = LODGE_FIELD_MORE },
  { "ccf-assist", "features/ccf-assist/@state", LODGE_FIELD_ON_OFF, N_("Count Cache Flush"),
    NULL, .group = POWER,
    .flags = LODGE_FIELD_MORE },
  { "hpt-resizing", "features/hpt/@resizing", LODGE_FIELD_ENUM, N_("Resizing of the Page Table"), NULL, .group = POWER,
    .choices = resizing, .flags = LODGE_FIELD_MORE },
  { "hpt-maxpagesize", "features/hpt/maxpagesize", LODGE_FIELD_SIZE, N_("Largest Page"), NULL, .group = POWER,
    .unit = "KiB", .flags = LODGE_FIELD_MORE },
  { "cfpc", "features/cfpc/@value", LODGE_FIELD_ENUM, N_("Cache Flush on Change of Privilege"), NULL, .group = POWER,
    .choices = mitigations, .flags = LODGE_FIELD_MORE },
  { "sbbc", "features/sbbc/@value", LODGE_FIELD_ENUM, N_("Speculation Barrier"), NULL, .group = POWER,
    .choices = mitigations, .flags = LODGE_FIELD_MORE },
  { "ibs", "features/ibs/@value", LODGE_FIELD_ENUM, N_("Indirect Branch Speculation"), NULL, .group = POWER,
    .choices = branch_mitigations, .flags = LODGE_FIELD_MORE },

  { "gic", "features/gic/@version", LODGE_FIELD_ENUM, N_("Interrupt Controller (Arm)"), NULL, .group = OTHER,
    .choices = gic, .capability = "features/gic/enum[@name='version']", .flags = LODGE_FIELD_MORE },
  { "aia", "features/aia/@value", LODGE_FIELD_ENUM, N_("Interrupt Architecture (RISC-V)"), NULL, .group = OTHER,
    .choices = aia, .flags = LODGE_FIELD_MORE },
  { "ras", "features/ras/@state", LODGE_FIELD_ON_OFF, N_("Error Reports of the Hardware (Arm)"),
    NULL, .group = OTHER,
    .flags = LODGE_FIELD_MORE },
  { "privnet", "features/privnet", LODGE_FIELD_PRESENCE, N_("Network of Its Own (Container)"),
    NULL, .group = OTHER,
    .flags = LODGE_FIELD_MORE },
};

const LodgeSchema lodge_schema_features = {
  .id = "features", .path = "", .title = N_("Features"), LODGE_FIELDS (fields), .section = "hypervisor-features",
};
