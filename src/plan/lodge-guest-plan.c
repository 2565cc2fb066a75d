/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-guest-plan"

#include "config.h"

#include "lodge-guest-plan.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "util/lodge-error.h"
#include "xml/lodge-xml-document.h"

/* A new machine, decided by tables from what the system can drive and what the host offers. A pure function: the
 * same choices on the same host give the same XML. */

#define N_ROOT_PORTS 14
#define N_REDIRECTORS 2

struct _LodgeGuestPlan
{
  GObject    parent_instance;

  char      *xml;
  GPtrArray *warnings;  /* of char *, NULL at the end */
  gboolean   efi;
  gboolean   emulated;
};

G_DEFINE_FINAL_TYPE (LodgeGuestPlan, lodge_guest_plan, G_TYPE_OBJECT)

/* The machine that is being planned: what the rules look at */
typedef struct
{
  const LodgeGuestChoices    *choices;
  const LodgeOsTraits        *os;
  const LodgeGuestCapability *guest;
  LodgeDomainCapabilities    *caps;
  const char                 *machine;   /* nullable */

  gboolean hvm;
  gboolean container;
  gboolean x86;
  gboolean qemu;        /* a guest of the QEMU driver: kvm, qemu, hvf */
  gboolean kvm;
  gboolean q35;
  gboolean virt;        /* arm or riscv “virt” */
  gboolean pseries;
  gboolean s390x;
  gboolean pcie;
  gboolean virtio_only; /* a machine that has nothing but virtio */
  gboolean efi;
  gboolean spice;
  gboolean graphics;
  gboolean usb;

  GString *xml;
} Plan;

static gboolean
has_feature (const LodgeGuestCapability *guest,
             const char                 *feature)
{
  return guest->features != NULL && g_strv_contains ((const char * const *) guest->features, feature);
}

static gboolean
is_x86 (const char *arch)
{
  return g_str_equal (arch, "x86_64") || g_str_equal (arch, "i686");
}

static gboolean
is_qemu (const LodgeGuestCapability *guest)
{
  return g_str_equal (guest->virt_type, "kvm") || g_str_equal (guest->virt_type, "qemu")
         || g_str_equal (guest->virt_type, "hvf");
}

/* What is on offer under this name, as an alias (“q35”) or a version of it (“pc-q35-9.2”) */
static const char *
find_machine (const LodgeGuestCapability *guest,
              const char                 *name)
{
  for (guint i = 0; guest->machines != NULL && guest->machines[i] != NULL; i++)
    {
      if (g_str_equal (guest->machines[i], name))
        return guest->machines[i];
    }
  return NULL;
}

/**
 * lodge_guest_plan_choose_machine:
 * @os: the system
 * @guest: how it will run
 *
 * Returns: (nullable): a machine type that @guest lists
 */
const char *
lodge_guest_plan_choose_machine (const LodgeOsTraits        *os,
                                 const LodgeGuestCapability *guest)
{
  static const struct { const char *arch, *machine; } preferred[] = {
    { "ppc64", "pseries" },
    { "ppc64le", "pseries" },
    { "aarch64", "virt" },
    { "armv7l", "virt" },
    { "riscv64", "virt" },
    { "riscv32", "virt" },
    { "s390x", "s390-ccw-virtio" },
    { "loongarch64", "virt" },
  };
  gboolean q35_works = (os->features & LODGE_OS_Q35) != 0
                       && ((os->features & LODGE_OS_VIRTIO_NET) == 0
                           || (os->features & LODGE_OS_VIRTIO_NET_1) != 0);
  const char *machine = NULL;

  if (is_x86 (guest->arch) && is_qemu (guest) && q35_works)
    machine = find_machine (guest, "q35");
  for (guint i = 0; i < G_N_ELEMENTS (preferred) && machine == NULL; i++)
    {
      if (g_str_equal (preferred[i].arch, guest->arch))
        machine = find_machine (guest, preferred[i].machine);
    }
  if (machine == NULL && is_x86 (guest->arch) && is_qemu (guest))
    machine = find_machine (guest, "pc");
  if (machine == NULL && guest->machines != NULL)
    machine = guest->machines[0];
  return machine;
}

