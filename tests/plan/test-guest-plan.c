/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <libxml/parser.h>
#include <libxml/relaxng.h>
#include <string.h>

#include "plan/lodge-guest-plan.h"
#include "util/lodge-error.h"
#include "xml/lodge-xml-document.h"

#define SCHEMA "/usr/share/libvirt/schemas/domain.rng"

/* Hosts, in a few words of capability XML each */
#define ENUM(name, values) "<enum name='" name "'>" values "</enum>"
#define VALUE(value) "<value>" value "</value>"

#define CPU_MODES "<cpu><mode name='host-passthrough' supported='yes'>" \
  ENUM ("hostPassthroughMigratable", VALUE ("on")) "</mode>" \
  "<mode name='maximum' supported='yes'/><mode name='host-model' supported='yes'/></cpu>"
#define HYPERV(values) "<features><hyperv supported='yes'>" ENUM ("features", values) "</hyperv></features>"
#define X86_DEVICES "<devices><graphics supported='yes'>" ENUM ("type", VALUE ("vnc") VALUE ("spice") VALUE ("dbus")) \
  "</graphics>" \
  "<video supported='yes'>" ENUM ("modelType", VALUE ("vga") VALUE ("qxl") VALUE ("virtio") VALUE ("bochs")) "</video>" \
  "<tpm supported='yes'>" ENUM ("model", VALUE ("tpm-crb")) ENUM ("backendModel", VALUE ("emulator")) "</tpm>" \
  "<channel supported='yes'>" ENUM ("type", VALUE ("unix") VALUE ("spicevmc")) "</channel>" \
  "<redirdev supported='yes'>" ENUM ("bus", VALUE ("usb")) "</redirdev></devices>"

/* Today's x86 host with everything */
static const char x86_devices[] =
  "<domainCapabilities><machine>pc-q35-10.0</machine><vcpu max='288'/>"
  "<os supported='yes'>" ENUM ("firmware", VALUE ("bios") VALUE ("efi"))
  "<loader supported='yes'>" ENUM ("secure", VALUE ("yes") VALUE ("no")) "</loader></os>"
  CPU_MODES X86_DEVICES
  HYPERV (VALUE ("relaxed") VALUE ("vapic") VALUE ("spinlocks") VALUE ("vpindex") VALUE ("synic") VALUE ("stimer")
          VALUE ("frequencies") VALUE ("tlbflush") VALUE ("ipi"))
  "</domainCapabilities>";

/* The same without vpindex, on which others stand, and whose CPU cannot be migrated as it is */
static const char odd_devices[] =
  "<domainCapabilities><os supported='yes'>" ENUM ("firmware", VALUE ("efi"))
  "<loader supported='yes'>" ENUM ("secure", VALUE ("no")) "</loader></os>"
  "<cpu><mode name='host-passthrough' supported='yes'>" ENUM ("hostPassthroughMigratable", VALUE ("off")) "</mode>"
  "<mode name='host-model' supported='yes'/></cpu>" X86_DEVICES
  HYPERV (VALUE ("relaxed") VALUE ("synic") VALUE ("stimer") VALUE ("tlbflush") VALUE ("ipi"))
  "</domainCapabilities>";

/* No firmware but BIOS, no TPM, no SPICE: a hardened build */
static const char plain_devices[] =
  "<domainCapabilities><os supported='yes'>" ENUM ("firmware", VALUE ("bios")) "</os>" CPU_MODES
  "<devices><graphics supported='yes'>" ENUM ("type", VALUE ("vnc")) "</graphics>"
  "<video supported='yes'>" ENUM ("modelType", VALUE ("vga") VALUE ("qxl")) "</video></devices></domainCapabilities>";

static const char arm_devices[] =
  "<domainCapabilities><machine>virt-10.0</machine>"
  "<os supported='yes'>" ENUM ("firmware", VALUE ("efi")) "</os>"
  "<cpu><mode name='host-passthrough' supported='yes'/><mode name='maximum' supported='yes'/></cpu>"
  "<devices><graphics supported='yes'>" ENUM ("type", VALUE ("vnc")) "</graphics>"
  "<video supported='yes'>" ENUM ("modelType", VALUE ("virtio") VALUE ("ramfb")) "</video>"
  "<tpm supported='yes'>" ENUM ("model", VALUE ("tpm-tis")) ENUM ("backendModel", VALUE ("emulator")) "</tpm>"
  "</devices></domainCapabilities>";

