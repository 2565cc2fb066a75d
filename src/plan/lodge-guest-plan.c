/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-guest-plan"

#include "config.h"

#include "lodge-guest-plan-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "util/lodge-error.h"

/* A new machine, decided by tables from what the system can drive and what the host offers. A pure function: the
 * same choices on the same host give the same XML. */

struct _LodgeGuestPlan
{
  GObject    parent_instance;

  char      *xml;
  char      *display;   /* translated: “SPICE, virtio” */
  GPtrArray *warnings;  /* of char *, NULL at the end */
  gboolean   efi;
  gboolean   secure_boot;
  gboolean   tpm;
  gboolean   emulated;
};

G_DEFINE_FINAL_TYPE (LodgeGuestPlan, lodge_guest_plan, G_TYPE_OBJECT)

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
    { "armv7l", "vexpress-a15" },
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

gboolean
lodge_plan_drives (const LodgePlan *plan,
                   LodgeOsFeatures  feature)
{
  const LodgeOsFeatures by_machine = LODGE_OS_VIRTIO_NET | LODGE_OS_VIRTIO_BLOCK | LODGE_OS_VIRTIO_SERIAL
                                     | LODGE_OS_VIRTIO_SCSI;

  return plan->qemu
         && ((plan->os->features & feature) != 0 || (plan->virtio_only && (feature & by_machine) != 0));
}

gboolean
lodge_plan_offers (const LodgePlan *plan,
                   const char      *section,
                   const char      *name,
                   const char      *value)
{
  return plan->caps != NULL && lodge_domain_capabilities_has (plan->caps, section, name, value);
}

