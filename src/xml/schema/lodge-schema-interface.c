/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lodge-schemas.h"

static const LodgeFieldChoice types[] = {
  { "network", N_("Network of the Host") }, { "bridge", N_("Bridge of the Host") },
  { "user", N_("User Network") }, { "direct", N_("Directly on a Card (macvtap)") },
  { "ethernet", N_("Prepared by a Script") }, { "hostdev", N_("A Card of the Host") }, { "vdpa", N_("vDPA") },
  { "vhostuser", N_("vhost-user") }, { "mcast", N_("Multicast Tunnel") }, { "server", N_("TCP Tunnel, Server") },
  { "client", N_("TCP Tunnel, Client") }, { "udp", N_("UDP Tunnel") }, { "internal", N_("Internal Network") },
  { "vds", N_("VMware Distributed Switch") }, { "null", N_("Not Connected") }, { NULL }
};
static const LodgeFieldChoice models[] = {
  { "virtio", N_("Virtio") }, { "e1000e", N_("Intel e1000e") }, { "e1000", N_("Intel e1000") },
  { "rtl8139", N_("Realtek RTL8139") }, { "igb", N_("Intel 82576") }, { "vmxnet3", N_("VMware vmxnet3") },
  { "virtio-transitional", N_("Virtio, for Old and New Guests") },
  { "virtio-non-transitional", N_("Virtio, for New Guests Only") }, { "ne2k_pci", N_("NE2000") },
  { "pcnet", N_("AMD PCnet") }, { "usb-net", N_("USB") }, { "netfront", N_("Xen") }, { "lan9118", N_("LAN9118") },
  { "smc91c111", N_("SMC91C111") }, { "spapr-vlan", N_("POWER") }, { NULL }
};
static const LodgeFieldChoice links[] = {
  { "up", N_("Plugged In") }, { "down", N_("Unplugged") }, { NULL }
};
static const LodgeFieldChoice direct_modes[] = {
  { "bridge", N_("Bridge") }, { "vepa", N_("VEPA") }, { "private", N_("Private") },
  { "passthrough", N_("Pass Through") }, { NULL }
};
static const LodgeFieldChoice backends[] = {
  { "default", N_("QEMU (SLIRP)") }, { "passt", N_("passt") }, { NULL }
};
static const LodgeFieldChoice drivers[] = {
  { "vhost", N_("vhost") }, { "qemu", N_("QEMU") }, { "vfio", N_("VFIO") }, { "kvm", N_("KVM") },
  { "xen", N_("Xen") }, { NULL }
};
static const LodgeFieldChoice txmodes[] = {
  { "iothread", N_("By the I/O Thread") }, { "timer", N_("By a Timer") }, { NULL }
};
static const LodgeFieldChoice mac_types[] = {
  { "static", N_("Set by Hand") }, { "generated", N_("Generated") }, { NULL }
};
static const LodgeFieldChoice table_managers[] = {
  { "kernel", N_("Kernel") }, { "libvirt", N_("libvirt") }, { NULL }
};
static const LodgeFieldChoice socket_modes[] = {
  { "client", N_("Client") }, { "server", N_("Server") }, { NULL }
};
static const LodgeFieldChoice ports[] = {
  { "802.1Qbg", N_("802.1Qbg (VEPA)") }, { "802.1Qbh", N_("802.1Qbh (VN-Link)") },
  { "openvswitch", N_("Open vSwitch") }, { "midonet", N_("MidoNet") }, { NULL }
};
static const LodgeFieldChoice teamings[] = {
  { "persistent", N_("Stays") }, { "transient", N_("Can Go") }, { NULL }
};
static const LodgeFieldChoice families[] = {
  { "ipv4", N_("IPv4") }, { "ipv6", N_("IPv6") }, { NULL }
};
static const LodgeFieldChoice ip_protocols[] = {
  { "tcp", N_("TCP") }, { "udp", N_("UDP") }, { NULL }
};
static const LodgeFieldChoice native_modes[] = {
  { "tagged", N_("Tagged") }, { "untagged", N_("Untagged") }, { NULL }
};
static const LodgeFieldChoice yes_only[] = {
  { "yes", N_("On") }, { NULL }
};