/* The same with SPICE */
static const char arm_spice_devices[] =
  "<domainCapabilities><os supported='yes'>" ENUM ("firmware", VALUE ("efi")) "</os>"
  "<cpu><mode name='host-passthrough' supported='yes'/></cpu>"
  "<devices><graphics supported='yes'>" ENUM ("type", VALUE ("vnc") VALUE ("spice")) "</graphics>"
  "<channel supported='yes'>" ENUM ("type", VALUE ("spicevmc")) "</channel>"
  "<redirdev supported='yes'>" ENUM ("bus", VALUE ("usb")) "</redirdev>"
  "<video supported='yes'>" ENUM ("modelType", VALUE ("ramfb")) "</video></devices></domainCapabilities>";

/* What the test driver answers: next to nothing */
static const char bare_devices[] = "<domainCapabilities><path>/x</path><domain>test</domain></domainCapabilities>";

static const LodgeOsFeatures modern =
  LODGE_OS_VIRTIO_NET | LODGE_OS_VIRTIO_NET_1 | LODGE_OS_VIRTIO_BLOCK | LODGE_OS_VIRTIO_BALLOON
  | LODGE_OS_VIRTIO_SERIAL | LODGE_OS_VIRTIO_SCSI | LODGE_OS_VIRTIO_RNG | LODGE_OS_VIRTIO_GPU
  | LODGE_OS_VIRTIO_INPUT | LODGE_OS_USB3 | LODGE_OS_Q35;
static const LodgeOsFeatures windows_11 = LODGE_OS_USB3 | LODGE_OS_Q35 | LODGE_OS_EFI_ONLY | LODGE_OS_WINDOWS;

/* What else a case chooses */
typedef enum
{
  FILE_DISK = 1 << 0,     /* an image that is there, not a new volume */
  BLOCK_DISK = 1 << 1,
  RAW_VOLUME = 1 << 2,
  NO_DISK = 1 << 3,
  DRIVE = 1 << 4,         /* a disc in the host's drive */
  REMOTE = 1 << 5,
  USER_NET = 1 << 6,
  BRIDGE = 1 << 7,
  NO_NET = 1 << 8,
  FOREIGN = 1 << 9,       /* the host is x86_64, whatever the guest is */
  WARNS = 1 << 10,        /* beside the warning of emulation */
} Extras;

typedef struct
{
  const char          *label;
  const char          *arch, *virt_type, *os_type;
  const char          *machines;      /* separated by blanks */
  const char          *devices;       /* nullable: the host cannot tell */
  LodgeOsFeatures      os;
  /* path=value of the outcome, separated by blanks; “path=-” is absent */
  const char          *outcome;
  Extras               extras;
  LodgeGuestSource     source;
  LodgeFirmwareChoice  firmware;
  const char          *net_models;    /* nullable: of the system, separated by blanks */
} Case;

#define DISK "devices/disk[@device='disk']/"
#define DISC "devices/disk[@device='cdrom']/"
#define HVM(arch, virt, machines) arch, virt, "hvm", machines