/* The QEMU driver, and the system drives this virtio device */
static gboolean
drives (const Plan      *plan,
        LodgeOsFeatures  feature)
{
  const LodgeOsFeatures by_machine = LODGE_OS_VIRTIO_NET | LODGE_OS_VIRTIO_BLOCK
                                     | LODGE_OS_VIRTIO_SERIAL | LODGE_OS_VIRTIO_SCSI;

  return plan->qemu
         && ((plan->os->features & feature) != 0
             || (plan->virtio_only && (feature & by_machine) != 0));
}

static gboolean
offers (const Plan *plan,
        const char *section,
        const char *name,
        const char *value)
{
  return plan->caps != NULL && lodge_domain_capabilities_has (plan->caps, section, name, value);
}

G_GNUC_PRINTF (2, 3)
static void
add (Plan       *plan,
     const char *format,
     ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_markup_vprintf_escaped (format, args);
  va_end (args);
  g_string_append (plan->xml, text);
}

static gboolean
choose_efi (Plan       *plan,
            GPtrArray  *warnings,
            GError    **error)
{
  gboolean needed = ((plan->os->features & LODGE_OS_EFI_ONLY) != 0 && plan->x86)
                    || (plan->virt && !plan->pseries);
  gboolean wanted = plan->choices->firmware == LODGE_FIRMWARE_EFI
                    || (plan->choices->firmware == LODGE_FIRMWARE_AUTO && needed);
  gboolean possible = offers (plan, "os", "firmware", "efi");

  if (!plan->qemu || !plan->hvm)
    return TRUE;
  if (wanted && !possible && plan->choices->firmware == LODGE_FIRMWARE_EFI)
    return lodge_set_error (error, LODGE_ERROR_NOT_SUPPORTED,
                            _("This host has no UEFI firmware for %s. Install it (ovmf, edk2) or choose BIOS."),
                            plan->guest->arch);
  if (wanted && !possible)
    g_ptr_array_add (warnings,
                     g_strdup_printf (_("%s needs UEFI firmware, which this host does not have."),
                                      plan->os->name != NULL ? plan->os->name : plan->guest->arch));
  plan->efi = wanted && possible;
  return TRUE;
}

static void
decide (Plan *plan)
{
  const char *arch = plan->guest->arch;
  const char *machine = plan->machine != NULL ? plan->machine : "";

  plan->hvm = g_str_equal (plan->guest->os_type, "hvm");
  plan->container = g_str_equal (plan->guest->os_type, "exe");
  plan->x86 = is_x86 (arch);
  plan->qemu = is_qemu (plan->guest);
  plan->kvm = g_str_equal (plan->guest->virt_type, "kvm");
  plan->q35 = plan->x86 && strstr (machine, "q35") != NULL;
  plan->virt = g_str_has_prefix (machine, "virt") && !plan->x86;
  plan->pseries = g_str_has_prefix (machine, "pseries");
  plan->s390x = g_str_equal (arch, "s390x");
  plan->pcie = plan->qemu && (plan->q35 || plan->virt);
  plan->virtio_only = g_str_has_prefix (arch, "riscv") || plan->s390x || plan->pseries
                      || g_str_equal (arch, "loongarch64");
  plan->graphics = !plan->container && !plan->s390x;
  plan->spice = plan->graphics && plan->qemu && offers (plan, "devices/graphics", "type", "spice");
  plan->usb = plan->hvm && plan->qemu && !plan->s390x;
}

static void
add_identity (Plan *plan)
{
  const LodgeGuestChoices *choices = plan->choices;

  add (plan, "<domain type='%s'>\n  <name>%s</name>\n", plan->guest->virt_type, choices->name);
  if (choices->uuid != NULL)
    add (plan, "  <uuid>%s</uuid>\n", choices->uuid);
  if (plan->os->id != NULL)
    add (plan,
         "  <metadata>\n"
         "    <libosinfo:libosinfo xmlns:libosinfo=\"http://libosinfo.org/xmlns/libvirt/domain/1.0\">\n"
         "      <libosinfo:os id=\"%s\"/>\n"
         "    </libosinfo:libosinfo>\n"
         "  </metadata>\n", plan->os->id);
  add (plan, "  <memory unit='KiB'>%" G_GUINT64_FORMAT "</memory>\n", choices->memory / 1024);
  add (plan, "  <currentMemory unit='KiB'>%" G_GUINT64_FORMAT "</currentMemory>\n",
       choices->memory / 1024);
  add (plan, "  <vcpu>%u</vcpu>\n", choices->cpus);
}