#define SOURCE N_("Connection")
#define PORT N_("Virtual Port")
#define BANDWIDTH N_("Bandwidth")
#define PERFORMANCE N_("Performance")
#define OFFLOADS N_("Offloads")
#define HOST_SIDE N_("On the Host")

static const LodgeField fields[] = {
  { "type", "@type", LODGE_FIELD_ENUM, N_("Connection"), NULL, .choices = types, .flags = LODGE_FIELD_REQUIRED },
  { "model", "model/@type", LODGE_FIELD_ENUM, N_("Model"), N_("The card that the guest sees"), .choices = models,
    .flags = LODGE_FIELD_OPEN },
  { "mac", "mac/@address", LODGE_FIELD_MAC, N_("MAC Address"), NULL },
  { "link", "link/@state", LODGE_FIELD_ENUM, N_("Cable"), NULL, .choices = links, .fallback = "up",
    .flags = LODGE_FIELD_LIVE },
  { "mtu", "mtu/@size", LODGE_FIELD_UINT, N_("MTU"), NULL, .unit = N_("bytes"), .minimum = 68, .maximum = 65535,
    .flags = LODGE_FIELD_MORE },
  { "mac-type", "mac/@type", LODGE_FIELD_ENUM, N_("Origin of the Address"), NULL, .choices = mac_types,
    .flags = LODGE_FIELD_MORE },
  { "mac-check", "mac/@check", LODGE_FIELD_BOOL, N_("Check the Address"), NULL, .fallback = "yes",
    .flags = LODGE_FIELD_MORE },
  { "trust-filters", "@trustGuestRxFilters", LODGE_FIELD_BOOL, N_("Follow the Guest’s Addresses"),
    N_("The host’s filters follow changes of the MAC address"), .needs = "model=virtio",
    .flags = LODGE_FIELD_MORE | LODGE_FIELD_LIVE },
  { "filter", "filterref/@filter", LODGE_FIELD_STRING, N_("Network Filter"), NULL,
    .flags = LODGE_FIELD_MORE | LODGE_FIELD_LIVE },
  { "teaming", "teaming/@type", LODGE_FIELD_ENUM, N_("In a Team"), NULL, .choices = teamings,
    .flags = LODGE_FIELD_MORE },
  { "teaming-persistent", "teaming/@persistent", LODGE_FIELD_STRING, N_("Partner That Stays"),
    N_("Its alias, which begins with “ua-”"), .needs = "teaming=transient", .flags = LODGE_FIELD_MORE },

  { "network", "source/@network", LODGE_FIELD_STRING, N_("Network"), NULL, .needs = "type=network",
    .flags = LODGE_FIELD_LIVE, .group = SOURCE },
  { "portgroup", "source/@portgroup", LODGE_FIELD_STRING, N_("Port Group"), NULL, .needs = "type=network",
    .flags = LODGE_FIELD_MORE | LODGE_FIELD_LIVE, .group = SOURCE },
  { "bridge", "source/@bridge", LODGE_FIELD_STRING, N_("Bridge"), NULL, .needs = "type=bridge",
    .flags = LODGE_FIELD_LIVE, .group = SOURCE },
  { "mac-table", "source/@macTableManager", LODGE_FIELD_ENUM, N_("Addresses of the Bridge Are Kept By"), NULL,
    .choices = table_managers, .needs = "type=bridge", .flags = LODGE_FIELD_MORE, .group = SOURCE },
  { "source-dev", "source/@dev", LODGE_FIELD_STRING, N_("Card of the Host"), NULL, .needs = "type=direct user",
    .flags = LODGE_FIELD_LIVE, .group = SOURCE },
  { "vdpa-dev", "source/@dev", LODGE_FIELD_PATH, N_("vDPA Device"), NULL, .needs = "type=vdpa", .group = SOURCE },
  { "direct-mode", "source/@mode", LODGE_FIELD_ENUM, N_("Mode"), NULL, .choices = direct_modes, .fallback = "vepa",
    .needs = "type=direct", .group = SOURCE },
  { "internal-name", "source/@name", LODGE_FIELD_STRING, N_("Name of the Internal Network"), NULL,
    .needs = "type=internal", .group = SOURCE },
  { "address", "source/@address", LODGE_FIELD_ADDRESS4, N_("Address"), NULL,
    .needs = "type=mcast client server udp", .group = SOURCE },
  { "port", "source/@port", LODGE_FIELD_UINT, N_("Port"), NULL, .needs = "type=mcast client server udp",
    .minimum = 1, .maximum = 65535, .group = SOURCE },
  { "local-address", "source/local/@address", LODGE_FIELD_ADDRESS4, N_("Local Address"), NULL, .needs = "type=udp",
    .group = SOURCE },
  { "local-port", "source/local/@port", LODGE_FIELD_UINT, N_("Local Port"), NULL, .needs = "type=udp",
    .minimum = 1, .maximum = 65535, .group = SOURCE },
  { "vhost-type", "source/@type", LODGE_FIELD_STRING, N_("Kind of Socket"), N_("Always “unix”"),
    .needs = "type=vhostuser", .flags = LODGE_FIELD_MORE, .group = SOURCE },
  { "vhost-path", "source/@path", LODGE_FIELD_PATH, N_("Socket"), NULL, .needs = "type=vhostuser", .group = SOURCE },
  { "vhost-mode", "source/@mode", LODGE_FIELD_ENUM, N_("Role"), NULL, .choices = socket_modes,
    .needs = "type=vhostuser", .group = SOURCE },
  { "vhost-reconnect", "source/reconnect/@enabled", LODGE_FIELD_BOOL, N_("Connect Again"), NULL,
    .needs = "type=vhostuser;vhost-mode=client", .flags = LODGE_FIELD_MORE, .group = SOURCE },
  { "vhost-reconnect-timeout", "source/reconnect/@timeout", LODGE_FIELD_UINT, N_("Connect Again After"), NULL,
    .needs = "vhost-reconnect", .unit = N_("s"), .flags = LODGE_FIELD_MORE, .group = SOURCE },
  { "vhost-reconnect-delay", "source/reconnect/@delay", LODGE_FIELD_UINT,
    N_("Pause before Connecting Again"), NULL, .needs = "vhost-reconnect", .unit = N_("ms"),
    .flags = LODGE_FIELD_MORE,
    .group = SOURCE },
  { "managed", "@managed", LODGE_FIELD_BOOL, N_("Taken from the Host at Start"), NULL, .needs = "type=hostdev",
    .group = SOURCE },
  { "pci-domain", "source/address[@type='pci']/@domain", LODGE_FIELD_HEX, N_("PCI Segment"), NULL,
    .needs = "type=hostdev", .maximum = 65535, .group = SOURCE },
  { "pci-bus", "source/address[@type='pci']/@bus", LODGE_FIELD_HEX, N_("PCI Bus"), NULL, .needs = "type=hostdev",
    .maximum = 255, .group = SOURCE },
  { "pci-slot", "source/address[@type='pci']/@slot", LODGE_FIELD_HEX, N_("PCI Slot"), NULL,
    .needs = "type=hostdev", .maximum = 31, .group = SOURCE },
  { "pci-function", "source/address[@type='pci']/@function", LODGE_FIELD_HEX, N_("PCI Function"), NULL,
    .needs = "type=hostdev", .maximum = 7, .group = SOURCE },
  { "switch-id", "source/@switchid", LODGE_FIELD_UUID, N_("Switch"), NULL, .needs = "type=vds", .group = SOURCE },
  { "vds-portgroup", "source/@portgroupid", LODGE_FIELD_STRING, N_("Port Group of the Switch"), NULL,
    .needs = "type=vds", .group = SOURCE },
  { "vds-port", "source/@portid", LODGE_FIELD_STRING, N_("Port of the Switch"), NULL, .needs = "type=vds",
    .group = SOURCE },
  { "vds-connection", "source/@connectionid", LODGE_FIELD_UINT, N_("Connection of the Switch"), NULL,
    .needs = "type=vds", .group = SOURCE },
  { "backend", "backend/@type", LODGE_FIELD_ENUM, N_("Network Program"),
    N_("passt needs no rights and can forward ports"), .choices = backends, .fallback = "default",
    .needs = "type=user vhostuser", .capability = "devices/interface/enum[@name='backendType']",
    .group = SOURCE },
  { "backend-log", "backend/@logFile", LODGE_FIELD_PATH, N_("Log of passt"), NULL, .needs = "backend=passt",
    .flags = LODGE_FIELD_MORE, .group = SOURCE },
  { "script", "script/@path", LODGE_FIELD_PATH, N_("Script at Start"), NULL, .needs = "type=ethernet bridge",
    .flags = LODGE_FIELD_MORE, .group = SOURCE },
  { "downscript", "downscript/@path", LODGE_FIELD_PATH, N_("Script at the End"), NULL, .needs = "type=ethernet",
    .flags = LODGE_FIELD_MORE, .group = SOURCE },
  { "isolated", "port/@isolated", LODGE_FIELD_BOOL, N_("Isolated"),
    N_("Not reached by other isolated machines on the bridge"), .needs = "type=bridge network",
    .flags = LODGE_FIELD_MORE, .group = SOURCE },

  { "port-type", "virtualport/@type", LODGE_FIELD_ENUM, N_("Kind of Port"), NULL, .choices = ports, .group = PORT,
    .flags = LODGE_FIELD_MORE },
  { "port-managerid", "virtualport/parameters/@managerid", LODGE_FIELD_UINT, N_("VSI Manager"), NULL,
    .needs = "port-type=802.1Qbg", .maximum = 255, .group = PORT, .flags = LODGE_FIELD_MORE },
  { "port-typeid", "virtualport/parameters/@typeid", LODGE_FIELD_UINT, N_("VSI Type"), NULL,
    .needs = "port-type=802.1Qbg", .maximum = 16777215, .group = PORT, .flags = LODGE_FIELD_MORE },
  { "port-typeidversion", "virtualport/parameters/@typeidversion", LODGE_FIELD_UINT, N_("VSI Type Version"), NULL,
    .needs = "port-type=802.1Qbg", .maximum = 255, .group = PORT, .flags = LODGE_FIELD_MORE },
  { "port-instanceid", "virtualport/parameters/@instanceid", LODGE_FIELD_UUID, N_("VSI Instance"), NULL,
    .needs = "port-type=802.1Qbg", .group = PORT, .flags = LODGE_FIELD_MORE },
  { "port-profileid", "virtualport/parameters/@profileid", LODGE_FIELD_STRING, N_("Profile"), NULL,
    .needs = "port-type=802.1Qbh openvswitch", .group = PORT, .flags = LODGE_FIELD_MORE },
  { "port-interfaceid", "virtualport/parameters/@interfaceid", LODGE_FIELD_UUID, N_("Interface ID"), NULL,
    .needs = "port-type=openvswitch midonet", .group = PORT, .flags = LODGE_FIELD_MORE },
  { "vlan-trunk", "vlan/@trunk", LODGE_FIELD_ENUM, N_("VLAN Trunk"), N_("Several VLANs on one card"),
    .choices = yes_only, .group = PORT, .flags = LODGE_FIELD_MORE | LODGE_FIELD_KEEPS_PARENT },

  { "inbound-average", "bandwidth/inbound/@average", LODGE_FIELD_UINT, N_("Incoming, Average"), NULL, .minimum = 1,
    .group = BANDWIDTH, .flags = LODGE_FIELD_MORE | LODGE_FIELD_LIVE, .unit = N_("KiB/s") },
  { "inbound-peak", "bandwidth/inbound/@peak", LODGE_FIELD_UINT, N_("Incoming, Peak"), NULL, .minimum = 1,
    .group = BANDWIDTH, .flags = LODGE_FIELD_MORE | LODGE_FIELD_LIVE, .unit = N_("KiB/s") },
  { "inbound-burst", "bandwidth/inbound/@burst", LODGE_FIELD_UINT, N_("Incoming, Burst"), NULL, .minimum = 1,
    .group = BANDWIDTH, .flags = LODGE_FIELD_MORE | LODGE_FIELD_LIVE, .unit = N_("KiB") },
  { "outbound-average", "bandwidth/outbound/@average", LODGE_FIELD_UINT, N_("Outgoing, Average"), NULL,
    .minimum = 1, .group = BANDWIDTH, .flags = LODGE_FIELD_MORE | LODGE_FIELD_LIVE, .unit = N_("KiB/s") },
  { "outbound-peak", "bandwidth/outbound/@peak", LODGE_FIELD_UINT, N_("Outgoing, Peak"), NULL, .minimum = 1,
    .group = BANDWIDTH, .flags = LODGE_FIELD_MORE | LODGE_FIELD_LIVE, .unit = N_("KiB/s") },
  { "outbound-burst", "bandwidth/outbound/@burst", LODGE_FIELD_UINT, N_("Outgoing, Burst"), NULL, .minimum = 1,
    .group = BANDWIDTH, .flags = LODGE_FIELD_MORE | LODGE_FIELD_LIVE, .unit = N_("KiB") },
  { "inbound-floor", "bandwidth/inbound/@floor", LODGE_FIELD_UINT, N_("Incoming, Guaranteed"), NULL, .minimum = 1,
    .needs = "type=network", .group = BANDWIDTH, .flags = LODGE_FIELD_MORE | LODGE_FIELD_LIVE,
    .unit = N_("KiB/s") },

  { "driver", "driver/@name", LODGE_FIELD_ENUM, N_("Driver"), NULL, .choices = drivers, .group = PERFORMANCE,
    .flags = LODGE_FIELD_MORE },
  { "queues", "driver/@queues", LODGE_FIELD_UINT, N_("Queues"), N_("As many as processors for busy servers"),
    .needs = "model=virtio virtio-transitional virtio-non-transitional", .minimum = 1, .maximum = 256,
    .group = PERFORMANCE, .flags = LODGE_FIELD_MORE },
  { "rx-queue-size", "driver/@rx_queue_size", LODGE_FIELD_UINT, N_("Size of Receive Queues"), NULL,
    .needs = "model=virtio virtio-transitional virtio-non-transitional", .minimum = 256, .maximum = 1024,
    .group = PERFORMANCE, .flags = LODGE_FIELD_MORE },
  { "tx-queue-size", "driver/@tx_queue_size", LODGE_FIELD_UINT, N_("Size of Send Queues"), NULL,
    .needs = "model=virtio virtio-transitional virtio-non-transitional", .minimum = 256, .maximum = 1024,
    .group = PERFORMANCE, .flags = LODGE_FIELD_MORE },
  { "txmode", "driver/@txmode", LODGE_FIELD_ENUM, N_("Sending"), NULL, .choices = txmodes,
    .needs = "model=virtio virtio-transitional virtio-non-transitional", .group = PERFORMANCE,
    .flags = LODGE_FIELD_MORE },
  { "ioeventfd", "driver/@ioeventfd", LODGE_FIELD_ON_OFF, N_("I/O Events"), NULL,
    .needs = "model=virtio virtio-transitional virtio-non-transitional", .group = PERFORMANCE,
    .flags = LODGE_FIELD_MORE },
  { "event-idx", "driver/@event_idx", LODGE_FIELD_ON_OFF, N_("Fewer Events"), NULL,
    .needs = "model=virtio virtio-transitional virtio-non-transitional", .group = PERFORMANCE,
    .flags = LODGE_FIELD_MORE },
  { "rss", "driver/@rss", LODGE_FIELD_ON_OFF, N_("Spread over Queues"), NULL,
    .needs = "model=virtio virtio-transitional virtio-non-transitional", .group = PERFORMANCE,
    .flags = LODGE_FIELD_MORE },
  { "rss-hash-report", "driver/@rss_hash_report", LODGE_FIELD_ON_OFF, N_("Report the Hash"), NULL,
    .needs = "model=virtio virtio-transitional virtio-non-transitional", .group = PERFORMANCE,
    .flags = LODGE_FIELD_MORE },
  { "driver-model", "driver/@model", LODGE_FIELD_STRING, N_("Kernel Module"),
    N_("A VFIO driver made for this card"), .needs = "type=hostdev", .group = PERFORMANCE,
    .flags = LODGE_FIELD_MORE },
  { "coalesce", "coalesce/rx/frames/@max", LODGE_FIELD_UINT, N_("Packets per Interrupt"), NULL,
    .maximum = G_MAXUINT32, .group = PERFORMANCE, .flags = LODGE_FIELD_MORE },
  { "sndbuf", "tune/sndbuf", LODGE_FIELD_UINT, N_("Send Buffer"), NULL, .unit = N_("bytes"),
    .maximum = G_MAXUINT32, .group = PERFORMANCE, .flags = LODGE_FIELD_MORE },

  { "host-csum", "driver/host/@csum", LODGE_FIELD_ON_OFF, N_("Checksums, by the Host"), NULL, .group = OFFLOADS,
    .flags = LODGE_FIELD_MORE, .needs = "model=virtio virtio-transitional virtio-non-transitional" },
  { "host-gso", "driver/host/@gso", LODGE_FIELD_ON_OFF, N_("Generic Segmentation, by the Host"), NULL,
    .group = OFFLOADS, .flags = LODGE_FIELD_MORE,
    .needs = "model=virtio virtio-transitional virtio-non-transitional" },
  { "host-tso4", "driver/host/@tso4", LODGE_FIELD_ON_OFF, N_("TCP Segmentation (IPv4), by the Host"), NULL,
    .group = OFFLOADS, .flags = LODGE_FIELD_MORE,
    .needs = "model=virtio virtio-transitional virtio-non-transitional" },
  { "host-tso6", "driver/host/@tso6", LODGE_FIELD_ON_OFF, N_("TCP Segmentation (IPv6), by the Host"), NULL,
    .group = OFFLOADS, .flags = LODGE_FIELD_MORE,
    .needs = "model=virtio virtio-transitional virtio-non-transitional" },
  { "host-ecn", "driver/host/@ecn", LODGE_FIELD_ON_OFF, N_("Congestion Notification, by the Host"), NULL,
    .group = OFFLOADS, .flags = LODGE_FIELD_MORE,
    .needs = "model=virtio virtio-transitional virtio-non-transitional" },
  { "host-ufo", "driver/host/@ufo", LODGE_FIELD_ON_OFF, N_("UDP Fragmentation, by the Host"), NULL,
    .group = OFFLOADS, .flags = LODGE_FIELD_MORE,
    .needs = "model=virtio virtio-transitional virtio-non-transitional" },
  { "host-mrg-rxbuf", "driver/host/@mrg_rxbuf", LODGE_FIELD_ON_OFF, N_("Merged Receive Buffers, by the Host"),
    NULL, .group = OFFLOADS, .flags = LODGE_FIELD_MORE,
    .needs = "model=virtio virtio-transitional virtio-non-transitional" },
  { "guest-csum", "driver/guest/@csum", LODGE_FIELD_ON_OFF, N_("Checksums, by the Guest"), NULL, .group = OFFLOADS,
    .flags = LODGE_FIELD_MORE, .needs = "model=virtio virtio-transitional virtio-non-transitional" },
  { "guest-tso4", "driver/guest/@tso4", LODGE_FIELD_ON_OFF, N_("TCP Segmentation (IPv4), by the Guest"), NULL,
    .group = OFFLOADS, .flags = LODGE_FIELD_MORE,
    .needs = "model=virtio virtio-transitional virtio-non-transitional" },
  { "guest-tso6", "driver/guest/@tso6", LODGE_FIELD_ON_OFF, N_("TCP Segmentation (IPv6), by the Guest"), NULL,
    .group = OFFLOADS, .flags = LODGE_FIELD_MORE,
    .needs = "model=virtio virtio-transitional virtio-non-transitional" },
  { "guest-ecn", "driver/guest/@ecn", LODGE_FIELD_ON_OFF, N_("Congestion Notification, by the Guest"), NULL,
    .group = OFFLOADS, .flags = LODGE_FIELD_MORE,
    .needs = "model=virtio virtio-transitional virtio-non-transitional" },
  { "guest-ufo", "driver/guest/@ufo", LODGE_FIELD_ON_OFF, N_("UDP Fragmentation, by the Guest"), NULL,
    .group = OFFLOADS, .flags = LODGE_FIELD_MORE,
    .needs = "model=virtio virtio-transitional virtio-non-transitional" },

  { "target", "target/@dev", LODGE_FIELD_STRING, N_("Name on the Host"), NULL, .group = HOST_SIDE,
    .flags = LODGE_FIELD_MORE },
  { "target-managed", "target/@managed", LODGE_FIELD_BOOL, N_("libvirt Makes It"), NULL, .needs = "type=ethernet",
    .group = HOST_SIDE, .flags = LODGE_FIELD_MORE },
  { "backend-tap", "backend/@tap", LODGE_FIELD_PATH, N_("TAP Device"), NULL, .group = HOST_SIDE,
    .flags = LODGE_FIELD_MORE },
  { "backend-vhost", "backend/@vhost", LODGE_FIELD_PATH, N_("vhost Device"), NULL, .group = HOST_SIDE,
    .flags = LODGE_FIELD_MORE },
  { "guest-dev", "guest/@dev", LODGE_FIELD_STRING, N_("Name in the Container"), NULL, .group = HOST_SIDE,
    .flags = LODGE_FIELD_MORE },
  { "backend-domain", "backenddomain/@name", LODGE_FIELD_STRING, N_("Driver Machine (Xen)"), NULL,
    .group = HOST_SIDE, .flags = LODGE_FIELD_MORE },

  LODGE_VIRTIO_ROWS,
  LODGE_BOOT_ROW,
  LODGE_ROM_ROWS,
  { "acpi-index", "acpi/@index", LODGE_FIELD_UINT, N_("ACPI Index"),
    N_("Gives the card a fixed name in the guest"), .minimum = 1, .maximum = 16383, .flags = LODGE_FIELD_MORE },
  LODGE_ALIAS_ROW,
};

