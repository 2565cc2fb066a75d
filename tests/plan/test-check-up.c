/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "plan/lodge-check-rules.h"
#include "plan/lodge-check-up.h"
#include "util/lodge-error.h"

/* Each rule of the check-up: a machine that has what it is about, what mends it, and that nothing else is said */

#define ENUM(name, values) "<enum name='" name "'>" values "</enum>"
#define VALUE(value) "<value>" value "</value>"
#define LINUX "<metadata><libosinfo:libosinfo xmlns:libosinfo='http://libosinfo.org/xmlns/libvirt/domain/1.0'>" \
  "<libosinfo:os id='http://debian.org/debian/13'/></libosinfo:libosinfo></metadata>"
#define WINDOWS "<metadata><libosinfo:libosinfo xmlns:libosinfo='http://libosinfo.org/xmlns/libvirt/domain/1.0'>" \
  "<libosinfo:os id='http://microsoft.com/win/11'/></libosinfo:libosinfo></metadata>"
#define AGENT "<channel type='unix'><target type='virtio' name='org.qemu.guest_agent.0'/></channel>"
#define OS "<os><type arch='x86_64' machine='pc-q35-10.0'>hvm</type></os>"
#define CPU "<cpu mode='host-passthrough' check='none' migratable='on'/>"
#define SIZE "<memory unit='KiB'>1048576</memory><vcpu>2</vcpu>"
#define KVM(rest) "<domain type='kvm'><name>a</name>" rest "</domain>"
#define DEVICES(rest) KVM (SIZE OS CPU "<devices>" rest "</devices>")
#define LINUX_DEVICES(rest) KVM (LINUX SIZE OS CPU "<devices>" rest AGENT "</devices>")

static const char host_with_kvm[] =
  "<capabilities><host><cpu><arch>x86_64</arch></cpu></host><guest><os_type>hvm</os_type><arch name='x86_64'>"
  "<machine canonical='pc-q35-10.0'>q35</machine><machine>pc-q35-10.0</machine><machine>pc</machine>"
  "<domain type='qemu'/><domain type='kvm'/></arch></guest></capabilities>";
static const char host_without_kvm[] =
  "<capabilities><host><cpu><arch>x86_64</arch></cpu></host><guest><os_type>hvm</os_type><arch name='x86_64'>"
  "<machine canonical='pc-q35-10.0'>q35</machine><machine>pc-q35-10.0</machine><machine>pc</machine>"
  "<domain type='qemu'/></arch></guest></capabilities>";
#define DEVICES_OF_HOST "<devices><graphics supported='yes'>" ENUM ("type", VALUE ("vnc")) "</graphics>" \
  "<video supported='yes'>" ENUM ("modelType", VALUE ("vga") VALUE ("virtio")) "</video>"
static const char full[] =
  "<domainCapabilities><vcpu max='8'/><os supported='yes'>" ENUM ("firmware", VALUE ("efi"))
  "<loader supported='yes'>" ENUM ("secure", VALUE ("yes") VALUE ("no")) "</loader></os>"
  "<cpu><mode name='host-passthrough' supported='yes'/><mode name='host-model' supported='yes'/>"
  "<mode name='custom' supported='yes'/></cpu>" DEVICES_OF_HOST
  "<tpm supported='yes'>" ENUM ("backendModel", VALUE ("emulator")) "</tpm></devices></domainCapabilities>";
static const char bare[] =
  "<domainCapabilities><vcpu max='8'/><os supported='yes'>" ENUM ("firmware", VALUE ("bios")) "</os>"
  "<cpu><mode name='host-passthrough' supported='no'/><mode name='maximum' supported='yes'/>"
  "<mode name='custom' supported='yes'/></cpu>" DEVICES_OF_HOST "<tpm supported='no'/></devices></domainCapabilities>";
static const char no_secure_boot[] =
  "<domainCapabilities><os supported='yes'>" ENUM ("firmware", VALUE ("efi"))
  "<loader supported='yes'>" ENUM ("secure", VALUE ("no")) "</loader></os>" DEVICES_OF_HOST
  "</devices></domainCapabilities>";

typedef struct
{
  const char      *rule;
  const char      *xml;
  const char      *host;         /* NULL: with KVM */
  const char      *domain;       /* NULL: @full */
  const char      *object;       /* nullable */
  const char      *mended;       /* what is in the text afterwards; starts with “!”: what is not */
  LodgeRepairKind  repair;
} Case;

