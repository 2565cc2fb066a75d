/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lodge-schemas.h"

static const LodgeFieldChoice modes[] = {
  { "subsystem", N_("Device") }, { "capabilities", N_("Device of the Container") }, { NULL }
};
static const LodgeFieldChoice types[] = {
  { "usb", N_("USB") }, { "pci", N_("PCI") }, { "mdev", N_("Mediated Device") }, { "scsi", N_("SCSI") },
  { "scsi_host", N_("SCSI over vhost") }, { "storage", N_("Storage") }, { "misc", N_("Character Device") },
  { "net", N_("Network Card") }, { NULL }
};
static const LodgeFieldChoice drivers[] = {
  { "vfio", N_("VFIO") }, { "kvm", N_("KVM") }, { "xen", N_("Xen") }, { NULL }
};
static const LodgeFieldChoice models[] = {
  { "vfio-pci", N_("PCI") }, { "vfio-ccw", N_("CCW") }, { "vfio-ap", N_("Crypto Card") },
  { "virtio", N_("Virtio") }, { "virtio-transitional", N_("Virtio, for Old and New Guests") },
  { "virtio-non-transitional", N_("Virtio, for New Guests Only") }, { NULL }
};
static const LodgeFieldChoice guest_resets[] = {
  { "on", N_("On") }, { "off", N_("Off") }, { "uninitialized", N_("Until It Is Set Up") }, { NULL }
};
static const LodgeFieldChoice sgio[] = {
  { "filtered", N_("Safe Commands") }, { "unfiltered", N_("All Commands") }, { NULL }
};
static const LodgeFieldChoice protocols[] = {
  { "adapter", N_("Adapter of the Host") }, { "iscsi", N_("iSCSI") }, { "vhost", N_("vhost") }, { NULL }
};
static const LodgeFieldChoice teamings[] = {
  { "persistent", N_("Stays") }, { "transient", N_("Can Go") }, { NULL }
};

#define SOURCE N_("Device of the Host")