static const Case cases[] = {
  { "linux-kvm", HVM ("x86_64", "kvm", "pc q35"), x86_devices, modern,
    "os/type/@machine=q35 os/@firmware=- cpu/@mode=host-passthrough " DISK "target/@bus=virtio " DISK "target/@dev=vda "
    DISK "driver/@discard=unmap " DISK "driver/@cache=- " DISK "driver/@type=qcow2 " DISK "boot/@order=1 "
    DISC "target/@bus=sata " DISC "target/@dev=sda " DISC "boot/@order=2 " DISC "driver/@type=raw "
    "devices/interface/model/@type=virtio devices/interface/source/@network=default "
    "devices/video/model/@type=virtio devices/graphics/@type=spice devices/graphics/@autoport=yes "
    "devices/graphics/image/@compression=off devices/graphics[2]/@type=dbus devices/graphics[2]/@p2p=yes "
    "devices/graphics[3]/@type=- devices/sound/@model=ich9 "
    "devices/controller[@type='usb']/@model=qemu-xhci devices/controller[@type='usb']/@ports=15 devices/tpm/@model=- "
    "devices/rng/@model=virtio devices/rng/backend=/dev/urandom devices/memballoon/@model=virtio "
    "devices/controller[2]/@model=pcie-root devices/controller[16]/@model=pcie-root-port devices/controller[17]/@model=- "
    "devices/channel[1]/target/@name=org.qemu.guest_agent.0 devices/channel[2]/target/@name=com.redhat.spice.0 "
    "devices/redirdev[2]/@bus=usb devices/redirdev[3]/@bus=- clock/@offset=utc clock/timer[@name='rtc']/@tickpolicy=catchup "
    "clock/timer[@name='pit']/@tickpolicy=delay clock/timer[@name='hpet']/@present=no clock/timer[@name='hypervclock']/@present=- "
    "devices/input/@type=tablet devices/input[2]/@type=- features/vmport/@state=off features/smm/@state=- "
    "pm/suspend-to-mem/@enabled=no pm/suspend-to-disk/@enabled=no devices/console/@type=pty vcpu=2 features/pae=-" },
  { "linux-tcg", HVM ("x86_64", "qemu", "pc q35"), x86_devices, modern,
    "@type=qemu cpu/@mode=maximum os/type/@machine=q35" },
  { "linux-remote", HVM ("x86_64", "kvm", "pc q35"), x86_devices, modern,
    "devices/graphics/@type=spice devices/graphics/image/@compression=- devices/graphics[2]/@type=-", REMOTE },
  { "linux-session", HVM ("x86_64", "kvm", "pc q35"), x86_devices, modern,
    "devices/interface/@type=user devices/interface/model/@type=virtio", USER_NET },
  { "linux-bridge", HVM ("x86_64", "kvm", "pc q35"), x86_devices, modern,
    "devices/interface/@type=bridge devices/interface/source/@bridge=default", BRIDGE },
  { "linux-alone", HVM ("x86_64", "kvm", "pc q35"), x86_devices, modern, "devices/interface/@type=-", NO_NET },
  { "linux-image", HVM ("x86_64", "kvm", "pc q35"), x86_devices, modern,
    DISK "@type=file " DISK "source/@file=/images/disk.qcow2 " DISK "driver/@discard=- " DISK "boot/@order=1 " DISC "@type=-",
    FILE_DISK, LODGE_SOURCE_DISK },
  { "linux-device", HVM ("x86_64", "kvm", "pc q35"), x86_devices, modern,
    DISK "@type=block " DISK "source/@dev=/dev/vg/lv " DISK "driver/@discard=unmap " DISK "driver/@cache=none "
    DISK "driver/@io=native " DISK "driver/@type=raw", BLOCK_DISK, LODGE_SOURCE_DISK },
  { "linux-logical", HVM ("x86_64", "kvm", "pc q35"), x86_devices, modern,
    DISK "@type=volume " DISK "driver/@type=raw " DISK "driver/@discard=-", RAW_VOLUME },
  { "linux-drive", HVM ("x86_64", "kvm", "pc q35"), x86_devices, modern,
    DISC "@type=block " DISC "source/@dev=/dev/sr0 " DISC "boot/@order=1 " DISK "@type=-", DRIVE | NO_DISK },
  { "linux-pxe", HVM ("x86_64", "kvm", "pc q35"), x86_devices, modern,
    "devices/interface/boot/@order=1 " DISK "boot/@order=2 " DISC "@type=-", 0, LODGE_SOURCE_NETWORK },
  { "empty", HVM ("x86_64", "kvm", "pc q35"), x86_devices, modern, DISK "boot/@order=1 " DISC "@type=-", 0,
    LODGE_SOURCE_NONE },
  { "linux-uefi", HVM ("x86_64", "kvm", "pc q35"), x86_devices, modern,
    "os/@firmware=efi features/smm/@state=- os/firmware/feature/@name=- devices/tpm/@model=tpm-crb", 0,
    LODGE_SOURCE_DISC,
    LODGE_FIRMWARE_EFI },
  { "linux-secure-boot", HVM ("x86_64", "kvm", "pc q35"), x86_devices, modern,
    "os/@firmware=efi features/smm/@state=on os/firmware/feature[1]/@name=secure-boot "
    "os/firmware/feature[2]/@name=enrolled-keys devices/tpm/backend/@type=emulator", 0, LODGE_SOURCE_DISC,
    LODGE_FIRMWARE_EFI_SECURE },
  { "linux-odd-host", HVM ("x86_64", "kvm", "pc q35"), odd_devices, modern, "cpu/@mode=host-model" },
  { "linux-hardened-host", HVM ("x86_64", "kvm", "pc q35"), plain_devices, modern,
    "devices/graphics/@type=vnc devices/graphics/@port=-1 devices/sound/@model=- devices/redirdev/@bus=- "
    "devices/channel[2]/@type=- features/vmport/@state=- devices/video/model/@type=vga" },
  { "linux-old-host", HVM ("x86_64", "kvm", "pc"), x86_devices, modern,
    "os/type/@machine=pc " DISC "target/@bus=ide devices/sound/@model=ich6 devices/controller[@type='pci']/@model=-" },
  { "linux-unknowing-host", HVM ("x86_64", "kvm", "pc q35"), NULL, modern, "cpu/@mode=- devices/graphics/@type=vnc" },
  { "centos7-kvm", HVM ("x86_64", "kvm", "pc q35"), x86_devices, modern & ~LODGE_OS_VIRTIO_GPU,
    "devices/video/model/@type=qxl os/type/@machine=q35 devices/rng/@model=virtio" },
  { "rhel6-kvm", HVM ("x86_64", "kvm", "pc q35"), x86_devices,
    LODGE_OS_VIRTIO_NET | LODGE_OS_VIRTIO_BLOCK | LODGE_OS_VIRTIO_SERIAL | LODGE_OS_VIRTIO_BALLOON | LODGE_OS_Q35,
    "os/type/@machine=pc " DISK "target/@bus=virtio " DISC "target/@bus=ide " DISC "target/@dev=hda devices/rng/@model=- "
    "devices/controller[1]/@model=ich9-ehci1 devices/controller[4]/@model=ich9-uhci3 "
    "devices/sound/@model=ich6 devices/video/model/@type=qxl devices/memballoon/@model=virtio "
    "devices/channel[1]/target/@name=org.qemu.guest_agent.0" },
  { "rhel5-kvm", HVM ("x86_64", "kvm", "pc q35"), x86_devices, 0,
    "os/type/@machine=pc " DISK "target/@bus=ide " DISC "target/@dev=hdb devices/interface/model/@type=e1000 "
    "devices/channel[1]/target/@name=com.redhat.spice.0 devices/channel[2]/target/@name=- devices/memballoon/@model=-" },
  { "windows11-kvm", HVM ("x86_64", "kvm", "pc q35"), x86_devices, windows_11,
    "os/@firmware=efi os/type/@machine=q35 os/firmware/feature[1]/@name=secure-boot features/smm/@state=on "
    DISK "target/@bus=sata " DISK "driver/@discard=unmap " DISC "target/@dev=sdb devices/interface/model/@type=e1000e "
    "devices/video/model/@type=qxl devices/tpm/@model=tpm-crb clock/@offset=localtime "
    "features/hyperv/@mode=custom features/hyperv/spinlocks/@retries=8191 features/hyperv/synic/@state=on "
    "features/hyperv/stimer/direct/@state=on features/hyperv/ipi/@state=on features/hyperv/runtime/@state=- "
    "clock/timer[@name='hypervclock']/@present=yes devices/controller[@type='usb']/@model=qemu-xhci" },
  { "windows11-tcg", HVM ("x86_64", "qemu", "pc q35"), x86_devices, windows_11,
    "os/@firmware=efi devices/tpm/@model=tpm-crb cpu/@mode=maximum" },
  { "windows11-plain-host", HVM ("x86_64", "kvm", "pc q35"), plain_devices, windows_11,
    "os/@firmware=- devices/tpm/@model=- devices/video/model/@type=vga", WARNS },
  { "windows11-odd-host", HVM ("x86_64", "kvm", "pc q35"), odd_devices, windows_11,
    "os/@firmware=efi features/smm/@state=- features/hyperv/relaxed/@state=on features/hyperv/synic/@state=- "
    "features/hyperv/stimer/@state=- features/hyperv/tlbflush/@state=- features/hyperv/ipi/@state=- "
    "devices/tpm/@model=tpm-crb" },
  { "windows10-kvm", HVM ("x86_64", "kvm", "pc q35"), x86_devices, LODGE_OS_USB3 | LODGE_OS_Q35 | LODGE_OS_WINDOWS,
    "os/@firmware=- devices/tpm/@model=- clock/@offset=localtime os/type/@machine=q35" },
  { "windows7-kvm", HVM ("x86_64", "kvm", "pc q35"), x86_devices, LODGE_OS_Q35 | LODGE_OS_WINDOWS,
    "os/@firmware=- devices/controller[1]/@model=ich9-ehci1 " DISK "target/@bus=sata "
    "devices/interface/model/@type=e1000e devices/sound/@model=ich9" },
  { "windows7-uefi", HVM ("x86_64", "kvm", "pc q35"), x86_devices, LODGE_OS_Q35 | LODGE_OS_WINDOWS,
    "os/@firmware=efi features/smm/@state=- devices/tpm/@model=tpm-crb", 0, LODGE_SOURCE_DISC, LODGE_FIRMWARE_EFI },
  { "windows2003-kvm", HVM ("x86_64", "kvm", "pc q35"), x86_devices, LODGE_OS_WINDOWS,
    "os/type/@machine=pc " DISK "target/@bus=ide devices/interface/model/@type=rtl8139 devices/sound/@model=ich6 "
    "clock/@offset=localtime", 0, LODGE_SOURCE_DISC, LODGE_FIRMWARE_AUTO, "rtl8139 pcnet" },
  { "solaris-kvm", HVM ("x86_64", "kvm", "pc q35"), x86_devices, LODGE_OS_SOLARIS,
    "clock/@offset=localtime clock/timer[@name='hypervclock']/@present=- features/hyperv=-" },
  { "openbsd-kvm", HVM ("x86_64", "kvm", "pc q35"), x86_devices, 0,
    "os/type/@machine=pc " DISK "target/@bus=ide " DISK "driver/@discard=unmap devices/interface/model/@type=pcnet "
    "devices/video/model/@type=qxl devices/rng/@model=-", 0, LODGE_SOURCE_DISC, LODGE_FIRMWARE_AUTO, "pcnet ne2k" },
  { "freebsd-kvm", HVM ("x86_64", "kvm", "pc q35"), x86_devices,
    modern & ~(LODGE_OS_VIRTIO_GPU | LODGE_OS_VIRTIO_INPUT),
    "os/type/@machine=q35 " DISK "target/@bus=virtio devices/video/model/@type=qxl" },
  { "i686-on-x86_64", HVM ("i686", "kvm", "pc q35"), x86_devices, 0,
    "cpu/@mode=- os/type/@machine=pc features/pae= os/@firmware=efi devices/tpm/@model=tpm-crb", FOREIGN,
    LODGE_SOURCE_DISC,
    LODGE_FIRMWARE_EFI },
  { "x86_64-hvf", HVM ("x86_64", "hvf", "pc q35"), x86_devices, modern,
    "@type=hvf cpu/@mode=- os/type/@machine=q35 devices/video/model/@type=virtio" },
  { "aarch64-kvm", HVM ("aarch64", "kvm", "virt"), arm_devices, modern,
    "os/@firmware=efi os/type/@machine=virt cpu/@mode=host-passthrough devices/graphics/@type=vnc "
    DISC "target/@bus=scsi devices/controller[@type='scsi']/@model=virtio-scsi "
    "devices/input[2]/@type=keyboard devices/video/model/@type=virtio devices/sound/@model=- pm/suspend-to-mem/@enabled=- "
    "devices/tpm/@model=- devices/tpm/backend/@type=emulator clock/timer/@name=- devices/controller[@type='usb']/@model=qemu-xhci" },
  { "aarch64-tcg-on-x86", HVM ("aarch64", "qemu", "virt"), arm_devices, modern, "cpu/@mode=maximum os/@firmware=efi",
    FOREIGN },
  { "aarch64-spice", HVM ("aarch64", "kvm", "virt"), arm_spice_devices, modern & ~LODGE_OS_VIRTIO_GPU,
    "devices/graphics/@type=spice devices/video/model/@type=ramfb devices/sound/@model=ich9 devices/redirdev/@bus=- "
    "features/vmport/@state=-" },
  { "aarch64-windows11", HVM ("aarch64", "kvm", "virt"), arm_spice_devices, windows_11,
    "os/@firmware=efi " DISK "target/@bus=usb devices/interface/model/@type=- devices/video/model/@type=ramfb "
    "features/hyperv=- clock/timer/@name=- clock/@offset=localtime", WARNS },
  { "armv7l-kvm", HVM ("armv7l", "kvm", "virt"), arm_devices, modern & ~LODGE_OS_VIRTIO_GPU,
    "cpu/@mode=host-passthrough os/@firmware=efi devices/video/model/@type=ramfb devices/tpm/backend/@type=-" },
  { "armv7l-vexpress", HVM ("armv7l", "qemu", "vexpress-a15"), arm_devices, 0,
    "os/type/@machine=vexpress-a15 os/@firmware=- " DISK "target/@bus=sd devices/graphics/@type=- devices/input/@type=- "
    "devices/controller[@type='usb']/@model=-" },
  { "riscv64-tcg", HVM ("riscv64", "qemu", "virt"), arm_devices, modern & ~LODGE_OS_VIRTIO_GPU,
    "cpu/@mode=maximum os/@firmware=efi devices/video/model/@type=virtio " DISK "target/@bus=virtio "
    DISC "target/@bus=scsi devices/rng/@model=virtio" },
  { "riscv64-unknown-os", HVM ("riscv64", "qemu", "virt"), arm_devices, 0,
    DISK "target/@bus=virtio devices/interface/model/@type=virtio devices/rng/@model=- devices/memballoon/@model=-" },
  { "riscv64-no-firmware", HVM ("riscv64", "qemu", "virt"), plain_devices, modern, "os/@firmware=-", WARNS },
  { "loongarch64-kvm", HVM ("loongarch64", "kvm", "virt"), arm_spice_devices, modern,
    "cpu/@mode=- os/@firmware=efi devices/video/model/@type=virtio devices/graphics/@type=spice devices/sound/@model=ich9 "
    DISK "target/@bus=virtio" },
  { "s390x-kvm", HVM ("s390x", "kvm", "s390-ccw-virtio"), arm_devices, modern,
    "os/type/@machine=s390-ccw-virtio os/@firmware=- cpu/@mode=- devices/graphics/@type=- devices/video/model/@type=- "
    "devices/console/target/@type=sclp devices/controller[@type='usb']/@model=- devices/rng/@model=virtio "
    DISC "target/@bus=scsi devices/input/@type=- devices/memballoon/@model=virtio" },
  { "ppc64le-kvm", HVM ("ppc64le", "kvm", "pseries"), arm_devices, modern,
    "os/type/@machine=pseries os/@firmware=- cpu/@mode=- devices/video/model/@type=vga "
    "devices/controller[@type='usb']/@model=qemu-xhci devices/rng/@model=virtio " DISK "target/@bus=virtio" },
  { "xen-hvm", HVM ("x86_64", "xen", "xenfv"), bare_devices, modern,
    DISK "target/@bus=ide devices/interface/model/@type=e1000 devices/graphics/@type=vnc devices/rng/@model=- "
    "devices/input/@type=tablet devices/video/model/@type=vga features/pae= " DISK "driver/@name=qemu "
    "devices/controller[@type='usb']/@model=- " DISK "boot/@order=-", FILE_DISK },
  { "xen-device", HVM ("x86_64", "xen", "xenfv"), bare_devices, modern, DISK "driver/@name=phy", BLOCK_DISK },
  { "xen-pv", "x86_64", "xen", "xen", "xenpv", bare_devices, 0,
    DISK "target/@bus=xen devices/interface/model/@type=- devices/video/model/@type=- devices/input/@type=- "
    "devices/console/@type=pty clock/@offset=- features=-", FILE_DISK },
  { "bhyve", HVM ("x86_64", "bhyve", ""), bare_devices, modern,
    DISK "target/@bus=sata devices/interface/model/@type=e1000 devices/graphics/@type=vnc devices/console/@type=nmdm",
    FILE_DISK },
  { "lxc", "x86_64", "lxc", "exe", "", bare_devices, 0,
    "os/init=/sbin/init devices/graphics/@type=- devices/console/@type=pty features/privnet= "
    "devices/filesystem/source/@dir=/srv/root devices/filesystem/target/@dir=/ devices/interface/model/@type=- clock/@offset=- "
    "devices/disk/@type=-", NO_DISK, LODGE_SOURCE_CONTAINER },
  { "test-driver", HVM ("i686", "test", ""), bare_devices, modern,
    "@type=test devices/graphics/@type=vnc pm/suspend-to-mem/@enabled=no clock/timer/@name=-" },
};

