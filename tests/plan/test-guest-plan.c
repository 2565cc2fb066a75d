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

static const char x86_devices[] =
  "<domainCapabilities><machine>pc-q35-10.0</machine><vcpu max='288'/>"
  "<os supported='yes'>" ENUM ("firmware", VALUE ("bios") VALUE ("efi")) "</os>"
  "<cpu><mode name='host-passthrough' supported='yes'>" ENUM ("hostPassthroughMigratable", VALUE ("on")) "</mode>"
  "<mode name='maximum' supported='yes'/><mode name='host-model' supported='yes'/></cpu>"
  "<devices><graphics supported='yes'>" ENUM ("type", VALUE ("vnc") VALUE ("spice")) "</graphics>"
  "<video supported='yes'>" ENUM ("modelType", VALUE ("vga") VALUE ("qxl") VALUE ("virtio") VALUE ("bochs")) "</video>"
  "<tpm supported='yes'>" ENUM ("model", VALUE ("tpm-crb")) ENUM ("backendModel", VALUE ("emulator")) "</tpm>"
  "<channel supported='yes'>" ENUM ("type", VALUE ("unix") VALUE ("spicevmc")) "</channel>"
  "<redirdev supported='yes'>" ENUM ("bus", VALUE ("usb")) "</redirdev></devices>"
  "<features><hyperv supported='yes'>" ENUM ("features", VALUE ("relaxed") VALUE ("vapic") VALUE ("spinlocks"))
  "</hyperv></features></domainCapabilities>";

static const char arm_devices[] =
  "<domainCapabilities><machine>virt-10.0</machine>"
  "<os supported='yes'>" ENUM ("firmware", VALUE ("efi")) "</os>"
  "<cpu><mode name='host-passthrough' supported='yes'/><mode name='maximum' supported='yes'/></cpu>"
  "<devices><graphics supported='yes'>" ENUM ("type", VALUE ("vnc")) "</graphics>"
  "<video supported='yes'>" ENUM ("modelType", VALUE ("virtio") VALUE ("ramfb")) "</video></devices>"
  "</domainCapabilities>";

/* What the test driver answers: next to nothing */
static const char bare_devices[] = "<domainCapabilities><path>/x</path><domain>test</domain></domainCapabilities>";

static const LodgeOsFeatures modern =
  LODGE_OS_VIRTIO_NET | LODGE_OS_VIRTIO_NET_1 | LODGE_OS_VIRTIO_BLOCK | LODGE_OS_VIRTIO_BALLOON
  | LODGE_OS_VIRTIO_SERIAL | LODGE_OS_VIRTIO_SCSI | LODGE_OS_VIRTIO_RNG | LODGE_OS_VIRTIO_GPU
  | LODGE_OS_VIRTIO_INPUT | LODGE_OS_USB3 | LODGE_OS_Q35;

typedef struct
{
  const char      *label;
  const char      *arch, *virt_type, *os_type;
  const char      *machines;      /* separated by blanks */
  const char      *devices;
  LodgeOsFeatures  os;
  /* path=value of the outcome, separated by blanks; “path=-” is absent */
  const char      *outcome;
} Case;

static const Case cases[] = {
  { "linux-kvm", "x86_64", "kvm", "hvm", "pc q35", x86_devices, modern,
    "os/type/@machine=q35 os/@firmware=- cpu/@mode=host-passthrough "
    "devices/disk[@device='disk']/target/@bus=virtio devices/disk[@device='disk']/driver/@discard=unmap "
    "devices/disk[@device='cdrom']/target/@bus=sata devices/interface/model/@type=virtio "
    "devices/video/model/@type=virtio devices/graphics/@type=spice devices/sound/@model=ich9 "
    "devices/controller[@type='usb']/@model=qemu-xhci devices/tpm/@model=- devices/rng/@model=virtio "
    "devices/memballoon/@model=virtio devices/redirdev[2]/@bus=usb devices/redirdev[3]/@bus=- "
    "clock/@offset=utc devices/input/@type=tablet features/vmport/@state=off" },
  { "linux-tcg", "x86_64", "qemu", "hvm", "pc q35", x86_devices, modern,
    "@type=qemu cpu/@mode=maximum os/type/@machine=q35" },
  { "centos7-kvm", "x86_64", "kvm", "hvm", "pc q35", x86_devices, modern & ~LODGE_OS_VIRTIO_GPU,
    "devices/video/model/@type=qxl os/type/@machine=q35" },
  { "rhel6-kvm", "x86_64", "kvm", "hvm", "pc q35", x86_devices,
    LODGE_OS_VIRTIO_NET | LODGE_OS_VIRTIO_BLOCK | LODGE_OS_VIRTIO_SERIAL,
    "os/type/@machine=pc devices/disk[@device='cdrom']/target/@bus=ide devices/rng/@model=- "
    "devices/controller[@type='usb']/@model=ich9-ehci1 devices/sound/@model=ich6" },
  { "rhel5-kvm", "x86_64", "kvm", "hvm", "pc q35", x86_devices, 0,
    "os/type/@machine=pc devices/disk[@device='disk']/target/@bus=ide "
    "devices/disk[@device='cdrom']/target/@dev=hdb devices/interface/model/@type=e1000" },
  { "windows11-kvm", "x86_64", "kvm", "hvm", "pc q35", x86_devices,
    LODGE_OS_USB3 | LODGE_OS_Q35 | LODGE_OS_EFI_ONLY | LODGE_OS_WINDOWS,
    "os/@firmware=efi os/type/@machine=q35 devices/disk[@device='disk']/target/@bus=sata "
    "devices/disk[@device='cdrom']/target/@dev=sdb devices/interface/model/@type=e1000e "
    "devices/video/model/@type=qxl devices/tpm/@model=tpm-crb clock/@offset=localtime "
    "features/hyperv/spinlocks/@retries=8191 features/hyperv/synic/@state=- "
    "clock/timer[@name='hypervclock']/@present=yes" },
  { "windows10-kvm", "x86_64", "kvm", "hvm", "pc q35", x86_devices,
    LODGE_OS_USB3 | LODGE_OS_Q35 | LODGE_OS_WINDOWS,
    "os/@firmware=- devices/tpm/@model=- clock/@offset=localtime" },
  { "aarch64-kvm", "aarch64", "kvm", "hvm", "virt", arm_devices, modern,
    "os/@firmware=efi os/type/@machine=virt cpu/@mode=host-passthrough devices/graphics/@type=vnc "
    "devices/disk[@device='cdrom']/target/@bus=scsi devices/controller[@type='scsi']/@model=virtio-scsi "
    "devices/input[2]/@type=keyboard devices/video/model/@type=virtio devices/sound/@model=-" },
  { "riscv64-tcg", "riscv64", "qemu", "hvm", "virt", arm_devices, modern & ~LODGE_OS_VIRTIO_GPU,
    "cpu/@mode=maximum devices/video/model/@type=virtio devices/disk[@device='disk']/target/@bus=virtio" },
  { "s390x-kvm", "s390x", "kvm", "hvm", "s390-ccw-virtio", arm_devices, modern,
    "os/type/@machine=s390-ccw-virtio cpu/@mode=- devices/graphics/@type=- devices/video/model/@type=- "
    "devices/console/target/@type=sclp devices/controller[@type='usb']/@model=-" },
  { "ppc64le-kvm", "ppc64le", "kvm", "hvm", "pseries", arm_devices, modern,
    "os/type/@machine=pseries os/@firmware=- cpu/@mode=- devices/video/model/@type=vga" },
  { "xen-hvm", "x86_64", "xen", "hvm", "xenfv", bare_devices, modern,
    "devices/disk[@device='disk']/target/@bus=ide devices/interface/model/@type=e1000 "
    "devices/graphics/@type=vnc devices/rng/@model=-" },
  { "lxc", "x86_64", "lxc", "exe", "", bare_devices, 0,
    "os/init=/sbin/init devices/graphics/@type=- devices/console/@type=pty" },
  { "test-driver", "i686", "test", "hvm", "", bare_devices, modern,
    "@type=test devices/graphics/@type=vnc" },
};

