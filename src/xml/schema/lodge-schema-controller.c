/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lodge-schemas.h"

static const LodgeFieldChoice types[] = {
  { "usb", N_("USB") }, { "scsi", N_("SCSI") }, { "pci", N_("PCI") }, { "sata", N_("SATA") },
  { "virtio-serial", N_("Virtio Serial") }, { "ide", N_("IDE") }, { "fdc", N_("Floppy") },
  { "ccid", N_("Smart Card (CCID)") }, { "isa", N_("ISA") }, { "xenbus", N_("Xen") }, { NULL }
};
static const LodgeFieldChoice models[] = {
  { "qemu-xhci", N_("USB 3 (QEMU)") }, { "nec-xhci", N_("USB 3 (NEC)") }, { "ich9-ehci1", N_("USB 2 (ICH9)") },
  { "ich9-uhci1", N_("USB 1 (ICH9, 1)") }, { "ich9-uhci2", N_("USB 1 (ICH9, 2)") },
  { "ich9-uhci3", N_("USB 1 (ICH9, 3)") }, { "ehci", N_("USB 2") }, { "piix3-uhci", N_("USB 1 (PIIX3)") },
  { "piix4-uhci", N_("USB 1 (PIIX4)") }, { "vt82c686b-uhci", N_("USB 1 (VIA)") },
  { "pci-ohci", N_("USB 1 (OHCI)") }, { "qusb1", N_("USB 1 (Xen)") }, { "qusb2", N_("USB 2 (Xen)") },
  { "none", N_("None") }, { "virtio-scsi", N_("Virtio SCSI") }, { "lsilogic", N_("LSI 53C895A") },
  { "lsisas1068", N_("LSI SAS 1068") }, { "lsisas1078", N_("LSI SAS 1078") }, { "buslogic", N_("BusLogic") },
  { "vmpvscsi", N_("VMware") }, { "ibmvscsi", N_("IBM") }, { "ncr53c90", N_("NCR 53C90") },
  { "dc390", N_("DC390") }, { "am53c974", N_("AM53C974") }, { "auto", N_("Automatic") },
  { "virtio", N_("Virtio") }, { "virtio-transitional", N_("Virtio, for Old and New Guests") },
  { "virtio-non-transitional", N_("Virtio, for New Guests Only") }, { "piix3", N_("PIIX3") },
  { "piix4", N_("PIIX4") }, { "ich6", N_("ICH6") }, { "pci-root", N_("PCI Root") },
  { "pcie-root", N_("PCI Express Root") }, { "pci-bridge", N_("PCI Bridge") },
  { "dmi-to-pci-bridge", N_("DMI to PCI Bridge") }, { "pcie-to-pci-bridge", N_("PCI Express to PCI Bridge") },
  { "pcie-root-port", N_("PCI Express Root Port") }, { "pcie-switch-upstream-port", N_("Switch, Upstream Port") },
  { "pcie-switch-downstream-port", N_("Switch, Downstream Port") }, { "pci-expander-bus", N_("PCI Expander") },
  { "pcie-expander-bus", N_("PCI Express Expander") }, { NULL }
};
static const LodgeFieldChoice pci_models[] = {
  { "pcie-root-port" }, { "ioh3420" }, { "pci-bridge" }, { "i82801b11-bridge" }, { "pcie-pci-bridge" },
  { "x3130-upstream" }, { "xio3130-downstream" }, { "pxb" }, { "pxb-pcie" }, { "spapr-pci-host-bridge" },
  { NULL }
};

#define PCI N_("PCI")