static LodgeGuestChoices *
make_choices (const Case *item)
{
  LodgeGuestChoices *choices = lodge_guest_choices_new ();
  const Extras extras = item->extras;

  choices->name = g_strdup ("a & <b>");
  choices->source = item->source;
  choices->firmware = item->firmware;
  choices->disc_path = g_strdup (extras & DRIVE ? "/dev/sr0" : "/images/disc's.iso");
  choices->root_path = g_strdup ("/srv/root");
  if (extras & (FILE_DISK | BLOCK_DISK))
    choices->disk_path = g_strdup (extras & FILE_DISK ? "/images/disk.qcow2" : "/dev/vg/lv");
  else if ((extras & NO_DISK) == 0)
    {
      choices->disk_pool = g_strdup ("default");
      choices->disk_volume = g_strdup ("a & <b>.qcow2");
    }
  if (extras & RAW_VOLUME)
    g_set_str (&choices->disk_format, "raw");
  choices->network = extras & USER_NET ? LODGE_NETWORK_USER : extras & BRIDGE ? LODGE_NETWORK_BRIDGE
                     : extras & NO_NET ? LODGE_NETWORK_NONE : LODGE_NETWORK_VIRTUAL;
  choices->network_name = g_strdup ("default");
  choices->host_arch = extras & FOREIGN ? g_strdup ("x86_64") : NULL;
  choices->remote = (extras & REMOTE) != 0;
  choices->cpus = 2;
  return choices;
}