static void
add_os (Plan *plan)
{
  add (plan, plan->efi ? "  <os firmware='efi'>\n" : "  <os>\n");
  add (plan, "    <type arch='%s'", plan->guest->arch);
  if (plan->machine != NULL)
    add (plan, " machine='%s'", plan->machine);
  add (plan, ">%s</type>\n", plan->guest->os_type);
  if (plan->container)
    add (plan, "    <init>/sbin/init</init>\n");
  add (plan, "  </os>\n");
}

static void
add_hyperv (Plan *plan)
{
  static const struct { const char *feature, *xml; } features[] = {
    { "relaxed", "      <relaxed state='on'/>\n" },
    { "vapic", "      <vapic state='on'/>\n" },
    { "spinlocks", "      <spinlocks state='on' retries='8191'/>\n" },
    { "vpindex", "      <vpindex state='on'/>\n" },
    { "runtime", "      <runtime state='on'/>\n" },
    { "synic", "      <synic state='on'/>\n" },
    { "stimer", "      <stimer state='on'/>\n" },
    { "frequencies", "      <frequencies state='on'/>\n" },
    { "tlbflush", "      <tlbflush state='on'/>\n" },
    { "ipi", "      <ipi state='on'/>\n" },
  };
  gboolean any = FALSE;

  if ((plan->os->features & LODGE_OS_WINDOWS) == 0)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (features); i++)
    {
      if (!offers (plan, "features/hyperv", "features", features[i].feature))
        continue;
      if (!any)
        add (plan, "    <hyperv mode='custom'>\n");
      any = TRUE;
      g_string_append (plan->xml, features[i].xml);
    }
  if (any)
    add (plan, "    </hyperv>\n");
}

static void
add_features (Plan *plan)
{
  if (!plan->hvm)
    return;

  add (plan, "  <features>\n");
  if (has_feature (plan->guest, "acpi"))
    add (plan, "    <acpi/>\n");
  if (has_feature (plan->guest, "apic"))
    add (plan, "    <apic/>\n");
  if (has_feature (plan->guest, "pae"))
    add (plan, "    <pae/>\n");
  add_hyperv (plan);
  if (plan->x86 && plan->spice)
    add (plan, "    <vmport state='off'/>\n");
  add (plan, "  </features>\n");
}

static void
add_cpu (Plan *plan)
{
  const char *mode = NULL;

  if (!plan->qemu || plan->caps == NULL)
    return;
  if (plan->kvm && (plan->x86 || plan->virt))
    {
      if (lodge_domain_capabilities_has_cpu_mode (plan->caps, "host-passthrough")
          && (plan->virt || lodge_domain_capabilities_passthrough_migratable (plan->caps)))
        mode = "host-passthrough";
      else if (lodge_domain_capabilities_has_cpu_mode (plan->caps, "host-model"))
        mode = "host-model";
    }
  else if (!plan->kvm && !g_str_equal (plan->guest->virt_type, "hvf") && (plan->x86 || plan->virt)
           && lodge_domain_capabilities_has_cpu_mode (plan->caps, "maximum"))
    mode = "maximum";
  if (mode != NULL)
    add (plan, "  <cpu mode='%s'/>\n", mode);
}

static void
add_clock (Plan *plan)
{
  gboolean local = (plan->os->features & (LODGE_OS_WINDOWS | LODGE_OS_SOLARIS)) != 0;

  if (!plan->hvm)
    return;
  add (plan, "  <clock offset='%s'", local ? "localtime" : "utc");
  if (!plan->x86 || !plan->qemu)
    add (plan, "/>\n");
  else
    {
      add (plan, ">\n"
           "    <timer name='rtc' tickpolicy='catchup'/>\n"
           "    <timer name='pit' tickpolicy='delay'/>\n"
           "    <timer name='hpet' present='no'/>\n");
      if ((plan->os->features & LODGE_OS_WINDOWS) != 0)
        add (plan, "    <timer name='hypervclock' present='yes'/>\n");
      add (plan, "  </clock>\n");
    }
  if (plan->x86 && plan->qemu)
    add (plan, "  <pm>\n    <suspend-to-mem enabled='no'/>\n    <suspend-to-disk enabled='no'/>\n"
         "  </pm>\n");
}

