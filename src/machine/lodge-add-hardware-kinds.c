/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lodge-add-hardware-kinds.h"

#include <glib/gi18n.h>
#include <string.h>

static const LodgeAddKind kinds[] = {
  { .id = "disk", .title = N_("Disk"), .icon_name = "drive-harddisk-symbolic", .source = LODGE_ADD_KIND_STORAGE },
  { .id = "cdrom", .title = N_("CD Drive"), .icon_name = "drive-optical-symbolic", .source = LODGE_ADD_KIND_MEDIUM },
  { .id = "floppy", .title = N_("Floppy Drive"), .icon_name = "media-floppy-symbolic",
    .source = LODGE_ADD_KIND_MEDIUM },
  { .id = "filesystem", .title = N_("Shared Folder"), .icon_name = "folder-symbolic",
    .fragment = "<filesystem type='mount' accessmode='passthrough'>\n  <driver type='virtiofs'/>\n  <source dir=''/>\n"
                "  <target dir='share'/>\n</filesystem>",
    .required = "source/@dir target/@dir", .missing = N_("Choose the folder of the host") },
  { .id = "interface", .title = N_("Network Interface"), .icon_name = "network-wired-symbolic" },
  { .id = "usb", .title = N_("USB Device of the Host"), .icon_name = "lodge-usb-symbolic",
    .source = LODGE_ADD_KIND_HOST_DEVICE,
    .host_kind = LODGE_HOST_DEVICE_USB },
  { .id = "pci", .title = N_("PCI Device of the Host"), .icon_name = "lodge-processor-symbolic",
    .source = LODGE_ADD_KIND_HOST_DEVICE, .host_kind = LODGE_HOST_DEVICE_PCI },
  { .id = "mdev", .title = N_("Mediated Device of the Host"), .icon_name = "lodge-processor-symbolic",
    .source = LODGE_ADD_KIND_HOST_DEVICE, .host_kind = LODGE_HOST_DEVICE_MEDIATED },
  { .id = "graphics", .title = N_("Display"), .icon_name = "video-display-symbolic" },
  { .id = "video", .title = N_("Graphics Adapter"), .icon_name = "lodge-graphics-symbolic",
    .fragment = "<video>\n  <model type='virtio'/>\n</video>" },
  { .id = "sound", .title = N_("Sound"), .icon_name = "audio-card-symbolic", .fragment = "<sound model='ich9'/>" },
  { .id = "audio", .title = N_("Sound Output"), .icon_name = "audio-speakers-symbolic",
    .fragment = "<audio id='2' type='none'/>" },
  { .id = "tablet", .title = N_("Tablet"), .icon_name = "input-tablet-symbolic",
    .fragment = "<input type='tablet' bus='usb'/>" },
  { .id = "keyboard", .title = N_("Keyboard"), .icon_name = "input-keyboard-symbolic",
    .fragment = "<input type='keyboard' bus='usb'/>" },
  { .id = "serial", .title = N_("Serial Port"), .icon_name = "lodge-serial-symbolic",
    .fragment = "<serial type='pty'/>" },
  { .id = "parallel", .title = N_("Parallel Port"), .icon_name = "lodge-serial-symbolic",
    .fragment = "<parallel type='pty'/>" },
  { .id = "console", .title = N_("Virtio Console"), .icon_name = "utilities-terminal-symbolic",
    .fragment = "<console type='pty'>\n  <target type='virtio'/>\n</console>" },
  { .id = "guest-agent", .title = N_("Guest Agent Channel"), .icon_name = "lodge-serial-symbolic",
    .fragment = "<channel type='unix'>\n  <target type='virtio' name='org.qemu.guest_agent.0'/>\n</channel>",
    .unique = "devices/channel/target[@name='org.qemu.guest_agent.0']" },
  { .id = "clipboard", .title = N_("Clipboard Channel (SPICE)"), .icon_name = "edit-paste-symbolic",
    .fragment = "<channel type='spicevmc'>\n  <target type='virtio' name='com.redhat.spice.0'/>\n</channel>",
    .unique = "devices/channel/target[@name='com.redhat.spice.0']" },
  { .id = "redirdev", .title = N_("USB Redirection"), .icon_name = "lodge-usb-symbolic",
    .fragment = "<redirdev bus='usb' type='spicevmc'/>" },
  { .id = "tpm", .title = N_("TPM"), .icon_name = "lodge-tpm-symbolic",
    .fragment = "<tpm model='tpm-crb'>\n  <backend type='emulator' version='2.0'/>\n</tpm>", .unique = "devices/tpm",
    .needs = "devices/tpm" },
  { .id = "smartcard", .title = N_("Smart Card"), .icon_name = "lodge-smart-card-symbolic",
    .fragment = "<smartcard mode='passthrough' type='spicevmc'/>", .unique = "devices/smartcard" },
  { .id = "rng", .title = N_("Random Numbers"), .icon_name = "lodge-random-symbolic",
    .fragment = "<rng model='virtio'>\n  <backend model='random'>/dev/urandom</backend>\n</rng>",
    .needs = "devices/rng" },
  { .id = "watchdog", .title = N_("Watchdog"), .icon_name = "lodge-waiting-symbolic" },
  { .id = "panic", .title = N_("Panic Notifier"), .icon_name = "dialog-warning-symbolic",
    .fragment = "<panic model='isa'/>", .unique = "devices/panic" },
  { .id = "memory", .title = N_("Memory Module"), .icon_name = "lodge-memory-symbolic",
    .fragment = "<memory model='dimm'>\n  <target>\n    <size unit='MiB'>512</size>\n    <node>0</node>\n  </target>\n</memory>" },
  { .id = "vsock", .title = N_("Virtual Socket"), .icon_name = "network-transmit-receive-symbolic",
    .fragment = "<vsock model='virtio'>\n  <cid auto='yes'/>\n</vsock>", .unique = "devices/vsock" },
  { .id = "shmem", .title = N_("Shared Memory"), .icon_name = "lodge-memory-symbolic",
    .fragment = "<shmem name='shared'>\n  <model type='ivshmem-plain'/>\n  <size unit='M'>4</size>\n</shmem>" },
  { .id = "controller", .title = N_("SCSI Controller"), .icon_name = "lodge-processor-symbolic",
    .fragment = "<controller type='scsi' model='virtio-scsi'/>" },
  { .id = "usb-controller", .title = N_("USB Controller"), .icon_name = "lodge-usb-symbolic",
    .fragment = "<controller type='usb' model='qemu-xhci'/>" },
  { .id = "iommu", .title = N_("IOMMU"), .icon_name = "lodge-processor-symbolic", .fragment = "<iommu model='intel'/>",
    .unique = "devices/iommu" },
  { .id = "crypto", .title = N_("Crypto Accelerator"), .icon_name = "lodge-tpm-symbolic",
    .fragment = "<crypto model='virtio' type='qemu'>\n  <backend model='builtin' queues='1'/>\n</crypto>" },
  { .id = "pstore", .title = N_("Crash Log Store"), .icon_name = "lodge-memory-symbolic",
    .fragment = "<pstore backend='acpi-erst'>\n  <path>/var/lib/libvirt/qemu/pstore</path>\n  <size unit='KiB'>64</size>\n"
                "</pstore>", .unique = "devices/pstore" },
};