static const Case cases[] = {
  { "emulator-missing", DEVICES ("<emulator>/no/qemu</emulator>"), .object = "/no/qemu", .mended = "!emulator" },
  { "no-kvm", DEVICES (""), .host = host_without_kvm, .domain = bare, .mended = "<domain type='qemu'>" },
  { "machine-type-unknown", KVM (SIZE "<os><type arch='x86_64' machine='pc-q35-2.4'>hvm</type></os>" CPU),
    .object = "pc-q35-2.4", .mended = "machine='q35'" },
  { "machine-type-unknown", KVM (SIZE "<os><type arch='x86_64' machine='pc-i440fx-1.4'>hvm</type></os>" CPU),
    .object = "pc-i440fx-1.4", .mended = "machine='pc'" },
  { "cpu-impossible", "<domain type='qemu'><name>a</name>" SIZE OS CPU "</domain>", .host = host_without_kvm,
    .domain = bare, .object = "host-passthrough", .mended = "<cpu mode='maximum'/>" },
  { "cpus-over-limit", KVM ("<memory>65536</memory><vcpu current='4'>9</vcpu>" OS
                            "<cpu mode='host-passthrough'><topology sockets='1' cores='9' threads='1'/></cpu>"),
    .mended = "<vcpu>8</vcpu>" },
  { "efi-missing", KVM (SIZE "<os firmware='efi'><type arch='x86_64' machine='q35'>hvm</type></os>"), .domain = bare,
    .mended = "!firmware" },
  { "secure-boot-on-bios", KVM (SIZE "<os><type arch='x86_64' machine='q35'>hvm</type><firmware>"
                                "<feature enabled='yes' name='secure-boot'/></firmware></os>" CPU),
    .mended = "<os firmware='efi'>" },
  { "secure-boot-missing", KVM (SIZE "<os firmware='efi'><type arch='x86_64' machine='q35'>hvm</type><firmware>"
                                "<feature enabled='yes' name='secure-boot'/>"
                                "<feature enabled='yes' name='enrolled-keys'/></firmware></os>" CPU),
    .domain = no_secure_boot, .mended = "!'yes'" },
  { "secure-boot-smm", KVM (SIZE "<os><type arch='x86_64' machine='q35'>hvm</type>"
                            "<loader secure='yes' type='pflash'>/there/code.fd</loader></os>"
                            "<features><smm state='off'/></features>" CPU), .mended = "<smm state='on'/>" },
  { "kernel-missing", KVM (SIZE "<os><type arch='x86_64' machine='q35'>hvm</type><kernel>/no/vmlinuz</kernel>"
                           "<initrd>/there/initrd</initrd><cmdline>quiet</cmdline></os>" CPU),
    .object = "/no/vmlinuz", .mended = "!cmdline" },
  { "pool-off", DEVICES ("<disk type='volume'><source pool='off' volume='a'/><target dev='vda' bus='virtio'/></disk>"),
    .object = "off", .repair = LODGE_REPAIR_START_POOL },
  { "medium-missing", DEVICES ("<disk type='file' device='cdrom'><source file='/no/a.iso'/><target dev='sda' bus='sata'/>"
                               "</disk>"), .object = "/no/a.iso", .mended = "!source" },
  { "image-missing", DEVICES ("<disk type='file'><source file='/there/a'/><target dev='vda' bus='virtio'/></disk>"
                              "<disk type='file'><source file='/no/b'/><target dev='vdb' bus='virtio'/></disk>"),
    .object = "/no/b", .mended = "!vdb" },
  { "image-missing", DEVICES ("<disk type='volume'><source pool='on' volume='no'/><target dev='vda' bus='virtio'/></disk>"),
    .object = "on/no", .mended = "!vda" },
  { "image-closed", DEVICES ("<disk type='file'><source file='/closed/a'/><target dev='vda' bus='virtio'/></disk>"),
    .object = "/closed/a", .repair = LODGE_REPAIR_OPEN_FOLDER },
  { "network-off", DEVICES ("<interface type='network'><source network='off'/><model type='virtio'/></interface>"),
    .object = "off", .repair = LODGE_REPAIR_START_NETWORK },
  { "network-missing", DEVICES ("<interface type='network'><source network='no'/><model type='virtio'/></interface>"),
    .object = "no", .mended = "<source network='on'/>" },
  { "virtiofs-private-memory", DEVICES ("<filesystem type='mount'><driver type='virtiofs'/><source dir='/there'/>"
                                        "<target dir='x'/></filesystem>"), .mended = "<access mode='shared'/>" },
  { "tpm-missing", DEVICES ("<tpm model='tpm-crb'><backend type='emulator'/></tpm>"), .domain = no_secure_boot,
    .mended = "!tpm" },
  { "graphics-impossible", DEVICES ("<channel type='spicevmc'/><graphics type='spice'/><audio id='1' type='spice'/>"
                                    "<redirdev bus='usb' type='spicevmc'/>"), .object = "spice", .mended = "!spice" },
  { "video-impossible", DEVICES ("<video><model type='qxl' ram='65536'/></video>"), .object = "qxl",
    .mended = "<model type='virtio'/>" },
  { "memory-over-host", KVM ("<memory unit='GiB'>64</memory><currentMemory unit='GiB'>64</currentMemory><vcpu>2</vcpu>"
                             OS CPU), .mended = "<memory unit='KiB'>6291456</memory>" },
  { "unsafe-cache", DEVICES ("<disk type='file'><driver name='qemu' cache='unsafe'/><source file='/there/a'/>"
                             "<target dev='vda' bus='virtio'/></disk>"), .mended = "!cache" },
  { "open-display", DEVICES ("<graphics type='vnc' listen='0.0.0.0'><listen type='address' address='0.0.0.0'/>"
                             "</graphics>"), .mended = "!0.0.0.0" },
  { "cpus-over-host", KVM ("<memory>65536</memory><vcpu>6</vcpu>" OS CPU), .mended = "<vcpu>4</vcpu>" },
  { "emulated", "<domain type='qemu'><name>a</name>" SIZE OS "<cpu mode='maximum'/></domain>",
    .domain = no_secure_boot, .mended = "mode='host-passthrough'" },
  { "no-host-cpu", KVM (SIZE OS), .mended = "<cpu mode='host-passthrough'/>" },
  { "no-host-cpu", KVM (SIZE OS "<cpu mode='custom' match='exact'><model>qemu64</model><feature policy='require' "
                        "name='x2apic'/></cpu>"), .mended = "!qemu64" },
  { "emulated-disk", LINUX_DEVICES ("<disk type='file'><source file='/there/a'/><target dev='vda' bus='virtio'/></disk>"
                                    "<disk type='file'><source file='/there/b'/><target dev='sda' bus='sata'/>"
                                    "<address type='drive' unit='0'/></disk>"),
    .mended = "<target dev='vdb' bus='virtio'/></disk>" },
  { "emulated-nic", LINUX_DEVICES ("<interface type='user'><model type='e1000'/></interface>"),
    .mended = "<model type='virtio'/>" },
  { "no-agent", KVM (LINUX SIZE OS CPU "<devices/>"), .mended = "org.qemu.guest_agent.0" },
};