static const char *
choose_bus (const Plan *plan,
            gboolean    disc)
{
  if (!plan->hvm)
    return g_str_equal (plan->guest->virt_type, "xen") ? "xen" : "ide";
  if (!disc && drives (plan, LODGE_OS_VIRTIO_BLOCK))
    return "virtio";
  if (plan->q35)
    return "sata";
  if (plan->x86)
    return "ide";
  if (disc && drives (plan, LODGE_OS_VIRTIO_SCSI))
    return "scsi";
  return "usb";
}

static char *
make_target (const char *bus,
             guint       index)
{
  const char *prefix = g_str_equal (bus, "virtio") ? "vd" : g_str_equal (bus, "xen") ? "xvd"
                       : g_str_equal (bus, "ide") ? "hd" : "sd";

  return g_strdup_printf ("%s%c", prefix, 'a' + index);
}

static void
add_disks (Plan *plan)
{
  const LodgeGuestChoices *choices = plan->choices;
  gboolean disc = choices->source == LODGE_SOURCE_DISC && choices->disc_path != NULL;
  gboolean disk = choices->disk_path != NULL || choices->disk_volume != NULL;
  const char *disk_bus = choose_bus (plan, FALSE);
  const char *disc_bus = choose_bus (plan, TRUE);
  gboolean network_first = choices->source == LODGE_SOURCE_NETWORK;

  if (disk)
    {
      g_autofree char *target = make_target (disk_bus, 0);

      add (plan, "    <disk type='%s' device='disk'>\n", choices->disk_path != NULL ? "file" : "volume");
      if (plan->qemu)
        add (plan, "      <driver name='qemu' type='%s' discard='unmap'/>\n", choices->disk_format);
      if (choices->disk_path != NULL)
        add (plan, "      <source file='%s'/>\n", choices->disk_path);
      else
        add (plan, "      <source pool='%s' volume='%s'/>\n", choices->disk_pool,
             choices->disk_volume);
      add (plan, "      <target dev='%s' bus='%s'/>\n", target, disk_bus);
      /* The disk comes first: while it is empty the firmware goes on to the disc, and after the
       * installation it boots from the disk without anybody ejecting anything. */
      add (plan, "      <boot order='%u'/>\n    </disk>\n", network_first ? 2u : 1u);
    }
  if (disc)
    {
      g_autofree char *target = make_target (disc_bus, disk && g_str_equal (disk_bus, disc_bus) ? 1 : 0);

      add (plan, "    <disk type='file' device='cdrom'>\n");
      if (plan->qemu)
        add (plan, "      <driver name='qemu' type='raw'/>\n");
      add (plan, "      <source file='%s'/>\n      <target dev='%s' bus='%s'/>\n      <readonly/>\n"
           "      <boot order='%u'/>\n    </disk>\n", choices->disc_path, target, disc_bus,
           disk ? 2u : 1u);
    }
}

static void
add_controllers (Plan *plan)
{
  gboolean disc = plan->choices->source == LODGE_SOURCE_DISC && plan->choices->disc_path != NULL;

  if (plan->usb && plan->x86 && (plan->os->features & LODGE_OS_USB3) == 0)
    add (plan,
         "    <controller type='usb' index='0' model='ich9-ehci1'/>\n"
         "    <controller type='usb' index='0' model='ich9-uhci1'>\n      <master startport='0'/>\n"
         "    </controller>\n"
         "    <controller type='usb' index='0' model='ich9-uhci2'>\n      <master startport='2'/>\n"
         "    </controller>\n"
         "    <controller type='usb' index='0' model='ich9-uhci3'>\n      <master startport='4'/>\n"
         "    </controller>\n");
  else if (plan->usb)
    add (plan, "    <controller type='usb' model='qemu-xhci' ports='15'/>\n");
  if (disc && g_str_equal (choose_bus (plan, TRUE), "scsi"))
    add (plan, "    <controller type='scsi' model='virtio-scsi'/>\n");
  if (plan->pcie)
    {
      add (plan, "    <controller type='pci' model='pcie-root'/>\n");
      for (guint i = 0; i < N_ROOT_PORTS; i++)
        add (plan, "    <controller type='pci' model='pcie-root-port'/>\n");
    }
}