static const LodgeField fields[] = {
  { "type", "@type", LODGE_FIELD_ENUM, N_("Kind"), NULL, .choices = types,
    .capability = "devices/hostdev/enum[@name='subsysType']", .flags = LODGE_FIELD_REQUIRED | LODGE_FIELD_FIXED },
  { "mode", "@mode", LODGE_FIELD_ENUM, N_("Use"), NULL, .choices = modes,
    .flags = LODGE_FIELD_REQUIRED | LODGE_FIELD_FIXED | LODGE_FIELD_MORE },
  { "managed", "@managed", LODGE_FIELD_BOOL, N_("Taken from the Host at Start"), N_("And given back at the end"),
    .needs = "type=pci" },
  { "driver", "driver/@name", LODGE_FIELD_ENUM, N_("Driver"), NULL, .choices = drivers, .needs = "type=pci",
    .flags = LODGE_FIELD_MORE },
  { "driver-model", "driver/@model", LODGE_FIELD_STRING, N_("Kernel Module"),
    N_("A VFIO driver made for this device"), .needs = "type=pci", .flags = LODGE_FIELD_MORE },
  { "model", "@model", LODGE_FIELD_ENUM, N_("Model"), NULL, .choices = models, .needs = "type=mdev scsi_host" },
  { "display", "@display", LODGE_FIELD_ON_OFF, N_("Display"), N_("The device’s picture is shown in the console"),
    .needs = "type=mdev" },
  { "ramfb", "@ramfb", LODGE_FIELD_ON_OFF, N_("Boot Display"),
    N_("A simple picture before the guest’s driver starts"), .needs = "display", .flags = LODGE_FIELD_MORE },
  { "readonly", "readonly", LODGE_FIELD_PRESENCE, N_("Read-Only"), NULL, .needs = "type=scsi" },
  { "shareable", "shareable", LODGE_FIELD_PRESENCE, N_("Shared"), NULL, .needs = "type=scsi" },
  { "rawio", "@rawio", LODGE_FIELD_BOOL, N_("Raw Access"), NULL, .needs = "type=scsi", .flags = LODGE_FIELD_MORE },
  { "sgio", "@sgio", LODGE_FIELD_ENUM, N_("SCSI Commands"), NULL, .choices = sgio, .needs = "type=scsi",
    .flags = LODGE_FIELD_MORE },
  { "teaming", "teaming/@type", LODGE_FIELD_ENUM, N_("In a Team"), NULL, .choices = teamings, .needs = "type=pci",
    .flags = LODGE_FIELD_MORE },
  { "teaming-persistent", "teaming/@persistent", LODGE_FIELD_STRING, N_("Partner That Stays"), NULL,
    .needs = "teaming", .flags = LODGE_FIELD_MORE },

  { "vendor", "source/vendor/@id", LODGE_FIELD_HEX, N_("Vendor"), NULL, .needs = "type=usb", .maximum = 65535,
    .group = SOURCE },
  { "product", "source/product/@id", LODGE_FIELD_HEX, N_("Product"), NULL, .needs = "type=usb", .maximum = 65535,
    .group = SOURCE },
  { "usb-bus", "source/address/@bus", LODGE_FIELD_UINT, N_("USB Bus"), NULL, .needs = "type=usb", .maximum = 999,
    .flags = LODGE_FIELD_MORE, .group = SOURCE },
  { "usb-device", "source/address/@device", LODGE_FIELD_UINT, N_("USB Device"), NULL, .needs = "type=usb",
    .maximum = 999, .flags = LODGE_FIELD_MORE, .group = SOURCE },
  { "startup-policy", "source/@startupPolicy", LODGE_FIELD_ENUM, N_("When It Is Missing"), NULL,
    .choices = lodge_choices_startup_policy, .fallback = "mandatory", .needs = "type=usb", .group = SOURCE },
  { "guest-reset", "source/@guestReset", LODGE_FIELD_ENUM, N_("The Guest Can Reset It"), NULL,
    .choices = guest_resets, .needs = "type=usb", .flags = LODGE_FIELD_MORE, .group = SOURCE },
  { "pci-domain", "source/address/@domain", LODGE_FIELD_HEX, N_("PCI Segment"), NULL, .needs = "type=pci",
    .maximum = 65535, .group = SOURCE },
  { "pci-bus", "source/address/@bus", LODGE_FIELD_HEX, N_("PCI Bus"), NULL, .needs = "type=pci", .maximum = 255,
    .group = SOURCE },
  { "pci-slot", "source/address/@slot", LODGE_FIELD_HEX, N_("PCI Slot"), NULL, .needs = "type=pci", .maximum = 31,
    .group = SOURCE },
  { "pci-function", "source/address/@function", LODGE_FIELD_HEX, N_("PCI Function"), NULL, .needs = "type=pci",
    .maximum = 7, .group = SOURCE },
  { "write-filtering", "source/@writeFiltering", LODGE_FIELD_BOOL, N_("Protected Registers (Xen)"), NULL,
    .needs = "type=pci", .flags = LODGE_FIELD_MORE, .group = SOURCE },
  { "mdev-uuid", "source/address/@uuid", LODGE_FIELD_UUID, N_("UUID"), NULL, .needs = "type=mdev", .group = SOURCE },
  { "scsi-protocol", "source/@protocol", LODGE_FIELD_ENUM, N_("Reached By"), NULL, .choices = protocols,
    .fallback = "adapter", .needs = "type=scsi scsi_host", .group = SOURCE },
  { "scsi-adapter", "source/adapter/@name", LODGE_FIELD_STRING, N_("Adapter"), N_("Like scsi_host0"),
    .needs = "type=scsi;scsi-protocol=adapter", .group = SOURCE },
  { "scsi-bus", "source/address/@bus", LODGE_FIELD_UINT, N_("Bus"), NULL,
    .needs = "type=scsi;scsi-protocol=adapter", .maximum = 999, .group = SOURCE },
  { "scsi-target", "source/address/@target", LODGE_FIELD_UINT, N_("Target"), NULL,
    .needs = "type=scsi;scsi-protocol=adapter", .maximum = 65535, .group = SOURCE },
  { "scsi-unit", "source/address/@unit", LODGE_FIELD_UINT, N_("Unit"), NULL,
    .needs = "type=scsi;scsi-protocol=adapter", .maximum = G_MAXUINT32, .group = SOURCE },
  { "iscsi-name", "source/@name", LODGE_FIELD_STRING, N_("Target and LUN"), NULL, .needs = "scsi-protocol=iscsi",
    .group = SOURCE },
  { "iscsi-host", "source/host/@name", LODGE_FIELD_STRING, N_("Server"), NULL, .needs = "scsi-protocol=iscsi",
    .group = SOURCE },
  { "iscsi-port", "source/host/@port", LODGE_FIELD_UINT, N_("Port"), NULL, .needs = "scsi-protocol=iscsi",
    .minimum = 1, .maximum = 65535, .group = SOURCE },
  { "iscsi-user", "source/auth/@username", LODGE_FIELD_STRING, N_("User Name"), NULL,
    .needs = "scsi-protocol=iscsi", .flags = LODGE_FIELD_MORE, .group = SOURCE },
  { "iscsi-secret", "source/auth/secret[@type='iscsi']/@usage", LODGE_FIELD_STRING, N_("Use of the Secret"), NULL,
    .needs = "iscsi-user", .flags = LODGE_FIELD_MORE, .group = SOURCE },
  { "iscsi-secret-uuid", "source/auth/secret[@type='iscsi']/@uuid", LODGE_FIELD_UUID, N_("Secret of the Host"),
    NULL, .needs = "iscsi-user", .flags = LODGE_FIELD_MORE, .group = SOURCE },
  { "iscsi-initiator", "source/initiator/iqn/@name", LODGE_FIELD_STRING, N_("Initiator"), NULL,
    .needs = "scsi-protocol=iscsi", .flags = LODGE_FIELD_MORE, .group = SOURCE },
  { "wwpn", "source/@wwpn", LODGE_FIELD_STRING, N_("World Wide Port Name"), N_("Like naa.5123456789abcde0"),
    .needs = "type=scsi_host", .group = SOURCE },
  { "block", "source/block", LODGE_FIELD_PATH, N_("Device"), NULL, .needs = "type=storage", .group = SOURCE },
  { "char", "source/char", LODGE_FIELD_PATH, N_("Device"), NULL, .needs = "type=misc", .group = SOURCE },
  { "net", "source/interface", LODGE_FIELD_STRING, N_("Network Card"), NULL, .needs = "type=net", .group = SOURCE },

  LODGE_BOOT_ROW,
  LODGE_ROM_ROWS,
  { "acpi-index", "acpi/@index", LODGE_FIELD_UINT, N_("ACPI Index"), NULL, .needs = "type=pci", .minimum = 1,
    .maximum = 16383, .flags = LODGE_FIELD_MORE },
  LODGE_ALIAS_ROW,
};