/* Nothing is wrong with these */
static const char * const fine[] = {
  DEVICES ("<disk type='file'><source file='/there/a'/><target dev='sda' bus='sata'/></disk>"
           "<disk type='file' device='cdrom'><target dev='sdb' bus='sata'/></disk>"
           "<disk type='file'><source file='/nobody/knows'/><target dev='vda' bus='virtio'/></disk>"
           "<interface type='network'><source network='on'/><model type='e1000'/></interface>"
           "<graphics type='vnc' passwd='x' listen='0.0.0.0'/><video><model type='vga'/></video>"),
  KVM (WINDOWS SIZE OS CPU "<devices><disk type='file'><source file='/there/a'/><target dev='sda' bus='sata'/></disk>"
       "<interface type='user'><model type='e1000'/></interface></devices>"),
  LINUX_DEVICES ("<filesystem><driver type='path'/></filesystem><graphics type='vnc' listen='127.0.0.1'/>"),
  KVM (SIZE OS CPU "<memoryBacking><access mode='shared'/></memoryBacking><devices><filesystem>"
       "<driver type='virtiofs'/></filesystem></devices>"),
  "<domain type='lxc'><name>a</name><memory>1024</memory><os><type>exe</type></os></domain>",
};

static LodgeCheckFacts *
create_facts (const char *host,
              const char *domain)
{
  static const struct { LodgeResourceKind kind; const char *name; LodgeResourceState state; } resources[] = {
    { LODGE_RESOURCE_FILE, "/no/qemu", LODGE_RESOURCE_MISSING },
    { LODGE_RESOURCE_FILE, "/no/vmlinuz", LODGE_RESOURCE_MISSING },
    { LODGE_RESOURCE_FILE, "/no/a.iso", LODGE_RESOURCE_MISSING },
    { LODGE_RESOURCE_FILE, "/no/b", LODGE_RESOURCE_MISSING },
    { LODGE_RESOURCE_FILE, "/there/a", LODGE_RESOURCE_READY },
    { LODGE_RESOURCE_FILE, "/there/b", LODGE_RESOURCE_READY },
    { LODGE_RESOURCE_FILE, "/there/initrd", LODGE_RESOURCE_READY },
    { LODGE_RESOURCE_FILE, "/closed/a", LODGE_RESOURCE_CLOSED },
    { LODGE_RESOURCE_POOL, "off", LODGE_RESOURCE_OFF },
    { LODGE_RESOURCE_POOL, "on", LODGE_RESOURCE_READY },
    { LODGE_RESOURCE_VOLUME, "on/no", LODGE_RESOURCE_MISSING },
    { LODGE_RESOURCE_NETWORK, "no", LODGE_RESOURCE_MISSING },
    { LODGE_RESOURCE_NETWORK, "off", LODGE_RESOURCE_OFF },
    { LODGE_RESOURCE_NETWORK, "on", LODGE_RESOURCE_READY },
  };
  LodgeCheckFacts *facts = g_new0 (LodgeCheckFacts, 1);
  g_autoptr(GError) error = NULL;

  facts->host = lodge_capabilities_new (host != NULL ? host : host_with_kvm, &error);
  g_assert_no_error (error);
  facts->domain = lodge_domain_capabilities_new (domain != NULL ? domain : full, &error);
  g_assert_no_error (error);
  facts->machine = lodge_machine_facts_new (G_GUINT64_CONSTANT (8) * 1024 * 1024 * 1024, 4);
  for (gsize i = 0; i < G_N_ELEMENTS (resources); i++)
    lodge_machine_facts_set (facts->machine, resources[i].kind, resources[i].name, resources[i].state);
  return facts;
}

