/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lodge-guest-plan-private.h"

/* What the machine is: identity, firmware, processor, clock */

static void
add_identity (LodgePlan *plan)
{
  const LodgeGuestChoices *choices = plan->choices;

  lodge_plan_add (plan, "<domain type='%s'>\n  <name>%s</name>\n", plan->guest->virt_type, choices->name);
  if (choices->uuid != NULL)
    lodge_plan_add (plan, "  <uuid>%s</uuid>\n", choices->uuid);
  if (plan->os->id != NULL)
    lodge_plan_add (plan,
                    "  <metadata>\n"
                    "    <libosinfo:libosinfo xmlns:libosinfo=\"http://libosinfo.org/xmlns/libvirt/domain/1.0\">\n"
                    "      <libosinfo:os id=\"%s\"/>\n"
                    "    </libosinfo:libosinfo>\n"
                    "  </metadata>\n", plan->os->id);
  lodge_plan_add (plan, "  <memory unit='KiB'>%" G_GUINT64_FORMAT "</memory>\n", choices->memory / 1024);
  lodge_plan_add (plan, "  <currentMemory unit='KiB'>%" G_GUINT64_FORMAT "</currentMemory>\n", choices->memory / 1024);
  lodge_plan_add (plan, "  <vcpu>%u</vcpu>\n", choices->cpus);
}

static void
add_os (LodgePlan *plan)
{
  lodge_plan_add (plan, plan->efi ? "  <os firmware='efi'>\n" : "  <os>\n");
  lodge_plan_add (plan, "    <type arch='%s'", plan->guest->arch);
  if (plan->machine != NULL)
    lodge_plan_add (plan, " machine='%s'", plan->machine);
  lodge_plan_add (plan, ">%s</type>\n", plan->guest->os_type);
  if (plan->secure_boot)
    lodge_plan_add (plan,
                    "    <firmware>\n"
                    "      <feature enabled='yes' name='secure-boot'/>\n"
                    "      <feature enabled='yes' name='enrolled-keys'/>\n"
                    "    </firmware>\n");
  if (plan->container)
    lodge_plan_add (plan, "    <init>/sbin/init</init>\n");
  lodge_plan_add (plan, "  </os>\n");
}

/* What Windows finds when it runs on Hyper-V, as far as the host can be it. A feature that needs others goes only with
 * them. */
static void
add_hyperv (LodgePlan *plan)
{
  static const struct { const char *name, *needs[3], *xml; } features[] = {
    { "relaxed", { NULL }, "      <relaxed state='on'/>\n" },
    { "vapic", { NULL }, "      <vapic state='on'/>\n" },
    { "spinlocks", { NULL }, "      <spinlocks state='on' retries='8191'/>\n" },
    { "vpindex", { NULL }, "      <vpindex state='on'/>\n" },
    { "runtime", { NULL }, "      <runtime state='on'/>\n" },
    { "synic", { "vpindex" }, "      <synic state='on'/>\n" },
    { "stimer", { "vpindex", "synic" }, "      <stimer state='on'>\n        <direct state='on'/>\n      </stimer>\n" },
    { "frequencies", { NULL }, "      <frequencies state='on'/>\n" },
    { "tlbflush", { "vpindex" }, "      <tlbflush state='on'/>\n" },
    { "ipi", { "vpindex" }, "      <ipi state='on'/>\n" },
    { "avic", { NULL }, "      <avic state='on'/>\n" },
  };
  gboolean any = FALSE;

  if (!plan->windows)
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (features); i++)
    {
      gboolean possible = lodge_plan_offers (plan, "features/hyperv", "features", features[i].name);

      for (gsize j = 0; features[i].needs[j] != NULL; j++)
        possible = possible && lodge_plan_offers (plan, "features/hyperv", "features", features[i].needs[j]);
      if (!possible)
        continue;
      if (!any)
        lodge_plan_add (plan, "    <hyperv mode='custom'>\n");
      any = TRUE;
      g_string_append (plan->xml, features[i].xml);
    }
  if (any)
    lodge_plan_add (plan, "    </hyperv>\n");
}