void
lodge_plan_add (LodgePlan  *plan,
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

/* Firmware. What is only wanted by default and cannot be had is a warning; what was asked for is an error. */
static gboolean
choose_firmware (LodgePlan  *plan,
                 GPtrArray  *warnings,
                 GError    **error)
{
  const LodgeFirmwareChoice choice = plan->choices->firmware;
  const gboolean asked = choice == LODGE_FIRMWARE_EFI || choice == LODGE_FIRMWARE_EFI_SECURE;
  const gboolean needed = ((plan->os->features & LODGE_OS_EFI_ONLY) != 0 && plan->x86) || plan->virt;
  const gboolean wanted = asked || (choice == LODGE_FIRMWARE_AUTO && needed);
  const gboolean possible = lodge_plan_offers (plan, "os", "firmware", "efi");
  const gboolean secure_possible = plan->q35 && lodge_plan_offers (plan, "os/loader", "secure", "yes");
  const char *os = plan->os->name != NULL ? plan->os->name : plan->guest->arch;

  if (!plan->hvm || (!plan->qemu && !asked))
    return TRUE;
  if (asked && (!possible || !plan->qemu))
    return lodge_set_error (error, LODGE_ERROR_NOT_SUPPORTED,
                            _("This host has no UEFI firmware for %s. Install it (ovmf, edk2) or choose BIOS."),
                            plan->guest->arch);
  if (choice == LODGE_FIRMWARE_EFI_SECURE && !secure_possible)
    return lodge_set_error (error, LODGE_ERROR_NOT_SUPPORTED,
                            _("This host has no UEFI firmware with Secure Boot for %s. Choose UEFI without it."),
                            plan->guest->arch);
  if (wanted && !possible)
    g_ptr_array_add (warnings, g_strdup_printf (_("%s needs UEFI firmware, which this host does not have."), os));
  plan->efi = wanted && possible;
  /* What Windows 11 asks for */
  plan->secure_boot = choice == LODGE_FIRMWARE_EFI_SECURE
                      || (choice == LODGE_FIRMWARE_AUTO && plan->efi && plan->windows && needed && secure_possible);
  return TRUE;
}

static void
choose_tpm (LodgePlan *plan,
            GPtrArray *warnings)
{
  const gboolean crb = lodge_plan_offers (plan, "devices/tpm", "model", "tpm-crb");
  const gboolean tis_only = !crb && g_str_equal (plan->guest->arch, "armv7l");

  plan->tpm = plan->efi && !tis_only && lodge_plan_offers (plan, "devices/tpm", "backendModel", "emulator");
  if (!plan->tpm && plan->windows && (plan->os->features & LODGE_OS_EFI_ONLY) != 0)
    g_ptr_array_add (warnings,
                     g_strdup_printf (_("%s asks for a TPM, which this host cannot emulate. Install swtpm there."),
                                      plan->os->name != NULL ? plan->os->name : "Windows"));
}

static const char *
choose_video (const LodgePlan *plan)
{
  const char *arch = plan->guest->arch;

  if (!plan->hvm || !plan->graphics)
    return NULL;
  if (plan->pseries)
    return "vga";
  if (plan->qemu && (g_str_equal (arch, "loongarch64") || g_str_has_prefix (arch, "riscv")))
    return "virtio";
  if (lodge_plan_offers (plan, "devices/video", "modelType", "virtio") && lodge_plan_drives (plan, LODGE_OS_VIRTIO_GPU))
    return "virtio";
  if (plan->x86 && plan->spice && lodge_plan_offers (plan, "devices/video", "modelType", "qxl"))
    return "qxl";
  if (plan->efi && plan->virt)
    return "ramfb";
  if (plan->efi && lodge_plan_offers (plan, "devices/video", "modelType", "bochs"))
    return "bochs";
  return "vga";
}

/* What kind of machine it is, from names */
static void
decide (LodgePlan *plan)
{
  const char *arch = plan->guest->arch;
  const char *machine = plan->machine != NULL ? plan->machine : "";

  plan->hvm = g_str_equal (plan->guest->os_type, "hvm");
  plan->container = g_str_equal (plan->guest->os_type, "exe");
  plan->x86 = is_x86 (arch);
  plan->qemu = is_qemu (plan->guest);
  plan->kvm = g_str_equal (plan->guest->virt_type, "kvm");
  plan->xen = g_str_equal (plan->guest->virt_type, "xen");
  plan->bhyve = g_str_equal (plan->guest->virt_type, "bhyve");
  plan->windows = (plan->os->features & LODGE_OS_WINDOWS) != 0;
  plan->q35 = plan->x86 && strstr (machine, "q35") != NULL;
  plan->virt = g_str_has_prefix (machine, "virt") && !plan->x86;
  plan->pseries = g_str_has_prefix (machine, "pseries");
  plan->s390x = g_str_equal (arch, "s390x");
  plan->pcie = plan->qemu && (plan->q35 || plan->virt);
  plan->virtio_only = g_str_has_prefix (arch, "riscv") || plan->s390x || plan->pseries
                      || g_str_equal (arch, "loongarch64");
  plan->graphics = !plan->container && (plan->x86 || plan->virt || plan->pseries);
  plan->spice = plan->graphics && plan->qemu && lodge_plan_offers (plan, "devices/graphics", "type", "spice");
}

static void
lodge_guest_plan_finalize (GObject *object)
{
  LodgeGuestPlan *self = LODGE_GUEST_PLAN (object);

  g_free (self->xml);
  g_free (self->display);
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
  LodgePlan plan = { .choices = choices, .os = os, .guest = guest, .caps = capabilities };

  if (problem != NULL)
    {
      lodge_set_error (error, LODGE_ERROR_INVALID_VALUE, "%s", problem);
      return NULL;
    }

  plan.machine = lodge_guest_plan_choose_machine (os, guest);
  decide (&plan);
  if (!choose_firmware (&plan, self->warnings, error))
    return NULL;
  choose_tpm (&plan, self->warnings);
  plan.video = choose_video (&plan);
  if (g_str_equal (guest->virt_type, "qemu"))
    {
      self->emulated = TRUE;
      g_ptr_array_add (self->warnings,
                       g_strdup (_("This host has no hardware acceleration (KVM) for it: the machine is emulated "
                                   "and will be slow.")));
    }

  plan.xml = g_string_new (NULL);
  lodge_plan_add_system (&plan);
  lodge_plan_add_devices (&plan);
  self->xml = g_string_free_and_steal (plan.xml);
  self->efi = plan.efi;
  self->secure_boot = plan.secure_boot;
  self->tpm = plan.tpm;
  if (!plan.graphics)
    self->display = g_strdup (_("None, text console only"));
  else
    self->display = g_strdup_printf (plan.video != NULL ? "%s, %s" : "%s", plan.spice ? "SPICE" : "VNC",
                                     plan.video != NULL ? plan.video : "");
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
lodge_guest_plan_get_secure_boot (LodgeGuestPlan *self)
{
  g_return_val_if_fail (LODGE_IS_GUEST_PLAN (self), FALSE);

  return self->secure_boot;
}

gboolean
lodge_guest_plan_get_tpm (LodgeGuestPlan *self)
{
  g_return_val_if_fail (LODGE_IS_GUEST_PLAN (self), FALSE);

  return self->tpm;
}

const char *
lodge_guest_plan_get_display (LodgeGuestPlan *self)
{
  g_return_val_if_fail (LODGE_IS_GUEST_PLAN (self), NULL);

  return self->display;
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