static LodgeFinding *
find (GPtrArray  *findings,
      const char *rule)
{
  for (guint i = 0; i < findings->len; i++)
    {
      LodgeFinding *finding = g_ptr_array_index (findings, i);

      if (g_str_equal (finding->rule, rule))
        return finding;
    }
  return NULL;
}

static void
test_rule (gconstpointer data)
{
  const Case *the_case = data;
  g_autoptr(LodgeCheckFacts) facts = create_facts (the_case->host, the_case->domain);
  g_autoptr(GError) error = NULL;
  g_autoptr(LodgeXmlDocument) document = lodge_xml_document_new (the_case->xml, -1, &error);
  g_autoptr(GPtrArray) findings = NULL;
  g_autoptr(GPtrArray) left = NULL;
  LodgeFinding *finding;
  const char *text;

  g_assert_no_error (error);
  findings = lodge_check_up (document, facts);
  finding = find (findings, the_case->rule);
  g_assert_nonnull (finding);
  g_assert_cmpstr (finding->object, ==, the_case->object);
  g_assert_cmpint (finding->repair, ==, the_case->repair);
  g_assert_nonnull (finding->fix);
  if (the_case->object != NULL)
    g_assert_nonnull (strstr (finding->reason, the_case->object));
  if (the_case->repair != LODGE_REPAIR_NONE)
    return;

  g_assert_true (lodge_finding_mend (finding, document, facts, &error));
  g_assert_no_error (error);
  text = lodge_xml_document_get_text (document);
  if (*the_case->mended == '!' ? strstr (text, the_case->mended + 1) != NULL : strstr (text, the_case->mended) == NULL)
    g_error ("“%s” is not as it should be: %s", the_case->mended, text);
  left = lodge_check_up (document, facts);
  g_assert_null (find (left, the_case->rule));
  /* What was right before is right afterwards */
  for (guint i = 0; i < left->len; i++)
    {
      const LodgeFinding *other = g_ptr_array_index (left, i);

      if (find (findings, other->rule) == NULL)
        g_error ("mending %s makes %s: %s", the_case->rule, other->rule, text);
    }
  g_assert_true (lodge_xml_document_undo (document));
  g_assert_cmpstr (lodge_xml_document_get_text (document), ==, the_case->xml);
  g_assert_false (lodge_xml_document_can_undo (document));
}