static const LodgeField fields[] = {
  { "type", "@type", LODGE_FIELD_ENUM, N_("Kind"), NULL, .choices = types,
    .flags = LODGE_FIELD_REQUIRED | LODGE_FIELD_FIXED },
  { "model", "@model", LODGE_FIELD_ENUM, N_("Model"), NULL, .choices = models },
  { "index", "@index", LODGE_FIELD_UINT, N_("Number"), NULL, .maximum = 65535, .flags = LODGE_FIELD_FIXED },
  { "ports", "@ports", LODGE_FIELD_UINT, N_("Ports"), NULL, .minimum = 1, .maximum = 128,
    .needs = "type=usb virtio-serial", .flags = LODGE_FIELD_MORE },
  { "vectors", "@vectors", LODGE_FIELD_UINT, N_("Interrupts"), NULL, .minimum = 0, .maximum = 128,
    .needs = "type=virtio-serial", .flags = LODGE_FIELD_MORE },
  { "max-grant-frames", "@maxGrantFrames", LODGE_FIELD_UINT, N_("Most Grant Frames"), NULL, .needs = "type=xenbus",
    .flags = LODGE_FIELD_MORE },
  { "max-event-channels", "@maxEventChannels", LODGE_FIELD_UINT, N_("Most Event Channels"), NULL,
    .needs = "type=xenbus", .flags = LODGE_FIELD_MORE },
  { "queues", "driver/@queues", LODGE_FIELD_UINT, N_("Queues"), NULL, .needs = "type=scsi", .minimum = 1,
    .maximum = 1024, .flags = LODGE_FIELD_MORE },
  { "cmd-per-lun", "driver/@cmd_per_lun", LODGE_FIELD_UINT, N_("Commands per Disk"), NULL, .needs = "type=scsi",
    .minimum = 1, .maximum = 65535, .flags = LODGE_FIELD_MORE },
  { "max-sectors", "driver/@max_sectors", LODGE_FIELD_UINT, N_("Most Sectors per Command"), NULL,
    .needs = "type=scsi", .minimum = 1, .maximum = 65535, .flags = LODGE_FIELD_MORE },
  { "iothread", "driver/@iothread", LODGE_FIELD_UINT, N_("I/O Thread"), NULL, .needs = "type=scsi", .minimum = 1,
    .maximum = 65535, .flags = LODGE_FIELD_MORE },
  { "ioeventfd", "driver/@ioeventfd", LODGE_FIELD_ON_OFF, N_("I/O Events"), NULL, .needs = "type=scsi",
    .flags = LODGE_FIELD_MORE },
  { "pci-model", "model/@name", LODGE_FIELD_ENUM, N_("Name of the Model"), NULL, .choices = pci_models,
    .needs = "type=pci", .group = PCI, .flags = LODGE_FIELD_MORE },
  { "chassis-nr", "target/@chassisNr", LODGE_FIELD_UINT, N_("Chassis Number"), NULL, .minimum = 1, .maximum = 255,
    .needs = "model=pci-bridge", .group = PCI, .flags = LODGE_FIELD_MORE },
  { "chassis", "target/@chassis", LODGE_FIELD_UINT, N_("Chassis"), NULL, .minimum = 0, .maximum = 255,
    .needs = "model=pcie-root-port pcie-switch-downstream-port", .group = PCI, .flags = LODGE_FIELD_MORE },
  { "port", "target/@port", LODGE_FIELD_HEX, N_("Port"), NULL, .maximum = 255,
    .needs = "model=pcie-root-port pcie-switch-downstream-port", .group = PCI, .flags = LODGE_FIELD_MORE },
  { "hotplug", "target/@hotplug", LODGE_FIELD_ON_OFF, N_("Devices Can Be Added"), NULL,
    .needs = "model=pcie-root-port pcie-switch-downstream-port pci-bridge pci-root", .group = PCI,
    .flags = LODGE_FIELD_MORE },
  { "bus-nr", "target/@busNr", LODGE_FIELD_UINT, N_("Bus Number"), NULL, .minimum = 1, .maximum = 254,
    .needs = "model=pci-expander-bus pcie-expander-bus", .group = PCI, .flags = LODGE_FIELD_MORE },
  { "node", "target/node", LODGE_FIELD_UINT, N_("NUMA Cell"), NULL, .maximum = 1023,
    .needs = "model=pci-expander-bus pcie-expander-bus pci-root", .group = PCI, .flags = LODGE_FIELD_MORE },
  { "pci-index", "target/@index", LODGE_FIELD_UINT, N_("Index"), NULL, .maximum = 30, .needs = "model=pci-root",
    .group = PCI, .flags = LODGE_FIELD_MORE },
  { "mem-reserve", "target/@memReserve", LODGE_FIELD_SIZE, N_("Memory Kept for Devices"), NULL, .unit = "KiB",
    .needs = "model=pcie-root-port pcie-switch-upstream-port pcie-switch-downstream-port", .group = PCI,
    .flags = LODGE_FIELD_MORE | LODGE_FIELD_BARE },
  { "pcihole64", "pcihole64", LODGE_FIELD_SIZE, N_("64-Bit Address Window"), NULL, .unit = "KiB",
    .needs = "model=pci-root pcie-root", .group = PCI, .flags = LODGE_FIELD_MORE },
  { "master-port", "master/@startport", LODGE_FIELD_UINT, N_("First Port of the USB 2 Controller"), NULL,
    .maximum = 15, .needs = "type=usb", .flags = LODGE_FIELD_MORE },
  LODGE_VIRTIO_ROWS,
  LODGE_ACPI_ROW,
  LODGE_ALIAS_ROW,
};

const LodgeSchema lodge_schema_controller = {
  .id = "controller", .path = "devices/controller", .title = N_("Controller"), LODGE_FIELDS (fields), .many = TRUE,
  .blank = "<controller type='scsi' model='virtio-scsi'/>",
  .section = "controllers",
};