static LodgeGuestPlan *
make_plan (const Case              *item,
           const LodgeGuestChoices *choices,
           GError                 **error)
{
  g_autoptr(LodgeDomainCapabilities) caps =
    item->devices != NULL ? lodge_domain_capabilities_new (item->devices, NULL) : NULL;
  g_auto(GStrv) machines = g_strsplit (item->machines, " ", -1);
  g_auto(GStrv) net_models = item->net_models != NULL ? g_strsplit (item->net_models, " ", -1) : NULL;
  const char *features[] = { "acpi", "apic", NULL, NULL };
  LodgeGuestCapability guest = {
    .os_type = (char *) item->os_type, .arch = (char *) item->arch,
    .virt_type = (char *) item->virt_type, .emulator = (char *) "/usr/bin/qemu",
    .machines = *item->machines != '\0' ? machines : NULL, .features = (GStrv) features,
  };
  LodgeOsTraits os = {
    .id = (char *) "http://example.org/os&1", .features = item->os, .net_models = net_models,
  };

  if (g_str_equal (item->arch, "i686"))
    features[2] = "pae";
  return lodge_guest_plan_new (choices, &os, &guest, caps, error);
}

static void
assert_valid (const char *xml)
{
  static xmlRelaxNG *schema;
  xmlRelaxNGValidCtxt *context;
  xmlDoc *doc;

  if (schema == NULL)
    {
      xmlRelaxNGParserCtxt *parser = xmlRelaxNGNewParserCtxt (SCHEMA);

      schema = xmlRelaxNGParse (parser);
      xmlRelaxNGFreeParserCtxt (parser);
    }
  g_assert_nonnull (schema);
  doc = xmlReadMemory (xml, strlen (xml), NULL, NULL, 0);
  context = xmlRelaxNGNewValidCtxt (schema);
  if (xmlRelaxNGValidateDoc (context, doc) != 0)
    g_error ("not valid: %s", xml);
  xmlRelaxNGFreeValidCtxt (context);
  xmlFreeDoc (doc);
}