static void
test_fine (void)
{
  g_autoptr(LodgeCheckFacts) facts = create_facts (NULL, NULL);
  const LodgeCheckFacts nothing = { NULL, NULL, NULL };

  for (gsize i = 0; i < G_N_ELEMENTS (fine); i++)
    {
      g_autoptr(LodgeXmlDocument) document = lodge_xml_document_new (fine[i], -1, NULL);
      g_autoptr(GPtrArray) findings = lodge_check_up (document, facts);

      if (findings->len > 0)
        g_error ("%s: %s", ((LodgeFinding *) g_ptr_array_index (findings, 0))->rule, fine[i]);
    }
  /* Of what nothing is known, nothing is said that would need it */
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(LodgeXmlDocument) document = lodge_xml_document_new (cases[i].xml, -1, NULL);
      g_autoptr(GPtrArray) findings = lodge_check_up (document, &nothing);

      for (guint j = 0; j < findings->len; j++)
        g_assert_cmpstr (((LodgeFinding *) g_ptr_array_index (findings, j))->rule, ==, cases[i].rule);
    }
}

/* Every rule has a case, its id once, and the table is in the order of severity */
static void
test_table (void)
{
  for (gsize i = 0; i < lodge_n_check_rules; i++)
    {
      const LodgeCheckRule *rule = &lodge_check_rules[i];
      gboolean covered = FALSE;

      for (gsize j = 0; j < G_N_ELEMENTS (cases); j++)
        covered |= g_str_equal (cases[j].rule, rule->id);
      if (!covered)
        g_error ("no case for the rule %s", rule->id);
      g_assert_true ((rule->mend != NULL) != (rule->repair != LODGE_REPAIR_NONE));
      if (i > 0)
        g_assert_cmpint (lodge_check_rules[i - 1].severity, <=, rule->severity);
      for (gsize j = 0; j < i; j++)
        g_assert_cmpstr (lodge_check_rules[j].id, !=, rule->id);
    }
}

/* What a host says of itself may lack anything (found by fuzzing) */
static void
test_nameless (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(LodgeDomainCapabilities) domain =
    lodge_domain_capabilities_new ("<domainCapabilities><cpu><mode supported='yes'/></cpu><devices><video "
                                   "supported='yes'><enum><value/></enum></video></devices></domainCapabilities>",
                                   &error);
  g_autoptr(LodgeCapabilities) host =
    lodge_capabilities_new ("<capabilities><guest><arch><machine/><domain/></arch></guest><guest/></capabilities>", &error);

  g_assert_no_error (error);
  g_assert_false (lodge_domain_capabilities_has_cpu_mode (domain, "custom"));
  lodge_capabilities_choose_guest (host, "x86_64");
}

/* The definition was changed since it was looked at: nothing else is mended in its place */
static void
test_changed (void)
{
  g_autoptr(LodgeCheckFacts) facts = create_facts (NULL, NULL);
  g_autoptr(LodgeXmlDocument) document =
    lodge_xml_document_new (DEVICES ("<disk type='file'><source file='/no/b'/><target dev='vda' bus='virtio'/></disk>"
                                     "<disk type='file'><source file='/there/a'/><target dev='vdb' bus='virtio'/></disk>"),
                            -1, NULL);
  g_autoptr(GPtrArray) findings = lodge_check_up (document, facts);
  g_autoptr(GError) error = NULL;
  g_autofree char *before = NULL;

  g_assert_cmpuint (findings->len, ==, 1);
  g_assert_true (lodge_xml_document_remove (document,
                                            lodge_xml_document_find (document, lodge_xml_document_get_root (document),
                                                                     "devices/disk"), NULL));
  before = g_strdup (lodge_xml_document_get_text (document));
  g_assert_false (lodge_finding_mend (g_ptr_array_index (findings, 0), document, facts, &error));
  g_assert_error (error, LODGE_ERROR, LODGE_ERROR_NOT_FOUND);
  g_assert_cmpstr (lodge_xml_document_get_text (document), ==, before);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/check-up/table", test_table);
  g_test_add_func ("/check-up/fine", test_fine);
  g_test_add_func ("/check-up/changed", test_changed);
  g_test_add_func ("/check-up/nameless", test_nameless);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = i > 0 && g_str_equal (cases[i - 1].rule, cases[i].rule)
                              ? g_strdup_printf ("/check-up/%s-again", cases[i].rule)
                              : g_strdup_printf ("/check-up/%s", cases[i].rule);

      g_test_add_data_func (path, &cases[i], test_rule);
    }
  return g_test_run ();
}