const LodgeAddKind *
lodge_add_kinds_get (guint *n)
{
  *n = G_N_ELEMENTS (kinds);
  return kinds;
}

const LodgeAddKind *
lodge_add_kinds_find (const char *id)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      if (g_str_equal (kinds[i].id, id))
        return &kinds[i];
    }
  return NULL;
}

static gboolean
has_target (LodgeXmlDocument *document,
            const char       *target)
{
  const LodgeXmlNode devices = lodge_xml_document_find (document, lodge_xml_document_get_root (document), "devices");

  for (LodgeXmlNode disk = lodge_xml_document_get_first_child (document, devices, "disk");
       disk != LODGE_XML_NONE;
       disk = lodge_xml_document_get_next_sibling (document, disk, "disk"))
    {
      g_autofree char *other = lodge_xml_document_get_value (document, disk, "target/@dev");

      if (g_strcmp0 (other, target) == 0)
        return TRUE;
    }
  return FALSE;
}

char *
lodge_add_dup_free_target (LodgeXmlDocument *document,
                           const char       *bus)
{
  static const struct { const char *bus, *prefix; } prefixes[] = {
    { "virtio", "vd" }, { "xen", "xvd" }, { "ide", "hd" }, { "fdc", "fd" },
  };
  const char *prefix = "sd";

  for (guint i = 0; i < G_N_ELEMENTS (prefixes); i++)
    {
      if (g_str_equal (prefixes[i].bus, bus))
        prefix = prefixes[i].prefix;
    }
  for (guint i = 0; i < 26 * 27; i++)
    {
      g_autofree char *target = i < 26 ? g_strdup_printf ("%s%c", prefix, 'a' + i)
                                       : g_strdup_printf ("%s%c%c", prefix, 'a' + i / 26 - 1, 'a' + i % 26);

      if (!has_target (document, target))
        return g_steal_pointer (&target);
    }
  return g_strconcat (prefix, "zz", NULL);
}

static char *
get (LodgeXmlDocument *document,
     const char       *path)
{
  char *value = lodge_xml_document_get_value (document, lodge_xml_document_get_root (document), path);

  return value != NULL ? value : g_strdup ("");
}