static const LodgeFieldChoice families[] = {
  { "ipv4", N_("IPv4") }, { "ipv6", N_("IPv6") }, { NULL }
};
static const LodgeField ip_fields[] = {
  { "address", "@address", LODGE_FIELD_ADDRESS, N_("Address"), NULL, .flags = LODGE_FIELD_REQUIRED },
  { "family", "@family", LODGE_FIELD_ENUM, N_("Family"), NULL, .choices = families },
  { "prefix", "@prefix", LODGE_FIELD_UINT, N_("Prefix"), NULL, .maximum = 128 },
  { "peer", "@peer", LODGE_FIELD_ADDRESS, N_("Peer"), NULL, .flags = LODGE_FIELD_MORE },
};
static const LodgeSchema ip = {
  .id = "hostdev-ip", .path = "ip", .title = N_("Addresses"), LODGE_FIELDS (ip_fields), .many = TRUE,
  .blank = "<ip address='192.168.1.10' family='ipv4' prefix='24'/>",
};
static const LodgeField route_fields[] = {
  { "address", "@address", LODGE_FIELD_ADDRESS, N_("Destination"), NULL, .flags = LODGE_FIELD_REQUIRED },
  { "family", "@family", LODGE_FIELD_ENUM, N_("Family"), NULL, .choices = families },
  { "prefix", "@prefix", LODGE_FIELD_UINT, N_("Prefix"), NULL, .maximum = 128 },
  { "netmask", "@netmask", LODGE_FIELD_ADDRESS4, N_("Netmask"), NULL, .flags = LODGE_FIELD_MORE },
  { "gateway", "@gateway", LODGE_FIELD_ADDRESS, N_("Gateway"), NULL, .flags = LODGE_FIELD_REQUIRED },
  { "metric", "@metric", LODGE_FIELD_UINT, N_("Metric"), NULL, .minimum = 1, .maximum = 65535 },
};
static const LodgeSchema route = {
  .id = "hostdev-route", .path = "route", .title = N_("Routes"), LODGE_FIELDS (route_fields), .many = TRUE,
  .blank = "<route family='ipv4' address='192.168.222.0' prefix='24' gateway='192.168.1.1'/>",
};
static const LodgeSchema * const lists[] = { &ip, &route, NULL };

const LodgeSchema lodge_schema_hostdev = {
  .id = "hostdev", .path = "devices/hostdev", .title = N_("Host Device"), LODGE_FIELDS (fields), .many = TRUE,
  .blank = "<hostdev mode='subsystem' type='usb'>\n  <source>\n    <vendor id='0x1234'/>\n"
           "    <product id='0xbeef'/>\n  </source>\n</hostdev>",
  .lists = lists, .section = "usb-pci-scsi-devices",
};