static const char *
choose_net_model (const Plan *plan)
{
  static const char * const known[] = { "e1000", "rtl8139", "ne2k_pci", "pcnet" };

  if (!plan->hvm)
    return NULL;
  if (drives (plan, LODGE_OS_VIRTIO_NET))
    return "virtio";
  if (plan->q35)
    return "e1000e";
  if (!plan->x86)
    return NULL;
  for (guint i = 0; plan->os->net_models != NULL && i < G_N_ELEMENTS (known); i++)
    {
      if (g_strv_contains ((const char * const *) plan->os->net_models, known[i]))
        return known[i];
    }
  return "e1000";
}

static void
add_network (Plan *plan)
{
  const LodgeGuestChoices *choices = plan->choices;
  const char *model = choose_net_model (plan);

  switch (choices->network)
    {
    case LODGE_NETWORK_NONE:
      return;
    case LODGE_NETWORK_USER:
      add (plan, "    <interface type='user'>\n");
      break;
    case LODGE_NETWORK_VIRTUAL:
      add (plan, "    <interface type='network'>\n      <source network='%s'/>\n", choices->network_name);
      break;
    case LODGE_NETWORK_BRIDGE:
      add (plan, "    <interface type='bridge'>\n      <source bridge='%s'/>\n", choices->network_name);
      break;
    default:
      g_return_if_reached ();
    }
  if (model != NULL)
    add (plan, "      <model type='%s'/>\n", model);
  if (choices->source == LODGE_SOURCE_NETWORK)
    add (plan, "      <boot order='1'/>\n");
  add (plan, "    </interface>\n");
}

static void
add_characters (Plan *plan)
{
  if (plan->s390x)
    add (plan, "    <console type='pty'>\n      <target type='sclp'/>\n    </console>\n");
  else
    add (plan, "    <console type='pty'/>\n");
  if (drives (plan, LODGE_OS_VIRTIO_SERIAL))
    add (plan, "    <channel type='unix'>\n"
         "      <target type='virtio' name='org.qemu.guest_agent.0'/>\n    </channel>\n");
  if (plan->spice && offers (plan, "devices/channel", "type", "spicevmc"))
    add (plan, "    <channel type='spicevmc'>\n"
         "      <target type='virtio' name='com.redhat.spice.0'/>\n    </channel>\n");
}

static const char *
choose_video (const Plan *plan)
{
  if (!plan->hvm)
    return NULL;
  if (plan->pseries)
    return "vga";
  if (g_str_equal (plan->guest->arch, "loongarch64") || g_str_has_prefix (plan->guest->arch, "riscv"))
    return "virtio";
  if (offers (plan, "devices/video", "modelType", "virtio") && drives (plan, LODGE_OS_VIRTIO_GPU))
    return "virtio";
  if (plan->x86 && plan->spice && offers (plan, "devices/video", "modelType", "qxl"))
    return "qxl";
  if (plan->efi && plan->virt)
    return "ramfb";
  if (plan->efi && offers (plan, "devices/video", "modelType", "bochs"))
    return "bochs";
  return "vga";
}

static void
add_display (Plan *plan)
{
  const char *video;

  if (!plan->graphics)
    return;
  if (plan->usb)
    add (plan, "    <input type='tablet' bus='usb'/>\n");
  if (plan->usb && !plan->x86)
    add (plan, "    <input type='keyboard' bus='usb'/>\n");
  if (plan->efi && offers (plan, "devices/tpm", "backendModel", "emulator"))
    add (plan, offers (plan, "devices/tpm", "model", "tpm-crb")
               ? "    <tpm model='tpm-crb'>\n      <backend type='emulator'/>\n    </tpm>\n"
               : "    <tpm>\n      <backend type='emulator'/>\n    </tpm>\n");
  if (plan->spice)
    add (plan, "    <graphics type='spice' autoport='yes'>\n      <image compression='off'/>\n"
         "    </graphics>\n");
  else
    add (plan, "    <graphics type='vnc' port='-1'/>\n");
  if (plan->spice && plan->hvm)
    add (plan, "    <sound model='%s'/>\n", plan->pcie ? "ich9" : "ich6");
  video = choose_video (plan);
  if (video != NULL)
    add (plan, "    <video>\n      <model type='%s'/>\n    </video>\n", video);
  for (guint i = 0; i < N_REDIRECTORS && plan->spice && plan->x86 && plan->usb
                    && offers (plan, "devices/redirdev", "bus", "usb"); i++)
    add (plan, "    <redirdev bus='usb' type='spicevmc'/>\n");
}