static void
test_outcome (gconstpointer data)
{
  const Case *item = data;
  g_autoptr(LodgeGuestChoices) choices = make_choices (item);
  g_autoptr(GError) error = NULL;
  g_autoptr(LodgeGuestPlan) plan = make_plan (item, choices, &error);
  g_autoptr(LodgeXmlDocument) doc = NULL;
  g_auto(GStrv) outcomes = g_strsplit (item->outcome, " ", -1);
  LodgeXmlNode root;

  g_assert_no_error (error);
  assert_valid (lodge_guest_plan_get_xml (plan));
  doc = lodge_xml_document_new (lodge_guest_plan_get_xml (plan), -1, &error);
  g_assert_no_error (error);
  root = lodge_xml_document_get_root (doc);

  for (guint i = 0; outcomes[i] != NULL; i++)
    {
      char *equals = strrchr (outcomes[i], '=');
      g_autofree char *path = g_strndup (outcomes[i], equals - outcomes[i]);
      g_autofree char *value = lodge_xml_document_get_value (doc, root, path);

      if (g_strcmp0 (value, g_str_equal (equals + 1, "-") ? NULL : equals + 1) != 0)
        g_test_fail_printf ("%s is “%s”, not “%s”", path, value != NULL ? value : "-", equals + 1);
    }
  g_assert_cmpint (lodge_guest_plan_get_emulated (plan), ==, g_str_equal (item->virt_type, "qemu"));
  g_assert_cmpint (lodge_guest_plan_get_warnings (plan)[0] != NULL, ==,
                   lodge_guest_plan_get_emulated (plan) || (item->extras & WARNS) != 0);
}