/* As the machine's other disks are attached: what it has proves that its guest can drive it */
static char *
dup_disk_bus (LodgeXmlDocument *document)
{
  g_autofree char *bus = get (document, "devices/disk[@device='disk']/target/@bus");
  g_autofree char *type = get (document, "@type");

  if (*bus != '\0')
    return g_steal_pointer (&bus);
  return g_strdup (g_str_equal (type, "xen") ? "xen" : "virtio");
}

static char *
dup_disk (LodgeXmlDocument *document)
{
  g_autofree char *bus = dup_disk_bus (document);
  g_autofree char *target = lodge_add_dup_free_target (document, bus);

  return g_strdup_printf ("<disk type='file' device='disk'>\n  <driver name='qemu' type='qcow2'/>\n"
                          "  <target dev='%s' bus='%s'/>\n</disk>", target, bus);
}

static char *
dup_cdrom (LodgeXmlDocument *document)
{
  g_autofree char *machine = get (document, "os/type/@machine");
  const char *bus = strstr (machine, "q35") != NULL || strstr (machine, "virt") != NULL ? "sata" : "ide";
  g_autofree char *target = lodge_add_dup_free_target (document, bus);

  return g_strdup_printf ("<disk type='file' device='cdrom'>\n  <target dev='%s' bus='%s'/>\n  <readonly/>\n</disk>",
                          target,
                          bus);
}

static char *
dup_floppy (LodgeXmlDocument *document)
{
  g_autofree char *target = lodge_add_dup_free_target (document, "fdc");

  return g_strdup_printf ("<disk type='file' device='floppy'>\n  <target dev='%s' bus='fdc'/>\n</disk>", target);
}

/* Another one like the first */
static char *
dup_interface (LodgeXmlDocument *document)
{
  g_autofree char *network = get (document, "devices/interface/source/@network");
  g_autofree char *model = get (document, "devices/interface/model/@type");

  return g_markup_printf_escaped ("<interface type='network'>\n  <source network='%s'/>\n  <model type='%s'/>\n</interface>",
                                  *network != '\0' ? network : "default", *model != '\0' ? model : "virtio");
}

static char *
dup_graphics (LodgeXmlDocument *document)
{
  g_autofree char *first = get (document, "devices/graphics/@type");

  return g_strdup_printf ("<graphics type='%s' autoport='yes'/>", g_str_equal (first, "vnc") ? "spice" : "vnc");
}

/* i6300esb is a PCI device; a q35 has its own, which is there once */
static char *
dup_watchdog (LodgeXmlDocument *document)
{
  return g_strdup ("<watchdog model='i6300esb' action='reset'/>");
}

char *
lodge_add_kind_dup_fragment (const LodgeAddKind *self,
                             LodgeXmlDocument   *document)
{
  static const struct { const char *id; char *(*func) (LodgeXmlDocument *); } makers[] = {
    { "disk", dup_disk }, { "cdrom", dup_cdrom }, { "floppy", dup_floppy }, { "interface", dup_interface },
    { "graphics", dup_graphics }, { "watchdog", dup_watchdog },
  };

  if (self->fragment != NULL)
    return g_strdup (self->fragment);
  for (guint i = 0; i < G_N_ELEMENTS (makers); i++)
    {
      if (g_str_equal (makers[i].id, self->id))
        return makers[i].func (document);
    }
  return NULL;
}

const char *
lodge_add_kind_get_obstacle (const LodgeAddKind *self,
                             LodgeXmlDocument   *document,
                             LodgeXmlDocument   *capabilities)
{
  g_autofree char *path = NULL;
  g_autofree char *supported = NULL;

  if (self->unique != NULL
      && lodge_xml_document_find (document, lodge_xml_document_get_root (document), self->unique) != LODGE_XML_NONE)
    return _("This machine already has one");
  if (self->needs == NULL || capabilities == NULL)
    return NULL;
  path = g_strconcat (self->needs, "/@supported", NULL);
  supported = lodge_xml_document_get_value (capabilities, lodge_xml_document_get_root (capabilities), path);
  return g_strcmp0 (supported, "no") == 0 ? _("This host cannot do it") : NULL;
}

const char *
lodge_add_kind_get_missing (const LodgeAddKind *self,
                            LodgeXmlDocument   *document,
                            LodgeXmlNode        device)
{
  g_auto(GStrv) paths = self->required != NULL ? g_strsplit (self->required, " ", -1) : NULL;

  for (guint i = 0; paths != NULL && paths[i] != NULL; i++)
    {
      g_autofree char *value = lodge_xml_document_get_value (document, device, paths[i]);

      if (value == NULL || *value == '\0')
        return self->missing != NULL ? _(self->missing) : _("Something is missing yet");
    }
  return NULL;
}