static void
add_devices (Plan *plan)
{
  add (plan, "  <devices>\n");
  if (plan->guest->emulator != NULL && plan->qemu)
    add (plan, "    <emulator>%s</emulator>\n", plan->guest->emulator);
  add_disks (plan);
  if (plan->hvm && plan->qemu)
    add_controllers (plan);
  add_network (plan);
  add_characters (plan);
  add_display (plan);
  if (drives (plan, LODGE_OS_VIRTIO_BALLOON))
    add (plan, "    <memballoon model='virtio'/>\n");
  if (drives (plan, LODGE_OS_VIRTIO_RNG))
    add (plan, "    <rng model='virtio'>\n      <backend model='random'>/dev/urandom</backend>\n"
         "    </rng>\n");
  add (plan, "  </devices>\n</domain>\n");
}

static void
lodge_guest_plan_finalize (GObject *object)
{
  LodgeGuestPlan *self = LODGE_GUEST_PLAN (object);

  g_free (self->xml);
  g_ptr_array_unref (self->warnings);

  G_OBJECT_CLASS (lodge_guest_plan_parent_class)->finalize (object);
}

static void
lodge_guest_plan_class_init (LodgeGuestPlanClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lodge_guest_plan_finalize;
}

static void
lodge_guest_plan_init (LodgeGuestPlan *self)
{
  self->warnings = g_ptr_array_new_null_terminated (4, g_free, TRUE);
}

/**
 * lodge_guest_plan_new:
 * @choices: what the person chose
 * @os: what is known of the system
 * @guest: how it will run
 * @capabilities: (nullable): of the machine that lodge_guest_plan_choose_machine() names
 * @error: something was asked for that this host cannot do
 *
 * Decides a new machine.
 *
 * Returns: (transfer full) (nullable): the plan
 */
LodgeGuestPlan *
lodge_guest_plan_new (const LodgeGuestChoices    *choices,
                      const LodgeOsTraits        *os,
                      const LodgeGuestCapability *guest,
                      LodgeDomainCapabilities    *capabilities,
                      GError                    **error)
{
  g_autoptr(LodgeGuestPlan) self = g_object_new (LODGE_TYPE_GUEST_PLAN, NULL);
  g_autofree char *problem = lodge_guest_plan_check_name (choices->name);
  Plan plan = { .choices = choices, .os = os, .guest = guest, .caps = capabilities };

  if (problem != NULL)
    {
      lodge_set_error (error, LODGE_ERROR_INVALID_VALUE, "%s", problem);
      return NULL;
    }

  plan.machine = lodge_guest_plan_choose_machine (os, guest);
  decide (&plan);
  if (!choose_efi (&plan, self->warnings, error))
    return NULL;
  if (g_str_equal (guest->virt_type, "qemu"))
    {
      self->emulated = TRUE;
      g_ptr_array_add (self->warnings,
                       g_strdup (_("This host has no hardware acceleration (KVM) for it: the machine is emulated "
                                   "and will be slow.")));
    }

  plan.xml = g_string_new (NULL);
  add_identity (&plan);
  add_os (&plan);
  add_features (&plan);
  add_cpu (&plan);
  add_clock (&plan);
  add_devices (&plan);
  self->xml = g_string_free_and_steal (plan.xml);
  self->efi = plan.efi;
  return g_steal_pointer (&self);
}

const char *
lodge_guest_plan_get_xml (LodgeGuestPlan *self)
{
  g_return_val_if_fail (LODGE_IS_GUEST_PLAN (self), NULL);

  return self->xml;
}

gboolean
lodge_guest_plan_get_efi (LodgeGuestPlan *self)
{
  g_return_val_if_fail (LODGE_IS_GUEST_PLAN (self), FALSE);

  return self->efi;
}

gboolean
lodge_guest_plan_get_emulated (LodgeGuestPlan *self)
{
  g_return_val_if_fail (LODGE_IS_GUEST_PLAN (self), FALSE);

  return self->emulated;
}

const char * const *
lodge_guest_plan_get_warnings (LodgeGuestPlan *self)
{
  g_return_val_if_fail (LODGE_IS_GUEST_PLAN (self), NULL);

  return (const char * const *) self->warnings->pdata;
}