static void
test_text_is_escaped (void)
{
  g_autoptr(LodgeGuestChoices) choices = make_choices (&cases[0]);
  g_autoptr(LodgeGuestPlan) plan = make_plan (&cases[0], choices, NULL);
  g_autoptr(LodgeXmlDocument) doc = lodge_xml_document_new (lodge_guest_plan_get_xml (plan), -1, NULL);
  LodgeXmlNode root = lodge_xml_document_get_root (doc);
  g_autofree char *name = lodge_xml_document_get_value (doc, root, "name");
  g_autofree char *disc = lodge_xml_document_get_value (doc, root,
                                                        "devices/disk[@device='cdrom']/source/@file");
  g_autofree char *os = lodge_xml_document_get_value (doc, root,
                                                      "metadata/libosinfo:libosinfo/libosinfo:os/@id");

  g_assert_cmpstr (name, ==, "a & <b>");
  g_assert_cmpstr (disc, ==, "/images/disc's.iso");
  g_assert_cmpstr (os, ==, "http://example.org/os&1");
}

static char *
get (LodgeGuestPlan *plan,
     const char     *path)
{
  g_autoptr(LodgeXmlDocument) doc = lodge_xml_document_new (lodge_guest_plan_get_xml (plan), -1, NULL);

  return lodge_xml_document_get_value (doc, lodge_xml_document_get_root (doc), path);
}