static const LodgeField ip_fields[] = {
  { "address", "@address", LODGE_FIELD_ADDRESS, N_("Address"), NULL, .flags = LODGE_FIELD_REQUIRED },
  { "family", "@family", LODGE_FIELD_ENUM, N_("Family"), NULL, .choices = families },
  { "prefix", "@prefix", LODGE_FIELD_UINT, N_("Prefix"), NULL, .maximum = 128 },
  { "peer", "@peer", LODGE_FIELD_ADDRESS, N_("Peer"), NULL, .flags = LODGE_FIELD_MORE },
};
static const LodgeSchema ip = {
  .id = "interface-ip", .path = "ip", .title = N_("Addresses"), LODGE_FIELDS (ip_fields), .many = TRUE,
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
  .id = "interface-route", .path = "route", .title = N_("Routes"), LODGE_FIELDS (route_fields), .many = TRUE,
  .blank = "<route family='ipv4' address='192.168.222.0' prefix='24' gateway='192.168.1.1'/>",
};
static const LodgeField range_fields[] = {
  { "start", "@start", LODGE_FIELD_UINT, N_("From"), NULL, .minimum = 1, .maximum = 65535,
    .flags = LODGE_FIELD_REQUIRED },
  { "end", "@end", LODGE_FIELD_UINT, N_("To"), NULL, .minimum = 1, .maximum = 65535 },
  { "to", "@to", LODGE_FIELD_UINT, N_("Port in the Guest"), NULL, .minimum = 1, .maximum = 65535 },
  { "exclude", "@exclude", LODGE_FIELD_BOOL, N_("Left Out"), NULL },
};
static const LodgeSchema range = {
  .id = "port-forward-range", .path = "range", .title = N_("Ports"), LODGE_FIELDS (range_fields), .many = TRUE,
  .blank = "<range start='8080' to='80'/>",
};
static const LodgeSchema * const forward_lists[] = { &range, NULL };
static const LodgeField forward_fields[] = {
  { "proto", "@proto", LODGE_FIELD_ENUM, N_("Protocol"), NULL, .choices = ip_protocols,
    .flags = LODGE_FIELD_REQUIRED },
  { "address", "@address", LODGE_FIELD_ADDRESS, N_("Address of the Host"), NULL },
  { "dev", "@dev", LODGE_FIELD_STRING, N_("Card of the Host"), NULL },
};
static const LodgeSchema forward = {
  .id = "port-forward", .path = "portForward", .title = N_("Forwarded Ports"), LODGE_FIELDS (forward_fields),
    .many = TRUE,
  .blank = "<portForward proto='tcp'>\n  <range start='8080' to='80'/>\n</portForward>", .lists = forward_lists,
};
static const LodgeField vlan_fields[] = {
  { "id", "@id", LODGE_FIELD_UINT, N_("Number"), NULL, .minimum = 0, .maximum = 4095,
    .flags = LODGE_FIELD_REQUIRED },
  { "native-mode", "@nativeMode", LODGE_FIELD_ENUM, N_("As the Native VLAN"), NULL, .choices = native_modes },
};
static const LodgeSchema vlan = {
  .id = "vlan-tag", .path = "vlan/tag", .title = N_("VLANs"), LODGE_FIELDS (vlan_fields), .many = TRUE,
  .blank = "<tag id='42'/>",
};
static const LodgeField parameter_fields[] = {
  { "name", "@name", LODGE_FIELD_STRING, N_("Name"), N_("Like IP"),
    .flags = LODGE_FIELD_REQUIRED | LODGE_FIELD_FIXED },
  { "value", "@value", LODGE_FIELD_STRING, N_("Value"), NULL, .flags = LODGE_FIELD_REQUIRED },
};
static const LodgeSchema parameter = {
  .id = "filter-parameter", .path = "filterref/parameter", .title = N_("Parameters of the Filter"),
    LODGE_FIELDS (parameter_fields), .many = TRUE,
  .blank = "<parameter name='IP' value='192.168.1.10'/>",
};
static const LodgeSchema host_ip = {
  .id = "interface-host-ip", .path = "source/ip", .title = N_("Addresses on the Host"), LODGE_FIELDS (ip_fields),
    .many = TRUE,
  .blank = "<ip address='192.168.1.10' family='ipv4' prefix='24'/>",
};
static const LodgeSchema host_route = {
  .id = "interface-host-route", .path = "source/route", .title = N_("Routes on the Host"),
    LODGE_FIELDS (route_fields), .many = TRUE,
  .blank = "<route family='ipv4' address='192.168.222.0' prefix='24' gateway='192.168.1.1'/>",
};
static const LodgeSchema * const lists[] = { &ip, &route, &forward, &vlan, &parameter, &host_ip, &host_route, NULL };

const LodgeSchema lodge_schema_interface = {
  .id = "interface", .path = "devices/interface", .title = N_("Network Card"), LODGE_FIELDS (fields), .many = TRUE,
  .blank = "<interface type='network'>\n  <source network='default'/>\n  <model type='virtio'/>\n</interface>",
    .lists = lists,
  .section = "network-interfaces",
};