static gboolean
lists_feature (LodgePlan  *plan,
               const char *feature)
{
  return plan->guest->features != NULL && g_strv_contains ((const char * const *) plan->guest->features, feature);
}

static void
add_features (LodgePlan *plan)
{
  const gboolean xen_pae = plan->xen && g_str_equal (plan->guest->arch, "x86_64");

  if (plan->container)
    {
      lodge_plan_add (plan, "  <features>\n    <privnet/>\n  </features>\n");
      return;
    }
  if (!plan->hvm)
    return;

  lodge_plan_add (plan, "  <features>\n");
  if (lists_feature (plan, "acpi"))
    lodge_plan_add (plan, "    <acpi/>\n");
  if (lists_feature (plan, "apic"))
    lodge_plan_add (plan, "    <apic/>\n");
  if (xen_pae || lists_feature (plan, "pae"))
    lodge_plan_add (plan, "    <pae/>\n");
  add_hyperv (plan);
  if (plan->x86 && plan->spice)
    lodge_plan_add (plan, "    <vmport state='off'/>\n");
  if (plan->secure_boot)
    lodge_plan_add (plan, "    <smm state='on'/>\n");
  lodge_plan_add (plan, "  </features>\n");
}

static const char *
choose_cpu (LodgePlan *plan)
{
  const gboolean foreign = plan->choices->host_arch != NULL
                           && !g_str_equal (plan->choices->host_arch, plan->guest->arch);

  if (!plan->qemu || plan->caps == NULL || g_str_equal (plan->guest->virt_type, "hvf"))
    return NULL;
  if (!plan->kvm)
    return (plan->x86 || plan->virt) && lodge_domain_capabilities_has_cpu_mode (plan->caps, "maximum") ? "maximum"
      : NULL;
  if (plan->virt && (g_str_equal (plan->guest->arch, "aarch64") || g_str_equal (plan->guest->arch, "armv7l")))
    return "host-passthrough";
  /* A 32-bit guest on a 64-bit host gets what the hypervisor thinks best */
  if (!plan->x86 || foreign)
    return NULL;
  if (lodge_domain_capabilities_has_cpu_mode (plan->caps, "host-passthrough")
      && lodge_domain_capabilities_passthrough_migratable (plan->caps))
    return "host-passthrough";
  return lodge_domain_capabilities_has_cpu_mode (plan->caps, "host-model") ? "host-model" : NULL;
}

static void
add_clock (LodgePlan *plan)
{
  const gboolean local = (plan->os->features & (LODGE_OS_WINDOWS | LODGE_OS_SOLARIS)) != 0;

  if (!plan->hvm)
    return;
  lodge_plan_add (plan, "  <clock offset='%s'", local ? "localtime" : "utc");
  if (!plan->x86 || !plan->qemu)
    lodge_plan_add (plan, "/>\n");
  else
    {
      lodge_plan_add (plan, ">\n"
                      "    <timer name='rtc' tickpolicy='catchup'/>\n"
                      "    <timer name='pit' tickpolicy='delay'/>\n"
                      "    <timer name='hpet' present='no'/>\n");
      if (plan->windows)
        lodge_plan_add (plan, "    <timer name='hypervclock' present='yes'/>\n");
      lodge_plan_add (plan, "  </clock>\n");
    }
  /* So that the power button switches it off */
  if (plan->x86 && (plan->qemu || g_str_equal (plan->guest->virt_type, "test")))
    lodge_plan_add (plan, "  <pm>\n    <suspend-to-mem enabled='no'/>\n    <suspend-to-disk enabled='no'/>\n  </pm>\n");
}

void
lodge_plan_add_system (LodgePlan *plan)
{
  const char *cpu = choose_cpu (plan);

  add_identity (plan);
  add_os (plan);
  add_features (plan);
  if (cpu != NULL)
    lodge_plan_add (plan, "  <cpu mode='%s'/>\n", cpu);
  add_clock (plan);
}