static void
test_sources (void)
{
  g_autoptr(LodgeGuestChoices) choices = make_choices (&cases[0]);
  g_autoptr(LodgeGuestPlan) network = NULL;
  g_autoptr(LodgeGuestPlan) bare = NULL;
  g_autoptr(LodgeGuestPlan) volume = NULL;
  g_autofree char *nic_order = NULL, *disk_order = NULL, *no_disc = NULL, *no_disk = NULL;
  g_autofree char *disc_order = NULL, *pool = NULL, *nothing = NULL;

  choices->source = LODGE_SOURCE_NETWORK;
  network = make_plan (&cases[0], choices, NULL);
  nic_order = get (network, "devices/interface/boot/@order");
  disk_order = get (network, "devices/disk/boot/@order");
  no_disc = get (network, "devices/disk[@device='cdrom']/@type");
  g_assert_cmpstr (nic_order, ==, "1");
  g_assert_cmpstr (disk_order, ==, "2");
  g_assert_null (no_disc);

  /* A live disc without a disk */
  choices->source = LODGE_SOURCE_DISC;
  g_clear_pointer (&choices->disk_volume, g_free);
  choices->network = LODGE_NETWORK_NONE;
  bare = make_plan (&cases[0], choices, NULL);
  assert_valid (lodge_guest_plan_get_xml (bare));
  no_disk = get (bare, "devices/disk[@device='disk']/@type");
  disc_order = get (bare, "devices/disk[@device='cdrom']/boot/@order");
  nothing = get (bare, "devices/interface/@type");
  g_assert_null (no_disk);
  g_assert_null (nothing);
  g_assert_cmpstr (disc_order, ==, "1");

  choices->disk_volume = g_strdup ("new.qcow2");
  volume = make_plan (&cases[0], choices, NULL);
  assert_valid (lodge_guest_plan_get_xml (volume));
  pool = get (volume, "devices/disk[@device='disk']/source/@pool");
  g_assert_cmpstr (pool, ==, "default");
}

static void
test_firmware (void)
{
  g_autoptr(LodgeGuestChoices) choices = make_choices (&cases[0]);
  g_autoptr(LodgeGuestPlan) efi = NULL;
  g_autoptr(GError) error = NULL;
  Case no_firmware = cases[0];

  choices->firmware = LODGE_FIRMWARE_EFI;
  efi = make_plan (&cases[0], choices, &error);
  g_assert_no_error (error);
  g_assert_true (lodge_guest_plan_get_efi (efi));

  no_firmware.devices = bare_devices;
  g_assert_null (make_plan (&no_firmware, choices, &error));
  g_assert_error (error, LODGE_ERROR, LODGE_ERROR_NOT_SUPPORTED);
}

static void
test_names (void)
{
  static const char * const good[] = { "web-01", "Ünïcode", "a b", "<b>&" };
  static const char * const bad[] = { "", "a/b", ".hidden", " x", "x ", "a\nb" };
  static const char * const taken[] = { "fedora41", "fedora41-2", NULL };
  g_autofree char *long_name = g_strnfill (81, 'x');
  g_autofree char *too_long = lodge_guest_plan_check_name (long_name);
  g_autofree char *proposed = lodge_guest_plan_propose_name ("fedora41", taken);
  g_autofree char *first = lodge_guest_plan_propose_name ("debian13", taken);

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    g_assert_null (lodge_guest_plan_check_name (good[i]));
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autofree char *problem = lodge_guest_plan_check_name (bad[i]);

      g_assert_nonnull (problem);
    }
  g_assert_nonnull (too_long);
  g_assert_cmpstr (proposed, ==, "fedora41-3");
  g_assert_cmpstr (first, ==, "debian13");
}

static void
test_proposals (void)
{
  const guint64 gib = (guint64) 1024 * 1024 * 1024;
  LodgeOsTraits os = { .minimum_memory = gib, .recommended_memory = 4 * gib, .minimum_storage = 10 * gib };

  g_assert_cmpuint (lodge_guest_plan_propose_memory (&os, 32 * gib), ==, 4 * gib);
  g_assert_cmpuint (lodge_guest_plan_propose_memory (&os, 3 * gib), ==, 3 * gib);
  os.recommended_memory = 0;
  g_assert_cmpuint (lodge_guest_plan_propose_memory (&os, 0), ==, 2 * gib);
  g_assert_cmpuint (lodge_guest_plan_propose_storage (&os), ==, 20 * gib);
  g_assert_cmpuint (lodge_guest_plan_propose_cpus (&os, 1), ==, 1);
  g_assert_cmpuint (lodge_guest_plan_propose_cpus (&os, 8), ==, 2);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/plan/outcome/", cases[i].label, NULL);

      g_test_add_data_func (path, &cases[i], test_outcome);
    }
  g_test_add_func ("/plan/text-is-escaped", test_text_is_escaped);
  g_test_add_func ("/plan/sources", test_sources);
  g_test_add_func ("/plan/firmware", test_firmware);
  g_test_add_func ("/plan/names", test_names);
  g_test_add_func ("/plan/proposals", test_proposals);

  return g_test_run ();
}