static LodgeGuestChoices *
make_choices (void)
{
  LodgeGuestChoices *choices = lodge_guest_choices_new ();

  choices->name = g_strdup ("a & <b>");
  choices->disc_path = g_strdup ("/images/disc's.iso");
  choices->disk_path = g_strdup ("/images/disk.qcow2");
  choices->network = LODGE_NETWORK_VIRTUAL;
  choices->network_name = g_strdup ("default");
  choices->cpus = 2;
  return choices;
}

static LodgeGuestPlan *
make_plan (const Case              *item,
           const LodgeGuestChoices *choices,
           GError                 **error)
{
  g_autoptr(LodgeDomainCapabilities) caps = lodge_domain_capabilities_new (item->devices, NULL);
  g_auto(GStrv) machines = g_strsplit (item->machines, " ", -1);
  const char *features[] = { "acpi", "apic", NULL };
  LodgeGuestCapability guest = {
    .os_type = (char *) item->os_type, .arch = (char *) item->arch,
    .virt_type = (char *) item->virt_type, .emulator = (char *) "/usr/bin/qemu",
    .machines = *item->machines != '\0' ? machines : NULL, .features = (GStrv) features,
  };
  LodgeOsTraits os = { .id = (char *) "http://example.org/os&1", .features = item->os };

  g_assert_nonnull (caps);
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
  g_autoptr(LodgeGuestChoices) choices = make_choices ();
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

      g_test_message ("%s %s", item->label, path);
      g_assert_cmpstr (value, ==, g_str_equal (equals + 1, "-") ? NULL : equals + 1);
    }
  g_assert_cmpint (lodge_guest_plan_get_emulated (plan), ==, g_str_equal (item->virt_type, "qemu"));
  g_assert_cmpint (lodge_guest_plan_get_warnings (plan)[0] != NULL, ==,
                   lodge_guest_plan_get_emulated (plan));
}

static void
test_text_is_escaped (void)
{
  g_autoptr(LodgeGuestChoices) choices = make_choices ();
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
  g_autoptr(LodgeGuestChoices) choices = make_choices ();
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
  g_clear_pointer (&choices->disk_path, g_free);
  choices->network = LODGE_NETWORK_NONE;
  bare = make_plan (&cases[0], choices, NULL);
  assert_valid (lodge_guest_plan_get_xml (bare));
  no_disk = get (bare, "devices/disk[@device='disk']/@type");
  disc_order = get (bare, "devices/disk[@device='cdrom']/boot/@order");
  nothing = get (bare, "devices/interface/@type");
  g_assert_null (no_disk);
  g_assert_null (nothing);
  g_assert_cmpstr (disc_order, ==, "1");

  choices->disk_pool = g_strdup ("default");
  choices->disk_volume = g_strdup ("new.qcow2");
  volume = make_plan (&cases[0], choices, NULL);
  assert_valid (lodge_guest_plan_get_xml (volume));
  pool = get (volume, "devices/disk[@device='disk']/source/@pool");
  g_assert_cmpstr (pool, ==, "default");
}

static void
test_firmware (void)
{
  g_autoptr(LodgeGuestChoices) choices = make_choices ();
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
